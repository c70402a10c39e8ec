"""The papers of a loan, read back as a reader of PDFs sees them."""

from __future__ import annotations

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import segno
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kongthun.domain.money import Money, in_words
from kongthun.loans.papers import (
    CollectionRow,
    CollectionSheet,
    CommitteeDecision,
    ContractCopy,
    ContractPaper,
    Digits,
    DoesNotAddUp,
    FieldWorkerOpinion,
    FundOnPaper,
    InstalmentOnPaper,
    PayOutPaper,
    PersonOnPaper,
    ProposalItem,
    ProposalPaper,
    ReceiptPaper,
    ReceiptProof,
    RequestPaper,
    print_collection_sheet,
    print_contract,
    print_pay_out,
    print_proposal,
    print_receipt,
    print_request,
    printing,
)

FONTS = Path(printing.__file__).parent / "fonts"
pytestmark = [
    pytest.mark.skipif(
        shutil.which("pdftotext") is None, reason="poppler is not installed: `make tools`"
    ),
    pytest.mark.skipif(
        not any(FONTS.glob("*.ttf")), reason="the fonts of the papers are missing: `make fonts`"
    ),
]

DAY = date(2025, 9, 30)
FUND = FundOnPaper(
    village="บ้านทุ่งใหญ่", moo="1", tambon="ปากพนัง", amphoe="ปากพนัง", province="นครศรีธรรมราช"
)
BUNMI = PersonOnPaper(
    title_and_name="นายบุญมี  ใจดี",
    age=45,
    national_id="1-2345-xxxxx-12-1",
    house_number="12/3",
    moo="1",
    village="บ้านทุ่งใหญ่",
    tambon="ปากพนัง",
    amphoe="ปากพนัง",
    province="นครศรีธรรมราช",
    occupation="ทำสวนมะพร้าว",
    list_number=17,
)
LONG_NAME = "นางสาวกุลธิดาพรรณรายณ์พิสุทธิ์ศรีสวัสดิ์  เทพหัสดินทร์วรวงศ์วิวัฒน์ธนากุลชัยเจริญรุ่งเรือง"
LONG_PLACE = "หนองปลาดุกใหญ่ใต้เหนือคลองบางกะเจ้า"
FAR = PersonOnPaper(
    title_and_name=LONG_NAME,
    age=102,
    national_id="1-2345-67890-12-1",
    house_number="1234/56789",
    moo="12",
    village=f"บ้าน{LONG_PLACE}",
    tambon=LONG_PLACE,
    amphoe=LONG_PLACE,
    province=LONG_PLACE,
    occupation="รับจ้างทั่วไปและเลี้ยงปลาดุกในบ่อดินขนาดเล็กหลังบ้าน",
    list_number=117,
)
HOSTILE = '#panic("x") $a$ [b] *c* \\d <e> @f _g_ `h` // i'


def proposal(who: PersonOnPaper = BUNMI) -> ProposalPaper:
    return ProposalPaper(
        fund=FUND,
        book_number="3",
        project_number="17",
        proposer=who,
        project="เลี้ยงปลาดุกในบ่อดิน",
        total=Money.baht(12_000),
        items=(
            ProposalItem("พันธุ์ปลาดุก", Money.baht(5_500, 50)),
            ProposalItem("อาหารปลา", Money.baht(6_499, 50)),
        ),
        signed_on=DAY,
        opinion=FieldWorkerOpinion(True, "มีบ่อและผู้ดูแล", "นางสาวสุดา  เมืองใต้", DAY),
        decision=CommitteeDecision(True, Money.baht(10_000), "เงินทุนมีเท่านี้", "นายสมชาย  ทองแท้", DAY),
    )


def request(who: PersonOnPaper = BUNMI) -> RequestPaper:
    return RequestPaper(
        fund=FUND,
        book_number="3",
        number="17",
        written_at="ศาลาประชาคม",
        on=DAY,
        borrower=who,
        amount=Money.baht(12_000),
        consenting=who.title_and_name.replace("บุญมี", "บุญมา"),
        decision=CommitteeDecision(False, None, "รอรอบถัดไป", "นายสมชาย  ทองแท้", DAY),
    )


