"""A village group with a few households, and the people who keep its lists."""

from __future__ import annotations

from datetime import date

from django.test import Client
from django.utils import timezone

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.domain.money import Money
from kongthun.groups.actions import ListedHousehold, keep_members, open_group
from kongthun.groups.models import Group
from kongthun.groups.refusals import GroupRefusal, NotDone
from kongthun.ledger.actions import open_books

CODE = "80120101"
LONG_AGO = date(2010, 1, 1)


def village(code: str = CODE, kind: str = "kkk") -> Group:
    """A group with its books, as every page expects."""
    group = open_group(code=code, kind=kind, area_code=code[:8], name="บ้านทุ่งใหญ่")
    open_books(group_id=group.pk, code=code, area_code=code[:8], chart_code=kind, name="บ้านทุ่งใหญ่")
    return group


def listed(group: Group, *heads: tuple[str, int | None]) -> Group:
    """The group with these heads on its list, numbered from 1, and their incomes in baht."""
    keep_members(
        group,
        [
            ListedHousehold(
                number,
                name,
                f"{number}/1",
                4,
                None if baht is None else Money.baht(baht),
                (None, None, None),
            )
            for number, (name, baht) in enumerate(heads, start=1)
        ],
    )
    return group


def three_households() -> Group:
    """มาลี, สมชาย and บุญมา, in the order of their incomes."""
    return listed(
        village(), ("นางมาลี ใจดี", 12_000), ("นายสมชาย ทองขาว", 18_000), ("นายบุญมา แก้วเกตุ", 25_000)
    )


def somebody(role: Role, group: Group, *, area: str | None = None) -> User:
    """Who holds a role over the group, or over an area."""
    user = User.objects.create(username=f"{role}-{User.objects.count()}", display_name="คุณวิไล")
    of_group = role in {Role.CHAIRMAN, Role.TREASURER, Role.MEMBER}
    appoint(
        user=user,
        role=role,
        by_order="คำสั่งที่ 1/2569",
        starts_on=LONG_AGO,
        group_id=group.pk if of_group else None,
        area_code="" if of_group or role == Role.DEPARTMENT else area or group.area_code[:4],
        member_number=1 if role == Role.MEMBER else None,
    )
    return user


def reach_for(role: Role, group: Group, *, area: str | None = None) -> Reach:
    """What somebody of this role may do today."""
    return reach_of(somebody(role, group, area=area), timezone.localdate())


def keeper(group: Group) -> Reach:
    """The field worker, who keeps lists and committees."""
    return reach_for(Role.FIELD_WORKER, group, area=group.area_code[:6])


def at_the_screen(role: Role, group: Group, *, area: str | None = None) -> Client:
    """A browser at which this person has signed in."""
    client = Client()
    client.force_login(somebody(role, group, area=area))
    return client


def refused(done: object) -> list[GroupRefusal]:
    """The refusals of a deed that was not done."""
    assert isinstance(done, NotDone), done
    return list(done.refusals)


def kinds(done: object) -> list[str]:
    """What a deed was refused for, by name."""
    return [type(refusal).__name__ for refusal in refused(done)]
