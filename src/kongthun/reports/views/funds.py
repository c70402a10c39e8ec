"""One fund: where its money is, its four books, its contracts, every figure down to the paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.actions import record_deed
from kongthun.domain.early_warning import warning_of
from kongthun.domain.money import ZERO, Money
from kongthun.domain.thai_text import search_key
from kongthun.groups.models import Membership
from kongthun.groups.queries.incomes import incomes_of
from kongthun.ledger.charts import chart
from kongthun.ledger.models import Entry, Fund
from kongthun.ledger.queries import fund_in_reach
from kongthun.loans.queries.contracts import ContractState, contract_states
from kongthun.loans.queries.receipts import receipt_numbers
from kongthun.registers.models import PaperRow
from kongthun.registers.queries.typed import Typed, all_typed, names_people
from kongthun.web.aging_chart import AgingChart, Band
from kongthun.web.as_of import day_asked, on_day
from kongthun.web.position_bar import ORDER, bar_of, position_sentence

from ..definitions import DEFINITIONS
from ..queries.funds import (
    KINDS_OF_PLACE,
    account_movements,
    bank_book,
    committee,
    latest_entries,
    latest_snapshot,
    lends,
    lines_of,
    memberships,
    movements_page,
    paper_balances,
    paper_row_of_source,
    paper_rows_of_entry,
    path_of,
    set_aside_count,
    set_aside_of_contract,
    shows_names,
    unexplained_by_deed,
    workbooks,
)
from ..queries.roll_up import StatusRow, roll_up_by_fund
from ..wording import (
    BANDS,
    CARE_STATES,
    CARE_WORDS,
    DEEDS,
    PLACES,
    SIGNS,
    WHY_UNEXPLAINED,
    account_words,
)
from .asking import as_of_asked, doors_of, page_asked


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the four books of a fund."""

    colour: str
    label: str
    href: str
    current: bool
    count: int | None = None


_BOOKS = (
    ("brown", "สถานะ", "reports:brown"),
    ("purple", "ครัวเรือน", "reports:purple"),
    ("green", "ธนาคาร", "reports:green"),
    ("yellow", "ลูกหนี้", "reports:yellow"),
)


# The figures of a fund's page: of one that lends, and of a group that makes and sells.
_OF_LENDING = ("households", "bank", "interest", "members", "lent", "repaid")
_OF_TRADE = ("cash", "bank", "goods", "tools", "customers", "creditors", "members", "interest")


@scoped(Deed.SEE_FUND)
def fund(request: ScopedRequest, code: str) -> HttpResponse:
    """The fund in one look: the answer to "280,000 อยู่ที่ไหน", what needs doing, who answers."""
    found = _fund_or_404(request, code)
    as_of = as_of_asked(request)
    status = _status(found, as_of, request)
    late = status.overdue
    context = _head(found, request, as_of) | {
        "status": status,
        "bar": bar_of(
            status.sums,
            as_of=as_of,
            sentence=position_sentence(status.sums, lends=lends(found)),
            links={place: _figure_href(code, place, as_of) for place in ORDER},
            lends=lends(found),
        ),
        "aging": AgingChart(
            [
                Band(label=label, amount=amount, deferred=deferred, loans=loans)
                for label, amount, deferred, loans in zip(
                    BANDS,
                    status.overdue_by_band,
                    status.deferred_by_band,
                    status.late_by_band,
                    strict=True,
                )
            ],
            as_of,
        )
        if late
        else None,
        "figures": [
            (
                "เกินกำหนด",
                late,
                on_day(f"{reverse('reports:yellow', args=[code])}?show=overdue", as_of),
                "overdue",
            ),
            *(
                (
                    PLACES[place],
                    getattr(status.sums, place),
                    _figure_href(code, place, as_of),
                    place,
                )
                for place in (_OF_LENDING if lends(found) else _OF_TRADE)
                if place != "members" or status.sums.members
            ),
        ][0 if lends(found) else 1 :],
        "desk_href": reverse("loans:desk", args=[code]),
        "doors": doors_of(request.reach, found.area_code, found.pk, code),
        "warning": _warning(status, as_of),
        "committee": _committee(found, as_of, request),
        "timeline": [
            (entry, DEEDS.get(entry.deed, entry.deed), _without(entry.memo, entry.deed))
            for entry in latest_entries(found, as_of=as_of)
        ],
        "workbooks": workbooks(found),
        "snapshot": latest_snapshot(found),
        "set_aside": set_aside_count(found.pk),
        "set_aside_href": reverse("registers:set_aside") + f"?fund={code}",
    }
    return render(request, "reports/fund.html", context)


