"""What is found in the library, by whom, and what other floors hand in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kongthun.accounts.models import Role, User
from kongthun.accounts.reach import Reach
from kongthun.library.actions.editions import take_edition_down
from kongthun.library.finding import Found
from kongthun.library.queries.search import found, sources
from library.readers import (
    HERE,
    NATION,
    NEXT_DOOR,
    PROVINCE,
    added,
    of_a_group_with,
    reach,
    user_with,
)

if TYPE_CHECKING:
    from pytest_django import Settings


def titles(text: str, user: User) -> list[str]:
    return [each.title for each in found(text, reach(user))]


@pytest.fixture
def district(db: None) -> User:  # noqa: ARG001
    return user_with(Role.DISTRICT, HERE)


def test_an_article_is_found_by_a_part_of_a_word_with_its_tone_mark_wrong(district: User) -> None:
    assert titles("สงคืนให้ครบ", district) == ["ระเบียบ กข.คจ. พ.ศ. 2553 ข้อ 21"]
    assert titles("ข้อ ๒๑", district)[0] == "ระเบียบ กข.คจ. พ.ศ. 2553 ข้อ 21"
    assert titles("ไม่มีคำนี้แน่นอน", district) == []


def test_an_article_is_found_by_the_name_of_its_work_too(district: User) -> None:
    assert titles("ป.พ.พ. 653", district) == ["ป.พ.พ. มาตราที่ใช้เตือน มาตรา 653"]


def test_what_an_office_added_is_found_and_read_where_it_stands(district: User) -> None:
    edition = added(district)
    hits = found("ไม่เกิน 20,000", reach(district))
    assert [each.title for each in hits] == ["ระเบียบเงินทุนของอำเภอ พ.ศ. 2560 ข้อ 2"]
    assert hits[0].address.endswith(f"/editions/added-{edition.pk}/#passage-2")
    assert hits[0].kind == "ระเบียบ · คัดจากตัวบท ยังไม่ได้ตรวจ"


def test_signs_that_a_database_reads_as_patterns_are_looked_for_as_they_are(district: User) -> None:
    added(district, text="ข้อ 1 ร้อยละ 100% ของเงิน_ทุน")
    assert len(titles("100%", district)) == 1
    assert len(titles("เงิน_ทุน", district)) == 1
    assert titles("1%00", district) == []
    assert titles("เงิน%ทุน", district) == []


def test_an_edition_taken_down_is_not_found(district: User) -> None:
    edition = added(district)
    take_edition_down(pk=edition.pk, note="พิมพ์ผิด", by=reach(district))
    assert titles("ไม่เกิน 20,000", district) == []


def test_an_edition_that_does_not_count_today_says_so_and_comes_last(district: User) -> None:
    added(district, text="ข้อ 1 เงินทุนเดิม")
    added(district, name="พ.ศ. 2565", starts_on=date(2022, 1, 1), text="ข้อ 1 เงินทุนใหม่")
    hits = [each for each in found("เงินทุน ข้อ 1", reach(district)) if "อำเภอ" in each.title]
    assert [(each.title.split()[-3], each.kind) for each in hits] == [
        ("2565", "ระเบียบ · คัดจากตัวบท ยังไม่ได้ตรวจ"),
        ("2560", "ระเบียบ · คัดจากตัวบท ยังไม่ได้ตรวจ · ไม่ใช่ฉบับที่ใช้วันนี้"),
    ]


@pytest.mark.parametrize(
    ("role", "area", "finds"),
    [
        (Role.FIELD_WORKER, f"{HERE}01", True),
        (Role.PROVINCE, PROVINCE, True),
        (Role.DEPARTMENT, NATION, True),
        (Role.DISTRICT, NEXT_DOOR, False),
        (Role.PROVINCE, "90", False),
    ],
)
def test_an_edition_is_found_in_its_area_and_above_it(
    district: User, role: Role, area: str, finds: bool
) -> None:
    added(district)
    assert bool(titles("ไม่เกิน 20,000", user_with(role, area))) is finds


def test_a_household_finds_what_counts_in_its_village(district: User) -> None:
    added(district)
    assert titles("ไม่เกิน 20,000", of_a_group_with(Role.MEMBER))
    assert not titles("ไม่เกิน 20,000", of_a_group_with(Role.MEMBER, f"{NEXT_DOOR}0101"))


def a_source(text: str, reader: Reach) -> list[Found]:
    """A floor above: it is asked with what was typed and by whom."""
    return [Found(f"บทเรียน {text}", "เงินกลับมาเคลื่อนไหว", "/lessons/1/", f"บทเรียนถึง {reader.name}")]


def test_what_other_floors_hand_in_is_found_after_the_articles(
    district: User, settings: Settings
) -> None:
    settings.LIBRARY_SOURCES = (f"{__name__}.a_source",)
    hits = found("ส่งคืนให้ครบ", reach(district))
    assert [each.title for each in hits] == [
        "ระเบียบ กข.คจ. พ.ศ. 2553 ข้อ 21",
        "บทเรียน ส่งคืนให้ครบ",
    ]
    assert hits[-1].kind == "บทเรียนถึง คุณวิไล"
    assert len(found(" ", reach(district))) == 0


def test_the_sources_of_the_settings_are_there() -> None:
    assert all(callable(source) for source in sources())


def test_a_search_takes_as_many_statements_for_thirty_editions_as_for_three(
    district: User, settings: Settings
) -> None:
    settings.LIBRARY_SOURCES = ()
    by = reach(district)

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            found("เงินทุน", by)
        return len(caught)

    for year in range(3):
        added(district, name=f"พ.ศ. {2500 + year}", starts_on=date(1957 + year, 1, 1))
    few = statements()
    for year in range(3, 30):
        added(district, title=f"เรื่องที่ {year}", name="ฉบับแรก")
    assert statements() == few <= 3
