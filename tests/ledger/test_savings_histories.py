"""Laws of shares and savings, over random histories on random days."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kongthun.domain.money import ZERO, total
from kongthun.ledger.bank import deposit_cash
from kongthun.ledger.models import Entry
from kongthun.ledger.queries import lowest_balance_since
from kongthun.ledger.savings import (
    SAVINGS_DEEDS,
    buy_shares,
    return_shares,
    take_back_savings,
    withdraw_savings,
)
from kongthun.ledger.savings_queries import least_kept_since, member_rows
from kongthun.ledger.verification import verify_fund
from ledger.saving_group import SavingGroup, baht, position, saving_group

pytestmark = pytest.mark.django_db

BEGINNING = date(2024, 1, 1)
BEFORE = BEGINNING - timedelta(days=1)
MEMBERS = (1, 2, 3)

repeated = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True, slots=True)
class Step:
    """Something somebody may try. ``sum`` is tens of baht, or for a reversal which entry."""

    what: str
    member: int
    days: int
    sum: int


STEPS = st.builds(
    Step,
    st.sampled_from(("sheet", "save", "withdraw", "buy", "return", "deposit", "take back")),
    st.sampled_from((*MEMBERS, 9)),
    st.integers(0, 20),
    st.integers(0, 12),
)


@pytest.fixture
def group() -> SavingGroup:
    return saving_group()


@contextmanager
def nothing_kept() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def do(group: SavingGroup, step: Step, key: str) -> object:
    on, fund, by = BEGINNING + timedelta(days=step.days), group.fund, group.treasurer
    amount, member = baht(step.sum * 10), step.member
    match step.what:
        case "sheet":
            return group.save(on, (1, step.sum), (2, 10), (member, 20), key=key)
        case "save":
            return group.save(on, (member, step.sum * 10), key=key)
        case "deposit":
            return deposit_cash(fund=fund, amount=amount, on=on, slip="ฝ.1", key=key, by=by)
        case "take back":
            return take_back_savings(step.sum, fund=fund, reason="ผิด", key=key, by=by)
    deed = {"withdraw": withdraw_savings, "buy": buy_shares, "return": return_shares}[step.what]
    return deed(fund=fund, member_number=member, amount=amount, on=on, key=key, by=by)


@repeated
@given(st.lists(STEPS, max_size=20))
def test_whatever_is_tried_the_law_holds_and_nobody_goes_below_nothing(
    group: SavingGroup, steps: list[Step]
) -> None:
    with nothing_kept():
        for place, step in enumerate(steps):
            do(group, step, f"step-{place}")
        fund = group.fund
        sums = position(fund).sums
        assert sums.is_conserved
        rows = member_rows(fund, day=BEGINNING, with_names=True)
        assert total(row.together for row in rows) == sums.members
        for member in MEMBERS:
            for kind in ("share", "saving"):
                assert least_kept_since(fund.pk, f"{kind}:{member}", BEFORE).kept >= ZERO
        assert lowest_balance_since(fund.pk, "cash", BEFORE).balance >= ZERO
        assert list(verify_fund(fund)) == []


@repeated
@given(st.lists(STEPS, max_size=20))
def test_whatever_is_tried_papers_are_numbered_without_a_gap(
    group: SavingGroup, steps: list[Step]
) -> None:
    with nothing_kept():
        for place, step in enumerate(steps):
            do(group, step, f"step-{place}")
        entries = Entry.objects.filter(
            fund=group.fund, deed__in=SAVINGS_DEEDS, reverses__isnull=True
        ).order_by("number")
        for series in ("ส.", "จ."):
            papers = [e.document for e in entries if e.document.startswith(series)]
            assert papers == [f"{series}{n}" for n in range(1, len(papers) + 1)]
        assert len(entries) == sum(e.document != "" for e in entries)


@repeated
@given(st.lists(STEPS, max_size=12))
def test_sent_a_second_time_nothing_changes(group: SavingGroup, steps: list[Step]) -> None:
    with nothing_kept():
        first = [do(group, step, f"step-{place}") for place, step in enumerate(steps)]
        before = position(group.fund).head
        for place, (step, done) in enumerate(zip(steps, first, strict=True)):
            if type(done).__name__ != "NotDone":
                assert do(group, step, f"step-{place}") == done
        assert position(group.fund).head == before
