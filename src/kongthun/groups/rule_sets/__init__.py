"""The rule sets the product comes with: one TOML file a kind of group, dated, with clauses.

All of them are editable beginnings, not law read in full: what was not held against the text says
so. A group or an area may adopt its own (`AdoptedRules`).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from kongthun.domain.rule_set import Limit, RuleSet, faults_of


@cache
def shipped(kind: str) -> tuple[RuleSet, ...]:
    """The rule sets a kind of group came with, oldest first. A faulty file is a ValueError."""
    data = tomllib.loads((files(__name__) / f"{kind}.toml").read_text(encoding="utf-8"))
    made = []
    for place, said in enumerate(data["rule_set"], start=1):
        limits = {
            name: Limit(
                name,
                limit["value"],
                limit.get("clause", ""),
                limit.get("source", ""),
                is_checked=limit.get("checked", False),
            )
            for name, limit in said["limits"].items()
        }
        faults = faults_of(limits)
        if faults:
            raise ValueError(f"{kind}.toml: {faults}")
        made.append(RuleSet(f"{kind}/{place}", said["name"], said["starts_on"], limits))
    return tuple(made)


@cache
def shipped_kinds() -> tuple[str, ...]:
    """The kinds of group that rules come with."""
    names = (file.name for file in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))
