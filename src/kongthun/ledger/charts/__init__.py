"""Charts of accounts, one TOML file a kind of group: kinds differ by data, not by class."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kongthun.domain.journal import AccountKind


@dataclass(frozen=True, slots=True)
class Chart:
    """The account kinds a kind of group keeps, and what its people call them."""

    code: str
    name: str
    words: dict[str, str]

    @property
    def kinds(self) -> frozenset[str]:
        """The account kinds that may be posted to."""
        return frozenset(self.words)


@cache
def chart(code: str) -> Chart:
    """The chart of accounts called ``code``. An unknown kind in its file is an error at once."""
    data = tomllib.loads((files(__name__) / f"{code}.toml").read_text(encoding="utf-8"))
    words = {AccountKind(kind).value: str(name) for kind, name in data["accounts"].items()}
    return Chart(code, data["name"], words)


@cache
def charts_with(kind: AccountKind) -> tuple[str, ...]:
    """The charts of the kinds of group that keep this kind of account."""
    codes = (file.name.removesuffix(".toml") for file in files(__name__).iterdir())
    known = sorted(code for code in codes if code.isidentifier() and not code.startswith("_"))
    return tuple(code for code in known if kind in chart(code).kinds)
