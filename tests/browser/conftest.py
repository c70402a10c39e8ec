"""The product itself, served as a district would serve it, and a real Chromium before it.

The server is a process of its own with a home of its own, filled by `kongthun demo`: what is
tested is what `make run` shows. It speaks on loopback only, and so does the browser.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

playwright_api = pytest.importorskip(
    "playwright.sync_api", reason="SKIPPED: Playwright is not installed, no page was looked at"
)

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
    # Whatever is not on this machine is not found: a page that needs the world shows it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
FUNDS = 5
PATIENCE = 60  # seconds until the server answers


@dataclass
class Watched:
    """A page, and what went wrong or went out while it was looked at."""

    page: Any
    server: str
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self, address: str) -> Any:  # noqa: ANN401
        """Go to an address of ours and wait until all of it is there."""
        answer = self.page.goto(f"{self.server}{address}", wait_until="networkidle")
        assert answer.status == 200, f"{answer.status} {address}"
        return self.page

    @property
    def address(self) -> str:
        """Where the page is, without the server."""
        return str(self.page.url).removeprefix(self.server)

    def is_clean(self) -> None:
        """Nothing was complained about, and nobody else was asked for anything."""
        assert self.complaints == []
        assert self.strangers == []


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, without a window."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("SKIPPED: there is no Chromium here, so no page was looked at (make tools)")
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo district of a few funds, served on a port of its own."""
    with served(tmp_path_factory.mktemp("home"), funds=FUNDS) as address:
        yield address


@contextmanager
def served(home: Path, *, funds: int) -> Iterator[str]:
    """The demo district with so many funds, served until it is left."""
    environment = os.environ | {"KONGTHUN_HOME": str(home), "KONGTHUN_DEMO": "1"}
    given = environment.get("KONGTHUN_DATABASE_URL", "")
    database = f"browser_{os.getpid()}_{funds}"
    if given.startswith("postgres"):
        _run_sql(given, f"CREATE DATABASE {database}")
        environment["KONGTHUN_DATABASE_URL"] = urlsplit(given)._replace(path=database).geturl()
    else:
        environment.pop("KONGTHUN_DATABASE_URL", None)
    kongthun = [sys.executable, "-m", "kongthun.config.cli"]
    for command in (["migrate", "--verbosity", "0"], ["demo", "--funds", str(funds)]):
        subprocess.run(
            [*kongthun, *command], env=environment, check=True, stdout=subprocess.DEVNULL
        )
    port = _free_port()
    arguments = ["serve", "--port", str(port), "--workers", "1"]
    serving = subprocess.Popen([*kongthun, *arguments], env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, serving)
        yield address
    finally:
        serving.terminate()
        serving.wait(timeout=PATIENCE)
        if given.startswith("postgres"):
            _run_sql(given, f"DROP DATABASE {database} WITH (FORCE)")


def _run_sql(url: str, sql: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql)  # type: ignore[call-overload]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, serving: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert serving.poll() is None, "the server left at once"
        try:
            with urllib.request.urlopen(f"{address}/sign-in/", timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError("the server did not answer")


Look = Callable[..., Watched]


@pytest.fixture(scope="session")
def passes(chromium: Any, server: str) -> dict[str, Any]:  # noqa: ANN401, ARG001
    """What the browser holds after each of the cast has signed in; kept, as hashing is slow."""
    return {}


@pytest.fixture
def look(chromium: Any, server: str, passes: dict[str, Any]) -> Iterator[Look]:  # noqa: ANN401
    """Open a window: ``look("amphoe", width=360)``. Signs in by pressing the person's button."""
    windows = []

    def opened(
        person: str = "", *, width: int = 1280, scripts: bool = True, fresh: bool = False
    ) -> Watched:
        window = chromium.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            locale="th-TH",
            storage_state=None if fresh else passes.get(person),
        )
        windows.append(window)
        page = window.new_page()
        page.set_default_timeout(15_000)
        watched = Watched(page, server)
        page.on("console", lambda said: _listen(watched, said))
        page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        page.on("request", lambda request: _note(watched, request.url))
        if person and (fresh or person not in passes):
            watched.open("/sign-in/")
            page.locator(f'form:has(input[name=username][value="{person}"]) button').click()
            page.wait_for_url(lambda url: "/sign-in/" not in url)
            if not fresh:  # whoever looks freshly may sign out again
                passes[person] = window.storage_state()
        return watched

    yield opened
    for window in windows:
        window.close()


def _listen(watched: Watched, said: Any) -> None:  # noqa: ANN401
    if said.type in {"error", "warning"}:
        watched.complaints.append(f"{said.type}: {said.text}")


def _note(watched: Watched, url: str) -> None:
    watched.asked.append(url)
    if not url.startswith((watched.server, "data:")):
        watched.strangers.append(url)
