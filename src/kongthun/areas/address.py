"""Reading the place out of a heading, as it is written on a register or an official paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from kongthun.domain.thai_text import arabic_digits, mended

# A marker, with the name after it. Longer forms first. หมู่ counts only with its number, for ปรางหมู่
# is a tambon. The offices of a tambon or province (อบต., เทศบาลตำบล) are no part of an address.
_MARKERS = re.compile(
    r"""
      (?P<moo>(?:หมู่บ้านที่|หมู่บ้าน|หมู่ที่|หมู่|ม\.)\s*(?P<number>[0-9]+))
    | (?P<tambon>(?<!เทศบาล)(?<!ส่วน)ตำบล|แขวง|(?<!อบ)(?<!ส)ต\.)
    | (?P<district>กิ่งอำเภอ|อำเภอ|เขต|อ\.)
    | (?P<province>(?<!ส่วน)จังหวัด|(?<!อบ)จ\.(?!ป\.ร))
    | (?P<bangkok>กรุงเทพมหานคร|กรุงเทพฯ|กรุงเทพ|กทม\.?)
    | (?P<village>(?:หมู่)?บ้าน(?!เลขที่))
    """,
    re.VERBOSE,
)
_FIRST_WORD = re.compile(r"[^\s0-9,;:()]+")
_DOTTED_LINE = re.compile(r"\.{2,}|…+|_+")


@dataclass(frozen=True, slots=True)
class AddressWords:
    """The places an address names, bare and not yet looked up; None where it names none."""

    moo: int | None = None
    village: str | None = None
    tambon: str | None = None
    district: str | None = None
    province: str | None = None


def read_address(text: str) -> AddressWords:
    """The words of an address, in any order, with long or short markers, in either digits.

    Names are bare except the village's, which keeps บ้าน. When a level is named twice, the
    first stands.

    >>> read_address("ม.๑ บ้านทุ่งใหญ่ ต.ปากพนัง อ.ปากพนัง จ.นครศรีธรรมราช")
    ... # doctest: +NORMALIZE_WHITESPACE
    AddressWords(moo=1, village='บ้านทุ่งใหญ่', tambon='ปากพนัง', district='ปากพนัง',
                 province='นครศรีธรรมราช')
    """
    line = _plain(text)
    marks = _marks(line)
    words = AddressWords()
    for mark, following in zip_longest(marks, marks[1:]):
        rest = line[mark.end() : following.start() if following else None]
        words = _with(words, mark, rest)
    return words


def _plain(text: str) -> str:
    return arabic_digits(mended(_DOTTED_LINE.sub(" ", text)))


def _marks(line: str) -> list[re.Match[str]]:
    marks: list[re.Match[str]] = []
    for mark in _MARKERS.finditer(line):
        name_expected = bool(marks) and not line[marks[-1].end() : mark.start()].strip()
        if mark.lastgroup == "village" and name_expected and marks[-1].lastgroup != "moo":
            continue  # ตำบลบ้านนา: the word belongs to the name that is expected here
        if _begins_word(mark, line) or _may_stand_inside(mark, line):
            marks.append(mark)
    return marks


def _begins_word(mark: re.Match[str], line: str) -> bool:
    return mark.start() == 0 or not _is_thai_letter(line[mark.start() - 1])


def _may_stand_inside(mark: re.Match[str], line: str) -> bool:
    """Whether a marker with no space before it is one: a name must follow at once.

    ตำบลปากพนังอำเภอปากพนัง has two; สนามชัยเขต and สามตำบล end in what only looks like one.
    """
    if mark.lastgroup in {"moo", "bangkok"}:
        return True
    if mark.lastgroup == "village":
        return False
    rest = line[mark.end() :]
    next_mark = _MARKERS.match(rest)
    name_follows = next_mark is None or next_mark.lastgroup in {"village", "bangkok"}
    return bool(rest) and _is_thai_letter(rest[0]) and name_follows


def _is_thai_letter(letter: str) -> bool:
    return "ก" <= letter <= "๎" and letter != "฿"


def _with(words: AddressWords, mark: re.Match[str], rest: str) -> AddressWords:
    """The words with what this marker and the text after it say, unless already said."""
    match mark.lastgroup:
        case "moo":
            said = AddressWords(moo=int(mark["number"]))
        case "village":
            name = rest.strip(" ,;:()").removeprefix("บ้าน").strip()
            said = AddressWords(village=f"บ้าน{name}" if name else None)
        case "tambon":
            said = AddressWords(tambon=_first_word(rest))
        case "district":
            said = AddressWords(district=_first_word(rest))
        case "bangkok":
            said = AddressWords(province="กรุงเทพมหานคร")
        case _:
            said = AddressWords(province=_first_word(rest))
    return AddressWords(
        moo=said.moo if words.moo is None else words.moo,
        village=words.village or said.village,
        tambon=words.tambon or said.tambon,
        district=words.district or said.district,
        province=words.province or said.province,
    )


def _first_word(rest: str) -> str | None:
    word = _FIRST_WORD.search(rest)
    return word[0] if word else None
