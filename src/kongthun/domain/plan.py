"""A contract's plan: which sums are due on which days, with interest where a fund asks for it.

Two roundings, and no others. A sum that is **reckoned** (the interest of a loan or of a period, the
level instalment) goes to the nearest satang, half a satang up. A sum that is **divided** into parts
is cut down to the unit it is divided in, and the last part carries what is left. Nothing is ever
reckoned in floats. docs/rules/plans.md works the examples.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Literal, NamedTuple

from .money import ZERO, Money
from .money import total as sum_of

_SATANG_A_BAHT = 100
_MONTHS_A_YEAR = 12
# 100 basis points are one per cent.
BASIS_POINTS = 10_000


class PlannedPart(NamedTuple):
    """An instalment: so much of the principal, and of interest, by that day."""

    due_on: date
    principal: Money
    interest: Money = ZERO

    @property
    def total(self) -> Money:
        """What is to be handed over for this part."""
        return self.principal + self.interest


class Interest(StrEnum):
    """How a fund reckons interest. A กข.คจ. fund asks for none."""

    NONE = "none"
    FLAT = "flat"  # คงที่: on all that was lent, for the whole term
    DECLINING = "declining"  # ลดต้นลดดอก: on what is still outstanding


@dataclass(frozen=True, slots=True)
class InterestTerms:
    """What a contract says about interest.

    ``rate_bp`` is per cent a year times 100: 600 is 6 % a year. ``day_count`` is written down with
    every contract so that it says how it was reckoned: in whole months (``months_between``), a
    month being a twelfth of a year whatever its length.

    Raises ValueError for a rate below zero, and for one where there is no interest; TypeError for
    a rate that is not a whole number.
    """

    method: Interest = Interest.NONE
    rate_bp: int = 0
    day_count: Literal["months"] = "months"

    def __post_init__(self) -> None:
        _check_rate(self.rate_bp)
        if self.method == Interest.NONE and self.rate_bp:
            raise ValueError(f"no interest, and yet {self.rate_bp} basis points")


# -------------------------------------------------------------------------------------- days


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last day of a month that has no such day.

    >>> months_later(date(2025, 1, 31), 1).isoformat()
    '2025-02-28'
    """
    years, month = divmod(day.month - 1 + months, _MONTHS_A_YEAR)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def months_between(start: date, end: date) -> int:
    """The whole months from one day to a later one; days that do not fill a month do not count.

    Raises ValueError when the end lies before the start.

    >>> months_between(date(2025, 1, 31), date(2025, 2, 28))
    1
    >>> months_between(date(2025, 1, 15), date(2025, 9, 14))
    7
    """
    if end < start:
        raise ValueError(f"{end} lies before {start}")
    months = (end.year - start.year) * _MONTHS_A_YEAR + end.month - start.month
    return months if months_later(start, months) <= end else months - 1


def due_days(first: date, *, count: int, every_months: int) -> list[date]:
    """So many due days, so many months apart, each reckoned from the first.

    A month too short has its last day instead, and the day comes back after it.

    Raises ValueError for less than no days, or days less than a month apart.

    >>> [day.isoformat() for day in due_days(date(2024, 1, 31), count=3, every_months=1)]
    ['2024-01-31', '2024-02-29', '2024-03-31']
    """
    if count < 0 or every_months < 1:
        raise ValueError(f"{count} days, {every_months} months apart")
    return [months_later(first, every_months * times) for times in range(count)]


# -------------------------------------------------------------------------------------- plans


def equal_parts(principal: Money, days: Iterable[date]) -> list[PlannedPart]:
    """Divide a loan into equal parts of whole baht, in the order of their days.

    The last carries the remainder, as committees do by hand, so the plan always adds up to the
    principal. A sum of fewer baht than parts leaves parts of nothing, and no days leave no parts:
    ``faults_of`` names both. Raises ValueError for a principal below zero.

    >>> days = due_days(date(2026, 9, 30), count=3, every_months=12)
    >>> [part.principal.text for part in equal_parts(Money.baht(10_000), days)]
    ['3,333', '3,333', '3,334']
    """
    _check_principal(principal)
    in_order = sorted(days)
    shares = _divided(principal, len(in_order), unit=_SATANG_A_BAHT)
    return [PlannedPart(day, share) for day, share in zip(in_order, shares, strict=True)]


