"""A year's plan: a line is added, replaced by another, given up; what was done is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.papers import keep_paper
from kongthun.db.numbers import next_number
from kongthun.domain.money import Money
from kongthun.domain.plans_done import days_of_year, own_year
from kongthun.domain.thai_text import visible
from kongthun.groups.models import CommitteeTerm, Group

from ..models import ActivityDone, ActivityKind, Meeting, PlannedActivity, Training
from ..plans_refusals import (
    DoneTwice,
    DoneWithdrawn,
    EndsBeforeItStarts,
    InTheFuture,
    NoSuchDone,
    NoSuchPlan,
    NoSuchTerm,
    NoSuchTraining,
    NoSuchYear,
    NotDone,
    OutsideYear,
    PlanDone,
    PlanDropped,
    PlannedTwice,
    PlanRefusal,
    PlanReplaced,
    TrainingWithdrawn,
    WordsMissing,
)
from ..queries.plans import year_end_month
from ..refusals import NoSuchMeeting, TooLong
from .writing import entitled, take, write_down

LONGEST_PLAN = 200
LONGEST_RESPONSIBLE = 150
LONGEST_DONE = 300
LONGEST_NOTE = 300
# A plan is put in after its year as well, when a paper is found; and not for another century.
YEARS_BACK = 20
YEARS_AHEAD = 10


@dataclass(frozen=True, slots=True)
class PlanKept:
    """The line of the plan stands as asked, under its number in the group."""

    number: int


@dataclass(frozen=True, slots=True)
class DoneKept:
    """What was done stands as asked, under its number in the group."""

    number: int


@dataclass(frozen=True, slots=True)
class _Line:
    """What is asked about a line of a plan."""

    year: int
    kind: ActivityKind
    words: str
    starts_on: date
    ends_on: date
    responsible: str
    term_number: int | None
    budget: Money | None


@transaction.atomic
def plan_activity(
    *,
    group: Group,
    by: Reach,
    year: int,
    kind: ActivityKind,
    words: str,
    starts_on: date,
    ends_on: date | None = None,
    responsible: str = "",
    term_number: int | None = None,
    budget: Money | None = None,
) -> PlanKept | NotDone:
    """Add a line to the plan of a year (พ.ศ. of the group's own year).

    Its days lie in that year; without a last day it is one day. Somebody sees to it: a committee
    term, or a name as written.
    """
    take(group)
    line = _line(year, kind, words, starts_on, ends_on, responsible, term_number, budget)
    refusals = [*entitled(group, by, Deed.KEEP_PLANS), *_faults(group, line, by)]
    if refusals:
        return NotDone(tuple(refusals))
    return _keep(group, line, by, replaces=None)


@transaction.atomic
def replace_plan(
    *,
    group: Group,
    number: int,
    by: Reach,
    year: int,
    kind: ActivityKind,
    words: str,
    starts_on: date,
    ends_on: date | None = None,
    responsible: str = "",
    term_number: int | None = None,
    budget: Money | None = None,
) -> PlanKept | NotDone:
    """Put a new line in the place of one that changed. The old one stays readable."""
    take(group)
    line = _line(year, kind, words, starts_on, ends_on, responsible, term_number, budget)
    refusals: list[PlanRefusal] = [
        *entitled(group, by, Deed.KEEP_PLANS),
        *_standing_faults(group, number, may_be_done=False),
        *_faults(group, line, by, besides=number),
    ]
    if refusals:
        return NotDone(tuple(refusals))
    return _keep(group, line, by, replaces=number)


@transaction.atomic
def drop_plan(*, group: Group, number: int, note: str, by: Reach) -> PlanKept | NotDone:
    """Give a line up, and say why."""
    take(group)
    refusals: list[PlanRefusal] = [
        *entitled(group, by, Deed.KEEP_PLANS),
        *_standing_faults(group, number, may_be_done=False),
        *_words_faults("เหตุที่ไม่ทำ", note, LONGEST_NOTE),
    ]
    if refusals:
        return NotDone(tuple(refusals))
    PlannedActivity.objects.filter(group=group, number=number).update(
        dropped_at=timezone.now(), dropped_note=visible(note)
    )
    write_down("drop_plan", group, by, f"plan {number}")
    return PlanKept(number)


@transaction.atomic
def record_done(
    *,
    group: Group,
    by: Reach,
    on: date,
    words: str,
    kind: ActivityKind,
    plan_number: int | None = None,
    spent: Money | None = None,
    meeting_number: int | None = None,
    training_number: int | None = None,
    batch_number: int | None = None,
    evidence: Path | None = None,
) -> DoneKept | NotDone:
    """Write down what was done, of the plan or beside it, with what shows it.

    ``spent`` is as told and touches no books. A batch is named as whoever calls knows it: the
    book of production stands above this house.
    """
    take(group)
    refusals: list[PlanRefusal] = [
        *entitled(group, by, Deed.KEEP_PLANS),
        *([InTheFuture(on, by.day)] if on > by.day else []),
        *_words_faults("ว่าทำอะไร", words, LONGEST_DONE),
        *(_standing_faults(group, plan_number, may_be_done=True) if plan_number else []),
        *_shown_by_faults(group, meeting_number, training_number),
    ]
    twin = ActivityDone.objects.filter(
        group=group, happened_on=on, words=visible(words), plan_number=plan_number
    ).filter(withdrawn_at=None)
    refusals.extend(DoneTwice(each.number) for each in twin[:1])
    if refusals:
        return NotDone(tuple(refusals))
    number = next_number(ActivityDone, group=group)
    sha256 = ""
    if evidence is not None:
        sha256 = keep_paper(
            evidence,
            fund_id=group.pk,
            area_code=group.area_code,
            subject=f"activity {number}",
            user_id=by.user_id,
        )
    done = ActivityDone.objects.create(
        group=group,
        number=number,
        plan_number=plan_number,
        kind=kind,
        happened_on=on,
        words=visible(words),
        spent=spent,
        meeting_number=meeting_number,
        training_number=training_number,
        batch_number=batch_number,
        evidence=sha256,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    write_down(
        "record_done", group, by, f"activity {done.number}", plan=plan_number, on=on.isoformat()
    )
    return DoneKept(done.number)


@transaction.atomic
def withdraw_done(*, group: Group, number: int, note: str, by: Reach) -> DoneKept | NotDone:
    """Take back what was written down by mistake, and say how that is known."""
    take(group)
    refusals: list[PlanRefusal] = [
        *entitled(group, by, Deed.KEEP_PLANS),
        *_words_faults("เหตุที่ถอน", note, LONGEST_NOTE),
    ]
    done = ActivityDone.objects.filter(group=group, number=number).first()
    if done is None:
        refusals.append(NoSuchDone(number))
    elif done.withdrawn_at is not None:
        refusals.append(DoneWithdrawn(number))
    if refusals:
        return NotDone(tuple(refusals))
    ActivityDone.objects.filter(group=group, number=number).update(
        withdrawn_at=timezone.now(), withdrawn_note=visible(note)
    )
    write_down("withdraw_done", group, by, f"activity {number}")
    return DoneKept(number)


# --- below the line -------------------------------------------------------------------------


def _line(
    year: int,
    kind: ActivityKind,
    words: str,
    starts_on: date,
    ends_on: date | None,
    responsible: str,
    term_number: int | None,
    budget: Money | None,
) -> _Line:
    who = visible(responsible)
    return _Line(
        year, kind, visible(words), starts_on, ends_on or starts_on, who, term_number, budget
    )


def _keep(group: Group, line: _Line, by: Reach, *, replaces: int | None) -> PlanKept:
    term = _term(group, line.term_number)
    plan = PlannedActivity.objects.create(
        group=group,
        number=next_number(PlannedActivity, group=group),
        year=line.year,
        kind=line.kind,
        words=line.words,
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        responsible=line.responsible or (term.position_words if term is not None else ""),
        term_number=line.term_number,
        budget=line.budget,
        replaces=replaces,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    deed = "plan_activity" if replaces is None else "replace_plan"
    write_down(deed, group, by, f"plan {plan.number}", year=line.year, replaces=replaces)
    return PlanKept(plan.number)


def _faults(group: Group, line: _Line, by: Reach, besides: int | None = None) -> list[PlanRefusal]:
    """Everything against a line itself."""
    found: list[PlanRefusal] = [*_words_faults("กิจกรรมที่จะทำ", line.words, LONGEST_PLAN)]
    if line.term_number is not None and _term(group, line.term_number) is None:
        found.append(NoSuchTerm(line.term_number))
    if line.term_number is None and not line.responsible:
        found.append(WordsMissing("ผู้รับผิดชอบ"))
    if len(line.responsible) > LONGEST_RESPONSIBLE:
        found.append(TooLong("ผู้รับผิดชอบ", LONGEST_RESPONSIBLE))
    found.extend(_days_faults(group, line, by))
    standing = PlannedActivity.objects.filter(
        group=group, words=line.words, starts_on=line.starts_on, ends_on=line.ends_on
    ).filter(dropped_at=None)
    replaced = _replaced(group)
    twins = [each.number for each in standing if each.number not in {*replaced, besides}]
    if line.words and twins:
        found.append(PlannedTwice(twins[0]))
    return found


def _days_faults(group: Group, line: _Line, by: Reach) -> list[PlanRefusal]:
    month = year_end_month(group, by.day)
    this_year = own_year(by.day, month)
    earliest, latest = this_year - YEARS_BACK, this_year + YEARS_AHEAD
    if not earliest <= line.year <= latest:
        return [NoSuchYear(line.year, earliest, latest)]
    days = days_of_year(line.year, month)
    outside = [
        OutsideYear(day, line.year, days.first, days.last)
        for day in dict.fromkeys((line.starts_on, line.ends_on))
        if not days.holds(day)
    ]
    if line.ends_on < line.starts_on:
        return [EndsBeforeItStarts(line.starts_on, line.ends_on), *outside]
    return [*outside]


def _words_faults(what: str, words: str, longest: int) -> list[WordsMissing | TooLong]:
    said = visible(words)
    if not said:
        return [WordsMissing(what)]
    return [TooLong(what, longest)] if len(said) > longest else []


def _standing_faults(group: Group, number: int, *, may_be_done: bool) -> list[PlanRefusal]:
    """Why nothing more can be done with a line of the plan."""
    plan = PlannedActivity.objects.filter(group=group, number=number).first()
    if plan is None:
        return [NoSuchPlan(number)]
    if plan.dropped_at is not None:
        return [PlanDropped(number)]
    replaced = _replaced(group)
    if number in replaced:
        return [PlanReplaced(number, replaced[number])]
    done = ActivityDone.objects.filter(group=group, plan_number=number, withdrawn_at=None).first()
    if done is not None and not may_be_done:
        return [PlanDone(number, done.number)]
    return []


def _shown_by_faults(
    group: Group, meeting_number: int | None, training_number: int | None
) -> list[PlanRefusal]:
    found: list[PlanRefusal] = []
    if meeting_number is not None:
        held = Meeting.objects.filter(group=group, number=meeting_number)
        found.extend([] if held.exists() else [NoSuchMeeting(meeting_number)])
    if training_number is not None:
        training = Training.objects.filter(group=group, number=training_number).first()
        if training is None:
            found.append(NoSuchTraining(training_number))
        elif training.withdrawn_at is not None:
            found.append(TrainingWithdrawn(training_number))
    return found


def _replaced(group: Group) -> dict[int, int]:
    """Which lines another stands in place of, and which."""
    rows = PlannedActivity.objects.filter(group=group, replaces__isnull=False)
    return {row.replaces: row.number for row in rows if row.replaces is not None}


def _term(group: Group, number: int | None) -> CommitteeTerm | None:
    if number is None:
        return None
    return CommitteeTerm.objects.filter(group=group, number=number, withdrawn_at=None).first()
