"""What questionnaires and their results say in Thai: an early warning, no ranking and no blame."""

from __future__ import annotations

import re
from typing import assert_never

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.domain import assessment as judging
from kongthun.domain.assessment import (
    Became,
    Better,
    Choice,
    Item,
    Missing,
    QualityMark,
    Questionnaire,
    Step,
    Unit,
)
from kongthun.domain.money import Money
from kongthun.domain.thai_calendar import long

from . import refusals as why
from .measures import MEASURES

QUALITY = {
    QualityMark.GOOD: "ข้อมูลดี",
    QualityMark.FAIR: "ข้อมูลพอใช้",
    QualityMark.POOR: "ข้อมูลยังน้อย",
}
QUALITY_MEANS = {
    QualityMark.GOOD: "รู้เกือบทุกข้อ และเป็นข้อมูลใหม่",
    QualityMark.FAIR: "รู้มากกว่าครึ่ง แต่บางข้อยังไม่รู้หรือข้อมูลเก่าเกิน 90 วัน",
    QualityMark.POOR: "ยังไม่รู้หลายข้อ ควรลงพื้นที่ก่อนใช้ผลนี้",
}
MISSING = {
    Missing.NOT_MEASURED: "สมุดยังไม่บอก",
    Missing.NOT_ANSWERED: "ยังไม่ได้ตอบ",
    Missing.NO_SUCH_OPTION: "คำตอบเดิมไม่มีในแบบนี้",
    Missing.NO_EVIDENCE: "ยังไม่มีหลักฐาน",
    Missing.FROM_LATER: "ข้อมูลเกิดหลังวันประเมิน",
}
BECAME = {
    Became.BETTER: "ดีขึ้น",
    Became.SAME: "เท่าเดิม",
    Became.WORSE: "ควรดู",
    Became.NEW: "ข้อใหม่",
    Became.GONE: "ไม่ถามแล้ว",
    Became.NOW_KNOWN: "รู้แล้ว",
    Became.NO_LONGER_KNOWN: "ไม่มีข้อมูลแล้ว",
}
UNITS = {
    Unit.SHARE: "ร้อยละ",
    Unit.DAYS: "วัน",
    Unit.COUNT: "จำนวน",
    Unit.SATANG: "บาท",
    Unit.YES_NO: "1 ใช่ 0 ไม่ใช่",
}
FIELDS = {
    "": "รายการ",
    "code": "รหัส",
    "year": "ปี",
    "title": "ชื่อ",
    "note": "หมายเหตุ",
    "sections": "ส่วน",
    "items": "ข้อ",
    "levels": "ระดับ",
    "choices": "ตัวเลือก",
    "name": "ชื่อระดับ",
    "at_least": "เริ่มที่",
    "question": "คำถาม",
    "weight": "น้ำหนัก",
    "kind": "ผู้ตอบ",
    "evidence": "ต้องมีหลักฐาน",
    "measure": "ตัวเลขจากสมุด",
    "unit": "หน่วย",
    "better": "ทิศทาง",
    "points": "คะแนน",
    "words": "คำตอบ",
    "bound": "เกณฑ์",
}
_PLACES = {"sections": "ส่วนที่", "items": "ข้อที่", "choices": "ตัวเลือกที่", "levels": "ระดับที่"}


def state_of(place: int, levels: int) -> str:
    """The mark on screen of a level, counted from the lowest: help first, in order last."""
    if place >= levels:
        return "ok"
    return "visit" if place <= 1 else "watch"


def share_in_thai(hundredths: int | None) -> str:
    """ร้อยละ 61.11, without noughts at its end; what nobody knows is said so."""
    if hundredths is None:
        return "ยังไม่รู้"
    return f"ร้อยละ {_decimal(hundredths)}"


