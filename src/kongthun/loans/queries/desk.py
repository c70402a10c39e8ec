"""What waits at a fund, for whom and since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.db.models import Count

from kongthun.accounts.reach import Deed, Reach
from kongthun.domain.money import Money, total
from kongthun.domain.thai_calendar import add_years
from kongthun.groups.queries.incomes import IncomeDue, incomes_due
from kongthun.ledger.models import Fund

from ..models import Contract, Request, Stage
from .contracts import contract_states
from .requests import Listed, listed


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is done next with a request: who acts, what they do, and what lets them record it."""

    who: str
    what: str
    button: str
    deed: Deed


# Who acts next follows from the stage alone. The chairman hands the money over; the treasurer
# writes it down.
NEXT_STEPS: Mapping[Stage, NextStep] = MappingProxyType(
    {
        Stage.DRAFT: NextStep("เหรัญญิก", "เขียนให้ครบแล้วยื่นคำขอ", "เปิดร่าง", Deed.RECORD_LOANS),
        Stage.REQUESTED: NextStep("พัฒนากร", "ให้ความเห็น", "ให้ความเห็น", Deed.GIVE_OPINION),
        Stage.OPINED: NextStep(
            "คณะกรรมการ บันทึกโดยประธาน", "พิจารณาในที่ประชุม", "บันทึกผลการพิจารณา", Deed.DECIDE_LOANS
        ),
        Stage.APPROVED: NextStep("เหรัญญิก", "ทำสัญญา", "ทำสัญญา", Deed.RECORD_LOANS),
        Stage.CONTRACTED: NextStep(
            "ประธานจ่ายเงิน เหรัญญิกบันทึก", "จ่ายเงินยืม", "บันทึกการจ่ายเงิน", Deed.RECORD_LOANS
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that waits: for which step, how many days, and whether the reader may take it."""

    row: Listed
    step: NextStep
    days: int
    is_readers: bool


@dataclass(frozen=True, slots=True)
class Late:
    """Contracts with something past its day; ``deferred`` of them have a delay that runs."""

    contracts: int
    sum: Money
    deferred: int


def next_step_of(stage: str) -> NextStep | None:
    """Who acts next at this stage; nobody when the request has come to its end."""
    return NEXT_STEPS.get(Stage(stage))


def may_take(step: NextStep, fund: Fund, reach: Reach) -> bool:
    """Whether a reader may take this step at this fund."""
    return reach.may(step.deed, area_code=fund.area_code, group_id=fund.pk)


def waiting_requests(fund: Fund, reach: Reach, *, with_names: bool) -> list[Waiting]:
    """Everything on its way, the longest waiting first. Two statements."""
    on_their_way = Request.objects.filter(fund=fund, stage__in=list(NEXT_STEPS))
    rows = listed(list(on_their_way.select_related("borrower")), with_names=with_names)
    rows.sort(key=lambda row: (row.since, row.request.number))
    waiting = []
    for row in rows:
        step = NEXT_STEPS[Stage(row.request.stage)]
        waiting.append(Waiting(row, step, row.waits(reach.day), may_take(step, fund, reach)))
    return waiting


def late_contracts(fund: Fund, day: date) -> Late:
    """What is past its day today, with and without deferral. Five statements."""
    late = [
        state
        for state in contract_states(fund, as_of=day, with_names=False)
        if state.arrears.overdue
    ]
    return Late(
        len(late),
        total(state.arrears.overdue for state in late),
        sum(1 for state in late if state.deferred_until is not None),
    )


def counts_by_stage(fund: Fund) -> dict[str, int]:
    """How many requests stand at each stage. One statement."""
    counted = Request.objects.filter(fund=fund).values_list("stage").annotate(n=Count("number"))
    return dict(counted.order_by())


# Past this nobody remembers what a household lived on in the year after a loan.
_YEARS_ASKED = 5


def incomes_to_ask(fund: Fund, day: date) -> list[IncomeDue]:
    """Which incomes after a loan are due to be asked, of loans of the last five years.

    The longest due first. Three statements.
    """
    contracts = Contract.objects.filter(
        fund=fund,
        withdrawn_at__isnull=True,
        member_number__isnull=False,
        paid_out_on__gt=add_years(day, -_YEARS_ASKED),
        paid_out_on__lte=day,
    ).values_list("member_number", "number", "paid_out_on")
    known = [
        (member, number, paid_out_on)
        for member, number, paid_out_on in contracts
        if member is not None and paid_out_on is not None
    ]
    return incomes_due(fund.pk, known, as_of=day)
