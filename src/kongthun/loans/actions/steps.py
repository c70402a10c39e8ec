"""What every step of a request shares: the desk it is taken at, and how it is written down.

A step is judged with the fund's pen in hand, by the rules of its day, and is never rewritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.domain.money import Money, total
from kongthun.domain.rule_set import RuleSet
from kongthun.domain.thai_text import visible
from kongthun.groups.queries.households import (
    answering_members,
)
from kongthun.groups.queries.rules import rules_of
from kongthun.ledger.actions import hold_pen
from kongthun.ledger.models import Fund

from ..models import (
    Request,
    Stage,
    Step,
    StepKind,
)
from ..queries.requests import open_loans, standing_steps
from ..refusals import (
    AnyRefusal,
    BeforeStepBefore,
    InFuture,
    LoanStillOpen,
    NoSuchRecord,
    NotDone,
    OutOfTurn,
    RequestStillOpen,
    TooMuch,
)


@dataclass(frozen=True, slots=True)
class StepTaken:
    """The request as it stands now."""

    request: Request
    step: Step


@dataclass(slots=True)
class Desk:
    """A request with what its next step is judged by; the fund's pen is in hand."""

    fund: Fund
    request: Request
    steps: list[Step]
    now: datetime
    refusals: list[AnyRefusal] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day it is in Thailand."""
        return timezone.localdate(self.now)

    @property
    def last_day(self) -> date | None:
        """The day of the last step that stands; none for a draft."""
        return self.steps[-1].happened_on if self.steps else None

    def standing(self, kind: StepKind) -> Step | None:
        """The last step of a kind that stands."""
        return next((step for step in reversed(self.steps) if step.kind == kind), None)


def open_desk(
    number: int, fund: Fund, by: Reach, deed: Deed, stages: set[Stage], on: date
) -> Desk | NotDone:
    """The request with the pen in hand, and what speaks against any step of it on this day."""
    entitled = by.refusals(deed, area_code=fund.area_code, group_id=fund.pk)
    hold_pen(fund, [])
    request = Request.objects.select_related("borrower").filter(fund=fund, number=number).first()
    if request is None:
        return NotDone((*entitled, NoSuchRecord(number)))
    if request.stage not in stages:
        return NotDone((*entitled, OutOfTurn(request.stage)))
    desk = Desk(fund, request, standing_steps(fund.pk, number), timezone.now())
    desk.refusals.extend(entitled)
    if on > desk.today:
        desk.refusals.append(InFuture(on, desk.today))
    if desk.last_day is not None and on < desk.last_day:
        desk.refusals.append(BeforeStepBefore(on, desk.last_day))
    return desk


def take_step(
    desk: Desk,
    kind: StepKind,
    stage: Stage,
    on: date,
    by: Reach,
    *,
    is_favourable: bool | None = None,
    amount: Money | None = None,
    words: str = "",
    meeting_number: int | None = None,
    contract_number: int | None = None,
    entry_number: int | None = None,
    stepped_out: Sequence[int] = (),
    takes_back: int | None = None,
    rules: RuleSet | None = None,
) -> StepTaken:
    """Write a step down, bring the request to its stage, and note who did it."""
    fund, request = desk.fund, desk.request
    step = Step(
        fund=fund,
        request_number=request.number,
        sequence=last_sequence(fund.pk, request.number) + 1,
        kind=kind,
        happened_on=on,
        is_favourable=is_favourable,
        amount=amount,
        words=visible(words)[:300],
        meeting_number=meeting_number,
        contract_number=contract_number,
        entry_number=entry_number,
        stepped_out=list(stepped_out),
        takes_back=takes_back,
        judged_by=rules.as_json() if rules is not None else None,
        recorded_by_id=by.user_id,
        recorded_at=desk.now,
    )
    step.save(force_insert=True)
    request.stage = stage
    request.save(force_update=True)
    note_step(fund, by, f"request_{kind.value}", request)
    return StepTaken(request, step)


def against_sum(amount: Money, rules: RuleSet) -> list[AnyRefusal]:
    """Whether a sum is more than the rules allow one loan to be."""
    limit = rules["largest_loan"]
    if limit.money is not None and amount > limit.money:
        return [TooMuch(amount, limit)]
    return []


def against_open_loans(
    fund: Fund, request: Request, rules: RuleSet, *, but: int | None = None
) -> list[AnyRefusal]:
    """One household, so many open loans, those it took over by a merger among them; and one
    request at a time."""
    refusals: list[AnyRefusal] = []
    limit = rules["open_loans_per_household"]
    own = request.member_number
    merged = [
        number
        for number, answering in answering_members(fund.pk, timezone.localdate()).items()
        if answering == own
    ]
    contracts = [
        contract for contract in open_loans(fund.pk, own, *merged) if contract.number != but
    ]
    if limit.count is not None and len(contracts) >= limit.count:
        owed = total(contract.owed for contract in contracts)
        papers = tuple(contract.paper_number for contract in contracts)
        refusals.append(LoanStillOpen(papers, owed, limit))
    others = Request.objects.filter(
        fund=fund,
        member_number=request.member_number,
        stage__in=[Stage.REQUESTED, Stage.OPINED, Stage.APPROVED, Stage.CONTRACTED],
    ).exclude(number=request.number)
    if limit.count is not None:
        waiting = list(others.order_by("number").values_list("number", flat=True))
        if waiting and len(contracts) + len(waiting) >= limit.count:
            refusals.append(RequestStillOpen(waiting[0]))
    return refusals


def last_sequence(fund_id: int, number: int) -> int:
    """The number of the last row of steps, taken back or not."""
    steps = Step.objects.filter(fund_id=fund_id, request_number=number)
    return int(steps.aggregate(last=Max("sequence"))["last"] or 0)


def rules_on(fund: Fund, day: date) -> RuleSet:
    """The rules of the fund on a day."""
    return rules_of(group_id=fund.pk, kind=fund.chart, area_code=fund.area_code, day=day)


def note_step(fund: Fund, by: Reach, deed: str, request: Request) -> None:
    """One line of the audit trail."""
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=f"request {request.number}",
    )
