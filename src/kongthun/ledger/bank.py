"""Money between hand and bank: what the treasurer records besides loans and receipts.

Each deed is one entry, one transaction and one audit line. What a deed takes out must have been
there: an account of cash or bank never ends a day below zero, neither the day it happened nor any
day since (docs/rules/cash_and_bank.md).

The books hold no free words (docs/adr/0006): what somebody typed about a deed stands with the
audit line that names the entry.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.actions import record_deed
from kongthun.audit.models import AuditLine
from kongthun.domain import journal
from kongthun.domain.journal import Draft, HappensLater, Line, refusals_of
from kongthun.domain.money import ZERO, Money
from kongthun.domain.register_books import document_text
from kongthun.domain.rule_set import RuleSet
from kongthun.domain.thai_text import visible
from kongthun.groups.queries.committee import in_force_terms, last_day_of, standing_terms
from kongthun.groups.queries.rules import rules_of

from . import pen
from .actions import AlreadyReversed, NoSuchEntry, NotPosted, post_entry, reverse_entry
from .charts import chart
from .models import BankBook, Entry, Fund
from .models import Line as WrittenLine
from .queries import balance_on, lowest_balance_since
from .refusals import (
    AccountNumberTwice,
    BankUnnamed,
    CountedOtherwise,
    DifferenceUnsaid,
    DocumentNeeded,
    DocumentUnfit,
    FromPaper,
    MoneyRefusal,
    MoreThanThere,
    NoSuchBankBook,
    NoSuchTerm,
    NotAboveZero,
    NotDone,
    NotInTerm,
    NotOfTheDesk,
    SignedTwice,
    TakesBackItself,
    TooFewSigners,
    WordsNeeded,
    WordsTooLong,
)

CASH = "cash"
LONGEST_WORDS = 300


class Purse(StrEnum):
    """Where money is received into or paid from."""

    CASH = "cash"
    BANK = "bank"


class Giver(StrEnum):
    """Who gives a fund its capital."""

    STATE = "state"
    MEMBERS = "members"
    DONORS = "donors"


_MEMO_OF_GIVER = {
    Giver.STATE: "รับเงินทุนจากรัฐ",
    Giver.MEMBERS: "รับเงินทุนจากสมาชิก",
    Giver.DONORS: "รับเงินทุนที่มีผู้บริจาค",
}

# What this desk records, and so what it may take back. A count is taken back like the others.
DESK_DEEDS = frozenset(
    {
        journal.Deed.CASH_DEPOSITED,
        journal.Deed.CASH_WITHDRAWN,
        journal.Deed.INTEREST_RECEIVED,
        journal.Deed.FEE_PAID,
        journal.Deed.EXPENSE_PAID,
        journal.Deed.INCOME_RECEIVED,
        journal.Deed.CAPITAL_RECEIVED,
        journal.Deed.CASH_COUNTED,
    }
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The number of the entry. A form sent twice gets the number of the first time."""

    number: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A count of the cash: what was found more (or less, below zero) than the books said.

    ``number`` is the entry that moved the difference; none when there was no difference.
    """

    difference: Money
    number: int | None


@dataclass(frozen=True, slots=True)
class BankBookKept:
    """The number of the passbook in its fund."""

    number: int


# --- between hand and bank --------------------------------------------------------------------


def deposit_cash(
    *,
    fund: Fund,
    amount: Money,
    on: date,
    slip: str,
    key: str,
    by: Reach,
    bank_book: int = 1,
) -> Recorded | NotDone:
    """Carry cash in hand to the bank; ``slip`` is the number of the deposit slip.

    Refused when it is more than was in hand that day, or at the end of any day since.
    """
    return _record(
        _draft(
            journal.Deed.CASH_DEPOSITED,
            on,
            (bank_account(bank_book), CASH),
            amount,
            key=key,
            memo="นำเงินสดฝากธนาคาร",
            document=slip,
        ),
        fund=fund,
        by=by,
        deed="deposit_cash",
        besides=lambda: [
            *_needed(slip),
            *_bank_book_refusals(fund, bank_book),
            *_more_than_there(fund, CASH, amount, on),
        ],
    )


def withdraw_cash(
    *,
    fund: Fund,
    amount: Money,
    on: date,
    document: str,
    signers: Sequence[int],
    key: str,
    by: Reach,
    bank_book: int = 1,
) -> Recorded | NotDone:
    """Take money out of the bank into cash in hand.

    ``signers`` are committee terms by number: different people in office that day, as many as the
    rule set in force that day asks for (``withdrawal_signers``). Who signed, and the rules it was
    judged by, stand with the audit line.
    """
    account = bank_account(bank_book)
    rules = rules_of(group_id=fund.pk, kind=fund.group.kind, area_code=fund.area_code, day=on)
    return _record(
        _draft(
            journal.Deed.CASH_WITHDRAWN,
            on,
            (CASH, account),
            amount,
            key=key,
            memo="ถอนเงินจากธนาคารเป็นเงินสด",
            document=document,
        ),
        fund=fund,
        by=by,
        deed="withdraw_cash",
        besides=lambda: [
            *_needed(document),
            *_bank_book_refusals(fund, bank_book),
            *_more_than_there(fund, account, amount, on),
            *_signer_refusals(fund, signers, on=on, rules=rules),
        ],
        details={"signers": list(signers), "rules": rules.as_json()},
    )


# --- money that comes and goes ----------------------------------------------------------------


def receive_bank_interest(
    *,
    fund: Fund,
    amount: Money,
    on: date,
    key: str,
    by: Reach,
    document: str = "",
    bank_book: int = 1,
) -> Recorded | NotDone:
    """The bank's interest, kept apart from capital."""
    account = bank_account(bank_book)
    return _record(
        _draft(
            journal.Deed.INTEREST_RECEIVED,
            on,
            (account, "interest"),
            amount,
            key=key,
            memo="ดอกเบี้ยเงินฝาก",
            document=document,
        ),
        fund=fund,
        by=by,
        deed="receive_bank_interest",
        besides=lambda: _bank_book_refusals(fund, bank_book),
    )


