"""Pages of the year: the one to close, closing it, years closed, paying members and others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.activities.queries.grounds import BY_ANY
from kongthun.activities.refusals import GroundRefusal
from kongthun.audit.actions import record_deed
from kongthun.domain.journal import HappensLater, YearClosed
from kongthun.domain.money import total
from kongthun.domain.surplus import Purpose
from kongthun.groups.models import Membership
from kongthun.ledger.models import Fund
from kongthun.ledger.queries import balance_of, fund_in_reach
from kongthun.ledger.refusals import MoreThanThere, NotAboveZero, WordsNeeded, WordsTooLong
from kongthun.ledger.savings_queries import is_own_book
from kongthun.papers import Digits
from kongthun.web.wording import Refusal

from ..actions.closing import (
    Paid,
    YearShared,
    close_year,
    pay_due,
    pay_out_slips,
    take_back_closing,
    take_back_payment,
    use_reserve,
)
from ..closing_paper import print_slip_list, print_slips, slip_on_paper, year_on_paper
from ..closing_refusals import (
    ClosingRefusal,
    MeetingBeforeYearEnd,
    MoneyUnexplained,
    MoreThanDue,
    MoreThanHeld,
    MoreThanReserved,
    NobodyTicked,
    NoSlip,
    NotDone,
    NothingToClose,
    SlipPaid,
    YearEndUnsaid,
)
from ..closing_wording import NOBODY, PURPOSES, refusal_in_thai
from ..forms_closing import CloseYearForm, PayDueForm, PaySlipsForm, TakeBackForm, UseReserveForm
from ..models import YearClosing
from ..queries import closing as ask
from ..queries.closing import Payment, PotRow, Preview, SlipRow, Year

# Beside which questions a refusal is said; the first that the form asks.
_BESIDE: dict[type, tuple[str, ...]] = {
    MeetingBeforeYearEnd: ("ground",),
    MoneyUnexplained: ("note",),
    HappensLater: ("on",),
    YearClosed: ("on",),
    MoreThanThere: ("amount", "members"),
    NotAboveZero: ("amount",),
    MoreThanDue: ("amount",),
    MoreThanReserved: ("amount",),
    MoreThanHeld: ("members",),
    NobodyTicked: ("members",),
    NoSlip: ("members",),
    SlipPaid: ("members",),
    WordsNeeded: ("words", "reason"),
    WordsTooLong: ("words", "reason", "note"),
}
_RESERVE_TITLES = {Purpose.RESERVE: "ใช้ทุนสำรอง", Purpose.WELFARE: "จ่ายสวัสดิการ"}
Outcome = TypeVar("Outcome")


# --- reading -------------------------------------------------------------------------------------


@scoped(Deed.SEE_FUND)
@require_safe
def year(request: ScopedRequest, code: str) -> HttpResponse:
    """The year to close next, how it would be shared out, what stands in the way, years closed."""
    fund = _fund_or_404(request, code)
    coming = ask.year_to_close(fund)
    context = _head(fund) | {
        "closings": ask.closings_of(fund),
        "kept": ask.still_kept(fund),
        "payments": ask.payments_of(fund.pk),
        "may_pay": _may(request, fund, Deed.RECEIVE_MONEY),
        "may_close": _may(request, fund, Deed.CLOSE_YEAR),
        "today": request.reach.day,
    }
    if isinstance(coming, Year):
        seen = ask.preview(fund, coming)
        context |= _previewed(request, fund, seen) | {
            "ways": _in_the_way(seen),
            "is_over": request.reach.day > coming.ends_on,
            "has_ground": bool(ask.grounds_since(fund, coming.ends_on)),
            "may_hold": _may(request, fund, Deed.HOLD_MEETINGS),
            "rules_needed": seen.against is not None,
        }
    else:
        context |= {
            "against": refusal_in_thai(coming),
            "rules_needed": isinstance(coming, YearEndUnsaid),
        }
    return render(request, "funding/closing_year.html", context)


@scoped(Deed.SEE_FUND)
@require_safe
def closing(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """A closed year: its pots, everybody's slip, and who was paid."""
    fund = _fund_or_404(request, code)
    found = _closing_or_404(fund, number)
    rows = ask.slips_of(found, with_names=_names(request, fund, f"closing {number}"))
    latest = ask.latest_closing(fund)
    context = _head(fund) | _worded(ask.pots_of(found))
    context |= {
        "closing": found,
        "slips": rows,
        "sums": _sums(rows),
        "waiting": ask.waiting(rows),
        "note": ask.note_of(found),
        "may_pay": _may(request, fund, Deed.RECEIVE_MONEY),
        "may_take_back": _may(request, fund, Deed.CLOSE_YEAR)
        and latest is not None
        and latest.number == number,
        "today": request.reach.day,
    }
    return render(request, "funding/closing_closed.html", context)


