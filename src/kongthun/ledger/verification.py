"""The proof of the ledger: that the books are as they were written, and that every sum is theirs.

Everything is read as it is stored, past the models, so that a row the models would smooth over is
still seen. A part of the books (one fund, or a run of small ones) is read as of one moment in five
statements, streamed, while others go on writing. What this proves and what it can not prove is
told in docs/rules/chain.md.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, Literal

import django
from django.conf import settings
from django.db import OperationalError, connection, connections, transaction
from django.utils.module_loading import import_string

from kongthun.domain.chain import Head, WrittenEntry, first_fault
from kongthun.domain.fund_position import POSITION_FIELDS, FundPosition, movements
from kongthun.domain.journal import AccountKind, Line, kind_of
from kongthun.domain.money import Money

from .models import Fund

# A part is handed to one process at a time: big enough to be worth its statements, small enough
# that all cores finish together.
_ENTRIES_IN_A_PART = 5_000
_FUNDS_IN_A_PART = 250
_ROWS_AT_A_TIME = 2_000
_LOWEST, _HIGHEST = -(2**63), 2**63 - 1
_KINDS = frozenset(AccountKind)


What = Literal[
    # the chain's own
    "gap",
    "few_lines",
    "balance",
    "changed",
    "head",
    "orphan_line",  # a line without its entry
    "reversal",  # not the mirror of the entry it takes back, or not of its day and deed
    "unknown_account",  # of a kind that has no place in the position
    "account_kind",  # stored under another kind than its code says
    "account",  # a stored balance is not what the lines add up to
    "position",  # a stored sum is not what the entries add up to
    "conservation",  # the stored sums break the law
    "no_position",
    "no_fund",  # entries, lines or accounts that belong to no fund
    "goods",  # the shelf of a group that makes and sells is not what its books hold
    "certificates",  # share certificates stand over more than the member holds
    "assessment",  # a result is not what it keeps makes
    # papers (docs/rules/evidence.md); the number is that of the fund's record of papers
    "paper_chain",  # the record is not as it was written
    "paper_missing",  # a kept file is not there
    "paper_content",  # it is another file
    "paper_left",  # redacted everywhere, and the file is still there
]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a fund's books that is not as it must be.

    ``entry`` is the number concerned, if one is; ``name`` the account or the sum, with what is
    ``stored`` and what the entries make ``found``.
    """

    fund: str
    what: What
    entry: int | None = None
    name: str = ""
    stored: Money | None = None
    found: Money | None = None


