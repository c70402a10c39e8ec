"""Whatever stands against buying, making and selling is said in Thai."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

import pytest

from kongthun.domain.money import Money
from kongthun.ledger.refusals import MoreThanThere
from kongthun.ledger.savings import NotAMember
from kongthun.trade import refusals as no
from kongthun.trade.wording import refusal_in_thai

DAY, LATER = date(2025, 1, 5), date(2025, 2, 5)
BAHT = Money.baht(50)

SAYS: list[tuple[no.TradeRefusal, str]] = [
    (no.ItemUnnamed(100), "100 ตัวอักษร"),
    (no.UnitMissing(), "หน่วยนับ"),
    (no.ItemThere(3, "รำข้าว"), "รำข้าว อยู่แล้วเป็นลำดับที่ 3"),
    (no.ItemStillThere("รำข้าว", 2_500, "กก."), "เหลืออยู่ 2.5 กก."),
    (no.NoSuchItem(9), "ลำดับที่ 9"),
    (no.ItemStopped("รำข้าว", DAY), "5 มกราคม 2568"),
    (no.PartyUnnamed(150), "150 ตัวอักษร"),
    (no.PartyThere(2), "ลำดับที่ 2"),
    (no.NoSuchParty(7), "ลำดับที่ 7"),
    (no.NoLines(), "อย่างน้อยหนึ่งบรรทัด"),
    (no.ItemTwice("รำข้าว"), "รวมเป็นบรรทัดเดียว"),
    (no.QuantityNotAboveZero("รำข้าว"), "มากกว่าศูนย์"),
    (no.QuantityTooLarge("รำข้าว"), "มากเกินกว่า"),
    (no.PriceMissing("รำข้าว"), "ราคาขายของ รำข้าว"),
    (no.NotEnoughStock("ข้าว", "ถุง", 3_000, 500, DAY, DAY), "มี 0.5 ถุง ไม่พอสำหรับ 3 ถุง"),
    (no.NotEnoughStock("ข้าว", "ถุง", 3_000, 500, DAY, LATER), "5 กุมภาพันธ์ 2568 ซึ่งเหลือ 0.5 ถุง"),
    (no.TooLittleToBook(), "ครึ่งสตางค์"),
    (no.PaidMoreThanTotal(BAHT, Money.baht(40)), "มากกว่ายอดรวม 40 บาท"),
    (no.CreditWithoutName(BAHT), "ยังค้างจ่าย 50 บาท แต่ไม่ได้บอกว่าใคร"),
    (no.DueNeeded(BAHT), "วันที่ครบกำหนด"),
    (no.DueBefore(DAY, LATER), "อยู่ก่อนวันซื้อขาย"),
    (no.MoreThanOwed(True, BAHT, Money(0), DAY, DAY), "ลูกค้ารายนี้ค้างจ่าย 0 บาท"),
    (no.MoreThanOwed(False, BAHT, Money(0), DAY, LATER), "5 กุมภาพันธ์ 2568 เพราะมีการจ่าย"),
    (no.BatchUnnamed(200), "200 ตัวอักษร"),
    (no.BatchThere(4), "รอบที่ 4"),
    (no.NoSuchBatch(4), "รอบที่ 4"),
    (no.BatchFinished(4, DAY), "กลับรายการผลิตเสร็จก่อน"),
    (no.BatchEmpty(4), "ยังไม่มีวัตถุดิบ"),
    (no.BeforeBatch(4, DAY), "เริ่มเมื่อ 5 มกราคม 2568"),
    (no.BatchGoesOn(4, LATER), "5 กุมภาพันธ์ 2568"),
    (no.CountUnexplained(), "นับอีกครั้ง"),
    (no.NothingToValueBy("รำข้าว"), "ยังไม่มีต้นทุน"),
    (no.NotOfTrade(7), "รายการที่ 7"),
    (no.StockWentOn("รำข้าว", "ข.3", DAY), "ตาม ข.3"),
    (no.PaidSince(True), "ลูกค้าจ่าย"),
    (no.PaidSince(False), "กลุ่มจ่าย"),
]


@pytest.mark.parametrize(("refusal", "part"), SAYS, ids=lambda each: type(each).__name__)
def test_every_refusal_says_what_is_wrong_and_what_helps(
    refusal: no.TradeRefusal, part: str
) -> None:
    words = refusal_in_thai(refusal)
    assert part in words
    assert re.search("กรุณา|ถ้า", words), words
    assert not re.search(r"[!{}<>]|None|  ", words), words


def test_no_refusal_is_forgotten_here() -> None:
    assert {type(refusal) for refusal, _ in SAYS} == set(get_args(no.AnyTradeRefusal))


def test_refusals_of_the_books_keep_their_words() -> None:
    assert "เงินสดในมือ" in refusal_in_thai(MoreThanThere("cash", BAHT, DAY, Money(0), DAY))
    assert "เลขที่ 9" in refusal_in_thai(NotAMember(9))


def test_a_refusal_without_words_is_an_error_and_no_empty_page() -> None:
    with pytest.raises(NotImplementedError):
        refusal_in_thai(object())  # type: ignore[arg-type]
