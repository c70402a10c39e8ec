"""The calendar of a group: a month to look at, and the same for a phone's own calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kongthun.accounts.models import User
from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.calendar_feed import FeedEvent, feed_of
from kongthun.domain.thai_calendar import MONTHS_LONG, thai_year
from kongthun.groups.models import Group
from kongthun.groups.views.asking import group_or_404, may
from kongthun.web.public import public

from ..feed_address import CALENDAR_DEEDS, feed_reader, feed_token
from ..forms_plans import time_words
from ..queries.calendar import Happening, HappeningKind, happenings

# How far the feed reaches: a phone keeps what is behind us itself.
BEHIND = timedelta(days=180)
AHEAD = timedelta(days=400)
YEARS = range(1960, 2200)
WEEKDAYS = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
KIND_WORDS: Mapping[HappeningKind, str] = {
    HappeningKind.CALL: "นัดประชุม",
    HappeningKind.MEETING: "ประชุมแล้ว",
    HappeningKind.PLAN: "ตามแผน",
    HappeningKind.TRAINING: "อบรม",
    HappeningKind.TERM_END: "ครบวาระ",
}
_DOORS = {
    HappeningKind.CALL: "activities:called",
    HappeningKind.MEETING: "activities:meeting",
    HappeningKind.TRAINING: "activities:training",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something of a day as the page says it."""

    happening: Happening
    kind_words: str
    at: str
    href: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month; ``is_of_month`` is false for the days around it."""

    day: date
    weekday: str
    is_today: bool
    is_of_month: bool
    entries: tuple[Entry, ...]


@scoped(*CALENDAR_DEEDS)
@require_safe
def calendar(request: ScopedRequest, code: str) -> HttpResponse:
    """A month of the group, day by day. Nobody is named."""
    group = group_or_404(request, code, *CALENDAR_DEEDS)
    today = request.reach.day
    first = _month_asked(request, today)
    after = _next_month(first)
    weeks = _weeks(request, group, first, after - timedelta(days=1), today)
    days = [day for week in weeks for day in week if day.is_of_month and day.entries]
    user = request.user
    assert isinstance(user, User)  # noqa: S101 (scoped lets nobody else in)
    context = {
        "group": group,
        "code": code,
        "month_words": f"{MONTHS_LONG[first.month - 1]} {thai_year(first)}",
        "weekdays": WEEKDAYS,
        "weeks": weeks,
        "days": days,
        "before": _month_text(first - timedelta(days=1)),
        "after": _month_text(after),
        "is_this_month": (first.year, first.month) == (today.year, today.month),
        "feed": request.build_absolute_uri(
            reverse("activities:feed", args=[code, feed_token(user, group)])
        ),
        "sees_fund": may(request, Deed.SEE_FUND, group),
        "may_hold": may(request, Deed.HOLD_MEETINGS, group),
    }
    return render(request, "activities/calendar.html", context)


@public
@require_safe
def feed(request: HttpRequest, code: str, token: str) -> HttpResponse:  # noqa: ARG001
    """The same for a phone's calendar, by its secret address: no names, and only while entitled."""
    today = timezone.localdate()
    group = Group.objects.filter(code=code).first()
    if group is None or feed_reader(token, group, today) is None:
        raise Http404
    found = happenings(group, today - BEHIND, today + AHEAD)
    text = feed_of(group.name, [_event(group, each) for each in found])
    return HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": f'inline; filename="{code}.ics"',
            "Cache-Control": "private, no-cache",
        },
    )


# --- below the line -------------------------------------------------------------------------


def _month_asked(request: ScopedRequest, today: date) -> date:
    """The first day of the month in the address (2026-11); of this month where none fits."""
    try:
        first = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return today.replace(day=1)
    return first if first.year in YEARS else today.replace(day=1)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _month_text(day: date) -> str:
    return f"{day:%Y-%m}"


def _weeks(
    request: ScopedRequest, group: Group, first: date, last: date, today: date
) -> list[list[Day]]:
    """The weeks the month touches, Monday first; each thing stands on its first day shown."""
    begins = first - timedelta(days=first.weekday())
    sees_fund = may(request, Deed.SEE_FUND, group)
    by_day: dict[date, list[Entry]] = {}
    for each in happenings(group, first, last):
        by_day.setdefault(max(each.first, first), []).append(_entry(group, each, sees_fund))
    weeks: list[list[Day]] = []
    while begins <= last:
        days = [begins + timedelta(days=n) for n in range(7)]
        weeks.append(
            [
                Day(
                    day,
                    WEEKDAYS[day.weekday()],
                    is_today=day == today,
                    is_of_month=first <= day <= last,
                    entries=tuple(by_day.get(day, ())),
                )
                for day in days
            ]
        )
        begins += timedelta(days=7)
    return weeks


def _entry(group: Group, each: Happening, sees_fund: bool) -> Entry:
    href = ""
    if sees_fund and each.kind in _DOORS:
        href = reverse(_DOORS[each.kind], args=[group.code, each.number])
    elif sees_fund and each.kind == HappeningKind.PLAN:
        href = reverse("activities:plan", args=[group.code])
    at = f"{time_words(each.at)} น." if each.at is not None else ""
    return Entry(each, KIND_WORDS[each.kind], at, href)


def _event(group: Group, each: Happening) -> FeedEvent:
    """As the phone keeps it; the same thing has the same uid for ever."""
    at = None
    if each.at is not None:
        at = datetime.combine(each.first, each.at, tzinfo=timezone.get_default_timezone())
    words = f"งดประชุม: {each.words}" if each.is_cancelled else each.words
    if each.kind == HappeningKind.TRAINING:
        words = f"{KIND_WORDS[each.kind]} {words}"
    begin = datetime.combine(
        each.first, datetime.min.time(), tzinfo=timezone.get_default_timezone()
    )
    which = f"{each.kind.value}-{each.number}"
    if each.kind == HappeningKind.TERM_END:
        which = f"{which}-{each.first:%Y%m%d}"
    return FeedEvent(
        uid=f"{which}.{group.code}@kongthun",
        stamp=each.recorded_at or begin,
        summary=words,
        first=each.first,
        last=each.last,
        at=at,
        place=each.place,
        is_cancelled=each.is_cancelled,
    )
