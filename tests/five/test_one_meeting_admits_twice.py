"""A meeting that took people in keeps the quorum it had."""

from __future__ import annotations

import pytest

from five.occupation_group import OccupationGroup, founded_group
from five.test_members import MET, asks
from kongthun.activities.actions.admissions import ApplicationsDecided, decide_applications


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group()


def test_one_meeting_may_take_people_in_by_two_resolutions(ours: OccupationGroup) -> None:
    many = [asks(ours, f"นายสมชาย  มั่นคง{n}") for n in range(10)]
    last = asks(ours, "นางมณี  แก้วใส")
    meeting = ours.meet(MET, "รับสมาชิก 10 คน", "รับนางมณี", others=5)  # of eight
    for resolution, numbers in ((1, many), (2, [last])):
        done = decide_applications(
            group=ours.group,
            meeting_number=meeting,
            resolution=resolution,
            admitted=numbers,
            by=ours.chairman,
        )
        assert isinstance(done, ApplicationsDecided), done
