"""A village whose stalled fund is being helped: a case with consent, team, causes, plan, visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kongthun.accounts.actions import appoint
from kongthun.accounts.models import Role, User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.cases.actions.lessons import LessonKept, hand_in_lesson, write_lesson
from kongthun.cases.models import (
    Case,
    CaseReport,
    Cause,
    Consent,
    PlanStep,
    Saying,
    Teammate,
    Visit,
    VisitedHousehold,
)
from kongthun.cases.queries.facts import CaseState, states_of
from kongthun.cases.queries.lessons import LessonWords
from kongthun.groups.models import Group
from loans.village_at_work import CODE, Village, working_village

PROPOSED_ON = date(2026, 2, 2)
OPENED_ON = date(2026, 3, 1)


@dataclass
class HelpedVillage:
    """The village, its case, and those who look at it from outside."""

    village: Village
    case: Case
    network: Reach
    province: Reach
    elsewhere: Reach  # the officer of another district
    users: dict[str, User]

    @property
    def group(self) -> Group:
        """The fund's group."""
        return self.case.group

    @property
    def state(self) -> CaseState:
        """The case as of today."""
        return states_of([self.case], timezone.localdate())[0]

    def written(self, words: LessonWords | None = None) -> int:
        """A draft by the field worker; its number."""
        done = write_lesson(state=self.state, words=words or whole(), by=self.village.field_worker)
        assert isinstance(done, LessonKept), done
        return done.number

    def handed_in(self) -> int:
        """A lesson that waits to be read; its number."""
        number = self.written()
        done = hand_in_lesson(group=self.group, number=number, by=self.village.field_worker)
        assert isinstance(done, LessonKept), done
        return number


def whole(**other: str) -> LessonWords:
    """A lesson that lacks nothing."""
    said = {
        "title": "ใช้ระเบียบเป็นเครื่องมือขอความร่วมมือ",
        "author_name": "นางอาภรณี  อินสมภักษร",
        "office": "สำนักงานพัฒนาชุมชนอำเภอปากพนัง",
        "background": "กองทุนหยุดเคลื่อนไหวมาห้าปี",
        "process": "1. ประชุมหมู่บ้าน\n2. ค้นหาสาเหตุร่วมกัน",
        "techniques": "คุยทีละครัวเรือนก่อนประชุม",
        "cautions": "ระวังความขัดแย้งในพื้นที่",
        "success_factors": "ทำงานเป็นทีม",
        "results": "ครัวเรือนทำข้อตกลงส่งคืน",
        "problems": "ไม่เข้าใจระเบียบ จึงอ่านด้วยกัน",
        "rules": "ระเบียบ พ.ศ. 2553",
    }
    return LessonWords(**(said | other))


def helped_village(code: str = CODE, *, kind: str = "stalled") -> HelpedVillage:
    """A case opened with consent and followed up, of the fund of a village at work."""
    village = working_village(code)
    group = village.fund.group
    written = {"recorded_by_id": village.field_worker.user_id, "recorded_at": timezone.now()}
    case = Case.objects.create(
        group=group,
        number=1,
        kind=kind,
        proposed_on=PROPOSED_ON,
        reasons=["still"],
        words="ไม่มีการส่งคืนมาห้าปี",
        missing_then=4_000_00,
        **written,
    )
    of_case = {"group": group, "case_number": 1, **written}
    Consent.objects.create(
        **of_case,
        number=1,
        meeting_number=1,
        resolution=1,
        answered_on=OPENED_ON,
        is_yes=True,
        had_quorum=True,
    )
    for number, role in enumerate(("officer", "network"), start=1):
        Teammate.objects.create(
            **of_case,
            number=number,
            role=role,
            name="ทีมงาน",
            joined_on=OPENED_ON,
            user_id=village.field_worker.user_id if role == "officer" else None,
        )
    Cause.objects.create(**of_case, number=1, words="ไม่เข้าใจระเบียบ", kind="rules_not_known")
    for number, speaker in enumerate(("committee", "households"), start=1):
        Saying.objects.create(
            **of_case,
            cause_number=1,
            number=number,
            speaker=speaker,
            meeting_number=2,
            said_on=date(2026, 3, 10),
        )
    PlanStep.objects.create(
        **of_case,
        number=1,
        words="ประชุมครัวเรือนทำข้อตกลง",
        planned_on=date(2026, 3, 20),
        due_on=date(2026, 4, 20),
        shown_by="ภาพถ่ายการประชุม",
        owner_role="officer",
        owner_user_id=village.field_worker.user_id,
    )
    for number, is_formal in enumerate((True, False), start=1):
        Visit.objects.create(
            **of_case,
            number=number,
            visited_on=date(2026, 4, number),
            is_formal=is_formal,
            seen="ครัวเรือนเริ่มส่งคืน",
        )
        VisitedHousehold.objects.create(
            group=group, case_number=1, visit_number=number, member_number=2
        )
    CaseReport.objects.create(
        **of_case,
        number=1,
        reported_on=date(2026, 5, 1),
        addressed_to="นายอำเภอ",
        words="เสนอเพื่อทราบ",
        told={},
    )
    users = {
        "network": _person(f"network-{code}", Role.NETWORK, code[:4]),
        "province": _person(f"province-{code}", Role.PROVINCE, code[:2]),
        "elsewhere": _person(f"elsewhere-{code}", Role.DISTRICT, "3201"),
    }
    today = timezone.localdate()
    reaches = {name: reach_of(user, today) for name, user in users.items()}
    return HelpedVillage(village, case, **reaches, users=users | village.users)


def _person(name: str, role: Role, area_code: str) -> User:
    user = User.objects.create(username=name, display_name=name)
    appoint(user=user, role=role, by_order="คำสั่ง", starts_on=date(2020, 1, 1), area_code=area_code)
    return user
