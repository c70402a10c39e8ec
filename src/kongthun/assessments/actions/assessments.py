"""Answering a questionnaire at a visit, and judging a whole area by its books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.activities.actions.writing import entitled, take, write_down
from kongthun.areas.queries import within
from kongthun.audit.actions import record_deed
from kongthun.audit.papers import keep_paper
from kongthun.db.numbers import next_number
from kongthun.domain.assessment import Item, Measured, Questionnaire, assess
from kongthun.domain.thai_calendar import fiscal_year
from kongthun.domain.thai_text import visible
from kongthun.groups.models import Group

from ..models import Assessment, QuestionnaireVersion
from ..queries.frozen import (
    KeptAnswer,
    answers_as_data,
    answers_of,
    facts_as_data,
    questionnaire_of,
)
from ..queries.measures import measures_of
from ..queries.questionnaires import asked_at, asked_in
from ..queries.results import draft_of, finished, is_asked_of, kinds_asked
from ..refusals import (
    AssessmentRefusal,
    InTheFuture,
    NoDraft,
    NoResult,
    NoSuchChoice,
    NoSuchQuestionnaire,
    NotDone,
    NoteMissing,
    NotForThisKind,
    NothingAnswered,
    NothingToAssess,
    TooLong,
)
from .questionnaires import version_row

LONGEST_WORDS = 300


@dataclass(frozen=True, slots=True)
class Begun:
    """The draft of this number waits for answers; it may have been there before."""

    number: int


@dataclass(frozen=True, slots=True)
class AnswersKept:
    """The answers of a section are kept in the draft."""

    number: int
    answered: int


@dataclass(frozen=True, slots=True)
class Finished:
    """The assessment stands, with the figures of its day. It changes no more."""

    number: int


@dataclass(frozen=True, slots=True)
class AreaAssessed:
    """So many groups were judged by their books; the others had a result of that day already."""

    made: int
    had_one: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of one item: a choice (empty takes it back), words, and a photo."""

    option: str
    words: str = ""
    photo: Path | None = None


