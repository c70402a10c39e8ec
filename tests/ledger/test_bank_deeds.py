"""Money between hand and bank: what is recorded, what is refused and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from kongthun.audit.models import AuditLine
from kongthun.domain.journal import Deed, HappensLater
from kongthun.domain.money import ZERO, Money
from kongthun.groups.models import CommitteeTerm
from kongthun.ledger.actions import AlreadyReversed, KeyTaken
from kongthun.ledger.bank import (
    Counted,
    Giver,
    Purse,
    Recorded,
    count_cash,
    deposit_cash,
    latest_count,
    pay_bank_fee,
    pay_expense,
    receive_bank_interest,
    receive_capital,
    receive_income,
    take_back,
    withdraw_cash,
)
from kongthun.ledger.models import Entry
from kongthun.ledger.queries import balance_of, balance_on, lowest_balance_since
from kongthun.ledger.refusals import (
    DifferenceUnsaid,
    MoreThanThere,
    NotDone,
    NotInTerm,
    TooFewSigners,
)
from kongthun.ledger.verification import verify_fund
from ledger.desk import (
    CHAIRMAN,
    FORMER,
    GRANT_DAY,
    SECRETARY,
    TREASURER,
    Desk,
    baht,
    entry_count,
    lines_of,
    open_desk,
    refused,
)
from ledger.village import draft, post

pytestmark = pytest.mark.django_db

MARCH = date(2025, 3, 1)
APRIL = date(2025, 4, 1)
MAY = date(2025, 5, 1)


@pytest.fixture
def desk() -> Desk:
    """280,000 baht came into the bank on the first day of the fiscal year 2568."""
    opened = open_desk()
    granted = receive_capital(
        fund=opened.fund,
        amount=baht(280_000),
        on=GRANT_DAY,
        purse=Purse.BANK,
        giver=Giver.STATE,
        key="grant",
        by=opened.treasurer,
    )
    assert granted == Recorded(1)
    return opened


def withdraw(
    desk: Desk,
    sum_: int = 60_000,
    on: date = MARCH,
    signers: tuple[int, ...] = (TREASURER, CHAIRMAN),
    key: str = "withdraw",
) -> Recorded | NotDone:
    return withdraw_cash(
        fund=desk.fund,
        amount=baht(sum_),
        on=on,
        document="ถ.1/2568",
        signers=signers,
        key=key,
        by=desk.treasurer,
    )


def deposit(
    desk: Desk, sum_: int = 10_000, on: date = APRIL, key: str = "deposit", slip: str = "ฝ.7"
) -> Recorded | NotDone:
    return deposit_cash(
        fund=desk.fund, amount=baht(sum_), on=on, slip=slip, key=key, by=desk.treasurer
    )


def count(
    desk: Desk, sum_: int, on: date = MAY, key: str = "count", note: str = "นับต่อหน้ากรรมการ 3 คน"
) -> Counted | NotDone:
    return count_cash(
        fund=desk.fund, counted=baht(sum_), on=on, key=key, by=desk.treasurer, note=note
    )


def spend(desk: Desk, sum_: int, on: date, key: str, purse: Purse = Purse.CASH) -> object:
    return pay_expense(
        fund=desk.fund,
        amount=baht(sum_),
        on=on,
        purse=purse,
        words="ค่าถ่ายเอกสารการประชุม",
        key=key,
        by=desk.treasurer,
    )


def both(desk: Desk) -> tuple[int, int]:
    """Cash and bank in whole baht."""
    return tuple(  # type: ignore[return-value]
        balance_of(desk.fund.pk, account).satang // 100 for account in ("cash", "bank:1")
    )


def test_the_year_of_the_rules_page_stands_as_the_page_says(desk: Desk) -> None:
    """docs/rules/cash_and_bank.md works this example."""
    assert withdraw(desk) == Recorded(2)
    assert deposit(desk) == Recorded(3)
    fund, by = desk.fund, desk.treasurer
    assert receive_bank_interest(
        fund=fund, amount=Money.baht(312, 50), on=APRIL, key="interest", by=by
    ) == Recorded(4)
    assert pay_bank_fee(fund=fund, amount=baht(20), on=APRIL, key="fee", by=by) == Recorded(5)
    assert spend(desk, 150, APRIL, "copies") == Recorded(6)
    assert receive_income(
        fund=fund,
        amount=baht(100),
        on=APRIL,
        purse=Purse.CASH,
        words="ขายสมุดเก่า",
        key="income",
        by=by,
    ) == Recorded(7)
    assert count(desk, 49_900) == Counted(baht(-50), 8)
    assert balance_of(fund.pk, "cash") == baht(49_900)
    assert balance_of(fund.pk, "bank:1") == Money.baht(230_292, 50)
    assert balance_of(fund.pk, "unexplained") == baht(50)
    assert balance_on(fund.pk, "cash", MARCH) == baht(60_000)
    assert balance_on(fund.pk, "cash", GRANT_DAY) == ZERO
    assert verify_fund(fund) == []


@pytest.mark.parametrize(
    ("giver", "purse", "into"),
    [
        (Giver.STATE, Purse.BANK, "bank:1"),
        (Giver.MEMBERS, Purse.CASH, "cash"),
        (Giver.DONORS, Purse.CASH, "cash"),
    ],
)
def test_capital_is_kept_apart_by_who_gave_it(
    desk: Desk, giver: Giver, purse: Purse, into: str
) -> None:
    done = receive_capital(
        fund=desk.fund,
        amount=baht(500),
        on=MARCH,
        purse=purse,
        giver=giver,
        key="more",
        by=desk.treasurer,
    )
    assert isinstance(done, Recorded)
    assert lines_of(desk.fund, done.number) == {into: 50_000, f"capital:{giver}": -50_000}


def test_interest_is_income_of_the_bank_and_a_fee_leaves_it(desk: Desk) -> None:
    interest = receive_bank_interest(
        fund=desk.fund, amount=baht(300), on=MARCH, key="i", by=desk.treasurer
    )
    fee = pay_bank_fee(fund=desk.fund, amount=baht(20), on=MARCH, key="f", by=desk.treasurer)
    assert isinstance(interest, Recorded)
    assert isinstance(fee, Recorded)
    assert lines_of(desk.fund, interest.number) == {"bank:1": 30_000, "interest": -30_000}
    assert lines_of(desk.fund, fee.number) == {"bank:1": -2_000, "expense": 2_000}


# ---- who, when, on what paper -----------------------------------------------------------------


def test_somebody_of_another_fund_is_refused_and_nothing_is_written(desk: Desk) -> None:
    before = entry_count(desk.fund)
    by = desk.stranger
    outcomes = [
        deposit_cash(fund=desk.fund, amount=baht(1), on=MARCH, slip="1", key="a", by=by),
        withdraw_cash(
            fund=desk.fund,
            amount=baht(1),
            on=MARCH,
            document="1",
            signers=(TREASURER, CHAIRMAN),
            key="b",
            by=by,
        ),
        receive_bank_interest(fund=desk.fund, amount=baht(1), on=MARCH, key="c", by=by),
        pay_bank_fee(fund=desk.fund, amount=baht(1), on=MARCH, key="d", by=by),
        count_cash(fund=desk.fund, counted=ZERO, on=MARCH, key="e", by=by),
        take_back(1, fund=desk.fund, reason="ผิด", key="f", by=by),
    ]
    assert all("NotEntitled" in refused(outcome) for outcome in outcomes)
    assert entry_count(desk.fund) == before


def test_all_refusals_come_together(desk: Desk) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    outcome = deposit_cash(
        fund=desk.fund,
        amount=baht(5),
        on=tomorrow,
        slip="ฝากให้นายดำ",
        key="k",
        by=desk.stranger,
        bank_book=9,
    )
    assert refused(outcome) == [
        "NotEntitled",
        "HappensLater",
        "DocumentUnfit",
        "NoSuchBankBook",
        "MoreThanThere",
    ]


@pytest.mark.parametrize("sum_", [0, -5])
def test_a_sum_that_moves_nothing_is_refused_once(desk: Desk, sum_: int) -> None:
    assert refused(deposit(desk, sum_)) == ["NotAboveZero"]


def test_a_deposit_and_a_withdrawal_ask_for_their_paper(desk: Desk) -> None:
    withdraw(desk)
    assert refused(deposit(desk, slip="  ")) == ["DocumentNeeded"]


def test_an_expense_says_what_for_and_the_words_stay_out_of_the_chain(desk: Desk) -> None:
    silent = pay_expense(
        fund=desk.fund,
        amount=baht(5),
        on=MARCH,
        purse=Purse.BANK,
        words=" ",
        key="e",
        by=desk.treasurer,
    )
    assert refused(silent) == ["WordsNeeded"]
    done = spend(desk, 5, MARCH, "e", Purse.BANK)
    assert isinstance(done, Recorded)
    entry = Entry.objects.get(fund=desk.fund, number=done.number)
    assert "ถ่ายเอกสาร" not in entry.memo
    line = AuditLine.objects.get(deed="pay_expense")
    assert line.details["words"] == "ค่าถ่ายเอกสารการประชุม"
    assert line.subject == f"entry {done.number}"


# ---- what is not there can not be taken -------------------------------------------------------


def test_a_deposit_of_all_the_cash_is_taken_and_a_satang_more_is_not(desk: Desk) -> None:
    withdraw(desk)
    too_much = deposit_cash(
        fund=desk.fund,
        amount=Money.baht(60_000, 1),
        on=APRIL,
        slip="1",
        key="x",
        by=desk.treasurer,
    )
    assert too_much == NotDone(
        (MoreThanThere("cash", Money.baht(60_000, 1), APRIL, baht(60_000), APRIL),)
    )
    assert isinstance(deposit(desk, 60_000), Recorded)


def test_a_deposit_before_the_cash_was_there_is_refused(desk: Desk) -> None:
    withdraw(desk, on=APRIL)
    outcome = deposit(desk, 10_000, on=MARCH)
    assert outcome == NotDone((MoreThanThere("cash", baht(10_000), MARCH, ZERO, MARCH),))


def test_a_back_dated_deposit_may_not_take_what_was_spent_since(desk: Desk) -> None:
    withdraw(desk, 60_000, on=MARCH)
    assert isinstance(deposit(desk, 55_000, on=MAY), Recorded)
    assert balance_on(desk.fund.pk, "cash", APRIL) == baht(60_000)
    outcome = deposit(desk, 10_000, on=APRIL, key="late")
    assert outcome == NotDone((MoreThanThere("cash", baht(10_000), APRIL, baht(5_000), MAY),))
    assert isinstance(deposit(desk, 5_000, on=APRIL, key="late"), Recorded)


def test_money_that_came_later_does_not_cover_the_days_before(desk: Desk) -> None:
    """The lowest day counts, even when today there is plenty."""
    withdraw(desk, 10_000, on=MARCH, key="one")
    deposit(desk, 10_000, on=APRIL, key="all")
    withdraw(desk, 50_000, on=MAY, key="two")
    lowest = lowest_balance_since(desk.fund.pk, "cash", MARCH)
    assert (lowest.balance, lowest.on) == (ZERO, APRIL)
    assert refused(spend(desk, 1, MARCH, "early")) == ["MoreThanThere"]


def test_the_bank_can_not_give_more_than_it_holds(desk: Desk) -> None:
    outcome = withdraw(desk, 280_001)
    assert outcome == NotDone(
        (MoreThanThere("bank:1", baht(280_001), MARCH, baht(280_000), MARCH),)
    )
    fee = pay_bank_fee(fund=desk.fund, amount=baht(280_001), on=MARCH, key="fee", by=desk.treasurer)
    assert refused(fee) == ["MoreThanThere"]


# ---- signers ----------------------------------------------------------------------------------


def test_one_signer_is_too_few_and_the_refusal_names_the_rules(desk: Desk) -> None:
    outcome = withdraw(desk, signers=(TREASURER,))
    assert outcome == NotDone(
        (TooFewSigners(1, 2, "ระเบียบ กข.คจ. พ.ศ. 2553", "", is_checked=False),)
    )


def test_somebody_whose_term_is_over_or_not_begun_does_not_count(desk: Desk) -> None:
    outcome = withdraw(desk, signers=(TREASURER, FORMER, SECRETARY))
    assert isinstance(outcome, NotDone)
    assert outcome.refusals == (
        NotInTerm(FORMER, "ประธาน", MARCH, date(2019, 1, 1), date(2022, 12, 31)),
        NotInTerm(SECRETARY, "เลขานุการ", MARCH, date(2025, 6, 1), date(2099, 5, 31)),
        TooFewSigners(1, 2, "ระเบียบ กข.คจ. พ.ศ. 2553", "", is_checked=False),
    )
    assert isinstance(withdraw(desk, on=date(2025, 6, 1), signers=(SECRETARY, CHAIRMAN)), Recorded)


def test_the_first_and_the_last_day_of_a_term_count(desk: Desk) -> None:
    CommitteeTerm.objects.filter(number=TREASURER).update(starts_on=MARCH, ends_on=MARCH)
    assert isinstance(withdraw(desk, on=MARCH), Recorded)
    assert "NotInTerm" in refused(withdraw(desk, on=MARCH + timedelta(days=1), key="next"))
    assert "NotInTerm" in refused(withdraw(desk, on=MARCH - timedelta(days=1), key="before"))


def test_a_term_without_a_last_day_ends_with_the_years_of_the_rules(desk: Desk) -> None:
    """docs/rules/authority.md: four years from 1 มี.ค. 2564 end on 28 ก.พ. 2568."""
    CommitteeTerm.objects.filter(number=CHAIRMAN).update(starts_on=date(2021, 3, 1))
    outcome = withdraw(desk, on=MARCH)
    assert isinstance(outcome, NotDone)
    assert outcome.refusals[0] == NotInTerm(
        CHAIRMAN, "ประธาน", MARCH, date(2021, 3, 1), date(2025, 2, 28)
    )


def test_one_person_is_one_signature_however_many_terms_they_hold(desk: Desk) -> None:
    assert refused(withdraw(desk, signers=(TREASURER, TREASURER))) == [
        "SignedTwice",
        "TooFewSigners",
    ]
    CommitteeTerm.objects.filter(number=CHAIRMAN).update(
        person=CommitteeTerm.objects.get(number=TREASURER).person
    )
    assert refused(withdraw(desk)) == ["SignedTwice", "TooFewSigners"]


def test_a_term_withdrawn_from_the_register_signs_nothing(desk: Desk) -> None:
    CommitteeTerm.objects.filter(number=CHAIRMAN).update(withdrawn_at=timezone.now())
    assert refused(withdraw(desk)) == ["NoSuchTerm", "TooFewSigners"]


def test_who_signed_and_the_rules_of_the_day_are_kept(desk: Desk) -> None:
    withdraw(desk)
    line = AuditLine.objects.get(deed="withdraw_cash")
    assert line.details["signers"] == [TREASURER, CHAIRMAN]
    assert line.details["rules"]["limits"]["withdrawal_signers"]["value"] == 2
    assert (line.fund_id, line.area_code) == (desk.fund.pk, "80120101")


# ---- the same form twice ----------------------------------------------------------------------


def test_the_same_form_sent_twice_is_recorded_once_even_when_the_money_is_gone(
    desk: Desk,
) -> None:
    withdraw(desk, 10_000)
    first = deposit(desk, 10_000)
    assert balance_of(desk.fund.pk, "cash") == ZERO
    assert deposit(desk, 10_000) == first
    assert entry_count(desk.fund) == 3
    assert AuditLine.objects.filter(deed="deposit_cash").count() == 1


def test_a_key_used_for_another_sum_is_refused(desk: Desk) -> None:
    withdraw(desk)
    deposit(desk, 10_000)
    assert deposit(desk, 20_000) == NotDone((KeyTaken("deposit", 3),))


# ---- counting ---------------------------------------------------------------------------------


def test_a_count_that_agrees_leaves_only_an_audit_line(desk: Desk) -> None:
    withdraw(desk)
    before = entry_count(desk.fund)
    assert count(desk, 60_000, note="") == Counted(ZERO, None)
    assert entry_count(desk.fund) == before
    assert latest_count(desk.fund) == (MAY, baht(60_000))


def test_a_difference_goes_to_the_unexplained_and_needs_a_note(desk: Desk) -> None:
    withdraw(desk)
    assert count(desk, 59_000, note="") == NotDone((DifferenceUnsaid(baht(-1_000)),))
    done = count(desk, 59_000)
    assert isinstance(done, Counted)
    assert done.difference == baht(-1_000)
    assert done.number is not None
    assert lines_of(desk.fund, done.number) == {"cash": -100_000, "unexplained": 100_000}


def test_more_cash_than_the_books_know_is_just_as_much_a_question(desk: Desk) -> None:
    assert count(desk, 700) == Counted(baht(700), 2)
    assert balance_of(desk.fund.pk, "unexplained") == baht(-700)


def test_a_day_counted_again_moves_only_what_has_changed(desk: Desk) -> None:
    withdraw(desk)
    count(desk, 59_000)
    assert isinstance(spend(desk, 1_000, APRIL, "found the paper"), Recorded)
    assert count(desk, 59_000, key="again") == Counted(baht(1_000), 5)
    assert balance_of(desk.fund.pk, "unexplained") == ZERO


def test_a_count_sent_twice_is_one_count(desk: Desk) -> None:
    withdraw(desk)
    first = count(desk, 59_000)
    assert count(desk, 59_000) == first
    assert balance_of(desk.fund.pk, "cash") == baht(59_000)
    assert refused(count(desk, 58_000)) == ["CountedOtherwise"]
    assert AuditLine.objects.filter(deed="count_cash").count() == 1


def test_a_count_that_leaves_a_later_day_below_zero_is_refused(desk: Desk) -> None:
    withdraw(desk)
    deposit(desk, 60_000, on=MAY)
    assert refused(count(desk, 10_000, on=APRIL)) == ["MoreThanThere"]


def test_a_count_of_tomorrow_or_below_zero_is_refused(desk: Desk) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    outcome = count(desk, 0, on=tomorrow)
    assert outcome == NotDone((HappensLater(tomorrow, timezone.localdate()),))
    assert refused(count(desk, -1)) == ["NotAboveZero"]


# ---- taking back ------------------------------------------------------------------------------


def undo(desk: Desk, number: int, key: str = "undo", reason: str = "พิมพ์ยอดผิด") -> object:
    return take_back(number, fund=desk.fund, reason=reason, key=key, by=desk.treasurer)


def test_a_deposit_taken_back_is_cash_in_hand_again_and_the_reason_is_kept(desk: Desk) -> None:
    withdraw(desk)
    deposit(desk)
    assert both(desk) == (50_000, 230_000)
    assert undo(desk, 3) == Recorded(4)
    assert both(desk) == (60_000, 220_000)
    assert undo(desk, 3) == Recorded(4)
    assert Entry.objects.get(fund=desk.fund, number=4).memo == "กลับรายการที่ 3"
    assert AuditLine.objects.get(deed="take_back").details["reason"] == "พิมพ์ยอดผิด"


def test_a_withdrawal_whose_money_went_on_can_not_be_taken_back(desk: Desk) -> None:
    withdraw(desk)
    deposit(desk, 10_000)
    assert undo(desk, 2) == NotDone(
        (MoreThanThere("cash", baht(60_000), MARCH, baht(50_000), APRIL),)
    )
    assert isinstance(undo(desk, 3, "first the deposit"), Recorded)
    assert isinstance(undo(desk, 2), Recorded)


def test_the_grant_can_not_be_taken_back_once_it_was_withdrawn(desk: Desk) -> None:
    withdraw(desk)
    assert refused(undo(desk, 1)) == ["MoreThanThere"]


def test_only_what_this_desk_recorded_is_taken_back_here(desk: Desk) -> None:
    withdraw(desk)
    loan = draft(Deed.LOAN_PAID_OUT, ("loan:1", 100), ("cash", -100), key="loan", on=MARCH)
    paper = draft(Deed.INTEREST_RECEIVED, ("bank:1", 5), ("interest", -5), key="reg:1", on=MARCH)
    post(desk.fund, loan, replace(paper, source="0123456789ab:3:7"))
    assert refused(undo(desk, 3)) == ["NotOfTheDesk"]
    assert refused(undo(desk, 4)) == ["FromPaper"]
    assert refused(undo(desk, 99)) == ["NoSuchEntry"]
    assert refused(undo(desk, 2, reason="")) == ["WordsNeeded", "MoreThanThere"]


def test_an_entry_is_taken_back_once_and_a_reversal_never(desk: Desk) -> None:
    withdraw(desk)
    assert undo(desk, 2) == Recorded(3)
    assert undo(desk, 2, "another") == NotDone((AlreadyReversed(2, 3),))
    assert refused(undo(desk, 3, "back again")) == ["TakesBackItself"]
