"""Reading the shelf: what there is and what it cost, and whether its rows agree with the books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Sum

from kongthun.domain.journal import AccountKind
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.stock import quantity_text, unit_cost
from kongthun.ledger.models import Account, Fund
from kongthun.ledger.models import Line as WrittenLine

from ..models import Batch, Deal, Item, ItemKind, StockMove


@dataclass(frozen=True, slots=True)
class ItemStock:
    """An item with what there is of it at the end of a day and what that cost."""

    item: Item
    quantity: int
    cost: Money

    @property
    def number(self) -> int:
        """The item's number."""
        return self.item.number

    @property
    def quantity_words(self) -> str:
        """With its unit: "12.5 กก."."""
        return f"{quantity_text(self.quantity)} {self.item.unit}"

    @property
    def unit_cost(self) -> Money:
        """What a unit cost on average, to the nearest satang."""
        return unit_cost(self.cost, self.quantity) if self.quantity > 0 else ZERO

    @property
    def is_material(self) -> bool:
        """Whether it is there to be used."""
        return self.item.kind == ItemKind.MATERIAL


def stock_on(fund_id: int, day: date, *, with_stopped: bool = False) -> list[ItemStock]:
    """Every item in the order of numbers, with what there is of it. Two statements.

    ``cost`` is the balance of the item's account that day. By the order of booking, so a late paper
    may show a day in between with another average than was known then.
    """
    sums = _sums(fund_id, day)
    items = Item.objects.filter(fund_id=fund_id).order_by("number")
    return [
        ItemStock(item, *sums.get(item.number, (0, ZERO)))
        for item in items
        if with_stopped or item.stopped_on is None or sums.get(item.number, (0, ZERO))[0]
    ]


def stock_worth(rows: list[ItemStock]) -> Money:
    """What all of it cost together."""
    return total(row.cost for row in rows)


def _sums(fund_id: int, day: date) -> dict[int, tuple[int, Money]]:
    moves = StockMove.objects.filter(fund_id=fund_id, happened_on__lte=day).order_by()
    return {
        number: (int(quantity), _money(cost))
        for number, quantity, cost in moves.values_list("item_number").annotate(
            Sum("quantity"), Sum("cost")
        )
    }


def _money(value: Money | int) -> Money:
    return value if isinstance(value, Money) else Money(int(value))


# --- the rows against the books ----------------------------------------------------------------

FaultKind = Literal["account", "below_zero", "cost_of_nothing", "entry", "batch", "deal"]


@dataclass(frozen=True, slots=True)
class StockFault:
    """Something about the shelf that is not as the books have it.

    `account`: an item's moves do not add up to its account. `below_zero`: less than none.
    `cost_of_nothing`: none left that still costs something. `entry`: an entry moved another sum
    than its moves say. `batch`: finished, and its account is not empty. `deal`: its total is not
    its entry's.
    ``number`` is that of the item, entry, batch or deal.
    """

    fund: str
    what: FaultKind
    number: int


def stock_faults(fund: Fund) -> list[StockFault]:
    """All faults of one group's shelf. Seven statements, however much stands on it."""
    items = {
        number: (int(quantity), _money(cost).satang)
        for number, quantity, cost in StockMove.objects.filter(fund=fund)
        .order_by()
        .values_list("item_number")
        .annotate(Sum("quantity"), Sum("cost"))
    }
    balances = {
        code: balance.satang
        for code, balance in Account.objects.filter(
            fund=fund, kind__in=[AccountKind.STOCK.value, AccountKind.MAKING.value]
        ).values_list("code", "balance")
    }
    found = _item_faults(fund.code, items, balances)
    found += _entry_faults(fund)
    for number in Batch.objects.filter(fund=fund, finished_on__isnull=False).values_list(
        "number", flat=True
    ):
        if balances.get(f"{AccountKind.MAKING}:{number}"):
            found.append(StockFault(fund.code, "batch", number))
    return found + _deal_faults(fund)


def _item_faults(
    code: str, items: Mapping[int, tuple[int, int]], balances: Mapping[str, int]
) -> list[StockFault]:
    found = []
    stocks = {
        int(account.partition(":")[2]): satang
        for account, satang in balances.items()
        if account.startswith(f"{AccountKind.STOCK}:")
    }
    for number in sorted(items.keys() | stocks.keys()):
        quantity, cost = items.get(number, (0, 0))
        if cost != stocks.get(number, 0):
            found.append(StockFault(code, "account", number))
        if quantity < 0 or cost < 0:
            found.append(StockFault(code, "below_zero", number))
        if not quantity and cost:
            found.append(StockFault(code, "cost_of_nothing", number))
    return found


def _entry_faults(fund: Fund) -> list[StockFault]:
    moved: dict[tuple[int, int], int] = {}
    for entry, item, cost in (
        StockMove.objects.filter(fund=fund)
        .order_by()
        .values_list("entry_number", "item_number")
        .annotate(Sum("cost"))
    ):
        moved[entry, item] = _money(cost).satang
    lines = WrittenLine.objects.filter(fund=fund, account__startswith=f"{AccountKind.STOCK}:")
    booked: dict[tuple[int, int], int] = {}
    for entry, account, amount in lines.values_list("entry_number", "account", "amount"):
        place = (entry, int(account.partition(":")[2]))
        booked[place] = booked.get(place, 0) + amount.satang
    crooked = {
        place[0]
        for place in moved.keys() | booked.keys()
        if moved.get(place, 0) != booked.get(place, 0)
    }
    return [StockFault(fund.code, "entry", number) for number in sorted(crooked)]


def _deal_faults(fund: Fund) -> list[StockFault]:
    """A sale's total is its entry's income, a purchase's what its goods cost."""
    deals = list(Deal.objects.filter(fund=fund).order_by("number"))
    said: dict[int, int] = {}
    for entry, account, amount in WrittenLine.objects.filter(
        fund=fund, entry_number__in=Deal.objects.filter(fund=fund).values("entry_number")
    ).values_list("entry_number", "account", "amount"):
        if account == "income:sales":
            said[entry] = said.get(entry, 0) - amount.satang
        elif account.startswith(f"{AccountKind.STOCK}:") and amount > ZERO:
            said[entry] = said.get(entry, 0) + amount.satang
    return [
        StockFault(fund.code, "deal", deal.number)
        for deal in deals
        if said.get(deal.entry_number) != deal.total.satang
    ]
