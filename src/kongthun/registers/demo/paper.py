"""The four books of a fund as a district office typed them: spellings, slips and all.

A ``Hand`` is one typist's habits; ``Faults`` are the cells that hold what nobody can read or trust.
Together with the true history they decide every cell, and so exactly which rows a careful reader
has to set aside.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Any

from xlsxwriter import Workbook

from kongthun.domain.money import ZERO, Money, total
from kongthun.domain.thai_calendar import (
    MONTHS_SHORT,
    fiscal_year,
    long,
    numeric,
    short,
    thai_year,
)
from kongthun.domain.thai_text import thai_digits

from .history import CAPITAL, Household, Loan, Receipt, VillageHistory
from .names import DISTRICT, PROVINCE, Person

LINES_A_BANK_PAGE = 30
# Excel keeps a workbook's birthday; a fixed one keeps equal workbooks equal.
_CREATED = datetime(2025, 9, 30, 9, 0)  # noqa: DTZ001 - Excel knows no time zones.


class Reason(StrEnum):
    """Why a row can not be posted."""

    CELL_ERROR = "cell_error"
    AMOUNT_TEXT = "amount_text"
    DATE_UNREADABLE = "date_unreadable"
    BEFORE_LOAN = "before_loan"
    NEGATIVE = "negative"
    DUPLICATE_RECEIPT = "duplicate_receipt"
    LOAN_REJECTED = "loan_rejected"


# A sheet row, counted from 1, that is set aside.
SetAside = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong on the yellow book's paper, by contract number and by receipt number."""

    loans: dict[int, Reason] = field(default_factory=dict)
    receipts: dict[int, Reason] = field(default_factory=dict)

    def sets_aside(self, loan: Loan, receipt: Receipt) -> bool:
        """Whether a correct reading keeps this repayment out; a line typed twice counts once."""
        reason = self.receipts.get(receipt.number)
        return loan.number in self.loans or reason not in (None, Reason.DUPLICATE_RECEIPT)


@dataclass(frozen=True, slots=True)
class Hand:
    """One typist's habits. ``later_dates`` is the next one's way, from ``handover`` (พ.ศ.) on."""

    sheet_names: tuple[str, str, str, str]  # purple, yellow, green, brown
    dates: str
    later_dates: str
    handover: int
    sums: str
    in_blocks: bool
    thai_moo: bool
    blank_rows: float  # chance of one after a contract; less in the other books
    wrong_balances: float  # chance that a balance on paper is out by a slip
    types_a_household_twice: bool
    signs_the_foot: bool


_SHEET_NAMES = (
    ("ทะเบียนครัวเรือนเป้าหมาย", "เล่มม่วง", "7 ม่วง"),
    ("บัญชีคุมลูกหนี้", "เล่มเหลือง", "9 เหลือง"),
    ("บัญชีคุมเงินฝากธนาคาร", "เล่มเขียว", "8 เขียว"),
    ("สถานะหมู่บ้าน", "เล่มน้ำตาล", "6 น้ำตาล"),
)
_DATES = ("slashes", "dashes", "short", "short_year", "thai", "excel_ce", "excel_be")
_SUMS = ("number", "number", "decimals", "dash", "thai")


def pick_hand(rng: Random) -> Hand:
    """A typist, with habits in about the mix district offices have."""
    dates = rng.choice(_DATES)
    return Hand(
        sheet_names=(
            rng.choice(_SHEET_NAMES[0]),
            rng.choice(_SHEET_NAMES[1]),
            rng.choice(_SHEET_NAMES[2]),
            rng.choice(_SHEET_NAMES[3]),
        ),
        dates=dates,
        later_dates=rng.choice(_DATES) if rng.random() < 0.15 else dates,
        handover=rng.randint(2550, 2562),
        sums=rng.choice(_SUMS),
        in_blocks=rng.random() < 0.4,
        thai_moo=rng.random() < 0.2,
        blank_rows=rng.choice((0.0, 0.0, 0.02, 0.06)),
        wrong_balances=rng.choice((0.0, 0.0, 0.0, 0.01)),
        types_a_household_twice=rng.random() < 0.06,
        signs_the_foot=rng.random() < 0.12,
    )


