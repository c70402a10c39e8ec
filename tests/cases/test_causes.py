"""Causes found together: said by groups at meetings, never by a name, read as a tree."""

from __future__ import annotations

from typing import Any

import pytest

from kongthun.cases.actions.causes import CauseAdded, Said, add_cause, say_cause, withdraw_cause
from kongthun.cases.actions.writing import FactTakenBack
from kongthun.cases.models import Saying
from kongthun.cases.queries.road import causes_told
from kongthun.domain.casework import CauseKind, Speaker, Stage, may_go_on

from .case_at_work import CAUSES, CaseAtWork, case_at, days_ago, meet_households, today
from .test_proposals import refused

pytestmark = pytest.mark.django_db


def add(work: CaseAtWork, words: str, *said: Said, **more: Any) -> object:  # noqa: ANN401
    """The officer writes a cause down."""
    return add_cause(
        **work.of,
        **({"words": words, "kind": CauseKind.OTHER, "said": said, "by": work.officer} | more),
    )


def test_causes_stand_under_what_they_bring_about() -> None:
    told = causes_told(case_at(Stage.CAUSES_FOUND).state().facts)
    assert [(each.cause.number, each.depth) for each in told] == [(1, 0), (2, 1), (3, 1)]


def test_causes_of_one_side_alone_are_not_found_together() -> None:
    work = case_at(Stage.TEAM_FORMED)
    meeting = meet_households(work, days_ago(CAUSES))
    add(work, "ไม่รู้ว่าค้างเท่าไร", Said(Speaker.HOUSEHOLDS, meeting))
    assert work.stage is Stage.TEAM_FORMED
    assert {type(each).__name__ for each in may_go_on(work.state().facts, today())} == {
        "FoundByOneSide"
    }
    said = say_cause(**work.of, number=1, said=Said(Speaker.COMMITTEE, meeting), by=work.officer)
    assert said == CauseAdded(1)
    assert work.stage is Stage.CAUSES_FOUND


def test_a_cause_without_anybody_who_said_it_is_not_written() -> None:
    work = case_at(Stage.TEAM_FORMED)
    assert refused(add(work, "ไม่รู้ระเบียบ")) == {"CauseUnsaid"}


def test_what_is_said_stands_with_a_closed_meeting() -> None:
    work = case_at(Stage.TEAM_FORMED)
    draft = meet_households(work, days_ago(CAUSES), is_closed=False)
    done = add(work, "ไม่รู้ระเบียบ", Said(Speaker.LEADERS, draft), Said(Speaker.LEADERS, 99))
    assert refused(done) == {"MeetingStillOpen", "NoSuchMeeting"}


@pytest.mark.parametrize(
    "words",
    [
        *("นางแดง มีทรัพย์ ไม่ส่งคืน", "เพราะแดง มีทรัพย์ไม่ยอมประชุม", "ประธาน สมหมาย  ทองขาว ไม่อยู่"),
        *("นางแดงมีทรัพย์ ไม่ส่งคืน", "เพราะแดงมีทรัพยไม่มา"),  # without the space, and a slip
    ],
)
def test_a_cause_names_nobody(words: str) -> None:
    work = case_at(Stage.TEAM_FORMED)
    meeting = meet_households(work, days_ago(CAUSES))
    assert refused(add(work, words, Said(Speaker.HOUSEHOLDS, meeting))) == {"NamesSomebody"}


def test_a_word_that_is_somebodys_first_name_is_no_name() -> None:
    work = case_at(Stage.TEAM_FORMED)
    meeting = meet_households(work, days_ago(CAUSES))
    done = add(work, "ตลาดแดงปิด ขายของไม่ได้", Said(Speaker.HOUSEHOLDS, meeting))
    assert isinstance(done, CauseAdded)


def test_a_cause_that_lies_behind_nothing_known_is_refused() -> None:
    work = case_at(Stage.CAUSES_FOUND)
    done = add(work, "สมุดหาย", Said(Speaker.LEADERS, 2), parent=9)
    assert refused(done) == {"ParentUnknown"}


def test_the_same_words_are_one_cause() -> None:
    work = case_at(Stage.CAUSES_FOUND)
    done = add(work, "ไม่รู้ว่า ค้างเท่าไร", Said(Speaker.LEADERS, 2))
    assert refused(done) == {"CauseThere"}


def test_a_group_says_a_cause_once_at_a_meeting() -> None:
    work = case_at(Stage.CAUSES_FOUND)
    way = {**work.of, "by": work.officer}
    assert refused(say_cause(**way, number=2, said=Said(Speaker.HOUSEHOLDS, 2))) == {"SaidAlready"}
    assert refused(say_cause(**way, number=9, said=Said(Speaker.HOUSEHOLDS, 99))) == {
        "NoSuchCause",
        "NoSuchMeeting",
    }


def test_the_same_saying_sent_twice_is_one() -> None:
    work = case_at(Stage.TEAM_FORMED)
    meeting = meet_households(work, days_ago(CAUSES))
    said = Said(Speaker.HOUSEHOLDS, meeting)
    add(work, "ไม่รู้ระเบียบ", said, said)
    assert Saying.objects.count() == 1


def test_a_cause_with_others_behind_it_is_taken_back_last() -> None:
    work = case_at(Stage.CAUSES_FOUND)
    way = {**work.of, "by": work.officer, "note": "เขียนใหม่"}
    assert refused(withdraw_cause(**way, number=1)) == {"CauseCarriesOthers"}
    for number in (2, 3, 1):
        assert isinstance(withdraw_cause(**way, number=number), FactTakenBack)
    assert work.stage is Stage.TEAM_FORMED
    assert refused(withdraw_cause(**way, number=1)) == {"NoSuchCause"}


def test_a_number_taken_back_is_not_given_again() -> None:
    work = case_at(Stage.CAUSES_FOUND)
    withdraw_cause(**work.of, number=3, note="เขียนใหม่", by=work.officer)
    assert add(work, "สมุดหาย", Said(Speaker.LEADERS, 2)) == CauseAdded(4)


def test_everything_against_a_cause_is_said_together() -> None:
    work = case_at(Stage.CAUSES_FOUND)
    done = add(work, " ", parent=9, by=work.village.treasurer)
    assert refused(done) == {"NotEntitled", "WordsMissing", "CauseUnsaid", "ParentUnknown"}


def test_causes_of_a_closed_case_stay_as_they_are() -> None:
    work = case_at(Stage.CLOSED)
    assert refused(add(work, "สมุดหาย", Said(Speaker.LEADERS, 2))) == {"CaseIsClosed"}


@pytest.mark.parametrize("words", ["นายประเสริฐ ใจดี ไม่เคยประชุม", "เพราะอารี ศรีสุขเก็บสมุดไว้คนเดียว"])
def test_a_cause_names_nobody_of_the_committee_who_has_no_household_on_the_list(
    words: str,
) -> None:
    work = case_at(Stage.TEAM_FORMED)
    meeting = meet_households(work, days_ago(CAUSES))
    assert refused(add(work, words, Said(Speaker.HOUSEHOLDS, meeting))) == {"NamesSomebody"}
