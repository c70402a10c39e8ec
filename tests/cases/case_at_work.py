"""A fund with a case that is brought as far along the road as a test wants it.

Steps up to the plan are the real deeds; what comes after them is written as rows, so that each
part of the house can be tested without the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role as Held
from kongthun.accounts.models import User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.activities.actions import (
    MeetingKept,
    add_resolution,
    close_meeting,
    mark_attendance,
    open_meeting,
)
from kongthun.activities.models import MeetingKind
from kongthun.cases.actions.causes import CauseAdded, Said, add_cause
from kongthun.cases.actions.consents import ConsentRecorded, record_consent
from kongthun.cases.actions.plans import StepPlanned, plan_step
from kongthun.cases.actions.proposals import CaseProposed, propose_case
from kongthun.cases.actions.teams import JoinedTeam, join_team
from kongthun.cases.models import (
    Case,
    CaseAdvice,
    CaseClosing,
    CaseRelapse,
    CaseReport,
    StepShown,
    Visit,
)
from kongthun.cases.queries.facts import CaseState, states_of
from kongthun.cases.queries.outcomes import outcome_as_data
from kongthun.domain.casework import (
    EXAMPLE_CRITERIA,
    CaseKind,
    CauseKind,
    Movement,
    Outcome,
    Role,
    Speaker,
    Stage,
    outcome_of,
)
from kongthun.domain.money import Money
from kongthun.groups.models import Group

from ..loans.village_at_work import CODE, HOUSEHOLDS, Village, working_village

EVERYBODY = len(HOUSEHOLDS)
ROAD = (
    Stage.PROPOSED,
    Stage.CONSENTED,
    Stage.TEAM_FORMED,
    Stage.CAUSES_FOUND,
    Stage.PLANNED,
    Stage.FOLLOWED_UP,
    Stage.REPORTED,
    Stage.CLOSED,
    Stage.RELAPSED,
)
# Days before today on which each thing happened.
PROPOSED, CONSENTED, TEAM, CAUSES, SHOWN, VISITED, TOLD, GUIDED, CLOSED, RELAPSED = (
    *(400, 398, 390, 380, 350, 345, 330, 320, 300),
    100,
)


@dataclass
class CaseAtWork:
    """A village with one case and the people who work on it, each as of today."""

    village: Village
    network: Reach
    auditor: Reach
    province: Reach
    number: int

    @property
    def group(self) -> Group:
        """The fund's group."""
        return Group.objects.get(pk=self.village.fund.pk)

    @property
    def code(self) -> str:
        """The fund's code, as in addresses."""
        return self.village.fund.code

    @property
    def officer(self) -> Reach:
        """The field worker of the village, who is on the team."""
        return self.village.field_worker

    @property
    def case(self) -> Case:
        """The row as it is now."""
        return Case.objects.select_related("group").get(
            group_id=self.village.fund.pk, number=self.number
        )

    @property
    def of(self) -> dict[str, Any]:
        """What names the case to a deed."""
        return {"group": self.group, "case_number": self.number}

    def state(self, day: date | None = None) -> CaseState:
        """The case with its facts and stage on a day; today where none is given."""
        return states_of([self.case], day or today())[0]

    @property
    def stage(self) -> Stage:
        """How far it has come today."""
        return self.state().stage


def today() -> date:
    """The day on which everybody here signs in."""
    return timezone.localdate()


def days_ago(days: int) -> date:
    """A day before today."""
    return today() - timedelta(days=days)


def village_with_team(code: str = CODE) -> CaseAtWork:
    """A fund, its people, and the network committee, an auditor and the province; no case yet."""
    village = working_village(code)
    reaches = {}
    for name, role, area in (
        ("khrueakhai", Held.NETWORK, code[:4]),
        ("phutruat", Held.AUDITOR, code[:4]),
        ("changwat", Held.PROVINCE, code[:2]),
    ):
        user = User.objects.create(username=f"{name}-{code}", display_name=name)
        appoint(user=user, role=role, by_order="คำสั่ง", starts_on=date(2020, 10, 1), area_code=area)
        village.users[name] = user
        reaches[name] = reach_of(user, today())
    return CaseAtWork(village, reaches["khrueakhai"], reaches["phutruat"], reaches["changwat"], 0)


def case_at(
    stage: Stage = Stage.PROPOSED, *, kind: CaseKind = CaseKind.STALLED, code: str = CODE
) -> CaseAtWork:
    """A fund whose first case has come exactly this far today."""
    work = village_with_team(code)
    propose(work, kind)
    for reached in ROAD[1 : ROAD.index(stage) + 1]:
        _STEPS[reached](work)
    assert work.stage is stage, work.stage
    return work


def propose(work: CaseAtWork, kind: CaseKind = CaseKind.STALLED) -> int:
    """The officer proposes the case."""
    done = propose_case(
        group=work.group,
        kind=kind,
        words="ครัวเรือนหยุดส่งคืนมาหลายปี กรรมการอยากให้ช่วย",
        on=days_ago(PROPOSED),
        by=work.officer,
    )
    assert isinstance(done, CaseProposed), done
    work.number = done.number
    return done.number


def meet_households(
    work: CaseAtWork,
    on: date,
    *words: str,
    came: int = EVERYBODY,
    is_closed: bool = True,
) -> int:
    """A meeting of the target households that resolved these words; its number."""
    keeper = work.village.treasurer
    opened = open_meeting(group=work.group, by=keeper, kind=MeetingKind.HOUSEHOLDS, on=on)
    assert isinstance(opened, MeetingKept), opened
    which: dict[str, Any] = {"group": work.group, "number": opened.number, "by": keeper}
    there = mark_attendance(**which, terms=(), others_came=came)
    assert isinstance(there, MeetingKept), there
    for said in words or ("ขอเข้าร่วมแก้ไขปัญหากองทุน",):
        add_resolution(**which, words=said)
    if is_closed:
        closed = close_meeting(**which)
        assert isinstance(closed, MeetingKept), closed
    return opened.number


