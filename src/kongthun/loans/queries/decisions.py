"""What a decision was, as the rules of authority judge it: on its day, as often as need be."""

from __future__ import annotations

from collections.abc import Sequence

from kongthun.activities.models import Attendance, Meeting
from kongthun.domain.authority import Decision
from kongthun.domain.rule_set import RuleSet, rule_set_of
from kongthun.groups.queries.households import (
    people_of,
)
from kongthun.ledger.models import Fund

from ..models import (
    Request,
    Step,
    StepKind,
)


def decision_of(
    fund: Fund,
    request: Request,
    meeting: Meeting,
    stepped_out: Sequence[int],
    rules: RuleSet,
    *,
    decided_by: int | None,
    steps: Sequence[Step],
) -> Decision:
    """A decision as the rules of authority judge it."""
    came = Attendance.objects.filter(group_id=fund.pk, meeting_number=meeting.number)
    handed_in = next((step for step in steps if step.kind == StepKind.REQUESTED), None)
    return Decision(
        day=meeting.held_on,
        came=frozenset(came.values_list("term_number", flat=True)),
        stepped_out=frozenset(stepped_out),
        household=frozenset(people_of(fund.pk, request.member_number, meeting.held_on))
        | {request.borrower.name_key},
        requested_by=handed_in.recorded_by_id if handed_in is not None else None,
        decided_by=decided_by,
        years=rules["committee_years"].count,
        per_cent=rules["quorum_per_cent"].count,
    )


def decision_of_step(
    fund: Fund, request: Request, decided: Step, steps: Sequence[Step]
) -> Decision:
    """The decision that a step recorded, by the rules kept with it."""
    meeting = Meeting.objects.get(group_id=fund.pk, number=decided.meeting_number or 0)
    rules = rule_set_of(decided.judged_by or {})
    return decision_of(
        fund,
        request,
        meeting,
        decided.stepped_out,
        rules,
        decided_by=decided.recorded_by_id,
        steps=steps,
    )
