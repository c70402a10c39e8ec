"""What is asked when somebody leaves a committee before the time is up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from django import forms

from kongthun.web.answers import DayAnswer

from .actions.committee import LONGEST_REASON
from .committee_refusals import CommitteeRefusal, EndedBefore, ReasonMissing
from .committee_wording import refusal_in_thai
from .refusals import EndsBeforeItStarts, InTheFuture


class EndTermForm(forms.Form):
    """The last day somebody sat, and why."""

    use_required_attribute = False  # what is missing is said in our words, beside the field
    on = DayAnswer(label="วันสุดท้ายที่อยู่ในตำแหน่ง", help_text="วันนั้นยังนับว่าอยู่ในวาระ")
    words = forms.CharField(
        label="พ้นเพราะอะไร",
        required=False,
        help_text="เช่น ลาออกตามหนังสือลงวันที่ 1 มี.ค. 2569 หรือย้ายออกจากหมู่บ้าน",
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_REASON}),
    )

    speaks_at: ClassVar[Mapping[type, str]] = {
        InTheFuture: "on",
        EndsBeforeItStarts: "on",
        EndedBefore: "on",
        ReasonMissing: "words",
    }

    def refuse(self, refusals: Iterable[CommitteeRefusal]) -> None:
        """Put every refusal where it speaks."""
        for refusal in refusals:
            self.add_error(self.speaks_at.get(type(refusal)), refusal_in_thai(refusal))
