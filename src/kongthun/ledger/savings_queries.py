"""Reading what members have put in: the group's list, and one member's book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db import connection

from kongthun.accounts.reach import Deed, Reach
from kongthun.domain.journal import AccountKind, kind_of
from kongthun.domain.money import ZERO, Money, total
from kongthun.groups.models import Membership
from kongthun.groups.queries.households import HouseholdState, household_states

from .charts import chart
from .models import Account, Fund

_MEMBERS_OWN = (AccountKind.SHARE, AccountKind.SAVING, AccountKind.HELD)


@dataclass(frozen=True, slots=True)
class LeastKept:
    """The least a member has in an account at the end of any day of a run, and that day."""

    kept: Money
    on: date


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member of the list with what is theirs today. ``last_saved`` is their latest สัจจะ."""

    number: int
    name: str
    shares: Money
    savings: Money
    held: Money
    last_saved: Money | None
    has_left: bool

    @property
    def together(self) -> Money:
        """All that is the member's own."""
        return self.shares + self.savings + self.held


@dataclass(frozen=True, slots=True)
class BookLine:
    """A line of a member's book: what came in (above zero) or went out, and what is there then.

    ``mended`` marks an entry that was taken back and, by ``is_reversal``, what took it back.
    """

    number: int
    on: date
    kind: str
    deed: str
    document: str
    amount: Money
    balance: Money
    mended: bool
    is_reversal: bool
    may_be_taken_back: bool


@dataclass(frozen=True, slots=True)
class LoanLine:
    """A loan of the member, as far as the books know it."""

    number: int
    paper_number: str
    principal: Money
    paid_out_on: date | None
    due_on: date | None
    balance: Money


@dataclass(frozen=True, slots=True)
class MemberBook:
    """One member's own: shares, savings, sums held, and the loans beside them."""

    number: int
    name: str
    shares: Money
    savings: Money
    held: Money
    lines: tuple[BookLine, ...]
    loans: tuple[LoanLine, ...]

    @property
    def owed(self) -> Money:
        """What is still to be sent back of all loans."""
        return total(loan.balance for loan in self.loans)


def member_account(kind: AccountKind, member_number: int) -> str:
    """The account of one member.

    >>> member_account(AccountKind.SAVING, 12)
    'saving:12'
    """
    return f"{kind}:{member_number}"


def keeps_savings(fund: Fund) -> bool:
    """Whether the group's chart of accounts knows shares or savings of members."""
    return not {AccountKind.SHARE, AccountKind.SAVING}.isdisjoint(chart(fund.chart).kinds)


def is_own_book(reach: Reach, fund_id: int, member_number: int) -> bool:
    """Whether this is the reader's own book, by any of their appointments as a member."""
    return any(
        (holding.group_id, holding.member_number) == (fund_id, member_number)
        for holding in reach.holding_with(Deed.SEE_OWN_HOUSEHOLD)
    )


def least_kept_since(fund_id: int, account: str, day: date) -> LeastKept:
    """The least that was kept for a member at the end of ``day`` or of any day after it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT e.happened_on, -sum(l.amount) FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            WHERE l.fund_id = %s AND l.account = %s
            GROUP BY e.happened_on ORDER BY e.happened_on
            """,
            [fund_id, account],
        )
        moves = [(_as_day(on), Money(int(satang))) for on, satang in cursor.fetchall()]
    running = total(amount for on, amount in moves if on <= day)
    least = LeastKept(running, day)
    for on, amount in moves:
        if on > day:
            running += amount
            if running < least.kept:
                least = LeastKept(running, on)
    return least


def member_rows(fund: Fund, *, day: date, with_names: bool) -> list[MemberRow]:
    """Everybody of the list with what is theirs by all that is written. Four statements."""
    balances = _balances(fund.pk)
    saved = _last_saved(fund.pk)
    states: Mapping[int, HouseholdState] = household_states(fund.pk, day)

    def kept(kind: AccountKind, number: int) -> Money:
        return -balances.get(member_account(kind, number), ZERO)

    rows = []
    members = Membership.objects.filter(group_id=fund.pk).select_related("person")
    for member in members.order_by("number"):
        number, name = member.number, member.person.name
        state = states.get(number)
        rows.append(
            MemberRow(
                number,
                name.full if with_names else name.masked,
                kept(AccountKind.SHARE, number),
                kept(AccountKind.SAVING, number),
                kept(AccountKind.HELD, number),
                saved.get(number),
                has_left=state is not None
                and (state.left_on is not None or state.merged_into is not None),
            )
        )
    return rows


