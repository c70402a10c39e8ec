"""A demo district: village funds played over thirty years and typed up as a district would have.

Everyone and every village is invented; only the tambons are real. The true books are kept while
playing, so for each workbook it is known to the satang what a correct reading of it must say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from kongthun.domain.money import Money

from .history import EARLIEST_AS_OF, Kind, VillageHistory, play_village
from .names import draw_places
from .paper import Faults, draw_faults, pick_hand, posted_sums, write_workbook

# Of 68 funds.
_KINDS = (
    *[Kind.HEALTHY] * 28,
    *[Kind.SLOW] * 16,
    *[Kind.STALLED] * 16,
    *[Kind.ROLLOVER] * 5,
    *[Kind.SHORTAGE] * 3,
)


@dataclass(frozen=True, slots=True)
class DemoTruth:
    """What a correct reading of one workbook must find.

    ``lent`` and ``repaid`` are over the rows that are posted; ``bank`` is the last balance,
    ``cash`` what the brown book says lies elsewhere, ``interest`` all the bank ever added.
    ``set_aside`` lists sheet, row (from 1) and reason in the order of the rows.
    """

    lent: Money
    repaid: Money
    bank: Money
    cash: Money
    interest: Money
    set_aside: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class DemoVillage:
    """A written workbook; ``kind`` is a ``history.Kind``."""

    code: str
    name: str
    kind: str
    path: Path
    truth: DemoTruth


def write_district(
    folder: Path,
    *,
    villages: int = 68,
    seed: int = 2557,
    as_of: date = date(2025, 9, 30),
    progress: Callable[[int, int, str], None] | None = None,
) -> list[DemoVillage]:
    """Play the district and write a workbook a village, in order of code; files there are replaced.

    The same arguments write the same bytes. Five villages or more show every kind of fund.
    ``progress`` is called after each with how many are done, of how many, and the village's name.
    Raises ValueError when the district is too small for the villages, or the day too early for
    thirty-year-old funds to have grown old.
    """
    if as_of < EARLIEST_AS_OF:
        message = f"the demo funds can not be shown before {EARLIEST_AS_OF}, asked for {as_of}"
        raise ValueError(message)
    rng = Random(seed)  # noqa: S311 - play, not secrets.
    places = draw_places(rng, villages)
    kinds = _draw_kinds(rng, villages)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for done, (place, kind) in enumerate(zip(places, kinds, strict=True), start=1):
        # A chance of its own for each village: none changes because another was told otherwise.
        chance = Random(f"{seed} {place.code}")  # noqa: S311 - play, not secrets.
        history = play_village(chance, place=place, kind=kind, as_of=as_of)
        hand = pick_hand(chance)
        faults = draw_faults(chance, history)
        path = folder / f"{place.code}.xlsx"
        set_aside = write_workbook(path, history, hand=hand, faults=faults, rng=chance)
        truth = _truth(history, faults, set_aside)
        written.append(DemoVillage(place.code, place.name, kind.value, path, truth))
        if progress:
            progress(done, villages, place.name)
    return written


def _draw_kinds(rng: Random, count: int) -> list[Kind]:
    """Kinds in the mix of the district, one of each first so that a small district has them all."""
    deck = list(_KINDS)
    for kind in Kind:
        deck.remove(kind)
    rng.shuffle(deck)
    deck = [*Kind, *deck]
    kinds = [deck[index % len(deck)] for index in range(count)]
    rng.shuffle(kinds)
    return kinds


def _truth(
    history: VillageHistory, faults: Faults, set_aside: tuple[tuple[str, int, str], ...]
) -> DemoTruth:
    lent, repaid = posted_sums(history, faults)
    return DemoTruth(
        lent=lent,
        repaid=repaid,
        bank=history.bank,
        cash=history.cash,
        interest=history.interest,
        set_aside=set_aside,
    )
