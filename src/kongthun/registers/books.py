"""Recognising the four books in a workbook by what their headers mean, not by where cells are.

A sheet is a book because of its column headers (or labels); its name and title only tip the scale.
Out come records: a record is one fact of the paper with its fields as typed, and the row it stands
in. Judging the fields is `kongthun.domain.register_rows`'s work.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from itertools import zip_longest

from kongthun.domain.money import Money, UnreadableMoney, read_money
from kongthun.domain.thai_calendar import UnreadableDate, read_date
from kongthun.domain.thai_text import arabic_digits, name_key

from .reading import Cell, Cells, Row, Sheet


class Book(StrEnum):
    """The four books, by the colours their covers have."""

    PURPLE = "purple"  # เล่ม 7 ม่วง: target households
    YELLOW = "yellow"  # เล่ม 9 เหลือง: what borrowers owe
    GREEN = "green"  # เล่ม 8 เขียว: what the bank holds
    BROWN = "brown"  # เล่ม 6 น้ำตาล: the state of the village


class Kind(StrEnum):
    """What a record is."""

    HOUSEHOLD = "household"
    CONTRACT = "contract"
    RECEIPT = "receipt"
    BANK = "bank"
    STATUS = "status"  # one labelled figure of the brown book
    COMMITTEE = "committee"


@dataclass(slots=True)
class Record:
    """One fact of the paper as typed. ``key`` names it across files of the same fund.

    ``parent`` is the key of a receipt's contract. ``rows`` tells in which row each field stands
    where a record spans several; ``row`` is the row people would point at.
    """

    kind: Kind
    key: str
    row: int
    fields: dict[str, str]
    parent: str | None = None
    rows: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class BookSheet:
    """A sheet recognised as one of the four books."""

    book: Book
    sheet: str
    place: int
    records: list[Record]
    passed_over: int  # rows of headings, sums, carried-forward balances and notes


@dataclass(slots=True)
class Reading:
    """What a workbook says, book by book, and whose it is."""

    books: list[BookSheet]
    unrecognised: list[str]
    heading: str  # "หมู่ที่ 1 บ้าน… ตำบล… อำเภอ… จังหวัด…" as it stands on the sheets
    bank: dict[str, str]  # bank, branch, account number as the green book's head gives them

    def records(self, kind: Kind) -> Iterator[tuple[BookSheet, Record]]:
        """Every record of a kind, with its sheet, in the order of the paper."""
        for sheet in self.books:
            for record in sheet.records:
                if record.kind == kind:
                    yield sheet, record


# --- what headers mean ----------------------------------------------------------------------

_NOISE = re.compile(r"[\s()\[\].,:;–—/*\-]+")
_LONGEST_HEADER = 60
# Columns people sign in; "ลายมือชื่อ" is no name, "ผู้รับเงินคืน" no sum.
_SIGNED = re.compile(r"ลายมือ|ลายเซ็น|ลงชื่อ|^ผู้รับ|^ผู้จ่าย")


def header_key(cell: Cell) -> str:
    """A header evened out: no spaces, brackets or punctuation, Arabic digits, no "(บาท)"."""
    if not isinstance(cell, str):
        return ""
    return _NOISE.sub("", arabic_digits(cell.replace("(บาท)", ""))).replace("ํา", "ำ").lower()


def _fields(*pairs: tuple[str, str]) -> list[tuple[str, re.Pattern[str]]]:
    return [(name, re.compile(pattern)) for name, pattern in pairs]


class Headers:
    """What the headers of one book mean."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self._patterns = _fields(*pairs)
        self.fields = [name for name, _ in self._patterns]
        # Books repeat the same few headers on page after page.
        self.named_by = lru_cache(maxsize=4096)(self._named_by)

    def _named_by(self, header: str) -> tuple[str, ...]:
        """The fields a header may name, the likeliest first."""
        key = header_key(header)
        if not key or len(key) > _LONGEST_HEADER or _SIGNED.search(key):
            return ()
        return tuple(name for name, pattern in self._patterns if pattern.search(key))


