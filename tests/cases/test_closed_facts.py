"""What a case was closed on is kept: nothing written afterwards takes the closing away."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kongthun.cases.actions.advice import Advised, advise
from kongthun.cases.actions.causes import withdraw_cause
from kongthun.cases.actions.consents import record_consent, withdraw_consent
from kongthun.cases.actions.showing import take_back_shown
from kongthun.cases.actions.teams import LeftTeam, leave_team, withdraw_teammate
from kongthun.cases.actions.visits import take_back_visit
from kongthun.cases.follow_up_refusals import NotDone as FollowUpNotDone
from kongthun.cases.refusals import NotDone, StandsWithClosing
from kongthun.domain.casework import Stage

from .case_at_work import CLOSED, CaseAtWork, case_at, days_ago, meet_households, today

pytestmark = pytest.mark.django_db


def take_cause(work: CaseAtWork) -> object:
    return withdraw_cause(**work.of, number=3, note="เขียนใหม่", by=work.officer)


def take_answer(work: CaseAtWork) -> object:
    return withdraw_consent(**work.of, number=1, note="จดผิด", by=work.officer)


def take_teammate(work: CaseAtWork) -> object:
    return withdraw_teammate(**work.of, number=1, note="คนละคน", by=work.officer)


def left_before(work: CaseAtWork) -> object:
    return leave_team(**work.of, number=1, on=days_ago(CLOSED), by=work.officer)


def said_no_before(work: CaseAtWork) -> object:
    meeting = meet_households(work, days_ago(CLOSED))
    return record_consent(
        **work.of, meeting_number=meeting, resolution=1, is_yes=False, by=work.officer
    )


def take_visit(work: CaseAtWork) -> object:
    return take_back_visit(state=work.state(), number=1, note="จดผิด", by=work.officer)


def take_shown(work: CaseAtWork) -> object:
    return take_back_shown(state=work.state(), step=1, number=1, note="คนละภาพ", by=work.officer)


def advised_before(work: CaseAtWork) -> object:
    return advise(
        state=work.state(),
        on=days_ago(CLOSED),
        words="ให้ตอบกลับ",
        answer_by=today(),
        by=work.village.district,
    )


@pytest.mark.parametrize(
    "deed",
    [
        take_cause,
        take_answer,
        take_teammate,
        left_before,
        said_no_before,
        take_visit,
        take_shown,
        advised_before,
    ],
)
def test_after_a_relapse_what_the_case_was_closed_on_stays(
    deed: Callable[[CaseAtWork], object],
) -> None:
    work = case_at(Stage.RELAPSED)
    done = deed(work)
    assert isinstance(done, NotDone | FollowUpNotDone), done
    assert done.refusals == (StandsWithClosing(days_ago(CLOSED)),)
    assert work.stage is Stage.RELAPSED


def test_what_happens_after_the_closing_is_written_down() -> None:
    work = case_at(Stage.RELAPSED)
    done = advise(state=work.state(), on=today(), words="เริ่มที่แผนใหม่", by=work.village.district)
    assert done == Advised(2)
    assert work.stage is Stage.RELAPSED
    assert leave_team(**work.of, number=1, on=today(), by=work.officer) == LeftTeam(1)
