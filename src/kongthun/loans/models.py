"""Loans (เงินยืม): from the request to the last receipt, and what is agreed when it goes wrong.

What was paid out and what came back stands in the ledger, on the contract's own account
``loan:<number>``; nothing here repeats it. Rows are facts: a later fact is another row.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CompositePrimaryKey, Q

from kongthun.db.money_field import MoneyField, OptionalMoneyField


class Stage(models.TextChoices):
    """How far a request has come; what happens next, and who does it, follows from it."""

    DRAFT = "draft", "ร่าง"
    REQUESTED = "requested", "รอความเห็นพัฒนากร"
    OPINED = "opined", "รอคณะกรรมการพิจารณา"
    APPROVED = "approved", "อนุมัติแล้ว รอทำสัญญา"
    REFUSED = "refused", "ไม่อนุมัติ"
    CONTRACTED = "contracted", "ทำสัญญาแล้ว รอจ่ายเงิน"
    PAID_OUT = "paid_out", "จ่ายเงินแล้ว"
    DROPPED = "dropped", "ผู้ขอขอถอน"


class Request(models.Model):
    """A household's proposal and request for a loan (forms 1 and 2 of the field).

    A draft may be changed; from the moment it is handed in only steps are added to it. ``stage``
    follows from the steps and has one writer.
    """

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="requests")
    number = models.PositiveIntegerField()
    paper_number = models.PositiveIntegerField(
        null=True, help_text="Running number of the forms, without gaps; empty in a draft."
    )
    member_number = models.PositiveIntegerField(help_text="Number on the fund's list.")
    borrower = models.ForeignKey("groups.Person", on_delete=models.PROTECT, related_name="+")
    consenter_name = models.CharField(
        max_length=200, blank=True, help_text="Spouse or heir who consents."
    )
    project = models.CharField(max_length=200, blank=True)
    occupation = models.CharField(max_length=100, blank=True)
    asked = OptionalMoneyField()
    made_on = models.DateField(null=True)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.DRAFT)
    contract_number = models.PositiveIntegerField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "คำขอยืม"
        indexes = [models.Index(fields=["fund", "stage"], name="request_stage")]


class RequestItem(models.Model):
    """A line of the proposal: what the money is for."""

    pk = CompositePrimaryKey("fund_id", "request_number", "sequence")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    request_number = models.PositiveIntegerField()
    sequence = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)
    amount = MoneyField()

    class Meta:
        verbose_name = "รายการในโครงการ"


class StepKind(models.TextChoices):
    """What is done to a request, in the order of the forms."""

    REQUESTED = "requested", "ยื่นคำขอ"
    OPINED = "opined", "พัฒนากรให้ความเห็น"
    DECIDED = "decided", "คณะกรรมการพิจารณา"
    CONTRACTED = "contracted", "ทำสัญญา"
    PAID_OUT = "paid_out", "จ่ายเงินยืม"
    DROPPED = "dropped", "ถอนคำขอ"
    TAKEN_BACK = "taken_back", "ถอนขั้นตอน"


class Step(models.Model):
    """One step of a request. Never changed: a step that was taken back has a row that says so."""

    pk = CompositePrimaryKey("fund_id", "request_number", "sequence")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    request_number = models.PositiveIntegerField()
    sequence = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    happened_on = models.DateField()
    is_favourable = models.BooleanField(null=True, help_text="Agreed, or approved.")
    amount = OptionalMoneyField()
    words = models.CharField(max_length=300, blank=True, help_text="Reason, opinion.")
    meeting_number = models.PositiveIntegerField(null=True)
    contract_number = models.PositiveIntegerField(null=True)
    entry_number = models.BigIntegerField(null=True)
    judged_by = models.JSONField(
        null=True, help_text="The whole rule set it was judged by, as it stood."
    )
    stepped_out = models.JSONField(
        default=list, help_text="Numbers of the terms that stepped out of this decision."
    )
    takes_back = models.PositiveSmallIntegerField(null=True, help_text="Sequence of a step.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "ขั้นตอนของคำขอ"


class Contract(models.Model):
    """One loan. A contract found to have been read wrongly is withdrawn, never rewritten."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="contracts")
    number = models.PositiveIntegerField(help_text="Ours, running; names the ledger account.")
    paper_number = models.CharField(max_length=40, help_text="สัญญาเลขที่ as on the paper.")
    round = models.PositiveSmallIntegerField(null=True, help_text="ยืมครั้งที่")
    borrower = models.ForeignKey("groups.Person", on_delete=models.PROTECT, related_name="+")
    member_number = models.PositiveIntegerField(
        null=True, help_text="Number on the fund's list; empty while no household fits the name."
    )
    principal = MoneyField()
    signed_on = models.DateField(null=True, help_text="Empty where only the paper knows.")
    paid_out_on = models.DateField(null=True, help_text="Empty until the money is handed over.")
    due_on = models.DateField(null=True, help_text="Empty where the paper does not say.")
    occupation = models.CharField(max_length=100, blank=True)
    interest_method = models.CharField(max_length=10, default="none")
    interest_rate = models.PositiveIntegerField(
        default=0, help_text="Hundredths of a per cent a year: 600 is 6 %."
    )
    copies = models.PositiveSmallIntegerField(null=True)
    withdrawn_at = models.DateTimeField(
        null=True, help_text="When a later reading or a step taken back replaced it."
    )

    class Meta:
        verbose_name = "สัญญายืมเงินทุน"
        constraints = [
            models.CheckConstraint(name="contract_lends_something", condition=Q(principal__gt=0))
        ]
        indexes = [
            models.Index(fields=["fund", "member_number"], name="contract_member"),
        ]

    @property
    def account(self) -> str:
        """The contract's account in the fund's books."""
        return f"loan:{self.number}"


