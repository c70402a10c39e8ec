"""Results of groups: the latest of each, and all of one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kongthun.domain.assessment import Level, QualityMark, Questionnaire
from kongthun.groups.models import Group

from ..models import Assessment, QuestionnaireVersion
from .frozen import questionnaire_of

HEALTH = "health_kkk"
FIVE = "five_k"
_IN_ONE_STATEMENT = 5_000
# A กข.คจ. fund is asked about its health; a group of any other kind about its five ก.
_FUNDS = "kkk"


def is_asked_of(code: str, kind: str) -> bool:
    """Whether a questionnaire asks about groups of this kind."""
    return (kind == _FUNDS) is (code == HEALTH)


def kinds_asked(code: str) -> Q:
    """The same as a condition on groups."""
    return Q(kind=_FUNDS) if code == HEALTH else ~Q(kind=_FUNDS)


def code_for(kind: str) -> str:
    """The questionnaire of a kind of group."""
    return HEALTH if kind == _FUNDS else FIVE


@dataclass(frozen=True, slots=True)
class Result:
    """A finished assessment in short. An early warning that brings support, no ranking.

    ``level`` is empty where nothing was known; ``place`` counts it from the lowest, 1 of
    ``levels``. ``hundredths`` of a per cent, rounded down. ``weakest`` is the title of a section.
    """

    group_id: int
    number: int
    code: str
    year: int
    on: date
    level: Level | None
    place: int
    levels: int
    sure_level: Level | None
    hundredths: int | None
    quality: QualityMark
    weakest: str
    is_from_books: bool


def finished(code: str) -> QuerySet[Assessment]:
    """Every finished assessment with a questionnaire that nobody took back."""
    return Assessment.objects.filter(
        code=code, finished_at__isnull=False, withdrawn_at__isnull=True
    )


def latest_of(
    group_ids: Collection[int], day: date, code: str = HEALTH, *, year: int | None = None
) -> dict[int, Result]:
    """The latest result of each group by a day; a group never assessed is not there.

    ``year`` keeps to the questionnaire of one year. Two statements, whatever the number of groups.
    """
    rows = finished(code).filter(assessed_on__lte=day)
    if len(group_ids) <= _IN_ONE_STATEMENT:  # of more, reading them all is cheaper
        rows = rows.filter(group_id__in=list(group_ids))
    if year is not None:
        rows = rows.filter(year=year)
    latest = {
        row.group_id: row
        for row in rows.defer("facts", "answers").order_by("group_id", "assessed_on", "number")
    }
    wanted = set(group_ids)
    kept = [row for group_id, row in latest.items() if group_id in wanted]
    asked = questionnaires_of({row.version_id for row in kept})
    return {row.group_id: result_of(row, asked[row.version_id]) for row in kept}


def questionnaires_of(versions: Collection[int]) -> dict[int, Questionnaire]:
    """These versions as values. One statement."""
    rows = QuestionnaireVersion.objects.filter(pk__in=list(versions))
    return {row.pk: questionnaire_of(row.data) for row in rows}


def result_of(row: Assessment, asked: Questionnaire) -> Result:
    """A finished row in short, as it was kept."""
    places = {level.code: place for place, level in enumerate(asked.levels, start=1)}
    levels = {level.code: level for level in asked.levels}
    titles = {section.code: section.title for section in asked.sections}
    if row.assessed_on is None:
        raise ValueError("a draft has no result")
    return Result(
        group_id=row.group_id,
        number=row.number,
        code=row.code,
        year=row.year,
        on=row.assessed_on,
        level=levels.get(row.level),
        place=places.get(row.level, 0),
        levels=len(asked.levels),
        sure_level=levels.get(row.sure_level),
        hundredths=row.score,
        quality=QualityMark(row.quality),
        weakest=titles.get(row.weakest, ""),
        is_from_books=row.is_from_books,
    )


def history_of(group: Group, code: str) -> list[Assessment]:
    """The finished assessments of a group, the latest first, each with its version."""
    rows = finished(code).filter(group=group).select_related("version", "recorded_by")
    return list(rows.order_by("-assessed_on", "-number"))


def draft_of(group: Group, code: str) -> Assessment | None:
    """The one that is being answered, if one is."""
    return (
        Assessment.objects.filter(
            group=group, code=code, finished_at__isnull=True, withdrawn_at__isnull=True
        )
        .select_related("version")
        .first()
    )


def assessment_of(group: Group, number: int) -> Assessment | None:
    """One assessment, draft or finished, with its version; none that was taken back."""
    return (
        Assessment.objects.filter(group=group, number=number, withdrawn_at__isnull=True)
        .select_related("version", "recorded_by")
        .first()
    )


def one_before(row: Assessment) -> Assessment | None:
    """What to compare with: the last result of an earlier year, else the one just before."""
    others = (
        finished(row.code)
        .filter(group_id=row.group_id, assessed_on__lte=row.assessed_on)
        .exclude(number=row.number)
        .select_related("version")
        .order_by("-assessed_on", "-number")
    )
    return others.filter(year__lt=row.year).first() or next(
        (
            each
            for each in others
            if (each.assessed_on, each.number) < (row.assessed_on, row.number)
        ),
        None,
    )
