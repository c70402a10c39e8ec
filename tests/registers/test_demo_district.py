"""The demo district: what it promises about its workbooks, read back by other means than it wrote.

The yellow book is read here by where its columns are and its set-aside rows by where the truth says
they are; the bank book, which holds no faults, is the second witness to every baht lent and repaid.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from kongthun.domain.money import ZERO, Money, read_money, total
from kongthun.domain.thai_calendar import read_date
from kongthun.domain.thai_text import name_key
from kongthun.registers.demo import DemoVillage, write_district
from kongthun.registers.demo.history import CAPITAL, Kind

PURPLE, YELLOW, GREEN, BROWN = range(4)
Cell = str | int | float | datetime | None
TAKES_MONEY_OUT = {"cell_error", "amount_text", "date_unreadable", "before_loan", "negative"}


@dataclass(frozen=True)
class Book:
    """A written village with its four sheets as they stand, rows from 1."""

    village: DemoVillage
    sheets: list[list[tuple[Cell, ...]]]
    titles: list[str]

    def cell(self, sheet: int, row: int, column: int) -> Cell:
        return self.sheets[sheet][row - 1][column]

    @property
    def is_flat(self) -> bool:
        return bool(self.cell(YELLOW, 4, 0) == "ที่")


def open_book(village: DemoVillage) -> Book:
    workbook = load_workbook(village.path, data_only=True)
    sheets = [[tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in workbook]
    return Book(village, sheets, workbook.sheetnames)


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> list[DemoVillage]:
    return write_district(tmp_path_factory.mktemp("district"))


@pytest.fixture(scope="module")
def books(district: list[DemoVillage]) -> list[Book]:
    """One workbook of each kind, and all that hold an uncommon fault or the most faults."""
    by_faults = sorted(district, key=lambda village: -len(village.truth.set_aside))
    chosen = {village.code: village for village in by_faults[:5]}
    for wanted in (*Kind, "before_loan", "amount_text", "negative", "duplicate_receipt"):
        for village in district:
            if wanted in (village.kind, *(reason for *_, reason in village.truth.set_aside)):
                chosen[village.code] = village
                break
    return [open_book(village) for village in chosen.values()]


def sum_of(cell: object) -> Money:
    amount = read_money(cell)
    assert isinstance(amount, Money), f"{cell!r} is no sum"
    return amount


def day_of(cell: object) -> date:
    day = read_date(cell)
    assert isinstance(day, date), f"{cell!r} is no day"
    return day


def quick_rows(village: DemoVillage, sheet: int) -> list[list[object]]:
    """A sheet by the reader that takes a tenth of the time, where every village is looked at."""
    workbook = CalamineWorkbook.from_path(str(village.path))
    rows = workbook.get_sheet_by_index(sheet).to_python(skip_empty_area=False)
    return [list(row) for row in rows]


def green_rows(village: DemoVillage) -> list[list[object]]:
    return quick_rows(village, GREEN)[5:]


def bank_rows(book: Book) -> Iterator[tuple[str, Money, Money]]:
    """Document, amount (out is below zero) and balance on paper of every line but carried ones."""
    for day, document, item, paid_in, paid_out, balance, *_ in book.sheets[GREEN][5:]:
        if item is None or item in ("ยอดยกไป", "ยอดยกมา"):
            continue
        day_of(day)
        amount = sum_of(paid_in) if paid_in is not None else -sum_of(paid_out)
        yield str(document or item), amount, sum_of(balance)


def contract_and_receipt(book: Book, row: int) -> tuple[str, str]:
    """The contract and receipt a set-aside row of the yellow book is about, in bank documents."""
    if book.is_flat:
        receipt = book.cell(YELLOW, row, 8)
        while book.cell(YELLOW, row, 2) is None:
            row -= 1
        return f"สญ.{book.cell(YELLOW, row, 2)}", f"รค.{receipt}"
    receipt = book.cell(YELLOW, row, 0)
    while not str(book.cell(YELLOW, row, 0)).startswith("ชื่อผู้ยืม"):
        row -= 1
    number = re.findall(r"\d+", str(book.cell(YELLOW, row, 3)))[0]
    return f"สญ.{number}", f"รค.{receipt}"


def is_about_the_loan(book: Book, row: int, reason: str) -> bool:
    """Whether the fault sits in the contract's own cells rather than in a receipt's."""
    if reason in ("loan_rejected", "duplicate_receipt", "before_loan", "negative"):
        return False
    if not book.is_flat:
        return bool(book.cell(YELLOW, row, 0) == "จำนวนเงินยืม (บาท)")
    lent, lent_on = book.cell(YELLOW, row, 4), book.cell(YELLOW, row, 5)
    if lent is None:
        return False
    readable = isinstance(read_money(lent), Money) and isinstance(read_date(lent_on), date)
    return not readable


def test_the_same_seed_writes_the_same_workbooks_to_the_byte(tmp_path: Path) -> None:
    first = write_district(tmp_path / "first", villages=7, seed=41)
    again = write_district(tmp_path / "again", villages=7, seed=41)
    assert [v.path.read_bytes() for v in first] == [v.path.read_bytes() for v in again]
    assert [v.truth for v in first] == [v.truth for v in again]


def test_another_seed_plays_another_district(tmp_path: Path) -> None:
    one = write_district(tmp_path / "one", villages=5, seed=1)
    other = write_district(tmp_path / "other", villages=5, seed=2)
    assert {v.truth for v in one}.isdisjoint({v.truth for v in other})


def test_codes_are_eight_digits_of_the_district_and_no_two_alike(
    district: list[DemoVillage],
) -> None:
    codes = [village.code for village in district]
    assert len(codes) == len(set(codes)) == 68
    assert codes == sorted(codes)
    assert all(re.fullmatch(r"8016(0[1-9]|1[01])\d\d", code) for code in codes)
    assert [village.path.name for village in district] == [f"{code}.xlsx" for code in codes]
    assert len({village.name for village in district}) == 68


def test_the_kinds_are_in_the_mix_of_a_district(district: list[DemoVillage]) -> None:
    assert Counter(village.kind for village in district) == {
        "healthy": 28,
        "slow": 16,
        "stalled": 16,
        "rollover": 5,
        "shortage": 3,
    }


def test_a_small_district_still_shows_every_kind(tmp_path: Path) -> None:
    assert {v.kind for v in write_district(tmp_path, villages=5)} == set(Kind)


def test_about_half_of_the_workbooks_hold_faults_of_every_reason(
    district: list[DemoVillage],
) -> None:
    faulty = [village for village in district if village.truth.set_aside]
    assert 24 <= len(faulty) <= 46
    reasons = {reason for village in district for *_, reason in village.truth.set_aside}
    assert reasons == TAKES_MONEY_OUT | {"duplicate_receipt", "loan_rejected"}


def test_money_is_missing_only_where_receipts_stayed_out_of_the_bank(
    district: list[DemoVillage],
) -> None:
    for village in district:
        truth = village.truth
        found = truth.lent - truth.repaid + truth.bank + truth.cash
        gap = CAPITAL + truth.interest - found
        if village.kind == Kind.SHORTAGE:
            assert truth.cash > ZERO, village.code
        if TAKES_MONEY_OUT & {reason for *_, reason in truth.set_aside}:
            continue
        if village.kind == Kind.SHORTAGE:
            assert gap > Money.baht(20_000), village.code
        else:
            assert gap == ZERO, village.code


def test_lent_and_repaid_are_what_the_bank_saw_less_the_rows_set_aside(books: list[Book]) -> None:
    for book in books:
        truth = book.village.truth
        seen = {document: amount for document, amount, _ in bank_rows(book)}
        lent = {document: -amount for document, amount in seen.items() if document[:2] == "สญ"}
        repaid = {document: amount for document, amount in seen.items() if document[:2] == "รค"}
        for sheet, row, reason in truth.set_aside:
            assert sheet == book.titles[YELLOW]
            contract, receipt = contract_and_receipt(book, row)
            if is_about_the_loan(book, row, reason):
                del lent[contract]
            elif reason != "duplicate_receipt":
                repaid.pop(receipt, None)
        assert total(lent.values()) == truth.lent, book.village.code
        if book.village.kind == Kind.SHORTAGE:
            assert total(repaid.values()) < truth.repaid, book.village.code
        elif truth.cash == ZERO:
            assert total(repaid.values()) == truth.repaid, book.village.code


def test_the_bank_book_adds_up_to_its_last_balance(books: list[Book]) -> None:
    for book in books:
        rows = list(bank_rows(book))
        truth = book.village.truth
        assert rows[-1][2] == truth.bank, book.village.code
        assert total(amount for _, amount, _ in rows) == truth.bank, book.village.code
        interest = total(amount for item, amount, _ in rows if item == "ดอกเบี้ยเงินฝาก")
        assert interest == truth.interest, book.village.code
        running = ZERO
        for _, amount, _ in rows:
            running = running + amount
            assert running >= ZERO, book.village.code


def test_the_bank_book_carries_its_balance_over_every_thirty_lines(books: list[Book]) -> None:
    for book in books:
        lines = [row for row in book.sheets[GREEN][5:] if row[2] is not None]
        for at, line in enumerate(lines):
            assert (line[2] == "ยอดยกไป") == (at % 32 == 30), book.village.code
            if line[2] == "ยอดยกไป":
                assert lines[at + 1][2] == "ยอดยกมา"
                assert line[5] == lines[at + 1][5] == lines[at - 1][5]


def test_the_brown_book_says_where_the_money_is(books: list[Book]) -> None:
    for book in books:
        stands = {row[0]: row[1] for row in book.sheets[BROWN][2:16]}
        truth = book.village.truth
        assert sum_of(stands["เงินทุนอยู่ในบัญชีเงินฝาก (บาท)"]) == truth.bank
        assert sum_of(stands["เงินทุนอยู่ที่อื่น ๆ (บาท)"]) == truth.cash
        assert stands["ปีงบประมาณที่ได้รับ"] in range(2537, 2545)
        assert day_of(stands["ข้อมูล ณ วันที่"]) == date(2025, 9, 30)


def test_every_borrower_is_on_the_ordered_list_and_the_poorest_come_first(
    books: list[Book],
) -> None:
    for book in books:
        listed = [row for row in book.sheets[PURPLE][6:] if isinstance(row[0], int)]
        heads = {name_key(str(row[1])) for row in listed}
        if book.is_flat:
            names = [str(row[1]) for row in book.sheets[YELLOW][4:] if isinstance(row[2], int)]
        else:
            first_cells = [str(row[0]) for row in book.sheets[YELLOW]]
            names = [cell[11:] for cell in first_cells if cell.startswith("ชื่อผู้ยืม ")]
        assert names
        assert {name_key(name) for name in names} <= heads, book.village.code
        incomes = [sum_of(row[4]) for row in listed[: len(heads)]]
        assert incomes == sorted(incomes), book.village.code
        assert 12 <= len(heads) <= 45


def test_a_set_aside_row_really_shows_its_fault(books: list[Book]) -> None:
    for book in books:
        for _, row, reason in book.village.truth.set_aside:
            cells = book.sheets[YELLOW][row - 1]
            texts = [str(cell) for cell in cells]
            if reason == "cell_error":
                assert any(text.startswith("#") for text in texts), (book.village.code, row)
            elif reason == "negative":
                assert any(isinstance(c, int | float) and c < 0 for c in cells)
            elif reason == "duplicate_receipt":
                first, above = (8, book.sheets[YELLOW][row - 2]) if book.is_flat else (0, None)
                above = above or book.sheets[YELLOW][row - 2]
                assert cells[first : first + 4] == above[first : first + 4]
            elif reason == "date_unreadable":
                days = (cells[5], cells[9]) if book.is_flat else (cells[1], cells[3])
                assert any(isinstance(d, str) and not isinstance(read_date(d), date) for d in days)
            elif reason == "amount_text":
                sums = (cells[4], cells[10]) if book.is_flat else (cells[1], cells[2])
                assert any(
                    isinstance(s, str) and not isinstance(read_money(s), Money) for s in sums
                )


def test_a_living_fund_moved_lately_and_a_stalled_one_has_not_for_years(
    district: list[DemoVillage],
) -> None:
    for village in district:
        if village.kind not in (Kind.HEALTHY, Kind.SLOW, Kind.STALLED):
            continue
        last = max(day_of(row[0]) for row in green_rows(village) if row[1])
        idle_years = (date(2025, 9, 30) - last).days / 365
        if village.kind == Kind.STALLED:
            assert idle_years > 3, village.code
        else:
            assert idle_years < 2, village.code


def test_days_stand_in_cells_as_texts_and_as_dates_of_both_eras(
    district: list[DemoVillage],
) -> None:
    eras = set()
    for village in district:
        cell = green_rows(village)[0][0]
        if isinstance(cell, date):
            eras.add("be" if cell.year > 2400 else "ce")
        else:
            eras.add("thai digits" if re.search("[๐-๙]", str(cell)) else "text")
    assert eras == {"be", "ce", "text", "thai digits"}


def test_progress_is_told_after_every_village(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    written = write_district(
        tmp_path, villages=3, progress=lambda done, of, name: told.append((done, of, name))
    )
    assert told == [(n, 3, village.name) for n, village in enumerate(written, start=1)]


def test_nothing_is_later_than_the_day_of_the_books(
    district: list[DemoVillage], tmp_path: Path
) -> None:
    earlier = write_district(tmp_path, villages=5, as_of=date(2015, 3, 31))
    for villages, as_of in ((district, date(2025, 9, 30)), (earlier, date(2015, 3, 31))):
        for village in villages:
            days = [day_of(row[0]) for row in green_rows(village) if row[0] and row[2]]
            assert max(days) <= as_of, village.code
            assert (as_of - max(days)).days < 366, village.code


def test_money_received_but_not_yet_banked_is_cash(district: list[DemoVillage]) -> None:
    assert any(v.truth.cash > ZERO for v in district if v.kind != Kind.SHORTAGE)


def test_a_stalled_fund_has_loans_overdue_and_nobody_in_office(
    district: list[DemoVillage],
) -> None:
    for village in district:
        if village.kind != Kind.STALLED:
            continue
        brown = quick_rows(village, BROWN)
        stands = {row[0]: row[1] for row in brown[2:16]}
        assert sum_of(stands["จำนวนเงินที่ผิดสัญญา (บาท)"]) >= Money.baht(20_000), village.code
        terms = [row[4] for row in brown[19:] if row[0]]
        assert len(terms) >= 7
        assert max(day_of(term) for term in terms) < date(2025, 9, 30), village.code


def test_here_and_there_a_balance_on_paper_is_out_by_a_slip(district: list[DemoVillage]) -> None:
    slips = lines = 0
    for village in district:
        running = ZERO
        for _, document, item, paid_in, paid_out, balance, *_ in green_rows(village):
            if not paid_in and not paid_out:
                continue
            amount = read_money(paid_in) if paid_in else read_money(paid_out)
            assert isinstance(amount, Money)
            running = running + amount if paid_in else running - amount
            lines += 1
            slips += read_money(balance) != running
            assert document or item
    assert 0 < slips < lines // 200


def test_typists_differ_in_layout_names_of_sheets_and_tidiness(
    district: list[DemoVillage],
) -> None:
    names: list[set[str]] = [set(), set(), set(), set()]
    layouts, moos = Counter[str](), Counter[str]()
    blank_rows = typed_twice = feet = 0
    for village in district:
        workbook = CalamineWorkbook.from_path(str(village.path))
        for at, name in enumerate(workbook.sheet_names):
            names[at].add(name)
        purple, yellow = quick_rows(village, PURPLE), quick_rows(village, YELLOW)
        flat = yellow[3][0] == "ที่"
        layouts["flat" if flat else "blocks"] += 1
        moos["thai" if re.search("หมู่ที่ [๐-๙]", str(yellow[1][0])) else "arabic"] += 1
        blank_rows += flat and any(not any(row) for row in yellow[4:])
        feet += str(yellow[-1][0]).startswith("หมายเหตุ")
        heads = [name_key(str(row[1])) for row in purple[6:] if row[0] and row[1]]
        typed_twice += len(heads) > len(set(heads))
    assert [len(each) for each in names] == [3, 3, 3, 3]
    assert min(layouts["flat"], layouts["blocks"], moos["thai"]) > 5
    assert min(blank_rows, typed_twice, feet) > 0


@pytest.mark.parametrize("villages", [0, 100_000])
def test_a_district_no_place_can_hold_is_refused(tmp_path: Path, villages: int) -> None:
    with pytest.raises(ValueError, match="the demo district has 1 to"):
        write_district(tmp_path, villages=villages)


def test_a_day_before_the_funds_grew_old_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="can not be shown before"):
        write_district(tmp_path, as_of=date(2001, 9, 30))
