"""ก4 and ก5 of a group that makes and sells: with whom, what, at what cost, in which batch.

Sums are in the books alone: here stands what they were for. Quantities are whole thousandths of an
item's unit, so that 2.5 กก. adds up as exactly as satang do. Names stay out of the chain.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CompositePrimaryKey, Q

from kongthun.db.money_field import MoneyField, OptionalMoneyField


class Party(models.Model):
    """Whom the group buys from or sells to: accounts ``supplier:<n>`` and ``customer:<n>``."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="parties")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=150)
    name_key = models.CharField(max_length=200, help_text="For finding, titles and slips evened.")
    phone = models.CharField(max_length=30, blank=True)
    member_number = models.PositiveIntegerField(
        null=True, help_text="A member of the group: what they trade earns a return."
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "คู่ค้า"


class ItemKind(models.TextChoices):
    """What an item is for."""

    MATERIAL = "material", "วัตถุดิบ"
    PRODUCT = "product", "สินค้า"


class Item(models.Model):
    """Something kept in stock: the account ``stock:<number>`` holds what it cost."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="items")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    name = models.CharField(max_length=100)
    unit = models.CharField(max_length=30, help_text="กก., ขวด, ผืน, ถุง …")
    price = OptionalMoneyField(help_text="What one unit is usually sold for.")
    stopped_on = models.DateField(null=True, help_text="Not kept any more.")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "สินค้าหรือวัตถุดิบ"


class Batch(models.Model):
    """A round of production: the account ``making:<number>`` holds what went into it."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField(help_text="รอบที่")
    words = models.CharField(max_length=200)
    started_on = models.DateField()
    finished_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "รอบการผลิต"


class Deal(models.Model):
    """A purchase or a sale, on one paper. Taken back whole, never changed."""

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="deals")
    number = models.PositiveIntegerField()
    is_sale = models.BooleanField()
    happened_on = models.DateField()
    party_number = models.PositiveIntegerField(
        null=True, help_text="Empty for a sale over the counter."
    )
    member_number = models.PositiveIntegerField(
        null=True, help_text="Bought by or from this member: it counts for the return on trade."
    )
    document = models.CharField(max_length=60, help_text="Of the running series: ข.1, ซ.1.")
    bill = models.CharField(
        max_length=60, blank=True, help_text="As printed on the paper that lies beside it."
    )
    total = MoneyField()
    paid_now = MoneyField(help_text="The rest is on credit.")
    due_on = models.DateField(null=True, help_text="When the rest is to be paid.")
    entry_number = models.BigIntegerField()
    words = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "การซื้อขาย"
        indexes = [models.Index(fields=["fund", "happened_on"], name="deal_day")]


class StockMove(models.Model):
    """What one entry did to an item: how much of it, at what cost, above zero came in.

    ``price`` is what it was sold or bought for where that is not its cost.
    """

    pk = CompositePrimaryKey("fund_id", "number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="stock_moves")
    number = models.PositiveIntegerField()
    item_number = models.PositiveIntegerField()
    quantity = models.BigIntegerField(help_text="Thousandths of the unit.")
    cost = MoneyField()
    price = OptionalMoneyField()
    happened_on = models.DateField()
    entry_number = models.BigIntegerField()
    deal_number = models.PositiveIntegerField(null=True)
    batch_number = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = "ของเข้าออก"
        indexes = [
            models.Index(fields=["fund", "item_number"], name="stock_move_item"),
            models.Index(fields=["fund", "entry_number"], name="stock_move_entry"),
        ]
        constraints = [models.CheckConstraint(name="stock_move_moves", condition=~Q(quantity=0))]


class TradeNote(models.Model):
    """What was typed about an entry that no deal stands for: a cost, a gift, a count, a payment.

    The entry holds the sums, this row the words; the books hold none (docs/adr/0006).
    """

    pk = CompositePrimaryKey("fund_id", "entry_number")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="trade_notes")
    entry_number = models.BigIntegerField()
    batch_number = models.PositiveIntegerField(null=True)
    party_number = models.PositiveIntegerField(null=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "คำอธิบายรายการ"
        indexes = [models.Index(fields=["fund", "batch_number"], name="trade_note_batch")]
