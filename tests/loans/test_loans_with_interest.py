"""Neighbour funds lend with interest: a กองทุนหมู่บ้าน flat, a กลุ่มออมทรัพย์ on what is outstanding.

The figures are worked by hand, or held against numpy-financial. Unless a test says otherwise:
12,000 baht paid out on 1 มี.ค. 2564 at 6 % a year, 3,000 every half year from 1 ก.ย. 2564 on.
Flat: 12,000 × 6 % × 24/12 = 1,440, so 360 a part. Declining: 360, 270, 180, 90.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy_financial as npf
import pytest
from django.utils import timezone

from kongthun.domain.money import Money, total
from kongthun.domain.plan import PlannedPart, annuity, equal_parts
from kongthun.groups.models import AdoptedRules
from kongthun.groups.rule_sets import shipped
from kongthun.ledger.models import Account, Line, Position
from kongthun.ledger.verification import verify_fund
from kongthun.loans.actions.debts import Moved, return_held
from kongthun.loans.actions.pay_outs import ContractPaper, HandingOver, make_contract, pay_out_loan
from kongthun.loans.actions.repayments import RepaymentRecorded, Visit, record_repayment
from kongthun.loans.actions.requests import (
    RequestFacts,
    decide_request,
    hand_in_request,
    save_draft,
)
from kongthun.loans.actions.steps import StepTaken
from kongthun.loans.models import Contract, Instalment, Receipt, Request, Signatory, SignedAs
from kongthun.loans.queries.contracts import contract_state
from kongthun.loans.refusals import NotDone, PaidTooMuch

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

LENT_ON = date(2021, 3, 1)
DAYS = (date(2021, 9, 1), date(2022, 3, 1), date(2022, 9, 1), date(2023, 3, 1))
QUARTERS = tuple(PlannedPart(day, Money.baht(3_000)) for day in DAYS)
GUARANTORS = ("นายค้ำ  หนึ่ง", "นางค้ำ  สอง")


@pytest.fixture
def flat() -> Village:
    """A กองทุนหมู่บ้าน."""
    return working_village("80160101-2", kind="village_fund")


@pytest.fixture
def declining() -> Village:
    """A กลุ่มออมทรัพย์เพื่อการผลิต."""
    return working_village("80160101-3", kind="saving_group")


def with_rules(village: Village, **values: int | str) -> Village:
    """The same fund after it adopted its kind's rules with some of them otherwise."""
    kind = village.fund.chart
    limits = shipped(kind)[0].as_json()["limits"]
    for name, value in values.items():
        limits[name] = {"value": value, "clause": "ข้อ 9", "source": "มติ", "checked": True}
    AdoptedRules.objects.create(
        kind=kind,
        group=village.fund.group,
        area_code=village.fund.area_code,
        name="ระเบียบของกลุ่ม",
        starts_on=date(2021, 1, 1),
        by_resolution="ประชุมใหญ่",
        limits=limits,
        recorded_at=timezone.now(),
    )
    return village


def contracted(
    village: Village,
    parts: tuple[PlannedPart, ...] = QUARTERS,
    *,
    on: date = LENT_ON,
    guarantors: tuple[str, ...] = GUARANTORS,
) -> tuple[int, StepTaken | NotDone]:
    """A request of household 1 up to its contract."""
    principal = total(part.principal for part in parts)
    facts = RequestFacts(1, project="ค้าขาย", asked=principal)
    draft = save_draft(facts, fund=village.fund, by=village.treasurer)
    assert isinstance(draft, Request), draft
    handed = hand_in_request(draft.number, fund=village.fund, on=on, by=village.treasurer)
    assert isinstance(handed, StepTaken), handed
    decided = decide_request(
        draft.number,
        fund=village.fund,
        meeting_number=village.meet(on),
        is_approved=True,
        amount=principal,
        words="",
        by=village.chairman,
    )
    assert isinstance(decided, StepTaken), decided
    paper = ContractPaper(on, parts, CHAIRMAN, WITNESSES, guarantors=guarantors)
    signed = make_contract(draft.number, paper, fund=village.fund, by=village.treasurer)
    return draft.number, signed


