"""Law that turns into alarms, for many funds at once: which contracts the legal officer looks at.

The same as `alarms_of_fund` says fund by fund (a test holds both together), in a number of
statements that does not depend on how many funds there are. No name is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F

from kongthun.domain.alarms import Alarm, OpenPart, OwedContract, alarms_of
from kongthun.domain.arrears import Part, settle
from kongthun.domain.money import Money, total
from kongthun.domain.rule_set import RuleSet
from kongthun.groups.models import HouseholdEvent, HouseholdEventKind

from ..models import DebtEvent, DebtEventKind, Plan, Signatory, SignedAs
from .alarms import in_days, limits_of, urgency

_Place = tuple[int, int]  # fund and contract


@dataclass(frozen=True, slots=True)
class _Loan:
    """A contract that is not settled, as far as the alarms need it."""

    principal: Money
    paid_out_on: date
    has_number: bool
    borrower_key: str
    balance: Money
    plan: tuple[Part, ...]


def alarms_of_funds(
    fund_ids: Collection[int], rules: Mapping[int, RuleSet], *, as_of: date
) -> dict[int, tuple[Alarm, ...]]:
    """What to look at on a day at each of these funds, the most urgent first. Eight statements.

    ``rules``: those in force at each fund. Funds without an alarm are not among them.
    """
    ids = sorted(fund_ids)
    if not ids:
        return {}
    loans = _loans(ids, _plans(ids, as_of), as_of)
    acknowledged = _days_by_contract(
        DebtEvent.objects.filter(
            fund_id__in=ids, kind=DebtEventKind.ACKNOWLEDGED, withdrawn_at=None
        ).values_list("fund_id", "contract_number", "happened_on")
    )
    repaid = _repaid(ids, loans, as_of)
    signed = set(
        Signatory.objects.filter(
            fund_id__in=ids, signed_as=SignedAs.BORROWER, withdrawn_at=None
        ).values_list("fund_id", "contract_number")
    )
    deaths = _deaths(ids, as_of)
    owed: dict[int, list[OwedContract]] = defaultdict(list)
    for place, loan in loans.items():
        fund, number = place
        in_plan = total(part.amount for part in loan.plan)
        states = settle(loan.plan, in_plan - min(in_plan, loan.balance))
        owed[fund].append(
            OwedContract(
                number,
                loan.principal,
                loan.paid_out_on,
                tuple(
                    OpenPart(nth, state.part.due_on)
                    for nth, state in enumerate(states, start=1)
                    if state.lacking
                ),
                tuple(acknowledged.get(place, ())),
                tuple(repaid.get(place, ())),
                deaths.get((fund, loan.borrower_key)),
                has_signed_evidence=loan.has_number or place in signed,
            )
        )
    found: dict[int, tuple[Alarm, ...]] = {}
    for fund, contracts in owed.items():
        days = rules[fund]["death_claim_days"].count
        told = [
            in_days(alarm, days, as_of)
            for alarm in alarms_of(contracts, as_of=as_of, limits=limits_of(rules[fund]))
        ]
        if told:
            found[fund] = tuple(sorted(told, key=urgency))
    return found


# Of a whole district most contracts are settled: sums stay whole satang and days stay as the
# database gives them until it is known that a contract is not.
_RawPart = tuple[Any, int, int]  # due on, amount, interest


def _is_settled(principal: int, balance: int, repaid: int, interest: int, asked: int) -> bool:
    """As `ContractState.is_settled` says of one; without its principal it owes no interest."""
    return not balance and (principal != repaid or interest >= asked)


def _loans(
    ids: list[int], plans: Mapping[_Place, list[_RawPart]], as_of: date
) -> dict[_Place, _Loan]:
    """The contracts paid out by a day that are not settled. Two statements."""
    places = ", ".join(["%s"] * len(ids))
    owed: dict[_Place, tuple[int, int]] = {}
    interest: dict[_Place, int] = {}
    for fund, account, satang, back in _rows(
        f"""
        SELECT l.fund_id, l.account, sum(l.amount),
            sum(CASE WHEN e.deed = 'repayment_received' THEN -l.amount ELSE 0 END)
        FROM ledger_line l
        JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
        WHERE l.fund_id IN ({places}) AND e.happened_on <= %s
            AND (l.account LIKE 'loan:%%' OR l.account LIKE 'income:interest-%%')
        GROUP BY l.fund_id, l.account
        """,  # noqa: S608 (places only)
        [*ids, as_of],
    ):
        kind, _, rest = account.partition(":")
        number = rest.rpartition("-")[2]
        if number.isdecimal():
            if kind == "loan":
                owed[fund, int(number)] = int(satang), int(back)
            else:
                interest[fund, int(number)] = -int(satang)
    contracts = _rows(
        f"""
        SELECT c.fund_id, c.number, c.principal, c.paid_out_on, c.paper_number, p.name_key
        FROM loans_contract c JOIN groups_person p ON p.id = c.borrower_id
        WHERE c.fund_id IN ({places}) AND c.withdrawn_at IS NULL AND c.paid_out_on <= %s
        """,  # noqa: S608
        [*ids, as_of],
    )
    loans: dict[_Place, _Loan] = {}
    for fund, number, principal, paid_out_on, paper_number, name_key in contracts:
        place = fund, number
        balance, repaid = owed.get(place, (0, 0))
        plan = plans.get(place, [])
        asked = sum(of_interest for _, _, of_interest in plan)
        if not _is_settled(principal, balance, repaid, interest.get(place, 0), asked):
            loans[place] = _Loan(
                Money(principal),
                _day(paid_out_on),
                bool(paper_number.strip()),
                name_key,
                Money(balance),
                tuple(Part(_day(due_on), Money(amount)) for due_on, amount, _ in plan),
            )
    return loans


def _plans(ids: list[int], as_of: date) -> dict[_Place, list[_RawPart]]:
    """The parts of the plan in force of each contract. Two statements."""
    in_force: dict[_Place, int] = {}
    agreed = Plan.objects.filter(fund_id__in=ids, starts_on__lte=as_of).order_by("number")
    for fund, contract, number in agreed.values_list("fund_id", "contract_number", "number"):
        in_force[fund, contract] = number
    parts: dict[_Place, list[_RawPart]] = defaultdict(list)
    places = ", ".join(["%s"] * len(ids))
    rows = _rows(
        f"""
        SELECT fund_id, contract_number, plan, due_on, amount, interest
        FROM loans_instalment WHERE fund_id IN ({places})
        ORDER BY fund_id, contract_number, sequence
        """,  # noqa: S608
        ids,
    )
    for fund, contract, plan, due_on, amount, interest in rows:
        place = (fund, contract)
        if plan == in_force.get(place, 1):
            parts[place].append((due_on, amount, interest))
    return parts


def _repaid(ids: list[int], loans: Collection[_Place], as_of: date) -> dict[_Place, list[date]]:
    """The days on which part of the principal of these loans came back and stayed."""
    places = ", ".join(["%s"] * len(ids))
    rows = _rows(
        f"""
        SELECT l.fund_id, l.account, e.happened_on
        FROM ledger_line l
        JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
        WHERE l.fund_id IN ({places}) AND e.deed = 'repayment_received' AND e.happened_on <= %s
            AND l.account LIKE 'loan:%%'
        GROUP BY l.fund_id, l.account, e.happened_on
        HAVING sum(-l.amount) <> 0
        ORDER BY e.happened_on
        """,  # noqa: S608
        [*ids, as_of],
    )
    found: dict[_Place, list[date]] = defaultdict(list)
    for fund, account, on in rows:
        number = account.partition(":")[2]
        if number.isdecimal() and (fund, int(number)) in loans:
            found[fund, int(number)].append(_day(on))
    return found


def _deaths(ids: list[int], as_of: date) -> dict[tuple[int, str], date]:
    """By fund and name, the day the committee knew of a death; as `alarms_of_fund` has it."""
    known: dict[tuple[int, str], date] = {}
    events = HouseholdEvent.objects.filter(
        group_id__in=ids,
        withdrawn_at=None,
        kind=HouseholdEventKind.DEATH,
        known_on__lte=as_of,
        person__isnull=False,
    )
    rows = events.order_by("happened_on", "number").values_list(
        "group_id", F("person__name_key"), "known_on"
    )
    for group, key, known_on in rows:
        if key is not None and known_on is not None:
            known.setdefault((group, key), known_on)
    return known


def _days_by_contract(rows: Iterable[tuple[int, int, date]]) -> dict[_Place, list[date]]:
    found: dict[_Place, list[date]] = defaultdict(list)
    for fund, contract, on in rows:
        found[fund, contract].append(on)
    return found


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _day(value: Any) -> date:  # noqa: ANN401 (SQLite gives text)
    return date.fromisoformat(value) if isinstance(value, str) else value
