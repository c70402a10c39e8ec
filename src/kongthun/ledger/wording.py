"""What the books say in Thai: why something was not written, and what the proof found wrong."""

from __future__ import annotations

from datetime import date

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.areas.wording import refusal_in_thai as area_refusal_in_thai
from kongthun.domain.journal import (
    EmptyLine,
    HappensLater,
    KeyTwice,
    OutOfBalance,
    TooFewLines,
    TooLarge,
    UnknownAccountKind,
    YearClosed,
    kind_of,
)
from kongthun.domain.money import Money
from kongthun.domain.thai_calendar import long

from .actions import AlreadyReversed, KeyTaken, NoSuchEntry
from .passbook import PassbookCheck
from .refusals import (
    AccountNumberTwice,
    BalanceDoesNotFollow,
    BankUnnamed,
    BookRefusal,
    BroughtForwardUnsaid,
    CountedOtherwise,
    DifferenceUnsaid,
    DocumentNeeded,
    DocumentUnfit,
    EmptyPassbookLine,
    FromPaper,
    LaterLineDoesNotFollow,
    LineBeforeOpening,
    LineHappensLater,
    LinesTypedOtherwise,
    LineTooLong,
    MoneyRefusal,
    MoreThanThere,
    NoLines,
    NoSuchBankBook,
    NoSuchPassbookLine,
    NoSuchTerm,
    NotAboveZero,
    NotInTerm,
    NotOfTheDesk,
    OpeningHasLines,
    OpeningNotFirst,
    PassbookRefusal,
    SignedTwice,
    TakesBackItself,
    TooFewSigners,
    WordsNeeded,
    WordsTooLong,
)
from .savings import (
    DocumentOfOurs,
    GroupThere,
    GroupUnnamed,
    KindUnknown,
    MoreThanKept,
    NobodyPaid,
    NoMemberThen,
    NoSharePrice,
    NotAMember,
    NotWholeShares,
    OpenedOtherwise,
    PlaceUnfit,
    SavingsRefusal,
)
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
    "goods": "วัตถุดิบและสินค้า",
    "tools": "เครื่องมือและอุปกรณ์",
    "customers": "เงินที่ลูกค้าค้าง",
    "creditors": "เงินที่กลุ่มต้องจ่ายคืนผู้อื่น",
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


def refusal_in_thai(refusal: MoneyRefusal) -> str:
    """What is wrong and what to do. Raises NotImplementedError for a refusal without words."""
    if isinstance(refusal, NotEntitled):
        return not_entitled_in_thai(refusal)
    if isinstance(refusal, PassbookRefusal):
        return _passbook_refusal_in_thai(refusal)
    if isinstance(refusal, BookRefusal):
        return _book_refusal_in_thai(refusal)
    if isinstance(refusal, TooFewSigners | NoSuchTerm | NotInTerm | SignedTwice):
        return _signer_refusal_in_thai(refusal)
    if isinstance(refusal, NoSuchBankBook | BankUnnamed | AccountNumberTwice):
        return _bank_book_refusal_in_thai(refusal)
    return _desk_refusal_in_thai(refusal)


