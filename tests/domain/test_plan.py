"""A contract's plan (docs/rules/plans.md)."""

from __future__ import annotations

import doctest
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain import plan as plan_module
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.plan import (
    DoesNotAddUp,
    EndsTooLate,
    Interest,
    InterestTerms,
    NoParts,
    PartBeforePayOut,
    PartOfNothing,
    PartTwiceOnOneDay,
    PlanFault,
    PlannedPart,
    TooManyParts,
    annuity,
    due_days,
    equal_parts,
    faults_of,
    months_between,
    months_later,
    nearest_satang,
    with_interest,
)

PAID_OUT_ON = date(2025, 9, 30)
# Three years, a part a year, as docs/rules/plans.md tells it.
DAYS = [date(2026, 9, 30), date(2027, 9, 30), date(2028, 9, 30)]
FLAT = InterestTerms(Interest.FLAT, 600)
DECLINING = InterestTerms(Interest.DECLINING, 600)

SOME_DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
PRINCIPALS = st.integers(0, 10**9).map(Money)
RATES = st.integers(0, 5_000)
COUNTS = st.integers(1, 60)
MONTHS_APART = st.integers(1, 24)
METHODS = st.sampled_from([Interest.FLAT, Interest.DECLINING])


@st.composite
def plans(draw: st.DrawFn) -> tuple[date, list[PlannedPart]]:
    """The day of a pay-out, and parts of any sums on any days from then on."""
    paid_out_on = draw(SOME_DAYS)
    after = draw(st.lists(st.integers(0, 4_000), min_size=1, max_size=12))
    return paid_out_on, [
        PlannedPart(paid_out_on + timedelta(days=days), draw(PRINCIPALS)) for days in after
    ]


@dataclass(frozen=True)
class SoundAnnuity:
    """A thousand baht or more, up to 15 % a year, up to ten years: what a fund may lend so."""

    principal: Money
    rate_bp: int
    count: int
    every_months: int

    def parts(self) -> list[PlannedPart]:
        return annuity(
            self.principal,
            rate_bp=self.rate_bp,
            paid_out_on=PAID_OUT_ON,
            count=self.count,
            every_months=self.every_months,
        )


@st.composite
def sound_annuities(draw: st.DrawFn) -> SoundAnnuity:
    every_months = draw(st.integers(1, 12))
    return SoundAnnuity(
        principal=Money(draw(st.integers(10**5, 10**9))),
        rate_bp=draw(st.integers(0, 1_500)),
        count=draw(st.integers(1, 120 // every_months)),
        every_months=every_months,
    )


def principals(parts: Sequence[PlannedPart]) -> list[str]:
    return [part.principal.text for part in parts]


def interests(parts: Sequence[PlannedPart]) -> list[str]:
    return [part.interest.text for part in parts]


def test_the_examples_in_the_docstrings_are_true() -> None:
    results = doctest.testmod(plan_module)
    assert results.failed == 0
    assert results.attempted >= 15


# ----------------------------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 9, 30), 12, date(2026, 9, 30)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 11, 30), 1, date(2025, 12, 30)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2025, 8, 31), 0, date(2025, 8, 31)),
    ],
)
def test_a_month_too_short_has_its_last_day_instead(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_after_a_short_month_the_day_comes_back() -> None:
    assert due_days(date(2025, 1, 31), count=5, every_months=1) == [
        date(2025, 1, 31),
        date(2025, 2, 28),
        date(2025, 3, 31),
        date(2025, 4, 30),
        date(2025, 5, 31),
    ]


def test_a_part_a_year_falls_on_the_same_day_of_each_year() -> None:
    assert due_days(date(2026, 9, 30), count=3, every_months=12) == DAYS


def test_no_due_days_are_no_due_days() -> None:
    assert due_days(DAYS[0], count=0, every_months=1) == []


@pytest.mark.parametrize(("count", "every_months"), [(-1, 1), (3, 0), (3, -1)])
def test_days_that_do_not_run_on_are_no_due_days(count: int, every_months: int) -> None:
    with pytest.raises(ValueError, match="months apart"):
        due_days(DAYS[0], count=count, every_months=every_months)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2025, 9, 30), date(2026, 9, 30), 12),
        (date(2025, 9, 30), date(2026, 9, 29), 11),
        (date(2025, 1, 31), date(2025, 2, 27), 0),
        (date(2025, 1, 31), date(2025, 2, 28), 1),
        (date(2025, 1, 15), date(2025, 3, 14), 1),
        (date(2025, 1, 15), date(2025, 1, 15), 0),
    ],
)
def test_only_whole_months_count(start: date, end: date, months: int) -> None:
    assert months_between(start, end) == months


