"""What is asked from draft to pay-out, a form a paper, in the order of the paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from kongthun.domain.authority import (
    NobodyInOffice,
    OwnHousehold,
    PayerNotChairman,
    SignersMissing,
    WitnessesMissing,
    WitnessIsParty,
    WitnessTwice,
)
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.plan import PlannedPart
from kongthun.web.answers import DayAnswer, MoneyAnswer

from ..models import Request, RequestItem
from ..refusals import (
    AccountTooSmall,
    BeforeStepBefore,
    DecidedNothing,
    InFuture,
    NotEnoughMoney,
    ReasonNeeded,
    TooFewGuarantors,
    TooMuch,
)
from . import LONGEST_NAME, RefusableForm

LINES_AT_FIRST = 6
MORE_LINES = 4
MOST_LINES = 40
LONGEST_WORDS = 300
# So many instalments fit the paper; more lines come when they are asked for.
PARTS_AT_FIRST = 6
MOST_PARTS = 60

_TOO_LONG = {"max_length": "ยาวเกิน %(limit_value)s ตัวอักษร ย่อให้สั้นลง"}
_NUMBER_WRONG = {
    "invalid": "พิมพ์เป็นจำนวนเต็ม เช่น 3",
    "min_value": "อย่างน้อย %(limit_value)s",
    "max_value": "ไม่เกิน %(limit_value)s",
}

_OWN_TICKED = "ผู้ที่อยู่ในครัวเรือนของผู้ขอทำเครื่องหมายไว้ให้แล้ว เพราะไม่มีใครพิจารณาเงินยืมของบ้านตนเอง"
_NO_OWN = "กรรมการที่อยู่ในครัวเรือนของผู้ขอต้องออกจากการพิจารณา ครั้งนี้ไม่พบ"


def _reason(label: str, help_text: str = "", *, is_needed: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=is_needed,
        max_length=LONGEST_WORDS,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_TOO_LONG,
    )


def _text(
    label: str, longest: int, help_text: str = "", *, is_needed: bool = False
) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=is_needed,
        max_length=longest,
        help_text=help_text,
        error_messages=_TOO_LONG,
    )


# --- forms 1 and 2 ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ItemLine:
    """2.1, 2.2, …: two questions on a line."""

    number: str
    words: BoundField
    amount: BoundField


class DraftForm(RefusableForm):
    """A household's proposal and request. Any of it may stay empty while it is a draft."""

    occupation = _text("อาชีพ", 100)
    project = _text("โครงการที่เสนอ", 200, "เช่น เลี้ยงวัวขุน ปลูกผัก ค้าขาย", is_needed=True)
    asked = MoneyAnswer(label="จำนวนเงินที่ขอยืม")
    consenter_name = _text("คู่สมรสหรือทายาทผู้ให้ความยินยอม", LONGEST_NAME, "ชื่อและนามสกุล ถ้ามี")
    made_on = DayAnswer(
        label="วันที่ยื่นคำขอ", required=False, help_text="วันที่ในแบบขอยืม ถ้าเว้นไว้ถือว่าเป็นวันนี้"
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        lines: int = LINES_AT_FIRST,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.line_count = min(max(lines, 1), MOST_LINES)
        for place in self._places:
            self.fields[f"what_{place}"] = _text(f"2.{place} รายการ", 200, is_needed=True)
            self.fields[f"sum_{place}"] = MoneyAnswer(label="เป็นเงิน")
        self.judged_later = (
            "project",
            "asked",
            *(f"{what}_{place}" for place in self._places for what in ("what", "sum")),
        )

    @property
    def _places(self) -> range:
        return range(1, self.line_count + 1)

    @property
    def item_lines(self) -> list[ItemLine]:
        """The lines of the proposal."""
        return [
            ItemLine(f"2.{place}", self[f"what_{place}"], self[f"sum_{place}"])
            for place in self._places
        ]

    @property
    def items(self) -> tuple[tuple[str, Money], ...]:
        """The lines that say something; a sum that is not known yet counts as nothing."""
        said = (
            (self.cleaned_data[f"what_{place}"], self.cleaned_data[f"sum_{place}"])
            for place in self._places
        )
        return tuple((words, amount or ZERO) for words, amount in said if words or amount)

    @classmethod
    def of(cls, request: Request, items: Sequence[RequestItem]) -> DraftForm:
        """The form as the draft was saved."""
        initial: dict[str, Any] = {
            "occupation": request.occupation,
            "project": request.project,
            "asked": request.asked,
            "consenter_name": request.consenter_name,
            "made_on": request.made_on,
        }
        for place, item in enumerate(items, start=1):
            initial[f"what_{place}"] = item.words
            initial[f"sum_{place}"] = item.amount or ""
        return cls(lines=max(LINES_AT_FIRST, len(items) + 1), initial=initial)


def lines_sent(data: QueryDict) -> int:
    """How many lines of the proposal were on the page that was sent."""
    typed = data.get("lines", "")
    return int(typed[:3]) if typed.isascii() and typed.isdecimal() else LINES_AT_FIRST


# --- the steps ----------------------------------------------------------------------------------


class _OnADay(RefusableForm):
    on = DayAnswer(label="เมื่อวันที่")


class OpinionForm(_OnADay):
    """The field worker's opinion."""

    speaks_at = {InFuture: "on", BeforeStepBefore: "on", ReasonNeeded: "words"}
    judged_later = ("words",)

    is_favourable = forms.TypedChoiceField(
        label="ความเห็น",
        choices=[("1", "เห็นชอบ"), ("0", "ไม่เห็นชอบ")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages={"required": "เลือกว่าเห็นชอบหรือไม่"},
    )
    words = _reason("เหตุผล", "ถ้าไม่เห็นชอบ เขียนเหตุผลให้ครัวเรือนรู้ว่าควรปรับอย่างไร", is_needed=True)
    field_order = ["is_favourable", "words", "on"]


@dataclass(frozen=True, slots=True)
class SeatChoice:
    """A committee member as a form offers them. ``is_own`` is of the borrower's household."""

    number: int
    words: str
    is_own: bool = False


class DecisionForm(RefusableForm):
    """What the committee decided at a meeting, and who stepped out of it."""

    speaks_at = {
        OwnHousehold: "stepped_out",
        ReasonNeeded: "words",
        DecidedNothing: "amount",
        NotEnoughMoney: "amount",
        TooMuch: "amount",
    }
    judged_later = ("stepped_out", "amount", "words")

    is_approved = forms.TypedChoiceField(
        label="ที่ประชุมมีมติ",
        choices=[("1", "อนุมัติ"), ("0", "ไม่อนุมัติ")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages={"required": "เลือกว่าอนุมัติหรือไม่"},
    )
    amount = MoneyAnswer(label="จำนวนเงินที่อนุมัติ", help_text="ถ้าไม่อนุมัติ เว้นไว้ได้")
    words = _reason("เหตุผล", "เขียนเมื่อไม่อนุมัติ หรือเมื่ออนุมัติต่างจากที่ขอ", is_needed=True)

    def __init__(
        self,
        seats: Sequence[SeatChoice],
        data: QueryDict | None = None,
        *,
        asked: Money | None = None,
    ) -> None:
        own = [seat.number for seat in seats if seat.is_own]
        super().__init__(data, initial={"stepped_out": own, "amount": asked})
        self.fields["stepped_out"] = forms.TypedMultipleChoiceField(
            label="ผู้ออกจากการพิจารณาเรื่องนี้",
            coerce=int,
            choices=[
                (seat.number, f"{seat.words} · อยู่ในครัวเรือนของผู้ขอ" if seat.is_own else seat.words)
                for seat in seats
            ],
            widget=forms.CheckboxSelectMultiple,
            help_text=_OWN_TICKED if own else _NO_OWN,
            error_messages={"invalid_choice": "มีผู้ที่ไม่ได้มาประชุมครั้งนี้ ลองดูเครื่องหมายอีกครั้ง"},
        )
        self.order_fields(["stepped_out", "is_approved", "amount", "words"])


@dataclass(frozen=True, slots=True)
class PartLine:
    """3.1, 3.2, …: a day and a sum."""

    number: str
    due_on: BoundField
    amount: BoundField


class DivideForm(forms.Form):
    """How to fill the instalments in: so many, so many months apart, from a day on."""

    use_required_attribute = False

    count = forms.IntegerField(
        label="แบ่งกี่งวด",
        min_value=1,
        max_value=MOST_PARTS,
        error_messages=_NUMBER_WRONG,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 2}),
    )
    first_due = DayAnswer(label="งวดแรกภายในวันที่")
    every_months = forms.IntegerField(
        label="งวดต่อไปห่างกันกี่เดือน",
        min_value=1,
        max_value=60,
        error_messages=_NUMBER_WRONG,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 2}),
    )


