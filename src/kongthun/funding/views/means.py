"""The front of ก4: where the group's means come from, and what is to be done next."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.journal import AccountKind

from ..queries.borrowings import parts_due
from ..queries.gifts import not_thanked, reports_due
from ..queries.means import keeps, means_of
from ..queries.shares import share_register
from ..queries.tools import tools
from .asking import called, fund_or_404, head, names


@scoped(Deed.SEE_FUND)
@require_safe
def means(request: ScopedRequest, code: str) -> HttpResponse:
    """The sources with their sums from the books, and what waits."""
    fund = fund_or_404(request, code)
    day = request.reach.day
    parts, reports = parts_due(fund, day), reports_due(fund, day)
    thanks = not_thanked(fund)
    kept = tools(fund, with_names=False)
    with_names = bool(parts or reports or thanks) and names(request, fund, "means")
    without = (
        [each for each in share_register(fund) if each.without.satang > 0]
        if keeps(fund, AccountKind.SHARE)
        else []
    )
    context = head(request, fund) | {
        "means": means_of(fund, day),
        "parts": [(p, called(p.lender, with_names=with_names), p.is_late(day)) for p in parts],
        "reports": [(r, called(r.giver, with_names=with_names), r.is_late(day)) for r in reports],
        "thanks": [(g, called(g.giver, with_names=with_names)) for g in thanks],
        "without": without,
        "late_tools": [each for each in kept if each.lent and each.lent.is_late(day)],
        "tools": kept,
    }
    return render(request, "funding/means.html", context)
