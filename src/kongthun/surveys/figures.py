"""The figures of the brown book that a round asks for, by the books and as found at the village."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from kongthun.domain.money import Money
from kongthun.domain.thai_text import visible


class BookState(StrEnum):
    """Whether a book is at the village, and right: the two questions of the brown book."""

    RIGHT = "right"
    NOT_RIGHT = "not_right"
    NONE = "none"


Value = int | Money | BookState


@dataclass(frozen=True, slots=True)
class Figures:
    """The state of one fund. None is not known: the books are silent, or nobody looked.

    ``elsewhere`` is cash in hand or at other places. ``in_breach`` is what the committee itself
    calls so in the brown book; it is never computed.
    """

    target_households: int | None = None
    owing_households: int | None = None
    households: Money | None = None
    bank: Money | None = None
    elsewhere: Money | None = None
    in_breach_households: int | None = None
    in_breach: Money | None = None
    purple: BookState | None = None
    yellow: BookState | None = None
    green: BookState | None = None

    def missing(self, entrusted: Money) -> Money | None:
        """What of the capital and the interest kept lies in none of the three places.

        Below zero where more was counted than was entrusted. None unless all three are known.
        """
        if self.households is None or self.bank is None or self.elsewhere is None:
            return None
        return entrusted - self.households - self.bank - self.elsewhere


NAMES = tuple(field.name for field in fields(Figures))
SUMS = frozenset({"households", "bank", "elsewhere", "in_breach"})
BOOKS = frozenset({"purple", "yellow", "green"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is otherwise at the village than in the books."""

    name: str
    by_books: Value
    found: Value


def differences(by_books: Figures, found: Figures) -> tuple[Difference, ...]:
    """What was found otherwise, in the order of the brown book.

    A figure known on one side only is no difference: it fills in what the other does not say.
    """
    pairs = ((name, getattr(by_books, name), getattr(found, name)) for name in NAMES)
    return tuple(
        Difference(name, ours, theirs)
        for name, ours, theirs in pairs
        if ours is not None and theirs is not None and ours != theirs
    )


def not_looked_at(by_books: Figures, found: Figures) -> tuple[str, ...]:
    """What the books know and nobody said anything of at the village, in the brown book's order."""
    return tuple(
        name
        for name in NAMES
        if getattr(by_books, name) is not None and getattr(found, name) is None
    )


def figures_as_data(figures: Figures) -> dict[str, int | str | None]:
    """Words and whole numbers only; sums in satang."""
    return {name: _plain(getattr(figures, name)) for name in NAMES}


def figures_from_data(data: Mapping[str, Any]) -> Figures:
    """The figures that were kept. Raises KeyError or ValueError for anything else."""
    values: dict[str, Any] = {}
    for name in NAMES:
        value = data[name]
        if value is not None and name in SUMS:
            value = Money(value)
        elif value is not None and name in BOOKS:
            value = BookState(value)
        values[name] = value
    return Figures(**values)


def read_book_state(words: str) -> BookState | None:
    """What the brown book says of another book; None where it says nothing that can be read.

    >>> read_book_state("มี/ไม่ถูกต้อง").value, read_book_state("มี ถูกต้อง").value
    ('not_right', 'right')
    >>> read_book_state("ไม่มี").value, read_book_state("-")
    ('none', None)
    """
    said = visible(words).replace(" ", "")
    if "ไม่มี" in said:
        return BookState.NONE
    if "ไม่ถูกต้อง" in said:
        return BookState.NOT_RIGHT
    return BookState.RIGHT if "ถูกต้อง" in said else None


def _plain(value: Value | None) -> int | str | None:
    if isinstance(value, Money):
        return value.satang
    return str(value) if isinstance(value, BookState) else value
