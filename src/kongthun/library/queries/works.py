"""Works and editions that a reader may see, and which of them counts on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from kongthun.accounts.models import Appointment
from kongthun.accounts.reach import Deed, Reach
from kongthun.areas.models import NATION, Node
from kongthun.areas.queries import names_of, within

from ..editions import Edition, Kind, Passage, Work, Worth, in_force
from ..models import AddedEdition, AddedPassage
from ..texts import shipped


def places_of(reach: Reach) -> tuple[str, ...]:
    """The areas a reader belongs to: those held, and those of the groups held.

    One statement for people of a group, none for an office.
    """
    areas = {holding.area_code for holding in reach.holdings if holding.group_id is None}
    groups = {holding.group_id for holding in reach.holdings if holding.group_id is not None}
    if groups:
        # A group is a floor above; the appointment leads to it.
        held = Appointment.objects.filter(user_id=reach.user_id, group_id__in=groups)
        areas.update(held.values_list("group__area_code", flat=True))
    return tuple(sorted(areas))


def kept_places(reach: Reach) -> tuple[str, ...]:
    """The areas for which somebody may add editions, the widest first. No statement."""
    held = {holding.area_code for holding in reach.holding_with(Deed.KEEP_LIBRARY)}
    return tuple(sorted(held, key=lambda code: (len(code), code)))


def works(places: Sequence[str]) -> list[Work]:
    """Every work with the editions that may be seen at these areas. One statement.

    An edition is seen inside the area whose office added it, and by those above that area. What was
    taken down is among them, so that it can be read by those who relied on it.
    """
    rows = [edition_of(row) for row in _seen(places)]
    found = {work.slug: work for work in shipped()}
    for row in rows:
        known = found.get(row.work)
        own = (*known.editions, row) if known else (row,)
        found[row.work] = (
            replace(known, editions=own)
            if known
            else Work(row.work, row.title, row.short, row.kind, own)
        )
    order = list(Kind)
    return sorted(found.values(), key=lambda work: (order.index(work.kind), work.short))


def work_of(slug: str, places: Sequence[str]) -> Work | None:
    """One work with the editions that may be seen at these areas. One statement."""
    rows = tuple(edition_of(row) for row in _seen(places).filter(work=slug))
    known = next((work for work in shipped() if work.slug == slug), None)
    if known is not None:
        return replace(known, editions=(*known.editions, *rows))
    if not rows:
        return None
    return Work(slug, rows[0].title, rows[0].short, rows[0].kind, rows)


def edition_among(work: Work, code: str) -> Edition | None:
    """The edition of this code."""
    return next((each for each in work.editions if each.code == code), None)


def by_day(editions: Iterable[Edition]) -> list[Edition]:
    """Editions from the latest to the oldest."""
    return sorted(editions, key=lambda each: (each.starts_on, each.pk or 0), reverse=True)


def edition_before(work: Work, edition: Edition) -> Edition | None:
    """What an edition is held against: the one it replaces, or the one that began before it."""
    if edition.replaces:
        return edition_among(work, edition.replaces)
    earlier = [
        each
        for each in work.editions
        if each.code != edition.code and each.starts_on < edition.starts_on
    ]
    return max(
        (each for each in earlier if each.stands),
        key=lambda each: (each.starts_on, each.pk or 0),
        default=None,
    )


def in_force_at(work: Work, day: date, places: Sequence[str]) -> Edition | None:
    """The edition of a work that counts on a day for a reader of these areas."""
    return in_force(work.editions, day, places or (NATION,))


def passages_of(edition: Edition) -> tuple[Passage, ...]:
    """The passages of an edition in their order. One statement for a row, none otherwise."""
    if edition.pk is None:
        return edition.passages
    return tuple(
        passage_of(row, edition)
        for row in AddedPassage.objects.filter(edition_id=edition.pk).order_by("place")
    )


def passage_of(row: AddedPassage, edition: Edition) -> Passage:
    """A row as a value; its source is its edition's."""
    return Passage(row.place, row.key, row.label, row.chapter, row.words, edition.source)


def edition_of(row: AddedEdition) -> Edition:
    """A row as a value, without its passages."""
    return Edition(
        code=code_of(row.pk),
        work=row.work,
        title=row.title,
        short=row.short,
        kind=Kind(row.kind),
        name=row.name,
        starts_on=row.starts_on,
        is_day_known=True,
        worth=Worth(row.worth),
        source=row.source,
        note="",
        area_code=row.area_code,
        pk=row.pk,
        replaces=row.replaces,
        evidence=row.evidence,
        recorded_by=str(row.recorded_by or ""),
        recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_note=row.withdrawn_note,
    )


def area_words(codes: Iterable[str]) -> dict[str, str]:
    """Areas by code as people say them (อำเภอหัวไทร). One statement at most."""
    return {code: Node(code, name).full_name for code, name in names_of(codes).items()}


def code_of(pk: int) -> str:
    """How an edition that was added is named within its work."""
    return f"added-{pk}"


def seen_at(places: Sequence[str], field: str = "area_code") -> Q:
    """The condition that an edition of this area may be seen at these areas."""
    conditions = [_seen_at_one(place, field) for place in places or (NATION,)]
    if any(not condition for condition in conditions):  # the nation sees all
        return Q()
    return reduce(or_, conditions)


def _seen_at_one(place: str, field: str) -> Q:
    """Of that area, of one above it, or of one below it."""
    below = within(field, place)
    if not below:
        return below
    above = [place[:length] for length in range(0, len(place), 2)]
    return below | Q(**{f"{field}__in": above})


def _seen(places: Sequence[str]) -> QuerySet[AddedEdition]:
    rows = AddedEdition.objects.filter(seen_at(places)).select_related("recorded_by")
    return rows.order_by("pk")
