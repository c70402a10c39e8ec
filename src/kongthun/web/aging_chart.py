"""Overdue money by how late it is: a bar a band, with and without deferral, and a table behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kongthun.domain.money import Money

from .position_bar import FULL, percent_length


@dataclass(frozen=True, slots=True)
class Band:
    """One band of lateness. ``deferred`` is the part of ``amount`` that is under a deferral."""

    label: str
    amount: Money
    deferred: Money
    loans: int
    href: str | None = None


@dataclass(frozen=True, slots=True)
class BandBar:
    """A band as drawn: the part that is due now, then the deferred part."""

    band: Band
    due: Money
    due_units: int
    whole_units: int

    @property
    def due_wide(self) -> str:
        return percent_length(self.due_units)

    @property
    def deferred_wide(self) -> str:
        return percent_length(self.whole_units - self.due_units)


@dataclass(frozen=True, slots=True)
class AgingChart:
    """Bands in order of lateness. Raises ValueError when a deferral exceeds its band."""

    bands: Sequence[Band]
    as_of: date

    def __post_init__(self) -> None:
        for band in self.bands:
            if not 0 <= band.deferred.satang <= band.amount.satang:
                raise ValueError(f"deferred money outside its band: {band.label}")

    @property
    def bars(self) -> list[BandBar]:
        """Each band on one scale: the largest fills the width."""
        largest = max((band.amount.satang for band in self.bands), default=0) or 1
        bars = []
        for band in self.bands:
            due = band.amount.satang - band.deferred.satang
            bars.append(
                BandBar(
                    band=band,
                    due=Money(due),
                    due_units=FULL * due // largest,
                    whole_units=FULL * band.amount.satang // largest,
                )
            )
        return bars

    @property
    def total(self) -> Money:
        return Money(sum(band.amount.satang for band in self.bands))

    @property
    def total_deferred(self) -> Money:
        return Money(sum(band.deferred.satang for band in self.bands))

    @property
    def total_due(self) -> Money:
        return Money(self.total.satang - self.total_deferred.satang)

    @property
    def loans(self) -> int:
        return sum(band.loans for band in self.bands)
