"""What the books warn of: the signs of one fund on a day, and of all funds of an area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import Reach
from kongthun.domain.early_warning import EarlyWarning, Sign, warning_of
from kongthun.domain.money import ZERO, Money
from kongthun.groups.models import Group
from kongthun.reports.queries.roll_up import StatusRow, roll_up_by_fund


@dataclass(frozen=True, slots=True)
class Warned:
    """The signs of a fund, and what nobody could explain."""

    signs: tuple[Sign, ...]
    missing: Money


@dataclass(frozen=True, slots=True)
class WarnedFund:
    """A fund of an area with its state and its early warning."""

    status: StatusRow
    warning: EarlyWarning


def warning_of_fund(group: Group, *, day: date, today: date) -> Warned:
    """The signs of one fund on a day; nothing for a group without books."""
    rows = roll_up_by_fund(group.area_code, as_of=day, today=today, reach=None).rows
    status = next((row for row in rows if row.code == group.code), None)
    if status is None:
        return Warned((), ZERO)
    return Warned(_warning(status, day).signs, status.sums.unexplained)


def warnings_of_area(area_code: str, reach: Reach) -> list[WarnedFund]:
    """Every fund under an area within reach, by its code. The statements are constant."""
    rows = roll_up_by_fund(area_code, as_of=reach.day, today=reach.day, reach=reach).rows
    return [WarnedFund(row, _warning(row, reach.day)) for row in rows]


def _warning(status: StatusRow, day: date) -> EarlyWarning:
    return warning_of(
        status.sums,
        status.overdue,
        last_movement_on=status.last_movement_on,
        rows_set_aside=status.set_aside_rows,
        as_of=day,
    )
