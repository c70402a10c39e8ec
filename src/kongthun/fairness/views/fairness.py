"""Whether those alike were treated alike, on screen: questions, figures, notes that explain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.models import User
from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.areas.queries import area as area_of
from kongthun.areas.queries import names_of, within
from kongthun.audit.actions import record_deed
from kongthun.domain.fairness import Circle, CircleKind, Gap, Pattern
from kongthun.domain.thai_calendar import UnreadableDate, add_years, numeric, read_date
from kongthun.domain.thai_text import PersonName
from kongthun.groups.models import Membership
from kongthun.ledger.models import Fund
from kongthun.loans.models import Contract
from kongthun.papers import Digits
from kongthun.reports.views.asking import as_of_asked
from kongthun.web.wording import Refusal

from ..actions.explanations import Explained, explain_gap, explain_pattern, withdraw_explanation
from ..forms import WordsForm
from ..models import Explanation
from ..papers import AskedOnPaper, FairnessSheet, print_sheet
from ..queries.facts import Who
from ..queries.looks import Look, look_at, sees_fairness
from ..refusals import NotDone
from ..wording import (
    CIRCLES,
    REASONS,
    WAYS,
    chance_words,
    gap_words,
    likeness_words,
    pattern_words,
)

DISTRICT_DIGITS = 4


@dataclass(frozen=True, slots=True)
class _AskedPattern:
    """A pattern as it is read."""

    of: str
    words: str
    chance: str
    explain_url: str
    note: Explanation | None
    groups: list[tuple[str, Any]]
    is_plain: bool


@dataclass(frozen=True, slots=True)
class _AskedGap:
    """A gap as it is read."""

    village: str
    of: str
    href: str
    way: str
    words: str
    alike: str
    explain_url: str
    note: Explanation | None
    may_explain: bool


@scoped(Deed.SEE_FAIRNESS)
@require_safe
def index(request: ScopedRequest, code: str) -> HttpResponse:
    """What is asked of an area: differences between circles, then of single households."""
    if len(code) < DISTRICT_DIGITS:
        return _districts(request, code)
    look = _look_or_404(request, code)
    with_names = _names(request, code)
    called = _called(look, with_names=with_names)
    patterns = [_pattern(request, look, each) for each in look.fairness.looked.patterns]
    gaps = [_gap(request, look, each, called) for each in look.fairness.gaps]
    is_all = request.GET.get("show") == "all"
    context = _head(request, look) | {
        "patterns": [each for each in patterns if is_all or each.note is None],
        "gaps": [each for each in gaps if is_all or each.note is None],
        "is_all": is_all,
        "unexplained": len(look.fairness.unexplained),
        "explained": len(look.fairness.explained),
        "debtors": len(look.facts.debtors),
        "left_out": [(REASONS[reason], count) for reason, count in look.left_out.items()],
        "looked": look.fairness.looked,
        "too_few": len(look.fairness.looked.too_few),
        "with_names": with_names,
        "may_explain_patterns": request.reach.may(Deed.EXPLAIN_GAPS, area_code=code),
    }
    return render(request, "fairness/fairness.html", context)


@scoped(Deed.SEE_FAIRNESS)
@require_http_methods(["GET", "HEAD", "POST"])
def of_household(
    request: ScopedRequest, code: str, fund: str, who: str, deed: str, way: str
) -> HttpResponse:
    """Why one household was treated otherwise."""
    look = _look_or_404(request, code)
    fund_id = next((each.pk for each in look.facts.funds.values() if each.code == fund), 0)
    gap = look.gap(Who(fund_id, who), deed, way)
    if gap is None:
        raise Http404
    _entitled(request, look.facts.funds[fund_id].area_code, fund_id)
    called = _called(look, with_names=_names(request, code))
    asked = _gap(request, look, gap, called)
    lines = [
        ("ครัวเรือน", f"{asked.village} {asked.of}"),
        ("สิ่งที่เห็น", asked.words),
        ("อยู่ในสภาพเดียวกัน", asked.alike),
    ]
    return _explained(
        request,
        look,
        lines,
        lambda words: explain_gap(gap, look=look, words=words, by=request.reach),
    )


@scoped(Deed.SEE_FAIRNESS)
@require_http_methods(["GET", "HEAD", "POST"])
def of_circle(
    request: ScopedRequest, code: str, kind: str, number: int, question: str
) -> HttpResponse:
    """Why a circle was treated otherwise than the rest."""
    look = _look_or_404(request, code)
    pattern = look.pattern(kind, number, question)
    if pattern is None:
        raise Http404
    _entitled(request, code, None)
    asked = _pattern(request, look, pattern)
    lines = [("กลุ่มคน", asked.of), ("สิ่งที่เห็น", asked.words), ("ถ้าบังเอิญล้วน ๆ", asked.chance)]
    return _explained(
        request,
        look,
        lines,
        lambda words: explain_pattern(pattern, look=look, words=words, by=request.reach),
    )


@scoped(Deed.SEE_FAIRNESS)
@require_http_methods(["GET", "HEAD", "POST"])
def note_back(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Take a note back."""
    look = _look_or_404(request, code)
    row = look.notes.get(number)
    if row is None:
        raise Http404
    _entitled(request, row.area_code, row.group_id)
    lines = [("คำชี้แจงเลขที่", str(number))]
    if _names(request, code):
        lines.append(("คำชี้แจง", row.words))
    return _explained(
        request,
        look,
        lines,
        lambda words: withdraw_explanation(number, note=words, by=request.reach),
        title="ถอนคำชี้แจง",
        button="ถอนคำชี้แจง",
        did="ถอนคำชี้แจงแล้ว จะถามเรื่องนี้อีก",
    )