def member_book(fund: Fund, number: int, *, with_names: bool) -> MemberBook | None:
    """A member's book by all that is written, the first line first; none for no such member."""
    member = (
        Membership.objects.filter(group_id=fund.pk, number=number).select_related("person").first()
    )
    if member is None:
        return None
    lines = _lines(fund.pk, number)
    name = member.person.name
    return MemberBook(
        number,
        name.full if with_names else name.masked,
        *_kept_in(lines),
        tuple(lines),
        _loans(fund.pk, number),
    )


# --- below the line ----------------------------------------------------------------------------


def _balances(fund_id: int) -> dict[str, Money]:
    accounts = Account.objects.filter(fund_id=fund_id, kind__in=[str(k) for k in _MEMBERS_OWN])
    return dict(accounts.values_list("code", "balance"))


def _last_saved(fund_id: int) -> dict[int, Money]:
    """The latest สัจจะ of each member that was not taken back: by day, then as written."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT l.account, -l.amount FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            LEFT JOIN ledger_entry r ON r.fund_id = e.fund_id AND r.reverses = e.number
            WHERE l.fund_id = %s AND e.deed = 'savings_received' AND l.account LIKE 'saving:%%'
                AND e.reverses IS NULL AND r.number IS NULL
            ORDER BY e.happened_on, e.number
            """,
            [fund_id],
        )
        return {
            int(account.partition(":")[2]): Money(int(satang))
            for account, satang in cursor.fetchall()
        }


def _lines(fund_id: int, number: int) -> list[BookLine]:
    accounts = [member_account(kind, number) for kind in _MEMBERS_OWN]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT e.number, e.happened_on, l.account, e.deed, e.document, -l.amount, e.source,
                e.reverses, r.number
            FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            LEFT JOIN ledger_entry r ON r.fund_id = e.fund_id AND r.reverses = e.number
            WHERE l.fund_id = %s AND l.account IN (%s, %s, %s)
            ORDER BY e.happened_on, e.number
            """,
            [fund_id, *accounts],
        )
        found = cursor.fetchall()
    running: dict[str, Money] = dict.fromkeys(accounts, ZERO)
    lines = []
    for entry, on, account, deed, document, satang, source, reverses, reversed_by in found:
        amount = Money(int(satang))
        running[account] += amount
        mended = reverses is not None or reversed_by is not None
        kind = kind_of(account)
        lines.append(
            BookLine(
                entry,
                _as_day(on),
                kind,
                deed,
                document,
                amount,
                running[account],
                mended,
                reverses is not None,
                may_be_taken_back=kind != AccountKind.HELD and not mended and not source,
            )
        )
    return lines


def _kept_in(lines: Sequence[BookLine]) -> tuple[Money, Money, Money]:
    """Shares, savings and sums held, as the lines make them."""
    shares, savings, held = (
        total(line.amount for line in lines if line.kind == kind) for kind in _MEMBERS_OWN
    )
    return shares, savings, held


def _loans(fund_id: int, number: int) -> tuple[LoanLine, ...]:
    """The member's loans. Contracts are of a higher floor, so they are asked for by their name."""
    contracts = (
        apps.get_model("loans", "Contract")
        .objects.filter(
            fund_id=fund_id,
            member_number=number,
            withdrawn_at__isnull=True,
            paid_out_on__isnull=False,
        )
        .order_by("paid_out_on", "number")
    )
    rows = list(
        contracts.values_list("number", "paper_number", "principal", "paid_out_on", "due_on")
    )
    accounts = Account.objects.filter(fund_id=fund_id, code__in=[f"loan:{r[0]}" for r in rows])
    balances: dict[str, Money] = dict(accounts.values_list("code", "balance"))
    return tuple(LoanLine(*row, balances.get(f"loan:{row[0]}", ZERO)) for row in rows)


def _as_day(value: date | str) -> date:
    """SQLite hands a day over as text where it does not know the column."""
    return date.fromisoformat(value) if isinstance(value, str) else value
