"""Recognising the four books in a workbook by what their headers mean, not by where cells are.

A sheet is a book because of its column headers (or labels); its name and title only tip the scale.
Out come records: a record is one fact of the paper with its fields as typed, and the row it stands
in. Judging the fields is `kongthun.domain.register_rows`'s work.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

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


def header_key(cell: Cell) -> str:
    """A header evened out: no spaces, brackets or punctuation, Arabic digits, no "(บาท)"."""
    if not isinstance(cell, str):
        return ""
    return _NOISE.sub("", arabic_digits(cell.replace("(บาท)", ""))).replace("ํา", "ำ").lower()


def _fields(*pairs: tuple[str, str]) -> list[tuple[str, re.Pattern[str]]]:
    return [(name, re.compile(pattern)) for name, pattern in pairs]


# In each list the first pattern that fits a header wins, and a field is taken once.
_PURPLE = _fields(
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
_YELLOW = _fields(
    ("paid_on", r"(วดป|วัน|วันเดือนปี).*(ส่งคืน|ที่คืน|รับคืน|ชำระ|ส่งใช้|คืนเงิน)|^วันคืน"),
    ("due_on", r"ครบกำหนด|กำหนดส่ง|กำหนดคืน|วันสิ้นสุดสัญญา"),
    ("received_on", r"(วดป|วัน|วันเดือนปี).*(รับเงิน|ยืม|สัญญา|จ่าย)|^วันรับ"),
    ("receipt_number", r"ใบสำคัญ|ใบเสร็จ|เลขที่รับ|เลขที่เอกสาร|ใบรับ"),
    ("paper_number", r"สัญญา"),
    ("round", r"ครั้งที่|รอบที่|^รอบ"),
    ("balance", r"คงเหลือ|คงค้าง|ยอดค้าง|ค้างชำระ|เหลือ"),
    ("amount", r"ส่งคืน|รับคืน|คืนเงิน|ชำระ|ส่งใช้|จำนวนเงิน(ที่)?คืน|^คืน"),
    ("principal", r"เงิน(ที่)?(ให้)?ยืม|ยอดยืม|วงเงิน|เงินต้น|ยืมไป"),
    ("occupation", r"อาชีพ|วัตถุประสงค์|กิจกรรม"),
    ("note", r"หมายเหตุ"),
    ("name", r"ชื่อ|ผู้ยืม|ลูกหนี้"),
    ("number", r"^(ลำดับ|ที่$|no$)"),
)
_GREEN = _fields(
    ("on", r"^(วดป|วันที่|วันเดือนปี|วัน)"),
    ("document", r"เอกสาร|ใบสำคัญ|อ้างอิง|เลขที่"),
    ("item", r"รายการ|รายละเอียด|คำอธิบาย"),
    ("balance", r"คงเหลือ|ยอดเงิน|เหลือ"),
    ("paid_in", r"ฝาก|รับ|เข้า|เดบิต"),
    ("paid_out", r"ถอน|จ่าย|ออก|เครดิต"),
    ("note", r"หมายเหตุ"),
)
_COMMITTEE = _fields(
    ("set_number", r"ชุดที่|^ชุด"),
    ("ends_on", r"สิ้นสุด|หมดวาระ|ครบวาระ|ถึงวัน|^ถึง"),
    ("starts_on", r"เริ่ม|แต่งตั้ง|ตั้งแต่|เลือกตั้ง"),
    ("position", r"ตำแหน่ง"),
    ("name", r"ชื่อ"),
    ("number", r"^(ลำดับ|ที่$|no$)"),
)
_STATUS = _fields(
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
_RECEIPT_COLUMNS = {"receipt_number", "paid_on", "amount", "balance"}
_CONTRACT_COLUMNS = {"name", "paper_number", "principal", "received_on", "due_on", "round"}

_NOT_DATA = re.compile(
    r"^(รวม(ทั้งสิ้น|ทั้งหมด|ยอด.*|เงิน.*|หน้า.*|ทุก.*|[0-9]+.*)?|ยอด(รวม|ยก(ไป|มา)|คงเหลือยกมา)"
    r"|ยก(ไป|มา)|total)$"
)


def _is_not_data(row: Row) -> bool:
    """Sums and carried-forward balances: the paper's own arithmetic, not facts."""
    return any(
        _NOT_DATA.match(key)
        for cell in row[:4]
        if isinstance(cell, str) and cell and (key := header_key(cell))
    )


