"""Why a deed on questionnaires or assessments was not done. Each carries data; `wording` says it.

They come all together in a `NotDone`, and nothing was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import NotEntitled
from kongthun.domain.assessment import QuestionnaireFault


@dataclass(frozen=True, slots=True)
class Faulty:
    """Something in the questionnaire is not sound; the fault says where."""

    fault: QuestionnaireFault


@dataclass(frozen=True, slots=True)
class NothingChanged:
    """The version says what the one in force says already."""


@dataclass(frozen=True, slots=True)
class NoteMissing:
    """A new version, or something taken back, needs a word about why."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """More than fits."""

    most: int


@dataclass(frozen=True, slots=True)
class NoSuchQuestionnaire:
    """Nobody knows a questionnaire of this code."""

    code: str


@dataclass(frozen=True, slots=True)
class NotForThisKind:
    """The questionnaire asks about groups of another kind."""

    title: str


@dataclass(frozen=True, slots=True)
class NoDraft:
    """Nothing is being answered under this number: finished, taken back, or never begun."""

    number: int


@dataclass(frozen=True, slots=True)
class NoSuchChoice:
    """The item offers no such choice, or there is no such item in the section."""

    item: str


@dataclass(frozen=True, slots=True)
class NothingAnswered:
    """A visit at which nobody answered anything is none."""


@dataclass(frozen=True, slots=True)
class InTheFuture:
    """A day that has not come yet."""

    day: date


@dataclass(frozen=True, slots=True)
class NoResult:
    """There is no finished assessment of this number that stands."""

    number: int


@dataclass(frozen=True, slots=True)
class NothingToAssess:
    """No group in the area that this questionnaire asks about and the person may assess."""

    area_code: str


AssessmentRefusal = (
    NotEntitled
    | Faulty
    | NothingChanged
    | NoteMissing
    | TooLong
    | NoSuchQuestionnaire
    | NotForThisKind
    | NoDraft
    | NoSuchChoice
    | NothingAnswered
    | InTheFuture
    | NoResult
    | NothingToAssess
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Everything that was in the way."""

    refusals: tuple[AssessmentRefusal, ...]
