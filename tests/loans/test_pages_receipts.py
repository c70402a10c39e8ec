"""The pages of taking money: who may, what is read back, what is kept when the answer is no."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.audit.models import AuditLine
from kongthun.domain.money import Money
from kongthun.domain.thai_calendar import numeric
from kongthun.ledger.models import Entry, Position
from kongthun.loans.actions.repayments import ReceiptTakenBack, cancel_receipt
from kongthun.loans.models import Contract, Instalment, Receipt

from .village_at_work import GRANTED_ON, TREASURER, Village, new_key, working_village

pytestmark = pytest.mark.django_db

LENT_ON = date(2024, 3, 1)
PARTS = ((date(2025, 3, 1), 5_000), (date(2026, 3, 1), 7_000))


@pytest.fixture
def village() -> Village:
    """A village in which household 1 owes 12,000 in two parts."""
    village = working_village()
    village.lend(1, 12_000, LENT_ON, parts=PARTS)
    return village


def at_desk(village: Village, name: str = "herannyik") -> Client:
    """The browser of somebody who works there."""
    client = Client()
    client.force_login(village.users[name])
    return client


def said(answer: HttpResponse) -> str:
    """The words of a page."""
    body = re.sub(r"(?s)<(head|script|svg)\b.*?</\1>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<wbr>|<[^>]+>", " ", body)))


def hidden(answer: HttpResponse, name: str) -> str:
    """What a hidden field of a page holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    assert found, name
    return found[1]


def address(village: Village, name: str, *more: object) -> str:
    return reverse(f"loans:{name}", args=[village.fund.code, *more])


def typed(sum_: str, on: date = date(2026, 3, 1), **other: str) -> dict[str, str]:
    """A form as somebody fills it in."""
    return {
        "amount": sum_,
        "paid_on": numeric(on),
        "receiver": str(TREASURER),
        "paid_by": "",
        "over": "refuse",
        "key": new_key(),
        "seen": "",
    } | other


def take_at_desk(client: Client, where: str, form: dict[str, str]) -> HttpResponse:
    """Check first, then book: two presses of the one button."""
    checked = client.post(where, form)
    assert checked.status_code == 200, said(checked)
    return client.post(where, form | {"seen": hidden(checked, "seen")})


# --- taking money -----------------------------------------------------------------------------


def test_money_is_taken_in_two_presses_and_the_receipt_is_handed_over(village: Village) -> None:
    client = at_desk(village)
    where = address(village, "receive_on", 1)
    form = typed("๖,๐๐๐")
    checked = client.post(where, form)
    assert "หักเงินยืม งวดที่ 1–2 6,000 บาท" in said(checked)
    assert "เหลือค้าง 6,000 บาท" in said(checked)
    assert "หกพันบาทถ้วน" in said(checked)
    assert not Receipt.objects.exists()  # reading back books nothing
    booked = client.post(where, form | {"seen": hidden(checked, "seen")}, follow=True)
    assert booked.redirect_chain[-1][0] == address(village, "receipt", 1)
    assert "ออกใบเสร็จเลขที่ 1/1 แล้ว" in said(booked)
    made = Receipt.objects.get()
    assert (made.amount, made.parts, made.balance_left) == (
        Money.baht(6_000),
        "1–2",
        Money.baht(6_000),
    )
    assert made.received_by_term == TREASURER
    assert Position.objects.get(fund=village.fund).cash == Money.baht(6_000)


def test_two_tabs_with_the_same_form_make_one_receipt(village: Village) -> None:
    client = at_desk(village)
    where = address(village, "receive_on", 1)
    form = typed("5,000")
    checked = client.post(where, form)
    sent = form | {"seen": hidden(checked, "seen")}
    first = client.post(where, sent)
    again = client.post(where, sent)
    assert first.url == again.url == address(village, "receipt", 1)  # type: ignore[attr-defined]
    assert Receipt.objects.count() == 1
    assert "จึงไม่ได้บันทึกซ้ำ" in said(client.get(again.url))  # type: ignore[attr-defined]