def consent(work: CaseAtWork, *, is_yes: bool = True, on: date | None = None) -> int:
    """The households meet and answer; the number of the answer."""
    meeting = meet_households(work, on or days_ago(CONSENTED))
    done = record_consent(
        **work.of, meeting_number=meeting, resolution=1, is_yes=is_yes, by=work.officer
    )
    assert isinstance(done, ConsentRecorded), done
    return done.number


def form_team(work: CaseAtWork) -> None:
    """The field worker joins, and of a case that it sees one of the network committee."""
    members = [(Role.OFFICER, "phatthanakon"), (Role.NETWORK, "khrueakhai")]
    for role, user in members[: 2 if work.case.kind == CaseKind.STALLED else 1]:
        done = join_team(
            **work.of,
            role=role,
            user_id=work.village.users[user].pk,
            on=days_ago(TEAM),
            by=work.officer,
        )
        assert isinstance(done, JoinedTeam), done


def find_causes(work: CaseAtWork) -> None:
    """Three causes said at one meeting, the second and third behind the first."""
    meeting = meet_households(work, days_ago(CAUSES), "ร่วมกันหาสาเหตุ")
    for words, kind, speakers, parent in (
        ("ไม่มีใครส่งคืนเงิน", CauseKind.OTHER, (Speaker.HOUSEHOLDS, Speaker.COMMITTEE), None),
        ("ไม่รู้ว่าค้างเท่าไร", CauseKind.BOOKS_LACKING, (Speaker.HOUSEHOLDS,), 1),
        ("คณะกรรมการไม่ได้ประชุม", CauseKind.COMMITTEE_STOPPED, (Speaker.OFFICERS,), 1),
    ):
        done = add_cause(
            **work.of,
            words=words,
            kind=kind,
            parent=parent,
            said=[Said(speaker, meeting) for speaker in speakers],
            by=work.officer,
        )
        assert isinstance(done, CauseAdded), done


def plan(work: CaseAtWork) -> None:
    """Two steps: one of the committee, one of the officer."""
    for words, role, user_id in (
        ("ประชุมครัวเรือนเพื่อยืนยันยอด", Role.COMMITTEE, None),
        ("ทำข้อตกลงส่งคืนรายครัวเรือน", Role.OFFICER, work.village.users["phatthanakon"].pk),
    ):
        done = plan_step(
            **work.of,
            words=words,
            owner_role=role,
            owner_user_id=user_id,
            on=days_ago(CAUSES),
            due_on=days_ago(SHOWN),
            shown_by="ภาพการประชุมและใบลงชื่อ",
            by=work.officer,
        )
        assert isinstance(done, StepPlanned), done


def show_steps(work: CaseAtWork, *numbers: int, on: date | None = None) -> None:
    """Rows saying that steps were shown to be done; all of the plan where none is named."""
    for number in numbers or tuple(step.number for step in work.state().facts.steps):
        StepShown.objects.create(
            **_row(work, number=1),
            step_number=number,
            shown_on=on or days_ago(SHOWN),
            sha256=f"{number:064x}",
        )


def visit(work: CaseAtWork) -> None:
    """The steps are done and an officer went to see."""
    show_steps(work)
    Visit.objects.create(
        **_row(work, number=1),
        visited_on=days_ago(VISITED),
        is_formal=False,
        seen="กรรมการประชุมทุกเดือน ครัวเรือนเริ่มส่งคืน",
        advised="ติดประกาศยอดที่ศาลาหมู่บ้าน",
    )


def report(work: CaseAtWork) -> None:
    """A memo to the district, and guidance back on it."""
    CaseReport.objects.create(
        **_row(work, number=1),
        reported_on=days_ago(TOLD),
        addressed_to="นายอำเภอ",
        words="เพื่อโปรดทราบ",
        told={},
    )
    CaseAdvice.objects.create(
        **_row(work, number=1),
        advised_on=days_ago(GUIDED),
        report_number=1,
        words="ให้ติดตามต่อเนื่อง",
    )


def met_outcome(day: date) -> Outcome:
    """An outcome in which money moved in three months and nothing else was asked."""
    since = days_ago(CONSENTED)
    repaid = tuple(since + timedelta(days=30 * month) for month in range(1, 4))
    return outcome_of(EXAMPLE_CRITERIA, Movement(since, repaid), day)


def close(work: CaseAtWork) -> None:
    """The case was closed on an outcome that was met."""
    day = days_ago(CLOSED)
    CaseClosing.objects.create(
        **_row(work, number=1),
        closed_on=day,
        outcome=outcome_as_data(met_outcome(day)),
    )


def relapse(work: CaseAtWork) -> None:
    """Payments stopped again after the closing."""
    CaseRelapse.objects.create(
        **_row(work, number=1),
        relapsed_on=days_ago(RELAPSED),
        silent_since=days_ago(CLOSED),
        months=6,
        overdue=Money.baht(4_000).satang,
    )


def _row(work: CaseAtWork, *, number: int) -> dict[str, Any]:
    return {
        "group_id": work.village.fund.pk,
        "case_number": work.number,
        "number": number,
        "recorded_at": timezone.now(),
    }


_STEPS = {
    Stage.CONSENTED: consent,
    Stage.TEAM_FORMED: form_team,
    Stage.CAUSES_FOUND: find_causes,
    Stage.PLANNED: plan,
    Stage.FOLLOWED_UP: visit,
    Stage.REPORTED: report,
    Stage.CLOSED: close,
    Stage.RELAPSED: relapse,
}