def pay_bank_fee(
    *,
    fund: Fund,
    amount: Money,
    on: date,
    key: str,
    by: Reach,
    document: str = "",
    words: str = "",
    bank_book: int = 1,
) -> Recorded | NotDone:
    """What the bank took from the account as its fee; ``words`` if there is more to say."""
    account = bank_account(bank_book)
    return _record(
        _draft(
            journal.Deed.FEE_PAID,
            on,
            ("expense", account),
            amount,
            key=key,
            memo="ค่าธรรมเนียมธนาคาร",
            document=document,
        ),
        fund=fund,
        by=by,
        deed="pay_bank_fee",
        besides=lambda: [
            *(_word_refusals(words) if words else []),
            *_bank_book_refusals(fund, bank_book),
            *_more_than_there(fund, account, amount, on),
        ],
        details={"words": visible(words)},
    )


def pay_expense(
    *,
    fund: Fund,
    amount: Money,
    on: date,
    purse: Purse,
    words: str,
    key: str,
    by: Reach,
    document: str = "",
    bank_book: int = 1,
) -> Recorded | NotDone:
    """A cost of the fund, out of cash or of the bank. ``words`` say for what."""
    account = _account_of(purse, bank_book)
    return _record(
        _draft(
            journal.Deed.EXPENSE_PAID,
            on,
            ("expense", account),
            amount,
            key=key,
            memo="จ่ายค่าใช้จ่ายของกองทุน",
            document=document,
        ),
        fund=fund,
        by=by,
        deed="pay_expense",
        besides=lambda: [
            *_word_refusals(words),
            *_purse_refusals(fund, purse, bank_book),
            *_more_than_there(fund, account, amount, on),
        ],
        details={"words": visible(words)},
    )


def receive_income(
    *,
    fund: Fund,
    amount: Money,
    on: date,
    purse: Purse,
    words: str,
    key: str,
    by: Reach,
    document: str = "",
    bank_book: int = 1,
) -> Recorded | NotDone:
    """Income besides deposit interest, such as a fee somebody paid. ``words`` say what it is."""
    return _record(
        _draft(
            journal.Deed.INCOME_RECEIVED,
            on,
            (_account_of(purse, bank_book), "income"),
            amount,
            key=key,
            memo="รับรายได้อื่น",
            document=document,
        ),
        fund=fund,
        by=by,
        deed="receive_income",
        besides=lambda: [*_word_refusals(words), *_purse_refusals(fund, purse, bank_book)],
        details={"words": visible(words)},
    )


