"""The official tree as the migration loads it."""

from __future__ import annotations

import re

import pytest

from kongthun.areas.models import Area, Level
from kongthun.domain.thai_text import mended

pytestmark = pytest.mark.django_db


@pytest.fixture
def names() -> dict[str, str]:
    return dict(Area.objects.values_list("code", "name_th"))


def test_thailand_has_77_provinces_928_districts_and_7436_tambons(names: dict[str, str]) -> None:
    assert [
        sum(len(code) == level.value for code in names)
        for level in (Level.PROVINCE, Level.DISTRICT, Level.TAMBON)
    ] == [77, 928, 7436]
    assert len(names) == 77 + 928 + 7436


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("80", "นครศรีธรรมราช"),
        ("8012", "ปากพนัง"),
        ("801201", "ปากพนัง"),
        ("10", "กรุงเทพมหานคร"),
        ("1001", "พระนคร"),
        ("100101", "พระบรมมหาราชวัง"),
        ("961001", "สุไหงโก-ลก"),
    ],
)
def test_well_known_places_are_under_their_codes(
    names: dict[str, str], code: str, name: str
) -> None:
    assert names[code] == name


def test_bueng_kan_has_its_eight_districts_in_official_order(names: dict[str, str]) -> None:
    assert names["38"] == "บึงกาฬ"
    assert [names[f"38{n:02}"] for n in range(1, 9)] == [
        "เมืองบึงกาฬ",
        "พรเจริญ",
        "โซ่พิสัย",
        "เซกา",
        "ปากคาด",
        "บึงโขงหลง",
        "ศรีวิไล",
        "บุ่งคล้า",
    ]
    assert (names["380101"], names["380401"], names["380803"]) == ("บึงกาฬ", "เซกา", "โคกกว้าง")
    assert "หนองเข็ง" not in {name for code, name in names.items() if code.startswith("38")}


def test_old_bangkok_codes_are_gone_and_their_successors_are_there(names: dict[str, str]) -> None:
    assert not names.keys() & {"102203", "102404", "102702", "103304", "104701", "105001"}
    assert (names["104702"], names["104703"]) == ("บางนาเหนือ", "บางนาใต้")
    assert (names["103602"], names["103604"], names["103605"]) == ("สีกัน", "ดอนเมือง", "สนามบิน")
    assert (names["103402"], names["103403"]) == ("อ่อนนุช", "พัฒนาการ")


def test_renamed_tambons_stand_under_their_old_number_with_the_new_name(
    names: dict[str, str],
) -> None:
    assert (names["430111"], names["441106"]) == ("โพนสว่าง", "สร้างแซ่ง")
    assert not names.keys() & {"430120", "441108"}


def test_every_parent_exists(names: dict[str, str]) -> None:
    assert {code for code in names if len(code) > 2 and code[:-2] not in names} == set()


def test_every_province_and_district_has_something_below(names: dict[str, str]) -> None:
    parents = {code[:-2] for code in names}
    assert {code for code in names if len(code) < 6 and code not in parents} == set()


def test_every_name_is_clean_thai_without_a_level_word(names: dict[str, str]) -> None:
    thai = re.compile(r"[ก-ฺเ-๎]+([-.][ก-ฺเ-๎]*)*")
    level_word = re.compile(r"จังหวัด|อำเภอ|กิ่งอำเภอ|ตำบล|แขวง|เทศบาล|เขต")
    assert [name for name in names.values() if not thai.fullmatch(name)] == []
    assert [name for name in names.values() if level_word.match(name)] == []
    assert [name for name in names.values() if mended(name) != name] == []


def test_no_two_areas_of_one_parent_share_a_name(names: dict[str, str]) -> None:
    assert len({(code[:-2], name) for code, name in names.items()}) == len(names)


def test_the_official_tree_is_valid_since_before_our_data() -> None:
    assert not Area.objects.exclude(valid_from=None, valid_to=None).exists()
