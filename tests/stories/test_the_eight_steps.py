"""The field officer's lesson retold [S]: 68 funds are checked and ten chosen; one that had stood
still is opened with its village's consent, its causes and a plan; money moves again; the lesson of
it is published. Told by the deeds of `make run`, and then held against the books.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.apps import apps

if not apps.ready:
    pytest.skip("stories of the database need Django", allow_module_level=True)

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from kongthun.accounts.models import User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.assessments.queries.results import latest_of
from kongthun.audit.papers import paper_of
from kongthun.briefings.models import Attendee, Briefing
from kongthun.briefings.queries.voices import voices_of
from kongthun.cases.actions.closings import Turned, close_case, reopen_if_stopped
from kongthun.cases.actions.proposals import propose_case
from kongthun.cases.models import Case, Lesson, StepShown
from kongthun.cases.queries.facts import CaseState, states_of
from kongthun.cases.queries.movement import movement_of, outcomes_of, relapses_of
from kongthun.cases.refusals import NotDone
from kongthun.domain.broken_books import Grade
from kongthun.domain.casework import CaseKind, Level, Speaker, Stage
from kongthun.domain.money import ZERO, Money
from kongthun.ledger.models import Fund
from kongthun.library.queries.search import found
from kongthun.loans.models import Plan
from kongthun.openings.queries.openings import opening_state
from kongthun.own_work.queries.steps import StepMark, steps_of_area
from kongthun.own_work.queries.todos import todos_of
from kongthun.surveys.models import Round
from kongthun.surveys.queries.rounds import state_of

if TYPE_CHECKING:
    from pytest_django import Settings

DISTRICT = "8016"


@pytest.fixture
def told(db: None, settings: Settings, tmp_path: Path) -> dict[str, Reach]:  # noqa: ARG001
    """The whole demo district, and its people as of today."""
    settings.DEMO, settings.HOME = True, tmp_path
    call_command("demo", stdout=StringIO())
    today = timezone.localdate()
    return {user.username: reach_of(user, today) for user in User.objects.all()}


def case_of_stage(stage: Stage, day: date) -> CaseState:
    """The one case of the district that stands there."""
    states = states_of(Case.objects.select_related("group").order_by("pk"), day)
    (one,) = (state for state in states if state.stage is stage)
    return one


def test_a_stalled_fund_of_sixty_eight_is_brought_back_to_life(told: dict[str, Reach]) -> None:
    chief, officer = told["amphoe"], told["phatthanakon"]
    today = chief.day
    _all_are_checked_and_ten_are_chosen(chief)
    _the_regulation_is_taught_and_chairmen_are_heard(today)
    _health_is_known_of_every_fund_and_nobody_is_ranked(today)
    moved = case_of_stage(Stage.CLOSED, today)
    _it_was_opened_by_its_village_and_worked_on_by_a_team(moved)
    _money_moves_again_by_the_books(moved, today)
    _the_lesson_is_found_by_others(told, moved)
    _what_was_told_to_the_superior_can_be_printed(moved)
    _it_is_not_for_everybody(told, moved)
    _if_it_stops_again_it_is_opened_again(moved, officer)
    _two_more_are_on_their_way(officer)
    assert {step.mark for step in steps_of_area(DISTRICT, chief)[:3]} == {StepMark.DONE}
    out = StringIO()
    call_command("verify", "--jobs", "1", stdout=out)
    assert "ครบถ้วน" in out.getvalue()


def _all_are_checked_and_ten_are_chosen(chief: Reach) -> None:
    survey = Round.objects.get(area_code=DISTRICT)
    state = state_of(survey, chief)
    assert (len(state.funds), len(state.reported), len(state.chosen)) == (68, 68, 10)
    assert len(state.differing) == 2
    assert survey.locked_on is not None


def _the_regulation_is_taught_and_chairmen_are_heard(today: date) -> None:
    officers, chairmen = Briefing.objects.order_by("number")
    assert Attendee.objects.filter(briefing=officers, user__isnull=False).count() == 2
    assert Attendee.objects.filter(briefing=chairmen, group__isnull=False).count() == 68
    heard = voices_of(Fund.objects.values_list("pk", flat=True), today)
    assert len(heard) == 10
    assert all(len(voices) == 2 for voices in heard.values())


def _health_is_known_of_every_fund_and_nobody_is_ranked(today: date) -> None:
    funds = list(Fund.objects.filter(chart="kkk").values_list("pk", flat=True))
    now, then = (latest_of(funds, day) for day in (today, today - timedelta(days=300)))
    assert len(now) == len(then) == 68
    assert {result.is_from_books for result in now.values()} == {True}
    assert len({result.level for result in now.values()}) > 1


def _it_was_opened_by_its_village_and_worked_on_by_a_team(moved: CaseState) -> None:
    facts = moved.facts
    (answer,) = facts.answers
    assert answer.is_yes
    assert answer.had_quorum
    assert len(facts.team) == 2
    said_by = {group for cause in facts.causes for group in cause.groups}
    assert said_by == set(Speaker)
    assert all(step.owner and step.due_on and step.shown_by for step in facts.steps)
    for shown in StepShown.objects.filter(group=moved.case.group):
        paper = paper_of(moved.case.group_id, shown.sha256)
        assert paper is not None
        assert paper.path.exists()


def _money_moves_again_by_the_books(moved: CaseState, today: date) -> None:
    outcome = outcomes_of([moved], today)[moved.key]
    assert outcome.level is Level.MOVES_AGAIN
    assert outcome.moving.months >= 3
    agreed = Plan.objects.filter(fund_id=moved.case.group_id, starts_on__gte=moved.case.proposed_on)
    assert outcome.kept.share.by_count is not None
    assert agreed.values("contract_number").distinct().count() >= 20
    assert movement_of(moved, today).overdue < moved_overdue_before(moved)
    frozen = moved.facts.closings[0].outcome
    assert frozen.day == moved.facts.closings[0].on
    assert frozen.is_met


def moved_overdue_before(moved: CaseState) -> Money:
    """What was overdue on the day of the proposal, by the plans in force then."""
    day = moved.case.proposed_on
    return movement_of(replace_facts(moved, day), day).overdue


def replace_facts(moved: CaseState, day: date) -> CaseState:
    return states_of([moved.case], day)[0]


def _the_lesson_is_found_by_others(told: dict[str, Reach], moved: CaseState) -> None:
    lesson = Lesson.objects.get(group=moved.case.group)
    assert lesson.published_on is not None
    assert lesson.read_by_id == told["amphoe"].user_id != lesson.written_by_id
    village = moved.case.group.name.removeprefix("กข.คจ.").strip()
    for words in (lesson.title, lesson.process, lesson.background):
        assert village not in words
    # From anywhere in the country, with a slip of the tone mark.
    titles = [each.title for each in found("ขอความรวมมือ", told["krom"])]
    assert any(lesson.title in title for title in titles)


def _what_was_told_to_the_superior_can_be_printed(moved: CaseState) -> None:
    (report,) = moved.facts.reports
    client = Client()
    client.force_login(User.objects.get(username="amphoe"))
    at = f"/funds/{moved.case.group.code}/cases/{moved.case.number}"
    memo = client.get(f"{at}/reports/{report.number}/memo.pdf")
    assert memo.status_code == 200
    assert b"".join(memo.streaming_content if memo.streaming else [memo.content])[:5] == b"%PDF-"


def _it_is_not_for_everybody(told: dict[str, Reach], moved: CaseState) -> None:
    at = f"/funds/{moved.case.group.code}/cases/{moved.case.number}/"
    for name, status in (
        *(("amphoe", 200), ("phatthanakon", 200), ("khrueakhai", 200), ("phutruat", 200)),
        *(("changwat", 200), ("krom", 403), ("samachik", 403), ("kaset", 403)),
        *(("prathan", 404), ("herannyik", 404)),  # of another fund
    ):
        client = Client()
        client.force_login(User.objects.get(username=name))
        assert client.get(at).status_code == status, name
    proposed = propose_case(
        group=moved.case.group,
        kind=CaseKind.STALLED,
        words="ขอให้มาช่วย",
        on=told["changwat"].day,
        by=told["changwat"],
    )
    assert isinstance(proposed, NotDone)


def _if_it_stops_again_it_is_opened_again(moved: CaseState, officer: Reach) -> None:
    assert relapses_of([moved], officer.day) == {}
    later = replace(officer, day=officer.day + timedelta(days=300))
    then = states_of([moved.case], later.day)[0]
    assert relapses_of([then], later.day)[then.key].months >= 6
    assert isinstance(reopen_if_stopped(state=then, by=later), Turned)
    assert states_of([moved.case], later.day)[0].stage is Stage.RELAPSED
    assert states_of([moved.case], officer.day)[0].stage is Stage.CLOSED


def _two_more_are_on_their_way(officer: Reach) -> None:
    working = case_of_stage(Stage.FOLLOWED_UP, officer.day)
    closed = close_case(state=working, by=officer)
    assert not isinstance(closed, Turned)  # the books do not show it yet
    waiting = case_of_stage(Stage.PROPOSED, officer.day)
    (answer,) = waiting.facts.answers
    assert answer.is_yes
    assert not answer.had_quorum
    opening = opening_state(Fund.objects.get(pk=waiting.case.group_id))
    assert opening is not None
    (place,) = opening.found.places
    assert (place.grade, place.least, place.most) == (
        Grade.WITNESS,
        Money.baht(5_000),
        Money.baht(9_000),
    )
    assert opening.found.unexplained + opening.found.disputed > ZERO
    codes = " ".join(todo.address for todo in todos_of(officer))
    assert working.case.group.code in codes
    assert waiting.case.group.code in codes
