"""Why it was not decided whether two names are one person; `pair_wording` says it in Thai."""

from __future__ import annotations

from dataclasses import dataclass

from kongthun.accounts.reach import NotEntitled

from .refusals import NoteMissing


@dataclass(frozen=True, slots=True)
class SamePersonTwice:
    """Somebody is held against themselves."""


@dataclass(frozen=True, slots=True)
class NotBothKnown:
    """At least one of the two is known in no group of the village that the reader keeps."""


@dataclass(frozen=True, slots=True)
class AlreadyDecided:
    """It stands whether these two are one, said of them or following from others."""

    is_same: bool


@dataclass(frozen=True, slots=True)
class SpeaksAgainst:
    """As one they would be somebody of whom it stands that it is another."""

    pair: int


@dataclass(frozen=True, slots=True)
class PairUnknown:
    """No decision of this village has this number."""

    pair: int


@dataclass(frozen=True, slots=True)
class PairWithdrawn:
    """The decision was taken back before."""

    pair: int


PairRefusal = (
    NotEntitled
    | NoteMissing
    | SamePersonTwice
    | NotBothKnown
    | AlreadyDecided
    | SpeaksAgainst
    | PairUnknown
    | PairWithdrawn
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for these reasons, all of them."""

    refusals: tuple[PairRefusal, ...]
