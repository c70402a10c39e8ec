"""Pages of calls: a meeting is called, cancelled, held; its letter and its sheet to sign."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.groups.models import Group
from kongthun.groups.views.asking import group_or_404, may

from ..actions.calls import call_meeting, cancel_call, hold_call
from ..actions.meetings import agenda_lines
from ..calls_refusals import NotDone
from ..forms_plans import Answers, CallForm, CancelForm, HoldForm, time_words
from ..models import Call, MeetingKind
from ..queries.calls import call_of


@scoped(Deed.HOLD_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: ScopedRequest, code: str) -> HttpResponse:
    """Call a meeting for a day to come."""
    group = group_or_404(request, code, Deed.HOLD_MEETINGS)
    form = CallForm(
        request.POST if request.method == "POST" else None, initial={"kind": MeetingKind.GENERAL}
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        done = call_meeting(
            group=group,
            by=request.reach,
            kind=MeetingKind(typed["kind"]),
            meets_on=typed["meets_on"],
            meets_at=typed["meets_at"],
            place=typed["place"],
            agenda=typed["agenda"],
        )
        if not isinstance(done, NotDone):
            messages.success(request, "นัดประชุมแล้ว พิมพ์หนังสือเชิญและใบลงลายมือชื่อได้จากหน้านี้")
            return redirect("activities:called", code, done.number)
        form.refuse(done.refusals)
    words = {
        "title": "นัดประชุม",
        "lead": "กำหนดวันและวาระไว้ก่อน แล้วพิมพ์หนังสือเชิญ",
        "what": "ตรวจวันและวาระ แล้วนัด",
        "button": "นัดประชุม",
    }
    return ask(request, group, form, words)


@scoped(Deed.SEE_FUND)
@require_safe
def called(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """One call: what it is for, its papers, and holding it when the day has come."""
    group = group_or_404(request, code, Deed.SEE_FUND)
    return _called_page(request, group, _call_or_404(group, number))


@scoped(Deed.HOLD_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Say that a called meeting does not take place."""
    group = group_or_404(request, code, Deed.HOLD_MEETINGS)
    found = _call_or_404(group, number)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = cancel_call(
            group=group, number=number, note=form.cleaned_data["note"], by=request.reach
        )
        if not isinstance(done, NotDone):
            messages.success(request, "งดประชุมแล้ว นัดนี้ยังอยู่ในรายการพร้อมเหตุผล")
            return redirect("activities:called", code, number)
        form.refuse(done.refusals)
    words = {
        "title": "งดประชุม",
        "lead": MeetingKind(found.kind).label,
        "what": "บอกเหตุสั้น ๆ ให้ผู้ที่ได้รับนัดทราบ",
        "button": "งดประชุม",
    }
    return ask(request, group, form, words)


@scoped(Deed.HOLD_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Open the meeting that was called, with its agenda."""
    group = group_or_404(request, code, Deed.HOLD_MEETINGS)
    found = _call_or_404(group, number)
    form = HoldForm(
        request.POST if request.method == "POST" else None,
        initial={"on": min(found.meets_on, request.reach.day)},
    )
    if request.method == "POST" and form.is_valid():
        done = hold_call(group=group, number=number, by=request.reach, on=form.cleaned_data["on"])
        if not isinstance(done, NotDone):
            messages.success(
                request,
                f"เปิดร่างการประชุมครั้งที่ {done.meeting_number} ตามนัดแล้ว ต่อไปทำเครื่องหมายผู้ที่มา",
            )
            return redirect("activities:meeting", code, done.meeting_number)
        form.refuse(done.refusals)
    words = {
        "title": "ประชุมตามนัด",
        "lead": "วาระและสถานที่ยกมาจากนัด แก้ได้ในหน้าการประชุม",
        "what": "ตรวจวันที่ประชุมจริง แล้วเปิดร่าง",
        "button": "เปิดร่างการประชุม",
    }
    return ask(request, group, form, words)


def ask(
    request: ScopedRequest,
    group: Group,
    form: Answers,
    words: dict[str, str],
    *,
    back: tuple[str, str] = ("การประชุม", "activities:meetings"),
) -> HttpResponse:
    """A page that asks the questions of one form; with everything typed, 422 once refused."""
    context = {
        **words,
        "group": group,
        "code": group.code,
        "form": form,
        "back_words": back[0],
        "back_to": back[1],
        "sends_files": form.is_multipart(),
    }
    return render(request, "activities/ask.html", context, status=422 if form.errors else 200)


# --- below the line -------------------------------------------------------------------------


def _call_or_404(group: Group, number: int) -> Call:
    found = call_of(group, number)
    if found is None:
        raise Http404
    return found


def _called_page(request: ScopedRequest, group: Group, found: Call) -> HttpResponse:
    waits = found.meeting_number is None and found.cancelled_at is None
    sees_names = may(request, Deed.SEE_NAMES, group)
    context = {
        "group": group,
        "code": group.code,
        "call": found,
        "at": time_words(found.meets_at) if found.meets_at else "",
        "agenda": agenda_lines(found.agenda),
        "waits": waits,
        "day_has_come": found.meets_on <= request.reach.day,
        "sees_names": sees_names,
        "may_hold": waits and may(request, Deed.HOLD_MEETINGS, group),
    }
    return render(request, "activities/called.html", context)
