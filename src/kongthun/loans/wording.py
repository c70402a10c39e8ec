"""What lending says in Thai: why something is not done, and what to do. Read it in one sitting."""

from __future__ import annotations

from kongthun.accounts.reach import NotEntitled
from kongthun.accounts.wording import refusal_in_thai as not_entitled_in_thai
from kongthun.activities.wording import authority_in_thai
from kongthun.domain import authority as who
from kongthun.domain import plan as plans
from kongthun.domain.money import Money
from kongthun.domain.rule_set import Limit
from kongthun.domain.thai_calendar import long
from kongthun.ledger.wording import refusal_in_thai as book_refusal_in_thai

from . import refusals as no
from .models import Stage

UNCHECKED = "ยังไม่ได้ตรวจกับตัวบท"

_ACCOUNTS = {"cash": "เงินสดในมือ", "bank": "บัญชีธนาคาร", "unexplained": "เงินที่ยังอธิบายไม่ได้"}

_REASONS = {
    "opinion": "เขียนเหตุผลที่ไม่เห็นชอบ ครัวเรือนจะได้รู้ว่าควรปรับอย่างไร",
    "refusal": "เขียนเหตุผลที่ไม่อนุมัติ ตามที่ที่ประชุมพูดกัน",
    "other_sum": "จำนวนที่อนุมัติต่างจากที่ขอ เขียนเหตุผลตามมติที่ประชุม",
    "take_back": "บอกเหตุผลที่ถอนขั้นตอนนี้ เพราะมีขั้นตอนหรือเงินตามมาแล้ว",
    "cancel_receipt": "บอกเหตุผลที่ยกเลิกใบเสร็จ ใบเดิมยังเปิดดูได้พร้อมเหตุผลนี้",
    "deferral": "บอกเหตุที่ผ่อนผัน เช่น น้ำท่วม เจ็บป่วย ผลผลิตเสียหาย",
    "in_breach": "บอกมติที่ประชุมและเหตุที่ถือว่าผิดสัญญา",
    "breach_lifted": "บอกมติที่ประชุมที่ยกเลิก",
    "heir_named": "บอกชื่อทายาทและความสัมพันธ์กับผู้ยืม",
    "claim_filed": "บอกว่าเรียกร้องต่อใคร เมื่อใด ด้วยหนังสือฉบับใด",
    "dispute": "บอกยอดที่ครัวเรือนเห็นว่าถูก หรือเล่าว่าไม่ตรงตรงไหน",
    "settle_dispute": "บอกว่าตกลงกันอย่างไร",
    "claim": "บอกชื่อบุคคลและเรื่องที่เกิดขึ้นตามจริง โดยไม่ตัดสิน",
    "write_off": "บอกเหตุและมติที่ให้รับรู้หนี้สูญ",
}

_STANDS = {
    "contract": "มีใบเสร็จ ข้อตกลง หรือบันทึกอื่นของสัญญานี้อยู่ ยกเลิกรายการเหล่านั้นก่อน แล้วจึงถอนการจ่ายเงินได้",
}


