"""The five ก of a group at a glance: where it is in order, where to look, where it needs help.

Each ก is judged by a few facts that anybody can look up, and says which of them decided. It is a
sign where help is useful and no mark: nothing is added up, groups are not ranked [S]. The fuller
health check is another thing. (docs/rules/five.md)
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# A group that has not met for longer than this is asked about it. An example, no rule of law.
MEETS_WITHIN_DAYS = 365


class Strength(StrEnum):
    """How one ก stands; the names are those of the marks on screen."""

    IN_ORDER = "ok"
    LOOK = "watch"
    HELP = "visit"


class Why(StrEnum):
    """What decided it."""

    FINE = "fine"
    NO_MEMBERS = "no_members"
    APPLICATIONS_WAIT = "applications_wait"
    NOBODY_IN_OFFICE = "nobody_in_office"
    COMMITTEE_INCOMPLETE = "committee_incomplete"
    COMMITTEE_WARNED = "committee_warned"
    NOT_WRITTEN = "not_written"
    NOT_KNOWN = "not_known"
    UNEXPLAINED = "unexplained"
    PROMISE_LATE = "promise_late"
    PROMISE_SOON = "promise_soon"
    NEVER_MET = "never_met"
    LONG_NOT_MET = "long_not_met"
    PLAN_LATE = "plan_late"
    NO_PLAN = "no_plan"


@dataclass(frozen=True, slots=True)
class Judged:
    """How a ก stands and what decided it."""

    strength: Strength
    why: Why


_FINE = Judged(Strength.IN_ORDER, Why.FINE)


def members_stand(*, members: int, waiting: int) -> Judged:
    """ก1: somebody belongs to it, and nobody waits for an answer."""
    if not members:
        return Judged(Strength.HELP, Why.NO_MEMBERS)
    return Judged(Strength.LOOK, Why.APPLICATIONS_WAIT) if waiting else _FINE


def committee_stands(*, in_office: int, is_complete: bool, warnings: int) -> Judged:
    """ก2: in office, complete, and nothing to warn of."""
    if not in_office:
        return Judged(Strength.HELP, Why.NOBODY_IN_OFFICE)
    if not is_complete:
        return Judged(Strength.HELP, Why.COMMITTEE_INCOMPLETE)
    return Judged(Strength.LOOK, Why.COMMITTEE_WARNED) if warnings else _FINE


def rules_stand(*, is_written: bool, members: int, known: int) -> Judged:
    """ก3: written down, and known to every member [S]."""
    if not is_written:
        return Judged(Strength.HELP, Why.NOT_WRITTEN)
    return Judged(Strength.LOOK, Why.NOT_KNOWN) if known < members else _FINE


def means_stand(*, is_explained: bool, late: int, soon: int) -> Judged:
    """ก4: all of it is explained; what was promised to others is not late."""
    if not is_explained:
        return Judged(Strength.HELP, Why.UNEXPLAINED)
    if late:
        return Judged(Strength.HELP, Why.PROMISE_LATE)
    return Judged(Strength.LOOK, Why.PROMISE_SOON) if soon else _FINE


def activities_stand(*, days_since_meeting: int | None, planned: int, late: int) -> Judged:
    """ก5: the group meets, has a plan and does what it planned."""
    if days_since_meeting is None:
        return Judged(Strength.HELP, Why.NEVER_MET)
    if days_since_meeting > MEETS_WITHIN_DAYS:
        return Judged(Strength.HELP, Why.LONG_NOT_MET)
    if late:
        return Judged(Strength.LOOK, Why.PLAN_LATE)
    return _FINE if planned else Judged(Strength.LOOK, Why.NO_PLAN)
