"""Who may be on a team or look after a step: people who hold a role at the village on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from kongthun.accounts.models import Appointment, User
from kongthun.accounts.models import Role as Held
from kongthun.domain.casework import CaseKind, Role
from kongthun.groups.models import Group

TEAM_ROLES = (Role.OFFICER, Role.NETWORK)


def team_roles(kind: CaseKind) -> tuple[Role, ...]:
    """Who may be on the team of a case: the network sees no legal or fraud case."""
    return TEAM_ROLES if kind is CaseKind.STALLED else (Role.OFFICER,)


# Which appointments make somebody an officer, one of the network, one of the committee.
HELD_AS: dict[Role, tuple[Held, ...]] = {
    Role.OFFICER: (Held.FIELD_WORKER, Held.DISTRICT),
    Role.NETWORK: (Held.NETWORK,),
    Role.COMMITTEE: (Held.CHAIRMAN, Held.TREASURER),
    Role.SUPERIOR: (Held.DISTRICT, Held.PROVINCE),
}


def people_of_role(group: Group, role: Role, day: date) -> list[User]:
    """Those who sign in and hold the role at this group on a day, by name. One statement."""
    above = [group.area_code[:length] for length in range(0, len(group.area_code) + 1, 2)]
    held = Appointment.objects.filter(
        Q(group=group) | Q(group=None, area_code__in=above),
        Q(ends_on=None) | Q(ends_on__gte=day),
        role__in=HELD_AS.get(role, ()),
        starts_on__lte=day,
    )
    return sorted(User.objects.filter(pk__in=held.values("user"), is_active=True), key=str)
