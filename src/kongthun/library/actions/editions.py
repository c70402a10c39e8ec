"""An office adds an edition, hands in its paper, or takes it down. Nothing is changed.

(docs/rules/library.md)
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, NotEntitled, Reach
from kongthun.audit.actions import keep_evidence, record_deed, sha256_of
from kongthun.domain.thai_text import visible

from .. import refusals as why
from ..editions import Edition, Kind, Passage, Work, Worth, applies_at
from ..models import AddedEdition, AddedPassage
from ..pasted import read_pasted
from ..queries.search import searched
from ..queries.works import edition_of, work_of, works
from ..refusals import LibraryRefusal, NotDone
from ..wording import ARTICLE, CHAPTER, NAME, NOTE, SOURCE, TEXT, TITLE

LONGEST_TITLE = 200
LONGEST_SHORT = 60
LONGEST_NAME = 120
LONGEST_SOURCE = 200
LONGEST_NOTE = 300
LONGEST_CHAPTER = 200
LONGEST_ARTICLE = 20_000
LONGEST_TEXT = 400_000
MOST_ARTICLES = 500


@dataclass(frozen=True, slots=True)
class EditionAdded:
    """The edition stands, with this many passages."""

    pk: int
    work: str
    passages: int


@dataclass(frozen=True, slots=True)
class EditionTakenDown:
    """The edition counts for nothing any more and stays readable."""

    pk: int


@dataclass(frozen=True, slots=True)
class PaperKept:
    """The paper of an edition is kept under its content."""

    pk: int
    sha256: str


@transaction.atomic
def add_edition(
    *,
    area_code: str,
    work: str,
    title: str,
    kind: Kind,
    name: str,
    starts_on: date,
    worth: Worth,
    source: str,
    text: str,
    by: Reach,
    replaces: str = "",
) -> EditionAdded | NotDone:
    """Add an edition of a work that is there (``work`` its slug), or of a new one by its title.

    ``text`` is read into articles as `read_pasted` does. A title that the library knows already is
    that work. ``replaces`` is the code of an edition that this one says in better words.
    """
    refusals: list[LibraryRefusal] = list(_may_keep(by, area_code))
    known = _known_work(work, title, area_code)
    if work and known is None:
        refusals.append(why.WorkUnknown(work))
    if not work and known is None:
        refusals += _faults_of_words(TITLE, title, LONGEST_TITLE)
    refusals += _faults_of_words(NAME, name, LONGEST_NAME)
    refusals += _faults_of_words(SOURCE, source, LONGEST_SOURCE)
    if replaces and not _counts_here(known, replaces, area_code):
        refusals.append(why.ReplacedUnknown(replaces))
    slug = known.slug if known else slug_of(title)
    if _is_there(slug, area_code, name, starts_on):
        refusals.append(why.EditionThere(visible(name)))
    passages: tuple[Passage, ...] = ()
    if len(text) > LONGEST_TEXT:
        refusals.append(why.WordsTooLong(TEXT, LONGEST_TEXT))
    else:
        passages = read_pasted(text)
        refusals += _faults_of_passages(passages)
    if refusals:
        return NotDone(tuple(refusals))
    row = AddedEdition.objects.create(
        area_code=area_code,
        work=slug,
        title=known.title if known else visible(title),
        short=known.short if known else visible(title)[:LONGEST_SHORT],
        kind=known.kind if known else kind,
        name=visible(name),
        starts_on=starts_on,
        worth=worth,
        source=visible(source),
        replaces=replaces,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    _write_passages(row, passages)
    _write_down("add_edition", row, by, {"work": slug, "passages": len(passages)})
    return EditionAdded(row.pk, slug, len(passages))


def rehearse_edition(
    *,
    area_code: str,
    work: str,
    title: str,
    kind: Kind,
    name: str,
    starts_on: date,
    worth: Worth,
    source: str,
    text: str,
    by: Reach,
    replaces: str = "",
) -> tuple[Passage, ...] | NotDone:
    """What `add_edition` would keep of the same, or why it would not. Nothing stays written."""
    with transaction.atomic():
        done = add_edition(
            area_code=area_code,
            work=work,
            title=title,
            kind=kind,
            name=name,
            starts_on=starts_on,
            worth=worth,
            source=source,
            text=text,
            by=by,
            replaces=replaces,
        )
        transaction.set_rollback(True)
    return done if isinstance(done, NotDone) else read_pasted(text)


@transaction.atomic
def keep_edition_paper(*, pk: int, paper: Path, by: Reach) -> PaperKept | NotDone:
    """Keep the paper (PDF) that an edition was taken from. Once; another paper, another edition."""
    row = _held(pk)
    refusals = _against(row, pk, by)
    if row is not None and row.evidence:
        refusals.append(why.PaperThere(row.name))
    if row is None or refusals:
        return NotDone(tuple(refusals))
    sha256 = sha256_of(paper)
    keep_evidence(paper, sha256)
    AddedEdition.objects.filter(pk=pk).update(evidence=sha256)
    _write_down("keep_edition_paper", row, by, {"sha256": sha256})
    return PaperKept(pk, sha256)


@transaction.atomic
def take_edition_down(*, pk: int, note: str, by: Reach) -> EditionTakenDown | NotDone:
    """Take an edition down, saying why; what counted before it counts again."""
    row = _held(pk)
    refusals = [*_against(row, pk, by), *_faults_of_words(NOTE, note, LONGEST_NOTE)]
    if row is None or refusals:
        return NotDone(tuple(refusals))
    AddedEdition.objects.filter(pk=pk).update(
        withdrawn_at=timezone.now(), withdrawn_by_id=by.user_id, withdrawn_note=visible(note)
    )
    _write_down("take_edition_down", row, by, {})
    return EditionTakenDown(pk)


def slug_of(title: str) -> str:
    """The address of a new work: the same for the same title, whoever adds it."""
    return f"w-{hashlib.sha256(visible(title).encode()).hexdigest()[:12]}"


# ---- below the line ------------------------------------------------------------------------------


def _may_keep(by: Reach, area_code: str) -> list[NotEntitled]:
    return by.refusals(Deed.KEEP_LIBRARY, area_code=area_code)


def _held(pk: int) -> AddedEdition | None:
    return AddedEdition.objects.select_for_update().filter(pk=pk).first()


def _against(row: AddedEdition | None, pk: int, by: Reach) -> list[LibraryRefusal]:
    """What stands against doing anything with this edition."""
    if row is None:
        return [why.EditionUnknown(pk)]
    refusals: list[LibraryRefusal] = list(_may_keep(by, row.area_code))
    if row.withdrawn_at is not None:
        refusals.append(why.TakenDown(row.name))
    return refusals


def _known_work(slug: str, title: str, area_code: str) -> Work | None:
    if slug:
        return work_of(slug, (area_code,))
    said = visible(title)
    return next((each for each in works((area_code,)) if said in {each.title, each.short}), None)


def _counts_here(work: Work | None, code: str, area_code: str) -> bool:
    return work is not None and any(
        each.code == code and each.stands and applies_at(each, (area_code,))
        for each in work.editions
    )


def _is_there(slug: str, area_code: str, name: str, starts_on: date) -> bool:
    return AddedEdition.objects.filter(
        work=slug,
        area_code=area_code,
        name=visible(name),
        starts_on=starts_on,
        withdrawn_at__isnull=True,
    ).exists()


def _faults_of_words(what: str, words: str, longest: int) -> list[LibraryRefusal]:
    if not visible(words):
        return [why.WordsMissing(what)]
    return [why.WordsTooLong(what, longest)] if len(visible(words)) > longest else []


def _faults_of_passages(passages: Iterable[Passage]) -> list[LibraryRefusal]:
    passages = tuple(passages)
    if not passages:
        return [why.NothingRead()]
    refusals: list[LibraryRefusal] = []
    if len(passages) > MOST_ARTICLES:
        refusals.append(why.TooManyArticles(len(passages), MOST_ARTICLES))
    for each in passages:
        if not each.words:
            refusals.append(why.ArticleEmpty(each.label))
        if len(each.words) > LONGEST_ARTICLE:
            refusals.append(why.WordsTooLong(ARTICLE, LONGEST_ARTICLE, each.label))
        if len(each.chapter) > LONGEST_CHAPTER:
            refusals.append(why.WordsTooLong(CHAPTER, LONGEST_CHAPTER, each.label))
    keys = Counter(each.key for each in passages)
    twice = dict.fromkeys(each.label for each in passages if keys[each.key] > 1)
    return [*refusals, *(why.LabelTwice(label) for label in twice)]


def _write_passages(row: AddedEdition, passages: Iterable[Passage]) -> None:
    edition: Edition = edition_of(row)
    AddedPassage.objects.bulk_create(
        AddedPassage(
            edition=row,
            area_code=row.area_code,
            place=each.place,
            key=each.key,
            label=each.label,
            chapter=each.chapter,
            words=each.words,
            folded=searched(edition, each),
        )
        for each in passages
    )


def _write_down(deed: str, row: AddedEdition, by: Reach, details: dict[str, object]) -> None:
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=row.area_code,
        subject=f"edition {row.pk}",
        details=details,
    )
