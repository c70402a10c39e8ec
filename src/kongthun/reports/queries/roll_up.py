"""The state of all funds under a node of the tree, as of a day: one row a fund or a child node.

Today is read from the positions that are written with the entries; an earlier day is summed from
the entries themselves. Either way the number of statements does not depend on how many funds there
are (tests pin it), and a reader's reach is part of every condition.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db import connection

from kongthun.accounts.reach import Deed, Reach
from kongthun.areas.queries import names_of, prefix_bounds
from kongthun.domain.arrears import BAND_DAYS, BANDS
from kongthun.domain.fund_position import POSITION_FIELDS, FundPosition
from kongthun.domain.journal import AccountKind
from kongthun.domain.journal import Deed as BookDeed
from kongthun.domain.money import ZERO, Money


@dataclass(slots=True)
class StatusRow:
    """A fund, or all funds under a node. ``code`` is the fund's or the node's.

    ``overdue`` is by the plans in force, ผ่อนผัน not considered; ``overdue_by_band`` splits it by age
    and ``late_by_band`` counts the contracts in each (one may be in several). ``deferred_by_band``
    is what of it stands on contracts with a delay granted for the day.
    ``last_movement_on`` is the last pay-out or repayment, ``reported_on`` the day of the latest
    status snapshot; both only for single funds.
    """

    code: str
    name: str
    funds: int
    sums: FundPosition
    overdue: Money = ZERO
    overdue_by_band: tuple[Money, ...] = (ZERO,) * BANDS
    late_by_band: tuple[int, ...] = (0,) * BANDS
    late_contracts: int = 0
    deferred_by_band: tuple[Money, ...] = (ZERO,) * BANDS
    set_aside_rows: int = 0
    last_movement_on: date | None = None
    reported_on: date | None = None

    @property
    def deferred(self) -> Money:
        """What of the overdue stands under a granted delay."""
        return Money(sum(band.satang for band in self.deferred_by_band))


@dataclass(frozen=True, slots=True)
class RollUp:
    """The rows and their total, as of a day."""

    area_code: str
    as_of: date
    rows: list[StatusRow]
    total: StatusRow


@dataclass(frozen=True, slots=True)
class _Where:
    """The funds asked about: under the node, and within the reader's reach."""

    sql: str
    values: tuple[Any, ...]


def roll_up_by_fund(
    area_code: str, *, as_of: date, today: date, reach: Reach | None, kind: str | None = None
) -> RollUp:
    """One row a fund under the node. ``reach`` None is the operator at the machine.

    ``kind`` keeps to funds of one chart of accounts: sums of a district are of one kind of fund.
    """
    where = _where(area_code, reach, Deed.SEE_FUND, kind)
    roll_up = _roll_up(area_code, "f.code", where, as_of=as_of, today=today)
    by_code = {row.code: row for row in roll_up.rows}
    for code, name in _rows(_NAMES.format(where=where.sql), where):
        by_code[code].name = name
    for code, day in _rows(_LAST_MOVEMENT.format(where=where.sql), where, as_of):
        by_code[code].last_movement_on = _day(day)
    for code, day in _rows(_REPORTED.format(where=where.sql), where, as_of):
        by_code[code].reported_on = _day(day)
    return roll_up


def roll_up_by_node(
    area_code: str,
    *,
    as_of: date,
    today: date,
    reach: Reach | None,
    digits: int | None = None,
    kind: str | None = None,
) -> RollUp:
    """One row a child node (province under the nation, and so on); only nodes that hold funds."""
    places = digits or len(area_code) + 2
    where = _where(area_code, reach, Deed.SEE_AREA, kind)
    key = f"substr(f.area_code, 1, {int(places)})"
    roll_up = _roll_up(area_code, key, where, as_of=as_of, today=today)
    names = names_of(row.code for row in roll_up.rows)
    for row in roll_up.rows:
        row.name = names.get(row.code, row.code)
    return roll_up


def total_of(
    area_code: str, *, as_of: date, today: date, reach: Reach | None, kind: str | None = None
) -> StatusRow:
    """The node as one row."""
    where = _where(area_code, reach, Deed.SEE_AREA, kind)
    return _roll_up(area_code, "''", where, as_of=as_of, today=today).total


def _where(area_code: str, reach: Reach | None, deed: Deed, kind: str | None) -> _Where:
    parts: list[str] = []
    values: list[Any] = []
    if kind is not None:
        parts.append("f.chart = %s")
        values.append(kind)
    if area_code:
        part, bounds = _between(area_code)
        parts.append(part)
        values.extend(bounds)
    if reach is not None:
        doors: list[str] = []
        for holding in reach.holding_with(deed):
            if holding.group_id is not None:
                doors.append("f.group_id = %s")
                values.append(holding.group_id)
            elif holding.area_code:
                part, bounds = _between(holding.area_code)
                doors.append(part)
                values.extend(bounds)
            else:
                doors.append("1 = 1")
        parts.append(f"({' OR '.join(doors)})" if doors else "1 = 0")
    return _Where(" AND ".join(parts) or "1 = 1", tuple(values))


