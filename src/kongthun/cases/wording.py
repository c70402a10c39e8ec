"""What is said on the road of a case: its stages, what is missing with what helps, and refusals.

Cooperation, not command [S]: nobody is blamed and nobody ranked.
"""

from __future__ import annotations

from collections.abc import Mapping

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.activities.refusals import (
    CannotDecideThis,
    MeetingStillOpen,
    MeetingWithoutQuorum,
    NoSuchMeeting,
    NoSuchResolution,
)
from kongthun.activities.wording import ground_refusal_in_thai
from kongthun.domain.casework import (
    AdviceUnanswered,
    Answer,
    CaseKind,
    CauseFault,
    CauseKind,
    CausesInCircle,
    CauseTwice,
    CauseUnsaid,
    CauseWithoutWords,
    ConsentRefused,
    ConsentWithoutQuorum,
    FoundByOneSide,
    Level,
    Missing,
    NoCause,
    NoConsent,
    NoGuidance,
    NoReason,
    NoReport,
    NoStep,
    NoVisit,
    Outcome,
    OutcomeNotMet,
    OutcomeOfOtherDays,
    OutcomeUnknown,
    ParentUnknown,
    Role,
    Speaker,
    Stage,
    StepLacks,
    StepOpen,
    StepState,
    TeamLacks,
    VisitWithoutWords,
    WorkKind,
)
from kongthun.domain.early_warning import Sign
from kongthun.domain.thai_calendar import long
from kongthun.reports.wording import SIGNS

from .refusals import (
    AnsweredAlready,
    AnsweredBeforeAsked,
    BeforeItOpened,
    CaseIsClosed,
    CaseIsOpen,
    CaseNotOpen,
    CaseThere,
    CauseCarriesOthers,
    CauseThere,
    DueBeforePlanned,
    HappensLater,
    LeftAlready,
    LeftBeforeJoined,
    NamesSomebody,
    NoSuchAnswer,
    NoSuchCase,
    NoSuchCause,
    NoSuchStep,
    NoSuchTeammate,
    NotInThatRole,
    NotOfTeam,
    OnTeamAlready,
    RoadRefusal,
    SaidAlready,
    StandsWithClosing,
    StepIsDone,
    StepIsGivenUp,
    StepThere,
    WordsMissing,
    WordsTooLong,
)

