"""Calling a meeting for a day to come, cancelling the call, holding what was called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.db.numbers import next_number
from kongthun.domain.thai_text import visible
from kongthun.groups.models import Group

from ..calls_refusals import (
    AgendaMissing,
    CallCancelled,
    CalledForPast,
    CalledTwice,
    CallHeld,
    CallRefusal,
    NoSuchCall,
    NotDone,
    ReasonMissing,
)
from ..models import Call, MeetingKind
from ..refusals import NotDone as MeetingNotOpened
from ..refusals import TooLong
from .meetings import LONGEST_AGENDA, LONGEST_PLACE, agenda_lines, open_meeting
from .writing import entitled, take, write_down

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class CallKept:
    """The call stands as asked. Its number runs in the group without gaps."""

    number: int


@dataclass(frozen=True, slots=True)
class CallBecameMeeting:
    """The meeting that was called is open, as a draft under its own number."""

    number: int
    meeting_number: int


@transaction.atomic
def call_meeting(
    *,
    group: Group,
    by: Reach,
    kind: MeetingKind,
    meets_on: date,
    agenda: str,
    meets_at: time | None = None,
    place: str = "",
    on: date | None = None,
) -> CallKept | NotDone:
    """Call a meeting for a day that is not over; ``on`` is the day of calling, else today.

    The agenda is a line a point; numbers are put before the lines where they are shown.
    """
    take(group)
    lines = agenda_lines(agenda)
    called_on = min(on or by.day, by.day)
    refusals: list[CallRefusal] = list(entitled(group, by, Deed.HOLD_MEETINGS))
    if meets_on < by.day:
        refusals.append(CalledForPast(meets_on, by.day))
    if not lines:
        refusals.append(AgendaMissing())
    if len("\n".join(lines)) > LONGEST_AGENDA:
        refusals.append(TooLong("ระเบียบวาระ", LONGEST_AGENDA))
    if len(visible(place)) > LONGEST_PLACE:
        refusals.append(TooLong("สถานที่ประชุม", LONGEST_PLACE))
    twin = Call.objects.filter(
        group=group, kind=kind, meets_on=meets_on, cancelled_at=None, meeting_number=None
    ).first()
    if twin is not None:
        refusals.append(CalledTwice(twin.number, meets_on))
    if refusals:
        return NotDone(tuple(refusals))
    call = Call.objects.create(
        group=group,
        number=next_number(Call, group=group),
        kind=kind,
        meets_on=meets_on,
        meets_at=meets_at,
        place=visible(place),
        agenda="\n".join(lines),
        called_on=called_on,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    write_down(
        "call_meeting",
        group,
        by,
        f"call {call.number}",
        kind=str(kind),
        meets_on=meets_on.isoformat(),
    )
    return CallKept(call.number)


@transaction.atomic
def cancel_call(*, group: Group, number: int, note: str, by: Reach) -> CallKept | NotDone:
    """Say that a called meeting does not take place, and why. The call stays readable."""
    take(group)
    call, refusals = _open_call(group, number, by)
    said = visible(note)
    if not said:
        refusals.append(ReasonMissing())
    if len(said) > LONGEST_REASON:
        refusals.append(TooLong("เหตุที่งดประชุม", LONGEST_REASON))
    if refusals or call is None:
        return NotDone(tuple(refusals))
    Call.objects.filter(group=group, number=number).update(
        cancelled_at=timezone.now(), cancelled_note=said
    )
    write_down("cancel_call", group, by, f"call {number}")
    return CallKept(number)


@transaction.atomic
def hold_call(
    *, group: Group, number: int, by: Reach, on: date | None = None
) -> CallBecameMeeting | NotDone:
    """Open the meeting that was called, with its kind, place and agenda.

    Held on the day that was called for, unless it was another day (``on``). From then on the call
    names its meeting.
    """
    take(group)
    call, refusals = _open_call(group, number, by)
    if refusals or call is None:
        return NotDone(tuple(refusals))
    opened = open_meeting(
        group=group,
        by=by,
        kind=MeetingKind(call.kind),
        on=on or call.meets_on,
        place=call.place,
        agenda=call.agenda,
    )
    if isinstance(opened, MeetingNotOpened):
        return NotDone(opened.refusals)
    Call.objects.filter(group=group, number=number).update(meeting_number=opened.number)
    write_down("hold_call", group, by, f"call {number}", meeting=opened.number)
    return CallBecameMeeting(number, opened.number)


# --- below the line -------------------------------------------------------------------------


def _open_call(group: Group, number: int, by: Reach) -> tuple[Call | None, list[CallRefusal]]:
    """The call that still waits, or why there is none, with whether this is theirs to do."""
    refusals: list[CallRefusal] = list(entitled(group, by, Deed.HOLD_MEETINGS))
    call = Call.objects.filter(group=group, number=number).first()
    if call is None:
        refusals.append(NoSuchCall(number))
    elif call.cancelled_at is not None:
        refusals.append(CallCancelled(number))
    elif call.meeting_number is not None:
        refusals.append(CallHeld(number, call.meeting_number))
    return call, refusals