def contract(who: PersonOnPaper = BUNMI) -> ContractPaper:
    return ContractPaper(
        fund=FUND,
        book_number="3",
        number="17/2568",
        written_at="ศาลาประชาคม",
        on=DAY,
        borrower=who,
        chairman="นายสมชาย  ทองแท้",
        amount=Money.baht(12_000),
        purpose="เลี้ยงปลาดุกในบ่อดิน",
        instalments=tuple(
            InstalmentOnPaper(date(2026 + year, 9, 30), Money.baht(2_000)) for year in range(6)
        ),
        consenting=who.title_and_name,
        witnesses=(who.title_and_name, "นางเขียว  ขำคม"),
    )


def pay_out(who: PersonOnPaper = BUNMI) -> PayOutPaper:
    return PayOutPaper(
        fund=FUND,
        book_number="3",
        number="17",
        on=DAY,
        payee=who,
        contract_number="17/2568",
        amount=Money.baht(281_156, 19),
        payer="นายสมชาย  ทองแท้",
        witnesses=("นายแดง  ขาวสะอาด", who.title_and_name),
    )


PROOF = ReceiptProof(
    check="https://example.org/r/80120101/57", fingerprint="dd1f8efc", signature="kT0c3mVQ" * 11
)


def receipt(who: PersonOnPaper = BUNMI) -> ReceiptPaper:
    return ReceiptPaper(
        fund=FUND,
        book_number="2",
        number="57",
        on=DAY,
        payer=who.title_and_name,
        contract_number="17/2568",
        instalment_number="2",
        amount=Money.baht(4_000),
        balance_left=Money.baht(8_000),
        receiver=who.title_and_name.replace("บุญมี", "มาลี"),
        chairman="นายสมชาย  ทองแท้",
        proof=PROOF,
    )


def sheet(count: int, name: str = BUNMI.title_and_name) -> CollectionSheet:
    row = CollectionRow(
        name, "17/2568", Money.baht(2_000), Money.baht(500), Money.baht(8_000), due_on=DAY
    )
    return CollectionSheet(FUND, meeting_on=DAY, as_of=DAY, rows=(row,) * count)


ONE_PAGE: dict[str, Callable[[PersonOnPaper, Digits], bytes]] = {
    "proposal": lambda who, digits: print_proposal(proposal(who), digits=digits),
    "request": lambda who, digits: print_request(request(who), digits=digits),
    "contract": lambda who, digits: print_contract(
        contract(who), digits=digits, copies=[ContractCopy.LENDER]
    ),
    "pay-out": lambda who, digits: print_pay_out(pay_out(who), digits=digits),
    "receipt": lambda who, digits: print_receipt(receipt(who), digits=digits),
}
BLANK: dict[str, Callable[[], bytes]] = {
    "proposal": lambda: print_proposal(ProposalPaper(), digits="thai"),
    "request": lambda: print_request(RequestPaper(), digits="thai"),
    "contract": lambda: print_contract(
        ContractPaper(), digits="thai", copies=[ContractCopy.DISTRICT]
    ),
    "pay-out": lambda: print_pay_out(PayOutPaper(), digits="thai"),
    "receipt": lambda: print_receipt(ReceiptPaper(), digits="thai"),
    "collection": lambda: print_collection_sheet(CollectionSheet(), digits="thai"),
}


# --------------------------------------------------------------------------------------- one page


@pytest.mark.parametrize("paper", ONE_PAGE)
def test_a_paper_is_one_page_of_a4(paper: str) -> None:
    facts = told_by_pdfinfo(ONE_PAGE[paper](BUNMI, "thai"))
    assert facts["Pages"] == "1"
    assert "(A4)" in facts["Page size"]


@pytest.mark.parametrize("paper", ONE_PAGE)
def test_a_name_of_80_letters_stays_on_the_page_and_meets_no_other_word(paper: str) -> None:
    assert len(LONG_NAME) >= 80
    pdf = ONE_PAGE[paper](FAR, "arabic")
    assert told_by_pdfinfo(pdf)["Pages"] == "1"
    assert letters(LONG_NAME) in letters(as_written(pdf))
    assert words_that_meet(pdf) == []


def test_a_long_name_goes_on_two_lines_before_it_is_too_small_to_read() -> None:
    [(words, _)] = boxes_of(print_request(request(FAR), digits="thai"))
    assert min(bottom - top for _, top, _, bottom, _ in words) > 10


@pytest.mark.parametrize("paper", ONE_PAGE)
@pytest.mark.parametrize("run", ["W" * 90, "ก" * 90])
def test_letters_that_make_no_words_break_all_the_same(paper: str, run: str) -> None:
    who = replace(BUNMI, title_and_name=run, village=run, moo=run)
    pdf = ONE_PAGE[paper](who, "thai")
    assert told_by_pdfinfo(pdf)["Pages"] == "1"
    assert words_that_meet(pdf) == []


