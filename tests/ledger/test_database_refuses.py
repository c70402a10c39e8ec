"""The database is the last line of defence: raw SQL that would spoil the books is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, transaction

from kongthun.ledger.models import Entry, Fund, Line
from kongthun.ledger.verification import verify_fund
from ledger.village import fund_with_history, lent, post, run_sql, village_fund

NEXT = 7
LINK = bytes(32)


@contextmanager
def refused(because: str) -> Iterator[None]:
    """The statements within are refused, for this reason, and leave nothing behind."""
    before = (Entry.objects.count(), Line.objects.count())
    with pytest.raises(IntegrityError, match=because), transaction.atomic():
        yield
    assert (Entry.objects.count(), Line.objects.count()) == before


def pencil(fund: Fund, *lines: tuple[str, int], number: int = NEXT, first_place: int = 0) -> None:
    for place, (account, satang) in enumerate(lines, start=first_place):
        run_sql(
            "INSERT INTO ledger_line VALUES (%s, %s, %s, %s, %s)",
            fund.pk,
            number,
            place,
            account,
            satang,
        )


def ink(
    fund: Fund,
    number: int = NEXT,
    *,
    key: str = "new",
    reverses: int | None = None,
    link: bytes = LINK,
    verb: str = "INSERT",
) -> None:
    run_sql(
        f"{verb} INTO ledger_entry (fund_id, number, deed, happened_on, recorded_at, memo,"
        " document, reverses, recorded_by, key, source, link) VALUES (%s, %s, 'cash_counted',"
        " '2024-05-01', '2026-11-22 09:00:00.000000', '', '', %s, NULL, %s, '', %s)",
        fund.pk,
        number,
        reverses,
        key,
        link,
    )


@pytest.fixture
def fund(db: None) -> Fund:  # noqa: ARG001
    return fund_with_history()


def test_lines_that_balance_and_then_their_entry_are_taken(fund: Fund) -> None:
    pencil(fund, ("cash", 100), ("bank:1", -100))
    ink(fund)
    assert Entry.objects.filter(fund=fund).count() == NEXT


def test_an_entry_that_is_out_by_a_satang_is_refused(fund: Fund) -> None:
    with refused("do not balance"):
        pencil(fund, ("cash", 100), ("bank:1", -99))
        ink(fund)


def test_an_entry_of_one_line_is_refused(fund: Fund) -> None:
    with refused("two lines at least"):
        pencil(fund, ("cash", 100))
        ink(fund)


def test_an_entry_without_lines_is_refused(fund: Fund) -> None:
    with refused("two lines at least"):
        ink(fund)


def test_a_line_for_an_inked_entry_is_late_and_refused(fund: Fund) -> None:
    with refused("inked"):
        pencil(fund, ("cash", 100), ("bank:1", -100), number=1, first_place=2)


def test_a_line_of_nothing_is_refused(fund: Fund) -> None:
    with refused(r"(?i)amount"):
        pencil(fund, ("cash", 0))


def test_a_link_that_is_not_32_bytes_long_is_refused(fund: Fund) -> None:
    with refused(r"(?i)link"):
        pencil(fund, ("cash", 100), ("bank:1", -100))
        ink(fund, link=bytes(31))


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE"])
@pytest.mark.parametrize(("number", "key"), [(NEXT, "received"), (6, "new")])
def test_two_entries_with_one_number_or_one_key_are_refused(
    fund: Fund, verb: str, number: int, key: str
) -> None:
    if "OR" in verb and connection.vendor != "sqlite":
        pytest.skip("this verb is SQLite's own")
    with refused(r"(?i)taken|unique"):
        if number == NEXT:
            pencil(fund, ("cash", 100), ("bank:1", -100))
        ink(fund, number, key=key, verb=verb)


def test_an_entry_is_not_taken_back_twice(fund: Fund) -> None:
    with refused(r"(?i)unique"):
        pencil(fund, ("bank:1", -28_000_000), ("capital:state", 28_000_000))
        ink(fund, reverses=5)  # number 6 did it already


def test_an_entry_takes_back_only_what_was_there_before_it(fund: Fund) -> None:
    with refused(r"(?i)check"):
        pencil(fund, ("cash", 100), ("bank:1", -100))
        ink(fund, reverses=NEXT)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_entry SET memo = 'x' WHERE number = 3",
        "UPDATE ledger_entry SET link = link",
        "DELETE FROM ledger_entry WHERE number = 6",
        "UPDATE ledger_line SET amount = amount + 1",
        "UPDATE ledger_line SET account = 'cash' WHERE entry_number = 1",
        "DELETE FROM ledger_line WHERE entry_number = 6",
    ],
)
@pytest.mark.usefixtures("fund")
def test_what_is_written_is_neither_changed_nor_taken_out(change: str) -> None:
    with refused("never|append-only"):
        run_sql(change)


def test_replacing_a_line_is_refused(fund: Fund) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's own verb")
    with refused("inked"):
        run_sql("REPLACE INTO ledger_line VALUES (%s, 1, 0, 'cash', 28000000)", fund.pk)


def test_a_day_that_is_no_day_is_refused(fund: Fund) -> None:
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        pencil(fund, ("cash", 100), ("bank:1", -100))
        run_sql(
            "INSERT INTO ledger_entry VALUES (%s, 7, 'cash_counted', 'no day',"
            " '2026-11-22 09:00:00.000000', '', '', NULL, NULL, 'new', '', %s)",
            fund.pk,
            LINK,
        )


@pytest.mark.usefixtures("real_commits")
class TestAtCommit:
    """What only shows when a transaction ends, or in another one."""

    def test_a_pencilled_line_without_its_entry_is_refused(self) -> None:
        fund = fund_with_history()
        with refused(r"(?i)foreign key"):
            pencil(fund, ("cash", 100), ("bank:1", -100))

    def test_a_line_in_an_account_the_fund_does_not_keep_is_refused(self) -> None:
        fund = fund_with_history()
        with refused(r"(?i)foreign key"):
            pencil(fund, ("cash", 100), ("bank:9", -100))
            ink(fund)

    def test_an_entry_that_takes_back_what_is_not_there_is_refused(self) -> None:
        fund = village_fund()
        with refused(r"(?i)foreign key"):
            run_sql("INSERT INTO ledger_account VALUES (%s, 'cash', 'cash', 0)", fund.pk)
            pencil(fund, ("cash", 100), ("cash", -100))
            ink(fund, reverses=3)

    def test_a_second_reversal_does_not_push_the_first_out(self) -> None:
        if connection.vendor != "sqlite":
            pytest.skip("REPLACE is SQLite's own verb")
        fund = fund_with_history()
        with refused(r"(?i)foreign key"):
            pencil(fund, ("cash", 500_000), ("loan:2", -500_000))
            ink(fund, reverses=5, verb="REPLACE")

    @pytest.mark.parametrize("place", [2, 3])
    def test_a_late_line_from_a_later_transaction_is_refused(self, place: int) -> None:
        fund = fund_with_history()
        with refused("inked"):
            pencil(fund, ("cash", 100), number=6, first_place=place)

    def test_a_line_pencilled_while_another_inks_its_entry_never_joins_it(self) -> None:
        if connection.vendor == "sqlite":
            pytest.skip("SQLite lets nobody pencil while another writes")
        fund = fund_with_history()
        other = connection.copy()
        try:
            with other.cursor() as intruder:
                other.set_autocommit(False)
                intruder.execute("INSERT INTO ledger_line VALUES (%s, 7, 5, 'cash', 1)", [fund.pk])
                with suppress(OperationalError), transaction.atomic():
                    run_sql("SET LOCAL lock_timeout = '500ms'")
                    post(fund, lent(3, 100))
                with pytest.raises(IntegrityError):
                    other.commit()
        finally:
            other.close()
        assert verify_fund(fund) == []

    @pytest.mark.parametrize(
        "tables", ["ledger_line", "ledger_entry, ledger_line", "ledger_fund CASCADE"]
    )
    def test_the_books_are_not_emptied_at_once(self, tables: str) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("SQLite has no TRUNCATE")
        fund_with_history()
        with refused("append-only"):
            run_sql(f"TRUNCATE {tables}")