def test_no_months_lie_between_a_day_and_an_earlier_one() -> None:
    with pytest.raises(ValueError, match="lies before"):
        months_between(date(2025, 1, 15), date(2025, 1, 14))


@given(SOME_DAYS, st.integers(0, 600))
def test_so_many_months_later_so_many_months_have_passed(day: date, months: int) -> None:
    later = months_later(day, months)
    assert months_between(day, later) == months
    if months:
        assert months_between(day, later - timedelta(days=1)) == months - 1


@given(SOME_DAYS, COUNTS, MONTHS_APART)
def test_due_days_run_on_and_keep_the_day_of_the_first(
    first: date, count: int, every_months: int
) -> None:
    days = due_days(first, count=count, every_months=every_months)
    assert len(days) == count
    assert days[0] == first
    assert all(before < after for before, after in pairwise(days))
    for day in days:
        is_last_of_month = (day + timedelta(days=1)).day == 1
        assert day.day == first.day or (day.day < first.day and is_last_of_month)


# ----------------------------------------------------------------------------------- equal parts


def test_12_000_baht_in_three_parts_are_4_000_each() -> None:
    assert equal_parts(Money.baht(12_000), DAYS) == [
        PlannedPart(DAYS[0], Money.baht(4_000), ZERO),
        PlannedPart(DAYS[1], Money.baht(4_000), ZERO),
        PlannedPart(DAYS[2], Money.baht(4_000), ZERO),
    ]


def test_the_last_part_carries_the_remainder() -> None:
    assert principals(equal_parts(Money.baht(10_000), DAYS)) == ["3,333", "3,333", "3,334"]


def test_satang_go_to_the_last_part() -> None:
    parts = equal_parts(Money.baht(10_001, 50), DAYS)
    assert principals(parts) == ["3,333", "3,333", "3,335.50"]


def test_the_last_part_is_the_last_by_its_day() -> None:
    jumbled = [DAYS[2], DAYS[0], DAYS[1]]
    assert equal_parts(Money.baht(10_000), jumbled) == equal_parts(Money.baht(10_000), DAYS)


def test_fewer_baht_than_parts_leave_parts_of_nothing_which_are_named() -> None:
    parts = equal_parts(Money.baht(2), DAYS)
    assert principals(parts) == ["0", "0", "2"]
    assert judged(parts, principal=Money.baht(2)) == [PartOfNothing(1), PartOfNothing(2)]


def test_no_days_leave_no_parts_which_is_named() -> None:
    parts = equal_parts(Money.baht(2), [])
    assert parts == []
    assert judged(parts, principal=Money.baht(2)) == [NoParts()]


def test_nothing_below_zero_is_divided() -> None:
    with pytest.raises(ValueError, match="below zero"):
        equal_parts(Money(-1), DAYS)
    with pytest.raises(ValueError, match="below zero"):
        annuity(Money(-1), rate_bp=0, paid_out_on=PAID_OUT_ON, count=1, every_months=1)


