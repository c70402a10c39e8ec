"""Someone gets past the triggers and rewrites a row: `verify` names the fund and the entry."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from kongthun.domain.chain import as_lines, canonical, link
from kongthun.domain.journal import Deed, Draft
from kongthun.domain.money import Money
from kongthun.ledger import guards
from kongthun.ledger.actions import Posted
from kongthun.ledger.models import Entry, Fund, Position
from kongthun.ledger.verification import Fault, verify_all, verify_fund
from kongthun.ledger.wording import fault_in_thai
from ledger.village import CODE, fund_with_history, post, run_sql

NEIGHBOUR = "80120102"

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund(db: None) -> Fund:  # noqa: ARG001
    """A fund with a history, and a neighbour whose books are always sound."""
    fund = fund_with_history()
    fund_with_history(NEIGHBOUR)
    return fund


@contextmanager
def tampering() -> Iterator[None]:
    """Without the triggers; everything is as before afterwards, what breaks a key included."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            run_sql("SET CONSTRAINTS ALL IMMEDIATE")
            run_sql("SET CONSTRAINTS ALL DEFERRED")
        guards.take_off()
        yield
        transaction.set_rollback(True)


def verify(*arguments: str) -> tuple[int, str]:
    """Exit code and output of the command."""
    said = StringIO()
    try:
        call_command("verify", *arguments, stdout=said)
    except SystemExit as exit_:
        return int(str(exit_.code)), said.getvalue()
    return 0, said.getvalue()


def flip_a_satang(fund: Fund) -> None:
    run_sql(
        "UPDATE ledger_line SET amount = amount + 1 WHERE fund_id = %s AND entry_number = 3"
        " AND place = 0",
        fund.pk,
    )


def flip_a_satang_on_both_sides(fund: Fund) -> None:
    run_sql(
        "UPDATE ledger_line SET amount = amount + CASE place WHEN 0 THEN 1 ELSE -1 END"
        " WHERE fund_id = %s AND entry_number = 3",
        fund.pk,
    )


def change_a_memo(fund: Fund) -> None:
    run_sql("UPDATE ledger_entry SET memo = 'x' WHERE fund_id = %s AND number = 3", fund.pk)


def empty_a_document(fund: Fund) -> None:
    run_sql("UPDATE ledger_entry SET document = '' WHERE fund_id = %s AND number = 3", fund.pk)


def change_a_day(fund: Fund) -> None:
    run_sql(
        "UPDATE ledger_entry SET happened_on = '2002-06-02' WHERE fund_id = %s AND number = 3",
        fund.pk,
    )


def change_the_moment_by_a_microsecond(fund: Fund) -> None:
    run_sql(
        "UPDATE ledger_entry SET recorded_at = %s WHERE fund_id = %s AND number = 3",
        "2026-11-22 09:00:00.123457" + ("" if connection.vendor == "sqlite" else "+00"),
        fund.pk,
    )


def change_a_deed(fund: Fund) -> None:
    run_sql(
        "UPDATE ledger_entry SET deed = 'bank_unexplained' WHERE fund_id = %s AND number = 3",
        fund.pk,
    )


def say_another_wrote_it(fund: Fund) -> None:
    run_sql("UPDATE ledger_entry SET recorded_by = 7 WHERE fund_id = %s AND number = 3", fund.pk)


def change_a_key(fund: Fund) -> None:
    run_sql("UPDATE ledger_entry SET key = 'x' WHERE fund_id = %s AND number = 3", fund.pk)


def change_a_source(fund: Fund) -> None:
    run_sql("UPDATE ledger_entry SET source = 'x' WHERE fund_id = %s AND number = 3", fund.pk)


def move_to_another_borrower(fund: Fund) -> None:
    run_sql(
        "UPDATE ledger_line SET account = 'loan:1' WHERE fund_id = %s AND entry_number = 3"
        " AND account = 'loan:2'",
        fund.pk,
    )


