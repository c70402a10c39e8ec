"""What is asked about a meeting, in the order people tell it: which, when, where; who; what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.validators import MaxLengthValidator
from django.forms import BoundField
from django.http import QueryDict

from kongthun.domain.authority import TermNotInForce
from kongthun.web.answers import DayAnswer

from .actions.meetings import LONGEST_AGENDA, LONGEST_MINUTES, LONGEST_PLACE, LONGEST_RESOLUTION
from .models import Meeting, MeetingKind, Resolution
from .queries import Seat
from .refusals import (
    HeldLater,
    MoreVotesThanPeople,
    NotDone,
    NothingResolved,
    ResolvedAlready,
    TooLong,
)
from .wording import refusal_in_thai

MOST_BYTES = 10 * 1024 * 1024
MOST_OTHERS = 10_000
SUFFIXES = (".pdf", ".jpg", ".jpeg", ".png")
# What a file begins with, and what it then is: its name may say anything.
BEGINNINGS = {
    b"%PDF-": ("application/pdf", ".pdf"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
    b"\x89PNG\r\n\x1a\n": ("image/png", ".png"),
}


def kind_of_file(beginning: bytes) -> tuple[str, str] | None:
    """Media type and suffix of a file of minutes, by how it begins; None for any other file."""
    for mark, kind in BEGINNINGS.items():
        if beginning.startswith(mark):
            return kind
    return None


class RefusableForm(forms.Form):
    """A form whose action may refuse: what is wrong is said beside the question it is about."""

    use_required_attribute = False  # what is missing is said in our words, beside the field
    speaks_at: dict[type, str] = {}

    def refuse(self, not_done: NotDone) -> None:
        """Put the refusals of an action on the form."""
        for refusal in not_done.refusals:
            self.add_error(self.speaks_at.get(type(refusal)), refusal_in_thai(refusal))


class MeetingForm(RefusableForm):
    """Which meeting it was, when and where."""

    speaks_at = {HeldLater: "held_on", TermNotInForce: "held_on"}

    kind = forms.ChoiceField(
        label="ประชุมใคร", choices=MeetingKind.choices, widget=forms.RadioSelect
    )
    held_on = DayAnswer(label="ประชุมวันที่")
    place = forms.CharField(
        label="ที่ไหน",
        required=False,
        max_length=LONGEST_PLACE,
        help_text="เช่น ศาลาหมู่บ้าน",
    )

    @classmethod
    def of(cls, meeting: Meeting) -> dict[str, Any]:
        """The answers as they stand."""
        return {"kind": meeting.kind, "held_on": meeting.held_on, "place": meeting.place}


class DraftForm(MeetingForm):
    """The same, and the agenda and the minutes as text."""

    agenda = forms.CharField(
        label="ระเบียบวาระ",
        required=False,
        help_text="เรื่องละหนึ่งบรรทัด ไม่ต้องใส่เลขวาระ",
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[MaxLengthValidator(LONGEST_AGENDA, "ยาวเกิน %(limit_value)s ตัวอักษร ย่อให้สั้นลง")],
    )
    minutes = forms.CharField(
        label="เรื่องที่พูดคุยกัน",
        required=False,
        help_text="จดย่อได้ ถ้ามีบันทึกบนกระดาษอยู่แล้ว แนบภาพหรือ PDF แทนได้",
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[
            MaxLengthValidator(
                LONGEST_MINUTES, "ยาวเกิน %(limit_value)s ตัวอักษร ย่อให้สั้นลง หรือแนบเป็นภาพหรือ PDF"
            )
        ],
    )

    @classmethod
    def of(cls, meeting: Meeting) -> dict[str, Any]:
        """The answers as they stand."""
        return super().of(meeting) | {"minutes": meeting.minutes, "agenda": meeting.agenda}


@dataclass(frozen=True, slots=True)
class SetOfSeats:
    """The ticks of one committee set."""

    words: str
    bound: BoundField


class AttendanceForm(RefusableForm):
    """A tick for everybody in office on the day, set by set, and how many others came."""

    others_came = forms.IntegerField(
        label="ผู้อื่นที่มา",
        required=False,
        min_value=0,
        max_value=MOST_OTHERS,
        help_text="นอกจากกรรมการ เช่น ครัวเรือนเป้าหมาย พัฒนากร ผู้ใหญ่บ้าน",
        error_messages={
            "invalid": "พิมพ์เป็นจำนวนเต็ม เช่น 32",
            "min_value": "จำนวนคนเริ่มที่ศูนย์",
            "max_value": f"มากเกินกว่าที่รับได้ ใส่ไม่เกิน {MOST_OTHERS:,} คน",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 6}),
    )

    def __init__(
        self,
        seats: Sequence[Seat],
        *,
        sees_names: bool,
        data: QueryDict | None = None,
        came: Collection[str] = frozenset(),
        others_came: int = 0,
    ) -> None:
        ticked: dict[str, Any] = {"others_came": others_came or None}
        super().__init__(data, initial=ticked)
        self._sets: dict[str, str] = {}
        for set_number, of_set in groupby(seats, key=lambda seat: seat.set_number or 0):
            members = list(of_set)
            name = f"set_{set_number}"
            self._sets[name] = f"กรรมการชุดที่ {set_number}" if set_number else "กรรมการ"
            self.fields[name] = forms.TypedMultipleChoiceField(
                label=self._sets[name],
                required=False,
                coerce=int,
                choices=[(seat.term.number, _seat_words(seat, sees_names)) for seat in members],
                initial=[seat.term.number for seat in members if seat.term.person_key in came],
                widget=forms.CheckboxSelectMultiple,
                error_messages={
                    "invalid_choice": "มีชื่อที่ไม่อยู่ในวาระวันประชุม ลองดูเครื่องหมายอีกครั้ง แล้วบันทึกใหม่"
                },
            )

    @property
    def sets(self) -> list[SetOfSeats]:
        """The ticks, set by set."""
        return [SetOfSeats(words, self[name]) for name, words in self._sets.items()]

    @property
    def terms(self) -> frozenset[int]:
        """The terms that were ticked."""
        return frozenset(
            number for name in self._sets for number in self.cleaned_data.get(name, [])
        )


class ResolutionForm(RefusableForm):
    """What was resolved, and the votes where they were counted."""

    speaks_at = {
        NothingResolved: "words",
        ResolvedAlready: "words",
        TooLong: "words",
        MoreVotesThanPeople: "in_favour",
    }

    words = forms.CharField(
        label="ที่ประชุมมีมติว่า",
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[
            MaxLengthValidator(
                LONGEST_RESOLUTION, "ยาวเกิน %(limit_value)s ตัวอักษร ย่อให้สั้นลง หรือแยกเป็นสองมติ"
            )
        ],
    )
    in_favour = forms.IntegerField(
        label="เห็นด้วย",
        required=False,
        min_value=0,
        max_value=MOST_OTHERS,
        help_text="ใส่เมื่อนับเสียง",
        error_messages={
            "invalid": "พิมพ์เป็นจำนวนเต็ม เช่น 7",
            "min_value": "จำนวนเสียงเริ่มที่ศูนย์",
            "max_value": f"มากเกินกว่าที่รับได้ ใส่ไม่เกิน {MOST_OTHERS:,} เสียง",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 6}),
    )
    against = forms.IntegerField(
        label="ไม่เห็นด้วย",
        required=False,
        min_value=0,
        max_value=MOST_OTHERS,
        error_messages={
            "invalid": "พิมพ์เป็นจำนวนเต็ม เช่น 1",
            "min_value": "จำนวนเสียงเริ่มที่ศูนย์",
            "max_value": f"มากเกินกว่าที่รับได้ ใส่ไม่เกิน {MOST_OTHERS:,} เสียง",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 6}),
    )

    @classmethod
    def of(cls, resolution: Resolution) -> dict[str, Any]:
        """The answers as they stand."""
        return {
            "words": resolution.words,
            "in_favour": resolution.in_favour,
            "against": resolution.against,
        }


class MinutesForm(RefusableForm):
    """A photo or PDF of the minutes."""

    file = forms.FileField(
        label="บันทึกการประชุมบนกระดาษ",
        help_text="ภาพถ่าย (.jpg .png) หรือ .pdf ขนาดไม่เกิน 10 MB",
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        max_length=200,
        error_messages={
            "required": "ยังไม่ได้เลือกไฟล์ เลือกภาพหรือ PDF แล้วกดส่งอีกครั้ง",
            "empty": "ไฟล์นี้ว่างเปล่า ลองถ่ายภาพหรือบันทึกไฟล์ใหม่ แล้วส่งอีกครั้ง",
            "max_length": "ชื่อไฟล์ยาวเกินไป ตั้งชื่อให้สั้นลง แล้วส่งอีกครั้ง",
        },
    )

    def clean_file(self) -> TemporaryUploadedFile:
        """The file, if it is a picture or a PDF of a size that can be kept."""
        file: TemporaryUploadedFile = self.cleaned_data["file"]
        name = file.name or ""
        size = file.size or 0
        if size > MOST_BYTES:
            raise forms.ValidationError(
                f"“{name}” ใหญ่ {size / 1024 / 1024:,.1f} MB เกิน 10 MB "
                "ลองถ่ายภาพใหม่ให้เล็กลง หรือแยกส่งเฉพาะหน้าที่มีมติ"
            )
        beginning = file.read(16)
        file.seek(0)
        if not name.lower().endswith(SUFFIXES) or kind_of_file(beginning) is None:
            raise forms.ValidationError(
                f"“{name}” ไม่ใช่ภาพ .jpg .png หรือไฟล์ .pdf ลองถ่ายภาพบันทึกการประชุม แล้วส่งภาพนั้น"
            )
        return file

    @property
    def path(self) -> Path:
        """Where the file waits to be kept."""
        file: TemporaryUploadedFile = self.cleaned_data["file"]
        return Path(file.temporary_file_path())


# --- below the line -------------------------------------------------------------------------


def _seat_words(seat: Seat, sees_names: bool) -> str:
    name = seat.name if sees_names else seat.masked_name
    return f"{name} · {seat.term.words}"
