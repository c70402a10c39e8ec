"""Lost books on screen: what is claimed side by side, what follows, what to ask, what is booked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.activities.pictures import BEGINNING, kind_of_picture
from kongthun.audit.actions import record_deed
from kongthun.audit.papers import paper_of
from kongthun.domain.broken_books import Grade, PlaceFound
from kongthun.domain.thai_calendar import long
from kongthun.domain.thai_text import read_name
from kongthun.groups.models import Membership
from kongthun.ledger.charts import chart
from kongthun.ledger.models import BankBook, Fund
from kongthun.ledger.queries import bank_books, fund_in_reach
from kongthun.web.wording import Refusal

from ..actions.openings import (
    begin_opening,
    say_balance,
    withdraw_claim,
    withdraw_opening,
)
from ..actions.settling import BalancesSettled, settle_balances
from ..forms import BeginForm, NoteForm, SayForm, SettleForm
from ..interval_bar import interval_bar
from ..models import OpeningClaim, Place
from ..queries.openings import (
    OpeningState,
    Posted,
    how_it_shrank,
    in_books,
    opening_of,
    opening_state,
    people_of,
    settlements_of,
)
from ..refusals import ChangedSince, NotDone, OpeningRefusal
from ..wording import GRADES, account_words, asked_words, place_words, refusal_in_thai

_REDACTED = Refusal(
    title="เนื้อหาของหลักฐานนี้ถูกปิดแล้ว",
    happened="ผู้มีหน้าที่ปิดเนื้อหาของเอกสารนี้ไว้พร้อมเหตุผล",
    safe="คำบอกยอดและลำดับของหลักฐานยังอยู่ครบ",
    do="กลับไปหน้าสอบยอดยกมา",
    who="พัฒนาการอำเภอ",
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim as it is read: in words, and whether it changes nothing beside a stronger one."""

    row: OpeningClaim
    grade: str
    decides: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """A place as it is read, with its claims side by side and what the books hold of it."""

    words: str
    found: PlaceFound
    said: list[_Said]
    posted: Posted | None
    asked: str
    is_open: bool


