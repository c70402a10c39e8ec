"""The collection sheet: who owes what at a meeting; and what would come of taking money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kongthun.accounts.reach import Reach
from kongthun.domain.allocation import owed
from kongthun.domain.money import Money, total
from kongthun.ledger.models import Fund

from ..actions.repayments import RepaymentRecorded, Visit, record_repayment
from ..receipt_keys import make_public
from ..refusals import NotDone
from .contracts import ContractState, contract_states


@dataclass(frozen=True, slots=True)
class Due:
    """What one contract owes at a meeting. Sums are of the principal unless named.

    ``due`` falls due up to the meeting's day without being late, first on ``falls_on``; ``overdue``
    is late, granted delays left out of account. ``interest`` is what of it can be asked for by the
    meeting.
    """

    state: ContractState
    due: Money
    falls_on: date | None
    interest: Money

    @property
    def number(self) -> int:
        """The contract's number."""
        return self.state.contract.number

    @property
    def overdue(self) -> Money:
        """What is late."""
        return self.state.arrears.overdue

    @property
    def outstanding(self) -> Money:
        """All that is still owed."""
        return self.state.balance

    @property
    def asked(self) -> Money:
        """What the meeting can ask for: late, due, and the interest of both."""
        return self.overdue + self.due + self.interest

    @property
    def instalment(self) -> str:
        """The oldest part that lacks something, of how many: "2/3"; empty without a plan."""
        for place, part in enumerate(self.state.plan, start=1):
            if part.lacking:
                return f"{place}/{len(self.state.plan)}"
        return ""

    @property
    def due_on(self) -> date | None:
        """The day of that part."""
        part = self.state.next_part
        return part.part.due_on if part is not None else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is owed to a fund at a meeting, in the order of its list."""

    meeting_on: date
    as_of: date
    rows: tuple[Due, ...]

    @property
    def due(self) -> Money:
        """What falls due up to the meeting."""
        return total(row.due for row in self.rows)

    @property
    def interest(self) -> Money:
        """Interest that can be asked for."""
        return total(row.interest for row in self.rows)

    @property
    def overdue(self) -> Money:
        """What is late."""
        return total(row.overdue for row in self.rows)

    @property
    def overdue_not_deferred(self) -> Money:
        """What is late when granted delays are taken into account."""
        return total(row.state.overdue_not_deferred for row in self.rows)

    @property
    def outstanding(self) -> Money:
        """All that is owed."""
        return total(row.outstanding for row in self.rows)

    @property
    def asked(self) -> Money:
        """What the meeting can ask for."""
        return total(row.asked for row in self.rows)


def collection_sheet(fund: Fund, *, meeting_on: date, today: date, with_names: bool) -> Sheet:
    """Who owes what at a meeting, however it stands today or stood on the day: five statements.

    A meeting to come is reckoned from today, one that is over from its own day. Contracts that owe
    nothing are not on it; those of no household on the list come last.
    """
    as_of = min(meeting_on, today)
    states = contract_states(fund, as_of=as_of, with_names=with_names)
    return _sheet(states, meeting_on, as_of)


def owing_now(
    fund: Fund, *, meeting_on: date, today: date, with_names: bool, also: Sequence[int] = ()
) -> Sheet:
    """The same for taking money: by everything known today, ``also`` with these contracts."""
    states = contract_states(fund, as_of=today, with_names=with_names)
    return _sheet(states, meeting_on, today, also)


def _sheet(
    states: Sequence[ContractState], meeting_on: date, as_of: date, also: Sequence[int] = ()
) -> Sheet:
    rows = [
        _due(state, meeting_on)
        for state in states
        if not state.is_settled or state.contract.number in also
    ]
    rows.sort(key=_by_list)
    return Sheet(meeting_on, as_of, tuple(rows))


def _by_list(row: Due) -> tuple[bool, int, int]:
    member = row.state.contract.member_number
    return member is None, member or 0, row.number


def _due(state: ContractState, meeting_on: date) -> Due:
    coming = [
        part
        for part in state.plan
        if part.lacking and state.as_of <= part.part.due_on <= meeting_on
    ]
    asked = owed(state.planned, on=meeting_on, paid=state.paid_on_plan)
    return Due(
        state,
        total(part.lacking for part in coming),
        coming[0].part.due_on if coming else None,
        asked.interest,
    )


def rehearse_repayments(
    visits: Sequence[Visit], *, fund: Fund, by: Reach
) -> list[RepaymentRecorded | NotDone]:
    """What would come of each visit, in their order: all of it is done, and taken back.

    So a preview and the deed can not differ. A visit that is refused does not stop the next one.
    The receipts it answers with do not exist.
    """
    make_public(fund.pk, fund.code)  # kept apart: it is remembered to be there
    with transaction.atomic():
        outcomes = [record_repayment(visit, fund=fund, by=by) for visit in visits]
        transaction.set_rollback(True)
    return outcomes