def _between(area_code: str) -> tuple[str, list[str]]:
    low, high = prefix_bounds(area_code)
    if high is None:
        return "f.area_code >= %s", [low]
    return "f.area_code >= %s AND f.area_code < %s", [low, high]


def _rows(sql: str, where: _Where, *values: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401
    """Run one statement; values that stand before the condition go before its own."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *where.values])
        return list(cursor.fetchall())


def _day(value: Any) -> date | None:  # noqa: ANN401 (SQLite gives text)
    return date.fromisoformat(value) if isinstance(value, str) else value


def _roll_up(area_code: str, key: str, where: _Where, *, as_of: date, today: date) -> RollUp:
    rows: dict[str, StatusRow] = {}
    is_today = as_of >= today
    for code, funds, *sums in (
        _rows(_POSITIONS.format(key=key, where=where.sql), where)
        if is_today
        else _rows(_POSITIONS_ON.format(key=key, where=where.sql), where, as_of)
    ):
        position = FundPosition(*(Money(int(satang or 0)) for satang in sums))
        rows[code] = StatusRow(code, "", funds, position)
    balances = "ledger_account" if is_today else _BALANCES_ON.format(where=where.sql)
    arrears = _ARREARS.format(key=key, where=where.sql, balances=balances, bands=_BANDS)
    ends = [as_of - timedelta(days=days) for days in BAND_DAYS]
    before = [] if is_today else [as_of, *where.values]
    arrears_values = _Where(where.sql, (as_of, *where.values, as_of))
    for code, contracts, *bands in _rows(
        arrears, arrears_values, *_band_values(as_of, ends) * 3, as_of, as_of, *before
    ):
        by_band = tuple(Money(int(satang or 0)) for satang in bands[:BANDS])
        rows[code].late_by_band = tuple(bands[BANDS : 2 * BANDS])
        rows[code].deferred_by_band = tuple(
            Money(int(satang or 0)) for satang in bands[2 * BANDS :]
        )
        rows[code].overdue_by_band = by_band
        rows[code].overdue = Money(sum(band.satang for band in by_band))
        rows[code].late_contracts = contracts
    for code, count in _rows(_SET_ASIDE.format(key=key, where=where.sql), where):
        rows[code].set_aside_rows = count
    ordered = sorted(rows.values(), key=lambda row: row.code)
    return RollUp(area_code, as_of, ordered, _sum(ordered))


def _sum(rows: list[StatusRow]) -> StatusRow:
    total = StatusRow("", "รวม", 0, FundPosition())
    for row in rows:
        total.funds += row.funds
        total.sums += row.sums
        total.overdue += row.overdue
        total.overdue_by_band = tuple(
            a + b for a, b in zip(total.overdue_by_band, row.overdue_by_band, strict=True)
        )
        total.late_by_band = tuple(
            a + b for a, b in zip(total.late_by_band, row.late_by_band, strict=True)
        )
        total.deferred_by_band = tuple(
            a + b for a, b in zip(total.deferred_by_band, row.deferred_by_band, strict=True)
        )
        total.late_contracts += row.late_contracts
        total.set_aside_rows += row.set_aside_rows
    return total


_POSITIONS = (
    "SELECT {key}, count(*), "
    + ", ".join(f"sum(p.{name})" for name in POSITION_FIELDS)
    + " FROM ledger_fund f JOIN ledger_position p ON p.fund_id = f.group_id"
    " WHERE {where} GROUP BY 1"
)


def _is(*kinds: AccountKind) -> str:
    """SQL: the line's account is of one of these kinds."""
    return "({})".format(
        " OR ".join(f"l.account = '{kind}' OR l.account LIKE '{kind}:%%'" for kind in kinds)
    )


def _sum_of(condition: str, sign: str = "") -> str:
    return f"sum(CASE WHEN {condition} THEN {sign}l.amount ELSE 0 END)"


# In the order of POSITION_FIELDS; what `movements` of the domain says, as SQL (a test holds both
# against each other).
_SUMS_ON = {
    "capital": _sum_of(_is(AccountKind.CAPITAL), "-"),
    "interest": _sum_of(
        _is(
            AccountKind.INTEREST,
            AccountKind.INCOME,
            AccountKind.EXPENSE,
            AccountKind.RESERVE,
            AccountKind.SURPLUS,
        ),
        "-",
    ),
    "lent": _sum_of(f"{_is(AccountKind.LOAN)} AND e.deed = '{BookDeed.LOAN_PAID_OUT}'"),
    "repaid": _sum_of(f"{_is(AccountKind.LOAN)} AND e.deed = '{BookDeed.REPAYMENT_RECEIVED}'", "-"),
    "households": _sum_of(_is(AccountKind.LOAN)),
    "bank": _sum_of(_is(AccountKind.BANK)),
    "cash": _sum_of(_is(AccountKind.CASH)),
    "claims": _sum_of(_is(AccountKind.CLAIM)),
    "loss": _sum_of(_is(AccountKind.LOSS)),
    "unexplained": _sum_of(_is(AccountKind.UNEXPLAINED)),
    "members": _sum_of(_is(AccountKind.SHARE, AccountKind.SAVING, AccountKind.HELD), "-"),
    "goods": _sum_of(_is(AccountKind.STOCK, AccountKind.MAKING)),
    "tools": _sum_of(_is(AccountKind.TOOL)),
    "customers": _sum_of(_is(AccountKind.CUSTOMER)),
    "creditors": _sum_of(_is(AccountKind.SUPPLIER, AccountKind.LENDER, AccountKind.DUE), "-"),
}

_POSITIONS_ON = (
    "SELECT {key}, count(DISTINCT f.group_id), "
    + ", ".join(_SUMS_ON[name] for name in POSITION_FIELDS)
    + """ FROM ledger_fund f
    LEFT JOIN ledger_entry e ON e.fund_id = f.group_id AND e.happened_on <= %s
    LEFT JOIN ledger_line l ON l.fund_id = e.fund_id AND l.entry_number = e.number
    WHERE {where} GROUP BY 1"""
)

_BALANCES_ON = """(
    SELECT l.fund_id, l.account AS code, sum(l.amount) AS balance
    FROM ledger_fund f
    JOIN ledger_entry e ON e.fund_id = f.group_id AND e.happened_on <= %s
    JOIN ledger_line l ON l.fund_id = e.fund_id AND l.entry_number = e.number
        AND l.account LIKE 'loan:%%'
    WHERE {where} GROUP BY l.fund_id, l.account)"""

# What a part still lacks is what the plan demands up to it less what was settled, at most itself.
_LACKS = (
    "CASE WHEN part.by_then - part.settled < part.amount"
    " THEN part.by_then - part.settled ELSE part.amount END"
)
_IN_BAND = "part.due_on < %s AND part.due_on >= %s"
_BANDS = ", ".join(
    [f"sum(CASE WHEN {_IN_BAND} THEN {_LACKS} ELSE 0 END)"] * BANDS
    + [f"count(DISTINCT CASE WHEN {_IN_BAND} THEN contract END)"] * BANDS
    + [f"sum(CASE WHEN {_IN_BAND} AND part.deferred = 1 THEN {_LACKS} ELSE 0 END)"] * BANDS
)
_ARREARS = """
    SELECT code, count(DISTINCT contract), {bands} FROM (
        SELECT {key} AS code, f.group_id * 1000000 + c.number AS contract, i.due_on, i.amount,
            sum(i.amount) OVER (PARTITION BY i.fund_id, i.contract_number
                ORDER BY i.due_on, i.sequence)
                AS by_then,
            sum(i.amount) OVER (PARTITION BY i.fund_id, i.contract_number) - a.balance AS settled,
            CASE WHEN EXISTS (SELECT 1 FROM loans_deferral d
                WHERE d.fund_id = c.fund_id AND d.contract_number = c.number
                    AND d.withdrawn_at IS NULL AND d.starts_on <= %s AND d.ends_on >= %s)
                THEN 1 ELSE 0 END AS deferred
        FROM ledger_fund f
        JOIN loans_contract c ON c.fund_id = f.group_id AND c.withdrawn_at IS NULL
        JOIN {balances} a ON a.fund_id = c.fund_id AND a.balance > 0
            AND a.code = 'loan:' || c.number
        JOIN loans_instalment i ON i.fund_id = c.fund_id AND i.contract_number = c.number
            AND i.plan = COALESCE((SELECT max(p.number) FROM loans_plan p
                WHERE p.fund_id = c.fund_id AND p.contract_number = c.number
                    AND p.starts_on <= %s), 1)
        WHERE {where}
    ) part WHERE part.due_on < %s AND part.by_then > part.settled GROUP BY 1
"""
_FAR_PAST = date(1900, 1, 1)


def _band_values(as_of: date, ends: list[date]) -> list[date]:
    """For each band: due before this day, on or after that one."""
    edges = [as_of, *ends, _FAR_PAST]
    return [day for upper, lower in pairwise(edges) for day in (upper, lower)]


_NAMES = "SELECT f.code, f.name FROM ledger_fund f WHERE {where}"
_SET_ASIDE = """
    SELECT {key}, count(*) FROM ledger_fund f
    JOIN registers_paperrow r ON r.fund_id = f.group_id
        AND r.replaced_at IS NULL AND r.verdict = 'set_aside'
    WHERE {where} GROUP BY 1
"""
_LAST_MOVEMENT = """
    SELECT f.code, max(e.happened_on) FROM ledger_entry e
    JOIN ledger_fund f ON f.group_id = e.fund_id
    WHERE e.deed IN ('loan_paid_out', 'repayment_received') AND e.happened_on <= %s
        AND e.key NOT LIKE '%%:anew:%%'
        AND e.reverses IS NULL AND {where}
        AND NOT EXISTS (SELECT 1 FROM ledger_entry r
                        WHERE r.fund_id = e.fund_id AND r.reverses = e.number)
    GROUP BY 1
"""
_REPORTED = """
    SELECT f.code, max(s.as_of) FROM registers_statussnapshot s
    JOIN ledger_fund f ON f.group_id = s.fund_id
    WHERE s.as_of <= %s AND {where} GROUP BY 1
"""
