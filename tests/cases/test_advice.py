"""Advice from above is given to a memo or of one's own accord, and answered once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from kongthun.cases.actions.advice import Advised, advise, answer_advice
from kongthun.cases.actions.reports import report_case
from kongthun.cases.models import CaseAdvice
from kongthun.domain.casework import Stage
from kongthun.domain.thai_calendar import numeric

from .case_at_work import CaseAtWork, case_at, days_ago, today
from .following import client_of, refused

pytestmark = pytest.mark.django_db


def give(work: CaseAtWork, **changed: object) -> object:
    asked: dict[str, object] = {
        "state": work.state(),
        "by": work.village.district,
        "on": days_ago(5),
        "words": "เชิญกำนันร่วมประชุม",
    }
    return advise(**(asked | changed))  # type: ignore[arg-type]


def told(work: CaseAtWork) -> int:
    report_case(state=work.state(), by=work.officer, addressed_to="นายอำเภอ", words="โปรดทราบ")
    return 1


def test_guidance_on_a_memo_takes_the_case_on() -> None:
    work = case_at(Stage.FOLLOWED_UP)
    number = told(work)
    assert work.stage is Stage.FOLLOWED_UP
    assert give(work, report=number, on=today()) == Advised(1)
    assert work.stage is Stage.REPORTED


def test_advice_may_come_before_any_memo_and_before_the_village_consents() -> None:
    work = case_at(Stage.PROPOSED)
    assert give(work, by=work.province) == Advised(1)


def test_everything_against_advice_is_said_together() -> None:
    work = case_at(Stage.FOLLOWED_UP)
    done = give(work, report=7, on=today() + timedelta(days=1), words="", answer_by=today())
    assert refused(done) == ["NoSuchFact", "InTheFuture", "NothingSaid", "BeforeIt"]
    number = told(work)
    assert refused(give(work, report=number)) == ["BeforeIt"]  # five days before the memo


def test_who_works_in_the_field_does_not_advise_and_who_advises_does_not_answer() -> None:
    work = case_at(Stage.FOLLOWED_UP)
    for reach in (work.officer, work.network, work.village.chairman, work.auditor):
        assert refused(give(work, by=reach)) == ["NotEntitled"]
    give(work)
    done = answer_advice(state=work.state(), number=1, by=work.province, on=today(), answer="ทำแล้ว")
    assert refused(done) == ["NotEntitled"]


def test_advice_is_answered_once_and_may_be_answered_late() -> None:
    work = case_at(Stage.FOLLOWED_UP)
    give(work, answer_by=days_ago(4))
    asked = {"state": work.state(), "number": 1, "by": work.officer, "answer": "เชิญแล้ว"}
    assert refused(answer_advice(**asked, on=days_ago(6))) == ["BeforeIt"]
    assert answer_advice(**asked, on=today()) == Advised(1)
    row = CaseAdvice.objects.get()
    assert (row.answered_on, row.answer) == (today(), "เชิญแล้ว")
    assert refused(answer_advice(**asked, on=today())) == ["AnsweredAlready"]
    gone = answer_advice(**(asked | {"number": 2}), on=today())
    assert refused(gone) == ["NoSuchFact"]


def test_a_closed_case_takes_no_advice() -> None:
    assert refused(give(case_at(Stage.CLOSED))) == ["CaseIsClosed"]


# --- pages ----------------------------------------------------------------------------------


def test_advice_goes_down_and_the_answer_up_on_screen() -> None:
    work = case_at(Stage.FOLLOWED_UP)
    told(work)
    district, officer = client_of(work.village.district), client_of(work.officer)
    at = reverse("cases:advise", args=[work.code, work.number])
    sent = {
        "report": "1",
        "on": numeric(today()),
        "words": "ติดตามครัวเรือนที่ย้ายออก",
        "answer_by": numeric(today() - timedelta(days=1)),
    }
    wrong = district.post(at, sent)
    assert wrong.status_code == 422
    assert "ติดตามครัวเรือนที่ย้ายออก" in wrong.content.decode()
    sent["answer_by"] = numeric(today() + timedelta(days=7))
    assert district.post(at, sent).status_code == 302
    page = officer.get(reverse("cases:case", args=[work.code, work.number])).content.decode()
    assert "รอคำตอบ" in page
    answer = reverse("cases:advice_answer", args=[work.code, work.number, 1])
    assert "ติดตามครัวเรือนที่ย้ายออก" in officer.get(answer).content.decode()
    assert officer.post(answer, {"on": numeric(today()), "answer": ""}).status_code == 422
    done = officer.post(answer, {"on": numeric(today()), "answer": "โทรหาแล้ว"})
    assert done.status_code == 302
    assert "โทรหาแล้ว" in district.get(reverse("cases:case", args=[work.code, 1])).content.decode()
    assert officer.get(at).status_code == 403