def test_a_form_changed_after_it_was_booked_says_that_the_change_was_not(village: Village) -> None:
    client = at_desk(village)
    where = address(village, "receive_on", 1)
    form = typed("5,000")
    take_at_desk(client, where, form)
    changed = client.post(where, form | {"amount": "6,000"})
    assert changed.status_code == 422
    assert "เนื้อหาต่างจากครั้งนี้" in said(changed)
    assert Receipt.objects.get().amount == Money.baht(5_000)


def test_a_sum_changed_after_it_was_read_back_is_read_back_again(village: Village) -> None:
    client = at_desk(village)
    where = address(village, "receive_on", 1)
    form = typed("5,000")
    seen = hidden(client.post(where, form), "seen")
    for change in ({"amount": "50"}, {"paid_on": "2/3/2569"}, {"over": "hold"}):
        changed = client.post(where, form | {"seen": seen} | change)
        assert changed.status_code == 200
        assert "บันทึกและออกใบเสร็จ" in said(changed)
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount": "13,000"}, "มากกว่าที่ค้างอยู่ 12,000 บาท อยู่ 1,000 บาท"),
        ({"amount": "0"}, "จำนวนเงินต้องมากกว่าศูนย์"),
        ({"amount": "สิบบาท"}, "ยังอ่านเป็นจำนวนเงินไม่ได้"),
        ({"amount": ""}, ""),
        ({"paid_on": "1/1/2567"}, "อยู่ก่อนวันที่รับเงินยืม"),
        ({"paid_on": "1/1/2700"}, "ยังมาไม่ถึง"),
        ({"receiver": "99"}, "เลือกกรรมการที่อยู่ในวาระ"),
        ({"receiver": ""}, ""),
        ({"key": "x"}, "เปิดหน้านี้ใหม่อีกครั้ง"),
    ],
)
def test_what_can_not_be_taken_is_said_and_nothing_typed_is_lost(
    village: Village, change: dict[str, str], words: str
) -> None:
    form = typed("5,000", paid_by="นายสมศักดิ์  ลูกชาย") | change
    answer = at_desk(village).post(address(village, "receive_on", 1), form)
    assert answer.status_code == 422
    assert words in said(answer)
    assert f'value="{form["amount"]}"' in answer.content.decode() or not form["amount"]
    assert "นายสมศักดิ์  ลูกชาย" in answer.content.decode()
    assert not Receipt.objects.exists()


def test_what_is_too_much_can_be_held_by_choice(village: Village) -> None:
    client = at_desk(village)
    form = typed("13,000", over="hold")
    checked = client.post(address(village, "receive_on", 1), form)
    assert "รับฝากไว้ 1,000 บาท" in said(checked)
    booked = take_at_desk(client, address(village, "receive_on", 1), form)
    made = Receipt.objects.get()
    assert (made.amount, made.held) == (Money.baht(13_000), Money.baht(1_000))
    assert "รับฝาก 1,000" in said(client.get(booked.url))  # type: ignore[attr-defined]


def test_somebody_else_may_bring_the_money_and_the_receipt_names_both(village: Village) -> None:
    client = at_desk(village)
    form = typed("5,000", paid_by="นางสาวฟ้า  มีทรัพย์")
    booked = take_at_desk(client, address(village, "receive_on", 1), form)
    page = said(client.get(booked.url))  # type: ignore[attr-defined]
    assert "นางสาวฟ้า มีทรัพย์" in page
    assert "แทนผู้ยืม นางแดง มีทรัพย์" in page


def test_who_is_signed_in_is_chosen_as_receiver_when_the_name_is_the_same(village: Village) -> None:
    user = village.users["herannyik"]
    user.display_name = "สุนีย์ แก้วเกตุ"
    user.save()
    page = at_desk(village).get(address(village, "receive_on", 1)).content.decode()
    assert f'<option value="{TREASURER}" selected>' in page
    user.display_name = "คนอื่น"
    user.save()
    page = at_desk(village).get(address(village, "receive_on", 1)).content.decode()
    assert '<option value="" selected>' in page