_RECEIPT_FAULTS = (
    *[Reason.DUPLICATE_RECEIPT] * 8,
    *[Reason.NEGATIVE] * 5,
    *[Reason.DATE_UNREADABLE] * 4,
    *[Reason.CELL_ERROR] * 3,
    *[Reason.BEFORE_LOAN] * 2,
    Reason.AMOUNT_TEXT,
)
_LOAN_FAULTS = (
    *[Reason.CELL_ERROR] * 4,
    *[Reason.DATE_UNREADABLE] * 3,
    Reason.AMOUNT_TEXT,
)


def draw_faults(rng: Random, history: VillageHistory) -> Faults:
    """Nothing in about half of the workbooks; else a few rows, one fault each."""
    if rng.random() < 0.5:
        return Faults()
    faults = Faults()
    for _ in range(rng.choice((1, 1, 2, 2, 2, 3, 3, 4, 5, 7))):
        loan = rng.choice(history.loans)
        if loan.number in faults.loans:
            continue
        receipts = [r for r in loan.receipts if r.number not in faults.receipts]
        if rng.random() < 0.3 and len(receipts) == len(loan.receipts):
            faults.loans[loan.number] = rng.choice(_LOAN_FAULTS)
        elif receipts:
            faults.receipts[rng.choice(receipts).number] = rng.choice(_RECEIPT_FAULTS)
    return faults


def write_workbook(
    path: Path, history: VillageHistory, *, hand: Hand, faults: Faults, rng: Random
) -> tuple[SetAside, ...]:
    """Write the four books and say which rows of them a correct reader sets aside."""
    with Workbook(str(path)) as workbook:
        workbook.set_properties({"title": "กข.คจ.", "created": _CREATED})
        formats = {
            "title": workbook.add_format({"bold": True, "font_size": 13}),
            "header": workbook.add_format({"bold": True, "border": 1, "text_wrap": True}),
            "day": workbook.add_format({"num_format": "d/m/yyyy"}),
        }
        sheets = [_Sheet(workbook, name, history, hand, formats) for name in hand.sheet_names]
        purple, yellow, green, brown = sheets
        _write_purple(purple, history, hand, rng)
        if hand.in_blocks:
            set_aside = _write_yellow_blocks(yellow, history, hand, faults, rng)
        else:
            set_aside = _write_yellow_table(yellow, history, hand, faults, rng)
        _write_green(green, history, hand, rng)
        _write_brown(brown, history, faults)
    return tuple(set_aside)


class _Sheet:
    """A sheet written from the top down. ``row`` counts from 0, as the library does."""

    def __init__(
        self,
        workbook: Workbook,
        name: str,
        history: VillageHistory,
        hand: Hand,
        formats: dict[str, Any],
    ) -> None:
        self.sheet = workbook.add_worksheet(name)
        self.name = name
        self.hand = hand
        self.formats = formats
        self.row = 0
        place = history.place
        moo = thai_digits(str(place.moo)) if hand.thai_moo else str(place.moo)
        self.heading = (
            f"หมู่ที่ {moo} บ้าน{place.name} ตำบล{place.tambon} อำเภอ{DISTRICT} จังหวัด{PROVINCE}"
        )
        self.last_day = history.as_of

    @property
    def number(self) -> int:
        """The row as people count it, from 1."""
        return self.row + 1

    def text(self, column: int, text: str, style: str | None = None) -> None:
        self.sheet.write_string(self.row, column, text, self.formats[style] if style else None)

    def count(self, column: int, count: int) -> None:
        self.sheet.write_number(self.row, column, count)

    def money(self, column: int, amount: Money) -> None:
        spelled = spell_sum(amount, self.hand.sums)
        if isinstance(spelled, str):
            self.sheet.write_string(self.row, column, spelled)
        else:
            self.sheet.write_number(self.row, column, spelled)

    def error(self, column: int, error: str) -> None:
        # A formula that lost its cells, as broken links leave behind.
        self.sheet.write_formula(self.row, column, f"={error}", None, error)

    def day(self, column: int, day: date) -> None:
        later = thai_year(day) >= self.hand.handover
        spelled = spell_day(day, self.hand.later_dates if later else self.hand.dates)
        if isinstance(spelled, str):
            self.sheet.write_string(self.row, column, spelled)
        else:
            self.sheet.write_datetime(self.row, column, spelled, self.formats["day"])

    def top(self, title: str, *, next_row: int) -> None:
        """Title and village; the sheet then stands at ``next_row``."""
        self.text(0, title, "title")
        self.row = 1
        self.text(0, self.heading)
        self.row = next_row

    def headers(self, headers: tuple[str, ...]) -> None:
        for column, header in enumerate(headers):
            self.text(column, header, "header")
        self.row += 1

    def sign_foot(self) -> None:
        if self.hand.signs_the_foot:
            self.row += 1
            self.text(0, f"หมายเหตุ คัดจากสมุดเดิมของหมู่บ้าน ทานแล้วเมื่อ {short(self.last_day)}")