def text_of(cell: Cell) -> str:
    """A cell as text people could have typed: 12.0 is "12", a date is ISO."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return str(cell)


def _columns(row: Row, patterns: list[tuple[str, re.Pattern[str]]]) -> dict[str, int]:
    """Which column holds which field, read off a header row."""
    found: dict[str, int] = {}
    for column, cell in enumerate(row):
        key = header_key(cell)
        if not key or len(key) > 60:
            continue
        for name, pattern in patterns:
            if name not in found and pattern.search(key):
                found[name] = column
                break
    return found


def _under(
    rows: Sequence[tuple[int, Row]], at: int, patterns: list[tuple[str, re.Pattern[str]]]
) -> tuple[dict[str, int], int]:
    """Columns of a header of one or two lines at ``at``, and where the data begin.

    In a two-line header the lower cell names the column where there is one; a merged cell above
    names it where the lower one is empty.
    """
    top = rows[at][1]
    columns = _columns(top, patterns)
    if at + 1 < len(rows):
        lower = rows[at + 1][1]
        has_figures = any(not isinstance(cell, str) for cell in lower)
        below = {} if has_figures else _columns(lower, patterns)
        if len(below) >= 2 and (lower[0] == "" or header_key(lower[0]) == header_key(top[0])):
            width = max(len(top), len(lower))
            merged: Row = [
                (lower[i] if i < len(lower) and lower[i] != "" else top[i] if i < len(top) else "")
                for i in range(width)
            ]
            return _columns(merged, patterns), at + 2
    return columns, at + 1


def _cells(row: Row, columns: dict[str, int], names: Sequence[str] = ()) -> dict[str, str]:
    """The fields of a data row, as typed."""
    width = len(row)
    return {
        name: text_of(row[column]) if column < width else ""
        for name, column in columns.items()
        if not names or name in names
    }


# --- reading a workbook ---------------------------------------------------------------------


def recognise(cells: Cells) -> Reading:
    """Find the four books among the sheets and read their records."""
    reading = Reading([], [], "", {})
    keys = _Keys()
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
            _read_purple(sheet, found, keys)
        elif book == Book.YELLOW:
            _read_yellow(sheet, found, keys)
        elif book == Book.GREEN:
            _read_green(sheet, found, keys)
            reading.bank = reading.bank or _bank_head(sheet)
        else:
            _read_brown(sheet, found, keys)
        reading.books.append(found)
    return reading


class _Keys:
    """Makes record keys unique: the second of two alike is ``…#2``."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def make(self, stem: str) -> str:
        self._seen[stem] += 1
        count = self._seen[stem]
        return stem if count == 1 else f"{stem}#{count}"


_PLACE_WORDS = re.compile(r"หมู่ที่|หมู่|ม\.\s*[0-9๐-๙]")


def _heading(sheet: Sheet) -> str:
    for _, row in sheet.rows[:8]:
        words = " ".join(cell for cell in row if isinstance(cell, str) and cell)
        if _PLACE_WORDS.search(words) and re.search(r"ตำบล|ต\.|แขวง", words):
            return words
    return ""


def _which(sheet: Sheet) -> Book | None:
    """Which book a sheet is: by its headers; its name and title decide between equals."""
    title = sheet.name + " ".join(
        cell for _, row in sheet.rows[:3] for cell in row if isinstance(cell, str)
    )
    scores: dict[Book, int] = {}
    head = sheet.rows[:25]
    yellow = max((_yellow_score(row) for _, row in head), default=0)
    if yellow:
        scores[Book.YELLOW] = yellow
    for book, patterns in ((Book.PURPLE, _PURPLE), (Book.GREEN, _GREEN)):
        must, may, least = _NEEDED[book]
        for _, row in head:
            columns = set(_columns(row, patterns))
            if must <= columns and len(columns & may) >= least:
                scores[book] = max(scores.get(book, 0), len(columns))
    labels = sum(1 for _, row in head if _status_label(row) is not None)
    if labels >= 3:
        scores[Book.BROWN] = labels
    for book, hint in _HINTS.items():
        if book in scores and hint.search(title):
            scores[book] += 3
        if book in scores and hint.search(sheet.name):
            scores[book] += 3
    return max(scores, key=lambda book: scores[book]) if scores else None


