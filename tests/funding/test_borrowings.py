"""What the group borrows and sends back; docs/rules/gifts_and_borrowings.md."""

from __future__ import annotations

import pytest

from five.occupation_group import OccupationGroup, founded_group
from funding.means_group import baht, day, entries, held, refused, sound
from kongthun.accounts.reach import NotEntitled
from kongthun.domain.plan import DoesNotAddUp, NoParts, PlannedPart
from kongthun.funding.actions.borrowings import (
    Borrowed,
    BorrowingRepaid,
    borrow,
    repay_borrowing,
    take_back_borrowing,
    take_back_repayment,
)
from kongthun.funding.means_refusals import (
    AgainstPlan,
    BeforeItWas,
    MoreThanOwed,
    NoMeetingThere,
    NoSuch,
    NotOfTheseDeeds,
    RepaidSince,
    TakenBackBefore,
    Unnamed,
)
from kongthun.funding.posting import Mended, Pocket
from kongthun.funding.queries.borrowings import borrowing, parts_due, repayments_of
from kongthun.ledger.actions import AlreadyReversed, KeyTaken
from kongthun.ledger.bank import Purse
from kongthun.ledger.refusals import MoreThanThere, NotAboveZero

pytestmark = pytest.mark.django_db

PLAN = (
    PlannedPart(day(6, 30), baht(10_000), baht(300)),
    PlannedPart(day(12, 31), baht(10_000), baht(150)),
)


@pytest.fixture
def ours() -> OccupationGroup:
    return founded_group()


def lent(ours: OccupationGroup, key: str = "b") -> int:
    done = borrow(
        fund=ours.fund,
        lender="กองทุนพัฒนาบทบาทสตรี",
        amount=baht(20_000),
        on=day(1, 10),
        pocket=Pocket(),
        parts=PLAN,
        rate_bp=300,
        purpose="ซื้อข้าวเปลือก",
        key=key,
        by=ours.treasurer,
    )
    assert isinstance(done, Borrowed), done
    return done.number


def repay(ours: OccupationGroup, principal: int, interest: int, key: str, **said: object) -> object:
    facts = {"fund": ours.fund, "on": day(6, 30), "pocket": Pocket(), "by": ours.treasurer}
    sums = {"principal": baht(principal), "interest": baht(interest)}
    return repay_borrowing(1, key=key, **(facts | sums | said))  # type: ignore[arg-type]


def test_the_example_of_the_rule_page(ours: OccupationGroup) -> None:
    lent(ours)
    fund = ours.fund
    assert held(fund, "lender:1") == baht(-20_000)
    assert repay(ours, 10_000, 300, "r1") == BorrowingRepaid(1, 2)
    assert held(fund, "cash") == baht(9_700)
    assert held(fund, "expense:interest-1") == baht(300)
    found = borrowing(fund, 1)
    assert found is not None
    assert (found.owed, found.repaid, found.interest_paid) == (
        *(baht(10_000), baht(10_000), baht(300)),
    )
    assert [part.sequence for part in found.open_parts] == [2]
    sound(fund)


def test_parts_are_due_a_month_ahead_and_what_was_sent_fills_the_earliest(
    ours: OccupationGroup,
) -> None:
    lent(ours)
    fund = ours.fund
    assert parts_due(fund, day(5, 30)) == []
    assert [part.together for part in parts_due(fund, day(6, 1))] == [baht(10_300)]
    repay(ours, 4_000, 0, "r1")
    (part,) = parts_due(fund, day(7, 1))
    assert (part.principal, part.interest, part.is_late(day(7, 1))) == (
        baht(6_000),
        baht(300),
        True,
    )
    repay(ours, 6_000, 300, "r2")
    assert parts_due(fund, day(7, 1)) == []


def test_a_plan_that_does_not_make_the_sum_is_refused(ours: OccupationGroup) -> None:
    said = {"fund": ours.fund, "lender": "ธ.ก.ส.", "amount": baht(15_000), "on": day(1, 10)}
    done = borrow(**said, pocket=Pocket(), parts=PLAN, key="b", by=ours.treasurer)  # type: ignore[arg-type]
    assert refused(done) == (AgainstPlan(DoesNotAddUp(baht(5_000))),)
    none = borrow(**said, pocket=Pocket(), parts=(), key="b", by=ours.treasurer)  # type: ignore[arg-type]
    assert refused(none) == (AgainstPlan(NoParts()),)
    assert entries(ours.fund) == 0


