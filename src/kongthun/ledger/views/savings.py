"""Shares and savings on screen: the group's list, the monthly sheet, a member's own book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed, Reach
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.actions import record_deed
from kongthun.domain.journal import HappensLater
from kongthun.domain.money import Money, in_words, total
from kongthun.domain.rule_set import Limit
from kongthun.domain.thai_calendar import long
from kongthun.groups.queries.rules import rules_of

from ..charts import chart
from ..forms import day_typed
from ..models import Fund
from ..refusals import DocumentUnfit, MoreThanThere, NotAboveZero, WordsNeeded, WordsTooLong
from ..savings import (
    DocumentOfOurs,
    Kept,
    MemberSum,
    MoreThanKept,
    NoSharePrice,
    NotAMember,
    NotDone,
    NotWholeShares,
    SavingsRefusal,
    buy_shares,
    receive_savings,
    return_shares,
    take_back_savings,
    withdraw_savings,
)
from ..savings_forms import MemberDeedForm, SheetForm, TakeBackSavingsForm, sum_field
from ..savings_queries import (
    MemberBook,
    is_own_book,
    keeps_savings,
    member_book,
    member_rows,
)
from ..wording import savings_refusal_in_thai
from .asking import fund_to_read, fund_to_write, may_write, shows_names

# Beside which questions a refusal is said; the first that the form asks.
_BESIDE: dict[type, tuple[str, ...]] = {
    NotAboveZero: ("amount",),
    NotWholeShares: ("amount",),
    NoSharePrice: ("amount",),
    MoreThanKept: ("amount", "reason"),
    MoreThanThere: ("amount", "reason"),
    HappensLater: ("on",),
    DocumentUnfit: ("document",),
    DocumentOfOurs: ("document",),
    WordsNeeded: ("reason",),
    WordsTooLong: ("reason",),
}


class MemberDeed(Protocol):
    """A deed on one member's account."""

    def __call__(
        self,
        *,
        fund: Fund,
        member_number: int,
        amount: Money,
        on: date,
        key: str,
        by: Reach,
        document: str = "",
    ) -> Kept | NotDone: ...


@dataclass(frozen=True, slots=True)
class Door:
    """A deed on one member's account: its words, and what it asks of its action."""

    title: str
    lead: str
    asked: str
    act: MemberDeed
    did: str


@scoped(Deed.SEE_FUND)
@require_safe
def savings(request: ScopedRequest, code: str) -> HttpResponse:
    """Everybody of the group with shares and savings, and the doors to recording them."""
    fund = _group_to_read(request, code)
    rows = member_rows(fund, day=request.reach.day, with_names=_names(request, fund, "savings"))
    context = _head(fund) | {
        "rows": rows,
        "shares": total(row.shares for row in rows),
        "savings": total(row.savings for row in rows),
        "held": total(row.held for row in rows),
        "share_price": _share_price(request, fund),
        "may_write": may_write(request, fund),
        "today": request.reach.day,
    }
    return render(request, "ledger/savings.html", context)


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: ScopedRequest, code: str) -> HttpResponse:
    """The สัจจะ of one day: a row a member, read back with its total, all of it or nothing."""
    fund = _group_to_write(request, code)
    rows = member_rows(fund, day=request.reach.day, with_names=_names(request, fund, "sheet"))
    members = [row for row in rows if not row.has_left]
    form = SheetForm(
        request.POST or None, members=members, initial={"on": day_typed(request.reach.day)}
    )
    if request.method == "POST" and "edit" not in request.POST and form.is_valid():
        answers = form.cleaned_data

        def act() -> Kept | NotDone:
            return receive_savings(
                form.sums(), fund=fund, on=answers["on"], key=answers["key"], by=request.reach
            )

        outcome = act() if "confirmed" in request.POST else _rehearsed(act)
        if not isinstance(outcome, NotDone):
            if "confirmed" in request.POST:
                messages.success(
                    request,
                    f"รับเงินสัจจะวันที่ {long(answers['on'])} จาก {len(outcome.numbers)} คน "
                    f"รวม {form.total().text} บาท {_papers(outcome)}",
                )
                return redirect("ledger:savings", code=code)
            context = _head(fund) | {
                "form": form,
                "paid": _paid(form, outcome),
                "sum": form.total(),
                "words": in_words(form.total()),
                "on": answers["on"],
            }
            return render(request, "ledger/savings_sheet_read_back.html", context)
        _say_on_sheet(form, outcome.refusals)
    is_wrong = bool(form.errors) and "edit" not in request.POST
    context = _head(fund) | {"form": form, "is_wrong": is_wrong}
    return render(request, "ledger/savings_sheet.html", context, status=422 if is_wrong else 200)


