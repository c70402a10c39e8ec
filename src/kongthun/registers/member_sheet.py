"""Reading a group's own member register: which sheet it is, which column means what, which rows
say something. Judging them is `kongthun.domain.member_rows`'s work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from kongthun.domain.member_rows import BeneficiaryCells, MemberRow, read_kind

from .books import header_key, text_of
from .reading import Cell, Cells, Row, Sheet

Column = Literal[
    "number",
    "title",
    "first",
    "last",
    "name",
    "house_number",
    "kind",
    "since",
    "left",
    "position",
    "beneficiary",
    "share",
    "relation",
    "note",
]

# What is never read, though its header sounds like a column of ours.
_PASSED_BY = re.compile(
    r"ลายมือ|ลายเซ็น|ลงชื่อ|ประชาชน|ประจำตัว\d|13หลัก|โทร|เกิด|ชื่อเล่น|บิดา|มารดา|คู่สมรส|ชื่อบัญชี"
    r"|ธนาคาร|ชื่อกลุ่ม|ชื่อบ้าน|ชื่อหมู่บ้าน"
)
# The first pattern that fits wins.
_MEANS: tuple[tuple[Column, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))  # type: ignore[misc]
    for name, pattern in (
        ("relation", r"ความ(เกี่ยวข้อง|สัมพันธ์)|เกี่ยวข้องเป็น|เกี่ยวพัน"),
        ("share", r"ร้อยละ|เปอร์เซ็นต์|สัดส่วน|^%|%$"),
        ("beneficiary", r"ผู้รับ(ผล|โอน)?ประโยชน์|ทายาท"),
        ("left", r"ลาออก|พ้นจาก|พ้นสภาพ|พ้นสมาชิก|วันที่ออก|วันออก"),
        ("since", r"^(วัน|วดป|เมื่อ).*(สมาชิก|สมัคร|เข้า)|เป็นสมาชิก(เมื่อ|ตั้งแต่|วันที่)|สมาชิกตั้งแต่"),
        ("since", r"^(วันที่|วันเดือนปี|วดป)$"),
        ("kind", r"ประเภท|ชนิด(ของ)?สมาชิก"),
        (
            "number",
            r"เลข(ที่|ทะเบียน|ประจำตัว)?(ของ)?สมาชิก|สมาชิกเลขที่|รหัสสมาชิก|^เลขทะเบียน|^ทะเบียน(เลข)?ที่",
        ),
        ("house_number", r"บ้านเลขที่|เลขที่บ้าน|^ที่อยู่"),
        ("position", r"ตำแหน่ง"),
        ("title", r"^คำนำหน้า"),
        ("last", r"^(นาม)?สกุล$"),
        ("first", r"^ชื่อ(ตัว|จริง)?$"),
        ("name", r"^(ราย)?ชื่อ.+|^สมาชิก$"),
        ("note", r"^หมายเหตุ"),
    )
)
_RUNNING = re.compile(r"^(ลำดับ(ที่)?|ที่|no|เลขที่)$")
_LONGEST_HEADER = 60
# With one of these a sheet of names is a member register; a loan book or a committee has none.
_STRONG: frozenset[Column] = frozenset({"kind", "since"})

_SUM = re.compile(
    r"^(รวม(ทั้ง.*|จำนวน.*|สมาชิก.*|ยอด.*|หน้า.*|[0-9]+.*)?|ยอดรวม.*|ยอดยก.*|ยก(ยอด)?(มา|ไป).*|(grand)?total)$"
)
_NOTE = re.compile(r"^(หมายเหตุ|ลงชื่อ|ผู้จัดทำ|ผู้บันทึก|ผู้ตรวจ|คัดจาก|คัดลอกจาก|ที่มา|ข้อมูลณ)")
_HEADING = re.compile(
    r"^(หมู่(ที่)?[0-9]|บ้าน|กลุ่ม|ชุดที่|หน้า(ที่)?[0-9]|แผ่นที่|ซอย|คุ้ม|สมาชิก|ทะเบียน|รายชื่อ|ประเภท)"
)
_LEFT = re.compile(r"ลาออก|เสียชีวิต|ถึงแก่กรรม|พ้นสภาพ|พ้นจาก")
_UNITS = re.compile(r"^(บาท|คน|%|วดป|ปี)?$")


@dataclass(slots=True)
class MemberSheet:
    """What a workbook says of members.

    ``columns`` are the headers that were read, ``unread`` those that were not, as typed.
    """

    rows: list[MemberRow] = field(default_factory=list)
    passed_over: int = 0
    sheets: list[str] = field(default_factory=list)
    other_sheets: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read_members(cells: Cells) -> MemberSheet | None:
    """The rows of every sheet that is a member register; None if none is.

    Sheets that say of members what kind they are or since when go before mere lists of names.
    """
    found = [(sheet, strength) for sheet in cells.sheets if (strength := _strength(sheet))]
    if not found:
        return None
    strongest = max(strength for _, strength in found)
    read = MemberSheet()
    for sheet in cells.sheets:
        if (sheet, strongest) in found:
            read.sheets.append(sheet.name)
            _read_sheet(sheet, read)
        elif sheet.rows:
            read.other_sheets.append(sheet.name)
    return read


# ---- headers -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Header:
    """Which column holds what. Beneficiaries may have several columns each.

    ``name_goes_on`` are columns without a header behind the name's: one merged cell over them all.
    """

    one: Mapping[Column, int]
    name_goes_on: tuple[int, ...]
    beneficiaries: tuple[tuple[int, int | None, int | None], ...]
    data_from: int
    read: tuple[str, ...]
    unread: tuple[str, ...]


def _strength(sheet: Sheet) -> int:
    """0 for a sheet that is no list of people, 1 for one that may be, 2 for a member register."""
    for at in range(len(sheet.rows)):
        header = _header_at(sheet, at)
        if header is None:
            continue
        above = [text_of(cell) for _, row in sheet.rows[:at] for cell in row]
        says_so = any("สมาชิก" in words for words in [sheet.name, *above])
        if says_so or _STRONG & header.one.keys():
            return 2
        return 0 if "position" in header.one else 1
    return 0


def _header_at(sheet: Sheet, at: int) -> _Header | None:
    """The header of one line or two that begins here; None if this row is none."""
    top = sheet.rows[at][1]
    if not _is_words(top):
        return None
    then = at + 1
    words = [text_of(cell) for cell in top]
    meanings = _meanings(words)
    if then < len(sheet.rows) and _goes_on(top, sheet.rows[then][1]):
        joined = _joined(words, [text_of(cell) for cell in sheet.rows[then][1]])
        if _is_of_people(_meanings(joined)):
            words, meanings, then = joined, _meanings(joined), then + 1
    if not _is_of_people(meanings):
        return None
    while then < len(sheet.rows) and _is_units_or_numbers(sheet.rows[then][1]):
        then += 1
    return _header_of(words, meanings, then)


def _is_of_people(meanings: Mapping[int, Column]) -> bool:
    return len(meanings) >= 2 and bool({"name", "first"} & set(meanings.values()))


def _header_of(words: list[str], meanings: dict[int, Column], data_from: int) -> _Header:
    one: dict[Column, int] = {}
    named: list[tuple[int, int | None, int | None]] = []
    read = []
    for column, meaning in meanings.items():
        if meaning == "beneficiary":
            named.append((column, None, None))
        elif meaning in {"share", "relation"}:
            if not named:
                continue
            name, share, relation = named[-1]
            if meaning == "share" and share is None:
                named[-1] = (name, column, relation)
            elif meaning == "relation" and relation is None:
                named[-1] = (name, share, column)
            else:
                continue
        elif meaning in one:
            continue
        else:
            one[meaning] = column
        read.append(column)
    return _Header(
        one,
        _without_header(words, one.get("name")),
        tuple(named),
        data_from,
        tuple(words[column] for column in read),
        tuple(word for column, word in enumerate(words) if word and column not in read),
    )


def _without_header(words: list[str], name: int | None) -> tuple[int, ...]:
    """The columns behind the name's up to the next header, if there is one."""
    if name is None:
        return ()
    following = next((at for at, word in enumerate(words) if at > name and word), name + 1)
    return tuple(range(name + 1, following))


