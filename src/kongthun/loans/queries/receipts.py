"""Receipts: their numbers as printed, which parts they settle, whether they still stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import connection
from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from kongthun.audit.models import AuditLine
from kongthun.domain.arrears import Part, settle
from kongthun.domain.authority import is_in_force
from kongthun.domain.money import Money, total
from kongthun.domain.plan import PlannedPart
from kongthun.domain.receipt_seal import (
    LINK_DIGITS,
    SealedReceipt,
    UnreadableSeal,
    check_seal,
    read_seal,
)
from kongthun.domain.thai_text import PersonName, arabic_digits, read_name, visible
from kongthun.groups.models import CommitteeTerm
from kongthun.ledger.models import Entry, Fund, Line

from ..models import Contract, Receipt
from ..receipt_keys import public_keys
from .offices import term_of

# A receipt book of the shops has so many leaves.
LEAVES_A_BOOK = 50


def document_of(number: int) -> str:
    """เล่มที่/เลขที่ of a running number, as it stands in the books: 51 is 2/1.

    >>> document_of(50), document_of(51)
    ('1/50', '2/1')
    """
    book, leaf = divmod(number - 1, LEAVES_A_BOOK)
    return f"{book + 1}/{leaf + 1}"


def parts_text(plan: Sequence[PlannedPart], balance: Money, paid: Money) -> str:
    """Which instalments a payment goes to, by number: "1", "1–2", or nothing without a plan."""
    parts = [Part(part.due_on, part.principal) for part in plan]
    planned = total(part.amount for part in parts)
    before = settle(parts, planned - balance)
    after = settle(parts, planned - balance + paid)
    touched = [
        place
        for place, (was, now) in enumerate(zip(before, after, strict=True), start=1)
        if was.settled != now.settled
    ]
    if not touched:
        return ""
    first, last = touched[0], touched[-1]
    return str(first) if first == last else f"{first}–{last}"


# --- receipts as they are read ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TakenBack:
    """That a receipt was cancelled: by which entry, when we learned of it, and why."""

    entry_number: int
    recorded_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A receipt with everything its paper says. Names are masked unless they were asked for."""

    receipt: Receipt
    contract_paper: str
    borrower: str
    payer: str
    receiver: str
    receiver_position: str
    taken_back: TakenBack | None

    @property
    def document(self) -> str:
        """เล่มที่/เลขที่."""
        return document_of(self.receipt.number)

    @property
    def fingerprint(self) -> str:
        """The first digits of the entry's link, as the seal says them."""
        said = read_seal(self.receipt.seal)
        return said.link if isinstance(said, SealedReceipt) else ""


@dataclass(frozen=True, slots=True)
class NumbersUsed:
    """How far the numbers of a fund's receipts go. Without gaps ``count`` is ``last``."""

    last: int
    count: int
    cancelled: int

    @property
    def is_whole(self) -> bool:
        """Whether every number from 1 on is there."""
        return self.last == self.count


def receipts_of(
    fund: Fund, *, on: date | None = None, contract: str = ""
) -> QuerySet[Receipt, Receipt]:
    """A fund's receipts, the latest number first; of one day, or of one contract by its paper."""
    found = Receipt.objects.filter(fund=fund).order_by("-number")
    if on is not None:
        found = found.filter(paid_on=on)
    if contract:
        numbers = [
            number
            for number, paper in Contract.objects.filter(fund=fund).values_list(
                "number", "paper_number"
            )
            if arabic_digits(visible(paper)) == arabic_digits(visible(contract))
        ]
        found = found.filter(contract_number__in=numbers)
    return found


def receipt_numbers(fund_id: int, contract_number: int) -> dict[int, int]:
    """The receipts of a contract, by the entry each was written with. One statement."""
    rows = Receipt.objects.filter(fund_id=fund_id, contract_number=contract_number)
    return dict(rows.values_list("entry_number", "number"))


