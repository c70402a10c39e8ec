"""What came of a case by the books, closing it, and opening it again."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.casework import Answer, Outcome, may_go_on
from kongthun.domain.money import total

from ..actions.closings import Turned, close_case, reopen_if_stopped
from ..follow_up_wording import follow_up_refusal_in_thai, outcome_lines
from ..forms_follow_up import ClosingForm
from ..models import CaseClosing
from ..queries.facts import CaseState, outcome_of_closing
from ..queries.follow_up import rows_of
from ..queries.memos import papers_of_contracts
from ..queries.movement import movements_of, outcome_by, relapse_by
from ..wording import ANSWERS, LEVELS, missing_in_thai
from .follow_up import back, form_page, head, may, state_or_404


@scoped(Deed.SEE_CASES)
@require_safe
def outcome(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Every criterion with its figures, each figure a door to its parts in the books."""
    state = state_or_404(request, code, number, Deed.SEE_CASES)
    return _page(request, state)


@scoped(Deed.WORK_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Close the case on what the books show today."""
    state = state_or_404(request, code, number, Deed.WORK_CASES)
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = close_case(state=state, by=request.reach, words=form.cleaned_data["words"])
        if isinstance(done, Turned):
            return back(request, state, "ปิดเรื่องแล้ว ขอบคุณทุกฝ่ายที่ช่วยกัน", "outcome")
        form.refuse(done.refusals)
    books = movements_of([state], request.reach.day)[state.key]
    found = outcome_by(books, request.reach.day)
    return form_page(
        request,
        state,
        form,
        title="ปิดเรื่อง",
        lead="ผลมาจากสมุดของวันนี้ ไม่มีใครกรอกเอง",
        what="เมื่อปิดแล้วสิ่งที่บันทึกไว้จะคงเดิม",
        button="ปิดเรื่อง",
        beside={"lines": _lines(found), "level": LEVELS[found.level]},
    )


@scoped(Deed.WORK_CASES)
@require_POST
def reopen(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Open a closed case again where payments stopped."""
    state = state_or_404(request, code, number, Deed.WORK_CASES)
    done = reopen_if_stopped(state=state, by=request.reach)
    if isinstance(done, Turned):
        return back(request, state, "เปิดเรื่องอีกครั้งแล้ว เริ่มที่แผนใหม่ร่วมกับหมู่บ้าน", "outcome")
    return _page(
        request, state, refused=[follow_up_refusal_in_thai(each) for each in done.refusals]
    )


# --- below the line -------------------------------------------------------------------------


def _page(
    request: ScopedRequest, state: CaseState, refused: list[str] | None = None
) -> HttpResponse:
    day = request.reach.day
    books = movements_of([state], day)[state.key]
    found = outcome_by(books, day)
    is_closed = bool(state.facts.closings) and not state.is_open
    may_work = may(request, state, Deed.WORK_CASES)
    papers = papers_of_contracts(state.case.group_id, books.agreed)
    context = {
        **head(state),
        "outcome": found,
        "level": LEVELS[found.level],
        "lines": _lines(found),
        "movement": books.movement,
        "books": books,
        "repaid": total(each.amount for each in books.repaid),
        "lent": total(each.amount for each in books.lent),
        "agreed": [
            (papers.get(each.contract_number, str(each.contract_number)), each)
            for each in books.agreed
        ],
        "missing": [missing_in_thai(each) for each in may_go_on(state.facts, day, found)]
        if state.is_open
        else [],
        "closings": [
            (row, LEVELS[outcome_of_closing(row).level]) for row in rows_of(CaseClosing, state)
        ],
        "relapse": relapse_by(state, books, day) if is_closed else None,
        "is_closed": is_closed,
        "may_work": may_work,
        "may_close": may_work and state.is_open,
        "as_of": day,
        "refused": refused or [],
    }
    return render(request, "cases/outcome.html", context, status=422 if refused else 200)


def _lines(found: Outcome) -> list[tuple[str, str, str, str]]:
    """Each criterion: its mark, what it asks, its answer, its figures."""
    return [
        (_mark(answer), label, ANSWERS[answer], figures)
        for label, answer, figures in outcome_lines(found)
    ]


def _mark(answer: Answer) -> str:
    return "ok" if answer.is_well else "watch"
