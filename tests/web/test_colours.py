"""The tokens: readable in light and dark, and nothing beside them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "src" / "kongthun" / "web" / "static" / "web"
HEX = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6});")

SURFACES = ["paper", "sheet", "sand"]
TINTS = ["purple-tint", "yellow-tint", "green-tint", "brown-tint"]
# What is read: writing, and what it stands on.
READ = (
    [(ink, ground) for ink in ("ink", "ink-soft") for ground in [*SURFACES, *TINTS]]
    + [(ink, ground) for ink in ("link", "red") for ground in SURFACES]
    + [(f"{book}-deep", f"{book}-tint") for book in ("purple", "yellow", "green", "brown")]
    + [("on-action", "action"), ("on-action", "action-strong"), ("on-night", "night")]
    + [("red", "red-tint")]
)
# What is only seen: edges of fields, focus rings, spines.
SEEN = [
    (mark, ground)
    for mark in ("rule-strong", "focus", "action", "night", "purple", "green", "brown")
    for ground in SURFACES
]
# The parts of a picture: what they are filled with and what is drawn across.
FILLED = [
    ("green", "green-tint"),
    ("slate", "sheet"),
    ("yellow", "yellow-line"),
    ("stone", "stone-line"),
    ("red-tint", "red"),
    ("yellow-tint", "yellow-deep"),
]
# Rules between rows: nothing is lost with them.
DECORATIVE = {"rule"}


def _tokens(scheme: str) -> dict[str, str]:
    text = (STATIC / "tokens.css").read_text(encoding="utf-8")
    light, rest = text.split("@media screen and (prefers-color-scheme: dark)")
    dark, paper = rest.split("@media print")
    tokens = dict(HEX.findall(light))
    if scheme == "dark":
        tokens |= dict(HEX.findall(dark))
    if scheme == "print":
        tokens |= dict(HEX.findall(paper))
    return tokens


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_everything_written_is_readable(scheme: str) -> None:
    tokens = _tokens(scheme)
    faint = {
        f"{ink} on {ground}": round(_contrast(tokens[ink], tokens[ground]), 2)
        for ink, ground in READ
        if _contrast(tokens[ink], tokens[ground]) < 4.5
    }
    assert faint == {}


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_everything_drawn_can_be_told_from_its_ground(scheme: str) -> None:
    tokens = _tokens(scheme)
    faint = {
        f"{mark} on {ground}": round(_contrast(tokens[mark], tokens[ground]), 2)
        for mark, ground in SEEN
        if _contrast(tokens[mark], tokens[ground]) < 3
    }
    assert faint == {}


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_every_pattern_shows_on_its_part_and_every_part_on_the_sheet(scheme: str) -> None:
    tokens = _tokens(scheme)
    for fill, line in FILLED:
        assert _contrast(tokens[fill], tokens[line]) >= 3, f"{line} across {fill}"
        shown = max(_contrast(tokens[part], tokens["sheet"]) for part in (fill, line))
        assert shown >= 3, f"{fill} and {line} on the sheet"


def test_every_colour_is_judged_and_has_a_dark_one() -> None:
    light, dark = _tokens("light"), _tokens("dark")
    judged = {name for pair in [*READ, *SEEN, *FILLED] for name in pair} | DECORATIVE
    assert set(light) == judged
    assert [name for name in light if light[name] == dark[name]] == []


def test_component_files_name_tokens_and_no_colours_of_their_own() -> None:
    for sheet in STATIC.glob("*.css"):
        if sheet.name != "tokens.css":
            text = sheet.read_text(encoding="utf-8")
            assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", text) == [], sheet.name


def test_every_token_used_is_defined() -> None:
    sheets = {s.name: s.read_text(encoding="utf-8") for s in STATIC.glob("*.css")}
    defined = set(re.findall(r"(--[a-z0-9-]+):", "".join(sheets.values())))
    used = set(re.findall(r"var\((--[a-z0-9-]+)", "".join(sheets.values())))
    assert used - defined == set()


def test_red_says_only_that_money_is_not_explained() -> None:
    allowed = ("unexplained", "surplus")
    for sheet in STATIC.glob("*.css"):
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet.read_text("utf-8")):
            if "var(--red" in body:
                for one in selector.split(","):
                    assert any(word in one for word in allowed), f"{sheet.name}: {one.strip()}"


def test_all_styles_together_stay_light() -> None:
    assert sum(sheet.stat().st_size for sheet in STATIC.glob("*.css")) < 44_000
