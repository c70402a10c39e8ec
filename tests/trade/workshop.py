"""A group that mills rice: what it keeps, what it has in hand, and who works there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from five.occupation_group import OccupationGroup, founded_group
from kongthun.accounts.reach import Reach
from kongthun.domain.money import Money
from kongthun.ledger.bank import Giver, Purse, Recorded, receive_capital
from kongthun.ledger.models import Account, Entry, Fund, Line
from kongthun.trade.actions import (
    BatchBegun,
    BoughtLine,
    ItemKept,
    PartyKept,
    Quantity,
    add_item,
    add_party,
    start_batch,
)
from kongthun.trade.models import ItemKind, StockMove
from kongthun.trade.refusals import NotDone

PADDY, BAGS, RICE, BRAN = 1, 2, 3, 4
SHOP, FARMER = 1, 2
BEGUN = date(2025, 1, 2)
CAPITAL = Money.baht(20_000)


@dataclass
class Workshop:
    """The group and its books; ``by`` is its treasurer."""

    group: OccupationGroup
    fund: Fund
    by: Reach

    @property
    def code(self) -> str:
        return self.group.code


def workshop(capital: Money = CAPITAL) -> Workshop:
    """Four items, a shop and a farmer, and money in hand. Member 6 is the farmer."""
    group = founded_group()
    fund, by = group.fund, group.treasurer
    for name, unit, kind, price in (
        ("ข้าวเปลือก", "กก.", ItemKind.MATERIAL, None),
        ("ถุงบรรจุ", "ใบ", ItemKind.MATERIAL, None),
        ("ข้าวสารถุง 5 กก.", "ถุง", ItemKind.PRODUCT, Money.baht(150)),
        ("รำข้าว", "กก.", ItemKind.PRODUCT, Money.baht(8)),
    ):
        kept = add_item(fund=fund, name=name, unit=unit, kind=kind, price=price, by=by)
        assert isinstance(kept, ItemKept), kept
    shop = add_party(fund=fund, name="ร้านรวมมิตรพาณิชย์", phone="075-000-000", by=by)
    assert shop == PartyKept(SHOP)
    farmer = add_party(fund=fund, name="นางเตือนใจ  ณ นคร", member_number=6, by=by)
    assert farmer == PartyKept(FARMER)
    if capital:
        given = receive_capital(
            fund=fund,
            amount=capital,
            on=BEGUN,
            giver=Giver.MEMBERS,
            purse=Purse.CASH,
            key=key(),
            by=by,
        )
        assert isinstance(given, Recorded), given
    return Workshop(group, fund, by)


def key() -> str:
    return f"test:{uuid4().hex}"


def baht(sum_: int, satang: int = 0) -> Money:
    return Money.baht(sum_, satang)


def bought(item: int, units: float, sum_: int) -> BoughtLine:
    return BoughtLine(item, thousandths(units), baht(sum_))


def of(item: int, units: float) -> Quantity:
    return Quantity(item, thousandths(units))


def thousandths(units: float) -> int:
    return round(units * 1_000)


def begun(shop: Workshop, on: date, words: str = "สีข้าว") -> int:
    done = start_batch(fund=shop.fund, words=words, on=on, by=shop.by)
    assert isinstance(done, BatchBegun), done
    return done.number


def refused(outcome: object) -> list[str]:
    """The names of all refusals."""
    assert isinstance(outcome, NotDone), outcome
    return [type(refusal).__name__ for refusal in outcome.refusals]


def lines_of(fund: Fund, number: int) -> list[tuple[str, int]]:
    """The lines of an entry in whole satang, in their order."""
    rows = Line.objects.filter(fund=fund, entry_number=number).order_by("place")
    return [(line.account, line.amount.satang) for line in rows]


def balances(fund: Fund) -> dict[str, Money]:
    """Every account that holds something."""
    rows = Account.objects.filter(fund=fund)
    return {row.code: row.balance for row in rows if row.balance}


def shelf(fund: Fund) -> dict[int, tuple[int, Money]]:
    """By item: how much there is by its moves, and at what cost."""
    found: dict[int, tuple[int, Money]] = {}
    for move in StockMove.objects.filter(fund=fund):
        quantity, cost = found.get(move.item_number, (0, Money(0)))
        found[move.item_number] = (quantity + move.quantity, cost + move.cost)
    return found


def entry_count(fund: Fund) -> int:
    return Entry.objects.filter(fund=fund).count()
