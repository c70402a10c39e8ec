"""Who lives in a household of the list on a day, what became of it, and who answers for its debt.

docs/rules/households.md says what each event means. Days count whole: who left on a day lived there
on that day still.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from ..models import (
    Group,
    HouseholdEvent,
    HouseholdEventKind,
    HouseholdMember,
    Membership,
    Person,
    Relation,
)

Kind = HouseholdEventKind


@dataclass(slots=True)
class HouseholdState:
    """What the events of a household have made of it by a day."""

    merged_into: int | None = None
    merged_on: date | None = None
    away_since: date | None = None
    left_on: date | None = None
    dead: dict[int, date] = field(default_factory=dict)
    new_head: Person | None = None
    new_head_on: date | None = None
    split_off_from: int | None = None

    @property
    def is_on_list(self) -> bool:
        """Whether the household is one of the target households of the day."""
        return self.merged_into is None and self.away_since is None and self.left_on is None


def household_states(group_id: int, day: date) -> Mapping[int, HouseholdState]:
    """What became of the group's households by a day; one without events is not there.

    One statement. The state is of that day: an event of later counts for nothing.
    """
    states: dict[int, HouseholdState] = {}
    for event in standing_events(group_id).filter(happened_on__lte=day).select_related("person"):
        _take_in(states, event)
    return states


def _take_in(states: dict[int, HouseholdState], event: HouseholdEvent) -> None:
    state = states.setdefault(event.member_number, HouseholdState())
    match event.kind:
        case Kind.DEATH if event.person_id is not None:
            state.dead.setdefault(event.person_id, event.happened_on)
        case Kind.MOVED_AWAY:
            state.away_since = event.happened_on
        case Kind.CAME_BACK:
            state.away_since = None
        case Kind.MERGED:
            state.merged_into, state.merged_on = event.other_member_number, event.happened_on
        case Kind.NEW_HEAD:
            state.new_head, state.new_head_on = event.person, event.happened_on
        case Kind.LEFT_LIST:
            state.left_on = event.happened_on
        case Kind.SPLIT if event.other_member_number is not None:
            new = states.setdefault(event.other_member_number, HouseholdState())
            new.split_off_from = event.member_number


def standing_events(group_id: int) -> QuerySet[HouseholdEvent]:
    """The events nobody took back, in the order in which they happened."""
    return HouseholdEvent.objects.filter(group_id=group_id, withdrawn_at=None).order_by(
        "happened_on", "number"
    )


# ---- who answers for a debt ----------------------------------------------------------------------


def answering_members(group_id: int, day: date) -> dict[int, int]:
    """For every household merged by that day, the one that answers for its debt. One statement.

    A household that is not in there answers for itself, also one that was split, moved away, left
    the list or lost its head.
    """
    merges = standing_events(group_id).filter(kind=Kind.MERGED, happened_on__lte=day)
    into = {
        number: other
        for number, other in merges.values_list("member_number", "other_member_number")
        if other is not None
    }
    return {number: last_of(number, into) for number in into}


def last_of(number: int, into: Mapping[int, int]) -> int:
    """The household at the end of the mergers that begin with this one. Never runs in a circle."""
    seen = {number}
    while (following := into.get(number)) is not None and following not in seen:
        number = following
        seen.add(number)
    return number


def answering_member(group_id: int, member_number: int, day: date) -> int:
    """The household that answers on a day for what this one borrowed. One statement."""
    return answering_members(group_id, day).get(member_number, member_number)


def people_of(group_id: int, member_number: int, day: date) -> set[str]:
    """The name keys of everybody whose own household this is on a day. Four statements.

    Those living there, the head, the spouse, whoever the list names, and everybody of households
    merged with it: one debt, one household. Used to keep people from deciding on their own, so
    the set is rather too wide than too narrow. Empty for a number that is not on the list.
    """
    merged = answering_members(group_id, day)
    answering = merged.get(member_number, member_number)
    numbers = {answering, *(number for number, last in merged.items() if last == answering)}
    members = Membership.objects.filter(group_id=group_id, number__in=numbers)
    keys: set[str] = set()
    households = set()
    for member in members.select_related("person", "household__head"):
        keys |= {member.person.name_key, member.household.head.name_key}
        households.add(member.household_id)
    events = standing_events(group_id).filter(
        kind__in=(Kind.DEATH, Kind.NEW_HEAD), member_number__in=numbers, happened_on__lte=day
    )
    dead: set[int | None] = set()
    for event in events.select_related("person"):
        if event.kind == Kind.DEATH and event.happened_on < day:
            dead.add(event.person_id)
        elif event.kind == Kind.NEW_HEAD and event.person is not None:
            keys.add(event.person.name_key)
    living = HouseholdMember.objects.filter(lived_there_on(day), household_id__in=households)
    return keys | {
        resident.person.name_key
        for resident in living.select_related("person")
        if resident.person_id not in dead
    }


def lived_there_on(day: date) -> Q:
    """The condition that a stay was going on; a day that is not known ends nothing."""
    return (Q(starts_on=None) | Q(starts_on__lte=day)) & (Q(ends_on=None) | Q(ends_on__gte=day))


# ---- one household -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody of a household, as far as the registers know. ``stay`` is empty for a head of whom
    the list alone tells."""

    person: Person
    relation: str
    stay: int | None
    starts_on: date | None
    ends_on: date | None
    died_on: date | None

    @property
    def is_open(self) -> bool:
        """Whether a last day may still be written down."""
        return self.stay is not None and self.ends_on is None and self.died_on is None


