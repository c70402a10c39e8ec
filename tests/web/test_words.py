"""The filters: domain values as Thai text on a page."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from kongthun.domain.money import Money
from kongthun.web.templatetags import kongthun as words


def _said(template: str, **values: object) -> str:
    return Template(template).render(Context(values))


def test_money_shows_satang_only_when_there_are_any() -> None:
    assert words.money(Money.baht(280_000)) == "280,000"
    assert words.money(Money.baht(281_156, 19)) == "281,156.19"


def test_a_bare_number_is_whole_satang() -> None:
    assert words.money(28_115_619) == "281,156.19"


@pytest.mark.parametrize("wrong", [1.5, "280,000", True, Decimal(5)])
def test_what_is_not_plainly_money_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError):
        words.money(wrong)  # type: ignore[arg-type]


def test_a_sum_nobody_knows_is_a_dash_and_not_zero() -> None:
    assert _said("{{ x|money }} {{ missing|money }} {{ x|money_words }}", x=None) == "– – –"


def test_money_in_words_is_as_on_a_receipt() -> None:
    assert words.money_words(Money.baht(4_200)) == "สี่พันสองร้อยบาทถ้วน"


def test_days_are_written_in_the_buddhist_era() -> None:
    assert words.thai_date(date(2025, 9, 30)) == "30 ก.ย. 2568"
    assert words.thai_date_long(date(2025, 9, 30)) == "30 กันยายน 2568"
    assert _said("{{ x|thai_date }}{{ missing|thai_date_long }}", x=None) == "––"


def test_a_moment_late_in_the_evening_of_greenwich_is_already_tomorrow_here() -> None:
    moment = datetime(2025, 9, 30, 18, 5, tzinfo=UTC)
    assert words.thai_date(moment) == "1 ต.ค. 2568"
    assert words.thai_time(moment) == "1 ต.ค. 2568 01:05 น."


def test_thai_digits_are_for_papers_that_ask() -> None:
    assert words.thai_digits("30/9/2568") == "๓๐/๙/๒๕๖๘"
    assert words.thai_digits(27) == "๒๗"


def test_ratios_and_counts() -> None:
    assert words.percent(0.625) == "62.5%"
    assert words.percent(Fraction(1, 3)) == "33.3%"
    assert words.percent(None) == "–"
    assert words.counted(39_646) == "39,646"


def test_a_contract_number_breaks_after_its_marks() -> None:
    assert words.breakable("กข.80/2569-27") == "กข.80/<wbr>2569-<wbr>27"


def test_a_long_fingerprint_breaks_every_four_signs() -> None:
    assert words.breakable("a3f91c07e25b8d6640f1") == "a3f9<wbr>1c07<wbr>e25b<wbr>8d66<wbr>40f1"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_breaking_changes_nothing_of_the_code_and_lets_no_markup_through(code: str) -> None:
    broken = words.breakable(code)
    assert set(re.findall(r"<[^>]*>", broken)) <= {"<wbr>"}
    assert _said("{{ code }}", code=code) == broken.replace("<wbr>", "")
