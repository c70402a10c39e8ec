"""Lost or contradicting books: what is claimed, on what evidence, and what was put into the books.

Claims are added, and taken back with a note; none is changed. Who somebody is that has to give
money back stands here by name; in the books they are a number.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CompositePrimaryKey, Q

from kongthun.db.money_field import MoneyField
from kongthun.domain.broken_books import Grade
from kongthun.domain.journal import AccountKind


class Place(models.TextChoices):
    """Where the money of a fund that only lends can be said to be.

    Goods, tools and customers have registers of their own, and a loss is recognised by those
    entitled to; none of them is opened by a claim.
    """

    LOAN = AccountKind.LOAN.value, "อยู่กับครัวเรือน"
    BANK = AccountKind.BANK.value, "อยู่ในธนาคาร"
    CASH = AccountKind.CASH.value, "เงินสดในมือ"
    CLAIM = AccountKind.CLAIM.value, "อยู่กับบุคคลที่ต้องส่งคืน"


class SaidBy(models.TextChoices):
    """Who says so, as a role. Never a name."""

    HOUSEHOLD = "household", "ครัวเรือนผู้ยืม"
    HEIR = "heir", "ทายาท"
    COMMITTEE = "committee", "คณะกรรมการ"
    FORMER_COMMITTEE = "former_committee", "กรรมการชุดก่อน"
    TREASURER = "treasurer", "เหรัญญิก"
    PERSON = "person", "ผู้ที่เงินอยู่กับตน"
    NEIGHBOUR = "neighbour", "เพื่อนบ้านหรือพยาน"
    HEADMAN = "headman", "ผู้ใหญ่บ้านหรือกำนัน"
    BANK = "bank", "ธนาคาร"
    OFFICE = "office", "สำเนาที่อำเภอ"
    LOOSE_SHEET = "loose_sheet", "แผ่นจดที่ไม่มีผู้ลงชื่อ"


class _Fact(models.Model):
    """A fact of a fund that stands until it is taken back, with why."""

    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class Opening(_Fact):
    """The books of a fund are found anew as of the end of a day; one stands at a time.

    ``capital`` and ``interest`` are what the fund was given and kept by then, as far as its books
    do not say so themselves.
    """

    pk = CompositePrimaryKey("fund_id", "number")
    opens_on = models.DateField(help_text="The last day before the new books.")
    capital = MoneyField()
    interest = MoneyField()
    words = models.CharField(max_length=300, help_text="How capital and interest are known.")

    class Meta:
        verbose_name = "การสอบยอดยกมา"
        constraints = [
            models.UniqueConstraint(
                fields=["fund"], condition=Q(withdrawn_at__isnull=True), name="opening_stands_once"
            ),
            models.CheckConstraint(
                name="opening_not_below_nothing", condition=Q(capital__gte=0) & Q(interest__gte=0)
            ),
        ]


class OpeningPerson(models.Model):
    """Somebody who is said to hold money of the fund; in the claims they are a number."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)

    class Meta:
        verbose_name = "บุคคลในการสอบยอดยกมา"


class OpeningClaim(_Fact):
    """Somebody says that so much lay in one place at the end of the opening day.

    ``place_number`` is the household's number on the list, the passbook's, or the person's; cash
    has none.
    """

    pk = CompositePrimaryKey("fund_id", "number")
    opening_number = models.PositiveIntegerField()
    place = models.CharField(max_length=8, choices=Place.choices)
    place_number = models.PositiveIntegerField(null=True)
    amount = MoneyField()
    grade = models.PositiveSmallIntegerField(choices=[(g.value, g.name) for g in Grade])
    said_by = models.CharField(max_length=20, choices=SaidBy.choices)
    said_on = models.DateField()
    evidence = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the paper.")
    words = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=80, help_text="Of the form, so that it counts once.")

    class Meta:
        verbose_name = "คำบอกยอด"
        constraints = [
            models.UniqueConstraint(fields=["fund", "key"], name="opening_claim_key"),
            models.CheckConstraint(
                name="opening_claim_grade", condition=Q(grade__gte=0) & Q(grade__lte=4)
            ),
        ]


class Settlement(models.Model):
    """What was confirmed was put into the books: the one step from words to money."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    opening_number = models.PositiveIntegerField()
    settled_on = models.DateField()
    not_confirmed = MoneyField(help_text="What stayed not yet explained of it.")
    key = models.CharField(max_length=80)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "การลงบัญชียอดยกมา"
        constraints = [models.UniqueConstraint(fields=["fund", "key"], name="settlement_key")]


class SettledPlace(models.Model):
    """An entry by which a settlement put a sum in its place; reversed, it counts no more.

    ``account`` is the one in the books, where a household's loan has the contract's number and a
    person the claim's. ``place`` is empty for what the fund was given.
    """

    pk = CompositePrimaryKey("fund_id", "entry_number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    entry_number = models.BigIntegerField()
    settlement_number = models.PositiveIntegerField()
    place = models.CharField(max_length=8, blank=True)
    place_number = models.PositiveIntegerField(null=True)
    account = models.CharField(max_length=24)
    amount = MoneyField()
    grade = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = "ยอดยกมาที่ลงบัญชีแล้ว"
