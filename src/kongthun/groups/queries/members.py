"""Who is a member of a group on a day, by list and by what was written down since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from kongthun.domain.membership import MemberFact, MemberFactKind, Standing, standing_of
from kongthun.domain.thai_text import arabic_digits, collation_key, mended, search_key, visible

from ..models import Beneficiary, Group, MemberEvent, Membership, Person
from .households import HouseholdState, household_states, member_of

# Members of a กข.คจ. fund are households of an ordered list; what happens to them is of households.
_OF_TARGET_HOUSEHOLDS = "kkk"


@dataclass(frozen=True, slots=True)
class MemberOn:
    """A number of the list on a day: the row, and what stands of it."""

    row: Membership
    standing: Standing

    @property
    def number(self) -> int:
        """The member's number in the group."""
        return self.row.number


def is_of_target_households(group: Group) -> bool:
    """Whether the members are households of an ordered list, who neither apply nor leave here."""
    return group.kind == _OF_TARGET_HOUSEHOLDS


def everybody(group: Group, day: date, *, before_meeting: int | None = None) -> list[MemberOn]:
    """Every number of the list with what it is on a day, in the order of numbers.

    Three statements. A household that left the list, moved away or was merged is no member either.
    ``before_meeting`` leaves out whom that meeting itself took in: members from its day on,
    they were none when it counted its quorum.
    """
    events = MemberEvent.objects.filter(group_id=group.pk)
    if before_meeting is not None:
        events = events.exclude(kind=MemberFactKind.ADMITTED, meeting_number=before_meeting)
    told = _told(events)
    states = household_states(group.pk, day)
    rows = (
        Membership.objects.filter(group=group)
        .select_related("person", "household")
        .order_by("number")
    )
    return [MemberOn(row, _standing(row.number, told, states, day)) for row in rows]


def members_on(
    group: Group, day: date, *, before_meeting: int | None = None
) -> dict[int, MemberOn]:
    """Those who are members on a day, by number; for a quorum, ``before_meeting`` of that day."""
    of_the_day = everybody(group, day, before_meeting=before_meeting)
    return {each.number: each for each in of_the_day if each.standing.is_member}


def member_on(group: Group, number: int, day: date) -> MemberOn | None:
    """One number of the list with what it is on a day. Three statements."""
    row = member_of(group, number)
    if row is None:
        return None
    told = _told(MemberEvent.objects.filter(group_id=group.pk, member_number=number))
    return MemberOn(row, _standing(number, told, household_states(group.pk, day), day))


def member_facts(group_id: int) -> Mapping[int, list[MemberFact]]:
    """What happened to each membership of a group and was not taken back. One statement."""
    return _told(MemberEvent.objects.filter(group_id=group_id)).facts


@dataclass(frozen=True, slots=True)
class _Told:
    """Standing facts by number, and the numbers that were given out to an application."""

    facts: Mapping[int, list[MemberFact]]
    applied: frozenset[int]


def _told(events: Iterable[MemberEvent]) -> _Told:
    facts: dict[int, list[MemberFact]] = {}
    first: dict[int, MemberEvent] = {}
    for event in events:
        known = first.setdefault(event.member_number, event)
        if event.number < known.number:
            first[event.member_number] = event
        if event.withdrawn_at is None:
            fact = MemberFact(event.number, event.kind, event.happened_on, event.member_kind)
            facts.setdefault(event.member_number, []).append(fact)
    applied = (number for number, event in first.items() if event.kind == MemberFactKind.APPLIED)
    return _Told(facts, frozenset(applied))


def _standing(
    number: int, told: _Told, states: Mapping[int, HouseholdState], day: date
) -> Standing:
    is_on_paper = number not in told.applied
    standing = standing_of(told.facts.get(number, ()), day, is_on_paper=is_on_paper)
    state = states.get(number)
    if state is not None and not state.is_on_list and standing.is_member:
        gone_on = state.merged_on or state.left_on or state.away_since
        return Standing(is_member=False, kind=standing.kind, since=standing.since, left_on=gone_on)
    return standing


