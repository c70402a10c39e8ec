"""What is asked of a lesson: its head and the eight parts, each with what belongs there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from . import lesson_refusals as why
from .actions.lessons import LONGEST, LONGEST_BACK, LONGEST_PART
from .lesson_refusals import LessonRefusal
from .lesson_wording import HEAD_WORDS, PART_WORDS, refusal_in_thai
from .queries.lessons import LessonWords

_HELP = {
    "title": "เรื่องที่ได้เรียนรู้ ไม่ต้องบอกชื่อหมู่บ้านหรือชื่อคน",
    "office": "เช่น นักวิชาการพัฒนาชุมชนชำนาญการ สำนักงานพัฒนาชุมชนอำเภอปากพนัง",
    "background": "กองทุนเป็นมาอย่างไร หยุดเพราะอะไร",
    "process": "ทำอะไรบ้าง ทีละขั้น ขึ้นต้นบรรทัดด้วยเลขข้อ",
    "techniques": "วิธีที่ใช้แล้วได้ผล",
    "cautions": "สิ่งที่คนทำต่อควรระวัง",
    "success_factors": "อะไรทำให้สำเร็จ",
    "results": "เกิดอะไรขึ้นกับกองทุน ตัวเลขจากสมุดจะอยู่ท้ายบทเรียนให้เอง",
    "problems": "ติดขัดเรื่องใด แก้อย่างไร",
    "rules": "ระเบียบ แนวทาง และแนวคิดที่ใช้",
}


class LessonForm(forms.Form):
    """The whole lesson on one light page. A draft needs its head only."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for name, label in ({**HEAD_WORDS, **PART_WORDS}).items():
            is_part = name in PART_WORDS
            longest = LONGEST.get(name, LONGEST_PART)
            widget: type[forms.Widget] = forms.Textarea if is_part else forms.TextInput
            attrs: dict[str, object] = {"maxlength": longest, **({"rows": 6} if is_part else {})}
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                strip=False,
                widget=widget(attrs=attrs),
                help_text=_HELP.get(name, ""),
            )

    @property
    def words(self) -> LessonWords:
        """What was written."""
        return LessonWords(**self.cleaned_data)

    def refuse(self, refusals: Iterable[LessonRefusal]) -> None:
        """Put every refusal where it speaks, the others above the form."""
        for refusal in refusals:
            match refusal:
                case why.PartsEmpty(parts=parts):
                    for part in parts:
                        self.add_error(part, "ยังไม่ได้เขียน")
                case why.PartTooLong(part=part) | why.NamesAMember(part=part):
                    self.add_error(part, refusal_in_thai(refusal))
                case why.HoldsAnId(part=part):
                    self.add_error(part, refusal_in_thai(refusal))
                case _:
                    self.add_error(None, refusal_in_thai(refusal))


class LessonNoteForm(forms.Form):
    """Why a lesson is sent back or taken down."""

    use_required_attribute = False

    note = forms.CharField(
        label="เหตุผล",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_BACK}),
    )

    def refuse(self, refusals: Iterable[LessonRefusal]) -> None:
        """Put every refusal where it speaks."""
        for refusal in refusals:
            at = "note" if isinstance(refusal, why.NoteMissing) else None
            self.add_error(at, refusal_in_thai(refusal))
