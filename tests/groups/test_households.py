"""Households join the list; people join and leave a household."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from groups.village import keeper, kinds, reach_for, refused, three_households
from kongthun.accounts.models import Role
from kongthun.audit.models import AuditLine
from kongthun.domain.money import Money
from kongthun.groups.actions import (
    HouseholdAdded,
    PersonJoined,
    PersonLeft,
    add_household,
    add_household_member,
    end_household_member,
    record_household_event,
)
from kongthun.groups.models import (
    Group,
    Household,
    HouseholdEventKind,
    HouseholdMember,
    Membership,
    Relation,
)
from kongthun.groups.queries.households import people_of
from kongthun.groups.refusals import AlreadyListed, LivesThereAlready, NotListed

pytestmark = pytest.mark.django_db
ON = date(2025, 3, 1)


@pytest.fixture
def group() -> Group:
    return three_households()


def joins(group: Group, **other: Any) -> Any:  # noqa: ANN401
    said: dict[str, Any] = {
        "name": "นางสาวปราณี ศรีสุข",
        "house_number": "45/2",
        "size": 3,
        "income_before": Money.baht(15_000),
        "on": ON,
        "by": keeper(group),
    }
    return add_household(group=group, **(said | other))


def lives(group: Group, number: int = 1, **other: Any) -> Any:  # noqa: ANN401
    said: dict[str, Any] = {
        "name": "นายประเสริฐ ใจดี",
        "relation": Relation.SPOUSE,
        "starts_on": None,
        "by": keeper(group),
    }
    return add_household_member(group=group, number=number, **(said | other))


def test_a_household_joins_under_the_next_number(group: Group) -> None:
    assert joins(group) == HouseholdAdded(4)
    member = Membership.objects.select_related("person", "household").get(group=group, number=4)
    assert member.person.name.full == "นางสาวปราณี  ศรีสุข"
    assert member.household.head == member.person
    assert (member.household.house_number, member.household.area_code) == ("45/2", "80120101")
    assert (member.household_size, member.income_before) == (3, Money.baht(15_000))
    stay = HouseholdMember.objects.get(household=member.household)
    assert (stay.relation, stay.starts_on, stay.ends_on) == (Relation.HEAD, ON, None)


def test_that_a_household_joined_is_written_down_without_a_name(group: Group) -> None:
    joins(group)
    line = AuditLine.objects.get(deed="add_household")
    assert (line.subject, line.fund_id, line.area_code) == ("household 4", group.pk, "80120101")
    assert "ปราณี" not in str(line.details)


def test_the_same_household_is_not_listed_twice(group: Group) -> None:
    joins(group)
    assert refused(joins(group, name="น.ส. ปราณี  ศรีสุข")) == [AlreadyListed(4)]
    assert joins(group, house_number="99") == HouseholdAdded(5)


def test_a_household_that_left_may_join_again_under_a_new_number(group: Group) -> None:
    joins(group)
    by = keeper(group)
    left = record_household_event(
        group=group, number=4, kind=HouseholdEventKind.LEFT_LIST, on=ON, known_on=ON, by=by
    )
    assert left
    assert joins(group, on=ON + timedelta(days=30)) == HouseholdAdded(5)


def test_what_is_wrong_with_a_household_is_said_all_together(group: Group) -> None:
    wrong = joins(
        group,
        name="  ",
        on=keeper(group).day + timedelta(days=1),
        by=reach_for(Role.AUDITOR, group),
    )
    assert kinds(wrong) == ["NotEntitled", "InTheFuture", "NameMissing"]
    assert Membership.objects.filter(group=group).count() == 3
    assert not AuditLine.objects.filter(deed="add_household").exists()


@pytest.mark.parametrize("role", [Role.CHAIRMAN, Role.MEMBER, Role.PROVINCE, Role.AUDITOR])
def test_who_keeps_no_lists_adds_no_household(group: Group, role: Role) -> None:
    by = reach_for(role, group, area="80" if role == Role.PROVINCE else None)
    assert kinds(joins(group, by=by)) == ["NotEntitled"]


def test_the_field_worker_of_another_tambon_adds_nothing_here(group: Group) -> None:
    by = reach_for(Role.FIELD_WORKER, group, area="801202")
    assert kinds(joins(group, by=by)) == ["NotEntitled"]
    assert kinds(lives(group, by=by)) == ["NotEntitled"]


def test_a_spouse_lives_there_from_a_day_to_a_day(group: Group) -> None:
    done = lives(group, starts_on=date(2020, 5, 1))
    assert isinstance(done, PersonJoined)
    ended = end_household_member(
        group=group, number=1, stay=done.stay, on=date(2024, 6, 30), by=keeper(group)
    )
    assert ended == PersonLeft(done.stay)
    assert "ประเสริฐ ใจดี" not in people_of(group.pk, 1, date(2020, 4, 30))
    for day in (date(2020, 5, 1), date(2024, 6, 30)):  # both days count
        assert "ประเสริฐ ใจดี" in people_of(group.pk, 1, day)
    assert "ประเสริฐ ใจดี" not in people_of(group.pk, 1, date(2024, 7, 1))


def test_nobody_is_written_down_twice_in_one_household(group: Group) -> None:
    lives(group)
    assert refused(lives(group, name="ประเสริฐ ใจดี")) == [LivesThereAlready(1)]
    assert isinstance(lives(group, number=2), PersonJoined)  # of the same name, or the same man


def test_the_head_whom_the_list_names_keeps_being_one_person(group: Group) -> None:
    done = lives(group, name="มาลี ใจดี", relation=Relation.HEAD, starts_on=date(2001, 1, 1))
    member = Membership.objects.get(group=group, number=1)
    assert HouseholdMember.objects.get(pk=done.stay).person_id == member.person_id


def test_a_stay_ends_after_it_began_and_only_once(group: Group) -> None:
    backwards = lives(group, starts_on=date(2020, 5, 1), ends_on=date(2020, 4, 30))
    assert kinds(backwards) == ["EndsBeforeItStarts"]
    stay = lives(group, starts_on=date(2020, 5, 1)).stay
    by = keeper(group)

    def ends(on: date, of: int = stay, number: int = 1) -> Any:  # noqa: ANN401
        return end_household_member(group=group, number=number, stay=of, on=on, by=by)

    assert kinds(ends(date(2020, 4, 30))) == ["EndsBeforeItStarts"]
    assert kinds(ends(by.day + timedelta(days=1))) == ["InTheFuture"]
    assert kinds(ends(date(2021, 1, 1), number=2)) == ["NotLivingThere"]
    assert kinds(ends(date(2021, 1, 1), number=9)) == ["NotListed"]
    assert ends(date(2021, 1, 1)) == PersonLeft(stay)
    assert kinds(ends(date(2022, 1, 1))) == ["AlreadyEnded"]
    assert HouseholdMember.objects.get(pk=stay).ends_on == date(2021, 1, 1)


def test_nobody_joins_a_household_that_is_not_listed(group: Group) -> None:
    assert refused(lives(group, number=7)) == [NotListed(7)]
    assert kinds(lives(group, name="")) == ["NameMissing"]


def test_nobody_joins_a_household_that_is_part_of_another(group: Group) -> None:
    by = keeper(group)
    record_household_event(
        group=group,
        number=1,
        kind=HouseholdEventKind.MERGED,
        on=ON,
        known_on=ON,
        other_number=2,
        by=by,
    )
    assert kinds(lives(group)) == ["NotOnTheList"]
    assert isinstance(lives(group, ends_on=ON - timedelta(days=1)), PersonJoined)


def test_a_deed_on_one_group_leaves_the_others_alone(group: Group) -> None:
    before = Household.objects.count()
    lives(group)
    assert Household.objects.count() == before