def lend(
    village: Village, parts: tuple[PlannedPart, ...] = QUARTERS, *, on: date = LENT_ON
) -> Contract:
    number, signed = contracted(village, parts, on=on)
    assert isinstance(signed, StepTaken), signed
    paid = pay_out_loan(
        number,
        HandingOver(on, "bank:1", CHAIRMAN, WITNESSES, (CHAIRMAN, TREASURER)),
        fund=village.fund,
        key=new_key(),
        by=village.treasurer,
    )
    assert isinstance(paid, StepTaken), paid
    return Contract.objects.get(fund=village.fund, number=paid.step.contract_number)


def bring(
    village: Village, contract: Contract, baht: int, on: date, **choices: bool
) -> RepaymentRecorded | NotDone:
    visit = Visit(contract.number, Money.baht(baht), on, new_key(), "", TREASURER)
    return record_repayment(
        replace(visit, **choices),  # type: ignore[arg-type]
        fund=village.fund,
        by=village.treasurer,
    )


def received(done: RepaymentRecorded | NotDone) -> tuple[float, float, float, float]:
    """What a receipt says of penalty, interest, principal and what is held, in baht."""
    assert isinstance(done, RepaymentRecorded), done
    said: Receipt = done.receipt
    return tuple(  # type: ignore[return-value]
        sum_.satang / 100 for sum_ in (said.penalty, said.interest, said.principal, said.held)
    )


def interest_of(contract: Contract) -> list[str]:
    parts = Instalment.objects.filter(fund=contract.fund_id, contract_number=contract.number)
    return [part.interest.text for part in parts.order_by("sequence")]


def baht_on(village: Village, account: str) -> float:
    found = Account.objects.filter(fund=village.fund, code=account).first()
    return found.balance.satang / 100 if found is not None else 0


def holds(village: Village) -> Position:
    """The fund's position, once the books and the law have been looked at."""
    found = Position.objects.get(fund=village.fund)
    assert found.sums.is_conserved
    assert list(verify_fund(village.fund)) == []
    return found


# --- what a contract asks for -------------------------------------------------------------------


def test_a_village_fund_lends_flat_and_a_savings_group_on_what_is_outstanding(
    flat: Village, declining: Village
) -> None:
    at_one_rate, on_the_rest = lend(flat), lend(declining)
    assert (at_one_rate.interest_method, at_one_rate.interest_rate) == ("flat", 600)
    assert interest_of(at_one_rate) == ["360", "360", "360", "360"]
    assert (on_the_rest.interest_method, on_the_rest.interest_rate) == ("declining", 600)
    assert interest_of(on_the_rest) == ["360", "270", "180", "90"]


def test_the_satang_go_where_plans_md_says(flat: Village, declining: Village) -> None:
    """docs/rules/plans.md: 10,000 baht at 6.5 %."""
    on = date(2021, 9, 30)
    after = [date(2022, 1, 30), date(2022, 4, 30), date(2022, 7, 30)]
    parts = tuple(equal_parts(Money.baht(10_000), after))
    assert interest_of(lend(with_rules(flat, interest_rate=650), parts, on=on)) == [
        "180.55",
        "180.55",
        "180.57",
    ]
    monthly = [date(2021, 10, 30), date(2021, 11, 30), date(2021, 12, 30)]
    parts = tuple(equal_parts(Money.baht(10_000), monthly))
    assert interest_of(lend(with_rules(declining, interest_rate=650), parts, on=on)) == [
        "54.17",
        "36.11",
        "18.06",
    ]


def test_level_parts_carry_the_interest_that_numpy_financial_reckons(declining: Village) -> None:
    """An annuity of 10,000 baht at 12 % in twelve months, through the contract."""
    level = annuity(
        Money.baht(10_000), rate_bp=1_200, paid_out_on=LENT_ON, count=12, every_months=1
    )
    parts = tuple(part._replace(interest=Money(0)) for part in level)
    contract = lend(with_rules(declining, interest_rate=1_200), parts)
    theirs = npf.ipmt(0.01, range(1, 13), 12, -10_000)
    asked = Instalment.objects.filter(fund=contract.fund_id, contract_number=contract.number)
    for part, reckoned in zip(asked.order_by("sequence"), theirs, strict=True):
        assert part.interest.satang == pytest.approx(reckoned * 100, abs=1)