def with_interest(
    parts: Iterable[PlannedPart], *, paid_out_on: date, terms: InterestTerms
) -> list[PlannedPart]:
    """The same parts in the order of their days, each with its interest.

    NONE: nothing. FLAT: the principal times the rate for the months from the pay-out to the last
    part, to the nearest satang, divided evenly among the parts; the last carries the remainder.
    DECLINING: for each part, what was outstanding since the part before it times the rate for the
    months in between, to the nearest satang. Months are counted from the pay-out, so the days that
    one period does not fill are not lost to the next.

    It is the interest of a plan that is kept: paying early or late changes nothing in it.

    Raises ValueError when interest is asked for and a part is due before the pay-out: let
    ``faults_of`` judge the parts first.

    >>> parts = equal_parts(Money.baht(6_000), [date(2026, 3, 31), date(2026, 9, 30)])
    >>> flat = InterestTerms(Interest.FLAT, 600)
    >>> [p.interest.text for p in with_interest(parts, paid_out_on=date(2025, 9, 30), terms=flat)]
    ['180', '180']
    >>> less = InterestTerms(Interest.DECLINING, 600)
    >>> [p.interest.text for p in with_interest(parts, paid_out_on=date(2025, 9, 30), terms=less)]
    ['180', '90']
    """
    in_order = sorted(parts)
    if terms.method == Interest.FLAT:
        interest = _flat(in_order, paid_out_on, terms.rate_bp)
    elif terms.method == Interest.DECLINING:
        interest = _declining(in_order, paid_out_on, terms.rate_bp)
    else:
        interest = [ZERO] * len(in_order)
    return [part._replace(interest=sum_) for part, sum_ in zip(in_order, interest, strict=True)]


def annuity(
    principal: Money, *, rate_bp: int, paid_out_on: date, count: int, every_months: int
) -> list[PlannedPart]:
    """Parts of one and the same total, with interest on what is outstanding (ลดต้นลดดอก).

    The first is due one period after the pay-out, the others a period apart, each reckoned from
    the day of the pay-out. ``rate_bp`` as in ``InterestTerms``. The total and each period's
    interest go to the nearest satang; the last part pays off what is outstanding and so carries
    the rounding. At a rate of zero these are equal parts to the satang.

    The rounding grows at the rate: from a thousand baht, at up to 15 % and ten years, the last part
    is three baht off at most. A small sum over very many parts can be paid off before its end, and
    leaves parts of nothing there: ``faults_of`` names them.

    Raises ValueError for a principal or a rate below zero, less than no parts, or periods of less
    than a month; TypeError for a rate that is not a whole number.

    >>> plan = annuity(Money.baht(10_000), rate_bp=1_200, paid_out_on=date(2025, 9, 30),
    ...                count=12, every_months=1)
    >>> [part.total.text for part in plan[-2:]]
    ['888.49', '888.47']
    """
    _check_principal(principal)
    _check_rate(rate_bp)
    if count < 0 or every_months < 1:
        raise ValueError(f"{count} parts, {every_months} months apart")
    if not count:
        return []
    rate = _rate_for(every_months, rate_bp)
    level = _level_instalment(principal, rate, count)
    outstanding = principal
    parts = []
    for times in range(1, count + 1):
        interest = nearest_satang(outstanding.satang * rate)
        share = outstanding if times == count else min(level - interest, outstanding)
        parts.append(PlannedPart(months_later(paid_out_on, every_months * times), share, interest))
        outstanding -= share
    return parts


