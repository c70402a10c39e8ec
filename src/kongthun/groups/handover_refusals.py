"""Why something about a handover was not done. Each carries data; `handover_wording` says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import NotEntitled

from .refusals import InTheFuture


@dataclass(frozen=True, slots=True)
class NoSuchHandover:
    """The group has no handover of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class HandoverSigned:
    """It was signed; nothing in it changes any more."""

    number: int


@dataclass(frozen=True, slots=True)
class HandoverOpen:
    """A list of this group waits to be signed; one is drawn up at a time."""

    number: int
    handed_on: date


@dataclass(frozen=True, slots=True)
class SameSetTwice:
    """A set does not hand over to itself."""

    set_number: int


@dataclass(frozen=True, slots=True)
class NothingToHandOver:
    """There is no thing on the list."""


@dataclass(frozen=True, slots=True)
class ThingUnnamed:
    """A line of the list says nothing."""


@dataclass(frozen=True, slots=True)
class ThingListedAlready:
    """A thing of these words stands on the list."""

    place: int


@dataclass(frozen=True, slots=True)
class ThingUnknown:
    """The list has no thing at this place."""

    place: int


@dataclass(frozen=True, slots=True)
class NotLookedAt:
    """Of these things nobody said yet whether they were there."""

    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MissingUnsaid:
    """These things were not there, and nothing says what became of them."""

    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SignatureMissing:
    """One of the two sides has no name."""

    gives: bool


@dataclass(frozen=True, slots=True)
class SignsTwice:
    """One person signs in two places."""

    name: str


@dataclass(frozen=True, slots=True)
class HandoverTextTooLong:
    """More letters than there is room for."""

    what: str
    longest: int


HandoverRefusal = (
    NotEntitled
    | InTheFuture
    | NoSuchHandover
    | HandoverSigned
    | HandoverOpen
    | SameSetTwice
    | NothingToHandOver
    | ThingUnnamed
    | ThingListedAlready
    | ThingUnknown
    | NotLookedAt
    | MissingUnsaid
    | SignatureMissing
    | SignsTwice
    | HandoverTextTooLong
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for all these reasons together."""

    refusals: tuple[HandoverRefusal, ...]
