"""Taking money and its receipts: find who pays, read back, book, hand over, take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import segno
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.money import total
from kongthun.domain.thai_calendar import UnreadableDate, read_date
from kongthun.domain.thai_text import arabic_digits, search_key, visible
from kongthun.groups.models import CommitteePosition, Membership
from kongthun.groups.queries.rules import rules_of
from kongthun.ledger.models import Fund
from kongthun.ledger.queries import fund_in_reach

from ..actions.repayments import (
    RepaymentRecorded,
    cancel_receipt,
    record_repayment,
)
from ..forms.receipts import CancelForm, DeskForm, FindReceiptForm, ReceiveForm, seen_of
from ..models import Contract, Receipt
from ..papers import ReceiptPaper, ReceiptProof, print_receipt
from ..queries.collection import rehearse_repayments
from ..queries.contracts import ContractState, contract_states
from ..queries.papers import fund_on_paper
from ..queries.receipts import (
    Slip,
    document_of,
    numbers_used,
    receipts_of,
    receivers_on,
    slips_of,
)
from ..receipt_keys import public_keys
from ..refusals import NotDone
from ..wording import refusal_in_thai
from .asking import digits_asked, fund_or_404, may, note_names_read, pdf_answer

A_PAGE = 50
MOST_SLIPS = 200
QR_SIZE = 170
# Past this a number is none of ours; it may not even fit the column.
HIGHEST = 2_000_000_000


@scoped(Deed.RECEIVE_MONEY)
@require_safe
def receive(request: ScopedRequest, code: str) -> HttpResponse:
    """Who is paying: find the contract, those who are late first."""
    fund = fund_or_404(request, code, Deed.RECEIVE_MONEY)
    words = visible(request.GET.get("q", ""))[:100]
    with_names = may(request, fund, Deed.SEE_NAMES)
    states = contract_states(fund, as_of=request.reach.day, with_names=with_names)
    found = _matching(fund, states, words) if words else states
    found.sort(key=_late_first)
    if with_names:
        note_names_read(request, fund, "who owes")
    context = {
        "fund": fund,
        "code": code,
        "words": words,
        "owing": [state for state in found if not state.is_settled],
        "settled": [state for state in found if state.is_settled] if words else [],
        "today": request.reach.day,
    }
    return render(request, "loans/receive.html", context)


@scoped(Deed.RECEIVE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def receive_on(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Take money on one contract. What it settles is read back first, and only that is booked."""
    fund = fund_or_404(request, code, Deed.RECEIVE_MONEY)
    contract = _contract_or_404(fund, number)
    form = _receive_form(request, fund, contract)
    coming: RepaymentRecorded | None = None
    if request.method == "POST" and form.is_valid():
        visit = form.visit(number)
        if form.cleaned_data["seen"] == seen_of(visit):
            done = record_repayment(visit, fund=fund, by=request.reach)
            if not isinstance(done, NotDone):
                return _handed_over(request, done)
            form.refuse(done)
        else:
            (would_be,) = rehearse_repayments([visit], fund=fund, by=request.reach)
            if isinstance(would_be, NotDone):
                form.refuse(would_be)
            elif would_be.is_again:
                return _handed_over(request, would_be)
            else:
                coming = would_be
    context = _state(request, fund, number) | {"form": form} | _read_back(form, coming, number)
    return render(request, "loans/receive_on.html", context, status=422 if form.errors else 200)


