"""The eight steps in the demo district, so that every page of them has something to show.

Told by the deeds that people do, each by whom it is entrusted to, on days that count back from
today. Three funds: one that moves again, its case closed and its lesson published; one on its way;
one that waits for its village's consent, its old books contradicting each other.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction

from kongthun.accounts.cast import DEMO_DISTRICT, cast_member
from kongthun.accounts.models import User
from kongthun.accounts.reach import Reach, reach_of
from kongthun.activities.models import MeetingKind
from kongthun.activities.papers import AttendanceSheet, Came, print_attendance
from kongthun.assessments.actions.assessments import AreaAssessed, assess_from_books
from kongthun.briefings.actions.briefings import (
    BriefingKept,
    RowKept,
    WhoCame,
    hold_briefing,
    mark_attendees,
)
from kongthun.briefings.actions.questions import ask_question, count_sheets
from kongthun.briefings.actions.voices import record_voice
from kongthun.briefings.models import Audience, Briefing, Moment, Question, SaidBy, VoiceKind
from kongthun.domain.broken_books import Grade
from kongthun.domain.casework import CaseKind, CauseKind, Role, Speaker
from kongthun.domain.early_warning import Care, Sign
from kongthun.domain.money import ZERO, Money
from kongthun.domain.plan import PlannedPart, due_days, equal_parts
from kongthun.groups.models import Group, Membership
from kongthun.ledger.models import Fund
from kongthun.loans.actions.debts import agree_on_plan
from kongthun.loans.queries.contracts import contract_states
from kongthun.openings.actions.openings import (
    ClaimKept,
    OpeningKept,
    Saying,
    begin_opening,
    say_balance,
)
from kongthun.openings.models import Place
from kongthun.openings.models import SaidBy as OpeningSaidBy
from kongthun.reports.demo_life import (
    DeedRefusedError,
    VillageAtWork,
    done,
    neighbour,
)
from kongthun.surveys.actions.choices import FundsChosen, choose_funds
from kongthun.surveys.actions.findings import SnapshotAnswered, confirm_snapshot
from kongthun.surveys.actions.rounds import RoundKept, lock_round, open_round
from kongthun.surveys.figures import Figures, figures_from_data
from kongthun.surveys.models import Round, Snapshot

from .actions.advice import Advised, advise, answer_advice
from .actions.causes import CauseAdded, Said, add_cause
from .actions.closings import Turned, close_case
from .actions.consents import ConsentRecorded, record_consent
from .actions.lessons import LessonKept, hand_in_lesson, publish_lesson, write_lesson
from .actions.plans import StepPlanned, plan_step
from .actions.proposals import CaseProposed, propose_case
from .actions.reports import Reported, report_case
from .actions.showing import Shown, show_step
from .actions.teams import JoinedTeam, join_team
from .actions.visits import VisitTold, tell_visit
from .models import Case
from .queries.facts import CaseState, states_of
from .queries.lessons import LessonWords, begun_from, facts_for_lesson
from .queries.warnings import WarnedFund, warnings_of_area

MOST_CHOSEN = 10  # as in the seed: 68 checked, 10 chosen [S]
OFFICE = "สำนักงานพัฒนาชุมชนอำเภอหัวไทร"
CHAIRMEN = ("จำเนียร ทองเอียด", "ประสิทธิ์ แก้วมณี", "สมพร ชูแก้ว")
_ACTORS = ("phatthanakon", "amphoe", "khrueakhai", "changwat", "herannyik", "prathan")

Kept = TypeVar("Kept")


def bring_the_road(today: date) -> tuple[str, ...]:
    """Tell the eight steps until today; answers in Thai with what was done. Told once.

    Raises `DeedRefusedError` when a deed was refused: then nothing of it is kept.
    """
    users = {user.username: user for user in User.objects.filter(username__in=_ACTORS)}
    if len(users) < len(_ACTORS) or Round.objects.filter(area_code=DEMO_DISTRICT).exists():
        return ()
    cast = {name: reach_of(user, today) for name, user in users.items()}
    district = _District(cast, today)
    if not district.stalled:
        return ()
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        district.folder = Path(folder)
        survey = _check_all(district)
        told = [f"สำรวจสถานะ {len(district.funds)} กองทุน เลือกไปช่วย {len(district.chosen)} กองทุน"]
        _teach_and_listen(district)
        _assess(district)
        told.append(_moves_again(district, district.stalled[0], survey))
        if len(district.stalled) > 1:
            told.append(_on_its_way(district, district.stalled[1], survey))
        if district.contradicting is not None:
            told.append(_waits_for_consent(district, district.contradicting, survey))
    return tuple(told)


def _ok(outcome: object, kind: type[Kept]) -> Kept:
    """What a deed brought about. Raises `DeedRefusedError` with what it answered instead."""
    if not isinstance(outcome, kind):
        raise DeedRefusedError(repr(outcome))
    return outcome


# --- the district -------------------------------------------------------------------------------


@dataclass
class _District:
    """The funds with what the books warn of, and who acts."""

    cast: dict[str, Reach]
    today: date
    folder: Path = Path()
    chosen: list[WarnedFund] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.funds = [
            each
            for each in warnings_of_area(DEMO_DISTRICT, self.cast["amphoe"])
            if "-" not in each.status.code
        ]
        near = [
            each
            for each in self.funds
            if self.field_worker_reaches(each.status.code)
            and each.status.code != self.home
            and Sign.STILL in each.warning.signs
        ]
        # Easiest first, as an officer would: the one with least overdue gets moving soonest.
        whole = [each for each in near if not each.status.sums.unexplained]
        self.stalled = sorted(whole, key=lambda each: (each.status.overdue, each.status.code))
        gaps = [each for each in near if each.status.sums.unexplained > ZERO]
        self.contradicting = gaps[0] if gaps else None

    @property
    def home(self) -> str:
        """The fund of the cast, which has its own story."""
        own = self.cast["herannyik"].home_group()
        return Fund.objects.get(pk=own).code

    def field_worker_reaches(self, code: str) -> bool:
        """Whether the field worker of the cast looks after the fund."""
        return code.startswith(cast_member("phatthanakon").tambons)

    def ago(self, days: int) -> date:
        """So many days before today."""
        return self.today - timedelta(days=days)

    def on(self, name: str, day: date) -> Reach:
        """Somebody of the cast as they signed in on a day."""
        return replace(self.cast[name], day=day)

    def fund(self, warned: WarnedFund) -> Fund:
        """The fund with its group."""
        return Fund.objects.select_related("group").get(code=warned.status.code)

    def paper(self, name: str, group: Group, what: str, on: date) -> Path:
        """A sheet that people signed, as it would be photographed."""
        people = Membership.objects.filter(group=group).select_related("person").order_by("number")
        sheet = AttendanceSheet(
            group=group.name,
            what=what,
            meets_on=on,
            meets_at=None,
            place="ศาลาหมู่บ้าน",
            people=tuple(Came(f"ครัวเรือนที่ {each.number}", "ครัวเรือน") for each in people[:12]),
            numbers=tuple(str(each.number) for each in people[:12]),
            spare=4,
        )
        place = self.folder / f"{name}.pdf"
        place.write_bytes(print_attendance(sheet, digits="thai"))
        return place


# --- step 1: the state of all funds -------------------------------------------------------------


def _check_all(district: _District) -> Round:
    """Every fund is looked at in its village; the books are right but for two; some are chosen."""
    chief = district.cast["amphoe"]
    opened = open_round(
        area_code=DEMO_DISTRICT,
        as_of=district.ago(240),
        words="สำรวจสถานะกองทุน กข.คจ. ทั้งอำเภอ",
        by=chief,
        on=district.ago(238),
    )
    survey = _ok(opened, RoundKept).round
    groups = Group.objects.in_bulk([each.status.code for each in district.funds], field_name="code")
    for place, each in enumerate(district.funds):
        found = _as_found(place, survey, groups[each.status.code])
        answered = confirm_snapshot(
            round=survey,
            group=groups[each.status.code],
            by=chief,
            on=district.ago(236 - place % 20),
            found=found,
            words="" if found is None else "นับครัวเรือนใหม่กับคณะกรรมการที่ศาลาหมู่บ้าน",
        )
        _ok(answered, SnapshotAnswered)
    needing = [each for each in district.funds if each.warning.care >= Care.VISIT]
    told = [*district.stalled[:2], *([district.contradicting] if district.contradicting else [])]
    needing.sort(key=lambda each: (each not in told, each.status.code))
    district.chosen = sorted(needing[:MOST_CHOSEN], key=lambda each: each.status.code)
    whys = {
        groups[each.status.code].pk: "เงินหยุดหมุนเวียนหรือเกินกำหนดมาก หมู่บ้านขอให้ไปช่วย"
        for each in district.chosen
    }
    _ok(choose_funds(round=survey, whys=whys, by=chief, on=district.ago(212)), FundsChosen)
    return _ok(lock_round(round=survey, by=chief, on=district.ago(210)), RoundKept).round


def _as_found(place: int, survey: Round, group: Group) -> Figures | None:
    """What was found: as the books say, but for two villages where a household more owes."""
    if place not in {3, 11}:
        return None
    snapshot = Snapshot.objects.get(round=survey, group=group)
    books = figures_from_data(snapshot.by_books)
    return replace(books, owing_households=(books.owing_households or 0) + 1)


# --- steps 2 and 3: teaching, and listening -----------------------------------------------------


def _teach_and_listen(district: _District) -> None:
    chief = district.cast["amphoe"]
    officers = hold_briefing(
        area_code=DEMO_DISTRICT,
        topic="ระเบียบ กข.คจ. พ.ศ. 2553 และแนวทางการดำเนินงาน",
        audience=Audience.OFFICERS,
        on=district.ago(230),
        by=chief,
        place="ห้องประชุมที่ว่าการอำเภอ",
        agenda="ทบทวนระเบียบทีละข้อ\nบทบาทของพัฒนากรและเครือข่าย\nแบ่งตำบลลงพื้นที่",
    )
    taught = _ok(officers, BriefingKept).briefing
    names = ("phatthanakon", "khrueakhai")
    came = [
        WhoCame(cast_member(name).name, str(cast_member(name).role.label), user_id=reach.user_id)
        for name, reach in district.cast.items()
        if name in names
    ]
    came += [WhoCame(f"กรรมการเครือข่าย คนที่ {n}", "เครือข่าย กข.คจ.") for n in range(2, 7)]
    _ok(mark_attendees(briefing=taught, came=came, by=chief), RowKept)
    _ask(taught, chief, of=len(came), before=(3, 2), after=(7, 6))

    groups = Group.objects.in_bulk([each.status.code for each in district.funds], field_name="code")
    listened = hold_briefing(
        area_code=DEMO_DISTRICT,
        topic="ประชุมประธานกองทุนทุกหมู่บ้าน ฟังปัญหาและความต้องการ",
        audience=Audience.CHAIRMEN,
        on=district.ago(222),
        by=chief,
        place="หอประชุมอำเภอ",
        agenda="ชี้แจงระเบียบ\nแต่ละหมู่บ้านเล่าสถานะ\nถามความต้องการแก้ปัญหาโดยสมัครใจ",
    )
    heard = _ok(listened, BriefingKept).briefing
    chairmen = [
        WhoCame(f"ผู้แทน {each.status.name}", "ประธานกรรมการ", groups[each.status.code])
        for each in district.funds
    ]
    _ok(mark_attendees(briefing=heard, came=chairmen, by=chief), RowKept)
    _ask(heard, chief, of=len(chairmen), before=(len(chairmen) // 3,) * 2, after=_most(chairmen))
    for place, each in enumerate(district.chosen):
        for kind, words in (VOICES[place % len(VOICES)], WISHES[place % len(WISHES)]):
            voiced = record_voice(
                group=groups[each.status.code],
                kind=kind,
                said_by=SaidBy.CHAIRMAN,
                words=words,
                by=chief,
                on=heard.held_on,
                briefing=heard,
            )
            _ok(voiced, RowKept)


VOICES = (
    (VoiceKind.PROBLEM, "ครัวเรือนหยุดส่งคืนมานาน คณะกรรมการไม่กล้าทวง"),
    (VoiceKind.PROBLEM, "กรรมการเปลี่ยนหลายชุด ไม่มีการส่งมอบสมุด"),
    (VoiceKind.PROBLEM, "ครัวเรือนเข้าใจว่าเป็นเงินให้เปล่า"),
)
WISHES = (
    (VoiceKind.WISH, "อยากให้เจ้าหน้าที่มาชี้แจงระเบียบกับครัวเรือนที่หมู่บ้าน"),
    (VoiceKind.WISH, "ขอช่วยทำข้อตกลงส่งคืนทีละน้อยตามฤดูขายผลผลิต"),
)
QUESTIONS = (
    ("เงินยืม กข.คจ. คิดดอกเบี้ยเท่าใด", ("ไม่คิดดอกเบี้ย", "ร้อยละ 3 ต่อปี", "แล้วแต่กรรมการ"), 1),
    ("ถ้าครัวเรือนส่งคืนไม่ได้ตามกำหนด ควรเริ่มที่ใด", ("แจ้งความ", "คุยหาสาเหตุและทำข้อตกลง"), 2),
)


def _ask(
    briefing: Briefing, chief: Reach, *, of: int, before: Sequence[int], after: Sequence[int]
) -> None:
    """The same questions before and after."""
    for words, answers, right in QUESTIONS:
        _ok(
            ask_question(briefing=briefing, words=words, answers=answers, right=right, by=chief),
            RowKept,
        )
    numbers = list(
        Question.objects.filter(briefing=briefing)
        .order_by("number")
        .values_list("number", flat=True)
    )
    for moment, right_ones in ((Moment.BEFORE, before), (Moment.AFTER, after)):
        counted = dict(zip(numbers, right_ones, strict=True))
        sheets = count_sheets(
            briefing=briefing, moment=moment, answered=of, right=counted, by=chief
        )
        _ok(sheets, RowKept)


def _most(people: Sequence[WhoCame]) -> tuple[int, int]:
    return len(people), len(people) - len(people) // 10


def _assess(district: _District) -> None:
    """All funds by the books, a year ago and now."""
    for days in (380, 20):
        assessed = assess_from_books(
            area_code=DEMO_DISTRICT,
            code="health_kkk",
            on=district.ago(days),
            by=district.cast["amphoe"],
        )
        _ok(assessed, AreaAssessed)


# --- steps 4 to 8: one fund after the other -----------------------------------------------------


@dataclass
class _Road:
    """A case of one fund, and the village in which it happens."""

    district: _District
    village: VillageAtWork
    number: int = 0

    @property
    def group(self) -> Group:
        return self.village.group

    def state(self, day: date) -> CaseState:
        case = Case.objects.select_related("group").get(group=self.group, number=self.number)
        return states_of([case], day)[0]

    def on(self, name: str, days: int) -> dict[str, Any]:
        """The case, who writes, and the day on which they do."""
        day = self.village.ago(days)
        return {"state": self.state(day), "by": self.district.on(name, day)}

    def propose(self, days: int, survey: Round, words: str) -> None:
        day = self.village.ago(days)
        proposed = propose_case(
            group=self.group,
            kind=CaseKind.STALLED,
            words=words,
            on=day,
            by=self.district.on("phatthanakon", day),
            survey_round=survey.pk,
        )
        self.number = _ok(proposed, CaseProposed).number

    def meet(self, days: int, *resolved: str, share: int = 75) -> int:
        """The households meet; ``share`` per cent of them come."""
        households = Membership.objects.filter(group=self.group).count()
        return self.village.meet(
            days, resolved, kind=MeetingKind.HOUSEHOLDS, others_came=households * share // 100
        )

    def consent(self, days: int, *, share: int = 75) -> int:
        meeting = self.meet(days, "ยินดีร่วมแก้ปัญหากองทุนโดยสมัครใจ ขอให้ทีมงานมาช่วย", share=share)
        answered = record_consent(
            group=self.group,
            case_number=self.number,
            meeting_number=meeting,
            resolution=1,
            is_yes=True,
            by=self.district.on("phatthanakon", self.village.ago(days)),
        )
        _ok(answered, ConsentRecorded)
        return meeting

    def form_team(self, days: int) -> None:
        on = self.village.ago(days)
        for name, role in (("phatthanakon", Role.OFFICER), ("khrueakhai", Role.NETWORK)):
            joined = join_team(
                group=self.group,
                case_number=self.number,
                role=role,
                on=on,
                by=self.district.on("phatthanakon", on),
                user_id=self.district.cast[name].user_id,
            )
            _ok(joined, JoinedTeam)

    def find_causes(self, days: int) -> None:
        """Together: what two groups at least say, and what lies behind it."""
        meeting = self.meet(days, "ร่วมกันหาสาเหตุที่เงินหยุดหมุนเวียน")
        by = self.district.on("phatthanakon", self.village.ago(days))
        numbers: list[int] = []
        for words, kind, speakers, parent in CAUSES:
            added = add_cause(
                group=self.group,
                case_number=self.number,
                words=words,
                kind=kind,
                said=[Said(speaker, meeting) for speaker in speakers],
                by=by,
                parent=numbers[parent] if parent is not None else None,
            )
            numbers.append(_ok(added, CauseAdded).number)

    def plan(self, days: int, steps: Iterable[tuple[str, Role, int, str]]) -> list[int]:
        on = self.village.ago(days)
        numbers = []
        for words, role, due, shown_by in steps:
            planned = plan_step(
                group=self.group,
                case_number=self.number,
                words=words,
                owner_role=role,
                on=on,
                due_on=self.village.ago(due),
                shown_by=shown_by,
                by=self.district.on("phatthanakon", on),
                owner_user_id=self.district.cast["phatthanakon"].user_id
                if role is Role.OFFICER
                else None,
                owner_words="" if role is Role.OFFICER else "คณะกรรมการทั้งชุด",
            )
            numbers.append(_ok(planned, StepPlanned).number)
        return numbers

    def show(self, step: int, days: int, words: str) -> None:
        on = self.village.ago(days)
        paper = self.district.paper(f"{self.village.fund.code}-{step}", self.group, words, on)
        _ok(
            show_step(step=step, on=on, file=paper, words=words, **self.on("phatthanakon", days)),
            Shown,
        )

    def visit(self, days: int, seen: str, advised: str, *, is_formal: bool) -> None:
        members = Membership.objects.filter(group=self.group).order_by("number")[:3]
        told = tell_visit(
            on=self.village.ago(days),
            is_formal=is_formal,
            seen=seen,
            advised=advised,
            households=[each.number for each in members],
            **self.on("phatthanakon", days),
        )
        _ok(told, VisitTold)

    def agree(
        self, days: int, *, first: int, months: int, most: int
    ) -> dict[int, list[PlannedPart]]:
        """Agreements with the households that owe, so many of them, in monthly parts."""
        on = self.village.ago(days)
        states = contract_states(self.village.fund, as_of=on, with_names=False)
        agreed: dict[int, list[PlannedPart]] = {}
        for state in [each for each in states if each.balance > ZERO][:most]:
            count = min(months, max(state.balance.satang // 20_000, 1))
            due = due_days(self.village.ago(first), count=count, every_months=1)
            parts = equal_parts(state.balance, due)
            done(
                agree_on_plan(
                    state.contract.number,
                    fund=self.village.fund,
                    on=on,
                    parts=parts,
                    words="ตกลงส่งทีละน้อยทุกเดือนตามกำลัง",
                    meeting_number=None,
                    by=self.village.chairman,
                )
            )
            agreed[state.contract.number] = parts
        return agreed

    def repay(self, agreed: dict[int, list[PlannedPart]], *, but: int, until: int = 0) -> None:
        """Each part on the day it is due, but for so many households, until so many days ago."""
        paying = list(agreed)[: len(agreed) - but]
        last = self.village.ago(until)
        days = sorted({part.due_on for parts in agreed.values() for part in parts})
        for day in (each for each in days if each <= last):
            visits = [
                (number, part.principal, "")
                for number in paying
                for part in agreed[number]
                if part.due_on == day
            ]
            self.village.take(visits, (self.village.today - day).days)


CAUSES: tuple[tuple[str, CauseKind, tuple[Speaker, ...], int | None], ...] = (
    (
        "ครัวเรือนหยุดส่งคืนเงินยืม",
        CauseKind.LIVELIHOOD,
        (Speaker.COMMITTEE, Speaker.HOUSEHOLDS, Speaker.OFFICERS),
        None,
    ),
    (
        "ไม่รู้ว่าระเบียบให้ทำข้อตกลงส่งคืนได้",
        CauseKind.RULES_NOT_KNOWN,
        (Speaker.HOUSEHOLDS, Speaker.COMMITTEE),
        0,
    ),
    ("ราคาผลผลิตตก ส่งเป็นก้อนไม่ไหว", CauseKind.LIVELIHOOD, (Speaker.HOUSEHOLDS,), 0),
    (
        "คณะกรรมการไม่ได้ประชุมและไม่ได้ติดตาม",
        CauseKind.COMMITTEE_STOPPED,
        (Speaker.HOUSEHOLDS, Speaker.LEADERS),
        0,
    ),
    ("ไม่มีใครสอนวิธีลงสมุดให้กรรมการชุดใหม่", CauseKind.BOOKS_LACKING, (Speaker.COMMITTEE,), 3),
)


def _village_of(district: _District, warned: WarnedFund, chairman: str) -> VillageAtWork:
    return neighbour(district.fund(warned), chairman, district.cast, district.today)


def _moves_again(district: _District, warned: WarnedFund, survey: Round) -> str:
    """From the proposal to the closed case and the lesson that others read."""
    road = _Road(district, _village_of(district, warned, CHAIRMEN[0]))
    road.propose(205, survey, "ไม่มีการส่งคืนมาหลายปี ประธานขอให้ทีมงานลงไปช่วย")
    road.consent(200)
    road.form_team(197)
    road.find_causes(191)
    steps = road.plan(
        186,
        (
            ("ชี้แจงระเบียบกับครัวเรือนทุกหลัง", Role.OFFICER, 175, "ใบลงลายมือชื่อผู้มาฟัง"),
            ("ทำข้อตกลงส่งคืนทีละครัวเรือน", Role.COMMITTEE, 165, "ข้อตกลงที่ลงชื่อแล้ว"),
            ("ประชุมคณะกรรมการทุกเดือน", Role.COMMITTEE, 90, "รายงานการประชุม"),
        ),
    )
    agreed = road.agree(180, first=165, months=12, most=99)
    road.show(steps[0], 176, "ใบลงลายมือชื่อผู้มาฟังคำชี้แจง")
    road.show(steps[1], 168, "ข้อตกลงส่งคืนที่ลงชื่อแล้ว")
    road.repay(agreed, but=len(agreed) // 10)
    road.visit(150, "กรรมการรับเงินงวดแรกครบตามข้อตกลง", "ออกใบเสร็จทุกครั้ง", is_formal=True)
    road.visit(112, "แวะคุยกับสามครัวเรือน ส่งได้ตามกำลัง", "", is_formal=False)
    road.show(steps[2], 92, "รายงานการประชุมคณะกรรมการสามครั้ง")
    road.visit(74, "เงินเข้าธนาคารทุกเดือน กรรมการเริ่มพิจารณาให้ยืมใหม่", "", is_formal=True)
    reported = report_case(
        addressed_to="พัฒนาการอำเภอหัวไทร",
        words="ขอรายงานผลการแก้ปัญหา และขอคำแนะนำเรื่องการให้ยืมรอบใหม่",
        paper_number="นศ 1719/ว 41",
        **road.on("phatthanakon", 66),
    )
    memo = _ok(reported, Reported).number
    given = advise(
        on=road.village.ago(60),
        words="ทำได้ดีมาก ให้กรรมการเรียงลำดับครัวเรือนใหม่ก่อนให้ยืม",
        report=memo,
        answer_by=road.village.ago(45),
        **road.on("amphoe", 60),
    )
    answer = answer_advice(
        number=_ok(given, Advised).number,
        on=road.village.ago(52),
        answer="ประชุมครัวเรือนเรียงลำดับใหม่แล้ว",
        **road.on("phatthanakon", 52),
    )
    _ok(answer, Advised)
    _ok(close_case(words="เงินหมุนเวียนต่อเนื่อง", **road.on("phatthanakon", 40)), Turned)
    _publish_lesson(road)
    return f"{road.village.fund.name}: แก้ปัญหาสำเร็จ ปิดเรื่องแล้ว และเผยแพร่บทเรียน"


def _publish_lesson(road: _Road) -> None:
    writer = road.on("phatthanakon", 30)
    state: CaseState = writer["state"]
    facts = facts_for_lesson(state, writer["by"].day)
    begun = begun_from(state, facts, author_name=cast_member("phatthanakon").name)
    words: LessonWords = replace(begun, office=OFFICE, **TOLD)
    number = _ok(write_lesson(words=words, **writer), LessonKept).number
    _ok(hand_in_lesson(group=road.group, number=number, by=writer["by"]), LessonKept)
    reader = road.district.on("amphoe", road.village.ago(20))
    _ok(publish_lesson(group=road.group, number=number, by=reader), LessonKept)


# What the writer adds to what the case already knows.
TOLD = {
    "techniques": "ใช้ระเบียบเป็นเครื่องมือขอความร่วมมือ ไม่ใช่ข้อบังคับ\nคุยทีละครัวเรือนก่อนประชุมใหญ่",
    "cautions": "รักษาความเป็นกลาง ปฏิบัติต่อทุกครัวเรือนเสมอกัน\nบันทึกหลักฐานทุกครั้งที่ลงพื้นที่",
    "success_factors": "คณะกรรมการตั้งใจจริง\nผู้บังคับบัญชาให้คำแนะนำต่อเนื่อง",
}


def _on_its_way(district: _District, warned: WarnedFund, survey: Round) -> str:
    """The plan is made, some households have agreed and begun; a step of it is late."""
    road = _Road(district, _village_of(district, warned, CHAIRMEN[1]))
    road.propose(150, survey, "เงินทั้งหมดอยู่กับครัวเรือน ไม่เคลื่อนไหวมานาน")
    road.consent(141)
    road.form_team(138)
    road.find_causes(131)
    steps = road.plan(
        124,
        (
            ("ชี้แจงระเบียบกับครัวเรือนทุกหลัง", Role.OFFICER, 110, "ใบลงลายมือชื่อผู้มาฟัง"),
            ("ทำข้อตกลงส่งคืนทีละครัวเรือน", Role.COMMITTEE, 12, "ข้อตกลงที่ลงชื่อแล้ว"),
            ("ตรวจสมุดเงินฝากกับธนาคาร", Role.COMMITTEE, -20, "สมุดเงินฝากที่ปรับยอดแล้ว"),
        ),
    )
    road.show(steps[0], 112, "ใบลงลายมือชื่อผู้มาฟังคำชี้แจง")
    agreed = road.agree(100, first=85, months=18, most=9)
    road.repay(agreed, but=3)
    road.visit(70, "เก้าครัวเรือนทำข้อตกลงแล้ว ที่เหลือรอขายผลผลิต", "นัดคุยทีละบ้าน", is_formal=True)
    road.visit(24, "สองครัวเรือนขอเลื่อนเป็นหลังเก็บเกี่ยว", "", is_formal=False)
    return f"{road.village.fund.name}: มีทีมงาน แผน และข้อตกลงส่งคืนแล้วบางส่วน"


def _waits_for_consent(district: _District, warned: WarnedFund, survey: Round) -> str:
    """Too few came to consent, and what is said of the old books does not agree."""
    road = _Road(district, _village_of(district, warned, CHAIRMEN[2]))
    road.propose(34, survey, "มีเงินที่ยังหาคำอธิบายไม่ได้ และไม่มีการส่งคืนมาหลายปี")
    road.consent(13, share=10)
    fund, by = road.village.fund, district.cast["phatthanakon"]
    opened = begin_opening(
        fund=fund, opens_on=road.village.ago(30), capital=ZERO, interest=ZERO, words="", by=by
    )
    _ok(opened, OpeningKept)
    for place, (grade, said_by, words, baht) in enumerate(CLAIMS):
        claimed = say_balance(
            Saying(
                Place.CLAIM,
                None,
                Money.baht(baht),
                grade,
                said_by,
                road.village.ago(20 - place),
                words,
                person="ผู้รับเงินส่งคืนคนก่อน",
            ),
            fund=fund,
            key=f"demo:{fund.code}:claim-{place}",
            by=by,
        )
        _ok(claimed, ClaimKept)
    return f"{fund.name}: เสนอเรื่องแล้ว รอความยินยอมของหมู่บ้าน และมีคำบอกยอดที่ยังไม่ตรงกัน"


CLAIMS = (
    (Grade.WITNESS, OpeningSaidBy.FORMER_COMMITTEE, "จำได้ว่ายังไม่ได้ส่งมอบเงินส่วนนี้", 9_000),
    (Grade.WITNESS, OpeningSaidBy.HEADMAN, "เห็นตอนส่งมอบ เหลือน้อยกว่านั้น", 5_000),
    (Grade.NONE, OpeningSaidBy.NEIGHBOUR, "ได้ยินมาว่าคืนแล้วบางส่วน", 3_000),
)