def test_the_preview_says_the_same_as_the_check_and_keeps_nothing(village: Village) -> None:
    client = at_desk(village)
    where = address(village, "receive_preview", 1)
    entries = Entry.objects.count()
    good = client.post(where, typed("6,000"))
    assert "หักเงินยืม งวดที่ 1–2 6,000 บาท" in said(good)
    assert hidden(good, "seen") == "600000/2026-03-01/refuse"
    too_much = client.post(where, typed("13,000"))
    assert "มากกว่าที่ค้างอยู่" in said(too_much)
    assert hidden(too_much, "seen") == ""
    assert hidden(client.post(where, typed("")), "seen") == ""
    assert (Entry.objects.count(), Receipt.objects.count()) == (entries, 0)
    assert not AuditLine.objects.filter(deed="record_repayment").exists()


def test_those_who_are_late_come_first_and_are_found_by_name_and_number(village: Village) -> None:
    village.lend(2, 9_000, date(2024, 5, 5))
    client = at_desk(village)
    where = address(village, "receive")
    everybody = said(client.get(where))
    assert everybody.index("นางแดง") < everybody.index("นายดำ")
    Instalment.objects.filter(contract_number=1).update(due_on=date(2030, 1, 1))
    everybody = said(client.get(where))
    assert everybody.index("นายดำ") < everybody.index("นางแดง")
    for words, there, gone in [
        ("แดง", "นางแดง", "นายดำ"),
        ("ลำดับ", "ไม่พบ", "นายดำ"),
        ("๒", "นายดำ", "นางแดง"),
        (Contract.objects.get(number=1).paper_number, "นางแดง", ""),
    ]:
        page = said(client.get(where, {"q": words}))
        assert there in page
        if gone:
            assert gone not in page


def test_a_settled_contract_is_found_and_said_to_be_settled(village: Village) -> None:
    village.take(Contract.objects.get(number=1), 12_000, date(2026, 3, 1))
    client = at_desk(village)
    assert "ไม่มีสัญญาที่ยังค้าง" in said(client.get(address(village, "receive")))
    assert "ส่งคืนครบแล้ว" in said(client.get(address(village, "receive"), {"q": "แดง"}))
    refused = client.post(address(village, "receive_on", 1), typed("1"))
    assert "ส่งคืนครบแล้ว ไม่มียอดค้าง" in said(refused)


def test_another_contract_of_the_household_is_offered_next(village: Village) -> None:
    first = Contract.objects.get(number=1)
    made = village.take(first, 1_000, date(2026, 3, 1))
    page = at_desk(village).get(address(village, "receipt", made.number))
    assert "รับอีกสัญญา" not in said(page)
    second = Contract.objects.get(number=village.lend(2, 9_000, date(2024, 5, 5)).number)
    Contract.objects.filter(fund=village.fund, number=second.number).update(member_number=1)
    page = at_desk(village).get(address(village, "receipt", made.number))
    assert "รับอีกสัญญาของครัวเรือนนี้" in said(page)
    assert address(village, "receive_on", second.number) in page.content.decode()


# --- receipts --------------------------------------------------------------------------------


def test_a_cancelled_receipt_says_so_by_which_entry_and_why(village: Village) -> None:
    made = village.take(Contract.objects.get(number=1), 5_000, date(2026, 3, 1))
    client = at_desk(village)
    where = address(village, "cancel_receipt", made.number)
    page = client.get(where)
    key = hidden(page, "key")
    assert client.post(where, {"key": key, "reason": " "}).status_code == 422
    done = client.post(where, {"key": key, "reason": "พิมพ์ยอดผิด"}, follow=True)
    again = client.post(where, {"key": key, "reason": "พิมพ์ยอดผิด"})
    assert again.status_code == 302  # the same form twice
    reversing = Entry.objects.get(fund=village.fund, reverses=made.entry_number)
    for words in ("ใบเสร็จนี้ยกเลิกแล้ว", f"รายการที่ {reversing.number}", "เหตุผล: พิมพ์ยอดผิด"):
        assert words in said(done)
    assert Position.objects.get(fund=village.fund).cash == Money(0)
    other = client.post(where, {"key": new_key(), "reason": "อีกครั้ง"})
    assert other.status_code == 422
    assert "ยกเลิกไปแล้ว" in said(other)
    pdf = client.get(address(village, "receipt_pdf", made.number), follow=True)
    assert "จึงไม่พิมพ์เป็นแบบรับคืนเงินยืมอีก" in said(pdf)


