"""A fund's books as a plain-text journal that an independent program can check.

Two dialects: hledger and beancount. Every entry becomes a transaction with its number, deed,
document and link; at the end stand the balances we store, as assertions, so that the foreign
program itself fails when its sums disagree with ours. Entries name no person, so neither does this.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, groupby
from operator import itemgetter
from typing import Literal

from django.db import connection

from kongthun.domain.journal import AccountKind, kind_of
from kongthun.domain.money import ZERO, Money

from .models import Account, Fund
from .verification import one_moment

Dialect = Literal["hledger", "beancount"]
DIALECTS: tuple[Dialect, ...] = ("hledger", "beancount")

CURRENCY = "THB"
_ROWS_AT_A_TIME = 2_000
# Beancount wants accounts opened before they are used, and reads no earlier day than this.
_OPENED_ON = date(1700, 1, 1)

_ROOTS: Mapping[str, str] = {
    AccountKind.LOAN: "Assets:Loan",
    AccountKind.BANK: "Assets:Bank",
    AccountKind.CASH: "Assets:Cash",
    AccountKind.CLAIM: "Assets:Claim",
    AccountKind.LOSS: "Expenses:Loss",
    AccountKind.UNEXPLAINED: "Assets:Unexplained",
    AccountKind.CAPITAL: "Equity:Capital",
    AccountKind.INTEREST: "Income:Interest",
    AccountKind.INCOME: "Income:Other",
    AccountKind.EXPENSE: "Expenses:General",
    AccountKind.SHARE: "Equity:Share",
    AccountKind.SAVING: "Liabilities:Saving",
    AccountKind.HELD: "Liabilities:Held",
    AccountKind.STOCK: "Assets:Stock",
    AccountKind.MAKING: "Assets:Making",
    AccountKind.TOOL: "Assets:Tool",
    AccountKind.CUSTOMER: "Assets:Customer",
    AccountKind.RESERVE: "Equity:Reserve",
    AccountKind.SURPLUS: "Equity:Surplus",
    AccountKind.SUPPLIER: "Liabilities:Supplier",
    AccountKind.LENDER: "Liabilities:Lender",
    AccountKind.DUE: "Liabilities:Due",
}
# Numbered accounts: the letter and how many digits are usual.
_NUMBERED: Mapping[str, tuple[str, int]] = {
    AccountKind.LOAN: ("C", 4),
    AccountKind.BANK: ("B", 1),
    AccountKind.CLAIM: ("P", 4),
    AccountKind.SHARE: ("M", 4),
    AccountKind.SAVING: ("M", 4),
    AccountKind.HELD: ("M", 4),
    AccountKind.STOCK: ("I", 4),
    AccountKind.MAKING: ("R", 4),
    AccountKind.TOOL: ("T", 4),
    AccountKind.CUSTOMER: ("P", 4),
    AccountKind.SUPPLIER: ("P", 4),
    AccountKind.LENDER: ("L", 4),
    AccountKind.SURPLUS: ("Y", 4),
}
_NUMBER = re.compile(r"[1-9][0-9]*")
_WORD = re.compile(r"[a-z]+")


def account_name(code: str) -> str:
    """The name of an account in both dialects; no two codes share one.

    >>> account_name("loan:12"), account_name("bank:1"), account_name("capital:state")
    ('Assets:Loan:C0012', 'Assets:Bank:B1', 'Equity:Capital:State')
    >>> account_name("cash"), account_name("cash:๒")
    ('Assets:Cash', 'Assets:Cash:X0E0B992')

    Raises KeyError for a kind that no chart knows.
    """
    kind = kind_of(code)
    root = _ROOTS[kind]
    if code == kind:
        return root
    rest = code[len(kind) + 1 :]
    if _NUMBER.fullmatch(rest):
        letter, digits = _NUMBERED.get(kind, ("N", 1))
        return f"{root}:{letter}{rest.zfill(digits)}"
    if _WORD.fullmatch(rest):
        return f"{root}:{rest.capitalize()}"
    # Anything else letter by letter: with X0 before it no word and no number looks the same.
    return f"{root}:X0{rest.encode().hex().upper()}"


@dataclass(frozen=True, slots=True)
class _Transaction:
    """An entry as both dialects tell it. ``link`` is hexadecimal."""

    number: int
    deed: str
    happened_on: date
    memo: str
    document: str
    reverses: int | None
    link: str
    postings: tuple[tuple[str, Money], ...]


def journal_of(fund: Fund, dialect: Dialect) -> Iterator[str]:
    """The whole books of a fund, in lines without their ends, in the order of the days.

    Read as of one moment; the balances asserted at the end are the ones stored with the accounts.
    """
    write = _hledger if dialect == "hledger" else _beancount
    with one_moment():
        balances = _balances(fund.pk)
        yield from write(fund.code, _transactions(fund.pk), balances)


def _balances(fund_id: int) -> dict[str, Money]:
    """By account name, in the order of the names."""
    rows = Account.objects.filter(fund_id=fund_id).values_list("code", "balance")
    return dict(sorted((account_name(code), balance) for code, balance in rows))


def _transactions(fund_id: int) -> Iterator[_Transaction]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT e.number, e.deed, e.happened_on, e.memo, e.document, e.reverses, e.link,"
            " l.account, l.amount FROM ledger_entry e"
            " JOIN ledger_line l ON l.fund_id = e.fund_id AND l.entry_number = e.number"
            " WHERE e.fund_id = %s ORDER BY e.happened_on, e.number, l.place",
            [fund_id],
        )
        rows = iter(lambda: cursor.fetchmany(_ROWS_AT_A_TIME), [])
        for _, lines in groupby(chain.from_iterable(rows), itemgetter(0)):
            first, *others = lines
            number, deed, happened_on, memo, document, reverses, link, *_ = first
            if isinstance(happened_on, str):  # as SQLite keeps it
                happened_on = date.fromisoformat(happened_on)
            yield _Transaction(
                number,
                deed,
                happened_on,
                memo,
                document,
                reverses,
                bytes(link).hex(),
                tuple((account_name(line[7]), Money(line[8])) for line in (first, *others)),
            )


def _on_one_line(text: str) -> str:
    """Text that ends no line and steers no terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


