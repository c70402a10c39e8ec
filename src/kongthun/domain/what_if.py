"""What a rule set that is only proposed would touch: open contracts and requests under way.

A new rule set changes nothing of what was decided: each decision keeps the rules it was judged by.
The answer here is for the meeting that adopts one: how many stand outside it, which, and why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .money import Money
from .plan import months_between, months_later
from .rule_set import Limit, RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A contract on which something is owed, or a request under way (``is_request``).

    ``household`` is any number that is the same for one household. What nobody knows yet, or any
    more, is empty and is held against no limit: a request has no plan before the contract is drawn
    up. ``begins_on`` is the day a term is counted from. ``deferred_months`` are the whole months of
    the longest delay that runs, None without one.
    """

    number: int
    is_request: bool
    household: int
    amount: Money
    begins_on: date | None = None
    last_due_on: date | None = None
    parts: int | None = None
    guarantors: int | None = None
    is_listed: bool = True
    interest_method: str | None = None
    interest_rate: int | None = None
    deferred_months: int | None = None


@dataclass(frozen=True, slots=True)
class TooLarge:
    """More than one loan may be."""

    amount: Money
    limit: Limit


@dataclass(frozen=True, slots=True)
class TooManyParts:
    """Sent back in more parts than a contract may have."""

    parts: int
    limit: Limit


@dataclass(frozen=True, slots=True)
class TooLong:
    """The last part is due after the term; ``last_allowed`` would be the last day."""

    months: int
    last_due_on: date
    last_allowed: date
    limit: Limit


@dataclass(frozen=True, slots=True)
class TooManyOpen:
    """The household has more contracts and requests open than it may have at a time."""

    open_now: int
    limit: Limit


@dataclass(frozen=True, slots=True)
class TooFewGuarantors:
    """Fewer guarantors signed than are asked for."""

    have: int
    limit: Limit


@dataclass(frozen=True, slots=True)
class NotOnList:
    """The household is not on the list, and would have to be."""

    limit: Limit


@dataclass(frozen=True, slots=True)
class OtherInterest:
    """Interest is reckoned in another way, or at another rate."""

    method: str
    rate: int
    limit: Limit


@dataclass(frozen=True, slots=True)
class DelayTooLong:
    """A delay runs that is longer than may be granted."""

    months: int
    limit: Limit


Why = (
    TooLarge
    | TooManyParts
    | TooLong
    | TooManyOpen
    | TooFewGuarantors
    | NotOnList
    | OtherInterest
    | DelayTooLong
)


@dataclass(frozen=True, slots=True)
class Touched:
    """A contract or a request that the proposed rules would not allow, with every reason."""

    standing: Standing
    why: tuple[Why, ...]


def touched_by(rules: RuleSet, standing: Iterable[Standing]) -> list[Touched]:
    """Everything that stands outside these rules, in the order handed in.

    A limit on which the rules are silent is held against nothing.
    """
    everything = list(standing)
    open_now = Counter(each.household for each in everything)
    found = []
    for each in everything:
        why = tuple(_against(each, rules, open_now[each.household]))
        if why:
            found.append(Touched(each, why))
    return found


def _against(each: Standing, rules: RuleSet, open_now: int) -> Iterator[Why]:
    largest = rules["largest_loan"]
    if largest.money is not None and each.amount > largest.money:
        yield TooLarge(each.amount, largest)
    parts = rules["instalments_most"]
    if parts.count is not None and each.parts is not None and each.parts > parts.count:
        yield TooManyParts(each.parts, parts)
    yield from _against_term(each, rules["term_months"])
    at_a_time = rules["open_loans_per_household"]
    if at_a_time.count is not None and open_now > at_a_time.count:
        yield TooManyOpen(open_now, at_a_time)
    guarantors = rules["guarantors"]
    have = each.guarantors
    if guarantors.count is not None and have is not None and have < guarantors.count:
        yield TooFewGuarantors(have, guarantors)
    if rules["must_be_listed"].says_yes and not each.is_listed:
        yield NotOnList(rules["must_be_listed"])
    yield from _against_interest(each, rules)
    delay = rules["deferral_months"]
    months = each.deferred_months
    if delay.count is not None and months is not None and months > delay.count:
        yield DelayTooLong(months, delay)


def _against_term(each: Standing, limit: Limit) -> Iterator[TooLong]:
    if limit.count is None or each.begins_on is None or each.last_due_on is None:
        return
    last_allowed = months_later(each.begins_on, limit.count)
    if each.last_due_on > last_allowed:
        months = months_between(each.begins_on, each.last_due_on)
        yield TooLong(months, each.last_due_on, last_allowed, limit)


def _against_interest(each: Standing, rules: RuleSet) -> Iterator[OtherInterest]:
    method, rate = rules["interest_method"], rules["interest_rate"]
    if each.interest_method is None or each.interest_rate is None or method.value is None:
        return
    # A rate says nothing where no interest is taken.
    asked = (rate.count or 0) if method.value != "none" else 0
    if (each.interest_method, each.interest_rate) != (method.value, asked):
        yield OtherInterest(each.interest_method, each.interest_rate, method)
