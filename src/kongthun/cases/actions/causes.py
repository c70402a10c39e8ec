"""Causes found together: said by groups of people at meetings of the fund, never by a name [S]."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Reach
from kongthun.activities.actions.writing import write_down
from kongthun.activities.models import Meeting
from kongthun.activities.refusals import MeetingStillOpen, NoSuchMeeting
from kongthun.db.numbers import next_number
from kongthun.domain.casework import Cause as CauseFact
from kongthun.domain.casework import CauseKind, CauseUnsaid, ParentUnknown, Speaker
from kongthun.domain.thai_text import visible
from kongthun.groups.models import CommitteeTerm, Group, Membership
from kongthun.library.finding import folded

from ..models import Cause, Saying
from ..queries.facts import CaseState
from ..refusals import (
    CauseCarriesOthers,
    CauseThere,
    NamesSomebody,
    NoSuchCause,
    NotDone,
    RoadRefusal,
    SaidAlready,
)
from .writing import (
    LONGEST_NOTE,
    LONGEST_WORDS,
    FactTakenBack,
    after_closing,
    case_to_work,
    fit_words,
    same_words,
    strike,
    written_by,
)


class Said(NamedTuple):
    """A group of people said it at a meeting of the fund."""

    speaker: Speaker
    meeting_number: int


@dataclass(frozen=True, slots=True)
class CauseAdded:
    """The cause has this number in the case."""

    number: int


def add_cause(
    *,
    group: Group,
    case_number: int,
    words: str,
    kind: CauseKind,
    said: Collection[Said],
    by: Reach,
    parent: int | None = None,
) -> CauseAdded | NotDone:
    """Write a cause down: what it is, whom it was said by and at which closed meeting.

    ``parent`` is the cause that this one brings about. The name of a household or of somebody on
    the committee is refused: a cause is about what happens, not about a person.
    """
    with transaction.atomic():
        state, refusals = case_to_work(group, case_number, by)
        number = next_number(Cause, group=group, case_number=case_number)
        refusals += fit_words("สาเหตุ", words, LONGEST_WORDS)
        refusals += _names(group, words)
        if not said:
            refusals.append(CauseUnsaid(number))
        held, faults = _meetings(group, said)
        refusals += faults
        if state is not None:
            refusals += _against_tree(state, number, words, parent)
        if refusals:
            return NotDone(tuple(refusals))
        Cause.objects.create(
            group=group,
            case_number=case_number,
            number=number,
            words=visible(words),
            kind=kind,
            parent=parent,
            **written_by(by),
        )
        for each in dict.fromkeys(said):
            _say(group, case_number, number, each, held[each.meeting_number], by)
        write_down("add_cause", group, by, f"case {case_number} cause {number}", kind=kind.value)
    return CauseAdded(number)


def say_cause(
    *, group: Group, case_number: int, number: int, said: Said, by: Reach
) -> CauseAdded | NotDone:
    """Another group of people says a cause that stands."""
    with transaction.atomic():
        state, refusals = case_to_work(group, case_number, by)
        held, faults = _meetings(group, [said])
        refusals += faults
        cause = _cause(state, number)
        if cause is None:
            refusals.append(NoSuchCause(number))
        elif any((each.group, each.meeting) == said for each in cause.said):
            refusals.append(SaidAlready(*said))
        if refusals:
            return NotDone(tuple(refusals))
        _say(group, case_number, number, said, held[said.meeting_number], by)
        write_down(
            "say_cause",
            group,
            by,
            f"case {case_number} cause {number}",
            speaker=said.speaker.value,
            meeting=said.meeting_number,
        )
    return CauseAdded(number)


def withdraw_cause(
    *, group: Group, case_number: int, number: int, note: str, by: Reach
) -> FactTakenBack | NotDone:
    """Take a cause back, with why. Those behind it are taken back first."""
    with transaction.atomic():
        state, refusals = case_to_work(group, case_number, by)
        refusals += fit_words("เหตุที่ถอน", note, LONGEST_NOTE)
        cause = _cause(state, number)
        if cause is None:
            refusals.append(NoSuchCause(number))
        elif state is not None:
            refusals += after_closing(state, min((each.on for each in cause.said), default=None))
            behind = tuple(each.number for each in state.facts.causes if each.parent == number)
            refusals += [CauseCarriesOthers(number, behind)] if behind else []
        if refusals:
            return NotDone(tuple(refusals))
        strike(Cause, note, group=group, case_number=case_number, number=number)
        write_down("withdraw_cause", group, by, f"case {case_number} cause {number}")
    return FactTakenBack(number)


# --- below the line -------------------------------------------------------------------------


def _cause(state: CaseState | None, number: int) -> CauseFact | None:
    causes = state.facts.causes if state is not None else ()
    return next((each for each in causes if each.number == number), None)


def _against_tree(
    state: CaseState, number: int, words: str, parent: int | None
) -> list[RoadRefusal]:
    found: list[RoadRefusal] = []
    if parent is not None and _cause(state, parent) is None:
        found.append(ParentUnknown(number, parent))
    key = same_words(words)
    twins = [each for each in state.facts.causes if key and same_words(each.words) == key]
    return [*found, *(CauseThere(each.number) for each in twins[:1])]


def _meetings(group: Group, said: Iterable[Said]) -> tuple[dict[int, Meeting], list[RoadRefusal]]:
    numbers = {each.meeting_number for each in said}
    held = {each.number: each for each in Meeting.objects.filter(group=group, number__in=numbers)}
    faults: list[RoadRefusal] = []
    for number in sorted(numbers):
        if number not in held:
            faults.append(NoSuchMeeting(number))
        elif held[number].closed_at is None:
            faults.append(MeetingStillOpen(number))
    return held, faults


def _say(
    group: Group, case_number: int, cause_number: int, said: Said, held: Meeting, by: Reach
) -> None:
    of = {"group": group, "case_number": case_number, "cause_number": cause_number}
    Saying.objects.create(
        **of,
        number=next_number(Saying, **of),
        speaker=said.speaker,
        meeting_number=said.meeting_number,
        said_on=held.held_on,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )


def _names(group: Group, words: str) -> list[RoadRefusal]:
    members = Membership.objects.filter(group=group).select_related("person")
    terms = CommitteeTerm.objects.filter(group=group).select_related("person")
    people = [*(each.person for each in members), *(each.person for each in terms)]
    said = folded(words)
    names = (
        folded(f"{person.first_name} {person.last_name}") for person in people if person.last_name
    )
    return [NamesSomebody()] if any(name in said for name in names) else []