def _yellow_score(row: Row) -> int:
    columns = set(_columns(row, _YELLOW))
    if {"paid_on", "amount"} <= columns or {"paid_on", "balance"} <= columns:
        return len(columns)
    return 0


# --- ม่วง -----------------------------------------------------------------------------------


def _read_purple(sheet: Sheet, found: BookSheet, keys: _Keys) -> None:
    columns: dict[str, int] = {}
    skip_to = 0
    for at, (number, row) in enumerate(sheet.rows):
        if at < skip_to:
            found.passed_over += 1
            continue
        header = set(_columns(row, _PURPLE))
        if "name" in header and len(header) >= 3:
            columns, skip_to = _under(sheet.rows, at, _PURPLE)
            found.passed_over += 1
            continue
        if not columns or _is_not_data(row):
            found.passed_over += 1
            continue
        fields = _cells(row, columns)
        # A line of words alone is a note; a household has a name or at least two other cells.
        if not fields.get("name") and sum(1 for text in fields.values() if text) < 3:
            found.passed_over += 1
            continue
        place = fields.get("number") or name_key(fields.get("name", ""))
        found.records.append(Record(Kind.HOUSEHOLD, keys.make(f"household:{place}"), number, fields))


# --- เหลือง ---------------------------------------------------------------------------------

_CONTRACT_FIELDS = (
    "number",
    "name",
    "paper_number",
    "round",
    "principal",
    "received_on",
    "due_on",
    "occupation",
)
_RECEIPT_FIELDS = ("receipt_number", "paid_on", "amount", "balance", "note")


def _read_yellow(sheet: Sheet, found: BookSheet, keys: _Keys) -> None:
    for number, row in sheet.rows:
        columns = _columns(row, _YELLOW)
        if len(columns) >= 3 and {"paid_on", "amount"} <= set(columns):
            if "principal" in columns and {"name", "paper_number"} & set(columns):
                _read_yellow_table(sheet, found, keys)
            else:
                _read_yellow_blocks(sheet, found, keys)
            return
        del number


def _contract_key(keys: _Keys, fields: dict[str, str], row: int) -> str:
    paper = fields.get("paper_number", "")
    stem = f"{paper}/{fields.get('round', '')}" if paper else f"row{row}"
    return keys.make(f"contract:{stem}")


def _add_receipt(
    found: BookSheet, keys: _Keys, contract: Record | None, number: int, fields: dict[str, str]
) -> None:
    parent = contract.key if contract is not None else None
    stem = f"receipt:{parent or ''}:{fields.get('receipt_number') or fields.get('paid_on', '')}"
    found.records.append(Record(Kind.RECEIPT, keys.make(stem), number, fields, parent))


def _read_yellow_table(sheet: Sheet, found: BookSheet, keys: _Keys) -> None:
    """One flat table: a contract's cells stand on its first row only, or are repeated."""
    columns: dict[str, int] = {}
    contract: Record | None = None
    skip_to = 0
    for at, (number, row) in enumerate(sheet.rows):
        header = _columns(row, _YELLOW) if at >= skip_to and not _has_figures(row) else {}
        if len(header) >= 4 and {"paid_on", "amount"} <= set(header):
            columns, skip_to = _under(sheet.rows, at, _YELLOW)
            found.passed_over += 1
            continue
        if at < skip_to or not columns or _is_not_data(row):
            found.passed_over += 1
            continue
        lent = _cells(row, columns, _CONTRACT_FIELDS)
        sent_back = _cells(row, columns, _RECEIPT_FIELDS)
        is_contract = bool(
            lent.get("principal")
            or lent.get("paper_number")
            or (lent.get("name") and (lent.get("received_on") or lent.get("due_on")))
        )
        is_receipt = bool(
            sent_back.get("amount") or sent_back.get("paid_on") or sent_back.get("receipt_number")
        )
        if is_contract and not (contract is not None and _repeats(contract.fields, lent)):
            contract = Record(Kind.CONTRACT, _contract_key(keys, lent, number), number, lent)
            found.records.append(contract)
        if is_receipt:
            _add_receipt(found, keys, contract, number, sent_back)
        if not is_contract and not is_receipt:
            found.passed_over += 1


