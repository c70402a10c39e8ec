"""Files that are no workbook of a village, or a strange one: a clear verdict and nothing posted."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
import xlsxwriter
from django.conf import settings as django_settings

from kongthun.domain.register_rows import Reason
from kongthun.groups.models import Group
from kongthun.registers import books
from kongthun.registers.actions import import_workbook
from kongthun.registers.books import Book, Kind
from kongthun.registers.models import Workbook
from kongthun.registers.reading import Cells, Trouble, Unreadable, read_cells
from kongthun.registers.wording import (
    advice_in_thai,
    book_in_thai,
    column_in_thai,
    kind_in_thai,
    reason_in_thai,
    trouble_in_thai,
)
from registers.hands import BOOKS, CODE, GREEN, YELLOW, bring_in, with_yellow, write_book

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def truncated(folder: Path) -> Path:
    path = write_book(folder, BOOKS)
    path.write_bytes(path.read_bytes()[:-900])
    return path


def cut_in_the_middle_of_a_sheet(folder: Path) -> Path:
    """The table of contents is whole, the packed sheet is not."""
    path = write_book(folder, BOOKS)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        sheet = archive.getinfo("xl/worksheets/sheet1.xml")
        begin = sheet.header_offset + 30 + len(sheet.filename) + 40
    content[begin : begin + 60] = b"\xff" * 60
    path.write_bytes(content)
    return path


def with_a_password(folder: Path) -> Path:
    """An .xlsx with a password is an OLE2 file that holds an EncryptedPackage."""
    path = folder / f"{CODE}.xlsx"
    names = "".join(
        name.ljust(32, "\0") for name in ("Root Entry", "EncryptionInfo", "EncryptedPackage")
    )
    path.write_bytes(OLE2 + bytes(504) + names.encode("utf-16-le") + bytes(2_000))
    return path


def an_old_workbook_that_is_broken(folder: Path) -> Path:
    path = folder / f"{CODE}.xls"
    path.write_bytes(OLE2 + bytes(4_000))
    return path


def text_called_a_workbook(folder: Path) -> Path:
    path = folder / f"{CODE}.xlsx"
    path.write_text("ที่,ชื่อผู้ยืม,จำนวนเงิน\n1,นายดำ,20000\n" * 200, encoding="utf-8")
    return path


def text_in_an_old_encoding(folder: Path) -> Path:
    path = folder / f"{CODE}.xls"
    path.write_bytes("ที่,ชื่อผู้ยืม,จำนวนเงิน\r\n1,นายดำ,20000\r\n".encode("cp874"))
    return path


def an_empty_file(folder: Path) -> Path:
    path = folder / f"{CODE}.xlsx"
    path.touch()
    return path


def a_folder(folder: Path) -> Path:
    path = folder / f"{CODE}.xlsx"
    path.mkdir()
    return path


def a_file_that_is_not_there(folder: Path) -> Path:
    return folder / f"{CODE}.xlsx"


def a_zip_of_letters(folder: Path) -> Path:
    path = folder / f"{CODE}.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return path


def a_picture(folder: Path) -> Path:
    path = folder / f"{CODE}.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    return path


def without_any_of_the_books(folder: Path) -> Path:
    return write_book(folder, {"ราคายาง": [["วันที่", "ราคา"], ["1/1/2560", 60]]})


def of_no_village(folder: Path) -> Path:
    return write_book(folder, {"เหลือง": YELLOW}, name="สมุด.xlsx")


def of_a_tambon_that_does_not_exist(folder: Path) -> Path:
    return write_book(folder, {"เหลือง": YELLOW}, name="99999901.xlsx")


def with_far_too_many_rows(folder: Path) -> Path:
    path = folder / f"{CODE}.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("เขียว")
        for row in range(20_500):
            sheet.write_number(row, 0, row + 1)
    return path


FILES: list[tuple[Callable[[Path], Path], Trouble]] = [
    (truncated, "damaged"),
    (cut_in_the_middle_of_a_sheet, "damaged"),
    (with_a_password, "password_protected"),
    (an_old_workbook_that_is_broken, "damaged"),
    (text_called_a_workbook, "text_renamed"),
    (text_in_an_old_encoding, "text_renamed"),
    (an_empty_file, "empty"),
    (a_folder, "not_a_file"),
    (a_file_that_is_not_there, "not_found"),
    (a_zip_of_letters, "not_a_workbook"),
    (a_picture, "not_a_workbook"),
    (without_any_of_the_books, "no_book"),
    (of_no_village, "no_village"),
    (of_a_tambon_that_does_not_exist, "unknown_village"),
    (with_far_too_many_rows, "too_large"),
]


@pytest.mark.parametrize(("make", "trouble"), FILES, ids=lambda p: getattr(p, "__name__", p))
@pytest.mark.usefixtures("db")
def test_an_unreadable_file_is_told_apart_and_posts_nothing(
    make: Callable[[Path], Path], trouble: Trouble, tmp_path: Path
) -> None:
    path = make(tmp_path)
    verdict = import_workbook(path, user_id=None)
    assert isinstance(verdict, Unreadable)
    assert (verdict.file, verdict.why) == (path.name, trouble)
    assert trouble_in_thai(verdict.why, verdict.detail)
    assert not Workbook.objects.exists()
    assert not Group.objects.exists()
    assert not list(Path(django_settings.EVIDENCE_ROOT).rglob("*"))


def test_every_mangled_byte_is_a_verdict_or_a_reading_and_never_a_crash(tmp_path: Path) -> None:
    whole = write_book(tmp_path, BOOKS).read_bytes()
    path = tmp_path / "mangled.xlsx"
    for at in range(4, len(whole), len(whole) // 150):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        assert isinstance(read_cells(path), Cells | Unreadable)
        path.write_bytes(whole[:at])
        assert isinstance(read_cells(path), Unreadable)


# --- strange, but to be read ----------------------------------------------------------------


def edited_xml(path: Path, part: str, edit: Callable[[str], str]) -> None:
    """Change a part of a workbook as another program might have written it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts[part].decode("utf-8")
    parts[part] = edit(before).encode("utf-8")
    assert parts[part].decode("utf-8") != before
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def error_cell(xml: str, cell: str, written: str) -> str:
    return re.sub(rf'<c r="{cell}"[^>]*>.*?</c>', written, xml)


