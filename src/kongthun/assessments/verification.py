"""Results held against what they follow from, for `kongthun verify`."""

from __future__ import annotations

from collections.abc import Iterator

from kongthun.ledger.models import Fund
from kongthun.ledger.verification import Fault

from .models import Assessment
from .queries.frozen import judged_again


def results_as_judged(fund: Fund | None) -> Iterator[Fault]:
    """Finished assessments whose level or score is not what they keep makes, of one fund or all."""
    rows = Assessment.objects.filter(finished_at__isnull=False).select_related("version", "group")
    kept = rows.filter(group_id=fund.pk) if fund else rows
    for row in kept.order_by("group_id", "number").iterator():
        if not is_as_judged(row):
            yield Fault(row.group.code, "assessment", name=str(row.number))


def is_as_judged(row: Assessment) -> bool:
    """Whether all that a row says of its result follows from what it keeps."""
    try:
        found = judged_again(row)
    except (KeyError, TypeError, ValueError):  # what is kept can not even be read any more
        return False
    return (row.score, row.level, row.sure_level, row.quality, row.weakest) == (
        found.hundredths,
        found.level.code if found.level is not None else "",
        found.sure_level.code,
        found.quality.mark,
        found.weakest or "",
    )
