"""What is said of handovers."""

from __future__ import annotations

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.domain.thai_calendar import long

from .handover_refusals import (
    HandoverOpen,
    HandoverRefusal,
    HandoverSigned,
    HandoverTextTooLong,
    MissingUnsaid,
    NoSuchHandover,
    NothingToHandOver,
    NotLookedAt,
    SameSetTwice,
    SignatureMissing,
    SignsTwice,
    ThingListedAlready,
    ThingUnknown,
    ThingUnnamed,
)
from .refusals import InTheFuture
from .wording import refusal_in_thai as group_refusal_in_thai


def refusal_in_thai(refusal: HandoverRefusal) -> str:  # noqa: PLR0912 (a line a refusal)
    """What is wrong and what to do. NotImplementedError for a refusal without words."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case InTheFuture():
            return group_refusal_in_thai(refusal)
        case NoSuchHandover(number=number):
            return f"ไม่พบรายการส่งมอบครั้งที่ {number} ลองเปิดจากรายการส่งมอบงานอีกครั้ง"
        case HandoverSigned(number=number):
            return (
                f"การส่งมอบครั้งที่ {number} ลงนามแล้ว ข้อความในนั้นจึงคงเดิม หากมีของส่งมอบเพิ่ม ทำรายการครั้งใหม่"
            )
        case HandoverOpen(number=number, handed_on=on):
            return f"มีรายการส่งมอบครั้งที่ {number} ของวันที่ {long(on)} ที่ยังไม่ได้ลงนาม เปิดรายการนั้นทำต่อได้เลย"
        case SameSetTwice(set_number=number):
            return f"ผู้ส่งมอบและผู้รับมอบเป็นชุดที่ {number} เหมือนกัน ลองดูเลขชุดอีกครั้ง"
        case NothingToHandOver():
            return "ยังไม่มีรายการที่จะส่งมอบ เพิ่มอย่างน้อยหนึ่งรายการ"
        case ThingUnnamed():
            return "ยังไม่ได้บอกว่าเป็นสิ่งใด พิมพ์ชื่อสิ่งที่ส่งมอบ เช่น ตราประทับของกลุ่ม"
        case ThingListedAlready(place=place):
            return f"มีอยู่แล้วในรายการที่ {place} หากเป็นคนละชิ้น เติมถ้อยคำให้ต่างกัน"
        case ThingUnknown(place=place):
            return f"ไม่มีรายการที่ {place} ในใบส่งมอบนี้ ลองเปิดหน้านี้อีกครั้ง"
        case NotLookedAt(places=places):
            return f"ยังไม่ได้ตรวจรายการที่ {_listed(places)} ทำเครื่องหมายว่ามีหรือไม่มีให้ครบก่อนลงนาม"
        case MissingUnsaid(places=places):
            return f"รายการที่ {_listed(places)} ไม่มี เขียนว่าพบอย่างไร เช่น สูญหาย หรือธนาคารเก็บไว้"
        case SignatureMissing(gives=True):
            return "ยังไม่มีชื่อผู้ส่งมอบ พิมพ์ชื่อตามที่ลงนามในกระดาษ"
        case SignatureMissing():
            return "ยังไม่มีชื่อผู้รับมอบ พิมพ์ชื่อตามที่ลงนามในกระดาษ"
        case SignsTwice(name=name):
            return f"{name} ลงนามสองช่อง ผู้ส่งมอบ ผู้รับมอบ และพยานต้องเป็นคนละคน"
        case HandoverTextTooLong(what=what, longest=longest):
            return f"{what}ยาวเกิน {longest:,} ตัวอักษร ลองย่อให้สั้นลง"
        case _:
            raise NotImplementedError(refusal)


def _listed(places: tuple[int, ...]) -> str:
    return ", ".join(str(place) for place in places)
