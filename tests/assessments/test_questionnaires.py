"""What is asked: examples that say so, versions of offices beside them, faults in plain words."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from django.utils import timezone

from kongthun.accounts.reach import MAY, Deed, NotEntitled, Reach
from kongthun.assessments import refusals as why
from kongthun.assessments.actions import (
    AreaAssessed,
    VersionKept,
    assess_from_books,
    save_questionnaire,
    withdraw_questionnaire,
)
from kongthun.assessments.actions.questionnaires import version_row
from kongthun.assessments.measures import MEASURES
from kongthun.assessments.models import Assessment, QuestionnaireVersion
from kongthun.assessments.queries.questionnaires import asked_in, codes, versions_in_reach
from kongthun.assessments.questionnaires import shipped
from kongthun.assessments.wording import fault_in_thai, refusal_in_thai, value_in_thai
from kongthun.audit.models import AuditLine
from kongthun.domain import assessment as judging
from kongthun.domain.assessment import Kind, Unit, as_data, read_questionnaire
from kongthun.domain.thai_calendar import fiscal_year
from loans.village_at_work import Village, working_village

YEAR = fiscal_year(timezone.localdate())


@pytest.fixture
def village(db: None) -> Village:  # noqa: ARG001
    return working_village()


def health(area: str = "8016") -> dict[str, Any]:
    asked = asked_in("health_kkk", area, YEAR)
    assert asked is not None
    return as_data(asked.questionnaire)  # type: ignore[return-value]


def saved(data: dict[str, Any], by: Reach, area: str = "8016") -> QuestionnaireVersion:
    done = save_questionnaire(data=data, area_code=area, words="ตามหนังสืออำเภอ", by=by)
    assert isinstance(done, VersionKept), done
    return done.version


def refused(done: object) -> set[str]:
    assert isinstance(done, why.NotDone), done
    return {type(each).__name__ for each in done.refusals}


@pytest.mark.parametrize("asked", shipped(), ids=lambda each: each.code)
def test_what_ships_says_that_it_is_an_example(asked: judging.Questionnaire) -> None:
    assert asked.note == "ตัวอย่าง – ไม่ใช่เกณฑ์ทางการ"
    kinds = {item.kind for item in asked.items}
    assert kinds == {Kind.AUTO, Kind.MANUAL}
    assert 15 <= len(asked.items) <= 20
    for item in asked.items:
        assert all(choice.words for choice in item.choices)
        if item.measure:
            assert item.measure == MEASURES[item.measure.name].measure


def test_the_version_of_the_nearest_office_is_asked(village: Village) -> None:
    data = health()
    data["title"] = "แบบของอำเภอ"
    version = saved(data, village.district)
    here = asked_in("health_kkk", "80160101", YEAR)
    elsewhere = asked_in("health_kkk", "80170101", YEAR)
    assert here is not None
    assert here.row == version
    assert elsewhere is not None
    assert elsewhere.is_shipped
    assert AuditLine.objects.filter(deed="save_questionnaire", area_code="8016").count() == 1


def test_the_version_of_a_district_holds_when_the_province_above_it_is_judged(
    village: Village,
) -> None:
    """The button stands on the page of the province too; a district keeps its own questionnaire."""
    data = health()
    data["title"] = "แบบของอำเภอ"
    version = saved(data, village.district)
    done = assess_from_books(
        area_code="80", code="health_kkk", on=village.district.day, by=village.district
    )
    assert done == AreaAssessed(made=1, had_one=0)
    assert Assessment.objects.get().version == version


def test_a_later_version_follows_and_taken_back_the_one_before_is_asked_again(
    village: Village,
) -> None:
    data = health()
    data["title"] = "ฉบับแรก"
    first = saved(data, village.district)
    data["title"] = "ฉบับสอง"
    second = saved(data, village.district)
    assert (first.number, second.number) == (1, 2)
    asked = asked_in("health_kkk", "8016", YEAR)
    assert asked is not None
    assert asked.row == second
    done = withdraw_questionnaire(version=second, words="พิมพ์ผิด", by=village.district)
    assert isinstance(done, VersionKept)
    asked = asked_in("health_kkk", "8016", YEAR)
    assert asked is not None
    assert asked.row == first
    assert refused(withdraw_questionnaire(version=second, words="อีก", by=village.district)) == {
        "NoSuchQuestionnaire"
    }


def test_a_questionnaire_of_next_year_is_not_asked_this_year(village: Village) -> None:
    data = health() | {"year": 2600}
    saved(data, village.district)
    now = asked_in("health_kkk", "8016", 2599)
    then = asked_in("health_kkk", "8016", 2600)
    assert now is not None
    assert then is not None
    assert (now.is_shipped, then.is_shipped) == (True, False)
    first = asked_in("health_kkk", "8016", 2500)  # before all of them: the first there is
    assert first is not None
    assert first.is_shipped


def test_everything_wrong_with_a_version_is_said_at_once_with_its_place(village: Village) -> None:
    data = health()
    data["sections"][0]["items"][0]["weight"] = 0
    data["sections"][1]["items"][0]["choices"][1]["points"] = 9
    data["levels"][0]["at_least"] = 10
    done = save_questionnaire(data=data, area_code="8016", words="", by=village.district)
    assert isinstance(done, why.NotDone)
    said = [refusal_in_thai(each) for each in done.refusals]
    assert "ส่วนที่ 1 ข้อที่ 1: น้ำหนัก 0 อยู่นอกช่วง ใส่ตั้งแต่ 1 ขึ้นไป" in said
    assert "ส่วนที่ 2 ข้อที่ 1 ตัวเลือกที่ 2: คะแนน 9 ต้องน้อยกว่าตัวเลือกก่อนหน้า (3) เรียงจากดีที่สุด" in said
    assert "ระดับที่ 1: ระดับแรกต้องเริ่มที่ร้อยละ 0 เพื่อให้ทุกกลุ่มมีระดับ" in said
    assert refusal_in_thai(why.NoteMissing()) in said
    assert not QuestionnaireVersion.objects.exists()


def test_a_version_that_changes_nothing_is_refused(village: Village) -> None:
    done = save_questionnaire(data=health(), area_code="8016", words="ดู", by=village.district)
    assert refused(done) == {"NothingChanged"}


def test_a_questionnaire_of_another_code_is_refused(village: Village) -> None:
    data = health() | {"code": "ranking"}
    done = save_questionnaire(data=data, area_code="8016", words="ดู", by=village.district)
    assert refused(done) == {"NoSuchQuestionnaire"}


def test_who_does_not_keep_questionnaires_is_refused(village: Village) -> None:
    data = health() | {"title": "ของฉัน"}
    for who in (village.treasurer, village.chairman, village.field_worker):
        done = save_questionnaire(data=data, area_code="8016", words="ดู", by=who)
        assert refused(done) == {"NotEntitled"}
    done = save_questionnaire(data=data, area_code="8017", words="ดู", by=village.district)
    assert refused(done) == {"NotEntitled"}
    version = saved(data, village.district)
    done = withdraw_questionnaire(version=version, words="ไม่ชอบ", by=village.field_worker)
    assert refused(done) == {"NotEntitled"}


def test_what_ships_is_written_down_once_as_it_is_used(village: Village) -> None:  # noqa: ARG001
    asked = asked_in("health_kkk", "8016", YEAR)
    assert asked is not None
    assert version_row(asked).pk == version_row(asked).pk
    row = QuestionnaireVersion.objects.get()
    assert row.is_shipped
    assert read_questionnaire(row.data, measures=MEASURES.keys()) == asked.questionnaire


def test_a_version_is_seen_from_above_and_below_and_not_from_beside(village: Village) -> None:
    version = saved(health() | {"title": "ของอำเภอ"}, village.district)
    seen = [
        versions_in_reach("health_kkk", who) for who in (village.district, village.field_worker)
    ]
    assert seen == [[version], [version]]
    other = working_village("80170101")
    assert versions_in_reach("health_kkk", other.district) == []
    assert versions_in_reach("health_kkk", other.treasurer) == []


# ---- words ---------------------------------------------------------------------------------------

FAULTS: list[judging.QuestionnaireFault] = [
    judging.FieldMissing("sections.1.items.2", "question"),
    judging.FieldUnknown("sections.1", "colour"),
    judging.FieldUnreadable("", "title", " "),
    judging.NumberOutOfRange("levels.1", "at_least", -1, 0, 10_000),
    judging.WordUnknown("sections.1.items.1", "measure", "mood", ("a",)),
    judging.CodeTwice("sections.2", "a"),
    judging.TooFew("sections.1", "items", 0, 1),
    judging.PointsNotFalling("sections.1.items.1.choices.2", 3, 3),
    judging.BoundsNotInOrder("sections.1.items.1.choices.2", 1, 2),
    judging.BoundMisplaced("sections.1.items.1.choices.2", has_bound=True),
    judging.BoundMisplaced("sections.1.items.1.choices.2", has_bound=False),
    judging.MeasureTwoWays("sections.1.items.1", "members"),
    judging.LevelsNotFromNothing("levels.1", 10),
    judging.LevelsNotRising("levels.2", 10, 20),
]
REFUSALS: list[why.AssessmentRefusal] = [
    NotEntitled(Deed.ASSESS, timezone.localdate()),
    *(why.Faulty(fault) for fault in FAULTS),
    why.NothingChanged(),
    why.NoteMissing(),
    why.TooLong(300),
    why.NoSuchQuestionnaire("x"),
    why.NotForThisKind("แบบประเมิน"),
    why.NoDraft(3),
    why.NoSuchChoice("ข้อ"),
    why.NothingAnswered(),
    why.InTheFuture(timezone.localdate()),
    why.NoResult(2),
    why.NothingToAssess("8016"),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=repr)
def test_every_refusal_has_words(refusal: why.AssessmentRefusal) -> None:
    said = refusal_in_thai(refusal)
    assert len(said) > 10
    assert not {"!", "Error", "None"} & set(said.split())
    assert any("฀" <= sign <= "๿" for sign in said)


def test_no_refusal_and_no_fault_is_forgotten_here() -> None:
    assert {type(each) for each in REFUSALS} == set(get_args(why.AssessmentRefusal))
    assert {type(each) for each in FAULTS} == set(get_args(judging.QuestionnaireFault))
    assert all(fault_in_thai(fault) for fault in FAULTS)


def test_every_value_is_said_with_its_unit() -> None:
    said = {unit: value_in_thai(unit, 1_650) for unit in Unit}
    assert said == {
        Unit.SHARE: "ร้อยละ 16.5",
        Unit.DAYS: "1,650 วันก่อน",
        Unit.COUNT: "1,650",
        Unit.SATANG: "16.50 บาท",
        Unit.YES_NO: "ใช่",
    }
    assert {value_in_thai(unit, None) for unit in Unit} == {"สมุดยังไม่บอก"}


def test_both_questionnaires_are_known_by_code() -> None:
    assert codes() == ("five_k", "health_kkk")
    assert Deed.KEEP_QUESTIONNAIRES in set().union(*MAY.values())
