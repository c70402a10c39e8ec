"""Run as a process of its own against a database of its own: real connections, real commits.

    python at_once.py FOLDER    keep and redact the same papers from several threads; print what
                                the proof finds, and how many lines there are

The database and the evidence folder are those the environment names.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kongthun.config.settings")

FUNDS = (7, 8)
ROUNDS = 12


def main(folder: str) -> None:
    import django

    django.setup()
    from kongthun.audit.models import PaperRecord
    from kongthun.audit.papers import faults_of_papers

    same = Path(folder) / "same.pdf"
    same.write_bytes(b"%PDF-1.7 kept by everybody")
    work: list[Callable[[], None]] = []
    for fund_id in FUNDS:
        work.append(lambda fund_id=fund_id: keep_many(Path(folder), fund_id))  # type: ignore[misc]
        work.append(lambda fund_id=fund_id: keep_and_redact(same, fund_id))  # type: ignore[misc]
    threads = [threading.Thread(target=each) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for fault in faults_of_papers(None):
        sys.stdout.write(f"{fault}\n")
    lines = PaperRecord.objects.order_by("fund_id").values_list("fund_id", "lines")
    sys.stdout.write(f"{list(lines)}\n")


def keep_many(folder: Path, fund_id: int) -> None:
    from django.db import connection

    from kongthun.audit.papers import keep_paper

    for n in range(ROUNDS):
        paper = folder / f"{fund_id}-{n}.pdf"
        paper.write_bytes(b"%PDF-1.7 " + str(n).encode())  # the other fund keeps it too
        keep_paper(paper, fund_id=fund_id, area_code="", subject=f"gift {n}", user_id=None)
    connection.close()


def keep_and_redact(same: Path, fund_id: int) -> None:
    from django.db import connection

    from kongthun.audit.models import KeptPaper
    from kongthun.audit.papers import PaperRedacted, keep_paper, redact_paper

    for n in range(ROUNDS):
        sha256 = keep_paper(same, fund_id=fund_id, area_code="", subject="claim", user_id=None)
        last = KeptPaper.objects.filter(fund_id=fund_id, sha256=sha256).latest("number")
        done = redact_paper(
            last.number, fund_id=fund_id, area_code="", reason=f"round {n}", user_id=None
        )
        if not isinstance(done, PaperRedacted):
            raise TypeError(done)
    keep_paper(same, fund_id=fund_id, area_code="", subject="claim", user_id=None)
    connection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
