"""Before a meeting: who owes what. After it: the whole meeting's receipts at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.thai_calendar import short
from kongthun.ledger.models import Fund
from kongthun.ledger.queries import balance_of

from ..actions.repayments import CASH, RepaymentRecorded, Visit, record_repayments
from ..forms.collection import CollectionForm, MeetingDayForm, numbers_typed
from ..papers import CollectionRow, CollectionSheet, print_collection_sheet
from ..queries.collection import Due, Sheet, collection_sheet, owing_now, rehearse_repayments
from ..queries.papers import fund_on_paper
from ..queries.receipts import receivers_on
from ..refusals import NotDone
from .asking import digits_asked, fund_or_404, may, note_names_read, pdf_answer
from .receipts import day_typed


@scoped(Deed.SEE_FUND)
@require_safe
def collection(request: ScopedRequest, code: str) -> HttpResponse:
    """Who owes what at a meeting, on one sheet to be looked at or printed."""
    fund = fund_or_404(request, code, Deed.SEE_FUND)
    sheet, form = _sheet_asked(request, fund)
    context = {
        "fund": fund,
        "code": code,
        "form": form,
        "sheet": sheet,
        "deferred": sheet.overdue - sheet.overdue_not_deferred,
        "on": sheet.meeting_on.isoformat(),
        "is_over": sheet.meeting_on <= request.reach.day,
        "may_receive": may(request, fund, Deed.RECEIVE_MONEY),
    }
    return render(request, "loans/collection.html", context)


@scoped(Deed.SEE_FUND)
@require_safe
def collection_pdf(request: ScopedRequest, code: str) -> HttpResponse:
    """The same sheet as PDF, A4, with room to write what was received."""
    fund = fund_or_404(request, code, Deed.SEE_FUND)
    sheet, _ = _sheet_asked(request, fund)
    paper = CollectionSheet(
        fund=fund_on_paper(fund),
        meeting_on=sheet.meeting_on,
        as_of=sheet.as_of,
        rows=tuple(_row_on_paper(row) for row in sheet.rows),
    )
    name = f"{code}-collection-{sheet.meeting_on.isoformat()}.pdf"
    return pdf_answer(print_collection_sheet(paper, digits=digits_asked(request)), name)


@scoped(Deed.RECEIVE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def collect(request: ScopedRequest, code: str) -> HttpResponse:
    """The receipts of a whole meeting: read back first, then all of them or none."""
    fund = fund_or_404(request, code, Deed.RECEIVE_MONEY)
    form = _collection_form(request, fund)
    is_read_back = False
    if request.method == "POST" and form.is_valid():
        visits = form.visits()
        if form.is_seen:
            done = record_repayments(visits, fund=fund, by=request.reach)
            if not isinstance(done, NotDone):
                return _all_taken(request, fund, done)
            _refuse(request, fund, form, visits, done)
        else:
            is_read_back = _refuse(request, fund, form, visits) == 0
    if may(request, fund, Deed.SEE_NAMES):
        note_names_read(request, fund, "who owes")
    context = _total(fund, form, is_read_back=is_read_back) | {
        "fund": fund,
        "code": code,
        "form": form,
        "rows": form.rows,
    }
    return render(
        request, "loans/collection_receive.html", context, status=422 if form.errors else 200
    )


@scoped(Deed.RECEIVE_MONEY)
@require_POST
def collect_total(request: ScopedRequest, code: str) -> HttpResponse:
    """The running total while sums are typed. Nothing is kept."""
    fund = fund_or_404(request, code, Deed.RECEIVE_MONEY)
    form = _collection_form(request, fund)
    form.is_valid()
    context = _total(fund, form, is_read_back=not form.errors)
    return render(request, "loans/collection_next.html", context)


# --- below the line -----------------------------------------------------------------------------


def _sheet_asked(request: ScopedRequest, fund: Fund) -> tuple[Sheet, MeetingDayForm]:
    """The sheet of the day in the address, today's if there is none; reading it is written down."""
    today = request.reach.day
    form = MeetingDayForm(request.GET if "on" in request.GET else None, initial={"on": today})
    day = form.cleaned_data["on"] if form.is_valid() else today
    with_names = may(request, fund, Deed.SEE_NAMES)
    sheet = collection_sheet(fund, meeting_on=day, today=today, with_names=with_names)
    if with_names:
        note_names_read(request, fund, "collection sheet")
    return sheet, form


def _row_on_paper(row: Due) -> CollectionRow:
    """A row for the printed sheet. Interest is not of what is outstanding, so it is said apart."""
    name = row.state.borrower
    if row.state.deferred_until is not None:
        name += f" (ผ่อนผันถึง {short(row.state.deferred_until)})"
    if row.interest:
        name += f" (ดอกเบี้ย {row.interest.text})"
    return CollectionRow(
        name=name,
        contract_number=row.state.contract.paper_number,
        due=row.due,
        overdue=row.overdue,
        outstanding=row.outstanding,
        due_on=row.falls_on,
    )


def _collection_form(request: ScopedRequest, fund: Fund) -> CollectionForm:
    today = request.reach.day
    is_sent = request.method == "POST"
    data = request.POST if is_sent else None
    typed = (request.POST if is_sent else request.GET).get("paid_on" if is_sent else "on", "")
    day = day_typed(typed, otherwise=today)
    sheet = owing_now(
        fund,
        meeting_on=day,
        today=today,
        with_names=may(request, fund, Deed.SEE_NAMES),
        also=numbers_typed(request.POST),
    )
    return CollectionForm(
        sheet, receivers_on(fund, day), me=request.reach.name, data=data, day=min(day, today)
    )


def _total(fund: Fund, form: CollectionForm, *, is_read_back: bool) -> dict[str, Any]:
    """What was typed so far, and how much money has to lie on the table."""
    sum_ = form.total
    return {
        "count": len(form.sums),
        "sum": sum_,
        "unread": form.unread if form.is_bound else 0,
        "cash": balance_of(fund.pk, CASH) + sum_,
        "seen": form.seen_now if is_read_back and form.sums else "",
    }


def _refuse(
    request: ScopedRequest,
    fund: Fund,
    form: CollectionForm,
    visits: Sequence[Visit],
    not_done: NotDone | None = None,
) -> int:
    """Say beside each row why it can not be booked. How many rows that are."""
    outcomes = rehearse_repayments(visits, fund=fund, by=request.reach)
    refused = 0
    for visit, outcome in zip(visits, outcomes, strict=True):
        if isinstance(outcome, NotDone):
            form.refuse_row(visit.contract_number, outcome)
            refused += 1
    if not refused and not_done is not None:
        # Somebody was quicker, and is through by now: said above the form.
        form.refuse(not_done)
    return refused


def _all_taken(request: ScopedRequest, fund: Fund, done: list[RepaymentRecorded]) -> HttpResponse:
    """On to the receipts of the meeting. What was booked before says so."""
    new = [each for each in done if not each.is_again]
    if new:
        messages.success(request, f"ออกใบเสร็จ {len(new):,} ใบแล้ว")
    if len(new) < len(done):
        messages.info(request, f"{len(done) - len(new):,} รายบันทึกไว้ก่อนแล้ว จึงไม่ได้บันทึกซ้ำ")
    numbers = [each.receipt.number for each in done]
    asked = urlencode({"from": min(numbers), "to": max(numbers)})
    return redirect(f"{reverse('loans:slips', args=[fund.code])}?{asked}")
