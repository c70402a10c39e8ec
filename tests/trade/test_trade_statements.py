"""Lists take as many statements for thirty rows as for three."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kongthun.trade.actions import (
    PartyKept,
    SoldLine,
    add_batch_cost,
    add_party,
    buy_goods,
    finish_batch,
    sell_goods,
    use_materials,
)
from kongthun.trade.queries import (
    batch_sheets,
    deal_papers,
    party_balances,
    sales_by_month,
    stock_faults,
    stock_on,
    trade_by_member,
)
from trade.workshop import PADDY, RICE, Workshop, baht, begun, bought, key, of, workshop

pytestmark = pytest.mark.django_db

DAY = date(2025, 1, 6)
YEAR = (date(2025, 1, 1), date(2025, 12, 31))

READINGS: list[tuple[str, int, Callable[[Workshop], object]]] = [
    ("stock_on", 2, lambda shop: stock_on(shop.fund.pk, YEAR[1])),
    ("party_balances", 3, lambda shop: party_balances(shop.fund.pk, YEAR[1])),
    ("deal_papers", 4, lambda shop: deal_papers(shop.fund.pk)),
    ("batch_sheets", 10, lambda shop: batch_sheets(shop.fund.pk)),
    ("sales_by_month", 2, lambda shop: sales_by_month(shop.fund.pk, *YEAR)),
    ("trade_by_member", 1, lambda shop: trade_by_member(shop.fund.pk, *YEAR)),
    ("stock_faults", 7, lambda shop: stock_faults(shop.fund)),
]


def work(shop: Workshop, rounds: int, since: int) -> None:
    for place in range(since, since + rounds):
        on = DAY + timedelta(days=place)
        more = {"fund": shop.fund, "by": shop.by, "on": on}
        party = add_party(fund=shop.fund, name=f"ร้านที่ {place}", by=shop.by)
        assert isinstance(party, PartyKept)
        owing = {"party_number": party.number, "paid_now": baht(1), "due_on": on}
        buy_goods([bought(PADDY, 10, 100)], key=key(), **more, **owing)  # type: ignore[arg-type]
        batch = begun(shop, on)
        use_materials([of(PADDY, 5)], batch_number=batch, key=key(), **more)  # type: ignore[arg-type]
        wages = {"words": "ค่าแรง", "amount": baht(5), "key": key(), "batch_number": batch}
        add_batch_cost(**wages, **more)  # type: ignore[arg-type]
        finish_batch([of(RICE, 4)], batch_number=batch, key=key(), **more)  # type: ignore[arg-type]
        sell_goods([SoldLine(RICE, 1_000)], key=key(), **more, **owing)  # type: ignore[arg-type]


@pytest.mark.parametrize(("named", "most", "read"), READINGS, ids=lambda each: str(each)[:20])
def test_a_reading_takes_the_same_statements_however_much_there_is(
    named: str, most: int, read: Callable[[Workshop], object]
) -> None:
    shop = workshop()
    counts = []
    for rounds, since in ((2, 0), (10, 2)):
        work(shop, rounds, since)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            read(shop)
        counts.append(len(asked))
    assert counts[0] == counts[1], named
    assert counts[1] == most, (named, counts)
