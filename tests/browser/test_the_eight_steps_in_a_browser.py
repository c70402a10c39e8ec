"""The eight steps pressed through in a real Chromium, on a whole demo district of 68 funds [S].

The field worker holds a phone: proposes a case, writes down the village's yes, the team, the causes
found together, the plan, the visit, what shows that a step is done, the memo. The treasurer shows
the committee's step, the chief advises at a desk, the books say that money moves. The lesson is
published and found. Others are refused or find nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kongthun.domain.thai_calendar import numeric

from .conftest import served
from .test_lending_in_a_browser import DESK, PHONE, Look, Person

pytestmark = pytest.mark.browser

AREA = "/area/8016"
CASES = "/funds/80160102/cases"
MOVED = "/funds/80160205"
WAITING = "/funds/80160202"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The whole demo district."""
    with served(tmp_path_factory.mktemp("district"), funds=68) as address:
        yield address


@pytest.fixture(scope="session")
def passes(chromium: Any, server: str) -> dict[str, Any]:  # noqa: ANN401, ARG001
    """Who has signed in at this server."""
    return {}


def ago(days: int) -> str:
    """A day before today as people type it."""
    return numeric(_today() - timedelta(days=days))


def _today() -> date:
    return datetime.now(ZoneInfo("Asia/Bangkok")).date()


@pytest.mark.looks
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_of_the_road_is_sound(look: Look, width: int) -> None:
    chief = Person(look("amphoe", width=width))
    for page in (
        *("steps/", "surveys/", "surveys/1/", "surveys/1/choose/", "surveys/open/"),
        *("briefings/", "briefings/1/", "briefings/2/", "briefings/new/", "health/", "strength/"),
        *("cases/", "cases/propose/", "fairness/"),
    ):
        chief.at(f"{AREA}/{page}")
    for page in ("/my-work/", "/my-work/handovers/", "/library/", "/lessons/", "/questionnaires/"):
        chief.at(page)
    officer = Person(look("phatthanakon", width=width))
    for page in (
        *(f"{MOVED}/cases/1/", f"{MOVED}/cases/1/outcome/", f"{MOVED}/cases/1/papers/"),
        *(f"{MOVED}/assessments/", f"{MOVED}/assessments/2/", f"{MOVED}/papers/"),
        *(f"{WAITING}/openings/", f"{WAITING}/openings/say/", f"{WAITING}/cases/1/", "/my-work/"),
    ):
        officer.at(page)
    assert chief.wrong + officer.wrong == []
    chief.window.is_clean()
    officer.window.is_clean()


def test_a_stalled_fund_gets_moving_again(look: Look) -> None:
    chief, officer = Person(look("amphoe")), Person(look("phatthanakon", width=PHONE))
    _sixty_eight_were_checked_and_ten_chosen(chief)
    _another_round_is_begun(chief)
    _the_case_is_proposed(officer)
    assert "หมู่บ้าน" in officer.words
    officer.sends(f"{CASES}/1/team/join/", 422, person="network:", name="ก", on=ago(0))
    _the_village_says_yes(officer)
    _a_team_is_formed(officer)
    _causes_are_found_together(officer)
    _a_plan_is_made(officer)
    _it_is_followed_up(officer, Person(look("herannyik", width=PHONE)))
    _the_superior_is_told_and_advises(officer, chief)
    _the_books_say_what_came_of_it(officer)
    _a_lesson_is_written_and_read_by_another(officer, chief)
    _others_are_not_let_in(look)
    for person in (chief, officer):
        assert person.wrong == []


def _sixty_eight_were_checked_and_ten_chosen(chief: Person) -> None:
    chief.at(f"{AREA}/")
    chief.press("แปดขั้นตอน")
    assert "ตรวจแล้ว 68 จาก 68 กองทุน เลือกไปช่วย 10" in chief.words
    chief.press("1. ตรวจสอบสถานะกองทุนทั้งหมด")
    assert "สำรวจสถานะกองทุน กข.คจ. ทั้งอำเภอ" in chief.words


