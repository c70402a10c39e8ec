"""What every deed of the trade shares: the shelf as it stands, and one entry with its rows.

A deed holds the fund's pen from its first look until its entry is written, so that no two sell the
same sack. What was typed stands in rows; the entry holds sums, numbers and fixed words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.audit.models import AuditLine
from kongthun.db.numbers import next_number
from kongthun.domain.journal import AccountKind, Draft, HappensLater, UnknownAccountKind, YearClosed
from kongthun.domain.money import ZERO, Money
from kongthun.domain.stock import LARGEST_QUANTITY, Stock
from kongthun.domain.thai_text import visible
from kongthun.ledger.actions import KeyTaken, NotPosted, Pen, write_down
from kongthun.ledger.bank import CASH, LONGEST_WORDS, Purse, bank_account
from kongthun.ledger.charts import chart
from kongthun.ledger.models import BankBook, Entry, Fund
from kongthun.ledger.queries import lowest_balance_since
from kongthun.ledger.refusals import (
    MoreThanThere,
    NoSuchBankBook,
    NotAboveZero,
    WordsNeeded,
    WordsTooLong,
)

from ..models import Item, StockMove, TradeNote
from ..refusals import (
    ItemStopped,
    NoLines,
    NoSuchItem,
    NotDone,
    NotEnoughStock,
    QuantityNotAboveZero,
    QuantityTooLarge,
    TradeRefusal,
)


@dataclass(frozen=True, slots=True)
class Booked:
    """The entry of a deed and the number of its paper. Sent twice, it is that of the first time."""

    number: int
    document: str


@dataclass(frozen=True, slots=True)
class Move:
    """What goes onto the shelf (above zero) or off it, at what cost; ``price`` is a unit's."""

    item_number: int
    quantity: int
    cost: Money
    price: Money | None = None

    @property
    def mirrored(self) -> Move:
        """The same the other way round."""
        return Move(self.item_number, -self.quantity, -self.cost, self.price)


def stock_account(item_number: int) -> str:
    """The account that holds what an item cost."""
    return f"{AccountKind.STOCK}:{item_number}"


def making_account(batch_number: int) -> str:
    """The account that holds what went into a batch."""
    return f"{AccountKind.MAKING}:{batch_number}"


def customer_account(party_number: int) -> str:
    """The account of what somebody owes the group."""
    return f"{AccountKind.CUSTOMER}:{party_number}"


def supplier_account(party_number: int) -> str:
    """The account of what the group owes somebody."""
    return f"{AccountKind.SUPPLIER}:{party_number}"


def purse_account(purse: Purse, bank_book: int) -> str:
    """Cash in hand, or a passbook."""
    return CASH if purse == Purse.CASH else bank_account(bank_book)


# --- the shelf ---------------------------------------------------------------------------------


class Shelf:
    """The items that one deed touches, as they stand now, and the least of each since its day.

    Costs follow the order of booking: what is taken out next costs the average of all that is
    there now. Quantities are held against every day since, so that nothing was ever sold that
    was not there. What the deed itself takes is counted along.
    """

    def __init__(self, fund: Fund, numbers: Iterable[int], on: date) -> None:
        asked = set(numbers)
        self.on = on
        self.items = {
            item.number: item for item in Item.objects.filter(fund=fund, number__in=asked)
        }
        self._stocks = dict.fromkeys(asked, Stock())
        moves = StockMove.objects.filter(fund=fund, item_number__in=asked).order_by()
        for number, quantity, cost in moves.values_list("item_number").annotate(
            Sum("quantity"), Sum("cost")
        ):
            self._stocks[number] = Stock(quantity, _money(cost))
        self._least = _least_since(moves, asked, on)
        self._taken = dict.fromkeys(asked, 0)

    def stock(self, item_number: int) -> Stock:
        """What there is of an item now."""
        return self._stocks[item_number]

    def quantity_on_day(self, item_number: int) -> int:
        """What there was of an item at the end of the deed's day."""
        return self._least[item_number][0]

    def against(self, lines: Sequence[tuple[int, int]]) -> list[TradeRefusal]:
        """What stands against these items and quantities by themselves."""
        if not lines:
            return [NoLines()]
        found: list[TradeRefusal] = []
        for number, quantity in lines:
            item = self.items.get(number)
            if item is None:
                found.append(NoSuchItem(number))
                continue
            if item.stopped_on is not None:
                found.append(ItemStopped(item.name, item.stopped_on))
            if quantity <= 0:
                found.append(QuantityNotAboveZero(item.name))
            elif quantity > LARGEST_QUANTITY:
                found.append(QuantityTooLarge(item.name))
        return list(dict.fromkeys(found))

    def not_enough(self, lines: Sequence[tuple[int, int]]) -> list[TradeRefusal]:
        """Of which items there is less than these lines take together, that day or since."""
        wanted: dict[int, int] = {}
        for number, quantity in lines:
            if number in self.items and quantity > 0:
                wanted[number] = wanted.get(number, 0) + quantity
        found: list[TradeRefusal] = []
        for number, quantity in wanted.items():
            _, there, short_on = self._least[number]
            if quantity > there:
                item = self.items[number]
                found.append(
                    NotEnoughStock(item.name, item.unit, quantity, there, self.on, short_on)
                )
        return found

    def take(self, item_number: int, quantity: int, price: Money | None = None) -> Move:
        """Off the shelf at its average cost. There must be enough."""
        before = self._stocks[item_number]
        cost = before.cost_of(quantity)
        self._stocks[item_number] = before.take_out(quantity)
        return Move(item_number, -quantity, -cost, price)


