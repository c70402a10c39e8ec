"""What is asked at the desk of cash and bank, in the order of the slip that lies beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.forms import BaseFormSet, BoundField, formset_factory

from kongthun.domain.money import ZERO, Money
from kongthun.domain.thai_calendar import UnreadableDate, numeric, read_date, short
from kongthun.groups.models import CommitteeTerm
from kongthun.web.answers import DayAnswer, MoneyAnswer

from .bank import LONGEST_WORDS, Giver, Purse
from .models import BankBook
from .passbook import TypedLine

MOST_LINES = 40

_DOCUMENT_HELP = "เลขสั้น ๆ ไม่เกิน 8 หลัก เช่น ฝ.12 หรือ 3/2569"
_WORDS_HELP = "เขียนสั้น ๆ ไม่ต้องใส่ชื่อบุคคล"
_PURSES = ((Purse.CASH.value, "เงินสดในมือ"), (Purse.BANK.value, "บัญชีธนาคาร"))
_GIVERS = (
    (Giver.STATE.value, "รัฐ"),
    (Giver.MEMBERS.value, "สมาชิก"),
    (Giver.DONORS.value, "ผู้บริจาค"),
)
_COSTS = (
    ("fee", "ธนาคารหักค่าธรรมเนียมจากบัญชี"),
    ("cash", "กองทุนจ่ายค่าใช้จ่าย จากเงินสดในมือ"),
    ("bank", "กองทุนจ่ายค่าใช้จ่าย จากบัญชีธนาคาร"),
)


def new_key() -> str:
    """A key for one form on one screen: sent twice, it is recorded once."""
    return f"screen:{uuid4().hex}"


class KeyedForm(forms.Form):
    """A form whose second sending is recognised."""

    use_required_attribute = False  # what is missing is said in our words, beside the field

    key = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=new_key)


class DeskForm(KeyedForm):
    """A day and what happened to money on it. Which passbook is asked only if there are several."""

    on = DayAnswer(label="วันที่")

    def __init__(self, *args: Any, books: Sequence[BankBook], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        if len(books) > 1:
            self.fields["bank_book"] = forms.TypedChoiceField(
                label="สมุดเงินฝาก",
                coerce=int,
                choices=[(book.number, book_words(book)) for book in books],
            )

    def questions(self) -> list[tuple[BoundField, str]]:
        """Each question with its unit, in the order of the form."""
        return [
            (bound, "บาท" if isinstance(bound.field, MoneyAnswer) else "")
            for bound in self.visible_fields()
        ]


class DepositForm(DeskForm):
    """ใบนำฝาก."""

    amount = MoneyAnswer(label="นำฝากเท่าไร")
    document = forms.CharField(label="เลขที่ใบนำฝาก", help_text=_DOCUMENT_HELP, max_length=60)


class SignersAnswer(forms.TypedMultipleChoiceField):
    """Who signed. Nobody at all is an answer too: how many it takes is said by the rules."""

    def validate(self, value: list[str]) -> None:
        if value:
            super().validate(value)


class WithdrawalForm(DeskForm):
    """ใบถอน, with those who signed it. Offered are those in office on the day typed so far."""

    amount = MoneyAnswer(label="ถอนเท่าไร")
    document = forms.CharField(label="เลขที่ใบถอน", help_text=_DOCUMENT_HELP, max_length=60)
    signers = SignersAnswer(
        label="กรรมการผู้ลงนามในใบถอน", coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        books: Sequence[BankBook],
        terms: Sequence[CommitteeTerm],
        in_office: Callable[[date], Collection[int]],
        with_names: bool,
        needed: int | None,
        today: date,
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, books=books, **options)
        day = read_date(str(self["on"].value() or ""))
        if isinstance(day, UnreadableDate):
            day = today
        signers = cast("SignersAnswer", self.fields["signers"])
        numbers = in_office(day)
        signers.help_text = _who_may_sign(day, needed, is_anybody=bool(numbers))
        ticked = {str(number) for number in self["signers"].value() or ()}
        signers.choices = [
            (term.number, term_words(term, with_names=with_names))
            for term in terms
            if term.number in numbers or str(term.number) in ticked
        ]


def _who_may_sign(day: date, needed: int | None, *, is_anybody: bool) -> str:
    if not is_anybody:
        return (
            f"ทะเบียนกรรมการไม่มีผู้อยู่ในวาระ ณ วันที่ {short(day)} "
            "ให้ปรับทะเบียนกรรมการให้ตรงก่อน แล้วจึงบันทึกการถอน"
        )
    least = f" อย่างน้อย {needed} คน" if needed else ""
    return f"ผู้ที่อยู่ในวาระ ณ วันที่ {short(day)}{least}"


class InterestForm(DeskForm):
    """A line of interest in the passbook."""

    amount = MoneyAnswer(label="ดอกเบี้ยเท่าไร")
    document = forms.CharField(
        label="เลขที่เอกสาร", help_text=_DOCUMENT_HELP, max_length=60, required=False
    )


class CostForm(DeskForm):
    """A fee of the bank or a cost of the fund."""

    cost = forms.ChoiceField(label="จ่ายอย่างไร", choices=_COSTS, widget=forms.RadioSelect)
    amount = MoneyAnswer(label="จ่ายเท่าไร")
    words = forms.CharField(
        label="ค่าอะไร", help_text=_WORDS_HELP, max_length=LONGEST_WORDS, required=False
    )
    document = forms.CharField(
        label="เลขที่ใบสำคัญ", help_text=_DOCUMENT_HELP, max_length=60, required=False
    )


class IncomeForm(DeskForm):
    """Income besides interest."""

    amount = MoneyAnswer(label="รับเท่าไร")
    purse = forms.ChoiceField(label="รับเข้าที่ไหน", choices=_PURSES, widget=forms.RadioSelect)
    words = forms.CharField(label="ค่าอะไร", help_text=_WORDS_HELP, max_length=LONGEST_WORDS)
    document = forms.CharField(
        label="เลขที่ใบรับ", help_text=_DOCUMENT_HELP, max_length=60, required=False
    )


class CapitalForm(DeskForm):
    """Capital given to the fund."""

    amount = MoneyAnswer(label="รับเท่าไร")
    giver = forms.ChoiceField(label="ใครให้", choices=_GIVERS, widget=forms.RadioSelect)
    purse = forms.ChoiceField(label="รับเข้าที่ไหน", choices=_PURSES, widget=forms.RadioSelect)
    document = forms.CharField(
        label="เลขที่เอกสาร", help_text=_DOCUMENT_HELP, max_length=60, required=False
    )


class CountForm(DeskForm):
    """What lies in the box."""

    counted = MoneyAnswer(label="นับได้เท่าไร", least=0, help_text="นับเมื่อสิ้นวัน ไม่มีเงินเลยพิมพ์ 0")
    note = forms.CharField(
        label="สิ่งที่รู้เมื่อนับไม่ตรง",
        help_text=_WORDS_HELP,
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea,
    )


class TakeBackForm(KeyedForm):
    """Why an entry is taken back."""

    reason = forms.CharField(
        label="กลับรายการเพราะอะไร",
        help_text=_WORDS_HELP,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
    )


class BankBookForm(forms.Form):
    """The first page of a passbook."""

    use_required_attribute = False

    bank = forms.CharField(label="ธนาคาร", max_length=100)
    branch = forms.CharField(label="สาขา", max_length=100, required=False)
    account_number = forms.CharField(label="เลขที่บัญชี", max_length=40, required=False)
    account_name = forms.CharField(label="ชื่อบัญชี", max_length=200, required=False)


# --- the passbook -----------------------------------------------------------------------------


class PassbookLineForm(forms.Form):
    """One line, as the bank printed it. A line left empty is passed over."""

    use_required_attribute = False

    on = DayAnswer(
        label="วันที่",
        help_text="",
        error_messages={"required": "ยังไม่มีวันที่ พิมพ์ตามที่ธนาคารพิมพ์ไว้"},
    )
    item = forms.CharField(label="รายการ", max_length=100, required=False)
    document = forms.CharField(label="เลขที่เอกสาร", max_length=60, required=False)
    out = MoneyAnswer(label="ถอน", required=False)
    into = MoneyAnswer(label="ฝาก", required=False)
    balance = MoneyAnswer(label="คงเหลือ", required=False, least=0)

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.widget.attrs |= {
                "class": "field__input",
                "autocomplete": "off",
                "aria-label": f"{field.label} บรรทัดที่ {self.place}",
                "size": 10 if isinstance(field, MoneyAnswer) else 12,  # even on a phone's card
            }

    @property
    def place(self) -> int:
        """Which line this is, counted from one."""
        digits = "".join(sign for sign in str(self.prefix or "") if sign.isdigit())
        return int(digits or 0) + 1

    def clean(self) -> dict[str, Any]:
        """Money goes in or out, not both."""
        answers = super().clean() or {}
        if answers.get("out") and answers.get("into"):
            self.add_error("into", "ใส่ช่องถอนหรือช่องฝากเพียงช่องเดียว")
        return answers

    def line(self) -> TypedLine:
        """What was typed, as a value. The form must be valid."""
        answers = self.cleaned_data
        into: Money | None = answers.get("into")
        out: Money | None = answers.get("out")
        return TypedLine(
            answers["on"],
            into or (-out if out else ZERO),
            answers.get("balance"),
            answers.get("item", ""),
            answers.get("document", ""),
        )


class OpeningForm(KeyedForm):
    """The balance brought forward from which the passbook is read on."""

    on = DayAnswer(label="ยอดยกมา ณ สิ้นวันที่")
    amount = MoneyAnswer(label="ยอดคงเหลือที่พิมพ์ในสมุดเงินฝาก", least=0)

    def line(self) -> TypedLine:
        """What was typed, as a value. The form must be valid."""
        return TypedLine(self.cleaned_data["on"], self.cleaned_data["amount"], is_opening=True)


def passbook_grid(data: Any, *, rows: int) -> BaseFormSet[PassbookLineForm]:  # noqa: ANN401
    """So many empty lines to type into, or those that were sent."""
    grid = formset_factory(
        PassbookLineForm, extra=rows, max_num=MOST_LINES, validate_max=True, absolute_max=MOST_LINES
    )
    return grid(data, prefix="line")


# --- words of choices -------------------------------------------------------------------------


def book_words(book: BankBook) -> str:
    """A passbook by its bank and the end of its number."""
    named = " ".join(part for part in (book.bank, book.branch) if part)
    number = f" บัญชี {book.masked_number}" if book.account_number else ""
    return f"เล่มที่ {book.number} {named}{number}".strip()


def term_words(term: CommitteeTerm, *, with_names: bool) -> str:
    """Somebody of the committee, by name only for those who may read names."""
    name = term.person.name
    return f"{name.full if with_names else name.masked} · {term.position_words}"


def day_typed(day: date) -> str:
    """A day as somebody would type it."""
    return numeric(day)
