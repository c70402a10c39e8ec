"""Pages of meetings: the list, a draft with its questions, a closed meeting, its minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.actions import record_deed
from kongthun.audit.answers import paper_answer
from kongthun.domain.rule_set import RuleSet
from kongthun.groups.models import Group
from kongthun.groups.queries.places import group_in_reach
from kongthun.groups.queries.rules import rules_of

from .. import queries
from ..actions import (
    ResolutionKept,
    add_resolution,
    change_meeting,
    change_resolution,
    close_meeting,
    keep_minutes,
    mark_attendance,
    open_meeting,
    take_out_resolution,
)
from ..actions.meetings import agenda_lines
from ..forms import (
    AttendanceForm,
    DraftForm,
    MeetingForm,
    MinutesForm,
    RefusableForm,
    ResolutionForm,
)
from ..models import Meeting, MeetingKind, Resolution
from ..queries import Committee, Quorum
from ..queries.attending import members_there, photos_of, ticked_members
from ..queries.calls import waiting_calls
from ..refusals import NotDone
from ..wording import quorum_in_thai, quorum_source_in_thai, refusal_in_thai
from ..wording_members import members_in_thai


@scoped(Deed.SEE_FUND)
@require_safe
def meetings(request: ScopedRequest, code: str) -> HttpResponse:
    """The meetings of a group, the latest first."""
    group = _group_or_404(request, code, Deed.SEE_FUND)
    context = {
        "group": group,
        "code": code,
        "page": queries.meetings_page(group, request.GET.get("page")),
        "calls": waiting_calls(group),
        "today": request.reach.day,
        "may_hold": _may(request, group, Deed.HOLD_MEETINGS),
    }
    return render(request, "activities/meetings.html", context)


@scoped(Deed.HOLD_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ScopedRequest, code: str) -> HttpResponse:
    """Begin the record of a meeting."""
    group = _group_or_404(request, code, Deed.HOLD_MEETINGS)
    form = MeetingForm(
        request.POST if request.method == "POST" else None,
        initial={"kind": MeetingKind.COMMITTEE, "held_on": request.reach.day},
    )
    if request.method == "POST" and form.is_valid():
        opened = open_meeting(
            group=group,
            by=request.reach,
            kind=MeetingKind(form.cleaned_data["kind"]),
            on=form.cleaned_data["held_on"],
            place=form.cleaned_data["place"],
        )
        if not isinstance(opened, NotDone):
            messages.success(request, f"เปิดร่างการประชุมครั้งที่ {opened.number} แล้ว ต่อไปทำเครื่องหมายผู้ที่มา")
            return redirect("activities:meeting", code, opened.number)
        form.refuse(opened)
    context = {"group": group, "code": code, "form": form}
    return render(request, "activities/new.html", context, status=422 if form.errors else 200)


@scoped(Deed.SEE_FUND)
@require_safe
def meeting(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """One meeting: a draft with its questions, or what was kept of it."""
    place = _place_or_404(request, code, number, Deed.SEE_FUND)
    return _page(request, place)


@scoped(Deed.HOLD_MEETINGS)
@require_POST
def change(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Put the day, the place and the text of a draft right."""
    place = _place_or_404(request, code, number, Deed.HOLD_MEETINGS)
    form = DraftForm(request.POST)
    if form.is_valid():
        kept = change_meeting(
            group=place.group,
            number=number,
            by=request.reach,
            kind=MeetingKind(form.cleaned_data["kind"]),
            on=form.cleaned_data["held_on"],
            place=form.cleaned_data["place"],
            minutes=form.cleaned_data["minutes"],
            agenda=form.cleaned_data["agenda"],
        )
        if not isinstance(kept, NotDone):
            return _back(request, place, "บันทึกรายละเอียดการประชุมแล้ว", "about")
        form.refuse(kept)
    return _page(request, place, draft_form=form)


