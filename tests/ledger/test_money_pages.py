"""The desk of cash and bank on screen: read back before it is posted, open to the right people."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from kongthun.domain.money import Money
from kongthun.ledger.bank import Giver, Purse, receive_capital
from kongthun.ledger.models import BankBook, Entry, PassbookLine
from kongthun.ledger.queries import balance_of
from ledger.desk import CHAIRMAN, GRANT_DAY, NEXT_DOOR, SECRETARY, TREASURER, Desk, baht, open_desk

pytestmark = pytest.mark.django_db

MONEY = "/funds/80120101/money/"
DOORS = ("deposit", "withdraw", "interest", "cost", "income", "capital", "count")
PAGES_TO_READ = ("", "passbook/", "passbook/check/")
PAGES_TO_WRITE = (
    *(f"{door}/" for door in DOORS),
    "passbook/opening/",
    "bank-books/new/",
    "bank-books/1/",
    "entries/1/take-back/",
)
WITHDRAWAL = {
    "key": "w1",
    "on": "1/3/2568",
    "amount": "60,000",
    "document": "ถ.1/2568",
    "signers": [TREASURER, CHAIRMAN],
}


@pytest.fixture
def desk() -> Desk:
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
    return opened


def browser(desk: Desk, name: str = "treasurer") -> Client:
    client = Client()
    client.force_login(desk.users[name])
    return client


def text(answer: HttpResponse) -> str:
    """The words of a page as they are read."""
    html = re.sub(r"(?s)<(head|script|style)\b.*?</\1>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<wbr>|<[^>]+>", " ", html)))


def grid(*lines: dict[str, str], key: str = "g1") -> dict[str, str]:
    """The passbook form as a browser sends it."""
    sent = {"line-TOTAL_FORMS": str(len(lines)), "line-INITIAL_FORMS": "0", "key": key}
    for place, line in enumerate(lines):
        sent |= {f"line-{place}-{name}": typed for name, typed in line.items()}
    return sent


GRANTED = {"on": "1/10/2567", "into": "280,000", "balance": "280,000", "item": "TRF"}


# ---- who may ----------------------------------------------------------------------------------


def test_those_who_see_the_books_read_and_those_who_receive_money_record(desk: Desk) -> None:
    treasurer, auditor = browser(desk), browser(desk, "auditor")
    for page in PAGES_TO_READ:
        assert treasurer.get(MONEY + page).status_code == 200, page
        assert auditor.get(MONEY + page).status_code == 200, page
    for page in PAGES_TO_WRITE:
        assert treasurer.get(MONEY + page).status_code == 200, page
        assert auditor.get(MONEY + page).status_code == 403, page


def test_who_may_only_read_is_told_in_thai_who_can_record_and_sees_no_doors(desk: Desk) -> None:
    auditor = browser(desk, "auditor")
    words = text(auditor.post(f"{MONEY}withdraw/", WITHDRAWAL | {"confirmed": "yes"}))
    assert "หน้าที่ที่ท่านได้รับแต่งตั้งไม่รวมการรับเงินและออกใบเสร็จ" in words
    assert "ผู้ที่ทำได้คือพัฒนากร" in words
    assert Entry.objects.count() == 1
    page = auditor.get(MONEY).content.decode()
    assert "/money/deposit/" not in page
    assert "/money/deposit/" in browser(desk).get(MONEY).content.decode()


def test_a_fund_out_of_reach_is_not_found(desk: Desk) -> None:
    stranger, member = browser(desk, "stranger"), browser(desk, "member")
    for page in (*PAGES_TO_READ, *PAGES_TO_WRITE):
        assert stranger.get(MONEY + page).status_code == 404, page
        assert member.get(MONEY + page).status_code == 403, page
    assert stranger.get(f"/funds/{NEXT_DOOR}/money/").status_code == 200
    assert stranger.post(f"{MONEY}passbook/", grid(GRANTED)).status_code == 404


def test_nobody_signed_in_is_led_to_the_door(desk: Desk) -> None:
    assert "/sign-in/" in Client().get(MONEY).headers["Location"]
    assert desk.fund.code == "80120101"


# ---- read back, then posted -------------------------------------------------------------------


def test_a_withdrawal_is_read_back_in_words_before_anything_is_posted(desk: Desk) -> None:
    client = browser(desk)
    read_back = client.post(f"{MONEY}withdraw/", WITHDRAWAL)
    words = text(read_back)
    assert read_back.status_code == 200
    assert "ถอนเงิน 60,000 บาท จากธนาคารเป็นเงินสด วันที่ 1 มีนาคม 2568" in words
    assert "หกหมื่นบาทถ้วน" in words
    assert "นายดี ใจงาม · เหรัญญิก และ นางสาวมี สุขใจ · ประธาน" in words
    assert "เงินสดในมือจะมี 60,000 บาท" in words
    assert "ในธนาคารจะมี 220,000 บาท" in words
    assert Entry.objects.count() == 1

    sent = dict(
        re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', read_back.content.decode())
    )
    assert sent["key"] == "w1"
    done = client.post(f"{MONEY}withdraw/", WITHDRAWAL | {"confirmed": "yes"}, follow=True)
    assert "บันทึกแล้ว ถอนเงิน 60,000 บาท" in text(done)
    assert balance_of(desk.fund.pk, "cash") == baht(60_000)


def test_pressing_twice_records_once(desk: Desk) -> None:
    client = browser(desk)
    for _ in range(2):
        answer = client.post(f"{MONEY}withdraw/", WITHDRAWAL | {"confirmed": "yes"})
        assert answer.status_code == 302
    assert Entry.objects.count() == 2


def test_going_back_to_mend_loses_nothing_typed(desk: Desk) -> None:
    answer = browser(desk).post(f"{MONEY}withdraw/", WITHDRAWAL | {"confirmed": "yes", "edit": "y"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="60,000"' in page
    assert len(re.findall(r"<input[^>]*checked", page)) == 2
    assert Entry.objects.count() == 1


def test_refusals_stand_together_beside_their_questions_and_nothing_typed_is_lost(
    desk: Desk,
) -> None:
    wrong = WITHDRAWAL | {"amount": "300,000", "document": "ฝากนายดำ", "signers": [TREASURER]}
    answer = browser(desk).post(f"{MONEY}withdraw/", wrong)
    words = text(answer)
    assert answer.status_code == 422
    assert "เงินในธนาคาร ณ วันที่ 1 มีนาคม 2568 มี 280,000 บาท ไม่พอสำหรับ 300,000 บาท" in words
    assert "“ฝากนายดำ” ไม่ใช่เลขที่เอกสาร" in words
    assert "อย่างน้อย 2 คน ขณะนี้มี 1 คน ตามระเบียบ กข.คจ. พ.ศ. 2553 (ยังไม่ได้ตรวจกับตัวบท)" in words
    assert 'value="300,000"' in answer.content.decode()


def test_the_signers_offered_are_those_in_office_on_the_day_typed(desk: Desk) -> None:
    client = browser(desk)
    today = client.get(f"{MONEY}withdraw/").content.decode()
    assert f'value="{SECRETARY}"' in today
    march = client.post(f"{MONEY}withdraw/", WITHDRAWAL | {"signers": []}).content.decode()
    assert f'value="{SECRETARY}"' not in march
    assert f'value="{CHAIRMAN}"' in march


def test_an_answer_that_can_not_be_read_is_said_beside_it(desk: Desk) -> None:
    answer = browser(desk).post(
        f"{MONEY}deposit/", {"key": "k", "on": "31/2/2568", "amount": "มาก"}
    )
    assert answer.status_code == 422
    assert "ไม่มีวันนี้ในปฏิทิน" in text(answer)
    assert "ยังอ่านเป็นจำนวนเงินไม่ได้" in text(answer)


@pytest.mark.parametrize(
    ("door", "answers", "said", "account", "satang"),
    [
        ("interest", {"amount": "312.50"}, "ธนาคารให้ดอกเบี้ย 312.50 บาท", "interest", -31_250),
        ("cost", {"amount": "20", "cost": "fee"}, "ธนาคารหักค่าธรรมเนียม 20 บาท", "expense", 2_000),
        (
            "cost",
            {"amount": "50", "cost": "bank", "words": "ค่าถ่ายเอกสาร"},
            "จ่ายค่าใช้จ่าย 50 บาท จากบัญชีธนาคาร",
            "expense",
            5_000,
        ),
        (
            "income",
            {"amount": "100", "purse": "cash", "words": "ขายของเก่า"},
            "รับรายได้อื่น 100 บาท เป็นเงินสดในมือ",
            "income",
            -10_000,
        ),
        (
            "capital",
            {"amount": "500", "purse": "bank", "giver": "donors"},
            "รับเงินทุน 500 บาท เข้าบัญชีธนาคาร",
            "capital:donors",
            -50_000,
        ),
        (
            "count",
            {"counted": "70", "note": "พบในกล่อง"},
            "มากกว่าสมุดบัญชี 70 บาท ส่วนต่างพักไว้เป็นเงินที่ยังอธิบายไม่ได้",
            "unexplained",
            -7_000,
        ),
    ],
)
def test_each_door_reads_back_and_records(
    desk: Desk, door: str, answers: dict[str, str], said: str, account: str, satang: int
) -> None:
    client = browser(desk)
    typed = {"key": "one", "on": "1/3/2568", **answers}
    read_back = client.post(f"{MONEY}{door}/", typed)
    assert said in text(read_back)
    assert Entry.objects.count() == 1
    done = client.post(f"{MONEY}{door}/", typed | {"confirmed": "yes"}, follow=True)
    assert said in text(done)
    assert balance_of(desk.fund.pk, account) == Money(satang)


def test_a_count_that_differs_asks_for_a_note(desk: Desk) -> None:
    typed = {"key": "c", "on": "1/3/2568", "counted": "70"}
    answer = browser(desk).post(f"{MONEY}count/", typed)
    assert answer.status_code == 422
    assert "เงินที่นับได้มากกว่าในสมุดบัญชี 70 บาท" in text(answer)


def test_an_entry_is_taken_back_with_a_reason(desk: Desk) -> None:
    client = browser(desk)
    client.post(f"{MONEY}withdraw/", WITHDRAWAL | {"confirmed": "yes"})
    page = f"{MONEY}entries/2/take-back/"
    assert "เงินสดในมือ ที่เพิ่มไว้จะลดลง 60,000 บาท" in text(client.get(page))
    assert client.post(page, {"key": "t", "reason": ""}).status_code == 422
    done = client.post(page, {"key": "t", "reason": "เขียนใบถอนผิดวัน"}, follow=True)
    assert "กลับรายการที่ 2 แล้ว" in text(done)
    assert not balance_of(desk.fund.pk, "cash")
    assert client.get(f"{MONEY}entries/99/take-back/").status_code == 404


def test_a_passbook_is_described_and_another_opened(desk: Desk) -> None:
    client = browser(desk)
    first = {"bank": "ธ.ก.ส.", "branch": "ปากพนัง", "account_number": "0201234567"}
    assert client.post(f"{MONEY}bank-books/1/", first).status_code == 302
    assert BankBook.objects.get(fund=desk.fund).masked_number == "xxx-x-x4567"
    same = client.post(f"{MONEY}bank-books/new/", first | {"bank": "ออมสิน"})
    assert same.status_code == 422
    assert "เป็นของสมุดเงินฝากเล่มที่ 1 อยู่แล้ว" in text(same)
    assert client.post(f"{MONEY}bank-books/new/", {"bank": "ออมสิน"}).status_code == 302
    assert "เล่มที่ 2 ออมสิน" in text(client.get(f"{MONEY}interest/"))
    assert client.get(f"{MONEY}bank-books/3/").status_code == 404
    assert client.post(f"{MONEY}bank-books/new/", {"bank": " "}).status_code == 422


# ---- the passbook -----------------------------------------------------------------------------


def test_lines_are_typed_and_empty_ones_passed_over(desk: Desk) -> None:
    client = browser(desk)
    fee = {"on": "2/10/2567", "out": "๒๐", "balance": "279,980"}
    done = client.post(f"{MONEY}passbook/", grid(GRANTED, {}, fee), follow=True)
    assert "บันทึกสมุดเงินฝาก 2 บรรทัดแล้ว" in text(done)
    amounts = PassbookLine.objects.order_by("number").values_list("amount", flat=True)
    assert list(amounts) == [baht(280_000), baht(-20)]


def test_a_line_that_does_not_follow_is_named_as_on_the_screen_and_none_is_kept(
    desk: Desk,
) -> None:
    wrong = {"on": "2/10/2567", "out": "20", "balance": "279,890", "item": "FEE"}
    answer = browser(desk).post(f"{MONEY}passbook/", grid(GRANTED, {}, wrong))
    assert answer.status_code == 422
    assert "บรรทัดที่ 3 ยอดคงเหลือที่พิมพ์ 279,890 บาท ไม่ต่อจากบรรทัดก่อน ซึ่งควรได้ 279,980 บาท ต่างกัน 90 บาท" in text(answer)  # fmt: skip  # noqa: E501
    assert 'value="279,890"' in answer.content.decode()
    assert not PassbookLine.objects.exists()


def test_a_line_half_typed_is_said_beside_it(desk: Desk) -> None:
    half = {"on": "", "into": "5", "out": "5"}
    answer = browser(desk).post(f"{MONEY}passbook/", grid(half))
    assert answer.status_code == 422
    assert "ใส่ช่องถอนหรือช่องฝากเพียงช่องเดียว" in text(answer)
    assert "ยังไม่มีวันที่ พิมพ์ตามที่ธนาคารพิมพ์ไว้" in text(answer)
    nothing = browser(desk).post(f"{MONEY}passbook/", grid({}))
    assert "ยังไม่ได้พิมพ์บรรทัดใด" in text(nothing)


def test_one_line_at_a_time_is_offered(desk: Desk) -> None:
    client = browser(desk)
    assert client.get(f"{MONEY}passbook/?rows=1").content.decode().count('name="line-0-on"') == 1
    assert 'name="line-1-on"' not in client.get(f"{MONEY}passbook/?rows=1").content.decode()
    assert 'name="line-39-on"' in client.get(f"{MONEY}passbook/?rows=999").content.decode()
    assert 'name="line-4-on"' in client.get(f"{MONEY}passbook/?rows=x").content.decode()


def test_a_passbook_in_use_begins_with_its_balance_and_the_difference_is_said(desk: Desk) -> None:
    client = browser(desk)
    assert "เริ่มจากยอดยกมา" in text(client.get(f"{MONEY}passbook/"))
    brought = {"key": "o", "on": "30/9/2568", "amount": "279,500"}
    done = client.post(f"{MONEY}passbook/opening/", brought, follow=True)
    assert "สมุดบัญชี ณ วันนั้นมี 280,000 บาท ต่างกัน 500 บาท" in text(done)
    words = text(client.get(f"{MONEY}passbook/check/"))
    assert "สมุดบัญชีมากกว่าสมุดเงินฝาก 500 บาท เพราะยอดยกมาต่างกัน 500 บาท" in words
    again = client.post(f"{MONEY}passbook/opening/", brought | {"key": "o2"})
    assert again.status_code == 422


def test_a_line_typed_wrongly_is_withdrawn(desk: Desk) -> None:
    client = browser(desk)
    client.post(f"{MONEY}passbook/", grid(GRANTED))
    done = client.post(f"{MONEY}passbook/lines/1/withdraw/", follow=True)
    assert "นำบรรทัดออกแล้ว" in text(done)
    assert "ไม่พบบรรทัดเลขที่ 9" in text(client.post(f"{MONEY}passbook/lines/9/withdraw/", follow=True))
    assert browser(desk, "auditor").post(f"{MONEY}passbook/lines/1/withdraw/").status_code == 403


def test_the_check_names_the_difference_and_opens_a_door_to_what_is_missing(desk: Desk) -> None:
    client = browser(desk)
    interest = {"on": "30/6/2568", "into": "312.50", "balance": "280,312.50", "item": "INT"}
    client.post(f"{MONEY}passbook/", grid(GRANTED, interest))
    page = client.get(f"{MONEY}passbook/check/")
    assert "สมุดบัญชีน้อยกว่าสมุดเงินฝาก 312.50 บาท เพราะมีเฉพาะในสมุดเงินฝาก 1 บรรทัด รวม 312.50 บาท" in text(
        page
    )
    (door,) = re.findall(r'href="([^"]*/money/interest/\?[^"]*)"', page.content.decode())
    form = client.get(unescape(door)).content.decode()
    assert 'value="30/6/2568"' in form
    assert 'value="312.50"' in form
    typed = {"key": "i", "on": "30/6/2568", "amount": "312.50", "confirmed": "yes"}
    client.post(f"{MONEY}interest/", typed)
    assert "ตรงกันทุกบรรทัด" in text(client.get(f"{MONEY}passbook/check/"))


def test_the_check_goes_up_to_the_day_asked(desk: Desk) -> None:
    client = browser(desk)
    client.post(f"{MONEY}passbook/", grid(GRANTED))
    words = text(client.get(f"{MONEY}passbook/check/?upto=30/9/2567"))
    assert "ถึงวันที่ 30 กันยายน 2567" in words
    assert "ยังไม่มีบรรทัดของสมุดเงินฝากให้เทียบ" in words
    odd = text(client.get(f"{MONEY}passbook/check/?upto=เมื่อวาน"))
    assert "ยังอ่านเป็นวันที่ไม่ได้" in odd
