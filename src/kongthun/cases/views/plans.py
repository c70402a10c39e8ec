"""The plan: adding a step, and agreeing not to do one."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped

from ..actions.plans import give_up_step, plan_step
from ..forms import GivingUpForm, StepForm
from ..queries.road import team_rows
from .asking import Paper, answer, case_or_404, typed

_ADD = Paper(
    "เพิ่มขั้นตอนในแผน",
    "เพิ่มขั้นตอน",
    "ตกลงกันให้ชัดว่าทำอะไร ใครทำ ภายในวันไหน และอะไรจะแสดงว่าทำแล้ว",
)
_GIVE_UP = Paper("ไม่ทำขั้นตอนนี้แล้ว", "บันทึก", "ขั้นตอนยังอยู่ในแผนพร้อมเหตุผล ถ้ากลับมาทำ เพิ่มเป็นข้อใหม่")


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """A step: what, by whom, by when, and what will show it."""
    state = case_or_404(request, code, number, Deed.WORK_CASES)
    form = StepForm(team_rows(state.key), typed(request), today=request.reach.day)

    def deed() -> object:
        said = form.cleaned_data
        return plan_step(
            group=state.case.group,
            case_number=number,
            words=said["words"],
            owner_role=form.owner_role,
            owner_user_id=form.owner_user_id,
            owner_words=said["owner_words"],
            on=said["on"],
            due_on=said["due_on"],
            shown_by=said["shown_by"],
            by=request.reach,
        )

    return answer(request, state, form, deed, _ADD, said="เพิ่มในแผนแล้ว", at="plan")


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def give_up(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """Agree not to do a step, with why."""
    state = case_or_404(request, code, number, Deed.WORK_CASES)
    form = GivingUpForm(typed(request), today=request.reach.day)

    def deed() -> object:
        return give_up_step(
            group=state.case.group,
            case_number=number,
            number=place,
            on=form.cleaned_data["on"],
            note=form.cleaned_data["note"],
            by=request.reach,
        )

    return answer(request, state, form, deed, _GIVE_UP, said="บันทึกแล้ว", at="plan")
