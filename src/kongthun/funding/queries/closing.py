"""The year to close next, what it earned and for whom; years closed, and what was paid of them."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Min, QuerySet

from kongthun.activities.models import Meeting, Resolution
from kongthun.activities.queries.grounds import BY_MEMBERS
from kongthun.audit.models import AuditLine
from kongthun.domain.journal import AccountKind, Deed
from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.rule_set import Limit, RuleSet, rule_set_of
from kongthun.domain.surplus import (
    Holding,
    Purpose,
    RatesUneven,
    RatesUnsaid,
    SharedOut,
    Slip,
    rates_of,
    share_out_year,
)
from kongthun.domain.thai_calendar import thai_year
from kongthun.groups.models import Membership
from kongthun.groups.queries.rules import rules_of
from kongthun.ledger.charts import chart
from kongthun.ledger.models import Account, Entry, Fund, Line
from kongthun.ledger.queries import balance_on
from kongthun.trade.queries import trade_by_member

from ..closing_refusals import NothingToClose, SurplusUneven, SurplusUnsaid, YearEndUnsaid
from ..models import MemberSlip, SurplusShare, YearClosing

PAPERS = "ป."  # ใบจ่าย: the series of everything paid out of a shared surplus
COMMITTEE_DUE = f"{AccountKind.DUE}:committee"
RESERVES = (Purpose.RESERVE, Purpose.WELFARE)
UNEXPLAINED = str(AccountKind.UNEXPLAINED)
PAYMENTS = (Deed.HELD_RETURNED, Deed.DUE_PAID, Deed.RESERVE_USED)
_JANUARY, _DECEMBER = 1, 12


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the books, its last day by the rules in force on that day. ``year`` is พ.ศ."""

    year: int
    starts_on: date
    ends_on: date
    rules: RuleSet


@dataclass(frozen=True, slots=True)
class Result:
    """What came in and went out in a run of days; expense is above zero."""

    income: Money
    interest: Money
    expense: Money

    @property
    def surplus(self) -> Money:
        """Income and deposit interest less expense; below zero a loss."""
        return self.income + self.interest - self.expense


@dataclass(frozen=True, slots=True)
class PotRow:
    """A purpose with its limit in the rules, the rate, and the sum."""

    purpose: Purpose
    limit: Limit
    rate_bp: int
    amount: Money

    @property
    def rate_text(self) -> str:
        """Per cent, without a nought too many."""
        return Money(self.rate_bp).text


@dataclass(frozen=True, slots=True)
class Preview:
    """A year as it would be closed: what it earned, its pots, everybody's slip.

    ``against`` is why it can not be shared out, and then there are neither pots nor slips.
    ``unexplained`` is what nobody could explain on the last day; ``undivided`` what earlier years
    earned and did not share out.
    """

    year: Year
    result: Result
    shared: SharedOut | None
    pots: tuple[PotRow, ...]
    unexplained: Money
    undivided: Money
    against: SurplusUnsaid | SurplusUneven | None


@dataclass(frozen=True, slots=True)
class Payment:
    """An entry that paid something out. ``words`` are what was typed, kept beside the audit line.

    ``member_number`` is whose slip it paid, if one.
    """

    number: int
    on: date
    deed: str
    document: str
    account: str
    amount: Money
    is_taken_back: bool
    member_number: int | None
    words: str


@dataclass(frozen=True, slots=True)
class SlipRow:
    """A slip of a closed year, whose it is, and the payment if it was paid."""

    slip: Slip
    name: str
    payment: Payment | None

    @property
    def waits(self) -> bool:
        """Whether there is something and it has not been paid."""
        return self.payment is None and bool(self.slip.together)


@dataclass(frozen=True, slots=True)
class Choice:
    """A resolution that a deed may name, with its meeting."""

    meeting_number: int
    resolution: int
    held_on: date
    words: str


def shares_out_surplus(fund: Fund) -> bool:
    """Whether the chart of accounts of this kind of group knows a surplus shared out."""
    return AccountKind.SURPLUS in chart(fund.chart).kinds


# --- the year to close ---------------------------------------------------------------------------