def receive_capital(
    *,
    fund: Fund,
    amount: Money,
    on: date,
    purse: Purse,
    giver: Giver,
    key: str,
    by: Reach,
    document: str = "",
    bank_book: int = 1,
) -> Recorded | NotDone:
    """Capital given to the fund to lend: by the state, by its members together, by donors."""
    return _record(
        _draft(
            journal.Deed.CAPITAL_RECEIVED,
            on,
            (_account_of(purse, bank_book), f"capital:{giver}"),
            amount,
            key=key,
            memo=_MEMO_OF_GIVER[giver],
            document=document,
        ),
        fund=fund,
        by=by,
        deed="receive_capital",
        besides=lambda: _purse_refusals(fund, purse, bank_book),
    )


# --- counting ---------------------------------------------------------------------------------


def count_cash(
    *, fund: Fund, counted: Money, on: date, key: str, by: Reach, note: str = ""
) -> Counted | NotDone:
    """Count the cash at the end of a day and hold it against the books.

    A difference moves to "not yet explained" with a note of what is known about it; none leaves
    only the audit line. A day may be counted again: only what has changed is moved.
    """
    with transaction.atomic():
        pen.take(fund.pk)
        refusals = _entitlement(fund, by)
        earlier = _audit_line(fund, "count_cash", key)
        if earlier is not None:
            return _counted_before(earlier, refusals, counted=counted, on=on)
        difference = counted - balance_on(fund.pk, CASH, on)
        refusals += _count_refusals(fund, counted, difference, on=on, note=note)
        if refusals:
            return NotDone(tuple(refusals))
        number = None
        if difference:
            posted = post_entry(
                Draft(
                    journal.Deed.CASH_COUNTED,
                    on,
                    (Line(CASH, difference), Line("unexplained", -difference)),
                    key=key,
                    memo="ตรวจนับเงินสดในมือ",
                ),
                fund=fund,
                recorded_by=by.user_id,
            )
            if isinstance(posted, NotPosted):
                return NotDone(posted.refusals)
            (number,) = posted.numbers
        record_deed(
            "count_cash",
            user_id=by.user_id,
            area_code=fund.area_code,
            fund_id=fund.pk,
            subject="cash" if number is None else f"entry {number}",
            details={
                "key": key,
                "on": on.isoformat(),
                "counted": counted.satang,
                "difference": difference.satang,
                "entry": number,
                "note": visible(note),
            },
        )
    return Counted(difference, number)


def latest_count(fund: Fund) -> tuple[date, Money] | None:
    """The day counted last on screen, and what was found then."""
    line = (
        AuditLine.objects.filter(fund_id=fund.pk, deed="count_cash")
        .order_by("-happened_at", "-pk")
        .first()
    )
    if line is None:
        return None
    return date.fromisoformat(line.details["on"]), Money(line.details["counted"])


def _counted_before(
    line: AuditLine, refusals: list[MoneyRefusal], *, counted: Money, on: date
) -> Counted | NotDone:
    was_on, was = date.fromisoformat(line.details["on"]), Money(line.details["counted"])
    if (was_on, was) != (on, counted):
        refusals.append(CountedOtherwise(was_on, was))
    if refusals:
        return NotDone(tuple(refusals))
    return Counted(Money(line.details["difference"]), line.details["entry"])


def _count_refusals(
    fund: Fund, counted: Money, difference: Money, *, on: date, note: str
) -> list[MoneyRefusal]:
    refusals: list[MoneyRefusal] = []
    if counted < ZERO:
        refusals.append(NotAboveZero(counted))
    if on > (today := timezone.localdate()):
        refusals.append(HappensLater(on, today))
    if difference and not visible(note):
        refusals.append(DifferenceUnsaid(difference))
    if len(visible(note)) > LONGEST_WORDS:
        refusals.append(WordsTooLong(LONGEST_WORDS))
    if counted >= ZERO and difference < ZERO:
        refusals += _more_than_there(fund, CASH, -difference, on)
    return refusals


# --- putting right ----------------------------------------------------------------------------


def take_back(number: int, *, fund: Fund, reason: str, key: str, by: Reach) -> Recorded | NotDone:
    """Take an entry of this desk back, as if it had never been; it stays readable.

    Refused for entries of other work and of the paper books, and where a later step depends on it:
    money that it brought and that has gone on since.
    """
    with transaction.atomic():
        known = pen.take_and_find(fund.pk, [key]).known
        refusals = _entitlement(fund, by)
        if key not in known:
            refusals += [*_word_refusals(reason), *_take_back_refusals(fund, number)]
        if refusals:
            return NotDone(tuple(refusals))
        posted = reverse_entry(
            number,
            fund=fund,
            reason=f"กลับรายการที่ {number}",
            key=key,
            recorded_by=by.user_id,
        )
        if isinstance(posted, NotPosted):
            return NotDone(posted.refusals)
        (reversal,) = posted.numbers
        if key not in known:
            record_deed(
                "take_back",
                user_id=by.user_id,
                area_code=fund.area_code,
                fund_id=fund.pk,
                subject=f"entry {number}",
                details={"entry": reversal, "reason": visible(reason)},
            )
    return Recorded(reversal)


