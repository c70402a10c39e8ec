"""The reconciliation receipt: what a workbook said, what became of it, and that it adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from kongthun.domain.fund_position import POSITION_FIELDS, FundPosition
from kongthun.domain.money import Money, read_money

from .books import Kind, Reading
from .judging import LiveRow, Snapshot


@dataclass(slots=True)
class Difference:
    """What a file changed against the rows known before."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    replaced: list[LiveRow] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        """Whether the file says just what was known."""
        return not (self.added or self.changed or self.withdrawn)


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """One money column of a sheet, in satang: sheet = posted + set aside, always."""

    column: str
    sheet: int
    posted: int
    set_aside: int

    @property
    def holds(self) -> bool:
        """Whether nothing got lost between the sheet and the books."""
        return self.sheet == self.posted + self.set_aside


@dataclass(frozen=True, slots=True)
class SheetReceipt:
    """What was recognised on one sheet."""

    sheet: str
    book: str
    records: dict[str, int]
    posted: int
    set_aside: int
    passed_over: int
    totals: list[ControlTotal]


@dataclass(frozen=True, slots=True)
class PaperFigure:
    """A figure of the brown book beside ours, in satang."""

    name: str
    paper: int
    ours: int


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """A row and what became of it: set aside for ``reason``, or posted when there is none."""

    sheet: str
    row: int
    kind: str
    reason: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Receipt:
    """Kept with the workbook, printed for the committee, never changed afterwards."""

    file: str
    code: str
    sha256: str
    at: str
    user_id: int | None
    sheets: list[SheetReceipt]
    unrecognised: list[str]
    rows: list[RowVerdict]
    posted_rows: int
    added: int
    changed: int
    same: int
    withdrawn: int
    entries: int
    reversals: int
    position: dict[str, int]
    paper: list[PaperFigure]
    is_unchanged: bool = False

    @property
    def set_aside(self) -> list[RowVerdict]:
        """The rows that wait for a person."""
        return [row for row in self.rows if row.reason]

    def as_json(self) -> dict[str, Any]:
        """The receipt as it is kept."""
        return asdict(self)

    @classmethod
    def unchanged(cls, kept: dict[str, Any], file: str, rows: Iterable[LiveRow]) -> Receipt:
        """The receipt of a file that was brought in before: nothing was posted now."""
        before = cls.from_json(kept)
        verdicts = [_verdict(row) for row in rows if row.reason]
        return cls(
            **{
                **{name: getattr(before, name) for name in cls.__dataclass_fields__},
                "file": file,
                "rows": verdicts,
                "posted_rows": 0,
                "added": 0,
                "changed": 0,
                "withdrawn": 0,
                "same": before.same + before.added + before.changed,
                "entries": 0,
                "reversals": 0,
                "is_unchanged": True,
            }
        )

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Receipt:
        """The receipt as it was written."""
        return cls(
            **{
                **kept,
                "sheets": [
                    SheetReceipt(
                        **{**sheet, "totals": [ControlTotal(**total) for total in sheet["totals"]]}
                    )
                    for sheet in kept["sheets"]
                ],
                "rows": [RowVerdict(**row) for row in kept["rows"]],
                "paper": [PaperFigure(**figure) for figure in kept["paper"]],
            }
        )


# The money columns whose sums are controlled, by kind of record.
_COLUMNS = {
    Kind.CONTRACT: ("principal",),
    Kind.RECEIPT: ("amount",),
    Kind.BANK: ("paid_in", "paid_out"),
}


def receipt_of(
    *,
    file: str,
    code: str,
    sha256: str,
    at: datetime,
    user_id: int | None,
    reading: Reading,
    rows: Sequence[LiveRow],
    difference: Difference,
    entries: int,
    reversals: int,
    position: FundPosition,
    snapshot: Snapshot,
) -> Receipt:
    """The receipt of what was just done, from the rows as they were judged."""
    by_place: dict[int, list[LiveRow]] = {}
    for row in rows:
        by_place.setdefault(row.sheet_place, []).append(row)
    return Receipt(
        file=file,
        code=code,
        sha256=sha256,
        at=at.isoformat(),
        user_id=user_id,
        sheets=[
            SheetReceipt(
                sheet=sheet.sheet,
                book=sheet.book.value,
                records=dict(Counter(record.kind.value for record in sheet.records)),
                posted=sum(1 for row in by_place.get(sheet.place, ()) if not row.reason),
                set_aside=sum(1 for row in by_place.get(sheet.place, ()) if row.reason),
                passed_over=sheet.passed_over,
                totals=_totals(sheet.records, by_place.get(sheet.place, [])),
            )
            for sheet in reading.books
        ],
        unrecognised=reading.unrecognised,
        rows=[_verdict(row) for row in rows],
        posted_rows=difference.added
        + difference.changed
        - sum(1 for row in rows if row.reason and row.is_changed and row.number == 0),
        added=difference.added,
        changed=difference.changed,
        same=difference.unchanged,
        withdrawn=difference.withdrawn,
        entries=entries,
        reversals=reversals,
        position={name: getattr(position, name).satang for name in POSITION_FIELDS},
        paper=_beside_ours(snapshot, position),
    )


def _verdict(row: LiveRow) -> RowVerdict:
    return RowVerdict(row.sheet, row.row, str(row.kind), row.reason, row.fields)


def _totals(records: Iterable[Any], rows: Iterable[LiveRow]) -> list[ControlTotal]:
    """Sums as typed. The sheet's is taken over its records, the others over the judged rows."""
    sheet: Counter[str] = Counter()
    for record in records:
        for column in _COLUMNS.get(record.kind, ()):
            sheet[column] += _satang(record.fields.get(column, ""))
    posted: Counter[str] = Counter()
    aside: Counter[str] = Counter()
    for row in rows:
        side = aside if row.reason else posted
        for column in _COLUMNS.get(Kind(row.kind), ()):
            side[column] += _satang(row.fields.get(column, ""))
    return [ControlTotal(c, sheet[c], posted[c], aside[c]) for c in sheet]


def _satang(text: str) -> int:
    value = read_money(text)
    return value.satang if isinstance(value, Money) else 0


def _beside_ours(snapshot: Snapshot, position: FundPosition) -> list[PaperFigure]:
    pairs = (
        ("households_sum", position.households),
        ("bank_sum", position.bank),
        ("cash_sum", position.cash),
    )
    return [
        PaperFigure(name, paper.satang, ours.satang)
        for name, ours in pairs
        if (paper := snapshot.money(name)) is not None
    ]


