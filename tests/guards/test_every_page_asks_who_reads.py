"""Every address answers either to nobody in particular, on purpose, or to somebody in reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from kongthun.accounts.reach import MAY, Deed
from kongthun.accounts.scoped import scoped
from kongthun.config import urls
from kongthun.web.public import public

View = Callable[..., HttpResponse]

# Pages that anybody may read. Each shows nobody's books; a new one is added here on purpose.
OPEN_TO_ALL = {
    "sign-in/",
    "sign-out/",
    "style/",
    "favicon.ico",
    "read-back/",
    "check/",
    "check/<str:code>/",
    # A phone's calendar: signed address, held against reach each time, names nobody.
    "funds/<slug:code>/calendar/<str:token>.ics",
    "g/<slug:code>/",  # what a group chose to tell everybody, and nothing of anybody in it
}
HANDLERS = ("handler400", "handler403", "handler404", "handler500")


def views(patterns: list[URLPattern | URLResolver], at: str = "") -> Iterator[tuple[str, Any]]:
    """Every address below these patterns with the view that answers it."""
    for pattern in patterns:
        here = f"{at}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, here)
        else:
            yield here, pattern.callback


def unguarded(patterns: list[URLPattern | URLResolver]) -> list[str]:
    """Addresses whose view neither asks who reads nor says that it is open to all."""
    found = []
    for at, view in views(patterns):
        deeds = getattr(view, "scoped_by", ())
        is_scoped = bool(deeds) and all(isinstance(deed, Deed) for deed in deeds)
        if is_scoped == bool(getattr(view, "public", False)):  # neither, or both
            found.append(at)
    return found


def test_every_address_of_the_product_is_guarded() -> None:
    patterns = get_resolver().url_patterns
    assert len(list(views(patterns))) > 25
    assert unguarded(patterns) == []


def test_pages_open_to_all_are_listed_and_the_list_is_not_stale() -> None:
    is_open = {at for at, view in views(get_resolver().url_patterns) if hasattr(view, "public")}
    assert is_open == OPEN_TO_ALL


def test_every_deed_that_a_page_asks_for_is_allowed_to_somebody() -> None:
    asked = {deed for _, view in views(get_resolver().url_patterns) for deed in _deeds(view)}
    assert asked <= set().union(*MAY.values())


def _deeds(view: View) -> tuple[Deed, ...]:
    return getattr(view, "scoped_by", ())


@pytest.mark.parametrize("name", HANDLERS)
def test_pages_that_say_no_are_ours(name: str) -> None:
    module, _, view = getattr(urls, name).rpartition(".")
    assert module == "kongthun.web.views"
    assert callable(getattr(import_module(module), view))


def _planted(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponse()


def test_a_view_that_asks_nobody_is_found_wherever_it_hides() -> None:
    def both(request: HttpRequest) -> HttpResponse:
        return _planted(request)

    asks = scoped(Deed.SEE_AREA)(_planted)
    for_nobody = scoped()(_planted)
    inner = [
        path("hidden/", _planted),
        path("asks/", asks),
        path("open/", public(lambda request: HttpResponse())),  # noqa: ARG005
        path("for-nobody/", for_nobody),
        path("both/", public(scoped(Deed.SEE_AREA)(both))),
    ]
    outer = [path("deep/", (inner, "planted", "planted"))]
    assert unguarded(outer) == ["deep/hidden/", "deep/for-nobody/", "deep/both/"]  # type: ignore[arg-type]