class Plan(models.Model):
    """A plan that replaces the one before from a day on: a repayment agreement (ข้อตกลงส่งคืน).

    The contract's own plan is number 1 and has no row here; its instalments stay readable.
    """

    pk = CompositePrimaryKey("fund_id", "contract_number", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    contract_number = models.PositiveIntegerField()
    number = models.PositiveSmallIntegerField(help_text="2 and on.")
    starts_on = models.DateField(help_text="The day it was agreed.")
    words = models.CharField(max_length=300, blank=True)
    meeting_number = models.PositiveIntegerField(null=True)
    evidence = models.CharField(max_length=64, blank=True)
    judged_by = models.JSONField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "ข้อตกลงส่งคืน"


class Instalment(models.Model):
    """A part of a plan: this much by that day. ``sequence`` runs on through a contract's plans."""

    pk = CompositePrimaryKey("fund_id", "contract_number", "sequence")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    contract_number = models.PositiveIntegerField()
    sequence = models.PositiveSmallIntegerField()
    plan = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField()
    amount = MoneyField(help_text="Of the principal.")
    interest = MoneyField(default=0)

    class Meta:
        verbose_name = "งวดส่งคืน"
        constraints = [
            models.CheckConstraint(name="instalment_is_something", condition=Q(amount__gt=0))
        ]
        indexes = [models.Index(fields=["due_on"], name="instalment_due")]


class SignedAs(models.TextChoices):
    """What somebody signs a paper as."""

    BORROWER = "borrower", "ผู้ยืม"
    CONSENTER = "consenter", "คู่สมรสหรือทายาทผู้ให้ความยินยอม"
    LENDER = "lender", "ผู้ให้ยืม (ประธานกรรมการ)"
    WITNESS = "witness", "พยาน"
    PAYER = "payer", "ผู้จ่ายเงิน (ประธานกรรมการ)"
    PAYEE = "payee", "ผู้รับเงิน"
    PAY_WITNESS = "pay_witness", "พยานการจ่ายเงิน"
    SIGNER = "signer", "ผู้ลงนามถอนเงิน"
    GUARANTOR = "guarantor", "ผู้ค้ำประกัน"


class Signatory(models.Model):
    """Who signed a contract or its pay-out, and as what."""

    pk = CompositePrimaryKey("fund_id", "contract_number", "sequence")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    contract_number = models.PositiveIntegerField()
    sequence = models.PositiveSmallIntegerField()
    signed_as = models.CharField(max_length=12, choices=SignedAs.choices)
    name = models.CharField(max_length=200)
    term_number = models.PositiveIntegerField(
        null=True, help_text="The committee term they signed under."
    )
    signed_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "ผู้ลงนาม"


class Receipt(models.Model):
    """A numbered receipt for money sent back. ``number`` runs in the fund without gaps.

    It says what it said when it was handed over; cancelled it is when its entry was reversed.
    """

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="receipts")
    number = models.PositiveIntegerField()
    contract_number = models.PositiveIntegerField(null=True)
    member_number = models.PositiveIntegerField(null=True)
    entry_number = models.BigIntegerField()
    paid_on = models.DateField()
    amount = MoneyField(help_text="All that was handed over.")
    principal = MoneyField(default=0)
    interest = MoneyField(default=0)
    penalty = MoneyField(default=0)
    held = MoneyField(default=0, help_text="Kept for the payer, past what was owed.")
    balance_left = MoneyField(help_text="Of the principal, as printed.")
    parts = models.CharField(max_length=60, blank=True, help_text="Instalments, as printed: 1–2.")
    paid_by = models.CharField(max_length=200, blank=True, help_text="If not the borrower.")
    received_by_term = models.PositiveIntegerField(
        null=True, help_text="The committee member who took the money."
    )
    seal = models.CharField(max_length=400, help_text="Code that anyone can check.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "ใบเสร็จรับคืนเงินยืม"
        indexes = [
            models.Index(fields=["fund", "contract_number"], name="receipt_contract"),
            models.Index(fields=["fund", "entry_number"], name="receipt_entry"),
        ]


class ReceiptKey(models.Model):
    """The public key (Ed25519) that a fund's receipts are checked with, from a moment on."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="receipt_keys")
    number = models.PositiveSmallIntegerField()
    public_key = models.CharField(max_length=64, help_text="base64url, 32 bytes.")
    since = models.DateTimeField()

    class Meta:
        verbose_name = "กุญแจตรวจใบเสร็จ"


class Deferral(models.Model):
    """ผ่อนผัน: a granted delay on a contract, from a day to a day. Never inside overdue."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="deferrals")
    number = models.PositiveIntegerField()
    contract_number = models.PositiveIntegerField()
    ground = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="The last day of the delay.")
    meeting_number = models.PositiveIntegerField(null=True)
    evidence = models.CharField(max_length=64, blank=True)
    judged_by = models.JSONField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "การผ่อนผัน"
        constraints = [
            models.CheckConstraint(
                name="deferral_ends_after_it_starts",
                condition=Q(ends_on__gte=models.F("starts_on")),
            )
        ]
        indexes = [models.Index(fields=["fund", "contract_number"], name="deferral_contract")]


