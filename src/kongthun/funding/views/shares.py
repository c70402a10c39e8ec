"""The share register on screen, and what happens to certificates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.journal import AccountKind
from kongthun.domain.money import total
from kongthun.domain.thai_calendar import long
from kongthun.groups.models import CommitteePosition, Membership
from kongthun.groups.queries.rules import rules_of
from kongthun.ledger.models import Fund
from kongthun.ledger.savings_queries import is_own_book

from ..actions.certificates import (
    Certified,
    cancel_certificate,
    issue_for_held,
    replace_certificate,
    return_certificate,
    sell_shares,
    take_back_sale,
    transfer_certificate,
)
from ..forms.means import (
    IssueForm,
    MeansForm,
    ReturnForm,
    SellForm,
    TakeBackForm,
    TransferForm,
    WordsForm,
)
from ..means_refusals import NotDone
from ..models import ShareCertificate
from ..papers import CertificatePaper, group_on_paper, print_certificate
from ..queries.means import keeps
from ..queries.shares import certificate, certificates, followed_by, share_register, sum_of
from .asking import (
    Page,
    asked,
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

_SHARE = AccountKind.SHARE


@scoped(Deed.SEE_FUND)
@require_safe
def shares(request: ScopedRequest, code: str) -> HttpResponse:
    """Everybody with their shares; ``?certificates=1`` shows all there ever were as well."""
    fund = fund_or_404(request, code, _SHARE)
    with_names = names(request, fund, "shares")
    rows = share_register(fund)
    called = {each.member_number: _called(each.person, with_names) for each in rows}
    context = head(request, fund) | {
        "rows": [(each, called[each.member_number]) for each in rows if each.kept or each.shares],
        "kept": total(each.kept for each in rows),
        "count": sum(each.shares for each in rows),
        "without": [each for each in rows if each.without.satang > 0],
        "beyond": [each for each in rows if each.without.satang < 0],
        "certificates": [(each, called.get(each.member_number, "")) for each in certificates(fund)],
        "price": _price(request, fund),
    }
    return render(request, "funding/shares.html", context)


@scoped(Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
@require_safe
def member(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """A member's shares and certificates. One's own, or those one works with."""
    fund, is_own = _own_or_in_reach(request, code, number)
    row = next((each for each in share_register(fund) if each.member_number == number), None)
    if row is None:
        raise Http404
    with_names = is_own or names(request, fund, f"shares of member {number}")
    context = head(request, fund) | {
        "row": row,
        "name": _called(row.person, with_names),
        "certificates": certificates(fund, member_number=number),
        "is_own": is_own,
        "price": _price(request, fund),
    }
    return render(request, "funding/share_member.html", context)


@scoped(Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
@require_safe
def one(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """A certificate: what it is over, where it came from, what became of it."""
    fund, row, is_own, with_names = _certificate(request, code, number)
    context = head(request, fund) | {
        "certificate": row,
        "sum": sum_of(row),
        "name": _holder(fund, row, with_names=with_names),
        "followed_by": followed_by(fund, number),
        "is_own": is_own,
        "may_print": with_names,
    }
    return render(request, "funding/certificate.html", context)


@scoped(Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
@require_safe
def pdf(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The certificate for printing and signing; taking it is written down."""
    fund, row, is_own, with_names = _certificate(request, code, number)
    if not with_names:
        raise Http404
    record(request, fund, "print_certificate", f"certificate {number}")
    offices = office_names(request, fund)
    ended = ""
    if row.ended_on is not None:
        ended = f"ใช้ไม่ได้แล้วตั้งแต่วันที่ {long(row.ended_on)}: {row.ended_words}"
    paper = CertificatePaper(
        group_on_paper(fund),
        number,
        _holder(fund, row, with_names=True),
        row.member_number,
        row.shares,
        row.price,
        sum_of(row),
        row.issued_on,
        row.comes_from,
        ended,
        None if is_own else offices.get(CommitteePosition.CHAIRMAN),
        None if is_own else offices.get(CommitteePosition.TREASURER),
    )
    printed = print_certificate(paper, digits=digits_asked(request))
    return pdf_answer(printed, f"{code}-share-{number}.pdf")


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def sell(request: ScopedRequest, code: str) -> HttpResponse:
    """Sell shares for cash and give a certificate out."""
    fund = fund_to_keep(request, code, _SHARE)
    asked_for = request.GET.get("member", "")
    form = SellForm(
        request.POST or None,
        day=request.reach.day,
        members=member_choices(request, fund),
        initial={"member": asked_for},
    )
    price = _price(request, fund)
    lead = f"หุ้นละ {price.money.text} บาท ตามระเบียบวันนี้ รับเป็นเงินสด" if price.money else ""

    def act() -> Certified | NotDone:
        answers = form.cleaned_data
        return sell_shares(
            fund=fund,
            member_number=answers["member"],
            shares=answers["shares"],
            on=answers["on"],
            key=answers["key"],
            by=request.reach,
            document=answers["document"],
        )

    return asked(
        request,
        fund,
        Page("ขายหุ้น", lead, *section("shares", "ทะเบียนหุ้น", fund), colour="is-purple"),
        form,
        act=act,
        did=lambda done: f"ขายหุ้นแล้ว ใบหุ้นเลขที่ {done.numbers[0]} ใบรับ {done.document}",
        to=lambda done: _to(fund, done.numbers[0]),
        also=_as_sold,
    )


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Give a certificate out over shares that a member holds already."""
    fund = fund_to_keep(request, code, _SHARE)
    row = next((each for each in share_register(fund) if each.member_number == number), None)
    if row is None:
        raise Http404
    form = IssueForm(request.POST or None, day=request.reach.day)

    def act() -> Certified | NotDone:
        answers = form.cleaned_data
        return issue_for_held(
            fund=fund,
            member_number=number,
            on=answers["on"],
            by=request.reach,
            shares=answers["shares"],
            price=answers["price"],
        )

    name = _called(row.person, shows_names(request, fund))
    return asked(
        request,
        fund,
        Page(
            "ออกใบหุ้นให้หุ้นที่ถืออยู่แล้ว",
            f"{number}. {name} · เงินไม่เคลื่อน",
            *section("shares", "ทะเบียนหุ้น", fund),
            colour="is-purple",
            button="ออกใบหุ้น",
        ),
        form,
        act=act,
        did=lambda done: f"ออกใบหุ้นเลขที่ {done.numbers[0]} แล้ว",
        to=lambda done: _to(fund, done.numbers[0]),
        facts=[("ค่าหุ้นที่ยังไม่มีใบหุ้น", f"{row.without.text} บาท")],
        also=_as_sold,
    )


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: ScopedRequest, code: str, number: int, what: str) -> HttpResponse:
    """Hand on, give back, replace, end a certificate, or take its sale back."""
    fund = fund_to_keep(request, code, _SHARE)
    row = certificate(fund, number)
    if row is None or what not in _DEEDS:
        raise Http404
    title, lead, button, did, make, act = _DEEDS[what]
    form = make(request, fund)
    name = _holder(fund, row, with_names=names(request, fund, f"certificate {number}"))
    return asked(
        request,
        fund,
        Page(
            title,
            lead,
            *section("shares", "ทะเบียนหุ้น", fund),
            colour="is-purple",
            button=button,
        ),
        form,
        act=lambda: act(request, fund, number, form.cleaned_data),
        did=lambda done: f"{did} {_new_words(done)}".strip(),
        to=lambda done: _to(fund, done.numbers[0] if done.numbers else number),
        facts=[
            ("ใบหุ้นเลขที่", str(number)),
            ("ผู้ถือ", f"{row.member_number}. {name}"),
            ("จำนวน", f"{row.shares:,} หุ้น เป็นเงิน {sum_of(row).text} บาท"),
        ],
    )


# --- the doors of a certificate ----------------------------------------------------------------


def _transfer_form(request: ScopedRequest, fund: Fund) -> MeansForm:
    return TransferForm(
        request.POST or None, day=request.reach.day, members=member_choices(request, fund)
    )


def _plain(form: type[MeansForm]) -> Callable[[ScopedRequest, Fund], MeansForm]:
    return lambda request, _: form(request.POST or None, day=request.reach.day)


def _transfer(
    request: ScopedRequest, fund: Fund, number: int, answers: dict[str, Any]
) -> Certified | NotDone:
    return transfer_certificate(
        number,
        fund=fund,
        to_member=answers["member"],
        shares=answers["shares"],
        on=answers["on"],
        key=answers["key"],
        by=request.reach,
    )


def _return(
    request: ScopedRequest, fund: Fund, number: int, answers: dict[str, Any]
) -> Certified | NotDone:
    return return_certificate(
        number,
        fund=fund,
        shares=answers["shares"],
        on=answers["on"],
        key=answers["key"],
        by=request.reach,
    )


def _replace(
    request: ScopedRequest, fund: Fund, number: int, answers: dict[str, Any]
) -> Certified | NotDone:
    return replace_certificate(
        number, fund=fund, on=answers["on"], words=answers["words"], by=request.reach
    )


def _cancel(
    request: ScopedRequest, fund: Fund, number: int, answers: dict[str, Any]
) -> Certified | NotDone:
    return cancel_certificate(
        number, fund=fund, on=answers["on"], words=answers["words"], by=request.reach
    )


def _take_back(
    request: ScopedRequest, fund: Fund, number: int, answers: dict[str, Any]
) -> Certified | NotDone:
    return take_back_sale(
        number, fund=fund, reason=answers["reason"], key=answers["key"], by=request.reach
    )


_Make = Callable[[ScopedRequest, Fund], MeansForm]
_Act = Callable[[ScopedRequest, Fund, int, dict[str, Any]], Certified | NotDone]
_DEEDS: dict[str, tuple[str, str, str, str, _Make, _Act]] = {
    "transfer": (
        "โอนหุ้น",
        "ใบเดิมใช้ไม่ได้อีก ผู้รับโอนได้ใบใหม่",
        "บันทึกการโอน",
        "โอนหุ้นแล้ว",
        _transfer_form,
        _transfer,
    ),
    "return": (
        "คืนหุ้น รับเงินสด",
        "ใบเดิมใช้ไม่ได้อีก จ่ายค่าหุ้นคืนเป็นเงินสด",
        "บันทึกลงบัญชี",
        "คืนหุ้นแล้ว",
        _plain(ReturnForm),
        _return,
    ),
    "replace": (
        "ออกใบแทน",
        "ใบหายหรือชำรุด ใบเดิมใช้ไม่ได้อีก",
        "ออกใบแทน",
        "ออกใบแทนแล้ว",
        _plain(WordsForm),
        _replace,
    ),
    "cancel": (
        "ยกเลิกใบหุ้น",
        "ออกใบผิด หุ้นยังเป็นของสมาชิกคนเดิม",
        "ยกเลิกใบหุ้น",
        "ยกเลิกใบหุ้นแล้ว",
        _plain(WordsForm),
        _cancel,
    ),
    "take-back": (
        "กลับรายการขายหุ้น",
        "เหมือนไม่เคยขาย เลขที่ใบหุ้นไม่นำกลับมาใช้",
        "กลับรายการ",
        "กลับรายการขายหุ้นแล้ว",
        _plain(TakeBackForm),
        _take_back,
    ),
}


# --- below the line ----------------------------------------------------------------------------


def _called(person: Any, with_names: bool) -> str:  # noqa: ANN401
    name: str = person.name.full if with_names else person.name.masked
    return name


def _price(request: ScopedRequest, fund: Fund) -> Any:  # noqa: ANN401
    rules = rules_of(
        group_id=fund.pk, kind=fund.chart, area_code=fund.area_code, day=request.reach.day
    )
    return rules["share_price"]


def _to(fund: Fund, number: int) -> str:
    return reverse("funding:certificate", args=[fund.code, number])


def _as_sold(done: Certified) -> list[tuple[str, str]]:
    """What a new certificate would be over. Its row is gone again when this is read."""
    paper = [("เลขที่ใบรับ", done.document)] if done.document else []
    return [("ใบหุ้นเลขที่", str(done.numbers[0])), *paper]


def _new_words(done: Certified) -> str:
    if not done.numbers:
        return ""
    return "ใบใหม่เลขที่ " + " และ ".join(str(number) for number in done.numbers)


def _own_or_in_reach(request: ScopedRequest, code: str, number: int) -> tuple[Fund, bool]:
    """The fund, and whether these shares are the reader's own."""
    fund = Fund.objects.select_related("group").filter(code=code).first()
    if fund is not None and keeps(fund, _SHARE) and is_own_book(request.reach, fund.pk, number):
        return fund, True
    return fund_or_404(request, code, _SHARE), False


def _certificate(
    request: ScopedRequest, code: str, number: int
) -> tuple[Fund, ShareCertificate, bool, bool]:
    """A certificate, whether it is the reader's own, and whether the holder is named."""
    fund = Fund.objects.filter(code=code).first()
    row = certificate(fund, number) if fund is not None else None
    if row is None:
        raise Http404
    fund, is_own = _own_or_in_reach(request, code, row.member_number)
    return fund, row, is_own, is_own or names(request, fund, f"certificate {number}")


def _holder(fund: Fund, row: ShareCertificate, *, with_names: bool) -> str:
    found = Membership.objects.filter(group_id=fund.pk, number=row.member_number)
    holder = found.select_related("person").get()
    return _called(holder.person, with_names)
