"""The eight steps of an area [S]: how far each has come, from what stands behind its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse

from kongthun.accounts.reach import Deed, Reach
from kongthun.briefings.models import Audience, Briefing
from kongthun.briefings.queries.briefings import briefings_in_reach
from kongthun.cases.queries.facts import CaseState, states_of_area
from kongthun.domain.casework import Stage
from kongthun.domain.thai_calendar import short
from kongthun.surveys.queries.rounds import rounds_in_reach, state_of


class StepMark(StrEnum):
    """How a step stands in an area."""

    DONE = "done"
    UNDER_WAY = "under_way"
    NOT_BEGUN = "not_begun"


@dataclass(frozen=True, slots=True)
class AreaStep:
    """One of the eight, with what was done of it and where it is done.

    ``address`` is empty for who sees how far the cases have come and not the cases.
    """

    number: int
    title: str
    words: str
    mark: StepMark
    address: str
    door: str


# How far a case has to have come for a step to count as done in it.
_ROAD = (
    Stage.PROPOSED,
    Stage.CONSENTED,
    Stage.TEAM_FORMED,
    Stage.CAUSES_FOUND,
    Stage.PLANNED,
    Stage.FOLLOWED_UP,
    Stage.REPORTED,
    Stage.CLOSED,
)
_OF_CASES = (
    (4, "จัดทีมงาน ลงพื้นที่ที่สมัครใจ", Stage.TEAM_FORMED),
    (5, "ค้นหาสาเหตุร่วมกัน", Stage.CAUSES_FOUND),
    (6, "กำหนดแผนที่มีผู้รับผิดชอบ", Stage.PLANNED),
    (7, "ติดตามอย่างต่อเนื่อง", Stage.FOLLOWED_UP),
    (8, "รายงานและรับคำแนะนำ", Stage.REPORTED),
)


def steps_of_area(code: str, reach: Reach) -> list[AreaStep]:
    """The eight steps of an area, in their order. The statements do not grow with the funds."""
    briefings = list(briefings_in_reach(code, reach))
    sees_cases = reach.may_anywhere(Deed.SEE_CASES)
    cases = states_of_area(code, reach) if sees_cases else []
    cases_at = reverse("cases:of_area", kwargs={"code": code}) if sees_cases else ""
    return [
        _checked(code, reach),
        _briefed(2, "ชี้แจงเจ้าหน้าที่และเครือข่าย", Audience.OFFICERS, code, briefings, reach),
        _briefed(3, "ประชุมประธาน รับฟังปัญหา", Audience.CHAIRMEN, code, briefings, reach),
        *(_of_cases(number, title, stage, cases_at, cases) for number, title, stage in _OF_CASES),
    ]


def _checked(code: str, reach: Reach) -> AreaStep:
    address = reverse("surveys:rounds", kwargs={"code": code})
    latest = rounds_in_reach(code, reach).first()
    title = "ตรวจสอบสถานะกองทุนทั้งหมด"
    if latest is None:
        return AreaStep(1, title, "ยังไม่เคยเปิดรอบสำรวจ", StepMark.NOT_BEGUN, address, "รอบสำรวจ")
    state = state_of(latest, reach)
    words = f"ตรวจแล้ว {len(state.reported):,} จาก {len(state.funds):,} กองทุน"
    if state.chosen:
        words += f" เลือกไปช่วย {len(state.chosen):,}"
    mark = StepMark.DONE if latest.locked_on is not None else StepMark.UNDER_WAY
    return AreaStep(1, title, words, mark, address, "รอบสำรวจ")


def _briefed(
    number: int,
    title: str,
    audience: Audience,
    code: str,
    briefings: Sequence[Briefing],
    reach: Reach,
) -> AreaStep:
    address = reverse("briefings:briefings", kwargs={"code": code})
    held = [each for each in briefings if each.audience == audience and each.held_on <= reach.day]
    if not held:
        return AreaStep(number, title, "ยังไม่มีการประชุม", StepMark.NOT_BEGUN, address, "การประชุมชี้แจง")
    last = held[0]
    counts = vars(last)  # as the query counted them
    words = f"{len(held):,} ครั้ง ล่าสุด {short(last.held_on)} มา {counts['people']:,} คน"
    if counts["voices"]:
        words += f" ปัญหาและความต้องการ {counts['voices']:,} ข้อ"
    return AreaStep(number, title, words, StepMark.DONE, address, "การประชุมชี้แจง")


def _of_cases(
    number: int, title: str, stage: Stage, address: str, cases: Sequence[CaseState]
) -> AreaStep:
    begun = [each for each in cases if each.stage is not Stage.PROPOSED]
    through = [each for each in begun if _has_reached(each.stage, stage)]
    if not begun:
        waiting = len(cases)
        words = f"{waiting:,} เรื่องรอความยินยอมของหมู่บ้าน" if waiting else "ยังไม่มีเรื่อง"
        return AreaStep(number, title, words, StepMark.NOT_BEGUN, address, "เรื่องแก้ไขปัญหา")
    words = f"ผ่านขั้นนี้ {len(through):,} จาก {len(begun):,} เรื่อง"
    mark = StepMark.DONE if len(through) == len(begun) else StepMark.UNDER_WAY
    return AreaStep(number, title, words, mark, address, "เรื่องแก้ไขปัญหา")


def _has_reached(stage: Stage, wanted: Stage) -> bool:
    """A relapsed case has its causes, and a new plan to make."""
    at = Stage.CAUSES_FOUND if stage is Stage.RELAPSED else stage
    return _ROAD.index(at) >= _ROAD.index(wanted)
