"""What every money deed of ก4 asks before it writes, and how it writes: with the pen in hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.domain.journal import Draft, HappensLater, YearClosed, refusals_of
from kongthun.domain.money import ZERO, Money
from kongthun.domain.register_books import document_text
from kongthun.domain.thai_text import visible
from kongthun.ledger.actions import NotPosted, Pen, reverse_entry, write_down
from kongthun.ledger.bank import CASH, LONGEST_WORDS, Purse, bank_account
from kongthun.ledger.charts import chart
from kongthun.ledger.models import BankBook, Entry, Fund
from kongthun.ledger.queries import lowest_balance_since
from kongthun.ledger.refusals import (
    DocumentUnfit,
    MoreThanThere,
    NoSuchBankBook,
    NotAboveZero,
    WordsNeeded,
    WordsTooLong,
)

from .means_refusals import MeansRefusal, NotDone


@dataclass(frozen=True, slots=True)
class Pocket:
    """Where money is received into or paid from: cash in hand, or a passbook."""

    purse: Purse = Purse.CASH
    bank_book: int = 1

    @property
    def account(self) -> str:
        """Its account in the books."""
        return CASH if self.purse == Purse.CASH else bank_account(self.bank_book)


@dataclass(frozen=True, slots=True)
class Mended:
    """An entry was taken back, by this one."""

    number: int


def entitlement(fund: Fund, by: Reach, *deeds: Deed) -> list[MeansRefusal]:
    """Nothing, if one of the deeds is allowed here; else why the first is not."""
    against = [by.refusals(deed, area_code=fund.area_code, group_id=fund.pk) for deed in deeds]
    return [*against[0]] if all(against) else []


def against_future(on: date) -> list[MeansRefusal]:
    """A day that has not come. For what is written down and moves no money."""
    today = timezone.localdate()
    return [HappensLater(on, today)] if on > today else []


def against_day(held: Pen, on: date) -> list[MeansRefusal]:
    """A day that has not come, or of a year that is closed."""
    found = against_future(on)
    if held.closed_until is not None and on <= held.closed_until:
        found.append(YearClosed(on, held.closed_until))
    return found


def against_entry(held: Pen, draft: Draft, *amounts: Money) -> list[MeansRefusal]:
    """All that the books would say, and what they can not know: the day, the paper's number.

    ``amounts`` are the sums that were typed; none of them may be nothing.
    """
    found = against_day(held, draft.happened_on)
    found += [NotAboveZero(amount) for amount in amounts if amount <= ZERO]
    if not found:
        kinds = chart(held.fund.chart).kinds
        found += refusals_of(draft, kinds=kinds, today=draft.happened_on)
    if draft.document and document_text(draft.document) != draft.document:
        found.append(DocumentUnfit(draft.document))
    return found


def against_pocket(fund: Fund, pocket: Pocket | None) -> list[MeansRefusal]:
    """A passbook must be known; the first one is, even while nobody has described it."""
    if pocket is None or pocket.purse == Purse.CASH or pocket.bank_book == 1:
        return []
    is_known = BankBook.objects.filter(fund=fund, number=pocket.bank_book).exists()
    return [] if is_known else [NoSuchBankBook(pocket.bank_book)]


def against_paying(fund: Fund, account: str, amount: Money, on: date) -> list[MeansRefusal]:
    """Whether taking this out on a day leaves less than nothing then or on any day since."""
    if amount <= ZERO:
        return []
    lowest = lowest_balance_since(fund.pk, account, on)
    if amount <= lowest.balance:
        return []
    return [MoreThanThere(account, amount, on, lowest.balance, lowest.on)]


def against_length(*said: tuple[str, int]) -> list[MeansRefusal]:
    """More words than the row has room for; each limit is said once."""
    limits = sorted({longest for words, longest in said if len(visible(words)) > longest})
    return [WordsTooLong(longest) for longest in limits]


def against_reason(reason: str) -> list[MeansRefusal]:
    """Why something is put right has to be said, and shortly."""
    if not visible(reason):
        return [WordsNeeded()]
    return against_length((reason, LONGEST_WORDS))


def written(held: Pen, draft: Draft, by: Reach) -> int | NotDone:
    """The number of the entry, written with the pen in hand; or what the books said."""
    posted = write_down(held, draft, recorded_by=by.user_id, recorded_at=timezone.now())
    return NotDone(posted.refusals) if isinstance(posted, NotPosted) else posted.number


def turned_round(number: int, *, fund: Fund, key: str, by: Reach) -> int | NotDone:
    """The number of the entry that takes this one back."""
    posted = reverse_entry(
        number, fund=fund, reason=f"กลับรายการที่ {number}", key=key, recorded_by=by.user_id
    )
    return NotDone(posted.refusals) if isinstance(posted, NotPosted) else posted.numbers[0]


def is_taken_back(fund: Fund, number: int) -> bool:
    """Whether an entry was taken back."""
    return Entry.objects.filter(fund=fund, reverses=number).exists()
