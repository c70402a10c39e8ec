"""ก4: where a group's means come from, in money or tools, and where a year's surplus goes.

Sources [S]: shares of members, support, loans and donations. Sums are in the books alone; here
stands who gave them, on what condition, and what the group owes in return.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CompositePrimaryKey

from kongthun.db.money_field import MoneyField


class ShareCertificate(models.Model):
    """A certificate over whole shares of one member. Replaced or given back, its number stays used.

    ``shares`` is how many; ``price`` what one was worth when it was issued.
    """

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="certificates")
    number = models.PositiveIntegerField(help_text="เลขที่ใบหุ้น")
    member_number = models.PositiveIntegerField()
    shares = models.PositiveIntegerField()
    price = MoneyField()
    issued_on = models.DateField()
    entry_number = models.BigIntegerField(help_text="The entry that these shares came by.")
    comes_from = models.PositiveIntegerField(
        null=True, help_text="The certificate whose shares these were before."
    )
    ended_on = models.DateField(null=True, help_text="Given back, sold on, or replaced.")
    ended_words = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "ใบหุ้น"
        indexes = [models.Index(fields=["fund", "member_number"], name="certificate_member")]


class SourceKind(models.TextChoices):
    """Where means come from beside shares [S]."""

    GRANT = "grant", "เงินหรือสิ่งของสนับสนุน"
    DONATION = "donation", "เงินหรือสิ่งของบริจาค"


class Gift(models.Model):
    """A grant or a donation, in money or tools: account ``capital:gift-<number>``."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="gifts")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=SourceKind.choices)
    giver = models.CharField(max_length=200)
    agency_id = models.BigIntegerField(null=True, help_text="The agency of the register, if one.")
    received_on = models.DateField()
    amount = MoneyField(help_text="Money, or what the things given are worth.")
    in_kind = models.CharField(max_length=200, blank=True, help_text="Things instead of money.")
    tool_number = models.PositiveIntegerField(null=True)
    conditions = models.TextField(blank=True)
    document = models.CharField(max_length=60, blank=True)
    evidence = models.CharField(max_length=64, blank=True)
    entry_number = models.BigIntegerField()
    thanked_on = models.DateField(null=True, help_text="The letter of thanks went out.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "เงินสนับสนุนหรือบริจาค"


class OwedReport(models.Model):
    """A report that a grant asks for, by a day; handed in on a day."""

    pk = CompositePrimaryKey("fund_id", "gift_number", "place")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    gift_number = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)
    due_on = models.DateField()
    handed_in_on = models.DateField(null=True)
    evidence = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "รายงานที่ต้องส่ง"


class Borrowing(models.Model):
    """What the group itself borrowed: account ``lender:<number>``."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="borrowings")
    number = models.PositiveIntegerField()
    lender = models.CharField(max_length=200)
    borrowed_on = models.DateField()
    amount = MoneyField()
    rate_bp = models.PositiveIntegerField(default=0, help_text="Hundredths of a per cent a year.")
    purpose = models.CharField(max_length=300, blank=True)
    document = models.CharField(max_length=60, blank=True)
    meeting_number = models.PositiveIntegerField(
        null=True, help_text="The meeting that decided it."
    )
    evidence = models.CharField(max_length=64, blank=True)
    entry_number = models.BigIntegerField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "เงินที่กลุ่มกู้หรือยืม"


class BorrowingPart(models.Model):
    """A part of a borrowing's plan, as the lender's paper has it."""

    pk = CompositePrimaryKey("fund_id", "borrowing_number", "sequence")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    borrowing_number = models.PositiveIntegerField()
    sequence = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    principal = MoneyField()
    interest = MoneyField(default=0)

    class Meta:
        verbose_name = "งวดที่กลุ่มต้องส่งคืน"


class ToolState(models.TextChoices):
    """In what state a tool is."""

    GOOD = "good", "ใช้การได้ดี"
    WORN = "worn", "ใช้ได้ ควรซ่อม"
    BROKEN = "broken", "ชำรุด"


class Tool(models.Model):
    """A tool or machine of the group: account ``tool:<number>`` holds what it is still worth."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="tools")
    number = models.PositiveIntegerField(help_text="เลขครุภัณฑ์ของกลุ่ม")
    name = models.CharField(max_length=150)
    serial = models.CharField(max_length=60, blank=True)
    acquired_on = models.DateField()
    value = MoneyField(help_text="What it cost, or was worth when it was given.")
    useful_years = models.PositiveSmallIntegerField(null=True)
    keeper = models.CharField(max_length=150, help_text="Who keeps it, as written.")
    member_number = models.PositiveIntegerField(null=True)
    place = models.CharField(max_length=200, blank=True)
    photo = models.CharField(max_length=64, blank=True)
    entry_number = models.BigIntegerField()
    gone_on = models.DateField(null=True)
    gone_words = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "ครุภัณฑ์"


