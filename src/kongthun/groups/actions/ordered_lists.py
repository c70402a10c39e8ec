"""Drawing up the ordered list anew: the meeting's order, with a reason where income gives none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kongthun.accounts.reach import Reach
from kongthun.audit.actions import record_deed
from kongthun.domain.ordered_list import Placed, faults_of
from kongthun.domain.thai_text import visible

from ..models import Group, ListPlace, OrderedList
from ..queries.ordered_lists import households_to_order
from ..refusals import (
    GroupRefusal,
    InTheFuture,
    LaterListStands,
    ListEmpty,
    NotDone,
    OrderNotClear,
    ResolutionMissing,
)
from .groups import hold_group
from .households import may_keep_lists


@dataclass(frozen=True, slots=True)
class ListDrawnUp:
    """The list has this number and stands from its day on."""

    number: int


@transaction.atomic
def draw_up_list(
    *, group: Group, placed: Sequence[Placed], by_resolution: str, on: date, by: Reach
) -> ListDrawnUp | NotDone:
    """Keep the order that a meeting adopted ``on`` a day, poorest first, as a new version.

    Every target household of that day has its one place. A place that income does not give needs
    its reason beside it (docs/rules/ordered_list.md); earlier versions stay to be read.
    """
    hold_group(group)
    refusals: list[GroupRefusal] = list(may_keep_lists(by, group))
    if on > by.day:
        refusals.append(InTheFuture(on))
    if not visible(by_resolution):
        refusals.append(ResolutionMissing())
    households = [household for _, household in households_to_order(group.pk, on)]
    if not households:
        refusals.append(ListEmpty())
    refusals += [OrderNotClear(fault) for fault in faults_of(placed, households)]
    known = OrderedList.objects.filter(group=group).aggregate(
        last=Max("number"), drawn_on=Max("drawn_on")
    )
    if known["drawn_on"] is not None and known["drawn_on"] > on:
        refusals.append(LaterListStands(known["drawn_on"]))
    if refusals:
        return NotDone(tuple(refusals))
    number = (known["last"] or 0) + 1
    years = [household.survey_year for household in households if household.survey_year]
    incomes = {household.number: household.income for household in households}
    OrderedList.objects.create(
        group=group,
        number=number,
        drawn_on=on,
        survey_year=max(years, default=None),
        by_resolution=visible(by_resolution),
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    ListPlace.objects.bulk_create(
        ListPlace(
            group=group,
            list_number=number,
            place=place,
            member_number=each.number,
            income=incomes[each.number],
            reason=visible(each.reason),
        )
        for place, each in enumerate(placed, start=1)
    )
    record_deed(
        "draw_up_list",
        user_id=by.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"ordered list {number}",
        details={"on": on.isoformat(), "households": len(placed)},
    )
    return ListDrawnUp(number)
