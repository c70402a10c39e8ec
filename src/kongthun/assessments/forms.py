"""What is asked at a visit, section by section, and what an officer may change in a questionnaire.

Refusals come back to the form; nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms import BoundField

from kongthun.activities.pictures import PhotoAnswer
from kongthun.domain.assessment import Choice, Item, Kind, Questionnaire, Section, Unit, as_data
from kongthun.domain.thai_text import arabic_digits, visible
from kongthun.web.answers import DayAnswer

from .actions import Said
from .actions.assessments import LONGEST_WORDS
from .actions.questionnaires import LONGEST_NOTE
from .measures import MEASURES
from .queries.frozen import KeptAnswer
from .refusals import AssessmentRefusal, InTheFuture, NoteMissing
from .wording import UNITS, choice_in_thai, refusal_in_thai

_MOST_DIGITS = 12
_TOO_LONG = "ยาวเกิน %(limit_value)s ตัวอักษร ลองย่อให้สั้นลง"


class AssessmentForm(forms.Form):
    """A form whose action may refuse."""

    use_required_attribute = False  # what is missing is said in our words, beside the field
    speaks_at: dict[type, str] = {}

    def refuse(self, refusals: Iterable[AssessmentRefusal]) -> None:
        """Put every refusal where it speaks."""
        for refusal in refusals:
            self.add_error(self.speaks_at.get(type(refusal)), refusal_in_thai(refusal))


# ---- a visit -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """One item on the page: its choice, words beside it, and a photo where it asks for evidence."""

    item: Item
    choice: BoundField
    words: BoundField
    photo: BoundField | None
    kept: KeptAnswer | None

    @property
    def is_of_books(self) -> bool:
        """Whether the books answer it, and what is said stands beside."""
        return self.item.kind is Kind.AUTO

    @property
    def is_open(self) -> bool:
        """Whether something was said or is wrong here."""
        wrong = bool(self.choice.errors or self.words.errors)
        return wrong or bool(self.choice.value())


class SectionForm(AssessmentForm):
    """The items of one section."""

    def __init__(
        self,
        section: Section,
        answers: Mapping[str, KeptAnswer],
        data: Any = None,  # noqa: ANN401
        files: Any = None,  # noqa: ANN401
    ) -> None:
        super().__init__(data, files)
        self.section, self.answers = section, answers
        for item in section.items:
            kept = answers.get(item.code)
            self.fields[_choice(item)] = forms.ChoiceField(
                label="คนในหมู่บ้านตอบว่า" if item.measure else item.question,
                required=False,
                choices=[
                    *((choice.code, choice_in_thai(item, choice.code)) for choice in item.choices),
                    ("", "ยังไม่ตอบ"),
                ],
                widget=forms.RadioSelect,
                initial=kept.option if kept else "",
                error_messages={"invalid_choice": "ไม่มีคำตอบนี้ในแบบ เลือกอีกครั้ง"},
            )
            self.fields[_words(item)] = forms.CharField(
                label="เห็นหรือได้ยินอะไร",
                required=False,
                max_length=LONGEST_WORDS,
                initial=kept.words if kept else "",
                widget=forms.TextInput(attrs={"maxlength": LONGEST_WORDS}),
                error_messages={"max_length": f"ยาวเกิน {LONGEST_WORDS} ตัวอักษร ลองย่อให้สั้นลง"},
            )
            if item.needs_evidence:
                self.fields[_photo(item)] = PhotoAnswer(label="ภาพถ่ายหลักฐาน")

    @property
    def questions(self) -> list[Question]:
        """The items in order."""
        return [
            Question(
                item,
                self[_choice(item)],
                self[_words(item)],
                self[_photo(item)] if item.needs_evidence else None,
                self.answers.get(item.code),
            )
            for item in self.section.items
        ]

    @property
    def said(self) -> dict[str, Said]:
        """What was said of each item; an item left alone that had no answer is not there."""
        return {
            item.code: Said(option, self.cleaned_data[_words(item)], self._photo_of(item))
            for item in self.section.items
            if (option := self.cleaned_data[_choice(item)]) or item.code in self.answers
        }

    def clean(self) -> dict[str, Any]:
        """Words or a photo without a choice would be lost: they are asked about."""
        cleaned = super().clean() or self.cleaned_data
        for item in self.section.items:
            if not cleaned.get(_choice(item)) and (
                cleaned.get(_words(item)) or cleaned.get(_photo(item))
            ):
                self.add_error(_choice(item), "เลือกคำตอบด้วย แล้วสิ่งที่พิมพ์หรือถ่ายไว้จะเก็บคู่กัน")
        return cleaned

    def _photo_of(self, item: Item) -> Any:  # noqa: ANN401
        return self.cleaned_data.get(_photo(item))


class FinishForm(AssessmentForm):
    """The day of the visit."""

    speaks_at = {InTheFuture: "on"}

    on = DayAnswer(label="ลงพื้นที่วันที่", error_messages={"required": "ใส่วันที่ลงพื้นที่"})


class WithdrawForm(AssessmentForm):
    """Why something is taken back."""

    speaks_at = {NoteMissing: "words"}

    words = forms.CharField(
        label="เพราะอะไร",
        help_text="เช่น ตอบผิดกองทุน หรือที่ประชุมยังไม่รับแบบนี้",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_NOTE}),
        error_messages={
            "required": refusal_in_thai(NoteMissing()),
            "max_length": f"ยาวเกิน {LONGEST_NOTE} ตัวอักษร ลองย่อให้สั้นลง",
        },
    )


def _choice(item: Item) -> str:
    return f"answer-{item.code}"


def _words(item: Item) -> str:
    return f"words-{item.code}"


def _photo(item: Item) -> str:
    return f"photo-{item.code}"


# ---- a new version -------------------------------------------------------------------------------


class DecimalAnswer(forms.CharField):
    """A number with up to two decimals, kept in hundredths; empty, to ``None``."""

    def clean(self, value: Any) -> int | None:  # noqa: ANN401
        typed = _number(super().clean(value))
        if not typed:
            return None
        whole, dot, rest = typed.partition(".")
        if not _is_count(whole) or (dot and not (rest.isdecimal() and len(rest) <= 2)):
            raise forms.ValidationError("พิมพ์เป็นตัวเลข ทศนิยมไม่เกินสองตำแหน่ง เช่น 12.5")
        return int(whole) * 100 + int((rest + "00")[:2])


class WholeAnswer(forms.CharField):
    """A whole number from 0; empty, to ``None``."""

    def clean(self, value: Any) -> int | None:  # noqa: ANN401
        typed = _number(super().clean(value))
        if not typed:
            return None
        if not _is_count(typed):
            raise forms.ValidationError("พิมพ์เป็นจำนวนเต็ม เช่น 3")
        return int(typed)


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A choice as it can be changed."""

    words: BoundField
    points: BoundField
    bound: BoundField | None