# In each list the first pattern that fits a header wins, and a field is taken once.
_PURPLE = Headers(
    ("income_after_1", r"(หลัง|ปีที่).*1(ปี|$)|ปีที่1"),
    ("income_after_2", r"(หลัง|ปีที่).*2(ปี|$)|ปีที่2"),
    ("income_after_3", r"(หลัง|ปีที่).*3(ปี|$)|ปีที่3"),
    ("income_before", r"รายได้.*ก่อน|ก่อน.*รายได้|รายได้(เฉลี่ย)?(ต่อคน)?(ต่อปี)?(จปฐ)?$|รายได้เฉลี่ยต่อคน"),
    ("last_repaid_on", r"คืน.*สุดท้าย|คืนครั้งสุดท้าย"),
    ("received_on", r"(วดป|วันที่|วันเดือนปี).*(รับ|ยืม)|วันรับเงิน"),
    ("lent", r"(จำนวน)?เงิน(ที่)?ยืม|ยอดยืม"),
    ("occupation", r"อาชีพ"),
    ("house_number", r"บ้านเลขที่|เลขที่บ้าน"),
    ("size", r"สมาชิก|จำนวนคน"),
    ("name", r"ชื่อ|หัวหน้าครัวเรือน"),
    ("number", r"^(ลำดับ|ที่$|no$|เลขที่$)"),
)
_YELLOW = Headers(
    ("paid_on", r"(วดป|วัน|วันเดือนปี).*(ส่งคืน|ที่คืน|รับคืน|ชำระ|ส่งใช้|คืนเงิน)|^วันคืน"),
    ("due_on", r"ครบกำหนด|กำหนดส่ง|กำหนดคืน|วันสิ้นสุดสัญญา"),
    ("received_on", r"(วดป|วัน|วันเดือนปี).*(รับเงิน|ยืม|สัญญา|จ่าย)|^วันรับ"),
    ("receipt_number", r"ใบสำคัญ|ใบเสร็จ|เลขที่รับ|เลขที่เอกสาร|ใบรับ"),
    ("paper_number", r"สัญญา"),
    ("round", r"ครั้งที่|รอบที่|^รอบ"),
    ("balance", r"คงเหลือ|คงค้าง|ยอดค้าง|ค้างชำระ|เหลือ"),
    ("amount", r"ส่งคืน|รับคืน|คืนเงิน|ชำระ|ส่งใช้|จำนวนเงิน(ที่)?คืน|^คืน"),
    ("principal", r"เงิน(ที่|ให้|การ)*ยืม|ยอดยืม|วงเงิน|เงินต้น|ยืมไป"),
    ("occupation", r"อาชีพ|วัตถุประสงค์|กิจกรรม"),
    ("note", r"หมายเหตุ"),
    ("name", r"ชื่อ|ผู้ยืม|ลูกหนี้"),
    ("number", r"^(ลำดับ|ที่$|no$)"),
)
_GREEN = Headers(
    ("on", r"^(วดป|วันที่|วันเดือนปี|วัน)"),
    ("document", r"เอกสาร|ใบสำคัญ|อ้างอิง|เลขที่"),
    ("item", r"รายการ|รายละเอียด|คำอธิบาย"),
    ("balance", r"คงเหลือ|ยอดเงิน|เหลือ"),
    ("paid_in", r"ฝาก|รับ|เข้า|เดบิต"),
    ("paid_out", r"ถอน|จ่าย|ออก|เครดิต"),
    ("note", r"หมายเหตุ"),
)
_COMMITTEE = Headers(
    ("set_number", r"ชุดที่|^ชุด"),
    ("ends_on", r"สิ้นสุด|หมดวาระ|ครบวาระ|ถึงวัน|^ถึง"),
    ("starts_on", r"เริ่ม|แต่งตั้ง|ตั้งแต่|เลือกตั้ง"),
    ("position", r"ตำแหน่ง"),
    ("name", r"ชื่อ"),
    ("number", r"^(ลำดับ|ที่$|no$)"),
)
_STATUS = Headers(
    ("granted_fiscal_year", r"ปี(งบประมาณ)?.*(ได้รับ|จัดสรร)|^ปีงบประมาณ"),
    ("granted", r"จำนวนเงิน.*(ได้รับ|จัดสรร|อุดหนุน)|เงินทุนที่ได้รับ"),
    ("as_of", r"ข้อมูลณ|ณวันที่|วันที่(สำรวจ|ข้อมูล|บันทึก)"),
    ("in_breach_sum", r"(จำนวน)?เงิน.*(ผิดสัญญา|ผิดนัด)"),
    ("in_breach_households", r"ครัวเรือน.*(ผิดสัญญา|ผิดนัด)"),
    ("repaying_households", r"ครัวเรือน.*(ระหว่าง|กำลัง).*(คืน|ส่ง)|ครัวเรือน.*คืนเงิน"),
    ("lent_households", r"ครัวเรือน.*(ได้รับ|ยืม)"),
    ("households_sum", r"เงิน.*(ครัวเรือน|ลูกหนี้|ผู้ยืม)"),
    ("target_households", r"ครัวเรือน(เป้าหมาย)?.*(ทั้งหมด|ทั้งสิ้น)|จำนวนครัวเรือนเป้าหมาย"),
    ("bank_sum", r"เงิน.*(ธนาคาร|บัญชี|เงินฝาก)"),
    ("cash_sum", r"เงิน.*(ที่อื่น|เงินสด|ในมือ)|เงินสด"),
    ("purple_book", r"(สมุด|เล่ม).*(ม่วง|7$)|ทะเบียนครัวเรือน"),
    ("green_book", r"(สมุด|เล่ม).*(เขียว|8$)"),
    ("yellow_book", r"(สมุด|เล่ม).*(เหลือง|9$)|คุมลูกหนี้"),
    ("note", r"^หมายเหตุ"),
)

