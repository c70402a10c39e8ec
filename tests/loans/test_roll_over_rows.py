"""Roll-overs planted in real books, with a receipt and an entry each: hits and false alarms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kongthun.domain.money import Money
from kongthun.domain.plan import PlannedPart
from kongthun.domain.roll_over import RollOverKind
from kongthun.groups.actions import RulesPlace, TypedLimit, adopt_rules, record_household_event
from kongthun.groups.models import HouseholdEventKind
from kongthun.groups.refusals import NotDone as NotDoneInGroup
from kongthun.loans.actions.debts import agree_on_plan, write_off
from kongthun.loans.actions.repayments import cancel_receipt
from kongthun.loans.models import Contract
from kongthun.loans.queries.contracts import contract_states
from kongthun.loans.queries.roll_overs import RollOversOfFund, loan_lives, roll_overs_of

from .test_debt_pages import browser, words
from .village_at_work import CODE, Village, new_key, working_village

pytestmark = pytest.mark.django_db

LENT = date(2021, 3, 1)
DUE = date(2022, 3, 1)
PAID = date(2023, 3, 6)  # a year late
TODAY = date(2026, 11, 22)


@pytest.fixture
def village() -> Village:
    return working_village()


def found(village: Village) -> RollOversOfFund:
    return roll_overs_of(village.fund, as_of=TODAY, with_names=True)


def loan(village: Village, member: int, on: date, due: date, baht: int = 10_000) -> Contract:
    return village.lend(member, baht, on, parts=((due, baht),))


def test_a_late_debt_paid_and_lent_again_within_days_is_a_hit_and_still_at_risk(
    village: Village,
) -> None:
    old = loan(village, 1, LENT, DUE)
    village.take(old, 10_000, PAID)
    new = loan(village, 1, PAID + timedelta(days=2), date(2026, 3, 1))
    answer = found(village)
    [hit] = answer.hits
    assert hit.roll_over.kind == RollOverKind.SAME_HOUSEHOLD
    assert [state.contract.number for state in hit.states] == [old.number, new.number]
    assert (hit.roll_over.days_between, hit.roll_over.was_overdue) == (2, True)
    # Long overdue by now by its own plan: counted once.
    assert (answer.par.overdue, answer.par.rolled_over) == (Money.baht(10_000), Money(0))
    assert answer.par.at_risk == Money.baht(10_000)


def test_what_continues_a_late_debt_is_at_risk_before_it_is_late_itself(village: Village) -> None:
    old = loan(village, 1, LENT, DUE)
    village.take(old, 10_000, PAID)
    loan(village, 1, PAID + timedelta(days=2), date(2026, 3, 1))
    answer = roll_overs_of(village.fund, as_of=date(2024, 1, 1), with_names=False)
    assert (answer.par.overdue, answer.par.rolled_over) == (Money(0), Money.baht(10_000))


def test_a_debt_paid_in_time_and_lent_again_is_shown_but_not_at_risk(village: Village) -> None:
    old = loan(village, 1, LENT, DUE)
    village.take(old, 10_000, DUE)
    loan(village, 1, DUE + timedelta(days=3), date(2025, 3, 1))
    answer = roll_overs_of(village.fund, as_of=date(2023, 1, 1), with_names=False)
    [hit] = answer.hits
    assert not hit.roll_over.was_overdue
    assert answer.par.at_risk == Money(0)


def test_lent_again_after_a_season_is_no_roll_over(village: Village) -> None:
    old = loan(village, 1, LENT, DUE)
    village.take(old, 10_000, PAID)
    loan(village, 1, PAID + timedelta(days=8), date(2026, 3, 1))
    assert found(village).hits == []


def test_a_ring_of_two_households_is_seen_and_a_neighbours_loan_alone_is_not(
    village: Village,
) -> None:
    first = loan(village, 1, LENT, DUE)
    village.take(first, 10_000, PAID)
    second = loan(village, 2, PAID + timedelta(days=1), date(2025, 3, 1))
    assert found(village).hits == []
    back = PAID + timedelta(days=60)
    village.take(second, 10_000, back)
    third = loan(village, 1, back + timedelta(days=1), date(2026, 3, 1))
    [hit] = found(village).hits
    assert hit.roll_over.kind == RollOverKind.RING
    assert {state.contract.number for state in hit.states} == {
        first.number,
        second.number,
        third.number,
    }


def test_a_receipt_that_was_cancelled_pays_nothing_off(village: Village) -> None:
    old = loan(village, 1, LENT, DUE)
    receipt = village.take(old, 10_000, PAID)
    cancel_receipt(
        receipt.number, fund=village.fund, reason="ลงผิดสัญญา", key=new_key(), by=village.treasurer
    )
    [life] = loan_lives(
        village.fund,
        contract_states(village.fund, as_of=TODAY, with_names=False),
        as_of=TODAY,
    )
    assert (life.repayments, life.settled_on) == ((), None)


def test_a_loan_of_which_a_part_was_lost_is_not_paid_off(village: Village) -> None:
    old = loan(village, 1, LENT, DUE)
    village.take(old, 4_000, PAID)
    write_off(
        old.number,
        fund=village.fund,
        amount=Money.baht(6_000),
        words="มติ",
        on=PAID,
        key=new_key(),
        by=village.district,
    )
    loan(village, 1, PAID + timedelta(days=2), date(2026, 3, 1))
    assert found(village).hits == []


def test_how_late_it_was_goes_by_the_agreement_in_force_at_the_payoff(village: Village) -> None:
    old = loan(village, 1, LENT, DUE)
    village.take(old, 4_000, date(2022, 6, 1))
    agree_on_plan(
        old.number,
        fund=village.fund,
        on=date(2022, 7, 1),
        parts=[
            PlannedPart(date(2023, 3, 1), Money.baht(3_000)),
            PlannedPart(date(2023, 9, 1), Money.baht(3_000)),
        ],
        words="",
        meeting_number=None,
        by=village.chairman,
    )
    village.take(old, 6_000, PAID)
    [life] = loan_lives(
        village.fund, contract_states(village.fund, as_of=TODAY, with_names=False), as_of=TODAY
    )
    # 4,000 had come before the agreement and count towards none of its parts.
    assert life.days_late_when_settled == (PAID - date(2023, 3, 1)).days == 5


def test_the_days_are_those_of_the_rule_set_in_force(village: Village) -> None:
    old = loan(village, 1, LENT, DUE)
    village.take(old, 10_000, PAID)
    loan(village, 1, PAID + timedelta(days=12), date(2026, 3, 1))
    assert found(village).hits == []
    adopt_rules(
        place=RulesPlace.of(village.fund.group),
        name="ชุดที่เฝ้าดูนานกว่า",
        starts_on=date(2026, 1, 1),
        by_resolution="มติ 1/2569",
        source="",
        limits={"roll_over_days": TypedLimit("15")},
        by=village.chairman,
    )
    answer = found(village)
    assert answer.bounds.days == 15
    assert len(answer.hits) == 1


def test_households_that_were_merged_are_one(village: Village) -> None:
    old = loan(village, 1, LENT, DUE)
    village.take(old, 10_000, PAID)
    loan(village, 2, PAID + timedelta(days=2), date(2026, 3, 1))
    assert found(village).hits == []
    merged = record_household_event(
        group=village.fund.group,
        number=1,
        kind=HouseholdEventKind.MERGED,
        on=date(2024, 1, 1),
        known_on=date(2024, 1, 1),
        other_number=2,
        by=village.field_worker,
    )
    assert not isinstance(merged, NotDoneInGroup), merged
    assert [hit.roll_over.households for hit in found(village).hits] == [(2,)]


def test_the_page_says_that_it_is_no_accusation_and_leads_to_the_contracts(
    village: Village,
) -> None:
    old = loan(village, 1, LENT, DUE)
    village.take(old, 10_000, PAID)
    loan(village, 1, PAID + timedelta(days=2), date(2026, 3, 1))
    response = browser(village.users["prathan"]).get(f"/funds/{CODE}/loans/oversight/")
    page = words(response)
    assert "ลักษณะที่ควรดู ไม่ใช่ข้อกล่าวหา" in page
    assert "PAR หลังนับหนี้ที่หมุนต่อ 10,000 บาท" in page
    assert "หนี้เดิมเกินกำหนดตอนส่งคืน" in page
    assert f"/funds/{CODE}/loans/contracts/1/care/" in response.content.decode()
