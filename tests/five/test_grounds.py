"""What a deed can stand on: a resolution of a closed meeting that had its quorum."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from five.occupation_group import OccupationGroup, founded_group
from kongthun.activities.actions import add_resolution, open_meeting
from kongthun.activities.models import MeetingKind
from kongthun.activities.queries import ground_of
from kongthun.activities.queries.grounds import BY_MEMBERS, Ground
from kongthun.activities.refusals import (
    CannotDecideThis,
    GroundRefusal,
    MeetingStillOpen,
    MeetingWithoutQuorum,
    NoSuchMeeting,
    NoSuchResolution,
)
from kongthun.activities.wording import ground_refusal_in_thai

MET = date(2024, 2, 1)  # within the first committee's two years


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group()


def test_a_resolution_of_a_closed_meeting_with_quorum_carries(ours: OccupationGroup) -> None:
    number = ours.meet(MET, "รับสมาชิกใหม่", "ซื้อเครื่องสีข้าว")
    assert ground_of(ours.group, number, 2) == Ground(number, 2, MET, "ซื้อเครื่องสีข้าว")


def test_half_of_the_members_are_not_more_than_half(ours: OccupationGroup) -> None:
    four = ours.meet(MET, "รับสมาชิกใหม่", others=4)
    assert ground_of(ours.group, four, 1) == [MeetingWithoutQuorum(four, 4, 5, 8)]
    five = ours.meet(date(2024, 2, 2), "รับสมาชิกใหม่", others=5)
    assert isinstance(ground_of(ours.group, five, 1), Ground)


def test_a_committee_meeting_counts_the_committee_in_office(ours: OccupationGroup) -> None:
    two = ours.meet(MET, "จัดซื้อ", kind=MeetingKind.COMMITTEE, terms=(1, 2), others=8)
    assert ground_of(ours.group, two, 1) == [MeetingWithoutQuorum(two, 2, 3, 5)]
    three = ours.meet(date(2024, 2, 2), "จัดซื้อ", kind=MeetingKind.COMMITTEE, terms=(1, 2, 3))
    assert isinstance(ground_of(ours.group, three, 1), Ground)
    assert ground_of(ours.group, three, 1, kinds=BY_MEMBERS) == [
        CannotDecideThis(three, "ประชุมคณะกรรมการ")
    ]


def test_all_that_is_against_a_meeting_is_said_together(ours: OccupationGroup) -> None:
    assert ground_of(ours.group, 9, 1) == [NoSuchMeeting(9)]
    opened = open_meeting(
        group=ours.group, by=ours.treasurer, kind=MeetingKind.GENERAL, on=date(2024, 3, 1)
    )
    number = opened.number  # type: ignore[union-attr]
    add_resolution(group=ours.group, number=number, by=ours.treasurer, words="รับสมาชิกใหม่")
    against = ground_of(ours.group, number, 7)
    assert against == [
        MeetingStillOpen(number),
        MeetingWithoutQuorum(number, 0, 5, 8),
        NoSuchResolution(7),
    ]


def test_every_such_refusal_has_words() -> None:
    said = [
        NoSuchMeeting(3),
        MeetingStillOpen(3),
        CannotDecideThis(3, "ประชุมคณะกรรมการ"),
        MeetingWithoutQuorum(3, 4, 5, 8),
        NoSuchResolution(2),
    ]
    assert {type(each) for each in said} == set(get_args(GroundRefusal))
    for each in said:
        assert len(ground_refusal_in_thai(each)) > 20
