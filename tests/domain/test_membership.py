"""Who is a member on a day, and how shares of beneficiaries are read and added up."""

from __future__ import annotations

import doctest
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain import membership
from kongthun.domain.membership import (
    WHOLE,
    MemberFact,
    MemberFactKind,
    Standing,
    read_share,
    share_words,
    shares_missing,
    standing_of,
)

K = MemberFactKind
JAN, FEB, MAR, APR, MAY = (date(2026, month, 10) for month in range(1, 6))
A_DAY = timedelta(days=1)


def facts(*told: tuple[str, date] | tuple[str, date, str]) -> list[MemberFact]:
    return [MemberFact(n, *each) for n, each in enumerate(told, start=1)]


# ---- what each fact makes of somebody ------------------------------------------------------------


def test_a_number_without_facts_is_an_ordinary_member_since_an_unknown_day() -> None:
    assert standing_of([], JAN) == Standing(is_member=True, kind="ordinary")


def test_a_number_given_out_to_an_application_taken_back_is_no_member() -> None:
    assert standing_of([], JAN, is_on_paper=False) == Standing(is_member=False)


def test_who_applied_waits_and_is_no_member_yet() -> None:
    told = facts((K.APPLIED, JAN, "associate"))
    assert not standing_of(told, JAN - A_DAY).is_member
    assert standing_of(told, FEB) == Standing(
        is_member=False, waits_since=JAN, waits_as="associate"
    )


def test_admission_makes_a_member_from_that_very_day() -> None:
    told = facts((K.APPLIED, JAN), (K.ADMITTED, FEB))
    assert not standing_of(told, FEB - A_DAY).is_member
    assert standing_of(told, FEB) == Standing(is_member=True, kind="ordinary", since=FEB)


def test_who_is_admitted_without_a_word_on_the_kind_gets_the_kind_they_asked_for() -> None:
    told = facts((K.APPLIED, JAN, "associate"), (K.ADMITTED, FEB))
    assert standing_of(told, MAR).kind == "associate"
    told = facts((K.APPLIED, JAN, "associate"), (K.ADMITTED, FEB, "honorary"))
    assert standing_of(told, MAR).kind == "honorary"


def test_an_admission_written_down_twice_leaves_the_first_day() -> None:
    told = facts((K.ADMITTED, JAN), (K.ADMITTED, MAR, "associate"))
    assert standing_of(told, APR) == Standing(is_member=True, kind="associate", since=JAN)
    assert standing_of(facts((K.ADMITTED, JAN, "associate"), (K.ADMITTED, MAR)), APR).kind == (
        "associate"
    )


def test_who_was_declined_neither_waits_nor_is_a_member_and_may_apply_again() -> None:
    told = facts((K.APPLIED, JAN), (K.DECLINED, FEB))
    assert standing_of(told, MAR) == Standing(is_member=False)
    again = [*told, MemberFact(3, K.APPLIED, MAR)]
    assert standing_of(again, APR).waits_since == MAR


def test_a_change_of_kind_counts_from_its_day() -> None:
    told = facts((K.CHANGED, FEB, "honorary"))
    assert standing_of(told, FEB - A_DAY).kind == "ordinary"
    assert standing_of(told, FEB) == Standing(is_member=True, kind="honorary")


def test_a_change_that_names_no_kind_changes_none() -> None:
    told = facts((K.ADMITTED, JAN, "associate"), (K.CHANGED, FEB))
    assert standing_of(told, MAR).kind == "associate"


def test_a_change_of_who_only_applied_does_not_lose_the_application() -> None:
    told = facts((K.APPLIED, JAN), (K.CHANGED, FEB, "honorary"))
    assert standing_of(told, MAR).waits_since == JAN


def test_who_left_was_a_member_on_that_day_still() -> None:
    told = facts((K.ADMITTED, JAN), (K.LEFT, FEB))
    assert standing_of(told, FEB) == Standing(is_member=True, kind="ordinary", since=JAN)
    assert standing_of(told, FEB + A_DAY) == Standing(
        is_member=False, kind="ordinary", since=JAN, left_on=FEB
    )


def test_who_left_twice_left_on_the_first_day() -> None:
    assert standing_of(facts((K.LEFT, JAN), (K.LEFT, MAR)), APR).left_on == JAN


def test_who_only_applied_can_not_have_left() -> None:
    told = facts((K.APPLIED, JAN), (K.LEFT, FEB))
    assert standing_of(told, MAR) == Standing(is_member=False, waits_since=JAN, waits_as="ordinary")


