"""Share certificates held against the books, for `kongthun verify`."""

from __future__ import annotations

from collections.abc import Iterator

from kongthun.domain.money import ZERO
from kongthun.ledger.models import Fund
from kongthun.ledger.verification import Fault

from .models import ShareCertificate
from .queries.shares import share_register


def certificates_in_the_books(fund: Fund | None) -> Iterator[Fault]:
    """Members whose certificates stand over more than they hold, of one fund or of all."""
    certified = ShareCertificate.objects.order_by().values("fund_id").distinct()
    funds = [fund] if fund else Fund.objects.filter(pk__in=certified).order_by("code")
    for each in funds:
        for row in share_register(each):
            if row.without < ZERO:
                yield Fault(
                    each.code,
                    "certificates",
                    name=str(row.member_number),
                    stored=row.certified,
                    found=row.kept,
                )
