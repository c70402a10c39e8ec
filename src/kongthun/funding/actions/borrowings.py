"""What the group itself borrows, and sends back by the lender's own plan.

Account ``lender:<number>`` is what is still owed; what is paid for the loan is an expense on an
account of its own, ``expense:interest-<number>`` (docs/rules/gifts_and_borrowings.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.activities.queries import meeting
from kongthun.audit.actions import record_deed
from kongthun.db.numbers import next_number
from kongthun.domain import journal
from kongthun.domain.journal import Draft, Line
from kongthun.domain.money import ZERO, Money
from kongthun.domain.plan import PlannedPart, faults_of
from kongthun.domain.thai_text import visible
from kongthun.ledger.actions import AlreadyReversed, KeyTaken, hold_pen
from kongthun.ledger.bank import CASH
from kongthun.ledger.models import Entry, Fund
from kongthun.ledger.models import Line as WrittenLine
from kongthun.ledger.refusals import NotAboveZero
from kongthun.ledger.savings_queries import least_kept_since

from ..means_refusals import (
    AgainstPlan,
    BeforeItWas,
    MeansRefusal,
    MoreThanOwed,
    NoMeetingThere,
    NoSuch,
    NotDone,
    NotOfTheseDeeds,
    RepaidSince,
    TakenBackBefore,
    Unnamed,
)
from ..models import Borrowing, BorrowingPart
from ..posting import (
    Mended,
    Pocket,
    against_entry,
    against_length,
    against_paying,
    against_pocket,
    against_reason,
    entitlement,
    turned_round,
    written,
)
from ..queries.borrowings import interest_account, lender_account, repayments_of


@dataclass(frozen=True, slots=True)
class Borrowed:
    """The borrowing's number and its entry."""

    number: int
    entry_number: int


@dataclass(frozen=True, slots=True)
class BorrowingRepaid:
    """The entry of a repayment."""

    number: int
    entry_number: int


