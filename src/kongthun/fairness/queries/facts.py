"""The facts of an area from the registers: who owed what on the first day, what was done since.

Of a debtor nothing is read but numbers, days and what happened; names are asked for apart, by
those who may read them. Statements do not depend on how many funds there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F

from kongthun.accounts.models import Appointment, Role
from kongthun.accounts.reach import Deed as Ask
from kongthun.accounts.reach import Reach
from kongthun.areas.queries import within
from kongthun.cases.models import Case, Visit, VisitedHousehold
from kongthun.cases.queries.facts import SEALED_KINDS
from kongthun.domain.arrears import Part, PartState, settle
from kongthun.domain.fairness import Debtor, Deed, Flag, Treatment
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.plan import months_between
from kongthun.groups.models import (
    CommitteeTerm,
    HouseholdEvent,
    HouseholdEventKind,
    Membership,
)
from kongthun.groups.queries.committee import last_day_of
from kongthun.groups.queries.rules import rules_of_area
from kongthun.ledger.models import Fund
from kongthun.loans.models import Contract, DebtEvent, DebtEventKind, Deferral, Instalment, Plan

# What of a debt's events is something done with the debtor. The registers keep no letters: that a
# meeting found the contract in breach is the warning they know.
_DONE = {
    DebtEventKind.IN_BREACH.value: Deed.WARNED,
    DebtEventKind.CLAIM_FILED.value: Deed.TAKEN_TO_LAW,
}
_Place = tuple[int, int]  # fund and contract


@dataclass(frozen=True, slots=True, order=True)
class Who:
    """A debtor as the registers know them: a household of a list, or else a contract."""

    fund_id: int
    reference: str  # h12: household 12 of the list; c3: contract 3, which no household fits


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rule compares, and who its numbers are."""

    funds: dict[int, Fund]
    since: date
    as_of: date
    debtors: tuple[Debtor, ...]
    treatments: tuple[Treatment, ...]
    who: dict[int, Who]

    def number_of(self, who: Who) -> int | None:
        """The rule's number of somebody; None for whom it does not know."""
        return next((number for number, each in self.who.items() if each == who), None)


@dataclass(slots=True)
class _Household:
    """What a household owed on the first day, over all its contracts."""

    keys: set[str] = field(default_factory=set)
    owed: Money = ZERO
    days_late: int = 0
    parts_due: int = 0
    parts_kept: int = 0
    agreements: int = 0
    agreements_kept: int = 0


def funds_of(area_code: str, reach: Reach) -> dict[int, Fund]:
    """The funds of an area in which the reader may see how debtors are treated. One statement."""
    rows = (
        Fund.objects.filter(within("area_code", area_code)).filter(reach.funds(Ask.SEE_FAIRNESS))
    ).order_by("code")
    return {fund.pk: fund for fund in rows}


def facts_of(funds: dict[int, Fund], area_code: str, *, since: date, as_of: date) -> Facts:
    """The debtors of these funds at the end of ``since``, and what was done after it.

    A contract's parts that were due by then are promises, kept where what was sent back had
    settled them by then; so is an agreement whose last day had passed. As many statements for one
    fund as for all.
    """
    ids = sorted(funds)
    contracts = (
        Contract.objects.filter(fund_id__in=ids, withdrawn_at=None, paid_out_on__lte=since)
        .order_by("fund_id", "number")
        .values_list("fund_id", "number", "member_number", F("borrower__name_key"))
    )
    who_of: dict[_Place, Who] = {}
    key_of: dict[_Place, str] = {}
    for fund_id, contract, member, name_key in contracts:
        reference = f"c{contract}" if member is None else f"h{member}"
        who_of[fund_id, contract] = Who(fund_id, reference)
        key_of[fund_id, contract] = name_key
    balances = _balances(ids, since)
    plans = _Plans(ids, since)
    owing: dict[Who, _Household] = {}
    for place, each in who_of.items():
        balance = balances.get(place, ZERO)
        if balance > ZERO:
            household = owing.setdefault(each, _Household())
            household.keys.add(key_of[place])
            household.owed += balance
            plans.take_in(household, place, balance)
    who = dict(enumerate(sorted(owing), start=1))
    numbers = {each: number for number, each in who.items()}
    circles = _Circles(funds, area_code, since)
    gone = _gone(ids, as_of)
    debtors = tuple(
        Debtor(
            number,
            household.owed,
            household.days_late,
            household.parts_due,
            household.parts_kept,
            household.agreements,
            household.agreements_kept,
            frozenset(_flags(each, household, gone)),
            hamlet=circles.village(each),
            field_worker=circles.field_worker(each),
            on_committee=circles.on_committee(each, household.keys),
        )
        for number, each in who.items()
        for household in [owing[each]]
    )
    treatments = tuple(
        Treatment(numbers[each], on, deed, length)
        for each, on, deed, length in _treatments(ids, who_of, since, as_of)
        if each in numbers
    )
    return Facts(funds, since, as_of, debtors, treatments, who)


