"""Deadlines count from what happened; papers are kept for who may see them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kongthun.accounts.reach import Deed, NotEntitled
from kongthun.cases import follow_up_refusals as why
from kongthun.cases.actions.events import EventTold, take_back_event, tell_event
from kongthun.cases.actions.papers import PaperFiled, file_paper, take_out_paper
from kongthun.cases.follow_up_refusals import FollowUpRefusal
from kongthun.cases.follow_up_wording import follow_up_refusal_in_thai
from kongthun.cases.models import CaseEvent, CasePaper
from kongthun.cases.queries.follow_up import events_asked, follow_up_of
from kongthun.cases.refusals import StandsWithClosing
from kongthun.cases.wording import DEADLINES, EVENTS
from kongthun.domain.casework import EXAMPLE_DEADLINES, CaseKind, NoReport, Stage
from kongthun.domain.thai_calendar import numeric

from .case_at_work import CaseAtWork, case_at, days_ago, today
from .following import PDF, a_pdf, client_of, refused

pytestmark = pytest.mark.django_db

REFUSALS: list[FollowUpRefusal] = [
    NotEntitled(Deed.WORK_CASES, today()),
    why.NoSuchCase(7),
    why.NotConsented(),
    why.CaseIsClosed(),
    StandsWithClosing(today()),
    why.InTheFuture(today(), today()),
    why.BeforeIt(today(), today(), "วันที่วางแผน"),
    why.NothingSaid("สิ่งที่เห็น"),
    why.TooLong("สิ่งที่เห็น", 4_000),
    why.ToldAlready("การลงพื้นที่", 2),
    why.NoSuchHouseholds((7, 9)),
    why.TooManyPhotos(12),
    why.NoSuchStep(3),
    why.StepGivenUp(3),
    why.StepOfOthers(3),
    why.NoSuchFact("เอกสาร", 2),
    why.AnsweredAlready(1, today()),
    why.NoSuchEvent("x"),
    why.NotThereYet(NoReport()),
    why.NotStopped(),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda each: type(each).__name__)
def test_every_refusal_has_words(refusal: FollowUpRefusal) -> None:
    said = follow_up_refusal_in_thai(refusal)
    assert said == said.strip()
    assert any("ก" <= sign <= "๙" for sign in said)
    assert "None" not in said


def test_no_refusal_is_forgotten() -> None:
    assert {type(each) for each in REFUSALS} == set(get_args(FollowUpRefusal))
    with pytest.raises(NotImplementedError):
        follow_up_refusal_in_thai(object())  # type: ignore[arg-type]


def test_every_event_and_deadline_of_the_limits_has_words() -> None:
    for limit in EXAMPLE_DEADLINES:
        assert {limit.event, limit.met_by} <= set(EVENTS)
        assert limit.what in DEADLINES
    assert events_asked(CaseKind.FRAUD) == (
        "found",
        "superior_told",
        "offender_known",
        "complained",
    )
    assert events_asked(CaseKind.STALLED) == ()


def tell(work: CaseAtWork, **changed: object) -> object:
    asked: dict[str, object] = {
        "state": work.state(),
        "by": work.officer,
        "name": "found",
        "on": days_ago(3),
    }
    return tell_event(**(asked | changed))  # type: ignore[arg-type]


def deadlines(work: CaseAtWork) -> list[tuple[str, int | None]]:
    told = follow_up_of(work.state(), work.officer).deadlines
    return [(each.limit.what, each.days_left) for each in told]


def test_a_deadline_runs_from_its_event_without_waiting_for_consent() -> None:
    work = case_at(Stage.PROPOSED, kind=CaseKind.FRAUD)
    assert tell(work) == EventTold(1)
    assert deadlines(work) == [("tell_superior", 4)]
    tell(work, name="superior_told", on=today())
    assert deadlines(work) == [("tell_superior", None)]
    take_back_event(state=work.state(), number=1, note="คนละเรื่อง", by=work.officer)
    assert deadlines(work) == []
    assert CaseEvent.objects.filter(withdrawn_note="คนละเรื่อง").count() == 1


def test_an_event_that_no_limit_asks_for_is_refused_with_everything_else() -> None:
    work = case_at(Stage.PROPOSED, kind=CaseKind.LEGAL)
    done = tell(work, on=today() + timedelta(days=1), words="ก" * 301)
    assert refused(done) == ["NoSuchEvent", "InTheFuture", "TooLong"]
    assert tell(work, name="death_known") == EventTold(1)
    assert refused(tell(work, name="death_known")) == ["ToldAlready"]
    gone = take_back_event(state=work.state(), number=5, note="", by=work.officer)
    assert refused(gone) == ["NothingSaid", "NoSuchFact"]


def test_only_the_team_writes_events_and_papers(tmp_path: Path) -> None:
    work = case_at(Stage.PROPOSED, kind=CaseKind.FRAUD)
    assert refused(tell(work, by=work.auditor)) == ["NotEntitled"]
    assert refused(tell(work, by=work.network)) == ["NoSuchCase"]
    paper = file_paper(
        state=work.state(),
        by=work.auditor,
        words="สำเนาสมุด",
        dated_on=today(),
        file=a_pdf(tmp_path),
    )
    assert refused(paper) == ["NotEntitled"]


def put_in(work: CaseAtWork, file: Path, **changed: object) -> object:
    asked: dict[str, object] = {
        "state": work.state(),
        "by": work.officer,
        "words": "สำเนาสมุดเงินฝาก",
        "dated_on": days_ago(900),
        "file": file,
    }
    return file_paper(**(asked | changed))  # type: ignore[arg-type]


def test_a_paper_is_put_into_the_file_once_and_taken_out_with_why(tmp_path: Path) -> None:
    work = case_at(Stage.CLOSED)
    assert put_in(work, a_pdf(tmp_path)) == PaperFiled(1)
    assert refused(put_in(work, a_pdf(tmp_path))) == ["ToldAlready"]
    wrong = put_in(work, a_pdf(tmp_path, "2"), words=" ", dated_on=today() + timedelta(days=1))
    assert refused(wrong) == ["InTheFuture", "NothingSaid"]
    done = take_out_paper(state=work.state(), number=1, note="ของกองทุนอื่น", by=work.officer)
    assert done == PaperFiled(1)
    assert follow_up_of(work.state(), work.officer).papers == 0
    assert CasePaper.objects.get().withdrawn_note == "ของกองทุนอื่น"
    again = take_out_paper(state=work.state(), number=1, note="", by=work.officer)
    assert refused(again) == ["NothingSaid", "NoSuchFact"]


# --- pages ----------------------------------------------------------------------------------


def test_events_are_told_on_screen_where_limits_ask_for_them() -> None:
    fraud = case_at(Stage.PROPOSED, kind=CaseKind.FRAUD)
    officer = client_of(fraud.officer)
    at = reverse("cases:event_new", args=[fraud.code, fraud.number])
    assert officer.get(at).status_code == 200
    assert officer.post(at, {"name": "claimed", "on": numeric(today())}).status_code == 422
    assert officer.post(at, {"name": "found", "on": numeric(days_ago(1))}).status_code == 302
    page = officer.get(reverse("cases:case", args=[fraud.code, 1])).content.decode()
    assert "อีก 6 วัน" in page
    back = reverse("cases:event_withdraw", args=[fraud.code, 1, 1])
    assert officer.get(back).status_code == 200
    assert officer.post(back, {"note": "ผิดวัน"}).status_code == 302
    assert officer.get(back).status_code == 404


def test_a_stalled_fund_has_no_events_to_tell() -> None:
    work = case_at(Stage.PLANNED)
    at = reverse("cases:event_new", args=[work.code, work.number])
    assert client_of(work.officer).get(at).status_code == 404


def test_papers_are_kept_and_opened_by_who_may() -> None:
    work = case_at(Stage.PROPOSED, kind=CaseKind.FRAUD)
    officer = client_of(work.officer)
    at = reverse("cases:papers", args=[work.code, work.number])
    assert "ยังไม่มีเอกสาร" in officer.get(at).content.decode()
    sent = {"words": "คำบอกเล่า", "dated_on": numeric(days_ago(9))}
    missing = officer.post(at, sent)
    assert missing.status_code == 422
    assert "คำบอกเล่า" in missing.content.decode()
    sent["file"] = SimpleUploadedFile("a.pdf", PDF)  # type: ignore[assignment]
    assert officer.post(at, sent).status_code == 302
    one = reverse("cases:paper", args=[work.code, work.number, 1])
    assert officer.get(one).content == PDF
    assert client_of(work.auditor).get(one).content == PDF
    for reach in (work.network, work.village.chairman, work.province):
        assert client_of(reach).get(one).status_code in {403, 404}
        assert client_of(reach).get(at).status_code in {403, 404}
    out = reverse("cases:paper_withdraw", args=[work.code, work.number, 1])
    assert officer.post(out, {"note": "ซ้ำ"}).status_code == 302
    assert officer.get(one).status_code == 404