@given(PRINCIPALS, SOME_DAYS, COUNTS, MONTHS_APART)
def test_equal_parts_add_up_and_differ_by_less_than_a_baht_a_part(
    principal: Money, first: date, count: int, every_months: int
) -> None:
    days = due_days(first, count=count, every_months=every_months)
    parts = equal_parts(principal, days)
    assert total(part.principal for part in parts) == principal
    assert [part.due_on for part in parts] == days
    *others, last = (part.principal for part in parts)
    assert all(share.satang % 100 == 0 for share in others)
    assert len({*others}) <= 1
    if others:
        assert ZERO <= others[0] <= last < others[0] + Money.baht(count)


# ----------------------------------------------------------------------------------- interest


def test_without_interest_every_part_is_principal_alone() -> None:
    parts = equal_parts(Money.baht(12_000), DAYS)
    assert with_interest(parts, paid_out_on=PAID_OUT_ON, terms=InterestTerms()) == parts


def test_interest_that_stood_there_before_gives_way() -> None:
    parts = [PlannedPart(DAYS[0], Money.baht(4_000), Money.baht(99))]
    assert interests(with_interest(parts, paid_out_on=PAID_OUT_ON, terms=InterestTerms())) == ["0"]
    assert interests(with_interest(parts, paid_out_on=PAID_OUT_ON, terms=FLAT)) == ["240"]


def test_flat_interest_is_on_all_of_it_for_the_whole_term() -> None:
    # 12,000 × 6 % × 3 years = 2,160.
    parts = with_interest(
        equal_parts(Money.baht(12_000), DAYS), paid_out_on=PAID_OUT_ON, terms=FLAT
    )
    assert interests(parts) == ["720", "720", "720"]
    assert [part.total.text for part in parts] == ["4,720", "4,720", "4,720"]


def test_declining_interest_is_on_what_is_outstanding() -> None:
    # 12,000, then 8,000, then 4,000 at 6 %.
    parts = with_interest(
        equal_parts(Money.baht(12_000), DAYS), paid_out_on=PAID_OUT_ON, terms=DECLINING
    )
    assert interests(parts) == ["720", "480", "240"]
    assert [part.total.text for part in parts] == ["4,720", "4,480", "4,240"]


def test_the_last_part_carries_the_satang_of_flat_interest() -> None:
    # 10,000 × 6.5 % × 10 months / 12 = 541.666… → 541.67; a third of it is 180.55 and two satang.
    days = due_days(date(2026, 1, 30), count=3, every_months=3)
    parts = with_interest(
        equal_parts(Money.baht(10_000), days),
        paid_out_on=PAID_OUT_ON,
        terms=InterestTerms(Interest.FLAT, 650),
    )
    assert interests(parts) == ["180.55", "180.55", "180.57"]


def test_declining_interest_of_each_period_goes_to_the_nearest_satang() -> None:
    # 10,000 × 6.5 % / 12 = 54.1666…; 6,667 → 36.1129…; 3,334 → 18.0591…
    days = due_days(date(2025, 10, 30), count=3, every_months=1)
    parts = with_interest(
        equal_parts(Money.baht(10_000), days),
        paid_out_on=PAID_OUT_ON,
        terms=InterestTerms(Interest.DECLINING, 650),
    )
    assert interests(parts) == ["54.17", "36.11", "18.06"]


def test_half_a_satang_goes_up() -> None:
    parts = [PlannedPart(date(2025, 10, 30), Money.baht(1))]
    for bp, satang in [(599, 0), (600, 1), (1_799, 1), (1_800, 2)]:
        for method in (Interest.FLAT, Interest.DECLINING):
            reckoned = with_interest(
                parts, paid_out_on=PAID_OUT_ON, terms=InterestTerms(method, bp)
            )
            assert reckoned[0].interest == Money(satang), (bp, method)


