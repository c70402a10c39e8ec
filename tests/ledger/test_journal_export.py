"""The books as a plain-text journal, checked by programs that know nothing of us."""

from __future__ import annotations

import csv
import shutil
import subprocess
import warnings
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from beancount import loader
from beancount.core import data
from django.core.management import call_command

from kongthun.domain.journal import AccountKind, Deed
from kongthun.ledger.actions import Posted
from kongthun.ledger.journal_export import DIALECTS, account_name, journal_of
from kongthun.ledger.models import Fund
from kongthun.registers.actions import import_workbook
from kongthun.registers.demo import write_district
from kongthun.registers.reading import Unreadable
from ledger.village import (
    CODE,
    balances,
    draft,
    fund_with_history,
    lent,
    post,
    received,
    village_fund,
)

pytestmark = pytest.mark.django_db

needs_hledger = pytest.mark.skipif(
    shutil.which("hledger") is None,
    reason="NO hledger ON THIS MACHINE: the books were not checked by it (apt-get install hledger)",
)


def exported(fund: Fund, dialect: str) -> str:
    said = StringIO()
    call_command("export_journal", "--fund", fund.code, "--format", dialect, stdout=said)
    return said.getvalue()


def by_hledger(text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["hledger", "-f", "-", *arguments],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/usr/local/bin:/bin"},
    )


def sums_by_hledger(text: str) -> dict[str, int]:
    """Every account and its satang, as hledger adds them up, empty ones too."""
    answer = by_hledger(text, "bal", "--flat", "-E", "-N", "-O", "csv", "--strict")
    assert answer.returncode == 0, answer.stderr
    rows = csv.DictReader(StringIO(answer.stdout))
    return {row["account"]: satang(row["balance"]) for row in rows}


def sums_by_beancount(text: str) -> dict[str, int]:
    entries, errors, _ = loaded(text)
    assert errors == []
    found = {entry.account: 0 for entry in entries if isinstance(entry, data.Open)}
    for entry in entries:
        if isinstance(entry, data.Transaction):
            for posting in entry.postings:
                assert posting.units is not None
                found[posting.account] += satang(f"{posting.units.number} THB")
    return found


def loaded(text: str) -> tuple[list[data.Directive], list[object], dict[str, object]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return loader.load_string(text, dedent=False)


def satang(text: str) -> int:
    baht, _, currency = text.partition(" ")
    assert currency in {"THB", ""}
    whole, _, part = baht.partition(".")
    assert len(part) in {0, 2}
    return int(f"{whole}{part or '00'}")


def ours(fund: Fund) -> dict[str, int]:
    return {account_name(code): balance for code, balance in balances(fund).items()}


@pytest.fixture
def imported(tmp_path: Path) -> list[Fund]:
    """Funds read in from registers as a district keeps them, with all that is odd in them."""
    write_district(tmp_path, villages=5, seed=7)
    for workbook in sorted(tmp_path.glob("*.xlsx")):
        assert not isinstance(import_workbook(workbook, user_id=None), Unreadable)
    return list(Fund.objects.order_by("code"))


@needs_hledger
def test_hledger_adds_up_imported_registers_to_our_balances(imported: list[Fund]) -> None:
    assert len(imported) == 5
    for fund in imported:
        assert len(balances(fund)) > 10
        assert sums_by_hledger(exported(fund, "hledger")) == ours(fund)


def test_beancount_adds_up_imported_registers_to_our_balances(imported: list[Fund]) -> None:
    for fund in imported:
        assert sums_by_beancount(exported(fund, "beancount")) == ours(fund)


@pytest.fixture
def fund(db: None) -> Fund:  # noqa: ARG001
    return fund_with_history()


def passes_hledger(text: str) -> bool:
    return by_hledger(text, "check", "--strict").returncode == 0


def passes_beancount(text: str) -> bool:
    return not loaded(text)[1]


CHECKS = [
    pytest.param("hledger", passes_hledger, marks=needs_hledger),
    pytest.param("beancount", passes_beancount),
]


@pytest.mark.parametrize(("dialect", "passes"), CHECKS)
@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("Assets:Bank:B1  -10000.00 THB", "Assets:Bank:B1  -10000.01 THB"),
        ("Assets:Loan:C0001  10000.00 THB", "Assets:Loan:C0002  10000.00 THB"),
    ],
    ids=["a satang out", "another borrower"],
)
def test_the_foreign_program_fails_when_a_line_is_not_as_written(
    fund: Fund, dialect: str, passes: Callable[[str], bool], written: str, instead: str
) -> None:
    text = exported(fund, dialect)
    assert passes(text)
    assert text.count(written) == 1
    assert not passes(text.replace(written, instead))


@pytest.mark.parametrize(("dialect", "passes"), CHECKS)
def test_the_foreign_program_fails_when_a_stored_balance_is_out_by_a_satang(
    fund: Fund, dialect: str, passes: Callable[[str], bool]
) -> None:
    stored = {"hledger": "= 250000.00 THB", "beancount": "250000.00 ~"}[dialect]
    text = exported(fund, dialect)
    assert text.count(stored) == 1
    assert not passes(text.replace(stored, stored.replace(".00", ".01")))


@pytest.mark.parametrize(("dialect", "passes"), CHECKS)
def test_the_foreign_program_fails_when_an_entry_is_left_out(
    fund: Fund, dialect: str, passes: Callable[[str], bool]
) -> None:
    entries = exported(fund, dialect).split("\n\n")
    assert len(entries) == 8
    assert not passes("\n\n".join(entries[:2] + entries[3:]))


