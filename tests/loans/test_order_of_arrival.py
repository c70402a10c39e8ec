"""Receipts come to the treasurer in any order; the books are the same.

The same money on the same days, written down in two orders in two funds that are alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kongthun.domain.allocation import SentBack, allocate_all
from kongthun.domain.money import Money
from kongthun.domain.plan import PlannedPart
from kongthun.ledger.verification import verify_fund
from kongthun.loans.actions.pay_outs import ContractPaper, HandingOver, make_contract, pay_out_loan
from kongthun.loans.actions.repayments import (
    RepaymentRecorded,
    Visit,
    cancel_receipt,
    record_repayment,
)
from kongthun.loans.actions.requests import (
    RequestFacts,
    decide_request,
    give_opinion,
    hand_in_request,
    save_draft,
)
from kongthun.loans.actions.steps import StepTaken
from kongthun.loans.models import Contract, Instalment, Request
from kongthun.loans.queries.contracts import contract_state
from kongthun.reports.queries.roll_up import roll_up_by_fund

from .village_at_work import (
    CHAIRMAN,
    TREASURER,
    WITNESSES,
    Village,
    new_key,
    working_village,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
LENT_ON = date(2022, 3, 1)
DUE = (date(2022, 9, 1), date(2023, 3, 1), date(2024, 2, 29))
LOAN = Money.baht(9_000)
# The days around which something turns: lent, due, a day before and after, and today.
DAYS = sorted(
    {LENT_ON, TODAY, *(due + timedelta(days=days) for due in DUE for days in (-1, 0, 1, 100))}
)
PAID = st.lists(
    st.tuples(
        st.sampled_from(DAYS),
        st.integers(1, 3_500_00).map(Money),
        st.sampled_from([False] * 7 + [True]),  # now and then one was written wrongly
    ),
    min_size=2,
    max_size=6,
)
laws = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # an example is two whole funds: small enough to be read as it is
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@contextmanager
def two_villages(kind: str) -> Iterator[list[tuple[Village, Contract]]]:
    """Two funds with the same loan of 9,000 baht in three parts, gone again afterwards."""
    with transaction.atomic():
        villages = [working_village(code, kind=kind) for code in ("80160101", "80160102")]
        yield [(village, lend(village)) for village in villages]
        transaction.set_rollback(True)


def lend(village: Village) -> Contract:
    fund = village.fund
    facts = RequestFacts(1, project="เลี้ยงปลา", asked=LOAN)
    draft = save_draft(facts, fund=fund, by=village.treasurer)
    assert isinstance(draft, Request)
    number = draft.number
    hand_in_request(number, fund=fund, on=LENT_ON, by=village.treasurer)
    give_opinion(
        number, fund=fund, on=LENT_ON, is_favourable=True, words="", by=village.field_worker
    )
    decided = decide_request(
        number,
        fund=fund,
        meeting_number=village.meet(LENT_ON),
        is_approved=True,
        amount=LOAN,
        words="",
        by=village.chairman,
    )
    assert isinstance(decided, StepTaken), decided
    parts = tuple(PlannedPart(day, Money.baht(3_000)) for day in DUE)
    paper = ContractPaper(
        LENT_ON, parts, CHAIRMAN, WITNESSES, guarantors=("นายค้ำ  หนึ่ง", "นางค้ำ  สอง")
    )
    make_contract(number, paper, fund=fund, by=village.treasurer)
    how = HandingOver(LENT_ON, "bank:1", CHAIRMAN, WITNESSES, (CHAIRMAN, TREASURER))
    paid = pay_out_loan(number, how, fund=fund, key=new_key(), by=village.treasurer)
    assert isinstance(paid, StepTaken), paid
    return Contract.objects.get(fund=fund, number=paid.step.contract_number)


def take(village: Village, contract: Contract, on: date, amount: Money) -> int | None:
    """The receipt's number, or nothing where it was too much."""
    visit = Visit(contract.number, amount, on, new_key())
    done = record_repayment(visit, fund=village.fund, by=village.treasurer)
    return done.receipt.number if isinstance(done, RepaymentRecorded) else None