def test_receipt_numbers_have_no_gaps_when_some_are_cancelled_in_between(village: Village) -> None:
    contract = Contract.objects.get(number=1)
    for number in range(1, 7):
        made = village.take(contract, 1_000, date(2026, 3, number))
        assert made.number == number
        if number % 2:
            done = cancel_receipt(
                number, fund=village.fund, reason="ผิด", key=new_key(), by=village.treasurer
            )
            assert isinstance(done, ReceiptTakenBack)
    page = said(at_desk(village).get(address(village, "receipts")))
    assert "ออกแล้ว 6 ใบ เลขเรียงครบไม่ขาด · ยกเลิก 3 ใบ" in page
    for number in range(1, 7):
        assert f" 1/{number} " in page


def test_receipts_are_found_by_day_and_by_contract(village: Village) -> None:
    other = village.lend(2, 9_000, date(2024, 5, 5))
    village.take(Contract.objects.get(number=1), 1_000, date(2026, 3, 1))
    village.take(other, 2_000, date(2026, 3, 2))
    client = at_desk(village)
    where = address(village, "receipts")
    by_day = said(client.get(where, {"on": "๑ มี.ค. ๖๙"}))
    assert "นางแดง" in by_day
    assert "นายดำ" not in by_day
    by_contract = said(client.get(where, {"contract": other.paper_number}))
    assert "นายดำ" in by_contract
    assert "นางแดง" not in by_contract
    assert "ยังอ่านเป็นวันที่ไม่ได้" in said(client.get(where, {"on": "เมื่อวาน"}))


