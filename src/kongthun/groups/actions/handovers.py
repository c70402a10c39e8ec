"""Handing over: one committee to the next, thing by thing, until both sides sign.

What the books say of each thing is given in by who knows the books (docs/rules/committee.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.audit.papers import keep_paper
from kongthun.db.numbers import next_number
from kongthun.domain.thai_text import name_key, visible

from ..handover_refusals import (
    HandoverOpen,
    HandoverRefusal,
    HandoverSigned,
    HandoverTextTooLong,
    MissingUnsaid,
    NoSuchHandover,
    NotDone,
    NothingToHandOver,
    NotLookedAt,
    SameSetTwice,
    SignatureMissing,
    SignsTwice,
    ThingListedAlready,
    ThingUnknown,
    ThingUnnamed,
)
from ..models import Group, Handover, HandoverItem
from ..refusals import InTheFuture
from .groups import hold_group

LONGEST_WORDS = 200
LONGEST_FIGURE = 100
LONGEST_NAME = 150


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing to hand over and what the books say of it, such as a passbook and its balance."""

    words: str
    by_the_books: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Whether a thing was there, and how it was found."""

    is_there: bool | None
    as_found: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Between whom, as the paper is signed. Names may be filled in until then."""

    from_set: int | None
    to_set: int | None
    given_by: str = ""
    taken_by: str = ""
    witnessed_by: str = ""


@dataclass(frozen=True, slots=True)
class HandoverKept:
    """The handover stands as asked, under its number in the group."""

    number: int


