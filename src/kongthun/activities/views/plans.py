"""Pages of the year's plan against what was done: add, replace, give up; done, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.answers import paper_answer
from kongthun.domain.plans_done import PlanState
from kongthun.domain.thai_calendar import short
from kongthun.groups.models import CommitteeTerm, Group, Person
from kongthun.groups.queries.committee import in_force_terms, standing_terms
from kongthun.groups.queries.rules import rules_of
from kongthun.groups.views.asking import group_or_404, may, namer

from ..actions.plans import (
    YEARS_AHEAD,
    YEARS_BACK,
    drop_plan,
    plan_activity,
    record_done,
    replace_plan,
    withdraw_done,
)
from ..forms_plans import DoneForm, NoteForm, PlanForm
from ..models import ActivityDone, ActivityKind, PlannedActivity
from ..plans_refusals import NotDone
from ..plans_wording import STATES
from ..queries import closed_meetings
from ..queries.plans import (
    PlanAgainstDone,
    PlanLine,
    activity_of,
    plan_against_done,
    standing_plan_of,
    year_of_group,
)
from ..queries.trainings import trainings_named
from .calls import ask

PLAN = ("แผนกิจกรรม", "activities:plan")
MOST_MEETINGS = 20
_TOLD = ("batch", "training", "meeting")


@scoped(Deed.SEE_FUND)
@require_safe
def plan(request: ScopedRequest, code: str) -> HttpResponse:
    """The plan of a year, each line with how it stands and what shows it."""
    group = group_or_404(request, code, Deed.SEE_FUND)
    today = request.reach.day
    this_year = year_of_group(group, today)
    year = _year_asked(request, this_year)
    found = plan_against_done(group, year, today)
    who = _responsible(request, group, found)
    lines = [_row(line, who) for line in found.lines]
    context = {
        "group": group,
        "code": code,
        "found": found,
        "lines": lines,
        "this_year": this_year,
        "before": year - 1,
        "after": year + 1,
        "has_before": year > this_year - YEARS_BACK,
        "has_after": year < this_year + YEARS_AHEAD,
        "planned_words": f"{found.planned} รายการ",
        "done_list": (happened := _in_order(found)),
        "has_done": bool(happened),
        "done_count": found.counts[PlanState.DONE],
        "late_count": found.counts[PlanState.LATE],
        "waiting": found.waiting[0] if found.waiting else None,
        "sees_names": may(request, Deed.SEE_NAMES, group),
        "may_keep": may(request, Deed.KEEP_PLANS, group),
    }
    return render(request, "activities/plan.html", context)


@scoped(Deed.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ScopedRequest, code: str) -> HttpResponse:
    """Add a line to the plan of a year."""
    group = group_or_404(request, code, Deed.KEEP_PLANS)
    today = request.reach.day
    year = _year_asked(request, year_of_group(group, today))
    form = _plan_form(request, group, {"year": year, "kind": ActivityKind.PRODUCTION})
    if request.method == "POST" and form.is_valid():
        done = plan_activity(group=group, by=request.reach, **_plan_typed(form))
        if not isinstance(done, NotDone):
            return _back(request, code, form.cleaned_data["year"], "เพิ่มในแผนแล้ว")
        form.refuse(done.refusals)
    words = {
        "title": "เพิ่มกิจกรรมในแผน",
        "lead": "ทำอะไร เมื่อใด ใครดูแล ใช้งบเท่าใด",
        "what": "ตรวจวันและผู้รับผิดชอบ แล้วเพิ่ม",
        "button": "เพิ่มในแผน",
    }
    return ask(request, group, form, words, back=PLAN)


@scoped(Deed.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Put a new line in the place of one that changed."""
    group = group_or_404(request, code, Deed.KEEP_PLANS)
    old = _plan_or_404(group, number)
    sees_names = may(request, Deed.SEE_NAMES, group)
    form = _plan_form(request, group, PlanForm.of(old, sees_names=sees_names))
    if request.method == "POST" and form.is_valid():
        done = replace_plan(group=group, number=number, by=request.reach, **_plan_typed(form))
        if not isinstance(done, NotDone):
            return _back(request, code, form.cleaned_data["year"], "เปลี่ยนแผนแล้ว แผนเดิมยังเก็บไว้")
        form.refuse(done.refusals)
    words = {
        "title": "เปลี่ยนแผน",
        "lead": old.words,
        "what": "แผนใหม่ใช้แทนแผนเดิม แผนเดิมยังเก็บไว้",
        "button": "บันทึกแผนใหม่",
    }
    return ask(request, group, form, words, back=PLAN)