def year_to_close(fund: Fund) -> Year | NothingToClose | YearEndUnsaid:
    """The first year that was not closed: from the day after the last closing, or the first entry.

    It ends with the month that the rules in force on its last day name (``year_end_month``), so a
    year in which that month was changed may be shorter or longer than twelve months.
    """
    latest = latest_closing(fund)
    if latest is not None:
        starts_on = latest.ends_on + timedelta(days=1)
    else:
        first: date | None = Entry.objects.filter(fund=fund).aggregate(day=Min("happened_on"))[
            "day"
        ]
        if first is None:
            return NothingToClose()
        starts_on = first
    rules, ends_on = _rules_on(fund, starts_on), None
    while True:
        month = rules["year_end_month"].count
        if month is None or not _JANUARY <= month <= _DECEMBER:
            return YearEndUnsaid(rules["year_end_month"], rules.name)
        if ends_on is not None and ends_on.month == month:
            return Year(thai_year(ends_on), starts_on, ends_on, rules)
        ends_on = _last_day_of(month, starts_on if ends_on is None else ends_on)
        rules = _rules_on(fund, ends_on)


def _last_day_of(month: int, since: date) -> date:
    """The last day of the first such month that ends on ``since`` or after it."""
    year = since.year + (month < since.month)
    return date(year, month, calendar.monthrange(year, month)[1])


def _rules_on(fund: Fund, day: date) -> RuleSet:
    return rules_of(group_id=fund.pk, kind=fund.chart, area_code=fund.area_code, day=day)


def surplus_of(fund: Fund, starts_on: date, ends_on: date) -> Result:
    """What a run of days earned, by all that is written. One statement.

    What was shared out of it is none of these accounts, so closing a year does not change this.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT l.account, sum(l.amount) FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            WHERE l.fund_id = %s AND e.happened_on BETWEEN %s AND %s
                AND (l.account LIKE 'income%%' OR l.account LIKE 'interest%%'
                    OR l.account LIKE 'expense%%')
            GROUP BY l.account
            """,
            [fund.pk, starts_on, ends_on],
        )
        sums = dict.fromkeys(("income", "interest", "expense"), 0)
        for account, satang in cursor.fetchall():
            sums[account.partition(":")[0]] += int(satang)
    return Result(Money(-sums["income"]), Money(-sums["interest"]), Money(sums["expense"]))


def shares_on(fund: Fund, day: date) -> dict[int, Money]:
    """The shares of each member at the end of a day, of whoever holds any. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT l.account, -sum(l.amount) FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            WHERE l.fund_id = %s AND e.happened_on <= %s AND l.account LIKE 'share:%%'
            GROUP BY l.account
            """,
            [fund.pk, day],
        )
        held = {int(account.partition(":")[2]): int(sum_) for account, sum_ in cursor.fetchall()}
    return {number: Money(satang) for number, satang in sorted(held.items()) if satang > 0}


def trade_in(fund: Fund, starts_on: date, ends_on: date) -> Mapping[int, Money]:
    """What each member bought from the group and sold to it in a run of days."""
    return trade_by_member(fund.pk, starts_on, ends_on)


def undivided_before(fund: Fund, day: date) -> Money:
    """What was earned before a day and is still neither shared out nor kept for a purpose."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(-sum(l.amount), 0) FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            WHERE l.fund_id = %s AND e.happened_on < %s
                AND (l.account LIKE 'income%%' OR l.account LIKE 'interest%%'
                    OR l.account LIKE 'expense%%' OR l.account LIKE 'surplus:%%')
            """,
            [fund.pk, day],
        )
        return Money(int(cursor.fetchone()[0]))


def preview(fund: Fund, year: Year) -> Preview:
    """The year as it would be closed now. Nothing is judged here but the rules themselves."""
    result = surplus_of(fund, year.starts_on, year.ends_on)
    limits = {purpose: year.rules[f"surplus_{purpose}"] for purpose in Purpose}
    rates = rates_of({purpose: limit.count for purpose, limit in limits.items()})
    unexplained = balance_on(fund.pk, UNEXPLAINED, year.ends_on)
    undivided = undivided_before(fund, year.starts_on)
    match rates:
        case RatesUnsaid():
            against: SurplusUnsaid | SurplusUneven = SurplusUnsaid(year.rules.name)
            return Preview(year, result, None, (), unexplained, undivided, against)
        case RatesUneven(together=together):
            against = SurplusUneven(together, year.rules.name)
            return Preview(year, result, None, (), unexplained, undivided, against)
    shares = shares_on(fund, year.ends_on)
    trade = trade_in(fund, year.starts_on, year.ends_on)
    people = [
        Holding(number, shares.get(number, ZERO), max(trade.get(number, ZERO), ZERO))
        for number in shares.keys() | trade.keys()
    ]
    shared = share_out_year(result.surplus, rates, people)
    pots = tuple(
        PotRow(purpose, limits[purpose], rates[purpose], shared.pots[purpose])
        for purpose in Purpose
    )
    return Preview(year, result, shared, pots, unexplained, undivided, None)


