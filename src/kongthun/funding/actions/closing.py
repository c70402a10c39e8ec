"""Closing a year: its surplus shared out by the rules as a meeting resolved, and paid out.

Closing posts one entry on the year's last day, from ``surplus:<year>`` to what members are to
receive (``held:<member>``), to reserves and to committee pay, and closes the books up to that day.
Money moves only when slips are paid, committee pay is paid, or a reserve is used: each out of
cash, each with a paper of the series ป.1, ป.2, … (docs/rules/surplus.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kongthun.accounts.reach import Deed, Reach
from kongthun.activities.queries.grounds import BY_ANY, BY_MEMBERS, Ground, ground_of
from kongthun.audit.actions import record_deed
from kongthun.audit.models import AuditLine
from kongthun.domain import journal
from kongthun.domain.journal import AccountKind, Draft, HappensLater, Line, YearClosed
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.surplus import Purpose, SharedOut
from kongthun.domain.thai_text import visible
from kongthun.ledger.actions import (
    AlreadyReversed,
    KeyTaken,
    NoSuchEntry,
    NotPosted,
    Pen,
    close_books_until,
    hold_pen,
    post_entries,
    reverse_entry,
)
from kongthun.ledger.bank import CASH, LONGEST_WORDS
from kongthun.ledger.models import Entry, Fund
from kongthun.ledger.models import Line as WrittenLine
from kongthun.ledger.queries import lowest_balance_since
from kongthun.ledger.refusals import (
    MoreThanThere,
    NotAboveZero,
    TakesBackItself,
    WordsNeeded,
    WordsTooLong,
)
from kongthun.ledger.savings_queries import least_kept_since, member_account

from ..closing_refusals import (
    ClosedOtherwise,
    ClosingRefusal,
    ClosingTakenBack,
    EarlierYearOpen,
    KeepsNoSurplus,
    MeetingBeforeYearEnd,
    MoneyUnexplained,
    MoreThanDue,
    MoreThanHeld,
    MoreThanReserved,
    NobodyTicked,
    NoPaymentOfThis,
    NoSlip,
    NoSuchClosing,
    NotDone,
    NothingToClose,
    NotTheLatest,
    PaidOtherwise,
    PaidOutSince,
    SlipPaid,
    YearClosedBefore,
    YearEndUnsaid,
    YearNotOver,
)
from ..models import MemberSlip, SurplusShare, YearClosing
from ..queries.closing import (
    COMMITTEE_DUE,
    PAPERS,
    PAYMENTS,
    RESERVES,
    Preview,
    Year,
    latest_closing,
    payments_of,
    preview,
    reserve_account,
    shares_out_surplus,
    short_since,
    slip_key,
    year_to_close,
)

_BOOK = {
    Purpose.RESERVE: reserve_account(Purpose.RESERVE),
    Purpose.WELFARE: reserve_account(Purpose.WELFARE),
    Purpose.COMMITTEE: COMMITTEE_DUE,
}
_RESERVE_MEMO = {Purpose.RESERVE: "ใช้เงินทุนสำรองตามมติ", Purpose.WELFARE: "จ่ายสวัสดิการจากเงินที่กันไว้"}


@dataclass(frozen=True, slots=True)
class YearShared:
    """A year closed: the number of its closing, what was shared out, and the entry if there is one.

    Sent twice, the same form gets the closing of the first time.
    """

    number: int
    entry_number: int | None


@dataclass(frozen=True, slots=True)
class Reopened:
    """The year is open again; ``number`` is the entry that took the sharing back, if there was."""

    number: int | None


@dataclass(frozen=True, slots=True)
class Paid:
    """The entries and the numbers of their papers, in the order of member numbers."""

    numbers: tuple[int, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaymentTakenBack:
    """The entry that turns the payment round."""

    number: int


# --- closing -------------------------------------------------------------------------------------


def close_year(
    *,
    fund: Fund,
    year: int,
    meeting_number: int,
    resolution: int,
    key: str,
    by: Reach,
    note: str = "",
) -> YearShared | NotDone:
    """Close a year (พ.ศ.) on a resolution of members, and share its surplus out by its rules.

    The rules are those in force on the year's last day; they are kept with the closing. Money not
    explained on that day stands against it, unless ``note`` says what the meeting was told of it.
    """
    with transaction.atomic():
        held = hold_pen(fund, [])
        refusals: list[ClosingRefusal] = _not_entitled(fund, by, Deed.CLOSE_YEAR)
        line = None if refusals else _done_before(fund, "close_year", key)
        if line is not None:
            return _closed_again(fund, line, (year, meeting_number, resolution))
        if not shares_out_surplus(fund):
            return NotDone((*refusals, KeepsNoSurplus()))
        next_year = year_to_close(fund)
        refusals += _against_year(next_year, year)
        if isinstance(next_year, NothingToClose | YearEndUnsaid) or next_year.year != year:
            refusals += _ground_refusals(fund, meeting_number, resolution, None)
            return NotDone(tuple(refusals))
        refusals += _ground_refusals(fund, meeting_number, resolution, next_year.ends_on)
        seen = preview(fund, next_year)
        refusals += _against_preview(seen, note)
        shared = seen.shared
        if refusals or shared is None:
            return NotDone(tuple(refusals))
        number = YearClosing.objects.filter(fund=fund).count() + 1
        draft = _sharing(next_year, shared, key)
        entry_number = None
        if draft is not None:
            posted = post_entries([draft], fund=fund, recorded_by=by.user_id)
            if isinstance(posted, NotPosted):
                return NotDone(posted.refusals)
            (entry_number,) = posted.numbers
        _write(fund, number, seen, shared, (meeting_number, resolution), entry_number, held, by)
        close_books_until(held, next_year.ends_on)
        _note(
            fund,
            by,
            "close_year",
            f"closing {number}",
            key=key,
            year=next_year.year,
            surplus=shared.surplus.satang,
            meeting=meeting_number,
            resolution=resolution,
            entry=entry_number,
            note=visible(note),
        )
    return YearShared(number, entry_number)


def take_back_closing(
    *, fund: Fund, number: int, reason: str, key: str, by: Reach
) -> Reopened | NotDone:
    """Open the last closed year again, while nothing of what it shared out was paid.

    The entry is turned round, the closing stays readable, and the year can be closed anew.
    """
    with transaction.atomic():
        held = hold_pen(fund, [])
        refusals: list[ClosingRefusal] = _not_entitled(fund, by, Deed.CLOSE_YEAR)
        line = None if refusals else _done_before(fund, "take_back_closing", key)
        if line is not None:
            if line.subject != f"closing {number}":
                return NotDone((ClosedOtherwise(int(line.subject.split()[1])),))
            return Reopened(line.details["entry"])
        refusals += _against_words(reason)
        closing = YearClosing.objects.filter(fund=fund, number=number).first()
        if closing is None:
            return NotDone((*refusals, NoSuchClosing(number)))
        refusals += _against_taking_back(fund, closing)
        if refusals:
            return NotDone(tuple(refusals))
        close_books_until(held, closing.closed_before)
        reversal = None
        if closing.entry_number is not None:
            posted = reverse_entry(
                closing.entry_number,
                fund=fund,
                reason=f"กลับรายการที่ {closing.entry_number}",
                key=key,
                recorded_by=by.user_id,
            )
            if isinstance(posted, NotPosted):
                transaction.set_rollback(True)
                return NotDone(posted.refusals)
            (reversal,) = posted.numbers
        YearClosing.objects.filter(fund=fund, number=number).update(
            withdrawn_at=timezone.now(), withdrawn_note=visible(reason)
        )
        _note(
            fund,
            by,
            "take_back_closing",
            f"closing {number}",
            key=key,
            entry=reversal,
            reason=visible(reason),
        )
    return Reopened(reversal)


# --- paying out ----------------------------------------------------------------------------------


def pay_out_slips(
    *, fund: Fund, closing: int, members: Sequence[int], on: date, key: str, by: Reach
) -> Paid | NotDone:
    """Pay members what their slips of a closed year say, out of cash: a paper each, all or none."""
    with transaction.atomic():
        held = hold_pen(fund, [])
        refusals: list[ClosingRefusal] = _not_entitled(fund, by, Deed.RECEIVE_MONEY)
        people = sorted(members)
        kept = YearClosing.objects.filter(fund=fund, number=closing).first()
        if kept is None:
            return NotDone((*refusals, NoSuchClosing(closing)))
        slips = {
            slip.member_number: slip
            for slip in MemberSlip.objects.filter(fund=fund, closing_number=closing)
        }
        sums = {
            number: slips[number].dividend + slips[number].trade_return if number in slips else ZERO
            for number in people
        }
        drafts = [_slip_draft(kept, number, sums[number], on, key) for number in people]
        written = list(
            Entry.objects.filter(
                fund=fund, key__startswith=f"slip:{closing}:", key__endswith=f":{key}"
            ).order_by("number")
        )
        if written and not refusals:
            return _paid_again(fund, drafts, written)
        refusals += _against_day(held, on)
        refusals += _against_slips(fund, kept, sums, on)
        if not refusals:
            refusals += _more_than_in_hand(fund, total(sums.values()), on)
        if refusals:
            return NotDone(tuple(refusals))
        return _pay(fund, drafts, by, "pay_out_slips", {"closing": closing})


def pay_due(
    *, fund: Fund, amount: Money, words: str, on: date, key: str, by: Reach
) -> Paid | NotDone:
    """Pay the committee out of what was resolved for it; ``words`` say who received how much.

    What was typed stands with the audit line, never in the books.
    """
    with transaction.atomic():
        held = hold_pen(fund, [])
        refusals: list[ClosingRefusal] = _not_entitled(fund, by, Deed.RECEIVE_MONEY)
        draft = _payment(
            journal.Deed.DUE_PAID, COMMITTEE_DUE, amount, on, key, "จ่ายค่าตอบแทนกรรมการ"
        )
        if not refusals and (written := _written(fund, key)):
            return _paid_again(fund, [draft], written)
        refusals += [*_against_words(words), *_against_day(held, on)]
        refusals += _against_sum(
            fund, COMMITTEE_DUE, amount, on, lambda least: MoreThanDue(amount, least)
        )
        if refusals:
            return NotDone(tuple(refusals))
        return _pay(fund, [draft], by, "pay_due", {"words": visible(words)})


def use_reserve(
    *,
    fund: Fund,
    purpose: str,
    amount: Money,
    words: str,
    on: date,
    key: str,
    by: Reach,
    meeting_number: int | None = None,
    resolution: int | None = None,
) -> Paid | NotDone:
    """Use what was kept for a purpose (``reserve`` or ``welfare``), out of cash.

    ``words`` say for what. Where a meeting resolved it, that is named; any kind of meeting may.
    Raises ValueError for another purpose.
    """
    kept_for = Purpose(purpose)
    if kept_for not in RESERVES:
        raise ValueError(f"nothing is kept for {purpose}")
    account = reserve_account(kept_for)
    with transaction.atomic():
        held = hold_pen(fund, [])
        refusals: list[ClosingRefusal] = _not_entitled(fund, by, Deed.RECEIVE_MONEY)
        memo = _RESERVE_MEMO[kept_for]
        draft = _payment(journal.Deed.RESERVE_USED, account, amount, on, key, memo)
        if not refusals and (written := _written(fund, key)):
            return _paid_again(fund, [draft], written)
        refusals += [*_against_words(words), *_against_day(held, on)]
        if meeting_number is not None:
            ground = ground_of(fund.group, meeting_number, resolution or 0, kinds=BY_ANY)
            refusals += [] if isinstance(ground, Ground) else ground
        refusals += _against_sum(
            fund, account, amount, on, lambda least: MoreThanReserved(kept_for, amount, least)
        )
        if refusals:
            return NotDone(tuple(refusals))
        details = {"words": visible(words), "meeting": meeting_number, "resolution": resolution}
        return _pay(fund, [draft], by, "use_reserve", details)


def take_back_payment(
    *, fund: Fund, number: int, reason: str, key: str, by: Reach
) -> PaymentTakenBack | NotDone:
    """Take back a payment of these, as if it had never been; its paper's number stays used."""
    with transaction.atomic():
        held = hold_pen(fund, [key])
        refusals: list[ClosingRefusal] = _not_entitled(fund, by, Deed.RECEIVE_MONEY)
        if key not in held.known:
            refusals += [*_against_words(reason), *_against_reversing(fund, held, number)]
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
        if key not in held.known:
            _note(
                fund,
                by,
                "take_back_payment",
                f"entry {number}",
                entry=reversal,
                reason=visible(reason),
            )
    return PaymentTakenBack(reversal)