def refusal_in_thai(refusal: no.AnyRefusal) -> str:  # noqa: PLR0912 (one line a refusal)
    """What is wrong and what to do. Raises NotImplementedError for a refusal without words."""
    match refusal:
        case NotEntitled():
            return not_entitled_in_thai(refusal)
        case no.InFuture(day=day, today=today):
            return f"วันที่ {long(day)} ยังมาไม่ถึง (วันนี้ {long(today)}) ลองตรวจวันที่อีกครั้ง"
        case no.BeforeStepBefore(day=day, before=before):
            return f"วันที่ {long(day)} อยู่ก่อนขั้นตอนที่แล้ว ซึ่งทำเมื่อ {long(before)} ลองตรวจวันที่อีกครั้ง"
        case no.OutOfTurn(stage=stage):
            return _out_of_turn(stage)
        case no.NotOnList(member_number=number, limit=limit):
            return (
                f"ลำดับที่ {number} ไม่มีในบัญชีรายชื่อครัวเรือนของกองทุนนี้ "
                f"เพิ่มครัวเรือนในบัญชีรายชื่อก่อน{_clause(limit)}"
            )
        case no.NothingAsked():
            return "คำขอต้องบอกชื่อโครงการและจำนวนเงินที่ขอยืม กรอกให้ครบแล้วส่งอีกครั้ง"
        case no.ItemsDoNotAddUp(items=items, asked=asked):
            return (
                f"รายการในโครงการรวมกันได้ {_baht(items)} แต่ขอยืม {_baht(asked)} "
                f"ต่างกัน {_baht(abs(asked - items))} แก้รายการหรือจำนวนที่ขอให้ตรงกัน"
            )
        case no.TooMuch(sum=amount, limit=limit):
            most = limit.money
            return (
                f"จำนวน {_baht(amount)} มากกว่าที่ชุดระเบียบให้ยืมได้ครั้งละ "
                f"{_baht(most) if most is not None else '–'} ลดจำนวนลง{_clause(limit)}"
            )
        case no.LoanStillOpen(contracts=contracts, owed=owed, limit=limit):
            return (
                f"ครัวเรือนนี้ยังมีสัญญาเลขที่ {', '.join(contracts)} ค้างอยู่ {_baht(owed)} "
                f"ชุดระเบียบให้มีได้คราวละ {limit.count} สัญญา ส่งคืนให้ครบก่อนจึงขอยืมใหม่ได้{_clause(limit)}"
            )
        case no.RequestStillOpen(number=number):
            return f"ครัวเรือนนี้มีคำขอที่ {number} ดำเนินการอยู่แล้ว ทำต่อจากคำขอนั้น หรือถอนคำขอนั้นก่อน"
        case no.NotEnoughMoney(wanted=wanted, available=available, promised=promised):
            return (
                f"กองทุนมีเงินให้ยืมได้ตอนนี้ {_baht(available)} (กันไว้ให้คำขอที่อนุมัติแล้ว {_baht(promised)}) "
                f"ไม่พอจ่าย {_baht(wanted)} ลดจำนวนลง หรือรอเงินส่งคืนรอบถัดไป"
            )
        case no.AccountTooSmall(account=account, wanted=wanted, holds=holds):
            return _too_small(account, wanted, holds)
        case no.ReasonNeeded(what=what):
            return _REASONS[what]
        case no.DecidedNothing():
            return "การอนุมัติต้องบอกจำนวนเงินที่มากกว่าศูนย์"
        case no.NoSuchMeeting():
            return "เลือกการประชุมคณะกรรมการที่บันทึกผู้เข้าประชุมและปิดการประชุมแล้ว ถ้ายังไม่มี บันทึกการประชุมก่อน"
        case no.MeetingBeforeRequest(held_on=held_on, before=before):
            return (
                f"การประชุมเมื่อ {long(held_on)} มีก่อนขั้นตอนที่แล้วของคำขอ ({long(before)}) "
                "เลือกการประชุมที่พิจารณาคำขอนี้จริง"
            )
        case no.TooFewGuarantors(have=have, limit=limit):
            return f"มีผู้ค้ำประกัน {have} คน ต้องมีอย่างน้อย {limit.count} คน เพิ่มชื่อให้ครบ{_clause(limit)}"
        case no.AgainstPlan(fault=fault, limit=limit):
            return _plan_fault(fault, limit)
        case no.NoSuchContract():
            return "ไม่พบสัญญานี้ หรือยังไม่ได้จ่ายเงินตามสัญญา ลองค้นจากเลขที่สัญญาในบัญชีคุมลูกหนี้"
        case no.PaidBeforeLent(on=on, paid_out_on=lent):
            return f"วันที่ส่งคืน {long(on)} อยู่ก่อนวันที่รับเงินยืม {long(lent)} ลองตรวจวันที่ในใบเสร็จ"
        case no.NothingOwed(paper_number=paper):
            return f"สัญญาเลขที่ {paper} ส่งคืนครบแล้ว ไม่มียอดค้าง ลองตรวจว่าเลือกสัญญาถูกหรือไม่"
        case no.PaidTooMuch(paid=paid, owed=owed, left_over=over):
            return (
                f"ยอดที่ส่งคืน {_baht(paid)} มากกว่าที่ค้างอยู่ {_baht(owed)} อยู่ {_baht(over)} "
                "ลองตรวจยอดอีกครั้ง หรือเลือกบันทึกส่วนเกินเป็นเงินรับฝาก"
            )
        case no.NotAboveZero():
            return "จำนวนเงินต้องมากกว่าศูนย์"
        case no.ReceiverNotInOffice(day=day):
            return f"กรรมการผู้รับเงินไม่ได้อยู่ในวาระเมื่อ {long(day)} เลือกกรรมการที่อยู่ในวาระวันนั้น"
        case no.NoSuchReceipt(number=number):
            return f"ไม่พบใบเสร็จลำดับที่ {number} ของกองทุนนี้"
        case no.ReceiptCancelled():
            return "ใบเสร็จนี้ยกเลิกไปแล้ว ไม่ต้องยกเลิกอีก"
        case no.StandsOnIt(what=what):
            return _STANDS[what]
        case no.NotYours():
            return "ขั้นตอนนี้ถอนได้โดยผู้ที่บันทึกไว้หรือประธานกรรมการ"
        case no.NothingToTakeBack():
            return "ไม่มีขั้นตอนนี้ให้ถอนแล้ว อาจมีผู้ถอนไปก่อน เปิดหน้าคำขออีกครั้งเพื่อดูสภาพล่าสุด"
        case no.DeferredTooLong(months=months, limit=limit):
            return (
                f"ผ่อนผัน {months} เดือน นานกว่าที่ชุดระเบียบให้ได้ {limit.count} เดือน "
                f"เลือกวันสิ้นสุดให้เร็วขึ้น{_clause(limit)}"
            )
        case no.EndsBeforeItStarts(starts_on=starts, ends_on=ends):
            return f"วันสิ้นสุด {long(ends)} อยู่ก่อนวันเริ่ม {long(starts)} ลองสลับหรือแก้วันที่"
        case no.NotTheirWord(limit=limit):
            return (
                f"การรับรู้หนี้สูญต้องเป็นอำนาจของ{_WHOSE.get(str(limit.value), 'ผู้มีอำนาจ')}"
                f"ตามชุดระเบียบ{_clause(limit)}"
            )
        case no.MoreThanOwed(sum=amount, owed=owed):
            return f"จำนวน {_baht(amount)} มากกว่าที่มีอยู่ {_baht(owed)} ลองตรวจยอดอีกครั้ง"
        case no.NoSuchRecord():
            return "ไม่พบรายการนี้ หรือมีผู้จัดการไปแล้ว เปิดหน้าล่าสุดอีกครั้ง"
        case (
            who.NobodyInOffice()
            | who.NoQuorum()
            | who.TooFewRemain()
            | who.TermNotInForce()
            | who.OwnHousehold()
            | who.RecorderDecides()
            | who.PayerNotChairman()
            | who.WitnessesMissing()
            | who.WitnessTwice()
            | who.WitnessIsParty()
            | who.SignersMissing()
            | who.NotDecided()
        ):
            return authority_in_thai(refusal)
        case _:
            return book_refusal_in_thai(refusal)