def swap_two_lines(fund: Fund) -> None:
    for place, new in ((0, 9), (1, 0), (9, 1)):
        run_sql(
            "UPDATE ledger_line SET place = %s WHERE fund_id = %s AND entry_number = 3"
            " AND place = %s",
            new,
            fund.pk,
            place,
        )


def swap_two_entries(fund: Fund) -> None:
    for number, new in ((3, 99), (4, 3), (99, 4)):
        renumber(fund, number, new)


def renumber(fund: Fund, number: int, new: int) -> None:
    for table, column in (("entry", "number"), ("line", "entry_number")):
        run_sql(
            f"UPDATE ledger_{table} SET {column} = %s"  # noqa: S608 (our own names)
            f" WHERE fund_id = %s AND {column} = %s",
            new,
            fund.pk,
            number,
        )


def delete(fund: Fund, number: int) -> None:
    run_sql("DELETE FROM ledger_line WHERE fund_id = %s AND entry_number = %s", fund.pk, number)
    run_sql("DELETE FROM ledger_entry WHERE fund_id = %s AND number = %s", fund.pk, number)


def delete_in_the_middle(fund: Fund) -> None:
    delete(fund, 3)


def delete_in_the_middle_and_close_the_gap(fund: Fund) -> None:
    delete(fund, 3)
    renumber(fund, 4, 3)


def move_a_line_to_another_entry(fund: Fund) -> None:
    run_sql(
        "UPDATE ledger_line SET entry_number = 4, place = 2 WHERE fund_id = %s"
        " AND entry_number = 3 AND place = 1",
        fund.pk,
    )


def take_a_line_out_with_its_money(fund: Fund) -> None:
    run_sql("DELETE FROM ledger_line WHERE fund_id = %s AND entry_number = 3", fund.pk)


def insert(fund: Fund, number: int, seal: bytes) -> None:
    run_sql("INSERT INTO ledger_line VALUES (%s, %s, 0, 'cash', 500)", fund.pk, number)
    run_sql("INSERT INTO ledger_line VALUES (%s, %s, 1, 'bank:1', -500)", fund.pk, number)
    moment = "2026-11-22 09:00:00.000000" + ("" if connection.vendor == "sqlite" else "+00")
    run_sql(
        "INSERT INTO ledger_entry VALUES (%s, %s, 'cash_withdrawn', '2024-05-01', %s, '', '',"
        " NULL, NULL, 'forged', '', %s)",
        fund.pk,
        number,
        moment,
        seal,
    )


def insert_one_in_the_middle(fund: Fund) -> None:
    for number in (6, 5, 4, 3):
        renumber(fund, number, number + 1)
    insert(fund, 3, bytes(32))


def add_one_with_a_wrong_link(fund: Fund) -> None:
    insert(fund, 7, bytes(32))


def forged_link(fund: Fund) -> bytes:
    before = bytes(Entry.objects.get(fund=fund, number=6).link)
    moment = "2026-11-22T09:00:00.000000Z"
    lines = [("cash", 500), ("bank:1", -500)]
    body = canonical(
        CODE, 7, "cash_withdrawn", "2024-05-01", moment, "", "", None, None, "forged", "", lines
    )
    return link(before, body)


def add_one_with_a_right_link(fund: Fund) -> None:
    insert(fund, 7, forged_link(fund))


def add_one_and_mend_the_head(fund: Fund) -> None:
    seal = forged_link(fund)
    insert(fund, 7, seal)
    Position.objects.filter(fund=fund).update(entries=7, link=seal)


def cut_off_the_end(fund: Fund) -> None:
    delete(fund, 6)
    delete(fund, 5)


def cut_off_the_end_and_mend_the_head(fund: Fund) -> None:
    delete(fund, 6)
    delete(fund, 5)
    delete(fund, 4)
    last = Entry.objects.get(fund=fund, number=3)
    Position.objects.filter(fund=fund).update(entries=3, link=last.link)


