"""How many entries a second go through `post_entry` beside plain SQL that posts two lines.

Both write one entry a transaction from one process, as durably (SQLite: WAL, synchronous FULL;
PostgreSQL: synchronous_commit on), in turns. The floor's tables have the same keys and no guards;
its SQL is what a careful hand would write with the driver alone: one statement where the database
can do it, prepared once. It neither looks for the idempotency key nor seals anything.

Size: ``count`` of entries in a round, ``rounds``.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import django
import psycopg

from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import Money

from . import Measured, answer, asked

ON = date(2025, 9, 30)
AMOUNT = 1_250_00
KEYS = """
CREATE TABLE floor_position (fund_id bigint PRIMARY KEY, entries bigint NOT NULL,
    link {bytes} NOT NULL, cash bigint NOT NULL, bank bigint NOT NULL);
CREATE TABLE floor_account (fund_id bigint NOT NULL, code varchar(24) NOT NULL,
    kind varchar(16) NOT NULL, balance bigint NOT NULL, PRIMARY KEY (fund_id, code)){small};
CREATE TABLE floor_entry (fund_id bigint NOT NULL REFERENCES floor_position (fund_id),
    number bigint NOT NULL, deed varchar(24) NOT NULL, happened_on date NOT NULL,
    recorded_at {moment} NOT NULL, memo varchar(200) NOT NULL, document varchar(60) NOT NULL,
    reverses bigint, recorded_by bigint, key varchar(80) NOT NULL, source varchar(80) NOT NULL,
    link {bytes} NOT NULL, PRIMARY KEY (fund_id, number), UNIQUE (fund_id, key)){small};
CREATE TABLE floor_line (fund_id bigint NOT NULL, entry_number bigint NOT NULL,
    place smallint NOT NULL, account varchar(24) NOT NULL, amount bigint NOT NULL,
    PRIMARY KEY (fund_id, entry_number, place),
    FOREIGN KEY (fund_id, entry_number) REFERENCES floor_entry (fund_id, number)
        DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (fund_id, account) REFERENCES floor_account (fund_id, code)
        DEFERRABLE INITIALLY DEFERRED){small};
