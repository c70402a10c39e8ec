"""How long a treasurer waits for a receipt: the whole request, signed in, with its CSRF token.

One server process as `kongthun serve` starts it, on loopback; one client that keeps its connection
and its cookies, as a browser does. Each request books one repayment on the page where a treasurer
does; the answer leads to the receipt. Beside it stand the action alone, called in this process, and
plain SQL that posts two lines, in turns with each other in the same run.

Size: ``count`` of repayments.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.cookies import SimpleCookie
from statistics import median, quantiles
from urllib.parse import urlencode

import django

from . import Measured, answer, asked
from .posting import FLOORS
from .repaying import CONTRACTS, PAID, PAID_ON, BenchVillage, our_repayment, village_with_contracts

PATIENCE = 60  # seconds until the server answers
WARM_UP = 20
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Treasurer:
    """A browser's worth of manners: one connection, cookies kept, the token of the page sent."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.cookies: SimpleCookie = SimpleCookie()

    def get(self, address: str) -> str:
        """The page at an address."""
        status, _, body = self._ask("GET", address, None)
        if status != 200:
            raise ConnectionError(f"{status} {address}")
        return body

    def send(self, address: str, fields: dict[str, str]) -> tuple[int, str]:
        """Send a form: the answer's status and where it leads, or what it says."""
        status, location, body = self._ask("POST", address, fields)
        return status, location or body

    def token(self) -> str:
        """The CSRF token as the cookie holds it; a form may send it back as it is."""
        return self.cookies["csrftoken"].value

    def _ask(
        self, method: str, address: str, fields: dict[str, str] | None
    ) -> tuple[int, str, str]:
        headers = {"Cookie": "; ".join(f"{m.key}={m.coded_value}" for m in self.cookies.values())}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, address, body=body, headers=headers)
        answered = self.connection.getresponse()
        text = answered.read().decode(errors="replace")
        for cookie in answered.headers.get_all("Set-Cookie") or []:
            self.cookies.load(cookie)
        return answered.status, answered.getheader("Location") or "", text


def measure(*, count: int) -> Measured:
    """Book so many repayments through the page, through the action and through plain SQL."""
    from django.db import connection  # noqa: PLC0415 (needs Django set up)

    village = village_with_contracts()
    connection.close()
    port = _free_port()
    command = [sys.executable, "-m", "kongthun.config.cli", "serve"]
    serving = subprocess.Popen([*command, "--port", str(port), "--workers", "1"])  # noqa: S603
    try:
        _wait_for(port, serving)
        treasurer = _signed_in(port, village)
        for number in range(WARM_UP):
            _book(treasurer, village, number)
        each = []
        started = time.perf_counter()
        for number in range(WARM_UP, WARM_UP + count):
            before = time.perf_counter()
            _book(treasurer, village, number)
            each.append(time.perf_counter() - before)
        spent = time.perf_counter() - started
    finally:
        serving.terminate()
        serving.wait(timeout=PATIENCE)
    repay, post_bare = our_repayment(village), FLOORS[connection.vendor]()
    alone = _seconds(repay, count)
    floor = _seconds(post_bare, count)
    p50 = round(median(each) * 1000, 2)
    return Measured(
        name="http",
        database=connection.vendor,
        figures={
            "repayments": count,
            "repayments_per_second": round(count / spent, 1),
            "p50_milliseconds": p50,
            "p95_milliseconds": round(quantiles(each, n=20)[-1] * 1000, 2),
            "action_alone_p50_milliseconds": round(median(alone) * 1000, 2),
        },
        floor={
            "repayments_per_second": round(count / sum(floor), 1),
            "p50_milliseconds": round(median(floor) * 1000, 2),
        },
        ratio=p50,
        ratio_is="milliseconds for half of the requests, at most",
        aim=15,
    )


def _book(treasurer: Treasurer, village: BenchVillage, number: int) -> None:
    contract = number % CONTRACTS + 1
    status, where = treasurer.send(
        f"/funds/{village.fund.code}/loans/receive/{contract}/",
        {
            "csrfmiddlewaretoken": treasurer.token(),
            "key": f"00000000-0000-4000-8000-{number:012d}",
            # What a treasurer saw before pressing: the page books only what was read back.
            "seen": f"{PAID.satang}/{PAID_ON.isoformat()}/refuse",
            "amount": PAID.text,
            "paid_on": PAID_ON.isoformat(),
            "receiver": str(village.receiver),
            "paid_by": "",
            "over": "refuse",
        },
    )
    if status != 302:
        raise ConnectionError(f"{status}: {where[:2000]}")


def _signed_in(port: int, village: BenchVillage) -> Treasurer:
    treasurer = Treasurer(port)
    page = treasurer.get("/sign-in/")
    found = _TOKEN.search(page)
    token = found[1] if found else ""
    status, where = treasurer.send(
        "/sign-in/",
        {
            "csrfmiddlewaretoken": token,
            "username": village.username,
            "password": village.password,
        },
    )
    if status != 302:
        raise ConnectionError(f"{status}: {where[:500]}")
    return treasurer


def _seconds(deed: Callable[[int], None], count: int) -> list[float]:
    each = []
    for number in range(1, count + 1):
        before = time.perf_counter()
        deed(number)
        each.append(time.perf_counter() - before)
    return each


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, serving: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if serving.poll() is not None:
            raise ConnectionError("the server left at once")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise ConnectionError("the server did not answer")


def main() -> None:
    """Measure what was asked for and answer."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kongthun.config.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    size = asked()
    call_command("migrate", verbosity=0)
    answer([measure(count=int(size.get("count", 300)))])


if __name__ == "__main__":
    main()
