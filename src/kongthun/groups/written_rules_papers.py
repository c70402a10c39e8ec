"""Written rules on paper: to be read out, handed round, and signed by who knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kongthun.domain.articles import Article
from kongthun.papers import Digits, as_fields, to_pdf


@dataclass(frozen=True, slots=True)
class ArticleOnPaper:
    """ข้อ: its number, and a line a paragraph."""

    place: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChapterOnPaper:
    """Articles under one heading; no name where the rules have no chapters."""

    name: str
    articles: tuple[ArticleOnPaper, ...]


@dataclass(frozen=True, slots=True)
class SignerOnPaper:
    """A member who signs: number and name, the name empty where it is not to be shown."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class WrittenRulesPaper:
    """Rules of a group. Without ``adopted_on`` a draft, and nobody signs that they know it."""

    title: str
    number: int
    group: str
    place: str
    adopted_on: date | None
    starts_on: date | None
    meeting_number: int | None
    resolution: int | None
    chapters: tuple[ChapterOnPaper, ...]
    signers: tuple[SignerOnPaper, ...]


def chapters_of(articles: Sequence[Article]) -> tuple[ChapterOnPaper, ...]:
    """The articles under their chapters, in their order."""
    return tuple(
        ChapterOnPaper(
            name,
            tuple(
                ArticleOnPaper(each.place, tuple(each.words.splitlines())) for each in of_chapter
            ),
        )
        for name, of_chapter in groupby(articles, key=lambda each: each.chapter)
    )


def print_written_rules(paper: WrittenRulesPaper, *, digits: Digits) -> bytes:
    """ระเบียบข้อบังคับ with a sheet to sign, as many pages as it takes."""
    return to_pdf("written_rules", as_fields(paper, digits), digits)
