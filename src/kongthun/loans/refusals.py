"""Why a deed of lending is not done: values that carry what is needed to say so.

They come back all together. Their Thai wording is in `wording.py`, nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import NotEntitled
from kongthun.domain.authority import AuthorityRefusal
from kongthun.domain.money import Money
from kongthun.domain.plan import PlanFault
from kongthun.domain.rule_set import Limit
from kongthun.ledger.actions import BookRefusal


@dataclass(frozen=True, slots=True)
class InFuture:
    """Nothing is written before it has happened."""

    day: date
    today: date


@dataclass(frozen=True, slots=True)
class BeforeStepBefore:
    """A step dated before the one it follows."""

    day: date
    before: date


@dataclass(frozen=True, slots=True)
class OutOfTurn:
    """The request is at another stage: somebody was quicker, or a step is missing."""

    stage: str


@dataclass(frozen=True, slots=True)
class NotOnList:
    """The household is not on the fund's list."""

    member_number: int
    limit: Limit


@dataclass(frozen=True, slots=True)
class NothingAsked:
    """A request needs a project and a sum above zero."""


@dataclass(frozen=True, slots=True)
class ItemsDoNotAddUp:
    """The items of the proposal make another sum than the one asked for."""

    items: Money
    asked: Money


@dataclass(frozen=True, slots=True)
class TooMuch:
    """More than the rules allow one loan to be."""

    sum: Money
    limit: Limit


@dataclass(frozen=True, slots=True)
class LoanStillOpen:
    """The household still owes on this many contracts, and the rules allow fewer."""

    contracts: tuple[str, ...]
    owed: Money
    limit: Limit


@dataclass(frozen=True, slots=True)
class RequestStillOpen:
    """The household has another request under way."""

    number: int


@dataclass(frozen=True, slots=True)
class NotEnoughMoney:
    """The fund does not have so much at hand, what is promised to others set apart."""

    wanted: Money
    available: Money
    promised: Money


@dataclass(frozen=True, slots=True)
class AccountTooSmall:
    """The account the money is to come from holds less."""

    account: str
    wanted: Money
    holds: Money


@dataclass(frozen=True, slots=True)
class ReasonNeeded:
    """Something unusual needs a word why: ``what`` names it."""

    what: str


@dataclass(frozen=True, slots=True)
class DecidedNothing:
    """An approval names a sum above zero."""


@dataclass(frozen=True, slots=True)
class NoSuchMeeting:
    """The fund has no closed committee meeting of this number."""

    number: int | None


@dataclass(frozen=True, slots=True)
class MeetingBeforeRequest:
    """The meeting was held before the request came to it."""

    held_on: date
    before: date


@dataclass(frozen=True, slots=True)
class TooFewGuarantors:
    """The rules ask for more guarantors."""

    have: int
    limit: Limit


@dataclass(frozen=True, slots=True)
class AgainstPlan:
    """A plan that can not stand, and the limit it breaks, if it is one of the rules."""

    fault: PlanFault
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class NoSuchContract:
    """The fund has no such contract, or its money was never handed over."""

    number: int


@dataclass(frozen=True, slots=True)
class PaidBeforeLent:
    """Money sent back on a day before it was handed out."""

    on: date
    paid_out_on: date


@dataclass(frozen=True, slots=True)
class NothingOwed:
    """The contract was settled already."""

    paper_number: str


@dataclass(frozen=True, slots=True)
class PaidTooMuch:
    """More than is owed; ``left_over`` may be held for the payer if they want it so."""

    paid: Money
    owed: Money
    left_over: Money


@dataclass(frozen=True, slots=True)
class NotAboveZero:
    """A sum of money is above zero."""


@dataclass(frozen=True, slots=True)
class ReceiverNotInOffice:
    """Who took the money held no place on the committee that day."""

    term_number: int | None
    day: date


@dataclass(frozen=True, slots=True)
class NoSuchReceipt:
    """The fund has no such receipt."""

    number: int


@dataclass(frozen=True, slots=True)
class ReceiptCancelled:
    """The receipt was cancelled before."""

    number: int


@dataclass(frozen=True, slots=True)
class StandsOnIt:
    """Something later stands on what is to be taken back: that first."""

    what: str


@dataclass(frozen=True, slots=True)
class NotYours:
    """Only who took the step, or the chairman, takes it back."""


@dataclass(frozen=True, slots=True)
class NothingToTakeBack:
    """No step of the request stands that could be taken back."""


@dataclass(frozen=True, slots=True)
class DeferredTooLong:
    """Longer than the rules allow."""

    months: int
    limit: Limit


@dataclass(frozen=True, slots=True)
class EndsBeforeItStarts:
    """A period that ends before it begins."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class NotTheirWord:
    """The rules name somebody else whose word a write-off takes."""

    limit: Limit


@dataclass(frozen=True, slots=True)
class MoreThanOwed:
    """More than there is to write off, claim, or give back."""

    sum: Money
    owed: Money


@dataclass(frozen=True, slots=True)
class NoSuchRecord:
    """No record of this number stands."""

    number: int


Refusal = (
    InFuture
    | BeforeStepBefore
    | OutOfTurn
    | NotOnList
    | NothingAsked
    | ItemsDoNotAddUp
    | TooMuch
    | LoanStillOpen
    | RequestStillOpen
    | NotEnoughMoney
    | AccountTooSmall
    | ReasonNeeded
    | DecidedNothing
    | NoSuchMeeting
    | MeetingBeforeRequest
    | TooFewGuarantors
    | AgainstPlan
    | NoSuchContract
    | PaidBeforeLent
    | NothingOwed
    | PaidTooMuch
    | NotAboveZero
    | ReceiverNotInOffice
    | NoSuchReceipt
    | ReceiptCancelled
    | StandsOnIt
    | NotYours
    | NothingToTakeBack
    | DeferredTooLong
    | EndsBeforeItStarts
    | NotTheirWord
    | MoreThanOwed
    | NoSuchRecord
)


AnyRefusal = Refusal | NotEntitled | AuthorityRefusal | BookRefusal


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for all these reasons together."""

    refusals: tuple[AnyRefusal, ...]
