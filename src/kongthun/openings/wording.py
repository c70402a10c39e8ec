"""What openings say to people: places, grades, and every reason why something is not done."""

from __future__ import annotations

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.domain.broken_books import Grade, PlaceFound, Why
from kongthun.domain.money import Money
from kongthun.domain.thai_calendar import long
from kongthun.ledger.wording import refusal_in_thai as book_refusal_in_thai

from . import refusals as no
from .models import Place

GRADES: dict[Grade, str] = {
    Grade.BOTH_SIGNED: "สองฝ่ายลงชื่อร่วมกัน",
    Grade.SIGNED: "ผู้ที่ต้องรับผิดชอบยอดลงชื่อ",
    Grade.PASSBOOK: "สมุดเงินฝากของธนาคาร",
    Grade.WITNESS: "มีพยาน",
    Grade.NONE: "คำบอก ยังไม่มีหลักฐาน",
}
# What would be asked for, so that the place is decided.
SETTLED_BY: dict[Grade, str] = {
    Grade.BOTH_SIGNED: "หนังสือที่สองฝ่ายลงชื่อร่วมกัน หลังเห็นคำบอกทั้งหมด",
    Grade.SIGNED: "หนังสือที่ผู้ต้องรับผิดชอบยอดลงชื่อ",
    Grade.PASSBOOK: "หนังสือที่ผู้ต้องรับผิดชอบยอดลงชื่อ หรือสมุดที่ธนาคารเขียน",
    Grade.WITNESS: "พยานที่รู้เห็นและไม่ได้ประโยชน์จากยอดนี้",
}
ONLY_A_MEETING = "สองฝ่ายลงชื่อไว้แล้วสองครั้งและไม่ตรงกัน ให้ที่ประชุมตกลงว่าใช้ฉบับใด"

WHY: dict[Why, str] = {
    Why.NOT_A_PLACE: "ที่นี้ไม่ใช่ที่ที่เงินของกองทุนอยู่ได้ กรุณาเลือกจากรายการ",
    Why.WRONG_NUMBER: "ยังไม่ได้บอกว่าเป็นครัวเรือนใดหรือสมุดเงินฝากเล่มใด กรุณาเลือกหนึ่งอย่าง",
    Why.BELOW_NOTHING: "จำนวนเงินน้อยกว่าศูนย์ไม่ได้ เงินที่ส่งเกินเป็นของผู้ส่ง กรุณาบันทึกแยกต่างหาก",
    Why.SAID_BY_NOBODY: "ยังไม่ได้บอกว่าใครบอกยอดนี้ กรุณาเลือกหนึ่งอย่าง",
    Why.NO_EVIDENCE: "หลักฐานระดับนี้ต้องมีภาพหรือเอกสารแนบ กรุณาแนบ หรือเลือกระดับ “มีพยาน” หรือ “คำบอก”",
}
_WORDS = {
    "capital": "ยังไม่ได้บอกว่ารู้เงินทุนและดอกเบี้ยสะสมจากอะไร กรุณาเขียนสั้น ๆ เช่น หนังสือจัดสรรปี 2540",
    "note": "ยังไม่ได้บอกเหตุผล กรุณาเขียนสั้น ๆ ให้ผู้อื่นเข้าใจภายหลัง",
}


def place_words(place: str, number: int | None) -> str:
    """A place without anybody's name."""
    match place:
        case Place.LOAN.value:
            return f"ครัวเรือนลำดับที่ {number}"
        case Place.BANK.value:
            return f"สมุดเงินฝากเล่มที่ {number}"
        case Place.CASH.value:
            return "เงินสดในมือ"
    return f"บุคคลที่ต้องส่งคืน คนที่ {number}"


def account_words(account: str) -> str:
    """A place by its account in the books."""
    kind, _, number = account.partition(":")
    if kind == Place.LOAN.value:
        return f"สัญญาที่ {number}"
    return place_words(kind, int(number) if number else None)


def asked_words(found: PlaceFound) -> str:
    """What would settle a place."""
    return ONLY_A_MEETING if found.settled_by is None else SETTLED_BY[found.settled_by]


