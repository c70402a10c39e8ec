"""What happened in a case from which deadlines count, or that meets one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.db.numbers import next_number
from kongthun.domain.casework import CaseKind

from ..follow_up_refusals import NoSuchEvent, NoSuchFact, NotDone, ToldAlready
from ..models import CaseEvent
from ..queries.facts import CaseState
from ..queries.follow_up import events_asked
from .follow_up import LONGEST_NOTE, hold_case, note_down, of_day, of_words


@dataclass(frozen=True, slots=True)
class EventTold:
    """The event stands under this number of the case."""

    number: int


@transaction.atomic
def tell_event(
    *, state: CaseState, by: Reach, name: str, on: date, words: str = ""
) -> EventTold | NotDone:
    """Write down an event by the name the limits know. It may lie before the proposal.

    A deadline runs whether or not the village has consented, and a paper may come after closing.
    """
    held = hold_case(state, by, Deed.WORK_CASES, needs_consent=False, may_be_closed=True)
    if isinstance(held, NotDone):
        return held
    now, refusals = held
    group, case = now.case.group, now.case.number
    if name not in events_asked(CaseKind(now.case.kind)):
        refusals.append(NoSuchEvent(name))
    refusals += of_day(on, by, earliest=date.min, what="")
    refusals += of_words(words, "คำอธิบาย", longest=LONGEST_NOTE, is_needed=False)
    mine = CaseEvent.objects.filter(group=group, case_number=case)
    same = mine.filter(withdrawn_at=None, name=name, happened_on=on).first()
    if same is not None:
        refusals.append(ToldAlready("เหตุการณ์", same.number))
    if refusals:
        return NotDone(tuple(refusals))
    number = next_number(CaseEvent, group=group, case_number=case)
    CaseEvent.objects.create(
        group=group,
        case_number=case,
        number=number,
        name=name,
        happened_on=on,
        words=words.strip(),
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    note_down("tell_event", now, by, f"event {number}", name=name)
    return EventTold(number)


@transaction.atomic
def take_back_event(*, state: CaseState, number: int, note: str, by: Reach) -> EventTold | NotDone:
    """Take back an event that was not so, saying why."""
    held = hold_case(state, by, Deed.WORK_CASES, needs_consent=False, may_be_closed=True)
    if isinstance(held, NotDone):
        return held
    now, refusals = held
    refusals += of_words(note, "เหตุที่ถอน", longest=LONGEST_NOTE)
    found = CaseEvent.objects.filter(
        group=now.case.group, case_number=now.case.number, number=number, withdrawn_at=None
    )
    if not found.exists():
        refusals.append(NoSuchFact("เหตุการณ์", number))
    if refusals:
        return NotDone(tuple(refusals))
    found.update(withdrawn_at=timezone.now(), withdrawn_note=note.strip())
    note_down("take_back_event", now, by, f"event {number}")
    return EventTold(number)
