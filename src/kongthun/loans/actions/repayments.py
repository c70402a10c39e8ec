"""Money sent back: a numbered receipt at once, the books in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.domain.allocation import (
    DEFAULT_ORDER,
    Allocation,
    Owed,
    PenaltyTerms,
    SentBack,
    allocate_all,
)
from kongthun.domain.authority import is_in_force
from kongthun.domain.chain import SealedEntry
from kongthun.domain.journal import Deed as BookDeed
from kongthun.domain.journal import Draft, Line
from kongthun.domain.money import ZERO, Money
from kongthun.domain.plan import PlannedPart
from kongthun.domain.receipt_seal import LINK_DIGITS, SealedReceipt, seal
from kongthun.domain.rule_set import RuleSet
from kongthun.groups.models import CommitteeTerm
from kongthun.groups.queries.rules import rules_of
from kongthun.ledger.actions import (
    NotPosted,
    Pen,
    hold_pen,
    reverse_entry,
    write_down,
)
from kongthun.ledger.models import Fund

from ..models import Contract, Instalment, Receipt
from ..queries.offices import term_of
from ..queries.receipts import document_of, parts_text
from ..receipt_keys import make_public, private_key
from ..refusals import (
    AnyRefusal,
    InFuture,
    NoSuchContract,
    NoSuchReceipt,
    NotAboveZero,
    NotDone,
    NothingOwed,
    PaidBeforeLent,
    PaidTooMuch,
    ReasonNeeded,
    ReceiptCancelled,
    ReceiverNotInOffice,
    Refusal,
)

CASH = "cash"
_NO_INTEREST = "none"


@dataclass(frozen=True, slots=True)
class RepaymentRecorded:
    """The receipt, handed over at once. ``is_again`` when the same key had made it before."""

    receipt: Receipt
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptTakenBack:
    """The receipt was cancelled by this entry; its number stays used."""

    number: int
    entry_number: int


@dataclass(frozen=True, slots=True)
class Visit:
    """One repayment as it is handed in. ``receiver_term`` is who took the money, by their term."""

    contract_number: int
    amount: Money
    on: date
    key: str
    paid_by: str = ""
    receiver_term: int | None = None
    holds_over: bool = False
    early_interest: bool = False


@dataclass(slots=True)
class _Loan:
    """A contract with what its books say, read with the pen in hand."""

    contract: Contract
    balance: Money
    plan: list[PlannedPart]
    visits: list[SentBack]


def record_repayment(visit: Visit, *, fund: Fund, by: Reach) -> RepaymentRecorded | NotDone:
    """Take money on one contract: the oldest part first, a receipt, an entry, one transaction.

    The same key again answers with the receipt that is there. More than is owed is refused with
    the sum left over, or held as a credit of the payer's if ``holds_over``. Money in hand until it
    is taken to the bank. docs/rules/repayments.md.
    """
    done = record_repayments([visit], fund=fund, by=by)
    return done if isinstance(done, NotDone) else done[0]


def record_repayments(
    visits: Sequence[Visit], *, fund: Fund, by: Reach
) -> list[RepaymentRecorded] | NotDone:
    """Take the money of a whole meeting, all receipts or none, in the order given."""
    now = timezone.now()
    entitled = by.refusals(Deed.RECEIVE_MONEY, area_code=fund.area_code, group_id=fund.pk)
    if entitled:
        return NotDone(tuple(entitled))
    done: list[RepaymentRecorded] = []
    refusals: list[AnyRefusal] = []
    make_public(fund.pk, fund.code)
    with transaction.atomic():
        held = hold_pen(fund, [visit.key for visit in visits])
        offices = _offices(fund, visits)
        for visit in visits:
            known = held.known.get(visit.key)
            if known is not None:
                receipt = Receipt.objects.filter(fund=fund, entry_number=known).first()
                if receipt is not None:
                    done.append(RepaymentRecorded(receipt, is_again=True))
                    continue
            judged = _judge(visit, fund, offices, now)
            if isinstance(judged, list):
                refusals.extend(judged)
                continue
            outcome = _take(visit, *judged, held=held, by=by, now=now)
            if isinstance(outcome, NotPosted):
                refusals.extend(outcome.refusals)
                continue
            recorded, held = outcome
            done.append(recorded)
        if refusals:
            transaction.set_rollback(True)
            return NotDone(tuple(refusals))
    return done


def cancel_receipt(
    number: int, *, fund: Fund, reason: str, key: str, by: Reach
) -> ReceiptTakenBack | NotDone:
    """Take a receipt back by reversing its entry. The receipt stays readable, its number used."""
    refusals: list[AnyRefusal] = [
        *by.refusals(Deed.RECEIVE_MONEY, area_code=fund.area_code, group_id=fund.pk)
    ]
    if not reason.strip():
        refusals.append(ReasonNeeded("cancel_receipt"))
    with transaction.atomic():
        held = hold_pen(fund, [key])
        receipt = Receipt.objects.filter(fund=fund, number=number).first()
        if receipt is None:
            return NotDone((*refusals, NoSuchReceipt(number)))
        if key in held.known:
            return ReceiptTakenBack(number, held.known[key])
        if _is_reversed(fund.pk, receipt.entry_number):
            refusals.append(ReceiptCancelled(number))
        if refusals:
            return NotDone(tuple(refusals))
        posted = reverse_entry(
            receipt.entry_number,
            fund=fund,
            reason=reason.strip()[:200],
            key=key,
            recorded_by=by.user_id,
        )
        if isinstance(posted, NotPosted):
            return NotDone(posted.refusals)
        if receipt.contract_number is not None:
            loan = _loan(fund, receipt.contract_number)
            if loan is not None and loan.contract.interest_method != _NO_INTEREST:
                _divide_anew(loan, hold_pen(fund, []), by=by, now=timezone.now(), why=key)
        record_deed(
            "cancel_receipt",
            user_id=by.user_id,
            area_code=fund.area_code,
            fund_id=fund.pk,
            subject=f"receipt {number}",
            details={"reason": reason.strip()[:200]},
        )
    return ReceiptTakenBack(number, posted.numbers[0])


# --- one visit --------------------------------------------------------------------------------


def _judge(
    visit: Visit, fund: Fund, offices: dict[int, CommitteeTerm], now: datetime
) -> tuple[_Loan, Allocation, Money] | list[Refusal]:
    """The loan with this visit's allocation and what is held; or everything against it."""
    today = timezone.localdate(now)
    refusals: list[Refusal] = []
    if visit.amount <= ZERO:
        refusals.append(NotAboveZero())
    if visit.on > today:
        refusals.append(InFuture(visit.on, today))
    if visit.receiver_term is not None:
        term = offices.get(visit.receiver_term)
        if term is None or not is_in_force(term_of(term), visit.on, years=None):
            refusals.append(ReceiverNotInOffice(visit.receiver_term, visit.on))
    loan = _loan(fund, visit.contract_number)
    if loan is None or loan.contract.paid_out_on is None:
        return [*refusals, NoSuchContract(visit.contract_number)]
    if visit.on < loan.contract.paid_out_on:
        refusals.append(PaidBeforeLent(visit.on, loan.contract.paid_out_on))
    if not loan.balance:
        refusals.append(NothingOwed(loan.contract.paper_number))
    if refusals:
        return refusals
    allocation = _allocation(visit, loan, fund)
    if allocation.left_over and not visit.holds_over:
        owed = visit.amount - allocation.left_over
        return [PaidTooMuch(visit.amount, owed, allocation.left_over)]
    return loan, allocation, allocation.left_over