@pytest.mark.parametrize(
    "written",
    [
        '<c r="E3" t="e"><v>#REF!</v></c>',
        '<c r="E3" s="0" t="e"><f>Sheet9!A1</f><v>#REF!</v></c>',
        '<c t="e" r="E3"><f aca="false">SUM(#REF!)</f><v>#REF!</v></c>',
        "<c r='E3' t='e'><f>A1/0</f><v>#DIV/0!</v></c>",
        '<c r="E3" t="str"><f>A1</f><v>#N/A</v></c>',
        '<c r="E3" t="inlineStr"><is><t>#VALUE!</t></is></c>',
    ],
)
@pytest.mark.usefixtures("db")
def test_an_error_cell_is_seen_however_it_is_written(written: str, tmp_path: Path) -> None:
    path = write_book(tmp_path, with_yellow(YELLOW))
    edited_xml(path, "xl/worksheets/sheet2.xml", lambda xml: error_cell(xml, "E3", written))
    receipt = bring_in(path)
    assert [(r.sheet, r.row, r.reason) for r in receipt.set_aside] == [
        ("เหลือง 1", 3, "cell_error"),
        ("เหลือง 1", 3, "loan_rejected"),
    ]
    assert (receipt.position["lent"], receipt.position["repaid"]) == (10_000_00, 4_000_00)


