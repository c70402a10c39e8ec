"""The group of docs/rules/surplus.md: eight members with shares, a year of income and expense."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone

from five.occupation_group import OccupationGroup, founded_group
from kongthun.domain.money import Money
from kongthun.funding.actions.closing import (
    Paid,
    YearShared,
    close_year,
    pay_out_slips,
)
from kongthun.funding.closing_refusals import NotDone
from kongthun.groups.models import AdoptedRules
from kongthun.ledger.bank import Purse, Recorded, pay_expense, receive_income
from kongthun.ledger.models import Position
from kongthun.ledger.savings import Kept, buy_shares

SHARES = (1_000, 500, 500, 300, 200, 1_000, 100, 0)  # baht, by member
TRADE = {1: 12_000, 2: 8_000, 3: 4_000, 6: 2_000, 8: 3_000}  # baht in the year
YEAR = 2567
LAST_DAY = date(2024, 12, 31)
MET = date(2025, 1, 12)
NEXT_YEAR = date(2025, 2, 1)


def baht(sum_: int) -> Money:
    return Money.baht(sum_)


def trade_of(by_member: Mapping[int, int]) -> Any:  # noqa: ANN401
    """A stand-in for what members traded: the same in every run of days."""

    def trade_in(*_: object) -> dict[int, Money]:
        return {number: baht(sum_) for number, sum_ in by_member.items()}

    return trade_in


@dataclass
class ClosingGroup:
    """The group with its books, and the forms it hands in."""

    ours: OccupationGroup
    keys: Any = field(default_factory=lambda: (f"form-{n}" for n in count(1)))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self.ours, name)

    def key(self) -> str:
        """A form never handed in before."""
        return str(next(self.keys))

    def earn(self, sum_: int, on: date) -> None:
        """Income in cash."""
        done = receive_income(
            fund=self.ours.fund,
            amount=baht(sum_),
            on=on,
            purse=Purse.CASH,
            words="ขายข้าวกล้อง",
            key=self.key(),
            by=self.ours.treasurer,
        )
        assert isinstance(done, Recorded), done

    def spend(self, sum_: int, on: date) -> None:
        """Expense in cash."""
        done = pay_expense(
            fund=self.ours.fund,
            amount=baht(sum_),
            on=on,
            purse=Purse.CASH,
            words="ค่าถุงบรรจุ",
            key=self.key(),
            by=self.ours.treasurer,
        )
        assert isinstance(done, Recorded), done

    def buy(self, member: int, sum_: int, on: date) -> None:
        """Whole shares."""
        done = buy_shares(
            fund=self.ours.fund,
            member_number=member,
            amount=baht(sum_),
            on=on,
            key=self.key(),
            by=self.ours.treasurer,
        )
        assert isinstance(done, Kept), done

    def general_meeting(self, on: date = MET) -> int:
        """A general meeting that resolved to close the year."""
        return self.ours.meet(on, "ปิดบัญชีและจัดสรรผลกำไร")

    def close(self, **changed: Any) -> YearShared | NotDone:  # noqa: ANN401
        """Close the year; a meeting is held for it unless one is named."""
        asked: dict[str, Any] = {"year": YEAR, "resolution": 1, "by": self.ours.chairman}
        asked |= changed
        if "meeting_number" not in asked:
            asked["meeting_number"] = self.general_meeting()
        asked.setdefault("key", self.key())
        return close_year(fund=self.ours.fund, **asked)

    def pay(self, *members: int, on: date = NEXT_YEAR, **changed: Any) -> Paid | NotDone:  # noqa: ANN401
        """Pay members of the first closing."""
        asked: dict[str, Any] = {"closing": 1, "by": self.ours.treasurer} | changed
        asked.setdefault("key", self.key())
        return pay_out_slips(fund=self.ours.fund, members=members, on=on, **asked)

    @property
    def position(self) -> Position:
        """Where the group's money is now."""
        return Position.objects.get(fund=self.ours.fund)


def closing_group(kind: str = "occupation_group") -> ClosingGroup:
    """The worked example, up to the last day of its first year."""
    group = ClosingGroup(founded_group(kind=kind))
    for member, sum_ in enumerate(SHARES, start=1):
        if sum_:
            group.buy(member, sum_, date(2024, 1, 20))
    group.earn(60_000, date(2024, 6, 30))
    group.earn(12_345, date(2024, 11, 15))
    group.spend(41_678, date(2024, 12, 20))
    return group


def adopt(group: ClosingGroup, **limits: int | None) -> None:
    """Rules of the group's own from the first day, with these limits and no others."""
    AdoptedRules.objects.create(
        group=group.group,
        kind=group.group.kind,
        name="ระเบียบของกลุ่ม",
        starts_on=date(2024, 1, 1),
        limits={name: {"value": value} for name, value in limits.items()},
        recorded_at=timezone.now(),
    )
