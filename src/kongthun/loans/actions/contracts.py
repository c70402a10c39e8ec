"""Contracts as they become known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from kongthun.domain.money import Money

from ..models import Contract, Instalment


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What a contract says. ``due_on`` is empty where its paper has no readable day."""

    paper_number: str
    round: int | None
    borrower_id: int
    member_number: int | None
    principal: Money
    paid_out_on: date
    due_on: date | None
    occupation: str


def next_contract_number(fund_id: int) -> int:
    """The next running number of the fund. The fund's pen must be held."""
    last = Contract.objects.filter(fund_id=fund_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def enter_contracts(fund_id: int, contracts: Sequence[tuple[int, ContractTerms]]) -> None:
    """Enter contracts under their numbers, each with one instalment: all of it on its due day."""
    Contract.objects.bulk_create(
        Contract(
            fund_id=fund_id,
            number=number,
            paper_number=terms.paper_number[:40],
            round=terms.round,
            borrower_id=terms.borrower_id,
            member_number=terms.member_number,
            principal=terms.principal,
            paid_out_on=terms.paid_out_on,
            due_on=terms.due_on,
            occupation=terms.occupation[:100],
        )
        for number, terms in contracts
    )
    Instalment.objects.bulk_create(
        Instalment(
            fund_id=fund_id,
            contract_number=number,
            sequence=1,
            due_on=terms.due_on,
            amount=terms.principal,
        )
        for number, terms in contracts
        if terms.due_on is not None
    )


def withdraw_contracts(fund_id: int, numbers: Sequence[int], *, at: datetime) -> None:
    """Mark contracts as read wrongly. They stay readable; their money was reversed beside this."""
    Contract.objects.filter(fund_id=fund_id, number__in=numbers, withdrawn_at__isnull=True).update(
        withdrawn_at=at
    )
