"""A fund's pen: who holds it writes, everyone else waits. SQL by hand, few round trips.

On PostgreSQL the pen is the row lock on the fund's position; on SQLite it is the one write lock
that an immediate transaction takes at its start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC

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


class NoPen(Exception):  # noqa: N818 (it is what it says)
    """The fund's books were never opened."""


def take(fund_id: int) -> Head:
    """Wait for the fund's pen, hold it until the transaction ends, and read where to go on."""
    lock = " FOR NO KEY UPDATE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT entries, link FROM ledger_position WHERE fund_id = %s{lock}",  # noqa: S608
            [fund_id],
        )
        row = cursor.fetchone()
    if row is None:
        raise NoPen(fund_id)
    return Head(row[0], bytes(row[1]))


def numbers_of_keys(fund_id: int, keys: Sequence[str], head: Head) -> dict[str, int]:
    """Which of these idempotency keys are in the books already, and under which number."""
    if head.number == 0:
        return {}
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            marks = ", ".join(["%s"] * len(some))
            cursor.execute(
                f"SELECT key, number FROM ledger_entry WHERE fund_id = %s AND key IN ({marks})",  # noqa: S608
                [fund_id, *some],
            )
            found.update(cursor.fetchall())
    return found


def write(
    fund_id: int,
    sealed: Sequence[SealedEntry],
    balances: Mapping[str, int],
    moved: Mapping[str, int],
    head: Head,
) -> None:
    """Pencil the lines, ink the entries, carry balances and position. The pen must be held."""
    if connection.vendor == "postgresql":
        _write_postgresql(fund_id, sealed, balances, moved, head)
    else:
        _write_sqlite(fund_id, sealed, balances, moved, head)


def _carry(moved: Mapping[str, int]) -> tuple[str, list[int]]:
    """SET clauses that add to the sums of the position. Places are our own names."""
    places = sorted(moved)
    return "".join(f", {place} = {place} + %s" for place in places), [moved[p] for p in places]


def _write_sqlite(
    fund_id: int,
    sealed: Sequence[SealedEntry],
    balances: Mapping[str, int],
    moved: Mapping[str, int],
    head: Head,
) -> None:
    carry, amounts = _carry(moved)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"{_ACCOUNT} VALUES (%s, %s, %s, %s) {_ADD_BALANCE}",
            [(fund_id, code, kind_of(code), satang) for code, satang in balances.items()],
        )
        cursor.executemany(
            f"{_LINE} VALUES (%s, %s, %s, %s, %s)",
            [
                (fund_id, entry.number, place, account, amount.satang)
                for entry in sealed
                for place, (account, amount) in enumerate(entry.draft.lines)
            ],
        )
        # Django reads a moment back from 'YYYY-MM-DD HH:MM:SS.ffffff' in UTC.
        moment = sealed[0].recorded_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        cursor.executemany(
            f"{_ENTRY} VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
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
        cursor.execute(
            f"UPDATE ledger_position SET entries = %s, link = %s{carry} WHERE fund_id = %s",  # noqa: S608
            [head.number, head.link, *amounts, fund_id],
        )


def _write_postgresql(
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
    carry, amounts = _carry(moved)
    codes = list(balances)
    lines = [
        (entry.number, place, account, amount.satang)
        for entry in sealed
        for place, (account, amount) in enumerate(entry.draft.lines)
    ]
    drafts = [entry.draft for entry in sealed]
    first = sealed[0]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH balance AS (
                {_ACCOUNT}
                SELECT %s, * FROM unnest(%s::text[], %s::text[], %s::bigint[])
                {_ADD_BALANCE} RETURNING 1
            ), pencil AS (
                {_LINE}
                SELECT %s, * FROM unnest(%s::bigint[], %s::smallint[], %s::text[], %s::bigint[])
                WHERE (SELECT count(*) FROM balance) > 0
                RETURNING 1
            ), carried AS (
                UPDATE ledger_position SET entries = %s, link = %s{carry} WHERE fund_id = %s
            )
            {_ENTRY}
            SELECT %s, number, deed, happened_on, %s, memo, document, reverses, %s, key, source,
                   link
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
        )
