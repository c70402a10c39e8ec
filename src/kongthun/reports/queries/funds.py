"""One fund: its contracts, accounts, entries and papers, in a constant number of statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Q, QuerySet

from kongthun.accounts.reach import Deed, Reach
from kongthun.areas.models import Node
from kongthun.areas.queries import path_to, within
from kongthun.domain.journal import AccountKind
from kongthun.domain.money import Money, read_money
from kongthun.groups.models import CommitteeTerm, Membership
from kongthun.ledger.charts import chart
from kongthun.ledger.models import BankBook, Entry, Fund, Line
from kongthun.registers.models import PaperRow, RowEntry, StatusSnapshot, Workbook

ENTRIES_A_PAGE = 50
MOST_OTHERS = 200  # neighbour groups named on the page of an area

# Which accounts make a figure of the position, and the sign that makes it read as people say it.
KINDS_OF_PLACE: dict[str, tuple[tuple[str, ...], int]] = {
    "households": (("loan",), 1),
    "bank": (("bank",), 1),
    "cash": (("cash",), 1),
    "claims": (("claim",), 1),
    "loss": (("loss",), 1),
    "unexplained": (("unexplained",), 1),
    "capital": (("capital",), -1),
    "interest": (("interest", "income", "expense", "reserve", "surplus"), -1),
    "members": (("share", "saving", "held"), -1),
    "goods": (("stock", "making"), 1),
    "tools": (("tool",), 1),
    "customers": (("customer",), 1),
    "creditors": (("supplier", "lender", "due"), -1),
    "lent": (("loan",), 1),
    "repaid": (("loan",), -1),
}
DEED_OF_PLACE = {"lent": "loan_paid_out", "repaid": "repayment_received"}


@dataclass(frozen=True, slots=True)
class Movement:
    """A line of an account with its entry and the balance after it."""

    number: int
    happened_on: date
    deed: str
    memo: str
    document: str
    account: str
    amount: Money
    is_taken_back: bool
    reverses: int | None
    balance: Money | None = None


def other_groups(area_code: str, reach: Reach) -> list[tuple[Fund, str]]:
    """The groups of other kinds under an area, within reach, with what their kind is called."""
    funds = Fund.objects.filter(reach.funds(Deed.SEE_FUND), within("area_code", area_code))
    found = funds.exclude(chart="kkk").order_by("chart", "code")
    return [(fund, chart(fund.chart).name) for fund in found[:MOST_OTHERS]]


def lends(fund: Fund) -> bool:
    """Whether this kind of fund lends to households or members at all."""
    return AccountKind.LOAN in chart(fund.chart).kinds


def shows_names(fund: Fund, reach: Reach) -> bool:
    """Whether people are named to this reader here; otherwise names are masked."""
    return reach.may(Deed.SEE_NAMES, area_code=fund.area_code, group_id=fund.pk)


def path_of(fund: Fund) -> list[Node]:
    """Nation, province, district, tambon, village of a fund."""
    return path_to(fund.area_code)


def movements_page(fund: Fund, place: str, *, as_of: date, page: int) -> tuple[Page[Any], Money]:
    """The lines that make a figure, newest first, a page at a time, and what they add up to."""
    kinds, sign = KINDS_OF_PLACE[place]
    lines = _lines_of_kinds(fund, kinds, as_of)
    if place in DEED_OF_PLACE:
        lines = [line for line in lines if line.deed == DEED_OF_PLACE[place]]
    total = 0
    made = []
    for line in lines:
        total += sign * line.amount.satang
        made.append(_with_balance(line, sign, total))
    made.reverse()
    return Paginator(made, ENTRIES_A_PAGE).get_page(page), Money(total)


def _with_balance(line: Movement, sign: int, total: int) -> Movement:
    return Movement(
        line.number,
        line.happened_on,
        line.deed,
        line.memo,
        line.document,
        line.account,
        line.amount * sign,
        line.is_taken_back,
        line.reverses,
        Money(total),
    )


def account_movements(fund: Fund, account: str, *, as_of: date) -> list[Movement]:
    """Every line of one account, oldest first, with the balance after each."""
    total = 0
    made = []
    for line in _lines_where(fund, "l.account = %s", [account], as_of):
        total += line.amount.satang
        made.append(_with_balance(line, 1, total))
    return made


def unexplained_by_deed(fund: Fund, *, as_of: date) -> list[tuple[str, Money, int]]:
    """What stands under "not yet explained", by what kind of entry put it there."""
    sums: dict[str, int] = {}
    counts: dict[str, int] = {}
    for line in _lines_of_kinds(fund, ("unexplained",), as_of):
        if line.is_taken_back or line.reverses is not None:
            continue
        sums[line.deed] = sums.get(line.deed, 0) + line.amount.satang
        counts[line.deed] = counts.get(line.deed, 0) + 1
    return [(deed, Money(satang), counts[deed]) for deed, satang in sums.items() if satang]


def _lines_of_kinds(fund: Fund, kinds: tuple[str, ...], as_of: date) -> list[Movement]:
    condition = " OR ".join("l.account = %s OR l.account LIKE %s" for _ in kinds)
    values = [value for kind in kinds for value in (kind, f"{kind}:%")]
    return _lines_where(fund, f"({condition})", values, as_of)


def _lines_where(fund: Fund, condition: str, values: list[str], as_of: date) -> list[Movement]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT e.number, e.happened_on, e.deed, e.memo, e.document, l.account, l.amount,
                r.number IS NOT NULL, e.reverses
            FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            LEFT JOIN ledger_entry r ON r.fund_id = e.fund_id AND r.reverses = e.number
            WHERE l.fund_id = %s AND {condition} AND e.happened_on <= %s
            ORDER BY e.happened_on, e.number, l.place
            """,
            [fund.pk, *values, as_of],
        )
        return [
            Movement(
                number,
                date.fromisoformat(day) if isinstance(day, str) else day,
                deed,
                memo,
                document,
                account,
                Money(amount),
                bool(taken_back),
                reverses,
            )
            for number, day, deed, memo, document, account, amount, taken_back, reverses in (
                cursor.fetchall()
            )
        ]


