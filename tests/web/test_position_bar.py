"""The one bar: it adds up, it fills its width, and it hides neither a shortfall nor a surplus."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.fund_position import FundPosition
from kongthun.domain.money import Money
from kongthun.web.position_bar import (
    FULL,
    NARROWEST,
    NARROWEST_OVERHANG,
    OF_TRADE,
    ORDER,
    Kind,
    PositionBar,
    Segment,
    bar_of,
    position_sentence,
)
from kongthun.web.shares import hundredths, percent_text, share_text

SATANG = st.integers(min_value=0, max_value=40_000 * 28_000_000)
DAY = date(2026, 9, 30)


def _bar(*, entrusted: int, **places: int) -> PositionBar:
    """A bar in satang whose unexplained part is whatever is left over."""
    held: dict[Kind, int] = {
        kind: places.get(kind, 0) for kind in ORDER[:-1] if kind in places or kind not in OF_TRADE
    }
    held["unexplained"] = entrusted - sum(held.values())
    return PositionBar(
        segments=[
            Segment(kind=kind, label=kind, amount=Money(satang), href=f"/{kind}/")
            for kind, satang in held.items()
        ],
        capital=Money(entrusted),
        interest=Money(0),
        sentence="อยู่ครบ",
        as_of=DAY,
    )


def _drawn(bar: PositionBar, tag: str = "position_bar") -> str:
    return Template(f"{{% {tag} bar %}}").render(Context({"bar": bar}))


@given(st.lists(st.integers(min_value=1, max_value=10**13), min_size=1, max_size=6))
def test_parts_fill_the_bar_exactly_and_none_is_too_narrow_to_see(sums: list[int]) -> None:
    widths = hundredths(sums, full=FULL, narrowest=NARROWEST)
    assert sum(widths) == FULL
    assert min(widths) >= NARROWEST


@given(st.lists(st.integers(min_value=1, max_value=10**13), min_size=2, max_size=6))
def test_a_larger_sum_is_never_drawn_narrower(sums: list[int]) -> None:
    widths = hundredths(sums, full=FULL, narrowest=NARROWEST)
    in_order = sorted(zip(sums, widths, strict=True))
    for (less, narrow), (more, wide) in pairwise(in_order):
        assert less == more or narrow <= wide


@given(st.lists(st.integers(min_value=10**6, max_value=10**7), min_size=2, max_size=6))
def test_parts_of_some_size_are_drawn_true_to_scale(sums: list[int]) -> None:
    widths = hundredths(sums, full=FULL, narrowest=NARROWEST)
    for one, width in zip(sums, widths, strict=True):
        if one * 50 > sum(sums) and min(sums) * FULL >= NARROWEST * sum(sums):
            assert abs(width - Fraction(one * FULL, sum(sums))) <= 1


def test_so_many_parts_that_they_cannot_all_be_wide_share_evenly() -> None:
    assert hundredths([1] * 200, full=FULL, narrowest=NARROWEST) == [50] * 200


@given(SATANG, SATANG, SATANG, SATANG, SATANG, SATANG)
def test_a_bar_is_filled_from_end_to_end_without_gaps(
    entrusted: int, households: int, bank: int, cash: int, claims: int, loss: int
) -> None:
    bar = _bar(
        entrusted=entrusted, households=households, bank=bank, cash=cash, claims=claims, loss=loss
    )
    ends = 0
    for drawn in bar.slices:
        assert drawn.begins == ends
        assert drawn.segment.amount.satang > 0
        ends = drawn.begins + drawn.width
    assert ends == (FULL if bar.slices else 0)
    assert sum(line.segment.amount.satang for line in bar.legend) == entrusted


@given(SATANG, SATANG, SATANG)
def test_a_surplus_is_always_drawn_past_the_mark(
    entrusted: int, households: int, bank: int
) -> None:
    bar = _bar(entrusted=entrusted, households=households, bank=bank)
    surplus = households + bank - entrusted
    if surplus > 0:
        assert bar.surplus == Money(surplus)
        assert bar.mark is not None
        assert 0 <= bar.mark <= FULL - NARROWEST_OVERHANG
    else:
        assert bar.mark is None
        assert bar.surplus == Money(0)


def test_books_holding_more_than_the_fund_was_given_say_so_in_words() -> None:
    bar = bar_of(
        FundPosition(
            capital=Money.baht(280_000),
            interest=Money.baht(3_393, 42),
            households=Money.baht(177_000),
            bank=Money.baht(113_493, 42),
            unexplained=Money.baht(-7_100),
        ),
        as_of=DAY,
        sentence="อยู่กับครัวเรือน 177,000 บาท",
        links={"bank": "/bank/"},
    )
    html = _drawn(bar)
    assert "เกินกว่าทุน 7,100 รอคำอธิบาย" in html
    assert ">-7,100<" in html
    assert "283,393.42" in html
    assert html.count('href="/bank/"') == 2
    assert [drawn.segment.kind for drawn in bar.slices] == ["households", "bank"]
    assert "position__over" in _drawn(bar, "position_bar_small")


def test_money_not_explained_is_a_hatched_part_at_the_end() -> None:
    bar = _bar(entrusted=28_000_000, households=7_000_000, bank=1_840_000, loss=2_500_000)
    assert bar.slices[-1].segment.kind == "unexplained"
    assert 'fill="url(#part-unexplained)"' in _drawn(bar)
    assert "position__line" not in _drawn(bar)


def test_parts_without_money_are_not_drawn_but_stay_in_the_legend() -> None:
    bar = _bar(entrusted=28_000_000, households=28_000_000)
    assert [drawn.segment.kind for drawn in bar.slices] == ["households"]
    assert [line.segment.kind for line in bar.legend] == [k for k in ORDER if k not in OF_TRADE]
    assert _drawn(bar).count("legend__line--empty") == 5


def test_a_fund_without_any_money_is_drawn_as_an_empty_frame() -> None:
    bar = _bar(entrusted=0)
    assert bar.slices == []
    assert "position__none" in _drawn(bar)
    assert {line.share for line in bar.legend} == {"–"}


def test_an_overdrawn_purse_is_said_and_not_painted_as_unexplained() -> None:
    bar = _bar(entrusted=28_000_000, households=28_050_000, cash=-50_000)
    assert bar.excess == Money(50_000)
    assert bar.surplus == Money(0)
    html = _drawn(bar)
    assert "มีส่วนที่ติดลบ 500 ควรตรวจ" in html
    assert "(ติดลบ ควรตรวจ)" in html
    assert "position__excess--surplus" not in html


def test_a_picture_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="the fund was given"):
        PositionBar(
            segments=[Segment(kind="bank", label="ธนาคาร", amount=Money(1))],
            capital=Money(2),
            interest=Money(0),
            sentence="",
            as_of=DAY,
        )


def test_a_few_baht_in_the_bank_can_still_be_seen() -> None:
    bar = _bar(entrusted=28_000_000, households=27_999_900, bank=100)
    assert [drawn.width for drawn in bar.slices] == [FULL - NARROWEST, NARROWEST]
    assert [line.share for line in bar.legend][:2] == ["99.9%", "ไม่ถึง 0.1%"]


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 100, "0%"),
        (100, 100, "100%"),
        (625, 1000, "62.5%"),
        (9_999, 10_000, "99.9%"),
        (1, 3, "33.3%"),
        (1, 100_000, "ไม่ถึง 0.1%"),
        (-25, 1000, "-2.5%"),
        (3, 2, "150%"),
        (5, 0, "–"),
    ],
)
def test_a_share_never_says_all_or_nothing_unless_it_is(part: int, whole: int, said: str) -> None:
    assert share_text(part, of=whole) == said


def test_half_a_tenth_is_rounded_up() -> None:
    assert percent_text(Fraction(1, 2000) + Fraction(1, 10)) == "10.1%"


GIVEN = {"capital": Money.baht(280_000), "interest": Money.baht(3_393, 42)}


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (
            {"households": Money.baht(170_000), "bank": Money.baht(113_393, 42)},
            "เงินทุน 280,000 บาท กับดอกเบี้ยสะสม 3,393.42 บาท อยู่กับครัวเรือน 170,000 บาท "
            "อยู่ในธนาคาร 113,393.42 บาท ครบทุกบาท",
        ),
        (
            {"households": Money.baht(170_000), "unexplained": Money.baht(113_393, 42)},
            "เงินทุน 280,000 บาท กับดอกเบี้ยสะสม 3,393.42 บาท อยู่กับครัวเรือน 170,000 บาท "
            "และยังอธิบายไม่ได้ 113,393.42 บาท",
        ),
        (
            {"bank": Money.baht(290_493, 42), "unexplained": Money.baht(-7_100)},
            "เงินทุน 280,000 บาท กับดอกเบี้ยสะสม 3,393.42 บาท อยู่ในธนาคาร 290,493.42 บาท "
            "ซึ่งมากกว่าที่ควรมี 7,100 บาท รอคำอธิบาย",
        ),
    ],
)
def test_a_fund_s_money_is_said_in_one_sentence(places: dict[str, Money], said: str) -> None:
    position = FundPosition(**GIVEN, **places)
    assert position.is_conserved
    assert position_sentence(position) == said


def test_every_part_of_the_bar_is_named_in_the_sentence() -> None:
    position = FundPosition(
        capital=Money.baht(60),
        members=Money.baht(3),
        households=Money.baht(21),
        bank=Money.baht(17),
        cash=Money.baht(11),
        claims=Money.baht(7),
        loss=Money.baht(5),
        unexplained=Money.baht(2),
    )
    assert position.is_conserved
    said = position_sentence(position)
    for amount in (60, 3, 21, 17, 11, 7, 5, 2):
        assert f" {amount} บาท" in said, amount


def test_books_without_an_entry_are_said_to_be_so_by_their_name() -> None:
    assert position_sentence(FundPosition()) == "กองทุนยังไม่มีรายการในบัญชี"
    assert position_sentence(FundPosition(), of="อำเภอปากพนัง").startswith("อำเภอปากพนังยังไม่มี")
