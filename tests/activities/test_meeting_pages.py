"""The pages of meetings: what the right person does there, and what others see of it."""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from activities.village import CODE, FIVE, MEETING, START, Village, closed, draft, last_deed, sits
from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.activities.actions import add_resolution, close_meeting
from kongthun.activities.models import Meeting
from kongthun.activities.queries import attendance_of, resolutions_of
from kongthun.audit.actions import evidence_path
from kongthun.audit.models import AuditLine

LIST = f"/funds/{CODE}/meetings/"
NEW = f"{LIST}new/"
ONE = f"{LIST}1/"
PDF = b"%PDF-1.7 minutes"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response: HttpResponse) -> str:
    """What a page says, without its marks."""
    text = response.content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.fixture
def at_desk(village: Village) -> Client:
    return browser(village.treasurer)


def paper(name: str = "minutes.pdf", content: bytes = PDF) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


# ---- the whole way ----------------------------------------------------------------------------


def test_a_treasurer_records_a_meeting_from_the_first_page_to_the_last(at_desk: Client) -> None:
    assert "ยังไม่มีการประชุมในสมุด" in words(at_desk.get(LIST))
    opened = at_desk.post(NEW, {"kind": "committee", "held_on": "๕ มี.ค. ๖๙", "place": "ศาลา"})
    assert (opened.status_code, opened["Location"]) == (302, ONE)

    page = words(at_desk.get(ONE))
    assert "ประชุมคณะกรรมการ ครั้งที่ 1" in page
    assert "5 มีนาคม 2569 · ศาลา" in page
    assert "มา 0 จาก 8 คน ยังไม่ครบองค์ประชุม (ต้องมากกว่ากึ่งหนึ่ง คือ 5 คน)" in page
    assert "ยังไม่ได้ตรวจกับตัวระเบียบ" in page

    came = at_desk.post(f"{ONE}attendance/", {"set_2": FIVE, "others_came": "๓"}, follow=True)
    assert "มา 5 จาก 8 คน ครบองค์ประชุม" in words(came)
    assert Meeting.objects.get().others_came == 3

    resolved = at_desk.post(
        f"{ONE}resolutions/",
        {"words": "ให้ยืม 12,000 บาท", "in_favour": "5", "against": ""},
        follow=True,
    )
    assert "มติที่ 1 ให้ยืม 12,000 บาท เห็นด้วย 5 ไม่เห็นด้วย 0" in words(resolved)

    about = {"kind": "committee", "held_on": "6/3/2569", "place": "วัด", "minutes": "คุยเรื่องเงินยืม"}
    changed = at_desk.post(f"{ONE}change/", about, follow=True)
    assert "6 มีนาคม 2569 · วัด" in words(changed)

    kept = at_desk.post(f"{ONE}file/", paper(), follow=True)
    assert "เก็บบันทึกการประชุมไว้เป็นหลักฐานแล้ว" in words(kept)

    again = words(at_desk.get(f"{ONE}close/"))
    assert "อ่านทวนก่อนปิดการประชุม" in again
    assert "มา 5 จาก 8 คน ครบองค์ประชุม" in again
    assert "ประธาน นายสมชาย ใจดี" in again
    assert "ให้ยืม 12,000 บาท" in again
    assert Meeting.objects.get().closed_at is None
    done = words(at_desk.post(f"{ONE}close/", follow=True))
    assert at_desk.get(f"{ONE}close/")["Location"] == ONE
    assert "ปิดการประชุมครั้งที่ 1 แล้ว" in done
    assert "นายสมชาย ใจดี" in done
    assert "ผู้อื่นที่มา 3 คน" in done
    assert "คุยเรื่องเงินยืม" in done
    assert "จดมติ" not in done
    assert Meeting.objects.get().closed_at is not None

    row = words(at_desk.get(LIST))
    assert "ครั้งที่ 1 ประชุมคณะกรรมการ 6 มี.ค. 2569 วัด 5 คน 1 ปิดแล้ว" in row


def test_the_page_says_one_next_thing(village: Village, at_desk: Client) -> None:
    def button() -> str:
        found = re.findall(
            r'<(?:button|a) class="button" (?:form|href)="([^"]+)"',
            at_desk.get(ONE).content.decode(),
        )
        assert len(found) == 1
        return str(found[0])

    draft(village)
    assert button() == "attendance-form"
    at_desk.post(f"{ONE}attendance/", {"set_2": FIVE})
    assert button() == "resolution-form"
    at_desk.post(f"{ONE}resolutions/", {"words": "ผ่อนผันหนึ่งปี"})
    assert button() == f"{ONE}close/"
    assert 'form="close-form"' in at_desk.get(f"{ONE}close/").content.decode()