class ContractForm(_OnADay):
    """The contract: instalments on free days, and who signs."""

    speaks_at = {
        InFuture: "on",
        BeforeStepBefore: "on",
        WitnessesMissing: "witness_1",
        WitnessTwice: "witness_1",
        WitnessIsParty: "witness_1",
        TooFewGuarantors: "guarantor_1",
    }

    consenter = _text("คู่สมรสหรือทายาทผู้ให้ความยินยอม", LONGEST_NAME, "ถ้ามี")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        part_lines: int,
        witnesses: int,
        guarantors: int,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["on"].label = "ทำสัญญาวันที่"
        self.part_count = part_lines
        for place in self._places:
            self.fields[f"due_{place}"] = DayAnswer(label=f"3.{place} ภายในวันที่", help_text="")
            self.fields[f"part_{place}"] = MoneyAnswer(label="จำนวนเงิน")
        self.witness_fields = _people(
            self, "witness", "พยาน", witnesses, "ไม่ใช่ผู้ยืม ผู้ให้ความยินยอม หรือประธาน"
        )
        self.guarantor_fields = _people(self, "guarantor", "ผู้ค้ำประกัน", guarantors)
        self.judged_later = (
            *self.witness_fields,
            *self.guarantor_fields,
            *(f"{what}_{place}" for place in self._places for what in ("due", "part")),
        )

    @property
    def _places(self) -> range:
        return range(1, self.part_count + 1)

    def clean(self) -> dict[str, Any]:
        """Say of a line that is half written what is missing."""
        for place in self._places:
            due_on = self.cleaned_data.get(f"due_{place}")
            amount = self.cleaned_data.get(f"part_{place}")
            if due_on and not amount and f"part_{place}" not in self.errors:
                self.add_error(f"part_{place}", "งวดนี้ยังไม่มีจำนวนเงิน ใส่จำนวนเงินหรือลบวันออก")
            if amount and not due_on and f"due_{place}" not in self.errors:
                self.add_error(f"due_{place}", "งวดนี้ยังไม่มีวัน ใส่วันหรือลบจำนวนเงินออก")
        return self.cleaned_data

    @property
    def lines(self) -> list[PartLine]:
        """The instalments, a line each."""
        return [
            PartLine(f"3.{place}", self[f"due_{place}"], self[f"part_{place}"])
            for place in self._places
        ]

    @property
    def witnesses(self) -> tuple[str, ...]:
        """The witnesses that were named."""
        return _named(self, self.witness_fields)

    @property
    def guarantors(self) -> tuple[str, ...]:
        """The guarantors that were named."""
        return _named(self, self.guarantor_fields)

    @property
    def people_lines(self) -> list[BoundField]:
        """The questions for names of witnesses and guarantors."""
        return [self[name] for name in (*self.witness_fields, *self.guarantor_fields)]

    @property
    def parts(self) -> tuple[PlannedPart, ...]:
        """The lines that were written."""
        return tuple(
            PlannedPart(self.cleaned_data[f"due_{place}"], self.cleaned_data[f"part_{place}"])
            for place in self._places
            if self.cleaned_data[f"due_{place}"]
        )


