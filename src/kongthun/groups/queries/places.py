"""A group by its code, if the reader may do something there."""

from __future__ import annotations

from kongthun.accounts.reach import Deed, Reach

from ..models import Group


def group_in_reach(code: str, reach: Reach, *deeds: Deed) -> Group | None:
    """The group of this code, if the reader may do one of the deeds there. One statement."""
    group = Group.objects.filter(code=code).first()
    if group is None:
        return None
    is_open = any(reach.may(d, area_code=group.area_code, group_id=group.pk) for d in deeds)
    return group if is_open else None
