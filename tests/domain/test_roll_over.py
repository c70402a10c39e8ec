"""Money brought and fetched again: planted patterns, and what looks like one but is none."""

from __future__ import annotations

import doctest
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain import roll_over as roll_over_module
from kongthun.domain.arrears import Part
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.roll_over import (
    EXAMPLE_BOUNDS,
    Bounds,
    LoanLife,
    OpenLoan,
    ParAfterRollOver,
    RollOver,
    RollOverKind,
    Step,
    days_late_at_payoff,
    par_after_roll_over,
    roll_overs,
)

# The households of docs/rules/roll_over.md.
A, B, C, D, E = 1, 2, 3, 4, 5
MEETING = date(2024, 10, 5)


def loan(
    contract: int,
    household: int,
    baht: int,
    lent: date,
    paid_off: date | None = None,
    *,
    late: int = 0,
    before: Iterable[tuple[date, int]] = (),
) -> LoanLife:
    """A loan; what was not sent back ``before`` comes on the day it is paid off."""
    parts = [(day, Money.baht(sum_)) for day, sum_ in before]
    if paid_off is not None:
        parts.append((paid_off, Money.baht(baht) - total(sum_ for _, sum_ in parts)))
    return LoanLife(
        contract=contract,
        household=household,
        principal=Money.baht(baht),
        paid_out_on=lent,
        repayments=tuple(parts),
        settled_on=paid_off,
        days_late_when_settled=late,
    )


def after(days: int, day: date = MEETING) -> date:
    return day + timedelta(days=days)


LONG_AGO = date(2020, 10, 5)
# A's debt, a year late, is paid off at the meeting; two days later A has the money again.
LATE = loan(1, A, 10_000, LONG_AGO, MEETING, late=370)
AGAIN = loan(2, A, 10_000, after(2))
SAME = RollOver(
    RollOverKind.SAME_HOUSEHOLD,
    steps=(Step(1, 2, 370),),
    households=(A,),
    days_between=2,
    amount=Money.baht(10_000),
)


# -------------------------------------------------------------------------------- same household


def test_a_late_debt_paid_off_and_lent_again_two_days_later_is_seen() -> None:
    assert roll_overs([LATE, AGAIN]) == [SAME]
    assert SAME.contracts == (1, 2)
    assert SAME.was_overdue


def test_an_ordinary_next_round_months_later_is_none() -> None:
    in_time = loan(1, A, 10_000, LONG_AGO, MEETING)
    assert roll_overs([in_time, loan(2, A, 10_000, after(120))]) == []
    assert roll_overs([LATE, loan(2, A, 10_000, after(120))]) == []


def test_who_paid_in_time_and_borrows_for_the_next_planting_season_is_none() -> None:
    harvest, planting = date(2025, 3, 31), date(2025, 5, 10)
    rice = loan(1, A, 12_000, date(2024, 5, 10), harvest)
    assert roll_overs([rice, loan(2, A, 12_000, planting)]) == []


@pytest.mark.parametrize(("days", "is_seen"), [(0, True), (7, True), (8, False)])
def test_the_last_day_of_the_window_counts(days: int, is_seen: bool) -> None:
    assert bool(roll_overs([LATE, loan(2, A, 10_000, after(days))])) is is_seen


@pytest.mark.parametrize(("days", "is_seen"), [(-7, True), (-8, False)])
def test_a_debt_paid_off_with_the_new_loan_in_hand_is_seen_too(days: int, is_seen: bool) -> None:
    found = roll_overs([LATE, loan(2, A, 10_000, after(days))])
    assert bool(found) is is_seen
    assert [hit.days_between for hit in found] == ([7] if is_seen else [])


def test_a_whole_loan_brought_at_once_in_time_and_fetched_again_is_seen_but_was_not_late() -> None:
    (hit,) = roll_overs([loan(1, A, 10_000, LONG_AGO, MEETING), AGAIN])
    assert not hit.was_overdue


def test_who_sent_the_parts_back_one_by_one_and_borrows_again_is_none() -> None:
    yearly = [(date(2021, 9, 30), 4_000), (date(2022, 9, 30), 4_000)]
    in_parts = loan(1, A, 12_000, LONG_AGO, MEETING, before=yearly)
    assert roll_overs([in_parts, loan(2, A, 12_000, after(1))]) == []