def refusal_in_thai(refusal: no.OpeningRefusal) -> str:
    """What is wrong and what to do. Raises NotImplementedError for a refusal without words."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case no.ClaimUnfit(why=why):
            return WHY[why]
        case no.WordsNeeded(what=what):
            return _WORDS[what]
        case no.WordsTooLong(longest=longest):
            return f"ข้อความยาวเกิน {longest} ตัวอักษร กรุณาย่อให้สั้นลง"
        case no.NotAPlaceHere(place=place):
            return f"กลุ่มนี้ไม่มีบัญชีสำหรับ “{Place(place).label}” กรุณาเลือกที่อื่น"
        case no.NotOnList(member_number=number):
            return f"ไม่มีครัวเรือนลำดับที่ {number} ในบัญชีรายชื่อ กรุณาเพิ่มครัวเรือนในสมุดเล่มม่วงก่อน แล้วบันทึกใหม่"
        case no.PersonUnnamed():
            return "ยังไม่ได้บอกว่าเงินอยู่กับใคร กรุณาเขียนชื่อ ชื่อนี้เห็นเฉพาะผู้มีหน้าที่และไม่ลงในสมุดบัญชี"
        case no.ChangedSince():
            return "มีคำบอกยอดหรือรายการใหม่หลังจากที่ท่านเปิดหน้านี้ กรุณาอ่านทวนอีกครั้ง แล้วจึงลงบัญชี"
    return _opening_refusal_in_thai(refusal)


def _opening_refusal_in_thai(refusal: no.OpeningRefusal) -> str:
    match refusal:
        case no.OpeningThere(opens_on=opens_on):
            return f"กองทุนนี้กำลังสอบยอดยกมา ณ วันที่ {long(opens_on)} อยู่แล้ว กรุณาใช้เรื่องเดิม หรือยกเลิกก่อน"
        case no.NoOpening():
            return "ยังไม่ได้กำหนดวันสอบยอดยกมา กรุณากำหนดวันและเงินทุนก่อน"
        case no.CapitalUnsaid():
            return "สมุดยังไม่มีเงินทุนถึงวันนั้น กรุณาใส่เงินทุนที่ได้รับจากรัฐ เช่น 280,000"
        case no.CapitalInBooks(entrusted=entrusted):
            return f"สมุดมีทุนและดอกเบี้ยถึงวันนั้น {_baht(entrusted)} แล้ว กรุณาเว้นช่องเงินทุนและดอกเบี้ยว่างไว้"
        case no.PlaceInBooks(account=account):
            return (
                f"สมุดบัญชีมีรายการของ{account_words(account)} ถึงวันสอบยอดแล้ว "
                "คำบอกยอดจึงใช้แทนไม่ได้ ถ้ายอดไม่ตรง กรุณาแก้ที่รายการนั้น"
            )
        case no.HouseholdInBooks(member_number=number, contract_number=contract):
            return (
                f"ครัวเรือนลำดับที่ {number} มีสัญญาที่ {contract} ในสมุดถึงวันสอบยอดแล้ว "
                "ถ้ายอดไม่ตรง กรุณาบันทึกที่หน้าสัญญานั้นว่ายอดไม่ตรง"
            )
        case no.NoSuchClaim(number=number):
            return f"ไม่มีคำบอกยอดลำดับที่ {number} หรือถูกถอนไปแล้ว กรุณาเลือกจากรายการ"
        case no.ClaimedOtherwise(number=number):
            return f"แบบนี้บันทึกเป็นคำบอกยอดลำดับที่ {number} ไปแล้วด้วยข้อความอื่น กรุณาเปิดแบบใหม่เพื่อบันทึกเพิ่ม"
        case no.SettledOtherwise(number=number):
            return f"แบบนี้ลงบัญชีครั้งที่ {number} ของเรื่องอื่นไปแล้ว กรุณาเปิดหน้าใหม่แล้วลองอีกครั้ง"
        case no.NothingToSettle():
            return "สมุดบัญชีตรงกับยอดที่ยืนยันแล้วทุกที่ ไม่ต้องลงบัญชีเพิ่ม"
        case no.Settled(entry_number=entry):
            return (
                f"ยอดของเรื่องนี้ลงบัญชีแล้ว (รายการที่ {entry}) จึงยกเลิกทั้งเรื่องไม่ได้ "
                "กรุณาถอนคำบอกยอดที่ผิด แล้วลงบัญชีใหม่"
            )
        case no.MoreGoneSince(account=account, confirmed=confirmed, short_on=on, short=short):
            return (
                f"{account_words(account)} ยืนยันได้ {_baht(confirmed)} "
                f"แต่ถึงวันที่ {long(on)} มีเงินออกไปมากกว่านั้น {_baht(short)} "
                "กรุณาตรวจใบเสร็จหรือคำบอกยอดของที่นี้"
            )
    return book_refusal_in_thai(refusal)  # type: ignore[arg-type]  # only the books' are left


def _baht(amount: Money) -> str:
    return f"{amount.text} บาท"
