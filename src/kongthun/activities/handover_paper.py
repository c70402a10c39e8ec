"""The list of a handover as both sides sign it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.papers import Digits, as_fields, to_pdf


@dataclass(frozen=True, slots=True)
class ThingOnPaper:
    """A line of the list. ``is_there`` is None until somebody looked: both boxes stay empty."""

    words: str
    by_the_books: str
    is_there: bool | None
    as_found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPaper:
    """Who hands over to whom, what, and who saw it."""

    group_name: str
    village: str
    number: int
    handed_on: date
    giving: str
    taking: str
    given_by: str
    taken_by: str
    witnessed_by: str
    things: tuple[ThingOnPaper, ...]


def print_handover(paper: HandoverPaper, *, digits: Digits) -> bytes:
    """ใบส่งมอบงาน, A4 upright; the head of the list stands on every page."""
    return to_pdf("handover", as_fields(paper, digits), digits)