@pytest.mark.parametrize(("before", "is_seen"), [(1_000, True), (1_001, False)])
def test_a_tenth_sent_back_earlier_leaves_it_the_whole_loan(before: int, is_seen: bool) -> None:
    nearly = loan(1, A, 10_000, LONG_AGO, MEETING, before=[(date(2021, 9, 30), before)])
    assert bool(roll_overs([nearly, AGAIN])) is is_seen


def test_the_late_rest_of_a_loan_lent_again_is_seen_with_its_own_sum() -> None:
    rest = loan(1, A, 12_000, LONG_AGO, MEETING, late=5, before=[(date(2021, 9, 30), 8_000)])
    (hit,) = roll_overs([rest, loan(2, A, 12_000, after(1))])
    assert hit.amount == Money.baht(4_000)


def test_money_brought_on_several_days_of_the_window_counts_together() -> None:
    in_a_week = loan(1, A, 10_000, LONG_AGO, MEETING, before=[(after(-7), 4_000)])
    (hit,) = roll_overs([in_a_week, AGAIN])
    assert hit.amount == Money.baht(10_000)
    a_day_earlier = loan(1, A, 10_000, LONG_AGO, MEETING, before=[(after(-8), 4_000)])
    assert roll_overs([a_day_earlier, AGAIN]) == []


@pytest.mark.parametrize(("baht", "is_seen"), [(5_000, True), (4_999, False)])
def test_who_really_gave_more_than_half_back_is_none(baht: int, is_seen: bool) -> None:
    assert bool(roll_overs([LATE, loan(2, A, baht, after(2))])) is is_seen


def test_no_more_goes_round_than_was_brought() -> None:
    (hit,) = roll_overs([LATE, loan(2, A, 25_000, after(2))])
    assert hit.amount == Money.baht(10_000)


def test_a_loan_that_is_still_owed_is_rolled_over_by_nothing() -> None:
    owed = loan(1, A, 10_000, LONG_AGO)
    assert roll_overs([owed, AGAIN]) == []


def test_a_loan_settled_without_money_is_rolled_over_by_nothing() -> None:
    forgiven = LoanLife(1, A, Money.baht(10_000), LONG_AGO, (), MEETING, 370)
    assert roll_overs([forgiven, AGAIN]) == []


def test_each_link_of_a_chain_is_told() -> None:
    second = loan(2, A, 10_000, after(2), after(300))
    third = loan(3, A, 10_000, after(301))
    assert [hit.contracts for hit in roll_overs([LATE, second, third])] == [(1, 2), (2, 3)]


# -------------------------------------------------------------------------------- rings

# A pays off, B is lent as much two days later, pays it off after two months, and A has it again.
RING = [
    loan(1, A, 10_000, LONG_AGO, MEETING, late=370),
    loan(2, B, 10_000, after(2), after(60)),
    loan(3, A, 10_000, after(62)),
]
SEEN_RING = RollOver(
    RollOverKind.RING,
    steps=(Step(1, 2, 370), Step(2, 3, 0)),
    households=(A, B),
    days_between=62,
    amount=Money.baht(10_000),
)


def test_money_that_goes_to_a_neighbour_and_back_is_a_ring() -> None:
    assert roll_overs(RING) == [SEEN_RING]
    assert SEEN_RING.contracts == (1, 2, 3)


def test_one_pays_and_another_is_lent_at_the_same_meeting_and_that_is_none() -> None:
    assert roll_overs([LATE, loan(2, B, 10_000, MEETING)]) == []


def test_a_whole_meeting_of_payoffs_and_loans_to_others_is_none() -> None:
    paid = [loan(n, n, 10_000, LONG_AGO, MEETING, late=30) for n in range(1, 15)]
    lent = [loan(n, n, 10_000, MEETING) for n in range(15, 29)]
    assert roll_overs(paid + lent) == []


def test_a_ring_may_close_by_another_loan_of_the_neighbour() -> None:
    loans = [
        loan(1, A, 10_000, LONG_AGO, MEETING),
        loan(2, B, 10_000, after(3)),
        loan(3, B, 10_000, LONG_AGO, after(11)),
        loan(4, A, 10_000, after(18)),
    ]
    assert [hit.contracts for hit in roll_overs(loans)] == [(1, 2, 3, 4)]


