"""What the books say of all funds of an area on a day, as figures of the brown book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from kongthun.areas.queries import prefix_bounds, within
from kongthun.domain.money import Money
from kongthun.groups.models import Membership
from kongthun.ledger.models import Fund
from kongthun.registers.models import StatusSnapshot
from kongthun.reports.queries.roll_up import roll_up_by_fund

from ..figures import Figures, read_book_state

KIND = "kkk"  # what a round checks: the funds that a district reports on


@dataclass(frozen=True, slots=True)
class BooksOfFund:
    """A fund's figures, and what its places are held against."""

    group_id: int
    code: str
    name: str
    figures: Figures
    entrusted: Money
    overdue: Money


def funds_of(area_code: str) -> Q:
    """The funds a round over this area checks, as a condition on `ledger.Fund`."""
    return within("area_code", area_code) & Q(chart=KIND)


def books_of(area_code: str, *, as_of: date, today: date) -> dict[int, BooksOfFund]:
    """Every กข.คจ. fund of the area by its group, in the order of codes.

    Money and households are ours, as of the day; whether a book is right and what is in breach is
    what the brown book says of itself. The number of statements is the same for any area.
    """
    rolled = roll_up_by_fund(area_code, as_of=as_of, today=today, reach=None, kind=KIND)
    groups = dict(Fund.objects.filter(funds_of(area_code)).values_list("code", "group_id"))
    listed = _listed(area_code)
    owing = _owing(area_code, as_of)
    brown = _brown_books(area_code, as_of)
    found = {}
    for row in rolled.rows:
        group_id = groups[row.code]
        paper = brown.get(group_id)
        found[group_id] = BooksOfFund(
            group_id=group_id,
            code=row.code,
            name=row.name,
            figures=Figures(
                target_households=listed.get(group_id),
                owing_households=owing.get(group_id, 0),
                households=row.sums.households,
                bank=row.sums.bank,
                elsewhere=row.sums.cash,
                in_breach_households=paper.in_breach_households if paper else None,
                in_breach=paper.in_breach_sum if paper else None,
                purple=read_book_state(paper.purple_book) if paper else None,
                yellow=read_book_state(paper.yellow_book) if paper else None,
                green=read_book_state(paper.green_book) if paper else None,
            ),
            entrusted=row.sums.capital + row.sums.interest,
            overdue=row.overdue,
        )
    return found


def _listed(area_code: str) -> dict[int, int]:
    """How many households stand on each fund's list; a fund without a list is left out."""
    rows = (
        Membership.objects.filter(group__fund__in=Fund.objects.filter(funds_of(area_code)))
        .order_by()
        .values("group_id")
        .annotate(n=Count("number"))
    )
    return {row["group_id"]: row["n"] for row in rows}


def _brown_books(area_code: str, as_of: date) -> dict[int, StatusSnapshot]:
    """The latest page of each brown book that is not of a later day."""
    rows = StatusSnapshot.objects.filter(
        Q(as_of__isnull=True) | Q(as_of__lte=as_of),
        fund__in=Fund.objects.filter(funds_of(area_code)),
    )
    return {row.fund_id: row for row in rows.order_by("number")}


# A household that two contracts name is one; a contract that fits no household counts by itself.
_OWING = """
    SELECT a.fund_id, count(DISTINCT COALESCE(c.member_number, -c.number)) FROM (
        SELECT l.fund_id, l.account AS code, sum(l.amount) AS balance
        FROM ledger_fund f
        JOIN ledger_entry e ON e.fund_id = f.group_id AND e.happened_on <= %s
        JOIN ledger_line l ON l.fund_id = e.fund_id AND l.entry_number = e.number
            AND l.account LIKE 'loan:%%'
        WHERE f.chart = %s AND {where} GROUP BY l.fund_id, l.account
    ) a
    JOIN loans_contract c ON c.fund_id = a.fund_id AND c.withdrawn_at IS NULL
        AND a.code = 'loan:' || c.number
    WHERE a.balance > 0 GROUP BY a.fund_id"""


def _owing(area_code: str, as_of: date) -> dict[int, int]:
    """How many households have money of each fund on the day."""
    low, high = prefix_bounds(area_code)
    values: list[Any] = [as_of, KIND, low]
    where = "f.area_code >= %s"
    if high is not None:
        where += " AND f.area_code < %s"
        values.append(high)
    with connection.cursor() as cursor:
        cursor.execute(_OWING.format(where=where), values)
        return {int(fund): int(count) for fund, count in cursor.fetchall()}
