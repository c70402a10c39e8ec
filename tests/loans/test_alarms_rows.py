"""Alarms of law from real rows: instalments, receipts, papers, deaths, and the rules in force."""

from __future__ import annotations

from datetime import date

import pytest

from kongthun.domain.alarms import Alarm, AlarmKind
from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import Money
from kongthun.groups.actions import (
    RulesPlace,
    TypedLimit,
    adopt_rules,
    record_household_event,
    withdraw_household_event,
)
from kongthun.groups.models import HouseholdEventKind, Person
from kongthun.groups.refusals import NotDone as NotDoneInGroup
from kongthun.ledger.actions import Posted, post_entry
from kongthun.loans.actions.debts import note_debt
from kongthun.loans.models import Contract, DebtEventKind
from kongthun.loans.queries.debts import care_of

from .village_at_work import Village, working_village

pytestmark = pytest.mark.django_db

LENT = date(2020, 10, 5)
PARTS = ((date(2021, 10, 1), 6_000), (date(2022, 10, 1), 6_000))


@pytest.fixture
def village() -> Village:
    return working_village()


@pytest.fixture
def contract(village: Village) -> Contract:
    return village.lend(1, 12_000, LENT, parts=PARTS)


def alarms(village: Village, as_of: date, number: int = 1) -> list[Alarm]:
    care = care_of(village.fund, number, as_of=as_of, with_names=True)
    assert care is not None
    return list(care.alarms)


def die(village: Village, known_on: date) -> int:
    person = Person.objects.get(first_name="แดง")
    done = record_household_event(
        group=village.fund.group,
        number=1,
        kind=HouseholdEventKind.DEATH,
        on=date(2026, 1, 10),
        known_on=known_on,
        person_id=person.pk,
        by=village.field_worker,
    )
    assert not isinstance(done, NotDoneInGroup), done
    return done.number


@pytest.mark.usefixtures("contract")
def test_each_part_that_nears_its_end_is_told_on_its_own(village: Village) -> None:
    [first] = alarms(village, date(2026, 9, 30))
    assert (first.kind, first.instalment) == (AlarmKind.INSTALMENT, 1)
    assert (first.ends_on, first.days_left) == (date(2026, 10, 1), 1)
    second, passed = alarms(village, date(2026, 10, 2))
    assert (second.instalment, second.is_passed) == (2, False)
    assert (passed.instalment, passed.is_passed) == (1, True)


def test_money_sent_back_starts_the_count_anew(village: Village, contract: Contract) -> None:
    village.take(contract, 1_000, date(2024, 3, 1))
    assert alarms(village, date(2026, 9, 30)) == []
    [first, _] = alarms(village, date(2028, 3, 1))
    assert first.counted_from == date(2024, 3, 1)


@pytest.mark.usefixtures("contract")
def test_an_acknowledgement_starts_the_count_anew_and_other_records_do_not(
    village: Village,
) -> None:
    def note(kind: DebtEventKind) -> None:
        note_debt(1, kind, fund=village.fund, on=date(2025, 5, 1), words="เล่า", by=village.chairman)

    note(DebtEventKind.IN_BREACH)
    assert len(alarms(village, date(2026, 9, 30))) == 1
    note(DebtEventKind.ACKNOWLEDGED)
    assert alarms(village, date(2026, 9, 30)) == []


@pytest.mark.usefixtures("contract")
def test_a_death_is_told_from_the_day_the_committee_knew(village: Village) -> None:
    die(village, known_on=date(2026, 2, 1))
    before = care_of(village.fund, 1, as_of=date(2026, 1, 31), with_names=True)
    assert before is not None
    assert before.death is None
    assert all(alarm.kind != AlarmKind.HEIRS for alarm in before.alarms)
    heirs = [a for a in alarms(village, date(2026, 2, 1)) if a.kind == AlarmKind.HEIRS]
    assert [(a.counted_from, a.ends_on) for a in heirs] == [(date(2026, 2, 1), date(2027, 2, 1))]


@pytest.mark.usefixtures("contract")
def test_a_death_taken_back_is_told_no_more(village: Village) -> None:
    number = die(village, known_on=date(2026, 2, 1))
    withdraw_household_event(
        group=village.fund.group,
        number=number,
        note="เข้าใจผิด ถามครอบครัวแล้ว",
        by=village.field_worker,
    )
    assert all(a.kind != AlarmKind.HEIRS for a in alarms(village, date(2026, 3, 1)))


def test_the_death_of_one_household_says_nothing_of_another(village: Village) -> None:
    village.lend(2, 6_000, LENT, parts=((date(2022, 10, 1), 6_000),))
    die(village, known_on=date(2026, 2, 1))
    assert alarms(village, date(2026, 3, 1)) == []


@pytest.mark.usefixtures("contract")
def test_the_terms_are_those_of_the_rule_set(village: Village) -> None:
    die(village, known_on=date(2026, 2, 1))
    adopted = adopt_rules(
        place=RulesPlace.of(village.fund.group),
        name="ชุดของกลุ่ม",
        starts_on=date(2026, 1, 1),
        by_resolution="มติ",
        source="",
        limits={
            "instalment_prescription_years": TypedLimit("9"),
            "prescription_years": TypedLimit("20"),
            "death_claim_days": TypedLimit("300"),
        },
        by=village.chairman,
    )
    assert type(adopted).__name__ == "RulesAdopted", adopted
    [heirs] = alarms(village, date(2026, 9, 30))
    assert (heirs.kind, heirs.ends_on) == (AlarmKind.HEIRS, date(2026, 11, 28))


def test_a_paper_without_a_number_and_a_signature_is_told_above_the_sum(village: Village) -> None:
    borrower = Person.objects.get(first_name="ดำ")
    for number, baht in ((1, 2_000), (2, 2_001)):
        Contract.objects.create(
            fund=village.fund,
            number=number,
            paper_number="",
            borrower=borrower,
            member_number=2,
            principal=Money.baht(baht),
            paid_out_on=date(2026, 1, 5),
        )
        entry = Draft(
            Deed.LOAN_PAID_OUT,
            date(2026, 1, 5),
            (Line(f"loan:{number}", Money.baht(baht)), Line("bank:1", Money.baht(-baht))),
            f"paper {number}",
            "จ่ายเงินยืม",
        )
        assert isinstance(post_entry(entry, fund=village.fund, recorded_by=None), Posted)
    today = date(2026, 11, 1)
    assert alarms(village, today, 1) == []
    assert [alarm.kind for alarm in alarms(village, today, 2)] == [AlarmKind.EVIDENCE]


def test_a_debt_that_is_paid_off_has_no_alarms(village: Village, contract: Contract) -> None:
    village.take(contract, 12_000, date(2024, 3, 1))
    assert alarms(village, date(2030, 1, 1)) == []
