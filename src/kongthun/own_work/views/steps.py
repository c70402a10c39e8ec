"""The eight steps of an area on one page, with the doors to each."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.reports.views.asking import path_in_reach

from ..queries.steps import StepMark, steps_of_area

STATES = {
    StepMark.DONE: ("ok", "ทำแล้ว"),
    StepMark.UNDER_WAY: ("watch", "กำลังทำ"),
    StepMark.NOT_BEGUN: ("quiet", "ยังไม่เริ่ม"),
}


@scoped(Deed.SEE_AREA)
@require_safe
def steps(request: ScopedRequest, code: str) -> HttpResponse:
    """How far the area has come on the road of the eight steps."""
    path = path_in_reach(request.reach, code)
    told = steps_of_area(code, request.reach)
    context = {
        "code": code,
        "node": path[-1],
        "path": path,
        "as_of": request.reach.day,
        "steps": [(step, *STATES[step.mark]) for step in told],
        "next": next(
            (step for step in told if step.address and step.mark is not StepMark.DONE), None
        ),
        "works_on_cases": request.reach.may_anywhere(Deed.WORK_CASES),
        # Debtors are held against all those alike, so the whole area has to be in reach.
        "sees_fairness": request.reach.may(Deed.SEE_FAIRNESS, area_code=code),
    }
    return render(request, "own_work/steps.html", context)