class PayOutForm(_OnADay):
    """How the money was handed over."""

    speaks_at = {
        InFuture: "on",
        BeforeStepBefore: "on",
        NobodyInOffice: "on",
        AccountTooSmall: "source",
        PayerNotChairman: "payer",
        SignersMissing: "signers",
        WitnessesMissing: "witness_1",
        WitnessTwice: "witness_1",
        WitnessIsParty: "witness_1",
    }

    document = _text("เลขที่เอกสาร", 60, "ถ้าเว้นไว้ ใช้เลขที่สัญญา")
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        sources: Sequence[tuple[str, str]],
        seats: Sequence[SeatChoice],
        signers_needed: int,
        witnesses: int,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["on"].label = "จ่ายเงินวันที่"
        named = [(seat.number, seat.words) for seat in seats]
        self.fields["source"] = forms.ChoiceField(
            label="เงินมาจากไหน",
            choices=sources,
            widget=forms.RadioSelect,
            error_messages={"required": "เลือกว่าจ่ายจากธนาคารหรือเงินสด"},
        )
        self.fields["payer"] = forms.TypedChoiceField(
            label="ผู้จ่ายเงิน",
            choices=named,
            coerce=int,
            help_text="ประธานกรรมการที่อยู่ในวาระวันนั้น",
            error_messages={"required": "เลือกผู้จ่ายเงิน"},
        )
        self.fields["signers"] = forms.TypedMultipleChoiceField(
            label="ผู้ลงนามถอนเงินจากธนาคาร",
            choices=named,
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            help_text=f"เมื่อจ่ายจากธนาคาร อย่างน้อย {signers_needed} คน" if signers_needed else "",
            error_messages={"invalid_choice": "เลือกกรรมการที่อยู่ในวาระวันนั้น"},
        )
        self.witness_fields = _people(
            self, "witness", "พยานการจ่ายเงิน", witnesses, "ไม่ใช่ผู้ยืมหรือผู้จ่ายเงิน"
        )
        self.judged_later = ("signers", *self.witness_fields)
        order = ["on", "source", "payer", "signers", *self.witness_fields, "document", "key"]
        self.order_fields(order)

    @staticmethod
    def day_in(data: QueryDict | None) -> date | None:
        """The day that was typed, if it can be read: the committee of that day is offered."""
        try:
            return DayAnswer(required=False).clean(data.get("on", "") if data is not None else "")
        except forms.ValidationError:
            return None

    @staticmethod
    def terms_in(data: QueryDict | None) -> set[int]:
        """The numbers of the terms that were chosen."""
        chosen = [data.get("payer", ""), *data.getlist("signers")] if data is not None else []
        return {int(number[:9]) for number in chosen if number.isascii() and number.isdecimal()}

    @property
    def is_from_bank(self) -> bool:
        """Whether the money comes out of a bank account: then somebody signs for it."""
        return str(self.cleaned_data["source"]).startswith("bank")

    @property
    def witnesses(self) -> tuple[str, ...]:
        """The witnesses that were named."""
        return _named(self, self.witness_fields)

    @property
    def people_lines(self) -> list[BoundField]:
        """The questions for names of witnesses."""
        return [self[name] for name in self.witness_fields]