def test_a_member_of_the_paper_who_left_may_come_back() -> None:
    told = facts((K.LEFT, JAN), (K.APPLIED, FEB), (K.ADMITTED, MAR))
    assert standing_of(told, JAN).is_member
    assert not standing_of(told, FEB).is_member
    assert standing_of(told, FEB).left_on == JAN
    assert standing_of(told, MAR) == Standing(is_member=True, kind="ordinary", since=MAR)


def test_on_one_day_the_order_of_writing_decides() -> None:
    told = facts((K.APPLIED, JAN), (K.DECLINED, JAN), (K.APPLIED, JAN, "associate"))
    assert standing_of(reversed(told), JAN).waits_as == "associate"


def test_a_fact_of_no_known_kind_is_not_passed_over() -> None:
    with pytest.raises(ValueError, match="promoted"):
        standing_of(facts(("promoted", JAN)), FEB)


# ---- laws ----------------------------------------------------------------------------------------

kinds = st.sampled_from(["", "ordinary", "honorary", "associate"])
days = st.dates(date(2020, 1, 1), date(2026, 12, 31))
any_fact = st.builds(MemberFact, st.integers(1, 50), st.sampled_from(list(K)), days, kinds)
histories = st.lists(any_fact, max_size=8)
of_different_days = st.lists(any_fact, max_size=8, unique_by=lambda fact: fact.on)


@given(of_different_days, days, st.randoms(use_true_random=False))
def test_the_order_of_writing_on_different_days_does_not_matter(
    told: list[MemberFact], day: date, chance: Random
) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)
    written_anew = [replace(fact, number=n) for n, fact in enumerate(shuffled, start=1)]
    assert standing_of(written_anew, day) == standing_of(told, day)


@given(histories, days, histories)
def test_what_happens_later_changes_nothing_of_a_day(
    told: list[MemberFact], day: date, later: list[MemberFact]
) -> None:
    # Of who begins with nothing written down, a later application tells that they were outside.
    begun = [MemberFact(0, K.LEFT, date(2019, 1, 1)), *told]
    after = [replace(fact, on=day + A_DAY) for fact in later]
    assert standing_of([*begun, *after], day) == standing_of(begun, day)


@given(histories, days, kinds)
def test_an_admission_then_a_leaving_ends_it(told: list[MemberFact], day: date, kind: str) -> None:
    before = [fact for fact in told if fact.on < day]
    ended = [*before, MemberFact(98, K.ADMITTED, day, kind), MemberFact(99, K.LEFT, day)]
    assert standing_of(ended, day).is_member
    after = standing_of(ended, day + A_DAY)
    assert not after.is_member
    assert after.left_on == day
    assert after.waits_since is None


@given(histories, days)
def test_a_member_is_of_some_kind_and_waits_for_nothing_unless_they_asked(
    told: list[MemberFact], day: date
) -> None:
    standing = standing_of(told, day)
    assert bool(standing.kind) or not standing.is_member
    assert (standing.waits_since is None) == (not standing.waits_as)


@given(histories, days)
def test_taking_back_an_application_leaves_what_stood_before(
    told: list[MemberFact], day: date
) -> None:
    begun = [MemberFact(0, K.LEFT, date(2019, 1, 1)), *(f for f in told if f.on < day)]
    applied = standing_of([*begun, MemberFact(99, K.APPLIED, day)], day)
    stood = standing_of(begun, day)
    assert replace(applied, waits_since=stood.waits_since, waits_as=stood.waits_as) == stood


# ---- shares --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("50", 5_000),
        ("๓๓.๓๓", 3_333),
        ("33.3", 3_330),
        (" 12.5 % ", 1_250),
        ("100%", 10_000),
        ("0.01", 1),
        ("0", None),
        ("100.01", None),
        ("33.333", None),
        ("-5", None),
        ("1,000", None),
        ("1/2", None),
        ("²5", None),
        ("", None),
        ("ครึ่งหนึ่ง", None),
    ],
)
def test_a_share_is_read_as_typed_or_not_at_all(typed: str, share: int | None) -> None:
    assert read_share(typed) == share


@given(st.integers(1, WHOLE))
def test_a_share_reads_back_as_it_is_shown(share: int) -> None:
    assert read_share(share_words(share)) == share


@given(st.lists(st.integers(1, WHOLE), max_size=6))
def test_what_is_missing_makes_the_set_whole(shares: Sequence[int]) -> None:
    missing = shares_missing(shares)
    assert shares_missing([*shares, missing]) == 0


def test_the_examples_in_the_rule_hold() -> None:
    assert doctest.testmod(membership).failed == 0