def test_money_that_was_paid_off_before_the_neighbour_had_any_closes_no_ring() -> None:
    loans = [
        loan(1, A, 10_000, LONG_AGO, MEETING),
        loan(2, B, 10_000, after(7)),
        loan(3, B, 10_000, LONG_AGO, after(-1)),
        loan(4, A, 10_000, after(6), after(90)),
    ]
    assert [hit for hit in roll_overs(loans) if hit.kind == RollOverKind.RING] == []


def test_a_debt_the_neighbour_made_later_closes_no_ring() -> None:
    loans = [
        loan(1, A, 10_000, LONG_AGO, MEETING),
        loan(2, B, 10_000, after(2)),
        loan(3, B, 10_000, after(30), after(90)),
        loan(4, A, 10_000, after(91)),
    ]
    assert roll_overs(loans) == []


def _round(households: list[int], every: int = 30) -> list[LoanLife]:
    """Money handed on from each household to the next, one day after every payoff."""
    first = loan(1, households[0], 10_000, LONG_AGO, MEETING)
    rest = [
        loan(n, household, 10_000, after((n - 2) * every + 1), after((n - 1) * every))
        for n, household in enumerate(households[1:], start=2)
    ]
    return [first, *rest]


def test_a_ring_of_four_households_is_seen_and_one_of_five_is_not() -> None:
    (hit,) = roll_overs(_round([A, B, C, D, A]))
    assert hit.contracts == (1, 2, 3, 4, 5)
    assert hit.households == (A, B, C, D)
    assert roll_overs(_round([A, B, C, D, E, A])) == []
    wider = Bounds(ring_households=5)
    assert [hit.households for hit in roll_overs(_round([A, B, C, D, E, A]), bounds=wider)] == [
        (A, B, C, D, E)
    ]


def test_a_ring_tells_only_whom_it_passes_through_once() -> None:
    hits = roll_overs(_round([A, B, C, B, A]))
    assert [hit.households for hit in hits] == [(B, C)]


@pytest.mark.parametrize(("days", "is_seen"), [(180, True), (181, False)])
def test_a_ring_closes_within_half_a_year_or_is_none(days: int, is_seen: bool) -> None:
    slow = [RING[0], loan(2, B, 10_000, after(2), after(days)), loan(3, A, 10_000, after(days))]
    assert bool(roll_overs(slow)) is is_seen


@pytest.mark.parametrize(("baht", "is_seen"), [(9_000, True), (8_999, False)])
def test_the_sums_of_a_ring_are_about_the_same(baht: int, is_seen: bool) -> None:
    ring = [RING[0], loan(2, B, baht, after(2), after(60)), loan(3, A, baht, after(62))]
    found = roll_overs(ring)
    assert bool(found) is is_seen
    assert [hit.amount for hit in found] == ([Money.baht(baht)] if is_seen else [])


def test_the_least_that_went_all_the_way_round_is_told() -> None:
    ring = [RING[0], loan(2, B, 9_500, after(2), after(60)), loan(3, A, 9_200, after(62))]
    assert [hit.amount for hit in roll_overs(ring)] == [Money.baht(9_200)]


def test_sums_that_shrink_a_little_at_each_step_are_held_against_the_first() -> None:
    ring = [
        RING[0],
        loan(2, B, 9_200, after(2), after(60)),
        loan(3, C, 8_500, after(62), after(90)),
        loan(4, A, 8_000, after(91)),
    ]
    assert roll_overs(ring) == []


def test_money_lent_before_the_other_paid_is_no_step_of_a_ring() -> None:
    assert roll_overs([RING[0], loan(2, B, 10_000, after(-1), after(60)), RING[2]]) == []


