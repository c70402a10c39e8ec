"""The papers of a meeting: what they say, and who may read it on them."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from five.occupation_group import OccupationGroup, founded_group
from kongthun.activities.actions import (
    MeetingKept,
    add_resolution,
    change_meeting,
    close_meeting,
    mark_attendance,
    mark_members,
    open_meeting,
)
from kongthun.activities.models import MeetingKind
from kongthun.activities.papers import AttendanceSheet, Came, print_attendance
from kongthun.audit.models import AuditLine

MET = date(2024, 2, 1)


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group()


def browser(ours: OccupationGroup, who: str = "treasurer") -> Client:
    client = Client()
    client.force_login(ours.users[who])
    return client


def read(pdf: bytes, tmp_path: Path) -> str:
    """What a PDF says, a space for every break."""
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not installed")
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    said = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True
    )
    return " ".join(said.stdout.split())


def plain(text: str) -> str:
    """Letters only: a PDF may tear a vowel from its consonant."""
    return "".join(sign for sign in text if sign.isalnum())


def general_meeting(ours: OccupationGroup) -> int:
    opened = open_meeting(
        group=ours.group,
        by=ours.treasurer,
        kind=MeetingKind.GENERAL,
        on=MET,
        agenda="รับรองรายงาน\nเครื่องสีข้าว",
    )
    assert isinstance(opened, MeetingKept), opened
    number = opened.number
    common = {"group": ours.group, "number": number, "by": ours.treasurer}
    change_meeting(
        **common,  # type: ignore[arg-type]
        kind=MeetingKind.GENERAL,
        on=MET,
        place="ศาลา",
        minutes="คุยเรื่องราคา\n\nตกลงรอบหน้า",
    )
    mark_attendance(**common, terms=(1, 3))  # type: ignore[arg-type]
    mark_members(**common, came=(1, 2, 6))  # type: ignore[arg-type]
    add_resolution(**common, words="ซื้อเครื่องสีข้าว", in_favour=4)  # type: ignore[arg-type]
    close_meeting(**common)  # type: ignore[arg-type]
    return number


def test_minutes_say_who_came_who_did_not_the_agenda_and_what_was_resolved(
    ours: OccupationGroup, tmp_path: Path
) -> None:
    number = general_meeting(ours)
    answer = browser(ours).get(f"/funds/{ours.code}/meetings/{number}/minutes.pdf?digits=arabic")
    assert answer["Content-Type"] == "application/pdf"
    said = read(answer.content, tmp_path)
    assert f"{number}/2567" in said
    letters = plain(said)
    came, absent = letters.split("ผไมมาประชม" if "ผไมมาประชม" in letters else plain("ผู้ไม่มาประชุม"))
    for there in ("บุญเรือน", "อุไร", "ประจวบ", "เตือนใจ"):
        assert plain(there) in came, there
        assert plain(there) not in absent, there
    for stayed in ("ลำไย", "วิเชียร", "สมพร"):
        assert plain(stayed)[-3:] in absent, stayed
    for words in ("ซื้อเครื่องสีข้าว", "ผู้จดรายงานการประชุม", "ผู้ตรวจรายงานการประชุม", "ระเบียบวาระที่ 2"):
        assert plain(words) in letters, words
    assert plain("ร่าง ยังไม่ปิด") not in letters


def test_thai_digits_are_the_papers_own(ours: OccupationGroup, tmp_path: Path) -> None:
    number = general_meeting(ours)
    answer = browser(ours).get(f"/funds/{ours.code}/meetings/{number}/minutes.pdf")
    assert "๑/๒๕๖๗" in read(answer.content, tmp_path)


def test_reading_a_paper_with_names_is_written_down_and_strangers_get_none(
    ours: OccupationGroup,
) -> None:
    number = general_meeting(ours)
    at = f"/funds/{ours.code}/meetings/{number}/minutes.pdf"
    before = AuditLine.objects.filter(deed="read_names").count()
    assert browser(ours).get(at).status_code == 200
    assert AuditLine.objects.filter(deed="read_names").count() == before + 1
    assert browser(ours, "stranger").get(at).status_code == 404
    assert browser(ours, "member").get(at).status_code == 403
    assert browser(ours).get(at.replace(f"/{number}/", "/77/")).status_code == 404


def test_who_sees_no_names_gets_minutes_without_them(ours: OccupationGroup, tmp_path: Path) -> None:
    from kongthun.accounts.actions import appoint
    from kongthun.accounts.models import Role

    number = general_meeting(ours)
    appoint(
        user=ours.users["stranger"],
        role=Role.PROVINCE,
        by_order="คำสั่ง",
        starts_on=date(2020, 1, 1),
        area_code="80",
    )
    at = f"/funds/{ours.code}/meetings/{number}/minutes.pdf?digits=arabic"
    said = plain(read(browser(ours, "stranger").get(at).content, tmp_path))
    for hidden in ("ศรีวิไล", "ซื้อเครื่องสีข้าว", "คุยเรื่องราคา"):
        assert plain(hidden) not in said, hidden


def test_a_sheet_is_drawn_for_names_with_their_numbers() -> None:
    people = (Came("นางก", "สมาชิก"),)

    def sheet(numbers: tuple[str, ...], spare: int) -> AttendanceSheet:
        return AttendanceSheet("กลุ่ม", "ประชุม", MET, None, None, people, numbers, spare)

    with pytest.raises(ValueError, match="number"):
        sheet((), 0)
    assert print_attendance(sheet(("1",), 5), digits="thai").startswith(b"%PDF-")
    assert print_attendance(sheet(("1",), 0), digits="thai") != print_attendance(
        sheet(("1",), 5), digits="thai"
    )
