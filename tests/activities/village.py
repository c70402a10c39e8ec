"""A village with a committee of eight, its earlier committee, and who may write for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.activities.actions import (
    MeetingKept,
    add_resolution,
    close_meeting,
    mark_attendance,
    open_meeting,
)
from kongthun.activities.models import MeetingKind
from kongthun.audit.models import AuditLine
from kongthun.domain.thai_text import name_key, read_name
from kongthun.groups.actions import open_group
from kongthun.groups.models import CommitteeTerm, Group, Person

CODE = "80160101"
START = date(2024, 10, 1)
MEETING = date(2026, 3, 5)
BEFORE = date(2020, 10, 1)
FIVE = [11, 12, 13, 14, 15]

# Terms 1–3 sat before; 11–18 sit now: four years from START, by the rules.
EARLIER = ["นายเก่า รักงาน", "นางแก้ว มั่นคง", "นายดำ ทนดี"]
NOW = [
    ("นายสมชาย ใจดี", "chairman", "ประธาน"),
    ("นางมาลี แก้วเกตุ", "vice_chairman", "รองประธาน"),
    ("นางสาวสุดา ทองคำ", "secretary", "เลขานุการ"),
    ("นายประเสริฐ ศรีสุข", "treasurer", "เหรัญญิก"),
    ("นางวันดี บุญมา", "member", "กรรมการฝ่ายตรวจสอบ"),
    ("นายสมบูรณ์ คงทอง", "member", "กรรมการ"),
    ("นางอารีย์ นวลศรี", "member", "กรรมการ"),
    ("นายชูชาติ เพชรรัตน์", "member", "กรรมการ"),
]


@dataclass(frozen=True, slots=True)
class Village:
    """The group and the people who sign in."""

    group: Group
    treasurer: User
    chairman: User
    province: User
    auditor: User
    neighbour: User
    member: User

    @property
    def by(self) -> Reach:
        """What the treasurer holds today."""
        return reach_of(self.treasurer, timezone.localdate())


def make_village() -> Village:
    """Everything, freshly made."""
    group = open_group(code=CODE, kind="kkk", area_code=CODE, name="กข.คจ. บ้านท่าเรือ")
    other = open_group(code="80160102", kind="kkk", area_code="80160102", name="กข.คจ. บ้านนอก")
    for number, name in enumerate(EARLIER, start=1):
        sits(group, number, name, set_number=1, starts_on=BEFORE, ends_on=date(2024, 9, 30))
    for number, (name, position, words) in enumerate(NOW, start=11):
        sits(group, number, name, position=position, words=words, set_number=2, starts_on=START)
    return Village(
        group,
        treasurer=_somebody("treasurer", Role.TREASURER, group_id=group.pk),
        chairman=_somebody("chairman", Role.CHAIRMAN, group_id=group.pk),
        province=_somebody("province", Role.PROVINCE, area_code="80"),
        auditor=_somebody("auditor", Role.AUDITOR, area_code="8016"),
        neighbour=_somebody("neighbour", Role.TREASURER, group_id=other.pk),
        member=_somebody("member", Role.MEMBER, group_id=group.pk),
    )


def sits(
    group: Group,
    number: int,
    name: str,
    *,
    position: str = "member",
    words: str = "กรรมการ",
    set_number: int | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    corrects: int | None = None,
) -> CommitteeTerm:
    """A person takes a place on the committee; one that puts another right withdraws that."""
    read = read_name(name)
    person = Person.objects.create(
        title=read.title, first_name=read.first, last_name=read.last, name_key=name_key(name)
    )
    if corrects is not None:
        CommitteeTerm.objects.filter(group=group, number=corrects).update(
            withdrawn_at=timezone.now()
        )
    return CommitteeTerm.objects.create(
        group=group,
        number=number,
        set_number=set_number,
        person=person,
        position=position,
        position_words=words,
        starts_on=starts_on,
        ends_on=ends_on,
        corrects=corrects,
    )


def draft(village: Village, *, on: date = MEETING, came: list[int] | None = None) -> int:
    """A draft of a committee meeting, with these terms marked as there."""
    opened = open_meeting(
        group=village.group, by=village.by, kind=MeetingKind.COMMITTEE, on=on, place="ศาลาหมู่บ้าน"
    )
    assert isinstance(opened, MeetingKept)
    if came is not None:
        marked = mark_attendance(
            group=village.group, number=opened.number, by=village.by, terms=came
        )
        assert isinstance(marked, MeetingKept)
    return opened.number


def closed(village: Village, *, on: date = MEETING, came: list[int] | None = None) -> int:
    """A closed committee meeting with one resolution."""
    number = draft(village, on=on, came=came or FIVE)
    add_resolution(group=village.group, number=number, by=village.by, words="ให้ยืมเงินตามลำดับที่จัดไว้")
    assert isinstance(close_meeting(group=village.group, number=number, by=village.by), MeetingKept)
    return number


def last_deed() -> AuditLine:
    """What was written down last."""
    return AuditLine.objects.latest("pk")


def _somebody(name: str, role: Role, *, area_code: str = "", group_id: int | None = None) -> User:
    user = User.objects.create(username=name, display_name=f"คุณ{name}")
    appoint(
        user=user,
        role=role,
        by_order="คำสั่งที่ 1/2569",
        starts_on=date(2024, 1, 1),
        area_code=area_code,
        group_id=group_id,
        member_number=1 if role == Role.MEMBER else None,
    )
    return user
