"""Advice from above, to a memo or of one's own accord, and the answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.db.numbers import next_number

from ..follow_up_refusals import AnsweredAlready, BeforeIt, NoSuchFact, NotDone, ToldAlready
from ..models import CaseAdvice, CaseReport
from ..queries.facts import CaseState
from .follow_up import hold_case, note_down, of_day, of_words
from .writing import after_closing


@dataclass(frozen=True, slots=True)
class Advised:
    """The advice stands under this number of the case."""

    number: int


@transaction.atomic
def advise(
    *,
    state: CaseState,
    by: Reach,
    on: date,
    words: str,
    report: int | None = None,
    answer_by: date | None = None,
) -> Advised | NotDone:
    """Give advice, on a memo where one is named. With a day to answer by, an answer is waited for.

    A case that is not open yet may have advice too: whom to ask, what to look at first.
    """
    held = hold_case(state, by, Deed.ADVISE_CASES, needs_consent=False)
    if isinstance(held, NotDone):
        return held
    now, refusals = held
    group, case = now.case.group, now.case.number
    earliest, what = now.case.proposed_on, "วันที่เสนอเรื่อง"
    if report is not None:
        memo = CaseReport.objects.filter(group=group, case_number=case, number=report).first()
        if memo is None:
            refusals.append(NoSuchFact("บันทึกรายงาน", report))
        else:
            earliest, what = memo.reported_on, "วันที่รายงาน"
    refusals += of_day(on, by, earliest=earliest, what=what)
    refusals += after_closing(now, on)
    refusals += of_words(words, "คำแนะนำ")
    if answer_by is not None and answer_by < on:
        refusals.append(BeforeIt(answer_by, on, "วันที่ให้คำแนะนำ"))
    mine = CaseAdvice.objects.filter(group=group, case_number=case)
    same = mine.filter(advised_on=on, words=words.strip(), report_number=report).first()
    if same is not None:
        refusals.append(ToldAlready("คำแนะนำ", same.number))
    if refusals:
        return NotDone(tuple(refusals))
    number = next_number(CaseAdvice, group=group, case_number=case)
    CaseAdvice.objects.create(
        group=group,
        case_number=case,
        number=number,
        advised_on=on,
        report_number=report,
        words=words.strip(),
        answer_by=answer_by,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    note_down("advise", now, by, f"advice {number}", report=report)
    return Advised(number)


@transaction.atomic
def answer_advice(
    *, state: CaseState, number: int, by: Reach, on: date, answer: str
) -> Advised | NotDone:
    """Answer advice, once. It may be answered after its day: late is said, not refused."""
    held = hold_case(state, by, Deed.WORK_CASES, needs_consent=False)
    if isinstance(held, NotDone):
        return held
    now, refusals = held
    rows = CaseAdvice.objects.filter(
        group=now.case.group, case_number=now.case.number, number=number
    )
    found = rows.first()
    if found is None:
        refusals.append(NoSuchFact("คำแนะนำ", number))
    elif found.answered_on is not None:
        refusals.append(AnsweredAlready(number, found.answered_on))
    earliest = found.advised_on if found is not None else now.case.proposed_on
    refusals += of_day(on, by, earliest=earliest, what="วันที่ให้คำแนะนำ")
    refusals += of_words(answer, "คำตอบ")
    if refusals:
        return NotDone(tuple(refusals))
    rows.update(answered_on=on, answer=answer.strip(), answered_by_id=by.user_id)
    note_down("answer_advice", now, by, f"advice {number}")
    return Advised(number)
