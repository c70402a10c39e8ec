"""A member register of a village group as a secretary's hand would have typed it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

Cell = str | int | float | date | None

TITLE: list[list[Cell]] = [
    ["ทะเบียนสมาชิกกลุ่มแม่บ้านแปรรูปข้าว"],
    ["หมู่ที่ 1 บ้านในไร่"],
]
HEADER: list[Cell] = [
    *("ที่", "ชื่อ - สกุล", "บ้านเลขที่", "ประเภทสมาชิก", "วัน เดือน ปี ที่เป็นสมาชิก"),
    *("ผู้รับผลประโยชน์", "ร้อยละ", "เบอร์โทร", "หมายเหตุ"),
]
# Eight stand on the list already (tests/five/occupation_group.py); six are new; six are doubtful.
KNOWN: list[list[Cell]] = [
    [1, "น.ส.บุญเรือน ศรีวิไล", "1", "สามัญ", "15/1/2567", "", "", "", ""],
    ["๒", "นายประจวบ  คงทอง", "2", "สามัญ", "15 ม.ค. 67", "", "", "", ""],
]
NEW: list[list[Cell]] = [
    [9, "นางสาวมาลี ใจดี", "12/1", "สามัญ", "1/2/2567", "นายดำ ใจดี, นางแดง ใจดี", "60, 40", "", ""],
    [10, "นายสมชาย ทองขาว", "13", "สมทบ", "๑ มี.ค. ๖๗", "นางบัว ทองขาว", "", "", ""],
    [11, "นางวันเพ็ญ แก้วเกตุ", "14", "กิตติมศักดิ์", date(2567, 3, 1), "", "", "", ""],
    [12, "นายธงชัย  ณ นคร", "15", "", "", "", "", "", "ไม่ทราบวันที่"],
    ["", "นางปราณี สุขใส", "16", "สามัญ", "5/4/2568", "", "", "", ""],
]
DOUBTFUL: list[list[Cell]] = [
    [13, "", "17", "สามัญ", "1/2/2567", "", "", "", ""],
    [14, "นางสาวมาลี ใจดี", "18", "สามัญ", "1/2/2567", "", "", "", ""],
    [15, "นายวิเชียร นาคบุตร", "5", "สามัญ", "15/1/2567", "", "", "", ""],
    [16, "นายสำราญ บุญมา", "19", "สามัญ", "31/2/2567", "", "", "", ""],
    [17, "นายบุญส่ง บุญมา", "19", "สามัญ", "1/2/2599", "", "", "", ""],
    [18, "นางทองใบ บุญมา", "20", "ประธาน", "1/2/2567", "", "", "", ""],
]
SUM: list[list[Cell]] = [
    ["", "รวม 13 คน", "", "", "", "", "", "", ""],
    ["", "ลงชื่อ ........ เลขานุการ", "", "", "", "", "", "", ""],
]
LIKE_A_SECRETARY = [*TITLE, HEADER, *KNOWN, *NEW, *DOUBTFUL, *SUM]


def written(place: Path, rows: Sequence[Sequence[Cell]], *, sheet: str = "Sheet1") -> Path:
    """The rows as a workbook of one sheet."""
    with xlsxwriter.Workbook(str(place)) as book:
        page = book.add_worksheet(sheet)
        day = book.add_format({"num_format": "d/m/yyyy"})
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(at, column, cell, day)
                elif cell not in (None, ""):
                    page.write(at, column, cell)
    return place
