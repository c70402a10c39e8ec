"""What the registers say in Thai: reasons, troubles, and the names of books, rows and columns.

For each `Reason` what is wrong with the row and what to do; for each `Trouble` what is wrong with
the file and what to do. One place, so that the words can be read through in one sitting.
"""

from __future__ import annotations

from kongthun.domain.register_rows import Reason
from kongthun.domain.thai_text import visible

# Reason: what is wrong, in a few words; then what to do.
_REASONS: dict[Reason, tuple[str, str]] = {
    Reason.CELL_ERROR: (
        "ช่องในชีตขึ้นข้อความผิดพลาด",
        "ช่องนี้ขึ้นข้อความอย่าง #REF! แทนตัวเลขหรือวันที่ ลองเปิดสมุดเล่มจริงแล้วพิมพ์ค่าที่อ่านได้จากเล่ม",
    ),
    Reason.AMOUNT_TEXT: (
        "อ่านจำนวนเงินไม่ได้",
        "ช่องจำนวนเงินว่างอยู่ มีตัวหนังสือปน หรือกรอกทั้งสองด้าน ลองดูสมุดเล่มจริงแล้วพิมพ์เป็นตัวเลข เช่น 5,000",
    ),
    Reason.DATE_UNREADABLE: (
        "อ่านวันที่ไม่ได้",
        "วันที่นี้ไม่มีในปฏิทิน หรือไม่แน่ว่าเป็น พ.ศ. หรือ ค.ศ. ลองดูสมุดเล่มจริงแล้วพิมพ์ให้ครบ เช่น 30/9/2557",
    ),
    Reason.DATE_IN_FUTURE: (
        "วันที่ยังมาไม่ถึง",
        "ปีที่พิมพ์อาจคลาดไป เช่น สลับ พ.ศ. กับ ค.ศ. ลองดูสมุดเล่มจริงแล้วพิมพ์วันที่อีกครั้ง",
    ),
    Reason.NEGATIVE: (
        "จำนวนเงินติดลบ",
        "ถ้าเป็นการพิมพ์ผิด พิมพ์จำนวนเงินที่ถูกต้อง ถ้าเป็นการแก้รายการเดิม ให้แก้ที่แถวเดิมแทน",
    ),
    Reason.BEFORE_LOAN: (
        "วันส่งคืนอยู่ก่อนวันรับเงินยืม",
        "ลองเทียบวันที่ในใบรับคืนเงินกับวันที่ในสัญญา แล้วแก้วันที่คลาดไป",
    ),
    Reason.DUPLICATE_RECEIPT: (
        "รายการรับคืนซ้ำ",
        "มีแถวอื่นของสัญญานี้ที่เลขใบสำคัญ วันที่ และจำนวนเงินตรงกัน ถ้าเป็นเงินคนละครั้ง แก้เลขใบสำคัญหรือวันที่ให้ต่างกัน "
        "ถ้าพิมพ์ซ้ำก็ปล่อยแถวนี้ไว้ได้ ไม่ถูกนับในยอด",
    ),
    Reason.LOAN_REJECTED: (
        "สัญญาของรายการนี้ยังรอตรวจ",
        "แก้แถวของสัญญาให้ลงบัญชีได้ก่อน แล้วรายการรับคืนของสัญญานั้นจะลงบัญชีตามให้เอง",
    ),
    Reason.NO_CONTRACT: (
        "ไม่พบสัญญาของรายการนี้",
        "แถวนี้อยู่ก่อนสัญญาแรกในชีต จึงไม่รู้ว่าเป็นของใคร ลองเติมสัญญาในชีตไว้เหนือแถวนี้ แล้วนำเข้าใหม่",
    ),
    Reason.OVERPAID: (
        "ยอดส่งคืนมากกว่ายอดที่ยืม",
        "รวมรายการก่อนหน้าแล้ว เงินที่ส่งคืนเกินยอดที่ยืม ลองตรวจยอด หรือดูว่าเป็นของสัญญาอื่นหรือไม่",
    ),
    Reason.DUPLICATE_HOUSEHOLD: (
        "ครัวเรือนซ้ำ",
        "มีแถวก่อนหน้าที่ชื่อและบ้านเลขที่ตรงกัน ถ้าเป็นคนละครัวเรือน แก้ชื่อหรือบ้านเลขที่ ถ้าพิมพ์ซ้ำก็ปล่อยแถวนี้ไว้ได้",
    ),
    Reason.NAME_MISSING: (
        "ไม่มีชื่อหัวหน้าครัวเรือน",
        "ลองดูทะเบียนครัวเรือนเล่มจริงแล้วพิมพ์ชื่อลงในแถวนี้",
    ),
}

