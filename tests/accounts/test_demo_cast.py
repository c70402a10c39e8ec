"""The demo cast and its command exist only where KONGTHUN_DEMO says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from pytest_django import Settings

from kongthun.accounts.actions import (
    appoint_demo_cast,
    appoint_neighbour,
    recognise_demo_cast,
)
from kongthun.accounts.cast import CAST, DEMO_DISTRICT, DEMO_PASSWORD, NEIGHBOUR_CHAIRMEN
from kongthun.accounts.models import Appointment, Role, User
from kongthun.config.checks import demo_is_not_for_real_books
from kongthun.groups.actions import make_persons
from kongthun.groups.models import CommitteeTerm, Membership
from kongthun.ledger.models import Fund
from reports.small_district import SmallDistrict, first_borrower

TODAY = date(2026, 11, 22)


def test_the_demo_is_refused_where_it_was_not_asked_for(
    db: None,  # noqa: ARG001
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.DEMO, settings.HOME = False, tmp_path
    with pytest.raises(CommandError, match="KONGTHUN_DEMO=1"):
        call_command("demo")
    assert not User.objects.exists()
    assert not Fund.objects.exists()
    assert not list(tmp_path.iterdir())


def test_the_demo_is_made_once_and_found_the_second_time(
    db: None,  # noqa: ARG001
    settings: Settings,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.DEMO, settings.HOME = True, tmp_path
    call_command("demo", funds=1)
    made = (User.objects.count(), Appointment.objects.count(), Fund.objects.count())
    assert sum(user.has_usable_password() for user in User.objects.all()) == len(CAST)
    assert Fund.objects.filter(chart="kkk").count() == 1
    said = capsys.readouterr().out
    assert "งานของกองทุนในตำบลตัวอย่างจนถึงวันนี้" in said
    assert "คำขอยืม" in said
    call_command("demo", funds=1)
    said = capsys.readouterr().out
    assert "มีอำเภอตัวอย่างอยู่แล้ว" in said
    assert "งานของกองทุน" not in said
    assert (User.objects.count(), Appointment.objects.count(), Fund.objects.count()) == made


def test_the_cast_is_who_the_registers_of_their_fund_know(district: SmallDistrict) -> None:
    appoint_demo_cast(today=TODAY)
    member, chairman = (User.objects.get(username=name) for name in ("samachik", "prathan"))
    listed = Membership.objects.get(group__code=district.codes[0], number=1)
    assert member.person == listed.person
    assert chairman.person is None  # no term of the papers is theirs
    (person,) = make_persons([f"นาย{chairman.display_name}"])
    CommitteeTerm.objects.create(
        group=listed.group, number=99, person=person, position="chairman", position_words="ประธาน"
    )
    recognise_demo_cast()
    chairman.refresh_from_db()
    assert chairman.person == person


def test_who_chairs_near_by_can_not_sign_in(district: SmallDistrict) -> None:
    fund = Fund.objects.get(code=district.codes[1])
    for _ in range(2):
        user = appoint_neighbour(
            group_id=fund.pk, code=fund.code, name=NEIGHBOUR_CHAIRMEN[0], since=TODAY
        )
    assert not user.has_usable_password()
    assert Appointment.objects.get(user=user).role == Role.CHAIRMAN


def test_each_of_the_cast_can_sign_in_and_sees_a_first_page(
    district: SmallDistrict,
    settings: Settings,
) -> None:
    settings.DEMO = True
    appoint_demo_cast(today=TODAY)
    for person in CAST:
        if person.is_of_other_group:
            continue  # appointed when the demo founds their group
        client = Client()
        given = {"username": person.username, "password": DEMO_PASSWORD}
        answer = client.post("/sign-in/", given, follow=True)
        assert answer.status_code == 200, person.username
        assert person.role_words in answer.content.decode(), person.username
    member = Appointment.objects.get(user__username="samachik")
    assert member.member_number == first_borrower(district.codes[0])


def test_the_cast_has_one_of_each_role() -> None:
    assert {person.role for person in CAST} == set(Role)
    assert all(
        not person.area_code or DEMO_DISTRICT.startswith(person.area_code) for person in CAST
    )


def test_serving_the_demo_to_the_world_is_warned_about(settings: Settings) -> None:
    settings.DEMO = settings.HTTPS = True
    (warning,) = demo_is_not_for_real_books(None)
    assert warning.id == "kongthun.W001"
    settings.DEMO = False
    assert demo_is_not_for_real_books(None) == []
