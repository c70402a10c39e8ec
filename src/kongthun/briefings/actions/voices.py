"""What is voiced of a fund, at a briefing or on its own: a problem, or a wish."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.db.numbers import next_number
from kongthun.domain.thai_text import visible
from kongthun.groups.models import Group

from ..models import Briefing, SaidBy, Voice, VoiceKind
from ..refusals import (
    BriefingRefusal,
    InFuture,
    NoSuchRow,
    NotDone,
    NotInArea,
    SaidAlready,
)
from .briefings import RowKept
from .writing import LONGEST_NOTE, held, said

LONGEST_VOICE = 500


@transaction.atomic
def record_voice(
    *,
    group: Group,
    kind: VoiceKind,
    said_by: SaidBy,
    words: str,
    by: Reach,
    on: date,
    briefing: Briefing | None = None,
) -> RowKept | NotDone:
    """Write down a problem or a wish of a fund, in the words it was said in and by role.

    Said at a briefing, its day is the briefing's.
    """
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    day = briefing.held_on if briefing else on
    refusals: list[BriefingRefusal] = [
        *by.refusals(Deed.HOLD_BRIEFINGS, area_code=group.area_code, group_id=group.pk),
        *said("สิ่งที่พูด", words, LONGEST_VOICE),
    ]
    if briefing is not None:
        refusals += held(briefing, by)
        if not group.area_code.startswith(briefing.area_code):
            refusals.append(NotInArea(group.name))
    elif day > by.day:
        refusals.append(InFuture(day, by.day))
    twin = Voice.objects.filter(
        group=group, said_on=day, kind=kind, words=visible(words), withdrawn_at=None
    ).first()
    if twin is not None:
        refusals.append(SaidAlready(twin.number))
    if refusals:
        return NotDone(tuple(refusals))
    number = next_number(Voice, group=group)
    Voice.objects.create(
        group=group,
        number=number,
        briefing=briefing,
        said_on=day,
        kind=kind,
        said_by=said_by,
        words=visible(words),
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    _write_down("record_voice", group, by, number, kind=str(kind), on=day.isoformat())
    return RowKept(number)


@transaction.atomic
def take_back_voice(*, group: Group, number: int, note: str, by: Reach) -> RowKept | NotDone:
    """Take back what was written down by mistake; the row stays, with the note."""
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    row = Voice.objects.filter(group=group, number=number, withdrawn_at=None)
    refusals: list[BriefingRefusal] = [
        *by.refusals(Deed.HOLD_BRIEFINGS, area_code=group.area_code, group_id=group.pk),
        *([] if row.exists() else [NoSuchRow("เสียงจากกองทุนเรื่องที่", number)]),
        *said("เหตุที่ถอน", note, LONGEST_NOTE),
    ]
    if refusals:
        return NotDone(tuple(refusals))
    row.update(withdrawn_at=timezone.now(), withdrawn_note=visible(note))
    _write_down("take_back_voice", group, by, number)
    return RowKept(number)


def _write_down(deed: str, group: Group, by: Reach, number: int, **details: object) -> None:
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"voice {number}",
        details=details,
    )
