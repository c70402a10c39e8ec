"""The bank's passbook, typed in line by line, and the books held against it.

What is typed here moves no money. It is the second witness: what the bank printed, as it printed
it. A line typed wrongly is withdrawn and typed again (docs/rules/cash_and_bank.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.audit.models import AuditLine
from kongthun.domain import reconciliation
from kongthun.domain.money import ZERO, Money
from kongthun.domain.reconciliation import BankLine, Reconciliation
from kongthun.domain.thai_text import visible

from . import pen
from .bank import bank_account
from .models import BankBook, Fund, PassbookLine
from .queries import balance_on, passbook_lines, standing_movements
from .refusals import (
    BalanceDoesNotFollow,
    BroughtForwardUnsaid,
    EmptyPassbookLine,
    LaterLineDoesNotFollow,
    LineBeforeOpening,
    LineHappensLater,
    LinesTypedOtherwise,
    LineTooLong,
    MoneyRefusal,
    NoLines,
    NoSuchBankBook,
    NoSuchPassbookLine,
    NotDone,
    OpeningHasLines,
    OpeningNotFirst,
)

# How a first line says that it is a balance brought forward. The bank prints B/F or ยอดยกมา.
OPENING = "ยอดยกมา"
_LONGEST_ITEM = 100
_LONGEST_DOCUMENT = 60


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A line as it stands in the passbook. ``amount`` above zero came in.

    ``balance`` is what is printed beside it, if anything is. ``is_opening`` makes it the balance
    brought forward, as of its day: the passbook is read from there on.
    """

    on: date
    amount: Money
    balance: Money | None = None
    item: str = ""
    document: str = ""
    is_opening: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """The numbers of the lines, in the order typed."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LineWithdrawn:
    """The line no longer counts; it stays in the register."""

    number: int


@dataclass(frozen=True, slots=True)
class Opening:
    """Where the comparison begins: both balances at the end of a day."""

    on: date
    books: Money
    passbook: Money

    @property
    def difference(self) -> Money:
        """What the books had more by then."""
        return self.books - self.passbook


@dataclass(frozen=True, slots=True)
class Gap:
    """A line whose printed balance does not follow from the line before it."""

    number: int
    on: date
    expected: Money
    printed: Money


@dataclass(frozen=True, slots=True)
class PassbookCheck:
    """The books held against the passbook up to a day.

    ``books_balance − passbook_balance`` is always the difference at the opening and what the lines
    since then explain; nothing is left over.
    """

    bank_book: int
    upto: date
    opening: Opening | None
    found: Reconciliation
    gaps: tuple[Gap, ...]
    lines: int
    last_on: date | None

    @property
    def books_balance(self) -> Money:
        """What the books say the bank holds."""
        return (self.opening.books if self.opening else ZERO) + self.found.books_balance

    @property
    def passbook_balance(self) -> Money:
        """What the lines of the passbook add up to."""
        return (self.opening.passbook if self.opening else ZERO) + self.found.passbook_balance

    @property
    def difference(self) -> Money:
        """What the books say more than the passbook."""
        return (self.opening.difference if self.opening else ZERO) + self.found.difference

    @property
    def agrees(self) -> bool:
        """Whether both tell the same, line for line, from the same beginning."""
        is_same_beginning = self.opening is None or not self.opening.difference
        return is_same_beginning and self.found.agrees and not self.gaps


# --- typing the passbook ----------------------------------------------------------------------


def write_passbook_lines(
    lines: Sequence[TypedLine], *, fund: Fund, key: str, by: Reach, bank_book: int = 1
) -> Written | NotDone:
    """Write lines of a passbook, all or none. The same key again writes nothing.

    Each goes behind the lines of its day and before it. A printed balance must be the balance
    before with the line's money, else the refusal names the line and the difference.
    """
    with transaction.atomic():
        pen.take(fund.pk)
        refusals = _entitlement(fund, by)
        earlier = AuditLine.objects.filter(
            fund_id=fund.pk, deed="write_passbook_lines", details__key=key
        ).first()
        if earlier is not None:
            return _written_before(fund, lines, tuple(earlier.details["numbers"]), refusals)
        refusals += _line_refusals(fund, bank_book, lines)
        if refusals:
            return NotDone(tuple(refusals))
        last = PassbookLine.objects.filter(fund=fund).aggregate(last=Max("number"))["last"] or 0
        in_order = sorted(range(len(lines)), key=lambda place: lines[place].on)
        number_of = {place: last + step for step, place in enumerate(in_order, start=1)}
        moment = timezone.now()
        PassbookLine.objects.bulk_create(
            PassbookLine(
                fund=fund,
                number=number_of[place],
                bank_book=bank_book,
                on=line.on,
                item=_item(line),
                document=visible(line.document),
                amount=line.amount,
                balance=_printed(line),
                recorded_by_id=by.user_id,
                recorded_at=moment,
            )
            for place, line in enumerate(lines)
        )
        numbers = tuple(number_of[place] for place in range(len(lines)))
        record_deed(
            "write_passbook_lines",
            user_id=by.user_id,
            area_code=fund.area_code,
            fund_id=fund.pk,
            subject=f"bank book {bank_book}",
            details={"key": key, "numbers": list(numbers)},
        )
    return Written(numbers)


def withdraw_passbook_line(number: int, *, fund: Fund, by: Reach) -> LineWithdrawn | NotDone:
    """Take a line out that was typed wrongly; it stays in the register. Twice says nothing new."""
    with transaction.atomic():
        pen.take(fund.pk)
        refusals = _entitlement(fund, by)
        line = PassbookLine.objects.filter(fund=fund, number=number).first()
        if line is None:
            refusals.append(NoSuchPassbookLine(number))
        elif _carries_others(line):
            refusals.append(OpeningHasLines(number))
        if line is None or refusals:
            return NotDone(tuple(refusals))
        if line.withdrawn_at is None:
            PassbookLine.objects.filter(fund=fund, number=number).update(
                withdrawn_at=timezone.now()
            )
            record_deed(
                "withdraw_passbook_line",
                user_id=by.user_id,
                area_code=fund.area_code,
                fund_id=fund.pk,
                subject=f"passbook line {number}",
            )
    return LineWithdrawn(number)


# --- holding the books against it -------------------------------------------------------------


def reconcile(*, fund: Fund, upto: date, bank_book: int = 1) -> PassbookCheck:
    """Hold the books' lines of a bank account against the lines of its passbook, up to a day.

    Entries that were taken back are left out with what took them back. Where the passbook begins
    with a balance brought forward, the two balances of that day are compared, and only the lines
    after it one by one. Four statements.
    """
    account = bank_account(bank_book)
    typed = passbook_lines(fund.pk, bank_book, upto=upto)
    opening = None
    if typed and typed[0].item == OPENING:
        first = typed[0]
        opening = Opening(first.on, balance_on(fund.pk, account, first.on), first.amount)
    movements = standing_movements(
        fund.pk, account, after=opening.on if opening else None, upto=upto
    )
    found = reconciliation.reconcile(
        [BankLine(str(m.number), m.on, m.amount, m.document, m.memo) for m in movements],
        [
            BankLine(str(line.number), line.on, line.amount, line.document, line.item)
            for line in (typed[1:] if opening else typed)
        ],
    )
    return PassbookCheck(
        bank_book=bank_book,
        upto=upto,
        opening=opening,
        found=found,
        gaps=tuple(_gaps(typed)),
        lines=len(typed),
        last_on=typed[-1].on if typed else None,
    )


# --- below the line ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line in its place among the others: typed just now, or standing under a number."""

    on: date
    amount: Money
    printed: Money | None
    place: int | None = None
    number: int | None = None


