"""Opening a workbook: cells out, or a verdict why not. Constant memory, whatever is in the file.

The Excel reader lays a sheet out densely from its first to its last cell, so one stray cell in the
last row would cost gigabytes. Each sheet's extent is therefore looked at first, and one that is
out of proportion is streamed row by row instead.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

Cell = object  # str, float, date, datetime, bool or "" as the readers give them
Row = list[Cell]

MOST_ROWS_LAID_OUT = 20_000
MOST_COLUMNS_LAID_OUT = 60
MOST_ROWS_KEPT = 20_000  # a village's book holds hundreds of rows; blank ones are not kept
MOST_UNPACKED = 1_500_000_000  # bytes of XML in one file; a zip bomb is larger

Trouble = Literal[
    "not_found",
    "not_a_workbook",
    "text_renamed",
    "password_protected",
    "damaged",
    "too_large",
    "no_book",
    "no_village",
    "unknown_village",
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
_ERROR_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*\bt="e"[^>]*>'
    rb"(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>"
)
_ROW_NUMBER = re.compile(rb'<row [^>]*?\br="([0-9]{1,7})"')
_FAR_COLUMN = re.compile(rb'<c r="[A-Z]{2,3}[0-9]')


def read_cells(path: Path) -> Cells | Unreadable:
    """Read every sheet of an .xlsx or .xls file, or say why it can not be read."""
    try:
        with path.open("rb") as file:
            beginning = file.read(8)
    except OSError as error:
        return Unreadable(path.name, "not_found", str(error.strerror))
    if beginning.startswith(b"PK\x03\x04"):
        return _read_xlsx(path)
    if beginning.startswith(b"\xd0\xcf\x11\xe0"):
        return _read_xls(path)
    return Unreadable(path.name, "text_renamed" if _is_text(path) else "not_a_workbook")


def _is_text(path: Path) -> bool:
    with path.open("rb") as file:
        sample = file.read(4096)
    if not sample or b"\x00" in sample:
        return False
    for encoding in ("utf-8", "tis-620"):
        try:
            sample[:-4].decode(encoding)
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
        workbook = CalamineWorkbook.from_path(str(path))
        return Cells(
            [
                _kept(name, place, workbook.get_sheet_by_name(name).to_python(
                    skip_empty_area=False), {})
                for place, name in enumerate(workbook.sheet_names, start=1)
            ]
        )
    except PasswordError:
        return Unreadable(path.name, "password_protected")
    except CalamineError as error:
        return Unreadable(path.name, "damaged", str(error))


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
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = []
        for place, name in enumerate(workbook.sheet_names, start=1):
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            part = parts.get(name)
            errors = surveys[part].errors if part in surveys else {}
            sheets.append(_kept(name, place, rows, errors))
        return Cells(sheets)
    except (
        zipfile.BadZipFile,
        zlib.error,
        CalamineError,
        ParseError,
        DefusedXmlException,
        EOFError,
        OSError,
        KeyError,
        NotImplementedError,
    ) as error:
        return Unreadable(path.name, "damaged", str(error))


@dataclass(frozen=True, slots=True)
class _Survey:
    """What a look at a sheet's XML tells: is it out of proportion, and where are error cells."""

    is_sprawling: bool
    errors: dict[tuple[int, int], str]


def _survey(archive: zipfile.ZipFile, name: str) -> _Survey:
    if archive.getinfo(name).file_size > 40_000_000:
        return _Survey(is_sprawling=True, errors={})
    xml = archive.read(name)
    at = xml.rfind(b"<row ")
    last = _ROW_NUMBER.match(xml, at) if at >= 0 else None
    is_tall = last is not None and int(last.group(1)) > MOST_ROWS_LAID_OUT
    is_wide = _FAR_COLUMN.search(xml) is not None and _widest(xml) > MOST_COLUMNS_LAID_OUT
    errors = {}
    if b't="e"' in xml:  # the fast reader shows an error cell as an empty one
        for letters, digits, words in _ERROR_CELL.findall(xml):
            errors[int(digits), _column(letters)] = words.decode("ascii", "replace")
    return _Survey(is_tall or is_wide, errors)


def _widest(xml: bytes) -> int:
    return max(_column(letters) for letters in re.findall(rb'<c r="([A-Z]{2,3})[0-9]', xml)) + 1


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


def _kept(
    name: str, place: int, rows: list[list[object]], errors: dict[tuple[int, int], str]
) -> Sheet:
    """Only rows that hold anything, error cells shown as what they are."""
    for (row_number, column), words in errors.items():
        if row_number <= len(rows) and column < len(rows[row_number - 1]):
            rows[row_number - 1][column] = words
    kept = [(number, row) for number, row in enumerate(rows, start=1) if any(c != "" for c in row)]
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
        if all(cell is None for cell in row):
            yield None
        else:
            kept = row[: MOST_COLUMNS_LAID_OUT]
            yield ["" if cell is None else cell for cell in kept]