def test_a_contract_of_24_instalments_is_still_one_page() -> None:
    parts = tuple(
        InstalmentOnPaper(date(2026, 1, day), Money.baht(281_156, 19)) for day in range(1, 25)
    )
    paper = replace(contract(FAR), amount=None, instalments=parts)
    pdf = print_contract(paper, digits="thai", copies=[ContractCopy.BORROWER])
    assert told_by_pdfinfo(pdf)["Pages"] == "1"
    assert "๓.๒๔" in text_of(pdf)
    assert words_that_meet(pdf) == []
    # No smaller than it need be: the page of 842 points is full.
    [(words, _)] = boxes_of(pdf)
    assert max(bottom for *_, bottom, _ in words) > 720


@pytest.mark.parametrize("paper", BLANK)
def test_a_form_without_values_can_be_filled_in_by_hand(paper: str) -> None:
    pdf = BLANK[paper]()
    assert told_by_pdfinfo(pdf)["Pages"] == "1"
    text = text_of(pdf)
    assert "ลงชื่อ" in text
    assert "None" not in text
    assert "none" not in text


def test_a_blank_contract_has_six_instalments_and_a_filled_one_only_its_own() -> None:
    blank = text_of(BLANK["contract"]())
    assert ("๓.๖" in blank, "๓.๗" in blank) == (True, False)
    two = replace(contract(), amount=None, instalments=contract().instalments[:2])
    filled = text_of(print_contract(two, digits="thai", copies=[ContractCopy.LENDER]))
    assert ("๓.๒" in filled, "๓.๓" in filled) == (True, False)


# ---------------------------------------------------------------------------------- what they say


@pytest.mark.parametrize(
    ("paper", "sums"),
    [
        ("proposal", [Money.baht(12_000), Money.baht(10_000)]),
        ("request", [Money.baht(12_000)]),
        ("contract", [Money.baht(12_000), Money.baht(2_000)]),
        ("pay-out", [Money.baht(281_156, 19)]),
        ("receipt", [Money.baht(4_000), Money.baht(8_000)]),
    ],
)
def test_a_sum_stands_in_figures_and_in_words(paper: str, sums: list[Money]) -> None:
    text = text_of(ONE_PAGE[paper](BUNMI, "arabic"))
    for each in sums:
        assert each.text in text
        assert in_words(each) in text


@pytest.mark.parametrize("paper", ONE_PAGE)
def test_thai_digits_are_for_the_whole_paper(paper: str) -> None:
    thai, arabic = ONE_PAGE[paper](BUNMI, "thai"), ONE_PAGE[paper](BUNMI, "arabic")
    machine_part = re.compile(r"(dd1f8efc)|(kT0c3mVQ)")
    assert "๒๕๖๘" in text_of(thai)
    assert not re.search("[0-9]", machine_part.sub("", text_of(thai)))
    assert "2568" in text_of(arabic)
    assert not re.search("[๐-๙]", text_of(arabic))


def test_thai_digits_typed_into_a_value_follow_the_paper_too() -> None:
    who = replace(BUNMI, house_number="๙๘/๗")
    assert "98/7" in text_of(print_request(request(who), digits="arabic"))


def test_a_proposal_holds_its_fields_in_the_order_of_the_form() -> None:
    assert in_order(
        print_proposal(proposal(), digits="arabic"),
        *("เล่มที่", "โครงการที่", "นายบุญมี", "1-2345-xxxxx-12-1", "12/3", "หมู่ที่", "ทุ่งใหญ่"),
        *("ตำบล", "อำเภอ", "จังหวัด", "ทำสวนมะพร้าว", "ลำดับที่", "17", "เลี้ยงปลาดุกในบ่อดิน"),
        *("12,000", "2.1", "พันธุ์ปลาดุก", "5,500.50", "2.2", "6,499.50", "ผู้เสนอโครงการ"),
        *("เห็นชอบ", "นางสาวสุดา", "อนุมัติ", "10,000", "ไม่อนุมัติ", "ประธานกรรมการ"),
    )


def test_a_request_holds_its_fields_in_the_order_of_the_form() -> None:
    assert in_order(
        print_request(request(), digits="arabic"),
        *("เล่มที่", "เลขที่", "เขียนที่", "วันที่", "นายบุญมี", "อายุ", "45", "1-2345-xxxxx-12-1"),
        *("12/3", "จังหวัด", "ลำดับที่", "17", "12,000", "ปฏิบัติตามระเบียบ", "ผู้ขอยืม"),
        *("พัฒนากร", "อนุมัติ", "ไม่อนุมัติ", "รอรอบถัดไป", "นายสมชาย"),
    )


