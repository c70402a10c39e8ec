"""A year is closed on a resolution, its surplus shared out to the satang, and paid."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from five.occupation_group import founded_group
from funding.closing_group import (
    LAST_DAY,
    MET,
    NEXT_YEAR,
    TRADE,
    YEAR,
    ClosingGroup,
    adopt,
    baht,
    closing_group,
    trade_of,
)
from kongthun.accounts.reach import NotEntitled
from kongthun.activities.models import MeetingKind
from kongthun.activities.refusals import (
    CannotDecideThis,
    MeetingWithoutQuorum,
    NoSuchMeeting,
)
from kongthun.domain.journal import Deed, Draft, HappensLater, Line, YearClosed
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.surplus import Purpose
from kongthun.funding.actions.closing import (
    Paid,
    PaymentTakenBack,
    Reopened,
    YearShared,
    pay_due,
    take_back_closing,
    take_back_payment,
    use_reserve,
)
from kongthun.funding.closing_refusals import (
    ClosedOtherwise,
    ClosingTakenBack,
    EarlierYearOpen,
    KeepsNoSurplus,
    MeetingBeforeYearEnd,
    MoneyUnexplained,
    MoreThanDue,
    MoreThanHeld,
    MoreThanReserved,
    NobodyTicked,
    NoPaymentOfThis,
    NoSlip,
    NoSuchClosing,
    NotDone,
    NothingToClose,
    NotTheLatest,
    PaidOtherwise,
    PaidOutSince,
    SlipPaid,
    SurplusUneven,
    SurplusUnsaid,
    YearClosedBefore,
    YearEndUnsaid,
    YearNotOver,
)
from kongthun.funding.models import MemberSlip, SurplusShare, YearClosing
from kongthun.funding.queries import closing as ask
from kongthun.groups.models import AdoptedRules
from kongthun.ledger.actions import post_entry
from kongthun.ledger.bank import Purse, count_cash, deposit_cash, pay_expense
from kongthun.ledger.models import Entry
from kongthun.ledger.queries import balance_of
from kongthun.ledger.refusals import (
    AlreadyReversed,
    MoreThanThere,
    NotAboveZero,
    WordsNeeded,
    WordsTooLong,
)
from kongthun.ledger.savings import buy_shares, return_shares, take_back_savings
from kongthun.ledger.verification import verify_fund

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(monkeypatch: pytest.MonkeyPatch) -> ClosingGroup:
    monkeypatch.setattr(ask, "trade_in", trade_of(TRADE))
    return closing_group()


def refused(done: object) -> tuple[object, ...]:
    assert isinstance(done, NotDone), done
    return done.refusals


def closed(group: ClosingGroup) -> YearShared:
    done = group.close()
    assert isinstance(done, YearShared), done
    return done


# ---- the worked example of docs/rules/surplus.md ------------------------------------------------


def test_the_worked_example_is_shared_out_to_the_satang(group: ClosingGroup) -> None:
    done = closed(group)
    closing = YearClosing.objects.get(fund=group.fund)
    assert (closing.year, closing.ends_on, closing.surplus) == (YEAR, LAST_DAY, baht(30_667))
    pots = {p.purpose: p.amount for p in SurplusShare.objects.filter(fund=group.fund)}
    assert {purpose: pots[purpose].text for purpose in Purpose} == {
        "dividend": "12,266.80",
        "trade_return": "9,200.10",
        "reserve": "4,600.05",
        "welfare": "1,533.35",
        "committee": "3,066.70",
        "carried": "0",
    }
    slips = MemberSlip.objects.filter(fund=group.fund).order_by("member_number")
    assert [(s.member_number, s.dividend.text, s.trade_return.text) for s in slips] == [
        (1, "3,407.45", "3,806.94"),
        (2, "1,703.72", "2,537.96"),
        (3, "1,703.72", "1,268.98"),
        (4, "1,022.23", "0"),
        (5, "681.49", "0"),
        (6, "3,407.45", "634.49"),
        (7, "340.74", "0"),
        (8, "0", "951.73"),
    ]
    assert done.entry_number == group.position.entries


def test_one_entry_of_the_last_day_moves_it_all_and_the_books_stay_conserved(
    group: ClosingGroup,
) -> None:
    before = group.position.sums
    done = closed(group)
    entry = Entry.objects.get(fund=group.fund, number=done.entry_number)
    assert (entry.deed, entry.happened_on, entry.memo) == (
        "surplus_shared",
        LAST_DAY,
        f"จัดสรรผลกำไรปี {YEAR}",
    )
    after = group.position.sums
    assert after.is_conserved
    to_members = Money(12_266_80 + 9_200_10)
    assert after.members - before.members == to_members
    assert after.creditors == Money(3_066_70)
    assert before.interest - after.interest == to_members + Money(3_066_70)
    assert balance_of(group.fund.pk, f"surplus:{YEAR}") == baht(30_667)
    assert ask.still_kept(group.fund) == ask.StillKept(
        Money(3_066_70), Money(4_600_05), Money(1_533_35)
    )
    assert verify_fund(group.fund) == []


def test_what_the_year_earned_reads_the_same_before_and_after_it_is_closed(
    group: ClosingGroup,
) -> None:
    before = ask.surplus_of(group.fund, date(2024, 1, 20), LAST_DAY)
    closed(group)
    assert ask.surplus_of(group.fund, date(2024, 1, 20), LAST_DAY) == before
    assert ask.undivided_before(group.fund, NEXT_YEAR) == ZERO


# ---- what stands against closing ----------------------------------------------------------------


def test_a_year_is_closed_once_and_in_order(group: ClosingGroup) -> None:
    later = refused(group.close(year=YEAR + 1))
    assert later == (EarlierYearOpen(YEAR, LAST_DAY),)
    closed(group)
    meeting = group.general_meeting(date(2025, 1, 20))
    assert refused(group.close(meeting_number=meeting)) == (YearClosedBefore(YEAR),)


def test_the_next_year_begins_the_day_after(group: ClosingGroup) -> None:
    closed(group)
    coming = ask.year_to_close(group.fund)
    assert isinstance(coming, ask.Year)
    assert (coming.year, coming.starts_on, coming.ends_on) == (
        YEAR + 1,
        date(2025, 1, 1),
        date(2025, 12, 31),
    )
    group.earn(500, date(2025, 3, 1))
    done = group.close(year=YEAR + 1, meeting_number=group.general_meeting(date(2026, 1, 9)))
    assert isinstance(done, YearShared)
    assert group.position.closed_until == date(2025, 12, 31)
    latest = ask.latest_closing(group.fund)
    assert latest is not None
    assert (latest.number, latest.surplus, latest.closed_before) == (2, baht(500), LAST_DAY)
    assert verify_fund(group.fund) == []


def test_the_rules_of_the_last_day_say_when_the_year_ends(group: ClosingGroup) -> None:
    adopt(group, year_end_month=9, surplus_carried=10_000)
    coming = ask.year_to_close(group.fund)
    assert isinstance(coming, ask.Year)
    assert coming.ends_on == date(2024, 9, 30)
    AdoptedRules.objects.create(
        group=group.group,
        kind=group.group.kind,
        name="ระเบียบใหม่",
        starts_on=date(2024, 8, 1),
        limits={"year_end_month": {"value": 3}},
        recorded_at=timezone.now(),
    )
    coming = ask.year_to_close(group.fund)
    assert isinstance(coming, ask.Year)
    assert (coming.ends_on, coming.year) == (date(2025, 3, 31), 2568)


def test_the_year_must_be_over_and_the_meeting_held_after_it(group: ClosingGroup) -> None:
    adopt(group, year_end_month=12, surplus_carried=10_000)
    early = group.general_meeting(date(2024, 12, 30))
    assert refused(group.close(meeting_number=early)) == (
        MeetingBeforeYearEnd(early, date(2024, 12, 30), LAST_DAY),
    )
    on_the_day = group.general_meeting(LAST_DAY)
    assert isinstance(group.close(meeting_number=on_the_day), YearShared)


def test_a_year_that_still_runs_is_not_closed() -> None:
    group = closing_group()
    today = timezone.localdate()
    this_month = today.month
    AdoptedRules.objects.create(
        group=group.group,
        kind=group.group.kind,
        name="ระเบียบ",
        starts_on=date(2024, 1, 1),
        limits={"year_end_month": {"value": 12}, "surplus_carried": {"value": 10_000}},
        recorded_at=timezone.now(),
    )
    number = group.general_meeting(today)
    while True:
        coming = ask.year_to_close(group.fund)
        assert isinstance(coming, ask.Year)
        done = group.close(year=coming.year, meeting_number=number)
        if isinstance(done, NotDone):
            break
    assert this_month <= coming.ends_on.month
    assert done.refusals == (
        YearNotOver(coming.ends_on, today),
        MeetingBeforeYearEnd(number, today, coming.ends_on),
    )


def test_only_members_with_quorum_close_a_year_and_all_that_is_against_it_is_said_together(
    group: ClosingGroup,
) -> None:
    four = group.meet(MET, "ปิดบัญชี", others=4)
    assert refused(group.close(meeting_number=four)) == (MeetingWithoutQuorum(four, 4, 5, 8),)
    committee = group.meet(date(2025, 1, 13), "ปิดบัญชี", kind=MeetingKind.COMMITTEE)
    assert refused(group.close(meeting_number=committee)) == (
        CannotDecideThis(committee, "ประชุมคณะกรรมการ"),
    )
    adopt(group, year_end_month=12)
    nothing = refused(group.close(meeting_number=99, by=group.treasurer, note="x" * 301))
    assert [type(each) for each in nothing] == [
        NotEntitled,
        NoSuchMeeting,
        SurplusUnsaid,
        WordsTooLong,
    ]
    assert Entry.objects.filter(fund=group.fund, deed="surplus_shared").count() == 0
    assert group.position.closed_until is None


def test_the_wrong_people_neither_close_nor_take_back_nor_pay(group: ClosingGroup) -> None:
    meeting = group.general_meeting()
    for by in (group.treasurer, group.field_worker, group.district, group.member, group.stranger):
        (refusal,) = refused(group.close(meeting_number=meeting, by=by))
        assert isinstance(refusal, NotEntitled)
    done = group.close(meeting_number=meeting)
    assert isinstance(done, YearShared)
    for by in (group.treasurer, group.member, group.stranger):
        back = take_back_closing(fund=group.fund, number=1, reason="ผิด", key=group.key(), by=by)
        assert [type(each) for each in refused(back)] == [NotEntitled]
    for by in (group.district, group.member, group.stranger):
        assert [type(each) for each in refused(group.pay(1, by=by))] == [NotEntitled]
    assert group.position.members == baht(3_600) + Money(12_266_80 + 9_200_10)


def test_rules_that_are_silent_or_do_not_make_a_hundred_share_out_nothing(
    group: ClosingGroup,
) -> None:
    meeting = group.general_meeting()
    adopt(group, year_end_month=12)
    assert refused(group.close(meeting_number=meeting)) == (SurplusUnsaid("ระเบียบของกลุ่ม"),)
    AdoptedRules.objects.all().delete()
    adopt(group, year_end_month=12, surplus_dividend=9_000)
    assert refused(group.close(meeting_number=meeting)) == (SurplusUneven(9_000, "ระเบียบของกลุ่ม"),)
    AdoptedRules.objects.all().delete()
    adopt(group, surplus_carried=10_000)
    (unsaid,) = refused(group.close(meeting_number=meeting))
    assert isinstance(unsaid, YearEndUnsaid)
    AdoptedRules.objects.all().delete()
    adopt(group, year_end_month=13, surplus_carried=10_000)
    (unsaid,) = refused(group.close(meeting_number=meeting))
    assert isinstance(unsaid, YearEndUnsaid)


def test_the_rules_it_was_shared_out_by_are_kept_with_it(group: ClosingGroup) -> None:
    closed(group)
    adopt(group, year_end_month=6, surplus_carried=10_000)
    closing = YearClosing.objects.get(fund=group.fund)
    assert closing.rules["name"] == "ระเบียบกลุ่มอาชีพ (ตัวอย่าง)"
    assert [pot.limit.value for pot in ask.pots_of(closing)] == [4000, 3000, 1500, 500, 1000, 0]


def test_money_that_nobody_explained_is_told_to_the_meeting_first(group: ClosingGroup) -> None:
    cash = balance_of(group.fund.pk, "cash")
    counted = count_cash(
        fund=group.fund,
        counted=cash - baht(40),
        on=LAST_DAY,
        key=group.key(),
        by=group.treasurer,
        note="ขาดไปสี่สิบบาท",
    )
    assert counted.difference == -baht(40)  # type: ignore[union-attr]
    meeting = group.general_meeting()
    assert refused(group.close(meeting_number=meeting)) == (MoneyUnexplained(baht(40), LAST_DAY),)
    assert isinstance(group.close(meeting_number=meeting, note="ที่ประชุมทราบ ให้หาต่อ"), YearShared)
    assert ask.note_of(YearClosing.objects.get(fund=group.fund)) == "ที่ประชุมทราบ ให้หาต่อ"
    assert verify_fund(group.fund) == []


def test_books_without_an_entry_have_no_year_to_close() -> None:
    empty = ClosingGroup(founded_group(kind="village_fund"))
    (nothing,) = refused(empty.close())
    assert nothing == NothingToClose()


def test_a_fund_of_the_state_shares_out_no_surplus() -> None:
    group = ClosingGroup(founded_group(kind="kkk"))
    meeting = group.meet(MET, "ปิดบัญชี", kind=MeetingKind.HOUSEHOLDS)
    assert refused(group.close(meeting_number=meeting)) == (KeepsNoSurplus(),)


# ---- a year without a surplus, pots without anybody ---------------------------------------------


def test_a_loss_closes_the_year_and_shares_nothing(group: ClosingGroup) -> None:
    spent = pay_expense(
        fund=group.fund,
        amount=baht(32_000),
        on=date(2024, 12, 25),
        purse=Purse.CASH,
        words="ซ่อมเครื่องสี",
        key=group.key(),
        by=group.treasurer,
    )
    assert spent
    done = closed(group)
    assert done.entry_number is None
    closing = YearClosing.objects.get(fund=group.fund)
    assert closing.surplus == -baht(1_333)
    shared = {row.purpose: row.amount for row in SurplusShare.objects.filter(fund=group.fund)}
    assert total(shared.values()) == shared["carried"] == -baht(1_333)
    assert group.position.closed_until == LAST_DAY
    assert refused(group.pay(1)) == (NoSlip(1),)
    back = take_back_closing(
        fund=group.fund, number=1, reason="ผิด", key=group.key(), by=group.chairman
    )
    assert back == Reopened(None)
    assert group.position.closed_until is None


def test_a_return_without_trade_stays_undivided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "trade_in", trade_of({}))
    group = closing_group()
    closed(group)
    shared = {row.purpose: row for row in SurplusShare.objects.filter(fund=group.fund)}
    assert (shared["trade_return"].rate_bp, shared["trade_return"].amount) == (3_000, ZERO)
    assert shared["carried"].amount == Money(9_200_10)
    assert ask.undivided_before(group.fund, NEXT_YEAR) == Money(9_200_10)
    assert balance_of(group.fund.pk, f"surplus:{YEAR}") == Money(30_667_00 - 9_200_10)


# ---- a closed year is closed --------------------------------------------------------------------


def test_nothing_is_written_on_a_day_of_a_closed_year(group: ClosingGroup) -> None:
    closed(group)
    fund, by = group.fund, group.treasurer
    shut = YearClosed(LAST_DAY, LAST_DAY)
    done = buy_shares(
        fund=fund, member_number=1, amount=baht(100), on=LAST_DAY, key=group.key(), by=by
    )
    assert done.refusals == (shut,)  # type: ignore[union-attr]
    slip = deposit_cash(
        fund=fund, amount=baht(100), on=LAST_DAY, slip="ฝ.1", key=group.key(), by=by
    )
    assert slip.refusals == (shut,)  # type: ignore[union-attr]
    assert refused(group.pay(1, on=LAST_DAY)) == (shut,)
    after = buy_shares(
        fund=fund, member_number=1, amount=baht(100), on=date(2025, 1, 1), key=group.key(), by=by
    )
    assert after.documents  # type: ignore[union-attr]


def test_a_mistake_of_a_closed_year_is_not_turned_round(group: ClosingGroup) -> None:
    closed(group)
    back = take_back_savings(1, fund=group.fund, reason="ผิด", key=group.key(), by=group.treasurer)
    assert back.refusals == (YearClosed(date(2024, 1, 20), LAST_DAY),)  # type: ignore[union-attr]


# ---- taking a closing back ----------------------------------------------------------------------


def test_taking_back_opens_the_year_and_leaves_nothing_of_it(group: ClosingGroup) -> None:
    before = group.position.sums
    done = closed(group)
    key = group.key()
    back = take_back_closing(
        fund=group.fund, number=1, reason="ลืมบิลค่าไฟ", key=key, by=group.chairman
    )
    assert isinstance(back, Reopened)
    reversal = Entry.objects.get(fund=group.fund, number=back.number)
    assert (reversal.reverses, reversal.happened_on) == (done.entry_number, LAST_DAY)
    assert group.position.sums == before
    assert group.position.closed_until is None
    again = take_back_closing(
        fund=group.fund, number=1, reason="ลืมบิลค่าไฟ", key=key, by=group.chairman
    )
    assert again == back
    assert verify_fund(group.fund) == []
    group.spend(667, LAST_DAY)
    anew = group.close(meeting_number=1)
    assert isinstance(anew, YearShared)
    assert anew.number == 2
    assert YearClosing.objects.get(fund=group.fund, number=2).surplus == baht(30_000)
    assert refused(group.pay(1, closing=1)) == (ClosingTakenBack(1),)
    closing = YearClosing.objects.get(fund=group.fund, number=1)
    assert closing.withdrawn_note == "ลืมบิลค่าไฟ"


def test_what_was_paid_holds_a_closing_until_it_is_taken_back(group: ClosingGroup) -> None:
    closed(group)
    paid = group.pay(3)
    assert isinstance(paid, Paid)
    spent = use_reserve(
        fund=group.fund,
        purpose="welfare",
        amount=baht(500),
        words="เยี่ยมไข้",
        on=NEXT_YEAR,
        key=group.key(),
        by=group.treasurer,
    )
    assert isinstance(spent, Paid)

    def back() -> object:
        return take_back_closing(
            fund=group.fund, number=1, reason="ผิด", key=group.key(), by=group.chairman
        )

    assert refused(back()) == (PaidOutSince((3,), ("reserve:welfare",)),)
    for number in (*paid.numbers, *spent.numbers):
        turned = take_back_payment(
            fund=group.fund, number=number, reason="ผิด", key=group.key(), by=group.treasurer
        )
        assert isinstance(turned, PaymentTakenBack)
    assert isinstance(back(), Reopened)
    assert verify_fund(group.fund) == []


def test_only_the_latest_closing_is_taken_back_and_only_once(group: ClosingGroup) -> None:
    closed(group)
    group.close(year=YEAR + 1, meeting_number=group.general_meeting(date(2026, 1, 9)))

    def back(number: int, reason: str = "ผิด") -> object:
        return take_back_closing(
            fund=group.fund, number=number, reason=reason, key=group.key(), by=group.chairman
        )

    assert refused(back(1)) == (NotTheLatest(YEAR + 1),)
    assert refused(back(7)) == (NoSuchClosing(7),)
    assert refused(back(2, " ")) == (WordsNeeded(),)
    assert isinstance(back(2), Reopened)
    assert group.position.closed_until == LAST_DAY
    assert refused(back(2)) == (ClosingTakenBack(2),)
    assert isinstance(back(1), Reopened)


# ---- the same form twice ------------------------------------------------------------------------


def test_the_same_form_closes_once(group: ClosingGroup) -> None:
    meeting = group.general_meeting()
    first = group.close(meeting_number=meeting, key="form")
    assert group.close(meeting_number=meeting, key="form") == first
    other = group.general_meeting(date(2025, 1, 15))
    assert refused(group.close(meeting_number=other, key="form")) == (ClosedOtherwise(1),)
    assert YearClosing.objects.filter(fund=group.fund).count() == 1


def test_the_same_form_pays_once(group: ClosingGroup) -> None:
    closed(group)
    first = group.pay(1, 2, key="form")
    assert isinstance(first, Paid)
    assert group.pay(2, 1, key="form") == first
    assert refused(group.pay(1, 2, 3, key="form")) == (PaidOtherwise("ป.1"),)
    assert refused(group.pay(1, 2, key="form", on=date(2025, 2, 2))) == (PaidOtherwise("ป.1"),)
    due = {"fund": group.fund, "words": "ประธาน", "on": NEXT_YEAR, "by": group.treasurer}
    once = pay_due(amount=baht(10), key="due", **due)
    assert pay_due(amount=baht(10), key="due", **due) == once
    assert refused(pay_due(amount=baht(11), key="due", **due)) == (PaidOtherwise("ป.3"),)


# ---- paying -------------------------------------------------------------------------------------


def test_slips_are_paid_out_of_cash_a_paper_each(group: ClosingGroup) -> None:
    closed(group)
    before = group.position.sums
    done = group.pay(5, 1)
    assert isinstance(done, Paid)
    assert done.documents == ("ป.1", "ป.2")
    paid = Money(3_407_45 + 3_806_94 + 681_49)
    after = group.position.sums
    assert (before.cash - after.cash, before.members - after.members) == (paid, paid)
    assert balance_of(group.fund.pk, "held:1") == balance_of(group.fund.pk, "held:5") == ZERO
    closing = YearClosing.objects.get(fund=group.fund)
    rows = ask.slips_of(closing, with_names=True)
    assert [row.slip.member_number for row in rows if row.payment] == [1, 5]
    assert ask.waiting(rows) == Money(12_266_80 + 9_200_10) - paid
    entry = Entry.objects.get(fund=group.fund, number=done.numbers[0])
    assert entry.memo == f"จ่ายผลตอบแทนปี {YEAR} สมาชิกเลขที่ 1"
    assert refused(group.pay(1, 2, 99)) == (SlipPaid(1, "ป.1"), NoSlip(99))
    assert refused(group.pay()) == (NobodyTicked(),)
    assert verify_fund(group.fund) == []


def test_a_payment_taken_back_can_be_made_anew_under_a_new_number(group: ClosingGroup) -> None:
    closed(group)
    done = group.pay(1)
    assert isinstance(done, Paid)
    key = group.key()

    def back(reason: str = "ผิดคน") -> object:
        return take_back_payment(
            fund=group.fund, number=done.numbers[0], reason=reason, key=key, by=group.treasurer
        )

    assert refused(back("")) == (WordsNeeded(),)
    first = back()
    assert isinstance(first, PaymentTakenBack)
    assert back() == first
    again = group.pay(1)
    assert isinstance(again, Paid)
    assert again.documents == ("ป.2",)
    twice = take_back_payment(
        fund=group.fund, number=done.numbers[0], reason="ผิด", key=group.key(), by=group.treasurer
    )
    assert refused(twice) == (AlreadyReversed(done.numbers[0], first.number),)


def test_only_payments_of_a_shared_surplus_are_taken_back_here(group: ClosingGroup) -> None:
    closing = closed(group)
    number = closing.entry_number
    assert number is not None
    for entry in (1, number):
        done = take_back_payment(
            fund=group.fund, number=entry, reason="ผิด", key=group.key(), by=group.treasurer
        )
        assert refused(done) == (NoPaymentOfThis(entry),)


def test_no_more_is_paid_than_is_in_the_box_or_held_for_the_member(group: ClosingGroup) -> None:
    closed(group)
    fund, by = group.fund, group.treasurer
    cash = balance_of(fund.pk, "cash")
    deposit_cash(
        fund=fund, amount=cash - baht(1_000), on=NEXT_YEAR, slip="ฝ.1", key=group.key(), by=by
    )
    (short,) = refused(group.pay(1))
    assert isinstance(short, MoreThanThere)
    assert refused(group.pay(1, on=timezone.localdate() + timedelta(days=1)))[0] == HappensLater(
        timezone.localdate() + timedelta(days=1), timezone.localdate()
    )
    post_entry(
        Draft(
            Deed.HELD_RETURNED,
            NEXT_YEAR,
            (Line("held:7", baht(100)), Line("cash", -baht(100))),
            key="elsewhere",
        ),
        fund=fund,
        recorded_by=by.user_id,
    )
    assert refused(group.pay(7)) == (MoreThanHeld(7, Money(340_74), Money(240_74)),)


def test_committee_pay_and_reserves_are_paid_within_what_was_resolved(group: ClosingGroup) -> None:
    closed(group)
    base = {"fund": group.fund, "on": NEXT_YEAR, "by": group.treasurer}
    too_much = pay_due(amount=baht(3_067), words="กรรมการ", key=group.key(), **base)
    assert refused(too_much) == (MoreThanDue(baht(3_067), Money(3_066_70)),)
    nothing = pay_due(amount=ZERO, words="", key=group.key(), **base)
    assert refused(nothing) == (WordsNeeded(), NotAboveZero(ZERO))
    paid = pay_due(amount=baht(3_000), words="ประธาน 1,000 อื่น ๆ 2,000", key=group.key(), **base)
    assert isinstance(paid, Paid)
    over = use_reserve(
        purpose="welfare", amount=baht(1_534), words="ค่าเทอม", key=group.key(), **base
    )
    assert refused(over) == (MoreThanReserved("welfare", baht(1_534), Money(1_533_35)),)
    unheld = use_reserve(
        purpose="reserve",
        amount=baht(600),
        words="ซ่อมหลังคา",
        key=group.key(),
        meeting_number=77,
        resolution=1,
        **base,
    )
    assert refused(unheld) == (NoSuchMeeting(77),)
    committee = group.meet(date(2025, 1, 25), "ซ่อมหลังคา", kind=MeetingKind.COMMITTEE)
    used = use_reserve(
        purpose="reserve",
        amount=baht(600),
        words="ซ่อมหลังคา",
        key=group.key(),
        meeting_number=committee,
        resolution=1,
        **base,
    )
    assert isinstance(used, Paid)
    assert used.documents == ("ป.2",)
    assert ask.still_kept(group.fund) == ask.StillKept(
        Money(66_70), Money(4_000_05), Money(1_533_35)
    )
    assert [(p.document, p.words) for p in ask.payments_of(group.fund.pk)] == [
        ("ป.1", "ประธาน 1,000 อื่น ๆ 2,000"),
        ("ป.2", "ซ่อมหลังคา"),
    ]
    written = Entry.objects.filter(fund=group.fund).values_list("memo", flat=True)
    assert not any("ประธาน" in memo or "หลังคา" in memo for memo in written)
    with pytest.raises(ValueError, match="nothing is kept"):
        use_reserve(purpose="dividend", amount=baht(1), words="x", key="k", **base)
    assert verify_fund(group.fund) == []


def test_shares_given_back_after_the_year_do_not_change_its_slips(group: ClosingGroup) -> None:
    return_shares(
        fund=group.fund,
        member_number=1,
        amount=baht(1_000),
        on=date(2025, 1, 5),
        key=group.key(),
        by=group.treasurer,
    )
    closed(group)
    slip = MemberSlip.objects.get(fund=group.fund, member_number=1)
    assert (slip.shares, slip.dividend) == (baht(1_000), Money(3_407_45))


@pytest.mark.parametrize("kind", ["community_enterprise", "saving_group", "village_fund"])
def test_every_kind_of_group_that_shares_out_a_surplus_can(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "trade_in", trade_of(TRADE))
    group = ClosingGroup(founded_group(kind=kind))
    adopt(
        group,
        year_end_month=12,
        share_price=5_000,
        general_quorum_per_cent=50,
        surplus_dividend=6_000,
        surplus_trade_return=1_000,
        surplus_welfare=3_000,
    )
    group.buy(2, 500, date(2024, 2, 1))
    group.earn(999, date(2024, 6, 1))
    assert isinstance(group.close(), YearShared)
    assert isinstance(group.pay(2), Paid)
    assert group.position.sums.is_conserved
    assert verify_fund(group.fund) == []
