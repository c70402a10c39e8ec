"""Why something of the trade was not recorded, in Thai: what is wrong, and what to do."""

from __future__ import annotations

from kongthun.domain.money import Money
from kongthun.domain.stock import quantity_text
from kongthun.domain.thai_calendar import long
from kongthun.ledger.savings import NotAMember
from kongthun.ledger.wording import refusal_in_thai as money_refusal_in_thai
from kongthun.ledger.wording import savings_refusal_in_thai

from . import refusals as no


def refusal_in_thai(refusal: no.TradeRefusal) -> str:
    """One sentence or two for whoever keeps the trade of a group."""
    if isinstance(refusal, NotAMember):
        return savings_refusal_in_thai(refusal)
    words = _of_lists(refusal) or _of_lines(refusal) or _of_credit(refusal)
    words = words or _of_batches(refusal) or _of_mending(refusal)
    return words or money_refusal_in_thai(refusal)  # type: ignore[arg-type]


def _of_lists(refusal: no.TradeRefusal) -> str:
    match refusal:
        case no.ItemUnnamed(longest=longest):
            return f"กรุณาพิมพ์ชื่อของ ยาวไม่เกิน {longest} ตัวอักษร เช่น ข้าวเปลือก"
        case no.UnitMissing():
            return "ยังไม่ได้บอกหน่วยนับ กรุณาพิมพ์สั้น ๆ เช่น กก. ขวด ผืน หรือถุง"
        case no.ItemThere(number=number, name=name):
            return f"มี {name} อยู่แล้วเป็นลำดับที่ {number} กรุณาใช้รายการเดิม หรือตั้งชื่อให้ต่างกัน"
        case no.ItemStillThere(name=name, quantity=quantity, unit=unit):
            return (
                f"{name} ยังเหลืออยู่ {quantity_text(quantity)} {unit} จึงเลิกเก็บยังไม่ได้ "
                "กรุณาขาย ใช้ หรือนับของให้ตรงก่อน"
            )
        case no.NoSuchItem(number=number):
            return f"ไม่มีของลำดับที่ {number} ในรายการของกลุ่ม กรุณาเลือกจากรายการ หรือเพิ่มของก่อน"
        case no.ItemStopped(name=name, stopped_on=on):
            return f"{name} เลิกเก็บแล้วตั้งแต่ {long(on)} กรุณาเลือกของอื่น หรือเพิ่มเป็นรายการใหม่"
        case no.PartyUnnamed(longest=longest):
            return f"กรุณาพิมพ์ชื่อคู่ค้า ยาวไม่เกิน {longest} ตัวอักษร"
        case no.PartyThere(number=number):
            return f"มีคู่ค้ารายนี้อยู่แล้วเป็นลำดับที่ {number} กรุณาใช้รายเดิม หรือใส่เบอร์โทรศัพท์ให้รู้ว่าคนละราย"
        case no.NoSuchParty(number=number):
            return f"ไม่มีคู่ค้าลำดับที่ {number} กรุณาเลือกจากรายชื่อ หรือเพิ่มคู่ค้าก่อน"
    return ""


def _of_lines(refusal: no.TradeRefusal) -> str:
    match refusal:
        case no.NoLines():
            return "ยังไม่มีบรรทัดใดที่บอกของและจำนวน กรุณาใส่อย่างน้อยหนึ่งบรรทัด"
        case no.ItemTwice(name=name):
            return f"{name} อยู่สองบรรทัด กรุณารวมเป็นบรรทัดเดียว"
        case no.QuantityNotAboveZero(name=name):
            return f"จำนวนของ {name} ต้องมากกว่าศูนย์ กรุณาพิมพ์เป็นตัวเลข เช่น 12 หรือ 2.5"
        case no.QuantityTooLarge(name=name):
            return f"จำนวนของ {name} มากเกินกว่าที่บันทึกได้ กรุณาตรวจตัวเลขอีกครั้ง"
        case no.PriceMissing(name=name):
            return f"ยังไม่มีราคาขายของ {name} กรุณาใส่ราคาต่อหน่วย หรือกำหนดราคาในรายการของ"
        case no.NotEnoughStock():
            return _not_enough(refusal)
        case no.TooLittleToBook():
            return "ของจำนวนนี้มีต้นทุนไม่ถึงครึ่งสตางค์ จึงไม่มียอดให้ลงบัญชี กรุณารวมกับครั้งอื่น หรือลงเป็นจำนวนที่มากขึ้น"
    return ""


def _not_enough(refusal: no.NotEnoughStock) -> str:
    there, unit = quantity_text(refusal.there), refusal.unit
    wanted = quantity_text(refusal.wanted)
    if refusal.short_on == refusal.on:
        return (
            f"{refusal.name} ณ วันที่ {long(refusal.on)} มี {there} {unit} ไม่พอสำหรับ {wanted} {unit} "
            "กรุณาตรวจจำนวนและวันที่ หรือดูว่ามีของที่รับเข้าแล้วยังไม่ได้บันทึก"
        )
    return (
        f"ถ้านำ {refusal.name} ออก {wanted} {unit} ในวันที่ {long(refusal.on)} จะไม่พอในวันที่ "
        f"{long(refusal.short_on)} ซึ่งเหลือ {there} {unit} กรุณาตรวจวันที่ หรือแก้รายการหลังก่อน"
    )


