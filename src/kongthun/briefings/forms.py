"""What is asked about briefings, one question a line, in the order people tell it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField

from kongthun.activities.forms import MOST_BYTES
from kongthun.activities.forms_plans import TimeAnswer
from kongthun.activities.pictures import where_it_waits
from kongthun.audit.answers import kind_of_paper
from kongthun.groups.forms import NumberAnswer
from kongthun.groups.models import Group
from kongthun.web.answers import AnswerLine, Answers, DayAnswer

from . import refusals as why
from .actions.briefings import (
    LONGEST_AGENDA,
    LONGEST_NAME,
    LONGEST_PLACE,
    LONGEST_POSITION,
    LONGEST_TITLE,
    LONGEST_TOPIC,
    WhoCame,
)
from .actions.questions import LONGEST_QUESTION
from .actions.voices import LONGEST_VOICE
from .actions.writing import LONGEST_NOTE
from .models import Audience, Moment, SaidBy, VoiceKind
from .queries.briefings import Asked

MOST_NAMES = 400
_BEGINNING = 12


def words_answer(
    label: str,
    longest: int,
    rows: int = 0,
    *,
    is_beside: bool = False,
    **options: Any,  # noqa: ANN401
) -> forms.CharField:
    """Words of a line, or of ``rows`` lines; what is too long is said in our words.

    ``is_beside`` is for an answer that stands beside a tick instead of under its own label.
    """
    if rows:
        options["widget"] = forms.Textarea(attrs={"rows": rows})
    if is_beside:
        options["widget"] = forms.TextInput(attrs={"class": "field__input"})
    field = forms.CharField(label=label, max_length=longest, **options)
    said = f"ยาวเกิน {longest:,} ตัวอักษร ลองย่อให้สั้นลง"
    for validator in field.validators:
        if getattr(validator, "code", "") == "max_length":
            validator.message = said  # type: ignore[attr-defined]
    return field


class NoteForm(Answers):
    """Why something is taken back."""

    note = words_answer("รู้ได้อย่างไรว่าจดผิด", LONGEST_NOTE, 3, help_text="เช่น เทียบกับใบลงชื่อแล้ว")


class BriefingForm(Answers):
    """A session, called or held."""

    speaks_at = {why.CalledAlready: "topic"}

    audience = forms.ChoiceField(
        label="ชี้แจงใคร", choices=Audience.choices, widget=forms.RadioSelect
    )
    topic = words_answer(
        "เรื่อง",
        LONGEST_TOPIC,
        help_text="เช่น ระเบียบกระทรวงมหาดไทย พ.ศ. 2553 และแนวทางดำเนินงาน กข.คจ.",
    )
    held_on = DayAnswer(label="วันที่")
    starts_at = TimeAnswer(label="เวลา", required=False)
    place = words_answer("ที่ไหน", LONGEST_PLACE, required=False, help_text="เช่น หอประชุมอำเภอ")
    agenda = words_answer(
        "หัวข้อที่จะพูดคุย",
        LONGEST_AGENDA,
        4,
        required=False,
        help_text="เรื่องละหนึ่งบรรทัด พิมพ์ในหนังสือเชิญ",
    )


class PaperAnswer(forms.FileField):
    """A PDF or photo, cleaned to where it waits to be kept."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        options.setdefault("help_text", ".pdf หรือภาพ .jpg .png .webp ขนาดไม่เกิน 10 MB")
        super().__init__(**options)
        self.error_messages["required"] = "ยังไม่ได้เลือกไฟล์ เลือกแล้วกดส่งอีกครั้ง"
        self.error_messages["empty"] = "ไฟล์นี้ว่างเปล่า ลองบันทึกไฟล์ใหม่ แล้วส่งอีกครั้ง"

    def clean(self, data: Any, initial: Any = None) -> Path:  # noqa: ANN401
        file: UploadedFile[Any] = super().clean(data, initial)
        name = file.name or ""
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(f"“{name}” ใหญ่เกิน 10 MB ลองแยกหรือย่อไฟล์ แล้วส่งอีกครั้ง")
        beginning = file.read(_BEGINNING)
        file.seek(0)
        if kind_of_paper(beginning) is None:
            raise forms.ValidationError(f"“{name}” ไม่ใช่ PDF หรือภาพ บันทึกเป็น PDF แล้วส่งอีกครั้ง")
        return where_it_waits(file)


class MaterialForm(Answers):
    """A file that is handed out or shown."""

    title = words_answer("ชื่อเอกสาร", LONGEST_TITLE, help_text="เช่น คู่มือระเบียบฉบับย่อ")
    file = PaperAnswer(label="ไฟล์")


