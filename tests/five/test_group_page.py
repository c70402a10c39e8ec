"""One page a group: five doors for every kind, in as many statements however large it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from five.occupation_group import MEMBERS, OccupationGroup, founded_group
from kongthun.accounts.models import User
from kongthun.accounts.reach import Reach
from kongthun.domain.five import Why
from kongthun.groups.actions import HouseholdAdded, add_household
from kongthun.groups.models import MemberEvent, MemberEventKind
from kongthun.groups.rule_sets import shipped_kinds
from kongthun.reports.queries.five import five_of
from kongthun.reports.queries.timeline import timeline_of
from kongthun.reports.wording_five import ADVICE, NAMES

TODAY = timezone.localdate()


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group(founded=TODAY - timedelta(days=300))


def page(reach: Reach, code: str) -> Any:  # noqa: ANN401
    client = Client()
    client.force_login(User.objects.get(pk=reach.user_id))
    return client.get(f"/funds/{code}/five/")


def statements(ours: OccupationGroup) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        five_of(ours.group, TODAY)
        timeline_of(ours.group, count=14)
    return len(asked)


def grow(ours: OccupationGroup, members: int, meetings: int) -> None:
    for number in range(members):
        added = add_household(
            group=ours.group,
            name=f"นายสมชาย{members}  คนที่{number}",
            house_number=f"{members * 100 + number}",
            size=None,
            income_before=None,
            on=TODAY,
            by=ours.field_worker,
        )
        assert isinstance(added, HouseholdAdded), added
    for day in range(meetings):
        ours.meet(TODAY - timedelta(days=day), f"มติ {day}")


def test_the_page_asks_no_more_of_a_large_group_than_of_a_small_one(
    ours: OccupationGroup,
) -> None:
    grow(ours, 1, 1)
    small = statements(ours)
    grow(ours, 20, 20)
    assert statements(ours) == small


@pytest.mark.parametrize("kind", shipped_kinds())
@pytest.mark.django_db
def test_every_kind_of_group_stands_under_the_same_five(kind: str) -> None:
    ours = founded_group(kind=kind, founded=TODAY - timedelta(days=300))
    shown = page(ours.treasurer, ours.code)
    words = shown.content.decode()
    assert shown.status_code == 200
    for code, name in NAMES.values():
        assert f"{code}</span> {name}" in words
    for member in MEMBERS:
        assert member.split()[-1] not in words.replace("ณ นคร", "") or member.endswith("ณ นคร")


def test_what_decides_changes_with_the_facts(ours: OccupationGroup) -> None:
    five = five_of(ours.group, TODAY)
    assert five.rules.judged.why == Why.NOT_WRITTEN
    assert five.activities.judged.why == Why.NEVER_MET
    ours.meet(TODAY, "เริ่มงาน")
    assert five_of(ours.group, TODAY).activities.judged.why == Why.NO_PLAN
    assert five_of(ours.group, TODAY - timedelta(days=1)).activities.judged.why == Why.NEVER_MET


def test_the_timeline_counts_people_and_forgets_what_was_taken_back(ours: OccupationGroup) -> None:
    for number, withdrawn_at in ((1, None), (2, None), (3, timezone.now())):
        MemberEvent.objects.create(
            group=ours.group,
            number=number,
            member_number=number,
            kind=MemberEventKind.ADMITTED,
            happened_on=TODAY,
            recorded_at=timezone.now(),
            withdrawn_at=withdrawn_at,
        )
    told = [each.words for each in timeline_of(ours.group, count=14) if each.kind == "members"]
    assert told == ["รับเข้าเป็นสมาชิก 2 คน"]


def test_others_do_not_find_it(ours: OccupationGroup) -> None:
    assert page(ours.stranger, ours.code).status_code == 404
    assert page(ours.member, ours.code).status_code == 403
    assert page(ours.treasurer, "80160199").status_code == 404


def test_every_reason_has_its_advice() -> None:
    told = {why for of_one in ADVICE.values() for why in of_one}
    assert told == set(Why)
    assert set(ADVICE) == set(NAMES)
    for of_one in ADVICE.values():
        for why, advice in of_one.items():
            assert advice.says
            assert bool(advice.address) == (why != Why.FINE)