_WAYS = {
    "open": "ยังส่งคืนไม่ครบ",
    "overdue": "เกินกำหนด",
    "settled": "ส่งคืนครบแล้ว",
    "all": "ทั้งหมด",
}


@scoped(Deed.SEE_FUND)
def purple(request: ScopedRequest, code: str) -> HttpResponse:
    """Book 7, ม่วง: the ordered list of target households, poorest first."""
    found = _fund_or_404(request, code)
    as_of = as_of_asked(request)
    with_names = _names(found, request, "purple book")
    owed: dict[int, tuple[Money, int]] = {}
    for state in contract_states(found, as_of=as_of, with_names=False):
        number = state.contract.member_number
        if number is not None:
            balance, rounds = owed.get(number, (ZERO, 0))
            owed[number] = (balance + state.balance, rounds + 1)
    query = search_key(request.GET.get("q", ""))
    rows = []
    for member in memberships(found):
        name = member.person.name
        if query and not (with_names and query in search_key(name.full)):
            continue
        balance, rounds = owed.get(member.number, (ZERO, 0))
        rows.append((member, name.full if with_names else name.masked, balance, rounds))
    context = _head(found, request, as_of, book="purple") | {
        "rows": rows,
        "with_names": with_names,
        "query": request.GET.get("q", ""),
        "owed_total": Money(sum(balance.satang for _, _, balance, _ in rows)),
    }
    return render(request, "reports/purple.html", context)


@scoped(Deed.SEE_FUND)
def yellow(request: ScopedRequest, code: str) -> HttpResponse:
    """Book 9, เหลือง: every contract, also those repaid in full, as form 26(1) lists them."""
    found = _fund_or_404(request, code)
    as_of = as_of_asked(request)
    states = contract_states(found, as_of=as_of, with_names=_names(found, request, "yellow book"))
    shown = request.GET.get("show", "open")
    if shown not in _WAYS:
        shown = "open"
    rows = [state for state in states if _is_shown(state, shown)]
    if shown == "overdue":
        rows.sort(key=lambda state: -state.arrears.days_late)
    context = _head(found, request, as_of, book="yellow") | {
        "rows": rows,
        "chips": [
            {
                "label": _WAYS[way],
                "count": sum(1 for state in states if _is_shown(state, way)),
                "href": "?" + urlencode({"show": way, **day_asked(as_of)}),
                "current": way == shown,
            }
            for way in _WAYS
        ],
        "totals": _contract_totals(rows),
        "shown": shown,
    }
    return render(request, "reports/yellow.html", context)


@scoped(Deed.SEE_FUND)
def green(request: ScopedRequest, code: str) -> HttpResponse:
    """Book 8, เขียว: the passbook, line by line, with the balance after each."""
    found = _fund_or_404(request, code)
    as_of = as_of_asked(request)
    page, total = movements_page(found, "bank", as_of=as_of, page=page_asked(request))
    context = _head(found, request, as_of, book="green") | {
        "page": page,
        "papers": paper_balances(found, [line.number for line in page]),
        "total": total,
        "bank_book": bank_book(found),
        "deeds": DEEDS,
        "snapshot": latest_snapshot(found),
    }
    return render(request, "reports/green.html", context)


