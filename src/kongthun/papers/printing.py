"""From values to PDF."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import segno
import typst

from kongthun.domain import thai_calendar
from kongthun.domain.money import Money, in_words
from kongthun.domain.thai_text import arabic_digits, thai_digits

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Digits = Literal["thai", "arabic"]
Data: TypeAlias = "bool | str | list[Data] | dict[str, Data] | None"

_HERE = Path(__file__).resolve().parent
_TEMPLATES = _HERE / "templates"
_FONTS = _HERE / "fonts"


@dataclass(frozen=True, slots=True)
class MachineRead:
    """A value whose fields a machine reads: they keep the digits they have."""


def to_pdf(template: str, data: dict[str, Data], digits: Digits, **pictures: str) -> bytes:
    """The paper of this template. The values go in as one JSON text.

    Typst may read no file but the templates. ``pictures`` are SVG texts, such as `qr_svg` makes.
    """
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


def as_fields(value: DataclassInstance, digits: Digits) -> dict[str, Data]:
    """The fields of a value by name, in the form the templates know."""
    return {field.name: as_data(getattr(value, field.name), digits) for field in fields(value)}


def as_data(value: object, digits: Digits) -> Data:
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
            return [as_data(each, digits) for each in value]
        case Money():
            figures = _letters(value.text, digits)
            return {"figures": figures, "words": in_words(value), "is_zero": not value}
        case MachineRead():
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case _ if is_dataclass(value) and not isinstance(value, type):
            return as_fields(value, digits)
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


def qr_svg(text: str) -> str:
    """The smallest QR code that survives a fold or a thumb (level M), with its quiet zone."""
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="svg", border=4, xmldecl=False)
    return picture.getvalue().decode()
