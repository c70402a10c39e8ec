"""The papers of a briefing: the letter that calls it, and the sheet to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.papers import Digits, as_fields, to_pdf


@dataclass(frozen=True, slots=True)
class BriefingInvitation:
    """หนังสือเชิญประชุมชี้แจง; what nobody knows is None and becomes a dotted line."""

    office: str
    called_on: date
    topic: str
    invited: str
    held_on: date
    starts_at: str | None
    place: str | None
    agenda: tuple[str, ...]
    signer: str | None
    title: str


@dataclass(frozen=True, slots=True)
class ToSign:
    """A line of the sheet: who is called or came, and from which fund."""

    name: str | None
    position: str
    fund: str


@dataclass(frozen=True, slots=True)
class BriefingSheet:
    """ใบลงลายมือชื่อผู้มาประชุมชี้แจง; ``spare`` lines are left for others."""

    office: str
    topic: str
    held_on: date
    starts_at: str | None
    place: str | None
    people: tuple[ToSign, ...]
    spare: int


def print_briefing_invitation(paper: BriefingInvitation, *, digits: Digits) -> bytes:
    """หนังสือเชิญ, one page."""
    return to_pdf("briefing_invitation", as_fields(paper, digits), digits)


def print_briefing_sheet(paper: BriefingSheet, *, digits: Digits) -> bytes:
    """ใบลงลายมือชื่อ, A4; the head of the table stands on every page."""
    # How many lines are left is reckoned with, so it keeps its digits.
    data = as_fields(paper, digits) | {"spare_lines": str(paper.spare)}
    return to_pdf("briefing_sheet", data, digits)