# What has been reached.
STAGES: Mapping[Stage, str] = {
    Stage.PROPOSED: "เสนอเรื่องแล้ว",
    Stage.CONSENTED: "หมู่บ้านสมัครใจ",
    Stage.TEAM_FORMED: "มีทีมงาน",
    Stage.CAUSES_FOUND: "พบสาเหตุร่วมกัน",
    Stage.PLANNED: "มีแผนแก้ไข",
    Stage.FOLLOWED_UP: "ลงพื้นที่ติดตาม",
    Stage.REPORTED: "รายงานและได้คำแนะนำ",
    Stage.CLOSED: "เงินหมุนอีกครั้ง ปิดเรื่อง",
    Stage.RELAPSED: "เงินหยุดอีกครั้ง",
}
# What is being done on the way to it.
ON_THE_WAY: Mapping[Stage, str] = {
    Stage.PROPOSED: "เสนอเรื่อง",
    Stage.CONSENTED: "ถามความสมัครใจของหมู่บ้าน",
    Stage.TEAM_FORMED: "จัดทีมงาน",
    Stage.CAUSES_FOUND: "หาสาเหตุร่วมกัน",
    Stage.PLANNED: "วางแผนแก้ไข",
    Stage.FOLLOWED_UP: "ติดตามผลในพื้นที่",
    Stage.REPORTED: "รายงานและรับคำแนะนำ",
    Stage.CLOSED: "ดูผลจากสมุด แล้วปิดเรื่อง",
}
KINDS: Mapping[CaseKind, str] = {
    CaseKind.STALLED: "กองทุนหยุดเคลื่อนไหว",
    CaseKind.LEGAL: "เรื่องทางกฎหมาย",
    CaseKind.FRAUD: "เรื่องเงินที่อาจถูกใช้ผิด",
}
ROLES: Mapping[Role, str] = {
    Role.OFFICER: "เจ้าหน้าที่พัฒนาชุมชน",
    Role.NETWORK: "คณะกรรมการเครือข่าย",
    Role.COMMITTEE: "คณะกรรมการกองทุน",
    Role.HOUSEHOLDS: "ครัวเรือนเป้าหมาย",
    Role.LEADERS: "ผู้นำชุมชน",
    Role.VILLAGE: "ที่ประชุมหมู่บ้าน",
    Role.SUPERIOR: "ผู้บังคับบัญชา",
    Role.LEGAL_OFFICER: "นิติกร",
}
CAUSE_KINDS: Mapping[CauseKind, str] = {
    CauseKind.RULES_NOT_KNOWN: "ยังไม่เข้าใจระเบียบ",
    CauseKind.COMMITTEE_STOPPED: "คณะกรรมการไม่ได้ทำงานต่อ",
    CauseKind.QUARREL: "คนในหมู่บ้านไม่ลงรอยกัน",
    CauseKind.LIVELIHOOD: "อาชีพและรายได้ของครัวเรือน",
    CauseKind.DEBT_DISPUTED: "ยอดค้างไม่ตรงกัน",
    CauseKind.BOOKS_LACKING: "สมุดหายหรือไม่ครบ",
    CauseKind.MONEY_UNEXPLAINED: "เงินที่ยังอธิบายไม่ได้",
    CauseKind.OTHER: "เรื่องอื่น",
}
SPEAKERS: Mapping[Speaker, str] = {
    Speaker.COMMITTEE: "คณะกรรมการกองทุน",
    Speaker.HOUSEHOLDS: "ครัวเรือน",
    Speaker.OFFICERS: "เจ้าหน้าที่",
    Speaker.LEADERS: "ผู้นำชุมชน",
}
# The mark beside a step of the plan, and its word.
STEP_STATES: Mapping[StepState, tuple[str, str]] = {
    StepState.DONE: ("ok", "ทำแล้ว มีหลักฐาน"),
    StepState.GIVEN_UP: ("ok", "ตกลงไม่ทำแล้ว"),
    StepState.LATE: ("watch", "เลยวันที่ตั้งไว้"),
    StepState.TO_DO: ("ok", "ยังไม่ถึงวัน"),
}
WORKS: Mapping[WorkKind, str] = {
    WorkKind.DEADLINE: "เรื่องที่มีกำหนดเวลา",
    WorkKind.CONSENT: "ถามความสมัครใจของหมู่บ้าน",
    WorkKind.TEAM: "จัดทีมงานให้ครบ",
    WorkKind.CAUSES: "หาสาเหตุร่วมกับหมู่บ้าน",
    WorkKind.PLAN: "วางแผนแก้ไข",
    WorkKind.STEP: "ทำตามแผน",
    WorkKind.VISIT: "ลงพื้นที่ติดตาม",
    WorkKind.ANSWER: "ตอบคำแนะนำ",
    WorkKind.REPORT: "รายงานผู้บังคับบัญชา",
    WorkKind.GUIDANCE: "รอคำแนะนำจากผู้บังคับบัญชา",
    WorkKind.OUTCOME: "ดูผลจากสมุด",
}
DEADLINES: Mapping[str, str] = {
    "tell_superior": "รายงานผู้บังคับบัญชาว่าพบเรื่อง",
    "complain": "ร้องทุกข์",
    "claim_from_heirs": "ทวงถามจากกองมรดก",
}
EVENTS: Mapping[str, str] = {
    "found": "พบเรื่อง",
    "superior_told": "รายงานผู้บังคับบัญชาแล้ว",
    "offender_known": "รู้ตัวผู้เกี่ยวข้อง",
    "complained": "ร้องทุกข์แล้ว",
    "death_known": "รู้ว่าผู้ยืมเสียชีวิต",
    "claimed": "ทวงถามกองมรดกแล้ว",
}
LEVELS: Mapping[Level, str] = {
    Level.STILL: "ยังไม่เคลื่อนไหว",
    Level.BEGUN: "เริ่มเคลื่อนไหว",
    Level.MOVES_AGAIN: "กลับมาเคลื่อนไหว",
    Level.CIRCULATES: "หมุนเวียนให้ยืมต่อแล้ว",
}
ANSWERS: Mapping[Answer, str] = {
    Answer.MET: "ถึงแล้ว",
    Answer.NOT_MET: "ยังไม่ถึง",
    Answer.WAITS: "รอวันตามข้อตกลง",
    Answer.NOT_ASKED: "ไม่ต้องดูข้อนี้",
}


def sign_in_thai(reason: str) -> str:
    """A sign of the early warning that stands with a case, by its name."""
    return SIGNS[Sign(reason)] if reason in set(Sign) else reason


def numbers_in_thai(numbers: tuple[int, ...]) -> str:
    """Numbers as they are told: 1, 2 และ 3."""
    *first, last = (str(number) for number in numbers)
    return f"{', '.join(first)} และ {last}" if first else last


