"""Closing a year on screen: read back before anything is posted, the right people, papers."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from five.occupation_group import founded_group
from funding.closing_group import (
    NEXT_YEAR,
    TRADE,
    YEAR,
    ClosingGroup,
    adopt,
    closing_group,
    trade_of,
)
from kongthun.audit.models import AuditLine
from kongthun.funding.models import YearClosing
from kongthun.funding.queries import closing as ask
from kongthun.ledger.models import Entry

pytestmark = pytest.mark.django_db

HOME = "/funds/80160101-2/year/"
PAY = {"key": "screen:1", "on": "1/2/2568", "members": ["1", "3"]}


@pytest.fixture
def group(monkeypatch: pytest.MonkeyPatch) -> ClosingGroup:
    monkeypatch.setattr(ask, "trade_in", trade_of(TRADE))
    return closing_group()


@pytest.fixture
def shut(group: ClosingGroup) -> ClosingGroup:
    group.close()
    return group


def browser(group: ClosingGroup, name: str = "treasurer") -> Client:
    client = Client()
    client.force_login(group.users[name])
    return client


def text(answer: HttpResponse) -> str:
    """The words of a page as they are read."""
    html = re.sub(r"(?s)<(head|script|style)\b.*?</\1>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<wbr>|<[^>]+>", " ", html)))


def hidden(answer: HttpResponse) -> dict[str, str]:
    """The hidden fields of a page's form."""
    found = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", answer.content.decode()):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] != "csrfmiddlewaretoken":
            found[name[1]] = unescape(value[1]) if value else ""
    return found


# ---- who may ------------------------------------------------------------------------------------


def test_those_who_see_the_books_read_and_others_find_nothing(shut: ClosingGroup) -> None:
    pages = ("", "1/", "1/slips.pdf", "1/sign.pdf", "1/slips/3.pdf")
    for page in pages:
        assert browser(shut, "district").get(HOME + page).status_code == 200, page
        assert browser(shut, "stranger").get(HOME + page).status_code == 404, page
        member = browser(shut, "member").get(HOME + page)
        assert member.status_code in {403, 404}, page
    for page in ("2/", "1/slips/99.pdf", "use/dividend/", "paid/1/take-back/", "2/pay/"):
        assert browser(shut).get(HOME + page).status_code == 404, page


def test_who_may_not_close_or_pay_is_told_who_can(shut: ClosingGroup) -> None:
    for page in ("close/", "1/take-back/"):
        refused = browser(shut, "treasurer").get(HOME + page)
        assert refused.status_code == 403, page
        assert "ผู้ที่ทำได้คือประธาน" in text(refused)
    for page in ("1/pay/", "committee/", "use/welfare/"):
        assert browser(shut, "district").get(HOME + page).status_code == 403, page
        assert browser(shut, "treasurer").get(HOME + page).status_code == 200, page
    posted = browser(shut, "district").post(f"{HOME}1/pay/", PAY | {"confirmed": "yes"})
    assert posted.status_code == 403
    assert ask.payments_of(shut.fund.pk, closing=1) == []


def test_a_member_opens_their_own_slip_and_no_other(shut: ClosingGroup) -> None:
    member = browser(shut, "member")  # number 6 on the list
    own = member.get(f"{HOME}1/slips/6.pdf")
    assert own.status_code == 200
    assert own.content.startswith(b"%PDF")
    assert member.get(f"{HOME}1/slips/1.pdf").status_code in {403, 404}


def test_reading_names_is_written_down(shut: ClosingGroup) -> None:
    browser(shut).get(f"{HOME}1/")
    line = AuditLine.objects.filter(deed="read_names").latest("pk")
    assert line.subject == "closing 1"


# ---- the year -----------------------------------------------------------------------------------