# --- below the line: closing ---------------------------------------------------------------------


def _sharing(year: Year, shared: SharedOut, key: str) -> Draft | None:
    """The one entry of a closing; none where nothing leaves what is undivided."""
    lines = [
        Line(member_account(AccountKind.HELD, slip.member_number), -slip.together)
        for slip in shared.slips
        if slip.together
    ]
    lines += [
        Line(account, -shared.pots[purpose])
        for purpose, account in _BOOK.items()
        if shared.pots[purpose]
    ]
    if not lines:
        return None
    whole = -total(line.amount for line in lines)
    surplus = Line(f"{AccountKind.SURPLUS}:{year.year}", whole)
    return Draft(
        journal.Deed.SURPLUS_SHARED,
        year.ends_on,
        (surplus, *lines),
        key=key,
        memo=f"จัดสรรผลกำไรปี {year.year}",
    )


def _write(
    fund: Fund,
    number: int,
    seen: Preview,
    shared: SharedOut,
    ground: tuple[int, int],
    entry_number: int | None,
    held: Pen,
    by: Reach,
) -> None:
    year = seen.year
    YearClosing.objects.create(
        fund=fund,
        number=number,
        year=year.year,
        starts_on=year.starts_on,
        ends_on=year.ends_on,
        surplus=shared.surplus,
        rules=year.rules.as_json(),
        meeting_number=ground[0],
        resolution=ground[1],
        entry_number=entry_number,
        closed_before=held.closed_until,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    SurplusShare.objects.bulk_create(
        SurplusShare(
            fund=fund,
            closing_number=number,
            purpose=pot.purpose,
            rate_bp=pot.rate_bp,
            amount=pot.amount,
        )
        for pot in seen.pots
    )
    MemberSlip.objects.bulk_create(
        MemberSlip(
            fund=fund,
            closing_number=number,
            member_number=slip.member_number,
            shares=slip.shares,
            dividend=slip.dividend,
            trade=slip.trade,
            trade_return=slip.trade_return,
        )
        for slip in shared.slips
    )


def _closed_again(fund: Fund, line: AuditLine, asked: tuple[int, int, int]) -> YearShared | NotDone:
    closing = YearClosing.objects.get(fund=fund, number=int(line.subject.split()[1]))
    if (closing.year, closing.meeting_number, closing.resolution) != asked:
        return NotDone((ClosedOtherwise(closing.number),))
    return YearShared(closing.number, closing.entry_number)


def _against_year(
    next_year: Year | NothingToClose | YearEndUnsaid, year: int
) -> list[ClosingRefusal]:
    if isinstance(next_year, NothingToClose | YearEndUnsaid):
        return [next_year]
    if year > next_year.year:
        return [EarlierYearOpen(next_year.year, next_year.ends_on)]
    if year < next_year.year:
        return [YearClosedBefore(year)]
    today = timezone.localdate()
    return [YearNotOver(next_year.ends_on, today)] if today <= next_year.ends_on else []


def _ground_refusals(
    fund: Fund, meeting_number: int, resolution: int, ends_on: date | None
) -> list[ClosingRefusal]:
    ground = ground_of(fund.group, meeting_number, resolution, kinds=BY_MEMBERS)
    if not isinstance(ground, Ground):
        return [*ground]
    if ends_on is not None and ground.on < ends_on:
        return [MeetingBeforeYearEnd(meeting_number, ground.on, ends_on)]
    return []


def _against_preview(seen: Preview, note: str) -> list[ClosingRefusal]:
    found: list[ClosingRefusal] = []
    if seen.against is not None:
        found.append(seen.against)
    if seen.unexplained and not visible(note):
        found.append(MoneyUnexplained(seen.unexplained, seen.year.ends_on))
    if len(visible(note)) > LONGEST_WORDS:
        found.append(WordsTooLong(LONGEST_WORDS))
    return found


def _against_taking_back(fund: Fund, closing: YearClosing) -> list[ClosingRefusal]:
    if closing.withdrawn_at is not None:
        return [ClosingTakenBack(closing.number)]
    latest = latest_closing(fund)
    if latest is not None and latest.number != closing.number:
        return [NotTheLatest(latest.year)]
    paid = {
        payment.member_number
        for payment in payments_of(fund.pk, closing=closing.number)
        if not payment.is_taken_back
    }
    others = []
    if closing.entry_number is not None:
        for account in short_since(fund.pk, closing.entry_number, closing.ends_on):
            kind, _, name = account.partition(":")
            if kind == AccountKind.HELD:
                paid.add(int(name))
            else:
                others.append(account)
    if paid or others:
        people = tuple(sorted(number for number in paid if number is not None))
        return [PaidOutSince(people, tuple(sorted(others)))]
    return []


# --- below the line: paying ----------------------------------------------------------------------


def _payment(
    deed: journal.Deed, account: str, amount: Money, on: date, key: str, memo: str
) -> Draft:
    return Draft(deed, on, (Line(account, amount), Line(CASH, -amount)), key=key, memo=memo)


def _slip_draft(closing: YearClosing, number: int, amount: Money, on: date, key: str) -> Draft:
    return _payment(
        journal.Deed.HELD_RETURNED,
        member_account(AccountKind.HELD, number),
        amount,
        on,
        slip_key(closing.number, number, key),
        f"จ่ายผลตอบแทนปี {closing.year} สมาชิกเลขที่ {number}",
    )


def _pay(
    fund: Fund, drafts: Sequence[Draft], by: Reach, deed: str, details: Mapping[str, object]
) -> Paid | NotDone:
    """Give each its paper's number and write them. The pen is in hand: no number is left out."""
    last = _last_paper(fund)
    numbered = [
        Draft(d.deed, d.happened_on, d.lines, d.key, d.memo, f"{PAPERS}{last + place}")
        for place, d in enumerate(drafts, start=1)
    ]
    posted = post_entries(numbered, fund=fund, recorded_by=by.user_id)
    if isinstance(posted, NotPosted):
        return NotDone(posted.refusals)
    first, latest = posted.numbers[0], posted.numbers[-1]
    subject = f"entry {first}" if first == latest else f"entries {first}-{latest}"
    whole = total(draft.lines[0].amount for draft in drafts)
    _note(fund, by, deed, subject, satang=whole.satang, **details)
    return Paid(posted.numbers, tuple(draft.document for draft in numbered))


def _last_paper(fund: Fund) -> int:
    """Where the series stands. Numbers grow with the entries, so the latest is the highest."""
    latest = (
        Entry.objects.filter(
            fund=fund,
            deed__in=PAYMENTS,
            reverses__isnull=True,
            source="",
            document__startswith=PAPERS,
        )
        .order_by("-number")
        .values_list("document", flat=True)
        .first()
    )
    return int(latest.removeprefix(PAPERS)) if latest else 0


def _written(fund: Fund, key: str) -> list[Entry]:
    return list(Entry.objects.filter(fund=fund, key=key))


def _paid_again(fund: Fund, drafts: Sequence[Draft], written: Sequence[Entry]) -> Paid | NotDone:
    """What the same form paid the first time, if it is the same form in everything."""
    lines: dict[int, list[Line]] = {entry.number: [] for entry in written}
    for line in WrittenLine.objects.filter(fund=fund, entry_number__in=list(lines)).order_by(
        "place"
    ):
        lines[line.entry_number].append(Line(line.account, line.amount))
    said = {draft.key: (str(draft.deed), draft.happened_on, list(draft.lines)) for draft in drafts}
    there = {entry.key: (entry.deed, entry.happened_on, lines[entry.number]) for entry in written}
    if said != there:
        first = written[0]
        if first.document.startswith(PAPERS):
            return NotDone((PaidOtherwise(first.document),))
        return NotDone((KeyTaken(first.key, first.number),))
    return Paid(
        tuple(entry.number for entry in written), tuple(entry.document for entry in written)
    )


def _against_day(held: Pen, on: date) -> list[ClosingRefusal]:
    today = timezone.localdate()
    if on > today:
        return [HappensLater(on, today)]
    if held.closed_until is not None and on <= held.closed_until:
        return [YearClosed(on, held.closed_until)]
    return []


def _against_slips(
    fund: Fund, closing: YearClosing, sums: dict[int, Money], on: date
) -> list[ClosingRefusal]:
    """Everything against paying these members, each reason once."""
    if closing.withdrawn_at is not None:
        return [ClosingTakenBack(closing.number)]
    if not sums:
        return [NobodyTicked()]
    paid = {
        payment.member_number: payment.document
        for payment in payments_of(fund.pk, closing=closing.number)
        if not payment.is_taken_back
    }
    found: list[ClosingRefusal] = []
    for number, amount in sums.items():
        if not amount:
            found.append(NoSlip(number))
        elif number in paid:
            found.append(SlipPaid(number, paid[number]))
        else:
            account = member_account(AccountKind.HELD, number)
            least = least_kept_since(fund.pk, account, on).kept
            if amount > least:
                found.append(MoreThanHeld(number, amount, least))
    return found


def _against_sum(
    fund: Fund,
    account: str,
    amount: Money,
    on: date,
    more_than: Callable[[Money], ClosingRefusal],
) -> list[ClosingRefusal]:
    if amount <= ZERO:
        return [NotAboveZero(amount)]
    least = least_kept_since(fund.pk, account, on).kept
    found: list[ClosingRefusal] = [more_than(least)] if amount > least else []
    return found + _more_than_in_hand(fund, amount, on)


def _more_than_in_hand(fund: Fund, amount: Money, on: date) -> list[ClosingRefusal]:
    lowest = lowest_balance_since(fund.pk, CASH, on)
    if amount <= lowest.balance:
        return []
    return [MoreThanThere(CASH, amount, on, lowest.balance, lowest.on)]


def _against_reversing(fund: Fund, held: Pen, number: int) -> list[ClosingRefusal]:
    entry = Entry.objects.filter(fund=fund, number=number).first()
    if entry is None:
        return [NoSuchEntry(number)]
    if entry.reverses is not None:
        return [TakesBackItself(number)]
    earlier = Entry.objects.filter(fund=fund, reverses=number).first()
    if earlier is not None:
        return [AlreadyReversed(number, earlier.number)]
    is_ours = entry.deed in PAYMENTS and entry.document.startswith(PAPERS)
    if entry.source or not is_ours:
        return [NoPaymentOfThis(number)]
    return _against_day(held, entry.happened_on)


def _against_words(words: str) -> list[ClosingRefusal]:
    said = visible(words)
    if not said:
        return [WordsNeeded()]
    return [WordsTooLong(LONGEST_WORDS)] if len(said) > LONGEST_WORDS else []


# --- below the line: who, and the trail ----------------------------------------------------------


def _not_entitled(fund: Fund, by: Reach, deed: Deed) -> list[ClosingRefusal]:
    return [*by.refusals(deed, area_code=fund.area_code, group_id=fund.pk)]


def _done_before(fund: Fund, deed: str, key: str) -> AuditLine | None:
    return AuditLine.objects.filter(fund_id=fund.pk, deed=deed, details__key=key).first()


def _note(fund: Fund, by: Reach, deed: str, subject: str, **details: object) -> None:
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=subject,
        details=details,
    )
