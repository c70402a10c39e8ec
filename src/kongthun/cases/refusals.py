"""Why something on the road of a case was not done. Each carries data; `wording` says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import NotEntitled
from kongthun.activities.refusals import GroundRefusal
from kongthun.domain.casework import CauseFault, Role, Speaker


@dataclass(frozen=True, slots=True)
class WordsMissing:
    """Something that must be said was left empty; ``what`` is the question as a person reads it."""

    what: str


@dataclass(frozen=True, slots=True)
class WordsTooLong:
    """More letters than there is room for."""

    what: str
    longest: int


@dataclass(frozen=True, slots=True)
class HappensLater:
    """The day has not come."""

    day: date


@dataclass(frozen=True, slots=True)
class NoSuchCase:
    """The group has no case of this number that this person may work on."""

    number: int


@dataclass(frozen=True, slots=True)
class CaseNotOpen:
    """The village has not consented, so nothing is begun."""

    number: int


@dataclass(frozen=True, slots=True)
class CaseIsClosed:
    """The case is closed; what stands in it stays as it is."""

    number: int


@dataclass(frozen=True, slots=True)
class StandsWithClosing:
    """It is part of what the case was closed on; changed, the closing would not hold any more."""

    closed_on: date


@dataclass(frozen=True, slots=True)
class CaseIsOpen:
    """An open case is worked to its end; only a proposal is taken back."""

    number: int


@dataclass(frozen=True, slots=True)
class CaseThere:
    """The group has an unfinished case of the same kind."""

    number: int


@dataclass(frozen=True, slots=True)
class AnsweredBeforeAsked:
    """The meeting lies before the day of the proposal that it would have answered."""

    held_on: date
    proposed_on: date


@dataclass(frozen=True, slots=True)
class AnsweredAlready:
    """The answer of this meeting stands."""

    meeting_number: int


@dataclass(frozen=True, slots=True)
class NoSuchAnswer:
    """The case has no answer of this number, or it was taken back."""

    number: int


@dataclass(frozen=True, slots=True)
class NotOfTeam:
    """Only officers and the network committee are a team; others own steps of the plan."""

    role: Role


@dataclass(frozen=True, slots=True)
class NotInThatRole:
    """The person does not hold this role at the village on the day."""

    role: Role
    on: date


@dataclass(frozen=True, slots=True)
class OnTeamAlready:
    """The person is on the team."""

    name: str


@dataclass(frozen=True, slots=True)
class NoSuchTeammate:
    """Nobody on the team has this number."""

    number: int


@dataclass(frozen=True, slots=True)
class LeftBeforeJoined:
    """The last day lies before the first."""

    joined_on: date
    left_on: date


@dataclass(frozen=True, slots=True)
class LeftAlready:
    """The person has left the team."""

    left_on: date


@dataclass(frozen=True, slots=True)
class NamesSomebody:
    """A cause is said by groups of people and names nobody."""


@dataclass(frozen=True, slots=True)
class CauseThere:
    """The same words stand as another cause."""

    number: int


@dataclass(frozen=True, slots=True)
class NoSuchCause:
    """The case has no cause of this number, or it was taken back."""

    number: int


@dataclass(frozen=True, slots=True)
class SaidAlready:
    """This group of people said this cause at this meeting."""

    speaker: Speaker
    meeting_number: int


@dataclass(frozen=True, slots=True)
class CauseCarriesOthers:
    """Other causes lie behind this one."""

    number: int
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BeforeItOpened:
    """A plan made before the case was opened, or opened anew, would not count."""

    day: date
    opened_on: date


@dataclass(frozen=True, slots=True)
class DueBeforePlanned:
    """A step would be due before it was planned."""

    planned_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class StepThere:
    """The same words for the same day stand as another step."""

    number: int


@dataclass(frozen=True, slots=True)
class NoSuchStep:
    """The plan has no step of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class StepIsDone:
    """Evidence shows that the step was done."""

    number: int


@dataclass(frozen=True, slots=True)
class StepIsGivenUp:
    """The step was given up."""

    number: int


RoadRefusal = (
    NotEntitled
    | GroundRefusal
    | CauseFault
    | WordsMissing
    | WordsTooLong
    | HappensLater
    | NoSuchCase
    | CaseNotOpen
    | CaseIsClosed
    | StandsWithClosing
    | CaseIsOpen
    | CaseThere
    | AnsweredBeforeAsked
    | AnsweredAlready
    | NoSuchAnswer
    | NotOfTeam
    | NotInThatRole
    | OnTeamAlready
    | NoSuchTeammate
    | LeftBeforeJoined
    | LeftAlready
    | NamesSomebody
    | CauseThere
    | NoSuchCause
    | SaidAlready
    | CauseCarriesOthers
    | BeforeItOpened
    | DueBeforePlanned
    | StepThere
    | NoSuchStep
    | StepIsDone
    | StepIsGivenUp
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for all these reasons together."""

    refusals: tuple[RoadRefusal, ...]