# ---------------------------------------------------------------------------------------- hledger


def _hledger(
    code: str, transactions: Iterable[_Transaction], balances: Mapping[str, Money]
) -> Iterator[str]:
    yield f"; {code}"
    yield f"commodity 1000.00 {CURRENCY}"
    yield from (f"account {name}" for name in balances)
    last = _OPENED_ON
    for entry in transactions:
        last = entry.happened_on
        memo = _comment_free(entry.memo)
        yield ""
        yield f"{entry.happened_on.isoformat()} ({entry.number}) {memo}".rstrip()
        yield from (f"    ; {name}: {value}" for name, value in _tags(entry))
        yield from (f"    {name}  {sum_.plain} {CURRENCY}" for name, sum_ in entry.postings)
    if balances:
        yield ""
        yield f"{(last + timedelta(days=1)).isoformat()} balances as stored"
        for name, balance in balances.items():
            yield f"    {name}  0.00 {CURRENCY} = {balance.plain} {CURRENCY}"


def _tags(entry: _Transaction) -> Iterator[tuple[str, str]]:
    yield "deed", entry.deed
    if entry.document:
        # A comma ends a tag's value, and brackets may hold a date.
        yield "document", _comment_free(entry.document).translate(_TAG_ENDS)
    if entry.reverses is not None:
        yield "reverses", str(entry.reverses)
    yield "link", entry.link


_TAG_ENDS = str.maketrans({",": " ", "[": "(", "]": ")"})


def _comment_free(text: str) -> str:
    """Text in which no comment begins."""
    return _on_one_line(text).replace(";", ",")


# -------------------------------------------------------------------------------------- beancount


def _beancount(
    code: str, transactions: Iterable[_Transaction], balances: Mapping[str, Money]
) -> Iterator[str]:
    yield f'option "title" {_quoted(code)}'
    yield f'option "operating_currency" "{CURRENCY}"'
    yield from (f"{_OPENED_ON.isoformat()} open {name} {CURRENCY}" for name in balances)
    last = _OPENED_ON
    for entry in transactions:
        last = entry.happened_on
        yield ""
        yield f"{entry.happened_on.isoformat()} * {_quoted(entry.memo)}"
        yield f"  number: {entry.number}"
        yield f"  deed: {_quoted(entry.deed)}"
        if entry.document:
            yield f"  document: {_quoted(entry.document)}"
        if entry.reverses is not None:
            yield f"  reverses: {entry.reverses}"
        yield f"  link: {_quoted(entry.link)}"
        yield from (f"  {name}  {sum_.plain} {CURRENCY}" for name, sum_ in entry.postings)
    if balances:
        yield ""
        day_after = (last + timedelta(days=1)).isoformat()
        below: dict[str, Money] = {}
        for name, balance in balances.items():
            above, _, _ = name.rpartition(":")
            below[above] = below.get(above, ZERO) + balance
        for name, balance in balances.items():
            # Here a balance is with all accounts below, and lets a satang pass unless told not to.
            with_below = balance + below.get(name, ZERO)
            yield f"{day_after} balance {name}  {with_below.plain} ~ 0.00 {CURRENCY}"


def _quoted(text: str) -> str:
    escaped = _on_one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