_HINTS = {
    Book.PURPLE: re.compile(r"ม่วง|ทะเบียนครัวเรือน|ครัวเรือนเป้าหมาย"),
    Book.YELLOW: re.compile(r"เหลือง|ลูกหนี้"),
    Book.GREEN: re.compile(r"เขียว|ธนาคาร|เงินฝาก"),
    Book.BROWN: re.compile(r"น้ำตาล|สถานะ"),
}
_NEEDED = {
    Book.PURPLE: ({"name"}, {"house_number", "size", "income_before", "number"}, 2),
    Book.GREEN: ({"on"}, {"paid_in", "paid_out", "balance", "item"}, 3),
}
# Sums and carried-forward balances: the paper's own arithmetic, not facts.
_CARRIED = re.compile(r"^(ยอด(คงเหลือ)?ยก(ไป|มา)|ยก(ยอด)?(ไป|มา))")
_SUM = re.compile(
    r"^(รวม(ทั้ง.*|ยอด.*|เงิน.*|หน้า.*|ทุก.*|ปี.*|เดือน.*|รับ.*|จ่าย.*|ฝาก.*|ถอน.*|จำนวน.*|[0-9]+.*)?"
    r"|ยอดรวม.*|(grand)?total)$"
)
# The beginning of either, as typed: most cells need no closer look.
_MAY_BE_SUM = re.compile(r"[\s(*\[–-]*(?:รวม|ยอด|ยก|total|grand)", re.IGNORECASE)
_NOTE = re.compile(r"[\s(*\[–-]*(?:หมายเหตุ|ลงชื่อ|ผู้จัดทำ|ผู้บันทึก|ผู้ตรวจ|คัดจาก|คัดลอกจาก|ที่มา)")
_DIGIT = re.compile(r"[0-9๐-๙]")


def _is_not_data(row: Row) -> bool:
    """Sums, carried-forward balances, and notes at the foot of a page.

    The label stands in one of the first four filled cells.
    """
    looked_at = 0
    for cell in row:
        if cell == "":
            continue
        looked_at += 1
        if isinstance(cell, str):
            if _MAY_BE_SUM.match(cell) is not None:
                key = header_key(cell)
                if _CARRIED.search(key) or (_SUM.search(key) and not _has_day(row)):
                    return True
            elif looked_at == 1 and _NOTE.match(cell) is not None:
                return True
        if looked_at == 4:
            return False
    return False


def _has_day(row: Row) -> bool:
    """Sums bear no day: "รวมเงินรับคืนนำฝาก" beside one is a deposit."""
    return any(
        isinstance(cell, date)
        or (isinstance(cell, str) and _DIGIT.search(cell) and isinstance(read_date(cell), date))
        for cell in row
    )


_DASHES = frozenset({"-", "–", "—", "--"})


def text_of(cell: Cell) -> str:
    """A cell as text people could have typed: 12.0 is "12", a date is ISO, a lone dash nothing."""
    if isinstance(cell, str):
        # PostgreSQL's text holds no NUL; nor does anything a person types.
        text = cell.strip() if "\0" not in cell else cell.replace("\0", "").strip()
        return "" if text in _DASHES else text
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return str(cell)


def _columns(row: Row, headers: Headers) -> dict[str, int]:
    """Which column holds which field, read off a header row."""
    found: dict[str, int] = {}
    for column, cell in enumerate(row):
        if isinstance(cell, str) and cell:
            _take(found, column, headers.named_by(cell))
    return found


def _take(found: dict[str, int], column: int, names: tuple[str, ...]) -> bool:
    """Give the column to the first of these fields that is still free."""
    for name in names:
        if name not in found:
            found[name] = column
            return True
    return False


def _is_all_words(row: Row) -> bool:
    """Whether a row may be a header at all: text only, and two cells or more without a digit."""
    words = 0
    for cell in row:
        if cell == "":
            continue
        if not isinstance(cell, str):
            return False
        if words < 2 and _DIGIT.search(cell) is None:
            words += 1
    return words >= 2


def _header_at(
    rows: Sequence[tuple[int, Row]], at: int, headers: Headers
) -> tuple[dict[str, int], int]:
    """Columns of a header of one line or two that begins at ``at``, and where the data begin.

    No columns, if the row is no header. Below a header a line of units or of column numbers is
    part of it.
    """
    top = rows[at][1]
    if not _is_all_words(top):
        return {}, at
    columns = _columns(top, headers)
    if len(columns) < 2:
        return {}, at
    then = at + 1
    if then < len(rows) and _is_second_line(top, rows[then][1], headers):
        columns = _columns_of_two_lines(top, rows[then][1], headers)
        then += 1
    while then < len(rows) and _is_units_or_numbers(rows[then][1]):
        then += 1
    return columns, then


# Under a merged cell such as "การส่งคืน" these say only half of what the column is.
_HALF_A_HEADER = re.compile(
    r"^(วดป|วัน(ที่)?|วันเดือนปี|ลงวันที่|จำนวน(เงิน)?|เลขที่|ที่|ครั้งที่|เดือน|ปี(ที่)?[1-3]?|[1-3]ปี|ยอด(เงิน)?|เงิน)$"
)


