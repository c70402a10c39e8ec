"""Pages of the file of a case: events with their deadlines, papers, the sealed bundle."""

from __future__ import annotations

from typing import cast

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.actions import record_deed
from kongthun.domain.casework import CaseKind

from ..actions.events import EventTold, take_back_event, tell_event
from ..actions.papers import PaperFiled, file_paper, take_out_paper
from ..bundle import NotAsKeptError, bundle_of
from ..forms_follow_up import EventForm, NoteForm, PaperForm
from ..models import CaseEvent, CasePaper
from ..queries.facts import CaseState
from ..queries.follow_up import events_asked, rows_of
from ..wording import EVENTS
from .follow_up import back, form_page, head, kept_file, may, state_or_404


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def event_new(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Write down something from which a deadline counts, or that meets one."""
    state = state_or_404(request, code, number, Deed.WORK_CASES)
    names = events_asked(CaseKind(state.case.kind))
    if not names:
        raise Http404
    form = EventForm(
        names,
        request.POST if request.method == "POST" else None,
        initial={"on": request.reach.day},
    )
    if request.method == "POST" and form.is_valid():
        done = tell_event(state=state, by=request.reach, **form.cleaned_data)
        if isinstance(done, EventTold):
            return back(request, state, "บันทึกเหตุการณ์แล้ว", "deadlines")
        form.refuse(done.refusals)
    return form_page(
        request,
        state,
        form,
        title="บันทึกเหตุการณ์",
        lead="กำหนดเวลานับจากวันที่ของเหตุการณ์ เป็นการเตือนให้นิติกรตรวจ ไม่ใช่คำปรึกษากฎหมาย",
        what="บอกวันที่ให้ตรงกับเอกสาร",
        button="บันทึก",
    )


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def event_withdraw(request: ScopedRequest, code: str, number: int, event: int) -> HttpResponse:
    """Take an event back."""
    state = state_or_404(request, code, number, Deed.WORK_CASES)
    row: CaseEvent | None = rows_of(CaseEvent, state).filter(number=event).first()
    if row is None:
        raise Http404
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = take_back_event(
            state=state, number=event, note=form.cleaned_data["note"], by=request.reach
        )
        if isinstance(done, EventTold):
            return back(request, state, "ถอนเหตุการณ์นั้นแล้ว", "deadlines")
        form.refuse(done.refusals)
    return form_page(
        request,
        state,
        form,
        title=f"ถอนเหตุการณ์: {EVENTS.get(row.name, row.name)}",
        what="แถวเดิมยังอยู่พร้อมเหตุผล",
        button="ถอน",
    )


@scoped(Deed.WORK_CASES, Deed.SEE_SEALED)
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The papers of a case, and putting in another."""
    state = state_or_404(request, code, number, Deed.WORK_CASES, Deed.SEE_SEALED)
    form = PaperForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
    )
    if request.method == "POST" and form.is_valid():
        done = file_paper(state=state, by=request.reach, **form.cleaned_data)
        if isinstance(done, PaperFiled):
            return back(request, state, f"เก็บเอกสารลำดับที่ {done.number} แล้ว", "papers")
        form.refuse(done.refusals)
    return _papers_page(request, state, form)


@scoped(Deed.WORK_CASES, Deed.SEE_SEALED)
@require_safe
def paper(request: ScopedRequest, code: str, number: int, paper: int) -> HttpResponse:
    """A paper of the file."""
    state = state_or_404(request, code, number, Deed.WORK_CASES, Deed.SEE_SEALED)
    row = _paper_or_404(state, paper)
    name = f"{code}-case-{number}-paper-{paper}"
    return kept_file(request, state, row.sha256, f"paper {paper}", name=name)


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def paper_withdraw(request: ScopedRequest, code: str, number: int, paper: int) -> HttpResponse:
    """Take a paper out of the file."""
    state = state_or_404(request, code, number, Deed.WORK_CASES)
    row = _paper_or_404(state, paper)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = take_out_paper(
            state=state, number=paper, note=form.cleaned_data["note"], by=request.reach
        )
        if isinstance(done, PaperFiled):
            return back(request, state, "นำเอกสารนั้นออกจากเรื่องแล้ว", "papers")
        form.refuse(done.refusals)
    return form_page(
        request,
        state,
        form,
        title=f"นำออก: {row.words}",
        what="เนื้อหายังเก็บไว้ในทะเบียนหลักฐานของกองทุน",
        button="นำออก",
    )


@scoped(Deed.SEE_SEALED)
@require_safe
def bundle(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The sealed file of evidence as one zip; each taking is written down with its seal."""
    state = state_or_404(request, code, number, Deed.SEE_SEALED)
    group = state.case.group
    try:
        packed = bundle_of(state, by=request.reach)
    except NotAsKeptError as missing:
        said = f"เอกสาร “{missing}” ไม่อยู่ในที่เก็บ หรือไม่ตรงกับที่เก็บไว้ แจ้งผู้ดูแลระบบให้ตรวจก่อนมอบชุดหลักฐาน"
        return _papers_page(request, state, PaperForm(), refused=[said])
    record_deed(
        "export_bundle",
        user_id=request.reach.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"case {number}",
        details={"seal": packed.seal, "files": packed.files, "redacted": packed.redacted},
    )
    answer = FileResponse(
        packed.content,
        as_attachment=True,
        filename=f"{code}-case-{number}-evidence.zip",
        content_type="application/zip",
    )
    return cast("HttpResponse", answer)


# --- below the line -------------------------------------------------------------------------


def _papers_page(
    request: ScopedRequest, state: CaseState, form: PaperForm, refused: list[str] | None = None
) -> HttpResponse:
    context = {
        **head(state),
        "papers": rows_of(CasePaper, state),
        "form": form,
        "refused": refused or [],
        "may_work": may(request, state, Deed.WORK_CASES),
        "may_bundle": may(request, state, Deed.SEE_SEALED),
        "sees_names": may(request, state, Deed.SEE_NAMES),
    }
    status = 422 if form.is_bound or refused else 200
    return render(request, "cases/papers.html", context, status=status)


def _paper_or_404(state: CaseState, number: int) -> CasePaper:
    row: CasePaper | None = rows_of(CasePaper, state).filter(number=number).first()
    if row is None:
        raise Http404
    return row
