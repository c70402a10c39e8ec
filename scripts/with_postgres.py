"""Run a command with a PostgreSQL of its own on loopback, and stop it afterwards.

    python scripts/with_postgres.py pytest -q
    python scripts/with_postgres.py --passing pytest -q

``--passing`` is for tests: nothing is flushed to the disk, since the data goes when they end. What
is measured must not use it. The command finds the server in KONGTHUN_DATABASE_URL. Exit code 77
means there is no PostgreSQL on this machine; how to install one is said on the way out.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

NO_POSTGRES = 77


def main() -> int:
    """Start, run, stop; answer with the command's exit code."""
    binaries = find_binaries()
    if binaries is None:
        print(
            "No PostgreSQL on this machine. Install one (Debian: apt-get install postgresql) "
            "and run this again; the tests on SQLite do not need it.",
            file=sys.stderr,
        )
        return NO_POSTGRES
    command = sys.argv[1:]
    is_passing = command[:1] == ["--passing"]
    folder = Path(tempfile.mkdtemp(prefix="kongthun-postgres-"))
    port = free_port()
    as_postgres: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres")
        as_postgres = ["runuser", "-u", "postgres", "--"]
    data = folder / "data"
    initdb = [str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", "kongthun"]
    quietly([*as_postgres, *initdb, "-E", "UTF8", "--no-sync"])
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=60"
    if is_passing:
        command = command[1:]
        options += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
    control = [*as_postgres, str(binaries / "pg_ctl"), "-D", str(data), "-w"]
    quietly([*control, "-l", str(folder / "log"), "-o", options, "start"])
    try:
        url = f"postgres://kongthun@127.0.0.1:{port}/postgres"
        environment = os.environ | {"KONGTHUN_DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        quietly([*control, "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def quietly(command: list[str]) -> None:
    """Run a command that has nothing to say when it goes well."""
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def find_binaries() -> Path | None:
    """The newest installed server's programs; on PATH, or where Debian keeps them."""
    kept = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0,
    )
    if kept:
        return kept[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
