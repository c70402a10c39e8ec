"""The worked example of docs/rules/trade.md: two rounds of milled rice, to the satang."""

from __future__ import annotations

from datetime import date

import pytest

from kongthun.domain.money import ZERO, Money
from kongthun.ledger.models import Position
from kongthun.ledger.verification import verify_fund
from kongthun.trade.actions import (
    Booked,
    Dealt,
    Finished,
    SoldLine,
    StockCounted,
    add_batch_cost,
    buy_goods,
    count_stock,
    finish_batch,
    pay_supplier,
    receive_from_customer,
    sell_goods,
    use_materials,
)
from kongthun.trade.models import Batch, StockMove
from kongthun.trade.queries import (
    batch_sheet,
    party_balances,
    sales_between,
    sales_by_month,
    stock_faults,
    stock_on,
    stock_worth,
    trade_by_member,
)
from trade.workshop import (
    BAGS,
    BRAN,
    FARMER,
    PADDY,
    RICE,
    SHOP,
    Workshop,
    baht,
    balances,
    begun,
    bought,
    key,
    of,
    shelf,
    thousandths,
    workshop,
)

pytestmark = pytest.mark.django_db


def first_round(shop: Workshop) -> None:
    fund, by = shop.fund, shop.by
    done = buy_goods(
        [bought(PADDY, 1_000, 12_000), bought(BAGS, 200, 600)],
        fund=fund,
        on=date(2025, 1, 6),
        key=key(),
        by=by,
    )
    assert isinstance(done, Dealt)
    assert (done.document, done.total, done.paid, done.rest) == (
        "ซ.1",
        baht(12_600),
        baht(12_600),
        ZERO,
    )
    number = begun(shop, date(2025, 1, 8))
    used = use_materials(
        [of(PADDY, 500), of(BAGS, 60)],
        fund=fund,
        batch_number=number,
        on=date(2025, 1, 8),
        key=key(),
        by=by,
    )
    assert isinstance(used, Booked)
    wages = add_batch_cost(
        fund=fund,
        batch_number=number,
        words="ค่าแรงสี",
        amount=baht(420),
        on=date(2025, 1, 9),
        key=key(),
        by=by,
    )
    assert isinstance(wages, Booked)
    assert balances(fund)["making:1"] == baht(6_600)
    made = finish_batch(
        [of(RICE, 60), of(BRAN, 50)],
        fund=fund,
        batch_number=number,
        on=date(2025, 1, 10),
        key=key(),
        by=by,
    )
    assert isinstance(made, Finished)
    rice, bran = made.made
    assert (made.document, made.cost) == ("ผ.1", baht(6_600))
    assert (rice.cost, rice.unit_cost) == (baht(6_319, 14), baht(105, 32))
    assert (bran.cost, bran.unit_cost) == (baht(280, 86), baht(5, 62))
    assert "making:1" not in balances(fund)


def sell_the_first_round(shop: Workshop) -> None:
    counter = sell_goods(
        [SoldLine(RICE, thousandths(20))],
        fund=shop.fund,
        on=date(2025, 1, 12),
        key=key(),
        by=shop.by,
    )
    assert isinstance(counter, Dealt)
    assert (counter.document, counter.total, counter.cost) == ("ข.1", baht(3_000), baht(2_106, 38))
    credit = sell_goods(
        [SoldLine(RICE, thousandths(30), baht(145))],
        fund=shop.fund,
        on=date(2025, 1, 13),
        key=key(),
        by=shop.by,
        party_number=SHOP,
        paid_now=baht(2_000),
        due_on=date(2025, 2, 12),
    )
    assert isinstance(credit, Dealt)
    assert (credit.document, credit.rest, credit.cost) == ("ข.2", baht(2_350), baht(3_159, 57))
    assert shelf(shop.fund)[RICE] == (thousandths(10), baht(1_053, 19))


