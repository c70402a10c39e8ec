"""What is asked about buying, making and selling: few fields, in the order of the paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from kongthun.domain.money import Money
from kongthun.domain.stock import UnreadableQuantity, quantity_text, read_quantity
from kongthun.ledger.bank import LONGEST_WORDS, Giver, Purse
from kongthun.ledger.forms import KeyedForm, book_words
from kongthun.ledger.models import BankBook
from kongthun.web.answers import LONGEST, DayAnswer, MoneyAnswer

from .actions import BoughtLine, Quantity, SoldLine
from .actions.batches import LONGEST_BATCH
from .actions.deals import LONGEST_BILL, LONGEST_DEAL_WORDS
from .actions.lists import LONGEST_ITEM, LONGEST_PARTY, LONGEST_PHONE, LONGEST_UNIT
from .models import ItemKind
from .queries import ItemStock

ROWS = 5
FIRST_ROWS = 2
Choices = Sequence[tuple[str, Any]]

_WHY_NO_QUANTITY = {
    "too_fine": "ละเอียดเกินไป พิมพ์ทศนิยมไม่เกินสามตำแหน่ง เช่น 2.125",
    "too_large": "มากเกินกว่าที่บันทึกได้ ตรวจตัวเลขอีกครั้ง",
}
_NO_QUANTITY = "ยังอ่านเป็นจำนวนไม่ได้ พิมพ์เป็นตัวเลข เช่น 12 หรือ 2.5"
_WORDS_HELP = "เขียนสั้น ๆ ไม่ต้องใส่ชื่อบุคคล"
_GIVERS = (
    (Giver.STATE.value, "หน่วยงานของรัฐ"),
    (Giver.MEMBERS.value, "สมาชิก"),
    (Giver.DONORS.value, "ผู้บริจาค"),
)


class QuantityAnswer(forms.CharField):
    """A quantity, cleaned to whole thousandths; empty and not required, to ``None``."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        options.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "maxlength": LONGEST})
        )
        super().__init__(**options)

    def clean(self, value: Any) -> int | None:  # noqa: ANN401
        typed = super().clean(value)
        if not typed:
            return None
        read = read_quantity(typed[:LONGEST])
        if isinstance(read, UnreadableQuantity):
            raise forms.ValidationError(_WHY_NO_QUANTITY.get(read.why, _NO_QUANTITY))
        return read

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        return quantity_text(value) if isinstance(value, int) else value


class TradeForm(KeyedForm):
    """A day, and what happened on it."""

    table = ""  # which table of lines the form has: "lines", "count" or none

    on = DayAnswer(label="วันที่")

    def questions(self) -> list[tuple[BoundField, str]]:
        """Each question with its unit, in the order of the form, but the day and the lines."""
        return [
            (bound, "บาท" if isinstance(bound.field, MoneyAnswer) else "")
            for bound in self.visible_fields()
            if bound.name != "on" and bound.name not in self.line_names()
        ]

    def line_names(self) -> set[str]:
        """The fields that stand in the table of lines."""
        return set()

    @property
    def purse(self) -> Purse:
        """Hand or bank, as answered; cash in hand where it was not asked."""
        return Purse(str(self.cleaned_data.get("purse") or Purse.CASH).partition(":")[0])

    @property
    def bank_book(self) -> int:
        """The passbook answered."""
        return int(str(self.cleaned_data.get("purse") or "").partition(":")[2] or 1)

    def _ask_purse(self, label: str, books: Sequence[BankBook]) -> None:
        banks = [
            (
                f"{Purse.BANK}:{book.number}",
                f"บัญชีธนาคาร {book_words(book)}" if len(books) > 1 else "บัญชีธนาคาร",
            )
            for book in books
        ]
        self.fields["purse"] = forms.ChoiceField(
            label=label,
            choices=[(Purse.CASH.value, "เงินสดในมือ"), *banks],
            initial=Purse.CASH.value,
        )


@dataclass(frozen=True, slots=True)
class LineRow:
    """A row of the table: its place from one, and its fields."""

    place: int
    bounds: tuple[BoundField, ...]


