"""Laws of the desk of cash and bank, over random histories on random days."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kongthun.ledger.bank import (
    Giver,
    Purse,
    count_cash,
    deposit_cash,
    pay_expense,
    receive_capital,
    take_back,
    withdraw_cash,
)
from kongthun.ledger.queries import lowest_balance_since
from kongthun.ledger.refusals import NotDone
from kongthun.ledger.verification import verify_fund
from ledger.desk import CHAIRMAN, TREASURER, Desk, baht, entry_count, open_desk

pytestmark = pytest.mark.django_db

BEGINNING = date(2024, 1, 1)

repeated = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True, slots=True)
class Step:
    """Something somebody may try. ``sum`` is whole baht, or for a reversal which entry."""

    what: str
    days: int
    sum: int


STEPS = st.builds(
    Step,
    st.sampled_from(("grant", "withdraw", "deposit", "spend", "count", "take back")),
    st.integers(0, 20),
    st.integers(1, 12),
)


@pytest.fixture
def desk() -> Desk:
    return open_desk()


@contextmanager
def nothing_kept() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def do(desk: Desk, step: Step, key: str) -> object:
    on = BEGINNING + timedelta(days=step.days)
    fund, by, amount = desk.fund, desk.treasurer, baht(step.sum)
    match step.what:
        case "grant":
            return receive_capital(
                fund=fund,
                amount=amount,
                on=on,
                purse=Purse.BANK,
                giver=Giver.STATE,
                key=key,
                by=by,
            )
        case "withdraw":
            return withdraw_cash(
                fund=fund,
                amount=amount,
                on=on,
                document="1",
                signers=(TREASURER, CHAIRMAN),
                key=key,
                by=by,
            )
        case "deposit":
            return deposit_cash(fund=fund, amount=amount, on=on, slip="1", key=key, by=by)
        case "spend":
            return pay_expense(
                fund=fund, amount=amount, on=on, purse=Purse.CASH, words="ค่า", key=key, by=by
            )
        case "count":
            return count_cash(fund=fund, counted=amount, on=on, key=key, by=by, note="นับ")
    return take_back(step.sum, fund=fund, reason="ผิด", key=key, by=by)


@repeated
@given(st.lists(STEPS, min_size=1, max_size=14))
def test_no_day_ever_ends_below_zero_and_a_refusal_writes_nothing(
    desk: Desk, steps: list[Step]
) -> None:
    with nothing_kept():
        for place, step in enumerate(steps):
            before = entry_count(desk.fund)
            outcome = do(desk, step, f"step-{place}")
            if isinstance(outcome, NotDone):
                assert entry_count(desk.fund) == before
            assert do(desk, step, f"step-{place}") == outcome  # the same form once more
            for account in ("cash", "bank:1"):
                lowest = lowest_balance_since(desk.fund.pk, account, BEGINNING)
                assert lowest.balance >= baht(0), (step, lowest)
        assert verify_fund(desk.fund) == []
