"""The summary of a round on paper: a row a fund, as offices hand it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.domain.money import Money
from kongthun.papers import Digits, as_fields, to_pdf


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One fund: what was found, else what the books say."""

    village: str
    code: str
    target: str
    owing: str
    households: Money | None
    bank: Money | None
    elsewhere: Money | None
    missing: Money | None
    in_breach: str
    books: str
    state: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """สรุปผลการตรวจสอบสถานะกองทุน of a round."""

    words: str
    place: str
    as_of: date
    printed_on: date
    is_locked: bool
    is_part: bool
    funds: str
    reported: str
    differing: str
    chosen: str
    lines: tuple[SummaryLine, ...]
    households: Money
    bank: Money
    elsewhere: Money
    missing: Money
    over: Money


def print_summary(paper: Summary, *, digits: Digits) -> bytes:
    """สรุปผลการตรวจสอบสถานะกองทุน, A4 on its side; the head of the table stands on every page."""
    return to_pdf("survey_summary", as_fields(paper, digits), digits)