def spell_sum(amount: Money, way: str) -> str | float:
    """A sum as typed: a number, or a text such as 3,100.00, 3,100.- or ๓,๑๐๐."""
    if way == "number":
        baht, satang = divmod(amount.satang, 100)
        return baht if satang == 0 else amount.satang / 100
    if way == "decimals":
        return f"{amount.satang / 100:,.2f}"
    if way == "dash":
        return amount.text if amount.satang % 100 else f"{amount.text}.-"
    return thai_digits(amount.text)


def spell_day(day: date, way: str) -> str | date:
    """A day as typed: a text, or a date that goes into the cell as Excel's own."""
    return _SPELLINGS[way](day)


def _day_in_be_cell(day: date) -> str | date:
    # Excel knows no 29 ก.พ. 2567 (its year 2567 is no leap year) and leaves the text as typed.
    if (day.month, day.day) == (2, 29):
        return numeric(day)
    return day.replace(year=thai_year(day))


_SPELLINGS: dict[str, Callable[[date], str | date]] = {
    "slashes": numeric,
    "dashes": lambda day: f"{day.day:02d}-{day.month:02d}-{thai_year(day)}",
    "short": short,
    "short_year": lambda day: f"{day.day} {MONTHS_SHORT[day.month - 1]} {thai_year(day) % 100:02d}",
    "thai": lambda day: thai_digits(long(day)),
    "excel_ce": lambda day: day,
    "excel_be": _day_in_be_cell,
}


# The purple book: target households.


def _write_purple(sheet: _Sheet, history: VillageHistory, hand: Hand, rng: Random) -> None:
    sheet.top("บัญชีทะเบียนครัวเรือนเป้าหมาย โครงการแก้ไขปัญหาความยากจน (กข.คจ.)", next_row=2)
    sheet.text(0, f"จำนวนครัวเรือนเป้าหมาย ทั้งสิ้น {len(history.households)} ครัวเรือน")
    _write_purple_headers(sheet)
    first_loans = {
        loan.household.place: loan for loan in reversed(history.loans) if loan.round_no == 1
    }
    for household in history.households:
        if rng.random() < hand.blank_rows / 2:
            sheet.row += 1
        _write_household(sheet, household, household.place, _registered_name(household.head))
        loan = first_loans.get(household.place)
        if loan:
            _write_first_loan(sheet, loan)
        sheet.row += 1
    if hand.types_a_household_twice:
        # Typed again at the foot by someone who did not find it higher up.
        again = rng.choice(history.households)
        head = again.head
        _write_household(
            sheet, again, len(history.households) + 1, f"{head.title} {head.given} {head.surname}"
        )
        sheet.row += 1
    sheet.text(1, "รวม")
    sheet.sign_foot()


