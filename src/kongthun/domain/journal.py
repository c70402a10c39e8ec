"""Double entry: what an entry is, and when it may be written.

A line above zero is a debit, below zero a credit, so an entry balances when its lines add up to
nothing. Account codes are ``kind`` or ``kind:number`` (``cash``, ``bank:1``, ``loan:12``); the kind
decides what the money means, the number tells one account of a kind from another.

Entries never hold a person's name: they are chained and can not be taken back, while a name must
be erasable (พ.ร.บ. คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562). Contracts and receipts are named by number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from .money import Money


class AccountKind(StrEnum):
    """What the money in an account is: first the places it can be in, then where it came from."""

    LOAN = "loan"  # with households, an account a contract
    BANK = "bank"  # an account a passbook
    CASH = "cash"  # in hand, or elsewhere (เงินทุนอยู่ที่อื่น ๆ)
    CLAIM = "claim"  # owed by a person who took or lost money
    LOSS = "loss"  # recognised as lost by those entitled to
    UNEXPLAINED = "unexplained"  # not yet explained: never hidden, never guessed
    STOCK = "stock"  # materials and goods at what they cost, an account an item
    MAKING = "making"  # what went into a batch that is not finished, an account a batch
    TOOL = "tool"  # tools and machines at what they are still worth, an account a thing
    CUSTOMER = "customer"  # sold on credit and not yet paid, an account a customer
    CAPITAL = "capital"  # received from the state, members, donors: an account a source
    SHARE = "share"  # หุ้น a member paid in, an account a member
    SAVING = "saving"  # สัจจะ, what a member saves by promise, an account a member
    HELD = "held"  # sums held for a member, such as what was paid too much
    INTEREST = "interest"  # deposit interest kept, apart from capital
    INCOME = "income"
    EXPENSE = "expense"
    RESERVE = "reserve"  # surplus kept for a purpose by resolution: a reserve, welfare
    SURPLUS = "surplus"  # what was shared out of a year's surplus, an account a year
    SUPPLIER = "supplier"  # bought on credit and not yet paid, an account a supplier
    LENDER = "lender"  # what the group itself borrowed, an account a borrowing
    DUE = "due"  # resolved and not yet paid out, to others than members: committee pay


class Deed(StrEnum):
    """What happened, in the words of the books."""

    CAPITAL_RECEIVED = "capital_received"
    INTEREST_RECEIVED = "interest_received"
    FEE_PAID = "fee_paid"
    LOAN_PAID_OUT = "loan_paid_out"
    REPAYMENT_RECEIVED = "repayment_received"
    CASH_DEPOSITED = "cash_deposited"
    CASH_WITHDRAWN = "cash_withdrawn"
    BANK_UNEXPLAINED = "bank_unexplained"
    BANK_CONFIRMED = "bank_confirmed"
    CASH_COUNTED = "cash_counted"
    CAPITAL_CONFIRMED = "capital_confirmed"
    CLAIM_RECOGNISED = "claim_recognised"
    LOSS_RECOGNISED = "loss_recognised"
    CLAIM_REPAID = "claim_repaid"
    LOSS_RECOVERED = "loss_recovered"
    HELD_RETURNED = "held_returned"
    SHARES_RECEIVED = "shares_received"
    SHARES_RETURNED = "shares_returned"
    SHARES_TRANSFERRED = "shares_transferred"
    SAVINGS_RECEIVED = "savings_received"
    SAVINGS_RETURNED = "savings_returned"
    EXPENSE_PAID = "expense_paid"
    INCOME_RECEIVED = "income_received"
    GOODS_BOUGHT = "goods_bought"
    GOODS_GIVEN = "goods_given"
    GOODS_USED = "goods_used"
    COST_ADDED = "cost_added"
    GOODS_MADE = "goods_made"
    GOODS_SOLD = "goods_sold"
    GOODS_COUNTED = "goods_counted"
    CUSTOMER_PAID = "customer_paid"
    SUPPLIER_PAID = "supplier_paid"
    TOOL_BOUGHT = "tool_bought"
    TOOL_GIVEN = "tool_given"
    TOOL_WORN = "tool_worn"
    TOOL_GONE = "tool_gone"
    BORROWED = "borrowed"
    BORROWING_REPAID = "borrowing_repaid"
    SURPLUS_SHARED = "surplus_shared"
    DUE_PAID = "due_paid"
    RESERVE_USED = "reserve_used"


class Line(NamedTuple):
    """One side of an entry. ``amount`` above zero is a debit."""

    account: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as it is handed in, before it has a number and a place in the chain.

    ``key`` is made by the caller and is unique in the fund: handing in the same key again writes
    nothing and answers with the entry that is there. ``source`` says where the fact was read
    (``<first 12 of the file's SHA-256>:<sheet>:<row>``), or is empty for an entry made on screen.
    """

    deed: Deed
    happened_on: date
    lines: tuple[Line, ...]
    key: str
    memo: str = ""
    document: str = ""
    source: str = ""
    reverses: int | None = None


