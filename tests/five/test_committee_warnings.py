"""What a group is told to look after in its committee, in how many statements, in which words."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from five.occupation_group import MEMBERS, OccupationGroup, founded_group
from kongthun.activities.actions.elections import SeatProposed, elect_committee
from kongthun.domain.committee import (
    CommitteeWarning,
    NoCommittee,
    PostVacant,
    Power,
    TermEnded,
    TermEnds,
    TooFewInOffice,
    TooManyInOffice,
    TwoPosts,
)
from kongthun.groups.actions import add_term, end_term
from kongthun.groups.committee_wording import power_in_thai, warning_in_thai
from kongthun.groups.models import CommitteePosition as P
from kongthun.groups.models import CommitteeTerm
from kongthun.groups.queries.committee import committee_warnings
from kongthun.groups.rule_sets import shipped

LAST = date(2026, 1, 14)  # two years from 15 ม.ค. 2567


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    return founded_group()


def test_the_worked_example_of_a_committee_through_its_time(ours: OccupationGroup) -> None:
    assert committee_warnings(ours.group, date(2025, 6, 1)) == []
    assert committee_warnings(ours.group, date(2025, 10, 15)) == []
    assert committee_warnings(ours.group, date(2025, 10, 16)) == [TermEnds(1, LAST, 90)]
    end_term(
        group=ours.group,
        number=4,
        on=date(2025, 11, 30),
        words="ย้ายออก",
        by=ours.field_worker,
    )
    assert committee_warnings(ours.group, date(2025, 12, 1)) == [
        TermEnds(1, LAST, 44),
        TooFewInOffice(4, 5),
        PostVacant("treasurer"),
    ]
    assert committee_warnings(ours.group, date(2026, 1, 15)) == [TermEnded(1, LAST, None)]
    ours.meet(date(2025, 12, 20), "เลือกคณะกรรมการชุดที่ 2", terms=(1, 2, 3, 5))
    posts = (P.CHAIRMAN, P.VICE_CHAIRMAN, P.SECRETARY, P.TREASURER, P.MEMBER)
    elect_committee(
        group=ours.group,
        meeting_number=1,
        resolution=1,
        seats=[SeatProposed(n, post) for n, post in zip((2, 1, 3, 6, 7), posts, strict=True)],
        starts_on=date(2026, 1, 15),
        by=ours.field_worker,
    )
    assert committee_warnings(ours.group, date(2025, 12, 21)) == [
        TooFewInOffice(4, 5),
        PostVacant("treasurer"),
    ]
    assert committee_warnings(ours.group, date(2026, 1, 15)) == []


def test_a_group_without_a_committee_is_told_so(ours: OccupationGroup) -> None:
    CommitteeTerm.objects.all().delete()
    assert committee_warnings(ours.group, date(2025, 6, 1)) == [NoCommittee()]


def test_a_term_that_was_put_right_does_not_warn(ours: OccupationGroup) -> None:
    day = date(2025, 6, 1)
    end_term(group=ours.group, number=5, on=date(2025, 1, 1), words="ลาออก", by=ours.field_worker)
    end_term(
        group=ours.group, number=5, on=date(2024, 12, 1), words="ตามหนังสือ", by=ours.field_worker
    )
    assert committee_warnings(ours.group, day) == [TooFewInOffice(4, 5)]


@pytest.mark.parametrize("more", [0, 30])
def test_two_statements_ask_for_all_of_it(
    ours: OccupationGroup,
    more: int,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    for number in range(more):
        add_term(
            group=ours.group,
            set_number=1,
            name=f"นายคนที่ ลำดับ{number}",
            position=P.MEMBER,
            starts_on=date(2024, 1, 15),
            ends_on=None,
            by=ours.field_worker,
        )
    with django_assert_num_queries(2):
        found = committee_warnings(ours.group, date(2025, 6, 1))
    assert found == ([TooManyInOffice(35, 15)] if more else [])


def test_every_warning_has_words_and_what_to_do() -> None:
    warnings: list[CommitteeWarning] = [
        NoCommittee(),
        TermEnds(1, LAST, 90),
        TermEnds(None, LAST, 0),
        TermEnded(1, LAST, None),
        TermEnded(None, None, LAST),
        TooFewInOffice(4, 5),
        TooManyInOffice(16, 15),
        PostVacant("treasurer"),
        TwoPosts((1, 4), ("ประธาน", "เหรัญญิก")),
    ]
    assert {type(each) for each in warnings} == set(get_args(CommitteeWarning))
    for each in warnings:
        said = warning_in_thai(each)
        assert said.title
        assert len(said.do) > 20
        assert "None" not in str(said)
        assert "  " not in str(said)
    assert "อีก 90 วัน" in warning_in_thai(TermEnds(1, LAST, 90)).so
    assert "ครบวาระวันนี้" in warning_in_thai(TermEnds(1, LAST, 0)).so


def test_a_person_in_two_posts_is_named_only_to_who_gives_the_names() -> None:
    warning = TwoPosts((1, 4), ("ประธาน", "เหรัญญิก"))
    assert warning_in_thai(warning).so.startswith("กรรมการคนหนึ่ง")
    assert warning_in_thai(warning, {1: MEMBERS[0]}).so.startswith(MEMBERS[0])


def test_powers_are_said_with_the_numbers_of_the_rules() -> None:
    (rules, *_) = shipped("kkk")
    said = [power_in_thai(power, rules) for power in Power]
    assert said == ["ลงมติ", "จ่ายเงินยืม ต่อหน้าพยาน 2 คน", "ร่วมลงนามถอนเงิน (2 คน)"]
