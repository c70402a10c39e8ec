"""ก3: a meeting of members adopts written rules; at a meeting they are read out.

(docs/rules/written_rules.md)
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.audit.papers import keep_paper
from kongthun.domain.thai_calendar import long
from kongthun.groups.actions import (
    RulesAdopted,
    RulesKnownNow,
    RulesPlace,
    TypedLimit,
    acknowledge_read_out,
    adopt_rules,
)
from kongthun.groups.actions.groups import hold_group
from kongthun.groups.actions.written_rules import limits_to_adopt
from kongthun.groups.models import Group, WrittenRules
from kongthun.groups.queries.written_rules import articles_of, version_of
from kongthun.groups.written_rules_refusals import (
    DraftDropped,
    NoDraft,
    NotAtTheMeeting,
    NothingWritten,
    StartsBeforeAdopted,
    VersionUnknown,
)
from kongthun.groups.written_rules_refusals import NotDone as NotKnown

from ..adoption_refusals import AdoptionRefusal, NotDone
from ..models import MemberAttendance
from ..queries.grounds import BY_MEMBERS, Ground, ground_of
from ..queries.meetings import meeting
from ..refusals import MeetingStillOpen, NoSuchMeeting


@dataclass(frozen=True, slots=True)
class WrittenRulesAdopted:
    """The version is adopted; ``rules_pk`` is the rule set its articles made, if they set any."""

    number: int
    rules_pk: int | None


@transaction.atomic
def adopt_written_rules(
    *,
    group: Group,
    number: int,
    meeting_number: int,
    resolution: int,
    starts_on: date,
    by: Reach,
    has_checked: bool = False,
    paper: Path | None = None,
) -> WrittenRulesAdopted | NotDone:
    """A draft becomes rules from a day on, by a resolution of a meeting of members with quorum.

    Where its articles set limits, a whole rule set is adopted with them: each of those limits cites
    its article, the others stay as they are on the day the version begins. ``has_checked`` says
    that somebody held the values against the words. ``paper`` is a photo or PDF of what was signed.
    """
    hold_group(group)
    refusals: list[AdoptionRefusal] = [
        *by.refusals(Deed.KEEP_RULES, area_code=group.area_code, group_id=group.pk)
    ]
    version = version_of(group.pk, number)
    refusals += _faults_of_draft(version, number)
    articles = articles_of(group.pk, number)
    if not articles:
        refusals.append(NothingWritten())
    ground = ground_of(group, meeting_number, resolution, kinds=BY_MEMBERS)
    if isinstance(ground, Ground):
        if starts_on < ground.on:
            refusals.append(StartsBeforeAdopted(starts_on, ground.on))
    else:
        refusals += ground
    limits: dict[str, TypedLimit] = {}
    if version is not None:
        limits, faults = limits_to_adopt(
            group, version, articles, starts_on=starts_on, has_checked=has_checked
        )
        refusals += faults
    if refusals or version is None or not isinstance(ground, Ground):
        return NotDone(tuple(refusals))
    rules_pk = _adopt_limits(group, version, ground, starts_on, limits, by) if limits else None
    sha256 = ""
    if paper is not None:
        sha256 = keep_paper(
            paper,
            fund_id=group.pk,
            area_code=group.area_code,
            subject=f"written rules {number}",
            user_id=by.user_id,
        )
    WrittenRules.objects.filter(group=group, number=number, adopted_on__isnull=True).update(
        adopted_on=ground.on,
        starts_on=starts_on,
        meeting_number=meeting_number,
        resolution=resolution,
        rules_id=rules_pk,
        evidence=sha256,
    )
    record_deed(
        "adopt_written_rules",
        user_id=by.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"written rules {number}",
        details={
            "meeting": meeting_number,
            "resolution": resolution,
            "starts_on": starts_on.isoformat(),
            "rules": rules_pk,
            "sha256": sha256,
        },
    )
    return WrittenRulesAdopted(number, rules_pk)


def read_out_at_meeting(
    *, group: Group, number: int, members: Collection[int], meeting_number: int, by: Reach
) -> RulesKnownNow | NotDone:
    """Members heard a version read out at a closed meeting; they know it since its day.

    Where the meeting took its members down by name, only those can have heard it.
    """
    held = meeting(group, meeting_number)
    if held is None:
        return NotDone((NoSuchMeeting(meeting_number),))
    refusals: list[AdoptionRefusal] = []
    if held.closed_at is None:
        refusals.append(MeetingStillOpen(meeting_number))
    came = MemberAttendance.objects.filter(group=group, meeting_number=meeting_number)
    by_name = set(came.values_list("member_number", flat=True))
    absent = tuple(sorted(set(members) - by_name)) if by_name else ()
    if absent:
        refusals.append(NotAtTheMeeting(absent, meeting_number))
    with transaction.atomic():
        done = acknowledge_read_out(
            group=group,
            number=number,
            members=members,
            meeting_number=meeting_number,
            on=held.held_on,
            by=by,
        )
        if isinstance(done, NotKnown):
            return NotDone((*done.refusals, *refusals))
        if refusals:
            transaction.set_rollback(True)
            return NotDone(tuple(refusals))
    return done


# ---- below the line ------------------------------------------------------------------------------


def _faults_of_draft(version: WrittenRules | None, number: int) -> list[AdoptionRefusal]:
    if version is None:
        return [VersionUnknown(number)]
    if version.adopted_on is not None:
        return [NoDraft(number)]
    return [DraftDropped(number)] if version.dropped_at is not None else []


def _adopt_limits(
    group: Group,
    version: WrittenRules,
    ground: Ground,
    starts_on: date,
    limits: dict[str, TypedLimit],
    by: Reach,
) -> int:
    """The rule set of a version. What could be wrong with it was asked before."""
    adopted = adopt_rules(
        place=RulesPlace.of(group),
        name=version.title,
        starts_on=starts_on,
        by_resolution=(
            f"มติที่ {ground.resolution} ของการประชุมครั้งที่ {ground.meeting_number} วันที่ {long(ground.on)}"
        ),
        source=f"{version.title} ฉบับที่ {version.number}",
        limits=limits,
        by=by,
    )
    if not isinstance(adopted, RulesAdopted):
        raise TypeError(adopted)  # undoes the deed
    return adopted.pk
