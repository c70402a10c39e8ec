"""Pages of following up: a visit, what shows that a step was done."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped

from ..actions.showing import Shown, show_step, take_back_shown
from ..actions.visits import VisitTold, take_back_visit, tell_visit
from ..forms_follow_up import NoteForm, ShowStepForm, VisitForm
from ..models import PlanStep, StepShown
from ..queries.facts import CaseState
from ..queries.follow_up import VisitTold as ToldVisit
from ..queries.follow_up import may_show, rows_of, visits_of
from .follow_up import back, form_page, head, kept_file, may, state_or_404


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_new(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Write down a visit."""
    state = state_or_404(request, code, number, Deed.WORK_CASES)
    form = VisitForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"on": request.reach.day},
    )
    if request.method == "POST" and form.is_valid():
        done = tell_visit(state=state, by=request.reach, **form.cleaned_data)
        if isinstance(done, VisitTold):
            return back(request, state, f"บันทึกการลงพื้นที่ครั้งที่ {done.number} แล้ว", "visits")
        form.refuse(done.refusals)
    return form_page(
        request,
        state,
        form,
        title="บันทึกการลงพื้นที่",
        what="เล่าสิ่งที่เห็น จะสั้นก็ได้",
        button="บันทึก",
    )


@scoped(Deed.SEE_CASES)
@require_safe
def visit(request: ScopedRequest, code: str, number: int, visit: int) -> HttpResponse:
    """One visit: what was seen and advised, the households met by number, the photos."""
    state = state_or_404(request, code, number, Deed.SEE_CASES)
    context = {
        **head(state),
        "told": _visit_or_404(state, visit),
        "sees_names": may(request, state, Deed.SEE_NAMES),
        "may_work": may(request, state, Deed.WORK_CASES),
    }
    return render(request, "cases/visit.html", context)


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_withdraw(request: ScopedRequest, code: str, number: int, visit: int) -> HttpResponse:
    """Take a visit back."""
    state = state_or_404(request, code, number, Deed.WORK_CASES)
    _visit_or_404(state, visit)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = take_back_visit(
            state=state, number=visit, note=form.cleaned_data["note"], by=request.reach
        )
        if isinstance(done, VisitTold):
            return back(request, state, "ถอนการลงพื้นที่นั้นแล้ว", "visits")
        form.refuse(done.refusals)
    return form_page(
        request,
        state,
        form,
        title=f"ถอนการลงพื้นที่ครั้งที่ {visit}",
        what="แถวเดิมยังอยู่พร้อมเหตุผล",
        button="ถอน",
    )


@scoped(Deed.SEE_CASES)
@require_safe
def visit_photo(
    request: ScopedRequest, code: str, number: int, visit: int, place: int
) -> HttpResponse:
    """A photo of a visit."""
    state = state_or_404(request, code, number, Deed.SEE_CASES)
    told = _visit_or_404(state, visit)
    for photo in told.photos:
        if photo.place == place:
            name = f"{code}-case-{number}-visit-{visit}-{place}"
            return kept_file(request, state, photo.sha256, f"visit {visit}", name=name)
    raise Http404


@scoped(Deed.WORK_CASES, Deed.HELP_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def step_show(request: ScopedRequest, code: str, number: int, step: int) -> HttpResponse:
    """Bring what shows that a step was done."""
    state = state_or_404(request, code, number, Deed.WORK_CASES, Deed.HELP_CASES)
    row = _step_or_404(state, step)
    if not may_show(row, request.reach):
        raise Http404
    form = ShowStepForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"on": request.reach.day},
    )
    if request.method == "POST" and form.is_valid():
        done = show_step(state=state, step=step, by=request.reach, **form.cleaned_data)
        if isinstance(done, Shown):
            return back(request, state, f"เก็บหลักฐานของแผนข้อ {step} แล้ว", "plan")
        form.refuse(done.refusals)
    return form_page(
        request,
        state,
        form,
        title=f"แผนข้อ {step}: แสดงว่าทำแล้ว",
        lead=f"{row.words} · สิ่งที่ตกลงว่าจะแสดง: {row.shown_by}",
        what="เลือกภาพหรือเอกสาร แล้วส่ง",
        button="เก็บหลักฐาน",
    )


@scoped(Deed.SEE_CASES)
@require_safe
def step_shown(
    request: ScopedRequest, code: str, number: int, step: int, shown: int
) -> HttpResponse:
    """What was brought for a step."""
    state = state_or_404(request, code, number, Deed.SEE_CASES)
    facts = _shown_or_404(state, step, shown)
    return kept_file(
        request, state, facts, f"step {step}", name=f"{code}-case-{number}-step-{step}-{shown}"
    )


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def shown_withdraw(
    request: ScopedRequest, code: str, number: int, step: int, shown: int
) -> HttpResponse:
    """Take back what does not show a step."""
    state = state_or_404(request, code, number, Deed.WORK_CASES)
    _shown_or_404(state, step, shown)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = take_back_shown(
            state=state,
            step=step,
            number=shown,
            note=form.cleaned_data["note"],
            by=request.reach,
        )
        if isinstance(done, Shown):
            return back(request, state, "ถอนหลักฐานนั้นแล้ว", "plan")
        form.refuse(done.refusals)
    return form_page(
        request,
        state,
        form,
        title=f"ถอนหลักฐานของแผนข้อ {step}",
        what="เมื่อไม่มีหลักฐานอื่น ข้อนี้จะกลับเป็นยังไม่ได้ทำ",
        button="ถอน",
    )


# --- below the line -------------------------------------------------------------------------


def _visit_or_404(state: CaseState, number: int) -> ToldVisit:
    for told in visits_of(state):
        if told.row.number == number:
            return told
    raise Http404


def _step_or_404(state: CaseState, number: int) -> PlanStep:
    row: PlanStep | None = rows_of(PlanStep, state).filter(number=number).first()
    if row is None:
        raise Http404
    return row


def _shown_or_404(state: CaseState, step: int, shown: int) -> str:
    """The SHA-256 of what was brought."""
    row: StepShown | None = rows_of(StepShown, state).filter(step_number=step, number=shown).first()
    if row is None:
        raise Http404
    return row.sha256
