"""Names of a village that may be one person: look, decide, take back. Nothing merges by itself."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped

from ..actions.pairs import decide_pair, withdraw_pair
from ..forms_pairs import PairForm, PairWithdrawForm
from ..models import Person
from ..pair_refusals import NotDone
from ..pair_wording import decision_in_thai, known_in_thai, likeness_in_thai
from ..queries.pairs import (
    KnownPerson,
    PairToLookAt,
    decided_pairs,
    likeness_of,
    pairs_to_look_at,
    people_known,
)
from .asking import group_or_404, namer

PAIRS_A_PAGE = 15


@scoped(Deed.KEEP_LISTS)
@require_safe
def pairs(request: ScopedRequest, code: str) -> HttpResponse:
    """Who may be one person, and what was decided before."""
    group = group_or_404(request, code, Deed.KEEP_LISTS)
    called = namer(request, group, "people alike")
    waiting = pairs_to_look_at(group.area_code, request.reach)
    page = Paginator(waiting, PAIRS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "group": group,
        "code": code,
        "page": page,
        "rows": [
            (
                pair,
                _told(pair.first, called),
                _told(pair.second, called),
                likeness_in_thai(pair.likeness),
            )
            for pair in page
        ],
        "next_pair": waiting[0] if waiting else None,
        "decided": [
            (
                each.pair,
                _told(each.first, called),
                _told(each.second, called),
                decision_in_thai(each.pair.is_same),
            )
            for each in decided_pairs(group.area_code, request.reach)
        ],
    }
    return render(request, "groups/pairs.html", context)


@scoped(Deed.KEEP_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: ScopedRequest, code: str, first: int, second: int) -> HttpResponse:
    """Two names side by side: one person, or two."""
    group = group_or_404(request, code, Deed.KEEP_LISTS)
    known = people_known(group.area_code, request.reach)
    if first not in known or second not in known or first == second:
        raise Http404
    form = PairForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = decide_pair(
            group=group,
            first=first,
            second=second,
            is_same=form.says_same,
            note=form.cleaned_data["note"],
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            messages.success(request, f"บันทึกว่าเป็น{decision_in_thai(form.says_same)}แล้ว")
            return redirect("groups:pairs", code=code)
        form.refuse(done.refusals)
    called = namer(request, group, "people alike")
    likeness = likeness_of(known[first].person, known[second].person)
    pair = PairToLookAt(known[first], known[second], likeness) if likeness else None
    context = {
        "group": group,
        "code": code,
        "form": form,
        "sides": [_told(known[first], called), _told(known[second], called)],
        "likeness": likeness_in_thai(likeness) if likeness else "",
        "is_twice": pair is not None and pair.twice_in_one_group,
    }
    status = 422 if form.errors else 200
    return render(request, "groups/pair_decide.html", context, status=status)


@scoped(Deed.KEEP_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ScopedRequest, code: str, pair: int) -> HttpResponse:
    """What was decided of two names was found not to be so."""
    group = group_or_404(request, code, Deed.KEEP_LISTS)
    standing = decided_pairs(group.area_code, request.reach)
    found = next((each for each in standing if each.pair.pk == pair), None)
    if found is None:
        raise Http404
    form = PairWithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = withdraw_pair(
            group=group, pair=pair, note=form.cleaned_data["note"], by=request.reach
        )
        if not isinstance(done, NotDone):
            messages.success(request, "ถอนคำตัดสินแล้ว คู่นี้กลับมาในรายการ")
            return redirect("groups:pairs", code=code)
        form.refuse(done.refusals)
    called = namer(request, group, "people alike")
    context = {
        "group": group,
        "code": code,
        "form": form,
        "pair": found.pair,
        "decision": decision_in_thai(found.pair.is_same),
        "sides": [_told(found.first, called), _told(found.second, called)],
    }
    status = 422 if form.errors else 200
    return render(request, "groups/pair_withdraw.html", context, status=status)


def _told(known: KnownPerson, called: Callable[[Person], str]) -> tuple[str, list[tuple[str, str]]]:
    """A person's name with every group they are known in, and as what."""
    return called(known.person), [(at.group.name, known_in_thai(at)) for at in known.known]
