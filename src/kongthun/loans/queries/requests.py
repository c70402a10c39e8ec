"""Requests on their way: which steps stand, who acts next, what money there is to lend."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from kongthun.domain.money import ZERO, Money, total
from kongthun.ledger.models import Position

from ..models import Request, Stage, Step, StepKind


@dataclass(frozen=True, slots=True)
class OpenLoan:
    """A contract that still binds a household: something is owed, or the money is to come."""

    number: int
    paper_number: str
    owed: Money


@dataclass(frozen=True, slots=True)
class MoneyAtHand:
    """What a fund could lend: bank and cash, less what was promised and not handed over yet."""

    bank: Money
    cash: Money
    promised: Money

    @property
    def available(self) -> Money:
        """What may still be promised; below zero when more was promised than there is."""
        return self.bank + self.cash - self.promised


def standing_steps(fund_id: int, number: int) -> list[Step]:
    """The steps of a request that were not taken back, in their order. One statement."""
    steps = list(Step.objects.filter(fund_id=fund_id, request_number=number).order_by("sequence"))
    gone = {step.takes_back for step in steps if step.takes_back is not None}
    return [
        step for step in steps if step.sequence not in gone and step.kind != StepKind.TAKEN_BACK
    ]


def available_money(fund_id: int, *, but: int | None = None) -> MoneyAtHand:
    """What there is to lend now; ``but`` leaves out what one request was promised itself."""
    position = Position.objects.get(fund_id=fund_id)
    waiting = Request.objects.filter(
        fund_id=fund_id, stage__in=[Stage.APPROVED, Stage.CONTRACTED]
    ).exclude(number=but or 0)
    decided = Step.objects.filter(
        fund_id=fund_id,
        kind=StepKind.DECIDED,
        is_favourable=True,
        request_number__in=list(waiting.values_list("number", flat=True)),
    ).order_by("sequence")
    promised = {step.request_number: step.amount or ZERO for step in decided}
    return MoneyAtHand(position.bank, position.cash, total(promised.values()))


def open_loans(fund_id: int, member_number: int) -> list[OpenLoan]:
    """The contracts that still bind a household, one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.number, c.paper_number, a.balance, c.principal, c.paid_out_on
            FROM loans_contract c
            LEFT JOIN ledger_account a ON a.fund_id = c.fund_id AND a.code = 'loan:' || c.number
            WHERE c.fund_id = %s AND c.member_number = %s AND c.withdrawn_at IS NULL
                AND (c.paid_out_on IS NULL OR a.balance <> 0)
            ORDER BY c.number
            """,
            [fund_id, member_number],
        )
        return [
            OpenLoan(number, paper, Money(int(principal if paid_out_on is None else balance or 0)))
            for number, paper, balance, principal, paid_out_on in cursor.fetchall()
        ]
