"""What every page of a round asks first: which round, and which fund of it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest
from kongthun.areas.models import Node
from kongthun.areas.queries import path_to
from kongthun.reports.views.asking import path_in_reach
from kongthun.web.answers import Answers

from ..models import Round
from ..queries.rounds import Checked, round_in_reach, state_of


def area_or_404(request: ScopedRequest, code: str, deed: Deed = Deed.SEE_AREA) -> Node:
    """The area, for who holds the deed in it or above it."""
    return path_in_reach(request.reach, code, deed)[-1]


def round_or_404(
    request: ScopedRequest, code: str, number: int, deed: Deed = Deed.SEE_AREA
) -> Round:
    """The round, for who holds the deed in its area or above it."""
    found = round_in_reach(code, number, request.reach, deed)
    if found is None:
        raise Http404
    return found


def fund_or_404(request: ScopedRequest, found: Round, fund: str) -> Checked:
    """A fund of the round within the reader's own places."""
    group = next((each for each in state_of(found, request.reach).funds if each.code == fund), None)
    if group is None:
        raise Http404
    return group


def opens(request: ScopedRequest, area_code: str) -> bool:
    """Whether the reader opens, locks and chooses here: shows or hides the doors."""
    return request.reach.may(Deed.OPEN_SURVEYS, area_code=area_code)


def place_of(code: str) -> Node:
    """The area of a round, for the head of its pages."""
    return path_to(code)[-1]


def ask(
    request: ScopedRequest,
    form: Answers,
    words: dict[str, str],
    *,
    found: Round | None = None,
    place: Node,
    sends_files: bool = False,
) -> HttpResponse:
    """A page that asks the questions of one form; with everything typed, 422 once refused."""
    context = {
        **words,
        "round": found,
        "place": place,
        "code": place.code,
        "form": form,
        "sends_files": sends_files,
    }
    return render(request, "surveys/ask.html", context, status=422 if form.errors else 200)
