"""Money sent back: what a receipt settles, what is refused, and what happens to a wrong one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kongthun.accounts.models import Appointment, Role
from kongthun.accounts.reach import Reach, reach_of
from kongthun.domain.money import Money
from kongthun.domain.plan import PlannedPart
from kongthun.domain.receipt_seal import SealedReceipt, check_seal
from kongthun.ledger.bank import Recorded, deposit_cash
from kongthun.ledger.models import Account, Entry, Position
from kongthun.ledger.verification import verify_fund
from kongthun.loans.actions.debts import Moved, Noted, agree_on_plan, return_held, write_off
from kongthun.loans.actions.pay_outs import ContractPaper, HandingOver, make_contract, pay_out_loan
from kongthun.loans.actions.repayments import (
    ReceiptTakenBack,
    RepaymentRecorded,
    Visit,
    cancel_receipt,
    record_repayment,
    record_repayments,
)
from kongthun.loans.actions.requests import (
    RequestFacts,
    decide_request,
    hand_in_request,
    save_draft,
)
from kongthun.loans.actions.steps import StepTaken
from kongthun.loans.models import Contract, Receipt, Request
from kongthun.loans.queries.contracts import contract_state
from kongthun.loans.receipt_keys import public_keys
from kongthun.loans.refusals import NotDone, PaidTooMuch

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

LENT_ON = date(2021, 3, 1)
TODAY = timezone.localdate()


@pytest.fixture
def village() -> Village:
    return working_village()


@pytest.fixture
def contract(village: Village) -> Contract:
    """12,000 baht, lent on 1 มี.ค. 2564."""
    return village.lend(1, 12_000, LENT_ON)


def bring(
    village: Village,
    contract: Contract,
    baht: int,
    on: date,
    *,
    key: str | None = None,
    by: Reach | None = None,
    holds_over: bool = False,
    early_interest: bool = False,
    receiver_term: int | None = None,
) -> RepaymentRecorded | NotDone:
    visit = Visit(
        contract.number,
        Money.baht(baht),
        on,
        key or new_key(),
        holds_over=holds_over,
        early_interest=early_interest,
        receiver_term=receiver_term,
    )
    return record_repayment(visit, fund=village.fund, by=by or village.treasurer)


def cancel(
    village: Village,
    number: int,
    *,
    reason: str = "เขียนผิดสัญญา",
    key: str = "",
    by: Reach | None = None,
) -> ReceiptTakenBack | NotDone:
    return cancel_receipt(
        number, fund=village.fund, reason=reason, key=key or new_key(), by=by or village.treasurer
    )


def baht_on(village: Village, account: str) -> float:
    found = Account.objects.filter(fund=village.fund, code=account).first()
    return found.balance.satang / 100 if found is not None else 0


# --- taking money --------------------------------------------------------------------------------


def test_a_receipt_says_what_was_paid_and_what_is_left_and_anyone_can_check_it(
    village: Village, contract: Contract
) -> None:
    receipt = village.take(contract, 5_000, date(2022, 3, 1))
    assert (receipt.number, receipt.balance_left) == (1, Money.baht(7_000))
    said = check_seal(receipt.seal, public_keys(village.fund)[0])
    assert isinstance(said, SealedReceipt)
    assert (said.amount, said.left) == (Money.baht(5_000), Money.baht(7_000))
    assert Entry.objects.get(fund=village.fund, number=said.entry).link.hex().startswith(said.link)


def test_a_back_dated_receipt_counts_from_its_own_day(village: Village, contract: Contract) -> None:
    village.take(contract, 5_000, date(2023, 3, 1))
    village.take(contract, 1_000, date(2022, 6, 1))
    on_the_day = contract_state(village.fund, contract.number, as_of=date(2022, 12, 31))
    assert on_the_day is not None
    assert on_the_day.balance == Money.baht(11_000)


def test_two_receipts_on_one_day_are_two_receipts(village: Village, contract: Contract) -> None:
    numbers = [village.take(contract, 500, date(2022, 3, 1)).number for _ in range(2)]
    assert numbers == [1, 2]
    assert baht_on(village, contract.account) == 11_000


def test_whoever_may_not_take_money_is_refused(village: Village, contract: Contract) -> None:
    assert refused(bring(village, contract, 100, TODAY, by=village.district)) == {"NotEntitled"}
    assert not Receipt.objects.exists()


def test_money_is_not_taken_for_tomorrow(village: Village, contract: Contract) -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert refused(bring(village, contract, 100, tomorrow)) == {"InFuture"}


def test_money_is_not_sent_back_before_it_was_lent(village: Village, contract: Contract) -> None:
    assert refused(bring(village, contract, 100, LENT_ON - timedelta(days=1))) == {"PaidBeforeLent"}
    assert isinstance(bring(village, contract, 100, LENT_ON), RepaymentRecorded)


def test_a_sum_of_nothing_is_no_receipt(village: Village, contract: Contract) -> None:
    assert refused(bring(village, contract, 0, TODAY)) == {"NotAboveZero"}


def test_a_contract_that_is_not_there_or_not_paid_out_takes_no_money(village: Village) -> None:
    visit = Visit(7, Money.baht(100), TODAY, new_key())
    done = record_repayment(visit, fund=village.fund, by=village.treasurer)
    assert refused(done) == {"NoSuchContract"}


def test_a_settled_contract_takes_no_more(village: Village, contract: Contract) -> None:
    village.take(contract, 12_000, TODAY)
    assert refused(bring(village, contract, 1, TODAY)) == {"NothingOwed"}


def test_who_took_the_money_must_have_been_on_the_committee(
    village: Village, contract: Contract
) -> None:
    assert refused(bring(village, contract, 100, TODAY, receiver_term=99)) == {
        "ReceiverNotInOffice"
    }


def test_too_much_is_refused_with_the_sum_left_over(village: Village, contract: Contract) -> None:
    done = bring(village, contract, 12_500, TODAY)
    assert isinstance(done, NotDone)
    assert done.refusals == (PaidTooMuch(Money.baht(12_500), Money.baht(12_000), Money.baht(500)),)


def test_too_much_is_held_for_the_household_if_it_wants_it_so(
    village: Village, contract: Contract
) -> None:
    done = bring(village, contract, 12_500, TODAY, holds_over=True)
    assert isinstance(done, RepaymentRecorded)
    assert done.receipt.held == Money.baht(500)
    assert baht_on(village, "held:1") == -500


def test_everything_wrong_with_a_visit_is_said_together(
    village: Village, contract: Contract
) -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert refused(bring(village, contract, 0, tomorrow, receiver_term=99)) == {
        "NotAboveZero",
        "InFuture",
        "ReceiverNotInOffice",
    }


def test_a_meeting_s_receipts_are_written_all_or_none(village: Village, contract: Contract) -> None:
    other = village.lend(2, 5_000, LENT_ON)
    visits = [
        Visit(contract.number, Money.baht(1_000), TODAY, new_key()),
        Visit(other.number, Money.baht(6_000), TODAY, new_key()),
    ]
    done = record_repayments(visits, fund=village.fund, by=village.treasurer)
    assert refused(done) == {"PaidTooMuch"}
    assert not Receipt.objects.exists()
    assert baht_on(village, contract.account) == 12_000


def test_two_visits_of_one_meeting_on_one_contract_know_of_each_other(
    village: Village, contract: Contract
) -> None:
    visits = [Visit(contract.number, Money.baht(7_000), TODAY, new_key()) for _ in range(2)]
    assert refused(record_repayments(visits, fund=village.fund, by=village.treasurer)) == {
        "PaidTooMuch"
    }


# --- a form sent twice ------------------------------------------------------------------------


def test_the_same_key_answers_with_the_same_receipt(village: Village, contract: Contract) -> None:
    key = new_key()
    first = bring(village, contract, 1_000, TODAY, key=key)
    second = bring(village, contract, 1_000, TODAY, key=key)
    assert isinstance(first, RepaymentRecorded)
    assert isinstance(second, RepaymentRecorded)
    assert second.is_again
    assert first.receipt.number == second.receipt.number
    assert baht_on(village, contract.account) == 11_000


@pytest.mark.parametrize(("baht", "on"), [(2_000, TODAY), (1_000, TODAY - timedelta(days=1))])
def test_the_same_key_for_other_money_is_refused_and_not_silently_lost(
    village: Village, contract: Contract, baht: int, on: date
) -> None:
    key = new_key()
    bring(village, contract, 1_000, TODAY, key=key)
    assert refused(bring(village, contract, baht, on, key=key)) == {"KeyTaken"}


def test_the_same_key_for_another_household_is_refused(
    village: Village, contract: Contract
) -> None:
    key = new_key()
    other = village.lend(2, 5_000, LENT_ON)
    bring(village, contract, 1_000, TODAY, key=key)
    assert refused(bring(village, other, 1_000, TODAY, key=key)) == {"KeyTaken"}


def test_a_key_of_another_deed_writes_no_receipt(village: Village, contract: Contract) -> None:
    assert refused(bring(village, contract, 1_000, TODAY, key="granted")) == {"KeyTaken"}


# --- a wrong receipt ----------------------------------------------------------------------------


def test_a_cancelled_receipt_stays_and_its_number_is_not_used_again(
    village: Village, contract: Contract
) -> None:
    village.take(contract, 5_000, date(2022, 3, 1))
    assert isinstance(cancel(village, 1), ReceiptTakenBack)
    assert village.take(contract, 500, date(2022, 3, 1)).number == 2
    assert Receipt.objects.get(fund=village.fund, number=1).amount == Money.baht(5_000)
    assert baht_on(village, contract.account) == 11_500


def test_cancelling_needs_a_reason_an_entitled_person_and_a_receipt_that_stands(
    village: Village, contract: Contract
) -> None:
    village.take(contract, 5_000, date(2022, 3, 1))
    assert refused(cancel(village, 1, reason=" ", by=village.district)) == {
        "NotEntitled",
        "ReasonNeeded",
    }
    assert refused(cancel(village, 2)) == {"NoSuchReceipt"}
    cancel(village, 1)
    assert refused(cancel(village, 1)) == {"ReceiptCancelled"}


def test_cancelling_twice_with_one_key_cancels_once(village: Village, contract: Contract) -> None:
    village.take(contract, 5_000, date(2022, 3, 1))
    key = new_key()
    assert cancel(village, 1, key=key) == cancel(village, 1, key=key)


def test_a_key_of_another_deed_does_not_say_that_a_receipt_was_cancelled(
    village: Village, contract: Contract
) -> None:
    village.take(contract, 5_000, date(2022, 3, 1))
    assert refused(cancel(village, 1, key="granted")) == {"KeyTaken"}


def test_a_receipt_whose_money_went_to_the_bank_is_not_cancelled_under_it(
    village: Village, contract: Contract
) -> None:
    village.take(contract, 5_000, date(2022, 3, 1))
    carried = deposit_cash(
        fund=village.fund,
        amount=Money.baht(5_000),
        on=date(2022, 3, 2),
        slip="77",
        key=new_key(),
        by=village.treasurer,
    )
    assert isinstance(carried, Recorded)
    assert refused(cancel(village, 1)) == {"AccountTooSmall"}
    assert Position.objects.get(fund=village.fund).cash == Money(0)


def test_a_receipt_whose_held_money_was_given_back_is_not_cancelled_over_it(
    village: Village, contract: Contract
) -> None:
    bring(village, contract, 12_500, date(2022, 3, 1), holds_over=True)
    village.take(village.lend(2, 5_000, LENT_ON), 5_000, date(2022, 3, 1))
    back = return_held(
        "1",
        fund=village.fund,
        amount=Money.baht(500),
        on=TODAY,
        key=new_key(),
        by=village.treasurer,
    )
    assert isinstance(back, Moved)
    assert "MoreThanOwed" in refused(cancel(village, 1))
    assert baht_on(village, "held:1") == 0


# --- a fund that takes interest -----------------------------------------------------------------


@pytest.fixture
def neighbour() -> Village:
    return working_village("80160102", kind="village_fund")


def lend_with_interest(village: Village, baht: int = 12_000, *, years: int = 2) -> Contract:
    """6 % flat, a part a year: 12,000 over two years make 720 of interest a part."""
    facts = RequestFacts(1, project="ค้าขาย", asked=Money.baht(baht))
    draft = save_draft(facts, fund=village.fund, by=village.treasurer)
    assert isinstance(draft, Request)
    hand_in_request(draft.number, fund=village.fund, on=LENT_ON, by=village.treasurer)
    decided = decide_request(
        draft.number,
        fund=village.fund,
        meeting_number=village.meet(LENT_ON),
        is_approved=True,
        amount=Money.baht(baht),
        words="",
        by=village.chairman,
    )
    assert isinstance(decided, StepTaken), decided
    each = baht // years
    signed = make_contract(
        draft.number,
        ContractPaper(
            LENT_ON,
            tuple(
                PlannedPart(LENT_ON.replace(year=LENT_ON.year + n), Money.baht(each))
                for n in range(1, years + 1)
            ),
            CHAIRMAN,
            WITNESSES,
            guarantors=("นายค้ำ  หนึ่ง", "นางค้ำ  สอง"),
        ),
        fund=village.fund,
        by=village.treasurer,
    )
    assert isinstance(signed, StepTaken), signed
    paid = pay_out_loan(
        draft.number,
        HandingOver(LENT_ON, "bank:1", CHAIRMAN, WITNESSES, (CHAIRMAN, TREASURER)),
        fund=village.fund,
        key=new_key(),
        by=village.treasurer,
    )
    assert isinstance(paid, StepTaken), paid
    return Contract.objects.get(fund=village.fund, number=paid.step.contract_number)


def test_interest_is_taken_first_and_kept_apart(neighbour: Village) -> None:
    contract = lend_with_interest(neighbour)
    done = bring(neighbour, contract, 6_720, date(2022, 3, 1))
    assert isinstance(done, RepaymentRecorded)
    assert (done.receipt.interest, done.receipt.principal) == (Money.baht(720), Money.baht(6_000))
    assert baht_on(neighbour, f"income:interest-{contract.number}") == -720


def test_a_receipt_found_later_divides_the_later_ones_anew(neighbour: Village) -> None:
    contract = lend_with_interest(neighbour)
    bring(neighbour, contract, 7_000, date(2023, 3, 1))  # 720 of each part, the rest principal
    bring(neighbour, contract, 1_000, date(2022, 3, 1))
    assert baht_on(neighbour, f"income:interest-{contract.number}") == -(720 + 720)
    assert baht_on(neighbour, contract.account) == 12_000 - (8_000 - 1_440)
    assert verify_fund(neighbour.fund) == []


def test_a_receipt_found_later_that_would_leave_too_little_for_the_others_is_too_much(
    neighbour: Village,
) -> None:
    contract = lend_with_interest(neighbour)
    bring(neighbour, contract, 12_440, date(2023, 3, 1))  # all but 1,000
    done = bring(neighbour, contract, 6_720, date(2022, 3, 1))
    assert isinstance(done, NotDone)
    assert done.refusals == (PaidTooMuch(Money.baht(6_720), Money.baht(1_000), Money.baht(5_720)),)
    held = bring(neighbour, contract, 6_720, date(2022, 3, 1), holds_over=True)
    assert isinstance(held, RepaymentRecorded)
    assert held.receipt.held == Money.baht(5_720)
    assert baht_on(neighbour, contract.account) == 0


def test_a_receipt_found_later_prints_what_is_left_after_all_receipts(neighbour: Village) -> None:
    contract = lend_with_interest(neighbour)
    bring(neighbour, contract, 7_000, date(2023, 3, 1))
    done = bring(neighbour, contract, 1_000, date(2022, 3, 1))
    assert isinstance(done, RepaymentRecorded)
    assert done.receipt.balance_left.satang / 100 == baht_on(neighbour, contract.account)


def test_interest_that_falls_due_after_the_principal_came_back_can_still_be_paid(
    neighbour: Village,
) -> None:
    contract = lend_with_interest(neighbour)
    bring(neighbour, contract, 12_720, date(2022, 3, 1))  # part 2 without its interest
    assert baht_on(neighbour, contract.account) == 0
    state = contract_state(neighbour.fund, contract.number, as_of=date(2023, 3, 1))
    assert state is not None
    assert not state.is_settled
    done = bring(neighbour, contract, 720, date(2023, 3, 1))
    assert isinstance(done, RepaymentRecorded)
    assert done.receipt.interest == Money.baht(720)
    assert refused(bring(neighbour, contract, 1, TODAY)) == {"NothingOwed"}


def test_after_a_loss_no_more_principal_is_taken_than_is_still_owed(neighbour: Village) -> None:
    contract = lend_with_interest(neighbour)
    lost = write_off(
        contract.number,
        fund=neighbour.fund,
        amount=Money.baht(5_000),
        words="ตามมติที่ประชุม",
        on=date(2022, 1, 1),
        key=new_key(),
        by=neighbour.chairman,
    )
    assert isinstance(lost, Moved), lost
    done = bring(neighbour, contract, 13_440, TODAY)
    assert isinstance(done, NotDone)
    assert done.refusals == (PaidTooMuch(Money.baht(13_440), Money.baht(8_440), Money.baht(5_000)),)
    assert isinstance(bring(neighbour, contract, 8_440, TODAY), RepaymentRecorded)
    assert baht_on(neighbour, contract.account) == 0


def test_interest_paid_before_an_agreement_stays_interest(neighbour: Village) -> None:
    contract = lend_with_interest(neighbour)
    bring(neighbour, contract, 2_720, date(2022, 3, 1))  # 720 and 2,000
    agreed = agree_on_plan(
        contract.number,
        fund=neighbour.fund,
        on=date(2023, 6, 1),
        parts=[PlannedPart(date(2027, 6, 1), Money.baht(10_000))],
        words="ขอส่งเป็นงวดเดียว",
        meeting_number=None,
        by=neighbour.chairman,
    )
    assert isinstance(agreed, Noted), agreed
    bring(neighbour, contract, 4_000, date(2024, 6, 1))
    assert baht_on(neighbour, f"income:interest-{contract.number}") == -720
    assert baht_on(neighbour, contract.account) == 6_000
    bring(neighbour, contract, 500, date(2022, 2, 1))  # found later, from before the agreement
    assert baht_on(neighbour, f"income:interest-{contract.number}") == -720
    assert baht_on(neighbour, contract.account) == 5_500
    assert refused(bring(neighbour, contract, 5_501, TODAY)) == {"PaidTooMuch"}


def test_whoever_settled_parts_ahead_with_their_interest_has_settled_them(
    neighbour: Village,
) -> None:
    contract = lend_with_interest(neighbour, 12_000, years=2)
    done = bring(neighbour, contract, 13_000, date(2022, 3, 1), early_interest=True)
    assert isinstance(done, RepaymentRecorded)
    assert done.receipt.interest == Money.baht(1_440)
    bring(neighbour, contract, 440, date(2022, 4, 1))
    assert baht_on(neighbour, f"income:interest-{contract.number}") == -1_440
    assert baht_on(neighbour, contract.account) == 0


def test_cancelling_a_receipt_divides_the_later_ones_anew(neighbour: Village) -> None:
    contract = lend_with_interest(neighbour)
    first = bring(neighbour, contract, 6_720, date(2022, 3, 1))
    bring(neighbour, contract, 1_000, date(2022, 4, 1))
    assert isinstance(first, RepaymentRecorded)
    assert isinstance(cancel(neighbour, first.receipt.number), ReceiptTakenBack)
    assert baht_on(neighbour, f"income:interest-{contract.number}") == -720
    assert baht_on(neighbour, contract.account) == 12_000 - 280
    assert verify_fund(neighbour.fund) == []


def test_a_treasurer_whose_office_ended_takes_no_money(
    village: Village, contract: Contract
) -> None:
    user = village.users["herannyik"]
    Appointment.objects.filter(user=user, role=Role.TREASURER).update(ends_on=date(2025, 12, 31))
    former = reach_of(user, TODAY)
    assert refused(bring(village, contract, 100, TODAY, by=former)) == {"NotEntitled"}


def test_interest_paid_on_the_day_of_an_agreement_before_it_stays_interest(
    neighbour: Village,
) -> None:
    contract = lend_with_interest(neighbour)
    bring(neighbour, contract, 2_720, date(2023, 6, 1))  # 720 and 2,000
    agreed = agree_on_plan(
        contract.number,
        fund=neighbour.fund,
        on=date(2023, 6, 1),
        parts=[PlannedPart(date(2027, 6, 1), Money.baht(10_000))],
        words="ขอส่งเป็นงวดเดียว",
        meeting_number=None,
        by=neighbour.chairman,
    )
    assert isinstance(agreed, Noted), agreed
    bring(neighbour, contract, 1_000, date(2023, 6, 1))
    assert baht_on(neighbour, f"income:interest-{contract.number}") == -720
    assert baht_on(neighbour, contract.account) == 9_000
