"""Lessons learned: who may read which, finding them by part of a word, the figures behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from kongthun.accounts.reach import Deed, Reach
from kongthun.areas.models import Node
from kongthun.areas.queries import names_of
from kongthun.domain.casework import Role, Stage, StepState, VillageAnswer, Visit, step_state
from kongthun.domain.money import Money, total
from kongthun.domain.thai_calendar import long
from kongthun.domain.thai_text import visible
from kongthun.groups.models import Group
from kongthun.ledger.models import Position
from kongthun.library.finding import Found, folded, words_typed

from ..lesson_wording import PART_WORDS
from ..models import Case, Lesson, VisitedHousehold
from .facts import SEALED_KINDS, CaseState, cases_in_reach
from .movement import movements_of

LONGEST_EXCERPT = 220


# ---- the words -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonWords:
    """What is written in a lesson: its head, and the eight parts of the officers' own [S]."""

    title: str
    author_name: str
    office: str
    background: str = ""
    process: str = ""
    techniques: str = ""
    cautions: str = ""
    success_factors: str = ""
    results: str = ""
    problems: str = ""
    rules: str = ""

    @classmethod
    def of(cls, lesson: Lesson) -> LessonWords:
        """The words as they stand in the row."""
        return cls(**{each.name: getattr(lesson, each.name) for each in fields(cls)})

    def by_name(self) -> dict[str, str]:
        """Every line and part by its name in the row."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class LessonPart:
    """A part as it is read: its heading, and its lines."""

    heading: str
    lines: tuple[str, ...]


def parts_of(lesson: Lesson) -> list[LessonPart]:
    """The parts that say something, in the order of the paper."""
    said = [
        LessonPart(heading, tuple(line for line in getattr(lesson, name).splitlines() if line))
        for name, heading in PART_WORDS.items()
    ]
    return [part for part in said if part.lines]


# ---- the figures ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LessonFacts:
    """The figures of a case on a day: from its rows and the books, never typed. Sums in satang.

    ``opened_on`` is the village's first yes that counts. What was sent back, in how many calendar
    months, and the agreements are counted from ``counted_from`` (`queries.movement`).
    """

    day: str
    proposed_on: str
    opened_on: str
    counted_from: str
    capital: int
    households: int
    overdue: int
    missing_then: int
    missing_now: int
    repaid: int
    months: int
    agreements: int
    has_lent_again: bool
    officers: int
    network: int
    meetings: int
    causes: int
    steps: int
    steps_done: int
    visits_formal: int
    visits_informal: int
    households_met: int
    reports: int
    advice: int

    def as_data(self) -> dict[str, Any]:
        """As it is frozen in the row."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> LessonFacts | None:
        """What was frozen; None for a lesson that was never handed in."""
        return cls(**data) if data else None

    def money(self, name: str) -> Money:
        """A sum of money by its name."""
        return Money(int(getattr(self, name)))

    def on(self, name: str) -> date | None:
        """A day by its name."""
        text = getattr(self, name)
        return date.fromisoformat(text) if text else None


def facts_for_lesson(state: CaseState, day: date) -> LessonFacts:
    """What the rows of a case and the books say of it on a day. A fixed number of statements."""
    facts = state.facts
    opened = _opened_on(facts.answers)
    books = movements_of([state], day)[state.key]
    movement = books.movement
    position = Position.objects.filter(fund=state.case.group_id).first()
    meetings = {each.meeting for each in facts.answers}
    meetings |= {said.meeting for cause in facts.causes for said in cause.said}
    met = VisitedHousehold.objects.filter(
        group_id=state.case.group_id,
        case_number=state.case.number,
        visit_number__in=[each.number for each in facts.visits],
    )
    states = [step_state(step, day) for step in facts.steps]
    return LessonFacts(
        day=day.isoformat(),
        proposed_on=state.case.proposed_on.isoformat(),
        opened_on=opened.isoformat() if opened else "",
        counted_from=movement.counted_from.isoformat(),
        capital=position.capital.satang if position else 0,
        households=position.households.satang if position else 0,
        overdue=movement.overdue.satang,
        missing_then=state.case.missing_then,
        missing_now=movement.missing_now.satang,
        repaid=total(each.amount for each in books.repaid).satang,
        months=len({(on.year, on.month) for on in movement.repaid_on}),
        agreements=len(books.agreed),
        has_lent_again=movement.has_lent_again,
        officers=sum(each.person.role is Role.OFFICER for each in facts.team),
        network=sum(each.person.role is Role.NETWORK for each in facts.team),
        meetings=len(meetings),
        causes=len(facts.causes),
        steps=sum(each is not StepState.GIVEN_UP for each in states),
        steps_done=sum(each is StepState.DONE for each in states),
        visits_formal=_visits(facts.visits, is_formal=True),
        visits_informal=_visits(facts.visits, is_formal=False),
        households_met=len(set(met.values_list("member_number", flat=True))),
        reports=len(facts.reports),
        advice=len(facts.advice),
    )


