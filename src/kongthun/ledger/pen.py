"""A fund's pen: who holds it writes, everyone else waits. SQL by hand, few round trips.

On PostgreSQL the pen is the row lock on the fund's position; on SQLite it is the one write lock
that an immediate transaction takes at its start.

The driver is spoken to directly: for one entry Django's cursors would cost more than the
statements they carry. Its transactions and its errors are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

import psycopg
from django.db import connection

from kongthun.domain.chain import Head, SealedEntry
from kongthun.domain.journal import kind_of

_LINE = "INSERT INTO ledger_line (fund_id, entry_number, place, account, amount)"
_ENTRY = (
    "INSERT INTO ledger_entry (fund_id, number, deed, happened_on, recorded_at, memo, document,"
    " reverses, recorded_by, key, source, link)"
)
_ACCOUNT = "INSERT INTO ledger_account (fund_id, code, kind, balance)"
_ADD_BALANCE = (
    "ON CONFLICT (fund_id, code) DO UPDATE SET balance = ledger_account.balance + excluded.balance"
)
_MOST_KEYS_ASKED = 500  # SQLite counts the values of a statement
_FEW_ROWS = 8


@dataclass(frozen=True, slots=True)
class Taken:
    """The pen in hand: where the chain ends, keys already used, and up to when books are closed."""

    head: Head
    known: dict[str, int]
    closed_until: date | None


class NoPen(Exception):  # noqa: N818 (it is what it says)
    """The fund's books were never opened."""


def take(fund_id: int) -> Head:
    """Wait for the fund's pen, hold it until the transaction ends, and read where to go on."""
    return take_and_find(fund_id, []).head


def take_and_find(fund_id: int, keys: Sequence[str]) -> Taken:
    """The same, and which of these idempotency keys are in the books already, by number."""
    with _driver() as driver:
        if connection.vendor == "postgresql":
            row, found = _take_postgresql(driver, fund_id, keys)
        else:
            row, found = _take_sqlite(driver, fund_id, keys)
    if row is None:
        raise NoPen(fund_id)
    return Taken(Head(row[0], bytes(row[1])), found, _day(row[2]))


def write(
    fund_id: int,
    sealed: Sequence[SealedEntry],
    balances: Mapping[str, int],
    moved: Mapping[str, int],
    head: Head,
) -> None:
    """Pencil the lines, ink the entries, carry balances and position. The pen must be held."""
    with _driver() as driver:
        if connection.vendor == "postgresql":
            _write_postgresql(driver, fund_id, sealed, balances, moved, head)
        else:
            _write_sqlite(driver, fund_id, sealed, balances, moved, head)