@scoped(Deed.SEE_FUND)
@require_safe
def index(request: ScopedRequest, code: str) -> HttpResponse:
    """All that is known of the fund's opening, and what to ask next."""
    fund = _fund_or_404(request, code)
    state = opening_state(fund)
    context = _head(request, fund) | {"state": state}
    if state is None:
        return render(request, "openings/openings.html", context)
    with_names = _names(request, fund, "openings")
    calls = _called(fund, with_names=with_names)
    places = _places(state, calls)
    asked = [place for place in places if place.is_open]
    order = [(each.place.value, each.number) for each in state.ask_next]
    asked.sort(key=lambda place: order.index((place.found.place.value, place.found.number)))
    context |= {
        "places": places,
        "asked": asked,
        "bar": interval_bar(state),
        "arrived": how_it_shrank(state),
        "withdrawn": [
            (claim, calls(claim.place, claim.place_number), GRADES[Grade(claim.grade)])
            for claim in state.claims
            if claim.withdrawn_at is not None
        ],
        "settlements": settlements_of(fund),
        "with_names": with_names,
    }
    return render(request, "openings/openings.html", context)


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: ScopedRequest, code: str) -> HttpResponse:
    """Set the day and what the fund was given by then."""
    fund = _fund_to(request, code, Deed.SAY_BALANCES)
    form = BeginForm(request.POST or None)
    books = in_books(fund, request.reach.day)
    lead = (
        f"สมุดมีทุนและดอกเบี้ยอยู่แล้ว {books.sums.entrusted.text} บาท เว้นช่องเงินทุนว่างได้"
        if books.knows_capital
        else "สมุดยังไม่มีเงินทุน ใส่ตามหนังสือจัดสรรหรือสำเนาที่อำเภอ"
    )
    return _asked(
        request,
        fund,
        form,
        ("เริ่มสอบยอดยกมา", lead, "ถ้าวันและเงินทุนถูกต้อง", "เริ่มสอบยอด"),
        lambda: begin_opening(fund=fund, by=request.reach, **form.said()),
        lambda _: "เริ่มสอบยอดยกมาแล้ว บันทึกคำบอกยอดได้",
    )


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: ScopedRequest, code: str) -> HttpResponse:
    """Write down what somebody says, with its paper."""
    fund = _fund_to(request, code, Deed.SAY_BALANCES)
    opening = opening_of(fund)
    if opening is None:
        raise Http404
    with_names = _names(request, fund, "openings say")
    kinds = chart(fund.chart).kinds
    form = SayForm(
        request.POST or None,
        request.FILES or None,
        day=request.reach.day,
        places=[place for place in Place if place in kinds],
        members=_member_choices(fund, with_names=with_names),
        books=bank_books(fund.pk) or [BankBook(fund=fund, number=1)],
        initial={"place": request.GET.get("place", ""), "member": request.GET.get("member", "")},
    )
    return _asked(
        request,
        fund,
        form,
        (
            "บันทึกคำบอกยอด",
            f"ยอด ณ สิ้นวันที่ {long(opening.opens_on)} ถ้าเอกสารเป็นของวันอื่น ให้คิดต่อมาถึงวันนี้ก่อน",
            "คำบอกไม่ย้ายเงิน และวางข้างคำบอกอื่น",
            "บันทึกคำบอก",
        ),
        lambda: say_balance(
            form.saying(), fund=fund, key=form.cleaned_data["key"], by=request.reach
        ),
        lambda done: f"บันทึกคำบอกยอดลำดับที่ {done.number} แล้ว",
    )


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def claim_back(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Take a claim back."""
    fund = _fund_to(request, code, Deed.SAY_BALANCES)
    row = _claim_or_404(fund, number, is_standing=True)
    form = NoteForm(request.POST or None)
    called = _called(fund, with_names=_names(request, fund, f"opening claim {number}"))
    lead = (
        f"{called(row.place, row.place_number)} {row.amount.text} บาท {row.get_said_by_display()}"
    )
    return _asked(
        request,
        fund,
        form,
        ("ถอนคำบอกยอด", lead, "คำบอกนี้ยังเปิดอ่านได้ แต่ไม่นับอีก", "ถอนคำบอก"),
        lambda: withdraw_claim(number, fund=fund, note=form.cleaned_data["note"], by=request.reach),
        lambda done: f"ถอนคำบอกยอดลำดับที่ {done.number} แล้ว",
    )


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def opening_back(request: ScopedRequest, code: str) -> HttpResponse:
    """Take the whole opening back."""
    fund = _fund_to(request, code, Deed.SAY_BALANCES)
    if opening_of(fund) is None:
        raise Http404
    form = NoteForm(request.POST or None)
    return _asked(
        request,
        fund,
        form,
        (
            "ยกเลิกการสอบยอดยกมา",
            "ใช้เมื่อวันหรือเงินทุนผิด คำบอกทั้งหมดจะไม่นับ แต่ยังเก็บไว้",
            "ทำได้ก่อนลงบัญชีเท่านั้น",
            "ยกเลิกเรื่องนี้",
        ),
        lambda: withdraw_opening(fund=fund, note=form.cleaned_data["note"], by=request.reach),
        lambda _: "ยกเลิกการสอบยอดยกมาแล้ว",
    )


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: ScopedRequest, code: str) -> HttpResponse:
    """Read what would come into the books, and book it."""
    fund = _fund_to(request, code, Deed.SETTLE_BALANCES)
    state = opening_state(fund)
    if state is None:
        raise Http404
    form = SettleForm(request.POST or None, initial={"seen": state.seen})
    calls = _called(fund, with_names=_names(request, fund, "openings settle"))

    def act(key: str, seen: str = "") -> BalancesSettled | NotDone:
        return settle_balances(fund=fund, key=key, by=request.reach, seen=seen)

    is_sent = request.method == "POST"
    if is_sent and form.is_valid():
        done = act(form.cleaned_data["key"], form.cleaned_data["seen"])
        if not isinstance(done, NotDone):
            messages.success(request, f"ลงบัญชียอดที่ยืนยันแล้ว {len(done.entries)} รายการ")
            return redirect("openings:openings", fund.code)
        refusals = done.refusals
    else:
        refusals = _would_refuse(lambda: act("rehearsal"))
    context = _head(request, fund) | {
        "state": state,
        # What was sent is of another reading: it is read again before it is pressed again.
        "form": SettleForm(initial={"seen": state.seen}) if is_sent else form,
        "refusals": [refusal_in_thai(refusal) for refusal in refusals],
        "is_ready": all(isinstance(refusal, ChangedSince) for refusal in refusals),
        "lines": _lines(state, calls),
    }
    status = 422 if is_sent else 200
    return render(request, "openings/settle.html", context, status=status)


@scoped(Deed.SEE_FUND)
@require_safe
def paper(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """The paper of a claim: it names people, so it is for those who may read names."""
    fund = _fund_or_404(request, code)
    row = _claim_or_404(fund, number, is_standing=False)
    if not _may(request, fund, Deed.SEE_NAMES) or not row.evidence:
        raise Http404
    kept = paper_of(fund.pk, row.evidence)
    if kept is None:
        raise Http404
    if kept.redaction is not None:
        raise Http404(_REDACTED)
    if kept.path is None:
        raise Http404
    content = kept.path.read_bytes()
    kind = kind_of_picture(content[:BEGINNING])
    if kind is None:
        raise Http404
    _record(request, fund, "read_paper", f"opening claim {number}")
    media_type, suffix = kind
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{code}-claim-{number}{suffix}"'},
    )


# --- below the line ------------------------------------------------------------------------------


def _fund_or_404(request: ScopedRequest, code: str) -> Fund:
    fund = fund_in_reach(code, request.reach, Deed.SEE_FUND)
    if fund is None:
        raise Http404
    return fund


def _fund_to(request: ScopedRequest, code: str, deed: Deed) -> Fund:
    """The fund, for those who may do this there. Who may only read is told who can."""
    fund = _fund_or_404(request, code)
    for refusal in request.reach.refusals(deed, area_code=fund.area_code, group_id=fund.pk):
        raise PermissionDenied(
            Refusal(
                title="หน้านี้เป็นของผู้ดูแลการสอบยอดยกมา",
                happened=not_entitled_in_thai(refusal),
                safe="ยังไม่มีอะไรถูกบันทึก และท่านยังเปิดอ่านคำบอกยอดได้ตามเดิม",
                do="กลับไปหน้าสอบยอดยกมา หรือแจ้งผู้ที่ทำได้ให้บันทึก",
                who="พัฒนากรผู้รับผิดชอบตำบล",
            )
        )
    return fund


def _may(request: ScopedRequest, fund: Fund, deed: Deed) -> bool:
    return request.reach.may(deed, area_code=fund.area_code, group_id=fund.pk)


def _names(request: ScopedRequest, fund: Fund, subject: str) -> bool:
    with_names = _may(request, fund, Deed.SEE_NAMES)
    if with_names:
        _record(request, fund, "read_names", subject)
    return with_names


def _record(request: ScopedRequest, fund: Fund, deed: str, subject: str) -> None:
    record_deed(
        deed,
        user_id=request.reach.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=subject,
    )


def _head(request: ScopedRequest, fund: Fund) -> dict[str, Any]:
    return {
        "fund": fund,
        "code": fund.code,
        "today": request.reach.day,
        "may_say": _may(request, fund, Deed.SAY_BALANCES),
        "may_settle": _may(request, fund, Deed.SETTLE_BALANCES),
    }


def _claim_or_404(fund: Fund, number: int, *, is_standing: bool) -> OpeningClaim:
    rows = OpeningClaim.objects.filter(fund=fund, number=number)
    row = (rows.filter(withdrawn_at=None) if is_standing else rows).first()
    if row is None:
        raise Http404
    return row


def _called(fund: Fund, *, with_names: bool) -> Callable[[str, int | None], str]:
    """Places in words, with whose they are as it may be read here. Two statements."""
    households = {
        row.number: row.person.name
        for row in Membership.objects.filter(group_id=fund.pk).select_related("person")
    }
    people = {number: read_name(each.name) for number, each in people_of(fund).items()}
    named = {Place.LOAN.value: households, Place.CLAIM.value: people}

    def words(place: str, number: int | None) -> str:
        name = named.get(place, {}).get(number or 0)
        if name is None:
            return place_words(place, number)
        return f"{place_words(place, number)} {name.full if with_names else name.masked}"

    return words


def _member_choices(fund: Fund, *, with_names: bool) -> list[tuple[int, str]]:
    rows = Membership.objects.filter(group_id=fund.pk).select_related("person").order_by("number")
    return [
        (
            row.number,
            f"{row.number}. {row.person.name.full if with_names else row.person.name.masked}",
        )
        for row in rows
    ]


def _places(state: OpeningState, calls: Callable[[str, int | None], str]) -> list[_Place]:
    """The places in the rule's order; of each the claims, strongest first."""
    rows: dict[tuple[str, int | None], list[OpeningClaim]] = {}
    for row in state.claims:
        if row.withdrawn_at is None:
            rows.setdefault((row.place, row.place_number), []).append(row)
    asked = {(each.place, each.number) for each in state.ask_next}
    places = []
    for found in state.found.places:
        at = (found.place.value, found.number)
        said = sorted(rows[at], key=lambda row: (-row.grade, row.amount.satang, row.number))
        places.append(
            _Place(
                calls(*at),
                found,
                [_Said(row, GRADES[Grade(row.grade)], row.grade == found.grade) for row in said],
                state.posted.get(at),
                asked_words(found),
                (found.place, found.number) in asked,
            )
        )
    return places


def _lines(
    state: OpeningState, calls: Callable[[str, int | None], str]
) -> list[tuple[str, Any, Any]]:
    """Place by place what the books have and what they would have, where the two differ."""
    lines: list[tuple[str, Any, Any]] = []
    left = dict(state.posted)
    for found in state.found.places:
        at = (found.place.value, found.number)
        posted = left.pop(at, None)
        before = posted.amount if posted else None
        if (found.confirmed or None) != before:
            lines.append((calls(*at), before, found.confirmed))
    lines += [(account_words(each.account), each.amount, None) for each in left.values()]
    return lines


def _would_refuse(
    act: Callable[[], BalancesSettled | NotDone],
) -> tuple[OpeningRefusal, ...]:
    """What would stand against it, before anybody presses. Nothing is kept."""
    with transaction.atomic():
        outcome = act()
        transaction.set_rollback(True)
    return outcome.refusals if isinstance(outcome, NotDone) else ()


def _asked(
    request: ScopedRequest,
    fund: Fund,
    form: Any,  # noqa: ANN401 (each form is asked for what its own page needs)
    words: tuple[str, str, str, str],
    act: Callable[[], Any],
    did: Callable[[Any], str],
) -> HttpResponse:
    """Ask, do it, and say what was done; refused, the form comes back with everything typed."""
    is_sent = request.method == "POST"
    if is_sent and form.is_valid():
        done = act()
        if not isinstance(done, NotDone):
            messages.success(request, did(done))
            return redirect(reverse("openings:openings", args=[fund.code]))
        form.refuse(done)
    title, lead, last, button = words
    context = _head(request, fund) | {
        "form": form,
        "is_wrong": is_sent,
        "title": title,
        "lead": lead,
        "last": last,
        "button": button,
    }
    return render(request, "openings/ask.html", context, status=422 if is_sent else 200)