def second_round(shop: Workshop) -> None:
    fund, by = shop.fund, shop.by
    done = buy_goods(
        [bought(PADDY, 500, 6_500)],
        fund=fund,
        on=date(2025, 1, 20),
        key=key(),
        by=by,
        party_number=FARMER,
        paid_now=baht(1_500),
        due_on=date(2025, 3, 20),
    )
    assert isinstance(done, Dealt)
    assert shelf(fund)[PADDY] == (thousandths(1_000), baht(12_500))
    number = begun(shop, date(2025, 2, 1))
    use_materials(
        [of(PADDY, 600), of(BAGS, 75)],
        fund=fund,
        batch_number=number,
        on=date(2025, 2, 1),
        key=key(),
        by=by,
    )
    add_batch_cost(
        fund=fund,
        batch_number=number,
        words="ค่าแรงสี",
        amount=baht(500),
        on=date(2025, 2, 2),
        key=key(),
        by=by,
    )
    made = finish_batch(
        [of(RICE, 75), of(BRAN, 60)],
        fund=fund,
        batch_number=number,
        on=date(2025, 2, 2),
        key=key(),
        by=by,
    )
    assert isinstance(made, Finished)
    assert made.cost == baht(8_225)
    assert [each.cost for each in made.made] == [baht(7_888, 42), baht(336, 58)]
    assert shelf(fund)[RICE] == (thousandths(85), baht(8_941, 61))


def settle(shop: Workshop) -> None:
    fund, by = shop.fund, shop.by
    member = sell_goods(
        [SoldLine(RICE, thousandths(5), baht(140))],
        fund=fund,
        on=date(2025, 2, 5),
        key=key(),
        by=by,
        member_number=6,
    )
    assert isinstance(member, Dealt)
    assert member.cost == baht(525, 98)
    received = receive_from_customer(
        fund=fund, party_number=SHOP, amount=baht(2_350), on=date(2025, 2, 12), key=key(), by=by
    )
    paid = pay_supplier(
        fund=fund, party_number=FARMER, amount=baht(2_000), on=date(2025, 2, 15), key=key(), by=by
    )
    assert isinstance(received, Booked)
    assert isinstance(paid, Booked)
    assert (received.document, paid.document) == ("รช.1", "จช.1")
    counted = count_stock(
        [of(RICE, 79), of(BRAN, 110)],
        fund=fund,
        on=date(2025, 2, 28),
        note="ถุงขาดหนึ่งใบ",
        key=key(),
        by=by,
    )
    assert isinstance(counted, StockCounted)
    (missing,) = counted.differences
    assert (missing.item_number, missing.quantity, missing.cost) == (
        RICE,
        thousandths(-1),
        -baht(105, 20),
    )


@pytest.fixture
def shop() -> Workshop:
    at_work = workshop()
    first_round(at_work)
    sell_the_first_round(at_work)
    second_round(at_work)
    settle(at_work)
    return at_work


def test_two_rounds_end_in_the_figures_of_the_rule(shop: Workshop) -> None:
    sums = Position.objects.get(fund=shop.fund).sums
    assert sums.cash == baht(11_030)
    assert sums.goods == baht(14_122, 87)
    assert sums.customers == ZERO
    assert sums.creditors == baht(3_000)
    assert sums.interest == baht(2_152, 87)
    assert sums.is_conserved
    assert verify_fund(shop.fund) == []
    assert stock_faults(shop.fund) == []


def test_what_is_on_the_shelf_is_what_its_accounts_hold(shop: Workshop) -> None:
    rows = stock_on(shop.fund.pk, date(2025, 2, 28))
    assert [(row.number, row.quantity, row.cost) for row in rows] == [
        (PADDY, thousandths(400), baht(5_000)),
        (BAGS, thousandths(65), baht(195)),
        (RICE, thousandths(79), baht(8_310, 43)),
        (BRAN, thousandths(110), baht(617, 44)),
    ]
    assert stock_worth(rows) == baht(14_122, 87)
    held = balances(shop.fund)
    for row in rows:
        assert row.cost == held[f"stock:{row.number}"]
        # Average times quantity is the account, within the rounding of a satang a unit.
        told = row.unit_cost.satang * row.quantity / 1_000
        assert abs(told - row.cost.satang) <= row.quantity / 2_000
    assert rows[2].quantity_words == "79 ถุง"


def test_the_shelf_of_a_day_is_that_of_the_day(shop: Workshop) -> None:
    rows = {row.number: row.quantity for row in stock_on(shop.fund.pk, date(2025, 1, 11))}
    assert rows == {
        PADDY: thousandths(500),
        BAGS: thousandths(140),
        RICE: thousandths(60),
        BRAN: thousandths(50),
    }


