"""People, and what is entrusted to them."""

from __future__ import annotations

from datetime import date, timedelta

from django.apps import apps
from django.db import transaction

from kongthun.audit.actions import record_deed

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
        .objects.filter(area_code__startswith=DEMO_DISTRICT)
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


def _places(person: CastMember, groups: list[int]) -> list[dict[str, str | int]]:
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
