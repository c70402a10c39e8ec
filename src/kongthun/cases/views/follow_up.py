"""What every page of following up asks first, and how it answers: a form, a file, the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest
from kongthun.audit.actions import record_deed
from kongthun.audit.answers import paper_answer
from kongthun.papers import Digits

from ..forms_follow_up import FollowUpForm
from ..queries.facts import CaseState, case_in_reach


def state_or_404(request: ScopedRequest, code: str, number: int, *deeds: Deed) -> CaseState:
    """The case, for those who may see it and do one of the deeds there."""
    state = case_in_reach(code, number, request.reach)
    if state is None or not any(may(request, state, deed) for deed in deeds):
        raise Http404
    return state


def may(request: ScopedRequest, state: CaseState, deed: Deed) -> bool:
    """Whether the reader may do the deed here."""
    group = state.case.group
    return request.reach.may(deed, area_code=group.area_code, group_id=group.pk)


def form_page(
    request: ScopedRequest,
    state: CaseState,
    form: FollowUpForm,
    *,
    title: str,
    what: str,
    button: str,
    lead: str = "",
    beside: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """A form as it stands: with everything typed, and 422 once it was refused."""
    context = {
        **head(state),
        "form": form,
        "title": title,
        "what": what,
        "button": button,
        "lead": lead,
        "sends_files": form.is_multipart(),
        **(beside or {}),
    }
    status = 422 if form.is_bound else 200
    return render(request, "cases/follow_up_form.html", context, status=status)


def head(state: CaseState) -> dict[str, Any]:
    """What every page of a case says of it."""
    return {
        "state": state,
        "case": state.case,
        "group": state.case.group,
        "code": state.case.group.code,
    }


def back(request: ScopedRequest, state: CaseState, said: str, part: str) -> HttpResponse:
    """To the page of the case, with what was done."""
    messages.success(request, said)
    at = reverse("cases:case", args=[state.case.group.code, state.case.number])
    return redirect(f"{at}#{part}")


def kept_file(
    request: ScopedRequest, state: CaseState, sha256: str, subject: str, *, name: str
) -> HttpResponse:
    """A photo or paper of the case for those who see names there; each taking is written down."""
    group = state.case.group
    if not may(request, state, Deed.SEE_NAMES):
        raise Http404
    answer = paper_answer(group.pk, sha256, name, shows_photos=True)
    record_deed(
        "export_evidence",
        user_id=request.reach.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"case {state.case.number} {subject}",
        details={"sha256": sha256},
    )
    return answer


def digits(request: ScopedRequest) -> Digits:
    """Thai digits, as offices write; Arabic ones if the address asks for them."""
    return "arabic" if request.GET.get("digits") == "arabic" else "thai"
