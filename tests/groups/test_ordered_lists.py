"""Drawing up the ordered list, and reading it as it stood on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from groups.village import keeper, kinds, listed, reach_for, refused, three_households, village
from kongthun.accounts.models import Role
from kongthun.audit.models import AuditLine
from kongthun.domain.money import Money
from kongthun.domain.ordered_list import (
    IncomeUnknownNeedsReason,
    Missing,
    NeedsReason,
    Placed,
    Stranger,
    TieNeedsReason,
)
from kongthun.groups.actions import (
    ListDrawnUp,
    add_household,
    draw_up_list,
    record_household_event,
    record_income,
)
from kongthun.groups.models import Group, HouseholdEventKind, ListPlace, OrderedList
from kongthun.groups.poverty_lines import poverty_lines
from kongthun.groups.queries.ordered_lists import ListOfDay, households_to_order, list_of_day
from kongthun.groups.refusals import LaterListStands, ListEmpty, OrderNotClear

pytestmark = pytest.mark.django_db
ON = date(2025, 3, 1)


@pytest.fixture
def group() -> Group:
    return three_households()


def draws(group: Group, *placed: int | tuple[int, str], on: date = ON, **other: Any) -> Any:  # noqa: ANN401
    said: dict[str, Any] = {"by_resolution": "มติที่ประชุมครั้งที่ 1/2568", "by": keeper(group)}
    order = [Placed(each) if isinstance(each, int) else Placed(*each) for each in placed]
    return draw_up_list(group=group, placed=order, on=on, **(said | other))


def of_day(group: Group, day: date = ON) -> ListOfDay:
    return list_of_day(group.pk, day, poverty_lines())


def places(group: Group, day: date = ON) -> list[tuple[int | None, int]]:
    return [(row.place, row.member.number) for row in of_day(group, day).rows]


def happens(group: Group, kind: HouseholdEventKind, number: int, **other: Any) -> None:  # noqa: ANN401
    record_household_event(
        group=group, number=number, kind=kind, on=ON, known_on=ON, by=keeper(group), **other
    )


def test_until_one_is_drawn_up_the_numbers_of_the_purple_book_are_the_order(group: Group) -> None:
    assert of_day(group).version is None
    assert places(group) == [(1, 1), (2, 2), (3, 3)]


def test_the_order_by_income_needs_no_reasons(group: Group) -> None:
    assert draws(group, 1, 2, 3) == ListDrawnUp(1)
    version = OrderedList.objects.get(group=group, number=1)
    assert (version.drawn_on, version.survey_year) == (ON, None)
    assert AuditLine.objects.get(deed="draw_up_list").details["households"] == 3


def test_another_order_stands_with_its_reason_beside_it(group: Group) -> None:
    assert refused(draws(group, 3, 1, 2)) == [OrderNotClear(NeedsReason(3, (1, 2)))]
    assert not OrderedList.objects.exists()
    assert draws(group, (3, " บ้านไฟไหม้ "), 1, 2) == ListDrawnUp(1)
    assert places(group) == [(1, 3), (2, 1), (3, 2)]
    first = ListPlace.objects.get(group=group, list_number=1, place=1)
    assert (first.reason, first.income) == ("บ้านไฟไหม้", Money.baht(25_000))


def test_everybody_has_a_place_and_nobody_else(group: Group) -> None:
    assert refused(draws(group, 1, 2, 9)) == [
        OrderNotClear(Missing(3)),
        OrderNotClear(Stranger(9)),
    ]


def test_ties_and_unknown_incomes_need_reasons() -> None:
    group = listed(village(), ("นายหนึ่ง ใจดี", 9_000), ("นายสอง ใจดี", 9_000), ("นายสาม ใจดี", None))
    assert refused(draws(group, 1, 2, 3)) == [
        OrderNotClear(TieNeedsReason(1, (2,))),
        OrderNotClear(IncomeUnknownNeedsReason(3)),
    ]
    assert draws(group, (1, "มีคนป่วยติดเตียง"), 2, (3, "ยังไม่ได้สำรวจ")) == ListDrawnUp(1)


def test_the_latest_income_decides_and_a_list_drawn_up_stays_as_it_was(group: Group) -> None:
    draws(group, 1, 2, 3)
    record_income(
        group=group,
        number=1,
        years_after=0,
        contract_number=None,
        amount=Money.baht(40_000),
        survey_year=2564,
        basis="",
        on=ON,
        by=keeper(group),
    )
    assert kinds(draws(group, 1, 2, 3)) == ["OrderNotClear"]
    later = ON + timedelta(days=60)
    assert draws(group, 2, 3, 1, on=later) == ListDrawnUp(2)
    assert OrderedList.objects.get(group=group, number=2).survey_year == 2564
    assert places(group, later) == [(1, 2), (2, 3), (3, 1)]
    assert places(group, later - timedelta(days=1)) == [(1, 1), (2, 2), (3, 3)]
    standing = {row.member.number: row for row in of_day(group, later).rows}
    assert standing[1].is_above_line is True
    assert standing[2].is_above_line is None  # the purple book names no survey
    before = {row.member.number: row for row in of_day(group).rows}
    assert before[1].drawn_income == Money.baht(12_000)


def test_who_joined_since_waits_for_a_place_at_the_end(group: Group) -> None:
    draws(group, 1, 2, 3)
    add_household(
        group=group,
        name="นายใหม่ ใจดี",
        house_number="9",
        size=1,
        income_before=Money.baht(1),
        on=ON,
        by=keeper(group),
    )
    assert places(group) == [(1, 1), (2, 2), (3, 3), (None, 4)]


def test_who_left_moved_away_or_merged_stands_apart_and_is_not_placed(group: Group) -> None:
    happens(group, HouseholdEventKind.MOVED_AWAY, 1)
    assert [household.number for _, household in households_to_order(group.pk, ON)] == [2, 3]
    assert draws(group, 2, 3) == ListDrawnUp(1)
    happens(group, HouseholdEventKind.MERGED, 2, other_number=3)
    found = of_day(group)
    assert [row.member.number for row in found.rows] == [3]
    assert {row.member.number for row in found.gone} == {1, 2}


def test_a_list_follows_the_one_before_and_names_its_resolution(group: Group) -> None:
    draws(group, 1, 2, 3)
    earlier = draws(group, 1, 2, 3, on=ON - timedelta(days=1), by_resolution=" ")
    assert kinds(earlier) == ["ResolutionMissing", "LaterListStands"]
    assert LaterListStands(ON) in refused(earlier)
    assert draws(group, 1, 2, 3) == ListDrawnUp(2)  # on the same day the later one stands
    assert of_day(group).version == OrderedList.objects.get(group=group, number=2)


def test_there_is_no_list_of_nobody_and_none_of_tomorrow() -> None:
    group = village()
    tomorrow = keeper(group).day + timedelta(days=1)
    assert kinds(draws(group, on=tomorrow)) == ["InTheFuture", "ListEmpty"]
    assert refused(draws(group)) == [ListEmpty()]


@pytest.mark.parametrize("role", [Role.CHAIRMAN, Role.AUDITOR, Role.DEPARTMENT])
def test_who_keeps_no_lists_draws_none_up(group: Group, role: Role) -> None:
    assert kinds(draws(group, 1, 2, 3, by=reach_for(role, group))) == ["NotEntitled"]


def test_a_list_is_read_in_five_statements_however_long(
    group: Group,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    draws(group, 1, 2, 3)
    long = listed(village("80120102"), *((f"นายคนที่{n} ใจดี", 1_000 * n) for n in range(1, 41)))
    draws(long, *range(1, 41))
    for each, rows in ((group, 3), (long, 40)):
        with django_assert_num_queries(5):
            assert len(of_day(each).rows) == rows
        with django_assert_num_queries(3):
            households_to_order(each.pk, ON)
