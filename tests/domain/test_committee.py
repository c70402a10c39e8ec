"""What a committee is warned of on a day, and what each of it may do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.authority import Term
from kongthun.domain.committee import (
    CommitteeRules,
    NoCommittee,
    PostVacant,
    Power,
    Sitting,
    TermEnded,
    TermEnds,
    TooFewInOffice,
    TooManyInOffice,
    TwoPosts,
    powers_of,
    warnings_on,
)

START = date(2024, 1, 15)
LAST = date(2026, 1, 14)  # two years, the day before the anniversary
RULES = CommitteeRules(least=5, most=15, years=2, warning_days=90)
POSTS = ("chairman", "vice_chairman", "secretary", "treasurer", "member")


def sitting(
    number: int,
    position: str = "member",
    *,
    who: str = "",
    starts_on: date | None = START,
    ends_on: date | None = None,
    words: str = "",
    set_number: int | None = 1,
) -> Sitting:
    term = Term(number, who or f"person {number}", position, starts_on, ends_on, words)
    return Sitting(set_number, term)


FIVE = [sitting(number, post) for number, post in enumerate(POSTS, start=1)]


def test_a_full_committee_in_mid_term_needs_nothing() -> None:
    assert warnings_on(FIVE, RULES, date(2025, 6, 1)) == []


def test_the_end_is_announced_on_the_ninetieth_day_before_it_and_not_earlier() -> None:
    assert warnings_on(FIVE, RULES, LAST - timedelta(days=91)) == []
    assert warnings_on(FIVE, RULES, LAST - timedelta(days=90)) == [TermEnds(1, LAST, 90)]
    assert warnings_on(FIVE, RULES, LAST) == [TermEnds(1, LAST, 0)]


def test_rules_without_warning_days_announce_no_end() -> None:
    silent = CommitteeRules(least=5, most=15, years=2, warning_days=None)
    assert warnings_on(FIVE, silent, LAST) == []


def test_a_committee_with_somebody_whose_end_is_unknown_does_not_end() -> None:
    open_ended = sitting(6, starts_on=None)
    assert warnings_on([*FIVE, open_ended], RULES, LAST) == []


def test_a_committee_ends_with_the_last_of_its_people() -> None:
    leaves = sitting(6, ends_on=date(2025, 12, 31))
    assert warnings_on([*FIVE, leaves], RULES, date(2025, 12, 20)) == [
        TermEnds(1, LAST, 25),
    ]


def test_no_end_is_announced_once_the_next_committee_is_elected() -> None:
    next_one = sitting(6, "chairman", starts_on=LAST + timedelta(days=1), set_number=2)
    assert warnings_on([*FIVE, next_one], RULES, LAST) == []


def test_a_next_committee_that_begins_after_a_gap_leaves_the_warning() -> None:
    later = sitting(6, "chairman", starts_on=LAST + timedelta(days=2), set_number=2)
    assert warnings_on([*FIVE, later], RULES, LAST) == [TermEnds(1, LAST, 0)]


def test_the_day_after_the_last_nobody_is_in_office() -> None:
    assert warnings_on(FIVE, RULES, LAST + timedelta(days=1)) == [TermEnded(1, LAST, None)]


def test_between_two_committees_the_day_the_next_begins_is_said() -> None:
    begins = date(2026, 2, 1)
    elected = [sitting(6, starts_on=begins, set_number=2), sitting(7, starts_on=date(2026, 3, 1))]
    assert warnings_on([*FIVE, *elected], RULES, date(2026, 1, 20)) == [TermEnded(1, LAST, begins)]
    assert warnings_on(elected[:1], RULES, date(2026, 1, 20)) == [TermEnded(None, None, begins)]


def test_a_set_without_a_number_is_named_by_none() -> None:
    unnumbered = [sitting(1, "chairman", ends_on=LAST, set_number=None)]
    assert warnings_on(unnumbered, RULES, LAST + timedelta(days=1)) == [TermEnded(None, LAST, None)]


def test_nobody_ever_written_down_is_one_warning() -> None:
    assert warnings_on([], RULES, START) == [NoCommittee()]


def test_people_are_counted_and_not_seats() -> None:
    twice = [*FIVE[:4], sitting(5, who="person 4", words="ฝ่ายการตลาด")]
    found = warnings_on(twice, RULES, START)
    assert TooFewInOffice(4, 5) in found
    assert TwoPosts((4, 5), ("treasurer", "ฝ่ายการตลาด")) in found


def test_a_book_brought_in_twice_is_no_second_post() -> None:
    assert warnings_on([*FIVE, sitting(6, "member", who="person 5")], RULES, START) == []


def test_more_than_the_most_is_said_and_the_most_itself_is_not() -> None:
    rules = CommitteeRules(least=None, most=5, years=2, warning_days=90)
    assert warnings_on(FIVE, rules, START) == []
    assert warnings_on([*FIVE, sitting(6)], rules, START) == [TooManyInOffice(6, 5)]


def test_rules_that_are_silent_ask_for_no_number() -> None:
    silent = CommitteeRules(least=None, most=None, years=None, warning_days=None)
    assert warnings_on(FIVE, silent, START) == []


@pytest.mark.parametrize("gone", [0, 2, 3])
def test_an_empty_chair_is_named(gone: int) -> None:
    rest = [each for place, each in enumerate(FIVE) if place != gone]
    found = warnings_on(rest, RULES, START)
    assert PostVacant(POSTS[gone]) in found
    assert sum(isinstance(each, PostVacant) for each in found) == 1


@given(st.integers(-900, 900))
def test_on_any_day_a_whole_committee_ends_once_or_not_at_all(days: int) -> None:
    found = warnings_on(FIVE, RULES, START + timedelta(days=days))
    assert len(found) <= 1
    assert all(isinstance(each, TermEnds | TermEnded) for each in found)


def test_only_the_chairman_pays_out_and_only_where_money_is_lent_before_witnesses() -> None:
    assert powers_of("chairman", witnesses=2, signers=2) == tuple(Power)
    assert powers_of("chairman", witnesses=None, signers=2) == (Power.DECIDES, Power.SIGNS)
    assert powers_of("treasurer", witnesses=2, signers=2) == (Power.DECIDES, Power.SIGNS)
    assert powers_of("member", witnesses=None, signers=None) == (Power.DECIDES,)
