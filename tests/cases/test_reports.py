"""A memo says what the case and the books said that day, for ever."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from kongthun.audit.models import AuditLine
from kongthun.cases.actions.events import tell_event
from kongthun.cases.actions.reports import Reported, report_case
from kongthun.cases.actions.visits import tell_visit
from kongthun.cases.models import CaseReport
from kongthun.cases.papers import memo_as_data, memo_from_data, print_memo
from kongthun.domain.casework import CaseKind, Stage

from .case_at_work import CaseAtWork, case_at, days_ago
from .following import agree, client_of, refused, seat_committee

pytestmark = pytest.mark.django_db


def report(work: CaseAtWork, **changed: object) -> object:
    asked: dict[str, object] = {
        "state": work.state(),
        "by": work.officer,
        "addressed_to": "นายอำเภอปากพนัง",
        "words": "ขอคำแนะนำเรื่องครัวเรือนที่ย้ายออก",
    }
    return report_case(**(asked | changed))  # type: ignore[arg-type]


def test_a_memo_holds_the_road_and_the_figures_of_its_day() -> None:
    work = case_at(Stage.CAUSES_FOUND)
    seat_committee(work)
    contract = work.village.lend(1, 12_000, days_ago(380))
    work.village.take(contract, 2_000, days_ago(200))
    agree(work, contract, days_ago(190), (days_ago(100), 4_000), (days_ago(-100), 6_000))
    work.village.take(contract, 4_000, days_ago(101))
    assert report(work, paper_number="นศ 0419/123") == Reported(1)
    row = CaseReport.objects.get()
    memo = memo_from_data(row.told)
    assert memo.office == "สำนักงานพัฒนาชุมชนอำเภอหัวไทร จังหวัดนครศรีธรรมราช"
    assert (memo.paper_number, memo.addressed_to) == ("นศ 0419/123", "นายอำเภอปากพนัง")
    assert (memo.signer, memo.signer_position) == ("phatthanakon", "พัฒนากรผู้รับผิดชอบตำบล")
    assert "ขอคำแนะนำเรื่องครัวเรือนที่ย้ายออก" in memo.paragraphs
    position = {line.label: (line.then, line.now) for line in memo.annexes.position}
    assert position["อยู่กับครัวเรือน"] == ("0", "6,000")
    assert position["เกินกำหนดส่งคืน"] == ("0", "0")
    assert [(c.number, len(c.indent)) for c in memo.annexes.causes] == [
        ("1", 0),
        ("2", 1),
        ("3", 1),
    ]
    [agreed] = memo.annexes.agreed
    assert (agreed.amount, agreed.paid) == ("10,000", "4,000")
    assert "มีทรัพย์" not in str(row.told)  # no household by name


def test_what_a_memo_said_stays_whatever_comes_after() -> None:
    work = case_at(Stage.PLANNED)
    report(work)
    told = CaseReport.objects.get().told
    before = print_memo(memo_from_data(told), digits="thai")
    tell_visit(state=work.state(), by=work.officer, on=days_ago(1), is_formal=True, seen="ไปแล้ว")
    assert CaseReport.objects.get().told == told
    assert json.loads(json.dumps(memo_as_data(memo_from_data(told)))) == told
    assert print_memo(memo_from_data(CaseReport.objects.get().told), digits="thai") == before


def test_a_memo_needs_somebody_to_read_it_and_something_to_say() -> None:
    work = case_at(Stage.FOLLOWED_UP)
    done = report(work, addressed_to=" ", words="", paper_number="ก" * 61)
    assert refused(done) == ["NothingSaid", "TooLong", "NothingSaid"]
    assert isinstance(report(work), Reported)
    assert refused(report(work)) == ["ToldAlready"]


def test_a_case_the_village_has_not_answered_may_be_reported_and_says_so() -> None:
    work = case_at(Stage.PROPOSED, kind=CaseKind.FRAUD)
    tell_event(state=work.state(), by=work.officer, name="found", on=days_ago(3))
    assert isinstance(report(work), Reported)
    said = " ".join(memo_from_data(CaseReport.objects.get().told).paragraphs)
    assert "ยังไม่ได้ตกลงให้เปิดเรื่อง" in said
    assert "โดยสมัครใจ" not in said
    assert "เหตุการณ์ที่บันทึกไว้: พบเรื่อง" in said


def test_nothing_is_reported_of_a_closed_case() -> None:
    assert refused(report(case_at(Stage.CLOSED))) == ["CaseIsClosed"]


def test_who_does_not_work_on_cases_writes_no_memo() -> None:
    work = case_at(Stage.FOLLOWED_UP)
    for reach in (work.village.chairman, work.village.treasurer, work.province, work.auditor):
        assert refused(report(work, by=reach)) == ["NotEntitled"]


# --- pages ----------------------------------------------------------------------------------


def test_a_memo_is_written_on_screen_and_printed() -> None:
    work = case_at(Stage.FOLLOWED_UP)
    officer = client_of(work.officer)
    at = reverse("cases:report", args=[work.code, work.number])
    empty = officer.post(at, {"addressed_to": "นายอำเภอ", "words": ""})
    assert empty.status_code == 422
    assert "นายอำเภอ" in empty.content.decode()
    assert officer.post(at, {"addressed_to": "นายอำเภอ", "words": "โปรดทราบ"}).status_code == 302
    pdf = reverse("cases:memo", args=[work.code, work.number, 1])
    for reach in (work.officer, work.village.district, work.province, work.network):
        answer = client_of(reach).get(pdf)
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
    assert AuditLine.objects.filter(deed="export_memo").count() == 4


def test_memos_are_between_the_office_and_its_superiors() -> None:
    work = case_at(Stage.FOLLOWED_UP)
    report(work)
    pdf = reverse("cases:memo", args=[work.code, work.number, 1])
    assert client_of(work.village.treasurer).get(pdf).status_code == 403
    page = client_of(work.village.treasurer).get(
        reverse("cases:case", args=[work.code, work.number])
    )
    assert "ทีมงานรายงานล่าสุด" in page.content.decode()
    assert "ขอคำแนะนำเรื่อง" not in page.content.decode()
