"""What a memo on a case and its annexes say, from the case and the books of a day."""

from __future__ import annotations

from datetime import date

from kongthun.accounts.reach import Reach
from kongthun.areas.models import Node
from kongthun.areas.queries import names_of
from kongthun.domain.casework import (
    CaseFacts,
    CaseKind,
    Stage,
    StepState,
    faults_of_causes,
    step_state,
    tree_of,
)
from kongthun.domain.money import Money
from kongthun.domain.thai_calendar import long, short
from kongthun.groups.models import Group
from kongthun.loans.models import Contract
from kongthun.reports.queries.roll_up import StatusRow, roll_up_by_fund

from ..follow_up_wording import outcome_lines
from ..models import Case, CaseEvent, PlanStep
from ..papers import (
    AgreedOnPaper,
    Annexes,
    CauseOnPaper,
    CriterionOnPaper,
    Memo,
    StepOnPaper,
    ThenAndNow,
    VisitOnPaper,
)
from ..wording import ANSWERS, EVENTS, KINDS, LEVELS, ROLES, SPEAKERS, STEP_STATES, sign_in_thai
from .facts import CaseState
from .follow_up import rows_of, visits_of
from .movement import AgreedLoan, BooksSince, movements_of, outcome_by

_POSITION = (
    ("households", "อยู่กับครัวเรือน"),
    ("bank", "ในธนาคาร"),
    ("cash", "เงินสดในมือ"),
    ("claims", "รอรับคืนจากบุคคล"),
    ("loss", "รับรู้ว่าสูญแล้ว"),
    ("unexplained", "ยังอธิบายไม่ได้"),
)


def subject_of(case: Case) -> str:
    """What a memo on this case is about."""
    return f"รายงานการแก้ไขปัญหา{case.group.name} ({KINDS[CaseKind(case.kind)]})"


def memo_of(
    state: CaseState, *, by: Reach, addressed_to: str, paper_number: str, words: str
) -> Memo:
    """A memo of today: what the case and the books say, and what is asked in own words.

    Households are told by the numbers of their contracts alone.
    """
    case = state.case
    annexes = annexes_of(state, by=by)
    return Memo(
        office=office_of(case.group),
        paper_number=paper_number,
        dated_on=long(by.day),
        subject=subject_of(case),
        addressed_to=addressed_to,
        paragraphs=(
            _how_it_began(case),
            _what_was_done(state, annexes, by.day),
            *_what_happened(state),
            *(line.strip() for line in words.splitlines() if line.strip()),
            "จึงเรียนมาเพื่อโปรดทราบ และขอคำแนะนำแนวทางแก้ไขต่อไป",
        ),
        signer=by.name,
        signer_position=by.title_words,
        annexes=annexes,
    )


def annexes_of(state: CaseState, *, by: Reach) -> Annexes:
    """The fund then and now, and all that was done, as of today. A fixed number of statements."""
    day = by.day
    books = movements_of([state], day)[state.key]
    outcome = outcome_by(books, day)
    then = min(books.movement.counted_from, day)
    return Annexes(
        opened_on=short(then),
        as_of=short(day),
        position=_position(state.case.group, then, by),
        causes=_causes(state.facts),
        steps=_steps(state, day),
        visits=_visits(state),
        agreed=_agreed(state.case.group_id, books),
        level=LEVELS[outcome.level],
        outcome=tuple(
            CriterionOnPaper(label, ANSWERS[answer], figures)
            for label, answer, figures in outcome_lines(outcome)
        ),
        source=outcome.criteria.source,
    )


def office_of(group: Group) -> str:
    """The office that reports: of the district, in its province."""
    codes = (group.area_code[:4], group.area_code[:2])
    names = names_of(codes)
    return "สำนักงานพัฒนาชุมชน" + " ".join(
        Node(code, names[code]).full_name for code in codes if code in names
    )


# --- below the line -------------------------------------------------------------------------


def _how_it_began(case: Case) -> str:
    signs = " ".join(sign_in_thai(each) for each in case.reasons)
    why = " ".join(each for each in (signs, case.words) if each)
    return f"ตามที่ได้เสนอเรื่องของ{case.group.name}เมื่อวันที่ {long(case.proposed_on)} เนื่องจาก {why} นั้น"