def test_a_contract_holds_its_fields_in_the_order_of_the_form() -> None:
    assert in_order(
        print_contract(contract(), digits="arabic", copies=[ContractCopy.LENDER]),
        *("เล่มที่", "สัญญาเลขที่", "17/2568", "นายบุญมี", "45", "1-2345-xxxxx-12-1", "“ผู้ยืม”"),
        *("คณะกรรมการ กข.คจ.", "นายสมชาย", "“ผู้ให้ยืม”", "โดยไม่มีดอกเบี้ย", "12,000", "เลี้ยงปลาดุก"),
        *("3.1", "30 กันยายน 2569", "3.6", "30 กันยายน 2574", "ผิดสัญญา", "สามฉบับ", "ผู้ยินยอม"),
        *("ผู้ให้ยืม", "พยาน"),
    )


def test_a_receipt_holds_its_fields_in_the_order_of_the_form() -> None:
    assert in_order(
        print_receipt(receipt(), digits="arabic"),
        *("เลขที่", "57", "30", "กันยายน", "2568", "นายบุญมี", "17/2568", "งวดที่", "4,000"),
        *("คงเหลือ", "8,000", "ผู้ส่งคืน", "กรรมการผู้รับเงิน", "ประธานกรรมการ"),
    )


def test_the_words_of_the_fund_are_borrow_and_send_back() -> None:
    for paper in ONE_PAGE.values():
        assert "กู้" not in text_of(paper(BUNMI, "thai"))


def test_a_contract_is_printed_for_lender_borrower_and_district() -> None:
    pdf = print_contract(contract(), digits="thai")
    pages = text_of(pdf).split("\f")
    assert told_by_pdfinfo(pdf)["Pages"] == "3"
    for page, copy in zip(pages, ContractCopy, strict=False):
        assert [each for each in ContractCopy if each.value in page] == [copy]


def test_a_contract_for_nobody_is_not_printed() -> None:
    with pytest.raises(ValueError, match="for somebody"):
        print_contract(contract(), digits="thai", copies=[])


def test_a_fund_with_interest_says_its_own() -> None:
    paper = replace(contract(), interest="โดยคิดดอกเบี้ยร้อยละ 6 ต่อปี")
    text = text_of(print_contract(paper, digits="thai"))
    assert "ร้อยละ ๖ ต่อปี" in text
    assert "ไม่มีดอกเบี้ย" not in text


def test_a_breach_clause_of_the_regulation_replaces_ours() -> None:
    ours = letters(text_of(print_contract(contract(), digits="thai")))
    paper = replace(contract(), breach="ตามระเบียบข้อ21")
    theirs = letters(text_of(print_contract(paper, digits="thai")))
    assert "บอกเลิกสัญญา" in ours
    assert "ตามระเบียบข้อ๒๑" in theirs
    assert "บอกเลิกสัญญา" not in theirs


def test_a_receipt_that_settles_all_says_so() -> None:
    last = replace(receipt(), balance_left=Money(0))
    assert "ส่งคืนครบตามสัญญาแล้ว" in text_of(print_receipt(last, digits="thai"))
    assert "ส่งคืนครบตามสัญญาแล้ว" not in text_of(print_receipt(receipt(), digits="thai"))


def test_a_receipt_names_the_borrower_only_when_somebody_else_paid() -> None:
    by_another = replace(receipt(), borrower="นางบุญมา  ใจดี")
    assert "ส่งคืนแทนผู้ยืมชื่อ นางบุญมา" in text_of(print_receipt(by_another, digits="thai"))
    assert "แทนผู้ยืม" not in text_of(print_receipt(receipt(), digits="thai"))


def test_a_masked_name_is_printed_masked() -> None:
    masked = replace(receipt(), payer="นายบุญมี  จ…")
    text = text_of(print_receipt(masked, digits="thai"))
    assert "จ…" in text
    assert "ใจดี" not in text.replace("นายมาลี ใจดี", "")


def test_a_receipt_is_there_for_the_payer_and_for_the_committee() -> None:
    text = text_of(print_receipt(receipt(), digits="thai"))
    assert text.count("แบบรับคืนเงินยืม") == 2
    assert text.index("สำหรับผู้ส่งคืน") < text.index("สำหรับคณะกรรมการ")


