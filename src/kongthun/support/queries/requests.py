"""What groups ask agencies for, as the reader may see it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kongthun.accounts.reach import Reach

from ..models import AgencySeat, SupportRequest


def asked_of(reach: Reach) -> QuerySet[SupportRequest]:
    """What the agencies the reader signs in for today are asked, the newest first."""
    seats = AgencySeat.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=reach.day), user_id=reach.user_id, starts_on__lte=reach.day
    )
    return (
        SupportRequest.objects.filter(agency__in=seats.values("agency"), withdrawn_at=None)
        .select_related("group", "agency")
        .order_by("-asked_on", "-number")
    )
