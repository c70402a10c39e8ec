"""Whatever the books refuse or the proof finds can be said in Thai."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

import pytest

from kongthun.domain.fund_position import POSITION_FIELDS
from kongthun.domain.journal import (
    EmptyLine,
    EntryRefusal,
    HappensLater,
    KeyTwice,
    OutOfBalance,
    TooFewLines,
    TooLarge,
    UnknownAccountKind,
    YearClosed,
)
from kongthun.domain.money import Money
from kongthun.ledger.actions import AlreadyReversed, KeyTaken, NoSuchEntry
from kongthun.ledger.verification import Fault, What
from kongthun.ledger.wording import fault_in_thai, refusal_in_thai

REFUSALS = [
    (OutOfBalance(Money.baht(-5)), "5 บาท"),
    (TooFewLines(1), "สองบรรทัด"),
    (EmptyLine("bank:1"), "bank:1"),
    (UnknownAccountKind("gold"), "gold"),
    (TooLarge("cash", Money(2**53)), "90,071,992,547,409.92"),
    (KeyTwice("key"), "สองครั้ง"),
    (HappensLater(date(2026, 11, 23), date(2026, 11, 22)), "23 พฤศจิกายน 2569"),
    (YearClosed(date(2025, 12, 31), date(2025, 12, 31)), "31 ธันวาคม 2568"),
    (KeyTaken("key", 7), "รายการที่ 7"),
    (AlreadyReversed(7, 9), "รายการที่ 9"),
    (NoSuchEntry(7), "รายการที่ 7"),
]
THAI = re.compile("[ก-๙]")


@pytest.mark.parametrize(("refusal", "says"), REFUSALS)
def test_a_refusal_is_said_with_what_it_is_about(refusal: EntryRefusal, says: str) -> None:
    said = refusal_in_thai(refusal)
    assert says in said
    assert THAI.match(said)
    assert "!" not in said


def test_no_refusal_of_an_entry_is_left_without_words() -> None:
    tried = {type(refusal) for refusal, _ in REFUSALS}
    assert tried >= set(get_args(EntryRefusal))


def test_a_refusal_without_words_is_a_fault_of_ours() -> None:
    with pytest.raises(NotImplementedError, match="str"):
        refusal_in_thai("?")  # type: ignore[arg-type]


@pytest.mark.parametrize("what", get_args(What))
def test_every_fault_is_said_with_its_fund_and_entry(what: What) -> None:
    fault = Fault("80120101", what, 7, "cash", Money.baht(5), Money.baht(6))
    said = fault_in_thai(fault)
    assert said.startswith("กองทุน 80120101 รายการที่ 7: ")
    assert THAI.search(said.partition(": ")[2])


@pytest.mark.parametrize("place", POSITION_FIELDS)
def test_every_sum_of_the_position_has_its_name(place: str) -> None:
    fault = Fault("80120101", "position", None, place, Money(501), Money.baht(6))
    assert fault_in_thai(fault).endswith("จดไว้ 5.01 บาท แต่รายการรวมกันได้ 6 บาท")
