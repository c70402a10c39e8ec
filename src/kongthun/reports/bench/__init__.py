"""Benchmarks: how fast we are beside a floor that is measured in the same run.

A number alone says as much about the machine and its hour as about us, so each is printed with what
the same machine did just then with the bare tools: the reader of the cells, plain SQL, the hash.
Each runs in a process and a database of its own, made for it and thrown away afterwards.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

NAMES = ("import", "post", "verify", "repay", "http")
_MODULES = {
    "import": "importing",
    "post": "posting",
    "verify": "verifying",
    "repay": "repaying",
    "http": "over_http",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A benchmark's figures and its floor's, and how much of the floor we reach.

    ``ratio`` is in the words of ``ratio_is``: for import the time taken over the reader's time (to
    be at most ``aim``), for the others our rate over the floor's (to be at least ``aim``).
    """

    name: str
    database: str
    figures: dict[str, float]
    floor: dict[str, float]
    ratio: float
    ratio_is: str
    aim: float


def run(
    name: str, *, database_url: str | None, size: dict[str, str]
) -> tuple[list[Measured], dict[str, object]]:
    """Run one benchmark in a fresh process on a fresh database, and say on what machine.

    ``database_url`` names a PostgreSQL server on which a database of its own is made; without one
    it is SQLite. ``size`` overrides how much is done (see each benchmark's module).
    """
    with (
        tempfile.TemporaryDirectory(prefix="kongthun-bench-") as home,
        _database_of_its_own(database_url) as url,
    ):
        environment = {key: value for key, value in os.environ.items() if "KONGTHUN" not in key}
        environment |= {
            "KONGTHUN_HOME": home,
            "DJANGO_SETTINGS_MODULE": "kongthun.config.settings",
        }
        if url is not None:
            environment["KONGTHUN_DATABASE_URL"] = url
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            [sys.executable, "-m", f"kongthun.reports.bench.{_MODULES[name]}"],
            input=json.dumps(size),
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
            check=True,
        )
    last_line = done.stdout.splitlines()[-1]
    return [Measured(**measured) for measured in json.loads(last_line)], machine()


def answer(measured: list[Measured]) -> None:
    """What a benchmark's process says last."""
    sys.stdout.write("\n" + json.dumps([asdict(one) for one in measured]) + "\n")


def asked() -> dict[str, Any]:
    """What a benchmark's process was asked for; nothing when run by hand."""
    return {} if sys.stdin.isatty() else dict(json.loads(sys.stdin.read() or "{}"))


def machine() -> dict[str, object]:
    """What a figure depends on besides us, the load of this minute included."""
    return {
        "system": platform.platform(terse=True),
        "processor": _processor(),
        "cores": cores(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    if about.exists():
        for line in about.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor()


@contextmanager
def _database_of_its_own(url: str | None) -> Iterator[str | None]:
    if url is None:
        yield None
        return
    name = f"kongthun_bench_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )
