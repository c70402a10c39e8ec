"""Buying, selling, gifts, payments and counts: asked, read back, booked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.money import ZERO, Money, in_words, total
from kongthun.domain.stock import quantity_text, sum_at
from kongthun.domain.thai_calendar import long
from kongthun.ledger.bank import Giver, Purse
from kongthun.ledger.forms import TakeBackForm, day_typed
from kongthun.ledger.models import Entry, Fund
from kongthun.ledger.queries import whole_entries

from ..actions import (
    TRADE_DEEDS,
    Booked,
    Dealt,
    StockCounted,
    buy_goods,
    count_stock,
    pay_supplier,
    receive_from_customer,
    receive_gift,
    sell_goods,
    take_back,
)
from ..forms import BuyForm, CountForm, DealForm, GiftForm, LinesForm, PaymentForm, SellForm
from ..queries import ItemStock, notes_of, party_balance, stock_on
from ..refusals import NotDone
from .asking import (
    Asked,
    ask,
    books_of,
    fund_to_write,
    head,
    namer,
    people_offered,
    say_on,
)


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def buy(request: ScopedRequest, code: str) -> HttpResponse:
    """What was bought, from whom, how it was paid."""
    fund = fund_to_write(request, code)
    form = BuyForm(request.POST or None, **_deal_options(request, fund, "buy"))

    def act() -> Dealt | NotDone:
        return buy_goods(form.bought(), fund=fund, by=request.reach, **_deal_answers(form))

    asked = Asked(
        "ซื้อ",
        "วัตถุดิบหรือสินค้าที่ซื้อเข้า ใส่ยอดรวมของแต่ละบรรทัดตามบิล",
        form,
        act,
        lambda done: f"ซื้อของ {done.total.text} บาท วันที่ {_day(form)} เลขที่ {done.document}",
        lambda done: [*_line_words(form), *_deal_words(form, done, "จ่าย")],
        lambda done: reverse("trade:deal", args=[code, done.number]),
        note="ค่าขนส่งและค่าใช้จ่ายอื่น บันทึกที่ค่าใช้จ่ายของหน้าเงินสดและธนาคาร",
    )
    return ask(request, fund, asked)


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def sell(request: ScopedRequest, code: str) -> HttpResponse:
    """What was sold, to whom, how it was paid."""
    fund = fund_to_write(request, code)
    form = SellForm(request.POST or None, **_deal_options(request, fund, "sell"))

    def act() -> Dealt | NotDone:
        return sell_goods(form.sold(), fund=fund, by=request.reach, **_deal_answers(form))

    def read(done: Dealt) -> list[tuple[str, str]]:
        return [
            *_sold_words(form),
            *_deal_words(form, done, "รับ"),
            ("ต้นทุนของที่ขาย", f"{done.cost.text} บาท"),
        ]

    asked = Asked(
        "ขาย",
        "ขายเงินสดหรือเชื่อ เว้นราคาไว้ถ้าขายตามราคาที่ตั้ง",
        form,
        act,
        lambda done: f"ขายของ {done.total.text} บาท วันที่ {_day(form)} เลขที่ {done.document}",
        read,
        lambda done: reverse("trade:deal", args=[code, done.number]),
    )
    return ask(request, fund, asked)


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def gift(request: ScopedRequest, code: str) -> HttpResponse:
    """Goods that somebody gave."""
    fund = fund_to_write(request, code)
    form = GiftForm(request.POST or None, items=_items(request, fund), initial=_today(request))

    def act() -> Booked | NotDone:
        answers = form.cleaned_data
        return receive_gift(
            form.bought(),
            fund=fund,
            giver=Giver(answers["giver"]),
            on=answers["on"],
            words=answers["words"],
            key=answers["key"],
            by=request.reach,
        )

    def worth() -> str:
        return total(line.amount for line in form.bought()).text

    asked = Asked(
        "รับมอบของ",
        "วัตถุดิบหรือสินค้าที่มีผู้ให้ นับเป็นทุนตามมูลค่าในเอกสาร",
        form,
        act,
        lambda done: f"รับมอบของมูลค่า {worth()} บาท วันที่ {_day(form)} เลขที่ {done.document}",
        lambda _: [*_line_words(form), ("รวมมูลค่า", f"{worth()} บาท")],
        lambda _: reverse("trade:front", args=[code]),
    )
    return ask(request, fund, asked)


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: ScopedRequest, code: str, number: int, what: str) -> HttpResponse:
    """A customer pays what they owe, or the group pays what it owes."""
    fund = fund_to_write(request, code)
    is_customer = what == "receive"
    balance = party_balance(fund.pk, number, request.reach.day)
    if balance is None:
        raise Http404
    owed = balance.owes_us if is_customer else balance.we_owe
    name = namer(request, fund, f"party {number}")(balance.party)
    form = PaymentForm(
        request.POST or None,
        books=books_of(fund),
        is_customer=is_customer,
        initial=_today(request) | ({"amount": owed} if owed else {}),
    )
    settled = receive_from_customer if is_customer else pay_supplier

    def act() -> Booked | NotDone:
        answers = form.cleaned_data
        return settled(
            fund=fund,
            party_number=number,
            amount=answers["amount"],
            on=answers["on"],
            key=answers["key"],
            by=request.reach,
            purse=form.purse,
            bank_book=form.bank_book,
            words=answers["words"],
        )

    def say(done: Booked) -> str:
        did = "รับเงินที่ค้าง" if is_customer else "จ่ายเงินที่ค้าง"
        amount = form.cleaned_data["amount"].text
        return f"{did} {amount} บาท วันที่ {_day(form)} เลขที่ {done.document}"

    def read(_: Booked) -> list[tuple[str, str]]:
        amount: Money = form.cleaned_data["amount"]
        return [
            ("คู่ค้า", name),
            ("จำนวนเงิน", f"{amount.text} บาท"),
            ("ตัวอักษร", in_words(amount)),
            ("เงิน", _purse_words(form.purse)),
            ("จะเหลือค้าง", f"{(owed - amount).text} บาท"),
        ]

    asked = Asked(
        "รับเงินที่ลูกค้าค้าง" if is_customer else "จ่ายเงินที่กลุ่มค้าง",
        f"{name} ค้าง {owed.text} บาท" if is_customer else f"กลุ่มค้าง {name} {owed.text} บาท",
        form,
        act,
        say,
        read,
        lambda _: reverse("trade:party", args=[code, number]),
        note="เงินที่จ่ายตัดรายการที่ครบกำหนดก่อนเป็นลำดับแรก",
    )
    return ask(request, fund, asked)


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def count(request: ScopedRequest, code: str) -> HttpResponse:
    """What was counted of each item, held against the books."""
    fund = fund_to_write(request, code)
    items = _items(request, fund)
    form = CountForm(request.POST or None, items=items, initial=_today(request))
    named = {row.number: row for row in items}

    def act() -> StockCounted | NotDone:
        answers = form.cleaned_data
        return count_stock(
            form.counted(),
            fund=fund,
            on=answers["on"],
            note=answers["note"],
            key=answers["key"],
            by=request.reach,
        )

    def say(done: StockCounted) -> str:
        counted = f"นับของ {len(form.counted())} อย่าง เมื่อสิ้นวันที่ {_day(form)}"
        if not done.differences:
            return f"{counted} ตรงกับบัญชีทุกอย่าง"
        return f"{counted} ไม่ตรง {len(done.differences)} อย่าง ปรับบัญชีให้ตรงเลขที่ {done.document}"

    def read(done: StockCounted) -> list[tuple[str, str]]:
        lines = [
            (
                named[line.item_number].item.name,
                f"นับได้ {quantity_text(line.quantity)} {named[line.item_number].item.unit}",
            )
            for line in form.counted()
        ]
        for each in done.differences:
            item = named[each.item_number].item
            more = "เกิน" if each.quantity > 0 else "ขาด"
            lines.append(
                (
                    f"{item.name} {more}",
                    f"{quantity_text(abs(each.quantity))} {item.unit} "
                    f"ต้นทุน {abs(each.cost).text} บาท",
                )
            )
        return lines

    asked = Asked(
        "นับของ",
        "นับของที่มีจริงแล้วเทียบกับบัญชี ของที่ไม่ได้นับเว้นว่างไว้",
        form,
        act,
        say,
        read,
        lambda _: reverse("trade:front", args=[code]),
        note="ส่วนที่ขาดเป็นค่าใช้จ่าย ส่วนที่เกินเป็นรายได้ ตามต้นทุนเฉลี่ย",
    )
    return ask(request, fund, asked)


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Show an entry of the trade again, ask why, and take it back."""
    fund = fund_to_write(request, code)
    entry = Entry.objects.filter(fund=fund, number=number, deed__in=TRADE_DEEDS).first()
    if entry is None:
        raise Http404
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        done = take_back(
            number, fund=fund, reason=answers["reason"], key=answers["key"], by=request.reach
        )
        if not isinstance(done, NotDone):
            messages.success(request, f"กลับรายการ {entry.document} แล้ว รายการเดิมยังเปิดอ่านได้เสมอ")
            return redirect("trade:front", code=code)
        say_on(form, done.refusals)
    lines = whole_entries(fund.pk, [number])[number].lines
    context = head(fund, "กลับรายการ") | {
        "entry": entry,
        "amount": Money(sum(satang for _, satang in lines if satang > 0)),
        "words": notes_of(fund.pk, [number]).get(number, ""),
        "form": form,
    }
    return render(request, "trade/take_back.html", context, status=422 if form.errors else 200)


