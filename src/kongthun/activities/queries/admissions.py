"""What a decision on applications is made of: who waits, and the resolutions it may stand on."""

from __future__ import annotations

from datetime import date

from kongthun.groups.models import Group
from kongthun.groups.queries.members import MemberOn, everybody

from ..models import Meeting, Resolution
from .meetings import closed_meetings

_MEETINGS = 20


def waiting_applicants(group: Group, day: date) -> list[MemberOn]:
    """Those whose application waits on a day, the longest first. Three statements."""
    waiting = [
        (each.standing.waits_since, each.number, each)
        for each in everybody(group, day)
        if each.standing.waits_since is not None
    ]
    return [each for _, _, each in sorted(waiting, key=lambda row: row[:2])]


def recent_resolutions(group: Group) -> list[tuple[Meeting, Resolution]]:
    """The resolutions of the latest closed meetings, the latest meeting first. Two statements."""
    meetings = {meeting.number: meeting for meeting in closed_meetings(group)[:_MEETINGS]}
    resolutions = Resolution.objects.filter(group=group, meeting_number__in=meetings)
    by_meeting: dict[int, list[Resolution]] = {}
    for resolution in resolutions.order_by("sequence"):
        by_meeting.setdefault(resolution.meeting_number, []).append(resolution)
    return [
        (meeting, resolution)
        for number, meeting in meetings.items()
        for resolution in by_meeting.get(number, ())
    ]
