"""Buying, making and selling on screen: asked, read back, booked; and who may not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from five.occupation_group import founded_group
from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.audit.models import AuditLine
from kongthun.ledger.verification import verify_fund
from kongthun.trade.actions import SoldLine, buy_goods, sell_goods
from kongthun.trade.models import Batch, Deal, Item, Party
from kongthun.trade.queries import stock_faults
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
    bought,
    key,
    shelf,
    thousandths,
    workshop,
)

pytestmark = pytest.mark.django_db

PAGES = ["front", "deals", "batches", "items", "parties"]
FORMS = ["buy", "sell", "gift", "count", "batch_new", "item_new", "party_new"]


@pytest.fixture
def shop() -> Workshop:
    return workshop()


@pytest.fixture
def desk(client: Client, shop: Workshop) -> Client:
    client.force_login(shop.group.users["treasurer"])
    return client


def at(shop: Workshop, name: str, **parts: int) -> str:
    return reverse(f"trade:{name}", kwargs={"code": shop.code, **parts})


def said(answer: HttpResponse) -> str:
    return answer.content.decode()


def send(desk: Client, where: str, **answers: Any) -> HttpResponse:  # noqa: ANN401
    return desk.post(where, {"key": key(), **answers})


def booked(desk: Client, where: str, **answers: Any) -> HttpResponse:  # noqa: ANN401
    """Sent, read back, and confirmed as it was read back."""
    answers = {"key": key(), **answers}
    read_back = desk.post(where, answers)
    assert read_back.status_code == 200, said(read_back)
    assert "อ่านทวนก่อนลงบัญชี" in said(read_back)
    done = desk.post(where, answers | {"confirmed": "yes"})
    assert done.status_code == 302, said(done)
    return read_back


def buy_paddy(desk: Client, shop: Workshop) -> HttpResponse:
    return booked(
        desk,
        at(shop, "buy"),
        on="6/1/2568",
        item_1=PADDY,
        quantity_1="๑,๐๐๐",
        sum_1="12,000",
        item_3=BAGS,
        quantity_3="200",
        sum_3="600",
        purse="cash",
    )


def test_a_purchase_is_read_back_before_it_is_booked(desk: Client, shop: Workshop) -> None:
    where = at(shop, "buy")
    answers = {
        "on": "6/1/2568",
        "item_1": PADDY,
        "quantity_1": "2.5",
        "sum_1": "30",
        "purse": "cash",
    }
    read_back = said(send(desk, where, **answers))
    assert "2.5 กก. รวม 30 บาท" in read_back
    assert "สามสิบบาทถ้วน" in read_back
    assert "เลขที่ ซ.1" in read_back
    assert Deal.objects.count() == 0
    again = send(desk, where, **answers, edit="yes")
    assert again.status_code == 200
    assert 'value="2.5"' in said(again)


def test_a_round_goes_from_buying_to_a_printed_slip(desk: Client, shop: Workshop) -> None:
    buy_paddy(desk, shop)
    begun = send(desk, at(shop, "batch_new"), on="8/1/2568", words="สีข้าวหอม")
    assert begun.status_code == 302
    number = Batch.objects.get().number
    assert "เริ่มด้วยการเบิกวัตถุดิบ" in said(desk.get(at(shop, "batch", number=number)))
    booked(
        desk,
        at(shop, "batch_use", number=number),
        on="8/1/2568",
        item_1=PADDY,
        quantity_1="500",
        item_2=BAGS,
        quantity_2="60",
    )
    booked(
        desk,
        at(shop, "batch_cost", number=number),
        on="9/1/2568",
        words="ค่าแรงสี",
        amount="420",
        purse="cash",
    )
    finish = booked(
        desk,
        at(shop, "batch_finish", number=number),
        on="10/1/2568",
        item_1=RICE,
        quantity_1="60",
        item_2=BRAN,
        quantity_2="50",
    )
    assert "ต้นทุนถุงละ 105.32 บาท" in said(finish)
    sheet = said(desk.get(at(shop, "batch", number=number)))
    assert "ค่าแรงสี" in sheet
    assert "105.32" in sheet
    booked(
        desk,
        at(shop, "sell"),
        on="13/1/2568",
        item_1=RICE,
        quantity_1="30",
        sum_1="145",
        who=f"p:{SHOP}",
        purse="cash",
        paid_now="2,000",
        due_on="12/2/2568",
        bill="3/12",
    )
    slip = said(desk.get(at(shop, "deal", number=2)))
    for words in ("ใบขาย ข.1", "ร้านรวมมิตรพาณิชย์", "4,350", "2,350", "data-print", "3/12"):
        assert words in slip
    front = said(desk.get(at(shop, "front")))
    assert "ลูกค้าค้างเรา 2,350 บาท" in front
    booked(desk, at(shop, "receive", number=SHOP), on="12/2/2568", amount="2,350", purse="cash")
    assert balances(shop.fund).get("customer:1") is None
    assert "รช.1" in said(desk.get(at(shop, "party", number=SHOP)))
    counted = booked(
        desk,
        at(shop, "count"),
        on="28/2/2568",
        **{f"counted_{RICE}": "29", f"counted_{BRAN}": "50", "note": "ถุงขาด"},
    )
    assert "ไม่ตรง 1 อย่าง" in said(counted)
    assert verify_fund(shop.fund) == []
    assert stock_faults(shop.fund) == []


def test_a_form_sent_twice_is_booked_once(desk: Client, shop: Workshop) -> None:
    answers = {
        "key": key(),
        "confirmed": "yes",
        "on": "6/1/2568",
        "item_1": PADDY,
        "quantity_1": "10",
        "sum_1": "120",
        "purse": "cash",
    }
    for _ in range(2):
        assert desk.post(at(shop, "buy"), answers).status_code == 302
    assert Deal.objects.count() == 1
    other = desk.post(at(shop, "buy"), answers | {"sum_1": "130"})
    assert other.status_code == 422
    assert "เนื้อหาต่างจากครั้งนี้" in said(other)


def test_what_is_wrong_stands_beside_its_question_and_nothing_typed_is_lost(
    desk: Client, shop: Workshop
) -> None:
    answer = send(
        desk,
        at(shop, "sell"),
        on="13/1/2568",
        item_2=RICE,
        quantity_2="30",
        sum_2="145",
        paid_now="1,000",
        purse="cash",
        bill="7/7",
    )
    page = said(answer)
    assert answer.status_code == 422
    assert "มี 0 ถุง ไม่พอสำหรับ 30 ถุง" in page
    assert "ยังค้างจ่าย 3,350 บาท แต่ไม่ได้บอกว่าใคร" in page
    assert "กรุณาใส่วันที่ครบกำหนดจ่าย" in page
    for typed in ("7/7", "1,000", "145"):
        assert f'value="{typed}"' in page


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "ใส่ของอย่างน้อยหนึ่งบรรทัด"),
        ({"item_1": PADDY}, "ใส่จำนวนของบรรทัดนี้"),
        ({"quantity_1": "3", "sum_1": "5"}, "เลือกของในบรรทัดนี้"),
        ({"item_1": PADDY, "quantity_1": "3"}, "ใส่จำนวนเงินของบรรทัดนี้"),
        ({"item_1": PADDY, "quantity_1": "มาก", "sum_1": "5"}, "ยังอ่านเป็นจำนวนไม่ได้"),
        ({"item_1": PADDY, "quantity_1": "0.0001", "sum_1": "5"}, "ทศนิยมไม่เกินสามตำแหน่ง"),
        ({"item_1": "99", "quantity_1": "1", "sum_1": "5"}, "ของนี้ไม่มีในรายการแล้ว"),
    ],
)
def test_a_row_is_whole_or_empty(
    desk: Client, shop: Workshop, answers: dict[str, Any], words: str
) -> None:
    answer = send(desk, at(shop, "buy"), on="6/1/2568", purse="cash", **answers)
    assert answer.status_code == 422
    assert words in said(answer)


def test_goods_that_were_given_become_capital(desk: Client, shop: Workshop) -> None:
    booked(
        desk,
        at(shop, "gift"),
        on="6/1/2568",
        item_1=PADDY,
        quantity_1="100",
        sum_1="1,000",
        giver="donors",
        words="วัดมอบให้",
    )
    assert balances(shop.fund)["capital:donors"] == -baht(1_000)
    assert shelf(shop.fund)[PADDY] == (thousandths(100), baht(1_000))


def test_a_sale_is_taken_back_from_its_slip(desk: Client, shop: Workshop) -> None:
    buy_paddy(desk, shop)
    sell_goods(
        [SoldLine(PADDY, thousandths(10), baht(20))],
        fund=shop.fund,
        on=date(2025, 1, 7),
        key=key(),
        by=shop.by,
    )
    deal = Deal.objects.get(is_sale=True)
    where = at(shop, "take_back", number=deal.entry_number)
    assert where in said(desk.get(at(shop, "deal", number=deal.number)))
    assert "ข.1" in said(desk.get(where))
    assert send(desk, where, reason="").status_code == 422
    assert send(desk, where, reason="ขายผิดคน").status_code == 302
    slip = said(desk.get(at(shop, "deal", number=deal.number)))
    assert "ใบนี้กลับรายการแล้ว" in slip
    assert "ขายผิดคน" in slip
    assert shelf(shop.fund)[PADDY][0] == thousandths(1_000)


def test_items_and_parties_are_added_and_given_up(desk: Client, shop: Workshop) -> None:
    added = desk.post(at(shop, "item_new"), {"kind": "product", "name": "ปลายข้าว", "unit": "กก."})
    assert added.status_code == 302
    item = Item.objects.get(name="ปลายข้าว")
    assert (item.number, item.price) == (5, None)
    twice = desk.post(at(shop, "item_new"), {"kind": "product", "name": "ปลายข้าว", "unit": "กก."})
    assert twice.status_code == 422
    assert "อยู่แล้วเป็นลำดับที่ 5" in said(twice)
    assert at(shop, "item_stop", number=5) in said(desk.get(at(shop, "items")))
    assert desk.post(at(shop, "item_stop", number=5), {"on": "7/1/2568"}).status_code == 302
    assert "เลิกเก็บ ปลายข้าว แล้ว" in said(desk.get(at(shop, "items")))
    assert "ปลายข้าว" not in said(desk.get(at(shop, "buy")))
    assert desk.get(at(shop, "item_stop", number=9)).status_code == 404
    new = desk.post(at(shop, "party_new"), {"name": "โรงสีบ้านนา", "member_number": "3"})
    assert new.status_code == 302
    assert Party.objects.get(number=3).member_number == 3


@pytest.mark.parametrize("page", [*PAGES, *FORMS])
def test_every_page_opens_for_the_treasurer(desk: Client, shop: Workshop, page: str) -> None:
    buy_goods(
        [bought(PADDY, 10, 100)],
        fund=shop.fund,
        on=date(2025, 1, 6),
        key=key(),
        by=shop.by,
        party_number=FARMER,
        paid_now=baht(40),
        due_on=date(2025, 1, 20),
    )
    answer = desk.get(at(shop, page))
    assert answer.status_code == 200
    assert "<h1>" in said(answer)


@pytest.mark.parametrize("page", [*PAGES, *FORMS])
def test_nobody_from_elsewhere_finds_the_pages(client: Client, shop: Workshop, page: str) -> None:
    client.force_login(shop.group.users["stranger"])
    assert client.get(at(shop, page)).status_code == 404


def test_who_only_reads_is_told_who_may_record(client: Client, shop: Workshop) -> None:
    client.force_login(shop.group.users["chairman"])
    for page in PAGES:
        answer = client.get(at(shop, page))
        assert answer.status_code == 200
        assert at(shop, "buy") not in said(answer)
    for page in FORMS:
        answer = client.get(at(shop, page))
        assert answer.status_code == 403
        assert "เหรัญญิก หรือพัฒนากรผู้รับผิดชอบตำบล" in said(answer)


def test_a_group_without_goods_has_none_of_these_pages(client: Client) -> None:
    group = founded_group(kind="saving_group", name="กลุ่มออมทรัพย์ บ้านในไร่")
    client.force_login(group.users["treasurer"])
    for page in [*PAGES, *FORMS]:
        where = reverse(f"trade:{page}", kwargs={"code": group.code})
        assert client.get(where).status_code == 404, page


def test_that_names_were_read_is_written_down(desk: Client, shop: Workshop) -> None:
    before = AuditLine.objects.filter(deed="read_names").count()
    assert "ร้านรวมมิตรพาณิชย์" in said(desk.get(at(shop, "parties")))
    line = AuditLine.objects.filter(deed="read_names").latest("pk")
    assert AuditLine.objects.filter(deed="read_names").count() == before + 1
    assert (line.subject, line.fund_id) == ("parties", shop.fund.pk)


def test_who_may_not_read_names_sees_them_masked(client: Client, shop: Workshop) -> None:
    province = User.objects.create(username="province", display_name="จังหวัด")
    appoint(
        user=province,
        role=Role.PROVINCE,
        by_order="คำสั่ง",
        starts_on=date(2024, 1, 1),
        area_code="80",
    )
    client.force_login(province)
    for page in (at(shop, "parties"), at(shop, "party", number=FARMER)):
        words = said(client.get(page))
        assert "เตือนใจ" in words
        assert "ณ นคร" not in words
        assert "075-000-000" not in words
    assert not AuditLine.objects.filter(deed="read_names", user=province).exists()


def test_papers_are_listed_by_the_page_and_by_kind(desk: Client, shop: Workshop) -> None:
    for place in range(52):
        buy_goods(
            [bought(PADDY, 1, 10)],
            fund=shop.fund,
            on=date(2025, 1, 6),
            key=key(),
            by=shop.by,
            words=f"ใบที่ {place}",
        )
    first, second = desk.get(at(shop, "deals")), desk.get(at(shop, "deals") + "?page=2")
    assert "52 ใบ" in said(first)
    assert "ซ.52" in said(first)
    assert "ซ.52" not in said(second)
    assert "0 ใบ" in said(desk.get(at(shop, "deals") + "?show=sales"))


def test_deeds_of_other_work_are_not_taken_back_here(desk: Client, shop: Workshop) -> None:
    assert desk.get(at(shop, "take_back", number=1)).status_code == 404
    assert desk.get(at(shop, "deal", number=9)).status_code == 404
    assert desk.get(at(shop, "batch", number=9)).status_code == 404
    assert desk.get(at(shop, "party", number=9)).status_code == 404
