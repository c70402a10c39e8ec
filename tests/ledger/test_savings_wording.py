"""Whatever stands against shares, savings and opening books is said in Thai."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

import pytest

from kongthun.areas.refusals import TambonUnknown
from kongthun.domain.money import Money
from kongthun.domain.rule_set import Limit
from kongthun.ledger.refusals import MoneyRefusal
from kongthun.ledger.savings import (
    DocumentOfOurs,
    GroupThere,
    GroupUnnamed,
    KindUnknown,
    MoreThanKept,
    NobodyPaid,
    NoMemberThen,
    NoSharePrice,
    NotAMember,
    NotWholeShares,
    OpenedOtherwise,
    PlaceUnfit,
    SavingsRefusal,
)
from kongthun.ledger.wording import savings_refusal_in_thai

DAY, LATER = date(2025, 1, 5), date(2025, 2, 5)
FIFTY = Money.baht(50)
PRICE = Limit("share_price", 5_000, "ข้อ 5", "", is_checked=True)
UNCHECKED = Limit("share_price", 5_000, "", "", is_checked=False)

SAYS: list[tuple[SavingsRefusal, str]] = [
    (NotAMember(9), "สมาชิกเลขที่ 9"),
    (NoMemberThen(9, DAY, has_left=True), "สมัครใหม่ก่อน"),
    (NoMemberThen(9, DAY, has_left=False), "ยังไม่มีมติรับในวันที่ 5 มกราคม 2568"),
    (NobodyPaid(), "อย่างน้อยหนึ่งคน"),
    (NoSharePrice(UNCHECKED, "ระเบียบกลุ่ม"), "ระเบียบกลุ่ม ยังไม่ได้กำหนดราคาหุ้น"),
    (
        NotWholeShares(Money.baht(120), FIFTY, Money.baht(100), Money.baht(150), PRICE),
        "ตามข้อ 5 รับได้ 100 บาท หรือ 150 บาท",
    ),
    (
        NotWholeShares(Money.baht(20), FIFTY, Money(0), FIFTY, UNCHECKED),
        "(ยังไม่ได้ตรวจกับตัวบท) รับได้ 50 บาท",
    ),
    (MoreThanKept("share:1", FIFTY, DAY, Money(0), DAY), "ค่าหุ้นของสมาชิกรายนี้"),
    (MoreThanKept("saving:1", FIFTY, DAY, Money(0), LATER), "จะไม่พอในวันที่ 5 กุมภาพันธ์ 2568"),
    (DocumentOfOurs("ส.9"), "“ส.9”"),
    (KindUnknown("gold"), "gold"),
    (GroupUnnamed(200), "200"),
    (GroupThere("80160101-2", "กลุ่มสตรี"), "รหัส 80160101-2"),
    (PlaceUnfit(TambonUnknown("801699")), "801699"),
    (OpenedOtherwise("80160101-2"), "80160101-2"),
]


@pytest.mark.parametrize(("refusal", "part"), SAYS, ids=lambda each: type(each).__name__)
def test_every_refusal_says_what_is_wrong_and_what_helps(
    refusal: SavingsRefusal, part: str
) -> None:
    words = savings_refusal_in_thai(refusal)
    assert part in words
    assert not re.search(r"[!{}<>]|None|  ", words), words


def test_no_refusal_is_forgotten_here() -> None:
    ours = set(get_args(SavingsRefusal)) - set(get_args(MoneyRefusal))
    assert {type(refusal) for refusal, _ in SAYS} == ours
