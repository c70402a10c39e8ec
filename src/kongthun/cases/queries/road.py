"""A case as its page shows it: the road with what was reached when, answers, team, causes, plan.

A fixed number of statements for one case, however much stands in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kongthun.activities.models import Meeting, Resolution
from kongthun.activities.queries.grounds import BY_MEMBERS
from kongthun.domain.casework import (
    CaseFacts,
    NoCause,
    Stage,
    TeamLacks,
    faults_of_causes,
    may_go_on,
    stage_of,
    tree_of,
)
from kongthun.domain.casework import Cause as CauseFact
from kongthun.groups.models import Group

from ..models import Consent, Teammate
from .facts import CaseState

ROAD = (
    Stage.PROPOSED,
    Stage.CONSENTED,
    Stage.TEAM_FORMED,
    Stage.CAUSES_FOUND,
    Stage.PLANNED,
    Stage.FOLLOWED_UP,
    Stage.REPORTED,
    Stage.CLOSED,
)
MOST_MEETINGS = 20


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of the road: behind, the one being worked on, or ahead; ``on`` when it was reached."""

    stage: Stage
    state: str  # done, now, next
    on: date | None = None


@dataclass(frozen=True, slots=True)
class AnswerTold:
    """What a meeting answered, in the words of its resolution."""

    row: Consent
    words: str


@dataclass(frozen=True, slots=True)
class CauseTold:
    """A cause and how deep it lies behind others; 0 at a root."""

    cause: CauseFact
    depth: int


def road_of(state: CaseState, day: date) -> list[Stop]:
    """The eight stops with the day since which each has been reached."""
    reached = _place(state.facts, day)
    days = _reached_on(state.facts, day) | {Stage.PROPOSED: state.case.proposed_on}
    return [
        Stop(
            each,
            "done" if place <= reached else "now" if place == reached + 1 else "next",
            days.get(each) if place <= reached else None,
        )
        for place, each in enumerate(ROAD)
    ]


def answers_of(case_key: tuple[int, int]) -> list[AnswerTold]:
    """What meetings answered and was not taken back, the latest first. Two statements."""
    group_id, number = case_key
    rows = list(
        Consent.objects.filter(group_id=group_id, case_number=number, withdrawn_at=None).order_by(
            "-answered_on", "-number"
        )
    )
    said = Resolution.objects.filter(
        group_id=group_id, meeting_number__in={row.meeting_number for row in rows}
    )
    words = {(each.meeting_number, each.sequence): each.words for each in said}
    return [AnswerTold(row, words.get((row.meeting_number, row.resolution), "")) for row in rows]


def team_rows(case_key: tuple[int, int]) -> list[Teammate]:
    """Who is and was on the team, in the order they joined. One statement."""
    group_id, number = case_key
    rows = Teammate.objects.filter(group_id=group_id, case_number=number, withdrawn_at=None)
    return list(rows.order_by("joined_on", "number"))


def causes_told(facts: CaseFacts) -> list[CauseTold]:
    """The causes as a tree, each under what it brings about; side by side while they are none."""
    if faults_of_causes(facts.causes):
        return [CauseTold(each, 0) for each in sorted(facts.causes, key=lambda c: c.number)]
    return [CauseTold(row.cause, row.depth) for row in tree_of(facts.causes)]


def meetings_to_name(group: Group, *, since: date | None = None) -> list[Meeting]:
    """The last closed meetings of the group that a cause can have been said at."""
    rows = Meeting.objects.filter(group=group, closed_at__isnull=False)
    if since is not None:
        rows = rows.filter(held_on__gte=since)
    return list(rows.order_by("-held_on", "-number")[:MOST_MEETINGS])


def resolutions_to_answer(group: Group, *, since: date) -> list[tuple[Meeting, Resolution]]:
    """What meetings of the households resolved since a day, the latest meeting first."""
    held = {each.number: each for each in meetings_to_name(group, since=since)}
    held = {number: each for number, each in held.items() if each.kind in BY_MEMBERS}
    rows = Resolution.objects.filter(group=group, meeting_number__in=held).order_by("sequence")
    said = [(held[row.meeting_number], row) for row in rows]
    return sorted(said, key=lambda each: (each[0].held_on, each[0].number), reverse=True)


# --- below the line -------------------------------------------------------------------------


def _place(facts: CaseFacts, day: date) -> int:
    """The place on the road that was reached; of a relapse, what still stands of it."""
    stage = stage_of(facts, day)
    if stage is not Stage.RELAPSED:
        return ROAD.index(stage)
    missing = may_go_on(facts, day)
    if any(isinstance(each, TeamLacks) for each in missing):
        return ROAD.index(Stage.CONSENTED)
    is_without_causes = any(isinstance(each, NoCause) for each in missing)
    return ROAD.index(Stage.TEAM_FORMED if is_without_causes else Stage.CAUSES_FOUND)


def _reached_on(facts: CaseFacts, day: date) -> dict[Stage, date]:
    """Since when each stop has been reached without a break, by the days on which facts fall."""
    found: dict[Stage, date] = {}
    for on in _days(facts, day):
        place = _place(facts, on)
        for at, stage in enumerate(ROAD):
            if at > place:
                found.pop(stage, None)
            else:
                found.setdefault(stage, on)
    return found


def _days(facts: CaseFacts, day: date) -> Sequence[date]:
    """The days on which something of the case changed."""
    days = {
        *(each.on for each in facts.answers),
        *(each.joined_on for each in facts.team),
        *(said.on for cause in facts.causes for said in cause.said),
        *(each.planned_on for each in facts.steps),
        *(each.given_up_on for each in facts.steps if each.given_up_on),
        *(shown.on for each in facts.steps for shown in each.evidence),
        *(each.on for each in facts.visits),
        *(each.on for each in facts.reports),
        *(each.on for each in facts.advice),
        *(each.on for each in facts.closings),
        *(each.on for each in facts.relapses),
    }
    left = {each.left_on for each in facts.team if each.left_on}
    # Who leaves is missed from the day after the last one.
    days |= {date.fromordinal(each.toordinal() + 1) for each in left}
    return sorted(each for each in days if each <= day)
