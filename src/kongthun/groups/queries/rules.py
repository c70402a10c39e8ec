"""The rules of a group on a day: its own, its area's, or what its kind came with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kongthun.domain.rule_set import RuleSet, in_force, rule_set_of

from ..models import AdoptedRules
from ..rule_sets import shipped


def rules_of(*, group_id: int, kind: str, area_code: str, day: date) -> RuleSet:
    """The rule set in force for a group on a day. One statement.

    The nearest wins: the group's own before its district's, that before the nation's, and any of
    those before what the kind came with; a day before any rules is judged by the first.
    """
    areas = [area_code[:length] for length in (8, 6, 4, 2, 0)]
    adopted = AdoptedRules.objects.filter(
        Q(group_id=group_id) | Q(group__isnull=True, area_code__in=areas),
        kind=kind,
        starts_on__lte=day,
        withdrawn_at__isnull=True,
    )
    nearest: dict[int, list[RuleSet]] = {}
    for rules in adopted.order_by("pk"):
        nearest.setdefault(_nearness(rules), []).append(adopted_rule_set(rules))
    candidates = nearest[max(nearest)] if nearest else list(shipped(kind))
    return in_force(candidates, day) or shipped(kind)[0]


def adopted_rule_set(rules: AdoptedRules) -> RuleSet:
    """An adopted rule set as a value; its code names the row."""
    return rule_set_of(
        {
            "code": f"adopted/{rules.pk}",
            "name": rules.name,
            "starts_on": rules.starts_on.isoformat(),
            "limits": rules.limits,
        }
    )


@dataclass(frozen=True, slots=True)
class RulesOfPlace:
    """A rule set somebody adopted, or one that the kind came with (``adopted`` empty)."""

    rules: RuleSet
    adopted: AdoptedRules | None


def rules_history(*, group_id: int | None, kind: str, area_code: str) -> list[RulesOfPlace]:
    """Every rule set that bears on a place, nearest first, then the latest; withdrawn ones too.

    For a group its own, its areas' and the nation's; for an area its own and those above. Last
    come the sets that the kind came with. One statement.
    """
    areas = [area_code[:length] for length in range(len(area_code), -1, -2)]
    bearing = Q(group__isnull=True, area_code__in=areas)
    if group_id is not None:
        bearing |= Q(group_id=group_id)
    adopted = AdoptedRules.objects.filter(bearing, kind=kind).select_related("recorded_by")
    rows = sorted(adopted, key=lambda row: (_nearness(row), row.starts_on, row.pk), reverse=True)
    return [RulesOfPlace(adopted_rule_set(row), row) for row in rows] + [
        RulesOfPlace(rules, None) for rules in reversed(shipped(kind))
    ]


def rules_of_area(*, kind: str, area_code: str, day: date) -> RuleSet:
    """The rules that groups of a kind under an area begin with on a day. One statement."""
    standing = [
        each
        for each in rules_history(group_id=None, kind=kind, area_code=area_code)
        if each.adopted is not None
        and each.adopted.withdrawn_at is None
        and each.rules.starts_on <= day
    ]
    return standing[0].rules if standing else in_force(shipped(kind), day) or shipped(kind)[0]


def _nearness(rules: AdoptedRules) -> int:
    return _OF_THE_GROUP if rules.group_id is not None else len(rules.area_code)


_OF_THE_GROUP = 9