def _another_round_is_begun(chief: Person) -> None:
    chief.at(f"{AREA}/surveys/open/")
    chief.write(words="สำรวจรอบสิ้นปี", as_of=ago(1))
    chief.press("เปิดรอบ")
    assert "68" in chief.words
    chief.sends(f"{AREA}/surveys/2/lock/", 422)  # nobody has reported yet


def _the_case_is_proposed(officer: Person) -> None:
    officer.at(f"{CASES}/propose/")
    officer.choose("kind", "stalled")
    officer.write(words="เกินกำหนดมาก คณะกรรมการขอให้มาช่วย", on=ago(130))
    officer.press("เสนอเรื่อง")
    assert officer.window.address == f"{CASES}/1/"


def _meeting(officer: Person, days: int, words: str) -> None:
    """A meeting of the households that many came to, held and closed."""
    officer.at("/funds/80160102/meetings/new/")
    officer.choose("kind", "households")
    officer.write(held_on=ago(days), place="ศาลาหมู่บ้าน")
    officer.press("เปิดร่างการประชุม")
    officer.write(others_came="60")
    officer.press("บันทึกผู้ที่มา")
    officer.write(words=words)
    officer.press("จดมติ")
    officer.press("ตรวจดูแล้วปิดการประชุม")
    officer.press("ปิดการประชุม")


def _the_village_says_yes(officer: Person) -> None:
    _meeting(officer, 125, "ยินดีร่วมแก้ปัญหากองทุนโดยสมัครใจ")
    officer.at(f"{CASES}/1/answers/new/")
    officer.page.get_by_label("ยินดีร่วมแก้ปัญหากองทุนโดยสมัครใจ").check()
    officer.choose("answer", "yes")
    officer.press("บันทึกคำตอบ")
    assert "สมัครใจ" in officer.words


def _a_team_is_formed(officer: Person) -> None:
    for words in ("ธนกร", "เจริญ"):
        officer.at(f"{CASES}/1/team/join/")
        officer.page.get_by_label(words).check()
        officer.write(on=ago(124))
        officer.press("เพิ่มในทีม")
    assert "เจริญ มั่นคง" in officer.words


def _causes_are_found_together(officer: Person) -> None:
    _meeting(officer, 120, "ร่วมกันหาสาเหตุ")
    for words, kind, speakers in (
        ("ครัวเรือนไม่รู้ว่าทำข้อตกลงส่งคืนได้", "rules_not_known", ("households", "committee")),
        ("ราคาผลผลิตตก", "livelihood", ("households",)),
    ):
        officer.at(f"{CASES}/1/causes/add/")
        officer.write(words=words)
        officer.page.locator('select[name="kind"]').select_option(kind)
        officer.page.locator('select[name="meeting"]').select_option(index=1)
        for speaker in speakers:
            officer.page.locator(f'input[name="speakers"][value="{speaker}"]').check()
        officer.press("เพิ่มสาเหตุ")
    assert "ยังฟังฝ่ายเดียว" in officer.words  # one cause was said by households alone


def _a_plan_is_made(officer: Person) -> None:
    for words, owner, shown_by in (
        ("ชี้แจงระเบียบทุกครัวเรือน", "officer:", "ใบลงลายมือชื่อ"),
        ("ทำข้อตกลงส่งคืน", "committee:", "ข้อตกลงที่ลงชื่อ"),
    ):
        officer.at(f"{CASES}/1/plan/add/")
        officer.page.locator('select[name="owner"]').select_option(owner)
        officer.write(words=words, shown_by=shown_by, due_on=ago(60), on=ago(118))
        officer.press("เพิ่มขั้นตอน")
    assert "ข้อตกลงที่ลงชื่อ" in officer.words


# One dot, as small as a picture can be.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c626001000000ffff03000006000557bfabd4"
    "0000000049454e44ae426082"
)


