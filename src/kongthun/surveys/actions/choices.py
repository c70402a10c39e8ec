"""Choosing funds for support once they were checked, each with why; taking a choice back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.domain.thai_text import visible
from kongthun.groups.models import Group

from ..models import Choice, Round
from ..queries.rounds import state_of
from ..refusals import (
    BeforeItOpened,
    ChosenAlready,
    InFuture,
    NotCheckedYet,
    NotChosen,
    NotDone,
    NothingChosen,
    NotInRound,
    SurveyRefusal,
    WhyMissing,
)
from .writing import fits, gone, said, take, write_down

LONGEST_WHY = 300


@dataclass(frozen=True, slots=True)
class FundsChosen:
    """So many funds stand chosen in the round, these among them."""

    funds: int


@transaction.atomic
def choose_funds(
    *,
    round: Round,
    whys: Mapping[int, str],
    by: Reach,
    on: date,
) -> FundsChosen | NotDone:
    """Choose funds for support: ``whys`` leads from a group's id to why it is chosen.

    Each has been checked in this round. All are chosen, or none; before the lock or after it.
    """
    taken = take(round)
    known = {fund.group_id: fund for fund in state_of(taken, None).funds}
    refusals: list[SurveyRefusal] = [
        *by.refusals(Deed.OPEN_SURVEYS, area_code=taken.area_code),
        *gone(taken),
        *([InFuture(on, by.day)] if on > by.day else []),
        *([BeforeItOpened(on, taken.opened_on)] if on < taken.opened_on else []),
        *([] if whys else [NothingChosen()]),
    ]
    for group_id, why in whys.items():
        fund = known.get(group_id)
        if fund is None:
            refusals.append(NotInRound(f"กองทุนเลขที่ {group_id}"))
            continue
        if not fund.is_reported:
            refusals.append(NotCheckedYet(fund.name))
        if fund.choice is not None:
            refusals.append(ChosenAlready(fund.name))
        if not visible(why):
            refusals.append(WhyMissing(fund.name))
        refusals += fits("เหตุที่เลือก", why, LONGEST_WHY)
    if refusals:
        return NotDone(tuple(dict.fromkeys(refusals)))
    now = timezone.now()
    numbers: dict[int, int] = {}
    for row in Choice.objects.filter(round=taken, group_id__in=whys).order_by("number"):
        numbers[row.group_id] = row.number
    Choice.objects.bulk_create(
        Choice(
            round=taken,
            group_id=group_id,
            number=numbers.get(group_id, 0) + 1,
            chosen_on=on,
            why=visible(why),
            recorded_by_id=by.user_id,
            recorded_at=now,
        )
        for group_id, why in whys.items()
    )
    write_down(
        "choose_funds",
        taken,
        by,
        on=on.isoformat(),
        funds=sorted(known[group_id].code for group_id in whys),
    )
    return FundsChosen(sum(1 for fund in known.values() if fund.choice) + len(whys))


@transaction.atomic
def take_back_choice(
    *,
    round: Round,
    group: Group,
    note: str,
    by: Reach,
) -> FundsChosen | NotDone:
    """Take back the choice of a fund and say why; it stays readable."""
    taken = take(round)
    standing = Choice.objects.filter(round=taken, group=group, withdrawn_at=None)
    refusals: list[SurveyRefusal] = [
        *by.refusals(Deed.OPEN_SURVEYS, area_code=taken.area_code),
        *gone(taken),
        *([] if standing.exists() else [NotChosen(group.name)]),
        *said("เหตุที่ถอน", note, LONGEST_WHY),
    ]
    if refusals:
        return NotDone(tuple(refusals))
    standing.update(withdrawn_at=timezone.now(), withdrawn_note=visible(note))
    write_down("take_back_choice", taken, by, group=group)
    return FundsChosen(Choice.objects.filter(round=taken, withdrawn_at=None).count())
