"""Finding citations (ข้อ 21, ป.พ.พ. 653) in words that people read, and where they lead.

Refusals and letters say a clause as the rule set cites it. A group may have written its own rules,
whose ข้อ 5 is not that of the regulation; so a clause without the name of its work leads to a page
that shows every work with such an article and says so. No statement is made before somebody asks.
(docs/rules/library.md)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from kongthun.domain.thai_text import arabic_digits

from .editions import key_of

# The works that are named in citations, as rule sets and alarms of the law name them.
_NAMED = {"ระเบียบ กข.คจ.": "kkk", "ป.พ.พ.": "ccc"}
_D = r"[0-9๐-๙]"
_CLAUSE = rf"(?:หมวด(?:ที่)? ?{_D}+ )?ข้อ ?(?P<clause>{_D}+(?:/{_D}+)?(?: ?\({_D}+\))?)"
_SECTION = rf"ป\.พ\.พ\. ?(?:มาตรา ?)?(?P<section>{_D}+(?:/{_D}+)?)"
_REGULATION = (
    rf"(?P<named>ระเบียบ กข\.คจ\.)(?: พ\.ศ\. (?P<year>{_D}{{4}}))?(?: \(แก้ไข {_D}{{4}}\))? "
)
# A bare clause is a citation only where the sentence leans on it: “(ข้อ 21 …)”, “ตามข้อ 21”.
_CITED = re.compile(rf"{_SECTION}|(?:{_REGULATION}|(?<=\()|(?<=ตาม)|(?<=ตาม ))(?:{_CLAUSE})")
_ONLY_CITED = re.compile(rf"(?:{_SECTION}|(?:{_REGULATION})?(?:{_CLAUSE}))\Z")


@dataclass(frozen=True, slots=True)
class Citation:
    """What words cite: a label, the work where it is named, and the พ.ศ. of its edition."""

    words: str
    label: str
    work: str = ""
    year: str = ""

    @property
    def key(self) -> str:
        """The part of an address that the label has in every edition."""
        return key_of(self.label, 0)


def pieces(text: str) -> list[tuple[str, str]]:
    """A text in pieces: the words, and the address that a citation leads to; else empty.

    Put together again the pieces are the text. (settings.CITES)
    """
    made: list[tuple[str, str]] = []
    at = 0
    for found in _CITED.finditer(text):
        if found.start() > at:
            made.append((text[at : found.start()], ""))
        made.append((found[0], address_of(found[0])))
        at = found.end()
    if at < len(text):
        made.append((text[at:], ""))
    return made


def read_citation(words: str) -> Citation | None:
    """What words that are nothing but a citation cite; None for other words."""
    found = _ONLY_CITED.match(" ".join(words.split()))
    if found is None:
        return None
    if found["section"]:
        return Citation(words, f"มาตรา {arabic_digits(found['section'])}", _NAMED["ป.พ.พ."])
    label = f"ข้อ {arabic_digits(found['clause'])}"
    work = _NAMED.get(found["named"] or "", "")
    return Citation(words, label, work, arabic_digits(found["year"] or ""))


def address_of(words: str) -> str:
    """Where what is cited can be read."""
    return f"{reverse('library:cited')}?{urlencode({'words': words})}"
