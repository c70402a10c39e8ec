"""Handing the money over, and taking a pay-out back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kongthun.domain.money import Money
from kongthun.domain.plan import PlannedPart
from kongthun.groups.actions import TermCorrected, correct_term
from kongthun.groups.models import CommitteePosition
from kongthun.ledger.models import Account, Entry, Position
from kongthun.ledger.verification import verify_fund
from kongthun.loans.actions.debts import Noted, grant_deferral, withdraw_deferral
from kongthun.loans.actions.pay_outs import ContractPaper, HandingOver, make_contract, pay_out_loan
from kongthun.loans.actions.repayments import cancel_receipt
from kongthun.loans.actions.requests import decide_request
from kongthun.loans.actions.steps import StepTaken
from kongthun.loans.actions.taking_back import take_back_step
from kongthun.loans.models import Contract, Request, Signatory, Stage
from kongthun.loans.queries.oversight import unentitled_pay_outs
from kongthun.loans.refusals import NotDone

from .village_at_work import (
    CHAIRMAN,
    TREASURER,
    WITNESSES,
    Village,
    new_key,
    refused,
    working_village,
)

pytestmark = pytest.mark.django_db

DAY = date(2023, 3, 1)
TODAY = timezone.localdate()
HOW = HandingOver(DAY, "bank:1", CHAIRMAN, WITNESSES, (CHAIRMAN, TREASURER))


@pytest.fixture
def village() -> Village:
    return working_village()


def signed(village: Village, member: int = 1, baht: int = 12_000, day: date = DAY) -> int:
    """A request whose contract is signed."""
    request = village.ask(member, baht, day)
    decide_request(
        request.number,
        fund=village.fund,
        meeting_number=village.meet(day),
        is_approved=True,
        amount=Money.baht(baht),
        words="",
        by=village.chairman,
    )
    paper = ContractPaper(
        day, (PlannedPart(day + timedelta(days=365), Money.baht(baht)),), CHAIRMAN, WITNESSES
    )
    done = make_contract(request.number, paper, fund=village.fund, by=village.treasurer)
    assert isinstance(done, StepTaken), done
    return request.number


def pay(village: Village, number: int, **said: Any) -> StepTaken | NotDone:  # noqa: ANN401
    key, by = said.pop("key", new_key()), said.pop("by", village.treasurer)
    return pay_out_loan(number, replace(HOW, **said), fund=village.fund, key=key, by=by)


def take_back(village: Village, paid: StepTaken, **said: Any) -> StepTaken | NotDone:  # noqa: ANN401
    given: dict[str, Any] = {"reason": "ยังไม่ได้รับเงินจริง", "key": new_key(), "by": village.chairman}
    return take_back_step(
        paid.request.number, fund=village.fund, sequence=paid.step.sequence, **given | said
    )


def baht_on(village: Village, account: str) -> float:
    found = Account.objects.filter(fund=village.fund, code=account).first()
    return found.balance.satang / 100 if found is not None else 0


def test_the_money_goes_from_the_bank_to_the_household_and_the_books_say_so_at_once(
    village: Village,
) -> None:
    done = pay(village, signed(village))
    assert isinstance(done, StepTaken)
    assert done.request.stage == Stage.PAID_OUT
    position = Position.objects.get(fund=village.fund)
    assert (position.bank, position.lent) == (Money.baht(268_000), Money.baht(12_000))
    entry = Entry.objects.get(fund=village.fund, number=done.step.entry_number)
    assert (entry.happened_on, entry.document) == (DAY, "1/2566")


def test_the_same_key_answers_with_the_same_step(village: Village) -> None:
    number, key = signed(village), new_key()
    first, second = pay(village, number, key=key), pay(village, number, key=key)
    assert isinstance(first, StepTaken)
    assert isinstance(second, StepTaken)
    assert first.step.sequence == second.step.sequence
    assert baht_on(village, "loan:1") == 12_000
    assert refused(pay(village, number)) == {"OutOfTurn"}


def test_a_key_of_another_deed_pays_nothing_out(village: Village) -> None:
    assert refused(pay(village, signed(village), key="granted")) == {"KeyTaken"}


def test_the_money_is_handed_over_by_the_chairman_before_two_witnesses(village: Village) -> None:
    number = signed(village)
    assert refused(pay(village, number, payer_term=TREASURER)) == {"PayerNotChairman"}
    assert refused(pay(village, number, witnesses=())) == {"WitnessesMissing"}
    both = ("นางแดง  มีทรัพย์", "นายสมหมาย  ทองขาว")  # the borrower and the payer
    assert refused(pay(village, number, witnesses=both)) == {"WitnessIsParty", "WitnessesMissing"}
    assert refused(pay(village, number, witnesses=(WITNESSES[0],) * 3)) == {
        "WitnessTwice",
        "WitnessesMissing",
    }


def test_a_withdrawal_takes_as_many_signers_as_the_rules_ask_for(village: Village) -> None:
    number = signed(village)
    assert refused(pay(village, number, signer_terms=(CHAIRMAN,))) == {"SignersMissing"}
    assert refused(pay(village, number, signer_terms=(CHAIRMAN, 99))) == {
        "SignersMissing",
        "TermNotInForce",
    }


def test_cash_in_hand_needs_no_signers_but_must_be_there(village: Village) -> None:
    number = signed(village)
    cash: dict[str, Any] = {"source": "cash", "signer_terms": ()}
    assert refused(pay(village, number, **cash)) == {"AccountTooSmall"}
    other = village.lend(2, 20_000, date(2022, 3, 1))
    village.take(other, 12_000, date(2023, 2, 1))
    assert isinstance(pay(village, number, **cash), StepTaken)
    assert baht_on(village, "cash") == 0


def test_money_is_not_handed_out_on_a_day_on_which_it_was_not_there_yet(village: Village) -> None:
    number = signed(village)
    other = village.lend(2, 20_000, date(2022, 3, 1))
    village.take(other, 12_000, DAY + timedelta(days=1))
    assert refused(pay(village, number, source="cash")) == {"AccountTooSmall"}
    assert isinstance(pay(village, number, source="cash", on=DAY + timedelta(days=1)), StepTaken)


def test_it_is_not_paid_out_before_the_contract_nor_tomorrow_nor_by_anybody(
    village: Village,
) -> None:
    number = signed(village)
    assert refused(pay(village, number, on=DAY - timedelta(days=1))) == {"BeforeStepBefore"}
    assert "InFuture" in refused(pay(village, number, on=TODAY + timedelta(days=1)))
    assert refused(pay(village, number, by=village.chairman)) == {"NotEntitled"}
    assert refused(pay(village, 99)) == {"NoSuchRecord"}
    undecided = village.ask(2, 5_000, DAY)
    assert refused(pay(village, undecided.number)) == {"OutOfTurn"}


def put_right(village: Village, number: int, starts_on: date) -> TermCorrected:
    names = {1: "นายสมหมาย  ทองขาว", 2: "นางอารี  ศรีสุข", 4: "นางสุนีย์  แก้วเกตุ"}
    position = {1: CommitteePosition.CHAIRMAN, 2: CommitteePosition.VICE_CHAIRMAN}
    done = correct_term(
        group=village.fund.group,
        number=number,
        set_number=1,
        name=names[number],
        position=position.get(number, CommitteePosition.TREASURER),
        starts_on=starts_on,
        ends_on=None,
        note="ดูจากประกาศแต่งตั้ง",
        by=village.district,
    )
    assert isinstance(done, TermCorrected), done
    return done


def test_a_decision_is_judged_again_when_the_money_goes_out(village: Village) -> None:
    number = signed(village)
    put_right(village, 2, date(2023, 6, 1))  # who came to the meeting was not in office yet
    assert refused(pay(village, number)) == {"TermNotInForce"}


def test_a_signer_whose_term_was_put_right_while_the_form_was_open_still_signs(
    village: Village,
) -> None:
    number = signed(village)
    now = put_right(village, TREASURER, date(2020, 10, 2)).number
    assert isinstance(pay(village, number), StepTaken)
    terms = Signatory.objects.filter(signed_as="signer").values_list("term_number", flat=True)
    assert sorted(terms) == [CHAIRMAN, now]


def test_a_term_put_right_afterwards_lists_the_pay_outs_it_touches_and_no_others(
    village: Village,
) -> None:
    pay(village, signed(village))
    pay(village, signed(village, member=2, day=date(2023, 9, 1)), on=date(2023, 9, 1))
    assert unentitled_pay_outs(village.fund) == []
    put_right(village, CHAIRMAN, date(2023, 6, 1))
    (listed,) = unentitled_pay_outs(village.fund)
    assert listed.contract_number == 1
    assert {type(refusal).__name__ for refusal in listed.refusals} >= {"TermNotInForce"}


# --- taking a pay-out back ------------------------------------------------------------------------


def test_a_pay_out_taken_back_puts_the_money_where_it_was(village: Village) -> None:
    paid = pay(village, signed(village))
    assert isinstance(paid, StepTaken)
    done = take_back(village, paid)
    assert isinstance(done, StepTaken)
    assert done.request.stage == Stage.CONTRACTED
    position = Position.objects.get(fund=village.fund)
    assert (position.bank, position.lent) == (Money.baht(280_000), Money(0))
    assert Contract.objects.get(number=1).paid_out_on is None
    assert verify_fund(village.fund) == []
    again = pay(village, paid.request.number, on=date(2023, 3, 5))
    assert isinstance(again, StepTaken)
    assert Contract.objects.get(number=1).paid_out_on == date(2023, 3, 5)


def test_a_pay_out_is_taken_back_with_a_reason_by_who_did_it_or_the_chairman(
    village: Village,
) -> None:
    paid = pay(village, signed(village))
    assert isinstance(paid, StepTaken)
    assert refused(take_back(village, paid, reason=" ")) == {"ReasonNeeded"}
    assert refused(take_back(village, paid, by=village.field_worker)) == {"NotYours"}
    assert isinstance(take_back(village, paid, by=village.treasurer), StepTaken)


def test_taking_back_twice_with_one_key_takes_back_once(village: Village) -> None:
    paid, key = pay(village, signed(village)), new_key()
    assert isinstance(paid, StepTaken)
    first, second = take_back(village, paid, key=key), take_back(village, paid, key=key)
    assert isinstance(first, StepTaken)
    assert isinstance(second, StepTaken)
    assert first.step.sequence == second.step.sequence
    assert refused(take_back(village, paid, key="granted")) == {"KeyTaken"}


def test_the_whole_way_back_to_the_draft_is_one_deed(village: Village) -> None:
    paid = pay(village, signed(village))
    assert isinstance(paid, StepTaken)
    done = take_back_step(
        paid.request.number,
        fund=village.fund,
        sequence=1,
        reason="ผิดครัวเรือน",
        key=new_key(),
        by=village.chairman,
    )
    assert isinstance(done, StepTaken)
    request = Request.objects.get(number=paid.request.number)
    assert (request.stage, request.contract_number) == (Stage.DRAFT, None)
    assert Contract.objects.get(number=1).withdrawn_at is not None
    assert baht_on(village, "bank:1") == 280_000


def test_a_loan_on_which_something_stands_is_not_taken_back(village: Village) -> None:
    paid = pay(village, signed(village))
    assert isinstance(paid, StepTaken)
    contract = Contract.objects.get(number=1)
    receipt = village.take(contract, 500, TODAY)
    assert refused(take_back(village, paid)) == {"StandsOnIt"}
    said: dict[str, Any] = {"fund": village.fund, "by": village.chairman}
    cancel_receipt(receipt.number, reason="ผิด", key=new_key(), **said)
    deferral = grant_deferral(
        1,
        ground="น้ำท่วม",
        starts_on=date(2024, 3, 1),
        ends_on=date(2024, 6, 1),
        meeting_number=None,
        **said,
    )
    assert isinstance(deferral, Noted)
    assert refused(take_back(village, paid)) == {"StandsOnIt"}
    withdraw_deferral(deferral.number, **said)
    assert isinstance(take_back(village, paid), StepTaken)
