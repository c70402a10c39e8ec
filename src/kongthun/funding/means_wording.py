"""What ก4 says in Thai: why something was not done, and what to do."""

from __future__ import annotations

from kongthun.domain import plan
from kongthun.domain.money import ZERO, Money
from kongthun.domain.thai_calendar import long
from kongthun.ledger.wording import savings_refusal_in_thai

from . import means_refusals as no
from .means_refusals import MeansRefusal, What

_WHAT: dict[What, str] = {
    "certificate": "ใบหุ้นเลขที่",
    "gift": "เงินหรือสิ่งของที่ได้รับ ลำดับที่",
    "borrowing": "เงินกู้หรือเงินยืม ลำดับที่",
    "tool": "เครื่องมือเลขที่",
}
_UNNAMED = {
    "giver": "ยังไม่ได้บอกว่าใครให้ กรุณาเขียนชื่อหน่วยงานหรือผู้ให้",
    "lender": "ยังไม่ได้บอกว่ากู้หรือยืมจากใคร กรุณาเขียนชื่อตามหนังสือสัญญา",
    "tool": "ยังไม่ได้บอกว่าเป็นเครื่องมืออะไร กรุณาเขียนชื่อที่คนในกลุ่มเรียก",
    "keeper": "ยังไม่ได้บอกว่าใครดูแล กรุณาเลือกสมาชิก หรือเขียนชื่อผู้ดูแล",
    "borrower": "ยังไม่ได้บอกว่าใครยืมไปใช้ กรุณาเลือกสมาชิก หรือเขียนชื่อผู้ยืม",
    "report": "มีวันส่งรายงานแต่ยังไม่ได้บอกว่ารายงานอะไร กรุณาเขียนสั้น ๆ หรือลบวันที่ออก",
}


def means_refusal_in_thai(refusal: MeansRefusal) -> str:
    """What is wrong and what to do. Raises NotImplementedError for a refusal without words."""
    match refusal:
        case no.NoSuch(what=what, number=number):
            return f"กลุ่มนี้ไม่มี{_WHAT[what]} {number} กรุณาตรวจเลขอีกครั้ง"
        case no.TakenBackBefore(what=what, number=number):
            return f"{_WHAT[what]} {number} กลับรายการไปแล้ว ไม่ต้องทำอะไรอีก"
        case no.BeforeItWas(what=what, number=number, began_on=began_on, on=on):
            return (
                f"{_WHAT[what]} {number} มีตั้งแต่วันที่ {long(began_on)} "
                f"จึงบันทึกวันที่ {long(on)} ไม่ได้ กรุณาตรวจวันที่"
            )
        case no.Unnamed(what=what):
            return _UNNAMED[what]
        case no.NotAMemberThen(member_number=number, on=on):
            return (
                f"เลขที่ {number} ไม่ได้เป็นสมาชิก ณ วันที่ {long(on)} "
                "กรุณาเลือกสมาชิกที่อยู่ในบัญชีรายชื่อวันนั้น หรือรับเข้าเป็นสมาชิกก่อน"
            )
    return _share_refusal_in_thai(refusal)


def _share_refusal_in_thai(refusal: MeansRefusal) -> str:
    match refusal:
        case no.NoShares():
            return "จำนวนหุ้นต้องเป็นหนึ่งหุ้นขึ้นไป กรุณาพิมพ์เป็นตัวเลข เช่น 10"
        case no.CertificateEnded():
            return _ended_in_thai(refusal)
        case no.MoreThanOnIt(number=number, shares=shares, there=there):
            return (
                f"ใบหุ้นเลขที่ {number} มี {there:,} หุ้น ไม่พอสำหรับ {shares:,} หุ้น "
                f"กรุณาใส่ไม่เกิน {there:,} หุ้น หรือเว้นว่างถ้าหมายถึงทั้งใบ"
            )
        case no.ToThemselves(member_number=number):
            return f"หุ้นนี้เป็นของสมาชิกเลขที่ {number} อยู่แล้ว กรุณาเลือกผู้รับโอนคนอื่น"
        case no.FewerWithoutCertificate(member_number=number, asked=asked, there=there):
            if there <= ZERO:
                return f"สมาชิกเลขที่ {number} มีใบหุ้นครบตามเงินค่าหุ้นแล้ว ไม่ต้องออกใบหุ้นเพิ่ม"
            return (
                f"ค่าหุ้นของสมาชิกเลขที่ {number} ที่ยังไม่มีใบหุ้นมี {_baht(there)} "
                f"ไม่พอออกใบหุ้น {_baht(asked)} กรุณาลดจำนวนหุ้น หรือตรวจวันที่"
            )
        case no.NotFromASale(number=number):
            return (
                f"ใบหุ้นเลขที่ {number} ไม่ได้ออกจากการขายหุ้นโดยตรง จึงไม่มีการขายให้กลับ "
                "ถ้าโอนผิดให้โอนกลับ ถ้าออกใบผิดให้ยกเลิกใบหุ้น"
            )
    return _gift_refusal_in_thai(refusal)


