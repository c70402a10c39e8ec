"""Buying, selling, and goods that somebody gave: what comes and goes against money or credit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Reach
from kongthun.db.numbers import next_number
from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.stock import sum_at
from kongthun.domain.thai_text import visible
from kongthun.ledger.actions import Pen, hold_pen
from kongthun.ledger.bank import Giver, Purse
from kongthun.ledger.models import Fund
from kongthun.ledger.refusals import WordsTooLong

from ..models import Deal, Party
from ..refusals import (
    CreditWithoutName,
    DueBefore,
    DueNeeded,
    NoSuchParty,
    NotDone,
    PaidMoreThanTotal,
    PriceMissing,
    TradeRefusal,
)
from .lists import against_member
from .writing import (
    Booked,
    Move,
    Shelf,
    against_amount,
    against_day,
    against_purse,
    against_spending,
    against_words,
    customer_account,
    done_before,
    enter,
    entitlement,
    fingerprint,
    keep_note,
    next_paper,
    purse_account,
    stock_account,
    supplier_account,
)

SALES, PURCHASES, GIFTS = "ข.", "ซ.", "รม."
SOLD = "income:sales"
COST_OF_SOLD = "expense:goods-sold"
LONGEST_BILL = 60
LONGEST_DEAL_WORDS = 200


@dataclass(frozen=True, slots=True)
class BoughtLine:
    """So much of an item for this sum altogether."""

    item_number: int
    quantity: int
    amount: Money


@dataclass(frozen=True, slots=True)
class SoldLine:
    """So much of an item at this price a unit; without one, at its usual price."""

    item_number: int
    quantity: int
    price: Money | None = None


@dataclass(frozen=True, slots=True)
class Dealt:
    """A purchase or a sale as it was booked. ``cost`` is what the goods cost the group."""

    number: int
    entry: int
    document: str
    total: Money
    paid: Money
    rest: Money
    cost: Money


def buy_goods(
    lines: Sequence[BoughtLine],
    *,
    fund: Fund,
    on: date,
    key: str,
    by: Reach,
    purse: Purse = Purse.CASH,
    bank_book: int = 1,
    paid_now: Money | None = None,
    party_number: int | None = None,
    member_number: int | None = None,
    due_on: date | None = None,
    bill: str = "",
    words: str = "",
) -> Dealt | NotDone:
    """Buy materials or goods onto the shelf, paid now in whole (``None``) or in part.

    The rest is owed to the party named, until the day named.
    """
    deal = _Deal(fund, on, key, by, purse, bank_book, paid_now, party_number, member_number,
                 due_on, bill, words)  # fmt: skip
    said = fingerprint("buy", lines, deal.said)
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = entitlement(fund, by)
        if not refusals and (before := done_before(held, key, "buy_goods", said)) is not None:
            return _as_before(fund, before)
        amount = total(line.amount for line in lines)
        terms = _terms(deal, amount)
        shelf = Shelf(fund, (line.item_number for line in lines), on)
        refusals += [*against_day(held, on), *shelf.against(_quantities(lines))]
        refusals += [r for line in lines for r in against_amount(line.amount)]
        refusals += [*terms.refusals, *_against_papers(deal)]
        refusals += against_spending(fund, deal.account, terms.paid, on)
        if refusals:
            return NotDone(tuple(dict.fromkeys(refusals)))
        moves = [Move(line.item_number, line.quantity, line.amount) for line in lines]
        stock = [Line(stock_account(line.item_number), line.amount) for line in lines]
        paid = [Line(deal.account, -terms.paid)] if terms.paid else []
        owed = [Line(supplier_account(terms.party), -terms.rest)] if terms.party_owes else []
        entry = (Deed.GOODS_BOUGHT, (*stock, *paid, *owed), "ซื้อวัตถุดิบหรือสินค้า")
        return _book(held, deal, terms, entry, moves, audit="buy_goods", said=said)


def sell_goods(
    lines: Sequence[SoldLine],
    *,
    fund: Fund,
    on: date,
    key: str,
    by: Reach,
    purse: Purse = Purse.CASH,
    bank_book: int = 1,
    paid_now: Money | None = None,
    party_number: int | None = None,
    member_number: int | None = None,
    due_on: date | None = None,
    bill: str = "",
    words: str = "",
) -> Dealt | NotDone:
    """Sell off the shelf, over the counter or to somebody named; paid in whole (``None``) or part.

    The rest is owed by the party named, until the day named. What was sold leaves the shelf at its
    average cost; sale and cost stand in one entry.
    """
    deal = _Deal(fund, on, key, by, purse, bank_book, paid_now, party_number, member_number,
                 due_on, bill, words)  # fmt: skip
    said = fingerprint("sell", lines, deal.said)
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = entitlement(fund, by)
        if not refusals and (before := done_before(held, key, "sell_goods", said)) is not None:
            return _as_before(fund, before)
        shelf = Shelf(fund, (line.item_number for line in lines), on)
        priced, price_refusals = _priced(shelf, lines)
        amount = total(sum_at(price, line.quantity) for line, price in priced)
        terms = _terms(deal, amount)
        quantities = _quantities(lines)
        refusals += [*against_day(held, on), *shelf.against(quantities), *price_refusals]
        refusals += [*shelf.not_enough(quantities), *terms.refusals, *_against_papers(deal)]
        if refusals:
            return NotDone(tuple(dict.fromkeys(refusals)))
        moves = [shelf.take(line.item_number, line.quantity, price) for line, price in priced]
        cost = -total(move.cost for move in moves)
        paid = [Line(deal.account, terms.paid)] if terms.paid else []
        owed = [Line(customer_account(terms.party), terms.rest)] if terms.party_owes else []
        goods = [Line(COST_OF_SOLD, cost)] if cost else []
        goods += [Line(stock_account(move.item_number), move.cost) for move in moves if move.cost]
        entry = (Deed.GOODS_SOLD, (*paid, *owed, Line(SOLD, -amount), *goods), "ขายสินค้า")
        return _book(held, deal, terms, entry, moves, audit="sell_goods", said=said)


def receive_gift(
    lines: Sequence[BoughtLine],
    *,
    fund: Fund,
    giver: Giver,
    on: date,
    words: str,
    key: str,
    by: Reach,
) -> Booked | NotDone:
    """Materials or goods that somebody gave: capital of the giver, worth what the paper says."""
    said = fingerprint("gift", lines, giver, on, visible(words))
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = entitlement(fund, by)
        if not refusals and (before := done_before(held, key, "receive_gift", said)) is not None:
            return before
        shelf = Shelf(fund, (line.item_number for line in lines), on)
        refusals += [*against_day(held, on), *shelf.against(_quantities(lines))]
        refusals += [r for line in lines for r in against_amount(line.amount)]
        refusals += against_words(words, needed=True)
        if refusals:
            return NotDone(tuple(dict.fromkeys(refusals)))
        worth = total(line.amount for line in lines)
        goods = [Line(stock_account(line.item_number), line.amount) for line in lines]
        draft = Draft(
            Deed.GOODS_GIVEN,
            on,
            (*goods, Line(f"capital:{giver}", -worth)),
            key,
            "รับมอบวัตถุดิบหรือสินค้า",
            next_paper(fund, GIFTS, Deed.GOODS_GIVEN),
        )
        moves = [Move(line.item_number, line.quantity, line.amount) for line in lines]
        done = enter(
            held,
            draft,
            by=by,
            audit="receive_gift",
            said=said,
            subject=draft.document,
            moves=moves,
        )
        if isinstance(done, Booked):
            keep_note(fund, done.number, words)
        return done


# --- below the line ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Deal:
    """What a purchase and a sale are both told."""

    fund: Fund
    on: date
    key: str
    by: Reach
    purse: Purse
    bank_book: int
    paid_now: Money | None
    party_number: int | None
    member_number: int | None
    due_on: date | None
    bill: str
    words: str

    @property
    def account(self) -> str:
        """Where it is paid from or into."""
        return purse_account(self.purse, self.bank_book)

    @property
    def said(self) -> tuple[object, ...]:
        """All of it that makes this deal another than one under the same key."""
        return (self.on, self.account, self.paid_now, self.party_number, self.member_number,
                self.due_on, visible(self.bill), visible(self.words))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Terms:
    """What of a deal is paid, what stays owed and by whom, and what stands against it."""

    total: Money
    paid: Money
    rest: Money
    party: int
    member_number: int | None
    refusals: tuple[TradeRefusal, ...]

    @property
    def party_owes(self) -> bool:
        """Whether anything stays on credit."""
        return self.rest > ZERO


def _terms(deal: _Deal, amount: Money) -> _Terms:
    paid = amount if deal.paid_now is None else deal.paid_now
    rest = amount - paid
    found: list[TradeRefusal] = []
    party, member_number = _party(deal)
    if deal.party_number is not None and party is None:
        found.append(NoSuchParty(deal.party_number))
    found += against_member(deal.fund, member_number)
    if paid < ZERO:
        found += against_amount(paid)
    if rest < ZERO:
        found.append(PaidMoreThanTotal(paid, amount))
    elif rest:
        if party is None and deal.party_number is None:
            found.append(CreditWithoutName(rest))
        if deal.due_on is None:
            found.append(DueNeeded(rest))
    if deal.due_on is not None and deal.due_on < deal.on:
        found.append(DueBefore(deal.due_on, deal.on))
    number = party.number if party is not None else 0
    return _Terms(amount, paid, rest, number, member_number, tuple(found))


def _party(deal: _Deal) -> tuple[Party | None, int | None]:
    """Who it is with: a party with the number they bear as a member, or a member who is a party."""
    parties = Party.objects.filter(fund=deal.fund)
    if deal.party_number is not None:
        party = parties.filter(number=deal.party_number).first()
        return party, party.member_number if party is not None else None
    if deal.member_number is not None:
        return parties.filter(member_number=deal.member_number).first(), deal.member_number
    return None, None


def _priced(
    shelf: Shelf, lines: Sequence[SoldLine]
) -> tuple[list[tuple[SoldLine, Money]], list[TradeRefusal]]:
    """Each line with the price it is sold at."""
    priced: list[tuple[SoldLine, Money]] = []
    found: list[TradeRefusal] = []
    for line in lines:
        item = shelf.items.get(line.item_number)
        usual = item.price if item is not None else None
        price = line.price if line.price is not None else usual
        if price is None and item is not None:
            found.append(PriceMissing(item.name))
        elif price is not None:
            # A price so low that it comes to nothing is no price either.
            comes_to = sum_at(price, line.quantity) if line.quantity > 0 else price
            found += against_amount(comes_to)
            priced.append((line, price))
    return priced, found


def _against_papers(deal: _Deal) -> list[TradeRefusal]:
    found = against_purse(deal.fund, deal.purse, deal.bank_book)
    if len(visible(deal.bill)) > LONGEST_BILL:
        found.append(WordsTooLong(LONGEST_BILL))
    if len(visible(deal.words)) > LONGEST_DEAL_WORDS:
        found.append(WordsTooLong(LONGEST_DEAL_WORDS))
    return found


def _quantities(lines: Sequence[BoughtLine | SoldLine]) -> list[tuple[int, int]]:
    return [(line.item_number, line.quantity) for line in lines]


def _book(
    held: Pen,
    deal: _Deal,
    terms: _Terms,
    entry: tuple[Deed, tuple[Line, ...], str],
    moves: Sequence[Move],
    *,
    audit: str,
    said: str,
) -> Dealt | NotDone:
    """One entry, one deal, its moves."""
    fund = deal.fund
    what, lines, memo = entry
    is_sale = what == Deed.GOODS_SOLD
    series = SALES if is_sale else PURCHASES
    # Deals are never taken out of the table, so the count is where the series stands.
    document = f"{series}{Deal.objects.filter(fund=fund, is_sale=is_sale).count() + 1}"
    number = next_number(Deal, fund=fund)
    done = enter(
        held,
        Draft(what, deal.on, lines, deal.key, memo, document),
        by=deal.by,
        audit=audit,
        said=said,
        subject=f"deal {number}",
        moves=moves,
        deal_number=number,
    )
    if isinstance(done, NotDone):
        return done
    row = Deal.objects.create(
        fund=fund,
        number=number,
        is_sale=is_sale,
        happened_on=deal.on,
        party_number=terms.party or None,
        member_number=terms.member_number,
        document=document,
        bill=visible(deal.bill),
        total=terms.total,
        paid_now=terms.paid,
        due_on=deal.due_on if terms.rest else None,
        entry_number=done.number,
        words=visible(deal.words),
        recorded_by_id=deal.by.user_id,
        recorded_at=timezone.now(),
    )
    return _dealt(row, abs(total(move.cost for move in moves)))


def _dealt(row: Deal, cost: Money) -> Dealt:
    rest = row.total - row.paid_now
    return Dealt(row.number, row.entry_number, row.document, row.total, row.paid_now, rest, cost)


def _as_before(fund: Fund, before: Booked | NotDone) -> Dealt | NotDone:
    """The deal that the same form made the first time."""
    if isinstance(before, NotDone):
        return before
    row = Deal.objects.get(fund=fund, entry_number=before.number)
    moved = fund.stock_moves.filter(entry_number=before.number)
    return _dealt(row, abs(total(move.cost for move in moved)))
