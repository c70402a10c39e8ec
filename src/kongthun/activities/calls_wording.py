"""What is said when a call, a tick or a photo was not kept: what is wrong, and what to do."""

from __future__ import annotations

from kongthun.domain.thai_calendar import long

from .calls_refusals import (
    AgendaMissing,
    CallCancelled,
    CalledForPast,
    CalledTwice,
    CallHeld,
    CallRefusal,
    NoSuchCall,
    NoSuchPhoto,
    NotAMember,
    PhotoKeptAlready,
    ReasonMissing,
    TooManyPhotos,
)
from .wording import refusal_in_thai


def call_refusal_in_thai(refusal: CallRefusal) -> str:
    """What is wrong and what to do. Raises NotImplementedError for a refusal without words."""
    match refusal:
        case NoSuchCall(number=number):
            return f"ไม่มีนัดประชุมลำดับที่ {number} ลองเปิดจากรายการประชุมอีกครั้ง"
        case CallCancelled(number=number):
            return f"นัดประชุมลำดับที่ {number} งดไปแล้ว หากจะประชุมตามเดิม ให้นัดใหม่อีกครั้ง"
        case CallHeld(meeting_number=meeting_number):
            return f"นัดนี้ประชุมไปแล้วเป็นครั้งที่ {meeting_number} ดูต่อได้ที่หน้าการประชุมครั้งนั้น"
        case CalledForPast(meets_on=meets_on, today=today):
            return (
                f"วันนัด {long(meets_on)} ผ่านไปแล้ว (วันนี้ {long(today)}) "
                "ลองตรวจวันที่ ถ้าประชุมไปแล้ว ให้บันทึกการประชุมแทน"
            )
        case CalledTwice(number=number, meets_on=meets_on):
            return (
                f"วันที่ {long(meets_on)} มีนัดประชุมแบบเดียวกันอยู่แล้ว (นัดลำดับที่ {number}) "
                "ใช้นัดเดิม หรืองดนัดเดิมก่อนแล้วจึงนัดใหม่"
            )
        case AgendaMissing():
            return "ยังไม่ได้บอกว่าจะประชุมเรื่องอะไร พิมพ์วาระเรื่องละหนึ่งบรรทัด"
        case ReasonMissing():
            return "ยังไม่ได้บอกเหตุที่งดประชุม เขียนสั้น ๆ เพื่อให้ผู้ที่ได้รับนัดทราบ"
        case NotAMember(number=number, day=day):
            return (
                f"เลขที่ {number} ไม่ได้เป็นสมาชิกเมื่อ {long(day)} "
                "ลองตรวจเลขสมาชิก ผู้ที่ไม่ใช่สมาชิกให้นับรวมในช่องผู้อื่นที่มา"
            )
        case TooManyPhotos(most=most):
            return f"การประชุมครั้งหนึ่งเก็บภาพได้ {most} ภาพ เลือกเฉพาะภาพที่เห็นการประชุมชัด"
        case PhotoKeptAlready(place=place):
            return f"ภาพนี้เก็บไว้แล้วเป็นภาพที่ {place} เลือกภาพอื่น"
        case NoSuchPhoto(place=place):
            return f"การประชุมครั้งนี้ไม่มีภาพที่ {place} ลองเปิดหน้าการประชุมอีกครั้ง"
        case _:
            return refusal_in_thai(refusal)
