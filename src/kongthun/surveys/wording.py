"""What people are told about rounds: names of figures, and why something was not done."""

from __future__ import annotations

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.domain.money import Money
from kongthun.domain.thai_calendar import long

from .figures import BookState, Value
from .refusals import (
    BeforeItOpened,
    ChosenAlready,
    DifferenceUnexplained,
    FigureBelowZero,
    FoundBeforeItsDay,
    HasFindings,
    InFuture,
    NoFundsHere,
    NoSuchArea,
    NotCheckedYet,
    NotChosen,
    NothingChosen,
    NothingFound,
    NotInRound,
    ReportedAlready,
    RoundGone,
    RoundLocked,
    RoundOpenAlready,
    StillWaiting,
    SurveyRefusal,
    TooLong,
    WhyMissing,
    WordsMissing,
)

FIGURES = {
    "target_households": "ครัวเรือนเป้าหมายทั้งหมด",
    "owing_households": "ครัวเรือนที่มีเงินยืมอยู่",
    "households": "เงินอยู่กับครัวเรือน",
    "bank": "เงินในธนาคาร",
    "elsewhere": "เงินสดในมือหรือที่อื่น",
    "in_breach_households": "ครัวเรือนที่กรรมการถือว่าผิดสัญญา",
    "in_breach": "เงินของครัวเรือนที่ถือว่าผิดสัญญา",
    "purple": "สมุดม่วง ทะเบียนครัวเรือน",
    "yellow": "สมุดเหลือง คุมลูกหนี้",
    "green": "สมุดเขียว เงินฝากธนาคาร",
}
UNITS = {
    "target_households": "ครัวเรือน",
    "owing_households": "ครัวเรือน",
    "households": "บาท",
    "bank": "บาท",
    "elsewhere": "บาท",
    "in_breach_households": "ครัวเรือน",
    "in_breach": "บาท",
}
BOOK_STATES = {
    BookState.RIGHT: "มี ถูกต้อง",
    BookState.NOT_RIGHT: "มี ยังไม่ถูกต้อง",
    BookState.NONE: "ไม่มี",
}
NAMED_AT_MOST = 5


def value_in_thai(name: str, value: Value | None) -> str:
    """A figure with its unit; a dash where it is not known."""
    match value:
        case None:
            return "–"
        case BookState():
            return BOOK_STATES[value]
        case Money():
            return f"{value.text} บาท"
        case _:
            return f"{value:,} {UNITS[name]}"


def refusal_in_thai(refusal: SurveyRefusal) -> str:  # noqa: PLR0912 (a line a refusal)
    """What is wrong and what to do."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case WordsMissing(what=what):
            return f"ยังไม่ได้บอก{what} พิมพ์สั้น ๆ ก็พอ"
        case TooLong(what=what, longest=longest):
            return f"{what}ยาวเกิน {longest:,} ตัวอักษร ลองย่อให้สั้นลง"
        case InFuture(on=on):
            return f"วันที่ {long(on)} ยังมาไม่ถึง ลองดูวันที่อีกครั้ง"
        case NoSuchArea(code=code):
            return f"ไม่พบพื้นที่รหัส {code} เลือกพื้นที่จากหน้าฐานะเงินทุน"
        case NoFundsHere():
            return "ยังไม่มีสมุดของกองทุน กข.คจ. ในพื้นที่นี้ นำเข้าสมุดก่อน แล้วเปิดรอบสำรวจ"
        case RoundOpenAlready(number=number, words=words):
            return f"รอบที่ {number} “{words}” ยังเปิดอยู่และมีกองทุนเดียวกัน ปิดรอบนั้นก่อน แล้วเปิดรอบใหม่"
        case RoundGone(number=number):
            return f"รอบที่ {number} ถูกถอนแล้ว เปิดรอบใหม่แทน"
        case RoundLocked(number=number, locked_on=on):
            return f"รอบที่ {number} ปิดแล้วเมื่อ {long(on)} ผลที่พบใหม่ให้บันทึกในรอบถัดไป"
        case HasFindings(funds=funds):
            return f"มีผลสำรวจแล้ว {funds:,} กองทุน จึงถอนรอบนี้ไม่ได้ สำรวจต่อแล้วปิดรอบแทน"
        case NotInRound(name=name):
            return f"{name} ไม่อยู่ในรอบนี้ เพราะยังไม่มีสมุดในวันที่เปิดรอบ บันทึกได้ในรอบถัดไป"
        case FoundBeforeItsDay(on=on, as_of=as_of):
            return f"ไปดูเมื่อ {long(on)} ก่อนวันของข้อมูลคือ {long(as_of)} ลองดูวันที่อีกครั้ง"
        case BeforeItOpened(on=on, opened_on=opened_on):
            return f"วันที่ {long(on)} มาก่อนวันเปิดรอบ {long(opened_on)} ลองดูวันที่อีกครั้ง"
        case FigureBelowZero(figure=figure):
            return f"{FIGURES[figure]}ต่ำกว่าศูนย์ ลองตรวจตัวเลขอีกครั้ง"
        case DifferenceUnexplained(figures=figures):
            names = " ".join(FIGURES[name] for name in figures)
            return f"ต่างจากสมุด: {names} บอกไว้สั้น ๆ ว่าเห็นจากอะไร เช่น สมุดบัญชีธนาคารหน้าล่าสุด"
        case NothingFound():
            return "ยังไม่ได้กรอกตัวเลขใดเลย กรอกเท่าที่ตรวจได้ หรือบันทึกเหตุที่ยังสำรวจไม่ได้แทน"
        case ReportedAlready(name=name):
            return f"{name} มีผลสำรวจในรอบนี้แล้ว ไม่ต้องบันทึกเหตุ"
        case NothingChosen():
            return "ยังไม่ได้เลือกกองทุน ทำเครื่องหมายหน้ากองทุนที่จะสนับสนุน"
        case WhyMissing(name=name):
            return f"ยังไม่ได้บอกเหตุที่เลือก {name} พิมพ์สั้น ๆ ข้างชื่อกองทุน"
        case NotCheckedYet(name=name):
            return f"{name} ยังไม่มีผลสำรวจในรอบนี้ สำรวจก่อน แล้วจึงเลือก"
        case ChosenAlready(name=name):
            return f"{name} เลือกไว้แล้วในรอบนี้"
        case NotChosen(name=name):
            return f"{name} ไม่ได้อยู่ในรายการที่เลือกของรอบนี้ ลองเปิดหน้ารอบอีกครั้ง"
        case StillWaiting(funds=funds):
            return (
                f"ยังไม่มีผลสำรวจ {len(funds):,} กองทุน: {_named(funds)} "
                "สำรวจให้ครบ หรือบันทึกเหตุที่ยังสำรวจไม่ได้ แล้วปิดรอบ"
            )
        case _:
            raise NotImplementedError(refusal)


def _named(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:NAMED_AT_MOST])
    more = len(names) - NAMED_AT_MOST
    return f"{shown} และอีก {more:,} กองทุน" if more > 0 else shown
