"""A group's own member register from Excel: hand it in, look, say yes, see what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped
from kongthun.audit.actions import record_deed
from kongthun.domain.member_rows import SetAside
from kongthun.groups.models import Group
from kongthun.groups.queries.places import group_in_reach

from ..forms_members import MemberFileForm
from ..member_import import (
    MembersImported,
    forget_waiting,
    import_members,
    imported_file,
    keep_waiting,
    look_at_members,
    waiting_file,
)
from ..member_refusals import NotImported
from ..member_wording import (
    advice_in_thai,
    kind_in_thai,
    reason_in_thai,
    refusal_in_thai,
    typed_at_fault,
)
from ..member_workbooks import XLSX, empty_form, set_aside_workbook
from ..queries.member_imports import imported_register, imported_registers

ROWS_A_PAGE = 50
MOST_SHOWN = 10  # of those who would join: enough to see that the columns were read right


@scoped(Deed.KEEP_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: ScopedRequest, code: str) -> HttpResponse:
    """Hand a register in. It is rehearsed; nothing is written by it."""
    group = _group_or_404(request, code)
    form = MemberFileForm()
    if request.method == "POST":
        form = MemberFileForm(request.POST, request.FILES)
        if form.is_valid():
            looked = import_members(
                file=form.path, group=group, by=request.reach, is_rehearsal=True
            )
            if not isinstance(looked, NotImported):
                keep_waiting(form.path, group)
                return redirect("registers:members_rehearsal", code=code, sha256=looked.sha256)
            form.refuse(looked.refusals)
    context = {
        "group": group,
        "code": code,
        "form": form,
        "imported": imported_registers(group),
    }
    status = 422 if form.errors else 200
    return render(request, "registers/members_import.html", context, status=status)


@scoped(Deed.KEEP_LISTS)
@require_safe
def template(request: ScopedRequest, code: str) -> HttpResponse:
    """The empty form. It names nobody."""
    group = _group_or_404(request, code)
    return _workbook(empty_form(), f"{group.code}-members.xlsx")


@scoped(Deed.KEEP_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def rehearsal(request: ScopedRequest, code: str, sha256: str) -> HttpResponse:
    """What would come of the file (GET), and yes to it (POST): the kept file is read again."""
    group = _group_or_404(request, code)
    file = waiting_file(group, sha256)
    if file is None:
        return _gone(request, group, sha256)
    if request.method == "POST":
        done = import_members(file=file, group=group, by=request.reach)
        if isinstance(done, NotImported):
            for refusal in done.refusals:
                messages.error(request, refusal_in_thai(refusal))
            return redirect("registers:members_import", code=code)
        forget_waiting(group, sha256)
        if not done.taken:
            messages.info(request, "ไม่มีสมาชิกใหม่ในไฟล์นี้ ทะเบียนเหมือนเดิมทุกคน")
            return redirect("registers:members_import", code=code)
        messages.success(request, f"เพิ่มสมาชิก {len(done.taken):,} คนแล้ว")
        return redirect("registers:members_imported", code=code, sha256=sha256)
    looked = look_at_members(file, group, day=request.reach.day)
    if isinstance(looked, NotImported):
        return _gone(request, group, sha256)
    _read_names(request, group, "look at members")
    context = _context(request, group, looked) | {
        "joining": [
            (each, each.row.name, kind_in_thai(each.kind)) for each in looked.taken[:MOST_SHOWN]
        ],
        "more": max(len(looked.taken) - MOST_SHOWN, 0),
    }
    return render(request, "registers/members_rehearsal.html", context)


@scoped(Deed.KEEP_LISTS)
@require_POST
def drop(request: ScopedRequest, code: str, sha256: str) -> HttpResponse:
    """Say no: the file is forgotten."""
    group = _group_or_404(request, code)
    forget_waiting(group, sha256)
    messages.info(request, "ไม่นำเข้าไฟล์นี้แล้ว ทะเบียนเหมือนเดิม และไม่ได้เก็บไฟล์ไว้")
    return redirect("registers:members_import", code=code)


@scoped(Deed.KEEP_LISTS)
@require_safe
def imported(request: ScopedRequest, code: str, sha256: str) -> HttpResponse:
    """What came of a file that was brought in, and which of its rows still wait today."""
    group = _group_or_404(request, code)
    told = imported_register(group, sha256)
    looked = _looked_at_kept(group, sha256, request)
    if told is None or looked is None:
        raise Http404
    _read_names(request, group, "imported members")
    context = _context(request, group, looked) | {"told": told}
    return render(request, "registers/members_imported.html", context)


@scoped(Deed.KEEP_LISTS)
@require_safe
def set_aside(request: ScopedRequest, code: str, sha256: str) -> HttpResponse:
    """The rows set aside as a workbook to put right and send again: each taking is written down."""
    group = _group_or_404(request, code)
    file = waiting_file(group, sha256)
    looked: MembersImported | NotImported | None
    if file is not None:
        looked = look_at_members(file, group, day=request.reach.day)
    else:
        looked = _looked_at_kept(group, sha256, request)
    if looked is None or isinstance(looked, NotImported):
        raise Http404
    record_deed(
        "export_set_aside_members",
        user_id=request.reach.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        details={"sha256": sha256, "rows": len(looked.set_aside)},
    )
    return _workbook(set_aside_workbook(looked.set_aside), f"{group.code}-members-set-aside.xlsx")


# --- below the line -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AsideLine:
    """A row set aside as the page shows it."""

    aside: SetAside
    reason: str
    advice: str
    typed: str


def _group_or_404(request: ScopedRequest, code: str) -> Group:
    group = group_in_reach(code, request.reach, Deed.KEEP_LISTS)
    if group is None:
        raise Http404
    return group


def _context(request: ScopedRequest, group: Group, looked: MembersImported) -> dict[str, object]:
    page = Paginator(looked.set_aside, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return {
        "group": group,
        "code": group.code,
        "sha256": looked.sha256,
        "looked": looked,
        "page": page,
        "aside": [
            AsideLine(each, reason_in_thai(each), advice_in_thai(each.reason), typed_at_fault(each))
            for each in page
        ],
    }


def _looked_at_kept(group: Group, sha256: str, request: ScopedRequest) -> MembersImported | None:
    """The kept register as it stands to the list today, if this group brought it in."""
    file = imported_file(sha256)
    if file is None or imported_register(group, sha256) is None:
        return None
    looked = look_at_members(file, group, day=request.reach.day)
    return looked if isinstance(looked, MembersImported) else None


def _gone(request: ScopedRequest, group: Group, sha256: str) -> HttpResponse:
    """The file no longer waits: brought in by an earlier press, or forgotten."""
    if imported_register(group, sha256) is not None:
        return redirect("registers:members_imported", code=group.code, sha256=sha256)
    messages.warning(request, "ไฟล์นี้ไม่ได้เก็บไว้แล้ว ส่งไฟล์อีกครั้งเพื่อดูก่อนนำเข้า")
    return redirect("registers:members_import", code=group.code)


def _read_names(request: ScopedRequest, group: Group, subject: str) -> None:
    record_deed(
        "read_names",
        user_id=request.reach.user_id,
        area_code=group.area_code,
        fund_id=group.pk,
        subject=subject,
    )


def _workbook(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