def _what_was_done(state: CaseState, annexes: Annexes, day: date) -> str:
    facts = state.facts
    if state.stage is Stage.PROPOSED:
        return (
            "ขณะนี้ยังไม่ได้เริ่มดำเนินการในหมู่บ้าน เพราะที่ประชุมหมู่บ้านยังไม่ได้ตกลงให้เปิดเรื่อง "
            "ฐานะกองทุนปรากฏตามเอกสารแนบ"
        )
    states = [step_state(step, day) for step in facts.steps]
    planned = sum(each is not StepState.GIVEN_UP for each in states)
    done = sum(each is StepState.DONE for each in states)
    said = [
        f"พบสาเหตุร่วมกัน {len(facts.causes)} ข้อ" if facts.causes else "",
        f"ทำตามแผนแล้ว {done} จาก {planned} ขั้น" if planned else "",
        f"ลงพื้นที่ติดตาม {len(annexes.visits)} ครั้ง" if annexes.visits else "",
        f"มีข้อตกลงส่งคืน {len(annexes.agreed)} ฉบับ" if annexes.agreed else "",
        f"ผลจากสมุดของกองทุน ณ {annexes.as_of}: {annexes.level}",
    ]
    return (
        "บัดนี้ได้ดำเนินการร่วมกับหมู่บ้านโดยสมัครใจ "
        + " ".join(each for each in said if each)
        + " รายละเอียดตามเอกสารแนบ"
    )


def _what_happened(state: CaseState) -> tuple[str, ...]:
    """The events of a legal or fraud case; nothing of any other."""
    events = rows_of(CaseEvent, state).order_by("happened_on", "number")
    told = [f"{EVENTS.get(each.name, each.name)} {long(each.happened_on)}" for each in events]
    return (f"เหตุการณ์ที่บันทึกไว้: {' · '.join(told)}",) if told else ()


def _position(group: Group, then: date, by: Reach) -> tuple[ThenAndNow, ...]:
    before, now = _status(group, then, by), _status(group, by.day, by)
    lines = [ThenAndNow(label, _sum(before, field), _sum(now, field)) for field, label in _POSITION]
    overdue = ThenAndNow(
        "เกินกำหนดส่งคืน",
        before.overdue.text if before else "–",
        now.overdue.text if now else "–",
    )
    return (*lines, overdue)


def _status(group: Group, day: date, by: Reach) -> StatusRow | None:
    found = roll_up_by_fund(group.area_code, as_of=day, today=by.day, reach=by)
    return next((row for row in found.rows if row.code == group.code), None)


def _sum(row: StatusRow | None, field: str) -> str:
    amount: Money | None = getattr(row.sums, field) if row is not None else None
    return amount.text if amount is not None else "–"


def _causes(facts: CaseFacts) -> tuple[CauseOnPaper, ...]:
    if faults_of_causes(facts.causes):
        told = [(0, cause) for cause in sorted(facts.causes, key=lambda each: each.number)]
    else:
        told = [(row.depth, row.cause) for row in tree_of(facts.causes)]
    return tuple(
        CauseOnPaper(
            str(cause.number),
            (True,) * depth,
            cause.words,
            " ".join(SPEAKERS[group] for group in sorted(cause.groups)) or "ยังไม่ได้บอกว่าใครพูด",
        )
        for depth, cause in told
    )


def _steps(state: CaseState, day: date) -> tuple[StepOnPaper, ...]:
    rows: dict[int, PlanStep] = {row.number: row for row in rows_of(PlanStep, state)}
    return tuple(
        StepOnPaper(
            str(step.number),
            step.words,
            " ".join(
                each
                for each in (
                    ROLES[step.owner.role] if step.owner is not None else "",
                    rows[step.number].owner_words,
                )
                if each
            ),
            short(step.due_on) if step.due_on is not None else "",
            STEP_STATES[step_state(step, day)][1],
        )
        for step in sorted(state.facts.steps, key=lambda each: each.number)
    )


def _visits(state: CaseState) -> tuple[VisitOnPaper, ...]:
    return tuple(
        VisitOnPaper(
            short(each.row.visited_on),
            "เป็นทางการ" if each.row.is_formal else "ไม่เป็นทางการ",
            each.row.seen,
            each.row.advised,
        )
        for each in reversed(visits_of(state))
    )


def _agreed(fund_id: int, books: BooksSince) -> tuple[AgreedOnPaper, ...]:
    papers = papers_of_contracts(fund_id, books.agreed)
    return tuple(
        AgreedOnPaper(
            papers.get(each.contract_number, str(each.contract_number)),
            short(each.agreed_on),
            each.amount.text,
            each.paid.text,
        )
        for each in books.agreed
    )


def papers_of_contracts(fund_id: int, agreed: tuple[AgreedLoan, ...]) -> dict[int, str]:
    """The numbers on paper of the contracts of some agreements. One statement."""
    numbers = [each.contract_number for each in agreed]
    found = Contract.objects.filter(fund_id=fund_id, number__in=numbers)
    return dict(found.values_list("number", "paper_number"))
