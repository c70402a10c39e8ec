"""Requests on their way: which steps stand, who acts next, what money there is to lend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db import connection
from django.utils import timezone

from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.thai_text import arabic_digits, search_key, visible
from kongthun.groups.models import Membership
from kongthun.groups.queries.households import household_states
from kongthun.groups.queries.incomes import income_to_list_by, standing_incomes
from kongthun.ledger.models import Fund, Position

from ..models import Request, RequestItem, Stage, Step, StepKind

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class OpenLoan:
    """A contract that still binds a household: something is owed, or the money is to come."""

    number: int
    paper_number: str
    owed: Money


@dataclass(frozen=True, slots=True)
class MoneyAtHand:
    """What a fund could lend: bank and cash, less what was promised and not handed over yet."""

    bank: Money
    cash: Money
    promised: Money

    @property
    def available(self) -> Money:
        """What may still be promised; below zero when more was promised than there is."""
        return self.bank + self.cash - self.promised


def standing_steps(fund_id: int, number: int) -> list[Step]:
    """The steps of a request that were not taken back, in their order. One statement."""
    steps = Step.objects.filter(fund_id=fund_id, request_number=number).order_by("sequence")
    return standing(list(steps))


def available_money(fund_id: int, *, but: int | None = None) -> MoneyAtHand:
    """What there is to lend now; ``but`` leaves out what one request was promised itself."""
    position = Position.objects.get(fund_id=fund_id)
    waiting = Request.objects.filter(
        fund_id=fund_id, stage__in=[Stage.APPROVED, Stage.CONTRACTED]
    ).exclude(number=but or 0)
    decided = Step.objects.filter(
        fund_id=fund_id,
        kind=StepKind.DECIDED,
        is_favourable=True,
        request_number__in=list(waiting.values_list("number", flat=True)),
    ).order_by("sequence")
    promised = {step.request_number: step.amount or ZERO for step in decided}
    return MoneyAtHand(position.bank, position.cash, total(promised.values()))


def open_loans(fund_id: int, *member_numbers: int) -> list[OpenLoan]:
    """The contracts that still bind these households, one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT c.number, c.paper_number, a.balance, c.principal, c.paid_out_on
            FROM loans_contract c
            LEFT JOIN ledger_account a ON a.fund_id = c.fund_id AND a.code = 'loan:' || c.number
            WHERE c.fund_id = %s AND c.member_number IN ({", ".join(["%s"] * len(member_numbers))})
                AND c.withdrawn_at IS NULL
                AND (c.paid_out_on IS NULL OR a.balance <> 0)
            ORDER BY c.number
            """,  # noqa: S608
            [fund_id, *member_numbers],
        )
        return [
            OpenLoan(number, paper, Money(int(principal if paid_out_on is None else balance or 0)))
            for number, paper, balance, principal, paid_out_on in cursor.fetchall()
        ]


# --- reading requests ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listed:
    """A request as a list shows it. ``since`` is the day it came to the stage it is at.

    ``amount`` is what was approved, else what is asked for.
    """

    request: Request
    name: str
    amount: Money | None
    since: date

    def waits(self, today: date) -> int:
        """How many days it has been waiting."""
        return (today - self.since).days


@dataclass(frozen=True, slots=True)
class PastStep:
    """A step as the history of a request shows it; ``taken_back`` is the step that undid it."""

    step: Step
    recorded_by: str
    taken_back: Step | None

    @property
    def is_taking_back(self) -> bool:
        """Whether this row only says that an earlier one was taken back."""
        return self.step.kind == StepKind.TAKEN_BACK


@dataclass(frozen=True, slots=True)
class Candidate:
    """A household of the list as somebody who writes a request chooses it."""

    number: int
    name: str
    house_number: str
    income: Money | None
    owed: Money
    open_contracts: tuple[str, ...]


def listed(rows: Sequence[Request], *, with_names: bool) -> list[Listed]:
    """These requests of one fund with the day of their last step, in one statement.

    They bring their borrowers along.
    """
    steps: dict[int, list[Step]] = {}
    if rows:
        taken = Step.objects.filter(
            fund_id=rows[0].fund_id, request_number__in=[row.number for row in rows]
        )
        for step in taken.order_by("sequence"):
            steps.setdefault(step.request_number, []).append(step)
    return [_listed(row, standing(steps.get(row.number, [])), with_names) for row in rows]


def listed_page(
    fund: Fund, stages: Sequence[Stage], page: str | None, *, with_names: bool
) -> tuple[Page[Request], list[Listed]]:
    """A page of the requests at these stages, the newest first, in three statements."""
    of_fund = Request.objects.filter(fund=fund, stage__in=stages).select_related("borrower")
    chosen = Paginator(of_fund.order_by("-number"), PER_PAGE).get_page(page)
    return chosen, listed(list(chosen), with_names=with_names)


def _listed(request: Request, steps: list[Step], with_names: bool) -> Listed:
    decided = next((step for step in reversed(steps) if step.kind == StepKind.DECIDED), None)
    approved = decided.amount if decided is not None and decided.is_favourable else None
    name = request.borrower.name
    return Listed(
        request,
        name.full if with_names else name.masked,
        approved or request.asked,
        steps[-1].happened_on if steps else timezone.localdate(request.recorded_at),
    )


def standing(steps: Sequence[Step]) -> list[Step]:
    """Of all steps of one request, in their order, those that were not taken back."""
    gone = {step.takes_back for step in steps if step.takes_back is not None}
    return [
        step for step in steps if step.sequence not in gone and step.kind != StepKind.TAKEN_BACK
    ]


def request_of(fund_id: int, number: int) -> Request | None:
    """One request with its borrower and who wrote it. One statement."""
    return (
        Request.objects.select_related("borrower", "recorded_by")
        .filter(fund_id=fund_id, number=number)
        .first()
    )


def items_of(fund_id: int, number: int) -> list[RequestItem]:
    """The lines of a proposal, in order. One statement."""
    items = RequestItem.objects.filter(fund_id=fund_id, request_number=number)
    return list(items.order_by("sequence"))


def history_of(fund_id: int, number: int) -> list[PastStep]:
    """All steps of a request, those taken back too, in their order. One statement."""
    steps = list(
        Step.objects.filter(fund_id=fund_id, request_number=number)
        .select_related("recorded_by")
        .order_by("sequence")
    )
    undone = {step.takes_back: step for step in steps if step.takes_back is not None}
    return [
        PastStep(step, str(step.recorded_by or ""), undone.get(step.sequence)) for step in steps
    ]


def candidates(
    fund: Fund, day: date, *, words: str = "", number: int | None = None
) -> list[Candidate]:
    """The households on the list that day, by number, with what each still owes. Four statements.

    ``words`` is a number of the list, or a part of a name; ``number`` asks for one household, also
    one that has left the list since.
    """
    members = Membership.objects.filter(group_id=fund.pk).select_related("person", "household")
    if number is not None:
        members = members.filter(number=number)
    wanted = arabic_digits(visible(words))
    if wanted.isascii() and wanted.isdecimal():
        members = members.filter(number=int(wanted[:9]))
        wanted = ""
    key = search_key(wanted)
    gone = {left for left, state in household_states(fund.pk, day).items() if not state.is_on_list}
    incomes = standing_incomes(fund.pk)
    loans = _open_loans_by_member(fund.pk)
    found = []
    for member in members.order_by("number"):
        name = member.person.name.full
        if key not in search_key(name) or (number is None and member.number in gone):
            continue
        income = income_to_list_by(member, incomes)
        open_ = loans.get(member.number, [])
        found.append(
            Candidate(
                member.number,
                name,
                member.household.house_number,
                income.amount if income is not None else None,
                total(loan.owed for loan in open_),
                tuple(loan.paper_number for loan in open_),
            )
        )
    return found


def _open_loans_by_member(fund_id: int) -> dict[int, list[OpenLoan]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.member_number, c.number, c.paper_number, a.balance, c.principal, c.paid_out_on
            FROM loans_contract c
            LEFT JOIN ledger_account a ON a.fund_id = c.fund_id AND a.code = 'loan:' || c.number
            WHERE c.fund_id = %s AND c.member_number IS NOT NULL AND c.withdrawn_at IS NULL
                AND (c.paid_out_on IS NULL OR a.balance <> 0)
            ORDER BY c.number
            """,
            [fund_id],
        )
        found: dict[int, list[OpenLoan]] = {}
        for member, number, paper, balance, principal, paid_out_on in cursor.fetchall():
            owed = Money(int(principal if paid_out_on is None else balance or 0))
            found.setdefault(member, []).append(OpenLoan(number, paper, owed))
    return found
