"""Pages on which funds are chosen for support after the check."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.briefings.queries.voices import voices_of
from kongthun.groups.models import Group

from ..actions.choices import choose_funds, take_back_choice
from ..forms import ChoiceForm, NoteForm
from ..queries.rounds import state_of
from ..refusals import NotDone
from ..wording import refusal_in_thai
from .asking import ask, fund_or_404, place_of, round_or_404


@scoped(Deed.OPEN_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Choose funds for support, each with why, seeing what was found and what was voiced."""
    found = round_or_404(request, code, number, Deed.OPEN_SURVEYS)
    state = state_of(found, request.reach)
    open_to = [fund for fund in state.reported if fund.choice is None]
    is_sent = request.method == "POST"
    form = ChoiceForm(
        open_to, request.POST if is_sent else None, initial={"chosen_on": request.reach.day}
    )
    if is_sent and form.is_valid():
        done = choose_funds(
            round=found, whys=form.whys, by=request.reach, on=form.cleaned_data["chosen_on"]
        )
        if not isinstance(done, NotDone):
            messages.success(request, f"เลือกแล้วรวม {done.funds:,} กองทุน")
            return redirect("surveys:round", code, number)
        form.refuse(done.refusals, refusal_in_thai)
    voices = voices_of([fund.group_id for fund in open_to], request.reach.day)
    context = {
        "round": found,
        "place": place_of(code),
        "code": code,
        "form": form,
        "lines": [(*line, len(voices.get(line[0].group_id, []))) for line in form.lines],
        "chosen": state.chosen,
        "waiting": len(state.waiting),
    }
    return render(request, "surveys/choose.html", context, status=422 if form.errors else 200)


@scoped(Deed.OPEN_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def unchoose(request: ScopedRequest, code: str, number: int, fund: str) -> HttpResponse:
    """Take back the choice of a fund."""
    found = round_or_404(request, code, number, Deed.OPEN_SURVEYS)
    checked = fund_or_404(request, found, fund)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = take_back_choice(
            round=found,
            group=Group.objects.get(pk=checked.group_id),
            note=form.cleaned_data["note"],
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            messages.success(request, "ถอนการเลือกแล้ว ยังเก็บไว้พร้อมเหตุผล")
            return redirect("surveys:round", code, number)
        form.refuse(done.refusals, refusal_in_thai)
    words = {
        "title": "ถอนการเลือก",
        "lead": checked.name,
        "what": "บอกเหตุที่ถอน",
        "button": "ถอนการเลือก",
        "fund": checked.code,
        "fund_name": checked.name,
    }
    return ask(request, form, words, found=found, place=place_of(code))
