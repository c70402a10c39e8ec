"""Opening a workbook: cells out, or a verdict why not. Constant memory, whatever is in the file.

The Excel reader lays a sheet out densely from its first to its last cell, so one stray cell in the
last row would cost gigabytes. How far a sheet's filled cells reach is therefore looked at first,
and a sheet out of proportion is streamed row by row instead.
"""

from __future__ import annotations

import codecs
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

Cell = object  # str, float, date, datetime, bool or "" as the readers give them
Row = list[Cell]

MOST_ROWS_LAID_OUT = 20_000
MOST_COLUMNS_LAID_OUT = 60
MOST_ROWS_KEPT = 20_000  # a village's book holds hundreds of rows; blank ones are not kept
MOST_UNPACKED = 1_500_000_000  # bytes of XML in one file; a zip bomb is larger

Trouble = Literal[
    "not_found",
    "not_a_file",
    "empty",
    "not_a_workbook",
    "text_renamed",
    "password_protected",
    "damaged",
    "too_large",
    "no_book",
    "no_village",
    "unknown_village",
    "kept_here",  # the fund writes its books on screen by now
    "broken_off",  # a fault of ours or of the database stopped it
]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that can not be read, and why. Nothing of it was posted."""

    file: str
    why: Trouble
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's name, place (from 1) and its rows that hold anything, with row numbers from 1."""

    name: str
    place: int
    rows: list[tuple[int, Row]]