def test_an_error_in_the_very_last_cell_is_seen(tmp_path: Path) -> None:
    path = write_book(tmp_path, {"เขียว": GREEN})
    last = '<row r="9"><c r="K9" t="e"><v>#REF!</v></c></row></sheetData>'
    edited_xml(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</sheetData>", last))
    cells = read_cells(path)
    assert isinstance(cells, Cells)
    assert cells.sheets[0].rows[-1] == (9, [*[""] * 10, "#REF!"])


@pytest.mark.usefixtures("db")
def test_one_stray_cell_in_the_last_corner_is_no_trouble(tmp_path: Path) -> None:
    path = write_book(tmp_path, with_yellow(YELLOW))
    stray = (
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    )
    edited_xml(path, "xl/worksheets/sheet2.xml", lambda xml: xml.replace("</sheetData>", stray))
    assert bring_in(path).position["lent"] == 30_000_00


@pytest.mark.usefixtures("db")
def test_a_chart_among_the_sheets_is_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / f"{CODE}.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_chartsheet("กราฟ")
        sheet = workbook.add_worksheet("เหลือง")
        for at, row in enumerate(YELLOW):
            sheet.write_row(at, 0, row)
    receipt = bring_in(path)
    assert receipt.position["lent"] == 30_000_00
    assert receipt.unrecognised == []


READ_AND_WEIGH = """
import resource, sys
from pathlib import Path
from kongthun.registers.reading import Cells, read_cells
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
read_cells(Path(sys.argv[1]))
before = peak()
cells = read_cells(Path(sys.argv[2]))
assert isinstance(cells, Cells), cells
print(peak() - before, sum(len(sheet.rows) for sheet in cells.sheets))
"""


def megabytes_more_than_an_ordinary_workbook(folder: Path, strange: Path) -> tuple[int, int]:
    (folder / "ordinary").mkdir()
    ordinary = write_book(folder / "ordinary", BOOKS)
    # The streaming reader is loaded beforehand, so that it is not what is weighed.
    stray = '<row r="99999"><c r="A99999"><v>1</v></c></row></sheetData>'
    edited_xml(ordinary, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</sheetData>", stray))
    done = subprocess.run(
        [sys.executable, "-c", READ_AND_WEIGH, str(ordinary), str(strange)],
        check=True,
        capture_output=True,
        text=True,
    )
    more, rows = done.stdout.split()
    return int(more), int(rows)


def test_a_stray_cell_in_the_last_corner_costs_no_memory(tmp_path: Path) -> None:
    path = write_book(tmp_path, BOOKS)
    stray = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    edited_xml(path, "xl/worksheets/sheet2.xml", lambda xml: xml.replace("</sheetData>", stray))
    more, _ = megabytes_more_than_an_ordinary_workbook(tmp_path, path)
    assert more < 60


def test_a_million_blank_coloured_rows_cost_no_memory(tmp_path: Path) -> None:
    path = write_book(tmp_path, {"เขียว": GREEN})
    blank = "".join(
        f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(20, 1_048_577)
    )
    edited_xml(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("</sheetData>", blank + "</sheetData>"),
    )
    more, rows = megabytes_more_than_an_ordinary_workbook(tmp_path, path)
    assert rows == len(GREEN)
    assert more < 60


# --- wording --------------------------------------------------------------------------------


def test_every_reason_and_every_trouble_has_its_words() -> None:
    for reason in Reason:
        assert reason_in_thai(reason)
        assert advice_in_thai(reason)
    for trouble in get_args(Trouble):
        words = trouble_in_thai(trouble, "80120101")
        assert words
        assert "{" not in words


def test_every_book_kind_and_column_has_a_name() -> None:
    for book in Book:
        assert book_in_thai(book)
    for kind in Kind:
        assert kind_in_thai(kind)
    for headers in (books._PURPLE, books._YELLOW, books._GREEN, books._COMMITTEE, books._STATUS):
        for column in headers.fields:
            assert column_in_thai(column)
