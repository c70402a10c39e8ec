"""The passbook on screen: typing its lines, and the books held against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.money import Money
from kongthun.domain.reconciliation import BankLine, Pair
from kongthun.domain.thai_calendar import UnreadableDate, read_date

from ..bank import bank_account
from ..forms import (
    MOST_LINES,
    KeyedForm,
    OpeningForm,
    PassbookLineForm,
    book_words,
    day_typed,
    new_key,
    passbook_grid,
)
from ..models import Fund
from ..passbook import (
    OPENING,
    reconcile,
    withdraw_passbook_line,
    write_passbook_lines,
)
from ..queries import balance_of, balance_on, passbook_lines
from ..refusals import MoneyRefusal, NotDone
from ..wording import passbook_check_in_thai, refusal_in_thai
from .asking import bank_book_asked, books_of, fund_to_read, fund_to_write, may_write, say_on

ROWS = 5
LATEST = 30


@dataclass(frozen=True, slots=True)
class MissingLine:
    """A line that only one of the two tells, with the doors to what may set it right."""

    line: BankLine
    doors: tuple[tuple[str, str], ...]


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def passbook(request: ScopedRequest, code: str) -> HttpResponse:
    """The lines typed so far, and a few empty ones to type on; ``?rows=1`` for one at a time."""
    is_sent = request.method == "POST"
    fund = fund_to_write(request, code) if is_sent else fund_to_read(request, code)
    number = bank_book_asked(request, books_of(fund))
    grid = passbook_grid(request.POST if is_sent else None, rows=_rows_asked(request))
    keyed = KeyedForm(request.POST if is_sent else None)
    said: list[str] = []
    if is_sent and all([grid.is_valid(), keyed.is_valid()]):
        forms = [form for form in grid.forms if form.has_changed()]
        outcome = write_passbook_lines(
            [form.line() for form in forms],
            fund=fund,
            key=keyed.cleaned_data["key"],
            by=request.reach,
            bank_book=number,
        )
        if not isinstance(outcome, NotDone):
            messages.success(request, f"บันทึกสมุดเงินฝาก {len(outcome.numbers)} บรรทัดแล้ว")
            return redirect(_here("ledger:passbook", fund, number, rows=request.GET.get("rows")))
        said = _said_on_lines(forms, outcome.refusals)
    is_wrong = is_sent
    context = _head(request, fund, number) | {
        "grid": grid,
        "key": request.POST.get("key") or new_key(),
        "said": [*said, *grid.non_form_errors()],
        "is_wrong": is_wrong,
        "rows": len(grid.forms),
    }
    return render(request, "ledger/passbook.html", context, status=422 if is_wrong else 200)


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: ScopedRequest, code: str) -> HttpResponse:
    """Begin the passbook with a balance brought forward."""
    fund = fund_to_write(request, code)
    number = bank_book_asked(request, books_of(fund))
    form = OpeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        line = form.line()
        outcome = write_passbook_lines(
            [line],
            fund=fund,
            key=form.cleaned_data["key"],
            by=request.reach,
            bank_book=number,
        )
        if not isinstance(outcome, NotDone):
            _say_opening(request, line.amount, balance_on(fund.pk, bank_account(number), line.on))
            return redirect(_here("ledger:passbook", fund, number))
        say_on(form, outcome.refusals)
    context = _head(request, fund, number) | {"form": form}
    return render(request, "ledger/opening.html", context, status=422 if form.errors else 200)


@scoped(Deed.SEE_FUND)
@require_POST
def withdraw_line(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Take a line out that was typed wrongly."""
    fund = fund_to_write(request, code)
    outcome = withdraw_passbook_line(number, fund=fund, by=request.reach)
    if isinstance(outcome, NotDone):
        for refusal in outcome.refusals:
            messages.error(request, refusal_in_thai(refusal))
    else:
        messages.success(request, "นำบรรทัดออกแล้ว ถ้าพิมพ์ผิด พิมพ์ใหม่ให้ตรงกับสมุดเงินฝากได้ทันที")
    return redirect(_here("ledger:passbook", fund, bank_book_asked(request, books_of(fund))))


@scoped(Deed.SEE_FUND)
@require_safe
def check(request: ScopedRequest, code: str) -> HttpResponse:
    """Books and passbook side by side: what both tell, what only one tells, what differs."""
    fund = fund_to_read(request, code)
    number = bank_book_asked(request, books_of(fund))
    today = timezone.localdate()
    upto, trouble = _day_asked(request, today)
    found = reconcile(fund=fund, upto=upto, bank_book=number)
    context = _head(request, fund, number) | {
        "check": found,
        "sentence": passbook_check_in_thai(found),
        "upto": upto,
        "upto_typed": request.GET.get("upto") or day_typed(upto),
        "trouble": trouble,
        "only_in_books": [
            MissingLine(line, _doors_of_books(fund, number, line))
            for line in found.found.only_in_books
        ],
        "only_in_passbook": [
            MissingLine(line, _doors_of_passbook(fund, number, line))
            for line in found.found.only_in_passbook
        ],
        "together": _in_order(found.found.matched, found.found.day_differs),
    }
    return render(request, "ledger/check.html", context)


