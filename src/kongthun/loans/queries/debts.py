"""Debts that need care: what was granted, agreed, said and written about each, from its rows.

Nothing here ranks anybody: contracts stand in the order of their numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from kongthun.domain.alarms import Alarm
from kongthun.domain.arrears import PartState
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.rule_set import RuleSet
from kongthun.domain.thai_calendar import fiscal_year, fiscal_year_end, fiscal_year_start
from kongthun.groups.models import HouseholdEvent
from kongthun.groups.queries.rules import rules_of
from kongthun.ledger.models import Fund

from ..models import Claim, Contract, DebtEvent, DebtEventKind, Deferral, Instalment, Plan, Receipt
from .alarms import alarms_of_fund
from .contracts import ContractState, contract_states

Kind = DebtEventKind


@dataclass(frozen=True, slots=True)
class Care:
    """A contract with everything that was granted, agreed, noted or lost of it by a day.

    ``breach``: the resolution that stands, if one does. ``disputes``: those not settled yet.
    ``agreement``: the plan in force where it is not the contract's own. ``death``: of the borrower,
    as far as the committee knew.
    """

    state: ContractState
    deferral: Deferral | None
    agreement: Plan | None
    acknowledged: DebtEvent | None
    breach: DebtEvent | None
    disputes: tuple[DebtEvent, ...]
    heir: DebtEvent | None
    claim_filed: DebtEvent | None
    death: HouseholdEvent | None
    lost: Money
    recovered: Money
    alarms: tuple[Alarm, ...]

    @property
    def lost_now(self) -> Money:
        """What was recognised as lost and has not come back since."""
        return self.lost - self.recovered

    @property
    def alarms_to_heed(self) -> tuple[Alarm, ...]:
        """Limits that run and papers that lack: what has passed is told, but no haste helps it."""
        return tuple(alarm for alarm in self.alarms if not alarm.is_passed)

    @property
    def needs_care(self) -> bool:
        """Whether the contract is one of those that somebody should look after."""
        if self.disputes:
            return True
        if self.state.is_settled:
            return bool(self.lost)
        return bool(
            self.state.arrears.overdue
            or self.state.deferred_until
            or self.agreement
            or self.breach
            or self.death
            or self.lost
            or self.alarms
        )


@dataclass(frozen=True, slots=True)
class Claimed:
    """Money that a person has to give back, and how much of it is still to come."""

    claim: Claim
    recognised: Money
    owed: Money


@dataclass(frozen=True, slots=True)
class Held:
    """What was sent too much and is kept for a household; ``member`` as in ``held:<member>``."""

    member: str
    amount: Money

    @property
    def member_number(self) -> int | None:
        """The household's number on the list; empty where only a contract is known."""
        return int(self.member) if self.member.isdecimal() else None

    @property
    def contract_number(self) -> int | None:
        """The contract it was paid on, where no household of the list fits."""
        rest = self.member.removeprefix("c")
        return int(rest) if rest != self.member and rest.isdecimal() else None


@dataclass(frozen=True, slots=True)
class DebtsOfFund:
    """Everything of a fund that needs care, with the rules of the day."""

    cares: list[Care]
    claims: list[Claimed]
    held: list[Held]
    rules: RuleSet

    @property
    def overdue(self) -> Money:
        """Late by the plans in force."""
        return total(care.state.arrears.overdue for care in self.cares)

    @property
    def overdue_not_deferred(self) -> Money:
        """Late, and no delay was granted for it."""
        return total(care.state.overdue_not_deferred for care in self.cares)

    @property
    def deferred(self) -> Money:
        """Late by the plan, and a delay runs."""
        return self.overdue - self.overdue_not_deferred

    @property
    def lost(self) -> Money:
        """Recognised as lost so far."""
        return total(care.lost for care in self.cares)

    @property
    def recovered(self) -> Money:
        """What came back after it was recognised as lost."""
        return total(care.recovered for care in self.cares)

    @property
    def claimed(self) -> Money:
        """What people still have to give back."""
        return total(each.owed for each in self.claims)


