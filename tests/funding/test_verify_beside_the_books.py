"""`kongthun verify` also holds the shelf and the share certificates against the books."""

from __future__ import annotations

import io
from datetime import date
from uuid import uuid4

import pytest
from django.core.management import call_command

from five.occupation_group import OccupationGroup, founded_group
from kongthun.domain.money import Money
from kongthun.funding.actions.certificates import Certified, sell_shares
from kongthun.funding.models import ShareCertificate
from kongthun.trade.actions import BoughtLine, Dealt, ItemKept, add_item, buy_goods
from kongthun.trade.models import ItemKind, StockMove

ON = date(2024, 2, 1)


@pytest.fixture
def ours(db: None) -> OccupationGroup:  # noqa: ARG001
    found = founded_group()
    of = {"fund": found.fund, "by": found.treasurer}
    sold = sell_shares(member_number=1, shares=5, on=ON, key=str(uuid4()), **of)  # type: ignore[arg-type]
    assert isinstance(sold, Certified), sold
    added = add_item(name="ข้าวเปลือก", unit="กก.", kind=ItemKind.MATERIAL, **of)  # type: ignore[arg-type]
    assert isinstance(added, ItemKept), added
    bought = buy_goods(
        [BoughtLine(1, 10_000, Money.baht(100))],
        on=ON,
        key=str(uuid4()),
        **of,  # type: ignore[arg-type]
    )
    assert isinstance(bought, Dealt), bought
    return found


def said(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("verify", *arguments, stdout=out)
    except SystemExit as left:
        return int(str(left.code)), out.getvalue()
    return 0, out.getvalue()


def test_sound_registers_are_sound(ours: OccupationGroup) -> None:
    assert said("--fund", ours.code)[0] == 0
    assert said("--jobs", "1")[0] == 0


def test_a_certificate_over_nothing_is_named(ours: OccupationGroup) -> None:
    ShareCertificate.objects.update(shares=6)
    for arguments in (("--fund", ours.code), ("--jobs", "1")):
        code, words = said(*arguments)
        assert code == 1
        assert "ใบหุ้นของสมาชิกเลขที่ 1" in words


def test_goods_that_the_books_do_not_know_are_named(ours: OccupationGroup) -> None:
    StockMove.objects.update(cost=Money.baht(90))
    code, words = said("--fund", ours.code)
    assert code == 1
    assert "ทะเบียนของในคลังไม่ตรงกับบัญชี" in words
