"""What bringing a member register in says in Thai: reasons, what to do, refusals, kinds."""

from __future__ import annotations

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.domain.member_rows import MemberReason, SetAside
from kongthun.groups.models import MemberKind

from .member_refusals import ListOfHouseholds, MemberRefusal, NoMemberTable, TooManyMembers
from .reading import Unreadable
from .wording import trouble_in_thai

R = MemberReason

# Reason: what is wrong, in a few words; then what to do. ``{about}`` is a number or a row.
_REASONS: dict[MemberReason, tuple[str, str]] = {
    R.CELL_ERROR: (
        "ช่องในชีตขึ้นข้อความผิดพลาด",
        "มีช่องที่ขึ้นข้อความอย่าง #REF! ลองดูทะเบียนเล่มจริง แล้วพิมพ์ค่าที่อ่านได้แทน",
    ),
    R.NAME_MISSING: ("ไม่มีชื่อ", "พิมพ์ชื่อและสกุลของสมาชิกในแถวนี้"),
    R.NAME_TOO_LONG: (
        "ชื่อยาวเกินไป",
        "ช่องชื่ออาจมีข้อความอื่นปนอยู่ เหลือไว้เฉพาะคำนำหน้า ชื่อ และสกุลของคนเดียว",
    ),
    R.NAME_TWICE: (
        "ชื่อซ้ำกับแถว {about}",
        "ถ้าพิมพ์ซ้ำ ลบแถวนี้ออก ถ้าเป็นคนละคนที่ชื่อเหมือนกัน เพิ่มคนนี้ในหน้าทะเบียนสมาชิก",
    ),
    R.NAME_OTHER_NUMBER: (
        "ชื่อนี้เป็นสมาชิกเลขที่ {about} อยู่แล้ว",
        "ถ้าเป็นคนเดียวกัน แก้เลขที่ในแถวนี้ให้ตรง ถ้าเป็นคนละคนที่ชื่อเหมือนกัน เพิ่มคนนี้ในหน้าทะเบียนสมาชิก",
    ),
    R.NAME_WAITS: (
        "ยื่นใบสมัครไว้แล้ว เลขที่ {about}",
        "รอที่ประชุมรับเข้า แล้วบันทึกมติในหน้าทะเบียนสมาชิก ไม่ต้องแก้แถวนี้",
    ),
    R.NAME_HAS_LEFT: (
        "เคยเป็นสมาชิกเลขที่ {about} และพ้นไปแล้ว",
        "ถ้ากลับเข้าเป็นสมาชิก พิมพ์เลขที่สมาชิกใหม่ในแถวนี้ ถ้าไม่ใช่ ลบแถวนี้ออก",
    ),
    R.NUMBER_UNREADABLE: (
        "อ่านเลขที่สมาชิกไม่ได้",
        "พิมพ์เป็นจำนวนเต็ม เช่น 12 ถ้ายังไม่มีเลข เว้นว่างไว้ ระบบให้เลขถัดไปเอง",
    ),
    R.NUMBER_TWICE: (
        "เลขที่สมาชิกซ้ำกับแถว {about}",
        "ดูทะเบียนเล่มจริงว่าเลขนี้เป็นของใคร แล้วแก้เลขที่ในแถวที่คลาดไป",
    ),
    R.NUMBER_OF_ANOTHER: (
        "เลขที่ {about} เป็นของสมาชิกอีกคน",
        "ถ้าเป็นคนเดียวกันที่สะกดต่างกัน พิมพ์ชื่อให้ตรงกับในทะเบียน ถ้าเป็นคนละคน แก้เลขที่ หรือเว้นว่างให้ระบบให้เลขถัดไป",
    ),
    R.LEFT_ON_PAPER: (
        "ทะเบียนบอกว่าพ้นจากสมาชิกแล้ว",
        "ไม่ต้องทำอะไรหากไม่ต้องการเก็บประวัติ ถ้าต้องการ เพิ่มคนนี้ในหน้าทะเบียนสมาชิก แล้วบันทึกวันที่พ้น",
    ),
    R.HOUSE_IS_A_DAY: (
        "Excel เปลี่ยนบ้านเลขที่เป็นวันที่",
        "ตั้งช่องบ้านเลขที่เป็น “ข้อความ” แล้วพิมพ์ใหม่ เช่น 12/3",
    ),
    R.HOUSE_TOO_LONG: ("บ้านเลขที่ยาวเกินไป", "พิมพ์เฉพาะบ้านเลขที่ เช่น 12/3 ไม่ต้องมีหมู่และตำบล"),
    R.KIND_UNKNOWN: (
        "ไม่รู้จักประเภทสมาชิก",
        "พิมพ์ว่า สามัญ กิตติมศักดิ์ หรือสมทบ ถ้าเว้นว่าง ถือเป็นสามัญ",
    ),
    R.DATE_UNREADABLE: (
        "อ่านวันที่เป็นสมาชิกไม่ได้",
        "วันนี้ไม่มีในปฏิทิน หรือปีไม่ครบสี่หลัก พิมพ์เช่น 30/9/2565 หรือเว้นว่างหากไม่รู้",
    ),
    R.DATE_TOO_EARLY: (
        "วันที่เป็นสมาชิกเก่าเกินไป",
        "Excel อาจอ่านปีสองหลักเป็น ค.ศ. พิมพ์ปีให้ครบสี่หลัก เช่น 15/1/2567",
    ),
    R.DATE_IN_FUTURE: (
        "วันที่เป็นสมาชิกยังมาไม่ถึง",
        "ปีที่พิมพ์อาจคลาดไป ลองดูทะเบียนเล่มจริง แล้วพิมพ์วันที่อีกครั้ง",
    ),
    R.DATE_MISSING: (
        "ไม่มีวันที่เป็นสมาชิก",
        "สมาชิกกิตติมศักดิ์และสมทบต้องมีวันที่ พิมพ์วันที่ เช่น 30/9/2565",
    ),
    R.SHARES_UNREADABLE: (
        "อ่านผู้รับผลประโยชน์ไม่ได้",
        "ให้ชื่อกับร้อยละมีจำนวนเท่ากัน และร้อยละเป็นตัวเลข เช่น 50 ถ้ายังไม่แน่ เว้นว่างไว้",
    ),
    R.SHARES_NOT_WHOLE: (
        "ร้อยละของผู้รับผลประโยชน์รวมไม่ครบ 100",
        "แก้ให้รวมกันได้ 100 พอดี หรือเว้นว่างไว้แล้วบันทึกทีหลัง",
    ),
}

