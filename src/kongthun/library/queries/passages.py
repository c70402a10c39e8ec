"""A passage by its label on a day, and what a citation leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kongthun.areas.models import NATION
from kongthun.domain.thai_text import arabic_digits

from ..editions import Edition, Passage, Work, Worth, applies_at, key_of
from ..finding import folded
from ..models import AddedPassage
from .works import by_day, in_force_at, passage_of, passages_of, work_of, works


@dataclass(frozen=True, slots=True)
class PassageOn:
    """A passage in the edition that counts on a day."""

    edition: Edition
    passage: Passage

    @property
    def cited(self) -> str:
        """How a letter cites it, never without saying how far the words can be relied on."""
        label = f" {self.passage.label}" if self.passage.label else ""
        named = f"{self.edition.full_name}{label}"
        if self.edition.worth is Worth.CHECKED:
            return named
        return f"{named} ({self.edition.worth.label})"


def article_on(regulation: str, label: str, day: date, *, at: str = NATION) -> PassageOn | None:
    """The article of a work under a label (ข้อ 21) on a day, as it counts at an area.

    A part of an article (ข้อ 26(1)) is answered with the article where its parts have no passages
    of their own. None where the work, an edition of that day or the label is not in the library;
    nothing is ever guessed. Two statements at most.
    """
    work = work_of(regulation, (at,))
    edition = in_force_at(work, day, (at,)) if work else None
    return passage_in(edition, key_of(label, 0)) if edition else None


def passage_on(work: Work, key: str, day: date, places: Sequence[str]) -> PassageOn | None:
    """The passage of a key in the edition that counts on a day. One statement at most."""
    edition = in_force_at(work, day, places)
    return passage_in(edition, key) if edition else None


def passage_in(edition: Edition, key: str) -> PassageOn | None:
    """The passage of a key in one edition, or of the article it is a part of. One statement."""
    by_key = {each.key: each for each in passages_of(edition)}
    found = by_key.get(key) or by_key.get(_article_of(key))
    return PassageOn(edition, found) if found else None


def passages_meant(edition: Edition, key: str) -> list[PassageOn]:
    """The passage of a key; where there are only parts of that article, those. One statement."""
    return _meant(edition, key, passages_of(edition))


def _meant(edition: Edition, key: str, passages: Sequence[Passage]) -> list[PassageOn]:
    by_key = {each.key: each for each in passages}
    own = by_key.get(key) or by_key.get(_article_of(key))
    if own is not None:
        return [PassageOn(edition, own)]
    return [PassageOn(edition, each) for each in passages if _article_of(each.key) == key]


def _with_own(editions: Sequence[Edition], key: str) -> list[tuple[Edition, list[Passage]]]:
    """Editions with those passages that a key may mean. One statement."""
    rows = AddedPassage.objects.filter(
        Q(key__in=[key, _article_of(key)]) | Q(key__startswith=f"{key}-"),
        edition_id__in=[each.pk for each in editions if each.pk is not None],
    )
    added: dict[int, list[AddedPassage]] = {}
    for row in rows.order_by("edition_id", "place"):
        added.setdefault(row.edition_id, []).append(row)
    return [
        (
            each,
            [*each.passages]
            if each.pk is None
            else [passage_of(row, each) for row in added.get(each.pk, [])],
        )
        for each in editions
    ]


def _article_of(key: str) -> str:
    """The key of the article that a part belongs to; nothing for an article."""
    article, _, part = key.rpartition("-")
    return article if part.isdigit() else ""


def in_every_edition(work: Work, key: str) -> list[PassageOn]:
    """A passage through all editions that stand, the latest first. One statement."""
    editions = [each for each in by_day(work.editions) if each.stands]
    return [found for each, own in _with_own(editions, key) for found in _meant(each, key, own)]


def in_every_work(label: str, day: date, places: Sequence[str]) -> list[PassageOn]:
    """Every passage that a label may mean, in the editions that count on a day. Two statements.

    ข้อ 7 is not มาตรา 7.
    """
    key, what = key_of(label, 0), folded(label.split(maxsplit=1)[0])
    counting = [in_force_at(work, day, places) for work in works(places)]
    editions = [each for each in counting if each is not None]
    found = [one for each, own in _with_own(editions, key) for one in _meant(each, key, own)]
    return [each for each in found if folded(each.passage.label).startswith(what)]


def edition_of_year(work: Work, year: str, day: date, places: Sequence[str]) -> Edition | None:
    """The edition that names a พ.ศ.; without a year, or where none does, the one of the day.

    Of two that name it the one that counts on the day, else the one that began last.
    """
    counting = in_force_at(work, day, places)
    if not year or (counting is not None and year in arabic_digits(counting.name)):
        return counting
    replaced = {each.replaces for each in work.editions if each.stands}
    named = [
        each
        for each in by_day(work.editions)
        if each.stands
        and each.code not in replaced
        and applies_at(each, places or (NATION,))
        and year in arabic_digits(each.name)
    ]
    return named[0] if named else counting
