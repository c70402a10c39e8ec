"""What was typed in a row: which field is at fault, which names a person, how it reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kongthun.domain.money import Money, UnreadableMoney, in_words, read_money
from kongthun.domain.register_rows import Reason
from kongthun.domain.thai_calendar import UnreadableDate, long, read_date
from kongthun.domain.thai_text import read_name

from ..books import Kind
from ..wording import column_in_thai


@dataclass(frozen=True, slots=True)
class Typed:
    """A field under its heading, as typed; ``text`` is empty where the cell was."""

    field: str
    label: str
    text: str
    is_at_fault: bool = False


# What a person can put right, in the order of the paper, by kind of row.
FIELDS: dict[str, tuple[str, ...]] = {
    Kind.HOUSEHOLD: (
        *("number", "name", "house_number", "size"),
        *("income_before", "income_after_1", "income_after_2", "income_after_3"),
    ),
    Kind.CONTRACT: (
        *("paper_number", "round", "name", "principal", "received_on", "due_on", "occupation"),
    ),
    Kind.RECEIPT: ("receipt_number", "paid_on", "amount"),
    Kind.BANK: ("on", "document", "item", "paid_in", "paid_out", "balance"),
    Kind.STATUS: ("value",),
    Kind.COMMITTEE: ("set_number", "name", "position", "starts_on", "ends_on"),
}
BOOK_OF: dict[str, str] = {
    Kind.HOUSEHOLD: "purple",
    Kind.CONTRACT: "yellow",
    Kind.RECEIPT: "yellow",
    Kind.BANK: "green",
    Kind.STATUS: "brown",
    Kind.COMMITTEE: "brown",
}

SUMS = frozenset(
    {
        *("principal", "amount", "paid_in", "paid_out", "balance"),
        *("income_before", "income_after_1", "income_after_2", "income_after_3"),
    }
)
DAYS = frozenset({"received_on", "due_on", "paid_on", "on", "starts_on", "ends_on"})
_INCOMES = ("income_before", "income_after_1", "income_after_2", "income_after_3")

# Where sums and days that must be readable stand, by kind.
_SUMS_JUDGED: dict[str, tuple[str, ...]] = {
    Kind.CONTRACT: ("principal",),
    Kind.RECEIPT: ("amount",),
    Kind.BANK: ("paid_in", "paid_out"),
    Kind.HOUSEHOLD: _INCOMES,
    Kind.STATUS: ("value",),
}
_DAYS_JUDGED: dict[str, tuple[str, ...]] = {
    Kind.CONTRACT: ("received_on",),
    Kind.RECEIPT: ("paid_on",),
    Kind.BANK: ("on",),
    Kind.COMMITTEE: ("starts_on", "ends_on"),
    Kind.STATUS: ("value",),
}
# Reasons that speak of the same fields whatever was typed; the first is where it is said.
_ALWAYS: dict[str, tuple[str, ...]] = {
    Reason.BEFORE_LOAN: ("paid_on",),
    Reason.DUPLICATE_RECEIPT: ("receipt_number", "paid_on", "amount"),
    Reason.LOAN_REJECTED: ("receipt_number", "paid_on", "amount"),
    Reason.NO_CONTRACT: ("receipt_number", "paid_on", "amount"),
    Reason.OVERPAID: ("amount",),
    Reason.DUPLICATE_HOUSEHOLD: ("number",),
    Reason.NAME_MISSING: ("number",),
}
_SAID_AT: dict[str, str] = {Reason.DUPLICATE_HOUSEHOLD: "name", Reason.NAME_MISSING: "name"}


def fields_at_fault(kind: str, reason: str, said: Mapping[str, str]) -> tuple[str, ...]:
    """The fields that a reason speaks of, the ones that cannot stand first. Never a name."""
    if reason == Reason.DUPLICATE_RECEIPT and kind == Kind.BANK:
        return ("on", *(name for name in ("document", "paid_in", "paid_out") if said.get(name)))
    if reason in _ALWAYS:
        return _ALWAYS[reason]
    sums = _SUMS_JUDGED.get(kind, ())
    days = _DAYS_JUDGED.get(kind, ())
    if reason == Reason.CELL_ERROR:
        return tuple(name for name in (*sums, *days) if said.get(name, "").startswith("#"))
    if reason in {Reason.DATE_UNREADABLE, Reason.DATE_IN_FUTURE}:
        wrong = [name for name in days if _is_wrong_day(kind, said.get(name, ""), reason)]
        return tuple(wrong) or days
    wrong = [name for name in sums if _is_wrong_sum(said.get(name, ""))]
    return tuple(wrong) or sums


def field_to_speak_at(kind: str, reason: str, said: Mapping[str, str]) -> str | None:
    """The field of the form beside which a reason is said; None if it is about the whole row."""
    if reason in {Reason.LOAN_REJECTED, Reason.NO_CONTRACT}:
        return None
    if reason in _SAID_AT:
        return _SAID_AT[reason]
    return next(iter(fields_at_fault(kind, reason, said)), None)


def typed_at_fault(kind: str, reason: str, said: Mapping[str, str]) -> list[Typed]:
    """What was typed where the reason points. No names: lists may show it to any reader."""
    label = said.get("label", "") if kind == Kind.STATUS else ""
    return [
        Typed(name, label or column_in_thai(name, kind), said.get(name, ""))
        for name in fields_at_fault(kind, reason, said)
    ]


def all_typed(
    kind: str, said: Mapping[str, str], *, at_fault: Iterable[str], with_names: bool
) -> list[Typed]:
    """Every cell of a row by its label, in the order of the paper; people masked if need be."""
    wrong = set(at_fault)
    order = [*FIELDS[kind], *(name for name in said if name not in FIELDS[kind])]
    return [
        Typed(
            name,
            column_in_thai(name, kind),
            said[name] if with_names else masked_text(name, said[name]),
            name in wrong,
        )
        for name in order
        if name in said
    ]


WITHHELD = "(ปิดไว้)"
_SOMEBODY = re.compile(r"นาย|นาง|น\.\s?ส\.|ด\.\s?[ชญ]\.")


def masked_text(field: str, text: str) -> str:
    """A cell as it is shown to who may not see names.

    Of a surname only its first letter stays; a house number and a free note, which can tell whose
    it is, are withheld, and so is any other cell that holds a title.
    """
    if not text:
        return text
    if field == "name":
        return read_name(text).masked
    if field in {"house_number", "note"} or _SOMEBODY.search(text):
        return WITHHELD
    return text


def names_people(said: Mapping[str, str]) -> bool:
    """Whether reading this row is reading of a person."""
    return bool(said.get("name") or said.get("house_number") or said.get("note")) or any(
        _SOMEBODY.search(text) for text in said.values()
    )


def read_back(field: str, text: str) -> str:
    """How a sum or a day typed here will be read, in words; empty where there is nothing to say."""
    if field in SUMS:
        return _sum_read_back(text)
    return _day_read_back(text) if field in DAYS else ""


def status_reads_as(key: str) -> str:
    """Which field's reading fits a figure of the brown book: a day, a sum, or neither."""
    name = key.removeprefix("status:")
    if name == "as_of":
        return "on"
    return "amount" if name == "granted" or name.endswith("_sum") else "value"