def test_what_a_household_fetched_itself_went_to_no_neighbour() -> None:
    both_again = [
        loan(1, A, 10_000, LONG_AGO, MEETING),
        loan(2, B, 10_000, LONG_AGO, MEETING),
        loan(3, A, 10_000, MEETING, after(50)),
        loan(4, B, 10_000, MEETING, after(50)),
        loan(5, A, 10_000, after(51)),
        loan(6, B, 10_000, after(51)),
    ]
    hits = roll_overs(both_again)
    assert {hit.kind for hit in hits} == {RollOverKind.SAME_HOUSEHOLD}
    assert [hit.contracts for hit in hits] == [(1, 3), (2, 4), (3, 5), (4, 6)]


def test_a_payoff_that_the_household_fetched_again_itself_begins_no_ring() -> None:
    fetched = loan(4, A, 10_000, after(1))
    assert [hit.contracts for hit in roll_overs([*RING, fetched])] == [(1, 4)]


def test_a_loan_upon_a_households_own_payoff_came_from_no_neighbour() -> None:
    own = loan(4, B, 10_000, LONG_AGO, after(1))
    assert [hit.contracts for hit in roll_overs([*RING, own])] == [(4, 2)]


def test_a_quick_ring_is_told_once_however_often_it_turns() -> None:
    hits = roll_overs(_round([A, B, A, B, A]))
    assert [hit.contracts for hit in hits] == [(1, 2, 3), (2, 3, 4), (3, 4, 5)]
    late = roll_overs([LATE, *_round([A, B, A, B, A])[1:]])
    assert [hit.contracts for hit in late] == [(1, 2, 3), (2, 3, 4), (3, 4, 5)]


def _meeting(pairs: int) -> list[LoanLife]:
    """``pairs`` of A and B who hand money on at one meeting and back at the next."""
    loans = []
    for pair in range(pairs):
        one, other, number = 10 + pair, 20 + pair, 100 + 10 * pair
        loans += [
            loan(number, one, 10_000, LONG_AGO, MEETING),
            loan(number + 1, other, 10_000, MEETING, after(90)),
            loan(number + 2, one, 10_000, after(90)),
        ]
    return loans


def test_where_many_bring_and_many_are_lent_the_same_sum_nobody_can_say_whose_it_was() -> None:
    assert len(roll_overs(_meeting(1))) == 1
    assert len(roll_overs(_meeting(3))) > 1
    assert roll_overs(_meeting(4)) == []
    assert roll_overs(_meeting(4), bounds=Bounds(crowd=4)) != []


def test_a_payoff_that_may_have_become_any_of_many_loans_is_no_step() -> None:
    rivals = [loan(n, n, 10_000, after(1)) for n in (10, 11)]
    assert roll_overs([*RING, *rivals]) == [SEEN_RING]
    assert roll_overs([*RING, *rivals, loan(12, 12, 10_000, after(1))]) == []


def test_a_loan_that_may_have_come_from_any_of_many_payoffs_is_no_step() -> None:
    rivals = [loan(n, n, 10_000, LONG_AGO, after(61)) for n in (10, 11)]
    assert roll_overs([*RING, *rivals]) == [SEEN_RING]
    assert roll_overs([*RING, *rivals, loan(12, 12, 10_000, LONG_AGO, after(61))]) == []


def test_loans_of_quite_another_sum_are_no_crowd() -> None:
    others = [loan(n, n, 20_000, after(1)) for n in range(10, 20)]
    assert roll_overs([*RING, *others]) == [SEEN_RING]


# -------------------------------------------------------------------------------- taking turns


def _turns(times: int, *, late: int = 0, baht: tuple[int, ...] = (10_000,)) -> list[LoanLife]:
    """A and B have the same money in turn, a year each, ``times`` times to B and back."""
    years = 2 * times + 1
    return [
        loan(
            year + 1,
            A if year % 2 == 0 else B,
            baht[year % len(baht)],
            date(2010 + year, 9, 30),
            date(2011 + year, 9, 30),
            late=late if year == 1 else 0,
        )
        for year in range(years)
    ]


def test_two_who_take_turns_and_pay_in_time_are_what_the_fund_is_for() -> None:
    assert roll_overs(_turns(5)) == []


def test_one_slow_turn_is_none_even_when_something_was_late() -> None:
    assert roll_overs(_turns(1, late=100)) == []


def test_two_slow_turns_with_something_late_are_a_ring() -> None:
    (hit,) = roll_overs(_turns(2, late=100))
    assert hit.contracts == (1, 2, 3, 4, 5)
    assert hit.households == (A, B)
    assert hit.was_overdue


