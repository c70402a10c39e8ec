"""Straight-line wear: whole months, to the satang, never below nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.money import ZERO, Money
from kongthun.domain.wear import wear_due, worn_by

CAME = date(2025, 3, 10)
DAYS = st.integers(0, 9_000).map(lambda days: CAME + timedelta(days=days))
VALUES = st.integers(0, 10**9).map(Money)
YEARS = st.integers(1, 50)


def test_a_year_wears_its_share() -> None:
    assert worn_by(Money.baht(24_000), 5, CAME, date(2026, 3, 10)) == Money.baht(4_800)


def test_only_whole_months_count() -> None:
    assert worn_by(Money.baht(24_000), 5, CAME, date(2025, 4, 9)) == ZERO
    assert worn_by(Money.baht(24_000), 5, CAME, date(2025, 4, 10)) == Money.baht(400)


def test_nothing_is_worn_before_the_tool_is_there() -> None:
    assert worn_by(Money.baht(24_000), 5, CAME, CAME) == ZERO
    assert worn_by(Money.baht(24_000), 5, CAME, date(2024, 1, 1)) == ZERO


@pytest.mark.parametrize(("value", "years"), [(Money(-1), 5), (Money(1), 0)])
def test_what_can_not_be_is_an_error(value: Money, years: int) -> None:
    with pytest.raises(ValueError, match="over"):
        worn_by(value, years, CAME, CAME)


@given(VALUES, YEARS, DAYS, DAYS)
def test_wear_only_grows_and_ends_at_the_whole_value(
    value: Money, years: int, one: date, other: date
) -> None:
    first, second = sorted((one, other))
    assert ZERO <= worn_by(value, years, CAME, first) <= worn_by(value, years, CAME, second)
    assert worn_by(value, years, CAME, second) <= value
    assert worn_by(value, years, CAME, date(2025 + years, 3, 10)) == value


@given(VALUES, YEARS, st.lists(DAYS, max_size=8))
def test_written_off_in_many_steps_it_comes_to_what_one_step_makes(
    value: Money, years: int, days: list[date]
) -> None:
    left = value
    for day in sorted(days):
        due = wear_due(value, left, years, CAME, day)
        assert ZERO <= due <= left
        left -= due
        assert value - left == worn_by(value, years, CAME, day)


def test_what_was_written_off_too_early_is_not_written_off_again() -> None:
    assert wear_due(Money.baht(1_200), Money.baht(100), 1, CAME, date(2025, 9, 10)) == ZERO
