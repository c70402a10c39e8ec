"""Telling the superior: a memo with its annexes, frozen as it was handed over."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.db.numbers import next_number
from kongthun.domain.thai_text import visible

from ..follow_up_refusals import NotDone, ToldAlready
from ..models import CaseReport
from ..papers import memo_as_data
from ..queries.facts import CaseState
from ..queries.memos import memo_of
from .follow_up import hold_case, note_down, of_words

LONGEST_TO = 150
LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class Reported:
    """The memo stands under this number of the case."""

    number: int


@transaction.atomic
def report_case(
    *, state: CaseState, by: Reach, addressed_to: str, words: str, paper_number: str = ""
) -> Reported | NotDone:
    """Write today's memo to a superior. What it and its annexes say is kept whole, for ever.

    A case that the village has not consented to may be reported too: a deadline does not wait.
    """
    held = hold_case(state, by, Deed.WORK_CASES, needs_consent=False)
    if isinstance(held, NotDone):
        return held
    now, refusals = held
    refusals += of_words(addressed_to, "ผู้ที่รายงานถึง", longest=LONGEST_TO)
    refusals += of_words(paper_number, "เลขที่หนังสือ", longest=LONGEST_NUMBER, is_needed=False)
    refusals += of_words(words, "สิ่งที่ขอ")
    group, case = now.case.group, now.case.number
    mine = CaseReport.objects.filter(group=group, case_number=case)
    same = mine.filter(reported_on=by.day, words=words.strip()).first()
    if same is not None:
        refusals.append(ToldAlready("รายงาน", same.number))
    if refusals:
        return NotDone(tuple(refusals))
    memo = memo_of(
        now,
        by=by,
        addressed_to=visible(addressed_to),
        paper_number=visible(paper_number),
        words=words.strip(),
    )
    number = next_number(CaseReport, group=group, case_number=case)
    CaseReport.objects.create(
        group=group,
        case_number=case,
        number=number,
        reported_on=by.day,
        addressed_to=visible(addressed_to),
        paper_number=visible(paper_number),
        words=words.strip(),
        told=memo_as_data(memo),
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    note_down("report_case", now, by, f"report {number}")
    return Reported(number)
