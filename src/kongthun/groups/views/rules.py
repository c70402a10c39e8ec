"""ก3: the rules of a group or of an area in words, their history, and adopting new ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.areas.queries import path_to
from kongthun.domain.rule_set import LIMITS as ALL_LIMITS
from kongthun.domain.rule_set import RuleSet

from ..actions import RulesPlace, adopt_rules, withdraw_rules
from ..forms import RulesForm, TakeBackForm
from ..queries.rules import RulesOfPlace, rules_history, rules_of, rules_of_area
from ..queries.written_rules import where_written
from ..refusals import NotDone
from ..rule_sets import shipped_kinds
from ..wording import LIMITS, kind_in_thai, mark_of, value_in_thai
from .asking import form_page, group_or_404


@dataclass(frozen=True, slots=True)
class Place:
    """Whose rules a page is about, how it is called, and where its pages are."""

    rules_place: RulesPlace
    name: str
    href: str
    adopt_href: str
    code: str
    is_group: bool

    def withdraw_href(self, pk: int) -> str:
        """Where one of its own rule sets is taken back."""
        return f"{self.href}{pk}/withdraw/"


@scoped(Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
@require_safe
def group_rules(request: ScopedRequest, code: str) -> HttpResponse:
    """The rules of a group: open to its households too, since rules are there to be known."""
    place = _of_group(request, code, Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
    whose = place.rules_place
    rules = rules_of(
        group_id=whose.group_id or 0,
        kind=whose.kind,
        area_code=whose.area_code,
        day=request.reach.day,
    )
    return _rules_page(request, place, rules)


@scoped(Deed.KEEP_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def adopt_for_group(request: ScopedRequest, code: str) -> HttpResponse:
    """A group adopts a rule set of its own."""
    place = _of_group(request, code, Deed.KEEP_RULES)
    whose = place.rules_place
    rules = rules_of(
        group_id=whose.group_id or 0,
        kind=whose.kind,
        area_code=whose.area_code,
        day=request.reach.day,
    )
    return _adopt_page(request, place, rules)


@scoped(Deed.KEEP_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_from_group(request: ScopedRequest, code: str, pk: int) -> HttpResponse:
    """A group's own rule set is taken back."""
    return _withdraw_page(request, _of_group(request, code, Deed.KEEP_RULES), pk)


@scoped(Deed.SEE_AREA, Deed.KEEP_RULES)
@require_safe
def area_rules(request: ScopedRequest, kind: str, code: str = "") -> HttpResponse:
    """The rules that groups of a kind under an area begin with."""
    place = _of_area(request, code, kind, Deed.SEE_AREA, Deed.KEEP_RULES)
    rules = rules_of_area(kind=kind, area_code=code, day=request.reach.day)
    return _rules_page(request, place, rules)


