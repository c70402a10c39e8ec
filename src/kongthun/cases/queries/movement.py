"""What the books say since a case was opened: the figures an outcome follows from.

Nothing is typed in here. The number of statements does not depend on how many cases are asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from kongthun.domain.arrears import Part, arrears_of
from kongthun.domain.casework import (
    EXAMPLE_CRITERIA,
    AgreedPart,
    Closing,
    Movement,
    Outcome,
    OutcomeCriteria,
    Relapse,
    Stage,
    criteria_on,
    opened_on,
    outcome_of,
    relapse_of,
)
from kongthun.domain.journal import Deed as BookDeed
from kongthun.domain.money import ZERO, Money, total
from kongthun.loans.models import Contract, Instalment, Plan

from .facts import CaseKey, CaseState

# When a fund is said to move again, by day. Examples until an office writes its own.
CRITERIA: tuple[OutcomeCriteria, ...] = (EXAMPLE_CRITERIA,)


class AgreedLoan(NamedTuple):
    """A repayment agreement made since a case was opened, by the plan in force on the day.

    ``paid`` is what was sent back on its parts.
    """

    contract_number: int
    plan_number: int
    agreed_on: date
    parts: tuple[AgreedPart, ...]

    @property
    def amount(self) -> Money:
        """What was agreed to be sent back."""
        return total(part.amount for part in self.parts)

    @property
    def paid(self) -> Money:
        """What was sent back on it so far."""
        return total(amount for part in self.parts for _, amount in part.paid)


class Repaid(NamedTuple):
    """What came back on a contract on a day, receipts that were cancelled left out."""

    on: date
    contract_number: int
    amount: Money


@dataclass(frozen=True, slots=True)
class BooksSince:
    """The movement of a case with what it was counted from, each figure with its parts."""

    movement: Movement
    agreed: tuple[AgreedLoan, ...]
    repaid: tuple[Repaid, ...]
    lent: tuple[Repaid, ...]


def movement_of(state: CaseState, day: date) -> Movement:
    """What the books say of one case since it was opened, as of a day."""
    return movements_of([state], day)[state.key].movement


def movements_of(states: Sequence[CaseState], day: date) -> dict[CaseKey, BooksSince]:
    """What the books say of each case since it was opened, as of a day. Six statements.

    Counted from the consent that holds or the last relapse; of a closed case from where its outcome
    was counted; of a proposed one from its proposal. Repayments are of the principal; a receipt
    that was cancelled is none. Paid on an agreement is what was sent back after its day, the oldest
    part first, as arrears are reckoned; what was written off is not paid.
    """
    if not states:
        return {}
    since = {state.key: _counted_from(state, day) for state in states}
    books = _Books.read({state.case.group_id for state in states}, min(since.values()), day)
    return {state.key: _books_since(state, books, since[state.key], day) for state in states}


def outcomes_of(states: Sequence[CaseState], day: date) -> dict[CaseKey, Outcome]:
    """What came of each case by the books of a day."""
    return {key: outcome_by(books, day) for key, books in movements_of(states, day).items()}


def outcome_by(books: BooksSince, day: date) -> Outcome:
    """What came of a case, by the criteria of the day."""
    return outcome_of(criteria_on(CRITERIA, day) or EXAMPLE_CRITERIA, books.movement, day)


def relapses_of(states: Sequence[CaseState], day: date) -> dict[CaseKey, Relapse]:
    """Which closed cases should be opened again: payments stopped, and something is overdue.

    By the criteria each was closed on. Found when somebody asks: nothing is written down.
    """
    closed = {state.key: state for state in states if state.stage is Stage.CLOSED}
    found = {
        key: relapse_by(closed[key], books, day)
        for key, books in movements_of(list(closed.values()), day).items()
    }
    return {key: relapse for key, relapse in found.items() if relapse is not None}


def relapse_by(state: CaseState, books: BooksSince, day: date) -> Relapse | None:
    """The relapse of a closed case that a day shows, if it does."""
    closing = last_closing(state, day)
    return relapse_of(closing.outcome.criteria, books.movement, closed_on=closing.on, day=day)


def last_closing(state: CaseState, day: date) -> Closing:
    """The last closing of a case that has one. Raises ValueError for one that has none."""
    return max((each for each in state.facts.closings if each.on <= day), key=lambda each: each.on)


# --- below the line -------------------------------------------------------------------------


def _counted_from(state: CaseState, day: date) -> date:
    opened = opened_on(state.facts, day)
    if opened is not None:
        return opened
    if state.stage is Stage.CLOSED:
        return last_closing(state, day).outcome.counted_from
    return state.case.proposed_on


_Account = tuple[int, int]  # fund and contract


@dataclass(slots=True)
class _Books:
    """The loans of some funds as the books have them on a day, and what moved since another."""

    balances: dict[_Account, Money]
    moved: dict[_Account, list[tuple[date, str, Money]]]
    unexplained: dict[int, Money]
    agreements: dict[_Account, list[tuple[int, date]]] = field(default_factory=dict)
    parts: dict[tuple[int, int, int], list[Part]] = field(default_factory=dict)

    @classmethod
    def read(cls, funds: Iterable[int], since: date, day: date) -> _Books:
        ids = sorted(funds)
        books = cls(_balances(ids, day), _moved(ids, since, day), _unexplained(ids, day))
        contracts = Contract.objects.filter(fund_id__in=ids, withdrawn_at=None)
        standing = set(contracts.values_list("fund_id", "number"))
        plans = Plan.objects.filter(fund_id__in=ids, starts_on__lte=day).order_by("number")
        for fund, contract, number, starts_on in plans.values_list(
            "fund_id", "contract_number", "number", "starts_on"
        ):
            if (fund, contract) in standing:
                books.agreements.setdefault((fund, contract), []).append((number, starts_on))
        parts = Instalment.objects.filter(fund_id__in=ids).order_by("due_on", "sequence")
        for part in parts:
            if (part.fund_id, part.contract_number) in standing:
                key = (part.fund_id, part.contract_number, part.plan)
                books.parts.setdefault(key, []).append(Part(part.due_on, part.amount))
        return books

    def overdue(self, fund_id: int, day: date) -> Money:
        """What is late by the plans in force, ผ่อนผัน left out of account."""
        return total(
            arrears_of(parts, asked - min(asked, balance), as_of=day).overdue
            for (fund, contract), balance in self.balances.items()
            if fund == fund_id and balance
            for parts in [self._in_force(fund, contract)]
            for asked in [total(part.amount for part in parts)]
        )

    def agreed(self, fund_id: int, since: date) -> list[AgreedLoan]:
        """The agreements in force that were made on a day or after it."""
        found = []
        for (fund, contract), plans in sorted(self.agreements.items()):
            number, agreed_on = plans[-1]
            if fund == fund_id and agreed_on >= since:
                parts = self.parts.get((fund, contract, number), [])
                paid = self._paid_on(fund, contract, agreed_on, parts)
                found.append(AgreedLoan(contract, number, agreed_on, paid))
        return found

    def of_deed(self, fund_id: int, deed: BookDeed, since: date) -> list[Repaid]:
        """What one deed moved on the fund's loans, by day, as sums above zero."""
        sign = 1 if deed is BookDeed.LOAN_PAID_OUT else -1
        found = [
            Repaid(on, contract, Money(sign * amount.satang))
            for (fund, contract), moved in self.moved.items()
            if fund == fund_id
            for on, how, amount in moved
            if how == deed and on >= since and sign * amount.satang > 0
        ]
        return sorted(found)

    def _in_force(self, fund: int, contract: int) -> list[Part]:
        plans = self.agreements.get((fund, contract))
        return self.parts.get((fund, contract, plans[-1][0] if plans else 1), [])

    def _paid_on(
        self, fund: int, contract: int, agreed_on: date, parts: Sequence[Part]
    ) -> tuple[AgreedPart, ...]:
        """The parts with what was sent back on each, the oldest part first.

        Where a paper came late, the balance of the agreement's day is no longer what was agreed
        upon: more sent back by then counts as paid that day, less is paid up first.
        """
        after = [each for each in self.moved.get((fund, contract), []) if each[0] > agreed_on]
        then = self.balances.get((fund, contract), ZERO) - total(amount for _, _, amount in after)
        beyond = then - total(part.amount for part in parts)
        came = [(on, -amount) for on, how, amount in after if how == BookDeed.REPAYMENT_RECEIVED]
        came = [(agreed_on, -beyond), *came] if beyond < ZERO else _after(beyond, came)
        return tuple(_shared_out(parts, [each for each in came if each[1] > ZERO]))


