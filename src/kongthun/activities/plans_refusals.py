"""Why a line of a plan, what was done or a training was not kept. `plans_wording` says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import NotEntitled

from .calls_refusals import NotAMember
from .refusals import NoSuchMeeting, TooLong


@dataclass(frozen=True, slots=True)
class WordsMissing:
    """Something that must be said was left empty; ``what`` is the question as a person reads it."""

    what: str


@dataclass(frozen=True, slots=True)
class InTheFuture:
    """The day has not come."""

    day: date
    today: date


@dataclass(frozen=True, slots=True)
class EndsBeforeItStarts:
    """The last day lies before the first."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class OutsideYear:
    """A day that is not in the year of the plan."""

    day: date
    year: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class NoSuchYear:
    """A plan is made for a year near today."""

    year: int
    earliest: int
    latest: int


@dataclass(frozen=True, slots=True)
class NoSuchTerm:
    """Nobody sits on the committee under this number."""

    number: int


@dataclass(frozen=True, slots=True)
class PlannedTwice:
    """The same words stand in the plan for the same days."""

    number: int


@dataclass(frozen=True, slots=True)
class NoSuchPlan:
    """The group has no line of a plan under this number."""

    number: int


@dataclass(frozen=True, slots=True)
class PlanDropped:
    """The line was given up."""

    number: int


@dataclass(frozen=True, slots=True)
class PlanReplaced:
    """Another line stands in its place."""

    number: int
    by_number: int


@dataclass(frozen=True, slots=True)
class PlanDone:
    """The line was done already, as ``done_number`` shows."""

    number: int
    done_number: int


@dataclass(frozen=True, slots=True)
class DoneTwice:
    """The same words stand for the same day."""

    number: int


@dataclass(frozen=True, slots=True)
class NoSuchDone:
    """Nothing that was done stands under this number."""

    number: int


@dataclass(frozen=True, slots=True)
class DoneWithdrawn:
    """It was taken back already."""

    number: int


@dataclass(frozen=True, slots=True)
class NoSuchTraining:
    """The group has no training of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class TrainingWithdrawn:
    """The training was taken back."""

    number: int


@dataclass(frozen=True, slots=True)
class TrainedTwice:
    """A training of this topic stands for the same day."""

    number: int


@dataclass(frozen=True, slots=True)
class NobodyLearned:
    """Nobody is named as having come to a training."""


@dataclass(frozen=True, slots=True)
class TrainingCounted:
    """Something that was done is shown by this training."""

    number: int
    done_number: int


OwnPlanRefusal = (
    WordsMissing
    | InTheFuture
    | EndsBeforeItStarts
    | OutsideYear
    | NoSuchYear
    | NoSuchTerm
    | PlannedTwice
    | NoSuchPlan
    | PlanDropped
    | PlanReplaced
    | PlanDone
    | DoneTwice
    | NoSuchDone
    | DoneWithdrawn
    | NoSuchTraining
    | TrainingWithdrawn
    | TrainedTwice
    | NobodyLearned
    | TrainingCounted
)
PlanRefusal = OwnPlanRefusal | NotEntitled | NotAMember | NoSuchMeeting | TooLong


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for all these reasons together."""

    refusals: tuple[PlanRefusal, ...]
