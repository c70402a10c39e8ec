"""Saying of two rows of people that they are one person, or two. Neither row is touched."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.domain.thai_text import visible

from ..models import Group, Person, PersonPair
from ..pair_refusals import (
    AlreadyDecided,
    NotBothKnown,
    NotDone,
    PairRefusal,
    PairUnknown,
    PairWithdrawn,
    SamePersonTwice,
    SpeaksAgainst,
)
from ..queries.pairs import Decided, people_known
from ..refusals import NoteMissing


@dataclass(frozen=True, slots=True)
class PairDecided:
    """It stands of these two, under this number."""

    pair: int


@dataclass(frozen=True, slots=True)
class PairTakenBack:
    """The decision counts no more; it can still be read."""

    pair: int


@transaction.atomic
def decide_pair(
    *, group: Group, first: int, second: int, is_same: bool, note: str, by: Reach
) -> PairDecided | NotDone:
    """Say whether two people of the group's village, by their keys, are one person or two.

    ``first`` is the row that counts when they are one. Both must be known in groups whose lists
    ``by`` keeps. What follows from earlier decisions is not decided again, and none is gone
    against.
    """
    refusals: list[PairRefusal] = [*_may_keep_lists(by, group)]
    # Whoever decides on one of them waits here, in the same order.
    list(Person.objects.select_for_update().filter(pk__in=(first, second)).order_by("pk"))
    if first == second:
        refusals.append(SamePersonTwice())
    else:
        refusals += _against_deciding(group, first, second, is_same, by)
    if not visible(note):
        refusals.append(NoteMissing())
    if refusals:
        return NotDone(tuple(refusals))
    pair = PersonPair.objects.create(
        first_id=first,
        second_id=second,
        area_code=group.area_code,
        is_same=is_same,
        note=visible(note),
        decided_on=by.day,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    _write_down("decide_pair", group, by, pair)
    return PairDecided(pair.pk)


@transaction.atomic
def withdraw_pair(*, group: Group, pair: int, note: str, by: Reach) -> PairTakenBack | NotDone:
    """Take back what was said of two people: it was found not to be so. ``note`` says how."""
    refusals: list[PairRefusal] = [*_may_keep_lists(by, group)]
    found = (
        PersonPair.objects.select_for_update().filter(pk=pair, area_code=group.area_code).first()
    )
    known = people_known(group.area_code, by)
    if found is None or not {found.first_id, found.second_id} <= known.keys():
        refusals.append(PairUnknown(pair))
    elif found.withdrawn_at is not None:
        refusals.append(PairWithdrawn(pair))
    if not visible(note):
        refusals.append(NoteMissing())
    if found is None or refusals:
        return NotDone(tuple(refusals))
    PersonPair.objects.filter(pk=found.pk).update(
        withdrawn_at=timezone.now(), withdrawn_note=visible(note)
    )
    _write_down("withdraw_pair", group, by, found)
    return PairTakenBack(found.pk)


def _may_keep_lists(by: Reach, group: Group) -> list[PairRefusal]:
    return [*by.refusals(Deed.KEEP_LISTS, area_code=group.area_code, group_id=group.pk)]


def _against_deciding(
    group: Group, first: int, second: int, is_same: bool, by: Reach
) -> list[PairRefusal]:
    if not {first, second} <= people_known(group.area_code, by).keys():
        return [NotBothKnown()]
    decided = Decided.of(group.area_code)
    if decided.one_of(first) == decided.one_of(second):
        return [AlreadyDecided(is_same=True)]
    standing = decided.against(first, second)
    if standing is None:
        return []
    of_these = PersonPair.objects.filter(
        pk=standing, first_id__in=(first, second), second_id__in=(first, second)
    )
    if is_same and not of_these.exists():
        return [SpeaksAgainst(standing)]
    return [AlreadyDecided(is_same=False)]


def _write_down(deed: str, group: Group, by: Reach, pair: PersonPair) -> None:
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"pair {pair.pk}",
        details={"first": pair.first_id, "second": pair.second_id, "is_same": pair.is_same},
    )