@scoped(Deed.SEE_FAIRNESS)
@require_safe
def sheet(request: ScopedRequest, code: str) -> HttpResponse:
    """What nobody explained, on paper for the supervisor: numbers, no names."""
    look = _look_or_404(request, code)
    patterns = [
        (each, _pattern(request, look, each))
        for each in look.fairness.looked.patterns
        if each.explained_by is None
    ]
    gaps = [
        _gap(request, look, each, _number_words)
        for each in look.fairness.gaps
        if each.explained_by is None
    ]
    paper = FairnessSheet(
        area=_area_words(code),
        since=look.facts.since,
        as_of=look.facts.as_of,
        debtors=len(look.facts.debtors),
        explained=len(look.fairness.explained),
        patterns=tuple(
            AskedOnPaper(
                _circle_words(look, each.circle, {}),
                asked.words,
                f"ถ้าดูแลเหมือนกันจริง เกิดโดยบังเอิญ{asked.chance}",
            )
            for each, asked in patterns
        ),
        gaps=tuple(
            AskedOnPaper(f"{each.village} {each.of}", each.words, each.alike) for each in gaps
        ),
    )
    digits: Digits = "arabic" if request.GET.get("digits") == "arabic" else "thai"
    return HttpResponse(
        print_sheet(paper, digits=digits),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="fairness-{code}.pdf"'},
    )


# --- below the line ------------------------------------------------------------------------------


def _districts(request: ScopedRequest, code: str) -> HttpResponse:
    """A province is looked at district by district: each has its own officers."""
    if not sees_fairness(code, request.reach):
        raise Http404
    codes = (
        Fund.objects.filter(within("area_code", code))
        .filter(request.reach.funds(Deed.SEE_FAIRNESS))
        .values_list("area_code", flat=True)
    )
    districts = sorted({each[:DISTRICT_DIGITS] for each in codes})
    names = names_of(districts)
    context = {
        "code": code,
        "area": _area_words(code),
        "districts": [(each, names.get(each, each)) for each in districts],
    }
    return render(request, "fairness/districts.html", context)


def _look_or_404(request: ScopedRequest, code: str) -> Look:
    """The look at an area that lies in the reader's reach as a whole."""
    if len(code) < DISTRICT_DIGITS or not sees_fairness(code, request.reach):
        raise Http404
    as_of = as_of_asked(request)
    return look_at(code, request.reach, since=_since_asked(request, as_of), as_of=as_of)


def _since_asked(request: ScopedRequest, as_of: date) -> date:
    """The first day looked at; a year before the last if none is asked for, or none that can be."""
    a_year = add_years(as_of, -1)
    typed = request.GET.get("since", "").strip()
    if not typed:
        return a_year
    day = read_date(typed)
    if isinstance(day, UnreadableDate) or day >= as_of:
        messages.warning(request, "อ่านวันแรกที่ดูไม่ได้ หรืออยู่หลังวันสุดท้าย จึงแสดงหนึ่งปี ลองพิมพ์เช่น 1/10/2568")
        return a_year
    return day


def _entitled(request: ScopedRequest, area_code: str, group_id: int | None) -> None:
    for refusal in request.reach.refusals(
        Deed.EXPLAIN_GAPS, area_code=area_code, group_id=group_id
    ):
        raise PermissionDenied(
            Refusal(
                title="หน้านี้เป็นของผู้ทำงานในพื้นที่",
                happened=not_entitled_in_thai(refusal),
                safe="ยังไม่มีอะไรถูกบันทึก และท่านยังเปิดอ่านคำถามและคำชี้แจงได้ตามเดิม",
                do="กลับไปหน้าเดิม หรือขอให้ผู้ทำงานในพื้นที่เขียนคำชี้แจง",
                who="พัฒนากร หรือพัฒนาการอำเภอ",
            )
        )


def _names(request: ScopedRequest, code: str) -> bool:
    """Whether people are named; when they are, that it was read is written down."""
    with_names = request.reach.may(Deed.SEE_NAMES, area_code=code)
    if with_names:
        record_deed("read_names", user_id=request.reach.user_id, area_code=code, subject="fairness")
    return with_names


def _area_words(code: str) -> str:
    found = area_of(code)
    return found.node.full_name if found is not None else code


def _period(look: Look) -> str:
    """The period as an address carries it on."""
    return f"?since={numeric(look.facts.since)}&as_of={numeric(look.facts.as_of)}"