# ---- the register --------------------------------------------------------------------------------


class Show(StrEnum):
    """Which part of the register is asked for."""

    MEMBERS = "members"
    ORDINARY = "ordinary"
    HONORARY = "honorary"
    ASSOCIATE = "associate"
    WAITING = "waiting"
    GONE = "gone"
    ALL = "all"


class Order(StrEnum):
    """By number, or as a Thai dictionary puts the names."""

    NUMBER = "number"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A line of the register, with the name as the reader may see it."""

    member: MemberOn
    called: str

    @property
    def standing(self) -> Standing:
        """What they are to the group on the day of the register."""
        return self.member.standing

    def is_of(self, show: Show) -> bool:
        """Whether this part of the register holds the line."""
        standing = self.standing
        match show:
            case Show.ALL:
                return True
            case Show.MEMBERS:
                return standing.is_member
            case Show.WAITING:
                return standing.waits_since is not None
            case Show.GONE:
                return not standing.is_member and standing.waits_since is None
            case _:
                return standing.is_member and standing.kind == show.value


def register_of(group: Group, day: date, called: Callable[[Person], str]) -> list[RegisterRow]:
    """The whole register of a day, in the order of numbers. Three statements, however long it is.

    ``called`` says how people are called before this reader: finding and ordering go by that, so
    that neither tells what the page does not show.
    """
    return [RegisterRow(each, called(each.row.person)) for each in everybody(group, day)]


def found_in(rows: Iterable[RegisterRow], words: str) -> list[RegisterRow]:
    """The lines that fit what was typed: a number, or part of a name with or without its title.

    Tone marks and ์ do not count, on either side.
    """
    typed = mended(arabic_digits(visible(words)))
    if not typed:
        return list(rows)
    return [row for row in rows if _fits(row, typed)]


def _fits(row: RegisterRow, typed: str) -> bool:
    if typed == str(row.member.number):
        return True
    name, title = search_key(row.called), row.member.row.person.title
    parts = {search_key(typed)}
    if title and typed.startswith(title):
        # "นางส" is the beginning of นาง + สมใจ, though it could be a name of its own.
        rest = typed.removeprefix(title).strip()
        if not rest:
            return True
        parts.add(search_key(rest))
    return any(part in name for part in parts if part)


def in_order(rows: Iterable[RegisterRow], order: Order) -> list[RegisterRow]:
    """By number, or by first name and surname as a Thai dictionary has them, without titles."""
    if order == Order.NUMBER:
        return sorted(rows, key=lambda row: row.member.number)
    return sorted(rows, key=lambda row: (collation_key(_without_title(row)), row.member.number))


def _without_title(row: RegisterRow) -> str:
    return row.called.removeprefix(row.member.row.person.title)


# ---- one member ----------------------------------------------------------------------------------


def member_events_of(group_id: int, number: int) -> list[MemberEvent]:
    """All that was written down of a membership, also what was taken back, the latest first."""
    events = MemberEvent.objects.filter(group_id=group_id, member_number=number)
    return list(events.select_related("recorded_by").order_by("-happened_on", "-number"))


def latest_standing(events: Iterable[MemberEvent]) -> MemberEvent | None:
    """Of one member's events, the one that may be taken back: the last to count."""
    standing = (event for event in events if event.withdrawn_at is None)
    return max(standing, key=lambda event: (event.happened_on, event.number), default=None)


@dataclass(frozen=True, slots=True)
class NamedSet:
    """The beneficiaries a member named on a day, all of them."""

    number: int
    named_on: date
    people: tuple[Beneficiary, ...]


def beneficiaries_of(group_id: int, number: int) -> list[NamedSet]:
    """Every set a member named, the one that counts first. One statement."""
    rows = (
        Beneficiary.objects.filter(group_id=group_id, member_number=number)
        .select_related("person")
        .order_by("-set_number", "place")
    )
    sets = []
    for set_number, of_set in groupby(rows, key=lambda row: row.set_number):
        people = tuple(of_set)
        sets.append(NamedSet(set_number, people[0].named_on, people))
    return sets
