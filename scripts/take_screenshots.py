"""Take the README's pictures from a running product with the demo district in it.

    python scripts/take_screenshots.py [FOLDER]

Everything is of this run alone: a folder for the books that is thrown away, a free port on
loopback, a browser without a profile. The pages are asked for as of the demo papers' own day, so
that a picture taken next year differs only where the product does. `make screenshots` runs this.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
KONGTHUN = Path(sys.executable).parent / "kongthun"

# As in `kongthun.accounts.cast`, which needs Django set up; a change there stops this run.
DEMO_DISTRICT = "8016"
DEMO_PASSWORD = "kongthun-demo"  # noqa: S105 (opens invented books only)

FUNDS = 68
PAPERS_DAY = "2025-09-30"  # the day that the demo's brown books speak of
LARGEST = 250_000  # bytes of a picture: a README must open on a weak signal
PATIENCE = 60  # seconds until the product must answer

# A sandbox needs rights that build machines do not give; nothing here leaves loopback anyway.
BROWSER_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as somebody of the demo cast sees it. Sizes are CSS pixels."""

    name: str
    username: str
    address: str
    width: int
    height: int
    sharpness: int = 1


# The treasurer's own fund is where the front page leads: no code needs to be known here.
DISTRICT = f"/area/{DEMO_DISTRICT}/?as_of={PAPERS_DAY}"
OWN_FUND = f"/?as_of={PAPERS_DAY}"
# One of the invented villages, always drawn the same, whose typist left several rows unsure.
SET_ASIDE = "/registers/set-aside/?fund=80160907"
# The fund that the demo lets lend and take back on screen.
ALIVE = "/funds/80160102"
MAKERS = "/funds/80160102-2"
# A stalled fund of the demo that is on its way back.
ROAD = "/funds/80160106"

TAKEN = (
    Picture("district-1280", "amphoe", DISTRICT, 1280, 1480),
    Picture("district-360", "amphoe", DISTRICT, 360, 760, sharpness=2),
    Picture("fund-1280", "herannyik", OWN_FUND, 1280, 1040),
    Picture("fund-360", "herannyik", OWN_FUND, 360, 760, sharpness=2),
    Picture("set-aside-360", "amphoe", SET_ASIDE, 360, 860, sharpness=2),
    Picture("desk-360", "herannyik", f"{ALIVE}/work/", 360, 860, sharpness=2),
    Picture("group-1280", "klum", "/", 1280, 1180),
    Picture("group-360", "klum", "/", 360, 860, sharpness=2),
    Picture("trade-360", "klum", f"{MAKERS}/trade/", 360, 860, sharpness=2),
    Picture("receipt-360", "herannyik", f"{ALIVE}/loans/receipts/3/", 360, 860, sharpness=2),
    Picture("case-1280", "phatthanakon", f"{ROAD}/cases/1/", 1280, 1180),
    Picture("case-360", "phatthanakon", f"{ROAD}/cases/1/", 360, 860, sharpness=2),
    Picture("work-360", "phatthanakon", "/my-work/", 360, 860, sharpness=2),
    Picture("debts-1280", "prathan", f"{ALIVE}/loans/debts/", 1280, 1040),
)


def main() -> int:
    """Take every picture; 0 when all are there and none is too large."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("Chromium is not here. On Debian: apt-get install chromium", file=sys.stderr)
        return 1
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    with demo_served() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=list(BROWSER_OPTIONS), headless=True
        )
        try:
            for picture in TAKEN:
                take(browser, base, picture, folder)
        finally:
            browser.close()
    return say_sizes(folder)


@contextmanager
def demo_served() -> Iterator[str]:
    """The demo district behind a free port; its address. Stopped and thrown away afterwards."""
    with tempfile.TemporaryDirectory(prefix="kongthun-pictures-") as home:
        environment = os.environ | {"KONGTHUN_HOME": home, "KONGTHUN_DEMO": "1"}
        environment.pop("KONGTHUN_DATABASE_URL", None)  # never the books of anybody
        for arguments in (("migrate", "--verbosity", "0"), ("demo", "--funds", str(FUNDS))):
            print("kongthun", *arguments, flush=True)
            subprocess.run(
                [KONGTHUN, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL
            )
        port = free_port()
        server = subprocess.Popen([KONGTHUN, "serve", "--port", str(port)], env=environment)
        try:
            base = f"http://127.0.0.1:{port}"
            wait_for(f"{base}/sign-in/", server)
            yield base
        finally:
            server.terminate()
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return once the page is there. Raises RuntimeError if the server leaves or stays silent."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"kongthun serve left with {server.returncode}")
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, HTTPException, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"nothing answered at {address} in {PATIENCE} seconds")


def take(browser: Browser, base: str, picture: Picture, folder: Path) -> None:
    """Sign in through the form as one of the cast, open the page, keep what is on the screen."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=picture.sharpness,
        color_scheme="light",
        locale="th-TH",
    )
    try:
        page = context.new_page()
        page.goto(f"{base}/sign-in/")
        form = page.locator("form.form")
        form.locator("input[name=username]").fill(picture.username)
        form.locator("input[name=password]").fill(DEMO_PASSWORD)
        form.locator("button").click()
        page.wait_for_url(lambda address: "/sign-in/" not in address)
        # The front page leads on to the reader's own page, and forgets the day on the way.
        path, _, asked = picture.address.partition("?")
        if path == "/":
            path = page.url.removeprefix(base).partition("?")[0]
        answer = page.goto(f"{base}{path}?{asked}")
        if answer is None or not answer.ok:
            raise RuntimeError(f"{picture.name}: {path} was refused")
        page.evaluate("document.fonts.ready")
        page.screenshot(path=folder / f"{picture.name}.png")
    finally:
        context.close()


def say_sizes(folder: Path) -> int:
    """Print each picture's size; 1 if one is too large."""
    sizes = {p.name: (folder / f"{p.name}.png").stat().st_size for p in TAKEN}
    for name, size in sizes.items():
        print(f"{name}.png {size:,} bytes{'  TOO LARGE' if size > LARGEST else ''}")
    return 1 if max(sizes.values()) > LARGEST else 0


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    raise SystemExit(main())