def _has_figures(row: Row) -> bool:
    return any(isinstance(cell, float | int | date) for cell in row)


def _repeats(before: dict[str, str], now: dict[str, str]) -> bool:
    """Whether a row only says again which contract it belongs to."""
    said = {name: text for name, text in now.items() if text and name != "number"}
    return all(before.get(name) == text for name, text in said.items()) and (
        bool(said.get("paper_number")) and not before.get("paper_number", "") == ""
    )


_BLOCK_LABELS = _fields(
    ("paper_number", r"^(สัญญา(ยืมเงิน)?(เลข)?ที่|เลขที่สัญญา|สัญญาเลขที่)"),
    ("round", r"^(ยืม)?ครั้งที่|^รอบที่"),
    ("due_on", r"^(วัน(ที่)?)?(ครบ)?กำหนด(ส่งคืน|คืน|ชำระ)?|^วันครบกำหนด"),
    ("received_on", r"^วันที่?(ได้)?รับเงิน(ยืม)?|^วันที่ยืม|^วดปที่รับเงินยืม|^วันรับเงิน(ยืม)?"),
    ("principal", r"^(จำนวน)?เงิน(ที่)?ยืม|^ยอดยืม|^จำนวนเงินที่ยืม"),
    ("occupation", r"^อาชีพ(ที่)?(ยืมเงินไป)?(ลงทุน)?"),
    ("name", r"^ชื่อ(ผู้ยืม|สกุล|ลูกหนี้)*(ผู้ยืม)?|^ผู้ยืม|^ลูกหนี้|^นาม"),
)


def _label_in(cell: Cell) -> tuple[str, str] | None:
    """A label and whatever stands behind it in the same cell."""
    if not isinstance(cell, str) or not cell:
        return None
    text = cell.strip()
    # Compare letter by letter so that the value keeps its own spaces.
    key = header_key(text)
    for name, pattern in _BLOCK_LABELS:
        fit = pattern.search(key)
        if fit is None:
            continue
        left = fit.end()
        at = 0
        while at < len(text) and left > 0:
            left -= len(header_key(text[at]))
            at += 1
        value = text[at:].strip(" :：.\t-–)")
        if value.startswith(("(บาท)", "(บาท")):
            value = value.removeprefix("(บาท").lstrip(") :")
        return name, value
    return None


def _read_yellow_blocks(sheet: Sheet, found: BookSheet, keys: _Keys) -> None:
    """A small block a borrower: labelled cells, then a table of receipts."""
    contract: Record | None = None
    columns: dict[str, int] = {}
    for number, row in sheet.rows:
        header = {} if _has_figures(row) else _columns(row, _YELLOW)
        if {"paid_on", "amount"} <= set(header) and len(header) >= 3:
            columns = header
            if contract is not None:
                _close_block(contract, keys)
            found.passed_over += 1
            continue
        labelled = _labelled(row)
        if labelled and ("name" in labelled or contract is not None or "paper_number" in labelled):
            is_new = contract is None or columns != {} or "name" in labelled
            if is_new:
                contract = Record(Kind.CONTRACT, "", number, {})
                found.records.append(contract)
                columns = {}
            if contract is not None:
                contract.fields.update(labelled)
                contract.rows.update(dict.fromkeys(labelled, number))
            continue
        if not columns or _is_not_data(row):
            found.passed_over += 1
            continue
        fields = _cells(row, columns, _RECEIPT_FIELDS)
        if fields.get("amount") or fields.get("paid_on") or fields.get("receipt_number"):
            _add_receipt(found, keys, contract, number, fields)
        else:
            found.passed_over += 1
    for record in found.records:
        if record.kind == Kind.CONTRACT:
            _close_block(record, keys)


