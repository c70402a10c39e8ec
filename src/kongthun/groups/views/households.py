"""A household of the list: its people, what happened to it, what it lives on."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.ordered_list import above_line

from ..actions import (
    add_household_member,
    end_household_member,
    record_household_event,
    record_income,
    withdraw_household_event,
)
from ..forms import EventForm, IncomeForm, LeavingForm, PersonForm, TakeBackForm
from ..models import Group, HouseholdEvent, HouseholdEventKind, Income, Membership, Person, Relation
from ..poverty_lines import poverty_lines
from ..queries.households import (
    HouseholdState,
    events_of,
    household_states,
    residents_of,
    together_with,
)
from ..queries.incomes import incomes_of, question_of
from ..refusals import NotDone
from ..wording import WHO_ANSWERS
from .asking import form_page, group_or_404, may, member_or_404, namer

Kind = HouseholdEventKind
_WORDS_OF_YEARS = {0: "ก่อนยืม", 1: "หลังยืม 1 ปี", 2: "หลังยืม 2 ปี", 3: "หลังยืม 3 ปี"}


@scoped(Deed.SEE_FUND)
@require_safe
def household(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """All that is kept of one household, with the doors to what may be added."""
    group = group_or_404(request, code, Deed.SEE_FUND)
    member = member_or_404(group, number)
    called = namer(request, group, f"household {number}")
    states = household_states(group.pk, request.reach.day)
    state = states.get(number, HouseholdState())
    together = together_with(group, number, states)
    head_died_on = state.dead.get(member.household.head_id)
    context = {
        "group": group,
        "code": code,
        "member": member,
        "name": called(member.household.head),
        "listed_as": called(member.person) if member.person_id != member.household.head_id else "",
        "state": state,
        "head_died_on": head_died_on,
        "residents": [
            (resident, called(resident.person)) for resident in residents_of(together, states)
        ],
        "events": [
            (event, called(event.person) if event.person else "", _told(event, number))
            for event in events_of(group.pk, number)
        ],
        "incomes": _incomes(group, number),
        "kinds": [(kind, WHO_ANSWERS[kind]) for kind in _open_kinds(state)],
        "keeps_lists": may(request, Deed.KEEP_LISTS, group),
        "sees_names": may(request, Deed.SEE_NAMES, group),
    }
    return render(request, "groups/household.html", context)


def _told(event: HouseholdEvent, number: int) -> str:
    """The event in words, from this household's side."""
    label = str(Kind(event.kind).label)
    if event.member_number != number:
        if event.kind == Kind.SPLIT:
            return f"แยกออกมาจากครัวเรือนลำดับที่ {event.member_number}"
        return f"ครัวเรือนลำดับที่ {event.member_number} มารวมด้วย"
    if event.kind == Kind.SPLIT:
        return f"{label} เป็นครัวเรือนลำดับที่ {event.other_member_number}"
    if event.kind == Kind.MERGED:
        return f"รวมเข้ากับครัวเรือนลำดับที่ {event.other_member_number}"
    return label


def _incomes(group: Group, number: int) -> list[tuple[Income, str, bool | None, bool]]:
    """Every row with its question, whether the line was reached, and whether it still stands."""
    lines = {year: line.amount for year, line in poverty_lines().items()}
    answered = set()
    rows = []
    for income in incomes_of(group.pk, number):  # the latest first: it stands
        question = question_of(income)
        words = _WORDS_OF_YEARS[income.years_after]
        is_above = above_line(income.amount, income.survey_year, lines)
        rows.append((income, words, is_above, question not in answered))
        answered.add(question)
    return rows


def _open_kinds(state: HouseholdState) -> list[HouseholdEventKind]:
    """The events that may happen to a household as it stands today."""
    if state.merged_into is not None:
        return []
    shut = {Kind.CAME_BACK if state.away_since is None else Kind.MOVED_AWAY}
    if state.left_on is not None:
        shut |= {Kind.LEFT_LIST, Kind.SPLIT, Kind.MERGED}
    return [kind for kind in Kind if kind not in shut]