def _allocation(visit: Visit, loan: _Loan, fund: Fund) -> Allocation:
    if loan.contract.interest_method == _NO_INTEREST:
        # Without interest a plan only says when; what is owed is the balance.
        taken = min(visit.amount, loan.balance)
        whole = [PlannedPart(visit.on, loan.balance)]
        (allocation,) = allocate_all(whole, [SentBack(visit.on, taken)])
        return Allocation(allocation.by_part, visit.amount - taken)
    rules = _rules(fund, loan.contract)
    coming = SentBack(visit.on, visit.amount, visit.early_interest)
    return allocate_all(
        loan.plan, [*loan.visits, coming], order=order_of(rules), penalty=penalty_of(rules)
    )[-1]


def _take(
    visit: Visit,
    loan: _Loan,
    allocation: Allocation,
    over: Money,
    *,
    held: Pen,
    by: Reach,
    now: datetime,
) -> tuple[RepaymentRecorded, Pen] | NotPosted:
    """Write the entry and the receipt. The pen is in hand."""
    fund, contract = held.fund, loan.contract
    number = _next_receipt(fund.pk)
    taken = allocation.taken
    left = loan.balance - taken.principal
    before = [PlannedPart(p.due_on, p.principal, p.interest) for p in loan.plan]
    parts = parts_text(before, loan.balance, taken.principal)
    memo = f"รับคืนเงินยืม สัญญาที่ {contract.paper_number}"
    draft = Draft(
        BookDeed.REPAYMENT_RECEIVED,
        visit.on,
        _lines(contract, taken, over, paid=visit.amount),
        visit.key,
        memo[:200],
        document_of(number),
    )
    entry = write_down(held, draft, recorded_by=by.user_id, recorded_at=now)
    if isinstance(entry, NotPosted):
        return entry
    receipt = Receipt(
        fund=fund,
        number=number,
        contract_number=contract.number,
        member_number=contract.member_number,
        entry_number=entry.number,
        paid_on=visit.on,
        amount=visit.amount,
        principal=taken.principal,
        interest=taken.interest,
        penalty=taken.penalty,
        held=over,
        balance_left=left,
        parts=parts,
        paid_by=visit.paid_by[:200],
        received_by_term=visit.receiver_term,
        seal=seal(sealed_of(fund, number, visit, contract, left, entry), private_key(fund.code)),
        recorded_by_id=by.user_id,
        recorded_at=now,
    )
    receipt.save(force_insert=True)
    record_deed(
        "record_repayment",
        user_id=by.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=f"receipt {number}",
        details={"contract": contract.number, "satang": visit.amount.satang},
    )
    held = held.after(entry)
    if contract.interest_method != _NO_INTEREST:
        loan.visits.append(SentBack(visit.on, visit.amount - over, visit.early_interest))
        held = _divide_anew(loan, held, by=by, now=now, why=visit.key)
    return RepaymentRecorded(receipt), held


