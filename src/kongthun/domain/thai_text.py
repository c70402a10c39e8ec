"""Thai letters as people type them: digits, names of persons, dictionary order, finding by part."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
# Characters that take no room and come along when text is pasted from web pages and PDFs.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))

# Signs written above or below a consonant, in the order they are kept: vowels, then tones, then ์ ํ ๎.
_MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"
_MARK_RUN = re.compile(f"[{_MARKS}]{{2,}}")
# A tone mark struck after the ำ belongs to it, unless it leads another ำ.
_SARA_AM_IN_PIECES = re.compile(f"([{_MARKS}]*ํ[{_MARKS}]*)า((?:[่-๋]+(?![่-๋ํ]))?)")
_FINDING_IGNORES = dict.fromkeys(map(ord, "่้๊๋์"))


def arabic_digits(text: str) -> str:
    """Write ๐–๙ as 0–9; everything else, other scripts' digits included, stays as it is."""
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    """Write 0–9 as ๐–๙; everything else stays as it is."""
    return text.translate(_TO_THAI)


def visible(text: str) -> str:
    """Drop characters that take no room, and make every run of white space one plain space."""
    return " ".join(text.translate(_INVISIBLE).split())


def mended(text: str) -> str:
    """Write Thai the one way it should be typed, without changing how it reads.

    Two เ become แ, a ำ typed in pieces or before its tone mark becomes tone mark + ำ, signs on one
    consonant are put in order and a sign struck twice is kept once. Includes what `visible` does.
    Mending twice changes nothing more.
    """
    text = unicodedata.normalize("NFC", visible(text))
    if text.isascii():
        return text
    text = text.replace("เเ", "แ").replace("ำ", "ํา")
    text = _MARK_RUN.sub(lambda run: _in_order(run[0]), text)
    return _SARA_AM_IN_PIECES.sub(
        lambda found: _in_order((found[1] + found[2]).replace("ํ", "")) + "ำ", text
    )


def _in_order(marks: str) -> str:
    return "".join(sorted(set(marks), key=_MARKS.index))


# ---------------------------------------------------------------------------------------- names

# Titles written in full. Those of the first list are known even when glued to the name.
_WORDS = (
    *("นาย", "นาง", "นางสาว", "เด็กชาย", "เด็กหญิง", "นายแพทย์", "แพทย์หญิง"),
    *("สามเณร", "แม่ชี", "พระมหา", "พระครู", "พระอธิการ", "พระปลัด", "พระสมุห์", "พระใบฎีกา"),
    *("หม่อมราชวงศ์", "หม่อมหลวง"),
)
# Many given names begin with these, so only a space makes them a title.
_WORDS_BEFORE_A_SPACE = ("พระ", "คุณ")
_RANK_WORDS = (
    *("ร้อยตรี", "ร้อยโท", "ร้อยเอก", "พันตรี", "พันโท", "พันเอก", "พลตรี", "พลโท", "พลเอก"),
    *("สิบตรี", "สิบโท", "สิบเอก", "จ่าสิบตรี", "จ่าสิบโท", "จ่าสิบเอก", "พลทหาร"),
    *("เรือตรี", "เรือโท", "เรือเอก", "นาวาตรี", "นาวาโท", "นาวาเอก"),
    *("สิบตำรวจตรี", "สิบตำรวจโท", "สิบตำรวจเอก", "จ่าสิบตำรวจ", "ดาบตำรวจ", "นายดาบตำรวจ"),
    *("ร้อยตำรวจตรี", "ร้อยตำรวจโท", "ร้อยตำรวจเอก"),
    *("พันตำรวจตรี", "พันตำรวจโท", "พันตำรวจเอก"),
)
# Short ranks stay short: ร.ต. is a different rank in the army and the navy, so none is spelled out.
_RANKS = (
    *("พล.อ.", "พล.ท.", "พล.ต.", "พ.อ.", "พ.ท.", "พ.ต.", "ร.อ.", "ร.ท.", "ร.ต."),
    *("จ.ส.อ.", "จ.ส.ท.", "จ.ส.ต.", "ส.อ.", "ส.ท.", "ส.ต."),
    *("น.อ.", "น.ท.", "น.ต.", "พ.จ.อ.", "พ.จ.ท.", "พ.จ.ต.", "จ.อ.", "จ.ท.", "จ.ต."),
    *("พ.อ.อ.", "พ.อ.ท.", "พ.อ.ต."),
    *("พล.ต.อ.", "พล.ต.ท.", "พล.ต.ต.", "พ.ต.อ.", "พ.ต.ท.", "พ.ต.ต."),
    *("ร.ต.อ.", "ร.ต.ท.", "ร.ต.ต.", "ด.ต.", "ส.ต.อ.", "ส.ต.ท.", "ส.ต.ต."),
)
_SHORT_FOR = {
    "น.ส.": "นางสาว",
    "ด.ช.": "เด็กชาย",
    "ด.ญ.": "เด็กหญิง",
    "ม.ร.ว.": "ม.ร.ว.",
    "ม.ล.": "ม.ล.",
    "ดร.": "ดร.",
    "นพ.": "นพ.",
    "พญ.": "พญ.",
    "ทพ.": "ทพ.",
    "ทพญ.": "ทพญ.",
    "ภก.": "ภก.",
    "ภญ.": "ภญ.",
    "ผศ.": "ผศ.",
    "รศ.": "รศ.",
}
# These may lose every dot, because nobody's given name is written so; "นพ" is somebody's name.
_SHORT_WITHOUT_DOTS = ("นส", "ดช", "ดญ", "ดร")


