"""Pages of handovers: the list, a draft with its things, what was signed, the paper to sign."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.areas.queries import path_to
from kongthun.audit.actions import record_deed
from kongthun.audit.answers import paper_answer
from kongthun.domain.authority import CHAIRMAN
from kongthun.domain.thai_text import read_name
from kongthun.groups.actions.handovers import (
    HandoverKept,
    add_thing,
    change_handover,
    draft_handover,
    keep_signed_sheet,
    note_found,
    sign_handover,
    take_out_thing,
)
from kongthun.groups.committee_wording import set_in_thai
from kongthun.groups.handover_refusals import NotDone
from kongthun.groups.handover_wording import refusal_in_thai
from kongthun.groups.models import Group, Handover
from kongthun.groups.queries.committee import standing_terms
from kongthun.groups.queries.handovers import handover, handovers_of, things_of
from kongthun.groups.views.asking import group_or_404, may
from kongthun.papers import Digits

from ..forms_handovers import FoundForm, HandoverForm, SheetForm, SidesForm, ThingForm
from ..handover_paper import HandoverPaper, ThingOnPaper, print_handover
from ..queries.handovers import things_to_hand_over


@scoped(Deed.SEE_FUND)
@require_safe
def handovers(request: ScopedRequest, code: str) -> HttpResponse:
    """The handovers of a group, the latest first."""
    group = group_or_404(request, code, Deed.SEE_FUND)
    summaries = handovers_of(group)
    context = {
        "group": group,
        "code": code,
        "handovers": summaries,
        "waiting": next((each.row for each in summaries if each.row.signed_at is None), None),
        "may_hand_over": may(request, Deed.HOLD_MEETINGS, group),
    }
    return render(request, "activities/handovers.html", context)


@scoped(Deed.HOLD_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ScopedRequest, code: str) -> HttpResponse:
    """Draw up the list of what is handed over."""
    group = group_or_404(request, code, Deed.HOLD_MEETINGS)
    form = SidesForm(
        request.POST if request.method == "POST" else None, initial=_proposed(request, group)
    )
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["handed_on"]
        done = draft_handover(
            group=group,
            sides=form.sides,
            things=things_to_hand_over(group, on),
            on=on,
            by=request.reach,
        )
        if isinstance(done, HandoverKept):
            messages.success(request, "ทำรายการส่งมอบแล้ว ต่อไปตรวจของทีละรายการ")
            return redirect("activities:handover", code, done.number)
        form.refuse(done.refusals)
    context = {
        "group": group,
        "code": code,
        "form": form,
        "things": things_to_hand_over(group, request.reach.day),
    }
    return render(
        request, "activities/handover_new.html", context, status=422 if form.is_bound else 200
    )


@scoped(Deed.SEE_FUND)
@require_safe
def one(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """One handover: a draft with its questions, or what was signed."""
    group, found = _handover_or_404(request, code, number, Deed.SEE_FUND)
    return _one(request, group, found)


@scoped(Deed.HOLD_MEETINGS)
@require_POST
def change(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Put the day and the names of a draft right; balances follow the day."""
    group, found = _handover_or_404(request, code, number, Deed.HOLD_MEETINGS)
    form = SidesForm(request.POST)
    if form.is_valid():
        on = form.cleaned_data["handed_on"]
        done = change_handover(
            group=group,
            number=number,
            sides=form.sides,
            on=on,
            books={each.words: each.by_the_books for each in things_to_hand_over(group, on)},
            by=request.reach,
        )
        if isinstance(done, HandoverKept):
            return _back(request, code, number, "บันทึกชื่อและวันส่งมอบแล้ว")
        form.refuse(done.refusals)
    return _one(request, group, found, sides_form=form)


