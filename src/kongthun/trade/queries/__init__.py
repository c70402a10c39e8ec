"""Reading the trade of a group: the shelf, its papers, its rounds of production."""

from __future__ import annotations

from .batches import BatchCost, BatchLine, BatchSheet, batch_sheet, batch_sheets
from .deals import (
    DealLine,
    DealPaper,
    Due,
    MonthOfSales,
    PartyBalance,
    PartyPayment,
    deal_numbers,
    deal_papers,
    notes_of,
    party_balance,
    party_balances,
    party_name,
    payments_of,
    sales_between,
    sales_by_month,
    trade_by_member,
)
from .stock import ItemStock, StockFault, stock_faults, stock_on, stock_worth

__all__ = [
    "BatchCost",
    "BatchLine",
    "BatchSheet",
    "DealLine",
    "DealPaper",
    "Due",
    "ItemStock",
    "MonthOfSales",
    "PartyBalance",
    "PartyPayment",
    "StockFault",
    "batch_sheet",
    "batch_sheets",
    "deal_numbers",
    "deal_papers",
    "notes_of",
    "party_balance",
    "party_balances",
    "party_name",
    "payments_of",
    "sales_between",
    "sales_by_month",
    "stock_faults",
    "stock_on",
    "stock_worth",
    "trade_by_member",
]
