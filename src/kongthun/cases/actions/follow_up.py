"""What every deed of following up does first: hold the case, ask whether, look at day and words."""

from __future__ import annotations

from datetime import date

from kongthun.accounts.reach import Deed, Reach
from kongthun.activities.actions.writing import entitled, take, write_down
from kongthun.domain.casework import Stage
from kongthun.domain.thai_text import visible

from ..follow_up_refusals import (
    BeforeIt,
    CaseIsClosed,
    FollowUpRefusal,
    InTheFuture,
    NoSuchCase,
    NotConsented,
    NotDone,
    NothingSaid,
    TooLong,
)
from ..queries.facts import CaseState, case_in_reach

LONGEST_SAID = 4_000
LONGEST_NOTE = 300


def hold_case(
    state: CaseState,
    by: Reach,
    *deeds: Deed,
    needs_consent: bool = True,
    may_be_closed: bool = False,
) -> tuple[CaseState, list[FollowUpRefusal]] | NotDone:
    """The case as it stands now, held until the transaction ends, and what speaks against writing.

    One of the deeds is enough. Within a transaction: nobody else writes for the group meanwhile.
    """
    group = state.case.group
    take(group)
    held = case_in_reach(group.code, state.case.number, by)
    if held is None:
        return NotDone((NoSuchCase(state.case.number),))
    asked = [entitled(group, by, deed) for deed in deeds]
    refusals: list[FollowUpRefusal] = [] if [] in asked else [*asked[0]]
    if held.stage is Stage.PROPOSED and needs_consent:
        refusals.append(NotConsented())
    if held.stage is Stage.CLOSED and not may_be_closed:
        refusals.append(CaseIsClosed())
    return held, refusals


def of_day(day: date, by: Reach, *, earliest: date, what: str) -> list[FollowUpRefusal]:
    """What speaks against a day: it has not come, or it lies before what it follows."""
    found: list[FollowUpRefusal] = []
    if day > by.day:
        found.append(InTheFuture(day, by.day))
    if day < earliest:
        found.append(BeforeIt(day, earliest, what))
    return found


def of_words(
    words: str, what: str, *, longest: int = LONGEST_SAID, is_needed: bool = True
) -> list[FollowUpRefusal]:
    """What speaks against words: there are none, or too many."""
    if is_needed and not visible(words):
        return [NothingSaid(what)]
    return [TooLong(what, longest)] if len(words.strip()) > longest else []


def note_down(deed: str, state: CaseState, by: Reach, subject: str = "", **details: object) -> None:
    """The one line of who did what in a case."""
    group, number = state.case.group, state.case.number
    write_down(deed, group, by, f"case {number} {subject}".strip(), **details)
