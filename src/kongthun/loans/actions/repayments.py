"""Money sent back: a numbered receipt at once, the books in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.audit.models import AuditLine
from kongthun.domain.allocation import (
    DEFAULT_ORDER,
    Allocation,
    Owed,
    PenaltyTerms,
    SentBack,
    allocate_all,
)
from kongthun.domain.authority import Term, is_in_force
from kongthun.domain.chain import SealedEntry
from kongthun.domain.journal import Deed as BookDeed
from kongthun.domain.journal import Draft, Line
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.plan import PlannedPart
from kongthun.domain.receipt_seal import LINK_DIGITS, SealedReceipt, seal
from kongthun.domain.rule_set import RuleSet
from kongthun.groups.queries.rules import rules_of
from kongthun.ledger.actions import (
    KeyTaken,
    NotPosted,
    Pen,
    hold_pen,
    reverse_entry,
    write_down,
)
from kongthun.ledger.models import Entry, Fund
from kongthun.ledger.queries import balance_of, lowest_balance_since

from ..models import Contract, Plan, Receipt
from ..queries.receipts import document_of, parts_text
from ..receipt_keys import make_public, private_key
from ..refusals import (
    AccountTooSmall,
    AnyRefusal,
    InFuture,
    MoreThanOwed,
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
# In the audit line of a receipt: that its payer settled parts ahead with their interest.
_EARLY = "early_interest"


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


class _Agreed(NamedTuple):
    """A plan, since when it is in force, and when it was written down. The first one is always."""

    parts: list[PlannedPart]
    starts_on: date | None = None
    recorded_at: datetime | None = None


class _Known(NamedTuple):
    """A visit as it is divided, and the place among the plans of the one that divides it."""

    visit: SentBack
    plan: int


@dataclass(slots=True)
class _Loan:
    """A contract with what its books say, read with the pen in hand.

    ``plans`` are those that were ever agreed, the one in force last; ``visits`` and ``moved_on``
    (what was recognised as lost or claimed) are looked up for a loan with interest only.
    """

    contract: Contract
    balance: Money
    plans: list[_Agreed]
    visits: list[_Known]
    moved_on: Money = ZERO

    @property
    def plan(self) -> list[PlannedPart]:
        """The plan in force."""
        return self.plans[-1].parts

    def plan_of(self, on: date, recorded_at: datetime) -> int:
        """Which plan divides a visit: the last that was agreed on when it was made and written.

        Whoever paid before an agreement was written down paid on the plan before it.
        """
        return max(
            place
            for place, plan in enumerate(self.plans)
            if plan.starts_on is None
            or plan.recorded_at is None
            or (plan.starts_on <= on and plan.recorded_at <= recorded_at)
        )


def record_repayment(visit: Visit, *, fund: Fund, by: Reach) -> RepaymentRecorded | NotDone:
    """Take money on one contract: the oldest part first, a receipt, an entry, one transaction.

    The same key again answers with the receipt that is there, and is refused for another visit.
    More than is owed is refused with the sum left over, or held as a credit of the payer's if
    ``holds_over``. Money in hand until it is taken to the bank. docs/rules/repayments.md.
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
                if receipt is not None and _is_of(receipt, visit):
                    done.append(RepaymentRecorded(receipt, is_again=True))
                else:
                    refusals.append(KeyTaken(visit.key, known))
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


def _is_of(receipt: Receipt, visit: Visit) -> bool:
    """Whether a receipt is the one of this visit: the same money, on the same day."""
    return (receipt.contract_number, receipt.amount, receipt.paid_on) == (
        visit.contract_number,
        visit.amount,
        visit.on,
    )


