"""The shelf held against the books, for `kongthun verify`."""

from __future__ import annotations

from collections.abc import Iterator

from kongthun.domain.journal import AccountKind
from kongthun.ledger.charts import charts_with
from kongthun.ledger.models import Fund
from kongthun.ledger.verification import Fault

from .queries import stock_faults


def goods_in_the_books(fund: Fund | None) -> Iterator[Fault]:
    """What is wrong with the shelf of one fund, or of every fund that keeps items."""
    keeping = Fund.objects.filter(chart__in=charts_with(AccountKind.STOCK))
    for each in (keeping.filter(pk=fund.pk) if fund else keeping).order_by("code"):
        for fault in stock_faults(each):
            yield Fault(fault.fund, "goods", name=f"{fault.what} {fault.number}")
