"""Finding by part of a word, as Thai is typed: what a finding is, and how texts are held together.

Other floors hand in what they know through the settings (`LIBRARY_SOURCES`, dotted names of
`Source`), since nothing here knows them. (docs/rules/library.md)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kongthun.accounts.reach import Reach
from kongthun.domain.articles import clusters
from kongthun.domain.thai_text import arabic_digits, mended

# A tone mark or ์ left out, doubled or struck wrongly keeps no text from being found.
_NOT_WEIGHED = dict.fromkeys(map(ord, "่้๊๋์"))
# More words than anybody looks for; the rest of a pasted page is left out.
MOST_WORDS = 8
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Found:
    """Something that holds the words looked for.

    ``title`` says what it is, ``words`` is its text (a piece around the words is shown),
    ``address`` where it is read, ``kind`` what sort of thing it is, in Thai.
    """

    title: str
    words: str
    address: str
    kind: str


# What was typed, and who looks: only what they may read is found.
Source = Callable[[str, Reach], list[Found]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of a text, and whether it is what was looked for."""

    text: str
    is_hit: bool


def folded(text: str) -> str:
    """How texts are compared: no ่ ้ ๊ ๋ ์, no spaces, Arabic digits, lower case.

    Both sides need it: look for each of `words_typed` inside `folded` of a text.

    >>> folded("ส่งคืน ภายใน ๓ ปี") == folded("สงคืน ภายใน 3 ปี")
    True
    """
    return arabic_digits(mended(text)).casefold().translate(_NOT_WEIGHED).replace(" ", "")


def words_typed(text: str) -> tuple[str, ...]:
    """What was typed as words to look for, each folded; all of them must be there.

    One sign alone is in nearly every text, so it is not looked for by itself unless it is a number.
    """
    words = [folded(word) for word in mended(text).split()]
    kept = [word for word in words if len(word) > 1 or word.isdigit()]
    return tuple(dict.fromkeys(kept))[:MOST_WORDS]


def holds(words: tuple[str, ...], folded_text: str) -> bool:
    """Whether a folded text holds every word looked for; no words are nowhere."""
    return bool(words) and all(word in folded_text for word in words)


def piece_around(text: str, words: tuple[str, ...]) -> list[Shown]:
    """The piece of a text around the first word found, with every word found in it marked.

    Letters are never divided from their vowels and tone marks. A text without the words, which
    stand in its title then, is shown from its beginning.
    """
    parts = clusters(mended(text))
    hit = _hit_parts(parts, words)
    first = min(hit, default=0)
    begin = max(first - _AROUND // 2, 0)
    end = begin + 2 * _AROUND + _AROUND // 2
    shown = list(_joined(parts, hit, range(begin, min(end, len(parts)))))
    if begin:
        shown.insert(0, Shown("…", is_hit=False))
    if end < len(parts):
        shown.append(Shown("…", is_hit=False))
    return shown


def _hit_parts(parts: list[str], words: tuple[str, ...]) -> set[int]:
    """Which parts belong to a word that was found."""
    signs: list[str] = []
    belongs_to: list[int] = []
    for place, part in enumerate(parts):
        for sign in folded(part):
            signs.append(sign)
            belongs_to.append(place)
    text = "".join(signs)
    hit: set[int] = set()
    for word in words:
        at = text.find(word)
        while at >= 0:
            hit.update(belongs_to[at : at + len(word)])
            at = text.find(word, at + len(word))
    return hit


def _joined(parts: list[str], hit: set[int], places: range) -> Iterator[Shown]:
    """Neighbours alike in being found as one piece; a space joins what is found around it."""
    text, is_hit = "", False
    for place in places:
        is_one = place in hit or (parts[place].isspace() and place - 1 in hit and place + 1 in hit)
        if text and is_one is not is_hit:
            yield Shown(text, is_hit)
            text = ""
        text, is_hit = text + parts[place], is_one
    if text:
        yield Shown(text, is_hit)
