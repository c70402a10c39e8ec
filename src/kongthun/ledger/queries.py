"""Reading the books."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from .models import Entry, Line


@dataclass(frozen=True, slots=True)
class WholeEntry:
    """An entry with its lines, as (account, satang)."""

    number: int
    deed: str
    happened_on: date
    recorded_at: datetime
    memo: str
    document: str
    reverses: int | None
    lines: list[tuple[str, int]]


def whole_entries(fund_id: int, numbers: Sequence[int]) -> dict[int, WholeEntry]:
    """These entries of a fund with their lines, in two statements (or one a thousand)."""
    found: dict[int, WholeEntry] = {}
    for some in _in_thousands(numbers):
        for entry in Entry.objects.filter(fund_id=fund_id, number__in=some):
            found[entry.number] = WholeEntry(
                entry.number,
                entry.deed,
                entry.happened_on,
                entry.recorded_at,
                entry.memo,
                entry.document,
                entry.reverses,
                [],
            )
        lines = Line.objects.filter(fund_id=fund_id, entry_number__in=some)
        for number, account, amount in lines.order_by("entry_number", "place").values_list(
            "entry_number", "account", "amount"
        ):
            found[number].lines.append((account, amount.satang))
    return found


def _in_thousands(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), 1000):
        yield numbers[start : start + 1000]