def _is_second_line(top: Row, lower: Row, headers: Headers) -> bool:
    """Whether ``lower`` goes on with the header ``top``: the first column is merged downwards."""
    if any(not isinstance(cell, str) for cell in lower):
        return False
    first = next(column for column, cell in enumerate(top) if cell != "")
    below_first = lower[first] if first < len(lower) else ""
    if below_first != "" and header_key(below_first) != header_key(top[first]):
        return False
    filled = [cell for cell in lower if isinstance(cell, str) and cell]
    like_headers = sum(
        1 for cell in filled if headers.named_by(cell) or _HALF_A_HEADER.match(header_key(cell))
    )
    return like_headers >= 2 and like_headers * 2 >= len(filled)


def _columns_of_two_lines(top: Row, lower: Row, headers: Headers) -> dict[str, int]:
    """The lower cell names the column, with the merged cell above where it says only half."""
    found: dict[str, int] = {}
    above = ""
    for column in range(max(len(top), len(lower))):
        here = str(top[column]) if column < len(top) else ""
        cell = str(lower[column]) if column < len(lower) else ""
        above = here or above
        if not cell:
            _take(found, column, headers.named_by(here))
            continue
        with_above = (*headers.named_by(cell + above), *headers.named_by(above + cell))
        if _HALF_A_HEADER.match(header_key(cell)):
            _take(found, column, (*with_above, *headers.named_by(cell)))
        else:
            _take(found, column, (*headers.named_by(cell), *with_above))
    return found


_UNITS = re.compile(r"^(บาท|คน|ครัวเรือน|บาทคนปี|บาทต่อคนต่อปี|สต|บ|ปี)?$")


def _is_units_or_numbers(row: Row) -> bool:
    """A line under a header with (บาท), (คน), or with the columns counted 1, 2, 3, …"""
    filled = [cell for cell in row if cell != ""]
    first = header_key(text_of(filled[0]))
    if first == "1":
        keys = [header_key(text_of(cell)) for cell in filled]
        return len(keys) >= 3 and keys == [str(number) for number in range(1, len(keys) + 1)]
    return _UNITS.match(first) is not None and all(
        isinstance(cell, str) and _UNITS.match(header_key(cell)) for cell in filled
    )


def _cells(
    row: Row, columns: dict[str, int], names: frozenset[str] | None = None
) -> dict[str, str]:
    """The fields of a data row (or those of these names), as typed."""
    width = len(row)
    return {
        name: text_of(row[column]) if column < width else ""
        for name, column in columns.items()
        if names is None or name in names
    }


def _rows_under_headers(
    sheet: Sheet, found: BookSheet, headers: Headers, is_header: Callable[[dict[str, int]], bool]
) -> Iterator[tuple[int, Row, dict[str, int]]]:
    """The data rows of a sheet, each with the columns of the last header above it.

    A header may come again on every page, with its columns in another order.
    """
    columns: dict[str, int] = {}
    data_from = 0
    for at, (number, row) in enumerate(sheet.rows):
        if at >= data_from:
            header, then = _header_at(sheet.rows, at, headers)
            if header and is_header(header):
                columns, data_from = header, then
        if at < data_from or not columns or _is_not_data(row):
            found.passed_over += 1
            continue
        yield number, row, columns


# --- reading a workbook ---------------------------------------------------------------------


def recognise(cells: Cells) -> Reading:
    """Find the four books among the sheets and read their records."""
    reading = Reading([], [], "", {})
    seen = _Seen()
    for sheet in cells.sheets:
        if not sheet.rows:
            continue
        reading.heading = reading.heading or _heading(sheet)
        book = _which(sheet)
        if book is None:
            reading.unrecognised.append(sheet.name)
            continue
        found = BookSheet(book, sheet.name, sheet.place, [], 0)
        if book == Book.PURPLE:
            _read_purple(sheet, found, seen)
        elif book == Book.YELLOW:
            _read_yellow(sheet, found, seen)
        elif book == Book.GREEN:
            _read_green(sheet, found, seen)
            reading.bank = reading.bank or _bank_head(sheet)
        else:
            _read_brown(sheet, found, seen)
        reading.books.append(found)
    return reading


_LONGEST_STEM = 140  # of the 160 letters a key may have; a receipt's key holds its contract's


