"""A reconciliation receipt as it is read: what was found, adds up, waits and differs.

The same lines serve the preview of a workbook and the receipt that is kept with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from kongthun.domain.fund_position import FundPosition
from kongthun.domain.money import Money
from kongthun.web.position_bar import PositionBar, bar_of, position_sentence

from ..receipts import ControlTotal, Receipt, RowVerdict, SheetReceipt
from ..wording import advice_in_thai, column_in_thai, kind_in_thai, reason_in_thai
from .typed import Typed, typed_at_fault


@dataclass(frozen=True, slots=True)
class SheetLine:
    """What was found on a sheet."""

    receipt: SheetReceipt
    found: str

    @property
    def book(self) -> str:
        """The colour of the book."""
        return self.receipt.book


@dataclass(frozen=True, slots=True)
class TotalLine:
    """A money column of a sheet: sheet = posted + set aside."""

    sheet: str
    book: str
    column: str
    total: ControlTotal


@dataclass(frozen=True, slots=True)
class AsideLine:
    """A row that waits for a person: where, what was typed, why, and what to do. No names."""

    sheet: str
    row: int
    kind: str
    typed: list[Typed]
    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class AsideGroup:
    """Rows that wait for the same reason, so that the advice is said once."""

    reason: str
    advice: str
    lines: list[AsideLine]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A figure of the brown book beside ours."""

    label: str
    paper: Money
    ours: Money

    @property
    def difference(self) -> Money:
        """Ours less the paper's."""
        return self.ours - self.paper


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Everything a receipt says, ready to be read."""

    receipt: Receipt
    at: datetime
    sheets: list[SheetLine]
    totals: list[TotalLine]
    aside: list[AsideGroup]
    paper: list[PaperLine]
    position: FundPosition
    bar: PositionBar

    @property
    def posted(self) -> int:
        """Rows of the sheets that stand."""
        return sum(line.receipt.posted for line in self.sheets)

    @property
    def set_aside(self) -> int:
        """Rows of the sheets that wait."""
        return sum(line.receipt.set_aside for line in self.sheets)

    @property
    def passed_over(self) -> int:
        """Headings, the paper's own sums and blank rows."""
        return sum(line.receipt.passed_over for line in self.sheets)

    @property
    def holds(self) -> bool:
        """Whether every control total adds up."""
        return all(line.total.holds for line in self.totals)

    @property
    def differs(self) -> list[PaperLine]:
        """Figures of the paper that are not ours."""
        return [line for line in self.paper if line.difference]


def read_receipt(kept: Mapping[str, Any]) -> Reconciliation:
    """Read a receipt as it was kept (or as a rehearsal answered it)."""
    receipt = Receipt.from_json(dict(kept))
    at = timezone.localtime(datetime.fromisoformat(receipt.at))
    position = FundPosition(**{name: Money(sum_) for name, sum_ in receipt.position.items()})
    return Reconciliation(
        receipt=receipt,
        at=at,
        sheets=[SheetLine(sheet, _found(sheet.records)) for sheet in receipt.sheets],
        totals=[
            TotalLine(sheet.sheet, sheet.book, column_in_thai(total.column), total)
            for sheet in receipt.sheets
            for total in sheet.totals
        ],
        aside=_by_reason(receipt.set_aside),
        paper=[
            PaperLine(column_in_thai(line.name), Money(line.paper), Money(line.ours))
            for line in receipt.paper
        ],
        position=position,
        bar=position_bar_of(position, as_of=at.date()),
    )


def position_bar_of(position: FundPosition, *, as_of: date) -> PositionBar:
    """The bar of a fund's money with its sentence."""
    return bar_of(position, as_of=as_of, sentence=position_sentence(position))


def _found(records: Mapping[str, int]) -> str:
    return " · ".join(f"{kind_in_thai(kind)} {count:,}" for kind, count in records.items())


def _by_reason(rows: Sequence[RowVerdict]) -> list[AsideGroup]:
    """In the order in which the reasons first come up on the sheets."""
    groups: dict[str, AsideGroup] = {}
    for row in rows:
        group = groups.setdefault(
            row.reason, AsideGroup(reason_in_thai(row.reason), advice_in_thai(row.reason), [])
        )
        group.lines.append(
            AsideLine(
                sheet=row.sheet,
                row=row.row,
                kind=kind_in_thai(row.kind),
                typed=typed_at_fault(row.kind, row.reason, row.fields),
                reason=group.reason,
                advice=group.advice,
            )
        )
    return list(groups.values())
