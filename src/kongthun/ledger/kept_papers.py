"""The papers a fund keeps, held against their record, for `kongthun verify`."""

from __future__ import annotations

from collections.abc import Iterator

from kongthun.audit.papers import faults_of_papers
from kongthun.groups.models import Group

from .models import Fund
from .verification import Fault, What

_FAULTS: dict[str, What] = {
    "chain": "paper_chain",
    "missing": "paper_missing",
    "content": "paper_content",
    "left": "paper_left",
}


def papers_as_kept(fund: Fund | None) -> Iterator[Fault]:
    """What is wrong with the papers of one fund, or of all groups; a group may have no books."""
    found = list(faults_of_papers(fund.pk if fund else None))
    codes = dict(
        Group.objects.filter(pk__in={each.fund_id for each in found}).values_list("pk", "code")
    )
    for each in found:
        code = codes.get(each.fund_id, f"#{each.fund_id}")
        yield Fault(code, _FAULTS[each.what], name=str(each.number))