def value_in_thai(unit: Unit, value: int | None) -> str:
    """A figure of the books with its unit."""
    if value is None:
        return "สมุดยังไม่บอก"
    match unit:
        case Unit.SHARE:
            return share_in_thai(value)
        case Unit.DAYS:
            return f"{value:,} วันก่อน" if value else "วันนี้"
        case Unit.COUNT:
            return f"{value:,}"
        case Unit.SATANG:
            return f"{Money(value).text} บาท"
        case Unit.YES_NO:
            return "ใช่" if value else "ยังไม่ใช่"
        case _:
            assert_never(unit)


def choice_in_thai(item: Item, code: str | None) -> str:
    """The words of a choice; those of an item of the books may have none but its bound."""
    choice = item.chosen(code) if code else None
    if choice is None:
        return ""
    return choice.words or bound_in_thai(item, choice)


def bound_in_thai(item: Item, choice: Choice) -> str:
    """What the books have to show for a choice."""
    if item.measure is None:
        return choice.words
    if choice.bound is None:
        return "นอกนั้น"
    unit = item.measure.unit
    if unit is Unit.YES_NO:
        return value_in_thai(unit, choice.bound)
    value = f"{choice.bound:,} วัน" if unit is Unit.DAYS else value_in_thai(unit, choice.bound)
    return f"ไม่เกิน {value}" if item.measure.better is Better.LOWER else f"ตั้งแต่ {value}"


def step_in_thai(asked: Questionnaire, step: Step) -> str:
    """The one step that helps most, and what comes of it."""
    item = next(each for each in asked.items if each.code == step.item)
    after = share_in_thai(int(step.score_after * judging.WHOLE))
    said = f"ถ้า “{item.question}” เป็น “{choice_in_thai(item, step.to)}” ผลจะเป็น{after}"
    if step.raises_level:
        return f"{said} และถึงระดับ “{step.level_after.name}”"
    return f"{said} ยังอยู่ในระดับ “{step.level_after.name}”"


# ---- refusals ------------------------------------------------------------------------------------


