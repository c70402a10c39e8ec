"""Sentences about a fund, in one place to be read by those who know the field's words."""

from __future__ import annotations

from kongthun.domain.early_warning import Care, Sign

PLACES = {
    "households": "เงินอยู่กับครัวเรือน",
    "bank": "เงินในธนาคาร",
    "cash": "เงินสดหรืออยู่ที่อื่น",
    "claims": "เงินที่ต้องเรียกคืนจากบุคคล",
    "loss": "หนี้สูญที่รับรู้แล้ว",
    "unexplained": "เงินที่ยังอธิบายไม่ได้",
    "capital": "เงินทุน",
    "interest": "ดอกเบี้ยสะสม",
    "lent": "เงินที่เคยให้ยืมทั้งหมด",
    "repaid": "เงินที่ส่งคืนแล้วทั้งหมด",
    "members": "เงินของสมาชิก",
    "goods": "วัตถุดิบและสินค้า",
    "tools": "เครื่องมือและอุปกรณ์",
    "customers": "เงินที่ลูกค้าค้าง",
    "creditors": "เงินที่กลุ่มต้องจ่ายคืนผู้อื่น",
}

DEEDS = {
    "capital_received": "รับเงินทุน",
    "interest_received": "รับดอกเบี้ยเงินฝาก",
    "fee_paid": "จ่ายค่าธรรมเนียม",
    "loan_paid_out": "จ่ายเงินยืม",
    "repayment_received": "รับคืนเงินยืม",
    "cash_deposited": "นำเงินฝากธนาคาร",
    "cash_withdrawn": "ถอนเงินจากธนาคาร",
    "bank_unexplained": "รายการธนาคารที่ยังไม่ทราบที่มาที่ไป",
    "bank_confirmed": "ปรับให้ตรงสมุดธนาคาร",
    "cash_counted": "ตรวจนับเงินสด",
    "capital_confirmed": "ยืนยันเงินทุนตามเล่มน้ำตาล",
    "claim_recognised": "บันทึกสิทธิเรียกคืน",
    "loss_recognised": "รับรู้หนี้สูญ",
    "claim_repaid": "ได้รับเงินที่เรียกคืนจากบุคคล",
    "loss_recovered": "ได้รับคืนหลังรับรู้หนี้สูญ",
    "held_returned": "คืนเงินรับฝาก",
    "shares_received": "รับค่าหุ้น",
    "shares_returned": "คืนค่าหุ้น",
    "shares_transferred": "โอนหุ้นระหว่างสมาชิก",
    "savings_received": "รับเงินสัจจะ",
    "savings_returned": "จ่ายคืนเงินสัจจะ",
    "expense_paid": "จ่ายค่าใช้จ่าย",
    "income_received": "รับรายได้อื่น",
    "goods_bought": "ซื้อวัตถุดิบหรือสินค้า",
    "goods_given": "รับมอบวัตถุดิบหรือสินค้า",
    "goods_used": "เบิกวัตถุดิบไปผลิต",
    "cost_added": "จ่ายค่าใช้จ่ายในการผลิต",
    "goods_made": "ผลิตเสร็จ",
    "goods_sold": "ขายสินค้า",
    "goods_counted": "ตรวจนับของในคลัง",
    "customer_paid": "รับชำระจากลูกค้า",
    "supplier_paid": "จ่ายค่าสินค้าที่ค้างไว้",
    "tool_bought": "ซื้อเครื่องมือหรืออุปกรณ์",
    "tool_given": "รับมอบเครื่องมือหรืออุปกรณ์",
    "tool_worn": "ตัดค่าเสื่อม",
    "tool_gone": "เลิกใช้หรือขายเครื่องมือ",
    "borrowed": "กลุ่มรับเงินกู้หรือเงินยืม",
    "borrowing_repaid": "กลุ่มส่งคืนเงินกู้หรือเงินยืม",
    "surplus_shared": "จัดสรรผลกำไรประจำปี",
    "due_paid": "จ่ายเงินที่มีมติไว้",
    "reserve_used": "ใช้เงินที่กันไว้",
}

# Why money of this deed may stand under "not yet explained", and what usually helps.
WHY_UNEXPLAINED = {
    "cash_deposited": "นำฝากธนาคารแล้ว แต่ใบเสร็จที่อ้างถึงยังไม่ลงบัญชี มักเป็นใบเสร็จที่อยู่ในแถวควรตรวจสอบ",
    "cash_withdrawn": "ถอนเงินแล้ว แต่สัญญาที่อ้างถึงยังไม่ลงบัญชี มักเป็นสัญญาที่อยู่ในแถวควรตรวจสอบ",
    "loan_paid_out": "มีสัญญายืม แต่ไม่พบรายการถอนเงินที่ตรงกันในสมุดธนาคาร",
    "repayment_received": "มีใบเสร็จ แต่วันที่นำฝากในสมุดธนาคารมาก่อนวันที่ในใบเสร็จ",
    "bank_unexplained": "รายการในสมุดธนาคารที่ข้อความไม่บอกว่าเป็นเงินอะไร",
    "bank_confirmed": "ยอดคงเหลือในสมุดธนาคารไม่ตรงกับผลรวมรายการ",
    "cash_counted": "เงินที่รับไว้แล้วไม่ได้นำฝาก และไม่พบเมื่อตรวจนับตามเล่มน้ำตาล",
    "capital_confirmed": "เงินทุนในเล่มน้ำตาลไม่ตรงกับที่รับเข้าในสมุดธนาคาร",
}

CARE_STATES = {
    Care.OK: "ok",
    Care.WATCH: "watch",
    Care.VISIT: "visit",
    Care.UNEXPLAINED: "unexplained",
}
CARE_WORDS = {
    Care.OK: "ปกติ",
    Care.WATCH: "ควรดู",
    Care.VISIT: "ควรไปเยี่ยม",
    Care.UNEXPLAINED: "รอคำอธิบาย",
}
SIGNS = {
    Sign.MISSING: "เงินยังอธิบายไม่ได้",
    Sign.SURPLUS: "สมุดแสดงเงินเกิน",
    Sign.MUCH_OVERDUE: "เกินกำหนดมาก",
    Sign.SOME_OVERDUE: "มีเงินเกินกำหนด",
    Sign.STILL: "ไม่เคลื่อนไหวนาน",
    Sign.ROWS_SET_ASIDE: "มีแถวรอตรวจ",
}
BANDS = ("ไม่เกิน 90 วัน", "91 วันถึง 1 ปี", "เกิน 1 ถึง 3 ปี", "เกิน 3 ปี")


def account_words(account: str, chart_words: dict[str, str]) -> str:
    """An account code in words: ``loan:12`` is the loan of contract 12."""
    kind, _, number = account.partition(":")
    words = chart_words.get(kind, kind)
    if kind == "loan" and number:
        return f"{words} สัญญาที่ {number}"
    if kind == "bank" and number:
        return f"{words} เล่มที่ {number}"
    if kind == "capital" and number == "state":
        return f"{words}จากรัฐ"
    return words