@transaction.atomic
def draft_handover(
    *, group: Group, sides: Sides, things: Sequence[Thing], on: date, by: Reach
) -> HandoverKept | NotDone:
    """Draw up the list of what is handed over on a day; nothing is found to be there yet.

    One list at a time waits to be signed, so that a form sent twice draws up one.
    """
    hold_group(group)
    refusals = [*_entitled(group, by), *_sides_against(sides, on, by)]
    waiting = Handover.objects.filter(group=group, signed_at=None).first()
    if waiting is not None:
        refusals.append(HandoverOpen(waiting.number, waiting.handed_on))
    if not things:
        refusals.append(NothingToHandOver())
    seen: set[str] = set()
    for place, thing in enumerate(things, start=1):
        refusals.extend(_thing_against(thing))
        if visible(thing.words) in seen:
            refusals.append(ThingListedAlready(place))
        seen.add(visible(thing.words))
    if refusals:
        return NotDone(tuple(refusals))
    number = next_number(Handover, group=group)
    Handover.objects.create(
        group=group,
        number=number,
        **_columns(sides, on),
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    HandoverItem.objects.bulk_create(
        _row(group, number, place, thing) for place, thing in enumerate(things, start=1)
    )
    _record("draft_handover", group, by, number, handed_on=on.isoformat(), things=len(things))
    return HandoverKept(number)


@transaction.atomic
def change_handover(
    *,
    group: Group,
    number: int,
    sides: Sides,
    on: date,
    books: Mapping[str, str],
    by: Reach,
) -> HandoverKept | NotDone:
    """Put the day and the names of a draft right.

    ``books`` is what the books say on the new day, by the words of each thing; things that it does
    not name keep what they have.
    """
    draft, refusals = _draft(group, number, by)
    refusals.extend(_sides_against(sides, on, by))
    if refusals or draft is None:
        return NotDone(tuple(refusals))
    _rows(draft).update(**_columns(sides, on))
    for item in _items(draft):
        figure = books.get(item.words)
        if figure is not None and figure != item.by_the_books:
            _items(draft).filter(place=item.place).update(by_the_books=figure)
    _record("change_handover", group, by, number, handed_on=on.isoformat())
    return HandoverKept(number)


@transaction.atomic
def add_thing(*, group: Group, number: int, thing: Thing, by: Reach) -> HandoverKept | NotDone:
    """Add a thing at the end of a draft."""
    draft, refusals = _draft(group, number, by)
    refusals.extend(_thing_against(thing))
    if draft is not None:
        same = _items(draft).filter(words=visible(thing.words)).first()
        if same is not None:
            refusals.append(ThingListedAlready(same.place))
    if refusals or draft is None:
        return NotDone(tuple(refusals))
    last = _items(draft).aggregate(last=Max("place"))["last"] or 0
    _row(group, number, last + 1, thing).save(force_insert=True)
    _record("add_thing", group, by, number, place=last + 1)
    return HandoverKept(number)


@transaction.atomic
def take_out_thing(*, group: Group, number: int, place: int, by: Reach) -> HandoverKept | NotDone:
    """Take a thing out of a draft: the group does not have it. Those after it move up."""
    draft, refusals = _draft(group, number, by)
    later = list(_items(draft).filter(place__gte=place)) if draft is not None else []
    if draft is not None and (not later or later[0].place != place):
        refusals.append(ThingUnknown(place))
    if refusals or draft is None:
        return NotDone(tuple(refusals))
    _items(draft).filter(place__gte=place).delete()
    moved = later[1:]
    for item in moved:
        item.place -= 1
    HandoverItem.objects.bulk_create(moved)
    _record("take_out_thing", group, by, number, place=place)
    return HandoverKept(number)


@transaction.atomic
def note_found(
    *, group: Group, number: int, found: Mapping[int, Found], by: Reach
) -> HandoverKept | NotDone:
    """Write down what was there, place by place; places not named stay as they are."""
    draft, refusals = _draft(group, number, by)
    places = {item.place for item in _items(draft)} if draft is not None else set()
    for place, each in found.items():
        if draft is not None and place not in places:
            refusals.append(ThingUnknown(place))
        if len(visible(each.as_found)) > LONGEST_FIGURE:
            refusals.append(HandoverTextTooLong(f"ที่พบของรายการที่ {place} ", LONGEST_FIGURE))
    if refusals or draft is None:
        return NotDone(tuple(refusals))
    for place, each in found.items():
        _items(draft).filter(place=place).update(
            is_there=each.is_there, as_found=visible(each.as_found)
        )
    _record("note_found", group, by, number, things=len(found))
    return HandoverKept(number)


@transaction.atomic
def keep_signed_sheet(
    *, group: Group, number: int, file: Path, by: Reach
) -> HandoverKept | NotDone:
    """Keep a photo or PDF of the signed paper with a draft. One kept before stays kept, unnamed."""
    draft, refusals = _draft(group, number, by)
    if refusals or draft is None:
        return NotDone(tuple(refusals))
    sha256 = keep_paper(
        file,
        fund_id=group.pk,
        area_code=group.area_code,
        subject=f"handover {number}",
        user_id=by.user_id,
    )
    _rows(draft).update(evidence=sha256)
    _record("keep_signed_sheet", group, by, number, sha256=sha256)
    return HandoverKept(number)


@transaction.atomic
def sign_handover(*, group: Group, number: int, by: Reach) -> HandoverKept | NotDone:
    """Both sides have signed: from then on nothing in the handover changes.

    Everything has been looked at, and of what was not there something is said. A thing that is
    missing does not hinder signing: that it was missing is what the paper is for.
    """
    draft, refusals = _draft(group, number, by)
    if draft is not None:
        items = list(_items(draft))
        if not items:
            refusals.append(NothingToHandOver())
        unseen = tuple(item.place for item in items if item.is_there is None)
        if unseen:
            refusals.append(NotLookedAt(unseen))
        unsaid = tuple(item.place for item in items if item.is_there is False and not item.as_found)
        if unsaid:
            refusals.append(MissingUnsaid(unsaid))
        refusals.extend(_signatures_against(draft))
    if refusals or draft is None:
        return NotDone(tuple(refusals))
    _rows(draft).update(signed_at=timezone.now())
    missing = sum(item.is_there is False for item in items)
    _record("sign_handover", group, by, number, things=len(items), missing=missing)
    return HandoverKept(number)


# --- below the line -------------------------------------------------------------------------


def _entitled(group: Group, by: Reach) -> list[HandoverRefusal]:
    # Those who hold meetings: both committees, or the field worker for them.
    return list(by.refusals(Deed.HOLD_MEETINGS, area_code=group.area_code, group_id=group.pk))


def _draft(group: Group, number: int, by: Reach) -> tuple[Handover | None, list[HandoverRefusal]]:
    """The draft to write in, or why there is none, with whether this is theirs to do."""
    hold_group(group)
    refusals = _entitled(group, by)
    found = Handover.objects.filter(group=group, number=number).first()
    if found is None:
        return None, [*refusals, NoSuchHandover(number)]
    if found.signed_at is not None:
        return None, [*refusals, HandoverSigned(number)]
    return found, refusals


def _rows(draft: Handover) -> QuerySet[Handover]:
    return Handover.objects.filter(group_id=draft.group_id, number=draft.number)


def _items(draft: Handover) -> QuerySet[HandoverItem]:
    return HandoverItem.objects.filter(
        group_id=draft.group_id, handover_number=draft.number
    ).order_by("place")


def _row(group: Group, number: int, place: int, thing: Thing) -> HandoverItem:
    return HandoverItem(
        group=group,
        handover_number=number,
        place=place,
        words=visible(thing.words),
        by_the_books=visible(thing.by_the_books),
    )


def _columns(sides: Sides, on: date) -> dict[str, object]:
    return {
        "from_set": sides.from_set,
        "to_set": sides.to_set,
        "handed_on": on,
        "given_by": visible(sides.given_by),
        "taken_by": visible(sides.taken_by),
        "witnessed_by": visible(sides.witnessed_by),
    }


def _sides_against(sides: Sides, on: date, by: Reach) -> list[HandoverRefusal]:
    refusals: list[HandoverRefusal] = [InTheFuture(on)] if on > by.day else []
    if sides.from_set is not None and sides.from_set == sides.to_set:
        refusals.append(SameSetTwice(sides.from_set))
    names = (sides.given_by, sides.taken_by, sides.witnessed_by)
    if any(len(visible(name)) > LONGEST_NAME for name in names):
        refusals.append(HandoverTextTooLong("ชื่อผู้ลงนาม", LONGEST_NAME))
    return refusals


def _thing_against(thing: Thing) -> list[HandoverRefusal]:
    refusals: list[HandoverRefusal] = [] if visible(thing.words) else [ThingUnnamed()]
    if len(visible(thing.words)) > LONGEST_WORDS:
        refusals.append(HandoverTextTooLong("ชื่อสิ่งที่ส่งมอบ", LONGEST_WORDS))
    if len(visible(thing.by_the_books)) > LONGEST_FIGURE:
        refusals.append(HandoverTextTooLong("ตามบัญชี", LONGEST_FIGURE))
    return refusals


def _signatures_against(draft: Handover) -> Iterable[HandoverRefusal]:
    if not name_key(draft.given_by):
        yield SignatureMissing(gives=True)
    if not name_key(draft.taken_by):
        yield SignatureMissing(gives=False)
    seen: set[str] = set()
    for name in (draft.given_by, draft.taken_by, draft.witnessed_by):
        key = name_key(name)
        if key and key in seen:
            yield SignsTwice(name)
        seen.add(key)


def _record(deed: str, group: Group, by: Reach, number: int, **details: object) -> None:
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"handover {number}",
        details=details,
    )
