"""What waits for a person: due, overdue, and whose move it is, from everywhere at once.

Each source below is asked once for all funds the reader may act at, so that the number of
statements does not depend on how many funds there are (a test pins it). Nobody is named, and
nothing here ranks a fund. (docs/rules/own_work.md)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from operator import or_

from django.db.models import Count, Q
from django.urls import reverse

from kongthun.accounts.reach import Deed, Reach
from kongthun.activities.models import Call
from kongthun.assessments.queries.results import latest_of
from kongthun.assessments.queries.rules import rules_of_groups
from kongthun.cases.models import Lesson
from kongthun.cases.queries.dues import dues_of, team_of, user_of
from kongthun.cases.queries.facts import CaseState, cases_in_reach, states_of
from kongthun.cases.queries.lessons import lessons_to_read
from kongthun.cases.queries.movement import relapses_of
from kongthun.cases.wording import DEADLINES, ROLES, WORKS
from kongthun.domain.alarms import Alarm, AlarmKind
from kongthun.domain.casework import Due, Role, WorkKind
from kongthun.domain.committee import TermEnded, TermEnds
from kongthun.domain.money import Money
from kongthun.domain.thai_calendar import fiscal_year, fiscal_year_start
from kongthun.funding.models import Gift, OwedReport
from kongthun.funding.queries.gifts import DAYS_AHEAD
from kongthun.groups.models import CommitteeTerm, Group
from kongthun.groups.queries.committee import warnings_of
from kongthun.ledger.models import Fund
from kongthun.loans.models import Request, Stage
from kongthun.loans.queries.alarms_of_area import alarms_of_funds
from kongthun.loans.queries.contracts import contract_states
from kongthun.loans.queries.desk import NEXT_STEPS
from kongthun.registers.queries.rows import waiting_rows
from kongthun.support.models import SupportRequest, SupportStep
from kongthun.support.queries.requests import RequestState, asked_of
from kongthun.surveys.queries.rounds import waiting_for

from ..models import Handover
from ..wording import ALARMS, ALARMS_LACKING, ALARMS_PASSED

_HEALTH_OF = "kkk"


class Sort(StrEnum):
    """Where a thing to do comes from; the order breaks ties of one day."""

    LAW = "law"  # limits of law and of the office
    CASE = "case"
    SURVEY = "survey"
    HEALTH = "health"
    DESK = "desk"
    MEETING = "meeting"
    COMMITTEE = "committee"
    SUPPORT = "support"
    LESSON = "lesson"
    HANDOVER = "handover"
    ROWS = "rows"
    OWN = "own"  # of one's own household


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something to be done: what, where, by when, and whose move it is.

    ``words`` are the same for all of one sort, so that many can be told together; ``note`` is what
    is particular. ``waits_for`` is empty where the reader acts. ``is_own``: the reader is named as
    the one who looks after it.
    """

    sort: Sort
    words: str
    place: str
    address: str
    due_on: date | None = None
    note: str = ""
    waits_for: str = ""
    is_own: bool = False

    def is_late(self, day: date) -> bool:
        """Whether its day has gone by: due today is not late."""
        return self.due_on is not None and self.due_on < day


def todos_of(reach: Reach) -> list[ToDo]:
    """Everything that waits for a reader today, the earliest day first, what has no day last."""
    found = [todo for source in _SOURCES for todo in source(reach)]
    return sorted(found, key=_by_day)


def _by_day(todo: ToDo) -> tuple[bool, date, int, bool, str, str]:
    day = todo.due_on or date.max
    return (
        todo.due_on is None,
        day,
        _SORTS.index(todo.sort),
        not todo.is_own,
        todo.words,
        todo.place,
    )


_SORTS = list(Sort)


# ---- cases, and the limits of law ----------------------------------------------------------------


def _from_cases(reach: Reach) -> Iterable[ToDo]:
    """What the road of each case asks for; of a committee only what is theirs to show."""
    doing = (Deed.WORK_CASES, Deed.HELP_CASES, Deed.ADVISE_CASES)
    if not any(reach.may_anywhere(deed) for deed in doing):
        return
    states = states_of(cases_in_reach(reach), reach.day)
    team = team_of(states)
    for state, due in dues_of(states, reach.day):
        is_own = user_of(state, due, team) == reach.user_id
        if is_own or _is_theirs(reach, state, due):
            yield _of_case(reach, state, due, is_own=is_own)
    stopped = relapses_of(states, reach.day)
    for state in states:
        if state.key in stopped and _may(reach, state, Deed.WORK_CASES):
            yield ToDo(
                Sort.CASE,
                "การส่งคืนหยุดอีกครั้ง ควรเปิดเรื่องอีกครั้ง",
                state.case.group.name,
                case_address(state),
                note=f"เรื่องที่ {state.case.number}",
            )


