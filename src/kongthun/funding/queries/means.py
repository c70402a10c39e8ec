"""Where a group's means come from: shares, support, donations, loans; in money and in tools.

Every sum is what the books say of its accounts by the end of a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db import connection

from kongthun.domain.journal import AccountKind
from kongthun.domain.money import ZERO, Money, total
from kongthun.ledger.charts import chart
from kongthun.ledger.models import Fund

from ..models import Gift, SourceKind

SourceName = Literal["shares", "grants", "donations", "borrowed", "other"]

_K = AccountKind


@dataclass(frozen=True, slots=True)
class Source:
    """One source: what came of it and is still the group's to use, or is still owed."""

    name: SourceName
    in_money: Money = ZERO
    in_tools: Money = ZERO

    @property
    def together(self) -> Money:
        """Money and tools."""
        return self.in_money + self.in_tools


@dataclass(frozen=True, slots=True)
class Means:
    """The sources in the order of the seed, and what the tools are worth today.

    ``other`` is capital that no gift of the register stands for.
    """

    sources: tuple[Source, ...]
    tools: Money

    def source(self, name: SourceName) -> Source:
        """One source; nothing of it, where the group has none."""
        return next((each for each in self.sources if each.name == name), Source(name))

    @property
    def in_tools(self) -> Money:
        """What of all sources came as tools."""
        return total(each.in_tools for each in self.sources)

    @property
    def together(self) -> Money:
        """All sources."""
        return total(each.together for each in self.sources)


def keeps(fund: Fund, *kinds: AccountKind) -> bool:
    """Whether the group's chart of accounts knows one of these kinds."""
    return not chart(fund.chart).kinds.isdisjoint(str(kind) for kind in kinds)


def keeps_means(fund: Fund) -> bool:
    """Whether ก4 is kept here at all; a กข.คจ. fund keeps none of it."""
    return keeps(fund, _K.SHARE, _K.LENDER, _K.TOOL)


def means_of(fund: Fund, day: date) -> Means:
    """The sources with their sums by the end of a day. Two statements."""
    sums = _sums(fund.pk, day)
    kinds = {
        f"capital:gift-{each.number}": (SourceKind(each.kind), each.tool_number is not None)
        for each in Gift.objects.filter(fund=fund)
    }
    found: dict[tuple[SourceName, bool], Money] = {}
    for account, held in sums.items():
        name, in_tools = _source(account, kinds)
        if name is not None:
            found[name, in_tools] = found.get((name, in_tools), ZERO) - held
    names: tuple[SourceName, ...] = ("shares", "grants", "donations", "borrowed", "other")
    return Means(
        tuple(
            Source(name, found.get((name, False), ZERO), found.get((name, True), ZERO))
            for name in names
            if name in _kept(fund)
        ),
        total(held for account, held in sums.items() if account.startswith("tool:")),
    )


def _kept(fund: Fund) -> frozenset[SourceName]:
    """The sources a chart leaves room for."""
    always: frozenset[SourceName] = frozenset({"grants", "donations", "other"})
    shares: frozenset[SourceName] = frozenset({"shares"} if keeps(fund, _K.SHARE) else ())
    lent: frozenset[SourceName] = frozenset({"borrowed"} if keeps(fund, _K.LENDER) else ())
    return always | shares | lent


def _source(
    account: str, gifts: dict[str, tuple[SourceKind, bool]]
) -> tuple[SourceName | None, bool]:
    kind = account.partition(":")[0]
    if kind == _K.SHARE:
        return "shares", False
    if kind == _K.LENDER:
        return "borrowed", False
    if kind != _K.CAPITAL:
        return None, False
    if account not in gifts:
        return "other", False
    given, in_tools = gifts[account]
    return ("grants" if given == SourceKind.GRANT else "donations"), in_tools


def _sums(fund_id: int, day: date) -> dict[str, Money]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT l.account, sum(l.amount) FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            WHERE l.fund_id = %s AND e.happened_on <= %s AND (
                l.account LIKE 'share:%%' OR l.account LIKE 'capital:%%'
                OR l.account LIKE 'lender:%%' OR l.account LIKE 'tool:%%')
            GROUP BY l.account
            """,
            [fund_id, day],
        )
        return {account: Money(int(satang)) for account, satang in cursor.fetchall()}
