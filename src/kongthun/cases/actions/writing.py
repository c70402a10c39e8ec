"""What every deed of the road begins with: the case, who may, and words and days that are fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.activities.actions.writing import entitled, take
from kongthun.domain.casework import Stage
from kongthun.domain.thai_text import search_key, visible
from kongthun.groups.models import Group

from ..queries.facts import CaseState, case_in_reach
from ..refusals import (
    CaseIsClosed,
    CaseNotOpen,
    HappensLater,
    NoSuchCase,
    RoadRefusal,
    StandsWithClosing,
    WordsMissing,
    WordsTooLong,
)

LONGEST_WORDS = 300
LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class FactTakenBack:
    """The fact counts for nothing any more; it stays to be read with why."""

    number: int


def case_to_work(
    group: Group, number: int, by: Reach, *, must_be_open: bool = True
) -> tuple[CaseState | None, list[RoadRefusal]]:
    """The case to write in, or None, with everything against writing in it.

    Nothing is begun without the village's consent, and nothing is added to a closed case. A sealed
    case is not found by who may not see it. Within a transaction: holds the group.
    """
    take(group)
    refusals: list[RoadRefusal] = [*entitled(group, by, Deed.WORK_CASES)]
    state = case_in_reach(group.code, number, by)
    if state is None:
        return None, [*refusals, NoSuchCase(number)]
    if state.stage is Stage.CLOSED:
        refusals.append(CaseIsClosed(number))
    elif must_be_open and not state.is_open:
        refusals.append(CaseNotOpen(number))
    return state, refusals


def fit_words(what: str, words: str, longest: int = LONGEST_WORDS) -> list[RoadRefusal]:
    """Words that say something, and not too much."""
    said = visible(words)
    if not said:
        return [WordsMissing(what)]
    return [WordsTooLong(what, longest)] if len(said) > longest else []


def same_words(words: str) -> str:
    """What two ways of typing the same words have in common: no spaces, no slips of tone marks."""
    return search_key(words).replace(" ", "")


def day_has_come(on: date, by: Reach) -> list[RoadRefusal]:
    """Nothing is written down before it has happened."""
    return [HappensLater(on)] if on > by.day else []


def after_closing(state: CaseState | None, on: date | None) -> list[StandsWithClosing]:
    """What a case was closed on is not changed by what is dated up to that day.

    Nothing more is said of a case that is still closed: that is refused as such.
    """
    is_open_again = state is not None and state.stage is not Stage.CLOSED
    closings = [each.on for each in state.facts.closings] if state and is_open_again else []
    kept = [each for each in closings if on is not None and on <= each]
    return [StandsWithClosing(max(kept))] if kept else []


def written_by(by: Reach) -> dict[str, Any]:
    """Who wrote a row down, and when."""
    return {"recorded_by_id": by.user_id, "recorded_at": timezone.now()}


def strike(model: type[Model], note: str, **which: object) -> None:
    """Take a fact back, with why."""
    rows = model._default_manager.filter(withdrawn_at=None, **which)
    rows.update(withdrawn_at=timezone.now(), withdrawn_note=visible(note))