@dataclass(frozen=True, slots=True)
class OutOfBalance:
    """The lines do not add up to nothing."""

    difference: Money


@dataclass(frozen=True, slots=True)
class TooFewLines:
    """Money always moves from somewhere to somewhere: two lines at least."""

    lines: int


@dataclass(frozen=True, slots=True)
class EmptyLine:
    """A line of nothing says nothing."""

    account: str


@dataclass(frozen=True, slots=True)
class UnknownAccountKind:
    """The chart of accounts of this kind of group has no such account."""

    account: str


@dataclass(frozen=True, slots=True)
class HappensLater:
    """Nothing is written before it has happened."""

    happened_on: date
    today: date


@dataclass(frozen=True, slots=True)
class TooLarge:
    """A sum beyond what the chain can carry everywhere: ±(2**53 − 1) satang, 90 million million."""

    account: str
    amount: Money


@dataclass(frozen=True, slots=True)
class YearClosed:
    """The day lies in a year that was closed and shared out: its books are never touched again."""

    happened_on: date
    closed_until: date


@dataclass(frozen=True, slots=True)
class KeyTwice:
    """Two entries handed in together bear one idempotency key."""

    key: str


EntryRefusal = (
    OutOfBalance
    | TooFewLines
    | EmptyLine
    | TooLarge
    | UnknownAccountKind
    | HappensLater
    | YearClosed
    | KeyTwice
)


# Satang a line may hold: what JSON numbers carry exactly in every language (RFC 8785).
LARGEST_SUM = 2**53 - 1


def kind_of(account: str) -> str:
    """The part of an account code before the colon.

    >>> kind_of("loan:12"), kind_of("cash")
    ('loan', 'cash')
    """
    return account.partition(":")[0]


def refusals_of(draft: Draft, *, kinds: frozenset[str], today: date) -> list[EntryRefusal]:
    """Everything that keeps a draft out of the books, all together; an empty list lets it in."""
    found: list[EntryRefusal] = []
    lines = draft.lines
    if len(lines) < 2:
        found.append(TooFewLines(len(lines)))
    difference = 0
    for account, amount in lines:
        satang = amount.satang
        difference += satang
        if satang == 0:
            found.append(EmptyLine(account))
        elif not -LARGEST_SUM <= satang <= LARGEST_SUM:
            found.append(TooLarge(account, amount))
        if kind_of(account) not in kinds:
            found.append(UnknownAccountKind(account))
    if difference:
        found.append(OutOfBalance(Money(difference)))
    if draft.happened_on > today:
        found.append(HappensLater(draft.happened_on, today))
    return found


def reversal_of(
    number: int,
    deed: Deed,
    lines: Iterable[Line],
    *,
    happened_on: date,
    key: str,
    memo: str,
    document: str = "",
) -> Draft:
    """The draft that takes entry ``number`` back: same deed, every line turned round.

    It is dated as the entry it takes back, so that no day in between shows money that never moved;
    when we learned of the mistake is its ``recorded_at``.
    """
    return Draft(
        deed=deed,
        happened_on=happened_on,
        lines=tuple(Line(account, -amount) for account, amount in lines),
        key=key,
        memo=memo,
        document=document,
        reverses=number,
    )
