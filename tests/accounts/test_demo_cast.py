"""The demo cast and its command exist only where KONGTHUN_DEMO says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from pytest_django import Settings

from kongthun.accounts.actions import appoint_demo_cast
from kongthun.accounts.cast import CAST, DEMO_DISTRICT, DEMO_PASSWORD
from kongthun.accounts.models import Appointment, Role, User
from kongthun.config.checks import demo_is_not_for_real_books
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
    assert made[0] == len(CAST)
    assert made[2] == 1
    capsys.readouterr()
    call_command("demo", funds=1)
    assert "มีอำเภอตัวอย่างอยู่แล้ว" in capsys.readouterr().out
    assert (User.objects.count(), Appointment.objects.count(), Fund.objects.count()) == made


def test_each_of_the_cast_can_sign_in_and_sees_a_first_page(
    district: SmallDistrict,
    settings: Settings,
) -> None:
    settings.DEMO = True
    appoint_demo_cast(today=TODAY)
    for person in CAST:
        client = Client()
        given = {"username": person.username, "password": DEMO_PASSWORD}
        answer = client.post("/sign-in/", given, follow=True)
        assert answer.status_code == 200, person.username
        assert person.role_words in answer.content.decode(), person.username
    member = Appointment.objects.get(user__username="samachik")
    assert member.member_number == first_borrower(district.codes[0])


def test_the_cast_has_one_of_each_role() -> None:
    assert sorted(person.role for person in CAST) == sorted(Role)
    assert all(
        not person.area_code or DEMO_DISTRICT.startswith(person.area_code) for person in CAST
    )


def test_serving_the_demo_to_the_world_is_warned_about(settings: Settings) -> None:
    settings.DEMO = settings.HTTPS = True
    (warning,) = demo_is_not_for_real_books(None)
    assert warning.id == "kongthun.W001"
    settings.DEMO = False
    assert demo_is_not_for_real_books(None) == []
