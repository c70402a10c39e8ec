"""A whole area judged by its books: an early warning over all funds, in the order of codes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kongthun.accounts.reach import Reach, reach_of
from kongthun.assessments import refusals as why
from kongthun.assessments.actions import (
    AreaAssessed,
    Begun,
    Said,
    answer_section,
    assess_from_books,
    begin_assessment,
    finish_assessment,
)
from kongthun.assessments.models import Assessment
from kongthun.assessments.queries.frozen import answers_of
from kongthun.assessments.queries.results import FIVE, HEALTH, latest_of
from kongthun.assessments.verification import results_as_judged
from kongthun.audit.models import AuditLine
from kongthun.ledger.models import Fund
from reports.small_district import NEXT_DOOR, SmallDistrict, signed_in

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def reach(district: SmallDistrict, name: str) -> Reach:
    return reach_of(district.cast.everyone()[name], TODAY)


def assessed(district: SmallDistrict, name: str = "officer", area: str = "8016") -> AreaAssessed:
    done = assess_from_books(area_code=area, code=HEALTH, on=TODAY, by=reach(district, name))
    assert isinstance(done, AreaAssessed), done
    return done


def test_every_fund_of_the_area_gets_a_result_of_its_books(district: SmallDistrict) -> None:
    assert assessed(district) == AreaAssessed(made=4, had_one=0)
    ids = list(Fund.objects.values_list("pk", flat=True))
    results = latest_of(ids, TODAY)
    assert {Fund.objects.get(pk=pk).code for pk in results} == set(district.codes)
    assert all(result.is_from_books and result.level for result in results.values())
    assert list(results_as_judged(None)) == []
    line = AuditLine.objects.get(deed="assess_area")
    assert (line.area_code, line.details) == ("8016", {"made": 4, "had_one": 0})


def test_a_second_time_on_the_same_day_makes_nothing_new(district: SmallDistrict) -> None:
    assessed(district)
    assert assessed(district) == AreaAssessed(made=0, had_one=4)
    assert Assessment.objects.count() == 4


def test_only_funds_within_the_reach_are_judged(district: SmallDistrict) -> None:
    done = assessed(district, "field_worker")
    inside = district.reachable("field_worker")
    assert done.made == len(inside) < 4
    assert {row.group.code for row in Assessment.objects.select_related("group")} == inside


@pytest.mark.parametrize("name", ["chairman", "treasurer", "province", "department", "auditor"])
def test_who_does_not_assess_is_refused(district: SmallDistrict, name: str) -> None:
    done = assess_from_books(area_code="8016", code=HEALTH, on=TODAY, by=reach(district, name))
    assert isinstance(done, why.NotDone)
    assert done.refusals == (why.NothingToAssess("8016"),)


def test_everything_in_the_way_of_an_area_is_said_at_once(district: SmallDistrict) -> None:
    by, tomorrow = reach(district, "neighbour"), TODAY + timedelta(days=1)
    done = assess_from_books(area_code="8016", code=HEALTH, on=tomorrow, by=by)
    assert isinstance(done, why.NotDone)
    assert {type(each) for each in done.refusals} == {why.InTheFuture, why.NothingToAssess}
    done = assess_from_books(area_code="8016", code="x", on=tomorrow, by=by)
    assert isinstance(done, why.NotDone)
    assert {type(each) for each in done.refusals} == {why.InTheFuture, why.NoSuchQuestionnaire}


def test_what_people_answered_goes_on_standing_as_old_as_it_is(district: SmallDistrict) -> None:
    by, group = reach(district, "officer"), district.first.group
    visit = TODAY - timedelta(days=40)
    begun = begin_assessment(group=group, code=HEALTH, by=by, on=visit)
    assert isinstance(begun, Begun)
    said = {"knows_duty": Said("all")}
    answer_section(group=group, number=begun.number, section="people", said=said, by=by, on=visit)
    finish_assessment(group=group, number=begun.number, by=by, on=visit)
    assessed(district)
    row = Assessment.objects.get(group=group, is_from_books=True)
    assert row.number == begun.number + 1
    assert answers_of(row)["knows_duty"].on == visit


def test_statements_do_not_grow_with_the_funds(district: SmallDistrict) -> None:
    assessed(district)  # writes down what ships
    Assessment.objects.all().delete()
    with CaptureQueriesContext(connection) as one:
        assessed(district, area=district.codes[0])
    Assessment.objects.all().delete()
    with CaptureQueriesContext(connection) as four:
        assessed(district)
    assert len(four) == len(one)
    ids = list(Fund.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as some:
        latest_of(ids, TODAY)
    assert len(some) == 2


# ---- the page ------------------------------------------------------------------------------------


def page(district: SmallDistrict, name: str, path: str = "/area/8016/health/") -> Client:
    client = signed_in(district.cast.everyone()[name])
    client.answer = client.get(path)  # type: ignore[attr-defined]
    return client


def shown(client: Client) -> str:
    return client.answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_the_page_shows_the_funds_in_reach_in_the_order_of_codes(district: SmallDistrict) -> None:
    assessed(district)
    text = shown(page(district, "officer"))
    places = [text.index(f">{code}<") for code in sorted(district.codes)]
    assert places == sorted(places)
    assert NEXT_DOOR not in text
    assert "ไม่ใช่การจัดอันดับ" in text
    seen = shown(page(district, "field_worker"))
    assert {code for code in district.codes if f">{code}<" in seen} == district.reachable(
        "field_worker"
    )


def test_the_page_filters_by_level_and_says_who_was_never_assessed(
    district: SmallDistrict,
) -> None:
    assessed(district, "field_worker")
    never = set(district.codes) - district.reachable("field_worker")
    text = shown(page(district, "officer", "/area/8016/health/?level=none"))
    assert {code for code in district.codes if f">{code}<" in text} == never


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("officer", 200),
        ("province", 200),
        ("department", 200),
        ("auditor", 200),
        ("neighbour", 404),
        ("chairman", 403),
        ("treasurer", 403),
        ("member", 403),
        ("retired", 403),
    ],
)
def test_who_sees_the_page_of_the_area(district: SmallDistrict, name: str, status: int) -> None:
    assert page(district, name).answer.status_code == status  # type: ignore[attr-defined]


def test_the_page_asks_as_often_for_four_funds_as_for_one(district: SmallDistrict) -> None:
    assessed(district)
    client = signed_in(district.cast.officer)
    client.get("/area/8016/health/")
    with CaptureQueriesContext(connection) as four:
        client.get("/area/8016/health/")
    with CaptureQueriesContext(connection) as one:
        client.get(f"/area/{district.codes[0]}/health/")
    assert len(four) == len(one)


def test_one_press_judges_the_area(district: SmallDistrict) -> None:
    client = signed_in(district.cast.officer)
    answer = client.post("/area/8016/health/assess/", follow=True)
    assert "ประเมินจากสมุดแล้ว 4 กลุ่ม" in answer.content.decode()
    assert Assessment.objects.filter(code=HEALTH).count() == 4
    client.post("/area/8016/strength/assess/")
    assert not Assessment.objects.filter(code=FIVE).exists()  # no such groups here
    stranger = signed_in(district.cast.province)
    assert stranger.post("/area/8016/health/assess/").status_code == 403
    neighbour = signed_in(district.cast.neighbour)
    assert neighbour.post("/area/8016/health/assess/").status_code == 404


def test_of_two_visits_the_answers_of_the_last_one_go_on_standing(district: SmallDistrict) -> None:
    by, group = reach(district, "officer"), district.first.group
    for days, option in ((20, "some"), (40, "all")):  # the later visit is typed in first
        on = TODAY - timedelta(days=days)
        begun = begin_assessment(group=group, code=HEALTH, by=by, on=on)
        assert isinstance(begun, Begun)
        said = {"knows_duty": Said(option)}
        answer_section(group=group, number=begun.number, section="people", said=said, by=by, on=on)
        finish_assessment(group=group, number=begun.number, by=by, on=on)
    assessed(district)
    kept = answers_of(Assessment.objects.get(group=group, is_from_books=True))["knows_duty"]
    assert (kept.option, kept.on) == ("some", TODAY - timedelta(days=20))
