"""The one bar that answers "280,000 อยู่ที่ไหน", from a village to the nation.

Here the bar's geometry is decided; ``components/position_bar.html`` only draws it. Widths are whole
hundredths of a per cent, so that the parts always fill the bar exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kongthun.domain.fund_position import FundPosition
from kongthun.domain.money import ZERO, Money

from .shares import hundredths, share_text

Kind = Literal[
    "households",
    "bank",
    "cash",
    "goods",
    "tools",
    "customers",
    "claims",
    "loss",
    "unexplained",
]

# The order of every bar and legend, and what a part is called unless the page says otherwise.
LABELS: dict[Kind, str] = {
    "households": "อยู่กับครัวเรือน",
    "bank": "อยู่ในธนาคาร",
    "cash": "เงินสดหรืออยู่ที่อื่น",
    "goods": "วัตถุดิบและสินค้า",
    "tools": "เครื่องมือและอุปกรณ์",
    "customers": "ลูกค้าค้างจ่าย",
    "claims": "อยู่ระหว่างเรียกคืน",
    "loss": "รับรู้ว่าเสียหายแล้ว",
    "unexplained": "ยังอธิบายไม่ได้",
}
ORDER: tuple[Kind, ...] = tuple(LABELS)

KEPT, KEPT_OF_TRADE = "ดอกเบี้ยที่เก็บไว้", "ผลกำไรที่เก็บไว้"

# Places that a fund which only lends never has: shown where there is something in them.
OF_TRADE: frozenset[Kind] = frozenset({"goods", "tools", "customers"})

FULL = 10_000  # hundredths of a per cent
NARROWEST = 120  # a part of a few baht still shows, and can be hit with a mouse
NARROWEST_OVERHANG = 400


@dataclass(frozen=True, slots=True)
class Segment:
    """One place where money is. ``href`` leads to what it is made of."""

    kind: Kind
    label: str
    amount: Money
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """A drawn part: where it begins and how wide it is, in hundredths of a per cent."""

    segment: Segment
    begins: int
    width: int

    @property
    def x(self) -> str:
        return percent_length(self.begins)

    @property
    def wide(self) -> str:
        return percent_length(self.width)


@dataclass(frozen=True, slots=True)
class LegendLine:
    """A line under the bar and in the table behind it; every part has one, also an empty one."""

    segment: Segment
    label: str
    share: str

    @property
    def is_empty(self) -> bool:
        return self.segment.amount.satang == 0

    @property
    def is_negative(self) -> bool:
        return self.segment.amount.satang < 0


@dataclass(frozen=True, slots=True)
class PositionBar:
    """A fund's money by place. The parts must add up to what was entrusted, to the satang.

    ``unexplained`` may be below zero: then the other parts hold more than the fund was given, and
    the bar is drawn past the mark of what was entrusted. Raises ValueError when the parts do not
    add up: a picture that does not add up is never drawn.
    """

    segments: Sequence[Segment]
    capital: Money
    interest: Money
    sentence: str
    as_of: date
    members: Money = ZERO
    creditors: Money = ZERO
    kept_words: str = KEPT

    def __post_init__(self) -> None:
        accounted = sum(segment.amount.satang for segment in self.segments)
        if accounted != self.entrusted.satang:
            raise ValueError(
                f"the parts make {accounted} satang, the fund was given {self.entrusted.satang}"
            )

    @property
    def entrusted(self) -> Money:
        """What the fund was given, what it earned, what members put in, what it owes others."""
        own = self.capital.satang + self.interest.satang + self.members.satang
        return Money(own + self.creditors.satang)

    @property
    def slices(self) -> list[Slice]:
        """The parts above zero, left to right, filling the bar from 0 to ``FULL``."""
        drawn = [segment for segment in self._ordered() if segment.amount.satang > 0]
        widths = hundredths([s.amount.satang for s in drawn], full=FULL, narrowest=NARROWEST)
        slices, begins = [], 0
        for segment, width in zip(drawn, widths, strict=True):
            slices.append(Slice(segment=segment, begins=begins, width=width))
            begins += width
        return slices

    @property
    def excess(self) -> Money:
        """By how much the drawn parts go past what was entrusted; zero in a fund in order."""
        drawn = sum(s.amount.satang for s in self.segments if s.amount.satang > 0)
        return Money(drawn - self.entrusted.satang)

    @property
    def mark(self) -> int | None:
        """Where what was entrusted ends, in hundredths of a per cent; None when nothing is past it.

        The overhang is never drawn narrower than ``NARROWEST_OVERHANG``: it is there to be seen.
        """
        if self.excess.satang <= 0:
            return None
        drawn = self.excess.satang + self.entrusted.satang
        exact = FULL * max(self.entrusted.satang, 0) // drawn
        return min(exact, FULL - NARROWEST_OVERHANG)

    @property
    def mark_x(self) -> str:
        return percent_length(self.mark or 0)

    @property
    def overhang_wide(self) -> str:
        return percent_length(FULL - (self.mark or 0))

    @property
    def mark_label_is_left(self) -> bool:
        """Whether the mark is far enough right for its label to stand before it."""
        return (self.mark or 0) > FULL // 2

    @property
    def unexplained(self) -> Money:
        return Money(sum(s.amount.satang for s in self.segments if s.kind == "unexplained"))

    @property
    def surplus(self) -> Money:
        """How far the books hold more than was entrusted, as a sum above zero; else zero."""
        return Money(-self.unexplained.satang) if self.unexplained.satang < 0 else Money(0)

    @property
    def legend(self) -> list[LegendLine]:
        """Every part in the bar's order with its share of what was entrusted."""
        return [
            LegendLine(
                segment=segment,
                label=(
                    "เกินกว่าทุน รอคำอธิบาย"
                    if segment.kind == "unexplained" and segment.amount.satang < 0
                    else segment.label
                ),
                share=share_text(segment.amount.satang, of=self.entrusted.satang),
            )
            for segment in self._ordered()
        ]

    def _ordered(self) -> list[Segment]:
        return sorted(self.segments, key=lambda segment: ORDER.index(segment.kind))


