"""Why something about a meeting was not done. Each refusal carries data; `wording` says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import NotEntitled
from kongthun.domain.authority import TermNotInForce


@dataclass(frozen=True, slots=True)
class NoSuchMeeting:
    """The group has no meeting of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class MeetingClosed:
    """The meeting was closed; what stands in it is not changed any more."""

    number: int


@dataclass(frozen=True, slots=True)
class HeldLater:
    """The day of the meeting has not come."""

    held_on: date
    today: date


@dataclass(frozen=True, slots=True)
class DraftOpenAlready:
    """A meeting of the same kind on the same day is still a draft."""

    number: int
    held_on: date


@dataclass(frozen=True, slots=True)
class NobodyCame:
    """Nobody is marked as having been there; ``needs_committee`` where guests are not enough."""

    number: int
    needs_committee: bool


@dataclass(frozen=True, slots=True)
class NothingResolved:
    """A resolution without words."""


@dataclass(frozen=True, slots=True)
class ResolvedAlready:
    """The same words stand in this meeting as another resolution."""

    sequence: int


@dataclass(frozen=True, slots=True)
class NoSuchResolution:
    """The meeting has no resolution of this number."""

    sequence: int


@dataclass(frozen=True, slots=True)
class MoreVotesThanPeople:
    """More votes were counted for a resolution than people came."""

    sequence: int
    votes: int
    came: int


@dataclass(frozen=True, slots=True)
class TooLong:
    """More letters than there is room for."""

    what: str
    longest: int


@dataclass(frozen=True, slots=True)
class MeetingStillOpen:
    """A deed can stand on a meeting only when its record is closed."""

    number: int


@dataclass(frozen=True, slots=True)
class CannotDecideThis:
    """A meeting of this kind does not decide this."""

    number: int
    kind: str


@dataclass(frozen=True, slots=True)
class MeetingWithoutQuorum:
    """Fewer came than it takes to decide; ``of`` is how many there were to come."""

    number: int
    came: int
    needed: int
    of: int


# Why a deed can not stand on a resolution.
GroundRefusal = (
    NoSuchMeeting | MeetingStillOpen | CannotDecideThis | MeetingWithoutQuorum | NoSuchResolution
)

MeetingRefusal = (
    NotEntitled
    | NoSuchMeeting
    | MeetingClosed
    | HeldLater
    | DraftOpenAlready
    | TermNotInForce
    | NobodyCame
    | NothingResolved
    | ResolvedAlready
    | NoSuchResolution
    | MoreVotesThanPeople
    | TooLong
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for all these reasons together."""

    refusals: tuple[MeetingRefusal, ...]