def test_a_borrowing_may_name_the_meeting_that_resolved_it(ours: OccupationGroup) -> None:
    number = ours.meet(day(1, 5), "กู้เงินกองทุนพัฒนาบทบาทสตรี")
    said = {"fund": ours.fund, "amount": baht(20_000), "parts": PLAN, "by": ours.treasurer}
    early = borrow(
        **said,  # type: ignore[arg-type]
        lender=" ",
        pocket=Pocket(),
        on=day(1, 4),
        meeting_number=number,
        key="x",
    )
    assert refused(early) == (Unnamed("lender"), NoMeetingThere(number))
    done = borrow(
        **said,  # type: ignore[arg-type]
        lender="กองทุนสตรี",
        pocket=Pocket(Purse.BANK),
        on=day(1, 10),
        meeting_number=number,
        key="y",
    )
    assert isinstance(done, Borrowed)
    found = borrowing(ours.fund, done.number)
    assert found is not None
    assert found.row.meeting_number == number


def test_no_more_is_sent_back_than_is_owed(ours: OccupationGroup) -> None:
    lent(ours)
    done = repay(ours, 20_001, 0, "r")
    assert [type(each) for each in refused(done)] == [MoreThanThere, MoreThanOwed]
    early = repay(ours, 100, 0, "r", on=day(1, 9))
    assert {BeforeItWas, MoreThanOwed} <= {type(each) for each in refused(early)}
    nothing = repay(ours, 0, 0, "r")
    assert [type(each) for each in refused(nothing)] == [NotAboveZero]
    assert entries(ours.fund) == 1


def test_what_is_sent_twice_is_recorded_once(ours: OccupationGroup) -> None:
    assert lent(ours) == lent(ours) == 1
    assert repay(ours, 100, 10, "r") == repay(ours, 100, 10, "r")
    assert [type(each) for each in refused(repay(ours, 100, 20, "r"))] == [KeyTaken]
    assert entries(ours.fund) == 2


def test_a_repayment_is_taken_back_and_then_the_borrowing(ours: OccupationGroup) -> None:
    lent(ours)
    fund, by = ours.fund, ours.treasurer
    repay(ours, 1_000, 50, "r")
    no = take_back_borrowing(1, fund=fund, reason="ลงผิด", key="tb", by=by)
    assert refused(no) == (RepaidSince(1),)
    back = take_back_repayment(2, fund=fund, reason="ลงผิด", key="tr", by=by)
    assert back == Mended(3) == take_back_repayment(2, fund=fund, reason="ลงผิด", key="tr", by=by)
    twice = take_back_repayment(2, fund=fund, reason="ลงผิด", key="tr2", by=by)
    assert refused(twice) == (AlreadyReversed(2, 3),)
    other = take_back_repayment(1, fund=fund, reason="ลงผิด", key="tr3", by=by)
    assert refused(other) == (NotOfTheseDeeds(1),)
    assert [each.is_taken_back for each in repayments_of(fund, 1)] == [True]
    done = take_back_borrowing(1, fund=fund, reason="ลงผิด", key="tb", by=by)
    assert isinstance(done, Borrowed)
    assert (held(fund, "cash"), held(fund, "lender:1")) == (baht(0), baht(0))
    assert refused(repay(ours, 1, 0, "again"))[0] == TakenBackBefore("borrowing", 1)
    assert parts_due(fund, day(12, 31)) == []
    sound(fund)


def test_the_wrong_person_and_the_wrong_number_are_refused(ours: OccupationGroup) -> None:
    done = borrow(
        fund=ours.fund,
        lender="ธ.ก.ส.",
        amount=baht(20_000),
        on=day(1, 10),
        pocket=Pocket(),
        parts=PLAN,
        key="b",
        by=ours.chairman,
    )
    assert [type(each) for each in refused(done)] == [NotEntitled]
    assert refused(repay(ours, 1, 0, "r")) == (NoSuch("borrowing", 1),)