class DropForm(_OnADay):
    """The household withdraws its request."""

    speaks_at = {InFuture: "on", BeforeStepBefore: "on"}

    words = _reason("เหตุผล", "ตามที่ครัวเรือนบอก ถ้ามี")


class TakeBackForm(RefusableForm):
    """Undo the last step."""

    speaks_at = {ReasonNeeded: "reason"}
    judged_later = ("reason",)

    sequence = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = _reason("เหตุผล", is_needed=True)


def _people(form: forms.Form, name: str, label: str, count: int, help_text: str = "") -> list[str]:
    """Add a question for each name that the rules ask for; answers with their names."""
    names = [f"{name}_{place}" for place in range(1, count + 1)]
    for place, field in enumerate(names, start=1):
        called = f"{label}คนที่ {place}" if count > 1 else label
        help_here = help_text if place == 1 else ""
        form.fields[field] = _text(called, LONGEST_NAME, help_here, is_needed=True)
    return names


def _named(form: forms.Form, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(said for name in names if (said := form.cleaned_data.get(name)))


def items_total(typed: Iterable[str]) -> Money | None:
    """What sums make while they are typed; None while one of them can not be read."""
    answer = MoneyAnswer(required=False)
    try:
        return total(amount for each in typed if (amount := answer.clean(each)) is not None)
    except forms.ValidationError:
        return None
