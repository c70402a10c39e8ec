"""Which members came to a meeting, whether that is quorum of members, and its photos."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kongthun.domain.authority import quorum_needed
from kongthun.domain.rule_set import Limit, RuleSet
from kongthun.domain.thai_text import arabic_digits, search_key, visible
from kongthun.groups.models import CommitteeTerm, Group, Membership
from kongthun.groups.queries.members import MemberOn, members_on

from ..models import Attendance, Meeting, MeetingPhoto, MemberAttendance


@dataclass(frozen=True, slots=True)
class MembersThere:
    """How many members came, of how many there were, and how many were needed.

    ``named`` are those who were ticked and were members on the day. Where a number was written
    down beside them, the larger counts, and never more than there are members.
    """

    named: tuple[int, ...]
    came: int
    of: int
    needed: int
    limit: Limit

    @property
    def is_met(self) -> bool:
        """Whether enough were there."""
        return self.of > 0 and self.came >= self.needed


def members_there(group: Group, meeting: Meeting, rules: RuleSet) -> MembersThere:
    """How many members were there, by the list of the day: what `ground_of` counts as well."""
    ticked = ticked_members(group, meeting.number)
    members = members_on(group, meeting.held_on, before_meeting=meeting.number)
    return count_members(members, ticked, meeting.others_came, rules)


def count_members(
    members: Collection[int], ticked: Iterable[int], others: int, rules: RuleSet
) -> MembersThere:
    """The same for a list of the day and ticks as they stand."""
    limit = rules["general_quorum_per_cent"]
    named = tuple(sorted(each for each in set(ticked) if each in members))
    came = min(max(len(named), others), len(members))
    needed = quorum_needed(len(members), limit.count)
    return MembersThere(named, came, len(members), needed, limit)


def ticked_members(group: Group, number: int) -> frozenset[int]:
    """The numbers of the members who were ticked. One statement."""
    return frozenset(
        MemberAttendance.objects.filter(group=group, meeting_number=number).values_list(
            "member_number", flat=True
        )
    )


def voters_at_most(meeting: Meeting) -> int:
    """The most people who may have been there: everybody named once, and the others counted."""
    group_id, number = meeting.group_id, meeting.number
    terms = list(
        Attendance.objects.filter(group_id=group_id, meeting_number=number).values_list(
            "term_number", flat=True
        )
    )
    ticked = list(
        MemberAttendance.objects.filter(group_id=group_id, meeting_number=number).values_list(
            "member_number", flat=True
        )
    )
    if not ticked:
        return len(terms) + meeting.others_came
    members = Membership.objects.filter(group_id=group_id, number__in=ticked)
    seats = CommitteeTerm.objects.filter(group_id=group_id, number__in=terms)
    keys = set(members.values_list("person__name_key", flat=True))
    beside = [key for key in seats.values_list("person__name_key", flat=True) if key not in keys]
    return len(ticked) + len(beside) + meeting.others_came


def found_members(members: Iterable[MemberOn], words: str, *, by_name: bool) -> list[MemberOn]:
    """The members whose number is typed, or whose name holds what is typed; all for nothing typed.

    A title and slips of tone marks do not matter. Without names to be seen, only numbers are found.
    """
    typed = visible(words)
    if not typed:
        return list(members)
    number, key = arabic_digits(typed), search_key(typed)
    return [
        member
        for member in members
        if str(member.number) == number
        or (by_name and key and key in search_key(member.row.person.name.full))
    ]


def photos_of(group: Group, number: int) -> list[MeetingPhoto]:
    """The photos of a meeting, in the order they were kept."""
    rows = MeetingPhoto.objects.filter(group=group, meeting_number=number)
    return list(rows.order_by("place"))
