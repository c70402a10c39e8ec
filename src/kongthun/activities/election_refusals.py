"""Why nobody was elected. Each refusal carries data; `election_wording` says it in Thai."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import NotEntitled
from kongthun.groups.refusals import EndsBeforeItStarts

from .refusals import GroundRefusal


@dataclass(frozen=True, slots=True)
class NobodyNamed:
    """There is no name on the list of those elected."""


@dataclass(frozen=True, slots=True)
class SeatUnnamed:
    """A seat, by its place from one, is given to nobody."""

    place: int
    position: str


@dataclass(frozen=True, slots=True)
class NoMemberOfThisNumber:
    """The number is not that of somebody who is a member on the day."""

    number: int


@dataclass(frozen=True, slots=True)
class OneNameTwoMembers:
    """Two members bear this name: the number says which of them."""

    name: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FewerThanLeast:
    """Fewer people were elected than the rules ask for."""

    people: int
    least: int


@dataclass(frozen=True, slots=True)
class MoreThanMost:
    """More people would be in office than the rules allow."""

    people: int
    most: int


@dataclass(frozen=True, slots=True)
class OnePostTwoPeople:
    """A post that one person holds is given to several."""

    position: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InTwoPosts:
    """One person is given two posts, and nothing says why the meeting wanted that."""

    name: str
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StartsBeforeMeeting:
    """Nobody can begin before they were elected."""

    starts_on: date
    met_on: date


@dataclass(frozen=True, slots=True)
class StartsLongAfter:
    """More than a year after the meeting: most often the year was typed wrongly."""

    starts_on: date
    met_on: date


@dataclass(frozen=True, slots=True)
class EndsPastTheRules:
    """The rules give a term no more years than this."""

    ends_on: date
    last_day: date
    years: int


@dataclass(frozen=True, slots=True)
class SetBeganAlready:
    """A committee of this day or later stands: it can not be ended before it began."""

    set_number: int | None
    starts_on: date


@dataclass(frozen=True, slots=True)
class NoSetInOffice:
    """No committee is in office on the day, so that there is no time left to serve."""

    day: date


@dataclass(frozen=True, slots=True)
class PostHeld:
    """Somebody in office holds the post on the day."""

    position: str


@dataclass(frozen=True, slots=True)
class ElectionTextTooLong:
    """More letters than there is room for."""

    what: str
    longest: int


ElectionRefusal = (
    NotEntitled
    | GroundRefusal
    | EndsBeforeItStarts
    | NobodyNamed
    | SeatUnnamed
    | NoMemberOfThisNumber
    | OneNameTwoMembers
    | FewerThanLeast
    | MoreThanMost
    | OnePostTwoPeople
    | InTwoPosts
    | StartsBeforeMeeting
    | StartsLongAfter
    | EndsPastTheRules
    | SetBeganAlready
    | NoSetInOffice
    | PostHeld
    | ElectionTextTooLong
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for all these reasons together."""

    refusals: tuple[ElectionRefusal, ...]
