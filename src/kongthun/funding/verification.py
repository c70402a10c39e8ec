"""Share certificates held against the books, for `kongthun verify`."""

from __future__ import annotations

from collections.abc import Iterator

from kongthun.domain.journal import AccountKind
from kongthun.domain.money import ZERO
from kongthun.ledger.charts import charts_with
from kongthun.ledger.models import Fund
from kongthun.ledger.verification import Fault

from .queries.shares import share_register


def certificates_in_the_books(fund: Fund | None) -> Iterator[Fault]:
    """Members whose certificates stand over more than they hold, of one fund or of all."""
    keeping = Fund.objects.filter(chart__in=charts_with(AccountKind.SHARE))
    for each in (keeping.filter(pk=fund.pk) if fund else keeping).order_by("code"):
        for row in share_register(each):
            if row.without < ZERO:
                yield Fault(
                    each.code,
                    "certificates",
                    name=str(row.member_number),
                    stored=row.certified,
                    found=row.kept,
                )
