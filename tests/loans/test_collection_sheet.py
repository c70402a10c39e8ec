"""Before the meeting one sheet of who owes what; after it all receipts at once, or none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kongthun.domain.money import Money
from kongthun.domain.thai_calendar import numeric
from kongthun.ledger.models import Entry, Position
from kongthun.loans.actions.repayments import RepaymentRecorded, Visit
from kongthun.loans.models import Contract, Deferral, Instalment, Receipt
from kongthun.loans.queries.collection import (
    Sheet,
    collection_sheet,
    owing_now,
    rehearse_repayments,
)
from kongthun.loans.refusals import NotDone

from .test_pages_receipts import address, at_desk, hidden, said
from .village_at_work import TREASURER, Village, new_key, refused, working_village

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
MEETING = TODAY + timedelta(days=10)
PAID_ON = date(2026, 3, 5)


@pytest.fixture
def village() -> Village:
    """Three households that owe: one is late, one has a part due at the meeting, one later.

    | contract | household | lent   | parts                                 | sent back |
    | 1        | 3         | 12,000 | 5,000 long ago, 7,000 on the meeting  | 1,000     |
    | 2        | 1         | 9,000  | all on the meeting                    |           |
    | 3        | 2         | 6,000  | all two days after the meeting        |           |
    """
    village = working_village()
    plans = [
        (3, 12_000, [(date(2025, 3, 1), 5_000), (MEETING, 7_000)]),
        (1, 9_000, [(MEETING, 9_000)]),
        (2, 6_000, [(MEETING + timedelta(days=2), 6_000)]),
    ]
    for number, (member, baht, parts) in enumerate(plans, start=1):
        village.lend(member, baht, date(2024, 3, 1))
        Instalment.objects.filter(fund=village.fund, contract_number=number).delete()
        for sequence, (day, sum_) in enumerate(parts, start=1):
            Instalment.objects.create(
                fund=village.fund,
                contract_number=number,
                sequence=sequence,
                due_on=day,
                amount=Money.baht(sum_),
            )
    village.take(Contract.objects.get(number=1), 1_000, date(2025, 1, 1))
    return village


def sheet_of(village: Village, meeting_on: date = MEETING) -> Sheet:
    return collection_sheet(village.fund, meeting_on=meeting_on, today=TODAY, with_names=True)


def figures(sheet: Sheet) -> list[tuple[int, str, str, str, str]]:
    """Contract, part, due, overdue, outstanding."""
    return [
        (row.number, row.instalment, row.due.text, row.overdue.text, row.outstanding.text)
        for row in sheet.rows
    ]


def typed(sums: dict[int, str], **other: str) -> dict[str, str]:
    """The form after a meeting as somebody fills it in."""
    return {
        "paid_on": numeric(PAID_ON),
        "receiver": str(TREASURER),
        "key": new_key(),
        "seen": "",
        **{f"sum_{number}": text for number, text in sums.items()},
    } | other


def collect(village: Village, form: dict[str, str]) -> HttpResponse:
    """Read back, then book."""
    client = at_desk(village)
    read_back = client.post(address(village, "collect"), form)
    return client.post(
        address(village, "collect"), form | {"seen": hidden(read_back, "seen")}, follow=True
    )


# --- the sheet ---------------------------------------------------------------------------------


def test_the_sheet_says_what_is_due_and_late_in_the_order_of_the_list(village: Village) -> None:
    sheet = sheet_of(village)
    assert figures(sheet) == [
        (2, "1/1", "9,000", "0", "9,000"),
        (3, "1/1", "0", "0", "6,000"),
        (1, "1/2", "7,000", "4,000", "11,000"),
    ]
    assert [row.falls_on for row in sheet.rows] == [MEETING, None, MEETING]
    assert (sheet.due, sheet.overdue, sheet.asked, sheet.outstanding) == (
        Money.baht(16_000),
        Money.baht(4_000),
        Money.baht(20_000),
        Money.baht(26_000),
    )


def test_a_part_due_today_is_due_and_not_late(village: Village) -> None:
    Instalment.objects.filter(contract_number=2).update(due_on=TODAY)
    assert figures(sheet_of(village, TODAY))[0] == (2, "1/1", "9,000", "0", "9,000")
    Instalment.objects.filter(contract_number=2).update(due_on=TODAY - timedelta(days=1))
    assert figures(sheet_of(village, TODAY))[0] == (2, "1/1", "0", "9,000", "9,000")


def test_a_delay_granted_is_shown_beside_what_is_late_and_never_inside(village: Village) -> None:
    Deferral.objects.create(
        fund=village.fund,
        number=1,
        contract_number=1,
        ground="น้ำท่วม",
        starts_on=date(2026, 1, 1),
        ends_on=MEETING,
        recorded_at=timezone.now(),
    )
    sheet = sheet_of(village)
    assert (sheet.overdue, sheet.overdue_not_deferred) == (Money.baht(4_000), Money(0))
    assert "ผ่อนผันถึง" in said(at_desk(village).get(address(village, "collection")))


def test_a_meeting_that_is_over_is_reckoned_from_its_own_day(village: Village) -> None:
    before = sheet_of(village, date(2024, 12, 31))
    assert before.as_of == date(2024, 12, 31)
    assert before.outstanding == Money.baht(27_000)  # the 1,000 came on 1 ม.ค. 2568
    assert before.overdue == Money(0)


def test_what_is_settled_is_not_on_the_sheet_and_no_household_comes_last(village: Village) -> None:
    village.take(Contract.objects.get(number=2), 9_000, PAID_ON)
    Contract.objects.filter(number=3).update(member_number=None)
    assert [row.number for row in sheet_of(village).rows] == [1, 3]
    also = owing_now(village.fund, meeting_on=MEETING, today=TODAY, with_names=True, also=[2])
    assert [row.number for row in also.rows] == [2, 1, 3]


def test_the_sheet_takes_five_statements_however_many_owe(village: Village) -> None:
    with CaptureQueriesContext(connection) as caught:
        sheet_of(village)
    assert len(caught) == 5
    village.lend(4, 5_000, date(2024, 3, 1))
    with CaptureQueriesContext(connection) as caught:
        sheet_of(village)
    assert len(caught) == 5


def test_the_sheet_is_on_screen_and_on_paper(village: Village) -> None:
    client = at_desk(village)
    page = said(client.get(address(village, "collection"), {"on": numeric(MEETING)}))
    assert "ควรได้รับในการประชุม 20,000" in page
    assert page.index("นางแดง") < page.index("นายดำ") < page.index("นางขาว")
    for digits in ("thai", "arabic"):
        pdf = client.get(
            address(village, "collection_pdf"), {"on": MEETING.isoformat(), "digits": digits}
        )
        assert pdf.content.startswith(b"%PDF")
        assert MEETING.isoformat() in pdf.headers["Content-Disposition"]
    unread = client.get(address(village, "collection"), {"on": "วันพระ"})
    assert "ยังอ่านเป็นวันที่ไม่ได้" in said(unread)


# --- the meeting's receipts -------------------------------------------------------------------


def test_a_whole_meeting_is_booked_at_once(village: Village) -> None:
    cash = Position.objects.get(fund=village.fund).cash
    form = typed({1: "๔,๐๐๐", 2: "9000", 3: ""})
    read_back = at_desk(village).post(address(village, "collect"), form)
    assert "รับ 2 ราย รวม 13,000 บาท หนึ่งหมื่นสามพันบาทถ้วน" in said(read_back)
    assert "เงินสดในมือหลังบันทึกควรนับได้ 14,000 บาท" in said(read_back)
    assert Receipt.objects.count() == 1
    done = collect(village, form)
    assert "ออกใบเสร็จ 2 ใบแล้ว" in said(done)
    assert "รับเงินรวม 13,000 บาท" in said(done)
    made = list(Receipt.objects.order_by("number").values_list("number", "contract_number"))
    assert made == [(1, 1), (2, 2), (3, 1)]  # in the order of the sheet
    assert Position.objects.get(fund=village.fund).cash == cash + Money.baht(13_000)


def test_one_bad_row_of_a_meeting_writes_nothing_and_is_said_beside_the_row(
    village: Village,
) -> None:
    entries = Entry.objects.count()
    form = typed({1: "4,000", 2: "9,001", 3: "500"})
    answer = at_desk(village).post(address(village, "collect"), form)
    assert answer.status_code == 422
    page = said(answer)
    assert "ยังไม่ได้บันทึกแม้แต่รายเดียว" in page
    # beside the row: after its own household, before the next one
    assert (
        page.index("นางแดง") < page.index("มากกว่าที่ค้างอยู่ 9,000 บาท อยู่ 1 บาท") < page.index("นายดำ")
    )
    for text in ("4,000", "9,001", "500"):
        assert f'value="{text}"' in answer.content.decode()
    assert (Entry.objects.count(), Receipt.objects.count()) == (entries, 1)


def test_a_row_that_went_bad_after_it_was_read_back_writes_nothing(village: Village) -> None:
    form = typed({1: "4,000", 2: "9,000"})
    client = at_desk(village)
    seen = hidden(client.post(address(village, "collect"), form), "seen")
    village.take(Contract.objects.get(number=2), 9_000, PAID_ON)  # somebody else was quicker
    answer = client.post(address(village, "collect"), form | {"seen": seen})
    assert answer.status_code == 422
    assert "ส่งคืนครบแล้ว ไม่มียอดค้าง" in said(answer)
    assert 'value="9,000"' in answer.content.decode()
    assert Receipt.objects.count() == 2


def test_the_same_meeting_sent_twice_is_booked_once(village: Village) -> None:
    form = typed({1: "4,000", 2: "9,000"})
    client = at_desk(village)
    seen = hidden(client.post(address(village, "collect"), form), "seen")
    first = client.post(address(village, "collect"), form | {"seen": seen})
    again = client.post(address(village, "collect"), form | {"seen": seen})
    assert first.url == again.url  # type: ignore[attr-defined]
    assert "2 รายบันทึกไว้ก่อนแล้ว" in said(client.get(again.url))  # type: ignore[attr-defined]
    assert Receipt.objects.count() == 3


def test_a_sum_changed_after_it_was_read_back_is_read_back_again(village: Village) -> None:
    form = typed({1: "4,000", 2: "3,000"})
    client = at_desk(village)
    seen = hidden(client.post(address(village, "collect"), form), "seen")
    # The same total, from other people.
    changed = form | {"sum_1": "3,000", "sum_2": "4,000", "seen": seen}
    answer = client.post(address(village, "collect"), changed)
    assert answer.status_code == 200
    assert hidden(answer, "seen") not in ("", seen)
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize(
    ("sums", "other", "words"),
    [
        ({1: "", 2: "-", 3: "0"}, {}, "ยังไม่มีรายที่ใส่จำนวนเงิน"),
        ({1: "สี่พัน"}, {}, "ยังอ่านเป็นจำนวนเงินไม่ได้"),
        ({1: "-5"}, {}, "จำนวนเงินต้องมากกว่าศูนย์"),
        ({1: "4,000"}, {"receiver": "99"}, "เลือกกรรมการที่อยู่ในวาระ"),
        ({1: "4,000", 2: "1"}, {"paid_on": "1/1/2700"}, "ยังมาไม่ถึง"),
        ({1: "4,000"}, {"paid_on": "?"}, "ยังอ่านเป็นวันที่ไม่ได้"),
        ({1: "4,000"}, {"key": "?"}, "เปิดหน้านี้ใหม่อีกครั้ง"),
    ],
)
def test_what_can_not_be_booked_says_why(
    village: Village, sums: dict[int, str], other: dict[str, str], words: str
) -> None:
    answer = at_desk(village).post(address(village, "collect"), typed(sums, **other))
    assert answer.status_code == 422
    assert words in said(answer)
    assert Receipt.objects.count() == 1


def test_what_is_wrong_with_every_row_is_said_once(village: Village) -> None:
    form = typed({1: "4,000", 2: "1", 3: "1"}, paid_on="1/1/2700")
    answer = at_desk(village).post(address(village, "collect"), form)
    assert said(answer).count("ยังมาไม่ถึง") == 1


def test_the_running_total_counts_what_can_be_read_and_keeps_nothing(village: Village) -> None:
    client = at_desk(village)
    where = address(village, "collect_total")
    total = client.post(where, typed({1: "4,000", 2: "๑๐๐.๕๐"}))
    assert "รับ 2 ราย รวม 4,100.50 บาท สี่พันหนึ่งร้อยบาทห้าสิบสตางค์" in said(total)
    assert hidden(total, "seen")
    half = client.post(where, typed({1: "4,000", 2: "ร้อย"}))
    assert "ต้องแก้ 1 ช่อง" in said(half)
    assert hidden(half, "seen") == ""
    assert Receipt.objects.count() == 1


def test_the_total_read_back_while_typing_is_enough_to_book(village: Village) -> None:
    client = at_desk(village)
    form = typed({1: "4,000", 3: "6,000"})
    seen = hidden(client.post(address(village, "collect_total"), form), "seen")
    done = client.post(address(village, "collect"), form | {"seen": seen}, follow=True)
    assert "ออกใบเสร็จ 2 ใบแล้ว" in said(done)


# --- rehearsing ---------------------------------------------------------------------------------


def test_a_rehearsal_answers_each_visit_and_leaves_nothing(village: Village) -> None:
    head = Position.objects.get(fund=village.fund)
    visits = [
        Visit(1, Money.baht(4_000), PAID_ON, new_key()),
        Visit(2, Money.baht(99_999), PAID_ON, new_key()),
        Visit(1, Money.baht(7_000), PAID_ON, new_key()),
        Visit(1, Money.baht(1), PAID_ON, new_key()),
    ]
    entries = Entry.objects.count()
    first, second, third, fourth = rehearse_repayments(
        visits, fund=village.fund, by=village.treasurer
    )
    assert isinstance(first, RepaymentRecorded)
    assert first.receipt.balance_left == Money.baht(7_000)
    assert refused(second) == {"PaidTooMuch"}
    assert isinstance(third, RepaymentRecorded)  # the first one counts for the third
    assert third.receipt.balance_left == Money(0)
    assert refused(fourth) == {"NothingOwed"}
    assert (Entry.objects.count(), Receipt.objects.count()) == (entries, 1)
    assert Position.objects.get(fund=village.fund).sums == head.sums


def test_a_rehearsal_refuses_whoever_may_not_take_money(village: Village) -> None:
    visits = [Visit(1, Money.baht(1), PAID_ON, new_key())]
    (outcome,) = rehearse_repayments(visits, fund=village.fund, by=village.district)
    assert isinstance(outcome, NotDone)
    assert refused(outcome) == {"NotEntitled"}


def test_a_fund_that_charges_interest_asks_for_it_by_the_meeting(village: Village) -> None:
    Contract.objects.filter(number=2).update(interest_method="flat", interest_rate=600)
    Instalment.objects.filter(contract_number=2).update(interest=Money.baht(540))
    (row, *_) = sheet_of(village).rows
    assert (row.interest, row.asked) == (Money.baht(540), Money.baht(9_540))
    (row, *_) = sheet_of(village, MEETING - timedelta(days=1)).rows
    assert (row.interest, row.asked) == (Money(0), Money(0))
    page = said(at_desk(village).get(address(village, "collection"), {"on": numeric(MEETING)}))
    assert "ดอกเบี้ย" in page
    assert "ดอกเบี้ย" in said(at_desk(village).get(address(village, "receive_on", 2)))
    pdf = at_desk(village).get(address(village, "collection_pdf"), {"on": numeric(MEETING)})
    assert pdf.content.startswith(b"%PDF")