def _meanings(words: list[str]) -> dict[int, Column]:
    """What each column means, in their order. "ชื่อ" beside a surname is the first name alone."""
    found = {
        column: meaning
        for column, text in enumerate(words)
        if (meaning := _meaning(header_key(text))) is not None
    }
    if "number" not in found.values():
        for column, text in enumerate(words):
            if _RUNNING.match(header_key(text)):
                found[column] = "number"
                break
    has_last = "last" in found.values()
    for column, meaning in found.items():
        if meaning == "first" and not has_last:
            # "ชื่อ" and "ชื่อสกุล" side by side: the second is the surname's official word.
            surname = next((at for at, other in found.items() if other == "name"), None)
            if surname is None:
                found[column] = "name"
            elif header_key(words[surname]) == "ชื่อสกุล":
                found[surname] = "last"
            break
    if has_last and "first" not in found.values():
        first = next((at for at, meaning in found.items() if meaning == "name"), None)
        if first is not None:
            found[first] = "first"
    return dict(sorted(found.items()))


def _meaning(key: str) -> Column | None:
    if not key or len(key) > _LONGEST_HEADER:
        return None
    if _PASSED_BY.search(key):
        return None
    return next((name for name, pattern in _MEANS if pattern.search(key)), None)


def _is_words(row: Row) -> bool:
    filled = [cell for cell in row if cell != ""]
    return len(filled) >= 2 and all(isinstance(cell, str) for cell in filled)


