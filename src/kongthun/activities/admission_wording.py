"""What is said when a meeting's decision on applications can not be written down."""

from __future__ import annotations

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.domain.thai_calendar import long

from . import admission_refusals as why
from .wording import ground_refusal_in_thai


def refusal_in_thai(refusal: why.AdmissionRefusal) -> str:
    """What is wrong and what to do."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case why.NobodyDecidedOn():
            return "ยังไม่ได้เลือกว่าที่ประชุมรับใคร ทำเครื่องหมายอย่างน้อยหนึ่งคน แล้วบันทึกอีกครั้ง"
        case why.BothWays(number=number):
            return f"เลขที่ {number} เลือกไว้ทั้งรับและยังไม่รับ เลือกอย่างเดียวตามมติ"
        case why.NotWaiting(number=number, is_member=True):
            return f"เลขที่ {number} เป็นสมาชิกอยู่แล้ว นำออกจากรายการนี้"
        case why.NotWaiting(number=number):
            return f"เลขที่ {number} ไม่มีใบสมัครที่รอพิจารณา รับใบสมัครก่อน หรือตรวจเลขที่อีกครั้ง"
        case why.AppliedLater(number=number, applied_on=applied, held_on=held):
            return (
                f"เลขที่ {number} ยื่นใบสมัครเมื่อ {long(applied)} หลังวันประชุม {long(held)} "
                "เลือกการประชุมที่จัดหลังจากนั้น หรือตรวจวันที่ยื่นใบสมัคร"
            )
        case why.WhyNotMissing(number=number):
            return f"เลขที่ {number} ยังไม่ได้บอกเหตุที่ยังไม่รับ เขียนสั้น ๆ ให้ผู้สมัครเข้าใจและแก้ได้"
        case _:
            return ground_refusal_in_thai(refusal)
