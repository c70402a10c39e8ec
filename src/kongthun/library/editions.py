"""What the library holds, as values: works, their editions by day, and passages by their label."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models

from kongthun.domain.articles import Article
from kongthun.domain.thai_text import arabic_digits, mended

# The parts of a label that tell articles apart: numbers, and the old words for inserted articles.
_TELLING = re.compile(r"\d+(?:/\d+)*|ทวิ|ตรี|จัตวา|เบญจ")
_LATIN = {"ทวิ": "bis", "ตรี": "ter", "จัตวา": "quater", "เบญจ": "quinquies"}


class Kind(models.TextChoices):
    """What sort of work it is."""

    REGULATION = "regulation", "ระเบียบ"
    GUIDELINE = "guideline", "แนวทาง"
    LETTER = "letter", "หนังสือสั่งการ"
    LAW = "law", "กฎหมาย"


class Worth(models.TextChoices):
    """How far the words can be relied on."""

    CHECKED = "checked", "ตรงตามตัวบท ตรวจแล้ว"
    COPIED = "copied", "คัดจากตัวบท ยังไม่ได้ตรวจ"
    SUMMARY = "summary", "สรุปความ ยังไม่ได้ตรวจกับตัวบท"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an edition: an article under its label (ข้อ 21), or what no label is known of.

    ``key`` is its part of an address, alike in every edition for the same label.
    """

    place: int
    key: str
    label: str
    chapter: str
    words: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """A work as it reads from a day on, in the words of whoever brought it in.

    ``code`` names it within the work. ``pk`` is the row's key, empty for what the product comes
    with. ``replaces`` is the code of an edition that this one holds in better words.
    ``area_code`` is the area whose office added it; empty for the whole nation.
    """

    code: str
    work: str
    title: str
    short: str
    kind: Kind
    name: str
    starts_on: date
    is_day_known: bool
    worth: Worth
    source: str
    note: str
    area_code: str
    passages: tuple[Passage, ...] = ()
    pk: int | None = None
    replaces: str = ""
    evidence: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_note: str = ""

    @property
    def full_name(self) -> str:
        """How the edition is cited: the work in short and which edition."""
        return f"{self.short} {self.name}"

    @property
    def stands(self) -> bool:
        """Whether it was not taken down."""
        return self.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class Work:
    """A regulation, guideline, letter or law, with the editions of it that a reader may see."""

    slug: str
    title: str
    short: str
    kind: Kind
    editions: tuple[Edition, ...]


def key_of(label: str, place: int) -> str:
    """The part of an address that a label has in every edition; without label its place.

    >>> key_of("ข้อ ๒๖(๑)", 3), key_of("มาตรา 193/30", 1), key_of("ข้อ 5 ทวิ", 2), key_of("", 4)
    ('26-1', '193_30', '5-bis', 'p4')
    """
    telling = _TELLING.findall(arabic_digits(mended(label)))
    return "-".join(_LATIN.get(part, part.replace("/", "_")) for part in telling) or f"p{place}"


def applies_at(edition: Edition, places: Iterable[str]) -> bool:
    """Whether an edition counts at one of these areas: it is of that area, or of one above."""
    return any(place.startswith(edition.area_code) for place in places)


def in_force(editions: Iterable[Edition], day: date, places: Iterable[str]) -> Edition | None:
    """The edition that counts on a day at these areas.

    Of those that had begun the latest. Of two of one day the nearer office's, then the one added
    later. What another edition holds in better words does not count beside it.
    """
    places = tuple(places)
    standing = [each for each in editions if each.stands and applies_at(each, places)]
    replaced = {each.replaces for each in standing if each.replaces}
    begun = [each for each in standing if each.starts_on <= day and each.code not in replaced]
    return max(
        begun,
        key=lambda each: (each.starts_on, len(each.area_code), each.pk or 0),
        default=None,
    )


def as_articles(passages: Iterable[Passage]) -> list[Article]:
    """Passages as `kongthun.domain.articles` compares them."""
    return [Article(each.place, each.words, each.chapter) for each in passages]
