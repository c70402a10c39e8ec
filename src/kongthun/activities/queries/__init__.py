"""Meetings and what stands on them."""

from __future__ import annotations

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

__all__ = [
    "Committee",
    "Ground",
    "Quorum",
    "Seat",
    "attendance_of",
    "closed_meetings",
    "committee_of",
    "ground_of",
    "meeting",
    "meetings_page",
    "person_key",
    "quorum_of",
    "quorum_on",
    "resolutions_of",
]