# The cell that the words speak of, to be shown as it was typed.
_SPEAKS_OF = {
    R.NUMBER_UNREADABLE: "number",
    R.LEFT_ON_PAPER: "left",
    R.HOUSE_IS_A_DAY: "house_number",
    R.HOUSE_TOO_LONG: "house_number",
    R.KIND_UNKNOWN: "kind",
    R.DATE_UNREADABLE: "since",
    R.DATE_TOO_EARLY: "since",
    R.DATE_IN_FUTURE: "since",
}


def reason_in_thai(aside: SetAside) -> str:
    """What is wrong with a row, in a few words."""
    return _REASONS[aside.reason][0].format(about=aside.about)


def advice_in_thai(reason: MemberReason) -> str:
    """What a person can do about it."""
    return _REASONS[reason][1]


def typed_at_fault(aside: SetAside) -> str:
    """The cell that the reason speaks of, as typed; empty where it speaks of no single one."""
    row = aside.row
    if aside.reason in {R.SHARES_UNREADABLE, R.SHARES_NOT_WHOLE}:
        return " · ".join(f"{each.name} {each.share}".strip() for each in row.beneficiaries)
    field = _SPEAKS_OF.get(aside.reason)
    return str(getattr(row, field)) if field else ""


def kind_in_thai(kind: str) -> str:
    """The kind of member in words."""
    return str(MemberKind(kind).label)


def refusal_in_thai(refusal: MemberRefusal) -> str:
    """Why the register can not be brought in, and what to do."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case ListOfHouseholds():
            return (
                "กองทุน กข.คจ. ใช้ทะเบียนครัวเรือนเป้าหมาย (เล่มม่วง) แทนทะเบียนสมาชิก "
                "ให้นำเข้าพร้อมสมุดสี่เล่มที่เมนู “นำเข้าสมุด”"
            )
        case Unreadable(why="too_large"):
            return "ไฟล์ใหญ่กว่าทะเบียนสมาชิกของกลุ่มหนึ่งมาก ลองลบชีตหรือแถวที่ไม่ใช่รายชื่อสมาชิกออกก่อน"
        case Unreadable(why=why, detail=detail):
            return trouble_in_thai(why, detail)
        case NoMemberTable():
            return (
                "ไม่พบหัวตารางของทะเบียนสมาชิก ให้มีหัวช่อง “ชื่อ-สกุล” กับอย่างน้อยอีกหนึ่งช่อง เช่น “เลขที่สมาชิก” "
                "หรือใช้แบบฟอร์มเปล่าของระบบ"
            )
        case TooManyMembers(rows=rows, most=most):
            return (
                f"ในไฟล์มี {rows:,} แถว นำเข้าได้ครั้งละไม่เกิน {most:,} แถว "
                "ลองตรวจว่าเลือกไฟล์ถูก หรือแบ่งเป็นหลายไฟล์"
            )
        case _:
            raise NotImplementedError(refusal)
