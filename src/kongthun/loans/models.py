"""Loan contracts (สัญญายืมเงินทุน) and when they are to be repaid.

What was paid out and what came back stands in the ledger, on the contract's own account
``loan:<number>``; nothing here repeats it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import CompositePrimaryKey, Q

from kongthun.db.money_field import MoneyField


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
    paid_out_on = models.DateField()
    due_on = models.DateField(null=True, help_text="Empty where the paper does not say.")
    occupation = models.CharField(max_length=100, blank=True)
    withdrawn_at = models.DateTimeField(
        null=True, help_text="When a later reading of the papers replaced it."
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


class Instalment(models.Model):
    """A part of a contract's plan: this much by that day."""

    pk = CompositePrimaryKey("fund_id", "contract_number", "sequence")
    fund = models.ForeignKey("ledger.Fund", on_delete=models.PROTECT, related_name="+")
    contract_number = models.PositiveIntegerField()
    sequence = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    amount = MoneyField()

    class Meta:
        verbose_name = "งวดส่งคืน"
        constraints = [
            models.CheckConstraint(name="instalment_is_something", condition=Q(amount__gt=0))
        ]
        indexes = [models.Index(fields=["due_on"], name="instalment_due")]
