"""Double entry: what is let into the books, what is kept out, and how a mistake is taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.journal import (
    LARGEST_SUM,
    AccountKind,
    Deed,
    Draft,
    EmptyLine,
    EntryRefusal,
    HappensLater,
    Line,
    OutOfBalance,
    TooFewLines,
    TooLarge,
    UnknownAccountKind,
    kind_of,
    refusals_of,
    reversal_of,
)
from kongthun.domain.money import Money

TODAY = date(2026, 11, 22)
ALL_KINDS = frozenset(kind.value for kind in AccountKind)
# What a กข.คจ. fund keeps.
KINDS = ALL_KINDS - {"share", "saving"}
LENT = (Line("loan:12", Money.baht(10_000)), Line("cash", -Money.baht(10_000)))


def draft(*lines: Line, happened_on: date = TODAY) -> Draft:
    return Draft(Deed.LOAN_PAID_OUT, happened_on, lines, key="row 7")


def refused(
    *lines: Line, happened_on: date = TODAY, kinds: frozenset[str] = KINDS
) -> list[EntryRefusal]:
    return refusals_of(draft(*lines, happened_on=happened_on), kinds=kinds, today=TODAY)


@st.composite
def balanced_lines(draw: st.DrawFn) -> tuple[Line, ...]:
    kinds = st.sampled_from(AccountKind).map(str)
    accounts = kinds | st.tuples(kinds, st.integers(1, 99)).map(lambda it: f"{it[0]}:{it[1]}")
    amounts = st.integers(-(10**9), 10**9).filter(bool)
    lines = draw(st.lists(st.builds(Line, accounts, amounts.map(Money)), min_size=1, max_size=6))
    rest = -sum(line.amount.satang for line in lines)
    return (*lines, Line(draw(accounts), Money(rest))) if rest else (*lines, *turned(lines))


def turned(lines: list[Line]) -> list[Line]:
    return [Line(account, -amount) for account, amount in lines]


# ----------------------------------------------------------------------------------- let in


def test_a_sum_the_chain_can_not_carry_everywhere_is_too_large() -> None:
    at_most, beyond = Money(LARGEST_SUM), Money(LARGEST_SUM + 1)
    assert refused(Line("bank:1", at_most), Line("capital:state", -at_most)) == []
    assert refused(Line("bank:1", beyond), Line("capital:state", -beyond)) == [
        TooLarge("bank:1", beyond),
        TooLarge("capital:state", -beyond),
    ]


def test_what_one_account_gets_another_gives() -> None:
    assert refused(*LENT) == []


def test_one_sum_may_be_split_over_several_accounts() -> None:
    bank = Line("bank:1", Money.baht(2_800))
    from_cash = Line("cash", -Money.baht(2_000))
    unexplained = Line("unexplained", -Money.baht(800))
    assert refused(bank, from_cash, unexplained) == []


def test_what_happened_today_may_be_written_today() -> None:
    assert refused(*LENT, happened_on=TODAY) == []


@pytest.mark.parametrize("kind", AccountKind)
def test_money_of_every_kind_can_be_written(kind: AccountKind) -> None:
    assert refused(Line(kind, Money(1)), Line(f"{kind}:2", Money(-1)), kinds=ALL_KINDS) == []


def test_an_account_is_of_the_kind_before_its_colon() -> None:
    assert kind_of("loan:12") == AccountKind.LOAN
    assert kind_of("cash") == AccountKind.CASH


# ----------------------------------------------------------------------------------- kept out


def test_an_entry_that_is_out_by_a_satang_is_refused_with_the_difference() -> None:
    assert refused(Line("loan:12", Money(1_000_001)), Line("cash", Money(-1_000_000))) == [
        OutOfBalance(Money(1))
    ]


def test_money_that_comes_from_nowhere_is_refused() -> None:
    assert refused(Line("cash", Money(500))) == [TooFewLines(1), OutOfBalance(Money(500))]


def test_an_entry_without_lines_is_refused() -> None:
    assert refused() == [TooFewLines(0)]


def test_a_line_of_nothing_is_refused() -> None:
    assert refused(*LENT, Line("bank:1", Money(0))) == [EmptyLine("bank:1")]


def test_an_account_that_the_chart_does_not_have_is_refused() -> None:
    """A กข.คจ. fund has no shares."""
    share = (Line("cash", Money(5_000)), Line("share:3", Money(-5_000)))
    assert refused(*share) == [UnknownAccountKind("share:3")]
    with_shares = KINDS | {"share"}
    assert refusals_of(draft(*share), kinds=with_shares, today=TODAY) == []


def test_nothing_is_written_before_it_has_happened() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert refused(*LENT, happened_on=tomorrow) == [HappensLater(tomorrow, TODAY)]


def test_refusals_come_all_together() -> None:
    tomorrow = TODAY + timedelta(days=1)
    found = refused(
        Line("share:3", Money(0)), Line("cash", Money(700)), Line("gold", Money(1)),
        happened_on=tomorrow,
    )  # fmt: skip
    assert found == [
        EmptyLine("share:3"),
        UnknownAccountKind("share:3"),
        UnknownAccountKind("gold"),
        OutOfBalance(Money(701)),
        HappensLater(tomorrow, TODAY),
    ]


# ----------------------------------------------------------------------------------- taken back


def test_a_reversal_turns_every_line_round_and_names_what_it_takes_back() -> None:
    taken_back = reversal_of(
        41,
        Deed.LOAN_PAID_OUT,
        LENT,
        happened_on=date(2026, 10, 1),
        key="undo 41",
        memo="ลงผิดสัญญา",
        document="สญ.12",
    )
    assert taken_back == Draft(
        Deed.LOAN_PAID_OUT,
        date(2026, 10, 1),
        (Line("loan:12", -Money.baht(10_000)), Line("cash", Money.baht(10_000))),
        key="undo 41",
        memo="ลงผิดสัญญา",
        document="สญ.12",
        reverses=41,
    )


def test_an_ordinary_entry_takes_nothing_back() -> None:
    assert draft(*LENT).reverses is None


def take_back(lines: tuple[Line, ...]) -> Draft:
    return reversal_of(1, Deed.LOAN_PAID_OUT, lines, happened_on=TODAY, key="undo", memo="")


@given(balanced_lines())
def test_an_entry_and_its_reversal_leave_nothing_in_any_account(lines: tuple[Line, ...]) -> None:
    left: dict[str, int] = {}
    for account, amount in (*lines, *take_back(lines).lines):
        left[account] = left.get(account, 0) + amount.satang
    assert not any(left.values())


@given(balanced_lines())
def test_taking_a_reversal_back_gives_the_lines_again(lines: tuple[Line, ...]) -> None:
    assert take_back(take_back(lines).lines).lines == lines


@given(balanced_lines())
def test_whatever_was_let_in_can_be_taken_back(lines: tuple[Line, ...]) -> None:
    assert refused(*lines, kinds=ALL_KINDS) == []
    assert refused(*take_back(lines).lines, kinds=ALL_KINDS) == []
