"""Limits of law and lacking papers, as a warning for the legal officer (docs/rules/alarms.md)."""

from __future__ import annotations

import doctest
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain import alarms as alarms_module
from kongthun.domain.alarms import (
    CLAUSE,
    Alarm,
    AlarmKind,
    Limits,
    OpenPart,
    OwedContract,
    alarms_of,
    count_runs_after,
    last_day,
)
from kongthun.domain.money import Money

# The contract of docs/rules/alarms.md: 12,000 baht in three parts, all still owed.
CONTRACT = OwedContract(
    contract=12,
    principal=Money.baht(12_000),
    paid_out_on=date(2019, 10, 1),
    open_parts=(
        OpenPart(1, date(2020, 9, 30)),
        OpenPart(2, date(2021, 9, 30)),
        OpenPart(3, date(2022, 9, 30)),
    ),
)
SMALL = OwedContract(3, Money.baht(2_000), date(2025, 10, 1), has_signed_evidence=False)


def told(contract: OwedContract, as_of: date) -> list[tuple[str, int | None, int | None]]:
    """Kind, instalment and days left of every alarm."""
    return [
        (alarm.kind.value, alarm.instalment, alarm.days_left)
        for alarm in alarms_of([contract], as_of=as_of)
    ]


def owed(
    *,
    due: date | None = date(2020, 9, 30),
    acknowledged: tuple[date, ...] = (),
    repaid: tuple[date, ...] = (),
    death_known: date | None = None,
    signed: bool = True,
    baht: int = 10_000,
    number: int = 1,
) -> OwedContract:
    """A contract in one part, paid out on 1 October 2019."""
    return OwedContract(
        contract=number,
        principal=Money.baht(baht),
        paid_out_on=date(2019, 10, 1),
        open_parts=() if due is None else (OpenPart(1, due),),
        acknowledged_on=acknowledged,
        repaid_on=repaid,
        death_known_on=death_known,
        has_signed_evidence=signed,
    )


# ----------------------------------------------------------------------------------- prescription


def test_the_example_of_the_page() -> None:
    assert alarms_of([CONTRACT], as_of=date(2025, 10, 10)) == [
        Alarm(
            AlarmKind.INSTALMENT,
            contract=12,
            instalment=2,
            counted_from=date(2021, 9, 30),
            ends_on=date(2026, 9, 30),
            days_left=355,
        ),
        Alarm(
            AlarmKind.INSTALMENT,
            contract=12,
            instalment=1,
            counted_from=date(2020, 9, 30),
            ends_on=date(2025, 9, 30),
            days_left=-10,
        ),
    ]


def test_an_acknowledgement_in_the_example_silences_every_part() -> None:
    acknowledged = replace(CONTRACT, acknowledged_on=(date(2024, 3, 1),))
    assert alarms_of([acknowledged], as_of=date(2025, 10, 10)) == []
    assert told(acknowledged, date(2028, 3, 1)) == [("instalment", n, 365) for n in (1, 2, 3)]


def test_each_instalment_has_its_own_count() -> None:
    assert told(CONTRACT, date(2026, 9, 30)) == [
        ("instalment", 2, 0),
        ("instalment", 3, 365),
        ("instalment", 1, -365),
    ]


def test_the_last_day_has_not_passed_and_the_day_after_has() -> None:
    (on_the_day,) = alarms_of([owed()], as_of=date(2025, 9, 30))
    (after_it,) = alarms_of([owed()], as_of=date(2025, 10, 1))
    assert (on_the_day.days_left, on_the_day.is_passed) == (0, False)
    assert (after_it.days_left, after_it.is_passed) == (-1, True)


def test_nobody_is_warned_earlier_than_the_lead_days() -> None:
    assert told(owed(), date(2024, 9, 29)) == []
    assert told(owed(), date(2024, 9, 30)) == [("instalment", 1, 365)]


def test_a_part_that_is_not_due_yet_is_far_from_any_limit() -> None:
    assert told(owed(due=date(2030, 9, 30)), date(2025, 9, 30)) == []


def test_the_contract_as_a_whole_is_counted_from_its_oldest_open_part() -> None:
    alarms = alarms_of([CONTRACT], as_of=date(2030, 1, 1))
    (whole,) = [alarm for alarm in alarms if alarm.kind == AlarmKind.CONTRACT]
    assert (whole.counted_from, whole.ends_on) == (date(2020, 9, 30), date(2030, 9, 30))
    assert whole.instalment is None