@scoped(Deed.SEE_FUND)
def brown(request: ScopedRequest, code: str) -> HttpResponse:
    """Book 6, น้ำตาล: what the paper says of the village, beside what the books say that day."""
    found = _fund_or_404(request, code)
    snapshot = latest_snapshot(found)
    as_of = as_of_asked(request)
    beside = []
    if snapshot is not None and snapshot.as_of is not None:
        ours = _status(found, min(snapshot.as_of, timezone.localdate()), request)
        beside = [
            (words, paper, our, None if paper is None else our - paper)
            for words, paper, our in (
                ("เงินทุนที่ได้รับ", snapshot.granted, ours.sums.capital),
                ("เงินอยู่กับครัวเรือน", snapshot.households_sum, ours.sums.households),
                ("เงินในบัญชีเงินฝาก", snapshot.bank_sum, ours.sums.bank),
                ("เงินอยู่ที่อื่น", snapshot.cash_sum, ours.sums.cash),
                ("เงินที่ผิดสัญญา (เกินกำหนด)", snapshot.in_breach_sum, ours.overdue),
            )
        ]
    context = _head(found, request, as_of, book="brown") | {
        "snapshot": snapshot,
        "beside": beside,
        "committee": _committee(found, as_of, request),
    }
    return render(request, "reports/brown.html", context)


@scoped(Deed.SEE_FUND)
def figure(request: ScopedRequest, code: str, place: str) -> HttpResponse:
    """The entries that a figure is made of."""
    found = _fund_or_404(request, code)
    if place not in KINDS_OF_PLACE:
        raise Http404
    as_of = as_of_asked(request)
    page, total = movements_page(found, place, as_of=as_of, page=page_asked(request))
    why = []
    if place == "unexplained":
        why = [
            (DEEDS[deed], amount, count, WHY_UNEXPLAINED.get(deed, ""))
            for deed, amount, count in unexplained_by_deed(found, as_of=as_of)
        ]
    context = _head(found, request, as_of) | {
        "place": place,
        "words": PLACES[place],
        "page": page,
        "total": total,
        "deeds": DEEDS,
        "why": why,
        "definition": DEFINITIONS[place],
        "set_aside": set_aside_count(found.pk),
        "set_aside_href": reverse("registers:set_aside") + f"?fund={code}",
    }
    return render(request, "reports/figure.html", context)


