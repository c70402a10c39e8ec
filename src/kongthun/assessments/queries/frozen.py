"""What a result follows from, as it is kept in a row: words and whole numbers, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from kongthun.domain import assessment as judging
from kongthun.domain.assessment import Answered, Measured, Questionnaire, read_questionnaire

from ..models import Assessment


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What a person chose at a visit; ``photo`` is the SHA-256 of what shows it, if one was taken.

    ``by`` says as what they answered (พัฒนากร), never who.
    """

    option: str
    on: date
    words: str = ""
    photo: str = ""
    by: str = ""

    @property
    def answered(self) -> Answered:
        """The same as the judging takes it: a photo is evidence, and so is what was seen."""
        return Answered(self.option, self.photo or self.words, self.by, self.on)


def facts_as_data(facts: Mapping[str, Measured]) -> dict[str, Any]:
    """The figures of a day, for keeping."""
    return {
        name: {
            "value": fact.value,
            "as_of": fact.as_of.isoformat() if fact.as_of else None,
            "words": fact.words,
        }
        for name, fact in facts.items()
    }


def facts_of(row: Assessment) -> dict[str, Measured]:
    """The figures a row was judged by."""
    return {
        name: Measured(kept["value"], _day(kept["as_of"]), kept["words"])
        for name, kept in row.facts.items()
    }


def answers_as_data(answers: Mapping[str, KeptAnswer]) -> dict[str, Any]:
    """Answers by code of item, for keeping."""
    return {
        code: {
            "option": answer.option,
            "on": answer.on.isoformat(),
            "words": answer.words,
            "photo": answer.photo,
            "by": answer.by,
        }
        for code, answer in answers.items()
    }


def answers_of(row: Assessment) -> dict[str, KeptAnswer]:
    """The answers of a row, by code of item."""
    return {
        code: KeptAnswer(
            kept["option"],
            date.fromisoformat(kept["on"]),
            kept["words"],
            kept["photo"],
            kept["by"],
        )
        for code, kept in row.answers.items()
    }


def questionnaire_of(data: Mapping[str, object]) -> Questionnaire:
    """A questionnaire that was found sound when it was kept.

    Raises ValueError for one that is not: somebody changed it behind our back.
    """
    read = read_questionnaire(data)
    if not isinstance(read, Questionnaire):
        raise ValueError("a kept questionnaire is not sound")
    return read


def judged_again(row: Assessment) -> judging.Assessment:
    """The result of a finished row, made anew from what it keeps. The version is read with it."""
    return judging.assess(
        questionnaire_of(row.version.data),
        facts_of(row),
        {code: answer.answered for code, answer in answers_of(row).items()},
        as_of=cast("date", row.assessed_on),
    )


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None