class LinesForm(TradeForm):
    """A day and up to five items with their quantities, and a sum each where one is asked."""

    table = "lines"
    sum_label = ""  # no sum is asked
    sum_required = True
    item_label = "ของ"

    def __init__(self, *args: Any, items: Sequence[ItemStock], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self.items = {row.number: row for row in items}
        choices = [("", "—"), *((str(row.number), self._item_words(row)) for row in items)]
        for place in range(1, ROWS + 1):
            self.fields[f"item_{place}"] = forms.ChoiceField(
                label=self.item_label,
                choices=choices,
                required=False,
                error_messages={"invalid_choice": "ของนี้ไม่มีในรายการแล้ว เลือกใหม่อีกครั้ง"},
                widget=forms.Select(attrs=self._attrs(self.item_label, place)),
            )
            self.fields[f"quantity_{place}"] = QuantityAnswer(
                label="จำนวน",
                required=False,
                widget=forms.TextInput(
                    attrs=self._attrs("จำนวน", place) | {"inputmode": "decimal", "size": 8}
                ),
            )
            if self.sum_label:
                self.fields[f"sum_{place}"] = MoneyAnswer(
                    label=self.sum_label,
                    required=False,
                    widget=forms.TextInput(
                        attrs=self._attrs(self.sum_label, place)
                        | {"inputmode": "decimal", "size": 10}
                    ),
                )

    def rows(self) -> list[LineRow]:
        """The rows with their fields."""
        names = ("item", "quantity", "sum") if self.sum_label else ("item", "quantity")
        return [
            LineRow(place, tuple(self[f"{name}_{place}"] for name in names))
            for place in range(1, ROWS + 1)
        ]

    def first_rows(self) -> list[LineRow]:
        """The rows that are always open: most papers have one thing or two."""
        return self.rows()[:FIRST_ROWS]

    def more_rows(self) -> list[LineRow]:
        """The rows behind them."""
        return self.rows()[FIRST_ROWS:]

    def uses_more_rows(self) -> bool:
        """Whether anything was typed, or is wrong, in the rows behind."""
        return any(
            bound.value() or bound.errors for row in self.more_rows() for bound in row.bounds
        )

    def line_names(self) -> set[str]:
        return {bound.name for row in self.rows() for bound in row.bounds}

    def clean(self) -> dict[str, Any]:
        """A row is whole or empty, and one at least is whole."""
        answers = super().clean() or {}
        is_any = False
        for place in range(1, ROWS + 1):
            item, quantity = answers.get(f"item_{place}"), answers.get(f"quantity_{place}")
            sum_ = answers.get(f"sum_{place}")
            is_any = is_any or bool(item)
            if item and quantity is None and f"quantity_{place}" not in self.errors:
                self.add_error(f"quantity_{place}", "ใส่จำนวนของบรรทัดนี้")
            if not item and (quantity is not None or sum_) and f"item_{place}" not in self.errors:
                self.add_error(f"item_{place}", "เลือกของในบรรทัดนี้")
            needs_sum = bool(self.sum_label) and self.sum_required
            if item and needs_sum and sum_ is None and f"sum_{place}" not in self.errors:
                self.add_error(f"sum_{place}", "ใส่จำนวนเงินของบรรทัดนี้")
        if not is_any and not self.errors:
            self.add_error("item_1", "ใส่ของอย่างน้อยหนึ่งบรรทัด")
        return answers

    def typed(self) -> Iterator[tuple[int, int, Money | None]]:
        """What was typed in each row that is not empty: item, quantity, sum."""
        for place in range(1, ROWS + 1):
            item = self.cleaned_data.get(f"item_{place}")
            if item:
                quantity = self.cleaned_data[f"quantity_{place}"]
                yield int(item), quantity, self.cleaned_data.get(f"sum_{place}")

    def place_of(self, item_name: str) -> int | None:
        """The first row in which an item stands."""
        for place in range(1, ROWS + 1):
            item = self.cleaned_data.get(f"item_{place}")
            if item and self.items[int(item)].item.name == item_name:
                return place
        return None

    def quantities(self) -> list[Quantity]:
        """What was typed, where no sum is asked."""
        return [Quantity(item, quantity) for item, quantity, _ in self.typed()]

    def bought(self) -> list[BoughtLine]:
        """What was typed, a sum a line."""
        return [
            BoughtLine(item, quantity, sum_ or Money(0)) for item, quantity, sum_ in self.typed()
        ]

    def sold(self) -> list[SoldLine]:
        """What was typed, a price a unit or none."""
        return [SoldLine(item, quantity, sum_) for item, quantity, sum_ in self.typed()]

    def _item_words(self, row: ItemStock) -> str:
        return f"{row.item.name} (มี {row.quantity_words})"

    @staticmethod
    def _attrs(label: str, place: int) -> dict[str, Any]:
        return {
            "class": "field__input",
            "autocomplete": "off",
            "aria-label": f"{label} บรรทัดที่ {place}",
        }


class DealForm(LinesForm):
    """With whom, and how it is paid."""

    who_label = ""
    paid_label = ""
    purse_label = ""
    nobody = ""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        people: Choices,
        books: Sequence[BankBook],
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **options)
        self.fields["who"] = forms.ChoiceField(
            label=self.who_label, choices=[("", self.nobody), *people], required=False
        )
        self._ask_purse(self.purse_label, books)
        self.fields["paid_now"] = MoneyAnswer(
            label=self.paid_label,
            least=0,
            required=False,
            help_text="เว้นว่างไว้ ถ้าจ่ายครบ ถ้ายังไม่จ่ายเลย พิมพ์ 0",
        )
        self.fields["due_on"] = DayAnswer(
            label="ที่ค้าง ครบกำหนดวันที่", help_text="ใส่เมื่อยังจ่ายไม่ครบ", required=False
        )
        self.fields["bill"] = forms.CharField(
            label="เลขที่บิลที่ถืออยู่", max_length=LONGEST_BILL, required=False
        )
        self.fields["words"] = forms.CharField(
            label="บันทึกเพิ่ม", max_length=LONGEST_DEAL_WORDS, required=False
        )

    @property
    def party_number(self) -> int | None:
        """The party answered."""
        return self._answered("p")

    @property
    def member_number(self) -> int | None:
        """The member answered, where they are no party."""
        return self._answered("m")

    def _answered(self, kind: str) -> int | None:
        answered, _, number = str(self.cleaned_data.get("who") or "").partition(":")
        return int(number) if answered == kind else None


