"""The ordered list, poorest first, and the incomes it rests on (docs/rules/ordered_list.md)."""

from __future__ import annotations

import doctest
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain import ordered_list
from kongthun.domain.money import Money
from kongthun.domain.ordered_list import (
    IncomePrompt,
    IncomeUnknownNeedsReason,
    ListedHousehold,
    Missing,
    NeedsReason,
    Placed,
    Stranger,
    TieNeedsReason,
    Twice,
    above_line,
    faults_of,
    income_prompts,
    proposed_order,
)

# The five households of docs/rules/ordered_list.md.
VILLAGE = [
    ListedHousehold(1, Money.baht(31_000), 2564),
    ListedHousehold(2, None),
    ListedHousehold(3, Money.baht(24_500), 2564),
    ListedHousehold(4, Money.baht(31_000), 2564),
    ListedHousehold(5, Money.baht(18_000), 2564),
]
LINES = {2564: Money.baht(38_000)}
FLOOD = "บ้านเสียหายจากน้ำท่วม ที่ประชุมเห็นชอบ"
BY_NUMBER = "จับสลากในที่ประชุม"
ADOPTED = [
    Placed(5),
    Placed(2, "ยังไม่ได้สำรวจ กรรมการรับรองว่ายากจน"),
    Placed(3),
    Placed(1, BY_NUMBER),
    Placed(4),
]


# ----------------------------------------------------------------------------------- the order


def test_the_poorest_stands_first_and_an_unknown_income_last() -> None:
    assert [household.number for household in proposed_order(VILLAGE)] == [5, 3, 1, 4, 2]


def test_an_income_of_nothing_is_known_and_the_poorest() -> None:
    listed = [ListedHousehold(1, Money(1)), ListedHousehold(2, Money(0)), ListedHousehold(3, None)]
    assert [household.number for household in proposed_order(listed)] == [2, 1, 3]


def test_an_order_with_its_reasons_has_no_faults() -> None:
    assert faults_of(ADOPTED, VILLAGE) == []


def test_the_proposed_order_still_wants_reasons_for_ties_and_unknown_incomes() -> None:
    proposed = [Placed(household.number) for household in proposed_order(VILLAGE)]
    assert faults_of(proposed, VILLAGE) == [TieNeedsReason(1, (4,)), IncomeUnknownNeedsReason(2)]


def test_standing_before_poorer_households_needs_a_reason_that_names_them() -> None:
    placed = [Placed(1), Placed(5), Placed(3), Placed(4), Placed(2, FLOOD)]
    assert faults_of(placed, VILLAGE) == [NeedsReason(1, (5, 3)), TieNeedsReason(1, (4,))]


def test_one_reason_serves_whatever_is_asked() -> None:
    placed = [Placed(1, FLOOD), Placed(5), Placed(3), Placed(4), Placed(2, FLOOD)]
    assert faults_of(placed, VILLAGE) == []


def test_the_last_of_equals_needs_no_reason_and_each_before_it_does() -> None:
    equals = [ListedHousehold(number, Money.baht(20_000)) for number in (1, 2, 3)]
    placed = [Placed(3), Placed(1), Placed(2)]
    assert faults_of(placed, equals) == [TieNeedsReason(3, (1, 2)), TieNeedsReason(1, (2,))]


def test_standing_behind_an_unknown_income_needs_no_reason_of_ones_own() -> None:
    listed = [ListedHousehold(1, None), ListedHousehold(2, Money.baht(90_000))]
    assert faults_of([Placed(1, FLOOD), Placed(2)], listed) == []
    assert faults_of([Placed(2), Placed(1, FLOOD)], listed) == []


@pytest.mark.parametrize("blank", ["", " ", "\u200b \n"])
def test_white_space_is_no_reason(blank: str) -> None:
    listed = [ListedHousehold(1, None)]
    assert faults_of([Placed(1, blank)], listed) == [IncomeUnknownNeedsReason(1)]


def test_everything_that_is_wrong_is_told_together() -> None:
    placed = [Placed(9), Placed(3), Placed(5), Placed(3), Placed(3), Placed(8), Placed(9)]
    assert faults_of(placed, VILLAGE) == [
        Missing(1),
        Missing(2),
        Missing(4),
        Twice(3),
        Stranger(9),
        Stranger(8),
        NeedsReason(3, (5,)),
    ]