# ------------------------------------------------------------------------------- offline checking


def test_what_a_machine_checks_keeps_its_digits_and_all_its_letters() -> None:
    text = text_of(print_receipt(receipt(), digits="thai"))
    assert PROOF.fingerprint in text
    assert PROOF.signature in re.sub(r"\s", "", text)


def test_the_squares_of_the_qr_code_are_all_on_the_page() -> None:
    code = segno.make(PROOF.check, error="m", micro=False)
    wanted = [[bool(square) for square in row] for row in code.matrix]
    assert squares_of_qr(print_receipt(receipt(), digits="thai"), len(wanted)) == wanted


def test_a_text_too_long_for_a_qr_code_is_refused() -> None:
    with pytest.raises(ValueError, match="data"):
        print_receipt(replace(receipt(), proof=ReceiptProof("x" * 3_000)), digits="thai")


# ----------------------------------------------------------------------- sums that do not add up


def test_a_proposal_whose_items_do_not_make_the_total_is_not_made() -> None:
    with pytest.raises(DoesNotAddUp) as refused:
        replace(proposal(), total=Money.baht(12_001))
    assert (refused.value.said, refused.value.parts) == (Money.baht(12_001), Money.baht(12_000))


def test_a_contract_whose_instalments_do_not_make_the_sum_is_not_made() -> None:
    with pytest.raises(DoesNotAddUp):
        replace(contract(), instalments=contract().instalments[:5])


# ------------------------------------------------------------------------------------- typed text


@pytest.mark.parametrize("paper", ONE_PAGE)
def test_signs_that_mean_something_to_typst_are_printed_as_they_were_typed(paper: str) -> None:
    who = replace(BUNMI, title_and_name=HOSTILE)
    assert letters(HOSTILE) in letters(as_written(ONE_PAGE[paper](who, "thai")))


@settings(max_examples=25, deadline=None)
@given(typed=st.text(max_size=40))
@example(typed="ั")
@example(typed="\u0301")
def test_nothing_that_can_be_typed_stops_the_printer(typed: str) -> None:
    who = PersonOnPaper(title_and_name=typed, village=typed, moo=typed)
    paper = ReceiptPaper(payer=typed, number=typed, proof=ReceiptProof("", typed, typed))
    assert told_by_pdfinfo(print_request(RequestPaper(borrower=who), digits="thai"))["Pages"] == "1"
    assert told_by_pdfinfo(print_receipt(paper, digits="thai"))["Pages"] == "1"


def test_a_line_break_in_a_value_stays_in_its_line_and_two_spaces_of_a_name_stay_two() -> None:
    assert printing._as_data("นาย\u200bบุญมี  ใจดี\n\x00", "thai") == "นายบุญมี  ใจดี"


def test_the_same_paper_is_the_same_bytes_at_any_time() -> None:
    pdf = print_receipt(receipt(), digits="thai")
    assert pdf == print_receipt(receipt(), digits="thai")
    assert "CreationDate" not in told_by_pdfinfo(pdf)


def test_papers_carry_sarabun_and_the_national_id_is_in_no_title() -> None:
    pdf = print_request(request(FAR), digits="arabic")
    fonts = run_on(pdf, "pdffonts", "-")
    assert "Sarabun-Regular" in fonts
    assert {line.split()[-5] for line in fonts.splitlines()[2:]} == {"yes"}
    assert "67890" not in " ".join(told_by_pdfinfo(pdf).values())


# ------------------------------------------------------------------------------- collection sheet


def test_a_collection_sheet_repeats_its_head_and_totals_on_every_page() -> None:
    pdf = print_collection_sheet(sheet(40), digits="arabic")
    facts = told_by_pdfinfo(pdf)
    assert "(A4)" in facts["Page size"]
    count = int(facts["Pages"])
    assert count > 1
    pages = text_of(pdf).split("\f")[:count]
    for number, page in enumerate(pages, start=1):
        assert "ลายมือชื่อผู้ส่งคืน" in page
        assert "รวมทั้งใบ 40 ราย" in page
        assert "80,000" in page
        assert "20,000" in page
        assert "320,000" in page
        assert f"หน้า {number} จาก {count}" in page
    assert text_of(pdf).count("นายบุญมี") == 40


def test_a_collection_sheet_of_one_village_may_hold_long_names() -> None:
    pdf = print_collection_sheet(sheet(15, LONG_NAME), digits="thai")
    assert words_that_meet(pdf) == []
    assert letters(as_written(pdf)).count(letters(LONG_NAME)) == 15


