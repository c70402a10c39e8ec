"""The five ก of the demo's rice group, pressed through in a real Chromium.

The group's treasurer holds a phone: takes an application, writes down the meeting that decides on
it, sells rice, asks an agency. The agency answers at a desk. Others are refused or find nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kongthun.domain.thai_calendar import numeric

from .test_lending_in_a_browser import DESK, PHONE, Cast, Look, Person, people  # noqa: F401

pytestmark = pytest.mark.browser

GROUP = "/funds/80160101-2"
BEGINNERS = "/funds/80160101-3"
PAGES = (
    "five/",
    "",
    "members/",
    "members/1/",
    "members/apply/",
    "members/import/",
    "members/admit/",
    "people/same/",
    "committee/",
    "committee/handovers/",
    "written-rules/",
    "written-rules/1/",
    "rules/",
    "means/",
    "shares/",
    "gifts/",
    "borrowings/",
    "tools/",
    "trade/",
    "trade/buy/",
    "trade/sell/",
    "trade/batches/",
    "trade/items/",
    "trade/parties/",
    "trade/count/",
    "year/",
    "money/",
    "meetings/",
    "plan/",
    "calendar/",
    "trainings/",
    "support/",
    "support/1/",
    "support/ask/",
    "card/",
)


def today() -> str:
    return numeric(datetime.now(ZoneInfo("Asia/Bangkok")).date())


@pytest.mark.looks
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_of_the_group_is_sound(look: Look, width: int) -> None:
    treasurer = Person(look("klum", width=width))
    for page in PAGES:
        treasurer.at(f"{GROUP}/{page}")
    field_worker = Person(look("phatthanakon", width=width))
    for page in ("committee/elect/", "committee/vacancy/", "five/"):
        field_worker.at(f"{GROUP}/{page}")
    field_worker.at(f"{BEGINNERS}/five/")
    assert treasurer.wrong + field_worker.wrong == []
    treasurer.window.is_clean()
    field_worker.window.is_clean()


def test_the_group_at_work(people: Cast, look: Look) -> None:  # noqa: F811
    treasurer = people("klum")
    treasurer.at("/")
    for words in ("ก1 กลุ่มและสมาชิก", "ก5 กิจกรรม", "ทุนของกลุ่มอยู่ที่ไหน"):
        assert words in treasurer.words
    _somebody_applies(treasurer)
    _a_meeting_takes_them_in(treasurer)
    _rice_is_sold(treasurer)
    _an_agency_is_asked_and_answers(treasurer, people("kaset"))
    _others_are_not_let_in(people)
    anybody = Person(look(width=PHONE))
    anybody.at("/g/80160101-2/")
    assert "สีและบรรจุข้าวพื้นเมือง" in anybody.words
    assert "ลำไย" not in anybody.words


def _somebody_applies(treasurer: Person) -> None:
    treasurer.at(f"{GROUP}/members/apply/")
    treasurer.write(name="นางสาวมาริสา  ทองงาม", house_number="77", on=today())
    treasurer.press("รับใบสมัคร")
    assert "รอที่ประชุม" in treasurer.words
    treasurer.at(f"{GROUP}/members/?q=มาริส่า")  # a slip of the tone mark, and no title
    assert "ทองงาม" in treasurer.words


def _a_meeting_takes_them_in(treasurer: Person) -> None:
    treasurer.at(f"{GROUP}/meetings/new/")
    treasurer.choose("kind", "general")
    treasurer.write(held_on=today(), place="ศาลาหมู่บ้าน")
    treasurer.press("เปิดร่างการประชุม")
    meeting = treasurer.window.address
    ticks = treasurer.page.locator("#attendance-form input[type=checkbox]")
    for place in range(ticks.count()):
        ticks.nth(place).check()
    treasurer.write(others_came="9")
    treasurer.press("บันทึกผู้ที่มา")
    treasurer.write(words="รับสมาชิกใหม่ทุกคนที่ยื่นใบสมัคร")
    treasurer.press("จดมติ")
    treasurer.press("อ่านทวนและปิด")
    treasurer.press("ปิดการประชุม")
    treasurer.at(f"{GROUP}/members/admit/")
    choice = treasurer.page.locator('select[name="ground"] option', has_text="รับสมาชิกใหม่")
    treasurer.page.locator('select[name="ground"]').select_option(
        choice.first.get_attribute("value")
    )
    for each in treasurer.page.locator('input[type="radio"][value="admit"]').all():
        each.check()
    treasurer.press("บันทึกมติ")
    treasurer.at(f"{GROUP}/five/")
    assert "สมาชิก 12 คน" in treasurer.words
    assert meeting.rstrip("/").rsplit("/", 1)[1].isdigit()


def _rice_is_sold(treasurer: Person) -> None:
    treasurer.at(f"{GROUP}/trade/sell/")
    treasurer.page.locator('select[name="item_1"]').select_option("2")
    treasurer.write(quantity_1="999", on=today())
    _send(treasurer, status=422)
    assert "มี" in treasurer.words  # how much there is, and nothing typed is lost
    assert treasurer.wrote("quantity_1") == "999"
    treasurer.write(quantity_1="๒.๕")
    _send(treasurer)
    assert "2.5" in treasurer.words
    _send(treasurer)
    treasurer.at(f"{GROUP}/trade/deals/")
    assert "ข.6" in treasurer.words


def _send(person: Person, *, status: int = 200) -> None:
    """Press the one main button of the page."""
    person.follow(person.page.locator(".next .button"), status=status)


def _an_agency_is_asked_and_answers(treasurer: Person, officer: Person) -> None:
    treasurer.at(f"{GROUP}/support/ask/")
    treasurer.page.locator('select[name="kind"]').select_option("standard")
    treasurer.write(words="ช่วยดูฉลากข้าวกล้อง", on=today())
    treasurer.press("บันทึกคำขอ")
    request = treasurer.window.address
    officer.at("/")
    assert "ช่วยดูฉลากข้าวกล้อง" in officer.words
    officer.at(request)
    officer.press("บันทึกคำตอบ")
    officer.choose("kind", "agreed")
    officer.write(words="ไปแนะนำได้วันพุธหน้า", on=today())
    officer.press("บันทึกคำตอบ")
    treasurer.at(request)
    assert "ไปแนะนำได้วันพุธหน้า" in treasurer.words


def _others_are_not_let_in(people: Callable[[str], Person]) -> None:  # noqa: F811
    officer: Any = people("kaset")
    officer.is_refused(f"{GROUP}/five/")
    officer.is_refused(f"{GROUP}/trade/")
    other = people("herannyik")
    for page in ("five/", "members/", "trade/sell/", "year/", "means/"):
        other.at(f"{GROUP}/{page}", status=404)
    people("samachik").is_refused(f"{GROUP}/five/")
    field_worker = people("phatthanakon")
    field_worker.at(f"{BEGINNERS}/five/")
    assert "ยังไม่มีการประชุมที่บันทึกไว้" in field_worker.words