def _write_purple_headers(sheet: _Sheet) -> None:
    top, bottom = 4, 5
    single = (
        "ลำดับที่ครัวเรือนเป้าหมาย",
        "ชื่อ – สกุล",
        "บ้านเลขที่",
        "จำนวนสมาชิกในครัวเรือน",
        "รายได้เฉลี่ยต่อคนต่อปีตามเกณฑ์ จปฐ. ก่อนยืมเงิน",
    )
    header = sheet.formats["header"]
    for column, text in enumerate(single):
        sheet.sheet.merge_range(top, column, bottom, column, text, header)
    sheet.sheet.merge_range(top, 5, top, 8, "ข้อมูลการยืมเงินทุน ครั้งที่ 1", header)
    sheet.sheet.merge_range(top, 9, top, 11, "รายได้เฉลี่ยภายหลังรับเงินยืม (บาท)", header)
    sheet.row = bottom
    double = (
        *("จำนวนเงินยืม (บาท)", "ว/ด/ป ที่รับเงินยืม", "ว/ด/ป คืนเงินครั้งสุดท้าย"),
        *("อาชีพที่ยืมเงินไปลงทุน", "ภายหลัง 1 ปี", "ภายหลัง 2 ปี", "ภายหลัง 3 ปี"),
    )
    for column, text in enumerate(double, start=5):
        sheet.text(column, text, "header")
    sheet.sheet.set_column(1, 1, 26)
    sheet.row = bottom + 1


def _write_household(sheet: _Sheet, household: Household, place: int, name: str) -> None:
    sheet.count(0, place)
    sheet.text(1, name)
    sheet.text(2, household.house_no)
    sheet.count(3, household.members)
    sheet.money(4, household.income)


def _write_first_loan(sheet: _Sheet, loan: Loan) -> None:
    sheet.money(5, loan.amount)
    sheet.day(6, loan.lent_on)
    if loan.receipts:
        sheet.day(7, loan.receipts[-1].paid_on)
    sheet.text(8, loan.occupation)
    for column, income in enumerate(loan.household.income_after, start=9):
        if income is not None:
            sheet.money(column, income)


def _registered_name(person: Person) -> str:
    return f"{person.title}{person.given}  {person.surname}"


def _name_as_it_came(person: Person, rng: Random) -> str:
    """The same person as the debtors' book spells them: never twice the same way."""
    return rng.choice(
        (
            _registered_name(person),
            f"{person.title}{person.given} {person.surname}",
            f"{person.title} {person.given} {person.surname}",
            f"{person.given} {person.surname}",
        )
    )


# The yellow book: debtors, in one flat table or a block a contract.

_CONTRACT_HEADERS = (
    *("ที่", "ชื่อ – สกุล ผู้ยืม", "สัญญาเลขที่", "ยืมครั้งที่", "จำนวนเงินยืม (บาท)", "วันที่รับเงินยืม"),
    *("วันครบกำหนด", "อาชีพที่ลงทุน"),
)
_RECEIPT_HEADERS = (
    *("เลขที่ใบสำคัญรับเงิน", "วันที่ส่งคืน", "จำนวนเงินส่งคืน (บาท)"),
    *("คงเหลือ (บาท)", "หมายเหตุ"),
)
_UNREADABLE_DAYS = (
    *("30/2/2550", "31/2/2546", "12/5/14", "ไม่ทราบ", "31/4/2551", "5/11/09"),
    *("๓๑ กันยายน ๒๕๔๙", "จำไม่ได้"),
)
_WORDS_FOR_SUMS = ("ห้าพันกว่า", "หมื่นต้น ๆ", "ตามสัญญา", "ดูในสมุดเก่า")
_CELL_ERRORS = ("#REF!", "#REF!", "#VALUE!", "#N/A")
_NOTES = ("ส่งแทนโดยบุตร", "ส่งที่ประชุมหมู่บ้าน", "ขอส่งบางส่วน", "ส่งล่าช้าเพราะน้ำท่วม")


