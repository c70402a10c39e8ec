"""Who is chairman of each fund on a day, for the sheet that they sign."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from kongthun.groups.models import CommitteePosition, CommitteeTerm, Person


def chairmen_of(group_ids: Iterable[int], day: date) -> dict[int, Person]:
    """The chairman in office of each group, where the books know one. One statement."""
    rows = (
        CommitteeTerm.objects.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day),
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
            group_id__in=list(group_ids),
            position=CommitteePosition.CHAIRMAN,
            withdrawn_at=None,
        )
        .select_related("person")
        .order_by("set_number", "number")
    )
    return {row.group_id: row.person for row in rows}