def _after(skipped: Money, came: Iterable[tuple[date, Money]]) -> list[tuple[date, Money]]:
    """What is left of what came in when its first so much is put to something else."""
    left = []
    for on, amount in came:
        taken = min(skipped, amount)
        skipped -= taken
        left.append((on, amount - taken))
    return left


def _shared_out(parts: Iterable[Part], came: Sequence[tuple[date, Money]]) -> Iterable[AgreedPart]:
    """Parts with what fills them, in the order of their days; what is past the last is left."""
    left = list(came)
    for part in parts:
        wanted, paid = part.amount, []
        while left and wanted > ZERO:
            on, amount = left.pop(0)
            taken = min(wanted, amount)
            wanted -= taken
            paid.append((on, taken))
            if amount > taken:
                left.insert(0, (on, amount - taken))
        yield AgreedPart(part.due_on, part.amount, tuple(paid))


def _books_since(state: CaseState, books: _Books, since: date, day: date) -> BooksSince:
    fund = state.case.group_id
    agreed = books.agreed(fund, since)
    repaid = books.of_deed(fund, BookDeed.REPAYMENT_RECEIVED, since)
    lent = books.of_deed(fund, BookDeed.LOAN_PAID_OUT, since)
    movement = Movement(
        counted_from=since,
        repaid_on=tuple(sorted({each.on for each in repaid})),
        parts=tuple(part for each in agreed for part in each.parts),
        overdue=books.overdue(fund, day),
        missing_at_opening=Money(state.case.missing_then),
        missing_now=books.unexplained.get(fund, ZERO),
        has_lent_again=bool(lent),
    )
    return BooksSince(movement, tuple(agreed), tuple(repaid), tuple(lent))


