"""What is said when something about support was not done: what is wrong, what to do."""

from __future__ import annotations

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.domain.thai_calendar import long

from . import refusals as why
from .refusals import SupportRefusal


def refusal_in_thai(refusal: SupportRefusal) -> str:
    """The refusal in words. Raises NotImplementedError for one without."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case why.WordsMissing(what=what):
            return f"ยังไม่ได้กรอก{what} พิมพ์สั้น ๆ แล้วบันทึกอีกครั้ง"
        case why.WordsTooLong(what=what, longest=longest):
            return f"{what}ยาวเกิน {longest} ตัวอักษร ลองย่อให้สั้นลง"
        case why.HappensLater(on=on):
            return f"วันที่ {long(on)} ยังมาไม่ถึง ตรวจวันที่ หรือบันทึกเมื่อถึงวันนั้น"
        case why.MeetingUnfit(number=number):
            return f"ไม่พบการประชุมครั้งที่ {number} ที่ปิดบันทึกแล้ว ปิดบันทึกการประชุมก่อน หรือเว้นช่องการประชุมว่างไว้"
        case why.EndsBeforeItStarts(starts_on=starts_on, ends_on=ends_on):
            return f"วันสุดท้าย {long(ends_on)} อยู่ก่อนวันเริ่ม {long(starts_on)} ตรวจสองวันนี้อีกครั้ง"
        case why.NamesSomebody(what=what):
            return (
                f"{what}มีชื่อของสมาชิกอยู่ บัตรนี้ใครก็เปิดดูได้ จึงบอกเฉพาะเรื่องของกลุ่ม ใช้ชื่อกลุ่มหรือที่ทำการแทนชื่อคน"
            )
        case why.LooksLikeId(what=what):
            return f"{what}มีเลขที่คล้ายเลขประจำตัวประชาชน ลบออกก่อน เพราะบัตรนี้ใครก็เปิดดูได้"
        case why.NoCard():
            return "กลุ่มยังไม่มีบัตรที่เปิดให้ดู เปิดหน้าบัตรแนะนำกลุ่มดูอีกครั้ง"
    return _of_an_agency(refusal)


def _of_an_agency(refusal: SupportRefusal) -> str:
    match refusal:
        case why.AgencyThere(name=name):
            return f"ทะเบียนมี “{name}” ของพื้นที่นี้แล้ว เลือกจากรายการได้เลย"
        case why.AgencyUnknown():
            return "ไม่พบหน่วยงานนี้ในพื้นที่ของกลุ่ม เลือกจากรายการ หรือเพิ่มหน่วยงานก่อน"
        case why.AreaElsewhere(area_code=area_code):
            return f"รหัสพื้นที่ {area_code} ไม่ครอบคลุมหมู่บ้านของกลุ่ม เลือกตำบล อำเภอ หรือจังหวัดของกลุ่ม"
        case why.InvitedAlready(agency=agency):
            return f"เชิญ{agency}ไว้ในช่วงวันนี้แล้ว หากจะเปลี่ยนวัน ให้จบการเชิญเดิมก่อน"
        case why.InvitationUnknown(number=number):
            return f"ไม่พบการเชิญลำดับที่ {number} หรือการเชิญจบไปแล้ว เปิดหน้าการสนับสนุนดูอีกครั้ง"
        case why.StandardThere(number=number):
            return f"เลขที่ใบรับรองนี้บันทึกไว้แล้วเป็นลำดับที่ {number} ตรวจเลขที่จากใบจริง"
        case why.StandardUnknown(number=number):
            return f"ไม่พบมาตรฐานลำดับที่ {number} หรือถอนไปแล้ว เปิดหน้าการสนับสนุนดูอีกครั้ง"
    return _of_a_request(refusal)


def _of_a_request(refusal: SupportRefusal) -> str:
    match refusal:
        case why.RequestUnknown(number=number):
            return f"ไม่พบคำขอที่ {number} หรือคำขอถูกถอนไปแล้ว เปิดหน้าการสนับสนุนดูอีกครั้ง"
        case why.NotYourAgency(agency=agency):
            return f"คำขอนี้ส่งถึง{agency} ผู้แทนของหน่วยงานนั้นหรือกลุ่มเองเป็นผู้บันทึกคำตอบ"
        case why.BeforeItWasAsked(on=on, asked_on=asked_on):
            return f"วันที่ {long(on)} อยู่ก่อนวันที่ยื่นคำขอ ({long(asked_on)}) ตรวจวันที่อีกครั้ง"
        case why.AnsweredAlready(on=on):
            return f"คำขอนี้มีคำตอบแล้วเมื่อ {long(on)} หากบันทึกผิด ให้ถอนคำตอบเดิมก่อน"
        case why.NothingPromised():
            return "ยังไม่มีคำตอบว่ารับสนับสนุน บันทึกคำตอบของหน่วยงานก่อน แล้วจึงบันทึกสิ่งที่ได้รับ"
        case why.NothingGiven():
            return "ยังไม่ได้บันทึกว่าได้รับอะไร บันทึกสิ่งที่ได้รับก่อน แล้วจึงบันทึกผลที่เกิดขึ้น"
        case why.GiftUnknown(number=number):
            return (
                f"ไม่พบรายการรับลำดับที่ {number} หรือมีขั้นอื่นอ้างถึงแล้ว เลือกจากรายการ "
                "หรือบันทึกรับเงินหรือสิ่งของที่หน้าทุนของกลุ่มก่อน"
            )
        case why.StepUnknown(number=number):
            return f"ไม่พบขั้นที่ {number} ของคำขอนี้ หรือถอนไปแล้ว"
        case why.LaterStepsStand(number=number):
            return f"มีขั้นที่ {number} ซึ่งสืบเนื่องจากขั้นนี้ ถอนขั้นหลังก่อน"
        case why.HasSteps(number=number):
            return f"คำขอที่ {number} มีคำตอบแล้ว จึงถอนไม่ได้ หากคำตอบบันทึกผิด ให้ถอนคำตอบก่อน"
    raise NotImplementedError(refusal)