class BuyForm(DealForm):
    """What was bought, from whom, how paid."""

    sum_label = "รวมเงิน"
    who_label, nobody = "ซื้อจาก", "ร้านทั่วไป ไม่ออกชื่อ"
    paid_label, purse_label = "จ่ายแล้วเท่าไร", "จ่ายจาก"


class SellForm(DealForm):
    """What was sold, to whom, how paid."""

    sum_label = "ราคาต่อหน่วย"
    sum_required = False
    who_label, nobody = "ขายให้", "ลูกค้าหน้าร้าน ไม่ออกชื่อ"
    paid_label, purse_label = "รับเงินแล้วเท่าไร", "รับเข้าที่ไหน"

    def _item_words(self, row: ItemStock) -> str:
        price = f" ราคา {row.item.price.text}" if row.item.price is not None else ""
        return f"{row.item.name} (มี {row.quantity_words}{price})"


class GiftForm(LinesForm):
    """Goods that somebody gave, worth what the paper says."""

    sum_label = "มูลค่ารวม"
    giver = forms.ChoiceField(label="ใครให้", choices=_GIVERS, widget=forms.RadioSelect)
    words = forms.CharField(label="ได้รับมาอย่างไร", help_text=_WORDS_HELP, max_length=LONGEST_WORDS)


class UseForm(LinesForm):
    """Materials that go into a batch."""

    item_label = "วัตถุดิบ"


class FinishForm(LinesForm):
    """What came of a batch."""

    item_label = "สินค้าที่ได้"

    def _item_words(self, row: ItemStock) -> str:
        return f"{row.item.name} ({row.item.unit})"