def _sum_read_back(text: str) -> str:
    value = read_money(text)
    if isinstance(value, Money):
        return in_words(value)
    return "" if value.why == "blank" else "ยังอ่านเป็นจำนวนเงินไม่ได้ พิมพ์เป็นตัวเลข เช่น 5,000"


_WHY_NO_DAY = {
    "ambiguous": "ไม่แน่ว่าเป็นปีใด พิมพ์ปีให้ครบสี่หลัก เช่น 30/9/2557",
    "impossible": "ไม่มีวันนี้ในปฏิทิน ลองดูวันที่ในสมุดเล่มจริงอีกครั้ง",
    "not_a_date": "ยังอ่านเป็นวันที่ไม่ได้ พิมพ์เช่น 30/9/2557 หรือ ๓๐ ก.ย. ๕๗",
}
_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")


def _day_read_back(text: str) -> str:
    value = read_date(text)
    if isinstance(value, UnreadableDate):
        return _WHY_NO_DAY.get(value.why, "")
    return f"วัน{_WEEKDAYS[value.weekday()]}ที่ {long(value)}"


def _is_wrong_sum(text: str) -> bool:
    value = read_money(text)
    if isinstance(value, UnreadableMoney):
        return value.why != "blank"
    return value.satang < 0


def _is_wrong_day(kind: str, text: str, reason: str) -> bool:
    value = read_date(text)
    if not isinstance(value, UnreadableDate):
        return reason == Reason.DATE_IN_FUTURE
    # A term of office may leave its days open; a payment may not.
    return reason == Reason.DATE_UNREADABLE and (value.why != "blank" or kind != Kind.COMMITTEE)
