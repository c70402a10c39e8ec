"""The papers of a closed year: a member's slip, and the list that members sign when they are paid.

What nobody knows becomes a dotted line. Sums that contradict each other are not printed at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kongthun.areas.queries import names_of
from kongthun.domain.money import Money, total
from kongthun.domain.surplus import Purpose
from kongthun.ledger.models import Fund
from kongthun.papers import Data, Digits, as_data, as_fields, to_pdf

from .models import YearClosing
from .queries.closing import PotRow, SlipRow


@dataclass(frozen=True, slots=True)
class GroupOnPaper:
    """Whose paper it is. Place names are bare, only the village keeps its บ้าน."""

    name: str
    village: str
    moo: str
    tambon: str
    amphoe: str
    province: str


@dataclass(frozen=True, slots=True)
class SlipPaper:
    """One member's slip. ``document`` and ``paid_on`` stay open until it is paid."""

    number: int
    name: str
    shares: Money
    dividend: Money
    trade: Money
    trade_return: Money
    document: str = ""
    paid_on: date | None = None

    @property
    def together(self) -> Money:
        """What the member receives."""
        return self.dividend + self.trade_return


@dataclass(frozen=True, slots=True)
class YearOnPaper:
    """The year that slips are of: from what they were reckoned, by which rules, on whose word."""

    group: GroupOnPaper
    year: int
    starts_on: date
    ends_on: date
    surplus: Money
    rules: str
    meeting_number: int
    resolution: int
    dividend_rate: str
    dividend_pot: Money
    shares: Money
    trade_rate: str
    trade_pot: Money
    trade: Money


def group_on_paper(fund: Fund) -> GroupOnPaper:
    """Name and place of a group by the official names of today."""
    code = fund.area_code
    names = names_of([code[:2], code[:4], code[:6], code])
    return GroupOnPaper(
        fund.name,
        names.get(code, ""),
        str(int(code[6:8])),
        names.get(code[:6], ""),
        names.get(code[:4], ""),
        names.get(code[:2], ""),
    )


def year_on_paper(
    fund: Fund, closing: YearClosing, pots: Sequence[PotRow], rows: Sequence[SlipRow]
) -> YearOnPaper:
    """What stands on every slip of a closed year."""
    by_purpose = {pot.purpose: pot for pot in pots}
    dividend, trade = by_purpose[Purpose.DIVIDEND], by_purpose[Purpose.TRADE_RETURN]
    return YearOnPaper(
        group_on_paper(fund),
        closing.year,
        closing.starts_on,
        closing.ends_on,
        closing.surplus,
        closing.rules["name"],
        closing.meeting_number,
        closing.resolution,
        dividend.rate_text,
        dividend.amount,
        total(row.slip.shares for row in rows),
        trade.rate_text,
        trade.amount,
        total(row.slip.trade for row in rows),
    )


def slip_on_paper(row: SlipRow) -> SlipPaper:
    """A member's slip as it is printed."""
    slip, paid = row.slip, row.payment
    return SlipPaper(
        slip.member_number,
        row.name,
        slip.shares,
        slip.dividend,
        slip.trade,
        slip.trade_return,
        paid.document if paid else "",
        paid.on if paid else None,
    )


def print_slips(year: YearOnPaper, slips: Sequence[SlipPaper], *, digits: Digits) -> bytes:
    """ใบแจ้งผลตอบแทนสมาชิก, two to a page in the order given. ValueError for none at all."""
    if not slips:
        raise ValueError("a slip is somebody's")
    rows = [
        as_fields(slip, digits) | {"together": as_data(slip.together, digits)} for slip in slips
    ]
    return to_pdf("slip", {"year": as_data(year, digits), "slips": [*rows]}, digits)


def print_slip_list(year: YearOnPaper, slips: Sequence[SlipPaper], *, digits: Digits) -> bytes:
    """บัญชีจ่ายผลตอบแทนสมาชิก, with room to sign; head and totals stand on every page."""
    rows = [
        as_fields(slip, digits) | {"together": as_data(slip.together, digits)} for slip in slips
    ]
    sums = {
        "shares": total(slip.shares for slip in slips),
        "dividend": total(slip.dividend for slip in slips),
        "trade": total(slip.trade for slip in slips),
        "trade_return": total(slip.trade_return for slip in slips),
        "together": total(slip.together for slip in slips),
    }
    data: dict[str, Data] = {
        "year": as_data(year, digits),
        "slips": [*rows],
        "sums": {name: as_data(sum_, digits) for name, sum_ in sums.items()},
        "count": as_data(len(slips), digits),
    }
    return to_pdf("slip_list", data, digits)
