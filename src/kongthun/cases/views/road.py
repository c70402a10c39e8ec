"""The page of a case: the road, what is missing for the next stop, and everything found so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kongthun.accounts.models import User
from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.briefings.queries.voices import voices_of
from kongthun.domain.casework import (
    AdviceUnanswered,
    CaseKind,
    CausesInCircle,
    CauseUnsaid,
    ConsentRefused,
    ConsentWithoutQuorum,
    FoundByOneSide,
    Missing,
    NoCause,
    NoConsent,
    NoGuidance,
    NoReport,
    NoStep,
    NoVisit,
    OutcomeNotMet,
    OutcomeOfOtherDays,
    OutcomeUnknown,
    ParentUnknown,
    Role,
    Stage,
    StepLacks,
    StepOpen,
    StepState,
    TeamLacks,
    VisitWithoutWords,
    may_go_on,
)
from kongthun.surveys.models import Round

from ..models import Teammate
from ..queries.facts import SEALED_KINDS, CaseState
from ..queries.follow_up import FollowUp, StepTold, follow_up_of
from ..queries.lessons import lessons_of
from ..queries.road import CauseTold, answers_of, causes_told, road_of, team_rows
from ..wording import (
    CAUSE_KINDS,
    KINDS,
    ON_THE_WAY,
    ROLES,
    SPEAKERS,
    STAGES,
    STEP_STATES,
    missing_in_thai,
    sign_in_thai,
)
from .asking import case_or_404, case_title, may


@dataclass(frozen=True, slots=True)
class Door:
    """Where something missing is mended, for who may."""

    href: str
    button: str


@dataclass(frozen=True, slots=True)
class MissingTold:
    """What is missing in words, and the door to mend it."""

    words: str
    door: Door | None


# Which page mends what is missing, and what its button says, for whoever works on the case.
_DOORS: Mapping[type, tuple[str, str]] = {
    NoConsent: ("record_consent", "บันทึกคำตอบของหมู่บ้าน"),
    ConsentWithoutQuorum: ("record_consent", "บันทึกคำตอบของหมู่บ้าน"),
    ConsentRefused: ("record_consent", "บันทึกคำตอบใหม่"),
    TeamLacks: ("join_team", "เพิ่มผู้ร่วมทีม"),
    NoCause: ("add_cause", "เพิ่มสาเหตุ"),
    FoundByOneSide: ("add_cause", "เพิ่มสาเหตุ"),
    CauseUnsaid: ("add_cause", "เพิ่มสาเหตุ"),
    ParentUnknown: ("add_cause", "เพิ่มสาเหตุ"),
    CausesInCircle: ("add_cause", "เพิ่มสาเหตุ"),
    NoStep: ("add_step", "เพิ่มขั้นตอน"),
    StepLacks: ("add_step", "เพิ่มขั้นตอน"),
    NoVisit: ("record_visit", "บันทึกการลงพื้นที่"),
    VisitWithoutWords: ("record_visit", "บันทึกการลงพื้นที่"),
    NoReport: ("report", "เขียนรายงาน"),
}


@scoped(Deed.SEE_CASES)
@require_safe
def case(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """How far a case has come, what is missing, who does what by when."""
    reach = request.reach
    state = case_or_404(request, code, number)
    group = state.case.group
    follow_up = follow_up_of(state, reach)
    may_work = may(request, Deed.WORK_CASES, group)
    missing = _missing(state, follow_up, may_work=may_work)
    is_closed = state.stage is Stage.CLOSED
    context = {
        "state": state,
        "case": state.case,
        "group": group,
        "code": code,
        "title": case_title(state),
        "kind": KINDS[CaseKind(state.case.kind)],
        "is_sealed": state.case.kind in SEALED_KINDS,
        "stage_words": STAGES[state.stage],
        "is_relapsed": state.stage is Stage.RELAPSED,
        "is_closed": is_closed,
        "road": _road(state, request),
        "missing": missing,
        "next_words": "" if is_closed else _next_words(state),
        "first_door": next((each for each in missing if each.door is not None), None),
        "is_whole": not missing and state.stage is Stage.REPORTED and may_work,
        "voices": voices_of([group.pk], reach.day).get(group.pk, []),
        "chosen_in": Round.objects.filter(pk=state.case.survey_round or 0).first(),
        "signs": [sign_in_thai(each) for each in state.case.reasons],
        "answers": answers_of(state.key),
        "team": [_teammate(each) for each in team_rows(state.key)],
        "causes": [_cause(each) for each in causes_told(state.facts)],
        "cause_count": len(state.facts.causes),
        "steps": _steps(follow_up.steps),
        "may_write": may_work and state.is_open,
        "may_answer": may_work and not is_closed,
        "may_withdraw": may_work and state.stage is Stage.PROPOSED,
        "follow_up": follow_up,
        "lessons": lessons_of(state, reach),
        "as_of": reach.day,
    }
    return render(request, "cases/case.html", context)


# --- below the line -------------------------------------------------------------------------


def _road(state: CaseState, request: ScopedRequest) -> list[dict[str, object]]:
    unseen = {"done": "แล้ว", "now": "ตอนนี้", "next": "ต่อไป"}
    return [
        {
            "words": STAGES[stop.stage] if stop.state == "done" else ON_THE_WAY[stop.stage],
            "state": stop.state,
            "unseen": unseen[stop.state],
            "on": stop.on,
        }
        for stop in road_of(state, request.reach.day)
    ]


def _next_words(state: CaseState) -> str:
    """What is being worked on."""
    if state.stage is Stage.RELAPSED:
        return "วางแผนใหม่ด้วยกัน"
    order = list(ON_THE_WAY)
    return ON_THE_WAY[order[order.index(state.stage) + 1]]


def _missing(state: CaseState, follow_up: FollowUp, *, may_work: bool) -> list[MissingTold]:
    found = may_go_on(state.facts, follow_up.outcome.day, follow_up.outcome)
    return [
        MissingTold(missing_in_thai(each), _door(state, each, follow_up, may_work=may_work))
        for each in found
    ]


def _door(
    state: CaseState, missing: Missing, follow_up: FollowUp, *, may_work: bool
) -> Door | None:
    """Where this reader can mend it; None where it is somebody else's to do."""
    which = [state.case.group.code, state.case.number]
    match missing:
        case StepOpen(number=number):
            mine = any(each.row.number == number and each.may_show for each in follow_up.steps)
            address = reverse("cases:step_show", args=[*which, number])
            return Door(address, "ใส่หลักฐานว่าทำแล้ว") if mine else None
        case AdviceUnanswered(number=number) if may_work:
            return Door(reverse("cases:advice_answer", args=[*which, number]), "ตอบคำแนะนำ")
        case NoGuidance() if follow_up.may_advise:
            return Door(reverse("cases:advise", args=which), "ให้คำแนะนำ")
        case OutcomeUnknown() | OutcomeOfOtherDays() | OutcomeNotMet():
            return Door(reverse("cases:outcome", args=which), "ดูผลจากสมุด")
    name, button = _DOORS.get(type(missing), ("", ""))
    is_open = may_work and name
    return Door(reverse(f"cases:{name}", args=which), button) if is_open else None


