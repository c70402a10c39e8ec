"""An occupation group that sells shares, is given things, borrows and buys tools."""

from __future__ import annotations

from datetime import date
from typing import Any

from five.occupation_group import OccupationGroup
from kongthun.domain.money import ZERO, Money
from kongthun.funding.actions.certificates import Certified, sell_shares
from kongthun.funding.actions.tools import ToolSaid
from kongthun.funding.means_refusals import NotDone
from kongthun.funding.models import ShareCertificate
from kongthun.ledger.models import Entry, Fund, Position
from kongthun.ledger.queries import balance_of
from kongthun.ledger.verification import verify_fund

MILL = ToolSaid(name="เครื่องสีข้าว", member_number=3, serial="RM-1200", useful_years=5)


def baht(sum_: int) -> Money:
    """So many baht."""
    return Money.baht(sum_)


def day(month: int, of_month: int, year: int = 2025) -> date:
    """A day of the year these tests play in."""
    return date(year, month, of_month)


def sold(group: OccupationGroup, member: int, shares: int, on: date, key: str = "") -> int:
    """The number of a certificate sold for cash."""
    done = sell_shares(
        fund=group.fund,
        member_number=member,
        shares=shares,
        on=on,
        key=key or f"sell-{member}-{on}-{shares}",
        by=group.treasurer,
    )
    assert isinstance(done, Certified), done
    return done.numbers[0]


def refused(done: Any) -> tuple[Any, ...]:  # noqa: ANN401
    """The refusals of a deed that was not done."""
    assert isinstance(done, NotDone), done
    return done.refusals


def held(fund: Fund, account: str) -> Money:
    """What an account holds now, debit above zero."""
    return balance_of(fund.pk, account)


def entries(fund: Fund) -> int:
    """How many entries the books have."""
    return Entry.objects.filter(fund=fund).count()


def sound(fund: Fund) -> None:
    """The books prove, are conserved, and certificates are over what the accounts hold."""
    assert verify_fund(fund) == []
    assert Position.objects.get(fund=fund).sums.is_conserved
    for number in range(1, 9):
        assert certified(fund, number) <= -held(fund, f"share:{number}")


def certified(fund: Fund, member: int) -> Money:
    """Over how much of a member's shares certificates stand, counted here anew."""
    sum_ = ZERO
    for each in ShareCertificate.objects.filter(fund=fund, member_number=member):
        if each.ended_on is None:
            sum_ += each.price * each.shares
    return sum_