def borrow(
    *,
    fund: Fund,
    lender: str,
    amount: Money,
    on: date,
    pocket: Pocket,
    parts: Sequence[PlannedPart],
    key: str,
    by: Reach,
    rate_bp: int = 0,
    purpose: str = "",
    meeting_number: int | None = None,
    document: str = "",
) -> Borrowed | NotDone:
    """Receive borrowed money. The parts are those of the lender's paper and make up the amount.

    ``meeting_number`` is the meeting that resolved it, if one is named. The same key again answers
    with the borrowing that is there.
    """
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = entitlement(fund, by, Deed.KEEP_MEANS)
        if key in held.known and not refusals:
            return _borrowed_before(fund, held.known[key], key, amount, on)
        number = next_number(Borrowing, fund=fund)
        draft = Draft(
            journal.Deed.BORROWED,
            on,
            (Line(pocket.account, amount), Line(lender_account(number), -amount)),
            key=key,
            memo=f"รับเงินกู้หรือเงินยืม ลำดับที่ {number}",
            document=visible(document),
        )
        refusals += against_entry(held, draft, amount)
        refusals += against_pocket(fund, pocket)
        refusals += [] if visible(lender) else [Unnamed("lender")]
        refusals += against_length((lender, 200), (purpose, 300))
        faults = faults_of(parts, principal=amount, paid_out_on=on)
        refusals += [AgainstPlan(fault) for fault in faults]
        refusals += _against_meeting(fund, meeting_number, on)
        if refusals:
            return NotDone(tuple(dict.fromkeys(refusals)))
        entry = written(held, draft, by)
        if isinstance(entry, NotDone):
            return entry
        Borrowing.objects.create(
            fund=fund,
            number=number,
            lender=visible(lender),
            borrowed_on=on,
            amount=amount,
            rate_bp=rate_bp,
            purpose=visible(purpose),
            document=draft.document,
            meeting_number=meeting_number,
            entry_number=entry,
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        BorrowingPart.objects.bulk_create(
            BorrowingPart(
                fund=fund,
                borrowing_number=number,
                sequence=sequence,
                due_on=part.due_on,
                principal=part.principal,
                interest=part.interest,
            )
            for sequence, part in enumerate(sorted(parts), start=1)
        )
        _record("borrow", fund, by, number, entry=entry)
    return Borrowed(number, entry)


def repay_borrowing(
    number: int,
    *,
    fund: Fund,
    on: date,
    principal: Money,
    interest: Money,
    pocket: Pocket,
    key: str,
    by: Reach,
    document: str = "",
) -> BorrowingRepaid | NotDone:
    """Send principal and interest back to the lender. Not more than was owed, that day and since.

    What the lender takes as interest is what the paper says; nothing is reckoned here.
    """
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = entitlement(fund, by, Deed.KEEP_MEANS)
        row = Borrowing.objects.filter(fund=fund, number=number).first()
        if row is None:
            return NotDone((*refusals, NoSuch("borrowing", number)))
        lines = (
            Line(lender_account(number), principal),
            Line(interest_account(number), interest),
            Line(pocket.account, -(principal + interest)),
        )
        draft = Draft(
            journal.Deed.BORROWING_REPAID,
            on,
            tuple(line for line in lines if line.amount),
            key=key,
            memo=f"ส่งคืนเงินกู้หรือเงินยืม ลำดับที่ {number}",
            document=visible(document),
        )
        if key in held.known and not refusals:
            return _repaid_before(fund, held.known[key], draft, number)
        if row.withdrawn_at is not None:
            refusals.append(TakenBackBefore("borrowing", number))
        if on < row.borrowed_on:
            refusals.append(BeforeItWas("borrowing", number, row.borrowed_on, on))
        refusals += [NotAboveZero(sum_) for sum_ in (principal, interest) if sum_ < ZERO]
        refusals += against_entry(held, draft, principal + interest)
        refusals += against_pocket(fund, pocket)
        refusals += against_paying(fund, pocket.account, principal + interest, on)
        owed = least_kept_since(fund.pk, lender_account(number), on)
        if principal > owed.kept:
            refusals.append(MoreThanOwed(number, principal, owed.kept, owed.on))
        if refusals:
            return NotDone(tuple(dict.fromkeys(refusals)))
        entry = written(held, draft, by)
        if isinstance(entry, NotDone):
            return entry
        _record("repay_borrowing", fund, by, number, entry=entry)
    return BorrowingRepaid(number, entry)


def take_back_borrowing(
    number: int, *, fund: Fund, reason: str, key: str, by: Reach
) -> Borrowed | NotDone:
    """Take a borrowing back, as if it had never been: nothing was repaid, the money is there."""
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = entitlement(fund, by, Deed.KEEP_MEANS)
        row = Borrowing.objects.filter(fund=fund, number=number).first()
        if row is None:
            return NotDone((*refusals, NoSuch("borrowing", number)))
        if key not in held.known:
            refusals += against_reason(reason)
            refusals += _against_taking_back(fund, row)
        if refusals:
            return NotDone(tuple(refusals))
        entry = turned_round(row.entry_number, fund=fund, key=key, by=by)
        if isinstance(entry, NotDone):
            return entry
        if key not in held.known:
            Borrowing.objects.filter(fund=fund, number=number).update(
                withdrawn_at=timezone.now(), withdrawn_note=visible(reason)
            )
            _record("take_back_borrowing", fund, by, number, entry=entry, reason=visible(reason))
    return Borrowed(number, entry)


def take_back_repayment(
    entry_number: int, *, fund: Fund, reason: str, key: str, by: Reach
) -> Mended | NotDone:
    """Take a repayment back: the money is in its pocket again, and owed again."""
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = entitlement(fund, by, Deed.KEEP_MEANS)
        if key not in held.known:
            refusals += against_reason(reason)
            entry = Entry.objects.filter(fund=fund, number=entry_number).first()
            is_ours = entry is not None and entry.deed == journal.Deed.BORROWING_REPAID
            if entry is None or not is_ours or entry.reverses is not None:
                return NotDone((*refusals, NotOfTheseDeeds(entry_number)))
            back = Entry.objects.filter(fund=fund, reverses=entry_number).first()
            if back is not None:
                refusals.append(AlreadyReversed(entry_number, back.number))
        if refusals:
            return NotDone(tuple(refusals))
        mended = turned_round(entry_number, fund=fund, key=key, by=by)
        if isinstance(mended, NotDone):
            return mended
        if key not in held.known:
            record_deed(
                "take_back_repayment",
                user_id=by.user_id,
                area_code=fund.area_code,
                fund_id=fund.pk,
                subject=f"entry {entry_number}",
                details={"entry": mended, "reason": visible(reason)},
            )
    return Mended(mended)


# --- below the line ----------------------------------------------------------------------------


def _against_meeting(fund: Fund, number: int | None, on: date) -> list[MeansRefusal]:
    if number is None:
        return []
    held = meeting(fund.group, number)
    return [] if held is not None and held.held_on <= on else [NoMeetingThere(number)]


def _borrowed_before(
    fund: Fund, entry: int, key: str, amount: Money, on: date
) -> Borrowed | NotDone:
    row = Borrowing.objects.filter(fund=fund, entry_number=entry).first()
    if row is None or (row.amount, row.borrowed_on) != (amount, on):
        return NotDone((KeyTaken(key, entry),))
    return Borrowed(row.number, entry)


def _repaid_before(fund: Fund, entry: int, draft: Draft, number: int) -> BorrowingRepaid | NotDone:
    there = Entry.objects.get(fund=fund, number=entry)
    lines = WrittenLine.objects.filter(fund=fund, entry_number=entry).order_by("place")
    said = [(line.account, line.amount) for line in lines]
    if (there.deed, there.happened_on, said) != (draft.deed, draft.happened_on, [*draft.lines]):
        return NotDone((KeyTaken(draft.key, entry),))
    return BorrowingRepaid(number, entry)


def _against_taking_back(fund: Fund, row: Borrowing) -> list[MeansRefusal]:
    if row.withdrawn_at is not None:
        return [TakenBackBefore("borrowing", row.number)]
    if any(not each.is_taken_back for each in repayments_of(fund, row.number)):
        return [RepaidSince(row.number)]
    found: list[MeansRefusal] = []
    for line in WrittenLine.objects.filter(fund=fund, entry_number=row.entry_number):
        if line.account == CASH or line.account.startswith("bank:"):
            found += against_paying(fund, line.account, line.amount, row.borrowed_on)
    return found


def _record(deed: str, fund: Fund, by: Reach, number: int, **details: object) -> None:
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=f"borrowing {number}",
        details=details,
    )