def debts_of(fund: Fund, *, as_of: date, with_names: bool) -> DebtsOfFund:
    """The debts of a fund that need care on a day. Fourteen statements, however many there are."""
    rules = rules_of(group_id=fund.pk, kind=fund.chart, area_code=fund.area_code, day=as_of)
    states = contract_states(fund, as_of=as_of, with_names=with_names)
    sums = _sums_by_deed(fund.pk, as_of)
    cares = _cares(fund, states, rules, sums, as_of)
    return DebtsOfFund(
        [care for care in cares if care.needs_care],
        _claims(fund, sums, as_of),
        _held(sums),
        rules,
    )


def care_of(fund: Fund, number: int, *, as_of: date, with_names: bool) -> Care | None:
    """One contract with everything that was noted of it; None if it was never paid out."""
    states = contract_states(fund, as_of=as_of, with_names=with_names, numbers=[number])
    if not states:
        return None
    rules = rules_of(group_id=fund.pk, kind=fund.chart, area_code=fund.area_code, day=as_of)
    [care] = _cares(fund, states, rules, _sums_by_deed(fund.pk, as_of), as_of)
    return care


def claims_of(fund: Fund, *, as_of: date) -> list[Claimed]:
    """Every claim of a fund on a person. Two statements."""
    return _claims(fund, _sums_by_deed(fund.pk, as_of), as_of)


def held_of(fund: Fund, *, as_of: date) -> list[Held]:
    """Every sum that is held for a household. One statement."""
    return _held(_sums_by_deed(fund.pk, as_of))


def open_disputes(fund: Fund) -> list[DebtEvent]:
    """Balances that households said are not right, and nobody has settled yet. One statement."""
    kinds = [Kind.DISPUTED, Kind.DISPUTE_SETTLED]
    events = DebtEvent.objects.filter(fund=fund, withdrawn_at__isnull=True, kind__in=kinds)
    return list(_not_settled(events.order_by("number")))


# ---- confirming balances once a year -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A contract owed on at a day, and what the household answered in that fiscal year.

    ``is_settled``: the answer was that it is not right, and that was settled since.
    """

    state: ContractState
    answer: DebtEvent | None
    is_settled: bool

    @property
    def household(self) -> int:
        """One number a household: its list number, or below zero the borrower of a paper."""
        contract = self.state.contract
        number = contract.member_number
        return number if number is not None else -contract.borrower_id

    @property
    def standing(self) -> str:
        """confirmed, disputed, settled or not_yet."""
        if self.answer is None:
            return "not_yet"
        if self.answer.kind == Kind.CONFIRMED:
            return "confirmed"
        return "settled" if self.is_settled else "disputed"


def confirmations_of(
    fund: Fund, *, day: date, with_names: bool, member_number: int | None = None
) -> list[Confirmation]:
    """Every contract owed on at a day with the latest answer of that day's fiscal year.

    An answer counts for the fiscal year of the day whose balance it answers for. Six statements,
    by households in the order of the list.
    """
    states = contract_states(fund, as_of=day, with_names=with_names, member_number=member_number)
    year = fiscal_year(day)
    first, last = fiscal_year_start(year), fiscal_year_end(year)
    kinds = [Kind.CONFIRMED, Kind.DISPUTED, Kind.DISPUTE_SETTLED]
    events = DebtEvent.objects.filter(fund=fund, withdrawn_at__isnull=True, kind__in=kinds)
    latest: dict[int, DebtEvent] = {}
    settled = set()
    for event in events.order_by("happened_on", "number"):
        if event.kind == Kind.DISPUTE_SETTLED:
            settled.add(event.answers)
        elif first <= event.happened_on <= last:
            latest[event.contract_number] = event
    found = []
    for state in states:
        answer = latest.get(state.contract.number)
        if not state.is_settled:
            is_settled = answer is not None and answer.number in settled
            found.append(Confirmation(state, answer, is_settled))
    return sorted(found, key=_by_list)


def _by_list(each: Confirmation) -> tuple[bool, int, int]:
    contract = each.state.contract
    return contract.member_number is None, abs(each.household), contract.number


# ---- one contract --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlanOnPaper:
    """A plan of a contract as it was signed, with how far it is settled where it is in force.

    ``agreement`` is empty for the contract's own plan.
    """

    number: int
    starts_on: date | None
    agreement: Plan | None
    parts: list[Instalment]
    settled: list[PartState]
    is_in_force: bool

    @property
    def total(self) -> Money:
        """What the plan asks for, of the principal."""
        return total(part.amount for part in self.parts)


def plans_of(fund: Fund, state: ContractState) -> list[PlanOnPaper]:
    """The contract's own plan and every agreement, the first first. Two statements."""
    number = state.contract.number
    agreements = Plan.objects.filter(fund=fund, contract_number=number).select_related(
        "recorded_by"
    )
    by_plan: dict[int, list[Instalment]] = defaultdict(list)
    mine = Instalment.objects.filter(fund=fund, contract_number=number)
    for part in mine.order_by("sequence"):
        by_plan[part.plan].append(part)
    plans: list[tuple[int, date | None, Plan | None]] = [
        (1, state.contract.signed_on or state.contract.paid_out_on, None)
    ]
    plans += [(plan.number, plan.starts_on, plan) for plan in agreements.order_by("number")]
    return [
        PlanOnPaper(
            plan_number,
            starts_on,
            agreement,
            by_plan.get(plan_number, []),
            state.plan if plan_number == state.plan_number else [],
            plan_number == state.plan_number,
        )
        for plan_number, starts_on, agreement in plans
    ]


