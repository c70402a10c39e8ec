"""Handovers between committees, and what stood on their lists."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import Group, Handover, HandoverItem


@dataclass(frozen=True, slots=True)
class HandoverSummary:
    """A handover with how many things it lists, and of how many nobody found them there."""

    row: Handover
    things: int
    missing: int


def handovers_of(group: Group) -> list[HandoverSummary]:
    """The handovers of a group, the latest first. Two statements."""
    counts: dict[int, list[bool | None]] = {}
    for number, is_there in HandoverItem.objects.filter(group=group).values_list(
        "handover_number", "is_there"
    ):
        counts.setdefault(number, []).append(is_there)
    return [
        HandoverSummary(row, len(seen), sum(is_there is False for is_there in seen))
        for row in Handover.objects.filter(group=group).order_by("-number")
        for seen in [counts.get(row.number, [])]
    ]


def handover(group: Group, number: int) -> Handover | None:
    """The handover of this number, with who recorded it."""
    return Handover.objects.filter(group=group, number=number).select_related("recorded_by").first()


def things_of(group: Group, number: int) -> list[HandoverItem]:
    """What stands on its list, in order."""
    return list(HandoverItem.objects.filter(group=group, handover_number=number).order_by("place"))
