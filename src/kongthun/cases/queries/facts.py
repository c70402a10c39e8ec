"""The facts of cases as the domain reads them, and which cases a reader may see.

The number of statements does not depend on how many cases are asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Model, Q, QuerySet

from kongthun.accounts.reach import Deed, Reach
from kongthun.areas.queries import within
from kongthun.domain.casework import (
    Advice,
    CaseFacts,
    CaseKind,
    CauseKind,
    Closing,
    Event,
    Outcome,
    Owner,
    Relapse,
    Report,
    Role,
    Shown,
    Speaker,
    Stage,
    TeamMember,
    VillageAnswer,
    stage_of,
)
from kongthun.domain.casework import Cause as CauseFact
from kongthun.domain.casework import Saying as SayingFact
from kongthun.domain.casework import Step as StepFact
from kongthun.domain.casework import Visit as VisitFact
from kongthun.domain.money import Money
from kongthun.groups.models import Group

from ..models import (
    Case,
    CaseAdvice,
    CaseClosing,
    CaseEvent,
    CaseRelapse,
    CaseReport,
    Cause,
    Consent,
    PlanStep,
    Saying,
    StepShown,
    Teammate,
    Visit,
)
from .outcomes import outcome_from_data

SEALED_KINDS = (CaseKind.LEGAL, CaseKind.FRAUD)


class CaseKey(NamedTuple):
    """Which case: the group, and its number there."""

    group_id: int
    number: int


class CaseState(NamedTuple):
    """A case with its facts and how far it has come on a day."""

    case: Case
    facts: CaseFacts
    stage: Stage

    @property
    def key(self) -> CaseKey:
        """Which case."""
        return CaseKey(self.case.group_id, self.case.number)

    @property
    def is_open(self) -> bool:
        """Whether the village has consented and it is not closed."""
        return self.stage not in {Stage.PROPOSED, Stage.CLOSED}


def cases_in_reach(reach: Reach, deed: Deed = Deed.SEE_CASES) -> QuerySet[Case]:
    """The cases that stand and that the reader may see; sealed ones only where they may see those.

    A committee never sees a legal or fraud case: it may be about one of its own.
    """
    where = Q(group__in=_groups(reach, deed))
    open_to = ~Q(kind__in=[kind.value for kind in SEALED_KINDS]) | Q(
        group__in=_groups(reach, Deed.SEE_SEALED)
    )
    return Case.objects.filter(where & open_to, withdrawn_at=None).select_related("group")


def _groups(reach: Reach, deed: Deed) -> QuerySet[Group]:
    return Group.objects.filter(reach.funds(deed))


def states_of_area(area_code: str, reach: Reach) -> list[CaseState]:
    """The cases of an area that the reader may see, by the codes of their funds."""
    rows = cases_in_reach(reach).filter(within("group__area_code", area_code))
    return states_of(rows.order_by("group__code", "number"), reach.day)


def case_in_reach(
    code: str, number: int, reach: Reach, deed: Deed = Deed.SEE_CASES
) -> CaseState | None:
    """One case with its facts, as of the reader's day; None outside of what they may see."""
    found = cases_in_reach(reach, deed).filter(group__code=code, number=number)
    states = states_of(found, reach.day)
    return states[0] if states else None


def states_of(cases: Iterable[Case], day: date) -> list[CaseState]:
    """Cases with their facts and stages on a day, in their order."""
    listed = list(cases)
    facts = facts_of(listed)
    return [
        CaseState(case, known := facts[CaseKey(case.group_id, case.number)], stage_of(known, day))
        for case in listed
    ]


def facts_of(cases: Sequence[Case]) -> dict[CaseKey, CaseFacts]:
    """What is known of each case. What was taken back is not among it."""
    rows = _Rows(cases)
    consents = rows.of(Consent)
    team = rows.of(Teammate)
    causes = rows.of(Cause)
    sayings = rows.of(Saying, "cause_number")
    steps = rows.of(PlanStep)
    shown = rows.of(StepShown, "step_number")
    visits = rows.of(Visit)
    reports = rows.of(CaseReport)
    advice = rows.of(CaseAdvice)
    events = rows.of(CaseEvent)
    closings = rows.of(CaseClosing)
    relapses = rows.of(CaseRelapse)
    return {
        key: CaseFacts(
            kind=CaseKind(case.kind),
            reasons=tuple(case.reasons) or ((case.words,) if case.words else ()),
            answers=tuple(
                VillageAnswer(each.answered_on, each.meeting_number, each.is_yes, each.had_quorum)
                for each in consents[key]
            ),
            team=tuple(
                TeamMember(Owner(Role(each.role), each.number), each.joined_on, each.left_on)
                for each in team[key]
            ),
            causes=tuple(
                CauseFact(
                    each.number,
                    each.words,
                    CauseKind(each.kind),
                    tuple(
                        SayingFact(Speaker(said.speaker), said.meeting_number, said.said_on)
                        for said in sayings[key, each.number]
                    ),
                    each.parent,
                )
                for each in causes[key]
            ),
            steps=tuple(
                StepFact(
                    each.number,
                    each.words,
                    each.planned_on,
                    owner_of(each),
                    each.due_on,
                    each.shown_by,
                    tuple(Shown(s.shown_on, s.sha256) for s in shown[key, each.number]),
                    each.given_up_on,
                )
                for each in steps[key]
            ),
            visits=tuple(
                VisitFact(each.number, each.visited_on, each.is_formal, each.seen)
                for each in visits[key]
            ),
            reports=tuple(Report(each.number, each.reported_on) for each in reports[key]),
            advice=tuple(
                Advice(
                    each.number,
                    each.advised_on,
                    each.report_number,
                    each.answer_by,
                    each.answered_on,
                )
                for each in advice[key]
            ),
            events=tuple(Event(each.name, each.happened_on) for each in events[key]),
            closings=tuple(
                Closing(each.closed_on, outcome_from_data(each.outcome)) for each in closings[key]
            ),
            relapses=tuple(
                Relapse(each.relapsed_on, each.silent_since, each.months, Money(each.overdue))
                for each in relapses[key]
            ),
        )
        for case in cases
        for key in [CaseKey(case.group_id, case.number)]
    }


def owner_of(step: PlanStep) -> Owner:
    """Who is responsible: a role and, where somebody who signs in was named, who that is."""
    return Owner(Role(step.owner_role), step.owner_user_id)


def outcome_of_closing(closing: CaseClosing) -> Outcome:
    """The outcome on which a case was closed."""
    return outcome_from_data(closing.outcome)


class _Rows:
    """The rows of some cases, a statement a table."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.keys = {CaseKey(case.group_id, case.number) for case in cases}
        self.groups = {key.group_id for key in self.keys}

    def of(self, model: type[Model], within: str = "") -> dict[Any, list[Any]]:
        """Rows by case, or by case and the number of the row they belong to."""
        found: dict[Any, list[Any]] = defaultdict(list)
        rows = model._default_manager.filter(group_id__in=self.groups)
        if any(field.name == "withdrawn_at" for field in model._meta.fields):
            rows = rows.filter(withdrawn_at=None)
        for row in rows.order_by("number"):
            values: Any = row
            key = CaseKey(values.group_id, values.case_number)
            if key in self.keys:
                found[(key, getattr(values, within)) if within else key].append(row)
        return found
