"""Copy the fonts the pages serve from ``node_modules`` into the web app's static folder.

Only the weights and subsets that ``fonts.css`` names are taken, each family with its licence, so
that a wheel built here carries them. Run by ``make setup`` after npm; safe to run again.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules" / "@fontsource"
FONTS = ROOT / "src" / "kongthun" / "web" / "static" / "web" / "fonts"

WEIGHTS = {
    "noto-sans-thai-looped": (400, 700),
    "sarabun": (400, 600),
}
SUBSETS = ("thai", "latin")


def font_files() -> list[tuple[Path, str]]:
    """Each file to copy: where npm put it, and what it is called among our own."""
    files = []
    for family, weights in WEIGHTS.items():
        files.append((PACKAGES / family / "LICENSE", f"{family}-LICENSE.txt"))
        for subset in SUBSETS:
            for weight in weights:
                name = f"{family}-{subset}-{weight}-normal.woff2"
                files.append((PACKAGES / family / "files" / name, name))
    return files


def main() -> int:
    missing = [source for source, _ in font_files() if not source.exists()]
    if missing:
        for source in missing:
            print(f"missing: {source.relative_to(ROOT)}", file=sys.stderr)
        print("Run `npm ci` first.", file=sys.stderr)
        return 1
    FONTS.mkdir(parents=True, exist_ok=True)
    for source, name in font_files():
        shutil.copyfile(source, FONTS / name)
    print(f"{len(font_files())} files in {FONTS.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