def _entitlement(fund: Fund, by: Reach) -> list[MoneyRefusal]:
    return [*by.refusals(Deed.RECEIVE_MONEY, area_code=fund.area_code, group_id=fund.pk)]


def _carries_others(line: PassbookLine) -> bool:
    is_opening = line.item == OPENING and line.withdrawn_at is None
    return is_opening and len(passbook_lines(line.fund_id, line.bank_book)) > 1


def _item(line: TypedLine) -> str:
    return OPENING if line.is_opening else visible(line.item)


def _is_opening(line: TypedLine) -> bool:
    return _item(line) == OPENING


def _printed(line: TypedLine) -> Money | None:
    """A balance brought forward is its own balance."""
    return line.amount if _is_opening(line) else line.balance


def _line_refusals(fund: Fund, bank_book: int, lines: Sequence[TypedLine]) -> list[MoneyRefusal]:
    """Everything that stands against the lines, all together."""
    refusals: list[MoneyRefusal] = []
    if bank_book != 1 and not BankBook.objects.filter(fund=fund, number=bank_book).exists():
        refusals.append(NoSuchBankBook(bank_book))
    if not lines:
        refusals.append(NoLines())
    today = timezone.localdate()
    for place, line in enumerate(lines, start=1):
        if not line.amount and not _is_opening(line):
            refusals.append(EmptyPassbookLine(place))
        if line.on > today:
            refusals.append(LineHappensLater(place, line.on))
        if len(_item(line)) > _LONGEST_ITEM or len(visible(line.document)) > _LONGEST_DOCUMENT:
            refusals.append(LineTooLong(place))
    standing = passbook_lines(fund.pk, bank_book)
    misplaced = _order_refusals(standing, lines)
    refusals += misplaced.values()
    return refusals + _balance_refusals(standing, lines, without=set(misplaced))


