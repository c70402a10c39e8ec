"""Pages of elections: a whole committee, or one person for the rest of its time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.authority import in_force, last_day
from kongthun.domain.committee import PostVacant
from kongthun.domain.rule_set import RuleSet
from kongthun.groups.models import CommitteeTerm, Group
from kongthun.groups.queries.committee import as_term, standing_terms, warnings_of
from kongthun.groups.queries.members import members_on
from kongthun.groups.queries.rules import rules_of
from kongthun.groups.views.asking import group_or_404, namer

from ..actions.elections import elect_committee, fill_vacancy
from ..election_refusals import NotDone
from ..forms_elections import POSTS, ElectForm, ElectionForm, VacancyForm
from ..queries.elections import resolutions_to_choose
from ..queries.grounds import BY_ANY, BY_MEMBERS

_ROWS_AT_LEAST = 1


@scoped(Deed.KEEP_COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def elect(request: ScopedRequest, code: str) -> HttpResponse:
    """Write down whom a meeting of members elected."""
    group = group_or_404(request, code, Deed.KEEP_COMMITTEE)
    called = namer(request, group, "elect committee")
    rules = _rules(request, group)
    office = _in_office(request, group, rules)
    least, most = rules["committee_least"].count, rules["committee_most"].count
    ends = [last_day(as_term(term), years=rules["committee_years"].count) for term in office]
    end = max((day for day in ends if day is not None), default=None)
    form = ElectForm(
        resolutions_to_choose(group, BY_MEMBERS),
        [(n, called(m.row.person)) for n, m in members_on(group, request.reach.day).items()],
        request.POST if request.method == "POST" else None,
        before={term.position: called(term.person) for term in reversed(office)},
        shown=max((least or 0) - len(POSTS), len(office) - len(POSTS), _ROWS_AT_LEAST),
        most=most,
        initial={"starts_on": end + timedelta(days=1) if end else request.reach.day},
    )
    if request.method == "POST" and form.is_valid():
        done = elect_committee(
            group=group,
            **form.ground,
            seats=form.seats,
            starts_on=form.cleaned_data["starts_on"],
            ends_on=form.cleaned_data["ends_on"],
            in_two_posts_note=form.cleaned_data["in_two_posts_note"],
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            people = len(done.numbers)
            messages.success(request, f"บันทึกคณะกรรมการชุดที่ {done.set_number} แล้ว {people} ตำแหน่ง")
            return redirect("groups:committee", code=code)
        form.refuse(done.refusals)
    context = {
        "least": least,
        "most": most,
        "years": rules["committee_years"].count,
        "in_office": len(office),
    }
    return _page(request, "activities/elect.html", group, form, context)


@scoped(Deed.KEEP_COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def vacancy(request: ScopedRequest, code: str) -> HttpResponse:
    """Write down who takes an empty seat for the rest of the set's time."""
    group = group_or_404(request, code, Deed.KEEP_COMMITTEE)
    called = namer(request, group, "fill vacancy")
    rules = _rules(request, group)
    terms = list(standing_terms(group.pk))
    empty = [w for w in warnings_of(terms, rules, request.reach.day) if isinstance(w, PostVacant)]
    form = VacancyForm(
        resolutions_to_choose(group, BY_ANY),
        [(n, called(m.row.person)) for n, m in members_on(group, request.reach.day).items()],
        request.POST if request.method == "POST" else None,
        initial={"position": empty[0].position if empty else "member"},
    )
    if request.method == "POST" and form.is_valid():
        done = fill_vacancy(
            group=group,
            **form.ground,
            seat=form.seat,
            starts_on=form.cleaned_data["starts_on"],
            in_two_posts_note=form.cleaned_data["in_two_posts_note"],
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            messages.success(request, "บันทึกผู้เข้ามาแทนแล้ว อยู่จนครบวาระของชุดนี้")
            return redirect("groups:committee", code=code)
        form.refuse(done.refusals)
    return _page(request, "activities/vacancy.html", group, form, {})


# --- below the line -------------------------------------------------------------------------


def _rules(request: ScopedRequest, group: Group) -> RuleSet:
    day = request.reach.day
    return rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=day)


def _in_office(request: ScopedRequest, group: Group, rules: RuleSet) -> list[CommitteeTerm]:
    """Who sits today, the newest set first."""
    terms = list(standing_terms(group.pk))
    years = rules["committee_years"].count
    holding = {each.number for each in in_force(map(as_term, terms), request.reach.day, years)}
    return [term for term in terms if term.number in holding]


def _page(
    request: ScopedRequest,
    template: str,
    group: Group,
    form: ElectionForm,
    context: dict[str, Any],
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    said = {"group": group, "code": group.code, "form": form}
    return render(request, template, said | context, status=status)
