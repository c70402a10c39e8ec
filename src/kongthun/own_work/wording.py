"""What is said of work that waits, and of handing it over."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.domain.alarms import AlarmKind
from kongthun.domain.thai_calendar import long

from . import refusals as why
from .refusals import WorkRefusal

ALARMS: Mapping[AlarmKind, str] = MappingProxyType(
    {
        AlarmKind.HEIRS: "ผู้ยืมเสียชีวิต ให้นิติกรดูกำหนดทวงจากกองมรดก",
        AlarmKind.INSTALMENT: "งวดส่งคืนใกล้ครบอายุความ ให้นิติกรดู",
        AlarmKind.CONTRACT: "สัญญาใกล้ครบอายุความ ให้นิติกรดู",
        AlarmKind.EVIDENCE: "ยังไม่พบสัญญาที่ผู้ยืมลงชื่อ",
    }
)
ALARMS_LACKING = ALARMS[AlarmKind.EVIDENCE]
ALARMS_PASSED = "พ้นกำหนดตามกฎหมายแล้ว ให้นิติกรดู"

# By `queries.todos.Sort`, as the chips name them.
SORTS: Mapping[str, str] = MappingProxyType(
    {
        "law": "กำหนดตามกฎหมาย",
        "case": "เรื่องแก้ไขปัญหา",
        "survey": "สำรวจสถานะ",
        "health": "ประเมินสุขภาพ",
        "desk": "คำขอยืม",
        "meeting": "ประชุม",
        "committee": "วาระกรรมการ",
        "support": "การสนับสนุน",
        "lesson": "บทเรียน",
        "handover": "ส่งมอบงาน",
        "rows": "สมุดที่ควรตรวจสอบ",
        "own": "ครัวเรือนของท่าน",
    }
)


def refusal_in_thai(refusal: WorkRefusal) -> str:  # noqa: PLR0912 (a line a refusal)
    """The refusal in words. Raises NotImplementedError for one without."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case why.HandoverWaits(number=number, handed_on=on):
            return f"พื้นที่นี้มีการส่งมอบครั้งที่ {number} วันที่ {long(on)} ที่ยังลงชื่อไม่ครบ เปิดฉบับนั้น หรือถอนก่อน"
        case why.HandoverUnknown():
            return "ไม่พบการส่งมอบนี้ หรือถูกถอนแล้ว เปิดจากรายการส่งมอบงานอีกครั้ง"
        case why.SamePerson():
            return "ผู้ส่งมอบและผู้รับมอบเป็นคนเดียวกัน เลือกผู้รับมอบอีกคน"
        case why.NotFieldWorkerThere():
            return "ผู้ส่งมอบไม่ได้รับมอบหมายพื้นที่นี้ในปีที่ผ่านมา เลือกพื้นที่และผู้ส่งมอบจากรายการ"
        case why.TakerUnknown():
            return "ผู้รับมอบยังไม่มีหน้าที่ในอำเภอนี้ ให้แต่งตั้งก่อน แล้วเลือกจากรายการ"
        case why.HandoverNotYet(on=on):
            return f"วันที่ {long(on)} ยังมาไม่ถึง งานค้างของวันนั้นจึงยังไม่รู้ ทำรายการเมื่อถึงวัน"
        case why.HandoverWordsTooLong(longest=longest):
            return f"ข้อความยาวเกิน {longest:,} ตัวอักษร ลองย่อให้สั้นลง"
        case why.NotASide():
            return "ผู้ส่งมอบและผู้รับมอบลงชื่อด้วยชื่อผู้ใช้ของตนเองเท่านั้น"
        case why.GiverFirst():
            return "ผู้ส่งมอบยังไม่ได้ลงชื่อ ให้ผู้ส่งมอบลงชื่อก่อน แล้วผู้รับมอบจึงลงชื่อ"
        case why.SignedAlready():
            return "ท่านลงชื่อแล้ว รออีกฝ่ายลงชื่อ"
        case why.BothSigned():
            return "ลงชื่อครบทั้งสองฝ่ายแล้ว รายการนี้จึงไม่เปลี่ยนอีก"
        case why.NotBothSigned(lacks_giver=giver, lacks_taker=taker):
            sides = [side for side, lacks in (("ผู้ส่งมอบ", giver), ("ผู้รับมอบ", taker)) if lacks]
            return f"{' และ'.join(sides)}ยังไม่ได้ลงชื่อ พิมพ์ได้เมื่อลงชื่อครบทั้งสองฝ่าย"
        case why.WithdrawNoteMissing():
            return "ยังไม่ได้เขียนเหตุผลที่ถอน พิมพ์สั้น ๆ ไม่เกิน 300 ตัวอักษร"
        case _:
            raise NotImplementedError(refusal)