def _order_refusals(
    standing: Sequence[PassbookLine], lines: Sequence[TypedLine]
) -> dict[int, MoneyRefusal]:
    """By place: a balance brought forward comes first, and holds all of its day and before."""
    opened_on = None
    if standing and standing[0].item == OPENING:
        opened_on = standing[0].on
    elif lines and _is_opening(lines[0]):
        opened_on = lines[0].on
    refusals: dict[int, MoneyRefusal] = {}
    for place, line in enumerate(lines, start=1):
        if _is_opening(line):
            if standing or place > 1:
                refusals[place] = OpeningNotFirst(place)
        elif opened_on is not None and line.on <= opened_on:
            refusals[place] = LineBeforeOpening(place, line.on, opened_on)
    return refusals


def _balance_refusals(
    standing: Sequence[PassbookLine], lines: Sequence[TypedLine], *, without: set[int]
) -> list[MoneyRefusal]:
    """Hold each printed balance against the line before it, where the typed lines touch."""
    typed = [
        _Placed(line.on, line.amount, _printed(line), place=place)
        for place, line in enumerate(lines, start=1)
        if place not in without
    ]
    refusals: list[MoneyRefusal] = []
    is_after_typed = False
    run = _as_printed([*_placed(standing), *typed])
    for step, (line, expected) in enumerate(run):
        slipped = line.printed is not None and line.printed != expected
        printed = line.printed if line.printed is not None else expected
        if line.place is not None:
            is_after_typed = True
            if slipped and step == 0:
                refusals.append(BroughtForwardUnsaid(line.place, printed - expected))
            elif slipped:
                refusals.append(BalanceDoesNotFollow(line.place, line.on, expected, printed))
        elif is_after_typed and line.number is not None:
            if slipped:
                refusals.append(LaterLineDoesNotFollow(line.number, line.on, expected, printed))
            is_after_typed = line.printed is None
    return refusals


def _gaps(standing: Sequence[PassbookLine]) -> list[Gap]:
    """Lines that do not follow, as when one between them was withdrawn and not typed again."""
    return [
        Gap(line.number, line.on, expected, line.printed)
        for line, expected in _as_printed(_placed(standing))
        if line.number is not None and line.printed is not None and line.printed != expected
    ]


def _placed(standing: Sequence[PassbookLine]) -> list[_Placed]:
    return [_Placed(line.on, line.amount, line.balance, number=line.number) for line in standing]


def _as_printed(lines: Sequence[_Placed]) -> list[tuple[_Placed, Money]]:
    """The lines in the order of the passbook, each with the balance it should have.

    By day; within a day the next is the first that follows from the one before, so that a line
    typed again finds its old place. Once a line does not follow, the next is held against what is
    printed: one slip is told once.
    """
    balance = ZERO
    run: list[tuple[_Placed, Money]] = []
    in_days = sorted(lines, key=lambda line: line.on)  # stable: as handed in within a day
    for _, of_the_day in groupby(in_days, key=lambda line: line.on):
        waiting = list(of_the_day)
        while waiting:
            line = waiting[0]
            if line.printed is not None:
                following = (each for each in waiting if each.printed == balance + each.amount)
                line = next(following, line)
            waiting.remove(line)
            expected = balance + line.amount
            balance = expected if line.printed is None else line.printed
            run.append((line, expected))
    return run


def _written_before(
    fund: Fund,
    lines: Sequence[TypedLine],
    numbers: tuple[int, ...],
    refusals: list[MoneyRefusal],
) -> Written | NotDone:
    """A retry must be a retry: the same lines."""
    rows = {row.number: row for row in PassbookLine.objects.filter(fund=fund, number__in=numbers)}
    before = [(rows[n].on, rows[n].amount, rows[n].balance) for n in numbers]
    if before != [(line.on, line.amount, _printed(line)) for line in lines]:
        refusals.append(LinesTypedOtherwise(numbers))
    return NotDone(tuple(refusals)) if refusals else Written(numbers)
