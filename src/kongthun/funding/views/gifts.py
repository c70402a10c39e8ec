"""Grants and donations on screen: received, reported on, thanked for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.answers import paper_answer
from kongthun.domain.journal import AccountKind
from kongthun.domain.money import total
from kongthun.domain.thai_calendar import long
from kongthun.groups.models import CommitteePosition
from kongthun.ledger.models import Fund

from ..actions.gifts import GiftKept, hand_in_report, receive_gift, take_back_gift, thank
from ..forms.means import GiftForm, HandInForm, MeansForm, TakeBackForm, ThankForm, ToolGiftForm
from ..means_refusals import NotDone
from ..models import Gift, SourceKind
from ..papers import ThanksPaper, group_on_paper, print_thanks
from ..queries.gifts import gift, gifts, reports_of, reports_owed
from .asking import (
    Page,
    asked,
    books_of,
    called,
    digits_asked,
    fund_or_404,
    fund_to_keep,
    head,
    member_choices,
    names,
    office_names,
    pdf_answer,
    record,
    section,
    shows_names,
)

_WORDS = "เงินและสิ่งของที่ได้รับ"

Act = Callable[[], GiftKept | NotDone]


@scoped(Deed.SEE_FUND)
@require_safe
def index(request: ScopedRequest, code: str) -> HttpResponse:
    """All that was given, and the reports owed for it."""
    fund = fund_or_404(request, code)
    with_names = names(request, fund, "gifts")
    rows = gifts(fund)
    standing = [each for each in rows if each.withdrawn_at is None]
    day = request.reach.day
    context = head(request, fund) | {
        "rows": [(each, giver(each, with_names=with_names)) for each in rows],
        "money": total(each.amount for each in standing if not each.in_kind),
        "things": total(each.amount for each in standing if each.in_kind),
        "reports": [(each, each.is_late(day)) for each in reports_owed(fund)],
    }
    return render(request, "funding/gifts.html", context)


@scoped(Deed.SEE_FUND)
@require_safe
def one(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """One gift: what it was, on what conditions, what is owed for it."""
    fund, row = _gift_or_404(request, code, number)
    with_names = names(request, fund, f"gift {number}")
    day = request.reach.day
    context = head(request, fund) | {
        "gift": row,
        "giver": giver(row, with_names=with_names),
        "reports": [
            (each, each.handed_in_on is None and each.due_on < day)
            for each in reports_of(fund, number)
        ],
        "with_names": with_names,
    }
    return render(request, "funding/gift.html", context)


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ScopedRequest, code: str) -> HttpResponse:
    """Money given to the group."""
    fund = fund_to_keep(request, code)
    form = GiftForm(request.POST or None, day=request.reach.day, books=books_of(fund))
    return _received(
        request,
        fund,
        form,
        "รับเงินสนับสนุนหรือบริจาค",
        lambda: receive_gift(fund=fund, by=request.reach, pocket=form.pocket(), **form.said()),
    )


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def new_tool(request: ScopedRequest, code: str) -> HttpResponse:
    """A tool given to the group."""
    fund = fund_to_keep(request, code, AccountKind.TOOL)
    form = ToolGiftForm(
        request.POST or None, day=request.reach.day, members=member_choices(request, fund)
    )
    return _received(
        request,
        fund,
        form,
        "รับเครื่องมือหรืออุปกรณ์",
        lambda: receive_gift(fund=fund, by=request.reach, tool=form.tool(), **form.said()),
    )


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def thanked(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Note that the letter went out."""
    fund, row = _gift_to_keep(request, code, number)
    form = ThankForm(request.POST or None, day=request.reach.day)
    return _about(
        request,
        fund,
        row,
        form,
        Page(
            "ส่งหนังสือขอบคุณแล้ว",
            "พิมพ์หนังสือ ให้ประธานลงชื่อ แล้วส่งถึงผู้ให้",
            *section("gifts", _WORDS, fund),
            last="เมื่อส่งหนังสือแล้ว",
            button="จดว่าส่งแล้ว",
            is_read_back=False,
        ),
        lambda: thank(number, fund=fund, on=form.cleaned_data["on"], by=request.reach),
        "จดว่าส่งหนังสือขอบคุณแล้ว",
    )


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """Note that a report was handed in."""
    fund, row = _gift_to_keep(request, code, number)
    report = next((each for each in reports_of(fund, number) if each.place == place), None)
    if report is None:
        raise Http404
    form = HandInForm(request.POST or None, request.FILES or None, day=request.reach.day)
    return _about(
        request,
        fund,
        row,
        form,
        Page(
            "ส่งรายงานแล้ว",
            report.words,
            *section("gifts", _WORDS, fund),
            last="เมื่อส่งรายงานถึงผู้ให้แล้ว",
            button="จดว่าส่งแล้ว",
            is_read_back=False,
            has_file=True,
        ),
        lambda: hand_in_report(
            number, place, fund=fund, on=form.cleaned_data["on"], by=request.reach, file=form.path
        ),
        f"จดว่าส่ง{report.words}แล้ว",
        [("กำหนดส่ง", long(report.due_on))],
    )


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Take a gift back that was recorded by mistake."""
    fund, row = _gift_to_keep(request, code, number)
    form = TakeBackForm(request.POST or None, day=request.reach.day)
    return _about(
        request,
        fund,
        row,
        form,
        Page(
            "กลับรายการรับ",
            "เหมือนไม่เคยรับ รายการเดิมยังเปิดอ่านได้",
            *section("gifts", _WORDS, fund),
            button="กลับรายการ",
        ),
        lambda: take_back_gift(
            number,
            fund=fund,
            reason=form.cleaned_data["reason"],
            key=form.cleaned_data["key"],
            by=request.reach,
        ),
        "กลับรายการรับแล้ว",
    )


@scoped(Deed.SEE_FUND)
@require_safe
def letter(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The letter of thanks, for printing and signing."""
    fund, row = _gift_or_404(request, code, number)
    if not shows_names(request, fund) or row.withdrawn_at is not None:
        raise Http404
    record(request, fund, "print_thanks", f"gift {number}")
    reports = tuple(
        f"{each.words} ภายในวันที่ {long(each.due_on)}"
        for each in reports_of(fund, number)
        if each.handed_in_on is None
    )
    paper = ThanksPaper(
        group_on_paper(fund),
        number,
        row.giver,
        row.received_on,
        row.thanked_on or request.reach.day,
        row.amount,
        row.in_kind,
        row.kind == SourceKind.GRANT,
        reports,
        office_names(request, fund).get(CommitteePosition.CHAIRMAN),
    )
    printed = print_thanks(paper, digits=digits_asked(request))
    return pdf_answer(printed, f"{code}-thanks-{number}.pdf")


