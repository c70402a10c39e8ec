"""What a tool loses in worth by being used: the same every month, until nothing is left.

Straight line [D]: a mill of 24,000 baht that is thought to serve five years loses 400 a month. Only
whole months count. What was worn by a day is reckoned anew from the beginning each time, so that
many small roundings never add up, and the last month takes what is left.
(docs/rules/tools.md)
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from .money import ZERO, Money
from .plan import months_between, nearest_satang

_MONTHS_A_YEAR = 12


def worn_by(value: Money, useful_years: int, acquired_on: date, day: date) -> Money:
    """How much of a tool's value is worn away by a day; nothing before it was there.

    Raises ValueError for a value below zero or a tool that serves no year.

    >>> worn_by(Money.baht(24_000), 5, date(2025, 3, 10), date(2026, 3, 9)).text
    '4,400'
    """
    if value < ZERO or useful_years < 1:
        raise ValueError(f"{value} over {useful_years} years")
    if day <= acquired_on:
        return ZERO
    life = useful_years * _MONTHS_A_YEAR
    months = min(months_between(acquired_on, day), life)
    return nearest_satang(Fraction(value.satang * months, life))


def wear_due(value: Money, left: Money, useful_years: int, acquired_on: date, day: date) -> Money:
    """What is still to be written off by a day, where ``left`` is what the books still say.

    Never more than is left and never below zero: what was written off too early stays written off.
    """
    already = value - left
    due = worn_by(value, useful_years, acquired_on, day) - already
    return max(ZERO, min(due, left))