def begin_assessment(*, group: Group, code: str, by: Reach, on: date) -> Begun | NotDone:
    """Begin to answer what is asked there in the year, or go on with what was begun."""
    with transaction.atomic():
        take(group)
        refusals: list[AssessmentRefusal] = [*entitled(group, by, Deed.ASSESS)]
        asked = asked_in(code, group.area_code, fiscal_year(on))
        if asked is None:
            return NotDone((*refusals, NoSuchQuestionnaire(code)))
        if not is_asked_of(code, group.kind):
            refusals.append(NotForThisKind(asked.questionnaire.title))
        if on > by.day:
            refusals.append(InTheFuture(on))
        if refusals:
            return NotDone(tuple(refusals))
        draft = draft_of(group, code)
        if draft is not None:
            return Begun(draft.number)
        number = next_number(Assessment, group=group)
        Assessment.objects.create(
            group=group,
            number=number,
            version=version_row(asked),
            code=code,
            year=asked.questionnaire.year,
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        write_down("begin_assessment", group, by, f"assessment {number}", questionnaire=code)
    return Begun(number)


def answer_section(
    *, group: Group, number: int, section: str, said: Mapping[str, Said], by: Reach, on: date
) -> AnswersKept | NotDone:
    """Keep what people say of the items of one section; what was said before is replaced.

    An item not in ``said`` stays as it was. A photo given before stays until another comes.
    """
    with transaction.atomic():
        take(group)
        refusals: list[AssessmentRefusal] = [*entitled(group, by, Deed.ASSESS)]
        if on > by.day:
            refusals.append(InTheFuture(on))
        draft = _draft(group, number)
        if draft is None:
            return NotDone((*refusals, NoDraft(number)))
        items = _items(questionnaire_of(draft.version.data), section)
        for code, each in said.items():
            item = items.get(code)
            if item is None or (each.option and item.chosen(each.option) is None):
                refusals.append(NoSuchChoice(item.question if item else code))
            if len(visible(each.words)) > LONGEST_WORDS:
                refusals.append(TooLong(LONGEST_WORDS))
        if refusals:
            return NotDone(tuple(dict.fromkeys(refusals)))
        answers = answers_of(draft)
        for code, each in said.items():
            _put(answers, code, each, group=group, number=number, by=by, on=on)
        draft.answers = answers_as_data(answers)
        draft.save(update_fields=["answers"])
        write_down("answer_assessment", group, by, f"assessment {number}", section=section)
    return AnswersKept(number, len(answers))


def finish_assessment(*, group: Group, number: int, by: Reach, on: date) -> Finished | NotDone:
    """Close the draft with the figures of the books as of ``on``; from then on nothing changes."""
    with transaction.atomic():
        take(group)
        refusals: list[AssessmentRefusal] = [*entitled(group, by, Deed.ASSESS)]
        if on > by.day:
            refusals.append(InTheFuture(on))
        draft = _draft(group, number)
        if draft is None:
            return NotDone((*refusals, NoDraft(number)))
        answers = answers_of(draft)
        if not answers:
            refusals.append(NothingAnswered())
        if refusals:
            return NotDone(tuple(refusals))
        facts = measures_of([group.pk], on)[group.pk]
        # What is typed on a later day was said at the visit.
        said = {code: replace(each, on=min(each.on, on)) for code, each in answers.items()}
        _judge(draft, questionnaire_of(draft.version.data), facts, said, on)
        draft.recorded_by_id = by.user_id
        draft.save()
        write_down("finish_assessment", group, by, f"assessment {number}", level=draft.level)
    return Finished(number)


def withdraw_assessment(
    *, group: Group, number: int, words: str, by: Reach
) -> Finished | Begun | NotDone:
    """Take back a result, or give a draft up, saying why; the row stays."""
    with transaction.atomic():
        take(group)
        refusals: list[AssessmentRefusal] = [*entitled(group, by, Deed.ASSESS)]
        if not visible(words):
            refusals.append(NoteMissing())
        elif len(visible(words)) > LONGEST_WORDS:
            refusals.append(TooLong(LONGEST_WORDS))
        row = Assessment.objects.filter(
            group=group, number=number, withdrawn_at__isnull=True
        ).first()
        if row is None:
            return NotDone((*refusals, NoResult(number)))
        if refusals:
            return NotDone(tuple(refusals))
        row.withdrawn_at, row.withdrawn_note = timezone.now(), visible(words)
        row.save(update_fields=["withdrawn_at", "withdrawn_note"])
        write_down("withdraw_assessment", group, by, f"assessment {number}")
    return Finished(number) if row.finished_at is not None else Begun(number)


def assess_from_books(*, area_code: str, code: str, on: date, by: Reach) -> AreaAssessed | NotDone:
    """Judge every group of an area by its books, all or none, in as many statements for any number.

    Each is asked what is asked where it lies: a district within the area may have its own version.
    What people answered at the last visit of the same questionnaire goes on standing, as old as it
    is. Groups outside the reach are left alone, and so is who has a result of that day already.
    """
    with transaction.atomic():
        refusals: list[AssessmentRefusal] = []
        if on > by.day:
            refusals.append(InTheFuture(on))
        asked = asked_in(code, area_code, fiscal_year(on))
        if asked is None:
            return NotDone((*refusals, NoSuchQuestionnaire(code)))
        groups = Group.objects.filter(by.funds(Deed.ASSESS), kinds_asked(code)).filter(
            within("area_code", area_code)
        )
        taken = list(groups.select_for_update(no_key=True).order_by("pk"))
        if not taken:
            refusals.append(NothingToAssess(area_code))
        if refusals:
            return NotDone(tuple(refusals))
        made = 0
        places = asked_at(code, {group.area_code for group in taken}, fiscal_year(on))
        for each in dict.fromkeys(places.values()):
            version = version_row(each)
            of_it = [group for group in taken if places[group.area_code] == each]
            latest = _latest_of_year(of_it, version, on)
            ids = [
                group.pk
                for group in of_it
                if group.pk not in latest or latest[group.pk].assessed_on != on
            ]
            if ids:
                _write_all(ids, version, each.questionnaire, latest, on, by)
            made += len(ids)
        record_deed(
            "assess_area",
            user_id=by.user_id,
            area_code=area_code,
            subject=f"questionnaire {code} {asked.questionnaire.year}",
            details={"made": made, "had_one": len(taken) - made},
        )
    return AreaAssessed(made, len(taken) - made)


# ---- below the line ------------------------------------------------------------------------------


def _draft(group: Group, number: int) -> Assessment | None:
    return (
        Assessment.objects.filter(
            group=group, number=number, finished_at__isnull=True, withdrawn_at__isnull=True
        )
        .select_related("version")
        .first()
    )


def _items(asked: Questionnaire, section: str) -> dict[str, Item]:
    return {
        item.code: item for each in asked.sections if each.code == section for item in each.items
    }


def _put(
    answers: dict[str, KeptAnswer],
    code: str,
    said: Said,
    *,
    group: Group,
    number: int,
    by: Reach,
    on: date,
) -> None:
    if not said.option:
        answers.pop(code, None)
        return
    before = answers.get(code)
    photo = before.photo if before is not None else ""
    if said.photo is not None:
        photo = keep_paper(
            said.photo,
            fund_id=group.pk,
            area_code=group.area_code,
            subject=f"assessment {number} {code}",
            user_id=by.user_id,
        )
    answers[code] = KeptAnswer(said.option, on, visible(said.words), photo, by.title_words)


def _judge(
    row: Assessment,
    asked: Questionnaire,
    facts: Mapping[str, Measured],
    answers: Mapping[str, KeptAnswer],
    on: date,
) -> None:
    """Put the result into a row, with all that it follows from."""
    wanted = {item.measure.name for item in asked.items if item.measure is not None}
    used = {name: facts.get(name, Measured(None)) for name in sorted(wanted)}
    told = {code: answer.answered for code, answer in answers.items()}
    found = assess(asked, used, told, as_of=on)
    row.facts, row.answers = facts_as_data(used), answers_as_data(answers)
    row.assessed_on, row.finished_at = on, timezone.now()
    row.score = found.hundredths
    row.level = found.level.code if found.level is not None else ""
    row.sure_level = found.sure_level.code
    row.quality = found.quality.mark
    row.weakest = found.weakest or ""


def _latest_of_year(
    groups: list[Group], version: QuestionnaireVersion, on: date
) -> dict[int, Assessment]:
    """The last result of each group with a version of this questionnaire and year, by a day."""
    rows = finished(version.code).filter(
        group_id__in=[group.pk for group in groups], year=version.year, assessed_on__lte=on
    )
    return {row.group_id: row for row in rows.order_by("group_id", "assessed_on", "number")}


def _still_asked(asked: Questionnaire, before: Assessment | None) -> dict[str, KeptAnswer]:
    """What was answered before and can still be answered so."""
    answers = answers_of(before) if before is not None else {}
    return {
        item.code: answer
        for item in asked.items
        if (answer := answers.get(item.code)) is not None and item.chosen(answer.option)
    }


def _write_all(
    ids: list[int],
    version: QuestionnaireVersion,
    asked: Questionnaire,
    latest: Mapping[int, Assessment],
    on: date,
    by: Reach,
) -> None:
    facts = measures_of(ids, on)
    last: dict[int, int] = dict(
        Assessment.objects.filter(group_id__in=ids)
        .values_list("group_id")
        .annotate(last=Max("number"))
    )
    rows = []
    for group_id in ids:
        row = Assessment(
            group_id=group_id,
            number=last.get(group_id, 0) + 1,
            version=version,
            code=version.code,
            year=version.year,
            is_from_books=True,
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        answers = _still_asked(asked, latest.get(group_id))
        _judge(row, asked, facts.get(group_id, {}), answers, on)
        rows.append(row)
    Assessment.objects.bulk_create(rows)
