"""Holding meetings: a draft is opened, who came and what was resolved is put in, it is closed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.papers import keep_paper
from kongthun.db.numbers import next_number
from kongthun.domain.authority import TermNotInForce, people_of
from kongthun.domain.thai_text import visible
from kongthun.groups.models import Group
from kongthun.groups.queries.rules import rules_of

from ..models import Attendance, Meeting, MeetingKind, MemberAttendance, Resolution
from ..queries import attendance_of, committee_of, resolutions_of, voters_at_most
from ..refusals import (
    DraftOpenAlready,
    HeldLater,
    MeetingClosed,
    MeetingRefusal,
    MoreVotesThanPeople,
    NobodyCame,
    NoSuchMeeting,
    NoSuchResolution,
    NotDone,
    NothingResolved,
    ResolvedAlready,
    TooLong,
)
from .writing import take, write_down

LONGEST_PLACE = 200
LONGEST_AGENDA = 4_000
LONGEST_MINUTES = 20_000
LONGEST_RESOLUTION = 500


@dataclass(frozen=True, slots=True)
class MeetingKept:
    """The meeting stands as asked. Its number runs in the group without gaps."""

    number: int


@dataclass(frozen=True, slots=True)
class ResolutionKept:
    """The resolution stands as asked, under its number in the meeting."""

    meeting_number: int
    sequence: int


def open_meeting(
    *, group: Group, by: Reach, kind: MeetingKind, on: date, place: str = "", agenda: str = ""
) -> MeetingKept | NotDone:
    """Begin the record of a meeting held on a day, as a draft under the next number.

    The agenda is a line a point. While one of the same kind and day is still a draft a second is
    refused, so that a form sent twice opens one meeting.
    """
    with transaction.atomic():
        take(group)
        faults = _faults(on=on, place=place, agenda=agenda, today=by.day)
        refusals = [*_entitled(group, by), *faults]
        twin = Meeting.objects.filter(
            group=group, kind=kind, held_on=on, closed_at__isnull=True
        ).first()
        if twin is not None:
            refusals.append(DraftOpenAlready(twin.number, on))
        if refusals:
            return NotDone(tuple(refusals))
        meeting = Meeting.objects.create(
            group=group,
            number=next_number(Meeting, group=group),
            kind=kind,
            held_on=on,
            place=visible(place),
            agenda="\n".join(agenda_lines(agenda)),
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        _record("open_meeting", group, by, meeting.number, held_on=on.isoformat(), kind=str(kind))
    return MeetingKept(meeting.number)


def change_meeting(
    *,
    group: Group,
    number: int,
    by: Reach,
    kind: MeetingKind,
    on: date,
    place: str = "",
    minutes: str = "",
    agenda: str | None = None,
) -> MeetingKept | NotDone:
    """Put a draft right: which meeting, what day, where, and the minutes as text.

    An agenda that is not given stays as it is. A new day is refused while somebody is marked as
    there whose term did not hold on it.
    """
    with transaction.atomic():
        draft, refusals = draft_to_write_in(group, number, by)
        refusals.extend(
            _faults(on=on, place=place, minutes=minutes, agenda=agenda or "", today=by.day)
        )
        if draft is not None:
            _, not_in_force = _people(group, attendance_of(group, number), on)
            refusals.extend(not_in_force)
        if refusals or draft is None:
            return NotDone(tuple(refusals))
        lines = draft.agenda if agenda is None else "\n".join(agenda_lines(agenda))
        _draft_rows(draft).update(
            kind=kind, held_on=on, place=visible(place), minutes=minutes.strip(), agenda=lines
        )
        _record("change_meeting", group, by, number, held_on=on.isoformat(), kind=str(kind))
    return MeetingKept(number)


def mark_attendance(
    *, group: Group, number: int, by: Reach, terms: Collection[int], others_came: int = 0
) -> MeetingKept | NotDone:
    """Mark who of the committee was there, by their terms, and how many others came.

    Replaces what was marked before. A term that did not hold on the day of the meeting is refused.
    """
    with transaction.atomic():
        draft, refusals = draft_to_write_in(group, number, by)
        there: list[int] = []
        if draft is not None:
            there, not_in_force = _people(group, terms, draft.held_on)
            refusals.extend(not_in_force)
        if refusals or draft is None:
            return NotDone(tuple(refusals))
        Attendance.objects.filter(group=group, meeting_number=number).delete()
        Attendance.objects.bulk_create(
            Attendance(group=group, meeting_number=number, term_number=term) for term in there
        )
        _draft_rows(draft).update(others_came=others_came)
        _record("mark_attendance", group, by, number, terms=there, others_came=others_came)
    return MeetingKept(number)


def add_resolution(
    *,
    group: Group,
    number: int,
    by: Reach,
    words: str,
    in_favour: int | None = None,
    against: int | None = None,
) -> ResolutionKept | NotDone:
    """Add what the meeting resolved, in its own words, after what it resolved before.

    The same words twice in one meeting are refused: most often a form was sent twice.
    """
    with transaction.atomic():
        draft, refusals = draft_to_write_in(group, number, by)
        standing = resolutions_of(group, number)
        sequence = len(standing) + 1
        refusals.extend(_resolution_faults(words, standing, sequence))
        if draft is not None:
            refusals.extend(_votes_past(draft, sequence, in_favour, against))
        if refusals:
            return NotDone(tuple(refusals))
        Resolution.objects.create(
            group=group,
            meeting_number=number,
            sequence=sequence,
            words=visible(words),
            in_favour=in_favour,
            against=against,
        )
        _record("add_resolution", group, by, number, sequence=sequence)
    return ResolutionKept(number, sequence)


def change_resolution(
    *,
    group: Group,
    number: int,
    sequence: int,
    by: Reach,
    words: str,
    in_favour: int | None = None,
    against: int | None = None,
) -> ResolutionKept | NotDone:
    """Put a resolution of a draft right."""
    with transaction.atomic():
        draft, refusals = draft_to_write_in(group, number, by)
        standing = resolutions_of(group, number)
        if draft is not None and not any(each.sequence == sequence for each in standing):
            refusals.append(NoSuchResolution(sequence))
        refusals.extend(_resolution_faults(words, standing, sequence))
        if draft is not None:
            refusals.extend(_votes_past(draft, sequence, in_favour, against))
        if refusals:
            return NotDone(tuple(refusals))
        Resolution.objects.filter(group=group, meeting_number=number, sequence=sequence).update(
            words=visible(words), in_favour=in_favour, against=against
        )
        _record("change_resolution", group, by, number, sequence=sequence)
    return ResolutionKept(number, sequence)


def take_out_resolution(
    *, group: Group, number: int, sequence: int, by: Reach
) -> MeetingKept | NotDone:
    """Take a resolution out of a draft; those after it move up, so the numbers have no gap."""
    with transaction.atomic():
        draft, refusals = draft_to_write_in(group, number, by)
        standing = resolutions_of(group, number)
        if draft is not None and not any(each.sequence == sequence for each in standing):
            refusals.append(NoSuchResolution(sequence))
        if refusals:
            return NotDone(tuple(refusals))
        Resolution.objects.filter(
            group=group, meeting_number=number, sequence__gte=sequence
        ).delete()
        Resolution.objects.bulk_create(
            Resolution(
                group=group,
                meeting_number=number,
                sequence=each.sequence - 1,
                words=each.words,
                in_favour=each.in_favour,
                against=each.against,
            )
            for each in standing
            if each.sequence > sequence
        )
        _record("take_out_resolution", group, by, number, sequence=sequence)
    return MeetingKept(number)


def keep_minutes(*, group: Group, number: int, by: Reach, file: Path) -> MeetingKept | NotDone:
    """Keep a photo or PDF of the minutes with a draft. A file kept before stays kept, unnamed."""
    with transaction.atomic():
        draft, refusals = draft_to_write_in(group, number, by)
        if refusals or draft is None:
            return NotDone(tuple(refusals))
        sha256 = keep_paper(
            file,
            fund_id=group.pk,
            area_code=group.area_code,
            subject=f"meeting {number}",
            user_id=by.user_id,
        )
        _draft_rows(draft).update(evidence=sha256)
        _record("keep_minutes", group, by, number, sha256=sha256)
    return MeetingKept(number)


def close_meeting(*, group: Group, number: int, by: Reach) -> MeetingKept | NotDone:
    """Close a meeting. From then on nothing in it changes; decisions may stand on it.

    A meeting without quorum may be closed, because it was held; what it can not do is decide.
    """
    with transaction.atomic():
        draft, refusals = draft_to_write_in(group, number, by)
        if draft is not None:
            there, not_in_force = _people(group, attendance_of(group, number), draft.held_on)
            refusals.extend(not_in_force)
            needs_committee = draft.kind == MeetingKind.COMMITTEE
            named = MemberAttendance.objects.filter(group=group, meeting_number=number)
            others = draft.others_came or named.exists()
            if not there and (needs_committee or not others):
                refusals.append(NobodyCame(number, needs_committee))
            for each in resolutions_of(group, number):
                refusals.extend(_votes_past(draft, each.sequence, each.in_favour, each.against))
        if refusals or draft is None:
            return NotDone(tuple(refusals))
        _draft_rows(draft).update(closed_at=timezone.now())
        _record("close_meeting", group, by, number, held_on=draft.held_on.isoformat())
    return MeetingKept(number)


def agenda_lines(text: str) -> list[str]:
    """The points of an agenda as typed, a line a point; empty lines are none."""
    return [said for line in text.splitlines() if (said := visible(line))]


def draft_to_write_in(
    group: Group, number: int, by: Reach
) -> tuple[Meeting | None, list[MeetingRefusal]]:
    """The draft to write in, or why there is none, with whether this is theirs to do.

    Within a transaction: nobody else writes for the group until it ends.
    """
    take(group)
    refusals = _entitled(group, by)
    found = Meeting.objects.filter(group=group, number=number).first()
    if found is None:
        return None, [*refusals, NoSuchMeeting(number)]
    if found.closed_at is not None:
        return None, [*refusals, MeetingClosed(number)]
    return found, refusals


# --- below the line -------------------------------------------------------------------------


def _entitled(group: Group, by: Reach) -> list[MeetingRefusal]:
    return list(by.refusals(Deed.HOLD_MEETINGS, area_code=group.area_code, group_id=group.pk))


def _draft_rows(draft: Meeting) -> QuerySet[Meeting]:
    return Meeting.objects.filter(group_id=draft.group_id, number=draft.number)


def _people(
    group: Group, numbers: Collection[int], day: date
) -> tuple[list[int], list[TermNotInForce]]:
    """The terms that count for these numbers on a day, one a person, and those that do not hold."""
    committee = committee_of(group)
    rules = rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=day)
    there, refused = people_of(
        numbers,
        committee.terms,
        committee.replaced_by,
        day=day,
        years=rules["committee_years"].count,
    )
    return [term.number for term in there], refused


def _faults(
    *, on: date, place: str, today: date, minutes: str = "", agenda: str = ""
) -> list[MeetingRefusal]:
    found: list[MeetingRefusal] = [HeldLater(on, today)] if on > today else []
    if len(visible(place)) > LONGEST_PLACE:
        found.append(TooLong("สถานที่ประชุม", LONGEST_PLACE))
    if len(minutes) > LONGEST_MINUTES:
        found.append(TooLong("บันทึกการประชุม", LONGEST_MINUTES))
    if len(agenda) > LONGEST_AGENDA:
        found.append(TooLong("ระเบียบวาระ", LONGEST_AGENDA))
    return found


def _resolution_faults(
    words: str, standing: Collection[Resolution], sequence: int
) -> list[MeetingRefusal]:
    said = visible(words)
    if not said:
        return [NothingResolved()]
    if len(said) > LONGEST_RESOLUTION:
        return [TooLong("มติ", LONGEST_RESOLUTION)]
    return [
        ResolvedAlready(each.sequence)
        for each in standing
        if each.words == said and each.sequence != sequence
    ]


def _votes_past(
    draft: Meeting, sequence: int, in_favour: int | None, against: int | None
) -> list[MeetingRefusal]:
    """Votes past the number of people; not judged while nobody is marked as there yet."""
    votes = (in_favour or 0) + (against or 0)
    came = voters_at_most(draft)
    return [MoreVotesThanPeople(sequence, votes, came)] if 0 < came < votes else []


def _record(deed: str, group: Group, by: Reach, number: int, **details: object) -> None:
    write_down(deed, group, by, f"meeting {number}", **details)
