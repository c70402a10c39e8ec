"""What the group learned together, and who learned what."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kongthun.groups.models import Group, Membership, Person

from ..models import Learner, Training

TRAININGS_PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class LearnerOn:
    """A member who came, and what they took home."""

    number: int
    person: Person | None
    learned: str


def trainings_page(group: Group, page: str | None) -> Page[Training]:
    """The trainings of a group, the latest first, with ``learners``; none that was taken back."""
    learners = (
        Learner.objects.filter(group_id=OuterRef("group_id"), training_number=OuterRef("number"))
        .order_by()
        .values("group_id")
        .annotate(n=Count("member_number"))
        .values("n")
    )
    rows = (
        Training.objects.filter(group=group, withdrawn_at=None)
        .annotate(learners=Coalesce(Subquery(learners, output_field=IntegerField()), 0))
        .order_by("-held_on", "-number")
    )
    found: QuerySet[Training] = rows
    return Paginator(found, TRAININGS_PER_PAGE).get_page(page)


def training_of(group: Group, number: int) -> Training | None:
    """The training of this number, also one that was taken back, with who recorded it."""
    found = Training.objects.filter(group=group, number=number)
    return found.select_related("recorded_by").first()


def learners_of(group: Group, number: int) -> list[LearnerOn]:
    """Who came to a training, by member number. Two statements."""
    rows = list(
        Learner.objects.filter(group=group, training_number=number).order_by("member_number")
    )
    people = {
        member.number: member.person
        for member in Membership.objects.filter(
            group=group, number__in=[row.member_number for row in rows]
        ).select_related("person")
    }
    return [
        LearnerOn(row.member_number, people.get(row.member_number), row.learned) for row in rows
    ]


def trainings_named(group: Group) -> list[Training]:
    """The trainings that something done can be shown by, the latest first."""
    return list(
        Training.objects.filter(group=group, withdrawn_at=None).order_by("-held_on", "-number")
    )
