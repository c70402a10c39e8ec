"""What differs between two versions of written rules, so that people can read it.

Thai has no spaces between its words. A text is therefore cut into what the eye takes as one: a
consonant with its vowels and tone marks, a whole number, a Latin word, a run of spaces. Pieces of a
difference are made of those, and a few letters that stayed between two changes are shown as changed
with them: a sentence reads better whole than in crumbs. (docs/rules/written_rules.md)
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from .thai_text import visible

# A number with its commas, a Latin word, white space, a leading vowel with its consonant, any sign.
_RUN = re.compile(r"[0-9๐-๙]+(?:[.,/][0-9๐-๙]+)*|[A-Za-z]+|\s+|[เ-ไ][ก-ฮ]|.", re.DOTALL)
_FOLLOWING_VOWELS = "ะาำๅ"
_JOINERS = "\u200c\u200d"
# As many clusters that stayed the same, between two changes, are too few to be read by themselves.
_CRUMB = 3
# Two articles that share less than this of their letters are two articles.
_ALIKE = 0.5


class Kept(StrEnum):
    """What became of a piece of a text."""

    SAME = "same"
    TAKEN_OUT = "taken_out"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of two texts: of both, of the one before, or of the one after."""

    kept: Kept
    text: str


class Became(StrEnum):
    """What became of an article."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    ADDED = "added"
    TAKEN_OUT = "taken_out"


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its place (ข้อ), the chapter it stands in, its words, and the limits it sets."""

    place: int
    words: str
    chapter: str = ""
    limits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """An article of one version beside what it was, or became, in the other.

    ``pieces`` are the words of both. MOVED is an article whose words stayed and whose order did
    not; a new place alone, because another was put before it, is no change.
    """

    became: Became
    before: Article | None
    after: Article | None
    pieces: tuple[Piece, ...]

    @property
    def is_new_chapter(self) -> bool:
        """Whether the article stands in another chapter than it did."""
        return bool(self.before and self.after and self.before.chapter != self.after.chapter)

    @property
    def limits(self) -> list[tuple[str, str, str]]:
        """Limits that this article sets otherwise: name, before and after, empty for not set."""
        before = self.before.limits if self.before else {}
        after = self.after.limits if self.after else {}
        names = dict.fromkeys([*before, *after])
        found = [(name, before.get(name, ""), after.get(name, "")) for name in names]
        return [each for each in found if each[1] != each[2]]


def as_written(text: str) -> str:
    """The words of an article as they are kept: a line a paragraph, nothing unseen."""
    return "\n".join(line for line in map(visible, text.splitlines()) if line)


def clusters(text: str) -> list[str]:
    """The text in pieces none of which can be divided without breaking a letter.

    >>> clusters("ที่เก้า 1,200 บาท")
    ['ที่', 'เก้า', ' ', '1,200', ' ', 'บา', 'ท']
    """
    found: list[str] = []
    for run in _RUN.findall(text):
        if found and _leans_back(run[0]):
            found[-1] += run
        else:
            found.append(run)
    return found


def _leans_back(sign: str) -> bool:
    return (
        unicodedata.category(sign).startswith("M") or sign in _FOLLOWING_VOWELS or sign in _JOINERS
    )


def pieces_of(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as one row of pieces. SAME and TAKEN_OUT make the first, SAME and ADDED the second.

    >>> [(p.kept.value, p.text) for p in pieces_of("หุ้นละ 50 บาท", "หุ้นละ 100 บาท")]
    [('same', 'หุ้นละ '), ('taken_out', '50'), ('added', '100'), ('same', ' บาท')]
    """
    old, new = clusters(before), clusters(after)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    made: list[Piece] = []
    out: list[str] = []
    put: list[str] = []
    for at, (step, i1, i2, j1, j2) in enumerate(steps):
        is_between = 0 < at < len(steps) - 1
        if step == "equal" and not (is_between and i2 - i1 <= _CRUMB):
            made += _changed(out, put)
            out, put = [], []
            made.append(Piece(Kept.SAME, "".join(old[i1:i2])))
        else:
            out += old[i1:i2]
            put += new[j1:j2]
    return (*made, *_changed(out, put))


def _changed(out: Iterable[str], put: Iterable[str]) -> Iterator[Piece]:
    for kept, said in ((Kept.TAKEN_OUT, "".join(out)), (Kept.ADDED, "".join(put))):
        if said:
            yield Piece(kept, said)


def differences(before: Sequence[Article], after: Sequence[Article]) -> list[Difference]:
    """Every article of both versions once, in the order of the new one.

    What was taken out stands where it stood. Articles are told by their words, never by their
    number: an article put in before others changes none of them.
    """
    found = [_difference(old, new) for old, new in _paired(before, after)]
    return _with_moves(found)


def _difference(old: Article | None, new: Article | None) -> Difference:
    if old is None or new is None:
        became = Became.ADDED if old is None else Became.TAKEN_OUT
        return Difference(
            became, old, new, pieces_of(old.words if old else "", new.words if new else "")
        )
    is_same = old.words == new.words and old.chapter == new.chapter and old.limits == new.limits
    return Difference(
        Became.SAME if is_same else Became.CHANGED, old, new, pieces_of(old.words, new.words)
    )


def _with_moves(found: Sequence[Difference]) -> list[Difference]:
    """Words that were taken out here and put in there have moved."""
    gone: dict[str, list[Article]] = {}
    for each in found:
        if each.became is Became.TAKEN_OUT and each.before is not None:
            gone.setdefault(each.before.words, []).append(each.before)
    moved: set[int] = set()
    told: list[Difference] = []
    for each in found:
        if each.became is Became.ADDED and each.after is not None and gone.get(each.after.words):
            old = gone[each.after.words].pop(0)
            moved.add(old.place)
            pieces = pieces_of(old.words, each.after.words)
            told.append(Difference(Became.MOVED, old, each.after, pieces))
        else:
            told.append(each)
    return [
        each
        for each in told
        if not (each.became is Became.TAKEN_OUT and each.before and each.before.place in moved)
    ]


def _paired(
    before: Sequence[Article], after: Sequence[Article]
) -> Iterator[tuple[Article | None, Article | None]]:
    """Articles that stayed beside themselves; between them those that are most alike."""
    steps = SequenceMatcher(
        None, [each.words for each in before], [each.words for each in after], autojunk=False
    ).get_opcodes()
    for step, i1, i2, j1, j2 in steps:
        if step == "equal":
            yield from zip(before[i1:i2], after[j1:j2], strict=True)
        else:
            yield from _most_alike(before[i1:i2], after[j1:j2])


def _most_alike(
    before: Sequence[Article], after: Sequence[Article]
) -> list[tuple[Article | None, Article | None]]:
    """The pairing, in order, whose articles share most; those that share little stand alone."""
    old = [Counter(clusters(each.words)) for each in before]
    new = [Counter(clusters(each.words)) for each in after]
    # best[i][j]: what the articles from i and from j on can share at most.
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    alike = [[_likeness(one, other) for other in new] for one in old]
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            together = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= _ALIKE else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    made: list[tuple[Article | None, Article | None]] = []
    i = j = 0
    while i < len(before) and j < len(after):
        if alike[i][j] >= _ALIKE and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            made.append((before[i], after[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            made.append((before[i], None))
            i += 1
        else:
            made.append((None, after[j]))
            j += 1
    return [*made, *((each, None) for each in before[i:]), *((None, each) for each in after[j:])]


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of letters that two texts have in common: 0 to 1."""
    size = one.total() + other.total()
    return 2 * (one & other).total() / size if size else 1.0
