"""What came of a case is read from the books: nobody types it in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kongthun.accounts.reach import Reach
from kongthun.cases.models import Case
from kongthun.cases.queries.facts import CaseKey, CaseState, states_of
from kongthun.cases.queries.movement import movement_of, movements_of, outcomes_of, relapses_of
from kongthun.domain.casework import Answer, CaseKind, Stage, outcome_of
from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import Money, total
from kongthun.ledger.actions import Posted, post_entry, reverse_entry
from kongthun.loans.models import Contract, Receipt
from kongthun.loans.queries.contracts import contract_states
from kongthun.own_work.queries.todos import todos_of
from kongthun.reports.queries.roll_up import roll_up_by_fund

from .case_at_work import CONSENTED, CaseAtWork, case_at, days_ago, today
from .following import agree, client_of, seat_committee

pytestmark = pytest.mark.django_db

BAHT = Money.baht


def with_a_loan(stage: Stage = Stage.CAUSES_FOUND) -> tuple[CaseAtWork, Contract]:
    """A case in a fund with one loan of 12,000 baht, all of it overdue since long before."""
    work = case_at(stage)
    seat_committee(work)
    parts = ((days_ago(700), 12_000),)
    return work, work.village.lend(1, 12_000, days_ago(1100), parts=parts)


def cancel(work: CaseAtWork, receipt: Receipt) -> None:
    """A receipt written wrongly is taken back."""
    done = reverse_entry(
        receipt.entry_number,
        fund=work.village.fund,
        reason="เขียนผิด",
        key=f"cancel-{receipt.number}",
        recorded_by=None,
    )
    assert isinstance(done, Posted), done


def unexplained(work: CaseAtWork, baht: int, days: int) -> None:
    """So much moves from the bank to what nobody can explain; below zero it comes back."""
    lines = (Line("unexplained", BAHT(baht)), Line("bank:1", BAHT(-baht)))
    draft = Draft(Deed.BANK_UNEXPLAINED, days_ago(days), lines, f"gap-{days}", "ยังอธิบายไม่ได้")
    assert isinstance(post_entry(draft, fund=work.village.fund, recorded_by=None), Posted)


def test_repayments_count_from_the_day_of_the_consent() -> None:
    work, contract = with_a_loan()
    work.village.take(contract, 1_000, days_ago(CONSENTED + 1))
    work.village.take(contract, 2_000, days_ago(CONSENTED))
    work.village.take(contract, 3_000, days_ago(30))
    movement = movement_of(work.state(), today())
    assert movement.counted_from == days_ago(CONSENTED)
    assert movement.repaid_on == (days_ago(CONSENTED), days_ago(30))
    assert movement.overdue == BAHT(6_000)


def test_a_receipt_that_was_cancelled_is_no_repayment() -> None:
    work, contract = with_a_loan()
    receipt = work.village.take(contract, 3_000, days_ago(30))
    cancel(work, receipt)
    movement = movement_of(work.state(), today())
    assert movement.repaid_on == ()
    assert movement.overdue == BAHT(12_000)


def test_what_was_sent_back_fills_the_oldest_agreed_part_first() -> None:
    work, contract = with_a_loan()
    work.village.take(contract, 2_000, days_ago(300))
    agree(work, contract, days_ago(250), (days_ago(100), 6_000), (days_ago(-200), 4_000))
    work.village.take(contract, 5_000, days_ago(120))
    work.village.take(contract, 2_000, days_ago(60))
    [agreed] = movements_of([work.state()], today())[work.state().key].agreed
    assert [part.paid for part in agreed.parts] == [
        ((days_ago(120), BAHT(5_000)), (days_ago(60), BAHT(1_000))),
        ((days_ago(60), BAHT(1_000)),),
    ]
    assert (agreed.amount, agreed.paid) == (BAHT(10_000), BAHT(7_000))
    outcome = outcomes_of([work.state()], today())[work.state().key]
    assert (outcome.kept.share.due, outcome.kept.share.kept) == (1, 0)  # past its day and grace
    assert outcome.kept.answer is Answer.NOT_MET


def test_an_agreement_from_before_the_case_is_not_of_the_case() -> None:
    work, contract = with_a_loan()
    agree(work, contract, days_ago(CONSENTED + 1), (days_ago(100), 12_000))
    assert movement_of(work.state(), today()).parts == ()
    agree(work, contract, days_ago(CONSENTED), (days_ago(50), 12_000))
    assert len(movement_of(work.state(), today()).parts) == 1


def test_a_paper_that_came_late_is_shared_out_as_arrears_are() -> None:
    """2,000 sent back before the agreement turn up after it: they count as paid on its day."""
    work, contract = with_a_loan()
    agree(work, contract, days_ago(250), (days_ago(100), 6_000), (days_ago(-200), 6_000))
    work.village.take(contract, 2_000, days_ago(260))
    [agreed] = movements_of([work.state()], today())[work.state().key].agreed
    assert [part.paid for part in agreed.parts] == [((days_ago(250), BAHT(2_000)),), ()]


def test_a_cancelled_receipt_from_before_the_agreement_is_paid_up_first() -> None:
    work, contract = with_a_loan()
    receipt = work.village.take(contract, 2_000, days_ago(300))
    agree(work, contract, days_ago(250), (days_ago(100), 6_000), (days_ago(-200), 4_000))
    cancel(work, receipt)
    work.village.take(contract, 5_000, days_ago(120))
    [agreed] = movements_of([work.state()], today())[work.state().key].agreed
    assert [part.paid for part in agreed.parts] == [((days_ago(120), BAHT(3_000)),), ()]


def test_overdue_is_what_the_books_of_the_fund_say() -> None:
    work, contract = with_a_loan()
    work.village.lend(
        2, 9_000, days_ago(1000), parts=((days_ago(20), 4_000), (days_ago(-9), 5_000))
    )
    agree(work, contract, days_ago(250), (days_ago(100), 6_000), (days_ago(-200), 6_000))
    work.village.take(contract, 2_500, days_ago(80))
    for day in (days_ago(300), days_ago(90), today()):
        overdue = movement_of(work.state(day), day).overdue
        states = contract_states(work.village.fund, as_of=day, with_names=False)
        assert overdue == total(each.arrears.overdue for each in states)
        rolled = roll_up_by_fund(work.code[:8], as_of=day, today=today(), reach=work.officer)
        assert overdue == rolled.total.overdue


def test_the_missing_sum_is_explained_by_entries() -> None:
    work, _ = with_a_loan()
    Case.objects.update(missing_then=BAHT(10_000).satang)
    unexplained(work, 10_000, 500)
    unexplained(work, -8_500, 20)
    before = outcomes_of([work.state(days_ago(21))], days_ago(21))[work.state().key]
    assert before.explained.answer is Answer.NOT_MET
    now = outcomes_of([work.state()], today())[work.state().key]
    assert (now.explained.now, now.explained.answer) == (BAHT(1_500), Answer.MET)


def test_lending_again_is_told_by_the_books() -> None:
    work, _ = with_a_loan()
    assert not movement_of(work.state(), today()).has_lent_again
    work.village.lend(2, 5_000, days_ago(10))
    assert movement_of(work.state(), today()).has_lent_again
    assert not movement_of(work.state(days_ago(11)), days_ago(11)).has_lent_again


def test_the_case_of_the_rules_is_read_from_the_books() -> None:
    """Three months with a repayment, agreed parts kept, nothing missing: it moves again."""
    work, contract = with_a_loan()
    agree(work, contract, days_ago(250), *((days_ago(day), 4_000) for day in (200, 160, 120)))
    for day in (200, 160, 120):
        work.village.take(contract, 4_000, days_ago(day))
    found = outcomes_of([work.state()], today())[work.state().key]
    assert (found.moving.months, found.kept.share.kept, found.kept.share.due) == (3, 3, 3)
    assert found.is_met
    assert found == outcome_of(found.criteria, movement_of(work.state(), today()), today())


def test_a_closed_case_whose_payments_stopped_should_be_opened_again() -> None:
    work, contract = with_a_loan(Stage.CLOSED)
    [(key, relapse)] = relapses_of([work.state()], today()).items()
    assert key == work.state().key
    assert (relapse.overdue, relapse.months >= 6) == (BAHT(12_000), True)
    work.village.take(contract, 100, days_ago(10))
    assert relapses_of([work.state()], today()) == {}


def test_a_case_that_is_still_open_does_not_relapse() -> None:
    work, _ = with_a_loan(Stage.REPORTED)
    assert relapses_of([work.state()], today()) == {}


def statements(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ask()
    return len(asked)


def test_the_books_are_asked_as_often_for_thirty_cases_as_for_three() -> None:
    work, _ = with_a_loan()
    for number in range(2, 32):
        Case.objects.create(
            group=work.group,
            number=number,
            kind="stalled",
            proposed_on=days_ago(400),
            reasons=["still"],
            words="",
            missing_then=0,
            recorded_at=timezone.now(),
        )
    every: list[CaseState] = states_of(Case.objects.select_related("group"), today())
    assert len(every) == 31
    few = statements(lambda: movements_of(every[:3], today()))
    assert few == statements(lambda: movements_of(every, today())) == 6
    assert movements_of([], today()) == {}
    assert CaseKey(work.group.pk, 31) in movements_of(every, today())


# --- the page -------------------------------------------------------------------------------


def test_every_figure_is_a_door_to_its_parts() -> None:
    work, contract = with_a_loan()
    agree(work, contract, days_ago(250), (days_ago(100), 12_000))
    work.village.take(contract, 3_000, days_ago(120))
    at = reverse("cases:outcome", args=[work.code, work.number])
    page = client_of(work.officer).get(at).content.decode()
    for door in (
        reverse("loans:debts", args=[work.code]),
        reverse("loans:debt", args=[work.code, contract.number]),
        reverse("reports:figure", args=[work.code, "unexplained"]),
        reverse("reports:contract", args=[work.code, contract.number]),
    ):
        assert f'href="{door}"' in page
    assert "3,000" in page
    assert "มีทรัพย์" not in page
    assert "เริ่มเคลื่อนไหว" in page


def test_everybody_of_the_case_reads_its_outcome_and_nobody_else() -> None:
    work, _ = with_a_loan()
    elsewhere = case_at(Stage.PLANNED, code="32010101")
    at = reverse("cases:outcome", args=[work.code, work.number])
    for reach in (work.village.chairman, work.network, work.province, work.auditor):
        assert client_of(reach).get(at).status_code == 200
    assert client_of(elsewhere.officer).get(at).status_code == 404


def stopped(reach: Reach) -> bool:
    """Whether somebody's work says that payments stopped again."""
    return any(todo.words.startswith("การส่งคืนหยุดอีกครั้ง") for todo in todos_of(reach))


