"""What a deed can stand on: a resolution of a closed meeting that had its quorum on its day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kongthun.domain.authority import quorum_needed
from kongthun.groups.models import Group
from kongthun.groups.queries.members import members_on
from kongthun.groups.queries.rules import rules_of

from ..models import MeetingKind, MemberAttendance, Resolution
from ..refusals import (
    CannotDecideThis,
    GroundRefusal,
    MeetingStillOpen,
    MeetingWithoutQuorum,
    NoSuchMeeting,
    NoSuchResolution,
)
from .meetings import meeting, quorum_of

# Who decides what in a group: its members together, or the committee on their behalf.
BY_MEMBERS = frozenset({MeetingKind.GENERAL, MeetingKind.HOUSEHOLDS})
BY_ANY = frozenset(MeetingKind)


@dataclass(frozen=True, slots=True)
class Ground:
    """The resolution that a deed stands on, and the day it was made."""

    meeting_number: int
    resolution: int
    on: date
    words: str


def ground_of(
    group: Group, meeting_number: int, resolution: int, *, kinds: Collection[str] = BY_ANY
) -> Ground | list[GroundRefusal]:
    """The ground, or everything against it: open, of the wrong kind, without quorum, no such words.

    A committee meeting counts those in office on its day; a meeting of members counts members of
    its day by ``general_quorum_per_cent``, and those whose names nobody took down by their number.
    """
    held = meeting(group, meeting_number)
    if held is None:
        return [NoSuchMeeting(meeting_number)]
    found: list[GroundRefusal] = []
    if held.closed_at is None:
        found.append(MeetingStillOpen(meeting_number))
    if held.kind not in kinds:
        found.append(CannotDecideThis(meeting_number, str(MeetingKind(held.kind).label)))
    rules = rules_of(
        group_id=group.pk, kind=group.kind, area_code=group.area_code, day=held.held_on
    )
    if held.kind == MeetingKind.COMMITTEE:
        quorum = quorum_of(group, held, rules)
        came, needed, of = quorum.came, quorum.needed, quorum.in_office
    else:
        came, of = _members_there(group, meeting_number, held.held_on, held.others_came)
        needed = quorum_needed(of, rules["general_quorum_per_cent"].count)
    if came < needed or not of:
        found.append(MeetingWithoutQuorum(meeting_number, came, needed, of))
    row = Resolution.objects.filter(
        group=group, meeting_number=meeting_number, sequence=resolution
    ).first()
    if row is None:
        found.append(NoSuchResolution(resolution))
    if row is None or found:
        return found
    return Ground(meeting_number, resolution, held.held_on, row.words)


def _members_there(group: Group, number: int, day: date, others: int) -> tuple[int, int]:
    """How many members came, and how many there are; named ones count by name."""
    members = members_on(group, day)
    named = MemberAttendance.objects.filter(group=group, meeting_number=number).values_list(
        "member_number", flat=True
    )
    by_name = sum(1 for each in named if each in members)
    return min(max(by_name, others), len(members)), len(members)