# What floors above keep beside the books and hold against them: faults of one fund, or of all.
Beside = Callable[[Fund | None], Iterable["Fault"]]


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and everything that was found wrong, fund by fund."""

    funds: int
    entries: int
    faults: tuple[Fault, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.faults


def verify_fund(fund: Fund) -> list[Fault]:
    """Everything wrong with one fund's books, the chain's fault first; empty when they are sound.

    Inside a transaction it reads what that transaction sees, entries of its own included.
    """
    return list(verification_of(fund).faults)


def verification_of(fund: Fund) -> Verification:
    """The same with what was looked at."""
    return _verify_part((fund.pk, fund.pk))


def verify_all(*, jobs: int, area_code: str = "") -> Verification:
    """Verify every fund under an area, or all books of the nation, in ``jobs`` processes.

    Only for all books together are rows found that belong to no fund at all. Where this connection
    can not be had twice (inside a transaction, or a database in memory) one process does it.
    """
    parts = _parts(area_code)
    return _together(_verified(parts, jobs=min(jobs, len(parts))))


def _together(parts: Iterator[Verification]) -> Verification:
    funds = entries = 0
    faults: list[Fault] = []
    for part in parts:
        funds += part.funds
        entries += part.entries
        faults.extend(part.faults)
    return Verification(funds, entries, tuple(faults))


def with_what_stands_beside(verification: Verification, fund: Fund | None) -> Verification:
    """The same with the faults of registers that floors above keep, one fund's or everybody's.

    Which they are is said in the settings (`BESIDE_THE_BOOKS`), since nothing here knows them.
    """
    found = [fault for name in settings.BESIDE_THE_BOOKS for fault in _beside(name)(fund)]
    return replace(verification, faults=(*verification.faults, *found))


def _beside(name: str) -> Beside:
    found: Beside = import_string(name)
    return found


# ------------------------------------------------------------------------------- parts, processes

# The first and the last fund id; every fund between the two belongs to it.
_Part = tuple[int, int]


def _parts(area_code: str) -> list[_Part]:
    """Runs of neighbouring fund ids under the area; without one they leave no id out."""
    parts: list[_Part] = []
    first = last = None
    entries = funds = 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.group_id, f.area_code, coalesce(p.entries, 0) FROM ledger_fund f "
            "LEFT JOIN ledger_position p ON p.fund_id = f.group_id ORDER BY f.group_id"
        )
        for fund_id, area, written in cursor.fetchall():
            is_asked = area.startswith(area_code)
            is_full = entries >= _ENTRIES_IN_A_PART or funds >= _FUNDS_IN_A_PART
            if first is not None and last is not None and (is_full or not is_asked):
                parts.append((first, last))
                first, entries, funds = None, 0, 0
            if is_asked:
                first, last = fund_id if first is None else first, fund_id
                entries, funds = entries + written, funds + 1
    if first is not None and last is not None:
        parts.append((first, last))
    return parts if area_code else _without_gaps(parts)


def _without_gaps(parts: list[_Part]) -> list[_Part]:
    ends = [last for _, last in parts[:-1]]
    starts = [_LOWEST, *(end + 1 for end in ends)]
    return list(zip(starts, [*ends, _HIGHEST], strict=True))


def _verified(parts: Sequence[_Part], *, jobs: int) -> Iterator[Verification]:
    if jobs < 2 or connection.in_atomic_block or _is_in_memory():
        yield from map(_verify_part, parts)
        return
    # A connection must not be open on both sides of a fork.
    connections.close_all()
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    name = str(connection.settings_dict["NAME"])
    with ProcessPoolExecutor(
        jobs, mp_context=context, initializer=_begin_process, initargs=(name,)
    ) as processes:
        yield from processes.map(_verify_part, parts)


def _is_in_memory() -> bool:
    return connection.vendor == "sqlite" and bool(connection.is_in_memory_db())  # type: ignore[attr-defined]


def _begin_process(database: str) -> None:
    """A fresh process reads the database its parent reads, which in a test is not the usual one."""
    django.setup()
    connection.settings_dict["NAME"] = database


def _verify_part(part: _Part) -> Verification:
    try:
        return _read_part(part)
    except OperationalError as error:
        if connection.vendor != "sqlite" or "UTF-8" not in str(error):
            raise
    # Text that is not UTF-8 was never written by us: read it all the same, and the chain names it.
    connection.connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        return _read_part(part)
    finally:
        connection.connection.text_factory = str


# ---------------------------------------------------------------------------------------- reading

_IN_PART = "BETWEEN %s AND %s"

_FUNDS = f"""
    SELECT f.group_id, f.code, p.entries, p.link, {", ".join(f"p.{n}" for n in POSITION_FIELDS)}
    FROM ledger_fund f LEFT JOIN ledger_position p ON p.fund_id = f.group_id
    WHERE f.group_id {_IN_PART} ORDER BY f.group_id"""  # noqa: S608 (our own names)

_ACCOUNTS = f"""
    SELECT fund_id, code, kind, balance FROM ledger_account
    WHERE fund_id {_IN_PART} ORDER BY fund_id, code"""  # noqa: S608

_LINES = f"""
    SELECT fund_id, entry_number, account, amount FROM ledger_line
    WHERE fund_id {_IN_PART} ORDER BY fund_id, entry_number, place"""  # noqa: S608

# Days and moments in the chain's own form. What is not stored exactly as the pen stores it must
# not come out right: on SQLite any other separator than one space, on PostgreSQL a year before
# the era, whose digits alone would read like one of ours.
_ERA = " || CASE WHEN {0} < '0001-01-01' THEN 'BC' ELSE '' END"
_DAY = {
    "sqlite": "{0}",
    "postgresql": "to_char({0}, 'YYYY-MM-DD')" + _ERA,
}
_MOMENT = {
    "sqlite": "CASE substr({0}, 11, 1) WHEN ' ' THEN replace({0}, ' ', 'T') || 'Z' ELSE {0} END",
    "postgresql": "to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')" + _ERA,
}


def _entries_sql() -> str:
    day = _DAY[connection.vendor].format("happened_on")
    moment = _MOMENT[connection.vendor].format("recorded_at")
    return f"""
        SELECT fund_id, number, deed, {day}, {moment}, memo, document, reverses, recorded_by, key,
               source, link
        FROM ledger_entry WHERE fund_id {_IN_PART} ORDER BY fund_id, number"""  # noqa: S608


def _taken_back_sql() -> str:
    """For each reversal, by its own number: deed, day and lines of the entry it takes back."""
    day = _DAY[connection.vendor].format("o.happened_on")
    return f"""
        SELECT r.fund_id, r.number, o.deed, {day}, l.account, l.amount
        FROM ledger_entry r
        JOIN ledger_entry o ON o.fund_id = r.fund_id AND o.number = r.reverses
        JOIN ledger_line l ON l.fund_id = o.fund_id AND l.entry_number = o.number
        WHERE r.fund_id {_IN_PART} AND r.reverses IS NOT NULL
        ORDER BY r.fund_id, r.number, l.place"""  # noqa: S608


_Row = tuple[Any, ...]


def _rows(sql: str, part: _Part) -> Iterator[_Row]:
    """The rows, streamed: a named cursor on PostgreSQL, stepping on SQLite."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, part)
        while some := cursor.fetchmany(_ROWS_AT_A_TIME):
            yield from some


