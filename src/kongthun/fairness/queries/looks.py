"""One look at an area: the questions the rule asks of its registers, and what explains them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kongthun.accounts.reach import Deed, Reach
from kongthun.domain import fairness as rule
from kongthun.domain.fairness import (
    EXAMPLE_BANDS,
    Bands,
    Circle,
    CircleKind,
    Fairness,
    Gap,
    GapKey,
    Pattern,
    PatternKey,
    Question,
    Reason,
    Way,
    bands_on,
    fairness_on,
)

from ..models import Explanation
from .facts import Facts, Who, facts_of, funds_of


@dataclass(frozen=True, slots=True)
class Look:
    """What is asked of an area over a period, with the notes that explain some of it.

    ``notes`` by their own number, as the rule names them.
    """

    area_code: str
    facts: Facts
    fairness: Fairness
    bands: Bands
    notes: dict[int, Explanation]

    def who(self, gap: Gap) -> Who:
        """Of whom a gap speaks."""
        return self.facts.who[gap.number]

    def gap(self, who: Who, deed: str, way: str) -> Gap | None:
        """The gap of somebody in one thing, if there is one."""
        number = self.facts.number_of(who)
        return next(
            (
                gap
                for gap in self.fairness.gaps
                if (gap.number, gap.deed.value, gap.way.value) == (number, deed, way)
            ),
            None,
        )

    def pattern(self, kind: str, number: int, question: str) -> Pattern | None:
        """The pattern of a circle in one question, if there is one."""
        return next(
            (
                pattern
                for pattern in self.fairness.looked.patterns
                if (pattern.circle.kind.value, pattern.circle.number, pattern.question.value)
                == (kind, number, question)
            ),
            None,
        )

    @property
    def left_out(self) -> dict[Reason, int]:
        """How many are held against nobody, by the first reason of each."""
        counts = dict.fromkeys(Reason, 0)
        for each in self.fairness.left_out:
            counts[each.reasons[0]] += 1
        return {reason: count for reason, count in counts.items() if count}


def sees_fairness(area_code: str, reach: Reach) -> bool:
    """Whether the whole area lies in the reader's reach: a part of it would be another look."""
    return reach.may(Deed.SEE_FAIRNESS, area_code=area_code)


def look_at(area_code: str, reach: Reach, *, since: date, as_of: date) -> Look:
    """Look at all funds of an area in reach. As many statements for one fund as for all.

    An explanation speaks of the periods that had begun when it was told, so one of last year
    explains nothing of this one. Raises ValueError where the registers contradict themselves,
    which they can not: every fact is made here from what the books hold.
    """
    bands = bands_on(EXAMPLE_BANDS, as_of) or EXAMPLE_BANDS[0]
    facts = facts_of(funds_of(area_code, reach), area_code, since=since, as_of=as_of)
    rows = list(_standing(area_code, facts))
    explained = fairness_on(
        facts.debtors,
        facts.treatments,
        bands,
        as_of,
        [each for row in rows for each in _as_explanation(row, facts)],
    )
    if not isinstance(explained, Fairness):
        raise ValueError(f"the registers contradict themselves: {explained}")
    return Look(area_code, facts, explained, bands, {row.pk: row for row in rows})


# --- below the line ------------------------------------------------------------------------------


def _standing(area_code: str, facts: Facts) -> Iterable[Explanation]:
    """Notes on these funds' debtors, and on this very area's circles, told in the period."""
    rows = Explanation.objects.filter(
        withdrawn_at=None, told_on__gt=facts.since, told_on__lte=facts.as_of
    )
    of_debtors = rows.filter(group_id__in=list(facts.funds))
    return of_debtors | rows.filter(group__isnull=True, area_code=area_code)


def _as_explanation(row: Explanation, facts: Facts) -> Iterable[rule.Explanation]:
    of: GapKey | PatternKey
    if row.group_id is None:
        circle = Circle(CircleKind(row.circle_kind), row.circle_number or 0)
        of = PatternKey(circle, Question(row.question))
    else:
        number = facts.number_of(Who(row.group_id, row.debtor))
        if number is None:
            return
        of = GapKey(number, rule.Deed(row.deed), Way(row.way))
    yield rule.Explanation(of, row.pk, row.told_on)
