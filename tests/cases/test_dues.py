"""What is to be done in cases: by when, whose move it is, in a fixed number of statements."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kongthun.cases.actions.advice import advise
from kongthun.cases.models import Case, CaseAdvice, CaseReport, Consent, PlanStep, Teammate, Visit
from kongthun.cases.queries.dues import dues_of, team_of, user_of
from kongthun.cases.queries.facts import cases_in_reach, states_of
from kongthun.cases.queries.follow_up import follow_up_of
from kongthun.domain.casework import Role, Stage, WorkKind

from .case_at_work import CaseAtWork, case_at, days_ago, today
from .following import client_of

pytestmark = pytest.mark.django_db


def kinds(work: CaseAtWork) -> list[WorkKind]:
    return [due.kind for _, due in dues_of([work.state()], today())]


def test_a_proposal_waits_for_the_village() -> None:
    [(_, due)] = dues_of([case_at(Stage.PROPOSED).state()], today())
    assert (due.kind, due.waits_for) == (WorkKind.CONSENT, Role.VILLAGE)


def test_steps_and_visits_are_due_with_their_owners() -> None:
    work = case_at(Stage.PLANNED)
    state = work.state()
    team = team_of([state])
    officer = work.officer.user_id
    assert team[state.key, 1] == officer
    told = {
        (due.kind, due.number): (due.is_late, user_of(state, due, team))
        for _, due in dues_of([state], today())
    }
    assert told == {
        (WorkKind.STEP, 1): (True, None),  # the committee's
        (WorkKind.STEP, 2): (True, officer),
        (WorkKind.VISIT, None): (True, officer),
    }


def test_an_answer_is_due_by_the_day_that_was_asked_for() -> None:
    work = case_at(Stage.FOLLOWED_UP)
    day = today() + timedelta(days=4)
    advise(
        state=work.state(), by=work.village.district, on=today(), words="ขอทราบผล", answer_by=day
    )
    answers = [due for _, due in dues_of([work.state()], today()) if due.kind is WorkKind.ANSWER]
    assert [(due.due_on, due.is_late) for due in answers] == [(day, False)]


def test_a_reported_case_asks_the_books_what_it_waits_for() -> None:
    work = case_at(Stage.REPORTED)
    outcome = [due for _, due in dues_of([work.state()], today()) if due.kind is WorkKind.OUTCOME]
    assert [due.waits_for for due in outcome] == [Role.HOUSEHOLDS]


def test_a_closed_case_asks_for_nothing() -> None:
    assert kinds(case_at(Stage.CLOSED)) == []


def copies(work: CaseAtWork, upto: int) -> None:
    """The same case again and again, as far as the first."""
    now = timezone.now()
    first = Case.objects.get()
    for number in range(2, upto + 1):
        Case.objects.create(
            group=work.group,
            number=number,
            kind=first.kind,
            proposed_on=first.proposed_on,
            reasons=first.reasons,
            words=first.words,
            missing_then=0,
            recorded_at=now,
        )
        for model in (Consent, Teammate, PlanStep, Visit, CaseReport, CaseAdvice):
            for row in model.objects.filter(case_number=1):
                row.pk = (row.group_id, number, row.number)
                row.case_number = number
                row.save(force_insert=True)


def test_dues_of_thirty_cases_take_as_many_statements_as_of_three() -> None:
    work = case_at(Stage.REPORTED)
    asked = {}
    for count in (3, 30):
        copies(work, count) if count == 3 else copies_more(work, 3, count)
        with CaptureQueriesContext(connection) as queries:
            states = states_of(cases_in_reach(work.officer), today())
            assert len(states) == count
            team_of(states)
            dues_of(states, today())
        asked[count] = len(queries)
    assert asked[3] == asked[30]


def copies_more(work: CaseAtWork, have: int, upto: int) -> None:
    for model in (Consent, Teammate, PlanStep, Visit, CaseReport, CaseAdvice):
        model.objects.filter(case_number__gt=1).delete()
    Case.objects.filter(number__gt=1, number__lte=have).delete()
    copies(work, upto)


# --- the page of the case -------------------------------------------------------------------


@pytest.mark.parametrize("stage", [Stage.PROPOSED, Stage.PLANNED, Stage.REPORTED, Stage.RELAPSED])
def test_the_page_of_a_case_tells_what_followed(stage: Stage) -> None:
    work = case_at(stage)
    at = reverse("cases:case", args=[work.code, work.number])
    for reach in (work.officer, work.village.district, work.village.treasurer, work.network):
        assert client_of(reach).get(at).status_code == 200
    page = client_of(work.officer).get(at).content.decode()
    visit = reverse("cases:record_visit", args=[work.code, work.number])
    assert (f'href="{visit}"' in page) == (stage is not Stage.PROPOSED)


def test_what_followed_takes_as_many_statements_after_ten_visits_as_after_one() -> None:
    work = case_at(Stage.REPORTED)
    counts = []
    for number in (0, *range(2, 12)):
        if number:
            Visit.objects.create(
                group=work.group,
                case_number=1,
                number=number,
                visited_on=days_ago(number),
                is_formal=False,
                seen="ไปเยี่ยม",
                recorded_at=timezone.now(),
            )
        state = work.state()
        with CaptureQueriesContext(connection) as queries:
            told = follow_up_of(state, work.officer)
            list(told.reports), list(told.advice)
        counts.append(len(queries))
    assert len(set(counts)) == 1