class _Seen:
    """What was read of the workbook so far: its keys and contracts, and figures of the village."""

    def __init__(self) -> None:
        self._keys: Counter[str] = Counter()
        self._contracts: dict[str, list[Record]] = {}
        self.figures: set[str] = set()

    def key(self, stem: str) -> str:
        """A key no other record has: the second of two alike is ``…#2``."""
        if len(stem) > _LONGEST_STEM:
            stem = f"{stem[:60]}…{sha256(stem.encode()).hexdigest()[:32]}"
        self._keys[stem] += 1
        count = self._keys[stem]
        return stem if count == 1 else f"{stem}#{count}"

    def contract_key(self, fields: dict[str, str]) -> str:
        """By paper number and round; without a number by name and day."""
        paper = fields.get("paper_number", "")
        if paper:
            return self.key(f"contract:{paper}/{fields.get('round', '')}")
        name = name_key(fields.get("name", ""))
        return self.key(f"contract:{name}/{fields.get('received_on', '')}")

    def remember(self, contract: Record) -> None:
        """Remember a contract, so that it is known when it is named again."""
        self._contracts.setdefault(_named_by(contract.fields), []).append(contract)

    def contract_meant(self, fields: dict[str, str]) -> Record | None:
        """The contract that these cells only name again, on another row or another sheet.

        Whatever they say must be as it was said before, and they must say the paper number, or
        else name, sum and day.
        """
        said = {name: text for name, text in fields.items() if text and name != "number"}
        if not said.get("paper_number") and not {"name", "principal", "received_on"} <= said.keys():
            return None
        for contract in reversed(self._contracts.get(_named_by(said), [])):
            if all(contract.fields.get(name, "") == text for name, text in said.items()):
                return contract
        return None


def _named_by(fields: dict[str, str]) -> str:
    return fields.get("paper_number") or f"{fields.get('name', '')} {fields.get('received_on', '')}"


_PLACE_WORDS = re.compile(r"หมู่ที่|หมู่|ม\.\s*[0-9๐-๙]")
_TAMBON_WORDS = re.compile(r"ตำบล|ต\.|แขวง")


def _heading(sheet: Sheet) -> str:
    for _, row in sheet.rows[:8]:
        words = " ".join(cell for cell in row if isinstance(cell, str) and cell)
        if _PLACE_WORDS.search(words) and _TAMBON_WORDS.search(words):
            return words
    return ""


def _which(sheet: Sheet) -> Book | None:
    """Which book a sheet is: by its headers; its name and title decide between equals."""
    title = sheet.name + " ".join(
        cell for _, row in sheet.rows[:3] for cell in row if isinstance(cell, str)
    )
    scores: dict[Book, int] = {}
    for at in range(min(len(sheet.rows), 25)):
        for book, headers in ((Book.PURPLE, _PURPLE), (Book.YELLOW, _YELLOW), (Book.GREEN, _GREEN)):
            columns, _ = _header_at(sheet.rows, at, headers)
            if columns and _IS_HEADER[book](columns):
                scores[book] = max(scores.get(book, 0), len(columns))
    labels = sum(1 for _, row in sheet.rows[:25] if _status_label(row) is not None)
    if labels >= 3:
        scores[Book.BROWN] = labels
    for book, hint in _HINTS.items():
        if book in scores and hint.search(title):
            scores[book] += 3
        if book in scores and hint.search(sheet.name):
            scores[book] += 3
    return max(scores, key=lambda book: scores[book]) if scores else None


def _is_purple_header(columns: dict[str, int]) -> bool:
    others = {"house_number", "size", "income_before", "number"} & columns.keys()
    return "name" in columns and len(others) >= 2


def _is_yellow_header(columns: dict[str, int]) -> bool:
    return (
        "paid_on" in columns and len(columns) >= 3 and ("amount" in columns or "balance" in columns)
    )


def _is_green_header(columns: dict[str, int]) -> bool:
    others = {"paid_in", "paid_out", "balance", "item"} & columns.keys()
    return "on" in columns and len(others) >= 3


_IS_HEADER = {
    Book.PURPLE: _is_purple_header,
    Book.YELLOW: _is_yellow_header,
    Book.GREEN: _is_green_header,
}


# --- ม่วง -----------------------------------------------------------------------------------


def _read_purple(sheet: Sheet, found: BookSheet, seen: _Seen) -> None:
    for number, row, columns in _rows_under_headers(sheet, found, _PURPLE, _is_purple_header):
        fields = _cells(row, columns)
        # A line of words alone is a note; a household has a name or at least two other cells.
        filled = sum(1 for text in fields.values() if text)
        if filled < 2 or (not fields.get("name") and filled < 3):
            found.passed_over += 1
            continue
        place = fields.get("number") or name_key(fields.get("name", ""))
        found.records.append(Record(Kind.HOUSEHOLD, seen.key(f"household:{place}"), number, fields))


# --- เหลือง ---------------------------------------------------------------------------------

_CONTRACT_FIELDS = frozenset(
    (
        "number",
        "name",
        "paper_number",
        "round",
        "principal",
        "received_on",
        "due_on",
        "occupation",
    )
)
_RECEIPT_FIELDS = frozenset(("receipt_number", "paid_on", "amount", "balance", "note"))
_RECEIPT_NUMBER = re.compile(r"(?:[A-Za-zก-๎.]{0,8} ?)?[0-9๐-๙][0-9๐-๙/. -]*")


