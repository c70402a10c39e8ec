"""A year's surplus is shared out to the satang."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain import surplus as rule
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.surplus import (
    Holding,
    Purpose,
    RatesUneven,
    RatesUnsaid,
    divide,
    rates_of,
    share_out,
    share_out_year,
)

P = Purpose
RATES = {
    P.DIVIDEND: 4_000,
    P.TRADE_RETURN: 3_000,
    P.RESERVE: 1_500,
    P.WELFARE: 500,
    P.COMMITTEE: 1_000,
}

sums = st.integers(0, 10**11).map(Money)
holdings = st.lists(
    st.builds(
        Holding,
        st.integers(1, 60),
        st.integers(0, 10**9).map(Money),
        st.integers(0, 10**9).map(Money),
    ),
    max_size=20,
    unique_by=lambda each: each.member_number,
)


@st.composite
def rates(draw: st.DrawFn) -> dict[Purpose, int]:
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), min_size=5, max_size=5)))
    edges = [0, *cuts, 10_000]
    return {purpose: edges[n + 1] - edges[n] for n, purpose in enumerate(Purpose)}


def test_the_examples_in_the_text_hold() -> None:
    assert doctest.testmod(rule).failed == 0


def test_a_surplus_goes_where_the_rules_say() -> None:
    pots = share_out(Money.baht(12_345, 67), RATES)
    assert {purpose: pot.text for purpose, pot in pots.items()} == {
        P.DIVIDEND: "4,938.27",
        P.TRADE_RETURN: "3,703.70",
        P.RESERVE: "1,851.85",
        P.WELFARE: "617.28",
        P.COMMITTEE: "1,234.57",
        P.CARRIED: "0",
    }


@given(sums, rates())
def test_pots_make_the_surplus(surplus: Money, by: dict[Purpose, int]) -> None:
    pots = share_out(surplus, by)
    assert list(pots) == list(Purpose)
    assert total(pots.values()) == surplus
    for purpose, pot in pots.items():
        assert abs(pot.satang * 10_000 - surplus.satang * by[purpose]) < 10_000


@given(st.integers(-(10**11), 0).map(Money), holdings)
def test_a_loss_shares_nothing(loss: Money, people: list[Holding]) -> None:
    done = share_out_year(loss, RATES, people)
    assert done.pots == dict.fromkeys(Purpose, ZERO) | {P.CARRIED: loss}
    assert not any(slip.together for slip in done.slips)
    assert done.nobody == {}


@given(sums, rates(), holdings)
def test_slips_make_their_pots_and_nothing_is_lost(
    surplus: Money, by: dict[Purpose, int], people: list[Holding]
) -> None:
    done = share_out_year(surplus, by, people)
    assert total(done.pots.values()) == surplus
    assert total(slip.dividend for slip in done.slips) == done.pots[P.DIVIDEND]
    assert total(slip.trade_return for slip in done.slips) == done.pots[P.TRADE_RETURN]
    for purpose, pot in done.nobody.items():
        assert done.pots[purpose] == ZERO
        assert pot > ZERO


@given(sums, rates(), holdings, st.randoms(use_true_random=False))
def test_the_order_of_members_does_not_matter(
    surplus: Money,
    by: dict[Purpose, int],
    people: list[Holding],
    chance: object,
) -> None:
    mixed = list(people)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert share_out_year(surplus, by, mixed) == share_out_year(surplus, by, people)


@given(sums, rates(), holdings)
def test_more_shares_never_bring_a_smaller_dividend(
    surplus: Money, by: dict[Purpose, int], people: list[Holding]
) -> None:
    slips = share_out_year(surplus, by, people).slips
    for one in slips:
        for other in slips:
            if one.shares > other.shares:
                assert one.dividend >= other.dividend
            if one.trade > other.trade:
                assert one.trade_return >= other.trade_return


@given(sums, holdings.filter(bool), st.integers(1, 10**9).map(Money))
def test_who_buys_more_shares_gets_no_less_than_before(
    surplus: Money, people: list[Holding], more: Money
) -> None:
    first, *rest = people
    richer = Holding(first.member_number, first.shares + more, first.trade)

    def dividend_of(these: list[Holding]) -> Money:
        slips = share_out_year(surplus, RATES, these).slips
        return total(s.dividend for s in slips if s.member_number == first.member_number)

    assert dividend_of([richer, *rest]) >= dividend_of([first, *rest])


def test_the_last_satang_go_to_the_lowest_numbers_of_equals() -> None:
    people = [Holding(number, Money.baht(100)) for number in (9, 4, 7)]
    done = share_out_year(Money(200), {P.DIVIDEND: 10_000}, people)
    assert [(slip.member_number, slip.dividend.satang) for slip in done.slips] == [
        (4, 67),
        (7, 67),
        (9, 66),
    ]


def test_a_pot_with_nobody_to_share_among_is_carried_and_said_so() -> None:
    done = share_out_year(Money.baht(1_000), RATES, [Holding(1, Money.baht(100)), Holding(2)])
    assert done.nobody == {P.TRADE_RETURN: Money.baht(300)}
    assert done.pots[P.TRADE_RETURN] == ZERO
    assert done.pots[P.CARRIED] == Money.baht(300)
    assert [slip.member_number for slip in done.slips] == [1]


def test_rates_make_the_whole_or_are_not_there() -> None:
    assert rates_of({}) == RatesUnsaid()
    assert rates_of(dict.fromkeys(Purpose)) == RatesUnsaid()
    assert rates_of({P.DIVIDEND: 9_999}) == RatesUneven(9_999)
    assert rates_of(RATES) == RATES | {P.CARRIED: 0}


@pytest.mark.parametrize("weights", [[], [0, 0], [3, -1]])
def test_nothing_is_divided_by_nothing_or_less(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="can not be divided"):
        divide(Money(5), weights)


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="can not be divided"):
        divide(Money(-5), [1])
    with pytest.raises(ValueError, match="rates make"):
        share_out(Money(5), {P.DIVIDEND: 9_999})
    with pytest.raises(ValueError, match="comes once"):
        share_out_year(Money(5), RATES, [Holding(1), Holding(1)])
