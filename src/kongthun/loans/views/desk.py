"""The work of one fund today: what waits for whom, and the doors to every deed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.journal import AccountKind
from kongthun.ledger.charts import chart

from ..queries.desk import incomes_to_ask, late_contracts, waiting_requests
from ..queries.requests import available_money
from .asking import fund_or_404, head, may, names


@scoped(Deed.SEE_FUND)
@require_safe
def desk(request: ScopedRequest, code: str) -> HttpResponse:
    """What needs doing at this fund, by whom; money at hand; the doors."""
    fund = fund_or_404(request, code)
    if AccountKind.LOAN not in chart(fund.chart).kinds:  # a group that lends to nobody
        return redirect("reports:group", code=code)
    waiting = waiting_requests(fund, request.reach, with_names=names(request, fund, "desk"))
    context = head(fund) | {
        "money": available_money(fund.pk),
        "own": [each for each in waiting if each.is_readers],
        "others": [each for each in waiting if not each.is_readers],
        "today": request.reach.day,
        "late": late_contracts(fund, request.reach.day),
        "incomes": incomes_to_ask(fund, request.reach.day)
        if may(request, fund, Deed.KEEP_LISTS)
        else [],
        "has_members_money": {"share", "saving"} & chart(fund.chart).kinds,
        # What each door asks of who opens it.
        "may": {
            "record": may(request, fund, Deed.RECORD_LOANS),
            "receive": may(request, fund, Deed.RECEIVE_MONEY),
        },
    }
    return render(request, "loans/desk.html", context)
