"""Alarms over an area: death and prescription fire where planted, and are silent where clean."""

from __future__ import annotations

from datetime import date

import pytest

from kongthun.assessments.queries.rules import rules_of_groups
from kongthun.domain.alarms import Alarm, AlarmKind
from kongthun.groups.actions import record_household_event, withdraw_household_event
from kongthun.groups.models import Group, HouseholdEventKind, Person
from kongthun.ledger.models import Fund
from kongthun.loans.actions.debts import note_debt
from kongthun.loans.models import DebtEventKind
from kongthun.loans.queries.alarms_of_area import alarms_of_funds
from loans.village_at_work import Village, working_village

LENT = date(2020, 10, 5)


def over(funds: list[Fund], as_of: date) -> dict[int, tuple[Alarm, ...]]:
    groups = Group.objects.filter(pk__in=[fund.pk for fund in funds])
    return alarms_of_funds([fund.pk for fund in funds], rules_of_groups(groups, as_of), as_of=as_of)


@pytest.fixture
def village(db: None) -> Village:  # noqa: ARG001
    return working_village()


def kinds(village: Village, as_of: date) -> list[AlarmKind]:
    return [alarm.kind for alarm in over([village.fund], as_of).get(village.fund.pk, ())]


def test_a_clean_fund_is_silent(village: Village) -> None:
    village.lend(1, 12_000, date(2024, 6, 1))
    assert over([village.fund], date(2026, 11, 22)) == {}


def test_a_fund_without_loans_is_silent(village: Village) -> None:
    assert over([village.fund], date(2026, 11, 22)) == {}
    assert alarms_of_funds([], {}, as_of=date(2026, 11, 22)) == {}


def test_a_planted_prescription_is_told_until_part_of_it_comes_back(village: Village) -> None:
    contract = village.lend(1, 6_000, LENT, parts=((date(2021, 12, 1), 6_000),))
    assert kinds(village, date(2026, 11, 22)) == [AlarmKind.INSTALMENT]
    village.take(contract, 500, date(2026, 11, 1))
    assert kinds(village, date(2026, 11, 22)) == []


def test_a_planted_acknowledgement_silences_it(village: Village) -> None:
    village.lend(1, 6_000, LENT, parts=((date(2021, 12, 1), 6_000),))
    note_debt(
        1,
        DebtEventKind.ACKNOWLEDGED,
        fund=village.fund,
        on=date(2026, 5, 1),
        words="",
        by=village.chairman,
    )
    assert kinds(village, date(2026, 11, 22)) == []


def test_a_paid_debt_is_silent(village: Village) -> None:
    contract = village.lend(1, 6_000, LENT, parts=((date(2021, 12, 1), 6_000),))
    village.take(contract, 6_000, date(2026, 11, 1))
    assert kinds(village, date(2026, 11, 22)) == []


def test_a_planted_death_is_told_from_the_day_it_was_known_until_taken_back(
    village: Village,
) -> None:
    village.lend(1, 6_000, date(2024, 1, 5))
    village.lend(2, 6_000, date(2024, 1, 5))
    done = record_household_event(
        group=village.fund.group,
        number=1,
        kind=HouseholdEventKind.DEATH,
        on=date(2026, 8, 1),
        known_on=date(2026, 9, 1),
        person_id=Person.objects.get(first_name="แดง").pk,
        by=village.field_worker,
    )
    assert kinds(village, date(2026, 8, 31)) == []
    [heirs] = over([village.fund], date(2026, 9, 1))[village.fund.pk]
    assert (heirs.kind, heirs.contract) == (AlarmKind.HEIRS, 1)
    assert heirs.ends_on == date(2027, 9, 1)
    withdraw_household_event(
        group=village.fund.group,
        number=done.number,  # type: ignore[union-attr]
        note="เข้าใจผิด",
        by=village.field_worker,
    )
    assert kinds(village, date(2026, 9, 1)) == []
