"""What every page of a group asks first: which group, and whether names are shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest
from kongthun.audit.actions import record_deed

from ..forms import Paper
from ..models import Group, Membership, Person
from ..queries.households import member_of
from ..queries.places import group_in_reach


def group_or_404(request: ScopedRequest, code: str, *deeds: Deed) -> Group:
    """The group, for those who may do one of the deeds there."""
    group = group_in_reach(code, request.reach, *deeds)
    if group is None:
        raise Http404
    return group


def member_or_404(group: Group, number: int) -> Membership:
    """A household of the list."""
    member = member_of(group, number)
    if member is None:
        raise Http404
    return member


def may(request: ScopedRequest, deed: Deed, group: Group) -> bool:
    """Whether the reader may do the deed here: shows or hides a door."""
    return request.reach.may(deed, area_code=group.area_code, group_id=group.pk)


def namer(request: ScopedRequest, group: Group, subject: str) -> Callable[[Person], str]:
    """How people are called on this page. In full is written down: who read, and of what."""
    if not may(request, Deed.SEE_NAMES, group):
        return lambda person: person.name.masked
    record_deed(
        "read_names",
        user_id=request.reach.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=subject,
    )
    return lambda person: person.name.full


def day_asked(request: ScopedRequest) -> date:
    """The day the page is asked about, never after today; today where nothing fit is asked."""
    try:
        asked = date.fromisoformat(request.GET.get("as_of", ""))
    except ValueError:
        return request.reach.day
    return min(asked, request.reach.day)


def form_page(
    request: ScopedRequest, template: str, form: Paper, context: dict[str, object]
) -> HttpResponse:
    """A form as it stands: with everything typed, and 422 once it was refused."""
    status = 422 if form.is_bound else 200
    return render(request, template, context | {"form": form}, status=status)
