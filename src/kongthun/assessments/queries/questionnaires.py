"""Which questionnaire is asked where, and its versions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from kongthun.accounts.reach import Deed, Reach
from kongthun.areas.queries import within
from kongthun.domain.assessment import Questionnaire, as_data

from ..models import QuestionnaireVersion
from ..questionnaires import shipped
from .frozen import questionnaire_of

_AREA_LENGTHS = (0, 2, 4, 6, 8)
_NATION = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A questionnaire with who adopted it: an area (empty: the nation), or nobody, if it ships."""

    questionnaire: Questionnaire
    area_code: str
    number: int
    row: QuestionnaireVersion | None

    @property
    def is_shipped(self) -> bool:
        """Whether it is the one the product comes with."""
        return self.row is None


def codes() -> tuple[str, ...]:
    """The codes of all questionnaires there are."""
    return tuple(sorted({each.code for each in shipped()}))


def asked_in(code: str, area_code: str, year: int) -> Asked | None:
    """What is asked in an area in a fiscal year (พ.ศ.); none for an unknown code. One statement.

    The questionnaire of the year, or of the last year before it that has one; the first there is
    for a year before all of them. Of one year the nearest area's wins, then the later version.
    """
    return asked_at(code, [area_code], year).get(area_code)


def asked_at(code: str, area_codes: Collection[str], year: int) -> dict[str, Asked]:
    """The same at many places; none for an unknown code. One statement."""
    known = candidates(code, area_codes)
    return {
        place: _of_year([each for each in known if place.startswith(each.area_code)], year)
        for place in (area_codes if known else ())
    }


def candidates(code: str, area_codes: Collection[str]) -> list[Asked]:
    """Every version that stands for one of the areas: its own, those above it, those that ship."""
    rows = QuestionnaireVersion.objects.filter(
        code=code,
        area_code__in={place[:length] for place in area_codes for length in _AREA_LENGTHS},
        is_shipped=False,
        withdrawn_at__isnull=True,
    )
    made = [Asked(questionnaire_of(row.data), row.area_code, row.number, row) for row in rows]
    return made + [Asked(each, _NATION, 0, None) for each in shipped() if each.code == code]


def _of_year(found: list[Asked], year: int) -> Asked:
    years = {each.questionnaire.year for each in found}
    begun = [each for each in years if each <= year]
    of_year = max(begun) if begun else min(years)
    return max((each for each in found if each.questionnaire.year == of_year), key=_nearness)


def _nearness(asked: Asked) -> tuple[int, int, int]:
    return (0 if asked.is_shipped else 1, len(asked.area_code), asked.number)


def versions_in_reach(code: str, reach: Reach) -> list[QuestionnaireVersion]:
    """The versions a reader sees, the latest year first, with those that were taken back.

    A version of an area is seen by whoever holds something in it, and by whoever holds an area
    that it lies in. What is asked of people is no secret to them. One statement.
    """
    rows = QuestionnaireVersion.objects.filter(code=code, is_shipped=False).filter(
        _seen(reach, "area_code")
    )
    return list(rows.select_related("recorded_by").order_by("-year", "area_code", "-number"))


def version_in_reach(pk: int, reach: Reach) -> QuestionnaireVersion | None:
    """One version, if the reader sees it. One statement."""
    return (
        QuestionnaireVersion.objects.filter(_seen(reach, "area_code"), pk=pk)
        .select_related("recorded_by")
        .first()
    )


def _seen(reach: Reach, name: str) -> Q:
    seen = Q(**{name: _NATION})
    for deed in (Deed.KEEP_QUESTIONNAIRES, Deed.ASSESS, Deed.SEE_AREA):
        for holding in reach.holding_with(deed):
            above = [holding.area_code[:n] for n in _AREA_LENGTHS if n <= len(holding.area_code)]
            seen |= Q(**{f"{name}__in": above}) | within(name, holding.area_code)
            if not holding.area_code:
                return Q()
    return seen


def areas_kept(reach: Reach) -> list[str]:
    """The areas for which somebody may adopt a questionnaire, as they hold them."""
    held = {h.area_code for h in reach.holding_with(Deed.KEEP_QUESTIONNAIRES)}
    return sorted(held)


def same_words(one: Questionnaire, other: Questionnaire) -> bool:
    """Whether two questionnaires ask the same, weigh the same and part the same levels."""
    return as_data(one) == as_data(other)