# --- guarantors ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "named",
    [
        (),
        ("นายค้ำ  หนึ่ง",),
        ("นายค้ำ  หนึ่ง", "ค้ำ หนึ่ง"),  # one person, named twice
        ("นายค้ำ  หนึ่ง", "นางแดง  มีทรัพย์"),  # the borrower herself
    ],
)
def test_a_contract_needs_the_guarantors_its_rules_ask_for(
    flat: Village, named: tuple[str, ...]
) -> None:
    _, signed = contracted(flat, guarantors=named)
    assert refused(signed) == {"TooFewGuarantors"}
    assert not Contract.objects.exists()


def test_guarantors_sign_the_contract(flat: Village) -> None:
    contract = lend(flat)
    signed = Signatory.objects.filter(
        fund=flat.fund, contract_number=contract.number, signed_as=SignedAs.GUARANTOR
    )
    assert sorted(each.name for each in signed) == sorted(["นายค้ำ หนึ่ง", "นางค้ำ สอง"])


# --- how a payment is divided -------------------------------------------------------------------


def test_interest_comes_before_principal_and_lands_in_income(declining: Village) -> None:
    contract = lend(declining)
    done = bring(declining, contract, 1_000, DAYS[0])
    assert received(done) == (0, 360, 640, 0)
    written = Line.objects.filter(fund=declining.fund, entry_number__gt=2)
    assert {line.account: line.amount.text for line in written} == {
        "cash": "1,000",
        contract.account: "-640",
        f"income:interest-{contract.number}": "-360",
    }
    assert received(bring(declining, contract, 2_360, DAYS[0])) == (0, 0, 2_360, 0)
    assert received(bring(declining, contract, 3_270, DAYS[1])) == (0, 270, 3_000, 0)
    assert baht_on(declining, f"income:interest-{contract.number}") == -630
    position = holds(declining)
    assert (position.interest, position.repaid) == (Money.baht(630), Money.baht(6_000))
    assert position.households == Money.baht(6_000)


def test_a_fund_that_takes_principal_first_does(flat: Village) -> None:
    contract = lend(with_rules(flat, allocation_order="principal,interest,penalty"))
    assert received(bring(flat, contract, 1_000, DAYS[0])) == (0, 0, 1_000, 0)
    assert received(bring(flat, contract, 2_100, DAYS[0])) == (0, 100, 2_000, 0)
    holds(flat)


@pytest.mark.parametrize(
    ("order", "first"),
    [
        # Two months late: 1 % of 3,000 each, 60; then the 360 of the part.
        ("penalty,interest,principal", (60, 360, 580, 0)),
        ("interest,principal,penalty", (0, 360, 640, 0)),
        ("principal,interest,penalty", (0, 0, 1_000, 0)),
    ],
)
def test_penalty_interest_and_principal_come_in_the_order_of_the_rules(
    flat: Village, order: str, first: tuple[float, ...]
) -> None:
    village = with_rules(flat, penalty_rate=100, penalty_free_days=0, allocation_order=order)
    contract = lend(village)
    assert received(bring(village, contract, 1_000, date(2021, 11, 1))) == first
    assert baht_on(village, f"income:penalty-{contract.number}") == -first[0]
    holds(village)


def test_free_days_put_the_penalty_off_and_without_a_rate_there_is_none(
    flat: Village, declining: Village
) -> None:
    # Free until 1 ต.ค. 2564, so one month is full on 1 พ.ย.
    late = with_rules(flat, penalty_rate=100, penalty_free_days=30)
    assert received(bring(late, lend(late), 1_000, date(2021, 11, 1))) == (30, 360, 610, 0)
    assert received(bring(declining, lend(declining), 1_000, date(2022, 2, 1))) == (0, 360, 640, 0)