@scoped(Deed.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Give a line up."""
    group = group_or_404(request, code, Deed.KEEP_PLANS)
    old = _plan_or_404(group, number)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        done = drop_plan(group=group, number=number, note=note, by=request.reach)
        if not isinstance(done, NotDone):
            return _back(request, code, old.year, "บันทึกว่าไม่ทำรายการนี้แล้ว")
        form.refuse(done.refusals)
    words = {
        "title": "ตกลงไม่ทำ",
        "lead": old.words,
        "what": "รายการยังอยู่ในแผนพร้อมเหตุผล",
        "button": "บันทึกว่าไม่ทำ",
    }
    return ask(request, group, form, words, back=PLAN)


@scoped(Deed.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def done(request: ScopedRequest, code: str) -> HttpResponse:
    """Write down something that was done beside the plan."""
    group = group_or_404(request, code, Deed.KEEP_PLANS)
    return _done_page(request, group, None)


@scoped(Deed.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def done_of_plan(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Write down that a line of the plan was done, or a part of it."""
    group = group_or_404(request, code, Deed.KEEP_PLANS)
    return _done_page(request, group, _plan_or_404(group, number))


@scoped(Deed.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Take back what was written down by mistake."""
    group = group_or_404(request, code, Deed.KEEP_PLANS)
    found = activity_of(group, number)
    if found is None or found.withdrawn_at is not None:
        raise Http404
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        kept = withdraw_done(group=group, number=number, note=note, by=request.reach)
        if not isinstance(kept, NotDone):
            year = year_of_group(group, found.happened_on)
            return _back(request, code, year, "ถอนรายการนั้นแล้ว ยังเก็บไว้พร้อมเหตุผล")
        form.refuse(kept.refusals)
    words = {
        "title": "ถอนกิจกรรมที่บันทึกผิด",
        "lead": found.words,
        "what": "บอกว่ารู้ได้อย่างไรว่าบันทึกผิด",
        "button": "ถอนรายการ",
    }
    return ask(request, group, form, words, back=PLAN)


@scoped(Deed.SEE_NAMES)
@require_safe
def evidence(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The photo that shows that something was done."""
    group = group_or_404(request, code, Deed.SEE_NAMES)
    found = activity_of(group, number)
    if found is None or found.withdrawn_at is not None:
        raise Http404
    name = f"{code}-activity-{number}"
    return paper_answer(group.pk, found.evidence, name, shows_photos=True)


# --- below the line -------------------------------------------------------------------------


def _in_order(found: PlanAgainstDone) -> list[ActivityDone]:
    """Everything that was done, of the plan and beside it, the latest first."""
    of_plan = [done for line in found.lines for done in line.done]
    every = [*of_plan, *found.beside]
    return sorted(every, key=lambda done: (done.happened_on, done.number), reverse=True)


def _year_asked(request: ScopedRequest, this_year: int) -> int:
    """The year in the address, where it is one that plans are made for; else this year."""
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else this_year
    return year if this_year - YEARS_BACK <= year <= this_year + YEARS_AHEAD else this_year


def _plan_or_404(group: Group, number: int) -> PlannedActivity:
    found = standing_plan_of(group, number)
    if found is None:
        raise Http404
    return found


def _row(line: PlanLine, who: Callable[[PlannedActivity], str]) -> dict[str, Any]:
    mark, word = STATES[line.state]
    return {
        "line": line,
        "mark": mark,
        "word": word,
        "who": who(line.row),
        "is_open": line.state != PlanState.DROPPED,
        "is_done": line.state == PlanState.DONE,
    }


def _responsible(
    request: ScopedRequest, group: Group, found: PlanAgainstDone
) -> Callable[[PlannedActivity], str]:
    """Who sees to a line, as it may be read here. Reading names is written down."""
    if not found.lines:
        return lambda _: ""
    called = namer(request, group, f"plan {found.year}")
    sees_names = may(request, Deed.SEE_NAMES, group)
    terms = {term.number: term for term in standing_terms(group.pk)}

    def who(row: PlannedActivity) -> str:
        term = terms.get(row.term_number or 0)
        if term is not None:
            return f"{called(term.person)} · {term.position_words}"
        return row.responsible if sees_names else "ผู้ที่กลุ่มมอบหมาย"

    return who


def _plan_form(request: ScopedRequest, group: Group, initial: dict[str, Any]) -> PlanForm:
    rules = rules_of(
        group_id=group.pk, kind=group.kind, area_code=group.area_code, day=request.reach.day
    )
    years = rules["committee_years"].count
    called = namer(request, group, "plan")
    terms = in_force_terms(group.pk, request.reach.day, years=years)
    known = {term.number for term in terms}
    # Who saw to it before stays to be chosen, also after the term.
    before = [
        term
        for term in standing_terms(group.pk)
        if term.number == initial.get("term") and term.number not in known
    ]
    return PlanForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        terms=[(term.number, _seat_words(term, called)) for term in [*terms, *before]],
    )


def _seat_words(term: CommitteeTerm, called: Callable[[Person], str]) -> str:
    return f"{called(term.person)} · {term.position_words}"


def _plan_typed(form: PlanForm) -> dict[str, Any]:
    typed = form.cleaned_data
    return {
        "year": typed["year"],
        "kind": ActivityKind(typed["kind"]),
        "words": typed["words"],
        "starts_on": typed["starts_on"],
        "ends_on": typed["ends_on"],
        "term_number": typed["term"],
        "responsible": typed["responsible"],
        "budget": typed["budget"],
    }


def _done_page(request: ScopedRequest, group: Group, plan: PlannedActivity | None) -> HttpResponse:
    is_sent = request.method == "POST"
    form = DoneForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        initial=_done_initial(request, plan),
        meetings=[
            (each.number, f"{each.get_kind_display()} ครั้งที่ {each.number} · {short(each.held_on)}")
            for each in closed_meetings(group)[:MOST_MEETINGS]
        ],
        trainings=[
            (each.number, f"{each.topic} · {short(each.held_on)}")
            for each in trainings_named(group)[:MOST_MEETINGS]
        ],
    )
    if is_sent and form.is_valid():
        typed = form.cleaned_data
        kept = record_done(
            group=group,
            by=request.reach,
            on=typed["on"],
            words=typed["words"],
            kind=ActivityKind(typed["kind"]),
            plan_number=plan.number if plan is not None else None,
            spent=typed["spent"],
            meeting_number=typed.get("meeting"),
            training_number=typed.get("training"),
            batch_number=typed["batch"],
            evidence=typed["photo"],
        )
        if not isinstance(kept, NotDone):
            year = plan.year if plan is not None else year_of_group(group, typed["on"])
            return _back(request, group.code, year, "บันทึกกิจกรรมที่ทำแล้ว")
        form.refuse(kept.refusals)
    words = {
        "title": "บันทึกว่าทำแล้ว",
        "lead": plan.words if plan is not None else "กิจกรรมนอกแผน",
        "what": "แนบภาพไว้ด้วยได้ เป็นหลักฐานของกลุ่ม",
        "button": "บันทึกว่าทำแล้ว",
    }
    return ask(request, group, form, words, back=PLAN)


def _done_initial(request: ScopedRequest, plan: PlannedActivity | None) -> dict[str, Any]:
    """What is known already: of the plan, or told by the page that leads here."""
    told = {name: request.GET[name] for name in _TOLD if name in request.GET}
    if plan is None:
        return {"on": request.reach.day, "kind": ActivityKind.OTHER, **told}
    day = min(plan.ends_on, request.reach.day)
    return {"on": day, "kind": plan.kind, "words": plan.words, **told}


def _back(request: ScopedRequest, code: str, year: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(f"{reverse('activities:plan', args=[code])}?year={year}")
