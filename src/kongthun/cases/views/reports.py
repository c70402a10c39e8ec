"""Pages of telling the superior: the memo, advice from above, the answer."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.actions import record_deed

from ..actions.advice import Advised, answer_advice
from ..actions.advice import advise as give_advice
from ..actions.reports import Reported, report_case
from ..forms_follow_up import AdviceForm, AnswerForm, ReportForm
from ..models import CaseAdvice, CaseReport
from ..papers import memo_from_data, print_memo
from ..queries.follow_up import rows_of
from .follow_up import back, digits, form_page, state_or_404


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Write a memo to a superior."""
    state = state_or_404(request, code, number, Deed.WORK_CASES)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = report_case(state=state, by=request.reach, **form.cleaned_data)
        if isinstance(done, Reported):
            return back(request, state, f"ทำรายงานฉบับที่ {done.number} แล้ว พิมพ์และลงนามได้", "reports")
        form.refuse(done.refusals)
    return form_page(
        request,
        state,
        form,
        title="รายงานผู้บังคับบัญชา",
        lead="บันทึกข้อความจะมีฐานะกองทุน สาเหตุ แผน การลงพื้นที่ ข้อตกลง และผลจากสมุดของวันนี้แนบไปด้วย",
        what="เมื่อทำแล้วข้อความจะคงเดิม",
        button="ทำรายงาน",
    )


@scoped(Deed.WORK_CASES, Deed.ADVISE_CASES, Deed.SEE_SEALED)
@require_safe
def memo(request: ScopedRequest, code: str, number: int, report: int) -> HttpResponse:
    """The memo as PDF, as it was handed over. Each taking is written down."""
    state = state_or_404(request, code, number, Deed.WORK_CASES, Deed.ADVISE_CASES, Deed.SEE_SEALED)
    row: CaseReport | None = rows_of(CaseReport, state).filter(number=report).first()
    if row is None or not row.told:
        raise Http404
    group = state.case.group
    record_deed(
        "export_memo",
        user_id=request.reach.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"case {number} report {report}",
    )
    pdf = print_memo(memo_from_data(row.told), digits=digits(request))
    name = f"{code}-case-{number}-memo-{report}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@scoped(Deed.ADVISE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def advise(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Give advice on a case."""
    state = state_or_404(request, code, number, Deed.ADVISE_CASES)
    reports = list(rows_of(CaseReport, state))
    waiting = reports[0].number if reports else None
    form = AdviceForm(
        reports,
        request.POST if request.method == "POST" else None,
        initial={"on": request.reach.day, "report": waiting},
    )
    if request.method == "POST" and form.is_valid():
        done = give_advice(state=state, by=request.reach, **form.cleaned_data)
        if isinstance(done, Advised):
            return back(request, state, "ส่งคำแนะนำให้ทีมงานแล้ว", "reports")
        form.refuse(done.refusals)
    return form_page(
        request,
        state,
        form,
        title="ให้คำแนะนำ",
        what="ทีมงานจะเห็นในงานของตน",
        button="ส่งคำแนะนำ",
    )


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def advice_answer(request: ScopedRequest, code: str, number: int, advice: int) -> HttpResponse:
    """Answer advice."""
    state = state_or_404(request, code, number, Deed.WORK_CASES)
    row: CaseAdvice | None = rows_of(CaseAdvice, state).filter(number=advice).first()
    if row is None:
        raise Http404
    form = AnswerForm(
        request.POST if request.method == "POST" else None, initial={"on": request.reach.day}
    )
    if request.method == "POST" and form.is_valid():
        done = answer_advice(state=state, number=advice, by=request.reach, **form.cleaned_data)
        if isinstance(done, Advised):
            return back(request, state, f"ตอบคำแนะนำที่ {advice} แล้ว", "reports")
        form.refuse(done.refusals)
    return form_page(
        request,
        state,
        form,
        title=f"ตอบคำแนะนำที่ {advice}",
        lead=row.words,
        what="คำตอบจะอยู่คู่กับคำแนะนำ",
        button="ส่งคำตอบ",
    )
