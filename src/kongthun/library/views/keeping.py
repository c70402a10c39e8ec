"""Adding an edition, handing in its paper, taking it down."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest, scoped

from ..actions.editions import (
    add_edition,
    keep_edition_paper,
    rehearse_edition,
    take_edition_down,
)
from ..editions import Edition, Passage, Work
from ..forms import EditionForm, LibraryPaper, PaperForm, TakeDownForm
from ..queries.works import (
    area_words,
    code_of,
    edition_among,
    kept_places,
    places_of,
    work_of,
    works,
)
from ..refusals import NotDone
from ..wording import read_in_thai
from .reading import chapters_of


@scoped(Deed.KEEP_LIBRARY)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ScopedRequest) -> HttpResponse:
    """Add an edition: first what was read out of the text is shown, then that is kept."""
    form = _edition_form(request)
    read: tuple[Passage, ...] = ()
    if form.is_valid():
        if request.POST.get("seen") == form.as_read:
            done = add_edition(by=request.reach, **form.answers)
            if not isinstance(done, NotDone):
                messages.success(request, "เก็บฉบับนี้แล้ว แนบไฟล์ PDF ได้ที่หน้านี้")
                return redirect("library:edition", done.work, code_of(done.pk))
            form.refuse(done.refusals)
        else:
            would_be = rehearse_edition(by=request.reach, **form.answers)
            if isinstance(would_be, NotDone):
                form.refuse(would_be.refusals)
            else:
                read = would_be
    context = {
        "form": form,
        "chapters": chapters_of(read, None),
        "read": read_in_thai(read) if read else "",
        "seen": form.as_read if read else "",
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "library/add.html", context, status=status)


@scoped(Deed.KEEP_LIBRARY)
@require_http_methods(["GET", "HEAD", "POST"])
def paper_add(request: ScopedRequest, slug: str, code: str) -> HttpResponse:
    """Hand in the paper an edition was taken from."""
    work, edition, pk = _kept_or_404(request, slug, code)
    is_sent = request.method == "POST"
    form = PaperForm(request.POST, request.FILES) if is_sent else PaperForm()
    if form.is_valid():
        done = keep_edition_paper(pk=pk, paper=form.cleaned_data["paper"], by=request.reach)
        if not isinstance(done, NotDone):
            messages.success(request, "เก็บไฟล์ของฉบับนี้แล้ว")
            return redirect("library:edition", slug, code)
        form.refuse(done.refusals)
    return _form_page(request, "library/paper_add.html", form, work, edition)


@scoped(Deed.KEEP_LIBRARY)
@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: ScopedRequest, slug: str, code: str) -> HttpResponse:
    """Take an edition down, saying why."""
    work, edition, pk = _kept_or_404(request, slug, code)
    form = TakeDownForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = take_edition_down(pk=pk, note=form.cleaned_data["note"], by=request.reach)
        if not isinstance(done, NotDone):
            messages.success(request, "นำฉบับนี้ออกแล้ว ยังเปิดอ่านได้ แต่ไม่นับเป็นฉบับที่ใช้")
            return redirect("library:edition", slug, code)
        form.refuse(done.refusals)
    return _form_page(request, "library/take_down.html", form, work, edition)


# ---- below the line ------------------------------------------------------------------------------


def _edition_form(request: ScopedRequest) -> EditionForm:
    places = kept_places(request.reach)
    if not places:
        raise PermissionDenied
    names = area_words(places)
    return EditionForm(
        works(places),
        [(code, names.get(code, code)) for code in places],
        request.POST if request.method == "POST" else None,
        {"work": request.GET.get("work", "")},
    )


def _kept_or_404(request: ScopedRequest, slug: str, code: str) -> tuple[Work, Edition, int]:
    """An edition that was added and that the reader may keep."""
    work = work_of(slug, places_of(request.reach))
    edition = edition_among(work, code) if work else None
    if work is None or edition is None or edition.pk is None:
        raise Http404
    if not request.reach.may(Deed.KEEP_LIBRARY, area_code=edition.area_code):
        raise Http404
    return work, edition, edition.pk


def _form_page(
    request: ScopedRequest, template: str, form: LibraryPaper, work: Work, edition: Edition
) -> HttpResponse:
    """A form as it stands: with everything typed, and 422 once it was refused."""
    context = {"form": form, "work": work, "edition": edition}
    return render(request, template, context, status=422 if form.is_bound else 200)
