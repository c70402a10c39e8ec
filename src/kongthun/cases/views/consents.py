"""What the village answers, from the resolution of its meeting."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped

from ..actions.consents import record_consent, withdraw_consent
from ..forms import ConsentForm, TakingBackForm
from ..queries.road import resolutions_to_answer
from .asking import Paper, answer, case_or_404, typed

_CONSENT = Paper(
    "หมู่บ้านตอบว่าอย่างไร",
    "บันทึกคำตอบ",
    "เลือกมติของการประชุมครัวเรือนหรือประชุมใหญ่ตั้งแต่วันที่เสนอเรื่อง ถ้าคนมาไม่ครบองค์ประชุม ระบบเก็บคำตอบไว้แต่ยังไม่นับ",
    "การประชุมที่จดและปิดบันทึกแล้วจะอยู่ในรายการนี้",
)
_TAKE_BACK = Paper("ถอนคำตอบที่บันทึกผิด", "ถอนคำตอบ", "ถ้าถอนคำตอบว่าสมัครใจ เรื่องจะกลับไปรอหมู่บ้าน")


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Write down what a meeting answered."""
    state = case_or_404(request, code, number, Deed.WORK_CASES)
    group = state.case.group
    said = resolutions_to_answer(group, since=state.case.proposed_on)
    form = ConsentForm(said, typed(request))

    def deed() -> object:
        meeting, resolution = form.chosen
        return record_consent(
            group=group,
            case_number=number,
            meeting_number=meeting,
            resolution=resolution,
            is_yes=form.cleaned_data["answer"] == ConsentForm.YES,
            by=request.reach,
        )

    return answer(request, state, form, deed, _CONSENT, said="บันทึกคำตอบของหมู่บ้านแล้ว", at="answers")


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """Take an answer back that was written down by mistake."""
    state = case_or_404(request, code, number, Deed.WORK_CASES)
    form = TakingBackForm(typed(request))

    def deed() -> object:
        return withdraw_consent(
            group=state.case.group,
            case_number=number,
            number=place,
            note=form.cleaned_data["note"],
            by=request.reach,
        )

    return answer(request, state, form, deed, _TAKE_BACK, said="ถอนคำตอบแล้ว", at="answers")
