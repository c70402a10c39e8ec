"""What was voiced of funds: where a case starts from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kongthun.accounts.reach import Deed, Reach
from kongthun.groups.models import Group

from ..models import Briefing, Voice


def voices_of(group_ids: Iterable[int], day: date | None = None) -> dict[int, list[Voice]]:
    """What was voiced of each group until a day, the latest first, each with its briefing.

    Only groups of which something stands. One statement.
    """
    rows = Voice.objects.filter(group_id__in=list(group_ids), withdrawn_at=None)
    if day is not None:
        rows = rows.filter(said_on__lte=day)
    found: dict[int, list[Voice]] = {}
    for row in rows.select_related("briefing").order_by("-said_on", "-number"):
        found.setdefault(row.group_id, []).append(row)
    return found


def voices_at(briefing: Briefing, reach: Reach) -> list[Voice]:
    """What was voiced at a briefing of the funds in reach, by fund. One statement."""
    return list(
        Voice.objects.filter(
            briefing=briefing,
            withdrawn_at=None,
            group__in=Group.objects.filter(reach.funds(Deed.SEE_FUND)),
        )
        .select_related("group")
        .order_by("group__code", "number")
    )


def voice_in_reach(code: str, number: int, reach: Reach, deed: Deed) -> Voice | None:
    """One voice of a fund, if the reader may do the deed there."""
    return (
        Voice.objects.filter(
            group__in=Group.objects.filter(reach.funds(deed), code=code), number=number
        )
        .select_related("group", "briefing")
        .first()
    )
