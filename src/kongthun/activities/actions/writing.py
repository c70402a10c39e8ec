"""What every deed of this house does first and last: take the group, ask whether, write it down."""

from __future__ import annotations

from kongthun.accounts.reach import Deed, NotEntitled, Reach
from kongthun.audit.actions import record_deed
from kongthun.groups.models import Group


def take(group: Group) -> None:
    """One at a time writes for a group, so that numbers have no gap. Within a transaction."""
    # Others may go on adding rows that point to the group meanwhile.
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)


def entitled(group: Group, by: Reach, deed: Deed) -> list[NotEntitled]:
    """Nothing, or why this is not theirs to do."""
    return by.refusals(deed, area_code=group.area_code, group_id=group.pk)


def write_down(deed: str, group: Group, by: Reach, subject: str, **details: object) -> None:
    """The one line of who did what."""
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=subject,
        details=details,
    )
