"""The ordered list of target households as it stands on a day: who, where, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kongthun.domain.money import Money
from kongthun.domain.ordered_list import ListedHousehold, above_line

from ..models import ListPlace, Membership, OrderedList
from ..poverty_lines import PovertyLine
from .households import HouseholdState, household_states
from .incomes import KnownIncome, income_to_list_by, standing_incomes


@dataclass(frozen=True, slots=True)
class ListRow:
    """A household with its place. ``place`` is empty for one that joined after the list was drawn
    up; ``income`` is what is known today, ``drawn_income`` what it was placed by."""

    place: int | None
    member: Membership
    income: KnownIncome | None
    drawn_income: Money | None
    reason: str
    is_above_line: bool | None
    state: HouseholdState


@dataclass(frozen=True, slots=True)
class ListOfDay:
    """The list of a day. Without a version that was drawn up, the purple book's numbers order."""

    version: OrderedList | None
    rows: list[ListRow]
    gone: list[ListRow]


def list_of_day(group_id: int, day: date, lines: Mapping[int, PovertyLine]) -> ListOfDay:
    """The list in force on a day, with everybody who is no longer on it apart. Five statements."""
    version = (
        OrderedList.objects.filter(group_id=group_id, drawn_on__lte=day)
        .select_related("recorded_by")
        .order_by("-drawn_on", "-number")
        .first()
    )
    places = {
        place.member_number: place
        for place in ListPlace.objects.filter(
            group_id=group_id, list_number=version.number if version else 0
        )
    }
    states = household_states(group_id, day)
    incomes = standing_incomes(group_id)
    money_lines = {year: line.amount for year, line in lines.items()}
    rows = []
    for member in _members(group_id):
        income = income_to_list_by(member, incomes)
        place = places.get(member.number)
        rows.append(
            ListRow(
                place.place if place else (None if version else member.number),
                member,
                income,
                place.income if place else None,
                place.reason if place else "",
                above_line(income.amount, income.survey_year, money_lines) if income else None,
                states.get(member.number, HouseholdState()),
            )
        )
    rows.sort(key=lambda row: (row.place is None, row.place or 0, row.member.number))
    return ListOfDay(
        version,
        [row for row in rows if row.state.is_on_list],
        [row for row in rows if not row.state.is_on_list],
    )


def households_to_order(group_id: int, day: date) -> list[tuple[Membership, ListedHousehold]]:
    """The target households of a day with the income each would be placed by. Three statements."""
    states = household_states(group_id, day)
    incomes = standing_incomes(group_id)
    nothing = HouseholdState()
    to_order = []
    for member in _members(group_id):
        if states.get(member.number, nothing).is_on_list:
            income = income_to_list_by(member, incomes)
            amount, year = (income.amount, income.survey_year) if income else (None, None)
            to_order.append((member, ListedHousehold(member.number, amount, year)))
    return to_order


def versions_of(group_id: int) -> list[OrderedList]:
    """Every list that was drawn up, the latest first. One statement."""
    lists = OrderedList.objects.filter(group_id=group_id).select_related("recorded_by")
    return list(lists.order_by("-drawn_on", "-number"))


def _members(group_id: int) -> list[Membership]:
    members = Membership.objects.filter(group_id=group_id).select_related("person", "household")
    return list(members.order_by("number"))
