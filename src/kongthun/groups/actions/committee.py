"""Committee terms: added as the meeting chose, put right by a new row beside the old one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.domain.thai_text import name_key, read_name, visible

from ..models import CommitteePosition, CommitteeTerm, Group, Person
from ..queries.committee import latest_of
from ..refusals import (
    EndsBeforeItStarts,
    GroupRefusal,
    InTheFuture,
    NameMissing,
    NotDone,
    NoteMissing,
    NothingCorrected,
    TermTwice,
    TermUnknown,
    TermWithdrawn,
)
from .groups import hold_group
from .persons import make_persons


@dataclass(frozen=True, slots=True)
class TermAdded:
    """The term has this number."""

    number: int


@dataclass(frozen=True, slots=True)
class TermCorrected:
    """The corrected term has this number; the one it puts right stays to be read."""

    number: int
    corrects: int


@transaction.atomic
def add_term(
    *,
    group: Group,
    set_number: int | None,
    name: str,
    position: CommitteePosition,
    starts_on: date | None,
    ends_on: date | None,
    by: Reach,
    position_words: str = "",
) -> TermAdded | NotDone:
    """Put a person on a committee set, from a day to a day; both days count, both may be unknown.

    ``position_words`` is how the paper writes the position; the plain name where it is empty.
    """
    hold_group(group)
    refusals = _against(group, name, set_number, position, starts_on, ends_on, by, besides=None)
    if refusals:
        return NotDone(tuple(refusals))
    term = _new_term(
        group, None, set_number, name, position, position_words, starts_on, ends_on, by
    )
    term.save(force_insert=True)
    _write_down("add_term", group, by, term)
    return TermAdded(term.number)


@transaction.atomic
def correct_term(
    *,
    group: Group,
    number: int,
    set_number: int | None,
    name: str,
    position: CommitteePosition,
    starts_on: date | None,
    ends_on: date | None,
    note: str,
    by: Reach,
    position_words: str = "",
) -> TermCorrected | NotDone:
    """Put a term right: the row that was wrong is withdrawn and one beside it says what was so.

    What was decided in between was decided by whom it was; who was entitled is asked anew of the
    corrected terms. ``note`` says how it is known.
    """
    hold_group(group)
    wrong = (
        CommitteeTerm.objects.filter(group=group, number=number).select_related("person").first()
    )
    latest = latest_of(group.pk, number)
    standing = latest.number if latest else number
    refusals = _against(group, name, set_number, position, starts_on, ends_on, by, besides=standing)
    if not visible(note):
        refusals.append(NoteMissing())
    if wrong is None:
        refusals.append(TermUnknown(number))
    elif wrong.withdrawn_at is not None:
        refusals.append(TermWithdrawn(number, standing))
    else:
        before = (wrong.set_number, wrong.position, wrong.starts_on, wrong.ends_on)
        words = visible(position_words) or wrong.position_words
        is_same = before == (set_number, position, starts_on, ends_on)
        same_name = wrong.person.name.full == read_name(name).full
        if is_same and same_name and words == wrong.position_words:
            refusals.append(NothingCorrected(number))
    if wrong is None or refusals:
        return NotDone(tuple(refusals))
    same_person = wrong.person if wrong.person.name.full == read_name(name).full else None
    words = position_words or (wrong.position_words if wrong.position == position else "")
    term = _new_term(group, same_person, set_number, name, position, words, starts_on, ends_on, by)
    term.corrects, term.correction_note = number, visible(note)
    CommitteeTerm.objects.filter(group=group, number=number).update(withdrawn_at=timezone.now())
    term.save(force_insert=True)
    _write_down("correct_term", group, by, term)
    return TermCorrected(term.number, number)


def _against(
    group: Group,
    name: str,
    set_number: int | None,
    position: CommitteePosition,
    starts_on: date | None,
    ends_on: date | None,
    by: Reach,
    *,
    besides: int | None,
) -> list[GroupRefusal]:
    """Everything against a term of this kind. A term may end in the future, not begin there."""
    refusals: list[GroupRefusal] = list(
        by.refusals(Deed.KEEP_COMMITTEE, area_code=group.area_code, group_id=group.pk)
    )
    if starts_on is not None and starts_on > by.day:
        refusals.append(InTheFuture(starts_on))
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        refusals.append(EndsBeforeItStarts(starts_on, ends_on))
    if not name_key(name):
        return [*refusals, NameMissing()]
    twice = CommitteeTerm.objects.filter(
        group=group,
        withdrawn_at=None,
        set_number=set_number,
        position=position,
        starts_on=starts_on,
        person__name_key=name_key(name),
    ).exclude(number=besides or 0)
    refusals += [TermTwice(number) for number in twice.values_list("number", flat=True)[:1]]
    return refusals


def _new_term(
    group: Group,
    person: Person | None,
    set_number: int | None,
    name: str,
    position: CommitteePosition,
    position_words: str,
    starts_on: date | None,
    ends_on: date | None,
    by: Reach,
) -> CommitteeTerm:
    last = CommitteeTerm.objects.filter(group=group).aggregate(last=Max("number"))["last"] or 0
    return CommitteeTerm(
        group=group,
        number=last + 1,
        set_number=set_number,
        person=person or make_persons([name])[0],
        position=position,
        position_words=visible(position_words) or str(CommitteePosition(position).label),
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_by_id=by.user_id,
    )


def _write_down(deed: str, group: Group, by: Reach, term: CommitteeTerm) -> None:
    days = {"starts_on": term.starts_on, "ends_on": term.ends_on}
    details: dict[str, object] = {
        name: day.isoformat() for name, day in days.items() if day is not None
    }
    if term.corrects is not None:
        details["corrects"] = term.corrects
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"committee term {term.number}",
        details=details | {"position": str(term.position)},
    )
