"""Pages of rounds: the list, opening one, all its funds, locking it, its summary on paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped

from ..actions.rounds import lock_round, open_round, withdraw_round
from ..figures import BookState
from ..forms import DayForm, NoteForm, OpenForm
from ..papers import Summary, SummaryLine, print_summary
from ..queries.rounds import Checked, RoundState, open_over, rounds_in_reach, state_of
from ..refusals import NotDone
from ..wording import refusal_in_thai
from .asking import area_or_404, ask, opens, place_of, round_or_404


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter with how many funds it shows."""

    label: str
    count: int
    href: str
    current: bool


@scoped(Deed.SEE_AREA)
@require_safe
def rounds(request: ScopedRequest, code: str) -> HttpResponse:
    """The rounds of an area, the latest first."""
    place = area_or_404(request, code)
    listed = list(rounds_in_reach(code, request.reach)[:50])
    context = {
        "place": place,
        "code": code,
        "rounds": listed,
        "may_open": opens(request, code) and open_over(code) is None,
    }
    return render(request, "surveys/rounds.html", context)


@scoped(Deed.OPEN_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def open_new(request: ScopedRequest, code: str) -> HttpResponse:
    """Open a round over all funds of an area."""
    place = area_or_404(request, code, Deed.OPEN_SURVEYS)
    today = request.reach.day
    form = OpenForm(request.POST if request.method == "POST" else None, initial={"as_of": today})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        done = open_round(
            area_code=code, as_of=typed["as_of"], words=typed["words"], by=request.reach, on=today
        )
        if not isinstance(done, NotDone):
            messages.success(request, f"เปิดรอบสำรวจแล้ว {done.funds:,} กองทุน")
            return redirect("surveys:round", code, done.round.number)
        form.refuse(done.refusals, refusal_in_thai)
    words = {
        "title": "เปิดรอบสำรวจ",
        "lead": "ตัวเลขจากสมุดของทุกกองทุนจะจดไว้ให้ก่อน พัฒนากรไปดูที่หมู่บ้านแล้วยืนยันหรือแก้",
        "what": "ตั้งชื่อรอบและวันของข้อมูล",
        "button": "เปิดรอบ",
    }
    return ask(request, form, words, place=place)


@scoped(Deed.SEE_AREA)
@require_safe
def round_page(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """All funds of a round in reach: what was found, who has not reported, who was chosen."""
    found = round_or_404(request, code, number)
    state = state_of(found, request.reach)
    show = request.GET.get("show", "")
    groups = _shown(state)
    shown = groups.get(show, groups[""])
    context = {
        "round": found,
        "place": place_of(code),
        "code": code,
        "state": state,
        "funds": shown,
        "is_all": len(shown) == len(state.funds),
        "is_part": not any(
            code.startswith(h.area_code) for h in request.reach.holding_with(Deed.SEE_AREA)
        ),
        "chips": [
            Chip(words, len(groups[slug]), f"?show={slug}" if slug else "?", slug == show)
            for slug, words in _CHIPS.items()
        ],
        "opens": opens(request, code),
        "first_waiting": next((fund for fund in state.waiting if _answers(request, fund)), None),
    }
    return render(request, "surveys/round.html", context)


@scoped(Deed.OPEN_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Close a round."""
    found = round_or_404(request, code, number, Deed.OPEN_SURVEYS)
    form = DayForm(
        request.POST if request.method == "POST" else None, initial={"on": request.reach.day}
    )
    if request.method == "POST" and form.is_valid():
        done = lock_round(round=found, by=request.reach, on=form.cleaned_data["on"])
        if not isinstance(done, NotDone):
            messages.success(request, f"ปิดรอบแล้ว {done.funds:,} กองทุน")
            return redirect("surveys:round", code, number)
        form.refuse(done.refusals, refusal_in_thai)
    words = {
        "title": "ปิดรอบสำรวจ",
        "lead": "ปิดแล้วผลที่พบของรอบนี้จะไม่เปลี่ยนอีก ยังเลือกกองทุนที่จะสนับสนุนได้",
        "what": "เมื่อทุกกองทุนมีผลหรือมีเหตุที่ยังสำรวจไม่ได้",
        "button": "ปิดรอบ",
    }
    return ask(request, form, words, found=found, place=place_of(code))


@scoped(Deed.OPEN_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Take back a round that was opened by mistake."""
    found = round_or_404(request, code, number, Deed.OPEN_SURVEYS)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = withdraw_round(round=found, note=form.cleaned_data["note"], by=request.reach)
        if not isinstance(done, NotDone):
            messages.success(request, "ถอนรอบนั้นแล้ว ยังเก็บไว้พร้อมเหตุผล")
            return redirect("surveys:rounds", code)
        form.refuse(done.refusals, refusal_in_thai)
    words = {
        "title": "ถอนรอบที่เปิดผิด",
        "lead": "ถอนได้เมื่อยังไม่มีผลสำรวจ",
        "what": "บอกว่าเปิดผิดเพราะอะไร",
        "button": "ถอนรอบ",
    }
    return ask(request, form, words, found=found, place=place_of(code))


@scoped(Deed.SEE_AREA)
@require_safe
def summary(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """สรุปผลการตรวจสอบสถานะกองทุน of the funds in reach, as PDF."""
    found = round_or_404(request, code, number)
    state = state_of(found, request.reach)
    paper = Summary(
        words=found.words,
        place=place_of(code).full_name,
        as_of=found.as_of,
        printed_on=request.reach.day,
        is_locked=found.locked_on is not None,
        is_part=not any(
            code.startswith(h.area_code) for h in request.reach.holding_with(Deed.SEE_AREA)
        ),
        funds=f"{len(state.funds):,}",
        reported=f"{len(state.reported):,}",
        differing=f"{len(state.differing):,}",
        chosen=f"{len(state.chosen):,}",
        lines=tuple(_line(fund) for fund in state.funds),
        households=state.households,
        bank=state.bank,
        elsewhere=state.elsewhere,
        missing=state.missing,
        over=state.over,
    )
    arabic = request.GET.get("digits") == "arabic"
    pdf = print_summary(paper, digits="arabic" if arabic else "thai")
    name = f"survey-{code}-{number}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


# --- below the line -------------------------------------------------------------------------

_CHIPS = {
    "": "ทั้งหมด",
    "waiting": "ยังไม่รายงาน",
    "differs": "ต่างจากสมุด",
    "chosen": "เลือกสนับสนุน",
}
_SHORT_BOOKS = {BookState.RIGHT: "ถ", BookState.NOT_RIGHT: "ม", BookState.NONE: "ไม่มี"}


def _shown(state: RoundState) -> dict[str, list[Checked]]:
    return {
        "": list(state.funds),
        "waiting": state.waiting,
        "differs": state.differing,
        "chosen": state.chosen,
    }


def _answers(request: ScopedRequest, fund: Checked) -> bool:
    return request.reach.may(Deed.ANSWER_SURVEYS, area_code=fund.area_code, group_id=fund.group_id)


def _line(fund: Checked) -> SummaryLine:
    shown = fund.shown
    books = (shown.purple, shown.yellow, shown.green)
    return SummaryLine(
        village=fund.name,
        code=fund.code,
        target=_count(shown.target_households),
        owing=_count(shown.owing_households),
        households=shown.households,
        bank=shown.bank,
        elsewhere=shown.elsewhere,
        missing=fund.missing,
        in_breach=_count(shown.in_breach_households),
        books=" · ".join(_SHORT_BOOKS[book] if book else "–" for book in books),
        state=_state(fund),
        is_chosen=fund.choice is not None,
    )


def _count(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"


def _state(fund: Checked) -> str:
    if fund.finding is None:
        return "ยังสำรวจไม่ได้" if fund.not_reached else "ยังไม่รายงาน"
    if fund.differences:
        return f"ต่าง {len(fund.differences)} ข้อ"
    return f"ไม่ได้ตรวจ {len(fund.not_looked_at)} ข้อ" if fund.not_looked_at else "ตรงกับสมุด"
