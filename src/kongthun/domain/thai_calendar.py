"""Days as Thai papers write them. Kept and reckoned in ค.ศ., shown in พ.ศ. (ค.ศ. + 543)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from kongthun.domain.thai_text import visible

MONTHS_SHORT = (
    *("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย."),
    *("ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
)
MONTHS_LONG = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
_BE_AHEAD = 543
_FISCAL_YEAR_BEGINS_IN = 10


# -------------------------------------------------------------------------------------- writing


def thai_year(day: date) -> int:
    """พ.ศ. of the day."""
    return day.year + _BE_AHEAD


def short(day: date) -> str:
    """30 ก.ย. 2568"""
    return f"{day.day} {MONTHS_SHORT[day.month - 1]} {thai_year(day)}"


def long(day: date) -> str:
    """30 กันยายน 2568"""
    return f"{day.day} {MONTHS_LONG[day.month - 1]} {thai_year(day)}"


def numeric(day: date) -> str:
    """30/9/2568"""
    return f"{day.day}/{day.month}/{thai_year(day)}"


def time_text(moment: datetime) -> str:
    """22 พ.ย. 2569 17:05 น. The moment is shown as it stands: the caller makes it local."""
    return f"{short(moment)} {moment:%H:%M} น."


# -------------------------------------------------------------------------------------- reckoning


def fiscal_year(day: date) -> int:
    """พ.ศ. of the fiscal year the day is in: 1 ต.ค. to 30 ก.ย., named by its last year."""
    return thai_year(day) + (day.month >= _FISCAL_YEAR_BEGINS_IN)


def fiscal_year_start(year_be: int) -> date:
    """1 ต.ค. of the year before."""
    return date(year_be - _BE_AHEAD - 1, _FISCAL_YEAR_BEGINS_IN, 1)


def fiscal_year_end(year_be: int) -> date:
    """30 ก.ย. of the year itself."""
    return date(year_be - _BE_AHEAD, _FISCAL_YEAR_BEGINS_IN - 1, 30)


def add_years(day: date, years: int) -> date:
    """The same day so many years on; 29 ก.พ. becomes 28 ก.พ. where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        # A leap day; or a year beyond the calendar, and then this raises again.
        return day.replace(year=day.year + years, day=28)


# -------------------------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class UnreadableDate:
    """What stood where a date should be, as it stood, and why it is not read as one.

    `blank`: nothing there, or a dash. `ambiguous`: the year has two digits and nothing says of
    which era. `impossible`: no such day, or a year nobody here can mean. `not_a_date`: anything
    else.
    """

    raw: str
    why: Literal["blank", "ambiguous", "impossible", "not_a_date"]


_DASHES = frozenset({"", "-", "–", "—", "\u2212"})
# \d would take the digits of every script on earth.
_DIGIT = "[0-9๐-๙]"
_LETTERS_OF_MONTHS = {
    name.replace(".", ""): number
    for names in (MONTHS_SHORT, MONTHS_LONG)
    for number, name in enumerate(names, start=1)
}
# ก.ย. is also written กย, ก.ย and ก. ย.; "มิ" and "มี" hold together.
_MONTH = "|".join(
    [*MONTHS_LONG, *(r"[. ]*".join(name.rstrip(".").split(".")) for name in MONTHS_SHORT)]
)
_DAY_WORDS = re.compile("วัน ?(?:(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัสฯ?|ศุกร์|เสาร์|อาทิตย์) ?(?:ที่)?|ที่) ?")
_IN_WORDS = re.compile(
    rf"(?P<day>{_DIGIT}{{1,2}}) ?[-/]? ?(?:เดือน ?)?(?P<month>{_MONTH})[. ]*[-/]? ?"
    rf"(?P<era>พ[. ]*ศ|ค[. ]*ศ)?[. ]*(?P<year>{_DIGIT}+)"
)
_DAY_FIRST = re.compile(
    rf"(?P<day>{_DIGIT}{{1,2}}) ?(?P<mark>[-/.]) ?(?P<month>{_DIGIT}{{1,2}}) ?(?P=mark) ?"
    rf"(?P<year>{_DIGIT}+)"
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>{_DIGIT}{{4}})(?P<mark>[-/.])(?P<month>{_DIGIT}{{1,2}})(?P=mark)(?P<day>{_DIGIT}{{1,2}})"
)
# No date is this long; it keeps essays out of the memory of texts already read.
_LONGEST_DATE = 200
_BE_YEARS = range(2400, 2701)
_CE_YEARS = range(1900, 2300)


def read_date(raw: object) -> date | UnreadableDate:
    """Read a day from a form or a cell; whatever is not plainly one comes back saying why.

    Texts give the day first (30/9/2557, 30 ก.ย. 57, ๓๐ กันยายน พ.ศ. ๒๕๕๗) or a year of four
    digits first (2014-09-30). Years 1900..2299 are ค.ศ., 2400..2700 are พ.ศ. Two digits are พ.ศ.
    25xx beside a Thai month, and ambiguous among digits alone. Bare numbers are never taken for a
    sheet's serials.

    A sheet's own date may hold a พ.ศ. year as if it were ค.ศ., which is put right here. But typed
    with two digits, 30/9/57 became 1957 inside the sheet: only the caller can find that strange.
    """
    if isinstance(raw, str):
        return _read_text(raw) if len(raw) <= _LONGEST_DATE else UnreadableDate(raw, "not_a_date")
    if isinstance(raw, date):
        return _day_or_impossible(str(raw), raw.year, raw.month, raw.day)
    if raw is None:
        return UnreadableDate("", "blank")
    return UnreadableDate(str(raw), "not_a_date")


@lru_cache(maxsize=65_536)
def _read_text(raw: str) -> date | UnreadableDate:
    text = visible(raw)
    if text in _DASHES:
        return UnreadableDate(raw, "blank")
    text = _DAY_WORDS.sub("", text, count=1) if text.startswith("วัน") else text
    found = _DAY_FIRST.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    if found:
        if len(found["year"]) == 2:
            return UnreadableDate(raw, "ambiguous")
        month = int(found["month"])
        return _day_or_impossible(raw, _four_digits(found), month, int(found["day"]))
    found = _IN_WORDS.fullmatch(text)
    return _read_month_in_words(raw, found) if found else UnreadableDate(raw, "not_a_date")


def _read_month_in_words(raw: str, found: re.Match[str]) -> date | UnreadableDate:
    month = _LETTERS_OF_MONTHS[found["month"].replace(".", "").replace(" ", "")]
    era = (found["era"] or "")[:1]
    if len(found["year"]) == 2:
        if era == "ค":
            return UnreadableDate(raw, "ambiguous")
        year = 2500 + int(found["year"])
    else:
        year = _four_digits(found)
    # An era that contradicts its year is not for us to put right.
    if (era == "พ" and year not in _BE_YEARS) or (era == "ค" and year not in _CE_YEARS):
        return UnreadableDate(raw, "impossible")
    return _day_or_impossible(raw, year, month, int(found["day"]))


def _four_digits(found: re.Match[str]) -> int:
    """The year, or 0, which no era holds, when it is not written in four digits."""
    return int(found["year"]) if len(found["year"]) == 4 else 0


def _day_or_impossible(raw: str, year: int, month: int, day: int) -> date | UnreadableDate:
    if year in _BE_YEARS:
        year -= _BE_AHEAD
    elif year not in _CE_YEARS:
        return UnreadableDate(raw, "impossible")
    try:
        return date(year, month, day)
    except ValueError:
        return UnreadableDate(raw, "impossible")
