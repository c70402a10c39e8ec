"""What was sold on credit is paid, and what was bought on credit is paid for."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kongthun.accounts.reach import Reach
from kongthun.domain.journal import Deed, Draft, Line
from kongthun.domain.money import ZERO, Money
from kongthun.domain.thai_text import visible
from kongthun.ledger.actions import hold_pen
from kongthun.ledger.bank import Purse
from kongthun.ledger.models import Fund
from kongthun.ledger.queries import lowest_balance_since
from kongthun.ledger.savings_queries import least_kept_since

from ..models import Party
from ..refusals import MoreThanOwed, NoSuchParty, NotDone, TradeRefusal
from .writing import (
    Booked,
    against_amount,
    against_day,
    against_purse,
    against_spending,
    against_words,
    customer_account,
    done_before,
    enter,
    entitlement,
    fingerprint,
    keep_note,
    next_paper,
    purse_account,
    supplier_account,
)

RECEIVED, PAID = "รช.", "จช."


def receive_from_customer(
    *,
    fund: Fund,
    party_number: int,
    amount: Money,
    on: date,
    key: str,
    by: Reach,
    purse: Purse = Purse.CASH,
    bank_book: int = 1,
    words: str = "",
) -> Booked | NotDone:
    """A customer pays what they owe, or a part: what is due first is paid first."""
    return _settle(Deed.CUSTOMER_PAID, fund, party_number, amount, on, key, by, purse, bank_book,
                   words)  # fmt: skip


def pay_supplier(
    *,
    fund: Fund,
    party_number: int,
    amount: Money,
    on: date,
    key: str,
    by: Reach,
    purse: Purse = Purse.CASH,
    bank_book: int = 1,
    words: str = "",
) -> Booked | NotDone:
    """The group pays what it owes somebody, or a part: what is due first is paid first."""
    return _settle(Deed.SUPPLIER_PAID, fund, party_number, amount, on, key, by, purse, bank_book,
                   words)  # fmt: skip


def against_owing(
    fund: Fund, party_number: int, amount: Money, on: date, *, is_customer: bool
) -> list[TradeRefusal]:
    """Whether so much is still owed at the end of that day and of every day since."""
    if is_customer:
        lowest = lowest_balance_since(fund.pk, customer_account(party_number), on)
        owed, short_on = lowest.balance, lowest.on
    else:
        least = least_kept_since(fund.pk, supplier_account(party_number), on)
        owed, short_on = least.kept, least.on
    if amount <= owed:
        return []
    return [MoreThanOwed(is_customer, amount, owed, on, short_on)]


# --- below the line ----------------------------------------------------------------------------


def _settle(
    deed: Deed,
    fund: Fund,
    party_number: int,
    amount: Money,
    on: date,
    key: str,
    by: Reach,
    purse: Purse,
    bank_book: int,
    words: str,
) -> Booked | NotDone:
    is_customer = deed == Deed.CUSTOMER_PAID
    account = purse_account(purse, bank_book)
    audit = str(deed)
    said = fingerprint(audit, party_number, amount, on, account, visible(words))
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals = entitlement(fund, by)
        if not refusals and (before := done_before(held, key, audit, said)) is not None:
            return before
        refusals += [*against_day(held, on), *against_amount(amount)]
        refusals += [*against_words(words, needed=False), *against_purse(fund, purse, bank_book)]
        if not Party.objects.filter(fund=fund, number=party_number).exists():
            refusals.append(NoSuchParty(party_number))
        elif amount > ZERO:
            refusals += against_owing(fund, party_number, amount, on, is_customer=is_customer)
        if not is_customer:
            refusals += against_spending(fund, account, amount, on)
        if refusals:
            return NotDone(tuple(refusals))
        if is_customer:
            lines = (Line(account, amount), Line(customer_account(party_number), -amount))
            memo, series = f"ลูกค้าลำดับที่ {party_number} จ่ายที่ค้าง", RECEIVED
        else:
            lines = (Line(supplier_account(party_number), amount), Line(account, -amount))
            memo, series = f"จ่ายค่าของที่ค้าง คู่ค้าลำดับที่ {party_number}", PAID
        draft = Draft(deed, on, lines, key, memo, next_paper(fund, series, deed))
        done = enter(held, draft, by=by, audit=audit, said=said, subject=f"party {party_number}")
        if isinstance(done, Booked):
            keep_note(fund, done.number, words, party_number=party_number)
        return done