# --- early, and too much ------------------------------------------------------------------------


def test_early_principal_leaves_the_interest_owed_until_its_day(flat: Village) -> None:
    contract = lend(flat)
    assert received(bring(flat, contract, 12_000, date(2021, 6, 1))) == (0, 0, 12_000, 0)
    state = contract_state(flat.fund, contract.number, as_of=date(2021, 6, 1))
    assert state is not None
    assert not state.is_settled
    for day in DAYS:
        assert received(bring(flat, contract, 360, day)) == (0, 360, 0, 0)
    state = contract_state(flat.fund, contract.number, as_of=DAYS[-1])
    assert state is not None
    assert state.is_settled
    assert holds(flat).interest == Money.baht(1_440)


def test_who_settles_ahead_with_the_interest_is_done_with_it(declining: Village) -> None:
    contract = lend(declining)
    done = bring(declining, contract, 12_900, date(2021, 6, 1), early_interest=True)
    assert received(done) == (0, 900, 12_000, 0)
    state = contract_state(declining.fund, contract.number, as_of=date(2021, 6, 1))
    assert state is not None
    assert state.is_settled
    assert refused(bring(declining, contract, 1, DAYS[0])) == {"NothingOwed"}


def test_too_much_is_refused_with_the_sum_or_held_under_the_members_name_and_given_back(
    flat: Village,
) -> None:
    contract = lend(flat)
    done = bring(flat, contract, 12_100, date(2021, 6, 1))
    assert isinstance(done, NotDone)
    assert done.refusals == (PaidTooMuch(Money.baht(12_100), Money.baht(12_000), Money.baht(100)),)
    held = bring(flat, contract, 12_100, date(2021, 6, 1), holds_over=True)
    assert received(held) == (0, 0, 12_000, 100)
    position = holds(flat)
    assert (position.members, position.cash) == (Money.baht(100), Money.baht(12_100))

    def give_back(baht: int) -> Any:  # noqa: ANN401 (done or refused)
        return return_held(
            "1",
            fund=flat.fund,
            amount=Money.baht(baht),
            on=date(2021, 7, 1),
            key=new_key(),
            by=flat.treasurer,
        )

    assert refused(give_back(101)) == {"MoreThanOwed"}
    assert isinstance(give_back(100), Moved)
    position = holds(flat)
    assert (position.members, position.cash) == (Money(0), Money.baht(12_000))


# --- from end to end ----------------------------------------------------------------------------


def test_a_loan_paid_part_by_part_brings_its_interest_and_settles(declining: Village) -> None:
    before = holds(declining)
    contract = lend(declining)
    asked = (3_360, 3_270, 3_180, 3_090)
    for day, sum_ in zip(DAYS, asked, strict=True):
        state = contract_state(declining.fund, contract.number, as_of=day)
        assert state is not None
        assert state.due_now.total == Money.baht(sum_)
        bring(declining, contract, sum_, day)
    state = contract_state(declining.fund, contract.number, as_of=DAYS[-1])
    assert state is not None
    assert state.is_settled
    after = holds(declining)
    assert after.interest - before.interest == Money.baht(900)
    assert (after.lent, after.repaid) == (Money.baht(12_000), Money.baht(12_000))
    assert after.cash + after.bank == before.cash + before.bank + Money.baht(900)


def test_any_order_of_arrival_gives_the_same_books(flat: Village, declining: Village) -> None:
    """The same receipts in time and the other way round, in a flat and in a declining fund."""
    for village in (flat, declining):
        paid = [(DAYS[0], 2_000), (DAYS[1], 4_000), (DAYS[2], 1_500)]
        first, second = lend(village), lend(village)
        for day, sum_ in paid:
            bring(village, first, sum_, day)
        for day, sum_ in reversed(paid):
            bring(village, second, sum_, day)
        assert baht_on(village, first.account) == baht_on(village, second.account)
        assert baht_on(village, f"income:interest-{first.number}") == baht_on(
            village, f"income:interest-{second.number}"
        )
        holds(village)
