"""A step is done by what shows it, brought by the team, or by the committee for its own steps."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kongthun.audit.models import KeptPaper
from kongthun.cases.actions.plans import give_up_step
from kongthun.cases.actions.showing import Shown, show_step, take_back_shown
from kongthun.cases.models import PlanStep, StepShown
from kongthun.cases.queries.follow_up import steps_of
from kongthun.domain.casework import Stage, StepState

from .case_at_work import CAUSES, CaseAtWork, case_at, days_ago, today
from .following import PDF, a_pdf, a_photo, client_of, refused

pytestmark = pytest.mark.django_db

OF_COMMITTEE, OF_OFFICER = 1, 2


def show(work: CaseAtWork, file: Path, **changed: object) -> object:
    asked: dict[str, object] = {
        "state": work.state(),
        "step": OF_COMMITTEE,
        "by": work.officer,
        "on": days_ago(360),
        "file": file,
        "words": "ใบลงชื่อ",
    }
    return show_step(**(asked | changed))  # type: ignore[arg-type]


def states(work: CaseAtWork) -> list[StepState]:
    return [each.state for each in steps_of(work.state(), work.officer)]


def test_a_step_is_done_by_a_paper_and_open_again_without_it(tmp_path: Path) -> None:
    work = case_at(Stage.PLANNED)
    assert states(work) == [StepState.LATE, StepState.LATE]
    assert show(work, a_pdf(tmp_path)) == Shown(OF_COMMITTEE, 1)
    assert states(work) == [StepState.DONE, StepState.LATE]
    assert KeptPaper.objects.filter(subject="case 1 step 1").count() == 1
    done = take_back_shown(
        state=work.state(), step=OF_COMMITTEE, number=1, note="คนละเรื่อง", by=work.officer
    )
    assert done == Shown(OF_COMMITTEE, 1)
    assert states(work) == [StepState.LATE, StepState.LATE]
    assert StepShown.objects.get().withdrawn_note == "คนละเรื่อง"


def test_a_committee_shows_its_own_steps_and_no_others(tmp_path: Path) -> None:
    work = case_at(Stage.PLANNED)
    treasurer, chairman = work.village.treasurer, work.village.chairman
    assert show(work, a_pdf(tmp_path), by=treasurer) == Shown(OF_COMMITTEE, 1)
    theirs = show(work, a_pdf(tmp_path, "อื่น"), by=chairman, step=OF_OFFICER)
    assert refused(theirs) == ["StepOfOthers"]
    back = take_back_shown(state=work.state(), step=OF_COMMITTEE, number=1, note="ผิด", by=chairman)
    assert refused(back) == ["NotEntitled"]


def test_who_is_above_shows_no_step(tmp_path: Path) -> None:
    work = case_at(Stage.PLANNED)
    for reach in (work.province, work.auditor):
        assert refused(show(work, a_pdf(tmp_path, reach.name), by=reach)) == ["NotEntitled"]


def test_everything_against_it_is_said_together(tmp_path: Path) -> None:
    work = case_at(Stage.PLANNED)
    done = show(work, a_pdf(tmp_path), step=9, on=today() + timedelta(days=1), words="ก" * 201)
    assert refused(done) == ["NoSuchStep", "InTheFuture", "TooLong"]
    early = show(work, a_pdf(tmp_path), on=days_ago(CAUSES + 1))
    assert refused(early) == ["BeforeIt"]
    assert isinstance(show(work, a_pdf(tmp_path), on=days_ago(CAUSES)), Shown)
    assert refused(show(work, a_pdf(tmp_path))) == ["ToldAlready"]
    assert KeptPaper.objects.filter(subject__startswith="case").count() == 1


def test_a_step_given_up_is_shown_no_more(tmp_path: Path) -> None:
    work = case_at(Stage.PLANNED)
    give_up_step(**work.of, number=OF_OFFICER, note="ตกลงกันแล้ว", on=days_ago(20), by=work.officer)
    assert refused(show(work, a_pdf(tmp_path), step=OF_OFFICER)) == ["StepGivenUp"]


def test_a_step_of_a_case_without_consent_is_not_shown(tmp_path: Path) -> None:
    assert refused(show(case_at(Stage.PROPOSED), a_pdf(tmp_path)))[0] == "NotConsented"


# --- pages ----------------------------------------------------------------------------------


def test_a_treasurer_brings_a_photo_from_the_phone(tmp_path: Path) -> None:
    work = case_at(Stage.PLANNED)
    treasurer = client_of(work.village.treasurer)
    at = reverse("cases:step_show", args=[work.code, work.number, OF_COMMITTEE])
    page = treasurer.get(at).content.decode()
    assert "ภาพการประชุมและใบลงชื่อ" in page
    photo = a_photo(tmp_path).read_bytes()
    sent = {
        "on": f"1/1/{today().year + 543}",
        "words": "",
        "file": SimpleUploadedFile("a.png", photo),
    }
    assert treasurer.post(at, sent).status_code == 302
    kept = treasurer.get(reverse("cases:step_shown", args=[work.code, work.number, 1, 1]))
    assert (kept.status_code, kept.content) == (200, photo)
    others = reverse("cases:step_show", args=[work.code, work.number, OF_OFFICER])
    assert treasurer.get(others).status_code == 404


def test_what_is_neither_a_photo_nor_a_paper_is_refused_beside_the_question() -> None:
    work = case_at(Stage.PLANNED)
    at = reverse("cases:step_show", args=[work.code, work.number, OF_COMMITTEE])
    svg = SimpleUploadedFile("a.png", b"<svg onload='x'></svg>")
    answer = client_of(work.officer).post(at, {"on": "1/1/2569", "words": "คำเดิม", "file": svg})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "ไม่ใช่ภาพ" in said
    assert "คำเดิม" in said
    script = SimpleUploadedFile("a.html", PDF)
    assert client_of(work.officer).post(at, {"on": "1/1/2569", "file": script}).status_code == 422
    none = client_of(work.officer).post(at, {"on": "1/1/2569"})
    assert "ยังไม่ได้เลือกไฟล์" in none.content.decode()


def test_evidence_is_for_who_sees_names() -> None:
    work = case_at(Stage.FOLLOWED_UP)
    at = reverse("cases:step_shown", args=[work.code, work.number, 1, 1])
    # Written as a row by the test's helper: named, and never kept.
    assert client_of(work.network).get(at).status_code == 404
    assert client_of(work.officer).get(at).status_code == 404


@pytest.mark.parametrize("role", ["network", "superior", "households", "village"])
def test_a_committee_shows_no_step_that_somebody_else_of_the_road_owns(
    tmp_path: Path, role: str
) -> None:
    work = case_at(Stage.PLANNED)
    PlanStep.objects.filter(number=OF_OFFICER).update(owner_role=role, owner_user=None)
    for reach in (work.village.treasurer, work.village.chairman):
        done = show(work, a_pdf(tmp_path, reach.name), by=reach, step=OF_OFFICER)
        assert refused(done) == ["StepOfOthers"]
    assert not StepShown.objects.exists()
