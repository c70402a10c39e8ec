"""Dividing a drawn length among sums, and saying a share in words a reader trusts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def hundredths(sums: Sequence[int], *, full: int, narrowest: int) -> list[int]:
    """Widths for ``sums`` (each above zero) that add up to exactly ``full``.

    Widths follow the sums by largest remainder, but none is under ``narrowest`` (or an even share,
    when so many would not fit); what the small ones gain, the others give up in proportion.
    A larger sum is never drawn narrower than a smaller one.
    """
    if not sums:
        return []
    narrowest = min(narrowest, full // len(sums))
    small: set[int] = set()
    while True:
        rest = [i for i in range(len(sums)) if i not in small]
        room = full - narrowest * len(small)
        whole = sum(sums[i] for i in rest)
        too_small = {i for i in rest if sums[i] * room < narrowest * whole}
        if not too_small:
            break
        small |= too_small
    widths = [narrowest] * len(sums)
    for i in rest:
        widths[i] = sums[i] * room // whole
    left_over = full - sum(widths)
    by_remainder = sorted(rest, key=lambda i: (-(sums[i] * room % whole), -sums[i]))
    for i in by_remainder[:left_over]:
        widths[i] += 1
    return widths


def percent_text(ratio: Fraction) -> str:
    """A ratio as a reader says it: "62.5%", "100%", "ไม่ถึง 0.1%". A half is rounded up.

    "100%" is said only of the whole: 99.97 per cent of it reads 99.9%.
    """
    if ratio == 0:
        return "0%"
    sign, size = ("-", -ratio) if ratio < 0 else ("", ratio)
    if size < Fraction(1, 1000):
        return f"ไม่ถึง {sign}0.1%"
    tenths = int(size * 1000 + Fraction(1, 2))
    if size < 1:
        tenths = min(tenths, 999)
    whole, tenth = divmod(tenths, 10)
    return f"{sign}{whole:,}.{tenth}%" if tenth else f"{sign}{whole:,}%"


def share_text(part: int, *, of: int) -> str:
    """The share of ``part`` in ``of``, or a dash where there is nothing to have a share in."""
    return "–" if of <= 0 else percent_text(Fraction(part, of))
