"""The passbook typed in line by line, and the books held against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from kongthun.audit.models import AuditLine
from kongthun.domain.money import ZERO, Money
from kongthun.ledger.bank import (
    Giver,
    Purse,
    deposit_cash,
    receive_capital,
    take_back,
    withdraw_cash,
)
from kongthun.ledger.models import PassbookLine
from kongthun.ledger.passbook import (
    LineWithdrawn,
    Opening,
    PassbookCheck,
    TypedLine,
    Written,
    reconcile,
    withdraw_passbook_line,
    write_passbook_lines,
)
from kongthun.ledger.queries import balance_on, passbook_lines
from kongthun.ledger.refusals import (
    BalanceDoesNotFollow,
    BroughtForwardUnsaid,
    LaterLineDoesNotFollow,
    LineBeforeOpening,
    NotDone,
    OpeningNotFirst,
)
from kongthun.ledger.wording import passbook_check_in_thai
from ledger.desk import CHAIRMAN, GRANT_DAY, TREASURER, Desk, baht, open_desk, refused

pytestmark = pytest.mark.django_db

MARCH = date(2025, 3, 1)
APRIL = date(2025, 4, 1)
YEAR_END = date(2025, 9, 30)

GRANTED = TypedLine(GRANT_DAY, baht(280_000), baht(280_000), "TRF")
TAKEN_OUT = TypedLine(MARCH, baht(-60_000), baht(220_000), "CWD", "ถ.1/2568")
BROUGHT = TypedLine(APRIL, baht(10_000), baht(230_000), "CDP", "ฝ.7")


@pytest.fixture
def desk() -> Desk:
    """Granted, withdrawn 60,000 in March, carried 10,000 back in April."""
    opened = open_desk()
    receive_capital(
        fund=opened.fund,
        amount=baht(280_000),
        on=GRANT_DAY,
        purse=Purse.BANK,
        giver=Giver.STATE,
        key="grant",
        by=opened.treasurer,
    )
    withdraw_cash(
        fund=opened.fund,
        amount=baht(60_000),
        on=MARCH,
        document="ถ.1/2568",
        signers=(TREASURER, CHAIRMAN),
        key="withdraw",
        by=opened.treasurer,
    )
    deposit(opened)
    return opened


def deposit(desk: Desk, sum_: int = 10_000, on: date = APRIL, key: str = "deposit") -> object:
    return deposit_cash(
        fund=desk.fund, amount=baht(sum_), on=on, slip="ฝ.7", key=key, by=desk.treasurer
    )


def typed(desk: Desk, *lines: TypedLine, key: str = "lines") -> Written | NotDone:
    return write_passbook_lines(lines, fund=desk.fund, key=key, by=desk.treasurer)


def opening(sum_: int, on: date) -> TypedLine:
    return TypedLine(on, baht(sum_), is_opening=True)


def check(desk: Desk, upto: date = YEAR_END) -> PassbookCheck:
    """The check, with the law that every one of them keeps."""
    found = reconcile(fund=desk.fund, upto=upto)
    assert found.books_balance == balance_on(desk.fund.pk, "bank:1", upto)
    lines = passbook_lines(desk.fund.pk, 1, upto=upto)
    assert found.passbook_balance == Money(sum(line.amount.satang for line in lines))
    assert found.difference == found.books_balance - found.passbook_balance
    return found


# ---- typing -----------------------------------------------------------------------------------


def test_lines_that_follow_are_written_together(desk: Desk) -> None:
    assert typed(desk, GRANTED, TAKEN_OUT, BROUGHT) == Written((1, 2, 3))
    line = PassbookLine.objects.get(fund=desk.fund, number=2)
    assert (line.on, line.amount, line.balance) == (MARCH, baht(-60_000), baht(220_000))
    assert (line.item, line.document, line.bank_book) == ("CWD", "ถ.1/2568", 1)
    assert line.recorded_by_id == desk.treasurer.user_id


def test_a_balance_that_does_not_follow_names_the_line_and_the_difference(desk: Desk) -> None:
    slip = replace(TAKEN_OUT, balance=baht(202_000))
    outcome = typed(desk, GRANTED, slip, replace(BROUGHT, balance=baht(212_000)))
    assert outcome == NotDone((BalanceDoesNotFollow(2, MARCH, baht(220_000), baht(202_000)),))
    assert isinstance(outcome, NotDone)
    (refusal,) = outcome.refusals
    assert isinstance(refusal, BalanceDoesNotFollow)
    assert refusal.difference == baht(-18_000)
    assert not PassbookLine.objects.exists()


def test_lines_follow_what_was_typed_another_day(desk: Desk) -> None:
    typed(desk, GRANTED)
    wrong = replace(BROUGHT, balance=baht(230_000))
    assert typed(desk, wrong, key="next") == NotDone(
        (BalanceDoesNotFollow(1, APRIL, baht(290_000), baht(230_000)),)
    )
    assert typed(desk, TAKEN_OUT, BROUGHT, key="next") == Written((2, 3))


def test_a_balance_left_empty_is_reckoned_through(desk: Desk) -> None:
    assert isinstance(typed(desk, GRANTED, replace(TAKEN_OUT, balance=None), BROUGHT), Written)


def test_all_that_is_wrong_with_the_lines_is_told_at_once(desk: Desk) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    outcome = typed(
        desk,
        replace(GRANTED, item="ก" * 101),
        TypedLine(APRIL, ZERO),
        TypedLine(tomorrow, baht(5), baht(1)),
    )
    assert refused(outcome) == [
        "LineTooLong",
        "EmptyPassbookLine",
        "LineHappensLater",
        "BalanceDoesNotFollow",
    ]
    assert refused(typed(desk)) == ["NoLines"]


def test_a_line_skipped_can_be_typed_later_if_all_still_follows(desk: Desk) -> None:
    typed(desk, GRANTED, replace(BROUGHT, balance=None))
    assert isinstance(typed(desk, TAKEN_OUT, key="between"), Written)
    last = TypedLine(YEAR_END, baht(5), baht(230_005))
    assert isinstance(typed(desk, last, key="last"), Written)


def test_a_line_between_others_must_lead_on_to_the_next(desk: Desk) -> None:
    typed(desk, GRANTED, TAKEN_OUT, BROUGHT)
    extra = TypedLine(date(2025, 3, 15), baht(7), baht(220_007))
    assert typed(desk, extra, key="extra") == NotDone(
        (LaterLineDoesNotFollow(3, APRIL, baht(230_007), baht(230_000)),)
    )


def test_somebody_of_another_fund_types_nothing(desk: Desk) -> None:
    outcome = write_passbook_lines([GRANTED], fund=desk.fund, key="k", by=desk.stranger)
    assert refused(outcome) == ["NotEntitled"]
    typed(desk, GRANTED)
    assert refused(withdraw_passbook_line(1, fund=desk.fund, by=desk.stranger)) == ["NotEntitled"]


def test_the_same_form_sent_twice_writes_its_lines_once(desk: Desk) -> None:
    line = replace(GRANTED, balance=None)
    assert typed(desk, line) == typed(desk, line) == Written((1,))
    assert PassbookLine.objects.count() == 1
    assert refused(typed(desk, TAKEN_OUT)) == ["LinesTypedOtherwise"]


def test_lines_of_an_unknown_passbook_are_refused(desk: Desk) -> None:
    outcome = write_passbook_lines(
        [GRANTED], fund=desk.fund, key="k", by=desk.treasurer, bank_book=2
    )
    assert refused(outcome) == ["NoSuchBankBook"]


# ---- taking a line out ------------------------------------------------------------------------


def test_a_line_typed_wrongly_is_withdrawn_and_typed_again_in_its_place(desk: Desk) -> None:
    """Two lines of one day: the one typed again finds the place between them."""
    fee = TypedLine(MARCH, baht(-20), baht(219_980), "FEE")
    typed(desk, GRANTED, replace(TAKEN_OUT, item="ผิด"), fee)
    assert withdraw_passbook_line(2, fund=desk.fund, by=desk.treasurer) == LineWithdrawn(2)
    assert [gap.number for gap in check(desk).gaps] == [3]
    assert typed(desk, TAKEN_OUT, key="again") == Written((4,))
    assert check(desk).gaps == ()
    assert PassbookLine.objects.get(fund=desk.fund, number=2).withdrawn_at is not None


def test_a_gap_elsewhere_is_not_blamed_on_the_lines_typed_now(desk: Desk) -> None:
    fee = TypedLine(date(2025, 5, 1), baht(-20), baht(229_980), "FEE")
    typed(desk, GRANTED, TAKEN_OUT, BROUGHT, fee)
    withdraw_passbook_line(3, fund=desk.fund, by=desk.treasurer)
    there_and_back = (
        TypedLine(date(2024, 12, 1), baht(5), baht(280_005)),
        TypedLine(date(2024, 12, 2), baht(-5), baht(280_000)),
    )
    assert isinstance(typed(desk, *there_and_back, key="forgotten"), Written)
    assert [gap.number for gap in check(desk).gaps] == [4]


def test_withdrawing_a_line_twice_says_nothing_new(desk: Desk) -> None:
    typed(desk, GRANTED)
    for _ in range(2):
        assert withdraw_passbook_line(1, fund=desk.fund, by=desk.treasurer) == LineWithdrawn(1)
    assert AuditLine.objects.filter(deed="withdraw_passbook_line").count() == 1
    nothing = withdraw_passbook_line(9, fund=desk.fund, by=desk.treasurer)
    assert refused(nothing) == ["NoSuchPassbookLine"]


# ---- beginning with a balance brought forward -------------------------------------------------


def test_the_first_line_may_be_a_balance_brought_forward(desk: Desk) -> None:
    done = typed(desk, opening(220_000, date(2025, 3, 31)), BROUGHT)
    assert done == Written((1, 2))
    found = check(desk)
    assert found.opening == Opening(date(2025, 3, 31), baht(220_000), baht(220_000))
    assert found.agrees


def test_a_first_line_with_money_before_it_asks_for_the_balance_brought_forward(
    desk: Desk,
) -> None:
    assert typed(desk, BROUGHT) == NotDone((BroughtForwardUnsaid(1, baht(220_000)),))


def test_a_balance_brought_forward_comes_first_and_nothing_before_it(desk: Desk) -> None:
    outcome = typed(desk, GRANTED, opening(280_000, GRANT_DAY))
    assert isinstance(outcome, NotDone)
    assert OpeningNotFirst(2) in outcome.refusals
    typed(desk, opening(220_000, MARCH))
    for day in (GRANT_DAY, MARCH):  # the balance is that of the end of its day
        held = TypedLine(day, baht(5))
        assert typed(desk, held, key="held") == NotDone((LineBeforeOpening(1, day, MARCH),))
    after = TypedLine(MARCH + timedelta(days=1), baht(5))
    assert isinstance(typed(desk, after, key="after"), Written)


def test_a_balance_brought_forward_stays_while_lines_hang_on_it(desk: Desk) -> None:
    typed(desk, opening(220_000, MARCH), BROUGHT)
    first = withdraw_passbook_line(1, fund=desk.fund, by=desk.treasurer)
    assert refused(first) == ["OpeningHasLines"]
    withdraw_passbook_line(2, fund=desk.fund, by=desk.treasurer)
    assert withdraw_passbook_line(1, fund=desk.fund, by=desk.treasurer) == LineWithdrawn(1)


def test_a_difference_at_the_beginning_is_named_and_not_blamed_on_later_lines(desk: Desk) -> None:
    typed(desk, opening(219_000, MARCH), replace(BROUGHT, balance=baht(229_000)))
    found = check(desk)
    assert found.opening is not None
    assert found.opening.difference == found.difference == baht(1_000)
    assert found.found.agrees
    assert not found.agrees
    assert passbook_check_in_thai(found) == (
        "สมุดบัญชีมากกว่าสมุดเงินฝาก 1,000 บาท เพราะยอดยกมาต่างกัน 1,000 บาท"
    )


# ---- the books held against it ----------------------------------------------------------------


def test_books_and_passbook_that_tell_the_same_agree(desk: Desk) -> None:
    typed(desk, GRANTED, TAKEN_OUT, BROUGHT)
    found = check(desk)
    assert found.agrees
    assert passbook_check_in_thai(found) == ("ตรงกันทุกบรรทัด สมุดบัญชีและสมุดเงินฝากมี 230,000 บาท เท่ากัน")


def test_the_difference_of_the_rules_page_is_named(desk: Desk) -> None:
    """docs/rules/cash_and_bank.md works this example."""
    deposit(desk, 2_000, date(2025, 9, 29), key="on the way")
    interest = TypedLine(date(2025, 6, 30), Money.baht(312, 50), Money.baht(230_312, 50), "INT")
    typed(desk, GRANTED, TAKEN_OUT, BROUGHT, interest)
    found = check(desk)
    assert [line.amount for line in found.found.only_in_books] == [baht(2_000)]
    assert [line.amount for line in found.found.only_in_passbook] == [Money.baht(312, 50)]
    assert found.difference == Money.baht(1_687, 50)
    assert passbook_check_in_thai(found) == (
        "สมุดบัญชีมากกว่าสมุดเงินฝาก 1,687.50 บาท เพราะมีเฉพาะในสมุดบัญชี 1 บรรทัด รวม 2,000 บาท "
        "และมีเฉพาะในสมุดเงินฝาก 1 บรรทัด รวม 312.50 บาท"
    )


def test_what_was_taken_back_is_looked_for_in_no_passbook(desk: Desk) -> None:
    take_back(3, fund=desk.fund, reason="ยังไม่ได้ไปธนาคาร", key="undo", by=desk.treasurer)
    typed(desk, GRANTED, TAKEN_OUT)
    assert check(desk).agrees


def test_a_sum_written_otherwise_in_the_books_is_named_with_its_document(desk: Desk) -> None:
    bank_says = replace(BROUGHT, amount=baht(1_000), balance=baht(221_000))
    typed(desk, GRANTED, TAKEN_OUT, bank_says)
    (pair,) = check(desk).found.amount_differs
    assert pair.difference == baht(9_000)
    assert "จำนวนเงินไม่ตรงกัน 1 บรรทัด ต่างรวม 9,000 บาท" in passbook_check_in_thai(check(desk))


def test_only_what_happened_up_to_the_day_is_compared(desk: Desk) -> None:
    typed(desk, GRANTED, TAKEN_OUT, BROUGHT)
    found = check(desk, upto=date(2025, 3, 31))
    assert found.books_balance == baht(220_000)
    assert (found.lines, found.last_on) == (2, MARCH)


def test_an_empty_passbook_leaves_every_line_of_the_books_by_itself(desk: Desk) -> None:
    found = check(desk)
    assert len(found.found.only_in_books) == 3
    assert (found.lines, found.last_on) == (0, None)
