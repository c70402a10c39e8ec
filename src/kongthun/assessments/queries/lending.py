"""What is owed to many funds at once, and how much of it continues a debt that was late.

As `loans.queries.roll_overs` tells it fund by fund, in as many statements for a district as for
one fund; a test holds both together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from django.db import connection

from kongthun.domain.arrears import Part
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.roll_over import (
    EXAMPLE_BOUNDS,
    LoanLife,
    OpenLoan,
    days_late_at_payoff,
    par_after_roll_over,
    roll_overs,
)
from kongthun.groups.models import Group, HouseholdEvent, HouseholdEventKind
from kongthun.groups.queries.households import last_of
from kongthun.loans.models import Contract, Instalment, Plan

from .rules import rules_of_groups


@dataclass(frozen=True, slots=True)
class Lending:
    """Contracts a fund is still owed on, the sum, and what of it continues a late debt."""

    open: frozenset[int]
    outstanding: Money
    continued: Money


def lending_of(fund_ids: list[int], day: date) -> dict[int, Lending]:
    """Of each fund that ever lent, what households owe by a day. Seven statements."""
    if not fund_ids:
        return {}
    contracts = _contracts(fund_ids, day)
    balances, repaid = _on_accounts(fund_ids, day)
    plans = _plans(fund_ids, day)
    joined = _joined(fund_ids, day)
    groups = Group.objects.filter(pk__in=list(contracts))
    rules = rules_of_groups(groups, day)
    found = {}
    for fund_id, lent in contracts.items():
        days = rules[fund_id]["roll_over_days"].count or EXAMPLE_BOUNDS.days
        bounds = replace(EXAMPLE_BOUNDS, days=days)
        into = joined.get(fund_id, {})
        lives = [
            _life(contract, repaid.get((fund_id, contract.number), ()), plans, into, days)
            for contract in lent
        ]
        owed = [
            OpenLoan(contract.number, balance, ZERO)
            for contract in lent
            if (balance := balances.get((fund_id, contract.number), ZERO))
        ]
        par = par_after_roll_over(owed, roll_overs(lives, bounds=bounds))
        found[fund_id] = Lending(
            frozenset(loan.contract for loan in owed), par.outstanding, par.rolled_over
        )
    return found


_Came = Sequence[tuple[date, Money]]


class _Lent(NamedTuple):
    """A contract that was paid out; of a district they are many, so no more than is needed."""

    fund_id: int
    number: int
    member_number: int | None
    borrower_id: int
    principal: Money
    paid_out_on: date


def _contracts(fund_ids: list[int], day: date) -> dict[int, list[_Lent]]:
    """The contracts of each fund that were paid out by a day, by number. One statement."""
    rows = Contract.objects.filter(
        fund_id__in=fund_ids, withdrawn_at__isnull=True, paid_out_on__lte=day
    )
    lent: dict[int, list[_Lent]] = defaultdict(list)
    for fund_id, number, member, borrower, principal, paid_out_on in rows.order_by(
        "fund_id", "number"
    ).values_list("fund_id", "number", "member_number", "borrower_id", "principal", "paid_out_on"):
        if paid_out_on is not None:
            lent[fund_id].append(_Lent(fund_id, number, member, borrower, principal, paid_out_on))
    return lent


@dataclass(frozen=True, slots=True)
class _Plans:
    """Agreements by the day they begin, and the parts of every plan."""

    begins: dict[tuple[int, int], list[tuple[date, int]]]
    parts: dict[tuple[int, int, int], list[Part]]

    def in_force(self, contract: _Lent, day: date) -> list[Part]:
        begun = self.begins.get((contract.fund_id, contract.number), ())
        number = max((plan for on, plan in begun if on <= day), default=1)
        return self.parts.get((contract.fund_id, contract.number, number), [])


def _plans(fund_ids: list[int], day: date) -> _Plans:
    begins: dict[tuple[int, int], list[tuple[date, int]]] = defaultdict(list)
    for plan in Plan.objects.filter(fund_id__in=fund_ids, starts_on__lte=day).order_by("number"):
        begins[plan.fund_id, plan.contract_number].append((plan.starts_on, plan.number))
    parts: dict[tuple[int, int, int], list[Part]] = defaultdict(list)
    rows = Instalment.objects.filter(fund_id__in=fund_ids).order_by("contract_number", "sequence")
    for fund_id, contract, plan_number, due_on, amount in rows.values_list(
        "fund_id", "contract_number", "plan", "due_on", "amount"
    ):
        parts[fund_id, contract, plan_number].append(Part(due_on, amount))
    return _Plans(begins, parts)


def _on_accounts(
    fund_ids: list[int], day: date
) -> tuple[dict[tuple[int, int], Money], dict[tuple[int, int], list[tuple[date, Money]]]]:
    """What is owed on each contract, and what was sent back on it, by day. One statement."""
    marks = ", ".join(["%s"] * len(fund_ids))
    balances: dict[tuple[int, int], int] = defaultdict(int)
    repaid: dict[tuple[int, int], list[tuple[date, Money]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT l.fund_id, l.account, e.happened_on, sum(l.amount),
                sum(CASE WHEN e.deed = 'repayment_received' THEN -l.amount ELSE 0 END)
            FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            WHERE l.account LIKE 'loan:%%' AND l.fund_id IN ({marks}) AND e.happened_on <= %s
            GROUP BY l.fund_id, l.account, e.happened_on
            ORDER BY e.happened_on
            """,  # noqa: S608
            [*fund_ids, day],
        )
        for fund_id, account, on, satang, back in cursor.fetchall():
            number = account.partition(":")[2]
            if not number.isdecimal():
                continue
            contract = fund_id, int(number)
            balances[contract] += int(satang)
            if back:
                happened_on = date.fromisoformat(on) if isinstance(on, str) else on
                repaid[contract].append((happened_on, Money(int(back))))
    return {contract: Money(satang) for contract, satang in balances.items()}, repaid