UNRULY = [
    'สมุด; "ปก" \\ {x} #ป้าย ^โยง @',
    "* ไม่ใช่เครื่องหมาย",
    "! หรือ (5) หรือ = 7 THB",
    "สองบรรทัด\n2002-01-01 x\n  Assets:Cash  1 THB\n",
    "แท็บ\tและ\r\x1b[31m",
    "[2001-01-01], date:2001-01-01, date2:2001-01-02",
    "",
    "'\"",
    "\\",
    "a|b",
]


@pytest.mark.parametrize(("dialect", "passes"), CHECKS)
@pytest.mark.parametrize("text", UNRULY)
def test_words_never_become_instructions_to_the_foreign_program(
    dialect: str, passes: Callable[[str], bool], text: str
) -> None:
    fund = village_fund()
    entry = draft(
        Deed.LOAN_PAID_OUT,
        ("loan:1", 7),
        ("cash", -7),
        key="one",
        memo=text,
        document=text,
    )
    assert isinstance(post(fund, received(), entry), Posted)
    journal = exported(fund, dialect)
    assert passes(journal)
    sums = sums_by_hledger(journal) if dialect == "hledger" else sums_by_beancount(journal)
    assert sums == ours(fund)
    assert all(letter.isprintable() or letter == "\n" for letter in journal)
    if dialect == "hledger":
        answer = by_hledger(journal, "print", "code:^2$", "-O", "csv")
        (row, _) = csv.DictReader(StringIO(answer.stdout))
        printable = "".join(letter if letter.isprintable() else " " for letter in text)
        assert row["description"] == " ".join(printable.replace(";", ",").split())
        assert (row["date"], row["code"], row["status"]) == ("2024-05-01", "2", "")
        tags = by_hledger(journal, "tags").stdout.split()
        assert set(tags) <= {"deed", "document", "reverses", "link"}


def test_beancount_reads_back_number_deed_document_and_link(fund: Fund) -> None:
    entries, _, _ = loaded(exported(fund, "beancount"))
    told = [entry for entry in entries if isinstance(entry, data.Transaction)]
    assert [int(entry.meta["number"]) for entry in told] == [1, 2, 3, 4, 5, 6]
    loan, reversal = told[1], told[5]
    assert loan.narration == "จ่ายเงินยืม สัญญาที่ 1"
    assert loan.date == date(2002, 6, 1)
    assert (loan.meta["deed"], loan.meta["document"]) == ("loan_paid_out", "1/2545")
    assert reversal.meta["reverses"] == 5
    stored = fund.entries.get(number=6)
    assert reversal.meta["link"] == bytes(stored.link).hex()


@needs_hledger
def test_hledger_reads_back_number_deed_and_link(fund: Fund) -> None:
    text = exported(fund, "hledger")
    answer = by_hledger(text, "print", "code:^2$", "-O", "csv")
    row = next(csv.DictReader(StringIO(answer.stdout)))
    assert (row["code"], row["description"]) == ("2", "จ่ายเงินยืม สัญญาที่ 1")
    link = bytes(fund.entries.get(number=2).link).hex()
    for tag in ("tag:deed=^loan_paid_out$", "tag:document=^1/2545$", f"tag:link=^{link}$"):
        found = by_hledger(text, "print", tag, "code:^2$", "-O", "csv").stdout
        assert len(list(csv.DictReader(StringIO(found)))) == 2, tag


@pytest.mark.parametrize(("dialect", "passes"), CHECKS)
def test_an_account_and_those_below_it_are_asserted_apart(
    dialect: str, passes: Callable[[str], bool]
) -> None:
    fund = village_fund()
    post(
        fund,
        draft(Deed.CASH_COUNTED, ("cash", 7), ("cash:2", 5), ("unexplained", -12), key="one"),
        draft(Deed.CASH_COUNTED, ("cash:10", 7), ("capital", -3), ("capital:x", -4), key="two"),
    )
    assert passes(exported(fund, dialect))


@pytest.mark.parametrize(("dialect", "passes"), CHECKS)
def test_books_in_which_nothing_is_written_pass(
    dialect: str, passes: Callable[[str], bool]
) -> None:
    assert passes(exported(village_fund(), dialect))


def test_entries_stand_in_the_order_of_their_days(fund: Fund) -> None:
    late = lent(9, 100)
    post(fund, draft(Deed.FEE_PAID, ("expense", 1), ("cash", -1), key="new"), late)
    numbers = [
        line.split("(")[1].split(")")[0]
        for line in journal_of(fund, "hledger")
        if line[:1].isdigit() and "(" in line
    ]
    assert numbers == ["1", "2", "3", "8", "4", "5", "6", "7"]


def test_every_kind_of_account_has_a_name_of_its_own() -> None:
    codes = [kind.value for kind in AccountKind]
    for kind in AccountKind:
        rests = [
            "1",
            "01",
            "12",
            "0",
            "n1",
            "c0001",
            "C0001",
            "state",
            "State",
            "x0",
            "๑",
            "a b",
            "",
        ]
        codes += [f"{kind}:{rest}" for rest in rests]
    names = [account_name(code) for code in codes]
    assert len(set(names)) == len(codes)
    for name in names:
        assert name.isascii()
        assert all(part[0].isupper() for part in name.split(":"))
        assert name.replace(":", "").isalnum()


def test_no_dialect_is_left_untried() -> None:
    assert [check.values[0] for check in CHECKS] == list(DIALECTS)


def test_the_fund_is_named_by_its_code_alone(fund: Fund) -> None:
    for dialect in DIALECTS:
        text = exported(fund, dialect)
        assert CODE in text
        assert fund.name not in text
