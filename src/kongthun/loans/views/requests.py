"""Requests: the list, forms 1 and 2 as a household writes them, and all four forms as PDF."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.ledger.models import Fund

from ..actions.requests import RequestFacts, hand_in_request, save_draft
from ..actions.steps import StepTaken
from ..forms.requests import (
    MORE_LINES,
    DraftForm,
    items_total,
    lines_sent,
)
from ..models import Request, Stage
from ..papers import print_contract, print_pay_out, print_proposal, print_request
from ..queries.desk import NEXT_STEPS, counts_by_stage, next_step_of
from ..queries.papers import contract_paper, pay_out_paper, proposal_paper, request_paper
from ..queries.requests import (
    Candidate,
    available_money,
    candidates,
    items_of,
    listed_page,
    request_of,
)
from ..refusals import NotDone
from .asking import (
    digits_asked,
    fund_or_404,
    head,
    may,
    names,
    pdf_answer,
    place_or_404,
    stepped,
)

MONTHS_A_YEAR = 12
MEETINGS_OFFERED = 6

# --- the list -----------------------------------------------------------------------------------

# What a list may be narrowed to: the stages in the order of the forms, and all that came to an end.
_SHOWN: dict[str, tuple[str, tuple[Stage, ...]]] = {
    "": ("กำลังดำเนินการ", tuple(NEXT_STEPS)),
    **{stage.value: (str(stage.label), (stage,)) for stage in NEXT_STEPS},
    Stage.PAID_OUT.value: ("จ่ายเงินแล้ว", (Stage.PAID_OUT,)),
    "ended": ("ไม่อนุมัติหรือถอน", (Stage.REFUSED, Stage.DROPPED)),
}


@scoped(Deed.SEE_FUND)
@require_safe
def requests(request: ScopedRequest, code: str) -> HttpResponse:
    """The requests of a fund, by stage."""
    fund = fund_or_404(request, code)
    shown = request.GET.get("stage", "")
    if shown not in _SHOWN:
        shown = ""
    counts = counts_by_stage(fund)
    with_names = names(request, fund, "requests")
    page, rows = listed_page(fund, _SHOWN[shown][1], request.GET.get("page"), with_names=with_names)
    address = reverse("loans:requests", args=[code])
    context = head(fund) | {
        "page": page,
        "rows": [
            (row, next_step_of(row.request.stage), row.waits(request.reach.day)) for row in rows
        ],
        "shown": shown,
        "chips": [
            {
                "label": label,
                "count": sum(counts.get(stage, 0) for stage in stages),
                "href": f"{address}?stage={key}" if key else address,
                "current": key == shown,
            }
            for key, (label, stages) in _SHOWN.items()
        ],
        "may_record": may(request, fund, Deed.RECORD_LOANS),
    }
    return render(request, "loans/requests.html", context)


# --- forms 1 and 2 ------------------------------------------------------------------------------


@scoped(Deed.RECORD_LOANS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ScopedRequest, code: str) -> HttpResponse:
    """Choose a household, then write its proposal and request."""
    fund = fund_or_404(request, code, Deed.RECORD_LOANS)
    return _draft(request, fund, None)


@scoped(Deed.RECORD_LOANS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Write on at a draft. What was handed in is read, not changed."""
    fund = fund_or_404(request, code, Deed.RECORD_LOANS)
    draft = request_of(fund.pk, number)
    if draft is None:
        raise Http404
    if draft.stage != Stage.DRAFT:
        return redirect("loans:request", code, number)
    return _draft(request, fund, draft)


@scoped(Deed.RECORD_LOANS)
@require_safe
def total_of_items(request: ScopedRequest, code: str) -> HttpResponse:
    """What the items make as they are typed now. Nothing is kept."""
    fund_or_404(request, code, Deed.RECORD_LOANS)
    form = DraftForm(request.GET, lines=lines_sent(request.GET))
    return render(request, "loans/parts/items_total.html", _total_words(form))