def _teammate(row: Teammate) -> dict[str, object]:
    return {"row": row, "role": ROLES[Role(row.role)]}


def _cause(told: CauseTold) -> dict[str, object]:
    cause = told.cause
    said = sorted(cause.said, key=lambda each: (each.on, each.group))
    return {
        "number": cause.number,
        "words": cause.words,
        "kind": CAUSE_KINDS[cause.kind],
        "depth": min(told.depth, 3),
        "said": [(SPEAKERS[each.group], each.meeting, each.on) for each in said],
        "only": SPEAKERS[said[0].group] if cause.is_one_sided else "",
    }


def _steps(steps: Sequence[StepTold]) -> list[dict[str, object]]:
    owners = {user.pk: str(user) for user in User.objects.filter(pk__in=_owners(steps))}
    told = []
    for each in steps:
        mark, words = STEP_STATES[each.state]
        named = (owners.get(each.row.owner_user_id or 0, ""), each.row.owner_words)
        owner = [ROLES[Role(each.row.owner_role)], *(name for name in named if name)]
        told.append(
            {
                "row": each.row,
                "mark": mark,
                "state": words,
                "owner": " · ".join(owner),
                "shown": each.shown,
                "may_show": each.may_show,
                "is_open": each.state in {StepState.LATE, StepState.TO_DO},
            }
        )
    return told


def _owners(steps: Sequence[StepTold]) -> set[int]:
    return {each.row.owner_user_id for each in steps if each.row.owner_user_id is not None}
