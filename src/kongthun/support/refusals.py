"""Why something about support was not done, as values; `wording` says them in Thai."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import NotEntitled


@dataclass(frozen=True, slots=True)
class WordsMissing:
    """A question that must be answered in words was left empty; ``what`` names it."""

    what: str


@dataclass(frozen=True, slots=True)
class WordsTooLong:
    """More letters than there is room for."""

    what: str
    longest: int


@dataclass(frozen=True, slots=True)
class HappensLater:
    """The day has not come."""

    on: date


@dataclass(frozen=True, slots=True)
class AgencyThere:
    """The register has an agency of this name for this area already."""

    name: str


@dataclass(frozen=True, slots=True)
class AgencyUnknown:
    """The register has no such agency for this group's area, or it closed."""


@dataclass(frozen=True, slots=True)
class AreaElsewhere:
    """An agency that does not reach to this group's village."""

    area_code: str


@dataclass(frozen=True, slots=True)
class RequestUnknown:
    """The group has no request of this number, or it was taken back."""

    number: int


@dataclass(frozen=True, slots=True)
class NotYourAgency:
    """The request is addressed to another agency than the one this person answers for today."""

    agency: str


@dataclass(frozen=True, slots=True)
class BeforeItWasAsked:
    """Something is said to have happened before the request was made."""

    on: date
    asked_on: date


@dataclass(frozen=True, slots=True)
class AnsweredAlready:
    """The agency has answered; the answer stands until it is taken back."""

    on: date


@dataclass(frozen=True, slots=True)
class NothingPromised:
    """What was given is written down once the agency agreed."""


@dataclass(frozen=True, slots=True)
class NothingGiven:
    """What came of it is written down once something was given."""


@dataclass(frozen=True, slots=True)
class GiftUnknown:
    """The books have no such gift, or it was taken back, or another step names it."""

    number: int


@dataclass(frozen=True, slots=True)
class StepUnknown:
    """The request has no such step, or it was taken back."""

    number: int


@dataclass(frozen=True, slots=True)
class LaterStepsStand:
    """Steps that build on this one stand; they are taken back first."""

    number: int


@dataclass(frozen=True, slots=True)
class HasSteps:
    """A request that was answered stays; its steps are taken back first."""

    number: int


@dataclass(frozen=True, slots=True)
class MeetingUnfit:
    """The meeting that decided to ask is not there, or its record is not closed."""

    number: int


@dataclass(frozen=True, slots=True)
class EndsBeforeItStarts:
    """The last day lies before the first."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class InvitedAlready:
    """The agency is invited on these days already."""

    agency: str


@dataclass(frozen=True, slots=True)
class InvitationUnknown:
    """The group has no such invitation, or it has ended."""

    number: int


@dataclass(frozen=True, slots=True)
class StandardThere:
    """The same certificate was written down already."""

    number: int


@dataclass(frozen=True, slots=True)
class StandardUnknown:
    """The group has no such standard, or it was taken back."""

    number: int


@dataclass(frozen=True, slots=True)
class NamesSomebody:
    """The public card holds the name of a member; it tells of the group, of nobody in it."""

    what: str


@dataclass(frozen=True, slots=True)
class LooksLikeId:
    """The public card holds digits that look like a national ID."""

    what: str


@dataclass(frozen=True, slots=True)
class NoCard:
    """The group has no card that is shown."""


SupportRefusal = (
    NotEntitled
    | WordsMissing
    | WordsTooLong
    | HappensLater
    | AgencyThere
    | AgencyUnknown
    | AreaElsewhere
    | RequestUnknown
    | NotYourAgency
    | BeforeItWasAsked
    | AnsweredAlready
    | NothingPromised
    | NothingGiven
    | GiftUnknown
    | StepUnknown
    | LaterStepsStand
    | HasSteps
    | MeetingUnfit
    | EndsBeforeItStarts
    | InvitedAlready
    | InvitationUnknown
    | StandardThere
    | StandardUnknown
    | NamesSomebody
    | LooksLikeId
    | NoCard
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for all these reasons together."""

    refusals: tuple[SupportRefusal, ...]
