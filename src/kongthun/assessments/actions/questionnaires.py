"""Making a new version of what is asked, and taking one back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.domain.assessment import Questionnaire, as_data, read_questionnaire
from kongthun.domain.thai_text import visible

from ..measures import MEASURES
from ..models import QuestionnaireVersion
from ..queries.questionnaires import Asked, asked_in, codes, same_words
from ..refusals import (
    AssessmentRefusal,
    Faulty,
    NoSuchQuestionnaire,
    NotDone,
    NoteMissing,
    NothingChanged,
    TooLong,
)

LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class VersionKept:
    """The version stands, and is asked from now on."""

    version: QuestionnaireVersion


def save_questionnaire(
    *, data: Mapping[str, object], area_code: str, words: str, by: Reach
) -> VersionKept | NotDone:
    """Adopt a questionnaire for an area; the versions before it stay, and so do their results.

    ``words`` say why it was made anew. Everything wrong with it is said at once.
    """
    with transaction.atomic():
        refusals: list[AssessmentRefusal] = [
            *by.refusals(Deed.KEEP_QUESTIONNAIRES, area_code=area_code),
            *_note(words),
        ]
        read = read_questionnaire(data, measures=MEASURES.keys())
        if not isinstance(read, Questionnaire):
            return NotDone((*refusals, *(Faulty(fault) for fault in read)))
        if read.code not in codes():
            refusals.append(NoSuchQuestionnaire(read.code))
        now = asked_in(read.code, area_code, read.year)
        if now is not None and same_words(now.questionnaire, read):
            refusals.append(NothingChanged())
        if refusals:
            return NotDone(tuple(refusals))
        version = _write(read, area_code=area_code, words=visible(words), by=by)
        record_deed(
            "save_questionnaire",
            user_id=by.user_id,
            area_code=area_code,
            subject=f"questionnaire {read.code} {read.year} no. {version.number}",
        )
    return VersionKept(version)


def withdraw_questionnaire(
    *, version: QuestionnaireVersion, words: str, by: Reach
) -> VersionKept | NotDone:
    """Ask it no more; what was in force before it is asked again. Its results stay."""
    with transaction.atomic():
        refusals: list[AssessmentRefusal] = [
            *by.refusals(Deed.KEEP_QUESTIONNAIRES, area_code=version.area_code),
            *_note(words),
        ]
        row = QuestionnaireVersion.objects.select_for_update().get(pk=version.pk)
        if row.withdrawn_at is not None or row.is_shipped:
            refusals.append(NoSuchQuestionnaire(row.code))
        if refusals:
            return NotDone(tuple(refusals))
        row.withdrawn_at, row.withdrawn_note = timezone.now(), visible(words)
        row.save(update_fields=["withdrawn_at", "withdrawn_note"])
        record_deed(
            "withdraw_questionnaire",
            user_id=by.user_id,
            area_code=row.area_code,
            subject=f"questionnaire {row.code} {row.year} no. {row.number}",
        )
    return VersionKept(row)


def version_row(asked: Asked) -> QuestionnaireVersion:
    """The row of what is asked; one that ships is written down as it is used first."""
    if asked.row is not None:
        return asked.row
    wanted = asked.questionnaire
    kept = QuestionnaireVersion.objects.filter(
        area_code="", code=wanted.code, year=wanted.year, is_shipped=True
    ).order_by("-number")
    data = as_data(wanted)
    return next((row for row in kept if row.data == data), None) or _write(
        wanted, area_code="", words="", by=None
    )


# ---- below the line ------------------------------------------------------------------------------


def _note(words: str) -> list[AssessmentRefusal]:
    said = visible(words)
    if not said:
        return [NoteMissing()]
    return [TooLong(LONGEST_NOTE)] if len(said) > LONGEST_NOTE else []


def _write(
    read: Questionnaire, *, area_code: str, words: str, by: Reach | None
) -> QuestionnaireVersion:
    """Under the next number of its area, code and year; two at once: the second is refused."""
    of_year = QuestionnaireVersion.objects.filter(
        area_code=area_code, code=read.code, year=read.year
    )
    return QuestionnaireVersion.objects.create(
        area_code=area_code,
        code=read.code,
        year=read.year,
        number=(of_year.aggregate(last=Max("number"))["last"] or 0) + 1,
        data=as_data(read),
        is_shipped=by is None,
        words=words,
        recorded_by_id=by.user_id if by else None,
        recorded_at=timezone.now(),
    )
