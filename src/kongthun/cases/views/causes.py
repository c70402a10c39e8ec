"""Causes found together: adding one, who else says it, taking one back."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.casework import CauseKind, Speaker

from ..actions.causes import Said, add_cause, say_cause, withdraw_cause
from ..forms import CauseForm, SayingForm, TakingBackForm
from ..queries.road import meetings_to_name
from .asking import Paper, answer, case_or_404, typed

_ADD = Paper(
    "เพิ่มสาเหตุที่พบร่วมกัน",
    "เพิ่มสาเหตุ",
    "จดตามที่พูดกันในที่ประชุม ถามให้ครบทั้งครัวเรือน คณะกรรมการ และผู้นำ",
    "การประชุมที่จดและปิดบันทึกแล้วจะอยู่ในรายการนี้",
)
_SAY = Paper("ใครเห็นด้วยอีก", "บันทึก")
_TAKE_BACK = Paper("ถอนสาเหตุ", "ถอนสาเหตุ")


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """A cause, said by whom at which meeting."""
    state = case_or_404(request, code, number, Deed.WORK_CASES)
    group = state.case.group
    form = CauseForm(
        meetings_to_name(group),
        state.facts.causes,
        typed(request),
        parent=request.GET.get("under", ""),
    )

    def deed() -> object:
        said = form.cleaned_data
        return add_cause(
            group=group,
            case_number=number,
            words=said["words"],
            kind=CauseKind(said["kind"]),
            parent=int(said["parent"]) if said["parent"] else None,
            said=form.said(),
            by=request.reach,
        )

    return answer(request, state, form, deed, _ADD, said="เพิ่มสาเหตุแล้ว", at="causes")


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """Another group of people says a cause."""
    state = case_or_404(request, code, number, Deed.WORK_CASES)
    form = SayingForm(meetings_to_name(state.case.group), typed(request))

    def deed() -> object:
        said = form.cleaned_data
        return say_cause(
            group=state.case.group,
            case_number=number,
            number=place,
            said=Said(Speaker(said["speaker"]), int(said["meeting"])),
            by=request.reach,
        )

    words = next((each.words for each in state.facts.causes if each.number == place), "")
    paper = _SAY._replace(lead=f"สาเหตุที่ {place}: {words}")
    return answer(request, state, form, deed, paper, said="บันทึกแล้ว", at="causes")


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """Take a cause back, with why."""
    state = case_or_404(request, code, number, Deed.WORK_CASES)
    form = TakingBackForm(typed(request))

    def deed() -> object:
        return withdraw_cause(
            group=state.case.group,
            case_number=number,
            number=place,
            note=form.cleaned_data["note"],
            by=request.reach,
        )

    return answer(request, state, form, deed, _TAKE_BACK, said="ถอนสาเหตุแล้ว", at="causes")
