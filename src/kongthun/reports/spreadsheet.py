"""The district's table as an Excel workbook that an office can go on working with."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter

from kongthun.domain.money import Money
from kongthun.domain.thai_calendar import short

from .queries.roll_up import RollUp

_MONEY_COLUMNS = (
    ("เงินทุน", "capital"),
    ("ดอกเบี้ยสะสม", "interest"),
    ("ให้ยืมทั้งหมด", "lent"),
    ("ส่งคืนแล้ว", "repaid"),
    ("อยู่กับครัวเรือน", "households"),
    ("ธนาคาร", "bank"),
    ("เงินสดหรืออยู่ที่อื่น", "cash"),
    ("เรียกคืนจากบุคคล", "claims"),
    ("หนี้สูญ", "loss"),
    ("ยังอธิบายไม่ได้", "unexplained"),
)
_FIRST_ROW = 4


def district_workbook(roll_up: RollUp, *, place: str) -> bytes:
    """One row a fund; totals are live formulas; days in พ.ศ. as the office writes them."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    head = book.add_format(
        {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#F3EDE1"}
    )
    title = book.add_format({"bold": True, "font_size": 14})
    baht = book.add_format({"num_format": "#,##0.00"})
    total = book.add_format({"bold": True, "num_format": "#,##0.00", "top": 1, "bottom": 6})
    words = book.add_format({"bold": True, "top": 1, "bottom": 6})
    sheet = book.add_worksheet("ฐานะเงินทุน")
    sheet.write_string(0, 0, f"ฐานะเงินทุนโครงการแก้ไขปัญหาความยากจน (กข.คจ.) {place}", title)
    sheet.write_string(1, 0, f"ข้อมูล ณ วันที่ {short(roll_up.as_of)} จำนวนเงินเป็นบาท")
    headers = ["รหัส", "กองทุน", *(words_ for words_, _ in _MONEY_COLUMNS), "เกินกำหนด"]
    headers += ["เคลื่อนไหวล่าสุด", "ข้อมูลสถานะล่าสุด", "แถวควรตรวจสอบ"]
    for column, text in enumerate(headers):
        sheet.write_string(_FIRST_ROW - 1, column, text, head)
    row = _FIRST_ROW
    for row, status in enumerate(roll_up.rows, start=_FIRST_ROW):
        sheet.write_string(row, 0, status.code)
        sheet.write_string(row, 1, status.name)
        sums = [getattr(status.sums, name) for _, name in _MONEY_COLUMNS]
        for column, amount in enumerate([*sums, status.overdue], start=2):
            sheet.write_number(row, column, _baht(amount), baht)
        moved, reported = status.last_movement_on, status.reported_on
        sheet.write_string(row, len(_MONEY_COLUMNS) + 3, short(moved) if moved else "")
        sheet.write_string(row, len(_MONEY_COLUMNS) + 4, short(reported) if reported else "")
        sheet.write_number(row, len(_MONEY_COLUMNS) + 5, status.set_aside_rows)
    last = row
    sheet.write_string(last + 1, 0, "", words)
    sheet.write_string(last + 1, 1, f"รวม {len(roll_up.rows)} กองทุน", words)
    for column in range(2, len(_MONEY_COLUMNS) + 3):
        letter = xlsxwriter.utility.xl_col_to_name(column)
        total_of_all = _total(roll_up, column - 2)
        sheet.write_formula(
            last + 1,
            column,
            f"=SUM({letter}{_FIRST_ROW + 1}:{letter}{last + 1})",
            total,
            _baht(total_of_all),
        )
    sheet.freeze_panes(_FIRST_ROW, 2)
    sheet.set_column(0, 0, 11)
    sheet.set_column(1, 1, 30)
    sheet.set_column(2, len(_MONEY_COLUMNS) + 5, 15)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_FIRST_ROW - 1)
    book.close()
    return file.getvalue()


def _total(roll_up: RollUp, place: int) -> Money:
    if place == len(_MONEY_COLUMNS):
        return roll_up.total.overdue
    amount: Money = getattr(roll_up.total.sums, _MONEY_COLUMNS[place][1])
    return amount


def _baht(amount: Money) -> float:
    # Excel holds 15 digits: exact to the satang below ten million million baht.
    return amount.satang / 100
