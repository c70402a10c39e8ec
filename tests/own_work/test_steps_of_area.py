"""The eight steps of an area: what each says follows from what stands behind its page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kongthun.accounts.models import User
from kongthun.briefings.actions.briefings import WhoCame, hold_briefing, mark_attendees
from kongthun.briefings.models import Audience
from kongthun.domain.casework import Stage
from kongthun.own_work.queries.steps import StepMark, steps_of_area
from kongthun.surveys.actions.findings import confirm_snapshot
from kongthun.surveys.actions.rounds import lock_round, open_round

from ..cases.case_at_work import CaseAtWork, case_at, days_ago, today, village_with_team

AREA = "8016"


def marks(work: CaseAtWork) -> list[str]:
    return [step.mark.value for step in steps_of_area(AREA, work.village.district)]


@pytest.mark.django_db
def test_where_nothing_was_done_nothing_is_said_to_be_done() -> None:
    work = village_with_team()
    assert marks(work) == ["not_begun"] * 8


@pytest.mark.django_db
def test_a_round_is_under_way_until_it_is_locked() -> None:
    work = village_with_team()
    chief = work.village.district
    opened = open_round(area_code=AREA, as_of=days_ago(9), words="รอบแรก", by=chief, on=days_ago(8))
    survey = opened.round  # type: ignore[union-attr]
    assert marks(work)[0] == StepMark.UNDER_WAY
    confirm_snapshot(round=survey, group=work.group, by=chief, on=days_ago(5))
    lock_round(round=survey, by=chief, on=days_ago(4))
    first = steps_of_area(AREA, chief)[0]
    assert first.mark is StepMark.DONE
    assert first.words == "ตรวจแล้ว 1 จาก 1 กองทุน"


@pytest.mark.django_db
def test_a_briefing_counts_for_its_own_audience_once_it_was_held() -> None:
    work = village_with_team()
    chief = work.village.district
    for audience, on in ((Audience.OFFICERS, days_ago(3)), (Audience.CHAIRMEN, days_ago(-3))):
        held = hold_briefing(area_code=AREA, topic="ระเบียบ", audience=audience, on=on, by=chief)
        if on <= today():
            mark_attendees(briefing=held.briefing, came=[WhoCame("ผู้มา หนึ่ง")], by=chief)  # type: ignore[union-attr]
    assert marks(work)[1:3] == [StepMark.DONE, StepMark.NOT_BEGUN]
    assert "มา 1 คน" in steps_of_area(AREA, chief)[1].words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stage", "done"),
    [
        (Stage.PROPOSED, 0),
        (Stage.CONSENTED, 0),
        (Stage.TEAM_FORMED, 1),
        (Stage.CAUSES_FOUND, 2),
        (Stage.PLANNED, 3),
        (Stage.FOLLOWED_UP, 4),
        (Stage.REPORTED, 5),
        (Stage.CLOSED, 5),
        (Stage.RELAPSED, 2),  # a new plan has to be made
    ],
)
def test_steps_four_to_eight_follow_from_how_far_the_cases_have_come(
    stage: Stage, done: int
) -> None:
    work = case_at(stage)
    said = marks(work)[3:]
    assert said[:done] == ["done"] * done
    assert set(said[done:]) <= {"not_begun" if stage is Stage.PROPOSED else "under_way"}


@pytest.mark.django_db
def test_the_page_is_for_those_of_the_area() -> None:
    work = case_at(Stage.PLANNED)
    for name, status in (
        *(("amphoe", 200), ("phatthanakon", 200), ("khrueakhai", 200), ("changwat", 200)),
        *(("prathan", 403), ("herannyik", 403)),
    ):
        client = Client()
        client.force_login(User.objects.get(username=f"{name}-{work.code}"))
        assert client.get(f"/area/{AREA}/steps/").status_code == status, name
        next_door = client.get("/area/8012/steps/").status_code
        assert next_door == (200 if name == "changwat" else 404 if status == 200 else 403), name


@pytest.mark.django_db
def test_more_funds_and_cases_take_no_more_statements() -> None:
    work = case_at(Stage.PLANNED)
    steps_of_area(AREA, work.village.district)
    with CaptureQueriesContext(connection) as one:
        steps_of_area(AREA, work.village.district)
    for number in (2, 3, 4):
        case_at(Stage.PLANNED, code=f"8016010{number}")
    with CaptureQueriesContext(connection) as four:
        told = steps_of_area(AREA, work.village.district)
    assert told[5].words == "ผ่านขั้นนี้ 4 จาก 4 เรื่อง"
    assert len(one) == len(four)
