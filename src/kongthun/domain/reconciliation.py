"""The fund's bank book (เล่มเขียว) against the bank's passbook, line by line, the difference named.

    balance of the books − balance of the passbook
        = only in the books − only in the passbook + differences of sums

Nothing is guessed away: a line finds its one partner or stands by itself. The answer depends on
what the lines say, never on the order in which they were typed. docs/rules/reconciliation.md works
an example.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .money import ZERO, Money, total
from .thai_text import arabic_digits, visible

# What two lines must share to be one movement; None ties a line to nothing.
Tie = Callable[["BankLine"], Hashable | None]


@dataclass(frozen=True, slots=True)
class BankLine:
    """A movement of the account as one of the two books tells it.

    ``amount`` is above zero for money in. ``key`` is whatever leads the caller back to the line. An
    opening balance that may differ is handed in as a line of its own, on both sides.
    """

    key: str
    on: date
    amount: Money
    document: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of the books and the line of the passbook that tells of the same movement."""

    books: BankLine
    passbook: BankLine

    @property
    def difference(self) -> Money:
        """What the books say more than the passbook."""
        return self.books.amount - self.passbook.amount

    @property
    def days(self) -> int:
        """How many days later the passbook has it; below zero when it has it earlier."""
        return (self.passbook.on - self.books.on).days


@dataclass(frozen=True, slots=True)
class Window:
    """How far apart two lines may be, in days, and still be one movement.

    ``days`` when the sum alone speaks for it, or the document alone; ``document_days`` when sum and
    document both do. Documents are numbered anew each round, so neither is without end.
    """

    days: int = 7
    document_days: int = 90


