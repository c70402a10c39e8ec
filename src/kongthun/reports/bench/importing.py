"""How long an import takes beside reading the cells alone.

Size: ``folder`` of workbooks (default: the demo district is written), ``villages`` of it, ``jobs``.
"""

from __future__ import annotations

import json
import resource
import tempfile
import time
from contextlib import suppress
from io import StringIO
from pathlib import Path

import django
from python_calamine import CalamineWorkbook

from . import Measured, answer, asked


def measure(folder: Path, *, jobs: int) -> Measured:
    """Import the workbooks of a folder into the empty database at hand."""
    from django.core.management import call_command  # noqa: PLC0415 (needs Django set up)
    from django.db import connection  # noqa: PLC0415

    paths = sorted(folder.glob("*.xlsx"))
    before = _seconds_to_read(paths)
    printed = StringIO()
    started = time.perf_counter()
    with suppress(SystemExit):  # rows set aside are no trouble here
        call_command("import", str(folder), "--json", "--jobs", str(jobs), stdout=printed)
    seconds = time.perf_counter() - started
    reading = min(before, _seconds_to_read(paths))
    lines = [json.loads(line) for line in printed.getvalue().splitlines()]
    rows = sum(line["posted_rows"] + len(line["set_aside"]) for line in lines)
    return Measured(
        name="import",
        database=connection.vendor,
        figures={
            "workbooks": len(lines),
            "rows": rows,
            "seconds": round(seconds, 3),
            "rows_per_second": round(rows / seconds),
            "peak_megabytes": _peak_megabytes(),
        },
        floor={"seconds": round(reading, 3)},
        ratio=round(seconds / reading, 2),
        ratio_is="time taken / time to read the cells, at most",
        aim=3.0,
    )


def _seconds_to_read(paths: list[Path]) -> float:
    started = time.perf_counter()
    for path in paths:
        workbook = CalamineWorkbook.from_path(str(path))
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name).to_python()
    return time.perf_counter() - started


def _peak_megabytes() -> float:
    """Of the largest process, ours or a worker's."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return round(max(resource.getrusage(each).ru_maxrss for each in who) / 1024, 1)


def main() -> None:
    """Measure what was asked for and answer."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from kongthun.registers.demo import write_district  # noqa: PLC0415

    size = asked()
    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory(prefix="kongthun-bench-") as written:
        folder = Path(size["folder"]) if size.get("folder") else Path(written)
        if not size.get("folder"):
            write_district(folder, villages=int(size.get("villages", 68)))
        answer([measure(folder, jobs=int(size.get("jobs", 0)))])


if __name__ == "__main__":
    main()
