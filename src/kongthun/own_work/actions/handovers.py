"""Handing the work of an area over, from one field worker to the next, signed by both on screen.

It ends no appointment; it says which should be ended. (docs/rules/own_work.md)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.models import User
from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.db.numbers import next_number
from kongthun.domain.thai_text import visible

from ..models import Handover
from ..queries.handovers import (
    givers_for,
    handover_in_reach,
    takers_for,
    told_of,
)
from ..refusals import (
    BothSigned,
    GiverFirst,
    HandoverNotYet,
    HandoverUnknown,
    HandoverWaits,
    HandoverWordsTooLong,
    NotASide,
    NotDone,
    NotFieldWorkerThere,
    SamePerson,
    SignedAlready,
    TakerUnknown,
    WithdrawNoteMissing,
    WorkRefusal,
)

LONGEST_WORDS = 500
LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class HandoverKept:
    """The handover stands as asked."""

    pk: int


def draw_up_handover(
    *, area_code: str, from_user: int, to_user: int, on: date, words: str, by: Reach
) -> HandoverKept | NotDone:
    """Write down everything open at an area and every fund's figures, for both to sign.

    One waits at a time, so that a form sent twice draws up one. What it says is of the day it is
    drawn up; ``on`` is the day the work passes over, today or before.
    """
    with transaction.atomic():
        refusals: list[WorkRefusal] = [*by.refusals(Deed.HAND_OVER, area_code=area_code)]
        giver = next(
            (g for g in givers_for(by) if (g.user.pk, g.area_code) == (from_user, area_code)), None
        )
        taker = next((t for t in takers_for(by) if t[0].pk == to_user), None)
        # Held so that two forms sent at once do not both find nothing waiting.
        list(User.objects.select_for_update(no_key=True).filter(pk=from_user))
        waiting = Handover.objects.filter(
            area_code=area_code, withdrawn_at=None, to_signed_at=None
        ).first()
        if waiting is not None:
            refusals.append(HandoverWaits(waiting.number, waiting.handed_on))
        if giver is None:
            refusals.append(NotFieldWorkerThere())
        if from_user == to_user:
            refusals.append(SamePerson())
        elif taker is None:
            refusals.append(TakerUnknown())
        if on > by.day:
            refusals.append(HandoverNotYet(on))
        if len(visible(words)) > LONGEST_WORDS:
            refusals.append(HandoverWordsTooLong(LONGEST_WORDS))
        if refusals or giver is None or taker is None:
            return NotDone(tuple(refusals))
        kept = Handover.objects.create(
            area_code=area_code,
            number=next_number(Handover, area_code=area_code),
            from_user=giver.user,
            from_position=giver.position,
            to_user=taker[0],
            to_position=taker[1],
            handed_on=on,
            words=visible(words),
            told=told_of(area_code, giver.user, by.day).as_data(),
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        _write_down("draw_up_handover", kept, by, open=len(kept.told["open"]))
    return HandoverKept(kept.pk)


def sign_handover(*, pk: int, by: Reach) -> HandoverKept | NotDone:
    """Sign one's own side. Who takes over signs after who hands over."""
    with transaction.atomic():
        found, refusals = _waiting(pk, by)
        if found is None:
            return NotDone(tuple(refusals))
        is_giver, is_taker = found.from_user_id == by.user_id, found.to_user_id == by.user_id
        if not is_giver and not is_taker:
            refusals.append(NotASide())
        elif is_giver and found.from_signed_at is not None and not refusals:
            refusals.append(SignedAlready())
        elif is_taker and found.from_signed_at is None:
            refusals.append(GiverFirst())
        if refusals:
            return NotDone(tuple(refusals))
        side = "from_signed_at" if is_giver else "to_signed_at"
        Handover.objects.filter(pk=pk).update(**{side: timezone.now()})
        _write_down("sign_handover_of_work", found, by, side="from" if is_giver else "to")
    return HandoverKept(pk)


def withdraw_handover(*, pk: int, note: str, by: Reach) -> HandoverKept | NotDone:
    """Take back a handover that is not signed by both, with why; the row stays."""
    with transaction.atomic():
        found, refusals = _waiting(pk, by)
        if found is None:
            return NotDone(tuple(refusals))
        if by.user_id not in {found.from_user_id, found.to_user_id}:
            refusals += by.refusals(Deed.HAND_OVER, area_code=found.area_code)
        if not 0 < len(visible(note)) <= LONGEST_NOTE:
            refusals.append(WithdrawNoteMissing())
        if refusals:
            return NotDone(tuple(refusals))
        Handover.objects.filter(pk=pk).update(
            withdrawn_at=timezone.now(), withdrawn_note=visible(note)
        )
        _write_down("withdraw_handover", found, by)
    return HandoverKept(pk)


# --- below the line -------------------------------------------------------------------------


def _waiting(pk: int, by: Reach) -> tuple[Handover | None, list[WorkRefusal]]:
    """A handover the person can see, held until the deed is done, and whether it still changes."""
    if handover_in_reach(pk, by) is None:
        return None, [HandoverUnknown()]
    found = Handover.objects.select_for_update().filter(pk=pk, withdrawn_at=None).first()
    if found is None:
        return None, [HandoverUnknown()]
    return found, [BothSigned()] if found.to_signed_at is not None else []


def _write_down(deed: str, found: Handover, by: Reach, **details: object) -> None:
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=found.area_code,
        subject=f"handover of work {found.number}",
        details=details,
    )
