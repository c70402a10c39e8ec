"""The sheet for the supervisor: what nobody has explained, by numbers, without one name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.papers import Digits, as_fields, to_pdf


@dataclass(frozen=True, slots=True)
class AskedOnPaper:
    """One question: of whom, what was seen, and who is alike."""

    of: str
    words: str
    alike: str


@dataclass(frozen=True, slots=True)
class FairnessSheet:
    """What is asked of an area over a period, and nobody has explained so far."""

    area: str
    since: date
    as_of: date
    debtors: int
    explained: int
    patterns: tuple[AskedOnPaper, ...]
    gaps: tuple[AskedOnPaper, ...]


def print_sheet(sheet: FairnessSheet, *, digits: Digits) -> bytes:
    """The sheet as PDF, with room for what the supervisor notes."""
    return to_pdf("fairness", as_fields(sheet, digits), digits)