def test_many_slow_turns_are_told_by_twos_from_either_side() -> None:
    assert [hit.contracts for hit in roll_overs(_turns(3, late=100))] == [
        (1, 2, 3, 4, 5),
        (2, 3, 4, 5, 6),
    ]


def test_slow_turns_of_quite_another_sum_do_not_repeat() -> None:
    first = _turns(1, late=100)
    then = [
        loan(each.contract + 10, each.household, 30_000, later(each.paid_out_on), later_paid)
        for each in _turns(1)
        if (later_paid := later(each.settled_on or MEETING))
    ]
    assert roll_overs(first + then) == []


def later(day: date) -> date:
    return day.replace(year=day.year + 6)


# -------------------------------------------------------------------------------- PAR


def test_par_after_roll_over_counts_what_continues_a_late_debt() -> None:
    # The example of docs/rules/roll_over.md.
    owed = [
        OpenLoan(2, outstanding=Money.baht(10_000), overdue=ZERO),
        OpenLoan(7, outstanding=Money.baht(8_000), overdue=Money.baht(3_000)),
        OpenLoan(8, outstanding=Money.baht(20_000), overdue=ZERO),
    ]
    assert par_after_roll_over(owed, roll_overs([LATE, AGAIN])) == ParAfterRollOver(
        outstanding=Money.baht(38_000),
        overdue=Money.baht(3_000),
        rolled_over=Money.baht(10_000),
        contracts=(2,),
    )


def test_a_debt_lent_anew_many_times_is_still_the_late_one() -> None:
    chain = [
        LATE,
        loan(2, A, 10_000, after(2), after(300), late=20),
        loan(3, A, 10_000, after(301), after(600)),
        loan(4, A, 10_000, after(601)),
    ]
    par = par_after_roll_over([OpenLoan(4, Money.baht(10_000), ZERO)], roll_overs(chain))
    assert par.at_risk == Money.baht(10_000)


def test_the_neighbours_loan_in_a_ring_continues_the_late_debt() -> None:
    owed = [OpenLoan(2, Money.baht(4_000), ZERO), OpenLoan(3, Money.baht(6_000), ZERO)]
    assert par_after_roll_over(owed, [SEEN_RING]).rolled_over == Money.baht(10_000)


def test_money_fetched_again_after_a_payment_in_time_is_not_at_risk() -> None:
    hits = roll_overs([loan(1, A, 10_000, LONG_AGO, MEETING), AGAIN])
    par = par_after_roll_over([OpenLoan(2, Money.baht(10_000), ZERO)], hits)
    assert par.rolled_over == ZERO
    assert par.contracts == ()


def test_what_is_late_on_a_continuing_contract_is_counted_once() -> None:
    par = par_after_roll_over([OpenLoan(2, Money.baht(9_000), Money.baht(4_000))], [SAME])
    assert (par.overdue, par.rolled_over) == (Money.baht(4_000), Money.baht(5_000))
    assert par.at_risk == Money.baht(9_000)


def test_a_continuing_contract_that_is_paid_off_is_at_risk_no_more() -> None:
    par = par_after_roll_over([OpenLoan(2, ZERO, ZERO)], [SAME])
    assert par == ParAfterRollOver(ZERO, ZERO, ZERO, ())


def test_days_late_at_payoff_look_at_the_plan_as_it_stood_before_the_last_money() -> None:
    plan = [Part(date(2023, 9, 30), Money.baht(4_000)), Part(date(2024, 9, 30), Money.baht(4_000))]
    first, last = (date(2023, 9, 30), Money.baht(4_000)), (MEETING, Money.baht(4_000))
    assert days_late_at_payoff(plan, [first, last], MEETING) == 5
    assert days_late_at_payoff(plan, [first], date(2024, 9, 30)) == 0
    assert days_late_at_payoff(plan, [last, last], MEETING) == 371
    assert days_late_at_payoff(plan, [], MEETING) == 0