@scoped(Deed.HOLD_MEETINGS)
@require_POST
def attendance(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Mark who was there."""
    place = _place_or_404(request, code, number, Deed.HOLD_MEETINGS)
    form = _attendance_form(request, place, is_sent=True)
    if form.is_valid():
        kept = mark_attendance(
            group=place.group,
            number=number,
            by=request.reach,
            terms=form.terms,
            others_came=form.cleaned_data["others_came"] or 0,
        )
        if not isinstance(kept, NotDone):
            return _back(request, place, "บันทึกผู้มาประชุมแล้ว", "attendance")
        form.refuse(kept)
    return _page(request, place, attendance_form=form)


@scoped(Deed.HOLD_MEETINGS)
@require_safe
def quorum(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The sentence of quorum for the ticks as they stand now. Nothing is kept."""
    place = _place_or_404(request, code, number, Deed.HOLD_MEETINGS)
    ticked = [
        int(value)
        for name in request.GET
        if name.startswith("set_")
        for value in request.GET.getlist(name)
        if value.isdecimal()
    ]
    found = queries.quorum_on(place.committee, ticked, day=place.meeting.held_on, rules=place.rules)
    return render(request, "activities/parts/quorum.html", _quorum_words(found))


@scoped(Deed.HOLD_MEETINGS)
@require_POST
def resolve(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Add what was resolved."""
    place = _place_or_404(request, code, number, Deed.HOLD_MEETINGS)
    form = ResolutionForm(request.POST)
    if form.is_valid():
        kept = add_resolution(
            group=place.group, number=number, by=request.reach, **form.cleaned_data
        )
        if isinstance(kept, ResolutionKept):
            return _back(request, place, f"จดมติที่ {kept.sequence} แล้ว", "resolutions")
        form.refuse(kept)
    return _page(request, place, resolution_form=form)


@scoped(Deed.HOLD_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def resolution(request: ScopedRequest, code: str, number: int, sequence: int) -> HttpResponse:
    """Put a resolution of a draft right."""
    place = _place_or_404(request, code, number, Deed.HOLD_MEETINGS)
    found = _resolution_or_404(place, sequence)
    form = ResolutionForm(
        request.POST if request.method == "POST" else None, initial=ResolutionForm.of(found)
    )
    if request.method == "POST" and form.is_valid():
        kept = change_resolution(
            group=place.group,
            number=number,
            sequence=sequence,
            by=request.reach,
            **form.cleaned_data,
        )
        if isinstance(kept, ResolutionKept):
            return _back(request, place, f"แก้มติที่ {sequence} แล้ว", "resolutions")
        form.refuse(kept)
    context = {**_head(place), "resolution": found, "form": form}
    return render(
        request, "activities/resolution.html", context, status=422 if form.errors else 200
    )


@scoped(Deed.HOLD_MEETINGS)
@require_POST
def take_out(request: ScopedRequest, code: str, number: int, sequence: int) -> HttpResponse:
    """Take a resolution out of a draft."""
    place = _place_or_404(request, code, number, Deed.HOLD_MEETINGS)
    done = take_out_resolution(
        group=place.group, number=number, sequence=sequence, by=request.reach
    )
    if isinstance(done, NotDone):
        return _page(request, place, not_done=done)
    return _back(request, place, "นำมตินั้นออกจากร่างแล้ว", "resolutions")


@scoped(Deed.HOLD_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Read the whole draft back, then close the meeting."""
    place = _place_or_404(request, code, number, Deed.HOLD_MEETINGS)
    refused: list[str] = []
    if request.method == "POST":
        done = close_meeting(group=place.group, number=number, by=request.reach)
        if not isinstance(done, NotDone):
            return _back(request, place, f"ปิดการประชุมครั้งที่ {number} แล้ว", "")
        refused = [refusal_in_thai(refusal) for refusal in done.refusals]
    elif place.meeting.closed_at is not None:
        return redirect("activities:meeting", code, number)
    context = {**_head(place), **_kept(request, place), "refused": refused}
    page = "meeting" if place.meeting.closed_at is not None else "closing"
    return render(request, f"activities/{page}.html", context, status=422 if refused else 200)


@scoped(Deed.SEE_NAMES, Deed.HOLD_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Keep the paper minutes (POST), or take them away (GET): each taking is written down."""
    if request.method == "POST":
        return _keep_file(request, _place_or_404(request, code, number, Deed.HOLD_MEETINGS))
    place = _place_or_404(request, code, number, Deed.SEE_FUND)
    if not place.sees_names:
        raise Http404
    answer = paper_answer(place.group.pk, place.meeting.evidence, f"{code}-meeting-{number}")
    _record(request, place, "export_minutes", sha256=place.meeting.evidence)
    return answer


@scoped(Deed.SEE_FUND)
@require_safe
def minutes(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The minutes for printing and signing."""
    place = _place_or_404(request, code, number, Deed.SEE_FUND)
    context = {**_head(place), **_kept(request, place)}
    return render(request, "activities/minutes.html", context)


# --- below the line -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """A meeting with what every page about it asks."""

    group: Group
    meeting: Meeting
    committee: Committee
    rules: RuleSet
    sees_names: bool
    may_hold: bool

    @property
    def years(self) -> int | None:
        """How long a term lasts by the rules of the meeting's day."""
        return self.rules["committee_years"].count


def _may(request: ScopedRequest, group: Group, deed: Deed) -> bool:
    return request.reach.may(deed, area_code=group.area_code, group_id=group.pk)


def _group_or_404(request: ScopedRequest, code: str, deed: Deed) -> Group:
    group = group_in_reach(code, request.reach, deed)
    if group is None:
        raise Http404
    return group


def _place_or_404(request: ScopedRequest, code: str, number: int, deed: Deed) -> _Place:
    group = _group_or_404(request, code, deed)
    found = queries.meeting(group, number)
    if found is None:
        raise Http404
    return _Place(
        group,
        found,
        queries.committee_of(group),
        rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=found.held_on),
        sees_names=_may(request, group, Deed.SEE_NAMES),
        may_hold=_may(request, group, Deed.HOLD_MEETINGS),
    )


def _resolution_or_404(place: _Place, sequence: int) -> Resolution:
    is_draft = place.meeting.closed_at is None
    standing = queries.resolutions_of(place.group, place.meeting.number) if is_draft else []
    for each in standing:
        if each.sequence == sequence:
            return each
    raise Http404


def _head(place: _Place) -> dict[str, Any]:
    return {
        "group": place.group,
        "code": place.group.code,
        "meeting": place.meeting,
        "sees_names": place.sees_names,
        "may_hold": place.may_hold,
    }


def _page(
    request: ScopedRequest,
    place: _Place,
    *,
    draft_form: DraftForm | None = None,
    attendance_form: AttendanceForm | None = None,
    resolution_form: ResolutionForm | None = None,
    minutes_form: MinutesForm | None = None,
    not_done: NotDone | None = None,
) -> HttpResponse:
    """The page of a meeting; with a form that was refused, that form as it was typed."""
    sent: list[RefusableForm | None] = [draft_form, attendance_form, resolution_form, minutes_form]
    is_refused = not_done is not None or any(form is not None for form in sent)
    is_draft = place.meeting.closed_at is None
    context = {
        **_head(place),
        **_kept(request, place),
        "refused": [refusal_in_thai(refusal) for refusal in not_done.refusals] if not_done else [],
        "is_draft": is_draft and place.may_hold,
    }
    if context["is_draft"]:
        context |= {
            "draft_form": draft_form or DraftForm(initial=DraftForm.of(place.meeting)),
            "attendance_form": attendance_form or _attendance_form(request, place),
            "resolution_form": resolution_form or ResolutionForm(),
            "minutes_form": minutes_form or MinutesForm(),
        }
    elif is_refused and not context["refused"]:
        # Somebody closed it while a form was being filled in.
        context["refused"] = [
            str(error)
            for form in sent
            if form is not None
            for errors in form.errors.values()
            for error in errors
        ]
    return render(request, "activities/meeting.html", context, status=422 if is_refused else 200)


def _kept(request: ScopedRequest, place: _Place) -> dict[str, Any]:
    """What stands in a meeting, in words. Reading names is written down."""
    day, number = place.meeting.held_on, place.meeting.number
    came = queries.attendance_of(place.group, number)
    found = queries.quorum_on(place.committee, came, day=day, rules=place.rules)
    if place.sees_names:
        _record(request, place, "read_names")
    seats = place.committee.seats_of(came, day=day, years=place.years)
    return {
        "there": [
            (seat.name if place.sees_names else seat.masked_name, seat.term.words) for seat in seats
        ],
        "is_marked": bool(seats or ticked_members(place.group, number)),
        "is_of_members": place.meeting.kind != MeetingKind.COMMITTEE,
        "members": (members := members_there(place.group, place.meeting, place.rules)),
        "members_words": members_in_thai(members),
        "photos": photos_of(place.group, number),
        "agenda": agenda_lines(place.meeting.agenda),
        "not_in_force": [refusal_in_thai(refusal) for refusal in found.not_in_force],
        "resolutions": queries.resolutions_of(place.group, number),
        **_quorum_words(found),
    }


def _quorum_words(found: Quorum) -> dict[str, Any]:
    return {
        "quorum": found,
        "quorum_words": quorum_in_thai(found),
        "quorum_source": quorum_source_in_thai(found),
    }


def _attendance_form(
    request: ScopedRequest, place: _Place, *, is_sent: bool = False
) -> AttendanceForm:
    day = place.meeting.held_on
    came = queries.attendance_of(place.group, place.meeting.number)
    there = place.committee.seats_of(came, day=day, years=place.years)
    return AttendanceForm(
        place.committee.seats_on(day, years=place.years),
        sees_names=place.sees_names,
        data=request.POST if is_sent else None,
        came={seat.term.person_key for seat in there},
        others_came=place.meeting.others_came,
    )


def _keep_file(request: ScopedRequest, place: _Place) -> HttpResponse:
    form = MinutesForm(request.POST, request.FILES)
    if form.is_valid():
        kept = keep_minutes(
            group=place.group, number=place.meeting.number, by=request.reach, file=form.path
        )
        if not isinstance(kept, NotDone):
            return _back(request, place, "เก็บบันทึกการประชุมไว้เป็นหลักฐานแล้ว", "paper")
        form.refuse(kept)
    return _page(request, place, minutes_form=form)


def _back(request: ScopedRequest, place: _Place, said: str, part: str) -> HttpResponse:
    messages.success(request, said)
    at = reverse("activities:meeting", args=[place.group.code, place.meeting.number])
    return redirect(f"{at}#{part}" if part else at)


def _record(request: ScopedRequest, place: _Place, deed: str, **details: object) -> None:
    record_deed(
        deed,
        user_id=request.reach.user_id,
        area_code=place.group.area_code,
        fund_id=place.group.pk,
        subject=f"meeting {place.meeting.number}",
        details=details,
    )
