"""What an election can stand on: the latest resolutions of closed meetings, to choose from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kongthun.groups.models import Group

from ..models import Resolution
from .meetings import closed_meetings


@dataclass(frozen=True, slots=True)
class ResolutionToChoose:
    """A resolution with the meeting that made it."""

    meeting_number: int
    held_on: date
    meeting_kind: str
    sequence: int
    words: str

    @property
    def value(self) -> str:
        """Meeting and resolution in one answer of a form."""
        return f"{self.meeting_number}-{self.sequence}"


def resolutions_to_choose(
    group: Group, kinds: Collection[str], *, meetings: int = 12
) -> list[ResolutionToChoose]:
    """The resolutions of the latest closed meetings of these kinds, the latest first.

    Two statements. Whether quorum came is asked when one is chosen.
    """
    held = {row.number: row for row in closed_meetings(group).filter(kind__in=kinds)[:meetings]}
    of_meeting: dict[int, list[Resolution]] = {}
    for row in Resolution.objects.filter(group=group, meeting_number__in=held).order_by("sequence"):
        of_meeting.setdefault(row.meeting_number, []).append(row)
    return [
        ResolutionToChoose(
            number, held[number].held_on, held[number].get_kind_display(), row.sequence, row.words
        )
        for number in held
        for row in of_meeting.get(number, [])
    ]
