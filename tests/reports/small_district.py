"""A small district on paper, brought in as any district is, and one cast of people around it.

Four funds lie in the demo district (8016), one in the next district of the same province and one
in another province, so that whatever shows too much has something to show.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.ledger import guards
from kongthun.ledger.models import Fund
from kongthun.loans.models import Contract
from kongthun.registers.actions import import_workbook
from kongthun.registers.demo import DemoVillage, write_district
from kongthun.registers.reading import Unreadable

DISTRICT = "8016"
PROVINCE = "80"
NEXT_DOOR = "80120101"
FAR_AWAY = "32010101"
TAMBONS = ("801601", "801602")
PASSWORD = "หมาไม่กัดใครเลย 2569"


@dataclass(frozen=True, slots=True)
class Cast:
    """One person a role. ``neighbour`` is the officer of another district, ``retired`` was one."""

    officer: User
    field_worker: User
    chairman: User
    treasurer: User
    member: User
    province: User
    department: User
    auditor: User
    neighbour: User
    retired: User

    def everyone(self) -> dict[str, User]:
        """Each by what they are called here."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class SmallDistrict:
    """What was brought in, and who is there. ``own`` is the member's number on the first list."""

    villages: list[DemoVillage]
    cast: Cast
    own: int
    evidence: Path

    @property
    def codes(self) -> list[str]:
        """The codes of the district's four funds."""
        return [village.code for village in self.villages]

    @property
    def first(self) -> Fund:
        """The fund whose committee and member are in the cast."""
        return Fund.objects.get(code=self.codes[0])

    def reachable(self, name: str) -> set[str]:
        """The codes of the funds that this person of the cast may see at all."""
        inside, first = set(self.codes), {self.codes[0]}
        return {
            "officer": inside,
            "auditor": inside,
            "field_worker": {code for code in inside if code[:6] in TAMBONS},
            "chairman": first,
            "treasurer": first,
            "member": first,
            "province": inside | {NEXT_DOOR},
            "department": inside | {NEXT_DOOR, FAR_AWAY},
            "neighbour": {NEXT_DOOR},
            "retired": set(),
        }[name]


def write_small_district(folder: Path) -> list[DemoVillage]:
    """The workbooks of four villages, the same at every run."""
    return write_district(folder, villages=4)


def bring_in(villages: list[DemoVillage], evidence: Path) -> SmallDistrict:
    """Import everything and appoint the cast. EVIDENCE_ROOT must be ``evidence``."""
    for village in villages:
        assert not isinstance(import_workbook(village.path, user_id=None), Unreadable)
    smallest = min(villages, key=lambda village: village.path.stat().st_size)
    for code in (NEXT_DOOR, FAR_AWAY):
        elsewhere = Path(shutil.copyfile(smallest.path, evidence / f"{code}.xlsx"))
        assert not isinstance(import_workbook(elsewhere, user_id=None), Unreadable)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # What was learned of the tables while they were empty makes plans that take minutes.
            cursor.execute("ANALYZE")
    own = first_borrower(villages[0].code)
    return SmallDistrict(villages, _cast(villages[0].code, own), own, evidence)


def first_borrower(code: str) -> int:
    """The lowest number on the list that ever borrowed."""
    numbers = Contract.objects.filter(
        fund__code=code, withdrawn_at=None, member_number__isnull=False
    ).values_list("member_number", flat=True)
    return min(number for number in numbers if number is not None)


def _cast(first: str, own: int) -> Cast:
    group = Fund.objects.get(code=first).pk
    # One slow hash for all of them: nobody here minds.
    secret = make_password(PASSWORD)
    today = timezone.localdate()

    def person(name: str) -> User:
        return User.objects.create(username=name, display_name=f"คุณ{name}", password=secret)

    def holding(
        name: str,
        role: Role,
        *areas: str,
        group_id: int | None = None,
        member_number: int | None = None,
        ends_on: date | None = None,
    ) -> User:
        user = person(name)
        for area in areas or ("",):
            appoint(
                user=user,
                role=role,
                by_order="คำสั่งที่ 1/2569",
                starts_on=today - timedelta(days=1000),
                ends_on=ends_on,
                area_code=area,
                group_id=group_id,
                member_number=member_number,
            )
        return user

    return Cast(
        officer=holding("officer", Role.DISTRICT, DISTRICT),
        field_worker=holding("field_worker", Role.FIELD_WORKER, *TAMBONS),
        chairman=holding("chairman", Role.CHAIRMAN, group_id=group),
        treasurer=holding("treasurer", Role.TREASURER, group_id=group),
        member=holding("member", Role.MEMBER, group_id=group, member_number=own),
        province=holding("province", Role.PROVINCE, PROVINCE),
        department=holding("department", Role.DEPARTMENT),
        auditor=holding("auditor", Role.AUDITOR, DISTRICT),
        neighbour=holding("neighbour", Role.DISTRICT, NEXT_DOOR[:4]),
        retired=holding("retired", Role.DISTRICT, DISTRICT, ends_on=today - timedelta(days=1)),
    )


def signed_in(user: User) -> Client:
    """A browser at which this person has signed in."""
    client = Client()
    client.force_login(user)
    return client


def take_everything_out() -> None:
    """Empty our tables but for the official areas. Only for tests that committed something."""
    ours = [
        model._meta.db_table
        for config in apps.get_app_configs()
        if config.name.startswith("kongthun.")
        for model in config.get_models(include_auto_created=True)
        if model._meta.db_table != "areas_area"
    ]
    guards.take_off()
    with transaction.atomic(), connection.cursor() as cursor:
        for table in [*ours, "django_session"]:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (our own names)
        cursor.execute("DELETE FROM areas_area WHERE length(code) = 8")
    guards.put_back()
