"""From the rows of a fund's papers to what stands in its books. No database here.

All rows of a fund are judged together, each time anew: whether a receipt stands depends on its
contract, and what a deposit means on its receipt. So a correction, a changed file and a first
import are one and the same step.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kongthun.domain.money import Money, UnreadableMoney, read_money
from kongthun.domain.register_books import Witnessed
from kongthun.domain.register_rows import (
    BankFact,
    BankRow,
    ContractFact,
    ContractRow,
    Reason,
    ReceiptFact,
    ReceiptRow,
    judge_bank,
    judge_contract,
    judge_receipts,
    plain_number,
    read_day,
    read_sum,
)
from kongthun.domain.thai_calendar import UnreadableDate, fiscal_year, fiscal_year_start, read_date
from kongthun.domain.thai_text import name_key
from kongthun.groups.actions import ListedHousehold, ListedTerm

from .books import Kind


@dataclass(slots=True)
class LiveRow:
    """A row of the papers as it counts today. ``number`` is 0 until it is written."""

    number: int
    workbook_number: int
    kind: str
    key: str
    parent_key: str
    sheet: str
    sheet_place: int
    row: int
    fields: dict[str, str]
    correction: dict[str, str] | None = None
    reason: str = ""
    contract_number: int | None = None
    is_changed: bool = False  # since it was last written
    rows: dict[str, int] = field(default_factory=dict)  # of its fields, where it spans several

    @property
    def said(self) -> dict[str, str]:
        """The fields as they count: as typed, with what a person put right."""
        return {**self.fields, **self.correction} if self.correction else self.fields

    def judge(self, verdict: object) -> None:
        """Take a verdict: a reason sets the row aside, anything else lets it stand."""
        reason = verdict.value if isinstance(verdict, Reason) else ""
        if reason != self.reason:
            self.reason = reason
            self.is_changed = True


@dataclass(slots=True)
class Snapshot:
    """The figures of the brown book; empty where the paper is silent."""

    figures: dict[str, int | Money | date | str] = field(default_factory=dict)

    def money(self, name: str) -> Money | None:
        """A sum, if the paper gives it."""
        value = self.figures.get(name)
        return value if isinstance(value, Money) else None

    def day(self, name: str) -> date | None:
        """A day, if the paper gives it."""
        value = self.figures.get(name)
        return value if isinstance(value, date) else None

    def count(self, name: str) -> int | None:
        """A number, if the paper gives it."""
        value = self.figures.get(name)
        return value if isinstance(value, int) else None

    def words(self, name: str) -> str:
        """Words, if the paper gives them."""
        value = self.figures.get(name)
        return value if isinstance(value, str) else ""


@dataclass(slots=True)
class Judged:
    """Everything that stands, of all four books."""

    contracts: dict[str, ContractFact]
    receipts: list[ReceiptFact]
    bank: list[BankFact]
    households: list[ListedHousehold]
    committee: list[ListedTerm]
    snapshot: Snapshot
    passbook: tuple[Money, frozenset[str]] | None
    passbook_key: str  # of the row that shows the last balance

    def witnessed(
        self, contract_numbers: Mapping[str, int], sources: Mapping[str, str]
    ) -> Witnessed:
        """As the ledger's rules want it."""
        granted_year = self.snapshot.count("granted_fiscal_year")
        days = [fact.on for fact in self.bank] + [fact.paid_on for fact in self.receipts]
        return Witnessed(
            contracts=list(self.contracts.values()),
            receipts=self.receipts,
            bank=self.bank,
            contract_numbers=contract_numbers,
            sources=sources,
            counted_on=self.snapshot.day("as_of") or max(days, default=None),
            counted_cash=self.snapshot.money("cash_sum"),
            granted=self.snapshot.money("granted"),
            granted_on=None if granted_year is None else fiscal_year_start(granted_year),
            passbook=self.passbook,
        )


