"""Whether a meeting was quorum: on its day, by its rules, by the terms as they are known now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from activities.village import FIVE, MEETING, START, Village, closed, draft, sits
from kongthun.activities.queries import (
    Quorum,
    closed_meetings,
    committee_of,
    meeting,
    meetings_page,
    quorum_of,
    quorum_on,
)
from kongthun.activities.wording import quorum_in_thai, quorum_source_in_thai
from kongthun.domain.authority import TermNotInForce
from kongthun.domain.rule_set import Limit, RuleSet
from kongthun.groups.models import CommitteeTerm
from kongthun.groups.queries.rules import rules_of


def rules_on(village: Village, day: date) -> RuleSet:
    group = village.group
    return rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=day)


def quorum(village: Village, number: int) -> Quorum:
    found = meeting(village.group, number)
    assert found is not None
    return quorum_of(village.group, found, rules_on(village, found.held_on))


def said(quorum: Quorum, **changed: object) -> str:
    return quorum_in_thai(replace(quorum, **changed))  # type: ignore[arg-type]


def test_five_of_eight_are_quorum(village: Village) -> None:
    found = quorum(village, draft(village, came=FIVE))
    assert (found.came, found.in_office, found.needed, found.is_met) == (5, 8, 5, True)
    assert quorum_in_thai(found) == "มา 5 จาก 8 คน ครบองค์ประชุม (ต้องมากกว่ากึ่งหนึ่ง คือ 5 คน)"


def test_four_of_eight_are_not(village: Village) -> None:
    found = quorum(village, draft(village, came=FIVE[:4]))
    assert not found.is_met
    assert quorum_in_thai(found) == "มา 4 จาก 8 คน ยังไม่ครบองค์ประชุม (ต้องมากกว่ากึ่งหนึ่ง คือ 5 คน)"


def test_the_earlier_committee_is_counted_by_itself(village: Village) -> None:
    found = quorum(village, draft(village, on=START - timedelta(days=1), came=[1, 2]))
    assert (found.came, found.in_office, found.needed, found.is_met) == (2, 3, 2, True)


def test_nobody_in_office_is_no_quorum(village: Village) -> None:
    found = quorum(village, draft(village, on=date(2015, 1, 1)))
    assert (found.in_office, found.is_met) == (0, False)
    assert "ยังนับองค์ประชุมไม่ได้" in quorum_in_thai(found)


def test_who_stands_twice_in_the_books_comes_once(village: Village) -> None:
    sits(village.group, 21, "นาย สมชาย  ใจดี", starts_on=START)
    found = quorum(village, draft(village, came=[*FIVE[:4], 21]))
    assert (found.came, found.in_office) == (4, 8)


def test_people_whose_name_could_not_be_read_are_not_one_person(village: Village) -> None:
    sits(village.group, 21, "", starts_on=START)
    sits(village.group, 22, "", starts_on=START)
    assert quorum(village, draft(village, came=[21, 22])).came == 2


def test_a_term_put_right_later_counts_as_it_is_known_now(village: Village) -> None:
    number = closed(village)
    sits(village.group, 19, "นายสมชาย ใจดี", starts_on=START, corrects=11)
    assert quorum(village, number).is_met
    ended = MEETING - timedelta(days=1)
    sits(
        village.group,
        20,
        "นายสมชาย ใจดี",
        words="ประธาน",
        starts_on=START,
        ends_on=ended,
        corrects=19,
    )
    found = quorum(village, number)
    assert (found.came, found.in_office, found.needed) == (4, 7, 4)
    assert found.not_in_force == (TermNotInForce(20, "ประธาน", MEETING),)


def test_a_withdrawn_term_without_another_never_was(village: Village) -> None:
    number = closed(village)
    CommitteeTerm.objects.filter(group=village.group, number=11).update(withdrawn_at=timezone.now())
    found = quorum(village, number)
    assert (found.came, found.in_office) == (4, 7)
    assert found.not_in_force == (TermNotInForce(11, "", MEETING),)


def test_quorum_is_asked_of_the_rules_of_the_day(village: Village) -> None:
    rules = rules_on(village, MEETING)
    strict = replace(
        rules,
        limits={**rules.limits, "quorum_per_cent": Limit("quorum_per_cent", 66, "ข้อ 9", "", True)},
    )
    found = quorum_on(committee_of(village.group), FIVE, day=MEETING, rules=strict)
    assert (found.needed, found.is_met) == (6, False)
    assert quorum_in_thai(found).endswith("(ต้องมากกว่าร้อยละ 66 คือ 6 คน)")
    assert quorum_source_in_thai(found) == "เกณฑ์องค์ประชุมตาม ข้อ 9 · ตรวจกับตัวระเบียบแล้ว"


def test_what_was_not_held_against_the_text_says_so(village: Village) -> None:
    found = quorum(village, draft(village, came=FIVE))
    assert quorum_source_in_thai(found).endswith("ยังไม่ได้ตรวจกับตัวระเบียบ")
    bare = replace(found, limit=Limit("quorum_per_cent", 50, "", "", is_checked=False))
    assert quorum_source_in_thai(bare) == "เกณฑ์องค์ประชุมตามชุดระเบียบ · ยังไม่ได้ตรวจกับตัวระเบียบ"


@pytest.mark.parametrize(
    ("share", "ending"),
    [(100, "(ต้องมาครบทุกคน คือ 5 คน)"), (None, "(ชุดระเบียบไม่ได้กำหนดองค์ประชุม)")],
)
def test_other_rules_are_said_as_they_are(village: Village, share: int | None, ending: str) -> None:
    found = quorum(village, draft(village, came=FIVE))
    limit = Limit("quorum_per_cent", share, "", "", is_checked=False)
    assert said(found, limit=limit).endswith(ending)
    assert (quorum_source_in_thai(replace(found, limit=limit)) == "") is (share is None)


def test_seats_stand_set_by_set_the_latest_first_the_chairman_first(village: Village) -> None:
    sits(village.group, 21, "นายไม่มี ชุด", starts_on=START)
    seats = committee_of(village.group).seats
    assert [seat.set_number for seat in seats] == [2] * 8 + [1] * 3 + [None]
    assert [seat.term.position for seat in seats][:5] == [
        "chairman",
        "vice_chairman",
        "secretary",
        "treasurer",
        "member",
    ]
    assert (seats[0].name, seats[0].masked_name) == ("นายสมชาย  ใจดี", "นายสมชาย  จ…")


def test_the_list_counts_who_came_and_what_was_resolved(
    village: Village,
    django_assert_num_queries: object,
) -> None:
    closed(village, came=FIVE)
    draft(village)
    with django_assert_num_queries(2):  # type: ignore[operator]
        rows = list(meetings_page(village.group, None))
    assert [(row.number, row.committee_came, row.resolved) for row in rows] == [  # type: ignore[attr-defined]
        (2, 0, 0),
        (1, 5, 1),
    ]


def test_only_closed_meetings_can_carry_a_decision(village: Village) -> None:
    late = closed(village)
    early = closed(village, on=MEETING - timedelta(days=30))
    draft(village)
    assert [row.number for row in closed_meetings(village.group)] == [late, early]


def test_a_long_list_comes_in_pages(village: Village) -> None:
    for days in range(21):
        draft(village, on=MEETING - timedelta(days=days))
    first, second = meetings_page(village.group, None), meetings_page(village.group, "2")
    assert (len(list(first)), [row.number for row in second]) == (20, [1])