def sealed_of(
    fund: Fund, number: int, visit: Visit, contract: Contract, left: Money, entry: SealedEntry
) -> SealedReceipt:
    """What the seal of a receipt says."""
    return SealedReceipt(
        fund.code,
        number,
        visit.on,
        visit.amount,
        left,
        contract.paper_number,
        entry.number,
        entry.link.hex()[:LINK_DIGITS],
    )


def _lines(contract: Contract, taken: Owed, over: Money, *, paid: Money) -> tuple[Line, ...]:
    lines = [Line(CASH, paid)]
    for account, amount in (
        (contract.account, taken.principal),
        (f"income:interest-{contract.number}", taken.interest),
        (f"income:penalty-{contract.number}", taken.penalty),
        (held_account(contract), over),
    ):
        if amount:
            lines.append(Line(account, -amount))
    return tuple(lines)


def held_account(contract: Contract) -> str:
    """Where what was paid too much on a contract is held: for the household, else the contract."""
    if contract.member_number is None:
        return f"held:c{contract.number}"
    return f"held:{contract.member_number}"


def order_of(rules: RuleSet) -> tuple[str, ...]:
    """In which order a payment is divided, by the rules."""
    value = rules["allocation_order"].value
    return tuple(value.split(",")) if isinstance(value, str) else DEFAULT_ORDER


def penalty_of(rules: RuleSet) -> PenaltyTerms | None:
    """What being late costs, by the rules; nothing unless a rate is set."""
    rate = rules["penalty_rate"].count
    if not rate:
        return None
    return PenaltyTerms(rate_bp=rate, free_days=rules["penalty_free_days"].count or 0)


# --- dividing anew ----------------------------------------------------------------------------


def _divide_anew(loan: _Loan, held: Pen, *, by: Reach, now: datetime, why: str) -> Pen:
    """Give each day the division it has when all visits are known, whatever order they came in.

    A back-dated visit on a loan with interest changes how later ones are divided. Their receipts
    stand; an entry on their day moves the difference between principal and interest.
    """
    fund, contract = held.fund, loan.contract
    rules = _rules(fund, contract)
    allocations = allocate_all(
        loan.plan, loan.visits, order=order_of(rules), penalty=penalty_of(rules)
    )
    wanted: dict[date, list[int]] = {}
    for visit, allocation in zip(loan.visits, allocations, strict=True):
        sums = wanted.setdefault(visit.on, [0, 0, 0])
        taken = allocation.taken
        for place, sum_ in enumerate((taken.principal, taken.interest, taken.penalty)):
            sums[place] += sum_.satang
    booked = _booked(fund.pk, contract)
    for day in sorted({*wanted, *booked}):
        has = booked.get(day, [0, 0, 0])
        wants = wanted.get(day, [0, 0, 0])
        lines = tuple(
            Line(account, Money(has[place] - wants[place]))
            for place, account in enumerate(_accounts(contract))
            if has[place] != wants[place]
        )
        if not lines:
            continue
        draft = Draft(
            BookDeed.REPAYMENT_RECEIVED,
            day,
            lines,
            f"{why}:anew:{day.isoformat()}"[:80],
            f"จัดสรรเงินที่รับไว้ใหม่ สัญญาที่ {contract.paper_number}"[:200],
        )
        entry = write_down(held, draft, recorded_by=by.user_id, recorded_at=now)
        if isinstance(entry, NotPosted):
            raise TypeError(f"a division was refused: {entry.refusals}")  # a fault of ours
        held = held.after(entry)
    return held


