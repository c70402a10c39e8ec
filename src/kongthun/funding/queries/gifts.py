"""Grants and donations, and the reports that are owed for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kongthun.ledger.models import Fund

from ..models import Gift, OwedReport

# How long before its day a report is among the next things to do.
DAYS_AHEAD = 30


@dataclass(frozen=True, slots=True)
class ReportDue:
    """A report that is not handed in yet."""

    gift_number: int
    giver: str
    place: int
    words: str
    due_on: date

    def is_late(self, day: date) -> bool:
        """Whether its day has gone by."""
        return self.due_on < day


def gifts(fund: Fund) -> list[Gift]:
    """All that was given, the latest first; what was taken back too."""
    return list(Gift.objects.filter(fund=fund).order_by("-number"))


def gift(fund: Fund, number: int) -> Gift | None:
    """One gift."""
    return Gift.objects.filter(fund=fund, number=number).first()


def reports_of(fund: Fund, number: int) -> list[OwedReport]:
    """The reports a gift asks for, handed in or not."""
    return list(OwedReport.objects.filter(fund=fund, gift_number=number).order_by("place"))


def reports_owed(fund: Fund) -> list[ReportDue]:
    """Every report not handed in, the earliest first. Two statements."""
    standing = {
        each.number: each.giver for each in Gift.objects.filter(fund=fund, withdrawn_at=None)
    }
    open_ones = OwedReport.objects.filter(fund=fund, handed_in_on=None)
    return [
        ReportDue(each.gift_number, standing[each.gift_number], each.place, each.words, each.due_on)
        for each in open_ones.order_by("due_on", "gift_number", "place")
        if each.gift_number in standing
    ]


def reports_due(fund: Fund, day: date) -> list[ReportDue]:
    """The reports that are late, or due within a month of a day, the earliest first."""
    until = day + timedelta(days=DAYS_AHEAD)
    return [each for each in reports_owed(fund) if each.due_on <= until]


def not_thanked(fund: Fund) -> list[Gift]:
    """What was given and nobody wrote a letter of thanks for."""
    open_ones = Gift.objects.filter(fund=fund, withdrawn_at=None, thanked_on=None)
    return list(open_ones.order_by("number"))
