"""Between what and what: one bar of what is known, confirmed, disputed and not yet explained."""

from __future__ import annotations

from dataclasses import dataclass

from kongthun.domain.money import ZERO, Money
from kongthun.web.position_bar import FULL, NARROWEST, percent_length
from kongthun.web.shares import hundredths

from .queries.openings import OpeningState


@dataclass(frozen=True, slots=True)
class BarPart:
    """A drawn part: what it is, its sum, where it begins and how wide it is, as SVG lengths."""

    words: str
    amount: Money
    pattern: str
    x: str
    wide: str


@dataclass(frozen=True, slots=True)
class IntervalBar:
    """The parts of an opening from left to right, and its law in words.

    Not yet explained below nothing can not be drawn: then the other parts go past what was
    entrusted, and ``excess`` says by how much.
    """

    parts: tuple[BarPart, ...]
    entrusted: Money
    excess: Money


def interval_bar(state: OpeningState) -> IntervalBar:
    """The bar of an opening as it is known now."""
    found = state.found
    said = (
        ("สมุดรู้แล้ว", state.known, "goods"),
        ("ยืนยันแล้ว", found.confirmed, "tools"),
        ("ยังขัดกัน", found.disputed, "deferred"),
        ("ยังอธิบายไม่ได้", found.unexplained, "unexplained"),
    )
    drawn = [each for each in said if each[1] > ZERO]
    widths = hundredths([amount.satang for _, amount, _ in drawn], full=FULL, narrowest=NARROWEST)
    parts, begins = [], 0
    for (words, amount, pattern), width in zip(drawn, widths, strict=True):
        parts.append(BarPart(words, amount, pattern, percent_length(begins), percent_length(width)))
        begins += width
    return IntervalBar(tuple(parts), state.entrusted, max(ZERO, -found.unexplained))
