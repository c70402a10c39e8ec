"""What is asked about lost books, in the order people tell it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from kongthun.activities.forms import MOST_BYTES
from kongthun.activities.pictures import BEGINNING, kind_of_picture, where_it_waits
from kongthun.domain.broken_books import GRADE_ORDER, Grade, Why
from kongthun.domain.journal import HappensLater
from kongthun.domain.money import ZERO
from kongthun.ledger.forms import KeyedForm, book_words, day_typed
from kongthun.ledger.models import BankBook
from kongthun.web.answers import DayAnswer, MoneyAnswer

from . import refusals as no
from .actions.openings import LONGEST_NAME, LONGEST_WORDS, Saying
from .models import Place, SaidBy
from .wording import GRADES, refusal_in_thai

SUFFIXES = (".pdf", ".jpg", ".jpeg", ".png", ".webp")

_WHY_BESIDE = {
    Why.WRONG_NUMBER: "place",
    Why.NOT_A_PLACE: "place",
    Why.BELOW_NOTHING: "amount",
    Why.SAID_BY_NOBODY: "said_by",
    Why.NO_EVIDENCE: "paper",
}


class OpeningForm(KeyedForm):
    """A form of this app: each refusal is said beside the question it is about."""

    speaks_at: dict[type, str] = {}

    def refuse(self, not_done: no.NotDone) -> None:
        """Put the refusals of an action on the form."""
        for refusal in not_done.refusals:
            beside = self.speaks_at.get(type(refusal))
            if isinstance(refusal, no.ClaimUnfit):
                beside = _WHY_BESIDE[refusal.why]
            self.add_error(beside if beside in self.fields else None, refusal_in_thai(refusal))


class BeginForm(OpeningForm):
    """The day, and what the fund was given by then."""

    speaks_at = {
        HappensLater: "opens_on",
        no.CapitalUnsaid: "capital",
        no.CapitalInBooks: "capital",
        no.WordsNeeded: "words",
        no.WordsTooLong: "words",
    }

    opens_on = DayAnswer(label="สอบยอด ณ สิ้นวันที่", help_text="วันสุดท้ายก่อนเริ่มสมุดใหม่ เช่น 30/9/2568")
    capital = MoneyAnswer(
        label="เงินทุนที่ได้รับ", required=False, help_text="เว้นว่าง ถ้าสมุดมีเงินทุนถึงวันนั้นแล้ว"
    )
    interest = MoneyAnswer(label="ดอกเบี้ยสะสมถึงวันนั้น", required=False, least=0)
    words = forms.CharField(
        label="รู้จากอะไร",
        required=False,
        max_length=LONGEST_WORDS,
        help_text="เช่น หนังสือจัดสรรปี 2540 สมุดเงินฝาก",
    )

    def said(self) -> dict[str, Any]:
        """The answers as the action takes them."""
        said = self.cleaned_data
        return {
            "opens_on": said["opens_on"],
            "capital": said["capital"] or ZERO,
            "interest": said["interest"] or ZERO,
            "words": said["words"],
        }


class PaperAnswer(forms.FileField):
    """A photo or PDF, cleaned to where it waits to be kept; none, to None."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        options.setdefault("widget", forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}))
        options.setdefault("help_text", "ภาพถ่าย (.jpg .png .webp) หรือ .pdf ขนาดไม่เกิน 10 MB")
        super().__init__(required=False, max_length=200, **options)
        self.error_messages["empty"] = "ไฟล์นี้ว่างเปล่า ลองถ่ายภาพใหม่ แล้วส่งอีกครั้ง"
        self.error_messages["max_length"] = "ชื่อไฟล์ยาวเกินไป ตั้งชื่อให้สั้นลง แล้วส่งอีกครั้ง"

    def clean(self, data: Any, initial: Any = None) -> Path | None:  # noqa: ANN401
        file: UploadedFile[Any] | None = super().clean(data, initial)
        if not file:
            return None
        name = file.name or ""
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(f"“{name}” ใหญ่เกิน 10 MB ลองถ่ายภาพใหม่ให้เล็กลง")
        beginning = file.read(BEGINNING)
        file.seek(0)
        if not name.lower().endswith(SUFFIXES) or kind_of_picture(beginning) is None:
            raise forms.ValidationError(
                f"“{name}” ไม่ใช่ภาพ .jpg .png .webp หรือไฟล์ .pdf ลองถ่ายภาพเอกสาร แล้วส่งภาพนั้น"
            )
        return where_it_waits(file)


