"""The list and the committee as the paper books name them, brought up to what a file says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from kongthun.domain.money import Money
from kongthun.domain.thai_text import name_key

from ..models import CommitteePosition, CommitteeTerm, Group, Household, Membership, Person
from .events import settle_head
from .persons import make_persons


@dataclass(frozen=True, slots=True)
class ListedHousehold:
    """A household as a group's list names it. Incomes are baht per head per year."""

    number: int
    name: str
    house_number: str
    size: int | None
    income_before: Money | None
    income_after: tuple[Money | None, Money | None, Money | None]


@dataclass(frozen=True, slots=True)
class ListedTerm:
    """A committee member as a paper names them."""

    set_number: int | None
    name: str
    position: str
    starts_on: date | None
    ends_on: date | None


def keep_members(group: Group, listed: Sequence[ListedHousehold]) -> dict[int, Person]:
    """Bring the group's list up to what the paper says, and answer who stands under each number.

    A household that the paper no longer names stays: leaving is an event of its own.
    """
    known = {
        member.number: member
        for member in Membership.objects.filter(group=group).select_related("person", "household")
    }
    people = {number: member.person for number, member in known.items()}
    new: list[ListedHousehold] = []
    for listed_household in listed:
        member = known.get(listed_household.number)
        if member is None:
            new.append(listed_household)
        else:
            people[listed_household.number] = _bring_up_to_date(member, listed_household)
    persons = make_persons([household.name for household in new])
    households = Household.objects.bulk_create(
        Household(area_code=group.area_code, house_number=household.house_number, head=person)
        for household, person in zip(new, persons, strict=True)
    )
    Membership.objects.bulk_create(
        Membership(
            group=group,
            number=household.number,
            household=house,
            person=person,
            household_size=household.size,
            income_before=household.income_before,
            income_after_1=household.income_after[0],
            income_after_2=household.income_after[1],
            income_after_3=household.income_after[2],
        )
        for household, person, house in zip(new, persons, households, strict=True)
    )
    people.update((h.number, person) for h, person in zip(new, persons, strict=True))
    return people


def _bring_up_to_date(member: Membership, listed: ListedHousehold) -> Person:
    facts = {
        "household_size": listed.size,
        "income_before": listed.income_before,
        "income_after_1": listed.income_after[0],
        "income_after_2": listed.income_after[1],
        "income_after_3": listed.income_after[2],
    }
    if any(getattr(member, name) != value for name, value in facts.items()):
        Membership.objects.filter(group_id=member.group_id, number=member.number).update(**facts)
    if member.household.house_number != listed.house_number:
        Household.objects.filter(pk=member.household_id).update(house_number=listed.house_number)
    if member.person.name_key == name_key(listed.name):
        return member.person
    (person,) = make_persons([listed.name])
    Membership.objects.filter(group_id=member.group_id, number=member.number).update(person=person)
    settle_head(member.household_id, named_on_paper=person)
    return person


_POSITIONS = (
    ("รองประธาน", CommitteePosition.VICE_CHAIRMAN),
    ("ประธาน", CommitteePosition.CHAIRMAN),
    ("เลขา", CommitteePosition.SECRETARY),
    ("เหรัญญิก", CommitteePosition.TREASURER),
)


def position_of(words: str) -> CommitteePosition:
    """Which position the paper's words mean; anything else is a plain committee member.

    >>> str(position_of("รองประธานกรรมการ")), str(position_of("กรรมการฝ่ายการตลาด"))
    ('vice_chairman', 'member')
    """
    stripped = words.strip()
    for beginning, position in _POSITIONS:
        if stripped.startswith(beginning):
            return position
    return CommitteePosition.MEMBER


def keep_committee(group: Group, listed: Sequence[ListedTerm]) -> None:
    """Add the committee terms that are not known yet; what is known is left as it stands.

    A term that was put right on screen stays known as the paper has it, or it would come back with
    every file.
    """
    terms = CommitteeTerm.objects.filter(group=group)
    known = {
        (term.set_number, term.person.name_key, term.position_words, term.starts_on)
        for term in terms.select_related("person")
    }
    new = [
        term
        for term in listed
        if (term.set_number, name_key(term.name), term.position, term.starts_on) not in known
    ]
    if not new:
        return
    last = terms.aggregate(last=Max("number"))["last"] or 0
    persons = make_persons(term.name for term in new)
    CommitteeTerm.objects.bulk_create(
        CommitteeTerm(
            group=group,
            number=last + place,
            set_number=term.set_number,
            person=person,
            position=position_of(term.position),
            position_words=term.position,
            starts_on=term.starts_on,
            ends_on=term.ends_on,
        )
        for place, (term, person) in enumerate(zip(new, persons, strict=True), start=1)
    )
