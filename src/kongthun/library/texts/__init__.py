"""The texts the product comes with: one TOML file a work, its editions, their articles.

They are summaries in plain words, each with where it was seen, none held against the text. A faulty
file is a ValueError when it is read.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from kongthun.domain.articles import as_written

from ..editions import Edition, Kind, Passage, Work, Worth, key_of


@cache
def shipped() -> tuple[Work, ...]:
    """The works that come with the product, with all their editions."""
    found = [_work(file) for file in files(__name__).iterdir() if file.name.endswith(".toml")]
    order = list(Kind)
    return tuple(sorted(found, key=lambda work: (order.index(work.kind), work.short)))


def _work(file: Traversable) -> Work:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    kind = Kind(data["kind"])
    editions = [_edition(data, kind, said) for said in data["edition"]]
    if len({each.code for each in editions}) != len(editions):
        raise ValueError(f"{file.name}: two editions of one code")
    return Work(data["slug"], data["title"], data["short"], kind, tuple(editions))


def _edition(work: dict[str, Any], kind: Kind, said: dict[str, Any]) -> Edition:
    where = f"{work['slug']}/{said['code']}"
    starts_on = said["starts_on"]
    if not isinstance(starts_on, date):
        raise ValueError(f"{where}: starts_on is no day")
    passages = tuple(
        _passage(place, article, said.get("source", ""))
        for place, article in enumerate(said["article"], start=1)
    )
    if any(not (each.words and each.source) for each in passages):
        raise ValueError(f"{where}: a passage without words or source")
    if len({each.key for each in passages}) != len(passages):
        raise ValueError(f"{where}: two passages of one label")
    return Edition(
        code=said["code"],
        work=work["slug"],
        title=work["title"],
        short=work["short"],
        kind=kind,
        name=said["name"],
        starts_on=starts_on,
        is_day_known=said["is_day_known"],
        worth=Worth.SUMMARY,
        source=said.get("source", ""),
        note=said.get("note", ""),
        area_code="",
        passages=passages,
    )


def _passage(place: int, said: dict[str, Any], source: str) -> Passage:
    label = said.get("label", "")
    return Passage(
        place=place,
        key=key_of(label, place),
        label=label,
        chapter=said.get("chapter", ""),
        words=as_written(said["words"]),
        source=said.get("source", source),
    )
