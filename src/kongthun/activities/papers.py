"""The papers of a meeting: the letter that calls it, the sheet to sign, the minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.papers import Digits, as_fields, to_pdf


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody of a list on a paper: the name, and what they are to the group."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """A resolution in its own words, with its votes where they were counted."""

    number: int
    words: str
    votes: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """รายงานการประชุม. What nobody told is None and becomes a dotted line."""

    title: str  # รายงานการประชุมคณะกรรมการ
    group: str
    which: str  # 7/2569
    held_on: date
    place: str | None
    quorum: str
    came: tuple[Came, ...]
    absent: tuple[Came, ...]
    others: str
    agenda: tuple[str, ...]
    talked: tuple[str, ...]  # a paragraph each
    resolved: tuple[Resolved, ...]
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """หนังสือเชิญประชุม."""

    group: str
    village: str | None
    called_on: date
    what: str  # ประชุมคณะกรรมการ
    invited: str
    meets_on: date
    meets_at: str | None
    place: str | None
    agenda: tuple[str, ...]
    chairman: str | None


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """ใบลงลายมือชื่อผู้มาประชุม; ``spare`` lines are left for others."""

    group: str
    what: str
    meets_on: date
    meets_at: str | None
    place: str | None
    people: tuple[Came, ...]
    numbers: tuple[str, ...]  # beside each name: the member's number, or nothing
    spare: int

    def __post_init__(self) -> None:
        """Raises ValueError where names and numbers are not of one length."""
        if len(self.people) != len(self.numbers):
            raise ValueError("a number beside each name")


def print_minutes(paper: Minutes, *, digits: Digits) -> bytes:
    """รายงานการประชุม, A4, as many pages as it takes."""
    return to_pdf("minutes", as_fields(paper, digits), digits)


def print_invitation(paper: Invitation, *, digits: Digits) -> bytes:
    """หนังสือเชิญประชุม, one page."""
    return to_pdf("invitation", as_fields(paper, digits), digits)


def print_attendance(paper: AttendanceSheet, *, digits: Digits) -> bytes:
    """ใบลงลายมือชื่อ, A4; the head stands on every page."""
    # How many lines are left is reckoned with, so it keeps its digits.
    data = as_fields(paper, digits) | {"spare_lines": str(paper.spare)}
    return to_pdf("attendance", data, digits)