@contextmanager
def one_moment() -> Iterator[None]:
    """All statements within see the books as of one moment, and keep nobody from writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Not atomic(): that would take SQLite's one write lock.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


class _InOrder:
    """Rows that begin with (fund, number) and end in (account, satang), asked for in order."""

    def __init__(self, rows: Iterator[_Row]) -> None:
        self._rows = rows
        self._next = next(rows, None)
        # The first entry number of each fund that has such rows but was not asked for.
        self.left_over: dict[int, int] = {}

    def of(self, fund_id: int, number: int) -> list[_Row]:
        """What comes after (fund, number), row by row; empty when there is nothing."""
        found: list[_Row] = []
        row = self._next
        while row is not None:
            if row[1] == number and row[0] == fund_id:
                found.append(row[2:])
            elif (row[0], row[1]) > (fund_id, number):
                break
            else:
                self.left_over.setdefault(row[0], row[1])
            row = next(self._rows, None)
        self._next = row
        return found

    def rest(self) -> None:
        """Read to the end, so that ``left_over`` is complete."""
        self.of(_HIGHEST, _HIGHEST)


# --------------------------------------------------------------------------------------- checking


def _read_part(part: _Part) -> Verification:
    with one_moment():
        funds = {row[0]: row[1:] for row in _rows(_FUNDS, part)}
        accounts: dict[int, dict[str, tuple[str, int]]] = {}
        for fund_id, account, kind, balance in _rows(_ACCOUNTS, part):
            accounts.setdefault(fund_id, {})[account] = (kind, balance)
        lines = _InOrder(_rows(_LINES, part))
        taken_back = _InOrder(_rows(_taken_back_sql(), part))
        entries = 0
        faults: dict[int, list[Fault]] = {}
        for fund_id, rows in _by_fund(_rows(_entries_sql(), part), funds):
            if fund_id not in funds:
                faults[fund_id] = [Fault(f"#{fund_id}", "no_fund")]
                continue
            code, number, link, *sums = funds[fund_id]
            books = _FundBooks(code, lines, taken_back)
            has_position = number is not None
            head = Head(number, bytes(link)) if has_position else Head.genesis()
            faults[fund_id] = [
                *books.walk(rows, head),
                *books.faults_in_balances(accounts.get(fund_id, {})),
                *(books.faults_in_position(sums) if has_position else [Fault(code, "no_position")]),
            ]
            entries += books.entries
        lines.rest()
    for fund_id in accounts.keys() - faults.keys():
        faults[fund_id] = [Fault(f"#{fund_id}", "no_fund")]
    for fund_id, number in lines.left_over.items():
        code = funds[fund_id][0] if fund_id in funds else f"#{fund_id}"
        faults.setdefault(fund_id, []).append(Fault(code, "orphan_line", number))
    in_order = chain.from_iterable(faults[fund_id] for fund_id in sorted(faults))
    return Verification(len(funds), entries, tuple(in_order))


def _by_fund(rows: Iterator[_Row], fund_ids: Iterable[int]) -> Iterator[tuple[int, Iterator[_Row]]]:
    """Each fund with its rows: funds that have none too, and rows that have no fund too."""
    groups = groupby(rows, itemgetter(0))
    group = next(groups, None)
    for fund_id in fund_ids:
        while group is not None and group[0] < fund_id:
            yield group
            group = next(groups, None)
        if group is not None and group[0] == fund_id:
            yield group
            group = next(groups, None)
        else:
            yield fund_id, iter(())
    while group is not None:
        yield group
        group = next(groups, None)


class _FundBooks:
    """One fund's entries on their way through the chain, and what they add up to."""

    def __init__(self, code: str, lines: _InOrder, taken_back: _InOrder) -> None:
        self.entries = 0
        self._code = code
        self._lines = lines
        self._taken_back = taken_back
        # By deed and account: both the balances and the position follow from it.
        self._sums: dict[tuple[str, str], int] = {}
        self._crooked: int | None = None

    def walk(self, rows: Iterator[_Row], head: Head) -> list[Fault]:
        """Follow the chain to its first fault, and read on to the end for the sums."""
        faults = []
        written = self._written(rows)
        fault = first_fault(self._code, written, head)
        if fault is not None:
            faults.append(Fault(self._code, fault.what, fault.number))
        for _ in written:
            pass
        if self._crooked is not None:
            faults.append(Fault(self._code, "reversal", self._crooked))
        return faults

    def _written(self, rows: Iterator[_Row]) -> Iterator[WrittenEntry]:
        sums, lines_of = self._sums, self._lines.of
        for (
            fund_id,
            number,
            deed,
            happened_on,
            recorded_at,
            memo,
            document,
            reverses,
            recorded_by,
            key,
            source,
            link,
        ) in rows:
            lines = lines_of(fund_id, number)
            for account, satang in lines:
                place = (deed, account)
                sums[place] = sums.get(place, 0) + satang
            if reverses is not None and self._crooked is None:
                mirror = [(deed, happened_on, account, -satang) for account, satang in lines]
                if not mirror or self._taken_back.of(fund_id, number) != mirror:
                    self._crooked = number
            self.entries += 1
            yield WrittenEntry(
                number,
                deed,
                happened_on,
                recorded_at,
                memo,
                document,
                reverses,
                recorded_by,
                key,
                source,
                lines,
                link,
            )

    def faults_in_balances(self, stored: dict[str, tuple[str, int]]) -> list[Fault]:
        """The first account whose balance is not the sum of its lines, or that is misnamed."""
        found: dict[str, int] = {}
        for (_, account), satang in self._sums.items():
            found[account] = found.get(account, 0) + satang
        for account in sorted(stored.keys() | found.keys()):
            kind, balance = stored.get(account, (kind_of(account), 0))
            if balance != found.get(account, 0):
                is_, should_be = Money(balance), Money(found.get(account, 0))
                return [Fault(self._code, "account", None, account, is_, should_be)]
            if kind != kind_of(account):
                return [Fault(self._code, "account_kind", None, account)]
        return []

    def faults_in_position(self, stored: Sequence[int]) -> list[Fault]:
        """The first sum that is not what the entries add up to, and whether the law holds."""
        found = dict.fromkeys(POSITION_FIELDS, 0)
        for (deed, account), satang in self._sums.items():
            if kind_of(account) not in _KINDS:
                return [Fault(self._code, "unknown_account", None, account)]
            # What a line moves is in proportion to its amount, so the sum of many moves the same.
            for place, moved in movements(deed, [Line(account, Money(satang))]).items():
                found[place] += moved
        faults = []
        for place, satang in zip(POSITION_FIELDS, stored, strict=True):
            if satang != found[place]:
                is_, should_be = Money(satang), Money(found[place])
                faults.append(Fault(self._code, "position", None, place, is_, should_be))
                break
        if not FundPosition(*map(Money, stored)).is_conserved:
            faults.append(Fault(self._code, "conservation"))
        return faults
