"""Goods in stock: how much there is, and what it cost by moving average.

Quantities are whole thousandths of an item's unit, sums are whole satang. What is taken out costs
its share of what all of it cost, and what is taken last takes the rest, so that nothing left never
costs anything (docs/rules/trade.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .money import ZERO, Money
from .thai_text import arabic_digits, visible

WHOLE = 1_000  # thousandths in one unit
# A million million units: with any sum of the books it is far from what a column can not hold.
LARGEST_QUANTITY = 10**15

_QUANTITY = re.compile(
    r"(?P<units>[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)?(?:\.(?P<decimals>[0-9]+))?"
)
_FRACTIONS = {"½": "5", "¼": "25", "¾": "75"}


@dataclass(frozen=True, slots=True)
class UnreadableQuantity:
    """What stood where a quantity should be, and why it is not read as one.

    `blank`: nothing there. `too_fine`: finer than a thousandth. `too_large`: nobody has so much.
    `words`: anything else that is not plainly a quantity.
    """

    raw: str
    why: Literal["blank", "too_fine", "too_large", "words"]


def read_quantity(raw: str) -> int | UnreadableQuantity:
    """Thousandths of a unit, as somebody types them: "2.5", "๑๒", "1,200", "2½".

    >>> read_quantity("2.5"), read_quantity("๑,๒๐๐"), read_quantity("½")
    (2500, 1200000, 500)

    Never below zero. A fourth decimal is refused unless it is zero: half a gramme is no kilogramme.
    """
    text = arabic_digits(visible(raw)).replace(" ", "")
    if not text:
        return UnreadableQuantity(raw, "blank")
    if text[-1] in _FRACTIONS:
        text = f"{text[:-1]}.{_FRACTIONS[text[-1]]}"
    found = _QUANTITY.fullmatch(text)
    if found is None:
        return UnreadableQuantity(raw, "words")
    decimals = (found["decimals"] or "").rstrip("0")
    if len(decimals) > 3:
        return UnreadableQuantity(raw, "too_fine")
    units = (found["units"] or "0").replace(",", "")
    if len(units) > 18:
        return UnreadableQuantity(raw, "too_large")
    quantity = int(units) * WHOLE + int(decimals.ljust(3, "0"))
    return UnreadableQuantity(raw, "too_large") if quantity > LARGEST_QUANTITY else quantity


def quantity_text(quantity: int) -> str:
    """For people, without noughts that say nothing.

    >>> quantity_text(2_500), quantity_text(1_200_000), quantity_text(-5)
    ('2.5', '1,200', '-0.005')
    """
    units, rest = divmod(abs(quantity), WHOLE)
    decimals = f".{rest:03}".rstrip("0") if rest else ""
    return f"{'-' if quantity < 0 else ''}{units:,}{decimals}"


@dataclass(frozen=True, slots=True)
class Stock:
    """So much of an item, and what it cost together. Never below nothing.

    Raises ValueError for a quantity or a cost below zero, and for a cost of nothing at all.
    """

    quantity: int = 0
    cost: Money = ZERO

    def __post_init__(self) -> None:
        if self.quantity < 0 or self.cost < ZERO or (self.cost and not self.quantity):
            raise ValueError(f"no such stock: {self.quantity} at {self.cost}")

    def put_in(self, quantity: int, cost: Money) -> Stock:
        """With this much more, at what it cost."""
        if quantity <= 0 or cost < ZERO:
            raise ValueError(f"nothing came in: {quantity} at {cost}")
        return Stock(self.quantity + quantity, self.cost + cost)

    def cost_of(self, quantity: int) -> Money:
        """What this much of it cost, by the average of all; the last of it takes the rest.

        Raises ValueError for nothing, and for more than there is.
        """
        if not 0 < quantity <= self.quantity:
            raise ValueError(f"{quantity} of {self.quantity} can not be taken out")
        return Money(_halves_up(self.cost.satang * quantity, self.quantity))

    def take_out(self, quantity: int) -> Stock:
        """What is left when this much is taken out."""
        return Stock(self.quantity - quantity, self.cost - self.cost_of(quantity))

    def worth_of(self, quantity: int) -> Money:
        """What as much would cost by the same average, be it more than there is: for what is found.

        Raises ValueError where there is nothing to take an average of.
        """
        if quantity <= 0 or not self.quantity:
            raise ValueError(f"no average to value {quantity} by")
        return Money(_halves_up(self.cost.satang * quantity, self.quantity))

    @property
    def unit_cost(self) -> Money:
        """What one unit cost on average, to the satang, for telling: never for booking."""
        return unit_cost(self.cost, self.quantity)


def unit_cost(cost: Money, quantity: int) -> Money:
    """What one unit of so much cost, to the nearest satang; nothing for nothing.

    >>> unit_cost(Money.baht(100), 3_000)
    Money(satang=3333)
    """
    return Money(_halves_up(cost.satang * WHOLE, quantity)) if quantity else ZERO


def sum_at(price: Money, quantity: int) -> Money:
    """What so much comes to at a price a unit, to the nearest satang.

    >>> sum_at(Money.baht(25), 2_500)
    Money(satang=6250)
    """
    return Money(_halves_up(price.satang * quantity, WHOLE))


def spread(cost: Money, weights: Sequence[int]) -> list[Money]:
    """A cost divided by weights, to the satang: each its share rounded down, the last the rest.

    >>> [each.satang for each in spread(Money(100), [1, 1, 1])]
    [33, 33, 34]

    Raises ValueError without a weight above zero, for one below, and for a cost below zero.
    """
    together = sum(weights)
    if together <= 0 or min(weights) < 0 or cost < ZERO:
        raise ValueError(f"{cost} can not be divided by {list(weights)}")
    shares = [Money(cost.satang * weight // together) for weight in weights[:-1]]
    return [*shares, Money(cost.satang - sum(share.satang for share in shares))]


def _halves_up(sum_: int, parts: int) -> int:
    """To the nearest whole, halves away from nothing; neither is below zero."""
    return (2 * sum_ + parts) // (2 * parts)