def refusal_in_thai(refusal: why.AssessmentRefusal) -> str:  # noqa: PLR0912
    """What is in the way, and what to do."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case why.Faulty(fault=fault):
            return fault_in_thai(fault)
        case why.NothingChanged():
            return "แบบนี้เหมือนแบบที่ใช้อยู่ทุกข้อ แก้ข้อที่ต้องการก่อน แล้วบันทึกอีกครั้ง"
        case why.NoteMissing():
            return "ยังไม่ได้บอกเหตุผล พิมพ์สั้น ๆ ว่าเพราะอะไร"
        case why.TooLong(most=most):
            return f"ยาวเกิน {most:,} ตัวอักษร ลองย่อให้สั้นลง"
        case why.NoSuchQuestionnaire(code=code):
            return f"ไม่มีแบบประเมิน “{code}” ที่ใช้อยู่ เปิดหน้าแบบประเมินแล้วเลือกใหม่"
        case why.NotForThisKind(title=title):
            return f"“{title}” ไม่ได้ใช้กับกลุ่มประเภทนี้ เปิดแบบประเมินจากหน้าของกลุ่ม"
        case why.NoDraft(number=number):
            return f"การประเมินครั้งที่ {number} ไม่ได้อยู่ระหว่างตอบ เริ่มครั้งใหม่ได้จากหน้าผลประเมิน"
        case why.NoSuchChoice(item=item):
            return f"“{item}” ไม่มีคำตอบนี้ เลือกคำตอบจากรายการอีกครั้ง"
        case why.NothingAnswered():
            return "ยังไม่ได้ตอบข้อใดเลย ตอบอย่างน้อยหนึ่งข้อ หรือให้อำเภอประเมินจากสมุดแทน"
        case why.InTheFuture(day=day):
            return f"วันที่ {long(day)} ยังมาไม่ถึง ใส่วันที่ลงพื้นที่จริง"
        case why.NoResult(number=number):
            return f"ไม่มีผลประเมินครั้งที่ {number} หรือถอนไปแล้ว กลับไปดูรายการผลประเมิน"
        case why.NothingToAssess():
            return "ไม่มีกลุ่มที่แบบประเมินนี้ใช้ได้ในพื้นที่ที่ท่านดูแล เลือกพื้นที่อื่น หรือแบบประเมินอื่น"
        case _:
            assert_never(refusal)


def fault_in_thai(fault: judging.QuestionnaireFault) -> str:
    """Where in the questionnaire something is not sound, and how to mend it."""
    return f"{where_in_thai(fault.where)}{_fault(fault)}"


def where_in_thai(where: str) -> str:
    """ส่วนที่ 1 ข้อที่ 2 ตัวเลือกที่ 3:"""
    places = re.findall(r"(sections|items|choices|levels)\.(\d+)", where)
    said = " ".join(f"{_PLACES[name]} {number}" for name, number in places)
    return f"{said}: " if said else ""


def _fault(fault: judging.QuestionnaireFault) -> str:  # noqa: PLR0912
    match fault:
        case judging.FieldMissing(field=field):
            return f"ยังไม่ได้ใส่{_field(field)}"
        case judging.FieldUnknown(field=field):
            return f"มี{_field(field)} ซึ่งไม่ใช้ในที่นี้ ลบออกหรือดูว่าพิมพ์ถูกที่หรือไม่"
        case judging.FieldUnreadable(field=field, said=said):
            return f"อ่าน{_field(field)} “{said}” ไม่ได้ ลองพิมพ์ใหม่"
        case judging.NumberOutOfRange(field=field, said=said, least=least, most=most):
            upto = f" ถึง {most:,}" if most is not None else " ขึ้นไป"
            return f"{_field(field)} {said:,} อยู่นอกช่วง ใส่ตั้งแต่ {least:,}{upto}"
        case judging.WordUnknown(field=field, said=said):
            return f"ไม่รู้จัก{_field(field)} “{said}” เลือกจากรายการที่มี"
        case judging.CodeTwice(code=code):
            return f"รหัส “{code}” ใช้ไปแล้ว เปลี่ยนเป็นรหัสอื่น"
        case judging.TooFew(field=field, least=least):
            return f"{_field(field)}มีน้อยเกินไป ต้องมีอย่างน้อย {least}"
        case judging.PointsNotFalling(points=points, before=before):
            return f"คะแนน {points} ต้องน้อยกว่าตัวเลือกก่อนหน้า ({before}) เรียงจากดีที่สุด"
        case judging.BoundsNotInOrder():
            return "เกณฑ์เข้มกว่าหรือเท่ากับตัวเลือกก่อนหน้า เรียงจากเข้มไปหย่อน"
        case judging.BoundMisplaced(has_bound=has_bound):
            if has_bound:
                return "ตัวเลือกสุดท้ายรับทุกค่าที่เหลือ เว้นเกณฑ์ว่างไว้"
            return "ยังไม่ได้ใส่เกณฑ์ เว้นว่างได้เฉพาะตัวเลือกสุดท้าย"
        case judging.MeasureTwoWays(measure=measure):
            known = MEASURES.get(measure)
            return f"“{known.name if known else measure}” ใช้หน่วยหรือทิศทางต่างจากข้ออื่น"
        case judging.LevelsNotFromNothing():
            return "ระดับแรกต้องเริ่มที่ร้อยละ 0 เพื่อให้ทุกกลุ่มมีระดับ"
        case judging.LevelsNotRising():
            return "ระดับต้องเริ่มสูงกว่าระดับก่อนหน้า"
        case _:
            assert_never(fault)


def _field(name: str) -> str:
    return FIELDS.get(name, f"“{name}”")


def _decimal(hundredths: int) -> str:
    whole, rest = divmod(hundredths, 100)
    return f"{whole:,}.{rest:02}".rstrip("0").rstrip(".")