@scoped(Deed.KEEP_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Somebody lives in the household."""
    group = group_or_404(request, code, Deed.KEEP_LISTS)
    member = member_or_404(group, number)
    form = PersonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data | {"relation": Relation(form.cleaned_data["relation"])}
        done = add_household_member(group=group, number=number, by=request.reach, **said)
        if not isinstance(done, NotDone):
            messages.success(request, "เพิ่มคนในครัวเรือนแล้ว")
            return redirect("groups:household", code=code, number=number)
        form.refuse(done.refusals)
    called = namer(request, group, f"household {number}")
    return form_page(request, "groups/person_add.html", form, _of_household(group, member, called))


@scoped(Deed.KEEP_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def end_person(request: ScopedRequest, code: str, number: int, stay: int) -> HttpResponse:
    """Somebody's last day in the household."""
    group = group_or_404(request, code, Deed.KEEP_LISTS)
    member = member_or_404(group, number)
    states = household_states(group.pk, request.reach.day)
    residents = residents_of(together_with(group, number, states), states)
    resident = next((each for each in residents if each.stay == stay), None)
    if resident is None:
        raise Http404
    form = LeavingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = end_household_member(
            group=group, number=number, stay=stay, on=form.cleaned_data["on"], by=request.reach
        )
        if not isinstance(done, NotDone):
            messages.success(request, "บันทึกวันสุดท้ายในครัวเรือนแล้ว")
            return redirect("groups:household", code=code, number=number)
        form.refuse(done.refusals)
    called = namer(request, group, f"household {number}")
    context = _of_household(group, member, called)
    context |= {"leaver": called(resident.person), "resident": resident}
    return form_page(request, "groups/person_end.html", form, context)


@scoped(Deed.KEEP_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def event(request: ScopedRequest, code: str, number: int, kind: str) -> HttpResponse:
    """Something happened to the household."""
    group = group_or_404(request, code, Deed.KEEP_LISTS)
    member = member_or_404(group, number)
    if kind not in Kind:
        raise Http404
    of_kind = Kind(kind)
    called = namer(request, group, f"household {number}")
    states = household_states(group.pk, request.reach.day)
    there = residents_of(together_with(group, number, states), states)
    residents = [(each, called(each.person)) for each in there]
    others = []
    if of_kind == Kind.MERGED:
        listed = Membership.objects.filter(group=group).exclude(number=number)
        others = [
            (other.number, f"ลำดับที่ {other.number} {called(other.person)}")
            for other in listed.select_related("person").order_by("number")
        ]
    form = EventForm(of_kind, residents, others, request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = record_household_event(
            group=group, number=number, kind=of_kind, by=request.reach, **form.answers
        )
        if not isinstance(done, NotDone):
            words = f"บันทึกแล้ว: {of_kind.label}"
            if done.new_member_number is not None:
                words += f" ครัวเรือนใหม่เป็นลำดับที่ {done.new_member_number}"
            messages.success(request, words)
            return redirect("groups:household", code=code, number=number)
        form.refuse(done.refusals)
    context = _of_household(group, member, called)
    context |= {"kind": of_kind, "answers_for": WHO_ANSWERS[of_kind]}
    return form_page(request, "groups/event.html", form, context)


@scoped(Deed.KEEP_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_event(request: ScopedRequest, code: str, number: int, event: int) -> HttpResponse:
    """An event was found not to be so."""
    group = group_or_404(request, code, Deed.KEEP_LISTS)
    member = member_or_404(group, number)
    recorded = HouseholdEvent.objects.filter(
        group=group, number=event, member_number=number, withdrawn_at=None
    ).first()
    if recorded is None:
        raise Http404
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = withdraw_household_event(
            group=group, number=event, note=form.cleaned_data["note"], by=request.reach
        )
        if not isinstance(done, NotDone):
            messages.success(request, "ถอนเหตุการณ์แล้ว ยังอ่านย้อนหลังได้")
            return redirect("groups:household", code=code, number=number)
        form.refuse(done.refusals)
    context = _of_household(group, member, namer(request, group, f"household {number}"))
    context |= {"event": recorded, "told": _told(recorded, number)}
    return form_page(request, "groups/event_withdraw.html", form, context)


@scoped(Deed.KEEP_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def income(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """What the household lives on. ``?contract=3&years=1`` begins with what is due."""
    group = group_or_404(request, code, Deed.KEEP_LISTS)
    member = member_or_404(group, number)
    asked = {
        "contract_number": request.GET.get("contract", ""),
        "years_after": request.GET.get("years", "0"),
        "on": request.reach.day,
    }
    form = IncomeForm(request.POST if request.method == "POST" else None, initial=asked)
    if form.is_valid():
        done = record_income(group=group, number=number, by=request.reach, **form.cleaned_data)
        if not isinstance(done, NotDone):
            messages.success(request, "บันทึกรายได้แล้ว")
            return redirect("groups:household", code=code, number=number)
        form.refuse(done.refusals)
    called = namer(request, group, f"household {number}")
    return form_page(request, "groups/income.html", form, _of_household(group, member, called))


def _of_household(
    group: Group, member: Membership, called: Callable[[Person], str]
) -> dict[str, object]:
    """What every form about a household shows at its head."""
    return {
        "group": group,
        "code": group.code,
        "member": member,
        "name": called(member.household.head),
    }