@scoped(Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
@require_safe
def book(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """A member's book: shares, savings, sums held and loans. One's own, or those one works with."""
    fund = Fund.objects.select_related("group").filter(code=code).first()
    if fund is None or not keeps_savings(fund):
        raise Http404
    is_own = is_own_book(request.reach, fund.pk, number)
    if not is_own:
        fund = _group_to_read(request, code)
    with_names = is_own or _names(request, fund, f"member {number}")
    found = member_book(fund, number, with_names=with_names)
    if found is None:
        raise Http404
    price = _share_price(request, fund)
    context = _head(fund) | {
        "book": found,
        "share_count": _share_count(found.shares, price),
        "is_own": is_own,
        "may_write": may_write(request, fund),
        "mending": may_write(request, fund) and "mend" in request.GET,
        "today": request.reach.day,
    }
    return render(request, "ledger/member_book.html", context)


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: ScopedRequest, code: str, number: int, what: str) -> HttpResponse:
    """Ask, read back in words what will be recorded, and record it when it is said to be so."""
    fund = _group_to_write(request, code)
    found = _book_or_404(request, fund, number)
    door = DOORS[what]
    form = MemberDeedForm(request.POST or None, day=request.reach.day, asked=door.asked)
    if request.method == "POST" and "edit" not in request.POST and form.is_valid():
        answers = form.cleaned_data

        def act() -> Kept | NotDone:
            return door.act(fund=fund, member_number=number, by=request.reach, **answers)

        outcome = act() if "confirmed" in request.POST else _rehearsed(act)
        if not isinstance(outcome, NotDone):
            done = f"{door.did} {answers['amount'].text} บาท วันที่ {long(answers['on'])}"
            if "confirmed" in request.POST:
                messages.success(request, f"บันทึกแล้ว {done} {_papers(outcome)}")
                return redirect("ledger:member_book", code=code, number=number)
            context = _head(fund) | {
                "form": form,
                "door": door,
                "book": found,
                "sentence": done,
                "document": outcome.documents[0],
                "sum": answers["amount"],
            }
            return render(request, "ledger/savings_read_back.html", context)
        _say_on(form, outcome.refusals)
    context = _head(fund) | {
        "form": form,
        "door": door,
        "book": found,
        "what": what,
        "share_price": _share_price(request, fund),
    }
    is_wrong = bool(form.errors) and "edit" not in request.POST
    return render(request, "ledger/savings_record.html", context, status=422 if is_wrong else 200)


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: ScopedRequest, code: str, number: int, entry: int) -> HttpResponse:
    """Show a line of the book again, ask why, and take it back."""
    fund = _group_to_write(request, code)
    found = _book_or_404(request, fund, number)
    line = next((line for line in found.lines if line.number == entry), None)
    if line is None:
        raise Http404
    form = TakeBackSavingsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = take_back_savings(
            entry,
            fund=fund,
            reason=form.cleaned_data["reason"],
            key=form.cleaned_data["key"],
            by=request.reach,
        )
        if not isinstance(outcome, NotDone):
            messages.success(request, f"กลับรายการ {line.document} แล้ว รายการเดิมยังเปิดอ่านได้เสมอ")
            return redirect("ledger:member_book", code=code, number=number)
        _say_on(form, outcome.refusals)
    context = _head(fund) | {"form": form, "book": found, "line": line}
    status = 422 if form.errors else 200
    return render(request, "ledger/savings_take_back.html", context, status=status)


def _save_one(
    *,
    fund: Fund,
    member_number: int,
    amount: Money,
    on: date,
    key: str,
    by: Reach,
    document: str = "",
) -> Kept | NotDone:
    return receive_savings(
        [MemberSum(member_number, amount)], fund=fund, on=on, key=key, by=by, document=document
    )


