"""Households join the list; people join and leave a household. All of it is dated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.domain.money import Money
from kongthun.domain.thai_text import name_key, visible

from ..models import Group, Household, HouseholdMember, Membership, Person, Relation
from ..queries.households import (
    HouseholdState,
    household_states,
    lived_there_on,
    member_of,
    together_with,
)
from ..refusals import (
    AlreadyEnded,
    AlreadyListed,
    EndsBeforeItStarts,
    GroupRefusal,
    InTheFuture,
    LivesThereAlready,
    NameMissing,
    NotDone,
    NotListed,
    NotLivingThere,
    NotOnTheList,
)
from .groups import hold_group
from .persons import make_persons


@dataclass(frozen=True, slots=True)
class HouseholdAdded:
    """The household stands under this number."""

    number: int


@dataclass(frozen=True, slots=True)
class PersonJoined:
    """The stay of a person in a household was written down."""

    stay: int


@dataclass(frozen=True, slots=True)
class PersonLeft:
    """The stay has its last day."""

    stay: int


@transaction.atomic
def add_household(
    *,
    group: Group,
    name: str,
    house_number: str,
    size: int | None,
    income_before: Money | None,
    on: date,
    by: Reach,
) -> HouseholdAdded | NotDone:
    """Put a household on the group's list, under the next number.

    ``name`` is the head as written; ``income_before`` is baht per head per year before borrowing.
    A household that left the list joins again under a new number: its old contracts keep the old.
    """
    hold_group(group)
    refusals: list[GroupRefusal] = list(may_keep_lists(by, group))
    refusals += _day_has_come(on, by)
    if not name_key(name):
        refusals.append(NameMissing())
    elif (number := listed_as(group, name, house_number, on)) is not None:
        refusals.append(AlreadyListed(number))
    if refusals:
        return NotDone(tuple(refusals))
    (person,) = make_persons([name])
    added = list_household(
        group=group,
        head=person,
        house_number=visible(house_number),
        size=size,
        income_before=income_before,
        on=on,
    )
    _write_down("add_household", group, by, added.number, {"on": on.isoformat()})
    return HouseholdAdded(added.number)


def list_household(
    *,
    group: Group,
    head: Person,
    house_number: str,
    size: int | None,
    income_before: Money | None,
    on: date | None,
) -> Membership:
    """A new household under the next number, its head living there. Inside a deed's transaction."""
    last = Membership.objects.filter(group=group).aggregate(last=Max("number"))["last"] or 0
    household = Household.objects.create(
        area_code=group.area_code, house_number=house_number, head=head
    )
    if on is not None:
        HouseholdMember.objects.create(
            household=household,
            area_code=group.area_code,
            person=head,
            relation=Relation.HEAD,
            starts_on=on,
        )
    return Membership.objects.create(
        group=group,
        number=last + 1,
        household=household,
        person=head,
        household_size=size,
        income_before=income_before,
    )


@transaction.atomic
def add_household_member(
    *,
    group: Group,
    number: int,
    name: str,
    relation: Relation,
    starts_on: date | None,
    ends_on: date | None = None,
    by: Reach,
) -> PersonJoined | NotDone:
    """Write down that somebody lives, or lived, in a household. Days that nobody knows stay empty.

    The head whom the list names may be written down too: that gives the stay its days.
    """
    hold_group(group)
    refusals: list[GroupRefusal] = list(may_keep_lists(by, group))
    for day in (starts_on, ends_on):
        refusals += _day_has_come(day, by)
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        refusals.append(EndsBeforeItStarts(starts_on, ends_on))
    member = member_of(group, number)
    person: Person | None = None
    if member is None:
        refusals.append(NotListed(number))
    else:
        refusals += still_listed(group, number, ends_on or by.day)
        if _lives_there(member, name, by.day):
            refusals.append(LivesThereAlready(number))
        person = _named_by_list(member, name)
    if not name_key(name):
        refusals.append(NameMissing())
    if member is None or refusals:
        return NotDone(tuple(refusals))
    stay = HouseholdMember.objects.create(
        household_id=member.household_id,
        area_code=group.area_code,
        person=person or make_persons([name])[0],
        relation=relation,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    _write_down("add_household_member", group, by, number, {"stay": stay.pk})
    return PersonJoined(stay.pk)


@transaction.atomic
def end_household_member(
    *, group: Group, number: int, stay: int, on: date, by: Reach
) -> PersonLeft | NotDone:
    """Write down the last day somebody lived in a household. They did live there on that day.

    Dying is no leaving: it is an event of its own.
    """
    hold_group(group)
    refusals: list[GroupRefusal] = list(may_keep_lists(by, group))
    refusals += _day_has_come(on, by)
    together = together_with(group, number, household_states(group.pk, by.day))
    found = None
    if not together:
        refusals.append(NotListed(number))
    else:
        households = [member.household_id for member in together]
        found = HouseholdMember.objects.filter(pk=stay, household_id__in=households).first()
        if found is None:
            refusals.append(NotLivingThere(number))
        elif found.ends_on is not None:
            refusals.append(AlreadyEnded(found.ends_on))
        elif found.starts_on is not None and on < found.starts_on:
            refusals.append(EndsBeforeItStarts(found.starts_on, on))
    if found is None or refusals:
        return NotDone(tuple(refusals))
    HouseholdMember.objects.filter(pk=found.pk).update(ends_on=on)
    _write_down("end_household_member", group, by, number, {"stay": found.pk, "on": on.isoformat()})
    return PersonLeft(found.pk)


# ---- what several deeds ask ----------------------------------------------------------------------


def may_keep_lists(by: Reach, group: Group) -> list[GroupRefusal]:
    """Nothing, or that keeping lists is not this person's to do."""
    return [*by.refusals(Deed.KEEP_LISTS, area_code=group.area_code, group_id=group.pk)]


def still_listed(group: Group, number: int, day: date) -> list[GroupRefusal]:
    """Nothing, or that the household was merged or had left the list by that day."""
    state = household_states(group.pk, day).get(number, HouseholdState())
    if state.merged_into is not None or state.left_on is not None:
        return [NotOnTheList(number, state.merged_into)]
    return []


def _day_has_come(day: date | None, by: Reach) -> list[GroupRefusal]:
    return [InTheFuture(day)] if day is not None and day > by.day else []


def listed_as(group: Group, name: str, house_number: str, day: date) -> int | None:
    """The number of a household with this head and house that is on the list that day."""
    same = Membership.objects.filter(
        group=group,
        person__name_key=name_key(name),
        household__house_number=visible(house_number),
    )
    states = household_states(group.pk, day)
    return next(
        (
            number
            for number in same.order_by("number").values_list("number", flat=True)
            if states.get(number, HouseholdState()).is_on_list
        ),
        None,
    )


def _lives_there(member: Membership, name: str, day: date) -> bool:
    stays = HouseholdMember.objects.filter(
        lived_there_on(day), household_id=member.household_id, person__name_key=name_key(name)
    )
    return stays.exists()


def _named_by_list(member: Membership, name: str) -> Person | None:
    """The head or the person on the list, if that is who is meant: one person, not two rows."""
    named = (member.household.head, member.person)
    return next((person for person in named if person.name_key == name_key(name)), None)


def _write_down(
    deed: str, group: Group, by: Reach, number: int, details: dict[str, object]
) -> None:
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"household {number}",
        details=details,
    )
