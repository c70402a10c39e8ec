"""Counting what is on the shelf, and holding it against the books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kongthun.accounts.reach import Reach
from kongthun.audit.actions import record_deed
from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.stock import LARGEST_QUANTITY
from kongthun.domain.thai_text import visible
from kongthun.ledger.actions import hold_pen
from kongthun.ledger.models import Fund

from ..models import StockMove
from ..refusals import (
    CountUnexplained,
    ItemTwice,
    NoLines,
    NoSuchItem,
    NotDone,
    NothingToValueBy,
    QuantityNotAboveZero,
    QuantityTooLarge,
    TooLittleToBook,
    TradeRefusal,
)
from .batches import Quantity
from .writing import (
    Booked,
    Move,
    Shelf,
    against_day,
    against_words,
    done_before,
    enter,
    entitlement,
    fingerprint,
    keep_note,
    next_paper,
    stock_account,
)

COUNTS = "น."
SHRINKAGE = "expense:shrinkage"
FOUND = "income:found"


@dataclass(frozen=True, slots=True)
class Difference:
    """More (above zero) or less of an item than the books said, and what that cost."""

    item_number: int
    quantity: int
    cost: Money


@dataclass(frozen=True, slots=True)
class StockCounted:
    """A count; without an entry when everything agreed."""

    entry: int | None
    document: str
    differences: tuple[Difference, ...]


def count_stock(
    counted: Sequence[Quantity], *, fund: Fund, on: date, note: str, key: str, by: Reach
) -> StockCounted | NotDone:
    """Hold what was counted at the end of a day against the books, and put the books right.

    What is missing costs the average and is an expense; what was found beyond the books is worth
    the average and is income. The note says what is known about it. Items not named were not
    counted; none left is said as nought.
    """
    said = fingerprint("count", counted, on, visible(note))
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = entitlement(fund, by)
        if not refusals and (before := done_before(held, key, "count_stock", said)) is not None:
            return before if isinstance(before, NotDone) else _counted(fund, before)
        shelf = Shelf(fund, (line.item_number for line in counted), on)
        refusals += [*against_day(held, on), *_against_count(shelf, counted)]
        differing = [
            (line.item_number, line.quantity - shelf.quantity_on_day(line.item_number))
            for line in counted
            if line.quantity != shelf.quantity_on_day(line.item_number)
        ]
        refusals += against_words(note, needed=False)
        if differing and not visible(note):
            refusals.append(CountUnexplained())
        refusals += _against_differences(shelf, differing)
        if refusals:
            return NotDone(tuple(refusals))
        if not differing:
            record_deed(
                "count_stock",
                user_id=by.user_id,
                area_code=fund.area_code,
                fund_id=fund.pk,
                subject="count",
                details={"on": on.isoformat(), "items": len(counted)},
            )
            return StockCounted(None, "", ())
        moves = [_move(shelf, number, difference) for number, difference in differing]
        missing = -total(move.cost for move in moves if move.quantity < 0)
        found = total(move.cost for move in moves if move.quantity > 0)
        lines = [Line(stock_account(move.item_number), move.cost) for move in moves if move.cost]
        lines += [Line(SHRINKAGE, missing)] if missing else []
        lines += [Line(FOUND, -found)] if found else []
        if not lines:
            return NotDone((TooLittleToBook(),))
        draft = Draft(
            Deed.GOODS_COUNTED,
            on,
            tuple(lines),
            key,
            "นับของแล้วปรับให้ตรง",
            next_paper(fund, COUNTS, Deed.GOODS_COUNTED),
        )
        done = enter(
            held, draft, by=by, audit="count_stock", said=said, subject=draft.document, moves=moves
        )
        if isinstance(done, NotDone):
            return done
        keep_note(fund, done.number, note)
        return _counted(fund, done)


# --- below the line ----------------------------------------------------------------------------


def _against_count(shelf: Shelf, counted: Sequence[Quantity]) -> list[TradeRefusal]:
    if not counted:
        return [NoLines()]
    found: list[TradeRefusal] = []
    numbers: set[int] = set()
    for line in counted:
        item = shelf.items.get(line.item_number)
        if item is None:
            found.append(NoSuchItem(line.item_number))
            continue
        if line.item_number in numbers:
            found.append(ItemTwice(item.name))
        numbers.add(line.item_number)
        if line.quantity < 0:
            found.append(QuantityNotAboveZero(item.name))
        elif line.quantity > LARGEST_QUANTITY:
            found.append(QuantityTooLarge(item.name))
    return found


def _against_differences(shelf: Shelf, differing: Sequence[tuple[int, int]]) -> list[TradeRefusal]:
    """What is missing must still be there to be missed; what was found must have a value."""
    found = shelf.not_enough([(number, -by) for number, by in differing if by < 0])
    for number, difference in differing:
        item = shelf.items.get(number)
        if item is not None and difference > 0 and shelf.stock(number).cost == ZERO:
            found.append(NothingToValueBy(item.name))
    return found


def _move(shelf: Shelf, item_number: int, difference: int) -> Move:
    if difference < 0:
        return shelf.take(item_number, -difference)
    return Move(item_number, difference, shelf.stock(item_number).worth_of(difference))


def _counted(fund: Fund, done: Booked) -> StockCounted:
    moves = StockMove.objects.filter(fund=fund, entry_number=done.number).order_by("number")
    differences = tuple(Difference(move.item_number, move.quantity, move.cost) for move in moves)
    return StockCounted(done.number, done.document, differences)
