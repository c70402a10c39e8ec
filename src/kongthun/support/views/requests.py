"""What a group asks for: the list, a request with its steps, and what is added to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.activities.models import Meeting
from kongthun.domain.thai_calendar import short

from ..actions.agencies import record_agency
from ..actions.requests import add_step, ask_support, withdraw_request, withdraw_step
from ..forms import AgencyForm, AskForm, NoteForm, StepForm
from ..models import AgencyKind, SupportKind, SupportStepKind
from ..queries.requests import (
    ANSWERS,
    gifts_to_name,
    invitations_on,
    standards_of,
    support_of,
)
from ..refusals import NotDone
from .asking import (
    Place,
    form_page,
    group_or_404,
    may_seek,
    meeting_choices,
    place_or_404,
)

_STEPS = {
    "answer": (ANSWERS, "บันทึกคำตอบ", "บันทึกคำตอบของหน่วยงาน"),
    "given": ((SupportStepKind.GIVEN,), "บันทึกสิ่งที่ได้รับ", "บันทึกสิ่งที่ได้รับ"),
    "came-of-it": ((SupportStepKind.CAME_OF_IT,), "บันทึกผลที่เกิดขึ้น", "บันทึกผลที่เกิดขึ้น"),
}


@scoped(Deed.SEE_FUND, Deed.SEEK_SUPPORT)
@require_safe
def support(request: ScopedRequest, code: str) -> HttpResponse:
    """Everything a group asked for and what became of it, its standards, whom it invites."""
    group = group_or_404(request, code, Deed.SEE_FUND, Deed.SEEK_SUPPORT)
    context = {
        "group": group,
        "code": code,
        "states": support_of(group),
        "standards": standards_of(group),
        "invitations": invitations_on(group, request.reach.day),
        "keeps": may_seek(request, group),
        "today": request.reach.day,
    }
    return render(request, "support/support.html", context)


@scoped(Deed.SEEK_SUPPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ScopedRequest, code: str) -> HttpResponse:
    """A new request."""
    group = group_or_404(request, code, Deed.SEEK_SUPPORT)
    form = AskForm(
        group, meeting_choices(group), request.POST if request.method == "POST" else None
    )
    if form.is_valid():
        said = form.cleaned_data
        done = ask_support(
            group=group,
            agency_id=int(said["agency"]),
            kind=SupportKind(said["kind"]),
            words=said["words"],
            amount=said["amount"],
            on=said["on"],
            meeting_number=int(said["meeting"]) if said["meeting"] else None,
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            messages.success(request, f"บันทึกคำขอที่ {done.number} แล้ว")
            return redirect("support:request", code=code, number=done.number)
        form.refuse(done.refusals)
    back = ["การสนับสนุน", reverse("support:support", args=[code])]
    return form_page(
        request,
        group,
        form,
        title="ขอรับการสนับสนุน",
        button="บันทึกคำขอ",
        lead="หน่วยงานที่ไม่อยู่ในรายการ เพิ่มได้จากหน้าการสนับสนุน",
        step=back,
    )


@scoped(Deed.SEEK_SUPPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_agency(request: ScopedRequest, code: str) -> HttpResponse:
    """An agency joins the register."""
    group = group_or_404(request, code, Deed.SEEK_SUPPORT)
    form = AgencyForm(group, request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        kind = AgencyKind(said.pop("kind"))
        done = record_agency(group=group, kind=kind, by=request.reach, **said)
        if not isinstance(done, NotDone):
            messages.success(request, "เพิ่มหน่วยงานแล้ว เลือกได้จากรายการ")
            return redirect("support:ask", code=code)
        form.refuse(done.refusals)
    back = ["การสนับสนุน", reverse("support:support", args=[code])]
    return form_page(request, group, form, title="เพิ่มหน่วยงาน", button="เพิ่มหน่วยงาน", step=back)


@scoped(Deed.SEE_FUND, Deed.SEEK_SUPPORT, Deed.ANSWER_SUPPORT)
@require_safe
def one_request(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """A request with its steps, for the group and for the agency that was asked."""
    place = place_or_404(request, code, number)
    asked = place.state.request
    decided = None
    if asked.meeting_number is not None and not place.is_agency:
        decided = Meeting.objects.filter(group=place.group, number=asked.meeting_number).first()
    context = {
        "group": place.group,
        "code": code,
        "state": place.state,
        "keeps": place.keeps,
        "is_agency": place.is_agency,
        "may_add": place.keeps or place.is_agency,
        "decided": decided,
    }
    return render(request, "support/request.html", context)


@scoped(Deed.SEEK_SUPPORT, Deed.ANSWER_SUPPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: ScopedRequest, code: str, number: int, what: str) -> HttpResponse:
    """The answer, something given, or what came of it."""
    if what not in _STEPS:
        raise Http404
    kinds, button, title = _STEPS[what]
    place = place_or_404(request, code, number)
    gifts = _gifts(place) if what == "given" else []
    form = StepForm(kinds, request.POST if request.method == "POST" else None, gifts=gifts)
    if form.is_valid():
        said = form.cleaned_data
        done = add_step(
            group=place.group,
            request_number=number,
            kind=SupportStepKind(said["kind"]),
            words=said["words"],
            amount=said.get("amount"),
            on=said["on"],
            gift_number=int(said["gift"]) if said.get("gift") else None,
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            messages.success(request, "บันทึกแล้ว")
            return redirect("support:request", code=code, number=number)
        form.refuse(done.refusals)
    back = [f"คำขอที่ {number}", reverse("support:request", args=[code, number])]
    asked = place.state.request
    return form_page(
        request, place.group, form, title=title, button=button, lead=asked.words, step=back
    )


def _gifts(place: Place) -> list[tuple[str, str]]:
    """What the group's own people may choose from; an agency sees nothing of the books."""
    if place.is_agency:
        return []
    return [
        (str(each.number), f"{short(each.received_on)} {each.amount.text} บาท จาก{each.giver}")
        for each in gifts_to_name(place.group)
    ]


@scoped(Deed.SEEK_SUPPORT, Deed.ANSWER_SUPPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_step(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """A step that was written down wrongly."""
    found = place_or_404(request, code, number)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = withdraw_step(
            group=found.group,
            request_number=number,
            number=place,
            note=form.cleaned_data["note"],
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            messages.success(request, "ถอนขั้นนี้แล้ว ที่บันทึกไว้เดิมยังอยู่ในทะเบียน")
            return redirect("support:request", code=code, number=number)
        form.refuse(done.refusals)
    back = [f"คำขอที่ {number}", reverse("support:request", args=[code, number])]
    return form_page(request, found.group, form, title="ถอนขั้นที่บันทึกผิด", button="ถอนขั้นนี้", step=back)


@scoped(Deed.SEEK_SUPPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """A request that should not have been made."""
    group = group_or_404(request, code, Deed.SEEK_SUPPORT)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        note = form.cleaned_data["note"]
        done = withdraw_request(group=group, number=number, note=note, by=request.reach)
        if not isinstance(done, NotDone):
            messages.success(request, "ถอนคำขอแล้ว")
            return redirect("support:support", code=code)
        form.refuse(done.refusals)
    back = ["การสนับสนุน", reverse("support:support", args=[code])]
    return form_page(request, group, form, title=f"ถอนคำขอที่ {number}", button="ถอนคำขอ", step=back)
