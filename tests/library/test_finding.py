"""Thai is found by part of a word, however its tone marks were struck."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.library.finding import MOST_WORDS, folded, holds, piece_around, words_typed

WORDS = "ผู้ยืมส่งคืนให้ครบภายใน 3 ปีนับจากวันทำสัญญา"


@pytest.mark.parametrize(
    "typed",
    ["ส่งคืน", "สงคืน", "ส้งคืน", "ส่่งคืน", "งคืนให้", "ภายใน ๓ ปี", "ทําสัญญา", "สัญญา คืน", "ใน3"],
)
def test_a_part_of_a_word_is_found_whatever_its_tone_marks(typed: str) -> None:
    assert holds(words_typed(typed), folded(WORDS))


@pytest.mark.parametrize("typed", ["ผ่อนผัน", "ส่งคืน ผ่อนผัน", "", "   ", "ก", "่"])
def test_what_is_not_there_or_says_nothing_is_not_found(typed: str) -> None:
    assert not holds(words_typed(typed), folded(WORDS))


def test_two_sara_e_are_the_one_sara_ae_that_was_meant() -> None:
    assert holds(words_typed("เเบบขอยืม"), folded("แบบขอยืมเงินทุน"))


def test_one_number_alone_is_looked_for() -> None:
    assert words_typed("ก ๗") == ("7",)


def test_a_pasted_page_is_not_looked_for_word_by_word() -> None:
    assert len(words_typed(" ".join(f"คำที่{n}" for n in range(50)))) == MOST_WORDS


def test_the_piece_shown_marks_the_word_and_breaks_no_letter() -> None:
    pieces = piece_around(WORDS, words_typed("สงคืน"))
    assert [each.text for each in pieces if each.is_hit] == ["ส่งคืน"]
    assert "".join(each.text for each in pieces) == WORDS


def test_a_long_text_is_shown_around_its_word() -> None:
    pieces = piece_around("ข้อความ " * 200 + "ผ่อนผัน" + " ต่อไป" * 200, words_typed("ผ่อนผัน"))
    said = "".join(each.text for each in pieces)
    assert said.startswith("…")
    assert said.endswith("…")
    assert [each.text for each in pieces if each.is_hit] == ["ผ่อนผัน"]
    assert len(said) < 400


def test_a_text_found_by_its_title_is_shown_from_its_beginning() -> None:
    assert piece_around(WORDS, words_typed("ระเบียบ"))[0].text.startswith("ผู้ยืม")


@given(st.text(alphabet="กขคงเแโสืิ่้๊๋์าํำ ๑1a", max_size=60), st.data())
def test_any_part_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    words = text.split()
    if words:
        word = data.draw(st.sampled_from(words))
        asked = words_typed(word)
        assert not asked or holds(asked, folded(text))
        shown = "".join(each.text for each in piece_around(text, asked))
        assert folded(shown) == folded(text)