def _head(request: ScopedRequest, look: Look) -> dict[str, Any]:
    return {
        "code": look.area_code,
        "area": _area_words(look.area_code),
        "since": look.facts.since,
        "as_of": look.facts.as_of,
        "since_typed": numeric(look.facts.since),
        "as_of_typed": numeric(look.facts.as_of),
        "period": _period(look),
        "today": request.reach.day,
    }


def _called(look: Look, *, with_names: bool) -> Callable[[Who], str]:
    """Households in words, named or masked. Two statements."""
    asked = {look.who(gap) for gap in look.fairness.gaps}
    funds = {who.fund_id for who in asked}
    names: dict[Who, PersonName] = {
        Who(row.group_id, f"h{row.number}"): row.person.name
        for row in Membership.objects.filter(group_id__in=funds).select_related("person")
    }
    for row in Contract.objects.filter(fund_id__in=funds, member_number=None).select_related(
        "borrower"
    ):
        names[Who(row.fund_id, f"c{row.number}")] = row.borrower.name

    def words(who: Who) -> str:
        name = names.get(who)
        if name is None:
            return _number_words(who)
        return f"{_number_words(who)} {name.full if with_names else name.masked}"

    return words


def _number_words(who: Who) -> str:
    """Households by number alone, for paper that goes up."""
    number = who.reference[1:]
    return f"ลำดับที่ {number}" if who.reference.startswith("h") else f"สัญญาที่ {number}"


def _circle_words(look: Look, circle: Circle, workers: dict[int, str]) -> str:
    """A circle by its place; officers by name only for those who may read names."""
    if circle.kind is CircleKind.HAMLET:
        funds = look.facts.funds.values()
        name = next((f.name for f in funds if int(f.area_code) == circle.number), "")
        return f"{CIRCLES[circle.kind]} {name}".strip()
    if circle.kind is CircleKind.FIELD_WORKER:
        return f"{CIRCLES[circle.kind]} {workers.get(circle.number, f'คนที่ {circle.number}')}"
    return CIRCLES[circle.kind] if circle.number else "ครัวเรือนที่ไม่ใช่กรรมการ"


def _pattern(request: ScopedRequest, look: Look, pattern: Pattern) -> _AskedPattern:
    circle = pattern.circle
    workers: dict[int, str] = {}
    may_name = request.reach.may(Deed.SEE_NAMES, area_code=look.area_code)
    if circle.kind is CircleKind.FIELD_WORKER and may_name:
        workers = {user.pk: str(user) for user in User.objects.filter(pk=circle.number)}
    url = reverse(
        "fairness:of_circle",
        args=[look.area_code, circle.kind.value, circle.number, pattern.question.value],
    )
    note = pattern.explained_by
    return _AskedPattern(
        _circle_words(look, circle, workers),
        pattern_words(pattern),
        chance_words(pattern.p),
        url + _period(look),
        None if note is None else look.notes[note.note_number],
        [(likeness_words(likeness, look.bands), table) for likeness, table in pattern.tables],
        pattern.is_plain,
    )


def _gap(request: ScopedRequest, look: Look, gap: Gap, called: Callable[[Who], str]) -> _AskedGap:
    who = look.who(gap)
    fund = look.facts.funds[who.fund_id]
    number = int(who.reference[1:])
    is_household = who.reference.startswith("h")
    page = "reports:household" if is_household else "reports:contract"
    url = reverse(
        "fairness:of_household",
        args=[look.area_code, fund.code, who.reference, gap.deed.value, gap.way.value],
    )
    note = gap.explained_by
    return _AskedGap(
        fund.name,
        called(who),
        reverse(page, args=[fund.code, number]),
        WAYS[gap.way],
        gap_words(gap),
        likeness_words(gap.likeness, look.bands),
        url + _period(look),
        None if note is None else look.notes[note.note_number],
        request.reach.may(Deed.EXPLAIN_GAPS, area_code=fund.area_code, group_id=fund.pk),
    )


def _explained(
    request: ScopedRequest,
    look: Look,
    lines: list[tuple[str, str]],
    act: Callable[[str], Explained | NotDone],
    *,
    title: str = "ชี้แจงความต่าง",
    button: str = "บันทึกคำชี้แจง",
    did: str = "บันทึกคำชี้แจงแล้ว",
) -> HttpResponse:
    """Ask for words, write them down, and go back; refused, what was typed stays."""
    form = WordsForm(request.POST or None)
    is_sent = request.method == "POST"
    if is_sent and form.is_valid():
        done = act(form.cleaned_data["words"])
        if not isinstance(done, NotDone):
            messages.success(request, did)
            return redirect(reverse("fairness:fairness", args=[look.area_code]) + _period(look))
        form.refuse(done)
    context = _head(request, look) | {
        "form": form,
        "is_wrong": is_sent,
        "lines": lines,
        "title": title,
        "button": button,
        "here": request.get_full_path(),
    }
    return render(request, "fairness/explain.html", context, status=422 if is_sent else 200)
