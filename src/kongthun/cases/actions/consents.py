"""What the village answers. Nothing is opened without its own consent, given at a meeting [S]."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from kongthun.accounts.reach import Reach
from kongthun.activities.actions.writing import write_down
from kongthun.activities.models import Meeting
from kongthun.activities.queries.attending import members_there
from kongthun.activities.queries.grounds import BY_MEMBERS, Ground, ground_of
from kongthun.activities.refusals import MeetingWithoutQuorum
from kongthun.db.numbers import next_number
from kongthun.domain.authority import quorum_needed
from kongthun.groups.models import Group
from kongthun.groups.queries.rules import rules_of

from ..models import Consent
from ..refusals import AnsweredAlready, AnsweredBeforeAsked, NoSuchAnswer, NotDone, RoadRefusal
from .writing import (
    LONGEST_NOTE,
    FactTakenBack,
    after_closing,
    case_to_work,
    fit_words,
    strike,
    written_by,
)

QUORUM = "general_quorum_per_cent"
# Per cent of the list; more must have come where the rules do not say. An example, no rule.
DEFAULT_SHARE = 50


@dataclass(frozen=True, slots=True)
class ConsentRecorded:
    """The answer has this number in the case; ``counts`` where the meeting had its quorum."""

    number: int
    counts: bool


def record_consent(
    *,
    group: Group,
    case_number: int,
    meeting_number: int,
    resolution: int,
    is_yes: bool,
    by: Reach,
) -> ConsentRecorded | NotDone:
    """Keep what a closed meeting of households or members resolved about the case: yes or no.

    Where too few came, the answer is kept and does not count: the quorum is the one of the group's
    rules, and where they say nothing more than half of the list, so that one household never
    answers for a village. The meeting lies on or after the day of the proposal, and answers once.
    """
    with transaction.atomic():
        state, refusals = case_to_work(group, case_number, by, must_be_open=False)
        ground = ground_of(group, meeting_number, resolution, kinds=BY_MEMBERS)
        against: list[RoadRefusal] = [] if isinstance(ground, Ground) else [*ground]
        refusals += [each for each in against if not isinstance(each, MeetingWithoutQuorum)]
        held = Meeting.objects.filter(group=group, number=meeting_number).first()
        if state is not None and held is not None and held.held_on < state.case.proposed_on:
            refusals.append(AnsweredBeforeAsked(held.held_on, state.case.proposed_on))
        refusals += after_closing(state, held.held_on if held is not None else None)
        answers = Consent.objects.filter(group=group, case_number=case_number)
        if answers.filter(meeting_number=meeting_number, withdrawn_at=None).exists():
            refusals.append(AnsweredAlready(meeting_number))
        if refusals or held is None:
            return NotDone(tuple(refusals))
        is_enough = _is_enough(group, held)
        number = next_number(Consent, group=group, case_number=case_number)
        Consent.objects.create(
            group=group,
            case_number=case_number,
            number=number,
            meeting_number=meeting_number,
            resolution=resolution,
            answered_on=held.held_on,
            is_yes=is_yes,
            had_quorum=is_enough,
            **written_by(by),
        )
        write_down(
            "record_consent",
            group,
            by,
            f"case {case_number} answer {number}",
            meeting=meeting_number,
            is_yes=is_yes,
            had_quorum=is_enough,
        )
    return ConsentRecorded(number, is_enough)


def withdraw_consent(
    *, group: Group, case_number: int, number: int, note: str, by: Reach
) -> FactTakenBack | NotDone:
    """Take back an answer that was written down by mistake. A yes taken back closes the door."""
    with transaction.atomic():
        state, refusals = case_to_work(group, case_number, by, must_be_open=False)
        refusals += fit_words("เหตุที่ถอน", note, LONGEST_NOTE)
        which = {"group": group, "case_number": case_number, "number": number}
        found = Consent.objects.filter(withdrawn_at=None, **which).first()
        if found is None:
            refusals.append(NoSuchAnswer(number))
        else:
            refusals += after_closing(state, found.answered_on)
        if refusals:
            return NotDone(tuple(refusals))
        strike(Consent, note, **which)
        write_down("withdraw_consent", group, by, f"case {case_number} answer {number}")
    return FactTakenBack(number)


def _is_enough(group: Group, held: Meeting) -> bool:
    """Whether enough of the list were there for the village to have answered."""
    rules = rules_of(
        group_id=group.pk, kind=group.kind, area_code=group.area_code, day=held.held_on
    )
    there = members_there(group, held, rules)
    share = rules[QUORUM].count if rules[QUORUM].value is not None else DEFAULT_SHARE
    return there.of > 0 and there.came >= quorum_needed(there.of, share)