@scoped(Deed.RECEIVE_MONEY)
@require_POST
def receive_preview(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """What the money would settle, while somebody types. Nothing is kept."""
    fund = fund_or_404(request, code, Deed.RECEIVE_MONEY)
    form = _receive_form(request, fund, _contract_or_404(fund, number))
    is_whole = form.is_valid()
    context: dict[str, Any] = {"is_part": True, "form": form, **_read_back(form, None, number)}
    visit = form.sum_and_day(number)
    if visit is not None:
        (would_be,) = rehearse_repayments([visit], fund=fund, by=request.reach)
        if isinstance(would_be, NotDone):
            context["refused"] = [refusal_in_thai(refusal) for refusal in would_be.refusals]
        else:
            context |= {"coming": would_be.receipt, "seen": seen_of(visit) if is_whole else ""}
    return render(request, "loans/receive_preview.html", context)


@scoped(Deed.SEE_FUND)
@require_safe
def receipts(request: ScopedRequest, code: str) -> HttpResponse:
    """All receipts of a fund, the latest first, the cancelled ones among them."""
    fund = fund_or_404(request, code, Deed.SEE_FUND)
    form = FindReceiptForm(request.GET if {"on", "contract"} & request.GET.keys() else None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = receipts_of(fund, on=asked.get("on"), contract=asked.get("contract", ""))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    with_names = may(request, fund, Deed.SEE_NAMES)
    if with_names:
        note_names_read(request, fund, "receipts")
    context = {
        "fund": fund,
        "code": code,
        "form": form,
        "is_asked": bool(asked.get("on") or asked.get("contract")),
        "page": page,
        "slips": slips_of(fund, list(page.object_list), with_names=with_names),
        "used": numbers_used(fund),
        "public_key": public_keys(fund)[0],
        "may_receive": may(request, fund, Deed.RECEIVE_MONEY),
    }
    return render(request, "loans/receipts.html", context)


@scoped(Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
@require_safe
def receipt(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """One receipt, to be read, printed, handed over; a household sees its own."""
    fund = _fund_of_receipt(request, code, number)
    slip = _slip_or_404(request, fund, number)
    receives = may(request, fund, Deed.RECEIVE_MONEY)
    member = slip.receipt.member_number
    others: list[ContractState] = []
    if receives and member is not None:
        states = contract_states(
            fund, as_of=request.reach.day, with_names=False, member_number=member
        )
        others = [
            state
            for state in states
            if not state.is_settled and state.contract.number != slip.receipt.contract_number
        ]
    context = {
        "fund": fund,
        "code": code,
        "place": fund_on_paper(fund),
        "slip": slip,
        "printed": _printed(request, slip),
        "others": others,
        "is_narrow": _is_narrow(request),
        "may_receive": receives,
        "sees_fund": may(request, fund, Deed.SEE_FUND),
    }
    return render(request, "loans/receipt.html", context)


@scoped(Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
@require_safe
def receipt_pdf(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Form 5 as PDF: the payer's half and the committee's. A cancelled receipt is not printed."""
    fund = _fund_of_receipt(request, code, number)
    slip = _slip_or_404(request, fund, number)
    if slip.taken_back is not None:
        messages.warning(request, "ใบเสร็จนี้ยกเลิกแล้ว จึงไม่พิมพ์เป็นแบบรับคืนเงินยืมอีก")
        return redirect("loans:receipt", code, number)
    paper = _paper(request, fund, slip)
    digits = digits_asked(request)
    return pdf_answer(print_receipt(paper, digits=digits), f"{code}-receipt-{number}.pdf")


@scoped(Deed.SEE_FUND)
@require_safe
def slips(request: ScopedRequest, code: str) -> HttpResponse:
    """Several receipts on one page, to be printed together: numbers ``from`` to ``to``."""
    fund = fund_or_404(request, code, Deed.SEE_FUND)
    first, last = _number_asked(request, "from"), _number_asked(request, "to")
    if first is None or last is None or not first <= last < first + MOST_SLIPS:
        raise Http404
    rows = list(Receipt.objects.filter(fund=fund, number__range=(first, last)).order_by("number"))
    if not rows:
        raise Http404
    with_names = may(request, fund, Deed.SEE_NAMES)
    if with_names:
        note_names_read(request, fund, f"receipts {first}-{last}")
    found = slips_of(fund, rows, with_names=with_names)
    standing = [slip for slip in found if slip.taken_back is None]
    context = {
        "fund": fund,
        "code": code,
        "place": fund_on_paper(fund),
        "printed": [_printed(request, slip) for slip in found],
        "sum": total(slip.receipt.amount for slip in standing),
        "count": len(standing),
        "first": first,
        "last": last,
        "is_narrow": _is_narrow(request),
        "may_receive": may(request, fund, Deed.RECEIVE_MONEY),
    }
    return render(request, "loans/receipt_slips.html", context)


@scoped(Deed.RECEIVE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Take a receipt back, saying why. It stays readable, its number stays used."""
    fund = fund_or_404(request, code, Deed.RECEIVE_MONEY)
    slip = _slip_or_404(request, fund, number)
    is_sent = request.method == "POST"
    form = CancelForm(request.POST if is_sent else None, initial={"key": DeskForm.new_key()})
    if is_sent and form.is_valid():
        done = cancel_receipt(
            number,
            fund=fund,
            reason=form.cleaned_data["reason"],
            key=str(form.cleaned_data["key"]),
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            messages.success(
                request, f"ยกเลิกใบเสร็จเลขที่ {slip.document} แล้ว ด้วยรายการที่ {done.entry_number}"
            )
            return redirect("loans:receipt", code, number)
        form.refuse(done)
    context = {"fund": fund, "code": code, "slip": slip, "form": form}
    return render(request, "loans/receipt_cancel.html", context, status=422 if form.errors else 200)


# --- shared with the collection sheet ---------------------------------------------------------


def day_typed(text: str, *, otherwise: date) -> date:
    """A day as typed; ``otherwise`` while it can not be read."""
    read = read_date(text.strip()[:100])
    return otherwise if isinstance(read, UnreadableDate) else read


# --- below the line -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Printed:
    """A slip with where it can be checked, as an address and as a picture."""

    slip: Slip
    check_url: str
    qr: SafeString


def _contract_or_404(fund: Fund, number: int) -> Contract:
    contract = (
        Contract.objects.filter(fund=fund, number=number, withdrawn_at=None).first()
        if number < HIGHEST
        else None
    )
    if contract is None or contract.paid_out_on is None:
        raise Http404
    return contract


def _fund_of_receipt(request: ScopedRequest, code: str, number: int) -> Fund:
    """The fund, for who sees its books, and for the household whose receipt this is."""
    fund = fund_in_reach(code, request.reach, Deed.SEE_FUND)
    if fund is not None:
        return fund
    fund = fund_in_reach(code, request.reach, Deed.SEE_OWN_HOUSEHOLD)
    own = request.reach.own_membership()
    is_own = (
        fund is not None
        and own is not None
        and own[0] == fund.pk
        and number < HIGHEST
        and Receipt.objects.filter(fund=fund, number=number, member_number=own[1]).exists()
    )
    if fund is None or not is_own:
        raise Http404
    return fund


def _slip_or_404(request: ScopedRequest, fund: Fund, number: int) -> Slip:
    """The receipt with its names, for those who see names; that they were read is written down."""
    found = list(Receipt.objects.filter(fund=fund, number=number)) if number < HIGHEST else []
    if not found:
        raise Http404
    own = (fund.pk, found[0].member_number)
    with_names = may(request, fund, Deed.SEE_NAMES) or request.reach.own_membership() == own
    if with_names:
        note_names_read(request, fund, f"receipt {number}")
    (slip,) = slips_of(fund, found, with_names=with_names)
    return slip


def _receive_form(request: ScopedRequest, fund: Fund, contract: Contract) -> ReceiveForm:
    today = request.reach.day
    is_sent = request.method == "POST"
    day = day_typed(request.POST.get("paid_on", ""), otherwise=today)
    return ReceiveForm(
        receivers_on(fund, day),
        me=request.reach.name,
        asks_interest=contract.interest_method != "none",
        data=request.POST if is_sent else None,
        today=today,
        over="refuse" if is_sent else _usual_over(fund, today),
    )


def _usual_over(fund: Fund, day: date) -> str:
    """What the rules of the fund do with too much; the treasurer may choose otherwise."""
    rules = rules_of(group_id=fund.pk, kind=fund.chart, area_code=fund.area_code, day=day)
    return str(rules["overpayment"].value or "refuse")


def _state(request: ScopedRequest, fund: Fund, number: int) -> dict[str, Any]:
    """The contract with what is owed on it today."""
    with_names = may(request, fund, Deed.SEE_NAMES)
    states = contract_states(fund, as_of=request.reach.day, with_names=with_names, numbers=[number])
    if not states:
        raise Http404
    if with_names:
        note_names_read(request, fund, f"contract {number}")
    return {"fund": fund, "code": fund.code, "state": states[0], "today": request.reach.day}


def _read_back(form: ReceiveForm, coming: RepaymentRecorded | None, number: int) -> dict[str, Any]:
    """What a preview says, and what has to come back with the form to be booked."""
    if coming is None:
        return {"coming": None, "seen": ""}
    return {"coming": coming.receipt, "seen": seen_of(form.visit(number))}


def _handed_over(request: ScopedRequest, done: RepaymentRecorded) -> HttpResponse:
    """On to the receipt. One that was there before says that nothing was booked twice."""
    made = done.receipt
    document = document_of(made.number)
    if done.is_again:
        messages.info(request, f"แบบนี้บันทึกไว้แล้วเป็นใบเสร็จเลขที่ {document} จึงไม่ได้บันทึกซ้ำ")
    else:
        messages.success(request, f"ออกใบเสร็จเลขที่ {document} แล้ว")
    return redirect("loans:receipt", made.fund.code, made.number)


def _printed(request: ScopedRequest, slip: Slip) -> Printed:
    url = request.build_absolute_uri(reverse("loans:check", args=[slip.receipt.seal]))
    code = segno.make(url, error="m", micro=False)
    # White behind it also on a dark screen: a camera wants dark on light.
    drawn = code.svg_inline(border=4, dark="#000", light="#fff", svgclass=None, omitsize=True)
    # With a size of its own it needs no style, and paper may still make it smaller.
    picture = drawn.replace(
        "<svg ", f'<svg aria-hidden="true" width="{QR_SIZE}" height="{QR_SIZE}" ', 1
    )
    return Printed(slip, url, SafeString(picture))


def _paper(request: ScopedRequest, fund: Fund, slip: Slip) -> ReceiptPaper:
    made = slip.receipt
    is_own = request.reach.own_membership() == (fund.pk, made.member_number)
    with_names = may(request, fund, Deed.SEE_NAMES) or is_own
    chairman = next(
        (
            term.person.name
            for term in receivers_on(fund, made.paid_on)
            if term.position == CommitteePosition.CHAIRMAN
        ),
        None,
    )
    book, leaf = slip.document.split("/")
    return ReceiptPaper(
        fund=fund_on_paper(fund),
        book_number=book,
        number=leaf,
        on=made.paid_on,
        payer=slip.payer,
        borrower=slip.borrower if made.paid_by else "",
        contract_number=slip.contract_paper,
        instalment_number=made.parts,
        amount=made.amount,
        balance_left=made.balance_left,
        receiver=slip.receiver,
        chairman=(chairman.full if with_names else chairman.masked) if chairman else "",
        proof=ReceiptProof(_printed(request, slip).check_url, slip.fingerprint, made.seal),
    )


def _matching(fund: Fund, states: Sequence[ContractState], words: str) -> list[ContractState]:
    """The contracts that words point to: a name, a number on the list, a contract's number."""
    number = arabic_digits(words)
    key = search_key(words)
    heads = {
        member.number: f"{member.person.name.full} {member.household.head.name.full}"
        for member in Membership.objects.filter(group_id=fund.pk).select_related(
            "person", "household__head"
        )
    }
    found = []
    for state in states:
        contract = state.contract
        names = f"{contract.borrower.name.full} {heads.get(contract.member_number or 0, '')}"
        is_name = bool(key) and key in search_key(names)
        is_number = number in {str(contract.member_number), arabic_digits(contract.paper_number)}
        if is_name or is_number:
            found.append(state)
    return found


def _late_first(state: ContractState) -> tuple[bool, bool, int, int]:
    """Late ones, then those who owe, each in the order of the list."""
    contract = state.contract
    return (
        not state.arrears.overdue,
        state.is_settled,
        contract.member_number or HIGHEST,
        contract.number,
    )


def _is_narrow(request: ScopedRequest) -> bool:
    """Whether the slip is for a roll of 58 mm."""
    return request.GET.get("paper") == "58"


def _number_asked(request: ScopedRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
