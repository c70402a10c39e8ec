"""Taking a deed of the trade back, as if it had never been; it stays readable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Reach
from kongthun.audit.actions import record_deed
from kongthun.domain.journal import AccountKind, Deed, kind_of
from kongthun.domain.money import ZERO
from kongthun.domain.thai_text import visible
from kongthun.ledger.actions import (
    AlreadyReversed,
    NoSuchEntry,
    NotPosted,
    hold_pen,
    reverse_entry,
)
from kongthun.ledger.models import Entry, Fund
from kongthun.ledger.models import Line as WrittenLine
from kongthun.ledger.refusals import FromPaper, TakesBackItself

from ..models import Batch, Deal, Item, StockMove
from ..refusals import BatchFinished, NotDone, NotOfTrade, PaidSince, StockWentOn, TradeRefusal
from .payments import against_owing
from .writing import (
    Booked,
    Move,
    against_day,
    against_spending,
    against_words,
    entitlement,
    keep_note,
    put_moves,
)

# What this work records, and so what it may take back.
TRADE_DEEDS = frozenset(
    {
        Deed.GOODS_BOUGHT,
        Deed.GOODS_GIVEN,
        Deed.GOODS_USED,
        Deed.COST_ADDED,
        Deed.GOODS_MADE,
        Deed.GOODS_SOLD,
        Deed.GOODS_COUNTED,
        Deed.CUSTOMER_PAID,
        Deed.SUPPLIER_PAID,
    }
)


def take_back(number: int, *, fund: Fund, reason: str, key: str, by: Reach) -> Booked | NotDone:
    """Write the mirror image of an entry of the trade beside it, on the same day.

    Refused where something has gone on since: what came onto the shelf was taken from, money that
    came in was spent, what was owed was paid, the batch was finished. Its paper's number stays
    used. A finished batch whose output is taken back goes on.
    """
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = entitlement(fund, by)
        entry = Entry.objects.filter(fund=fund, number=number).first()
        if key not in held.known:
            refusals += against_words(reason, needed=True)
            if entry is None:
                refusals.append(NoSuchEntry(number))
            else:
                refusals += _against(fund, entry)
                refusals += against_day(held, entry.happened_on)
        if refusals or entry is None:
            return NotDone(tuple(refusals) or (NoSuchEntry(number),))
        posted = reverse_entry(
            number, fund=fund, reason=f"กลับรายการที่ {number}", key=key, recorded_by=by.user_id
        )
        if isinstance(posted, NotPosted):
            return NotDone(posted.refusals)
        (reversal,) = posted.numbers
        if key not in held.known:
            _undo_rows(fund, entry, reversal, reason)
            record_deed(
                "take_back_trade",
                user_id=by.user_id,
                area_code=fund.area_code,
                fund_id=fund.pk,
                subject=f"entry {number}",
                details={"entry": reversal, "reason": visible(reason)},
            )
    return Booked(reversal, entry.document)


# --- below the line ----------------------------------------------------------------------------


def _against(fund: Fund, entry: Entry) -> list[TradeRefusal]:
    if entry.reverses is not None:
        return [TakesBackItself(entry.number)]
    earlier = Entry.objects.filter(fund=fund, reverses=entry.number).first()
    if earlier is not None:
        return [AlreadyReversed(entry.number, earlier.number)]
    if entry.source:
        return [FromPaper(entry.number)]
    if entry.deed not in TRADE_DEEDS:
        return [NotOfTrade(entry.number)]
    lines = list(WrittenLine.objects.filter(fund=fund, entry_number=entry.number))
    return [
        *_gone_from_shelf(fund, entry),
        *_gone_from_purse(fund, lines, entry.happened_on),
        *_paid_since(fund, lines, entry.happened_on),
        *_in_finished_batch(fund, entry, lines),
    ]


def _gone_from_shelf(fund: Fund, entry: Entry) -> list[TradeRefusal]:
    """Of which item something was taken after this entry brought it in, and that stands.

    Costs follow the order of booking: taking away from under a later step would leave that step
    with a cost that never was.
    """
    moves = StockMove.objects.filter(fund=fund)
    brought = moves.filter(entry_number=entry.number, quantity__gt=0)
    numbers = set(brought.values_list("item_number", flat=True))
    later = moves.filter(
        item_number__in=numbers, quantity__lt=0, entry_number__gt=entry.number
    ).order_by("number")
    taken = list(later)
    entries = Entry.objects.filter(
        fund=fund, number__in={move.entry_number for move in taken}, reverses__isnull=True
    )
    by_number = {each.number: each for each in entries}
    mended = set(
        Entry.objects.filter(fund=fund, reverses__in=list(by_number)).values_list(
            "reverses", flat=True
        )
    )
    last: dict[int, Entry] = {}
    for move in taken:
        if move.entry_number in by_number and move.entry_number not in mended:
            last[move.item_number] = by_number[move.entry_number]
    names = dict(Item.objects.filter(fund=fund, number__in=last).values_list("number", "name"))
    return [
        StockWentOn(names[number], step.document, step.happened_on) for number, step in last.items()
    ]


def _gone_from_purse(fund: Fund, lines: Sequence[WrittenLine], on: date) -> list[TradeRefusal]:
    return [
        refusal
        for line in lines
        if line.amount > ZERO and kind_of(line.account) in {AccountKind.CASH, AccountKind.BANK}
        for refusal in against_spending(fund, line.account, line.amount, on)
    ]


def _paid_since(fund: Fund, lines: Sequence[WrittenLine], on: date) -> list[TradeRefusal]:
    """What this entry put on credit must still be owed, all of it."""
    found: list[TradeRefusal] = []
    for line in lines:
        kind, _, number = line.account.partition(":")
        is_customer = kind == AccountKind.CUSTOMER and line.amount > ZERO
        if is_customer or (kind == AccountKind.SUPPLIER and line.credit > ZERO):
            amount = abs(line.amount)
            if against_owing(fund, int(number), amount, on, is_customer=is_customer):
                found.append(PaidSince(is_customer))
    return found


def _in_finished_batch(
    fund: Fund, entry: Entry, lines: Sequence[WrittenLine]
) -> list[TradeRefusal]:
    if entry.deed == Deed.GOODS_MADE:
        return []
    number = next(
        (_number_of(line) for line in lines if kind_of(line.account) == AccountKind.MAKING), None
    )
    if number is None:
        return []
    batch = Batch.objects.filter(fund=fund, number=number).first()
    if batch is None or batch.finished_on is None:
        return []
    return [BatchFinished(batch.number, batch.finished_on)]


def _number_of(line: WrittenLine) -> int:
    return int(line.account.partition(":")[2])


def _undo_rows(fund: Fund, entry: Entry, reversal: int, reason: str) -> None:
    """The mirror image on the shelf; the deal is marked, the batch goes on."""
    rows = list(StockMove.objects.filter(fund=fund, entry_number=entry.number).order_by("number"))
    batch_number = next((row.batch_number for row in rows), None)
    put_moves(
        fund,
        [Move(row.item_number, row.quantity, row.cost, row.price).mirrored for row in rows],
        on=entry.happened_on,
        entry_number=reversal,
        deal_number=next((row.deal_number for row in rows), None),
        batch_number=batch_number,
    )
    Deal.objects.filter(fund=fund, entry_number=entry.number).update(
        withdrawn_at=timezone.now(), withdrawn_note=visible(reason)
    )
    if entry.deed == Deed.GOODS_MADE and batch_number is not None:
        Batch.objects.filter(fund=fund, number=batch_number).update(finished_on=None)
    keep_note(fund, reversal, reason, batch_number=batch_number)