class ToolEventKind(models.TextChoices):
    """What happens to a tool while the group has it."""

    CHECKED = "checked", "ตรวจสภาพ"
    LENT = "lent", "ให้ยืมใช้"
    RETURNED = "returned", "รับคืน"
    KEPT_BY = "kept_by", "เปลี่ยนผู้ดูแล"
    REPAIRED = "repaired", "ซ่อม"


class ToolEvent(models.Model):
    """Checked, lent, returned, repaired: on a day, by whom, in what state."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="tool_events")
    number = models.PositiveIntegerField()
    tool_number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=ToolEventKind.choices)
    happened_on = models.DateField()
    state = models.CharField(max_length=8, choices=ToolState.choices, blank=True)
    person = models.CharField(max_length=150, blank=True, help_text="To whom, by whom.")
    member_number = models.PositiveIntegerField(null=True)
    due_back_on = models.DateField(null=True)
    words = models.CharField(max_length=300, blank=True)
    evidence = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "เหตุการณ์ของครุภัณฑ์"
        indexes = [models.Index(fields=["fund", "tool_number"], name="tool_event_tool")]


class YearClosing(models.Model):
    """A year closed and its surplus shared out by the rules of the day, as a meeting resolved."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="closings")
    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField(help_text="พ.ศ. in which the year ended.")
    starts_on = models.DateField()
    ends_on = models.DateField()
    surplus = MoneyField(help_text="Income less expenses of the year; below zero a loss.")
    rules = models.JSONField(help_text="The rule set it was shared out by.")
    meeting_number = models.PositiveIntegerField()
    resolution = models.PositiveSmallIntegerField()
    entry_number = models.BigIntegerField(null=True, help_text="None where nothing was shared.")
    closed_before = models.DateField(null=True, help_text="Up to when books were closed before.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "การปิดบัญชีประจำปี"


class SurplusShare(models.Model):
    """What of a year's surplus goes where; all of them add up to the surplus."""

    pk = CompositePrimaryKey("fund_id", "closing_number", "purpose")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    closing_number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=20, help_text="dividend, trade_return, reserve, …")
    rate_bp = models.PositiveIntegerField(help_text="Hundredths of a per cent of the surplus.")
    amount = MoneyField()

    class Meta:
        verbose_name = "การจัดสรรผลกำไร"


class MemberSlip(models.Model):
    """What one member gets of a year, and from what it was reckoned."""

    pk = CompositePrimaryKey("fund_id", "closing_number", "member_number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    closing_number = models.PositiveIntegerField()
    member_number = models.PositiveIntegerField()
    shares = MoneyField(help_text="Shares held at the end of the year, in baht.")
    dividend = MoneyField()
    trade = MoneyField(help_text="What they bought from and sold to the group in the year.")
    trade_return = MoneyField()

    class Meta:
        verbose_name = "ใบแจ้งผลตอบแทนสมาชิก"
