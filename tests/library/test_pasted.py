"""Articles are read out of what people paste: chapters, labels, lines that a PDF broke."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.library.pasted import read_pasted
from library.readers import PASTED


def labels(text: str) -> list[str]:
    return [each.label for each in read_pasted(text)]


def test_a_regulation_is_read_article_by_article() -> None:
    read = read_pasted(PASTED)
    assert [(each.label, each.chapter, each.key) for each in read] == [
        ("", "", "p1"),
        ("ข้อ 1", "หมวด 1 ทั่วไป", "1"),
        ("ข้อ 2", "หมวด 1 ทั่วไป", "2"),
        ("ข้อ 3", "หมวด 2 การส่งคืน", "3"),
    ]
    assert read[2].words == "ครัวเรือนเป้าหมายยืมได้ครั้งละไม่เกิน ๒๐,๐๐๐ บาท"


def test_a_line_that_a_pdf_broke_before_another_label_stays_in_its_article() -> None:
    last = read_pasted(PASTED)[-1]
    assert last.words == "ให้ส่งคืนภายในสามปี เว้นแต่ได้รับการผ่อนผันตาม\nข้อ ๑๙ ของระเบียบกระทรวง"


def test_a_near_number_in_a_broken_line_does_not_push_the_next_article_out() -> None:
    text = "ข้อ 3 ตามที่กำหนดใน\nข้อ 5 ของระเบียบนี้\nข้อ 4 สี่\nข้อ 5 ห้า"
    read = read_pasted(text)
    assert [each.label for each in read] == ["ข้อ 3", "ข้อ 4", "ข้อ 5"]
    assert read[0].words.endswith("ข้อ 5 ของระเบียบนี้")


def test_a_broken_line_before_the_first_article_is_no_article() -> None:
    assert labels("อาศัยอำนาจตาม\nข้อ 7 แห่งข้อบังคับ\nข้อ 1 หนึ่ง\nข้อ 2 สอง") == ["", "ข้อ 1", "ข้อ 2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ข้อ 1 ก\nข้อ 1/1 ข\nข้อ 2 ค", ["ข้อ 1", "ข้อ 1/1", "ข้อ 2"]),
        ("มาตรา ๕ ก\nมาตรา ๕ ทวิ ข\nมาตรา ๖ ค", ["มาตรา 5", "มาตรา 5 ทวิ", "มาตรา 6"]),
        ("ข้อ 1 ก\nข้อ 4 ง", ["ข้อ 1", "ข้อ 4"]),  # two were repealed
        ("ข้อ 16 ก\nข้อ 17 ข", ["ข้อ 16", "ข้อ 17"]),  # a part of a regulation
        ("ข้อ 1 ก\nมาตรา 2 ข", ["ข้อ 1"]),
        ("ข้อ 1.2 เป็นเลขข้อย่อย\nข้อ 1 ก", ["", "ข้อ 1"]),
        ("ข้อ1 ก\nข้อ2 ข", ["ข้อ 1", "ข้อ 2"]),
        ("ขั้นที่ 1 ก\nขั้นที่ 2 ข", ["ขั้นที่ 1", "ขั้นที่ 2"]),
        ("ไม่มีเลขข้อ\n\nย่อหน้าที่สอง", ["", ""]),
        ("", []),
        (" \n\n \n", []),
    ],
)
def test_labels_are_read_as_they_go_on(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


def test_articles_far_apart_are_told_by_an_empty_line() -> None:
    assert labels("ข้อ 16 ก\n\nข้อ 21 ข\n\nข้อ 27 ค") == ["ข้อ 16", "ข้อ 21", "ข้อ 27"]
    assert labels("ข้อ 16 ก\nข้อ 21 ข") == ["ข้อ 16"]


def test_a_label_without_words_is_read_so_that_it_can_be_said() -> None:
    assert [(each.label, each.words) for each in read_pasted("ข้อ 1\nข้อ 2 ข")] == [
        ("ข้อ 1", ""),
        ("ข้อ 2", "ข"),
    ]


@given(st.text(alphabet="กขหมวด้อ ๑1234/.()\n", max_size=120))
def test_reading_never_fails_and_numbers_the_places(text: str) -> None:
    read = read_pasted(text)
    assert [each.place for each in read] == list(range(1, len(read) + 1))


@given(st.lists(st.text(alphabet="กขคงเแโส ", min_size=1).filter(str.strip), max_size=12))
def test_whole_articles_come_back_as_they_were(texts: list[str]) -> None:
    pasted = "\n".join(f"ข้อ {n} {words}" for n, words in enumerate(texts, start=1))
    read = read_pasted(pasted)
    assert [each.label for each in read] == [f"ข้อ {n}" for n in range(1, len(texts) + 1)]
    assert ["".join(each.words.split()) for each in read] == [
        "".join(words.replace("เเ", "แ").split()) for words in texts
    ]
