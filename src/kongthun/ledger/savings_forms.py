"""What is asked about shares and savings, and about a group whose books are opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from kongthun.domain.money import Money, total
from kongthun.domain.thai_text import arabic_digits
from kongthun.web.answers import LONGEST, DayAnswer, MoneyAnswer

from .bank import LONGEST_WORDS
from .forms import KeyedForm, day_typed
from .savings import LONGEST_NAME, MemberSum
from .savings_queries import MemberRow

_NOBODY = "ยังไม่มีใครที่ใส่จำนวนเงิน ใส่ยอดของผู้ที่ส่งอย่างน้อยหนึ่งคน"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A member with the field their sum is typed into."""

    member: MemberRow
    bound: BoundField


class SheetForm(KeyedForm):
    """The สัจจะ of one day: a sum a member, empty where nothing was paid."""

    on = DayAnswer(label="วันที่รับเงิน")

    def __init__(self, *args: Any, members: Sequence[MemberRow], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self.members = members
        for member in members:
            self.fields[sum_field(member.number)] = MoneyAnswer(
                label=member.name,
                least=0,  # a nought is written for "did not pay"
                required=False,
                widget=forms.TextInput(
                    attrs={
                        "inputmode": "decimal",
                        "maxlength": LONGEST,
                        "autocomplete": "off",
                        "class": "field__input",
                        "size": 10,
                        "aria-label": f"เงินสัจจะของ {member.name}",
                    }
                ),
            )

    def rows(self) -> list[SheetRow]:
        """The members with their fields, in the order of the list."""
        return [SheetRow(member, self[sum_field(member.number)]) for member in self.members]

    def clean(self) -> dict[str, Any]:
        """Somebody paid."""
        answers = super().clean() or {}
        if not self.errors and not self.sums():
            self.add_error(None, _NOBODY)
        return answers

    def sums(self) -> list[MemberSum]:
        """What was typed and can be read, in the order of the list."""
        typed = (
            (member.number, self.cleaned_data.get(sum_field(member.number)))
            for member in self.members
        )
        return [MemberSum(number, amount) for number, amount in typed if amount]

    def total(self) -> Money:
        """All of it together."""
        return total(each.amount for each in self.sums())


def sum_field(member_number: int) -> str:
    """The name of the field that a member's sum is typed into."""
    return f"sum_{member_number}"


class MemberDeedForm(KeyedForm):
    """One member's money in or out, and the number of its paper if it has one of its own."""

    on = DayAnswer(label="วันที่")
    amount = MoneyAnswer(label="จำนวนเงิน")
    document = forms.CharField(
        label="เลขที่เอกสาร",
        help_text="เว้นว่างไว้ ระบบจะให้เลขต่อจากใบก่อน หรือพิมพ์เลขบนเล่มที่ใช้อยู่ เช่น 3/12",
        max_length=60,
        required=False,
    )

    def __init__(self, *args: Any, day: date, asked: str, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self.fields["on"].initial = day_typed(day)
        self.fields["amount"].label = asked


class TakeBackSavingsForm(KeyedForm):
    """Why a paper is taken back."""

    reason = forms.CharField(
        label="กลับรายการเพราะอะไร",
        help_text="เขียนสั้น ๆ ไม่ต้องใส่ชื่อบุคคล",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
    )


class OpenGroupForm(KeyedForm):
    """A group whose books are opened. Tambons offered are those of whoever asks."""

    kind = forms.ChoiceField(label="กลุ่มประเภทใด", widget=forms.RadioSelect)
    tambon = forms.ChoiceField(label="ตำบล")
    moo = forms.CharField(label="หมู่ที่", help_text="พิมพ์เป็นตัวเลข เช่น 3", max_length=4)
    village_name = forms.CharField(
        label="ชื่อหมู่บ้าน", help_text="เช่น บ้านทุ่งใหญ่ ถ้าระบบรู้จักหมู่บ้านนี้แล้วจะใช้ชื่อเดิม", max_length=120
    )
    name = forms.CharField(
        label="ชื่อกลุ่ม", help_text="ตามที่เขียนบนป้ายหรือในระเบียบของกลุ่ม", max_length=LONGEST_NAME
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        kinds: Sequence[tuple[str, str]],
        tambons: Sequence[tuple[str, str]],
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **options)
        for name, choices in (("kind", kinds), ("tambon", tambons)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
            field.choices = list(choices)

    def clean_moo(self) -> int:
        """A village's number in its tambon, 1 to 99; Thai digits are well."""
        typed = arabic_digits(self.cleaned_data["moo"]).strip()
        if not (typed.isascii() and typed.isdecimal()) or not 1 <= int(typed) <= 99:
            raise forms.ValidationError("หมู่ที่เป็นตัวเลข 1 ถึง 99 พิมพ์เช่น 3")
        return int(typed)

    def village_code(self) -> str:
        """The village's 8 digits. The form must be valid."""
        return f"{self.cleaned_data['tambon']}{self.cleaned_data['moo']:02}"
