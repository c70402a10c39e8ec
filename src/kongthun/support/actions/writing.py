"""What every deed about support begins with: who may, and words and days that are fit."""

from __future__ import annotations

from datetime import date

from kongthun.accounts.reach import Deed, Reach
from kongthun.domain.thai_text import visible
from kongthun.groups.models import Group

from ..refusals import HappensLater, SupportRefusal, WordsMissing, WordsTooLong

LONGEST_WORDS = 500
LONGEST_NOTE = 300


def may_seek(by: Reach, group: Group) -> list[SupportRefusal]:
    """Whether this person keeps what the group asks for."""
    return [*by.refusals(Deed.SEEK_SUPPORT, area_code=group.area_code, group_id=group.pk)]


def fit_words(what: str, words: str, longest: int = LONGEST_WORDS) -> list[SupportRefusal]:
    """Words that say something, and not too much."""
    said = visible(words)
    if not said:
        return [WordsMissing(what)]
    return [WordsTooLong(what, longest)] if len(said) > longest else []


def day_has_come(on: date, by: Reach) -> list[SupportRefusal]:
    """Nothing is written down before it has happened."""
    return [HappensLater(on)] if on > by.day else []