@scoped(Deed.SEE_FUND)
@require_safe
def report_file(request: ScopedRequest, code: str, number: int, place: int) -> HttpResponse:
    """The copy of a report that was kept; taking it is written down."""
    fund, _ = _gift_or_404(request, code, number)
    report = next((each for each in reports_of(fund, number) if each.place == place), None)
    if report is None or not shows_names(request, fund):
        raise Http404
    answer = paper_answer(fund.pk, report.evidence, f"{code}-gift-{number}-report-{place}")
    record(request, fund, "export_evidence", f"gift {number} report {place}")
    return answer


# --- below the line ----------------------------------------------------------------------------


def giver(row: Gift, *, with_names: bool) -> str:
    """Who gave it: an agency by its name, a donor as they may be read here."""
    return row.giver if row.kind == SourceKind.GRANT else called(row.giver, with_names=with_names)


def _gift_or_404(request: ScopedRequest, code: str, number: int) -> tuple[Fund, Gift]:
    fund = fund_or_404(request, code)
    row = gift(fund, number)
    if row is None:
        raise Http404
    return fund, row


def _gift_to_keep(request: ScopedRequest, code: str, number: int) -> tuple[Fund, Gift]:
    fund_to_keep(request, code)
    return _gift_or_404(request, code, number)


def _to(fund: Fund, number: int) -> str:
    return reverse("funding:gift", args=[fund.code, number])


def _received(
    request: ScopedRequest,
    fund: Fund,
    form: GiftForm | ToolGiftForm,
    title: str,
    act: Act,
) -> HttpResponse:
    return asked(
        request,
        fund,
        Page(title, "ตามหนังสือของผู้ให้", *section("gifts", _WORDS, fund)),
        form,
        act=act,
        did=lambda done: f"บันทึกแล้ว ลำดับที่ {done.number} พิมพ์หนังสือขอบคุณได้เลย",
        to=lambda done: _to(fund, done.number),
    )


def _about(
    request: ScopedRequest,
    fund: Fund,
    row: Gift,
    form: MeansForm,
    page: Page,
    act: Act,
    did: str,
    facts: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    with_names = names(request, fund, f"gift {row.number}")
    what = row.in_kind or "เงิน"
    return asked(
        request,
        fund,
        page,
        form,
        act=act,
        did=lambda _: did,
        to=lambda _: _to(fund, row.number),
        facts=[
            ("ผู้ให้", giver(row, with_names=with_names)),
            ("สิ่งที่ให้", f"{what} {row.amount.text} บาท เมื่อ {long(row.received_on)}"),
            *(facts or []),
        ],
    )