def test_a_few_satang_of_interest_leave_no_part_below_zero() -> None:
    # Two satang over four parts: half a satang each, and half a satang does not go up here.
    days = due_days(date(2025, 10, 30), count=4, every_months=1)
    parts = with_interest(
        equal_parts(Money.baht(4), days),
        paid_out_on=PAID_OUT_ON,
        terms=InterestTerms(Interest.FLAT, 150),
    )
    assert [part.interest.satang for part in parts] == [0, 0, 0, 2]


def test_days_one_period_does_not_fill_are_not_lost_to_the_next() -> None:
    # 15 Jan to 31 Mar are two months, to 15 Jun five: the second period has three.
    parts = [
        PlannedPart(date(2026, 3, 31), Money.baht(6_000)),
        PlannedPart(date(2026, 6, 15), Money.baht(6_000)),
    ]
    reckoned = with_interest(parts, paid_out_on=date(2026, 1, 15), terms=DECLINING)
    assert interests(reckoned) == ["120", "90"]


def test_days_that_do_not_fill_a_month_cost_nothing() -> None:
    parts = [PlannedPart(date(2026, 9, 29), Money.baht(12_000))]
    for terms in (FLAT, DECLINING):
        assert interests(with_interest(parts, paid_out_on=PAID_OUT_ON, terms=terms)) == ["660"]


def test_interest_comes_in_the_order_of_days_however_the_parts_are_written() -> None:
    parts = equal_parts(Money.baht(10_000), DAYS)
    for terms in (FLAT, DECLINING, InterestTerms()):
        in_order = with_interest(parts, paid_out_on=PAID_OUT_ON, terms=terms)
        assert with_interest(parts[::-1], paid_out_on=PAID_OUT_ON, terms=terms) == in_order


@pytest.mark.parametrize("terms", [FLAT, DECLINING])
def test_no_interest_is_reckoned_before_the_pay_out(terms: InterestTerms) -> None:
    parts = equal_parts(Money.baht(12_000), [date(2025, 9, 29), *DAYS])
    with pytest.raises(ValueError, match="lies before"):
        with_interest(parts, paid_out_on=PAID_OUT_ON, terms=terms)


@pytest.mark.parametrize("terms", [FLAT, DECLINING, InterestTerms()])
def test_no_parts_have_no_interest(terms: InterestTerms) -> None:
    assert with_interest([], paid_out_on=PAID_OUT_ON, terms=terms) == []


def test_terms_are_without_interest_unless_they_say_so() -> None:
    assert InterestTerms() == InterestTerms(Interest.NONE, 0, "months")


def test_a_rate_without_interest_is_refused() -> None:
    with pytest.raises(ValueError, match="no interest, and yet 600"):
        InterestTerms(Interest.NONE, 600)


def test_a_rate_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="not below zero"):
        InterestTerms(Interest.FLAT, -1)
    with pytest.raises(ValueError, match="not below zero"):
        annuity(Money(1), rate_bp=-1, paid_out_on=PAID_OUT_ON, count=1, every_months=1)


@pytest.mark.parametrize("rate", [6.0, "600", True, None])
def test_a_rate_is_whole_basis_points(rate: object) -> None:
    with pytest.raises(TypeError, match="whole basis points"):
        InterestTerms(Interest.FLAT, rate)  # type: ignore[arg-type]


@given(plans(), METHODS, RATES)
def test_interest_changes_no_principal_and_is_never_below_zero(
    planned: tuple[date, list[PlannedPart]], method: Interest, rate_bp: int
) -> None:
    paid_out_on, parts = planned
    reckoned = with_interest(parts, paid_out_on=paid_out_on, terms=InterestTerms(method, rate_bp))
    assert [part[:2] for part in reckoned] == [part[:2] for part in sorted(parts)]
    assert all(part.interest >= ZERO for part in reckoned)


