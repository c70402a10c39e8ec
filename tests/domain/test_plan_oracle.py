"""Plans with interest against other people's arithmetic: numpy-financial, and published tables.

The others reckon in floats and round nothing; ours is rounded at every part. Totals must agree to
half a satang and interest to one, the last part apart, which carries the rounding of all before it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy_financial
import pytest

from kongthun.domain.money import Money, total
from kongthun.domain.plan import (
    Interest,
    InterestTerms,
    PlannedPart,
    annuity,
    due_days,
    equal_parts,
    months_later,
    with_interest,
)

PAID_OUT_ON = date(2025, 9, 30)
# What floats may add to half a satang, to one, to both.
FLOATS = 1e-6
GRID = [
    pytest.param(Money.baht(baht), rate_bp, count, months, id=f"{baht}-{rate_bp}-{count}x{months}")
    for baht in (2_500, 12_000, 280_000)
    for rate_bp in (1, 100, 600, 650, 824, 1_200, 1_500)
    for count, months in ((1, 12), (3, 12), (6, 6), (12, 1), (36, 1), (60, 1), (10, 3))
]

# The example of numpy-financial's reference for ipmt: 2,500 at 8.24 % a year over twelve months.
# Part, principal, interest, outstanding.
PUBLISHED = [
    (1, "200.58", "17.17", "2299.42"),
    (2, "201.96", "15.79", "2097.46"),
    (3, "203.35", "14.40", "1894.11"),
    (4, "204.74", "13.01", "1689.37"),
    (5, "206.15", "11.60", "1483.22"),
    (6, "207.56", "10.18", "1275.66"),
    (7, "208.99", "8.76", "1066.67"),
    (8, "210.42", "7.32", "856.25"),
    (9, "211.87", "5.88", "644.38"),
    (10, "213.32", "4.42", "431.05"),
    (11, "214.79", "2.96", "216.26"),
    (12, "216.26", "1.49", "0.00"),
]
PUBLISHED_INTEREST = "112.98"


def money(text: str) -> Money:
    return Money(int(Decimal(text) * 100))


def by_annuity(principal: Money, rate_bp: int, count: int, every_months: int) -> list[PlannedPart]:
    return annuity(
        principal,
        rate_bp=rate_bp,
        paid_out_on=PAID_OUT_ON,
        count=count,
        every_months=every_months,
    )


@pytest.mark.parametrize(("principal", "rate_bp", "count", "every_months"), GRID)
def test_an_annuity_is_that_of_numpy_financial_to_a_satang_a_part(
    principal: Money, rate_bp: int, count: int, every_months: int
) -> None:
    rate = rate_bp * every_months / 120_000
    parts = by_annuity(principal, rate_bp, count, every_months)
    level = -numpy_financial.pmt(rate, count, principal.satang)
    for place, part in enumerate(parts[:-1], start=1):
        assert abs(part.total.satang - level) <= 0.5 + FLOATS
        interest = -numpy_financial.ipmt(rate, place, count, principal.satang)
        # Half a satang here, and what the parts before were off, with its interest.
        grown = (1 + rate) ** (place - 1)
        assert abs(part.interest.satang - interest) <= min(grown - 0.5, 1.0) + FLOATS, place
        share = -numpy_financial.ppmt(rate, place, count, principal.satang)
        assert abs(part.principal.satang - share) <= min(grown, 1.5) + FLOATS, place
    drift = ((1 + rate) ** count - 1) / rate
    assert abs(parts[-1].total.satang - level) <= drift


@pytest.mark.parametrize(("principal", "rate_bp", "count", "every_months"), GRID)
def test_interest_of_equal_parts_is_that_of_the_outstanding_balance(
    principal: Money, rate_bp: int, count: int, every_months: int
) -> None:
    """One period's interest is numpy-financial's first interest on what is outstanding then."""
    first = months_later(PAID_OUT_ON, every_months)
    parts = with_interest(
        equal_parts(principal, due_days(first, count=count, every_months=every_months)),
        paid_out_on=PAID_OUT_ON,
        terms=InterestTerms(Interest.DECLINING, rate_bp),
    )
    outstanding = principal.satang
    for part in parts:
        rate = rate_bp * every_months / 120_000
        interest = -numpy_financial.ipmt(rate, 1, count, outstanding)
        assert abs(part.interest.satang - interest) <= 0.5 + FLOATS
        outstanding -= part.principal.satang
    assert outstanding == 0


def test_a_published_table_is_ours_to_a_satang() -> None:
    parts = by_annuity(Money.baht(2_500), 824, 12, 1)
    outstanding = Money.baht(2_500)
    for part, (_, principal, interest, left) in zip(parts, PUBLISHED, strict=True):
        outstanding -= part.principal
        assert abs(part.interest - money(interest)) <= Money(1)
        if left != "0.00":
            assert abs(part.principal - money(principal)) <= Money(1)
            assert part.total == Money.baht(217, 75)
            assert abs(outstanding - money(left)) <= Money(3)
    assert not outstanding
    assert abs(total(part.interest for part in parts) - money(PUBLISHED_INTEREST)) <= Money(3)


def test_the_same_table_by_our_rounding_stands_to_the_satang() -> None:
    parts = by_annuity(Money.baht(2_500), 824, 12, 1)
    assert [(part.principal.plain, part.interest.plain) for part in parts] == [
        ("200.58", "17.17"),
        ("201.96", "15.79"),
        ("203.35", "14.40"),
        ("204.74", "13.01"),
        ("206.15", "11.60"),
        ("207.57", "10.18"),
        ("208.99", "8.76"),
        ("210.43", "7.32"),
        ("211.87", "5.88"),
        ("213.33", "4.42"),
        ("214.79", "2.96"),
        ("216.24", "1.48"),
    ]
    assert [part.total.plain for part in parts] == ["217.75"] * 11 + ["217.72"]


@pytest.mark.parametrize(
    ("principal", "rate_bp", "count", "every_months", "level"),
    [
        # The examples of spreadsheet handbooks for PMT and of numpy-financial's reference for pmt.
        (10_000, 800, 10, 1, "1037.03"),
        (200_000, 750, 180, 1, "1854.02"),
    ],
)
def test_published_instalments_are_ours(
    principal: int, rate_bp: int, count: int, every_months: int, level: str
) -> None:
    parts = by_annuity(Money.baht(principal), rate_bp, count, every_months)
    assert {part.total for part in parts[:-1]} == {money(level)}


def test_thirty_years_of_months_pay_off_the_last_satang() -> None:
    """CUMIPMT and CUMPRINC of spreadsheet handbooks: 125,000 at 9 % a year over thirty years."""
    parts = by_annuity(Money.baht(125_000), 900, 360, 1)
    assert parts[0].interest == money("937.50")
    assert parts[0].principal == money("68.28")
    second_year = parts[12:24]
    assert abs(total(part.interest for part in second_year) - money("11135.23")) <= Money(12)
    assert abs(total(part.principal for part in second_year) - money("934.11")) <= Money(12)
    assert total(part.principal for part in parts) == Money.baht(125_000)