def _take_back_refusals(fund: Fund, number: int) -> list[MoneyRefusal]:
    entry = Entry.objects.filter(fund=fund, number=number).first()
    if entry is None:
        return [NoSuchEntry(number)]
    if entry.reverses is not None:
        return [TakesBackItself(number)]
    earlier = Entry.objects.filter(fund=fund, reverses=number).first()
    if earlier is not None:
        return [AlreadyReversed(number, earlier.number)]
    if entry.source:
        return [FromPaper(number)]
    if entry.deed not in DESK_DEEDS:
        return [NotOfTheDesk(number)]
    refusals: list[MoneyRefusal] = []
    for line in WrittenLine.objects.filter(fund=fund, entry_number=number).order_by("place"):
        if line.amount > ZERO and journal.kind_of(line.account) in {"cash", "bank"}:
            refusals += _more_than_there(fund, line.account, line.amount, entry.happened_on)
    return refusals


# --- passbooks --------------------------------------------------------------------------------


def open_bank_book(
    *,
    fund: Fund,
    bank: str,
    branch: str,
    account_number: str,
    account_name: str,
    by: Reach,
) -> BankBookKept | NotDone:
    """Make a passbook of the fund known. The first is the one the green book copies."""
    with transaction.atomic():
        pen.take(fund.pk)
        last = BankBook.objects.filter(fund=fund).aggregate(last=Max("number"))["last"]
        number = (last or 0) + 1
        return _keep_bank_book(
            fund, number, (bank, branch, account_number, account_name), by, "open_bank_book"
        )


def describe_bank_book(
    number: int,
    *,
    fund: Fund,
    bank: str,
    branch: str,
    account_number: str,
    account_name: str,
    by: Reach,
) -> BankBookKept | NotDone:
    """Put what is known about a passbook right: it says nothing about money."""
    with transaction.atomic():
        pen.take(fund.pk)
        refusals = _bank_book_refusals(fund, number)
        if refusals:
            return NotDone((*_entitlement(fund, by), *refusals))
        return _keep_bank_book(
            fund, number, (bank, branch, account_number, account_name), by, "describe_bank_book"
        )


def _keep_bank_book(
    fund: Fund, number: int, said: tuple[str, str, str, str], by: Reach, deed: str
) -> BankBookKept | NotDone:
    bank, branch, account_number, account_name = (visible(words) for words in said)
    refusals = _entitlement(fund, by)
    if not bank:
        refusals.append(BankUnnamed())
    if len(bank) > 100 or len(branch) > 100 or len(account_number) > 40 or len(account_name) > 200:
        refusals.append(WordsTooLong(100))
    others = BankBook.objects.filter(fund=fund).exclude(number=number)
    same = others.filter(account_number=account_number).first() if account_number else None
    if same is not None:
        refusals.append(AccountNumberTwice(same.number))
    if refusals:
        return NotDone(tuple(refusals))
    facts = {
        "bank": bank,
        "branch": branch,
        "account_number": account_number,
        "account_name": account_name,
    }
    if not BankBook.objects.filter(fund=fund, number=number).update(**facts):
        BankBook.objects.create(fund=fund, number=number, **facts)
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=f"bank book {number}",
    )
    return BankBookKept(number)


def bank_account(bank_book: int) -> str:
    """The account of a passbook."""
    return f"bank:{bank_book}"


# --- below the line ---------------------------------------------------------------------------


def _account_of(purse: Purse, bank_book: int) -> str:
    return CASH if purse == Purse.CASH else bank_account(bank_book)


def _draft(
    deed: journal.Deed,
    on: date,
    into_and_out_of: tuple[str, str],
    amount: Money,
    *,
    key: str,
    memo: str,
    document: str,
) -> Draft:
    into, out_of = into_and_out_of
    lines = (Line(into, amount), Line(out_of, -amount))
    return Draft(deed, on, lines, key=key, memo=memo, document=visible(document))