def test_sales_are_told_by_month_with_what_they_cost(shop: Workshop) -> None:
    january, february = sales_by_month(shop.fund.pk, date(2025, 1, 1), date(2025, 12, 31))
    assert (january.month, january.papers) == (date(2025, 1, 1), 2)
    assert (january.sales, january.cost) == (baht(7_350), baht(5_265, 95))
    assert (february.sales, february.cost) == (baht(700), baht(525, 98))
    whole = sales_between(shop.fund.pk, date(2025, 1, 1), date(2025, 12, 31))
    assert (whole.papers, whole.profit) == (3, baht(2_258, 7))


def test_what_a_member_bought_and_sold_counts_for_the_return_on_trade(shop: Workshop) -> None:
    year = (date(2025, 1, 1), date(2025, 12, 31))
    assert trade_by_member(shop.fund.pk, *year) == {6: baht(7_200)}
    assert trade_by_member(shop.fund.pk, date(2025, 2, 1), year[1]) == {6: baht(700)}


def test_who_owes_what_is_told_with_the_day_it_is_due(shop: Workshop) -> None:
    early = {each.number: each for each in party_balances(shop.fund.pk, date(2025, 1, 31))}
    assert early[SHOP].owes_us == baht(2_350)
    assert [(due.document, due.due_on, due.amount) for due in early[SHOP].their_dues] == [
        ("ข.2", date(2025, 2, 12), baht(2_350))
    ]
    late = {each.number: each for each in party_balances(shop.fund.pk, date(2025, 2, 28))}
    assert late[SHOP].owes_us == ZERO
    assert late[SHOP].their_dues == ()
    assert late[FARMER].we_owe == baht(3_000)
    assert [(due.document, due.amount) for due in late[FARMER].our_dues] == [("ซ.2", baht(3_000))]
    assert late[FARMER].next_due == date(2025, 3, 20)


def test_a_round_tells_what_went_in_what_came_out_and_what_a_unit_cost(shop: Workshop) -> None:
    sheet = batch_sheet(shop.fund.pk, 2)
    assert sheet is not None
    assert [(line.item.number, line.cost) for line in sheet.inputs] == [
        (PADDY, baht(7_500)),
        (BAGS, baht(225)),
    ]
    assert [(cost.words, cost.cost) for cost in sheet.costs] == [("ค่าแรงสี", baht(500))]
    assert sheet.cost == baht(8_225)
    assert [line.unit_cost for line in sheet.outputs] == [Money(10518), Money(561)]
    assert sheet.is_finished
    assert batch_sheet(shop.fund.pk, 3) is None


def test_the_books_name_nobody(shop: Workshop) -> None:
    for entry in shop.fund.entries.all():
        assert "รวมมิตร" not in entry.memo
        assert "เตือนใจ" not in entry.memo
        assert "ค่าแรง" not in entry.memo


def test_rows_that_do_not_agree_with_the_books_are_found(shop: Workshop) -> None:
    move = StockMove.objects.filter(fund=shop.fund, item_number=BRAN).first()
    assert move is not None
    StockMove.objects.filter(fund=shop.fund, number=move.number).update(cost=move.cost + Money(1))
    found = {(fault.what, fault.number) for fault in stock_faults(shop.fund)}
    assert found == {("account", BRAN), ("entry", move.entry_number)}


def test_a_shelf_below_zero_and_a_batch_that_is_not_empty_are_found(shop: Workshop) -> None:
    Batch.objects.create(
        fund=shop.fund,
        number=9,
        words="",
        started_on=date(2025, 1, 1),
        finished_on=date(2025, 1, 2),
        recorded_at="2025-01-01T00:00:00Z",
    )
    begun(shop, date(2025, 3, 1))
    number = Batch.objects.latest("number").number
    use_materials(
        [of(PADDY, 1)],
        fund=shop.fund,
        batch_number=number,
        on=date(2025, 3, 1),
        key=key(),
        by=shop.by,
    )
    Batch.objects.filter(fund=shop.fund, number=number).update(finished_on=date(2025, 3, 2))
    StockMove.objects.filter(fund=shop.fund, item_number=BAGS, quantity__gt=0).update(quantity=1)
    found = {(fault.what, fault.number) for fault in stock_faults(shop.fund)}
    assert found == {("below_zero", BAGS), ("batch", number)}
