"""The plan: each step with its owner, its day, and what will show that it is done."""

from __future__ import annotations

from typing import Any

import pytest

from kongthun.cases.actions.plans import StepGivenUp, StepPlanned, give_up_step, plan_step
from kongthun.cases.models import PlanStep
from kongthun.domain.casework import Role, Stage, StepState, step_state

from .case_at_work import CONSENTED, RELAPSED, CaseAtWork, case_at, days_ago, show_steps, today
from .test_proposals import refused

pytestmark = pytest.mark.django_db


def plan_one(work: CaseAtWork, **said: Any) -> object:  # noqa: ANN401
    """The officer writes a step down, agreed today and due in a month."""
    step: dict[str, Any] = {
        "words": "ติดประกาศยอดที่ศาลาหมู่บ้าน",
        "owner_role": Role.COMMITTEE,
        "on": today(),
        "due_on": days_ago(-30),
        "shown_by": "ภาพประกาศ",
        "by": work.officer,
    }
    return plan_step(**work.of, **(step | said))


def test_a_step_with_everything_makes_a_plan() -> None:
    work = case_at(Stage.CAUSES_FOUND)
    assert plan_one(work) == StepPlanned(1)
    assert work.stage is Stage.PLANNED


def test_a_step_may_be_due_on_the_day_it_is_planned_and_not_before() -> None:
    work = case_at(Stage.CAUSES_FOUND)
    assert isinstance(plan_one(work, due_on=today()), StepPlanned)
    assert refused(plan_one(work, words="อื่น", due_on=days_ago(1))) == {"DueBeforePlanned"}


def test_a_step_says_what_and_what_will_show_it() -> None:
    work = case_at(Stage.CAUSES_FOUND)
    done = plan_one(work, words=" ", shown_by="")
    assert refused(done) == {"WordsMissing"}
    assert len(done.refusals) == 2  # type: ignore[attr-defined]


def test_a_plan_before_the_case_was_opened_would_not_count() -> None:
    work = case_at(Stage.CAUSES_FOUND)
    early = days_ago(CONSENTED + 1)
    assert refused(plan_one(work, on=early)) == {"BeforeItOpened"}
    assert isinstance(plan_one(work, on=days_ago(CONSENTED)), StepPlanned)


def test_after_a_relapse_the_plan_is_made_anew() -> None:
    work = case_at(Stage.RELAPSED)
    assert refused(plan_one(work, on=days_ago(RELAPSED + 1))) == {"BeforeItOpened"}
    assert isinstance(plan_one(work, on=days_ago(RELAPSED)), StepPlanned)
    assert work.stage is Stage.PLANNED


def test_a_plan_is_not_made_tomorrow() -> None:
    work = case_at(Stage.CAUSES_FOUND)
    assert refused(plan_one(work, on=days_ago(-1))) == {"HappensLater"}


def test_who_is_named_holds_the_role_there() -> None:
    work = case_at(Stage.CAUSES_FOUND)
    users = work.village.users
    wrong = plan_one(work, owner_role=Role.OFFICER, owner_user_id=users["herannyik"].pk)
    assert refused(wrong) == {"NotInThatRole"}
    right = plan_one(work, owner_role=Role.COMMITTEE, owner_user_id=users["herannyik"].pk)
    assert isinstance(right, StepPlanned)


def test_households_own_a_step_without_a_name() -> None:
    work = case_at(Stage.CAUSES_FOUND)
    assert isinstance(plan_one(work, owner_role=Role.HOUSEHOLDS), StepPlanned)
    assert PlanStep.objects.get().owner_user_id is None


def test_the_same_step_for_the_same_day_is_one_and_for_another_day_two() -> None:
    work = case_at(Stage.CAUSES_FOUND)
    plan_one(work)
    assert refused(plan_one(work)) == {"StepThere"}
    assert plan_one(work, due_on=days_ago(-60)) == StepPlanned(2)


def test_a_step_given_up_stays_with_why_and_may_be_planned_again() -> None:
    work = case_at(Stage.CAUSES_FOUND)
    plan_one(work)
    done = give_up_step(**work.of, number=1, on=today(), note="น้ำท่วม", by=work.officer)
    assert done == StepGivenUp(1)
    step = work.state().facts.steps[0]
    assert step_state(step, today()) is StepState.GIVEN_UP
    assert PlanStep.objects.get().given_up_note == "น้ำท่วม"
    assert work.stage is Stage.CAUSES_FOUND  # no step is left
    assert plan_one(work) == StepPlanned(2)


def test_what_was_shown_to_be_done_is_not_given_up() -> None:
    work = case_at(Stage.PLANNED)
    show_steps(work, 1)
    done = give_up_step(**work.of, number=1, on=today(), note="ไม่ทำ", by=work.officer)
    assert refused(done) == {"StepIsDone"}


def test_everything_against_giving_up_is_said() -> None:
    work = case_at(Stage.PLANNED)
    way = {**work.of, "by": work.officer}
    done = give_up_step(**way, number=9, on=days_ago(-1), note="")
    assert refused(done) == {"NoSuchStep", "HappensLater", "WordsMissing"}
    assert refused(give_up_step(**way, number=1, on=days_ago(900), note="เหตุ")) == {
        "DueBeforePlanned"
    }
    give_up_step(**way, number=1, on=today(), note="เหตุ")
    assert refused(give_up_step(**way, number=1, on=today(), note="เหตุ")) == {"StepIsGivenUp"}


def test_a_committee_does_not_write_the_plan_of_a_case() -> None:
    work = case_at(Stage.CAUSES_FOUND)
    assert refused(plan_one(work, by=work.village.chairman)) == {"NotEntitled"}
