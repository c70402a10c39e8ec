"""Contracts with what is owed on them on a day: by the plan in force, with and without deferral."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from kongthun.domain.allocation import Owed, owed
from kongthun.domain.arrears import Arrears, Part, PartState, arrears_of, settle
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.plan import PlannedPart
from kongthun.ledger.models import Fund

from ..models import Contract, Deferral, Instalment, Plan


@dataclass(frozen=True, slots=True)
class OnAccount:
    """What the books say of one contract up to a day. Sums are of the principal unless named."""

    balance: Money = ZERO
    repaid: Money = ZERO
    interest: Money = ZERO
    penalty: Money = ZERO


@dataclass(frozen=True, slots=True)
class ContractState:
    """A contract with what is owed on it on a day and since when it is late.

    ``plan`` is the one in force: the contract's own, or the latest agreement by that day.
    ``arrears`` leaves ผ่อนผัน out of account; ``deferred_until`` says whether one runs.
    """

    contract: Contract
    on_account: OnAccount
    arrears: Arrears
    borrower: str
    plan: list[PartState]
    planned: tuple[PlannedPart, ...]
    plan_number: int
    deferred_until: date | None
    as_of: date

    @property
    def balance(self) -> Money:
        """What is still owed of the principal."""
        return self.on_account.balance

    @property
    def repaid(self) -> Money:
        """What was sent back of the principal so far."""
        return self.on_account.repaid

    @property
    def moved_on(self) -> Money:
        """What is owed no more without having been sent back: recognised as lost, or claimed."""
        return self.contract.principal - self.balance - self.repaid

    @property
    def overdue_not_deferred(self) -> Money:
        """What is late when a granted delay is taken into account."""
        return ZERO if self.deferred_until is not None else self.arrears.overdue

    @property
    def is_settled(self) -> bool:
        """Whether nothing is owed any more, interest that falls due later among it.

        Of what was recognised as lost, or claimed from somebody, no interest is asked.
        """
        asked = total(part.interest for part in self.planned)
        is_paid = bool(self.moved_on) or self.on_account.interest >= asked
        return not self.balance and is_paid

    @property
    def paid_on_plan(self) -> Owed:
        """What of the plan in force is settled, by kind."""
        asked = total(part.interest for part in self.planned)
        return Owed(
            principal=self._in_plan - min(self.balance, self._in_plan),
            # Interest that was paid on an earlier plan is not asked for by a later one.
            interest=min(self.on_account.interest, asked),
        )

    @property
    def past_plan(self) -> Money:
        """What is owed past the plan in force: a receipt older than an agreement was cancelled."""
        return self.balance - min(self.balance, self._in_plan)

    @property
    def _in_plan(self) -> Money:
        return total(part.principal for part in self.planned)

    @property
    def due_now(self) -> Owed:
        """What can be asked for today: the parts due by now, with their interest."""
        by_plan = owed(self.planned, on=self.as_of, paid=self.paid_on_plan)
        # Without a plan nothing has a day: all of it can be asked for.
        return by_plan + Owed(principal=self.past_plan)

    @property
    def next_part(self) -> PartState | None:
        """The oldest part that lacks something."""
        return next((state for state in self.plan if state.lacking), None)


def contract_states(
    fund: Fund,
    *,
    as_of: date,
    with_names: bool,
    member_number: int | None = None,
    numbers: Sequence[int] | None = None,
) -> list[ContractState]:
    """Every contract of a fund paid out by a day (or of one household, or these), five statements.

    A contract whose money was not handed over yet is not among them.
    """
    contracts = Contract.objects.filter(
        fund=fund, withdrawn_at__isnull=True, paid_out_on__lte=as_of
    ).select_related("borrower")
    instalments = Instalment.objects.filter(fund=fund)
    deferrals = Deferral.objects.filter(
        fund=fund, withdrawn_at__isnull=True, starts_on__lte=as_of, ends_on__gte=as_of
    )
    plans = Plan.objects.filter(fund=fund, starts_on__lte=as_of)
    if member_number is not None:
        contracts = contracts.filter(member_number=member_number)
    if numbers is not None:
        contracts = contracts.filter(number__in=numbers)
        instalments = instalments.filter(contract_number__in=numbers)
        deferrals = deferrals.filter(contract_number__in=numbers)
        plans = plans.filter(contract_number__in=numbers)
    accounts = on_accounts(fund.pk, as_of=as_of, numbers=numbers)
    in_force: dict[int, int] = defaultdict(lambda: 1)
    for contract_number, plan in plans.order_by("number").values_list("contract_number", "number"):
        in_force[contract_number] = plan
    parts: dict[int, list[PlannedPart]] = {}
    for part in instalments.order_by("contract_number", "sequence"):
        if part.plan == in_force[part.contract_number]:
            parts.setdefault(part.contract_number, []).append(
                PlannedPart(part.due_on, part.amount, part.interest)
            )
    delays = {delay.contract_number: delay.ends_on for delay in deferrals.order_by("ends_on")}
    states = []
    for contract in contracts.order_by("number"):
        on_account = accounts.get(contract.number, OnAccount())
        planned = tuple(parts.get(contract.number, ()))
        plan_parts = [Part(part.due_on, part.principal) for part in planned]
        in_plan = total(part.amount for part in plan_parts)
        # What is owed past the plan has no day of its own, so no part of the plan is later for it.
        settled = in_plan - min(in_plan, on_account.balance)
        name = contract.borrower.name
        states.append(
            ContractState(
                contract,
                on_account,
                arrears_of(plan_parts, settled, as_of=as_of),
                name.full if with_names else name.masked,
                settle(plan_parts, settled),
                planned,
                in_force[contract.number],
                delays.get(contract.number),
                as_of,
            )
        )
    return states


def contract_state(fund: Fund, number: int, *, as_of: date) -> ContractState | None:
    """One contract, with the borrower's name."""
    states = contract_states(fund, as_of=as_of, with_names=True, numbers=[number])
    return states[0] if states else None


