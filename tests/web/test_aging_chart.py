"""Overdue money by lateness, always with and without deferral."""

from __future__ import annotations

from datetime import date

import pytest
from django.template import Context, Template

from kongthun.domain.money import Money
from kongthun.web.aging_chart import AgingChart, Band


def _chart(*bands: tuple[int, int]) -> AgingChart:
    return AgingChart(
        bands=[
            Band(
                label=f"ช่วงที่ {number}",
                amount=Money.baht(amount),
                deferred=Money.baht(deferred),
                loans=number,
                href=f"/late/{number}/",
            )
            for number, (amount, deferred) in enumerate(bands, start=1)
        ],
        as_of=date(2026, 9, 30),
    )


def test_the_largest_band_fills_the_width_and_the_others_keep_its_scale() -> None:
    chart = _chart((100_000, 25_000), (50_000, 0), (0, 0))
    assert [(b.due_wide, b.deferred_wide) for b in chart.bars] == [
        ("75.00%", "25.00%"),
        ("50.00%", "0.00%"),
        ("0.00%", "0.00%"),
    ]


def test_totals_are_said_with_and_without_deferral() -> None:
    chart = _chart((100_000, 25_000), (50_000, 0))
    assert chart.total == Money.baht(150_000)
    assert chart.total_due == Money.baht(125_000)
    html = Template("{% aging_chart chart %}").render(Context({"chart": chart}))
    assert "125,000" in html
    assert "อยู่ระหว่างผ่อนผันอีก 25,000 บาท" in html
    assert 'href="/late/2/"' in html


def test_nothing_overdue_is_drawn_without_dividing_by_it() -> None:
    assert [b.whole_units for b in _chart((0, 0)).bars] == [0]
    assert _chart().bars == []


def test_no_more_can_be_deferred_than_is_overdue() -> None:
    with pytest.raises(ValueError, match="deferred"):
        _chart((10_000, 10_001))