def test_the_page_of_the_year_shows_what_will_be_shared_out_and_what_is_missing(
    group: ClosingGroup,
) -> None:
    page = browser(group, "chairman").get(HOME)
    said = text(page)
    assert f"ปิดบัญชีปี {YEAR}" in said
    assert "ผลกำไร 30,667 บาท" in said
    assert "เงินปันผลตามหุ้น ร้อยละ 40 12,266.80 บาท" in said
    assert "1. นางสาวบุญเรือน ศรีวิไล" in said
    assert "7,214.39" in said
    assert "ประชุมสมาชิก ลงมติให้ปิดบัญชี" in said
    group.general_meeting()
    assert "ที่ประชุมมีมติแล้ว" in text(browser(group, "chairman").get(HOME))
    assert f'href="{HOME}close/"' not in browser(group).get(HOME).content.decode()


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"surplus_carried": 10_000}, "ยังไม่ได้บอกว่าปีของกลุ่มสิ้นสุดเดือนใด"),
        ({"year_end_month": 12}, "ยังไม่ได้บอกว่าแบ่งผลกำไรอย่างไร"),
        ({"year_end_month": 12, "surplus_dividend": 9_000}, "รวมกันได้ร้อยละ 90"),
    ],
)
def test_rules_that_say_too_little_lead_to_the_rules(
    group: ClosingGroup, limits: dict[str, int], said: str
) -> None:
    adopt(group, **limits)
    page = browser(group, "chairman").get(HOME)
    assert said in text(page)
    assert f'href="/funds/{group.code}/rules/"' in page.content.decode()
    posted = browser(group, "chairman").post(f"{HOME}close/", {"year": "2567", "ground": "1:1"})
    assert posted.status_code in {302, 422}
    assert not YearClosing.objects.exists()


def test_a_group_without_an_entry_is_told_to_begin() -> None:
    ours = founded_group()
    client = Client()
    client.force_login(ours.users["chairman"])
    page = client.get(f"/funds/{ours.code}/year/")
    assert "ยังไม่มีรายการในสมุดของกลุ่ม" in text(page)
    assert client.get(f"/funds/{ours.code}/year/close/").status_code == 302


def test_closing_is_read_back_in_words_and_then_done_once(group: ClosingGroup) -> None:
    group.general_meeting()
    chairman = browser(group, "chairman")
    first = chairman.get(f"{HOME}close/")
    assert "ครั้งที่ 1 (12 ม.ค. 2568) มติที่ 1 ปิดบัญชีและจัดสรรผลกำไร" in text(first)
    unanswered = chairman.post(f"{HOME}close/", hidden(first))
    assert unanswered.status_code == 422
    assert "เลือกมติของที่ประชุมสมาชิก" in text(unanswered)
    read = chairman.post(f"{HOME}close/", hidden(first) | {"ground": "1:1"})
    assert "สามหมื่นหกร้อยหกสิบเจ็ดบาทถ้วน" in text(read)
    assert not YearClosing.objects.exists()
    done = chairman.post(f"{HOME}close/", hidden(read))
    assert done.status_code == 302
    assert done.headers["Location"] == f"{HOME}1/"
    assert YearClosing.objects.count() == 1


def test_figures_that_changed_since_they_were_read_are_read_back_anew(
    group: ClosingGroup,
) -> None:
    group.general_meeting()
    chairman = browser(group, "chairman")
    first = chairman.get(f"{HOME}close/")
    read = chairman.post(f"{HOME}close/", hidden(first) | {"ground": "1:1"})
    group.spend(667, NEXT_YEAR.replace(year=2024, month=12, day=31))
    again = chairman.post(f"{HOME}close/", hidden(read))
    assert again.status_code == 200
    assert "ผลกำไร 30,000 บาท" in text(again)
    assert not YearClosing.objects.exists()


def test_a_refusal_stands_beside_its_question_and_nothing_typed_is_lost(
    group: ClosingGroup,
) -> None:
    group.meet(NEXT_YEAR, "ปิดบัญชี", others=4)
    chairman = browser(group, "chairman")
    page = chairman.get(f"{HOME}close/")
    refused = chairman.post(f"{HOME}close/", hidden(page) | {"ground": "1:1"})
    assert refused.status_code == 422
    assert "4" in text(refused)
    assert re.search(r'value="1:1"[^>]*checked', refused.content.decode())


# ---- paying -------------------------------------------------------------------------------------


def test_paying_is_read_back_with_its_papers_and_then_done_once(shut: ClosingGroup) -> None:
    treasurer = browser(shut)
    page = treasurer.get(f"{HOME}1/pay/")
    assert "2. นายประจวบ คงทอง · 4,241.68 บาท" in text(page)
    read = treasurer.post(f"{HOME}1/pay/", PAY)
    assert "ป.1" in text(read)
    assert "10,187.09 บาท" in text(read)
    assert ask.payments_of(shut.fund.pk, closing=1) == []
    for _ in range(2):
        done = treasurer.post(f"{HOME}1/pay/", PAY | {"confirmed": "yes"})
        assert done.headers["Location"] == f"{HOME}1/"
    assert len(ask.payments_of(shut.fund.pk, closing=1)) == 2
    after = text(treasurer.get(f"{HOME}1/"))
    assert "ป.1 1 ก.พ. 2568" in after
    assert "ยังไม่ได้จ่าย 11,279.81 บาท" in after
    twice = treasurer.post(f"{HOME}1/pay/", PAY | {"key": "screen:2", "confirmed": "yes"})
    assert twice.status_code == 422
    assert "รับเงินของปีนี้ไปแล้วตามใบจ่าย ป.1" in text(twice)


