"""Standards of a group's products, and the agencies it lets in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped

from ..actions.agencies import end_invitation, invite_agency
from ..actions.standards import record_standard, withdraw_standard
from ..forms import EndForm, InvitationForm, NoteForm, StandardForm
from ..refusals import NotDone
from .asking import form_page, group_or_404


@scoped(Deed.SEEK_SUPPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_standard(request: ScopedRequest, code: str) -> HttpResponse:
    """A certificate of a product."""
    group = group_or_404(request, code, Deed.SEEK_SUPPORT)
    form = StandardForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = record_standard(group=group, by=request.reach, **form.cleaned_data)
        if not isinstance(done, NotDone):
            messages.success(request, "บันทึกมาตรฐานสินค้าแล้ว")
            return redirect("support:support", code=code)
        form.refuse(done.refusals)
    return form_page(request, group, form, title="บันทึกมาตรฐานสินค้า", button="บันทึก", step=_back(code))


@scoped(Deed.SEEK_SUPPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_standard(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """A standard that was written down wrongly."""
    group = group_or_404(request, code, Deed.SEEK_SUPPORT)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        note = form.cleaned_data["note"]
        done = withdraw_standard(group=group, number=number, note=note, by=request.reach)
        if not isinstance(done, NotDone):
            messages.success(request, "ถอนแล้ว ที่บันทึกไว้เดิมยังอยู่ในทะเบียน")
            return redirect("support:support", code=code)
        form.refuse(done.refusals)
    return form_page(
        request, group, form, title="ถอนมาตรฐานที่บันทึกผิด", button="ถอน", step=_back(code)
    )


@scoped(Deed.SEEK_SUPPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: ScopedRequest, code: str) -> HttpResponse:
    """An agency is let in, from a day to a day."""
    group = group_or_404(request, code, Deed.SEEK_SUPPORT)
    form = InvitationForm(group, request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        agency = int(said.pop("agency"))
        done = invite_agency(group=group, agency_id=agency, by=request.reach, **said)
        if not isinstance(done, NotDone):
            messages.success(request, "เชิญหน่วยงานแล้ว")
            return redirect("support:support", code=code)
        form.refuse(done.refusals)
    lead = "หน่วยงานจะเห็นคำขอที่ส่งถึงตนและมาตรฐานสินค้า ไม่เห็นสมุดเงินและรายชื่อสมาชิก"
    return form_page(
        request, group, form, title="เชิญหน่วยงาน", button="เชิญ", lead=lead, step=_back(code)
    )


@scoped(Deed.SEEK_SUPPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The last day of an invitation."""
    group = group_or_404(request, code, Deed.SEEK_SUPPORT)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        on = form.cleaned_data["on"]
        done = end_invitation(group=group, number=number, on=on, by=request.reach)
        if not isinstance(done, NotDone):
            messages.success(request, "กำหนดวันสุดท้ายแล้ว")
            return redirect("support:support", code=code)
        form.refuse(done.refusals)
    return form_page(request, group, form, title="จบการเชิญ", button="บันทึก", step=_back(code))


def _back(code: str) -> list[str]:
    return ["การสนับสนุน", reverse("support:support", args=[code])]
