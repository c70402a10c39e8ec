"""Following up: who went to see, formally or not, what was seen and what was advised there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.papers import keep_paper
from kongthun.db.numbers import next_number
from kongthun.groups.models import Membership

from ..follow_up_refusals import (
    FollowUpRefusal,
    NoSuchFact,
    NoSuchHouseholds,
    NotDone,
    ToldAlready,
    TooManyPhotos,
)
from ..models import Visit, VisitedHousehold, VisitPhoto
from ..queries.facts import CaseState
from .follow_up import LONGEST_NOTE, hold_case, note_down, of_day, of_words
from .writing import after_closing

MOST_PHOTOS = 12


@dataclass(frozen=True, slots=True)
class VisitTold:
    """The visit stands under this number of the case."""

    number: int


@transaction.atomic
def tell_visit(
    *,
    state: CaseState,
    by: Reach,
    on: date,
    is_formal: bool,
    seen: str,
    advised: str = "",
    households: Collection[int] = (),
    photos: Sequence[Path] = (),
) -> VisitTold | NotDone:
    """Write down a visit: what was seen, what was advised on the spot, which households were met.

    Households by their numbers on the list; photos lose what the phone wrote into them.
    """
    held = hold_case(state, by, Deed.WORK_CASES)
    if isinstance(held, NotDone):
        return held
    now, refusals = held
    group, number = now.case.group, now.case.number
    refusals += of_day(on, by, earliest=now.case.proposed_on, what="วันที่เสนอเรื่อง")
    refusals += of_words(seen, "สิ่งที่เห็น")
    refusals += of_words(advised, "คำแนะนำ", is_needed=False)
    refusals += _of_households(group.pk, households)
    if len(photos) > MOST_PHOTOS:
        refusals.append(TooManyPhotos(MOST_PHOTOS))
    mine = Visit.objects.filter(group=group, case_number=number)
    same = mine.filter(withdrawn_at=None, visited_on=on, seen=seen.strip()).first()
    if same is not None:
        refusals.append(ToldAlready("การลงพื้นที่", same.number))
    if refusals:
        return NotDone(tuple(refusals))
    visit = next_number(Visit, group=group, case_number=number)
    Visit.objects.create(
        group=group,
        case_number=number,
        number=visit,
        visited_on=on,
        is_formal=is_formal,
        seen=seen.strip(),
        advised=advised.strip(),
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    VisitedHousehold.objects.bulk_create(
        VisitedHousehold(group=group, case_number=number, visit_number=visit, member_number=each)
        for each in sorted(set(households))
    )
    subject = f"case {number} visit {visit}"
    kept = [
        keep_paper(
            each,
            fund_id=group.pk,
            area_code=group.area_code,
            subject=subject,
            user_id=by.user_id,
        )
        for each in photos
    ]
    VisitPhoto.objects.bulk_create(
        VisitPhoto(group=group, case_number=number, visit_number=visit, place=place, sha256=sha256)
        for place, sha256 in enumerate(dict.fromkeys(kept), start=1)
    )
    note_down("tell_visit", now, by, f"visit {visit}", households=sorted(set(households)))
    return VisitTold(visit)


@transaction.atomic
def take_back_visit(*, state: CaseState, number: int, note: str, by: Reach) -> VisitTold | NotDone:
    """Take back a visit that was told wrongly, saying why. Its row and photos stay."""
    held = hold_case(state, by, Deed.WORK_CASES)
    if isinstance(held, NotDone):
        return held
    now, refusals = held
    refusals += of_words(note, "เหตุที่ถอน", longest=LONGEST_NOTE)
    found = Visit.objects.filter(
        group=now.case.group, case_number=now.case.number, number=number, withdrawn_at=None
    )
    row = found.first()
    if row is None:
        refusals.append(NoSuchFact("การลงพื้นที่", number))
    else:
        refusals += after_closing(now, row.visited_on)
    if refusals:
        return NotDone(tuple(refusals))
    found.update(withdrawn_at=timezone.now(), withdrawn_note=note.strip())
    note_down("take_back_visit", now, by, f"visit {number}")
    return VisitTold(number)


def _of_households(group_id: int, numbers: Collection[int]) -> list[FollowUpRefusal]:
    listed = Membership.objects.filter(group_id=group_id, number__in=numbers)
    unknown = set(numbers) - set(listed.values_list("number", flat=True))
    return [NoSuchHouseholds(tuple(sorted(unknown)))] if unknown else []