def grounds_since(fund: Fund, day: date, *, kinds: Collection[str] = BY_MEMBERS) -> list[Choice]:
    """What closed meetings resolved on a day or after it, the latest meeting first."""
    meetings = {
        each.number: each
        for each in Meeting.objects.filter(
            group_id=fund.pk, kind__in=list(kinds), closed_at__isnull=False, held_on__gte=day
        )
    }
    found = [
        Choice(
            each.meeting_number,
            each.sequence,
            meetings[each.meeting_number].held_on,
            each.words,
        )
        for each in Resolution.objects.filter(
            group_id=fund.pk, meeting_number__in=list(meetings)
        ).order_by("sequence")
    ]
    return sorted(found, key=lambda each: (each.held_on, each.meeting_number), reverse=True)


# --- years closed --------------------------------------------------------------------------------


def closings_of(fund: Fund) -> list[YearClosing]:
    """Every closing, the latest first, those taken back among them."""
    return list(YearClosing.objects.filter(fund=fund).order_by("-number"))


def latest_closing(fund: Fund) -> YearClosing | None:
    """The closing of the last year that is closed."""
    standing = YearClosing.objects.filter(fund=fund, withdrawn_at__isnull=True)
    return standing.order_by("-ends_on").first()


def pots_of(closing: YearClosing) -> list[PotRow]:
    """How the surplus was shared out, by the rules that were kept with it."""
    rules = rule_set_of(closing.rules)
    rows = {
        row.purpose: row
        for row in SurplusShare.objects.filter(
            fund_id=closing.fund_id, closing_number=closing.number
        )
    }
    return [
        PotRow(purpose, rules[f"surplus_{purpose}"], row.rate_bp, row.amount)
        for purpose in Purpose
        if (row := rows.get(purpose)) is not None
    ]


def slips_of(closing: YearClosing, *, with_names: bool) -> list[SlipRow]:
    """Everybody's slip of a closed year, and whether it was paid. A constant number of statements.

    Somebody who is no longer on the list is called by number.
    """
    fund_id = closing.fund_id
    names = {
        member.number: member.person.name.full if with_names else member.person.name.masked
        for member in Membership.objects.filter(group_id=fund_id).select_related("person")
    }
    paid = {
        payment.member_number: payment
        for payment in payments_of(fund_id, closing=closing.number)
        if not payment.is_taken_back
    }
    rows = MemberSlip.objects.filter(fund_id=fund_id, closing_number=closing.number)
    return [
        SlipRow(
            Slip(row.member_number, row.shares, row.dividend, row.trade, row.trade_return),
            names.get(row.member_number, f"สมาชิกเลขที่ {row.member_number}"),
            paid.get(row.member_number),
        )
        for row in rows.order_by("member_number")
    ]


def slip_key(closing: int, member_number: int, key: str) -> str:
    """The key of the entry that pays a slip: it says whose, and of which closing."""
    return f"slip:{closing}:{member_number}:{key}"


def payments_of(fund_id: int, *, closing: int | None = None) -> list[Payment]:
    """What was paid: the slips of one closing, or everything to others than members.

    In the order of writing. A constant number of statements.
    """
    entries = _paid_from_surplus(fund_id)
    if closing is None:
        entries = entries.filter(deed__in=[Deed.DUE_PAID, Deed.RESERVE_USED])
    else:
        entries = entries.filter(deed=Deed.HELD_RETURNED, key__startswith=f"slip:{closing}:")
    return _payments(fund_id, list(entries.order_by("number")))


def payment_of(fund_id: int, number: int) -> Payment | None:
    """The payment out of a shared surplus that this entry is, if it is one."""
    found = _payments(fund_id, list(_paid_from_surplus(fund_id).filter(number=number)))
    return found[0] if found else None


