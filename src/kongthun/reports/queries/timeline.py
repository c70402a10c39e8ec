"""What happened to a group, of every kind, the newest first; nobody is named."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kongthun.activities.models import ActivityDone, Meeting, Training
from kongthun.funding.models import Borrowing, Gift, YearClosing
from kongthun.groups.models import (
    CommitteeTerm,
    Group,
    MemberEvent,
    MemberEventKind,
    WrittenRules,
)
from kongthun.support.models import Standard, SupportStep
from kongthun.trade.models import Batch

MOST_MEMBER_EVENTS = 200
Kind = Literal[
    "meeting", "members", "committee", "rules", "gift", "borrowing", "closing",
    "batch", "training", "activity", "support", "standard",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened: what kind, its words and its number in the group."""

    on: date
    kind: Kind
    words: str
    number: int = 0


def timeline_of(group: Group, *, count: int) -> list[Moment]:
    """The newest moments of a group, no more than ``count``. Twelve statements, however long."""
    found = [
        *_meetings(group, count),
        *_members(group),
        *_committee(group),
        *_rules(group, count),
        *_means(group, count),
        *_done(group, count),
        *_support(group, count),
    ]
    return sorted(found, key=lambda each: (each.on, each.kind, each.number), reverse=True)[:count]


def _meetings(group: Group, count: int) -> list[Moment]:
    held = Meeting.objects.filter(group=group, closed_at__isnull=False)
    return [
        Moment(each.held_on, "meeting", str(each.get_kind_display()), each.number)
        for each in held.order_by("-held_on", "-number")[:count]
    ]


def _members(group: Group) -> list[Moment]:
    """How many came and went on a day, never who."""
    events = MemberEvent.objects.filter(
        group=group,
        withdrawn_at=None,
        kind__in=[MemberEventKind.ADMITTED, MemberEventKind.LEFT],
    ).order_by("-happened_on")
    counted = Counter(events.values_list("happened_on", "kind")[:MOST_MEMBER_EVENTS])
    return [
        Moment(on, "members", f"{MemberEventKind(kind).label} {many:,} คน")
        for (on, kind), many in counted.items()
    ]


def _committee(group: Group) -> list[Moment]:
    """The first day of each set."""
    terms = CommitteeTerm.objects.filter(
        group=group, withdrawn_at=None, starts_on__isnull=False, set_number__isnull=False
    )
    begun: dict[int, date] = {}
    for number, starts_on in terms.values_list("set_number", "starts_on"):
        if number is not None and starts_on is not None:
            begun[number] = min(starts_on, begun.get(number, starts_on))
    return [
        Moment(on, "committee", f"คณะกรรมการชุดที่ {number} เริ่มวาระ", number)
        for number, on in begun.items()
    ]


def _rules(group: Group, count: int) -> list[Moment]:
    adopted = WrittenRules.objects.filter(group=group, adopted_on__isnull=False)
    return [
        Moment(each.adopted_on, "rules", f"รับรองระเบียบฉบับที่ {each.number}", each.number)
        for each in adopted.order_by("-adopted_on")[:count]
        if each.adopted_on is not None
    ]


def _means(group: Group, count: int) -> list[Moment]:
    gifts = Gift.objects.filter(fund=group.pk, withdrawn_at=None).order_by("-received_on")
    borrowings = Borrowing.objects.filter(fund=group.pk, withdrawn_at=None).order_by("-borrowed_on")
    closings = YearClosing.objects.filter(fund=group.pk, withdrawn_at=None).order_by("-ends_on")
    return [
        *(
            Moment(each.received_on, "gift", str(each.get_kind_display()), each.number)
            for each in gifts[:count]
        ),
        *(
            Moment(each.borrowed_on, "borrowing", "กลุ่มกู้หรือยืมเงิน", each.number)
            for each in borrowings[:count]
        ),
        *(
            Moment(each.ends_on, "closing", f"ปิดบัญชีปี {each.year}", each.number)
            for each in closings[:count]
        ),
    ]


def _done(group: Group, count: int) -> list[Moment]:
    batches = Batch.objects.filter(fund=group.pk, finished_on__isnull=False)
    trainings = Training.objects.filter(group=group, withdrawn_at=None).order_by("-held_on")
    done = ActivityDone.objects.filter(
        group=group, withdrawn_at=None, meeting_number=None, training_number=None, batch_number=None
    )
    return [
        *(
            Moment(each.finished_on, "batch", f"ผลิตรอบที่ {each.number} เสร็จ", each.number)
            for each in batches.order_by("-finished_on")[:count]
            if each.finished_on is not None
        ),
        *(
            Moment(each.held_on, "training", f"อบรม {each.topic}", each.number)
            for each in trainings[:count]
        ),
        *(
            Moment(each.happened_on, "activity", str(each.get_kind_display()), each.number)
            for each in done.order_by("-happened_on")[:count]
        ),
    ]


def _support(group: Group, count: int) -> list[Moment]:
    steps = SupportStep.objects.filter(group=group, withdrawn_at=None).order_by("-happened_on")
    standards = Standard.objects.filter(group=group, withdrawn_at=None).order_by("-granted_on")
    return [
        *(
            Moment(
                each.happened_on,
                "support",
                f"คำขอที่ {each.request_number}: {each.get_kind_display()}",
                each.request_number,
            )
            for each in steps[:count]
        ),
        *(
            Moment(each.granted_on, "standard", f"{each.product} {each.scheme}", each.number)
            for each in standards[:count]
        ),
    ]
