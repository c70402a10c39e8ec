"""Why no explanation was written, as values; their words are in `wording`."""

from __future__ import annotations

from dataclasses import dataclass

from kongthun.accounts.reach import NotEntitled


@dataclass(frozen=True, slots=True)
class WordsNeeded:
    """Nothing was said that explains."""


@dataclass(frozen=True, slots=True)
class WordsTooLong:
    """More words than there is room for."""

    longest: int


@dataclass(frozen=True, slots=True)
class ExplainedBefore:
    """It is explained already, by this note."""

    number: int


@dataclass(frozen=True, slots=True)
class NoSuchExplanation:
    """No note of this number stands."""

    number: int


FairnessRefusal = NotEntitled | WordsNeeded | WordsTooLong | ExplainedBefore | NoSuchExplanation


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for all these reasons together."""

    refusals: tuple[FairnessRefusal, ...]
