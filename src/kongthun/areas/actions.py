"""Recording villages and their new names. The levels above come with the official tree."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from kongthun.areas.models import LONGEST_NAME, Area, Level, is_digits
from kongthun.areas.queries import area
from kongthun.areas.refusals import (
    NotAVillageCode,
    TambonUnknown,
    VillageCodeRetired,
    VillageNameBeganThatDay,
    VillageNameChangesLater,
    VillageNameMissing,
    VillageNameTooLong,
    VillageUnknown,
)
from kongthun.domain.thai_text import mended


@transaction.atomic
def record_village(*, code: str, name_th: str, valid_from: date | None = None) -> Area:
    """Add a village under its tambon, or answer the one already there.

    A village that is known keeps its name, whatever name is given here: two papers often spell
    one village in two ways, and a new name is `rename_village`. `valid_from` None says that it
    was there before our data begin.

    Raises NotAVillageCode, TambonUnknown, VillageNameMissing, VillageNameTooLong or
    VillageCodeRetired.
    """
    _check_code(code)
    name = _clean_name(code, name_th)
    if area(code[:6], valid_from) is None:
        raise TambonUnknown(code[:6])
    known = (
        Area.objects.filter(code=code)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=timezone.localdate()))
        .order_by(F("valid_to").asc(nulls_last=True))  # today's name before one announced
        .first()
    )
    return known or _begin(code, name, valid_from)


@transaction.atomic
def rename_village(*, code: str, name_th: str, on: date) -> Area:
    """End the village's present name and begin the new one, both on this day.

    Answers the row of the new name. When the village already bears that name on that day,
    nothing changes. A day to come is welcome: the renaming is announced.

    Raises NotAVillageCode, VillageNameMissing, VillageNameTooLong, VillageUnknown,
    VillageNameChangesLater or VillageNameBeganThatDay.
    """
    _check_code(code)
    name = _clean_name(code, name_th)
    # One renaming at a time: the second finds the rows as the first left them.
    list(Area.objects.select_for_update().filter(code=code).order_by("pk"))
    present = area(code, on)
    if present is None:
        raise VillageUnknown(code, on)
    if present.name_th == name:
        return present
    if present.valid_to is not None:
        raise VillageNameChangesLater(code, on, present.valid_to)
    if present.valid_from == on:
        raise VillageNameBeganThatDay(code, on)
    present.valid_to = on
    present.save(update_fields=["valid_to"])
    return Area.objects.create(code=code, name_th=name, valid_from=on)


def _check_code(code: str) -> None:
    eight_digits = is_digits(code) and len(code) == Level.VILLAGE.value
    if not eight_digits or code.endswith("00"):
        raise NotAVillageCode(code)


def _clean_name(code: str, name_th: str) -> str:
    name = mended(name_th)
    if not name:
        raise VillageNameMissing(code)
    if len(name) > LONGEST_NAME:
        raise VillageNameTooLong(code, LONGEST_NAME)
    return name


def _begin(code: str, name: str, valid_from: date | None) -> Area:
    ended_on: date | None = Area.objects.filter(code=code).aggregate(last=Max("valid_to"))["last"]
    if ended_on is not None and (valid_from is None or valid_from < ended_on):
        raise VillageCodeRetired(code, ended_on)
    # Two hands recording one village at once: the second is answered with the first's row.
    village, _ = Area.objects.get_or_create(
        code=code, valid_to=None, defaults={"name_th": name, "valid_from": valid_from}
    )
    return village
