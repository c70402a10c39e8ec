"""A group's own year, and how a line of a plan stands on a day."""

from __future__ import annotations

from datetime import date

import pytest

from kongthun.domain.plans_done import PlanState, YearDays, days_of_year, own_year, plan_state

MARCH_1, MARCH_31 = date(2026, 3, 1), date(2026, 3, 31)


def stands(day: date, *done_on: date, is_dropped: bool = False) -> PlanState:
    return plan_state(
        starts_on=MARCH_1, ends_on=MARCH_31, done_on=done_on, is_dropped=is_dropped, day=day
    )


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 2, 28), PlanState.COMING),
        (MARCH_1, PlanState.NOW),
        (MARCH_31, PlanState.NOW),
        (date(2026, 4, 1), PlanState.LATE),
    ],
)
def test_a_line_that_was_not_done_stands_by_its_days(day: date, state: PlanState) -> None:
    assert stands(day) == state


def test_what_was_done_counts_from_its_own_day_on() -> None:
    done = date(2026, 3, 10)
    assert stands(date(2026, 3, 9), done) == PlanState.NOW
    assert stands(done, done) == PlanState.DONE


def test_done_too_early_or_too_late_is_done() -> None:
    assert stands(MARCH_1, date(2026, 2, 1)) == PlanState.DONE
    assert stands(date(2026, 5, 1), date(2026, 4, 30)) == PlanState.DONE


def test_a_line_given_up_is_neither_late_nor_coming() -> None:
    for day in (date(2026, 2, 1), MARCH_1, date(2026, 9, 1)):
        assert stands(day, is_dropped=True) == PlanState.DROPPED


def test_what_was_done_before_a_line_was_given_up_stays_done() -> None:
    assert stands(date(2026, 4, 1), MARCH_1, is_dropped=True) == PlanState.DONE


@pytest.mark.parametrize(
    ("end_month", "first", "last"),
    [
        (12, date(2026, 1, 1), date(2026, 12, 31)),
        (None, date(2026, 1, 1), date(2026, 12, 31)),
        (9, date(2025, 10, 1), date(2026, 9, 30)),
        (2, date(2025, 3, 1), date(2026, 2, 28)),
        (1, date(2025, 2, 1), date(2026, 1, 31)),
    ],
)
def test_a_year_is_named_by_the_year_it_ends_in(
    end_month: int | None, first: date, last: date
) -> None:
    assert days_of_year(2569, end_month) == YearDays(first, last)
    assert own_year(first, end_month) == own_year(last, end_month) == 2569
    year = days_of_year(2569, end_month)
    assert year.holds(first)
    assert year.holds(last)
    assert not year.holds(date(2028, 1, 1))


def test_february_of_a_leap_year_ends_on_its_29th() -> None:
    assert days_of_year(2567, 2) == YearDays(date(2023, 3, 1), date(2024, 2, 29))
    assert days_of_year(2568, 2).first == date(2024, 3, 1)


def test_a_year_beyond_the_calendar_is_an_error() -> None:
    with pytest.raises(ValueError, match="year"):
        days_of_year(543, 12)
