"""What every page of the trade asks first, and how a deed is asked for, read back and booked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.audit.actions import record_deed
from kongthun.domain.journal import HappensLater, YearClosed
from kongthun.groups.queries.members import members_on
from kongthun.ledger.models import BankBook, Fund
from kongthun.ledger.queries import bank_books, fund_in_reach
from kongthun.ledger.refusals import MoreThanThere, NotAboveZero, WordsNeeded, WordsTooLong
from kongthun.web.wording import Refusal

from .. import refusals as no
from ..actions import keeps_trade
from ..forms import LinesForm, TradeForm
from ..models import Party
from ..queries import party_name
from ..refusals import NotDone, TradeRefusal
from ..wording import refusal_in_thai

# Beside which questions a refusal is said; the first that the form asks.
_BESIDE: dict[type, tuple[str, ...]] = {
    HappensLater: ("on",),
    YearClosed: ("on",),
    MoreThanThere: ("paid_now", "amount", "reason"),
    NotAboveZero: ("amount", "price", "sum_1"),
    WordsNeeded: ("words", "reason"),
    WordsTooLong: ("words", "reason", "note", "unit"),
    no.PaidMoreThanTotal: ("paid_now",),
    no.CreditWithoutName: ("who",),
    no.DueNeeded: ("due_on",),
    no.DueBefore: ("due_on",),
    no.MoreThanOwed: ("amount",),
    no.BeforeBatch: ("on",),
    no.BatchGoesOn: ("on",),
    no.BatchUnnamed: ("words",),
    no.CountUnexplained: ("note",),
    no.ItemUnnamed: ("name",),
    no.ItemThere: ("name",),
    no.UnitMissing: ("unit",),
    no.PartyUnnamed: ("name",),
    no.PartyThere: ("name",),
}

Done = TypeVar("Done")


def fund_to_read(request: ScopedRequest, code: str) -> Fund:
    """The group's books, for those who may see them; not found where no goods are kept."""
    fund = fund_in_reach(code, request.reach, Deed.SEE_FUND, Deed.KEEP_TRADE)
    if fund is None or not keeps_trade(fund):
        raise Http404
    return fund


def fund_to_write(request: ScopedRequest, code: str) -> Fund:
    """The same, for those who keep the trade. Who may only read is told who can."""
    fund = fund_to_read(request, code)
    for refusal in request.reach.refusals(
        Deed.KEEP_TRADE, area_code=fund.area_code, group_id=fund.pk
    ):
        raise PermissionDenied(
            Refusal(
                title="หน้านี้เป็นของผู้ทำบัญชีซื้อขายของกลุ่ม",
                happened=not_entitled_in_thai(refusal),
                safe="ยังไม่มีอะไรถูกบันทึก และท่านยังเปิดดูงานซื้อ ผลิต ขาย ได้ตามเดิม",
                do="กลับไปหน้าซื้อ ผลิต ขาย หรือแจ้งผู้ที่ทำได้ให้บันทึก",
                who="เหรัญญิก หรือพัฒนากรผู้รับผิดชอบตำบล",
            )
        )
    return fund


def may_write(request: ScopedRequest, fund: Fund) -> bool:
    """Whether the doors to recording are shown."""
    return request.reach.may(Deed.KEEP_TRADE, area_code=fund.area_code, group_id=fund.pk)


def namer(request: ScopedRequest, fund: Fund, subject: str) -> Callable[[Party], str]:
    """How parties are called on this page. In full is written down: who read, and of what."""
    with_names = names_shown(request, fund, subject)
    return lambda party: party_name(party, with_names=with_names)


def names_shown(request: ScopedRequest, fund: Fund, subject: str) -> bool:
    """Whether people are named to this reader; when they are, that it was read is written down."""
    with_names = request.reach.may(Deed.SEE_NAMES, area_code=fund.area_code, group_id=fund.pk)
    if with_names:
        record_deed(
            "read_names",
            user_id=request.reach.user_id,
            area_code=fund.area_code,
            fund_id=fund.pk,
            subject=subject,
        )
    return with_names


