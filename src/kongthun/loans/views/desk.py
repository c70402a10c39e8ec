"""The work of one fund today: what waits for whom, and the doors to every deed."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.ledger.queries import fund_in_reach

from ..queries.requests import available_money


@scoped(Deed.SEE_FUND)
def desk(request: ScopedRequest, code: str) -> HttpResponse:
    """What needs doing at this fund, by whom; money at hand; the doors."""
    fund = fund_in_reach(code, request.reach, Deed.SEE_FUND)
    if fund is None:
        raise Http404
    return render(request, "loans/desk.html", {"fund": fund, "money": available_money(fund.pk)})
