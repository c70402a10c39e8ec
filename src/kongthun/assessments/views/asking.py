"""What every page here asks first: which group or area, and which assessment."""

from __future__ import annotations

from django.http import Http404

from kongthun.accounts.reach import Deed
from kongthun.accounts.scoped import ScopedRequest
from kongthun.groups.models import Group
from kongthun.groups.queries.places import group_in_reach

from ..models import Assessment
from ..queries.results import assessment_of


def group_or_404(request: ScopedRequest, code: str, *deeds: Deed) -> Group:
    """The group, for those who may do one of the deeds there."""
    group = group_in_reach(code, request.reach, *deeds)
    if group is None:
        raise Http404
    return group


def assessment_or_404(group: Group, number: int) -> Assessment:
    """An assessment of the group that stands, draft or finished."""
    found = assessment_of(group, number)
    if found is None:
        raise Http404
    return found


def draft_or_404(group: Group, number: int) -> Assessment:
    """An assessment that is still being answered."""
    found = assessment_or_404(group, number)
    if found.finished_at is not None:
        raise Http404
    return found


def may(request: ScopedRequest, deed: Deed, group: Group) -> bool:
    """Whether the reader may do the deed here: shows or hides a door."""
    return request.reach.may(deed, area_code=group.area_code, group_id=group.pk)
