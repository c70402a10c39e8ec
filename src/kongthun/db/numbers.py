"""Running numbers of a group's or a fund's rows."""

from __future__ import annotations

from django.db.models import Max, Model


def next_number(model: type[Model], **of: object) -> int:
    """The ``number`` after the last one given out among these rows; 1 for the first.

    Asked while whoever gives numbers out is held (the group, or the fund's pen), so that no two
    get the same.
    """
    last: int | None = model._default_manager.filter(**of).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