def _read_yellow(sheet: Sheet, found: BookSheet, seen: _Seen) -> None:
    for at in range(len(sheet.rows)):
        columns, _ = _header_at(sheet.rows, at, _YELLOW)
        if columns and _is_yellow_header(columns):
            if "principal" in columns and {"name", "paper_number"} & columns.keys():
                _read_yellow_table(sheet, found, seen)
            else:
                _read_yellow_blocks(sheet, found, seen)
            return


def _is_receipt(fields: dict[str, str]) -> bool:
    """Whether these cells tell of money sent back: a sum, a day, or a number that looks like one.

    A foot note may stand in any column; words alone are none of these.
    """
    number, paid_on, amount = (
        fields.get(name, "") for name in ("receipt_number", "paid_on", "amount")
    )
    if not (number or paid_on or amount):
        return False
    if amount and (amount.startswith("#") or _is_or_nearly(read_money(amount), "words")):
        return True
    if paid_on and (paid_on.startswith("#") or _is_or_nearly(read_date(paid_on), "not_a_date")):
        return True
    if number.startswith("#") or _RECEIPT_NUMBER.fullmatch(number):
        return True
    return bool(amount and (paid_on or fields.get("balance")))


def _is_or_nearly(read: date | Money | UnreadableDate | UnreadableMoney, not_even: str) -> bool:
    """Read as what it should be, or at least meant as that: an impossible day, a broken sum."""
    return not isinstance(read, UnreadableDate | UnreadableMoney) or read.why not in {
        not_even,
        "blank",
    }


def _add_receipt(
    found: BookSheet, seen: _Seen, contract: Record | None, number: int, fields: dict[str, str]
) -> None:
    parent = contract.key if contract is not None else None
    stem = f"receipt:{parent or ''}:{fields.get('receipt_number') or fields.get('paid_on', '')}"
    found.records.append(Record(Kind.RECEIPT, seen.key(stem), number, fields, parent))


def _read_yellow_table(sheet: Sheet, found: BookSheet, seen: _Seen) -> None:
    """One flat table: a contract's cells stand on its first row only, or are repeated."""
    contract: Record | None = None
    for number, row, columns in _rows_under_headers(sheet, found, _YELLOW, _is_yellow_table_header):
        lent = _cells(row, columns, _CONTRACT_FIELDS)
        sent_back = _cells(row, columns, _RECEIPT_FIELDS)
        is_contract, is_receipt = _is_contract(lent), _is_receipt(sent_back)
        if is_contract:
            meant = seen.contract_meant(lent)
            if meant is not None:
                contract = meant
            else:
                contract = Record(Kind.CONTRACT, seen.contract_key(lent), number, lent)
                seen.remember(contract)
                found.records.append(contract)
        if is_receipt:
            _add_receipt(found, seen, contract, number, sent_back)
        if not is_contract and not is_receipt:
            found.passed_over += 1


def _is_yellow_table_header(columns: dict[str, int]) -> bool:
    return len(columns) >= 4 and {"paid_on", "amount"} <= columns.keys()


def _is_contract(lent: dict[str, str]) -> bool:
    """Whether these cells tell of money lent. One lone cell of words is a note."""
    said = {name for name, text in lent.items() if text and name != "number"}
    if len(said) == 1 and not _DIGIT.search("".join(lent[name] for name in said)):
        return bool(said & {"principal"}) and lent["principal"].startswith("#")
    return bool(
        said & {"principal", "paper_number"}
        or ("name" in said and said & {"received_on", "due_on"})
    )


_NUMBERED = re.compile(r"\s*[0-9๐-๙]{1,2}[.)]\s*(?=[ก-๎])")
# The beginnings of what follows, as typed: most cells need no closer look.
_MAY_BE_LABEL = re.compile(
    r"\s*(?:[0-9๐-๙]{1,2}[.)]\s*)?(?:สัญญา|เลขที่|ยืม|ครั้ง|รอบ|วัน|ว\s*[./]?\s*ด|ครบ|กำหนด|จำนวน|เงิน|ยอด"
    r"|อาชีพ|ชื่อ|ผู้ยืม|ลูกหนี้|นาม)"
)
_BLOCK_LABELS = _fields(
    ("paper_number", r"^(สัญญา(ยืมเงิน)?(เลข)?ที่|เลขที่สัญญา|สัญญาเลขที่)"),
    ("round", r"^(ยืม)?ครั้งที่|^รอบที่"),
    ("due_on", r"^(วัน(ที่)?)?(ครบ)?กำหนด(ส่งคืน|คืน|ชำระ)?|^วันครบกำหนด"),
    ("received_on", r"^วันที่?(ได้)?รับเงิน(ยืม)?|^วันที่ยืม|^วดปที่รับเงินยืม|^วันรับเงิน(ยืม)?"),
    ("principal", r"^(จำนวน)?เงิน(ที่)?ยืม|^ยอดยืม|^จำนวนเงินที่ยืม"),
    ("occupation", r"^อาชีพ(ที่)?(ยืมเงินไป)?(ลงทุน)?"),
    (
        "name",
        r"^ชื่อ(?!บัญชี|กองทุน|หมู่บ้าน|บ้าน|กลุ่ม|ธนาคาร|โครงการ)(ผู้ยืม|สกุล|ลูกหนี้)*(ผู้ยืม)?|^ผู้ยืม|^ลูกหนี้|^นาม(สกุล)?",
    ),
)


