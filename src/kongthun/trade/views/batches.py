"""Rounds of production on screen: begin, put in, pay for, finish."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.money import in_words
from kongthun.domain.stock import quantity_text
from kongthun.domain.thai_calendar import long
from kongthun.ledger.forms import day_typed
from kongthun.ledger.models import Fund

from ..actions import (
    Booked,
    Finished,
    add_batch_cost,
    finish_batch,
    start_batch,
    use_materials,
)
from ..forms import BatchCostForm, BatchForm, FinishForm, UseForm
from ..queries import BatchSheet, ItemStock, batch_sheet, batch_sheets, stock_on
from ..refusals import NotDone
from .asking import Asked, ask, books_of, fund_to_read, fund_to_write, head, may_write, say_on


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_safe
def batches(request: ScopedRequest, code: str) -> HttpResponse:
    """All rounds, the latest first, with what a unit cost."""
    fund = fund_to_read(request, code)
    context = head(fund, "การผลิต") | {
        "sheets": batch_sheets(fund.pk),
        "may_write": may_write(request, fund),
    }
    return render(request, "trade/batches.html", context)


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_safe
def batch(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """One round: what went in, what it cost, what came of it."""
    fund = fund_to_read(request, code)
    context = head(fund, f"รอบที่ {number}") | {
        "sheet": _sheet_or_404(fund, number),
        "may_write": may_write(request, fund),
    }
    return render(request, "trade/batch.html", context)


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: ScopedRequest, code: str) -> HttpResponse:
    """Begin a round; nothing is booked by it."""
    fund = fund_to_write(request, code)
    form = BatchForm(request.POST or None, initial=_today(request))
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        done = start_batch(fund=fund, words=answers["words"], on=answers["on"], by=request.reach)
        if not isinstance(done, NotDone):
            messages.success(request, f"เริ่มรอบที่ {done.number} แล้ว ต่อไปเบิกวัตถุดิบเข้ารอบ")
            return redirect("trade:batch", code=code, number=done.number)
        say_on(form, done.refusals)
    context = head(fund, "เริ่มผลิต") | {"form": form}
    return render(request, "trade/begin.html", context, status=422 if form.errors else 200)


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def use(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Take materials into a round."""
    fund = fund_to_write(request, code)
    sheet = _sheet_or_404(fund, number)
    form = UseForm(request.POST or None, items=_items(request, fund), initial=_today(request))

    def act() -> Booked | NotDone:
        return use_materials(
            form.quantities(), fund=fund, batch_number=number, by=request.reach, **_said(form)
        )

    asked = Asked(
        "เบิกวัตถุดิบ",
        f"เข้ารอบที่ {number} {sheet.batch.words}",
        form,
        act,
        lambda _: f"เบิกวัตถุดิบเข้ารอบที่ {number} วันที่ {long(form.cleaned_data['on'])}",
        lambda _: _quantity_words(form),
        lambda _: reverse("trade:batch", args=[code, number]),
        note="ต้นทุนของวัตถุดิบคิดตามต้นทุนเฉลี่ยของที่มีอยู่",
    )
    return ask(request, fund, asked)


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def cost(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Pay what a round costs besides materials."""
    fund = fund_to_write(request, code)
    sheet = _sheet_or_404(fund, number)
    form = BatchCostForm(request.POST or None, books=books_of(fund), initial=_today(request))

    def act() -> Booked | NotDone:
        return add_batch_cost(
            fund=fund,
            batch_number=number,
            words=form.cleaned_data["words"],
            amount=form.cleaned_data["amount"],
            by=request.reach,
            purse=form.purse,
            bank_book=form.bank_book,
            **_said(form),
        )

    def say(_: Booked) -> str:
        answers = form.cleaned_data
        paid = f"จ่าย{answers['words']} {answers['amount'].text} บาท"
        return f"{paid} ของรอบที่ {number} วันที่ {long(answers['on'])}"

    asked = Asked(
        "ค่าใช้จ่ายของรอบ",
        f"รอบที่ {number} {sheet.batch.words}",
        form,
        act,
        say,
        lambda _: [
            ("ค่าอะไร", form.cleaned_data["words"]),
            ("จำนวนเงิน", f"{form.cleaned_data['amount'].text} บาท"),
            ("ตัวอักษร", in_words(form.cleaned_data["amount"])),
        ],
        lambda _: reverse("trade:batch", args=[code, number]),
    )
    return ask(request, fund, asked)


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Put what came of a round onto the shelf."""
    fund = fund_to_write(request, code)
    sheet = _sheet_or_404(fund, number)
    products_first = sorted(_items(request, fund), key=lambda row: row.is_material)
    form = FinishForm(request.POST or None, items=products_first, initial=_today(request))

    def act() -> Finished | NotDone:
        return finish_batch(
            form.quantities(), fund=fund, batch_number=number, by=request.reach, **_said(form)
        )

    def read(done: Finished) -> list[tuple[str, str]]:
        lines = [("ต้นทุนทั้งรอบ", f"{done.cost.text} บาท")]
        for made in done.made:
            item = form.items[made.item_number].item
            lines.append(
                (
                    item.name,
                    f"{quantity_text(made.quantity)} {item.unit} "
                    f"ต้นทุน{item.unit}ละ {made.unit_cost.text} บาท",
                )
            )
        return lines

    asked = Asked(
        "ผลิตเสร็จ",
        f"รอบที่ {number} {sheet.batch.words} ต้นทุนรวม {sheet.cost.text} บาท",
        form,
        act,
        lambda done: f"ผลิตเสร็จรอบที่ {number} ต้นทุนรวม {done.cost.text} บาท",
        read,
        lambda _: reverse("trade:batch", args=[code, number]),
        note="ได้หลายอย่าง แบ่งต้นทุนตามมูลค่าขาย ถ้าบางอย่างไม่มีราคาขาย แบ่งตามจำนวน",
    )
    return ask(request, fund, asked)


# --- below the line ----------------------------------------------------------------------------


def _sheet_or_404(fund: Fund, number: int) -> BatchSheet:
    sheet = batch_sheet(fund.pk, number)
    if sheet is None:
        raise Http404
    return sheet


def _items(request: ScopedRequest, fund: Fund) -> list[ItemStock]:
    return [row for row in stock_on(fund.pk, request.reach.day) if row.item.stopped_on is None]


def _today(request: ScopedRequest) -> dict[str, Any]:
    return {"on": day_typed(request.reach.day)}


def _said(form: UseForm | FinishForm | BatchCostForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("on", "key")}


def _quantity_words(form: UseForm) -> list[tuple[str, str]]:
    return [
        (
            form.items[line.item_number].item.name,
            f"{quantity_text(line.quantity)} {form.items[line.item_number].item.unit}",
        )
        for line in form.quantities()
    ]
