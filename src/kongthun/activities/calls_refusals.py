"""Why a call, a tick or a photo of a meeting was not kept. `calls_wording` says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .refusals import MeetingRefusal


@dataclass(frozen=True, slots=True)
class NoSuchCall:
    """The group has no call of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class CallCancelled:
    """The call was cancelled; nothing follows from it any more."""

    number: int


@dataclass(frozen=True, slots=True)
class CallHeld:
    """The meeting that was called was held."""

    number: int
    meeting_number: int


@dataclass(frozen=True, slots=True)
class CalledForPast:
    """The day that was called for is over."""

    meets_on: date
    today: date


@dataclass(frozen=True, slots=True)
class CalledTwice:
    """A meeting of this kind is called for the same day."""

    number: int
    meets_on: date


@dataclass(frozen=True, slots=True)
class AgendaMissing:
    """A call that does not say what is to be talked about."""


@dataclass(frozen=True, slots=True)
class ReasonMissing:
    """A call is cancelled without a word why."""


@dataclass(frozen=True, slots=True)
class NotAMember:
    """A number that was no member of the group on the day."""

    number: int
    day: date


@dataclass(frozen=True, slots=True)
class TooManyPhotos:
    """The meeting holds as many photos as there is room for."""

    most: int


@dataclass(frozen=True, slots=True)
class PhotoKeptAlready:
    """The same picture is kept with this meeting."""

    place: int


@dataclass(frozen=True, slots=True)
class NoSuchPhoto:
    """The meeting has no photo of this number."""

    place: int


OwnCallRefusal = (
    NoSuchCall
    | CallCancelled
    | CallHeld
    | CalledForPast
    | CalledTwice
    | AgendaMissing
    | ReasonMissing
    | NotAMember
    | TooManyPhotos
    | PhotoKeptAlready
    | NoSuchPhoto
)
CallRefusal = OwnCallRefusal | MeetingRefusal


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for all these reasons together."""

    refusals: tuple[CallRefusal, ...]