def _ended_in_thai(refusal: no.CertificateEnded) -> str:
    followed = refusal.followed_by
    instead = (
        f"ขณะนี้คือใบหุ้นเลขที่ {' และ '.join(str(number) for number in followed)} กรุณาทำกับใบนั้น"
        if followed
        else "ไม่มีใบหุ้นอื่นแทน กรุณาดูทะเบียนหุ้นของสมาชิก"
    )
    return (
        f"ใบหุ้นเลขที่ {refusal.number} ใช้ไม่ได้แล้วตั้งแต่วันที่ {long(refusal.on)} ({refusal.words}) {instead}"
    )


def _gift_refusal_in_thai(refusal: MeansRefusal) -> str:
    match refusal:
        case no.ReportDueTooEarly(place=place, due_on=due_on, received_on=received_on):
            return (
                f"รายงานลำดับที่ {place} กำหนดส่ง {long(due_on)} ก่อนวันที่ได้รับ {long(received_on)} "
                "กรุณาตรวจวันกำหนดส่ง"
            )
        case no.NoSuchReport(number=number, place=place):
            return f"รายการที่ได้รับลำดับที่ {number} ไม่มีรายงานลำดับที่ {place} กรุณาเลือกจากรายการ"
        case no.ReportThere(place=place, on=on):
            return f"รายงานลำดับที่ {place} ส่งแล้วเมื่อวันที่ {long(on)} ไม่ต้องส่งอีก"
        case no.ThankedBefore(on=on):
            return f"ขอบคุณไปแล้วเมื่อวันที่ {long(on)} พิมพ์หนังสือซ้ำได้จากหน้าเดิม"
        case no.ToolChanged(tool_number=number):
            return (
                f"เครื่องมือเลขที่ {number} ถูกใช้ ตัดค่าเสื่อม ให้ยืม หรือขายไปแล้ว จึงกลับรายการรับไม่ได้ "
                "กรุณากลับรายการหลังจากนั้นก่อน หรือบันทึกเลิกใช้"
            )
    return _borrowing_refusal_in_thai(refusal)


def _borrowing_refusal_in_thai(refusal: MeansRefusal) -> str:
    match refusal:
        case no.AgainstPlan(fault=fault):
            return _plan_fault_in_thai(fault)
        case no.NoMeetingThere(meeting_number=number):
            return f"ไม่พบการประชุมครั้งที่ {number} ที่จัดก่อนหรือในวันกู้ กรุณาตรวจครั้งที่ประชุม หรือเว้นว่างไว้"
        case no.MoreThanOwed(number=number, principal=principal, owed=owed, short_on=short_on):
            return (
                f"เงินต้นที่ค้าง ลำดับที่ {number} ณ วันที่ {long(short_on)} มี {_baht(owed)} "
                f"น้อยกว่าที่จะส่งคืน {_baht(principal)} กรุณาตรวจจำนวนเงินต้นและดอกเบี้ย"
            )
        case no.RepaidSince(number=number):
            return (
                f"เงินกู้หรือเงินยืม ลำดับที่ {number} มีการส่งคืนแล้ว กรุณากลับรายการส่งคืนก่อน แล้วจึงกลับรายการรับเงิน"
            )
        case no.NotOfTheseDeeds(entry=entry):
            return f"รายการที่ {entry} ไม่ได้บันทึกจากงานนี้ กรุณาแก้ที่หน้าที่บันทึกรายการนั้น"
    return _tool_refusal_in_thai(refusal)


