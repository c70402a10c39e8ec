"""Written rules to begin with: one TOML file a kind of group, in the words of a village.

They are examples to be talked over article by article and changed, never law. Where an article sets
what the software enforces, it names the limit and its value as a person types it; a test holds
those to what the shipped rule set of the kind says.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from kongthun.domain.articles import Article, as_written
from kongthun.domain.rule_set import LIMITS, BadValue, read_value


@dataclass(frozen=True, slots=True)
class Template:
    """What a kind of group may begin with. Title and words hold {name} for the group's own."""

    kind: str
    title: str
    articles: tuple[Article, ...]

    def title_for(self, name: str) -> str:
        """The title with the group's name in it."""
        return self.title.replace("{name}", name)

    def articles_for(self, name: str) -> tuple[Article, ...]:
        """The articles with the group's name in them."""
        return tuple(
            replace(each, words=each.words.replace("{name}", name)) for each in self.articles
        )


@cache
def template(kind: str) -> Template:
    """The rules a kind of group may begin with. A faulty file is a ValueError."""
    data = tomllib.loads((files(__name__) / f"{kind}.toml").read_text(encoding="utf-8"))
    made: list[Article] = []
    seen: set[str] = set()
    for chapter in data["chapter"]:
        for said in chapter["article"]:
            limits = dict(said.get("limits", {}))
            for name, typed in limits.items():
                if name not in LIMITS or name in seen:
                    raise ValueError(f"{kind}.toml: limit {name}")
                if isinstance(read_value(name, typed), BadValue):
                    raise ValueError(f"{kind}.toml: {name} = {typed}")
            seen.update(limits)
            words = as_written(said["words"])
            made.append(Article(len(made) + 1, words, chapter["name"], limits))
    return Template(kind, data["title"], tuple(made))


@cache
def template_kinds() -> tuple[str, ...]:
    """The kinds of group that rules are written for."""
    names = (file.name for file in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))
