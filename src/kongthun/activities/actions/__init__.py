"""What is done at meetings and by their resolutions, what is planned and what was learned."""

from __future__ import annotations

from .meetings import (
    LONGEST_MINUTES,
    LONGEST_PLACE,
    LONGEST_RESOLUTION,
    MeetingKept,
    ResolutionKept,
    add_resolution,
    change_meeting,
    change_resolution,
    close_meeting,
    keep_minutes,
    mark_attendance,
    open_meeting,
    take_out_resolution,
)

__all__ = [
    "LONGEST_MINUTES",
    "LONGEST_PLACE",
    "LONGEST_RESOLUTION",
    "MeetingKept",
    "ResolutionKept",
    "add_resolution",
    "change_meeting",
    "change_resolution",
    "close_meeting",
    "keep_minutes",
    "mark_attendance",
    "open_meeting",
    "take_out_resolution",
]
