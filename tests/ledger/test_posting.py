"""Writing the books: what is refused, what is written, what a retry answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.db import connection

from kongthun.domain.journal import (
    Deed,
    EmptyLine,
    HappensLater,
    KeyTwice,
    OutOfBalance,
    TooFewLines,
    UnknownAccountKind,
)
from kongthun.domain.money import Money
from kongthun.ledger import pen
from kongthun.ledger.actions import (
    AlreadyReversed,
    KeyTaken,
    NoSuchEntry,
    NotPosted,
    Posted,
    post_entries,
    post_entry,
)
from kongthun.ledger.models import Entry, Fund
from kongthun.ledger.verification import verify_fund
from ledger.village import (
    MORNING,
    balances,
    draft,
    fund_with_history,
    lent,
    position,
    post,
    received,
    sent_back,
    take_back,
    village_fund,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund(db: None) -> Fund:  # noqa: ARG001
    return village_fund()


def test_the_fund_of_the_rules_page_stands_as_the_page_says(fund: Fund) -> None:
    """docs/rules/ledger.md works this example."""
    history = [
        received(280_000),
        lent(1, 10_000),
        sent_back(1, 4_000, key="back-1"),
        draft(Deed.INTEREST_RECEIVED, ("bank:1", 150), ("interest", -150), key="interest"),
        draft(Deed.FEE_PAID, ("expense", 50), ("bank:1", -50), key="fee"),
        draft(Deed.CASH_COUNTED, ("unexplained", 1_000), ("cash", -1_000), key="count"),
    ]
    assert post(fund, *history) == Posted((1, 2, 3, 4, 5, 6))
    sums = position(fund).sums
    assert [sums.households, sums.bank, sums.cash, sums.unexplained] == [
        Money.baht(6_000),
        Money.baht(270_100),
        Money.baht(3_000),
        Money.baht(1_000),
    ]
    assert (sums.lent, sums.repaid) == (Money.baht(10_000), Money.baht(4_000))
    assert (sums.capital, sums.interest) == (Money.baht(280_000), Money.baht(100))
    assert sums.accounted == sums.entrusted == Money.baht(280_100)


def test_everything_wrong_is_said_at_once_and_nothing_is_written(fund: Fund) -> None:
    tomorrow = date(2026, 11, 23)
    answer = post(
        fund,
        received(),
        draft(Deed.FEE_PAID, ("bank:1", 5), key="one-line"),
        draft(
            Deed.FEE_PAID, ("bank:1", 0), ("savings:1", 3), ("cash", -2), key="three", on=tomorrow
        ),
    )
    assert answer == NotPosted(
        (
            TooFewLines(1),
            OutOfBalance(Money.baht(5)),
            EmptyLine("bank:1"),
            UnknownAccountKind("savings:1"),
            OutOfBalance(Money.baht(1)),
            HappensLater(tomorrow, date(2026, 11, 22)),
        )
    )
    assert not Entry.objects.exists()
    assert position(fund).entries == 0


def test_today_is_the_day_in_bangkok(fund: Fund) -> None:
    just_past_midnight = datetime(2026, 11, 22, 17, 5, tzinfo=UTC)
    entry = replace(received(), happened_on=date(2026, 11, 23))
    assert post_entry(
        entry, fund=fund, recorded_by=None, recorded_at=just_past_midnight - timedelta(minutes=10)
    ) == NotPosted((HappensLater(date(2026, 11, 23), date(2026, 11, 22)),))
    assert post_entry(entry, fund=fund, recorded_by=None, recorded_at=just_past_midnight) == Posted(
        (1,)
    )


def test_a_retry_writes_nothing_and_gets_the_same_answer(fund: Fund) -> None:
    first = post(fund, received(), lent(1, 10_000))
    assert first == Posted((1, 2))
    assert post(fund, received(), lent(1, 10_000)) == first
    assert position(fund).entries == 2
    assert balances(fund)["bank:1"] == 27_000_000


def test_a_retry_among_new_entries_keeps_its_number(fund: Fund) -> None:
    post(fund, received(), lent(1, 10_000))
    assert post(fund, lent(2, 500), lent(1, 10_000), lent(3, 700)) == Posted((3, 2, 4))


@pytest.mark.parametrize(
    "other",
    [
        replace(received(), happened_on=date(2002, 5, 13)),
        replace(received(), deed=Deed.CAPITAL_CONFIRMED),
        received(280_001),
        replace(received(), lines=received().lines[::-1]),
    ],
    ids=["day", "deed", "sum", "order of lines"],
)
def test_a_key_used_for_something_else_is_taken(fund: Fund, other: object) -> None:
    post(fund, received())
    assert post(fund, lent(1, 10_000), other) == NotPosted((KeyTaken("received", 1),))  # type: ignore[arg-type]
    assert position(fund).entries == 1


def test_a_key_means_something_in_its_own_fund_only(fund: Fund) -> None:
    other = village_fund("80120102")
    assert post(fund, received()) == post(other, received(1_000)) == Posted((1,))


def test_taking_an_entry_back_brings_every_sum_back(fund: Fund) -> None:
    post(fund, received(), lent(1, 10_000))
    before, balances_before = position(fund).sums, balances(fund)
    post(fund, sent_back(1, 4_000, key="wrong"))
    assert take_back(fund, 3, key="wrong-") == Posted((4,))
    assert position(fund).sums == before
    assert balances(fund) == balances_before | {"cash": 0}
    reversal = Entry.objects.get(fund=fund, number=4)
    assert (reversal.reverses, reversal.deed, reversal.happened_on) == (
        3,
        Deed.REPAYMENT_RECEIVED,
        date(2003, 6, 1),
    )
    assert reversal.memo == "บันทึกผิดสัญญา"
    assert reversal.recorded_at == MORNING


def test_an_entry_is_taken_back_once_and_a_retry_is_told_so(fund: Fund) -> None:
    post(fund, received(), lent(1, 10_000))
    assert take_back(fund, 2, key="back") == take_back(fund, 2, key="back") == Posted((3,))
    assert take_back(fund, 2, key="other") == NotPosted((AlreadyReversed(2, 3),))
    assert take_back(fund, 9, key="none") == NotPosted((NoSuchEntry(9),))


def test_a_reversal_taken_back_restores_the_entry(fund: Fund) -> None:
    post(fund, received(), lent(1, 10_000))
    after_lending = position(fund).sums
    take_back(fund, 2, key="back")
    assert take_back(fund, 3, key="back-back") == Posted((4,))
    assert position(fund).sums == after_lending
    assert verify_fund(fund) == []


def test_the_key_of_one_reversal_does_not_answer_for_another(fund: Fund) -> None:
    post(fund, received(), sent_back(1, 500, key="a"), sent_back(1, 500, key="b"))
    assert take_back(fund, 2, key="back") == Posted((4,))
    assert take_back(fund, 3, key="back") == NotPosted((KeyTaken("back", 4),))


def test_entries_are_written_all_or_none(fund: Fund) -> None:
    post(fund, received())
    clash = draft(Deed.FEE_PAID, ("expense", 1), ("cash", -1), key="received")
    assert post(fund, lent(1, 10_000), clash) == NotPosted((KeyTaken("received", 1),))
    assert position(fund).entries == 1
    assert set(balances(fund)) == {"bank:1", "capital:state"}


def test_one_key_twice_in_one_go_is_refused(fund: Fund) -> None:
    assert post(fund, received(), received()) == NotPosted((KeyTwice("received"),))
    assert position(fund).entries == 0


def test_nothing_to_write_is_written_as_nothing(fund: Fund) -> None:
    assert post(fund) == Posted(())


def test_books_that_were_never_opened_are_not_written(fund: Fund) -> None:
    stranger = Fund(group_id=fund.pk + 1, code="x", area_code="80120101", chart="kkk", name="x")
    with pytest.raises(pen.NoPen):
        post(stranger, received())


def test_books_are_opened_once() -> None:
    first = fund_with_history()
    assert village_fund() == first
    assert position(first).entries == 6


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the driver is asked to do, past Django's own count."""
    asked: list[str] = []
    if connection.vendor == "sqlite":
        driver = connection.connection
        # SQLite tells a statement once more for each trigger it sets off.
        driver.set_trace_callback(lambda sql: asked[-1:] == [sql] or asked.append(sql))
        yield asked
        driver.set_trace_callback(None)
        return
    execute = psycopg.Cursor.execute

    def counted(
        self: psycopg.Cursor[object], query: object, *values: object, **options: object
    ) -> object:
        asked.append(str(query))
        return execute(self, query, *values, **options)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", counted)
        yield asked


# On both: savepoint … release. PostgreSQL asks for the pen and the keys and writes all the rest in
# one statement. SQLite asks once, then writes table by table and the position: few rows of a table
# together, many one at a time.
FEW = 8


def expected_statements(*, accounts: int, lines: int, entries: int) -> int:
    if connection.vendor == "postgresql":
        return 5
    return 4 + sum(1 if rows <= FEW else rows for rows in (accounts, lines, entries))


def test_one_posting_takes_few_statements_however_full_the_books_are(fund: Fund) -> None:
    post(fund, received(), *(lent(n, 100) for n in range(1, 60)))
    with statements() as asked:
        post_entries([lent(60, 100)], fund=fund, recorded_by=None, recorded_at=MORNING)
    assert len(asked) == expected_statements(accounts=2, lines=2, entries=1), asked


def test_many_entries_at_once_ask_for_the_pen_once(fund: Fund) -> None:
    post(fund, received())
    with statements() as asked:
        post(fund, *(lent(n, 100) for n in range(1, 60)))
    assert len(asked) == expected_statements(accounts=60, lines=118, entries=59)
    assert len([sql for sql in asked if "link" in sql and "FROM ledger_position" in sql]) == 1