def missing_in_thai(missing: Missing) -> str:  # noqa: PLR0912 (a line a lack)
    """What is not there yet and what helps. Raises NotImplementedError for what has no words."""
    match missing:
        case NoReason():
            return "ยังไม่ได้บอกว่าเสนอเรื่องนี้เพราะเหตุใด"
        case NoConsent():
            return "หมู่บ้านยังไม่ได้ตอบ นำเรื่องเข้าประชุมครัวเรือน ฟังว่าสมัครใจหรือไม่ แล้วบันทึกมติ"
        case ConsentWithoutQuorum(meetings=meetings):
            return (
                f"การประชุมครั้งที่ {numbers_in_thai(meetings)} คนมาไม่ครบองค์ประชุม คำตอบเก็บไว้แต่ยังไม่นับ "
                "นัดประชุมอีกครั้ง"
            )
        case ConsentRefused(meeting=meeting, on=on):
            return (
                f"ที่ประชุมครั้งที่ {meeting} เมื่อ {long(on)} ยังไม่พร้อม เคารพมตินี้ก่อน "
                "เมื่อหมู่บ้านอยากเริ่ม ประชุมแล้วบันทึกมติใหม่ได้"
            )
        case TeamLacks(role=role):
            return f"ในทีมยังไม่มี{ROLES[role]} เพิ่มอย่างน้อยหนึ่งคน"
        case NoCause():
            return "ยังไม่ได้บันทึกสาเหตุ ชวนครัวเรือน คณะกรรมการ และผู้นำคุยกันในที่ประชุม"
        case FoundByOneSide(group=group):
            return f"สาเหตุทั้งหมดมาจาก{SPEAKERS[group]}ฝ่ายเดียว ถามอีกฝ่ายในที่ประชุม แล้วบันทึกว่าใครเห็นอย่างไร"
        case (
            CauseTwice() | CauseWithoutWords() | CauseUnsaid() | ParentUnknown() | CausesInCircle()
        ):
            return cause_fault_in_thai(missing)
        case NoStep():
            return "ยังไม่มีแผน ตกลงกันว่าจะทำอะไร ใครทำ ภายในวันไหน"
        case StepLacks(number=number):
            return f"แผนข้อ {number} ยังบอกไม่ครบ: {_lacks_in_thai(missing)}"
        case NoVisit():
            return "ยังไม่มีใครลงพื้นที่หลังวางแผน ไปเยี่ยมแล้วบันทึกสิ่งที่เห็น เป็นทางการหรือไม่ก็ได้"
        case VisitWithoutWords(number=number):
            return f"การลงพื้นที่ครั้งที่ {number} ยังไม่ได้บอกว่าเห็นอะไร จึงยังไม่นับ"
        case NoReport():
            return "ยังไม่ได้รายงานผู้บังคับบัญชาหลังลงพื้นที่"
        case NoGuidance(reports=reports):
            return f"รายงานฉบับที่ {numbers_in_thai(reports)} รอคำแนะนำจากผู้บังคับบัญชา"
        case (
            StepOpen()
            | AdviceUnanswered()
            | OutcomeUnknown()
            | OutcomeOfOtherDays()
            | OutcomeNotMet()
        ):
            return _missing_to_close_in_thai(missing)
        case _:
            raise NotImplementedError(missing)


def _missing_to_close_in_thai(
    missing: StepOpen | AdviceUnanswered | OutcomeUnknown | OutcomeOfOtherDays | OutcomeNotMet,
) -> str:
    match missing:
        case StepOpen(number=number, is_late=True):
            return f"แผนข้อ {number} เลยวันที่ตั้งไว้และยังไม่มีหลักฐานว่าทำแล้ว"
        case StepOpen(number=number):
            return f"แผนข้อ {number} ยังไม่มีหลักฐานว่าทำแล้ว"
        case AdviceUnanswered(number=number):
            return f"คำแนะนำที่ {number} ยังไม่ได้ตอบ"
        case OutcomeUnknown():
            return "ยังไม่ได้ดูผลจากสมุด"
        case OutcomeOfOtherDays(day=day):
            return f"ผลที่มีเป็นของวันที่ {long(day)} ดูผลจากสมุดของวันนี้อีกครั้ง"
        case OutcomeNotMet(outcome=outcome):
            return f"สมุดยังไม่แสดงผลครบตามเกณฑ์: {short_of_in_thai(outcome)}"


