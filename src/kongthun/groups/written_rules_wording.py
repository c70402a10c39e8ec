"""What is said of written rules: why a deed was not done, and what became of an article."""

from __future__ import annotations

from collections.abc import Mapping

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.domain.articles import Became
from kongthun.domain.thai_calendar import long

from . import refusals as group_why
from . import written_rules_refusals as why
from .wording import LIMITS
from .wording import refusal_in_thai as group_refusal_in_thai

BECAME: Mapping[Became, str] = {
    Became.SAME: "คงเดิม",
    Became.MOVED: "ย้ายที่",
    Became.CHANGED: "แก้ไข",
    Became.ADDED: "เพิ่มใหม่",
    Became.TAKEN_OUT: "ตัดออก",
}


def refusal_in_thai(refusal: why.WrittenRulesRefusal) -> str:
    """What is wrong and what to do. NotImplementedError for a refusal without words."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case (
            group_why.InTheFuture()
            | group_why.LimitUnknown()
            | group_why.LimitUnreadable()
            | group_why.CommitteeLimitsCross()
            | group_why.SurplusSplitNotWhole()
        ):
            return group_refusal_in_thai(refusal)
    return _of_drafts(refusal) or _of_adopting(refusal) or _of_knowing(refusal) or _none(refusal)


def _none(refusal: object) -> str:
    raise NotImplementedError(f"no Thai words for {type(refusal).__name__}")


def _of_drafts(refusal: why.WrittenRulesRefusal) -> str:
    match refusal:
        case why.TitleMissing():
            return "ยังไม่มีชื่อระเบียบ พิมพ์ชื่อ เช่น ข้อบังคับกลุ่มแม่บ้านแปรรูปข้าว พ.ศ. 2569"
        case why.TemplateUnknown():
            return "ยังไม่มีระเบียบตัวอย่างของกลุ่มประเภทนี้ เริ่มจากฉบับว่าง แล้วเพิ่มทีละข้อ"
        case why.VersionUnknown(number=number):
            return f"ไม่พบระเบียบฉบับที่ {number} ของกลุ่มนี้ ลองเปิดจากหน้าระเบียบอีกครั้ง"
        case why.DraftStands(number=number):
            return f"มีร่างฉบับที่ {number} ที่ยังเขียนอยู่ ทำร่างนั้นต่อ หรือเลิกร่างนั้นก่อน แล้วจึงเริ่มร่างใหม่"
        case why.NoDraft(number=number):
            return (
                f"ระเบียบฉบับที่ {number} ที่ประชุมรับแล้ว ข้อความจึงคงเดิม "
                "หากต้องแก้ ให้ร่างฉบับใหม่จากฉบับนี้ แล้วนำเข้าที่ประชุม"
            )
        case why.DraftDropped(number=number):
            return f"ร่างฉบับที่ {number} เลิกใช้ไปแล้ว เริ่มร่างใหม่ได้จากหน้าระเบียบ"
        case why.ArticleUnknown(place=place):
            return f"ฉบับนี้ไม่มีข้อ {place} ลองเปิดร่างอีกครั้ง ลำดับข้ออาจเปลี่ยนไปแล้ว"
        case why.ArticleEmpty():
            return "ข้อนี้ยังไม่มีข้อความ พิมพ์สิ่งที่ตกลงกัน หรือตัดข้อนี้ออก"
        case why.WordsTooLong(what=what, longest=longest):
            return f"{what}ยาวเกิน {longest:,} ตัวอักษร แบ่งเป็นหลายข้อ หรือย่อให้สั้นลง"
        case why.LimitInTwoArticles(name=name, place=place):
            return (
                f"{LIMITS[name]}: กำหนดไว้ที่ข้อ {place} แล้ว "
                f"เรื่องหนึ่งกำหนดได้ข้อเดียว แก้ที่ข้อ {place} หรือนำออกจากข้อนั้นก่อน"
            )
        case why.TooManyArticles(most=most):
            return f"ฉบับหนึ่งมีได้ไม่เกิน {most} ข้อ รวมข้อที่เป็นเรื่องเดียวกันเข้าด้วยกัน"
    return ""


def _of_adopting(refusal: why.WrittenRulesRefusal) -> str:
    match refusal:
        case why.NothingWritten():
            return "ร่างนี้ยังไม่มีข้อใด เพิ่มข้อให้ครบก่อน แล้วจึงนำเข้าที่ประชุม"
        case why.StartsBeforeAdopted(starts_on=starts, adopted_on=adopted):
            return f"วันเริ่มใช้ {long(starts)} มาก่อนวันที่ที่ประชุมรับ {long(adopted)} ใช้วันประชุมหรือวันหลังจากนั้น"
    return ""


def _of_knowing(refusal: why.WrittenRulesRefusal) -> str:
    match refusal:
        case why.NotAdopted(number=number):
            return (
                f"ฉบับที่ {number} ยังเป็นร่าง ข้อความยังเปลี่ยนได้ นำเข้าที่ประชุมสมาชิกให้รับก่อน แล้วจึงบันทึกการรับทราบ"
            )
        case why.KnownBeforeAdopted(known_on=known, adopted_on=adopted):
            return f"วันที่รับทราบ {long(known)} มาก่อนวันที่ที่ประชุมรับระเบียบ {long(adopted)} ลองดูวันที่อีกครั้ง"
        case why.ReplacedByThen(number=number, by_number=by_number, since=since):
            return (
                f"ตั้งแต่ {long(since)} ใช้ฉบับที่ {by_number} แทนฉบับที่ {number} แล้ว "
                f"บันทึกการรับทราบที่ฉบับที่ {by_number}"
            )
        case why.NobodyNamed():
            return "ยังไม่ได้เลือกสมาชิก ทำเครื่องหมายหน้าชื่อผู้ที่รับทราบ"
        case why.NotMembersThen(numbers=numbers, day=day):
            return (
                f"เลขที่ {_listed(numbers)} ไม่ได้เป็นสมาชิกในวันที่ {long(day)} "
                "เอาเครื่องหมายออก หรือตรวจวันที่เข้าและออกจากสมาชิก"
            )
        case why.KnowAlready(numbers=numbers):
            return f"สมาชิกเลขที่ {_listed(numbers)} บันทึกว่ารับทราบฉบับนี้แล้ว ไม่ต้องบันทึกซ้ำ"
        case why.NoOwnNumber():
            return "กดรับทราบได้เฉพาะสมาชิกของกลุ่มนี้ที่เข้าใช้ในชื่อของตน หรือให้เหรัญญิกบันทึกจากใบลงชื่อ"
        case why.NotAtTheMeeting(numbers=numbers, meeting_number=number):
            return (
                f"เลขที่ {_listed(numbers)} ไม่อยู่ในรายชื่อผู้มาประชุมครั้งที่ {number} "
                "เอาเครื่องหมายออก หรือเลือกการประชุมครั้งที่ผู้นั้นมา"
            )
    return ""


_MOST_NAMED = 8


def _listed(numbers: tuple[int, ...]) -> str:
    """A few numbers, and how many more."""
    named = ", ".join(str(number) for number in numbers[:_MOST_NAMED])
    rest = len(numbers) - _MOST_NAMED
    return f"{named} และอีก {rest} คน" if rest > 0 else named
