"""`@scoped(deed)`: no page without knowing who reads it and what they may see there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .models import User
from .reach import Deed, Reach, reach_of


class ScopedRequest(HttpRequest):
    """A request whose reader is known, with what they may see today."""

    reach: Reach


class View(Protocol):
    """A page."""

    def __call__(
        self,
        request: HttpRequest,
        *args: Any,  # noqa: ANN401 (parts of the address)
        **kwargs: Any,  # noqa: ANN401
    ) -> HttpResponse: ...


def scoped(*deeds: Deed) -> Callable[[Callable[..., HttpResponse]], View]:
    """Let a page be seen only by people who may do one of these deeds somewhere.

    The page gets the reader's reach as ``request.reach`` and asks it for the place; the deeds stand
    on the view as ``scoped_by`` for the guard test.
    """

    def dress(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
            if not isinstance(request.user, User):
                return redirect_to_login(_way_back(request))
            reach = reach_of(request.user, timezone.localdate())
            cast("ScopedRequest", request).reach = reach
            if not any(reach.may_anywhere(deed) for deed in deeds):
                raise PermissionDenied
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        page.scoped_by = deeds  # type: ignore[attr-defined]
        return page

    return dress


def _way_back(request: HttpRequest) -> str:
    """Where signing in leads back to: the page, or the one a form was sent from.

    The address of a form that only takes answers shows nothing by itself.
    """
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.path if came_from.netloc == request.get_host() else "/"
