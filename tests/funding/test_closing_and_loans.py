"""A closed year and the loans of a group: no repayment on its days, interest shared out."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from kongthun.activities.models import Meeting, MeetingKind, Resolution
from kongthun.domain.journal import YearClosed
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.plan import PlannedPart
from kongthun.funding.actions.closing import Reopened, YearShared, close_year, take_back_closing
from kongthun.funding.models import SurplusShare, YearClosing
from kongthun.ledger.models import Position
from kongthun.ledger.verification import verify_fund
from kongthun.loans.actions.debts import return_held
from kongthun.loans.actions.pay_outs import ContractPaper, HandingOver, make_contract, pay_out_loan
from kongthun.loans.actions.repayments import RepaymentRecorded, Visit, record_repayment
from kongthun.loans.actions.requests import (
    RequestFacts,
    decide_request,
    hand_in_request,
    save_draft,
)
from kongthun.loans.actions.steps import StepTaken
from kongthun.loans.models import Request
from kongthun.loans.refusals import NotDone
from loans.village_at_work import (
    CHAIRMAN,
    TREASURER,
    WITNESSES,
    Village,
    new_key,
    working_village,
)

pytestmark = pytest.mark.django_db


PARTS = (
    PlannedPart(date(2020, 12, 1), Money.baht(2_000)),
    PlannedPart(date(2021, 12, 1), Money.baht(2_000)),
)


@pytest.fixture
def fund_with_a_loan() -> tuple[Village, int]:
    """A village fund that lent 4,000 baht in its first year; the members met after it."""
    village = working_village("80160101-2", kind="village_fund")
    contract = lent(village, date(2020, 10, 15))
    group_id = village.fund.pk
    number = village.meet(date(2020, 10, 16)) + 1
    Meeting.objects.create(
        group_id=group_id,
        number=number,
        kind=MeetingKind.GENERAL,
        held_on=date(2021, 1, 20),
        others_came=5,
        recorded_at=timezone.now(),
        closed_at=timezone.now(),
    )
    Resolution.objects.create(group_id=group_id, meeting_number=number, sequence=1, words="ปิดบัญชี")
    return village, contract


def lent(village: Village, on: date) -> int:
    """A loan of two parts from request to pay-out on one day; the number of its contract."""
    fund, by = village.fund, village.treasurer
    facts = RequestFacts(1, project="ค้าขาย", asked=Money.baht(4_000))
    draft = save_draft(facts, fund=fund, by=by)
    assert isinstance(draft, Request), draft
    handed = hand_in_request(draft.number, fund=fund, on=on, by=by)
    assert isinstance(handed, StepTaken), handed
    decided = decide_request(
        draft.number,
        fund=fund,
        meeting_number=village.meet(on),
        is_approved=True,
        amount=Money.baht(4_000),
        words="",
        by=village.chairman,
    )
    assert isinstance(decided, StepTaken), decided
    paper = ContractPaper(on, PARTS, CHAIRMAN, WITNESSES, guarantors=("นายค้ำ  หนึ่ง", "นางค้ำ  สอง"))
    signed = make_contract(draft.number, paper, fund=fund, by=by)
    assert isinstance(signed, StepTaken), signed
    paid = pay_out_loan(
        draft.number,
        HandingOver(on, "bank:1", CHAIRMAN, WITNESSES, (CHAIRMAN, TREASURER)),
        fund=fund,
        key=new_key(),
        by=by,
    )
    assert isinstance(paid, StepTaken), paid
    assert paid.step.contract_number is not None
    return paid.step.contract_number


def take(village: Village, contract: int, baht: int, on: date) -> RepaymentRecorded | NotDone:
    visit = Visit(
        contract,
        Money.baht(baht),
        on,
        new_key(),
        receiver_term=TREASURER,
        holds_over=True,
        early_interest=True,
    )
    return record_repayment(visit, fund=village.fund, by=village.treasurer)


def shut_year(village: Village) -> YearShared:
    number = Meeting.objects.get(group_id=village.fund.pk, kind=MeetingKind.GENERAL).number
    done = close_year(
        fund=village.fund,
        year=2563,
        meeting_number=number,
        resolution=1,
        key=new_key(),
        by=village.chairman,
    )
    assert isinstance(done, YearShared), done
    return done


def test_a_repayment_on_a_day_of_a_closed_year_is_refused(
    fund_with_a_loan: tuple[Village, int],
) -> None:
    village, contract = fund_with_a_loan
    shut_year(village)
    late_paper = date(2020, 12, 15)
    refused = take(village, contract, 500, late_paper)
    assert isinstance(refused, NotDone)
    assert refused.refusals == (YearClosed(late_paper, date(2020, 12, 31)),)
    assert isinstance(take(village, contract, 500, date(2021, 1, 2)), RepaymentRecorded)
    assert verify_fund(village.fund) == []


def test_interest_on_loans_is_a_surplus_and_without_shares_its_dividend_is_carried(
    fund_with_a_loan: tuple[Village, int],
) -> None:
    village, contract = fund_with_a_loan
    paid = take(village, contract, 2_100, date(2020, 12, 1))
    assert isinstance(paid, RepaymentRecorded), paid
    interest = paid.receipt.interest
    assert interest > ZERO
    shut_year(village)
    assert YearClosing.objects.get(fund=village.fund).surplus == interest
    shared = {row.purpose: row.amount for row in SurplusShare.objects.filter(fund=village.fund)}
    assert total(shared.values()) == interest
    assert shared["dividend"] == shared["trade_return"] == ZERO
    assert shared["carried"].satang == interest.satang * 6_000 // 10_000
    position = Position.objects.get(fund=village.fund)
    assert position.sums.is_conserved
    assert position.creditors == shared["committee"]
    assert verify_fund(village.fund) == []


def test_what_was_paid_too_much_is_held_apart_from_a_closing(
    fund_with_a_loan: tuple[Village, int],
) -> None:
    """Overpayments and slips stand on one account; giving one back does not hold the other."""
    village, contract = fund_with_a_loan
    paid = take(village, contract, 6_000, date(2020, 12, 1))
    assert isinstance(paid, RepaymentRecorded), paid
    assert paid.receipt.held > ZERO
    shut_year(village)
    back = return_held(
        "1",
        fund=village.fund,
        amount=paid.receipt.held,
        on=date(2021, 1, 5),
        key=new_key(),
        by=village.treasurer,
    )
    assert not isinstance(back, NotDone), back
    opened = take_back_closing(
        fund=village.fund, number=1, reason="ผิด", key=new_key(), by=village.chairman
    )
    assert isinstance(opened, Reopened), opened
    assert Position.objects.get(fund=village.fund).closed_until is None
    assert verify_fund(village.fund) == []
