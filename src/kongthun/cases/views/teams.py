"""Who is on the team: joining, leaving, and putting right who was written down by mistake."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped

from ..actions.teams import join_team, leave_team, withdraw_teammate
from ..forms import LeavingForm, TakingBackForm, TeammateForm
from ..queries.people import people_of_role, team_roles
from .asking import Paper, answer, case_or_404, typed

_JOIN = Paper("เพิ่มผู้ร่วมทีม", "เพิ่มในทีม", "ทีมต้องมีเจ้าหน้าที่และคณะกรรมการเครือข่ายอย่างน้อยฝ่ายละคน")
_LEAVE = Paper("ออกจากทีม", "บันทึกวันสุดท้าย")
_TAKE_BACK = Paper("ถอนชื่อที่บันทึกผิด", "ถอนชื่อ", "ถ้าเคยอยู่ในทีมจริง ใช้ “ออกจากทีม” แทน")


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Somebody joins the team."""
    state = case_or_404(request, code, number, Deed.WORK_CASES)
    group, day = state.case.group, request.reach.day
    people = {role: people_of_role(group, role, day) for role in team_roles(state.facts.kind)}
    form = TeammateForm(people, typed(request), today=day)

    def deed() -> object:
        return join_team(
            group=group,
            case_number=number,
            role=form.role,
            user_id=form.user_id,
            name=form.cleaned_data["name"],
            on=form.cleaned_data["on"],
            by=request.reach,
        )

    return answer(request, state, form, deed, _JOIN, said="เพิ่มในทีมแล้ว", at="team")


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """The last day of somebody on the team."""
    state = case_or_404(request, code, number, Deed.WORK_CASES)
    form = LeavingForm(typed(request), today=request.reach.day)

    def deed() -> object:
        return leave_team(
            group=state.case.group,
            case_number=number,
            number=place,
            on=form.cleaned_data["on"],
            by=request.reach,
        )

    return answer(request, state, form, deed, _LEAVE, said="บันทึกวันสุดท้ายแล้ว", at="team")


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """Take somebody back who was written down by mistake."""
    state = case_or_404(request, code, number, Deed.WORK_CASES)
    form = TakingBackForm(typed(request))

    def deed() -> object:
        return withdraw_teammate(
            group=state.case.group,
            case_number=number,
            number=place,
            note=form.cleaned_data["note"],
            by=request.reach,
        )

    return answer(request, state, form, deed, _TAKE_BACK, said="ถอนชื่อแล้ว", at="team")
