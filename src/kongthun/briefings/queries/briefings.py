"""Briefings as a reader may see them.

A briefing belongs to an area. It is shown to whoever holds a place in that area or above it; names
of who came only to who may see names somewhere there.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kongthun.accounts.reach import Deed, Reach
from kongthun.areas.queries import touching, within
from kongthun.ledger.models import Fund

from ..models import Attendee, Briefing, Material, Moment, Question, Tally, Voice

KIND = "kkk"


@dataclass(frozen=True, slots=True)
class Counted:
    """The sheets to a question at one moment: how many came back, how many were right."""

    answered: int
    right: int

    @property
    def share(self) -> Fraction:
        """The share that was right."""
        return Fraction(self.right, self.answered)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what was answered before and after."""

    question: Question
    before: Counted | None
    after: Counted | None

    @property
    def answers(self) -> list[tuple[str, bool]]:
        """The answers to choose from, and whether each is the right one."""
        given: list[str] = self.question.answers
        return [(each, place == self.question.right) for place, each in enumerate(given, start=1)]


@dataclass(frozen=True, slots=True)
class Learned:
    """All questions that were answered both before and after, summed up."""

    before: Counted
    after: Counted


def briefings_in_reach(area_code: str, reach: Reach) -> QuerySet[Briefing]:
    """The briefings that touch an area and the reader's own places, the latest first.

    Each with ``people`` who came and ``voices`` that were heard.
    """
    return (
        Briefing.objects.filter(
            touching("area_code", area_code), reach.rows_of_areas(Deed.SEE_AREA), withdrawn_at=None
        )
        .annotate(people=_count(Attendee), voices=_count(Voice))
        .order_by("-held_on", "-pk")
    )


def briefing_in_reach(
    area_code: str, number: int, reach: Reach, deed: Deed = Deed.SEE_AREA
) -> Briefing | None:
    """One briefing of an area, if the reader holds the deed somewhere in it or above it."""
    return (
        Briefing.objects.filter(
            reach.rows_of_areas(deed), area_code=area_code, number=number, withdrawn_at=None
        )
        .select_related("recorded_by")
        .first()
    )


def attendees_of(briefing: Briefing) -> list[Attendee]:
    """Who came, in the order of the sheet."""
    rows = Attendee.objects.filter(briefing=briefing, withdrawn_at=None)
    return list(rows.select_related("group").order_by("number"))


def materials_of(briefing: Briefing) -> list[Material]:
    """What was handed out."""
    return list(Material.objects.filter(briefing=briefing, withdrawn_at=None).order_by("number"))


def asked_at(briefing: Briefing) -> list[Asked]:
    """The questions with what was answered, the last count of each moment. Two statements."""
    counted: dict[tuple[int, str], Counted] = {}
    for row in Tally.objects.filter(briefing=briefing).order_by("number"):
        counted[row.question_number, row.moment] = Counted(row.answered, row.right)
    rows = Question.objects.filter(briefing=briefing, withdrawn_at=None).order_by("number")
    return [
        Asked(
            row,
            counted.get((row.number, Moment.BEFORE)),
            counted.get((row.number, Moment.AFTER)),
        )
        for row in rows
    ]


def learned(asked: list[Asked]) -> Learned | None:
    """What was right before and after, over the questions that were answered at both moments."""
    both = [(each.before, each.after) for each in asked if each.before and each.after]
    if not both:
        return None
    return Learned(
        before=Counted(sum(b.answered for b, _ in both), sum(b.right for b, _ in both)),
        after=Counted(sum(a.answered for _, a in both), sum(a.right for _, a in both)),
    )


def invited_to(briefing: Briefing) -> list[Fund]:
    """The กข.คจ. funds of the area, whose chairmen are called, by code."""
    rows = Fund.objects.filter(within("area_code", briefing.area_code), chart=KIND)
    return list(rows.select_related("group").order_by("code"))


def _count(model: type[Attendee] | type[Voice]) -> Coalesce:
    rows = (
        model._default_manager.filter(briefing_id=OuterRef("pk"), withdrawn_at=None)
        .order_by()
        .values("briefing_id")
        .annotate(n=Count("number"))
        .values("n")
    )
    return Coalesce(Subquery(rows, output_field=IntegerField()), 0)