def on_accounts(
    fund_id: int, *, as_of: date, numbers: Sequence[int] | None = None
) -> dict[int, OnAccount]:
    """What the books say of each contract up to a day, by contract number. One statement."""
    values: list[Any] = [fund_id, as_of]
    if numbers is None:
        which = (
            "(l.account LIKE 'loan:%%' OR l.account LIKE 'income:interest-%%'"
            " OR l.account LIKE 'income:penalty-%%')"
        )
    else:
        codes = [code for number in numbers for code in accounts_of(number)]
        which = f"l.account IN ({', '.join(['%s'] * len(codes)) or 'NULL'})"
        values += codes
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT l.account, sum(l.amount),
                sum(CASE WHEN e.deed = 'repayment_received' THEN -l.amount ELSE 0 END)
            FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            WHERE l.fund_id = %s AND e.happened_on <= %s AND {which}
            GROUP BY l.account
            """,  # noqa: S608
            values,
        )
        rows = [(str(code), int(sum_), int(back)) for code, sum_, back in cursor.fetchall()]
    found: dict[int, dict[str, Money]] = {}
    for code, satang, back in rows:
        kind, _, rest = code.partition(":")
        of, _, number = rest.rpartition("-")
        if kind == "loan" and rest.isdecimal():
            found.setdefault(int(rest), {}).update(balance=Money(satang), repaid=Money(back))
        elif kind == "income" and number.isdecimal():
            found.setdefault(int(number), {})[of] = Money(-satang)
    return {number: OnAccount(**sums) for number, sums in found.items()}


def accounts_of(number: int) -> tuple[str, str, str]:
    """The accounts a contract's money stands on: principal, interest and penalty taken."""
    return f"loan:{number}", f"income:interest-{number}", f"income:penalty-{number}"
