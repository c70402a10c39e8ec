"""What is asked when an office adds an edition, hands in its paper, or takes it down."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from kongthun.web.answers import DayAnswer

from . import refusals as why
from .actions.editions import (
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_SOURCE,
    LONGEST_TEXT,
    LONGEST_TITLE,
)
from .editions import Kind, Work, Worth, applies_at
from .refusals import LibraryRefusal
from .wording import NAME, NOTE, SOURCE, TEXT, TITLE, refusal_in_thai

MOST_BYTES = 20 * 1024 * 1024
_MB = 1024 * 1024
NEW, NEW_WORK = "new", "เรื่องใหม่ที่ยังไม่มีในคลัง"
REPLACES_NONE = "ไม่แทนฉบับใด"


def _words(label: str, longest: int, **options: Any) -> forms.CharField:  # noqa: ANN401
    field = forms.CharField(label=label, max_length=longest, **options)
    field.error_messages["required"] = f"ยังไม่ได้พิมพ์{label} พิมพ์แล้วส่งอีกครั้ง"
    for validator in field.validators:
        if getattr(validator, "code", "") == "max_length":
            validator.message = f"ยาวเกิน {longest:,} ตัวอักษร แบ่งหรือย่อให้สั้นลง"  # type: ignore[attr-defined]
    return field


class LibraryPaper(forms.Form):
    """A form whose deed may be refused, each refusal beside the question it is about."""

    use_required_attribute = False  # what is missing is said in our words, beside the field
    speaks_at: ClassVar[Mapping[type, str]] = {}
    named_at: ClassVar[Mapping[str, str]] = {}

    def refuse(self, refusals: Iterable[LibraryRefusal]) -> None:
        """Put every refusal where it speaks."""
        for refusal in refusals:
            at = self.speaks_at.get(type(refusal))
            if isinstance(refusal, why.WordsMissing | why.WordsTooLong):
                at = self.named_at.get(refusal.what, "text")
            self.add_error(at if at in self.fields else None, refusal_in_thai(refusal))


class EditionForm(LibraryPaper):
    """An edition: of which work, since when, how far it can be relied on, and its text."""

    speaks_at = {
        why.WorkUnknown: "work",
        why.ReplacedUnknown: "replaces",
        why.EditionThere: "name",
        why.NothingRead: "text",
        why.ArticleEmpty: "text",
        why.LabelTwice: "text",
        why.TooManyArticles: "text",
    }
    named_at = {TITLE: "title", NAME: "name", SOURCE: "source", TEXT: "text"}

    work = forms.ChoiceField(label="เรื่อง")
    title = _words(TITLE, LONGEST_TITLE, required=False, help_text="พิมพ์ชื่อเต็ม เมื่อเป็นเรื่องใหม่")
    kind = forms.ChoiceField(
        label="เป็น",
        choices=Kind.choices,
        initial=Kind.REGULATION,
        help_text="เมื่อเป็นเรื่องใหม่",
    )
    name = _words(NAME, LONGEST_NAME, help_text="เช่น พ.ศ. 2553 หรือ ที่ มท 0402.2/ว 123")
    starts_on = DayAnswer(label="ใช้ตั้งแต่วันที่")
    worth = forms.ChoiceField(
        label="ข้อความนี้",
        choices=Worth.choices,
        initial=Worth.COPIED,
        widget=forms.RadioSelect,
    )
    source = _words(SOURCE, LONGEST_SOURCE, help_text="เช่น ราชกิจจานุเบกษา หรือหนังสือของจังหวัด")
    replaces = forms.ChoiceField(
        label="ใช้แทนฉบับในคลัง",
        required=False,
        help_text="เลือกเมื่อเป็นฉบับเดียวกันที่ข้อความครบหรือตรงกว่า",
    )
    text = _words(
        TEXT,
        LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=(
            "วางทั้งฉบับได้ ขึ้นบรรทัดใหม่ก่อนคำว่า ข้อ หรือ มาตรา ของทุกข้อ หากเลขข้อข้ามกันมาก เว้นบรรทัดว่างก่อนข้อนั้น"
        ),
    )

    def __init__(
        self,
        works: Sequence[Work],
        areas: Sequence[tuple[str, str]],
        data: QueryDict | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self._choices("work").choices = [(NEW, NEW_WORK), *((w.slug, w.title) for w in works)]
        self._choices("replaces").choices = [
            ("", REPLACES_NONE),
            *(
                (f"{work.slug}/{each.code}", each.full_name)
                for work in works
                for each in work.editions
                if each.stands and applies_at(each, [code for code, _ in areas])
            ),
        ]
        self.only_area = areas[0][0] if len(areas) == 1 else None
        if self.only_area is None:
            self.fields["area"] = forms.ChoiceField(
                label="ใช้ในพื้นที่", choices=list(areas), required=False
            )

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(name)
        return field

    @property
    def answers(self) -> dict[str, Any]:
        """What the action is asked to write."""
        said = self.cleaned_data
        work = "" if said["work"] == NEW else said["work"]
        of_work, _, code = said["replaces"].partition("/")
        return {
            "area_code": self.only_area if self.only_area is not None else said["area"],
            "work": work,
            "title": said["title"],
            "kind": Kind(said["kind"]),
            "name": said["name"],
            "starts_on": said["starts_on"],
            "worth": Worth(said["worth"]),
            "source": said["source"],
            # An edition of another work is none of this one's; the action says so.
            "replaces": code if of_work == work else said["replaces"],
            "text": said["text"],
        }

    @property
    def as_read(self) -> str:
        """Names what was typed: only what was shown as read is kept."""
        said = repr(sorted((name, str(value)) for name, value in self.answers.items()))
        return hashlib.sha256(said.encode()).hexdigest()


class PaperAnswer(forms.FileField):
    """A PDF, cleaned to where it waits to be kept."""

    def __init__(self) -> None:
        super().__init__(
            label="ไฟล์ PDF ของฉบับนี้",
            help_text="ไฟล์ .pdf ขนาดไม่เกิน 20 MB",
            widget=forms.FileInput(attrs={"accept": ".pdf"}),
            max_length=None,
        )
        self.error_messages |= {
            "required": "ยังไม่ได้เลือกไฟล์ เลือกไฟล์ .pdf แล้วส่งอีกครั้ง",
            "missing": "ยังไม่ได้เลือกไฟล์ เลือกไฟล์ .pdf แล้วส่งอีกครั้ง",
            "invalid": "ยังไม่ได้เลือกไฟล์ เลือกไฟล์ .pdf แล้วส่งอีกครั้ง",
            "empty": "ไฟล์นี้ว่างเปล่า ลองบันทึกไฟล์ใหม่ แล้วส่งอีกครั้ง",
        }

    def clean(self, data: Any, initial: Any = None) -> Path:  # noqa: ANN401
        file = super().clean(data, initial)
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                f"“{file.name}” ใหญ่ {file.size / _MB:,.1f} MB เกิน 20 MB ลองสแกนให้เล็กลง แล้วส่งอีกครั้ง"
            )
        beginning = file.read(5)
        file.seek(0)
        if beginning != b"%PDF-":
            raise forms.ValidationError(f"“{file.name}” ไม่ใช่ไฟล์ PDF บันทึกหรือสแกนเป็น PDF แล้วส่งอีกครั้ง")
        if not isinstance(file, TemporaryUploadedFile):
            raise TypeError("a file in memory")
        return Path(file.temporary_file_path())


class PaperForm(LibraryPaper):
    """The paper of an edition."""

    def __init__(
        self, data: QueryDict | None = None, files: MultiValueDict[str, Any] | None = None
    ) -> None:
        super().__init__(data, files)
        self.fields["paper"] = PaperAnswer()


class TakeDownForm(LibraryPaper):
    """Why an edition is taken down."""

    named_at = {NOTE: "note"}

    note = _words(NOTE, LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3}))


class OnDayForm(forms.Form):
    """The day a work is read as of."""

    on = DayAnswer(label="อ่านตามวันที่", required=False)
