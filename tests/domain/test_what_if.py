"""What a proposed rule set would touch, and what it would leave alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.money import Money
from kongthun.domain.rule_set import Limit, RuleSet
from kongthun.domain.what_if import (
    DelayTooLong,
    NotOnList,
    OtherInterest,
    Standing,
    TooFewGuarantors,
    TooLarge,
    TooLong,
    TooManyOpen,
    TooManyParts,
    touched_by,
)

LOAN = Standing(
    number=1,
    is_request=False,
    household=1,
    amount=Money.baht(12_000),
    begins_on=date(2025, 1, 31),
    last_due_on=date(2027, 1, 31),
    parts=2,
    guarantors=1,
    is_listed=True,
    interest_method="none",
    interest_rate=0,
    deferred_months=6,
)


def proposed(**limits: int | str | None) -> RuleSet:
    return RuleSet(
        "proposed",
        "ชุดที่เสนอ",
        date(2026, 1, 1),
        {name: Limit(name, value, "", "", is_checked=False) for name, value in limits.items()},
    )


def kinds(rules: RuleSet, *standing: Standing) -> list[tuple[int, list[str]]]:
    return [
        (each.standing.number, [type(why).__name__ for why in each.why])
        for each in touched_by(rules, standing)
    ]


def test_rules_that_are_silent_touch_nothing() -> None:
    assert touched_by(proposed(), [LOAN]) == []


def test_a_loan_at_every_limit_is_inside_it() -> None:
    at_the_limit = proposed(
        largest_loan=1_200_000,
        instalments_most=2,
        term_months=24,
        open_loans_per_household=1,
        guarantors=1,
        must_be_listed=1,
        interest_method="none",
        interest_rate=0,
        deferral_months=6,
    )
    assert touched_by(at_the_limit, [LOAN]) == []


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        ({"largest_loan": 1_199_999}, TooLarge),
        ({"instalments_most": 1}, TooManyParts),
        ({"term_months": 23}, TooLong),
        ({"guarantors": 2}, TooFewGuarantors),
        ({"interest_method": "flat", "interest_rate": 600}, OtherInterest),
        ({"deferral_months": 5}, DelayTooLong),
        ({"open_loans_per_household": 0}, TooManyOpen),
    ],
)
def test_a_loan_past_a_limit_is_touched_and_says_by_which(
    limits: dict[str, int | str], why: type
) -> None:
    [touched] = touched_by(proposed(**limits), [LOAN])
    [only] = touched.why
    assert type(only) is why
    assert only.limit.name == next(iter(limits))


def test_all_reasons_of_a_loan_come_together() -> None:
    rules = proposed(largest_loan=1, instalments_most=1, term_months=1, guarantors=9)
    assert kinds(rules, LOAN) == [
        (1, ["TooLarge", "TooManyParts", "TooLong", "TooFewGuarantors"]),
    ]


def test_how_much_too_long_a_term_is_stands_with_it() -> None:
    [touched] = touched_by(proposed(term_months=13), [LOAN])
    limit = Limit("term_months", 13, "", "", is_checked=False)
    assert touched.why == (TooLong(24, date(2027, 1, 31), date(2026, 2, 28), limit),)


def test_a_household_with_two_open_is_touched_with_both_and_its_neighbour_is_not() -> None:
    request = Standing(number=7, is_request=True, household=1, amount=Money.baht(5_000))
    neighbour = replace(LOAN, number=2, household=2)
    rules = proposed(open_loans_per_household=1)
    assert kinds(rules, LOAN, neighbour, request) == [(1, ["TooManyOpen"]), (7, ["TooManyOpen"])]
    assert touched_by(rules, [LOAN, request])[0].why[0] == TooManyOpen(
        2, rules["open_loans_per_household"]
    )


def test_who_is_not_on_the_list_is_touched_only_where_the_list_is_asked_for() -> None:
    unlisted = replace(LOAN, is_listed=False)
    assert kinds(proposed(must_be_listed=0), unlisted) == []
    [touched] = touched_by(proposed(must_be_listed=1), [unlisted])
    assert isinstance(touched.why[0], NotOnList)


def test_what_nobody_knows_of_a_request_is_held_against_no_limit() -> None:
    request = Standing(number=7, is_request=True, household=1, amount=Money.baht(5_000))
    every_limit = proposed(
        instalments_most=0,
        term_months=0,
        guarantors=9,
        deferral_months=0,
        interest_method="flat",
        interest_rate=600,
    )
    assert touched_by(every_limit, [request]) == []


def test_a_loan_whose_days_the_paper_does_not_say_has_no_term_to_be_too_long() -> None:
    for unknown in (replace(LOAN, begins_on=None), replace(LOAN, last_due_on=None)):
        assert touched_by(proposed(term_months=0), [unknown]) == []


def test_a_rate_means_nothing_where_no_interest_is_taken() -> None:
    assert touched_by(proposed(interest_method="none", interest_rate=600), [LOAN]) == []
    with_rate = replace(LOAN, interest_method="flat", interest_rate=600)
    assert touched_by(proposed(interest_method="flat", interest_rate=600), [with_rate]) == []
    assert kinds(proposed(interest_method="flat"), with_rate) == [(1, ["OtherInterest"])]
    # Silent on the way it is reckoned: another rate alone touches nothing.
    assert touched_by(proposed(interest_rate=900), [with_rate]) == []


@given(st.integers(0, 3_000_000), st.integers(1, 3_000_000), st.integers(0, 40))
def test_a_wider_rule_set_never_touches_more(most: int, more: int, months: int) -> None:
    narrow = proposed(largest_loan=most, term_months=months, instalments_most=months % 5)
    wide = proposed(largest_loan=most + more, term_months=months + 1, instalments_most=5)
    loans = [replace(LOAN, number=n, amount=Money.baht(6_000 * n)) for n in range(1, 6)]
    outside_wide = {each.standing.number for each in touched_by(wide, loans)}
    assert outside_wide <= {each.standing.number for each in touched_by(narrow, loans)}