# --- below the line ----------------------------------------------------------------------------


def _items(request: ScopedRequest, fund: Fund) -> list[ItemStock]:
    return [row for row in stock_on(fund.pk, request.reach.day) if row.item.stopped_on is None]


def _today(request: ScopedRequest) -> dict[str, Any]:
    return {"on": day_typed(request.reach.day)}


def _deal_options(request: ScopedRequest, fund: Fund, subject: str) -> dict[str, Any]:
    asked = request.GET.get("who", "")
    return {
        "items": _items(request, fund),
        "people": people_offered(request, fund, subject),
        "books": books_of(fund),
        "initial": _today(request) | {"who": asked},
    }


def _deal_answers(form: DealForm) -> dict[str, Any]:
    answers = form.cleaned_data
    names = ("on", "key", "paid_now", "due_on", "bill", "words")
    return {name: answers[name] for name in names} | {
        "purse": form.purse,
        "bank_book": form.bank_book,
        "party_number": form.party_number,
        "member_number": form.member_number,
    }


def _day(form: LinesForm | PaymentForm | CountForm) -> str:
    return long(form.cleaned_data["on"])


def _line_words(form: LinesForm) -> list[tuple[str, str]]:
    """Each line: the item, how much, for how much."""
    return [
        (
            form.items[line.item_number].item.name,
            f"{quantity_text(line.quantity)} {form.items[line.item_number].item.unit} "
            f"รวม {line.amount.text} บาท",
        )
        for line in form.bought()
    ]


