"""Why a term was not ended. Each refusal carries data; `committee_wording` says it in Thai."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import NotEntitled

from .refusals import EndsBeforeItStarts, InTheFuture, TermUnknown, TermWithdrawn


@dataclass(frozen=True, slots=True)
class EndedBefore:
    """The term was over by then."""

    last_day: date


@dataclass(frozen=True, slots=True)
class ReasonMissing:
    """Nobody said why the term ends before its time."""


@dataclass(frozen=True, slots=True)
class ReasonTooLong:
    """The reason takes more letters than there is room for."""

    longest: int


CommitteeRefusal = (
    NotEntitled
    | InTheFuture
    | EndsBeforeItStarts
    | TermUnknown
    | TermWithdrawn
    | EndedBefore
    | ReasonMissing
    | ReasonTooLong
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for all these reasons together."""

    refusals: tuple[CommitteeRefusal, ...]
