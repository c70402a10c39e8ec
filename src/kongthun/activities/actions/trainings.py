"""What the group learned together: a training is written down, or taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.papers import keep_paper
from kongthun.db.numbers import next_number
from kongthun.domain.money import ZERO, Money
from kongthun.domain.thai_text import visible
from kongthun.groups.models import Group
from kongthun.groups.queries.members import members_on

from ..calls_refusals import NotAMember
from ..models import ActivityDone, Learner, Training
from ..plans_refusals import (
    InTheFuture,
    NobodyLearned,
    NoSuchTraining,
    NotDone,
    PlanRefusal,
    TrainedTwice,
    TrainingCounted,
    TrainingWithdrawn,
    WordsMissing,
)
from ..refusals import TooLong
from .writing import entitled, take, write_down

LONGEST_TOPIC = 200
LONGEST_TEACHER = 200
LONGEST_ROOM = 200
LONGEST_LEARNED = 200
LONGEST_WHY = 300


@dataclass(frozen=True, slots=True)
class TrainingKept:
    """The training stands as asked, under its number in the group."""

    number: int


@transaction.atomic
def record_training(
    *,
    group: Group,
    by: Reach,
    on: date,
    topic: str,
    taught_by: str,
    came: Mapping[int, str],
    hours: int | None = None,
    place: str = "",
    cost: Money = ZERO,
    evidence: Path | None = None,
) -> TrainingKept | NotDone:
    """Write down a training: ``came`` leads from a member's number to what that member learned.

    The cost is as told and touches no books. Who came without being a member is not kept by name.
    """
    take(group)
    refusals: list[PlanRefusal] = [
        *entitled(group, by, Deed.KEEP_PLANS),
        *([InTheFuture(on, by.day)] if on > by.day else []),
        *_said("เรื่องที่อบรม", topic, LONGEST_TOPIC),
        *_said("ผู้ให้ความรู้", taught_by, LONGEST_TEACHER),
        *_fits("สถานที่อบรม", place, LONGEST_ROOM),
        *_people_faults(group, came, on),
    ]
    twin = Training.objects.filter(
        group=group, held_on=on, topic=visible(topic), withdrawn_at=None
    ).first()
    if twin is not None:
        refusals.append(TrainedTwice(twin.number))
    if refusals:
        return NotDone(tuple(refusals))
    number = next_number(Training, group=group)
    sha256 = ""
    if evidence is not None:
        sha256 = keep_paper(
            evidence,
            fund_id=group.pk,
            area_code=group.area_code,
            subject=f"training {number}",
            user_id=by.user_id,
        )
    training = Training.objects.create(
        group=group,
        number=number,
        held_on=on,
        topic=visible(topic),
        taught_by=visible(taught_by),
        hours=hours,
        place=visible(place),
        cost=cost,
        evidence=sha256,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    Learner.objects.bulk_create(
        Learner(
            group=group,
            training_number=training.number,
            member_number=number,
            learned=visible(learned),
        )
        for number, learned in sorted(came.items())
    )
    write_down(
        "record_training",
        group,
        by,
        f"training {training.number}",
        on=on.isoformat(),
        members=sorted(came),
    )
    return TrainingKept(training.number)


@transaction.atomic
def withdraw_training(*, group: Group, number: int, note: str, by: Reach) -> TrainingKept | NotDone:
    """Take back a training that was written down by mistake, and say how that is known.

    Refused while something that was done is shown by it.
    """
    take(group)
    refusals: list[PlanRefusal] = [
        *entitled(group, by, Deed.KEEP_PLANS),
        *_said("เหตุที่ถอน", note, LONGEST_WHY),
    ]
    training = Training.objects.filter(group=group, number=number).first()
    if training is None:
        refusals.append(NoSuchTraining(number))
    elif training.withdrawn_at is not None:
        refusals.append(TrainingWithdrawn(number))
    counted = ActivityDone.objects.filter(
        group=group, training_number=number, withdrawn_at=None
    ).first()
    if counted is not None:
        refusals.append(TrainingCounted(number, counted.number))
    if refusals:
        return NotDone(tuple(refusals))
    Training.objects.filter(group=group, number=number).update(
        withdrawn_at=timezone.now(), withdrawn_note=visible(note)
    )
    write_down("withdraw_training", group, by, f"training {number}")
    return TrainingKept(number)


# --- below the line -------------------------------------------------------------------------


def _said(what: str, words: str, longest: int) -> list[PlanRefusal]:
    return _fits(what, words, longest) if visible(words) else [WordsMissing(what)]


def _fits(what: str, words: str, longest: int) -> list[PlanRefusal]:
    return [TooLong(what, longest)] if len(visible(words)) > longest else []


def _people_faults(group: Group, came: Mapping[int, str], on: date) -> list[PlanRefusal]:
    if not came:
        return [NobodyLearned()]
    members = members_on(group, on)
    found: list[PlanRefusal] = [
        NotAMember(number, on) for number in sorted(came) if number not in members
    ]
    if any(len(visible(learned)) > LONGEST_LEARNED for learned in came.values()):
        found.append(TooLong("สิ่งที่ได้เรียนรู้", LONGEST_LEARNED))
    return found
