"""What every page of a request asks: which fund, which request, and who reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest
from kongthun.audit.actions import record_deed
from kongthun.domain.money import ZERO, Money
from kongthun.domain.rule_set import RuleSet
from kongthun.domain.thai_text import PersonName
from kongthun.groups.queries.rules import rules_of
from kongthun.ledger.models import Fund
from kongthun.ledger.queries import fund_in_reach

from ..actions.steps import StepTaken
from ..models import Request, Stage, StepKind
from ..papers import Digits
from ..queries.desk import next_step_of
from ..queries.requests import PastStep, history_of, request_of, standing


@dataclass(frozen=True, slots=True)
class RequestPlace:
    """A request with what every page about it asks."""

    fund: Fund
    request: Request
    history: list[PastStep]
    rules: RuleSet
    today: date
    sees_names: bool
    may: Callable[[Deed], bool]
    user_id: int

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        return Stage(self.request.stage)

    @property
    def last(self) -> PastStep | None:
        """The latest step that stands."""
        kept = {step.sequence for step in standing([past.step for past in self.history])}
        return next((past for past in reversed(self.history) if past.step.sequence in kept), None)

    @property
    def decided(self) -> Money:
        """What the committee granted."""
        steps = standing([past.step for past in self.history])
        found = (step for step in reversed(steps) if step.kind == StepKind.DECIDED)
        step = next(found, None)
        return (step.amount if step is not None else None) or ZERO

    def called(self, name: PersonName) -> str:
        """A name as it may be read here."""
        return name.full if self.sees_names else name.masked


def may(request: ScopedRequest, fund: Fund, deed: Deed) -> bool:
    """Whether the reader may do this at this fund."""
    return request.reach.may(deed, area_code=fund.area_code, group_id=fund.pk)


def fund_or_404(request: ScopedRequest, code: str, *deeds: Deed) -> Fund:
    """The fund, for those who may do one of the deeds there; see its books, if none is named."""
    fund = fund_in_reach(code, request.reach, *(deeds or (Deed.SEE_FUND,)))
    if fund is None:
        raise Http404
    return fund


def place_or_404(request: ScopedRequest, code: str, number: int) -> RequestPlace:
    """The request of this number, if the reader may see its fund."""
    fund = fund_or_404(request, code)
    found = request_of(fund.pk, number)
    if found is None:
        raise Http404
    today = request.reach.day
    return RequestPlace(
        fund,
        found,
        history_of(fund.pk, number),
        rules_of(group_id=fund.pk, kind=fund.chart, area_code=fund.area_code, day=today),
        today,
        sees_names=may(request, fund, Deed.SEE_NAMES),
        may=lambda deed: may(request, fund, deed),
        user_id=request.reach.user_id,
    )


def head(fund: Fund) -> dict[str, Any]:
    """What the head of every page names."""
    return {"fund": fund, "code": fund.code}


def names(request: ScopedRequest, fund: Fund, subject: str) -> bool:
    """Whether to show names; when they are shown, that they were read is written down."""
    with_names = may(request, fund, Deed.SEE_NAMES)
    if with_names:
        note_names_read(request, fund, subject)
    return with_names


def note_names_read(request: ScopedRequest, fund: Fund, subject: str) -> None:
    """Write down that names were read: who read, where, and of what."""
    record_deed(
        "read_names",
        user_id=request.reach.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=subject,
    )


def digits_asked(request: ScopedRequest) -> Digits:
    """Thai digits if the address asks for them."""
    return "thai" if request.GET.get("digits") == "thai" else "arabic"


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    """A PDF to be looked at, with the name it is kept under."""
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def stepped(request: ScopedRequest, fund: Fund, done: StepTaken, words: str) -> HttpResponse:
    """Back to the request, saying what was done and who acts next."""
    after = next_step_of(done.request.stage)
    messages.success(request, f"{words} ขั้นต่อไป: {after.who}{after.what}" if after else words)
    return redirect("loans:request", fund.code, done.request.number)
