"""A household's request, from the draft to the field worker's opinion, and dropping it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kongthun.accounts.models import Appointment, Role
from kongthun.accounts.reach import Reach, reach_of
from kongthun.domain.money import Money
from kongthun.groups.models import AdoptedRules
from kongthun.groups.rule_sets import shipped
from kongthun.loans.actions.requests import (
    RequestFacts,
    drop_request,
    give_opinion,
    hand_in_request,
    save_draft,
)
from kongthun.loans.actions.steps import StepTaken
from kongthun.loans.actions.taking_back import take_back_step
from kongthun.loans.models import Request, RequestItem, Stage, Step, StepKind
from kongthun.loans.refusals import LoanStillOpen, NotDone

from .village_at_work import Village, new_key, refused, working_village

pytestmark = pytest.mark.django_db

DAY = date(2023, 3, 1)
TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)
COWS = RequestFacts(1, project="เลี้ยงวัวขุน", asked=Money.baht(12_000))


@pytest.fixture
def village() -> Village:
    return working_village()


def draft(village: Village, facts: RequestFacts = COWS, number: int | None = None) -> Request:
    done = save_draft(facts, fund=village.fund, by=village.treasurer, number=number)
    assert isinstance(done, Request), done
    return done


def hand_in(
    village: Village, number: int, on: date = DAY, by: Reach | None = None
) -> StepTaken | NotDone:
    return hand_in_request(number, fund=village.fund, on=on, by=by or village.treasurer)


def opine(village: Village, number: int, **said: Any) -> StepTaken | NotDone:  # noqa: ANN401
    given: dict[str, Any] = {
        "on": DAY,
        "is_favourable": True,
        "words": "",
        "by": village.field_worker,
    }
    return give_opinion(number, fund=village.fund, **given | said)


def take_back(
    village: Village, number: int, sequence: int, by: Reach, reason: str = "", key: str = ""
) -> StepTaken | NotDone:
    return take_back_step(
        number, fund=village.fund, sequence=sequence, reason=reason, key=key or new_key(), by=by
    )


# --- drafts -----------------------------------------------------------------------------------


def test_a_draft_is_kept_as_far_as_it_is_written_and_changed_as_often_as_needed(
    village: Village,
) -> None:
    first = draft(village, RequestFacts(1))
    assert (first.stage, first.paper_number, first.asked) == (Stage.DRAFT, None, None)
    items = (("ลูกวัว", Money.baht(11_000)), ("อาหาร", Money.baht(1_000)))
    again = draft(village, replace(COWS, items=items), first.number)
    assert again.number == first.number
    assert RequestItem.objects.filter(request_number=first.number).count() == 2
    draft(village, COWS, first.number)
    assert not RequestItem.objects.filter(request_number=first.number).exists()


def test_a_draft_is_for_a_household_on_the_list_by_somebody_entitled(village: Village) -> None:
    facts = replace(COWS, member_number=99)
    assert refused(save_draft(facts, fund=village.fund, by=village.treasurer)) == {"NotOnList"}
    assert refused(save_draft(COWS, fund=village.fund, by=village.chairman)) == {"NotEntitled"}


def test_what_was_handed_in_is_no_draft_any_more(village: Village) -> None:
    request = draft(village)
    hand_in(village, request.number)
    done = save_draft(COWS, fund=village.fund, by=village.treasurer, number=request.number)
    assert refused(done) == {"OutOfTurn"}


# --- handing in -------------------------------------------------------------------------------


def test_forms_are_numbered_without_gaps_as_they_are_handed_in(village: Village) -> None:
    requests = [draft(village, replace(COWS, member_number=member)) for member in (1, 2, 3)]
    for request in (requests[2], requests[0]):
        assert isinstance(hand_in(village, request.number), StepTaken)
    numbers = Request.objects.order_by("number").values_list("paper_number", flat=True)
    assert list(numbers) == [2, None, 1]


def test_a_request_taken_back_and_handed_in_again_keeps_its_number(village: Village) -> None:
    request = draft(village)
    hand_in(village, request.number)
    taken = take_back(village, request.number, 1, village.treasurer)
    assert isinstance(taken, StepTaken)
    assert taken.request.stage == Stage.DRAFT
    again = hand_in(village, request.number)
    assert isinstance(again, StepTaken)
    assert again.request.paper_number == 1


def test_a_request_names_what_it_is_for_and_how_much(village: Village) -> None:
    request = draft(village, RequestFacts(1))
    assert refused(hand_in(village, request.number)) == {"NothingAsked"}


def test_its_items_add_up(village: Village) -> None:
    request = draft(village, replace(COWS, items=(("ลูกวัว", Money.baht(11_000)),)))
    assert refused(hand_in(village, request.number)) == {"ItemsDoNotAddUp"}


def test_it_is_not_handed_in_tomorrow_nor_by_the_chairman_nor_twice(village: Village) -> None:
    request = draft(village)
    assert refused(hand_in(village, request.number, TOMORROW, village.chairman)) == {
        "InFuture",
        "NotEntitled",
    }
    hand_in(village, request.number)
    assert refused(hand_in(village, request.number)) == {"OutOfTurn"}
    assert refused(hand_in(village, 99)) == {"NoSuchRecord"}


def test_it_asks_for_no_more_than_the_rules_allow(village: Village) -> None:
    limits = shipped("kkk")[-1].as_json()["limits"]
    AdoptedRules.objects.create(
        group_id=village.fund.pk,
        area_code="",
        kind="kkk",
        name="มติกองทุน",
        starts_on=date(2022, 1, 1),
        limits=limits | {"largest_loan": {"value": 10_000_00, "clause": "ข้อ 5", "source": ""}},
        recorded_at=timezone.now(),
    )
    request = draft(village)
    assert refused(hand_in(village, request.number)) == {"TooMuch"}
    assert isinstance(hand_in(village, request.number, date(2021, 12, 31)), StepTaken)


def test_a_household_that_still_owes_does_not_ask_again_whoever_types_it(
    village: Village,
) -> None:
    contract = village.lend(1, 12_000, DAY)
    village.take(contract, 11_999, DAY)
    request = draft(village)
    done = hand_in(village, request.number)
    assert isinstance(done, NotDone)
    (refusal,) = done.refusals
    assert isinstance(refusal, LoanStillOpen)
    assert (refusal.contracts, refusal.owed) == ((contract.paper_number,), Money.baht(1))
    village.take(contract, 1, DAY)
    assert isinstance(hand_in(village, request.number), StepTaken)


def test_a_household_has_one_request_under_way(village: Village) -> None:
    first, second = draft(village), draft(village)
    hand_in(village, first.number)
    assert refused(hand_in(village, second.number)) == {"RequestStillOpen"}
    drop_request(first.number, fund=village.fund, on=DAY, words="", by=village.treasurer)
    assert isinstance(hand_in(village, second.number), StepTaken)


# --- the field worker's opinion -------------------------------------------------------------------


def test_an_opinion_is_the_field_worker_s_and_no_one_else_s(village: Village) -> None:
    request = draft(village)
    hand_in(village, request.number)
    assert refused(opine(village, request.number, by=village.treasurer)) == {"NotEntitled"}
    done = opine(village, request.number)
    assert isinstance(done, StepTaken)
    assert done.request.stage == Stage.OPINED


def test_who_does_not_agree_says_why_and_the_committee_still_decides(village: Village) -> None:
    request = draft(village)
    hand_in(village, request.number)
    no = {"is_favourable": False}
    assert refused(opine(village, request.number, **no)) == {"ReasonNeeded"}
    done = opine(village, request.number, **no, words="ที่ดินน้ำท่วมทุกปี")
    assert isinstance(done, StepTaken)
    assert done.request.stage == Stage.OPINED


def test_an_opinion_is_not_older_than_the_request_nor_of_tomorrow(village: Village) -> None:
    request = draft(village)
    assert refused(opine(village, request.number)) == {"OutOfTurn"}
    hand_in(village, request.number)
    assert refused(opine(village, request.number, on=DAY - timedelta(days=1))) == {
        "BeforeStepBefore"
    }
    assert refused(opine(village, request.number, on=TOMORROW)) == {"InFuture"}


def test_where_the_rules_ask_for_no_opinion_the_committee_is_next() -> None:
    neighbour = working_village("80160102", kind="saving_group")
    done = hand_in(neighbour, draft(neighbour).number)
    assert isinstance(done, StepTaken)
    assert done.request.stage == Stage.OPINED


# --- dropping and taking back ---------------------------------------------------------------------


def test_a_household_drops_its_request_until_the_contract_is_signed(village: Village) -> None:
    request = village.ask(1, 12_000, DAY)
    said: dict[str, Any] = {"fund": village.fund, "on": DAY, "words": "ไม่ยืมแล้ว"}
    assert refused(drop_request(request.number, **said, by=village.chairman)) == {"NotEntitled"}
    done = drop_request(request.number, **said, by=village.treasurer)
    assert isinstance(done, StepTaken)
    assert done.request.stage == Stage.DROPPED
    assert refused(drop_request(request.number, **said, by=village.treasurer)) == {"OutOfTurn"}
    lent = village.lend(2, 5_000, DAY)
    mine = Request.objects.get(contract_number=lent.number).number
    assert refused(drop_request(mine, **said, by=village.treasurer)) == {"OutOfTurn"}


def test_a_step_is_taken_back_by_who_took_it_or_by_the_chairman(village: Village) -> None:
    request = village.ask(1, 12_000, DAY)
    assert refused(take_back(village, request.number, 2, village.treasurer)) == {
        "NotYours",
        "NotEntitled",
    }
    mine = take_back(village, request.number, 2, village.field_worker)
    assert isinstance(mine, StepTaken)
    assert mine.request.stage == Stage.REQUESTED
    opine(village, request.number)
    theirs = take_back(village, request.number, 4, village.chairman)
    assert isinstance(theirs, StepTaken)


def test_who_holds_nothing_any_more_takes_nothing_back(village: Village) -> None:
    request = draft(village)
    hand_in(village, request.number)
    user = village.users["herannyik"]
    Appointment.objects.filter(user=user, role=Role.TREASURER).update(ends_on=date(2025, 12, 31))
    assert refused(take_back(village, request.number, 1, reach_of(user, TODAY))) == {"NotEntitled"}


def test_what_others_built_on_is_taken_back_with_a_reason_and_stays_readable(
    village: Village,
) -> None:
    request = village.ask(1, 12_000, DAY)
    assert refused(take_back(village, request.number, 1, village.chairman)) == {"ReasonNeeded"}
    done = take_back(village, request.number, 1, village.chairman, "ผิดครัวเรือน")
    assert isinstance(done, StepTaken)
    assert done.request.stage == Stage.DRAFT
    kinds = Step.objects.filter(request_number=request.number).order_by("sequence")
    assert [step.kind for step in kinds] == [
        StepKind.REQUESTED,
        StepKind.OPINED,
        StepKind.TAKEN_BACK,
        StepKind.TAKEN_BACK,
    ]


def test_a_step_is_taken_back_once(village: Village) -> None:
    request = draft(village)
    hand_in(village, request.number)
    take_back(village, request.number, 1, village.treasurer)
    assert refused(take_back(village, request.number, 1, village.treasurer)) == {
        "NothingToTakeBack"
    }
    assert refused(take_back(village, 99, 1, village.treasurer)) == {"NoSuchRecord"}


def test_a_request_dropped_by_mistake_goes_on_where_it_was(village: Village) -> None:
    request = village.ask(1, 12_000, DAY)
    drop_request(request.number, fund=village.fund, on=DAY, words="", by=village.treasurer)
    done = take_back(village, request.number, 3, village.treasurer)
    assert isinstance(done, StepTaken)
    assert done.request.stage == Stage.OPINED
