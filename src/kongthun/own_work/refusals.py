"""Why something about a handover of work was not done, as values; `wording` says them in Thai."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import NotEntitled


@dataclass(frozen=True, slots=True)
class HandoverWaits:
    """Another handover of this area waits to be signed."""

    number: int
    handed_on: date


@dataclass(frozen=True, slots=True)
class HandoverUnknown:
    """There is no such handover here, or it was withdrawn."""


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Nobody hands over to themselves."""


@dataclass(frozen=True, slots=True)
class NotFieldWorkerThere:
    """Who hands over was not entrusted with this area in the last year."""


@dataclass(frozen=True, slots=True)
class TakerUnknown:
    """Who takes over holds no office in this district today."""


@dataclass(frozen=True, slots=True)
class HandoverNotYet:
    """The day has not come: what is open on it is not known."""

    on: date


@dataclass(frozen=True, slots=True)
class HandoverWordsTooLong:
    """More letters than there is room for."""

    longest: int


@dataclass(frozen=True, slots=True)
class NotASide:
    """Only the two between whom it passes sign it, each with their own name."""


@dataclass(frozen=True, slots=True)
class GiverFirst:
    """Who takes over signs after who hands over has signed."""


@dataclass(frozen=True, slots=True)
class SignedAlready:
    """This side has signed."""


@dataclass(frozen=True, slots=True)
class BothSigned:
    """Both have signed; nothing in it changes any more."""


@dataclass(frozen=True, slots=True)
class NotBothSigned:
    """The paper is printed once both have signed."""

    lacks_giver: bool
    lacks_taker: bool


@dataclass(frozen=True, slots=True)
class WithdrawNoteMissing:
    """Withdrawing says why."""


WorkRefusal = (
    NotEntitled
    | HandoverWaits
    | HandoverUnknown
    | SamePerson
    | NotFieldWorkerThere
    | TakerUnknown
    | HandoverNotYet
    | HandoverWordsTooLong
    | NotASide
    | GiverFirst
    | SignedAlready
    | BothSigned
    | NotBothSigned
    | WithdrawNoteMissing
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for all these reasons together."""

    refusals: tuple[WorkRefusal, ...]