def _close_block(contract: Record, keys: _Keys) -> None:
    if contract.key:
        return
    contract.key = _contract_key(keys, contract.fields, contract.row)
    contract.row = contract.rows.get("principal", contract.row)


def _labelled(row: Row) -> dict[str, str]:
    """Labels of a row with their values: behind the label, or in the next cell that is filled."""
    labels = [(at, label) for at, cell in enumerate(row) if (label := _label_in(cell)) is not None]
    if not labels:
        return {}
    found: dict[str, str] = {}
    ends = [at for at, _ in labels[1:]] + [len(row)]
    for (at, (name, value)), end in zip(labels, ends, strict=True):
        if not value:
            value = next((text_of(cell) for cell in row[at + 1 : end] if cell != ""), "")
        found.setdefault(name, value)
    return found


# --- เขียว ----------------------------------------------------------------------------------


def _read_green(sheet: Sheet, found: BookSheet, keys: _Keys) -> None:
    columns: dict[str, int] = {}
    skip_to = 0
    for at, (number, row) in enumerate(sheet.rows):
        header = set() if _has_figures(row) else set(_columns(row, _GREEN))
        if at >= skip_to and "on" in header and len(header) >= 4:
            columns, skip_to = _under(sheet.rows, at, _GREEN)
            found.passed_over += 1
            continue
        if at < skip_to or not columns or _is_not_data(row):
            found.passed_over += 1
            continue
        fields = _cells(row, columns)
        has_money = fields.get("paid_in") or fields.get("paid_out")
        if not has_money and not (fields.get("on") and fields.get("item")):
            found.passed_over += 1
            continue
        stem = "bank:{on}:{document}:{paid_in}:{paid_out}".format_map(_Blank(fields))
        found.records.append(Record(Kind.BANK, keys.make(stem), number, fields))


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


_BANK_HEAD = _fields(
    ("account_number", r"^เลขที่บัญชี|^บัญชีเลขที่"),
    ("branch", r"^สาขา"),
    ("account_name", r"^ชื่อบัญชี"),
    ("bank", r"^ธนาคาร"),
)


def _bank_head(sheet: Sheet) -> dict[str, str]:
    """Bank, branch and account number above the green book's table."""
    found: dict[str, str] = {}
    for _, row in sheet.rows[:8]:
        for at, cell in enumerate(row):
            key = header_key(cell)
            for name, pattern in _BANK_HEAD:
                if name in found or not (fit := pattern.search(key)):
                    continue
                behind = key[fit.end() :]
                value = behind or next((text_of(c) for c in row[at + 1 :] if c != ""), "")
                if value:
                    found[name] = value
    return found


# --- น้ำตาล ---------------------------------------------------------------------------------


def _status_label(row: Row) -> tuple[str, int] | None:
    """Which figure of the brown book a row names, and the column of the label."""
    for at, cell in enumerate(row[:4]):
        key = header_key(cell)
        if not key or len(key) > 60:
            continue
        for name, pattern in _STATUS:
            if pattern.search(key):
                return name, at
        return None
    return None


def _read_brown(sheet: Sheet, found: BookSheet, keys: _Keys) -> None:
    committee: dict[str, int] = {}
    said: set[str] = set()
    for number, row in sheet.rows:
        header = {} if _has_figures(row) else _columns(row, _COMMITTEE)
        if "position" in header and "name" in header:
            committee = header
            found.passed_over += 1
            continue
        if committee:
            fields = _cells(row, committee)
            if fields.get("name") and not _is_not_data(row):
                stem = "committee:{set_number}:{position}:{name}".format_map(_Blank(fields))
                found.records.append(Record(Kind.COMMITTEE, keys.make(stem), number, fields))
            else:
                found.passed_over += 1
            continue
        label = _status_label(row)
        value = ""
        if label is not None:
            value = next((text_of(cell) for cell in row[label[1] + 1 :] if cell != ""), "")
        if label is None or not value or label[0] in said:
            found.passed_over += 1
            continue
        said.add(label[0])
        fields = {"label": text_of(row[label[1]]), "value": value}
        found.records.append(Record(Kind.STATUS, f"status:{label[0]}", number, fields))
