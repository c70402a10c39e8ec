"""What is said of members: kinds, what happened, and why a deed was not done."""

from __future__ import annotations

from kongthun.accounts.reach import NotEntitled
from kongthun.domain.membership import Standing, share_words
from kongthun.domain.thai_calendar import long

from . import member_refusals as why
from .models import MemberEvent, MemberEventKind, MemberKind
from .refusals import EventUnknown, EventWithdrawn, InTheFuture, NameMissing, NoteMissing
from .wording import refusal_in_thai as group_refusal_in_thai

_MEGABYTE = 1024 * 1024


def kind_in_thai(kind: str) -> str:
    """สมาชิกสามัญ, สมาชิกกิตติมศักดิ์, สมาชิกสมทบ."""
    return f"สมาชิก{MemberKind(kind).label}"


def standing_in_thai(standing: Standing, *, by_list: bool = False) -> str:
    """What somebody is to the group, in a word or two; ``by_list`` where households are listed."""
    if by_list:
        return "ครัวเรือนเป้าหมาย" if standing.is_member else "ไม่อยู่ในบัญชีรายชื่อ"
    if standing.is_member:
        return kind_in_thai(standing.kind)
    if standing.waits_since is not None:
        return "รอที่ประชุมพิจารณา"
    return "พ้นจากสมาชิกแล้ว" if standing.left_on else "ยังไม่ได้เป็นสมาชิก"


def told_in_thai(event: MemberEvent) -> str:
    """What happened, with the kind of member where it says one."""
    label = str(MemberEventKind(event.kind).label)
    if not event.member_kind:
        return label
    match event.kind:
        case MemberEventKind.APPLIED:
            return f"ยื่นใบสมัครเป็น{kind_in_thai(event.member_kind)}"
        case MemberEventKind.ADMITTED:
            return f"รับเข้าเป็น{kind_in_thai(event.member_kind)}"
        case MemberEventKind.CHANGED:
            return f"เปลี่ยนเป็น{kind_in_thai(event.member_kind)}"
    return label


def refusal_in_thai(refusal: why.MemberRefusal) -> str:
    """What is wrong and what to do. NotImplementedError for a refusal without words."""
    match refusal:
        case NotEntitled() | InTheFuture() | NameMissing() | NoteMissing():
            return group_refusal_in_thai(refusal)
        case EventUnknown() | EventWithdrawn():
            return group_refusal_in_thai(refusal)
        case why.NoSuchMember(number=number):
            return f"ไม่พบสมาชิกเลขที่ {number} ลองเปิดจากทะเบียนสมาชิกอีกครั้ง"
        case why.TargetHouseholds():
            return "กองทุน กข.คจ. รับครัวเรือนเข้าและออกที่บัญชีลำดับครัวเรือนเป้าหมาย เปิดหน้านั้นแล้วบันทึกที่นั่น"
    return (
        _of_names(refusal)
        or _of_standing(refusal)
        or _of_beneficiaries(refusal)
        or _of_pictures(refusal)
        or _no_words(refusal)
    )


def _no_words(refusal: object) -> str:
    raise NotImplementedError(f"no Thai words for {type(refusal).__name__}")


_IF_ANOTHER = "หากเป็นคนละคน บอกในช่อง “คนละคนกัน เพราะ” ว่ารู้ได้อย่างไร"


def _of_names(refusal: why.MemberRefusal) -> str:
    match refusal:
        case why.SameNameIsMember(number=number):
            return f"ชื่อนี้เป็นสมาชิกอยู่แล้ว เลขที่ {number} ไม่ต้องสมัครซ้ำ {_IF_ANOTHER}"
        case why.SameNameWaits(number=number, since=day):
            return f"ชื่อนี้ยื่นใบสมัครไว้แล้วเมื่อ {long(day)} เป็นเลขที่ {number} รอที่ประชุมพิจารณา {_IF_ANOTHER}"
        case why.SameNameWasThere(number=number):
            return (
                f"ชื่อนี้มีเลขที่ {number} ในทะเบียนอยู่แล้ว เปิดหน้าเลขที่ {number} "
                f"แล้วรับใบสมัครที่นั่น จะได้เลขเดิม {_IF_ANOTHER}"
            )
    return ""


