"""Shares and savings on screen: read back before posting, a member's own book, the right people."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role
from kongthun.audit.models import AuditLine
from kongthun.domain.money import Money
from kongthun.groups.actions import make_persons
from kongthun.ledger.models import Entry
from kongthun.ledger.savings import Kept, take_back_savings
from kongthun.loans.models import Contract
from ledger.saving_group import SINCE, SavingGroup, baht, entry_count, kept, saving_group

pytestmark = pytest.mark.django_db

HOME = "/funds/80160101-2/savings/"
TO_READ = ("", "1/")
TO_WRITE = ("sheet/", "1/save/", "1/withdraw/", "1/buy-shares/", "1/return-shares/")
SHEET = {"key": "screen:1", "on": "5/1/2568", "sum_1": "100", "sum_2": "๒๐๐", "sum_3": ""}


@pytest.fixture
def group() -> SavingGroup:
    return saving_group()


def browser(group: SavingGroup, name: str = "treasurer") -> Client:
    client = Client()
    client.force_login(group.users[name])
    return client


def text(answer: HttpResponse) -> str:
    """The words of a page as they are read."""
    html = re.sub(r"(?s)<(head|script|style)\b.*?</\1>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<wbr>|<[^>]+>", " ", html)))


# ---- who may -----------------------------------------------------------------------------------


def test_those_who_see_the_books_read_and_those_who_receive_money_record(
    group: SavingGroup,
) -> None:
    treasurer, auditor, stranger = (browser(group, n) for n in ("treasurer", "auditor", "stranger"))
    for page in (*TO_READ, *TO_WRITE):
        assert treasurer.get(HOME + page).status_code == 200, page
        assert stranger.get(HOME + page).status_code == 404, page
        expected = 200 if page in TO_READ else 403
        assert auditor.get(HOME + page).status_code == expected, page
    assert "1/withdraw/" not in auditor.get(f"{HOME}1/").content.decode()


def test_the_wrong_person_is_told_in_thai_who_can_and_nothing_is_written(
    group: SavingGroup,
) -> None:
    auditor = browser(group, "auditor")
    refused = auditor.post(f"{HOME}sheet/", SHEET | {"confirmed": "yes"})
    assert refused.status_code == 403
    assert "ไม่รวมการรับเงินและออกใบเสร็จ" in text(refused)
    assert entry_count(group.fund) == 0


def test_a_member_sees_their_own_book_and_no_other(group: SavingGroup) -> None:
    group.save(date(2025, 1, 5), (1, 100), (2, 200), key="jan")
    member = browser(group, "member")
    own = member.get(f"{HOME}1/")
    assert own.status_code == 200
    assert "นางแดง มีทรัพย์" in text(own)
    assert "/withdraw/" not in own.content.decode()
    assert "กลับรายการ" not in text(own)
    assert member.get(f"{HOME}2/").status_code in {403, 404}
    for page in ("", *TO_WRITE):
        assert member.get(HOME + page).status_code in {403, 404}, page


def test_a_member_of_two_groups_sees_both_books(group: SavingGroup) -> None:
    other = saving_group("village_fund", village="80160102")
    appoint(
        user=group.users["member"],
        role=Role.MEMBER,
        by_order="สมาชิก",
        starts_on=SINCE,
        group_id=other.fund.pk,
        member_number=3,
    )
    member = browser(group, "member")
    assert member.get(f"{HOME}1/").status_code == 200
    assert member.get(f"/funds/{other.fund.code}/savings/3/").status_code == 200
    assert member.get(f"/funds/{other.fund.code}/savings/1/").status_code in {403, 404}


def test_reading_names_is_written_down(group: SavingGroup) -> None:
    browser(group).get(HOME)
    (line,) = AuditLine.objects.filter(deed="read_names")
    assert (line.subject, line.fund_id) == ("savings", group.fund.pk)
    browser(group, "member").get(f"{HOME}1/")
    assert AuditLine.objects.filter(deed="read_names").count() == 1


# ---- the sheet ---------------------------------------------------------------------------------


def test_a_sheet_is_read_back_with_its_total_before_anything_is_posted(
    group: SavingGroup,
) -> None:
    client = browser(group)
    seen = client.post(f"{HOME}sheet/", SHEET)
    words = text(seen)
    assert seen.status_code == 200
    assert "วันที่ 5 มกราคม 2568 จาก 2 คน" in words
    assert "สามร้อยบาทถ้วน" in words
    assert "ส.1 100" in words
    assert entry_count(group.fund) == 0

    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', seen.content.decode()))
    assert hidden["key"] == "screen:1"
    done = client.post(f"{HOME}sheet/", hidden | {"confirmed": "yes"}, follow=True)
    assert "จาก 2 คน รวม 300 บาท เลขที่ ส.1 ถึง ส.2" in text(done)
    assert kept(group.fund, "saving:2") == baht(200)


def test_pressing_twice_records_once(group: SavingGroup) -> None:
    client = browser(group)
    for _ in range(2):
        client.post(f"{HOME}sheet/", SHEET | {"confirmed": "yes"})
    assert entry_count(group.fund) == 2


def test_going_back_keeps_what_was_typed(group: SavingGroup) -> None:
    page = browser(group).post(f"{HOME}sheet/", SHEET | {"edit": "yes"})
    assert page.status_code == 200
    assert 'value="๒๐๐"' in page.content.decode()
    assert entry_count(group.fund) == 0


def test_a_sum_that_can_not_be_read_stands_beside_its_member(group: SavingGroup) -> None:
    wrong = browser(group).post(f"{HOME}sheet/", SHEET | {"sum_3": "ห้าสิบ"})
    assert wrong.status_code == 422
    assert "ยังอ่านเป็นจำนวนเงินไม่ได้" in text(wrong)
    assert 'value="ห้าสิบ"' in wrong.content.decode()
    empty = browser(group).post(f"{HOME}sheet/", {"key": "screen:2", "on": "5/1/2568"})
    assert empty.status_code == 422
    assert "ยังไม่มีใครที่ใส่จำนวนเงิน" in text(empty)


def test_the_sheet_shows_what_each_saved_last_time(group: SavingGroup) -> None:
    group.save(date(2025, 2, 5), (1, 90), key="feb")
    group.save(date(2025, 1, 5), (1, 70), key="jan, found later")
    mistake = group.save(date(2025, 3, 5), (1, 500), key="mar")
    assert isinstance(mistake, Kept)
    (number,) = mistake.numbers
    take_back_savings(number, fund=group.fund, reason="ผิดคน", key="t", by=group.treasurer)
    words = text(browser(group).get(f"{HOME}sheet/"))
    assert "นางแดง มีทรัพย์ 160 90" in words


# ---- one member --------------------------------------------------------------------------------


def test_shares_are_bought_on_screen_and_stand_in_the_book(group: SavingGroup) -> None:
    client = browser(group)
    asked = {"key": "s", "on": "1/1/2568", "amount": "120", "document": ""}
    wrong = client.post(f"{HOME}1/buy-shares/", asked)
    assert wrong.status_code == 422
    assert "120 บาท ไม่เต็มหุ้น ราคาหุ้นละ 50 บาท" in text(wrong)
    assert "รับได้ 100 บาท หรือ 150 บาท" in text(wrong)
    right = asked | {"amount": "150"}
    assert "หนึ่งร้อยห้าสิบบาทถ้วน" in text(client.post(f"{HOME}1/buy-shares/", right))
    assert entry_count(group.fund) == 0
    done = client.post(f"{HOME}1/buy-shares/", right | {"confirmed": "yes"}, follow=True)
    assert "บันทึกแล้ว รับค่าหุ้น 150 บาท วันที่ 1 มกราคม 2568 เลขที่ ส.1" in text(done)
    assert "150 บาท 3 หุ้น" in text(done)


def test_a_withdrawal_above_what_is_saved_is_refused_with_the_sum(group: SavingGroup) -> None:
    group.save(date(2025, 1, 5), (1, 100), (2, 500), key="jan")
    wrong = browser(group).post(
        f"{HOME}1/withdraw/", {"key": "w", "on": "6/1/2568", "amount": "101"}
    )
    assert wrong.status_code == 422
    assert "เงินสัจจะของสมาชิกรายนี้ ณ วันที่ 6 มกราคม 2568 มี 100 บาท ไม่พอสำหรับ 101 บาท" in text(wrong)


def test_a_line_is_taken_back_from_the_book(group: SavingGroup) -> None:
    group.save(date(2025, 1, 5), (1, 100), key="jan")
    client = browser(group)
    at = f"{HOME}1/entries/1/take-back/"
    assert at not in client.get(f"{HOME}1/").content.decode()
    assert at in client.get(f"{HOME}1/?mend=1").content.decode()
    assert at not in browser(group, "auditor").get(f"{HOME}1/?mend=1").content.decode()
    assert client.get(at).status_code == 200
    assert client.get(f"{HOME}2/entries/1/take-back/").status_code == 404
    assert client.post(at, {"key": "t", "reason": ""}).status_code == 422
    done = client.post(at, {"key": "t", "reason": "เขียนผิดคน"}, follow=True)
    assert "กลับรายการ ส.1 แล้ว" in text(done)
    assert kept(group.fund, "saving:1") == Money(0)
    assert Entry.objects.filter(fund=group.fund, reverses=1).exists()


def test_the_book_shows_the_members_loans_in_the_words_of_the_group(group: SavingGroup) -> None:
    (person,) = make_persons(["นางแดง  มีทรัพย์"])
    Contract.objects.create(
        fund=group.fund,
        number=1,
        paper_number="1/2568",
        round=1,
        borrower=person,
        member_number=1,
        principal=baht(1_200),
        paid_out_on=date(2025, 3, 1),
        due_on=date(2025, 9, 1),
    )
    words = text(browser(group).get(f"{HOME}1/"))
    assert "สัญญา 1/2568 1 มี.ค. 2568 1 ก.ย. 2568 1,200" in words
    assert "เงินกู้ที่ยังค้าง 0 บาท" in words  # nothing was paid out in the books
    assert "ไม่มีสัญญากู้" in text(browser(group).get(f"{HOME}2/"))


def test_a_fund_that_keeps_no_savings_has_no_such_pages() -> None:
    group = saving_group("kkk")
    client = browser(group)
    for page in (*TO_READ, *TO_WRITE):
        assert client.get(f"/funds/{group.fund.code}/savings/{page}").status_code == 404
