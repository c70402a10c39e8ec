"""Meetings that are called."""

from __future__ import annotations

from kongthun.groups.models import Group

from ..models import Call


def call_of(group: Group, number: int) -> Call | None:
    """The call of this number, with who called."""
    return Call.objects.filter(group=group, number=number).select_related("recorded_by").first()


def waiting_calls(group: Group) -> list[Call]:
    """The calls that were neither held nor cancelled, the nearest first. One statement."""
    rows = Call.objects.filter(group=group, meeting_number=None, cancelled_at=None)
    return list(rows.order_by("meets_on", "meets_at", "number"))


def call_behind(group: Group, meeting_number: int) -> Call | None:
    """The call that a meeting was held from."""
    return Call.objects.filter(group=group, meeting_number=meeting_number).first()