def _is_theirs(reach: Reach, state: CaseState, due: Due) -> bool:
    """Whether somebody of this place should see it: who works there, who helps, who advises."""
    if _may(reach, state, Deed.WORK_CASES):
        return True
    if due.owner.role is Role.COMMITTEE and _may(reach, state, Deed.HELP_CASES):
        return True
    return due.waits_for is Role.SUPERIOR and _may(reach, state, Deed.ADVISE_CASES)


def _may(reach: Reach, state: CaseState, deed: Deed) -> bool:
    group = state.case.group
    return reach.may(deed, area_code=group.area_code, group_id=group.pk)


def _of_case(reach: Reach, state: CaseState, due: Due, *, is_own: bool) -> ToDo:
    note = f"เรื่องที่ {state.case.number}"
    if due.kind is WorkKind.STEP:
        note += f" ขั้นที่ {due.number}"
    words = WORKS[due.kind]
    if due.kind is WorkKind.DEADLINE:
        words = DEADLINES[due.what]
    advises = due.waits_for is Role.SUPERIOR and _may(reach, state, Deed.ADVISE_CASES)
    if due.kind is WorkKind.GUIDANCE and advises:
        words = "ให้คำแนะนำต่อรายงาน"
    is_readers = advises or (is_own and due.waits_for is due.owner.role)
    return ToDo(
        Sort.LAW if due.kind is WorkKind.DEADLINE else Sort.CASE,
        words,
        state.case.group.name,
        case_address(state),
        due_on=due.due_on,
        note=note,
        waits_for="" if is_readers else ROLES[due.waits_for],
        is_own=is_own,
    )


def case_address(state: CaseState) -> str:
    """The page of a case."""
    return reverse("cases:case", args=[state.case.group.code, state.case.number])


def _from_law(reach: Reach) -> Iterable[ToDo]:
    """Prescription, deaths and lacking papers over all funds, a line a fund and kind."""
    groups = _groups(reach, Deed.SETTLE_DEBTS, Deed.WORK_CASES)
    if not groups:
        return
    rules = rules_of_groups(groups.values(), reach.day)
    found = alarms_of_funds(groups, rules, as_of=reach.day)
    for fund_id, alarms in found.items():
        group = groups[fund_id]
        address = reverse("loans:debts", args=[group.code])
        for words, told in _by_kind(alarms).items():
            days = [each.ends_on for each in told if each.ends_on and not each.is_passed]
            contracts = len({each.contract for each in told})
            yield ToDo(
                Sort.LAW,
                words,
                group.name,
                address,
                due_on=min(days, default=None),
                note=f"{contracts:,} สัญญา",
            )


def _by_kind(alarms: Iterable[Alarm]) -> dict[str, list[Alarm]]:
    told: dict[str, list[Alarm]] = defaultdict(list)
    for alarm in alarms:
        if alarm.kind is AlarmKind.EVIDENCE:
            told[ALARMS_LACKING].append(alarm)
        else:
            told[ALARMS_PASSED if alarm.is_passed else ALARMS[alarm.kind]].append(alarm)
    return told


# ---- surveys, health -----------------------------------------------------------------------------


def _from_surveys(reach: Reach) -> Iterable[ToDo]:
    """Funds that have not reported in an open round."""
    if not reach.may_anywhere(Deed.ANSWER_SURVEYS):
        return
    for each in waiting_for(reach):
        yield ToDo(
            Sort.SURVEY,
            "ตรวจสถานะกองทุน",
            each.name,
            reverse("surveys:fund", args=[each.round_area, each.round_number, each.code]),
            note=each.words,
        )


def _from_health(reach: Reach) -> Iterable[ToDo]:
    """Funds whose health nobody looked at in the running fiscal year."""
    groups = {
        key: group for key, group in _groups(reach, Deed.ASSESS).items() if group.kind == _HEALTH_OF
    }
    if not groups:
        return
    since = fiscal_year_start(fiscal_year(reach.day))
    latest = latest_of(groups, reach.day)
    for key, group in groups.items():
        if key not in latest or latest[key].on < since:
            yield ToDo(
                Sort.HEALTH,
                f"ประเมินสุขภาพกองทุน ปีงบประมาณ {fiscal_year(reach.day)}",
                group.name,
                reverse("assessments:index", args=[group.code]),
            )


# ---- the fund at work ----------------------------------------------------------------------------


