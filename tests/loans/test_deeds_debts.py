"""When it goes wrong: delays, agreements, what is noted of a debt, claims, losses, what returns."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.audit.models import AuditLine
from kongthun.domain.money import Money
from kongthun.domain.plan import PlannedPart
from kongthun.ledger.models import Account, Position
from kongthun.ledger.verification import verify_fund
from kongthun.loans.actions.debts import (
    Moved,
    Noted,
    agree_on_plan,
    answer_balance,
    grant_deferral,
    note_debt,
    receive_claim,
    recognise_claim,
    recover_loss,
    return_held,
    settle_dispute,
    withdraw_deferral,
    write_off,
)
from kongthun.loans.actions.repayments import Visit, record_repayment
from kongthun.loans.models import Claim, Contract, DebtEvent, DebtEventKind, Deferral
from kongthun.loans.queries.contracts import ContractState, contract_state
from kongthun.loans.refusals import NotDone

from .village_at_work import Village, new_key, refused, working_village

pytestmark = pytest.mark.django_db

LENT_ON, DUE_ON = date(2021, 3, 1), date(2023, 3, 1)
TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def village() -> Village:
    return working_village()


@pytest.fixture
def contract(village: Village) -> Contract:
    """12,000 baht, lent on 1 มี.ค. 2564, all of it due on 1 มี.ค. 2566."""
    return village.lend(1, 12_000, LENT_ON)


def baht_on(village: Village, account: str) -> float:
    found = Account.objects.filter(fund=village.fund, code=account).first()
    return found.balance.satang / 100 if found is not None else 0


def state_of(village: Village, contract: Contract, day: date) -> ContractState:
    state = contract_state(village.fund, contract.number, as_of=day)
    assert state is not None
    return state


def household(village: Village, member: int) -> Reach:
    user = User.objects.create(username=f"household-{member}")
    appoint(
        user=user,
        role=Role.MEMBER,
        by_order="สมาชิก",
        starts_on=LENT_ON,
        group_id=village.fund.pk,
        member_number=member,
    )
    return reach_of(user, TODAY)


# --- delays -----------------------------------------------------------------------------------


def defer(village: Village, contract: Contract, **said: Any) -> Noted | NotDone:  # noqa: ANN401
    given: dict[str, Any] = {
        "ground": "น้ำท่วมนา",
        "starts_on": date(2023, 4, 1),
        "ends_on": date(2024, 3, 31),
        "meeting_number": None,
        "by": village.chairman,
    }
    return grant_deferral(contract.number, fund=village.fund, **given | said)


def test_a_delay_shows_beside_what_is_overdue_and_changes_none_of_it(
    village: Village, contract: Contract
) -> None:
    assert isinstance(defer(village, contract), Noted)
    state = state_of(village, contract, date(2024, 3, 31))
    assert (state.arrears.overdue, state.overdue_not_deferred) == (Money.baht(12_000), Money(0))
    the_day_after = state_of(village, contract, date(2024, 4, 1))
    assert the_day_after.overdue_not_deferred == Money.baht(12_000)


def test_a_delay_longer_than_the_rules_allow_is_refused(
    village: Village, contract: Contract
) -> None:
    assert isinstance(defer(village, contract, ends_on=date(2024, 4, 30)), Noted)  # twelve months
    assert refused(defer(village, contract, ends_on=date(2024, 5, 1))) == {"DeferredTooLong"}


def test_everything_wrong_with_a_delay_is_said_together(
    village: Village, contract: Contract
) -> None:
    assert refused(
        defer(
            village,
            contract,
            ground=" ",
            starts_on=TOMORROW,
            ends_on=TODAY,
            by=village.treasurer,
        )
    ) == {"NotEntitled", "ReasonNeeded", "EndsBeforeItStarts", "InFuture"}


def test_a_delay_does_not_begin_before_the_money_was_lent(
    village: Village, contract: Contract
) -> None:
    early = {"starts_on": date(2021, 2, 28), "ends_on": date(2021, 6, 1)}
    assert refused(defer(village, contract, **early)) == {"BeforeStepBefore"}


def test_a_delay_written_down_wrongly_counts_no_more(village: Village, contract: Contract) -> None:
    done = defer(village, contract)
    assert isinstance(done, Noted)
    withdraw = {"fund": village.fund, "by": village.chairman}
    assert isinstance(withdraw_deferral(done.number, **withdraw), Noted)
    assert state_of(village, contract, date(2023, 5, 1)).deferred_until is None
    assert Deferral.objects.filter(number=done.number).exists()
    assert refused(withdraw_deferral(done.number, **withdraw)) == {"NoSuchRecord"}


def test_a_treasurer_withdraws_no_delay(village: Village, contract: Contract) -> None:
    done = defer(village, contract)
    assert isinstance(done, Noted)
    assert refused(withdraw_deferral(done.number, fund=village.fund, by=village.treasurer)) == {
        "NotEntitled"
    }


# --- agreements -------------------------------------------------------------------------------


def agree(
    village: Village,
    contract: Contract,
    on: date,
    *parts: tuple[date, int],
    by: Reach | None = None,
) -> Noted | NotDone:
    return agree_on_plan(
        contract.number,
        fund=village.fund,
        on=on,
        parts=[PlannedPart(day, Money.baht(baht)) for day, baht in parts],
        words="ส่งเดือนละพัน",
        meeting_number=None,
        by=by or village.chairman,
    )


def test_from_the_day_of_an_agreement_the_new_plan_says_what_is_late(
    village: Village, contract: Contract
) -> None:
    village.take(contract, 2_000, date(2023, 5, 1))
    done = agree(
        village, contract, date(2023, 6, 1), (date(2024, 6, 1), 4_000), (date(2025, 6, 1), 6_000)
    )
    assert isinstance(done, Noted)
    assert state_of(village, contract, date(2023, 5, 31)).arrears.overdue == Money.baht(10_000)
    assert state_of(village, contract, date(2023, 6, 1)).arrears.overdue == Money(0)
    assert state_of(village, contract, date(2024, 6, 2)).arrears.overdue == Money.baht(4_000)


def test_an_agreement_makes_what_is_owed_to_the_baht(village: Village, contract: Contract) -> None:
    assert refused(agree(village, contract, TODAY, (date(2027, 6, 1), 11_999))) == {"AgainstPlan"}


def test_an_agreement_is_made_by_whom_the_fund_entrusts_with_it_and_not_for_tomorrow(
    village: Village, contract: Contract
) -> None:
    plan = (date(2027, 6, 1), 12_000)
    assert refused(agree(village, contract, TOMORROW, plan, by=village.treasurer)) == {
        "NotEntitled",
        "InFuture",
    }


def test_an_agreement_is_not_older_than_what_it_replaces(
    village: Village, contract: Contract
) -> None:
    plan = (date(2027, 6, 1), 12_000)
    assert refused(agree(village, contract, date(2020, 12, 1), plan)) == {"BeforeStepBefore"}
    assert isinstance(agree(village, contract, date(2024, 6, 1), plan), Noted)
    assert refused(agree(village, contract, date(2024, 5, 31), plan)) == {"BeforeStepBefore"}
    assert isinstance(agree(village, contract, date(2024, 6, 1), plan), Noted)


def test_nothing_is_agreed_on_a_contract_that_is_settled_or_not_there(
    village: Village, contract: Contract
) -> None:
    village.take(contract, 12_000, TODAY)
    plan = (date(2027, 6, 1), 1)
    assert refused(agree(village, contract, TODAY, plan)) == {"NothingOwed"}
    contract.number = 9
    assert refused(agree(village, contract, TODAY, plan)) == {"NoSuchContract"}


def test_what_is_owed_past_an_agreement_is_due_at_once_and_late_on_no_day(
    village: Village, contract: Contract
) -> None:
    """A receipt from before the agreement turns out to be wrong: 2,000 more are owed."""
    from kongthun.loans.actions.repayments import ReceiptTakenBack, cancel_receipt

    receipt = village.take(contract, 2_000, date(2022, 5, 1))
    agree(village, contract, date(2023, 6, 1), (date(2024, 6, 1), 10_000))
    back = cancel_receipt(
        receipt.number, fund=village.fund, reason="ผิดคน", key=new_key(), by=village.treasurer
    )
    assert isinstance(back, ReceiptTakenBack)
    state = state_of(village, contract, date(2024, 6, 2))
    assert (state.balance, state.past_plan) == (Money.baht(12_000), Money.baht(2_000))
    assert state.arrears.overdue == Money.baht(10_000)
    assert state.due_now.total == Money.baht(12_000)
    assert state_of(village, contract, date(2024, 6, 1)).arrears.overdue == Money(0)


# --- what is noted ----------------------------------------------------------------------------


def test_what_is_acknowledged_is_what_was_owed_that_day(
    village: Village, contract: Contract
) -> None:
    village.take(contract, 2_000, date(2022, 5, 1))
    village.take(contract, 3_000, date(2024, 5, 1))
    done = note_debt(
        contract.number,
        DebtEventKind.ACKNOWLEDGED,
        fund=village.fund,
        on=date(2023, 1, 1),
        by=village.chairman,
    )
    assert isinstance(done, Noted)
    assert DebtEvent.objects.get(number=done.number).balance == Money.baht(10_000)


def test_an_heir_is_named_in_words_and_not_for_tomorrow(
    village: Village, contract: Contract
) -> None:
    said: dict[str, Any] = {"fund": village.fund, "on": TOMORROW, "by": village.treasurer}
    done = note_debt(contract.number, DebtEventKind.HEIR_NAMED, **said)
    assert refused(done) == {"NotEntitled", "InFuture", "ReasonNeeded"}


def test_nothing_is_noted_of_a_debt_on_a_day_it_did_not_exist(
    village: Village, contract: Contract
) -> None:
    said: dict[str, Any] = {"fund": village.fund, "by": village.chairman}
    early = note_debt(contract.number, DebtEventKind.ACKNOWLEDGED, on=date(2021, 2, 28), **said)
    assert refused(early) == {"BeforeStepBefore"}
    village.take(contract, 12_000, date(2022, 5, 1))
    late = note_debt(contract.number, DebtEventKind.ACKNOWLEDGED, on=date(2022, 5, 1), **said)
    assert refused(late) == {"NothingOwed"}


def test_a_balance_confirmed_on_paper_is_that_of_its_day_even_if_all_came_back_since(
    village: Village, contract: Contract
) -> None:
    village.take(contract, 12_000, date(2022, 10, 5))
    done = answer_balance(
        contract.number, fund=village.fund, on=date(2022, 9, 30), agrees=True, by=village.treasurer
    )
    assert isinstance(done, Noted)
    event = DebtEvent.objects.get(number=done.number)
    assert (event.kind, event.balance) == (DebtEventKind.CONFIRMED, Money.baht(12_000))


def test_a_household_answers_on_screen_for_its_own_contract_only(
    village: Village, contract: Contract
) -> None:
    said: dict[str, Any] = {"fund": village.fund, "on": TODAY, "agrees": True, "on_paper": False}
    own = answer_balance(contract.number, **said, by=household(village, 1))
    assert isinstance(own, Noted)
    other = answer_balance(contract.number, **said, by=household(village, 2))
    assert refused(other) == {"NoSuchContract"}
    desk = answer_balance(contract.number, **said, by=village.treasurer)
    assert refused(desk) == {"NoSuchContract"}


def test_who_does_not_agree_says_what_their_own_books_have(
    village: Village, contract: Contract
) -> None:
    said: dict[str, Any] = {"fund": village.fund, "on": TODAY, "agrees": False}
    assert refused(answer_balance(contract.number, **said, by=village.treasurer)) == {
        "ReasonNeeded"
    }
    assert refused(
        answer_balance(contract.number, **{**said, "on": TOMORROW}, by=village.district)
    ) == {"NotEntitled", "InFuture", "ReasonNeeded"}
    done = answer_balance(contract.number, **said, said=Money.baht(9_000), by=village.treasurer)
    assert isinstance(done, Noted)


def test_a_dispute_is_settled_once_in_words_by_who_settles_debts(
    village: Village, contract: Contract
) -> None:
    dispute = answer_balance(
        contract.number,
        fund=village.fund,
        on=date(2023, 9, 30),
        agrees=False,
        said=Money.baht(9_000),
        by=village.treasurer,
    )
    assert isinstance(dispute, Noted)
    said: dict[str, Any] = {"fund": village.fund, "words": "ดูใบเสร็จด้วยกันแล้ว"}
    assert refused(
        settle_dispute(
            dispute.number, fund=village.fund, words="", on=TOMORROW, by=village.treasurer
        )
    ) == {"NotEntitled", "ReasonNeeded", "InFuture"}
    done = settle_dispute(dispute.number, **said, on=TODAY, by=village.chairman)
    assert isinstance(done, Noted)
    again = settle_dispute(dispute.number, **said, on=TODAY, by=village.chairman)
    assert refused(again) == {"NoSuchRecord"}
    assert refused(settle_dispute(99, **said, on=TODAY, by=village.chairman)) == {"NoSuchRecord"}


# --- claims -----------------------------------------------------------------------------------


def claim(village: Village, source: str, baht: int, **said: Any) -> Moved | NotDone:  # noqa: ANN401
    given: dict[str, Any] = {
        "person_name": "นายคนหนึ่ง",
        "words": "รับเงินไปแล้วยังไม่นำส่ง",
        "on": date(2023, 6, 1),
        "meeting_number": None,
        "key": new_key(),
        "by": village.chairman,
    }
    return recognise_claim(
        fund=village.fund, source=source, amount=Money.baht(baht), **given | said
    )


def test_money_that_somebody_took_moves_to_a_claim_on_them_and_comes_back_as_cash(
    village: Village, contract: Contract
) -> None:
    done = claim(village, contract.account, 5_000)
    assert isinstance(done, Moved)
    assert (baht_on(village, contract.account), baht_on(village, "claim:1")) == (7_000, 5_000)
    said: dict[str, Any] = {"fund": village.fund, "by": village.treasurer}
    back = receive_claim(1, amount=Money.baht(2_000), on=TODAY, key=new_key(), **said)
    assert isinstance(back, Moved)
    assert (baht_on(village, "cash"), baht_on(village, "claim:1")) == (2_000, 3_000)
    state = state_of(village, contract, TODAY)
    assert (state.repaid, state.moved_on) == (Money(0), Money.baht(5_000))


def test_no_more_is_claimed_than_there_was_on_the_day_and_is_since(
    village: Village, contract: Contract
) -> None:
    assert refused(claim(village, contract.account, 12_001)) == {"AccountTooSmall"}
    assert refused(claim(village, contract.account, 1, on=date(2021, 2, 28))) == {"AccountTooSmall"}
    village.take(contract, 1_000, date(2024, 1, 1))
    assert refused(claim(village, "cash", 1_000, on=date(2023, 12, 31))) == {"AccountTooSmall"}
    assert isinstance(claim(village, "cash", 1_000, on=date(2024, 1, 1)), Moved)


def test_everything_wrong_with_a_claim_is_said_together(village: Village) -> None:
    done = claim(village, "cash", 0, on=TOMORROW, person_name="", by=village.treasurer)
    assert refused(done) == {"NotEntitled", "ReasonNeeded", "NotAboveZero", "InFuture"}


def test_a_claim_recognised_twice_with_one_key_is_one(village: Village, contract: Contract) -> None:
    key = new_key()
    first = claim(village, contract.account, 500, key=key)
    claim(village, contract.account, 500)
    assert claim(village, contract.account, 500, key=key) == first
    assert Claim.objects.count() == 2
    assert refused(claim(village, contract.account, 700, key=key)) == {"KeyTaken"}


def test_a_claim_gives_back_no_more_than_it_is_and_only_to_who_takes_money(
    village: Village, contract: Contract
) -> None:
    claim(village, contract.account, 500)
    said: dict[str, Any] = {"fund": village.fund, "on": TODAY}
    more = receive_claim(1, amount=Money.baht(501), key=new_key(), by=village.treasurer, **said)
    assert refused(more) == {"AccountTooSmall"}
    unknown = receive_claim(2, amount=Money.baht(1), key=new_key(), by=village.district, **said)
    assert refused(unknown) == {"NotEntitled", "NoSuchRecord", "AccountTooSmall"}


def test_a_claim_gives_nothing_back_before_it_was_recognised(
    village: Village, contract: Contract
) -> None:
    claim(village, contract.account, 500, on=date(2023, 6, 1))
    early = receive_claim(
        1,
        fund=village.fund,
        amount=Money.baht(500),
        on=date(2023, 5, 31),
        key=new_key(),
        by=village.treasurer,
    )
    assert refused(early) == {"AccountTooSmall"}


# --- losses -----------------------------------------------------------------------------------


def lose(
    village: Village,
    contract: Contract,
    baht: int,
    **said: Any,  # noqa: ANN401
) -> Moved | NotDone:
    given: dict[str, Any] = {
        "words": "ไม่มีทายาท",
        "on": date(2024, 6, 1),
        "key": new_key(),
        "by": village.district,
    }
    return write_off(contract.number, fund=village.fund, amount=Money.baht(baht), **given | said)


def recover(
    village: Village,
    contract: Contract,
    baht: int,
    **said: Any,  # noqa: ANN401
) -> Moved | NotDone:
    given: dict[str, Any] = {"on": TODAY, "key": new_key(), "by": village.treasurer}
    return recover_loss(contract.number, fund=village.fund, amount=Money.baht(baht), **given | said)


def test_a_loss_is_asked_of_nobody_any_more_and_may_still_come_back(
    village: Village, contract: Contract
) -> None:
    assert isinstance(lose(village, contract, 12_000), Moved)
    state = state_of(village, contract, TODAY)
    assert (state.is_settled, state.arrears.overdue) == (True, Money(0))
    assert Position.objects.get(fund=village.fund).loss == Money.baht(12_000)
    assert isinstance(recover(village, contract, 3_000), Moved)
    position = Position.objects.get(fund=village.fund)
    assert (position.loss, position.cash) == (Money.baht(9_000), Money.baht(3_000))
    assert position.sums.is_conserved
    assert verify_fund(village.fund) == []


def test_a_loss_takes_the_word_that_the_rules_name(village: Village, contract: Contract) -> None:
    assert refused(lose(village, contract, 100, by=village.chairman)) == {"NotTheirWord"}
    assert refused(lose(village, contract, 100, by=village.treasurer)) == {
        "NotEntitled",
        "NotTheirWord",
    }


def test_where_the_committee_may_write_off_the_chairman_does() -> None:
    neighbour = working_village("80160102", kind="village_fund")
    done = write_off(
        1,
        fund=neighbour.fund,
        amount=Money.baht(1),
        words="ตามมติ",
        on=TODAY,
        key=new_key(),
        by=neighbour.chairman,
    )
    assert refused(done) == {"AccountTooSmall"}  # and nothing about whose word it is


def test_everything_wrong_with_a_loss_is_said_together(
    village: Village, contract: Contract
) -> None:
    assert refused(lose(village, contract, 12_001, words=" ", on=TOMORROW)) == {
        "ReasonNeeded",
        "InFuture",
        "AccountTooSmall",
    }
    assert refused(lose(village, contract, 0)) == {"NotAboveZero"}
    assert refused(lose(village, contract, 1, on=date(2021, 2, 28))) == {"AccountTooSmall"}


def test_no_more_comes_back_than_was_lost_nor_before_it_was(
    village: Village, contract: Contract
) -> None:
    lose(village, contract, 1_000)
    assert refused(recover(village, contract, 1_001)) == {"AccountTooSmall"}
    assert refused(recover(village, contract, 1_000, on=date(2024, 5, 31))) == {"AccountTooSmall"}
    assert refused(recover(village, contract, 1, by=village.district)) == {"NotEntitled"}


def test_a_loss_written_twice_with_one_key_is_one(village: Village, contract: Contract) -> None:
    key = new_key()
    assert lose(village, contract, 100, key=key) == lose(village, contract, 100, key=key)
    assert AuditLine.objects.filter(deed="write_off").count() == 1
    assert baht_on(village, contract.account) == 11_900
    assert refused(lose(village, contract, 200, key=key)) == {"KeyTaken"}
    assert refused(recover(village, contract, 100, key=key)) == {"KeyTaken"}
    assert "NotEntitled" in refused(lose(village, contract, 100, key=key, by=village.treasurer))


# --- what was held ------------------------------------------------------------------------------


def test_what_is_held_for_a_household_is_given_back_once(
    village: Village, contract: Contract
) -> None:
    visit = Visit(contract.number, Money.baht(12_300), TODAY, new_key(), holds_over=True)
    record_repayment(visit, fund=village.fund, by=village.treasurer)
    said: dict[str, Any] = {
        "fund": village.fund,
        "amount": Money.baht(300),
        "by": village.treasurer,
    }
    key = new_key()
    first = return_held("1", **said, on=TODAY, key=key)
    assert isinstance(first, Moved)
    assert return_held("1", **said, on=TODAY, key=key) == first
    assert refused(return_held("1", **said, on=TODAY, key=new_key())) == {"MoreThanOwed"}
    assert (baht_on(village, "held:1"), baht_on(village, "cash")) == (0, 12_000)


def test_what_is_held_is_given_back_out_of_cash_there_is(
    village: Village, contract: Contract
) -> None:
    visit = Visit(contract.number, Money.baht(12_300), TODAY, new_key(), holds_over=True)
    record_repayment(visit, fund=village.fund, by=village.treasurer)
    done = return_held(
        "1",
        fund=village.fund,
        amount=Money.baht(300),
        on=TODAY - timedelta(days=1),
        key=new_key(),
        by=village.district,
    )
    assert refused(done) == {"NotEntitled", "AccountTooSmall"}
