"""What was done since a case was opened, as its page tells it: visits, shown steps, memos, advice.

A fixed number of statements for one case, however much was done in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from kongthun.accounts.reach import Deed, Reach
from kongthun.domain.casework import (
    EXAMPLE_DEADLINES,
    CaseKind,
    Deadline,
    Outcome,
    Relapse,
    Role,
    Stage,
    StepState,
    deadlines_of,
    step_state,
)

from ..models import (
    CaseAdvice,
    CaseClosing,
    CaseEvent,
    CasePaper,
    CaseRelapse,
    CaseReport,
    PlanStep,
    StepShown,
    Visit,
    VisitedHousehold,
    VisitPhoto,
)
from ..wording import DEADLINES, EVENTS, LEVELS
from .facts import CaseState
from .movement import BooksSince, movements_of, outcome_by, relapse_by


@dataclass(frozen=True, slots=True)
class VisitTold:
    """A visit with the households that were met, by number, and its photos."""

    row: Visit
    households: tuple[int, ...]
    photos: tuple[VisitPhoto, ...]


@dataclass(frozen=True, slots=True)
class StepTold:
    """A step of the plan, how it stands, what shows it, and whether the reader may show it."""

    row: PlanStep
    state: StepState
    shown: tuple[StepShown, ...]
    may_show: bool


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Everything that follows the plan of a case, the latest first, and what the reader may do.

    ``outcome`` is of today's books; ``relapse`` says that a closed case should be opened again.
    ``reads_memos``: memos and advice are between the office and its superiors.
    """

    state: CaseState
    steps: tuple[StepTold, ...]
    visits: tuple[VisitTold, ...]
    reports: tuple[CaseReport, ...]
    advice: tuple[CaseAdvice, ...]
    events: tuple[CaseEvent, ...]
    deadlines: tuple[Deadline, ...]
    papers: int
    closings: tuple[CaseClosing, ...]
    relapses: tuple[CaseRelapse, ...]
    books: BooksSince
    outcome: Outcome
    relapse: Relapse | None
    has_deadlines: bool
    may_work: bool
    may_advise: bool
    may_bundle: bool
    reads_memos: bool
    sees_names: bool

    @property
    def is_closed(self) -> bool:
        """Whether it is closed today."""
        return self.state.stage is Stage.CLOSED

    @property
    def level_words(self) -> str:
        """How far the fund has come back, in words."""
        return LEVELS[self.outcome.level]

    @property
    def events_told(self) -> list[tuple[CaseEvent, str]]:
        """What happened, with its words."""
        return [(each, EVENTS.get(each.name, each.name)) for each in self.events]

    @property
    def deadlines_told(self) -> list[tuple[Deadline, str]]:
        """The deadlines, with what each asks for."""
        return [(each, DEADLINES.get(each.limit.what, each.limit.what)) for each in self.deadlines]

    @property
    def has_begun(self) -> bool:
        """Whether there is anything to tell of following up, or could be now."""
        return self.state.stage is not Stage.PROPOSED or bool(self.reports or self.advice)

    @property
    def may_go_on(self) -> bool:
        """Whether the reader may write visits and shown steps in it now."""
        return self.may_work and self.state.is_open

    @property
    def may_report(self) -> bool:
        """Whether the reader may report it to a superior now."""
        return self.may_work and self.state.stage is not Stage.CLOSED

    @property
    def open_steps(self) -> tuple[StepTold, ...]:
        """The steps that are neither done nor given up."""
        still = (StepState.LATE, StepState.TO_DO)
        return tuple(each for each in self.steps if each.state in still)

    @property
    def unanswered(self) -> tuple[CaseAdvice, ...]:
        """Advice whose answer is waited for."""
        waits = (each for each in self.advice if each.answer_by is not None)
        return tuple(each for each in waits if each.answered_on is None)