_WHOSE = {
    "committee": "คณะกรรมการ โดยมติที่ประชุม",
    "district": "พัฒนาการอำเภอ",
    "province": "พัฒนาการจังหวัด",
}


def _out_of_turn(stage: str) -> str:
    if not stage:
        return "คำขอนี้ส่งแล้ว จึงแก้ร่างไม่ได้ ถ้าต้องแก้ ให้ถอนขั้นตอนยื่นคำขอก่อน"
    return f"คำขออยู่ในขั้น “{Stage(stage).label}” แล้ว ขั้นตอนที่กดจึงทำไม่ได้ เปิดหน้าคำขออีกครั้งเพื่อดูขั้นถัดไป"


def _too_small(account: str, wanted: Money, holds: Money) -> str:
    kind, _, number = account.partition(":")
    if kind == "loan":
        where = f"สัญญาลำดับที่ {number}"
        return f"{where} มียอดค้าง {_baht(holds)} น้อยกว่า {_baht(wanted)} ลองตรวจยอดอีกครั้ง"
    if kind in {"loss", "claim"}:
        return f"ยอดที่บันทึกไว้เหลือ {_baht(holds)} น้อยกว่า {_baht(wanted)} ลองตรวจยอดอีกครั้ง"
    return (
        f"{_ACCOUNTS.get(kind, 'บัญชีที่เลือก')}มี {_baht(holds)} ไม่พอสำหรับ {_baht(wanted)} "
        "ดูว่าเงินส่วนนี้ฝากหรือจ่ายออกไปแล้วหรือไม่ หรือเลือกแหล่งเงินอื่น"
    )


def _plan_fault(fault: plans.PlanFault, limit: Limit | None) -> str:
    match fault:
        case plans.NoParts():
            said = "ยังไม่มีงวดส่งคืน ใส่วันและจำนวนเงินอย่างน้อยหนึ่งงวด"
        case plans.TooManyParts(count=count, most=most):
            said = f"แบ่งไว้ {count} งวด ชุดระเบียบให้ได้ไม่เกิน {most} งวด รวมบางงวดเข้าด้วยกัน"
        case plans.PartOfNothing(sequence=sequence):
            said = f"งวดที่ {sequence} ไม่มีจำนวนเงิน ใส่จำนวนเงินหรือตัดงวดนี้ออก"
        case plans.PartBeforePayOut(sequence=sequence, due_on=due_on):
            said = f"งวดที่ {sequence} ครบกำหนด {long(due_on)} ก่อนวันทำสัญญา แก้วันให้อยู่หลังวันทำสัญญา"
        case plans.PartTwiceOnOneDay(due_on=due_on):
            said = f"มีสองงวดในวันเดียวกันคือ {long(due_on)} รวมเป็นงวดเดียวหรือแก้วัน"
        case plans.EndsTooLate(due_on=due_on, last_allowed=last):
            said = f"งวดสุดท้าย {long(due_on)} เกินกำหนดที่ชุดระเบียบให้ยืมได้ถึง {long(last)} เลือกวันให้เร็วขึ้น"
        case plans.DoesNotAddUp(difference=difference):
            way = "มากกว่า" if difference.satang > 0 else "น้อยกว่า"
            said = f"ทุกงวดรวมกัน{way}ยอดที่ต้องส่งคืนอยู่ {_baht(abs(difference))} แก้ให้รวมแล้วเท่ากัน"
    return said + (_clause(limit) if limit is not None else "")


def _clause(limit: Limit) -> str:
    """The clause a limit stands on, and whether it was held against the text."""
    where = limit.clause or limit.source
    checked = "" if limit.is_checked else f" {UNCHECKED}"
    return f" ({where}{checked})" if where else (f" ({checked.strip()})" if checked else "")


def _baht(amount: Money) -> str:
    return f"{amount.text} บาท"
