"""A lesson on paper, in the form in which officers hand lessons on [S]."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.papers import Digits, as_fields, to_pdf

from .queries.lessons import LessonPart


@dataclass(frozen=True, slots=True)
class FigureOnPaper:
    """A figure of the case with what it is."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonPaper:
    """What the printed lesson says. ``published_on`` is None for one that is not published."""

    title: str
    author_name: str
    office: str
    place: str
    published_on: date | None
    facts_on: date | None
    parts: tuple[LessonPart, ...]
    figures: tuple[FigureOnPaper, ...]


def print_lesson(paper: LessonPaper, *, digits: Digits) -> bytes:
    """บทเรียน, A4 upright, as many pages as it takes."""
    return to_pdf("lesson", as_fields(paper, digits), digits)
