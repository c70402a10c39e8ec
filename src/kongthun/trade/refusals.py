"""Why something of the trade was not recorded, as values; their words are in `wording`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.domain.money import Money
from kongthun.ledger.refusals import MoneyRefusal
from kongthun.ledger.savings import NotAMember

# --- what is kept, and with whom ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ItemUnnamed:
    """An item without a name, or with one that is too long."""

    longest: int


@dataclass(frozen=True, slots=True)
class UnitMissing:
    """An item that is counted in nothing."""


@dataclass(frozen=True, slots=True)
class ItemThere:
    """The group keeps an item of this name already."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class ItemStillThere:
    """An item of which there is some left can not be given up."""

    name: str
    quantity: int
    unit: str


@dataclass(frozen=True, slots=True)
class NoSuchItem:
    """The group keeps no item of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class ItemStopped:
    """An item that is not kept any more."""

    name: str
    stopped_on: date


@dataclass(frozen=True, slots=True)
class PartyUnnamed:
    """Somebody to trade with, without a name or with one that is too long."""

    longest: int


@dataclass(frozen=True, slots=True)
class PartyThere:
    """This name with this telephone, or this member, is on the list already."""

    number: int


@dataclass(frozen=True, slots=True)
class NoSuchParty:
    """Nobody of this number is on the list of those the group trades with."""

    number: int


# --- lines -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NoLines:
    """Nothing was named: no item, no quantity."""


@dataclass(frozen=True, slots=True)
class ItemTwice:
    """One item stands in two lines where it can stand in one only."""

    name: str


@dataclass(frozen=True, slots=True)
class QuantityNotAboveZero:
    """A line of nothing, or of less."""

    name: str


@dataclass(frozen=True, slots=True)
class QuantityTooLarge:
    """More than a column can hold."""

    name: str


@dataclass(frozen=True, slots=True)
class PriceMissing:
    """Sold without a price, and the item has no usual one."""

    name: str


@dataclass(frozen=True, slots=True)
class NotEnoughStock:
    """More is taken out than is there at the end of that day or of some day since.

    ``short_on`` is the day with the least of it, ``there`` how much that is.
    """

    name: str
    unit: str
    wanted: int
    there: int
    on: date
    short_on: date


@dataclass(frozen=True, slots=True)
class TooLittleToBook:
    """So little that all of it costs less than half a satang: no sum to write down."""


# --- credit ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PaidMoreThanTotal:
    """More is paid now than it comes to."""

    paid: Money
    total: Money


@dataclass(frozen=True, slots=True)
class CreditWithoutName:
    """Something stays unpaid, and nobody of the list is named who owes it or is owed."""

    rest: Money


@dataclass(frozen=True, slots=True)
class DueNeeded:
    """Something stays unpaid, and no day is named until when."""

    rest: Money


@dataclass(frozen=True, slots=True)
class DueBefore:
    """It would be due before it was bought."""

    due_on: date
    on: date


@dataclass(frozen=True, slots=True)
class MoreThanOwed:
    """More is paid than is owed at the end of that day or of some day since."""

    is_customer: bool
    amount: Money
    owed: Money
    on: date
    short_on: date


# --- batches -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BatchUnnamed:
    """A batch of which nobody said what is made, or in too many words."""

    longest: int


@dataclass(frozen=True, slots=True)
class BatchThere:
    """The same was begun on the same day and is going on."""

    number: int


@dataclass(frozen=True, slots=True)
class NoSuchBatch:
    """The group had no such batch."""

    number: int


@dataclass(frozen=True, slots=True)
class BatchFinished:
    """What it made is in stock: nothing is added to it, nothing taken back from it."""

    number: int
    on: date


@dataclass(frozen=True, slots=True)
class BatchEmpty:
    """Nothing was put into it, so nothing can come of it."""

    number: int


@dataclass(frozen=True, slots=True)
class BeforeBatch:
    """A day before the batch began."""

    number: int
    started_on: date


@dataclass(frozen=True, slots=True)
class BatchGoesOn:
    """Something was put into the batch after the day on which it is said to be finished."""

    number: int
    last: date


# --- counting and taking back ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CountUnexplained:
    """What was counted differs from the books, and no note says what is known about it."""


@dataclass(frozen=True, slots=True)
class NothingToValueBy:
    """More was found of an item that costs nothing in the books: worth how much?"""

    name: str


@dataclass(frozen=True, slots=True)
class NotOfTrade:
    """An entry of another kind of work; it is put right where it was made."""

    number: int


@dataclass(frozen=True, slots=True)
class StockWentOn:
    """What the entry brought in was taken from since, by this paper."""

    name: str
    document: str
    on: date


@dataclass(frozen=True, slots=True)
class PaidSince:
    """What was owed by this paper was paid since, in part at least."""

    is_customer: bool


AnyTradeRefusal = (
    ItemUnnamed
    | UnitMissing
    | ItemThere
    | ItemStillThere
    | NoSuchItem
    | ItemStopped
    | PartyUnnamed
    | PartyThere
    | NoSuchParty
    | NoLines
    | ItemTwice
    | QuantityNotAboveZero
    | QuantityTooLarge
    | PriceMissing
    | NotEnoughStock
    | TooLittleToBook
    | PaidMoreThanTotal
    | CreditWithoutName
    | DueNeeded
    | DueBefore
    | MoreThanOwed
    | BatchUnnamed
    | BatchThere
    | NoSuchBatch
    | BatchFinished
    | BatchEmpty
    | BeforeBatch
    | BatchGoesOn
    | CountUnexplained
    | NothingToValueBy
    | NotOfTrade
    | StockWentOn
    | PaidSince
)

TradeRefusal = AnyTradeRefusal | MoneyRefusal | NotAMember


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was recorded, for all these reasons together."""

    refusals: tuple[TradeRefusal, ...]
