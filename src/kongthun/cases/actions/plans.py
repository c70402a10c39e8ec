"""The plan: steps, each with an owner, a day, and what will show that it is done [S]."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kongthun.accounts.reach import Reach
from kongthun.activities.actions.writing import write_down
from kongthun.db.numbers import next_number
from kongthun.domain.casework import Role, StepState, opened_on, step_state
from kongthun.domain.thai_text import visible
from kongthun.groups.models import Group

from ..models import PlanStep
from ..queries.facts import CaseState
from ..queries.people import people_of_role
from ..refusals import (
    BeforeItOpened,
    DueBeforePlanned,
    NoSuchStep,
    NotDone,
    NotInThatRole,
    RoadRefusal,
    StepIsDone,
    StepIsGivenUp,
    StepThere,
)
from .writing import LONGEST_NOTE, case_to_work, day_has_come, fit_words, same_words, written_by

LONGEST_STEP = 300
LONGEST_SHOWN_BY = 200
LONGEST_OWNER = 150


@dataclass(frozen=True, slots=True)
class StepPlanned:
    """The step has this number in the case."""

    number: int


@dataclass(frozen=True, slots=True)
class StepGivenUp:
    """The step is not waited for any more; it stays with why."""

    number: int


def plan_step(
    *,
    group: Group,
    case_number: int,
    words: str,
    owner_role: Role,
    on: date,
    due_on: date,
    shown_by: str,
    by: Reach,
    owner_user_id: int | None = None,
    owner_words: str = "",
) -> StepPlanned | NotDone:
    """Add a step to the plan, agreed on a day: what, who sees to it, by when, what will show it.

    The owner is a role; somebody who signs in may be named in it, others are written as people
    call them (a position, not a household's name).
    """
    with transaction.atomic():
        state, refusals = case_to_work(group, case_number, by)
        refusals += fit_words("สิ่งที่จะทำ", words, LONGEST_STEP)
        refusals += fit_words("สิ่งที่จะแสดงว่าทำแล้ว", shown_by, LONGEST_SHOWN_BY)
        if owner_words:
            refusals += fit_words("ผู้รับผิดชอบ", owner_words, LONGEST_OWNER)
        refusals += day_has_come(on, by)
        refusals += _of_days(state, on, due_on, by)
        refusals += _of_owner(group, owner_role, owner_user_id, on)
        refusals += _twin(state, words, due_on)
        if refusals:
            return NotDone(tuple(refusals))
        number = next_number(PlanStep, group=group, case_number=case_number)
        PlanStep.objects.create(
            group=group,
            case_number=case_number,
            number=number,
            words=visible(words),
            planned_on=on,
            due_on=due_on,
            shown_by=visible(shown_by),
            owner_role=owner_role,
            owner_user_id=owner_user_id,
            owner_words=visible(owner_words),
            **written_by(by),
        )
        write_down(
            "plan_step", group, by, f"case {case_number} step {number}", due_on=due_on.isoformat()
        )
    return StepPlanned(number)


def give_up_step(
    *, group: Group, case_number: int, number: int, on: date, note: str, by: Reach
) -> StepGivenUp | NotDone:
    """Agree not to do a step, with why. What was shown to be done stays done."""
    with transaction.atomic():
        state, refusals = case_to_work(group, case_number, by)
        refusals += fit_words("เหตุที่ไม่ทำแล้ว", note, LONGEST_NOTE)
        refusals += day_has_come(on, by)
        steps = state.facts.steps if state is not None else ()
        step = next((each for each in steps if each.number == number), None)
        if step is None:
            refusals.append(NoSuchStep(number))
        elif step_state(step, by.day) is StepState.DONE:
            refusals.append(StepIsDone(number))
        elif step.given_up_on is not None:
            refusals.append(StepIsGivenUp(number))
        elif on < step.planned_on:
            refusals.append(DueBeforePlanned(step.planned_on, on))
        if refusals:
            return NotDone(tuple(refusals))
        PlanStep.objects.filter(group=group, case_number=case_number, number=number).update(
            given_up_on=on, given_up_note=visible(note)
        )
        write_down("give_up_step", group, by, f"case {case_number} step {number}")
    return StepGivenUp(number)


# --- below the line -------------------------------------------------------------------------


def _of_days(state: CaseState | None, on: date, due_on: date, by: Reach) -> list[RoadRefusal]:
    found: list[RoadRefusal] = [DueBeforePlanned(on, due_on)] if due_on < on else []
    began = opened_on(state.facts, by.day) if state is not None else None
    return [*found, BeforeItOpened(on, began)] if began is not None and on < began else found


def _of_owner(group: Group, role: Role, user_id: int | None, on: date) -> list[RoadRefusal]:
    if user_id is None:
        return []
    holds = any(person.pk == user_id for person in people_of_role(group, role, on))
    return [] if holds else [NotInThatRole(role, on)]


def _twin(state: CaseState | None, words: str, due_on: date) -> list[RoadRefusal]:
    """The same words for the same day: most often a form was sent twice."""
    key = same_words(words)
    steps = state.facts.steps if state is not None else ()
    twins = [
        each
        for each in steps
        if key
        and same_words(each.words) == key
        and each.due_on == due_on
        and each.given_up_on is None
    ]
    return [StepThere(each.number) for each in twins[:1]]
