"""Why something about a briefing was not done. Each refusal carries data; `wording` says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import NotEntitled


@dataclass(frozen=True, slots=True)
class WordsMissing:
    """Something has to be said in words."""

    what: str


@dataclass(frozen=True, slots=True)
class TooLong:
    """More letters than there is room for."""

    what: str
    longest: int


@dataclass(frozen=True, slots=True)
class NoSuchArea:
    """No area of this code is known."""

    code: str


@dataclass(frozen=True, slots=True)
class CalledAlready:
    """The same topic stands for the same day."""

    number: int


@dataclass(frozen=True, slots=True)
class BriefingGone:
    """The briefing was taken back."""

    number: int


@dataclass(frozen=True, slots=True)
class NotHeldYet:
    """Its day has not come: nobody can have been there."""

    held_on: date


@dataclass(frozen=True, slots=True)
class HasHappened:
    """Somebody was there, or something was voiced: it can not be taken back as a mistake."""

    attendees: int
    voices: int


@dataclass(frozen=True, slots=True)
class NobodyNamed:
    """No name at all."""


@dataclass(frozen=True, slots=True)
class NamedTwice:
    """The same name stands for the same fund twice."""

    name: str


@dataclass(frozen=True, slots=True)
class NotInArea:
    """The fund lies outside of the area of the briefing."""

    name: str


@dataclass(frozen=True, slots=True)
class TooFewAnswers:
    """Fewer answers to choose from than a question takes, or more."""

    given: int


@dataclass(frozen=True, slots=True)
class AnswerTwice:
    """Two answers read the same."""

    words: str


@dataclass(frozen=True, slots=True)
class NoRightAnswer:
    """None of the answers is the right one."""

    right: int


@dataclass(frozen=True, slots=True)
class AskedAlready:
    """The same question stands."""

    number: int


@dataclass(frozen=True, slots=True)
class NoSuchRow:
    """Nothing of this number stands in the briefing."""

    what: str
    number: int


@dataclass(frozen=True, slots=True)
class NothingCounted:
    """No sheet was counted."""


@dataclass(frozen=True, slots=True)
class RightMoreThanAnswered:
    """More right answers than sheets."""

    question: int
    right: int
    answered: int


@dataclass(frozen=True, slots=True)
class MoreSheetsThanPeople:
    """More sheets were counted than people came."""

    answered: int
    came: int


@dataclass(frozen=True, slots=True)
class InFuture:
    """The day has not come."""

    on: date
    today: date


@dataclass(frozen=True, slots=True)
class SaidAlready:
    """The fund's voice stands in the same words."""

    number: int


BriefingRefusal = (
    NotEntitled
    | WordsMissing
    | TooLong
    | NoSuchArea
    | CalledAlready
    | BriefingGone
    | NotHeldYet
    | HasHappened
    | NobodyNamed
    | NamedTwice
    | NotInArea
    | TooFewAnswers
    | AnswerTwice
    | NoRightAnswer
    | AskedAlready
    | NoSuchRow
    | NothingCounted
    | RightMoreThanAnswered
    | MoreSheetsThanPeople
    | InFuture
    | SaidAlready
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for all these reasons together."""

    refusals: tuple[BriefingRefusal, ...]
