"""What is said of the papers a group keeps: what each belongs to, and why one was not redacted."""

from __future__ import annotations

import re

from django.utils import timezone

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.audit.papers import NoReason, NoSuchPaper, ReasonTooLong, RedactedBefore
from kongthun.domain.thai_calendar import long

from .paper_refusals import PaperNotRedacted

# The fixed words that papers are kept under, and what they are called. The first that fits.
_SUBJECTS = [
    (r"meeting (\d+) photo", "ภาพการประชุมครั้งที่ {0}"),
    (r"meeting (\d+)", "บันทึกการประชุมครั้งที่ {0}"),
    (r"training (\d+)", "ภาพการอบรมลำดับที่ {0}"),
    (r"activity (\d+)", "ภาพกิจกรรมลำดับที่ {0}"),
    (r"member (\d+) photo", "ภาพถ่ายสมาชิกเลขที่ {0}"),
    (r"handover (\d+)", "ใบส่งมอบงานครั้งที่ {0}"),
    (r"written rules (\d+) known", "ใบลงชื่อรับทราบระเบียบฉบับที่ {0}"),
    (r"written rules (\d+)", "ระเบียบฉบับที่ {0} ที่ลงนาม"),
    (r"contract (\d+)", "หลักฐานของสัญญาลำดับที่ {0}"),
    (r"claim", "หลักฐานเงินที่ต้องเรียกคืนจากบุคคล"),
    (r"gift (\d+) report (\d+)", "รายงานที่ {1} ของเงินหรือสิ่งที่ได้รับลำดับที่ {0}"),
    (r"gift (\d+)", "หนังสือของผู้ให้ ลำดับที่ {0}"),
    (r"borrowing (\d+)", "สัญญาที่กลุ่มกู้หรือยืม ลำดับที่ {0}"),
    (r"tool (\d+)", "ภาพเครื่องมือเลขที่ {0}"),
    (r"case (\d+)\b.*", "เอกสารของเรื่องแก้ไขปัญหาที่ {0}"),
    (r"opening claim (\d+)", "หลักฐานของคำบอกยอดลำดับที่ {0}"),
    (r"assessment (\d+)\b.*", "ภาพประกอบแบบประเมินครั้งที่ {0}"),
    (r"survey\b.*", "ภาพจากการสำรวจสถานะ"),
]


def subject_in_thai(subject: str) -> str:
    """What a paper belongs to; a subject nobody has words for yet is a paper of the group."""
    for fits, words in _SUBJECTS:
        found = re.fullmatch(fits, subject)
        if found is not None:
            return words.format(*found.groups())
    return "เอกสารของกลุ่ม"


def refusal_in_thai(refusal: PaperNotRedacted) -> str:
    """What is wrong, and what to do."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case NoSuchPaper(number):
            return f"กลุ่มนี้ไม่มีเอกสารลำดับที่ {number} ดูลำดับในหน้าเอกสารอีกครั้ง"
        case RedactedBefore(number, at):
            on = long(timezone.localdate(at))
            return f"เอกสารลำดับที่ {number} ปิดเนื้อหาแล้วเมื่อ {on} ไม่ต้องปิดซ้ำ"
        case NoReason():
            return "ยังไม่ได้บอกเหตุผล เขียนสั้น ๆ ว่าเห็นสิ่งใดที่ไม่ควรเห็น"
        case ReasonTooLong(longest):
            return f"เหตุผลยาวเกิน {longest} ตัวอักษร ย่อให้สั้นลง"
    raise NotImplementedError(refusal)
