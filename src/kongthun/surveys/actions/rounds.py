"""Opening a round over an area, locking it, and taking back one that was opened by mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.areas.models import Area, Level
from kongthun.areas.queries import area as area_of
from kongthun.db.numbers import next_number
from kongthun.domain.thai_text import visible

from ..figures import figures_as_data
from ..models import Finding, Round, Snapshot
from ..queries.books import books_of
from ..queries.rounds import open_over, state_of
from ..refusals import (
    BeforeItOpened,
    HasFindings,
    InFuture,
    NoFundsHere,
    NoSuchArea,
    NotDone,
    RoundOpenAlready,
    StillWaiting,
    SurveyRefusal,
)
from .writing import closed, gone, said, take, write_down

LONGEST_WORDS = 200
LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class RoundKept:
    """The round stands as asked."""

    round: Round
    funds: int


@transaction.atomic
def open_round(
    *, area_code: str, as_of: date, words: str, by: Reach, on: date
) -> RoundKept | NotDone:
    """Open a round over all กข.คจ. funds of an area, each with what the books say of ``as_of``.

    The figures of the books are written down once and stay, whatever is booked afterwards.
    """
    # Rounds of a province are opened one at a time, so that two never hold the same fund.
    list(Area.objects.select_for_update().filter(code=area_code[: Level.PROVINCE.value]))
    refusals: list[SurveyRefusal] = [
        *by.refusals(Deed.OPEN_SURVEYS, area_code=area_code),
        *([InFuture(on, by.day)] if on > by.day else []),
        *([InFuture(as_of, on)] if as_of > on else []),
        *said("ชื่อรอบ", words, LONGEST_WORDS),
    ]
    is_place = area_of(area_code) is not None
    if not is_place:
        refusals.append(NoSuchArea(area_code))
    else:
        other = open_over(area_code)
        if other is not None:
            refusals.append(RoundOpenAlready(other.number, other.words))
    books = books_of(area_code, as_of=as_of, today=by.day) if is_place else {}
    if is_place and not books:
        refusals.append(NoFundsHere(area_code))
    if refusals:
        return NotDone(tuple(refusals))
    opened = Round.objects.create(
        area_code=area_code,
        number=next_number(Round, area_code=area_code),
        as_of=as_of,
        opened_on=on,
        words=visible(words),
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    Snapshot.objects.bulk_create(
        Snapshot(
            round=opened,
            group_id=fund.group_id,
            by_books=figures_as_data(fund.figures),
            entrusted=fund.entrusted,
            overdue=fund.overdue,
        )
        for fund in books.values()
    )
    write_down(
        "open_survey_round",
        opened,
        by,
        as_of=as_of.isoformat(),
        on=on.isoformat(),
        funds=len(books),
    )
    return RoundKept(opened, len(books))


@transaction.atomic
def lock_round(*, round: Round, by: Reach, on: date) -> RoundKept | NotDone:
    """Close a round. Every fund has been checked, or it is noted why it could not be."""
    found = take(round)
    state = state_of(found, None)
    waiting = tuple(fund.name for fund in state.waiting)
    refusals: list[SurveyRefusal] = [
        *by.refusals(Deed.OPEN_SURVEYS, area_code=found.area_code),
        *closed(found),
        *([InFuture(on, by.day)] if on > by.day else []),
        *([BeforeItOpened(on, found.opened_on)] if on < found.opened_on else []),
        *([StillWaiting(waiting)] if waiting else []),
    ]
    if refusals:
        return NotDone(tuple(refusals))
    found.locked_on, found.locked_by_id = on, by.user_id
    found.save(update_fields=["locked_on", "locked_by"])
    write_down(
        "lock_survey_round",
        found,
        by,
        on=on.isoformat(),
        reported=len(state.reported),
        differing=len(state.differing),
    )
    return RoundKept(found, len(state.funds))


@transaction.atomic
def withdraw_round(*, round: Round, note: str, by: Reach) -> RoundKept | NotDone:
    """Take back a round that was opened by mistake, while nothing was found in it."""
    found = take(round)
    reported = Finding.objects.filter(round=found).values("group_id").distinct().count()
    refusals: list[SurveyRefusal] = [
        *by.refusals(Deed.OPEN_SURVEYS, area_code=found.area_code),
        *(gone(found) or closed(found)),
        *([HasFindings(reported)] if reported else []),
        *said("เหตุที่ถอน", note, LONGEST_NOTE),
    ]
    if refusals:
        return NotDone(tuple(refusals))
    found.withdrawn_at, found.withdrawn_note = timezone.now(), visible(note)
    found.save(update_fields=["withdrawn_at", "withdrawn_note"])
    write_down("withdraw_survey_round", found, by)
    return RoundKept(found, Snapshot.objects.filter(round=found).count())