def _label_in(text: str) -> tuple[str, str] | None:
    """A label and whatever stands behind it in the same cell."""
    if _MAY_BE_LABEL.match(text) is None:
        return None
    text = _NUMBERED.sub("", text, count=1).strip()
    key = header_key(text)
    for name, pattern in _BLOCK_LABELS:
        fit = pattern.search(key)
        if fit is not None:
            value = _behind(text, fit.end())
            if value.startswith(("(บาท)", "(บาท")):
                value = value.removeprefix("(บาท").lstrip(") :")
            return name, value
    return None


def _behind(text: str, letters: int) -> str:
    """What stands behind so many letters of a text's key, with its own spaces kept."""
    at = 0
    while at < len(text) and letters > 0:
        letters -= not _NO_LETTER.match(text, at)
        at += 1
    return text[at:].strip(" :：.\t-–)")


_NO_LETTER = re.compile(rf"{_NOISE.pattern}|ํ")
_WORD_BEGINS = re.compile(r"(?<=\S)(\s+)(?=[^\s:：])")
_COLON_SOON = re.compile(r"[^:：]{2,40}[:：]")


@lru_cache(maxsize=4096)
def _labels_in(text: str) -> list[tuple[str, str]]:
    """All labels of a cell with what stands behind each: ``ชื่อผู้ยืม: …  สัญญาเลขที่: …``.

    A further label begins a new line or comes after a wide gap, or has a colon behind it.
    """
    first = _label_in(text)
    if first is None:
        return []
    parts, begin = [], 0
    for gap in _WORD_BEGINS.finditer(text):
        is_apart = len(gap[1]) > 1 or gap[1] == "\n"
        if (is_apart or _COLON_SOON.match(text, gap.end())) and _label_in(text[gap.end() :]):
            parts.append(text[begin : gap.start()])
            begin = gap.end()
    if not parts:
        return [first]
    parts.append(text[begin:])
    return [label for part in parts if (label := _label_in(part)) is not None]


def _labelled(row: Row) -> dict[str, str]:
    """Labels of a row with their values: behind the label, or in the next cell that is filled.

    None, unless the row begins with a label: a note beside a receipt may hold any word.
    """
    labels: list[tuple[int, str, str]] = []
    for at, cell in enumerate(row):
        if cell == "":
            continue
        here = _labels_in(cell) if isinstance(cell, str) else []
        if not here and not labels:
            return {}
        labels += [(at, name, value) for name, value in here]
    found: dict[str, str] = {}
    ends = [at for at, _, _ in labels[1:]] + [len(row)]
    for (at, name, value), end in zip(labels, ends, strict=True):
        beside = value or next((text_of(cell) for cell in row[at + 1 : end] if cell != ""), "")
        found.setdefault(name, beside)
    return found


def _read_yellow_blocks(sheet: Sheet, found: BookSheet, seen: _Seen) -> None:
    """A small block a borrower: labelled cells, then a table of receipts."""
    block = _Block(found, seen)
    columns: dict[str, int] = {}
    data_from = 0
    for at, (number, row) in enumerate(sheet.rows):
        if at < data_from:
            found.passed_over += 1
            continue
        header, then = _header_at(sheet.rows, at, _YELLOW)
        if header and _is_yellow_header(header):
            columns, data_from = header, then
            block.close()
            found.passed_over += 1
        elif labelled := _labelled(row):
            found.passed_over += not block.takes(labelled, number)
        elif not columns or _is_not_data(row):
            found.passed_over += 1
        else:
            fields = _cells(row, columns, _RECEIPT_FIELDS)
            if _is_receipt(fields):
                _add_receipt(found, seen, block.contract, number, fields)
            else:
                found.passed_over += 1
    block.close()


