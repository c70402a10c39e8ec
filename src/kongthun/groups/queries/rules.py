"""The rules of a group on a day: its own, its area's, or what its kind came with."""

from __future__ import annotations

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
        nearness = 9 if rules.group_id is not None else len(rules.area_code)
        nearest.setdefault(nearness, []).append(adopted_rule_set(rules))
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
