"""What the books say in Thai: why an entry was not written, and what the proof found wrong."""

from __future__ import annotations

from kongthun.domain.journal import (
    EmptyLine,
    EntryRefusal,
    HappensLater,
    KeyTwice,
    OutOfBalance,
    TooFewLines,
    TooLarge,
    UnknownAccountKind,
)
from kongthun.domain.money import Money
from kongthun.domain.thai_calendar import long

from .actions import AlreadyReversed, KeyTaken, NoSuchEntry
from .verification import Fault

_PLACES = {
    "capital": "เงินทุนที่ได้รับ",
    "interest": "ดอกผลสุทธิ",
    "lent": "ให้ยืมสะสม",
    "repaid": "ส่งคืนสะสม",
    "households": "เงินอยู่กับครัวเรือน",
    "bank": "เงินฝากธนาคาร",
    "cash": "เงินสดหรืออยู่ที่อื่น",
    "claims": "เงินที่ต้องเรียกคืนจากบุคคล",
    "loss": "หนี้สูญที่รับรู้แล้ว",
    "unexplained": "เงินที่ยังอธิบายไม่ได้",
    "members": "เงินของสมาชิก",
}

_FAULTS = {
    "gap": "เลขที่รายการขาดหรือไม่เรียงกัน มีรายการถูกนำออกหรือแทรก",
    "few_lines": "มีไม่ถึงสองบรรทัด บางบรรทัดหายไป",
    "balance": "ยอดสองข้างไม่เท่ากัน จำนวนเงินถูกเปลี่ยนหลังบันทึก",
    "changed": "เนื้อหาไม่ตรงกับลายนิ้วมือที่ผนึกไว้ รายการนี้หรือลำดับของรายการถูกเปลี่ยนหลังบันทึก",
    "head": "รายการสุดท้ายในสมุดไม่ใช่รายการที่กองทุนจดไว้ว่าสุดท้าย มีรายการท้ายถูกตัดหรือเติม",
    "orphan_line": "มีบรรทัดเงินที่ไม่มีรายการ รายการถูกนำออกหรือบรรทัดถูกย้าย",
    "reversal": "รายการกลับไม่ตรงกับรายการที่กลับ (บัญชี จำนวนเงิน วันที่ หรือประเภท)",
    "conservation": "ฐานะที่จดไว้ไม่ครบจำนวน: เงินทุกแห่งรวมกันไม่เท่ากับเงินทุนและดอกผล",
    "no_position": "ไม่พบฐานะกองทุนและเลขรายการสุดท้าย",
    "no_fund": "มีรายการหรือบัญชีที่ไม่มีกองทุนเป็นเจ้าของ",
}


def refusal_in_thai(refusal: EntryRefusal | KeyTaken | AlreadyReversed | NoSuchEntry) -> str:
    """What is wrong and what to do. Raises NotImplementedError for a refusal without words."""
    match refusal:
        case OutOfBalance(difference=difference):
            return (
                f"ยอดสองข้างของรายการต่างกัน {_baht(abs(difference))} "
                "กรุณาตรวจจำนวนเงินทุกบรรทัดให้สองข้างเท่ากัน"
            )
        case TooFewLines():
            return "รายการหนึ่งต้องบอกว่าเงินมาจากไหนและไปไหน อย่างน้อยสองบรรทัด กรุณาเติมให้ครบ"
        case EmptyLine(account=account):
            return f"บรรทัดของบัญชี {account} เป็นศูนย์บาท กรุณาใส่จำนวนเงินหรือตัดบรรทัดนี้ออก"
        case TooLarge(amount=amount):
            return f"จำนวนเงิน {_baht(amount)} มากเกินกว่าที่สมุดบัญชีรับได้ กรุณาตรวจตัวเลขอีกครั้ง"
        case KeyTwice():
            return "ส่งรายการเดียวกันมาสองครั้งในคราวเดียว กรุณาส่งใหม่เพียงครั้งเดียว"
        case UnknownAccountKind(account=account):
            return f"ผังบัญชีของกองทุนนี้ไม่มีบัญชี {account} กรุณาเลือกบัญชีที่มีในผัง"
        case HappensLater(happened_on=happened_on, today=today):
            return (
                f"วันที่เกิดรายการ {long(happened_on)} ยังมาไม่ถึง (วันนี้ {long(today)}) "
                "กรุณาตรวจวันที่ หรือบันทึกเมื่อถึงวันนั้น"
            )
        case KeyTaken(number=number):
            return (
                f"คำสั่งนี้เคยใช้บันทึกรายการที่ {number} ซึ่งเนื้อหาต่างจากครั้งนี้ ยังไม่มีอะไรถูกบันทึกเพิ่ม "
                "กรุณาเปิดดูรายการนั้นก่อน แล้วเริ่มบันทึกใหม่"
            )
        case AlreadyReversed(number=number, by=by):
            return f"รายการที่ {number} ถูกกลับรายการไปแล้วด้วยรายการที่ {by} ไม่ต้องกลับอีก"
        case NoSuchEntry(number=number):
            return f"กองทุนนี้ไม่มีรายการที่ {number} กรุณาตรวจเลขที่รายการอีกครั้ง"
    raise NotImplementedError(f"no Thai words for {type(refusal).__name__}")


def fault_in_thai(fault: Fault) -> str:
    """What the proof found, one sentence or two, for the auditor and the operator."""
    where = f"กองทุน {fault.fund}"
    if fault.entry is not None:
        where = f"{where} รายการที่ {fault.entry}"
    return f"{where}: {_what(fault)}"


def _what(fault: Fault) -> str:
    match fault.what:
        case "account":
            return f"ยอดบัญชี {fault.name} จดไว้ {_sums(fault)}"
        case "account_kind":
            return f"บัญชี {fault.name} ถูกจดเป็นประเภทอื่น"
        case "unknown_account":
            return f"มีบรรทัดในบัญชี {fault.name} ซึ่งไม่มีในผังบัญชี"
        case "position":
            return f"ฐานะกองทุน ({_PLACES[fault.name]}) จดไว้ {_sums(fault)}"
    return _FAULTS[fault.what]


def _sums(fault: Fault) -> str:
    if fault.stored is None or fault.found is None:
        raise ValueError(f"{fault.what} says no sums")
    return f"{_baht(fault.stored)} แต่รายการรวมกันได้ {_baht(fault.found)}"


def _baht(sum_: Money) -> str:
    return f"{sum_.text} บาท"
