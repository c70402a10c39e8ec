"""Roll-over: a loan paid off and lent again within days, to the same household or round in a ring.

A hit is a sign that somebody should look and ask, and never a blame: a household may have paid with
a neighbour's help and needed the money for the next season. What it is for is the figure behind it:
a debt that was late and then "paid" by a new loan is no longer late in the books, though no money
came back. docs/rules/roll_over.md works examples of hits and of what is none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .arrears import Part, arrears_of
from .money import ZERO, Money, total


@dataclass(frozen=True, slots=True)
class LoanLife:
    """A loan from its pay-out to the day it was paid off, if it was.

    ``days_late_when_settled``: how late the oldest part was when the money of the payoff came,
    nought when it was in time; `days_late_at_payoff` reckons it. ``repayments`` are (day,
    sum), any order. A loan that was written off is not settled.
    """

    contract: int
    household: int
    principal: Money
    paid_out_on: date
    repayments: tuple[tuple[date, Money], ...] = ()
    settled_on: date | None = None
    days_late_when_settled: int = 0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What counts as "within days" and "about the same sum". Percentages are whole.

    ``days``: between payoff and new loan; also how far back from the payoff the money counts as
    brought together. ``sum_tolerance``: two sums are about the same when they differ by no more
    than so many per cent of the larger. ``lent_again_share``: of what the same household brought,
    at least so many per cent must have been lent to it again. ``ring_households``: at most so many
    in a ring. ``turn_days``: a ring that closes within so many days is a sign by itself.
    ``crowd``: where a payoff might have become more than so many loans of other households, or a
    loan might have come from more than so many payoffs, nobody can say whose money went where.
    """

    days: int = 7
    sum_tolerance: int = 10
    lent_again_share: int = 50
    ring_households: int = 4
    turn_days: int = 180
    crowd: int = 3


EXAMPLE_BOUNDS = Bounds()


