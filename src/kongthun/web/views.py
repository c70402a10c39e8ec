"""Pages of the web app itself: the page of components, the icon, and the pages that say no."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from . import answers, specimen, wording
from .public import public

ICON = Path(__file__).resolve().parent / "static" / "web" / "icon.svg"


@public
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Every component with examples as long and as awkward as the real ones. Nobody's data."""
    return render(request, "web/style.html", specimen.page(request))


@public
@require_safe
def read_back(request: HttpRequest) -> HttpResponse:
    """How a sum or a day typed so far will be read: ``?of=value&as=day&value=30/9/2568``."""
    typed = request.GET.get(request.GET.get("of", ""), "")
    words = answers.read_back(request.GET.get("as", ""), typed)
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


@public
@require_safe
@cache_control(max_age=86_400, public=True)
def icon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The four spines, also for browsers that ask for /favicon.ico by themselves."""
    return HttpResponse(ICON.read_bytes(), content_type="image/svg+xml")


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403. An exception raised with a ``Refusal`` says it in its own words."""
    return _refused(request, _own_words(exception, wording.NO_PERMISSION), status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; the same whether it does not exist or is outside the reader's reach."""
    return _refused(request, _own_words(exception, wording.NOT_FOUND), status=404)


def bad_request(
    request: HttpRequest,  # noqa: ARG001 (it may be too broken to look at)
    exception: Exception | None = None,  # noqa: ARG001
) -> HttpResponse:
    """400, drawn without looking at the request: nobody may have been recognised yet."""
    return _said_plainly(wording.NOT_UNDERSTOOD, status=400)


def not_allowed(request: HttpRequest) -> HttpResponse:
    """405 in words: the address of a form was opened as a page."""
    return _refused(request, wording.ONLY_TAKES_FORMS, status=405)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """500, drawn without database, user or context processors: any of them may be what failed."""
    return _said_plainly(wording.WE_FAILED, status=500)


def _refused(request: HttpRequest, refusal: wording.Refusal, *, status: int) -> HttpResponse:
    return render(request, "web/refused.html", {"refusal": refusal}, status=status)


def _said_plainly(refusal: wording.Refusal, *, status: int) -> HttpResponse:
    return HttpResponse(
        render_to_string("web/said_plainly.html", {"refusal": refusal}), status=status
    )


def _own_words(exception: Exception | None, usual: wording.Refusal) -> wording.Refusal:
    given = exception.args[0] if exception is not None and exception.args else None
    return given if isinstance(given, wording.Refusal) else usual
