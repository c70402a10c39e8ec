"""What is asked about a meeting: the day; after it a sum for everybody who paid."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from kongthun.domain.money import Money, total
from kongthun.groups.models import CommitteeTerm
from kongthun.web.answers import LONGEST, DayAnswer, MoneyAnswer

from ..actions.repayments import Visit
from ..queries.collection import Due, Sheet
from ..refusals import InFuture, NotDone, ReceiverNotInOffice
from ..wording import refusal_in_thai
from .receipts import LONGEST_SEEN, DeskForm, ReceiverAnswer

_NOBODY_PAID = "ยังไม่มีรายที่ใส่จำนวนเงิน ใส่ยอดของผู้ที่ส่งคืนอย่างน้อยหนึ่งราย"


class MeetingDayForm(forms.Form):
    """Which day the sheet is for."""

    on = DayAnswer(label="วันประชุม")


@dataclass(frozen=True, slots=True)
class Row:
    """A contract with the field its sum is typed into."""

    due: Due
    bound: BoundField


class CollectionForm(DeskForm):
    """The receipts of a whole meeting: a sum a contract, empty where nothing was paid."""

    # These are about all rows alike, and are said once.
    speaks_at = {InFuture: "paid_on", ReceiverNotInOffice: "receiver"}

    paid_on = DayAnswer(label="วันที่รับเงิน")
    receiver = ReceiverAnswer()

    def __init__(
        self,
        sheet: Sheet,
        terms: Sequence[CommitteeTerm],
        *,
        me: str,
        data: QueryDict | None = None,
        day: date | None = None,
    ) -> None:
        super().__init__(data, initial={"paid_on": day, "key": self.new_key()})
        receiver = self.fields["receiver"]
        assert isinstance(receiver, ReceiverAnswer)  # noqa: S101 (declared above)
        receiver.offer(terms, me=me)
        self.sheet = sheet
        for due in sheet.rows:
            attrs = {
                "inputmode": "decimal",
                "maxlength": LONGEST,
                "autocomplete": "off",
                "class": "field__input",
                "aria-label": f"เงินที่รับจาก {due.state.borrower}",
            }
            self.fields[_name(due.number)] = MoneyAnswer(
                label=due.state.borrower,
                least=0,  # a nought or a dash is written for "did not pay"
                required=False,
                widget=forms.TextInput(attrs=attrs),
            )

    @property
    def rows(self) -> list[Row]:
        """The contracts with their fields, in the order of the sheet."""
        return [Row(due, self[_name(due.number)]) for due in self.sheet.rows]

    @property
    def sums(self) -> dict[int, Money]:
        """What was typed and can be read, by contract; nothing where nobody paid."""
        found = {}
        for due in self.sheet.rows:
            sum_ = getattr(self, "cleaned_data", {}).get(_name(due.number))
            if sum_:
                found[due.number] = sum_
        return found

    @property
    def total(self) -> Money:
        """All that was typed and can be read."""
        return total(self.sums.values())

    @property
    def unread(self) -> int:
        """How many rows hold something that is no sum."""
        return sum(1 for due in self.sheet.rows if _name(due.number) in self.errors)

    @property
    def is_seen(self) -> bool:
        """Whether the sums typed now are the ones that were read back."""
        return bool(self.sums) and self.cleaned_data.get("seen") == self.seen_now

    @property
    def seen_now(self) -> str:
        """What has to be read back before it is booked: the day, and who paid how much."""
        sums = ",".join(f"{number}:{sum_.satang}" for number, sum_ in self.sums.items())
        said = f"{self.cleaned_data.get('paid_on')}/{sums}"
        return hashlib.sha256(said.encode()).hexdigest()[:LONGEST_SEEN]

    def clean(self) -> None:
        super().clean()
        if not self.sums and not self.errors:
            self.add_error(None, _NOBODY_PAID)

    def visits(self) -> list[Visit]:
        """The meeting's visits in the order of the sheet. Only of a valid form."""
        said = self.cleaned_data
        return [
            Visit(
                number,
                sum_,
                said["paid_on"],
                # The same row of the same form is the same receipt.
                f"{said['key']}:{number}",
                receiver_term=said["receiver"],
            )
            for number, sum_ in self.sums.items()
        ]

    def refuse_row(self, contract_number: int, not_done: NotDone) -> None:
        """Say beside a row why its money can not be booked; what is about all rows, once above."""
        for refusal in not_done.refusals:
            words = refusal_in_thai(refusal)
            at = self.speaks_at.get(type(refusal), _name(contract_number))
            if words not in self.errors.get(at, []):
                self.add_error(at, words)


def numbers_typed(data: QueryDict) -> list[int]:
    """The contracts a form speaks of, so that none that was typed is lost."""
    return [
        int(name.removeprefix(_PREFIX))
        for name, typed in data.items()
        if typed and _OURS.fullmatch(name)
    ]


_PREFIX = "sum_"
_OURS = re.compile(f"{_PREFIX}[0-9]{{1,9}}")


def _name(contract_number: int) -> str:
    return f"{_PREFIX}{contract_number}"