@given(plans(), RATES)
def test_flat_interest_is_exact_to_the_nearest_satang(
    planned: tuple[date, list[PlannedPart]], rate_bp: int
) -> None:
    paid_out_on, parts = planned
    reckoned = with_interest(
        parts, paid_out_on=paid_out_on, terms=InterestTerms(Interest.FLAT, rate_bp)
    )
    principal = total(part.principal for part in parts)
    months = months_between(paid_out_on, max(part.due_on for part in parts))
    exact = Fraction(principal.satang * rate_bp * months, 120_000)
    off = total(part.interest for part in reckoned).satang - exact
    assert -Fraction(1, 2) < off <= Fraction(1, 2)
    *others, last = (part.interest for part in reckoned)
    assert len({*others}) <= 1
    if others:
        assert others[0] <= last < others[0] + Money(len(parts))


@given(plans(), RATES)
def test_any_plan_costs_no_more_on_what_is_outstanding_than_flat_but_for_its_rounding(
    planned: tuple[date, list[PlannedPart]], rate_bp: int
) -> None:
    paid_out_on, parts = planned
    flat, declining = (
        total(
            part.interest
            for part in with_interest(
                parts, paid_out_on=paid_out_on, terms=InterestTerms(method, rate_bp)
            )
        ).satang
        for method in (Interest.FLAT, Interest.DECLINING)
    )
    # Each period is rounded by itself: half a satang a part is all it can be above.
    assert declining <= flat + (len(parts) + 1) // 2


# ----------------------------------------------------------------------------------- annuity


def test_an_annuity_asks_for_the_same_total_each_time() -> None:
    # docs/rules/plans.md: 10,000 baht at 12 % a year in twelve months.
    parts = annuity(
        Money.baht(10_000), rate_bp=1_200, paid_out_on=PAID_OUT_ON, count=12, every_months=1
    )
    assert [part.total.text for part in parts] == ["888.49"] * 11 + ["888.47"]
    assert parts[0] == PlannedPart(date(2025, 10, 30), Money.baht(788, 49), Money.baht(100))
    assert parts[1].interest == Money.baht(92, 12)
    assert total(part.interest for part in parts) == Money.baht(661, 86)


def test_an_annuity_by_the_year_comes_on_the_same_day() -> None:
    parts = annuity(
        Money.baht(12_000), rate_bp=600, paid_out_on=PAID_OUT_ON, count=3, every_months=12
    )
    assert [part.due_on for part in parts] == DAYS
    # By hand: 12,000 × 0.06 / (1 − 1.06⁻³) = 4,489.3177…
    assert [part.total.text for part in parts] == ["4,489.32", "4,489.32", "4,489.31"]
    assert interests(parts) == ["720", "493.84", "254.11"]


def test_an_annuity_keeps_the_day_of_the_pay_out_after_a_short_month() -> None:
    parts = annuity(
        Money.baht(300), rate_bp=0, paid_out_on=date(2026, 1, 31), count=3, every_months=1
    )
    assert [part.due_on for part in parts] == [
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]


def test_an_annuity_at_no_rate_is_equal_parts_to_the_satang() -> None:
    parts = annuity(
        Money.baht(10_000), rate_bp=0, paid_out_on=PAID_OUT_ON, count=3, every_months=12
    )
    assert principals(parts) == ["3,333.33", "3,333.33", "3,333.34"]
    assert interests(parts) == ["0", "0", "0"]


def test_a_few_satang_among_many_parts_leave_parts_of_nothing_which_are_named() -> None:
    parts = annuity(Money(2), rate_bp=0, paid_out_on=PAID_OUT_ON, count=4, every_months=1)
    assert [part.principal.satang for part in parts] == [1, 1, 0, 0]
    assert judged(parts, principal=Money(2)) == [PartOfNothing(3), PartOfNothing(4)]


def test_an_annuity_of_no_parts_is_no_plan() -> None:
    assert annuity(Money(2), rate_bp=0, paid_out_on=PAID_OUT_ON, count=0, every_months=1) == []


