"""People, and what is entrusted to them."""

from __future__ import annotations

from datetime import date, timedelta

from django.apps import apps
from django.db import transaction

from kongthun.audit.actions import record_deed
from kongthun.domain.thai_text import name_key

from .cast import CAST, DEMO_DISTRICT, DEMO_PASSWORD, CastMember
from .models import Appointment, Role, User


def appoint(
    *,
    user: User,
    role: Role,
    by_order: str,
    starts_on: date,
    ends_on: date | None = None,
    area_code: str = "",
    group_id: int | None = None,
    member_number: int | None = None,
    appointed_by: int | None = None,
) -> Appointment:
    """Entrust a role over an area or a group to a person, from a day."""
    with transaction.atomic():
        appointment = Appointment.objects.create(
            user=user,
            role=role,
            by_order=by_order,
            starts_on=starts_on,
            ends_on=ends_on,
            area_code=area_code,
            group_id=group_id,
            member_number=member_number,
        )
        record_deed(
            "appoint",
            user_id=appointed_by,
            area_code=area_code,
            fund_id=group_id,
            subject=f"user {user.pk}",
            details={"role": role.value, "starts_on": starts_on.isoformat()},
        )
    return appointment


@transaction.atomic
def appoint_demo_cast(*, today: date) -> None:
    """Make the demo cast and what each holds, over the demo district. Idempotent."""
    groups = list(
        apps.get_model("groups", "Group")
        .objects.filter(area_code__startswith=DEMO_DISTRICT, kind="kkk")
        .order_by("code")
        .values_list("pk", flat=True)
    )
    for person in CAST:
        user, is_new = User.objects.get_or_create(
            username=person.username, defaults={"display_name": person.name}
        )
        if not is_new:
            continue
        user.set_password(DEMO_PASSWORD)
        user.save(update_fields=["password"])
        for place in _places(person, groups):
            appoint(
                user=user,
                role=person.role,
                by_order="ผู้ใช้ตัวอย่าง",
                starts_on=today - timedelta(days=365),
                **place,  # type: ignore[arg-type]
            )
    recognise_demo_cast()


@transaction.atomic
def recognise_demo_cast() -> None:
    """Say who the demo cast are in the registers, where their fund knows them. Idempotent.

    A household by its number on the list, a committee member by the name in a term that stands.
    """
    memberships, terms = (
        apps.get_model("groups", name).objects.select_related("person")
        for name in ("Membership", "CommitteeTerm")
    )
    held = Appointment.objects.filter(
        user__username__in=[person.username for person in CAST],
        user__person=None,
        group__isnull=False,
    )
    for appointment in held.select_related("user"):
        user = appointment.user
        if appointment.member_number is not None:
            known = memberships.filter(
                group_id=appointment.group_id, number=appointment.member_number
            )
        else:
            known = terms.filter(
                group_id=appointment.group_id,
                withdrawn_at=None,
                person__name_key=name_key(user.display_name),
            ).order_by("-number")
        found = known.first()
        if found is None:
            continue
        user.person = found.person
        user.save(update_fields=["person"])
        record_deed("recognise", user_id=None, subject=f"user {user.pk}")


@transaction.atomic
def appoint_neighbour(*, group_id: int, code: str, name: str, since: date) -> User:
    """Somebody who chairs another demo fund; without a password, so nobody signs in as them."""
    user, is_new = User.objects.get_or_create(
        username=f"prathan-{code}", defaults={"display_name": name}
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        appoint(
            user=user,
            role=Role.CHAIRMAN,
            by_order="ผู้ใช้ตัวอย่าง",
            starts_on=since,
            group_id=group_id,
        )
    return user


def _places(person: CastMember, groups: list[int]) -> list[dict[str, str | int]]:
    if person.is_of_other_group:
        return []
    if person.fund_index is not None:
        if person.fund_index >= len(groups):
            return []
        place: dict[str, str | int] = {"group_id": groups[person.fund_index]}
        if person.role == Role.MEMBER:
            place["member_number"] = 1
        return [place]
    if person.tambons:
        return [{"area_code": tambon} for tambon in person.tambons]
    return [{"area_code": person.area_code}]
