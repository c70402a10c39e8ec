"""Only members put in shares and savings; who waits or has left does not, and gets back theirs."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from five.occupation_group import OccupationGroup, founded_group
from kongthun.activities.actions.admissions import ApplicationsDecided, decide_applications
from kongthun.domain.money import Money
from kongthun.groups.actions.members import MemberEventKept, apply_for_membership, leave_group
from kongthun.groups.models import MemberKind
from kongthun.ledger.savings import Kept, NoMemberThen, NotDone, buy_shares, return_shares

APPLIED, MET, LATER = date(2024, 1, 20), date(2024, 2, 1), date(2024, 3, 1)


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group()


def buy(ours: OccupationGroup, member: int, on: date) -> Kept | NotDone:
    return buy_shares(
        fund=ours.fund,
        member_number=member,
        amount=Money.baht(200),
        on=on,
        key=str(uuid4()),
        by=ours.treasurer,
    )


def test_who_waits_for_a_meeting_holds_no_shares_yet(ours: OccupationGroup) -> None:
    applied = apply_for_membership(
        group=ours.group,
        name="นางสาวกานดา  พูลสวัสดิ์",
        house_number="9",
        kind=MemberKind.ORDINARY,
        on=APPLIED,
        by=ours.treasurer,
    )
    assert isinstance(applied, MemberEventKept), applied
    assert buy(ours, 9, MET) == NotDone((NoMemberThen(9, MET, has_left=False),))
    met = ours.meet(MET, "รับสมาชิกใหม่")
    done = decide_applications(
        group=ours.group, meeting_number=met, resolution=1, admitted=[9], by=ours.treasurer
    )
    assert isinstance(done, ApplicationsDecided), done
    assert isinstance(buy(ours, 9, MET), Kept)
    assert buy(ours, 9, APPLIED) == NotDone((NoMemberThen(9, APPLIED, has_left=False),))


def test_who_has_left_buys_no_more_and_gets_back_what_is_theirs(ours: OccupationGroup) -> None:
    assert isinstance(buy(ours, 8, MET), Kept)
    left = leave_group(
        group=ours.group, number=8, reason="ย้ายไปอยู่จังหวัดอื่น", on=MET, by=ours.treasurer
    )
    assert isinstance(left, MemberEventKept), left
    assert isinstance(buy(ours, 8, MET), Kept)  # on the day itself still a member
    assert buy(ours, 8, LATER) == NotDone((NoMemberThen(8, LATER, has_left=True),))
    back = return_shares(
        fund=ours.fund,
        member_number=8,
        amount=Money.baht(400),
        on=LATER,
        key=str(uuid4()),
        by=ours.treasurer,
    )
    assert isinstance(back, Kept), back