class DebtEventKind(models.TextChoices):
    """What is noted of a debt besides money."""

    ACKNOWLEDGED = "acknowledged", "รับสภาพหนี้เป็นหนังสือ"
    IN_BREACH = "in_breach", "มีมติว่าผิดสัญญา"
    BREACH_LIFTED = "breach_lifted", "ยกเลิกมติผิดสัญญา"
    HEIR_NAMED = "heir_named", "ทายาทผู้รับผิดชอบ"
    CLAIM_FILED = "claim_filed", "เรียกร้องต่อทายาทหรือฟ้องคดี"
    CONFIRMED = "confirmed", "ยืนยันยอดประจำปี"
    DISPUTED = "disputed", "แจ้งว่ายอดไม่ตรง"
    DISPUTE_SETTLED = "dispute_settled", "ตกลงเรื่องยอดที่ไม่ตรงแล้ว"


class DebtEvent(models.Model):
    """A dated record about a contract's debt."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="debt_events")
    number = models.PositiveIntegerField()
    contract_number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=DebtEventKind.choices)
    happened_on = models.DateField()
    balance = OptionalMoneyField(help_text="What was confirmed, disputed or acknowledged.")
    said = OptionalMoneyField(help_text="What the household says it is, when it disputes.")
    words = models.CharField(max_length=300, blank=True)
    on_paper = models.BooleanField(default=True)
    meeting_number = models.PositiveIntegerField(null=True)
    answers = models.PositiveIntegerField(null=True, help_text="The dispute that this settles.")
    evidence = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "บันทึกเรื่องหนี้"
        indexes = [models.Index(fields=["fund", "contract_number"], name="debt_event_contract")]


class Claim(models.Model):
    """Money that a person has to give back to the fund: account ``claim:<number>``."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="claims")
    number = models.PositiveIntegerField()
    person_name = models.CharField(max_length=200)
    words = models.CharField(max_length=300, help_text="What happened, plainly and without blame.")
    recognised_on = models.DateField()
    meeting_number = models.PositiveIntegerField(null=True)
    evidence = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "สิทธิเรียกคืนจากบุคคล"

    @property
    def account(self) -> str:
        """The claim's account in the fund's books."""
        return f"claim:{self.number}"
