"""A case is closed by what the books show, and opened again when payments stop."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from kongthun.audit.models import AuditLine
from kongthun.cases.actions.advice import advise
from kongthun.cases.actions.closings import Turned, close_case, reopen_if_stopped
from kongthun.cases.follow_up_refusals import NotDone, NotThereYet
from kongthun.cases.models import CaseClosing, CaseRelapse, StepShown
from kongthun.cases.queries.facts import outcome_of_closing
from kongthun.cases.queries.movement import outcomes_of
from kongthun.domain.casework import Stage

from .case_at_work import CaseAtWork, case_at, days_ago, today
from .following import agree, client_of, refused, seat_committee

pytestmark = pytest.mark.django_db


def moving(stage: Stage = Stage.REPORTED) -> CaseAtWork:
    """A fund whose one debtor keeps an agreement, month after month."""
    work = case_at(stage)
    seat_committee(work)
    contract = work.village.lend(1, 12_000, days_ago(1100), parts=((days_ago(700), 12_000),))
    agree(work, contract, days_ago(250), *((days_ago(day), 4_000) for day in (200, 160, 120)))
    for day in (200, 160, 120):
        work.village.take(contract, 4_000, days_ago(day))
    return work


def missing(done: object) -> list[str]:
    assert isinstance(done, NotDone), done
    return [type(e.missing).__name__ for e in done.refusals if isinstance(e, NotThereYet)]


def test_a_case_is_closed_on_the_outcome_of_the_day() -> None:
    work = moving()
    outcome = outcomes_of([work.state()], today())[work.state().key]
    assert close_case(state=work.state(), by=work.officer, words="ขอบคุณทุกครัวเรือน") == Turned(1)
    assert work.stage is Stage.CLOSED
    row = CaseClosing.objects.get()
    assert outcome_of_closing(row) == outcome
    assert AuditLine.objects.get(deed="close_case").details == {"level": "moves_again"}


def test_without_the_books_no_case_is_closed() -> None:
    """The loan is overdue and nothing was agreed: whatever the team says, it is not closed."""
    work = case_at(Stage.REPORTED)
    seat_committee(work)
    work.village.lend(1, 12_000, days_ago(1100), parts=((days_ago(700), 12_000),))
    assert missing(close_case(state=work.state(), by=work.officer)) == ["OutcomeNotMet"]
    assert work.stage is Stage.REPORTED


def test_everything_missing_is_said_together() -> None:
    work = moving()
    StepShown.objects.filter(step_number=2).delete()
    advise(
        state=work.state(),
        by=work.village.district,
        on=days_ago(2),
        words="ขอทราบผล",
        answer_by=today() + timedelta(days=9),
    )
    done = close_case(state=work.state(), by=work.officer, words="ก" * 501)
    assert missing(done) == ["StepOpen", "AdviceUnanswered"]
    assert refused(done)[-1] == "TooLong"


def test_a_case_on_its_way_is_not_closed_whatever_the_books_show() -> None:
    assert missing(close_case(state=(work := moving(Stage.PLANNED)).state(), by=work.officer)) == [
        "NoVisit"
    ]


def test_a_proposal_is_not_closed_for_want_of_consent() -> None:
    work = case_at(Stage.PROPOSED)
    assert refused(close_case(state=work.state(), by=work.officer)) == ["NotConsented"]


def test_who_does_not_work_on_cases_closes_none() -> None:
    work = moving()
    for reach in (work.village.chairman, work.village.treasurer, work.province, work.auditor):
        assert refused(close_case(state=work.state(), by=reach)) == ["NotEntitled"]


def test_a_case_is_closed_once() -> None:
    work = moving()
    close_case(state=work.state(), by=work.officer)
    assert refused(close_case(state=work.state(), by=work.officer)) == ["CaseIsClosed"]


def test_payments_that_stopped_open_the_case_again() -> None:
    work = case_at(Stage.CLOSED)
    seat_committee(work)
    assert refused(reopen_if_stopped(state=work.state(), by=work.officer)) == ["NotStopped"]
    work.village.lend(1, 12_000, days_ago(1100), parts=((days_ago(700), 12_000),))
    chairman = reopen_if_stopped(state=work.state(), by=work.village.chairman)
    assert refused(chairman) == ["NotEntitled"]
    assert reopen_if_stopped(state=work.state(), by=work.officer) == Turned(1)
    assert work.stage is Stage.RELAPSED
    row = CaseRelapse.objects.get()
    assert (row.relapsed_on, row.silent_since, row.overdue) == (today(), days_ago(300), 1_200_000)
    assert refused(reopen_if_stopped(state=work.state(), by=work.officer)) == ["NotStopped"]


# --- pages ----------------------------------------------------------------------------------


def test_a_case_is_closed_on_screen_with_its_figures_beside_it() -> None:
    work = moving()
    officer = client_of(work.officer)
    outcome = officer.get(reverse("cases:outcome", args=[work.code, work.number]))
    at = reverse("cases:close", args=[work.code, work.number])
    assert f'href="{at}"' in outcome.content.decode()
    page = officer.get(at).content.decode()
    assert "กลับมาเคลื่อนไหว" in page
    assert officer.post(at, {"words": "จบด้วยดี"}).status_code == 302
    assert work.stage is Stage.CLOSED
    again = officer.post(at, {"words": "จบด้วยดี"})
    assert again.status_code == 422
    assert "จบด้วยดี" in again.content.decode()


def test_a_case_that_should_be_opened_again_says_so_and_one_button_does_it() -> None:
    work = case_at(Stage.CLOSED)
    seat_committee(work)
    officer = client_of(work.officer)
    outcome = reverse("cases:outcome", args=[work.code, work.number])
    at = reverse("cases:reopen", args=[work.code, work.number])
    assert "ควรเปิดเรื่องอีกครั้ง" not in officer.get(outcome).content.decode()
    refused_page = officer.post(at)
    assert refused_page.status_code == 422
    assert "ยังไม่ต้องเปิดเรื่องอีกครั้ง" in refused_page.content.decode()
    work.village.lend(1, 12_000, days_ago(1100), parts=((days_ago(700), 12_000),))
    assert f'action="{at}"' in officer.get(outcome).content.decode()
    assert f'action="{at}"' not in client_of(work.village.chairman).get(outcome).content.decode()
    assert officer.post(at).status_code == 302
    assert work.stage is Stage.RELAPSED
