"""Reading rounds of production: what went in, what came of it, what a unit cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kongthun.domain.journal import AccountKind
from kongthun.domain.money import Money, total
from kongthun.domain.stock import quantity_text, unit_cost
from kongthun.ledger.models import Entry
from kongthun.ledger.models import Line as WrittenLine

from ..models import Batch, Item, StockMove, TradeNote


@dataclass(frozen=True, slots=True)
class BatchLine:
    """Materials that went into a batch, or goods that came of it."""

    item: Item
    quantity: int
    cost: Money
    on: date
    entry: int

    @property
    def quantity_words(self) -> str:
        """With its unit."""
        return f"{quantity_text(self.quantity)} {self.item.unit}"

    @property
    def unit_cost(self) -> Money:
        """What one unit cost, to the nearest satang."""
        return unit_cost(self.cost, self.quantity)


@dataclass(frozen=True, slots=True)
class BatchCost:
    """What a batch cost besides materials."""

    words: str
    cost: Money
    on: date
    entry: int


@dataclass(frozen=True, slots=True)
class BatchSheet:
    """A round of production with all that stands of it; what was taken back is left out."""

    batch: Batch
    inputs: tuple[BatchLine, ...]
    costs: tuple[BatchCost, ...]
    outputs: tuple[BatchLine, ...]

    @property
    def number(self) -> int:
        """รอบที่."""
        return self.batch.number

    @property
    def cost(self) -> Money:
        """All that went in so far."""
        return total(line.cost for line in self.inputs) + total(each.cost for each in self.costs)

    @property
    def is_finished(self) -> bool:
        """Whether its output is in stock."""
        return self.batch.finished_on is not None


def batch_sheets(
    fund_id: int, *, only_open: bool = False, number: int | None = None
) -> list[BatchSheet]:
    """Rounds of production, the latest first. Ten statements, however many."""
    rows = Batch.objects.filter(fund_id=fund_id).order_by("-number")
    if only_open:
        rows = rows.filter(finished_on__isnull=True)
    if number is not None:
        rows = rows.filter(number=number)
    batches = {batch.number: batch for batch in rows}
    moved = _lines(fund_id, list(batches))
    costs = _costs(fund_id, list(batches))
    return [
        BatchSheet(
            batch,
            tuple(line for is_in, line in moved.get(each, ()) if is_in),
            tuple(costs.get(each, ())),
            tuple(line for is_in, line in moved.get(each, ()) if not is_in),
        )
        for each, batch in batches.items()
    ]


def batch_sheet(fund_id: int, number: int) -> BatchSheet | None:
    """One round; none for a number there was not."""
    return next(iter(batch_sheets(fund_id, number=number)), None)


# --- below the line ----------------------------------------------------------------------------


def _lines(fund_id: int, batches: list[int]) -> dict[int, list[tuple[bool, BatchLine]]]:
    """By batch: whether it went in, and the line; what stands only."""
    moves = list(
        StockMove.objects.filter(fund_id=fund_id, batch_number__in=batches).order_by("number")
    )
    standing = set(_standing(fund_id, {move.entry_number for move in moves}))
    items = {
        item.number: item
        for item in Item.objects.filter(
            fund_id=fund_id, number__in={move.item_number for move in moves}
        )
    }
    found: dict[int, list[tuple[bool, BatchLine]]] = {}
    for move in moves:
        if move.entry_number in standing and move.batch_number is not None:
            line = BatchLine(
                items[move.item_number],
                abs(move.quantity),
                abs(move.cost),
                move.happened_on,
                move.entry_number,
            )
            found.setdefault(move.batch_number, []).append((move.quantity < 0, line))
    return found


def _costs(fund_id: int, batches: list[int]) -> dict[int, list[BatchCost]]:
    notes = {
        note.entry_number: note
        for note in TradeNote.objects.filter(fund_id=fund_id, batch_number__in=batches)
    }
    lines = WrittenLine.objects.filter(
        fund_id=fund_id,
        entry_number__in=list(notes),
        account__startswith=f"{AccountKind.MAKING}:",
        amount__gt=0,
    )
    amounts = dict(lines.values_list("entry_number", "amount"))
    found: dict[int, list[BatchCost]] = {}
    for entry in Entry.objects.filter(
        fund_id=fund_id,
        deed="cost_added",
        number__in=list(_standing(fund_id, set(notes))),
    ).order_by("number"):
        note = notes[entry.number]
        if note.batch_number is not None:
            found.setdefault(note.batch_number, []).append(
                BatchCost(note.words, amounts[entry.number], entry.happened_on, entry.number)
            )
    return found


def _standing(fund_id: int, numbers: set[int]) -> Iterator[int]:
    """Which of these entries were neither taken back nor take another back. Two statements."""
    entries = Entry.objects.filter(fund_id=fund_id)
    mended = set(entries.filter(reverses__in=numbers).values_list("reverses", flat=True))
    standing = entries.filter(number__in=numbers, reverses__isnull=True)
    return (each for each in standing.values_list("number", flat=True) if each not in mended)
