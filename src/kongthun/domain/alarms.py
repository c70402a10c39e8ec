"""Law that turns into alarms: limits in time, and papers that should be there.

An alarm is a warning for the legal officer (นิติกร), who reads the papers and decides. It is never
advice, never says that a debt is lost or safe, and is no reason to press a household. The terms
are arguments with documented defaults, so that a rule set can hold them. All limits are reckoned
on the cautious side: where two readings are possible the earlier day is shown.
docs/rules/alarms.md works an example. (ป.พ.พ. = ประมวลกฎหมายแพ่งและพาณิชย์)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .money import Money
from .thai_calendar import add_years


class AlarmKind(StrEnum):
    """What is warned of."""

    HEIRS = "heirs"  # the limit to claim from the heirs of a borrower who died
    INSTALMENT = "instalment"  # prescription of one part of the plan
    CONTRACT = "contract"  # prescription of the contract as a whole
    EVIDENCE = "evidence"  # no paper signed by the borrower


# Where the law says so; shown beside the alarm, as written on papers.
CLAUSE = {
    AlarmKind.HEIRS: "ป.พ.พ. มาตรา 1754",
    AlarmKind.INSTALMENT: "ป.พ.พ. มาตรา 193/33 (2)",
    AlarmKind.CONTRACT: "ป.พ.พ. มาตรา 193/30",
    AlarmKind.EVIDENCE: "ป.พ.พ. มาตรา 653",
}


_TWO_THOUSAND_BAHT = Money.baht(2_000)


@dataclass(frozen=True, slots=True)
class Limits:
    """The terms of law and how early to warn of them.

    ``evidence_above``: a loan of more than this wants a paper signed by the borrower. Lead days: an
    alarm is told when no more than so many days are left; 366 tells a limit of one year at once.
    """

    instalment_years: int = 5
    contract_years: int = 10
    heirs_years: int = 1
    evidence_above: Money = _TWO_THOUSAND_BAHT
    prescription_lead_days: int = 365
    heirs_lead_days: int = 366


EXAMPLE_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class OpenPart:
    """A part of the plan of which something is still owed."""

    number: int
    due_on: date


@dataclass(frozen=True, slots=True)
class OwedContract:
    """A contract of which something is still owed, as the alarms need to know it.

    ``open_parts`` is empty where no paper gives a day. ``acknowledged_on``: days of written
    acknowledgements of the debt; ``repaid_on``: days on which part of it was sent back.
    ``death_known_on``: the day the committee knew that the borrower had died.
    """

    contract: int
    principal: Money
    paid_out_on: date
    open_parts: tuple[OpenPart, ...] = ()
    acknowledged_on: tuple[date, ...] = ()
    repaid_on: tuple[date, ...] = ()
    death_known_on: date | None = None
    has_signed_evidence: bool = True


@dataclass(frozen=True, slots=True)
class Alarm:
    """A limit or a lacking paper on one contract, or on one part of it (``instalment``).

    ``ends_on`` is the last day within the limit and ``days_left`` is counted to it: nought on that
    day, below zero once it has passed. Both are None where no day is set (a lacking paper).
    ``counted_from`` is the day after which the count runs.
    """

    kind: AlarmKind
    contract: int
    instalment: int | None = None
    counted_from: date | None = None
    ends_on: date | None = None
    days_left: int | None = None

    @property
    def clause(self) -> str:
        """Where the law says so."""
        return CLAUSE[self.kind]

    @property
    def is_passed(self) -> bool:
        """Whether the limit ended before the day asked about."""
        return self.days_left is not None and self.days_left < 0


def alarms_of(
    contracts: Iterable[OwedContract], *, as_of: date, limits: Limits = EXAMPLE_LIMITS
) -> list[Alarm]:
    """What the legal officer should look at on ``as_of``, the most urgent first.

    Limits that run come first, the one with the fewest days before the others; then lacking papers,
    which can be mended on any day; then limits that have passed, the latest of them first, because
    they are told but no haste helps them. What is dated after ``as_of`` is not known yet. Hand in
    only contracts of which something is owed: a settled one has nothing to lose.
    """
    found: list[Alarm] = []
    for contract in contracts:
        if contract.paid_out_on <= as_of:
            found += _alarms_of_one(contract, as_of, limits)
    return sorted(found, key=_urgency)


def last_day(after: date, years: int) -> date:
    """The last day of a term of years that runs after a day (ป.พ.พ. มาตรา 193/3, 193/5).

    The day itself is not counted. The term ends the day before the day that corresponds to its
    first one, or, where there is none, with the month. Holidays are not looked at (มาตรา 193/8 may
    give another day): the shown day is never too late.

    >>> last_day(date(2020, 9, 30), 5)
    datetime.date(2025, 9, 30)
    >>> last_day(date(2024, 2, 28), 5), last_day(date(2024, 2, 29), 5)  # from 29 ก.พ., from 1 มี.ค.
    (datetime.date(2029, 2, 28), datetime.date(2029, 2, 28))
    """
    first = after + timedelta(days=1)
    corresponding = add_years(first, years)
    if corresponding.day != first.day:
        return corresponding
    return corresponding - timedelta(days=1)


def count_runs_after(start: date, interruptions: Iterable[date], *, years: int) -> date:
    """The day after which the running count runs (ป.พ.พ. มาตรา 193/14, 193/15).

    Each interruption within the count starts it anew. One before the count began changes nothing;
    nor does one after it ended: what such a paper is worth is the legal officer's question.

    >>> count_runs_after(date(2015, 9, 30), [date(2018, 3, 1), date(2024, 1, 1)], years=5)
    datetime.date(2018, 3, 1)
    """
    for day in sorted(interruptions):
        if start < day <= last_day(start, years):
            start = day
    return start


def _alarms_of_one(contract: OwedContract, as_of: date, limits: Limits) -> list[Alarm]:
    interruptions = [
        day for day in (*contract.acknowledged_on, *contract.repaid_on) if day <= as_of
    ]
    alarms: list[Alarm] = []

    def tell(kind: AlarmKind, after: date, years: int, lead: int, part: int | None = None) -> None:
        ends_on = last_day(after, years)
        days_left = (ends_on - as_of).days
        if days_left <= lead:
            alarms.append(Alarm(kind, contract.contract, part, after, ends_on, days_left))

    lead = limits.prescription_lead_days
    for part in contract.open_parts:
        after = count_runs_after(part.due_on, interruptions, years=limits.instalment_years)
        tell(AlarmKind.INSTALMENT, after, limits.instalment_years, lead, part.number)
    # Without any day in the papers the sum could be asked for from the pay-out on.
    start = min((part.due_on for part in contract.open_parts), default=contract.paid_out_on)
    after = count_runs_after(start, interruptions, years=limits.contract_years)
    tell(AlarmKind.CONTRACT, after, limits.contract_years, lead)

    known_on = contract.death_known_on
    if known_on is not None and known_on <= as_of:
        # An acknowledgement by the heirs is not counted: whom it binds is the officer's question.
        tell(AlarmKind.HEIRS, known_on, limits.heirs_years, limits.heirs_lead_days)
    if not contract.has_signed_evidence and contract.principal > limits.evidence_above:
        alarms.append(Alarm(AlarmKind.EVIDENCE, contract.contract))
    return alarms


_KINDS = list(AlarmKind)


def _urgency(alarm: Alarm) -> tuple[int, int, int, int, int]:
    tie = (_KINDS.index(alarm.kind), alarm.contract, alarm.instalment or 0)
    if alarm.days_left is None:
        return (1, 0, *tie)
    return (2, -alarm.days_left, *tie) if alarm.is_passed else (0, alarm.days_left, *tie)