def test_the_quorum_is_told_while_one_ticks_and_nothing_is_kept(
    village: Village, at_desk: Client
) -> None:
    draft(village, came=[11])
    told = at_desk.get(f"{ONE}quorum/", {"set_2": FIVE, "others_came": "9", "set_x": "abc"})
    assert "มา 5 จาก 8 คน ครบองค์ประชุม" in words(told)
    assert attendance_of(village.group, 1) == {11}


def test_only_the_set_in_office_that_day_is_there_to_tick(
    village: Village, at_desk: Client
) -> None:
    draft(village)
    page = words(at_desk.get(ONE))
    assert "กรรมการชุดที่ 2" in page
    assert "นายสมชาย ใจดี · ประธาน" in page
    assert "นายเก่า รักงาน" not in page
    sits(village.group, 21, "นายไม่มี ชุด", starts_on=START)
    marked = at_desk.post(f"{ONE}attendance/", {"set_2": [11], "set_0": [21]}, follow=True)
    assert "มา 2 จาก 9 คน" in words(marked)
    ticked = re.findall(r'value="(\d+)"[^>]*checked', marked.content.decode())
    assert set(ticked) >= {"11", "21"}


def test_a_draft_with_nobody_in_office_says_where_to_look(
    village: Village, at_desk: Client
) -> None:
    draft(village, on=MEETING.replace(year=2015))
    assert "ยังไม่มีกรรมการที่อยู่ในวาระวันประชุม" in words(at_desk.get(ONE))


# ---- refused, and nothing typed is lost ---------------------------------------------------------


def test_what_was_typed_stays_when_a_meeting_is_not_opened(
    village: Village, at_desk: Client
) -> None:
    refused = at_desk.post(NEW, {"kind": "committee", "held_on": "31/2/2569", "place": "ศาลาริมน้ำ"})
    assert refused.status_code == 422
    assert "ไม่มีวันนี้ในปฏิทิน" in words(refused)
    assert "ศาลาริมน้ำ" in refused.content.decode()
    later = at_desk.post(NEW, {"kind": "committee", "held_on": "1/1/2650", "place": ""})
    assert later.status_code == 422
    assert "ยังมาไม่ถึง" in words(later)
    draft(village)
    twin = at_desk.post(NEW, {"kind": "committee", "held_on": "5/3/2569"})
    assert twin.status_code == 422
    assert "มีร่างการประชุมครั้งที่ 1 ของวันที่ 5 มีนาคม 2569 อยู่แล้ว" in words(twin)


@pytest.mark.parametrize(
    ("part", "typed", "told"),
    [
        ("attendance", {"set_2": ["1"]}, "มีชื่อที่ไม่อยู่ในวาระวันประชุม"),
        ("attendance", {"others_came": "หลายคน"}, "พิมพ์เป็นจำนวนเต็ม"),
        ("resolutions", {"words": " "}, "ช่องนี้ยังว่างอยู่"),
        ("resolutions", {"words": "ก" * 501}, "ยาวเกิน 500 ตัวอักษร"),
        (
            "resolutions",
            {"words": "ใหม่", "in_favour": "60"},
            "นับเสียงได้ 60 เสียง มากกว่าผู้มาประชุม 5 คน",
        ),
        ("resolutions", {"words": "ใหม่", "in_favour": "-1"}, "จำนวนเสียงเริ่มที่ศูนย์"),
        ("resolutions", {"words": "ผ่อนผัน"}, "มติข้อความนี้จดไว้แล้วเป็นมติที่ 1"),
        (
            "change",
            {"kind": "committee", "held_on": "30/9/2567"},
            "ไม่อยู่ในวาระเมื่อ 30 กันยายน 2567",
        ),
        ("change", {"kind": "committee", "held_on": "31/2/2569"}, "ไม่มีวันนี้ในปฏิทิน"),
        ("file", {}, "ยังไม่ได้เลือกไฟล์"),
    ],
)
def test_a_part_that_was_refused_says_why_and_keeps_what_was_typed(
    village: Village, at_desk: Client, part: str, typed: dict[str, str], told: str
) -> None:
    draft(village, came=FIVE)
    add_resolution(group=village.group, number=1, by=village.by, words="ผ่อนผัน")
    refused = at_desk.post(f"{ONE}{part}/", typed)
    assert refused.status_code == 422
    assert told in words(refused)
    for answer in typed.values():
        if isinstance(answer, str):
            assert answer.strip() in refused.content.decode()
    assert len(resolutions_of(village.group, 1)) == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("minutes.exe", PDF, "“minutes.exe” ไม่ใช่ภาพ .jpg .png หรือไฟล์ .pdf"),
        ("minutes.pdf", b"MZ not a paper", "“minutes.pdf” ไม่ใช่ภาพ .jpg .png หรือไฟล์ .pdf"),
        (
            "minutes.jpg",
            b"\xff\xd8\xff" + bytes(10 * 1024 * 1024),
            "“minutes.jpg” ใหญ่ 10.0 MB เกิน 10 MB",
        ),
        ("minutes.png", b"", "ไฟล์นี้ว่างเปล่า"),
    ],
)
def test_a_file_that_is_no_paper_is_refused_by_name(
    village: Village, at_desk: Client, name: str, content: bytes, told: str
) -> None:
    draft(village)
    refused = at_desk.post(f"{ONE}file/", paper(name, content))
    assert refused.status_code == 422
    assert told in words(refused)
    assert Meeting.objects.get().evidence == ""


