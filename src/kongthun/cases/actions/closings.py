"""Closing a case on what the books show, and opening it again when payments stopped."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.db.numbers import next_number
from kongthun.domain.casework import Stage, may_go_on

from ..follow_up_refusals import NotDone, NotStopped, NotThereYet
from ..models import CaseClosing, CaseRelapse
from ..queries.facts import CaseState
from ..queries.movement import outcomes_of, relapses_of
from ..queries.outcomes import outcome_as_data
from .follow_up import hold_case, note_down, of_words

LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Turned:
    """The case was closed or opened again, under this number of its closings or relapses."""

    number: int


@transaction.atomic
def close_case(*, state: CaseState, by: Reach, words: str = "") -> Turned | NotDone:
    """Close a case today, on the outcome that the books show today. Nobody types it in.

    Refused with everything that is missing: an open step, advice unanswered, an outcome not met.
    """
    held = hold_case(state, by, Deed.WORK_CASES)
    if isinstance(held, NotDone):
        return held
    now, refusals = held
    outcome = outcomes_of([now], by.day)[now.key]
    if now.is_open:
        refusals += [NotThereYet(each) for each in may_go_on(now.facts, by.day, outcome)]
    refusals += of_words(words, "ถ้อยคำปิดเรื่อง", longest=LONGEST_WORDS, is_needed=False)
    if refusals:
        return NotDone(tuple(refusals))
    group, case = now.case.group, now.case.number
    number = next_number(CaseClosing, group=group, case_number=case)
    CaseClosing.objects.create(
        group=group,
        case_number=case,
        number=number,
        closed_on=by.day,
        outcome=outcome_as_data(outcome),
        words=words.strip(),
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    note_down("close_case", now, by, f"closing {number}", level=outcome.level.name.lower())
    return Turned(number)


@transaction.atomic
def reopen_if_stopped(*, state: CaseState, by: Reach) -> Turned | NotDone:
    """Open a closed case again where the books show that payments stopped; else say they did not.

    The plan, the visits and the outcome begin anew from today; consent, team and causes stand.
    """
    held = hold_case(state, by, Deed.WORK_CASES, may_be_closed=True)
    if isinstance(held, NotDone):
        return held
    now, refusals = held
    relapse = relapses_of([now], by.day).get(now.key) if now.stage is Stage.CLOSED else None
    if relapse is None:
        refusals.append(NotStopped())
    if refusals or relapse is None:
        return NotDone(tuple(refusals))
    group, case = now.case.group, now.case.number
    number = next_number(CaseRelapse, group=group, case_number=case)
    CaseRelapse.objects.create(
        group=group,
        case_number=case,
        number=number,
        relapsed_on=relapse.on,
        silent_since=relapse.silent_since,
        months=relapse.months,
        overdue=relapse.overdue.satang,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    note_down("reopen_case", now, by, f"relapse {number}", months=relapse.months)
    return Turned(number)