def test_without_any_day_in_the_papers_the_count_runs_from_the_pay_out() -> None:
    (alarm,) = alarms_of([owed(due=None)], as_of=date(2029, 9, 30))
    assert (alarm.kind, alarm.ends_on, alarm.days_left) == ("contract", date(2029, 10, 1), 1)


def test_a_rule_set_may_hold_other_terms() -> None:
    limits = Limits(instalment_years=2, contract_years=3, prescription_lead_days=30)
    alarms = alarms_of([owed()], as_of=date(2022, 9, 1), limits=limits)
    assert [(alarm.kind, alarm.ends_on) for alarm in alarms] == [
        (AlarmKind.INSTALMENT, date(2022, 9, 30))
    ]


# ----------------------------------------------------------------------------------- interruption


@pytest.mark.parametrize("how", ["acknowledged", "repaid"])
def test_an_acknowledgement_or_a_part_payment_starts_the_count_anew(how: str) -> None:
    day = (date(2024, 3, 1),)
    contract = owed(acknowledged=day) if how == "acknowledged" else owed(repaid=day)
    assert told(contract, date(2025, 9, 30)) == []
    (alarm,) = alarms_of([contract], as_of=date(2029, 3, 1))
    assert (alarm.counted_from, alarm.ends_on) == (date(2024, 3, 1), date(2029, 3, 1))


def test_the_last_day_can_still_be_interrupted_and_the_day_after_can_not() -> None:
    assert told(owed(acknowledged=(date(2025, 9, 30),)), date(2025, 10, 2)) == []
    assert told(owed(acknowledged=(date(2025, 10, 1),)), date(2025, 10, 2)) == [
        ("instalment", 1, -2)
    ]


def test_an_acknowledgement_counts_on_its_own_day() -> None:
    today = date(2025, 9, 30)
    assert told(owed(acknowledged=(today,)), today) == []


def test_what_came_before_the_part_was_due_starts_nothing() -> None:
    assert told(owed(repaid=(date(2020, 6, 1),)), date(2025, 9, 30)) == [("instalment", 1, 0)]


def test_interruptions_follow_each_other_in_whatever_order_they_are_written() -> None:
    days = (date(2029, 1, 1), date(2024, 3, 1))
    (alarm,) = alarms_of([owed(acknowledged=days)], as_of=date(2034, 1, 1))
    assert alarm.ends_on == date(2034, 1, 1)


def test_what_happens_later_is_not_known_yet() -> None:
    later = date(2026, 1, 1)
    contract = owed(acknowledged=(date(2025, 9, 25),), death_known=later)
    assert told(contract, date(2025, 9, 20)) == [("instalment", 1, 10)]
    assert told(contract, later) == [("heirs", None, 365)]
    assert alarms_of([owed(signed=False)], as_of=date(2019, 9, 30)) == []


# ----------------------------------------------------------------------------------- death


def test_a_death_is_told_from_the_day_the_committee_knew() -> None:
    known = date(2024, 1, 15)
    assert told(owed(due=None, death_known=known), date(2024, 1, 14)) == []
    assert told(owed(due=None, death_known=known), known) == [("heirs", None, 366)]


def test_the_limit_to_claim_from_the_heirs_is_one_year() -> None:
    contract = owed(due=None, death_known=date(2024, 1, 15))
    (alarm,) = alarms_of([contract], as_of=date(2025, 1, 16))
    assert (alarm.ends_on, alarm.days_left) == (date(2025, 1, 15), -1)
    assert alarm.is_passed


def test_a_part_payment_after_a_death_does_not_lengthen_the_limit_of_the_heirs() -> None:
    contract = owed(due=None, death_known=date(2024, 1, 15), repaid=(date(2024, 6, 1),))
    (alarm,) = alarms_of([contract], as_of=date(2024, 7, 1))
    assert alarm.ends_on == date(2025, 1, 15)


def test_how_early_a_death_is_told_may_be_set() -> None:
    contract = owed(due=None, death_known=date(2024, 1, 15))
    limits = Limits(heirs_lead_days=90)
    assert alarms_of([contract], as_of=date(2024, 10, 16), limits=limits) == []
    assert len(alarms_of([contract], as_of=date(2024, 10, 17), limits=limits)) == 1


