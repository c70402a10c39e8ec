"""Where the money is, and the law that it is all somewhere (docs/rules/fund_position.md)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.fund_position import (
    POSITION_FIELDS,
    FundPosition,
    movements,
    position_of,
)
from kongthun.domain.journal import AccountKind, Deed, Line
from kongthun.domain.money import Money

Entry = tuple[Deed, tuple[Line, ...]]


def moved(deed: Deed, to: str, from_: str, baht: int, satang: int = 0) -> Entry:
    amount = Money.baht(baht, satang)
    return deed, (Line(to, amount), Line(from_, -amount))


def taken_back(entry: Entry) -> Entry:
    deed, lines = entry
    return deed, tuple(Line(account, -amount) for account, amount in lines)


# A village's books as docs/rules/fund_position.md tells them.
BOOKS = [
    moved(Deed.CAPITAL_RECEIVED, "bank:1", "capital:state", 280_000),
    moved(Deed.CASH_WITHDRAWN, "cash", "bank:1", 200_000),
    moved(Deed.LOAN_PAID_OUT, "loan:1", "cash", 120_000),
    moved(Deed.LOAN_PAID_OUT, "loan:2", "cash", 80_000),
    moved(Deed.REPAYMENT_RECEIVED, "cash", "loan:1", 60_000),
    moved(Deed.CASH_DEPOSITED, "bank:1", "cash", 50_000),
    moved(Deed.INTEREST_RECEIVED, "bank:1", "interest", 1_156, 19),
    moved(Deed.FEE_PAID, "expense", "bank:1", 56, 19),
    moved(Deed.CASH_COUNTED, "unexplained", "cash", 6_000),
    moved(Deed.CLAIM_RECOGNISED, "claim:1", "unexplained", 5_000),
    moved(Deed.LOSS_RECOGNISED, "loss", "loan:2", 3_000),
]

AMOUNTS = st.integers(-(10**12), 10**12)
KINDS = st.sampled_from(AccountKind).map(str)
ACCOUNTS = KINDS | st.builds("{}:{}".format, KINDS, st.integers(1, 99))
LINES = st.lists(st.builds(Line, ACCOUNTS, AMOUNTS.map(Money)), max_size=5)
POSITIONS = st.builds(FundPosition, *(AMOUNTS.map(Money) for _ in POSITION_FIELDS))


@st.composite
def balanced_entries(draw: st.DrawFn) -> Entry:
    lines = draw(LINES)
    rest = Money(-sum(line.amount.satang for line in lines))
    return draw(st.sampled_from(Deed)), (*lines, Line(draw(ACCOUNTS), rest))


HISTORIES = st.lists(balanced_entries(), max_size=8)


# ----------------------------------------------------------------------------------- one village


def test_the_books_of_a_village_say_where_its_280_000_baht_are() -> None:
    assert position_of(BOOKS) == FundPosition(
        capital=Money.baht(280_000),
        interest=Money.baht(1_100),
        lent=Money.baht(200_000),
        repaid=Money.baht(60_000),
        households=Money.baht(137_000),
        bank=Money.baht(131_100),
        cash=Money.baht(4_000),
        claims=Money.baht(5_000),
        loss=Money.baht(3_000),
        unexplained=Money.baht(1_000),
    )


def test_both_sides_of_the_law_come_to_the_same_sum() -> None:
    village = position_of(BOOKS)
    assert village.accounted == village.entrusted == Money.baht(281_100)
    assert village.is_conserved


@pytest.mark.parametrize("place", ["households", "bank", "cash", "claims", "loss", "unexplained"])
def test_a_satang_too_much_in_any_place_breaks_the_law(place: str) -> None:
    village = position_of(BOOKS)
    assert not replace(village, **{place: getattr(village, place) + Money(1)}).is_conserved


@pytest.mark.parametrize("source", ["capital", "interest"])
def test_a_satang_that_came_from_nowhere_breaks_the_law(source: str) -> None:
    village = position_of(BOOKS)
    assert not replace(village, **{source: getattr(village, source) + Money(1)}).is_conserved


def test_a_fund_without_entries_has_nothing_anywhere() -> None:
    assert position_of([]) == FundPosition()
    assert FundPosition().is_conserved


def test_the_unexplained_is_below_nothing_when_the_books_hold_more_than_was_given() -> None:
    found = position_of([moved(Deed.BANK_UNEXPLAINED, "bank:1", "unexplained", 500)])
    assert found == FundPosition(bank=Money.baht(500), unexplained=-Money.baht(500))
    assert found.is_conserved


# ----------------------------------------------------------------------------------- movements


@pytest.mark.parametrize(
    ("account", "place", "satang"),
    [
        ("loan:12", "households", 700),
        ("bank:1", "bank", 700),
        ("bank:2", "bank", 700),
        ("cash", "cash", 700),
        ("claim:1", "claims", 700),
        ("loss", "loss", 700),
        ("unexplained", "unexplained", 700),
        ("capital:state", "capital", -700),
        ("interest", "interest", -700),
        ("income", "interest", -700),
        ("expense", "interest", -700),
    ],
)
def test_a_debit_of_seven_baht_moves_one_sum(account: str, place: str, satang: int) -> None:
    assert movements(Deed.CASH_COUNTED, [Line(account, Money(700))]) == {place: satang}


def test_money_moved_between_two_passbooks_moves_no_sum() -> None:
    assert movements(*moved(Deed.CASH_DEPOSITED, "bank:2", "bank:1", 100)) == {"bank": 0}


def test_a_pay_out_of_two_contracts_counts_both_as_lent() -> None:
    lines = [
        Line("loan:1", Money(500)),
        Line("loan:2", Money(200)),
        Line("cash", Money(-700)),
    ]
    assert movements(Deed.LOAN_PAID_OUT, lines) == {"households": 700, "lent": 700, "cash": -700}


def test_a_repayment_on_two_contracts_counts_both_as_repaid() -> None:
    lines = [
        Line("cash", Money(700)),
        Line("loan:1", Money(-500)),
        Line("loan:2", Money(-200)),
    ]
    assert movements(Deed.REPAYMENT_RECEIVED, lines) == {
        "cash": 700,
        "households": -700,
        "repaid": 700,
    }


def test_a_debt_that_becomes_a_claim_was_not_repaid() -> None:
    assert movements(*moved(Deed.CLAIM_RECOGNISED, "claim:1", "loan:1", 10)) == {
        "claims": 1_000,
        "households": -1_000,
    }


def test_an_account_of_no_known_kind_has_no_place() -> None:
    with pytest.raises(KeyError):
        movements(Deed.CASH_COUNTED, [Line("gold:1", Money(1))])


# ----------------------------------------------------------------------------------- laws


@given(HISTORIES)
def test_money_is_never_made_or_lost_whatever_is_written(history: list[Entry]) -> None:
    assert position_of(history).is_conserved


@given(LINES)
def test_the_law_is_broken_by_exactly_what_the_lines_are_out_of_balance(lines: list[Line]) -> None:
    """So the law is no tautology: it fails when an entry does not balance."""
    found = position_of([(Deed.CASH_COUNTED, lines)])
    out_by = sum(line.amount.satang for line in lines)
    assert (found.accounted - found.entrusted).satang == out_by


@given(HISTORIES, HISTORIES)
def test_two_histories_one_after_the_other_add_up(first: list[Entry], then: list[Entry]) -> None:
    assert position_of([*first, *then]) == position_of(first) + position_of(then)


@given(POSITIONS, POSITIONS, POSITIONS)
def test_funds_add_up_in_any_order_and_grouping(
    a: FundPosition, b: FundPosition, c: FundPosition
) -> None:
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a + FundPosition() == a == FundPosition() + a


def test_a_district_is_the_sum_of_its_funds_place_by_place() -> None:
    one_of_each = FundPosition(*(Money(number) for number in range(1, 11)))
    ten_of_each = FundPosition(*(Money(number * 10) for number in range(1, 11)))
    assert one_of_each + ten_of_each == FundPosition(*(Money(n * 11) for n in range(1, 11)))


@given(HISTORIES)
def test_taking_every_entry_back_leaves_nothing_not_even_lent_and_repaid(
    history: list[Entry],
) -> None:
    back = [taken_back(entry) for entry in reversed(history)]
    assert position_of([*history, *back]) == FundPosition()


@pytest.mark.parametrize(
    ("entry", "sum_"),
    [
        (moved(Deed.LOAN_PAID_OUT, "loan:1", "cash", 6_300), "lent"),
        (moved(Deed.REPAYMENT_RECEIVED, "cash", "loan:1", 700), "repaid"),
    ],
)
def test_lent_and_repaid_come_back_when_an_entry_is_taken_back(entry: Entry, sum_: str) -> None:
    assert getattr(position_of([entry]), sum_)
    assert not getattr(position_of([entry, taken_back(entry)]), sum_)


LOANS = st.builds("loan:{}".format, st.integers(1, 9))
BAHT = st.integers(1, 30_000)
PAY_OUTS = st.builds(moved, st.just(Deed.LOAN_PAID_OUT), LOANS, st.just("cash"), BAHT)
REPAYMENTS = st.builds(moved, st.just(Deed.REPAYMENT_RECEIVED), st.just("cash"), LOANS, BAHT)


@given(st.lists(PAY_OUTS | REPAYMENTS | PAY_OUTS.map(taken_back) | REPAYMENTS.map(taken_back)))
def test_households_owe_what_was_lent_less_what_was_sent_back(history: list[Entry]) -> None:
    village = position_of(history)
    assert village.households == village.lent - village.repaid
