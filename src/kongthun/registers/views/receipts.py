"""The receipt kept with a workbook, and the workbook itself."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kongthun.accounts.reach import Deed, Reach
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.actions import evidence_path, record_deed
from kongthun.ledger.models import Fund

from ..models import Workbook
from ..queries.places import fund_open_to, may_take_workbooks
from ..queries.workbooks import kept_receipt

_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xls": "application/vnd.ms-excel",
}


@scoped(Deed.SEE_FUND)
@require_safe
def receipt(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The kept reconciliation receipt of a workbook, as it was written when it came in."""
    fund = _fund_or_404(request.reach, code)
    kept = kept_receipt(fund, number)
    if kept is None:
        raise Http404
    context = {
        "fund": fund,
        "kept": kept,
        "reconciliation": kept.reconciliation,
        "may_take_file": may_take_workbooks(request.reach, fund),
    }
    return render(request, "registers/receipt.html", context)


@scoped(Deed.IMPORT_REGISTERS, Deed.SEE_NAMES)
@require_safe
def file(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The workbook itself as it was handed in. It names people: each taking is written down."""
    fund = _fund_or_404(request.reach, code)
    workbook = Workbook.objects.filter(fund=fund, number=number).defer("receipt").first()
    if workbook is None or not may_take_workbooks(request.reach, fund):
        raise Http404
    place = evidence_path(workbook.sha256)
    if not place.exists():
        raise Http404
    record_deed(
        "export_workbook",
        user_id=request.reach.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=f"workbook {number}",
        details={"sha256": workbook.sha256},
    )
    suffix = ".xls" if workbook.file_name.lower().endswith(".xls") else ".xlsx"
    name = f"{fund.code}-{number}{suffix}"
    return HttpResponse(
        place.read_bytes(),
        content_type=_TYPES[suffix],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _fund_or_404(reach: Reach, code: str) -> Fund:
    fund = fund_open_to(reach, code, Deed.SEE_FUND)
    if fund is None:
        raise Http404
    return fund
