"""Papers in the file of a case, for the superior or the prosecutor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.papers import keep_paper, sha256_as_kept
from kongthun.db.numbers import next_number

from ..follow_up_refusals import NoSuchFact, NotDone, ToldAlready
from ..models import CasePaper
from ..queries.facts import CaseState
from .follow_up import LONGEST_NOTE, hold_case, note_down, of_day, of_words

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class PaperFiled:
    """The paper stands in the file under this number."""

    number: int


@transaction.atomic
def file_paper(
    *, state: CaseState, by: Reach, words: str, dated_on: date, file: Path
) -> PaperFiled | NotDone:
    """Put a paper into the file of a case: what it is, of which day. At any stage of it."""
    held = hold_case(state, by, Deed.WORK_CASES, needs_consent=False, may_be_closed=True)
    if isinstance(held, NotDone):
        return held
    now, refusals = held
    group, case = now.case.group, now.case.number
    refusals += of_day(dated_on, by, earliest=date.min, what="")
    refusals += of_words(words, "ชื่อเอกสาร", longest=LONGEST_NAME)
    mine = CasePaper.objects.filter(group=group, case_number=case)
    same = mine.filter(withdrawn_at=None, sha256=sha256_as_kept(file)).first()
    if same is not None:
        refusals.append(ToldAlready("เอกสารนี้", same.number))
    if refusals:
        return NotDone(tuple(refusals))
    sha256 = keep_paper(
        file,
        fund_id=group.pk,
        area_code=group.area_code,
        subject=f"case {case} paper",
        user_id=by.user_id,
    )
    number = next_number(CasePaper, group=group, case_number=case)
    CasePaper.objects.create(
        group=group,
        case_number=case,
        number=number,
        sha256=sha256,
        words=words.strip(),
        dated_on=dated_on,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    note_down("file_paper", now, by, f"paper {number}", sha256=sha256)
    return PaperFiled(number)


@transaction.atomic
def take_out_paper(*, state: CaseState, number: int, note: str, by: Reach) -> PaperFiled | NotDone:
    """Take a paper out of the file, saying why. Its content stays kept with the fund."""
    held = hold_case(state, by, Deed.WORK_CASES, needs_consent=False, may_be_closed=True)
    if isinstance(held, NotDone):
        return held
    now, refusals = held
    refusals += of_words(note, "เหตุที่ถอน", longest=LONGEST_NOTE)
    found = CasePaper.objects.filter(
        group=now.case.group, case_number=now.case.number, number=number, withdrawn_at=None
    )
    if not found.exists():
        refusals.append(NoSuchFact("เอกสาร", number))
    if refusals:
        return NotDone(tuple(refusals))
    found.update(withdrawn_at=timezone.now(), withdrawn_note=note.strip())
    note_down("take_out_paper", now, by, f"paper {number}")
    return PaperFiled(number)
