"""Laws of ก4 over random histories: whatever is tried, in whatever order, on whatever days."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from five.occupation_group import OccupationGroup, founded_group
from funding.means_group import MILL, baht, certified, held, sound
from kongthun.domain.money import ZERO
from kongthun.domain.plan import PlannedPart
from kongthun.funding.actions import borrowings, certificates, gifts, tools
from kongthun.funding.models import ShareCertificate, SourceKind, Tool, ToolState
from kongthun.funding.posting import Pocket
from kongthun.funding.queries.means import means_of
from kongthun.funding.queries.shares import share_register
from kongthun.ledger.bank import deposit_cash
from kongthun.ledger.models import Entry, Position
from kongthun.ledger.queries import lowest_balance_since
from kongthun.ledger.savings import buy_shares

pytestmark = pytest.mark.django_db

BEGINNING = date(2025, 1, 1)
repeated = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True, slots=True)
class Step:
    """Something somebody may try, to a thing of this number, on a day, with so much."""

    what: str
    number: int
    days: int
    count: int


SHARES = ("sell", "old", "issue", "transfer", "return", "replace", "cancel", "take back sale")
OTHERS = (
    *("gift", "mill", "borrow", "repay", "buy", "wear", "wear all", "retire", "lend", "back"),
    *("take back gift", "take back loan", "take back tool", "take back part", "take back wear"),
)


def steps(*what: str) -> st.SearchStrategy[list[Step]]:
    """A run of such steps, each some days after the one before, or before it."""
    one = st.builds(
        Step, st.sampled_from(what), st.integers(1, 3), st.integers(-5, 60), st.integers(1, 12)
    )
    return st.lists(one, min_size=3, max_size=9)


@pytest.fixture
def ours() -> OccupationGroup:
    """A group where there is something of everything, so that most steps find what they are for."""
    group = founded_group()
    for member in (1, 2, 3):
        do(group, Step("sell", member, 0, 10), f"sold-{member}", BEGINNING)
        do(group, Step("old", member, 0, 3), f"old-{member}", BEGINNING)
    for what in ("gift", "mill", "mill", "borrow", "borrow", "buy"):
        do(group, Step(what, 1, 0, 12), f"{what}-{Entry.objects.count()}", BEGINNING)
    assert Entry.objects.filter(fund=group.fund).count() == 12
    assert Tool.objects.filter(fund=group.fund).count() == 3
    return group


@contextmanager
def nothing_kept() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def do(ours: OccupationGroup, step: Step, key: str, on: date, target: int = 0) -> object:
    """Try it. ``target`` is the certificate or the entry that it is done to."""
    n, count = step.number, step.count
    paper = entry = target
    who: dict[str, Any] = {"fund": ours.fund, "by": ours.treasurer}
    once = who | {"key": key}
    why = once | {"reason": "ผิด"}
    pocket = {"pocket": Pocket()}
    some = count or None
    deeds: dict[str, Any] = {
        "sell": lambda: certificates.sell_shares(**once, member_number=n, shares=count, on=on),
        "old": lambda: buy_shares(**once, member_number=n, amount=baht(100 * count), on=on),
        "issue": lambda: certificates.issue_for_held(**who, member_number=n, shares=some, on=on),
        "transfer": lambda: certificates.transfer_certificate(
            paper, **once, to_member=n, shares=n if count % 2 else None, on=on
        ),
        "return": lambda: certificates.return_certificate(paper, **once, shares=n, on=on),
        "replace": lambda: certificates.replace_certificate(paper, **who, on=on, words="หาย"),
        "cancel": lambda: certificates.cancel_certificate(paper, **who, on=on, words="ผิด"),
        "take back sale": lambda: certificates.take_back_sale(paper, **why),
        "deposit": lambda: deposit_cash(**once, amount=baht(900 * count), on=on, slip="ฝ.1"),
        "gift": lambda: gifts.receive_gift(
            **once, kind=SourceKind.GRANT, giver="อบต.", amount=baht(100 * count), on=on
        ),
        "mill": lambda: gifts.receive_gift(
            **once,
            kind=SourceKind.DONATION,
            giver="วัด",
            amount=baht(77 * count),
            on=on,
            tool=MILL,
        ),
        "borrow": lambda: borrowings.borrow(
            **once,
            **pocket,
            lender="ธนาคาร",
            amount=baht(100 * count),
            on=on,
            parts=[PlannedPart(on, baht(100 * count), baht(1))],
        ),
        "repay": lambda: borrowings.repay_borrowing(
            n, **once, **pocket, on=on, principal=baht(30 * count), interest=baht(n)
        ),
        "buy": lambda: tools.buy_tool(**once, **pocket, tool=MILL, value=baht(50 * count), on=on),
        "wear": lambda: tools.wear_tool(
            n, **once, on=on, amount=baht(300 * count) if count % 2 else None
        ),
        "wear all": lambda: tools.wear_tools(**once, on=on),
        "retire": lambda: tools.retire_tool(n, **once, on=on, words="พัง", sold_for=baht(9 * count)),
        "lend": lambda: tools.lend_tool(n, **who, on=on, person="ครู"),
        "back": lambda: tools.return_tool(n, **who, on=on, state=ToolState.GOOD),
        "take back gift": lambda: gifts.take_back_gift(n, **why),
        "take back loan": lambda: borrowings.take_back_borrowing(n, **why),
        "take back tool": lambda: tools.take_back_tool(n, **why),
        "take back part": lambda: borrowings.take_back_repayment(entry, **why),
        "take back wear": lambda: tools.take_back_wear(entry, **why),
    }
    return deeds[step.what]()


def _standing(ours: OccupationGroup, count: int) -> int:
    """One of the certificates that stand; one that ended, every seventh time."""
    rows = ShareCertificate.objects.filter(fund=ours.fund).order_by("number")
    if count % 7:
        rows = rows.filter(ended_on=None)
    numbers = list(rows.values_list("number", flat=True))
    return numbers[count % len(numbers)] if numbers else 99


def _entry(ours: OccupationGroup, what: str, count: int) -> int:
    """One of the entries that a step may take back."""
    deed = {"take back part": "borrowing_repaid", "take back wear": "tool_worn"}.get(what, "")
    numbers = list(
        Entry.objects.filter(fund=ours.fund, deed=deed, reverses=None)
        .order_by("number")
        .values_list("number", flat=True)
    )
    return numbers[count % len(numbers)] if numbers else 1


def target_of(ours: OccupationGroup, step: Step) -> int:
    """What a step is done to, as things stand."""
    if step.what in SHARES:
        return _standing(ours, step.count)
    return _entry(ours, step.what, step.count)


def run_of(run: list[Step]) -> Iterator[tuple[str, Step, date]]:
    """The steps with their keys and days."""
    on = BEGINNING
    for place, step in enumerate(run):
        on = max(BEGINNING, on + timedelta(days=step.days))
        yield f"step-{place}", step, on


@repeated
@given(steps("deposit", *SHARES))
def test_certificates_are_over_no_more_than_is_held_and_every_share_is_somewhere(
    ours: OccupationGroup, run: list[Step]
) -> None:
    with nothing_kept():
        bare = dict.fromkeys(range(1, 9), ZERO)
        for key, step, on in run_of(run):
            before = {n: -held(ours.fund, f"share:{n}") - certified(ours.fund, n) for n in bare}
            do(ours, step, key, on, target_of(ours, step))
            after = {n: -held(ours.fund, f"share:{n}") - certified(ours.fund, n) for n in bare}
            if step.what not in {"old", "issue", "cancel"}:
                assert after == before  # account and certificates move together
        rows = share_register(ours.fund)
        for row in rows:
            assert row.without == -held(ours.fund, f"share:{row.member_number}") - row.certified
            assert row.without >= ZERO
        numbers = ShareCertificate.objects.filter(fund=ours.fund).order_by("number")
        assert [each.number for each in numbers] == list(range(1, len(numbers) + 1))
        assert lowest_balance_since(ours.fund.pk, "cash", date(2024, 1, 1)).balance >= ZERO
        sound(ours.fund)


@repeated
@given(steps("deposit", *OTHERS))
def test_whatever_is_given_borrowed_and_bought_the_law_holds(
    ours: OccupationGroup, run: list[Step]
) -> None:
    with nothing_kept():
        for key, step, on in run_of(run):
            do(ours, step, key, on, target_of(ours, step))
        fund = ours.fund
        sound(fund)
        assert lowest_balance_since(fund.pk, "cash", date(2024, 1, 1)).balance >= ZERO
        for n in range(1, 5):
            assert lowest_balance_since(fund.pk, f"tool:{n}", date(2024, 1, 1)).balance >= ZERO
            assert held(fund, f"lender:{n}") <= ZERO
        gone = Tool.objects.filter(fund=fund).exclude(gone_on=None)
        assert all(held(fund, f"tool:{each.number}") == ZERO for each in gone)
        means = means_of(fund, date(2026, 12, 31))
        sums = Position.objects.get(fund=fund).sums
        assert means.tools == sums.tools
        assert means.together == sums.capital + sums.members + sums.creditors


@repeated
@given(steps(*SHARES, *OTHERS))
def test_sent_a_second_time_nothing_changes(ours: OccupationGroup, run: list[Step]) -> None:
    free = {"issue", "replace", "cancel", "lend", "back"}  # no money, so no key
    with nothing_kept():
        for key, step, on in run_of(run):
            target = target_of(ours, step)
            done = do(ours, step, key, on, target)
            before = Entry.objects.filter(fund=ours.fund).count()
            if type(done).__name__ != "NotDone" and step.what not in free:
                assert do(ours, step, key, on, target) == done, step
                assert Entry.objects.filter(fund=ours.fund).count() == before
