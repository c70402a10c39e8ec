"""What every deed of a briefing does first and last: take it, ask whether, write it down."""

from __future__ import annotations

from kongthun.accounts.reach import Deed, Reach
from kongthun.areas.models import Level
from kongthun.audit.actions import record_deed
from kongthun.domain.thai_text import visible

from ..models import Briefing
from ..refusals import BriefingGone, BriefingRefusal, NotHeldYet, TooLong, WordsMissing

LONGEST_NOTE = 300


def take(found: Briefing) -> Briefing:
    """One at a time writes in a briefing. As it stands now; within a transaction."""
    return Briefing.objects.select_for_update().get(pk=found.pk)


def entitled(area_code: str, by: Reach) -> list[BriefingRefusal]:
    """Nothing, or why this is not theirs to do.

    A field worker holds tambons and keeps what is done together for their whole district, but not
    for a province.
    """
    is_within = len(area_code) >= Level.DISTRICT.value and any(
        holding.group_id is None and holding.area_code.startswith(area_code)
        for holding in by.holding_with(Deed.HOLD_BRIEFINGS)
    )
    return [] if is_within else [*by.refusals(Deed.HOLD_BRIEFINGS, area_code=area_code)]


def stands(found: Briefing) -> list[BriefingRefusal]:
    """Nothing, or that the briefing was taken back."""
    return [] if found.withdrawn_at is None else [BriefingGone(found.number)]


def held(found: Briefing, by: Reach) -> list[BriefingRefusal]:
    """Nothing, or why nobody can have been there."""
    later = [NotHeldYet(found.held_on)] if found.held_on > by.day else []
    return [*stands(found), *later]


def said(what: str, words: str, longest: int) -> list[BriefingRefusal]:
    """Something that has to be said, and fits."""
    return fits(what, words, longest) if visible(words) else [WordsMissing(what)]


def fits(what: str, words: str, longest: int) -> list[BriefingRefusal]:
    """Something that may be said, and fits."""
    return [TooLong(what, longest)] if len(visible(words)) > longest else []


def write_down(deed: str, found: Briefing, by: Reach, **details: object) -> None:
    """The one line of who did what."""
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=found.area_code,
        subject=f"briefing {found.area_code}/{found.number}",
        details=details,
    )
