"""Handing the work of an area over: the list, drawing one up, reading it, signing, the paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.actions import record_deed
from kongthun.papers import Digits

from ..actions.handovers import (
    HandoverKept,
    draw_up_handover,
    sign_handover,
    withdraw_handover,
)
from ..forms import HandoverForm, WithdrawForm
from ..models import Handover
from ..papers import EndLine, FundLine, HandoverPaper, OpenLine, Side, print_handover
from ..queries.handovers import (
    FundTold,
    Told,
    givers_for,
    handover_in_reach,
    handovers_in_reach,
    place_names,
    takers_for,
)
from ..refusals import NotBothSigned, NotDone, WorkRefusal
from ..wording import refusal_in_thai

_SUMS = ("capital", "households", "bank", "elsewhere", "unexplained", "overdue")


@scoped(Deed.SEE_OWN_WORK)
@require_safe
def handovers(request: ScopedRequest) -> HttpResponse:
    """The handovers that the reader is a side of, or stands above."""
    listed = list(handovers_in_reach(request.reach))
    places = place_names({each.area_code for each in listed})
    context = {
        "rows": [(each, places.get(each.area_code, each.area_code)) for each in listed],
        "may_draw_up": request.reach.may_anywhere(Deed.HAND_OVER),
    }
    return render(request, "own_work/handovers.html", context)


@scoped(Deed.HAND_OVER)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ScopedRequest) -> HttpResponse:
    """Draw up a handover."""
    reach = request.reach
    form = HandoverForm(
        givers_for(reach),
        takers_for(reach),
        request.POST if request.method == "POST" else None,
        initial={"on": reach.day},
    )
    if form.is_valid():
        done = draw_up_handover(by=reach, **form.said)
        if isinstance(done, HandoverKept):
            messages.success(request, "ทำรายการส่งมอบแล้ว อ่านทวนทั้งสองฝ่ายแล้วลงชื่อ")
            return redirect("own_work:handover", done.pk)
        form.refuse(done.refusals)
    status = 422 if form.is_bound else 200
    return render(request, "own_work/handover_new.html", {"form": form}, status=status)


@scoped(Deed.SEE_OWN_WORK)
@require_safe
def handover(request: ScopedRequest, pk: int) -> HttpResponse:
    """One handover: the funds, what is open, what ends; and who has signed."""
    return _one(request, _handover_or_404(request, pk))


@scoped(Deed.SEE_OWN_WORK)
@require_POST
def sign(request: ScopedRequest, pk: int) -> HttpResponse:
    """Sign one's own side."""
    found = _handover_or_404(request, pk)
    done = sign_handover(pk=pk, by=request.reach)
    if isinstance(done, NotDone):
        return _one(request, found, done.refusals)
    messages.success(request, "ลงชื่อแล้ว")
    return redirect("own_work:handover", pk)


@scoped(Deed.SEE_OWN_WORK)
@require_POST
def withdraw(request: ScopedRequest, pk: int) -> HttpResponse:
    """Take back a handover that is not signed by both."""
    found = _handover_or_404(request, pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        done = withdraw_handover(pk=pk, note=form.cleaned_data["note"], by=request.reach)
        if isinstance(done, HandoverKept):
            messages.success(request, "ถอนการส่งมอบแล้ว")
            return redirect("own_work:handovers")
        form.refuse(done.refusals)
    return _one(request, found, form=form)


@scoped(Deed.SEE_OWN_WORK)
@require_safe
def paper(request: ScopedRequest, pk: int) -> HttpResponse:
    """The paper, once both have signed."""
    found = _handover_or_404(request, pk)
    if found.from_signed_at is None or found.to_signed_at is None:
        lacks = NotBothSigned(found.from_signed_at is None, found.to_signed_at is None)
        return _one(request, found, (lacks,))
    record_deed(
        "export_handover_of_work",
        user_id=request.reach.user_id,
        area_code=found.area_code,
        subject=f"handover of work {found.number}",
    )
    told = Told.from_data(found.told)
    digits: Digits = "thai" if request.GET.get("digits") == "thai" else "arabic"
    pdf = print_handover(
        HandoverPaper(
            number=found.number,
            place=told.place,
            handed_on=found.handed_on,
            as_of=told.on,
            giver=Side(
                str(found.from_user),
                found.from_position,
                timezone.localdate(found.from_signed_at),
            ),
            taker=Side(
                str(found.to_user), found.to_position, timezone.localdate(found.to_signed_at)
            ),
            words=found.words,
            funds=tuple(_line(fund) for fund in told.funds),
            total=FundLine("รวม", *(told.total(name) for name in _SUMS)),
            open=tuple(
                OpenLine(each.words, each.place, each.note, each.day, each.waits_for)
                for each in told.open
            ),
            ends=tuple(EndLine(each.words, each.note) for each in told.ends),
        ),
        digits=digits,
    )
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="handover-{found.number}.pdf"'},
    )


# --- below the line -------------------------------------------------------------------------


def _handover_or_404(request: ScopedRequest, pk: int) -> Handover:
    found = handover_in_reach(pk, request.reach)
    if found is None:
        raise Http404
    return found


def _line(fund: FundTold) -> FundLine:
    return FundLine(fund.name, *(fund.money(name) for name in _SUMS))


def _one(
    request: ScopedRequest,
    found: Handover,
    refusals: tuple[WorkRefusal, ...] = (),
    form: WithdrawForm | None = None,
) -> HttpResponse:
    reach = request.reach
    told = Told.from_data(found.told)
    is_waiting = found.withdrawn_at is None and found.to_signed_at is None
    is_giver, is_taker = found.from_user_id == reach.user_id, found.to_user_id == reach.user_id
    context = {
        "handover": found,
        "told": told,
        "lines": [_line(fund) for fund in told.funds],
        "total": FundLine("รวม", *(told.total(name) for name in _SUMS)),
        "refused": [refusal_in_thai(refusal) for refusal in refusals],
        "is_waiting": is_waiting,
        "is_done": found.to_signed_at is not None,
        "may_sign": is_waiting
        and (
            (is_giver and found.from_signed_at is None)
            or (is_taker and found.from_signed_at is not None)
        ),
        "may_withdraw": is_waiting
        and (is_giver or is_taker or reach.may(Deed.HAND_OVER, area_code=found.area_code)),
        "form": form or WithdrawForm(),
    }
    status = 422 if refusals or (form is not None and form.errors) else 200
    return render(request, "own_work/handover.html", context, status=status)
