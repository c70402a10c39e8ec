"""What people are told about briefings: why something was not done."""

from __future__ import annotations

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.domain.thai_calendar import long

from .refusals import (
    AnswerTwice,
    AskedAlready,
    BriefingGone,
    BriefingRefusal,
    CalledAlready,
    HasHappened,
    InFuture,
    MoreSheetsThanPeople,
    NamedTwice,
    NobodyNamed,
    NoRightAnswer,
    NoSuchArea,
    NoSuchRow,
    NotHeldYet,
    NothingCounted,
    NotInArea,
    RightMoreThanAnswered,
    SaidAlready,
    TooFewAnswers,
    TooLong,
    WordsMissing,
)


def refusal_in_thai(refusal: BriefingRefusal) -> str:  # noqa: PLR0912 (a line a refusal)
    """What is wrong and what to do."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case WordsMissing(what=what):
            return f"ยังไม่ได้บอก{what} พิมพ์สั้น ๆ ก็พอ"
        case TooLong(what=what, longest=longest):
            return f"{what}ยาวเกิน {longest:,} ตัวอักษร ลองย่อให้สั้นลง"
        case NoSuchArea(code=code):
            return f"ไม่พบพื้นที่รหัส {code} เลือกพื้นที่จากหน้าฐานะเงินทุน"
        case CalledAlready(number=number):
            return f"เรื่องนี้ในวันนี้จดไว้แล้วเป็นครั้งที่ {number} เปิดครั้งนั้นเพื่อเติมข้อมูล"
        case BriefingGone(number=number):
            return f"การชี้แจงครั้งที่ {number} ถูกถอนแล้ว จดเป็นครั้งใหม่แทน"
        case NotHeldYet(held_on=on):
            return f"การชี้แจงจะมีวันที่ {long(on)} เมื่อถึงวันแล้วจึงจดผู้มาและสิ่งที่พูดคุย"
        case HasHappened(attendees=attendees, voices=voices):
            return (
                f"จดผู้มา {attendees:,} คน และเสียงจากกองทุน {voices:,} เรื่องไว้แล้ว จึงถอนไม่ได้ "
                "ถอนรายการที่จดผิดทีละรายการแทน"
            )
        case NobodyNamed():
            return "ยังไม่มีชื่อผู้มา พิมพ์ชื่อบรรทัดละคน หรือทำเครื่องหมายหน้ากองทุนที่ประธานมา"
        case NamedTwice(name=name):
            return f"{name} มีชื่ออยู่แล้ว ถ้าเป็นคนละคน เติมตำแหน่งหรือหมู่บ้านให้ต่างกัน"
        case NotInArea(name=name):
            return f"{name} ไม่อยู่ในพื้นที่ของการชี้แจงครั้งนี้ เลือกกองทุนในพื้นที่"
        case TooFewAnswers(given=given):
            return f"มีคำตอบให้เลือก {given} ข้อ ใส่ 2 ถึง 4 ข้อ บรรทัดละข้อ"
        case AnswerTwice(words=words):
            return f"คำตอบ “{words}” ซ้ำกัน แก้ให้ต่างกัน"
        case NoRightAnswer(right=right):
            return f"คำตอบที่ถูกคือข้อ {right} แต่ไม่มีข้อนั้น ใส่ลำดับของคำตอบที่ถูก"
        case AskedAlready(number=number):
            return f"คำถามนี้มีแล้วเป็นข้อ {number}"
        case NoSuchRow(what=what, number=number):
            return f"ไม่พบ{what} {number} ลองเปิดหน้าการชี้แจงอีกครั้ง"
        case NothingCounted():
            return "ยังไม่ได้ใส่จำนวน ใส่จำนวนแผ่นคำตอบ และจำนวนที่ตอบถูกของแต่ละข้อ"
        case RightMoreThanAnswered(question=question, right=right, answered=answered):
            return f"ข้อ {question} ตอบถูก {right:,} แผ่น มากกว่าที่ส่ง {answered:,} แผ่น ลองนับอีกครั้ง"
        case MoreSheetsThanPeople(answered=answered, came=came):
            return f"มี {answered:,} แผ่น มากกว่าผู้มา {came:,} คน ลองนับอีกครั้ง หรือเติมชื่อผู้มาให้ครบ"
        case InFuture(on=on):
            return f"วันที่ {long(on)} ยังมาไม่ถึง ลองดูวันที่อีกครั้ง"
        case SaidAlready(number=number):
            return f"เรื่องนี้ของกองทุนจดไว้แล้วเป็นเรื่องที่ {number}"
        case _:
            raise NotImplementedError(refusal)
