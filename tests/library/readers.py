"""People who read the library and offices that add to it, in two districts."""

from __future__ import annotations

from datetime import date

from django.test import Client

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.groups.actions import open_group
from kongthun.library.actions.editions import EditionAdded, add_edition
from kongthun.library.editions import Kind, Worth
from kongthun.library.refusals import LibraryRefusal, NotDone

LONG_AGO = date(2010, 1, 1)
TODAY = date(2026, 11, 22)
HERE, NEXT_DOOR, PROVINCE, NATION = "8016", "8012", "80", ""

# A regulation as it is pasted: chapters in two lines, Thai digits, a line that a PDF broke.
PASTED = """ระเบียบว่าด้วยเงินทุนของอำเภอ
หมวด ๑
ทั่วไป
ข้อ ๑ ระเบียบนี้ให้ใช้ในอำเภอ
ข้อ ๒ ครัวเรือนเป้าหมายยืมได้ครั้งละไม่เกิน ๒๐,๐๐๐ บาท
หมวด ๒ การส่งคืน
ข้อ ๓ ให้ส่งคืนภายในสามปี เว้นแต่ได้รับการผ่อนผันตาม
ข้อ ๑๙ ของระเบียบกระทรวง
"""


def user_with(role: Role, area: str = "") -> User:
    """Somebody who holds a role over an area."""
    user = User.objects.create(username=f"u{User.objects.count()}", display_name="คุณวิไล")
    appoint(user=user, role=role, area_code=area, by_order="คำสั่งที่ 1", starts_on=LONG_AGO)
    return user


def of_a_group_with(role: Role, village: str = f"{HERE}0101") -> User:
    """Who holds a role in one group only."""
    group = open_group(code=village, kind="kkk", area_code=village, name="บ้านทุ่งใหญ่")
    user = User.objects.create(username=f"u{User.objects.count()}")
    appoint(user=user, role=role, group_id=group.pk, by_order="มติ", starts_on=LONG_AGO)
    return user


def reach(user: User) -> Reach:
    """What they may do today, as the books count it."""
    return reach_of(user, TODAY)


def signed_in(user: User) -> Client:
    """A browser of theirs."""
    client = Client()
    client.force_login(user)
    return client


def said(**other: object) -> dict[str, object]:
    """What an office says of a new edition, with something else in its place."""
    return {
        "area_code": HERE,
        "work": "",
        "title": "ระเบียบเงินทุนของอำเภอ",
        "kind": Kind.REGULATION,
        "name": "พ.ศ. 2560",
        "starts_on": date(2017, 3, 1),
        "worth": Worth.COPIED,
        "source": "ประกาศของอำเภอ",
        "text": PASTED,
    } | other


def added(by: User, **other: object) -> EditionAdded:
    """An edition that was added."""
    done = add_edition(by=reach(by), **said(**other))  # type: ignore[arg-type]
    assert isinstance(done, EditionAdded), done
    return done


def refused(by: User, **other: object) -> tuple[LibraryRefusal, ...]:
    """Why an edition was not added."""
    done = add_edition(by=reach(by), **said(**other))  # type: ignore[arg-type]
    assert isinstance(done, NotDone)
    return done.refusals
