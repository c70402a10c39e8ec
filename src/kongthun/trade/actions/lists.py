"""What the group keeps, and whom it trades with: added, given up, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from kongthun.accounts.reach import Reach
from kongthun.audit.actions import record_deed
from kongthun.db.numbers import next_number
from kongthun.domain.money import ZERO, Money
from kongthun.domain.thai_text import search_key, visible
from kongthun.groups.models import Membership
from kongthun.ledger.actions import hold_pen
from kongthun.ledger.models import Fund
from kongthun.ledger.refusals import NotAboveZero, WordsTooLong
from kongthun.ledger.savings import NotAMember

from ..models import Item, ItemKind, Party, StockMove
from ..refusals import (
    ItemStillThere,
    ItemStopped,
    ItemThere,
    ItemUnnamed,
    NoSuchItem,
    NotDone,
    PartyThere,
    PartyUnnamed,
    TradeRefusal,
    UnitMissing,
)
from .writing import against_day, entitlement

LONGEST_ITEM = 100
LONGEST_UNIT = 30
LONGEST_PARTY = 150
LONGEST_PHONE = 30


@dataclass(frozen=True, slots=True)
class ItemKept:
    """The number of the item in its group."""

    number: int


@dataclass(frozen=True, slots=True)
class PartyKept:
    """The number of somebody to trade with."""

    number: int


def add_item(
    *, fund: Fund, name: str, unit: str, kind: ItemKind, by: Reach, price: Money | None = None
) -> ItemKept | NotDone:
    """Keep something in stock from now on. ``price`` is what a unit is usually sold for."""
    called, counted_in = visible(name), visible(unit)
    with transaction.atomic():
        held = hold_pen(fund, [])
        refusals = [*entitlement(fund, by), *against_day(held, timezone.localdate())]
        if not called or len(called) > LONGEST_ITEM:
            refusals.append(ItemUnnamed(LONGEST_ITEM))
        if not counted_in:
            refusals.append(UnitMissing())
        elif len(counted_in) > LONGEST_UNIT:
            refusals.append(WordsTooLong(LONGEST_UNIT))
        if price is not None and price <= ZERO:
            refusals.append(NotAboveZero(price))
        kept = Item.objects.filter(fund=fund, stopped_on__isnull=True)
        same = next((item for item in kept if _same(item.name, called)), None)
        if same is not None:
            refusals.append(ItemThere(same.number, same.name))
        if refusals:
            return NotDone(tuple(refusals))
        item = Item.objects.create(
            fund=fund,
            number=next_number(Item, fund=fund),
            kind=kind,
            name=called,
            unit=counted_in,
            price=price,
            recorded_at=timezone.now(),
        )
        _note(fund, by, "add_item", f"item {item.number}")
    return ItemKept(item.number)


def stop_item(*, fund: Fund, number: int, on: date, by: Reach) -> ItemKept | NotDone:
    """Keep an item no more. There must be none of it left."""
    with transaction.atomic():
        held = hold_pen(fund, [])
        refusals = [*entitlement(fund, by), *against_day(held, on)]
        item = Item.objects.filter(fund=fund, number=number).first()
        if item is None:
            return NotDone((*refusals, NoSuchItem(number)))
        moves = StockMove.objects.filter(fund=fund, item_number=number)
        left = moves.aggregate(left=Sum("quantity"))["left"] or 0
        if item.stopped_on is not None:
            refusals.append(ItemStopped(item.name, item.stopped_on))
        if left:
            refusals.append(ItemStillThere(item.name, left, item.unit))
        if refusals:
            return NotDone(tuple(refusals))
        Item.objects.filter(fund=fund, number=number).update(stopped_on=on)
        _note(fund, by, "stop_item", f"item {number}")
    return ItemKept(number)


def add_party(
    *, fund: Fund, name: str, by: Reach, phone: str = "", member_number: int | None = None
) -> PartyKept | NotDone:
    """Somebody the group buys from or sells to. A member's trade counts for the return on trade."""
    called, telephone = visible(name), visible(phone)
    with transaction.atomic():
        held = hold_pen(fund, [])
        refusals = [*entitlement(fund, by), *against_day(held, timezone.localdate())]
        if not called or len(called) > LONGEST_PARTY:
            refusals.append(PartyUnnamed(LONGEST_PARTY))
        if len(telephone) > LONGEST_PHONE:
            refusals.append(WordsTooLong(LONGEST_PHONE))
        refusals += against_member(fund, member_number)
        there = _party_there(fund, search_key(called), telephone, member_number)
        if there is not None:
            refusals.append(PartyThere(there))
        if refusals:
            return NotDone(tuple(refusals))
        party = Party.objects.create(
            fund=fund,
            number=next_number(Party, fund=fund),
            name=called,
            name_key=search_key(called)[:200],
            phone=telephone,
            member_number=member_number,
            recorded_at=timezone.now(),
        )
        _note(fund, by, "add_party", f"party {party.number}")
    return PartyKept(party.number)


def against_member(fund: Fund, member_number: int | None) -> list[TradeRefusal]:
    """A number that nobody bears on the group's list."""
    if member_number is None:
        return []
    is_listed = Membership.objects.filter(group_id=fund.pk, number=member_number).exists()
    return [] if is_listed else [NotAMember(member_number)]


# --- below the line ----------------------------------------------------------------------------


def _same(one: str, other: str) -> bool:
    return bool(other) and search_key(one) == search_key(other)


def _party_there(fund: Fund, key: str, phone: str, member_number: int | None) -> int | None:
    parties = Party.objects.filter(fund=fund).order_by("number")
    if member_number is not None:
        same = parties.filter(member_number=member_number).first()
        if same is not None:
            return same.number
    same = parties.filter(name_key=key[:200], phone=phone).first() if key else None
    return same.number if same is not None else None


def _note(fund: Fund, by: Reach, deed: str, subject: str) -> None:
    record_deed(
        deed, user_id=by.user_id, area_code=fund.area_code, fund_id=fund.pk, subject=subject
    )