def nearest_satang(exact: Fraction) -> Money:
    """A reckoned sum of satang as money: the nearest whole one, half a satang up.

    >>> [nearest_satang(Fraction(halves, 2)).satang for halves in (1, 2, 3)]
    [1, 1, 2]
    """
    return Money((2 * exact.numerator + exact.denominator) // (2 * exact.denominator))


def _flat(parts: Sequence[PlannedPart], paid_out_on: date, rate_bp: int) -> list[Money]:
    if not parts:
        return []
    # The first is asked too, so that no part before the pay-out slips through.
    months = max(months_between(paid_out_on, part.due_on) for part in parts)
    principal = sum_of(part.principal for part in parts)
    interest = nearest_satang(principal.satang * _rate_for(months, rate_bp))
    return _divided(interest, len(parts), unit=1)


def _declining(parts: Sequence[PlannedPart], paid_out_on: date, rate_bp: int) -> list[Money]:
    months = [0, *(months_between(paid_out_on, part.due_on) for part in parts)]
    outstanding = sum_of(part.principal for part in parts)
    interest = []
    for part, (before, by_then) in zip(parts, pairwise(months), strict=True):
        interest.append(nearest_satang(outstanding.satang * _rate_for(by_then - before, rate_bp)))
        outstanding -= part.principal
    return interest


def _level_instalment(principal: Money, rate: Fraction, count: int) -> Money:
    if not rate:
        return nearest_satang(Fraction(principal.satang, count))
    growth = (1 + rate) ** count
    return nearest_satang(principal.satang * rate * growth / (growth - 1))


def _rate_for(months: int, rate_bp: int) -> Fraction:
    """The rate of so many months as a share of one."""
    return Fraction(rate_bp * months, BASIS_POINTS * _MONTHS_A_YEAR)


def _divided(sum_: Money, count: int, *, unit: int) -> list[Money]:
    """A sum in equal parts of whole units of so many satang, the last with the remainder."""
    if not count:
        return []
    # Down, never to the nearest: two satang among four would leave the last one below zero.
    share = Money(sum_.satang // (unit * count) * unit)
    return [*[share] * (count - 1), sum_ - share * (count - 1)]


def _check_principal(principal: Money) -> None:
    if principal < ZERO:
        raise ValueError(f"nothing below zero is lent: {principal}")


def _check_rate(rate_bp: int) -> None:
    if type(rate_bp) is not int:
        raise TypeError(f"a rate is whole basis points, not {rate_bp!r}")
    if rate_bp < 0:
        raise ValueError(f"a rate is not below zero: {rate_bp}")


# -------------------------------------------------------------------------------------- judging


@dataclass(frozen=True, slots=True)
class NoParts:
    """Nothing says when anything is to be sent back."""


@dataclass(frozen=True, slots=True)
class TooManyParts:
    """More parts than the rules allow."""

    count: int
    most: int


@dataclass(frozen=True, slots=True)
class PartOfNothing:
    """A part that asks for nothing, or has a sum below zero."""

    sequence: int


@dataclass(frozen=True, slots=True)
class PartBeforePayOut:
    """A part due before the money is handed over. The day itself may be."""

    sequence: int
    due_on: date


@dataclass(frozen=True, slots=True)
class PartTwiceOnOneDay:
    """More than one part on a day; they are one part."""

    due_on: date


@dataclass(frozen=True, slots=True)
class EndsTooLate:
    """The last part is due after the last day the rules allow."""

    due_on: date
    last_allowed: date


@dataclass(frozen=True, slots=True)
class DoesNotAddUp:
    """The parts' principal is not the sum lent. ``difference`` above zero: too much is planned."""

    difference: Money


PlanFault = (
    NoParts
    | TooManyParts
    | PartOfNothing
    | PartBeforePayOut
    | PartTwiceOnOneDay
    | EndsTooLate
    | DoesNotAddUp
)


def faults_of(
    parts: Sequence[PlannedPart],
    *,
    principal: Money,
    paid_out_on: date,
    last_allowed: date | None = None,
    max_parts: int | None = None,
) -> list[PlanFault]:
    """Everything that speaks against a plan, all together; nothing when it may stand.

    ``sequence`` counts from 1 in the order the parts were handed in, as they stand on the paper;
    they need not run in the order of their days. None for a limit: there is none. A part of
    interest alone is well.

    >>> parts = [PlannedPart(date(2026, 9, 30), Money.baht(4_000))]
    >>> faults_of(parts, principal=Money.baht(5_000), paid_out_on=date(2025, 9, 30))
    [DoesNotAddUp(difference=Money(satang=-100000))]
    """
    if not parts:
        return [NoParts()]
    faults: list[PlanFault] = []
    if max_parts is not None and len(parts) > max_parts:
        faults.append(TooManyParts(len(parts), max_parts))
    for sequence, part in enumerate(parts, start=1):
        if part.principal < ZERO or part.interest < ZERO or not part.total:
            faults.append(PartOfNothing(sequence))
        if part.due_on < paid_out_on:
            faults.append(PartBeforePayOut(sequence, part.due_on))
    times = Counter(part.due_on for part in parts)
    faults += [PartTwiceOnOneDay(day) for day in sorted(times) if times[day] > 1]
    last = max(times)
    if last_allowed is not None and last > last_allowed:
        faults.append(EndsTooLate(last, last_allowed))
    difference = sum_of(part.principal for part in parts) - principal
    if difference:
        faults.append(DoesNotAddUp(difference))
    return faults
