"""What the group borrows, on screen: received, due, sent back."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.journal import AccountKind
from kongthun.domain.thai_calendar import long
from kongthun.ledger.models import Fund

from ..actions.borrowings import (
    Borrowed,
    BorrowingRepaid,
    borrow,
    repay_borrowing,
    take_back_borrowing,
    take_back_repayment,
)
from ..forms.means import BorrowForm, RepayForm, TakeBackForm
from ..means_refusals import NotDone
from ..posting import Mended
from ..queries.borrowings import (
    BorrowingOn,
    borrowing,
    borrowings,
    owed_together,
    parts_due,
    parts_of,
    repayments_of,
)
from .asking import Page, asked, books_of, called, fund_or_404, fund_to_keep, head, names, section

_WORDS = "เงินที่กลุ่มกู้หรือยืม"
_LENDER = AccountKind.LENDER


@scoped(Deed.SEE_FUND)
@require_safe
def index(request: ScopedRequest, code: str) -> HttpResponse:
    """All borrowings, what is owed, and the parts that are due."""
    fund = fund_or_404(request, code, _LENDER)
    with_names = names(request, fund, "borrowings")
    rows = borrowings(fund)
    day = request.reach.day
    context = head(request, fund) | {
        "rows": [(each, called(each.row.lender, with_names=with_names)) for each in rows],
        "owed": owed_together(rows),
        "due": [(each, each.is_late(day)) for each in parts_due(fund, day)],
    }
    return render(request, "funding/borrowings.html", context)


@scoped(Deed.SEE_FUND)
@require_safe
def one(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """One borrowing: the lender's plan, what is left of it, what was sent."""
    fund, found = _found(request, code, number)
    with_names = names(request, fund, f"borrowing {number}")
    left = {each.sequence: each for each in found.open_parts}
    day = request.reach.day
    context = head(request, fund) | {
        "borrowing": found,
        "row": found.row,
        "lender": called(found.row.lender, with_names=with_names),
        "with_names": with_names,
        "rate": f"{found.row.rate_bp // 100}.{found.row.rate_bp % 100:02}",
        "parts": [
            (part, left.get(part.sequence), part.due_on < day) for part in parts_of(fund, number)
        ],
        "repayments": repayments_of(fund, number),
    }
    return render(request, "funding/borrowing.html", context)


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ScopedRequest, code: str) -> HttpResponse:
    """Receive borrowed money, with the lender's plan."""
    fund = fund_to_keep(request, code, _LENDER)
    form = BorrowForm(request.POST or None, day=request.reach.day, books=books_of(fund))

    def act() -> Borrowed | NotDone:
        answers = form.cleaned_data
        return borrow(
            fund=fund,
            lender=answers["lender"],
            amount=answers["amount"],
            on=answers["on"],
            pocket=form.pocket(),
            parts=form.parts(),
            key=answers["key"],
            by=request.reach,
            rate_bp=answers["rate"],
            purpose=answers["purpose"],
            meeting_number=answers["meeting"],
            document=answers["document"],
        )

    return asked(
        request,
        fund,
        Page("รับเงินกู้หรือเงินยืม", "ตามหนังสือสัญญาของผู้ให้กู้", *section("borrowings", _WORDS, fund)),
        form,
        act=act,
        did=lambda done: f"บันทึกแล้ว ลำดับที่ {done.number}",
        to=lambda done: _to(fund, done.number),
    )


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def repay(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Send principal and interest back; the next part is offered."""
    fund_to_keep(request, code, _LENDER)
    fund, found = _found(request, code, number)
    part = found.next_part
    offered = {"principal": part.principal, "interest": part.interest} if part is not None else {}
    form = RepayForm(
        request.POST or None, day=request.reach.day, books=books_of(fund), initial=offered
    )

    def act() -> BorrowingRepaid | NotDone:
        answers = form.cleaned_data
        return repay_borrowing(
            number,
            fund=fund,
            on=answers["on"],
            principal=answers["principal"],
            interest=answers["interest"],
            pocket=form.pocket(),
            key=answers["key"],
            by=request.reach,
            document=answers["document"],
        )

    return asked(
        request,
        fund,
        Page("ส่งคืนเงินกู้หรือเงินยืม", "ตามใบรับของผู้ให้กู้", *section("borrowings", _WORDS, fund)),
        form,
        act=act,
        did=lambda _: "บันทึกการส่งคืนแล้ว",
        to=lambda _: _to(fund, number),
        facts=_facts(request, fund, found),
    )


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Take a borrowing back that was recorded by mistake."""
    fund_to_keep(request, code, _LENDER)
    fund, found = _found(request, code, number)
    form = TakeBackForm(request.POST or None, day=request.reach.day)

    def act() -> Borrowed | NotDone:
        answers = form.cleaned_data
        return take_back_borrowing(
            number, fund=fund, reason=answers["reason"], key=answers["key"], by=request.reach
        )

    return asked(
        request,
        fund,
        _mending("กลับรายการรับเงินกู้หรือเงินยืม", fund),
        form,
        act=act,
        did=lambda _: "กลับรายการแล้ว",
        to=lambda _: _to(fund, number),
        facts=_facts(request, fund, found),
    )


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_part(request: ScopedRequest, code: str, number: int, entry: int) -> HttpResponse:
    """Take a repayment back that was recorded by mistake."""
    fund_to_keep(request, code, _LENDER)
    fund, found = _found(request, code, number)
    sent = next((each for each in repayments_of(fund, number) if each.entry_number == entry), None)
    if sent is None:
        raise Http404
    form = TakeBackForm(request.POST or None, day=request.reach.day)

    def act() -> Mended | NotDone:
        answers = form.cleaned_data
        return take_back_repayment(
            entry, fund=fund, reason=answers["reason"], key=answers["key"], by=request.reach
        )

    sums = f"เงินต้น {sent.principal.text} บาท ดอกเบี้ย {sent.interest.text} บาท"
    return asked(
        request,
        fund,
        _mending("กลับรายการส่งคืน", fund),
        form,
        act=act,
        did=lambda _: "กลับรายการส่งคืนแล้ว",
        to=lambda _: _to(fund, number),
        facts=[*_facts(request, fund, found), ("ส่งคืน", f"{sums} เมื่อ {long(sent.on)}")],
    )


# --- below the line ----------------------------------------------------------------------------


def _found(request: ScopedRequest, code: str, number: int) -> tuple[Fund, BorrowingOn]:
    fund = fund_or_404(request, code, _LENDER)
    found = borrowing(fund, number)
    if found is None:
        raise Http404
    return fund, found


def _to(fund: Fund, number: int) -> str:
    return reverse("funding:borrowing", args=[fund.code, number])


def _mending(title: str, fund: Fund) -> Page:
    lead = "รายการเดิมยังเปิดอ่านได้"
    return Page(title, lead, *section("borrowings", _WORDS, fund), button="กลับรายการ")


def _facts(request: ScopedRequest, fund: Fund, found: BorrowingOn) -> list[tuple[str, str]]:
    with_names = names(request, fund, f"borrowing {found.row.number}")
    facts = [
        ("ผู้ให้กู้หรือให้ยืม", called(found.row.lender, with_names=with_names)),
        ("เงินต้นที่ยังค้าง", f"{found.owed.text} บาท"),
    ]
    part = found.next_part
    if part is not None:
        due = f"งวดที่ {part.sequence} {part.together.text} บาท ภายใน {long(part.due_on)}"
        facts.append(("งวดต่อไป", due))
    return facts