def test_nothing_due_is_a_dash() -> None:
    row = CollectionRow("นายบุญมี", "1", Money(0), Money(0), Money.baht(500))
    text = text_of(print_collection_sheet(CollectionSheet(FUND, rows=(row,)), digits="arabic"))
    assert "–" in text
    assert not re.search(r"(?<![\d,./])0(?![\d,./])", text)


# --------------------------------------------------------------------------------- reading a PDF

MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"
# typst writes a letter with two signs above it so that poppler reads it twice.
READ_TWICE = re.compile(f"([ก-ฮ][{MARKS}]+)\\1")


def run_on(pdf: bytes, *command: str) -> str:
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def text_of(pdf: bytes) -> str:
    """The text by lines of the page, one space where there are more."""
    text = run_on(pdf, "pdftotext", "-layout", "-", "-")
    return READ_TWICE.sub(r"\1", re.sub(" {2,}", " ", text))


def as_written(pdf: bytes) -> str:
    """The text in the order it was written, so that a value on two lines is in one piece."""
    return run_on(pdf, "pdftotext", "-raw", "-", "-")


def letters(text: str) -> str:
    """What is left of a text when its lines were broken: no white space, nothing read twice."""
    return READ_TWICE.sub(r"\1", re.sub(r"[\s\u200b]", "", text))


def told_by_pdfinfo(pdf: bytes) -> dict[str, str]:
    lines = run_on(pdf, "pdfinfo", "-").splitlines()
    return {name: fact.strip() for name, _, fact in (line.partition(":") for line in lines)}


def in_order(pdf: bytes, *wanted: str) -> bool:
    """Whether the words follow each other on the page; names the first that does not."""
    text, place = text_of(pdf), 0
    for words in wanted:
        found = text.find(words, place)
        assert found >= 0, f"{words} is not where the form has it"
        place = found + len(words)
    return True


Box = tuple[float, float, float, float, str]
EDGES = ("xMin", "yMin", "xMax", "yMax")


def words_that_meet(pdf: bytes) -> list[tuple[str, str]]:
    """Pairs of words that are printed over each other, and words over the edge of the page."""
    met = []
    for page, width in boxes_of(pdf):
        met += [(box[4], "edge") for box in page if box[0] < 0 or box[2] > width]
        for number, one in enumerate(page):
            met += [(one[4], other[4]) for other in page[number + 1 :] if _share(one, other) > 0.2]
    return met


def boxes_of(pdf: bytes) -> Iterator[tuple[list[Box], float]]:
    namespace = "{http://www.w3.org/1999/xhtml}"
    root = ET.fromstring(run_on(pdf, "pdftotext", "-bbox", "-", "-"))  # noqa: S314 (our own PDF)
    for page in root.iter(f"{namespace}page"):
        yield [_box(word) for word in page.iter(f"{namespace}word")], float(page.attrib["width"])


def _box(word: ET.Element) -> Box:
    left, top, right, bottom = (float(word.attrib[edge]) for edge in EDGES)
    return left, top, right, bottom, word.text or ""


def _share(one: Box, other: Box) -> float:
    """How much of the smaller word lies under the other."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    if wide <= 0 or high <= 0:
        return 0.0
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return wide * high / min(areas) if min(areas) else 0.0


def squares_of_qr(pdf: bytes, side: int) -> list[list[bool]]:
    """The squares of the upper QR code, each looked at in its middle, at 300 dots an inch."""
    corner = ["-x", "213", "-y", "1323", "-W", "283", "-H", "342"]
    drawn = subprocess.run(
        ["pdftoppm", "-r", "300", "-gray", *corner, "-"], input=pdf, capture_output=True, check=True
    )
    _, columns, rows, _, pixels = drawn.stdout.split(maxsplit=4)
    width, height = int(columns), int(rows)
    # White space of the header and the first dots look alike to split().
    pixels = drawn.stdout[-width * height :]
    dark = [[pixel < 128 for pixel in pixels[y * width : (y + 1) * width]] for y in range(height)]
    left = min(row.index(True) for row in dark if any(row))
    right = max(width - row[::-1].index(True) for row in dark if any(row))
    top = next(y for y, row in enumerate(dark) if any(row))
    step = (right - left) / side
    return [
        [dark[int(top + (y + 0.5) * step)][int(left + (x + 0.5) * step)] for x in range(side)]
        for y in range(side)
    ]