def _opened_on(answers: Iterable[VillageAnswer]) -> date | None:
    return min((each.on for each in answers if each.is_yes and each.had_quorum), default=None)


def _visits(visits: Iterable[Visit], *, is_formal: bool) -> int:
    return sum(each.is_formal is is_formal for each in visits)


def begun_from(state: CaseState, facts: LessonFacts, *, author_name: str) -> LessonWords:
    """A lesson to begin with: what the case and the books already know, to be told further.

    The village and its people are not named: who reads learns from the road, not of the people.
    """
    place = place_of(state.case.group)
    return LessonWords(
        title=f"การช่วยให้กองทุนกลับมาเคลื่อนไหว {place}".strip(),
        author_name=author_name,
        office="",
        background=_lines(
            f"กองทุนหนึ่งใน{place or 'พื้นที่'} ได้รับเงินทุน {facts.money('capital').text} บาท",
            f"เสนอเรื่องเมื่อ {long(state.case.proposed_on)}: {state.case.words}",
            f"วันนั้นมีเงินที่ยังหาคำอธิบายไม่ได้ {facts.money('missing_then').text} บาท"
            if facts.missing_then
            else "",
        ),
        process=_process(state, facts),
        results=_lines(
            f"ตั้งแต่เปิดเรื่อง มีการส่งเงินคืน {facts.money('repaid').text} บาท ใน {facts.months} เดือน"
            if facts.repaid
            else "",
            f"เงินที่ยังหาคำอธิบายไม่ได้ จาก {facts.money('missing_then').text} บาท "
            f"เหลือ {facts.money('missing_now').text} บาท"
            if facts.missing_then
            else "",
        ),
        problems=_lines(*(f"{n}. {each.words}" for n, each in enumerate(state.facts.causes, 1))),
        rules=_lines(
            "1. ระเบียบกระทรวงมหาดไทยว่าด้วยการบริหารและการใช้จ่ายเงินโครงการแก้ไขปัญหาความยากจน พ.ศ. 2553",
            "2. แนวทางการดำเนินงานโครงการแก้ไขปัญหาความยากจน",
            "3. แบบประเมินสุขภาพเงินทุนโครงการ กข.คจ.",
        ),
    )


def _process(state: CaseState, facts: LessonFacts) -> str:
    opened = facts.on("opened_on")
    told = [
        f"หมู่บ้านประชุมและให้ความยินยอมเมื่อ {long(opened)}" if opened else "",
        f"ตั้งทีมงาน เจ้าหน้าที่ {facts.officers} คน คณะกรรมการเครือข่าย {facts.network} คน"
        if facts.officers + facts.network
        else "",
        f"ค้นหาสาเหตุร่วมกัน พบ {facts.causes} ข้อ" if facts.causes else "",
        f"กำหนดแผน {facts.steps} ขั้น มีผู้รับผิดชอบและกำหนดวันทุกขั้น ทำแล้ว {facts.steps_done} ขั้น"
        if facts.steps
        else "",
        *(f"แผน: {each.words}" for each in state.facts.steps if each.given_up_on is None),
        f"ติดตามเป็นทางการ {facts.visits_formal} ครั้ง ไม่เป็นทางการ {facts.visits_informal} ครั้ง "
        f"พบครัวเรือน {facts.households_met} ครัวเรือน"
        if facts.visits_formal + facts.visits_informal
        else "",
        f"รายงานผู้บังคับบัญชา {facts.reports} ครั้ง ได้รับคำแนะนำ {facts.advice} ครั้ง"
        if facts.reports
        else "",
    ]
    return _lines(*(f"{n}. {line}" for n, line in enumerate(filter(None, told), start=1)))


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def place_of(group: Group) -> str:
    """The district and province, which is as near as a lesson says where it was learned."""
    return places_of([group]).get(group.pk, "")


def places_of(groups: Iterable[Group]) -> dict[int, str]:
    """The same for many groups, by group. One statement."""
    listed = list(groups)
    names = names_of({group.area_code[:digits] for group in listed for digits in (2, 4)})
    return {
        group.pk: " ".join(
            Node(code, names[code]).full_name
            for code in (group.area_code[:4], group.area_code[:2])
            if code in names
        )
        for group in listed
    }


# ---- who may read --------------------------------------------------------------------------------


