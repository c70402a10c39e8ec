"""Meetings and what stands on them."""

from __future__ import annotations

from .attending import MembersThere, members_there, voters_at_most
from .calendar import Happening, HappeningKind, happenings, next_events
from .grounds import Ground, ground_of
from .meetings import (
    Committee,
    Quorum,
    Seat,
    attendance_of,
    closed_meetings,
    committee_of,
    meeting,
    meetings_page,
    person_key,
    quorum_of,
    quorum_on,
    resolutions_of,
)
from .plans import PlanAgainstDone, PlanLine, PlanSummary, plan_against_done, plan_summary

__all__ = [
    "Committee",
    "Ground",
    "Happening",
    "HappeningKind",
    "MembersThere",
    "PlanAgainstDone",
    "PlanLine",
    "PlanSummary",
    "Quorum",
    "Seat",
    "attendance_of",
    "closed_meetings",
    "committee_of",
    "ground_of",
    "happenings",
    "meeting",
    "meetings_page",
    "members_there",
    "next_events",
    "person_key",
    "plan_against_done",
    "plan_summary",
    "quorum_of",
    "quorum_on",
    "resolutions_of",
    "voters_at_most",
]
