"""The team: officers and the network committee, from a day to a day."""

from __future__ import annotations

from typing import Any

import pytest

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role as Held
from kongthun.accounts.models import User
from kongthun.audit.models import AuditLine
from kongthun.cases.actions.teams import (
    JoinedTeam,
    LeftTeam,
    join_team,
    leave_team,
    withdraw_teammate,
)
from kongthun.cases.actions.writing import FactTakenBack
from kongthun.cases.models import Teammate
from kongthun.cases.queries.people import people_of_role
from kongthun.domain.casework import CaseKind, Role, Stage

from .case_at_work import CONSENTED, CaseAtWork, case_at, days_ago, today
from .test_proposals import refused

pytestmark = pytest.mark.django_db


def join(work: CaseAtWork, role: Role, **said: Any) -> object:  # noqa: ANN401
    """The officer puts somebody on the team."""
    return join_team(**work.of, role=role, **({"on": today(), "by": work.officer} | said))


def test_one_of_each_makes_a_team_and_one_side_alone_does_not() -> None:
    work = case_at(Stage.CONSENTED)
    assert isinstance(
        join(work, Role.OFFICER, user_id=work.village.users["phatthanakon"].pk), JoinedTeam
    )
    assert work.stage is Stage.CONSENTED
    assert isinstance(join(work, Role.NETWORK, name="นายเจริญ  มั่นคง"), JoinedTeam)
    assert work.stage is Stage.TEAM_FORMED


def test_who_signs_in_is_named_as_they_are_called() -> None:
    case_at(Stage.TEAM_FORMED)
    assert [row.name for row in Teammate.objects.order_by("number")] == [
        "phatthanakon",
        "khrueakhai",
    ]


def test_somebody_who_does_not_hold_the_role_there_does_not_join_in_it() -> None:
    work = case_at(Stage.CONSENTED)
    network = work.village.users["khrueakhai"].pk
    assert refused(join(work, Role.OFFICER, user_id=network)) == {"NotInThatRole"}
    elsewhere = User.objects.create(username="elsewhere")
    appoint(
        user=elsewhere,
        role=Held.FIELD_WORKER,
        by_order="คำสั่ง",
        starts_on=days_ago(900),
        area_code="801602",
    )
    assert refused(join(work, Role.OFFICER, user_id=elsewhere.pk)) == {"NotInThatRole"}


def test_whose_appointment_has_ended_does_not_join() -> None:
    work = case_at(Stage.CONSENTED)
    gone = User.objects.create(username="gone")
    appoint(
        user=gone,
        role=Held.NETWORK,
        by_order="คำสั่ง",
        starts_on=days_ago(900),
        ends_on=days_ago(1),
        area_code="8016",
    )
    assert refused(join(work, Role.NETWORK, user_id=gone.pk)) == {"NotInThatRole"}
    assert gone in people_of_role(work.group, Role.NETWORK, days_ago(1))
    assert gone not in people_of_role(work.group, Role.NETWORK, today())


@pytest.mark.parametrize("role", [role for role in Role if role not in {"officer", "network"}])
def test_others_own_steps_of_the_plan_and_are_not_the_team(role: Role) -> None:
    work = case_at(Stage.CONSENTED)
    assert refused(join(work, role, name="นายดี  งาม")) == {"NotOfTeam"}


def test_somebody_is_on_the_team_once() -> None:
    work = case_at(Stage.TEAM_FORMED)
    user = work.village.users["khrueakhai"].pk
    assert refused(join(work, Role.NETWORK, user_id=user)) == {"OnTeamAlready"}
    assert refused(join(work, Role.NETWORK, name=" khrueakhai ")) == {"OnTeamAlready"}


