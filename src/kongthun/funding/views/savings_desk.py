"""Two doors of the savings desk, where a certificate may stand over the shares concerned.

They have the desk's own addresses and are asked first. Without certificates the desk answers as
ever; with them, giving back and taking back go by the certificate, so that none is left over
shares that are gone (docs/rules/share_certificates.md).
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.ledger.models import Fund
from kongthun.ledger.queries import fund_in_reach
from kongthun.ledger.views import savings

from ..models import ShareCertificate

BY_CERTIFICATE = "หุ้นของสมาชิกรายนี้มีใบหุ้น กรุณาคืนหรือยกเลิกที่ใบหุ้น เพื่อไม่ให้ใบหุ้นค้างอยู่โดยไม่มีหุ้น"


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def return_shares(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Give shares back: by their certificates where any stands."""
    fund = _fund_or_404(request, code)
    standing = ShareCertificate.objects.filter(fund=fund, member_number=number, ended_on=None)
    if standing.exists():
        messages.info(request, BY_CERTIFICATE)
        return redirect("funding:share_member", code=code, number=number)
    return savings.record(request, code=code, number=number, what="return-shares")


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: ScopedRequest, code: str, number: int, entry: int) -> HttpResponse:
    """Take back a line of a member's book: at its certificate where one came by it."""
    fund = _fund_or_404(request, code)
    paper = ShareCertificate.objects.filter(fund=fund, entry_number=entry, ended_on=None).first()
    if paper is not None:
        messages.info(request, BY_CERTIFICATE)
        return redirect("funding:certificate", code=code, number=paper.number)
    return savings.take_back(request, code=code, number=number, entry=entry)


def _fund_or_404(request: ScopedRequest, code: str) -> Fund:
    fund = fund_in_reach(code, request.reach, Deed.SEE_FUND)
    if fund is None:
        raise Http404
    return fund
