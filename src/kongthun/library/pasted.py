"""Reading articles out of a text that was typed or pasted.

An article begins at a line that begins with its label (ข้อ 5, มาตรา 7, ขั้นที่ 2) and ends before the
next. A line of its own that says หมวด, ส่วน or บท names the chapter of what follows. Lines broken by
a PDF are no trouble: a label at the beginning of a line counts only where its number goes on from
the article before, so “ข้อ 16 และข้อ 17” inside ข้อ 20 stays in ข้อ 20; and a number is left out only
where it begins no later line. Many numbers are left out, as in a part of a regulation, only behind
an empty line. (docs/rules/library.md)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kongthun.domain.articles import as_written
from kongthun.domain.thai_text import arabic_digits, mended

from .editions import Passage, key_of

# Articles that were repealed are left out; more than these in a row are another regulation's.
_MOST_LEFT_OUT = 3
_LABEL = re.compile(
    r"(?P<what>ข้อ|มาตรา|ขั้นที่) ?(?P<number>\d+)(?P<more>/\d+)?(?P<old> ?(?:ทวิ|ตรี|จัตวา|เบญจ))?"
    r"(?![\d.)])[ :.]*(?P<rest>.*)"
)
_CHAPTER = re.compile(r"(?:หมวด|ส่วน)(?:ที่)? ?\d+|บทเฉพาะกาล|บททั่วไป|ลักษณะ ?\d+")
_LONGEST_HEADING = 80


@dataclass(frozen=True, slots=True)
class _Open:
    """An article whose lines are still being read."""

    label: str
    chapter: str
    lines: list[str]


def read_pasted(text: str) -> tuple[Passage, ...]:
    """The articles of a text, in its order; without any label, a passage a paragraph.

    What stands before the first label is a passage without one. Digits of labels are Arabic ones;
    words stay as they are, save for signs nobody sees. Never fails; nothing of the text is lost but
    lines that name a chapter, which each article of it then carries.

    >>> [(p.label, p.words) for p in read_pasted("ข้อ ๑ ระเบียบนี้\\nข้อ ๒ ให้ใช้ตั้งแต่ปี ๒๕๕๓")]
    [('ข้อ 1', 'ระเบียบนี้'), ('ข้อ 2', 'ให้ใช้ตั้งแต่ปี ๒๕๕๓')]
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    labels = [_LABEL.match(_plain(line)) for line in lines]
    if not any(labels):
        return _paragraphs("\n".join(lines))
    to_come = [(found["what"], int(found["number"])) if found else None for found in labels]
    read: list[_Open] = [_Open("", "", [])]
    chapter, last, is_heading = "", None, False
    for at, (line, found) in enumerate(zip(lines, labels, strict=True)):
        plain = _plain(line)
        if not plain:
            continue
        may_leave_out_many = at > 0 and not _plain(lines[at - 1])
        if found is not None and _goes_on(
            last, found, to_come[at + 1 :], may_leave_out_many=may_leave_out_many
        ):
            last = (found["what"], int(found["number"]), found["more"] or found["old"] or "")
            label = f"{found['what']} {found['number']}{found['more'] or ''}"
            label += f" {found['old'].strip()}" if found["old"] else ""
            read.append(_Open(label, chapter, [_rest_of(line, found)]))
            is_heading = False
        elif _CHAPTER.match(plain) and len(plain) <= _LONGEST_HEADING:
            chapter, is_heading = plain, True
        elif is_heading and len(plain) <= _LONGEST_HEADING:
            # “หมวด 1” and its name are two lines on paper; nothing else stands before its article.
            chapter, is_heading = f"{chapter} {plain}", False
        else:
            read[-1].lines.append(line)
            is_heading = False
    return _numbered(read)


def _plain(line: str) -> str:
    return arabic_digits(mended(line))


def _rest_of(line: str, found: re.Match[str]) -> str:
    """What the line says after its label, digits as typed."""
    said = mended(line)
    return said[found.start("rest") :]


def _goes_on(
    last: tuple[str, int, str] | None,
    found: re.Match[str],
    to_come: Sequence[tuple[str, int] | None],
    *,
    may_leave_out_many: bool,
) -> bool:
    """Whether a label begins an article: the first, the next, or one put in behind the last."""
    what, number, more = last or (found["what"], 0, "")
    if found["what"] != what:
        return False
    here, inserted = int(found["number"]), found["more"] or found["old"] or ""
    if here == number:
        return bool(inserted) and inserted != more
    is_near = last is None or here <= number + 1 + _MOST_LEFT_OUT
    if not (is_near or may_leave_out_many):
        return False
    return here > number and not any(
        (what, left_out) in to_come for left_out in range(number + 1, here)
    )


def _paragraphs(text: str) -> tuple[Passage, ...]:
    parts = re.split(r"\n\s*\n", text)
    return _numbered([_Open("", "", [part]) for part in parts])


def _numbered(read: list[_Open]) -> tuple[Passage, ...]:
    said = [(each, as_written("\n".join(each.lines))) for each in read]
    kept = [(each, words) for each, words in said if each.label or words]
    return tuple(
        Passage(place, key_of(each.label, place), each.label, each.chapter, words)
        for place, (each, words) in enumerate(kept, start=1)
    )
