"""Why something about a round was not done. Each refusal carries data; `wording` says it."""

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
class InFuture:
    """The day has not come."""

    on: date
    today: date


@dataclass(frozen=True, slots=True)
class NoSuchArea:
    """No area of this code is known."""

    code: str


@dataclass(frozen=True, slots=True)
class NoFundsHere:
    """No กข.คจ. fund of the area is in the books."""

    code: str


@dataclass(frozen=True, slots=True)
class RoundOpenAlready:
    """A round over some of the same funds is not locked yet."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class RoundGone:
    """The round was taken back."""

    number: int


@dataclass(frozen=True, slots=True)
class RoundLocked:
    """The round is locked: what was found in it stays."""

    number: int
    locked_on: date


@dataclass(frozen=True, slots=True)
class HasFindings:
    """Something was found in the round already; it can not be taken back any more."""

    funds: int


@dataclass(frozen=True, slots=True)
class NotInRound:
    """The fund was not in the books when the round opened."""

    name: str


@dataclass(frozen=True, slots=True)
class FoundBeforeItsDay:
    """The visit was before the day the figures are of."""

    on: date
    as_of: date


@dataclass(frozen=True, slots=True)
class BeforeItOpened:
    """Nothing of a round is done before the day it was opened."""

    on: date
    opened_on: date


@dataclass(frozen=True, slots=True)
class FigureBelowZero:
    """A count or a sum below zero can not be at a village."""

    figure: str


@dataclass(frozen=True, slots=True)
class DifferenceUnexplained:
    """Figures differ from the books, and nothing says how that was seen."""

    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NothingFound:
    """Not one figure was looked at."""


@dataclass(frozen=True, slots=True)
class ReportedAlready:
    """The fund was checked: there is nothing to excuse."""

    name: str


@dataclass(frozen=True, slots=True)
class NothingChosen:
    """No fund was chosen."""


@dataclass(frozen=True, slots=True)
class WhyMissing:
    """A fund was chosen and not said why."""

    name: str


@dataclass(frozen=True, slots=True)
class NotCheckedYet:
    """A fund is chosen after the check, not before."""

    name: str


@dataclass(frozen=True, slots=True)
class ChosenAlready:
    """The fund was chosen in this round."""

    name: str


@dataclass(frozen=True, slots=True)
class NotChosen:
    """The fund does not stand chosen in this round."""

    name: str


@dataclass(frozen=True, slots=True)
class StillWaiting:
    """Funds that were neither checked nor noted as not reached."""

    funds: tuple[str, ...]


SurveyRefusal = (
    NotEntitled
    | WordsMissing
    | TooLong
    | InFuture
    | NoSuchArea
    | NoFundsHere
    | RoundOpenAlready
    | RoundGone
    | RoundLocked
    | HasFindings
    | NotInRound
    | FoundBeforeItsDay
    | BeforeItOpened
    | FigureBelowZero
    | DifferenceUnexplained
    | NothingFound
    | ReportedAlready
    | NothingChosen
    | WhyMissing
    | NotCheckedYet
    | ChosenAlready
    | NotChosen
    | StillWaiting
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for all these reasons together."""

    refusals: tuple[SurveyRefusal, ...]
