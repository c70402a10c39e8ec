"""Why a meeting's decision on applications was not written down; `admission_wording` says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import NotEntitled

from .refusals import (
    CannotDecideThis,
    MeetingStillOpen,
    MeetingWithoutQuorum,
    NoSuchMeeting,
    NoSuchResolution,
)


@dataclass(frozen=True, slots=True)
class NobodyDecidedOn:
    """Nobody is named as admitted or as declined."""


@dataclass(frozen=True, slots=True)
class BothWays:
    """The same number is named as admitted and as declined."""

    number: int


@dataclass(frozen=True, slots=True)
class NotWaiting:
    """No application waits under this number."""

    number: int
    is_member: bool


@dataclass(frozen=True, slots=True)
class AppliedLater:
    """They applied after the day of the meeting."""

    number: int
    applied_on: date
    held_on: date


@dataclass(frozen=True, slots=True)
class WhyNotMissing:
    """Who is declined is told why."""

    number: int


AdmissionRefusal = (
    NotEntitled
    | NoSuchMeeting
    | MeetingStillOpen
    | CannotDecideThis
    | MeetingWithoutQuorum
    | NoSuchResolution
    | NobodyDecidedOn
    | BothWays
    | NotWaiting
    | AppliedLater
    | WhyNotMissing
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for all these reasons together."""

    refusals: tuple[AdmissionRefusal, ...]