def change_a_balance(fund: Fund) -> None:
    run_sql(
        "UPDATE ledger_account SET balance = balance + 1 WHERE fund_id = %s AND code = 'bank:1'",
        fund.pk,
    )


def add_an_account(fund: Fund) -> None:
    run_sql("INSERT INTO ledger_account VALUES (%s, 'bank:2', 'bank', 5)", fund.pk)


def call_an_account_something_else(fund: Fund) -> None:
    run_sql(
        "UPDATE ledger_account SET kind = 'cash' WHERE fund_id = %s AND code = 'bank:1'", fund.pk
    )


def change_a_position(fund: Fund) -> None:
    Position.objects.filter(fund=fund).update(lent=Money.baht(1))


def shift_a_position_keeping_its_total(fund: Fund) -> None:
    run_sql(
        "UPDATE ledger_position SET cash = cash + 1, bank = bank - 1 WHERE fund_id = %s", fund.pk
    )


def change_the_head_link(fund: Fund) -> None:
    Position.objects.filter(fund=fund).update(link=bytes(32))


def rename_the_fund(fund: Fund) -> None:
    Fund.objects.filter(pk=fund.pk).update(code="80120103")


Tamper = Callable[[Fund], None]


@pytest.mark.parametrize(
    ("tamper", "what", "entry"),
    [
        (flip_a_satang, "balance", 3),
        (flip_a_satang_on_both_sides, "changed", 3),
        (change_a_memo, "changed", 3),
        (empty_a_document, "changed", 3),
        (change_a_day, "changed", 3),
        (change_the_moment_by_a_microsecond, "changed", 3),
        (change_a_deed, "changed", 3),
        (say_another_wrote_it, "changed", 3),
        (change_a_key, "changed", 3),
        (change_a_source, "changed", 3),
        (move_to_another_borrower, "changed", 3),
        (swap_two_lines, "changed", 3),
        (swap_two_entries, "changed", 3),
        (delete_in_the_middle, "gap", 3),
        (delete_in_the_middle_and_close_the_gap, "changed", 3),
        (move_a_line_to_another_entry, "few_lines", 3),
        (take_a_line_out_with_its_money, "few_lines", 3),
        (insert_one_in_the_middle, "changed", 3),
        (add_one_with_a_wrong_link, "changed", 7),
        (add_one_with_a_right_link, "head", 7),
        (add_one_and_mend_the_head, "account", None),
        (cut_off_the_end, "head", 4),
        (cut_off_the_end_and_mend_the_head, "account", None),
        (change_a_balance, "account", None),
        (add_an_account, "account", None),
        (call_an_account_something_else, "account_kind", None),
        (change_a_position, "position", None),
        (shift_a_position_keeping_its_total, "position", None),
        (change_the_head_link, "head", 6),
        (rename_the_fund, "changed", 1),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_tampering_is_named_and_exits_1(
    fund: Fund, tamper: Tamper, what: str, entry: int | None
) -> None:
    assert verify() == (0, "ตรวจแล้ว 2 กองทุน 12 รายการ: ครบถ้วนตามที่บันทึก ทุกยอดตรงกับรายการ\n")
    with tampering():
        tamper(fund)
        code = Fund.objects.get(pk=fund.pk).code
        first, *_ = verify_fund(fund)
        assert (first.fund, first.what, first.entry) == (code, what, entry)
        exit_code, said = verify()
        assert exit_code == 1
        named = f"กองทุน {code}" + (f" รายการที่ {entry}:" if entry else ":")
        assert said.splitlines()[0].startswith(named)
        assert NEIGHBOUR not in said
        exit_code, said = verify("--json", "--fund", code)
        answer = json.loads(said)
        assert (exit_code, answer["ok"], answer["funds"]) == (1, False, 1)
        assert answer["faults"][0] == {
            "fund": code,
            "what": what,
            "entry": entry,
            "detail": fault_in_thai(first),
        }
        assert verify("--fund", NEIGHBOUR)[0] == 0
    assert verify_fund(fund) == []


def test_a_changed_balance_is_named_with_both_sums(fund: Fund) -> None:
    with tampering():
        change_a_balance(fund)
        assert verify_fund(fund) == [
            Fault(CODE, "account", None, "bank:1", Money(25_000_001), Money.baht(250_000))
        ]


def test_a_position_that_does_not_add_up_is_two_faults(fund: Fund) -> None:
    with tampering():
        run_sql("UPDATE ledger_position SET cash = cash + 1 WHERE fund_id = %s", fund.pk)
        assert [fault.what for fault in verify_fund(fund)] == ["position", "conservation"]


def test_a_line_without_its_entry_is_found(fund: Fund) -> None:
    with tampering():
        run_sql("INSERT INTO ledger_line VALUES (%s, 9, 0, 'cash', 500)", fund.pk)
        assert verify_fund(fund) == [Fault(CODE, "orphan_line", 9)]
        run_sql("DELETE FROM ledger_entry WHERE fund_id = %s AND number = 2", fund.pk)
        faults = verify_fund(fund)
        assert (faults[0].what, faults[0].entry) == ("gap", 2)
        assert faults[-1] == Fault(CODE, "orphan_line", 2)


CROOKED = {
    "another sum": ({}, [("loan:2", -2_000_000), ("bank:1", 1_999_999), ("cash", 1)]),
    "another account": ({}, [("loan:1", -2_000_000), ("bank:1", 2_000_000)]),
    "not turned round": ({}, [("loan:2", 2_000_000), ("bank:1", -2_000_000)]),
    "lines in another order": ({}, [("bank:1", 2_000_000), ("loan:2", -2_000_000)]),
    "another day": ({"happened_on": date(2002, 6, 2)}, None),
    "another deed": ({"deed": Deed.CASH_WITHDRAWN}, None),
}


@pytest.mark.parametrize("how", CROOKED)
def test_a_reversal_that_is_no_mirror_is_found_though_its_chain_is_sound(
    fund: Fund, how: str
) -> None:
    """Written past `reverse_entry`: sealed and balanced, but not what it says."""
    other, lines = CROOKED[how]
    mirror = [("loan:2", -2_000_000), ("bank:1", 2_000_000)]
    reversal = Draft(
        Deed.LOAN_PAID_OUT, date(2002, 6, 1), as_lines(lines or mirror), key="new", reverses=3
    )
    assert post(fund, replace(reversal, **other)) == Posted((7,))
    assert verify_fund(fund) == [Fault(CODE, "reversal", 7)]


def test_a_fund_without_a_position_is_found(fund: Fund) -> None:
    with tampering():
        run_sql("DELETE FROM ledger_position WHERE fund_id = %s", fund.pk)
        assert Fault(CODE, "no_position") in verify_fund(fund)


def test_books_without_a_fund_are_found(fund: Fund) -> None:
    with tampering():
        run_sql("DELETE FROM ledger_position WHERE fund_id = %s", fund.pk)
        run_sql("DELETE FROM ledger_fund WHERE group_id = %s", fund.pk)
        verification = verify_all(jobs=1)
        assert verification.faults[0] == Fault(f"#{fund.pk}", "no_fund")
        assert verification.funds == 1


def test_text_that_is_not_utf_8_is_named_like_any_change(fund: Fund) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps no such text")
    with tampering():
        run_sql(
            "UPDATE ledger_entry SET memo = CAST(x'e0b8' AS TEXT)"
            " WHERE fund_id = %s AND number = 3",
            fund.pk,
        )
        assert verify_fund(fund) == [Fault(CODE, "changed", 3)]


def test_a_sum_beyond_every_chain_is_named_like_any_change(fund: Fund) -> None:
    with tampering():
        run_sql(
            "UPDATE ledger_line SET amount = CASE place WHEN 0 THEN 9007199254740992"
            " ELSE -9007199254740992 END WHERE fund_id = %s AND entry_number = 3",
            fund.pk,
        )
        assert (verify_fund(fund)[0].what, verify_fund(fund)[0].entry) == ("changed", 3)


def test_an_account_no_chart_knows_is_named(fund: Fund) -> None:
    with tampering():
        run_sql("UPDATE ledger_line SET account = 'gold' WHERE account = 'cash'")
        assert Fault(CODE, "unknown_account", None, "gold") in verify_fund(fund)


def test_a_day_before_the_era_does_not_pass_for_its_namesake(fund: Fund) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps the text itself")
    for change in (
        "UPDATE ledger_entry SET happened_on = (happened_on::text || ' BC')::date",
        "UPDATE ledger_entry SET recorded_at = (recorded_at::text || ' BC')::timestamptz",
    ):
        with tampering():
            run_sql(change)
            assert verify_fund(fund)[0] == Fault(CODE, "changed", 1)


def test_the_hour_of_the_connection_does_not_matter(fund: Fund) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no hours")
    with transaction.atomic():
        run_sql("SET LOCAL TIME ZONE 'Asia/Bangkok'")
        assert verify_fund(fund) == []
        transaction.set_rollback(True)


def test_a_moment_kept_in_another_form_does_not_pass(fund: Fund) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps moments, not their text")
    with tampering():
        run_sql("UPDATE ledger_entry SET recorded_at = replace(recorded_at, ' ', 'T')")
        assert verify_fund(fund)[0] == Fault(CODE, "changed", 1)


def test_an_area_is_verified_by_itself(fund: Fund) -> None:
    fund_with_history("80130101")
    fund_with_history("80120103")  # the neighbour district's fund stands between
    assert verify_all(jobs=1, area_code="8012").funds == 3
    assert verify_all(jobs=1, area_code="8013").entries == 6
    assert verify_all(jobs=1, area_code="81") == verify_all(jobs=1, area_code="99")
    with tampering():
        change_a_memo(fund)
        assert verify_all(jobs=1, area_code="8013").is_sound
        assert not verify_all(jobs=1, area_code="801201").is_sound


@pytest.mark.parametrize("entries_in_a_part", [1, 7, 10_000])
def test_parts_of_any_size_find_the_same(
    fund: Fund, entries_in_a_part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kongthun.ledger import verification

    fund_with_history("80130101")
    monkeypatch.setattr(verification, "_ENTRIES_IN_A_PART", entries_in_a_part)
    with tampering():
        change_a_balance(fund)
        flip_a_satang(Fund.objects.get(code="80130101"))
        found = verify_all(jobs=1)
        assert (found.funds, found.entries) == (3, 18)
        assert [(fault.fund, fault.what) for fault in found.faults] == [
            (CODE, "account"),
            ("80130101", "balance"),
            ("80130101", "account"),
            ("80130101", "position"),
        ]


@pytest.mark.django_db
def test_no_books_at_all_are_sound() -> None:
    assert verify() == (0, "ตรวจแล้ว 0 กองทุน 0 รายการ: ครบถ้วนตามที่บันทึก ทุกยอดตรงกับรายการ\n")


@pytest.mark.parametrize("command", [("verify",), ("export_journal", "--format", "hledger")])
def test_an_unknown_fund_is_said_plainly_with_exit_2(command: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="ไม่พบกองทุนรหัส 99") as refusal:
        call_command(*command, "--fund", "99")
    assert refusal.value.returncode == 2


def test_fewer_than_one_process_is_refused() -> None:
    with pytest.raises(CommandError, match="--jobs 0") as refusal:
        call_command("verify", "--jobs", "0")
    assert refusal.value.returncode == 2