class SayForm(OpeningForm):
    """A claim: where, how much, who says so, on what evidence."""

    speaks_at = {
        HappensLater: "said_on",
        no.NotAPlaceHere: "place",
        no.NotOnList: "member",
        no.HouseholdInBooks: "member",
        no.PlaceInBooks: "place",
        no.PersonUnnamed: "person",
        no.WordsTooLong: "words",
    }

    place = forms.ChoiceField(label="เงินอยู่ที่ไหน", widget=forms.RadioSelect)
    member = forms.TypedChoiceField(label="ครัวเรือน", coerce=int, empty_value=None, required=False)
    bank_book = forms.TypedChoiceField(label="สมุดเงินฝาก", coerce=int, required=False)
    person = forms.CharField(
        label="ชื่อบุคคลที่เงินอยู่ด้วย",
        required=False,
        max_length=LONGEST_NAME,
        help_text="เฉพาะเมื่อเลือก “อยู่กับบุคคลที่ต้องส่งคืน” ไม่ใช่ข้อกล่าวหา",
    )
    amount = MoneyAnswer(label="ยอดเท่าไร", least=0, help_text="ไม่มีเงินเลยพิมพ์ 0")
    grade = forms.TypedChoiceField(
        label="มีหลักฐานแค่ไหน",
        coerce=lambda value: Grade(int(value)),
        choices=[(grade.value, GRADES[grade]) for grade in GRADE_ORDER],
        widget=forms.RadioSelect,
        help_text="รายชื่อที่กรรมการลงชื่อฝ่ายเดียวเป็นพยาน ไม่ใช่การรับยอดของครัวเรือน",
    )
    said_by = forms.ChoiceField(label="ใครบอก", choices=SaidBy.choices)
    said_on = DayAnswer(label="บอกหรือลงชื่อเมื่อ")
    paper = PaperAnswer(label="ภาพหรือเอกสาร")
    words = forms.CharField(
        label="จดเพิ่ม",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        day: date,
        places: Sequence[Place],
        members: Sequence[tuple[int, str]],
        books: Sequence[BankBook],
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **options)
        self.fields["place"].choices = [(p.value, p.label) for p in places]  # type: ignore[attr-defined]
        self.fields["member"].choices = [("", "เลือกครัวเรือน"), *members]  # type: ignore[attr-defined]
        if len(books) > 1:
            self.fields["bank_book"].choices = [(b.number, book_words(b)) for b in books]  # type: ignore[attr-defined]
        else:  # which passbook is asked only if there are several
            del self.fields["bank_book"]
        self.fields["said_on"].initial = day_typed(day)

    def saying(self) -> Saying:
        """The claim as the action takes it."""
        said = self.cleaned_data
        place = Place(said["place"])
        number = {Place.LOAN: said["member"], Place.BANK: said.get("bank_book") or 1}.get(place)
        return Saying(
            place=place,
            number=number,
            amount=said["amount"],
            grade=said["grade"],
            said_by=SaidBy(said["said_by"]),
            said_on=said["said_on"],
            words=said["words"],
            person=said["person"] if place == Place.CLAIM else "",
            paper=said["paper"],
        )


class SettleForm(OpeningForm):
    """What was read is what is booked."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)


class NoteForm(OpeningForm):
    """Why something is taken back."""

    speaks_at = {no.WordsNeeded: "note", no.WordsTooLong: "note"}

    note = forms.CharField(
        label="เพราะอะไร",
        max_length=LONGEST_WORDS,
        help_text="เขียนสั้น ๆ ให้ผู้อื่นเข้าใจภายหลัง",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
