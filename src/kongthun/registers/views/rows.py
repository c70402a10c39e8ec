"""Rows that wait for a person, one row with its history, and putting it right."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed, Reach
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.actions import record_deed
from kongthun.ledger.models import Fund

from ..actions import RowPosted, RowUnknown, StillSetAside, correct_row
from ..forms import CorrectionForm
from ..queries import typed
from ..queries.places import fund_open_to, is_area_open_to, may
from ..queries.rows import ReasonCount, RowPage, reasons_of, row_page, waiting_page, waiting_rows

LONGEST_READ_BACK = 100


@scoped(Deed.SEE_FUND)
@require_safe
def set_aside(request: ScopedRequest) -> HttpResponse:
    """The rows that wait for a person, at one fund, in an area, or wherever the reader looks."""
    area, code = request.GET.get("area", ""), request.GET.get("fund", "")
    if area and not is_area_open_to(request.reach, area, Deed.SEE_FUND):
        raise Http404
    fund = _fund_or_404(request.reach, code) if code else None
    rows = waiting_rows(request.reach, area=area, fund=fund)
    reasons = reasons_of(rows)
    reason = request.GET.get("reason", "")
    if reason not in {known.reason for known in reasons}:
        reason = ""
    context = {
        "fund": fund,
        "area": area,
        "reason": reason,
        "total": sum(known.count for known in reasons),
        "chips": _chips(reasons, reason, {"area": area, "fund": code}),
        "page": waiting_page(rows, reason=reason, page=request.GET.get("page")),
    }
    return render(request, "registers/set_aside.html", context)


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """One row of the paper: as typed, what became of it, and the form to put it right."""
    reach = request.reach
    fund = _fund_or_404(reach, code)
    page = row_page(reach, fund, number)
    if page is None:
        raise Http404
    form = CorrectionForm(page.row) if page.can_correct else None
    if request.method == "POST":
        if not may(reach, Deed.CORRECT_ROWS, fund):
            raise Http404
        if not page.can_correct:
            messages.info(request, "แถวนี้ไม่ได้รอแก้แล้ว สิ่งที่เห็นในหน้านี้คือสภาพล่าสุด")
            return redirect("registers:row", code=code, number=number)
        form = CorrectionForm(page.row, request.POST)
        if form.is_valid():
            outcome = correct_row(
                fund=fund,
                number=number,
                correction=form.correction,
                note=form.note,
                user_id=reach.user_id,
            )
            match outcome:
                case RowPosted():
                    _say_what_was_posted(request, page, outcome)
                    return redirect("registers:row", code=code, number=number)
                case RowUnknown():
                    messages.warning(request, "แถวนี้ถูกแทนที่ด้วยสมุดที่นำเข้าใหม่กว่า ลองเปิดแถวใหม่จากรายการ")
                    return redirect(_list_of(fund))
                case StillSetAside():
                    form.refuse(outcome.reason)
    if page.with_names and page.names_people:
        record_deed(
            "read_names",
            user_id=reach.user_id,
            area_code=fund.area_code,
            fund_id=fund.pk,
            subject=f"row {number}",
        )
    context = {
        "page": page,
        "fund": fund,
        "form": form,
        "list_href": _list_of(fund),
    }
    is_refused = form is not None and bool(form.errors)
    return render(request, "registers/row.html", context, status=422 if is_refused else 200)


@scoped(Deed.CORRECT_ROWS)
@require_safe
def read_back(request: ScopedRequest) -> HttpResponse:
    """How a sum or a day typed so far will be read: ``?of=value&as=on&value=30/9/2568``."""
    text = str(request.GET.get(request.GET.get("of", ""), ""))
    words = typed.read_back(request.GET.get("as", ""), text[:LONGEST_READ_BACK])
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


# --- below the line -------------------------------------------------------------------------


def _fund_or_404(reach: Reach, code: str) -> Fund:
    fund = fund_open_to(reach, code, Deed.SEE_FUND)
    if fund is None:
        raise Http404
    return fund


def _chips(
    reasons: list[ReasonCount], chosen: str, kept: dict[str, str]
) -> list[dict[str, object]]:
    """All, then a chip a reason; the area or fund stays in the address."""

    def href(reason: str) -> str:
        asked = {name: value for name, value in {**kept, "reason": reason}.items() if value}
        return f"?{urlencode(asked)}"

    total = sum(reason.count for reason in reasons)
    everything = {"label": "ทั้งหมด", "href": href(""), "count": total, "current": not chosen}
    return [
        everything,
        *(
            {
                "label": reason.label,
                "href": href(reason.reason),
                "count": reason.count,
                "current": reason.reason == chosen,
            }
            for reason in reasons
        ),
    ]


def _list_of(fund: Fund) -> str:
    return f"{reverse('registers:set_aside')}?{urlencode({'fund': fund.code})}"


def _say_what_was_posted(request: ScopedRequest, before: RowPage, posted: RowPosted) -> None:
    """What stands now, with its sum and day, and how many rows came along."""
    after = row_page(request.reach, before.fund, posted.number)
    words = f"แก้แล้ว {before.kind}ลงบัญชีเรียบร้อย"
    if after is not None and after.posted_as is not None:
        words += (
            f" เป็นรายการที่ {after.posted_as.entry.number:,} จำนวน {after.posted_as.amount.text} บาท"
        )
    if posted.others > 0:
        words += f" และอีก {posted.others:,} แถวที่รอแถวนี้อยู่ ลงบัญชีตามมาด้วย"
    messages.success(request, words)