def test_who_left_is_missed_from_the_day_after_and_may_come_again() -> None:
    work = case_at(Stage.TEAM_FORMED)
    done = leave_team(**work.of, number=2, on=days_ago(10), by=work.officer)
    assert done == LeftTeam(2)
    assert work.state(days_ago(10)).stage is Stage.TEAM_FORMED
    assert work.state(days_ago(9)).stage is Stage.CONSENTED
    again = join(work, Role.NETWORK, user_id=work.village.users["khrueakhai"].pk)
    assert again == JoinedTeam(3)
    assert work.stage is Stage.TEAM_FORMED


def test_everything_against_leaving_is_said() -> None:
    work = case_at(Stage.TEAM_FORMED)
    way = {**work.of, "by": work.officer}
    assert refused(leave_team(**way, number=9, on=days_ago(-1))) == {
        "NoSuchTeammate",
        "HappensLater",
    }
    assert refused(leave_team(**way, number=1, on=days_ago(900))) == {"LeftBeforeJoined"}
    leave_team(**way, number=1, on=today())
    assert refused(leave_team(**way, number=1, on=today())) == {"LeftAlready"}


def test_a_name_and_a_day_that_has_come_are_wanted() -> None:
    work = case_at(Stage.CONSENTED)
    done = join(work, Role.NETWORK, name=" ", on=days_ago(-1))
    assert refused(done) == {"WordsMissing", "HappensLater"}


def test_who_was_written_down_by_mistake_is_taken_back() -> None:
    work = case_at(Stage.TEAM_FORMED)
    done = withdraw_teammate(**work.of, number=2, note="คนละคน", by=work.officer)
    assert isinstance(done, FactTakenBack)
    assert work.stage is Stage.CONSENTED
    again = withdraw_teammate(**work.of, number=2, note="", by=work.officer)
    assert refused(again) == {"NoSuchTeammate", "WordsMissing"}


def test_a_committee_does_not_choose_the_team() -> None:
    work = case_at(Stage.CONSENTED)
    done = join(work, Role.NETWORK, name="นายดี", by=work.village.chairman)
    assert refused(done) == {"NotEntitled"}


def test_no_name_enters_the_record_of_deeds() -> None:
    work = case_at(Stage.CONSENTED)
    join(work, Role.NETWORK, name="นายเจริญ  มั่นคง")
    line = AuditLine.objects.get(deed="join_team")
    assert "เจริญ" not in f"{line.subject}{line.details}"


def test_whose_appointment_begins_later_does_not_join_before_it_does() -> None:
    work = case_at(Stage.CONSENTED)
    new = User.objects.create(username="new")
    appoint(
        user=new,
        role=Held.FIELD_WORKER,
        by_order="คำสั่ง",
        starts_on=days_ago(3),
        area_code="801601",
    )
    done = join(work, Role.OFFICER, user_id=new.pk, on=days_ago(4))
    assert refused(done) == {"NotInThatRole"}
    assert isinstance(join(work, Role.OFFICER, user_id=new.pk, on=days_ago(3)), JoinedTeam)


@pytest.mark.parametrize("kind", [CaseKind.LEGAL, CaseKind.FRAUD])
def test_the_network_is_not_asked_into_a_case_it_does_not_see(kind: CaseKind) -> None:
    work = case_at(Stage.CONSENTED, kind=kind)
    network = work.village.users["khrueakhai"].pk
    assert refused(join(work, Role.NETWORK, user_id=network)) == {"NotOfTeam"}
    officer = work.village.users["phatthanakon"].pk
    assert isinstance(join(work, Role.OFFICER, user_id=officer), JoinedTeam)
    assert work.stage is Stage.TEAM_FORMED


def test_nobody_joins_before_the_case_was_opened() -> None:
    work = case_at(Stage.CONSENTED)
    officer = work.village.users["phatthanakon"].pk
    too_early = days_ago(CONSENTED + 1)
    assert refused(join(work, Role.OFFICER, user_id=officer, on=too_early)) == {"BeforeItOpened"}
    assert isinstance(join(work, Role.OFFICER, user_id=officer, on=days_ago(CONSENTED)), JoinedTeam)
