"""A meeting decides on applications: who is a member from its day on, and who is not yet.

The rows are `groups.MemberEvent`; the deed stands here because it stands on a resolution.
(docs/rules/members.md)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.domain.thai_text import visible
from kongthun.groups.actions.groups import hold_group
from kongthun.groups.actions.members import write_member_event
from kongthun.groups.models import Group, MemberEventKind, MemberKind
from kongthun.groups.queries.members import MemberOn, everybody

from ..admission_refusals import (
    AdmissionRefusal,
    AppliedLater,
    BothWays,
    NobodyDecidedOn,
    NotDone,
    NotWaiting,
    WhyNotMissing,
)
from ..queries import Ground, ground_of


@dataclass(frozen=True, slots=True)
class ApplicationsDecided:
    """Members from the day of the meeting, and those declined, by number."""

    on: date
    admitted: tuple[int, ...]
    declined: tuple[int, ...]


@transaction.atomic
def decide_applications(
    *,
    group: Group,
    meeting_number: int,
    resolution: int,
    admitted: Collection[int],
    by: Reach,
    declined: Mapping[int, str] | None = None,
) -> ApplicationsDecided | NotDone:
    """Write down whom a meeting took in, by a resolution of it, and whom not, each with a reason.

    The committee or the members may decide. Who is admitted is a member of the kind they applied
    as, from the day of the meeting; an application that waits on that day is needed. All or none.
    """
    hold_group(group)
    refusals: list[AdmissionRefusal] = [
        *by.refusals(Deed.HOLD_MEETINGS, area_code=group.area_code, group_id=group.pk)
    ]
    ground = ground_of(group, meeting_number, resolution)
    if not isinstance(ground, Ground):
        refusals += ground
    reasons = dict(declined or {})
    taken_in = sorted(set(admitted))
    if not taken_in and not reasons:
        refusals.append(NobodyDecidedOn())
    refusals += [BothWays(number) for number in taken_in if number in reasons]
    refusals += [
        WhyNotMissing(number) for number in sorted(reasons) if not visible(reasons[number])
    ]
    known = {each.number: each for each in everybody(group, by.day)}
    held_on = ground.on if isinstance(ground, Ground) else None
    for number in sorted({*taken_in, *reasons}):
        refusals += _not_decidable(number, known.get(number), held_on)
    if refusals or not isinstance(ground, Ground):
        return NotDone(tuple(refusals))
    for number in taken_in:
        _decide(group, MemberEventKind.ADMITTED, known[number], ground, by)
    for number in sorted(reasons):
        _decide(group, MemberEventKind.DECLINED, known[number], ground, by, reasons[number])
    record_deed(
        "decide_applications",
        user_id=by.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"meeting {meeting_number}",
        details={
            "resolution": resolution,
            "admitted": taken_in,
            "declined": sorted(reasons),
        },
    )
    return ApplicationsDecided(ground.on, tuple(taken_in), tuple(sorted(reasons)))


# --- below the line -------------------------------------------------------------------------


def _not_decidable(
    number: int, member: MemberOn | None, held_on: date | None
) -> list[AdmissionRefusal]:
    if member is None or member.standing.waits_since is None:
        return [NotWaiting(number, is_member=member is not None and member.standing.is_member)]
    applied_on = member.standing.waits_since
    if held_on is not None and applied_on > held_on:
        return [AppliedLater(number, applied_on, held_on)]
    return []


def _decide(
    group: Group,
    event: MemberEventKind,
    member: MemberOn,
    ground: Ground,
    by: Reach,
    words: str = "",
) -> None:
    is_admitted = event == MemberEventKind.ADMITTED
    write_member_event(
        group=group,
        member_number=member.number,
        event=event,
        on=ground.on,
        by=by,
        kind=MemberKind(member.standing.waits_as) if is_admitted else None,
        words=visible(words),
        meeting_number=ground.meeting_number,
        resolution=ground.resolution,
    )
