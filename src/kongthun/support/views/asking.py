"""What every page of support asks first: which group, and on whose side the reader stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest
from kongthun.activities.queries import closed_meetings
from kongthun.domain.thai_calendar import long
from kongthun.groups.models import Group
from kongthun.groups.queries.places import group_in_reach

from ..forms import SupportForm
from ..queries.requests import RequestState, agencies_of, group_for_agency, request_of


@dataclass(frozen=True, slots=True)
class Place:
    """A request of a group, and whether the reader keeps it or answers it."""

    group: Group
    state: RequestState
    keeps: bool
    is_agency: bool


def group_or_404(request: ScopedRequest, code: str, *deeds: Deed) -> Group:
    """The group, for those who may do one of the deeds there."""
    group = group_in_reach(code, request.reach, *deeds)
    if group is None:
        raise Http404
    return group


def place_or_404(request: ScopedRequest, code: str, number: int) -> Place:
    """A request, for those of the group and its offices, or for the agency that was asked."""
    group = group_in_reach(code, request.reach, Deed.SEE_FUND, Deed.SEEK_SUPPORT)
    is_agency = group is None
    if group is None:
        group = group_for_agency(code, request.reach)
    state = request_of(group, number) if group is not None else None
    if group is None or state is None:
        raise Http404
    if is_agency and not agencies_of(request.reach).filter(pk=state.request.agency_id).exists():
        raise Http404
    return Place(group, state, may_seek(request, group), is_agency)


def may_seek(request: ScopedRequest, group: Group) -> bool:
    """Whether the reader keeps what the group asks for: shows or hides a door."""
    reach = request.reach
    return reach.may(Deed.SEEK_SUPPORT, area_code=group.area_code, group_id=group.pk)


def meeting_choices(group: Group) -> list[tuple[str, str]]:
    """The closed meetings that a request may name, the latest first."""
    return [
        (str(each.number), f"ครั้งที่ {each.number} {each.get_kind_display()} {long(each.held_on)}")
        for each in closed_meetings(group)[:20]
    ]


def form_page(
    request: ScopedRequest,
    group: Group,
    form: SupportForm,
    *,
    title: str,
    button: str,
    lead: str = "",
    step: Iterable[str] = (),
) -> HttpResponse:
    """A form as it stands: with everything typed, and 422 once it was refused."""
    context = {
        "group": group,
        "code": group.code,
        "form": form,
        "title": title,
        "button": button,
        "lead": lead,
        "back": list(step),
        "is_agency": not may_seek(request, group),
    }
    return render(request, "support/form.html", context, status=422 if form.is_bound else 200)
