"""Receipts: their numbers as printed, which parts they settle, whether they still stand."""

from __future__ import annotations

from collections.abc import Sequence

from kongthun.domain.arrears import Part, settle
from kongthun.domain.money import Money, total
from kongthun.domain.plan import PlannedPart

# A receipt book of the shops has so many leaves.
LEAVES_A_BOOK = 50


def document_of(number: int) -> str:
    """เล่มที่/เลขที่ of a running number, as it stands in the books: 51 is 2/1.

    >>> document_of(50), document_of(51)
    ('1/50', '2/1')
    """
    book, leaf = divmod(number - 1, LEAVES_A_BOOK)
    return f"{book + 1}/{leaf + 1}"


def parts_text(plan: Sequence[PlannedPart], balance: Money, paid: Money) -> str:
    """Which instalments a payment goes to, by number: "1", "1–2", or nothing without a plan."""
    parts = [Part(part.due_on, part.principal) for part in plan]
    planned = total(part.amount for part in parts)
    before = settle(parts, planned - balance)
    after = settle(parts, planned - balance + paid)
    touched = [
        place
        for place, (was, now) in enumerate(zip(before, after, strict=True), start=1)
        if was.settled != now.settled
    ]
    if not touched:
        return ""
    first, last = touched[0], touched[-1]
    return str(first) if first == last else f"{first}–{last}"
