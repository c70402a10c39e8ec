"""ก4 the fund: its books as rows.

`Entry` and `Line` are append-only. Their tables are written in SQL by hand
(`ledger/sql/*.sql`), since what guards them (deferred composite keys, triggers, STRICT) is past
what a model can say; a guard test holds these models against those tables.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CompositePrimaryKey

from kongthun.db.money_field import MoneyField, OptionalMoneyField
from kongthun.domain.chain import Head
from kongthun.domain.fund_position import POSITION_FIELDS, FundPosition
from kongthun.domain.money import Money


class Fund(models.Model):
    """The books of one group. Its id is the group's: every row of money carries it."""

    group = models.OneToOneField(
        "groups.Group", on_delete=models.PROTECT, primary_key=True, related_name="fund"
    )
    code = models.CharField(max_length=16, unique=True, help_text="The group's code.")
    area_code = models.CharField(max_length=8, help_text="The group's village, for roll-ups.")
    chart = models.CharField(max_length=24, help_text="Which chart of accounts rules here.")
    name = models.CharField(max_length=200)

    class Meta:
        verbose_name = "กองทุน"
        indexes = [models.Index(fields=["area_code"], name="fund_area")]

    def __str__(self) -> str:
        return self.name


class BankBook(models.Model):
    """A passbook of a fund: the account ``bank:<number>``. Its number is personal to the fund."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="bank_books")
    number = models.PositiveSmallIntegerField()
    bank = models.CharField(max_length=100, blank=True)
    branch = models.CharField(max_length=100, blank=True)
    account_number = models.CharField(max_length=40, blank=True)
    account_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "สมุดบัญชีธนาคาร"

    @property
    def masked_number(self) -> str:
        """The account number as anyone may see it: only the last four digits."""
        digits = self.account_number
        return f"xxx-x-x{digits[-4:]}" if len(digits) > 4 else "xxx"


class PassbookLine(models.Model):
    """A line as the bank printed it in the passbook, typed in to hold the books against it.

    A line typed wrongly is withdrawn and typed again. ``amount`` above zero came in.
    """

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="passbook_lines")
    number = models.PositiveIntegerField()
    bank_book = models.PositiveSmallIntegerField(default=1)
    on = models.DateField()
    item = models.CharField(max_length=100, blank=True)
    document = models.CharField(max_length=60, blank=True)
    amount = MoneyField()
    balance = OptionalMoneyField(help_text="As printed beside it.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "บรรทัดในสมุดเงินฝาก"


class Position(models.Model):
    """A fund's pen and its sums: where its chain ends and what its entries add up to.

    Written only together with entries, in their transaction; `kongthun verify` proves it equal to
    them. Locking this row is holding the fund's pen.
    """

    fund = models.OneToOneField(
        Fund, on_delete=models.PROTECT, primary_key=True, related_name="position"
    )
    entries = models.BigIntegerField(default=0, help_text="Number of the last entry.")
    link = models.BinaryField(default=bytes(32), help_text="Link of the last entry.")
    capital = MoneyField(default=0)
    interest = MoneyField(default=0)
    lent = MoneyField(default=0)
    repaid = MoneyField(default=0)
    households = MoneyField(default=0)
    bank = MoneyField(default=0)
    cash = MoneyField(default=0)
    claims = MoneyField(default=0)
    loss = MoneyField(default=0)
    unexplained = MoneyField(default=0)
    members = MoneyField(default=0)
    goods = MoneyField(default=0)
    tools = MoneyField(default=0)
    customers = MoneyField(default=0)
    creditors = MoneyField(default=0)
    closed_until = models.DateField(
        null=True, help_text="The last day of the last year that was closed and shared out."
    )

    class Meta:
        verbose_name = "ฐานะกองทุน"

    @property
    def head(self) -> Head:
        """Where the chain ends."""
        return Head(self.entries, bytes(self.link))

    @property
    def sums(self) -> FundPosition:
        """The sums as a value."""
        return FundPosition(**{name: getattr(self, name) for name in POSITION_FIELDS})


class Account(models.Model):
    """An account of a fund and its balance (debit above zero), written with the lines."""

    pk = CompositePrimaryKey("fund_id", "code")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="accounts")
    code = models.CharField(max_length=24, help_text="kind or kind:number")
    kind = models.CharField(max_length=16)
    balance = MoneyField()

    class Meta:
        managed = False
        db_table = "ledger_account"


class Entry(models.Model):
    """A numbered entry. Never changed, never taken out; a mistake is reversed by another entry."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="entries")
    number = models.BigIntegerField()
    deed = models.CharField(max_length=24)
    happened_on = models.DateField(help_text="The day it happened.")
    recorded_at = models.DateTimeField(help_text="The moment we learned of it.")
    memo = models.CharField(max_length=200)
    document = models.CharField(max_length=60, help_text="Number of the receipt or contract.")
    reverses = models.BigIntegerField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_constraint=False,
        db_column="recorded_by",
    )
    key = models.CharField(max_length=80)
    source = models.CharField(max_length=80)
    link = models.BinaryField()

    class Meta:
        managed = False
        db_table = "ledger_entry"


class Line(models.Model):
    """One side of an entry: debit above zero, credit below."""

    pk = CompositePrimaryKey("fund_id", "entry_number", "place")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    entry_number = models.BigIntegerField()
    place = models.PositiveSmallIntegerField()
    account = models.CharField(max_length=24)
    amount = MoneyField()

    class Meta:
        managed = False
        db_table = "ledger_line"

    @property
    def credit(self) -> Money:
        """What is credited, as a sum above zero; for a line below zero."""
        return -self.amount