@dataclass(frozen=True, slots=True)
class ItemRows:
    """An item as it can be changed. ``where`` is its place in the questionnaire."""

    item: Item
    question: BoundField
    weight: BoundField
    is_asked: BoundField
    evidence: BoundField | None
    choices: list[ChoiceRow]

    @property
    def figure(self) -> str:
        """The figure of the books that answers it; empty where people do."""
        measure = self.item.measure
        return MEASURES[measure.name].name if measure is not None else ""

    @property
    def unit(self) -> str:
        """In what its bounds are typed; empty where people answer."""
        return UNITS[self.item.measure.unit] if self.item.measure is not None else ""

    @property
    def has_faults(self) -> bool:
        """Whether something here has to be looked at again."""
        fields = [self.question, self.weight]
        fields += [
            field for row in self.choices for field in (row.words, row.points, row.bound) if field
        ]
        return any(field.errors for field in fields)


@dataclass(frozen=True, slots=True)
class SectionRows:
    """A section as it can be changed, with room for one new question that people answer."""

    section: Section
    title: BoundField
    items: list[ItemRows]
    new_question: BoundField
    new_choices: BoundField


_LINES = forms.Textarea(attrs={"rows": 3})
_SHORT = {"inputmode": "decimal", "maxlength": 12}


class QuestionnaireForm(AssessmentForm):
    """Words, weights, bounds and levels of a questionnaire, and whether an item is asked at all.

    Codes, measures and units stay as they are: by them one year is compared with another.
    """

    speaks_at = {NoteMissing: "why"}

    why = forms.CharField(
        label="แก้เพราะอะไร",
        help_text="เช่น ตามหนังสือจังหวัดที่ นศ 0019/123 หรือมติที่ประชุมพัฒนากร",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_NOTE}),
        error_messages={
            "required": refusal_in_thai(NoteMissing()),
            "max_length": f"ยาวเกิน {LONGEST_NOTE} ตัวอักษร ลองย่อให้สั้นลง",
        },
    )
    year = WholeAnswer(
        label="ใช้ในปีงบประมาณ",
        help_text="ปีใหม่พิมพ์ปีถัดไปได้ ของปีเดิมยังอยู่",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
        error_messages={"required": "ใส่ปีงบประมาณ เช่น 2570"},
    )
    title = forms.CharField(label="ชื่อแบบประเมิน", max_length=200)
    note = forms.CharField(
        label="หมายเหตุบนแบบ",
        required=False,
        max_length=200,
        help_text="เช่น ตัวอย่าง – ไม่ใช่เกณฑ์ทางการ",
    )

    def __init__(self, asked: Questionnaire, data: Any = None) -> None:  # noqa: ANN401
        super().__init__(data)
        self.asked = asked
        for name in ("year", "title", "note"):
            self.fields[name].initial = getattr(asked, name)
        for place, level in enumerate(asked.levels, start=1):
            self.fields[f"level-{place}-name"] = forms.CharField(
                label=f"ระดับที่ {place}", max_length=100, initial=level.name
            )
            self.fields[f"level-{place}-at"] = DecimalAnswer(
                label="เริ่มที่",
                initial=_as_typed(Unit.SHARE, level.at_least),
                widget=forms.TextInput(attrs=_SHORT),
            )
        for section in asked.sections:
            self.fields[f"section-{section.code}"] = forms.CharField(
                label="ชื่อส่วน", max_length=200, initial=section.title
            )
            for item in section.items:
                self._add_item(item)
            self.fields[f"new-{section.code}"] = forms.CharField(
                label="เพิ่มคำถามที่คนตอบ", required=False, max_length=300
            )
            self.fields[f"new-choices-{section.code}"] = forms.CharField(
                label="คำตอบ บรรทัดละหนึ่งข้อ จากดีที่สุด",
                required=False,
                max_length=1_000,
                widget=_LINES,
            )
        self._say_our_words()

    def _add_item(self, item: Item) -> None:
        name = f"item-{item.code}"
        self.fields[f"{name}-question"] = forms.CharField(
            label="คำถาม",
            max_length=300,
            initial=item.question,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[f"{name}-weight"] = WholeAnswer(
            label="น้ำหนัก",
            initial=item.weight,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
        )
        self.fields[f"{name}-asked"] = forms.BooleanField(
            label="ถามข้อนี้", required=False, initial=True
        )
        if item.kind is Kind.MANUAL:
            self.fields[f"{name}-evidence"] = forms.BooleanField(
                label="ต้องมีหลักฐาน", required=False, initial=item.needs_evidence
            )
        for choice in item.choices:
            self._add_choice(item, choice, f"{name}-{choice.code}")

    def _add_choice(self, item: Item, choice: Choice, name: str) -> None:
        self.fields[f"{name}-words"] = forms.CharField(
            label="คำตอบ", required=item.kind is Kind.MANUAL, max_length=200, initial=choice.words
        )
        self.fields[f"{name}-points"] = WholeAnswer(
            label="คะแนน",
            initial=choice.points,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
        )
        if item.measure is not None and choice is not item.choices[-1]:
            unit = item.measure.unit
            kind = DecimalAnswer if unit in {Unit.SHARE, Unit.SATANG} else WholeAnswer
            better = item.measure.better.value
            self.fields[f"{name}-bound"] = kind(
                label="ไม่เกิน" if better == "lower" else "ตั้งแต่",
                initial=_as_typed(unit, choice.bound),
                widget=forms.TextInput(attrs=_SHORT),
            )

    def _say_our_words(self) -> None:
        for name, field in self.fields.items():
            if name != "why":
                field.error_messages["required"] = "ช่องนี้เว้นว่างไม่ได้ พิมพ์ให้ครบ"
            for validator in field.validators:
                if isinstance(validator, MaxLengthValidator):
                    validator.message = _TOO_LONG

    @property
    def levels(self) -> list[tuple[BoundField, BoundField]]:
        """Name and beginning of each level."""
        return [
            (self[f"level-{place}-name"], self[f"level-{place}-at"])
            for place in range(1, len(self.asked.levels) + 1)
        ]

    @property
    def sections(self) -> list[SectionRows]:
        """The sections with their items."""
        return [
            SectionRows(
                section,
                self[f"section-{section.code}"],
                [self._rows(item) for item in section.items],
                self[f"new-{section.code}"],
                self[f"new-choices-{section.code}"],
            )
            for section in self.asked.sections
        ]

    def _rows(self, item: Item) -> ItemRows:
        name = f"item-{item.code}"
        return ItemRows(
            item,
            self[f"{name}-question"],
            self[f"{name}-weight"],
            self[f"{name}-asked"],
            self[f"{name}-evidence"] if item.kind is Kind.MANUAL else None,
            [
                ChoiceRow(
                    self[f"{name}-{choice.code}-words"],
                    self[f"{name}-{choice.code}-points"],
                    self[f"{name}-{choice.code}-bound"]
                    if f"{name}-{choice.code}-bound" in self.fields
                    else None,
                )
                for choice in item.choices
            ],
        )

    @property
    def data_of_version(self) -> dict[str, Any]:
        """The questionnaire as it was typed, as `read_questionnaire` reads it."""
        typed = self.cleaned_data
        data = cast("dict[str, Any]", as_data(self.asked))
        data |= {name: typed[name] for name in ("year", "title", "note")}
        for place, level in enumerate(data["levels"], start=1):
            level["name"] = typed[f"level-{place}-name"]
            level["at_least"] = typed[f"level-{place}-at"]
        for section in data["sections"]:
            section["title"] = typed[f"section-{section['code']}"]
            section["items"] = [
                self._typed(item)
                for item in section["items"]
                if typed[f"item-{item['code']}-asked"]
            ] + self._new(section["code"])
        return data

    def _typed(self, item: dict[str, Any]) -> dict[str, Any]:
        typed, name = self.cleaned_data, f"item-{item['code']}"
        item["question"] = typed[f"{name}-question"]
        item["weight"] = typed[f"{name}-weight"]
        if "evidence" in item:
            item["evidence"] = typed[f"{name}-evidence"]
        for choice in item["choices"]:
            place = f"{name}-{choice['code']}"
            choice["words"] = typed[f"{place}-words"]
            choice["points"] = typed[f"{place}-points"]
            if f"{place}-bound" in self.fields:
                choice["bound"] = typed[f"{place}-bound"]
        return item

    def _new(self, section: str) -> list[dict[str, Any]]:
        """A new question; its choices weigh evenly from the best down to nought."""
        question = visible(self.cleaned_data[f"new-{section}"])
        lines = [
            said
            for line in self.cleaned_data[f"new-choices-{section}"].splitlines()
            if (said := visible(line))
        ]
        if not question and not lines:
            return []
        taken = {item.code for item in self.asked.items}
        number = next(n for n in range(1, len(taken) + 2) if f"{section}_{n}" not in taken)
        return [
            {
                "code": f"{section}_{number}",
                "question": question,
                "weight": 1,
                "kind": "manual",
                "evidence": False,
                "choices": [
                    {"code": f"c{place}", "points": len(lines) - place, "words": words}
                    for place, words in enumerate(lines, start=1)
                ],
            }
        ]


def _is_count(typed: str) -> bool:
    """Digits that make a number: ² is a digit to Python and no number, and nobody means more."""
    return typed.isdecimal() and len(typed) <= _MOST_DIGITS


def _number(typed: str) -> str:
    return arabic_digits(visible(typed)).replace(",", "")


def _as_typed(unit: Unit, value: int | None) -> str:
    if value is None:
        return ""
    if unit in {Unit.SHARE, Unit.SATANG}:
        whole, rest = divmod(value, 100)
        return f"{whole}.{rest:02}".rstrip("0").rstrip(".")
    return str(value)
