"""Install what the tests want besides Python, where we may; say plainly where we may not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# What each is for, how we see that it is here, and its Debian package.
TOOLS = (
    ("PostgreSQL", "the tests on PostgreSQL", "postgresql"),
    ("Chromium", "the tests in a real browser", "chromium"),
    ("hledger", "an independent reading of our books", "hledger"),
    ("pdftoppm", "looking at printed pages", "poppler-utils"),
)


def is_here(name: str) -> bool:
    """Whether a tool is on this machine."""
    if name == "PostgreSQL":
        return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or bool(shutil.which("initdb"))
    return shutil.which(name.lower()) is not None


def main() -> int:
    """Install what is missing; never fail the run, since each test says when it is skipped."""
    missing = [tool for tool in TOOLS if not is_here(tool[0])]
    if not missing:
        return 0
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        for name, purpose, package in missing:
            print(
                f"{name} is not here, so {purpose} will be skipped. "
                f"On Debian: apt-get install {package}",
                file=sys.stderr,
            )
        return 0
    packages = [package for _, _, package in missing]
    print("installing", " ".join(packages), "…", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([apt, "update", "-qq"], check=False, env=environment)
    done = subprocess.run(
        [apt, "install", "-y", "-qq", "--no-install-recommends", *packages],
        check=False,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    if done.returncode != 0:
        print(f"could not install {' '.join(packages)}; their tests are skipped", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
