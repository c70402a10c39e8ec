"""Which funds need a visit first: an early warning to bring support, never a ranking.

The signs are computed from the books alone and each says what it saw. Their bounds are examples,
not official criteria (the official health check is not published); they travel as a value so that
an office can set its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from .fund_position import FundPosition
from .money import Money


class Care(IntEnum):
    """How soon somebody should look. Higher first."""

    OK = 0
    WATCH = 1
    VISIT = 2
    UNEXPLAINED = 3


class Sign(StrEnum):
    """What was seen."""

    MISSING = "missing"  # money nobody has explained
    SURPLUS = "surplus"  # the books hold more than the fund was given
    MUCH_OVERDUE = "much_overdue"
    SOME_OVERDUE = "some_overdue"
    STILL = "still"  # nothing moved for long
    ROWS_SET_ASIDE = "rows_set_aside"


@dataclass(frozen=True, slots=True)
class Bounds:
    """From when a sign counts. Shares are per cent of what the fund was entrusted with."""

    missing_share: int = 2
    overdue_share: int = 30
    still_days: int = 730


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """What was seen, and how soon somebody should look."""

    care: Care
    signs: tuple[Sign, ...]


EXAMPLE_BOUNDS = Bounds()


def warning_of(
    position: FundPosition,
    overdue: Money,
    *,
    last_movement_on: date | None,
    rows_set_aside: int,
    as_of: date,
    bounds: Bounds = EXAMPLE_BOUNDS,
) -> EarlyWarning:
    """The early warning of one fund as of a day."""
    signs: list[Sign] = []
    care = Care.OK
    entrusted = position.entrusted.satang
    missing = position.unexplained.satang
    if missing > 0:
        signs.append(Sign.MISSING)
        is_much = missing * 100 > entrusted * bounds.missing_share
        care = max(care, Care.UNEXPLAINED if is_much else Care.WATCH)
    elif missing < 0:
        signs.append(Sign.SURPLUS)
        care = max(care, Care.WATCH)
    if overdue.satang > 0:
        is_much = overdue.satang * 100 > entrusted * bounds.overdue_share
        signs.append(Sign.MUCH_OVERDUE if is_much else Sign.SOME_OVERDUE)
        care = max(care, Care.VISIT if is_much else Care.WATCH)
    is_still = last_movement_on is not None and (as_of - last_movement_on).days > bounds.still_days
    if is_still and position.households.satang > 0:
        signs.append(Sign.STILL)
        care = max(care, Care.VISIT)
    if rows_set_aside:
        signs.append(Sign.ROWS_SET_ASIDE)
        care = max(care, Care.WATCH)
    return EarlyWarning(care, tuple(signs))