def follow_up_of(state: CaseState, reach: Reach) -> FollowUp:
    """What followed the plan of a case, for this reader, today. Seventeen statements."""
    case, day = state.case, reach.day
    kind = CaseKind(case.kind)
    books = movements_of([state], day)[state.key]
    is_closed = state.stage is Stage.CLOSED
    may_work = _may(state, reach, Deed.WORK_CASES)
    may_advise = _may(state, reach, Deed.ADVISE_CASES)
    return FollowUp(
        state=state,
        steps=steps_of(state, reach),
        visits=visits_of(state),
        reports=tuple(rows_of(CaseReport, state)),
        advice=tuple(rows_of(CaseAdvice, state)),
        events=tuple(rows_of(CaseEvent, state)),
        deadlines=tuple(deadlines_of(kind, state.facts.events, EXAMPLE_DEADLINES, day)),
        papers=rows_of(CasePaper, state).count(),
        closings=tuple(rows_of(CaseClosing, state)),
        relapses=tuple(rows_of(CaseRelapse, state)),
        books=books,
        outcome=outcome_by(books, day),
        relapse=relapse_by(state, books, day) if is_closed else None,
        has_deadlines=bool(events_asked(kind)),
        may_work=may_work,
        may_advise=may_advise,
        may_bundle=_may(state, reach, Deed.SEE_SEALED),
        reads_memos=may_work or may_advise or _may(state, reach, Deed.SEE_SEALED),
        sees_names=_may(state, reach, Deed.SEE_NAMES),
    )


def visits_of(state: CaseState) -> tuple[VisitTold, ...]:
    """The visits that stand, the latest first. Three statements."""
    mine = {"group_id": state.case.group_id, "case_number": state.case.number}
    households: dict[int, list[int]] = defaultdict(list)
    for row in VisitedHousehold.objects.filter(**mine).order_by("member_number"):
        households[row.visit_number].append(row.member_number)
    photos: dict[int, list[VisitPhoto]] = defaultdict(list)
    for photo in VisitPhoto.objects.filter(**mine).order_by("place"):
        photos[photo.visit_number].append(photo)
    told = [
        VisitTold(row, tuple(households[row.number]), tuple(photos[row.number]))
        for row in rows_of(Visit, state)
    ]
    return tuple(sorted(told, key=lambda each: each.row.visited_on, reverse=True))


def steps_of(state: CaseState, reach: Reach) -> tuple[StepTold, ...]:
    """The steps of the plan by their numbers, with what shows them. Two statements."""
    shown: dict[int, list[StepShown]] = defaultdict(list)
    for row in rows_of(StepShown, state):
        shown[row.step_number].append(row)
    facts = {each.number: each for each in state.facts.steps}
    rows = rows_of(PlanStep, state).select_related("group", "recorded_by", "owner_user")
    steps = sorted(rows, key=lambda each: each.number)
    return tuple(
        StepTold(
            row,
            step_state(facts[row.number], reach.day),
            tuple(shown[row.number]),
            may_show(row, reach),
        )
        for row in steps
        if row.number in facts
    )


def may_show(step: PlanStep, reach: Reach) -> bool:
    """Whether this person may bring what shows that the step was done.

    Whoever works on cases there, and the committee for steps that are its own.
    """
    place: dict[str, Any] = {"area_code": step.group.area_code, "group_id": step.group_id}
    if reach.may(Deed.WORK_CASES, **place):
        return True
    return step.owner_role == Role.COMMITTEE and reach.may(Deed.HELP_CASES, **place)


def events_asked(kind: CaseKind) -> tuple[str, ...]:
    """The events that the deadlines of a kind of case count from or are met by, in their order."""
    names: Iterable[str] = (
        name
        for limit in EXAMPLE_DEADLINES
        if limit.kind is kind
        for name in (limit.event, limit.met_by)
    )
    return tuple(dict.fromkeys(names))


def rows_of(model: type[Model], state: CaseState) -> QuerySet[Any]:
    """The rows of a case that stand, the last written first, with who wrote them."""
    rows = model._default_manager.filter(
        group_id=state.case.group_id, case_number=state.case.number
    )
    if any(field.name == "withdrawn_at" for field in model._meta.fields):
        rows = rows.filter(withdrawn_at=None)
    return rows.select_related("group", "recorded_by").order_by("-number")


def _may(state: CaseState, reach: Reach, deed: Deed) -> bool:
    group = state.case.group
    return reach.may(deed, area_code=group.area_code, group_id=group.pk)
