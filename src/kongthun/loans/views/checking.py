"""Checking a receipt by its code: open to anybody, shows nobody's name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kongthun.web.public import public

from ..queries.papers import fund_on_paper
from ..queries.receipts import checked_code

LONGEST_TYPED = 2_000


@public
@require_safe
def check(request: HttpRequest, code: str = "") -> HttpResponse:
    """Whether a receipt is in the books of its fund as it says. Only a whole code finds one."""
    typed = (code or request.GET.get("code", ""))[:LONGEST_TYPED]
    # What messengers hang on an address they pass on is not of the code.
    bare = typed.partition("?")[0].partition("#")[0].strip()
    context: dict[str, object] = {"typed": typed, "is_asked": bool(bare)}
    if bare:
        checked = checked_code(bare)
        context |= {"checked": checked, "finding": checked.finding.value}
        if checked.fund is not None:
            context["place"] = fund_on_paper(checked.fund)
    answer = render(request, "loans/check.html", context)
    # What is true of a receipt today may not be true tomorrow; and no one's list of receipts.
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
