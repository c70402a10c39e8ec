"""Once a year each household says whether its balance is right: on paper, or on its own screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.money import Money, total
from kongthun.domain.thai_calendar import fiscal_year, fiscal_year_end
from kongthun.ledger.models import Fund

from ..actions.debts import answer_balance
from ..forms.debts import OwnAnswerForm, PaperAnswersForm
from ..models import DebtEvent
from ..queries.contracts import ContractState
from ..queries.debts import Confirmation, confirmations_of, open_disputes
from ..refusals import NotDone
from .asking import fund_or_404, may, names, note_names_read
from .debts import head

_WAYS = {
    "all": "ทั้งหมด",
    "not_yet": "ยังไม่ตอบ",
    "confirmed": "ยืนยันแล้ว",
    "disputed": "แจ้งว่าไม่ตรง",
    "settled": "ไม่ตรง ตกลงแล้ว",
}
STANDING = {
    "not_yet": ("watch", "ยังไม่ตอบ"),
    "confirmed": ("ok", "ยืนยันแล้ว"),
    "disputed": ("visit", "แจ้งว่าไม่ตรง"),
    "settled": ("ok", "ไม่ตรง ตกลงแล้ว"),
}
_FIRST_YEAR, _LAST_YEAR = 2536, 2700


@dataclass(frozen=True, slots=True)
class Letter:
    """What a household is asked to sign."""

    name: str
    member_number: int | None
    states: list[ContractState]

    @property
    def total(self) -> Money:
        """All the household owes."""
        return total(state.balance for state in self.states)


@scoped(Deed.SEE_FUND)
@require_safe
def confirmations(request: ScopedRequest, code: str) -> HttpResponse:
    """Which balances were confirmed in a fiscal year, which not yet; and disputes to settle."""
    fund = fund_or_404(request, code)
    with_names = names(request, fund, "confirmations")
    day = _day_asked(request)
    found = confirmations_of(fund, day=day, with_names=with_names)
    shown = request.GET.get("show", "all")
    if shown not in _WAYS:
        shown = "all"
    counts = Counter(each.standing for each in found)
    year = fiscal_year(day)
    context = {
        **_head(request, fund, day),
        "rows": [
            (each, *STANDING[each.standing]) for each in found if shown in {"all", each.standing}
        ],
        "chips": [
            {
                "label": label,
                "count": len(found) if way == "all" else counts[way],
                "href": f"?year={year}&show={way}",
                "current": way == shown,
            }
            for way, label in _WAYS.items()
        ],
        "households": len({each.household for each in found}),
        "answered": len(found) - counts["not_yet"],
        "asked": len(found),
        "owed": total(each.state.balance for each in found),
        "disputes": _disputes(fund, found),
        "with_names": with_names,
        "settles": may(request, fund, Deed.SETTLE_DEBTS),
        "types": may(request, fund, Deed.RECEIVE_MONEY),
    }
    return render(request, "loans/confirmations.html", context)


def _disputes(
    fund: Fund, found: Sequence[Confirmation]
) -> list[tuple[DebtEvent, ContractState | None]]:
    states = {each.state.contract.number: each.state for each in found}
    return [(event, states.get(event.contract_number)) for event in open_disputes(fund)]


@scoped(Deed.RECEIVE_MONEY)
@require_safe
def letters(request: ScopedRequest, code: str, number: int | None = None) -> HttpResponse:
    """The letters that households sign: of all who owe, or of the household of one contract."""
    fund = fund_or_404(request, code, Deed.RECEIVE_MONEY)
    day = _day_asked(request)
    with_names = names(request, fund, "confirmation letters")
    found = confirmations_of(fund, day=day, with_names=with_names)
    if number is not None:
        whose = {each.household for each in found if each.state.contract.number == number}
        found = [each for each in found if each.household in whose]
        if not found:
            raise Http404
    made = []
    for _, of_household in groupby(found, key=lambda each: each.household):
        states = [each.state for each in of_household]
        made.append(Letter(states[0].borrower, states[0].contract.member_number, states))
    context = {**_head(request, fund, day), "letters": made, "is_one": number is not None}
    return render(request, "loans/confirmation_letters.html", context)


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def type_answers(request: ScopedRequest, code: str) -> HttpResponse:
    """Type the answers of many signed letters at once, all or none."""
    fund = fund_or_404(request, code)
    day = _day_asked(request)
    with_names = names(request, fund, "confirmations")
    waiting = [
        each
        for each in confirmations_of(fund, day=day, with_names=with_names)
        if each.standing == "not_yet"
    ]
    is_sent = request.method == "POST"
    form = PaperAnswersForm(
        [each.state.contract.number for each in waiting],
        request.POST if is_sent else None,
        on=day,
    )
    if is_sent and form.is_valid():
        count = _answer_all(request, fund, form)
        if count:
            messages.success(request, f"บันทึกคำตอบ {count} สัญญาแล้ว")
            return redirect("loans:confirmations", code=code)
        if not form.errors:
            form.add_error(None, "ยังไม่ได้เลือกคำตอบของสัญญาใด")
    context = {
        **_head(request, fund, day),
        "form": form,
        "rows": list(zip(waiting, form.lines, strict=True)),
        "types": may(request, fund, Deed.RECEIVE_MONEY),
    }
    status = 422 if is_sent else 200
    return render(request, "loans/confirmation_type.html", context, status=status)


def _answer_all(request: ScopedRequest, fund: Fund, form: PaperAnswersForm) -> int:
    """How many answers were written: all of them, or none where one was refused."""
    with transaction.atomic():
        for answer in form.answers:
            done = answer_balance(
                answer.contract_number,
                fund=fund,
                on=form.cleaned_data["on"],
                agrees=answer.agrees,
                said=answer.said,
                words=answer.words,
                on_paper=True,
                by=request.reach,
            )
            if isinstance(done, NotDone):
                form.refuse_line(answer.contract_number, done)
        if form.errors:
            transaction.set_rollback(True)
            return 0
        return len(form.answers)


@scoped(Deed.CONFIRM_BALANCE)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_own(request: ScopedRequest, code: str) -> HttpResponse:
    """A household looks at what it owes by the books, and says whether that is right."""
    fund = fund_or_404(request, code, Deed.CONFIRM_BALANCE)
    own = request.reach.own_membership()
    if own is None or own[0] != fund.pk:
        raise Http404
    note_names_read(request, fund, f"household {own[1]}")
    found = confirmations_of(fund, day=request.reach.day, with_names=True, member_number=own[1])
    sent = request.POST.get("contract", "")
    is_refused = False
    rows = []
    for each in found:
        number = each.state.contract.number
        is_this = request.method == "POST" and sent == str(number)
        form = OwnAnswerForm(number, request.POST if is_this else None)
        if is_this and form.is_valid():
            done = answer_balance(
                number,
                fund=fund,
                on=request.reach.day,
                agrees=form.agrees,
                said=None if form.agrees else form.cleaned_data["said"],
                words="" if form.agrees else form.cleaned_data["words"],
                on_paper=False,
                by=request.reach,
            )
            if not isinstance(done, NotDone):
                messages.success(request, "ขอบคุณ บันทึกคำตอบของท่านแล้ว")
                return redirect("loans:confirm_own", code=code)
            form.refuse(done)
        is_refused |= is_this
        is_open = each.standing in {"not_yet", "settled"}
        rows.append((each, *STANDING[each.standing], form if is_open or is_this else None))
    if request.method == "POST" and not is_refused:
        raise Http404  # somebody else's contract, or one that is paid off
    context = {**_head(request, fund, request.reach.day), "rows": rows, "own": own[1]}
    return render(
        request, "loans/confirmation_own.html", context, status=422 if is_refused else 200
    )


# ---- below the line ------------------------------------------------------------------------------


def _day_asked(request: ScopedRequest) -> date:
    """The day whose balance is asked: the end of the fiscal year asked for, or today within it."""
    today = request.reach.day
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) == 4 else 0
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return today
    return min(fiscal_year_end(year), today)


def _head(request: ScopedRequest, fund: Fund, day: date) -> dict[str, Any]:
    year = fiscal_year(day)
    now = fiscal_year(request.reach.day)
    return {
        **head(request, fund),
        "day": day,
        "year": year,
        "years": [
            {"label": f"ปีงบประมาณ {each}", "href": f"?year={each}", "current": each == year}
            for each in range(now, now - 3, -1)
        ],
    }
