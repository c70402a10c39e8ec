"""Keeping and opening the paper of a gift or a borrowing, and the photo of a tool."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.answers import paper_answer
from kongthun.domain.journal import AccountKind
from kongthun.domain.thai_calendar import long
from kongthun.ledger.models import Fund

from ..actions.papers import PaperKept, keep_borrowing_paper, keep_gift_paper, keep_tool_photo
from ..forms.papers import PaperForm, ToolPhotoForm
from ..means_refusals import NotDone
from ..models import Borrowing, Gift, Tool
from ..queries.borrowings import borrowing
from ..queries.gifts import gift
from ..queries.tools import tool
from .asking import Page, asked, fund_or_404, fund_to_keep, record, section, shows_names

_LENDER, _TOOL = AccountKind.LENDER, AccountKind.TOOL
_LAST = "ถ้าอ่านออกและเห็นลายมือชื่อ"

Keep = Callable[[Path], PaperKept | NotDone]


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def gift_paper(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Keep the giver's letter."""
    fund = fund_to_keep(request, code)
    row = _gift_or_404(fund, number)
    return _asked(
        request,
        fund,
        Page(
            "เก็บหนังสือของผู้ให้",
            "ถ่ายให้เห็นทั้งแผ่น",
            *section("gifts", "เงินและสิ่งของที่ได้รับ", fund),
            last=_LAST,
            button="เก็บไว้",
            is_read_back=False,
            has_file=True,
        ),
        PaperForm(request.POST or None, request.FILES or None, day=request.reach.day),
        lambda file: keep_gift_paper(number, fund=fund, file=file, by=request.reach),
        to=reverse("funding:gift", args=[code, number]),
        facts=[
            ("สิ่งที่ให้", f"{row.in_kind or 'เงิน'} {row.amount.text} บาท เมื่อ {long(row.received_on)}")
        ],
    )


@scoped(Deed.SEE_FUND)
@require_safe
def gift_paper_file(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The giver's letter; taking it is written down."""
    fund = fund_or_404(request, code)
    sha256 = _gift_or_404(fund, number).evidence
    return _taken(request, fund, sha256, f"{code}-gift-{number}", f"gift {number}")


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def borrowing_paper(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Keep the contract with the lender."""
    fund = fund_to_keep(request, code, _LENDER)
    row = _borrowing_or_404(fund, number)
    return _asked(
        request,
        fund,
        Page(
            "เก็บหนังสือสัญญา",
            "ถ่ายให้เห็นทั้งแผ่น",
            *section("borrowings", "เงินที่กลุ่มกู้หรือยืม", fund),
            last=_LAST,
            button="เก็บไว้",
            is_read_back=False,
            has_file=True,
        ),
        PaperForm(request.POST or None, request.FILES or None, day=request.reach.day),
        lambda file: keep_borrowing_paper(number, fund=fund, file=file, by=request.reach),
        to=reverse("funding:borrowing", args=[code, number]),
        facts=[("ได้รับ", f"{row.amount.text} บาท เมื่อ {long(row.borrowed_on)}")],
    )


@scoped(Deed.SEE_FUND)
@require_safe
def borrowing_paper_file(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The contract with the lender; taking it is written down."""
    fund = fund_or_404(request, code, _LENDER)
    sha256 = _borrowing_or_404(fund, number).evidence
    return _taken(request, fund, sha256, f"{code}-borrowing-{number}", f"borrowing {number}")


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def tool_photo(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Keep a photo of a tool."""
    fund = fund_to_keep(request, code, _TOOL)
    row = _tool_or_404(fund, number)
    return _asked(
        request,
        fund,
        Page(
            "ถ่ายภาพเครื่องมือ",
            "ให้เห็นทั้งเครื่อง และหมายเลขเครื่องถ้ามี",
            *section("tools", "ทะเบียนเครื่องมือ", fund),
            last="ถ้าเห็นเครื่องมือชัด ไม่ต้องมีคนในภาพ",
            button="เก็บไว้",
            is_read_back=False,
            has_file=True,
        ),
        ToolPhotoForm(request.POST or None, request.FILES or None, day=request.reach.day),
        lambda file: keep_tool_photo(number, fund=fund, file=file, by=request.reach),
        to=reverse("funding:tool", args=[code, number]),
        facts=[("เครื่องมือ", f"เลขที่ {number} {row.name}")],
    )


@scoped(Deed.SEE_FUND)
@require_safe
def tool_photo_file(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The photo of a tool, for those who see names: somebody may stand beside it."""
    fund = fund_or_404(request, code, _TOOL)
    row = _tool_or_404(fund, number)
    if not shows_names(request, fund):
        raise Http404
    return paper_answer(fund.pk, row.photo, f"{code}-tool-{number}", shows_photos=True)


# --- below the line ----------------------------------------------------------------------------


def _gift_or_404(fund: Fund, number: int) -> Gift:
    row = gift(fund, number)
    if row is None:
        raise Http404
    return row


def _borrowing_or_404(fund: Fund, number: int) -> Borrowing:
    found = borrowing(fund, number)
    if found is None:
        raise Http404
    return found.row


def _tool_or_404(fund: Fund, number: int) -> Tool:
    found = tool(fund, number, with_names=False)
    if found is None:
        raise Http404
    return found.row


def _asked(
    request: ScopedRequest,
    fund: Fund,
    page: Page,
    form: PaperForm | ToolPhotoForm,
    keep: Keep,
    *,
    to: str,
    facts: list[tuple[str, str]],
) -> HttpResponse:
    def act() -> PaperKept | NotDone:
        path = form.path
        if path is None:
            raise TypeError("a form that is valid has its file")
        return keep(path)

    return asked(
        request,
        fund,
        page,
        form,
        act=act,
        did=lambda _: "เก็บไว้แล้ว",
        to=lambda _: to,
        facts=facts,
    )


def _taken(
    request: ScopedRequest, fund: Fund, sha256: str, name: str, subject: str
) -> HttpResponse:
    if not shows_names(request, fund):
        raise Http404
    answer = paper_answer(fund.pk, sha256, name)
    record(request, fund, "export_evidence", subject)
    return answer
