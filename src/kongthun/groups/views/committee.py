"""The committee: its sets, what to look after, who may do what; terms added, ended, put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.domain.committee import (
    CommitteeWarning,
    NoCommittee,
    PostVacant,
    TermEnded,
    TermEnds,
    TooFewInOffice,
    powers_of,
)
from kongthun.domain.rule_set import RuleSet

from ..actions import add_term, correct_term, end_term
from ..committee_refusals import NotDone as NotEnded
from ..committee_wording import power_in_thai, warning_in_thai
from ..forms import TermCorrectionForm, TermForm
from ..forms_committee import EndTermForm
from ..models import CommitteeTerm, Group, Handover
from ..queries.committee import all_terms, last_day_of, warnings_of
from ..queries.rules import rules_of
from ..refusals import NotDone
from .asking import form_page, group_or_404, may, namer


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term as the page shows it; ``before`` are the rows it put right, the latest first.

    ``powers`` is what the place lets them do today, in words; nothing outside the term.
    """

    term: CommitteeTerm
    name: str
    last_day: date | None
    is_reckoned: bool
    is_in_force: bool
    before: list[tuple[CommitteeTerm, str]]
    powers: list[str]


@dataclass(frozen=True, slots=True)
class SetRows:
    """A set as the page shows it."""

    number: int | None
    rows: list[TermRow]

    @property
    def meeting(self) -> int | None:
        """The meeting that elected it; one term at a time may name another."""
        return self.rows[0].term.meeting_number


@scoped(Deed.SEE_FUND)
@require_safe
def committee(request: ScopedRequest, code: str) -> HttpResponse:
    """Every set, the newest first, with what was put right."""
    group = group_or_404(request, code, Deed.SEE_FUND)
    called = namer(request, group, "committee")
    today = request.reach.day
    rules = rules_of(group_id=group.pk, kind=group.kind, area_code=group.area_code, day=today)
    terms = all_terms(group.pk)
    by_number = {term.number: term for term in terms}
    rows = []
    for term in terms:
        if term.withdrawn_at is not None:
            continue
        before = []
        earlier = by_number.get(term.corrects or 0)
        while earlier is not None:
            before.append((earlier, called(earlier.person)))
            earlier = by_number.get(earlier.corrects or 0)
        last = last_day_of(term, years=rules["committee_years"].count)
        is_on = (term.starts_on is None or term.starts_on <= today) and (
            last is None or today <= last
        )
        powers = _powers(term, rules) if is_on else []
        is_reckoned = last != term.ends_on
        rows.append(TermRow(term, called(term.person), last, is_reckoned, is_on, before, powers))
    in_force = sum(row.is_in_force for row in rows)
    warnings = warnings_of((row.term for row in rows), rules, today)
    names = {row.term.number: row.name for row in rows}
    sets = [
        SetRows(number, list(of_set))
        for number, of_set in groupby(rows, key=lambda row: row.term.set_number)
    ]
    context = {
        "group": group,
        "code": code,
        "sets": sets,
        "in_force": in_force,
        "warnings": [warning_in_thai(warning, names) for warning in warnings] if rows else [],
        "next": _next(warnings) or _after_election(request, group, sets),
        "rules": rules,
        "keeps_committee": may(request, Deed.KEEP_COMMITTEE, group),
        "sees_names": may(request, Deed.SEE_NAMES, group),
    }
    return render(request, "groups/committee.html", context)


@scoped(Deed.KEEP_COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ScopedRequest, code: str) -> HttpResponse:
    """A person joins a committee set."""
    group = group_or_404(request, code, Deed.KEEP_COMMITTEE)
    form = TermForm(request.POST if request.method == "POST" else None, initial=_newest(group))
    if form.is_valid():
        done = add_term(group=group, by=request.reach, **form.answers)
        if not isinstance(done, NotDone):
            messages.success(request, "เพิ่มกรรมการแล้ว")
            return redirect("groups:committee", code=code)
        form.refuse(done.refusals)
    return form_page(request, "groups/term_add.html", form, {"group": group, "code": code})


@scoped(Deed.KEEP_COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Somebody leaves before the time is up."""
    group = group_or_404(request, code, Deed.KEEP_COMMITTEE)
    terms = CommitteeTerm.objects.filter(group=group).select_related("person")
    term = terms.filter(number=number).first()
    if term is None:
        raise Http404
    form = EndTermForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = end_term(group=group, number=number, by=request.reach, **form.cleaned_data)
        if not isinstance(done, NotEnded):
            messages.success(request, "บันทึกวันสุดท้ายแล้ว ที่ทำไว้ก่อนวันนั้นยังเป็นไปตามวาระเดิม")
            return redirect("groups:committee", code=code)
        form.refuse(done.refusals)
    context = {
        "group": group,
        "code": code,
        "term": term,
        "name": namer(request, group, "committee")(term.person),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "groups/term_end.html", context, status=status)


@scoped(Deed.KEEP_COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """A term was written down wrongly."""
    group = group_or_404(request, code, Deed.KEEP_COMMITTEE)
    terms = CommitteeTerm.objects.filter(group=group).select_related("person")
    term = terms.filter(number=number).first()
    if term is None:
        raise Http404
    form = TermCorrectionForm(term, request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = correct_term(
            group=group,
            number=number,
            note=form.cleaned_data["note"],
            by=request.reach,
            **form.answers,
        )
        if not isinstance(done, NotDone):
            messages.success(request, "แก้วาระแล้ว ที่บันทึกไว้เดิมยังอ่านได้")
            return redirect("groups:committee", code=code)
        form.refuse(done.refusals)
    called = namer(request, group, "committee")
    context: dict[str, object] = {
        "group": group,
        "code": code,
        "term": term,
        "name": called(term.person),
    }
    return form_page(request, "groups/term_correct.html", form, context)


def _powers(term: CommitteeTerm, rules: RuleSet) -> list[str]:
    powers = powers_of(
        term.position,
        witnesses=rules["witnesses"].count,
        signers=rules["withdrawal_signers"].count,
    )
    return [power_in_thai(power, rules) for power in powers]


def _next(warnings: list[CommitteeWarning]) -> str:
    """Which door is the next: a whole committee, a single seat, or none that presses."""
    kinds = {type(warning) for warning in warnings}
    if kinds & {NoCommittee, TermEnded, TermEnds}:
        return "elect"
    return "vacancy" if kinds & {PostVacant, TooFewInOffice} else ""


def _after_election(request: ScopedRequest, group: Group, sets: list[SetRows]) -> str:
    """The door to the handover, while an elected set took nothing over from the one before."""
    if len(sets) < 2 or sets[0].meeting is None or not may(request, Deed.HOLD_MEETINGS, group):
        return ""
    is_done = Handover.objects.filter(
        group=group, to_set=sets[0].number, signed_at__isnull=False
    ).exists()
    return "" if is_done else "handover"


def _newest(group: Group) -> dict[str, object]:
    """The newest set with its days, which the next name most likely belongs to."""
    standing = CommitteeTerm.objects.filter(group=group, withdrawn_at=None)
    newest = standing.filter(set_number__isnull=False).order_by("-set_number", "-number").first()
    if newest is None:
        return {"set_number": 1}
    return {
        "set_number": newest.set_number,
        "starts_on": newest.starts_on,
        "ends_on": newest.ends_on,
    }