def note_of(closing: YearClosing) -> str:
    """What the meeting knew of money that was not explained, as somebody wrote it down."""
    line = AuditLine.objects.filter(
        fund_id=closing.fund_id, deed="close_year", subject=f"closing {closing.number}"
    ).first()
    return str(line.details.get("note", "")) if line is not None else ""


@dataclass(frozen=True, slots=True)
class StillKept:
    """What is kept for a purpose, or resolved and not yet paid, by all that is written."""

    due: Money
    reserve: Money
    welfare: Money


def still_kept(fund: Fund) -> StillKept:
    """What there is to pay the committee, and to use of each reserve. One statement."""
    codes = [COMMITTEE_DUE, *(reserve_account(purpose) for purpose in RESERVES)]
    balances: dict[str, Money] = dict(
        Account.objects.filter(fund=fund, code__in=codes).values_list("code", "balance")
    )
    due, reserve, welfare = (-balances.get(code, ZERO) for code in codes)
    return StillKept(due, reserve, welfare)


def reserve_account(purpose: str) -> str:
    """The account of a reserve.

    >>> reserve_account("welfare")
    'reserve:welfare'
    """
    return f"{AccountKind.RESERVE}:{purpose}"


def waiting(rows: Sequence[SlipRow]) -> Money:
    """What members have still to receive."""
    return total(row.slip.together for row in rows if row.waits)


def short_since(fund_id: int, entry_number: int, day: date) -> dict[str, Money]:
    """Accounts an entry credited that held less at the end of some day since: what they held.

    Empty while all that the entry put there is still there. Two statements.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT account, -amount FROM ledger_line
            WHERE fund_id = %s AND entry_number = %s AND amount < 0
            """,
            [fund_id, entry_number],
        )
        put = {account: int(satang) for account, satang in cursor.fetchall()}
        cursor.execute(
            """
            SELECT l.account, e.happened_on, -sum(l.amount) FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            WHERE l.fund_id = %s AND l.account IN (
                SELECT account FROM ledger_line
                WHERE fund_id = %s AND entry_number = %s AND amount < 0
            )
            GROUP BY l.account, e.happened_on ORDER BY l.account, e.happened_on
            """,
            [fund_id, fund_id, entry_number],
        )
        running, least = dict.fromkeys(put, 0), dict[str, int]()
        for account, on, satang in cursor.fetchall():
            running[account] += int(satang)
            if (date.fromisoformat(on) if isinstance(on, str) else on) >= day:
                least[account] = min(least.get(account, running[account]), running[account])
    return {
        account: Money(least[account])
        for account, satang in put.items()
        if least.get(account, 0) < satang
    }


# --- below the line ------------------------------------------------------------------------------


def _paid_from_surplus(fund_id: int) -> QuerySet[Entry]:
    return Entry.objects.filter(
        fund_id=fund_id,
        deed__in=PAYMENTS,
        reverses__isnull=True,
        source="",
        document__startswith=PAPERS,
    )


def _payments(fund_id: int, entries: Sequence[Entry]) -> list[Payment]:
    numbers = [entry.number for entry in entries]
    debits = Line.objects.filter(fund_id=fund_id, entry_number__in=numbers, amount__gt=ZERO)
    paid = {line.entry_number: line for line in debits}
    reversed_ = set(
        Entry.objects.filter(fund_id=fund_id, reverses__in=numbers).values_list(
            "reverses", flat=True
        )
    )
    words = _words(fund_id, numbers)
    return [
        Payment(
            entry.number,
            entry.happened_on,
            entry.deed,
            entry.document,
            paid[entry.number].account,
            paid[entry.number].amount,
            is_taken_back=entry.number in reversed_,
            member_number=int(entry.key.split(":")[2]) if entry.key.startswith("slip:") else None,
            words=words.get(entry.number, ""),
        )
        for entry in entries
    ]


def _words(fund_id: int, numbers: Sequence[int]) -> dict[int, str]:
    lines = AuditLine.objects.filter(
        fund_id=fund_id,
        deed__in=["pay_due", "use_reserve"],
        subject__in=[f"entry {number}" for number in numbers],
    )
    return {int(line.subject.split()[1]): str(line.details.get("words", "")) for line in lines}
