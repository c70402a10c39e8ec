"""What members really bought and sold in a year is what their return is reckoned from."""

from __future__ import annotations

from datetime import date

import pytest

from funding.closing_group import ClosingGroup
from kongthun.domain.money import Money
from kongthun.funding.actions.closing import Paid, YearShared
from kongthun.funding.models import MemberSlip, SurplusShare, YearClosing
from kongthun.funding.queries.closing import trade_in
from kongthun.ledger.models import Position
from kongthun.ledger.verification import verify_fund
from kongthun.trade.actions import Dealt, SoldLine, buy_goods, sell_goods
from trade.workshop import PADDY, RICE, baht, bought, key, workshop

pytestmark = pytest.mark.django_db

MAY = date(2025, 5, 1)


def test_a_year_of_trade_is_closed_and_its_return_goes_to_those_who_traded() -> None:
    mill = workshop()
    fund, by = mill.fund, mill.by
    group = ClosingGroup(mill.group)
    group.buy(1, 500, date(2025, 1, 10))
    base = {"fund": fund, "by": by}
    stocked = buy_goods([bought(RICE, 40, 4_000)], on=MAY, key=key(), **base)
    assert isinstance(stocked, Dealt), stocked
    farmer = buy_goods([bought(PADDY, 100, 900)], on=MAY, member_number=6, key=key(), **base)
    assert isinstance(farmer, Dealt), farmer
    for member, bags in ((2, 10), (3, 4), (None, 6)):
        sold = sell_goods(
            [SoldLine(RICE, bags * 1_000)], on=MAY, member_number=member, key=key(), **base
        )
        assert isinstance(sold, Dealt), sold
    late = sell_goods(
        [SoldLine(RICE, 5_000)], on=date(2026, 1, 3), member_number=4, key=key(), **base
    )
    assert isinstance(late, Dealt), late
    trade = trade_in(fund, date(2025, 1, 1), date(2025, 12, 31))
    assert trade == {2: baht(1_500), 3: baht(600), 6: baht(900)}

    done = group.close(year=2568, meeting_number=group.general_meeting(date(2026, 1, 11)))
    assert isinstance(done, YearShared), done
    # 20 bags sold at 150, at 100 each of cost: a surplus of 1,000, of which 30 % by trade.
    assert YearClosing.objects.get(fund=fund).surplus == baht(1_000)
    shared = {row.purpose: row.amount for row in SurplusShare.objects.filter(fund=fund)}
    assert shared["trade_return"] == baht(300)
    slips = {slip.member_number: slip for slip in MemberSlip.objects.filter(fund=fund)}
    assert {number: slip.trade_return for number, slip in slips.items()} == {
        1: Money(0),
        2: baht(150),
        3: baht(60),
        6: baht(90),
    }
    assert slips[1].dividend == baht(400)
    paid = group.pay(1, 2, 3, 6, on=date(2026, 1, 20))
    assert isinstance(paid, Paid), paid
    assert Position.objects.get(fund=fund).sums.is_conserved
    assert verify_fund(fund) == []
    shut = sell_goods([SoldLine(RICE, 1_000)], on=MAY, key=key(), **base)
    assert [type(each).__name__ for each in shut.refusals] == ["YearClosed"]  # type: ignore[union-attr]
