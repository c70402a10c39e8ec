"""Pages of trainings: the list, one with who learned what, recording one, taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.answers import paper_answer
from kongthun.domain.money import ZERO
from kongthun.groups.models import Group
from kongthun.groups.queries.members import members_on
from kongthun.groups.views.asking import group_or_404, may, namer

from ..actions.trainings import record_training, withdraw_training
from ..forms_plans import NoteForm, TrainingForm
from ..models import Training
from ..plans_refusals import NotDone
from ..queries.trainings import learners_of, training_of, trainings_page
from .calls import ask

TRAININGS = ("การอบรม", "activities:trainings")


@scoped(Deed.SEE_FUND)
@require_safe
def trainings(request: ScopedRequest, code: str) -> HttpResponse:
    """The trainings of a group, the latest first."""
    group = group_or_404(request, code, Deed.SEE_FUND)
    context = {
        "group": group,
        "code": code,
        "page": trainings_page(group, request.GET.get("page")),
        "sees_names": may(request, Deed.SEE_NAMES, group),
        "may_keep": may(request, Deed.KEEP_PLANS, group),
    }
    return render(request, "activities/trainings.html", context)


@scoped(Deed.SEE_FUND)
@require_safe
def training(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """One training, and who learned what."""
    group = group_or_404(request, code, Deed.SEE_FUND)
    found = _training_or_404(group, number)
    called = namer(request, group, f"training {number}")
    sees_names = may(request, Deed.SEE_NAMES, group)
    context = {
        "group": group,
        "code": code,
        "training": found,
        "number_text": str(number),
        "learners": [
            (
                each.number,
                called(each.person) if each.person else "",
                each.learned if sees_names else "",
            )
            for each in learners_of(group, number)
        ],
        "sees_names": sees_names,
        "may_keep": may(request, Deed.KEEP_PLANS, group) and found.withdrawn_at is None,
    }
    return render(request, "activities/training.html", context)


@scoped(Deed.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: ScopedRequest, code: str) -> HttpResponse:
    """Write down a training with who came and what each learned."""
    group = group_or_404(request, code, Deed.KEEP_PLANS)
    is_sent = request.method == "POST"
    called = namer(request, group, "who learned")
    # The list of today; who was no member on the day itself is refused by name of number.
    members = members_on(group, request.reach.day)
    form = TrainingForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        initial={"on": request.reach.day},
        members=[(each.number, called(each.row.person)) for each in members.values()],
    )
    if is_sent and form.is_valid():
        typed = form.cleaned_data
        done = record_training(
            group=group,
            by=request.reach,
            on=typed["on"],
            topic=typed["topic"],
            taught_by=typed["taught_by"],
            came=form.came,
            hours=typed["hours"],
            place=typed["place"],
            cost=typed["cost"] or ZERO,
            evidence=typed["photo"],
        )
        if not isinstance(done, NotDone):
            messages.success(request, f"บันทึกการอบรมแล้ว มีผู้มา {len(form.came):,} คน")
            return redirect("activities:training", code, done.number)
        form.refuse(done.refusals)
    context = {"group": group, "code": code, "form": form}
    return render(
        request, "activities/training_new.html", context, status=422 if form.errors else 200
    )


@scoped(Deed.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Take back a training that was written down by mistake."""
    group = group_or_404(request, code, Deed.KEEP_PLANS)
    found = _training_or_404(group, number)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        done = withdraw_training(group=group, number=number, note=note, by=request.reach)
        if not isinstance(done, NotDone):
            messages.success(request, "ถอนการอบรมนั้นแล้ว ยังเก็บไว้พร้อมเหตุผล")
            return redirect("activities:trainings", code)
        form.refuse(done.refusals)
    words = {
        "title": "ถอนการอบรมที่บันทึกผิด",
        "lead": found.topic,
        "what": "บอกว่ารู้ได้อย่างไรว่าบันทึกผิด",
        "button": "ถอนการอบรม",
    }
    return ask(request, group, form, words, back=TRAININGS)


@scoped(Deed.SEE_NAMES)
@require_safe
def evidence(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The photo of a training."""
    group = group_or_404(request, code, Deed.SEE_NAMES)
    found = _training_or_404(group, number)
    name = f"{code}-training-{number}"
    return paper_answer(group.pk, found.evidence, name, shows_photos=True)


# --- below the line -------------------------------------------------------------------------


def _training_or_404(group: Group, number: int) -> Training:
    found = training_of(group, number)
    if found is None:
        raise Http404
    return found