class _Block:
    """The block being read: its contract, and whether labels still belong to it."""

    def __init__(self, found: BookSheet, seen: _Seen) -> None:
        self.contract: Record | None = None
        self._is_open = False
        self._found = found
        self._seen = seen

    def takes(self, labelled: dict[str, str], row: int) -> bool:
        """Add labelled cells to the contract, or begin the next one with them.

        A single label such as "จำนวนเงินยืม" after the last block is a sum: it is not taken.
        """
        if self._is_open and self.contract and not labelled.keys() & self.contract.fields.keys():
            contract = self.contract
        elif labelled.keys() & {"name", "paper_number", "round"} or len(labelled) >= 2:
            self.close()
            # A page may go on with the next round of the borrower named at its top.
            before = self.contract.fields if self.contract and "name" not in labelled else {}
            contract = Record(Kind.CONTRACT, "", row, {n: before[n] for n in before if n == "name"})
            self.contract, self._is_open = contract, True
            self._found.records.append(contract)
        else:
            return False
        contract.fields.update(labelled)
        contract.rows.update(dict.fromkeys(labelled, row))
        return True

    def close(self) -> None:
        """All labels are read. If they only name a contract read before, that one is meant."""
        if self.contract is None or not self._is_open:
            return
        self._is_open = False
        contract, meant = self.contract, self._seen.contract_meant(self.contract.fields)
        if meant is not None:
            self._found.records.remove(contract)
            self._found.passed_over += len(set(contract.rows.values()))
            self.contract = meant
            return
        contract.key = self._seen.contract_key(contract.fields)
        contract.row = contract.rows.get("principal", contract.row)
        self._seen.remember(contract)


# --- เขียว ----------------------------------------------------------------------------------


def _read_green(sheet: Sheet, found: BookSheet, seen: _Seen) -> None:
    for number, row, columns in _rows_under_headers(sheet, found, _GREEN, _is_green_header):
        fields = _cells(row, columns)
        if not _is_movement(fields):
            found.passed_over += 1
            continue
        stem = "bank:{on}:{document}:{paid_in}:{paid_out}".format_map(_Blank(fields))
        found.records.append(Record(Kind.BANK, seen.key(stem), number, fields))


def _is_movement(fields: dict[str, str]) -> bool:
    """Whether these cells tell of money in or out: a sum, or a day with anything beside it."""
    sums = [text for side in ("paid_in", "paid_out") if (text := fields.get(side, ""))]
    if any(_DIGIT.search(text) or text.startswith("#") for text in sums):
        return True
    on = fields.get("on", "")
    has_day = on.startswith("#") or (bool(on) and _is_or_nearly(read_date(on), "not_a_date"))
    return has_day and bool(sums or fields.get("item"))


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


_BANK_LABEL = re.compile(
    r"(?:^|(?<=\s))(?:(?P<account_number>เลขที่บัญชี|บัญชีเลขที่)|(?P<branch>สาขา)|(?P<account_name>ชื่อบัญชี)"
    r"|(?P<bank>ธนาคาร))\s*[:：.]*\s*"
)


def _bank_head(sheet: Sheet) -> dict[str, str]:
    """Bank, branch, account number and name above the green book's table.

    A value stands behind its label, or in the next filled cell. Of a number only digits are kept.
    """
    found: dict[str, str] = {}
    for _, row in sheet.rows[:8]:
        for at, cell in enumerate(row):
            text = text_of(cell)
            labels = list(_BANK_LABEL.finditer(text))
            for label, following in zip_longest(labels, labels[1:]):
                end = following.start() if following is not None else None
                value = text[label.end() : end].strip(" :：.,")
                value = value or next((text_of(c) for c in row[at + 1 :] if c != ""), "")
                if value and label.lastgroup is not None:
                    found.setdefault(label.lastgroup, value)
    if number := found.get("account_number"):
        found["account_number"] = "".join(_DIGIT.findall(arabic_digits(number)))
    return found


# --- น้ำตาล ---------------------------------------------------------------------------------

_DASHES = frozenset("-–—")


def _status_label(row: Row) -> tuple[str, int] | None:
    """Which figure of the brown book a row names, and the column of the label."""
    first = next((at for at, cell in enumerate(row) if isinstance(cell, str) and cell), None)
    if first is None:
        return None
    for at in range(first, min(first + 3, len(row))):
        cell = row[at]
        if not isinstance(cell, str) or not header_key(cell).strip("0123456789"):
            continue  # "1." or "ก)" before the label
        names = _STATUS.named_by(cell.partition(":")[0])
        return (names[0], at) if names else None
    return None


def _read_brown(sheet: Sheet, found: BookSheet, seen: _Seen) -> None:
    committee: dict[str, int] = {}
    for at, (number, row) in enumerate(sheet.rows):
        header, _ = _header_at(sheet.rows, at, _COMMITTEE)
        if "position" in header and "name" in header:
            committee = header
            found.passed_over += 1
            continue
        if committee:
            fields = _cells(row, committee)
            if fields.get("name") and not _is_not_data(row):
                stem = "committee:{set_number}:{position}:{name}".format_map(_Blank(fields))
                found.records.append(Record(Kind.COMMITTEE, seen.key(stem), number, fields))
            else:
                found.passed_over += 1
            continue
        label = _status_label(row)
        value = ""
        if label is not None:
            text = text_of(row[label[1]])
            value = next((text_of(cell) for cell in row[label[1] + 1 :] if cell != ""), "")
            value = value or text.partition(":")[2].strip()
        if label is None or not value or value in _DASHES or label[0] in seen.figures:
            found.passed_over += 1
            continue
        seen.figures.add(label[0])
        fields = {"label": text, "value": value}
        found.records.append(Record(Kind.STATUS, f"status:{label[0]}", number, fields))
