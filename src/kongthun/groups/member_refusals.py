"""Why a deed on members was not done. Each carries data; `member_wording` says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import NotEntitled

from .refusals import EventUnknown, EventWithdrawn, InTheFuture, NameMissing, NoteMissing


@dataclass(frozen=True, slots=True)
class NoSuchMember:
    """No member has this number."""

    number: int


@dataclass(frozen=True, slots=True)
class TargetHouseholds:
    """Households of a กข.คจ. fund are put on the list and taken off it, they do not apply."""


@dataclass(frozen=True, slots=True)
class SameNameIsMember:
    """Somebody of this name is a member."""

    number: int


@dataclass(frozen=True, slots=True)
class SameNameWaits:
    """Somebody of this name has applied, and nobody decided on it yet."""

    number: int
    since: date


@dataclass(frozen=True, slots=True)
class SameNameWasThere:
    """Somebody of this name has a number, though they are no member now."""

    number: int


@dataclass(frozen=True, slots=True)
class AlreadyMember:
    """Who is a member does not apply."""

    number: int


@dataclass(frozen=True, slots=True)
class AlreadyWaits:
    """Their application waits for a meeting."""

    number: int
    since: date


@dataclass(frozen=True, slots=True)
class HouseholdGone:
    """The household left the list, moved away or was merged: an event of households, not this."""

    number: int


@dataclass(frozen=True, slots=True)
class NoMember:
    """Who is no member on the day can neither leave nor change."""

    number: int
    day: date


@dataclass(frozen=True, slots=True)
class ReasonMissing:
    """Leaving says why."""


@dataclass(frozen=True, slots=True)
class SameKind:
    """They are a member of this kind already."""

    kind: str


@dataclass(frozen=True, slots=True)
class LaterStands:
    """Something of a later day stands; what happens to a member is written in order of days."""

    number: int
    on: date


@dataclass(frozen=True, slots=True)
class NotTheLatest:
    """Only the latest that stands is taken back; ``latest`` is its number."""

    number: int
    latest: int


@dataclass(frozen=True, slots=True)
class NobodyNamed:
    """A set of beneficiaries names somebody."""


@dataclass(frozen=True, slots=True)
class BeneficiaryNameMissing:
    """A share without a name."""

    place: int


@dataclass(frozen=True, slots=True)
class ShareUnreadable:
    """What was typed is no share above 0 up to 100 per cent."""

    place: int
    raw: str


@dataclass(frozen=True, slots=True)
class SharesNotWhole:
    """The shares do not make 100 per cent; ``missing`` in hundredths of one, below zero if over."""

    missing: int


@dataclass(frozen=True, slots=True)
class NamedTwice:
    """The same name stands at two places."""

    place: int
    first: int


@dataclass(frozen=True, slots=True)
class OwnBeneficiary:
    """Nobody is their own beneficiary."""

    place: int


@dataclass(frozen=True, slots=True)
class LaterSetStands:
    """A set named on a later day counts."""

    named_on: date


@dataclass(frozen=True, slots=True)
class NoPicture:
    """The file is neither JPEG nor PNG."""


@dataclass(frozen=True, slots=True)
class PictureTooLarge:
    """More bytes than are kept."""

    size: int
    most: int


MemberRefusal = (
    NotEntitled
    | InTheFuture
    | NameMissing
    | NoteMissing
    | EventUnknown
    | EventWithdrawn
    | NoSuchMember
    | TargetHouseholds
    | SameNameIsMember
    | SameNameWaits
    | SameNameWasThere
    | AlreadyMember
    | AlreadyWaits
    | HouseholdGone
    | NoMember
    | ReasonMissing
    | SameKind
    | LaterStands
    | NotTheLatest
    | NobodyNamed
    | BeneficiaryNameMissing
    | ShareUnreadable
    | SharesNotWhole
    | NamedTwice
    | OwnBeneficiary
    | LaterSetStands
    | NoPicture
    | PictureTooLarge
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for these reasons, all of them."""

    refusals: tuple[MemberRefusal, ...]
