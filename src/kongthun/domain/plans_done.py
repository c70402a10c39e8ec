"""A group's own year, and how a line of its plan stands on a day.

docs/rules/plans_and_activities.md works an example.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .thai_calendar import thai_year

_BE_AHEAD = 543
DECEMBER = 12


class PlanState(StrEnum):
    """How a line of a plan stands."""

    DONE = "done"
    LATE = "late"  # its days are over and nothing shows that it was done
    NOW = "now"  # its days have begun
    COMING = "coming"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class YearDays:
    """The first and the last day of a group's year; both count."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether a day is in the year."""
        return self.first <= day <= self.last


def plan_state(
    *, starts_on: date, ends_on: date, done_on: Collection[date], is_dropped: bool, day: date
) -> PlanState:
    """How a line stands at the end of a day.

    What was done counts whenever it was done, too early and too late as well, but not before it
    happened. A line that was given up is not late.

    >>> plan_state(starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31), done_on=[],
    ...            is_dropped=False, day=date(2026, 4, 1)).value
    'late'
    """
    if any(on <= day for on in done_on):
        return PlanState.DONE
    if is_dropped:
        return PlanState.DROPPED
    if ends_on < day:
        return PlanState.LATE
    return PlanState.NOW if starts_on <= day else PlanState.COMING


def own_year(day: date, end_month: int | None) -> int:
    """พ.ศ. of the group's year a day is in, named by the year it ends in.

    ``end_month`` is the rule set's year_end_month; a group without one keeps the calendar year.

    >>> own_year(date(2026, 4, 1), 3), own_year(date(2026, 3, 31), 3)
    (2570, 2569)
    """
    return thai_year(day) + (day.month > (end_month or DECEMBER))


def days_of_year(year: int, end_month: int | None) -> YearDays:
    """The days of a group's year of พ.ศ.

    Raises ValueError for a year beyond the calendar.
    """
    return YearDays(_last_day(year - 1, end_month) + timedelta(days=1), _last_day(year, end_month))


def _last_day(year: int, end_month: int | None) -> date:
    month = end_month or DECEMBER
    first = date(year - _BE_AHEAD, month, 1)
    return first.replace(day=monthrange(first.year, month)[1])