def _write_yellow_table(
    sheet: _Sheet, history: VillageHistory, hand: Hand, faults: Faults, rng: Random
) -> list[SetAside]:
    sheet.top("บัญชีคุมลูกหนี้ โครงการแก้ไขปัญหาความยากจน (กข.คจ.)", next_row=3)
    sheet.headers(_CONTRACT_HEADERS + _RECEIPT_HEADERS)
    sheet.sheet.set_column(1, 1, 26)
    set_aside: list[SetAside] = []
    for loan in history.loans:
        if rng.random() < hand.blank_rows:
            sheet.row += rng.choice((1, 1, 2))
        sheet.count(0, loan.number)
        sheet.text(1, _name_as_it_came(loan.household.head, rng))
        sheet.count(2, loan.number)
        sheet.count(3, loan.round_no)
        set_aside += _write_lent(sheet, loan, faults, rng, sum_in=4, day_in=5)
        sheet.day(6, loan.due_on)
        sheet.text(7, loan.occupation)
        set_aside += _write_receipts(sheet, loan, hand, faults, rng, first_column=8)
        if not loan.receipts:
            sheet.row += 1
    _write_yellow_foot(sheet, history, faults, lent_in=4, repaid_in=10)
    return set_aside


def _write_yellow_blocks(
    sheet: _Sheet, history: VillageHistory, hand: Hand, faults: Faults, rng: Random
) -> list[SetAside]:
    sheet.top("บัญชีคุมลูกหนี้ โครงการแก้ไขปัญหาความยากจน (กข.คจ.)", next_row=3)
    sheet.sheet.set_column(0, 0, 26)
    set_aside: list[SetAside] = []
    for loan in history.loans:
        sheet.text(0, f"ชื่อผู้ยืม {_name_as_it_came(loan.household.head, rng)}")
        sheet.text(3, f"สัญญาเลขที่ {loan.number}")
        sheet.text(5, f"ยืมครั้งที่ {loan.round_no}")
        sheet.row += 1
        sheet.text(0, "จำนวนเงินยืม (บาท)")
        sheet.text(2, "วันที่รับเงินยืม")
        set_aside += _write_lent(sheet, loan, faults, rng, sum_in=1, day_in=3)
        sheet.text(4, "วันครบกำหนด")
        sheet.day(5, loan.due_on)
        sheet.text(6, "อาชีพที่ลงทุน")
        sheet.text(7, loan.occupation)
        sheet.row += 1
        sheet.headers(_RECEIPT_HEADERS)
        set_aside += _write_receipts(sheet, loan, hand, faults, rng, first_column=0)
        sheet.row += 2 if rng.random() < hand.blank_rows else 1
    _write_yellow_foot(sheet, history, faults, lent_in=4, repaid_in=None)
    return set_aside


def _write_lent(
    sheet: _Sheet, loan: Loan, faults: Faults, rng: Random, *, sum_in: int, day_in: int
) -> list[SetAside]:
    """The sum and the day lent, on the row the sheet stands at; the row stays."""
    reason = faults.loans.get(loan.number)
    if reason == Reason.CELL_ERROR:
        sheet.error(sum_in, rng.choice(_CELL_ERRORS))
    elif reason == Reason.AMOUNT_TEXT:
        sheet.text(sum_in, rng.choice(_WORDS_FOR_SUMS))
    else:
        sheet.money(sum_in, loan.amount)
    if reason == Reason.DATE_UNREADABLE:
        sheet.text(day_in, rng.choice(_UNREADABLE_DAYS))
    else:
        sheet.day(day_in, loan.lent_on)
    return [(sheet.name, sheet.number, reason.value)] if reason else []