def numbers_used(fund: Fund) -> NumbersUsed:
    """How many receipts there are, up to which number, how many cancelled. Two statements."""
    found = Receipt.objects.filter(fund=fund).aggregate(last=Max("number"), count=Count("number"))
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FROM loans_receipt r
            JOIN ledger_entry e ON e.fund_id = r.fund_id AND e.reverses = r.entry_number
            WHERE r.fund_id = %s
            """,
            [fund.pk],
        )
        (cancelled,) = cursor.fetchone()
    return NumbersUsed(found["last"] or 0, found["count"], int(cancelled))


def slips_of(fund: Fund, receipts: Sequence[Receipt], *, with_names: bool) -> list[Slip]:
    """What the papers of these receipts say, in their order. Four statements at most."""
    contracts = {
        contract.number: contract
        for contract in Contract.objects.filter(
            fund=fund, number__in={receipt.contract_number for receipt in receipts}
        ).select_related("borrower")
    }
    terms = {
        term.number: term
        for term in CommitteeTerm.objects.filter(
            group_id=fund.pk, number__in={receipt.received_by_term for receipt in receipts}
        ).select_related("person")
    }
    reversed_by = {
        entry.reverses: entry
        for entry in Entry.objects.filter(
            fund=fund, reverses__in=[receipt.entry_number for receipt in receipts]
        )
    }
    reasons = _reasons(fund, [r.number for r in receipts if r.entry_number in reversed_by])
    taken_back = {
        receipt.entry_number: TakenBack(
            entry.number, entry.recorded_at, reasons.get(receipt.number, entry.memo)
        )
        for receipt in receipts
        if (entry := reversed_by.get(receipt.entry_number)) is not None
    }
    slips = []
    for receipt in receipts:
        contract = contracts.get(receipt.contract_number or 0)
        term = terms.get(receipt.received_by_term or 0)
        borrower = _said(contract.borrower.name, with_names) if contract else ""
        payer = _said(read_name(receipt.paid_by), with_names) if receipt.paid_by else borrower
        slips.append(
            Slip(
                receipt,
                contract.paper_number if contract else "",
                borrower,
                payer,
                _said(term.person.name, with_names) if term else "",
                term.position_words or term.get_position_display() if term else "",
                taken_back.get(receipt.entry_number),
            )
        )
    return slips


def _reasons(fund: Fund, numbers: Sequence[int]) -> dict[int, str]:
    """Why receipts were cancelled, as it was typed. What is typed never enters the chain."""
    if not numbers:
        return {}
    lines = AuditLine.objects.filter(
        fund_id=fund.pk,
        deed="cancel_receipt",
        subject__in=[f"receipt {number}" for number in numbers],
    )
    return {
        int(line.subject.rpartition(" ")[2]): str(line.details.get("reason", "")) for line in lines
    }


def receivers_on(fund: Fund, day: date) -> list[CommitteeTerm]:
    """The committee members in office on a day: who may have taken money. One statement."""
    terms = CommitteeTerm.objects.filter(group_id=fund.pk, withdrawn_at__isnull=True)
    return [
        term
        for term in terms.select_related("person").order_by("number")
        if is_in_force(term_of(term), day, years=None)
    ]


def _said(name: PersonName, with_names: bool) -> str:
    return name.full if with_names else name.masked


# --- checking by anybody ------------------------------------------------------------------------


class Finding(StrEnum):
    """What can be said about the code of a receipt."""

    GOOD = "good"
    CANCELLED = "cancelled"
    NOT_IN_BOOKS = "not_in_books"  # the fund sealed it, and its books say otherwise
    BROKEN = "broken"  # no fund of ours sealed it
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class CheckedCode:
    """What became of checking a code. Nothing of a fund is said unless its key sealed the code."""

    finding: Finding
    said: SealedReceipt | None = None
    fund: Fund | None = None
    public_key: str = ""
    taken_back_on: date | None = None

    @property
    def document(self) -> str:
        """เล่มที่/เลขที่, as the code says it."""
        return document_of(self.said.number) if self.said is not None else ""


def checked_code(code: str) -> CheckedCode:
    """Whether a fund sealed this code, and whether its books still say so."""
    said = read_seal(code)
    if isinstance(said, UnreadableSeal):
        return CheckedCode(Finding.UNREADABLE)
    fund = Fund.objects.filter(code=said.fund).first()
    if fund is None:
        return CheckedCode(Finding.BROKEN)
    for public_key in public_keys(fund):
        if isinstance(check_seal(code, public_key), SealedReceipt):
            break
    else:
        return CheckedCode(Finding.BROKEN)
    if not _books_agree(fund, said):
        return CheckedCode(Finding.NOT_IN_BOOKS, said, fund, public_key)
    reversing = Entry.objects.filter(fund=fund, reverses=said.entry).first()
    if reversing is not None:
        day = timezone.localdate(reversing.recorded_at)
        return CheckedCode(Finding.CANCELLED, said, fund, public_key, day)
    return CheckedCode(Finding.GOOD, said, fund, public_key)


def _books_agree(fund: Fund, said: SealedReceipt) -> bool:
    """Whether receipt and entry are there as the code says: link, day, sum, what is left."""
    receipt = Receipt.objects.filter(fund=fund, number=said.number).first()
    entry = Entry.objects.filter(fund=fund, number=said.entry).first()
    if receipt is None or entry is None:
        return False
    lines = Line.objects.filter(fund=fund, entry_number=said.entry, account="cash")
    return (
        bytes(entry.link).hex()[:LINK_DIGITS] == said.link
        and entry.happened_on == receipt.paid_on == said.paid_on
        and total(line.amount for line in lines) == receipt.amount == said.amount
        and receipt.entry_number == said.entry
        and receipt.balance_left == said.left
    )
