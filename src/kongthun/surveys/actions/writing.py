"""What every deed of a round does first and last: take it, ask whether, write it down."""

from __future__ import annotations

from kongthun.accounts.reach import Reach
from kongthun.audit.actions import record_deed
from kongthun.domain.thai_text import visible
from kongthun.groups.models import Group

from ..models import Round
from ..refusals import RoundGone, RoundLocked, SurveyRefusal, TooLong, WordsMissing


def take(found: Round) -> Round:
    """One at a time writes in a round. As it stands now; within a transaction."""
    return Round.objects.select_for_update().get(pk=found.pk)


def gone(found: Round) -> list[SurveyRefusal]:
    """Nothing, or that the round was taken back."""
    return [] if found.withdrawn_at is None else [RoundGone(found.number)]


def closed(found: Round) -> list[SurveyRefusal]:
    """Nothing, or why nothing is added to the round any more."""
    if found.locked_on is not None:
        return [*gone(found), RoundLocked(found.number, found.locked_on)]
    return gone(found)


def said(what: str, words: str, longest: int) -> list[SurveyRefusal]:
    """Something that has to be said, and fits."""
    return fits(what, words, longest) if visible(words) else [WordsMissing(what)]


def fits(what: str, words: str, longest: int) -> list[SurveyRefusal]:
    """Something that may be said, and fits."""
    return [TooLong(what, longest)] if len(visible(words)) > longest else []


def write_down(
    deed: str, found: Round, by: Reach, *, group: Group | None = None, **details: object
) -> None:
    """The one line of who did what: of a fund where it is about one, else of the area."""
    record_deed(
        deed,
        user_id=by.user_id,
        area_code=group.area_code if group else found.area_code,
        fund_id=group.pk if group else None,
        subject=f"survey round {found.area_code}/{found.number}",
        details=details,
    )