# ----------------------------------------------------------------------------------- evidence


def test_a_loan_above_two_thousand_baht_wants_a_signed_paper() -> None:
    (alarm,) = alarms_of([owed(due=None, signed=False)], as_of=date(2020, 1, 1))
    assert alarm == Alarm(AlarmKind.EVIDENCE, contract=1)
    assert not alarm.is_passed
    assert alarms_of([owed(due=None)], as_of=date(2020, 1, 1)) == []


def test_just_two_thousand_baht_want_none() -> None:
    assert alarms_of([SMALL], as_of=date(2026, 1, 1)) == []


# ----------------------------------------------------------------------------------- urgency


def test_what_runs_comes_first_then_papers_then_what_has_passed() -> None:
    contracts = [
        owed(number=1, due=date(2015, 1, 1)),
        owed(number=2, due=date(2020, 3, 1), signed=False),
        owed(number=3, due=None, death_known=date(2024, 5, 1)),
        owed(number=4, due=date(2019, 12, 1)),
    ]
    alarms = alarms_of(contracts, as_of=date(2025, 1, 1))
    assert [(alarm.contract, alarm.kind.value, alarm.days_left) for alarm in alarms] == [
        (1, "contract", 0),
        (2, "instalment", 59),
        (3, "heirs", 120),
        (2, "evidence", None),
        (4, "instalment", -31),
        (1, "instalment", -1827),
    ]


def test_every_alarm_names_its_clause() -> None:
    assert Alarm(AlarmKind.HEIRS, 1).clause == "ป.พ.พ. มาตรา 1754"
    assert Alarm(AlarmKind.EVIDENCE, 1).clause == "ป.พ.พ. มาตรา 653"
    assert set(CLAUSE) == set(AlarmKind)


# ----------------------------------------------------------------------------------- reckoning


@pytest.mark.parametrize(
    ("after", "years", "ends_on"),
    [
        (date(2020, 9, 30), 5, date(2025, 9, 30)),
        (date(2024, 2, 29), 5, date(2029, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        # The term begins on 29 February and finds no such day: it ends with the month.
        (date(2024, 2, 28), 1, date(2025, 2, 28)),
        # It begins on 1 March, and the day before 1 March 2028 is the 29th.
        (date(2023, 2, 28), 5, date(2028, 2, 29)),
        (date(2023, 12, 31), 1, date(2024, 12, 31)),
    ],
)
def test_a_term_of_years_ends_as_the_code_reckons(after: date, years: int, ends_on: date) -> None:
    assert last_day(after, years) == ends_on


DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(DAYS, st.integers(1, 10))
def test_a_term_ends_within_a_day_of_its_anniversary(after: date, years: int) -> None:
    ends_on = last_day(after, years)
    assert ends_on.year == after.year + years
    assert abs((ends_on - after).days - years * 365.25) < 2


@given(DAYS, DAYS, st.integers(1, 10))
def test_a_term_that_begins_later_never_ends_earlier(one: date, other: date, years: int) -> None:
    assert last_day(min(one, other), years) <= last_day(max(one, other), years)


@given(DAYS, st.lists(DAYS), DAYS, st.integers(1, 10))
def test_one_more_interruption_never_brings_the_limit_nearer(
    start: date, days: list[date], more: date, years: int
) -> None:
    before = count_runs_after(start, days, years=years)
    assert count_runs_after(start, [*days, more], years=years) >= before >= start


@given(st.data(), DAYS)
def test_the_order_of_the_contracts_tells_nothing(data: st.DataObject, as_of: date) -> None:
    contracts = [
        owed(number=number, due=data.draw(DAYS), death_known=data.draw(st.none() | DAYS))
        for number in range(1, 5)
    ]
    jumbled = data.draw(st.permutations(contracts))
    alarms = alarms_of(jumbled, as_of=as_of)
    assert alarms == alarms_of(contracts, as_of=as_of)
    assert all(
        alarm.ends_on == as_of + timedelta(days=alarm.days_left)
        for alarm in alarms
        if alarm.days_left is not None
    )


def test_the_examples_in_the_code_hold() -> None:
    results = doctest.testmod(alarms_module)
    assert results.attempted > 0
    assert results.failed == 0
