"""What every page of a case asks first: which case, which fund, which area."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest
from kongthun.briefings.models import Voice
from kongthun.domain.casework import CaseKind
from kongthun.groups.models import Group
from kongthun.groups.queries.places import group_in_reach

from ..forms import CaseForm
from ..queries.facts import CaseState, case_in_reach
from ..refusals import NotDone
from ..wording import KINDS


class Paper(NamedTuple):
    """What a page with one form says."""

    title: str
    button: str
    lead: str = ""
    note: str = ""


def group_or_404(request: ScopedRequest, code: str, *deeds: Deed) -> Group:
    """The group, for those who may do one of the deeds there."""
    group = group_in_reach(code, request.reach, *deeds)
    if group is None:
        raise Http404
    return group


def case_or_404(
    request: ScopedRequest, code: str, number: int, deed: Deed = Deed.SEE_CASES
) -> CaseState:
    """A case that the reader may see and may do the deed in."""
    state = case_in_reach(code, number, request.reach, deed)
    if state is None:
        raise Http404
    return state


def may(request: ScopedRequest, deed: Deed, group: Group) -> bool:
    """Whether the reader may do the deed here: shows or hides a door."""
    return request.reach.may(deed, area_code=group.area_code, group_id=group.pk)


def case_title(state: CaseState) -> str:
    """What a case is called."""
    return f"เรื่องที่ {state.case.number} {KINDS[CaseKind(state.case.kind)]}"


def answer(
    request: ScopedRequest,
    state: CaseState,
    form: CaseForm,
    deed: Callable[[], object],
    paper: Paper,
    *,
    said: str,
    at: str = "",
) -> HttpResponse:
    """Do the deed where the form is whole, and go back to the case; else the form as it stands.

    A form that was refused comes back with 422 and everything typed.
    """
    if form.is_valid():
        done = deed()
        if not isinstance(done, NotDone):
            messages.success(request, said)
            page = redirect("cases:case", code=state.case.group.code, number=state.case.number)
            page["Location"] += f"#{at}" if at else ""
            return page
        form.refuse(done.refusals)
    return form_page(request, state.case.group, form, paper, state=state)


def form_page(
    request: ScopedRequest,
    group: Group,
    form: CaseForm,
    paper: Paper,
    *,
    state: CaseState | None = None,
    facts: Sequence[str] = (),
    voices: Sequence[Voice] = (),
) -> HttpResponse:
    """A form as it stands: with everything typed, and 422 once it was refused."""
    context = {
        "group": group,
        "code": group.code,
        "state": state,
        "case_title": case_title(state) if state is not None else "",
        "form": form,
        "paper": paper,
        "facts": facts,
        "voices": voices,
    }
    return render(request, "cases/form.html", context, status=422 if form.is_bound else 200)


def typed(request: ScopedRequest) -> QueryDict | None:
    """What was handed in, if something was."""
    return request.POST if request.method == "POST" else None
