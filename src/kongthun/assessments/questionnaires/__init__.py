"""The questionnaires the product comes with: one TOML file a questionnaire and year.

All of them are examples: the official criteria were not found, and each says so in its ``note``.
Offices make their own versions on screen (`QuestionnaireVersion`).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from kongthun.domain.assessment import Questionnaire, read_questionnaire

from ..measures import MEASURES


@cache
def shipped() -> tuple[Questionnaire, ...]:
    """All that the product comes with, by code and year. A faulty file is a ValueError."""
    read = []
    for file in files(__name__).iterdir():
        if file.name.endswith(".toml"):
            data = tomllib.loads(file.read_text(encoding="utf-8"))
            found = read_questionnaire(data, measures=MEASURES.keys())
            if not isinstance(found, Questionnaire):
                raise ValueError(f"{file.name}: {found}")
            read.append(found)
    return tuple(sorted(read, key=lambda each: (each.code, each.year)))
