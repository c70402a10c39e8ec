"""Calling a briefing together, its materials, who came; taking back what was written by mistake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Reach
from kongthun.areas.models import Area
from kongthun.areas.queries import area as area_of
from kongthun.audit.actions import keep_evidence, sha256_of
from kongthun.db.numbers import next_number
from kongthun.domain.thai_text import visible
from kongthun.groups.models import Group

from ..models import Attendee, Audience, Briefing, Material, Voice
from ..refusals import (
    BriefingRefusal,
    CalledAlready,
    HasHappened,
    NamedTwice,
    NobodyNamed,
    NoSuchArea,
    NoSuchRow,
    NotDone,
    NotInArea,
)
from .writing import LONGEST_NOTE, entitled, fits, held, said, stands, take, write_down

LONGEST_TOPIC = 200
LONGEST_PLACE = 200
LONGEST_AGENDA = 2_000
LONGEST_TITLE = 200
LONGEST_NAME = 150
LONGEST_POSITION = 100


@dataclass(frozen=True, slots=True)
class BriefingKept:
    """The briefing stands as asked."""

    briefing: Briefing


@dataclass(frozen=True, slots=True)
class RowKept:
    """A row of the briefing stands as asked, under its number."""

    number: int


@dataclass(frozen=True, slots=True)
class WhoCame:
    """Somebody who came, as the sheet has it."""

    name: str
    position: str = ""
    group: Group | None = None
    user_id: int | None = None


@transaction.atomic
def hold_briefing(
    *,
    area_code: str,
    topic: str,
    audience: Audience,
    on: date,
    by: Reach,
    starts_at: time | None = None,
    place: str = "",
    agenda: str = "",
) -> BriefingKept | NotDone:
    """Call a briefing for a day to come, or write down one that was held."""
    # Numbers of an area are given out one at a time.
    list(Area.objects.select_for_update().filter(code=area_code))
    refusals: list[BriefingRefusal] = [
        *entitled(area_code, by),
        *([NoSuchArea(area_code)] if area_of(area_code) is None else []),
        *said("เรื่อง", topic, LONGEST_TOPIC),
        *fits("สถานที่", place, LONGEST_PLACE),
        *fits("หัวข้อที่จะพูดคุย", agenda, LONGEST_AGENDA),
    ]
    twin = Briefing.objects.filter(
        area_code=area_code, held_on=on, topic=visible(topic), withdrawn_at=None
    ).first()
    if twin is not None:
        refusals.append(CalledAlready(twin.number))
    if refusals:
        return NotDone(tuple(refusals))
    briefing = Briefing.objects.create(
        area_code=area_code,
        number=next_number(Briefing, area_code=area_code),
        held_on=on,
        starts_at=starts_at,
        topic=visible(topic),
        audience=audience,
        place=visible(place),
        agenda="\n".join(filter(None, (visible(line) for line in agenda.splitlines()))),
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    write_down("hold_briefing", briefing, by, on=on.isoformat(), audience=str(audience))
    return BriefingKept(briefing)


@transaction.atomic
def withdraw_briefing(*, briefing: Briefing, note: str, by: Reach) -> BriefingKept | NotDone:
    """Take back a briefing that was not held, or was written down by mistake."""
    found = take(briefing)
    came = Attendee.objects.filter(briefing=found, withdrawn_at=None).count()
    voices = Voice.objects.filter(briefing=found, withdrawn_at=None).count()
    refusals: list[BriefingRefusal] = [
        *entitled(found.area_code, by),
        *stands(found),
        *([HasHappened(came, voices)] if came or voices else []),
        *said("เหตุที่ถอน", note, LONGEST_NOTE),
    ]
    if refusals:
        return NotDone(tuple(refusals))
    found.withdrawn_at, found.withdrawn_note = timezone.now(), visible(note)
    found.save(update_fields=["withdrawn_at", "withdrawn_note"])
    write_down("withdraw_briefing", found, by)
    return BriefingKept(found)


@transaction.atomic
def add_material(*, briefing: Briefing, title: str, file: Path, by: Reach) -> RowKept | NotDone:
    """Keep a file that is handed out or shown."""
    found = take(briefing)
    refusals: list[BriefingRefusal] = [
        *entitled(found.area_code, by),
        *stands(found),
        *said("ชื่อเอกสาร", title, LONGEST_TITLE),
    ]
    if refusals:
        return NotDone(tuple(refusals))
    sha256 = sha256_of(file)
    keep_evidence(file, sha256)
    number = next_number(Material, briefing=found)
    Material.objects.create(
        area_code=found.area_code,
        briefing=found,
        number=number,
        title=visible(title),
        sha256=sha256,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    write_down("add_material", found, by, number=number)
    return RowKept(number)


@transaction.atomic
def mark_attendees(*, briefing: Briefing, came: Sequence[WhoCame], by: Reach) -> RowKept | NotDone:
    """Write down who came: added to who stands there already. The number is of the last one."""
    found = take(briefing)
    refusals: list[BriefingRefusal] = [
        *entitled(found.area_code, by),
        *held(found, by),
        *([] if came else [NobodyNamed()]),
    ]
    known: set[tuple[str, str, int | None]] = {
        (name, position, group)
        for name, position, group in Attendee.objects.filter(
            briefing=found, withdrawn_at=None
        ).values_list("name", "position", "group_id")
    }
    for each in came:
        refusals += said("ชื่อผู้มา", each.name, LONGEST_NAME)
        refusals += fits("ตำแหน่ง", each.position, LONGEST_POSITION)
        key = (visible(each.name), visible(each.position), each.group.pk if each.group else None)
        if key in known:
            refusals.append(NamedTwice(key[0]))
        known.add(key)
        if each.group is not None and not each.group.area_code.startswith(found.area_code):
            refusals.append(NotInArea(each.group.name))
    if refusals:
        return NotDone(tuple(dict.fromkeys(refusals)))
    first = next_number(Attendee, briefing=found)
    now = timezone.now()
    Attendee.objects.bulk_create(
        Attendee(
            area_code=found.area_code,
            briefing=found,
            number=number,
            name=visible(each.name),
            position=visible(each.position),
            group=each.group,
            user_id=each.user_id,
            recorded_by_id=by.user_id,
            recorded_at=now,
        )
        for number, each in enumerate(came, start=first)
    )
    write_down("mark_attendees", found, by, people=len(came))
    return RowKept(first + len(came) - 1)


@transaction.atomic
def take_back_row(
    *, briefing: Briefing, what: type[Material] | type[Attendee], number: int, note: str, by: Reach
) -> RowKept | NotDone:
    """Take back a material or somebody written down by mistake; the row stays, with the note."""
    found = take(briefing)
    row = what._default_manager.filter(briefing=found, number=number, withdrawn_at=None)
    refusals: list[BriefingRefusal] = [
        *entitled(found.area_code, by),
        *stands(found),
        *([] if row.exists() else [NoSuchRow(str(what._meta.verbose_name), number)]),
        *said("เหตุที่ถอน", note, LONGEST_NOTE),
    ]
    if refusals:
        return NotDone(tuple(refusals))
    row.update(withdrawn_at=timezone.now(), withdrawn_note=visible(note))
    write_down(f"take_back_{what._meta.model_name}", found, by, number=number)
    return RowKept(number)
