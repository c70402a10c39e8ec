"""What the group promised to others and by when: reports to givers, parts to lenders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.ledger.models import Fund

from .borrowings import DuePart, parts_due
from .gifts import ReportDue, reports_due


@dataclass(frozen=True, slots=True)
class Promises:
    """What is late, and what comes within a month; the earliest first."""

    late: tuple[ReportDue | DuePart, ...] = ()
    soon: tuple[ReportDue | DuePart, ...] = ()

    @property
    def first(self) -> ReportDue | DuePart | None:
        """What asks for something first."""
        return next(iter((*self.late, *self.soon)), None)


def promises_of(fund: Fund, day: date) -> Promises:
    """What a fund owes others by a day. A report or a part due on the day itself is not late."""
    found: list[ReportDue | DuePart] = [*reports_due(fund, day), *parts_due(fund, day)]
    due = sorted(found, key=lambda each: each.due_on)
    return Promises(
        tuple(each for each in due if each.due_on < day),
        tuple(each for each in due if each.due_on >= day),
    )
