"""What is said of closing a year: purposes, payments, and why something was not done."""

from __future__ import annotations

from typing import get_args

from kongthun.activities.refusals import GroundRefusal
from kongthun.activities.wording import ground_refusal_in_thai
from kongthun.domain.money import Money
from kongthun.domain.surplus import Purpose
from kongthun.domain.thai_calendar import long
from kongthun.ledger.wording import refusal_in_thai as money_refusal_in_thai

from .closing_refusals import (
    ClosedOtherwise,
    ClosingRefusal,
    ClosingTakenBack,
    EarlierYearOpen,
    KeepsNoSurplus,
    MeetingBeforeYearEnd,
    MoneyUnexplained,
    MoreThanDue,
    MoreThanHeld,
    MoreThanReserved,
    NobodyTicked,
    NoPaymentOfThis,
    NoSlip,
    NoSuchClosing,
    NothingToClose,
    NotTheLatest,
    OfClosing,
    PaidOtherwise,
    PaidOutSince,
    SlipPaid,
    SurplusUneven,
    SurplusUnsaid,
    YearClosedBefore,
    YearEndUnsaid,
    YearNotOver,
)

PURPOSES: dict[Purpose, str] = {
    Purpose.DIVIDEND: "เงินปันผลตามหุ้น",
    Purpose.TRADE_RETURN: "เงินเฉลี่ยคืนตามยอดซื้อขาย",
    Purpose.RESERVE: "ทุนสำรอง",
    Purpose.WELFARE: "สวัสดิการ",
    Purpose.COMMITTEE: "ค่าตอบแทนกรรมการ",
    Purpose.CARRIED: "คงไว้ ยังไม่จัดสรร",
}

# Who a pot is shared among, and that there is nobody.
NOBODY: dict[Purpose, str] = {
    Purpose.DIVIDEND: "ยังไม่มีสมาชิกถือหุ้นในวันสิ้นปี",
    Purpose.TRADE_RETURN: "ปีนี้ยังไม่มีสมาชิกซื้อขายกับกลุ่ม",
}

_ACCOUNTS = {
    "due:committee": "ค่าตอบแทนกรรมการ",
    "reserve:reserve": "ทุนสำรอง",
    "reserve:welfare": "สวัสดิการ",
}
_FEW = 5


def refusal_in_thai(refusal: ClosingRefusal) -> str:
    """What is wrong and what to do. Raises NotImplementedError for a refusal without words."""
    if isinstance(refusal, get_args(GroundRefusal)):
        return ground_refusal_in_thai(refusal)
    if isinstance(refusal, OfClosing):
        return _closing_in_thai(refusal) or _paying_in_thai(refusal)
    return money_refusal_in_thai(refusal)  # type: ignore[arg-type]


def _closing_in_thai(refusal: OfClosing) -> str:  # noqa: PLR0912 (a line a refusal)
    """Why a year was not closed, or its closing not taken back; empty for another refusal."""
    match refusal:
        case KeepsNoSurplus():
            return (
                "กลุ่มประเภทนี้ไม่มีการจัดสรรผลกำไรในผังบัญชี จึงไม่ต้องปิดบัญชีประจำปีที่นี่ เปิดดูฐานะเงินได้จากหน้ากองทุน"
            )
        case NothingToClose():
            return "ยังไม่มีรายการในสมุดของกลุ่ม เริ่มบันทึกรายรับรายจ่ายก่อน แล้วจึงปิดบัญชีเมื่อสิ้นปี"
        case YearEndUnsaid(rules=rules):
            return f"{rules} ยังไม่ได้บอกว่าปีของกลุ่มสิ้นสุดเดือนใด เพิ่มเดือนสิ้นปีบัญชีในชุดระเบียบ แล้วกลับมาปิดบัญชี"
        case YearNotOver(ends_on=ends_on, today=today):
            return f"ปีนี้สิ้นสุด {long(ends_on)} (วันนี้ {long(today)}) ปิดบัญชีได้ตั้งแต่วันถัดจากวันสิ้นปี"
        case YearClosedBefore(year=year):
            return f"ปี {year} ปิดบัญชีไปแล้ว เปิดดูได้จากรายการปีที่ปิดแล้ว"
        case EarlierYearOpen(year=year, ends_on=ends_on):
            return f"ปี {year} (สิ้นสุด {long(ends_on)}) ยังไม่ได้ปิดบัญชี ปิดปีนั้นก่อน แล้วจึงปิดปีถัดไป"
        case MeetingBeforeYearEnd(meeting_number=number, held_on=held_on, ends_on=ends_on):
            return (
                f"การประชุมครั้งที่ {number} จัดเมื่อ {long(held_on)} ก่อนสิ้นปี {long(ends_on)} "
                "จึงยังรู้ผลกำไรทั้งปีไม่ได้ เลือกการประชุมที่จัดหลังสิ้นปี หรือนัดประชุมใหญ่"
            )
        case MoneyUnexplained(amount=amount, on=on):
            return (
                f"ณ {long(on)} มีเงินที่ยังอธิบายไม่ได้ {_baht(amount)} หาคำอธิบายให้ครบก่อนปิดบัญชี "
                "หรือถ้าที่ประชุมทราบแล้ว เขียนไว้ในช่องที่ประชุมทราบเรื่องใด"
            )
        case SurplusUnsaid(rules=rules):
            return (
                f"{rules} ยังไม่ได้บอกว่าแบ่งผลกำไรอย่างไร ให้ที่ประชุมตกลงส่วนแบ่งแต่ละอย่าง "
                "บันทึกในชุดระเบียบที่ใช้ในวันสิ้นปี แล้วกลับมาปิดบัญชี"
            )
        case SurplusUneven(together=together, rules=rules):
            return (
                f"ส่วนแบ่งผลกำไรใน{rules} รวมกันได้ร้อยละ {Money(together).text} ต้องรวมได้ร้อยละ 100 "
                "แก้ส่วนแบ่งในชุดระเบียบให้ครบ แล้วกลับมาปิดบัญชี"
            )
        case ClosedOtherwise(number=number):
            return (
                f"แบบนี้เคยใช้ปิดบัญชีครั้งที่ {number} ซึ่งต่างจากครั้งนี้ ยังไม่มีอะไรถูกบันทึกเพิ่ม "
                "เปิดหน้าปิดบัญชีใหม่แล้วเริ่มอีกครั้ง"
            )
        case NoSuchClosing(number=number):
            return f"กลุ่มนี้ไม่มีการปิดบัญชีครั้งที่ {number} ลองเปิดจากรายการปีที่ปิดแล้วอีกครั้ง"
        case ClosingTakenBack(number=number):
            return f"การปิดบัญชีครั้งที่ {number} ถอนแล้ว บัญชีของปีนั้นเปิดอยู่ ปิดบัญชีใหม่เมื่อพร้อม"
        case NotTheLatest(year=year):
            return f"ปี {year} ปิดบัญชีต่อจากปีนี้แล้ว ถอนการปิดบัญชีปี {year} ก่อน แล้วจึงถอนปีนี้"
        case PaidOutSince():
            return _paid_out_since_in_thai(refusal)
        case _:
            return ""