def _goes_on(top: Row, lower: Row) -> bool:
    """Whether the row below is a second line of the header: nothing below the first column."""
    if not _is_words(lower):
        return False
    first = next(column for column, cell in enumerate(top) if cell != "")
    if first < len(lower) and lower[first] != "":
        return False
    words = [header_key(cell) for cell in lower if cell != ""]
    return sum(_meaning(word) is not None for word in words) * 2 >= len(words)


def _joined(top: list[str], lower: list[str]) -> list[str]:
    """Two lines as one: the lower cell names the column, beneficiaries are told by the upper."""
    joined = []
    above = ""
    for column in range(max(len(top), len(lower))):
        here = top[column] if column < len(top) else ""
        cell = lower[column] if column < len(lower) else ""
        above = here or above
        is_theirs = _meaning(header_key(above)) == "beneficiary"
        is_name = _meaning(header_key(cell)) in {"name", "first"}
        joined.append(above if cell and is_theirs and is_name else cell or here)
    return joined


def _is_units_or_numbers(row: Row) -> bool:
    """A line under a header that counts the columns 1, 2, 3, … or tells units."""
    keys = [header_key(text_of(cell)) for cell in row if cell != ""]
    if len(keys) >= 3 and keys == [str(number) for number in range(1, len(keys) + 1)]:
        return True
    return all(isinstance(cell, str) for cell in row) and all(_UNITS.match(key) for key in keys)


# ---- rows ----------------------------------------------------------------------------------------


def _read_sheet(sheet: Sheet, read: MemberSheet) -> None:
    """Every row that says something; headings, sums and blank lines are passed over and counted."""
    header: _Header | None = None
    kind = ""
    data_from = 0
    for at, (number, row) in enumerate(sheet.rows):
        if at >= data_from and (found := _header_at(sheet, at)) is not None:
            header, data_from = found, found.data_from
            _note_columns(found, read)
        if header is None or at < data_from:
            read.passed_over += 1
            continue
        filled = list(_filled(row))
        is_kind = len(filled) == 1 and read_kind(filled[0][1]) is not None
        if is_kind:
            kind = filled[0][1]  # "สมาชิกสมทบ" over the rows below it
        if is_kind or _is_not_data(filled, header):
            read.passed_over += 1
            continue
        read.rows.append(_row(sheet.name, number, row, header, kind))


def _note_columns(header: _Header, read: MemberSheet) -> None:
    read.columns += [word for word in header.read if word not in read.columns]
    read.unread += [word for word in header.unread if word not in read.unread]


def _filled(row: Row) -> Iterator[tuple[int, str]]:
    return ((at, text) for at, cell in enumerate(row) if (text := text_of(cell)))


def _is_not_data(filled: list[tuple[int, str]], header: _Header) -> bool:
    """Sums, notes, headings between the rows, and lines that hold a running number at most."""
    one = header.one
    known = {one.get(name) for name in ("first", "name", "last", "house_number", "since")}
    known |= {name for name, _, _ in header.beneficiaries}
    columns = {column for column, _ in filled}
    if not columns & known:
        return True
    at, label = filled[0]
    key = header_key(label)
    if _SUM.match(key) or _NOTE.match(key):
        # "รวม" is a given name too: beside a surname it is one.
        return at != one.get("first") or one.get("last") not in columns
    return len(filled) == 1 and _HEADING.match(key) is not None


def _row(sheet: str, number: int, row: Row, header: _Header, kind: str) -> MemberRow:
    def cell(column: int | None) -> Cell:
        return row[column] if column is not None and column < len(row) else ""

    said = {name: text_of(cell(column)) for name, column in header.one.items()}
    called = [said.get("name", ""), *(text_of(cell(column)) for column in header.name_goes_on)]
    called += [said.get("first", ""), said.get("last", "")]
    name = " ".join(part for part in called if part)
    if name and said.get("title"):
        name = f"{said['title']} {name}"
    note = said.get("note", "")
    return MemberRow(
        sheet=sheet,
        row=number,
        name=name,
        number=said.get("number", ""),
        house_number=said.get("house_number", ""),
        kind=said.get("kind") or kind,
        since=said.get("since", ""),
        left=said.get("left") or (note if _LEFT.search(note) else ""),
        beneficiaries=tuple(
            told
            for at, share, relation in header.beneficiaries
            if (
                told := BeneficiaryCells(
                    text_of(cell(at)), text_of(cell(share)), text_of(cell(relation))
                )
            )
            != BeneficiaryCells("")
        ),
        is_house_a_day=isinstance(cell(header.one.get("house_number")), date),
    )