def test_who_is_missing_is_told_by_number() -> None:
    listed = [ListedHousehold(number, Money.baht(number)) for number in (16, 9, 8, 1)]
    assert faults_of([], listed) == [Missing(1), Missing(8), Missing(9), Missing(16)]


def test_a_household_named_twice_is_judged_at_its_first_place() -> None:
    listed = [ListedHousehold(1, Money(1)), ListedHousehold(2, Money(2))]
    placed = [Placed(2), Placed(1), Placed(2, FLOOD)]
    assert faults_of(placed, listed) == [Twice(2), NeedsReason(2, (1,))]


INCOMES = st.none() | st.integers(0, 5).map(Money.baht)


@st.composite
def villages(draw: st.DrawFn) -> list[ListedHousehold]:
    incomes = draw(st.lists(INCOMES, max_size=7))
    return [ListedHousehold(number, income) for number, income in enumerate(incomes, start=1)]


@given(villages(), st.data())
def test_the_proposed_order_depends_on_the_households_alone(
    listed: list[ListedHousehold], data: st.DataObject
) -> None:
    assert proposed_order(data.draw(st.permutations(listed))) == proposed_order(listed)


@given(villages())
def test_the_proposed_order_puts_nobody_before_a_poorer_one(listed: list[ListedHousehold]) -> None:
    faults = faults_of([Placed(each.number) for each in proposed_order(listed)], listed)
    assert [fault for fault in faults if isinstance(fault, NeedsReason)] == []
    assert {type(fault) for fault in faults} <= {TieNeedsReason, IncomeUnknownNeedsReason}


@given(villages(), st.data())
def test_any_order_may_stand_when_every_place_has_its_reason(
    listed: list[ListedHousehold], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(listed))
    assert faults_of([Placed(each.number, FLOOD) for each in order], listed) == []


@given(villages(), st.data())
def test_an_order_without_reasons_stands_only_when_incomes_rise(
    listed: list[ListedHousehold], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(listed))
    incomes = [each.income for each in order]
    known = [income for income in incomes if income is not None]
    rises = len(known) == len(incomes) and all(lower < higher for lower, higher in pairwise(known))
    assert (faults_of([Placed(each.number) for each in order], listed) == []) == rises


# ----------------------------------------------------------------------------------- the income


def test_an_income_is_asked_for_from_the_anniversary_on() -> None:
    lent = date(2023, 6, 1)
    assert income_prompts(lent, set(), as_of=date(2024, 5, 31)) == []
    assert income_prompts(lent, set(), as_of=date(2024, 6, 1)) == [
        IncomePrompt(1, date(2024, 6, 1))
    ]


def test_what_is_recorded_is_not_asked_for_again() -> None:
    # The example of docs/rules/ordered_list.md.
    assert income_prompts(date(2023, 6, 1), {2}, as_of=date(2026, 11, 22)) == [
        IncomePrompt(1, date(2024, 6, 1)),
        IncomePrompt(3, date(2026, 6, 1)),
    ]
    assert income_prompts(date(2023, 6, 1), {1, 2, 3}, as_of=date(2099, 1, 1)) == []


def test_a_loan_of_a_leap_day_has_its_anniversary_on_the_28th() -> None:
    assert income_prompts(date(2024, 2, 29), {2, 3}, as_of=date(2025, 2, 28)) == [
        IncomePrompt(1, date(2025, 2, 28))
    ]


@pytest.mark.parametrize(("baht", "has_reached"), [(37_999, False), (38_000, True), (38_001, True)])
def test_just_the_line_has_reached_it(baht: int, has_reached: bool) -> None:
    assert above_line(Money.baht(baht), 2564, LINES) is has_reached


def test_what_is_not_known_is_neither_above_nor_below() -> None:
    assert above_line(None, 2564, LINES) is None
    assert above_line(Money.baht(99_000), None, LINES) is None
    assert above_line(Money.baht(99_000), 2565, LINES) is None


def test_the_examples_in_the_code_hold() -> None:
    results = doctest.testmod(ordered_list)
    assert results.attempted > 0
    assert results.failed == 0