# --- what was owed --------------------------------------------------------------------------------


def _balances(ids: Sequence[int], day: date) -> dict[_Place, Money]:
    """What every contract owed at the end of a day. One statement."""
    if not ids:
        return {}
    places = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT l.fund_id, l.account, sum(l.amount)
            FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            WHERE l.fund_id IN ({places}) AND e.happened_on <= %s AND l.account LIKE 'loan:%%'
            GROUP BY l.fund_id, l.account
            """,  # noqa: S608 (places only)
            [*ids, day],
        )
        return {
            (fund, int(account.partition(":")[2])): Money(int(satang))
            for fund, account, satang in cursor.fetchall()
            if account.partition(":")[2].isdecimal()
        }


class _Plans:
    """The plans of all contracts as they stood on the first day. Two statements."""

    def __init__(self, ids: Sequence[int], day: date) -> None:
        self._day = day
        self._agreed: dict[_Place, list[int]] = defaultdict(list)
        rows = Plan.objects.filter(fund_id__in=ids, starts_on__lte=day).order_by("number")
        for fund, contract, number in rows.values_list("fund_id", "contract_number", "number"):
            self._agreed[fund, contract].append(number)
        self._parts: dict[tuple[int, int, int], list[Part]] = defaultdict(list)
        parts = Instalment.objects.filter(fund_id__in=ids).order_by("due_on")
        for fund, contract, plan, due_on, amount in parts.values_list(
            "fund_id", "contract_number", "plan", "due_on", "amount"
        ):
            self._parts[fund, contract, plan].append(Part(due_on, amount))

    def take_in(self, household: _Household, place: _Place, balance: Money) -> None:
        """Add what this contract promised by the day, and how late it was."""
        agreed = self._agreed.get(place, [])
        in_force = agreed[-1] if agreed else 1
        parts = self._parts.get((*place, in_force), [])
        in_plan = total(part.amount for part in parts)
        states = settle(parts, in_plan - min(in_plan, balance))
        due = [state for state in states if state.part.due_on < self._day]
        household.parts_due += len(due)
        household.parts_kept += sum(not state.lacking for state in due)
        late = [(self._day - state.part.due_on).days for state in due if state.lacking]
        household.days_late = max(household.days_late, *late, 0)
        for number in agreed:
            days = [part.due_on for part in self._parts.get((*place, number), [])]
            if days and max(days) < self._day:
                household.agreements += 1
                household.agreements_kept += number == in_force and _is_settled(states)


def _is_settled(states: Iterable[PartState]) -> bool:
    return not any(state.lacking for state in states)


# --- who they are together with ------------------------------------------------------------------


class _Circles:
    """Village, field worker and committee as the registers know them."""

    def __init__(self, funds: dict[int, Fund], area_code: str, day: date) -> None:
        self._funds = funds
        self._workers = _field_workers(area_code, day)
        kinds = {fund.chart for fund in funds.values()}
        # The nearest rules of the area: how long a term runs whose end nobody wrote.
        years = {
            kind: rules_of_area(kind=kind, area_code=area_code, day=day)["committee_years"].count
            for kind in kinds
        }
        self._seated: dict[int, set[str]] = {}
        terms = CommitteeTerm.objects.filter(group_id__in=list(funds), withdrawn_at=None)
        for term in terms.select_related("person"):
            seated = self._seated.setdefault(term.group_id, set())
            last = last_day_of(term, years=years[funds[term.group_id].chart])
            has_begun = term.starts_on is None or term.starts_on <= day
            if has_begun and (last is None or day <= last):
                seated.add(term.person.name_key)
        self._of_list: dict[Who, str] = {
            Who(group_id, f"h{number}"): name_key
            for group_id, number, name_key in Membership.objects.filter(
                group_id__in=list(funds)
            ).values_list("group_id", "number", F("person__name_key"))
        }

    def village(self, who: Who) -> int:
        """The village's official code."""
        return int(self._funds[who.fund_id].area_code)

    def field_worker(self, who: Who) -> int | None:
        """Who goes to that village; nobody's number where that is none or more than one."""
        village = self._funds[who.fund_id].area_code
        there = {user for code, user in self._workers if village.startswith(code)}
        return there.pop() if len(there) == 1 else None

    def on_committee(self, who: Who, keys: set[str]) -> bool | None:
        """Whether the borrower or the household's own name sits there; None: no term is known."""
        seated = self._seated.get(who.fund_id)
        if seated is None:
            return None
        return bool(seated & (keys | {self._of_list.get(who, "")}))