def _joined(fund_ids: list[int], day: date) -> dict[int, dict[int, int]]:
    """Of households merged by a day the one that answers, fund by fund."""
    into: dict[int, dict[int, int]] = defaultdict(dict)
    merges = HouseholdEvent.objects.filter(
        group_id__in=fund_ids,
        withdrawn_at__isnull=True,
        kind=HouseholdEventKind.MERGED,
        happened_on__lte=day,
        other_member_number__isnull=False,
    ).order_by("happened_on", "number")
    for group_id, number, other in merges.values_list(
        "group_id", "member_number", "other_member_number"
    ):
        if other is not None:
            into[group_id][number] = other
    return {
        group_id: {number: last_of(number, merged) for number in merged}
        for group_id, merged in into.items()
    }


def _life(
    contract: _Lent, came: _Came, plans: _Plans, joined: dict[int, int], days: int
) -> LoanLife:
    """A contract from its pay-out to the day on which all of it had been sent back."""
    settled_on = _settled_on(contract.principal, came)
    late = 0
    if settled_on is not None:
        plan = plans.in_force(contract, settled_on)
        # With no part due before it was settled nothing can have been late, as mostly.
        if any(part.due_on < settled_on for part in plan):
            late = days_late_at_payoff(plan, _towards(plan, came), settled_on, days=days)
    member = contract.member_number
    return LoanLife(
        contract.number,
        -contract.borrower_id if member is None else joined.get(member, member),
        contract.principal,
        contract.paid_out_on,
        tuple(came),
        settled_on,
        late,
    )


def _settled_on(principal: Money, came: _Came) -> date | None:
    sent, settled_on = 0, None
    for day, amount in came:
        sent += amount.satang
        if sent < principal.satang:
            settled_on = None
        elif settled_on is None:
            settled_on = day
    return settled_on


def _towards(plan: Sequence[Part], came: _Came) -> list[tuple[date, Money]]:
    """What was sent back towards a plan: what came before an agreement is no part of it."""
    before = total(amount for _, amount in came) - total(part.amount for part in plan)
    counted = []
    for day, amount in came:
        skipped = min(max(before, ZERO), amount)
        before -= skipped
        if amount - skipped:
            counted.append((day, amount - skipped))
    return counted
