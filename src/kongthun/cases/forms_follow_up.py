"""What is asked when a case is followed up: a thing a line, in the order people tell it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import BoundField

from kongthun.activities.forms import MOST_BYTES, SUFFIXES
from kongthun.activities.pictures import (
    BEGINNING,
    PHOTO_SUFFIXES,
    PhotosAnswer,
    kind_of_picture,
    where_it_waits,
)
from kongthun.domain.thai_text import arabic_digits
from kongthun.web.answers import DayAnswer

from . import follow_up_refusals as why
from .actions.closings import LONGEST_WORDS
from .actions.follow_up import LONGEST_NOTE, LONGEST_SAID
from .actions.papers import LONGEST_NAME
from .actions.reports import LONGEST_NUMBER, LONGEST_TO
from .actions.showing import LONGEST_CAPTION
from .follow_up_refusals import FollowUpRefusal
from .follow_up_wording import follow_up_refusal_in_thai
from .models import CaseReport
from .refusals import StandsWithClosing
from .wording import EVENTS

_NO_NAMES = "เขียนถึงเรื่อง ไม่ต้องใส่ชื่อครัวเรือน"
_MB = 1024 * 1024


class PaperAnswer(forms.FileField):
    """One photo or PDF, cleaned to where it waits to be kept."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        accepted = ",".join(dict.fromkeys((*SUFFIXES, *PHOTO_SUFFIXES)))
        options.setdefault("widget", forms.FileInput(attrs={"accept": accepted}))
        options.setdefault("help_text", "ภาพ .jpg .png .webp หรือ .pdf ขนาดไม่เกิน 10 MB")
        super().__init__(**options)
        self.error_messages |= {
            "required": "ยังไม่ได้เลือกไฟล์ เลือกภาพหรือ PDF แล้วกดส่งอีกครั้ง",
            "empty": "ไฟล์นี้ว่างเปล่า ลองถ่ายภาพหรือบันทึกไฟล์ใหม่ แล้วส่งอีกครั้ง",
        }

    def clean(self, data: Any, initial: Any = None) -> Path:  # noqa: ANN401
        file = super().clean(data, initial)
        name, size = file.name or "", file.size or 0
        if size > MOST_BYTES:
            raise forms.ValidationError(
                f"“{name}” ใหญ่ {size / _MB:,.1f} MB เกิน 10 MB ลองถ่ายภาพใหม่ให้เล็กลง แล้วส่งอีกครั้ง"
            )
        beginning = file.read(BEGINNING)
        file.seek(0)
        is_known = name.lower().endswith((*SUFFIXES, *PHOTO_SUFFIXES))
        if not is_known or kind_of_picture(beginning) is None:
            raise forms.ValidationError(
                f"“{name}” ไม่ใช่ภาพ .jpg .png .webp หรือไฟล์ .pdf ลองถ่ายภาพ แล้วส่งภาพนั้น"
            )
        return where_it_waits(file)


class NumbersAnswer(forms.CharField):
    """Numbers of the list, as typed with commas or spaces; cleaned to them in their order."""

    def clean(self, value: Any) -> tuple[int, ...]:  # noqa: ANN401
        typed = arabic_digits(super().clean(value)).replace(",", " ").split()
        if not all(each.isascii() and each.isdecimal() and len(each) < 6 for each in typed):
            raise forms.ValidationError("ยังอ่านเป็นเลขลำดับไม่ได้ พิมพ์เช่น 3, 7, 12")
        return tuple(sorted({int(each) for each in typed}))


@dataclass(frozen=True, slots=True)
class Question:
    """A field of a form; a file is dropped, not typed."""

    bound: BoundField

    @property
    def is_file(self) -> bool:
        """Whether a file is asked for."""
        return isinstance(self.bound.field, forms.FileField)

    @property
    def is_many(self) -> bool:
        """Whether several files may be chosen."""
        return isinstance(self.bound.field, PhotosAnswer)


