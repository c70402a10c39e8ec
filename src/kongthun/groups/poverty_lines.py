"""The จปฐ. line of each survey year: baht per head per year, dated data with its source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kongthun.domain.money import Money


@dataclass(frozen=True, slots=True)
class PovertyLine:
    """The line of one survey year (พ.ศ.), where it was seen, and whether it was held against it."""

    survey_year: int
    amount: Money
    source: str
    is_checked: bool


@cache
def poverty_lines() -> Mapping[int, PovertyLine]:
    """The lines that are known, by survey year. A year that is not there is not known.

    A year given twice or a line that is not above zero is a ValueError.
    """
    text = (files("kongthun.groups") / "data" / "poverty_lines.toml").read_text(encoding="utf-8")
    return lines_in(text)


def lines_in(text: str) -> dict[int, PovertyLine]:
    """The lines that a TOML text gives, in whole baht from one year to another, both included."""
    lines: dict[int, PovertyLine] = {}
    for said in tomllib.loads(text)["line"]:
        if said["baht"] <= 0:
            raise ValueError(f"no line: {said}")
        for year in range(said["from_year"], said["to_year"] + 1):
            if year in lines:
                raise ValueError(f"the line of {year} is given twice")
            lines[year] = PovertyLine(
                year, Money.baht(said["baht"]), said["source"], said.get("checked", False)
            )
    return lines
