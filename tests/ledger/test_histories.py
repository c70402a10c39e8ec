"""Laws that hold whatever a village does: random histories, on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kongthun.domain.fund_position import position_of
from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import Money
from kongthun.ledger.actions import AlreadyReversed, NotPosted, Posted
from kongthun.ledger.models import Entry, Fund
from kongthun.ledger.models import Line as StoredLine
from kongthun.ledger.verification import verify_fund
from ledger.village import balances, position, post, take_back, village_fund

ACCOUNTS = [
    "loan:1",
    "loan:2",
    "loan:30",
    "bank:1",
    "bank:2",
    "cash",
    "claim:1",
    "loss",
    "unexplained",
    "capital:state",
    "capital:members",
    "interest",
    "income",
    "expense",
]
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
DAYS = st.dates(date(1993, 1, 1), date(2026, 11, 22))
SUMS = st.integers(-(10**9), 10**9).filter(bool)


@st.composite
def balanced_lines(draw: st.DrawFn) -> tuple[Line, ...]:
    sums = draw(st.lists(SUMS, min_size=1, max_size=4).filter(sum))
    sums.append(-sum(sums))
    accounts = draw(st.lists(st.sampled_from(ACCOUNTS), min_size=len(sums), max_size=len(sums)))
    return tuple(
        Line(account, Money(satang)) for account, satang in zip(accounts, sums, strict=True)
    )


ENTRIES = st.builds(
    Draft,
    deed=st.sampled_from(Deed),
    happened_on=DAYS,
    lines=balanced_lines(),
    key=st.uuids().map(str),
    memo=TEXTS,
    document=TEXTS,
)
# A number is a wish to take back that entry, if it is there.
HISTORIES = st.lists(ENTRIES | st.integers(1, 10), min_size=1, max_size=10)

laws = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
pytestmark = pytest.mark.django_db


@contextmanager
def books(code: str = "80120101") -> Iterator[Fund]:
    """A fund that is gone again afterwards."""
    with transaction.atomic():
        yield village_fund(code)
        transaction.set_rollback(True)


def entries_of(fund: Fund) -> list[tuple[str, list[Line]]]:
    lines: dict[int, list[Line]] = {}
    for line in StoredLine.objects.filter(fund=fund).order_by("entry_number", "place"):
        lines.setdefault(line.entry_number, []).append(Line(line.account, line.amount))
    return [
        (entry.deed, lines[entry.number])
        for entry in Entry.objects.filter(fund=fund).order_by("number")
    ]


@laws
@given(HISTORIES)
def test_after_every_step_all_money_is_somewhere_and_every_sum_is_the_entries(
    history: list[Draft | int],
) -> None:
    with books() as fund:
        written = 0
        for step, wish in enumerate(history):
            if isinstance(wish, Draft):
                answer = post(fund, wish)
                assert answer == Posted((written + 1,))
            else:
                answer = take_back(fund, wish, key=f"step-{step}")
            written += isinstance(answer, Posted)
            sums = position(fund).sums
            assert sums.is_conserved
            assert sums == position_of(entries_of(fund))
            assert sum(balances(fund).values()) == 0
        assert position(fund).entries == written
        assert verify_fund(fund) == []


@laws
@given(st.lists(ENTRIES, min_size=1, max_size=8))
def test_taking_everything_back_leaves_nothing_anywhere(drafts: list[Draft]) -> None:
    with books() as fund:
        post(fund, *drafts)
        for number in range(len(drafts), 0, -1):
            assert isinstance(take_back(fund, number, key=f"back-{number}"), Posted)
            assert take_back(fund, number, key="again") == NotPosted(
                (AlreadyReversed(number, 2 * len(drafts) + 1 - number),)
            )
        assert position(fund).sums == position_of([])
        assert not any(balances(fund).values())
        assert verify_fund(fund) == []


@laws
@given(st.lists(ENTRIES, min_size=2, max_size=8), st.data())
def test_the_order_of_writing_changes_no_sum(drafts: list[Draft], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(drafts))
    with books() as one, books("80120102") as other:
        post(one, *drafts)
        for draft in shuffled:
            post(other, draft)
        assert position(one).sums == position(other).sums
        assert balances(one) == balances(other)
        assert verify_fund(one) == verify_fund(other) == []
