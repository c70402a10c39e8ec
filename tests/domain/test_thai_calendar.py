"""Days as Thai papers write them: read in every spelling that is plain, refused in the others."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kongthun.domain.thai_calendar import (
    MONTHS_LONG,
    MONTHS_SHORT,
    UnreadableDate,
    add_years,
    fiscal_year,
    fiscal_year_end,
    fiscal_year_start,
    long,
    numeric,
    read_date,
    short,
    thai_year,
    time_text,
)
from kongthun.domain.thai_text import thai_digits

DAYS = st.dates(date(1957, 1, 1), date(2100, 12, 31))
FOREIGN_DIGITS = st.characters(categories=["Nd"]).filter(
    lambda digit: digit not in "0123456789๐๑๒๓๔๕๖๗๘๙"
)
LAST_OF_FISCAL_2557 = date(2014, 9, 30)


def refused(raw: object) -> str:
    answer = read_date(raw)
    assert isinstance(answer, UnreadableDate), answer
    return answer.why


# ------------------------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    "raw",
    [
        *("30/9/2557", "30/09/2557", "30-09-2557", "30.9.2557", "30 / 9 / 2557", "๓๐/๙/๒๕๕๗"),
        *("30/9/2014", "2014-09-30", "2014/9/30", "2557-09-30"),
        *("30 ก.ย. 57", "30 ก.ย. 2557", "30 ก.ย.2557", "30ก.ย.57", "๓๐ ก.ย. ๕๗"),
        *("30 กย 57", "30 กย. 57", "30 ก.ย 57", "30 ก. ย. 57", "30 ก.ย. 2014", "30-ก.ย.-57"),
        *("๓๐ กันยายน ๒๕๕๗", "30 กันยายน พ.ศ. 2557", "30 กันยายน พศ 2557", "30/กันยายน/2557"),
        *("30 กันยายน พ.ศ.57", "30 กันยายน ค.ศ. 2014", "30 ก.ย.พ.ศ.2557"),
        *("วันที่ 30 กันยายน 2557", "วันที่ 30 เดือน กันยายน พ.ศ. 2557", "วันที่30/9/2557"),
        *("วันอังคารที่ 30 กันยายน 2557", "วันพฤหัสบดีที่ 30 ก.ย. 57", "วันพุธ 30 ก.ย. 57"),
        *("\u00a030 ก.ย. 57 ", "30\u00a0ก.ย.\u200b 57"),
    ],
)
def test_one_day_is_read_in_every_spelling_the_books_use(raw: str) -> None:
    assert read_date(raw) == LAST_OF_FISCAL_2557


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_is_known_long_and_short_with_dots_and_without(number: int) -> None:
    name = MONTHS_SHORT[number - 1]
    for written in (name, name.replace(".", ""), name.rstrip("."), name.replace(".", ". ")):
        assert read_date(f"5 {written} 2560") == date(2017, number, 5)
    assert read_date(f"5 {MONTHS_LONG[number - 1]} 2560") == date(2017, number, 5)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        (date(2014, 9, 30), LAST_OF_FISCAL_2557),
        (date(2557, 9, 30), LAST_OF_FISCAL_2557),
        (datetime(2014, 9, 30, 13, 5), LAST_OF_FISCAL_2557),  # noqa: DTZ001 - as a sheet holds it
        (datetime(2557, 9, 30), LAST_OF_FISCAL_2557),  # noqa: DTZ001 - as a sheet holds it
        (date(1900, 1, 1), date(1900, 1, 1)),
        (date(2299, 12, 31), date(2299, 12, 31)),
        (date(2400, 1, 1), date(1857, 1, 1)),
        (date(2700, 12, 31), date(2157, 12, 31)),
    ],
)
def test_a_date_of_a_sheet_may_hold_either_era(raw: date, day: date) -> None:
    answer = read_date(raw)
    assert answer == day
    assert type(answer) is date


@pytest.mark.parametrize("raw", [None, "", "  ", "-", "–", "\u200b"])
def test_an_empty_cell_or_a_dash_is_blank(raw: object) -> None:
    assert refused(raw) == "blank"


@pytest.mark.parametrize(
    "raw", ["12/5/14", "30/9/57", "๓๐/๙/๕๗", "14-09-30", "30.9.57", "5 ก.ย. ค.ศ. 14"]
)
def test_a_year_of_two_digits_that_may_be_of_either_era_is_asked_about(raw: str) -> None:
    assert refused(raw) == "ambiguous"


@pytest.mark.parametrize(
    "raw",
    [
        *("31/2/2546", "29/2/2568", "29 ก.พ. 68", "31 เม.ย. 2560", "0/5/2560", "5/0/2560"),
        *("5/13/2560", "9/30/2557", "2014-02-30"),
        *("1/1/1899", "1/1/2300", "1/1/2399", "1/1/2701", "1 ม.ค. 1899", "1 ม.ค. 2701"),
        *(
            "30/9/255",
            "30/9/25577",
            "30/9/02557",
            "30/9/5",
            "30 ก.ย. 5",
            "30 ก.ย. 257",
            "30 ก.ย. 25577",
        ),
        *("30 ก.ย. พ.ศ. 2014", "30 ก.ย. ค.ศ. 2557"),
        *(date(2552, 2, 29), date(1899, 12, 31), date(2300, 1, 1)),
    ],
)
def test_a_day_that_never_was_is_impossible(raw: object) -> None:
    assert refused(raw) == "impossible"


def test_the_leap_day_of_2567_exists() -> None:
    assert read_date("29/2/2567") == read_date("29 ก.พ. 67") == date(2024, 2, 29)


@pytest.mark.parametrize(
    "raw",
    [
        *("ไม่ทราบ", "ก.ย. 57", "ก.ย. 2557", "2557", "30/9", "30 ก.ย.", "30 ก.ฮ. 57", "30 57"),
        *("30/9-2557", "30 9 2557", "30 ก.ย. 25 57", "3 0 ก.ย. 57", "300 ก.ย. 57", "#REF!"),
        *("30/9/2557 ?", "ราว 30/9/2557", "30 Sep 2014", "30092557", "วันที่", "วันนี้", "2557-9"),
        *("1" * 201, 41_912, 41_912.0, 20_140_930, True, time(9, 30), timedelta(1)),
    ],
)
def test_what_is_not_plainly_a_date_is_not_guessed(raw: object) -> None:
    assert refused(raw) == "not_a_date"


def test_a_refused_cell_comes_back_as_it_stood() -> None:
    assert read_date(" ไม่ทราบ ") == UnreadableDate(" ไม่ทราบ ", "not_a_date")
    assert read_date(None) == UnreadableDate("", "blank")
    assert read_date(41_912) == UnreadableDate("41912", "not_a_date")


@given(DAYS)
@example(date(2024, 2, 29))
def test_every_day_is_read_back_as_it_was_written(day: date) -> None:
    for written in (short(day), long(day), numeric(day), day.isoformat()):
        assert read_date(written) == day
        assert read_date(thai_digits(written)) == day
        assert read_date(f"วันที่ {written}") == day


@given(DAYS, st.sampled_from([short, long, numeric]), FOREIGN_DIGITS, st.data())
def test_digits_of_other_scripts_are_never_a_date(
    day: date, write: object, foreign: str, data: st.DataObject
) -> None:
    assert callable(write)
    written = write(day)
    place = data.draw(
        st.sampled_from([place for place, sign in enumerate(written) if sign.isdigit()])
    )
    assert refused(written[:place] + foreign + written[place + 1 :]) == "not_a_date"


@given(st.text())
def test_any_text_is_read_or_refused_but_never_fails(raw: str) -> None:
    assert isinstance(read_date(raw), date | UnreadableDate)


# ------------------------------------------------------------------------------------- writing


def test_days_are_written_in_thai_years() -> None:
    day = date(2025, 9, 30)
    assert short(day) == "30 ก.ย. 2568"
    assert long(day) == "30 กันยายน 2568"
    assert numeric(day) == "30/9/2568"
    assert thai_year(day) == 2568
    assert short(date(2026, 1, 5)) == "5 ม.ค. 2569"


def test_a_moment_is_written_with_its_hour() -> None:
    moment = datetime(2026, 11, 22, 17, 5)  # noqa: DTZ001 - the caller has made it local
    assert time_text(moment) == "22 พ.ย. 2569 17:05 น."
    assert time_text(moment.replace(hour=9)) == "22 พ.ย. 2569 09:05 น."


# ----------------------------------------------------------------------------------- reckoning


def test_the_fiscal_year_turns_on_the_first_of_october() -> None:
    assert fiscal_year(date(2025, 9, 30)) == 2568
    assert fiscal_year(date(2025, 10, 1)) == 2569
    assert fiscal_year(date(2025, 12, 31)) == fiscal_year(date(2026, 1, 1)) == 2569
    assert fiscal_year_start(2569) == date(2025, 10, 1)
    assert fiscal_year_end(2569) == date(2026, 9, 30)


@given(DAYS)
def test_every_day_lies_within_its_own_fiscal_year(day: date) -> None:
    year = fiscal_year(day)
    assert fiscal_year_start(year) <= day <= fiscal_year_end(year)
    assert fiscal_year_start(year + 1) - fiscal_year_end(year) == timedelta(days=1)


def test_a_leap_day_falls_on_the_28th_in_years_without_one() -> None:
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert add_years(date(2024, 2, 29), -1) == date(2023, 2, 28)
    assert add_years(date(2025, 9, 30), 3) == date(2028, 9, 30)


def test_years_beyond_the_calendar_are_an_error_and_not_another_day() -> None:
    with pytest.raises(ValueError, match="year"):
        add_years(date(2025, 9, 30), 9_000)
