"""What stands in a group's calendar. Nobody is named in it: members see it, and phones read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import Exists, OuterRef
from django.utils import timezone

from kongthun.groups.models import Group
from kongthun.groups.queries.committee import last_day_of, standing_terms
from kongthun.groups.queries.rules import rules_of

from ..models import ActivityDone, Call, Meeting, MeetingKind, PlannedActivity, Training

FAR = timedelta(days=400)


class HappeningKind(StrEnum):
    """What a calendar holds."""

    CALL = "call"
    MEETING = "meeting"
    PLAN = "plan"
    TRAINING = "training"
    TERM_END = "term_end"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something of the group's calendar, from a day to a day; ``at`` where the hour is known.

    ``number`` is its number in the group; of a committee whose term ends, the number of its set.
    """

    kind: HappeningKind
    number: int
    first: date
    last: date
    words: str
    place: str = ""
    at: time | None = None
    is_cancelled: bool = False
    is_done: bool = False
    recorded_at: datetime | None = None

    @property
    def order(self) -> tuple[date, time, str, int]:
        """By day and hour; what lasts all day stands first."""
        return (self.first, self.at or time.min, self.kind.value, self.number)


def happenings(group: Group, first: date, last: date) -> list[Happening]:
    """Everything that touches these days, both ends included, by day and hour.

    As many statements however much there is. A call that was held stands as its meeting; one that
    was cancelled says so. What the plan gave up is not shown.
    """
    found = [
        *_calls(group, first, last),
        *_meetings(group, first, last),
        *_plans(group, first, last),
        *_trainings(group, first, last),
        *_term_ends(group, first, last),
    ]
    return sorted(found, key=lambda each: each.order)


def next_events(group: Group, day: date, count: int) -> list[Happening]:
    """The next things from a day on that still wait to happen, no more than ``count``."""
    waiting = {HappeningKind.CALL, HappeningKind.PLAN, HappeningKind.TERM_END}
    return [
        each
        for each in happenings(group, day, day + FAR)
        if each.kind in waiting and not each.is_cancelled and not each.is_done
    ][:count]


# --- below the line -------------------------------------------------------------------------


def _calls(group: Group, first: date, last: date) -> Iterator[Happening]:
    rows = Call.objects.filter(group=group, meeting_number=None, meets_on__range=(first, last))
    for row in rows:
        yield Happening(
            HappeningKind.CALL,
            row.number,
            row.meets_on,
            row.meets_on,
            str(MeetingKind(row.kind).label),
            place=row.place,
            at=row.meets_at,
            is_cancelled=row.cancelled_at is not None,
            recorded_at=row.cancelled_at or row.recorded_at,
        )


def _meetings(group: Group, first: date, last: date) -> Iterator[Happening]:
    for row in Meeting.objects.filter(group=group, held_on__range=(first, last)):
        yield Happening(
            HappeningKind.MEETING,
            row.number,
            row.held_on,
            row.held_on,
            f"{MeetingKind(row.kind).label} ครั้งที่ {row.number}",
            place=row.place,
            is_done=True,
            recorded_at=row.closed_at or row.recorded_at,
        )


def _plans(group: Group, first: date, last: date) -> Iterator[Happening]:
    later = PlannedActivity.objects.filter(group=group, replaces=OuterRef("number"))
    done = ActivityDone.objects.filter(
        group=group, plan_number=OuterRef("number"), withdrawn_at=None
    )
    rows = PlannedActivity.objects.filter(
        ~Exists(later), group=group, dropped_at=None, starts_on__lte=last, ends_on__gte=first
    ).annotate(is_done=Exists(done))
    for row in rows:
        yield Happening(
            HappeningKind.PLAN,
            row.number,
            row.starts_on,
            row.ends_on,
            row.words,
            is_done=row.is_done,
            recorded_at=row.recorded_at,
        )


def _trainings(group: Group, first: date, last: date) -> Iterator[Happening]:
    rows = Training.objects.filter(group=group, withdrawn_at=None, held_on__range=(first, last))
    for row in rows:
        yield Happening(
            HappeningKind.TRAINING,
            row.number,
            row.held_on,
            row.held_on,
            row.topic,
            place=row.place,
            is_done=True,
            recorded_at=row.recorded_at,
        )


def _term_ends(group: Group, first: date, last: date) -> Iterator[Happening]:
    """A committee set once a day on which terms of it end."""
    today = timezone.localdate()
    rules = rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=today)
    years = rules["committee_years"].count
    ends = Counter(
        (end, term.set_number or 0)
        for term in standing_terms(group.pk)
        if (end := last_day_of(term, years=years)) is not None and first <= end <= last
    )
    for (end, set_number), people in ends.items():
        which = f"กรรมการชุดที่ {set_number}" if set_number else "กรรมการ"
        yield Happening(
            HappeningKind.TERM_END, set_number, end, end, f"{which} ครบวาระ {people} คน"
        )
