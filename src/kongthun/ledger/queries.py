"""Reading the books."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from kongthun.accounts.reach import Deed, Reach
from kongthun.domain.money import Money

from .models import Account, BankBook, Entry, Fund, Line, PassbookLine


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


# --- money in hand and in the bank ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MoneyMovement:
    """What one entry did to an account: above zero came in."""

    number: int
    on: date
    amount: Money
    document: str
    memo: str


@dataclass(frozen=True, slots=True)
class LowestBalance:
    """The least that an account held at the end of any day of a run, and the first such day."""

    balance: Money
    on: date


@dataclass(frozen=True, slots=True)
class MoneyEntry:
    """An entry that moved cash or bank money, with what it did to each."""

    number: int
    on: date
    deed: str
    memo: str
    document: str
    source: str
    reverses: int | None
    is_taken_back: bool
    cash: Money
    bank: Money


def fund_in_reach(code: str, reach: Reach, *deeds: Deed) -> Fund | None:
    """The fund of this code, if the reader may do one of the deeds there. One statement."""
    fund = Fund.objects.select_related("group").filter(code=code).first()
    if fund is None:
        return None
    is_open = any(reach.may(d, area_code=fund.area_code, group_id=fund.pk) for d in deeds)
    return fund if is_open else None


def balance_of(fund_id: int, account: str) -> Money:
    """What an account holds by everything written so far; nothing if it was never used."""
    kept = Account.objects.filter(fund_id=fund_id, code=account).first()
    return kept.balance if kept is not None else Money(0)


def balance_on(fund_id: int, account: str, day: date) -> Money:
    """What an account held at the end of a day, by all that is known today."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(sum(l.amount), 0) FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            WHERE l.fund_id = %s AND l.account = %s AND e.happened_on <= %s
            """,
            [fund_id, account, day],
        )
        return Money(int(cursor.fetchone()[0]))


def lowest_balance_since(fund_id: int, account: str, day: date) -> LowestBalance:
    """The least an account held at the end of ``day`` or of any day after it.

    This is what may still be taken out on that day: more, and a later step would have used
    money that was not there.
    """
    lowest = LowestBalance(balance_on(fund_id, account, day), day)
    running = lowest.balance
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT e.happened_on, sum(l.amount) FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            WHERE l.fund_id = %s AND l.account = %s AND e.happened_on > %s
            GROUP BY e.happened_on ORDER BY e.happened_on
            """,
            [fund_id, account, day],
        )
        for on, satang in cursor.fetchall():
            running += Money(int(satang))
            if running < lowest.balance:
                lowest = LowestBalance(running, _as_day(on))
    return lowest


def standing_movements(
    fund_id: int, account: str, *, after: date | None, upto: date
) -> list[MoneyMovement]:
    """The movements of an account between two days, one an entry, in the order of days.

    Entries that were taken back are left out together with what took them back. ``after`` itself
    does not count, ``upto`` does.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT e.number, e.happened_on, sum(l.amount), e.document, e.memo
            FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            LEFT JOIN ledger_entry r ON r.fund_id = e.fund_id AND r.reverses = e.number
            WHERE l.fund_id = %s AND l.account = %s AND e.happened_on > %s AND e.happened_on <= %s
                AND e.reverses IS NULL AND r.number IS NULL
            GROUP BY e.number, e.happened_on, e.document, e.memo
            ORDER BY e.happened_on, e.number
            """,
            [fund_id, account, after or date.min, upto],
        )
        return [
            MoneyMovement(number, _as_day(on), Money(int(satang)), document, memo)
            for number, on, satang, document, memo in cursor.fetchall()
            if satang
        ]


def latest_money_entries(fund_id: int, *, count: int) -> list[MoneyEntry]:
    """What moved cash or bank money last, the newest day first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT e.number, e.happened_on, e.deed, e.memo, e.document, e.source, e.reverses,
                r.number IS NOT NULL,
                sum(CASE WHEN l.account = 'cash' THEN l.amount ELSE 0 END),
                sum(CASE WHEN l.account LIKE 'bank:%%' THEN l.amount ELSE 0 END)
            FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            LEFT JOIN ledger_entry r ON r.fund_id = e.fund_id AND r.reverses = e.number
            WHERE l.fund_id = %s AND (l.account = 'cash' OR l.account LIKE 'bank:%%')
            GROUP BY e.number, e.happened_on, e.deed, e.memo, e.document, e.source, e.reverses,
                r.number
            ORDER BY e.happened_on DESC, e.number DESC LIMIT %s
            """,
            [fund_id, count],
        )
        return [
            MoneyEntry(
                number,
                _as_day(on),
                deed,
                memo,
                document,
                source,
                reverses,
                bool(is_taken_back),
                Money(int(cash)),
                Money(int(bank)),
            )
            for (
                number,
                on,
                deed,
                memo,
                document,
                source,
                reverses,
                is_taken_back,
                cash,
                bank,
            ) in cursor.fetchall()
        ]


def bank_books(fund_id: int) -> list[BankBook]:
    """The passbooks that are described, in the order of their numbers."""
    return list(BankBook.objects.filter(fund_id=fund_id).order_by("number"))


def passbook_lines(fund_id: int, bank_book: int, *, upto: date | None = None) -> list[PassbookLine]:
    """The standing lines of a passbook as the bank printed them: by day, then as typed."""
    lines = PassbookLine.objects.filter(
        fund_id=fund_id, bank_book=bank_book, withdrawn_at__isnull=True
    )
    if upto is not None:
        lines = lines.filter(on__lte=upto)
    return list(lines.order_by("on", "number"))


def _as_day(value: date | str) -> date:
    """SQLite hands a day over as text where it does not know the column."""
    return date.fromisoformat(value) if isinstance(value, str) else value