def cancel_receipt(
    number: int, *, fund: Fund, reason: str, key: str, by: Reach
) -> ReceiptTakenBack | NotDone:
    """Take a receipt back by reversing its entry. The receipt stays readable, its number used.

    Refused while its money is no longer in hand: what was carried to the bank or paid out is taken
    back first, and so is what was given back of a sum held.
    """
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
        known = held.known.get(key)
        if known is not None and not refusals:
            if Entry.objects.filter(
                fund=fund, number=known, reverses=receipt.entry_number
            ).exists():
                return ReceiptTakenBack(number, known)
            return NotDone((KeyTaken(key, known),))
        if _is_reversed(fund.pk, receipt.entry_number):
            refusals.append(ReceiptCancelled(number))
        else:
            refusals.extend(_against_cancelling(fund, receipt))
        if refusals:
            return NotDone(tuple(refusals))
        posted = reverse_entry(
            receipt.entry_number,
            fund=fund,
            # What was typed may name somebody: it stays in the audit trail (ADR 0006).
            reason=f"ยกเลิกใบเสร็จ {document_of(number)}",
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


def _against_cancelling(fund: Fund, receipt: Receipt) -> list[Refusal]:
    """No account is left with less than nothing on any day."""
    refusals: list[Refusal] = []
    cash = lowest_balance_since(fund.pk, CASH, receipt.paid_on).balance
    if cash < receipt.amount:
        refusals.append(AccountTooSmall(CASH, receipt.amount, cash))
    if receipt.held:
        kept = -balance_of(fund.pk, _held_for(receipt.contract_number, receipt.member_number))
        if kept < receipt.held:
            refusals.append(MoreThanOwed(receipt.held, kept))
    return refusals


# --- one visit --------------------------------------------------------------------------------


class _Division(NamedTuple):
    """How a visit is divided, what of it is left over, and what of the principal is owed then."""

    allocation: Allocation
    over: Money
    left: Money


def _judge(
    visit: Visit, fund: Fund, offices: dict[int, Term], now: datetime
) -> tuple[_Loan, _Division] | list[Refusal]:
    """The loan with this visit divided; or everything against it."""
    today = timezone.localdate(now)
    refusals: list[Refusal] = []
    if visit.amount <= ZERO:
        refusals.append(NotAboveZero())
    if visit.on > today:
        refusals.append(InFuture(visit.on, today))
    if visit.receiver_term is not None:
        term = offices.get(visit.receiver_term)
        if term is None or not is_in_force(term, visit.on, years=None):
            refusals.append(ReceiverNotInOffice(visit.receiver_term, visit.on))
    loan = _loan(fund, visit.contract_number)
    if loan is None or loan.contract.paid_out_on is None:
        return [*refusals, NoSuchContract(visit.contract_number)]
    if visit.on < loan.contract.paid_out_on:
        refusals.append(PaidBeforeLent(visit.on, loan.contract.paid_out_on))
    if not loan.balance and not _lacks_interest(loan, fund):
        refusals.append(NothingOwed(loan.contract.paper_number))
    if refusals:
        return refusals
    division = _division(visit, loan, fund, now)
    if division.over and not visit.holds_over:
        return [PaidTooMuch(visit.amount, visit.amount - division.over, division.over)]
    return loan, division


def _division(visit: Visit, loan: _Loan, fund: Fund, now: datetime) -> _Division:
    if loan.contract.interest_method == _NO_INTEREST:
        # Without interest a plan only says when; what is owed is the balance.
        taken = min(visit.amount, loan.balance)
        whole = [PlannedPart(visit.on, loan.balance)]
        (allocation,) = allocate_all(whole, [SentBack(visit.on, taken)])
        return _Division(allocation, visit.amount - taken, loan.balance - taken)
    rules = _rules(fund, loan.contract)
    plan = loan.plan_of(visit.on, now)
    over = ZERO
    while over < visit.amount:
        sent = SentBack(visit.on, visit.amount - over, visit.early_interest)
        allocations = _divided(loan, [*loan.visits, _Known(sent, plan)], rules)
        # A back-dated visit may leave too little for one that was taken after it: too much as well.
        more = total(allocation.left_over for allocation in allocations)
        if not more:
            return _Division(allocations[-1], over, _left(loan, allocations))
        over = min(visit.amount, over + more)
    return _Division(Allocation((), ZERO), visit.amount, loan.balance)


def _divided(loan: _Loan, visits: Sequence[_Known], rules: RuleSet) -> list[Allocation]:
    """Every visit divided by its own plan, in the order handed in; plans follow one another."""
    owed = loan.contract.principal - loan.moved_on
    divided: dict[int, Allocation] = {}
    for number, plan in enumerate(loan.plans):
        places = [place for place, known in enumerate(visits) if known.plan == number]
        allocations = allocate_all(
            _fitted(plan, owed),
            [visits[place].visit for place in places],
            order=order_of(rules),
            penalty=penalty_of(rules),
        )
        owed -= total(allocation.principal for allocation in allocations)
        divided.update(zip(places, allocations, strict=True))
    return [divided[place] for place in range(len(visits))]


def _fitted(plan: _Agreed, owed: Money) -> list[PlannedPart]:
    """A plan for just what is owed of the principal when it begins.

    Less than it asks for (something was lost, claimed, or a receipt found later): its last parts
    shrink, so that what was divided before stays divided as it was. More (a receipt from before an
    agreement was cancelled): the rest is due at once.
    """
    planned = total(part.principal for part in plan.parts)
    too_much = planned - min(planned, owed)
    parts = []
    for part in sorted(plan.parts, reverse=True):
        cut = min(too_much, part.principal)
        too_much -= cut
        parts.append(part._replace(principal=part.principal - cut))
    parts.reverse()
    if owed > planned and plan.starts_on is not None:
        parts.insert(0, PlannedPart(plan.starts_on, owed - planned))
    return parts


def _left(loan: _Loan, allocations: Sequence[Allocation]) -> Money:
    taken = total(allocation.principal for allocation in allocations)
    return loan.contract.principal - loan.moved_on - taken


def _lacks_interest(loan: _Loan, fund: Fund) -> bool:
    """Whether the plan in force still asks for interest, be it on a later day."""
    if loan.contract.interest_method == _NO_INTEREST:
        return False
    divided = _divided(loan, loan.visits, _rules(fund, loan.contract))
    last = len(loan.plans) - 1
    taken = total(
        allocation.interest
        for known, allocation in zip(loan.visits, divided, strict=True)
        if known.plan == last
    )
    return taken < total(part.interest for part in loan.plan)


def _take(
    visit: Visit,
    loan: _Loan,
    division: _Division,
    *,
    held: Pen,
    by: Reach,
    now: datetime,
) -> tuple[RepaymentRecorded, Pen] | NotPosted:
    """Write the entry and the receipt. The pen is in hand."""
    fund, contract = held.fund, loan.contract
    number = _next_receipt(fund.pk)
    taken, over, left = division.allocation.taken, division.over, division.left
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
    details: dict[str, object] = {"contract": contract.number, "satang": visit.amount.satang}
    if visit.early_interest:
        details[_EARLY] = True
    record_deed(
        "record_repayment",
        user_id=by.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=f"receipt {number}",
        details=details,
    )
    held = held.after(entry)
    if contract.interest_method != _NO_INTEREST:
        if visit.amount > over:
            sent = SentBack(visit.on, visit.amount - over, visit.early_interest)
            loan.visits.append(_Known(sent, loan.plan_of(visit.on, now)))
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
    return _held_for(contract.number, contract.member_number)


def _held_for(contract_number: int | None, member_number: int | None) -> str:
    return f"held:c{contract_number}" if member_number is None else f"held:{member_number}"


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
    allocations = _divided(loan, loan.visits, _rules(fund, contract))
    wanted: dict[date, list[int]] = {}
    for known, allocation in zip(loan.visits, allocations, strict=True):
        sums = wanted.setdefault(known.visit.on, [0, 0, 0])
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


# The three readings below are on the way of every receipt. Django would take longer to put the
# statements together than the database takes to answer, so they stand as they are.
_CONTRACT = """
    SELECT c.paper_number, c.round, c.borrower_id, c.member_number, c.principal, c.signed_on,
        c.paid_out_on, c.due_on, c.occupation, c.interest_method, c.interest_rate,
        (SELECT a.balance FROM ledger_account a
            WHERE a.fund_id = c.fund_id AND a.code = 'loan:' || c.number),
        (SELECT max(p.number) FROM loans_plan p
            WHERE p.fund_id = c.fund_id AND p.contract_number = c.number)
    FROM loans_contract c WHERE c.fund_id = %s AND c.number = %s AND c.withdrawn_at IS NULL
"""
_PARTS = """
    SELECT due_on, amount, interest FROM loans_instalment
    WHERE fund_id = %s AND contract_number = %s AND plan = %s ORDER BY due_on, sequence
"""
_TERMS = """
    SELECT t.number, p.name_key, t.position, t.starts_on, t.ends_on, t.position_words
    FROM groups_committeeterm t JOIN groups_person p ON p.id = t.person_id
    WHERE t.group_id = %s AND t.withdrawn_at IS NULL AND t.number IN ({marks})
"""


def _loan(fund: Fund, number: int) -> _Loan | None:
    """The contract, what is owed, its plan, and for a loan with interest every visit so far."""
    with connection.cursor() as cursor:
        cursor.execute(_CONTRACT, [fund.pk, number])
        row = cursor.fetchone()
    if row is None:
        return None
    paper, round_, borrower, member, principal, signed, paid_out, due, occupation = row[:9]
    contract = Contract(
        fund=fund,
        number=number,
        paper_number=paper,
        round=round_,
        borrower_id=borrower,
        member_number=member,
        principal=Money(principal),
        signed_on=_day(signed),
        paid_out_on=_day(paid_out),
        due_on=_day(due),
        occupation=occupation,
        interest_method=row[9],
        interest_rate=row[10],
    )
    balance, plan_number = Money(int(row[11] or 0)), row[12] or 1
    if contract.interest_method == _NO_INTEREST:
        return _Loan(contract, balance, [_Agreed(_parts(fund, number, plan_number))], [])
    return _with_visits(fund, contract, balance)


def _parts(fund: Fund, number: int, plan: int) -> list[PlannedPart]:
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, [fund.pk, number, plan])
        return [
            PlannedPart(_on(due_on), Money(amount), Money(interest))
            for due_on, amount, interest in cursor.fetchall()
        ]


