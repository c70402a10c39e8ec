"""Searching articles, and what other floors hand in."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from kongthun.accounts.reach import Reach

from ..editions import Edition, Passage
from ..finding import Found, Source, folded, holds, words_typed
from ..models import AddedPassage
from ..wording import name_of
from .works import in_force_at, passage_of, places_of, works

# What a page shows; whoever finds more types another word.
MOST_FOUND = 60


def found(text: str, reach: Reach) -> list[Found]:
    """Articles and what other floors hand in that hold every word typed, in the reader's reach.

    Editions that count today come first, then earlier and later ones, then what other floors found.
    Three statements for the articles, and what the other floors need.
    """
    words = words_typed(text)
    if not words:
        return []
    articles = _articles(words, reach)
    return [*articles, *(each for source in sources() for each in source(text, reach))]


def searched(edition: Edition, passage: Passage) -> str:
    """What is searched of a passage: also the names it is known by."""
    said = (edition.title, edition.short, edition.name)
    return folded(" ".join((*said, passage.label, passage.chapter, passage.words)))


def sources() -> list[Source]:
    """What the settings name (`LIBRARY_SOURCES`); none where they name none."""
    names: Iterable[str] = getattr(settings, "LIBRARY_SOURCES", ())
    return [import_string(name) for name in names]


def _articles(words: tuple[str, ...], reach: Reach) -> list[Found]:
    places = places_of(reach)
    every = works(places)
    editions = [each for work in every for each in work.editions if each.stands]
    counting = {
        (work.slug, edition.code)
        for work in every
        if (edition := in_force_at(work, reach.day, places)) is not None
    }
    rows = _rows(words, [each for each in editions if each.pk is not None])
    hits: list[tuple[bool, Edition, Passage]] = []
    for edition in editions:
        counts = (edition.work, edition.code) in counting
        own = rows.get(edition.pk, []) if edition.pk else _shipped(words, edition)
        hits += [(counts, edition, passage) for passage in own]
    hits.sort(key=lambda hit: not hit[0])
    return [_as_found(*hit) for hit in hits[:MOST_FOUND]]


def _shipped(words: tuple[str, ...], edition: Edition) -> list[Passage]:
    return [each for each in edition.passages if holds(words, searched(edition, each))]


def _rows(words: tuple[str, ...], editions: list[Edition]) -> dict[int, list[Passage]]:
    """Passages that were added and hold every word, by edition. One statement, or none."""
    if not editions:
        return {}
    asked = AddedPassage.objects.filter(edition_id__in=[each.pk for each in editions])
    for word in words:
        asked = asked.filter(folded__contains=word)
    by_pk = {each.pk: each for each in editions}
    found: dict[int, list[Passage]] = {}
    for row in asked.order_by("edition_id", "place")[:MOST_FOUND]:
        found.setdefault(row.edition_id, []).append(passage_of(row, by_pk[row.edition_id]))
    return found


def _as_found(counts: bool, edition: Edition, passage: Passage) -> Found:
    title = f"{edition.full_name} {name_of(passage, edition)}"
    address = reverse("library:edition", args=[edition.work, edition.code])
    today = "" if counts else " · ไม่ใช่ฉบับที่ใช้วันนี้"
    kind = f"{edition.kind.label} · {edition.worth.label}{today}"
    return Found(title.strip(), passage.words, f"{address}#passage-{passage.key}", kind)