def _lacks_in_thai(step: StepLacks) -> str:
    lacking = [
        words
        for is_lacking, words in (
            (step.words, "จะทำอะไร"),
            (step.owner, "ใครรับผิดชอบ"),
            (step.due_on, "ภายในวันไหน"),
            (step.shown_by, "อะไรจะแสดงว่าทำแล้ว"),
        )
        if is_lacking
    ]
    return " ".join(lacking)


def short_of_in_thai(outcome: Outcome) -> str:
    """What the books do not show yet of what was to be reached."""
    short = [
        words
        for part, words in (
            (
                outcome.moving,
                f"มีเงินส่งคืน {outcome.moving.months} เดือน จากที่หวัง {outcome.moving.wanted} เดือน",
            ),
            (outcome.kept, "การส่งคืนตามข้อตกลงยังไม่ถึงส่วนที่หวัง"),
            (outcome.explained, "เงินที่ยังอธิบายไม่ได้ยังลดไม่ถึงส่วนที่หวัง"),
        )
        if not part.answer.is_well
    ]
    return " · ".join(short)


def cause_fault_in_thai(fault: CauseFault) -> str:
    """What keeps causes from being read as a tree, with what helps."""
    match fault:
        case CauseTwice(number=number):
            return f"มีสาเหตุที่ {number} มากกว่าหนึ่งข้อ ถอนข้อที่ซ้ำ"
        case CauseWithoutWords(number=number):
            return f"สาเหตุที่ {number} ยังไม่มีข้อความ"
        case CauseUnsaid(number=number):
            return f"ยังไม่ได้บอกว่าใครพูดสาเหตุที่ {number} ในการประชุมครั้งใด เลือกอย่างน้อยหนึ่งฝ่าย"
        case ParentUnknown(number=number, parent=parent):
            return f"สาเหตุที่ {number} อยู่ใต้ข้อ {parent} ซึ่งไม่มีหรือถอนไปแล้ว เลือกข้อที่มีอยู่"
        case CausesInCircle(numbers=numbers):
            return f"สาเหตุข้อ {numbers_in_thai(numbers)} วนกันเป็นวง ถอนข้อหนึ่งแล้วเขียนใหม่ใต้ข้อที่ถูก"


