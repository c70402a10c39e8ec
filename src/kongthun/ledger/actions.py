"""Writing the books. Only here is an entry written, and only with the fund's pen in hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kongthun.domain.chain import Head, SealedEntry, as_lines, seal
from kongthun.domain.fund_position import movements
from kongthun.domain.journal import (
    Deed,
    Draft,
    EntryRefusal,
    KeyTwice,
    YearClosed,
    refusals_of,
    reversal_of,
)

from . import pen
from .charts import chart
from .models import Entry, Fund, Line, Position


@dataclass(frozen=True, slots=True)
class Posted:
    """What was written: the numbers, in the order handed in. Keys seen before keep theirs."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeyTaken:
    """The same idempotency key was used for something else in this fund."""

    key: str
    number: int


@dataclass(frozen=True, slots=True)
class AlreadyReversed:
    """The entry was taken back before."""

    number: int
    by: int


@dataclass(frozen=True, slots=True)
class NoSuchEntry:
    """The fund has no entry of this number."""

    number: int


BookRefusal = EntryRefusal | KeyTaken | AlreadyReversed | NoSuchEntry


@dataclass(frozen=True, slots=True)
class NotPosted:
    """Nothing was written, for all these reasons together."""

    refusals: tuple[BookRefusal, ...]


@dataclass(frozen=True, slots=True)
class Pen:
    """A fund's pen, held until the transaction ends: where the chain ended, which keys it knows.

    Nothing is written on a day up to ``closed_until``: that year was closed and shared out.
    """

    fund: Fund
    head: Head
    known: dict[str, int]
    closed_until: date | None = None

    def after(self, entry: SealedEntry) -> Pen:
        """The same pen once this entry is written."""
        known = self.known | {entry.draft.key: entry.number}
        return Pen(self.fund, Head(entry.number, entry.link), known, self.closed_until)


def open_books(*, group_id: int, code: str, area_code: str, chart_code: str, name: str) -> Fund:
    """Open a group's books: an empty chain and nothing in every place. Idempotent."""
    with transaction.atomic():
        fund, is_new = Fund.objects.get_or_create(
            group_id=group_id,
            defaults={"code": code, "area_code": area_code, "chart": chart_code, "name": name},
        )
        if is_new:
            Position.objects.create(fund=fund)
    return fund


def post_entry(
    draft: Draft,
    *,
    fund: Fund,
    recorded_by: int | None,
    recorded_at: datetime | None = None,
) -> Posted | NotPosted:
    """Write one entry. The same key again writes nothing and answers with the first number."""
    return post_entries([draft], fund=fund, recorded_by=recorded_by, recorded_at=recorded_at)


def post_entries(
    drafts: Sequence[Draft],
    *,
    fund: Fund,
    recorded_by: int | None,
    recorded_at: datetime | None = None,
) -> Posted | NotPosted:
    """Write entries into one fund, all or none, in the order given.

    ``recorded_at`` is the moment we learn of them; now, unless a history is being brought in.
    """
    moment = recorded_at or timezone.now()
    refusals = _refusals(fund, drafts, moment)
    if refusals:
        return NotPosted(tuple(refusals))
    with transaction.atomic():
        held = hold_pen(fund, [draft.key for draft in drafts])
        if held.known:
            refusals.extend(_keys_used_for_something_else(fund.pk, drafts, held.known))
            if refusals:
                return NotPosted(tuple(refusals))
        new = [draft for draft in drafts if draft.key not in held.known]
        refusals.extend(_in_closed_year(new, held.closed_until))
        if refusals:
            return NotPosted(tuple(refusals))
        sealed = _write_on(held, new, moment, recorded_by)
    numbers = held.known | {entry.draft.key: entry.number for entry in sealed}
    return Posted(tuple(numbers[draft.key] for draft in drafts))


def hold_pen(fund: Fund, keys: Sequence[str]) -> Pen:
    """Wait for the fund's pen, and see which of these keys its books know. In a transaction.

    For deeds that read before they write: nobody else writes this fund until the transaction ends.
    """
    taken = pen.take_and_find(fund.pk, keys)
    return Pen(fund, taken.head, taken.known, taken.closed_until)


