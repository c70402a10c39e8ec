"""The register of agencies, who answers for them, and whom a group invites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kongthun.accounts.models import User
from kongthun.accounts.reach import Reach
from kongthun.activities.actions.writing import take, write_down
from kongthun.db.numbers import next_number
from kongthun.domain.thai_text import search_key, visible
from kongthun.groups.models import Group

from ..models import Agency, AgencyKind, AgencySeat, Invitation
from ..queries.requests import agencies_for
from ..refusals import (
    AgencyThere,
    AgencyUnknown,
    AreaElsewhere,
    EndsBeforeItStarts,
    InvitationUnknown,
    InvitedAlready,
    NotDone,
    SupportRefusal,
)
from .writing import LONGEST_NOTE, fit_words, may_seek

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class AgencyRecorded:
    """The agency stands in the register."""

    pk: int


@dataclass(frozen=True, slots=True)
class Invited:
    """The invitation of this number stands as asked."""

    number: int


def record_agency(
    *,
    group: Group,
    name: str,
    kind: AgencyKind,
    area_code: str,
    by: Reach,
    phone: str = "",
    address: str = "",
) -> AgencyRecorded | NotDone:
    """Put an agency into the register, for an area that the group's village lies in.

    The same name for the same area is refused: one agency stands once.
    """
    with transaction.atomic():
        refusals = [*may_seek(by, group), *fit_words("ชื่อหน่วยงาน", name, LONGEST_NAME)]
        if not group.area_code.startswith(area_code):
            refusals.append(AreaElsewhere(area_code))
        there = Agency.objects.filter(area_code=area_code, closed_on=None)
        twins = [each for each in there if search_key(each.name) == search_key(name)]
        refusals += [AgencyThere(each.name) for each in twins[:1]]
        if refusals:
            return NotDone(tuple(refusals))
        agency = Agency.objects.create(
            name=visible(name),
            kind=kind,
            area_code=area_code,
            phone=visible(phone)[:60],
            address=visible(address)[:300],
            recorded_at=timezone.now(),
        )
        write_down("record_agency", group, by, f"agency {agency.pk}", area=area_code)
    return AgencyRecorded(agency.pk)


def seat_person(
    *, agency: Agency, user: User, starts_on: date, ends_on: date | None = None
) -> AgencySeat:
    """Let somebody answer for an agency, beside their appointment. By code, until on screen."""
    return AgencySeat.objects.create(
        agency=agency,
        area_code=agency.area_code,
        user=user,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def invite_agency(
    *,
    group: Group,
    agency_id: int,
    starts_on: date,
    ends_on: date | None,
    by: Reach,
    words: str = "",
) -> Invited | NotDone:
    """Let an agency see what concerns it: what it was asked, standards, the public card."""
    with transaction.atomic():
        take(group)
        refusals = may_seek(by, group)
        if words:
            refusals += fit_words("ข้อความเชิญ", words, LONGEST_NOTE)
        if ends_on is not None and ends_on < starts_on:
            refusals.append(EndsBeforeItStarts(starts_on, ends_on))
        agency = agencies_for(group.area_code).filter(pk=agency_id).first()
        if agency is None:
            return NotDone((*refusals, AgencyUnknown()))
        over = Invitation.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=starts_on), group=group, agency=agency
        )
        if ends_on is not None:
            over = over.filter(starts_on__lte=ends_on)
        if over.exists():
            refusals.append(InvitedAlready(agency.name))
        if refusals:
            return NotDone(tuple(refusals))
        number = next_number(Invitation, group=group)
        Invitation.objects.create(
            group=group,
            number=number,
            agency=agency,
            starts_on=starts_on,
            ends_on=ends_on,
            words=visible(words),
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
        write_down("invite_agency", group, by, f"invitation {number}", agency=agency.pk)
    return Invited(number)


def end_invitation(*, group: Group, number: int, on: date, by: Reach) -> Invited | NotDone:
    """The last day on which the agency sees what concerns it; it may lie in the past."""
    with transaction.atomic():
        take(group)
        refusals = may_seek(by, group)
        found: list[SupportRefusal] = []
        rows = Invitation.objects.filter(group=group, number=number)
        invitation = rows.first()
        if invitation is None or (invitation.ends_on is not None and invitation.ends_on < on):
            found.append(InvitationUnknown(number))
        elif on < invitation.starts_on:
            found.append(EndsBeforeItStarts(invitation.starts_on, on))
        if refusals or found:
            return NotDone((*refusals, *found))
        rows.update(ends_on=on)
        write_down("end_invitation", group, by, f"invitation {number}", on=on.isoformat())
    return Invited(number)
