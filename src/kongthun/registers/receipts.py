"""The reconciliation receipt: what a workbook said, what became of it, and that it adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from kongthun.domain.fund_position import POSITION_FIELDS, FundPosition
from kongthun.domain.money import Money, read_money

from .books import BookSheet, Kind, Reading, Record
from .judging import LiveRow, Snapshot


@dataclass(slots=True)
class Difference:
    """What a file changed against the rows known before."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    replaced: list[LiveRow] = field(default_factory=list)
    contracts: set[int] = field(default_factory=set)  # numbers of those known before
    stood: set[str] = field(default_factory=set)  # keys of rows that stood already, as they are

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
    """What was recognised on one sheet, and what became of it.

    ``rows`` are the numbers of the rows that were posted, by kind; those set aside stand in the
    receipt's own list, with what they say.
    """

    sheet: str
    book: str
    records: dict[str, int]
    posted: int
    set_aside: int
    passed_over: int
    totals: list[ControlTotal]
    rows: dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class PaperFigure:
    """A figure of the brown book beside ours, in satang."""

    name: str
    paper: int
    ours: int


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """A row set aside, for ``reason``, with its fields as typed."""

    sheet: str
    row: int
    kind: str
    reason: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Receipt:
    """Kept with the workbook, printed for the committee, never changed afterwards.

    ``set_aside`` are all rows of the fund that wait for a person, those of earlier workbooks too;
    ``posted_rows`` counts the rows that stand now and did not before. Figures of ``position`` and
    ``paper`` are in satang.
    """

    file: str
    code: str
    sha256: str
    at: str
    user_id: int | None
    sheets: list[SheetReceipt]
    unrecognised: list[str]
    set_aside: list[RowVerdict]
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

    def as_json(self) -> dict[str, Any]:
        """The receipt as it is kept."""
        return {
            **_plain(self),
            "sheets": [
                {**_plain(sheet), "totals": [_plain(total) for total in sheet.totals]}
                for sheet in self.sheets
            ],
            "set_aside": [_plain(row) for row in self.set_aside],
            "paper": [_plain(figure) for figure in self.paper],
        }

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
                "set_aside": [RowVerdict(**row) for row in kept["set_aside"]],
                "paper": [PaperFigure(**figure) for figure in kept["paper"]],
            }
        )

    @classmethod
    def of_same_file(
        cls, kept: dict[str, Any], *, file: str, rows: Iterable[LiveRow], position: FundPosition
    ) -> Receipt:
        """The receipt of a file that was brought in before: nothing was posted now.

        What waits and the fund's sums are told as they stand today.
        """
        before = cls.from_json(kept)
        return replace(
            before,
            file=file,
            set_aside=_set_aside(rows),
            posted_rows=0,
            added=0,
            changed=0,
            withdrawn=0,
            same=before.same + before.added + before.changed,
            entries=0,
            reversals=0,
            position=_in_satang(position),
            is_unchanged=True,
        )


def _plain(record: Any) -> dict[str, Any]:  # noqa: ANN401 (any of the above)
    """A record's fields by name, as they are; `dataclasses.asdict` would copy every one."""
    return {name: getattr(record, name) for name in record.__slots__}


# The money columns whose sums are controlled, by kind of record.
_COLUMNS: dict[str, tuple[str, ...]] = {
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
    workbook_number: int,
    difference: Difference,
    entries: int,
    reversals: int,
    position: FundPosition,
    snapshot: Snapshot,
) -> Receipt:
    """The receipt of what was just done, from the rows as they were judged."""
    by_place: dict[int, list[LiveRow]] = {}
    for row in rows:
        if row.workbook_number == workbook_number:  # rows of books this file lacks stay as well
            by_place.setdefault(row.sheet_place, []).append(row)
    return Receipt(
        file=file,
        code=code,
        sha256=sha256,
        at=at.isoformat(),
        user_id=user_id,
        sheets=[_sheet_receipt(sheet, by_place.get(sheet.place, [])) for sheet in reading.books],
        unrecognised=reading.unrecognised,
        set_aside=_set_aside(rows),
        posted_rows=sum(1 for row in rows if not row.reason and row.key not in difference.stood),
        added=difference.added,
        changed=difference.changed,
        same=difference.unchanged,
        withdrawn=difference.withdrawn,
        entries=entries,
        reversals=reversals,
        position=_in_satang(position),
        paper=_beside_ours(snapshot, position),
    )


def _sheet_receipt(sheet: BookSheet, rows: Sequence[LiveRow]) -> SheetReceipt:
    posted: dict[str, list[int]] = {}
    for row in rows:
        if not row.reason:
            posted.setdefault(str(row.kind), []).append(row.row)
    count = sum(map(len, posted.values()))
    return SheetReceipt(
        sheet=sheet.sheet,
        book=sheet.book.value,
        records=dict(Counter(record.kind.value for record in sheet.records)),
        posted=count,
        set_aside=len(rows) - count,
        passed_over=sheet.passed_over,
        totals=_totals(sheet.records, rows),
        rows=posted,
    )


def _set_aside(rows: Iterable[LiveRow]) -> list[RowVerdict]:
    """In the order of the paper."""
    return [
        RowVerdict(row.sheet, row.row, str(row.kind), row.reason, row.fields)
        for row in sorted(
            (row for row in rows if row.reason), key=lambda row: (row.sheet_place, row.row)
        )
    ]


def _in_satang(position: FundPosition) -> dict[str, int]:
    return {name: getattr(position, name).satang for name in POSITION_FIELDS}


def _totals(records: Iterable[Record], rows: Iterable[LiveRow]) -> list[ControlTotal]:
    """Sums as typed. The sheet's is taken over its records, the others over the judged rows."""
    sheet: Counter[str] = Counter()
    for record in records:
        for column in _COLUMNS.get(record.kind, ()):
            sheet[column] += _satang(record.fields.get(column, ""))
    posted: Counter[str] = Counter()
    aside: Counter[str] = Counter()
    for row in rows:
        side = aside if row.reason else posted
        for column in _COLUMNS.get(row.kind, ()):
            side[column] += _satang(row.fields.get(column, ""))
    return [ControlTotal(c, sheet[c], posted[c], aside[c]) for c in sheet]


def _satang(text: str) -> int:
    if not text:
        return 0
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
