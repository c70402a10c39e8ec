"""The asset register on screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.journal import AccountKind
from kongthun.domain.money import ZERO, total
from kongthun.ledger.models import Entry, Fund
from kongthun.ledger.models import Line as WrittenLine

from ..actions.tools import (
    EventNoted,
    ToolKept,
    Worn,
    buy_tool,
    change_keeper,
    check_tool,
    lend_tool,
    proposed_wear,
    retire_tool,
    return_tool,
    take_back_tool,
    take_back_wear,
    wear_tool,
    wear_tools,
)
from ..forms.means import (
    BuyToolForm,
    CheckForm,
    KeeperForm,
    LendForm,
    MeansForm,
    RetireForm,
    TakeBackForm,
    ToolBackForm,
    WearAllForm,
    WearForm,
)
from ..means_refusals import NotDone
from ..models import ToolState
from ..posting import Mended
from ..queries.tools import ToolOn, events_of, tool, tools
from .asking import (
    Page,
    asked,
    books_of,
    fund_or_404,
    fund_to_keep,
    head,
    member_choices,
    names,
    section,
)

_WORDS = "ทะเบียนเครื่องมือ"
_TOOL = AccountKind.TOOL

Noted = ToolKept | EventNoted | Worn
Outcome = Noted | NotDone


@scoped(Deed.SEE_FUND)
@require_safe
def index(request: ScopedRequest, code: str) -> HttpResponse:
    """Every tool: worth, state, keeper, and with whom it is. ``?gone=1`` shows those gone too."""
    fund = fund_or_404(request, code, _TOOL)
    with_gone = "gone" in request.GET
    rows = tools(fund, with_names=names(request, fund, "tools"), with_gone=with_gone)
    day = request.reach.day
    context = head(request, fund) | {
        "rows": [(each, each.lent is not None and each.lent.is_late(day)) for each in rows],
        "worth": total(each.worth for each in rows),
        "wear": proposed_wear(fund, day),
        "with_gone": with_gone,
    }
    return render(request, "funding/tools.html", context)


@scoped(Deed.SEE_FUND)
@require_safe
def one(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """One tool and all that happened to it."""
    fund = fund_or_404(request, code, _TOOL)
    with_names = names(request, fund, f"tool {number}")
    found = tool(fund, number, with_names=with_names)
    if found is None:
        raise Http404
    context = head(request, fund) | {
        "tool": found,
        "row": found.row,
        "is_late": found.lent is not None and found.lent.is_late(request.reach.day),
        "events": events_of(fund, number, with_names=with_names),
        "with_names": with_names,
        "worn": _wear_entries(fund, number),
    }
    return render(request, "funding/tool.html", context)


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def buy(request: ScopedRequest, code: str) -> HttpResponse:
    """Buy a tool."""
    fund = fund_to_keep(request, code, _TOOL)
    form = BuyToolForm(
        request.POST or None,
        day=request.reach.day,
        books=books_of(fund),
        members=member_choices(request, fund),
    )

    def act() -> ToolKept | NotDone:
        answers = form.cleaned_data
        return buy_tool(
            fund=fund,
            tool=form.tool(),
            value=answers["amount"],
            on=answers["on"],
            pocket=form.pocket(),
            key=answers["key"],
            by=request.reach,
            document=answers["document"],
        )

    return asked(
        request,
        fund,
        Page("ซื้อเครื่องมือ", "ตามใบเสร็จของร้าน", *section("tools", _WORDS, fund)),
        form,
        act=act,
        did=lambda done: f"บันทึกแล้ว เครื่องมือเลขที่ {done.number}",
        to=lambda done: _to(fund, done.number),
    )


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def wear_all(request: ScopedRequest, code: str) -> HttpResponse:
    """Write off what all tools have lost by a day."""
    fund = fund_to_keep(request, code, _TOOL)
    form = WearAllForm(request.POST or None, day=request.reach.day)

    def act() -> Worn | NotDone:
        answers = form.cleaned_data
        return wear_tools(fund=fund, on=answers["on"], key=answers["key"], by=request.reach)

    def lost(done: Worn) -> list[tuple[str, str]]:
        each = [(f"เครื่องมือเลขที่ {n}", f"{amount.text} บาท") for n, amount in done.amounts]
        together = total(amount for _, amount in done.amounts)
        return [*each, ("รวมเป็นค่าใช้จ่าย", f"{together.text} บาท")]

    return asked(
        request,
        fund,
        Page(
            "ตัดค่าเสื่อมทุกเครื่อง",
            "คิดเฉลี่ยเท่ากันทุกเดือนตามจำนวนปีที่ใช้ได้ ส่วนที่ตัดไปแล้วไม่ตัดซ้ำ",
            *section("tools", _WORDS, fund),
            last="ถ้าเห็นว่าเหมาะสม",
        ),
        form,
        act=act,
        did=lambda done: f"ตัดค่าเสื่อมแล้ว {len(done.amounts)} เครื่อง",
        to=lambda _: reverse("funding:tools", args=[fund.code]),
        also=lost,
    )


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: ScopedRequest, code: str, number: int, what: str) -> HttpResponse:
    """Check, lend, take back, hand over, wear, end a tool, or take its purchase back."""
    fund = fund_to_keep(request, code, _TOOL)
    found = tool(fund, number, with_names=names(request, fund, f"tool {number}"))
    door = _DOORS.get(what)
    if found is None or door is None:
        raise Http404
    form = door.make(request, fund)

    def act() -> Did | NotDone:
        outcome = door.act(request, fund, number, form)
        return outcome if isinstance(outcome, NotDone) else Did(outcome)

    return asked(
        request,
        fund,
        Page(
            door.title,
            door.lead,
            *section("tools", _WORDS, fund),
            button=door.button,
            is_read_back=door.moves_money,
            last="ถ้าตรงกับของจริงที่อยู่ตรงหน้า",
        ),
        form,
        act=act,
        did=lambda _: f"{door.title}: บันทึกแล้ว",
        to=lambda _: _to(fund, number),
        facts=_facts(found),
        also=_lost,
    )


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def wear_back(request: ScopedRequest, code: str, number: int, entry: int) -> HttpResponse:
    """Take back what was written off by mistake."""
    fund = fund_to_keep(request, code, _TOOL)
    found = tool(fund, number, with_names=names(request, fund, f"tool {number}"))
    if found is None or entry not in {each.number for each, _, _ in _wear_entries(fund, number)}:
        raise Http404
    form = TakeBackForm(request.POST or None, day=request.reach.day)

    def act() -> Mended | NotDone:
        answers = form.cleaned_data
        return take_back_wear(
            entry, fund=fund, reason=answers["reason"], key=answers["key"], by=request.reach
        )

    return asked(
        request,
        fund,
        Page(
            "กลับรายการค่าเสื่อม",
            "รายการเดิมยังเปิดอ่านได้",
            *section("tools", _WORDS, fund),
            button="กลับรายการ",
        ),
        form,
        act=act,
        did=lambda _: "กลับรายการค่าเสื่อมแล้ว",
        to=lambda _: _to(fund, number),
        facts=_facts(found),
    )


# --- the doors of a tool -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Did:
    """What a deed on a tool came to."""

    done: Noted


@dataclass(frozen=True, slots=True)
class Door:
    """A deed on a tool: its words, its form, its action."""

    title: str
    lead: str
    button: str
    make: Callable[[ScopedRequest, Fund], MeansForm]
    act: Callable[[ScopedRequest, Fund, int, MeansForm], Outcome]
    moves_money: bool = False


def _plain(form: type[MeansForm]) -> Callable[[ScopedRequest, Fund], MeansForm]:
    return lambda request, _: form(request.POST or None, day=request.reach.day)


def _with_members(
    form: type[LendForm] | type[KeeperForm],
) -> Callable[[ScopedRequest, Fund], MeansForm]:
    return lambda request, fund: form(
        request.POST or None, day=request.reach.day, members=member_choices(request, fund)
    )


def _retire_form(request: ScopedRequest, fund: Fund) -> MeansForm:
    return RetireForm(request.POST or None, day=request.reach.day, books=books_of(fund))


def _check(request: ScopedRequest, fund: Fund, number: int, form: MeansForm) -> Outcome:
    answers = form.cleaned_data
    return check_tool(
        number,
        fund=fund,
        state=ToolState(answers["state"]),
        on=answers["on"],
        by=request.reach,
        words=answers["words"],
        repaired=answers["repaired"],
    )


def _lend(request: ScopedRequest, fund: Fund, number: int, form: MeansForm) -> Outcome:
    answers = form.cleaned_data
    return lend_tool(
        number,
        fund=fund,
        on=answers["on"],
        by=request.reach,
        person=answers["person"],
        member_number=answers["member"],
        due_back_on=answers["due_back_on"],
        words=answers["words"],
    )


def _back(request: ScopedRequest, fund: Fund, number: int, form: MeansForm) -> Outcome:
    answers = form.cleaned_data
    return return_tool(
        number,
        fund=fund,
        on=answers["on"],
        by=request.reach,
        state=ToolState(answers["state"]),
        words=answers["words"],
    )


def _keeper(request: ScopedRequest, fund: Fund, number: int, form: MeansForm) -> Outcome:
    answers = form.cleaned_data
    return change_keeper(
        number,
        fund=fund,
        on=answers["on"],
        by=request.reach,
        person=answers["person"],
        member_number=answers["member"],
        words=answers["words"],
    )


def _wear(request: ScopedRequest, fund: Fund, number: int, form: MeansForm) -> Outcome:
    answers = form.cleaned_data
    return wear_tool(
        number,
        fund=fund,
        on=answers["on"],
        key=answers["key"],
        by=request.reach,
        amount=answers["amount"],
    )


def _retire(request: ScopedRequest, fund: Fund, number: int, form: MeansForm) -> Outcome:
    answers = form.cleaned_data
    return retire_tool(
        number,
        fund=fund,
        on=answers["on"],
        words=answers["words"],
        key=answers["key"],
        by=request.reach,
        sold_for=answers["sold_for"] or ZERO,
        pocket=form.pocket() if isinstance(form, RetireForm) else None,
        document=answers["document"],
    )


def _take_back(request: ScopedRequest, fund: Fund, number: int, form: MeansForm) -> Outcome:
    answers = form.cleaned_data
    return take_back_tool(
        number, fund=fund, reason=answers["reason"], key=answers["key"], by=request.reach
    )


_DOORS = {
    "check": Door("ตรวจสภาพ", "จดสภาพที่เห็นวันนี้", "จดไว้", _plain(CheckForm), _check),
    "lend": Door("ให้ยืมใช้", "ใครยืม และกำหนดคืนวันใด", "จดไว้", _with_members(LendForm), _lend),
    "return": Door("รับคืน", "ตรวจสภาพพร้อมกับผู้ยืม", "จดไว้", _plain(ToolBackForm), _back),
    "keeper": Door("เปลี่ยนผู้ดูแล", "ส่งมอบต่อให้ผู้ดูแลคนใหม่", "จดไว้", _with_members(KeeperForm), _keeper),
    "wear": Door(
        "ตัดค่าเสื่อม",
        "มูลค่าที่ลดลงเพราะใช้งาน เป็นค่าใช้จ่ายของกลุ่ม",
        "บันทึกลงบัญชี",
        _plain(WearForm),
        _wear,
        moves_money=True,
    ),
    "retire": Door(
        "เลิกใช้หรือขาย",
        "ขายได้เงินเท่าไร หรือเลิกใช้เพราะอะไร",
        "บันทึกลงบัญชี",
        _retire_form,
        _retire,
        moves_money=True,
    ),
    "take-back": Door(
        "กลับรายการซื้อ",
        "บันทึกซื้อผิด เหมือนไม่เคยซื้อ",
        "กลับรายการ",
        _plain(TakeBackForm),
        _take_back,
        moves_money=True,
    ),
}


# --- below the line ----------------------------------------------------------------------------


def _to(fund: Fund, number: int) -> str:
    return reverse("funding:tool", args=[fund.code, number])


def _facts(found: ToolOn) -> list[tuple[str, str]]:
    return [
        ("เครื่องมือ", f"เลขที่ {found.row.number} {found.row.name}"),
        ("มูลค่าในบัญชี", f"{found.worth.text} บาท"),
        ("ผู้ดูแล", found.keeper.words),
    ]


def _lost(did: Did) -> list[tuple[str, str]]:
    done = did.done
    if not isinstance(done, Worn):
        return []
    return [("จะตัดค่าเสื่อม", f"{amount.text} บาท") for _, amount in done.amounts]


def _wear_entries(fund: Fund, number: int) -> list[tuple[Entry, object, bool]]:
    """What was written off of a tool: the entry, the sum, whether it was taken back."""
    lines = {
        line.entry_number: -line.amount
        for line in WrittenLine.objects.filter(fund=fund, account=f"tool:{number}")
    }
    entries = Entry.objects.filter(
        fund=fund, number__in=list(lines), deed="tool_worn", reverses=None
    )
    back = set(
        Entry.objects.filter(fund=fund, reverses__in=list(lines)).values_list("reverses", flat=True)
    )
    return [
        (entry, lines[entry.number], entry.number in back)
        for entry in entries.order_by("-happened_on", "-number")
    ]
