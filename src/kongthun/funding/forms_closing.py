"""What is asked when a year is closed and its surplus is paid out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from kongthun.domain.thai_calendar import short
from kongthun.ledger.bank import LONGEST_WORDS
from kongthun.ledger.forms import KeyedForm, day_typed
from kongthun.web.answers import DayAnswer, MoneyAnswer

from .queries.closing import Choice, SlipRow

_LONGEST_CHOICE = 90


class CloseYearForm(KeyedForm):
    """On which resolution the year is closed; the note is asked only where money is unexplained.

    ``year`` and ``seen`` come back as they were read: another surplus is read back anew.
    """

    year = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    ground = forms.ChoiceField(
        label="ปิดบัญชีตามมติใด",
        widget=forms.RadioSelect,
        error_messages={"required": "เลือกมติของที่ประชุมสมาชิกที่ให้ปิดบัญชีและจัดสรรผลกำไร"},
    )
    note = forms.CharField(
        label="ที่ประชุมทราบเรื่องใดเกี่ยวกับเงินที่ยังอธิบายไม่ได้",
        help_text="เขียนสั้น ๆ ไม่ต้องใส่ชื่อบุคคล",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        required=False,
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        choices: Sequence[Choice],
        asks_note: bool,
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **options)
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [_said(choice) for choice in choices]
        if not asks_note:
            del self.fields["note"]

    def ground_asked(self) -> tuple[int, int]:
        """Meeting and resolution. The form must be valid."""
        return _ground(self.cleaned_data["ground"])


class TakeBackForm(KeyedForm):
    """Why something is taken back."""

    reason = forms.CharField(
        label="ถอนเพราะอะไร",
        help_text="เขียนสั้น ๆ ไม่ต้องใส่ชื่อบุคคล",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
    )


class PaySlipsForm(KeyedForm):
    """Who receives their money today."""

    on = DayAnswer(label="วันที่จ่าย")
    members = forms.TypedMultipleChoiceField(
        label="จ่ายให้ใคร",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "ทำเครื่องหมายหน้าชื่อผู้ที่รับเงินอย่างน้อยหนึ่งคน"},
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        day: date,
        rows: Sequence[SlipRow],
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **options)
        self.fields["on"].initial = day_typed(day)
        field = self.fields["members"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 (declared above)
        field.choices = [
            (
                str(row.slip.member_number),
                f"{row.slip.member_number}. {row.name} · {row.slip.together.text}\u00a0บาท",
            )
            for row in rows
            if row.waits
        ]


class PayDueForm(KeyedForm):
    """Committee pay: how much on one day, and who received how much."""

    on = DayAnswer(label="วันที่จ่าย")
    amount = MoneyAnswer(label="จ่ายรวมเท่าไร")
    words = forms.CharField(
        label="ใครรับเท่าไร",
        help_text="เช่น ประธาน 1,000 เหรัญญิก 1,000",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, day: date, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self.fields["on"].initial = day_typed(day)


class UseReserveForm(PayDueForm):
    """What a reserve is used for, and by which resolution if a meeting spoke of it."""

    ground = forms.ChoiceField(label="ตามมติใด", required=False)

    def __init__(self, *args: Any, choices: Sequence[Choice], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self.fields["amount"].label = "จ่ายเท่าไร"
        self.fields["words"].label = "จ่ายเป็นค่าอะไร"
        self.fields["words"].help_text = "เขียนสั้น ๆ เช่น เยี่ยมสมาชิกเจ็บป่วย"
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", "ไม่ได้อ้างมติ"), *(_said(choice) for choice in choices)]

    def ground_asked(self) -> tuple[int | None, int | None]:
        """Meeting and resolution, if any is named. The form must be valid."""
        typed = self.cleaned_data["ground"]
        return _ground(typed) if typed else (None, None)


def _said(choice: Choice) -> tuple[str, str]:
    words = choice.words
    if len(words) > _LONGEST_CHOICE:
        words = f"{words[:_LONGEST_CHOICE]}…"
    return (
        f"{choice.meeting_number}:{choice.resolution}",
        f"ครั้งที่ {choice.meeting_number} ({short(choice.held_on)}) มติที่ {choice.resolution} {words}",
    )


def _ground(typed: str) -> tuple[int, int]:
    meeting, _, resolution = typed.partition(":")
    return int(meeting), int(resolution)
