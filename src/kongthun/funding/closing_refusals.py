"""Why a year was not closed, or its surplus not paid, as values; words are in `closing_wording`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.activities.refusals import GroundRefusal
from kongthun.domain.money import Money
from kongthun.domain.rule_set import Limit
from kongthun.ledger.refusals import MoneyRefusal


@dataclass(frozen=True, slots=True)
class KeepsNoSurplus:
    """The chart of accounts of this kind of group shares out no surplus."""


@dataclass(frozen=True, slots=True)
class NothingToClose:
    """Nothing was ever written in these books."""


@dataclass(frozen=True, slots=True)
class YearEndUnsaid:
    """The rules do not say with which month a year ends."""

    limit: Limit
    rules: str


@dataclass(frozen=True, slots=True)
class YearNotOver:
    """The year's last day has not passed."""

    ends_on: date
    today: date


@dataclass(frozen=True, slots=True)
class YearClosedBefore:
    """The year was closed before; ``year`` is พ.ศ."""

    year: int


@dataclass(frozen=True, slots=True)
class EarlierYearOpen:
    """Years are closed one after the other, and this one comes first; ``year`` is พ.ศ."""

    year: int
    ends_on: date


@dataclass(frozen=True, slots=True)
class MeetingBeforeYearEnd:
    """The meeting was held while the year still ran, and could not know its surplus."""

    meeting_number: int
    held_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class MoneyUnexplained:
    """Money of the group was not explained at the year's end, and no note says that it was told."""

    amount: Money
    on: date


@dataclass(frozen=True, slots=True)
class SurplusUnsaid:
    """The rules in force on the year's last day do not say how a surplus is shared out."""

    rules: str


@dataclass(frozen=True, slots=True)
class SurplusUneven:
    """What the rules say of a surplus does not make a hundred; per cent times 100."""

    together: int
    rules: str


@dataclass(frozen=True, slots=True)
class ClosedOtherwise:
    """The same form has closed a year on another ground before."""

    number: int


@dataclass(frozen=True, slots=True)
class NoSuchClosing:
    """No year was closed under this number."""

    number: int


@dataclass(frozen=True, slots=True)
class ClosingTakenBack:
    """This closing was taken back."""

    number: int


@dataclass(frozen=True, slots=True)
class NotTheLatest:
    """A later year was closed on top of it; ``year`` is that one, พ.ศ."""

    year: int


@dataclass(frozen=True, slots=True)
class PaidOutSince:
    """Something of what was shared out has been paid: to members, to the committee, of a reserve.

    ``purposes`` are accounts that hold less than the closing put in.
    """

    member_numbers: tuple[int, ...]
    purposes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NobodyTicked:
    """Nobody was named to be paid."""


@dataclass(frozen=True, slots=True)
class NoSlip:
    """The member has nothing to receive of this year."""

    member_number: int


@dataclass(frozen=True, slots=True)
class SlipPaid:
    """The member was paid for this year."""

    member_number: int
    document: str


@dataclass(frozen=True, slots=True)
class MoreThanHeld:
    """Less is held for the member than the slip says: something was given back another way."""

    member_number: int
    amount: Money
    held: Money


@dataclass(frozen=True, slots=True)
class MoreThanDue:
    """More than was resolved to be paid and is not yet paid, that day or any day since."""

    amount: Money
    due: Money


@dataclass(frozen=True, slots=True)
class MoreThanReserved:
    """More than is kept for this purpose, that day or any day since."""

    purpose: str
    amount: Money
    kept: Money


@dataclass(frozen=True, slots=True)
class PaidOtherwise:
    """The same form has paid something else before."""

    document: str


@dataclass(frozen=True, slots=True)
class NoPaymentOfThis:
    """No payment out of a shared surplus has this entry number."""

    number: int


OfClosing = (
    KeepsNoSurplus
    | NothingToClose
    | YearEndUnsaid
    | YearNotOver
    | YearClosedBefore
    | EarlierYearOpen
    | MeetingBeforeYearEnd
    | MoneyUnexplained
    | SurplusUnsaid
    | SurplusUneven
    | ClosedOtherwise
    | NoSuchClosing
    | ClosingTakenBack
    | NotTheLatest
    | PaidOutSince
    | NobodyTicked
    | NoSlip
    | SlipPaid
    | MoreThanHeld
    | MoreThanDue
    | MoreThanReserved
    | PaidOtherwise
    | NoPaymentOfThis
)

ClosingRefusal = OfClosing | MoneyRefusal | GroundRefusal


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was recorded, for all these reasons together."""

    refusals: tuple[ClosingRefusal, ...]
