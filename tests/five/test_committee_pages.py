"""Pages of committees and handovers: for the right people, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from five.occupation_group import MEMBERS, OccupationGroup, founded_group
from kongthun.audit.models import AuditLine
from kongthun.domain.thai_calendar import numeric
from kongthun.groups.actions import add_term, end_term
from kongthun.groups.models import CommitteePosition, CommitteeTerm, Handover, HandoverItem

PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group()


def at(ours: OccupationGroup, who: str) -> Client:
    client = Client()
    client.force_login(ours.users[who])
    return client


def text(answer: Any) -> str:  # noqa: ANN401
    body = re.sub(r"(?s)<(head|script|style)\b.*?</\1>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<wbr>|<[^>]+>", " ", body)))


def address(ours: OccupationGroup, rest: str = "") -> str:
    return f"/funds/{ours.code}/committee/{rest}"


def five(**said: str) -> dict[str, str]:
    """The answers of an election on the first of January 2026."""
    asked = {
        "ground": "1-1",
        "starts_on": "1/1/2569",
        "who_chairman": f"2 {MEMBERS[1]}",
        "who_vice_chairman": "๑",
        "who_secretary": MEMBERS[2],
        "who_treasurer": "เลขที่ 6",
        "who_1": "7",
        "section_1": "การตลาด",
    }
    return asked | said


# ---- electing ------------------------------------------------------------------------------------


def test_a_committee_is_elected_on_the_page(ours: OccupationGroup) -> None:
    ours.meet(date(2025, 12, 20), "เลือกคณะกรรมการชุดที่ 2")
    worker = at(ours, "field_worker")
    page = text(worker.get(address(ours, "elect/")))
    assert "ครั้งที่ 1 (20 ธ.ค. 2568) มติที่ 1 เลือกคณะกรรมการชุดที่ 2" in page
    answer = worker.post(address(ours, "elect/"), five())
    assert answer.status_code == 302
    rows = CommitteeTerm.objects.filter(group=ours.group, set_number=2).order_by("number")
    assert [row.person.name.full for row in rows] == [MEMBERS[n - 1] for n in (2, 1, 3, 6, 7)]
    page = text(worker.get(address(ours)))
    assert "ชุดที่ 2" in page
    assert "กรรมการฝ่ายการตลาด" in page
    assert "ได้รับเลือกใน การประชุมครั้งที่ 1" in page


def test_what_was_typed_stays_when_an_election_is_refused(ours: OccupationGroup) -> None:
    ours.meet(date(2025, 12, 20), "เลือกคณะกรรมการชุดที่ 2", others=4)
    worker = at(ours, "field_worker")
    answer = worker.post(address(ours, "elect/"), five(who_1="99", who_8="นายนอก บัญชี"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="นายนอก บัญชี"' in page
    assert '<details class="behind" open>' in page
    said = text(answer)
    assert "องค์ประชุมคือ 5 คน" in said
    assert "เลขที่ 99 ไม่ใช่สมาชิก" in said


def test_a_section_without_a_name_is_asked_about(ours: OccupationGroup) -> None:
    ours.meet(date(2025, 12, 20), "เลือกคณะกรรมการชุดที่ 2")
    answer = at(ours, "field_worker").post(address(ours, "elect/"), five(who_1=""))
    assert answer.status_code == 422
    assert "มีฝ่ายแล้วแต่ยังไม่มีชื่อ" in text(answer)


def test_without_a_meeting_the_page_says_what_comes_first(ours: OccupationGroup) -> None:
    assert "ยังไม่มีมติให้อ้าง" in text(at(ours, "field_worker").get(address(ours, "elect/")))


def test_a_vacancy_is_filled_on_the_page(ours: OccupationGroup) -> None:
    today = ours.field_worker.day
    new = founded_group(kind="saving_group", name="กลุ่มออมทรัพย์", founded=today - timedelta(30))
    end_term(
        group=new.group,
        number=4,
        on=today - timedelta(10),
        words="ย้ายออก",
        by=new.field_worker,
    )
    new.meet(today - timedelta(5), "เลือกเหรัญญิกแทน", terms=(1, 2, 3))
    worker = at(new, "field_worker")
    page = worker.get(address(new, "vacancy/")).content.decode()
    assert re.search(r'value="treasurer"[^>]*checked', page)
    said = {
        "ground": "1-1",
        "position": "treasurer",
        "who": "6",
        "starts_on": numeric(today - timedelta(5)),
    }
    wrong = worker.post(address(new, "vacancy/"), said | {"who": ""})
    assert wrong.status_code == 422
    assert worker.post(address(new, "vacancy/"), said).status_code == 302
    assert "นางเตือนใจ ณ นคร" in text(worker.get(address(new)))


def test_a_term_is_ended_on_the_page(ours: OccupationGroup) -> None:
    worker = at(ours, "field_worker")
    wrong = worker.post(address(ours, "4/end/"), {"on": "15/6/2567", "words": ""})
    assert wrong.status_code == 422
    assert "ยังไม่ได้บอกว่าพ้นจากตำแหน่งเพราะอะไร" in text(wrong)
    said = {"on": "15/6/2567", "words": "ย้ายออกจากหมู่บ้าน"}
    assert worker.post(address(ours, "4/end/"), said).status_code == 302
    assert "หมายเหตุ: ย้ายออกจากหมู่บ้าน" in text(worker.get(address(ours)))
    assert worker.get(address(ours, "99/end/")).status_code == 404


# ---- who sees what -------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["elect/", "vacancy/", "1/end/", "handovers/new/"])
@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("member", 403)])
def test_others_do_not_elect_and_do_not_hand_over(
    ours: OccupationGroup, who: str, status: int, page: str
) -> None:
    assert at(ours, who).get(address(ours, page)).status_code == status


def test_the_treasurer_hands_over_and_does_not_elect(ours: OccupationGroup) -> None:
    treasurer = at(ours, "treasurer")
    assert treasurer.get(address(ours, "elect/")).status_code == 403
    assert treasurer.get(address(ours, "handovers/new/")).status_code == 200


def test_names_read_to_elect_are_written_down(ours: OccupationGroup) -> None:
    at(ours, "field_worker").get(address(ours, "elect/"))
    assert AuditLine.objects.filter(deed="read_names", subject="elect committee").exists()


def test_the_page_of_a_committee_asks_no_more_for_more_people(ours: OccupationGroup) -> None:
    worker = at(ours, "field_worker")
    worker.get(address(ours))
    with CaptureQueriesContext(
        connection,
    ) as few:
        worker.get(address(ours))
    for number in range(10):
        add_term(
            group=ours.group,
            set_number=2,
            name=f"นายคนที่ ลำดับ{number}",
            position=CommitteePosition.MEMBER,
            starts_on=date(2024, 2, 1),
            ends_on=None,
            by=ours.field_worker,
        )
    with CaptureQueriesContext(connection) as many:
        page = worker.get(address(ours))
    assert "ลำดับ9" in page.content.decode()
    assert len(many) == len(few)


def test_what_each_may_do_follows_from_the_post_on_the_day(ours: OccupationGroup) -> None:
    day = ours.field_worker.day
    new = founded_group(kind="village_fund", name="กองทุนหมู่บ้าน", founded=day - timedelta(30))
    page = text(at(new, "field_worker").get(address(new)))
    assert page.count("จ่ายเงินยืม ต่อหน้าพยาน") == 1
    assert page.count("ลงนามถอนเงิน") == 5
    assert "ลงนามถอนเงิน" not in text(at(ours, "field_worker").get(address(ours)))  # all over


# ---- handing over --------------------------------------------------------------------------------


def drafted(ours: OccupationGroup) -> Client:
    treasurer = at(ours, "treasurer")
    said = {
        "handed_on": "20/1/2569",
        "from_set": "1",
        "to_set": "2",
        "given_by": MEMBERS[0],
        "taken_by": MEMBERS[1],
    }
    assert treasurer.post(address(ours, "handovers/new/"), said).status_code == 302
    return treasurer


def all_there(ours: OccupationGroup) -> dict[str, str]:
    places = HandoverItem.objects.filter(group=ours.group).values_list("place", flat=True)
    return {f"there_{place}": "yes" for place in places}


def test_a_handover_from_the_list_to_the_signatures(ours: OccupationGroup) -> None:
    treasurer = drafted(ours)
    one = address(ours, "handovers/1/")
    page = text(treasurer.get(one))
    assert "เงินสดในมือ" in page
    early = treasurer.post(f"{one}sign/")
    assert early.status_code == 422
    assert "ยังไม่ได้ตรวจรายการที่ 1, 2" in text(early)
    assert (
        treasurer.post(f"{one}things/", {"words": "กุญแจตู้", "by_the_books": "2 ดอก"}).status_code
        == 302
    )
    assert treasurer.post(f"{one}things/", {"words": ""}).status_code == 422
    answers = all_there(ours) | {"there_4": "no", "found_4": "หายตั้งแต่ปีก่อน"}
    assert treasurer.post(f"{one}tick/", answers).status_code == 302
    sheet = SimpleUploadedFile("sheet.pdf", PDF)
    assert treasurer.post(f"{one}sheet/", {"file": sheet}).status_code == 302
    assert treasurer.get(f"{one}sheet/").content == PDF
    assert "หายตั้งแต่ปีก่อน" in text(treasurer.get(f"{one}sign/"))
    assert treasurer.post(f"{one}sign/").status_code == 302
    assert Handover.objects.get(group=ours.group).signed_at is not None
    late = treasurer.post(f"{one}tick/", all_there(ours))
    assert late.status_code == 422
    assert "ลงนามแล้ว ข้อความในนั้นจึงคงเดิม" in text(late)
    assert "ลงนามแล้ว" in text(treasurer.get(address(ours, "handovers/")))


def test_a_draft_is_put_right_and_a_thing_taken_out(ours: OccupationGroup) -> None:
    treasurer = drafted(ours)
    one = address(ours, "handovers/1/")
    said = {"handed_on": "21/1/2569", "from_set": "1", "to_set": "1"}
    assert treasurer.post(f"{one}change/", said).status_code == 422
    assert treasurer.post(f"{one}change/", said | {"to_set": "2"}).status_code == 302
    before = HandoverItem.objects.filter(group=ours.group).count()
    assert treasurer.post(f"{one}things/1/take-out/").status_code == 302
    assert treasurer.post(f"{one}things/99/take-out/").status_code == 422
    places = HandoverItem.objects.filter(group=ours.group).values_list("place", flat=True)
    assert sorted(places) == list(range(1, before))


def test_the_paper_is_for_those_who_may_read_names(ours: OccupationGroup) -> None:
    treasurer = drafted(ours)
    printed = treasurer.get(address(ours, "handovers/1/print/"))
    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF-")
    assert treasurer.get(address(ours, "handovers/9/print/")).status_code == 404
    assert at(ours, "stranger").get(address(ours, "handovers/1/print/")).status_code == 404
    assert at(ours, "member").get(address(ours, "handovers/1/print/")).status_code == 403
