"""Copy the fonts of the pages and of the printed papers from ``node_modules`` into the package.

Pages get the weights and subsets that ``fonts.css`` names (woff2), papers the whole Sarabun (TTF,
the only kind typst reads), each family with its licence, so that a wheel built here carries them.
Run by ``make setup`` after npm; safe to run again.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE_PACKAGES = ROOT / "node_modules" / "@fontsource"
PAGE_FONTS = ROOT / "src" / "kongthun" / "web" / "static" / "web" / "fonts"
PAPER_PACKAGE = ROOT / "node_modules" / "@expo-google-fonts" / "sarabun"
PAPER_FONTS = ROOT / "src" / "kongthun" / "papers" / "fonts"

WEIGHTS = {
    "noto-sans-thai-looped": (400, 700),
    "sarabun": (400, 600),
}
SUBSETS = ("thai", "latin")


PAPER_FACES = {
    "400Regular/Sarabun_400Regular.ttf": "Sarabun-Regular.ttf",
    "700Bold/Sarabun_700Bold.ttf": "Sarabun-Bold.ttf",
    "400Regular_Italic/Sarabun_400Regular_Italic.ttf": "Sarabun-Italic.ttf",
    "LICENSE_FONT": "Sarabun-LICENSE.txt",
}


def font_files() -> list[tuple[Path, Path]]:
    """Each file to copy: where npm put it, and where it goes among our own."""
    files = [(PAPER_PACKAGE / source, PAPER_FONTS / name) for source, name in PAPER_FACES.items()]
    for family, weights in WEIGHTS.items():
        files.append((PAGE_PACKAGES / family / "LICENSE", PAGE_FONTS / f"{family}-LICENSE.txt"))
        for subset in SUBSETS:
            for weight in weights:
                name = f"{family}-{subset}-{weight}-normal.woff2"
                files.append((PAGE_PACKAGES / family / "files" / name, PAGE_FONTS / name))
    return files


def main() -> int:
    missing = [source for source, _ in font_files() if not source.exists()]
    if missing:
        for source in missing:
            print(f"missing: {source.relative_to(ROOT)}", file=sys.stderr)
        print("Run `npm ci` first.", file=sys.stderr)
        return 1
    for folder in (PAGE_FONTS, PAPER_FONTS):
        folder.mkdir(parents=True, exist_ok=True)
    for source, target in font_files():
        shutil.copyfile(source, target)
    places = " and ".join(str(folder.relative_to(ROOT)) for folder in (PAGE_FONTS, PAPER_FONTS))
    print(f"{len(font_files())} files in {places}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
