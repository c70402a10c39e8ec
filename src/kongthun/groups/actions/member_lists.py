"""Members of a paper register join a group's list in one go. Inside a deed's own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils import timezone

from ..models import (
    Beneficiary,
    Group,
    Household,
    HouseholdMember,
    MemberEvent,
    MemberEventKind,
    Membership,
    Relation,
)
from .persons import make_persons


@dataclass(frozen=True, slots=True)
class NamedOnPaper:
    """A beneficiary; ``share`` is in hundredths of a per cent."""

    name: str
    relation: str
    share: int


@dataclass(frozen=True, slots=True)
class ListedMember:
    """A member as the paper names them, under the paper's number.

    Without ``since`` nothing is known of the day, and no event is written down.
    """

    number: int
    name: str
    house_number: str
    member_kind: str
    since: date | None
    beneficiaries: tuple[NamedOnPaper, ...] = ()


def list_members(
    group: Group, listed: Sequence[ListedMember], *, words: str, on: date, user_id: int
) -> None:
    """Put these members on the list, each with a household, and say since when and as what.

    ``words`` stand with each admission: where it is known from. ``on`` is the day on which
    beneficiaries count as named where the paper gives no day. Numbers must be free; the group is
    held by the caller. As many statements for a hundred members as for one.
    """
    now = timezone.now()
    persons = make_persons(each.name for each in listed)
    households = Household.objects.bulk_create(
        Household(area_code=group.area_code, house_number=each.house_number, head=person)
        for each, person in zip(listed, persons, strict=True)
    )
    together = list(zip(listed, persons, households, strict=True))
    HouseholdMember.objects.bulk_create(
        HouseholdMember(
            household=house,
            area_code=group.area_code,
            person=person,
            relation=Relation.HEAD,
            starts_on=each.since,
        )
        for each, person, house in together
        if each.since is not None
    )
    Membership.objects.bulk_create(
        Membership(group=group, number=each.number, household=house, person=person)
        for each, person, house in together
    )
    dated = [(each, each.since) for each in listed if each.since is not None]
    events = MemberEvent.objects.filter(group=group)
    last = events.aggregate(last=Max("number"))["last"] or 0
    MemberEvent.objects.bulk_create(
        MemberEvent(
            group=group,
            number=number,
            member_number=each.number,
            kind=MemberEventKind.ADMITTED,
            member_kind=each.member_kind,
            happened_on=since,
            words=words,
            recorded_by_id=user_id,
            recorded_at=now,
        )
        for number, (each, since) in enumerate(dated, start=last + 1)
    )
    named = [
        (each, place, beneficiary)
        for each in listed
        for place, beneficiary in enumerate(each.beneficiaries, start=1)
    ]
    receivers = make_persons(beneficiary.name for _, _, beneficiary in named)
    Beneficiary.objects.bulk_create(
        Beneficiary(
            group=group,
            member_number=each.number,
            set_number=1,
            place=place,
            person=person,
            relation=beneficiary.relation,
            share=beneficiary.share,
            named_on=each.since or on,
            recorded_by_id=user_id,
            recorded_at=now,
        )
        for (each, place, beneficiary), person in zip(named, receivers, strict=True)
    )