def _day(value: date | str | None) -> date | None:
    return None if value is None else _on(value)


def _on(value: date | str) -> date:
    """A day as the database hands it over: SQLite gives text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _with_visits(fund: Fund, contract: Contract, balance: Money) -> _Loan:
    """A loan with interest: every plan it ever had, and every visit that stands."""
    number = contract.number
    agreed = Plan.objects.filter(fund=fund, contract_number=number).order_by("number")
    plans = [_Agreed(_parts(fund, number, 1))] + [
        _Agreed(_parts(fund, number, plan.number), plan.starts_on, plan.recorded_at)
        for plan in agreed
    ]
    repaid = sum(sums[0] for sums in _booked(fund.pk, contract).values())
    loan = _Loan(contract, balance, plans, [], contract.principal - balance - Money(repaid))
    early = set(
        AuditLine.objects.filter(
            fund_id=fund.pk, deed="record_repayment", **{f"details__{_EARLY}": True}
        ).values_list("subject", flat=True)
    )
    for receipt in Receipt.objects.filter(fund=fund, contract_number=number).order_by("number"):
        if receipt.amount > receipt.held and not _is_reversed(fund.pk, receipt.entry_number):
            sent = SentBack(
                receipt.paid_on,
                receipt.amount - receipt.held,
                f"receipt {receipt.number}" in early,
            )
            loan.visits.append(_Known(sent, loan.plan_of(receipt.paid_on, receipt.recorded_at)))
    return loan


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


def _offices(fund: Fund, visits: Sequence[Visit]) -> dict[int, Term]:
    """The terms that the receivers name, in one statement or none."""
    numbers = sorted({v.receiver_term for v in visits if v.receiver_term is not None})
    if not numbers:
        return {}
    marks = ", ".join(["%s"] * len(numbers))
    with connection.cursor() as cursor:
        cursor.execute(_TERMS.format(marks=marks), [fund.pk, *numbers])
        return {
            number: Term(number, key, position, _day(starts), _day(ends), words)
            for number, key, position, starts, ends, words in cursor.fetchall()
        }


def _rules(fund: Fund, contract: Contract) -> RuleSet:
    """The rules the contract was made under."""
    day = contract.signed_on or contract.paid_out_on
    return rules_of(
        group_id=fund.pk,
        kind=fund.chart,
        area_code=fund.area_code,
        day=day or timezone.localdate(),
    )
