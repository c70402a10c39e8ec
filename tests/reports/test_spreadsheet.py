"""The district as an Excel workbook: the same figures, live sums, and no formula from a name."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kongthun.audit.models import AuditLine
from kongthun.domain.fund_position import FundPosition
from kongthun.domain.money import Money
from kongthun.domain.thai_calendar import short
from kongthun.reports.queries.roll_up import RollUp, StatusRow, roll_up_by_fund
from kongthun.reports.spreadsheet import district_workbook
from reports.small_district import SmallDistrict, signed_in

SUMS = (
    *("capital", "interest", "lent", "repaid", "households"),
    *("bank", "cash", "claims", "loss", "unexplained"),
)
FIRST = 5  # the first row of a fund, as Excel counts
DAY = date(2025, 9, 30)


def sheet_of(content: bytes, *, values: bool = False) -> Worksheet:
    book = load_workbook(BytesIO(content), data_only=values)
    assert book.sheetnames == ["ฐานะเงินทุน"]
    return book.worksheets[0]


def test_the_export_says_what_the_page_says(district: SmallDistrict) -> None:
    client = signed_in(district.cast.officer)
    answer = client.get("/area/8016/export.xlsx", {"as_of": "30/9/2568"})
    disposition = answer.headers["Content-Disposition"]
    assert disposition == 'attachment; filename="kongthun-8016-2025-09-30.xlsx"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    expected = roll_up_by_fund("8016", as_of=DAY, today=date.today(), reach=None)  # noqa: DTZ011
    sheet = sheet_of(answer.content)
    assert "อำเภอหัวไทร" in sheet["A1"].value
    assert "30 ก.ย. 2568" in sheet["A2"].value
    for place, row in enumerate(expected.rows, start=FIRST):
        cells = [cell.value for cell in sheet[place]]
        assert cells[:2] == [row.code, row.name]
        amounts = [getattr(row.sums, name) for name in SUMS] + [row.overdue]
        assert [round(value * 100) for value in cells[2:13]] == [a.satang for a in amounts]
        moved, reported = row.last_movement_on, row.reported_on
        assert cells[13:16] == [
            short(moved) if moved else None,
            short(reported) if reported else None,
            row.set_aside_rows,
        ]
        assert moved is not None
        assert str(moved.year + 543) in cells[13]


def test_totals_are_live_sums_and_already_reckoned(district: SmallDistrict) -> None:
    client = signed_in(district.cast.officer)
    content = client.get("/area/8016/export.xlsx").content
    sheet, kept = sheet_of(content), sheet_of(content, values=True)
    foot = FIRST + len(district.codes)
    assert sheet.max_row == foot
    assert sheet.cell(foot, 2).value == f"รวม {len(district.codes)} กองทุน"
    for column in range(3, 14):
        letter = sheet.cell(foot, column).column_letter
        formula = sheet.cell(foot, column).value
        assert formula == f"=SUM({letter}{FIRST}:{letter}{foot - 1})"
        above = [kept.cell(row, column).value for row in range(FIRST, foot)]
        assert round(kept.cell(foot, column).value * 100) == round(sum(above) * 100)
    assert sheet.freeze_panes == "C5"


def test_a_name_that_begins_like_a_formula_stays_a_name() -> None:
    names = ['=HYPERLINK("http://x","y")', "+1+1", "-2", "@SUM(A1)", "=1+1"]
    rows = [
        StatusRow(f"8016010{place}", name, 1, FundPosition(bank=Money(place)))
        for place, name in enumerate(names)
    ]
    total = StatusRow("", "รวม", len(rows), FundPosition())
    sheet = sheet_of(district_workbook(RollUp("8016", DAY, rows, total), place="=1+1"))
    for place, name in enumerate(names, start=FIRST):
        cell = sheet.cell(place, 2)
        assert (cell.value, cell.data_type) == (name, "s")
        assert sheet.cell(place, 1).data_type == "s"  # a code keeps its zeros


def test_an_area_without_funds_is_still_a_workbook() -> None:
    empty = RollUp("8016", DAY, [], StatusRow("", "รวม", 0, FundPosition()))
    sheet = sheet_of(district_workbook(empty, place="อำเภอหัวไทร"), values=True)
    foot = sheet.max_row
    assert sheet.cell(foot, 2).value == "รวม 0 กองทุน"
    assert sheet.cell(foot, 3).value == 0


def test_large_sums_are_exact_to_the_satang() -> None:
    capital = Money(11_200_000_000_01)  # 40,000 funds of 280,000 baht, and a satang
    row = StatusRow("80160101", "บ้านใหญ่", 1, FundPosition(capital=capital))
    total = StatusRow("", "รวม", 1, row.sums)
    sheet = sheet_of(district_workbook(RollUp("8016", DAY, [row], total), place="ประเทศ"))
    assert round(sheet.cell(FIRST, 3).value * 100) == capital.satang


def test_each_taking_of_the_table_is_written_down_with_its_area_and_day(
    district: SmallDistrict,
) -> None:
    officer = signed_in(district.cast.officer)
    assert officer.get("/area/801601/export.xlsx", {"as_of": "30/9/2568"}).status_code == 200
    line = AuditLine.objects.get(deed="export_area")
    assert (line.user, line.area_code, line.fund_id) == (district.cast.officer, "801601", None)
    assert line.details == {"as_of": "2025-09-30"}
    assert signed_in(district.cast.auditor).get("/area/8016/export.xlsx").status_code == 200
    line = AuditLine.objects.filter(deed="export_area").latest("pk")
    assert (line.user, line.area_code) == (district.cast.auditor, "8016")
    assert line.details == {"as_of": timezone.localdate().isoformat()}


@pytest.mark.parametrize("page", ["/area/8012/export.xlsx", "/area/80/export.xlsx"])
def test_a_table_that_was_not_handed_out_is_not_written_down(
    district: SmallDistrict, page: str
) -> None:
    assert signed_in(district.cast.officer).get(page).status_code == 404
    assert not AuditLine.objects.filter(deed="export_area").exists()
