"""What is overdue, and since when (docs/rules/arrears.md)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.arrears import (
    BAND_DAYS,
    BANDS,
    Arrears,
    Part,
    PartState,
    arrears_of,
    band_of,
    settle,
)
from kongthun.domain.money import ZERO, Money, total

# 12,000 baht in three parts, as docs/rules/arrears.md tells it; 5,000 were sent back.
PLAN = [
    Part(date(2023, 9, 30), Money.baht(4_000)),
    Part(date(2024, 9, 30), Money.baht(4_000)),
    Part(date(2025, 9, 30), Money.baht(4_000)),
]
SENT_BACK = Money.baht(5_000)
NOTHING_LATE = Arrears(ZERO, 0, (ZERO, ZERO, ZERO, ZERO))

DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
SUMS = st.integers(0, 10**8).map(Money)
PLANS = st.lists(st.builds(Part, DAYS, SUMS), max_size=6)


# ----------------------------------------------------------------------------------- one contract


def test_a_part_due_today_is_not_late() -> None:
    assert arrears_of(PLAN, SENT_BACK, as_of=date(2024, 9, 30)) == NOTHING_LATE


def test_a_part_is_late_from_the_day_after() -> None:
    assert arrears_of(PLAN, SENT_BACK, as_of=date(2024, 10, 1)) == Arrears(
        overdue=Money.baht(3_000),
        days_late=1,
        by_band=(Money.baht(3_000), ZERO, ZERO, ZERO),
    )


def test_each_late_part_stands_in_the_band_of_its_own_age() -> None:
    assert arrears_of(PLAN, SENT_BACK, as_of=date(2025, 12, 31)) == Arrears(
        overdue=Money.baht(7_000),
        days_late=457,
        by_band=(ZERO, Money.baht(4_000), Money.baht(3_000), ZERO),
    )


def test_what_is_sent_back_settles_the_oldest_part_first() -> None:
    late = arrears_of(PLAN, Money.baht(4_000), as_of=date(2025, 12, 31))
    assert late.overdue == Money.baht(8_000)
    assert late.days_late == (date(2025, 12, 31) - date(2024, 9, 30)).days


def test_every_part_shows_how_much_of_it_is_settled_and_what_it_lacks() -> None:
    states = settle([PLAN[1], PLAN[2], PLAN[0]], SENT_BACK)
    assert states == [
        PartState(PLAN[0], Money.baht(4_000)),
        PartState(PLAN[1], Money.baht(1_000)),
        PartState(PLAN[2], ZERO),
    ]
    assert [state.lacking for state in states] == [ZERO, Money.baht(3_000), Money.baht(4_000)]


def test_a_plan_written_down_out_of_order_is_settled_by_its_days_all_the_same() -> None:
    as_of = date(2025, 12, 31)
    jumbled = [PLAN[2], PLAN[0], PLAN[1]]
    assert arrears_of(jumbled, SENT_BACK, as_of=as_of) == arrears_of(PLAN, SENT_BACK, as_of=as_of)


def test_money_sent_back_ahead_of_time_counts_for_the_parts_to_come() -> None:
    assert arrears_of(PLAN, Money.baht(12_000), as_of=date(2099, 1, 1)) == NOTHING_LATE


def test_more_than_the_plan_asks_for_leaves_nothing_late() -> None:
    assert arrears_of(PLAN, Money.baht(12_001), as_of=date(2099, 1, 1)) == NOTHING_LATE


def test_a_satang_short_is_late() -> None:
    late = arrears_of(PLAN, Money(399_999), as_of=date(2023, 10, 1))
    assert late.overdue == Money(1)
    assert late.days_late == 1


def test_a_contract_without_a_plan_is_never_late() -> None:
    assert arrears_of([], ZERO, as_of=date(2099, 1, 1)) == NOTHING_LATE


@pytest.mark.parametrize(
    ("days_late", "band"),
    [(1, 0), (90, 0), (91, 1), (365, 1), (366, 2), (1_095, 2), (1_096, 3), (9_999, 3)],
)
def test_a_band_ends_with_its_last_day(days_late: int, band: int) -> None:
    assert band_of(days_late) == band


def test_the_last_band_is_open() -> None:
    assert BAND_DAYS == (90, 365, 1_095)
    assert BANDS == 4


# ----------------------------------------------------------------------------------- laws


@given(PLANS, SUMS, DAYS)
def test_overdue_is_what_was_due_before_the_day_less_what_was_sent_back(
    plan: list[Part], settled: Money, as_of: date
) -> None:
    due = total(part.amount for part in plan if part.due_on < as_of)
    assert arrears_of(plan, settled, as_of=as_of).overdue == max(due - settled, ZERO)


@given(PLANS, SUMS)
def test_no_part_takes_more_than_it_asks_for_and_none_before_an_older_one_is_settled(
    plan: list[Part], settled: Money
) -> None:
    states = settle(plan, settled)
    assert [state.part for state in states] == sorted(plan)
    asked_for = total(part.amount for part in plan)
    assert total(state.settled for state in states) == min(settled, asked_for)
    for older, newer in pairwise(states):
        assert not older.lacking or not newer.settled
    assert all(ZERO <= state.settled <= state.part.amount for state in states)


@given(PLANS, SUMS, DAYS)
def test_never_more_is_overdue_than_is_owed(plan: list[Part], settled: Money, as_of: date) -> None:
    owed = max(total(part.amount for part in plan) - settled, ZERO)
    assert arrears_of(plan, settled, as_of=as_of).overdue <= owed


@given(PLANS, SUMS, DAYS)
def test_the_bands_add_up_to_what_is_overdue(plan: list[Part], settled: Money, as_of: date) -> None:
    late = arrears_of(plan, settled, as_of=as_of)
    assert total(late.by_band) == late.overdue
    assert len(late.by_band) == BANDS
    assert min(late.by_band) >= ZERO


@given(PLANS, SUMS, DAYS)
def test_days_are_counted_just_when_something_is_overdue(
    plan: list[Part], settled: Money, as_of: date
) -> None:
    late = arrears_of(plan, settled, as_of=as_of)
    assert bool(late.overdue) == (late.days_late > 0)
    if late.overdue:
        oldest = max(band for band, sum_ in enumerate(late.by_band) if sum_)
        assert oldest == band_of(late.days_late)


@given(PLANS, SUMS, DAYS, st.integers(0, 2_000))
def test_waiting_never_makes_less_overdue(
    plan: list[Part], settled: Money, as_of: date, days: int
) -> None:
    now = arrears_of(plan, settled, as_of=as_of)
    later = arrears_of(plan, settled, as_of=as_of + timedelta(days=days))
    assert later.overdue >= now.overdue
    assert later.days_late >= now.days_late + (days if now.overdue else 0)


@given(PLANS, SUMS, SUMS, DAYS)
def test_sending_back_never_makes_more_overdue(
    plan: list[Part], settled: Money, more: Money, as_of: date
) -> None:
    before = arrears_of(plan, settled, as_of=as_of)
    after = arrears_of(plan, settled + more, as_of=as_of)
    assert after.overdue <= before.overdue
    assert after.days_late <= before.days_late


@given(DAYS, st.lists(SUMS, min_size=1, max_size=6), SUMS, DAYS)
def test_one_part_or_many_of_the_same_day_is_all_one(
    due_on: date, sums: list[Money], settled: Money, as_of: date
) -> None:
    many = [Part(due_on, sum_) for sum_ in sums]
    assert arrears_of(many, settled, as_of=as_of) == arrears_of(
        [Part(due_on, total(sums))], settled, as_of=as_of
    )


@given(st.data(), PLANS, SUMS, DAYS)
def test_the_order_in_which_the_parts_are_written_tells_nothing(
    data: st.DataObject, plan: list[Part], settled: Money, as_of: date
) -> None:
    jumbled = data.draw(st.permutations(plan))
    assert arrears_of(jumbled, settled, as_of=as_of) == arrears_of(plan, settled, as_of=as_of)
