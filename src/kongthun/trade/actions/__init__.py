"""ก4 and ก5 of a group that makes and sells: one deed, one transaction, one audit line each.

Every deed that moves goods or money is one entry, and what it did to the shelf stands in rows that
are held against the books (docs/rules/trade.md).
"""

from __future__ import annotations

from .batches import (
    BatchBegun,
    Finished,
    Made,
    Quantity,
    add_batch_cost,
    finish_batch,
    start_batch,
    use_materials,
)
from .counts import Difference, StockCounted, count_stock
from .deals import BoughtLine, Dealt, SoldLine, buy_goods, receive_gift, sell_goods
from .lists import ItemKept, PartyKept, add_item, add_party, stop_item
from .mending import TRADE_DEEDS, take_back
from .payments import pay_supplier, receive_from_customer
from .writing import Booked, keeps_trade

__all__ = [
    "TRADE_DEEDS",
    "BatchBegun",
    "Booked",
    "BoughtLine",
    "Dealt",
    "Difference",
    "Finished",
    "ItemKept",
    "Made",
    "PartyKept",
    "Quantity",
    "SoldLine",
    "StockCounted",
    "add_batch_cost",
    "add_item",
    "add_party",
    "buy_goods",
    "count_stock",
    "finish_batch",
    "keeps_trade",
    "pay_supplier",
    "receive_from_customer",
    "receive_gift",
    "sell_goods",
    "start_batch",
    "stop_item",
    "take_back",
    "use_materials",
]
