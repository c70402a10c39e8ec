"""What will be overdue on any day, kept as what is still open by the day it is due.

A contract becomes overdue because the day came, not because anything was run. So nothing is kept by
age: a **rung** says how much still open falls due on a day, and an age band is a range of due days
that moves with the day asked about. A posting adds the difference of its contract's ladder before
and after; ladders of funds add up to the ladder of a node.

Every answer is for the parts and settlements the ladder was made from. docs/rules/due_ladder.md
says which questions about the past need the entries instead, how a database keeps a ladder, and
works an example.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from .arrears import BAND_DAYS, Part, settle
from .money import ZERO, Money, total


class Rung(NamedTuple):
    """What is open of the parts due on a day, and how many contracts have their oldest there.

    Both are below zero where a difference takes away.
    """

    due_on: date
    lacking: Money
    contracts: int


class Rail(NamedTuple):
    """So many contracts have open parts on both days and none between.

    A contract with several open parts may stand in several bands and must count once in each;
    a contract with one open part has no rail.
    """

    older_on: date
    due_on: date
    contracts: int


class Deferred(NamedTuple):
    """What of a rung stands on contracts with a delay from a day to a day, both included."""

    due_on: date
    starts_on: date
    ends_on: date
    lacking: Money


@dataclass(frozen=True, slots=True, order=True)
class Delay:
    """ผ่อนผัน: a granted delay. Both days count. Raises ValueError when it ends before it starts."""

    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        if self.ends_on < self.starts_on:
            raise ValueError(f"a delay from {self.starts_on} does not end on {self.ends_on}")


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of a contract, of a fund, of a node, or what a deed adds to them.

    In the order of days, each key once, nothing that is zero: two ladders that say the same are
    equal, and ``Ladder()`` is nothing open. ``deferred`` stands beside the rungs, never inside.
    """

    rungs: tuple[Rung, ...] = ()
    rails: tuple[Rail, ...] = ()
    deferred: tuple[Deferred, ...] = ()

    def __add__(self, other: Ladder) -> Ladder:
        return total_of((self, other))

    def __neg__(self) -> Ladder:
        return Ladder(
            tuple(Rung(day, -lacking, -contracts) for day, lacking, contracts in self.rungs),
            tuple(rail._replace(contracts=-rail.contracts) for rail in self.rails),
            tuple(each._replace(lacking=-each.lacking) for each in self.deferred),
        )


# -------------------------------------------------------------------------------------- keeping


def ladder_of(plan: Iterable[Part], settled: Money, delays: Iterable[Delay] = ()) -> Ladder:
    """The ladder of one contract: what its plan in force lacks, the oldest part settled first.

    ``settled`` as for ``arrears_of``. ``delays``: those granted and not withdrawn, past ones too;
    where they overlap, each day counts once. A contract that was withdrawn, or is not paid out, has
    ``Ladder()``.

    >>> plan = [Part(date(2024, 9, 30), Money(400)), Part(date(2025, 9, 30), Money(600))]
    >>> [(str(rung.due_on), rung.lacking.satang) for rung in ladder_of(plan, Money(100)).rungs]
    [('2024-09-30', 300), ('2025-09-30', 600)]
    """
    lacking: defaultdict[date, Money] = defaultdict(lambda: ZERO)
    for state in settle(plan, settled):
        if state.lacking:
            lacking[state.part.due_on] += state.lacking
    days = list(lacking)  # In order, as `settle` hands them out.
    runs = _runs_of(delays)
    return Ladder(
        tuple(Rung(day, lacking[day], int(day == days[0])) for day in days),
        tuple(Rail(older_on, day, 1) for older_on, day in pairwise(days)),
        tuple(
            Deferred(day, run.starts_on, run.ends_on, lacking[day]) for day in days for run in runs
        ),
    )


def difference(before: Ladder, after: Ladder) -> Ladder:
    """What a deed adds to the ladder its contract is part of; below zero where it takes away.

    Adding it to a fund's ladder, and to that of every node above, leaves them as if made anew.
    Nothing (``Ladder()``) between what is kept and what the contracts say: they agree.

    >>> one = [Part(date(2024, 9, 30), Money(400))]
    >>> difference(ladder_of(one, Money(0)), ladder_of(one, Money(100))).rungs[0].lacking.satang
    -100
    """
    return after + -before


