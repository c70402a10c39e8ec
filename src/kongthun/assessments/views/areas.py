"""All funds of an area by their latest result: an early warning, no ranking."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.areas.queries import within
from kongthun.domain.assessment import Level
from kongthun.domain.thai_calendar import fiscal_year
from kongthun.domain.thai_text import search_key
from kongthun.groups.models import Group
from kongthun.reports.views.asking import path_in_reach

from ..actions import AreaAssessed, assess_from_books
from ..queries.questionnaires import asked_in
from ..queries.results import HEALTH, kinds_asked, latest_of
from ..wording import refusal_in_thai
from .assessments import Line

ROWS_A_PAGE = 100
_NONE = "none"


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter with how many groups it shows."""

    label: str
    count: int
    href: str
    current: bool


@scoped(Deed.SEE_AREA)
@require_safe
def area(request: ScopedRequest, code: str, which: str = HEALTH) -> HttpResponse:
    """Every group of the area in the order of codes, with its latest result of the year before."""
    path = path_in_reach(request.reach, code)
    day = request.reach.day
    groups = list(
        Group.objects.filter(
            request.reach.funds(Deed.SEE_FUND), kinds_asked(which), within("area_code", code)
        ).order_by("code")
    )
    latest = latest_of([group.pk for group in groups], day, which)
    asked = asked_in(which, code, fiscal_year(day))
    lines = {pk: Line.of(result) for pk, result in latest.items()}
    now = request.GET.get("level", "")
    words = search_key(request.GET.get("q", "")[:100])
    shown = [
        (group, lines.get(group.pk))
        for group in groups
        if (not now or _level_of(lines.get(group.pk)) == now)
        and (words in search_key(group.name) or words in group.code)
    ]
    page = Paginator(shown, ROWS_A_PAGE).get_page(request.GET.get("page"))
    levels = asked.questionnaire.levels if asked is not None else ()
    context = {
        "code": code,
        "path": path,
        "node": path[-1],
        "which": which,
        "is_health": which == HEALTH,
        "asked": asked,
        "count": len(groups),
        "page": page,
        "rows": list(page),
        "chips": _chips(list(lines.values()), len(groups), levels, now, request.path),
        "q": request.GET.get("q", "")[:100],
        "level": now,
        "may_assess": any(
            code.startswith(held.area_code) or held.area_code.startswith(code)
            for held in request.reach.holding_with(Deed.ASSESS)
            if held.group_id is None
        ),
        "day": day,
    }
    return render(request, "assessments/area.html", context)


@scoped(Deed.ASSESS)
@require_POST
def from_books(request: ScopedRequest, code: str, which: str = HEALTH) -> HttpResponse:
    """Judge every group of the area that one may assess by its books, as of today."""
    path_in_reach(request.reach, code)
    done = assess_from_books(area_code=code, code=which, on=request.reach.day, by=request.reach)
    if isinstance(done, AreaAssessed):
        had = f" อีก {done.had_one:,} กลุ่มมีผลของวันนี้อยู่แล้ว" if done.had_one else ""
        messages.success(request, f"ประเมินจากสมุดแล้ว {done.made:,} กลุ่ม{had}")
    else:
        for refusal in done.refusals:
            messages.error(request, refusal_in_thai(refusal))
    return redirect("assessments:health" if which == HEALTH else "assessments:strength", code)


# ---- the pieces ----------------------------------------------------------------------------------


def _level_of(line: Line | None) -> str:
    if line is None:
        return _NONE
    return line.result.level.code if line.result.level is not None else "unknown"


def _chips(
    lines: list[Line], count: int, levels: tuple[Level, ...], now: str, at: str
) -> list[Chip]:
    """All, each level from the one where help is wanted first, and those never assessed."""
    counts = Counter(_level_of(line) for line in lines)
    counts[_NONE] = count - len(lines)
    said = {level.code: level.name for level in levels}
    for line in lines:  # a result of an earlier year may have a level that is no more
        if line.result.level is not None:
            said.setdefault(line.result.level.code, line.result.level.name)
    said |= {"unknown": "ยังไม่รู้", _NONE: "ยังไม่ได้ประเมิน"}
    found = [Chip("ทั้งหมด", count, at, not now)]
    return found + [
        Chip(name, counts[code], f"{at}?{urlencode({'level': code})}", now == code)
        for code, name in said.items()
        if counts[code] or now == code
    ]
