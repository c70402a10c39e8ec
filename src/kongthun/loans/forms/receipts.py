"""What is asked when money is taken, in the order of the receipt; and when one is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict

from kongthun.domain.thai_text import name_key
from kongthun.groups.models import CommitteeTerm
from kongthun.web.answers import DayAnswer, MoneyAnswer

from ..actions.repayments import Visit
from ..refusals import (
    InFuture,
    NotAboveZero,
    NothingOwed,
    PaidBeforeLent,
    PaidTooMuch,
    ReasonNeeded,
    ReceiverNotInOffice,
)
from . import LONGEST_NAME, RefusableForm

LONGEST_REASON = 200
LONGEST_SEEN = 80
_NOBODY = "ไม่มีกรรมการในวาระวันนี้ในทะเบียน ใบเสร็จจะไม่มีชื่อผู้รับเงิน"
_NOT_IN_OFFICE = "เลือกกรรมการที่อยู่ในวาระวันที่รับเงิน ถ้าเปลี่ยนวันที่ รายชื่อจะเปลี่ยนตาม"


class ReceiverAnswer(forms.TypedChoiceField):
    """Which committee member took the money: one of those in office on the day, by their term.

    The own term of whoever is signed in is chosen beforehand, when the name is the same. Where the
    register names nobody for the day, nobody is asked for.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        options.setdefault("label", "กรรมการผู้รับเงิน")
        super().__init__(
            coerce=int,
            empty_value=None,
            error_messages={"invalid_choice": _NOT_IN_OFFICE},
            **options,
        )

    def offer(self, terms: Sequence[CommitteeTerm], *, me: str) -> None:
        """Offer these terms, and choose the one of ``me`` beforehand."""
        self.required = bool(terms)
        if not terms:
            self.help_text = _NOBODY
        own = next((term.number for term in terms if term.person.name_key == name_key(me)), None)
        nobody = [] if own is not None else [("", "เลือกกรรมการ")]
        people = [
            (str(term.number), f"{term.person.name.full} ({term.position_words})") for term in terms
        ]
        self.choices = [*nobody, *people]
        self.initial = own


class DeskForm(RefusableForm):
    """What every taking of money asks: the day, and who took it.

    ``key`` makes the same form, sent twice, one receipt. ``seen`` says what was read back last:
    only that is booked.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_SEEN)

    @staticmethod
    def new_key() -> str:
        """A key for a form that is handed out."""
        return str(uuid4())


class ReceiveForm(DeskForm):
    """Money sent back on one contract."""

    speaks_at = {
        NotAboveZero: "amount",
        PaidTooMuch: "amount",
        NothingOwed: "amount",
        InFuture: "paid_on",
        PaidBeforeLent: "paid_on",
        ReceiverNotInOffice: "receiver",
    }

    amount = MoneyAnswer(label="จำนวนเงินที่รับ")
    paid_on = DayAnswer(label="รับเมื่อวันที่")
    receiver = ReceiverAnswer()
    paid_by = forms.CharField(
        label="ผู้อื่นนำเงินมาส่งแทน",
        required=False,
        max_length=LONGEST_NAME,
        help_text="ชื่อผู้นำเงินมา ถ้าผู้ยืมมาเอง เว้นว่างไว้",
    )
    over = forms.ChoiceField(
        label="ถ้าเงินมากกว่าที่ค้าง",
        choices=[
            ("refuse", "ยังไม่รับ ให้ตรวจยอดก่อน"),
            ("hold", "รับไว้ ส่วนที่เกินเป็นเงินรับฝากของครัวเรือน"),
        ],
        widget=forms.RadioSelect,
    )
    early_interest = forms.BooleanField(
        label="ส่งดอกเบี้ยของงวดข้างหน้าด้วย", required=False, help_text="ถ้าไม่เลือก เงินที่เกินงวดไปหักเงินยืม"
    )

    def __init__(
        self,
        terms: Sequence[CommitteeTerm],
        *,
        me: str,
        asks_interest: bool,
        data: QueryDict | None = None,
        today: date | None = None,
        over: str = "refuse",
    ) -> None:
        super().__init__(data, initial={"paid_on": today, "over": over, "key": self.new_key()})
        receiver = self.fields["receiver"]
        assert isinstance(receiver, ReceiverAnswer)  # noqa: S101 (declared above)
        receiver.offer(terms, me=me)
        if not asks_interest:
            del self.fields["early_interest"]

    def visit(self, contract_number: int) -> Visit:
        """The visit that was typed. Only of a valid form."""
        visit = self.sum_and_day(contract_number)
        if visit is None:
            raise ValueError("a form without a sum or a day is no visit")
        said = self.cleaned_data
        return replace(visit, paid_by=said["paid_by"].strip(), receiver_term=said["receiver"])

    def sum_and_day(self, contract_number: int) -> Visit | None:
        """So much of a visit as says what it settles, once sum and day can be read."""
        said = self.cleaned_data
        if said.get("amount") is None or said.get("paid_on") is None:
            return None
        return Visit(
            contract_number,
            said["amount"],
            said["paid_on"],
            str(said.get("key") or self.new_key()),
            holds_over=said.get("over") == "hold",
            early_interest=bool(said.get("early_interest")),
        )


def seen_of(visit: Visit) -> str:
    """What of a visit has to be read back before it is booked: sum, day, what becomes of the rest.

    >>> seen_of(Visit(1, Money.baht(5_000), date(2026, 11, 22), "k"))
    '500000/2026-11-22/refuse'
    """
    rest = "hold" if visit.holds_over else "refuse"
    early = "/early" if visit.early_interest else ""
    return f"{visit.amount.satang}/{visit.on.isoformat()}/{rest}{early}"


class FindReceiptForm(forms.Form):
    """Which receipts are looked for."""

    on = DayAnswer(label="วันที่รับเงิน", required=False)
    contract = forms.CharField(label="สัญญาเลขที่", required=False, max_length=40)


class CancelForm(RefusableForm):
    """Why a receipt is taken back."""

    speaks_at = {ReasonNeeded: "reason"}

    reason = forms.CharField(
        label="เหตุผลที่ยกเลิก",
        max_length=LONGEST_REASON,
        help_text="เช่น พิมพ์จำนวนเงินผิด ออกใบใหม่แทน เหตุผลนี้จะอยู่กับใบเสร็จตลอดไป",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
