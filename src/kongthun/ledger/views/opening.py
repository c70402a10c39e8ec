"""Opening the books of a group of a village."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kongthun.accounts.reach import Deed, Reach
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.areas.models import Area, Level
from kongthun.areas.queries import area, children
from kongthun.areas.refusals import NotAVillageCode, TambonUnknown
from kongthun.groups.rule_sets import shipped_kinds

from ..charts import chart
from ..savings import (
    GroupThere,
    GroupUnnamed,
    KindUnknown,
    NotDone,
    PlaceUnfit,
    SavingsRefusal,
    open_group_books,
)
from ..savings_forms import OpenGroupForm
from ..savings_queries import keeps_savings
from ..wording import savings_refusal_in_thai


@scoped(Deed.OPEN_GROUPS)
@require_http_methods(["GET", "HEAD", "POST"])
def open_group(request: ScopedRequest) -> HttpResponse:
    """Ask which group, of which village; open its books; go on to its people."""
    form = OpenGroupForm(request.POST or None, kinds=_kinds(), tambons=_tambons(request.reach))
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        outcome = open_group_books(
            kind=answers["kind"],
            village_code=form.village_code(),
            village_name=answers["village_name"],
            name=answers["name"],
            key=answers["key"],
            by=request.reach,
        )
        if not isinstance(outcome, NotDone):
            fund = outcome.fund
            messages.success(request, f"เปิดสมุดของ{fund.name}แล้ว รหัส {fund.code} ขั้นต่อไปคือเพิ่มสมาชิก")
            there = "ledger:savings" if keeps_savings(fund) else "ledger:money"
            return redirect(there, code=fund.code)
        for refusal in outcome.refusals:
            form.add_error(_beside(refusal), savings_refusal_in_thai(refusal))
    status = 422 if form.errors else 200
    return render(request, "ledger/open_group.html", {"form": form}, status=status)


# --- below the line ----------------------------------------------------------------------------


def _kinds() -> list[tuple[str, str]]:
    """The kinds of group that are kept here, by what people call them."""
    return [(kind, chart(kind).name) for kind in shipped_kinds()]


def _tambons(reach: Reach) -> list[tuple[str, str]]:
    """The tambons in which the reader may open books, by code; of several, one has to be chosen."""
    found: dict[str, Area] = {}
    for holding in reach.holding_with(Deed.OPEN_GROUPS):
        found |= {each.code: each for each in _tambons_under(holding.area_code)}
    tambons = [(code, found[code].full_name) for code in sorted(found)]
    return tambons if len(tambons) == 1 else [("", "เลือกตำบล"), *tambons]


def _tambons_under(area_code: str) -> Iterable[Area]:
    """An area's tambons; itself, or the one it lies in, if it is no larger than one."""
    if len(area_code) >= Level.TAMBON.value:
        tambon = area(area_code[: Level.TAMBON.value])
        return [tambon] if tambon is not None else []
    if len(area_code) == Level.DISTRICT.value:
        return children(area_code)
    return []


def _beside(refusal: SavingsRefusal) -> str | None:
    """Which question a refusal is about."""
    match refusal:
        case KindUnknown():
            return "kind"
        case GroupUnnamed() | GroupThere():
            return "name"
        case PlaceUnfit(refusal=NotAVillageCode() | TambonUnknown()):
            return "moo"
        case PlaceUnfit():
            return "village_name"
    return None
