"""An occupation group with eight members, a committee in office and people who sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.activities.actions import (
    MeetingKept,
    ResolutionKept,
    add_resolution,
    close_meeting,
    mark_attendance,
    open_meeting,
)
from kongthun.activities.models import MeetingKind
from kongthun.groups.actions import HouseholdAdded, TermAdded, add_household, add_term
from kongthun.groups.models import CommitteePosition, Group
from kongthun.ledger.models import Fund
from kongthun.ledger.savings import BooksOpened, open_group_books

VILLAGE = "80160101"
FOUNDED = date(2024, 1, 15)
MEMBERS = (
    "นางสาวบุญเรือน  ศรีวิไล",
    "นายประจวบ  คงทอง",
    "นางอุไร  เพชรรัตน์",
    "นางลำไย  สุขสวัสดิ์",
    "นายวิเชียร  นาคบุตร",
    "นางเตือนใจ  ณ นคร",
    "นางสาวปรียา  จันทร์แจ่ม",
    "นายสมพร  แซ่ลิ้ม",
)
P = CommitteePosition
COMMITTEE = (P.CHAIRMAN, P.VICE_CHAIRMAN, P.SECRETARY, P.TREASURER, P.MEMBER)


@dataclass
class OccupationGroup:
    """The group, its books, and who works there, each as of today."""

    group: Group
    fund: Fund
    chairman: Reach
    treasurer: Reach
    field_worker: Reach
    district: Reach
    member: Reach  # number 6 on the list, who sits on no committee
    stranger: Reach  # the treasurer of a group far away
    users: dict[str, User]

    @property
    def code(self) -> str:
        """The group's code, as in addresses."""
        return self.group.code

    def meet(
        self,
        on: date,
        *words: str,
        kind: MeetingKind = MeetingKind.GENERAL,
        terms: tuple[int, ...] = (1, 2, 3, 4, 5),
        others: int = len(MEMBERS),
    ) -> int:
        """A meeting that was held, resolved these words and was closed; its number."""
        opened = open_meeting(group=self.group, by=self.treasurer, kind=kind, on=on)
        assert isinstance(opened, MeetingKept), opened
        number = opened.number
        there = mark_attendance(
            group=self.group, number=number, by=self.treasurer, terms=terms, others_came=others
        )
        assert isinstance(there, MeetingKept), there
        for said in words:
            kept = add_resolution(group=self.group, number=number, by=self.treasurer, words=said)
            assert isinstance(kept, ResolutionKept), kept
        closed = close_meeting(group=self.group, number=number, by=self.treasurer)
        assert isinstance(closed, MeetingKept), closed
        return number


def founded_group(
    *,
    kind: str = "occupation_group",
    name: str = "กลุ่มแม่บ้านแปรรูปข้าว บ้านในไร่",
    founded: date = FOUNDED,
) -> OccupationGroup:
    """A group founded on a day: members 1 to 8, of whom 1 to 5 are its first committee."""
    users = {who: User.objects.create(username=f"{kind}-{who}", display_name=who) for who in _WHO}
    since = timezone.localdate() - timedelta(days=3_650)
    appoint(
        user=users["field_worker"],
        role=Role.FIELD_WORKER,
        by_order="คำสั่ง",
        starts_on=since,
        area_code="801601",
    )
    appoint(
        user=users["district"],
        role=Role.DISTRICT,
        by_order="คำสั่ง",
        starts_on=since,
        area_code="8016",
    )
    field_worker = _reach(users["field_worker"])
    opened = open_group_books(
        kind=kind,
        village_code=VILLAGE,
        village_name="บ้านในไร่",
        name=name,
        key=str(uuid4()),
        by=field_worker,
    )
    assert isinstance(opened, BooksOpened), opened
    group = opened.fund.group
    _people(group, field_worker, founded)
    _appoint(users, group, since)
    return OccupationGroup(
        group=group,
        fund=opened.fund,
        field_worker=field_worker,
        users=users,
        **{who: _reach(users[who]) for who in ("chairman", "treasurer", "member", "stranger")},
        district=_reach(users["district"]),
    )


_WHO = ("chairman", "treasurer", "field_worker", "district", "member", "stranger")


def _people(group: Group, by: Reach, founded: date) -> None:
    for house, name in enumerate(MEMBERS, start=1):
        added = add_household(
            group=group,
            name=name,
            house_number=str(house),
            size=None,
            income_before=None,
            on=founded,
            by=by,
        )
        assert isinstance(added, HouseholdAdded), added
    for name, position in zip(MEMBERS, COMMITTEE, strict=False):
        term = add_term(
            group=group,
            set_number=1,
            name=name,
            position=position,
            starts_on=founded,
            ends_on=None,
            by=by,
        )
        assert isinstance(term, TermAdded), term


def _appoint(users: dict[str, User], group: Group, since: date) -> None:
    for who, role, number in (
        ("chairman", Role.CHAIRMAN, None),
        ("treasurer", Role.TREASURER, None),
        ("member", Role.MEMBER, 6),
    ):
        appoint(
            user=users[who],
            role=role,
            by_order="มติที่ประชุม",
            starts_on=since,
            group_id=group.pk,
            member_number=number,
        )
    appoint(
        user=users["stranger"],
        role=Role.FIELD_WORKER,
        by_order="คำสั่ง",
        starts_on=since,
        area_code="801699",
    )


def _reach(user: User) -> Reach:
    return reach_of(user, timezone.localdate())
