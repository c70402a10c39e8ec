"""What stands against buying, making, selling, counting and taking back; all of it together."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kongthun.accounts.reach import Reach
from kongthun.domain.journal import Deed
from kongthun.domain.money import ZERO, Money
from kongthun.ledger.actions import close_books_until, hold_pen
from kongthun.ledger.bank import Giver, Purse, pay_expense, receive_capital
from kongthun.ledger.models import Entry
from kongthun.ledger.verification import verify_fund
from kongthun.trade.actions import (
    Booked,
    BoughtLine,
    Dealt,
    Finished,
    ItemKept,
    SoldLine,
    StockCounted,
    add_batch_cost,
    add_item,
    add_party,
    buy_goods,
    count_stock,
    finish_batch,
    pay_supplier,
    receive_from_customer,
    receive_gift,
    sell_goods,
    start_batch,
    stop_item,
    take_back,
    use_materials,
)
from kongthun.trade.models import Batch, Deal, ItemKind, Party
from kongthun.trade.queries import stock_faults, trade_by_member
from kongthun.trade.refusals import NotDone, NotEnoughStock
from trade.workshop import (
    BAGS,
    BEGUN,
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
    entry_count,
    key,
    lines_of,
    of,
    refused,
    shelf,
    thousandths,
    workshop,
)

pytestmark = pytest.mark.django_db

DAY = date(2025, 1, 6)
LATER = date(2025, 1, 20)


@pytest.fixture
def shop() -> Workshop:
    return workshop()


def buy(shop: Workshop, *lines: BoughtLine, on: date = DAY, **more: object) -> Dealt | NotDone:
    given: dict[str, object] = {"key": key(), "by": shop.by} | more
    return buy_goods(lines, fund=shop.fund, on=on, **given)  # type: ignore[arg-type]


def sell(shop: Workshop, *lines: SoldLine, on: date = LATER, **more: object) -> Dealt | NotDone:
    given: dict[str, object] = {"key": key(), "by": shop.by} | more
    return sell_goods(lines, fund=shop.fund, on=on, **given)  # type: ignore[arg-type]


def mend(shop: Workshop, number: int, by: Reach | None = None) -> Booked | NotDone:
    return take_back(number, fund=shop.fund, reason="ลงผิด", key=key(), by=by or shop.by)


def entry_of(done: object) -> int:
    assert isinstance(done, Dealt), done
    return done.entry


def sound(shop: Workshop) -> None:
    assert verify_fund(shop.fund) == []
    assert stock_faults(shop.fund) == []


# --- buying ------------------------------------------------------------------------------------


def test_a_purchase_moves_money_onto_the_shelf(shop: Workshop) -> None:
    done = buy(shop, bought(PADDY, 2.5, 30), bought(PADDY, 1, 13))
    assert lines_of(shop.fund, entry_of(done)) == [
        ("stock:1", 3_000),
        ("stock:1", 1_300),
        ("cash", -4_300),
    ]
    assert shelf(shop.fund)[PADDY] == (3_500, baht(43))
    sound(shop)


def test_what_is_not_paid_is_owed_to_the_one_named_until_the_day_named(shop: Workshop) -> None:
    done = buy(
        shop, bought(PADDY, 10, 120), party_number=SHOP, paid_now=baht(20), due_on=date(2025, 2, 1)
    )
    assert lines_of(shop.fund, entry_of(done)) == [
        ("stock:1", 12_000),
        ("cash", -2_000),
        ("supplier:1", -10_000),
    ]
    deal = Deal.objects.get()
    assert (deal.due_on, deal.total - deal.paid_now) == (date(2025, 2, 1), baht(100))
    sound(shop)


def test_everything_against_a_purchase_is_said_together(shop: Workshop) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    done = buy(
        shop,
        bought(9, 1, 10),
        bought(PADDY, 0, 10),
        BoughtLine(BAGS, 1_000, ZERO),
        on=tomorrow,
        paid_now=baht(5),
        by=shop.group.chairman,
    )
    assert refused(done) == [
        "NotEntitled",
        "HappensLater",
        "NoSuchItem",
        "QuantityNotAboveZero",
        "NotAboveZero",
        "CreditWithoutName",
        "DueNeeded",
    ]
    assert entry_count(shop.fund) == 1  # the capital alone
    assert not Deal.objects.exists()


def test_no_more_is_paid_than_was_there_that_day_or_since(shop: Workshop) -> None:
    spent = pay_expense(
        fund=shop.fund,
        amount=baht(19_500),
        on=LATER,
        purse=Purse.CASH,
        words="ซ่อมโรงสี",
        key=key(),
        by=shop.by,
    )
    assert not isinstance(spent, NotDone)
    assert refused(buy(shop, bought(PADDY, 10, 501))) == ["MoreThanThere"]
    assert isinstance(buy(shop, bought(PADDY, 10, 500)), Dealt)


def test_a_bank_book_pays_what_it_holds(shop: Workshop) -> None:
    assert refused(buy(shop, bought(PADDY, 1, 10), purse=Purse.BANK)) == ["MoreThanThere"]
    assert refused(buy(shop, bought(PADDY, 1, 10), purse=Purse.BANK, bank_book=7)) == [
        "NoSuchBankBook",
        "MoreThanThere",
    ]
    receive_capital(
        fund=shop.fund,
        amount=baht(50),
        on=BEGUN,
        giver=Giver.STATE,
        purse=Purse.BANK,
        key=key(),
        by=shop.by,
    )
    done = buy(shop, bought(PADDY, 1, 10), purse=Purse.BANK)
    assert lines_of(shop.fund, entry_of(done))[-1] == ("bank:1", -1_000)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"paid_now": baht(11)}, ["PaidMoreThanTotal"]),
        ({"paid_now": -baht(1)}, ["NotAboveZero", "CreditWithoutName", "DueNeeded"]),
        ({"paid_now": baht(5)}, ["CreditWithoutName", "DueNeeded"]),
        ({"paid_now": baht(5), "party_number": SHOP}, ["DueNeeded"]),
        (
            {"paid_now": baht(5), "party_number": SHOP, "due_on": DAY - timedelta(days=1)},
            ["DueBefore"],
        ),
        ({"party_number": 9}, ["NoSuchParty"]),
        ({"member_number": 99}, ["NotAMember"]),
        # A member who is no party yet can not owe or be owed.
        ({"member_number": 2, "paid_now": ZERO, "due_on": LATER}, ["CreditWithoutName"]),
        ({"bill": "ก" * 61}, ["WordsTooLong"]),
        ({"words": "ก" * 201}, ["WordsTooLong"]),
    ],
)
def test_terms_that_can_not_be_are_refused(
    shop: Workshop, more: dict[str, object], why: list[str]
) -> None:
    assert refused(buy(shop, bought(PADDY, 1, 10), **more)) == why


def test_a_member_who_is_a_party_is_owed_as_that_party(shop: Workshop) -> None:
    done = buy(shop, bought(PADDY, 1, 10), member_number=6, paid_now=ZERO, due_on=LATER)
    assert lines_of(shop.fund, entry_of(done))[-1] == (f"supplier:{FARMER}", -1_000)
    assert Deal.objects.get().party_number == FARMER


def test_a_closed_year_takes_no_purchase(shop: Workshop) -> None:
    close_books_until(hold_pen(shop.fund, []), DAY)
    assert refused(buy(shop, bought(PADDY, 1, 10))) == ["YearClosed"]
    assert isinstance(buy(shop, bought(PADDY, 1, 10), on=DAY + timedelta(days=1)), Dealt)


def test_the_same_form_buys_once_and_another_under_its_key_is_refused(shop: Workshop) -> None:
    once = key()
    first = buy(shop, bought(PADDY, 1, 10), key=once)
    assert buy(shop, bought(PADDY, 1, 10), key=once) == first
    assert refused(buy(shop, bought(PADDY, 2, 10), key=once)) == ["KeyTaken"]
    assert refused(sell(shop, SoldLine(PADDY, 1), key=once)) == ["KeyTaken"]
    assert entry_count(shop.fund) == 2


def test_papers_of_each_series_run_on(shop: Workshop) -> None:
    papers = [buy(shop, bought(RICE, 10, 100)), buy(shop, bought(RICE, 10, 100))]
    papers.append(sell(shop, SoldLine(RICE, 1_000)))
    assert isinstance(mend(shop, entry_of(papers[2])), Booked)
    papers.append(sell(shop, SoldLine(RICE, 1_000)))
    assert [paper.document for paper in papers if isinstance(paper, Dealt)] == [
        "ซ.1",
        "ซ.2",
        "ข.1",
        "ข.2",
    ]


def test_goods_that_were_given_are_capital_and_cost_what_they_are_worth(shop: Workshop) -> None:
    done = receive_gift(
        [bought(PADDY, 100, 900)],
        fund=shop.fund,
        giver=Giver.STATE,
        on=DAY,
        words="เกษตรอำเภอให้",
        key=key(),
        by=shop.by,
    )
    assert isinstance(done, Booked)
    assert done.document == "รม.1"
    assert lines_of(shop.fund, done.number) == [("stock:1", 90_000), ("capital:state", -90_000)]
    silent = receive_gift(
        [], fund=shop.fund, giver=Giver.STATE, on=DAY, words=" ", key=key(), by=shop.by
    )
    assert refused(silent) == ["NoLines", "WordsNeeded"]
    sound(shop)


# --- selling -----------------------------------------------------------------------------------


def test_a_sale_and_what_it_cost_stand_in_one_entry(shop: Workshop) -> None:
    buy(shop, bought(RICE, 3, 100))
    done = sell(
        shop,
        SoldLine(RICE, 1_000, baht(60)),
        party_number=SHOP,
        paid_now=baht(10),
        due_on=LATER,
    )
    assert lines_of(shop.fund, entry_of(done)) == [
        ("cash", 1_000),
        ("customer:1", 5_000),
        ("income:sales", -6_000),
        ("expense:goods-sold", 3_333),
        ("stock:3", -3_333),
    ]
    rest = sell(shop, SoldLine(RICE, 1_000), SoldLine(RICE, 1_000))
    assert isinstance(rest, Dealt)
    assert (rest.total, rest.cost) == (baht(300), Money(6_667))  # at its usual price
    assert "stock:3" not in balances(shop.fund)
    sound(shop)


def test_no_more_is_sold_than_is_there_all_lines_together(shop: Workshop) -> None:
    buy(shop, bought(RICE, 3, 100))
    done = sell(shop, SoldLine(RICE, 2_000), SoldLine(RICE, 1_001), SoldLine(BRAN, 1_000))
    assert isinstance(done, NotDone)
    rice, bran = done.refusals
    assert rice == NotEnoughStock("ข้าวสารถุง 5 กก.", "ถุง", 3_001, 3_000, LATER, LATER)
    assert isinstance(bran, NotEnoughStock)
    assert bran.there == 0


def test_nothing_is_sold_before_it_was_there_nor_what_a_later_day_needs(shop: Workshop) -> None:
    buy(shop, bought(RICE, 3, 100), on=DAY)
    sell(shop, SoldLine(RICE, 2_000), on=LATER)
    early = sell(shop, SoldLine(RICE, 1_000), on=DAY - timedelta(days=1))
    assert isinstance(early, NotDone)
    between = sell(shop, SoldLine(RICE, 2_000), on=DAY)
    assert between == NotDone((NotEnoughStock("ข้าวสารถุง 5 กก.", "ถุง", 2_000, 1_000, DAY, LATER),))
    assert isinstance(sell(shop, SoldLine(RICE, 1_000), on=DAY), Dealt)
    sound(shop)


def test_a_price_is_needed_and_is_above_zero(shop: Workshop) -> None:
    buy(shop, bought(PADDY, 10, 100), bought(RICE, 10, 100))
    assert refused(sell(shop, SoldLine(PADDY, 1_000))) == ["PriceMissing"]
    assert refused(sell(shop, SoldLine(RICE, 1_000, ZERO))) == ["NotAboveZero"]
    assert refused(sell(shop, SoldLine(RICE, 1, Money(1)))) == ["NotAboveZero"]


def test_what_costs_nothing_any_more_is_still_sold(shop: Workshop) -> None:
    buy(shop, BoughtLine(BRAN, 3_000, Money(1)))
    done = sell(shop, SoldLine(BRAN, 1_000))
    assert isinstance(done, Dealt)
    assert done.cost == ZERO
    assert [account for account, _ in lines_of(shop.fund, done.entry)] == ["cash", "income:sales"]
    sound(shop)


def test_a_member_at_the_counter_counts_for_the_return_on_trade(shop: Workshop) -> None:
    buy(shop, bought(RICE, 10, 100))
    sell(shop, SoldLine(RICE, 2_000), member_number=3)
    kept = sell(shop, SoldLine(RICE, 1_000), member_number=3)
    mend(shop, entry_of(kept))
    sell(shop, SoldLine(RICE, 1_000), party_number=FARMER)
    assert trade_by_member(shop.fund.pk, DAY, LATER) == {3: baht(300), 6: baht(150)}


# --- paying ------------------------------------------------------------------------------------


def on_credit(shop: Workshop) -> Dealt:
    buy(shop, bought(RICE, 10, 100))
    done = sell(shop, SoldLine(RICE, 2_000), party_number=SHOP, paid_now=ZERO, due_on=LATER)
    assert isinstance(done, Dealt)
    return done


def test_no_more_is_received_than_is_owed(shop: Workshop) -> None:
    on_credit(shop)
    fund, by = shop.fund, shop.by
    too_much = receive_from_customer(
        fund=fund, party_number=SHOP, amount=baht(301), on=LATER, key=key(), by=by
    )
    assert refused(too_much) == ["MoreThanOwed"]
    too_early = receive_from_customer(
        fund=fund, party_number=SHOP, amount=baht(1), on=DAY, key=key(), by=by
    )
    assert refused(too_early) == ["MoreThanOwed"]
    nobody = receive_from_customer(
        fund=fund, party_number=9, amount=ZERO, on=LATER, key=key(), by=by
    )
    assert refused(nobody) == ["NotAboveZero", "NoSuchParty"]
    once = key()
    paid = receive_from_customer(
        fund=fund, party_number=SHOP, amount=baht(300), on=LATER, key=once, by=by
    )
    again = receive_from_customer(
        fund=fund, party_number=SHOP, amount=baht(300), on=LATER, key=once, by=by
    )
    assert paid == again
    assert isinstance(paid, Booked)
    assert lines_of(fund, paid.number) == [("cash", 30_000), ("customer:1", -30_000)]


def test_the_group_pays_what_it_owes_and_has(shop: Workshop) -> None:
    buy(shop, bought(PADDY, 10, 30_000), party_number=SHOP, paid_now=ZERO, due_on=LATER)
    pay = {"fund": shop.fund, "party_number": SHOP, "on": LATER, "by": shop.by}
    short = pay_supplier(amount=baht(30_000), key=key(), **pay)  # type: ignore[arg-type]
    assert refused(short) == ["MoreThanThere"]
    both = pay_supplier(amount=baht(30_001), key=key(), **pay)  # type: ignore[arg-type]
    assert refused(both) == ["MoreThanOwed", "MoreThanThere"]
    done = pay_supplier(amount=baht(20_000), key=key(), **pay)  # type: ignore[arg-type]
    assert isinstance(done, Booked)
    assert balances(shop.fund)["supplier:1"] == -baht(10_000)
    sound(shop)


# --- making ------------------------------------------------------------------------------------


def test_a_batch_takes_what_is_there_and_ends_empty(shop: Workshop) -> None:
    buy(shop, bought(PADDY, 3, 100))
    number = begun(shop, DAY)
    fund, by = shop.fund, shop.by
    too_much = use_materials(
        [of(PADDY, 4)], fund=fund, batch_number=number, on=DAY, key=key(), by=by
    )
    assert refused(too_much) == ["NotEnoughStock"]
    used = use_materials([of(PADDY, 1)], fund=fund, batch_number=number, on=DAY, key=key(), by=by)
    assert isinstance(used, Booked)
    assert lines_of(fund, used.number) == [("making:1", 3_333), ("stock:1", -3_333)]
    done = finish_batch([of(PADDY, 1)], fund=fund, batch_number=number, on=DAY, key=key(), by=by)
    assert isinstance(done, Finished)
    assert "making:1" not in balances(fund)
    sound(shop)


def test_a_round_without_prices_is_divided_by_quantities(shop: Workshop) -> None:
    flour = add_item(fund=shop.fund, name="แป้ง", unit="กก.", kind=ItemKind.PRODUCT, by=shop.by)
    assert isinstance(flour, ItemKept)
    number = begun(shop, DAY)
    add_batch_cost(
        fund=shop.fund,
        batch_number=number,
        words="ค่าแรง",
        amount=baht(100),
        on=DAY,
        key=key(),
        by=shop.by,
    )
    once = key()

    def finish() -> Finished | NotDone:
        return finish_batch(
            [of(RICE, 1), of(flour.number, 2)],
            fund=shop.fund,
            batch_number=number,
            on=DAY,
            key=once,
            by=shop.by,
        )

    done = finish()
    assert isinstance(done, Finished)
    assert [made.cost.satang for made in done.made] == [3_333, 6_667]
    assert finish() == done
    sound(shop)


def test_everything_against_a_round_is_said(shop: Workshop) -> None:
    fund, by = shop.fund, shop.by
    unnamed = start_batch(fund=fund, words=" ", on=date(2999, 1, 1), by=shop.group.chairman)
    assert refused(unnamed) == ["NotEntitled", "HappensLater", "BatchUnnamed"]
    number = begun(shop, DAY)
    twice = start_batch(fund=fund, words="สีข้าว", on=DAY, by=by)
    assert refused(twice) == ["BatchThere"]
    empty = finish_batch([of(RICE, 1)], fund=fund, batch_number=number, on=DAY, key=key(), by=by)
    assert refused(empty) == ["BatchEmpty"]
    none = finish_batch([], fund=fund, batch_number=9, on=DAY, key=key(), by=by)
    assert refused(none) == ["NoSuchBatch", "NoLines"]
    early = add_batch_cost(
        fund=fund,
        batch_number=number,
        words=" ",
        amount=ZERO,
        on=DAY - timedelta(days=1),
        key=key(),
        by=by,
    )
    assert refused(early) == ["BeforeBatch", "NotAboveZero", "WordsNeeded"]


def wages(shop: Workshop, number: int, on: date) -> Booked | NotDone:
    return add_batch_cost(
        fund=shop.fund,
        batch_number=number,
        words="ค่าแรง",
        amount=baht(40),
        on=on,
        key=key(),
        by=shop.by,
    )


def test_a_round_is_not_finished_before_its_last_input_and_takes_nothing_after(
    shop: Workshop,
) -> None:
    number = begun(shop, DAY)
    wages(shop, number, LATER)

    def finish(on: date) -> Finished | NotDone:
        return finish_batch(
            [of(RICE, 2)], fund=shop.fund, batch_number=number, on=on, key=key(), by=shop.by
        )

    assert refused(finish(DAY)) == ["BatchGoesOn"]
    assert isinstance(finish(LATER), Finished)
    assert refused(wages(shop, number, LATER)) == ["BatchFinished"]
    assert refused(finish(LATER)) == ["BatchFinished"]


def test_so_little_that_it_has_no_sum_is_not_booked(shop: Workshop) -> None:
    buy(shop, BoughtLine(PADDY, 3_000, Money(1)))
    number = begun(shop, DAY)
    done = use_materials(
        [of(PADDY, 1)], fund=shop.fund, batch_number=number, on=DAY, key=key(), by=shop.by
    )
    assert refused(done) == ["TooLittleToBook"]
    counted = count_stock([of(PADDY, 2)], fund=shop.fund, on=DAY, note="หก", key=key(), by=shop.by)
    assert refused(counted) == ["TooLittleToBook"]


# --- counting ----------------------------------------------------------------------------------


def test_what_is_missing_is_an_expense_and_what_is_found_an_income(shop: Workshop) -> None:
    buy(shop, bought(PADDY, 3, 100), bought(BAGS, 10, 20))
    once = key()

    def count() -> StockCounted | NotDone:
        return count_stock(
            [of(PADDY, 2), of(BAGS, 12)],
            fund=shop.fund,
            on=LATER,
            note="นับใหม่",
            key=once,
            by=shop.by,
        )

    done = count()
    assert isinstance(done, StockCounted)
    assert done.entry is not None
    assert lines_of(shop.fund, done.entry) == [
        ("stock:1", -3_333),
        ("stock:2", 400),
        ("expense:shrinkage", 3_333),
        ("income:found", -400),
    ]
    assert count() == done
    sound(shop)


def test_a_count_that_agrees_books_nothing(shop: Workshop) -> None:
    buy(shop, bought(PADDY, 3, 100))
    before = entry_count(shop.fund)
    done = count_stock(
        [of(PADDY, 3), of(BAGS, 0)], fund=shop.fund, on=LATER, note="", key=key(), by=shop.by
    )
    assert done == StockCounted(None, "", ())
    assert entry_count(shop.fund) == before


def test_everything_against_a_count_is_said_together(shop: Workshop) -> None:
    buy(shop, bought(PADDY, 3, 100))
    sell(shop, SoldLine(PADDY, 2_000, baht(20)), on=LATER)
    counted = count_stock(
        [of(PADDY, 1), of(PADDY, -1), of(BAGS, 2), of(9, 1)],
        fund=shop.fund,
        on=DAY,
        note="",
        key=key(),
        by=shop.by,
    )
    assert refused(counted) == [
        "ItemTwice",
        "QuantityNotAboveZero",
        "NoSuchItem",
        "CountUnexplained",
        "NotEnoughStock",
        "NothingToValueBy",
    ]
    nothing = count_stock([], fund=shop.fund, on=DAY, note="", key=key(), by=shop.by)
    assert refused(nothing) == ["NoLines"]


# --- taking back -------------------------------------------------------------------------------


def test_a_purchase_is_taken_back_while_nothing_was_taken_from_it(shop: Workshop) -> None:
    first = buy(shop, bought(PADDY, 10, 100))
    sold = sell(shop, SoldLine(PADDY, 1_000, baht(20)))
    refusal = mend(shop, entry_of(first))
    assert refused(refusal) == ["StockWentOn"]
    second = buy(shop, bought(PADDY, 10, 300), on=LATER)
    assert isinstance(mend(shop, entry_of(second)), Booked)
    assert isinstance(mend(shop, entry_of(sold)), Booked)
    done = mend(shop, entry_of(first))
    assert isinstance(done, Booked)
    assert done.document == "ซ.1"
    assert shelf(shop.fund)[PADDY] == (0, ZERO)
    assert balances(shop.fund) == {"cash": baht(20_000), "capital:members": -baht(20_000)}
    assert Deal.objects.filter(withdrawn_at__isnull=True).count() == 0
    assert refused(mend(shop, entry_of(first))) == ["AlreadyReversed"]
    assert refused(mend(shop, done.number)) == ["TakesBackItself"]
    sound(shop)


def test_the_same_form_takes_back_once(shop: Workshop) -> None:
    number = entry_of(buy(shop, bought(PADDY, 10, 100)))
    once = key()
    first = take_back(number, fund=shop.fund, reason="ผิด", key=once, by=shop.by)
    assert take_back(number, fund=shop.fund, reason="ผิด", key=once, by=shop.by) == first
    sound(shop)


def test_a_sale_is_not_taken_back_when_its_money_went_on(shop: Workshop) -> None:
    buy(shop, bought(RICE, 10, 100))
    sold = sell(shop, SoldLine(RICE, 10_000))
    pay_expense(
        fund=shop.fund,
        amount=baht(21_000),
        on=LATER,
        purse=Purse.CASH,
        words="ซ่อมโรงสี",
        key=key(),
        by=shop.by,
    )
    assert refused(mend(shop, entry_of(sold))) == ["MoreThanThere"]


def test_a_sale_on_credit_is_not_taken_back_when_it_was_paid(shop: Workshop) -> None:
    sold = on_credit(shop)
    paid = receive_from_customer(
        fund=shop.fund, party_number=SHOP, amount=baht(1), on=LATER, key=key(), by=shop.by
    )
    assert isinstance(paid, Booked)
    assert refused(mend(shop, sold.entry)) == ["PaidSince"]
    assert isinstance(mend(shop, paid.number), Booked)
    assert isinstance(mend(shop, sold.entry), Booked)
    assert "customer:1" not in balances(shop.fund)
    sound(shop)


def test_a_purchase_on_credit_is_not_taken_back_when_it_was_paid(shop: Workshop) -> None:
    done = buy(shop, bought(PADDY, 10, 100), party_number=SHOP, paid_now=ZERO, due_on=LATER)
    pay_supplier(fund=shop.fund, party_number=SHOP, amount=baht(1), on=LATER, key=key(), by=shop.by)
    assert refused(mend(shop, entry_of(done))) == ["PaidSince"]


def test_what_went_into_a_round_is_taken_back_until_it_is_finished(shop: Workshop) -> None:
    buy(shop, bought(PADDY, 10, 100))
    number = begun(shop, DAY)
    used = use_materials(
        [of(PADDY, 4)], fund=shop.fund, batch_number=number, on=DAY, key=key(), by=shop.by
    )
    paid = wages(shop, number, DAY)
    made = finish_batch(
        [of(RICE, 2)], fund=shop.fund, batch_number=number, on=DAY, key=key(), by=shop.by
    )
    assert isinstance(used, Booked)
    assert isinstance(paid, Booked)
    assert isinstance(made, Finished)
    assert refused(mend(shop, used.number)) == ["BatchFinished"]
    assert refused(mend(shop, paid.number)) == ["BatchFinished"]
    assert isinstance(mend(shop, made.entry), Booked)
    assert Batch.objects.get().finished_on is None
    assert balances(shop.fund)["making:1"] == baht(80)
    assert isinstance(mend(shop, used.number), Booked)
    assert isinstance(mend(shop, paid.number), Booked)
    assert shelf(shop.fund)[PADDY] == (thousandths(10), baht(100))
    sound(shop)


def test_only_what_this_work_wrote_is_taken_back_and_only_with_a_reason(shop: Workshop) -> None:
    capital = Entry.objects.get(fund=shop.fund, deed=Deed.CAPITAL_RECEIVED).number
    assert refused(mend(shop, capital)) == ["NotOfTrade"]
    assert refused(mend(shop, 99)) == ["NoSuchEntry"]
    number = entry_of(buy(shop, bought(PADDY, 10, 100)))
    silent = take_back(number, fund=shop.fund, reason=" ", key=key(), by=shop.group.stranger)
    assert refused(silent) == ["NotEntitled", "WordsNeeded"]
    close_books_until(hold_pen(shop.fund, []), DAY)
    assert refused(mend(shop, number)) == ["YearClosed"]


# --- lists -------------------------------------------------------------------------------------


def test_an_item_needs_a_name_and_a_unit_and_stands_once(shop: Workshop) -> None:
    def add(name: str, unit: str, price: Money | None = None) -> ItemKept | NotDone:
        return add_item(
            fund=shop.fund, name=name, unit=unit, kind=ItemKind.PRODUCT, price=price, by=shop.by
        )

    assert refused(add("", "", ZERO)) == ["ItemUnnamed", "UnitMissing", "NotAboveZero"]
    assert refused(add("ก" * 101, "ก" * 31)) == ["ItemUnnamed", "WordsTooLong"]
    assert refused(add("รำข้าว", "กก.")) == ["ItemThere"]


def test_an_item_is_given_up_when_none_is_left(shop: Workshop) -> None:
    buy(shop, bought(PADDY, 1, 10))

    def stop(number: int) -> ItemKept | NotDone:
        return stop_item(fund=shop.fund, number=number, on=LATER, by=shop.by)

    assert refused(stop(PADDY)) == ["ItemStillThere"]
    assert refused(stop(9)) == ["NoSuchItem"]
    assert stop(BAGS) == ItemKept(BAGS)
    assert refused(stop(BAGS)) == ["ItemStopped"]
    assert refused(buy(shop, bought(BAGS, 1, 10))) == ["ItemStopped"]
    again = add_item(fund=shop.fund, name="ถุงบรรจุ", unit="ใบ", kind=ItemKind.MATERIAL, by=shop.by)
    assert again == ItemKept(5)


def test_somebody_to_trade_with_stands_once(shop: Workshop) -> None:
    def add(name: str, phone: str = "", member: int | None = None) -> object:
        return add_party(fund=shop.fund, name=name, phone=phone, member_number=member, by=shop.by)

    assert refused(add("ร้านรวมมิตรพาณิชย์", "075-000-000")) == ["PartyThere"]
    assert refused(add("ป้าเตือน", member=6)) == ["PartyThere"]
    assert refused(add(" ", "0" * 31, 99)) == ["PartyUnnamed", "WordsTooLong", "NotAMember"]
    assert not isinstance(add("ร้านรวมมิตรพาณิชย์", "075-111-111"), NotDone)
    assert Party.objects.count() == 3


def test_nobody_else_keeps_the_trade_of_this_group(shop: Workshop) -> None:
    for by in (shop.group.chairman, shop.group.member, shop.group.stranger, shop.group.district):
        done = buy(shop, bought(PADDY, 1, 10), by=by)
        assert refused(done) == ["NotEntitled"]
    assert isinstance(buy(shop, bought(PADDY, 1, 10), by=shop.group.field_worker), Dealt)