def _record(
    draft: Draft,
    *,
    fund: Fund,
    by: Reach,
    deed: str,
    besides: Callable[[], Sequence[MoneyRefusal]],
    details: dict[str, object] | None = None,
) -> Recorded | NotDone:
    """Write the entry, unless something stands against it.

    The pen is held while it is judged, so that no two can spend the same money. A key known before
    is not judged again: what it brought may have gone on since.
    """
    with transaction.atomic():
        known = pen.take_and_find(fund.pk, [draft.key]).known
        refusals = _entitlement(fund, by)
        if draft.key not in known:
            refusals += [*_draft_refusals(draft, fund), *besides()]
        if refusals:
            return NotDone(tuple(refusals))
        posted = post_entry(draft, fund=fund, recorded_by=by.user_id)
        if isinstance(posted, NotPosted):
            return NotDone(posted.refusals)
        (number,) = posted.numbers
        if draft.key not in known:
            record_deed(
                deed,
                user_id=by.user_id,
                area_code=fund.area_code,
                fund_id=fund.pk,
                subject=f"entry {number}",
                details=details,
            )
    return Recorded(number)


def _entitlement(fund: Fund, by: Reach) -> list[MoneyRefusal]:
    return [*by.refusals(Deed.RECEIVE_MONEY, area_code=fund.area_code, group_id=fund.pk)]


def _draft_refusals(draft: Draft, fund: Fund) -> list[MoneyRefusal]:
    """What the books themselves would say, and the two things they can not know."""
    amount = draft.lines[0].amount
    today = timezone.localdate()
    found: list[MoneyRefusal] = []
    if amount > ZERO:
        found += refusals_of(draft, kinds=chart(fund.chart).kinds, today=today)
    else:
        found.append(NotAboveZero(amount))
        if draft.happened_on > today:
            found.append(HappensLater(draft.happened_on, today))
    if draft.document and document_text(draft.document) != draft.document:
        found.append(DocumentUnfit(draft.document))
    return found


def _needed(document: str) -> list[MoneyRefusal]:
    return [] if visible(document) else [DocumentNeeded()]


def _word_refusals(words: str) -> list[MoneyRefusal]:
    said = visible(words)
    if not said:
        return [WordsNeeded()]
    return [WordsTooLong(LONGEST_WORDS)] if len(said) > LONGEST_WORDS else []


def _more_than_there(fund: Fund, account: str, amount: Money, on: date) -> list[MoneyRefusal]:
    """Whether taking this out on a day leaves less than nothing then or on any day since."""
    if amount <= ZERO:
        return []
    lowest = lowest_balance_since(fund.pk, account, on)
    if amount <= lowest.balance:
        return []
    return [MoreThanThere(account, amount, on, lowest.balance, lowest.on)]


def _purse_refusals(fund: Fund, purse: Purse, bank_book: int) -> list[MoneyRefusal]:
    return _bank_book_refusals(fund, bank_book) if purse == Purse.BANK else []


def _bank_book_refusals(fund: Fund, number: int) -> list[MoneyRefusal]:
    """A passbook must be known; the first one is, even while nobody has described it."""
    if number == 1 or BankBook.objects.filter(fund=fund, number=number).exists():
        return []
    return [NoSuchBankBook(number)]


def _signer_refusals(
    fund: Fund, signers: Sequence[int], *, on: date, rules: RuleSet
) -> list[MoneyRefusal]:
    """Each signer in office that day, nobody twice, and enough of them."""
    years = rules["committee_years"].count
    known = {term.number: term for term in standing_terms(fund.pk)}
    in_office = {term.number for term in in_force_terms(fund.pk, on, years=years)}
    refusals: list[MoneyRefusal] = []
    people: set[str] = set()  # by name: the papers make a person anew for every term
    for number in signers:
        term = known.get(number)
        if term is None:
            refusals.append(NoSuchTerm(number))
        elif number not in in_office:
            last_day = last_day_of(term, years=years)
            refusals.append(NotInTerm(number, term.position_words, on, term.starts_on, last_day))
        elif term.person.name_key in people:
            refusals.append(SignedTwice(number, term.position_words))
        else:
            people.add(term.person.name_key)
    limit = rules["withdrawal_signers"]
    if limit.count is not None and len(people) < limit.count:
        refusals.append(
            TooFewSigners(
                len(people), limit.count, rules.name, limit.clause, is_checked=limit.is_checked
            )
        )
    return refusals


def _audit_line(fund: Fund, deed: str, key: str) -> AuditLine | None:
    return AuditLine.objects.filter(fund_id=fund.pk, deed=deed, details__key=key).first()
