"""Sums and days as people type them into forms, and how we read them back.

``5,000`` and ``๕๐๐๐``, ``30/9/2568`` and ``๓๐ ก.ย. ๖๘``. What can not be read is answered with what
to type instead; nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.forms import BoundField
from django.urls import reverse

from kongthun.domain.money import Money, UnreadableMoney, in_words, read_money
from kongthun.domain.thai_calendar import UnreadableDate, long, numeric, read_date

LONGEST = 100

_WHY_NO_SUM = {
    "too_fine": "เศษเล็กกว่าหนึ่งสตางค์ พิมพ์ทศนิยมไม่เกินสองตำแหน่ง เช่น 5,000.50",
    "cell_error": "เป็นข้อความผิดพลาดจากตาราง พิมพ์จำนวนเงินเป็นตัวเลข เช่น 5,000",
}
_NO_SUM = "ยังอ่านเป็นจำนวนเงินไม่ได้ พิมพ์เป็นตัวเลข เช่น 5,000"
_NOT_ABOVE_ZERO = "จำนวนเงินต้องมากกว่าศูนย์ พิมพ์เป็นตัวเลข เช่น 5,000"
_WHY_NO_DAY = {
    "ambiguous": "ไม่แน่ว่าเป็นปีใด พิมพ์ปีให้ครบสี่หลัก เช่น 30/9/2568",
    "impossible": "ไม่มีวันนี้ในปฏิทิน ลองดูวันที่อีกครั้ง",
}
_NO_DAY = "ยังอ่านเป็นวันที่ไม่ได้ พิมพ์เช่น 30/9/2568 หรือ ๓๐ ก.ย. ๖๘"
_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")

DAY_HELP = "พิมพ์ได้ทั้ง 30/9/2568 และ ๓๐ ก.ย. ๖๘"


class MoneyAnswer(forms.CharField):
    """A sum, cleaned to ``Money``; empty and not required, to ``None``.

    Above zero, unless ``least`` says less.
    """

    def __init__(self, *, least: int = 1, **options: Any) -> None:  # noqa: ANN401
        options.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "maxlength": LONGEST})
        )
        super().__init__(**options)
        self.least = least

    def clean(self, value: Any) -> Money | None:  # noqa: ANN401
        typed = super().clean(value)
        if not typed:
            return None
        read = read_money(typed[:LONGEST])
        if isinstance(read, UnreadableMoney):
            if read.why == "blank" and not self.required:
                return None
            raise forms.ValidationError(_WHY_NO_SUM.get(read.why, _NO_SUM))
        if read.satang < self.least:
            raise forms.ValidationError(_NOT_ABOVE_ZERO)
        return read

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        return value.text if isinstance(value, Money) else value


class DayAnswer(forms.CharField):
    """A day, cleaned to ``date``; empty and not required, to ``None``."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        options.setdefault("help_text", DAY_HELP)
        options.setdefault("widget", forms.TextInput(attrs={"maxlength": LONGEST}))
        super().__init__(**options)

    def clean(self, value: Any) -> date | None:  # noqa: ANN401
        typed = super().clean(value)
        if not typed:
            return None
        read = read_date(typed[:LONGEST])
        if isinstance(read, UnreadableDate):
            raise forms.ValidationError(_WHY_NO_DAY.get(read.why, _NO_DAY))
        return read

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        return numeric(value) if isinstance(value, date) else value


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A field of a form with the unit of its answer; a file is dropped, not typed."""

    bound: BoundField
    unit: str = ""

    @property
    def is_file(self) -> bool:
        """Whether a file is asked for."""
        return isinstance(self.bound.field, forms.FileField)


class Answers(forms.Form):
    """A form that can say beside a field why a deed was not done."""

    use_required_attribute = False  # what is missing is said in our words, beside the field
    speaks_at: ClassVar[Mapping[type, str]] = {}
    units: ClassVar[Mapping[str, str]] = {}

    def refuse(self, refusals: Iterable[object], in_thai: Callable[[Any], str]) -> None:
        """Put every refusal where it speaks."""
        for refusal in refusals:
            at = self.speaks_at.get(type(refusal))
            self.add_error(at if at in self.fields else None, in_thai(refusal))

    def questions(self) -> Iterator[AnswerLine]:
        """The questions one a line."""
        for name in self.fields:
            unit = "บาท" if isinstance(self.fields[name], MoneyAnswer) else ""
            yield AnswerLine(self[name], self.units.get(name, unit))


def read_back(reads_as: str, text: str) -> str:
    """How a sum (``money``) or a day (``day``) will be read, in words; empty for nothing typed."""
    typed = text.strip()[:LONGEST]
    if not typed:
        return ""
    if reads_as == "money":
        read = read_money(typed)
        if isinstance(read, UnreadableMoney):
            return _WHY_NO_SUM.get(read.why, _NO_SUM)
        return in_words(read)
    if reads_as == "day":
        day = read_date(typed)
        if isinstance(day, UnreadableDate):
            return _WHY_NO_DAY.get(day.why, _NO_DAY)
        return f"วัน{_WEEKDAYS[day.weekday()]}ที่ {long(day)}"
    return ""


def read_back_url(name: str, reads_as: str) -> str:
    """Where a form asks, while somebody types, how the field ``name`` will be read."""
    return f"{reverse('web:read_back')}?{urlencode({'of': name, 'as': reads_as})}"
