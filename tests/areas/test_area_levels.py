"""Codes, levels and the words for them; and what the table itself refuses."""

from __future__ import annotations

import doctest
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from kongthun.areas import address, models, queries
from kongthun.areas.models import THE_NATION, Area, Level, Node, level_of


@pytest.mark.parametrize("module", [models, queries, address])
def test_the_examples_in_the_docstrings_hold(module: object) -> None:
    results = doctest.testmod(module)  # type: ignore[arg-type]
    assert results.attempted > 0
    assert results.failed == 0


@pytest.mark.parametrize(
    ("code", "name", "full_name"),
    [
        ("80", "นครศรีธรรมราช", "จังหวัดนครศรีธรรมราช"),
        ("8012", "ปากพนัง", "อำเภอปากพนัง"),
        ("801201", "ปากพนัง", "ตำบลปากพนัง"),
        ("80120101", "บ้านทุ่งใหญ่", "หมู่ 1 บ้านทุ่งใหญ่"),
        ("10", "กรุงเทพมหานคร", "กรุงเทพมหานคร"),
        ("1001", "พระนคร", "เขตพระนคร"),
        ("100101", "พระบรมมหาราชวัง", "แขวงพระบรมมหาราชวัง"),
    ],
)
def test_an_area_is_called_as_thai_papers_call_it(code: str, name: str, full_name: str) -> None:
    assert Area(code=code, name_th=name).full_name == full_name
    assert Node(code, name).full_name == full_name


def test_the_level_is_the_length_of_the_code() -> None:
    assert [level_of(code) for code in ("", "80", "8012", "801201", "80120101")] == list(Level)
    assert [level.word() for level in Level] == ["ประเทศ", "จังหวัด", "อำเภอ", "ตำบล", "หมู่บ้าน"]


def test_the_parent_is_two_digits_shorter_and_the_nation_has_none() -> None:
    assert Area(code="80120101").parent_code == "801201"
    assert Area(code="80").parent_code == ""
    assert THE_NATION.parent_code is None
    assert THE_NATION.full_name == "ประเทศไทย"


def test_only_a_village_has_a_moo() -> None:
    assert Area(code="80120112").moo == 12
    assert Area(code="801201").moo is None


@pytest.mark.parametrize("code", ["8", "801", "8012010", "8012010101", "8x", "๘๐", " 80"])
def test_what_is_no_code_has_no_level(code: str) -> None:
    with pytest.raises(ValueError):
        level_of(code)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "rows",
    [
        [("8012019", None, None)],
        [("80120101", None, None), ("80120101", None, date(2020, 1, 1))],
        [("80120101", date(2020, 1, 1), None), ("80120101", date(2020, 1, 1), date(2021, 1, 1))],
        [("80120101", None, None), ("80120101", date(2020, 1, 1), None)],
        [("80120101", date(2020, 1, 1), date(2020, 1, 1))],
    ],
    ids=["odd length", "two unknown starts", "two same starts", "two open ends", "no day at all"],
)
def test_the_table_refuses_rows_that_contradict(
    rows: list[tuple[str, date | None, date | None]],
) -> None:
    *fine, wrong = rows
    for code, start, end in fine:
        Area.objects.create(code=code, name_th="บ้านทุ่งใหญ่", valid_from=start, valid_to=end)
    code, start, end = wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.create(code=code, name_th="บ้านทุ่งใหญ่", valid_from=start, valid_to=end)
