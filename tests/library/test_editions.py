"""Which edition counts on a day: by day, by the nearer office, by what says it better."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from kongthun.library.editions import Edition, Kind, Worth, in_force, key_of

OLD = Edition(
    code="old",
    work="w",
    title="ระเบียบ",
    short="ระเบียบ",
    kind=Kind.REGULATION,
    name="เก่า",
    starts_on=date(1993, 8, 17),
    is_day_known=True,
    worth=Worth.SUMMARY,
    source="",
    note="",
    area_code="",
)
NEW = replace(OLD, code="new", name="ใหม่", starts_on=date(2010, 1, 1))
WHOLE = replace(
    NEW, code="added-1", pk=1, starts_on=date(2009, 6, 1), replaces="new", area_code="8016"
)
HERE = ("80160101",)


def code_on(day: date, *editions: Edition, at: tuple[str, ...] = HERE) -> str:
    found = in_force(editions, day, at)
    return found.code if found else ""


def test_the_edition_that_began_last_counts_from_its_first_day() -> None:
    assert code_on(date(2009, 12, 31), OLD, NEW) == "old"
    assert code_on(date(2010, 1, 1), OLD, NEW) == "new"
    assert code_on(date(1993, 8, 16), OLD, NEW) == ""


def test_what_is_held_in_better_words_does_not_count_beside_them() -> None:
    """Though it was thought to begin later, the whole text counts."""
    assert code_on(date(2020, 1, 1), OLD, NEW, WHOLE) == "added-1"
    assert code_on(date(2009, 6, 1), OLD, NEW, WHOLE) == "added-1"


def test_taken_down_the_summary_counts_again() -> None:
    gone = replace(WHOLE, withdrawn_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert code_on(date(2020, 1, 1), OLD, NEW, gone) == "new"


def test_an_edition_of_another_district_counts_nowhere_else() -> None:
    assert code_on(date(2020, 1, 1), OLD, NEW, WHOLE, at=("8012",)) == "new"
    assert code_on(date(2020, 1, 1), OLD, NEW, WHOLE, at=("80",)) == "new"  # nor for the province
    assert code_on(date(2020, 1, 1), OLD, NEW, WHOLE, at=("8012", "801601")) == "added-1"


def test_of_two_of_one_day_the_nearer_office_s_counts_then_the_later() -> None:
    nation = replace(NEW, code="added-3", pk=3)
    district = replace(NEW, code="added-2", pk=2, area_code="8016")
    assert code_on(date(2020, 1, 1), NEW, nation, district) == "added-2"
    again = replace(district, code="added-4", pk=4)
    assert code_on(date(2020, 1, 1), district, again) == "added-4"


def test_labels_have_one_key_each_whatever_their_digits() -> None:
    keys = [key_of(each, 9) for each in ("ข้อ 26(1)", "ข้อ ๒๖ (๑)", "ข้อ 26/1", "ข้อ 26", "")]
    assert keys == ["26-1", "26-1", "26_1", "26", "p9"]
