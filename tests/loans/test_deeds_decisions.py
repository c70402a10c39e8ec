"""What a committee decides: who was there, in office, on whose household, and whether money is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role
from kongthun.accounts.reach import reach_of
from kongthun.activities.models import Meeting, MeetingKind
from kongthun.domain.money import Money
from kongthun.domain.rule_set import rule_set_of
from kongthun.loans.actions.requests import decide_request, drop_request
from kongthun.loans.actions.steps import StepTaken
from kongthun.loans.actions.taking_back import take_back_step
from kongthun.loans.models import Request, Stage
from kongthun.loans.queries.requests import available_money
from kongthun.loans.refusals import NotDone, NotEnoughMoney

from .village_at_work import Village, new_key, refused, working_village

pytestmark = pytest.mark.django_db

DAY = date(2023, 3, 1)
TODAY = timezone.localdate()


@pytest.fixture
def village() -> Village:
    return working_village()


@pytest.fixture
def request_(village: Village) -> Request:
    """12,000 baht, asked for and found good on 1 มี.ค. 2566."""
    return village.ask(1, 12_000, DAY)


def decide(village: Village, request: Request, **said: Any) -> StepTaken | NotDone:  # noqa: ANN401
    given: dict[str, Any] = {
        "is_approved": True,
        "amount": Money.baht(12_000),
        "words": "",
        "by": village.chairman,
    }
    if "meeting_number" not in said:
        given["meeting_number"] = village.meet(DAY)
    return decide_request(request.number, fund=village.fund, **given | said)


def test_a_quorum_in_office_approves_and_the_rules_of_the_day_are_kept(
    village: Village, request_: Request
) -> None:
    done = decide(village, request_)
    assert isinstance(done, StepTaken)
    assert (done.request.stage, done.step.amount) == (Stage.APPROVED, Money.baht(12_000))
    kept = rule_set_of(done.step.judged_by or {})
    assert (kept.name, kept["quorum_per_cent"].count) == ("ระเบียบ กข.คจ. พ.ศ. 2553", 50)


@pytest.mark.parametrize("who", ["treasurer", "field_worker", "district"])
def test_only_the_chairman_s_desk_records_a_decision(
    village: Village, request_: Request, who: str
) -> None:
    assert "NotEntitled" in refused(decide(village, request_, by=getattr(village, who)))


def test_who_recorded_the_request_does_not_record_the_decision(
    village: Village, request_: Request
) -> None:
    user = village.users["herannyik"]
    appoint(
        user=user, role=Role.CHAIRMAN, by_order="รักษาการ", starts_on=DAY, group_id=village.fund.pk
    )
    assert refused(decide(village, request_, by=reach_of(user, TODAY))) == {"RecorderDecides"}


def test_half_of_the_committee_is_no_quorum(village: Village, request_: Request) -> None:
    three = village.meet(DAY, (1, 2, 3))
    assert refused(decide(village, request_, meeting_number=three)) == {"NoQuorum"}
    four = village.meet(DAY, (1, 2, 3, 4))
    assert isinstance(decide(village, request_, meeting_number=four), StepTaken)


def test_a_committee_whose_term_is_over_decides_nothing(village: Village) -> None:
    late = date(2024, 10, 1)
    request = village.ask(1, 12_000, late)
    done = decide(village, request, meeting_number=village.meet(late))
    assert refused(done) == {"NobodyInOffice", "TermNotInForce"}


def test_the_last_day_of_a_term_still_counts(village: Village) -> None:
    last = date(2024, 9, 30)
    request = village.ask(1, 12_000, last)
    assert isinstance(decide(village, request, meeting_number=village.meet(last)), StepTaken)


def test_nobody_decides_on_their_own_household(village: Village) -> None:
    own = village.ask(5, 12_000, DAY)  # the chairman's
    five = village.meet(DAY, (1, 2, 3, 4, 5))
    assert refused(decide(village, own, meeting_number=five)) == {"OwnHousehold"}
    four = village.meet(DAY, (1, 2, 3, 4))
    assert refused(decide(village, own, meeting_number=four, stepped_out=(1,))) == {"TooFewRemain"}
    assert isinstance(decide(village, own, meeting_number=five, stepped_out=(1,)), StepTaken)


def test_a_decision_is_one_of_a_closed_committee_meeting(
    village: Village, request_: Request
) -> None:
    assert refused(decide(village, request_, meeting_number=None)) == {"NoSuchMeeting"}
    number = village.meet(DAY)
    Meeting.objects.filter(number=number).update(closed_at=None)
    assert refused(decide(village, request_, meeting_number=number)) == {"NoSuchMeeting"}
    other = next(kind for kind in MeetingKind if kind != MeetingKind.COMMITTEE)
    Meeting.objects.filter(number=number).update(closed_at=timezone.now(), kind=other)
    assert refused(decide(village, request_, meeting_number=number)) == {"NoSuchMeeting"}


def test_a_meeting_does_not_decide_on_what_had_not_come_to_it(
    village: Village, request_: Request
) -> None:
    before = village.meet(DAY - timedelta(days=1))
    assert refused(decide(village, request_, meeting_number=before)) == {"MeetingBeforeRequest"}


def test_a_meeting_of_tomorrow_decides_nothing_today(village: Village, request_: Request) -> None:
    tomorrow = village.meet(TODAY + timedelta(days=1))
    assert "InFuture" in refused(decide(village, request_, meeting_number=tomorrow))


def test_another_sum_than_asked_for_is_approved_with_a_reason(
    village: Village, request_: Request
) -> None:
    less = {"amount": Money.baht(10_000)}
    assert refused(decide(village, request_, **less)) == {"ReasonNeeded"}
    assert isinstance(decide(village, request_, **less, words="แบ่งให้อีกครัวเรือน"), StepTaken)


def test_an_approval_is_of_something(village: Village, request_: Request) -> None:
    assert refused(decide(village, request_, amount=None)) == {"DecidedNothing"}
    assert refused(decide(village, request_, amount=Money(0))) == {"DecidedNothing"}


def test_a_refusal_says_why(village: Village, request_: Request) -> None:
    assert refused(decide(village, request_, is_approved=False)) == {"ReasonNeeded"}
    done = decide(village, request_, is_approved=False, words="ขอดูโครงการใหม่")
    assert isinstance(done, StepTaken)
    assert (done.request.stage, done.step.amount) == (Stage.REFUSED, None)


def test_no_more_is_promised_than_there_is_and_is_not_promised_yet(village: Village) -> None:
    first, second = village.ask(1, 200_000, DAY), village.ask(2, 90_000, DAY)
    assert isinstance(decide(village, first, amount=Money.baht(200_000)), StepTaken)
    done = decide(village, second, amount=Money.baht(90_000))
    assert isinstance(done, NotDone)
    assert done.refusals == (
        NotEnoughMoney(Money.baht(90_000), Money.baht(80_000), Money.baht(200_000)),
    )
    drop_request(first.number, fund=village.fund, on=DAY, words="", by=village.treasurer)
    assert isinstance(decide(village, second, amount=Money.baht(90_000)), StepTaken)


def test_what_was_decided_anew_is_promised_once(village: Village, request_: Request) -> None:
    decided = decide(village, request_)
    assert isinstance(decided, StepTaken)
    take_back_step(
        request_.number,
        fund=village.fund,
        sequence=decided.step.sequence,
        reason="",
        key=new_key(),
        by=village.chairman,
    )
    assert available_money(village.fund.pk).promised == Money(0)
    decide(village, request_, amount=Money.baht(9_000), words="ลดลง")
    assert available_money(village.fund.pk).promised == Money.baht(9_000)


def test_a_request_is_decided_once(village: Village, request_: Request) -> None:
    decide(village, request_)
    assert refused(decide(village, request_)) == {"OutOfTurn"}


def test_a_household_that_borrowed_in_between_gets_no_second_loan() -> None:
    village = working_village()
    waiting = village.ask(1, 12_000, DAY)
    drop_request(waiting.number, fund=village.fund, on=DAY, words="", by=village.treasurer)
    village.lend(1, 5_000, DAY)
    take_back_step(
        waiting.number,
        fund=village.fund,
        sequence=3,
        reason="",
        key=new_key(),
        by=village.treasurer,
    )
    assert refused(decide(village, waiting)) == {"LoanStillOpen"}


def test_everything_against_a_decision_is_said_together(
    village: Village, request_: Request
) -> None:
    two = village.meet(DAY, (1, 2))
    done = decide(
        village, request_, meeting_number=two, amount=Money.baht(300_000), by=village.treasurer
    )
    assert refused(done) == {
        "NotEntitled",
        "NoQuorum",
        "RecorderDecides",
        "ReasonNeeded",
        "NotEnoughMoney",
    }
