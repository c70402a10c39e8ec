"""A meeting adopts written rules; members come to know them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.rule_set import SURPLUS
from kongthun.groups.actions import RulesKnownNow, acknowledge_by_sheet
from kongthun.groups.actions.written_rules import limit_changes, limits_to_adopt
from kongthun.groups.models import Group, KnownBy, WrittenRules
from kongthun.groups.queries.members import everybody
from kongthun.groups.queries.rules import rules_of
from kongthun.groups.queries.written_rules import (
    articles_of,
    is_draft,
    known_rows,
    version_before,
    version_of,
    versions_of,
)
from kongthun.groups.views.asking import group_or_404, may, namer
from kongthun.groups.wording import LIMITS, value_in_thai
from kongthun.groups.written_rules_refusals import NotDone as NotKnown
from kongthun.groups.written_rules_wording import refusal_in_thai

from ..actions import WrittenRulesAdopted, adopt_written_rules, read_out_at_meeting
from ..adoption_refusals import NotDone as NotAdopted
from ..forms_adoptions import AdoptForm, KnownForm
from ..models import Meeting
from ..queries.elections import resolutions_to_choose
from ..queries.grounds import BY_MEMBERS
from ..queries.meetings import closed_meetings

_MEETINGS = 20


@scoped(Deed.KEEP_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """A draft becomes rules by a resolution; what will be enforced is read back before it is."""
    group = group_or_404(request, code, Deed.KEEP_RULES)
    found = version_of(group.pk, number)
    if found is None or not is_draft(found):
        raise Http404
    articles = articles_of(group.pk, number)
    sets_limits = any(each.limits for each in articles)
    is_sent = request.method == "POST"
    form = AdoptForm(
        resolutions_to_choose(group, BY_MEMBERS),
        sets_limits=sets_limits,
        data=request.POST if is_sent else None,
        files=request.FILES if is_sent else None,
    )
    if form.is_valid():
        done = adopt_written_rules(group=group, number=number, by=request.reach, **form.answers)
        if isinstance(done, WrittenRulesAdopted):
            messages.success(request, f"ระเบียบฉบับที่ {number} ใช้ได้แล้ว ต่อไปให้สมาชิกทุกคนรับทราบ")
            return redirect("groups:written_rules_version", code, number)
        form.say(done.refusals)
    context = {
        "group": group,
        "code": code,
        "version": found,
        "count": len(articles),
        "form": form,
        **_what_changes(request, group, found),
    }
    return render(
        request, "activities/rules_adopt.html", context, status=422 if form.is_bound else 200
    )


@scoped(Deed.SEE_FUND)
@require_http_methods(["GET", "HEAD", "POST"])
def known(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Who knows a version since when and how; and, for who keeps the lists, writing down more."""
    group = group_or_404(request, code, Deed.SEE_FUND)
    found = version_of(group.pk, number)
    if found is None or found.adopted_on is None:
        raise Http404
    notes = may(request, Deed.KEEP_LISTS, group) or may(request, Deed.HOLD_MEETINGS, group)
    if request.method == "POST" and not notes:
        raise Http404
    called = namer(request, group, f"written rules {number} known")
    every = {each.number: each for each in everybody(group, request.reach.day)}
    names = {n: called(each.row.person) for n, each in every.items()}
    rows = known_rows(group.pk, number)
    done_by = {row.member_number for row in rows}
    members = [n for n, each in every.items() if each.standing.is_member]
    not_yet = [n for n in members if n not in done_by]
    is_sent = request.method == "POST"
    means = KnownBy.READ_OUT if request.GET.get("means") == KnownBy.READ_OUT else KnownBy.SIGNED
    form = KnownForm(
        means,
        _meetings(group, found.adopted_on),
        [(n, f"{n} · {names[n]}") for n in not_yet],
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
    )
    if form.is_valid():
        done = _write_known(request, group, number, form)
        if isinstance(done, RulesKnownNow):
            messages.success(request, f"บันทึกว่ารับทราบแล้ว {len(done.members)} คน")
            return redirect("activities:rules_known", code, number)
        form.say(done.refusals)
    context = {
        "group": group,
        "code": code,
        "version": found,
        "form": form,
        "notes": notes,
        "chips": [
            {"label": each.label, "href": f"?means={each.value}#add", "current": each == means}
            for each in (KnownBy.SIGNED, KnownBy.READ_OUT)
        ],
        "not_yet": [(n, names[n]) for n in not_yet],
        "rows": [(row, KnownBy(row.by_means).label, names.get(row.member_number)) for row in rows],
        "members": len(members),
        "known": len(done_by.intersection(members)),
        "sees_names": may(request, Deed.SEE_NAMES, group),
    }
    return render(
        request, "activities/rules_known.html", context, status=422 if form.is_bound else 200
    )


# --- below the line -------------------------------------------------------------------------


def _what_changes(request: ScopedRequest, group: Group, found: WrittenRules) -> dict[str, Any]:
    """What would be enforced from today on, beside what is, and what no article says any more."""
    day = request.reach.day
    articles = articles_of(group.pk, found.number)
    limits, faults = limits_to_adopt(group, found, articles, starts_on=day)
    rules = rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=day)
    words = {name: each.words for each in articles for name in each.limits}
    before = version_before(versions_of(group.pk), found)
    earlier = articles_of(group.pk, before.number) if before else []
    # What an earlier version wrote and this one does not; it goes on as it is.
    silent = {name for each in earlier for name in each.limits} - words.keys()
    if words.keys() & set(SURPLUS):  # parts of the split that are not named are none
        silent -= set(SURPLUS)
    rows = [
        (
            each.is_new_value,
            (
                LIMITS[each.after.name],
                value_in_thai(each.before),
                value_in_thai(each.after),
                each.after.clause if each.after.name in words else "",
            ),
        )
        for each in limit_changes(rules, limits)
    ]
    return {
        "faults": [refusal_in_thai(fault) for fault in faults],
        "changes": [row for is_new, row in rows if is_new],
        "same": [row for is_new, row in rows if not is_new],
        "silent": [LIMITS[name] for name in LIMITS if name in silent],
    }


def _meetings(group: Group, since: date) -> list[Meeting]:
    """The closed meetings at which rules adopted on a day can have been read, the latest first."""
    return list(closed_meetings(group).filter(held_on__gte=since)[:_MEETINGS])


def _write_known(
    request: ScopedRequest, group: Group, number: int, form: KnownForm
) -> RulesKnownNow | NotAdopted | NotKnown:
    said = form.cleaned_data
    members = said["members"]
    if form.means == KnownBy.READ_OUT:
        return read_out_at_meeting(
            group=group,
            number=number,
            members=members,
            meeting_number=said["meeting"],
            by=request.reach,
        )
    return acknowledge_by_sheet(
        group=group,
        number=number,
        members=members,
        on=said["on"],
        by=request.reach,
        sheet=form.path,
    )