def _from_desk(reach: Reach) -> Iterable[ToDo]:
    """Requests whose next step is the reader's, a line a fund and step."""
    groups = _groups(reach, *{step.deed for step in NEXT_STEPS.values()})
    if not groups:
        return
    waiting = Request.objects.filter(fund_id__in=groups, stage__in=list(NEXT_STEPS))
    counted = waiting.order_by().values_list("fund_id", "stage").annotate(n=Count("number"))
    for fund_id, stage, count in counted:
        group, step = groups[fund_id], NEXT_STEPS[Stage(stage)]
        if reach.may(step.deed, area_code=group.area_code, group_id=group.pk):
            yield ToDo(
                Sort.DESK,
                f"คำขอยืม: {step.what}",
                group.name,
                reverse("loans:requests", args=[group.code]),
                note=f"{count:,} คำขอ",
            )


def _from_calls(reach: Reach) -> Iterable[ToDo]:
    """Meetings that were called and neither held nor cancelled."""
    groups = _groups(reach, Deed.HOLD_MEETINGS)
    calls = Call.objects.filter(group__in=groups, meeting_number=None, cancelled_at=None)
    for call in calls if groups else ():
        has_been = call.meets_on < reach.day
        yield ToDo(
            Sort.MEETING,
            "บันทึกการประชุมที่นัดไว้" if has_been else "ประชุมตามนัด",
            groups[call.group_id].name,
            reverse("activities:called", args=[groups[call.group_id].code, call.number]),
            due_on=call.meets_on,
            note=call.get_kind_display(),
        )


def _from_committees(reach: Reach) -> Iterable[ToDo]:
    """Committees whose term ends soon, or has ended without another being elected."""
    groups = _groups(reach, Deed.KEEP_COMMITTEE, Deed.HOLD_MEETINGS)
    if not groups:
        return
    rules = rules_of_groups(groups.values(), reach.day)
    terms: dict[int, list[CommitteeTerm]] = defaultdict(list)
    standing = CommitteeTerm.objects.filter(group__in=groups, withdrawn_at=None)
    for term in standing.select_related("person"):
        terms[term.group_id].append(term)
    for key, group in groups.items():
        for warning in warnings_of(terms[key], rules[key], reach.day):
            match warning:
                case TermEnds(last_day=last):
                    words = "คณะกรรมการใกล้ครบวาระ นัดเลือกชุดใหม่"
                case TermEnded(last_day=last, begins_on=None) if last is not None:
                    words = "คณะกรรมการครบวาระแล้ว นัดเลือกชุดใหม่"
                case _:
                    continue
            address = reverse("groups:committee", args=[group.code])
            yield ToDo(Sort.COMMITTEE, words, group.name, address, due_on=last)


def _from_support(reach: Reach) -> Iterable[ToDo]:
    """What an agency is asked; what a group has still to tell an agency or a giver."""
    for state in asked_of(reach) if reach.may_anywhere(Deed.ANSWER_SUPPORT) else ():
        if state.waits == "agency":
            answered = state.answer is not None
            words = "ให้การสนับสนุนตามที่ตอบ" if answered else "ตอบคำขอรับการสนับสนุน"
            yield _of_support(state, words)
    groups = _groups(reach, Deed.SEEK_SUPPORT)
    if groups:
        for state in _requests(groups):
            if state.waits == "group":
                yield _of_support(state, "บอกผลที่เกิดจากการสนับสนุน")
            elif state.waits:
                yield _of_support(state, "คำขอที่รอหน่วยงาน", waits_for=state.request.agency.name)


def _of_support(state: RequestState, words: str, waits_for: str = "") -> ToDo:
    asked = state.request
    address = reverse("support:request", args=[asked.group.code, asked.number])
    return ToDo(
        Sort.SUPPORT,
        words,
        asked.group.name,
        address,
        note=asked.get_kind_display(),
        waits_for=waits_for,
    )


def _requests(groups: Iterable[int]) -> list[RequestState]:
    """The requests of many groups with their steps. Two statements."""
    ids = list(groups)
    steps: dict[tuple[int, int], list[SupportStep]] = defaultdict(list)
    for step in SupportStep.objects.filter(group__in=ids, withdrawn_at=None).order_by("number"):
        steps[step.group_id, step.request_number].append(step)
    asked = SupportRequest.objects.filter(group__in=ids, withdrawn_at=None)
    return [
        RequestState(each, tuple(steps[each.group_id, each.number]))
        for each in asked.select_related("agency", "group")
    ]