def test_the_list_takes_the_same_statements_for_two_receipts_and_for_forty(
    village: Village,
) -> None:
    contract = Contract.objects.get(number=1)
    client = at_desk(village)

    def statements(where: str, **asked: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(where, asked).status_code == 200
        return len(caught)

    for _ in range(2):
        village.take(contract, 1, date(2026, 3, 1))
    few = [
        statements(address(village, "receipts")),
        statements(address(village, "slips"), **{"from": "1", "to": "2"}),
    ]
    for _ in range(38):
        village.take(contract, 1, date(2026, 3, 1))
    many = [
        statements(address(village, "receipts")),
        statements(address(village, "slips"), **{"from": "1", "to": "40"}),
    ]
    assert few == many


def test_form_5_comes_as_pdf_in_thai_digits_too(village: Village) -> None:
    made = village.take(Contract.objects.get(number=1), 5_000, date(2026, 3, 1))
    client = at_desk(village)
    where = address(village, "receipt_pdf", made.number)
    for digits in ("thai", "arabic"):
        answer = client.get(where, {"digits": digits})
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")


def test_several_slips_are_printed_from_one_page(village: Village) -> None:
    contract = Contract.objects.get(number=1)
    for day in (1, 2, 3):
        village.take(contract, 1_000, date(2026, 3, day))
    cancel_receipt(2, fund=village.fund, reason="ผิด", key=new_key(), by=village.treasurer)
    client = at_desk(village)
    page = client.get(address(village, "slips"), {"from": "1", "to": "3"})
    assert page.content.decode().count('class="sheet slip"') == 3
    assert "รับเงินรวม 2,000 บาท" in said(page)  # the cancelled one does not count
    for bad in ({"from": "1"}, {"from": "3", "to": "1"}, {"from": "1", "to": "900"}, {"from": "๑"}):
        assert client.get(address(village, "slips"), bad).status_code == 404
    assert client.get(address(village, "slips"), {"from": "8", "to": "9"}).status_code == 404


# --- who may ----------------------------------------------------------------------------------

READING = ("receipts", "collection", "collection_pdf")
TAKING = ("receive", "collect")


def outsider(role: Role, **place: object) -> User:
    user = User.objects.create(username=f"outside-{role}", display_name="คนอื่น")
    appoint(user=user, role=role, by_order="คำสั่ง", starts_on=GRANTED_ON, **place)  # type: ignore[arg-type]
    return user


@pytest.mark.parametrize("name", [*READING, *TAKING])
def test_somebody_of_another_place_finds_no_page(village: Village, name: str) -> None:
    other = working_village("80170101")
    client = at_desk(other)
    assert client.get(address(village, name)).status_code == 404
    answer = Client().get(address(village, name))
    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in/")  # type: ignore[attr-defined]


def test_the_wrong_person_is_refused_in_thai(village: Village) -> None:
    made = village.take(Contract.objects.get(number=1), 1_000, date(2026, 3, 1))
    client = Client()
    client.force_login(outsider(Role.PROVINCE, area_code="80"))
    for name, more in (("receive_on", 1), ("cancel_receipt", made.number)):
        where = address(village, name, more)
        for answer in (client.get(where), client.post(where, typed("1,000"))):
            assert answer.status_code == 403
            assert re.search("[ก-๙]", said(answer))
    assert Receipt.objects.count() == 1


def test_names_are_masked_for_those_who_may_not_see_them(village: Village) -> None:
    made = village.take(Contract.objects.get(number=1), 1_000, date(2026, 3, 1))
    client = Client()
    client.force_login(outsider(Role.PROVINCE, area_code="80"))
    for where in (
        address(village, "receipts"),
        address(village, "receipt", made.number),
        address(village, "collection"),
        f"{address(village, 'slips')}?from=1&to=1",
    ):
        page = said(client.get(where))
        assert "มีทรัพย์" not in page
        assert "แก้วเกตุ" not in page
    assert not AuditLine.objects.filter(deed="read_names").exists()


def test_reading_names_is_written_down(village: Village) -> None:
    made = village.take(Contract.objects.get(number=1), 1_000, date(2026, 3, 1))
    at_desk(village).get(address(village, "receipt", made.number))
    line = AuditLine.objects.get(deed="read_names")
    assert (line.user_id, line.fund_id, line.subject) == (
        village.users["herannyik"].pk,
        village.fund.pk,
        "receipt 1",
    )


@pytest.mark.parametrize(
    "where", ["receive/9/", "receive/99999999999999999999/", "receipts/9/", "receipts/9/pdf/"]
)
def test_what_is_not_there_is_not_found(village: Village, where: str) -> None:
    client = at_desk(village)
    assert client.get(f"/funds/{village.fund.code}/loans/{where}").status_code == 404


def test_a_contract_whose_money_was_not_handed_over_takes_none(village: Village) -> None:
    Contract.objects.filter(number=1).update(paid_out_on=None)
    assert at_desk(village).get(address(village, "receive_on", 1)).status_code == 404


def test_pages_hold_no_style_and_no_script_of_their_own(village: Village) -> None:
    made = village.take(Contract.objects.get(number=1), 1_000, date(2026, 3, 1))
    client = at_desk(village)
    for where in (
        address(village, "receive_on", 1),
        address(village, "receipt", made.number),
        address(village, "collect"),
    ):
        page = client.get(where).content.decode()
        assert " style=" not in page
        assert not re.search(r"<script(?![^>]* src=)", page)


def test_today_is_the_day_offered(village: Village) -> None:
    page = at_desk(village).get(address(village, "receive_on", 1)).content.decode()
    assert f'value="{numeric(timezone.localdate())}"' in page


def test_a_household_opens_its_own_receipt_and_nobody_elses(village: Village) -> None:
    own = village.take(Contract.objects.get(fund=village.fund), 1_000, date(2025, 3, 1))
    others = village.take(village.lend(2, 5_000, date(2024, 3, 1)), 1_000, date(2025, 3, 1))
    user = User.objects.create(username="samachik", display_name="นางแดง")
    appoint(
        user=user,
        role=Role.MEMBER,
        by_order="คำสั่ง",
        starts_on=date(2020, 10, 1),
        group_id=village.fund.pk,
        member_number=1,
    )
    client = Client()
    client.force_login(user)
    page = client.get(address(village, "receipt", own.number))
    assert page.status_code == 200
    assert "นางแดง มีทรัพย์" in said(page)
    assert client.get(address(village, "receipt_pdf", own.number)).status_code == 200
    for what in ("receipt", "receipt_pdf"):
        assert client.get(address(village, what, others.number)).status_code == 404
    assert client.get(address(village, "receipts")).status_code == 403
    contract = client.get(f"/funds/{village.fund.code}/contracts/{own.contract_number}/")
    assert address(village, "receipt", own.number) in contract.content.decode()
