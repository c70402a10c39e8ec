"""Thai letters as people type them: digits, names of persons, dictionary order, finding by part."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kongthun.domain.thai_text import (
    PersonName,
    arabic_digits,
    collation_key,
    mended,
    name_key,
    read_name,
    search_key,
    thai_digits,
    visible,
)

THAI_TYPING = st.text(alphabet="กขงนรสอเแโไะาำัิีึฺุู็่้๊๋์ํ๎ๆ .\u200b", max_size=14)
GIVEN_NAMES = st.sampled_from(["มาลี", "สมชาย", "วิตรี", "แก้ว", "ดรุณี", "น้ำฝน", "John"])
SURNAMES = st.sampled_from(["ทิพย์รัตน์", "ใจดี", "ณ นคร", "เจริญสุข", "แซ่ลิ้ม"])
TITLES = st.sampled_from(["นาย", "นาง", "นางสาว", "เด็กชาย", "จ.ส.อ.", "ว่าที่ ร.ต.", "ดร.", "พ.ต.ท."])


# -------------------------------------------------------------------------------------- digits


def test_digits_go_both_ways_and_leave_the_rest_alone() -> None:
    assert arabic_digits("หมู่ ๑๐ บ้านเลขที่ ๑/2") == "หมู่ 10 บ้านเลขที่ 1/2"
    assert thai_digits("หมู่ 10 บ้านเลขที่ ๑/2") == "หมู่ ๑๐ บ้านเลขที่ ๑/๒"
    assert arabic_digits("٣") == thai_digits("٣") == "٣"


@given(st.text())
def test_digits_survive_the_way_there_and_back(text: str) -> None:
    assert arabic_digits(thai_digits(text)) == arabic_digits(text)
    assert thai_digits(arabic_digits(text)) == thai_digits(text)


# ------------------------------------------------------------------------------------- mending


def test_what_takes_no_room_is_dropped_and_spaces_are_single() -> None:
    assert visible("\ufeffมา\u200bลี\u00a0 \t ใจดี\n") == "มาลี ใจดี"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("เเก้ว", "แก้ว"),
        ("นํา", "นำ"),
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("น้้ำ", "น้ำ"),
        ("ที่่", "ที่"),
        ("ท่ี", "ที่"),
        ("ปู่", "ปู่"),
        ("ป\u0e48\u0e39", "ป\u0e39\u0e48"),
        ("ดีี", "ดี"),
        ("พันธ์ุ", "พันธุ์"),
        ("Cafe\u0301", "Café"),
        ("plain", "plain"),
    ],
)
def test_common_slips_are_mended(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@given(THAI_TYPING)
@example("ก่ี่ี")
@example("กํํา้า")
@example("เ\u200bเก")
@example("ําำ่")
def test_mending_twice_changes_nothing_more(text: str) -> None:
    assert mended(mended(text)) == mended(text)


# --------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("raw", "title", "first", "last"),
    [
        ("นางมาลี  ทิพย์รัตน์", "นาง", "มาลี", "ทิพย์รัตน์"),
        ("นาง มาลี ทิพย์รัตน์", "นาง", "มาลี", "ทิพย์รัตน์"),
        ("นายสมชาย ใจดี", "นาย", "สมชาย", "ใจดี"),
        ("นาย ก", "นาย", "ก", ""),
        ("มาลี ทิพย์รัตน์", "", "มาลี", "ทิพย์รัตน์"),
        ("มาลี", "", "มาลี", ""),
        ("", "", "", ""),
        ("นางสาว", "นางสาว", "", ""),
        ("ดร.", "ดร.", "", ""),
        ("นางสาวมาลี ณ นคร", "นางสาว", "มาลี", "ณ นคร"),
        ("น.ส.มาลี ใจดี", "นางสาว", "มาลี", "ใจดี"),
        ("น.ส. มาลี ใจดี", "นางสาว", "มาลี", "ใจดี"),
        ("น.ส มาลี ใจดี", "นางสาว", "มาลี", "ใจดี"),
        ("นส.มาลี ใจดี", "นางสาว", "มาลี", "ใจดี"),
        ("นส มาลี ใจดี", "นางสาว", "มาลี", "ใจดี"),
        ("น. ส. มาลี ใจดี", "นางสาว", "มาลี", "ใจดี"),
        ("นาง สาว มาลี ใจดี", "นางสาว", "มาลี", "ใจดี"),
        ("นาง สาว ใจดี", "นาง", "สาว", "ใจดี"),
        ("ด.ช.ต้น ใจดี", "เด็กชาย", "ต้น", "ใจดี"),
        ("เด็กชายต้น ใจดี", "เด็กชาย", "ต้น", "ใจดี"),
        ("ด.ญ. ฟ้า ใจดี", "เด็กหญิง", "ฟ้า", "ใจดี"),
        ("เด็กหญิง ฟ้า ใจดี", "เด็กหญิง", "ฟ้า", "ใจดี"),
        ("ว่าที่ร้อยตรีสมชาย ใจดี", "ว่าที่ร้อยตรี", "สมชาย", "ใจดี"),
        ("ว่าที่ร้อยตรีหญิง มาลี ใจดี", "ว่าที่ร้อยตรีหญิง", "มาลี", "ใจดี"),
        ("ว่าที่ร.ต.สมชาย ใจดี", "ว่าที่ ร.ต.", "สมชาย", "ใจดี"),
        ("ร.ต.สมชาย ใจดี", "ร.ต.", "สมชาย", "ใจดี"),
        ("ร.ต.หญิงมาลี ใจดี", "ร.ต.หญิง", "มาลี", "ใจดี"),
        ("ร.ต.ท. สมชาย ใจดี", "ร.ต.ท.", "สมชาย", "ใจดี"),
        ("ส.ต.สมชาย ใจดี", "ส.ต.", "สมชาย", "ใจดี"),
        ("จ.ส.อ.สมชาย ใจดี", "จ.ส.อ.", "สมชาย", "ใจดี"),
        ("จสอ.สมชาย ใจดี", "จ.ส.อ.", "สมชาย", "ใจดี"),
        ("สิบเอกสมชาย ใจดี", "สิบเอก", "สมชาย", "ใจดี"),
        ("ดร.มาลี ใจดี", "ดร.", "มาลี", "ใจดี"),
        ("ดร มาลี ใจดี", "ดร.", "มาลี", "ใจดี"),
        ("นพ.สมชาย ใจดี", "นพ.", "สมชาย", "ใจดี"),
        ("พญ. มาลี ใจดี", "พญ.", "มาลี", "ใจดี"),
        ("ผศ.ดร.มาลี ใจดี", "ผศ.ดร.", "มาลี", "ใจดี"),
        ("พ.ต.ท. ดร. สมชาย ใจดี", "พ.ต.ท.ดร.", "สมชาย", "ใจดี"),
        ("พระ สมชาย ใจดี", "พระ", "สมชาย", "ใจดี"),
        ("พระมหาสมชาย ใจดี", "พระมหา", "สมชาย", "ใจดี"),
        ("คุณ มาลี ใจดี", "คุณ", "มาลี", "ใจดี"),
        ("นาย John Smith", "นาย", "John", "Smith"),
    ],
)
def test_a_name_as_typed_is_divided_into_its_parts(
    raw: str, title: str, first: str, last: str
) -> None:
    assert read_name(raw) == PersonName(title, first, last)


@pytest.mark.parametrize(
    ("raw", "title", "first"),
    [
        ("นายิกา ใจดี", "", "นายิกา"),
        ("นายก ใจดี", "", "นายก"),
        ("นางาม ใจดี", "", "นางาม"),
        ("นางฟ้า ใจดี", "นาง", "ฟ้า"),
        ("นางสาวิตรี ใจดี", "นาง", "สาวิตรี"),
        ("นางนายิกา ใจดี", "นาง", "นายิกา"),
        ("ดรุณี ใจดี", "", "ดรุณี"),
        ("นพ ใจดี", "", "นพ"),
        ("นพดล ใจดี", "", "นพดล"),
        ("พระพาย ใจดี", "", "พระพาย"),
        ("พระ", "", "พระ"),
        ("คุณากร ใจดี", "", "คุณากร"),
        ("น.สมชาย ใจดี", "", "น.สมชาย"),
    ],
)
def test_a_name_that_only_begins_like_a_title_keeps_its_letters(
    raw: str, title: str, first: str
) -> None:
    name = read_name(raw)
    assert (name.title, name.first) == (title, first)


def test_a_full_name_has_its_title_joined_and_two_spaces_before_the_surname() -> None:
    assert read_name("นาง มาลี ทิพย์รัตน์").full == "นางมาลี  ทิพย์รัตน์"
    assert read_name("น.ส. มาลี").full == "นางสาวมาลี"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("นางมาลี ทิพย์รัตน์", "นางมาลี  ท…"),
        ("นายสมชาย เจริญสุข", "นายสมชาย  จ…"),
        ("นายสมชาย ณ นคร", "นายสมชาย  ณ…"),
        ("นาย John Smith", "นายJohn  S…"),
        ("นายสมชาย 12", "นายสมชาย  …"),
        ("นายสมชาย", "นายสมชาย"),
    ],
)
def test_higher_offices_see_no_more_of_a_surname_than_its_first_consonant(
    raw: str, shown: str
) -> None:
    assert read_name(raw).masked == shown


@pytest.mark.parametrize(
    "raw",
    [
        *("นางสาวเเก้ว  น้ำใส", "น.ส.แก้ว นํ้าใส", "แก้\u200bว\u00a0นำ้ใส", "  ดร. แก้้ว น้ำใส "),
        "นส. แก้ว\tน้ำใส",
    ],
)
def test_spellings_of_one_name_share_a_key(raw: str) -> None:
    assert name_key(raw) == read_name(raw).key == "แก้ว น้ำใส"


def test_different_names_have_different_keys() -> None:
    assert name_key("แก้ว น้ำใส") != name_key("แกว น้ำใส")
    assert name_key("แก้ว น้ำใส") != name_key("แก้ว")


def test_a_name_kept_in_parts_has_the_key_of_the_name_as_typed() -> None:
    assert PersonName("นาง", "เเก้ว ", " นํ้าใส").key == name_key("นางแก้ว น้ำใส")
    assert PersonName("", "JOHN", "Smith").key == name_key("นาย john smith")


@given(TITLES, GIVEN_NAMES, SURNAMES)
def test_a_full_name_is_read_back_in_the_same_parts(title: str, first: str, last: str) -> None:
    name = PersonName(title, first, last)
    assert read_name(name.full) == name
    assert read_name(f"{title} {first} {last}") == name


@given(st.text() | THAI_TYPING)
def test_any_text_makes_a_name_and_no_letter_of_it_is_lost_but_the_title(raw: str) -> None:
    name = read_name(raw)
    assert mended(raw).endswith(f"{name.first} {name.last}".strip())


# ------------------------------------------------------------------------------ order and finding


def put_in_order(words: list[str]) -> list[str]:
    """Sorted from the wrong way round, so that words of equal weight are found out."""
    backwards = words[::-1]
    return sorted(backwards, key=collation_key)


@pytest.mark.parametrize(
    "words",
    [
        "กมล กรรณิการ์ กอบกุล กะทิ กัญญา กา การดา กิตติ กุหลาบ เกษม แก้ว โกวิท ใกล้ ไกรสร ขวัญ คำ",
        "กา ก่า ก้า ก๊า ก๋า กาก กาง",
        "เก เก่ เก้ เกง เก็ง เก่ง เก้ง เก๋ง เกม แก แก่",
        "กรรม กรรม์ กรรมกร",
        "กากา กาก๋า ก่ากา",
        "ทราย ทัศนีย์ ทิพย์ เทพ แทน โทน ไทย ไทร ธง",
        "รัก ฤดี ฤทธิ์ ลาวัณย์ ฦ วันดี",
        "มาลัย มาลี มาลีวรรณ เมฆ แม่ ยา",
    ],
)
def test_words_stand_in_the_order_of_a_thai_dictionary(words: str) -> None:
    expected = words.split()
    assert put_in_order(expected) == expected


def test_all_of_one_given_name_stand_together() -> None:
    expected = ["มาลี", "มาลี ก้อนทอง", "มาลี ใจดี", "มาลีวรรณ กมล"]
    assert put_in_order(expected) == expected


def test_thai_and_arabic_digits_sort_alike_and_before_letters() -> None:
    expected = ["1/5", "๑/๖", "1/7", "ก"]
    assert put_in_order(expected) == expected


@given(st.lists(THAI_TYPING, max_size=8))
def test_words_that_sort_equal_are_the_same_word(words: list[str]) -> None:
    assert len({collation_key(word) for word in words}) == len({mended(word) for word in words})


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ทิพย", "นางมาลี ทิพย์รัตน์"),
        ("ทิพยรัตน", "นางมาลี ทิพย์รัตน์"),
        ("นาง มาลี  ทิพย์", "น.ส.มาลี ทิพย์รัตน์"),
        ("แกว", "นางแก้ว ใจดี"),
        ("เเก๊ว", "นางแก้ว ใจดี"),
        ("ลี ใจ", "นางมาลี  ใจดี"),
        ("หมู่ ๕", "บ้านหนอง หมู 5"),
        ("SMITH", "John Smith"),
    ],
)
def test_a_name_is_found_by_part_in_spite_of_tone_marks(typed: str, stored: str) -> None:
    assert search_key(typed) in search_key(stored)


def test_titles_are_kept_out_of_finding() -> None:
    assert search_key("นาง") == ""
    assert "นาง" not in search_key("นางมาลี ทิพย์รัตน์")
    assert search_key("มาลา") not in search_key("นางมาลี ทิพย์รัตน์")
