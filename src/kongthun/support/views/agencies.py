"""What an agency sees: what it is asked, and what concerns it of a group that asks or invites."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.areas.queries import path_to

from ..queries.requests import (
    agencies_of,
    asked_of,
    group_for_agency,
    groups_that_invite,
    standards_of,
    support_of,
)


@scoped(Deed.ANSWER_SUPPORT)
@require_safe
def asked(request: ScopedRequest) -> HttpResponse:
    """The requests that groups addressed to the reader's agency, and the groups that invite it."""
    states = asked_of(request.reach)
    context = {
        "agencies": list(agencies_of(request.reach)),
        "waiting": [state for state in states if state.waits == "agency"],
        "others": [state for state in states if state.waits != "agency"],
        "groups": groups_that_invite(request.reach),
    }
    return render(request, "support/asked.html", context)


@scoped(Deed.ANSWER_SUPPORT)
@require_safe
def concerned(request: ScopedRequest, code: str) -> HttpResponse:
    """A group as an agency sees it: what it asked this agency, and its standards. No books."""
    group = group_for_agency(code, request.reach)
    if group is None:
        raise Http404
    theirs = {agency.pk for agency in agencies_of(request.reach)}
    context = {
        "group": group,
        "code": code,
        "path": path_to(group.area_code)[1:],
        "states": [each for each in support_of(group) if each.request.agency_id in theirs],
        "standards": standards_of(group),
    }
    return render(request, "support/concerned.html", context)