# --- below the line ---------------------------------------------------------------------------


def _head(request: ScopedRequest, fund: Fund, number: int) -> dict[str, Any]:
    books = books_of(fund)
    lines = passbook_lines(fund.pk, number)
    named = next((book_words(book) for book in books if book.number == number), "")
    return {
        "fund": fund,
        "code": fund.code,
        "number": number,
        "book_words": named,
        "chips": [
            {
                "label": book_words(book),
                "href": _here("ledger:passbook", fund, book.number),
                "current": book.number == number,
                "count": None,
            }
            for book in books
        ]
        if len(books) > 1
        else [],
        "line_count": len(lines),
        "lines": list(reversed(lines[-LATEST:])),
        "last": lines[-1] if lines else None,
        "opening_words": OPENING,
        "books_balance": balance_of(fund.pk, bank_account(number)),
        "may_write": may_write(request, fund),
        "asked": f"?book={number}" if number > 1 else "",
        "today": timezone.localdate(),
    }


def _here(name: str, fund: Fund, number: int, **asked: object) -> str:
    question = {key: value for key, value in asked.items() if value}
    if number > 1:
        question["book"] = number
    return reverse(name, args=[fund.code]) + (f"?{urlencode(question)}" if question else "")


def _rows_asked(request: ScopedRequest) -> int:
    asked = request.GET.get("rows", "")
    return min(max(int(asked), 1), MOST_LINES) if asked.isdecimal() else ROWS


def _day_asked(request: ScopedRequest, today: date) -> tuple[date, str]:
    """The day up to which is compared, and what is wrong with what was typed."""
    typed = request.GET.get("upto", "")
    if not typed:
        return today, ""
    day = read_date(typed[:40])
    if isinstance(day, UnreadableDate):
        return today, "ยังอ่านเป็นวันที่ไม่ได้ พิมพ์เช่น 30/9/2568 ด้านล่างเทียบถึงวันนี้"
    return min(day, today), ""


def _said_on_lines(
    forms: Sequence[PassbookLineForm], refusals: Sequence[MoneyRefusal]
) -> list[str]:
    """Put refusals on the lines they are about; answer with those that are about no line."""
    said = []
    for refusal in refusals:
        place = getattr(refusal, "place", None)
        if place is None:
            said.append(refusal_in_thai(refusal))
        else:
            form = forms[place - 1]  # lines left empty are passed over: say the line on the screen
            there = replace(refusal, place=form.place)
            form.add_error(None, refusal_in_thai(there))
    return said


def _say_opening(request: ScopedRequest, printed: Money, books: Money) -> None:
    if printed == books:
        messages.success(request, f"เริ่มจากยอดยกมา {printed.text} บาท ตรงกับสมุดบัญชี ณ วันนั้น")
    else:
        messages.warning(
            request,
            f"เริ่มจากยอดยกมา {printed.text} บาท แล้ว สมุดบัญชี ณ วันนั้นมี {books.text} บาท "
            f"ต่างกัน {abs(books - printed).text} บาท ส่วนต่างนี้จะแสดงไว้ทุกครั้งที่เทียบ",
        )


def _doors_of_passbook(fund: Fund, number: int, line: BankLine) -> tuple[tuple[str, str], ...]:
    """What the bank tells and the books do not: record it, with what is known filled in."""
    known = {"on": day_typed(line.on), "amount": abs(line.amount).text, "document": line.document}
    if number > 1:
        known["bank_book"] = str(number)

    def door(words: str, what: str, **more: str) -> tuple[str, str]:
        return words, f"{reverse(f'ledger:{what}', args=[fund.code])}?{urlencode(known | more)}"

    if line.amount > Money(0):
        return door("บันทึกเป็นดอกเบี้ย", "interest"), door("บันทึกเป็นการนำฝาก", "deposit")
    return (
        door("บันทึกเป็นค่าธรรมเนียม", "cost", cost="fee"),
        door("บันทึกเป็นการถอน", "withdraw"),
    )


def _doors_of_books(fund: Fund, number: int, line: BankLine) -> tuple[tuple[str, str], ...]:
    """What the books tell and the bank does not: not typed yet, or never carried there."""
    return (
        ("พิมพ์ในสมุดเงินฝาก", _here("ledger:passbook", fund, number, rows=1)),
        ("ดูรายการนี้", reverse("reports:entry", args=[fund.code, int(line.key)])),
    )


def _in_order(*pairs: Sequence[Pair]) -> list[Pair]:
    """Those that tell the same, the latest first."""
    together = [pair for group in pairs for pair in group]
    return sorted(together, key=lambda pair: pair.books.on, reverse=True)
