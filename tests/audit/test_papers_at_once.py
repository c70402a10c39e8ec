"""One record a fund and one file a content, while several keep and redact the same at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from audit.at_once import FUNDS, ROUNDS
from ledger.test_pen import Books, books  # noqa: F401 (a fixture)

AT_ONCE = Path(__file__).with_name("at_once.py")


def test_nothing_is_lost_numbered_twice_or_deleted_while_it_is_kept_elsewhere(
    books: Books,  # noqa: F811
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, str(AT_ONCE), str(tmp_path)],
        env=books.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    lines = ROUNDS + 2 * ROUNDS + 1
    assert done.stdout.splitlines() == [str([(fund_id, lines) for fund_id in FUNDS])]
