"""Quantities as they are typed, and what goods cost by moving average."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.stock import (
    LARGEST_QUANTITY,
    Stock,
    UnreadableQuantity,
    quantity_text,
    read_quantity,
    spread,
    sum_at,
    unit_cost,
)

QUANTITIES = st.integers(1, 10**9)
SUMS = st.integers(0, 10**12).map(Money)


@pytest.mark.parametrize(
    ("typed", "thousandths"),
    [
        ("2.5", 2_500),
        ("๒.๕", 2_500),
        (" 1,200 ", 1_200_000),
        ("๑,๒๐๐.๐๐๑", 1_200_001),
        ("1200", 1_200_000),
        (".25", 250),
        ("2½", 2_500),
        ("½", 500),
        ("1 ¾", 1_750),
        ("0", 0),
        ("0.0050", 5),
        ("1,000,000,000,000", LARGEST_QUANTITY),
    ],
)
def test_a_quantity_is_read_as_it_is_typed(typed: str, thousandths: int) -> None:
    assert read_quantity(typed) == thousandths


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "blank"),
        ("   ", "blank"),
        ("สองโล", "words"),
        ("-2", "words"),
        ("1,20", "words"),
        ("2..5", "words"),
        ("2.", "words"),
        ("1.½", "words"),
        ("0.0005", "too_fine"),
        ("1,000,000,000,000.001", "too_large"),
        ("9" * 19, "too_large"),
    ],
)
def test_what_is_not_plainly_a_quantity_says_why(typed: str, why: str) -> None:
    assert read_quantity(typed) == UnreadableQuantity(typed, why)  # type: ignore[arg-type]


@given(st.integers(0, LARGEST_QUANTITY))
def test_a_quantity_reads_back_as_it_is_written(quantity: int) -> None:
    assert read_quantity(quantity_text(quantity)) == quantity


def test_a_difference_below_zero_is_written_with_its_sign() -> None:
    assert (quantity_text(-2_500), quantity_text(-1_000), quantity_text(0)) == ("-2.5", "-1", "0")


@given(QUANTITIES, SUMS, st.data())
def test_what_is_taken_out_and_what_is_left_make_what_was_there(
    quantity: int, cost: Money, data: st.DataObject
) -> None:
    stock = Stock(quantity, cost)
    out = data.draw(st.integers(1, quantity))
    left = stock.take_out(out)
    assert left.quantity == quantity - out
    assert left.cost + stock.cost_of(out) == cost
    # Never further from the average than half a satang.
    assert abs(2 * (stock.cost_of(out).satang * quantity - cost.satang * out)) <= quantity


@given(st.lists(st.tuples(QUANTITIES, SUMS), min_size=1, max_size=5), st.data())
def test_the_last_of_it_takes_the_rest_so_nothing_left_costs_nothing(
    bought: list[tuple[int, Money]], data: st.DataObject
) -> None:
    stock = Stock()
    for quantity, cost in bought:
        stock = stock.put_in(quantity, cost)
    taken = ZERO
    for _ in range(4):
        if not stock.quantity:
            break
        out = data.draw(st.integers(1, stock.quantity))
        taken += stock.cost_of(out)
        stock = stock.take_out(out)
    if stock.quantity:
        taken += stock.cost_of(stock.quantity)
        stock = stock.take_out(stock.quantity)
    assert stock == Stock()
    assert taken == total(cost for _, cost in bought)


def test_more_than_there_is_can_not_be_taken_out() -> None:
    stock = Stock(2_000, Money.baht(30))
    for wrong in (0, -1, 2_001):
        with pytest.raises(ValueError, match="taken out"):
            stock.cost_of(wrong)
        with pytest.raises(ValueError, match="taken out"):
            stock.take_out(wrong)


@pytest.mark.parametrize(("quantity", "cost"), [(-1, 0), (1, -1), (0, 1)])
def test_there_is_no_stock_below_nothing_and_no_cost_of_nothing(quantity: int, cost: int) -> None:
    with pytest.raises(ValueError, match="no such stock"):
        Stock(quantity, Money(cost))


@pytest.mark.parametrize(("quantity", "cost"), [(0, 1), (-1, 1), (1, -1)])
def test_nothing_can_not_come_in(quantity: int, cost: int) -> None:
    with pytest.raises(ValueError, match="nothing came in"):
        Stock().put_in(quantity, Money(cost))


def test_the_average_moves_with_what_comes_in() -> None:
    stock = Stock().put_in(100_000, Money.baht(1_000)).put_in(50_000, Money.baht(650))
    assert stock.unit_cost == Money.baht(11)
    assert stock.cost_of(30_000) == Money.baht(330)
    assert Stock().unit_cost == ZERO


def test_what_is_found_is_worth_the_average_of_what_is_there() -> None:
    assert Stock(2_000, Money.baht(30)).worth_of(5_000) == Money.baht(75)
    for stock, quantity in ((Stock(), 1), (Stock(1, Money(1)), 0)):
        with pytest.raises(ValueError, match="average"):
            stock.worth_of(quantity)


def test_a_unit_is_told_to_the_nearest_satang_and_a_sum_at_a_price_too() -> None:
    assert unit_cost(Money(200), 3_000) == Money(67)
    assert sum_at(Money(333), 1_500) == Money(500)
    assert sum_at(Money.baht(25), 1) == Money(3)  # two and a half satang, halves up


@given(SUMS, st.lists(st.integers(0, 10**12), min_size=1, max_size=6))
def test_a_divided_cost_adds_up_to_the_satang(cost: Money, weights: list[int]) -> None:
    assume(sum(weights) > 0)
    shares = spread(cost, weights)
    assert total(shares) == cost
    for share, weight in zip(shares, weights, strict=True):
        exact = cost.satang * weight / sum(weights)
        assert share.satang >= exact - 1 - exact * 1e-12


@pytest.mark.parametrize(("cost", "weights"), [(1, [0, 0]), (1, []), (1, [3, -1]), (-1, [1])])
def test_a_cost_is_not_divided_by_nothing(cost: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="divided"):
        spread(Money(cost), weights)
