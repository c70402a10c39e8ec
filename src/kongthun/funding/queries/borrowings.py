"""What the group borrowed: what is owed, what was sent back, what is due when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kongthun.domain import journal
from kongthun.domain.money import ZERO, Money, total
from kongthun.ledger.models import Account, Entry, Fund, Line

from ..models import Borrowing, BorrowingPart

# How long before its day a part is among the next things to do.
DAYS_AHEAD = 30


@dataclass(frozen=True, slots=True)
class DuePart:
    """A part of a lender's plan that is not wholly sent back."""

    borrowing_number: int
    lender: str
    sequence: int
    due_on: date
    principal: Money
    interest: Money

    @property
    def together(self) -> Money:
        """What is still to be sent for this part."""
        return self.principal + self.interest

    def is_late(self, day: date) -> bool:
        """Whether its day has gone by."""
        return self.due_on < day


@dataclass(frozen=True, slots=True)
class Repayment:
    """What was sent back by one entry."""

    entry_number: int
    on: date
    principal: Money
    interest: Money
    document: str
    is_taken_back: bool


@dataclass(frozen=True, slots=True)
class BorrowingOn:
    """A borrowing with what is owed of it now, and its parts as far as they are open."""

    row: Borrowing
    owed: Money
    interest_paid: Money
    open_parts: tuple[DuePart, ...]

    @property
    def repaid(self) -> Money:
        """The principal sent back."""
        return ZERO if self.row.withdrawn_at else self.row.amount - self.owed

    @property
    def next_part(self) -> DuePart | None:
        """The part to be sent next."""
        return self.open_parts[0] if self.open_parts else None


def lender_account(number: int) -> str:
    """The account of what is owed of a borrowing."""
    return f"lender:{number}"


def interest_account(number: int) -> str:
    """The account of what a borrowing has cost."""
    return f"expense:interest-{number}"


def open_parts(
    row: Borrowing, parts: Iterable[BorrowingPart], repaid: Money, interest_paid: Money
) -> tuple[DuePart, ...]:
    """The parts with what is left of each: what was sent fills the earliest first."""
    found = []
    for part in parts:
        principal = max(ZERO, part.principal - repaid)
        interest = max(ZERO, part.interest - interest_paid)
        repaid = max(ZERO, repaid - part.principal)
        interest_paid = max(ZERO, interest_paid - part.interest)
        due = DuePart(row.number, row.lender, part.sequence, part.due_on, principal, interest)
        if due.together:
            found.append(due)
    return tuple(found)


def borrowings(fund: Fund, *, numbers: Sequence[int] | None = None) -> list[BorrowingOn]:
    """All borrowings, or these, the latest first; taken back ones too. Three statements."""
    rows = Borrowing.objects.filter(fund=fund)
    if numbers is not None:
        rows = rows.filter(number__in=numbers)
    parts: dict[int, list[BorrowingPart]] = {}
    for part in BorrowingPart.objects.filter(fund=fund).order_by("borrowing_number", "sequence"):
        parts.setdefault(part.borrowing_number, []).append(part)
    balances: dict[str, Money] = dict(
        Account.objects.filter(fund=fund, kind__in=["lender", "expense"]).values_list(
            "code", "balance"
        )
    )
    return [_on(row, parts.get(row.number, ()), balances) for row in rows.order_by("-number")]


def borrowing(fund: Fund, number: int) -> BorrowingOn | None:
    """One borrowing."""
    return next(iter(borrowings(fund, numbers=[number])), None)


def parts_of(fund: Fund, number: int) -> list[BorrowingPart]:
    """The lender's plan in its order."""
    parts = BorrowingPart.objects.filter(fund=fund, borrowing_number=number)
    return list(parts.order_by("sequence"))


def parts_due(fund: Fund, day: date) -> list[DuePart]:
    """The parts that are late, or due within a month of a day, the earliest first."""
    until = day + timedelta(days=DAYS_AHEAD)
    due = [part for each in borrowings(fund) for part in each.open_parts if part.due_on <= until]
    return sorted(due, key=lambda part: (part.due_on, part.borrowing_number))


def repayments_of(fund: Fund, number: int) -> list[Repayment]:
    """What was sent back of a borrowing, the first first. Three statements."""
    accounts = (lender_account(number), interest_account(number))
    lines: dict[int, dict[str, Money]] = {}
    for line in Line.objects.filter(fund=fund, account__in=accounts):
        of_entry = lines.setdefault(line.entry_number, {})
        of_entry[line.account] = of_entry.get(line.account, ZERO) + line.amount
    entries = Entry.objects.filter(
        fund=fund, number__in=list(lines), deed=journal.Deed.BORROWING_REPAID, reverses=None
    ).order_by("happened_on", "number")
    back = set(
        Entry.objects.filter(fund=fund, reverses__in=list(lines)).values_list("reverses", flat=True)
    )
    return [
        Repayment(
            entry.number,
            entry.happened_on,
            lines[entry.number].get(accounts[0], ZERO),
            lines[entry.number].get(accounts[1], ZERO),
            entry.document,
            entry.number in back,
        )
        for entry in entries
    ]


def owed_together(found: Iterable[BorrowingOn]) -> Money:
    """What the group owes of all of them."""
    return total(each.owed for each in found)


def _on(row: Borrowing, parts: Iterable[BorrowingPart], balances: dict[str, Money]) -> BorrowingOn:
    owed = -balances.get(lender_account(row.number), ZERO)
    interest = balances.get(interest_account(row.number), ZERO)
    if row.withdrawn_at is not None:
        return BorrowingOn(row, ZERO, ZERO, ())
    left = open_parts(row, parts, row.amount - owed, interest)
    return BorrowingOn(row, owed, interest, left)
