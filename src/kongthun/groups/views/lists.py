"""The ordered list of target households: who stands where and why, and drawing it up anew."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.ordered_list import ListedHousehold, proposed_order

from ..actions import add_household, draw_up_list
from ..forms import HouseholdForm, OrderForm
from ..models import Membership
from ..poverty_lines import poverty_lines
from ..queries.ordered_lists import ListRow, households_to_order, list_of_day, versions_of
from ..refusals import NotDone
from ..wording import CHECKED, NOT_CHECKED
from .asking import day_asked, form_page, group_or_404, may, namer


@scoped(Deed.SEE_FUND)
@require_safe
def ordered_list(request: ScopedRequest, code: str) -> HttpResponse:
    """The list of a day, poorest first, with the reasons beside the places."""
    group = group_or_404(request, code, Deed.SEE_FUND)
    as_of = day_asked(request)
    lines = poverty_lines()
    found = list_of_day(group.pk, as_of, lines)
    called = namer(request, group, "ordered list")
    years = {row.income.survey_year for row in found.rows if row.income}
    context = {
        "group": group,
        "code": code,
        "as_of": as_of,
        "is_today": as_of == timezone.localdate(),
        "version": found.version,
        "rows": [(row, called(row.member.person), _standing(row)) for row in found.rows],
        "gone": [(row, called(row.member.person)) for row in found.gone],
        "versions": versions_of(group.pk),
        "lines": [
            (line, CHECKED if line.is_checked else NOT_CHECKED)
            for year, line in sorted(lines.items(), reverse=True)
            if year in years
        ],
        "years_without_line": sorted(
            year for year in years if year is not None and year not in lines
        ),
        "keeps_lists": may(request, Deed.KEEP_LISTS, group),
        "sees_names": may(request, Deed.SEE_NAMES, group),
    }
    return render(request, "groups/ordered_list.html", context)


def _standing(row: ListRow) -> str:
    """Where an income stands against the line of its own survey."""
    if row.income is None:
        return "ยังไม่รู้รายได้"
    if row.is_above_line is None:
        return "ยังเทียบไม่ได้"
    return "ถึงเกณฑ์ จปฐ. แล้ว" if row.is_above_line else "ต่ำกว่าเกณฑ์ จปฐ."


@scoped(Deed.KEEP_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ScopedRequest, code: str) -> HttpResponse:
    """A household joins the list."""
    group = group_or_404(request, code, Deed.KEEP_LISTS)
    form = HouseholdForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = add_household(group=group, by=request.reach, **form.cleaned_data)
        if not isinstance(done, NotDone):
            messages.success(request, f"เพิ่มครัวเรือนแล้ว เป็นลำดับที่ {done.number} ในบัญชีรายชื่อ")
            return redirect("groups:household", code=code, number=done.number)
        form.refuse(done.refusals)
    return form_page(request, "groups/household_add.html", form, {"group": group, "code": code})


@scoped(Deed.KEEP_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def draw_up(request: ScopedRequest, code: str) -> HttpResponse:
    """The order by income, to be moved about as the meeting decides, each move with its reason."""
    group = group_or_404(request, code, Deed.KEEP_LISTS)
    households = _by_income(households_to_order(group.pk, request.reach.day))
    form = OrderForm(households, request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = draw_up_list(
            group=group,
            placed=form.placed,
            by_resolution=form.cleaned_data["by_resolution"],
            on=form.cleaned_data["on"],
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            messages.success(
                request, f"จัดลำดับใหม่แล้ว {len(households):,} ครัวเรือน เป็นบัญชีฉบับที่ {done.number}"
            )
            return redirect("groups:list", code=code)
        form.refuse(done.refusals)
    called = namer(request, group, "draw up ordered list")
    context: dict[str, object] = {
        "group": group,
        "code": code,
        "places": [(place, called(place.member.person)) for place in form.places()],
    }
    return form_page(request, "groups/draw_up.html", form, context)


def _by_income(
    to_order: list[tuple[Membership, ListedHousehold]],
) -> list[tuple[Membership, ListedHousehold]]:
    members = {member.number: member for member, _ in to_order}
    order = proposed_order(household for _, household in to_order)
    return [(members[household.number], household) for household in order]
