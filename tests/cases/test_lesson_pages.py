"""The pages of lessons: seven roles, a phone's form, and a paper."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kongthun.cases.models import Lesson

from .lesson_village import HelpedVillage, helped_village, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def helped() -> HelpedVillage:
    return helped_village()


def browser(helped: HelpedVillage, who: str) -> Client:
    client = Client()
    client.force_login(helped.users[who])
    return client


def page(name: str, helped: HelpedVillage, number: int) -> str:
    return reverse(f"cases:{name}", args=[helped.group.code, number])


def test_a_lesson_is_written_from_the_case_on_one_page(helped: HelpedVillage) -> None:
    client = browser(helped, "phatthanakon")
    address = page("write_lesson", helped, 1)
    shown = client.get(address).content.decode()
    assert "หมู่บ้านประชุมและให้ความยินยอม" in shown
    sent = client.post(address, whole().by_name())
    lesson = Lesson.objects.get()
    assert sent.status_code == 302
    assert sent["Location"] == page("lesson", helped, lesson.number)
    assert client.get(address).status_code == 302  # the draft is gone on with
    assert client.post(page("hand_in_lesson", helped, 1)).status_code == 302
    reader = browser(helped, "amphoe")
    assert "รอท่านอ่าน" in reader.get(reverse("cases:lessons")).content.decode()
    assert reader.post(page("publish_lesson", helped, 1)).status_code == 302
    far = browser(helped, "elsewhere")
    told = far.get(page("lesson", helped, 1)).content.decode()
    assert whole().title in told
    assert "ตัวเลขจากสมุด" in told
    assert "บ้านทุ่งใหญ่" not in told
    found = far.get(reverse("cases:lessons"), {"q": "ขอตกลง"}).content.decode()
    assert whole().title in found


def test_what_was_typed_is_not_lost(helped: HelpedVillage) -> None:
    client = browser(helped, "phatthanakon")
    sent = client.post(
        page("write_lesson", helped, 1), whole(title="", background="กองทุนหยุดนาน").by_name()
    )
    assert sent.status_code == 422
    assert "กองทุนหยุดนาน" in sent.content.decode()
    assert "ยังไม่ได้เขียน" in sent.content.decode()


def test_handing_in_too_early_says_what_lacks(helped: HelpedVillage) -> None:
    helped.written(whole(techniques=""))
    sent = browser(helped, "phatthanakon").post(page("hand_in_lesson", helped, 1))
    assert sent.status_code == 422
    assert "เทคนิควิธีการทำงาน" in sent.content.decode()


def test_sending_back_is_read_by_the_writer(helped: HelpedVillage) -> None:
    helped.handed_in()
    reader = browser(helped, "amphoe")
    assert reader.post(page("send_lesson_back", helped, 1), {"note": ""}).status_code == 422
    assert reader.post(page("send_lesson_back", helped, 1), {"note": "เพิ่มวันที่"}).status_code == 302
    told = browser(helped, "phatthanakon").get(page("lesson", helped, 1)).content.decode()
    assert "เพิ่มวันที่" in told


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("phatthanakon", 200),
        ("amphoe", 200),
        ("network", 200),
        ("province", 200),
        ("herannyik", 404),
        ("elsewhere", 404),
    ],
)
def test_a_draft_is_opened_by_those_who_work_there(
    helped: HelpedVillage, who: str, status: int
) -> None:
    helped.written()
    assert browser(helped, who).get(page("lesson", helped, 1)).status_code == status
    assert browser(helped, who).get(page("lesson_paper", helped, 1)).status_code == status


@pytest.mark.parametrize("who", ["herannyik", "elsewhere", "province"])
def test_others_neither_write_nor_hand_in(helped: HelpedVillage, who: str) -> None:
    helped.written()
    client = browser(helped, who)
    for name in ("change_lesson", "hand_in_lesson"):
        assert client.post(page(name, helped, 1), whole().by_name()).status_code in {403, 404}
    assert client.get(page("write_lesson", helped, 1)).status_code in {403, 404}
    assert Lesson.objects.get().handed_in_on is None


@pytest.mark.parametrize("who", ["herannyik", "elsewhere", "phatthanakon", "network"])
def test_others_do_not_publish(helped: HelpedVillage, who: str) -> None:
    helped.handed_in()
    sent = browser(helped, who).post(page("publish_lesson", helped, 1))
    assert sent.status_code in {403, 404}
    assert Lesson.objects.get().published_on is None


def test_the_paper_is_a_pdf(helped: HelpedVillage) -> None:
    helped.handed_in()
    paper = browser(helped, "amphoe").get(page("lesson_paper", helped, 1), {"digits": "thai"})
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")


def test_the_list_takes_as_many_statements_for_three_as_for_twelve(
    helped: HelpedVillage,
) -> None:
    helped.handed_in()
    client = browser(helped, "amphoe")
    row = Lesson.objects.get()
    row.published_on = row.handed_in_on
    row.save()

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("cases:lessons"))
        return len(asked)

    def copies(first: int, last: int) -> None:
        for number in range(first, last + 1):
            row.number = number
            row.pk = (row.group_id, number)
            row.save(force_insert=True)

    copies(2, 3)
    few = statements()
    copies(4, 12)
    assert statements() == few


def test_the_library_finds_what_was_published_and_no_draft(helped: HelpedVillage) -> None:
    helped.handed_in()
    far = browser(helped, "elsewhere")

    def is_found() -> bool:
        shown = far.get(reverse("library:home"), {"q": "ทำขอตกลง"})
        return page_of_lesson in shown.content.decode()

    page_of_lesson = page("lesson", helped, 1)
    assert not is_found()
    browser(helped, "amphoe").post(page("publish_lesson", helped, 1))
    assert is_found()


def test_the_page_of_the_case_leads_to_its_lesson(helped: HelpedVillage) -> None:
    client = browser(helped, "phatthanakon")
    case = reverse("cases:case", args=[helped.group.code, 1])
    assert page("write_lesson", helped, 1) in client.get(case).content.decode()
    helped.written()
    shown = client.get(case).content.decode()
    assert page("lesson", helped, 1) in shown
    assert page("write_lesson", helped, 1) not in shown