def bar_of(
    position: FundPosition,
    *,
    as_of: date,
    sentence: str,
    links: Mapping[Kind, str] | None = None,
    lends: bool = True,
) -> PositionBar:
    """The bar of a position, with the usual labels; ``links`` gives each part its door.

    A group that ``lends`` to nobody has no money with households, and keeps profit, not interest.
    """
    links = links or {}
    unusual = OF_TRADE if lends else OF_TRADE | {"households"}
    amounts: dict[Kind, Money] = {
        "households": position.households,
        "bank": position.bank,
        "cash": position.cash,
        "goods": position.goods,
        "tools": position.tools,
        "customers": position.customers,
        "claims": position.claims,
        "loss": position.loss,
        "unexplained": position.unexplained,
    }
    return PositionBar(
        segments=[
            Segment(kind=kind, label=LABELS[kind], amount=amount, href=links.get(kind))
            for kind, amount in amounts.items()
            if amount or kind not in unusual
        ],
        capital=position.capital,
        interest=position.interest,
        members=position.members,
        creditors=position.creditors,
        kept_words=KEPT if lends else KEPT_OF_TRADE,
        sentence=sentence,
        as_of=as_of,
    )


def position_sentence(position: FundPosition, *, of: str = "กองทุน", lends: bool = True) -> str:
    """Where the money is, in one sentence as it would be said at a meeting."""
    if not position.capital and not position.interest and not position.accounted:
        return f"{of}ยังไม่มีรายการในบัญชี"
    given = f"เงินทุน {position.capital.text} บาท"
    if position.interest:
        kept = "ดอกเบี้ยสะสม" if lends else KEPT_OF_TRADE
        given += f" กับ{kept} {position.interest.text} บาท"
    if position.members:
        given += f" กับเงินของสมาชิก {position.members.text} บาท"
    if position.creditors:
        given += f" กับเงินที่ต้องจ่ายคืนผู้อื่น {position.creditors.text} บาท"
    parts = [
        f"{words} {amount.text} บาท"
        for words, amount in (
            ("อยู่กับครัวเรือน", position.households),
            ("อยู่ในธนาคาร", position.bank),
            ("เป็นเงินสดหรืออยู่ที่อื่น", position.cash),
            ("เป็นวัตถุดิบและสินค้า", position.goods),
            ("เป็นเครื่องมือและอุปกรณ์", position.tools),
            ("ลูกค้าค้างจ่าย", position.customers),
            ("ต้องเรียกคืนจากบุคคล", position.claims),
            ("รับรู้เป็นหนี้สูญแล้ว", position.loss),
        )
        if amount
    ]
    sentence = " ".join([given, *parts])
    missing = position.unexplained
    if missing.satang > 0:
        return f"{sentence} และยังอธิบายไม่ได้ {missing.text} บาท"
    if missing.satang < 0:
        return f"{sentence} ซึ่งมากกว่าที่ควรมี {(-missing).text} บาท รอคำอธิบาย"
    return f"{sentence} ครบทุกบาท"


def percent_length(units: int) -> str:
    """An SVG length: 1250 -> "12.50%". Text, so that no locale turns the point into a comma."""
    return f"{units // 100}.{units % 100:02d}%"