class FollowUpForm(forms.Form):
    """A form that can say beside a field why a deed was not done."""

    use_required_attribute = False  # what is missing is said in our words, beside the field
    speaks_at: ClassVar[Mapping[type, str]] = {}
    spoken_of: ClassVar[Mapping[str, str]] = {}

    def refuse(self, refusals: Iterable[FollowUpRefusal]) -> None:
        """Put every refusal where it speaks, the others above the form."""
        for refusal in refusals:
            at = self.speaks_at.get(type(refusal))
            if isinstance(refusal, why.NothingSaid | why.TooLong):
                at = self.spoken_of.get(refusal.what, at)
            self.add_error(at if at in self.fields else None, follow_up_refusal_in_thai(refusal))

    def questions(self) -> Iterator[Question]:
        """The questions one a line."""
        for name in self.fields:
            yield Question(self[name])


def _lines(label: str, longest: int = LONGEST_SAID, *, rows: int = 4, **options: Any) -> Any:  # noqa: ANN401
    said = f"ยาวเกิน {longest:,} ตัวอักษร ย่อให้สั้นลง"
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=[MaxLengthValidator(longest, said)],
        **options,
    )


def _line(label: str, longest: int, **options: Any) -> Any:  # noqa: ANN401
    said = f"ยาวเกิน {longest:,} ตัวอักษร ย่อให้สั้นลง"
    return forms.CharField(label=label, validators=[MaxLengthValidator(longest, said)], **options)


