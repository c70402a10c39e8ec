"""The front page of the trade, its papers, and its lists of items and parties."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.money import total
from kongthun.ledger.forms import day_typed

from ..actions import add_item, add_party, stop_item
from ..forms import ItemForm, PartyForm, StopItemForm
from ..models import ItemKind
from ..queries import (
    batch_sheets,
    deal_numbers,
    deal_papers,
    party_balance,
    party_balances,
    payments_of,
    sales_by_month,
    stock_on,
    stock_worth,
)
from ..refusals import NotDone
from .asking import (
    fund_to_read,
    fund_to_write,
    head,
    may_write,
    members_offered,
    namer,
    names_shown,
    say_on,
)

LATEST = 6
MONTHS = 6
PAPERS_A_PAGE = 50
PAPERS_OF_A_PARTY = 50


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_safe
def front(request: ScopedRequest, code: str) -> HttpResponse:
    """What is in stock, who owes the group and whom it owes, which rounds go on."""
    fund = fund_to_read(request, code)
    today = request.reach.day
    rows = stock_on(fund.pk, today)
    balances = party_balances(fund.pk, today)
    called = namer(request, fund, "trade")
    context = head(fund, "ซื้อ ผลิต ขาย") | {
        "today": today,
        "rows": rows,
        "worth": stock_worth(rows),
        "owed_to_us": total(each.owes_us for each in balances),
        "owed_by_us": total(each.we_owe for each in balances),
        "customers": [(called(each.party), each) for each in balances if each.owes_us],
        "suppliers": [(called(each.party), each) for each in balances if each.we_owe],
        "sheets": batch_sheets(fund.pk, only_open=True),
        "months": sales_by_month(fund.pk, _months_before(today, MONTHS), today)[::-1],
        "papers": deal_papers(fund.pk, count=LATEST),
        "may_write": may_write(request, fund),
    }
    return render(request, "trade/front.html", context)


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_safe
def deals(request: ScopedRequest, code: str) -> HttpResponse:
    """All purchases and sales, the latest first."""
    fund = fund_to_read(request, code)
    is_sale = {"sales": True, "purchases": False}.get(request.GET.get("show", ""))
    numbers = deal_numbers(fund.pk, is_sale=is_sale)
    page = Paginator(numbers, PAPERS_A_PAGE).get_page(request.GET.get("page"))
    context = head(fund, "ใบซื้อและใบขาย") | {
        "page_obj": page,
        "papers": deal_papers(fund.pk, numbers=list(page)),
    }
    return render(request, "trade/deals.html", context)


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_safe
def deal(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """One paper; printed, it is the slip that the other side takes along."""
    fund = fund_to_read(request, code)
    paper = next(iter(deal_papers(fund.pk, numbers=[number])), None)
    if paper is None:
        raise Http404
    called = namer(request, fund, f"deal {number}")
    context = head(fund, f"{'ใบขาย' if paper.deal.is_sale else 'ใบซื้อ'} {paper.deal.document}") | {
        "paper": paper,
        "who": called(paper.party) if paper.party else "",
        "may_write": may_write(request, fund),
    }
    return render(request, "trade/deal.html", context)


# --- items -------------------------------------------------------------------------------------


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_safe
def items(request: ScopedRequest, code: str) -> HttpResponse:
    """What is kept, with prices; what is not kept any more stands below."""
    fund = fund_to_read(request, code)
    context = head(fund, "รายการของ") | {
        "rows": stock_on(fund.pk, request.reach.day, with_stopped=True),
        "may_write": may_write(request, fund),
    }
    return render(request, "trade/items.html", context)


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def item_new(request: ScopedRequest, code: str) -> HttpResponse:
    """Keep something more."""
    fund = fund_to_write(request, code)
    form = ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        done = add_item(
            fund=fund,
            name=answers["name"],
            unit=answers["unit"],
            kind=ItemKind(answers["kind"]),
            price=answers["price"],
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            messages.success(request, f"เพิ่ม {answers['name']} เป็นของลำดับที่ {done.number} แล้ว")
            return redirect("trade:items", code=code)
        say_on(form, done.refusals)
    context = head(fund, "เพิ่มของ") | {"form": form}
    return render(request, "trade/item_new.html", context, status=422 if form.errors else 200)


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def item_stop(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Keep an item no more."""
    fund = fund_to_write(request, code)
    rows = stock_on(fund.pk, request.reach.day, with_stopped=True)
    row = next((each for each in rows if each.number == number), None)
    if row is None:
        raise Http404
    form = StopItemForm(request.POST or None, initial={"on": day_typed(request.reach.day)})
    if request.method == "POST" and form.is_valid():
        done = stop_item(fund=fund, number=number, on=form.cleaned_data["on"], by=request.reach)
        if not isinstance(done, NotDone):
            messages.success(request, f"เลิกเก็บ {row.item.name} แล้ว")
            return redirect("trade:items", code=code)
        say_on(form, done.refusals)
    context = head(fund, "เลิกเก็บของ") | {"form": form, "row": row}
    return render(request, "trade/item_stop.html", context, status=422 if form.errors else 200)


# --- parties -----------------------------------------------------------------------------------


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_safe
def parties(request: ScopedRequest, code: str) -> HttpResponse:
    """Whom the group buys from and sells to, with what is owed either way."""
    fund = fund_to_read(request, code)
    called = namer(request, fund, "parties")
    balances = party_balances(fund.pk, request.reach.day)
    context = head(fund, "คู่ค้า") | {
        "rows": [(called(each.party), each) for each in balances],
        "may_write": may_write(request, fund),
    }
    return render(request, "trade/parties.html", context)


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_safe
def party(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """One of them: what is due when, papers, payments."""
    fund = fund_to_read(request, code)
    balance = party_balance(fund.pk, number, request.reach.day)
    if balance is None:
        raise Http404
    called = namer(request, fund, f"party {number}")
    is_writer = may_write(request, fund)
    context = head(fund, f"คู่ค้าลำดับที่ {number}") | {
        "name": called(balance.party),
        "balance": balance,
        "papers": deal_papers(fund.pk, party_number=number, count=PAPERS_OF_A_PARTY),
        "payments": payments_of(fund.pk, number),
        "today": request.reach.day,
        "may_write": is_writer,
        "phone": balance.party.phone if is_writer else "",
    }
    return render(request, "trade/party.html", context)


@scoped(Deed.SEE_FUND, Deed.KEEP_TRADE)
@require_http_methods(["GET", "HEAD", "POST"])
def party_new(request: ScopedRequest, code: str) -> HttpResponse:
    """Somebody more to trade with."""
    fund = fund_to_write(request, code)
    with_names = names_shown(request, fund, "members")
    members = members_offered(request, fund, with_names=with_names)
    form = PartyForm(request.POST or None, members=members)
    if request.method == "POST" and form.is_valid():
        done = add_party(fund=fund, by=request.reach, **form.cleaned_data)
        if not isinstance(done, NotDone):
            messages.success(request, f"เพิ่มคู่ค้าลำดับที่ {done.number} แล้ว")
            return redirect("trade:party", code=code, number=done.number)
        say_on(form, done.refusals)
    context = head(fund, "เพิ่มคู่ค้า") | {"form": form}
    return render(request, "trade/party_new.html", context, status=422 if form.errors else 200)


# --- below the line ----------------------------------------------------------------------------


def _months_before(day: date, count: int) -> date:
    """The first day of the month so many months before, the month of the day counted."""
    months = day.year * 12 + day.month - count
    return date(months // 12, months % 12 + 1, 1)
