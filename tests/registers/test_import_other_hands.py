"""One fund typed up by many hands: whatever the layout, the same money."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from kongthun.domain.thai_text import thai_digits
from kongthun.groups.models import CommitteeTerm, Membership
from kongthun.ledger.models import BankBook
from kongthun.loans.models import Contract
from kongthun.registers.models import StatusSnapshot
from registers.hands import (
    BOOKS,
    BROWN,
    CODE,
    FIGURES,
    GREEN,
    HEADING,
    PURPLE,
    YELLOW,
    Cell,
    Rows,
    bring_in,
    with_yellow,
    write_book,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("db")]

Sheets = dict[str, Sequence[Sequence[Cell]]]


def in_two_lines() -> Sheets:
    """Merged groups above, and below them only half of what each column is."""
    top: list[Cell] = ["ที่", "ชื่อผู้ยืม", "การยืมเงิน", None, None, None, "การส่งคืน", None, None, "คงเหลือ"]
    lower: list[Cell] = [
        *(None, None, "สัญญาเลขที่", "วันที่", "จำนวนเงิน", "วันครบกำหนด"),
        *("เลขที่ใบเสร็จ", "วันที่", "จำนวนเงิน", None),
    ]
    rows: Rows = [
        [
            1,
            "นายดำ ใจดี",
            "1/2539",
            "5/11/2539",
            20_000,
            "5/11/2542",
            "1",
            "5/11/2540",
            8_000,
            12_000,
        ],
        [2, "นางแดง มีสุข", "2/2539", "5/11/2539", 10_000, None, "2", "6/11/2540", 4_000, 6_000],
    ]
    return with_yellow([["บัญชีคุมลูกหนี้"], [HEADING], top, lower, *rows])


def with_units_and_column_numbers() -> Sheets:
    units: list[Cell] = [*[None] * 4, "(บาท)", *[None] * 4, "(บาท)", "(บาท)"]
    numbers: list[Cell] = [f"({number})" for number in range(1, 13)]
    purple_numbers: list[Cell] = [1, 2, 3, 4, 5]
    return {
        **with_yellow([*YELLOW[:2], units, numbers, *YELLOW[2:]]),
        "ม่วง": [*PURPLE[:3], purple_numbers, *PURPLE[3:]],
    }


def in_another_order_with_more_columns() -> Sheets:
    header: list[Cell] = [
        *("ลายมือชื่อผู้รับเงิน", "ผู้รับคืนเงิน", "คงเหลือ", "จำนวนเงินส่งคืน", "วันที่ส่งคืน", "ใบเสร็จเลขที่"),
        *("เบอร์โทรศัพท์", "วันครบกำหนด", "วันที่รับเงินยืม", "จำนวนเงินยืม", "สัญญาเลขที่", "ชื่อ - สกุล"),
    ]
    rows: Rows = [
        *(
            [
                None,
                "เขียว",
                12_000,
                8_000,
                "5/11/2540",
                "1",
                "08x",
                None,
                "5/11/2539",
                20_000,
                "1/2539",
                "ดำ ใจดี",
            ],
            [
                None,
                "เขียว",
                6_000,
                4_000,
                "6/11/2540",
                "2",
                "08y",
                None,
                "5/11/2539",
                10_000,
                "2/2539",
                "แดง มีสุข",
            ],
        ),
    ]
    green = [[row[5], row[4], row[3], row[2], row[0]] if len(row) == 6 else row for row in GREEN]
    return {**with_yellow([header, *rows]), "เขียว": green}


def in_other_words() -> Sheets:
    header: list[Cell] = [
        *("ลำดับ", "ชื่อ-นามสกุลลูกหนี้", "เลขที่สัญญา", "รอบที่", "วงเงินยืม", "ว/ด/ป ที่ยืม", "กำหนดส่งคืน"),
        *("ใบเสร็จรับเงินเลขที่", "ว/ด/ป ที่ชำระ", "รับชำระ", "ยอดคงค้าง", "หมายเหตุ"),
    ]
    purple: Rows = [
        ["ที่", "ชื่อ-สกุล", "เลขที่บ้าน", "สมาชิกในครัวเรือน", "รายได้เฉลี่ยต่อคนต่อปี (บาท)"],
        *PURPLE[3:],
    ]
    green: Rows = [
        ["วัน เดือน ปี", "อ้างอิง", "รายละเอียด", "จำนวนเงินรับ", "จำนวนเงินจ่าย", "ยอดคงเหลือ"],
        *GREEN[3:],
    ]
    return {**with_yellow([header, *YELLOW[2:]]), "ม่วง": purple, "เขียว": green}


def far_from_the_corner() -> Sheets:
    def moved(rows: Sequence[Sequence[Cell]]) -> Rows:
        return [[], [], [], *([None, None, None, None, None, *row] for row in rows)]

    return {name: moved(rows) for name, rows in BOOKS.items()}


def on_pages_with_sums() -> Sheets:
    first, second = YELLOW[2:]
    movements = GREEN[3:]
    yellow: Rows = [
        *YELLOW[:2],
        first,
        [None, "รวม", None, None, 20_000, None, None, None, None, 8_000],
        ["บัญชีคุมลูกหนี้ (ต่อ)"],
        YELLOW[1],
        second,
        [None, "รวมทั้งสิ้น", None, None, 30_000, None, None, None, None, 12_000],
        ["รวม 2 ราย", None, None, None, 30_000],
    ]
    green: Rows = [
        *GREEN[:3],
        *movements[:2],
        [None, None, "ยอดยกไป", 280_000, 30_000, 250_000],
        GREEN[0],
        GREEN[2],
        ["5/11/2539", None, "ยอดยกมาจากหน้า 1", None, None, 250_000],
        *movements[2:],
        [None, None, "รวมเงินฝากทั้งปี", 293_250.50, 30_000, 263_250.50],
    ]
    return {**with_yellow(yellow), "เขียว": green}


def with_notes_and_signatures() -> Sheets:
    notes: Rows = [
        ["หมายเหตุ คัดจากสมุดเดิมเมื่อ 30 กันยายน 2557"],
        ["ลงชื่อ ................ เหรัญญิก", None, None, "ลงชื่อ ............ ประธาน วันที่ 30/9/2557"],
        [None, None, None, None, "(นายเขียว ดีงาม)"],
        [None, None, "ตรวจแล้วถูกต้อง"],
    ]
    return {name: [*rows, *notes] for name, rows in BOOKS.items()}


RECEIPT_HEADER: list[Cell] = ["เลขที่ใบสำคัญ", "วันที่ส่งคืน", "จำนวนเงินส่งคืน", "คงเหลือ"]


def in_blocks() -> Sheets:
    return with_yellow(
        [
            ["บัญชีคุมลูกหนี้"],
            ["ชื่อกองทุน", "กข.คจ. บ้านทุ่งใหญ่"],
            ["ชื่อผู้ยืม", "นายดำ ใจดี", "สัญญาเลขที่", "1/2539"],
            ["ยืมครั้งที่", 1, "อาชีพ", "เลี้ยงโค"],
            ["จำนวนเงินยืม (บาท)", 20_000, "วันที่รับเงิน", "5/11/2539"],
            RECEIPT_HEADER,
            ["1", "5/11/2540", 8_000, 12_000, "ลูกหนี้ขอผ่อนผัน"],
            ["รวมทั้งสิ้น", None, 8_000, 12_000],
            ["หมายเหตุ คัดจากสมุดเดิมเมื่อปี 2557"],
            [],
            ["ชื่อผู้ยืม", "นางแดง มีสุข", "สัญญาเลขที่", "2/2539"],
            ["จำนวนเงินยืม (บาท)", 10_000, "วันที่รับเงิน", "5/11/2539"],
            RECEIPT_HEADER,
            ["2", "6/11/2540", 4_000, 6_000],
            ["รวมทั้งสิ้น", None, 4_000, 6_000],
            ["จำนวนเงินยืมทั้งหมด", 30_000],
        ]
    )


def in_blocks_of_single_cells() -> Sheets:
    return with_yellow(
        [
            ["ชื่อผู้ยืม: นายดำ  ใจดี"],
            ["สัญญาเลขที่: 1/2539"],
            ["จำนวนเงินยืม (บาท): 20,000.-"],
            ["วันที่รับเงิน : 5 พ.ย. 39"],
            RECEIPT_HEADER,
            ["1", "5/11/2540", 8_000, 12_000],
            ["ชื่อผู้ยืม: นางแดง  มีสุข   สัญญาเลขที่: 2/2539 ครั้งที่: 1"],
            ["จำนวนเงินยืม: 10,000 บาท   วันที่รับเงิน: 5 พ.ย. 39"],
            RECEIPT_HEADER,
            ["2", "6/11/2540", 4_000, 6_000],
        ]
    )


def with_contract_cells_on_every_row() -> Sheets:
    """Sorted by the day of the receipt, so that contracts come again in between."""
    dam, daeng = YELLOW[2:]
    third: list[Cell] = [*dam[:7], "3", "7/11/2540", 1_000, 11_000]
    return with_yellow([*YELLOW[:2], [*dam[:9], 7_000, 13_000], daeng, third])


def with_a_second_round_under_one_name() -> Sheets:
    return with_yellow(
        [
            ["ชื่อผู้ยืม", "นายดำ ใจดี", "บ้านเลขที่", "12/1"],
            ["ครั้งที่", 1],
            ["เงินยืม", 20_000, "วันรับเงิน", "5/11/2539"],
            RECEIPT_HEADER,
            ["1", "5/11/2540", 8_000, 12_000],
            ["ครั้งที่", 2],
            ["เงินยืม", 10_000, "วันรับเงิน", "5/11/2539"],
            RECEIPT_HEADER,
            ["2", "6/11/2540", 4_000, 6_000],
        ]
    )


def on_two_yellow_sheets() -> Sheets:
    return with_yellow(YELLOW[:3], [*YELLOW[:2], YELLOW[3]])


def on_two_yellow_sheets_of_two_layouts() -> Sheets:
    blocks = in_blocks()["เหลือง 1"]
    return with_yellow(YELLOW[:3], blocks[10:14])


def going_on_with_a_contract_on_the_next_sheet() -> Sheets:
    dam, daeng = YELLOW[2:]
    return with_yellow(
        [*YELLOW[:2], [*dam[:9], 7_000, 13_000], daeng],
        [*YELLOW[:2], [*dam[:7], "3", "7/11/2540", 1_000, 12_000]],
    )


def without_names_for_its_sheets() -> Sheets:
    return {f"?{place}": rows for place, rows in enumerate(BOOKS.values())}


def with_english_names_for_its_sheets() -> Sheets:
    names = ("Household", "Debtors", "Bank", "Status")
    return dict(zip(names, BOOKS.values(), strict=True))


def in_thai_digits() -> Sheets:
    def written(cell: Cell) -> Cell:
        if isinstance(cell, int | float):
            return thai_digits(f"{cell:,.2f}" if cell > 999 and cell != 2540 else str(cell))
        return thai_digits(cell) if isinstance(cell, str) else cell

    return {name: [[written(cell) for cell in row] for row in rows] for name, rows in BOOKS.items()}


def with_excel_dates_of_both_eras() -> Sheets:
    yellow = [list(row) for row in YELLOW]
    yellow[2][5], yellow[2][8] = date(1996, 11, 5), date(2540, 11, 5)
    yellow[3][5], yellow[3][8] = "5 พฤศจิกายน พ.ศ. 2539", "2540-11-06"
    return with_yellow(yellow)


def with_labels_and_values_in_one_cell() -> Sheets:
    brown: Rows = [
        [
            f"{row[0]}: {row[1]:,}"
            if isinstance(row[1], int | float) and row[1] != 2540
            else f"{row[0]} : {row[1]}"
        ]
        if len(row) == 2
        else row
        for row in BROWN
    ]
    return {**BOOKS, "น้ำตาล": brown}


def with_numbered_labels_and_units() -> Sheets:
    brown: Rows = [
        ["1.", "ปีงบประมาณที่ได้รับเงินทุน", "พ.ศ. 2540"],
        ["2.", "จำนวนเงินทุนที่ได้รับ", None, "280,000 บาท"],
        ["3.", "จำนวนครัวเรือนเป้าหมายทั้งหมด", "2 ครัวเรือน"],
        ["4.", "ข้อมูล ณ วันที่", "30 กันยายน 2541"],
        ["5.", "เงินอยู่ที่อื่น ๆ", 0, "บาท"],
    ]
    return {**BOOKS, "น้ำตาล": brown}


def with_other_sheets_between() -> Sheets:
    report: Rows = [
        ["รายงานภาวะหนี้สิน 26(1)"],
        ["ที่", "ชื่อผู้ยืม", "วันรับเงิน", "เงินยืม", "ส่งคืนแล้ว", "คงเหลือ"],
        [1, "นายดำ ใจดี", "5/11/2539", 20_000, 8_000, 12_000],
    ]
    return {"คำแนะนำ": [["กรอกเฉพาะช่องสีเหลือง"]], **BOOKS, "รายงาน": report, "เปล่า": []}


HANDS: list[Callable[[], Sheets]] = [
    lambda: dict(BOOKS),
    in_two_lines,
    with_units_and_column_numbers,
    in_another_order_with_more_columns,
    in_other_words,
    far_from_the_corner,
    on_pages_with_sums,
    with_notes_and_signatures,
    in_blocks,
    in_blocks_of_single_cells,
    with_contract_cells_on_every_row,
    with_a_second_round_under_one_name,
    on_two_yellow_sheets,
    on_two_yellow_sheets_of_two_layouts,
    going_on_with_a_contract_on_the_next_sheet,
    without_names_for_its_sheets,
    with_english_names_for_its_sheets,
    in_thai_digits,
    with_excel_dates_of_both_eras,
    with_labels_and_values_in_one_cell,
    with_numbered_labels_and_units,
    with_other_sheets_between,
]


@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.__name__.strip("<>"))
def test_the_money_is_the_same_whatever_the_hand(
    hand: Callable[[], Sheets], tmp_path: Path
) -> None:
    receipt = bring_in(write_book(tmp_path, hand()))
    assert [(row.sheet, row.row, row.reason) for row in receipt.set_aside] == []
    assert {name: receipt.position[name] for name in FIGURES} == FIGURES
    assert all(total.holds for sheet in receipt.sheets for total in sheet.totals)
    assert Contract.objects.count() == 2
    assert Membership.objects.count() == 2


def test_the_village_is_known_from_the_heading_when_the_file_name_says_nothing(
    tmp_path: Path,
) -> None:
    receipt = bring_in(write_book(tmp_path, BOOKS, name="สมุดบ้านทุ่งใหญ่ 20251130.xlsx"))
    assert receipt.code == CODE


def test_a_sheet_typed_up_twice_posts_nothing_twice(tmp_path: Path) -> None:
    books = {**with_yellow(YELLOW, YELLOW), "เขียว": GREEN, "เขียว สำเนา": GREEN, "น้ำตาล 2": BROWN}
    receipt = bring_in(write_book(tmp_path, books))
    assert {name: receipt.position[name] for name in FIGURES} == FIGURES
    reasons = {(row.sheet, row.kind, row.reason) for row in receipt.set_aside}
    assert reasons == {
        ("เหลือง 2", "receipt", "duplicate_receipt"),
        ("เขียว สำเนา", "bank", "duplicate_receipt"),
    }
    assert Contract.objects.count() == 2
    assert CommitteeTerm.objects.count() == 1


def test_two_equal_deposits_on_one_day_are_two_deposits(tmp_path: Path) -> None:
    green: Rows = [
        *GREEN,
        ["1/12/2540", None, "นำฝากเงินรับคืน", 500, None, 263_750.50],
        ["1/12/2540", None, "นำฝากเงินรับคืน", 500, None, 264_250.50],
    ]
    receipt = bring_in(write_book(tmp_path, {**BOOKS, "เขียว": green}))
    assert receipt.position["bank"] == 264_250_50
    assert receipt.set_aside == []


def test_a_workbook_of_one_book_alone_is_enough(tmp_path: Path) -> None:
    receipt = bring_in(write_book(tmp_path, {"เหลือง": YELLOW}))
    assert (receipt.position["lent"], receipt.position["repaid"]) == (30_000_00, 12_000_00)
    assert receipt.position["bank"] == 0


def test_the_books_that_a_later_workbook_lacks_stay_as_they_are(tmp_path: Path) -> None:
    whole = bring_in(write_book(tmp_path, BOOKS))
    part = bring_in(write_book(tmp_path, {"เขียว": GREEN}, name=f"{CODE} เขียว.xlsx"))
    assert part.position == whole.position
    assert (part.withdrawn, part.posted_rows, part.entries) == (0, 0, 0)


def test_merged_cells_of_a_contract_stand_for_all_its_receipts(tmp_path: Path) -> None:
    path = tmp_path / f"{CODE}.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        middle = workbook.add_format({"valign": "vcenter"})
        sheet = workbook.add_worksheet("เหลือง")
        sheet.write_row(0, 0, YELLOW[1])
        for column, cell in enumerate(YELLOW[2][:7]):
            sheet.merge_range(1, column, 3, column, cell, middle)
        for row, number in enumerate((1, 2, 3), start=1):
            sheet.write_row(
                row, 7, [str(number), f"{number}/11/2540", 1_000, 20_000 - number * 1_000]
            )
    receipt = bring_in(path)
    assert (receipt.position["lent"], receipt.position["repaid"]) == (20_000_00, 3_000_00)
    assert receipt.sheets[0].records == {"contract": 1, "receipt": 3}


def test_a_line_of_words_alone_is_no_receipt_but_a_sum_in_words_is_one_to_look_at(
    tmp_path: Path,
) -> None:
    yellow: Rows = [
        *YELLOW,
        [*[None] * 7, "3", "1/12/2540", "ห้าร้อย", None],
        [*[None] * 7, "รอตรวจ", None, None, None],
    ]
    receipt = bring_in(write_book(tmp_path, with_yellow(yellow)))
    assert [(row.row, row.reason) for row in receipt.set_aside] == [(5, "amount_text")]


def test_dashes_where_nothing_was_sent_back_are_no_receipt(tmp_path: Path) -> None:
    lent: list[Cell] = [3, "นางขาว ดีงาม", "3/2539", 1, 7_000, "5/11/2539", "5/11/2542"]
    dashes: list[Cell] = ["-", "-", "–", "—"]
    receipt = bring_in(write_book(tmp_path, with_yellow([*YELLOW, [*lent, *dashes]])))
    assert receipt.set_aside == []
    assert (receipt.position["lent"], receipt.position["repaid"]) == (37_000_00, 12_000_00)


def test_in_a_block_the_row_to_look_at_is_the_row_of_the_cell_at_fault(tmp_path: Path) -> None:
    yellow: Rows = [
        ["ชื่อผู้ยืม", "นายดำ ใจดี", "สัญญาเลขที่", "1/2539"],
        ["จำนวนเงินยืม", 20_000],
        ["วันที่รับเงิน", "31/2/2546"],
        RECEIPT_HEADER,
        ["ชื่อผู้ยืม", "นางแดง มีสุข", "สัญญาเลขที่", "2/2539"],
        ["วันที่รับเงิน", "5/11/2539"],
        ["จำนวนเงินยืม", "#REF!"],
        RECEIPT_HEADER,
    ]
    receipt = bring_in(write_book(tmp_path, with_yellow(yellow)))
    assert [(row.row, row.reason) for row in receipt.set_aside] == [
        (3, "date_unreadable"),
        (7, "cell_error"),
    ]


def test_what_the_heads_of_the_books_say_is_kept(tmp_path: Path) -> None:
    bring_in(write_book(tmp_path, BOOKS))
    book = BankBook.objects.get()
    assert (book.bank, book.branch, book.account_number) == ("ออมสิน", "ปากพนัง", "0201234567")
    snapshot = StatusSnapshot.objects.get()
    assert (snapshot.granted_fiscal_year, snapshot.as_of) == (2540, date(1998, 9, 30))


def test_a_column_of_long_words_is_no_trouble(tmp_path: Path) -> None:
    yellow = [list(row) for row in YELLOW]
    yellow[2][2] = "1/2539 " + "ย้ายมาจากสัญญาเดิม" * 20
    receipt = bring_in(write_book(tmp_path, with_yellow(yellow)))
    assert receipt.position["lent"] == 30_000_00
