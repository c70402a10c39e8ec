"""What is said when nobody was elected: what is wrong and what to do."""

from __future__ import annotations

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.domain.thai_calendar import long
from kongthun.groups.committee_wording import set_in_thai
from kongthun.groups.models import CommitteePosition
from kongthun.groups.refusals import EndsBeforeItStarts
from kongthun.groups.wording import refusal_in_thai as group_refusal_in_thai

from . import election_refusals as why
from .refusals import (
    CannotDecideThis,
    MeetingStillOpen,
    MeetingWithoutQuorum,
    NoSuchMeeting,
    NoSuchResolution,
)
from .wording import ground_refusal_in_thai


def refusal_in_thai(refusal: why.ElectionRefusal) -> str:
    """What is wrong and what to do. NotImplementedError for a refusal without words."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case (
            NoSuchMeeting()
            | MeetingStillOpen()
            | CannotDecideThis()
            | MeetingWithoutQuorum()
            | NoSuchResolution()
        ):
            return ground_refusal_in_thai(refusal)
        case EndsBeforeItStarts():
            return group_refusal_in_thai(refusal)
        case _:
            return _of_days(refusal) or _of_people(refusal)


# --- below the line -------------------------------------------------------------------------


def _of_days(refusal: why.ElectionRefusal) -> str:
    match refusal:
        case why.StartsBeforeMeeting(starts_on=starts, met_on=met):
            return (
                f"วันเริ่มวาระ {long(starts)} มาก่อนวันประชุมที่เลือก คือ {long(met)} ใส่วันประชุมหรือวันหลังจากนั้น"
            )
        case why.StartsLongAfter(starts_on=starts, met_on=met):
            return f"วันเริ่มวาระ {long(starts)} ห่างจากวันประชุม {long(met)} เกินหนึ่งปี ลองดูปีที่พิมพ์อีกครั้ง"
        case why.EndsPastTheRules(ends_on=ends, last_day=last, years=years):
            return (
                f"วันสุดท้าย {long(ends)} เกินวาระ {years} ปีตามชุดระเบียบ ซึ่งครบวันที่ {long(last)} "
                "เว้นว่างไว้ให้ระบบนับ หรือใส่วันที่ไม่เกินนั้น"
            )
        case why.SetBeganAlready(set_number=number, starts_on=starts):
            return (
                f"{set_in_thai(number)} เริ่มวาระ {long(starts)} อยู่แล้ว "
                "จึงเริ่มชุดใหม่ก่อนหรือในวันเดียวกันไม่ได้ "
                "ลองดูวันเริ่มวาระ หากชุดนั้นบันทึกไว้ผิด แก้ที่ทะเบียนกรรมการก่อน"
            )
        case why.NoSetInOffice(day=day):
            return f"ไม่มีคณะกรรมการอยู่ในวาระเมื่อ {long(day)} ให้บันทึกการเลือกคณะกรรมการทั้งชุดแทน"
    return ""


def _of_people(refusal: why.ElectionRefusal) -> str:
    match refusal:
        case why.NobodyNamed():
            return "ยังไม่มีชื่อผู้ได้รับเลือก ใส่ชื่อหรือเลขสมาชิกอย่างน้อยให้ครบจำนวนตามระเบียบ"
        case why.SeatUnnamed(place=place, position=position):
            return f"ลำดับที่ {place} ({_post(position)}) ยังไม่มีชื่อ พิมพ์ชื่อหรือเลขสมาชิก"
        case why.NoMemberOfThisNumber(number=number):
            return f"เลขที่ {number} ไม่ใช่สมาชิกในวันเริ่มวาระ ตรวจเลขในทะเบียนสมาชิก หรือพิมพ์ชื่อแทน"
        case why.OneNameTwoMembers(name=name, numbers=numbers):
            both = " และ ".join(str(number) for number in numbers)
            return f"ชื่อ {name} มีสมาชิกมากกว่าหนึ่งคน คือเลขที่ {both} พิมพ์เลขสมาชิกแทนชื่อ"
        case why.FewerThanLeast(people=people, least=least):
            return f"เลือกไว้ {people} คน ชุดระเบียบกำหนดอย่างน้อย {least} คน เพิ่มชื่อให้ครบ"
        case why.MoreThanMost(people=people, most=most):
            return f"จะมีกรรมการ {people} คน ชุดระเบียบกำหนดไม่เกิน {most} คน ลองตรวจรายชื่ออีกครั้ง"
        case why.OnePostTwoPeople(position=position, names=names):
            return f"ตำแหน่ง{_post(position)}มีได้คนเดียว ที่ใส่ไว้คือ {' และ '.join(names)} เลือกไว้คนเดียว"
        case why.InTwoPosts(name=name, posts=posts):
            return (
                f"{name} อยู่หลายตำแหน่ง คือ {' และ '.join(posts)} เลือกผู้อื่นแทน "
                "หรือเขียนเหตุที่ที่ประชุมให้อยู่ทั้งสองตำแหน่งในช่องท้ายสุด"
            )
        case why.PostHeld(position=position):
            return f"ตำแหน่ง{_post(position)}ยังมีผู้ดำรงอยู่ในวันนั้น หากพ้นแล้ว บันทึกวันสุดท้ายที่ทะเบียนกรรมการก่อน"
        case why.ElectionTextTooLong(what=what, longest=longest):
            return f"{what}ยาวเกิน {longest:,} ตัวอักษร ลองย่อให้สั้นลง"
    raise NotImplementedError(refusal)


def _post(position: str) -> str:
    return str(CommitteePosition(position).label)
