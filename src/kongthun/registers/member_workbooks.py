"""The empty form of a member register as a workbook, and the rows set aside in the same form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

from kongthun.domain.member_rows import MemberRow, SetAside
from kongthun.groups.models import MemberKind

from .member_wording import advice_in_thai, reason_in_thai

SHEET = "ทะเบียนสมาชิก"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_COLUMNS = (
    ("เลขที่สมาชิก", 12),
    ("ชื่อ-สกุล", 30),
    ("บ้านเลขที่", 12),
    ("ประเภทสมาชิก", 16),
    ("วันที่เป็นสมาชิก", 18),
    ("ผู้รับผลประโยชน์", 28),
    ("ความเกี่ยวข้อง", 16),
    ("ร้อยละ", 10),
)
_REMARKS = (("เหตุ", 34), ("ทางแก้", 60))
_KIND_COLUMN = 3
_LINES_PREPARED = 500
_HOW_TO = (
    "หนึ่งแถวคือสมาชิกหนึ่งคน ชื่อ-สกุลพร้อมคำนำหน้า เช่น นางสาวมาลี ใจดี",
    "เลขที่สมาชิก: ตามทะเบียนเล่มจริง เว้นว่างได้ ระบบให้เลขถัดไป",
    "ประเภทสมาชิก: สามัญ กิตติมศักดิ์ หรือสมทบ เว้นว่างถือเป็นสามัญ",
    "วันที่เป็นสมาชิก: พิมพ์ปี พ.ศ. สี่หลัก เช่น 30/9/2565 สมาชิกสามัญเว้นว่างได้หากไม่รู้",
    "ผู้รับผลประโยชน์หลายคน: คั่นด้วยเครื่องหมายจุลภาค ร้อยละคั่นเหมือนกันและรวมกันได้ 100 เช่น 60, 40",
    "ไม่ต้องใส่เลขบัตรประชาชนหรือเบอร์โทร",
    "ส่งไฟล์เดิมซ้ำได้ คนที่อยู่ในทะเบียนแล้วไม่ถูกเพิ่มซ้ำ",
)


def empty_form() -> bytes:
    """The columns that are read, ready to be typed into; a second sheet tells how."""
    return _written((), _COLUMNS)


def set_aside_workbook(aside: Sequence[SetAside]) -> bytes:
    """The rows set aside as typed, each with what is wrong and what to do.

    Put right in place, the same file can be sent again.
    """
    rows = [
        (*_as_typed(each.row), reason_in_thai(each), advice_in_thai(each.reason)) for each in aside
    ]
    return _written(rows, (*_COLUMNS, *_REMARKS))


def _as_typed(row: MemberRow) -> tuple[str, ...]:
    named = row.beneficiaries
    return (
        row.number,
        row.name,
        "" if row.is_house_a_day else row.house_number,
        row.kind,
        row.since,
        ", ".join(each.name for each in named if each.name),
        ", ".join(each.relation for each in named if each.relation),
        ", ".join(each.share for each in named if each.share),
    )


def _written(rows: Iterable[Sequence[str]], columns: Sequence[tuple[str, int]]) -> bytes:
    """All cells are text: a sheet makes no day of 12/3, and no year ค.ศ. of a พ.ศ. year."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#F3EDE1"})
    text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    sheet = book.add_worksheet(SHEET)
    for column, (words, width) in enumerate(columns):
        sheet.set_column(column, column, width, text)
        sheet.write_string(0, column, words, head)
    for at, row in enumerate(rows, start=1):
        for column, words in enumerate(row):
            sheet.write_string(at, column, words, text)
    kinds = [str(kind.label) for kind in MemberKind]
    sheet.data_validation(
        1,
        _KIND_COLUMN,
        _LINES_PREPARED,
        _KIND_COLUMN,
        {"validate": "list", "source": kinds, "error_type": "information"},
    )
    sheet.freeze_panes(1, 0)
    how = book.add_worksheet("วิธีกรอก")
    how.set_column(0, 0, 100)
    for at, words in enumerate(_HOW_TO):
        how.write_string(at, 0, words)
    book.close()
    return file.getvalue()