def judge(rows: Iterable[LiveRow], *, today: date) -> Judged:
    """Judge all rows of a fund; each row is told whether it stands."""
    by_kind: dict[str, list[LiveRow]] = {kind: [] for kind in Kind}
    for row in sorted(rows, key=lambda r: (r.sheet_place, r.row)):
        by_kind[row.kind].append(row)
    verdicts: dict[str, ContractFact | Reason] = {}
    for row in by_kind[Kind.CONTRACT]:
        verdict = verdicts[row.key] = judge_contract(_contract_row(row), today=today)
        row.judge(verdict)
        if isinstance(verdict, Reason) and row.rows:
            row.row = row.rows.get(_at_fault(row), row.row)
    receipt_rows = by_kind[Kind.RECEIPT]
    receipts = judge_receipts([_receipt_row(row) for row in receipt_rows], verdicts, today=today)
    for row, judged in zip(receipt_rows, receipts, strict=True):
        row.judge(judged)
    bank, passbook, passbook_key = _judge_bank(by_kind[Kind.BANK], today=today)
    return Judged(
        contracts={k: v for k, v in verdicts.items() if isinstance(v, ContractFact)},
        receipts=[verdict for verdict in receipts if isinstance(verdict, ReceiptFact)],
        bank=bank,
        households=_judge_households(by_kind[Kind.HOUSEHOLD]),
        committee=_judge_committee(by_kind[Kind.COMMITTEE]),
        snapshot=_judge_status(by_kind[Kind.STATUS], today=today),
        passbook=passbook,
        passbook_key=passbook_key,
    )


def _contract_row(row: LiveRow) -> ContractRow:
    said = row.said.get
    return ContractRow(
        row.key,
        said("paper_number", ""),
        said("round", ""),
        said("name", ""),
        said("principal", ""),
        said("received_on", ""),
        said("due_on", ""),
        said("occupation", ""),
    )


def _at_fault(row: LiveRow) -> str:
    """Which cell of a contract that is set aside people should look at."""
    principal = read_sum(row.said.get("principal", ""))
    is_sure = isinstance(principal, Money) and bool(principal)
    return "received_on" if is_sure else "principal"


def _receipt_row(row: LiveRow) -> ReceiptRow:
    said = row.said.get
    return ReceiptRow(
        row.key,
        row.parent_key or None,
        said("receipt_number", ""),
        said("paid_on", ""),
        said("amount", ""),
    )


def _judge_bank(
    rows: list[LiveRow], *, today: date
) -> tuple[list[BankFact], tuple[Money, frozenset[str]] | None, str]:
    """The movements that stand, the last balance of the passbook with what led to it, and its row.

    A page typed up on two sheets is one page: a movement alike to its very balance, on another
    sheet, is set aside.
    """
    facts: list[BankFact] = []
    sheet_of: dict[tuple[date, Money, str, str, Money], int] = {}
    so_far: list[str] = []
    passbook: tuple[Money, int] | None = None
    for row in rows:
        said = row.said.get
        bank_row = BankRow(
            row.key,
            said("on", ""),
            said("document", ""),
            said("item", ""),
            said("paid_in", ""),
            said("paid_out", ""),
            said("balance", ""),
        )
        balance = read_money(bank_row.balance)
        verdict = judge_bank(bank_row, today=today)
        if isinstance(verdict, BankFact) and isinstance(balance, Money):
            movement = (verdict.on, verdict.amount, verdict.document, verdict.item, balance)
            first_on = sheet_of.setdefault(movement, row.sheet_place)
            if first_on != row.sheet_place:
                verdict = Reason.DUPLICATE_RECEIPT
        row.judge(verdict)
        so_far.append(row.key)
        if isinstance(verdict, BankFact):
            facts.append(verdict)
        if isinstance(balance, Money):
            passbook = (balance, len(so_far))
    if passbook is None:
        return facts, None, ""
    balance, places = passbook
    return facts, (balance, frozenset(so_far[:places])), so_far[places - 1]