DOORS = {
    "save": Door("รับเงินสัจจะ", "รับเงินสัจจะจากสมาชิกคนเดียว", "รับเท่าไร", _save_one, "รับเงินสัจจะ"),
    "withdraw": Door(
        "ถอนเงินสัจจะ",
        "จ่ายเงินสัจจะคืนสมาชิกเป็นเงินสด ไม่เกินที่สะสมไว้",
        "ถอนเท่าไร",
        withdraw_savings,
        "จ่ายคืนเงินสัจจะ",
    ),
    "buy-shares": Door("รับค่าหุ้น", "รับค่าหุ้นเต็มหุ้นเป็นเงินสด", "รับค่าหุ้นเท่าไร", buy_shares, "รับค่าหุ้น"),
    "return-shares": Door(
        "คืนค่าหุ้น", "คืนค่าหุ้นให้สมาชิกเป็นเงินสด ไม่เกินที่ถืออยู่", "คืนเท่าไร", return_shares, "คืนค่าหุ้น"
    ),
}


# --- below the line ----------------------------------------------------------------------------


def _group_to_read(request: ScopedRequest, code: str) -> Fund:
    """The group's books, for those who may see them; not found where no savings are kept."""
    fund = fund_to_read(request, code)
    if not keeps_savings(fund):
        raise Http404
    return fund


def _group_to_write(request: ScopedRequest, code: str) -> Fund:
    fund = fund_to_write(request, code)
    if not keeps_savings(fund):
        raise Http404
    return fund


def _book_or_404(request: ScopedRequest, fund: Fund, number: int) -> MemberBook:
    with_names = _names(request, fund, f"member {number}")
    found = member_book(fund, number, with_names=with_names)
    if found is None:
        raise Http404
    return found


def _names(request: ScopedRequest, fund: Fund, subject: str) -> bool:
    """Whether people are named to this reader; when they are, that it was read is written down."""
    with_names = shows_names(request, fund)
    if with_names:
        record_deed(
            "read_names",
            user_id=request.reach.user_id,
            area_code=fund.area_code,
            fund_id=fund.pk,
            subject=subject,
        )
    return with_names


def _head(fund: Fund) -> dict[str, Any]:
    """What every page names: the fund, and what its people call their accounts."""
    return {"fund": fund, "code": fund.code, "chart_words": chart(fund.chart).words}


def _share_price(request: ScopedRequest, fund: Fund) -> Limit:
    rules = rules_of(
        group_id=fund.pk, kind=fund.chart, area_code=fund.area_code, day=request.reach.day
    )
    return rules["share_price"]


def _share_count(shares: Money, price: Limit) -> int | None:
    """How many shares that is at today's price, if it comes out whole."""
    if not shares or price.money is None or not price.money:
        return None
    whole, rest = divmod(shares.satang, price.money.satang)
    return None if rest else whole


def _rehearsed(act: Callable[[], Kept | NotDone]) -> Kept | NotDone:
    """What would come of it; nothing is kept."""
    with transaction.atomic():
        outcome = act()
        transaction.set_rollback(True)
    return outcome


def _papers(done: Kept) -> str:
    first, last = done.documents[0], done.documents[-1]
    return f"เลขที่ {first}" if first == last else f"เลขที่ {first} ถึง {last}"


def _paid(form: SheetForm, outcome: Kept) -> list[tuple[int, str, Money, str]]:
    """Who paid how much, by which receipt."""
    names = {member.number: member.name for member in form.members}
    return [
        (each.member_number, names[each.member_number], each.amount, document)
        for each, document in zip(form.sums(), outcome.documents, strict=True)
    ]


def _say_on(form: Form, refusals: Sequence[SavingsRefusal]) -> None:
    """Put each refusal beside the question it is about."""
    for refusal in refusals:
        beside = _BESIDE.get(type(refusal), ())
        name = next((name for name in beside if name in form.fields), None)
        form.add_error(name, savings_refusal_in_thai(refusal))


def _say_on_sheet(form: SheetForm, refusals: Sequence[SavingsRefusal]) -> None:
    """A refusal about one member stands at their row, the others above or at the day."""
    for refusal in refusals:
        name = _BESIDE.get(type(refusal), ("",))[0]
        if isinstance(refusal, NotAMember):
            name = sum_field(refusal.member_number)
        form.add_error(name if name in form.fields else None, savings_refusal_in_thai(refusal))
