"""Run as a process of its own against a database of its own: real connections, real commits.

    python apart.py open CODE…          open these funds
    python apart.py post CODE N WHO     post N entries, one transaction each
    python apart.py threads CODE N      the same from two threads of one process
    python apart.py hold CODE           take the pen, say so, keep it until a line is read
    python apart.py verify JOBS         verify with a part a fund; print what was found
    python apart.py interrupt CODE      verify while an entry is posted after the first statement
    python apart.py spoil CODE          change a memo past the triggers; mend: change it back

The database is the one the environment names.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kongthun.config.settings")


def main(what: str, *arguments: str) -> None:
    import django

    django.setup()
    DEEDS[what](*arguments)


def open_funds(*codes: str) -> None:
    from ledger.village import post, received, village_fund

    for code in codes:
        post(village_fund(code), received())


def post(code: str, times: str, who: str) -> None:
    from django.db import connection

    from kongthun.ledger.actions import Posted
    from kongthun.ledger.models import Fund
    from ledger import village

    fund = Fund.objects.get(code=code)
    for n in range(int(times)):
        entry = village.sent_back(1, 100, key=f"{who}-{n}")
        posted = village.post(fund, entry)
        if not isinstance(posted, Posted):
            raise TypeError(posted)
    connection.close()


def post_from_two_threads(code: str, times: str) -> None:
    threads = [threading.Thread(target=post, args=(code, times, who)) for who in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def hold(code: str) -> None:
    from django.db import transaction

    from kongthun.ledger import pen
    from kongthun.ledger.models import Fund

    with transaction.atomic():
        pen.take(Fund.objects.get(code=code).pk)
        sys.stdout.write("held\n")
        sys.stdout.flush()
        sys.stdin.readline()


def verify(jobs: str) -> None:
    from kongthun.ledger import verification
    from kongthun.ledger.wording import fault_in_thai

    verification._ENTRIES_IN_A_PART = 1
    found = verification.verify_all(jobs=int(jobs))
    sys.stdout.write(f"{found.funds} {found.entries}\n")
    for fault in found.faults:
        sys.stdout.write(f"{fault_in_thai(fault)}\n")


def interrupt(code: str) -> None:
    from collections.abc import Iterator
    from typing import Any

    from kongthun.ledger import verification
    from kongthun.ledger.models import Fund
    from ledger.village import position

    fund = Fund.objects.get(code=code)
    read = verification._rows
    written: list[int] = []

    def rows(sql: str, part: tuple[int, int]) -> Iterator[Any]:
        yield from read(sql, part)
        if not written:
            writer = threading.Thread(target=post, args=(code, "1", "interrupting"))
            writer.start()
            writer.join()
            written.append(1)

    verification._rows = rows
    found = verification.verification_of(fund)
    sys.stdout.write(f"{found.entries} {len(found.faults)} {position(fund).entries}\n")


def spoil(code: str) -> None:
    rewrite_the_memo(code, "x")


def mend(code: str) -> None:
    rewrite_the_memo(code, "")


def rewrite_the_memo(code: str, memo: str) -> None:
    from kongthun.ledger import guards
    from kongthun.ledger.models import Fund
    from ledger.village import run_sql

    fund = Fund.objects.get(code=code)
    guards.take_off()
    run_sql("UPDATE ledger_entry SET memo = %s WHERE fund_id = %s AND number = 1", memo, fund.pk)
    guards.put_back()


DEEDS = {
    "open": open_funds,
    "post": post,
    "threads": post_from_two_threads,
    "hold": hold,
    "verify": verify,
    "interrupt": interrupt,
    "spoil": spoil,
    "mend": mend,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