def write_down(
    held: Pen, draft: Draft, *, recorded_by: int | None, recorded_at: datetime
) -> SealedEntry | NotPosted:
    """Write one entry with the pen in hand. Its key must be new; go on with `Pen.after` it."""
    refusals = _refusals(held.fund, [draft], recorded_at)
    if draft.key in held.known:
        refusals.append(KeyTaken(draft.key, held.known[draft.key]))
    refusals.extend(_in_closed_year([draft], held.closed_until))
    if refusals:
        return NotPosted(tuple(refusals))
    (sealed,) = _write_on(held, [draft], recorded_at, recorded_by)
    return sealed


def _refusals(fund: Fund, drafts: Sequence[Draft], moment: datetime) -> list[BookRefusal]:
    kinds = chart(fund.chart).kinds
    today = timezone.localdate(moment)
    refusals: list[BookRefusal] = []
    keys: set[str] = set()
    for draft in drafts:
        refusals.extend(refusals_of(draft, kinds=kinds, today=today))
        if draft.key in keys:
            refusals.append(KeyTwice(draft.key))
        keys.add(draft.key)
    return refusals


def close_books_until(held: Pen, day: date | None) -> None:
    """Close the fund's books up to a day, or open them again. Holding the pen, in a transaction.

    For the deed that closes a year and the one that takes a closing back; nobody else moves it.
    """
    Position.objects.filter(fund=held.fund).update(closed_until=day)


def _in_closed_year(drafts: Sequence[Draft], closed_until: date | None) -> list[YearClosed]:
    if closed_until is None:
        return []
    return [
        YearClosed(draft.happened_on, closed_until)
        for draft in drafts
        if draft.happened_on <= closed_until
    ]


def _write_on(
    held: Pen, drafts: Sequence[Draft], moment: datetime, recorded_by: int | None
) -> list[SealedEntry]:
    fund = held.fund
    sealed = list(seal(fund.code, held.head, drafts, recorded_at=moment, recorded_by=recorded_by))
    if sealed:
        _write(fund.pk, sealed)
    return sealed


def reverse_entry(
    number: int,
    *,
    fund: Fund,
    reason: str,
    key: str,
    recorded_by: int | None,
    recorded_at: datetime | None = None,
) -> Posted | NotPosted:
    """Take an entry back by its mirror image. The entry itself stays readable for ever."""
    with transaction.atomic():
        pen.take(fund.pk)
        entry = Entry.objects.filter(fund=fund, number=number).first()
        if entry is None:
            return NotPosted((NoSuchEntry(number),))
        earlier = Entry.objects.filter(fund=fund, reverses=number).first()
        if earlier is not None and earlier.key != key:
            return NotPosted((AlreadyReversed(number, earlier.number),))
        draft = reversal_of(
            number,
            Deed(entry.deed),
            as_lines(_lines_of(fund.pk, number)),
            happened_on=entry.happened_on,
            key=key,
            memo=reason,
            document=entry.document,
        )
        return post_entry(draft, fund=fund, recorded_by=recorded_by, recorded_at=recorded_at)


def _lines_of(fund_id: int, number: int) -> list[tuple[str, int]]:
    rows = Line.objects.filter(fund_id=fund_id, entry_number=number).order_by("place")
    return [(line.account, line.amount.satang) for line in rows]


def _keys_used_for_something_else(
    fund_id: int, drafts: Sequence[Draft], known: dict[str, int]
) -> list[KeyTaken]:
    """A retry must be a retry: same key, same day, same money, same entry taken back."""
    taken = []
    for draft in drafts:
        number = known.get(draft.key)
        if number is None:
            continue
        entry = Entry.objects.get(fund_id=fund_id, number=number)
        is_same = (
            entry.deed == draft.deed
            and entry.happened_on == draft.happened_on
            and entry.reverses == draft.reverses
            and _lines_of(fund_id, number) == [(a, m.satang) for a, m in draft.lines]
        )
        if not is_same:
            taken.append(KeyTaken(draft.key, number))
    return taken


def _write(fund_id: int, sealed: Sequence[SealedEntry]) -> None:
    """Lines, entries, balances and position: one set of facts, written together."""
    moved: dict[str, int] = {}
    balances: dict[str, int] = {}
    for entry in sealed:
        for place, satang in movements(entry.draft.deed, entry.draft.lines).items():
            moved[place] = moved.get(place, 0) + satang
        for account, amount in entry.draft.lines:
            balances[account] = balances.get(account, 0) + amount.satang
    last = sealed[-1]
    pen.write(fund_id, sealed, balances, moved, Head(last.number, last.link))
