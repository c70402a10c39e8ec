"""`@scoped(deed)`: no page without knowing who reads it and what they may see there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, cast

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
                return redirect_to_login(request.get_full_path())
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