def _accounts(contract: Contract) -> tuple[str, str, str]:
    number = contract.number
    return contract.account, f"income:interest-{number}", f"income:penalty-{number}"


def _booked(fund_id: int, contract: Contract) -> dict[date, list[int]]:
    """What came back by day as the books have it: principal, interest, penalty, in satang."""
    accounts = _accounts(contract)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT e.happened_on, l.account, -sum(l.amount) FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            WHERE l.fund_id = %s AND l.account IN (%s, %s, %s) AND e.deed = 'repayment_received'
            GROUP BY e.happened_on, l.account
            """,
            [fund_id, *accounts],
        )
        booked: dict[date, list[int]] = {}
        for day, account, satang in cursor.fetchall():
            on = date.fromisoformat(day) if isinstance(day, str) else day
            booked.setdefault(on, [0, 0, 0])[accounts.index(account)] += int(satang)
    return booked


# --- reading with the pen in hand ---------------------------------------------------------------


def _loan(fund: Fund, number: int) -> _Loan | None:
    """The contract, what is owed, its plan, and for a loan with interest every visit so far."""
    contract = (
        Contract.objects.filter(fund=fund, number=number, withdrawn_at__isnull=True)
        .annotate(
            balance=RawSQL(
                "SELECT a.balance FROM ledger_account a WHERE a.fund_id ="
                " loans_contract.fund_id AND a.code = 'loan:' || loans_contract.number",
                (),
            ),
            plan_number=RawSQL(
                "SELECT max(p.number) FROM loans_plan p WHERE p.fund_id ="
                " loans_contract.fund_id AND p.contract_number = loans_contract.number",
                (),
            ),
        )
        .first()
    )
    if contract is None:
        return None
    plan = [
        PlannedPart(part.due_on, part.amount, part.interest)
        for part in Instalment.objects.filter(
            fund=fund,
            contract_number=number,
            plan=contract.plan_number or 1,
        ).order_by("due_on", "sequence")
    ]
    balance = Money(int(contract.balance or 0))
    visits = []
    if contract.interest_method != _NO_INTEREST:
        receipts = Receipt.objects.filter(fund=fund, contract_number=number).order_by("number")
        visits = [
            SentBack(receipt.paid_on, receipt.amount - receipt.held)
            for receipt in receipts
            if not _is_reversed(fund.pk, receipt.entry_number)
        ]
    return _Loan(contract, balance, plan, visits)


def _is_reversed(fund_id: int, entry_number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM ledger_entry WHERE fund_id = %s AND reverses = %s",
            [fund_id, entry_number],
        )
        return cursor.fetchone() is not None


def _next_receipt(fund_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(number) FROM loans_receipt WHERE fund_id = %s", [fund_id])
        row = cursor.fetchone()
    return int(row[0] or 0) + 1


def _offices(fund: Fund, visits: Sequence[Visit]) -> dict[int, CommitteeTerm]:
    """The terms that the receivers name, in one statement or none."""
    numbers = {visit.receiver_term for visit in visits if visit.receiver_term is not None}
    if not numbers:
        return {}
    terms = CommitteeTerm.objects.filter(
        group_id=fund.pk, number__in=numbers, withdrawn_at__isnull=True
    )
    return {term.number: term for term in terms}


def _rules(fund: Fund, contract: Contract) -> RuleSet:
    """The rules the contract was made under."""
    day = contract.signed_on or contract.paid_out_on
    return rules_of(
        group_id=fund.pk,
        kind=fund.chart,
        area_code=fund.area_code,
        day=day or timezone.localdate(),
    )