@dataclass(frozen=True, slots=True)
class Dated:
    """A record of a contract's life: money, a paper, or something said. ``row`` is what it is."""

    on: date
    kind: str
    row: Deferral | Plan | DebtEvent | HouseholdEvent | MoneyMoved
    is_taken_back: bool = False


@dataclass(frozen=True, slots=True)
class MoneyMoved:
    """An entry that touched the contract's debt or its loss; ``receipt`` where one was given."""

    number: int
    deed: str
    amount: Money
    is_taken_back: bool
    reverses: int | None
    receipt: int | None


def timeline_of(fund: Fund, care: Care) -> list[Dated]:
    """Everything dated that is known of a contract, the latest first. Five statements."""
    number = care.state.contract.number
    mine = {"fund": fund, "contract_number": number}
    records: list[Dated] = [
        Dated(each.starts_on, "deferral", each, each.withdrawn_at is not None)
        for each in Deferral.objects.filter(**mine).select_related("recorded_by")
    ]
    records += [
        Dated(each.starts_on, "plan", each)
        for each in Plan.objects.filter(**mine).select_related("recorded_by")
    ]
    records += [
        Dated(each.happened_on, each.kind, each, each.withdrawn_at is not None)
        for each in DebtEvent.objects.filter(**mine).select_related("recorded_by")
    ]
    if care.death is not None:
        records.append(Dated(care.death.known_on, "death", care.death))
    records += [
        Dated(on, "money", moved, moved.is_taken_back or moved.reverses is not None)
        for on, moved in _money_of(fund.pk, number)
    ]
    in_order = sorted(enumerate(records), key=lambda each: (each[1].on, each[0]), reverse=True)
    return [record for _, record in in_order]


# ---- below the line ------------------------------------------------------------------------------

_Sums = dict[tuple[str, str], Money]


def _cares(
    fund: Fund, states: Sequence[ContractState], rules: RuleSet, sums: _Sums, as_of: date
) -> list[Care]:
    """The contracts with all that was noted of them. Six statements."""
    numbers = [state.contract.number for state in states] if len(states) == 1 else None
    events = DebtEvent.objects.filter(
        fund=fund, withdrawn_at__isnull=True, happened_on__lte=as_of
    ).select_related("recorded_by")
    deferrals = Deferral.objects.filter(
        fund=fund, withdrawn_at__isnull=True, starts_on__lte=as_of, ends_on__gte=as_of
    )
    plans = Plan.objects.filter(fund=fund, starts_on__lte=as_of)
    if numbers is not None:
        events = events.filter(contract_number__in=numbers)
        deferrals = deferrals.filter(contract_number__in=numbers)
        plans = plans.filter(contract_number__in=numbers)
    noted: dict[int, list[DebtEvent]] = defaultdict(list)
    for event in events.order_by("happened_on", "number"):
        noted[event.contract_number].append(event)
    delays = {delay.contract_number: delay for delay in deferrals.order_by("ends_on")}
    agreed = {(plan.contract_number, plan.number): plan for plan in plans}
    every = [event for each in noted.values() for event in each]
    alarms = alarms_of_fund(fund, states, every, rules, as_of=as_of)
    return [
        _care(
            state,
            noted.get(state.contract.number, []),
            delays.get(state.contract.number),
            agreed.get((state.contract.number, state.plan_number)),
            alarms.deaths.get(state.contract.number),
            alarms.by_contract.get(state.contract.number, ()),
            sums,
        )
        for state in states
    ]


