"""Law that turns into alarms, for one fund: what the legal officer should look at, by contract.

The terms come from the rule set in force; `kongthun.domain.alarms` reckons, and
docs/rules/alarms.md says what an alarm is and what it is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kongthun.domain.alarms import (
    EXAMPLE_LIMITS,
    Alarm,
    AlarmKind,
    Limits,
    OpenPart,
    OwedContract,
    alarms_of,
)
from kongthun.domain.rule_set import RuleSet
from kongthun.groups.models import HouseholdEvent, HouseholdEventKind
from kongthun.groups.queries.households import standing_events
from kongthun.ledger.models import Fund

from ..models import DebtEvent, DebtEventKind, Signatory, SignedAs
from .contracts import ContractState
from .roll_overs import repaid_by_day


@dataclass(frozen=True, slots=True)
class AlarmsOfFund:
    """The alarms of each contract, the most urgent first, and the deaths they count from."""

    by_contract: Mapping[int, tuple[Alarm, ...]]
    deaths: Mapping[int, HouseholdEvent]


def alarms_of_fund(
    fund: Fund,
    states: Sequence[ContractState],
    events: Iterable[DebtEvent],
    rules: RuleSet,
    *,
    as_of: date,
) -> AlarmsOfFund:
    """What to look at on a day. Three statements.

    ``events`` are the standing records of these contracts. A death counts for the contracts of the
    person who died, from the day the committee knew. A contract has signed evidence when it has a
    number on paper, or the borrower's signature was written down.
    """
    acknowledged: dict[int, list[date]] = defaultdict(list)
    for event in events:
        if event.kind == DebtEventKind.ACKNOWLEDGED:
            acknowledged[event.contract_number].append(event.happened_on)
    deaths = _deaths(fund, states, as_of)
    repaid = repaid_by_day(fund.pk, as_of=as_of)
    signed = set(
        Signatory.objects.filter(
            fund=fund, signed_as=SignedAs.BORROWER, withdrawn_at__isnull=True
        ).values_list("contract_number", flat=True)
    )
    owed = []
    for state in states:
        contract = state.contract
        if state.is_settled or contract.paid_out_on is None:
            continue
        number = contract.number
        death = deaths.get(number)
        owed.append(
            OwedContract(
                number,
                contract.principal,
                contract.paid_out_on,
                tuple(
                    OpenPart(place, part.part.due_on)
                    for place, part in enumerate(state.plan, start=1)
                    if part.lacking
                ),
                tuple(acknowledged.get(number, ())),
                tuple(day for day, _ in repaid.get(number, ())),
                death.known_on if death is not None else None,
                has_signed_evidence=bool(contract.paper_number.strip()) or number in signed,
            )
        )
    by_contract: dict[int, list[Alarm]] = defaultdict(list)
    days = rules["death_claim_days"].count
    for alarm in alarms_of(owed, as_of=as_of, limits=limits_of(rules)):
        by_contract[alarm.contract].append(in_days(alarm, days, as_of))
    found = {number: tuple(sorted(each, key=urgency)) for number, each in by_contract.items()}
    return AlarmsOfFund(found, deaths)


def limits_of(rules: RuleSet) -> Limits:
    """The terms of law as the rule set has them; where it is silent, as the law is known to us."""

    def years(name: str, known: int) -> int:
        count = rules[name].count
        return known if count is None else count

    above = rules["evidence_above"].money
    return replace(
        EXAMPLE_LIMITS,
        contract_years=years("prescription_years", EXAMPLE_LIMITS.contract_years),
        instalment_years=years("instalment_prescription_years", EXAMPLE_LIMITS.instalment_years),
        evidence_above=EXAMPLE_LIMITS.evidence_above if above is None else above,
    )


def in_days(alarm: Alarm, days: int | None, as_of: date) -> Alarm:
    """The rule set counts the heirs' year in days: over a leap day that is the earlier end."""
    if alarm.kind != AlarmKind.HEIRS or days is None or alarm.counted_from is None:
        return alarm
    ends_on = alarm.counted_from + timedelta(days=days)
    return replace(alarm, ends_on=ends_on, days_left=(ends_on - as_of).days)


def urgency(alarm: Alarm) -> tuple[int, int]:
    """Limits that run, the nearest first; then lacking papers; then what has passed."""
    if alarm.days_left is None:
        return 1, 0
    return (2, -alarm.days_left) if alarm.is_passed else (0, alarm.days_left)


def _deaths(fund: Fund, states: Sequence[ContractState], as_of: date) -> dict[int, HouseholdEvent]:
    """By contract, the death of its borrower as far as the committee knew by a day."""
    known: dict[str, HouseholdEvent] = {}
    events = standing_events(fund.pk).filter(
        kind=HouseholdEventKind.DEATH, known_on__lte=as_of, person__isnull=False
    )
    for event in events.select_related("person"):
        if event.person is not None:
            known.setdefault(event.person.name_key, event)
    return {
        state.contract.number: known[state.contract.borrower.name_key]
        for state in states
        if state.contract.borrower.name_key in known
    }
