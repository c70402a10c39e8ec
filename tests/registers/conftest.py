"""People of the demo district, its first workbooks, and the books they make."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from kongthun.accounts.models import Appointment, Role, User
from kongthun.ledger.models import Fund
from kongthun.registers.actions import import_workbook
from kongthun.registers.demo import DemoVillage, write_district

SignIn = Callable[..., Client]

DISTRICT = "8016"
OTHER_DISTRICT = "8012"


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> list[DemoVillage]:
    """The workbooks of three villages in three tambons of the demo district."""
    return write_district(Path(tmp_path_factory.mktemp("district")), villages=3)


@pytest.fixture
def funds(db: None, district: list[DemoVillage]) -> list[Fund]:  # noqa: ARG001
    """The three funds, their books brought in."""
    for village in district:
        import_workbook(village.path, user_id=None)
    return list(Fund.objects.order_by("code"))


@pytest.fixture
def sign_in(db: None) -> SignIn:  # noqa: ARG001
    """Sign somebody in who holds one role, over an area or at one fund, since long ago."""

    def signed_in(
        role: Role | None, *, area: str = "", fund: Fund | None = None, csrf: bool = False
    ) -> Client:
        name = f"{role or 'nobody'}-{area}-{fund.code if fund else ''}"
        user, is_new = User.objects.get_or_create(username=name)
        if is_new and role is not None:
            Appointment.objects.create(
                user=user,
                role=role,
                area_code=area,
                group=fund.group if fund else None,
                member_number=1 if role == Role.MEMBER else None,
                by_order="คำสั่งทดสอบ",
                starts_on=date(2020, 1, 1),
            )
        client = Client(enforce_csrf_checks=csrf)
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def officer(sign_in: SignIn) -> Client:
    """The officer of the demo district."""
    return sign_in(Role.DISTRICT, area=DISTRICT)
