"""The shelf held against the books, for `kongthun verify`."""

from __future__ import annotations

from collections.abc import Iterator

from kongthun.ledger.models import Fund
from kongthun.ledger.verification import Fault

from .models import Item
from .queries import stock_faults


def goods_in_the_books(fund: Fund | None) -> Iterator[Fault]:
    """What is wrong with the shelf of one fund, or of every fund that keeps items."""
    keeping = Item.objects.order_by().values("fund_id").distinct()
    funds = [fund] if fund else Fund.objects.filter(pk__in=keeping).order_by("code")
    for each in funds:
        for fault in stock_faults(each):
            yield Fault(fault.fund, "goods", name=f"{fault.what} {fault.number}")
