"""The village's own consent: from a meeting with quorum, and nothing is begun without it."""

from __future__ import annotations

from typing import Any

import pytest

from kongthun.activities.models import Resolution
from kongthun.audit.models import AuditLine
from kongthun.cases.actions.causes import add_cause
from kongthun.cases.actions.consents import ConsentRecorded, record_consent, withdraw_consent
from kongthun.cases.actions.plans import plan_step
from kongthun.cases.actions.teams import join_team
from kongthun.cases.actions.writing import FactTakenBack
from kongthun.cases.models import Consent
from kongthun.domain.casework import CaseKind, CauseKind, Role, Stage, opened_on
from kongthun.groups.models import Membership

from .case_at_work import (
    CONSENTED,
    PROPOSED,
    CaseAtWork,
    case_at,
    consent,
    days_ago,
    meet_households,
    today,
)
from .test_proposals import refused

pytestmark = pytest.mark.django_db


def record(work: CaseAtWork, meeting: int, **said: Any) -> object:  # noqa: ANN401
    """The officer writes the first resolution of a meeting down as a yes, or as said."""
    answer = {"resolution": 1, "is_yes": True, "by": work.officer} | said
    return record_consent(**work.of, meeting_number=meeting, **answer)


def test_a_yes_of_the_households_opens_the_case_on_the_day_of_the_meeting() -> None:
    work = case_at(Stage.PROPOSED)
    done = record(work, meet_households(work, days_ago(CONSENTED)))
    assert done == ConsentRecorded(1, counts=True)
    assert work.stage is Stage.CONSENTED
    assert opened_on(work.state().facts, today()) == days_ago(CONSENTED)


def test_an_answer_without_quorum_is_kept_and_does_not_count() -> None:
    work = case_at(Stage.PROPOSED)
    done = record(work, meet_households(work, days_ago(CONSENTED), came=2))
    assert done == ConsentRecorded(1, counts=False)
    assert work.stage is Stage.PROPOSED
    assert Consent.objects.count() == 1


def test_the_least_number_that_is_quorum_opens_it() -> None:
    work = case_at(Stage.PROPOSED)
    assert record(work, meet_households(work, days_ago(CONSENTED), came=3)) == ConsentRecorded(
        1, counts=True
    )


def test_half_of_the_list_is_not_more_than_half() -> None:
    work = case_at(Stage.PROPOSED)
    Membership.objects.filter(group=work.group, number=5).delete()
    done = record(work, meet_households(work, days_ago(CONSENTED), came=2))  # of four
    assert done == ConsentRecorded(1, counts=False)


def test_a_later_no_closes_the_door_again() -> None:
    work = case_at(Stage.TEAM_FORMED)
    consent(work, is_yes=False, on=days_ago(100))
    assert work.stage is Stage.PROPOSED


def test_a_committee_does_not_answer_for_the_village() -> None:
    work = case_at(Stage.PROPOSED)
    meeting = work.village.meet(days_ago(CONSENTED))  # a committee meeting
    Resolution.objects.create(group=work.group, meeting_number=meeting, sequence=1, words="ตกลง")
    assert refused(record(work, meeting)) == {"CannotDecideThis"}
    assert work.stage is Stage.PROPOSED


def test_a_meeting_that_is_not_closed_answers_nothing() -> None:
    work = case_at(Stage.PROPOSED)
    meeting = meet_households(work, days_ago(CONSENTED), is_closed=False)
    assert refused(record(work, meeting)) == {"MeetingStillOpen"}


def test_without_a_meeting_or_resolution_there_is_no_answer() -> None:
    work = case_at(Stage.PROPOSED)
    assert refused(record(work, 99)) == {"NoSuchMeeting"}
    meeting = meet_households(work, days_ago(CONSENTED))
    assert refused(record(work, meeting, resolution=2)) == {"NoSuchResolution"}


def test_too_few_at_a_meeting_does_not_excuse_a_resolution_that_is_not_there() -> None:
    work = case_at(Stage.PROPOSED)
    meeting = meet_households(work, days_ago(CONSENTED), came=2)
    assert refused(record(work, meeting, resolution=2)) == {"NoSuchResolution"}


def test_a_meeting_before_the_proposal_did_not_answer_it() -> None:
    work = case_at(Stage.PROPOSED)
    before = meet_households(work, days_ago(PROPOSED + 1))
    assert refused(record(work, before)) == {"AnsweredBeforeAsked"}
    assert isinstance(record(work, meet_households(work, days_ago(PROPOSED))), ConsentRecorded)


def test_a_meeting_answers_once() -> None:
    work = case_at(Stage.CONSENTED)
    assert refused(record(work, 1, is_yes=False)) == {"AnsweredAlready"}


def test_a_yes_taken_back_closes_the_door_and_stays_to_be_read() -> None:
    work = case_at(Stage.CONSENTED)
    done = withdraw_consent(**work.of, number=1, note="จดผิดเรื่อง", by=work.officer)
    assert isinstance(done, FactTakenBack)
    assert work.stage is Stage.PROPOSED
    assert Consent.objects.get().withdrawn_note == "จดผิดเรื่อง"
    again = withdraw_consent(**work.of, number=1, note="อีกครั้ง", by=work.officer)
    assert refused(again) == {"NoSuchAnswer"}


def test_after_a_mistake_was_taken_back_the_meeting_may_be_written_down_anew() -> None:
    work = case_at(Stage.CONSENTED)
    withdraw_consent(**work.of, number=1, note="จดผิด", by=work.officer)
    assert record(work, 1) == ConsentRecorded(2, counts=True)


def test_nothing_is_begun_without_consent() -> None:
    work = case_at(Stage.PROPOSED)
    meet_households(work, days_ago(CONSENTED))
    joined = join_team(**work.of, role=Role.OFFICER, name="คุณดี", on=today(), by=work.officer)
    caused = add_cause(**work.of, words="ไม่รู้ระเบียบ", kind=CauseKind.OTHER, said=[], by=work.officer)
    planned = plan_step(
        **work.of,
        words="ประชุม",
        owner_role=Role.VILLAGE,
        on=today(),
        due_on=today(),
        shown_by="ภาพ",
        by=work.officer,
    )
    assert all("CaseNotOpen" in refused(done) for done in (joined, caused, planned))


def test_a_closed_case_takes_no_more_answers() -> None:
    work = case_at(Stage.CLOSED)
    meeting = meet_households(work, days_ago(10))
    assert refused(record(work, meeting)) == {"CaseIsClosed"}
    taken = withdraw_consent(**work.of, number=1, note="ลบ", by=work.officer)
    assert refused(taken) == {"CaseIsClosed"}


def test_those_who_do_not_work_on_cases_answer_for_nobody() -> None:
    work = case_at(Stage.PROPOSED)
    meeting = meet_households(work, days_ago(CONSENTED))
    for by in (work.village.chairman, work.village.treasurer, work.auditor, work.province):
        assert refused(record(work, meeting, by=by)) == {"NotEntitled"}


def test_the_network_does_not_find_a_sealed_case_to_write_in() -> None:
    work = case_at(Stage.PROPOSED, kind=CaseKind.LEGAL)
    meeting = meet_households(work, days_ago(CONSENTED))
    assert refused(record(work, meeting, by=work.network)) == {"NoSuchCase"}


def test_an_answer_is_written_down() -> None:
    case_at(Stage.CONSENTED)
    line = AuditLine.objects.get(deed="record_consent")
    assert line.details == {"meeting": 1, "is_yes": True, "had_quorum": True}