def _of_standing(refusal: why.MemberRefusal) -> str:
    match refusal:
        case why.AlreadyMember(number=number):
            return f"เลขที่ {number} เป็นสมาชิกอยู่แล้ว ไม่ต้องสมัครซ้ำ"
        case why.AlreadyWaits(number=number, since=day):
            return f"เลขที่ {number} ยื่นใบสมัครไว้แล้วเมื่อ {long(day)} รอที่ประชุมพิจารณา"
        case why.HouseholdGone(number=number):
            return (
                f"ครัวเรือนของเลขที่ {number} ย้ายออก รวมเข้ากับครัวเรือนอื่น หรือออกจากบัญชีแล้ว "
                "ดูที่หน้าครัวเรือน ถ้ากลับมาอยู่ในหมู่บ้าน บันทึกที่นั่นก่อน"
            )
        case why.NoMember(number=number, day=day):
            return f"เลขที่ {number} ไม่ได้เป็นสมาชิกในวันที่ {long(day)} ลองดูวันที่ หรือดูความเป็นมาในหน้าสมาชิก"
        case why.ReasonMissing():
            return "ยังไม่ได้บอกเหตุที่พ้นจากสมาชิก เช่น ลาออก ย้ายไปอยู่ที่อื่น หรือเสียชีวิต"
        case why.SameKind(kind=kind):
            return f"เป็น{kind_in_thai(kind)}อยู่แล้ว เลือกประเภทอื่น"
        case why.LaterStands(number=number, on=day):
            return (
                f"มีบันทึกของเลขที่ {number} เมื่อ {long(day)} ซึ่งใหม่กว่าอยู่แล้ว "
                "ใช้วันที่ตั้งแต่วันนั้นเป็นต้นไป หรือถอนบันทึกนั้นก่อนหากบันทึกผิด"
            )
        case why.NotTheLatest():
            return "ถอนได้เฉพาะบันทึกล่าสุดของสมาชิกคนนี้ ถอนบันทึกที่ใหม่กว่าก่อน แล้วจึงถอนรายการนี้"
    return ""


def _of_beneficiaries(refusal: why.MemberRefusal) -> str:
    match refusal:
        case why.NobodyNamed():
            return "ยังไม่มีชื่อผู้รับผลประโยชน์ พิมพ์อย่างน้อยหนึ่งคน"
        case why.BeneficiaryNameMissing(place=place):
            return f"คนที่ {place} ยังไม่มีชื่อ พิมพ์ชื่อ หรือลบส่วนแบ่งของบรรทัดนี้ออก"
        case why.ShareUnreadable(place=place, raw=raw):
            what = f"ยังอ่าน “{raw}” เป็นร้อยละไม่ได้" if raw else "ยังไม่ได้ใส่ร้อยละ"
            return f"คนที่ {place} {what} พิมพ์ตัวเลขมากกว่า 0 ไม่เกิน 100 เช่น 50 หรือ 33.34"
        case why.SharesNotWhole(missing=missing) if missing > 0:
            return (
                f"รวมกันได้ {share_words(10_000 - missing)} ยังขาดอีก {share_words(missing)} "
                "ปรับให้ทุกคนรวมกันได้ 100% พอดี"
            )
        case why.SharesNotWhole(missing=missing):
            return (
                f"รวมกันได้ {share_words(10_000 - missing)} เกินไป {share_words(-missing)} "
                "ปรับให้ทุกคนรวมกันได้ 100% พอดี"
            )
        case why.NamedTwice(place=place, first=first):
            return f"คนที่ {place} ชื่อเดียวกับคนที่ {first} รวมเป็นบรรทัดเดียว แล้วรวมร้อยละเข้าด้วยกัน"
        case why.OwnBeneficiary(place=place):
            return f"คนที่ {place} คือสมาชิกเอง ผู้รับผลประโยชน์ต้องเป็นคนอื่น"
        case why.LaterSetStands(named_on=day):
            return f"มีรายชื่อที่ระบุไว้เมื่อ {long(day)} ซึ่งใหม่กว่าอยู่แล้ว ใช้วันที่ตั้งแต่วันนั้นเป็นต้นไป"
    return ""


def _of_pictures(refusal: why.MemberRefusal) -> str:
    match refusal:
        case why.NoPicture():
            return "ไฟล์นี้ไม่ใช่ภาพ .jpg หรือ .png ลองถ่ายภาพใหม่ แล้วส่งภาพนั้น"
        case why.PictureTooLarge(size=size, most=most):
            return (
                f"ภาพใหญ่ {size / _MEGABYTE:,.1f} MB เกิน {most // _MEGABYTE} MB "
                "ลองถ่ายให้เล็กลง หรือตัดเฉพาะใบหน้า"
            )
    return ""