@scoped(Deed.KEEP_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def adopt_for_area(request: ScopedRequest, kind: str, code: str = "") -> HttpResponse:
    """An area adopts a rule set for its groups of a kind."""
    place = _of_area(request, code, kind, Deed.KEEP_RULES)
    return _adopt_page(
        request, place, rules_of_area(kind=kind, area_code=code, day=request.reach.day)
    )


@scoped(Deed.KEEP_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_from_area(request: ScopedRequest, kind: str, pk: int, code: str = "") -> HttpResponse:
    """An area's own rule set is taken back."""
    return _withdraw_page(request, _of_area(request, code, kind, Deed.KEEP_RULES), pk)


# ---- the pages -----------------------------------------------------------------------------------


def _rules_page(request: ScopedRequest, place: Place, rules: RuleSet) -> HttpResponse:
    whose = place.rules_place
    history = rules_history(group_id=whose.group_id, kind=whose.kind, area_code=whose.area_code)
    in_force = next((each for each in history if each.rules.code == rules.code), None)
    limits = [rules[name] for name in ALL_LIMITS]
    said = [limit for limit in limits if limit.value is not None]
    article_href = _articles_of(place, rules)
    context = {
        **_head(place),
        "rules": rules,
        "adopted": in_force.adopted if in_force else None,
        "limits": [
            (
                LIMITS[limit.name],
                value_in_thai(limit),
                limit,
                mark_of(limit),
                article_href(limit.name),
            )
            for limit in limits
        ],
        "checked": sum(limit.is_checked for limit in said),
        "said": len(said),
        "history": [
            (each, _whose(place, each), each.rules.code == rules.code, _href(request, place, each))
            for each in history
        ],
        "keeps_rules": _may_keep(request, place),
        # Whose open contracts a change may be tried on, by who sees them.
        "fund_code": place.code if place.is_group and _sees_fund(request, place) else "",
    }
    return render(request, "groups/rules.html", context)


def _articles_of(place: Place, rules: RuleSet) -> Callable[[str], str]:
    """Where the article stands that a limit comes from; empty for a limit without one."""
    whose = place.rules_place
    written = where_written(whose.group_id, rules) if whose.group_id is not None else {}

    def href(name: str) -> str:
        at = written.get(name)
        if at is None:
            return ""
        page = reverse("groups:written_rules_version", args=[place.code, at.version])
        return f"{page}#article-{at.place}"

    return href


def _sees_fund(request: ScopedRequest, place: Place) -> bool:
    whose = place.rules_place
    return request.reach.may(Deed.SEE_FUND, area_code=whose.area_code, group_id=whose.group_id)


def _adopt_page(request: ScopedRequest, place: Place, rules: RuleSet) -> HttpResponse:
    form = RulesForm(rules, request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        done = adopt_rules(
            place=place.rules_place,
            name=said["name"],
            starts_on=said["starts_on"],
            by_resolution=said["by_resolution"],
            source=said["source"],
            limits=form.typed,
            by=request.reach,
        )
        if not isinstance(done, NotDone):
            messages.success(request, "บันทึกชุดระเบียบแล้ว ที่พิจารณาไปก่อนหน้าใช้ชุดเดิมต่อไป")
            return redirect(place.href)
        form.refuse(done.refusals)
    return form_page(request, "groups/rules_adopt.html", form, {**_head(place), "rules": rules})


def _withdraw_page(request: ScopedRequest, place: Place, pk: int) -> HttpResponse:
    whose = place.rules_place
    history = rules_history(group_id=whose.group_id, kind=whose.kind, area_code=whose.area_code)
    found = next((each for each in history if each.adopted and each.adopted.pk == pk), None)
    if found is None or not _is_own(place, found) or found.adopted is None:
        raise Http404
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = withdraw_rules(place=whose, pk=pk, note=form.cleaned_data["note"], by=request.reach)
        if not isinstance(done, NotDone):
            messages.success(request, "ถอนชุดระเบียบแล้ว ชุดก่อนหน้ากลับมาใช้")
            return redirect(place.href)
        form.refuse(done.refusals)
    context = {**_head(place), "rules": found.rules, "href": place.withdraw_href(pk)}
    return form_page(request, "groups/rules_withdraw.html", form, context)


# ---- the place -----------------------------------------------------------------------------------


def _of_group(request: ScopedRequest, code: str, *deeds: Deed) -> Place:
    group = group_or_404(request, code, *deeds)
    return Place(
        RulesPlace.of(group),
        group.name,
        reverse("groups:rules", args=[code]),
        reverse("groups:rules_adopt", args=[code]),
        code,
        is_group=True,
    )


def _of_area(request: ScopedRequest, code: str, kind: str, *deeds: Deed) -> Place:
    if kind not in shipped_kinds():
        raise Http404
    if not any(request.reach.may(deed, area_code=code) for deed in deeds):
        raise Http404
    path = path_to(code)
    if path[-1].code != code:
        raise Http404
    where = {"kind": kind, "code": code} if code else {"kind": kind}
    named = "area" if code else "nation"
    return Place(
        RulesPlace(kind, code),
        path[-1].full_name,
        reverse(f"groups:{named}_rules", kwargs=where),
        reverse(f"groups:{named}_rules_adopt", kwargs=where),
        code,
        is_group=False,
    )


def _head(place: Place) -> dict[str, object]:
    return {
        "place": place,
        "code": place.code,
        "kind_words": kind_in_thai(place.rules_place.kind),
    }


def _may_keep(request: ScopedRequest, place: Place) -> bool:
    whose = place.rules_place
    return request.reach.may(Deed.KEEP_RULES, area_code=whose.area_code, group_id=whose.group_id)


def _is_own(place: Place, each: RulesOfPlace) -> bool:
    whose, adopted = place.rules_place, each.adopted
    return (
        adopted is not None
        and adopted.group_id == whose.group_id
        and adopted.area_code == whose.area_code
    )


def _whose(place: Place, each: RulesOfPlace) -> str:
    """Who adopted a set of the history."""
    if each.adopted is None:
        return "มากับระบบ"
    if each.adopted.group_id is not None:
        return "ของกลุ่มนี้"
    if not each.adopted.area_code:
        return "ทั่วประเทศ"
    return "ของพื้นที่นี้" if _is_own(place, each) else f"ของพื้นที่ {each.adopted.area_code}"


def _href(request: ScopedRequest, place: Place, each: RulesOfPlace) -> str:
    """Where a set may be taken back; empty where it may not."""
    if each.adopted is None or each.adopted.withdrawn_at is not None:
        return ""
    if not _is_own(place, each) or not _may_keep(request, place):
        return ""
    return place.withdraw_href(each.adopted.pk)
