"""What is said of lessons: their parts in the seed's own words, and why something was not done."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.domain.thai_calendar import short

from . import lesson_refusals as why
from .lesson_refusals import LessonRefusal

if TYPE_CHECKING:
    from .queries.lessons import LessonFacts

# In the order of the officers' own lesson [S].
PART_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "background": "ความเป็นมา",
        "process": "กระบวนการทำงาน",
        "techniques": "เทคนิควิธีการทำงาน",
        "cautions": "ข้อพึงระวัง",
        "success_factors": "ปัจจัยความสำเร็จ",
        "results": "ผลที่เกิดขึ้นในเชิงความสำเร็จ",
        "problems": "ปัญหาอุปสรรคและการแก้ไข",
        "rules": "กฎระเบียบ แนวคิด ทฤษฎีที่เกี่ยวข้อง",
    }
)
HEAD_WORDS: Mapping[str, str] = MappingProxyType(
    {"title": "ชื่อเรื่อง", "author_name": "ชื่อผู้ถอดบทเรียน", "office": "ตำแหน่งและสำนักงาน"}
)


def part_in_thai(name: str) -> str:
    """What a part or a line of the head is called. Raises KeyError for no part."""
    return PART_WORDS.get(name) or HEAD_WORDS[name]


def figures_in_thai(facts: LessonFacts) -> list[tuple[str, str]]:
    """The figures of the case behind a lesson: what each is, and how much."""
    opened = facts.on("opened_on")

    def baht(name: str) -> str:
        return f"{facts.money(name).text} บาท"

    return [
        ("หมู่บ้านให้ความยินยอมเมื่อ", short(opened) if opened else "–"),
        ("เงินทุนที่ได้รับ", baht("capital")),
        ("อยู่กับครัวเรือน", baht("households")),
        ("เกินกำหนดส่ง", baht("overdue")),
        ("ยังหาคำอธิบายไม่ได้ เมื่อเสนอเรื่อง", baht("missing_then")),
        ("ยังหาคำอธิบายไม่ได้ วันนั้น", baht("missing_now")),
        ("ส่งคืนตั้งแต่เปิดเรื่อง", f"{baht('repaid')} ใน {facts.months} เดือน"),
        ("ข้อตกลงส่งคืนที่ทำในเรื่อง", f"{facts.agreements:,} ฉบับ"),
        ("ให้ยืมรอบใหม่แล้ว", "ใช่" if facts.has_lent_again else "ยัง"),
        ("ทีมงาน เจ้าหน้าที่ และเครือข่าย", f"{facts.officers} และ {facts.network} คน"),
        ("การประชุมที่เกี่ยวข้อง", f"{facts.meetings:,} ครั้ง"),
        ("สาเหตุที่พบร่วมกัน", f"{facts.causes:,} ข้อ"),
        ("ขั้นตอนตามแผนที่ทำแล้ว", f"{facts.steps_done} จาก {facts.steps} ขั้น"),
        (
            "ลงพื้นที่ เป็นทางการ และไม่เป็นทางการ",
            f"{facts.visits_formal} และ {facts.visits_informal} ครั้ง",
        ),
        ("ครัวเรือนที่ไปพบ", f"{facts.households_met:,} ครัวเรือน"),
        ("รายงาน และคำแนะนำ", f"{facts.reports} และ {facts.advice} ครั้ง"),
    ]


def refusal_in_thai(refusal: LessonRefusal) -> str:
    """The refusal in words. Raises NotImplementedError for one without."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case why.CaseNotOpened():
            return "หมู่บ้านยังไม่ได้ให้ความยินยอม จึงยังไม่มีงานให้ถอดบทเรียน เขียนได้เมื่อเปิดเรื่องแล้ว"
        case why.CaseIsSealed():
            return "เรื่องนี้ปิดไว้เฉพาะผู้เกี่ยวข้อง บทเรียนทุกคนอ่านได้ จึงไม่ถอดบทเรียนจากเรื่องนี้"
        case why.PartsEmpty(parts=parts):
            names = " · ".join(part_in_thai(part) for part in parts)
            return f"ยังไม่ได้เขียน {names} เขียนให้ครบทุกหัวข้อก่อนส่ง"
        case why.PartTooLong(part=part, longest=longest):
            return f"{part_in_thai(part)}ยาวเกิน {longest:,} ตัวอักษร ลองย่อให้สั้นลง"
        case why.NamesAMember(part=part):
            return (
                f"{part_in_thai(part)}มีชื่อคนในกลุ่มอยู่ บทเรียนทุกคนอ่านได้ ใช้คำว่า ครัวเรือน หรือ กรรมการ แทนชื่อ"
            )
        case why.HoldsAnId(part=part):
            return f"{part_in_thai(part)}มีเลขที่คล้ายเลขประจำตัวประชาชน ลบออกก่อน เพราะบทเรียนทุกคนอ่านได้"
        case why.ReadsOwn():
            return "บทเรียนนี้ท่านเป็นผู้เขียนหรือร่วมแก้ ให้คนอื่นเป็นผู้อ่านและเผยแพร่ เช่น จังหวัดหรืออำเภอ"
        case why.NoteMissing():
            return "ยังไม่ได้เขียนเหตุผล พิมพ์สั้น ๆ ให้ผู้เขียนรู้ว่าควรทำอะไรต่อ"
    return _of_its_state(refusal)


def _of_its_state(refusal: LessonRefusal) -> str:
    match refusal:
        case why.LessonWaits(number=number):
            return f"เรื่องนี้มีบทเรียนที่ {number} ที่ยังเขียนหรือรออ่านอยู่ เปิดฉบับนั้นทำต่อได้เลย"
        case why.LessonUnknown(number=number):
            return f"ไม่พบบทเรียนที่ {number} หรือถูกนำลงแล้ว เปิดจากรายการบทเรียนอีกครั้ง"
        case why.HandedInAlready(number=number):
            return f"บทเรียนที่ {number} ส่งแล้ว ข้อความจึงคงเดิม หากต้องแก้ ให้ผู้อ่านส่งกลับก่อน"
        case why.NotHandedIn(number=number):
            return f"บทเรียนที่ {number} ยังเขียนอยู่ รอให้ผู้เขียนส่งก่อน"
        case why.PublishedAlready(number=number):
            return f"บทเรียนที่ {number} เผยแพร่แล้ว หากมีบทเรียนที่ดีกว่า เขียนฉบับใหม่"
    raise NotImplementedError(refusal)
