"""Rounds of production: what goes in, what it costs besides, what comes of it at what cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Reach
from kongthun.audit.actions import record_deed
from kongthun.db.numbers import next_number
from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.stock import spread, sum_at, unit_cost
from kongthun.domain.thai_text import visible
from kongthun.ledger.actions import hold_pen
from kongthun.ledger.bank import Purse
from kongthun.ledger.models import Fund
from kongthun.ledger.queries import balance_of, balance_on, standing_movements

from ..models import Batch, Item, StockMove
from ..refusals import (
    BatchEmpty,
    BatchFinished,
    BatchGoesOn,
    BatchThere,
    BatchUnnamed,
    BeforeBatch,
    NoSuchBatch,
    NotDone,
    TooLittleToBook,
    TradeRefusal,
)
from .writing import (
    Booked,
    Move,
    Shelf,
    against_amount,
    against_day,
    against_purse,
    against_spending,
    against_words,
    done_before,
    enter,
    entitlement,
    fingerprint,
    keep_note,
    making_account,
    purse_account,
    stock_account,
)

BATCHES = "ผ."  # every paper of a round bears the round's number
LONGEST_BATCH = 200


@dataclass(frozen=True, slots=True)
class BatchBegun:
    """The number of the round."""

    number: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """So much of an item."""

    item_number: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a batch, and what one unit of it cost."""

    item_number: int
    quantity: int
    cost: Money

    @property
    def unit_cost(self) -> Money:
        """To the nearest satang."""
        return unit_cost(self.cost, self.quantity)


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished batch: its entry, what went in altogether, what came of it."""

    entry: int
    document: str
    cost: Money
    made: tuple[Made, ...]


def start_batch(*, fund: Fund, words: str, on: date, by: Reach) -> BatchBegun | NotDone:
    """Begin a round of production. Nothing is booked until something goes into it."""
    said = visible(words)
    with transaction.atomic():
        held = hold_pen(fund, [])
        refusals = [*entitlement(fund, by), *against_day(held, on)]
        if not said or len(said) > LONGEST_BATCH:
            refusals.append(BatchUnnamed(LONGEST_BATCH))
        same = Batch.objects.filter(
            fund=fund, words=said, started_on=on, finished_on__isnull=True
        ).first()
        if same is not None:
            refusals.append(BatchThere(same.number))
        if refusals:
            return NotDone(tuple(refusals))
        batch = Batch.objects.create(
            fund=fund,
            number=next_number(Batch, fund=fund),
            words=said,
            started_on=on,
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        record_deed(
            "start_batch",
            user_id=by.user_id,
            area_code=fund.area_code,
            fund_id=fund.pk,
            subject=f"batch {batch.number}",
        )
    return BatchBegun(batch.number)


def use_materials(
    lines: Sequence[Quantity], *, fund: Fund, batch_number: int, on: date, key: str, by: Reach
) -> Booked | NotDone:
    """Take materials off the shelf into a batch, at their average cost."""
    said = fingerprint("use", lines, batch_number, on)
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = entitlement(fund, by)
        if not refusals and (before := done_before(held, key, "use_materials", said)) is not None:
            return before
        quantities = [(line.item_number, line.quantity) for line in lines]
        shelf = Shelf(fund, (line.item_number for line in lines), on)
        refusals += [*against_day(held, on), *_against_batch(fund, batch_number, on)]
        refusals += [*shelf.against(quantities), *shelf.not_enough(quantities)]
        if refusals:
            return NotDone(tuple(refusals))
        moves = [shelf.take(line.item_number, line.quantity) for line in lines]
        cost = -total(move.cost for move in moves)
        if not cost:
            return NotDone((TooLittleToBook(),))
        goods = [Line(stock_account(move.item_number), move.cost) for move in moves if move.cost]
        draft = Draft(
            Deed.GOODS_USED,
            on,
            (Line(making_account(batch_number), cost), *goods),
            key,
            f"เบิกวัตถุดิบเข้ารอบที่ {batch_number}",
            f"{BATCHES}{batch_number}",
        )
        return enter(
            held,
            draft,
            by=by,
            audit="use_materials",
            said=said,
            subject=f"batch {batch_number}",
            moves=moves,
            batch_number=batch_number,
        )


def add_batch_cost(
    *,
    fund: Fund,
    batch_number: int,
    words: str,
    amount: Money,
    on: date,
    key: str,
    by: Reach,
    purse: Purse = Purse.CASH,
    bank_book: int = 1,
) -> Booked | NotDone:
    """Pay what a batch costs besides materials: wages, gas, milling. ``words`` say for what."""
    account = purse_account(purse, bank_book)
    said = fingerprint("cost", batch_number, visible(words), amount, on, account)
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = entitlement(fund, by)
        if not refusals and (before := done_before(held, key, "add_batch_cost", said)) is not None:
            return before
        refusals += [*against_day(held, on), *_against_batch(fund, batch_number, on)]
        refusals += [*against_amount(amount), *against_words(words, needed=True)]
        refusals += against_purse(fund, purse, bank_book)
        refusals += against_spending(fund, account, amount, on)
        if refusals:
            return NotDone(tuple(refusals))
        draft = Draft(
            Deed.COST_ADDED,
            on,
            (Line(making_account(batch_number), amount), Line(account, -amount)),
            key,
            f"จ่ายต้นทุนของรอบที่ {batch_number}",
            f"{BATCHES}{batch_number}",
        )
        done = enter(
            held, draft, by=by, audit="add_batch_cost", said=said, subject=f"batch {batch_number}"
        )
        if isinstance(done, Booked):
            keep_note(fund, done.number, words, batch_number=batch_number)
        return done


def finish_batch(
    outputs: Sequence[Quantity], *, fund: Fund, batch_number: int, on: date, key: str, by: Reach
) -> Finished | NotDone:
    """Put what came of a batch onto the shelf; all that went in is what it cost, to the satang.

    Several outputs share the cost by what they usually sell for, if each has a price; otherwise by
    their quantities.
    """
    said = fingerprint("finish", outputs, batch_number, on)
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = entitlement(fund, by)
        if not refusals and (before := done_before(held, key, "finish_batch", said)) is not None:
            return before if isinstance(before, NotDone) else _finished(fund, before)
        shelf = Shelf(fund, (line.item_number for line in outputs), on)
        account = making_account(batch_number)
        cost = balance_of(fund.pk, account)
        refusals += [*against_day(held, on), *_against_batch(fund, batch_number, on)]
        refusals += shelf.against([(line.item_number, line.quantity) for line in outputs])
        refusals += _against_finishing(fund, batch_number, cost, on)
        if refusals:
            return NotDone(tuple(refusals))
        shares = spread(cost, _weights(outputs, shelf.items))
        moves = [
            Move(line.item_number, line.quantity, share)
            for line, share in zip(outputs, shares, strict=True)
        ]
        goods = [Line(stock_account(move.item_number), move.cost) for move in moves if move.cost]
        draft = Draft(
            Deed.GOODS_MADE,
            on,
            (*goods, Line(account, -cost)),
            key,
            f"ผลิตเสร็จรอบที่ {batch_number}",
            f"{BATCHES}{batch_number}",
        )
        done = enter(
            held,
            draft,
            by=by,
            audit="finish_batch",
            said=said,
            subject=f"batch {batch_number}",
            moves=moves,
            batch_number=batch_number,
        )
        if isinstance(done, NotDone):
            return done
        Batch.objects.filter(fund=fund, number=batch_number).update(finished_on=on)
        return _finished(fund, done)


# --- below the line ----------------------------------------------------------------------------


def _against_batch(fund: Fund, number: int, on: date) -> list[TradeRefusal]:
    batch = Batch.objects.filter(fund=fund, number=number).first()
    if batch is None:
        return [NoSuchBatch(number)]
    if batch.finished_on is not None:
        return [BatchFinished(number, batch.finished_on)]
    return [BeforeBatch(number, batch.started_on)] if on < batch.started_on else []


def _against_finishing(fund: Fund, number: int, cost: Money, on: date) -> list[TradeRefusal]:
    """Something went in, and all of it by that day."""
    batch = Batch.objects.filter(fund=fund, number=number).first()
    if batch is None or batch.finished_on is not None:
        return []  # said already
    if cost <= ZERO:
        return [BatchEmpty(number)]
    account = making_account(number)
    if balance_on(fund.pk, account, on) == cost:
        return []
    last = standing_movements(fund.pk, account, after=None, upto=date.max)[-1]
    return [BatchGoesOn(number, last.on)]


def _weights(outputs: Sequence[Quantity], items: dict[int, Item]) -> list[int]:
    """By what each output sells for, if all have a price; otherwise by quantity."""
    by_price = []
    for line in outputs:
        price = items[line.item_number].price
        by_price.append(sum_at(price, line.quantity).satang if price is not None else 0)
    return by_price if all(by_price) else [line.quantity for line in outputs]


def _finished(fund: Fund, done: Booked) -> Finished:
    moves = StockMove.objects.filter(fund=fund, entry_number=done.number).order_by("number")
    made = tuple(Made(move.item_number, move.quantity, move.cost) for move in moves)
    return Finished(done.number, done.document, total(each.cost for each in made), made)
