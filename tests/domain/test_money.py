"""Sums of Thai money: whole satang, read from papers and sheets, written in digits and words."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kongthun.domain.money import ZERO, Money, UnreadableMoney, in_words, read_money, total
from kongthun.domain.thai_text import thai_digits

SUMS = st.integers(-(10**20), 10**20).map(Money)
FOREIGN_DIGITS = st.characters(categories=["Nd"]).filter(
    lambda digit: digit not in "0123456789๐๑๒๓๔๕๖๗๘๙"
)


def refused(raw: object) -> str:
    answer = read_money(raw)
    assert isinstance(answer, UnreadableMoney), answer
    return answer.why


# ----------------------------------------------------------------------------------- reckoning


def test_sums_add_subtract_and_repeat_to_the_satang() -> None:
    assert Money.baht(281_156, 19) - Money.baht(280_000) == Money.baht(1_156, 19)
    assert Money.baht(0, 99) + Money.baht(0, 1) == Money.baht(1)
    assert Money.baht(700) * 3 == 3 * Money.baht(700) == Money.baht(2_100)
    assert -Money.baht(7_100) == Money(-710_000)
    assert abs(Money(-5)) == Money(5)
    assert Money(1) > ZERO > Money(-1)


def test_only_nothing_is_false() -> None:
    assert not ZERO
    assert Money(1)
    assert Money(-1)


def test_a_total_of_no_sums_is_zero() -> None:
    assert total([]) == ZERO
    assert total([Money.baht(5), Money(-1), Money.baht(0, 2)]) == Money(501)


def test_baht_and_satang_carry_one_sign() -> None:
    assert Money.baht(5, 50) == Money(550)
    assert Money.baht(-5, 50) == Money(-550)


@pytest.mark.parametrize("satang", [-1, 100])
def test_satang_that_make_another_baht_are_not_satang(satang: int) -> None:
    with pytest.raises(ValueError, match="0 to 99"):
        Money.baht(1, satang)


@pytest.mark.parametrize("not_satang", [1.0, "1", True, None])
def test_money_is_never_anything_but_whole_satang(not_satang: object) -> None:
    with pytest.raises(TypeError):
        Money(not_satang)  # type: ignore[arg-type]


@pytest.mark.parametrize("other", [1, 1.5, "1", True])
def test_money_does_not_add_to_things_that_are_not_money(other: object) -> None:
    with pytest.raises(TypeError):
        Money(1) + other  # type: ignore[operator]
    with pytest.raises(TypeError):
        Money(1) - other  # type: ignore[operator]


@pytest.mark.parametrize("times", [1.5, "2", True, Money(2)])
def test_money_is_repeated_a_whole_number_of_times(times: object) -> None:
    with pytest.raises(TypeError):
        Money(1) * times  # type: ignore[operator]


# ------------------------------------------------------------------------------------- writing


@pytest.mark.parametrize(
    ("sum_", "text", "plain"),
    [
        (Money.baht(280_000), "280,000", "280000.00"),
        (Money.baht(281_156, 19), "281,156.19", "281156.19"),
        (Money.baht(-7_100), "-7,100", "-7100.00"),
        (Money(-5), "-0.05", "-0.05"),
        (Money(50), "0.50", "0.50"),
        (ZERO, "0", "0.00"),
    ],
)
def test_satang_are_shown_to_people_only_when_there_are_any(
    sum_: Money, text: str, plain: str
) -> None:
    assert sum_.text == str(sum_) == text
    assert sum_.plain == plain


# ------------------------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    ("raw", "sum_"),
    [
        ("10,000.00", Money.baht(10_000)),
        ("10,000.-", Money.baht(10_000)),
        ("10,000.–", Money.baht(10_000)),
        ("10000", Money.baht(10_000)),
        ("1,000,000", Money.baht(1_000_000)),
        ("๑๐,๐๐๐", Money.baht(10_000)),
        ("๒๘๑,๑๕๖.๑๙", Money.baht(281_156, 19)),
        ("๑0", Money.baht(10)),
        ("0.-", ZERO),
        ("๐", ZERO),
        ("-0", ZERO),
        ("007", Money.baht(7)),
        ("12.5", Money.baht(12, 50)),
        ("\u00a0 5,000\u00a0", Money.baht(5_000)),
        ("5,000\u200b", Money.baht(5_000)),
        ("5,000 บาท", Money.baht(5_000)),
        ("5,000.-บาท", Money.baht(5_000)),
        ("฿5,000", Money.baht(5_000)),
        ("฿ 5,000.50", Money.baht(5_000, 50)),
        ("-3,100", Money.baht(-3_100)),
        ("\u22123,100", Money.baht(-3_100)),
        ("- 3,100", Money.baht(-3_100)),
        ("-฿3,100", Money.baht(-3_100)),
        ("฿-3,100", Money.baht(-3_100)),
        ("(3,100)", Money.baht(-3_100)),
        ("( 3,100.25 ) บาท", Money.baht(-3_100) - Money(25)),
        ("(3,100 บาท)", Money.baht(-3_100)),
    ],
)
def test_sums_are_read_as_committees_write_them(raw: str, sum_: Money) -> None:
    assert read_money(raw) == sum_


@pytest.mark.parametrize(
    ("raw", "sum_"),
    [
        (280_000, Money.baht(280_000)),
        (-5, Money.baht(-5)),
        (0, ZERO),
        (113_493.42, Money(11_349_342)),
        (-0.07, Money(-7)),
        (289_761.83, Money(28_976_183)),
        (0.1 + 0.2, Money(30)),
        (281_156.18999999997, Money(28_115_619)),
        (281_156.19 - 281_156.18, Money(1)),
        (math.nextafter(12_345_678_901.23, math.inf), Money(1_234_567_890_123)),
        (-0.0, ZERO),
        (1e13, Money.baht(10**13)),
    ],
)
def test_numbers_of_a_sheet_are_read_to_the_satang(raw: float, sum_: Money) -> None:
    assert read_money(raw) == sum_


@pytest.mark.parametrize("raw", [None, "", "  ", "-", "–", " - ", "\u200b"])
def test_an_empty_cell_or_a_dash_is_blank_and_not_zero(raw: object) -> None:
    assert refused(raw) == "blank"


@pytest.mark.parametrize(
    "raw",
    [
        *("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"),
        *("#ref!", " #REF! ", "#ERROR!", float("nan"), float("inf"), float("-inf")),
    ],
)
def test_an_error_of_the_sheet_is_named_as_such(raw: object) -> None:
    assert refused(raw) == "cell_error"


@pytest.mark.parametrize(
    "raw",
    [
        *("12.345", "1.000", "๑๒.๓๔๕", "-0.001", 12.345, 0.001, 281_156.191, -1.005),
        *(100.0001, 50_000_000_000.001, 1e300, -1e15, 2.0**53),
    ],
)
def test_a_sum_finer_than_a_satang_is_never_rounded(raw: object) -> None:
    assert refused(raw) == "too_fine"


@pytest.mark.parametrize(
    "raw",
    [
        *("ห้าพันกว่า", "1,00", "1,00,0", ",100", "1000,000", "0,500", "1,000,00", "1, 000"),
        *("5.", ".5", "1.2.3", "1 000", "--5", "-(5)", "(-5)", "(5", "5)", "5-", "฿฿5", "฿-฿5"),
        *("บาท", "฿", "5 บาท บาท", "5e3", "1_000", "+5", "#", "ค้าง 5,000", "5,000 (ค้าง)"),
        *("9" * 201, True, False, b"5", [5]),
    ],
)
def test_what_is_not_plainly_a_sum_is_not_guessed(raw: object) -> None:
    assert refused(raw) == "words"


def test_a_refused_cell_comes_back_as_it_stood() -> None:
    assert read_money(" ห้าพันกว่า ") == UnreadableMoney(" ห้าพันกว่า ", "words")
    assert read_money(None) == UnreadableMoney("", "blank")
    assert read_money(12.345) == UnreadableMoney("12.345", "too_fine")
    assert read_money(True) == UnreadableMoney("True", "words")


@given(SUMS)
def test_every_sum_is_read_back_as_it_was_written(sum_: Money) -> None:
    for written in (sum_.text, sum_.plain):
        assert read_money(written) == sum_
        assert read_money(thai_digits(written)) == sum_
        assert read_money(f" {written} บาท") == sum_
        assert read_money(f"({written.lstrip('-')})") == -abs(sum_)


@given(st.integers(-(10**13), 10**13))
@example(11_349_342)
def test_a_sheet_holding_a_sum_as_a_float_gives_the_very_same_satang(satang: int) -> None:
    assert read_money(satang / 100) == Money(satang)
    assert read_money(float(Money(satang).plain)) == Money(satang)


@given(st.lists(st.integers(0, 10**8), max_size=60))
def test_a_column_added_up_in_floats_by_a_sheet_is_read_to_the_satang(column: list[int]) -> None:
    added = 0.0
    for satang in column:
        added += satang / 100
    assert read_money(added) == Money(sum(column))


@given(st.integers(-(10**9), 10**9), st.integers(1, 9))
def test_a_tenth_of_a_satang_in_a_float_is_too_fine(satang: int, tenths: int) -> None:
    assert refused((satang * 10 + tenths) / 1000) == "too_fine"


@given(SUMS, FOREIGN_DIGITS, st.data())
@example(Money.baht(12), "٣", None)
def test_digits_of_other_scripts_are_never_money(
    sum_: Money, foreign: str, data: st.DataObject | None
) -> None:
    places = [place for place, sign in enumerate(sum_.text) if sign.isdigit()]
    place = data.draw(st.sampled_from(places)) if data else places[-1]
    assert refused(sum_.text[:place] + foreign + sum_.text[place + 1 :]) == "words"


@given(st.text())
def test_any_text_is_read_or_refused_but_never_fails(raw: str) -> None:
    assert isinstance(read_money(raw), Money | UnreadableMoney)


# ------------------------------------------------------------------------------------ in words


@pytest.mark.parametrize(
    ("sum_", "words"),
    [
        (Money.baht(280_000), "สองแสนแปดหมื่นบาทถ้วน"),
        (
            Money.baht(281_156, 19),
            "สองแสนแปดหมื่นหนึ่งพันหนึ่งร้อยห้าสิบหกบาทสิบเก้าสตางค์",
        ),
        (ZERO, "ศูนย์บาทถ้วน"),
        (Money(1), "หนึ่งสตางค์"),
        (Money(21), "ยี่สิบเอ็ดสตางค์"),
        (Money(50), "ห้าสิบสตางค์"),
        (Money.baht(1), "หนึ่งบาทถ้วน"),
        (Money.baht(1, 1), "หนึ่งบาทหนึ่งสตางค์"),
        (Money.baht(10), "สิบบาทถ้วน"),
        (Money.baht(11), "สิบเอ็ดบาทถ้วน"),
        (Money.baht(20), "ยี่สิบบาทถ้วน"),
        (Money.baht(21), "ยี่สิบเอ็ดบาทถ้วน"),
        (Money.baht(101), "หนึ่งร้อยเอ็ดบาทถ้วน"),
        (Money.baht(110), "หนึ่งร้อยสิบบาทถ้วน"),
        (Money.baht(100_001), "หนึ่งแสนเอ็ดบาทถ้วน"),
        (Money.baht(1_000_000), "หนึ่งล้านบาทถ้วน"),
        (Money.baht(1_000_001), "หนึ่งล้านเอ็ดบาทถ้วน"),
        (Money.baht(21_000_000), "ยี่สิบเอ็ดล้านบาทถ้วน"),
        (Money.baht(101_000_020), "หนึ่งร้อยเอ็ดล้านยี่สิบบาทถ้วน"),
        (Money.baht(10**12), "หนึ่งล้านล้านบาทถ้วน"),
        (Money.baht(2 * 10**12 + 5 * 10**6 + 300), "สองล้านห้าล้านสามร้อยบาทถ้วน"),
        (Money.baht(10**18), "หนึ่งล้านล้านล้านบาทถ้วน"),
        (Money.baht(-7_100), "ลบเจ็ดพันหนึ่งร้อยบาทถ้วน"),
        (Money(-25), "ลบยี่สิบห้าสตางค์"),
    ],
)
def test_sums_are_spelled_as_on_contracts(sum_: Money, words: str) -> None:
    assert in_words(sum_) == words


@given(SUMS)
@example(Money.baht(11))
@example(Money.baht(111_111_111_111_111, 11))
def test_words_say_the_sum_and_no_other(sum_: Money) -> None:
    words = in_words(sum_)
    assert "หนึ่งสิบ" not in words
    assert "สองสิบ" not in words
    assert "สิบหนึ่ง" not in words
    assert spelled_back(words) == sum_


def spelled_back(words: str) -> Money:
    """Read words the way a listener does: by hearing one word after another."""
    sign = -1 if words.startswith("ลบ") else 1
    baht, _, satang = words.removeprefix("ลบ").removesuffix("ถ้วน").rpartition("บาท")
    return Money(sign * (100 * heard(baht) + heard(satang.removesuffix("สตางค์"))))


def heard(words: str) -> int:
    digits = {"ศูนย์": 0, "หนึ่ง": 1, "เอ็ด": 1, "สอง": 2, "ยี่": 2, "สาม": 3, "สี่": 4, "ห้า": 5}
    digits |= {"หก": 6, "เจ็ด": 7, "แปด": 8, "เก้า": 9}
    places = {"สิบ": 10, "ร้อย": 100, "พัน": 1_000, "หมื่น": 10_000, "แสน": 100_000}
    millions = below = digit = 0
    while words:
        word = next(known for known in [*digits, *places, "ล้าน"] if words.startswith(known))
        words = words.removeprefix(word)
        if word in digits:
            digit = digits[word]
        elif word in places:
            below += (digit or 1) * places[word]
            digit = 0
        else:
            millions = (millions + below + digit) * 1_000_000
            below = digit = 0
    return millions + below + digit
