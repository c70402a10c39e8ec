"""Two names that may be one person: which to look at, what was decided, who is one with whom.

A person is written down wherever a paper names them, so the same name stands in several rows. No
row is ever merged: people say of two that they are one, or two, and that can be taken back.
(docs/rules/same_people.md)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from django.db.models import Q, QuerySet

from kongthun.accounts.reach import Deed, Reach
from kongthun.domain.thai_text import collation_key, search_key

from ..models import CommitteeTerm, Group, HouseholdMember, Membership, Person, PersonPair


class Likeness(StrEnum):
    """How alike two names are; a title counts for nothing."""

    SAME = "same"
    NEAR = "near"  # a tone mark or ์ is all that differs


@dataclass(frozen=True, slots=True)
class Known:
    """Where somebody is known: a group, as what, under which number and in which house."""

    group: Group
    role: Literal["member", "household", "committee"]
    number: int
    house_number: str = ""
    words: str = ""


@dataclass(slots=True)
class KnownPerson:
    """A person with everywhere they are known in a village."""

    person: Person
    known: list[Known] = field(default_factory=list)

    @property
    def memberships(self) -> set[tuple[int, int]]:
        """Group and number of each membership of theirs."""
        return {(at.group.pk, at.number) for at in self.known if at.role == "member"}


@dataclass(frozen=True, slots=True)
class PairToLookAt:
    """Two who may be one. ``first`` is the one that would count."""

    first: KnownPerson
    second: KnownPerson
    likeness: Likeness

    @property
    def twice_in_one_group(self) -> bool:
        """Whether one person would hold two numbers of one group."""
        first, second = self.first.memberships, self.second.memberships
        return bool({group for group, _ in first} & {group for group, _ in second})


@dataclass(frozen=True, slots=True)
class DecidedPair:
    """What stands of two, with where they are known."""

    pair: PersonPair
    first: KnownPerson
    second: KnownPerson


def people_known(village: str, reach: Reach) -> dict[int, KnownPerson]:
    """Everybody known in the village's groups whose lists the reader keeps. Four statements.

    Members, heads and people of their households, and committee members whose term stands.
    """
    groups = {
        group.pk: group
        for group in Group.objects.filter(area_code=village)
        if reach.may(Deed.KEEP_LISTS, area_code=group.area_code, group_id=group.pk)
    }
    people: dict[int, KnownPerson] = {}

    def learn(person: Person, known: Known) -> None:
        found = people.setdefault(person.pk, KnownPerson(person))
        if known not in found.known:
            found.known.append(known)

    homes: dict[int, list[tuple[Group, int, str]]] = {}
    members = Membership.objects.filter(group__in=groups).select_related(
        "person", "household__head"
    )
    for member in members.order_by("group_id", "number"):
        group, house = groups[member.group_id], member.household.house_number
        homes.setdefault(member.household_id, []).append((group, member.number, house))
        learn(member.person, Known(group, "member", member.number, house))
        if member.household.head_id != member.person_id:
            learn(member.household.head, Known(group, "household", member.number, house))
    stays = HouseholdMember.objects.filter(household__in=members.values("household"))
    for stay in stays.select_related("person").order_by("pk"):
        for group, number, house in homes[stay.household_id]:
            is_member = (group.pk, number) in people.get(
                stay.person_id, KnownPerson(stay.person)
            ).memberships
            if not is_member:
                learn(stay.person, Known(group, "household", number, house))
    terms = CommitteeTerm.objects.filter(group__in=groups, withdrawn_at=None)
    for term in terms.select_related("person").order_by("group_id", "number"):
        words = term.position_words + (f" ชุดที่ {term.set_number}" if term.set_number else "")
        learn(term.person, Known(groups[term.group_id], "committee", term.number, words=words))
    return people


def pairs_to_look_at(village: str, reach: Reach) -> list[PairToLookAt]:
    """Who of a village may be one person and was not decided on. Five statements.

    Of several alike each is shown beside one other at a time; once that is decided, beside the
    next. Whoever was found to be one counts as one, and stands for all of their rows.
    """
    people = people_known(village, reach)
    decided = Decided.of(village)
    alike: dict[str, dict[int, KnownPerson]] = {}
    for pk in sorted(people, key=lambda pk: _order(people[pk])):
        one = decided.one_of(pk)
        shown = people.get(one, people[pk])
        alike.setdefault(_near_key(people[pk].person), {}).setdefault(one, shown)
    pairs = []
    for persons in alike.values():
        before: list[tuple[int, KnownPerson]] = []
        for one, person in persons.items():
            other = next((p for o, p in before if not decided.are_two(o, one)), None)
            if other is not None:
                pairs.append(_pair(other, person))
            before.append((one, person))
    return sorted(pairs, key=lambda pair: (pair.likeness != Likeness.SAME, _called(pair)))


def decided_pairs(village: str, reach: Reach) -> list[DecidedPair]:
    """What stands of the village's names, the latest first, where both are in reach.

    Five statements.
    """
    people = people_known(village, reach)
    standing = _standing(village).select_related("recorded_by").order_by("-recorded_at", "-pk")
    return [
        DecidedPair(pair, people[pair.first_id], people[pair.second_id])
        for pair in standing
        if pair.first_id in people and pair.second_id in people
    ]


def likeness_of(first: Person, second: Person) -> Likeness | None:
    """How alike two names are; None where they differ in more than marks."""
    if first.name_key == second.name_key:
        return Likeness.SAME
    return Likeness.NEAR if _near_key(first) == _near_key(second) else None


def _near_key(person: Person) -> str:
    return search_key(person.name_key) or person.name_key


def _pair(first: KnownPerson, second: KnownPerson) -> PairToLookAt:
    likeness = likeness_of(first.person, second.person) or Likeness.NEAR
    return PairToLookAt(first, second, likeness)


def _order(known: KnownPerson) -> tuple[bool, int]:
    """Members first: of two rows the one on a list counts."""
    return not known.memberships, known.person.pk


def _called(pair: PairToLookAt) -> tuple[str, int, int]:
    return pair.first.person.name_key, pair.first.person.pk, pair.second.person.pk


# ---- what was decided ----------------------------------------------------------------------------


def _standing(village: str) -> QuerySet[PersonPair]:
    return PersonPair.objects.filter(area_code=village, withdrawn_at=None).order_by("pk")


@dataclass(slots=True)
class Decided:
    """Who is one with whom, and who is not, by what stands. Who is one with two makes three one."""

    ones: dict[int, int]
    twos: dict[frozenset[int], int]

    @classmethod
    def of(cls, village: str) -> Decided:
        """As decided in a village. One statement."""
        pairs = list(_standing(village))
        ones = _ones((pair.first_id, pair.second_id) for pair in pairs if pair.is_same)
        found = cls(ones, {})
        for pair in pairs:
            if not pair.is_same:
                two = frozenset({found.one_of(pair.first_id), found.one_of(pair.second_id)})
                found.twos.setdefault(two, pair.pk)
        return found

    def one_of(self, person_id: int) -> int:
        """The row that counts for this person."""
        return self.ones.get(person_id, person_id)

    def are_two(self, first: int, second: int) -> bool:
        """Whether it stands that they are two people."""
        return self.against(first, second) is not None

    def against(self, first: int, second: int) -> int | None:
        """The decision that these two are not one, if it stands."""
        return self.twos.get(frozenset({self.one_of(first), self.one_of(second)}))


def _ones(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For everybody who is one with somebody, the row that counts: the first that was named so."""
    counts: dict[int, int] = {}

    def root(person: int) -> int:
        while (following := counts.get(person, person)) != person:
            person = following
        return person

    for first, second in pairs:
        one, other = root(first), root(second)
        counts.setdefault(one, one)
        if one != other:
            counts[other] = one
        counts.setdefault(second, one)
    return {person: root(person) for person in counts}