class CameForm(Answers):
    """Who came: a tick and a name for each fund, and others a line each."""

    others = words_answer(
        "ผู้มาคนอื่น",
        LONGEST_NAME * MOST_NAMES,
        4,
        required=False,
        help_text="บรรทัดละคน คั่นตำแหน่งด้วยจุลภาค เช่น นางสาวมาลี ใจดี, พัฒนากร",
    )

    def __init__(
        self,
        funds: Sequence[tuple[Group, str]],
        data: Any = None,  # noqa: ANN401
    ) -> None:
        super().__init__(data)
        self.groups = {group.pk: group for group, _ in funds}
        for group, chairman in funds:
            self.fields[f"came_{group.pk}"] = forms.BooleanField(required=False, label=group.name)
            self.fields[f"name_{group.pk}"] = words_answer(
                f"ชื่อผู้มาจาก {group.name}",
                LONGEST_NAME,
                is_beside=True,
                required=False,
                initial=chairman,
            )

    @property
    def funds(self) -> list[tuple[Group, BoundField, BoundField]]:
        """Each fund with its tick and the name of who came."""
        return [
            (group, self[f"came_{pk}"], self[f"name_{pk}"]) for pk, group in self.groups.items()
        ]

    @property
    def came(self) -> list[WhoCame]:
        """Who came, as typed."""
        typed = self.cleaned_data
        people = [
            WhoCame(typed[f"name_{pk}"], "ประธานกรรมการ", group)
            for pk, group in self.groups.items()
            if typed[f"came_{pk}"]
        ]
        for line in typed["others"].splitlines():
            name, _, position = line.partition(",")
            if line.strip():
                people.append(WhoCame(name, position[: LONGEST_POSITION + 1]))
        return people


class QuestionForm(Answers):
    """A short question with its answers."""

    speaks_at = {
        why.AskedAlready: "words",
        why.TooFewAnswers: "answers",
        why.AnswerTwice: "answers",
        why.NoRightAnswer: "right",
    }

    words = words_answer("คำถาม", LONGEST_QUESTION, 2, help_text="เช่น สัญญายืมเงินทำกี่ฉบับ")
    answers = words_answer("คำตอบให้เลือก", 1_000, 4, help_text="บรรทัดละข้อ 2 ถึง 4 ข้อ")
    right = NumberAnswer(label="ข้อที่ถูก", least=1, most=9, help_text="ลำดับของคำตอบที่ถูก เช่น 3")


class SheetsForm(Answers):
    """The answer sheets of one moment, counted by question."""

    moment = forms.ChoiceField(label="แผ่นคำตอบ", choices=Moment.choices, widget=forms.RadioSelect)
    answered = NumberAnswer(label="ส่งกลับมา", least=1, most=10_000)

    def __init__(self, asked: Sequence[Asked], data: Any = None, **options: Any) -> None:  # noqa: ANN401
        super().__init__(data, **options)
        self._numbers = [each.question.number for each in asked]
        for each in asked:
            name = f"right_{each.question.number}"
            self.fields[name] = NumberAnswer(
                label=f"ข้อ {each.question.number} ตอบถูก",
                most=10_000,
                help_text=each.question.words,
            )

    def questions(self) -> Iterator[AnswerLine]:
        """How many sheets, in each line but the first."""
        for name in self.fields:
            yield AnswerLine(self[name], "" if name == "moment" else "แผ่น")

    @property
    def right(self) -> dict[int, int]:
        """How many were right, by question."""
        return {number: self.cleaned_data[f"right_{number}"] for number in self._numbers}


class VoiceForm(Answers):
    """A problem or a wish of a fund."""

    speaks_at = {why.SaidAlready: "words", why.NotInArea: "group"}

    kind = forms.ChoiceField(label="เป็นเรื่อง", choices=VoiceKind.choices, widget=forms.RadioSelect)
    group = forms.ChoiceField(label="ของกองทุน")
    said_by = forms.ChoiceField(
        label="ใครพูด", choices=SaidBy.choices, help_text="จดเป็นตำแหน่ง ไม่จดชื่อ"
    )
    words = words_answer("พูดว่า", LONGEST_VOICE, 4, help_text="จดตามคำพูด ไม่ต้องมีชื่อบุคคลหรือเรื่องการเมือง")

    def __init__(self, funds: Sequence[tuple[str, str]], data: Any = None, **options: Any) -> None:  # noqa: ANN401
        super().__init__(data, **options)
        chosen = self.fields["group"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 (declared above)
        chosen.choices = [("", "เลือกกองทุน"), *funds]
