"""Roll-overs of a fund from its rows: which loans were paid off and lent again within days.

The rules are in `kongthun.domain.roll_over`; docs/rules/roll_over.md says what a hit is, and what
it is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from kongthun.domain.arrears import Part
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.roll_over import (
    EXAMPLE_BOUNDS,
    Bounds,
    LoanLife,
    OpenLoan,
    ParAfterRollOver,
    RollOver,
    days_late_at_payoff,
    par_after_roll_over,
    roll_overs,
)
from kongthun.domain.rule_set import Limit
from kongthun.groups.queries.households import answering_members
from kongthun.groups.queries.rules import rules_of
from kongthun.ledger.models import Fund

from ..models import Contract, Instalment, Plan
from .contracts import ContractState, contract_states


@dataclass(frozen=True, slots=True)
class Hit:
    """A roll-over with the contracts it went through, in the order in which the money went."""

    roll_over: RollOver
    states: tuple[ContractState, ...]


@dataclass(frozen=True, slots=True)
class RollOversOfFund:
    """What was found, and the portfolio at risk once it is counted as what it continues."""

    hits: list[Hit]
    par: ParAfterRollOver
    bounds: Bounds
    limit: Limit


def roll_overs_of(fund: Fund, *, as_of: date, with_names: bool) -> RollOversOfFund:
    """Every roll-over known on a day, by the days the rules of that day name. Ten statements."""
    rules = rules_of(group_id=fund.pk, kind=fund.chart, area_code=fund.area_code, day=as_of)
    limit = rules["roll_over_days"]
    days = limit.count if limit.count is not None else EXAMPLE_BOUNDS.days
    bounds = replace(EXAMPLE_BOUNDS, days=days)
    states = contract_states(fund, as_of=as_of, with_names=with_names)
    found = roll_overs(loan_lives(fund, states, as_of=as_of, bounds=bounds), bounds=bounds)
    owed = [
        OpenLoan(state.contract.number, state.balance, state.arrears.overdue) for state in states
    ]
    by_number = {state.contract.number: state for state in states}
    hits = [Hit(hit, tuple(by_number[number] for number in hit.contracts)) for hit in found]
    return RollOversOfFund(hits, par_after_roll_over(owed, found), bounds, limit)


def loan_lives(
    fund: Fund, states: Sequence[ContractState], *, as_of: date, bounds: Bounds = EXAMPLE_BOUNDS
) -> list[LoanLife]:
    """Each contract from its pay-out to its payoff by a day. Four statements.

    Paid off is what was sent back to the last satang: a loan of which a part was recognised as
    lost, or is claimed from a person, is not. How late it was then is reckoned by the plan in
    force at the payoff, which may be an agreement.
    """
    repaid = repaid_by_day(fund.pk, as_of=as_of)
    starts: dict[int, list[tuple[date, int]]] = defaultdict(list)
    plans = Plan.objects.filter(fund=fund, starts_on__lte=as_of).order_by("number")
    for number, plan, starts_on in plans.values_list("contract_number", "number", "starts_on"):
        starts[number].append((starts_on, plan))
    parts: dict[tuple[int, int], list[Part]] = defaultdict(list)
    for part in Instalment.objects.filter(fund=fund).order_by("contract_number", "sequence"):
        parts[part.contract_number, part.plan].append(Part(part.due_on, part.amount))
    joined = answering_members(fund.pk, as_of)
    lives = []
    for state in states:
        contract = state.contract
        if contract.paid_out_on is None:  # never among states of money handed over
            continue
        came = tuple(repaid.get(contract.number, ()))
        settled_on = _settled_on(contract, came)
        days_late = 0
        if settled_on is not None:
            plan = max((p for on, p in starts[contract.number] if on <= settled_on), default=1)
            in_force = parts.get((contract.number, plan), [])
            days_late = days_late_at_payoff(
                in_force, _towards(in_force, came), settled_on, days=bounds.days
            )
        lives.append(
            LoanLife(
                contract.number,
                _household(contract, joined),
                contract.principal,
                contract.paid_out_on,
                came,
                settled_on,
                days_late,
            )
        )
    return lives


def repaid_by_day(fund_id: int, *, as_of: date) -> dict[int, list[tuple[date, Money]]]:
    """What was sent back of the principal of each contract, by day, the first day first.

    A receipt that was cancelled is taken back on its own day and leaves nothing. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT l.account, e.happened_on, sum(-l.amount)
            FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            WHERE l.fund_id = %s AND e.deed = 'repayment_received' AND e.happened_on <= %s
                AND l.account LIKE 'loan:%%'
            GROUP BY l.account, e.happened_on
            HAVING sum(-l.amount) <> 0
            ORDER BY e.happened_on
            """,
            [fund_id, as_of],
        )
        rows = cursor.fetchall()
    repaid: dict[int, list[tuple[date, Money]]] = defaultdict(list)
    for account, on, satang in rows:
        number = str(account).partition(":")[2]
        # SQLite hands a day over as text where it does not know the column.
        day = on if isinstance(on, date) else date.fromisoformat(on)
        if number.isdecimal():
            repaid[int(number)].append((day, Money(int(satang))))
    return repaid


def _settled_on(contract: Contract, came: Sequence[tuple[date, Money]]) -> date | None:
    """The day from which on the whole principal had been sent back."""
    sent, settled_on = ZERO, None
    for day, amount in came:
        sent += amount
        if sent < contract.principal:
            settled_on = None
        elif settled_on is None:
            settled_on = day
    return settled_on


def _towards(plan: Iterable[Part], came: Sequence[tuple[date, Money]]) -> list[tuple[date, Money]]:
    """What was sent back towards a plan: what came before an agreement is not part of it."""
    before = total(amount for _, amount in came) - total(part.amount for part in plan)
    counted = []
    for day, amount in came:
        skipped = min(max(before, ZERO), amount)
        before -= skipped
        if amount - skipped:
            counted.append((day, amount - skipped))
    return counted


def _household(contract: Contract, joined: dict[int, int]) -> int:
    """One number a household: its list number, or below zero the borrower nobody found there."""
    if contract.member_number is None:
        return -contract.borrower_id
    return joined.get(contract.member_number, contract.member_number)
