"""Laws of buying, making and selling, over random histories on random days."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from kongthun.domain.money import ZERO, Money
from kongthun.domain.stock import Stock
from kongthun.ledger.models import Entry, Position
from kongthun.ledger.queries import lowest_balance_since
from kongthun.ledger.verification import verify_fund
from kongthun.trade.actions import (
    Booked,
    BoughtLine,
    Dealt,
    Finished,
    Quantity,
    SoldLine,
    StockCounted,
    add_batch_cost,
    buy_goods,
    count_stock,
    finish_batch,
    pay_supplier,
    receive_from_customer,
    sell_goods,
    start_batch,
    take_back,
    use_materials,
)
from kongthun.trade.models import Batch, StockMove
from kongthun.trade.queries import party_balances, stock_faults, stock_on
from kongthun.trade.refusals import NotDone
from trade.workshop import (
    BEGUN,
    BRAN,
    PADDY,
    RICE,
    SHOP,
    Workshop,
    balances,
    entry_count,
    key,
    shelf,
    workshop,
)

pytestmark = pytest.mark.django_db

FAR = date(2025, 12, 31)
repeated = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True, slots=True)
class Step:
    """Something somebody may try, on a day, with a quantity in thousandths and a sum in satang."""

    what: str
    days: int
    item: int
    quantity: int
    satang: int
    share: int


STEPS = st.builds(
    Step,
    st.sampled_from(
        (
            *("buy", "buy", "sell", "sell", "begin", "use", "cost", "finish", "count"),
            *("receive", "pay", "take-back", "take-back"),
        )
    ),
    st.integers(0, 2),
    st.sampled_from((PADDY, RICE)),
    st.sampled_from((1, 333, 1_000, 2_500, 4_000)),
    st.integers(1, 20_000),
    st.integers(0, 4),
)

Outcome = object


@pytest.fixture
def shop() -> Workshop:
    """With so little in hand and on the shelf that steps are in each other's way."""
    at_work = workshop(Money.baht(400))
    for item in (PADDY, RICE):
        attempt(at_work, Step("buy", 0, item, 4_000, 10_000, 4))
    attempt(at_work, Step("begin", 0, PADDY, 1, 1, 0))
    return at_work


@contextmanager
def afresh() -> Iterator[None]:
    """What one example writes is gone before the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def attempt(shop: Workshop, step: Step) -> Outcome:
    fund, by, on = shop.fund, shop.by, BEGUN + timedelta(days=step.days)
    amount = Money(step.satang)
    credit = {"party_number": SHOP, "due_on": on + timedelta(days=30)}
    last_batch = Batch.objects.filter(fund=fund).order_by("-number").first()
    batch = last_batch.number if last_batch is not None else 1
    lines = [Quantity(step.item, step.quantity)]
    match step.what:
        case "buy":
            paid = Money(step.satang * step.share // 4)
            return buy_goods(
                [BoughtLine(step.item, step.quantity, amount)],
                fund=fund, on=on, key=key(), by=by, paid_now=paid, **credit,
            )  # fmt: skip
        case "sell":
            return sell_goods(
                [SoldLine(step.item, step.quantity, Money(step.satang // 9 + 50))],
                fund=fund, on=on, key=key(), by=by, paid_now=ZERO if step.share < 2 else None,
                **credit,
            )  # fmt: skip
        case "begin":
            return start_batch(fund=fund, words=f"รอบ {step.satang}", on=on, by=by)
        case "use":
            return use_materials(lines, fund=fund, batch_number=batch, on=on, key=key(), by=by)
        case "cost":
            return add_batch_cost(
                fund=fund, batch_number=batch, words="ค่าแรง", amount=amount, on=on, key=key(), by=by
            )
        case "finish":
            made = [*lines, Quantity(BRAN, step.satang)]
            return finish_batch(made, fund=fund, batch_number=batch, on=on, key=key(), by=by)
        case "count":
            counted = [Quantity(step.item, step.quantity - 1)]
            return count_stock(counted, fund=fund, on=on, note="นับ", key=key(), by=by)
        case "receive":
            return receive_from_customer(
                fund=fund, party_number=SHOP, amount=amount, on=on, key=key(), by=by
            )
        case "pay":
            return pay_supplier(
                fund=fund, party_number=SHOP, amount=amount, on=on, key=key(), by=by
            )
    numbers = list(Entry.objects.filter(fund=fund).values_list("number", flat=True))
    number = numbers[-1 - step.share % len(numbers)]
    return take_back(number, fund=fund, reason="ลงผิด", key=key(), by=by)


def hold(shop: Workshop) -> None:
    """Whatever was tried: the law, the chain, the shelf, and nothing below nothing on any day."""
    fund = shop.fund
    position = Position.objects.get(fund=fund)
    assert position.sums.is_conserved
    assert verify_fund(fund) == []
    assert stock_faults(fund) == []
    held = balances(fund)
    for number, (quantity, cost) in shelf(fund).items():
        assert held.get(f"stock:{number}", ZERO) == cost
        Stock(quantity, cost)  # refuses what can not be
    for row in stock_on(fund.pk, FAR):
        assert row.cost == held.get(f"stock:{row.number}", ZERO)
    for item in (PADDY, RICE, BRAN):
        running = 0
        by_day: dict[date, int] = {}
        for move in StockMove.objects.filter(fund=fund, item_number=item):
            by_day[move.happened_on] = by_day.get(move.happened_on, 0) + move.quantity
        for day in sorted(by_day):
            running += by_day[day]
            assert running >= 0, (item, day)
    assert lowest_balance_since(fund.pk, "cash", BEGUN).balance >= ZERO
    for each in party_balances(fund.pk, FAR):
        assert each.owes_us >= ZERO
        assert each.we_owe >= ZERO
        assert sum(due.amount.satang for due in each.their_dues) == each.owes_us.satang
        assert sum(due.amount.satang for due in each.our_dues) == each.we_owe.satang
    for batch in Batch.objects.filter(fund=fund):
        making = held.get(f"making:{batch.number}", ZERO)
        assert making >= ZERO
        assert batch.finished_on is None or making == ZERO


@repeated
@given(st.lists(STEPS, min_size=8, max_size=22))
def test_whatever_is_tried_books_and_shelf_stay_sound(shop: Workshop, steps: list[Step]) -> None:
    with afresh():
        for step in steps:
            before = entry_count(shop.fund), StockMove.objects.count()
            outcome = attempt(shop, step)
            if isinstance(outcome, NotDone):
                assert (entry_count(shop.fund), StockMove.objects.count()) == before
            elif isinstance(outcome, Booked | Dealt | Finished | StockCounted):
                event(f"{step.what} done")
        hold(shop)


@repeated
@given(st.lists(STEPS, min_size=3, max_size=14))
def test_everything_taken_back_from_the_last_leaves_as_it_was(
    shop: Workshop, steps: list[Step]
) -> None:
    with afresh():
        first, before, held = entry_count(shop.fund), shelf(shop.fund), balances(shop.fund)
        for step in steps:
            if step.what != "take-back":
                attempt(shop, step)
        for number in range(entry_count(shop.fund), first, -1):
            done = take_back(number, fund=shop.fund, reason="ลงผิด", key=key(), by=shop.by)
            assert isinstance(done, Booked), done
        assert {n: s for n, s in shelf(shop.fund).items() if s[0]} == before
        assert balances(shop.fund) == held
        hold(shop)
