"""Reading who bought and sold what, who owes what until when, and what the group earned by it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from kongthun.domain.journal import AccountKind
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.stock import quantity_text, sum_at
from kongthun.domain.thai_text import read_name
from kongthun.ledger.models import Entry
from kongthun.ledger.models import Line as WrittenLine

from ..models import Deal, Item, Party, StockMove, TradeNote


@dataclass(frozen=True, slots=True)
class Due:
    """What is left of a paper on credit, and until when."""

    deal_number: int
    document: str
    due_on: date | None
    amount: Money


@dataclass(frozen=True, slots=True)
class PartyBalance:
    """Somebody to trade with: what they owe the group and what the group owes them."""

    party: Party
    owes_us: Money
    we_owe: Money
    their_dues: tuple[Due, ...]
    our_dues: tuple[Due, ...]

    @property
    def number(self) -> int:
        """The number on the list."""
        return self.party.number

    @property
    def next_due(self) -> date | None:
        """The first day on which anything is due, either way."""
        days = [due.due_on for due in (*self.their_dues, *self.our_dues) if due.due_on]
        return min(days, default=None)


@dataclass(frozen=True, slots=True)
class DealLine:
    """A line of a paper: so much of an item at a price a unit, what it came to and what it cost."""

    item: Item
    quantity: int
    price: Money | None
    amount: Money
    cost: Money

    @property
    def quantity_words(self) -> str:
        """With its unit."""
        return f"{quantity_text(self.quantity)} {self.item.unit}"


@dataclass(frozen=True, slots=True)
class DealPaper:
    """A purchase or a sale with its lines."""

    deal: Deal
    party: Party | None
    lines: tuple[DealLine, ...]

    @property
    def rest(self) -> Money:
        """What was left on credit."""
        return self.deal.total - self.deal.paid_now

    @property
    def cost(self) -> Money:
        """What the goods cost the group."""
        return total(line.cost for line in self.lines)


@dataclass(frozen=True, slots=True)
class MonthOfSales:
    """What was sold in a month, what that cost, how many papers."""

    month: date
    papers: int
    sales: Money
    cost: Money

    @property
    def profit(self) -> Money:
        """Sold for more than it cost; other expenses are not in it."""
        return self.sales - self.cost


def party_name(party: Party, *, with_names: bool) -> str:
    """A party as this reader may see it."""
    return party.name if with_names else read_name(party.name).masked


def party_balances(fund_id: int, day: date) -> list[PartyBalance]:
    """Everybody the group trades with, in the order of numbers, as of a day. Three statements.

    Payments settle what is due first, so what is still owed is of the papers due last.
    """
    accounts = _balances(fund_id, day)
    customers: dict[int, list[Deal]] = {}
    suppliers: dict[int, list[Deal]] = {}
    deals = Deal.objects.filter(
        fund_id=fund_id,
        party_number__isnull=False,
        withdrawn_at__isnull=True,
        due_on__isnull=False,
        happened_on__lte=day,
    )
    for deal in deals.order_by("due_on", "number"):
        if deal.party_number is not None:
            side = customers if deal.is_sale else suppliers
            side.setdefault(deal.party_number, []).append(deal)
    found = []
    for party in Party.objects.filter(fund_id=fund_id).order_by("number"):
        owes = accounts.get(f"{AccountKind.CUSTOMER}:{party.number}", ZERO)
        owed = -accounts.get(f"{AccountKind.SUPPLIER}:{party.number}", ZERO)
        found.append(
            PartyBalance(
                party,
                owes,
                owed,
                _dues(customers.get(party.number, ()), owes),
                _dues(suppliers.get(party.number, ()), owed),
            )
        )
    return found


def party_balance(fund_id: int, number: int, day: date) -> PartyBalance | None:
    """One of them; none for a number that is not on the list."""
    return next((each for each in party_balances(fund_id, day) if each.number == number), None)


def deal_papers(
    fund_id: int,
    *,
    count: int | None = None,
    numbers: Collection[int] | None = None,
    party_number: int | None = None,
) -> list[DealPaper]:
    """Purchases and sales, the latest first, taken back ones too. Four statements."""
    rows = Deal.objects.filter(fund_id=fund_id).order_by("-happened_on", "-number")
    if numbers is not None:
        rows = rows.filter(number__in=numbers)
    if party_number is not None:
        rows = rows.filter(party_number=party_number)
    deals = list(rows[:count] if count is not None else rows)
    parties = {
        party.number: party
        for party in Party.objects.filter(
            fund_id=fund_id, number__in={deal.party_number for deal in deals if deal.party_number}
        )
    }
    lines = _lines(fund_id, {deal.entry_number: deal for deal in deals})
    return [
        DealPaper(
            deal,
            parties.get(deal.party_number) if deal.party_number else None,
            tuple(lines.get(deal.entry_number, ())),
        )
        for deal in deals
    ]


def deal_numbers(fund_id: int, *, is_sale: bool | None = None) -> QuerySet[Deal, int]:
    """The numbers of purchases and sales, or of one of them, the latest first: for pages."""
    rows = Deal.objects.filter(fund_id=fund_id).order_by("-happened_on", "-number")
    if is_sale is not None:
        rows = rows.filter(is_sale=is_sale)
    return rows.values_list("number", flat=True)


def sales_by_month(fund_id: int, first: date, last: date) -> list[MonthOfSales]:
    """The months in which something was sold, the earliest first. Two statements."""
    deals = _standing(fund_id, first, last).filter(is_sale=True)
    costs = _costs(fund_id, first, last)
    months: dict[date, tuple[int, Money, Money]] = {}
    for number, on, amount in deals.values_list("number", "happened_on", "total"):
        papers, sales, cost = months.get(on.replace(day=1), (0, ZERO, ZERO))
        months[on.replace(day=1)] = (papers + 1, sales + amount, cost + costs.get(number, ZERO))
    return [MonthOfSales(month, *months[month]) for month in sorted(months)]


def sales_between(fund_id: int, first: date, last: date) -> MonthOfSales:
    """All sales from one day to another, both counted; ``month`` is the first day."""
    months = sales_by_month(fund_id, first, last)
    return MonthOfSales(
        first,
        sum(each.papers for each in months),
        total(each.sales for each in months),
        total(each.cost for each in months),
    )


def trade_by_member(fund_id: int, first: date, last: date) -> dict[int, Money]:
    """What each member bought from and sold to the group, both days counted. One statement.

    For the return on trade at the closing of a year; taken back papers do not count.
    """
    deals = _standing(fund_id, first, last).filter(member_number__isnull=False).order_by()
    return {
        number: _money(amount)
        for number, amount in deals.values_list("member_number").annotate(Sum("total"))
        if number is not None
    }


def notes_of(fund_id: int, entry_numbers: Sequence[int]) -> dict[int, str]:
    """What was typed about these entries."""
    notes = TradeNote.objects.filter(fund_id=fund_id, entry_number__in=entry_numbers)
    return dict(notes.values_list("entry_number", "words"))


@dataclass(frozen=True, slots=True)
class PartyPayment:
    """What a party paid or was paid."""

    entry: int
    on: date
    document: str
    is_customer: bool
    amount: Money
    is_taken_back: bool


def payments_of(fund_id: int, party_number: int) -> list[PartyPayment]:
    """What was paid between the group and a party besides what was paid at once. Two statements."""
    entries = {
        entry.number: entry
        for entry in Entry.objects.filter(
            Q(deed="customer_paid") | Q(deed="supplier_paid"),
            fund_id=fund_id,
            number__in=TradeNote.objects.filter(fund_id=fund_id, party_number=party_number).values(
                "entry_number"
            ),
        )
    }
    mended = set(
        Entry.objects.filter(fund_id=fund_id, reverses__in=list(entries)).values_list(
            "reverses", flat=True
        )
    )
    amounts = WrittenLine.objects.filter(
        fund_id=fund_id, entry_number__in=list(entries), amount__gt=0
    ).values_list("entry_number", "amount")
    return [
        PartyPayment(
            number,
            entries[number].happened_on,
            entries[number].document,
            entries[number].deed == "customer_paid",
            amount,
            number in mended,
        )
        for number, amount in sorted(amounts, reverse=True)
    ]


# --- below the line ----------------------------------------------------------------------------


def _balances(fund_id: int, day: date) -> dict[str, Money]:
    """Accounts of customers and suppliers at the end of a day."""
    dated = Entry.objects.filter(fund_id=fund_id, happened_on__lte=day).values("number")
    lines = WrittenLine.objects.filter(
        Q(account__startswith=f"{AccountKind.CUSTOMER}:")
        | Q(account__startswith=f"{AccountKind.SUPPLIER}:"),
        fund_id=fund_id,
        entry_number__in=dated,
    ).order_by()
    return {
        account: _money(amount)
        for account, amount in lines.values_list("account").annotate(Sum("amount"))
    }


def _dues(deals: Sequence[Deal], owed: Money) -> tuple[Due, ...]:
    """Of which papers what is owed: those due last, the first of them perhaps in part."""
    found: list[Due] = []
    for deal in reversed(deals):
        if owed <= ZERO:
            break
        left = min(deal.total - deal.paid_now, owed)
        found.append(Due(deal.number, deal.document, deal.due_on, left))
        owed -= left
    return tuple(reversed(found))


def _lines(fund_id: int, deals: Mapping[int, Deal]) -> dict[int, list[DealLine]]:
    """The lines of deals by their entry."""
    moves = list(
        StockMove.objects.filter(fund_id=fund_id, entry_number__in=list(deals)).order_by("number")
    )
    items = {
        item.number: item
        for item in Item.objects.filter(
            fund_id=fund_id, number__in={move.item_number for move in moves}
        )
    }
    found: dict[int, list[DealLine]] = {}
    for move in moves:
        quantity, cost = abs(move.quantity), abs(move.cost)
        amount = sum_at(move.price, quantity) if move.price is not None else cost
        line = DealLine(items[move.item_number], quantity, move.price, amount, cost)
        found.setdefault(move.entry_number, []).append(line)
    return found


def _standing(fund_id: int, first: date, last: date) -> QuerySet[Deal]:
    return Deal.objects.filter(
        fund_id=fund_id, withdrawn_at__isnull=True, happened_on__range=(first, last)
    )


def _costs(fund_id: int, first: date, last: date) -> dict[int, Money]:
    """What the goods of each deal cost; a taken back deal comes to nothing by itself."""
    moves = StockMove.objects.filter(
        fund_id=fund_id, deal_number__isnull=False, happened_on__range=(first, last)
    ).order_by()
    return {
        number: -_money(cost)
        for number, cost in moves.values_list("deal_number").annotate(Sum("cost"))
        if number is not None
    }


def _money(value: Money | int) -> Money:
    return value if isinstance(value, Money) else Money(int(value))
