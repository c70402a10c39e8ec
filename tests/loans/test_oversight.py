"""Who was entitled to pay money out, judged again as it is known now; and what new rules touch."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kongthun.domain.authority import TermNotInForce
from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import Money
from kongthun.groups.actions import (
    RulesPlace,
    TypedLimit,
    add_household_member,
    adopt_rules,
    correct_term,
    record_household_event,
)
from kongthun.groups.models import (
    CommitteePosition,
    CommitteeTerm,
    HouseholdEventKind,
    HouseholdMember,
    Membership,
    Relation,
)
from kongthun.groups.queries.households import people_of
from kongthun.groups.queries.rules import rules_of
from kongthun.groups.refusals import NotDone as NotDoneInGroup
from kongthun.ledger.actions import Posted, post_entry
from kongthun.loans.actions.debts import grant_deferral
from kongthun.loans.actions.steps import StepTaken
from kongthun.loans.actions.taking_back import take_back_step
from kongthun.loans.models import Contract
from kongthun.loans.queries.oversight import _PeopleOfGroup, unentitled_pay_outs, what_if

from .test_debt_pages import browser, words
from .village_at_work import CODE, GRANTED_ON, Village, new_key, working_village

pytestmark = pytest.mark.django_db

OVERSIGHT = f"/funds/{CODE}/loans/oversight/"
WHAT_IF = f"/funds/{CODE}/loans/what-if/"
LENT = date(2023, 3, 1)
TODAY = date(2026, 11, 22)


@pytest.fixture
def village() -> Village:
    return working_village()


@pytest.fixture
def chairman(village: Village) -> Client:
    return browser(village.users["prathan"])


def correct(village: Village, term: int, *, starts_on: date, ends_on: date | None) -> None:
    """Put a term right, as if the register had it wrong."""
    wrong = CommitteeTerm.objects.get(group_id=village.fund.pk, number=term)
    done = correct_term(
        group=village.fund.group,
        number=term,
        set_number=wrong.set_number,
        name=wrong.person.name.full,
        position=CommitteePosition(wrong.position),
        position_words=wrong.position_words,
        starts_on=starts_on,
        ends_on=ends_on,
        note="เทียบกับคำสั่งแต่งตั้ง",
        by=village.district,
    )
    assert not isinstance(done, NotDoneInGroup), done


# ---- who was entitled ----------------------------------------------------------------------------


def test_no_pay_out_is_unentitled_while_no_term_is_put_right(village: Village) -> None:
    village.lend(1, 12_000, LENT)
    village.lend(2, 6_000, LENT, source="bank:1")
    assert unentitled_pay_outs(village.fund) == []


def test_a_term_put_right_afterwards_lists_what_was_paid_under_it(
    village: Village, chairman: Client
) -> None:
    early = village.lend(1, 12_000, LENT)
    late = village.lend(2, 6_000, date(2024, 3, 1))
    assert "ไม่มีรายการ" in words(chairman.get(OVERSIGHT))
    # The chairman's term began only in 2024: what was paid in 2023 was not his to pay.
    correct(village, 1, starts_on=date(2024, 1, 1), ends_on=None)
    [found] = unentitled_pay_outs(village.fund)
    assert found.contract_number == early.number != late.number
    [reason] = {type(refusal) for refusal in found.refusals if type(refusal) is TermNotInForce}
    assert reason is TermNotInForce
    page = words(chairman.get(OVERSIGHT))
    assert "พบหลังแก้ทะเบียนกรรมการ" in page
    assert f"สัญญาเลขที่ {early.paper_number}" in page
    assert "ประธานไม่อยู่ในวาระเมื่อ 1 มีนาคม 2566" in page


def test_a_correction_that_changes_nothing_of_the_day_lists_nothing(village: Village) -> None:
    village.lend(1, 12_000, LENT)
    correct(village, 1, starts_on=GRANTED_ON, ends_on=date(2024, 9, 29))
    assert unentitled_pay_outs(village.fund) == []


def test_a_signer_who_was_not_in_office_is_missed_for_money_out_of_the_bank_alone(
    village: Village,
) -> None:
    from_bank = village.lend(1, 12_000, LENT)
    withdrawn = Draft(
        Deed.CASH_WITHDRAWN,
        LENT,
        (Line("cash", Money.baht(6_000)), Line("bank:1", Money.baht(-6_000))),
        "withdrawn",
        "ถอนเงิน",
    )
    assert isinstance(post_entry(withdrawn, fund=village.fund, recorded_by=None), Posted)
    from_cash = village.lend(2, 6_000, LENT, source="cash")
    correct(village, 4, starts_on=date(2024, 1, 1), ends_on=None)  # the treasurer, who signed
    kinds = {
        each.contract_number: {type(refusal).__name__ for refusal in each.refusals}
        for each in unentitled_pay_outs(village.fund)
    }
    assert "SignersMissing" in kinds[from_bank.number]
    assert "SignersMissing" not in kinds[from_cash.number]


def test_somebody_who_turns_out_to_be_of_the_household_is_found(village: Village) -> None:
    village.lend(1, 12_000, LENT)
    done = add_household_member(
        group=village.fund.group,
        number=1,
        name="นางอารี  ศรีสุข",  # the vice chairwoman, who sat in the meeting
        relation=Relation.SPOUSE,
        starts_on=date(2019, 1, 1),
        ends_on=None,
        by=village.field_worker,
    )
    assert not isinstance(done, NotDoneInGroup), done
    [found] = unentitled_pay_outs(village.fund)
    assert "OwnHousehold" in {type(refusal).__name__ for refusal in found.refusals}


def test_a_pay_out_taken_back_is_judged_no_more(village: Village) -> None:
    village.lend(1, 12_000, LENT)
    correct(village, 1, starts_on=date(2024, 1, 1), ends_on=None)
    assert len(unentitled_pay_outs(village.fund)) == 1
    done = take_back_step(
        1, fund=village.fund, sequence=5, reason="จ่ายผิดคน", key=new_key(), by=village.chairman
    )
    assert isinstance(done, StepTaken), done
    assert unentitled_pay_outs(village.fund) == []


def test_a_paper_contract_has_no_steps_to_judge(village: Village) -> None:
    member = Membership.objects.get(group_id=village.fund.pk, number=3)
    Contract.objects.create(
        fund=village.fund,
        number=1,
        paper_number="1/2560",
        borrower=member.person,
        member_number=3,
        principal=Money.baht(5_000),
        paid_out_on=date(2017, 1, 1),
    )
    assert unentitled_pay_outs(village.fund) == []


def test_judging_takes_as_many_statements_for_four_pay_outs_as_for_one(village: Village) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            unentitled_pay_outs(village.fund)
        return len(seen)

    village.lend(1, 12_000, LENT)
    before = count()
    for number in (2, 3, 4):
        village.lend(number, 6_000, LENT)
    assert count() == before == 10


def test_people_of_a_whole_group_are_those_of_each_household(village: Village) -> None:
    group = village.fund.group

    def happened(number: int, kind: HouseholdEventKind, on: date, **more: object) -> None:
        done = record_household_event(
            group=group,
            number=number,
            kind=kind,
            on=on,
            known_on=on,
            by=village.field_worker,
            **more,  # type: ignore[arg-type]
        )
        assert not isinstance(done, NotDoneInGroup), done

    for name, ends_on in (("นายลูก  มีทรัพย์", None), ("นายหลาน  มีทรัพย์", date(2023, 1, 1))):
        add_household_member(
            group=group,
            number=1,
            name=name,
            relation=Relation.CHILD,
            starts_on=date(2021, 1, 1),
            ends_on=ends_on,
            by=village.field_worker,
        )
    stay = HouseholdMember.objects.get(person__first_name="ลูก")
    happened(1, HouseholdEventKind.DEATH, date(2024, 1, 1), person_id=stay.person_id)
    happened(2, HouseholdEventKind.NEW_HEAD, date(2023, 5, 1), name="นางใหม่  ขยันยิ่ง")
    happened(2, HouseholdEventKind.MERGED, date(2024, 6, 1), other_number=1)
    people = _PeopleOfGroup.read(group.pk)
    days = [date(2020, 1, 1), date(2022, 1, 1), date(2023, 5, 1), date(2024, 1, 1)]
    days += [date(2024, 1, 2), date(2024, 6, 1), TODAY]
    for day in days:
        for number in (1, 2, 3, 99):
            assert people.of(number, day) == people_of(group.pk, number, day), (number, day)


# ---- what new rules would touch ------------------------------------------------------------------


def propose(village: Village, **limits: str) -> int:
    """A rule set that holds from next year on; its key."""
    done = adopt_rules(
        place=RulesPlace.of(village.fund.group),
        name="ชุดที่เสนอ",
        starts_on=date(2027, 1, 1),
        by_resolution="ร่าง",
        source="",
        limits={name: TypedLimit(value) for name, value in limits.items()},
        by=village.chairman,
    )
    assert not isinstance(done, NotDoneInGroup), done
    return done.pk


def test_a_proposed_rule_set_shows_which_open_contracts_and_requests_it_would_touch(
    village: Village, chairman: Client
) -> None:
    village.lend(1, 12_000, LENT, parts=((date(2024, 3, 1), 6_000), (date(2025, 3, 1), 6_000)))
    paid = village.lend(2, 20_000, LENT)
    village.take(paid, 20_000, date(2024, 3, 1))
    village.ask(3, 15_000, date(2024, 3, 1))
    village.ask(4, 9_000, date(2024, 3, 1))
    pk = propose(village, largest_loan="10,000", instalments_most="1", term_months="12")
    page = words(chairman.get(f"{WHAT_IF}?rules={pk}"))
    assert "กระทบ 2 จาก 3 รายการที่ยังเปิดอยู่" in page
    assert "จำนวน 12,000 บาท มากกว่า 10,000 บาท" in page
    assert "แบ่ง 2 งวด มากกว่า 1 งวด" in page
    assert "งวดสุดท้าย 1 มีนาคม 2568 หลังจาก 1 มีนาคม 2567 (12 เดือน)" in page
    assert "คำขอที่ 3" in page
    assert "นายดำ" not in page  # paid off
    assert "นายเขียว" not in page  # inside every limit


def test_limits_can_be_typed_and_nothing_is_written(village: Village, chairman: Client) -> None:
    village.lend(1, 12_000, LENT)
    typed = "?largest_loan=๕,๐๐๐&open_loans_per_household=1&must_be_listed=1"
    page = words(chairman.get(f"{WHAT_IF}{typed}"))
    assert "กระทบ 1 จาก 1 รายการ" in page
    assert "จำนวน 12,000 บาท มากกว่า 5,000 บาท" in page
    unread = chairman.get(f"{WHAT_IF}?largest_loan=มาก")
    assert unread.status_code == 422
    assert "ยังอ่านค่านี้ไม่ได้" in words(unread)
    assert chairman.get(f"{WHAT_IF}?rules=999").status_code == 404
    assert "ลองดูก่อน" in words(chairman.get(WHAT_IF))


def test_the_rules_in_force_touch_nothing_that_was_lent_under_them(village: Village) -> None:
    village.lend(1, 12_000, LENT)
    grant_deferral(
        1,
        fund=village.fund,
        ground="น้ำท่วม",
        starts_on=date(2026, 6, 1),
        ends_on=date(2027, 3, 1),
        meeting_number=None,
        by=village.chairman,
    )
    place = {"group_id": village.fund.pk, "kind": "kkk", "area_code": CODE}
    rules = rules_of(day=TODAY, **place)  # type: ignore[arg-type]
    assert what_if(village.fund, rules, as_of=TODAY, with_names=True) == ([], 1)
    pk = propose(village, deferral_months="6", guarantors="1")
    found, _ = what_if(
        village.fund,
        rules_of(day=date(2027, 1, 1), **place),  # type: ignore[arg-type]
        as_of=TODAY,
        with_names=False,
    )
    assert pk
    assert [type(why).__name__ for why in found[0].touched.why] == [
        "TooFewGuarantors",
        "DelayTooLong",
    ]
    assert found[0].borrower == "นางแดง  ม…"


def test_what_if_takes_as_many_statements_for_many_contracts_as_for_one(village: Village) -> None:
    place = {"group_id": village.fund.pk, "kind": "kkk", "area_code": CODE}
    rules = rules_of(day=TODAY, **place)  # type: ignore[arg-type]

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            what_if(village.fund, rules, as_of=TODAY, with_names=True)
        return len(seen)

    village.lend(1, 12_000, LENT)
    before = count()
    village.lend(2, 12_000, LENT)
    village.ask(3, 9_000, date(2024, 3, 1))
    assert count() == before == 7
