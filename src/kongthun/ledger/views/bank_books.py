"""The first page of a passbook: which bank, which account."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped

from ..bank import describe_bank_book, open_bank_book
from ..forms import BankBookForm
from ..refusals import NotDone
from .asking import books_of, fund_to_write, say_on


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ScopedRequest, code: str) -> HttpResponse:
    """Make another passbook known."""
    fund = fund_to_write(request, code)
    form = BankBookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = open_bank_book(fund=fund, by=request.reach, **form.cleaned_data)
        if not isinstance(outcome, NotDone):
            messages.success(request, f"เพิ่มสมุดเงินฝากเล่มที่ {outcome.number} แล้ว")
            return redirect("ledger:money", code=code)
        say_on(form, outcome.refusals)
    context = {"fund": fund, "code": code, "form": form, "number": None}
    return render(request, "ledger/bank_book.html", context, status=422 if form.errors else 200)


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Put right what is known about a passbook."""
    fund = fund_to_write(request, code)
    book = next((book for book in books_of(fund) if book.number == number), None)
    if book is None:
        raise Http404
    initial = {name: getattr(book, name) for name in BankBookForm.base_fields}
    form = BankBookForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        outcome = describe_bank_book(number, fund=fund, by=request.reach, **form.cleaned_data)
        if not isinstance(outcome, NotDone):
            messages.success(request, f"แก้ข้อมูลสมุดเงินฝากเล่มที่ {number} แล้ว")
            return redirect("ledger:money", code=code)
        say_on(form, outcome.refusals)
    context = {"fund": fund, "code": code, "form": form, "number": number}
    return render(request, "ledger/bank_book.html", context, status=422 if form.errors else 200)