def test_a_case_that_should_be_opened_again_is_work_of_those_who_work_there() -> None:
    calm = case_at(Stage.CLOSED)
    assert not stopped(calm.officer)
    calm.village.lend(1, 12_000, days_ago(1100), parts=((days_ago(700), 12_000),))
    assert all(stopped(reach) for reach in (calm.officer, calm.network, calm.village.district))
    for reach in (calm.village.treasurer, calm.village.chairman, calm.province, calm.auditor):
        assert not stopped(reach)


def test_a_sealed_case_that_should_be_opened_again_is_told_to_the_office_alone() -> None:
    work = case_at(Stage.CLOSED, kind=CaseKind.FRAUD)
    work.village.lend(1, 12_000, days_ago(1100), parts=((days_ago(700), 12_000),))
    assert stopped(work.officer)
    assert not stopped(work.network)


def test_of_two_agreements_overdue_counts_by_the_last_one() -> None:
    work, contract = with_a_loan()
    agree(work, contract, days_ago(250), (days_ago(200), 6_000), (days_ago(150), 6_000))
    assert movement_of(work.state(), today()).overdue == BAHT(12_000)
    agree(work, contract, days_ago(100), (days_ago(50), 2_000), (days_ago(-50), 10_000))
    assert movement_of(work.state(), today()).overdue == BAHT(2_000)
    states = contract_states(work.village.fund, as_of=today(), with_names=False)
    assert total(each.arrears.overdue for each in states) == BAHT(2_000)
    [agreed] = movements_of([work.state()], today())[work.state().key].agreed
    assert agreed.agreed_on == days_ago(100)
