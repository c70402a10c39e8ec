"""Who is a member of a group on a day, by list and by what was written down since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kongthun.domain.membership import MemberFact, Standing, standing_of

from ..models import Group, MemberEvent, Membership
from .households import household_states


@dataclass(frozen=True, slots=True)
class MemberOn:
    """A number of the list on a day: the row, and what stands of it."""

    row: Membership
    standing: Standing

    @property
    def number(self) -> int:
        """The member's number in the group."""
        return self.row.number


def everybody(group: Group, day: date) -> list[MemberOn]:
    """Every number of the list with what it is on a day, in the order of numbers.

    Three statements. A household that left the list, moved away or was merged is no member either.
    """
    facts = member_facts(group.pk)
    gone = {
        number for number, state in household_states(group.pk, day).items() if not state.is_on_list
    }
    rows = Membership.objects.filter(group=group).select_related("person").order_by("number")
    return [MemberOn(row, _standing(row.number, facts, gone, day)) for row in rows]


def members_on(group: Group, day: date) -> dict[int, MemberOn]:
    """Those who are members on a day, by number."""
    return {each.number: each for each in everybody(group, day) if each.standing.is_member}


def member_facts(group_id: int) -> Mapping[int, list[MemberFact]]:
    """What happened to each membership of a group and was not taken back. One statement."""
    facts: dict[int, list[MemberFact]] = {}
    for event in MemberEvent.objects.filter(group_id=group_id, withdrawn_at=None):
        fact = MemberFact(event.number, event.kind, event.happened_on, event.member_kind)
        facts.setdefault(event.member_number, []).append(fact)
    return facts


def _standing(
    number: int, facts: Mapping[int, list[MemberFact]], gone: set[int], day: date
) -> Standing:
    standing = standing_of(facts.get(number, ()), day)
    if number in gone and standing.is_member:
        return Standing(is_member=False, kind=standing.kind, since=standing.since)
    return standing