@scoped(Deed.SEE_FUND)
@require_safe
def slips(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Everybody's slip as a PDF, two to a page."""
    fund, found, rows = _slips_or_404(request, code, number)
    papers = [slip_on_paper(row) for row in rows]
    words = year_on_paper(fund, found, ask.pots_of(found), rows)
    return _pdf(print_slips(words, papers, digits=_digits(request)), f"slips-{found.year}.pdf")


@scoped(Deed.SEE_FUND)
@require_safe
def slip_list(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The list that members sign when they are paid, as a PDF."""
    fund, found, rows = _slips_or_404(request, code, number)
    papers = [slip_on_paper(row) for row in rows if row.slip.together]
    words = year_on_paper(fund, found, ask.pots_of(found), rows)
    return _pdf(print_slip_list(words, papers, digits=_digits(request)), f"paid-{found.year}.pdf")


@scoped(Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
@require_safe
def slip(request: ScopedRequest, code: str, number: int, member: int) -> HttpResponse:
    """One member's slip as a PDF; a member may open their own."""
    fund = Fund.objects.select_related("group").filter(code=code).first()
    if fund is None or not ask.shares_out_surplus(fund):
        raise Http404
    is_own = is_own_book(request.reach, fund.pk, member)
    if not is_own:
        fund = _fund_or_404(request, code)
    found = _closing_or_404(fund, number)
    subject = f"slip {number} of member {member}"
    with_names = is_own or _names(request, fund, subject)
    rows = ask.slips_of(found, with_names=with_names)
    row = next((row for row in rows if row.slip.member_number == member), None)
    if row is None:
        raise Http404
    words = year_on_paper(fund, found, ask.pots_of(found), rows)
    pdf = print_slips(words, [slip_on_paper(row)], digits=_digits(request))
    return _pdf(pdf, f"slip-{found.year}-{member}.pdf")


# --- closing -------------------------------------------------------------------------------------


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: ScopedRequest, code: str) -> HttpResponse:
    """Ask on which resolution, read back what will be shared out, and close the year."""
    fund = _fund_for(request, code, Deed.CLOSE_YEAR)
    coming = ask.year_to_close(fund)
    if isinstance(coming, NothingToClose | YearEndUnsaid):
        return redirect("funding:year", code=code)
    seen = ask.preview(fund, coming)
    mark = _mark(seen)
    form = CloseYearForm(
        request.POST or None,
        choices=ask.grounds_since(fund, coming.ends_on),
        asks_note=bool(seen.unexplained),
        initial={"year": coming.year},
    )
    if request.method == "POST" and "edit" not in request.POST and form.is_valid():
        meeting_number, resolution = form.ground_asked()
        answers = form.cleaned_data

        def act() -> YearShared | NotDone:
            return close_year(
                fund=fund,
                year=answers["year"],
                meeting_number=meeting_number,
                resolution=resolution,
                note=answers.get("note", ""),
                key=answers["key"],
                by=request.reach,
            )

        is_sure = "confirmed" in request.POST and answers["seen"] == mark
        outcome = act() if is_sure else _rehearsed(act)
        if isinstance(outcome, NotDone):
            _say_on(form, outcome.refusals)
        elif is_sure:
            messages.success(request, f"ปิดบัญชีปี {answers['year']} แล้ว บัญชีถึงวันสิ้นปีไม่เปลี่ยนอีก")
            return redirect("funding:closing", code=code, number=outcome.number)
        else:
            context = _head(fund) | _previewed(request, fund, seen)
            context |= {"form": form, "mark": mark, "ground": _ground_words(form)}
            return render(request, "funding/closing_read_back.html", context)
    context = _head(fund) | {"form": form, "seen": seen, "year": coming}
    return _form_page(request, "funding/closing_close.html", form, context)


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Open the last closed year again, with the reason why."""
    fund = _fund_for(request, code, Deed.CLOSE_YEAR)
    found = _closing_or_404(fund, number)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = take_back_closing(fund=fund, number=number, by=request.reach, **form.cleaned_data)
        if not isinstance(outcome, NotDone):
            messages.success(request, f"ถอนการปิดบัญชีปี {found.year} แล้ว บัญชีของปีนั้นเปิดอยู่")
            return redirect("funding:year", code=code)
        _say_on(form, outcome.refusals)
    context = _head(fund) | {"form": form, "closing": found}
    return _form_page(request, "funding/closing_take_back.html", form, context)


# --- paying --------------------------------------------------------------------------------------


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def pay_slips(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Tick who receives their money, read the sums back, and pay them out of cash."""
    fund = _fund_for(request, code, Deed.RECEIVE_MONEY)
    found = _closing_or_404(fund, number)
    rows = ask.slips_of(found, with_names=_names(request, fund, f"paying closing {number}"))
    # A form sent a second time still finds those it paid among its choices.
    is_sent = request.method == "POST" and "edit" not in request.POST
    offered = rows if is_sent else [row for row in rows if row.waits]
    form = PaySlipsForm(request.POST or None, day=request.reach.day, rows=_open(offered))
    if request.method == "POST" and "edit" not in request.POST and form.is_valid():
        answers = form.cleaned_data

        def act() -> Paid | NotDone:
            return pay_out_slips(fund=fund, closing=number, by=request.reach, **answers)

        is_sure = "confirmed" in request.POST
        outcome = act() if is_sure else _rehearsed(act)
        if not isinstance(outcome, NotDone):
            count = len(outcome.documents)
            if is_sure:
                words = f"จ่ายให้สมาชิก {count} คนแล้ว ใบจ่ายเลขที่ {_papers(outcome)}"
                messages.success(request, words)
                return redirect("funding:closing", code=code, number=number)
            asked = set(answers["members"])
            ticked = [row for row in rows if row.slip.member_number in asked]
            context = _head(fund) | {
                "form": form,
                "closing": found,
                "paid": list(zip(ticked, outcome.documents, strict=True)),
                "sum": total(row.slip.together for row in ticked),
                "on": answers["on"],
            }
            return render(request, "funding/closing_pay_read_back.html", context)
        _say_on(form, outcome.refusals)
    waits = [row for row in rows if row.waits]
    context = _head(fund) | {
        "form": form,
        "closing": found,
        "waits": waits,
        "waiting": ask.waiting(rows),
        "cash": balance_of(fund.pk, "cash"),
    }
    return _form_page(request, "funding/closing_pay.html", form, context)


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def pay_committee(request: ScopedRequest, code: str) -> HttpResponse:
    """Pay the committee out of what was resolved for it."""
    fund = _fund_for(request, code, Deed.RECEIVE_MONEY)
    form = PayDueForm(request.POST or None, day=request.reach.day)

    def act() -> Paid | NotDone:
        return pay_due(fund=fund, by=request.reach, **form.cleaned_data)

    return _pay_other(
        request,
        fund,
        form,
        act,
        {"title": "จ่ายค่าตอบแทนกรรมการ", "kept": ask.still_kept(fund).due, "asks": "ยังไม่ได้จ่าย"},
    )


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def pay_from_reserve(request: ScopedRequest, code: str, purpose: str) -> HttpResponse:
    """Use what was kept for a purpose."""
    fund = _fund_for(request, code, Deed.RECEIVE_MONEY)
    if purpose not in _RESERVE_TITLES:
        raise Http404
    latest = ask.latest_closing(fund)
    choices = ask.grounds_since(fund, latest.starts_on, kinds=BY_ANY) if latest else []
    form = UseReserveForm(request.POST or None, day=request.reach.day, choices=choices)

    def act() -> Paid | NotDone:
        answers = {name: form.cleaned_data[name] for name in ("on", "amount", "words", "key")}
        meeting_number, resolution = form.ground_asked()
        return use_reserve(
            fund=fund,
            purpose=purpose,
            meeting_number=meeting_number,
            resolution=resolution,
            by=request.reach,
            **answers,
        )

    kept = getattr(ask.still_kept(fund), purpose)
    title = _RESERVE_TITLES[Purpose(purpose)]
    return _pay_other(request, fund, form, act, {"title": title, "kept": kept, "asks": "กันไว้"})


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_paid(request: ScopedRequest, code: str, entry: int) -> HttpResponse:
    """Take a payment back that was recorded wrongly."""
    fund = _fund_for(request, code, Deed.RECEIVE_MONEY)
    payment = _payment_or_404(fund, entry)
    form = TakeBackForm(request.POST or None)
    form.fields["reason"].label = "กลับรายการเพราะอะไร"
    if request.method == "POST" and form.is_valid():
        outcome = take_back_payment(fund=fund, number=entry, by=request.reach, **form.cleaned_data)
        if not isinstance(outcome, NotDone):
            messages.success(request, f"กลับรายการ {payment.document} แล้ว เงินกลับเข้าเงินสดในมือ")
            return redirect("funding:year", code=code)
        _say_on(form, outcome.refusals)
    context = _head(fund) | {"form": form, "payment": payment}
    return _form_page(request, "funding/closing_payment_back.html", form, context)


# --- below the line: who asks --------------------------------------------------------------------


def _fund_or_404(request: ScopedRequest, code: str) -> Fund:
    """The group's books, for those who may see them; not found where no surplus is shared out."""
    fund = fund_in_reach(code, request.reach, Deed.SEE_FUND)
    if fund is None or not ask.shares_out_surplus(fund):
        raise Http404
    return fund


def _fund_for(request: ScopedRequest, code: str, deed: Deed) -> Fund:
    """The same for those who may do a deed there. Who may only read is told who can."""
    fund = _fund_or_404(request, code)
    for refusal in request.reach.refusals(deed, area_code=fund.area_code, group_id=fund.pk):
        raise PermissionDenied(
            Refusal(
                title="หน้านี้เป็นของผู้ที่มีหน้าที่ในกลุ่ม",
                happened=not_entitled_in_thai(refusal),
                safe="ยังไม่มีอะไรถูกบันทึก และท่านยังเปิดดูการปิดบัญชีประจำปีได้ตามเดิม",
                do="กลับไปหน้าปิดบัญชีประจำปีเพื่อดูยอด หรือแจ้งผู้ที่ทำได้ให้บันทึก",
                who="ประธานเป็นผู้ปิดบัญชี เหรัญญิก ประธาน หรือพัฒนากรเป็นผู้จ่ายเงิน",
            )
        )
    return fund


def _closing_or_404(fund: Fund, number: int) -> YearClosing:
    found = YearClosing.objects.filter(fund=fund, number=number).first()
    if found is None:
        raise Http404
    return found


def _payment_or_404(fund: Fund, entry: int) -> Payment:
    found = ask.payment_of(fund.pk, entry)
    if found is None:
        raise Http404
    return found


def _slips_or_404(
    request: ScopedRequest, code: str, number: int
) -> tuple[Fund, YearClosing, list[SlipRow]]:
    fund = _fund_or_404(request, code)
    found = _closing_or_404(fund, number)
    rows = ask.slips_of(found, with_names=_names(request, fund, f"slips of closing {number}"))
    if not rows:
        raise Http404
    return fund, found, rows


def _may(request: ScopedRequest, fund: Fund, deed: Deed) -> bool:
    return request.reach.may(deed, area_code=fund.area_code, group_id=fund.pk)


def _names(request: ScopedRequest, fund: Fund, subject: str) -> bool:
    """Whether people are named to this reader; when they are, that it was read is written down."""
    with_names = _may(request, fund, Deed.SEE_NAMES)
    if with_names:
        record_deed(
            "read_names",
            user_id=request.reach.user_id,
            area_code=fund.area_code,
            fund_id=fund.pk,
            subject=subject,
        )
    return with_names


# --- below the line: what pages hold -------------------------------------------------------------


def _head(fund: Fund) -> dict[str, Any]:
    return {"fund": fund, "code": fund.code}


def _worded(pots: Sequence[PotRow]) -> dict[str, object]:
    """Pots with their words, and whether a rate was not held against the text of the rules."""
    return {
        "pots": [(pot, PURPOSES[pot.purpose]) for pot in pots],
        "unchecked": any(pot.rate_bp and not pot.limit.is_checked for pot in pots),
    }


def _sums(rows: Sequence[SlipRow]) -> dict[str, object]:
    slips = [row.slip for row in rows]
    return {
        "shares": total(each.shares for each in slips),
        "dividend": total(each.dividend for each in slips),
        "trade": total(each.trade for each in slips),
        "trade_return": total(each.trade_return for each in slips),
        "together": total(each.together for each in slips),
    }


def _previewed(request: ScopedRequest, fund: Fund, seen: Preview) -> dict[str, Any]:
    """A preview with names and words."""
    shared = seen.shared
    rows: list[SlipRow] = []
    if shared is not None and shared.slips:
        with_names = _names(request, fund, f"year {seen.year.year}")
        names = {
            member.number: member.person.name.full if with_names else member.person.name.masked
            for member in Membership.objects.filter(group_id=fund.pk).select_related("person")
        }
        rows = [
            SlipRow(each, names.get(each.member_number, f"สมาชิกเลขที่ {each.member_number}"), None)
            for each in shared.slips
        ]
    return _worded(seen.pots) | {
        "year": seen.year,
        "seen": seen,
        "slips": rows,
        "sums": _sums(rows),
        "nobody": [(NOBODY[p], pot) for p, pot in shared.nobody.items()] if shared else [],
    }


def _in_the_way(seen: Preview) -> list[str]:
    """What stands between this year and its closing, each with what to do."""
    ways = [refusal_in_thai(seen.against)] if seen.against is not None else []
    if seen.unexplained:
        ways.append(refusal_in_thai(MoneyUnexplained(seen.unexplained, seen.year.ends_on)))
    return ways


def _mark(seen: Preview) -> str:
    """What was read back, in short: other figures are read back anew."""
    shared = seen.shared
    sums = [pot.satang for pot in shared.pots.values()] if shared else []
    people = [each.together.satang for each in shared.slips] if shared else []
    return "-".join(str(each) for each in (seen.year.year, *sums, len(people), sum(people)))


def _ground_words(form: CloseYearForm) -> str:
    choices: Any = form.fields["ground"]
    return str(dict(choices.choices)[form.cleaned_data["ground"]])


def _open(rows: Sequence[SlipRow]) -> list[SlipRow]:
    """Rows that a form offers again, paid or not, as long as there is something to pay."""
    return [SlipRow(row.slip, row.name, None) for row in rows if row.slip.together]


def _papers(done: Paid) -> str:
    first, last = done.documents[0], done.documents[-1]
    return first if first == last else f"{first} ถึง {last}"


def _pay_other(
    request: ScopedRequest,
    fund: Fund,
    form: PayDueForm,
    act: Callable[[], Paid | NotDone],
    words: dict[str, object],
) -> HttpResponse:
    """Ask, read back, pay: to the committee, or out of a reserve."""
    if request.method == "POST" and "edit" not in request.POST and form.is_valid():
        is_sure = "confirmed" in request.POST
        outcome = act() if is_sure else _rehearsed(act)
        if not isinstance(outcome, NotDone):
            (document,) = outcome.documents
            sum_ = form.cleaned_data["amount"]
            if is_sure:
                messages.success(
                    request, f"{words['title']} {sum_.text} บาท แล้ว ใบจ่ายเลขที่ {document}"
                )
                return redirect("funding:year", code=fund.code)
            context = _head(fund) | words | {"form": form, "document": document, "sum": sum_}
            return render(request, "funding/closing_other_read_back.html", context)
        _say_on(form, outcome.refusals)
    context = _head(fund) | words | {"form": form, "cash": balance_of(fund.pk, "cash")}
    return _form_page(request, "funding/closing_other.html", form, context)


def _form_page(
    request: ScopedRequest, template: str, form: Form, context: dict[str, Any]
) -> HttpResponse:
    """A form as it stands: with everything typed, and 422 once it was refused."""
    is_wrong = bool(form.errors) and "edit" not in request.POST
    return render(
        request, template, context | {"is_wrong": is_wrong}, status=422 if is_wrong else 200
    )


def _rehearsed(act: Callable[[], Outcome]) -> Outcome:
    """What would come of it; nothing is kept."""
    with transaction.atomic():
        outcome = act()
        transaction.set_rollback(True)
    return outcome


def _say_on(form: Form, refusals: Sequence[ClosingRefusal]) -> None:
    """Put each refusal beside the question it is about."""
    for refusal in refusals:
        beside = _BESIDE.get(type(refusal), ())
        if isinstance(refusal, GroundRefusal):
            beside = ("ground",)
        name = next((name for name in beside if name in form.fields), None)
        form.add_error(name, refusal_in_thai(refusal))


def _digits(request: ScopedRequest) -> Digits:
    return "thai" if request.GET.get("digits") == "thai" else "arabic"


def _pdf(pdf: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
