"""Whatever fairness asks or refuses has words, and none of them accuses."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any, get_args

import pytest

from kongthun.accounts import reach
from kongthun.accounts.reach import NotEntitled
from kongthun.domain.fairness import (
    EXAMPLE_BANDS,
    CircleKind,
    Deed,
    Gap,
    Likeness,
    Question,
    Reason,
    Way,
)
from kongthun.fairness import refusals as no
from kongthun.fairness.wording import (
    CIRCLES,
    DEEDS,
    QUESTIONS,
    REASONS,
    WAYS,
    chance_words,
    gap_words,
    likeness_words,
    refusal_in_thai,
)

BANDS = EXAMPLE_BANDS[0]
REFUSALS: list[Any] = [
    NotEntitled(reach.Deed.EXPLAIN_GAPS, date(2026, 11, 22)),
    no.WordsNeeded(),
    no.WordsTooLong(500),
    no.ExplainedBefore(7),
    no.NoSuchExplanation(7),
]


def reads_well(words: str) -> None:
    assert re.search("[ก-๙]", words), words
    assert not re.search(r"[!{}<>]|None|ลำเอียง|เลือกปฏิบัติ|ทุจริต", words), words
    assert "  " not in words


@pytest.mark.parametrize("refusal", REFUSALS, ids=repr)
def test_every_refusal_has_words(refusal: Any) -> None:  # noqa: ANN401
    reads_well(refusal_in_thai(refusal))


def test_no_refusal_is_forgotten_here() -> None:
    assert {type(refusal) for refusal in REFUSALS} == set(get_args(no.FairnessRefusal))
    with pytest.raises(NotImplementedError):
        refusal_in_thai(object())  # type: ignore[arg-type]


def test_everything_the_rule_names_has_words() -> None:
    for kinds, words in (
        (Deed, DEEDS), (Question, QUESTIONS), (Reason, REASONS), (CircleKind, CIRCLES), (Way, WAYS),
    ):  # fmt: skip
        assert set(words) == set(kinds)
        for said in words.values():
            reads_well(said)


@pytest.mark.parametrize(("deed", "way"), list(product(Deed, Way)))
def test_every_gap_is_told_with_its_figures(deed: Deed, way: Way) -> None:
    gap = Gap(7, deed, way, Likeness(1, 2, 0), 9, (1, 2, 3), own=400, least=90, most=120)
    said = gap_words(gap)
    reads_well(said)
    assert "3 จาก 9" in said or "400" in said
    if way in {Way.LONGER, Way.SHORTER, Way.LATER}:
        assert "400" in said
        assert "90–120" in said


@pytest.mark.parametrize("band", list(product(range(3), range(4), range(3))))
def test_every_likeness_is_told(band: tuple[int, int, int]) -> None:
    reads_well(likeness_words(Likeness(*band), BANDS))


def test_bands_are_told_by_the_end_they_have() -> None:
    assert likeness_words(Likeness(1, 0, 1), BANDS) == (
        "ค้างยืมไม่เกิน 15,000 บาท เกินกำหนดไม่เกิน 90 วัน รักษานัดได้ไม่ถึงร้อยละ 50"
    )
    assert likeness_words(Likeness(2, 3, 2), BANDS) == (
        "ค้างยืมเกิน 15,000 บาท เกินกำหนดเกิน 1,095 วัน รักษานัดได้ร้อยละ 50 ขึ้นไป"
    )


def test_chance_is_told_as_one_in_so_many() -> None:
    assert chance_words(Fraction(672, 352_716)) == "ราว 1 ใน 525 ครั้ง"
    assert chance_words(Fraction(1, 10**9)) == "น้อยกว่าหนึ่งในล้านครั้ง"