def _write_receipts(
    sheet: _Sheet, loan: Loan, hand: Hand, faults: Faults, rng: Random, *, first_column: int
) -> list[SetAside]:
    """A row a receipt, from the row the sheet stands at; the sheet then stands below the last."""
    set_aside: list[SetAside] = []
    owing = loan.amount
    for receipt in loan.receipts:
        owing = owing - receipt.amount
        on_paper = _slip(rng, owing) if rng.random() < hand.wrong_balances else owing
        note = rng.choice(_NOTES) if rng.random() < 0.01 else ""
        reason = faults.receipts.get(receipt.number)
        if loan.number in faults.loans:
            set_aside.append((sheet.name, sheet.number, Reason.LOAN_REJECTED.value))
        elif reason and reason != Reason.DUPLICATE_RECEIPT:
            set_aside.append((sheet.name, sheet.number, reason.value))
        _write_receipt(sheet, loan, receipt, reason, rng=rng, first_column=first_column)
        sheet.money(first_column + 3, on_paper)
        if note:
            sheet.text(first_column + 4, note)
        sheet.row += 1
        if reason == Reason.DUPLICATE_RECEIPT:
            set_aside.append((sheet.name, sheet.number, reason.value))
            _write_receipt(sheet, loan, receipt, None, rng=rng, first_column=first_column)
            sheet.money(first_column + 3, on_paper)
            sheet.row += 1
    return set_aside