def _least_since(moves: object, asked: set[int], on: date) -> dict[int, tuple[int, int, date]]:
    """By item: how much there was at the end of a day, the least then or since, and when."""
    running = dict.fromkeys(asked, 0)
    least = dict.fromkeys(asked, (0, 0, on))
    by_day = moves.values_list("item_number", "happened_on").annotate(Sum("quantity"))  # type: ignore[attr-defined]
    for number, day, moved in by_day.order_by("happened_on"):
        running[number] += moved
        if day <= on:
            least[number] = (running[number], running[number], on)
        elif running[number] < least[number][1]:
            least[number] = (least[number][0], running[number], day)
    return least


def _money(value: Money | int) -> Money:
    """A sum of a column as the database hands it over."""
    return value if isinstance(value, Money) else Money(int(value))


# --- what stands against any deed --------------------------------------------------------------


def entitlement(fund: Fund, by: Reach) -> list[TradeRefusal]:
    """Nothing, or that this person does not keep the group's trade."""
    return [*by.refusals(Deed.KEEP_TRADE, area_code=fund.area_code, group_id=fund.pk)]


def against_day(held: Pen, on: date) -> list[TradeRefusal]:
    """A day to come, a day of a closed year, a group that keeps no stock at all."""
    found: list[TradeRefusal] = []
    today = timezone.localdate()
    if on > today:
        found.append(HappensLater(on, today))
    if held.closed_until is not None and on <= held.closed_until:
        found.append(YearClosed(on, held.closed_until))
    if not keeps_trade(held.fund):
        found.append(UnknownAccountKind(str(AccountKind.STOCK)))
    return found


def keeps_trade(fund: Fund) -> bool:
    """Whether the chart of this group's kind has goods at all."""
    return AccountKind.STOCK.value in chart(fund.chart).kinds


def against_words(words: str, *, needed: bool) -> list[TradeRefusal]:
    """Words that are missing, or more than there is room for."""
    said = visible(words)
    if needed and not said:
        return [WordsNeeded()]
    return [WordsTooLong(LONGEST_WORDS)] if len(said) > LONGEST_WORDS else []


def against_amount(amount: Money) -> list[TradeRefusal]:
    """A sum that moves nothing."""
    return [] if amount > ZERO else [NotAboveZero(amount)]


def against_purse(fund: Fund, purse: Purse, bank_book: int) -> list[TradeRefusal]:
    """A passbook nobody knows; the first one is there even while nobody has described it."""
    if purse == Purse.CASH or bank_book == 1:
        return []
    is_known = BankBook.objects.filter(fund=fund, number=bank_book).exists()
    return [] if is_known else [NoSuchBankBook(bank_book)]


def against_spending(fund: Fund, account: str, amount: Money, on: date) -> list[TradeRefusal]:
    """Whether paying this leaves less than nothing in an account, that day or any day since."""
    if amount <= ZERO:
        return []
    lowest = lowest_balance_since(fund.pk, account, on)
    if amount <= lowest.balance:
        return []
    return [MoreThanThere(account, amount, on, lowest.balance, lowest.on)]


# --- writing -----------------------------------------------------------------------------------


def fingerprint(*said: object) -> str:
    """What a form said, so that the same form sent again is told from another under its key."""
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def done_before(held: Pen, key: str, audit: str, said: str) -> Booked | NotDone | None:
    """The entry this form wrote the first time; a refusal if it said something else then."""
    number = held.known.get(key)
    if number is None:
        return None
    line = AuditLine.objects.filter(
        fund_id=held.fund.pk, deed=audit, details__entry=number, details__said=said
    )
    if not line.exists():
        return NotDone((KeyTaken(key, number),))
    return Booked(number, Entry.objects.get(fund=held.fund, number=number).document)


def enter(
    held: Pen,
    draft: Draft,
    *,
    by: Reach,
    audit: str,
    said: str,
    subject: str,
    moves: Sequence[Move] = (),
    deal_number: int | None = None,
    batch_number: int | None = None,
) -> Booked | NotDone:
    """Write the entry, what it did to the shelf, and who did it. With the pen in hand."""
    fund = held.fund
    written = write_down(held, draft, recorded_by=by.user_id, recorded_at=timezone.now())
    if isinstance(written, NotPosted):
        return NotDone(written.refusals)
    put_moves(
        fund,
        moves,
        on=draft.happened_on,
        entry_number=written.number,
        deal_number=deal_number,
        batch_number=batch_number,
    )
    record_deed(
        audit,
        user_id=by.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=subject,
        details={"entry": written.number, "said": said},
    )
    return Booked(written.number, draft.document)


def put_moves(
    fund: Fund,
    moves: Sequence[Move],
    *,
    on: date,
    entry_number: int,
    deal_number: int | None,
    batch_number: int | None,
) -> None:
    """The rows of what one entry did to the shelf."""
    first = next_number(StockMove, fund=fund) if moves else 0
    StockMove.objects.bulk_create(
        StockMove(
            fund=fund,
            number=first + place,
            item_number=move.item_number,
            quantity=move.quantity,
            cost=move.cost,
            price=move.price,
            happened_on=on,
            entry_number=entry_number,
            deal_number=deal_number,
            batch_number=batch_number,
        )
        for place, move in enumerate(moves)
    )


def keep_note(
    fund: Fund,
    entry_number: int,
    words: str,
    *,
    batch_number: int | None = None,
    party_number: int | None = None,
) -> None:
    """What was typed about an entry that no deal stands for."""
    TradeNote.objects.create(
        fund=fund,
        entry_number=entry_number,
        words=visible(words),
        batch_number=batch_number,
        party_number=party_number,
    )


def next_paper(fund: Fund, series: str, deed: str) -> str:
    """The next number of a series of papers that one kind of deed alone bears. None is left out."""
    written = Entry.objects.filter(fund=fund, deed=deed, reverses__isnull=True)
    return f"{series}{written.count() + 1}"
