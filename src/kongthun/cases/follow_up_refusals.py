"""Why a deed of following a case up was not done; each carries what its words need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import NotEntitled
from kongthun.domain.casework import Missing

from .refusals import StandsWithClosing


@dataclass(frozen=True, slots=True)
class NoSuchCase:
    """The reader sees no case of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class NotConsented:
    """The village has not consented, so the case is not open and nobody goes on in it."""


@dataclass(frozen=True, slots=True)
class CaseIsClosed:
    """The case is closed: what was done in it stays as it is."""


@dataclass(frozen=True, slots=True)
class InTheFuture:
    """A day that has not come."""

    day: date
    today: date


@dataclass(frozen=True, slots=True)
class BeforeIt:
    """A day before that of what it follows: the proposal, the plan, the memo, the advice."""

    day: date
    earliest: date
    what: str


@dataclass(frozen=True, slots=True)
class NothingSaid:
    """What is needed in words is empty; ``what`` names it."""

    what: str


@dataclass(frozen=True, slots=True)
class TooLong:
    """Words past what is kept."""

    what: str
    longest: int


@dataclass(frozen=True, slots=True)
class ToldAlready:
    """The same of the same day stands already; most often a form was sent twice."""

    what: str
    number: int


@dataclass(frozen=True, slots=True)
class NoSuchHouseholds:
    """Numbers that are not on the fund's list."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TooManyPhotos:
    """More photos than are kept of one visit."""

    most: int


@dataclass(frozen=True, slots=True)
class NoSuchStep:
    """The plan has no step of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class StepGivenUp:
    """The step was given up."""

    number: int


@dataclass(frozen=True, slots=True)
class StepOfOthers:
    """A committee shows its own steps; this one is somebody else's."""

    number: int


@dataclass(frozen=True, slots=True)
class NoSuchFact:
    """There is no such row that stands; ``what`` names the kind."""

    what: str
    number: int


@dataclass(frozen=True, slots=True)
class AnsweredAlready:
    """Advice is answered once."""

    number: int
    on: date


@dataclass(frozen=True, slots=True)
class NoSuchEvent:
    """No deadline of this kind of case asks for such an event."""

    name: str


@dataclass(frozen=True, slots=True)
class NotThereYet:
    """Something is missing before the case can be closed."""

    missing: Missing


@dataclass(frozen=True, slots=True)
class NotStopped:
    """The case is not one that was closed and whose payments stopped again."""


FollowUpRefusal = (
    NotEntitled
    | NoSuchCase
    | NotConsented
    | CaseIsClosed
    | StandsWithClosing
    | InTheFuture
    | BeforeIt
    | NothingSaid
    | TooLong
    | ToldAlready
    | NoSuchHouseholds
    | TooManyPhotos
    | NoSuchStep
    | StepGivenUp
    | StepOfOthers
    | NoSuchFact
    | AnsweredAlready
    | NoSuchEvent
    | NotThereYet
    | NotStopped
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written; every reason, all together."""

    refusals: tuple[FollowUpRefusal, ...]
