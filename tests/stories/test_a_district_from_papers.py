"""A district's papers come in: the first villages, a row put right, a sheet typed anew, a debt.

And the three villages of the public record once more, this time through workbooks and database.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

if not apps.ready:
    pytest.skip("stories of the database need Django", allow_module_level=True)

from django.core.management import call_command
from openpyxl import Workbook, load_workbook

from kongthun.accounts.models import Appointment, Role, User
from kongthun.domain.money import Money, read_money
from kongthun.domain.register_rows import Reason
from kongthun.ledger.models import Entry, Fund
from kongthun.registers.actions import RowPosted, correct_row
from kongthun.registers.demo import DemoVillage
from kongthun.registers.models import PaperRow, RowEntry
from registers.hands import Cell, Rows, write_book
from reports.small_district import SmallDistrict, signed_in
from stories.test_three_villages import NONG_TAKO, THA_KHAE, THENMI, Papers

FIGURES = ("lent", "repaid", "bank", "cash", "interest")


def run(*command: str) -> tuple[list[dict[str, Any]], int]:
    """What a command prints as JSON, a line an object, and its exit code."""
    out = StringIO()
    code = 0
    try:
        call_command(*command, "--json", stdout=out, stderr=StringIO())
    except SystemExit as left:
        code = int(left.code or 0)
    return [json.loads(line) for line in out.getvalue().splitlines() if line], code


def status(area: str, *, as_of: str = "") -> dict[str, Any]:
    (body,), code = run("status", "--area", area, *(["--as-of", as_of] if as_of else []))
    assert code == 0
    return body


def books_are_sound() -> int:
    """Prove the books, and count their entries."""
    (proof,), code = run("verify", "--jobs", "1")
    assert code == 0, proof["faults"]
    assert proof["ok"]
    return int(proof["entries"])


def satang(baht: str) -> int:
    return int(baht.replace(".", ""))


def where_it_all_is(body: dict[str, Any]) -> int:
    places = ("outstanding", "bank", "cash", "claims", "recognised_loss", "unexplained")
    return sum(satang(body[place]) for place in places)


@pytest.fixture
def officer(db: None) -> User:  # noqa: ARG001
    user = User.objects.create(username="wilai", display_name="วิไล ศรีสงคราม")
    Appointment.objects.create(
        user=user,
        role=Role.DISTRICT,
        area_code="8016",
        by_order="คำสั่งที่ 12/2569",
        starts_on=date(2020, 1, 1),
    )
    return user


def test_the_first_villages_of_a_district_come_in_and_stay_right(
    officer: User, village_workbooks: list[DemoVillage], tmp_path: Path
) -> None:
    villages = village_workbooks[:2]
    folder = tmp_path / "papers"
    folder.mkdir()
    for village in villages:
        shutil.copy(village.path, folder)

    # A rehearsal promises what the import then does, and writes nothing.
    promised, code = run("import", str(folder), "--dry-run")
    assert code == 3
    assert not Entry.objects.exists()
    done, code = run("import", str(folder))
    assert (done, code) == (promised, 3)
    for said, village in zip(done, villages, strict=True):
        assert said["code"] == village.code
        assert [(a["sheet"], a["row"], a["reason"]) for a in said["set_aside"]] == list(
            village.truth.set_aside
        )
        for name in FIGURES:
            assert said[name] == getattr(village.truth, name).plain

    # The books are sound, every baht is somewhere, and the page says the same as the command.
    entries = books_are_sound()
    whole = status("8016")
    assert where_it_all_is(whole) == satang(whole["granted"]) + satang(whole["interest"])
    assert whole["set_aside_rows"] == sum(len(village.truth.set_aside) for village in villages)
    client = signed_in(officer)
    total = client.get("/area/8016/").context["total"]
    assert total.sums.households.plain == whole["outstanding"]

    # The same papers again are nothing new.
    again, code = run("import", str(folder))
    assert code == 3
    assert [said["posted_rows"] for said in again] == [0, 0]
    assert books_are_sound() == entries
    assert status("8016") == whole

    _put_a_row_right(officer, villages[0].code, whole)
    _put_a_contract_right(officer, villages[0].code)
    _type_a_receipt_anew(officer, folder / villages[1].path.name, villages[1].code)


def _put_a_row_right(officer: User, code: str, before: dict[str, Any]) -> None:
    """A receipt typed below nothing is looked up in the real book and posted as it is there."""
    fund = Fund.objects.get(code=code)
    row = PaperRow.objects.get(fund=fund, kind="receipt", reason=Reason.NEGATIVE, replaced_at=None)
    typed = read_money(row.fields["amount"])
    assert isinstance(typed, Money)
    amount = abs(typed)
    posted = correct_row(
        fund=fund,
        number=row.number,
        correction={"amount": amount.text},
        note="เทียบกับต้นขั้วใบเสร็จแล้ว",
        user_id=officer.pk,
    )
    assert posted == RowPosted(row.number, 0)
    books_are_sound()
    after = status("8016")
    assert satang(after["repaid"]) - satang(before["repaid"]) == amount.satang
    assert satang(before["outstanding"]) - satang(after["outstanding"]) == amount.satang
    assert after["set_aside_rows"] == before["set_aside_rows"] - 1
    assert where_it_all_is(after) == where_it_all_is(before)
    # What the sheet said stands beside what was typed, and the row leads to its entry.
    page = signed_in(officer).get(f"/registers/rows/{code}/{row.number}/").content.decode()
    number = RowEntry.objects.get(fund=fund, key=row.key).entry_number
    assert f"/funds/{code}/entries/{number}/" in page
    assert "เทียบกับต้นขั้วใบเสร็จแล้ว" in page
    assert "วิไล ศรีสงคราม" in page


def _put_a_contract_right(officer: User, code: str) -> None:
    """A contract without a readable day is put right, and the receipts that waited come along."""
    fund = Fund.objects.get(code=code)
    waiting = PaperRow.objects.filter(
        fund=fund, kind="receipt", reason=Reason.LOAN_REJECTED, replaced_at=None
    ).order_by("number")[0]
    contract = PaperRow.objects.get(fund=fund, key=waiting.parent_key, replaced_at=None)
    assert contract.reason == Reason.DATE_UNREADABLE
    together = PaperRow.objects.filter(
        fund=fund, parent_key=contract.key, reason=Reason.LOAN_REJECTED, replaced_at=None
    ).count()
    before = status("8016")
    posted = correct_row(
        fund=fund,
        number=contract.number,
        correction={"received_on": waiting.fields["paid_on"]},  # the same day is well
        note="ตามสัญญาฉบับของอำเภอ",
        user_id=officer.pk,
    )
    assert posted == RowPosted(contract.number, together)
    books_are_sound()
    after = status("8016")
    lent = satang(after["lent"]) - satang(before["lent"])
    assert lent == _typed(contract, "principal")
    assert after["set_aside_rows"] == before["set_aside_rows"] - 1 - together
    assert where_it_all_is(after) == where_it_all_is(before)


def _type_a_receipt_anew(officer: User, path: Path, code: str) -> None:
    """One sum is mended on the sheet: it is taken back and written anew, and nothing else moves."""
    fund = Fund.objects.get(code=code)
    book = load_workbook(path)
    row, cell, amount = _receipt_alone_on_its_row(fund, book)
    wrong = RowEntry.objects.get(fund=fund, key=row.key).entry_number
    cell.value = (amount - Money.baht(100)).text
    book.save(path)

    before, entries = status("8016"), books_are_sound()
    (said,), _ = run("import", str(path))
    assert said["code"] == code
    after = status("8016")
    assert satang(before["repaid"]) - satang(after["repaid"]) == 100_00
    assert satang(after["outstanding"]) - satang(before["outstanding"]) == 100_00
    assert after["set_aside_rows"] == before["set_aside_rows"]
    assert where_it_all_is(after) == where_it_all_is(before)
    assert books_are_sound() > entries
    # The mistake stays readable, and says by what it was taken back.
    taken_back = Entry.objects.get(fund=fund, reverses=wrong)
    page = signed_in(officer).get(f"/funds/{code}/entries/{wrong}/").content.decode()
    assert "รายการนี้ถูกกลับแล้ว" in page
    assert f"/funds/{code}/entries/{taken_back.number}/" in page
    changed = Entry.objects.filter(fund=fund, number__gt=wrong, reverses__isnull=False)
    assert changed.count() <= 4  # the receipt, and what of the bank leant on it


def _receipt_alone_on_its_row(fund: Fund, book: Workbook) -> tuple[PaperRow, Any, Money]:
    """A posted receipt whose sum stands in just one cell of its row, and that cell."""
    posted = PaperRow.objects.filter(
        fund=fund, kind="receipt", verdict="posted", replaced_at=None
    ).order_by("number")
    for row in posted:
        amount = Money(_typed(row, "amount"))
        cells = [
            cell
            for cell in book[row.sheet][row.row]
            if cell.value is not None and _reads_as(str(cell.value), amount)
        ]
        if len(cells) == 1:
            return row, cells[0], amount
    raise AssertionError("every sum stands twice")


def _reads_as(text: str, amount: Money) -> bool:
    read = read_money(text)
    return isinstance(read, Money) and read == amount


def test_a_household_s_debt_is_the_same_on_paper_and_on_its_page(district: SmallDistrict) -> None:
    """As typed: what each contract lent less what its receipts sent back, contract by contract."""
    fund = district.first
    live = PaperRow.objects.filter(fund=fund, replaced_at=None, verdict="posted")
    sent_back: dict[str, int] = {}
    for receipt in live.filter(kind="receipt"):
        sent_back[receipt.parent_key] = sent_back.get(receipt.parent_key, 0) + _typed(
            receipt, "amount"
        )
    owed_on_paper = {
        contract.contract_number: _typed(contract, "principal") - sent_back.get(contract.key, 0)
        for contract in live.filter(kind="contract")
    }
    client = signed_in(district.cast.treasurer)
    told: dict[int, int] = {}
    for row in client.get(f"/funds/{fund.code}/purple/").context["rows"]:
        page = client.get(f"/funds/{fund.code}/households/{row[0].number}/")
        for state in page.context["states"]:
            told[state.contract.number] = state.balance.satang
            assert state.balance.text in page.content.decode()
    others = {number for number in owed_on_paper if number not in told}
    for number in others:  # borrowers on no list have no household page, but a contract page
        page = client.get(f"/funds/{fund.code}/contracts/{number}/")
        told[number or 0] = page.context["state"].balance.satang
    assert told == owed_on_paper
    assert sum(told.values()) == satang(status(fund.code)["outstanding"])
    own = client.get(f"/funds/{fund.code}/households/{district.own}/").context["totals"]
    member = signed_in(district.cast.member).get(f"/funds/{fund.code}/households/{district.own}/")
    assert member.context["totals"] == own


def _typed(row: PaperRow, field: str) -> int:
    amount = read_money(row.fields[field])
    assert isinstance(amount, Money)
    return amount.satang


# ---- three villages of the public record ---------------------------------------------------------

YELLOW_HEAD: list[Cell] = [
    *("ที่", "ชื่อผู้ยืม", "สัญญาเลขที่", "ยืมครั้งที่", "จำนวนเงินยืม", "วันที่รับเงินยืม", "วันครบกำหนด"),
    *("อาชีพ", "เลขที่ใบสำคัญ", "วันที่ส่งคืน", "จำนวนเงินส่งคืน", "คงเหลือ"),
]


def write_village(folder: Path, papers: Papers, heading: str, *, name: str) -> Path:
    """The four books of a village as one workbook, in the words its papers were typed with."""
    receipts = {number: list(rest) for number, *rest in papers.receipts}
    yellow: Rows = [["บัญชีคุมลูกหนี้"], [heading], YELLOW_HEAD]
    for number, lent, on, due, occupation in papers.yellow:
        whom: list[Cell] = [number, f"ครัวเรือนที่ {number}", number, "1", lent, on, due, occupation]
        yellow.append([*whom, *receipts.get(number, [])])
    green: Rows = [
        ["บัญชีคุมเงินฝากธนาคาร"],
        [heading],
        ["ว.ด.ป.", "เลขที่เอกสาร", "รายการ", "ฝาก", "ถอน", "คงเหลือ"],
        *([text or None for text in row] for row in papers.green),
    ]
    brown: Rows = [
        ["สมุดบันทึกสถานะหมู่บ้าน"],
        [heading],
        ["ปีงบประมาณที่ได้รับเงินทุน", papers.granted_fiscal_year],
        ["จำนวนเงินทุนที่ได้รับ", "280,000"],
        ["ข้อมูล ณ วันที่", papers.as_of],
        ["เงินอยู่ในธนาคาร", papers.green[-1][-1]],
        ["เงินอยู่ที่อื่น ๆ", papers.in_hand],
    ]
    return write_book(folder, {"เหลือง": yellow, "เขียว": green, "น้ำตาล": brown}, name=name)


def bring_in(papers: Papers, heading: str, code: str, folder: Path) -> None:
    """Import a village whose file has no code in its name: the heading says whose it is."""
    path = write_village(folder, papers, heading, name="สมุดสี่เล่ม.xlsx")
    (said,), exit_code = run("import", str(path))
    assert (said["code"], said["set_aside"], exit_code) == (code, [], 0)


def figures(body: dict[str, Any], *names: str) -> Iterable[str]:
    return [body[name] for name in names]


@pytest.mark.django_db
def test_thenmi_reads_280_000_with_households_and_its_interest_in_the_bank(
    tmp_path: Path,
) -> None:
    heading = "หมู่ที่ 1 บ้านเทนมีย์ ตำบลเทนมีย์ อำเภอเมืองสุรินทร์ จังหวัดสุรินทร์"
    code = _code_of("เทนมีย์", "32")
    bring_in(THENMI, heading, code, tmp_path)
    body = status(code, as_of="30/9/2567")
    assert figures(body, "granted", "outstanding", "bank", "cash", "unexplained", "overdue") == [
        *("280000.00", "280000.00", "1156.19", "0.00", "0.00", "0.00"),
    ]
    assert where_it_all_is(body) == 281_156_19
    books_are_sound()


@pytest.mark.django_db
def test_tha_khae_reads_280_000_overdue_in_15_contracts(tmp_path: Path) -> None:
    heading = "หมู่ที่ 2 บ้านท่าแค ตำบลบางปะกง อำเภอบางปะกง จังหวัดฉะเชิงเทรา"
    code = _code_of("บางปะกง", "24")[:6] + "02"
    bring_in(THA_KHAE, heading, code, tmp_path)
    body = status(code, as_of="30/9/2560")
    assert figures(body, "outstanding", "overdue", "bank", "unexplained") == [
        *("280000.00", "280000.00", "9761.83", "0.00"),
    ]
    assert where_it_all_is(body) == 289_761_83
    assert status(code, as_of="28/2/2558")["overdue"] == "0.00"  # due today is not late
    assert status(code, as_of="1/3/2558")["overdue"] == "280000.00"
    books_are_sound()


@pytest.mark.django_db
def test_nong_tako_reads_two_of_27_who_have_not_sent_back(tmp_path: Path) -> None:
    heading = "หมู่ที่ 3 บ้านหนองตะโก ตำบลหัวไทร อำเภอหัวไทร จังหวัดนครศรีธรรมราช"
    code = "80160103"
    bring_in(NONG_TAKO, heading, code, tmp_path)
    body = status(code, as_of="1/10/2568")
    assert figures(body, "repaid", "outstanding", "overdue", "bank", "cash", "unexplained") == [
        *("250000.00", "20000.00", "20000.00", "260000.00", "0.00", "0.00"),
    ]
    assert status(code, as_of="30/9/2568")["overdue"] == "0.00"
    # Between the receipts and the bank the money was in hand.
    assert figures(status(code, as_of="15/9/2568"), "cash", "bank") == ["250000.00", "10000.00"]
    books_are_sound()


def _code_of(tambon: str, province: str) -> str:
    """The code of หมู่ 1 of the one tambon of this name in the province."""
    from kongthun.areas.models import Area

    names = Area.objects.filter(name_th=tambon, code__startswith=province)
    (code,) = [area.code for area in names if len(area.code) == 6]
    return f"{code}01"
