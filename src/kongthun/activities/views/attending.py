"""Pages of who of the members came, and of the photos of a meeting."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.answers import paper_answer
from kongthun.groups.models import Group
from kongthun.groups.queries.members import members_on
from kongthun.groups.queries.rules import rules_of
from kongthun.groups.views.asking import group_or_404, may, namer

from ..actions.attending import PhotoKept, keep_photo, mark_members, take_out_photo
from ..calls_refusals import NotDone
from ..calls_wording import call_refusal_in_thai
from ..forms_plans import PhotosForm
from ..models import Meeting
from ..queries import meeting as meeting_of
from ..queries.attending import count_members, found_members, photos_of, ticked_members
from ..wording_members import members_in_thai

LONGEST_SEARCH = 100


@scoped(Deed.HOLD_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Tick the members who came. Looking for a name keeps what is ticked so far."""
    group, meeting = _meeting_or_404(request, code, number, Deed.HOLD_MEETINGS)
    if meeting.closed_at is not None:
        return redirect("activities:meeting", code, number)
    refused: list[str] = []
    if request.method == "POST":
        came, shown = _numbers(request, "came"), _numbers(request, "shown")
        done = mark_members(group=group, number=number, by=request.reach, came=came, shown=shown)
        if not isinstance(done, NotDone):
            return _after_ticks(request, group, number, len(done.came))
        refused = [call_refusal_in_thai(refusal) for refusal in done.refusals]
    return _members_page(request, group, meeting, refused)


@scoped(Deed.HOLD_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def photos(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Keep photos of a meeting: all that were chosen, or none."""
    group, meeting = _meeting_or_404(request, code, number, Deed.HOLD_MEETINGS)
    is_sent = request.method == "POST"
    form = PhotosForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        with transaction.atomic():
            kept = [
                keep_photo(
                    group=group,
                    number=number,
                    by=request.reach,
                    file=path,
                    words=form.cleaned_data["words"],
                )
                for path in form.cleaned_data["file"]
            ]
            refused = [each for each in kept if isinstance(each, NotDone)]
            if refused:
                transaction.set_rollback(True)
        if not refused:
            messages.success(request, f"เก็บภาพการประชุมแล้ว {len(kept)} ภาพ")
            return redirect(f"{reverse('activities:meeting', args=[code, number])}#photos")
        form.refuse(dict.fromkeys(each for done in refused for each in done.refusals))
    context = {
        "group": group,
        "code": code,
        "meeting": meeting,
        "form": form,
        "photos": photos_of(group, number),
        "sees_names": may(request, Deed.SEE_NAMES, group),
    }
    return render(request, "activities/photos.html", context, status=422 if form.errors else 200)


@scoped(Deed.SEE_NAMES)
@require_safe
def photo(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """One photo. Faces are names: only who sees names sees them."""
    group, _ = _meeting_or_404(request, code, number, Deed.SEE_NAMES)
    for each in photos_of(group, number):
        if each.place == place:
            name = f"{code}-meeting-{number}-{place}"
            return paper_answer(group.pk, each.sha256, name, shows_photos=True)
    raise Http404


@scoped(Deed.HOLD_MEETINGS)
@require_POST
def take_out(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """Take a photo out of a draft."""
    group, _ = _meeting_or_404(request, code, number, Deed.HOLD_MEETINGS)
    done = take_out_photo(group=group, number=number, place=place, by=request.reach)
    if isinstance(done, PhotoKept):
        messages.success(request, "นำภาพนั้นออกจากร่างแล้ว")
    else:
        for refusal in done.refusals:
            messages.error(request, call_refusal_in_thai(refusal))
    return redirect("activities:photos", code, number)


# --- below the line -------------------------------------------------------------------------


def _meeting_or_404(
    request: ScopedRequest, code: str, number: int, deed: Deed
) -> tuple[Group, Meeting]:
    group = group_or_404(request, code, deed)
    found = meeting_of(group, number)
    if found is None:
        raise Http404
    return group, found


def _numbers(request: ScopedRequest, name: str) -> set[int]:
    return {
        int(typed)
        for typed in request.POST.getlist(name)
        if typed.isascii() and typed.isdigit() and len(typed) < 9
    }


def _after_ticks(request: ScopedRequest, group: Group, number: int, came: int) -> HttpResponse:
    """On to the members looked for; else back to the meeting."""
    if request.POST.get("then") == "find":
        words = urlencode({"q": request.POST.get("q", "")[:LONGEST_SEARCH]})
        return redirect(f"{reverse('activities:members', args=[group.code, number])}?{words}")
    messages.success(request, f"บันทึกสมาชิกที่มาแล้ว {came:,} คน")
    return redirect("activities:meeting", group.code, number)


def _members_page(
    request: ScopedRequest, group: Group, meeting: Meeting, refused: list[str]
) -> HttpResponse:
    called = namer(request, group, f"meeting {meeting.number}")
    typed = request.GET.get("q", "")[:LONGEST_SEARCH]
    listed = members_on(group, meeting.held_on, before_meeting=meeting.number)
    ticked = ticked_members(group, meeting.number)
    found = found_members(listed.values(), typed, by_name=may(request, Deed.SEE_NAMES, group))
    rules = rules_of(
        group_id=group.pk, kind=group.kind, area_code=group.area_code, day=meeting.held_on
    )
    there = count_members(listed, ticked, meeting.others_came, rules)
    sent = _numbers(request, "came") if refused else ticked
    context = {
        "group": group,
        "code": group.code,
        "meeting": meeting,
        "refused": refused,
        "q": typed,
        "members": there,
        "members_words": members_in_thai(there),
        "rows": [(each.number, called(each.row.person), each.number in sent) for each in found],
    }
    return render(request, "activities/members_there.html", context, status=422 if refused else 200)