def test_closing_what_nobody_came_to_is_refused(village: Village, at_desk: Client) -> None:
    draft(village)
    refused = at_desk.post(f"{ONE}close/")
    assert refused.status_code == 422
    assert "ยังไม่ได้บันทึกว่ากรรมการคนใดมาประชุมครั้งที่ 1" in words(refused)
    draft(village, on=MEETING.replace(day=6), came=FIVE[:4])
    assert "จะใช้พิจารณาคำขอยืมไม่ได้" in words(at_desk.get(f"{LIST}2/close/"))


@pytest.mark.parametrize(
    ("part", "typed"),
    [
        ("attendance", {"set_2": ["11"]}),
        ("resolutions", {"words": "อีกเรื่อง"}),
        ("change", {"kind": "general", "held_on": "1/3/2569"}),
        ("close", {}),
        ("resolutions/1/take-out", {}),
        ("file", paper()),
    ],
)
def test_a_form_that_comes_after_the_closing_is_told_so(
    village: Village, at_desk: Client, part: str, typed: dict[str, object]
) -> None:
    closed(village)
    refused = at_desk.post(f"{ONE}{part}/", typed)
    assert refused.status_code == 422
    assert "การประชุมครั้งที่ 1 ปิดแล้ว" in words(refused)


# ---- a resolution of its own --------------------------------------------------------------------


def test_a_resolution_is_put_right_or_taken_out_on_its_own_page(
    village: Village, at_desk: Client
) -> None:
    draft(village, came=FIVE)
    for said in ("หนึ่ง", "สอง"):
        add_resolution(group=village.group, number=1, by=village.by, words=said)
    at = f"{ONE}resolutions/2/"
    assert "แก้มติที่ 2" in words(at_desk.get(at))
    refused = at_desk.post(at, {"words": "หนึ่ง"})
    assert (refused.status_code, "จดไว้แล้วเป็นมติที่ 1" in words(refused)) == (422, True)
    assert at_desk.post(at, {"words": "สองที่ถูก"}).status_code == 302
    assert at_desk.post(f"{ONE}resolutions/1/take-out/").status_code == 302
    assert [each.words for each in resolutions_of(village.group, 1)] == ["สองที่ถูก"]
    assert at_desk.get(f"{ONE}resolutions/2/").status_code == 404
    close_meeting(group=village.group, number=1, by=village.by)
    assert at_desk.get(f"{ONE}resolutions/1/").status_code == 404


# ---- who sees what ------------------------------------------------------------------------------

READS = [LIST, ONE, f"{ONE}minutes/"]
WRITES = ["attendance", "resolutions", "change", "close", "file", "resolutions/1/take-out"]


@pytest.mark.parametrize("at", [*READS, NEW, f"{ONE}file/", f"{ONE}quorum/", f"{ONE}close/"])
@pytest.mark.parametrize("name", ["neighbour", "member"])
def test_somebody_of_elsewhere_finds_no_meeting(village: Village, name: str, at: str) -> None:
    closed(village)
    answer = browser(getattr(village, name)).get(at)
    assert answer.status_code in {403, 404}
    assert "ศาลาหมู่บ้าน" not in words(answer)


