"""What the page of components shows: made-up funds with names as long as the real ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from kongthun.domain.money import Money

from .aging_chart import AgingChart, Band
from .position_bar import LABELS, Kind, PositionBar, Segment

AS_OF = date(2026, 9, 30)
COLOURS = [
    *("paper", "sheet", "sand", "rule", "rule-strong", "ink", "ink-soft", "night"),
    *("link", "action", "focus"),
    *("purple", "purple-deep", "purple-tint", "yellow", "yellow-deep", "yellow-tint"),
    *("green", "green-deep", "green-tint", "brown", "brown-deep", "brown-tint"),
    *("slate", "stone", "red", "red-tint"),
]


@dataclass(frozen=True, slots=True)
class Row:
    """A village in the example of a ledger."""

    name: str
    moo: int
    households: int
    owing: Money
    overdue: Money
    bank: Money
    state: str
    bar: PositionBar


class SpecimenForm(forms.Form):
    """One field of each kind."""

    paid_on = forms.CharField(label="วันที่รับเงิน", help_text="พิมพ์ได้ทั้ง 30/9/2568 และ ๓๐ ก.ย. ๖๘")
    amount = forms.CharField(
        label="จำนวนเงินที่ส่งคืน",
        help_text="มีหรือไม่มีจุลภาคก็ได้",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    book = forms.ChoiceField(
        label="ลงในสมุด", choices=[("yellow", "เล่มเหลือง คุมลูกหนี้"), ("green", "เล่มเขียว เงินฝากธนาคาร")]
    )
    how = forms.ChoiceField(
        label="รับเงินอย่างไร",
        choices=[("cash", "เงินสด"), ("transfer", "โอนเข้าบัญชีกองทุน")],
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(label="หมายเหตุ", required=False, widget=forms.Textarea)
    seen = forms.BooleanField(label="ตรวจยอดกับสมุดเงินฝากธนาคารแล้ว")
    papers = forms.FileField(
        label="ภาพสมุดหรือใบนำฝาก", required=False, help_text="ถ่ายให้เห็นเลขที่และยอดคงเหลือ"
    )


def page(request: HttpRequest) -> dict[str, Any]:
    """Everything web/style.html needs."""
    in_order = _bar(households=250_000, bank=31_156.19, interest=1_156.19)
    troubled = _bar(households=70_000, bank=18_400, cash=1_600, claims=150_000, loss=25_000)
    surplus = _bar(households=177_000, bank=113_493.42, interest=3_393.42)
    empty = _bar(capital=0)
    numbers = Paginator(range(163), 25)
    return {
        "as_of": AS_OF,
        "bars": [in_order, troubled, surplus],
        "empty_bar": empty,
        "chart": AgingChart(
            bands=[
                _band("ยังไม่เกิน 90 วัน", 24_500, 0, 6),
                _band("91 วัน ถึง 1 ปี", 61_200, 18_000, 11),
                _band("1 ถึง 3 ปี", 132_750.5, 40_000, 19),
                _band("เกิน 3 ปี", 87_000, 0, 15),
            ],
            as_of=AS_OF,
        ),
        "rows": _rows(in_order, troubled, surplus),
        "total_owing": Money.baht(497_000),
        "total_overdue": Money.baht(61_200),
        "total_bank": Money.baht(163_049, 61),
        "form": SpecimenForm(),
        "wrong_form": _wrong_form(),
        "numbers": numbers.get_page(request.GET.get("page", "2")),
        "tabs": [
            {
                "colour": "purple",
                "label": "ครัวเรือน",
                "href": "#books",
                "count": 44,
                "current": True,
            },
            {"colour": "yellow", "label": "ลูกหนี้", "href": "#books", "count": 27},
            {"colour": "green", "label": "ธนาคาร", "href": "#books"},
            {"colour": "brown", "label": "สถานะหมู่บ้าน", "href": "#books"},
        ],
        "chips": [
            {"label": "ทั้งหมด", "href": "#chips", "count": 68, "current": True},
            {"label": "ควรไปเยี่ยม", "href": "#chips", "count": 7},
            {"label": "เงินยังอธิบายไม่ได้", "href": "#chips", "count": 3},
            {"label": "ยังไม่ส่งรายงาน", "href": "#chips", "count": 12},
        ],
        "colours": COLOURS,
    }


def _wrong_form() -> SpecimenForm:
    form = SpecimenForm({"paid_on": "31/2/2568", "amount": "5,000", "book": "yellow"})
    form.add_error("paid_on", "เดือนกุมภาพันธ์ 2568 มี 28 วัน ลองดูวันที่ในใบเสร็จอีกครั้ง")
    form.add_error(
        "amount",
        "ยอดที่ส่งคืน 5,000 บาท มากกว่าที่ค้างอยู่ 4,200 บาท ลองตรวจยอด หรือบันทึกส่วนเกินเป็นเงินรับฝาก",
    )
    return form


def _rows(in_order: PositionBar, troubled: PositionBar, surplus: PositionBar) -> list[Row]:
    return [
        Row(
            name="บ้านทุ่งหนองน้ำขาวเหนือพัฒนา",
            moo=4,
            households=44,
            owing=Money.baht(250_000),
            overdue=Money.baht(0),
            bank=Money.baht(31_156, 19),
            state="ok",
            bar=in_order,
        ),
        Row(
            name="บ้านปลายคลองใหญ่ตะวันออก (หลังวัดศรีสุวรรณคงคาราม)",
            moo=11,
            households=38,
            owing=Money.baht(70_000),
            overdue=Money.baht(61_200),
            bank=Money.baht(18_400),
            state="visit",
            bar=troubled,
        ),
        Row(
            name="บ้านท่าเรือ",
            moo=2,
            households=29,
            owing=Money.baht(177_000),
            overdue=Money.baht(0),
            bank=Money.baht(113_493, 42),
            state="unexplained",
            bar=surplus,
        ),
    ]


def _bar(
    *,
    capital: int = 280_000,
    interest: float = 0,
    households: float = 0,
    bank: float = 0,
    cash: float = 0,
    claims: float = 0,
    loss: float = 0,
) -> PositionBar:
    places: dict[Kind, Money] = {
        "households": _baht(households),
        "bank": _baht(bank),
        "cash": _baht(cash),
        "claims": _baht(claims),
        "loss": _baht(loss),
    }
    entrusted = Money.baht(capital).satang + _baht(interest).satang
    unexplained = Money(entrusted - sum(amount.satang for amount in places.values()))
    places["unexplained"] = unexplained
    return PositionBar(
        segments=[
            Segment(kind=kind, label=LABELS[kind], amount=amount, href="#position")
            for kind, amount in places.items()
        ],
        capital=Money.baht(capital),
        interest=_baht(interest),
        sentence=_sentence(places),
        as_of=AS_OF,
    )


def _sentence(places: dict[Kind, Money]) -> str:
    unexplained = places["unexplained"]
    if not any(places.values()):
        return "กองทุนนี้ยังไม่มีรายการเงินในสมุด"
    said = f"เงินอยู่กับครัวเรือน {places['households'].text} บาท และในธนาคาร {places['bank'].text} บาท "
    if unexplained.satang < 0:
        return said + f"รวมแล้วมากกว่าทุน {(-unexplained).text} บาท ต้องหาที่มา"
    if unexplained:
        return said + f"อีก {unexplained.text} บาทยังอธิบายไม่ได้"
    return said + "ครบตามทุนและดอกเบี้ย"


def _band(label: str, amount: float, deferred: float, loans: int) -> Band:
    return Band(
        label=label, amount=_baht(amount), deferred=_baht(deferred), loans=loans, href="#aging"
    )


def _baht(baht: float) -> Money:
    return Money(round(baht * 100))
