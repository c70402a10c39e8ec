"""What was found at the village: as the books say, or otherwise; or why nobody got there."""

from __future__ import annotations

from collections.abc import Sequence
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

from ..figures import NAMES, Difference, Figures, differences, figures_as_data, figures_from_data
from ..models import Finding, FindingPhoto, NotReached, Round, Snapshot
from ..refusals import (
    DifferenceUnexplained,
    FigureBelowZero,
    FoundBeforeItsDay,
    InFuture,
    NotDone,
    NothingFound,
    NotInRound,
    ReportedAlready,
    SurveyRefusal,
)
from .writing import closed, fits, said, take, write_down

LONGEST_FOUND = 500
LONGEST_WHY = 300


@dataclass(frozen=True, slots=True)
class SnapshotAnswered:
    """What was found stands beside the books, with where they differ."""

    number: int
    differences: tuple[Difference, ...]


@transaction.atomic
def confirm_snapshot(
    *,
    round: Round,
    group: Group,
    by: Reach,
    on: date,
    found: Figures | None = None,
    words: str = "",
    photos: Sequence[Path] = (),
) -> SnapshotAnswered | NotDone:
    """Say what was found at the village of a fund; ``found`` None is: all as the books say.

    The figures of the books stay beside it. A figure that differs needs words on how it was seen.
    Answering again adds another finding, and the latest counts. Photos lose the place and the
    device a phone writes into them.
    """
    taken = take(round)
    snapshot = Snapshot.objects.filter(round=taken, group=group).first()
    refusals: list[SurveyRefusal] = [
        *by.refusals(Deed.ANSWER_SURVEYS, area_code=group.area_code, group_id=group.pk),
        *closed(taken),
        *([InFuture(on, by.day)] if on > by.day else []),
        *([FoundBeforeItsDay(on, taken.as_of)] if on < taken.as_of else []),
        *fits("คำอธิบาย", words, LONGEST_FOUND),
    ]
    if snapshot is None:
        return NotDone((*refusals, NotInRound(group.name)))
    by_books = figures_from_data(snapshot.by_books)
    figures = by_books if found is None else found
    other = differences(by_books, figures)
    refusals += _faults(figures)
    if other and not visible(words):
        refusals.append(DifferenceUnexplained(tuple(each.name for each in other)))
    if refusals:
        return NotDone(tuple(refusals))
    number = next_number(Finding, round=taken, group=group)
    Finding.objects.create(
        round=taken,
        group=group,
        number=number,
        found_on=on,
        found=figures_as_data(figures),
        is_confirmed=found is None,
        words=visible(words),
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    write_down(
        "confirm_snapshot",
        taken,
        by,
        group=group,
        on=on.isoformat(),
        number=number,
        differs=[each.name for each in other],
    )
    subject = f"survey round {taken.pk} finding {number}"
    FindingPhoto.objects.bulk_create(
        FindingPhoto(
            round=taken,
            group=group,
            finding_number=number,
            place=place,
            sha256=keep_paper(
                photo,
                fund_id=group.pk,
                area_code=group.area_code,
                subject=subject,
                user_id=by.user_id,
            ),
        )
        for place, photo in enumerate(photos, start=1)
    )
    return SnapshotAnswered(number, other)


@transaction.atomic
def note_not_reached(
    *,
    round: Round,
    group: Group,
    words: str,
    by: Reach,
) -> SnapshotAnswered | NotDone:
    """Say why a fund could not be checked in a round; a finding later stands before it.

    Who opens rounds may say it too, so that a round can be locked.
    """
    taken = take(round)
    opens = by.may(Deed.OPEN_SURVEYS, area_code=group.area_code, group_id=group.pk)
    not_theirs = (
        []
        if opens
        else by.refusals(Deed.ANSWER_SURVEYS, area_code=group.area_code, group_id=group.pk)
    )
    refusals: list[SurveyRefusal] = [
        *not_theirs,
        *closed(taken),
        *said("เหตุที่ยังสำรวจไม่ได้", words, LONGEST_WHY),
    ]
    if not Snapshot.objects.filter(round=taken, group=group).exists():
        refusals.append(NotInRound(group.name))
    if Finding.objects.filter(round=taken, group=group).exists():
        refusals.append(ReportedAlready(group.name))
    if refusals:
        return NotDone(tuple(refusals))
    number = next_number(NotReached, round=taken, group=group)
    NotReached.objects.create(
        round=taken,
        group=group,
        number=number,
        words=visible(words),
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    write_down("note_not_reached", taken, by, group=group, number=number)
    return SnapshotAnswered(number, ())


def _faults(figures: Figures) -> list[SurveyRefusal]:
    values = [(name, getattr(figures, name)) for name in NAMES]
    if all(value is None for _, value in values):
        return [NothingFound()]
    return [
        FigureBelowZero(name)
        for name, value in values
        if (isinstance(value, Money) and value < ZERO) or (isinstance(value, int) and value < 0)
    ]