def refusal_in_thai(refusal: RoadRefusal) -> str:  # noqa: PLR0912 (a line a refusal)
    """What is wrong and what to do. Raises NotImplementedError for a refusal without words."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case CannotDecideThis(number=number, kind=kind):
            return (
                f"การประชุมครั้งที่ {number} เป็น{kind} ความสมัครใจต้องมาจากที่ประชุมครัวเรือน "
                "หรือประชุมใหญ่ เลือกการประชุมนั้น หรือนัดประชุมก่อน"
            )
        case NoSuchMeeting() | MeetingStillOpen() | MeetingWithoutQuorum() | NoSuchResolution():
            return ground_refusal_in_thai(refusal)
        case (
            CauseTwice() | CauseWithoutWords() | CauseUnsaid() | ParentUnknown() | CausesInCircle()
        ):
            return cause_fault_in_thai(refusal)
        case WordsMissing(what=what):
            return f"ยังไม่ได้บอก{what} เขียนสั้น ๆ แล้วบันทึกอีกครั้ง"
        case WordsTooLong(what=what, longest=longest):
            return f"{what}ยาวเกิน {longest:,} ตัวอักษร ย่อให้สั้นลง"
        case HappensLater(day=day):
            return f"วันที่ {long(day)} ยังมาไม่ถึง บันทึกเมื่อถึงวันนั้นแล้ว"
        case NoSuchCase(number=number):
            return f"ไม่มีเรื่องที่ {number} ในกองทุนนี้ที่ท่านดูแล ลองเปิดจากรายการเรื่องอีกครั้ง"
        case CaseNotOpen(number=number):
            return f"เรื่องที่ {number} ยังไม่เปิด รอมติของหมู่บ้านว่าสมัครใจก่อน"
        case CaseIsClosed(number=number):
            return f"เรื่องที่ {number} ปิดแล้ว ข้อความในนั้นจึงคงเดิม หากเงินหยุดอีก จะเปิดเรื่องนี้ต่อได้"
        case StandsWithClosing(closed_on=closed_on):
            return (
                f"ข้อนี้เป็นส่วนของเรื่องที่ปิดเมื่อ {long(closed_on)} จึงคงไว้ "
                "สิ่งที่เปลี่ยนหลังจากนั้น บันทึกเป็นข้อใหม่ด้วยวันที่ใหม่"
            )
        case CaseIsOpen(number=number):
            return f"เรื่องที่ {number} หมู่บ้านเห็นชอบแล้ว จึงทำต่อจนจบ ถอนไม่ได้"
        case CaseThere(number=number):
            return f"กองทุนนี้มีเรื่องแบบเดียวกันที่ยังไม่จบ คือเรื่องที่ {number} เปิดเรื่องนั้นแล้วทำต่อ"
        case AnsweredBeforeAsked(held_on=held_on, proposed_on=proposed_on):
            return (
                f"ประชุมเมื่อ {long(held_on)} ก่อนวันเสนอเรื่อง {long(proposed_on)} "
                "เลือกการประชุมหลังเสนอเรื่อง หรือถอนเรื่องแล้วเสนอใหม่ด้วยวันที่ถูก"
            )
        case AnsweredAlready(meeting_number=number):
            return f"คำตอบของการประชุมครั้งที่ {number} บันทึกไว้แล้ว หากผิด ถอนคำตอบนั้นก่อน"
        case NoSuchAnswer(number=number):
            return f"ไม่มีคำตอบที่ {number} หรือถอนไปแล้ว"
        case NotOfTeam(role=role):
            return (
                f"{ROLES[role]}ไม่ใช่ทีมงานที่ลงพื้นที่ ทีมคือเจ้าหน้าที่กับคณะกรรมการเครือข่าย "
                "ผู้อื่นรับผิดชอบขั้นตอนในแผนได้"
            )
        case NotInThatRole(role=role, on=on):
            return f"ผู้ที่เลือกไม่ได้เป็น{ROLES[role]}ของพื้นที่นี้เมื่อ {long(on)} เลือกคนอื่น หรือตรวจวันที่"
        case OnTeamAlready(name=name):
            return f"{name} อยู่ในทีมแล้ว"
        case NoSuchTeammate(number=number):
            return f"ไม่มีผู้ร่วมทีมลำดับที่ {number} หรือถอนไปแล้ว"
        case LeftBeforeJoined(joined_on=joined_on, left_on=left_on):
            return f"วันสุดท้าย {long(left_on)} มาก่อนวันร่วมทีม {long(joined_on)} ลองตรวจวันที่"
        case LeftAlready(left_on=left_on):
            return f"ผู้นี้อยู่ในทีมถึง {long(left_on)} บันทึกไว้แล้ว"
        case NamesSomebody():
            return "ในข้อความมีชื่อคน สาเหตุพูดถึงเรื่อง ไม่พูดถึงตัวบุคคล ลองเขียนโดยไม่ใส่ชื่อ"
        case CauseThere(number=number):
            return f"สาเหตุนี้มีแล้วเป็นข้อ {number} เพิ่มที่ข้อนั้นว่าใครเห็นด้วยอีก"
        case NoSuchCause(number=number):
            return f"ไม่มีสาเหตุข้อ {number} หรือถอนไปแล้ว"
        case SaidAlready(speaker=speaker, meeting_number=number):
            return f"บันทึกไว้แล้วว่า{SPEAKERS[speaker]}พูดเรื่องนี้ในการประชุมครั้งที่ {number}"
        case CauseCarriesOthers(number=number, others=others):
            return f"ใต้สาเหตุข้อ {number} ยังมีข้อ {numbers_in_thai(others)} ถอนข้อเหล่านั้นก่อน"
        case BeforeItOpened(day=day, opened_on=opened_on):
            return f"วันที่ {long(day)} มาก่อนวันเปิดเรื่อง {long(opened_on)} จึงจะไม่นับ ลองตรวจวันที่"
        case DueBeforePlanned(planned_on=planned_on, due_on=due_on):
            return f"วันที่ {long(due_on)} มาก่อนวันวางแผน {long(planned_on)} ลองตรวจวันที่"
        case StepThere(number=number):
            return f"ขั้นตอนนี้มีแล้วเป็นข้อ {number} ถ้าทำหลายครั้ง ใส่วันให้ต่างกัน"
        case NoSuchStep(number=number):
            return f"ไม่มีขั้นตอนข้อ {number} ในแผน"
        case StepIsDone(number=number):
            return f"แผนข้อ {number} มีหลักฐานว่าทำแล้ว จึงคงไว้"
        case StepIsGivenUp(number=number):
            return f"แผนข้อ {number} ตกลงไม่ทำแล้ว ถ้ากลับมาทำ เพิ่มเป็นข้อใหม่"
        case _:
            raise NotImplementedError(refusal)