@pytest.mark.parametrize(("count", "every_months"), [(-1, 1), (1, 0)])
def test_an_annuity_runs_on_by_months(count: int, every_months: int) -> None:
    with pytest.raises(ValueError, match="months apart"):
        annuity(
            Money(2), rate_bp=0, paid_out_on=PAID_OUT_ON, count=count, every_months=every_months
        )


def test_an_annuity_takes_no_rate_in_fractions() -> None:
    with pytest.raises(TypeError, match="whole basis points"):
        annuity(
            Money(2),
            rate_bp=6.0,  # type: ignore[arg-type]
            paid_out_on=PAID_OUT_ON,
            count=1,
            every_months=1,
        )


@given(PRINCIPALS, RATES, SOME_DAYS, COUNTS, MONTHS_APART)
def test_an_annuity_ends_at_zero_and_is_on_what_is_outstanding(
    principal: Money, rate_bp: int, paid_out_on: date, count: int, every_months: int
) -> None:
    parts = annuity(
        principal,
        rate_bp=rate_bp,
        paid_out_on=paid_out_on,
        count=count,
        every_months=every_months,
    )
    assert len(parts) == count
    assert total(part.principal for part in parts) == principal
    assert all(part.principal >= ZERO and part.interest >= ZERO for part in parts)
    assert all(before.due_on < after.due_on for before, after in pairwise(parts))
    outstanding = principal
    for part in parts:
        exact = Fraction(outstanding.satang * rate_bp * every_months, 120_000)
        assert abs(part.interest.satang - exact) <= Fraction(1, 2)
        outstanding -= part.principal


@given(st.fractions(-100, 100))
def test_the_nearest_satang_is_never_more_than_half_a_satang_off(exact: Fraction) -> None:
    off = nearest_satang(exact).satang - exact
    assert -Fraction(1, 2) < off <= Fraction(1, 2)


# ----------------------------------------------------------------------------------- judging


def judged(
    parts: Sequence[PlannedPart],
    *,
    principal: Money,
    last_allowed: date | None = None,
    max_parts: int | None = None,
) -> list[PlanFault]:
    return faults_of(
        parts,
        principal=principal,
        paid_out_on=PAID_OUT_ON,
        last_allowed=last_allowed,
        max_parts=max_parts,
    )


def test_a_plan_within_every_limit_may_stand() -> None:
    parts = equal_parts(Money.baht(12_000), DAYS)
    assert judged(parts, principal=Money.baht(12_000), last_allowed=DAYS[2], max_parts=3) == []


def test_without_limits_nothing_is_too_many_or_too_late() -> None:
    days = due_days(DAYS[0], count=100, every_months=12)
    assert judged(equal_parts(Money.baht(500), days), principal=Money.baht(500)) == []


def test_a_plan_that_does_not_add_up_says_by_how_much() -> None:
    parts = equal_parts(Money.baht(12_000), DAYS)
    assert judged(parts, principal=Money.baht(12_500)) == [DoesNotAddUp(Money.baht(-500))]
    assert judged(parts, principal=Money.baht(11_000)) == [DoesNotAddUp(Money.baht(1_000))]


def test_interest_does_not_help_a_plan_to_add_up() -> None:
    parts = [PlannedPart(DAYS[0], Money.baht(4_000), Money.baht(240))]
    assert judged(parts, principal=Money.baht(4_240)) == [DoesNotAddUp(Money.baht(-240))]


def test_a_part_may_be_due_on_the_day_of_the_pay_out_but_not_before() -> None:
    on_the_day = [PlannedPart(PAID_OUT_ON, Money.baht(1))]
    assert judged(on_the_day, principal=Money.baht(1)) == []
    before = [PlannedPart(date(2025, 9, 29), Money.baht(1))]
    assert judged(before, principal=Money.baht(1)) == [PartBeforePayOut(1, date(2025, 9, 29))]


