"""Committee terms: added as the meeting chose, put right by a new row beside the old one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.db.numbers import next_number
from kongthun.domain.thai_text import name_key, read_name, visible

from ..committee_refusals import CommitteeRefusal, EndedBefore, ReasonMissing, ReasonTooLong
from ..committee_refusals import NotDone as NotEnded
from ..models import CommitteePosition, CommitteeTerm, Group, Person
from ..queries.committee import last_day_of, latest_of
from ..queries.rules import rules_of
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


@dataclass(frozen=True, slots=True)
class TermEnded:
    """The term that says so: the same one, or ``number`` beside it where something was written."""

    number: int
    last_day: date


LONGEST_REASON = 300


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
    term.section, term.meeting_number = wrong.section, wrong.meeting_number
    term.corrects, term.correction_note = number, visible(note)
    CommitteeTerm.objects.filter(group=group, number=number).update(withdrawn_at=timezone.now())
    term.save(force_insert=True)
    _write_down("correct_term", group, by, term)
    return TermCorrected(term.number, number)


@transaction.atomic
def end_term(*, group: Group, number: int, on: date, words: str, by: Reach) -> TermEnded | NotEnded:
    """Somebody leaves the committee before the time is up; ``on`` is the last day they sat.

    ``words`` says why: resigned, died, moved away. Everybody else goes on.
    """
    hold_group(group)
    refusals: list[CommitteeRefusal] = list(
        by.refusals(Deed.KEEP_COMMITTEE, area_code=group.area_code, group_id=group.pk)
    )
    if on > by.day:
        refusals.append(InTheFuture(on))
    if not visible(words):
        refusals.append(ReasonMissing())
    if len(visible(words)) > LONGEST_REASON:
        refusals.append(ReasonTooLong(LONGEST_REASON))
    term = CommitteeTerm.objects.filter(group=group, number=number).select_related("person").first()
    if term is None:
        return NotEnded((*refusals, TermUnknown(number)))
    if term.withdrawn_at is not None:
        standing = latest_of(group.pk, number)
        refusals.append(TermWithdrawn(number, standing.number if standing else number))
    if term.starts_on is not None and on < term.starts_on:
        refusals.append(EndsBeforeItStarts(term.starts_on, on))
    rules = rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=on)
    last = last_day_of(term, years=rules["committee_years"].count)
    if last is not None and on >= last:
        refusals.append(EndedBefore(last))
    if refusals:
        return NotEnded(tuple(refusals))
    ended = give_end(term, on, visible(words), by)
    _write_down("end_term", group, by, ended)
    return TermEnded(ended.number, on)


def give_end(term: CommitteeTerm, on: date, words: str, by: Reach) -> CommitteeTerm:
    """Give a term its last day and the reason; the row that now stands. Inside the deed's hold.

    Nothing written is written over: a term without a last day and without a note takes both, once.
    Any other is left as it was, withdrawn, with a row beside it that says the new day.
    """
    if term.ends_on is None and not term.correction_note:
        term.ends_on, term.correction_note = on, words
        CommitteeTerm.objects.filter(group_id=term.group_id, number=term.number).update(
            ends_on=on, correction_note=words
        )
        return term
    beside = CommitteeTerm(
        group_id=term.group_id,
        number=next_term_number(term.group_id),
        set_number=term.set_number,
        person_id=term.person_id,
        position=term.position,
        position_words=term.position_words,
        section=term.section,
        meeting_number=term.meeting_number,
        starts_on=term.starts_on,
        ends_on=on,
        corrects=term.number,
        correction_note=words,
        recorded_by_id=by.user_id,
    )
    CommitteeTerm.objects.filter(group_id=term.group_id, number=term.number).update(
        withdrawn_at=timezone.now()
    )
    beside.save(force_insert=True)
    return beside


def next_term_number(group_id: int) -> int:
    """The number that the group's next term gets. Asked while the group is held."""
    return next_number(CommitteeTerm, group_id=group_id)


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
    return CommitteeTerm(
        group=group,
        number=next_term_number(group.pk),
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
