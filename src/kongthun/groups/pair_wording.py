"""What is said in Thai of two names that may be one person."""

from __future__ import annotations

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai

from . import pair_refusals as why
from .pair_refusals import PairRefusal
from .queries.pairs import Known, Likeness
from .refusals import NoteMissing

_LIKENESS = {
    Likeness.SAME: "ชื่อและสกุลตรงกัน",
    Likeness.NEAR: "ต่างกันที่วรรณยุกต์หรือการันต์",
}
ONE, TWO = "คนเดียวกัน", "คนละคน"


def likeness_in_thai(likeness: Likeness) -> str:
    """How alike two names are."""
    return _LIKENESS[likeness]


def decision_in_thai(is_same: bool) -> str:
    """What was decided of two names."""
    return ONE if is_same else TWO


def known_in_thai(known: Known) -> str:
    """As what somebody is known in a group."""
    house = f" บ้านเลขที่ {known.house_number}" if known.house_number else ""
    match known.role:
        case "member":
            return f"สมาชิกเลขที่ {known.number}{house}"
        case "household":
            return f"คนในครัวเรือนเลขที่ {known.number}{house}"
        case _:
            return f"คณะกรรมการ: {known.words}"


def refusal_in_thai(refusal: PairRefusal) -> str:
    """Why it was not done, and what to do."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case NoteMissing():
            return "บอกว่ารู้ได้อย่างไร เช่น ถามเจ้าตัวแล้ว ผู้ตรวจภายหลังจะได้ตามได้"
        case why.SamePersonTwice():
            return "เป็นแถวเดียวกันในทะเบียน ไม่ต้องตัดสิน เลือกคู่จากรายการอีกครั้ง"
        case why.NotBothKnown():
            return "มีชื่อหนึ่งที่ไม่อยู่ในกลุ่มของหมู่บ้านนี้ที่คุณดูแล ขอให้ผู้ดูแลทั้งสองกลุ่มเป็นผู้ตัดสิน"
        case why.AlreadyDecided(is_same=is_same):
            return f"ตัดสินไว้แล้วว่าเป็น{decision_in_thai(is_same)} ถ้าไม่ใช่ ถอนคำตัดสินเดิมก่อน แล้วตัดสินใหม่"
        case why.SpeaksAgainst():
            return (
                "ขัดกับคำตัดสินเดิมว่าบางชื่อในกลุ่มนี้เป็นคนละคน สมาชิกหนึ่งคนจะเป็นสองคนไม่ได้ ถอนคำตัดสินที่คลาดไปก่อน"
            )
        case why.PairUnknown():
            return "ไม่พบคำตัดสินนี้ในหมู่บ้านของกลุ่ม เลือกจากรายการอีกครั้ง"
        case why.PairWithdrawn():
            return "คำตัดสินนี้ถอนไปแล้ว ไม่ต้องทำอะไรเพิ่ม"
        case _:
            raise NotImplementedError(refusal)
