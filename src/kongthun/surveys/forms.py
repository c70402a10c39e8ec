"""What is asked about rounds, in the order of the brown book."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from kongthun.activities.pictures import PhotosAnswer
from kongthun.briefings.forms import words_answer
from kongthun.groups.forms import NumberAnswer
from kongthun.web.answers import Answers, DayAnswer, MoneyAnswer

from . import refusals as why
from .actions.choices import LONGEST_WHY
from .actions.findings import LONGEST_FOUND
from .actions.rounds import LONGEST_NOTE, LONGEST_WORDS
from .figures import BOOKS, NAMES, SUMS, BookState, Figures
from .queries.rounds import Checked
from .wording import BOOK_STATES, FIGURES, UNITS, value_in_thai

MOST_HOUSEHOLDS = 10_000


class OpenForm(Answers):
    """A new round."""

    speaks_at = {why.InFuture: "as_of"}

    words = words_answer(
        "ชื่อรอบ", LONGEST_WORDS, help_text="เช่น ตรวจสอบสถานะกองทุน กข.คจ. ประจำปี 2569"
    )
    as_of = DayAnswer(label="ตัวเลข ณ วันที่")


class DayForm(Answers):
    """The day something is done."""

    speaks_at = {why.InFuture: "on"}

    on = DayAnswer(label="วันที่")


class NoteForm(Answers):
    """Why something is taken back, or could not be done."""

    note = words_answer("เพราะอะไร", LONGEST_NOTE, 3)


class FindingForm(Answers):
    """What is at the village: filled in with what the books say, to be put right."""

    speaks_at = {
        why.InFuture: "found_on",
        why.FoundBeforeItsDay: "found_on",
        why.DifferenceUnexplained: "words",
    }
    units = UNITS

    found_on = DayAnswer(label="ไปดูวันที่")

    def __init__(self, fund: Checked, *sent: Any, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*sent, **options)
        self.initial.update({name: getattr(fund.shown, name) for name in NAMES})
        for name in NAMES:
            by_books = f"สมุดว่า {value_in_thai(name, getattr(fund.by_books, name))}"
            self.fields[name] = _figure_answer(name, by_books)
        self.fields["words"] = words_answer(
            "ที่ต่างจากสมุด เห็นจากอะไร",
            LONGEST_FOUND,
            3,
            required=False,
            help_text="ถ้าตรงกันทุกข้อ เว้นว่างไว้ได้ เช่น สมุดบัญชีธนาคารหน้าล่าสุด",
        )
        self.fields["photos"] = PhotosAnswer(label="ภาพที่หมู่บ้าน", required=False)

    @property
    def found(self) -> Figures:
        """The figures as typed; what was left empty is not known."""
        typed = self.cleaned_data
        values = {name: typed[name] for name in NAMES}
        for name in BOOKS:
            values[name] = BookState(values[name]) if values[name] else None
        return Figures(**values)


class ChoiceForm(Answers):
    """A tick and why, for every fund that was checked and is not chosen yet."""

    chosen_on = DayAnswer(label="เลือกวันที่")

    def __init__(self, funds: Sequence[Checked], data: Any = None, **options: Any) -> None:  # noqa: ANN401
        super().__init__(data, **options)
        self._funds = list(funds)
        for fund in funds:
            self.fields[f"pick_{fund.group_id}"] = forms.BooleanField(
                required=False, label=fund.name
            )
            self.fields[f"why_{fund.group_id}"] = words_answer(
                f"เหตุที่เลือก {fund.name}", LONGEST_WHY, is_beside=True, required=False
            )

    @property
    def lines(self) -> list[tuple[Checked, BoundField, BoundField]]:
        """Each fund with its tick and its why."""
        return [
            (fund, self[f"pick_{fund.group_id}"], self[f"why_{fund.group_id}"])
            for fund in self._funds
        ]

    @property
    def whys(self) -> dict[int, str]:
        """Why, by the id of each group that was ticked."""
        typed = self.cleaned_data
        return {
            fund.group_id: typed[f"why_{fund.group_id}"]
            for fund in self._funds
            if typed[f"pick_{fund.group_id}"]
        }


def _figure_answer(name: str, by_books: str) -> forms.Field:
    if name in BOOKS:
        states = [("", "ยังไม่ได้ดู"), *((str(state), said) for state, said in BOOK_STATES.items())]
        return forms.ChoiceField(
            label=FIGURES[name], choices=states, required=False, help_text=by_books
        )
    if name in SUMS:
        return MoneyAnswer(label=FIGURES[name], least=0, required=False, help_text=by_books)
    return NumberAnswer(
        label=FIGURES[name], most=MOST_HOUSEHOLDS, required=False, help_text=by_books
    )