def test_welfare_and_committee_pay_are_paid_and_named_with_what_was_typed(
    shut: ClosingGroup,
) -> None:
    treasurer = browser(shut)
    asked = {"key": "screen:3", "on": "1/2/2568", "amount": "๕๐๐", "words": "เยี่ยมไข้", "ground": ""}
    too_much = treasurer.post(f"{HOME}use/welfare/", asked | {"amount": "9,999"})
    assert too_much.status_code == 422
    assert "สวัสดิการมี 1,533.35 บาท" in text(too_much)
    assert "เยี่ยมไข้" in too_much.content.decode()
    assert "ห้าร้อยบาทถ้วน" in text(treasurer.post(f"{HOME}use/welfare/", asked))
    treasurer.post(f"{HOME}use/welfare/", asked | {"confirmed": "yes"})
    due = {"key": "screen:4", "on": "1/2/2568", "amount": "3,000", "words": "กรรมการ 5 คน"}
    treasurer.post(f"{HOME}committee/", due | {"confirmed": "yes"})
    page = text(treasurer.get(HOME))
    assert "ป.1 1 ก.พ. 2568 เยี่ยมไข้ 500" in page
    assert "ป.2 1 ก.พ. 2568 กรรมการ 5 คน 3,000" in page


def test_a_payment_and_a_closing_are_taken_back_with_a_reason(shut: ClosingGroup) -> None:
    treasurer, chairman = browser(shut), browser(shut, "chairman")
    treasurer.post(f"{HOME}1/pay/", PAY | {"confirmed": "yes"})
    held = chairman.post(f"{HOME}1/take-back/", {"key": "screen:5", "reason": "ลืมบิล"})
    assert held.status_code == 422
    assert "สมาชิกเลขที่ 1, 3" in text(held)
    for payment in ask.payments_of(shut.fund.pk, closing=1):
        page = f"{HOME}paid/{payment.number}/take-back/"
        assert payment.document in text(treasurer.get(page))
        assert treasurer.post(page, {"key": f"k{payment.number}", "reason": ""}).status_code == 422
        done = treasurer.post(page, {"key": f"k{payment.number}", "reason": "ผิดคน"})
        assert done.status_code == 302
    done = chairman.post(f"{HOME}1/take-back/", {"key": "screen:5", "reason": "ลืมบิล"})
    assert done.headers["Location"] == HOME
    assert "ถอนการปิดบัญชีครั้งนี้แล้ว" in text(chairman.get(f"{HOME}1/"))


# ---- papers and statements ----------------------------------------------------------------------


def test_slips_and_the_list_to_sign_are_papers_in_either_digits(shut: ClosingGroup) -> None:
    treasurer = browser(shut)
    for page in ("1/slips.pdf", "1/sign.pdf", "1/slips/1.pdf"):
        thai = treasurer.get(f"{HOME}{page}?digits=thai")
        arabic = treasurer.get(HOME + page)
        assert thai.headers["Content-Type"] == "application/pdf"
        assert thai.content.startswith(b"%PDF")
        assert thai.content != arabic.content
        assert treasurer.get(HOME + page).content == arabic.content


def test_pages_ask_the_same_number_of_statements_for_few_and_for_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def statements(act: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as asked:
            act()
        return len(asked)

    monkeypatch.setattr(ask, "trade_in", trade_of({}))
    group = closing_group()
    group.close()
    group.pay(1)
    treasurer = browser(group)
    pages = [HOME, f"{HOME}1/", f"{HOME}1/pay/"]
    few = [statements(lambda page=page: treasurer.get(page)) for page in pages]  # type: ignore[misc]
    group.pay(2, 3, 4, 5, 6)
    many = [statements(lambda page=page: treasurer.get(page)) for page in pages]  # type: ignore[misc]
    assert many == few


def test_a_fund_that_shares_out_no_surplus_has_none_of_these_pages() -> None:
    ours = founded_group(kind="kkk")
    client = Client()
    client.force_login(ours.users["chairman"])
    for page in ("", "close/", "committee/", "1/"):
        assert client.get(f"/funds/{ours.code}/year/{page}").status_code == 404
    assert Entry.objects.count() == 0
