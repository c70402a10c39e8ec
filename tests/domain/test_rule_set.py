"""Rule sets: limits as dated data, kept whole beside what they judged."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.money import Money
from kongthun.domain.rule_set import (
    LIMITS,
    SURPLUS,
    WHOLE,
    BadValue,
    Limit,
    RuleSet,
    SurplusNotWhole,
    UnknownLimit,
    faults_of,
    in_force,
    read_value,
    rule_set_of,
)


def limit(name: str, value: int | str | None, clause: str = "", *, checked: bool = False) -> Limit:
    return Limit(name, value, clause, "แบบสัญญาที่เผยแพร่", is_checked=checked)


def rules(*limits: Limit, starts_on: date = date(2010, 1, 1), code: str = "kkk/2") -> RuleSet:
    return RuleSet(code, "ระเบียบ พ.ศ. 2553", starts_on, {one.name: one for one in limits})


def test_a_limit_knows_its_clause_and_that_nobody_has_checked_it() -> None:
    found = rules(limit("term_months", 36, "ข้อ 21"))["term_months"]
    assert (found.count, found.clause, found.is_checked) == (36, "ข้อ 21", False)


def test_where_the_rules_are_silent_nothing_is_limited() -> None:
    silent = rules()["largest_loan"]
    assert (silent.money, silent.count, silent.says_yes) == (None, None, False)


def test_a_sum_is_whole_satang() -> None:
    assert rules(limit("largest_loan", 20_000_00))["largest_loan"].money == Money.baht(20_000)


def test_a_choice_is_neither_a_sum_nor_a_count() -> None:
    found = rules(limit("interest_method", "flat"))["interest_method"]
    assert (found.money, found.count, found.value) == (None, None, "flat")


def test_a_name_that_no_rule_knows_is_an_error() -> None:
    with pytest.raises(KeyError):
        rules()["largest_lone"]


def test_what_was_kept_beside_a_decision_reads_back_as_it_was() -> None:
    judged_by = rules(
        limit("term_months", 36, "ข้อ 21", checked=True),
        limit("interest_method", "none"),
        limit("largest_loan", None),
    )
    assert rule_set_of(json.loads(json.dumps(judged_by.as_json()))) == judged_by


@given(
    st.dictionaries(
        st.sampled_from(sorted(LIMITS)), st.one_of(st.none(), st.integers(0, 10**9)), max_size=8
    ),
    st.booleans(),
)
def test_any_set_of_limits_can_be_kept(values: dict[str, int | None], checked: bool) -> None:
    kept = rules(*(limit(name, value, checked=checked) for name, value in values.items()))
    assert rule_set_of(kept.as_json()) == kept


def test_what_was_not_kept_by_us_is_not_read() -> None:
    with pytest.raises(KeyError):
        rule_set_of({})
    with pytest.raises(ValueError, match="soon"):
        rule_set_of({"code": "x", "name": "x", "starts_on": "soon", "limits": {}})


def test_the_rules_of_a_day_are_the_latest_that_had_begun() -> None:
    first = rules(starts_on=date(1993, 8, 17), code="kkk/1")
    second = rules(starts_on=date(2010, 1, 1), code="kkk/2")
    assert in_force([second, first], date(2009, 12, 31)) == first
    assert in_force([second, first], date(2010, 1, 1)) == second
    assert in_force([second, first], date(1990, 1, 1)) is None


def test_of_two_that_begin_on_one_day_the_one_adopted_later_counts() -> None:
    first, second = rules(code="adopted/1"), rules(code="adopted/2")
    found = in_force([first, second], date(2011, 1, 1))
    assert found is not None
    assert found.code == "adopted/2"


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("largest_loan", "20,000", 20_000_00),
        ("largest_loan", "๒๐,๐๐๐.๕๐", 20_000_50),
        ("largest_loan", "  ", None),
        ("interest_rate", "6.5", 650),
        ("term_months", "36", 36),
        ("must_be_listed", "ใช่", 1),
        ("must_be_listed", "ไม่ใช่", 0),
        ("must_be_listed", "1", 1),
        ("interest_method", "declining", "declining"),
        ("year_end_month", "3", 3),
        ("year_end_month", "๑๒", 12),
        ("surplus_dividend", "33.33", 3333),
    ],
)
def test_a_value_is_read_as_people_type_it(name: str, raw: str, value: int | str | None) -> None:
    assert read_value(name, raw) == value


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("largest_loan", "มาก"),
        ("largest_loan", "-5"),
        ("term_months", "36.5"),
        ("must_be_listed", "บางที"),
        ("interest_method", "compound"),
        ("year_end_month", "0"),
        ("year_end_month", "13"),
    ],
)
def test_a_value_that_can_not_be_is_answered_with_what_was_typed(name: str, raw: str) -> None:
    assert read_value(name, raw) == BadValue(name, raw)


def test_faults_of_a_set_come_all_together() -> None:
    limits = {
        "largest_lone": limit("largest_lone", 1),
        "term_months": limit("term_months", -1),
        "interest_method": limit("interest_method", "compound"),
        "must_be_listed": limit("must_be_listed", 2),
        "witnesses": limit("witnesses", "two"),
        "guarantors": limit("guarantors", None),
        "opinion_needed": limit("opinion_needed", 1),
    }
    assert faults_of(limits) == [
        UnknownLimit("largest_lone"),
        BadValue("term_months", "-1"),
        BadValue("interest_method", "compound"),
        BadValue("must_be_listed", "2"),
        BadValue("witnesses", "two"),
    ]


@pytest.mark.parametrize("month", [0, 13])
def test_a_year_ends_in_one_of_twelve_months(month: int) -> None:
    assert faults_of({"year_end_month": limit("year_end_month", month)}) == [
        BadValue("year_end_month", str(month))
    ]
    assert faults_of({"year_end_month": limit("year_end_month", 12)}) == []


def split(*parts: int | None) -> dict[str, Limit]:
    return {name: limit(name, part) for name, part in zip(SURPLUS, parts, strict=False)}


def test_rules_without_a_split_of_the_surplus_are_whole() -> None:
    assert faults_of({}) == []
    assert faults_of(split(None, None)) == []


def test_a_split_that_makes_everything_is_whole_and_what_is_not_named_is_nothing() -> None:
    assert faults_of(split(4000, 3000, 1500, 500, 1000, 0)) == []
    assert faults_of(split(WHOLE)) == []
    assert faults_of(split(6667, 3333, None)) == []


@pytest.mark.parametrize(
    ("parts", "over"),
    [((4000, 3000), -3000), ((9999,), -1), ((6667, 3334), 1), ((0, 0, 0, 0, 0, 0), -WHOLE)],
)
def test_a_split_that_leaves_something_or_gives_too_much_says_how_much(
    parts: tuple[int, ...], over: int
) -> None:
    [fault] = faults_of(split(*parts))
    assert fault == SurplusNotWhole(WHOLE + over)
    assert isinstance(fault, SurplusNotWhole)
    assert fault.over == over


@given(st.lists(st.integers(0, WHOLE), min_size=5, max_size=5))
def test_the_last_part_can_always_be_the_rest(parts: list[int]) -> None:
    rest = WHOLE - sum(parts)
    if rest >= 0:
        assert faults_of(split(*parts, rest)) == []
    assert faults_of(split(*parts, abs(rest) + 1)) != []
