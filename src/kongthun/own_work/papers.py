"""The paper of a handover of work, as it goes into the brown book's own part for it [S]."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.domain.money import Money
from kongthun.papers import Digits, as_fields, to_pdf


@dataclass(frozen=True, slots=True)
class FundLine:
    """A fund with its figures."""

    name: str
    capital: Money
    households: Money
    bank: Money
    elsewhere: Money
    unexplained: Money
    overdue: Money


@dataclass(frozen=True, slots=True)
class OpenLine:
    """Something open."""

    words: str
    place: str
    note: str
    due_on: date | None
    waits_for: str


@dataclass(frozen=True, slots=True)
class EndLine:
    """What ends or passes on with the work."""

    words: str
    note: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, and the day of their signature on screen."""

    name: str
    position: str
    signed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPaper:
    """What the paper says. ``as_of``: the day of the figures."""

    number: int
    place: str
    handed_on: date
    as_of: date
    giver: Side
    taker: Side
    words: str
    funds: tuple[FundLine, ...]
    total: FundLine
    open: tuple[OpenLine, ...]
    ends: tuple[EndLine, ...]


def print_handover(paper: HandoverPaper, *, digits: Digits) -> bytes:
    """บันทึกการส่งมอบงาน, A4 across, as many pages as it takes."""
    return to_pdf("handover_of_work", as_fields(paper, digits), digits)
