"""One small fund, and workbooks of it as different hands would type them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter

from kongthun.registers.actions import import_workbook
from kongthun.registers.receipts import Receipt

Cell = str | int | float | date | None
Rows = list[list[Cell]]

CODE = "80120101"
HEADING = "หมู่ที่ 1 บ้านทุ่งใหญ่ ตำบลปากพนัง อำเภอปากพนัง จังหวัดนครศรีธรรมราช"
# What every hand below must come to.
FIGURES = {
    "lent": 30_000_00,
    "repaid": 12_000_00,
    "households": 18_000_00,
    "bank": 263_250_50,
    "cash": 0,
    "interest": 1_250_50,
    "capital": 280_000_00,
    "unexplained": 0,
}

PURPLE: Rows = [
    ["ทะเบียนครัวเรือนเป้าหมาย"],
    [HEADING],
    ["ลำดับที่", "ชื่อหัวหน้าครัวเรือน", "บ้านเลขที่", "จำนวนสมาชิก", "รายได้ก่อนยืม"],
    [1, "นายดำ  ใจดี", "12/1", 4, 14_500],
    [2, "นางแดง มีสุข", "7", 3, 15_200],
]
YELLOW: Rows = [
    ["บัญชีคุมลูกหนี้"],
    [
        *("ที่", "ชื่อผู้ยืม", "สัญญาเลขที่", "ยืมครั้งที่", "จำนวนเงินยืม", "วันที่รับเงินยืม", "วันครบกำหนด"),
        *("เลขที่ใบสำคัญ", "วันที่ส่งคืน", "จำนวนเงินส่งคืน", "คงเหลือ", "หมายเหตุ"),
    ],
    [
        1,
        "นายดำ ใจดี",
        "1/2539",
        1,
        20_000,
        "5/11/2539",
        "5/11/2542",
        "1",
        "5/11/2540",
        8_000,
        12_000,
    ],
    [
        2,
        "นางแดง มีสุข",
        "2/2539",
        1,
        10_000,
        "5/11/2539",
        "5/11/2542",
        "2",
        "6/11/2540",
        4_000,
        6_000,
    ],
]
GREEN: Rows = [
    ["บัญชีคุมเงินฝากธนาคาร"],
    ["ธนาคารออมสิน สาขาปากพนัง", None, "เลขที่บัญชี 020-1-23456-7"],
    ["ว.ด.ป.", "เลขที่เอกสาร", "รายการ", "ฝาก", "ถอน", "คงเหลือ"],
    ["1/10/2539", None, "รับเงินอุดหนุนโครงการ", 280_000, None, 280_000],
    ["5/11/2539", None, "ถอนจ่ายเงินยืม", None, 30_000, 250_000],
    ["31/3/2540", None, "ดอกเบี้ยเงินฝาก", 1_250.50, None, 251_250.50],
    ["10/11/2540", None, "นำฝากเงินรับคืน", 12_000, None, 263_250.50],
]
BROWN: Rows = [
    ["สมุดบันทึกสถานะหมู่บ้าน"],
    ["ปีงบประมาณที่ได้รับเงินทุน", 2540],
    ["จำนวนเงินทุนที่ได้รับ", 280_000],
    ["ข้อมูล ณ วันที่", "30/9/2541"],
    ["จำนวนครัวเรือนเป้าหมายทั้งหมด", 2],
    ["เงินอยู่ที่ครัวเรือน", 18_000],
    ["เงินอยู่ในธนาคาร", 263_250.50],
    ["เงินอยู่ที่อื่น ๆ", 0],
    [],
    ["ชุดที่", "ชื่อ-สกุล", "ตำแหน่ง", "วันเริ่ม", "วันสิ้นสุด"],
    [1, "นายเขียว ดีงาม", "ประธานกรรมการ", "1/10/2539", "30/9/2543"],
]
BOOKS: dict[str, Rows] = {"ม่วง": PURPLE, "เหลือง": YELLOW, "เขียว": GREEN, "น้ำตาล": BROWN}


def write_book(
    folder: Path, sheets: Mapping[str, Sequence[Sequence[Cell]]], *, name: str = f"{CODE}.xlsx"
) -> Path:
    """Write a workbook; an empty sheet name leaves the name to the program."""
    path = folder / name
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})  # same bytes
        as_day = workbook.add_format({"num_format": "d/m/yyyy"})
        for sheet_name, rows in sheets.items():
            sheet = workbook.add_worksheet(None if sheet_name.startswith("?") else sheet_name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, column, cell, as_day)
                    elif isinstance(cell, str):
                        sheet.write_string(at, column, cell)
                    elif cell is not None:
                        sheet.write_number(at, column, cell)
    return path


def bring_in(path: Path) -> Receipt:
    """Import a workbook that can be read."""
    receipt = import_workbook(path, user_id=None)
    assert isinstance(receipt, Receipt), receipt
    return receipt


def with_yellow(*sheets: Sequence[Sequence[Cell]]) -> dict[str, Sequence[Sequence[Cell]]]:
    """The fund's books with the yellow one replaced by these sheets."""
    yellow = {f"เหลือง {place}": rows for place, rows in enumerate(sheets, start=1)}
    return {"ม่วง": PURPLE, **yellow, "เขียว": GREEN, "น้ำตาล": BROWN}
