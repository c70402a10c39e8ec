"""Whatever lists, committees and rules say is said in Thai, and a value reads as people say it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, get_args

import pytest

from kongthun.accounts.reach import Deed, NotEntitled
from kongthun.domain.ordered_list import (
    IncomeUnknownNeedsReason,
    Missing,
    NeedsReason,
    OrderFault,
    Stranger,
    TieNeedsReason,
    Twice,
)
from kongthun.domain.rule_set import LIMITS, Limit, read_value
from kongthun.groups import wording
from kongthun.groups.models import HouseholdEventKind
from kongthun.groups.refusals import (
    GroupRefusal,
    LimitUnreadable,
    NotOnTheList,
    OrderNotClear,
    SurplusSplitNotWhole,
)
from kongthun.groups.rule_sets import shipped, shipped_kinds
from kongthun.groups.wording import refusal_in_thai

DAY = date(2026, 11, 22)
FAULTS: list[OrderFault] = [
    Missing(3),
    Twice(3),
    Stranger(3),
    NeedsReason(3, (1, 2)),
    TieNeedsReason(3, (1,)),
    IncomeUnknownNeedsReason(3),
]
GIVEN: dict[str, Any] = {
    "number": 3,
    "new_number": 4,
    "merged_into": 2,
    "corrected_by": 2,
    "event_number": 2,
    "years_after": 1,
    "year": 64,
    "least": 9,
    "most": 7,
    "pk": 5,
    "parts": 9_500,
    "kind": "death",
    "name": "largest_loan",
    "raw": "มาก",
    "fault": FAULTS[0],
    "deed": Deed.KEEP_LISTS,
}


def reads_well(words: str) -> None:
    assert re.search("[ก-๙]", words), words
    assert not re.search(r"[!{}<>]|None|Traceback|\.$", words), words
    assert words == words.strip()
    assert "  " not in words


@pytest.mark.parametrize("kind", get_args(GroupRefusal), ids=lambda kind: kind.__name__)
def test_every_refusal_has_words(kind: type) -> None:
    fields = {name: GIVEN.get(name, DAY) for name in kind.__dataclass_fields__}  # type: ignore[attr-defined]
    reads_well(refusal_in_thai(kind(**fields)))


def test_both_ways_of_being_gone_have_their_own_words() -> None:
    left, merged = NotOnTheList(3, None), NotOnTheList(3, 2)
    assert refusal_in_thai(left) != refusal_in_thai(merged)
    assert "ลำดับที่ 2" in refusal_in_thai(merged)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_every_fault_of_an_order_has_words(fault: OrderFault) -> None:
    words = refusal_in_thai(OrderNotClear(fault))
    reads_well(words)
    assert "ลำดับที่ 3" in words


def test_no_fault_of_an_order_is_forgotten_here() -> None:
    assert {type(fault) for fault in FAULTS} == set(get_args(OrderFault))


def test_a_split_of_the_surplus_says_what_is_missing_or_too_much() -> None:
    assert "รวมกันได้ 95% ยังขาด 5%" in refusal_in_thai(SurplusSplitNotWhole(9_500))
    assert "รวมกันได้ 100.01% เกินไป 0.01%" in refusal_in_thai(SurplusSplitNotWhole(10_001))


def test_a_month_is_said_by_its_name() -> None:
    assert wording.value_in_thai(Limit("year_end_month", 3, "", "", is_checked=False)) == "มีนาคม"
    assert "1 ถึง 12" in refusal_in_thai(LimitUnreadable("year_end_month", "13"))


def test_a_long_line_of_the_poorer_is_cut_short() -> None:
    words = refusal_in_thai(OrderNotClear(NeedsReason(9, tuple(range(1, 9)))))
    assert "1, 2, 3, 4, 5 และอีก 3 ครัวเรือน" in words


def test_a_refusal_without_words_is_an_error_and_no_empty_page() -> None:
    with pytest.raises(NotImplementedError):
        refusal_in_thai(object())  # type: ignore[arg-type]


def test_who_is_not_entitled_hears_who_is() -> None:
    assert "พัฒนากร" in refusal_in_thai(NotEntitled(Deed.KEEP_LISTS, DAY))


def test_every_limit_and_every_choice_has_a_name_and_no_name_is_left_over() -> None:
    assert set(wording.LIMITS) == set(LIMITS)
    for words in wording.LIMITS.values():
        reads_well(words)
    choices = {name: set(of) for name, (kind, of) in LIMITS.items() if kind == "choice"}
    assert {name: set(words) for name, words in wording.CHOICES.items()} == choices
    counted = {name for name, (kind, _) in LIMITS.items() if kind == "count"}
    assert all(wording.unit_of(name) for name in counted)


def test_every_event_says_who_answers_for_the_debt() -> None:
    assert set(wording.WHO_ANSWERS) == set(HouseholdEventKind)
    for words in wording.WHO_ANSWERS.values():
        reads_well(words)


def test_every_kind_that_rules_come_with_has_a_name() -> None:
    assert set(wording.KINDS) == set(shipped_kinds())
    assert wording.kind_in_thai("new_kind") == "new_kind"


def limit(name: str, value: int | str | None) -> Limit:
    return Limit(name, value, "", "", is_checked=False)


@pytest.mark.parametrize(
    ("name", "value", "said", "typed"),
    [
        ("largest_loan", 2_000_050, "20,000.50 บาท", "20,000.50"),
        ("interest_rate", 650, "6.5% ต่อปี", "6.5"),
        ("interest_rate", 600, "6% ต่อปี", "6"),
        ("penalty_rate", 5, "0.05% ต่อเดือน", "0.05"),
        ("penalty_rate", 2_000, "20% ต่อเดือน", "20"),
        ("term_months", 36, "36 เดือน", "36"),
        ("quorum_per_cent", 50, "50% ของกรรมการที่อยู่ในวาระ", "50"),
        ("must_be_listed", 0, "ไม่ใช่", "0"),
        ("must_be_listed", 1, "ใช่", "1"),
        ("overpayment", "hold", "รับฝากไว้ในชื่อผู้ส่ง", "hold"),
        ("deferral_months", None, "ไม่ได้กำหนด", ""),
    ],
)
def test_a_value_reads_as_people_say_it(
    name: str, value: int | str | None, said: str, typed: str
) -> None:
    assert wording.value_in_thai(limit(name, value)) == said
    assert wording.as_typed(limit(name, value)) == typed
    assert read_value(name, typed) == value


def test_whether_a_limit_was_checked_is_said_in_words() -> None:
    shipped_limit = shipped("kkk")[-1]["term_months"]
    assert wording.mark_of(shipped_limit) == "ยังไม่ได้ตรวจกับตัวบท"
    checked = Limit("term_months", 36, "ข้อ 21", "", is_checked=True)
    assert wording.mark_of(checked) == "ตรวจกับตัวบทแล้ว"