def together_with(
    group: Group, number: int, states: Mapping[int, HouseholdState]
) -> list[Membership]:
    """A household of the list and those merged into it, itself first. One statement.

    Each with its people's names; empty for a number that is not listed.
    """
    into = {
        one: state.merged_into for one, state in states.items() if state.merged_into is not None
    }
    numbers = {number, *(one for one in into if last_of(one, into) == number)}
    members = Membership.objects.filter(group=group, number__in=numbers)
    found = sorted(
        members.select_related("person", "household__head"),
        key=lambda member: (member.number != number, member.number),
    )
    return found if found and found[0].number == number else []


def residents_of(
    members: Sequence[Membership], states: Mapping[int, HouseholdState]
) -> list[Resident]:
    """Everybody who lives or lived in these households, those the list names first. One statement.

    ``members`` bring their person and their household's head along.
    """
    dead: dict[int, date] = {}
    for state in states.values():
        dead |= state.dead
    stays = (
        HouseholdMember.objects.filter(household_id__in=[m.household_id for m in members])
        .select_related("person")
        .order_by("starts_on", "pk")
    )
    residents = [
        Resident(
            stay.person,
            str(Relation(stay.relation).label),
            stay.pk,
            stay.starts_on,
            stay.ends_on,
            dead.get(stay.person_id),
        )
        for stay in stays
    ]
    known = {resident.person.pk for resident in residents}
    named = {
        person.pk: (person, _head_of(member, members[0]))
        for member in members
        for person in (member.household.head, member.person)
    }
    of_the_list = [
        Resident(person, relation, None, None, None, dead.get(pk))
        for pk, (person, relation) in named.items()
        if pk not in known
    ]
    return of_the_list + residents


def _head_of(member: Membership, among: Membership) -> str:
    """What the head of a household is called among the people of the one it was merged into."""
    head = str(Relation.HEAD.label)
    return head if member.number == among.number else f"{head} ลำดับที่ {member.number}"


def member_of(group: Group, number: int) -> Membership | None:
    """A household of the list with its people's names. One statement."""
    return (
        Membership.objects.filter(group=group, number=number)
        .select_related("person", "household__head")
        .first()
    )


def events_of(group_id: int, number: int) -> list[HouseholdEvent]:
    """All that was recorded of a household, also what was taken back, the latest first.

    One statement. What another household did to this one (split off, merged into) is among it.
    """
    events = HouseholdEvent.objects.filter(group_id=group_id).filter(
        Q(member_number=number) | Q(other_member_number=number)
    )
    return list(events.select_related("person", "recorded_by").order_by("-happened_on", "-number"))
