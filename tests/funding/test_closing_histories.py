"""Laws of closing a year, over random histories: conserved, verified, shut, and undone whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from five.occupation_group import founded_group
from funding.closing_group import LAST_DAY, YEAR, ClosingGroup, baht, trade_of
from kongthun.domain.money import ZERO, Money, total
from kongthun.funding.actions.closing import (
    Paid,
    Reopened,
    YearShared,
    pay_due,
    take_back_closing,
    take_back_payment,
    use_reserve,
)
from kongthun.funding.models import MemberSlip, SurplusShare, YearClosing
from kongthun.funding.queries import closing as ask
from kongthun.ledger.bank import Purse, pay_expense, receive_bank_interest, receive_income
from kongthun.ledger.models import Entry
from kongthun.ledger.queries import lowest_balance_since
from kongthun.ledger.savings import buy_shares, return_shares
from kongthun.ledger.savings_queries import least_kept_since
from kongthun.ledger.verification import verify_fund

pytestmark = pytest.mark.django_db

BEGINNING = date(2024, 12, 20)
BEFORE = date(2024, 1, 1)
MEMBERS = (1, 2, 3, 8)
repeated = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True, slots=True)
class Step:
    """Something somebody may try, some days after the beginning; half of them before year's end."""

    what: str
    member: int
    days: int
    sum: int


STEPS = st.builds(
    Step,
    st.sampled_from(
        ("earn", "earn", "spend", "bank", "buy", "buy", "return", "close", "close", "pay")
    )
    | st.sampled_from(("pay", "due", "welfare", "reserve", "back", "undo")),
    st.sampled_from((*MEMBERS, 99)),
    st.integers(0, 24),
    st.integers(0, 400),
)
TRADES = st.dictionaries(st.sampled_from(MEMBERS), st.integers(0, 5_000), max_size=4)


@pytest.fixture
def group() -> ClosingGroup:
    ours = ClosingGroup(founded_group())
    ours.general_meeting()
    return ours


@contextmanager
def nothing_kept(monkeypatch: pytest.MonkeyPatch, trade: dict[int, int]) -> Iterator[None]:
    with monkeypatch.context() as patched, transaction.atomic():
        patched.setattr(ask, "trade_in", trade_of(trade))
        yield
        transaction.set_rollback(True)


def do(group: ClosingGroup, step: Step, key: str) -> object:
    fund, by, on = group.fund, group.treasurer, BEGINNING + timedelta(days=step.days)
    amount = Money(step.sum * 37)
    base = {"fund": fund, "amount": amount, "on": on, "key": key, "by": by}
    match step.what:
        case "earn":
            return receive_income(purse=Purse.CASH, words="ขาย", **base)
        case "spend":
            return pay_expense(purse=Purse.CASH, words="ซื้อ", **base)
        case "bank":
            return receive_bank_interest(**base)
        case "buy":
            return buy_shares(member_number=step.member, **base | {"amount": baht(step.sum * 100)})
        case "return":
            return return_shares(member_number=step.member, **base)
        case "close":
            year = YEAR + (ask.latest_closing(fund) is not None)
            return group.close(year=year, meeting_number=1, key=key)
        case "pay":
            return group.pay(step.member, on=on, key=key, closing=step.sum % 2 + 1)
        case "due":
            return pay_due(words="กรรมการ", **base)
        case "welfare" | "reserve":
            return use_reserve(purpose=step.what, words="จ่าย", **base)
        case "back":
            return take_back_payment(fund=fund, number=step.sum % 20, reason="ผิด", key=key, by=by)
    return take_back_closing(
        fund=fund, number=step.sum % 2 + 1, reason="ผิด", key=key, by=group.chairman
    )


def shut(group: ClosingGroup) -> int:
    return (
        Entry.objects.filter(fund=group.fund, happened_on__lte=LAST_DAY, reverses__isnull=True)
        .exclude(deed="surplus_shared")
        .count()
    )


@repeated
@given(st.lists(STEPS, max_size=25), TRADES)
def test_whatever_is_tried_everything_is_conserved_and_verified(
    group: ClosingGroup, monkeypatch: pytest.MonkeyPatch, steps: list[Step], trade: dict[int, int]
) -> None:
    with nothing_kept(monkeypatch, trade):
        for place, step in enumerate(steps):
            closed = group.position.closed_until
            before = shut(group)
            do(group, step, f"step-{place}")
            if closed is not None:
                assert shut(group) == before
        fund = group.fund
        assert group.position.sums.is_conserved
        assert verify_fund(fund) == []
        assert lowest_balance_since(fund.pk, "cash", BEFORE).balance >= ZERO
        for account in ("due:committee", "reserve:reserve", "reserve:welfare", "held:1", "held:8"):
            assert least_kept_since(fund.pk, account, BEFORE).kept >= ZERO
        for closing in YearClosing.objects.filter(fund=fund):
            rows = SurplusShare.objects.filter(fund=fund, closing_number=closing.number)
            pots = {row.purpose: row.amount for row in rows}
            slips = MemberSlip.objects.filter(fund=fund, closing_number=closing.number)
            assert total(pots.values()) == closing.surplus
            assert total(slip.dividend for slip in slips) == pots["dividend"]
            assert total(slip.trade_return for slip in slips) == pots["trade_return"]
            if closing.withdrawn_at is None:
                earned = ask.surplus_of(fund, closing.starts_on, closing.ends_on)
                assert earned.surplus == closing.surplus


@repeated
@given(st.lists(STEPS, max_size=15), TRADES)
def test_a_year_closed_and_opened_again_is_as_before(
    group: ClosingGroup, monkeypatch: pytest.MonkeyPatch, steps: list[Step], trade: dict[int, int]
) -> None:
    with nothing_kept(monkeypatch, trade):
        for place, step in enumerate(steps):
            if step.what not in {"close", "undo"}:
                do(group, step, f"step-{place}")
        before = group.position.sums
        done = group.close(meeting_number=1)
        if not isinstance(done, YearShared):
            return
        back = take_back_closing(
            fund=group.fund, number=done.number, reason="ผิด", key="back", by=group.chairman
        )
        assert isinstance(back, Reopened)
        assert group.position.sums == before
        assert group.position.closed_until is None
        assert verify_fund(group.fund) == []


@repeated
@given(st.lists(STEPS, max_size=15), TRADES)
def test_everybody_can_be_paid_what_their_slip_says_and_papers_have_no_gap(
    group: ClosingGroup, monkeypatch: pytest.MonkeyPatch, steps: list[Step], trade: dict[int, int]
) -> None:
    with nothing_kept(monkeypatch, trade):
        for place, step in enumerate(steps):
            if step.what in {"earn", "buy"}:
                do(group, step, f"step-{place}")
        done = group.close(meeting_number=1)
        if not isinstance(done, YearShared):
            return
        slips = MemberSlip.objects.filter(fund=group.fund)
        sums = {s.member_number: s.dividend + s.trade_return for s in slips}
        people = [number for number, sum_ in sums.items() if sum_]
        if not people:
            return
        paid = group.pay(*people)
        assert isinstance(paid, Paid)
        assert paid.documents == tuple(f"ป.{n}" for n in range(1, len(people) + 1))
        assert all(
            least_kept_since(group.fund.pk, f"held:{n}", BEFORE).kept == ZERO for n in people
        )
        assert verify_fund(group.fund) == []
