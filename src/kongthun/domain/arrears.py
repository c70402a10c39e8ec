"""What is overdue, since when: by the contract's plan and what was sent back, as of a day.

A part due today is not late; it is late from the day after. What was sent back settles the oldest
part first. (The plan's dates are the contract's; ผ่อนผัน is reckoned beside this, never inside it.)
docs/rules/arrears.md works an example.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .money import Money

# Upper ends of the age bands in days late, the last one open.
BAND_DAYS = (90, 365, 1095)
BANDS = len(BAND_DAYS) + 1


class Part(NamedTuple):
    """An instalment: this much by that day."""

    due_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class PartState:
    """An instalment with how much of it is settled, oldest part first."""

    part: Part
    settled: Money

    @property
    def lacking(self) -> Money:
        """What this part still wants."""
        return self.part.amount - self.settled


@dataclass(frozen=True, slots=True)
class Arrears:
    """What is late on one contract. ``days_late`` counts from the oldest unsettled part."""

    overdue: Money
    days_late: int
    by_band: tuple[Money, ...]


def arrears_of(plan: Iterable[Part], settled: Money, *, as_of: date) -> Arrears:
    """What is late on ``as_of`` when ``settled`` of the plan has been sent back or written off.

    The parts may come in any order; more settled than planned leaves nothing late.

    >>> plan = [Part(date(2025, 9, 30), Money.baht(6000))]
    >>> arrears_of(plan, Money.baht(1000), as_of=date(2025, 9, 30)).days_late
    0
    >>> arrears_of(plan, Money.baht(1000), as_of=date(2025, 10, 1)).overdue.text
    '5,000'
    """
    overdue = 0
    days_late = 0
    by_band = [0] * BANDS
    for state in settle(plan, settled):
        lacking, due_on = state.lacking.satang, state.part.due_on
        if lacking == 0 or due_on >= as_of:
            continue
        days = (as_of - due_on).days
        days_late = max(days_late, days)
        overdue += lacking
        by_band[band_of(days)] += lacking
    return Arrears(Money(overdue), days_late, tuple(Money(satang) for satang in by_band))


def settle(plan: Iterable[Part], settled: Money) -> list[PartState]:
    """How a sum that was sent back settles a plan, the oldest part first, in the order of days.

    >>> plan = [Part(date(2025, 9, 30), Money(400)), Part(date(2026, 9, 30), Money(600))]
    >>> [state.settled.satang for state in settle(plan, Money(500))]
    [400, 100]
    """
    left = settled.satang
    states = []
    for part in sorted(plan):
        taken = min(left, part.amount.satang)
        left -= taken
        states.append(PartState(part, Money(taken)))
    return states


def band_of(days_late: int) -> int:
    """Which age band so many days late falls into.

    >>> [band_of(days) for days in (1, 90, 91, 365, 366, 2000)]
    [0, 0, 1, 1, 2, 3]
    """
    return sum(1 for end in BAND_DAYS if days_late > end)