CREATE INDEX floor_line_account ON floor_line (fund_id, account);
"""


def measure(*, count: int, rounds: int) -> Measured:
    """Post so many entries in turns with the floor, in the database at hand."""
    from django.db import connection  # noqa: PLC0415 (needs Django set up)

    ours, floor = 0.0, 0.0
    post, post_bare = _our_posting(), FLOORS[connection.vendor]()
    for turn in range(rounds + 1):
        bare_seconds = _seconds(post_bare, turn * count, count)
        our_seconds = _seconds(post, turn * count, count)
        if turn > 0:  # the first turn warms both up
            floor += bare_seconds
            ours += our_seconds
    posted = count * rounds
    return Measured(
        name="post",
        database=connection.vendor,
        figures={"postings": posted, "postings_per_second": round(posted / ours)},
        floor={"postings_per_second": round(posted / floor)},
        ratio=round(floor / ours, 3),
        ratio_is="our postings / plain SQL's, at least",
        aim=0.25,
    )


def _seconds(post: Callable[[int], None], first: int, count: int) -> float:
    started = time.perf_counter()
    for number in range(first + 1, first + count + 1):
        post(number)
    return time.perf_counter() - started


def _our_posting() -> Callable[[int], None]:
    from kongthun.groups.actions import open_group  # noqa: PLC0415 (needs Django set up)
    from kongthun.ledger.actions import Posted, open_books, post_entry  # noqa: PLC0415

    group = open_group(code="80120101", kind="kkk", area_code="80120101", name="bench")
    fund = open_books(
        group_id=group.pk, code=group.code, area_code=group.code, chart_code="kkk", name="bench"
    )
    amount = Money(AMOUNT)
    lines = (Line("bank:1", amount), Line("cash", -amount))

    def post(number: int) -> None:
        draft = Draft(
            Deed.CASH_DEPOSITED, ON, lines, f"bench:{number}", "นำฝากเงินรับคืน", f"รค.{number}"
        )
        if not isinstance(post_entry(draft, fund=fund, recorded_by=None), Posted):
            raise TypeError("the entry was refused")

    return post


def _bare_sqlite() -> Callable[[int], None]:
    connection = sqlite3.connect(
        str(Path(os.environ["KONGTHUN_HOME"]) / "floor.sqlite3"), isolation_level=None
    )
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.executescript(KEYS.format(bytes="blob", moment="text", small=" WITHOUT ROWID"))
    connection.execute("INSERT INTO floor_position VALUES (1, 0, zeroblob(32), 0, 0)")
    link = bytes(range(32))

    def post(number: int) -> None:
        run = connection.execute
        run("BEGIN IMMEDIATE")
        run(
            "INSERT INTO floor_account VALUES (1, 'bank:1', 'bank', ?), (1, 'cash', 'cash', ?)"
            " ON CONFLICT (fund_id, code) DO UPDATE SET balance = balance + excluded.balance",
            (AMOUNT, -AMOUNT),
        )
        run(
            "INSERT INTO floor_entry VALUES"
            " (1, ?, 'cash_deposited', '2025-09-30', '2026-11-22 09:00:00.000000',"
            " 'นำฝากเงินรับคืน', ?, NULL, NULL, ?, '', ?)",
            (number, f"รค.{number}", f"bench:{number}", link),
        )
        run(
            "INSERT INTO floor_line VALUES (1, ?, 0, 'bank:1', ?), (1, ?, 1, 'cash', ?)",
            (number, AMOUNT, number, -AMOUNT),
        )
        run(
            "UPDATE floor_position SET entries = ?, link = ?, bank = bank + ?, cash = cash - ?"
            " WHERE fund_id = 1",
            (number, link, AMOUNT, AMOUNT),
        )
        run("COMMIT")

    return post


def _bare_postgresql() -> Callable[[int], None]:
    connection = psycopg.connect(os.environ["KONGTHUN_DATABASE_URL"], autocommit=True)
    connection.execute(KEYS.format(bytes="bytea", moment="timestamptz", small=""))
    connection.execute(
        "INSERT INTO floor_position VALUES (1, 0, decode(repeat('00', 32), 'hex'), 0, 0)"
    )
    link = bytes(range(32))
    cursor = connection.cursor()

    def post(number: int) -> None:
        cursor.execute(
            """
            WITH balance AS (
                INSERT INTO floor_account
                VALUES (1, 'bank:1', 'bank', %(amount)s), (1, 'cash', 'cash', -%(amount)s)
                ON CONFLICT (fund_id, code)
                DO UPDATE SET balance = floor_account.balance + excluded.balance
            ), line AS (
                INSERT INTO floor_line
                VALUES (1, %(number)s, 0, 'bank:1', %(amount)s),
                       (1, %(number)s, 1, 'cash', -%(amount)s)
            ), carried AS (
                UPDATE floor_position SET entries = %(number)s, link = %(link)s,
                    bank = bank + %(amount)s, cash = cash - %(amount)s WHERE fund_id = 1
            )
            INSERT INTO floor_entry VALUES
                (1, %(number)s, 'cash_deposited', '2025-09-30', '2026-11-22 09:00:00+00',
                 'นำฝากเงินรับคืน', %(document)s, NULL, NULL, %(key)s, '', %(link)s)
            """,
            {
                "number": number,
                "amount": AMOUNT,
                "link": link,
                "document": f"รค.{number}",
                "key": f"bench:{number}",
            },
            prepare=True,
        )

    return post


FLOORS = {"sqlite": _bare_sqlite, "postgresql": _bare_postgresql}


def main() -> None:
    """Measure what was asked for and answer."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    size = asked()
    call_command("migrate", verbosity=0)
    answer([measure(count=int(size.get("count", 500)), rounds=int(size.get("rounds", 4)))])


if __name__ == "__main__":
    main()