def members_offered(
    request: ScopedRequest, fund: Fund, *, with_names: bool
) -> list[tuple[int, str]]:
    """Members of today with their numbers, to choose from."""
    found = []
    for number, member in members_on(fund.group, request.reach.day).items():
        name = member.row.person.name
        found.append((number, f"{number}. {name.full if with_names else name.masked}"))
    return found


def people_offered(request: ScopedRequest, fund: Fund, subject: str) -> list[tuple[str, Any]]:
    """Parties and members, each once, to choose from."""
    with_names = names_shown(request, fund, subject)
    parties = list(Party.objects.filter(fund=fund).order_by("number"))
    there = {party.member_number for party in parties}
    members = [
        (f"m:{number}", words)
        for number, words in members_offered(request, fund, with_names=with_names)
        if number not in there
    ]
    known = [(f"p:{party.number}", _party_words(party, with_names=with_names)) for party in parties]
    groups: list[tuple[str, Any]] = [("คู่ค้า", known)] if known else []
    return [*groups, ("สมาชิกของกลุ่ม", members)] if members else groups


def _party_words(party: Party, *, with_names: bool) -> str:
    member = f" (สมาชิกเลขที่ {party.member_number})" if party.member_number else ""
    return f"{party_name(party, with_names=with_names)}{member}"


def books_of(fund: Fund) -> list[BankBook]:
    """The group's passbooks; the first one is there even while nobody has described it."""
    return bank_books(fund.pk) or [BankBook(fund=fund, number=1)]


def head(fund: Fund, here: str) -> dict[str, Any]:
    """What every page names."""
    return {"fund": fund, "code": fund.code, "here": here}


# --- asking, reading back, booking -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A deed on its way: its words, its questions, its action, and what is read back of it."""

    title: str
    lead: str
    form: TradeForm
    act: Callable[[], Any]
    say: Callable[[Any], str]
    read: Callable[[Any], Sequence[tuple[str, str]]]
    after: Callable[[Any], str]
    note: str = ""


def ask(request: ScopedRequest, fund: Fund, asked: Asked) -> HttpResponse:
    """Ask, read back in words what will be recorded, and record it when it is said to be so."""
    form = asked.form
    if request.method == "POST" and "edit" not in request.POST and form.is_valid():
        is_confirmed = "confirmed" in request.POST
        outcome = asked.act() if is_confirmed else rehearsed(asked.act)
        if not isinstance(outcome, NotDone):
            if is_confirmed:
                messages.success(request, f"บันทึกแล้ว {asked.say(outcome)}")
                return redirect(asked.after(outcome))
            context = head(fund, "อ่านทวน") | {
                "asked": asked,
                "form": form,
                "sentence": asked.say(outcome),
                "lines": asked.read(outcome),
            }
            return render(request, "trade/read_back.html", context)
        say_on(form, outcome.refusals)
    is_wrong = bool(form.errors) and "edit" not in request.POST
    context = head(fund, asked.title) | {"asked": asked, "form": form}
    return render(request, "trade/record.html", context, status=422 if is_wrong else 200)


def rehearsed(act: Callable[[], Done]) -> Done:
    """What would come of it; nothing is kept."""
    with transaction.atomic():
        outcome = act()
        transaction.set_rollback(True)
    return outcome


def say_on(form: Form, refusals: Sequence[TradeRefusal]) -> None:
    """Put each refusal beside the question it is about; about an item, beside its row."""
    for refusal in refusals:
        name = _row_of(form, refusal)
        if name is None:
            beside = _BESIDE.get(type(refusal), ())
            name = next((each for each in beside if each in form.fields), None)
        form.add_error(name, refusal_in_thai(refusal))


def _row_of(form: Form, refusal: TradeRefusal) -> str | None:
    item_name = getattr(refusal, "name", None)
    if not isinstance(form, LinesForm) or item_name is None:
        return None
    place = form.place_of(item_name)
    if place is None:
        return None
    is_price = isinstance(refusal, no.PriceMissing) and f"sum_{place}" in form.fields
    return f"{'sum' if is_price else 'quantity'}_{place}"