def _day(value: date | str | None) -> date | None:
    """SQLite's driver hands a day over as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


@contextmanager
def _driver() -> Iterator[Any]:
    """The driver's own connection, within the transaction Django began and with Django's errors."""
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        yield connection.connection


def _carry(moved: Mapping[str, int], mark: str) -> tuple[str, list[int]]:
    """SET clauses that add to the sums of the position. Places are our own names."""
    places = sorted(moved)
    return "".join(f", {place} = {place} + {mark}" for place in places), [moved[p] for p in places]


# --- SQLite ---------------------------------------------------------------------------------


def _take_sqlite(
    driver: Any,  # noqa: ANN401 (sqlite3's or psycopg's connection, as the vendor says)
    fund_id: int,
    keys: Sequence[str],
) -> tuple[Any, dict[str, int]]:
    row, found = None, {}
    for start in range(0, len(keys) or 1, _MOST_KEYS_ASKED):
        some = keys[start : start + _MOST_KEYS_ASKED]
        marks = ", ".join("?" * len(some))
        # Where the chain ends, beside each of the keys that is there.
        rows = driver.execute(
            f"""
            SELECT p.entries, p.link, p.closed_until, e.key, e.number FROM ledger_position p
            LEFT JOIN ledger_entry e ON e.fund_id = p.fund_id AND e.key IN ({marks})
            WHERE p.fund_id = ?
            """,  # noqa: S608
            (*some, fund_id),
        ).fetchall()
        if not rows:
            break
        row = rows[0][:3]
        found.update({key: number for *_, key, number in rows if key is not None})
        if row[0] == 0:  # nothing is written yet, so no key is taken
            break
    return row, found


def _write_sqlite(
    driver: Any,  # noqa: ANN401
    fund_id: int,
    sealed: Sequence[SealedEntry],
    balances: Mapping[str, int],
    moved: Mapping[str, int],
    head: Head,
) -> None:
    _insert_sqlite(
        driver,
        _ACCOUNT,
        [(fund_id, code, kind_of(code), satang) for code, satang in balances.items()],
        _ADD_BALANCE,
    )
    _insert_sqlite(
        driver,
        _LINE,
        [
            (fund_id, entry.number, place, account, amount.satang)
            for entry in sealed
            for place, (account, amount) in enumerate(entry.draft.lines)
        ],
    )
    # Django reads a moment back from 'YYYY-MM-DD HH:MM:SS.ffffff' in UTC.
    in_utc = sealed[0].recorded_at.astimezone(UTC).replace(tzinfo=None)
    moment = in_utc.isoformat(" ", "microseconds")
    _insert_sqlite(
        driver,
        _ENTRY,
        [
            (
                fund_id,
                entry.number,
                entry.draft.deed.value,
                entry.draft.happened_on.isoformat(),
                moment,
                entry.draft.memo,
                entry.draft.document,
                entry.draft.reverses,
                entry.recorded_by,
                entry.draft.key,
                entry.draft.source,
                entry.link,
            )
            for entry in sealed
        ],
    )
    carry, amounts = _carry(moved, "?")
    driver.execute(
        f"UPDATE ledger_position SET entries = ?, link = ?{carry} WHERE fund_id = ?",  # noqa: S608
        (head.number, head.link, *amounts, fund_id),
    )


def _insert_sqlite(
    driver: Any,  # noqa: ANN401
    into: str,
    rows: Sequence[Sequence[Any]],
    tail: str = "",
) -> None:
    """Few rows go in one statement; many are not worth so long a one."""
    one = f"({', '.join('?' * len(rows[0]))})"
    if len(rows) > _FEW_ROWS:
        driver.executemany(f"{into} VALUES {one} {tail}", rows)
    else:
        values = [value for row in rows for value in row]
        driver.execute(f"{into} VALUES {', '.join([one] * len(rows))} {tail}", values)


# --- PostgreSQL -----------------------------------------------------------------------------


def _take_postgresql(
    driver: Any,  # noqa: ANN401
    fund_id: int,
    keys: Sequence[str],
) -> tuple[Any, dict[str, int]]:
    """The lock, and then the keys as they stand once it is ours, in one round trip."""
    lock = (
        "SELECT entries, link, closed_until FROM ledger_position WHERE fund_id = %s"
        " FOR NO KEY UPDATE"
    )
    find = "SELECT key, number FROM ledger_entry WHERE fund_id = %s AND key = ANY(%s::text[])"
    with psycopg.Cursor(driver) as position, psycopg.Cursor(driver) as entries:
        if not keys:
            return position.execute(lock, (fund_id,), prepare=True).fetchone(), {}
        with driver.pipeline():
            position.execute(lock, (fund_id,), prepare=True)
            entries.execute(find, (fund_id, list(keys)), prepare=True)
        return position.fetchone(), dict(entries.fetchall())


def _write_postgresql(
    driver: Any,  # noqa: ANN401
    fund_id: int,
    sealed: Sequence[SealedEntry],
    balances: Mapping[str, int],
    moved: Mapping[str, int],
    head: Head,
) -> None:
    """All of it as one statement, one round trip: arrays in, rows out.

    The entries wait for the lines (they read how many were pencilled), so that the ink trigger
    finds them.
    """
    carry, amounts = _carry(moved, "%s")
    codes = list(balances)
    lines = [
        (entry.number, place, account, amount.satang)
        for entry in sealed
        for place, (account, amount) in enumerate(entry.draft.lines)
    ]
    drafts = [entry.draft for entry in sealed]
    first = sealed[0]
    with psycopg.Cursor(driver) as cursor:
        cursor.execute(
            f"""
            WITH balance AS (
                {_ACCOUNT}
                SELECT %s::bigint, * FROM unnest(%s::text[], %s::text[], %s::bigint[])
                {_ADD_BALANCE} RETURNING 1
            ), pencil AS (
                {_LINE}
                SELECT %s::bigint, *
                FROM unnest(%s::bigint[], %s::smallint[], %s::text[], %s::bigint[])
                WHERE (SELECT count(*) FROM balance) > 0
                RETURNING 1
            ), carried AS (
                UPDATE ledger_position SET entries = %s, link = %s{carry} WHERE fund_id = %s
            )
            {_ENTRY}
            SELECT %s::bigint, number, deed, happened_on, %s::timestamptz, memo, document, reverses,
                   %s::bigint, key, source, link
            FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::text[], %s::text[],
                        %s::bigint[], %s::text[], %s::text[], %s::bytea[])
                AS entry (number, deed, happened_on, memo, document, reverses, key, source, link)
            WHERE (SELECT count(*) FROM pencil) > 0
            """,  # noqa: S608
            [
                fund_id,
                codes,
                [kind_of(code) for code in codes],
                [balances[code] for code in codes],
                fund_id,
                [line[0] for line in lines],
                [line[1] for line in lines],
                [line[2] for line in lines],
                [line[3] for line in lines],
                head.number,
                head.link,
                *amounts,
                fund_id,
                fund_id,
                first.recorded_at,
                first.recorded_by,
                [entry.number for entry in sealed],
                [draft.deed.value for draft in drafts],
                [draft.happened_on for draft in drafts],
                [draft.memo for draft in drafts],
                [draft.document for draft in drafts],
                [draft.reverses for draft in drafts],
                [draft.key for draft in drafts],
                [draft.source for draft in drafts],
                [entry.link for entry in sealed],
            ],
            prepare=True,
        )