def by_day(village: Village) -> dict[tuple[str, str], int]:
    """What each account moved by on each day, in satang, where anything is left of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.happened_on, l.account, sum(l.amount) FROM ledger_line l"
            " JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number"
            " WHERE l.fund_id = %s GROUP BY 1, 2",
            [village.fund.pk],
        )
        return {(str(on), account): int(sum_) for on, account, sum_ in cursor.fetchall() if sum_}


def states(village: Village, contract: Contract) -> list[Any]:
    """Everything a page says of the contract, on every day on which something may turn."""
    said = []
    for day in DAYS:
        state = contract_state(village.fund, contract.number, as_of=day)
        assert state is not None
        said.append((day, state.on_account, state.arrears, state.plan, state.due_now))
    return said


def roll_ups(village: Village) -> list[Any]:
    said = []
    for day in DAYS:
        (row,) = roll_up_by_fund(
            village.fund.code, as_of=day, today=TODAY, reach=village.treasurer
        ).rows
        said.append((row.sums, row.overdue_by_band, row.late_by_band, row.late_contracts))
    return said


def fits(paid: Sequence[tuple[date, Money, bool]], plan: Sequence[PlannedPart]) -> bool:
    """Whether no visit brings more than can be taken, all of them known."""
    divided = allocate_all(plan, [SentBack(on, amount) for on, amount, _ in paid])
    return not any(each.left_over for each in divided)


def compare(kind: str, paid: list[tuple[date, Money, bool]], data: st.DataObject) -> None:
    """Write everything in two orders, some of it wrongly and cancelled again."""
    with two_villages(kind) as alike:
        plan = [
            PlannedPart(part.due_on, part.amount, part.interest)
            for part in Instalment.objects.filter(fund=alike[0][0].fund).order_by("sequence")
        ]
        while not fits(paid, plan):
            paid = paid[:-1]
        for village, contract in alike:
            wrong = []
            in_order = sorted(paid, key=lambda each: each[0])
            # The one as it happened, the other as the papers turned up.
            arriving = in_order if village is alike[0][0] else data.draw(st.permutations(in_order))
            for on, amount, is_wrong in arriving:
                number = take(village, contract, on, amount)
                assert number is not None
                if is_wrong:
                    wrong.append(number)
            for number in wrong:
                cancel_receipt(
                    number,
                    fund=village.fund,
                    reason="เขียนผิด",
                    key=new_key(),
                    by=village.treasurer,
                )
            assert verify_fund(village.fund) == []
        (one, its_loan), (other, other_loan) = alike
        assert by_day(one) == by_day(other)
        assert states(one, its_loan) == states(other, other_loan)
        assert roll_ups(one) == roll_ups(other)
        assert by_day(one) == by_day_as_reckoned(plan, paid)


def by_day_as_reckoned(
    plan: Sequence[PlannedPart], paid: Sequence[tuple[date, Money, bool]]
) -> dict[tuple[str, str], int]:
    """The same by the domain alone, from the receipts that stand."""
    lent = LOAN.satang
    sums: dict[tuple[str, str], int] = {
        ("2020-10-01", "bank:1"): 280_000_00,
        ("2020-10-01", "capital:state"): -280_000_00,
        (LENT_ON.isoformat(), "bank:1"): -lent,
        (LENT_ON.isoformat(), "loan:1"): lent,
    }
    standing = [SentBack(on, amount) for on, amount, is_wrong in paid if not is_wrong]
    for visit, divided in zip(standing, allocate_all(plan, standing), strict=True):
        day = visit.on.isoformat()
        for account, moved in (
            ("cash", visit.amount),
            ("loan:1", -divided.principal),
            ("income:interest-1", -divided.interest),
        ):
            sums[day, account] = sums.get((day, account), 0) + moved.satang
    return {key: satang for key, satang in sums.items() if satang}


@laws
@given(PAID, st.data())
def test_without_interest_the_books_do_not_know_in_which_order_receipts_came(
    paid: list[tuple[date, Money, bool]], data: st.DataObject
) -> None:
    compare("kkk", paid, data)


@laws
@given(PAID, st.data())
def test_with_flat_interest_each_day_has_the_same_principal_and_interest_in_any_order(
    paid: list[tuple[date, Money, bool]], data: st.DataObject
) -> None:
    compare("village_fund", paid, data)


@laws
@given(PAID, st.data())
def test_with_declining_interest_each_day_has_the_same_principal_and_interest_in_any_order(
    paid: list[tuple[date, Money, bool]], data: st.DataObject
) -> None:
    compare("saving_group", paid, data)
