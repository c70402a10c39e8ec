"""What every page of a briefing asks first: which briefing, and what its reader may do there."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from kongthun.accounts.reach import Deed, Reach
from kongthun.accounts.scoped import ScopedRequest
from kongthun.areas.models import Node
from kongthun.areas.queries import path_to
from kongthun.audit.actions import record_deed
from kongthun.reports.views.asking import path_in_reach
from kongthun.web.answers import Answers

from ..actions.writing import entitled
from ..models import Briefing
from ..queries.briefings import briefing_in_reach


def area_or_404(request: ScopedRequest, code: str, deed: Deed = Deed.SEE_AREA) -> Node:
    """The area, for who holds the deed in it or above it."""
    return path_in_reach(request.reach, code, deed)[-1]


def briefing_or_404(
    request: ScopedRequest, code: str, number: int, deed: Deed = Deed.SEE_AREA
) -> Briefing:
    """The briefing, for who holds the deed in its area or above it."""
    found = briefing_in_reach(code, number, request.reach, deed)
    if found is None or (deed is Deed.HOLD_BRIEFINGS and not holds(request.reach, code)):
        raise Http404
    return found


def holds(reach: Reach, area_code: str) -> bool:
    """Whether the reader keeps briefings of this area: shows or hides the doors."""
    return not entitled(area_code, reach)


def sees_names(reach: Reach, area_code: str) -> bool:
    """Whether who came is shown by name: to who may see names in the area, or keeps this sheet.

    Above the district only the sheets of the own office are read by name.
    """
    is_own = any(
        holding.area_code == area_code for holding in reach.holding_with(Deed.HOLD_BRIEFINGS)
    )
    return reach.may(Deed.SEE_NAMES, area_code=area_code) or is_own


def reads_names(request: ScopedRequest, briefing: Briefing, subject: str) -> bool:
    """Whether who came is shown by name; shown, it is written down who read it."""
    if not sees_names(request.reach, briefing.area_code):
        return False
    record_deed(
        "read_names",
        user_id=request.reach.user_id,
        area_code=briefing.area_code,
        subject=f"briefing {briefing.area_code}/{briefing.number} {subject}",
    )
    return True


def place_of(code: str) -> Node:
    """The area of a briefing, for the head of its pages."""
    return path_to(code)[-1]


def ask(
    request: ScopedRequest,
    form: Answers,
    words: dict[str, str],
    *,
    found: Briefing | None = None,
    place: Node,
) -> HttpResponse:
    """A page that asks the questions of one form; with everything typed, 422 once refused."""
    context = {
        **words,
        "briefing": found,
        "place": place,
        "code": place.code,
        "form": form,
        "sends_files": form.is_multipart(),
    }
    return render(request, "briefings/ask.html", context, status=422 if form.errors else 200)
