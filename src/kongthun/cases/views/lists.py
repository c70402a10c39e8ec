"""The cases of a fund and of an area, and the funds a case could be proposed for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.casework import CaseKind
from kongthun.reports.views.asking import path_in_reach
from kongthun.reports.wording import CARE_STATES, CARE_WORDS

from ..queries.lists import Candidate, CaseLine, candidates_of, cases_of_area, cases_of_fund
from ..wording import KINDS, ROLES, STAGES, WORKS, sign_in_thai
from .asking import group_or_404, may

MOST_VOICES = 2
_GROUPS: Mapping[str, str] = {
    "open": "กำลังทำ",
    "proposed": "รอหมู่บ้านตอบ",
    "closed": "ปิดแล้ว",
}


@scoped(Deed.SEE_CASES)
@require_safe
def of_fund(request: ScopedRequest, code: str) -> HttpResponse:
    """The cases of one fund."""
    group = group_or_404(request, code, Deed.SEE_CASES)
    context = {
        "group": group,
        "code": code,
        "lines": [_told(line) for line in cases_of_fund(group, request.reach)],
        "may_work": may(request, Deed.WORK_CASES, group),
    }
    return render(request, "cases/of_fund.html", context)


@scoped(Deed.SEE_CASES)
@require_safe
def of_area(request: ScopedRequest, code: str = "") -> HttpResponse:
    """The cases of an area, those being worked on first."""
    path = path_in_reach(request.reach, code, Deed.SEE_CASES)
    lines = cases_of_area(code, request.reach)
    counts = Counter(line.group_of_list for line in lines)
    shown = request.GET.get("show", "")
    context = {
        "path": path,
        "node": path[-1],
        "code": code,
        "as_of": request.reach.day,
        "lines": [_told(line) for line in lines if shown in {"", line.group_of_list}],
        "count": len(lines),
        "chips": _chips("cases", shown, _GROUPS, counts, len(lines)),
        "may_work": request.reach.may_anywhere(Deed.WORK_CASES) and len(code) > 0,
    }
    return render(request, "cases/of_area.html", context)


@scoped(Deed.WORK_CASES)
@require_safe
def candidates(request: ScopedRequest, code: str) -> HttpResponse:
    """The funds of an area with what their books warn of, to propose a case from."""
    path = path_in_reach(request.reach, code, Deed.WORK_CASES)
    found = candidates_of(code, request.reach)
    counts = {
        "look": sum(each.needs_look for each in found),
        "chosen": sum(each.chosen is not None for each in found),
        "begun": sum(each.case is not None for each in found),
    }
    shown = request.GET.get("show", "look")
    wanted = [
        each
        for each in found
        if (shown == "look" and each.needs_look)
        or (shown == "chosen" and each.chosen is not None)
        or (shown == "begun" and each.case is not None)
        or shown == "all"
    ]
    words = {
        "look": "มีสัญญาณเตือน",
        "chosen": "เลือกไว้จากการสำรวจ",
        "begun": "มีเรื่องอยู่แล้ว",
        "all": "ทั้งหมด",
    }
    context = {
        "path": path,
        "node": path[-1],
        "code": code,
        "as_of": request.reach.day,
        "rows": [_candidate(each) for each in wanted],
        "count": len(found),
        "chips": [
            {
                "label": label,
                "href": f"?show={name}",
                "count": counts.get(name, len(found)),
                "current": name == shown,
            }
            for name, label in words.items()
        ],
    }
    return render(request, "cases/candidates.html", context)


# --- below the line -------------------------------------------------------------------------


def _told(line: CaseLine) -> dict[str, object]:
    state, due = line.state, line.due
    return {
        "case": state.case,
        "group": state.case.group,
        "kind": KINDS[CaseKind(state.case.kind)],
        "stage": STAGES[state.stage],
        "where": line.group_of_list,
        "due": due,
        "work": WORKS[due.kind] if due is not None else "",
        "waits_for": ROLES[due.waits_for] if due is not None else "",
    }


def _candidate(each: Candidate) -> dict[str, object]:
    status, warning = each.fund.status, each.fund.warning
    return {
        "status": status,
        "mark": CARE_STATES[warning.care],
        "care": CARE_WORDS[warning.care],
        "signs": [sign_in_thai(sign.value) for sign in warning.signs],
        "result": each.result,
        "voices": each.voices[:MOST_VOICES],
        "chosen": each.chosen,
        "case": each.case.case if each.case is not None else None,
        "stage": STAGES[each.case.stage] if each.case is not None else "",
        "href": reverse("reports:fund", args=[status.code]),
    }


def _chips(
    at: str, shown: str, words: Mapping[str, str], counts: Mapping[str, int], count: int
) -> list[dict[str, object]]:
    everything = {"label": "ทั้งหมด", "href": f"?#{at}", "count": count, "current": not shown}
    return [
        everything,
        *(
            {
                "label": label,
                "href": f"?show={name}#{at}",
                "count": counts[name],
                "current": shown == name,
            }
            for name, label in words.items()
        ),
    ]