def _draft(request: ScopedRequest, fund: Fund, draft: Request | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    asked = (data or request.GET).get("member", "")
    if not asked and draft is not None and "choose" not in request.GET:
        asked = str(draft.member_number)
    found = _candidate(fund, request.reach.day, asked)
    if found is None:
        return _choose_household(request, fund, draft)
    names(request, fund, f"household {found.number}")
    if data is None:
        form = DraftForm.of(draft, items_of(fund.pk, draft.number)) if draft else DraftForm()
        return _draft_page(request, fund, form, found, draft)
    form, is_saved = DraftForm(data, lines=lines_sent(data)), False
    if data.get("do") == "more":
        longer = DraftForm(
            lines=form.line_count + MORE_LINES,
            initial={name: data.get(name, "") for name in form.fields},
        )
        return _draft_page(request, fund, longer, found, draft)
    if form.is_valid():
        saved = save_draft(
            RequestFacts(
                found.number,
                project=form.cleaned_data["project"],
                occupation=form.cleaned_data["occupation"],
                consenter_name=form.cleaned_data["consenter_name"],
                items=form.items,
                asked=form.cleaned_data["asked"],
                made_on=form.cleaned_data["made_on"],
            ),
            fund=fund,
            by=request.reach,
            number=draft.number if draft is not None else None,
        )
        if isinstance(saved, NotDone):
            form.refuse(saved)
        elif data.get("do") == "save":
            messages.success(request, f"เก็บร่างคำขอที่ {saved.number} แล้ว กลับมาเขียนต่อได้")
            return redirect("loans:request", fund.code, saved.number)
        else:
            draft, is_saved = saved, True
            on = form.cleaned_data["made_on"] or request.reach.day
            handed = hand_in_request(saved.number, fund=fund, on=on, by=request.reach)
            if isinstance(handed, StepTaken):
                return stepped(request, fund, handed, "ยื่นคำขอแล้ว")
            form.refuse(handed)
    return _draft_page(request, fund, form, found, draft, is_saved=is_saved)


def _draft_page(
    request: ScopedRequest,
    fund: Fund,
    form: DraftForm,
    found: Candidate,
    draft: Request | None,
    *,
    is_saved: bool = False,
) -> HttpResponse:
    """The two forms. A draft that could not be handed in is kept, and this page writes on at it."""
    address = (
        reverse("loans:request_edit", args=[fund.code, draft.number])
        if draft is not None
        else reverse("loans:request_new", args=[fund.code])
    )
    context = head(fund) | {
        "form": form,
        "refused": form.non_field_errors() if form.is_bound else [],
        "household": found,
        "draft": draft,
        "address": address,
        "is_saved": is_saved,
        "money": available_money(fund.pk),
        **_total_words(form),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "loans/request_form.html", context, status=status)


def _choose_household(request: ScopedRequest, fund: Fund, draft: Request | None) -> HttpResponse:
    words = request.GET.get("q", "")
    names(request, fund, "households to lend to")
    context = head(fund) | {
        "words": words,
        "households": candidates(fund, request.reach.day, words=words),
        "draft": draft,
        "address": request.path,
    }
    return render(request, "loans/request_household.html", context)


def _candidate(fund: Fund, day: date, typed: str) -> Candidate | None:
    if not (typed.isascii() and typed.isdecimal()):
        return None
    found = candidates(fund, day, number=int(typed[:9]))
    return found[0] if found else None


def _total_words(form: DraftForm) -> dict[str, Any]:
    """The running total of the items, and how it stands beside the sum asked."""
    typed = {name: form[name].value() or "" for name in form.fields if name.startswith("sum_")}
    return {
        "items_total": items_total(typed.values()),
        "items_asked": items_total([form["asked"].value() or ""]),
    }


# --- papers ---------------------------------------------------------------------------------------


@scoped(Deed.SEE_FUND)
@require_safe
def paper(request: ScopedRequest, code: str, number: int, which: str) -> HttpResponse:
    """One of forms 1 to 4 as PDF, with what is known so far."""
    place = place_or_404(request, code, number)
    digits = digits_asked(request)
    with_names = place.sees_names
    made: bytes | None = None
    match which:
        case "proposal":
            made = print_proposal(
                proposal_paper(place.fund, place.request, with_names=with_names), digits=digits
            )
        case "request":
            made = print_request(
                request_paper(place.fund, place.request, with_names=with_names), digits=digits
            )
        case "contract":
            contract_ = contract_paper(place.fund, place.request, with_names=with_names)
            made = print_contract(contract_, digits=digits) if contract_ else None
        case "pay-out":
            paid = pay_out_paper(place.fund, place.request, with_names=with_names)
            made = print_pay_out(paid, digits=digits) if paid else None
    if made is None:
        raise Http404
    names(request, place.fund, f"{which} of request {number}")
    return pdf_answer(made, f"{code}-{number}-{which}.pdf")