# Trouble: what is wrong with the file and what to do. ``{detail}`` is what was found, if anything.
_TROUBLES: dict[str, str] = {
    "not_found": "เปิดไฟล์ไม่ได้ ลองตรวจชื่อไฟล์ ที่อยู่ของไฟล์ และสิทธิ์ในการเปิดอ่าน",
    "not_a_file": "เป็นโฟลเดอร์ ไม่ใช่ไฟล์ ลองเลือกไฟล์ Excel ที่อยู่ข้างใน",
    "empty": "ไฟล์ว่างเปล่า อาจคัดลอกมาไม่ครบ ลองคัดลอกหรือส่งไฟล์ใหม่",
    "not_a_workbook": "ไม่ใช่ไฟล์ Excel ลองเปิดไฟล์ด้วยโปรแกรมที่สร้าง แล้วบันทึกเป็น .xlsx",
    "text_renamed": (
        "เป็นไฟล์ข้อความ (เช่น CSV) ที่เปลี่ยนนามสกุลเป็น Excel ลองเปิดด้วยโปรแกรมตารางคำนวณ แล้วบันทึกเป็น .xlsx"
    ),
    "password_protected": "ไฟล์ตั้งรหัสผ่านไว้ ลองเปิดด้วยรหัสผ่าน แล้วบันทึกใหม่โดยไม่ตั้งรหัส",
    "damaged": "ไฟล์เสียหรือคัดลอกมาไม่ครบ ลองขอไฟล์ใหม่จากต้นทาง หรือเปิดแล้วบันทึกใหม่",
    "too_large": "ไฟล์ใหญ่เกินสมุดของหมู่บ้านหนึ่งมาก ลองลบชีตหรือแถวที่ไม่ใช่สมุดสี่เล่มออกก่อน",
    "no_book": "ไม่พบหัวตารางของสมุดม่วง เหลือง เขียว หรือน้ำตาลลองตรวจว่าเลือกไฟล์ถูก และหัวตารางยังอยู่ครบ",
    "no_village": (
        "ไม่รู้ว่าเป็นสมุดของหมู่บ้านใด ลองตั้งชื่อไฟล์ด้วยรหัสหมู่บ้าน 8 หลัก เช่น 80120101.xlsx "
        "หรือเขียนหมู่ที่ ตำบล อำเภอ จังหวัด ไว้บนหัวชีต"
    ),
    "unknown_village": "ไม่พบตำบลของรหัสหมู่บ้าน {detail} ลองตรวจรหัส 8 หลักในชื่อไฟล์",
    "kept_here": (
        "{detail} บันทึกเงินในระบบนี้แล้ว ถ้านำเข้าสมุดอีกจะนับเงินซ้ำ "
        "รายการที่ขาดให้บันทึกบนหน้าจอ แถวเดิมที่ควรตรวจสอบยังแก้ได้"
    ),
    "broken_off": "การนำเข้าไฟล์นี้หยุดกลางคัน ลองนำเข้าอีกครั้ง ถ้ายังหยุดอยู่ กรุณาแจ้งผู้ดูแลระบบพร้อมไฟล์นี้",
}
_NOTHING_POSTED = "ยังไม่มีรายการใดของไฟล์นี้ลงบัญชี"

_BOOKS = {
    "purple": "สมุดม่วง (ทะเบียนครัวเรือนเป้าหมาย)",
    "yellow": "สมุดเหลือง (บัญชีคุมลูกหนี้)",
    "green": "สมุดเขียว (บัญชีคุมเงินฝากธนาคาร)",
    "brown": "สมุดน้ำตาล (สถานะหมู่บ้าน)",
}

_KINDS = {
    "household": "ครัวเรือน",
    "contract": "สัญญายืมเงิน",
    "receipt": "รับคืนเงินยืม",
    "bank": "รายการธนาคาร",
    "status": "สถานะหมู่บ้าน",
    "committee": "กรรมการ",
}