class VisitForm(FollowUpForm):
    """A visit, as it is told on the way back."""

    speaks_at = {
        why.InTheFuture: "on",
        why.BeforeIt: "on",
        why.NoSuchHouseholds: "households",
        why.TooManyPhotos: "photos",
        why.ToldAlready: "seen",
    }
    spoken_of = {"สิ่งที่เห็น": "seen", "คำแนะนำ": "advised"}

    on = DayAnswer(label="ไปเมื่อวันที่")
    is_formal = forms.TypedChoiceField(
        label="ไปอย่างไร",
        choices=[("0", "แวะเยี่ยม ไม่เป็นทางการ"), ("1", "ลงพื้นที่เป็นทางการ")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        initial="0",
    )
    seen = _lines("เห็นอะไรบ้าง", help_text=_NO_NAMES)
    advised = _lines("แนะนำอะไรไว้", rows=3, required=False)
    households = NumbersAnswer(
        label="ครัวเรือนที่ได้พบ",
        required=False,
        help_text="เลขลำดับในบัญชีรายชื่อ เช่น 3, 7, 12",
        widget=forms.TextInput(attrs={"inputmode": "text", "maxlength": 300}),
    )
    photos = PhotosAnswer(label="ภาพการลงพื้นที่", required=False)


class ShowStepForm(FollowUpForm):
    """What shows that a step was done."""

    speaks_at = {
        why.InTheFuture: "on",
        why.BeforeIt: "on",
        why.ToldAlready: "file",
    }
    spoken_of = {"คำอธิบาย": "words"}

    on = DayAnswer(label="ทำเสร็จเมื่อวันที่")
    file = PaperAnswer(label="ภาพหรือเอกสารที่แสดงว่าทำแล้ว")
    words = _line("คำอธิบายสั้น ๆ", LONGEST_CAPTION, required=False)


class ReportForm(FollowUpForm):
    """A memo to a superior; all its figures come from the case and the books."""

    speaks_at = {why.ToldAlready: "words"}
    spoken_of = {"ผู้ที่รายงานถึง": "addressed_to", "เลขที่หนังสือ": "paper_number", "สิ่งที่ขอ": "words"}

    addressed_to = _line("เรียน", LONGEST_TO, help_text="เช่น นายอำเภอปากพนัง")
    paper_number = _line(
        "ที่",
        LONGEST_NUMBER,
        required=False,
        help_text="เลขที่หนังสือของสำนักงาน เว้นไว้เขียนภายหลังได้",
    )
    words = _lines(
        "สิ่งที่ขอให้ทราบหรือพิจารณา",
        rows=5,
        help_text="ตัวเลข แผน และการลงพื้นที่ ระบบใส่ให้แล้ว เขียนเฉพาะที่อยากขอคำแนะนำ",
    )


class AdviceForm(FollowUpForm):
    """Advice from above, on a memo or of one's own accord."""

    speaks_at = {
        why.InTheFuture: "on",
        why.BeforeIt: "on",
        StandsWithClosing: "on",
        why.ToldAlready: "words",
    }
    spoken_of = {"คำแนะนำ": "words"}

    report = forms.TypedChoiceField(label="ต่อรายงานฉบับใด", required=False, coerce=int)
    on = DayAnswer(label="วันที่ให้คำแนะนำ")
    words = _lines("คำแนะนำ")
    answer_by = DayAnswer(label="ขอคำตอบภายในวันที่", required=False, help_text="เว้นว่างถ้าไม่ต้องตอบ")

    def __init__(self, reports: Sequence[CaseReport], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        choices = [("", "ไม่ได้ตอบรายงานฉบับใด")]
        choices += [(str(each.number), f"ฉบับที่ {each.number}") for each in reports]
        self.fields["report"].choices = choices  # type: ignore[attr-defined]
        self.fields["report"].empty_value = None  # type: ignore[attr-defined]

    def refuse(self, refusals: Iterable[FollowUpRefusal]) -> None:
        """A day to answer by that is too early is said there."""
        for refusal in refusals:
            answer_by = self.cleaned_data.get("answer_by")
            if isinstance(refusal, why.BeforeIt) and refusal.day == answer_by:
                self.add_error("answer_by", follow_up_refusal_in_thai(refusal))
            else:
                super().refuse([refusal])


class AnswerForm(FollowUpForm):
    """The answer to advice."""

    speaks_at = {why.InTheFuture: "on", why.BeforeIt: "on"}
    spoken_of = {"คำตอบ": "answer"}

    on = DayAnswer(label="ตอบเมื่อวันที่")
    answer = _lines("ทำอะไรไปแล้ว หรือจะทำอย่างไร")


class EventForm(FollowUpForm):
    """Something from which a deadline counts, or that meets one."""

    speaks_at = {
        why.InTheFuture: "on",
        why.NoSuchEvent: "name",
        why.ToldAlready: "on",
    }
    spoken_of = {"คำอธิบาย": "words"}

    name = forms.ChoiceField(label="เกิดอะไรขึ้น", widget=forms.RadioSelect)
    on = DayAnswer(label="เมื่อวันที่")
    words = _line("คำอธิบายสั้น ๆ", LONGEST_NOTE, required=False, help_text=_NO_NAMES)

    def __init__(self, names: Sequence[str], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [(name, EVENTS[name]) for name in names]  # type: ignore[attr-defined]


class PaperForm(FollowUpForm):
    """A paper for the file of the case."""

    speaks_at = {why.InTheFuture: "dated_on", why.ToldAlready: "file"}
    spoken_of = {"ชื่อเอกสาร": "words"}

    words = _line("เอกสารนี้คืออะไร", LONGEST_NAME, help_text="เช่น สำเนาสมุดเงินฝาก หน้า 3")
    dated_on = DayAnswer(label="ลงวันที่")
    file = PaperAnswer(label="ภาพหรือไฟล์")


class NoteForm(FollowUpForm):
    """Why something is taken back."""

    spoken_of = {"เหตุที่ถอน": "note"}

    note = _lines("ถอนเพราะอะไร", LONGEST_NOTE, rows=3)


class ClosingForm(FollowUpForm):
    """Words with a closing; what came of it is in the books."""

    spoken_of = {"ถ้อยคำปิดเรื่อง": "words"}

    words = _lines("บันทึกท้ายเรื่อง", LONGEST_WORDS, rows=3, required=False)
