"""The photos and papers a group keeps: the list, each of them, and taking a content away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.actions import record_deed
from kongthun.audit.answers import paper_answer
from kongthun.audit.papers import LONGEST_REASON, Paper, PaperRedacted
from kongthun.groups.actions.redacting import redact
from kongthun.groups.models import Group
from kongthun.groups.paper_wording import refusal_in_thai, subject_in_thai
from kongthun.groups.queries.places import group_in_reach

from ..queries.papers import paper_in_reach, papers_in_reach
from .asking import page_asked

PAPERS_ON_A_PAGE = 40


class ReasonForm(forms.Form):
    """Why a content is taken away."""

    use_required_attribute = False

    reason = forms.CharField(
        label="เห็นสิ่งใดที่ไม่ควรเห็น",
        help_text="เช่น เห็นเลขบัตรประชาชน ภาพเด็ก ไม่ต้องใส่ชื่อหรือเลขนั้น",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "ยังไม่ได้บอกเหตุผล เขียนสั้น ๆ ว่าเห็นสิ่งใดที่ไม่ควรเห็น",
            "max_length": f"เหตุผลยาวเกิน {LONGEST_REASON} ตัวอักษร ย่อให้สั้นลง",
        },
    )


@scoped(Deed.SEE_FUND)
@require_safe
def index(request: ScopedRequest, code: str) -> HttpResponse:
    """Everything the group keeps, the latest first, redacted or not."""
    group = _group_or_404(request, code, Deed.SEE_FUND)
    found = papers_in_reach(group, request.reach)
    page = Paginator(found, PAPERS_ON_A_PAGE).get_page(page_asked(request))
    context = _head(request, group) | {
        "page": page,
        "papers": [(each, subject_in_thai(each.kept.subject)) for each in page],
        "count": len(found),
    }
    return render(request, "reports/papers.html", context)


@scoped(Deed.SEE_NAMES)
@require_safe
def file(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """One paper to be taken away, by those who see names; each taking is written down."""
    group = _group_or_404(request, code, Deed.SEE_NAMES)
    found = _paper_or_404(request, group, number)
    answer = paper_answer(group.pk, found.kept.sha256, f"{code}-paper-{number}")
    record_deed(
        "export_paper",
        user_id=request.reach.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=f"paper {number}",
        details={"sha256": found.kept.sha256},
    )
    return answer


@scoped(Deed.REDACT_EVIDENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def take_away(request: ScopedRequest, code: str, number: int) -> HttpResponse:
    """Take the content of a paper away, with the reason; nothing typed is lost when refused."""
    group = _group_or_404(request, code, Deed.REDACT_EVIDENCE)
    found = _paper_or_404(request, group, number)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = redact(group=group, number=number, reason=reason, by=request.reach)
        if isinstance(done, PaperRedacted):
            messages.success(request, f"ปิดเนื้อหาของเอกสารลำดับที่ {number} แล้ว")
            return redirect("reports:papers", code)
        for refusal in done.refusals:
            form.add_error(None, refusal_in_thai(refusal))
    words = subject_in_thai(found.kept.subject)
    context = _head(request, group) | {
        "form": form,
        "paper": found,
        "words": words,
        "together": _same_content(request, group, found),
    }
    status = 422 if form.is_bound else 200
    return render(request, "reports/paper_redaction.html", context, status=status)


# --- below the line -------------------------------------------------------------------------


def _group_or_404(request: ScopedRequest, code: str, deed: Deed) -> Group:
    group = group_in_reach(code, request.reach, deed)
    if group is None:
        raise Http404
    return group


def _paper_or_404(request: ScopedRequest, group: Group, number: int) -> Paper:
    found = paper_in_reach(group, number, request.reach)
    if found is None:
        raise Http404
    return found


def _same_content(request: ScopedRequest, group: Group, found: Paper) -> list[int]:
    """The other papers of the group that close together with this one."""
    return sorted(
        each.kept.number
        for each in papers_in_reach(group, request.reach)
        if each.kept.sha256 == found.kept.sha256
        and each.kept.number != found.kept.number
        and each.redaction is None
    )


def _head(request: ScopedRequest, group: Group) -> dict[str, Any]:
    def may(deed: Deed) -> bool:
        return request.reach.may(deed, area_code=group.area_code, group_id=group.pk)

    return {
        "group": group,
        "code": group.code,
        "sees_names": may(Deed.SEE_NAMES),
        "may_redact": may(Deed.REDACT_EVIDENCE),
    }