@scoped(Deed.HOLD_MEETINGS)
@require_POST
def tick(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Write down what was there."""
    group, found = _handover_or_404(request, code, number, Deed.HOLD_MEETINGS)
    form = FoundForm(things_of(group, number), request.POST)
    if form.is_valid():
        done = note_found(group=group, number=number, found=form.found, by=request.reach)
        if isinstance(done, HandoverKept):
            return _back(request, code, number, "บันทึกของที่ตรวจแล้ว")
        form.refuse(done.refusals)
    return _one(request, group, found, found_form=form)


@scoped(Deed.HOLD_MEETINGS)
@require_POST
def add(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Add a thing to a draft."""
    group, found = _handover_or_404(request, code, number, Deed.HOLD_MEETINGS)
    form = ThingForm(request.POST)
    if form.is_valid():
        done = add_thing(group=group, number=number, thing=form.thing, by=request.reach)
        if isinstance(done, HandoverKept):
            return _back(request, code, number, "เพิ่มรายการแล้ว")
        form.refuse(done.refusals)
    return _one(request, group, found, thing_form=form)


@scoped(Deed.HOLD_MEETINGS)
@require_POST
def take_out(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """Take a thing out of a draft that the group does not have."""
    group, found = _handover_or_404(request, code, number, Deed.HOLD_MEETINGS)
    done = take_out_thing(group=group, number=number, place=place, by=request.reach)
    if isinstance(done, NotDone):
        return _one(request, group, found, not_done=done)
    return _back(request, code, number, "นำรายการนั้นออกแล้ว")


@scoped(Deed.SEE_NAMES, Deed.HOLD_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Keep the signed paper (POST), or take it away (GET): each taking is written down."""
    if request.method == "POST":
        group, found = _handover_or_404(request, code, number, Deed.HOLD_MEETINGS)
        form = SheetForm(request.POST, request.FILES)
        if form.is_valid():
            done = keep_signed_sheet(group=group, number=number, file=form.path, by=request.reach)
            if isinstance(done, HandoverKept):
                return _back(request, code, number, "เก็บใบส่งมอบที่ลงนามแล้วไว้เป็นหลักฐาน")
            for refusal in done.refusals:
                form.add_error(None, refusal_in_thai(refusal))
        return _one(request, group, found, sheet_form=form)
    group, found = _handover_or_404(request, code, number, Deed.SEE_FUND)
    if not may(request, Deed.SEE_NAMES, group):
        raise Http404
    answer = paper_answer(group.pk, found.evidence, f"{code}-handover-{number}")
    _record(request, group, number, "export_handover", sha256=found.evidence)
    return answer


@scoped(Deed.HOLD_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Read the whole list back, then write down that both sides signed."""
    group, found = _handover_or_404(request, code, number, Deed.HOLD_MEETINGS)
    refused: list[str] = []
    if request.method == "POST":
        done = sign_handover(group=group, number=number, by=request.reach)
        if isinstance(done, HandoverKept):
            return _back(request, code, number, "ส่งมอบงานเรียบร้อยแล้ว รายการนี้ไม่เปลี่ยนอีก")
        refused = [refusal_in_thai(refusal) for refusal in done.refusals]
    elif found.signed_at is not None:
        return redirect("activities:handover", code, number)
    context = {**_head(request, group, found), "refused": refused}
    status = 422 if refused else 200
    return render(request, "activities/handover_sign.html", context, status=status)


@scoped(Deed.SEE_NAMES)
@require_safe
def print_list(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The list on paper, for both sides to tick and sign."""
    group, found = _handover_or_404(request, code, number, Deed.SEE_FUND)
    if not may(request, Deed.SEE_NAMES, group):
        raise Http404
    _record(request, group, number, "export_handover")
    paper = HandoverPaper(
        group_name=group.name,
        village=_place(group.area_code),
        number=number,
        handed_on=found.handed_on,
        giving=set_in_thai(found.from_set),
        taking=set_in_thai(found.to_set),
        given_by=found.given_by,
        taken_by=found.taken_by,
        witnessed_by=found.witnessed_by,
        things=tuple(
            ThingOnPaper(item.words, item.by_the_books, item.is_there, item.as_found)
            for item in things_of(group, number)
        ),
    )
    digits: Digits = "thai" if request.GET.get("digits") == "thai" else "arabic"
    return HttpResponse(
        print_handover(paper, digits=digits),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{code}-handover-{number}.pdf"'},
    )


# --- below the line -------------------------------------------------------------------------


def _handover_or_404(
    request: ScopedRequest, code: str, number: int, deed: Deed
) -> tuple[Group, Handover]:
    group = group_or_404(request, code, deed)
    found = handover(group, number)
    if found is None:
        raise Http404
    return group, found


def _place(area_code: str) -> str:
    """Where the group is, from the village up."""
    return " ".join(node.full_name for node in reversed(path_to(area_code)[1:]))


def _proposed(request: ScopedRequest, group: Group) -> dict[str, Any]:
    """The last two sets and their chairmen, as most handovers have it."""
    terms = list(standing_terms(group.pk))
    sets = sorted({term.set_number for term in terms if term.set_number is not None})
    before = sets[-2:][0] if sets else None
    after = sets[-1] if len(sets) > 1 else None
    chairs = {t.set_number: t.person.name.full for t in terms if t.position == CHAIRMAN}
    _record(request, group, None, "read_names")
    return {
        "handed_on": request.reach.day,
        "from_set": before,
        "to_set": after,
        "given_by": chairs.get(before, ""),
        "taken_by": chairs.get(after, "") if after is not None else "",
    }


def _head(request: ScopedRequest, group: Group, found: Handover) -> dict[str, Any]:
    """What every page of one handover shows. Reading names is written down."""
    sees_names = may(request, Deed.SEE_NAMES, group)
    if sees_names:
        _record(request, group, found.number, "read_names")
    items = things_of(group, found.number)
    signers = (
        ("ผู้ส่งมอบ", set_in_thai(found.from_set), found.given_by),
        ("ผู้รับมอบ", set_in_thai(found.to_set), found.taken_by),
        ("พยาน", "", found.witnessed_by),
    )
    return {
        "group": group,
        "code": group.code,
        "handover": found,
        "items": items,
        "sees_names": sees_names,
        "unseen": sum(item.is_there is None for item in items),
        "missing": sum(item.is_there is False for item in items),
        "signers": [
            (role, side, name if sees_names else read_name(name).masked)
            for role, side, name in signers
        ],
    }


def _one(
    request: ScopedRequest,
    group: Group,
    found: Handover,
    *,
    sides_form: SidesForm | None = None,
    found_form: FoundForm | None = None,
    thing_form: ThingForm | None = None,
    sheet_form: SheetForm | None = None,
    not_done: NotDone | None = None,
) -> HttpResponse:
    """The page of a handover; with a form that was refused, that form as it was typed."""
    sent: tuple[HandoverForm | SheetForm | None, ...]
    sent = (sides_form, found_form, thing_form, sheet_form)
    is_refused = not_done is not None or any(form is not None for form in sent)
    head = _head(request, group, found)
    is_draft = found.signed_at is None and may(request, Deed.HOLD_MEETINGS, group)
    refused = [refusal_in_thai(refusal) for refusal in not_done.refusals] if not_done else []
    if not is_draft:
        # Somebody signed it while a form was being filled in.
        refused += [
            str(error)
            for form in sent
            if form is not None
            for errors in form.errors.values()
            for error in errors
        ]
    context = head | {"refused": refused, "is_draft": is_draft}
    if is_draft:
        context |= {
            "sides_form": sides_form or SidesForm(initial=SidesForm.of(found)),
            "found_form": found_form or FoundForm(head["items"]),
            "thing_form": thing_form or ThingForm(),
            "sheet_form": sheet_form or SheetForm(),
        }
    return render(request, "activities/handover.html", context, status=422 if is_refused else 200)


def _back(request: ScopedRequest, code: str, number: int, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("activities:handover", code, number)


def _record(
    request: ScopedRequest, group: Group, number: int | None, deed: str, **details: object
) -> None:
    record_deed(
        deed,
        user_id=request.reach.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"handover {number}" if number is not None else "handovers",
        details=details,
    )
