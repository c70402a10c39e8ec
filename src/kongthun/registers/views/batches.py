"""Handing workbooks in, looking at what would happen, saying yes or no, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from kongthun.accounts.reach import Deed, Reach
from kongthun.accounts.scoped import ScopedRequest, scoped

from ..batches import confirm, drop, hand_in, import_next, look_at_next
from ..forms import WorkbooksForm
from ..models import Batch, BatchFile
from ..queries.workbooks import batch_of, files_page, imported_page, open_batches, progress_of

# How long one press may work before the page is shown again with its count, in seconds.
PATIENCE = 3.0
MOST_REFUSALS_SAID = 5


@scoped(Deed.IMPORT_REGISTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: ScopedRequest) -> HttpResponse:
    """Hand workbooks in; batches that wait for a yes; what was brought in before."""
    reach = request.reach
    form = WorkbooksForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = WorkbooksForm(request.POST, request.FILES)
        if form.is_valid():
            files: list[TemporaryUploadedFile] = form.cleaned_data["workbooks"]
            batch = hand_in(
                [(file.name or "", Path(file.temporary_file_path())) for file in files],
                user_id=reach.user_id,
            )
            _say_what_was_left_out(request, form.refused)
            return redirect("registers:batch", pk=batch.pk)
    context = {
        "form": form,
        "batches": open_batches(reach.user_id),
        "imported": imported_page(reach, request.GET.get("page")),
    }
    return render(request, "registers/inbox.html", context, status=422 if form.errors else 200)


@scoped(Deed.IMPORT_REGISTERS)
@require_safe
def batch(request: ScopedRequest, pk: int) -> HttpResponse:
    """The preview of a batch: every workbook with what would come of it."""
    found = _batch_or_404(request.reach, pk)
    if found.settled_at is not None:
        return redirect("registers:batch_done", pk=pk)
    files = files_page(found, request.reach, request.GET.get("page"))
    context = {
        "batch": found,
        "progress": progress_of(found),
        "files": files,
        "troubled": [line for line in files if line.reconciliation is None],
        "good": [line for line in files if line.reconciliation is not None],
    }
    return render(request, "registers/batch.html", context)


@scoped(Deed.IMPORT_REGISTERS)
@require_POST
def look(request: ScopedRequest, pk: int) -> HttpResponse:
    """Look at the next file; a press without JavaScript looks at as many as patience allows."""
    found = _batch_or_404(request.reach, pk)
    is_part = _is_part(request)
    _as_long_as_patience(lambda: look_at_next(found, reach=request.reach), is_once=is_part)
    progress = progress_of(found)
    if is_part and progress.waiting and found.settled_at is None:
        return render(
            request, "registers/parts/looking.html", {"batch": found, "progress": progress}
        )
    return _on_to(request, reverse("registers:batch", kwargs={"pk": pk}))


@scoped(Deed.IMPORT_REGISTERS)
@require_POST
def confirm_batch(request: ScopedRequest, pk: int) -> HttpResponse:
    """Say yes. Said twice, it says nothing new."""
    found = _batch_or_404(request.reach, pk)
    if not confirm(found, user_id=request.reach.user_id) and found.settled_at is None:
        messages.warning(request, "ยังยืนยันไม่ได้ รอให้ตรวจครบทุกไฟล์ก่อน แล้วกดยืนยันอีกครั้ง")
        return redirect("registers:batch", pk=pk)
    _as_long_as_patience(lambda: import_next(found, reach=request.reach))
    return redirect("registers:batch_done", pk=pk)


@scoped(Deed.IMPORT_REGISTERS)
@require_POST
def go_on(request: ScopedRequest, pk: int) -> HttpResponse:
    """Bring in the next confirmed workbook, or as many as patience allows."""
    found = _batch_or_404(request.reach, pk)
    is_part = _is_part(request)
    _as_long_as_patience(lambda: import_next(found, reach=request.reach), is_once=is_part)
    progress = progress_of(found)
    if is_part and progress.confirmed:
        return render(
            request, "registers/parts/importing.html", {"batch": found, "progress": progress}
        )
    return _on_to(request, reverse("registers:batch_done", kwargs={"pk": pk}))


@scoped(Deed.IMPORT_REGISTERS)
@require_POST
def drop_batch(request: ScopedRequest, pk: int) -> HttpResponse:
    """Say no: nothing is imported, and the files are not kept."""
    found = _batch_or_404(request.reach, pk)
    if drop(found, user_id=request.reach.user_id):
        messages.info(request, "ไม่นำเข้าชุดนี้แล้ว ไม่มีรายการใดลงบัญชี และไม่ได้เก็บไฟล์ไว้")
    return redirect("registers:inbox")


@scoped(Deed.IMPORT_REGISTERS)
@require_safe
def done(request: ScopedRequest, pk: int) -> HttpResponse:
    """What came of each workbook of a confirmed batch."""
    found = _batch_or_404(request.reach, pk)
    if found.settled_at is None:
        return redirect("registers:batch", pk=pk)
    context = {
        "batch": found,
        "progress": progress_of(found),
        "files": files_page(found, request.reach, request.GET.get("page")),
    }
    return render(request, "registers/done.html", context)


# --- below the line -------------------------------------------------------------------------


def _batch_or_404(reach: Reach, pk: int) -> Batch:
    found = batch_of(reach.user_id, pk)
    if found is None:
        raise Http404
    return found


def _as_long_as_patience(
    next_step: Callable[[], BatchFile | None], *, is_once: bool = False
) -> None:
    """Take steps until there is none, or the page has to be shown again."""
    until = monotonic() + PATIENCE
    while next_step() is not None and not is_once and monotonic() < until:
        pass


def _is_part(request: ScopedRequest) -> bool:
    """Whether a part of the page asks, which can show the count after every file."""
    return bool(request.headers.get("HX-Request"))


def _on_to(request: ScopedRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if _is_part(request) else redirect(address)


def _say_what_was_left_out(request: ScopedRequest, refused: list[str]) -> None:
    for why in refused[:MOST_REFUSALS_SAID]:
        messages.warning(request, f"ไม่ได้รับไฟล์นี้: {why}")
    more = len(refused) - MOST_REFUSALS_SAID
    if more > 0:
        messages.warning(request, f"และอีก {more:,} ไฟล์ที่ไม่ใช่สมุด .xlsx หรือ .xls")
