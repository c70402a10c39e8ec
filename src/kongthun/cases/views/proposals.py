"""A case is proposed for a fund, and taken back while it is not open."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.briefings.queries.voices import voices_of
from kongthun.domain.casework import CaseKind
from kongthun.surveys.queries.rounds import chosen_of

from ..actions.proposals import propose_case, withdraw_case
from ..forms import ProposalForm, TakingBackForm
from ..queries.warnings import warning_of_fund
from ..refusals import NotDone
from ..wording import sign_in_thai
from .asking import Paper, case_or_404, form_page, group_or_404, may, typed

_PROPOSE = Paper(
    "เสนอเรื่องแก้ไขปัญหา",
    "เสนอเรื่อง",
    "เสนอเพื่อชวนหมู่บ้านคุยกัน เรื่องเปิดเมื่อหมู่บ้านสมัครใจเท่านั้น",
)
_WITHDRAW = Paper("ถอนเรื่องที่เสนอ", "ถอนเรื่อง", "ถอนได้จนกว่าหมู่บ้านจะสมัครใจ")


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: ScopedRequest, code: str) -> HttpResponse:
    """Propose to help a fund, beside what its books warn of today."""
    group = group_or_404(request, code, Deed.WORK_CASES)
    chosen = chosen_of([group.pk]).get(group.pk)
    form = ProposalForm(
        typed(request),
        sees_sealed=may(request, Deed.SEE_SEALED, group),
        today=request.reach.day,
    )
    if form.is_valid():
        said = form.cleaned_data
        done = propose_case(
            group=group,
            kind=CaseKind(said["kind"]),
            words=said["words"],
            on=said["on"],
            survey_round=chosen.round_id if chosen is not None else None,
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            messages.success(request, f"เสนอเป็นเรื่องที่ {done.number} แล้ว ต่อไปถามความสมัครใจของหมู่บ้าน")
            return redirect("cases:case", code=code, number=done.number)
        form.refuse(done.refusals)
    warned = warning_of_fund(group, day=request.reach.day, today=request.reach.day)
    facts = [sign_in_thai(sign.value) for sign in warned.signs]
    voices = voices_of([group.pk], request.reach.day).get(group.pk, [])
    return form_page(request, group, form, _PROPOSE, facts=facts, voices=voices)


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Take a proposal back, with why."""
    state = case_or_404(request, code, number, Deed.WORK_CASES)
    if state.is_open:
        raise Http404
    form = TakingBackForm(typed(request))
    if form.is_valid():
        done = withdraw_case(
            group=state.case.group,
            case_number=number,
            note=form.cleaned_data["note"],
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            messages.success(request, f"ถอนเรื่องที่ {number} แล้ว")
            return redirect("cases:of_fund", code=code)
        form.refuse(done.refusals)
    return form_page(request, state.case.group, form, _WITHDRAW, state=state)
