"""Looking up areas: paths, children, names and the prefix condition."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from kongthun.areas.models import Area
from kongthun.areas.queries import area, children, names_of, path_to, prefix_bounds, within

digits = st.text(alphabet="0123456789", min_size=1, max_size=8)
# Runs of nines are where the next prefix changes length.
codes = digits | st.text(alphabet="89", min_size=1, max_size=8)


@given(prefix=codes, code=st.text(alphabet="0123456789", max_size=10))
def test_a_code_is_within_the_bounds_exactly_when_it_starts_with_the_prefix(
    prefix: str, code: str
) -> None:
    first, beyond = prefix_bounds(prefix)
    assert (first <= code and (beyond is None or code < beyond)) == code.startswith(prefix)


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(prefix=st.text(alphabet="0123456789", max_size=6))
def test_the_database_agrees_about_what_lies_within(prefix: str) -> None:
    found = set(Area.objects.filter(within("code", prefix)).values_list("code", flat=True))
    every = Area.objects.values_list("code", flat=True)
    assert found == {code for code in every if code.startswith(prefix)}


def test_the_nation_sets_no_condition() -> None:
    assert within("area_code", "") == Q()


@pytest.mark.parametrize("code", ["80%", "๘๐", " ", "8_", "-1", "80'"])
def test_a_scope_that_is_not_digits_opens_nothing(code: str) -> None:
    with pytest.raises(ValueError):
        within("area_code", code)


@pytest.mark.django_db
def test_within_is_answered_from_an_index() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # the test's table is small
    plan = Area.objects.filter(within("code", "8012")).explain()
    assert "areas_area" in plan
    assert ("Index" in plan) if connection.vendor == "postgresql" else ("USING" in plan)


@pytest.mark.django_db
def test_a_path_leads_from_the_nation_down_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    Area.objects.create(code="80120101", name_th="บ้านทุ่งใหญ่")
    with django_assert_num_queries(1):
        path = path_to("80120101")
    assert [node.full_name for node in path] == [
        "ประเทศไทย",
        "จังหวัดนครศรีธรรมราช",
        "อำเภอปากพนัง",
        "ตำบลปากพนัง",
        "หมู่ 1 บ้านทุ่งใหญ่",
    ]


@pytest.mark.django_db
def test_the_path_to_the_nation_needs_no_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        assert [node.code for node in path_to("")] == [""]


@pytest.mark.django_db
def test_a_path_to_an_unknown_village_ends_at_what_is_known() -> None:
    assert [node.code for node in path_to("80120199")] == ["", "80", "8012", "801201"]


@pytest.mark.django_db
def test_children_stand_one_level_below_in_order_of_code() -> None:
    assert children("").count() == 77
    assert [child.code for child in children("")][:2] == ["10", "11"]
    assert [child.code for child in children("38")] == [f"38{n:02}" for n in range(1, 9)]
    assert {len(child.code) for child in children("8012")} == {6}
    assert not children("80120101").exists()
    Area.objects.create(code="80120199", name_th="บ้านสุดท้าย")
    assert [child.moo for child in children("801201")] == [99]


@pytest.mark.django_db
def test_names_come_in_one_query_and_unknown_codes_are_left_out(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        names = names_of(["80", "8012", "", "99"])
    assert names == {"80": "นครศรีธรรมราช", "8012": "ปากพนัง", "": "ประเทศไทย"}


@pytest.mark.django_db
def test_names_of_more_codes_than_one_statement_takes(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    asked = [f"{n:06}" for n in range(300_000)] + ["80"]
    with django_assert_num_queries(1):
        assert names_of(asked)["80"] == "นครศรีธรรมราช"


@pytest.mark.django_db
def test_an_area_answers_for_the_day_it_is_asked_about() -> None:
    Area.objects.create(code="80120101", name_th="บ้านเก่า", valid_to=date(2024, 10, 1))
    Area.objects.create(code="80120101", name_th="บ้านใหม่", valid_from=date(2024, 10, 1))

    def name_on(day: date | None) -> str | None:
        found = area("80120101", day)
        return found.name_th if found else None

    assert name_on(date(2024, 9, 30)) == "บ้านเก่า"
    assert name_on(date(2024, 10, 1)) == "บ้านใหม่"
    assert name_on(None) == "บ้านใหม่"
    assert names_of(["80120101"], date(2000, 1, 1)) == {"80120101": "บ้านเก่า"}
    assert path_to("80120101", date(2024, 9, 30))[-1].name_th == "บ้านเก่า"
    assert [village.name_th for village in children("801201")] == ["บ้านใหม่"]
    assert area("") is None
