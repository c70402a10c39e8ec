"""The pages of the library: everybody signed in reads, offices add, nobody sees another's shelf."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kongthun.accounts.models import Role, User
from kongthun.audit.models import AuditLine
from kongthun.library.actions.editions import keep_edition_paper, take_edition_down
from kongthun.library.models import AddedEdition
from library.readers import (
    HERE,
    NATION,
    NEXT_DOOR,
    PASTED,
    added,
    of_a_group_with,
    reach,
    signed_in,
    user_with,
)

TYPED = {
    "work": "new",
    "title": "ระเบียบเงินทุนของอำเภอ",
    "kind": "regulation",
    "name": "พ.ศ. 2560",
    "starts_on": "1 มี.ค. 2560",
    "worth": "copied",
    "source": "ประกาศของอำเภอ",
    "replaces": "",
    "text": PASTED,
}


@pytest.fixture
def district(db: None) -> User:  # noqa: ARG001
    return user_with(Role.DISTRICT, HERE)


def text_of(client: Client, address: str, **query: str) -> str:
    page = client.get(address, query)
    assert page.status_code == 200, address
    return page.content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_everybody_signed_in_reads_the_library(db: None, role: Role) -> None:  # noqa: ARG001
    of_a_group = role in {Role.CHAIRMAN, Role.TREASURER, Role.MEMBER}
    client = signed_in(of_a_group_with(role) if of_a_group else user_with(role, HERE))
    home = text_of(client, "/library/")
    assert "ระเบียบ กข.คจ." in home
    assert ("/library/add/" in home) is (role in {Role.DEPARTMENT, Role.DISTRICT})
    assert "ผู้ยืมส่งคืนให้ครบภายใน 3 ปี" in text_of(client, "/library/kkk/21/")
    adds = client.get("/library/add/").status_code
    assert adds == (200 if role in {Role.DEPARTMENT, Role.DISTRICT} else 403)


def test_nobody_reads_without_signing_in(db: None) -> None:  # noqa: ARG001
    for address in ("/library/", "/library/kkk/", "/library/kkk/21/", "/library/cited/"):
        assert Client().get(address).status_code == 302


def test_a_summary_never_looks_like_the_text(district: User) -> None:
    client = signed_in(district)
    for address in ("/library/kkk/", "/library/kkk/editions/2553/", "/library/kkk/21/"):
        assert "สรุปความ ยังไม่ได้ตรวจกับตัวบท" in text_of(client, address), address
    assert "ยังไม่ทราบวันเริ่มใช้ที่แน่นอน" in text_of(client, "/library/kkk/editions/2553/")


def test_a_work_is_read_as_of_a_day_typed_in_thai(district: User) -> None:
    client = signed_in(district)
    old = text_of(client, "/library/kkk/", on="30 ก.ย. ๒๕๔๘")
    assert "นี่คือฉบับที่ใช้ในวันที่ 30 กันยายน 2548" in old
    assert "มักให้ส่งคืนภายใน 5 ปี" in old
    assert "มักให้ส่งคืนภายใน 5 ปี" not in text_of(client, "/library/kkk/")
    assert "ยังไม่มีฉบับที่ใช้" in text_of(client, "/library/kkk/", on="1/1/2500")
    wrong = client.get("/library/kkk/", {"on": "เมื่อไรก็ได้"})
    assert wrong.status_code == 422
    assert "เมื่อไรก็ได้" in wrong.content.decode()


def test_search_shows_the_words_found(district: User) -> None:
    said = text_of(signed_in(district), "/library/", q="สงคืนให้ครบ")
    assert "<b>ส่งคืนให้ครบ</b>" in said
    assert "ไม่พบในคลังความรู้" in text_of(signed_in(district), "/library/", q="ไม่มีแน่ ๆ")
    assert "<script>" not in text_of(signed_in(district), "/library/", q="<script>x")


@pytest.mark.parametrize(
    "address",
    [
        "/library/nothing/",
        "/library/kkk/99/",
        "/library/kkk/21/?in=nothing",
        "/library/kkk/editions/1999/",
        "/library/kkk/editions/2536/difference/",  # nothing before it
        "/library/kkk/editions/2553/paper/",
        "/library/kkk/editions/2553/take-down/",  # what ships is not taken down
        "/library/kkk/editions/2553/paper/add/",
    ],
)
def test_what_is_not_there_is_not_found(district: User, address: str) -> None:
    assert signed_in(district).get(address).status_code == 404


def test_another_district_s_edition_is_not_found(district: User, tmp_path: Path) -> None:
    edition = added(district)
    file = tmp_path / "text.pdf"
    file.write_bytes(b"%PDF-1.7")
    keep_edition_paper(pk=edition.pk, paper=file, by=reach(district))
    work = f"/library/{edition.work}/"
    here = f"{work}editions/added-{edition.pk}/"
    neighbour = signed_in(user_with(Role.DISTRICT, NEXT_DOOR))
    for address in (work, here, f"{here}paper/", f"{here}take-down/", f"{work}2/"):
        assert neighbour.get(address).status_code == 404, address
        assert signed_in(district).get(address).status_code == 200, address
    assert AuditLine.objects.filter(deed="export_edition_paper").count() == 1
    above = signed_in(user_with(Role.DEPARTMENT, NATION))
    assert above.get(here).status_code == 200


# ---- adding --------------------------------------------------------------------------------------


def test_an_edition_is_shown_as_read_before_it_is_kept(district: User) -> None:
    client = signed_in(district)
    shown = client.post("/library/add/", TYPED)
    said = shown.content.decode()
    assert shown.status_code == 200
    assert "อ่านได้ 3 ข้อ ตั้งแต่ข้อ 1 ถึงข้อ 3" in said
    assert "ความนำ" in said
    assert not AddedEdition.objects.exists()

    kept = client.post("/library/add/", TYPED | {"seen": shown.context["seen"]})
    row = AddedEdition.objects.get()
    assert kept.status_code == 302
    assert kept["Location"] == f"/library/{row.work}/editions/added-{row.pk}/"
    page = text_of(client, kept["Location"])
    assert "คัดจากตัวบท ยังไม่ได้ตรวจ" in page
    assert "หมวด 2 การส่งคืน" in page


def test_a_text_without_labels_says_that_none_was_found(district: User) -> None:
    shown = signed_in(district).post("/library/add/", TYPED | {"text": "หนึ่ง\n\nสอง"})
    said = shown.content.decode()
    assert "อ่านได้ 2 ย่อหน้า ไม่พบเลขข้อ" in said
    assert "ย่อหน้าที่ 2" in said


def test_what_was_changed_after_reading_is_read_again(district: User) -> None:
    client = signed_in(district)
    seen = client.post("/library/add/", TYPED).context["seen"]
    again = client.post("/library/add/", TYPED | {"seen": seen, "text": f"{PASTED}\nข้อ 4 เพิ่ม"})
    assert again.status_code == 200
    assert not AddedEdition.objects.exists()
    assert "อ่านได้ 4 ข้อ ตั้งแต่ข้อ 1 ถึงข้อ 4" in again.content.decode()


def test_a_refusal_loses_nothing_that_was_typed(district: User) -> None:
    wrong = TYPED | {"name": "", "text": "ข้อ 1\nข้อ 2 เก็บคำนี้ไว้"}
    page = signed_in(district).post("/library/add/", wrong)
    said = page.content.decode()
    assert page.status_code == 422
    assert "เก็บคำนี้ไว้" in said
    assert "1 มี.ค. 2560" in said
    page = signed_in(district).post("/library/add/", wrong | {"name": "ก"})
    assert page.status_code == 422
    assert "ข้อ 1 ยังไม่มีข้อความ" in page.content.decode()


def test_an_edition_of_another_work_can_not_be_replaced(district: User) -> None:
    page = signed_in(district).post("/library/add/", TYPED | {"replaces": "ccc/now"})
    assert page.status_code == 422
    assert "เลือกฉบับของเรื่องเดียวกัน" in page.content.decode()


def test_an_edition_of_the_same_code_in_another_work_can_not_be_replaced(district: User) -> None:
    """Two works that ship have an edition 2557."""
    typed = TYPED | {"work": "five", "title": "", "replaces": "eight-steps/2557"}
    assert signed_in(district).post("/library/add/", typed).status_code == 422


def test_a_district_has_no_door_to_take_down_the_nation_s_edition(district: User) -> None:
    department = user_with(Role.DEPARTMENT, NATION)
    edition = added(department, area_code=NATION)
    here = f"/library/{edition.work}/editions/added-{edition.pk}/"
    client = signed_in(district)
    assert "take-down" not in text_of(client, here)
    assert client.get(f"{here}take-down/").status_code == 404
    assert client.get(f"{here}paper/add/").status_code == 404


def test_the_door_from_a_work_knows_the_work(district: User) -> None:
    client = signed_in(district)
    assert '<option value="kkk" selected>' in text_of(client, "/library/add/", work="kkk")


def test_the_whole_text_replaces_the_summary_on_screen(district: User) -> None:
    client = signed_in(district)
    typed = TYPED | {
        "work": "kkk",
        "replaces": "kkk/2553",
        "name": "พ.ศ. 2553 ตัวบท",
        "worth": "checked",
        "text": "ข้อ 21 ตัวบทจริงของข้อนี้",
    }
    seen = client.post("/library/add/", typed).context["seen"]
    client.post("/library/add/", typed | {"seen": seen})
    said = text_of(client, "/library/kkk/21/")
    assert "ตัวบทจริงของข้อนี้" in said
    assert "ใน พ.ศ. 2553" in said  # the summary stays readable below
    row = AddedEdition.objects.get()
    difference = text_of(client, f"/library/kkk/editions/added-{row.pk}/difference/")
    assert "สองฉบับนี้มาไม่เหมือนกัน" in difference


# ---- the paper, and taking down ------------------------------------------------------------------


def test_a_paper_is_handed_in_and_taken_out_as_it_was(district: User) -> None:
    edition = added(district)
    here = f"/library/{edition.work}/editions/added-{edition.pk}/"
    client = signed_in(district)
    assert client.get(f"{here}paper/").status_code == 404
    file = SimpleUploadedFile("ระเบียบ.pdf", b"%PDF-1.7 text")
    assert client.post(f"{here}paper/add/", {"paper": file}).status_code == 302
    taken = signed_in(of_a_group_with(Role.MEMBER)).get(f"{here}paper/")
    assert taken.content == b"%PDF-1.7 text"
    assert taken["Content-Type"] == "application/pdf"
    assert taken["Content-Disposition"].startswith("attachment;")
    assert AuditLine.objects.filter(deed="export_edition_paper", area_code=HERE).count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("text.pdf", b"<html><script>"),
        ("text.svg", b"<svg/>"),
        ("text.pdf", b""),
        ("text.pdf", b"%PDF-" + b"0" * (20 * 1024 * 1024)),
    ],
)
def test_what_is_no_pdf_or_too_large_is_not_kept(district: User, name: str, content: bytes) -> None:
    edition = added(district)
    here = f"/library/{edition.work}/editions/added-{edition.pk}/"
    page = signed_in(district).post(
        f"{here}paper/add/", {"paper": SimpleUploadedFile(name, content)}
    )
    assert page.status_code == 422
    assert AddedEdition.objects.get().evidence == ""


def test_no_file_is_said_beside_the_question(district: User) -> None:
    edition = added(district)
    page = signed_in(district).post(
        f"/library/{edition.work}/editions/added-{edition.pk}/paper/add/", {}
    )
    assert page.status_code == 422
    assert "ยังไม่ได้เลือกไฟล์" in page.content.decode()


def test_an_edition_taken_down_stays_readable_with_why(district: User) -> None:
    edition = added(district)
    here = f"/library/{edition.work}/editions/added-{edition.pk}/"
    client = signed_in(district)
    assert client.post(f"{here}take-down/", {"note": ""}).status_code == 422
    assert client.post(f"{here}take-down/", {"note": "พิมพ์ผิดหลายข้อ"}).status_code == 302
    said = text_of(client, here)
    assert "พิมพ์ผิดหลายข้อ" in said
    assert "ครัวเรือนเป้าหมายยืมได้" in said
    assert "take-down" not in said
    assert "ยังไม่มีฉบับที่ใช้" in text_of(client, f"/library/{edition.work}/")


# ---- how much is asked of the database -----------------------------------------------------------


def test_a_shelf_of_thirty_takes_as_many_statements_as_one_of_three(district: User) -> None:
    client = signed_in(district)

    def statements(address: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    for n in range(3):
        added(district, title=f"เรื่องที่ {n}")
    added(district, work="kkk", title="", name="ฉบับที่ 1", starts_on=date(1900, 1, 1))
    asked = (
        "/library/",
        "/library/?q=เงินทุน",
        "/library/cited/?words=ข้อ 2",
        "/library/kkk/",
        "/library/kkk/21/",
    )
    few = [statements(address) for address in asked]
    for n in range(3, 30):
        added(district, title=f"เรื่องที่ {n}")
        added(district, work="kkk", title="", name=f"ฉบับที่ {n}", starts_on=date(1900, 1, n))
    assert [statements(address) for address in asked] == few


def test_taking_down_twice_is_said_on_the_page(district: User) -> None:
    edition = added(district)
    take_edition_down(pk=edition.pk, note="พิมพ์ผิด", by=reach(district))
    page = signed_in(district).post(
        f"/library/{edition.work}/editions/added-{edition.pk}/take-down/", {"note": "ก"}
    )
    assert page.status_code == 422
    assert "นำออกไปแล้ว" in page.content.decode()
