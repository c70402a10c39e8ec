"""What differs between two versions of written rules: readable, and nothing is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.articles import (
    Article,
    Became,
    Kept,
    as_written,
    clusters,
    differences,
    pieces_of,
)

THAI = st.text(alphabet="กขคงจชดตนบปมยรลวสหอะัาิีึืุูเแโใไำ่้๊๋์็ๆฯ๑๒๓12 ,.", max_size=60)
ANY = st.one_of(THAI, st.text(max_size=40))


def said(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.kept.value, piece.text) for piece in pieces_of(before, after)]


def leans_back(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M") or sign in "ะาำๅ"


def rules(*words: str, chapter: str = "") -> list[Article]:
    return [Article(place, text, chapter) for place, text in enumerate(words, start=1)]


# ---- letters -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("เงินกู้", ["เงิ", "น", "กู้"]),
        ("น้ำเต้า", ["น้ำ", "เต้า"]),
        ("เกาะ", ["เกาะ"]),
        ("หุ้นละ 1,000.50 บาท", ["หุ้", "น", "ละ", " ", "1,000.50", " ", "บา", "ท"]),
        ("๓๐ ก.ย.", ["๓๐", " ", "ก", ".", "ย", "."]),
        ("ข้อ 5/1 OTOP", ["ข้", "อ", " ", "5/1", " ", "OTOP"]),
        ("", []),
    ],
)
def test_a_text_is_cut_where_no_letter_breaks(text: str, cut: list[str]) -> None:
    assert clusters(text) == cut


@given(ANY)
def test_what_was_cut_makes_the_text_again(text: str) -> None:
    assert "".join(clusters(text)) == text


@given(ANY)
def test_no_cut_parts_a_consonant_from_its_vowel_or_tone_mark(text: str) -> None:
    assert not any(leans_back(cut[0]) for cut in clusters(text)[1:])
    for here, after in zip(clusters(text), clusters(text)[1:], strict=False):
        # A leading vowel is not left behind by its consonant.
        assert not (here[-1] in "เแโใไ" and "ก" <= after[0] <= "ฮ")


def test_an_article_keeps_its_lines_and_drops_what_can_not_be_seen() -> None:
    typed = "  หุ้นละ\u200b  50 บาท \r\n\n (1) ชำระ\tครั้งเดียว\n"
    assert as_written(typed) == "หุ้นละ 50 บาท\n(1) ชำระ ครั้งเดียว"


# ---- words ---------------------------------------------------------------------------------------


def test_a_sum_that_changed_is_one_piece() -> None:
    assert said("หุ้นละ 50 บาท", "หุ้นละ 100 บาท") == [
        ("same", "หุ้นละ "),
        ("taken_out", "50"),
        ("added", "100"),
        ("same", " บาท"),
    ]


def test_words_put_in_stand_alone() -> None:
    assert said("ประธานลงชื่อ", "ประธานและเหรัญญิกลงชื่อ") == [
        ("same", "ประธาน"),
        ("added", "และเหรัญญิก"),
        ("same", "ลงชื่อ"),
    ]


def test_a_few_letters_that_stayed_between_two_changes_are_shown_with_them() -> None:
    assert said("ก่อนวันประชุมที่สามของเดือน", "หลังวันประชุมที่ห้าของปี") == [
        ("taken_out", "ก่อน"),
        ("added", "หลัง"),
        ("same", "วันประชุมที่"),
        ("taken_out", "สามของเดือน"),
        ("added", "ห้าของปี"),
    ]


def test_equal_texts_are_one_piece_and_empty_ones_none() -> None:
    assert said("ข้อบังคับ", "ข้อบังคับ") == [("same", "ข้อบังคับ")]
    assert said("", "") == []
    assert said("", "ใหม่") == [("added", "ใหม่")]
    assert said("เก่า", "") == [("taken_out", "เก่า")]


@given(ANY, ANY)
def test_the_pieces_make_both_texts_again(before: str, after: str) -> None:
    pieces = pieces_of(before, after)
    assert "".join(p.text for p in pieces if p.kept is not Kept.ADDED) == before
    assert "".join(p.text for p in pieces if p.kept is not Kept.TAKEN_OUT) == after
    assert all(piece.text for piece in pieces)


@given(THAI, THAI)
def test_no_piece_begins_with_a_combining_mark(before: str, after: str) -> None:
    before, after = f"ข้อ {before}", f"ข้อ {after}"  # a text of rules begins with a letter
    assert not any(leans_back(piece.text[0]) for piece in pieces_of(before, after))


# ---- articles ------------------------------------------------------------------------------------

NAME = "กลุ่มนี้ชื่อว่า กลุ่มแม่บ้านแปรรูปข้าว บ้านในไร่"
SHARE = "หุ้นหนึ่งมีมูลค่า 50 บาท สมาชิกถืออย่างน้อยหนึ่งหุ้น"
DEARER = "หุ้นหนึ่งมีมูลค่า 100 บาท สมาชิกถืออย่างน้อยหนึ่งหุ้น"
MEETING = "ให้มีการประชุมใหญ่สามัญปีละหนึ่งครั้ง"
LEAVING = "สมาชิกภาพสิ้นสุดเมื่อตาย ลาออก หรือที่ประชุมมีมติให้ออก"


def became(before: list[Article], after: list[Article]) -> list[tuple[str, int, int]]:
    return [
        (each.became.value, each.before.place if each.before else 0, each.after.place if each.after
         else 0)
        for each in differences(before, after)
    ]  # fmt: skip


def test_an_article_put_in_before_others_changes_none_of_them() -> None:
    assert became(rules(NAME, SHARE), rules(NAME, MEETING, SHARE)) == [
        ("same", 1, 1),
        ("added", 0, 2),
        ("same", 2, 3),
    ]


def test_an_article_that_is_mostly_the_same_was_changed() -> None:
    before, after = rules(NAME, SHARE, MEETING), rules(NAME, DEARER, LEAVING, MEETING)
    assert became(before, after) == [
        ("same", 1, 1),
        ("changed", 2, 2),
        ("added", 0, 3),
        ("same", 3, 4),
    ]


def test_an_article_of_other_words_in_the_same_place_is_another_article() -> None:
    assert became(rules(NAME, LEAVING), rules(NAME, "ปิดบัญชีทุกสิ้นปี")) == [
        ("same", 1, 1),
        ("taken_out", 2, 0),
        ("added", 0, 2),
    ]


def test_an_article_whose_words_went_elsewhere_has_moved() -> None:
    assert became(rules(NAME, SHARE, MEETING), rules(MEETING, NAME, SHARE)) == [
        ("moved", 3, 1),
        ("same", 1, 2),
        ("same", 2, 3),
    ]


def test_another_chapter_or_another_limit_is_a_change_though_no_word_changed() -> None:
    before = [Article(1, SHARE, "หมวด 1", {"share_price": "50"})]
    after = [Article(1, SHARE, "หมวด 2", {"share_price": "100", "committee_years": "2"})]
    [found] = differences(before, after)
    assert found.became is Became.CHANGED
    assert found.is_new_chapter
    assert found.limits == [("share_price", "50", "100"), ("committee_years", "", "2")]
    assert [piece.kept for piece in found.pieces] == [Kept.SAME]


def test_what_is_added_or_taken_out_takes_its_limits_with_it() -> None:
    with_limit = [Article(1, SHARE, "", {"share_price": "50"})]
    [gone] = differences(with_limit, [])
    [new] = differences([], with_limit)
    assert (gone.limits, new.limits) == ([("share_price", "50", "")], [("share_price", "", "50")])
    assert not gone.is_new_chapter


def test_nothing_differs_in_nothing() -> None:
    assert differences([], []) == []
    assert became(rules("", NAME), rules("", NAME)) == [("same", 1, 1), ("same", 2, 2)]
    assert became(rules(""), rules("", NAME)) == [("same", 1, 1), ("added", 0, 2)]


def test_two_articles_of_the_same_words_move_one_by_one() -> None:
    found = became(rules(SHARE, SHARE, NAME), rules(NAME, SHARE, SHARE))
    assert sorted(old for _, old, _ in found) == [1, 2, 3]
    assert sorted(new for _, _, new in found) == [1, 2, 3]


VERSION = st.lists(
    st.one_of(st.sampled_from([NAME, SHARE, DEARER, MEETING, LEAVING, ""]), THAI), max_size=7
)


@given(VERSION, VERSION)
def test_both_versions_can_be_read_out_of_their_difference(
    before: list[str], after: list[str]
) -> None:
    found = differences(rules(*before), rules(*after))
    old = sorted((d.before for d in found if d.before), key=lambda each: each.place)
    new = [d.after for d in found if d.after]
    assert (old, new) == (rules(*before), rules(*after))
    for each in found:
        gone = "".join(p.text for p in each.pieces if p.kept is not Kept.ADDED)
        come = "".join(p.text for p in each.pieces if p.kept is not Kept.TAKEN_OUT)
        assert gone == (each.before.words if each.before else "")
        assert come == (each.after.words if each.after else "")


def test_an_article_put_in_before_one_that_changed_stands_alone() -> None:
    before = [Article("", "ประชุมใหญ่ปีละหนึ่งครั้ง ภายในเดือนมกราคม")]
    after = [
        Article("", "หุ้นละ 100 บาท"),
        Article("", "ประชุมใหญ่ปีละหนึ่งครั้ง ภายในเดือนกุมภาพันธ์"),
    ]
    assert [each.became for each in differences(before, after)] == [Became.ADDED, Became.CHANGED]
