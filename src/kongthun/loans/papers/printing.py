"""Papers become PDF through typst templates; values go in as data and are never read as markup."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import segno
import typst

from kongthun.domain import thai_calendar
from kongthun.domain.money import Money, in_words, total
from kongthun.domain.thai_text import arabic_digits, thai_digits

from .values import (
    CollectionSheet,
    ContractCopy,
    ContractPaper,
    PayOutPaper,
    ProposalPaper,
    ReceiptPaper,
    ReceiptProof,
    RequestPaper,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Digits = Literal["thai", "arabic"]
Data: TypeAlias = "bool | str | list[Data] | dict[str, Data] | None"

_HERE = Path(__file__).resolve().parent
_TEMPLATES = _HERE / "templates"
_FONTS = _HERE / "fonts"


def print_proposal(paper: ProposalPaper, *, digits: Digits) -> bytes:
    """แบบเสนอโครงการของครัวเรือนเป้าหมาย, one page."""
    return _pdf("proposal", _as_fields(paper, digits), digits)


def print_request(paper: RequestPaper, *, digits: Digits) -> bytes:
    """แบบขอยืมเงินทุน, one page."""
    return _pdf("request", _as_fields(paper, digits), digits)


def print_contract(
    paper: ContractPaper, *, digits: Digits, copies: Sequence[ContractCopy] = tuple(ContractCopy)
) -> bytes:
    """สัญญายืมเงินทุน, a page for each copy asked for, in that order.

    Raises ValueError when no copy is asked for.
    """
    if not copies:
        raise ValueError("a contract is printed for somebody")
    data = _as_fields(paper, digits) | {"copies": [copy.value for copy in copies]}
    return _pdf("contract", data, digits)


def print_pay_out(paper: PayOutPaper, *, digits: Digits) -> bytes:
    """แบบรับเงินยืม, one page."""
    return _pdf("pay_out", _as_fields(paper, digits), digits)


def print_receipt(paper: ReceiptPaper, *, digits: Digits) -> bytes:
    """แบบรับคืนเงินยืม (ใบเสร็จ), one page with the payer's half and the committee's.

    Raises ValueError when the text to check by is too long for a QR code (about 2,300 letters of
    ASCII).
    """
    picture = _qr_svg(paper.proof.check) if paper.proof and paper.proof.check else ""
    return _pdf("receipt", _as_fields(paper, digits), digits, qr=picture)


def print_collection_sheet(sheet: CollectionSheet, *, digits: Digits) -> bytes:
    """ใบรวมก่อนประชุม, A4 on its side; head and totals stand on every page."""
    sums = {
        "due": total(row.due for row in sheet.rows),
        "overdue": total(row.overdue for row in sheet.rows),
        "outstanding": total(row.outstanding for row in sheet.rows),
    }
    data = _as_fields(sheet, digits) | {
        "sums": {name: _as_data(sum_, digits) for name, sum_ in sums.items()},
        "count": _as_data(len(sheet.rows), digits),
    }
    return _pdf("collection", data, digits)


# ------------------------------------------------------------------------------------ to typst


def _pdf(template: str, data: dict[str, Data], digits: Digits, **pictures: str) -> bytes:
    """Typst sees the values as one JSON text and may read no file but the templates."""
    return typst.compile(
        _TEMPLATES / f"{template}.typ",
        root=_TEMPLATES,
        font_paths=_fonts(),
        sys_inputs={"paper": json.dumps(data), "digits": digits, **pictures},
    )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Our Sarabun alone where it is installed, so a paper looks the same everywhere.

    Without it, the Thai fonts of the machine.
    """
    ours = sorted(_FONTS.glob("*.ttf"))
    return typst.Fonts(include_system_fonts=not ours, font_paths=[_FONTS] if ours else [])


def _as_fields(value: DataclassInstance, digits: Digits) -> dict[str, Data]:
    return {field.name: _as_data(getattr(value, field.name), digits) for field in fields(value)}


def _as_data(value: object, digits: Digits) -> Data:
    """A value in the form the templates know; None stays None and becomes a dotted line."""
    match value:
        case None | bool():
            return value
        case str():
            return _letters(value, digits)
        case int():
            return _letters(str(value), digits)
        case date():
            return _day(value, digits)
        case tuple():
            return [_as_data(each, digits) for each in value]
        case Money():
            figures = _letters(value.text, digits)
            return {"figures": figures, "words": in_words(value), "is_zero": not value}
        case ReceiptProof():
            # A machine reads these: they keep the digits they have.
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case _ if is_dataclass(value) and not isinstance(value, type):
            return _as_fields(value, digits)
    raise TypeError(f"no paper holds {value!r}")


def _day(day: date, digits: Digits) -> Data:
    parts = {
        "day": str(day.day),
        "month": thai_calendar.MONTHS_LONG[day.month - 1],
        "year": str(thai_calendar.thai_year(day)),
        "long": thai_calendar.long(day),
        "short": thai_calendar.short(day),
    }
    return {name: _letters(text, digits) for name, text in parts.items()}


def _letters(text: str, digits: Digits) -> str:
    return thai_digits(_plain(text)) if digits == "thai" else arabic_digits(_plain(text))


def _plain(text: str) -> str:
    """One line of signs that can be seen: a control character would print as a box.

    The two spaces of a name stay two.
    """
    signs = (" " if sign.isspace() else sign for sign in text)
    return "".join(sign for sign in signs if sign.isprintable()).strip()


def _qr_svg(text: str) -> str:
    """The smallest QR code that survives a fold or a thumb (level M), with its quiet zone."""
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="svg", border=4, xmldecl=False)
    return picture.getvalue().decode()