def _judge_households(rows: list[LiveRow]) -> list[ListedHousehold]:
    listed: list[ListedHousehold] = []
    houses: set[tuple[str, str]] = set()
    taken: set[int] = set()
    for row in rows:
        said = row.said.get
        name = said("name", "").strip()
        house = (name_key(name), said("house_number", ""))
        incomes = [
            read_money(said(column, ""))
            for column in ("income_before", "income_after_1", "income_after_2", "income_after_3")
        ]
        if not name:
            row.judge(Reason.NAME_MISSING)
        elif house in houses:
            row.judge(Reason.DUPLICATE_HOUSEHOLD)
        elif (trouble := _income_trouble(incomes)) is not None:
            row.judge(trouble)
        else:
            row.judge(None)
            houses.add(house)
            number = plain_number(said("number", ""))
            if number is None or number in taken:
                number = max(taken, default=0) + 1
            taken.add(number)
            before, *after = (i if isinstance(i, Money) else None for i in incomes)
            listed.append(
                ListedHousehold(
                    number=number,
                    name=name,
                    house_number=said("house_number", "")[:40],
                    size=plain_number(said("size", "")),
                    income_before=before,
                    income_after=(after[0], after[1], after[2]),
                )
            )
    return listed


def _income_trouble(incomes: list[Money | UnreadableMoney]) -> Reason | None:
    """Incomes may be missing; what is there must be a sum not below zero."""
    for income in incomes:
        if isinstance(income, Money):
            if income.satang < 0:
                return Reason.NEGATIVE
        elif income.why == "cell_error":
            return Reason.CELL_ERROR
        elif income.why != "blank":
            return Reason.AMOUNT_TEXT
    return None


def _judge_committee(rows: list[LiveRow]) -> list[ListedTerm]:
    listed = []
    named: set[tuple[str, ...]] = set()
    for row in rows:
        said = row.said.get
        days = [read_date(said(column, "")) for column in ("starts_on", "ends_on")]
        if any(isinstance(day, UnreadableDate) and day.why != "blank" for day in days):
            row.judge(Reason.DATE_UNREADABLE)
            continue
        row.judge(None)
        term = (said("set_number", ""), said("position", ""), name_key(said("name", "")))
        if (*term, said("starts_on", "")) in named:
            continue  # the same term on two sheets is one term
        named.add((*term, said("starts_on", "")))
        starts_on, ends_on = (d if isinstance(d, date) else None for d in days)
        listed.append(
            ListedTerm(
                plain_number(said("set_number", "")),
                said("name", ""),
                said("position", "")[:100],
                starts_on,
                ends_on,
            )
        )
    return listed


def _judge_status(rows: list[LiveRow], *, today: date) -> Snapshot:
    snapshot = Snapshot()
    for row in rows:
        name = row.key.removeprefix("status:")
        value = read_status(name, row.said.get("value", ""), today=today)
        row.judge(value)
        if not isinstance(value, Reason):
            snapshot.figures[name] = value
    return snapshot


# "35 ครัวเรือน", "ปี พ.ศ. 2538"
_AROUND_NUMBERS = re.compile(r"^(ปี)?(งบประมาณ)? *(พ\.? *ศ\.?)? *| *ครัวเรือน$")


def read_status(name: str, text: str, *, today: date) -> int | Money | date | str | Reason:
    """One figure of the brown book by its name: a day, a sum, a number or plain words."""
    if name == "as_of":
        return read_day(text, today=today)
    if name == "granted" or name.endswith("_sum"):
        return read_sum(text)
    if name.endswith(("_households", "_year")):
        number = plain_number(_AROUND_NUMBERS.sub("", text))
        if number is not None and name.endswith("_year"):
            number = _fiscal_year_meant(number, today=today)
        if number is not None:
            return number
        return Reason.CELL_ERROR if text.startswith("#") else Reason.AMOUNT_TEXT
    return text


def _fiscal_year_meant(number: int, *, today: date) -> int | None:
    """A fiscal year in พ.ศ., as people write it: 2540, 40, or 1997; nothing if it is none of these.

    A grant is of a year that has begun; the project began in 2536, sister funds before it.
    """
    this_year = fiscal_year(today)
    for year in (number, number + 2500, number + 543):
        if 2520 <= year <= this_year and (year == number or number < 100 or number > 1900):
            return year
    return None
