"""Fairness on screen and on paper: questions, masked names, notes in own words."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fairness.alike import Cast, Village, village
from kongthun.audit.models import AuditLine
from kongthun.fairness.models import Explanation
from kongthun.fairness.papers import FairnessSheet, print_sheet
from kongthun.papers import Digits

pytestmark = pytest.mark.django_db

DISTRICT = "/area/8016/fairness/"
DAY = date(2026, 1, 15)
THAT_YEAR = "?since=1/10/2568"
GAP = "households/80160101/h12/visited/lacking/"
CIRCLE = "circles/hamlet/80160102/visited/"


def browser(people: Cast, who: str) -> Client:
    client = Client()
    client.force_login(people.users[who])
    return client


def text(answer: HttpResponse) -> str:
    html = re.sub(r"(?s)<(head|script|style)\b.*?</\1>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<wbr>|<[^>]+>", " ", html)))


@pytest.fixture
def unlike(people: Cast) -> Village:  # noqa: ARG001
    """Eleven of twelve visited, the last not."""
    at = village(1)
    at.visit(range(1, 12), DAY)
    return at


@pytest.fixture
def far(people: Cast) -> None:  # noqa: ARG001
    """One village visited, the other hardly."""
    village(1, households=15).visit(range(1, 15), DAY)
    village(2, households=15).visit(range(1, 3), DAY)


@pytest.mark.usefixtures("unlike")
def test_a_difference_is_asked_with_its_figures_and_never_as_an_accusation(people: Cast) -> None:
    page = text(browser(people, "district").get(DISTRICT + THAT_YEAR))
    assert "คำถาม ไม่ใช่ข้อกล่าวหา" in page
    assert "ยังไม่มีการไปพบถึงบ้าน ขณะที่ 11 จาก 11 ครัวเรือนที่อยู่ในสภาพเดียวกัน มีแล้ว" in page
    for blame in ("ลำเอียง", "เลือกปฏิบัติ", "ผิดปกติ", "ทุจริต"):
        assert blame not in page


@pytest.mark.usefixtures("unlike")
def test_names_are_masked_but_for_those_who_may_read_them(people: Cast) -> None:
    named = text(browser(people, "district").get(DISTRICT + THAT_YEAR))
    masked = text(browser(people, "province").get(DISTRICT + THAT_YEAR))
    assert "ขยันยิ่ง" in named
    assert "ขยันยิ่ง" not in masked
    assert "ลำดับที่ 12" in masked
    read = AuditLine.objects.filter(deed="read_names")
    assert {line.user_id for line in read} == {people.users["district"].pk}


@pytest.mark.usefixtures("far")
def test_a_circle_is_asked_about_with_how_seldom_chance_does_as_much(people: Cast) -> None:
    page = text(browser(people, "province").get(DISTRICT + THAT_YEAR))
    assert "หมู่บ้าน บ้านที่ 2" in page
    assert "ไปพบถึงบ้าน 2 จาก 15 ครัวเรือน ส่วนที่อื่น 14 จาก 15" in page
    assert "ราว 1 ใน" in page
    assert browser(people, "province").get(f"{DISTRICT}{CIRCLE}{THAT_YEAR}").status_code == 403


def test_silence_says_how_much_was_looked_at(people: Cast) -> None:
    one, other = village(1, households=2), village(2, households=2)
    page = text(browser(people, "district").get(DISTRICT + THAT_YEAR))
    assert "ไม่มีเรื่องที่ต้องถาม" in page
    assert "ยังไม่มีสิ่งที่ทำต่างกันให้เทียบ" in page
    one.visit([1], DAY)
    other.visit([2], DAY)
    page = text(browser(people, "district").get(DISTRICT + THAT_YEAR))
    assert "ไม่พบความต่างที่มากเกินกว่าจะเป็นเรื่องบังเอิญ ดูไป 2 เรื่อง" in page
    assert "ในนี้ 2 เรื่องมีคนน้อยเกินกว่าจะตอบได้" in page


@pytest.mark.usefixtures("unlike")
def test_a_note_is_written_shown_and_taken_back(people: Cast) -> None:
    client = browser(people, "worker_1")
    tambon = "/area/801601/fairness/"
    address = f"{tambon}{GAP}{THAT_YEAR}"
    assert "ลำดับที่ 12" in text(client.get(address))
    empty = client.post(address, {"words": " "})
    assert empty.status_code == 422
    assert "ยังไม่ได้เขียนคำชี้แจง" in text(empty)
    long = client.post(address, {"words": "ก" * 501})
    assert long.status_code == 422
    assert "ก" * 501 in long.content.decode()
    assert client.post(address, {"words": "ทางขาดตอนน้ำท่วม"}).status_code == 302
    assert "ทางขาด" not in text(client.get(tambon + THAT_YEAR))
    explained = text(client.get(f"{tambon}{THAT_YEAR}&show=all"))
    assert "ทางขาดตอนน้ำท่วม" in explained
    # free words may name somebody: only who reads names reads them
    above = text(browser(people, "province").get(f"{DISTRICT}{THAT_YEAR}&show=all"))
    assert "ชี้แจงแล้ว" in above
    assert "ทางขาดตอนน้ำท่วม" not in above
    note = Explanation.objects.get().pk
    back = f"{tambon}notes/{note}/take-back/{THAT_YEAR}"
    assert client.post(back, {"words": "ผิดคน"}).status_code == 302
    assert client.get(back).status_code == 404
    assert "ยังไม่มีการไปพบถึงบ้าน" in text(client.get(tambon + THAT_YEAR))


@pytest.mark.usefixtures("far")
def test_a_circle_is_explained_by_who_holds_the_area(people: Cast) -> None:
    client = browser(people, "district")
    address = f"{DISTRICT}{CIRCLE}{THAT_YEAR}"
    assert client.get(address).status_code == 200
    assert client.post(address, {"words": "ทางขาด"}).status_code == 302
    assert "ทางขาด" in text(client.get(f"{DISTRICT}{THAT_YEAR}&show=all"))


@pytest.mark.usefixtures("unlike")
def test_nobody_outside_finds_a_page_and_a_part_of_an_area_is_no_look_at_it(people: Cast) -> None:
    pages = ("", "sheet.pdf", GAP, CIRCLE, "notes/1/take-back/")
    for page in pages:
        for who, area in (("stranger", "8016"), ("worker_1", "8016"), ("worker_2", "801601")):
            answer = browser(people, who).get(f"/area/{area}/fairness/{page}{THAT_YEAR}")
            assert answer.status_code == 404, (page, who)
        for who in ("network", "department"):
            assert browser(people, who).get(DISTRICT + page).status_code == 403, (page, who)
    for page in (GAP, "notes/1/take-back/"):
        answer = browser(people, "auditor").get(f"{DISTRICT}{page}{THAT_YEAR}")
        assert answer.status_code in {403, 404}, page
    for page in ("households/80160101/h1/visited/lacking/", "households/99/h1/a/b/", CIRCLE):
        assert browser(people, "district").get(f"{DISTRICT}{page}{THAT_YEAR}").status_code == 404


@pytest.mark.usefixtures("unlike")
def test_a_province_is_looked_at_district_by_district(people: Cast) -> None:
    page = browser(people, "province").get("/area/80/fairness/")
    assert DISTRICT in page.content.decode()
    assert browser(people, "district").get("/area/80/fairness/").status_code == 404
    assert browser(people, "province").get("/area/80/fairness/sheet.pdf").status_code == 404


@pytest.mark.usefixtures("unlike")
def test_the_sheet_for_the_supervisor_names_nobody(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[FairnessSheet] = []

    def kept(sheet: FairnessSheet, *, digits: Digits) -> bytes:
        printed.append(sheet)
        return print_sheet(sheet, digits=digits)

    monkeypatch.setattr("kongthun.fairness.views.fairness.print_sheet", kept)
    answer = browser(people, "province").get(f"{DISTRICT}sheet.pdf{THAT_YEAR}")
    [sheet] = printed
    assert [each.of for each in sheet.gaps] == ["บ้านที่ 1 ลำดับที่ 12"]
    assert not re.search("นาง|ขยันยิ่ง|คุณ", str(sheet))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.usefixtures("unlike")
def test_a_day_that_can_not_be_read_falls_back_to_a_year(people: Cast) -> None:
    for since in ("เมื่อวาน", "1/10/2580", "30/2/2568"):
        page = browser(people, "district").get(f"{DISTRICT}?since={since}")
        assert page.status_code == 200
        assert "อ่านวันแรกที่ดูไม่ได้" in text(page)


def test_the_page_takes_as_many_statements_for_thirty_funds_as_for_three(people: Cast) -> None:
    client = browser(people, "district")
    for moo in range(1, 4):
        village(moo, households=6).visit([1, 2, 3, 4, 5], DAY)
    client.get(DISTRICT + THAT_YEAR)
    with CaptureQueriesContext(connection) as few:
        client.get(DISTRICT + THAT_YEAR)
    for moo in range(4, 31):
        village(moo, households=6).visit([1, 2, 3, 4, 5], DAY)
    with CaptureQueriesContext(connection) as many:
        page = client.get(DISTRICT + THAT_YEAR)
    assert page.status_code == 200
    assert len(many) == len(few)


@pytest.mark.usefixtures("unlike")
def test_the_sheet_for_the_supervisor_asks_only_what_nobody_explained(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[FairnessSheet] = []

    def kept(sheet: FairnessSheet, *, digits: Digits) -> bytes:
        printed.append(sheet)
        return print_sheet(sheet, digits=digits)

    monkeypatch.setattr("kongthun.fairness.views.fairness.print_sheet", kept)
    client = browser(people, "district")
    client.get(f"{DISTRICT}sheet.pdf{THAT_YEAR}")
    told = client.post(f"{DISTRICT}{GAP}{THAT_YEAR}", {"words": "ทางขาดตอนน้ำท่วม"})
    assert told.status_code == 302
    client.get(f"{DISTRICT}sheet.pdf{THAT_YEAR}")
    before, after = printed
    assert (len(before.gaps), before.explained) == (1, 0)
    assert (len(after.gaps), after.explained) == (0, 1)
    assert "ทางขาด" not in str(after)