def _plan_fault_in_thai(fault: plan.PlanFault) -> str:
    match fault:
        case plan.NoParts():
            return "ยังไม่มีงวดส่งคืน กรุณาใส่วันและเงินต้นอย่างน้อยหนึ่งงวดตามหนังสือสัญญา"
        case plan.PartOfNothing(sequence=sequence):
            return f"งวดที่ {sequence} ไม่มีจำนวนเงิน กรุณาใส่เงินต้นหรือดอกเบี้ย หรือเว้นทั้งบรรทัด"
        case plan.PartBeforePayOut(sequence=sequence, due_on=due_on):
            return f"งวดที่ {sequence} กำหนดส่ง {long(due_on)} ก่อนวันรับเงิน กรุณาตรวจวันที่"
        case plan.PartTwiceOnOneDay(due_on=due_on):
            return f"มีสองงวดในวันที่ {long(due_on)} กรุณารวมเป็นงวดเดียว"
        case plan.DoesNotAddUp(difference=difference):
            more = "เกิน" if difference > ZERO else "ขาด"
            return f"เงินต้นทุกงวดรวมกัน{more}จากที่กู้ {_baht(abs(difference))} กรุณาแก้ให้รวมเท่ากับเงินที่ได้รับ"
    raise NotImplementedError(f"no Thai words for {type(fault).__name__}")


def _tool_refusal_in_thai(refusal: MeansRefusal) -> str:
    match refusal:
        case no.ToolGone(number=number, on=on):
            return f"เครื่องมือเลขที่ {number} เลิกใช้ไปแล้วเมื่อวันที่ {long(on)} จึงบันทึกเพิ่มไม่ได้"
        case no.LentOut(number=number, since=since, due_back_on=due_back_on):
            due = f" กำหนดคืน {long(due_back_on)}" if due_back_on else ""
            return f"เครื่องมือเลขที่ {number} มีผู้ยืมไปตั้งแต่วันที่ {long(since)}{due} ยังไม่ได้คืน กรุณาบันทึกรับคืนก่อน"
        case no.NotLent(number=number):
            return f"เครื่องมือเลขที่ {number} ไม่ได้ให้ใครยืมอยู่ จึงไม่มีอะไรให้รับคืน"
        case no.DueBackTooEarly(due_back_on=due_back_on, on=on):
            return f"กำหนดคืน {long(due_back_on)} อยู่ก่อนวันให้ยืม {long(on)} กรุณาตรวจวันกำหนดคืน"
        case no.BeforeTheLatest(on=on, latest=latest):
            return (
                f"มีการบันทึกให้ยืมหรือรับคืนของวันที่ {long(latest)} แล้ว "
                f"จึงบันทึกวันที่ {long(on)} ซึ่งก่อนหน้านั้นไม่ได้ กรุณาตรวจวันที่"
            )
        case no.MoreThanWorth(number=number, amount=amount, left=left):
            return (
                f"เครื่องมือเลขที่ {number} เหลือมูลค่าในบัญชี {_baht(left)} "
                f"ตัดค่าเสื่อม {_baht(amount)} ไม่ได้ กรุณาใส่ไม่เกินที่เหลือ หรือตรวจวันที่"
            )
        case no.NothingToWear(on=on):
            return f"ถึงวันที่ {long(on)} ไม่มีค่าเสื่อมที่ต้องตัดเพิ่ม ไม่ต้องบันทึกอะไร"
        case no.YearsUnsaid(number=number):
            return f"เครื่องมือเลขที่ {number} ไม่ได้บอกไว้ว่าใช้ได้กี่ปี กรุณาใส่จำนวนเงินที่จะตัดค่าเสื่อมเอง"
    return savings_refusal_in_thai(refusal)  # type: ignore[arg-type]  # only the books' are left


def _baht(sum_: Money) -> str:
    return f"{sum_.text} บาท"
