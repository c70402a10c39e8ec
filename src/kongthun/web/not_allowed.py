"""A page for what Django answers with nothing: a method that an address does not take."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from .views import not_allowed


class NotAllowedInWords:
    """Give an empty 405 its page; which methods are taken stays in its headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if not isinstance(answer, HttpResponseNotAllowed) or answer.content:
            return answer
        told = not_allowed(request)
        told.headers["Allow"] = answer.headers["Allow"]
        return told