def _field_workers(area_code: str, day: date) -> list[tuple[str, int]]:
    """The field workers of an area in office on a day, by the area they hold. One statement."""
    rows = Appointment.objects.filter(
        role=Role.FIELD_WORKER, starts_on__lte=day, group__isnull=True
    ).exclude(ends_on__lt=day)
    return [
        (code, user)
        for code, user in rows.values_list("area_code", "user_id")
        if code.startswith(area_code) or area_code.startswith(code)
    ]


# --- what explains by itself, and what was done --------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Gone:
    dead: set[tuple[int, str]]
    away: set[Who]


def _gone(ids: Sequence[int], day: date) -> _Gone:
    """Who died and which households moved away by a day. One statement."""
    dead: set[tuple[int, str]] = set()
    away: set[Who] = set()
    rows = HouseholdEvent.objects.filter(
        group_id__in=ids, withdrawn_at=None, happened_on__lte=day
    ).select_related("person")
    for row in rows.order_by("happened_on", "number"):
        who = Who(row.group_id, f"h{row.member_number}")
        if row.kind == HouseholdEventKind.DEATH and row.person is not None:
            dead.add((row.group_id, row.person.name_key))
        elif row.kind == HouseholdEventKind.MOVED_AWAY:
            away.add(who)
        elif row.kind == HouseholdEventKind.CAME_BACK:
            away.discard(who)
    return _Gone(dead, away)


def _flags(who: Who, household: _Household, gone: _Gone) -> Iterable[Flag]:
    if any((who.fund_id, key) in gone.dead for key in household.keys):
        yield Flag.DECEASED
    if who in gone.away:
        yield Flag.MOVED


def _treatments(
    ids: Sequence[int], who_of: dict[_Place, Who], since: date, as_of: date
) -> Iterable[tuple[Who, date, Deed, int | None]]:
    """What was done after the first day, up to the last."""
    of_contract: list[tuple[_Place, date, Deed, int | None]] = []
    deferrals = Deferral.objects.filter(
        fund_id__in=ids, withdrawn_at=None, starts_on__gt=since, starts_on__lte=as_of
    )
    for fund, contract, starts_on, ends_on in deferrals.values_list(
        "fund_id", "contract_number", "starts_on", "ends_on"
    ):
        days = (ends_on - starts_on).days + 1
        of_contract.append(((fund, contract), starts_on, Deed.DEFERRED, days))
    for place, on, months in _agreements(ids, since, as_of):
        of_contract.append((place, on, Deed.AGREED, months))
    events = DebtEvent.objects.filter(
        fund_id__in=ids,
        withdrawn_at=None,
        kind__in=list(_DONE),
        happened_on__gt=since,
        happened_on__lte=as_of,
    )
    for fund, contract, kind, on in events.values_list(
        "fund_id", "contract_number", "kind", "happened_on"
    ):
        of_contract.append(((fund, contract), on, _DONE[kind], None))
    for place, on, deed, length in of_contract:
        if place in who_of:
            yield who_of[place], on, deed, length
    yield from _visits(ids, since, as_of)


def _agreements(ids: Sequence[int], since: date, as_of: date) -> Iterable[tuple[_Place, date, int]]:
    """Agreements made after the first day, with how many months they run, one at least."""
    plans = Plan.objects.filter(fund_id__in=ids, starts_on__gt=since, starts_on__lte=as_of)
    ends: dict[tuple[int, int, int], date] = {}
    parts = Instalment.objects.filter(fund_id__in=ids, plan__gt=1).order_by("due_on")
    rows: Any = parts.values_list("fund_id", "contract_number", "plan", "due_on")
    for fund, contract, plan, due_on in rows:
        ends[fund, contract, plan] = due_on
    for fund, contract, number, starts_on in plans.values_list(
        "fund_id", "contract_number", "number", "starts_on"
    ):
        end = ends.get((fund, contract, number), starts_on)
        yield (fund, contract), starts_on, max(1, months_between(starts_on, max(end, starts_on)))


def _visits(
    ids: Sequence[int], since: date, as_of: date
) -> Iterable[tuple[Who, date, Deed, int | None]]:
    """Households called on at a visit of a case that nobody took back.

    Not those of legal and fraud cases: who reads this may not be one who sees these.
    """
    sealed = set(
        Case.objects.filter(
            group_id__in=ids, kind__in=[kind.value for kind in SEALED_KINDS]
        ).values_list("group_id", "number")
    )
    visits = Visit.objects.filter(
        group_id__in=ids, withdrawn_at=None, visited_on__gt=since, visited_on__lte=as_of
    )
    days = {
        (group, case, number): on
        for group, case, number, on in visits.values_list(
            "group_id", "case_number", "number", "visited_on"
        )
        if (group, case) not in sealed
    }
    rows = VisitedHousehold.objects.filter(group_id__in=ids)
    for group, case, visit, member in rows.values_list(
        "group_id", "case_number", "visit_number", "member_number"
    ):
        on = days.get((group, case, visit))
        if on is not None:
            yield Who(group, f"h{member}"), on, Deed.VISITED, None