def _balances(funds: Sequence[int], day: date) -> dict[_Account, Money]:
    rows = _rows(
        """
        SELECT l.fund_id, l.account, sum(l.amount)
        FROM ledger_line l
        JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
        WHERE l.fund_id IN ({funds}) AND l.account LIKE 'loan:%%' AND e.happened_on <= %s
        GROUP BY l.fund_id, l.account
        """,
        funds,
        day,
    )
    return {
        (fund, number): Money(int(satang))
        for fund, account, satang in rows
        for number in _contract(account)
    }


def _moved(
    funds: Sequence[int], since: date, day: date
) -> dict[_Account, list[tuple[date, str, Money]]]:
    """By contract, what each deed moved on each day. A reversal leaves nothing of its entry."""
    rows = _rows(
        """
        SELECT l.fund_id, l.account, e.happened_on, e.deed, sum(l.amount)
        FROM ledger_line l
        JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
        WHERE l.fund_id IN ({funds}) AND l.account LIKE 'loan:%%'
            AND e.happened_on >= %s AND e.happened_on <= %s
        GROUP BY l.fund_id, l.account, e.happened_on, e.deed
        HAVING sum(l.amount) <> 0
        ORDER BY e.happened_on, e.deed
        """,
        funds,
        since,
        day,
    )
    moved: dict[_Account, list[tuple[date, str, Money]]] = defaultdict(list)
    for fund, account, on, deed, satang in rows:
        for number in _contract(account):
            # SQLite hands a day over as text where it does not know the column.
            happened_on = date.fromisoformat(on) if isinstance(on, str) else on
            moved[fund, number].append((happened_on, deed, Money(int(satang))))
    return moved


def _unexplained(funds: Sequence[int], day: date) -> dict[int, Money]:
    rows = _rows(
        """
        SELECT l.fund_id, sum(l.amount)
        FROM ledger_line l
        JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
        WHERE l.fund_id IN ({funds}) AND e.happened_on <= %s
            AND (l.account = 'unexplained' OR l.account LIKE 'unexplained:%%')
        GROUP BY l.fund_id
        """,
        funds,
        day,
    )
    return {fund: Money(int(satang)) for fund, satang in rows}


def _contract(account: str) -> list[int]:
    """The contract of an account of loans; nothing where no contract is named."""
    number = account.partition(":")[2]
    return [int(number)] if number.isdecimal() else []


def _rows(sql: str, funds: Sequence[int], *values: date) -> list[tuple[Any, ...]]:
    places = ", ".join(["%s"] * len(funds))
    with connection.cursor() as cursor:
        cursor.execute(sql.format(funds=places), [*funds, *values])
        return list(cursor.fetchall())
