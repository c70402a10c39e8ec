"""Who goes to the village together: officers of the district and the network committee [S]."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from kongthun.accounts.reach import Reach
from kongthun.activities.actions.writing import write_down
from kongthun.db.numbers import next_number
from kongthun.domain.casework import Role, opened_on
from kongthun.domain.thai_text import visible
from kongthun.groups.models import Group

from ..models import Teammate
from ..queries.people import TEAM_ROLES, people_of_role, team_roles
from ..refusals import (
    BeforeItOpened,
    LeftAlready,
    LeftBeforeJoined,
    NoSuchTeammate,
    NotDone,
    NotInThatRole,
    NotOfTeam,
    OnTeamAlready,
    RoadRefusal,
)
from .writing import (
    LONGEST_NOTE,
    FactTakenBack,
    after_closing,
    case_to_work,
    day_has_come,
    fit_words,
    same_words,
    strike,
    written_by,
)

LONGEST_NAME = 150


@dataclass(frozen=True, slots=True)
class JoinedTeam:
    """The person is on the team under this number."""

    number: int


@dataclass(frozen=True, slots=True)
class LeftTeam:
    """The person is on the team until the day given."""

    number: int


def join_team(
    *,
    group: Group,
    case_number: int,
    role: Role,
    on: date,
    by: Reach,
    user_id: int | None = None,
    name: str = "",
) -> JoinedTeam | NotDone:
    """Somebody joins the team from a day: an officer, or one of the network committee.

    Who signs in is named by their user and must hold the role at the village on that day; somebody
    who does not sign in is written by name.
    """
    with transaction.atomic():
        state, refusals = case_to_work(group, case_number, by)
        refusals += day_has_come(on, by)
        began = opened_on(state.facts, by.day) if state is not None else None
        if began is not None and on < began:
            refusals.append(BeforeItOpened(on, began))
        if role not in (team_roles(state.facts.kind) if state is not None else TEAM_ROLES):
            return NotDone((*refusals, NotOfTeam(role)))
        if user_id is None:
            refusals += fit_words("ชื่อผู้ร่วมทีม", name, LONGEST_NAME)
        else:
            person = next((p for p in people_of_role(group, role, on) if p.pk == user_id), None)
            refusals += [NotInThatRole(role, on)] if person is None else []
            name = str(person) if person is not None else name
        refusals += _on_team(group, case_number, user_id, name, on)
        if refusals:
            return NotDone(tuple(refusals))
        number = next_number(Teammate, group=group, case_number=case_number)
        Teammate.objects.create(
            group=group,
            case_number=case_number,
            number=number,
            role=role,
            user_id=user_id,
            name=visible(name)[:LONGEST_NAME],
            joined_on=on,
            **written_by(by),
        )
        write_down("join_team", group, by, f"case {case_number} teammate {number}", user=user_id)
    return JoinedTeam(number)


def leave_team(
    *, group: Group, case_number: int, number: int, on: date, by: Reach
) -> LeftTeam | NotDone:
    """The last day on which somebody is on the team."""
    with transaction.atomic():
        state, refusals = case_to_work(group, case_number, by)
        refusals += [*day_has_come(on, by), *after_closing(state, on)]
        rows = _rows(group, case_number, number)
        found = rows.first()
        if found is None:
            refusals.append(NoSuchTeammate(number))
        elif found.left_on is not None:
            refusals.append(LeftAlready(found.left_on))
        elif on < found.joined_on:
            refusals.append(LeftBeforeJoined(found.joined_on, on))
        if refusals:
            return NotDone(tuple(refusals))
        rows.update(left_on=on)
        write_down(
            "leave_team", group, by, f"case {case_number} teammate {number}", on=on.isoformat()
        )
    return LeftTeam(number)


def withdraw_teammate(
    *, group: Group, case_number: int, number: int, note: str, by: Reach
) -> FactTakenBack | NotDone:
    """Take back somebody who was written down by mistake."""
    with transaction.atomic():
        state, refusals = case_to_work(group, case_number, by)
        refusals += fit_words("เหตุที่ถอน", note, LONGEST_NOTE)
        found = _rows(group, case_number, number).first()
        if found is None:
            refusals.append(NoSuchTeammate(number))
        else:
            refusals += after_closing(state, found.joined_on)
        if refusals:
            return NotDone(tuple(refusals))
        strike(Teammate, note, group=group, case_number=case_number, number=number)
        write_down("withdraw_teammate", group, by, f"case {case_number} teammate {number}")
    return FactTakenBack(number)


# --- below the line -------------------------------------------------------------------------


def _rows(group: Group, case_number: int, number: int) -> QuerySet[Teammate]:
    return Teammate.objects.filter(
        group=group, case_number=case_number, number=number, withdrawn_at=None
    )


def _on_team(
    group: Group, case_number: int, user_id: int | None, name: str, on: date
) -> list[RoadRefusal]:
    rows = Teammate.objects.filter(group=group, case_number=case_number, withdrawn_at=None)
    key = same_words(name)
    found: list[RoadRefusal] = [
        OnTeamAlready(each.name)
        for each in rows
        if (each.left_on is None or each.left_on >= on)
        and ((user_id is not None and each.user_id == user_id) or same_words(each.name) == key)
    ]
    return found[:1]