@dataclass(frozen=True, slots=True)
class Cells:
    """Everything a workbook says."""

    sheets: list[Sheet]


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PIECE = 1 << 20  # bytes of a sheet's XML looked at in one go
# A cell past column Z or row 9,999; whether the sheet sprawls is then looked at closely.
_FAR_CELL = re.compile(rb' r="(?:[A-Z]{2,3}[0-9]|[A-Z][0-9]{5})')
# A cell that holds something: an empty one that is only coloured ends in "/>".
_FULL_CELL = re.compile(rb'<c\b[^>]* r="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
_ERROR_CELL = re.compile(
    rb'<c\b(?=[^>]* t="e")[^>]* r="([A-Z]{1,3})([0-9]{1,7})"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>',
    re.S,
)
_SINGLE_QUOTED = re.compile(rb"='([^'\"<>]*)'")


def read_cells(path: Path) -> Cells | Unreadable:
    """Read every sheet of an .xlsx or .xls file, or say why it can not be read."""
    try:
        with path.open("rb") as file:
            beginning = file.read(8)
    except IsADirectoryError:
        return Unreadable(path.name, "not_a_file")
    except OSError as error:
        return Unreadable(path.name, "not_found", str(error.strerror))
    if not beginning:
        return Unreadable(path.name, "empty")
    if beginning.startswith(b"PK\x03\x04"):
        return _read_xlsx(path)
    if beginning.startswith(b"\xd0\xcf\x11\xe0"):
        return _read_xls(path)
    return Unreadable(path.name, "text_renamed" if _is_text(path) else "not_a_workbook")


def _is_text(path: Path) -> bool:
    with path.open("rb") as file:
        sample = file.read(4096)
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True  # "Unicode text", as Excel calls UTF-16
    if b"\x00" in sample:
        return False
    for encoding in ("utf-8", "cp874"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(sample)  # the last letter may be cut
        except UnicodeDecodeError:
            continue
        return True
    return False


def _read_xls(path: Path) -> Cells | Unreadable:
    with path.open("rb") as file:
        holds_package = "EncryptedPackage".encode("utf-16-le") in file.read(1_000_000)
    if holds_package:
        return Unreadable(path.name, "password_protected")
    try:
        return Cells(_lay_out(path, {}, {}))
    except PasswordError:
        return Unreadable(path.name, "password_protected")
    except CalamineError as error:
        return Unreadable(path.name, "damaged", str(error))
    except BaseException as error:
        if _is_reader_giving_up(error):
            return Unreadable(path.name, "damaged")
        raise


def _read_xlsx(path: Path) -> Cells | Unreadable:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" not in names:
                return Unreadable(path.name, "not_a_workbook")
            unpacked = sum(item.file_size for item in archive.infolist())
            if unpacked > MOST_UNPACKED:
                return Unreadable(path.name, "too_large", f"{unpacked:,} bytes")
            surveys = {
                name: _survey(archive, name)
                for name in names
                if name.startswith("xl/worksheets/") and name.endswith(".xml")
            }
            has_errors = any(survey.errors for survey in surveys.values())
            parts = _parts_of_sheets(archive) if has_errors else {}
        if any(survey.is_sprawling for survey in surveys.values()):
            return _stream(path)
        return Cells(_lay_out(path, surveys, parts))
    except (
        zipfile.BadZipFile,
        zlib.error,
        CalamineError,
        ParseError,
        DefusedXmlException,
        EOFError,
        OSError,
        LookupError,
        ValueError,
        TypeError,
        NotImplementedError,
        AttributeError,  # the slow reader on a chart sheet without a chart
        RuntimeError,  # a zip entry with a password
    ) as error:
        return Unreadable(path.name, "damaged", str(error))
    except BaseException as error:
        if _is_reader_giving_up(error):
            return Unreadable(path.name, "damaged")
        raise


def _is_reader_giving_up(error: BaseException) -> bool:
    """The fast reader panics on some mangled files; that is no exception Python would catch."""
    return type(error).__name__ == "PanicException"


def _lay_out(path: Path, surveys: dict[str, _Survey], parts: dict[str, str]) -> list[Sheet]:
    """Every worksheet, laid out in full by the fast reader. Charts have no cells."""
    workbook = CalamineWorkbook.from_path(str(path))
    sheets = []
    for place, about in enumerate(workbook.sheets_metadata, start=1):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        rows: list[Any] = workbook.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
        part = parts.get(about.name)
        errors = surveys[part].errors if part in surveys else {}
        sheets.append(_kept(about.name, place, rows, errors))
    return sheets


@dataclass(frozen=True, slots=True)
class _Survey:
    """What a look at a sheet's XML tells: is it out of proportion, and where are error cells."""

    is_sprawling: bool
    errors: dict[tuple[int, int], str]


def _survey(archive: zipfile.ZipFile, name: str) -> _Survey:
    """Look through a sheet's XML piece by piece. Rows are from 1, columns from 0."""
    errors: dict[tuple[int, int], str] = {}
    last_row, last_column = 0, 0
    with archive.open(name) as part:
        rest = b""
        while piece := part.read(_PIECE):
            xml = rest + piece
            if b"='" in xml:  # some writers quote attributes so
                xml = _SINGLE_QUOTED.sub(rb'="\1"', xml)
            if _FAR_CELL.search(xml) is not None:
                for letters, digits in _FULL_CELL.findall(xml):
                    last_row = max(last_row, int(digits))
                    last_column = max(last_column, _column(letters))
            if b't="e"' in xml:  # the fast reader shows it as an empty cell
                for letters, digits, words in _ERROR_CELL.findall(xml):
                    errors[int(digits), _column(letters)] = words.decode("ascii", "replace")
            # The last cell may be cut in two: it is looked at again with the next piece.
            rest = xml[max(xml.rfind(b"<c "), 0) :] if len(piece) == _PIECE else b""
    is_sprawling = last_row > MOST_ROWS_LAID_OUT or last_column >= MOST_COLUMNS_LAID_OUT
    return _Survey(is_sprawling, errors)


def _column(letters: bytes) -> int:
    """Column number from 0: A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _parts_of_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Which XML part of the file holds which sheet."""
    targets = {
        relation.get("Id"): str(relation.get("Target"))
        for relation in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    parts = {}
    for element in fromstring(archive.read("xl/workbook.xml")).iter(f"{{{_MAIN}}}sheet"):
        target = targets.get(element.get(f"{{{_RELATION}}}id"), "")
        parts[str(element.get("name"))] = (
            target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        )
    return parts


def _kept(name: str, place: int, rows: list[Row], errors: dict[tuple[int, int], str]) -> Sheet:
    """Only rows that hold anything, error cells shown as what they are."""
    for (row_number, column), words in errors.items():
        # An error in the last cells of all may lie beyond what the reader laid out.
        rows.extend([] for _ in range(row_number - len(rows)))
        row = rows[row_number - 1]
        row.extend("" for _ in range(column + 1 - len(row)))
        row[column] = words
    kept = [
        (number, row)
        for number, row in enumerate(rows, start=1)
        if any(row) or any(cell != "" for cell in row)  # a lone 0 is something
    ]
    return Sheet(name, place, kept)


def _stream(path: Path) -> Cells | Unreadable:
    """Row by row, for a sheet that would not fit if laid out. Slower, and never large."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl remarks on styles it does not know
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            sheets = []
            for place, sheet in enumerate(book.worksheets, start=1):
                sheet.reset_dimensions()
                rows: list[tuple[int, Row]] = []
                for number, row in enumerate(_values(sheet.iter_rows(values_only=True)), start=1):
                    if row is None:
                        continue
                    rows.append((number, row))
                    if len(rows) > MOST_ROWS_KEPT:
                        return Unreadable(path.name, "too_large", f"{sheet.title}: {number} rows")
                sheets.append(Sheet(sheet.title, place, rows))
            return Cells(sheets)
        finally:
            book.close()


def _values(rows: Iterator[tuple[object, ...]]) -> Iterator[Row | None]:
    for row in rows:
        kept = row[:MOST_COLUMNS_LAID_OUT]
        if all(cell is None for cell in kept):
            yield None
        else:
            yield ["" if cell is None else cell for cell in kept]
