"""The early warning: what is seen in the books, and how soon somebody should look."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.early_warning import (
    EXAMPLE_BOUNDS,
    Bounds,
    Care,
    EarlyWarning,
    Sign,
    warning_of,
)
from kongthun.domain.fund_position import FundPosition
from kongthun.domain.money import ZERO, Money

DAY = date(2026, 11, 22)


def fund(*, missing: int = 0, households: int = 200_000, capital: int = 280_000) -> FundPosition:
    """A fund of so many baht, of which some are with households, some missing, the rest in bank."""
    return FundPosition(
        capital=Money.baht(capital),
        households=Money.baht(households),
        bank=Money.baht(capital - households - missing),
        unexplained=Money.baht(missing),
    )


def warned(
    position: FundPosition,
    *,
    overdue: int = 0,
    moved_days_ago: int | None = 10,
    rows: int = 0,
    bounds: Bounds = EXAMPLE_BOUNDS,
) -> EarlyWarning:
    moved = None if moved_days_ago is None else DAY - timedelta(days=moved_days_ago)
    return warning_of(
        position,
        Money.baht(overdue),
        last_movement_on=moved,
        rows_set_aside=rows,
        as_of=DAY,
        bounds=bounds,
    )


def test_a_fund_where_all_is_well_shows_no_sign() -> None:
    assert warned(fund()) == EarlyWarning(Care.OK, ())


@pytest.mark.parametrize(
    ("missing", "care"),
    [(1, Care.WATCH), (5_600, Care.WATCH), (5_601, Care.UNEXPLAINED), (210_000, Care.UNEXPLAINED)],
)
def test_money_nobody_explains_counts_from_two_in_a_hundred(missing: int, care: Care) -> None:
    assert warned(fund(missing=missing, households=0)) == EarlyWarning(care, (Sign.MISSING,))


def test_books_that_hold_too_much_are_a_question_but_no_alarm() -> None:
    for surplus in (1, 200_000):
        warning = warned(fund(missing=-surplus))
        assert warning == EarlyWarning(Care.WATCH, (Sign.SURPLUS,))


@pytest.mark.parametrize(
    ("overdue", "care", "sign"),
    [
        (1, Care.WATCH, Sign.SOME_OVERDUE),
        (84_000, Care.WATCH, Sign.SOME_OVERDUE),
        (84_001, Care.VISIT, Sign.MUCH_OVERDUE),
        (280_000, Care.VISIT, Sign.MUCH_OVERDUE),
    ],
)
def test_overdue_money_asks_for_a_visit_above_thirty_in_a_hundred(
    overdue: int, care: Care, sign: Sign
) -> None:
    assert warned(fund(households=280_000), overdue=overdue) == EarlyWarning(care, (sign,))


def test_interest_kept_counts_to_what_the_fund_was_entrusted_with() -> None:
    with_interest = FundPosition(
        capital=Money.baht(280_000),
        interest=Money.baht(20_000),
        households=Money.baht(200_000),
        bank=Money.baht(100_000),
    )
    assert warned(with_interest, overdue=90_000).care == Care.WATCH
    assert warned(with_interest, overdue=90_001).care == Care.VISIT


@pytest.mark.parametrize(("days", "signs"), [(730, ()), (731, (Sign.STILL,)), (None, ()), (-1, ())])
def test_money_that_stands_still_for_over_two_years_asks_for_a_visit(
    days: int | None, signs: tuple[Sign, ...]
) -> None:
    warning = warned(fund(), moved_days_ago=days)
    assert warning == EarlyWarning(Care.VISIT if signs else Care.OK, signs)


def test_a_still_fund_with_nothing_lent_out_is_not_asked_about() -> None:
    assert warned(fund(households=0), moved_days_ago=5_000) == EarlyWarning(Care.OK, ())


def test_rows_that_wait_are_worth_a_look() -> None:
    assert warned(fund(), rows=1) == EarlyWarning(Care.WATCH, (Sign.ROWS_SET_ASIDE,))


def test_signs_come_together_and_the_gravest_decides() -> None:
    warning = warned(
        fund(missing=100_000, households=100_000), overdue=90_000, moved_days_ago=999, rows=3
    )
    assert warning.care == Care.UNEXPLAINED
    assert warning.signs == (
        *(Sign.MISSING, Sign.MUCH_OVERDUE, Sign.STILL),
        Sign.ROWS_SET_ASIDE,
    )


def test_an_office_may_set_its_own_bounds() -> None:
    strict = Bounds(missing_share=0, overdue_share=0, still_days=30)
    assert warned(fund(missing=1), bounds=strict).care == Care.UNEXPLAINED
    assert warned(fund(), overdue=1, bounds=strict).signs == (Sign.MUCH_OVERDUE,)
    assert warned(fund(), moved_days_ago=31, bounds=strict).signs == (Sign.STILL,)


def test_an_empty_fund_shows_no_sign_and_one_without_capital_is_not_divided_by() -> None:
    nothing = FundPosition()
    assert warned(nothing, moved_days_ago=None) == EarlyWarning(Care.OK, ())
    assert warned(nothing, overdue=1).care == Care.VISIT


BAHT = st.integers(-300_000, 300_000).map(Money.baht)
SOME = st.integers(0, 400_000).map(Money.baht)
POSITIONS = st.builds(FundPosition, capital=SOME, interest=SOME, households=SOME, unexplained=BAHT)
DAYS = st.none() | st.integers(0, 3_000).map(lambda days: DAY - timedelta(days=days))
ROWS = st.integers(0, 5)


@given(POSITIONS, SOME, SOME, DAYS, ROWS)
def test_more_overdue_never_lowers_the_care(
    position: FundPosition, overdue: Money, more: Money, moved: date | None, rows: int
) -> None:
    def care(amount: Money) -> Care:
        return warning_of(
            position, amount, last_movement_on=moved, rows_set_aside=rows, as_of=DAY
        ).care

    assert care(overdue + more) >= care(overdue)


@given(POSITIONS, SOME, DAYS, ROWS, ROWS)
def test_more_rows_that_wait_and_a_longer_stillness_never_lower_the_care(
    position: FundPosition, overdue: Money, moved: date | None, rows: int, more: int
) -> None:
    def care(count: int, day: date) -> Care:
        return warning_of(
            position, overdue, last_movement_on=moved, rows_set_aside=count, as_of=day
        ).care

    assert care(rows + more, DAY) >= care(rows, DAY)
    assert care(rows, DAY + timedelta(days=400)) >= care(rows, DAY)


@given(POSITIONS, SOME, DAYS, ROWS)
def test_the_same_books_give_the_same_warning_and_care_has_a_sign(
    position: FundPosition, overdue: Money, moved: date | None, rows: int
) -> None:
    def warning() -> EarlyWarning:
        return warning_of(position, overdue, last_movement_on=moved, rows_set_aside=rows, as_of=DAY)

    assert warning() == warning()
    assert (warning().care == Care.OK) == (warning().signs == ())
    assert len(set(warning().signs)) == len(warning().signs)


def test_no_overdue_is_no_sign() -> None:
    assert warned(fund(), overdue=0) == EarlyWarning(Care.OK, ())
    assert warning_of(
        fund(), ZERO, last_movement_on=DAY, rows_set_aside=0, as_of=DAY
    ) == EarlyWarning(Care.OK, ())