def _of_credit(refusal: no.TradeRefusal) -> str:
    match refusal:
        case no.PaidMoreThanTotal(paid=paid, total=total):
            return f"จ่ายแล้ว {_baht(paid)} มากกว่ายอดรวม {_baht(total)} กรุณาตรวจทั้งสองยอด"
        case no.CreditWithoutName(rest=rest):
            return f"ยังค้างจ่าย {_baht(rest)} แต่ไม่ได้บอกว่าใคร กรุณาเลือกชื่อจากรายชื่อคู่ค้า หรือเพิ่มคู่ค้าก่อน"
        case no.DueNeeded(rest=rest):
            return f"ยังค้างจ่าย {_baht(rest)} กรุณาใส่วันที่ครบกำหนดจ่าย"
        case no.DueBefore(due_on=due_on, on=on):
            return f"วันครบกำหนด {long(due_on)} อยู่ก่อนวันซื้อขาย {long(on)} กรุณาตรวจวันที่"
        case no.MoreThanOwed():
            return _more_than_owed(refusal)
    return ""


def _more_than_owed(refusal: no.MoreThanOwed) -> str:
    who = "ลูกค้ารายนี้ค้างจ่าย" if refusal.is_customer else "กลุ่มค้างจ่ายรายนี้"
    if refusal.short_on == refusal.on:
        return (
            f"{who} {_baht(refusal.owed)} ณ วันที่ {long(refusal.on)} น้อยกว่า {_baht(refusal.amount)} "
            "กรุณาตรวจจำนวนเงินและวันที่"
        )
    return (
        f"{who} {_baht(refusal.owed)} ในวันที่ {long(refusal.short_on)} เพราะมีการจ่ายหลังวันที่ "
        f"{long(refusal.on)} แล้ว จึงลง {_baht(refusal.amount)} ไม่ได้ กรุณาตรวจว่าลงซ้ำหรือไม่"
    )


def _of_batches(refusal: no.TradeRefusal) -> str:
    match refusal:
        case no.BatchUnnamed(longest=longest):
            return f"กรุณาบอกว่ารอบนี้ผลิตอะไร ยาวไม่เกิน {longest} ตัวอักษร"
        case no.BatchThere(number=number):
            return f"รอบที่ {number} เริ่มไว้แล้วในวันเดียวกันด้วยข้อความเดียวกัน กรุณาใช้รอบนั้น"
        case no.NoSuchBatch(number=number):
            return f"ไม่มีการผลิตรอบที่ {number} กรุณาเลือกรอบจากรายการ"
        case no.BatchFinished(number=number, on=on):
            return (
                f"รอบที่ {number} ผลิตเสร็จแล้วเมื่อ {long(on)} ต้นทุนของรอบจึงไม่เปลี่ยนอีก "
                "ถ้าลงผิด กรุณากลับรายการผลิตเสร็จก่อน แล้วจึงแก้ของที่ใส่ในรอบ"
            )
        case no.BatchEmpty(number=number):
            return f"รอบที่ {number} ยังไม่มีวัตถุดิบหรือค่าใช้จ่าย กรุณาเบิกวัตถุดิบหรือลงค่าใช้จ่ายก่อน"
        case no.BeforeBatch(number=number, started_on=on):
            return f"รอบที่ {number} เริ่มเมื่อ {long(on)} กรุณาใส่วันที่ตั้งแต่วันนั้นเป็นต้นไป"
        case no.BatchGoesOn(number=number, last=last):
            return (
                f"รอบที่ {number} ยังมีของหรือค่าใช้จ่ายลงเมื่อ {long(last)} วันที่เสร็จต้องไม่ก่อนวันนั้น กรุณาตรวจวันที่"
            )
    return ""


def _of_mending(refusal: no.TradeRefusal) -> str:
    match refusal:
        case no.CountUnexplained():
            return "ของที่นับได้ต่างจากในบัญชี กรุณานับอีกครั้ง ถ้ายังต่างกัน เขียนสิ่งที่รู้ไว้สั้น ๆ"
        case no.NothingToValueBy(name=name):
            return f"{name} ที่พบเพิ่มยังไม่มีต้นทุนในบัญชีให้คิดราคา กรุณาบันทึกเป็นของที่ซื้อหรือของที่ได้รับมา พร้อมมูลค่า"
        case no.NotOfTrade(number=number):
            return (
                f"รายการที่ {number} ไม่ได้บันทึกจากงานซื้อ ผลิต ขาย จึงกลับจากหน้านี้ไม่ได้ "
                "กรุณาแก้ที่งานที่บันทึกรายการนั้น"
            )
        case no.StockWentOn(name=name, document=document, on=on):
            return (
                f"{name} ที่รับเข้าครั้งนี้ถูกนำออกไปแล้วเมื่อ {long(on)} ตาม {document} "
                "กรุณากลับรายการนั้นก่อน แล้วจึงกลับรายการนี้"
            )
        case no.PaidSince(is_customer=is_customer):
            who = "ลูกค้า" if is_customer else "กลุ่ม"
            return f"{who}จ่ายเงินที่ค้างของรายการนี้ไปแล้ว กรุณากลับรายการจ่ายเงินก่อน แล้วจึงกลับรายการนี้"
    return ""


def _baht(sum_: Money) -> str:
    return f"{sum_.text} บาท"
