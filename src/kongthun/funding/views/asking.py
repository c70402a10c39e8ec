"""What every page of ก4 asks first, and how a deed is asked, read back and done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.audit.actions import record_deed
from kongthun.domain.journal import AccountKind
from kongthun.domain.thai_text import read_name
from kongthun.groups.models import CommitteePosition
from kongthun.groups.queries.committee import in_force_terms
from kongthun.groups.queries.members import members_on
from kongthun.groups.queries.rules import rules_of
from kongthun.ledger.models import BankBook, Fund
from kongthun.ledger.queries import bank_books, fund_in_reach
from kongthun.papers import Digits
from kongthun.web.wording import Refusal

from ..forms.means import MeansForm
from ..means_refusals import NotDone
from ..queries.means import keeps, keeps_means

Done = TypeVar("Done")

ANY_SOURCE = (AccountKind.SHARE, AccountKind.LENDER, AccountKind.TOOL)


def fund_or_404(request: ScopedRequest, code: str, *kinds: AccountKind) -> Fund:
    """The fund, for those who see its books, if its chart knows one of these kinds of account."""
    fund = fund_in_reach(code, request.reach, Deed.SEE_FUND)
    if fund is None or not keeps(fund, *(kinds or ANY_SOURCE)):
        raise Http404
    return fund


def fund_to_keep(request: ScopedRequest, code: str, *kinds: AccountKind) -> Fund:
    """The fund, for those who keep its means. Who may only read is told who can."""
    fund = fund_or_404(request, code, *kinds)
    for refusal in request.reach.refusals(
        Deed.KEEP_MEANS, area_code=fund.area_code, group_id=fund.pk
    ):
        raise PermissionDenied(
            Refusal(
                title="หน้านี้เป็นของผู้ดูแลเงินและเครื่องมือของกลุ่ม",
                happened=not_entitled_in_thai(refusal),
                safe="ยังไม่มีอะไรถูกบันทึก และท่านยังเปิดดูสมุดของกลุ่มได้ตามเดิม",
                do="กลับไปหน้าเดิมเพื่อดูข้อมูล หรือแจ้งผู้ที่ทำได้ให้บันทึก",
                who="เหรัญญิก หรือพัฒนากรผู้รับผิดชอบตำบล",
            )
        )
    return fund


def may_keep(request: ScopedRequest, fund: Fund) -> bool:
    """Whether the doors to recording are shown."""
    return request.reach.may(Deed.KEEP_MEANS, area_code=fund.area_code, group_id=fund.pk)


def shows_names(request: ScopedRequest, fund: Fund) -> bool:
    """Whether people are named to this reader here."""
    return request.reach.may(Deed.SEE_NAMES, area_code=fund.area_code, group_id=fund.pk)


def names(request: ScopedRequest, fund: Fund, subject: str) -> bool:
    """Whether people are named; when they are, that it was read is written down."""
    with_names = shows_names(request, fund)
    if with_names:
        record(request, fund, "read_names", subject)
    return with_names


def record(request: ScopedRequest, fund: Fund, deed: str, subject: str) -> None:
    """Write down what was read or taken away."""
    record_deed(
        deed,
        user_id=request.reach.user_id,
        area_code=fund.area_code,
        fund_id=fund.pk,
        subject=subject,
    )


def called(words: str, *, with_names: bool) -> str:
    """A giver or lender as they may be read here: it may be a person."""
    return words if with_names else read_name(words).masked


def head(request: ScopedRequest, fund: Fund) -> dict[str, Any]:
    """What every page names."""
    return {
        "fund": fund,
        "code": fund.code,
        "today": request.reach.day,
        "may_keep": may_keep(request, fund),
        "has_shares": keeps(fund, AccountKind.SHARE),
        "has_borrowings": keeps(fund, AccountKind.LENDER),
        "has_tools": keeps(fund, AccountKind.TOOL),
        "has_means": keeps_means(fund),
    }


def books_of(fund: Fund) -> list[BankBook]:
    """The fund's passbooks; the first one is there even while nobody has described it."""
    return bank_books(fund.pk) or [BankBook(fund=fund, number=1)]


def member_choices(request: ScopedRequest, fund: Fund) -> list[tuple[int, str]]:
    """Who is a member today, by number."""
    with_names = shows_names(request, fund)
    return [
        (number, f"{number}. {name.full if with_names else name.masked}")
        for number, member in members_on(fund.group, request.reach.day).items()
        for name in (member.row.person.name,)
    ]


def office_names(request: ScopedRequest, fund: Fund) -> dict[str, str]:
    """Who holds each office today, for papers that are signed."""
    day = request.reach.day
    rules = rules_of(group_id=fund.pk, kind=fund.chart, area_code=fund.area_code, day=day)
    terms = in_force_terms(fund.pk, day, years=rules["committee_years"].count)
    named: dict[str, str] = {}
    for term in sorted(terms, key=lambda each: each.number):
        if term.position in CommitteePosition.values:
            named.setdefault(term.position, term.person.name.full)
    return named


def digits_asked(request: ScopedRequest) -> Digits:
    """Thai digits, as papers of a group are written, unless the address asks for others."""
    return "arabic" if request.GET.get("digits") == "arabic" else "thai"


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    """A PDF to be looked at, with the name it is kept under."""
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a page that asks: its section, itself, and what the button leads to."""

    title: str
    lead: str
    section: str
    section_url: str
    colour: str = "is-green"
    last: str = "ถ้าตรงกับเอกสารและของจริงที่อยู่ตรงหน้า"
    button: str = "บันทึกลงบัญชี"
    is_read_back: bool = True
    has_file: bool = False


def section(name: str, words: str, fund: Fund) -> tuple[str, str]:
    """The crumb of a section: its words and its address."""
    return words, reverse(f"funding:{name}", args=[fund.code])


def asked(
    request: ScopedRequest,
    fund: Fund,
    page: Page,
    form: MeansForm,
    *,
    act: Callable[[], Done | NotDone],
    did: Callable[[Done], str],
    to: Callable[[Done], str],
    facts: list[tuple[str, str]] | None = None,
    also: Callable[[Done], list[tuple[str, str]]] | None = None,
) -> HttpResponse:
    """Ask, read back what was understood, and do it when it is said to be so.

    ``facts`` stand above the questions and in what is read back; ``also`` is what would come of it.
    """
    wants_more = {"edit", "more"} & set(request.POST)
    context = head(request, fund) | {"page": page, "form": form, "facts": facts or []}
    if request.method == "POST" and not wants_more and form.is_valid():
        is_said = "confirmed" in request.POST or not page.is_read_back
        outcome = act() if is_said else _rehearsed(act)
        if not isinstance(outcome, NotDone):
            if is_said:
                messages.success(request, did(outcome))
                return redirect(to(outcome))
            after = also(outcome) if also is not None else []
            lines = [*(facts or []), *form.lines(), *after]
            return render(request, "funding/read_back.html", context | {"lines": lines})
        form.refuse(outcome.refusals)
    is_wrong = request.method == "POST" and not wants_more
    if wants_more:
        form.errors.clear()
    context["is_wrong"] = is_wrong
    return render(request, "funding/ask.html", context, status=422 if is_wrong else 200)


def _rehearsed(act: Callable[[], Done | NotDone]) -> Done | NotDone:
    """What would come of it; nothing is kept."""
    with transaction.atomic():
        outcome = act()
        transaction.set_rollback(True)
    return outcome
