"""What is to be done in cases on a day, by when, and whose move it is.

The number of statements does not depend on how many cases are asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kongthun.domain.casework import Due, Outcome, Stage, WorkKind, work_of

from ..models import Teammate
from .facts import CaseKey, CaseState
from .movement import outcomes_of

Team = dict[tuple[CaseKey, int], int]


def dues_of(states: Sequence[CaseState], day: date) -> list[tuple[CaseState, Due]]:
    """Everything to be done in these cases, the earliest day first, what has no day last.

    The books are asked once, for the cases that wait for their outcome. A closed case whose
    payments stopped again is told by `queries.movement.relapses_of`.
    """
    waiting = [state for state in states if state.stage is Stage.REPORTED]
    outcomes: dict[CaseKey, Outcome] = outcomes_of(waiting, day)
    found = [
        (state, due)
        for state in states
        for due in work_of(state.facts, day, outcome=outcomes.get(state.key))
    ]
    return sorted(found, key=lambda each: (each[1].due_on or date.max, each[0].key))


def team_of(states: Sequence[CaseState]) -> Team:
    """Who signs in of the teams of these cases, by case and number on the team. One statement."""
    keys = {state.key for state in states}
    rows = Teammate.objects.filter(
        group_id__in={key.group_id for key in keys}, withdrawn_at=None, user__isnull=False
    )
    found = rows.values_list("group_id", "case_number", "number", "user_id")
    return {
        (CaseKey(group, case), number): user
        for group, case, number, user in found
        if user is not None and CaseKey(group, case) in keys
    }


def user_of(state: CaseState, due: Due, team: Team) -> int | None:
    """Who that signs in looks after it, if somebody does.

    The owner of a step is named by who signs in; of anything else by the number on the team.
    """
    number = due.owner.number
    if number is None:
        return None
    owners = {each.number: each.owner for each in state.facts.steps}
    if due.kind is WorkKind.STEP and owners.get(due.number or 0) == due.owner:
        return number
    return team.get((state.key, number))
