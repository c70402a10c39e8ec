"""Showing that a step of the plan was done: a photo or a paper, never a tick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.papers import keep_paper, sha256_as_kept
from kongthun.db.numbers import next_number

from ..follow_up_refusals import (
    FollowUpRefusal,
    NoSuchFact,
    NoSuchStep,
    NotDone,
    StepGivenUp,
    StepOfOthers,
    ToldAlready,
)
from ..models import PlanStep, StepShown
from ..queries.facts import CaseState
from ..queries.follow_up import may_show
from .follow_up import LONGEST_NOTE, hold_case, note_down, of_day, of_words
from .writing import after_closing

LONGEST_CAPTION = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows it stands with the step under this number."""

    step: int
    number: int


@transaction.atomic
def show_step(
    *, state: CaseState, step: int, by: Reach, on: date, file: Path, words: str = ""
) -> Shown | NotDone:
    """Keep what shows that a step was done on a day.

    Whoever works on the case may, and the committee for steps that are its own.
    """
    held = hold_case(state, by, Deed.WORK_CASES, Deed.HELP_CASES)
    if isinstance(held, NotDone):
        return held
    now, refusals = held
    group, case = now.case.group, now.case.number
    row = PlanStep.objects.filter(group=group, case_number=case, number=step).first()
    refusals += _of_step(row, step, by)
    refusals += of_day(
        on,
        by,
        earliest=row.planned_on if row is not None else now.case.proposed_on,
        what="วันที่วางแผน",
    )
    refusals += of_words(words, "คำอธิบาย", longest=LONGEST_CAPTION, is_needed=False)
    mine = StepShown.objects.filter(group=group, case_number=case, step_number=step)
    same = mine.filter(withdrawn_at=None, sha256=sha256_as_kept(file)).first()
    if same is not None:
        refusals.append(ToldAlready("หลักฐานนี้", same.number))
    if refusals:
        return NotDone(tuple(refusals))
    sha256 = keep_paper(
        file,
        fund_id=group.pk,
        area_code=group.area_code,
        subject=f"case {case} step {step}",
        user_id=by.user_id,
    )
    number = next_number(StepShown, group=group, case_number=case, step_number=step)
    StepShown.objects.create(
        group=group,
        case_number=case,
        step_number=step,
        number=number,
        shown_on=on,
        sha256=sha256,
        words=words.strip(),
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    note_down("show_step", now, by, f"step {step}", number=number, sha256=sha256)
    return Shown(step, number)


@transaction.atomic
def take_back_shown(
    *, state: CaseState, step: int, number: int, note: str, by: Reach
) -> Shown | NotDone:
    """Take back what does not show the step, saying why: the step is open again by itself."""
    held = hold_case(state, by, Deed.WORK_CASES)
    if isinstance(held, NotDone):
        return held
    now, refusals = held
    refusals += of_words(note, "เหตุที่ถอน", longest=LONGEST_NOTE)
    found = StepShown.objects.filter(
        group=now.case.group,
        case_number=now.case.number,
        step_number=step,
        number=number,
        withdrawn_at=None,
    )
    row = found.first()
    if row is None:
        refusals.append(NoSuchFact("หลักฐาน", number))
    else:
        refusals += after_closing(now, row.shown_on)
    if refusals:
        return NotDone(tuple(refusals))
    found.update(withdrawn_at=timezone.now(), withdrawn_note=note.strip())
    note_down("take_back_shown", now, by, f"step {step}", number=number)
    return Shown(step, number)


def _of_step(row: PlanStep | None, number: int, by: Reach) -> list[FollowUpRefusal]:
    if row is None:
        return [NoSuchStep(number)]
    found: list[FollowUpRefusal] = []
    if row.given_up_on is not None:
        found.append(StepGivenUp(number))
    helps = by.may(Deed.HELP_CASES, area_code=row.group.area_code, group_id=row.group_id)
    if helps and not may_show(row, by):
        found.append(StepOfOthers(number))
    return found
