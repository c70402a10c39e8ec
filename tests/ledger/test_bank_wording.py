"""Every refusal of the desk of cash and bank is said in Thai, and whole."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, get_args

import pytest

from kongthun.accounts.reach import Deed, NotEntitled
from kongthun.domain.money import Money
from kongthun.ledger import refusals
from kongthun.ledger.refusals import (
    BookRefusal,
    LinesTypedOtherwise,
    MoneyRefusal,
    MoreThanThere,
    NotInTerm,
    PassbookRefusal,
    TooFewSigners,
)
from kongthun.ledger.wording import refusal_in_thai

DAY, LATER = date(2025, 3, 1), date(2025, 4, 1)

GIVEN: dict[str, Any] = {
    "account": "cash",
    "document": "ฝากนายดำ",
    "rules": "ระเบียบ กข.คจ. พ.ศ. 2553",
    "clause": "ข้อ 12",
    "position": "เหรัญญิก",
    "is_checked": False,
    "numbers": (1, 2),
}
WHOLE_NUMBERS = ("number", "place", "longest", "given", "needed")
SUMS = ("amount", "there", "counted", "expected", "printed", "before", "difference")


def made(kind: type) -> Any:  # noqa: ANN401
    """A refusal of this kind with something in every field."""
    values: dict[str, Any] = {}
    for name in kind.__dataclass_fields__:  # type: ignore[attr-defined]
        if name in WHOLE_NUMBERS:
            values[name] = 3
        elif name in SUMS:
            values[name] = Money.baht(4_200, 50)
        else:
            values[name] = GIVEN.get(name, DAY)
    return kind(**values)


OWN = [kind for kind in get_args(MoneyRefusal) if kind.__module__ == refusals.__name__]


def reads_well(words: str) -> None:
    assert re.search("[ก-๙]", words)
    assert not re.search(r"[!{}<>]|None|Money|date", words), words
    assert "  " not in words
    assert words == words.strip()


@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.__name__)
def test_every_refusal_of_the_desk_has_words(kind: type) -> None:
    reads_well(refusal_in_thai(made(kind)))


def test_no_refusal_of_the_desk_is_outside_the_union() -> None:
    defined = {
        kind
        for kind in vars(refusals).values()
        if isinstance(kind, type)
        and kind.__module__ == refusals.__name__
        and kind is not refusals.NotDone
    }
    assert defined == set(OWN)
    assert set(get_args(PassbookRefusal)) < set(OWN)
    assert set(get_args(MoneyRefusal)) == set(OWN) | set(get_args(BookRefusal)) | {NotEntitled}


def test_somebody_not_entitled_is_told_who_is() -> None:
    reads_well(refusal_in_thai(NotEntitled(Deed.RECEIVE_MONEY, DAY)))


def test_a_refusal_without_words_is_an_error() -> None:
    with pytest.raises(NotImplementedError):
        refusal_in_thai(object())  # type: ignore[arg-type]


def test_a_sum_used_by_a_later_step_names_that_day() -> None:
    words = refusal_in_thai(MoreThanThere("cash", Money.baht(10), DAY, Money.baht(4), LATER))
    assert "จะไม่พอในวันที่ 1 เมษายน 2568 ซึ่งเหลือ 4 บาท" in words
    words = refusal_in_thai(MoreThanThere("bank:1", Money.baht(10), DAY, Money.baht(4), DAY))
    assert words.startswith("เงินในธนาคาร ณ วันที่ 1 มีนาคม 2568 มี 4 บาท")


def test_the_clause_is_cited_and_marked_until_somebody_has_checked_it() -> None:
    unchecked = refusal_in_thai(TooFewSigners(1, 2, "ระเบียบ", "ข้อ 12", is_checked=False))
    checked = refusal_in_thai(TooFewSigners(1, 2, "ระเบียบ", "ข้อ 12", is_checked=True))
    assert "ตามระเบียบ ข้อ 12 (ยังไม่ได้ตรวจกับตัวบท)" in unchecked
    assert "ตัวบท" not in checked


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "said"),
    [
        (None, DAY, "วาระที่ไม่ได้เขียนวันเริ่ม ถึง 1 มีนาคม 2568"),
        (DAY, None, "วาระ 1 มีนาคม 2568 เป็นต้นไป"),
        (DAY, LATER, "1 มีนาคม 2568 ถึง 1 เมษายน 2568"),
    ],
)
def test_a_term_is_told_as_it_is_known(
    starts_on: date | None, ends_on: date | None, said: str
) -> None:
    assert said in refusal_in_thai(NotInTerm(3, "เหรัญญิก", LATER, starts_on, ends_on))


def test_lines_typed_otherwise_need_no_number_to_be_understood() -> None:
    reads_well(refusal_in_thai(LinesTypedOtherwise((4, 5))))
