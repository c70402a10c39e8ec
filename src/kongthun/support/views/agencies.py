"""What an agency sees: what it is asked."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped

from ..queries.requests import asked_of


@scoped(Deed.ANSWER_SUPPORT)
def asked(request: ScopedRequest) -> HttpResponse:
    """The requests that groups addressed to the reader's agency."""
    return render(request, "support/asked.html", {"requests": asked_of(request.reach)})
