"""A year's plan held against what was done, each line with what shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from kongthun.domain.money import Money, total
from kongthun.domain.plans_done import PlanState, YearDays, days_of_year, own_year, plan_state
from kongthun.groups.models import Group
from kongthun.groups.queries.rules import rules_of

from ..models import ActivityDone, PlannedActivity


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the plan with how it stands on the day and what was done of it."""

    row: PlannedActivity
    state: PlanState
    done: tuple[ActivityDone, ...]

    @property
    def told(self) -> Money:
        """What was spent on it, as told."""
        return total(each.spent for each in self.done if each.spent is not None)


@dataclass(frozen=True, slots=True)
class PlanAgainstDone:
    """A year's plan on a day. ``beside`` was done without being planned."""

    year: int
    days: YearDays
    day: date
    lines: tuple[PlanLine, ...]
    beside: tuple[ActivityDone, ...]

    @property
    def counts(self) -> Mapping[PlanState, int]:
        """How many lines stand how."""
        return Counter(line.state for line in self.lines)

    @property
    def planned(self) -> int:
        """How many lines the plan has, without those given up."""
        return len(self.lines) - self.counts[PlanState.DROPPED]

    @property
    def budget(self) -> Money:
        """What the plan asks for, without the lines given up."""
        return total(
            line.row.budget
            for line in self.lines
            if line.row.budget is not None and line.state != PlanState.DROPPED
        )

    @property
    def told(self) -> Money:
        """What was spent, as told: of the plan and beside it."""
        beside = total(each.spent for each in self.beside if each.spent is not None)
        return total([beside, *(line.told for line in self.lines)])

    @property
    def waiting(self) -> list[PlanLine]:
        """What asks for something now: late first, then what its days have come for."""
        order = {PlanState.LATE: 0, PlanState.NOW: 1}
        found = [line for line in self.lines if line.state in order]
        return sorted(found, key=lambda line: (order[line.state], line.row.ends_on))


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """The plan of a year in a few numbers, for the page of the group."""

    year: int
    planned: int
    done: int
    late: int
    now: int
    coming: int
    dropped: int
    beside: int
    budget: Money
    told: Money


def year_end_month(group: Group, day: date) -> int | None:
    """The month that ends the group's year by the rules of a day."""
    rules = rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=day)
    return rules["year_end_month"].count


def year_of_group(group: Group, day: date) -> int:
    """พ.ศ. of the group's own year a day is in."""
    return own_year(day, year_end_month(group, day))


def plan_against_done(group: Group, year: int, today: date) -> PlanAgainstDone:
    """The plan of a year as it stands today: lines in the order of their days.

    A line that another replaced is not shown. As many statements however long the plan is. Raises
    ValueError for a year beyond the calendar.
    """
    days = days_of_year(year, year_end_month(group, today))
    replaced = PlannedActivity.objects.filter(group=group, replaces=OuterRef("number"))
    plans = list(
        PlannedActivity.objects.filter(~Exists(replaced), group=group, year=year).order_by(
            "starts_on", "number"
        )
    )
    numbers = [plan.number for plan in plans]
    of_plan = Q(plan_number__in=numbers)
    beside = Q(plan_number=None, happened_on__range=(days.first, days.last))
    done = list(
        ActivityDone.objects.filter(of_plan | beside, group=group, withdrawn_at=None).order_by(
            "happened_on", "number"
        )
    )
    by_plan: dict[int, list[ActivityDone]] = {}
    for each in done:
        if each.plan_number is not None:
            by_plan.setdefault(each.plan_number, []).append(each)
    return PlanAgainstDone(
        year,
        days,
        today,
        tuple(_line(plan, by_plan.get(plan.number, []), today) for plan in plans),
        tuple(each for each in done if each.plan_number is None),
    )


def plan_summary(group: Group, year: int, day: date) -> PlanSummary:
    """The plan of a year in numbers. As many statements as `plan_against_done`."""
    plan = plan_against_done(group, year, day)
    counts = plan.counts
    return PlanSummary(
        year,
        planned=plan.planned,
        done=counts[PlanState.DONE],
        late=counts[PlanState.LATE],
        now=counts[PlanState.NOW],
        coming=counts[PlanState.COMING],
        dropped=counts[PlanState.DROPPED],
        beside=len(plan.beside),
        budget=plan.budget,
        told=plan.told,
    )


def plan_of(group: Group, number: int) -> PlannedActivity | None:
    """One line of a plan, as it was written."""
    return PlannedActivity.objects.filter(group=group, number=number).first()


def standing_plan_of(group: Group, number: int) -> PlannedActivity | None:
    """The same, unless it was given up or another stands in its place."""
    plan = plan_of(group, number)
    if plan is None or plan.dropped_at is not None:
        return None
    is_replaced = PlannedActivity.objects.filter(group=group, replaces=number).exists()
    return None if is_replaced else plan


def activity_of(group: Group, number: int) -> ActivityDone | None:
    """One thing that was done, also one that was taken back."""
    return ActivityDone.objects.filter(group=group, number=number).first()


# --- below the line -------------------------------------------------------------------------


def _line(plan: PlannedActivity, done: list[ActivityDone], today: date) -> PlanLine:
    state = plan_state(
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        done_on=[each.happened_on for each in done],
        is_dropped=plan.dropped_at is not None,
        day=today,
    )
    return PlanLine(plan, state, tuple(done))
