"""What a deed can stand on: a resolution of a closed meeting that had its quorum on its day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kongthun.groups.models import Group
from kongthun.groups.queries.rules import rules_of

from ..models import MeetingKind, Resolution
from ..refusals import (
    CannotDecideThis,
    GroundRefusal,
    MeetingStillOpen,
    MeetingWithoutQuorum,
    NoSuchMeeting,
    NoSuchResolution,
)
from .attending import members_there
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
        there = members_there(group, held, rules)
        came, needed, of = there.came, there.needed, there.of
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
