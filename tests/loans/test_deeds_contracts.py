"""Drawing a contract up from a decision: its plan, who signs, its number, its interest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kongthun.domain.money import Money
from kongthun.domain.plan import PlannedPart, TooManyParts
from kongthun.groups.actions import TermCorrected, correct_term
from kongthun.groups.models import CommitteePosition
from kongthun.loans.actions.pay_outs import ContractPaper, make_contract
from kongthun.loans.actions.requests import (
    RequestFacts,
    decide_request,
    hand_in_request,
    save_draft,
)
from kongthun.loans.actions.steps import StepTaken
from kongthun.loans.actions.taking_back import take_back_step
from kongthun.loans.models import Contract, Instalment, Request, Signatory, SignedAs
from kongthun.loans.refusals import AgainstPlan, NotDone

from .village_at_work import (
    CHAIRMAN,
    TREASURER,
    WITNESSES,
    Village,
    new_key,
    refused,
    working_village,
)

pytestmark = pytest.mark.django_db

DAY = date(2023, 3, 1)
TODAY = timezone.localdate()
TWO_PARTS = (
    PlannedPart(date(2024, 3, 1), Money.baht(5_000)),
    PlannedPart(date(2025, 3, 1), Money.baht(7_000)),
)
PAPER = ContractPaper(DAY, TWO_PARTS, CHAIRMAN, WITNESSES)


@pytest.fixture
def village() -> Village:
    return working_village()


def approved(village: Village, member: int = 1) -> int:
    """A request of 12,000 baht that the committee approved."""
    request = village.ask(member, 12_000, DAY)
    decided = decide_request(
        request.number,
        fund=village.fund,
        meeting_number=village.meet(DAY),
        is_approved=True,
        amount=Money.baht(12_000),
        words="",
        by=village.chairman,
    )
    assert isinstance(decided, StepTaken), decided
    return request.number


def sign(village: Village, number: int, **said: Any) -> StepTaken | NotDone:  # noqa: ANN401
    by = said.pop("by", village.treasurer)
    return make_contract(number, replace(PAPER, **said), fund=village.fund, by=by)


def test_a_contract_holds_the_plan_on_free_days_and_everybody_who_signed(village: Village) -> None:
    done = sign(village, approved(village), consenter="นายดี  มีทรัพย์")
    assert isinstance(done, StepTaken)
    contract = Contract.objects.get(number=done.step.contract_number)
    assert (contract.paper_number, contract.round, contract.copies) == ("1/2566", 1, 3)
    assert (contract.due_on, contract.paid_out_on) == (date(2025, 3, 1), None)
    parts = Instalment.objects.order_by("sequence").values_list("amount", "interest")
    assert list(parts) == [(Money.baht(5_000), Money(0)), (Money.baht(7_000), Money(0))]
    signed = Signatory.objects.order_by("sequence").values_list("signed_as", flat=True)
    assert list(signed) == [
        SignedAs.BORROWER,
        SignedAs.CONSENTER,
        SignedAs.LENDER,
        SignedAs.WITNESS,
        SignedAs.WITNESS,
    ]


def test_contracts_are_numbered_within_the_fiscal_year_and_no_number_comes_again(
    village: Village,
) -> None:
    first = sign(village, approved(village))
    assert isinstance(first, StepTaken)
    take_back_step(
        first.request.number,
        fund=village.fund,
        sequence=first.step.sequence,
        reason="",
        key=new_key(),
        by=village.treasurer,
    )
    second = sign(village, first.request.number)
    assert isinstance(second, StepTaken)
    papers = Contract.objects.order_by("number").values_list("paper_number", "round")
    assert list(papers) == [("1/2566", 1), ("2/2566", 1)]


def test_a_contract_is_drawn_up_by_the_desk_once_after_a_decision(village: Village) -> None:
    number = approved(village)
    assert refused(sign(village, number, by=village.chairman)) == {"NotEntitled"}
    assert isinstance(sign(village, number), StepTaken)
    assert refused(sign(village, number)) == {"OutOfTurn"}
    assert refused(sign(village, 99)) == {"NoSuchRecord"}
    undecided = village.ask(2, 12_000, DAY)
    assert refused(sign(village, undecided.number)) == {"OutOfTurn"}


def test_a_contract_is_not_older_than_the_decision_nor_of_tomorrow(village: Village) -> None:
    number = approved(village)
    assert refused(sign(village, number, signed_on=DAY - timedelta(days=1))) == {"BeforeStepBefore"}
    tomorrow = TODAY + timedelta(days=1)
    late = (PlannedPart(tomorrow, Money.baht(12_000)),)
    assert "InFuture" in refused(sign(village, number, signed_on=tomorrow, parts=late))


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (PlannedPart(date(2024, 3, 1), Money.baht(11_999)),),
        (PlannedPart(date(2023, 2, 28), Money.baht(12_000)),),
        (*TWO_PARTS, PlannedPart(date(2025, 6, 1), Money(0))),
        (TWO_PARTS[0], TWO_PARTS[1]._replace(due_on=TWO_PARTS[0].due_on)),
        (PlannedPart(date(2026, 3, 2), Money.baht(12_000)),),  # a day past 36 months
    ],
)
def test_a_plan_that_can_not_stand_is_refused(
    village: Village, parts: tuple[PlannedPart, ...]
) -> None:
    assert refused(sign(village, approved(village), parts=parts)) == {"AgainstPlan"}


def test_a_plan_of_too_many_parts_is_refused_by_the_limit_that_says_so(village: Village) -> None:
    parts = tuple(
        PlannedPart(date(2024, month, 1), Money.baht(baht))
        for month, baht in enumerate((2_000, 2_000, 2_000, 2_000, 2_000, 1_000, 1_000), start=1)
    )
    done = sign(village, approved(village), parts=parts)
    assert isinstance(done, NotDone)
    (refusal,) = done.refusals
    assert isinstance(refusal, AgainstPlan)
    assert isinstance(refusal.fault, TooManyParts)
    assert refusal.limit is not None
    assert (refusal.limit.name, refusal.limit.count) == ("instalments_most", 6)


def test_the_chairman_lends_before_two_witnesses_who_are_no_party_to_it(village: Village) -> None:
    number = approved(village)
    assert refused(sign(village, number, lender_term=TREASURER)) == {"PayerNotChairman"}
    assert refused(sign(village, number, lender_term=99)) == {"TermNotInForce"}
    assert refused(sign(village, number, witnesses=("นายพยาน  หนึ่ง",))) == {"WitnessesMissing"}
    assert refused(sign(village, number, witnesses=("นายพยาน  หนึ่ง",) * 2)) == {
        "WitnessTwice",
        "WitnessesMissing",
    }
    borrower = ("นางแดง  มีทรัพย์", "นายพยาน  หนึ่ง")
    assert refused(sign(village, number, witnesses=borrower)) == {
        "WitnessIsParty",
        "WitnessesMissing",
    }
    consenter = {"consenter": "นายพยาน  หนึ่ง"}
    assert refused(sign(village, number, **consenter)) == {"WitnessIsParty", "WitnessesMissing"}


def test_a_lender_whose_term_was_put_right_while_the_form_was_open_still_signs(
    village: Village,
) -> None:
    number = approved(village)
    done = correct_term(
        group=village.fund.group,
        number=CHAIRMAN,
        set_number=1,
        name="นายสมหมาย  ทองขาว",
        position=CommitteePosition.CHAIRMAN,
        starts_on=date(2020, 10, 2),
        ends_on=None,
        note="ดูจากประกาศ",
        by=village.district,
    )
    assert isinstance(done, TermCorrected), done
    assert isinstance(sign(village, number, lender_term=CHAIRMAN), StepTaken)
    lender = Signatory.objects.get(signed_as=SignedAs.LENDER)
    assert (lender.name, lender.term_number) == ("นายสมหมาย ทองขาว", done.number)


def test_a_neighbour_fund_asks_for_guarantors_and_adds_its_interest() -> None:
    village = working_village("80160102", kind="village_fund")
    draft = save_draft(
        RequestFacts(1, project="ค้าขาย", asked=Money.baht(12_000)),
        fund=village.fund,
        by=village.treasurer,
    )
    assert isinstance(draft, Request)
    day = date(2022, 3, 1)
    hand_in_request(draft.number, fund=village.fund, on=day, by=village.treasurer)
    decide_request(
        draft.number,
        fund=village.fund,
        meeting_number=village.meet(day),
        is_approved=True,
        amount=Money.baht(12_000),
        words="",
        by=village.chairman,
    )
    parts = (
        PlannedPart(date(2023, 3, 1), Money.baht(6_000)),
        PlannedPart(date(2024, 3, 1), Money.baht(6_000)),
    )
    said: dict[str, Any] = {"signed_on": day, "parts": parts}
    one = sign(village, draft.number, **said, guarantors=("นายค้ำ  หนึ่ง", "นายค้ำ  หนึ่ง"))
    assert refused(one) == {"TooFewGuarantors"}
    own = sign(village, draft.number, **said, guarantors=("นายค้ำ  หนึ่ง", "นางแดง  มีทรัพย์"))
    assert refused(own) == {"TooFewGuarantors"}
    two = sign(village, draft.number, **said, guarantors=("นายค้ำ  หนึ่ง", "นางค้ำ  สอง"))
    assert isinstance(two, StepTaken), two
    interest = Instalment.objects.order_by("sequence").values_list("interest", flat=True)
    assert list(interest) == [Money.baht(720), Money.baht(720)]


def test_everything_against_a_contract_is_said_together(village: Village) -> None:
    done = sign(
        village,
        approved(village),
        parts=(),
        lender_term=TREASURER,
        witnesses=(),
        by=village.district,
    )
    assert refused(done) == {
        "NotEntitled",
        "AgainstPlan",
        "PayerNotChairman",
        "WitnessesMissing",
    }
