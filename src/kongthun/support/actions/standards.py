"""Standards that a group's products meet, and OTOP stars: each shown by a paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Reach
from kongthun.activities.actions.writing import take, write_down
from kongthun.db.numbers import next_number
from kongthun.domain.thai_text import visible
from kongthun.groups.models import Group

from ..models import Standard
from ..refusals import EndsBeforeItStarts, NotDone, StandardThere, StandardUnknown
from .writing import LONGEST_NOTE, day_has_come, fit_words, may_seek

LONGEST = {"scheme": 60, "product": 150, "level": 60, "certificate": 60}


@dataclass(frozen=True, slots=True)
class StandardKept:
    """The standard stands, or was taken back, under this number."""

    number: int


def record_standard(
    *,
    group: Group,
    scheme: str,
    product: str,
    granted_on: date,
    expires_on: date | None,
    by: Reach,
    level: str = "",
    certificate: str = "",
) -> StandardKept | NotDone:
    """Write down a certificate of a product, from the day it was granted to the day it expires."""
    with transaction.atomic():
        take(group)
        refusals = [
            *may_seek(by, group),
            *fit_words("มาตรฐาน", scheme, LONGEST["scheme"]),
            *fit_words("ชื่อสินค้า", product, LONGEST["product"]),
            *day_has_come(granted_on, by),
        ]
        for what, said, name in (("ระดับ", level, "level"), ("เลขที่", certificate, "certificate")):
            if said:
                refusals += fit_words(what, said, LONGEST[name])
        if expires_on is not None and expires_on < granted_on:
            refusals.append(EndsBeforeItStarts(granted_on, expires_on))
        if number := _written_already(group, scheme, certificate):
            refusals.append(StandardThere(number))
        if refusals:
            return NotDone(tuple(refusals))
        number = next_number(Standard, group=group)
        Standard.objects.create(
            group=group,
            number=number,
            scheme=visible(scheme),
            product=visible(product),
            level=visible(level),
            certificate=visible(certificate),
            granted_on=granted_on,
            expires_on=expires_on,
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        write_down("record_standard", group, by, f"standard {number}")
    return StandardKept(number)


def withdraw_standard(*, group: Group, number: int, note: str, by: Reach) -> StandardKept | NotDone:
    """Take back a standard that was written down wrongly."""
    with transaction.atomic():
        take(group)
        refusals = [*may_seek(by, group), *fit_words("เหตุผลที่ถอน", note, LONGEST_NOTE)]
        standing = Standard.objects.filter(group=group, number=number, withdrawn_at=None)
        if not standing.exists():
            refusals.append(StandardUnknown(number))
        if refusals:
            return NotDone(tuple(refusals))
        standing.update(withdrawn_at=timezone.now(), withdrawn_note=visible(note))
        write_down("withdraw_standard", group, by, f"standard {number}")
    return StandardKept(number)


def _written_already(group: Group, scheme: str, certificate: str) -> int | None:
    if not visible(certificate):
        return None
    same = Standard.objects.filter(
        group=group, scheme=visible(scheme), certificate=visible(certificate), withdrawn_at=None
    )
    return same.values_list("number", flat=True).first()