def test_bringing_the_late_part_a_few_days_before_the_rest_does_not_hide_that_it_was_late() -> None:
    plan = [Part(date(2023, 9, 30), Money.baht(4_000)), Part(date(2025, 9, 30), Money.baht(4_000))]
    week = [(after(-7), Money.baht(4_000)), (MEETING, Money.baht(4_000))]
    assert days_late_at_payoff(plan, week, MEETING) == 364
    assert days_late_at_payoff(plan, week, MEETING, days=6) == 0


def test_the_examples_in_the_code_hold() -> None:
    results = doctest.testmod(roll_over_module)
    assert results.attempted > 0
    assert results.failed == 0


# -------------------------------------------------------------------------------- laws

# A small village and few sums, so that patterns of every kind come up by themselves.
SHORT_DAYS = st.integers(0, 400).map(lambda days: after(days, date(2024, 1, 1)))
SUMS = (1_000, 950, 2_000)


@st.composite
def lives(
    draw: st.DrawFn, households: st.SearchStrategy[int], sums: Sequence[int] = SUMS
) -> LoanLife:
    lent = draw(SHORT_DAYS)
    held = draw(st.none() | st.integers(0, 200))
    baht = draw(st.sampled_from(sums))
    paid_off = None if held is None else after(held, lent)
    return loan(0, draw(households), baht, lent, paid_off, late=draw(st.sampled_from([0, 0, 30])))


def numbered(loans: list[LoanLife], start: int = 1) -> list[LoanLife]:
    return [
        LoanLife(
            number,
            each.household,
            each.principal,
            each.paid_out_on,
            each.repayments,
            each.settled_on,
            each.days_late_when_settled,
        )
        for number, each in enumerate(loans, start=start)
    ]


VILLAGE = st.lists(lives(st.integers(1, 4)), max_size=10).map(numbered)
# Other households with sums that nobody of the village takes for its own.
STRANGERS = st.lists(lives(st.integers(5, 8), (5_000, 5_400)), max_size=10).map(
    lambda loans: numbered(loans, 100)
)


@given(st.data(), VILLAGE)
def test_the_order_in_which_loans_are_handed_in_tells_nothing(
    data: st.DataObject, loans: list[LoanLife]
) -> None:
    jumbled = data.draw(st.permutations(loans))
    assert roll_overs(jumbled) == roll_overs(loans)


@given(VILLAGE, STRANGERS)
def test_loans_of_others_that_are_no_crowd_never_make_a_hit_go_away(
    loans: list[LoanLife], others: list[LoanLife]
) -> None:
    with_others = roll_overs(others + loans)
    assert [hit for hit in roll_overs(loans) if hit not in with_others] == []


@given(STRANGERS)
def test_the_planted_patterns_are_found_in_any_village(others: list[LoanLife]) -> None:
    assert SAME in roll_overs([*others, LATE, AGAIN])
    assert SEEN_RING in roll_overs([*others, *RING])


@given(VILLAGE)
def test_every_hit_is_what_it_says(loans: list[LoanLife]) -> None:
    by_number = {each.contract: each for each in loans}
    for hit in roll_overs(loans):
        assert hit.amount > ZERO
        assert set(hit.households) == {by_number[step.paid_off].household for step in hit.steps}
        for step in hit.steps:
            old, new = by_number[step.paid_off], by_number[step.lent_again]
            assert old.settled_on is not None
            assert abs((new.paid_out_on - old.settled_on).days) <= EXAMPLE_BOUNDS.days
            same = old.household == new.household
            assert same == (hit.kind == RollOverKind.SAME_HOUSEHOLD)
        first, last = hit.steps[0], hit.steps[-1]
        assert by_number[first.paid_off].household == by_number[last.lent_again].household


@given(VILLAGE, st.data())
def test_par_after_roll_over_lies_between_overdue_and_outstanding(
    loans: list[LoanLife], data: st.DataObject
) -> None:
    owed = []
    for each in loans:
        outstanding = data.draw(st.integers(0, each.principal.satang))
        overdue = data.draw(st.integers(0, outstanding))
        owed.append(OpenLoan(each.contract, Money(outstanding), Money(overdue)))
    par = par_after_roll_over(owed, roll_overs(loans))
    assert par.overdue == total(each.overdue for each in owed)
    assert par.overdue <= par.at_risk <= par.outstanding
