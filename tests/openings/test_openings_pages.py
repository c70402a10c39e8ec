"""Lost books on screen: who reads names, who may write, what is kept when it is refused."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kongthun.audit.models import AuditLine
from kongthun.ledger.models import Entry
from kongthun.openings.models import OpeningClaim
from openings.lost_books import CASH, CLAIM, CODE, LOAN, NONE, PDF, SIGNED, WITNESS, LostBooks

pytestmark = pytest.mark.django_db

HOME = f"/funds/{CODE}/openings/"
PAGES = ("", "begin/", "say/", "settle/", "take-back/", "claims/1/take-back/", "claims/1/paper/")
WRITES = PAGES[1:6]


def browser(fund: LostBooks, who: str) -> Client:
    client = Client()
    client.force_login(fund.users[who])
    return client


def text(answer: HttpResponse) -> str:
    html = re.sub(r"(?s)<(head|script|style)\b.*?</\1>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<wbr>|<[^>]+>", " ", html)))


def said(**other: object) -> dict[str, Any]:
    return {
        "key": "screen:1",
        "place": "loan",
        "member": "2",
        "bank_book": "1",
        "amount": "25,000",
        "grade": "3",
        "said_by": "household",
        "said_on": "30/9/2568",
        "words": "",
        "paper": SimpleUploadedFile("a.pdf", PDF),
    } | other


def test_an_empty_page_says_what_it_is_for_and_leads_to_the_first_claim(fund: LostBooks) -> None:
    client = browser(fund, "treasurer")
    assert "ยังไม่ได้สอบยอดยกมา" in text(client.get(HOME))
    typed = {"key": "k", "opens_on": "30/9/2568", "capital": "280,000", "words": "หนังสือจัดสรร"}
    assert client.post(f"{HOME}begin/", typed).status_code == 302
    assert client.post(f"{HOME}say/", said()).status_code == 302
    page = text(client.get(HOME))
    assert "ครัวเรือนลำดับที่ 2 นายดำ" in page
    assert "255,000" in page  # not yet explained
    assert "มียอดที่ยืนยันแล้วแต่ยังไม่ลงบัญชี" in page
    typed = {"key": "k2", "seen": fund.state.seen}
    settled = browser(fund, "district").post(f"{HOME}settle/", typed)
    assert settled.status_code == 302
    assert "สมุดบัญชีตรงกับยอดที่ยืนยันแล้ว" in text(client.get(HOME))
    assert Entry.objects.filter(fund=fund.fund).count() == 2


def test_claims_stand_side_by_side_and_the_page_says_what_would_settle_them(
    fund: LostBooks,
) -> None:
    fund.say_all_of_the_example()
    page = text(browser(fund, "district").get(HOME))
    assert "281,156.19" in page
    assert "เงินที่พบแล้วอยู่ระหว่าง 231,556.19 ถึง 271,556.19" in page
    assert page.index("12,000 บาท คณะกรรมการ") > page.index("7,000 บาท เพื่อนบ้าน")
    assert "หนังสือที่สองฝ่ายลงชื่อร่วมกัน" in page
    assert "ยังขัดกัน" in page


def test_more_claimed_than_was_given_is_a_question_and_no_broken_picture(fund: LostBooks) -> None:
    fund.begin(10_000)
    fund.say(LOAN, 1, 30_000, SIGNED)
    page = text(browser(fund, "district").get(HOME))
    assert "มากกว่าที่กองทุนได้รับ 20,000" in page


def test_names_and_papers_are_for_those_who_may_read_them(fund: LostBooks) -> None:
    fund.begin()
    fund.say(LOAN, 2, 25_000, SIGNED)
    fund.say(CLAIM, None, 5_000, WITNESS, person="นายเก่า  ประธานเดิม")
    named, masked = browser(fund, "district"), browser(fund, "network")
    for word in ("ขยันยิ่ง", "ประธานเดิม"):
        assert word in text(named.get(HOME))
        assert word not in text(masked.get(HOME))
    assert AuditLine.objects.filter(deed="read_names", user=fund.users["district"]).exists()
    assert not AuditLine.objects.filter(deed="read_names", user=fund.users["network"]).exists()
    paper = named.get(f"{HOME}claims/1/paper/")
    assert paper.status_code == 200
    assert paper.content.startswith(b"%PDF-")
    assert paper["Content-Disposition"].startswith("attachment")
    assert masked.get(f"{HOME}claims/1/paper/").status_code == 404
    assert named.get(f"{HOME}claims/2/paper/").status_code == 404  # it has none


def test_nobody_outside_finds_a_page_and_who_may_only_read_is_told_who_can(
    fund: LostBooks,
) -> None:
    fund.begin()
    fund.say(LOAN, 2, 25_000, SIGNED)
    for page in PAGES:
        assert browser(fund, "stranger").get(HOME + page).status_code == 404, page
    for page in WRITES:
        assert browser(fund, "network").get(HOME + page).status_code == 403, page
        assert browser(fund, "chairman").get(HOME + page).status_code == 403, page
        assert browser(fund, "network").post(HOME + page).status_code == 403, page
    assert browser(fund, "treasurer").get(f"{HOME}settle/").status_code == 403
    assert browser(fund, "district").get(f"{HOME}say/").status_code == 403
    assert browser(fund, "network").get(HOME).status_code == 200


def test_a_refused_claim_comes_back_with_everything_typed(fund: LostBooks) -> None:
    fund.begin()
    client = browser(fund, "field_worker")
    answer = client.post(f"{HOME}say/", said(paper="", words="จำได้แม่น", member=""))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "จำได้แม่น" in page
    assert "25,000" in page
    assert "ต้องมีภาพหรือเอกสารแนบ" in page
    assert "ครัวเรือนใดหรือสมุดเงินฝากเล่มใด" in page
    fake = SimpleUploadedFile("a.pdf", b"<html><script>")
    answer = client.post(f"{HOME}say/", said(paper=fake))
    assert answer.status_code == 422
    assert "ไม่ใช่ภาพ" in answer.content.decode()
    assert not OpeningClaim.objects.exists()


def test_what_would_be_booked_is_read_first_and_what_stands_against_it(fund: LostBooks) -> None:
    fund.begin()
    fund.say(LOAN, 2, 25_000, SIGNED)
    client = browser(fund, "district")
    page = text(client.get(f"{HOME}settle/"))
    assert "ครัวเรือนลำดับที่ 2" in page
    assert not Entry.objects.filter(fund=fund.fund).exists()
    fund.settle()
    page = text(client.get(f"{HOME}settle/"))
    assert "ยังลงบัญชีไม่ได้" in page
    assert "ไม่ต้องลงบัญชีเพิ่ม" in page
    again = client.post(f"{HOME}settle/", {"key": "other", "seen": fund.state.seen})
    assert again.status_code == 422


def test_only_what_was_read_is_booked(fund: LostBooks) -> None:
    fund.begin()
    fund.say(LOAN, 2, 25_000, SIGNED)
    client = browser(fund, "district")
    seen = fund.state.seen
    assert seen in client.get(f"{HOME}settle/").content.decode()
    fund.say(LOAN, 3, 1_000, SIGNED)  # while it is being read
    answer = client.post(f"{HOME}settle/", {"key": "k", "seen": seen})
    assert answer.status_code == 422
    assert "กรุณาอ่านทวนอีกครั้ง" in text(answer)
    assert fund.state.seen in answer.content.decode()
    assert 'form="settle"' in answer.content.decode()  # and it may be pressed again
    assert client.post(f"{HOME}settle/", {"key": "k"}).status_code == 422  # no mark at all
    assert not Entry.objects.filter(fund=fund.fund).exists()
    assert client.post(f"{HOME}settle/", {"key": "k", "seen": fund.state.seen}).status_code == 302


def test_a_claim_and_the_whole_are_taken_back_on_screen_with_a_note(fund: LostBooks) -> None:
    fund.begin()
    fund.say(CASH, None, 5, NONE)
    client = browser(fund, "treasurer")
    assert client.post(f"{HOME}claims/1/take-back/", {"key": "k", "note": ""}).status_code == 422
    assert client.post(f"{HOME}claims/1/take-back/", {"key": "k", "note": "ผิด"}).status_code == 302
    assert "คำบอกที่ถอนแล้ว" in text(client.get(HOME))
    assert client.get(f"{HOME}claims/1/take-back/").status_code == 404
    assert client.post(f"{HOME}take-back/", {"key": "k", "note": "ผิดวัน"}).status_code == 302
    assert "ยังไม่ได้สอบยอดยกมา" in text(client.get(HOME))
    for page in ("say/", "take-back/"):
        assert client.get(HOME + page).status_code == 404


def test_the_page_takes_as_many_statements_for_thirty_claims_as_for_three(
    fund: LostBooks,
) -> None:
    fund.begin()
    for number in range(1, 4):
        fund.say(LOAN, number, 1_000, WITNESS)
    fund.settle()
    client = browser(fund, "district")
    client.get(HOME)
    with CaptureQueriesContext(connection) as few:
        client.get(HOME)
    for number in range(27):
        fund.say(LOAN, number % 9 + 1, 1_000 + number, WITNESS)
    fund.settle()
    with CaptureQueriesContext(connection) as many:
        client.get(HOME)
    assert len(many) == len(few)
