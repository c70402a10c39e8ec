"""What is said of following a case up: refusals, how steps stand, deadlines, the outcome."""

from __future__ import annotations

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.domain.casework import Answer, Explained, Kept, Moving, Outcome
from kongthun.domain.plan import BASIS_POINTS
from kongthun.domain.thai_calendar import long
from kongthun.web.shares import percent_text

from .follow_up_refusals import (
    AnsweredAlready,
    BeforeIt,
    CaseIsClosed,
    FollowUpRefusal,
    InTheFuture,
    NoSuchCase,
    NoSuchEvent,
    NoSuchFact,
    NoSuchHouseholds,
    NoSuchStep,
    NotConsented,
    NothingSaid,
    NotStopped,
    NotThereYet,
    StepGivenUp,
    StepOfOthers,
    ToldAlready,
    TooLong,
    TooManyPhotos,
)
from .refusals import StandsWithClosing
from .wording import missing_in_thai, refusal_in_thai


def follow_up_refusal_in_thai(refusal: FollowUpRefusal) -> str:  # noqa: PLR0912 (a line each)
    """What is wrong and what to do. Raises NotImplementedError for a refusal without words."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case NoSuchCase(number=number):
            return f"ไม่พบเรื่องที่ {number} ของกองทุนนี้ ลองเปิดจากรายการเรื่องอีกครั้ง"
        case NotConsented():
            return "หมู่บ้านยังไม่ได้ตกลงให้เปิดเรื่อง นำเข้าที่ประชุมครัวเรือนแล้วบันทึกคำตอบก่อน จึงลงมือต่อ"
        case CaseIsClosed():
            return "เรื่องนี้ปิดแล้ว สิ่งที่บันทึกไว้จึงคงเดิม หากการส่งคืนหยุดลงอีก เปิดเรื่องอีกครั้งได้จากหน้าผล"
        case StandsWithClosing():
            return refusal_in_thai(refusal)
        case InTheFuture(day=day, today=today):
            return f"วันที่ {long(day)} ยังมาไม่ถึง (วันนี้ {long(today)}) ลองตรวจวันที่ หรือบันทึกเมื่อทำแล้ว"
        case BeforeIt(day=day, earliest=earliest, what=what):
            return f"วันที่ {long(day)} มาก่อน{what} ({long(earliest)}) ลองตรวจวันที่อีกครั้ง"
        case NothingSaid(what=what):
            return f"ยังไม่ได้บอก{what} เขียนสั้น ๆ แล้วบันทึกอีกครั้ง"
        case TooLong(what=what, longest=longest):
            return f"{what}ยาวเกิน {longest:,} ตัวอักษร ย่อให้สั้นลง ส่วนที่เหลือแนบเป็นเอกสารได้"
        case ToldAlready(what=what, number=number):
            return f"{what}บันทึกไว้แล้ว (ลำดับที่ {number}) ถ้าเป็นคนละครั้ง เติมถ้อยคำหรือวันให้ต่างกัน"
        case NoSuchHouseholds(numbers=numbers):
            said = ", ".join(map(str, numbers))
            return f"ไม่มีครัวเรือนลำดับที่ {said} ในบัญชีรายชื่อ ตรวจเลขลำดับแล้วพิมพ์อีกครั้ง"
        case TooManyPhotos(most=most):
            return f"เก็บภาพได้ครั้งละไม่เกิน {most} ภาพ เลือกภาพที่เห็นชัดที่สุด"
        case NoSuchStep(number=number):
            return f"แผนไม่มีขั้นที่ {number} ลองเปิดจากหน้าเรื่องอีกครั้ง"
        case StepGivenUp(number=number):
            return f"ขั้นที่ {number} ตกลงเลิกทำแล้ว หากกลับมาทำ ให้เพิ่มเป็นขั้นใหม่ในแผน"
        case StepOfOthers(number=number):
            return f"ขั้นที่ {number} มีผู้อื่นรับผิดชอบ ส่งภาพหรือเอกสารให้พัฒนากรเป็นผู้บันทึก"
        case NoSuchFact(what=what, number=number):
            return f"ไม่พบ{what}ลำดับที่ {number} หรือถอนไปแล้ว ลองเปิดจากหน้าเรื่องอีกครั้ง"
        case AnsweredAlready(number=number, on=on):
            return f"คำแนะนำที่ {number} ตอบแล้วเมื่อ {long(on)} เรื่องที่จะบอกเพิ่มให้เขียนในรายงานครั้งถัดไป"
        case NoSuchEvent():
            return "เหตุการณ์นี้ไม่มีกำหนดเวลาของเรื่องประเภทนี้ เลือกจากรายการอีกครั้ง"
        case NotThereYet(missing=missing):
            return missing_in_thai(missing)
        case NotStopped():
            return "สมุดไม่ได้แสดงว่าการส่งคืนหยุดลงหลังปิดเรื่อง จึงยังไม่ต้องเปิดเรื่องอีกครั้ง"
        case _:
            raise NotImplementedError(refusal)


def outcome_lines(outcome: Outcome) -> list[tuple[str, Answer, str]]:
    """Each criterion: what it asks, how it is answered, and the figures it follows from."""
    return [
        ("มีเงินส่งคืน", outcome.moving.answer, moving_in_thai(outcome.moving)),
        ("ทำตามข้อตกลงส่งคืน", outcome.kept.answer, kept_in_thai(outcome.kept)),
        ("เงินที่ยังอธิบายไม่ได้", outcome.explained.answer, explained_in_thai(outcome.explained)),
    ]


def moving_in_thai(moving: Moving) -> str:
    """The months with a repayment, of how many."""
    said = f"มีเงินส่งคืน {moving.months} เดือน จากที่ตั้งไว้ {moving.wanted} เดือน"
    return f"{said} และให้ยืมใหม่แล้ว" if moving.has_lent_again else said


def kept_in_thai(kept: Kept) -> str:
    """The agreed parts put to the test, by count and by sum."""
    share = kept.share
    if not kept.agreed:
        return "ยังไม่มีข้อตกลงส่งคืน" if kept.is_anything_overdue else "ไม่มีหนี้เกินกำหนดที่ต้องตกลง"
    by_count, by_sum = share.by_count, share.by_sum
    if by_count is None or by_sum is None:
        return f"ตกลงไว้ {kept.agreed} งวด ยังไม่มีงวดที่ถึงกำหนด"
    return (
        f"ทำตามข้อตกลง {share.kept} จาก {share.due} งวดที่ถึงกำหนด ({percent_text(by_count)}) "
        f"เป็นเงิน {share.kept_sum.text} จาก {share.due_sum.text} บาท ({percent_text(by_sum)}) "
        f"ตั้งไว้ {kept.wanted_bp * 100 // BASIS_POINTS}%"
    )


def explained_in_thai(explained: Explained) -> str:
    """What was missing then and is now."""
    if explained.share is None and not explained.now:
        return "ไม่มีเงินที่อธิบายไม่ได้"
    wanted = f"ตั้งไว้ {explained.wanted_bp * 100 // BASIS_POINTS}%"
    figures = f"เมื่อเสนอเรื่อง {explained.at_opening.text} บาท ขณะนี้ {explained.now.text} บาท"
    if explained.share is None:
        return figures
    return f"{figures} อธิบายได้แล้ว {percent_text(explained.share)} {wanted}"
