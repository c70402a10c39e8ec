"""Recording villages and renaming them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kongthun.areas.actions import record_village, rename_village
from kongthun.areas.models import Area
from kongthun.areas.queries import area
from kongthun.areas.refusals import (
    AreaRefusal,
    NotAVillageCode,
    TambonUnknown,
    VillageCodeRetired,
    VillageNameBeganThatDay,
    VillageNameChangesLater,
    VillageNameMissing,
    VillageNameTooLong,
    VillageUnknown,
)
from kongthun.areas.wording import refusal_in_thai

VILLAGE = "80120101"
DAY = date(2024, 10, 1)


def history(code: str = VILLAGE) -> list[tuple[str, date | None, date | None]]:
    rows = Area.objects.filter(code=code).order_by("pk")
    return [(row.name_th, row.valid_from, row.valid_to) for row in rows]


@pytest.mark.django_db
def test_a_village_is_recorded_under_its_tambon() -> None:
    village = record_village(code=VILLAGE, name_th="  บ้าน ทุ่งใหญ่ ")
    assert village.full_name == "หมู่ 1 บ้าน ทุ่งใหญ่"
    assert area(VILLAGE) == village


@pytest.mark.django_db
def test_a_name_typed_in_pieces_is_kept_the_one_way_it_should_be_typed() -> None:
    assert record_village(code=VILLAGE, name_th="บ้านน\u0e4d\u0e49า").name_th == "บ้านน้ำ"


@pytest.mark.django_db
def test_recording_a_known_village_again_keeps_the_name_it_has() -> None:
    first = record_village(code=VILLAGE, name_th="บ้านทุ่งใหญ่")
    assert record_village(code=VILLAGE, name_th="บ้านอื่น", valid_from=DAY) == first
    assert history() == [("บ้านทุ่งใหญ่", None, None)]


@pytest.mark.django_db
def test_a_village_that_begins_in_the_future_is_not_recorded_twice() -> None:
    start = timezone.localdate() + timedelta(days=30)
    first = record_village(code=VILLAGE, name_th="บ้านทุ่งใหญ่", valid_from=start)
    assert record_village(code=VILLAGE, name_th="บ้านทุ่งใหญ่") == first
    assert len(history()) == 1


@pytest.mark.django_db
def test_a_renaming_ends_the_old_name_and_begins_the_new_on_one_day() -> None:
    record_village(code=VILLAGE, name_th="บ้านเก่า")
    renamed = rename_village(code=VILLAGE, name_th="บ้านใหม่", on=DAY)
    assert renamed.name_th == "บ้านใหม่"
    assert history() == [("บ้านเก่า", None, DAY), ("บ้านใหม่", DAY, None)]


@pytest.mark.django_db
def test_the_same_renaming_again_changes_nothing() -> None:
    record_village(code=VILLAGE, name_th="บ้านเก่า")
    first = rename_village(code=VILLAGE, name_th="บ้านใหม่", on=DAY)
    assert rename_village(code=VILLAGE, name_th="บ้านใหม่", on=DAY) == first
    assert len(history()) == 2


@pytest.mark.django_db
def test_recording_an_old_name_after_a_renaming_answers_the_name_of_today() -> None:
    record_village(code=VILLAGE, name_th="บ้านเก่า")
    rename_village(code=VILLAGE, name_th="บ้านใหม่", on=DAY)
    assert record_village(code=VILLAGE, name_th="บ้านเก่า").name_th == "บ้านใหม่"


@pytest.mark.django_db
def test_an_announced_renaming_leaves_todays_name_in_place() -> None:
    record_village(code=VILLAGE, name_th="บ้านเก่า")
    rename_village(code=VILLAGE, name_th="บ้านใหม่", on=timezone.localdate() + timedelta(days=1))
    assert record_village(code=VILLAGE, name_th="บ้านอื่น").name_th == "บ้านเก่า"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "code", ["801201", "8012010", "801201011", "80120100", "8012010x", "๘๐๑๒๐๑๐๑"]
)
def test_only_eight_digits_with_a_moo_make_a_village(code: str) -> None:
    with pytest.raises(NotAVillageCode):
        record_village(code=code, name_th="บ้านทุ่งใหญ่")
    with pytest.raises(NotAVillageCode):
        rename_village(code=code, name_th="บ้านทุ่งใหญ่", on=DAY)


@pytest.mark.django_db
def test_a_village_needs_a_tambon_that_exists() -> None:
    with pytest.raises(TambonUnknown) as refused:
        record_village(code="80129901", name_th="บ้านทุ่งใหญ่")
    assert refused.value.code == "801299"


@pytest.mark.django_db
def test_a_village_needs_a_name() -> None:
    with pytest.raises(VillageNameMissing):
        record_village(code=VILLAGE, name_th=" \u200b ")
    with pytest.raises(VillageNameTooLong):
        record_village(code=VILLAGE, name_th="บ" * 121)
    assert history() == []


@pytest.mark.django_db
def test_a_village_nobody_recorded_cannot_be_renamed() -> None:
    with pytest.raises(VillageUnknown):
        rename_village(code=VILLAGE, name_th="บ้านใหม่", on=DAY)


@pytest.mark.django_db
def test_a_renaming_inside_a_name_that_already_ended_is_refused_with_the_day() -> None:
    record_village(code=VILLAGE, name_th="บ้านเก่า")
    rename_village(code=VILLAGE, name_th="บ้านใหม่", on=DAY)
    with pytest.raises(VillageNameChangesLater) as refused:
        rename_village(code=VILLAGE, name_th="บ้านกลาง", on=DAY - timedelta(days=1))
    assert refused.value.changes_on == DAY
    assert len(history()) == 2


@pytest.mark.django_db
def test_a_name_cannot_end_on_the_day_it_begins() -> None:
    record_village(code=VILLAGE, name_th="บ้านเก่า", valid_from=DAY)
    with pytest.raises(VillageNameBeganThatDay):
        rename_village(code=VILLAGE, name_th="บ้านใหม่", on=DAY)


@pytest.mark.django_db
def test_the_code_of_an_ended_village_can_begin_again_only_after_its_end() -> None:
    Area.objects.create(code=VILLAGE, name_th="บ้านเก่า", valid_to=DAY)
    for start in (None, DAY - timedelta(days=1)):
        with pytest.raises(VillageCodeRetired) as refused:
            record_village(code=VILLAGE, name_th="บ้านใหม่", valid_from=start)
        assert refused.value.ended_on == DAY
    assert record_village(code=VILLAGE, name_th="บ้านใหม่", valid_from=DAY).valid_from == DAY


def test_every_refusal_has_thai_words() -> None:
    examples: list[AreaRefusal] = [
        NotAVillageCode("801201"),
        TambonUnknown("801299"),
        VillageNameMissing(VILLAGE),
        VillageNameTooLong(VILLAGE, 120),
        VillageUnknown(VILLAGE, DAY),
        VillageNameChangesLater(VILLAGE, DAY, DAY),
        VillageNameBeganThatDay(VILLAGE, DAY),
        VillageCodeRetired(VILLAGE, DAY),
    ]
    assert {type(refusal) for refusal in examples} == set(AreaRefusal.__subclasses__())
    for refusal in examples:
        sentence = refusal_in_thai(refusal)
        assert "None" not in sentence
        assert "!" not in sentence
    assert "1 ตุลาคม 2567" in refusal_in_thai(VillageUnknown(VILLAGE, DAY))
