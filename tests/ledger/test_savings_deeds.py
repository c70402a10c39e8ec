"""Shares and savings of members: what is recorded, what is refused and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kongthun.audit.models import AuditLine
from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import Money
from kongthun.groups.models import AdoptedRules
from kongthun.ledger.actions import KeyTaken, Posted, post_entry
from kongthun.ledger.bank import deposit_cash, take_back
from kongthun.ledger.models import Entry, Fund
from kongthun.ledger.savings import (
    Kept,
    MoreThanKept,
    NotDone,
    NotWholeShares,
    TakenBack,
    buy_shares,
    receive_savings,
    return_shares,
    take_back_savings,
    withdraw_savings,
)
from kongthun.ledger.savings_queries import member_book, member_rows
from kongthun.ledger.verification import verify_fund
from ledger.saving_group import (
    SavingGroup,
    baht,
    entry_count,
    kept,
    position,
    reach,
    refused,
    saving_group,
)

pytestmark = pytest.mark.django_db

NEW_YEAR = date(2025, 1, 1)
JANUARY, FEBRUARY = date(2025, 1, 5), date(2025, 2, 5)


@pytest.fixture
def group() -> SavingGroup:
    return saving_group()


def buy(group: SavingGroup, member: int, sum_: int, on: date = NEW_YEAR, **more: str) -> object:
    more.setdefault("key", f"buy-{member}-{sum_}")
    return buy_shares(
        fund=group.fund,
        member_number=member,
        amount=baht(sum_),
        on=on,
        by=group.treasurer,
        **more,
    )


def withdraw(group: SavingGroup, member: int, sum_: int, on: date, key: str = "out") -> object:
    return withdraw_savings(
        fund=group.fund,
        member_number=member,
        amount=baht(sum_),
        on=on,
        key=key,
        by=group.treasurer,
    )


def post(fund: Fund, deed: Deed, on: date, *lines: tuple[str, int]) -> None:
    drawn = tuple(Line(account, baht(sum_)) for account, sum_ in lines)
    done = post_entry(Draft(deed, on, drawn, key=f"{deed}-{on}"), fund=fund, recorded_by=None)
    assert isinstance(done, Posted), done


# ---- the worked example ------------------------------------------------------------------------


def test_a_year_of_a_savings_group_is_in_the_books_to_the_satang(group: SavingGroup) -> None:
    """docs/rules/shares_and_savings.md, line by line."""
    fund = group.fund
    papers = [
        buy(group, 1, 500),
        buy(group, 2, 1_000),
        group.save(JANUARY, (1, 100), (2, 200), (3, 50), key="jan"),
        group.save(FEBRUARY, (1, 100), (2, 200), key="feb"),
    ]
    assert [done.documents for done in papers if isinstance(done, Kept)] == [
        ("ส.1",),
        ("ส.2",),
        ("ส.3", "ส.4", "ส.5"),
        ("ส.6", "ส.7"),
    ]
    assert position(fund).cash == baht(2_150)
    deposit_cash(
        fund=fund, amount=baht(1_500), on=FEBRUARY, slip="ฝ.1", key="d", by=group.treasurer
    )
    out = withdraw(group, 1, 150, date(2025, 2, 10))
    back = return_shares(
        fund=fund,
        member_number=2,
        amount=baht(250),
        on=date(2025, 2, 10),
        key="back",
        by=group.treasurer,
    )
    assert isinstance(out, Kept)
    assert isinstance(back, Kept)
    assert (out.documents, back.documents) == (("จ.1",), ("จ.2",))
    post(fund, Deed.LOAN_PAID_OUT, date(2025, 3, 1), ("loan:1", 1_200), ("bank:1", -1_200))
    post(
        fund,
        Deed.REPAYMENT_RECEIVED,
        date(2025, 9, 1),
        ("cash", 1_236),
        ("loan:1", -1_200),
        ("income:interest-1", -36),
    )

    sums = position(fund).sums
    assert (sums.members, sums.interest, sums.capital) == (baht(1_750), baht(36), Money(0))
    assert (sums.cash, sums.bank, sums.households) == (baht(1_486), baht(300), Money(0))
    assert sums.is_conserved
    rows = {
        row.number: (row.shares.text, row.savings.text)
        for row in member_rows(fund, day=FEBRUARY, with_names=True)
    }
    assert rows == {1: ("500", "50"), 2: ("750", "400"), 3: ("0", "50")}
    assert list(verify_fund(fund)) == []


# ---- shares ------------------------------------------------------------------------------------


def test_a_sum_that_is_no_whole_number_of_shares_is_refused_with_the_nearest_sums(
    group: SavingGroup,
) -> None:
    done = buy(group, 1, 120)
    assert isinstance(done, NotDone)
    (refusal,) = done.refusals
    assert isinstance(refusal, NotWholeShares)
    assert (refusal.price, refusal.below, refusal.above) == (baht(50), baht(100), baht(150))
    assert entry_count(group.fund) == 0


def test_shares_cost_what_the_rules_of_the_day_say(group: SavingGroup) -> None:
    AdoptedRules.objects.create(
        kind="saving_group",
        group=group.fund.group,
        area_code=group.fund.area_code,
        name="ระเบียบกลุ่ม พ.ศ. 2568",
        starts_on=date(2025, 2, 1),
        by_resolution="ประชุมใหญ่",
        limits={"share_price": {"value": 12_000, "clause": "ข้อ 5", "source": "", "checked": True}},
        recorded_at=timezone.now(),
    )
    assert isinstance(buy(group, 1, 150, date(2025, 1, 31)), Kept)
    assert refused(buy(group, 1, 150, date(2025, 2, 1), key="later")) == ["NotWholeShares"]
    assert isinstance(buy(group, 1, 240, date(2025, 2, 1)), Kept)


def test_without_a_price_no_shares_are_sold(group: SavingGroup) -> None:
    AdoptedRules.objects.create(
        kind="saving_group",
        group=group.fund.group,
        area_code=group.fund.area_code,
        name="ไม่มีหุ้น",
        starts_on=date(2020, 1, 1),
        by_resolution="ประชุมใหญ่",
        limits={},
        recorded_at=timezone.now(),
    )
    assert refused(buy(group, 1, 100)) == ["NoSharePrice"]


def test_no_more_shares_are_given_back_than_are_held(group: SavingGroup) -> None:
    buy(group, 1, 500)
    buy(group, 2, 1_000)

    def give_back(sum_: int, key: str) -> object:
        return return_shares(
            fund=group.fund,
            member_number=1,
            amount=baht(sum_),
            on=JANUARY,
            key=key,
            by=group.treasurer,
        )

    assert refused(give_back(501, "a")) == ["MoreThanKept"]
    assert isinstance(give_back(500, "b"), Kept)
    assert kept(group.fund, "share:1") == Money(0)
    assert kept(group.fund, "share:2") == baht(1_000)


# ---- the sheet ---------------------------------------------------------------------------------


def test_a_sheet_is_recorded_whole_or_not_at_all(group: SavingGroup) -> None:
    done = group.save(JANUARY, (1, 100), (2, 0), (9, 100), key="jan")
    assert refused(done) == ["NotAMember", "NotAboveZero"]
    assert entry_count(group.fund) == 0
    assert not AuditLine.objects.filter(deed="receive_savings").exists()


def test_a_sheet_sent_twice_is_recorded_once_and_another_sheet_under_its_key_is_refused(
    group: SavingGroup,
) -> None:
    first = group.save(JANUARY, (1, 100), (2, 200), key="jan")
    assert group.save(JANUARY, (1, 100), (2, 200), key="jan") == first
    for other in (((1, 100),), ((1, 100), (2, 200), (3, 50)), ((1, 100), (2, 201))):
        done = group.save(JANUARY, *other, key="jan")
        assert isinstance(done, NotDone)
        assert isinstance(done.refusals[0], KeyTaken)
    assert entry_count(group.fund) == 2
    assert AuditLine.objects.filter(deed="receive_savings").count() == 1


def test_a_member_twice_on_a_sheet_or_nobody_at_all_is_refused(group: SavingGroup) -> None:
    assert refused(group.save(JANUARY, (1, 100), (1, 50), key="a")) == ["KeyTwice"]
    assert refused(group.save(JANUARY, key="b")) == ["NobodyPaid"]


def test_a_day_to_come_is_said_once_for_the_whole_sheet(group: SavingGroup) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert refused(group.save(tomorrow, (1, 100), (2, 100), key="a")) == ["HappensLater"]


def test_the_entries_name_nobody(group: SavingGroup) -> None:
    group.save(JANUARY, (1, 100), key="jan")
    (entry,) = Entry.objects.filter(fund=group.fund)
    assert entry.memo == "รับเงินสัจจะ สมาชิกเลขที่ 1"


# ---- savings taken out -------------------------------------------------------------------------


def test_no_more_is_withdrawn_than_was_saved_that_day_or_stayed_since(group: SavingGroup) -> None:
    group.save(JANUARY, (1, 100), (2, 500), key="jan")
    group.save(FEBRUARY, (1, 100), key="feb")
    early = withdraw(group, 1, 150, date(2025, 1, 20))
    assert isinstance(early, NotDone)
    (refusal,) = early.refusals
    assert isinstance(refusal, MoreThanKept)
    assert (refusal.kept, refusal.short_on) == (baht(100), date(2025, 1, 20))

    assert isinstance(withdraw(group, 1, 150, FEBRUARY), Kept)
    used = withdraw(group, 1, 80, date(2025, 1, 20), key="late paper")
    assert isinstance(used, NotDone)
    (refusal,) = used.refusals
    assert isinstance(refusal, MoreThanKept)
    assert (refusal.kept, refusal.short_on) == (baht(50), FEBRUARY)
    assert isinstance(withdraw(group, 1, 50, date(2025, 1, 20), key="just"), Kept)
    assert kept(group.fund, "saving:1") == Money(0)


def test_what_is_not_in_hand_can_not_be_paid_out(group: SavingGroup) -> None:
    group.save(JANUARY, (1, 1_000), key="jan")
    deposit_cash(
        fund=group.fund, amount=baht(900), on=JANUARY, slip="ฝ.1", key="d", by=group.treasurer
    )
    assert refused(withdraw(group, 1, 101, FEBRUARY)) == ["MoreThanThere"]
    assert isinstance(withdraw(group, 1, 100, FEBRUARY), Kept)


def test_one_member_can_not_draw_on_what_another_saved(group: SavingGroup) -> None:
    group.save(JANUARY, (2, 500), key="jan")
    assert refused(withdraw(group, 1, 1, FEBRUARY)) == ["MoreThanKept"]


# ---- numbers of papers -------------------------------------------------------------------------


def test_receipts_run_without_gaps_beside_numbers_of_ones_own(group: SavingGroup) -> None:
    group.save(JANUARY, (1, 100), key="a")
    own = buy(group, 1, 100, document="3/12")
    assert isinstance(own, Kept)
    assert own.documents == ("3/12",)
    refused(group.save(JANUARY, (9, 100), key="refused"))
    after = group.save(FEBRUARY, (1, 100), key="b")
    assert isinstance(after, Kept)
    assert after.documents == ("ส.2",)


def test_a_number_taken_back_stays_used_and_a_receipt_of_an_earlier_day_takes_the_next(
    group: SavingGroup,
) -> None:
    both = group.save(FEBRUARY, (1, 100), (2, 100), key="a")
    assert isinstance(both, Kept)
    take_back_savings(both.numbers[0], fund=group.fund, reason="ผิดคน", key="t", by=group.treasurer)
    earlier = group.save(JANUARY, (3, 100), key="b")
    assert isinstance(earlier, Kept)
    assert earlier.documents == ("ส.3",)


@pytest.mark.parametrize("typed", ["ส.9", "ส. ๙", "จ.1"])
def test_numbers_of_the_running_series_can_not_be_typed(group: SavingGroup, typed: str) -> None:
    assert refused(buy(group, 1, 100, document=typed)) == ["DocumentOfOurs"]


def test_what_is_plainly_no_number_is_refused(group: SavingGroup) -> None:
    assert refused(buy(group, 1, 100, document="ฝากนายดำมา")) == ["DocumentUnfit"]


# ---- putting right -----------------------------------------------------------------------------


def test_a_mistake_is_taken_back_and_the_book_shows_both(group: SavingGroup) -> None:
    done = group.save(JANUARY, (1, 100), key="a")
    assert isinstance(done, Kept)
    number = done.numbers[0]
    assert refused(
        take_back_savings(number, fund=group.fund, reason=" ", key="t", by=group.treasurer)
    ) == ["WordsNeeded"]
    back = take_back_savings(number, fund=group.fund, reason="ผิดคน", key="t", by=group.treasurer)
    assert isinstance(back, TakenBack)
    assert (
        take_back_savings(number, fund=group.fund, reason="ผิดคน", key="t", by=group.treasurer)
        == back
    )
    assert refused(
        take_back_savings(number, fund=group.fund, reason="อีกครั้ง", key="u", by=group.treasurer)
    ) == ["AlreadyReversed"]
    book = member_book(group.fund, 1, with_names=True)
    assert book is not None
    assert [(line.amount.text, line.mended) for line in book.lines] == [
        ("100", True),
        ("-100", True),
    ]
    assert book.savings == Money(0)
    assert position(group.fund).sums.is_conserved


def test_what_has_gone_on_since_is_not_taken_back(group: SavingGroup) -> None:
    done = group.save(JANUARY, (1, 100), key="a")
    assert isinstance(done, Kept)
    withdraw(group, 1, 60, FEBRUARY)
    outcome = take_back_savings(
        done.numbers[0], fund=group.fund, reason="ผิดคน", key="t", by=group.treasurer
    )
    assert refused(outcome) == ["MoreThanThere", "MoreThanKept"]


def test_the_two_desks_take_back_only_their_own(group: SavingGroup) -> None:
    group.save(JANUARY, (1, 100), key="a")
    deposit_cash(
        fund=group.fund, amount=baht(50), on=JANUARY, slip="ฝ.1", key="d", by=group.treasurer
    )
    of_bank = take_back_savings(2, fund=group.fund, reason="ผิด", key="x", by=group.treasurer)
    assert refused(of_bank) == ["NotOfTheDesk"]
    of_savings = take_back(1, fund=group.fund, reason="ผิด", key="y", by=group.treasurer)
    assert [type(no).__name__ for no in of_savings.refusals] == ["NotOfTheDesk"]  # type: ignore[union-attr]


# ---- who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["auditor", "stranger", "member"])
def test_only_those_who_receive_money_there_record(group: SavingGroup, name: str) -> None:
    by = reach(group.users[name])
    done = receive_savings([], fund=group.fund, on=JANUARY, key="a", by=by)
    assert "NotEntitled" in refused(done)
    out = withdraw_savings(
        fund=group.fund, member_number=1, amount=baht(1), on=JANUARY, key="b", by=by
    )
    assert "NotEntitled" in refused(out)
    assert entry_count(group.fund) == 0


def test_a_fund_without_savings_in_its_chart_takes_none() -> None:
    group = saving_group("kkk")
    assert refused(group.save(JANUARY, (1, 100), key="a")) == ["UnknownAccountKind"]