def _book_refusal_in_thai(refusal: BookRefusal) -> str:
    """Why an entry did not come into the books."""
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
        case YearClosed(happened_on=happened_on, closed_until=until):
            return (
                f"วันที่ {long(happened_on)} อยู่ในปีที่ปิดบัญชีและจัดสรรผลกำไรแล้ว (ปิดถึง {long(until)}) "
                "บัญชีของปีนั้นจึงไม่เปลี่ยนอีก กรุณาบันทึกในปีปัจจุบัน และเขียนวันที่ของเอกสารไว้ในคำอธิบาย"
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


def _desk_refusal_in_thai(refusal: MoneyRefusal) -> str:
    """Why money was not recorded between hand and bank."""
    match refusal:
        case NotAboveZero():
            return "จำนวนเงินต้องมากกว่าศูนย์ กรุณาพิมพ์เป็นตัวเลข เช่น 5,000"
        case MoreThanThere():
            return _more_than_there_in_thai(refusal)
        case DocumentNeeded():
            return (
                "ยังไม่มีเลขที่เอกสาร กรุณาดูเลขบนใบนำฝากหรือใบถอน ถ้าไม่มีเลข ใช้เลขที่ที่กองทุนตั้งเอง เช่น ฝ.1/2569"
            )
        case DocumentUnfit(document=document):
            return (
                f"“{document}” ไม่ใช่เลขที่เอกสาร สมุดบัญชีเก็บเฉพาะเลขที่สั้น ๆ ไม่เกิน 8 หลัก "
                "เช่น ฝ.12 หรือ 3/2569 "
                "เพื่อไม่ให้มีชื่อบุคคลหรือเลขบัญชีติดอยู่ในสมุด ถ้าเลขยาว ใช้ 8 หลักท้าย"
            )
        case WordsNeeded():
            return "ยังไม่ได้บอกว่าเป็นเรื่องอะไร กรุณาเขียนสั้น ๆ ให้ผู้อื่นเข้าใจภายหลัง"
        case WordsTooLong(longest=longest):
            return f"ข้อความยาวเกิน {longest} ตัวอักษร กรุณาเขียนให้สั้นลง"
        case CountedOtherwise(on=on, counted=counted):
            return (
                f"หน้านี้เคยใช้บันทึกการนับเงินวันที่ {long(on)} นับได้ {_baht(counted)} ไปแล้ว "
                "กรุณากลับไปหน้าเงินสดและธนาคาร แล้วเริ่มนับใหม่"
            )
        case DifferenceUnsaid(difference=difference):
            more = "มากกว่า" if difference > Money(0) else "น้อยกว่า"
            return (
                f"เงินที่นับได้{more}ในสมุดบัญชี {_baht(abs(difference))} "
                "กรุณานับอีกครั้ง ถ้ายังต่างกัน เขียนสิ่งที่รู้ไว้สั้น ๆ ส่วนต่างจะพักไว้เป็นเงินที่ยังอธิบายไม่ได้"
            )
        case NotOfTheDesk(number=number):
            return (
                f"รายการที่ {number} ไม่ได้บันทึกจากหน้าเงินสดและธนาคาร จึงกลับจากหน้านี้ไม่ได้ "
                "กรุณาแก้ที่งานที่บันทึกรายการนั้น เช่น สัญญาหรือใบเสร็จ"
            )
        case FromPaper(number=number):
            return (
                f"รายการที่ {number} อ่านมาจากสมุดกระดาษ กรุณาแจ้งพัฒนากรผู้รับผิดชอบให้แก้ที่แถวในสมุดนั้น "
                "รายการจะถูกกลับและลงใหม่ให้เอง"
            )
        case TakesBackItself(number=number):
            return (
                f"รายการที่ {number} เป็นการกลับรายการอยู่แล้ว ถ้ารายการเดิมถูกต้อง กรุณาบันทึกรายการเดิมใหม่อีกครั้ง"
            )
    raise NotImplementedError(f"no Thai words for {type(refusal).__name__}")


def _bank_book_refusal_in_thai(refusal: NoSuchBankBook | BankUnnamed | AccountNumberTwice) -> str:
    """What stands against what was said of a passbook."""
    match refusal:
        case NoSuchBankBook(number=number):
            return f"กองทุนนี้ไม่มีสมุดเงินฝากเล่มที่ {number} กรุณาเพิ่มสมุดเงินฝากก่อน หรือเลือกเล่มที่มี"
        case BankUnnamed():
            return "ยังไม่ได้บอกชื่อธนาคาร กรุณาพิมพ์ตามหน้าสมุดเงินฝาก"
        case AccountNumberTwice(number=number):
            return f"เลขที่บัญชีนี้เป็นของสมุดเงินฝากเล่มที่ {number} อยู่แล้ว กรุณาตรวจเลขที่บัญชี หรือใช้เล่มนั้น"


def _more_than_there_in_thai(refusal: MoreThanThere) -> str:
    """The sum, what is there, and whether a later step is what used it."""
    place = "เงินสดในมือ" if kind_of(refusal.account) == "cash" else "เงินในธนาคาร"
    if refusal.short_on == refusal.on:
        return (
            f"{place} ณ วันที่ {long(refusal.on)} มี {_baht(refusal.there)} "
            f"ไม่พอสำหรับ {_baht(refusal.amount)} กรุณาตรวจจำนวนเงินและวันที่ "
            "หรือดูว่ามีเงินที่รับแล้วยังไม่ได้บันทึก"
        )
    return (
        f"ถ้า{place}ลดลง {_baht(refusal.amount)} ตั้งแต่วันที่ {long(refusal.on)} จะไม่พอในวันที่ "
        f"{long(refusal.short_on)} ซึ่งเหลือ {_baht(refusal.there)} "
        "เพราะมีรายการหลังจากนั้นใช้เงินก้อนนี้ไปแล้ว "
        "กรุณาตรวจวันที่ หรือแก้รายการหลังก่อน"
    )


def _signer_refusal_in_thai(
    refusal: TooFewSigners | NoSuchTerm | NotInTerm | SignedTwice,
) -> str:
    """What stands against those who signed a withdrawal, with the clause of the rules."""
    match refusal:
        case TooFewSigners(given=given, needed=needed):
            clause = f" {refusal.clause}" if refusal.clause else ""
            unchecked = "" if refusal.is_checked else " (ยังไม่ได้ตรวจกับตัวบท)"
            return (
                f"การถอนเงินต้องมีกรรมการที่อยู่ในวาระลงนามอย่างน้อย {needed} คน ขณะนี้มี {given} คน "
                f"ตาม{refusal.rules}{clause}{unchecked} กรุณาเลือกผู้ลงนามให้ครบตามใบถอน"
            )
        case NoSuchTerm(number=number):
            return f"ทะเบียนกรรมการไม่มีลำดับที่ {number} กรุณาเลือกผู้ลงนามจากรายชื่อ"
        case NotInTerm(number=number, position=position, on=on):
            return (
                f"{position} (ทะเบียนกรรมการลำดับที่ {number}) ไม่อยู่ในวาระ ณ วันที่ {long(on)} "
                f"{_term(refusal.starts_on, refusal.ends_on)} "
                "กรุณาเลือกผู้ที่อยู่ในวาระวันนั้น หรือแก้ทะเบียนกรรมการให้ตรงก่อน"
            )
        case SignedTwice(number=number, position=position):
            return (
                f"{position} (ทะเบียนกรรมการลำดับที่ {number}) เป็นคนเดียวกับผู้ลงนามอีกคน "
                "กรุณาเลือกผู้ลงนามคนละคน"
            )


def _term(starts_on: date | None, ends_on: date | None) -> str:
    begins = f"วาระ {long(starts_on)}" if starts_on else "วาระที่ไม่ได้เขียนวันเริ่ม"
    return f"{begins} ถึง {long(ends_on)}" if ends_on else f"{begins} เป็นต้นไป"


def _passbook_refusal_in_thai(refusal: PassbookRefusal) -> str:
    """Why lines of the passbook were not written or not taken out."""
    match refusal:
        case NoLines():
            return "ยังไม่ได้พิมพ์บรรทัดใด กรุณาพิมพ์จากสมุดเงินฝากอย่างน้อยหนึ่งบรรทัด"
        case EmptyPassbookLine(place=place):
            return f"บรรทัดที่ {place} ไม่มีจำนวนเงินเข้าหรือออก กรุณาเติมหนึ่งช่อง"
        case LineHappensLater(place=place, on=on):
            return f"บรรทัดที่ {place} วันที่ {long(on)} ยังมาไม่ถึง กรุณาตรวจวันที่ในสมุดเงินฝาก"
        case LineTooLong(place=place):
            return f"บรรทัดที่ {place} ข้อความยาวเกินไป กรุณาใส่เพียงรหัสรายการตามที่ธนาคารพิมพ์"
        case BalanceDoesNotFollow(place=place):
            return (
                f"บรรทัดที่ {place} ยอดคงเหลือที่พิมพ์ {_baht(refusal.printed)} ไม่ต่อจากบรรทัดก่อน "
                f"ซึ่งควรได้ {_baht(refusal.expected)} ต่างกัน {_baht(abs(refusal.difference))} "
                "กรุณาตรวจบรรทัดนี้ หรือดูว่าข้ามบรรทัดใดไป"
            )
        case LaterLineDoesNotFollow(number=number):
            return (
                f"บรรทัดวันที่ {long(refusal.on)} ที่พิมพ์ไว้ก่อน (เลขที่ {number}) "
                f"พิมพ์ยอดคงเหลือ {_baht(refusal.printed)} จะไม่ต่อจากบรรทัดที่เพิ่ม "
                f"ซึ่งควรได้ {_baht(refusal.expected)} "
                f"ต่างกัน {_baht(abs(refusal.difference))} กรุณาตรวจบรรทัดที่เพิ่ม หรือนำบรรทัดเดิมที่พิมพ์ผิดออก"
            )
        case BroughtForwardUnsaid(place=place, before=before):
            return (
                f"บรรทัดที่ {place} เป็นบรรทัดแรกที่พิมพ์ แต่ยอดคงเหลือบอกว่าก่อนหน้านั้นมี {_baht(before)} "
                "กรุณาลงยอดยกมาของวันก่อนหน้าเป็นบรรทัดแรก แล้วจึงพิมพ์บรรทัดนี้"
            )
        case OpeningNotFirst(place=place):
            return (
                f"บรรทัดที่ {place} เป็นยอดยกมา แต่ยอดยกมาเป็นได้เฉพาะบรรทัดแรกของสมุด "
                "กรุณาพิมพ์เป็นรายการเข้าหรือออกแทน"
            )
        case LineBeforeOpening(place=place, on=on, opened_on=opened_on):
            return (
                f"บรรทัดที่ {place} วันที่ {long(on)} รวมอยู่ในยอดยกมา ณ สิ้นวันที่ {long(opened_on)} แล้ว "
                "กรุณาตรวจวันที่ หรือเว้นบรรทัดนี้"
            )
        case LinesTypedOtherwise():
            return (
                "หน้านี้เคยใช้บันทึกบรรทัดชุดอื่นไปแล้ว ยังไม่มีอะไรถูกบันทึกเพิ่ม "
                "กรุณาเปิดหน้าสมุดเงินฝากใหม่แล้วพิมพ์เฉพาะบรรทัดที่ยังไม่มี"
            )
        case NoSuchPassbookLine(number=number):
            return f"ไม่พบบรรทัดเลขที่ {number} ในสมุดเงินฝากของกองทุนนี้ กรุณาเปิดหน้าสมุดเงินฝากใหม่"
        case OpeningHasLines():
            return "นำยอดยกมาออกไม่ได้ขณะที่ยังมีบรรทัดต่อจากยอดนั้น กรุณานำบรรทัดหลังจากนั้นออกก่อน"


def passbook_check_in_thai(check: PassbookCheck) -> str:
    """The difference between books and passbook, named in one sentence."""
    if check.agrees:
        return f"ตรงกันทุกบรรทัด สมุดบัญชีและสมุดเงินฝากมี {_baht(check.books_balance)} เท่ากัน"
    parts = []
    opening = check.opening.difference if check.opening else Money(0)
    if opening:
        parts.append(f"ยอดยกมาต่างกัน {_baht(abs(opening))}")
    found = check.found
    for lines, where in (
        (found.only_in_books, "มีเฉพาะในสมุดบัญชี"),
        (found.only_in_passbook, "มีเฉพาะในสมุดเงินฝาก"),
    ):
        if lines:
            together = Money(sum(line.amount.satang for line in lines))
            parts.append(f"{where} {len(lines)} บรรทัด รวม {_baht(together)}")
    if found.amount_differs:
        together = Money(sum(pair.difference.satang for pair in found.amount_differs))
        parts.append(f"จำนวนเงินไม่ตรงกัน {len(found.amount_differs)} บรรทัด ต่างรวม {_baht(together)}")
    if check.gaps:
        parts.append(f"ยอดที่ธนาคารพิมพ์ไม่ต่อกัน {len(check.gaps)} บรรทัด")
    return f"{_more_or_less(check.difference)} เพราะ{' และ'.join(parts)}"


def _more_or_less(difference: Money) -> str:
    if not difference:
        return "ยอดรวมเท่ากัน แต่ยังไม่ตรงทุกบรรทัด"
    more = "มากกว่า" if difference > Money(0) else "น้อยกว่า"
    return f"สมุดบัญชี{more}สมุดเงินฝาก {_baht(abs(difference))}"


def savings_refusal_in_thai(refusal: SavingsRefusal) -> str:
    """Why shares or savings were not recorded, or books not opened: what is wrong, what to do."""
    match refusal:
        case NotAMember(member_number=number):
            return f"บัญชีรายชื่อของกลุ่มไม่มีสมาชิกเลขที่ {number} กรุณาตรวจเลขที่ หรือเพิ่มสมาชิกก่อน"
        case NoMemberThen():
            return _no_member_then_in_thai(refusal)
        case NobodyPaid():
            return "ยังไม่มีใครที่ใส่จำนวนเงิน ใส่ยอดของผู้ที่ส่งอย่างน้อยหนึ่งคน"
        case NoSharePrice(rules=rules):
            return f"{rules} ยังไม่ได้กำหนดราคาหุ้น กรุณาให้กลุ่มลงมติราคาหุ้นและปรับชุดระเบียบก่อน"
        case NotWholeShares():
            return _not_whole_shares_in_thai(refusal)
        case MoreThanKept():
            return _more_than_kept_in_thai(refusal)
        case DocumentOfOurs(document=document):
            return (
                f"เลข “{document}” เป็นเลขที่ระบบให้ตามลำดับ กรุณาเว้นช่องนี้ว่างไว้เพื่อรับเลขถัดไป "
                "หรือพิมพ์เลขบนเล่มของกลุ่ม เช่น 3/12"
            )
    return _not_opened_in_thai(refusal)


def _not_opened_in_thai(
    refusal: KindUnknown | GroupUnnamed | GroupThere | PlaceUnfit | OpenedOtherwise | MoneyRefusal,
) -> str:
    match refusal:
        case KindUnknown(kind=kind):
            return f"ยังไม่มีผังบัญชีและระเบียบของกลุ่มประเภท {kind} กรุณาเลือกประเภทที่มีในรายการ"
        case GroupUnnamed(longest=longest):
            return f"กรุณาพิมพ์ชื่อกลุ่ม ยาวไม่เกิน {longest} ตัวอักษร"
        case GroupThere(code=code, name=name):
            return f"หมู่บ้านนี้มี{name}อยู่แล้ว รหัส {code} กรุณาเปิดสมุดเดิม หรือตั้งชื่อให้ต่างกันถ้าเป็นคนละกลุ่ม"
        case PlaceUnfit(refusal=of_area):
            return area_refusal_in_thai(of_area)
        case OpenedOtherwise(code=code):
            return f"หน้านี้เคยใช้เปิดสมุดรหัส {code} ไปแล้ว กรุณาเปิดหน้านี้ใหม่แล้วเริ่มอีกครั้ง"
        case _:
            return refusal_in_thai(refusal)


def _no_member_then_in_thai(refusal: NoMemberThen) -> str:
    number, on = refusal.member_number, long(refusal.on)
    if refusal.has_left:
        return (
            f"เลขที่ {number} ไม่ได้เป็นสมาชิกในวันที่ {on} จึงรับหุ้นหรือเงินสัจจะไม่ได้ "
            "ตรวจวันที่ หรือให้สมัครใหม่ก่อน ส่วนเงินของเขาที่มีอยู่คืนได้เสมอ"
        )
    return f"เลขที่ {number} ยื่นใบสมัครแล้วแต่ยังไม่มีมติรับในวันที่ {on} บันทึกมติรับสมาชิกก่อน แล้วจึงรับหุ้นหรือเงินสัจจะ"


def _not_whole_shares_in_thai(refusal: NotWholeShares) -> str:
    nearest = " หรือ ".join(_baht(sum_) for sum_ in (refusal.below, refusal.above) if sum_)
    clause = f" ตาม{refusal.limit.clause}" if refusal.limit.clause else ""
    unchecked = "" if refusal.limit.is_checked else " (ยังไม่ได้ตรวจกับตัวบท)"
    return (
        f"{_baht(refusal.amount)} ไม่เต็มหุ้น ราคาหุ้นละ {_baht(refusal.price)}{clause}{unchecked} "
        f"รับได้ {nearest}"
    )


def _more_than_kept_in_thai(refusal: MoreThanKept) -> str:
    """The sum, what is there, and whether a later step is what used it."""
    what = "ค่าหุ้น" if kind_of(refusal.account) == "share" else "เงินสัจจะ"
    if refusal.short_on == refusal.on:
        return (
            f"{what}ของสมาชิกรายนี้ ณ วันที่ {long(refusal.on)} มี {_baht(refusal.kept)} "
            f"ไม่พอสำหรับ {_baht(refusal.amount)} กรุณาตรวจจำนวนเงินและวันที่"
        )
    return (
        f"ถ้า{what}ลดลง {_baht(refusal.amount)} ตั้งแต่วันที่ {long(refusal.on)} จะไม่พอในวันที่ "
        f"{long(refusal.short_on)} ซึ่งเหลือ {_baht(refusal.kept)} "
        "เพราะมีรายการหลังจากนั้นถอนไปแล้ว กรุณาตรวจวันที่ หรือแก้รายการหลังก่อน"
    )


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
        case "goods":
            return f"ทะเบียนของในคลังไม่ตรงกับบัญชี ({fault.name})"
        case "certificates":
            return f"ใบหุ้นของสมาชิกเลขที่ {fault.name} {_sums(fault)}"
        case "assessment":
            return f"ผลประเมินครั้งที่ {fault.name} ไม่ตรงกับข้อมูลที่เก็บไว้"
        case "paper_chain":
            return f"สมุดเอกสาร ลำดับที่ {fault.name} ไม่ตรงกับที่บันทึกไว้"
        case "paper_missing":
            return f"ไม่พบแฟ้มของเอกสารลำดับที่ {fault.name}"
        case "paper_content":
            return f"แฟ้มของเอกสารลำดับที่ {fault.name} ไม่ใช่แฟ้มที่เก็บไว้"
        case "paper_left":
            return f"เอกสารลำดับที่ {fault.name} ปิดเนื้อหาแล้ว แต่แฟ้มยังอยู่ในเครื่อง"
    return _FAULTS[fault.what]


def _sums(fault: Fault) -> str:
    if fault.stored is None or fault.found is None:
        raise ValueError(f"{fault.what} says no sums")
    return f"{_baht(fault.stored)} แต่รายการรวมกันได้ {_baht(fault.found)}"


def _baht(sum_: Money) -> str:
    return f"{sum_.text} บาท"