def published_lessons(words: str = "") -> QuerySet[Lesson]:
    """What everybody who signs in may read, the newest first; with these words, in any order."""
    standing = Lesson.objects.filter(published_on__isnull=False, taken_down_at=None)
    for word in words_typed(words):
        standing = standing.filter(search_text__contains=word)
    return standing.select_related("group").order_by("-published_on", "group_id", "-number")


def lesson_in_reach(code: str, number: int, reach: Reach) -> Lesson | None:
    """A lesson the reader may open: a published one, or one being written or read at their place.

    One taken down is opened by those who could have read it before it was published.
    """
    lesson = (
        Lesson.objects.filter(group__code=code, number=number)
        .select_related("group", "written_by", "read_by")
        .first()
    )
    if lesson is None:
        return None
    is_open = lesson.published_on is not None and lesson.taken_down_at is None
    if is_open and reach.may_anywhere(Deed.READ_LIBRARY):
        return lesson
    return lesson if works_on(lesson.group, reach) or reads(lesson.group, reach) else None


def works_on(group: Group, reach: Reach) -> bool:
    """Whether the reader writes lessons of this group's cases."""
    return reach.may(Deed.WORK_CASES, area_code=group.area_code, group_id=group.pk)


def reads(group: Group, reach: Reach) -> bool:
    """Whether the reader publishes lessons of this group's cases."""
    return reach.may(Deed.PUBLISH_LESSONS, area_code=group.area_code, group_id=group.pk)


def lessons_to_read(reach: Reach) -> QuerySet[Lesson]:
    """Lessons handed in that wait for this reader, who did not write them; the oldest first."""
    waiting = _underway(reach, Deed.PUBLISH_LESSONS).filter(handed_in_on__isnull=False)
    others = Q(written_by=None) | ~Q(written_by=reach.user_id)
    return waiting.filter(others).order_by("handed_in_on", "group_id", "number")


def lessons_being_written(reach: Reach) -> QuerySet[Lesson]:
    """Drafts, and what was sent back, where the reader works on cases."""
    drafts = _underway(reach, Deed.WORK_CASES).filter(handed_in_on=None)
    return drafts.order_by("-written_at", "group_id", "number")


def _underway(reach: Reach, deed: Deed) -> QuerySet[Lesson]:
    groups = Group.objects.filter(reach.funds(deed))
    return Lesson.objects.filter(
        group__in=groups, published_on=None, taken_down_at=None
    ).select_related("group")


def waiting_lesson(group_id: int, case_number: int) -> Lesson | None:
    """The lesson of a case that is being written or read."""
    return Lesson.objects.filter(
        group_id=group_id, case_number=case_number, published_on=None, taken_down_at=None
    ).first()


@dataclass(frozen=True, slots=True)
class LessonsOfCase:
    """What the page of a case says of its lessons. ``may_begin``: the reader may write one now."""

    case: Case
    lessons: list[Lesson]
    may_begin: bool


def lessons_of(state: CaseState, reach: Reach) -> LessonsOfCase:
    """The lessons of a case that stand, the newest first. One statement."""
    group = state.case.group
    listed = list(
        Lesson.objects.filter(
            group=group, case_number=state.case.number, taken_down_at=None
        ).order_by("-number")
    )
    is_told = state.case.kind not in SEALED_KINDS and state.stage is not Stage.PROPOSED
    is_free = all(each.published_on is not None for each in listed)
    return LessonsOfCase(state.case, listed, is_told and is_free and works_on(group, reach))


def may_see_case(lesson: Lesson, reach: Reach) -> bool:
    """Whether the case behind a lesson is open to the reader."""
    seen = cases_in_reach(reach).filter(group_id=lesson.group_id, number=lesson.case_number)
    return seen.exists()


def found(text: str, reach: Reach) -> list[Found]:
    """Published lessons that hold the words, for the search of the library. Two statements."""
    if not words_typed(text) or not reach.may_anywhere(Deed.READ_LIBRARY):
        return []
    return [
        Found(
            title=lesson.title,
            words=" ".join(line for part in parts_of(lesson) for line in part.lines),
            address=reverse("cases:lesson", args=[lesson.group.code, lesson.number]),
            kind="บทเรียน",
        )
        for lesson in published_lessons(text)
    ]


def excerpt_of(lesson: Lesson, words: str = "") -> str:
    """A few lines of it: where a searched word stands, else how it begins."""
    sought = words_typed(words)
    lines = [line for part in parts_of(lesson) for line in part.lines]
    hit = next((line for line in lines if any(word in folded(line) for word in sought)), None)
    line = visible(hit if hit is not None else next(iter(lines), ""))
    return line if len(line) <= LONGEST_EXCERPT else f"{line[:LONGEST_EXCERPT].rstrip()}…"