def same_person_ids(person_ids: Iterable[int]) -> Mapping[int, frozenset[int]]:
    """For each of these every row that is the same person, their own among them. One statement."""
    asked = list(person_ids)
    mentioned = PersonPair.objects.filter(withdrawn_at=None, is_same=True).filter(
        Q(first__in=asked) | Q(second__in=asked)
    )
    pairs = PersonPair.objects.filter(
        withdrawn_at=None, is_same=True, area_code__in=mentioned.values("area_code")
    )
    ones = _ones(pairs.order_by("pk").values_list("first_id", "second_id"))
    together: dict[int, set[int]] = {}
    for person, one in ones.items():
        together.setdefault(one, set()).add(person)
    return {
        person: frozenset(together[ones[person]] if person in ones else {person})
        for person in asked
    }


def memberships_of_person(person_id: int, reach: Reach) -> list[Membership]:
    """Every membership of somebody, in all groups whose names the reader may see. Two statements.

    Each comes with its group, its household and the person as that list names them; groups in the
    order of a Thai dictionary.
    """
    if not reach.may_anywhere(Deed.SEE_NAMES):
        return []
    same = same_person_ids([person_id])[person_id]
    rows = Membership.objects.filter(person__in=same).select_related("group", "household", "person")
    seen = [
        row
        for row in rows
        if reach.may(Deed.SEE_NAMES, area_code=row.group.area_code, group_id=row.group_id)
    ]
    return sorted(seen, key=lambda row: (collation_key(row.group.name), row.group_id, row.number))