# A column's name may mean a little different things in two books; then it is told apart by kind.
_COLUMNS_OF_KIND = {
    ("receipt", "balance"): "คงเหลือค้าง",
    ("household", "number"): "ลำดับที่ครัวเรือน",
    ("household", "name"): "หัวหน้าครัวเรือน",
    ("contract", "name"): "ชื่อผู้ยืม",
}
_COLUMNS = {
    "number": "ลำดับที่",
    "name": "ชื่อ",
    "house_number": "บ้านเลขที่",
    "size": "จำนวนสมาชิก",
    "income_before": "รายได้ก่อนยืม (บาทต่อคนต่อปี)",
    "income_after_1": "รายได้หลังยืม ปีที่ 1",
    "income_after_2": "รายได้หลังยืม ปีที่ 2",
    "income_after_3": "รายได้หลังยืม ปีที่ 3",
    "lent": "จำนวนเงินยืม",
    "last_repaid_on": "วันส่งคืนครั้งสุดท้าย",
    "occupation": "อาชีพ",
    "paper_number": "สัญญาเลขที่",
    "round": "ยืมครั้งที่",
    "principal": "จำนวนเงินยืม",
    "received_on": "วันรับเงินยืม",
    "due_on": "วันครบกำหนด",
    "receipt_number": "เลขใบสำคัญ",
    "paid_on": "วันส่งคืน",
    "amount": "จำนวนเงินส่งคืน",
    "balance": "ยอดคงเหลือ",
    "note": "หมายเหตุ",
    "on": "วันที่",
    "document": "เลขที่เอกสาร",
    "item": "รายการ",
    "paid_in": "ฝาก",
    "paid_out": "ถอน",
    "set_number": "ชุดที่",
    "position": "ตำแหน่ง",
    "starts_on": "วันเริ่มวาระ",
    "ends_on": "วันครบวาระ",
    "label": "หัวข้อ",
    "value": "ค่าที่เขียนไว้",
    "granted_fiscal_year": "ปีงบประมาณที่ได้รับ",
    "granted": "เงินทุนที่ได้รับ",
    "as_of": "ข้อมูล ณ วันที่",
    "target_households": "ครัวเรือนเป้าหมายทั้งหมด",
    "lent_households": "ครัวเรือนที่ได้ยืม",
    "repaying_households": "ครัวเรือนที่กำลังส่งคืน",
    "households_sum": "เงินอยู่ที่ครัวเรือน",
    "bank_sum": "เงินอยู่ในธนาคาร",
    "cash_sum": "เงินอยู่ที่อื่น ๆ",
    "in_breach_households": "ครัวเรือนที่ผิดสัญญา",
    "in_breach_sum": "จำนวนเงินที่ผิดสัญญา",
    "purple_book": "สมุดม่วง",
    "green_book": "สมุดเขียว",
    "yellow_book": "สมุดเหลือง",
}


def reason_in_thai(reason: str) -> str:
    """A short label of what is wrong with a row. Raises ValueError for what is no `Reason`."""
    return _REASONS[Reason(reason)][0]


def advice_in_thai(reason: str) -> str:
    """What a person can do about a row set aside. Raises ValueError for what is no `Reason`."""
    return _REASONS[Reason(reason)][1]


def trouble_in_thai(trouble: str, detail: str = "") -> str:
    """What is wrong with a file, what to do, and that nothing of it was posted.

    ``detail`` is what `Unreadable` carries; it is shown only where it helps. Raises KeyError for
    what is no `Trouble`.
    """
    return f"{_TROUBLES[trouble].format(detail=visible(detail))} {_NOTHING_POSTED}"


def book_in_thai(book: str) -> str:
    """The name of one of the four books. Raises KeyError for what is no `Book`."""
    return _BOOKS[book]


def kind_in_thai(kind: str) -> str:
    """What a row of the papers is. Raises KeyError for what is no `Kind`."""
    return _KINDS[kind]


def column_in_thai(column: str, kind: str = "") -> str:
    """The heading of a column by the field's name. Raises KeyError for a field nobody reads."""
    return _COLUMNS_OF_KIND.get((kind, column)) or _COLUMNS[column]
