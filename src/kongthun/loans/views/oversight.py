"""What is looked at from outside: roll-overs, who was entitled, and what new rules would touch."""

from __future__ import annotations

from fractions import Fraction

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.activities.wording import authority_found_in_thai
from kongthun.domain import what_if as why
from kongthun.domain.roll_over import RollOverKind
from kongthun.domain.thai_calendar import long
from kongthun.groups.queries.rules import rules_history, rules_of
from kongthun.groups.wording import value_in_thai

from ..forms.debts import ASKED_OF_LOANS, WhatIfForm
from ..models import Contract
from ..queries.oversight import unentitled_pay_outs, what_if
from ..queries.roll_overs import roll_overs_of
from .asking import fund_or_404, names
from .debts import head

ROLL_OVER_WORDS = {
    RollOverKind.SAME_HOUSEHOLD: "ส่งคืนแล้วยืมใหม่โดยครัวเรือนเดิม",
    RollOverKind.RING: "ส่งคืนแล้วยืมต่อกันเป็นวง",
}


@scoped(Deed.SEE_FUND)
@require_safe
def oversight(request: ScopedRequest, code: str) -> HttpResponse:
    """Roll-overs with the figure behind them, and pay-outs that nobody entitled stands behind."""
    fund = fund_or_404(request, code)
    with_names = names(request, fund, "oversight")
    found = roll_overs_of(fund, as_of=request.reach.day, with_names=with_names)
    exceptions = unentitled_pay_outs(fund)
    papers = dict(
        Contract.objects.filter(
            fund=fund, number__in=[each.contract_number for each in exceptions]
        ).values_list("number", "paper_number")
    )
    par = found.par
    context = {
        **head(request, fund),
        "found": found,
        "par": par,
        "par_share": Fraction(par.at_risk.satang, par.outstanding.satang)
        if par.outstanding
        else None,
        "hits": [(hit, ROLL_OVER_WORDS[hit.roll_over.kind]) for hit in found.hits],
        "exceptions": [
            (
                each.contract_number,
                papers.get(each.contract_number, ""),
                list(dict.fromkeys(authority_found_in_thai(refusal) for refusal in each.refusals)),
            )
            for each in exceptions
        ],
    }
    return render(request, "loans/oversight.html", context)


@scoped(Deed.SEE_FUND)
@require_safe
def what_if_page(request: ScopedRequest, code: str) -> HttpResponse:
    """Which open contracts and requests a proposed rule set would touch; changes nothing."""
    fund = fund_or_404(request, code)
    today = request.reach.day
    place = {"group_id": fund.pk, "kind": fund.chart, "area_code": fund.area_code}
    rules = rules_of(day=today, **place)
    chosen = request.GET.get("rules", "")
    if chosen:
        history = rules_history(**place)
        bearing = {str(each.adopted.pk): each.rules for each in history if each.adopted}
        if chosen not in bearing:
            raise Http404
        rules = bearing[chosen]
    is_asked = any(name in request.GET for name in ASKED_OF_LOANS)
    form = WhatIfForm(rules, request.GET if is_asked else None)
    proposed = None
    if is_asked and form.is_valid():
        proposed = form.proposed
    elif chosen and not is_asked:
        proposed = rules
    context = {**head(request, fund), "form": form, "rules": rules, "is_chosen": bool(chosen)}
    if proposed is not None:
        with_names = names(request, fund, "what if")
        touched, count = what_if(fund, proposed, as_of=today, with_names=with_names)
        context |= {
            "is_answered": True,
            "touched": [
                (each, [why_in_thai(reason) for reason in each.touched.why]) for each in touched
            ],
            "count": count,
        }
    status = 422 if is_asked and proposed is None else 200
    return render(request, "loans/what_if.html", context, status=status)


def why_in_thai(reason: why.Why) -> str:
    """Why a contract or a request would stand outside the proposed rules."""
    limit = value_in_thai(reason.limit)
    match reason:
        case why.TooLarge(amount=amount):
            return f"จำนวน {amount.text} บาท มากกว่า {limit}"
        case why.TooManyParts(parts=parts):
            return f"แบ่ง {parts} งวด มากกว่า {limit}"
        case why.TooLong(last_due_on=last, last_allowed=allowed):
            return f"งวดสุดท้าย {long(last)} หลังจาก {long(allowed)} ({limit})"
        case why.TooManyOpen(open_now=count):
            return f"ครัวเรือนมีสัญญาและคำขอค้างพร้อมกัน {count} รายการ มากกว่า {limit}"
        case why.TooFewGuarantors(have=have):
            return f"มีผู้ค้ำประกัน {have} คน น้อยกว่า {limit}"
        case why.NotOnList():
            return "ครัวเรือนไม่อยู่ในบัญชีรายชื่อ"
        case why.OtherInterest():
            return f"คิดดอกเบี้ยต่างจากที่เสนอ ({limit})"
        case why.DelayTooLong(months=months):
            return f"ผ่อนผันอยู่ {months} เดือน มากกว่า {limit}"