class BatchCostForm(TradeForm):
    """What a batch costs besides materials."""

    words = forms.CharField(
        label="ค่าอะไร", help_text="เช่น ค่าแรง ค่าแก๊ส ไม่ต้องใส่ชื่อบุคคล", max_length=LONGEST_WORDS
    )
    amount = MoneyAnswer(label="จ่ายเท่าไร")

    def __init__(self, *args: Any, books: Sequence[BankBook], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self._ask_purse("จ่ายจาก", books)


class PaymentForm(TradeForm):
    """What is paid of what is owed."""

    amount = MoneyAnswer(label="จำนวนเงิน")

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        books: Sequence[BankBook],
        is_customer: bool,
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **options)
        self._ask_purse("รับเข้าที่ไหน" if is_customer else "จ่ายจาก", books)
        self.fields["words"] = forms.CharField(
            label="บันทึกเพิ่ม", max_length=LONGEST_WORDS, required=False
        )


class BatchForm(TradeForm):
    """A round that begins."""

    words = forms.CharField(
        label="รอบนี้ผลิตอะไร", help_text="เช่น สีข้าวหอมมะลิ 500 กก.", max_length=LONGEST_BATCH
    )


class CountForm(TradeForm):
    """What was counted, an answer an item; items left empty were not counted."""

    table = "count"

    on = DayAnswer(label="นับเมื่อสิ้นวันที่")

    def __init__(self, *args: Any, items: Sequence[ItemStock], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self.items = items
        for row in items:
            self.fields[count_field(row.number)] = QuantityAnswer(
                label=row.item.name,
                required=False,
                widget=forms.TextInput(
                    attrs={
                        "class": "field__input",
                        "inputmode": "decimal",
                        "autocomplete": "off",
                        "maxlength": LONGEST,
                        "size": 10,
                        "aria-label": f"นับ {row.item.name} ได้",
                    }
                ),
            )
        self.fields["note"] = forms.CharField(
            label="สิ่งที่รู้เมื่อนับไม่ตรง",
            help_text=_WORDS_HELP,
            max_length=LONGEST_WORDS,
            required=False,
            widget=forms.Textarea,
        )

    def rows(self) -> list[tuple[ItemStock, BoundField]]:
        """Each item with the field its count is typed into."""
        return [(row, self[count_field(row.number)]) for row in self.items]

    def line_names(self) -> set[str]:
        return {count_field(row.number) for row in self.items}

    def clean(self) -> dict[str, Any]:
        """Something was counted."""
        answers = super().clean() or {}
        if not self.errors and not self.counted():
            self.add_error(None, "ยังไม่ได้ใส่จำนวนของอะไรเลย ใส่อย่างน้อยหนึ่งอย่าง ไม่เหลือเลยพิมพ์ 0")
        return answers

    def counted(self) -> list[Quantity]:
        """What was typed, in the order of items."""
        answers = (
            (row.number, self.cleaned_data.get(count_field(row.number))) for row in self.items
        )
        return [Quantity(number, counted) for number, counted in answers if counted is not None]


def count_field(item_number: int) -> str:
    """The name of the field that an item's count is typed into."""
    return f"counted_{item_number}"


class ItemForm(forms.Form):
    """Something to keep in stock."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label="เป็นอะไร",
        choices=ItemKind.choices,
        widget=forms.RadioSelect,
        initial=ItemKind.MATERIAL,
    )
    name = forms.CharField(label="ชื่อของ", max_length=LONGEST_ITEM)
    unit = forms.CharField(label="หน่วยนับ", help_text="กก. ขวด ผืน ถุง", max_length=LONGEST_UNIT)
    price = MoneyAnswer(label="ราคาขายต่อหน่วย", required=False, help_text="สำหรับสินค้าที่ขาย")


class PartyForm(forms.Form):
    """Somebody to trade with."""

    use_required_attribute = False

    name = forms.CharField(label="ชื่อร้านหรือชื่อบุคคล", max_length=LONGEST_PARTY)
    phone = forms.CharField(label="โทรศัพท์", max_length=LONGEST_PHONE, required=False)
    member_number = forms.TypedChoiceField(
        label="เป็นสมาชิกของกลุ่มหรือไม่", coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, members: Sequence[tuple[int, str]], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        choice = self.fields["member_number"]
        choice.choices = [("", "ไม่ใช่สมาชิก"), *members]  # type: ignore[attr-defined]


class StopItemForm(forms.Form):
    """From which day an item is kept no more."""

    use_required_attribute = False

    on = DayAnswer(label="เลิกเก็บตั้งแต่วันที่")