def _sold_words(form: SellForm) -> list[tuple[str, str]]:
    """Each line: the item, how much, at what price, what it comes to."""
    found = []
    for line in form.sold():
        item = form.items[line.item_number].item
        price = line.price or item.price or ZERO
        comes_to = sum_at(price, line.quantity).text
        quantity = f"{quantity_text(line.quantity)} {item.unit}"
        found.append((item.name, f"{quantity} × {price.text} = {comes_to} บาท"))
    return found


def _deal_words(form: DealForm, done: Dealt, did: str) -> list[tuple[str, str]]:
    """What it comes to, who it is with, what is paid and what stays owed until when."""
    answers = form.cleaned_data
    lines = [("รวมทั้งใบ", f"{done.total.text} บาท"), ("ตัวอักษร", in_words(done.total))]
    lines.append((str(form.fields["who"].label), _who_words(form)))
    if done.paid:
        lines.append((f"{did}แล้ว", f"{done.paid.text} บาท {_purse_words(form.purse)}"))
    if done.rest:
        lines.append(("ค้างไว้", f"{done.rest.text} บาท ครบกำหนด {long(answers['due_on'])}"))
    if answers["bill"]:
        lines.append(("เลขที่บิล", answers["bill"]))
    if answers["words"]:
        lines.append(("บันทึกเพิ่ม", answers["words"]))
    return lines


def _who_words(form: DealForm) -> str:
    """The choice answered, as it was offered."""
    answered = form.cleaned_data["who"]
    for value, words in form.fields["who"].choices:  # type: ignore[attr-defined]
        options = words if isinstance(words, list) else [(value, words)]
        for each, said in options:
            if each == answered:
                return str(said)
    return form.nobody


def _purse_words(purse: Purse) -> str:
    return "เงินสดในมือ" if purse == Purse.CASH else "บัญชีธนาคาร"
