"""Following up is seen and said: a visit counts by its words, photos lose what the phone wrote."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kongthun.accounts.reach import Deed
from kongthun.audit.models import AuditLine, KeptPaper
from kongthun.cases.actions.visits import MOST_PHOTOS, VisitTold, take_back_visit, tell_visit
from kongthun.cases.models import Visit
from kongthun.cases.queries.follow_up import visits_of
from kongthun.domain.casework import CaseKind, Stage

from .case_at_work import CaseAtWork, case_at, days_ago, today
from .following import a_photo, client_of, png, refused

pytestmark = pytest.mark.django_db


def tell(work: CaseAtWork, **changed: object) -> object:
    asked: dict[str, object] = {
        "state": work.state(),
        "by": work.officer,
        "on": days_ago(10),
        "is_formal": False,
        "seen": "กรรมการนัดประชุมแล้ว",
    }
    return tell_visit(**(asked | changed))  # type: ignore[arg-type]


def test_a_visit_after_the_plan_takes_the_case_on(tmp_path: Path) -> None:
    work = case_at(Stage.PLANNED)
    photo = a_photo(tmp_path)
    done = tell(
        work, households=(3, 1), photos=[photo, a_photo(tmp_path, 9)], advised="ติดประกาศยอด"
    )
    assert done == VisitTold(1)
    assert work.stage is Stage.FOLLOWED_UP
    [told] = visits_of(work.state())
    assert told.households == (1, 3)
    assert len(told.photos) == 2
    assert KeptPaper.objects.filter(fund_id=work.group.pk, subject="case 1 visit 1").count() == 2
    line = AuditLine.objects.get(deed="tell_visit")
    assert (line.subject, line.details) == ("case 1 visit 1", {"households": [1, 3]})


def test_one_photo_chosen_twice_is_one_photo(tmp_path: Path) -> None:
    work = case_at(Stage.PLANNED)
    tell(work, photos=[a_photo(tmp_path), a_photo(tmp_path)])
    assert [photo.place for photo in visits_of(work.state())[0].photos] == [1]


def test_everything_against_a_visit_is_said_together(tmp_path: Path) -> None:
    work = case_at(Stage.PLANNED)
    photos = [a_photo(tmp_path, shade) for shade in range(MOST_PHOTOS + 1)]
    done = tell(
        work, on=today() + timedelta(days=1), seen=" \u200b", households=(7, 99), photos=photos
    )
    assert refused(done) == ["InTheFuture", "NothingSaid", "NoSuchHouseholds", "TooManyPhotos"]
    assert not Visit.objects.exists()
    assert not KeptPaper.objects.filter(subject__startswith="case").exists()


def test_a_visit_of_the_day_of_the_proposal_counts_and_one_before_it_does_not() -> None:
    work = case_at(Stage.CONSENTED)
    proposed_on = work.case.proposed_on
    assert refused(tell(work, on=proposed_on - timedelta(days=1))) == ["BeforeIt"]
    assert isinstance(tell(work, on=proposed_on), VisitTold)


def test_the_same_visit_sent_twice_is_one_visit() -> None:
    work = case_at(Stage.PLANNED)
    tell(work)
    assert refused(tell(work)) == ["ToldAlready"]
    assert isinstance(tell(work, on=days_ago(9)), VisitTold)


def test_nobody_goes_on_without_the_village_nor_after_closing() -> None:
    assert refused(tell(case_at(Stage.PROPOSED))) == ["NotConsented"]


def test_a_closed_case_stays_as_it_is() -> None:
    work = case_at(Stage.CLOSED)
    assert refused(tell(work)) == ["CaseIsClosed"]
    done = take_back_visit(state=work.state(), number=1, note="ผิด", by=work.officer)
    assert refused(done) == ["CaseIsClosed"]


def test_the_team_writes_visits_and_the_others_do_not() -> None:
    work = case_at(Stage.PLANNED)
    village = work.village
    for reach in (village.chairman, village.treasurer, work.province, work.auditor):
        assert refused(tell(work, by=reach)) == ["NotEntitled"]
    for reach in (work.network, village.district):
        assert isinstance(tell(work, by=reach, seen=f"เห็นแล้ว {reach.name}"), VisitTold)


def test_a_sealed_case_is_not_there_for_who_may_not_see_it() -> None:
    work = case_at(Stage.PLANNED, kind=CaseKind.FRAUD)
    assert refused(tell(work, by=work.network)) == ["NoSuchCase"]
    assert refused(tell(work, by=work.village.chairman)) == ["NoSuchCase"]


def test_a_visit_taken_back_counts_no_more_and_its_row_stays() -> None:
    work = case_at(Stage.PLANNED)
    tell(work)
    no_note = take_back_visit(state=work.state(), number=1, note="", by=work.officer)
    assert refused(no_note) == ["NothingSaid"]
    done = take_back_visit(state=work.state(), number=1, note="ไปอีกหมู่บ้าน", by=work.officer)
    assert done == VisitTold(1)
    assert work.stage is Stage.PLANNED
    row = Visit.objects.get()
    assert (row.withdrawn_note, row.withdrawn_at is None) == ("ไปอีกหมู่บ้าน", False)
    again = take_back_visit(state=work.state(), number=1, note="ผิด", by=work.officer)
    assert refused(again) == ["NoSuchFact"]


# --- pages ----------------------------------------------------------------------------------


def test_a_visit_is_told_on_a_phone_and_read_again() -> None:
    work = case_at(Stage.PLANNED)
    officer = client_of(work.officer)
    at = reverse("cases:record_visit", args=[work.code, work.number])
    assert officer.get(at).status_code == 200
    sent = {
        "on": f"{days_ago(3):%d/%m}/{days_ago(3).year + 543}",
        "is_formal": "1",
        "seen": "ครัวเรือนสามรายนัดส่งคืน",
        "households": "๓ 1",
        "photos": SimpleUploadedFile("a.png", png(), "image/png"),
    }
    answer = officer.post(at, sent)
    assert answer.status_code == 302
    row = Visit.objects.get()
    assert (row.is_formal, row.visited_on) == (True, days_ago(3))
    page = officer.get(reverse("cases:visit", args=[work.code, work.number, 1])).content.decode()
    assert "ครัวเรือนสามรายนัดส่งคืน" in page
    assert "ลำดับที่" in page


def test_a_refused_visit_keeps_what_was_typed() -> None:
    work = case_at(Stage.PLANNED)
    at = reverse("cases:record_visit", args=[work.code, work.number])
    answer = client_of(work.officer).post(
        at, {"on": "1/1/2700", "is_formal": "0", "seen": "เห็นแล้วทุกบ้าน", "households": "77"}
    )
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "เห็นแล้วทุกบ้าน" in said
    assert "ยังมาไม่ถึง" in said
    assert "ไม่มีครัวเรือนลำดับที่ 77" in said
    words = client_of(work.officer).post(
        at, {"is_formal": "0", "seen": "x", "households": "บ้านแดง"}
    )
    assert "ยังอ่านเป็นเลขลำดับไม่ได้" in words.content.decode()


def test_a_photo_is_for_who_sees_names_and_each_taking_is_written_down(tmp_path: Path) -> None:
    work = case_at(Stage.PLANNED)
    tell(work, photos=[a_photo(tmp_path)])
    at = reverse("cases:visit_photo", args=[work.code, work.number, 1, 1])
    answer = client_of(work.officer).get(at)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert AuditLine.objects.filter(deed="export_evidence", subject="case 1 visit 1").count() == 1
    assert client_of(work.network).get(at).status_code == 404
    page = client_of(work.network).get(reverse("cases:visit", args=[work.code, work.number, 1]))
    assert "เก็บไว้ 1 ภาพ" in page.content.decode()
    other = at.replace("/photos/1/", "/photos/2/")
    assert client_of(work.officer).get(other).status_code == 404


def test_outside_reach_there_is_no_such_page() -> None:
    work = case_at(Stage.PLANNED)
    elsewhere = case_at(Stage.PLANNED, code="32010101")
    at = reverse("cases:record_visit", args=[work.code, work.number])
    assert client_of(elsewhere.officer).get(at).status_code == 404
    assert client_of(work.village.chairman).get(at).status_code == 403
    assert client_of(work.province).get(at).status_code in {403, 404}
    assert not work.province.may(Deed.WORK_CASES, area_code=work.code)