def total_of(ladders: Iterable[Ladder]) -> Ladder:
    """Ladders together: a fund from its contracts, a node from its funds, deeds one after another.

    The order tells nothing.
    """
    lacking: defaultdict[date, int] = defaultdict(int)
    oldest: defaultdict[date, int] = defaultdict(int)
    rails: defaultdict[tuple[date, date], int] = defaultdict(int)
    deferred: defaultdict[tuple[date, date, date], int] = defaultdict(int)
    for ladder in ladders:
        for rung in ladder.rungs:
            lacking[rung.due_on] += rung.lacking.satang
            oldest[rung.due_on] += rung.contracts
        for rail in ladder.rails:
            rails[rail.older_on, rail.due_on] += rail.contracts
        for each in ladder.deferred:
            deferred[each.due_on, each.starts_on, each.ends_on] += each.lacking.satang
    return Ladder(
        tuple(
            Rung(day, Money(lacking[day]), oldest[day])
            for day in sorted(lacking)
            if lacking[day] or oldest[day]
        ),
        tuple(Rail(*days, rails[days]) for days in sorted(rails) if rails[days]),
        tuple(
            Deferred(*days, Money(deferred[days])) for days in sorted(deferred) if deferred[days]
        ),
    )


def _runs_of(delays: Iterable[Delay]) -> list[Delay]:
    """Delays of one contract without overlap, in order, the same days covered."""
    runs: list[Delay] = []
    for delay in sorted(delays):
        if runs and delay.starts_on <= runs[-1].ends_on:
            runs[-1] = Delay(runs[-1].starts_on, max(runs[-1].ends_on, delay.ends_on))
        else:
            runs.append(delay)
    return runs


# -------------------------------------------------------------------------------------- asking


class Window(NamedTuple):
    """Due days from one on and before another."""

    first: date
    before: date

    def holds(self, day: date) -> bool:
        """Whether a part due on the day stands here."""
        return self.first <= day < self.before


@dataclass(frozen=True, slots=True)
class Late:
    """How many contracts are late in all, each once, and in each band; one may be in several."""

    contracts: int
    by_band: tuple[int, ...]


def windows_on(day: date) -> tuple[Window, ...]:
    """The due days that stand in each age band on a day, the youngest band first.

    Between them they hold every day before it, each once: a part due on the day is not late.

    >>> [str(window.first) for window in windows_on(date(2025, 12, 31))]
    ['2025-10-02', '2024-12-31', '2023-01-01', '0001-01-01']
    """
    edges = [day, *(day - timedelta(days=days) for days in BAND_DAYS), date.min]
    return tuple(Window(first, before) for before, first in pairwise(edges))


def overdue_on(ladder: Ladder, day: date) -> Money:
    """What is overdue on a day, whatever its age; delays not considered."""
    return total(rung.lacking for rung in ladder.rungs if rung.due_on < day)


def by_band(ladder: Ladder, day: date) -> tuple[Money, ...]:
    """What is overdue on a day by age band; adds up to ``overdue_on``."""
    return tuple(
        total(rung.lacking for rung in ladder.rungs if window.holds(rung.due_on))
        for window in windows_on(day)
    )


def deferred_by_band(ladder: Ladder, day: date) -> tuple[Money, ...]:
    """What of ``by_band`` stands on contracts with a delay that runs on the day."""
    running = [each for each in ladder.deferred if each.starts_on <= day <= each.ends_on]
    return tuple(
        total(each.lacking for each in running if window.holds(each.due_on))
        for window in windows_on(day)
    )


def late_on(ladder: Ladder, day: date) -> Late:
    """How many contracts are late on a day.

    In all, a contract counts by the due day of its oldest open part. In a band it counts if that
    part stands in it, or if a rail leads into it from an older day; never by both.
    """
    return Late(
        sum(rung.contracts for rung in ladder.rungs if rung.due_on < day),
        tuple(
            sum(rung.contracts for rung in ladder.rungs if window.holds(rung.due_on))
            + sum(
                rail.contracts
                for rail in ladder.rails
                if window.holds(rail.due_on) and rail.older_on < window.first
            )
            for window in windows_on(day)
        ),
    )
