"""Writing down whom a meeting took in as members."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.thai_calendar import short
from kongthun.groups.member_wording import kind_in_thai
from kongthun.groups.models import Group
from kongthun.groups.queries.places import group_in_reach
from kongthun.groups.views.asking import namer

from ..actions.admissions import ApplicationsDecided, decide_applications
from ..admission_refusals import NotDone
from ..forms_admissions import AdmissionForm, Applicant
from ..queries.admissions import recent_resolutions, waiting_applicants

_LONGEST_SHOWN = 60


@scoped(Deed.HOLD_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def admit(request: ScopedRequest, code: str) -> HttpResponse:
    """Choose the resolution, say of each applicant what it says, and write it down together."""
    group = group_in_reach(code, request.reach, Deed.HOLD_MEETINGS)
    if group is None:
        raise Http404
    grounds = _grounds(group)
    form = AdmissionForm(
        grounds, _applicants(request, group), request.POST if request.method == "POST" else None
    )
    if form.is_valid():
        meeting_number, resolution = form.ground
        done = decide_applications(
            group=group,
            meeting_number=meeting_number,
            resolution=resolution,
            admitted=form.admitted,
            declined=form.declined,
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            messages.success(request, _said(done))
            return redirect("groups:members", code=code)
        form.refuse(done.refusals)
    context = {"group": group, "code": code, "form": form, "has_grounds": bool(grounds)}
    return render(request, "activities/admit.html", context, status=422 if form.is_bound else 200)


# --- below the line -------------------------------------------------------------------------


def _grounds(group: Group) -> list[tuple[str, str]]:
    return [
        (
            f"{meeting.number}-{resolution.sequence}",
            f"{short(meeting.held_on)} · ครั้งที่ {meeting.number} มติที่ {resolution.sequence} · "
            f"{Truncator(resolution.words).chars(_LONGEST_SHOWN)}",
        )
        for meeting, resolution in recent_resolutions(group)
    ]


def _applicants(request: ScopedRequest, group: Group) -> list[Applicant]:
    called = namer(request, group, "applications")
    found = []
    for each in waiting_applicants(group, request.reach.day):
        standing = each.standing
        if standing.waits_since is None:
            continue
        who = f"{called(each.row.person)} เลขที่ {each.number}"
        asks = f"{kind_in_thai(standing.waits_as)} · สมัคร {short(standing.waits_since)}"
        found.append(Applicant(each.number, f"{who} · {asks}"))
    return found


def _said(done: ApplicationsDecided) -> str:
    parts = []
    if done.admitted:
        parts.append(f"รับเป็นสมาชิก {len(done.admitted)} คน ตั้งแต่ {short(done.on)}")
    if done.declined:
        parts.append(f"ยังไม่รับ {len(done.declined)} คน")
    return f"บันทึกมติแล้ว {' · '.join(parts)}"