def _from_reports(reach: Reach) -> Iterable[ToDo]:
    """Reports owed to givers, late or due within a month."""
    groups = _groups(reach, Deed.KEEP_MEANS)
    if not groups:
        return
    standing = set(
        Gift.objects.filter(fund_id__in=groups, withdrawn_at=None).values_list("fund_id", "number")
    )
    until = reach.day + timedelta(days=DAYS_AHEAD)
    owed = OwedReport.objects.filter(fund_id__in=groups, handed_in_on=None, due_on__lte=until)
    for each in owed:
        if (each.fund_id, each.gift_number) in standing:
            group = groups[each.fund_id]
            yield ToDo(
                Sort.SUPPORT,
                "ส่งรายงานให้ผู้สนับสนุน",
                group.name,
                reverse("funding:gift", args=[group.code, each.gift_number]),
                due_on=each.due_on,
                note=each.words,
            )


def _from_rows(reach: Reach) -> Iterable[ToDo]:
    """Rows of the paper books that wait for a person, a line a fund."""
    groups = _groups(reach, Deed.CORRECT_ROWS)
    if not groups:
        return
    rows = waiting_rows(reach).filter(fund_id__in=groups)
    for fund_id, count in rows.order_by().values_list("fund_id").annotate(n=Count("number")):
        group = groups[fund_id]
        yield ToDo(
            Sort.ROWS,
            "ดูแถวในสมุดที่ควรตรวจสอบ",
            group.name,
            f"{reverse('registers:set_aside')}?fund={group.code}",
            note=f"{count:,} แถว",
        )


# ---- lessons, handing over, one's own household --------------------------------------------------


def _from_lessons(reach: Reach) -> Iterable[ToDo]:
    """Lessons to be read before they are published, and one's own that came back."""
    if reach.may_anywhere(Deed.PUBLISH_LESSONS):
        for each in lessons_to_read(reach):
            yield _of_lesson(each, "อ่านบทเรียนก่อนเผยแพร่")
    if reach.may_anywhere(Deed.WORK_CASES):
        back = Lesson.objects.filter(
            written_by=reach.user_id, handed_in_on=None, taken_down_at=None
        ).exclude(read_note="")
        for each in back.select_related("group"):
            yield _of_lesson(each, "เขียนบทเรียนต่อ ผู้อ่านส่งกลับมา")


def _of_lesson(lesson: Lesson, words: str) -> ToDo:
    address = reverse("cases:lesson", args=[lesson.group.code, lesson.number])
    return ToDo(Sort.LESSON, words, lesson.group.name, address, note=lesson.title, is_own=True)


def _from_handovers(reach: Reach) -> Iterable[ToDo]:
    """A handover of work that waits for the reader's own signature."""
    unsigned = Q(from_user=reach.user_id, from_signed_at=None) | Q(
        to_user=reach.user_id, to_signed_at=None
    )
    for each in Handover.objects.filter(unsigned, withdrawn_at=None):
        yield ToDo(
            Sort.HANDOVER,
            "อ่านและลงชื่อการส่งมอบงาน",
            f"พื้นที่ {each.area_code}",
            reverse("own_work:handover", args=[each.pk]),
            due_on=each.handed_on,
            is_own=True,
        )


def _from_own_household(reach: Reach) -> Iterable[ToDo]:
    """The next part of each loan of the reader's own household."""
    own = reach.own_membership()
    fund = Fund.objects.filter(pk=own[0]).first() if own else None
    if own is None or fund is None:
        return
    for state in contract_states(fund, as_of=reach.day, with_names=False, member_number=own[1]):
        part = state.next_part
        if part is not None and state.balance:
            asked: Money = part.lacking
            yield ToDo(
                Sort.OWN,
                "ส่งคืนเงินยืมงวดถัดไป",
                fund.name,
                reverse("reports:household", args=[fund.code, own[1]]),
                due_on=part.part.due_on,
                note=f"{asked.text} บาท",
                is_own=True,
            )


# ---- where ---------------------------------------------------------------------------------------


def _groups(reach: Reach, *deeds: Deed) -> dict[int, Group]:
    """The groups at which the reader may do one of the deeds. One statement, or none."""
    held = [deed for deed in deeds if reach.may_anywhere(deed)]
    if not held:
        return {}
    conditions = [reach.funds(deed) for deed in held]
    # No condition at all is the nation; or-ing it with another would narrow it.
    where = reduce(or_, conditions) if all(conditions) else Q()
    return {group.pk: group for group in Group.objects.filter(where).order_by("code")}


_SOURCES: tuple[Callable[[Reach], Iterable[ToDo]], ...] = (
    _from_cases,
    _from_law,
    _from_surveys,
    _from_health,
    _from_desk,
    _from_calls,
    _from_committees,
    _from_support,
    _from_reports,
    _from_rows,
    _from_lessons,
    _from_handovers,
    _from_own_household,
)