def memberships(fund: Fund) -> QuerySet[Membership]:
    """The fund's list, in its order."""
    return (
        Membership.objects.filter(group_id=fund.pk)
        .select_related("person", "household")
        .order_by("number")
    )


def committee(fund: Fund) -> QuerySet[CommitteeTerm]:
    """The committee, newest set first, in the order papers list positions."""
    return (
        CommitteeTerm.objects.filter(group_id=fund.pk, withdrawn_at__isnull=True)
        .select_related("person")
        .order_by("-set_number", "number")
    )


def bank_book(fund: Fund) -> BankBook | None:
    """The fund's passbook, if its papers name one."""
    return BankBook.objects.filter(fund=fund).order_by("number").first()


def latest_snapshot(fund: Fund) -> StatusSnapshot | None:
    """The latest reading of the brown book."""
    return StatusSnapshot.objects.filter(fund=fund).order_by("-number").first()


def latest_entries(fund: Fund, *, as_of: date, count: int = 8) -> list[Entry]:
    """What had happened last by that day."""
    entries = Entry.objects.filter(fund=fund, happened_on__lte=as_of)
    return list(entries.order_by("-happened_on", "-number")[:count])


def workbooks(fund: Fund) -> list[Workbook]:
    """The files brought in, newest first."""
    return list(Workbook.objects.filter(fund=fund).defer("receipt").order_by("-number"))


def lines_of(fund: Fund, number: int) -> list[Line]:
    """The lines of one entry."""
    return list(Line.objects.filter(fund=fund, entry_number=number).order_by("place"))


def paper_rows_of_entry(fund: Fund, number: int) -> list[PaperRow]:
    """The rows of the papers that an entry was read from."""
    keys = RowEntry.objects.filter(fund=fund, entry_number=number).values("key")
    return list(
        PaperRow.objects.filter(fund=fund, key__in=keys, replaced_at__isnull=True).order_by("row")
    )


def paper_row_of_source(fund: Fund, source: str) -> PaperRow | None:
    """The row an entry's source names, also when a newer file has replaced it since."""
    parts = source.split(":")
    if len(parts) != 3 or not (parts[1].isdigit() and parts[2].isdigit()):
        return None
    workbook = Workbook.objects.filter(fund=fund, sha256__startswith=parts[0]).first()
    if workbook is None:
        return None
    return (
        PaperRow.objects.filter(
            Q(workbook_number=workbook.number) | Q(replaced_at__isnull=True),
            fund=fund,
            sheet_place=int(parts[1]),
            row=int(parts[2]),
        )
        .order_by("-number")
        .first()
    )


def paper_balances(fund: Fund, entry_numbers: Sequence[int]) -> dict[int, Money]:
    """The balance the paper itself writes beside each of these entries, where it can be read."""
    keys = {
        entry.key: entry.entry_number or 0
        for entry in RowEntry.objects.filter(fund=fund, entry_number__in=entry_numbers)
    }
    rows = PaperRow.objects.filter(fund=fund, key__in=list(keys), replaced_at__isnull=True)
    found = {}
    for row in rows:
        balance = read_money(row.said.get("balance", ""))
        if isinstance(balance, Money):
            found[keys[row.key]] = balance
    return found


def set_aside_of_contract(fund: Fund, contract_number: int) -> list[PaperRow]:
    """Receipts of a contract that wait to be put right."""
    contract = PaperRow.objects.filter(
        fund=fund, contract_number=contract_number, replaced_at__isnull=True
    ).first()
    if contract is None:
        return []
    return list(
        PaperRow.objects.filter(
            fund=fund, parent_key=contract.key, replaced_at__isnull=True, verdict="set_aside"
        ).order_by("row")
    )


def set_aside_count(fund_id: int) -> int:
    """How many rows of the fund's papers wait to be put right."""
    return PaperRow.objects.filter(
        fund_id=fund_id, replaced_at__isnull=True, verdict="set_aside"
    ).count()