@pytest.mark.parametrize("part", WRITES)
@pytest.mark.parametrize("name", ["neighbour", "member", "province", "auditor"])
def test_the_wrong_person_is_refused_in_thai_and_writes_nothing(
    village: Village, name: str, part: str
) -> None:
    draft(village, came=FIVE)
    before = list(Meeting.objects.values())
    answer = browser(getattr(village, name)).post(f"{ONE}{part}/", {"words": "เรื่องนี้"})
    assert answer.status_code in {403, 404}
    assert re.search("[ก-๙]", words(answer))
    assert list(Meeting.objects.values()) == before
    assert resolutions_of(village.group, 1) == []


def test_the_auditor_reads_names_and_writes_nothing(village: Village) -> None:
    draft(village, came=FIVE)
    page = browser(village.auditor).get(ONE)
    assert "นายสมชาย ใจดี" in words(page)
    assert "<form" not in page.content.decode().split("<main")[1].split("</main>")[0]
    assert last_deed().deed == "read_names"
    assert last_deed().user_id == village.auditor.pk


def test_the_province_sees_who_came_without_surnames_and_no_free_words(village: Village) -> None:
    closed(village)
    Meeting.objects.update(minutes="นางวันดีขอผ่อนผัน", evidence="0" * 64)
    client = browser(village.province)
    reads = AuditLine.objects.filter(deed="read_names").count()
    for at in (ONE, f"{ONE}minutes/"):
        page = words(client.get(at))
        assert "นายสมชาย จ…" in page
        assert "ใจดี" not in page
        assert "ให้ยืมเงินตามลำดับ" not in page
        assert "นางวันดีขอผ่อนผัน" not in page
        assert "ปิดไว้เพราะอาจมีชื่อบุคคล" in page
    assert AuditLine.objects.filter(deed="read_names").count() == reads
    assert client.get(f"{ONE}file/").status_code in {403, 404}


def test_taking_the_paper_away_is_written_down(village: Village, at_desk: Client) -> None:
    draft(village)
    assert at_desk.get(f"{ONE}file/").status_code == 404
    at_desk.post(f"{ONE}file/", paper("MINUTES.PDF"))
    taken = browser(village.auditor).get(f"{ONE}file/")
    assert (taken.status_code, taken.content) == (200, PDF)
    assert taken["Content-Type"] == "application/pdf"
    assert taken["Content-Disposition"] == f'attachment; filename="{CODE}-meeting-1.pdf"'
    assert last_deed().deed == "export_minutes"
    assert last_deed().details == {"sha256": Meeting.objects.get().evidence}


def test_the_paper_stays_closed_to_who_may_read_names_only_elsewhere(
    village: Village, at_desk: Client
) -> None:
    draft(village)
    at_desk.post(f"{ONE}file/", paper())
    appoint(
        user=village.province,
        role=Role.AUDITOR,
        by_order="คำสั่งที่ 2/2569",
        starts_on=START,
        area_code="8017",
    )
    client = browser(village.province)
    assert client.get(ONE).status_code == 200
    assert client.get(f"{ONE}file/").status_code == 404


def test_a_kept_file_that_is_no_paper_is_not_handed_out(village: Village, at_desk: Client) -> None:
    draft(village)
    at_desk.post(f"{ONE}file/", paper())
    evidence_path(Meeting.objects.get().evidence).write_bytes(b"<html>")
    assert at_desk.get(f"{ONE}file/").status_code == 404


def test_the_minutes_to_print_name_all_who_came_with_room_to_sign(
    village: Village, at_desk: Client
) -> None:
    closed(village)
    page = words(at_desk.get(f"{ONE}minutes/"))
    assert "รายงานการประชุมคณะกรรมการ ครั้งที่ 1" in page
    assert "1. นายสมชาย ใจดี ประธาน …" in page
    assert "5. นางวันดี บุญมา กรรมการฝ่ายตรวจสอบ …" in page
    assert "มติที่ 1 ให้ยืมเงินตามลำดับที่จัดไว้" in page
    assert "ประธานในที่ประชุม" in page


def test_a_meeting_that_is_not_there_is_not_found(village: Village, at_desk: Client) -> None:  # noqa: ARG001
    for at in (ONE, f"{ONE}minutes/", f"{ONE}quorum/", f"{ONE}file/", f"{ONE}resolutions/1/"):
        assert at_desk.get(at).status_code == 404


def test_a_long_list_shows_its_pages(village: Village, at_desk: Client) -> None:
    for day in range(1, 22):
        draft(village, on=MEETING.replace(day=day))
    assert "หน้า 1 จาก 2" in words(at_desk.get(LIST))
    assert "ครั้งที่ 1 ประชุมคณะกรรมการ" in words(at_desk.get(f"{LIST}?page=2"))
