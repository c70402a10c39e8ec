"""One pen per fund, proved by real connections of several processes and threads.

Each test runs on a database of its own, of the kind the run is about: a file on SQLite, a fresh
database on PostgreSQL's server.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import dj_database_url
import pytest

EACH = 30
APART = Path(__file__).with_name("apart.py")


@dataclass(frozen=True)
class Books:
    """A database that only processes of these tests touch."""

    environment: dict[str, str]
    is_sqlite: bool

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(APART), *arguments],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> str:
        return finished(self.start(*arguments))

    def kongthun(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kongthun.config.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def proof(self, jobs: int = 1) -> str:
        return self.run("verify", str(jobs))


def finished(process: subprocess.Popen[str], *, within: float = 60) -> str:
    said, complaints = process.communicate(timeout=within)
    assert process.returncode == 0, complaints
    return said


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    home = tmp_path_factory.mktemp("books")
    environment = os.environ | {"KONGTHUN_HOME": str(home)}
    url = os.environ.get("KONGTHUN_DATABASE_URL", "")
    is_sqlite = not url.startswith("postgres")
    if is_sqlite:
        environment.pop("KONGTHUN_DATABASE_URL", None)
    else:
        environment["KONGTHUN_DATABASE_URL"] = on_server(url, "DROP DATABASE IF EXISTS {0}")
        on_server(url, "CREATE DATABASE {0}")
    made = Books(environment, is_sqlite)
    for app in ("ledger", "audit", "assessments"):  # whatever `verify` looks at
        migrated = made.kongthun("migrate", app, "--verbosity", "0")
        assert migrated.returncode == 0, migrated.stderr
    yield made
    if not is_sqlite:
        on_server(url, "DROP DATABASE {0} WITH (FORCE)")


def on_server(url: str, statement: str) -> str:
    """Run a statement about the tests' own database; answer with that database's address."""
    import psycopg

    name = f"kongthun_pen_{os.getpid()}"
    server = dj_database_url.parse(url)
    with psycopg.connect(
        host=server["HOST"],
        port=server["PORT"],
        user=server["USER"],
        password=server["PASSWORD"],
        dbname=server["NAME"],
        autocommit=True,
    ) as connection:
        connection.execute(statement.format(name))
    return f"{url.rpartition('/')[0]}/{name}"


@pytest.fixture
def funds(books: Books, request: pytest.FixtureRequest) -> tuple[str, str]:
    """Two funds that no other test has written in."""
    place = zlib.crc32(request.node.name.encode()) % 1_000_000
    codes = (f"80{place:06}", f"81{place:06}")
    books.run("open", *codes)
    return codes


def test_two_processes_writing_in_one_fund_leave_no_gap(
    books: Books, funds: tuple[str, str]
) -> None:
    writers = [books.start("post", funds[0], str(EACH), who) for who in ("one", "two")]
    for writer in writers:
        finished(writer)
    assert verified(books, funds[0]) == 1 + 2 * EACH


def test_two_threads_writing_in_one_fund_leave_no_gap(books: Books, funds: tuple[str, str]) -> None:
    books.run("threads", funds[0], str(EACH))
    assert verified(books, funds[0]) == 1 + 2 * EACH


def test_two_processes_writing_with_the_same_keys_write_once(
    books: Books, funds: tuple[str, str]
) -> None:
    writers = [books.start("post", funds[0], str(EACH), "same") for _ in range(2)]
    for writer in writers:
        finished(writer)
    assert verified(books, funds[0]) == 1 + EACH


def test_whoever_has_no_pen_waits_until_it_is_laid_down(
    books: Books, funds: tuple[str, str]
) -> None:
    holder = books.start("hold", funds[0])
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    writer = books.start("post", funds[0], "1", "waiting")
    with pytest.raises(subprocess.TimeoutExpired):
        writer.wait(timeout=3)
    finished(holder)
    finished(writer)
    assert verified(books, funds[0]) == 2


def test_another_fund_does_not_wait_for_this_ones_pen(books: Books, funds: tuple[str, str]) -> None:
    if books.is_sqlite:
        pytest.skip("SQLite has one write lock for all funds")
    holder = books.start("hold", funds[0])
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    books.run("post", funds[1], "3", "free")
    assert holder.poll() is None
    assert verified(books, funds[1]) == 4
    finished(holder)


def test_reading_and_proving_wait_for_no_pen(books: Books, funds: tuple[str, str]) -> None:
    holder = books.start("hold", funds[0])
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    assert verified(books, funds[0]) == 1
    assert verified(books, funds[1]) == 1
    assert holder.poll() is None
    finished(holder)


def test_proving_keeps_nobody_from_writing_and_is_not_confused_by_it(
    books: Books, funds: tuple[str, str]
) -> None:
    writer = books.start("post", funds[0], str(EACH * 5), "busy")
    proofs = 0
    while writer.poll() is None:
        assert len(books.proof(2).splitlines()) == 1
        proofs += 1
    finished(writer)
    assert proofs
    assert verified(books, funds[0]) == 1 + EACH * 5


def test_a_proof_sees_the_books_as_of_one_moment(books: Books, funds: tuple[str, str]) -> None:
    """An entry posted between two of its statements is not half seen."""
    assert books.run("interrupt", funds[0]) == "1 0 2\n"
    assert verified(books, funds[0]) == 2


def test_many_processes_find_what_one_finds(books: Books, funds: tuple[str, str]) -> None:
    assert books.proof(2) == books.proof(1)
    assert books.kongthun("verify", "--jobs", "2").returncode == 0
    books.run("spoil", funds[1])
    found = books.proof(2)
    assert found == books.proof(1)
    assert f"กองทุน {funds[1]} รายการที่ 1: เนื้อหาไม่ตรง" in found
    assert len(found.splitlines()) == 2
    answer = books.kongthun("verify", "--jobs", "2")
    assert answer.returncode == 1
    assert f"กองทุน {funds[1]} รายการที่ 1" in answer.stdout
    assert books.kongthun("verify", "--fund", funds[0]).returncode == 0
    assert books.kongthun("verify", "--fund", "none").returncode == 2
    books.run("mend", funds[1])
    assert books.kongthun("verify").returncode == 0


def verified(books: Books, code: str) -> int:
    """How many entries a sound fund holds; they are numbered without a gap, or it is not sound."""
    answer = books.kongthun("verify", "--fund", code, "--json")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return int(json.loads(answer.stdout)["entries"])