def _write_receipt(
    sheet: _Sheet,
    loan: Loan,
    receipt: Receipt,
    reason: Reason | None,
    *,
    rng: Random,
    first_column: int,
) -> None:
    """Number, day and sum repaid; ``reason`` says which cell went wrong, and how."""
    sheet.count(first_column, receipt.number)
    if reason == Reason.DATE_UNREADABLE:
        sheet.text(first_column + 1, rng.choice(_UNREADABLE_DAYS))
    elif reason == Reason.BEFORE_LOAN:
        sheet.day(first_column + 1, loan.lent_on - timedelta(days=rng.randint(40, 900)))
    else:
        sheet.day(first_column + 1, receipt.paid_on)
    if reason == Reason.CELL_ERROR:
        sheet.error(first_column + 2, rng.choice(_CELL_ERRORS))
    elif reason == Reason.AMOUNT_TEXT:
        sheet.text(first_column + 2, rng.choice(_WORDS_FOR_SUMS))
    elif reason == Reason.NEGATIVE:
        # Typed as a bare number, whatever the typist does elsewhere.
        sheet.count(first_column + 2, -receipt.amount.satang // 100)
    else:
        sheet.money(first_column + 2, receipt.amount)


def _write_yellow_foot(
    sheet: _Sheet,
    history: VillageHistory,
    faults: Faults,
    *,
    lent_in: int,
    repaid_in: int | None,
) -> None:
    lent, repaid = posted_sums(history, faults)
    sheet.text(1, "รวมทั้งสิ้น")
    sheet.money(lent_in, lent)
    if repaid_in is not None:
        sheet.money(repaid_in, repaid)
    sheet.sign_foot()


def posted_sums(history: VillageHistory, faults: Faults) -> tuple[Money, Money]:
    """Lent and repaid over the rows that a correct reading posts."""
    lent = total(loan.amount for loan in history.loans if loan.number not in faults.loans)
    repaid = total(
        receipt.amount
        for loan in history.loans
        for receipt in loan.receipts
        if not faults.sets_aside(loan, receipt)
    )
    return lent, repaid


def _slip(rng: Random, amount: Money) -> Money:
    return amount + Money.baht(rng.choice((100, 900, 1_000)))


# The green book: the bank account.


_PASSBOOK_HEADERS = (
    *("ว/ด/ป", "เลขที่เอกสาร", "รายการ", "ฝาก (บาท)", "ถอน (บาท)", "คงเหลือ (บาท)", "หมายเหตุ"),
)


def _write_green(sheet: _Sheet, history: VillageHistory, hand: Hand, rng: Random) -> None:
    sheet.top("บัญชีคุมเงินฝากธนาคาร", next_row=2)
    account = (*("ธนาคาร", history.bank_name, "สาขา", DISTRICT, "เลขที่บัญชี", history.account_no),)
    for column, text in enumerate(account):
        sheet.text(column, text)
    sheet.row = 4
    sheet.headers(_PASSBOOK_HEADERS)
    sheet.sheet.set_column(2, 2, 30)
    for index, line in enumerate(history.bank_lines, start=1):
        sheet.day(0, line.on)
        if line.document:
            sheet.text(1, line.document)
        sheet.text(2, line.item)
        sheet.money(3 if line.amount > ZERO else 4, abs(line.amount))
        turns_page = index % LINES_A_BANK_PAGE == 0
        # What is carried forward, or stands last, was checked against the passbook.
        checked = turns_page or index == len(history.bank_lines)
        slipped = not checked and rng.random() < hand.wrong_balances / 2
        sheet.money(5, _slip(rng, line.balance) if slipped else line.balance)
        sheet.row += 1
        if turns_page:
            for carried in ("ยอดยกไป", "ยอดยกมา"):
                sheet.text(2, carried)
                sheet.money(5, line.balance)
                sheet.row += 1
        elif rng.random() < hand.blank_rows / 10:
            sheet.row += 1
    sheet.sign_foot()


# The brown book: where the fund stands, and its committee.


def _write_brown(sheet: _Sheet, history: VillageHistory, faults: Faults) -> None:
    sheet.top("สมุดบันทึกสถานะหมู่บ้าน กข.คจ.", next_row=2)
    sheet.sheet.set_column(0, 1, 30)
    borrowed = {loan.household.place for loan in history.loans}
    owing = {loan.household.place for loan in history.loans if loan.outstanding > ZERO}
    overdue = history.overdue_loans
    in_order = not (faults.loans or faults.receipts)

    def line(label: str, write: Callable[[int], None]) -> None:
        sheet.text(0, label)
        write(1)
        sheet.row += 1

    def money(amount: Money) -> Callable[[int], None]:
        return lambda column: sheet.money(column, amount)

    def count(number: int) -> Callable[[int], None]:
        return lambda column: sheet.count(column, number)

    def text(words: str) -> Callable[[int], None]:
        return lambda column: sheet.text(column, words)

    line("ปีงบประมาณที่ได้รับ", count(fiscal_year(history.granted_on)))
    line("จำนวนเงินที่ได้รับ (บาท)", money(CAPITAL))
    line("ข้อมูล ณ วันที่", lambda column: sheet.day(column, history.as_of))
    line("ครัวเรือนเป้าหมายทั้งหมด", count(len(history.households)))
    line("ครัวเรือนที่ได้รับเงินยืมแล้ว", count(len(borrowed)))
    line("ครัวเรือนที่อยู่ระหว่างคืนเงินยืม", count(len(owing)))
    line("เงินทุนอยู่ที่ครัวเรือนเป้าหมาย (บาท)", money(history.outstanding))
    line("เงินทุนอยู่ในบัญชีเงินฝาก (บาท)", money(history.bank))
    line("เงินทุนอยู่ที่อื่น ๆ (บาท)", money(history.cash))
    line("สมุดเล่มม่วง", text("มี/ถูกต้อง"))
    line("สมุดเล่มเขียว", text("มี/ไม่ถูกต้อง" if history.missing else "มี/ถูกต้อง"))
    line("สมุดเล่มเหลือง", text("มี/ถูกต้อง" if in_order else "มี/ไม่ถูกต้อง"))
    line("มีครัวเรือนผิดสัญญา (ครัวเรือน)", count(len({loan.household.place for loan in overdue})))
    line("จำนวนเงินที่ผิดสัญญา (บาท)", money(total(loan.outstanding for loan in overdue)))

    sheet.row += 1
    sheet.text(0, "คณะกรรมการ กข.คจ. หมู่บ้าน")
    sheet.row += 1
    sheet.headers(("ชุดที่", "ชื่อ – สกุล", "ตำแหน่ง", "วันเริ่ม", "วันสิ้นสุด"))
    for committee in history.committees:
        for person, position in committee.members:
            sheet.count(0, committee.number)
            sheet.text(1, _registered_name(person))
            sheet.text(2, position)
            sheet.day(3, committee.starts_on)
            sheet.day(4, committee.ends_on)
            sheet.row += 1
