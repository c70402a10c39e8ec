"""Sums of Thai money: whole satang, read from papers and sheets, written in digits and in words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kongthun.domain.thai_text import visible


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """A sum in whole satang, 100 to the baht; may be negative.

    Anything but an int is a TypeError, True and 1.0 included.
    """

    satang: int

    def __post_init__(self) -> None:
        if type(self.satang) is not int:
            raise TypeError(f"money is whole satang, not {self.satang!r}")

    @classmethod
    def baht(cls, baht: int, satang: int = 0) -> Money:
        """Baht and satang as said aloud: `Money.baht(-5, 50)` is five and a half baht short.

        Raises ValueError for satang outside 0..99.
        """
        if not 0 <= satang < 100:
            raise ValueError(f"satang go from 0 to 99, not {satang!r}")
        return cls(baht * 100 - satang if baht < 0 else baht * 100 + satang)

    def __add__(self, other: Money) -> Money:
        return Money(self.satang + other.satang) if isinstance(other, Money) else NotImplemented

    def __sub__(self, other: Money) -> Money:
        return Money(self.satang - other.satang) if isinstance(other, Money) else NotImplemented

    def __neg__(self) -> Money:
        return Money(-self.satang)

    def __abs__(self) -> Money:
        return Money(abs(self.satang))

    def __mul__(self, times: int) -> Money:
        return Money(self.satang * times) if type(times) is int else NotImplemented

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.satang != 0

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """For people: "280,000", "281,156.19", "-3,100"; satang only when there are any."""
        baht, satang = divmod(abs(self.satang), 100)
        sign = "-" if self.satang < 0 else ""
        return f"{sign}{baht:,}.{satang:02}" if satang else f"{sign}{baht:,}"

    @property
    def plain(self) -> str:
        """For JSON and CSV: "280000.00", "-7100.00"; always two decimals, no commas."""
        baht, satang = divmod(abs(self.satang), 100)
        return f"{'-' if self.satang < 0 else ''}{baht}.{satang:02}"


ZERO = Money(0)


def total(sums: Iterable[Money]) -> Money:
    """The sum of all; nothing at all is zero."""
    return Money(sum(each.satang for each in sums))


# -------------------------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class UnreadableMoney:
    """What stood where a sum should be, as it stood, and why it is not read as one.

    `blank`: nothing there, or a dash. `cell_error`: the sheet's own error. `too_fine`: finer than a
    satang. `words`: anything else that is not plainly a sum.
    """

    raw: str
    why: Literal["blank", "cell_error", "words", "too_fine"]


_CELL_ERRORS = frozenset(
    [
        "#REF!",
        "#N/A",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#ERROR!",
        "#SPILL!",
        "#CALC!",
    ]
)
_DASHES = frozenset({"", "-", "–", "—", "\u2212"})
# \d would take the digits of every script on earth.
_DIGIT = "[0-9๐-๙]"
_SUM = re.compile(
    rf"""
    (?P<open>\()? \s*
    (?: ฿ \s* (?P<minus_after>[-–\u2212])? | (?P<minus>[-–\u2212]) \s* ฿? )? \s*
    (?P<baht> {_DIGIT}+ | [1-9๑-๙] {_DIGIT}{{0,2}} (?: ,{_DIGIT}{{3}} )+ )
    (?: \. (?: (?P<decimals>{_DIGIT}+) | [-–] ) )? \s*
    (?: บาท \s* )?
    (?(open) \) (?: \s* บาท )? )
    """,
    re.VERBOSE,
)
# No sum is this long; it keeps essays out of the memory of texts already read.
_LONGEST_SUM = 200
# From here on a float no longer tells one satang from the next.
_FLOAT_CERTAIN_BELOW = 2**53 // 100
# Sheets add in binary: 281156.18999999997 is a sum of satang, 281156.191 is not. In satang.
_FLOAT_NOISE = 1e-6
_FLOAT_NOISE_PER_SATANG = 1e-13
_FLOAT_NOISE_AT_MOST = 0.05


def read_money(raw: object) -> Money | UnreadableMoney:
    """Read a sum from a form or a cell; whatever is not plainly one comes back saying why.

    Texts: "10,000.00", "10,000.-", "๑๐,๐๐๐ บาท", "฿500"; a minus or accountants' brackets make it
    negative, and the caller judges whether it may be. Commas must stand at thousands. A third
    decimal is refused even when zero: "1.000" may have meant a thousand.
    Numbers: an int is baht; a float is the nearest satang when it is no further off than binary
    adding explains. A bool is not money.
    """
    if isinstance(raw, str):
        return _read_text(raw) if len(raw) <= _LONGEST_SUM else UnreadableMoney(raw, "words")
    if isinstance(raw, float):
        return _read_float(raw)
    if isinstance(raw, int) and not isinstance(raw, bool):
        return Money(int(raw) * 100)
    if raw is None:
        return UnreadableMoney("", "blank")
    return UnreadableMoney(str(raw), "words")


def _read_float(raw: float) -> Money | UnreadableMoney:
    if not math.isfinite(raw):
        return UnreadableMoney(str(raw), "cell_error")
    if abs(raw) >= _FLOAT_CERTAIN_BELOW:
        return UnreadableMoney(str(raw), "too_fine")
    scaled = raw * 100
    satang = round(scaled)
    # Division rounds correctly, so if equal, this is the very float the satang are written as.
    if satang / 100 == raw:
        return Money(satang)
    noise = min(max(_FLOAT_NOISE, abs(scaled) * _FLOAT_NOISE_PER_SATANG), _FLOAT_NOISE_AT_MOST)
    return Money(satang) if abs(scaled - satang) <= noise else UnreadableMoney(str(raw), "too_fine")


@lru_cache(maxsize=65_536)
def _read_text(raw: str) -> Money | UnreadableMoney:
    text = visible(raw)
    if text in _DASHES:
        return UnreadableMoney(raw, "blank")
    if text.upper() in _CELL_ERRORS:
        return UnreadableMoney(raw, "cell_error")
    found = _SUM.fullmatch(text)
    if not found:
        return UnreadableMoney(raw, "words")
    negative = bool(found["minus"] or found["minus_after"])
    if negative and found["open"]:
        return UnreadableMoney(raw, "words")
    decimals = found["decimals"] or ""
    if len(decimals) > 2:
        return UnreadableMoney(raw, "too_fine")
    # int() takes Thai digits as they are.
    satang = int(found["baht"].replace(",", "")) * 100 + int(decimals.ljust(2, "0"))
    return Money(-satang if negative or found["open"] else satang)


# -------------------------------------------------------------------------------------- in words

_DIGIT_WORDS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES = ("แสน", "หมื่น", "พัน", "ร้อย")
_MILLION = 1_000_000


def in_words(sum_: Money) -> str:
    """Spell a sum as contracts and receipts do.

    >>> in_words(Money.baht(281_156, 19))
    'สองแสนแปดหมื่นหนึ่งพันหนึ่งร้อยห้าสิบหกบาทสิบเก้าสตางค์'
    >>> in_words(Money.baht(101))
    'หนึ่งร้อยเอ็ดบาทถ้วน'

    A closing one is เอ็ด whenever anything stands before it. Millions of millions repeat ล้าน.
    A negative sum begins with ลบ.
    """
    baht, satang = divmod(abs(sum_.satang), 100)
    sign = "ลบ" if sum_.satang < 0 else ""
    if not satang:
        return f"{sign}{_count_in_words(baht) or 'ศูนย์'}บาทถ้วน"
    whole = f"{_count_in_words(baht)}บาท" if baht else ""
    return f"{sign}{whole}{_count_in_words(satang)}สตางค์"


def _count_in_words(count: int) -> str:
    """A count without its unit; zero is empty."""
    millions, rest = divmod(count, _MILLION)
    words = f"{_count_in_words(millions)}ล้าน" if millions else ""
    *high, tens, units = map(int, f"{rest:06}")
    for digit, place in zip(high, _PLACES, strict=True):
        if digit:
            words += _DIGIT_WORDS[digit] + place
    if tens:
        words += {1: "", 2: "ยี่"}.get(tens, _DIGIT_WORDS[tens]) + "สิบ"
    return words + ("เอ็ด" if units == 1 and count > 1 else _DIGIT_WORDS[units])