def _care(
    state: ContractState,
    events: Sequence[DebtEvent],
    deferral: Deferral | None,
    agreement: Plan | None,
    death: HouseholdEvent | None,
    alarms: tuple[Alarm, ...],
    sums: _Sums,
) -> Care:
    latest = {event.kind: event for event in events}
    about_breach = [e for e in events if e.kind in {Kind.IN_BREACH, Kind.BREACH_LIFTED}]
    breach = about_breach[-1] if about_breach else None
    account = f"loss:{state.contract.number}"
    return Care(
        state,
        deferral,
        agreement,
        latest.get(Kind.ACKNOWLEDGED),
        breach if breach is not None and breach.kind == Kind.IN_BREACH else None,
        tuple(_not_settled(events)),
        latest.get(Kind.HEIR_NAMED),
        latest.get(Kind.CLAIM_FILED),
        death,
        sums.get((account, "loss_recognised"), ZERO),
        -sums.get((account, "loss_recovered"), ZERO),
        alarms,
    )


def _not_settled(events: Iterable[DebtEvent]) -> Iterable[DebtEvent]:
    known = list(events)
    settled = {event.answers for event in known if event.kind == Kind.DISPUTE_SETTLED}
    return [e for e in known if e.kind == Kind.DISPUTED and e.number not in settled]


def _claims(fund: Fund, sums: _Sums, as_of: date) -> list[Claimed]:
    claims = Claim.objects.filter(fund=fund, recognised_on__lte=as_of).order_by("number")
    return [
        Claimed(
            claim,
            sums.get((claim.account, "claim_recognised"), ZERO),
            total(amount for (account, _), amount in sums.items() if account == claim.account),
        )
        for claim in claims
    ]


def _held(sums: _Sums) -> list[Held]:
    held: dict[str, Money] = defaultdict(lambda: ZERO)
    for (account, _), amount in sums.items():
        kind, _, member = account.partition(":")
        if kind == "held":
            held[member] -= amount
    return [Held(member, amount) for member, amount in sorted(held.items()) if amount]


def _sums_by_deed(fund_id: int, as_of: date) -> _Sums:
    """What stands on the accounts of losses, claims and sums held, by what put it there."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT l.account, e.deed, sum(l.amount)
            FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            WHERE l.fund_id = %s AND e.happened_on <= %s AND (l.account LIKE 'loss:%%'
                OR l.account LIKE 'claim:%%' OR l.account LIKE 'held:%%')
            GROUP BY l.account, e.deed
            """,
            [fund_id, as_of],
        )
        return {(account, deed): Money(int(sum_)) for account, deed, sum_ in cursor.fetchall()}


def _money_of(fund_id: int, number: int) -> list[tuple[date, MoneyMoved]]:
    """The entries that moved a contract's debt or its loss, in the order they were written."""
    receipts = dict(
        Receipt.objects.filter(fund_id=fund_id, contract_number=number).values_list(
            "entry_number", "number"
        )
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT e.number, e.happened_on, e.deed, e.reverses, r.number IS NOT NULL,
                sum(CASE WHEN l.amount > 0 THEN l.amount ELSE 0 END),
                sum(CASE WHEN l.amount < 0 THEN -l.amount ELSE 0 END)
            FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            LEFT JOIN ledger_entry r ON r.fund_id = e.fund_id AND r.reverses = e.number
            WHERE l.fund_id = %s AND l.account IN (%s, %s)
            GROUP BY e.number, e.happened_on, e.deed, e.reverses, r.number
            ORDER BY e.number
            """,
            [fund_id, f"loan:{number}", f"loss:{number}"],
        )
        return [
            (
                on if isinstance(on, date) else date.fromisoformat(on),
                MoneyMoved(
                    entry,
                    deed,
                    Money(max(int(up), int(down))),
                    bool(is_taken_back),
                    reverses,
                    receipts.get(entry),
                ),
            )
            for entry, on, deed, reverses, is_taken_back, up, down in cursor.fetchall()
        ]


def contract_of(fund: Fund, number: int) -> Contract | None:
    """A contract that stands, with its borrower. One statement."""
    return (
        Contract.objects.filter(fund=fund, number=number, withdrawn_at__isnull=True)
        .select_related("borrower")
        .first()
    )