def test_a_part_of_interest_alone_may_stand() -> None:
    parts = [
        PlannedPart(DAYS[0], ZERO, Money.baht(240)),
        PlannedPart(DAYS[1], Money.baht(4_000), Money.baht(240)),
    ]
    assert judged(parts, principal=Money.baht(4_000)) == []


@pytest.mark.parametrize(
    "part",
    [
        PlannedPart(DAYS[1], ZERO),
        PlannedPart(DAYS[1], Money(-1), Money(5)),
        PlannedPart(DAYS[1], Money(5), Money(-1)),
    ],
)
def test_a_part_of_nothing_or_below_zero_is_named(part: PlannedPart) -> None:
    parts = [PlannedPart(DAYS[0], Money(100)), part]
    principal = Money(100) + part.principal
    assert judged(parts, principal=principal) == [PartOfNothing(2)]


def test_a_day_with_two_parts_is_named_once() -> None:
    parts = [PlannedPart(day, Money(1)) for day in (DAYS[1], DAYS[0], DAYS[1], DAYS[1])]
    assert judged(parts, principal=Money(4)) == [PartTwiceOnOneDay(DAYS[1])]


def test_the_last_day_allowed_is_allowed() -> None:
    parts = [PlannedPart(DAYS[2], Money(1)), PlannedPart(DAYS[0], Money(1))]
    assert judged(parts, principal=Money(2), last_allowed=DAYS[2]) == []
    the_day_before = date(2028, 9, 29)
    assert judged(parts, principal=Money(2), last_allowed=the_day_before) == [
        EndsTooLate(DAYS[2], the_day_before)
    ]


def test_one_part_more_than_the_rules_allow_is_too_many() -> None:
    parts = equal_parts(Money.baht(12_000), DAYS)
    assert judged(parts, principal=Money.baht(12_000), max_parts=2) == [TooManyParts(3, 2)]


def test_everything_that_speaks_against_a_plan_comes_at_once() -> None:
    early = date(2025, 9, 1)
    parts = [
        PlannedPart(DAYS[2], Money.baht(1_000)),
        PlannedPart(early, Money.baht(1_000)),
        PlannedPart(DAYS[2], ZERO),
    ]
    assert judged(parts, principal=Money.baht(5_000), last_allowed=DAYS[1], max_parts=2) == [
        TooManyParts(3, 2),
        PartBeforePayOut(2, early),
        PartOfNothing(3),
        PartTwiceOnOneDay(DAYS[2]),
        EndsTooLate(DAYS[2], DAYS[1]),
        DoesNotAddUp(Money.baht(-3_000)),
    ]


@given(st.integers(60, 10**7), COUNTS, MONTHS_APART, RATES, st.sampled_from(Interest))
def test_equal_parts_with_their_interest_are_a_plan_that_may_stand(
    baht: int, count: int, every_months: int, rate_bp: int, method: Interest
) -> None:
    principal = Money.baht(baht)
    first = months_later(PAID_OUT_ON, every_months)
    days = due_days(first, count=count, every_months=every_months)
    terms = InterestTerms(method, 0 if method == Interest.NONE else rate_bp)
    parts = with_interest(equal_parts(principal, days), paid_out_on=PAID_OUT_ON, terms=terms)
    assert judged(parts, principal=principal, last_allowed=days[-1], max_parts=count) == []


@given(sound_annuities())
def test_an_annuity_of_ten_years_and_a_thousand_baht_is_a_plan_that_may_stand(
    sound: SoundAnnuity,
) -> None:
    parts = sound.parts()
    last = months_later(PAID_OUT_ON, sound.every_months * sound.count)
    assert judged(parts, principal=sound.principal, last_allowed=last, max_parts=sound.count) == []
    level = {part.total for part in parts[:-1]}
    assert len(level) <= 1
    # The rounding of all before it is three baht on the last part at most.
    for total_ in level:
        assert abs(parts[-1].total - total_) <= Money.baht(3)
