"""The pages: a visit on a phone, the result, and a questionnaire made anew by an officer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from assessments.test_answering import a_photo, network
from kongthun.accounts.models import User
from kongthun.assessments.models import Assessment, QuestionnaireVersion
from kongthun.assessments.queries.frozen import answers_of
from kongthun.assessments.queries.questionnaires import asked_in
from kongthun.domain.thai_calendar import fiscal_year
from loans.village_at_work import Village, working_village

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def village() -> Village:
    return working_village()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def field_worker(village: Village) -> Client:
    return signed_in(village.users["phatthanakon"])


def at(village: Village, rest: str = "") -> str:
    return f"/funds/{village.fund.code}/assessments/{rest}"


def begun(village: Village, client: Client) -> int:
    answer = client.post(at(village, "begin/"))
    number = Assessment.objects.get().number
    assert answer.url == at(village, f"{number}/answer/money/")  # type: ignore[attr-defined]
    return number


def test_a_visit_is_walked_from_the_first_section_to_the_result(
    village: Village, field_worker: Client, tmp_path: Path
) -> None:
    number = begun(village, field_worker)
    page = field_worker.get(at(village, f"{number}/answer/money/")).content.decode()
    assert "เงินที่ยังอธิบายไม่ได้" in page
    assert "/figures/unexplained/" in page
    photo = SimpleUploadedFile("สมุด.png", a_photo(tmp_path).read_bytes())
    answer = field_worker.post(
        at(village, f"{number}/answer/money/"),
        {"answer-passbook_seen": "seen", "photo-passbook_seen": photo},
    )
    assert answer.url == at(village, f"{number}/answer/debts/")  # type: ignore[attr-defined]
    for section, after in (("debts", "answer/books/"), ("books", "answer/people/")):
        answer = field_worker.post(at(village, f"{number}/answer/{section}/"), {})
        assert answer.url == at(village, f"{number}/{after}")  # type: ignore[attr-defined]
    answer = field_worker.post(
        at(village, f"{number}/answer/people/"),
        {"answer-knows_duty": "some", "words-knows_duty": "ถามสามคน"},
    )
    assert answer.url == at(village, f"{number}/finish/")  # type: ignore[attr-defined]
    summary = field_worker.get(at(village, f"{number}/finish/")).content.decode()
    assert "ครัวเรือนรู้ยอดและวันครบกำหนดของตน" in summary  # still open
    answer = field_worker.post(
        at(village, f"{number}/finish/"), {"on": TODAY.isoformat()}, follow=True
    )
    text = answer.content.decode()
    assert "ขั้นเดียวที่ช่วยได้มากที่สุด" in text
    assert "ถามสามคน" in text
    assert "ไม่ใช่การจัดอันดับ" in text
    photo_at = at(village, f"{number}/photos/passbook_seen/")
    assert photo_at in text
    assert field_worker.get(photo_at)["Content-Type"] == "image/png"


def test_what_was_typed_is_there_again_after_a_refusal(
    village: Village, field_worker: Client
) -> None:
    number = begun(village, field_worker)
    answer = field_worker.post(
        at(village, f"{number}/answer/people/"),
        {"answer-knows_duty": "some", "words-knows_debt": "ถามสองบ้าน"},
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert 'value="ถามสองบ้าน"' in text
    assert "เลือกคำตอบด้วย" in text
    assert answers_of(Assessment.objects.get()) == {}
    late = field_worker.post(at(village, f"{number}/finish/"), {"on": "30/9/2600"})
    assert late.status_code == 422
    assert 'value="30/9/2600"' in late.content.decode()
    assert "ยังมาไม่ถึง" in late.content.decode()


def test_a_file_that_is_no_photo_is_refused(village: Village, field_worker: Client) -> None:
    number = begun(village, field_worker)
    page = SimpleUploadedFile("ภาพ.png", b"<svg onload=alert(1)>")
    answer = field_worker.post(
        at(village, f"{number}/answer/money/"),
        {"answer-passbook_seen": "seen", "photo-passbook_seen": page},
    )
    assert answer.status_code == 422
    assert answers_of(Assessment.objects.get()) == {}


def test_who_may_not_answer_is_refused_and_who_is_elsewhere_finds_nothing(
    village: Village, field_worker: Client
) -> None:
    number = begun(village, field_worker)
    paths = [f"{number}/answer/money/", f"{number}/finish/", f"{number}/withdraw/"]
    elsewhere = working_village("80170101")
    for rest in paths:
        assert signed_in(village.users["prathan"]).get(at(village, rest)).status_code == 403
        assert signed_in(elsewhere.users["phatthanakon"]).get(at(village, rest)).status_code == 404
        assert signed_in(village.users["amphoe"]).get(at(village, rest)).status_code == 200
    # A draft is the visit's own: who only reads finds it when it is a result.
    assert signed_in(village.users["prathan"]).get(at(village, f"{number}/")).status_code == 404
    assert signed_in(village.users["prathan"]).get(at(village)).status_code == 200
    assert field_worker.get(at(village, "7/")).status_code == 404
    assert field_worker.get(at(village, f"{number}/answer/nothing/")).status_code == 404


def test_the_network_answers_and_sees_no_photo(
    village: Village, field_worker: Client, tmp_path: Path
) -> None:
    number = begun(village, field_worker)
    photo = SimpleUploadedFile("p.png", a_photo(tmp_path).read_bytes())
    field_worker.post(
        at(village, f"{number}/answer/money/"),
        {"answer-passbook_seen": "seen", "photo-passbook_seen": photo},
    )
    friend = signed_in(User.objects.get(pk=network().user_id))
    assert friend.get(at(village, f"{number}/answer/money/")).status_code == 200
    assert friend.get(at(village, f"{number}/photos/passbook_seen/")).status_code == 403
    friend.post(at(village, f"{number}/finish/"), {"on": TODAY.isoformat()})
    assert "ภาพหลักฐาน" not in friend.get(at(village, f"{number}/")).content.decode()
    elsewhere = working_village("80170101")
    stranger = signed_in(elsewhere.users["amphoe"])
    assert stranger.get(at(village, f"{number}/photos/passbook_seen/")).status_code == 404


def test_a_draft_is_given_up_with_a_word(village: Village, field_worker: Client) -> None:
    number = begun(village, field_worker)
    assert field_worker.post(at(village, f"{number}/withdraw/"), {"words": ""}).status_code == 422
    answer = field_worker.post(at(village, f"{number}/withdraw/"), {"words": "ผิดกองทุน"})
    assert answer.status_code == 302
    assert Assessment.objects.get().withdrawn_note == "ผิดกองทุน"
    assert field_worker.get(at(village, f"{number}/")).status_code == 404


def test_the_next_year_tells_what_became_of_each_item(
    village: Village, field_worker: Client
) -> None:
    for option, on in (("some", TODAY - timedelta(days=9)), ("all", TODAY)):
        field_worker.post(at(village, "begin/"))
        number = Assessment.objects.latest("recorded_at").number
        field_worker.post(at(village, f"{number}/answer/people/"), {"answer-knows_duty": option})
        field_worker.post(at(village, f"{number}/finish/"), {"on": on.isoformat()})
    Assessment.objects.filter(number=1).update(year=2500)
    text = field_worker.get(at(village, "2/")).content.decode()
    assert "เทียบกับปี 2500" in text
    assert "ดีขึ้น 1 ข้อ" in text


# ---- a questionnaire made anew -------------------------------------------------------------------


EDIT = "/questionnaires/health_kkk/edit/?area=8016"


def as_it_stands(client: Client) -> dict[str, Any]:
    form = client.get(EDIT).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    return {
        name: value for name, value in typed.items() if value is not None and value is not False
    }


def test_an_officer_changes_words_weights_bounds_and_levels(village: Village) -> None:
    officer = signed_in(village.users["amphoe"])
    typed = as_it_stands(officer) | {
        "why": "มติที่ประชุมพัฒนากร",
        "title": "แบบของอำเภอ",
        "level-2-at": "55.5",
        "item-unexplained-weight": "๖",
        "item-unexplained-little-bound": "2.5",
        "item-movement-half_year-bound": "200",
        "new-people": "มีคนรุ่นใหม่ช่วยงาน",
        "new-choices-people": "มีหลายคน\nมีหนึ่งคน\nยังไม่มี",
    }
    del typed["item-report-asked"]
    answer = officer.post(EDIT, typed)
    assert answer.status_code == 302, answer.context["form"].errors
    asked = asked_in("health_kkk", "80160101", fiscal_year(TODAY))
    assert asked is not None
    assert asked.row is not None
    items = {item.code: item for item in asked.questionnaire.items}
    assert asked.questionnaire.title == "แบบของอำเภอ"
    assert [level.at_least for level in asked.questionnaire.levels] == [0, 5_550, 8_000]
    assert items["unexplained"].weight == 6
    assert [choice.bound for choice in items["unexplained"].choices] == [0, 250, 1_000, None]
    assert items["movement"].choices[0].bound == 200
    assert "report" not in items
    assert [choice.points for choice in items["people_1"].choices] == [2, 1, 0]
    page = officer.get(answer.url).content.decode()  # type: ignore[attr-defined]
    assert "มติที่ประชุมพัฒนากร" in page
    assert "มีคนรุ่นใหม่ช่วยงาน" in page


def test_faults_come_back_with_their_place_and_everything_typed(village: Village) -> None:
    officer = signed_in(village.users["amphoe"])
    typed = as_it_stands(officer) | {
        "why": "ลอง",
        "item-overdue-some-bound": "5",
        "item-bank-weight": "0",
        "title": "แบบที่พิมพ์ไว้",
    }
    answer = officer.post(EDIT, typed)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "ส่วนที่ 2 ข้อที่ 1 ตัวเลือกที่ 2: เกณฑ์เข้มกว่าหรือเท่ากับตัวเลือกก่อนหน้า" in text
    assert "ส่วนที่ 1 ข้อที่ 2: น้ำหนัก 0 อยู่นอกช่วง" in text
    assert "แบบที่พิมพ์ไว้" in text
    typed["level-2-at"] = "มาก"
    assert "พิมพ์เป็นตัวเลข" in officer.post(EDIT, typed).content.decode()
    assert not QuestionnaireVersion.objects.exists()


@pytest.mark.parametrize("typed", ["²", "9" * 5000])
@pytest.mark.parametrize("field", ["item-bank-weight", "level-2-at"])
def test_what_is_no_number_is_said_beside_its_question(
    village: Village, field: str, typed: str
) -> None:
    officer = signed_in(village.users["amphoe"])
    answer = officer.post(EDIT, as_it_stands(officer) | {"why": "ลอง", field: typed})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "พิมพ์เป็น" in text
    assert f'value="{typed}"' in text


def test_only_who_keeps_questionnaires_of_the_area_makes_one(village: Village) -> None:
    officer = signed_in(village.users["amphoe"])
    assert officer.get("/questionnaires/health_kkk/edit/?area=8017").status_code == 404
    assert officer.get("/questionnaires/health_kkk/edit/?area=").status_code == 404
    assert officer.get("/questionnaires/beauty/edit/").status_code == 404
    reader = signed_in(village.users["phatthanakon"])
    assert reader.get(EDIT).status_code == 403
    assert reader.get("/questionnaires/").status_code == 200
    assert reader.get("/questionnaires/health_kkk/").status_code == 200
    assert signed_in(village.users["prathan"]).get("/questionnaires/").status_code == 403


def test_a_version_is_taken_back_by_who_keeps_it_only(village: Village) -> None:
    officer = signed_in(village.users["amphoe"])
    officer.post(EDIT, as_it_stands(officer) | {"why": "ลอง", "title": "แบบใหม่"})
    version = QuestionnaireVersion.objects.get()
    path = f"/questionnaires/versions/{version.pk}/"
    reader = signed_in(village.users["phatthanakon"])
    assert reader.get(path).status_code == 200
    assert reader.get(f"{path}withdraw/").status_code == 403
    elsewhere = signed_in(working_village("80170101").users["amphoe"])
    assert elsewhere.get(path).status_code == 404
    assert elsewhere.get(f"{path}withdraw/").status_code == 404
    assert officer.post(f"{path}withdraw/", {"words": ""}).status_code == 422
    assert officer.post(f"{path}withdraw/", {"words": "พิมพ์ผิด"}).status_code == 302
    assert officer.get(f"{path}withdraw/").status_code == 404
    assert "ถอนแล้ว" in officer.get(path).content.decode()
