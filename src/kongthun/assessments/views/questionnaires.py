"""What is asked, for everybody who works with it; and a new version of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.areas.queries import names_of
from kongthun.domain.assessment import Item, Questionnaire
from kongthun.domain.thai_calendar import fiscal_year

from ..actions import VersionKept, save_questionnaire, withdraw_questionnaire
from ..forms import QuestionnaireForm, WithdrawForm
from ..measures import MEASURES
from ..models import QuestionnaireVersion
from ..queries.frozen import questionnaire_of
from ..queries.questionnaires import (
    Asked,
    areas_kept,
    asked_in,
    codes,
    version_in_reach,
    versions_in_reach,
)
from ..wording import bound_in_thai, share_in_thai


@scoped(Deed.KEEP_QUESTIONNAIRES, Deed.ASSESS, Deed.SEE_AREA)
@require_safe
def index(request: ScopedRequest) -> HttpResponse:
    """The questionnaires of the year, and every version one may see."""
    year = fiscal_year(request.reach.day)
    home = request.reach.home_area() or ""
    names = names_of({"", *areas_kept(request.reach), home})
    asked = [found for code in codes() if (found := asked_in(code, home, year)) is not None]
    versions = [row for code in codes() for row in versions_in_reach(code, request.reach)]
    names |= names_of({row.area_code for row in versions})
    context = {
        "asked": [(each, _whose(each.area_code, names)) for each in asked],
        "versions": [(row, row.data["title"], _whose(row.area_code, names)) for row in versions],
        "keeps": [
            (area, _whose(area, names), f"?{urlencode({'area': area})}")
            for area in areas_kept(request.reach)
        ],
    }
    return render(request, "assessments/questionnaires.html", context)


@scoped(Deed.KEEP_QUESTIONNAIRES, Deed.ASSESS, Deed.SEE_AREA)
@require_safe
def current(request: ScopedRequest, code: str) -> HttpResponse:
    """What is asked this year where the reader works, in words, weights and bounds."""
    asked = _asked_or_404(request, code, request.reach.home_area() or "")
    return _page(request, asked.questionnaire, asked.row, asked.area_code)


@scoped(Deed.KEEP_QUESTIONNAIRES, Deed.ASSESS, Deed.SEE_AREA)
@require_safe
def version(request: ScopedRequest, pk: int) -> HttpResponse:
    """One version as it was adopted."""
    row = _version_or_404(request, pk)
    return _page(request, questionnaire_of(row.data), row, row.area_code)


@scoped(Deed.KEEP_QUESTIONNAIRES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ScopedRequest, code: str) -> HttpResponse:
    """A new version for an area one keeps: words, weights, bounds and levels as a form."""
    kept = areas_kept(request.reach)
    area = request.GET.get("area", kept[0] if kept else "")
    if area not in kept:
        raise Http404
    asked = _asked_or_404(request, code, area)
    form = QuestionnaireForm(
        asked.questionnaire, request.POST if request.method == "POST" else None
    )
    if form.is_valid():
        done = save_questionnaire(
            data=form.data_of_version,
            area_code=area,
            words=form.cleaned_data["why"],
            by=request.reach,
        )
        if isinstance(done, VersionKept):
            messages.success(request, "บันทึกแบบประเมินฉบับใหม่แล้ว ผลที่ประเมินไว้ก่อนไม่เปลี่ยน")
            return redirect("assessments:version", done.version.pk)
        form.refuse(done.refusals)
    context = {
        "form": form,
        "asked": asked,
        "area_name": _whose(area, names_of({area})),
        "others": [
            (each, _whose(each, names_of({each})), f"?{urlencode({'area': each})}")
            for each in kept
            if each != area
        ],
    }
    return render(request, "assessments/edit.html", context, status=422 if form.errors else 200)


@scoped(Deed.KEEP_QUESTIONNAIRES)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ScopedRequest, pk: int) -> HttpResponse:
    """Ask a version no more; what was asked before it is asked again."""
    row = _version_or_404(request, pk)
    keeps = request.reach.may(Deed.KEEP_QUESTIONNAIRES, area_code=row.area_code)
    if not keeps or row.withdrawn_at is not None or row.is_shipped:
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = withdraw_questionnaire(
            version=row, words=form.cleaned_data["words"], by=request.reach
        )
        if isinstance(done, VersionKept):
            messages.success(request, "ถอนฉบับนี้แล้ว กลับไปใช้ฉบับก่อนหน้า ผลที่ประเมินไว้ไม่เปลี่ยน")
            return redirect("assessments:questionnaires")
        form.refuse(done.refusals)
    context = {"row": row, "title": row.data["title"], "form": form}
    return render(
        request,
        "assessments/version_withdraw.html",
        context,
        status=422 if form.errors else 200,
    )


# ---- the pieces ----------------------------------------------------------------------------------


def _asked_or_404(request: ScopedRequest, code: str, area: str) -> Asked:
    asked = asked_in(code, area, fiscal_year(request.reach.day))
    if asked is None:
        raise Http404
    return asked


def _version_or_404(request: ScopedRequest, pk: int) -> QuestionnaireVersion:
    row = version_in_reach(pk, request.reach)
    if row is None:
        raise Http404
    return row


def _page(
    request: ScopedRequest,
    asked: Questionnaire,
    row: QuestionnaireVersion | None,
    area_code: str,
) -> HttpResponse:
    keeps = row is not None and request.reach.may(Deed.KEEP_QUESTIONNAIRES, area_code=row.area_code)
    weight = sum(item.weight for item in asked.items)
    context = {
        "asked": asked,
        "row": row,
        "whose": _whose(area_code, names_of({area_code})),
        "weight": weight,
        "levels": [(level, share_in_thai(level.at_least)) for level in asked.levels],
        "sections": [
            (section, sum(item.weight for item in section.items), [_item(i) for i in section.items])
            for section in asked.sections
        ],
        "edit_href": reverse("assessments:edit", args=[asked.code])
        if areas_kept(request.reach)
        else "",
        "may_withdraw": keeps
        and row is not None
        and row.withdrawn_at is None
        and not row.is_shipped,
    }
    return render(request, "assessments/questionnaire.html", context)


def _item(item: Item) -> tuple[Item, str, list[tuple[str, int, str]]]:
    """An item with who answers it, and its choices: words, points, what the books have to show."""
    known = MEASURES.get(item.measure.name) if item.measure is not None else None
    who = f"สมุดตอบ: {known.name}" if known is not None else "คนตอบ"
    if item.needs_evidence:
        who = f"{who} พร้อมหลักฐาน"
    choices = [
        (
            choice.words or bound_in_thai(item, choice),
            choice.points,
            bound_in_thai(item, choice) if item.measure is not None else "",
        )
        for choice in item.choices
    ]
    return item, who, choices


def _whose(area_code: str, names: dict[str, str]) -> str:
    return "ทั่วประเทศ" if not area_code else names.get(area_code, area_code)