EXAMPLE_WINDOW = Window()


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Every line of both books in exactly one place, each list in the order of days."""

    matched: tuple[Pair, ...]  # same sum, same day
    day_differs: tuple[Pair, ...]  # same sum, another day
    amount_differs: tuple[Pair, ...]  # same document, another sum
    only_in_books: tuple[BankLine, ...]
    only_in_passbook: tuple[BankLine, ...]

    @property
    def books_balance(self) -> Money:
        """All lines of the books."""
        pairs = (*self.matched, *self.day_differs, *self.amount_differs)
        return _sum(pair.books for pair in pairs) + _sum(self.only_in_books)

    @property
    def passbook_balance(self) -> Money:
        """All lines of the passbook."""
        pairs = (*self.matched, *self.day_differs, *self.amount_differs)
        return _sum(pair.passbook for pair in pairs) + _sum(self.only_in_passbook)

    @property
    def difference(self) -> Money:
        """The balance of the books less that of the passbook, from the lines that explain it."""
        differences = total(pair.difference for pair in self.amount_differs)
        return _sum(self.only_in_books) - _sum(self.only_in_passbook) + differences

    @property
    def agrees(self) -> bool:
        """Whether line for line the two tell the same, be it on other days.

        Stronger than a difference of nothing, in which two mistakes may hide each other.
        """
        return not (self.amount_differs or self.only_in_books or self.only_in_passbook)


def reconcile(
    books: Iterable[BankLine], passbook: Iterable[BankLine], *, window: Window = EXAMPLE_WINDOW
) -> Reconciliation:
    """Find for each line of the books its one line of the passbook.

    From the surest tie to the weakest; what one step has paired, no later one parts:

    1. same document, sum and day;
    2. same document and sum, within ``document_days``;
    3. same sum and day;
    4. same sum, within ``days``;
    5. same document and side (in or out), another sum, within ``days``.

    Within a step as many lines as can be are paired, and of all ways to do so, one with the fewest
    days between them altogether is taken. Thai digits, spaces and capitals in a document's name
    make no difference; a line without a document is never tied by it.
    """
    ours, theirs = sorted(books, key=_reading_order), sorted(passbook, key=_reading_order)
    pairs: list[Pair] = []
    steps: tuple[tuple[Tie, int], ...] = (
        (_document_and_sum, 0),
        (_document_and_sum, window.document_days),
        (_sum_alone, 0),
        (_sum_alone, window.days),
        (_document_and_side, window.days),
    )
    for tie, days in steps:
        found, ours, theirs = _pair_off(ours, theirs, tie, days)
        pairs += found
    pairs.sort(key=lambda pair: (_reading_order(pair.books), _reading_order(pair.passbook)))
    same_sum = [pair for pair in pairs if not pair.difference]
    return Reconciliation(
        matched=tuple(pair for pair in same_sum if not pair.days),
        day_differs=tuple(pair for pair in same_sum if pair.days),
        amount_differs=tuple(pair for pair in pairs if pair.difference),
        only_in_books=tuple(ours),
        only_in_passbook=tuple(theirs),
    )


def _sum(lines: Iterable[BankLine]) -> Money:
    return total(line.amount for line in lines)


def _reading_order(line: BankLine) -> tuple[date, str, int, str, str]:
    """Tells any two lines apart that are not wholly alike."""
    return (line.on, line.document, line.amount.satang, line.words, line.key)


# ------------------------------------------------------------------------------------- the ties


def _document(line: BankLine) -> str:
    return arabic_digits(visible(line.document)).replace(" ", "").casefold()


def _document_and_sum(line: BankLine) -> Hashable | None:
    document = _document(line)
    return (document, line.amount) if document else None


def _sum_alone(line: BankLine) -> Hashable | None:
    return line.amount


def _document_and_side(line: BankLine) -> Hashable | None:
    document = _document(line)
    return (document, line.amount > ZERO) if document else None


# ------------------------------------------------------------------------------------- the pairing


def _pair_off(
    ours: list[BankLine], theirs: list[BankLine], tie: Tie, days: int
) -> tuple[list[Pair], list[BankLine], list[BankLine]]:
    """Pair the lines that share a tie; also what is left of both, still in the order of days."""
    our_groups, their_groups = _grouped(ours, tie), _grouped(theirs, tie)
    paired: list[tuple[int, int]] = []
    for shared, group in our_groups.items():
        other = their_groups.get(shared, [])
        nearest = _nearest_pairs([ours[i].on for i in group], [theirs[j].on for j in other], days)
        paired += [(group[i], other[j]) for i, j in nearest]
    our_paired, their_paired = {i for i, _ in paired}, {j for _, j in paired}
    return (
        [Pair(ours[i], theirs[j]) for i, j in paired],
        [line for i, line in enumerate(ours) if i not in our_paired],
        [line for j, line in enumerate(theirs) if j not in their_paired],
    )


def _grouped(lines: list[BankLine], tie: Tie) -> dict[Hashable, list[int]]:
    """Places of the lines by what they share, in the order of days."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        shared = tie(line)
        if shared is not None:
            groups[shared].append(place)
    return groups


def _nearest_pairs(
    ours: Sequence[date], theirs: Sequence[date], days: int
) -> list[tuple[int, int]]:
    """As many pairs no more than ``days`` apart as can be, with the fewest days altogether.

    Both are in order. Then some best pairing never crosses (of two pairs that cross, uncrossing
    makes neither the sum nor the larger distance longer), so that it is enough to ask of each two
    days whether they are paired or one of them is passed over: len × len questions.
    """
    # best[i][j]: (pairs, minus the days between) that can be had from ours[i:] and theirs[j:].
    best = [[(0, 0)] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    together: set[tuple[int, int]] = set()
    for i in reversed(range(len(ours))):
        for j in reversed(range(len(theirs))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            apart = abs((ours[i] - theirs[j]).days)
            count, nearness = best[i + 1][j + 1]
            if apart <= days and (count + 1, nearness - apart) >= best[i][j]:
                best[i][j] = (count + 1, nearness - apart)
                together.add((i, j))
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(ours) and j < len(theirs):
        if (i, j) in together:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
