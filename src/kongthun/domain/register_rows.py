"""Judging the rows of the paper books: posted, or set aside (ควรตรวจสอบ) with a reason.

A fact is never guessed. A row that can not be read whole stays out of every total until a person
has put it right, and what hangs on it (the receipts of a contract that can not be read) stays out
with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .money import Money, UnreadableMoney, read_money
from .thai_calendar import UnreadableDate, read_date
from .thai_text import arabic_digits


class Reason(StrEnum):
    """Why a row is set aside."""

    CELL_ERROR = "cell_error"  # the sheet itself shows #REF!, #N/A, …
    AMOUNT_TEXT = "amount_text"  # no sum one can be sure of: words, nothing, both sides filled
    DATE_UNREADABLE = "date_unreadable"  # no day, an impossible day, or one of two days
    DATE_IN_FUTURE = "date_in_future"
    NEGATIVE = "negative"
    BEFORE_LOAN = "before_loan"  # sent back before it was lent
    DUPLICATE_RECEIPT = "duplicate_receipt"  # same contract, number, day and sum again
    LOAN_REJECTED = "loan_rejected"  # its contract is set aside
    NO_CONTRACT = "no_contract"  # a receipt above the first contract
    OVERPAID = "overpaid"  # more sent back than was lent
    DUPLICATE_HOUSEHOLD = "duplicate_household"
    NAME_MISSING = "name_missing"


@dataclass(frozen=True, slots=True)
class ContractRow:
    """What the yellow book says of a contract, as typed."""

    key: str
    paper_number: str
    round: str
    name: str
    principal: str
    received_on: str
    due_on: str
    occupation: str


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """What the yellow book says of money sent back, as typed."""

    key: str
    contract_key: str | None
    number: str
    paid_on: str
    amount: str


@dataclass(frozen=True, slots=True)
class BankRow:
    """What the green book says of one movement, as typed.

    ``balance`` is the bank's own arithmetic, no fact of its own: it is not judged.
    """

    key: str
    on: str
    document: str
    item: str
    paid_in: str
    paid_out: str
    balance: str


@dataclass(frozen=True, slots=True)
class ContractFact:
    """A contract that can stand in the books. ``due_on`` is empty where the paper has none."""

    key: str
    paper_number: str
    round: int | None
    name: str
    principal: Money
    paid_out_on: date
    due_on: date | None
    occupation: str


@dataclass(frozen=True, slots=True)
class ReceiptFact:
    """Money sent back on a contract that can stand in the books."""

    key: str
    contract_key: str
    number: str
    paid_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class BankFact:
    """A movement of the passbook; ``amount`` above zero came in."""

    key: str
    on: date
    document: str
    item: str
    amount: Money


_LARGEST_NUMBER = 9_999
_BEFORE_NUMBERS = ("ครั้งที่", "รอบที่", "ชุดที่")


def plain_number(text: str) -> int | None:
    """A small whole number as people type it (``3``, ``๓``, ``ครั้งที่ 3``), else nothing.

    Rounds, households, people and พ.ศ. years are counted with it; none has five digits.

    >>> plain_number("๓"), plain_number("3.0"), plain_number("ครั้งที่ 3"), plain_number("สาม")
    (3, 3, 3, None)
    """
    text = text.strip()
    for word in _BEFORE_NUMBERS:
        text = text.removeprefix(word)
    value = read_money(text)
    if not isinstance(value, Money):
        return None
    number, satang = divmod(value.satang, 100)
    return number if satang == 0 and 0 <= number <= _LARGEST_NUMBER else None


# More is digits that ran together: a village fund has some hundred thousand baht. (The chain ends
# at 2**53 satang, and all rows of a fund must add up within it.)
_LARGEST_SUM = Money.baht(1_000_000_000)


def read_sum(text: str) -> Money | Reason:
    """A sum of money that can be posted: readable, not below zero, at most a thousand million."""
    value = read_money(text)
    if isinstance(value, UnreadableMoney):
        return Reason.CELL_ERROR if value.why == "cell_error" else Reason.AMOUNT_TEXT
    if value.satang < 0:
        return Reason.NEGATIVE
    return value if value <= _LARGEST_SUM else Reason.AMOUNT_TEXT


def read_day(text: str, *, today: date) -> date | Reason:
    """A day that has been, or why the text names none."""
    value = read_date(text)
    if isinstance(value, UnreadableDate):
        return Reason.CELL_ERROR if text.startswith("#") else Reason.DATE_UNREADABLE
    return value if value <= today else Reason.DATE_IN_FUTURE


def judge_contract(row: ContractRow, *, today: date) -> ContractFact | Reason:
    """A contract stands when its sum and the day of pay-out are sure. Other cells may be empty."""
    principal = read_sum(row.principal)
    if isinstance(principal, Reason):
        return principal
    if not principal:
        return Reason.AMOUNT_TEXT
    received_on = read_day(row.received_on, today=today)
    if isinstance(received_on, Reason):
        return received_on
    due_on = read_date(row.due_on)
    return ContractFact(
        key=row.key,
        paper_number=row.paper_number,
        round=plain_number(row.round),
        name=row.name,
        principal=principal,
        paid_out_on=received_on,
        due_on=None if isinstance(due_on, UnreadableDate) else due_on,
        occupation=row.occupation,
    )


def judge_receipts(
    rows: Sequence[ReceiptRow], contracts: Mapping[str, ContractFact | Reason], *, today: date
) -> list[ReceiptFact | Reason]:
    """One verdict a row, in the order of the rows.

    Of receipts alike in contract, number, day and sum the first stands. What is sent back beyond
    what was lent is not money of this contract: that receipt is set aside, not cut down.
    """
    verdicts: list[ReceiptFact | Reason] = []
    seen: set[tuple[str, str, date, Money]] = set()
    left: dict[str, int] = {}
    for row in rows:
        contract = contracts.get(row.contract_key) if row.contract_key is not None else None
        if contract is None:
            verdicts.append(Reason.NO_CONTRACT)
            continue
        if isinstance(contract, Reason):
            verdicts.append(Reason.LOAN_REJECTED)
            continue
        verdict = _judge_receipt(row, contract, today=today)
        if isinstance(verdict, ReceiptFact):
            number = arabic_digits(verdict.number)
            alike = (contract.key, number, verdict.paid_on, verdict.amount)
            remaining = left.get(contract.key, contract.principal.satang) - verdict.amount.satang
            if alike in seen:
                verdict = Reason.DUPLICATE_RECEIPT
            elif remaining < 0:
                verdict = Reason.OVERPAID
            else:
                seen.add(alike)
                left[contract.key] = remaining
        verdicts.append(verdict)
    return verdicts


def _judge_receipt(row: ReceiptRow, contract: ContractFact, *, today: date) -> ReceiptFact | Reason:
    amount = read_sum(row.amount)
    if isinstance(amount, Reason):
        return amount
    if not amount:
        return Reason.AMOUNT_TEXT
    paid_on = read_day(row.paid_on, today=today)
    if isinstance(paid_on, Reason):
        return paid_on
    if paid_on < contract.paid_out_on:
        return Reason.BEFORE_LOAN
    return ReceiptFact(row.key, contract.key, row.number, paid_on, amount)


def judge_bank(row: BankRow, *, today: date) -> BankFact | Reason:
    """A movement of the passbook stands when exactly one side and the day are sure."""
    sides = []
    for text, sign in ((row.paid_in, 1), (row.paid_out, -1)):
        if isinstance(value := read_money(text), UnreadableMoney) and value.why == "blank":
            continue
        amount = read_sum(text)
        if isinstance(amount, Reason):
            return amount
        if amount:
            sides.append(amount * sign)
    if len(sides) != 1:
        return Reason.AMOUNT_TEXT
    on = read_day(row.on, today=today)
    if isinstance(on, Reason):
        return on
    return BankFact(row.key, on, row.document, row.item, sides[0])