class RollOverKind(StrEnum):
    """Who the money came back to."""

    SAME_HOUSEHOLD = "same_household"
    RING = "ring"


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One contract paid off, another lent upon it."""

    paid_off: int
    lent_again: int
    days_late: int  # of the one paid off; nought when it was in time


@dataclass(frozen=True, slots=True)
class RollOver:
    """Money that was brought and fetched again.

    ``amount`` is the least that went all the way. ``days_between``: for one household between
    payoff and new loan, in a ring from its first payoff to its last pay-out. ``steps`` are in the
    order in which the money went.
    """

    kind: RollOverKind
    steps: tuple[Step, ...]
    households: tuple[int, ...]
    days_between: int
    amount: Money

    @property
    def contracts(self) -> tuple[int, ...]:
        """All contracts of it, each once, in the order in which the money went."""
        return tuple(
            dict.fromkeys(
                contract for step in self.steps for contract in (step.paid_off, step.lent_again)
            )
        )

    @property
    def was_overdue(self) -> bool:
        """Whether a debt paid off in it was late."""
        return any(step.days_late for step in self.steps)


def days_late_at_payoff(
    plan: Sequence[Part],
    repayments: Sequence[tuple[date, Money]],
    settled_on: date,
    *,
    days: int = EXAMPLE_BOUNDS.days,
) -> int:
    """How many days late the oldest unsettled part was when the money of the payoff came.

    The money of the last ``days`` counts as one, so that bringing it in two visits, the late part
    first, does not make the payoff look in time.

    >>> plan = [Part(date(2025, 9, 30), Money(100))]
    >>> days_late_at_payoff(plan, [(date(2025, 10, 10), Money(100))], date(2025, 10, 10))
    10
    """
    since = settled_on - timedelta(days=days)
    return max(
        (
            arrears_of(plan, _sent_back_before(came_on, repayments), as_of=came_on).days_late
            for came_on, _ in repayments
            if since <= came_on <= settled_on
        ),
        default=0,
    )


def roll_overs(loans: Iterable[LoanLife], *, bounds: Bounds = EXAMPLE_BOUNDS) -> list[RollOver]:
    """All roll-overs among the loans of one fund, in the order of contracts.

    SAME_HOUSEHOLD: the new loan came within ``days`` of the payoff, before or after it, and was at
    least ``lent_again_share`` of what had just been brought. When nothing was late, the whole loan
    must also have been brought at once: who sent the parts back one by one and borrows again has
    really sent them back.

    RING: a payoff is followed within ``days`` by a loan of about the same sum to another
    household, a payoff of that household by such a loan to a third or to the first, until the first
    has it again: within ``turn_days``, or by two households in turn a second time after something
    was late. In no ring are payoffs and loans that a household's own roll-over explains, and those
    of a crowd: at a meeting where many bring and many are lent the same sum, a pairing would be a
    guess.

    Loans of other households never make a hit go away, unless they join it in a crowd; the order
    of the loans tells nothing. Each contract number is there once.
    """
    by_day = sorted(loans, key=lambda loan: (loan.paid_out_on, loan.contract))
    own = _own_steps(by_day, bounds)
    hits = [
        RollOver(
            RollOverKind.SAME_HOUSEHOLD,
            steps=(step.told,),
            households=(step.old.household,),
            days_between=abs((step.new.paid_out_on - step.settled_on).days),
            amount=min(step.brought, step.new.principal),
        )
        for step in own
    ]
    steps = _steps_to_others(by_day, own, bounds)
    most, within = bounds.ring_households, bounds.turn_days
    hits += map(_ring, _turns(steps, bounds, households=most, within=within))
    hits += map(_ring, _slow_turns_taken_twice(steps, bounds))
    return sorted(hits, key=lambda hit: (hit.steps, hit.kind))


def _sent_back_before(day: date, repayments: Iterable[tuple[date, Money]]) -> Money:
    return total(sum_ for came_on, sum_ in repayments if came_on < day)


# ------------------------------------------------------------------------- behind the figures


@dataclass(frozen=True, slots=True)
class OpenLoan:
    """What is owed on a contract today, and how much of it is late by its own plan."""

    contract: int
    outstanding: Money
    overdue: Money


@dataclass(frozen=True, slots=True)
class ParAfterRollOver:
    """The portfolio at risk, with what was rolled over counted as what it continues.

    ``rolled_over`` is what is not late by its own plan, but stands on contracts that continue a
    debt that was: it is never counted in ``overdue`` as well. ``contracts`` are those that
    continue one.
    """

    outstanding: Money
    overdue: Money
    rolled_over: Money
    contracts: tuple[int, ...]

    @property
    def at_risk(self) -> Money:
        """PAR after roll-over."""
        return self.overdue + self.rolled_over


def par_after_roll_over(loans: Iterable[OpenLoan], hits: Iterable[RollOver]) -> ParAfterRollOver:
    """How much of what is owed today is late, or continues a debt that was late when paid off.

    A contract continues a late debt when it was lent upon one, or upon a contract that continues
    one, however often: each new contract makes the debt look young, and it is the same debt.
    """
    follows: dict[int, set[int]] = defaultdict(set)
    reached: list[int] = []
    for hit in hits:
        for step in hit.steps:
            follows[step.paid_off].add(step.lent_again)
            if step.days_late:
                reached.append(step.lent_again)
    continuing: set[int] = set()
    while reached:
        contract = reached.pop()
        if contract not in continuing:
            continuing.add(contract)
            reached += follows[contract]
    open_loans = [loan for loan in loans if loan.outstanding]
    rolled = [loan for loan in open_loans if loan.contract in continuing]
    return ParAfterRollOver(
        outstanding=total(loan.outstanding for loan in open_loans),
        overdue=total(loan.overdue for loan in open_loans),
        rolled_over=total(loan.outstanding - loan.overdue for loan in rolled),
        contracts=tuple(sorted(loan.contract for loan in rolled)),
    )


# ------------------------------------------------------------------------------------- the steps


@dataclass(frozen=True, slots=True)
class _Step:
    """A payoff and the loan upon it; ``brought`` is what came in within days of the payoff."""

    old: LoanLife
    settled_on: date
    brought: Money
    new: LoanLife

    @property
    def told(self) -> Step:
        return Step(self.old.contract, self.new.contract, self.old.days_late_when_settled)


def _own_steps(by_day: Sequence[LoanLife], bounds: Bounds) -> list[_Step]:
    """Payoffs upon which the same household was lent the money again."""
    of_household: dict[int, list[LoanLife]] = defaultdict(list)
    for loan in by_day:
        of_household[loan.household].append(loan)
    return [
        step
        for theirs in of_household.values()
        for place, old in enumerate(theirs)
        for step in _steps_from(old, theirs[place + 1 :], bounds, earliest=-bounds.days)
        if _is_fetched_again(step, bounds)
    ]


def _is_fetched_again(step: _Step, bounds: Bounds) -> bool:
    old, brought = step.old, step.brought
    if not _is_share(step.new.principal, of=brought, percent=bounds.lent_again_share):
        return False
    at_once = _is_share(brought, of=old.principal, percent=100 - bounds.sum_tolerance)
    return at_once or old.days_late_when_settled > 0


def _steps_to_others(
    by_day: Sequence[LoanLife], own: Sequence[_Step], bounds: Bounds
) -> dict[int, list[_Step]]:
    """Payoffs followed by a loan of about that sum to another household, by who paid off."""
    paid_off_for_own = {step.old.contract for step in own}
    lent_upon_own = {step.new.contract for step in own}
    lent = [loan for loan in by_day if loan.contract not in lent_upon_own]
    possible = [
        step
        for old in by_day
        if old.contract not in paid_off_for_own
        for step in _steps_from(old, lent, bounds, earliest=0)
        if step.new.household != old.household
        and _about_the_same(step.brought, step.new.principal, bounds)
    ]
    from_payoff = Counter(step.old.contract for step in possible)
    to_loan = Counter(step.new.contract for step in possible)
    steps: dict[int, list[_Step]] = defaultdict(list)
    for step in possible:
        if max(from_payoff[step.old.contract], to_loan[step.new.contract]) <= bounds.crowd:
            steps[step.old.household].append(step)
    return steps


def _steps_from(
    old: LoanLife, by_day: Sequence[LoanLife], bounds: Bounds, *, earliest: int
) -> Iterator[_Step]:
    """The loans paid out from ``earliest`` to ``days`` after the payoff, whatever their sum."""
    if old.settled_on is None:
        return
    since = old.settled_on - timedelta(days=bounds.days)
    brought = total(sum_ for day, sum_ in old.repayments if since <= day <= old.settled_on)
    if brought <= ZERO:
        return
    first = old.settled_on + timedelta(days=earliest)
    last = old.settled_on + timedelta(days=bounds.days)
    start = bisect_left(by_day, first, key=lambda loan: loan.paid_out_on)
    end = bisect_right(by_day, last, key=lambda loan: loan.paid_out_on)
    for new in by_day[start:end]:
        yield _Step(old, old.settled_on, brought, new)


def _is_share(part: Money, *, of: Money, percent: int) -> bool:
    return part.satang * 100 >= of.satang * percent


def _about_the_same(one: Money, other: Money, bounds: Bounds) -> bool:
    apart, larger = abs(one - other), max(one, other)
    return apart.satang * 100 <= larger.satang * bounds.sum_tolerance


# ------------------------------------------------------------------------------------- the rings

_Turn = tuple[_Step, ...]


def _turns(
    steps: dict[int, list[_Step]], bounds: Bounds, *, households: int, within: int | None
) -> Iterator[_Turn]:
    """Every way money goes from a household round to it again, in the order of days.

    Each other household is passed once, all sums are about that of the first payoff, and from the
    first payoff to the last pay-out are no more than ``within`` days.
    """

    def going_on(turn: _Turn) -> Iterator[_Turn]:
        first, last = turn[0], turn[-1]
        if last.new.household == first.old.household:
            yield turn
            return
        passed = {step.old.household for step in turn}
        for step in steps.get(last.new.household, []):
            then = step.new.household
            closes = then == first.old.household
            if (
                # Paid off with that money: the very loan, or a debt the household had by then.
                step.old.paid_out_on <= last.new.paid_out_on <= step.settled_on
                and (within is None or _days_of((*turn, step)) <= within)
                and _about_the_same(first.brought, step.brought, bounds)
                and (closes or (then not in passed and len(passed) + 2 <= households))
            ):
                yield from going_on((*turn, step))

    for of_one in steps.values():
        for step in of_one:
            yield from going_on((step,))


def _slow_turns_taken_twice(steps: dict[int, list[_Step]], bounds: Bounds) -> Iterator[_Turn]:
    """Two households that hand the same sum to each other and back, and do so once more.

    Households that take turns with the fund's money and pay in time are what the fund is for, so
    something must have been late.
    """
    of_two: dict[tuple[int, ...], list[_Turn]] = defaultdict(list)
    for turn in _turns(steps, bounds, households=2, within=None):
        if _days_of(turn) > bounds.turn_days:  # A quick one is a sign by itself.
            of_two[_households(turn)].append(turn)
    for turns in of_two.values():
        for one in turns:
            # The next one is enough: many turns are a chain of twos.
            for again in turns:
                if (
                    again[0].settled_on >= one[-1].new.paid_out_on
                    and _about_the_same(one[0].brought, again[0].brought, bounds)
                    and any(step.old.days_late_when_settled for step in (*one, *again))
                ):
                    yield (*one, *again)
                    break


def _households(turn: _Turn) -> tuple[int, ...]:
    return tuple(dict.fromkeys(step.old.household for step in turn))


def _days_of(turn: _Turn) -> int:
    """From the first payoff to the last pay-out."""
    return (turn[-1].new.paid_out_on - turn[0].settled_on).days


def _ring(turn: _Turn) -> RollOver:
    return RollOver(
        RollOverKind.RING,
        steps=tuple(step.told for step in turn),
        households=_households(turn),
        days_between=_days_of(turn),
        amount=min(min(step.brought, step.new.principal) for step in turn),
    )
