"""How the money of one visit is divided among the parts of a plan, and by what it is for.

The oldest part first; within a part the kinds in the fund's order. Every want of a part is filled
before the next one is looked at, so what was taken of each kind always covers the oldest parts, and
the sums paid so far, by kind, tell everything there is to know. Who paid does not matter.
docs/rules/repayments.md works the examples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from .money import ZERO, Money
from .money import total as sum_of
from .plan import BASIS_POINTS, PlannedPart, months_later, nearest_satang


class Kind(StrEnum):
    """What money sent back is for."""

    PENALTY = "penalty"
    INTEREST = "interest"
    PRINCIPAL = "principal"


DEFAULT_ORDER = (Kind.PENALTY, Kind.INTEREST, Kind.PRINCIPAL)


@dataclass(frozen=True, slots=True)
class Owed:
    """Sums by what they are for: what is owed, or what was paid of it."""

    principal: Money = ZERO
    interest: Money = ZERO
    penalty: Money = ZERO

    def __add__(self, other: Owed) -> Owed:
        return Owed(
            self.principal + other.principal,
            self.interest + other.interest,
            self.penalty + other.penalty,
        )

    @property
    def total(self) -> Money:
        """All of it together."""
        return self.principal + self.interest + self.penalty


NOTHING = Owed()


class Share(NamedTuple):
    """What one part got of a payment. ``sequence`` is its place in the plan, from 1."""

    sequence: int
    principal: Money = ZERO
    interest: Money = ZERO
    penalty: Money = ZERO


@dataclass(frozen=True, slots=True)
class Allocation:
    """Where one payment went: shares, oldest part first, none of them nothing, and the rest.

    ``left_over`` above zero is more than could be taken. It is for the caller to refuse the
    payment, saying the sum, or to hold it as a named credit; it is never lost.
    """

    by_part: tuple[Share, ...]
    left_over: Money

    @property
    def taken(self) -> Owed:
        """What was taken, by what it is for."""
        return Owed(
            principal=sum_of(share.principal for share in self.by_part),
            interest=sum_of(share.interest for share in self.by_part),
            penalty=sum_of(share.penalty for share in self.by_part),
        )

    @property
    def principal(self) -> Money:
        """What was taken of the principal."""
        return self.taken.principal

    @property
    def interest(self) -> Money:
        """What was taken as interest."""
        return self.taken.interest

    @property
    def penalty(self) -> Money:
        """What was taken as penalty."""
        return self.taken.penalty


# -------------------------------------------------------------------------------------- one visit


def allocate(
    plan: Sequence[PlannedPart],
    amount: Money,
    *,
    on: date,
    paid: Owed = NOTHING,
    penalties: Sequence[Money] = (),
    order: Sequence[str] = DEFAULT_ORDER,
    early_interest: bool = False,
) -> Allocation:
    """Divide what was handed over on a day.

    The oldest part first, and in each part the kinds in ``order``. A part is due on its day, no
    earlier. Of a part not yet due the principal is taken and its interest is not, unless the payer
    settles such parts whole (``early_interest``). ``paid`` is what was taken on this plan before,
    by kind; ``penalties`` what each part has run up by the day (``penalties_of``).

    Taken and left over are the amount, always; no part gets more than it asks for.

    Raises ValueError for an amount not above zero, an order that does not name each kind once,
    penalties for other than all parts, or when more of a kind was paid before than there is, or
    less than nothing.

    >>> plan = [PlannedPart(date(2026, 9, 30), Money.baht(4_000)),
    ...         PlannedPart(date(2027, 9, 30), Money.baht(4_000))]
    >>> visit = allocate(plan, Money.baht(5_000), on=date(2026, 9, 30))
    >>> [(share.sequence, share.principal.text) for share in visit.by_part]
    [(1, '4,000'), (2, '1,000')]
    >>> allocate(plan, Money.baht(5_000), on=date(2027, 1, 5), paid=visit.taken).left_over.text
    '2,000'
    """
    if amount <= ZERO:
        raise ValueError(f"a payment is above zero: {amount}")
    kinds = [Kind(kind) for kind in order]
    if sorted(kinds) != sorted(Kind):
        raise ValueError(f"an order names each kind once: {order}")
    left = amount
    shares = []
    for part in _lacking(plan, paid, penalties):
        takes = dict.fromkeys(Kind, ZERO)
        for kind in kinds:
            if kind == Kind.INTEREST and part.due_on > on and not early_interest:
                continue
            takes[kind] = min(left, part.lacks[kind])
            left -= takes[kind]
        if any(takes.values()):
            shares.append(Share(part.sequence, **takes))
    return Allocation(tuple(shares), left)


def owed(
    plan: Sequence[PlannedPart],
    *,
    on: date,
    paid: Owed = NOTHING,
    penalties: Sequence[Money] = (),
) -> Owed:
    """What can be asked for on a day: the parts due by then, with penalties, less what was paid.

    Paying just this leaves nothing due and nothing over. Raises ValueError as ``allocate`` does.

    >>> plan = [PlannedPart(date(2026, 9, 30), Money.baht(4_000), Money.baht(240))]
    >>> owed(plan, on=date(2026, 9, 30), paid=Owed(Money.baht(1_000))).total.text
    '3,240'
    """
    due = [part.lacks for part in _lacking(plan, paid, penalties) if part.due_on <= on]
    return Owed(
        principal=sum_of(lacks[Kind.PRINCIPAL] for lacks in due),
        interest=sum_of(lacks[Kind.INTEREST] for lacks in due),
        penalty=sum_of(lacks[Kind.PENALTY] for lacks in due),
    )


class _Lacking(NamedTuple):
    """A part with what it still wants of each kind."""

    sequence: int
    due_on: date
    lacks: dict[Kind, Money]


def _lacking(plan: Sequence[PlannedPart], paid: Owed, penalties: Sequence[Money]) -> list[_Lacking]:
    """The parts in the order of their days, those of one day as they stand in the plan."""
    penalties = penalties or [ZERO] * len(plan)
    in_order = sorted(
        enumerate(zip(plan, penalties, strict=True), start=1), key=lambda each: each[1][0].due_on
    )
    principal = _after(paid.principal, [part.principal for _, (part, _) in in_order])
    interest = _after(paid.interest, [part.interest for _, (part, _) in in_order])
    penalty = _after(paid.penalty, [penalty for _, (_, penalty) in in_order])
    return [
        _Lacking(
            sequence,
            part.due_on,
            {
                Kind.PRINCIPAL: principal[place],
                Kind.INTEREST: interest[place],
                Kind.PENALTY: penalty[place],
            },
        )
        for place, (sequence, (part, _)) in enumerate(in_order)
    ]


def _after(paid: Money, asked: Sequence[Money]) -> list[Money]:
    """What is still lacking of each sum asked for when so much was paid, the first one first."""
    if paid < ZERO:
        raise ValueError(f"less than nothing was paid: {paid}")
    lacking = []
    for sum_ in asked:
        taken = min(paid, sum_)
        paid -= taken
        lacking.append(sum_ - taken)
    if paid:
        raise ValueError(f"{paid} more was paid than there was to pay")
    return lacking


# -------------------------------------------------------------------------------------- penalties


@dataclass(frozen=True, slots=True)
class PenaltyTerms:
    """What a late part costs for each full month it is late. A กข.คจ. fund asks for nothing.

    Either ``rate_bp`` of the principal the part lacks (per cent a month times 100), or ``flat`` for
    every late part, never both. ``free_days`` put the beginning of the first month off.

    Raises ValueError for terms that ask for neither or both, or for anything below zero.
    """

    rate_bp: int = 0
    flat: Money = ZERO
    free_days: int = 0

    def __post_init__(self) -> None:
        if self.rate_bp < 0 or self.flat < ZERO or self.free_days < 0:
            raise ValueError(f"terms below zero: {self}")
        if bool(self.rate_bp) == bool(self.flat):
            raise ValueError(f"a penalty is a rate or a flat sum: {self}")


def penalties_of(
    plan: Sequence[PlannedPart],
    sent_back: Iterable[tuple[date, Money]],
    *,
    as_of: date,
    terms: PenaltyTerms | None,
) -> tuple[Money, ...]:
    """What each part of the plan has run up by a day, paid or not, in the order of the plan.

    ``sent_back`` is the principal that came back, by day, in any order. Each full month a part is
    late costs once, on the day the month is full, for the principal that was lacking when that day
    began; what comes in on the day itself no longer changes it, so one visit or two make no
    difference. Each charge goes to the nearest satang. No penalty is taken on interest or on
    penalties. Without terms there is none.

    >>> plan = [PlannedPart(date(2026, 9, 30), Money.baht(4_000))]
    >>> terms = PenaltyTerms(rate_bp=100)
    >>> [run_up.text for run_up in penalties_of(plan, [], as_of=date(2026, 11, 30), terms=terms)]
    ['80']
    """
    run_up = [ZERO] * len(plan)
    if terms is None:
        return tuple(run_up)
    repaid = list(sent_back)
    by_then = ZERO
    for place, part in sorted(enumerate(plan), key=lambda each: each[1].due_on):
        by_then += part.principal
        for day in _full_months(part.due_on + timedelta(days=terms.free_days), as_of):
            came = sum_of(amount for on, amount in repaid if on < day)
            lacking = min(by_then - came, part.principal)
            if lacking <= ZERO:
                break
            run_up[place] += _charge(lacking, terms)
    return tuple(run_up)


def _full_months(starts: date, as_of: date) -> Iterator[date]:
    """The days up to ``as_of`` on which another month is full."""
    months = 1
    while (day := months_later(starts, months)) <= as_of:
        yield day
        months += 1


def _charge(lacking: Money, terms: PenaltyTerms) -> Money:
    return terms.flat or nearest_satang(Fraction(lacking.satang * terms.rate_bp, BASIS_POINTS))


# -------------------------------------------------------------------------------------- all visits


class SentBack(NamedTuple):
    """Money handed over on a day; ``early_interest`` as the payer chose it (``allocate``)."""

    on: date
    amount: Money
    early_interest: bool = False


def allocate_all(
    plan: Sequence[PlannedPart],
    visits: Sequence[SentBack],
    *,
    order: Sequence[str] = DEFAULT_ORDER,
    penalty: PenaltyTerms | None = None,
) -> list[Allocation]:
    """Divide everything that was handed over, whatever the order in which it became known.

    The allocations come back in the order of the visits handed in, and are made in the order of
    days; on one day those that settle interest ahead come last. What was taken by the end of a day,
    by kind, depends on the sums of each day alone: a back-dated visit gives what it would have
    given in time, and later ones may be divided otherwise than they were.

    Raises ValueError as ``allocate`` does.

    >>> plan = [PlannedPart(date(2026, 9, 30), Money.baht(4_000)),
    ...         PlannedPart(date(2027, 9, 30), Money.baht(4_000))]
    >>> late_paper = [SentBack(date(2026, 11, 2), Money.baht(3_000)),
    ...               SentBack(date(2026, 9, 30), Money.baht(2_000))]
    >>> [[share.sequence for share in each.by_part] for each in allocate_all(plan, late_paper)]
    [[1, 2], [1]]
    """
    paid = NOTHING
    principal: list[tuple[date, Money]] = []
    allocated: dict[int, Allocation] = {}
    for place, visit in sorted(
        enumerate(visits), key=lambda each: (each[1].on, each[1].early_interest)
    ):
        allocated[place] = allocate(
            plan,
            visit.amount,
            on=visit.on,
            paid=paid,
            penalties=penalties_of(plan, principal, as_of=visit.on, terms=penalty),
            order=order,
            early_interest=visit.early_interest,
        )
        paid += allocated[place].taken
        principal.append((visit.on, allocated[place].principal))
    return [allocated[place] for place in range(len(visits))]