def _shows(person: Person, step: int) -> None:
    person.at(f"{CASES}/1/steps/{step}/shown/")
    person.page.locator('input[name="file"]').set_input_files(
        {"name": "photo.png", "mimeType": "image/png", "buffer": DOT}
    )
    person.write(on=ago(70))
    person.press("เก็บหลักฐาน")


def _it_is_followed_up(officer: Person, treasurer: Person) -> None:
    treasurer.is_refused(f"{CASES}/1/visits/new/")
    _shows(officer, 1)
    _shows(treasurer, 2)  # the committee's own step
    officer.at(f"{CASES}/1/visits/new/")
    officer.choose("is_formal", "1")
    officer.write(on=ago(65), seen="กรรมการรับเงินคืนทุกเดือน", advised="ออกใบเสร็จทุกครั้ง")
    officer.press("บันทึก")
    assert "กรรมการรับเงินคืนทุกเดือน" in officer.words
    assert treasurer.wrong == []


def _the_superior_is_told_and_advises(officer: Person, chief: Person) -> None:
    officer.at(f"{CASES}/1/reports/new/")
    officer.write(addressed_to="พัฒนาการอำเภอหัวไทร", words="ขอคำแนะนำเรื่องการให้ยืมรอบใหม่")
    officer.press("ทำรายงาน")
    memo = officer.page.locator('a[href$="memo.pdf"]').first.get_attribute("href")
    answer = officer.page.request.get(f"{officer.window.server}{memo}")
    assert answer.status == 200
    assert answer.body()[:5] == b"%PDF-"
    chief.at(f"{CASES}/1/advice/new/")
    chief.page.locator('select[name="report"]').select_option(index=1)
    chief.write(words="ให้เรียงลำดับครัวเรือนใหม่ก่อนให้ยืม", on=ago(0))
    chief.press("ส่งคำแนะนำ")
    officer.at(f"{CASES}/1/")
    assert "ให้เรียงลำดับครัวเรือนใหม่ก่อนให้ยืม" in officer.words


def _the_books_say_what_came_of_it(officer: Person) -> None:
    officer.at(f"{CASES}/1/outcome/")
    assert "เริ่มเคลื่อนไหว" in officer.words  # money came in three months and more, …
    assert "การส่งคืนตามข้อตกลงยังไม่ถึงส่วนที่หวัง" in officer.words  # … and nobody ticks the rest
    officer.sends(f"{CASES}/1/close/", 422, words="ขอปิด")
    officer.at(f"{MOVED}/cases/1/outcome/")
    assert "กลับมาเคลื่อนไหว" in officer.words


def _a_lesson_is_written_and_read_by_another(officer: Person, chief: Person) -> None:
    officer.at(f"{CASES}/1/lessons/write/")
    officer.write(
        title="ชวนคุยก่อนทวง",
        office="สำนักงานพัฒนาชุมชนอำเภอหัวไทร",
        techniques="ใช้ระเบียบเป็นเครื่องมือขอความร่วมมือ",
        cautions="ปฏิบัติต่อทุกครัวเรือนเสมอกัน",
        success_factors="คณะกรรมการตั้งใจจริง",
        results="เงินหมุนเวียนอีกครั้ง",
    )
    officer.press("เก็บร่าง")
    lesson = officer.window.address
    officer.press("ส่งให้อ่าน")
    officer.is_refused(f"{lesson}publish/", seen="1")
    chief.at(lesson)
    chief.press("เผยแพร่")
    chief.at("/library/?q=เครื่องมื่อขอความร่วมมือ")  # with a slip of the tone mark
    assert "ชวนคุยก่อนทวง" in chief.words


def _others_are_not_let_in(look: Look) -> None:
    for name in ("samachik", "kaset", "krom"):
        Person(look(name)).is_refused(f"{CASES}/1/")
    chairman = Person(look("prathan"))
    chairman.at(f"{CASES}/1/")
    chairman.is_refused(f"{CASES}/1/plan/add/", words="ก")
    chairman.is_refused(f"{CASES}/propose/")
    Person(look("changwat")).is_refused(f"{CASES}/1/causes/add/", words="ก")