@scoped(Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
def contract(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """A page a contract, as the yellow book has it: what was lent, when due, what came back."""
    found, with_names = _fund_of_page(request, code)
    as_of = as_of_asked(request)
    states = contract_states(found, as_of=as_of, with_names=with_names)
    state = next((state for state in states if state.contract.number == number), None)
    if state is None or not _may_see_contract(request, found, state):
        raise Http404
    if with_names:
        _note_reading(request, found, f"contract {number}")
    lines = account_movements(found, state.contract.account, as_of=as_of)
    papers = paper_balances(found, [line.number for line in lines])
    movements = [(line, papers.get(line.number)) for line in lines]
    context = _head(found, request, as_of) | {
        "state": state,
        "movements": movements,
        "receipts": receipt_numbers(found.pk, number),
        "may_receive": request.reach.may(
            Deed.RECEIVE_MONEY, area_code=found.area_code, group_id=found.pk
        ),
        "deeds": DEEDS,
        "set_aside": set_aside_of_contract(found, number),
    }
    return render(request, "reports/contract.html", context)


@scoped(Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
def household(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """A household: what it owes now, since when, and every contract it ever had."""
    found, with_names = _fund_of_page(request, code)
    is_own = request.reach.own_membership() == (found.pk, number)
    if not is_own and not _sees_fund(request, found):
        raise Http404  # a member of this fund, at somebody else's household
    member = (
        Membership.objects.filter(group_id=found.pk, number=number)
        .select_related("person", "household")
        .first()
    )
    if member is None:
        raise Http404
    as_of = as_of_asked(request)
    shows = with_names or is_own
    states = contract_states(found, as_of=as_of, with_names=shows, member_number=number)
    if shows:
        _note_reading(request, found, f"household {number}")
    name = member.person.name
    context = _head(found, request, as_of) | {
        "member": member,
        "name": name.full if shows else name.masked,
        "shows_names": shows,
        "is_own": is_own,
        "states": states,
        "totals": _contract_totals(states),
        "incomes": _incomes(found, member),
    }
    return render(request, "reports/household.html", context)


@scoped(Deed.SEE_FUND)
def entry(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """One entry of the books: its lines, the paper it was read from, and its link in the chain."""
    found = _fund_or_404(request, code)
    written = Entry.objects.filter(fund=found, number=number).select_related("recorded_by").first()
    if written is None:
        raise Http404
    as_of = as_of_asked(request)
    words = chart(found.chart).words
    lines = [
        (line, account_words(line.account, words), _account_href(code, line.account, as_of))
        for line in lines_of(found, number)
    ]
    rows = paper_rows_of_entry(found, number)
    papers = rows or _one(paper_row_of_source(found, written.source))
    with_names = shows_names(found, request.reach)
    if with_names and any(names_people(row.said) for row in papers):
        _note_reading(request, found, f"entry {number}")
    context = _head(found, request, as_of) | {
        "entry": written,
        "deed": DEEDS.get(written.deed, written.deed),
        "lines": lines,
        "papers": [(row, _said(row, with_names=with_names)) for row in papers],
        "reversed_by": Entry.objects.filter(fund=found, reverses=number).first(),
        "link": bytes(written.link).hex(),
    }
    return render(request, "reports/entry.html", context)


@scoped(Deed.SEE_AREA, Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
def definition(request: ScopedRequest, slug: str) -> HttpResponse:
    """What a figure means."""
    found = DEFINITIONS.get(slug)
    if found is None:
        raise Http404
    return render(
        request, "reports/definition.html", {"definition": found, "all": DEFINITIONS.values()}
    )


# ---- the pieces ---------------------------------------------------------------------------------


def _fund_or_404(request: ScopedRequest, code: str) -> Fund:
    found = fund_in_reach(code, request.reach, Deed.SEE_FUND)
    if found is None:
        raise Http404
    return found


def _sees_fund(request: ScopedRequest, found: Fund) -> bool:
    return request.reach.may(Deed.SEE_FUND, area_code=found.area_code, group_id=found.pk)


def _fund_of_page(request: ScopedRequest, code: str) -> tuple[Fund, bool]:
    """The fund, for those who see it and for a household of it; and whether names are shown."""
    found = fund_in_reach(code, request.reach, Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
    if found is None:
        raise Http404
    own = request.reach.own_membership()
    is_member = own is not None and own[0] == found.pk and not _sees_fund(request, found)
    return found, is_member or shows_names(found, request.reach)


def _may_see_contract(request: ScopedRequest, found: Fund, state: ContractState) -> bool:
    if _sees_fund(request, found):
        return True
    return request.reach.own_membership() == (found.pk, state.contract.member_number)


def _names(found: Fund, request: ScopedRequest, subject: str) -> bool:
    """Whether to show names; when they are shown, that they were read is written down."""
    with_names = shows_names(found, request.reach)
    if with_names:
        _note_reading(request, found, subject)
    return with_names


def _note_reading(request: ScopedRequest, found: Fund, subject: str) -> None:
    """Write down that people were read of by name: who read, where, and of what."""
    record_deed(
        "read_names",
        user_id=request.reach.user_id,
        area_code=found.area_code,
        fund_id=found.pk,
        subject=subject,
    )


def _head(found: Fund, request: ScopedRequest, as_of: date, *, book: str = "") -> dict[str, Any]:
    path = path_of(found)
    sees_area = request.reach.may_anywhere(Deed.SEE_AREA)
    sees_fund = _sees_fund(request, found)
    return {
        "fund": found,
        "code": found.code,
        "village": path[-1],
        "path": path,
        "crumb_nodes": path[1:-1] if sees_area else [],
        "sees_fund": sees_fund,
        "as_of": as_of,
        "is_today": as_of == timezone.localdate(),
        "as_of_text": request.GET.get("as_of", ""),
        "tabs": [
            Tab(
                colour,
                label,
                on_day(reverse(name, kwargs={"code": found.code}), as_of),
                book == colour,
            )
            for colour, label, name in _BOOKS
        ]
        if sees_fund
        else [],
    }


def _status(found: Fund, as_of: date, request: ScopedRequest) -> StatusRow:
    roll_up = roll_up_by_fund(
        found.area_code, as_of=as_of, today=timezone.localdate(), reach=request.reach
    )
    return next(row for row in roll_up.rows if row.code == found.code)


def _warning(status: StatusRow, as_of: date) -> dict[str, str]:
    warning = warning_of(
        status.sums,
        status.overdue,
        last_movement_on=status.last_movement_on,
        rows_set_aside=status.set_aside_rows,
        as_of=as_of,
    )
    return {
        "state": CARE_STATES[warning.care],
        "words": CARE_WORDS[warning.care],
        "signs": " · ".join(SIGNS[sign] for sign in warning.signs),
    }


def _committee(found: Fund, as_of: date, request: ScopedRequest) -> dict[str, Any]:
    """The latest set, and whether its term is in force."""
    terms = list(committee(found))
    latest = [term for term in terms if term.set_number == terms[0].set_number] if terms else []
    ends = [term.ends_on for term in latest if term.ends_on is not None]
    with_names = shows_names(found, request.reach)
    return {
        "set_number": latest[0].set_number if latest else None,
        "terms": [
            (term, term.person.name.full if with_names else term.person.name.masked)
            for term in latest
        ],
        "starts_on": min((t.starts_on for t in latest if t.starts_on), default=None),
        "ends_on": max(ends, default=None),
        "is_over": bool(ends) and max(ends) < as_of,
    }


def _incomes(found: Fund, member: Membership) -> list[tuple[str, Money | None]]:
    """What the household lived on: as asked for here last, else as the purple book has it."""
    known = [
        member.income_before,
        member.income_after_1,
        member.income_after_2,
        member.income_after_3,
    ]
    for income in reversed(incomes_of(found.pk, member.number)):  # the latest goes last
        known[income.years_after] = income.amount
    words = ("ก่อนยืม", "หลังยืม 1 ปี", "หลังยืม 2 ปี", "หลังยืม 3 ปี")
    return list(zip(words, known, strict=True))


def _without(memo: str, deed: str) -> str:
    """A memo without the words of its deed, which stand before it already."""
    return memo.removeprefix(DEEDS.get(deed, "")).strip()


def _is_shown(state: ContractState, way: str) -> bool:
    """Whether a contract belongs to one of the ways of looking at the yellow book."""
    if way == "overdue":
        return bool(state.arrears.overdue)
    if way == "all":
        return True
    return state.is_settled == (way == "settled")


def _contract_totals(states: list[ContractState]) -> dict[str, Money]:
    return {
        "principal": Money(sum(s.contract.principal.satang for s in states)),
        "repaid": Money(sum(s.repaid.satang for s in states)),
        "balance": Money(sum(s.balance.satang for s in states)),
        "overdue": Money(sum(s.arrears.overdue.satang for s in states)),
    }


def _figure_href(code: str, place: str, as_of: date) -> str:
    return on_day(reverse("reports:figure", kwargs={"code": code, "place": place}), as_of)


def _account_href(code: str, account: str, as_of: date) -> str:
    kind, _, number = account.partition(":")
    if kind == "loan" and number:
        contract_href = reverse("reports:contract", kwargs={"code": code, "number": int(number)})
        return on_day(contract_href, as_of)
    place = next((place for place, (kinds, _) in KINDS_OF_PLACE.items() if kind in kinds), "")
    return _figure_href(code, place, as_of) if place else ""


def _one(row: PaperRow | None) -> list[PaperRow]:
    return [] if row is None else [row]


def _said(row: PaperRow, *, with_names: bool) -> list[Typed]:
    return all_typed(row.kind, row.said, at_fault=(), with_names=with_names)