def _either(forms: tuple[str, ...]) -> str:
    return "|".join(sorted(forms, key=len, reverse=True))


def _dotted(short: str) -> str:
    """Pattern of a short title: spaces inside, no dots inside, or no last dot before a space."""
    parts = short.rstrip(".").split(".")
    tight = "".join(parts) + r"\."
    if len(parts) == 1:
        return tight
    return r"\. ?".join(parts) + r"(?:\.|(?= |$))|" + tight


def _shorts(forms: tuple[str, ...]) -> str:
    return "|".join(_dotted(form) for form in sorted(forms, key=len, reverse=True))


# What may follow a title: the end, a space, or at least two characters that can begin a name. A
# vowel sign cannot, which is how นายิกา and นางสาวิตรี keep their letters.
_THEN_A_NAME = r"(?:$| (?=\S)|(?=[ก-ฮเ-ไA-Za-z]\S))"
_RANK = (
    rf"(?:(?P<acting>ว่าที่) ?)?(?:(?P<rank>{_shorts(_RANKS)})|(?P<rank_word>{_either(_RANK_WORDS)}))"
    rf"(?P<woman>หญิง)?{_THEN_A_NAME}"
)
_SHORT = (
    rf"(?:(?P<short>{_shorts(tuple(_SHORT_FOR))}) ?"
    rf"|(?P<bare>{_either(_SHORT_WITHOUT_DOTS)})(?: |$))"
)
_TITLE = re.compile(
    rf"{_RANK}|{_SHORT}"
    # "นาง สาว มาลี ใจดี": a space crept in; with one word left, สาว is more likely the given name.
    r"|(?P<parted>นาง สาว) (?=\S+ \S)"
    rf"|(?P<word>{_either(_WORDS)}){_THEN_A_NAME}"
    rf"|(?P<spaced>{_either(_WORDS_BEFORE_A_SPACE)}) (?=\S)"
)
_ANOTHER_SHORT = re.compile(_SHORT)
_IN_FULL = {form.replace(".", ""): title for form, title in _SHORT_FOR.items()} | {
    rank.replace(".", ""): rank for rank in _RANKS
}
_FIRST_LETTER = re.compile(r"[ก-ฮ]|[^\W\d_\u0e00-\u0e7f]")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in its three parts; any part may be empty.

    Keep the parts: reading `full` again may divide it differently ("นาย ก" becomes "นายก").
    """

    title: str
    first: str
    last: str

    @property
    def full(self) -> str:
        """As official papers write it: title joined to the first name, two spaces, surname."""
        called = self.title + self.first
        return f"{called}  {self.last}" if self.last else called

    @property
    def key(self) -> str:
        """Equal for two spellings of one name: no title, one space, mended, lower case."""
        return mended(f"{self.first} {self.last}").casefold()

    @property
    def masked(self) -> str:
        """For pages of higher offices: of the surname only its first consonant is shown."""
        if not self.last:
            return self.title + self.first
        letter = _FIRST_LETTER.search(self.last)
        return f"{self.title}{self.first}  {letter[0] if letter else ''}…"


def read_name(raw: str) -> PersonName:
    """Divide a name as typed into title, first name and surname; never fails.

    The text is mended first. The first word after the title is the first name, the rest the surname
    ("ณ นคร" stays whole). น.ส. and นางสาว are one title, so are ด.ช. and เด็กชาย. A title glued to
    the name counts when at least two characters that can begin a name remain: "นางฟ้า" is นาง + ฟ้า.
    """
    text = mended(raw)
    title = ""
    found = _TITLE.match(text)
    if found:
        title = _title_of(found)
        text = text[found.end() :]
        while more := _ANOTHER_SHORT.match(text):
            title += _title_of(more)
            text = text[more.end() :]
    first, _, last = text.strip().partition(" ")
    return PersonName(title, first, last)


def _title_of(found: re.Match[str]) -> str:
    parts = found.groupdict()
    letters = (parts["short"] or parts["bare"] or parts.get("rank") or "").replace(".", "")
    title = _IN_FULL.get(letters.replace(" ", ""), "")
    if title or parts.get("rank_word"):
        # "ว่าที่ ร.ต." keeps its space, "ว่าที่ร้อยตรี" has none, as on official papers.
        acting = parts.get("acting") or ""
        space = " " if acting and title else ""
        return f"{acting}{space}{title or parts['rank_word']}{parts.get('woman') or ''}"
    return (parts["parted"] or parts["word"] or parts["spaced"]).replace(" ", "")


@lru_cache(maxsize=65_536)
def name_key(raw: str) -> str:
    """`read_name(raw).key`, remembered: registers repeat the same names in book after book."""
    return read_name(raw).key


# ----------------------------------------------------------------------------- order and finding

_LEADING_VOWEL = re.compile("([เ-ไ])([ก-ฮ])")
# Weigh only when the letters are the same; the order is that of the Royal Institute's dictionary.
_TIE_BREAKERS = {mark: str(weight) for weight, mark in enumerate("็่้๊๋์ํฺ๎", start=1)}


def collation_key(text: str) -> str:
    """A key that sorts as a Thai dictionary does when compared by code point.

    Leading vowels go behind their consonant and tone marks only break ties, so ก่า comes after กา
    and before กาก. A space comes before every letter: all of one first name stand together. Thai
    digits sort as Arabic ones. In a database compare the stored key by bytes, not by locale.
    """
    plain = arabic_digits(mended(text)).casefold()
    letters: list[str] = []
    ties: list[str] = []
    for sign in _LEADING_VOWEL.sub(r"\2\1", plain):
        weight = _TIE_BREAKERS.get(sign)
        if weight is None:
            letters.append(sign)
            ties.append("0")
        else:
            ties.append(weight)
    # A tab is below the space and every letter, so a shorter word comes before its longer kin.
    return "\t".join(("".join(letters), "".join(ties), plain))


def search_key(text: str) -> str:
    """For finding by part of a name: no title, no ่ ้ ๊ ๋ ์, Arabic digits, lower case, one space.

    Both sides need it: look for `search_key(typed)` inside `search_key(stored)`. A title typed
    alone leaves an empty key.
    """
    return arabic_digits(name_key(text)).translate(_FINDING_IGNORES)
