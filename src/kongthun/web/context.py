"""What every page knows without being told: the product, whether it is a demo, who is reading."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from . import wording

PRODUCT = "กองทุน"


def page(request: HttpRequest) -> dict[str, Any]:
    """``product``, ``is_demo``, ``wording``, ``viewer`` (``is_signed_in, name,
    role_words, brings_papers_in, opens_groups``).

    A request that was refused before anybody was recognised has neither user nor reach; the page
    that says so must still be drawn.
    """
    user = getattr(request, "user", None)
    reach = getattr(request, "reach", None)
    is_signed_in = bool(user is not None and user.is_authenticated)
    return {
        "product": PRODUCT,
        "is_demo": bool(getattr(settings, "DEMO", False)),
        "wording": wording,
        "viewer": {
            "is_signed_in": is_signed_in,
            "name": str(user) if is_signed_in else "",
            "role_words": str(getattr(reach, "title_words", "") or ""),
            "brings_papers_in": bool(getattr(reach, "brings_papers_in", False)),
            "opens_groups": bool(getattr(reach, "opens_groups", False)),
        },
    }
