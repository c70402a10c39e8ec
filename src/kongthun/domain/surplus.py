"""A year's surplus shared out by the rules: into pots by purpose, and two of them among members.

Every division is in whole satang and adds up exactly. What is left after rounding down goes a
satang each to the largest remainders; equal ones in the order of purposes, or of member numbers
(docs/rules/surplus.md works an example).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .money import ZERO, Money, total

WHOLE = 10_000  # hundredths of a per cent


class Purpose(StrEnum):
    """Where a part of a surplus goes; the order breaks ties. Limits are ``surplus_<purpose>``."""

    DIVIDEND = "dividend"
    TRADE_RETURN = "trade_return"
    RESERVE = "reserve"
    WELFARE = "welfare"
    COMMITTEE = "committee"
    CARRIED = "carried"


@dataclass(frozen=True, slots=True)
class RatesUnsaid:
    """The rules name no rate for any purpose."""


@dataclass(frozen=True, slots=True)
class RatesUneven:
    """The rates do not make the whole; ``together`` is what they make, per cent times 100."""

    together: int


@dataclass(frozen=True, slots=True)
class Holding:
    """What a member's part is reckoned from: shares at the year's end, trade in the year."""

    member_number: int
    shares: Money = ZERO
    trade: Money = ZERO


@dataclass(frozen=True, slots=True)
class Slip:
    """What one member gets, and from what it was reckoned."""

    member_number: int
    shares: Money
    dividend: Money
    trade: Money
    trade_return: Money

    @property
    def together(self) -> Money:
        """Dividend and return."""
        return self.dividend + self.trade_return


@dataclass(frozen=True, slots=True)
class SharedOut:
    """A surplus in its pots, which add up to it, and the members' slips.

    ``nobody`` are the pots that found nobody to share among; their sums are in ``carried``.
    """

    surplus: Money
    pots: Mapping[Purpose, Money]
    slips: tuple[Slip, ...]
    nobody: Mapping[Purpose, Money]


def rates_of(said: Mapping[Purpose, int | None]) -> dict[Purpose, int] | RatesUnsaid | RatesUneven:
    """The rate of each purpose as rules write them; one that is silent beside others is nothing.

    >>> rates_of({Purpose.DIVIDEND: 4_000, Purpose.CARRIED: 5_000})
    RatesUneven(together=9000)
    """
    if all(said.get(purpose) is None for purpose in Purpose):
        return RatesUnsaid()
    rates = {purpose: said.get(purpose) or 0 for purpose in Purpose}
    together = sum(rates.values())
    return rates if together == WHOLE else RatesUneven(together)


def divide(whole: Money, weights: Sequence[int]) -> list[Money]:
    """Parts of a sum by weight, in whole satang, that add up to it.

    Raises ValueError for a sum or a weight below nothing, or weights that are all nothing.

    >>> [part.satang for part in divide(Money(100), [1, 1, 1])]
    [34, 33, 33]
    """
    together = sum(weights)
    if whole < ZERO or together <= 0 or min(weights) < 0:
        raise ValueError(f"{whole} can not be divided by {weights}")
    parts = [divmod(whole.satang * weight, together) for weight in weights]
    satang = [part for part, _ in parts]
    # Sorting is stable, so of equal remainders the earlier is first.
    by_remainder = sorted(range(len(parts)), key=lambda place: -parts[place][1])
    for place in by_remainder[: whole.satang - sum(satang)]:
        satang[place] += 1
    return [Money(each) for each in satang]


def share_out(surplus: Money, rates: Mapping[Purpose, int]) -> dict[Purpose, Money]:
    """The surplus by purpose. A loss, or nothing, is carried whole: there is nothing to share.

    Raises ValueError for rates that do not make the whole.

    >>> pots = share_out(Money.baht(100), {Purpose.DIVIDEND: 4_000, Purpose.RESERVE: 6_000})
    >>> pots[Purpose.DIVIDEND].text, pots[Purpose.RESERVE].text
    ('40', '60')
    """
    weights = [rates.get(purpose, 0) for purpose in Purpose]
    if sum(weights) != WHOLE:
        raise ValueError(f"rates make {sum(weights)}, not {WHOLE}")
    if surplus <= ZERO:
        return dict.fromkeys(Purpose, ZERO) | {Purpose.CARRIED: surplus}
    return dict(zip(Purpose, divide(surplus, weights), strict=True))


def share_out_year(
    surplus: Money, rates: Mapping[Purpose, int], holdings: Sequence[Holding]
) -> SharedOut:
    """A year's surplus in its pots, and each member's part of the dividend and of the return.

    Members are in the order of their numbers, whatever order they come in; who gets nothing and
    has neither shares nor trade has no slip. A pot with nobody to share among is carried.
    Raises ValueError as ``share_out`` and ``divide`` do, and for a member who comes twice.
    """
    people = sorted(holdings, key=lambda each: each.member_number)
    if len({each.member_number for each in people}) < len(people):
        raise ValueError("a member comes once")
    pots = share_out(surplus, rates)
    nobody: dict[Purpose, Money] = {}
    parts: dict[Purpose, list[Money]] = {}
    for purpose, of in (
        (Purpose.DIVIDEND, [each.shares for each in people]),
        (Purpose.TRADE_RETURN, [each.trade for each in people]),
    ):
        parts[purpose] = [ZERO] * len(people)
        if total(of) > ZERO:
            parts[purpose] = divide(pots[purpose], [each.satang for each in of])
        elif pots[purpose]:
            nobody[purpose] = pots[purpose]
            pots[Purpose.CARRIED] += pots[purpose]
            pots[purpose] = ZERO
    slips = tuple(
        Slip(each.member_number, each.shares, dividend, each.trade, trade_return)
        for each, dividend, trade_return in zip(
            people, parts[Purpose.DIVIDEND], parts[Purpose.TRADE_RETURN], strict=True
        )
        if each.shares or each.trade
    )
    return SharedOut(surplus, pots, slips, nobody)