def _paid_out_since_in_thai(refusal: PaidOutSince) -> str:
    people = refusal.member_numbers
    named = ", ".join(str(number) for number in people[:_FEW])
    more = f" และอีก {len(people) - _FEW} คน" if len(people) > _FEW else ""
    said = [f"สมาชิกเลขที่ {named}{more}"] if people else []
    said += [_ACCOUNTS.get(account, account) for account in refusal.purposes]
    return (
        f"เงินที่จัดสรรจ่ายไปแล้วบางส่วน ({' · '.join(said)}) จึงถอนการปิดบัญชีไม่ได้ "
        "ถ้าจ่ายผิด กลับรายการจ่ายเหล่านั้นก่อน ถ้าจ่ายถูกแล้ว แก้ยอดที่คลาดเคลื่อนในปีปัจจุบัน"
    )


def _paying_in_thai(refusal: OfClosing) -> str:
    """Why nothing was paid."""
    match refusal:
        case NobodyTicked():
            return "ยังไม่ได้เลือกว่าจ่ายให้ใคร ทำเครื่องหมายหน้าชื่อผู้ที่รับเงินอย่างน้อยหนึ่งคน"
        case NoSlip(member_number=number):
            return f"สมาชิกเลขที่ {number} ไม่มียอดที่ต้องจ่ายของปีนี้ เอาเครื่องหมายหน้าชื่อออก"
        case SlipPaid(member_number=number, document=document):
            return f"สมาชิกเลขที่ {number} รับเงินของปีนี้ไปแล้วตามใบจ่าย {document} เอาเครื่องหมายหน้าชื่อออก"
        case MoreThanHeld(member_number=number, amount=amount, held=held):
            return (
                f"เงินที่ถือไว้ให้สมาชิกเลขที่ {number} มี {_baht(held)} ไม่พอสำหรับ {_baht(amount)} "
                "อาจคืนไปทางเงินรับฝากแล้ว เปิดสมุดสมาชิกดูรายการก่อนจ่าย"
            )
        case MoreThanDue(amount=amount, due=due):
            return (
                f"ค่าตอบแทนกรรมการที่มีมติและยังไม่ได้จ่ายมี {_baht(due)} ไม่พอสำหรับ {_baht(amount)} "
                "ตรวจจำนวนเงินและวันที่อีกครั้ง"
            )
        case MoreThanReserved(purpose=purpose, amount=amount, kept=kept):
            name = _ACCOUNTS.get(f"reserve:{purpose}", "เงินที่กันไว้")
            return (
                f"{name}มี {_baht(kept)} ไม่พอสำหรับ {_baht(amount)} ใช้ได้ไม่เกินที่กันไว้ "
                "ตรวจจำนวนเงินและวันที่อีกครั้ง"
            )
        case PaidOtherwise(document=document):
            return (
                f"แบบนี้เคยใช้จ่ายเงินตามใบจ่าย {document} ซึ่งต่างจากครั้งนี้ ยังไม่มีอะไรถูกบันทึกเพิ่ม "
                "เปิดหน้านี้ใหม่แล้วเริ่มอีกครั้ง"
            )
        case NoPaymentOfThis(number=number):
            return f"รายการที่ {number} ไม่ใช่การจ่ายจากผลกำไรที่จัดสรร เลือกรายการจากหน้าปิดบัญชีประจำปี"
        case _:
            raise NotImplementedError(refusal)


def _baht(amount: Money) -> str:
    return f"{amount.text} บาท"
