"""What is said of meetings and of who may decide: refusals, and quorum in one sentence."""

from __future__ import annotations

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.domain.authority import (
    AuthorityRefusal,
    NobodyInOffice,
    NoQuorum,
    NotDecided,
    OwnHousehold,
    PayerNotChairman,
    RecorderDecides,
    SignersMissing,
    TermNotInForce,
    TooFewRemain,
    WitnessesMissing,
    WitnessIsParty,
    WitnessTwice,
)
from kongthun.domain.thai_calendar import long

from .queries import Quorum
from .refusals import (
    CannotDecideThis,
    DraftOpenAlready,
    GroundRefusal,
    HeldLater,
    MeetingClosed,
    MeetingRefusal,
    MeetingStillOpen,
    MeetingWithoutQuorum,
    MoreVotesThanPeople,
    NobodyCame,
    NoSuchMeeting,
    NoSuchResolution,
    NothingResolved,
    ResolvedAlready,
    TooLong,
)

HALF = 50
ALL = 100


def refusal_in_thai(refusal: MeetingRefusal) -> str:
    """What is wrong and what to do. Raises NotImplementedError for a refusal without words."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case TermNotInForce():
            return authority_in_thai(refusal)
        case NoSuchMeeting(number=number):
            return f"กองทุนนี้ไม่มีการประชุมครั้งที่ {number} ลองเปิดจากรายการประชุมอีกครั้ง"
        case MeetingClosed(number=number):
            return (
                f"การประชุมครั้งที่ {number} ปิดแล้ว ข้อความในนั้นจึงคงเดิม "
                "เรื่องที่ต้องแก้ให้นำเข้าประชุมครั้งถัดไปแล้วลงมติใหม่"
            )
        case HeldLater(held_on=held_on, today=today):
            return (
                f"วันประชุม {long(held_on)} ยังมาไม่ถึง (วันนี้ {long(today)}) "
                "ลองตรวจวันที่ หรือบันทึกเมื่อประชุมแล้ว"
            )
        case DraftOpenAlready(number=number, held_on=held_on):
            return (
                f"มีร่างการประชุมครั้งที่ {number} ของวันที่ {long(held_on)} อยู่แล้ว "
                "เปิดร่างนั้นทำต่อ หรือปิดการประชุมนั้นก่อนแล้วจึงเปิดครั้งใหม่"
            )
        case NobodyCame(number=number, needs_committee=True):
            return (
                f"ยังไม่ได้บันทึกว่ากรรมการคนใดมาประชุมครั้งที่ {number} "
                "ทำเครื่องหมายหน้าชื่อผู้ที่มา บันทึก แล้วจึงปิดการประชุม"
            )
        case NobodyCame(number=number):
            return (
                f"ยังไม่ได้บันทึกว่าใครมาประชุมครั้งที่ {number} "
                "ทำเครื่องหมายกรรมการที่มา หรือใส่จำนวนผู้อื่นที่มา แล้วจึงปิดการประชุม"
            )
        case NothingResolved() | ResolvedAlready() | NoSuchResolution() | MoreVotesThanPeople():
            return _of_a_resolution(refusal)
        case TooLong(what=what, longest=longest):
            return f"{what}ยาวเกิน {longest:,} ตัวอักษร ย่อให้สั้นลง ส่วนที่เหลือแนบเป็นภาพหรือ PDF ได้"
        case _:
            raise NotImplementedError(refusal)


def authority_in_thai(refusal: AuthorityRefusal) -> str:  # noqa: PLR0912 (a line a refusal)
    """Why somebody was not entitled on the day, and what helps."""
    match refusal:
        case NobodyInOffice(day=day):
            return f"ไม่มีคณะกรรมการอยู่ในวาระเมื่อ {long(day)} บันทึกคณะกรรมการชุดที่ดำรงตำแหน่งวันนั้นก่อน"
        case NoQuorum(came=came, needed=needed, in_office=office):
            return (
                f"มาประชุม {came} จาก {office} คน ไม่ครบองค์ประชุม ต้องมีอย่างน้อย {needed} คน "
                "นัดประชุมใหม่ หรือตรวจรายชื่อผู้เข้าประชุม"
            )
        case TooFewRemain(remain=remain, needed=needed):
            return (
                f"เมื่อกรรมการในครัวเรือนผู้ยืมออกจากการพิจารณา เหลือ {remain} คน ต้องมีอย่างน้อย {needed} คน "
                "นำเข้าพิจารณาในการประชุมที่กรรมการมามากกว่านี้"
            )
        case TermNotInForce(words=words, day=day):
            return f"{words or 'กรรมการที่เลือก'}ไม่อยู่ในวาระเมื่อ {long(day)} เลือกกรรมการที่อยู่ในวาระวันนั้น"
        case OwnHousehold(words=words):
            return (
                f"{words}อยู่ในครัวเรือนของผู้ยืม จึงต้องออกจากการพิจารณาเรื่องนี้ ทำเครื่องหมายว่าออกจากการพิจารณา"
            )
        case RecorderDecides():
            return "ผู้บันทึกคำขอเป็นผู้บันทึกผลการพิจารณาเองไม่ได้ ให้ประธานหรือผู้มีหน้าที่คนอื่นบันทึก"
        case PayerNotChairman(words=words):
            return f"ผู้ให้ยืมและผู้จ่ายเงินต้องเป็นประธานกรรมการ ที่เลือกไว้คือ{words or 'ผู้ที่ไม่ใช่ประธาน'}"
        case WitnessesMissing(have=have, needed=needed):
            return f"มีพยาน {have} คน ต้องมี {needed} คน เพิ่มชื่อพยานให้ครบ"
        case WitnessTwice(name=name):
            return f"พยานชื่อ {name} ซ้ำกัน พยานต้องเป็นคนละคน"
        case WitnessIsParty(name=name):
            return f"{name} เป็นคู่สัญญาหรือผู้จ่ายเงิน จึงเป็นพยานไม่ได้ เลือกพยานคนอื่น"
        case SignersMissing(have=have, needed=needed):
            return f"ถอนเงินจากธนาคารต้องมีกรรมการลงนาม {needed} คน ขณะนี้มี {have} คน เลือกให้ครบ"
        case NotDecided(day=day):
            return f"จ่ายเงินเมื่อ {long(day)} โดยไม่พบมติอนุมัติของคณะกรรมการ"
        case _:
            raise NotImplementedError(refusal)


def authority_found_in_thai(refusal: AuthorityRefusal) -> str:
    """The same of something done already: what was found, with nothing to do about it."""
    match refusal:
        case NobodyInOffice(day=day):
            return f"ไม่พบคณะกรรมการที่อยู่ในวาระเมื่อ {long(day)}"
        case NoQuorum(came=came, needed=needed, in_office=office):
            return f"มาประชุม {came} จาก {office} คน องค์ประชุมคือ {needed} คน"
        case TooFewRemain(remain=remain, needed=needed):
            return f"กรรมการที่พิจารณาได้มี {remain} คน องค์ประชุมคือ {needed} คน"
        case TermNotInForce(words=words, day=day):
            return f"{words or 'กรรมการ'}ไม่อยู่ในวาระเมื่อ {long(day)}"
        case OwnHousehold(words=words):
            return f"{words}อยู่ในครัวเรือนของผู้ยืมและร่วมพิจารณา"
        case RecorderDecides():
            return "ผู้บันทึกคำขอกับผู้บันทึกผลการพิจารณาเป็นคนเดียวกัน"
        case PayerNotChairman(words=words):
            return f"ผู้จ่ายเงินคือ{words or 'ผู้ที่ไม่ใช่ประธาน'} ไม่ใช่ประธาน"
        case WitnessesMissing(have=have, needed=needed):
            return f"มีพยาน {have} คน จากที่ต้องมี {needed} คน"
        case WitnessTwice(name=name):
            return f"พยานชื่อ {name} ถูกนับสองครั้ง"
        case WitnessIsParty(name=name):
            return f"พยานชื่อ {name} เป็นคู่สัญญาหรือผู้จ่ายเงิน"
        case SignersMissing(have=have, needed=needed):
            return f"ผู้ลงนามถอนเงินที่อยู่ในวาระมี {have} คน จากที่ต้องมี {needed} คน"
        case NotDecided(day=day):
            return f"จ่ายเงินเมื่อ {long(day)} โดยไม่พบมติอนุมัติ"


def ground_refusal_in_thai(refusal: GroundRefusal) -> str:
    """Why a deed can not stand on a resolution, and what helps."""
    match refusal:
        case MeetingStillOpen(number=number):
            return f"การประชุมครั้งที่ {number} ยังไม่ได้ปิดบันทึก ปิดการประชุมก่อน แล้วอ้างมติได้"
        case CannotDecideThis(number=number, kind=kind):
            return (
                f"การประชุมครั้งที่ {number} เป็น{kind} เรื่องนี้ต้องเป็นมติของที่ประชุมสมาชิก "
                "เลือกการประชุมใหญ่ หรือนำเรื่องเข้าที่ประชุมใหญ่ก่อน"
            )
        case MeetingWithoutQuorum(number=number, came=came, needed=needed, of=of):
            return (
                f"การประชุมครั้งที่ {number} มา {came} จาก {of} คน องค์ประชุมคือ {needed} คน "
                "จึงมีมติเรื่องนี้ไม่ได้ นัดประชุมใหม่ให้ครบ หรือตรวจว่าจดผู้มาประชุมครบแล้ว"
            )
        case NoSuchMeeting():
            return refusal_in_thai(refusal)
        case NoSuchResolution(sequence=sequence):
            return f"การประชุมที่เลือกไม่มีมติที่ {sequence} เลือกมติจากรายการของการประชุมนั้น"


def quorum_in_thai(quorum: Quorum) -> str:
    """How many came and whether that is quorum, with the number it takes."""
    if not quorum.in_office:
        return "ไม่มีกรรมการที่อยู่ในวาระ ณ วันประชุม จึงยังนับองค์ประชุมไม่ได้ ตรวจวันของวาระในทะเบียนกรรมการ"
    came = f"มา {quorum.came} จาก {quorum.in_office} คน"
    share = quorum.limit.count
    if share is None:
        return f"{came} (ชุดระเบียบไม่ได้กำหนดองค์ประชุม)"
    whether = "ครบองค์ประชุม" if quorum.is_met else "ยังไม่ครบองค์ประชุม"
    if share >= ALL:
        return f"{came} {whether} (ต้องมาครบทุกคน คือ {quorum.needed} คน)"
    least = "กึ่งหนึ่ง" if share == HALF else f"ร้อยละ {share}"
    return f"{came} {whether} (ต้องมากกว่า{least} คือ {quorum.needed} คน)"


def quorum_source_in_thai(quorum: Quorum) -> str:
    """Where the share is written, and whether somebody has held it against the text."""
    limit = quorum.limit
    if limit.value is None:
        return ""
    where = " ".join(part for part in (limit.clause, limit.source) if part)
    checked = "ตรวจกับตัวระเบียบแล้ว" if limit.is_checked else "ยังไม่ได้ตรวจกับตัวระเบียบ"
    return f"เกณฑ์องค์ประชุม{f'ตาม {where}' if where else 'ตามชุดระเบียบ'} · {checked}"


# --- below the line -------------------------------------------------------------------------


def _of_a_resolution(
    refusal: NothingResolved | ResolvedAlready | NoSuchResolution | MoreVotesThanPeople,
) -> str:
    match refusal:
        case NothingResolved():
            return "ยังไม่ได้จดว่าที่ประชุมมีมติอย่างไร พิมพ์มติตามที่ตกลงกัน แล้วบันทึกอีกครั้ง"
        case ResolvedAlready(sequence=sequence):
            return f"มติข้อความนี้จดไว้แล้วเป็นมติที่ {sequence} หากเป็นคนละเรื่อง เติมถ้อยคำให้ต่างกัน"
        case NoSuchResolution(sequence=sequence):
            return f"การประชุมครั้งนี้ไม่มีมติที่ {sequence} ลองเปิดหน้าการประชุมอีกครั้ง"
        case MoreVotesThanPeople(sequence=sequence, votes=votes, came=came):
            return (
                f"มติที่ {sequence} นับเสียงได้ {votes:,} เสียง มากกว่าผู้มาประชุม {came:,} คน "
                "ลองตรวจจำนวนเสียง หรือเติมผู้มาประชุมให้ครบ"
            )
